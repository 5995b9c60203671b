#!/bin/sh
# validation/peers.sh - a Python environment with implementations by others.
#
# Makes $ML_BUILD/peers (default build/peers) from PyPI: pymittagleffler (the
# peer that checks/v-peers.sh measures), mpmath, NumPy and SciPy (for checks
# that share no code with this library); then the other peers of the scoreboard,
# each of which may be missing: what does not install on this Python is said and
# left out.  Nothing in `make check` or `make paper` needs any of it.

set -eu
peers=${ML_BUILD:-build}/peers
packages="pymittagleffler==${PEER_VERSION:-0.3.0} mpmath numpy scipy"
others="numfracpy==0.4 genml==0.4.1 mlfp==0.1.6"

command -v python3 > /dev/null || {
    echo "make peers: python3 is not here; on Debian and Ubuntu:" >&2
    echo "  apt-get install python3 python3-venv" >&2
    exit 1
}
[ -x "$peers/bin/python" ] || python3 -m venv "$peers" || {
    rm -rf "$peers"
    echo "make peers: python3 cannot make an environment; on Debian and" >&2
    echo "Ubuntu: apt-get install python3-venv" >&2
    exit 1
}
pip() {
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}
# shellcheck disable=SC2086 # a list
pip $packages
for other in $others; do
    pip "$other" || echo "make peers: $other does not install here; left out" >&2
done
"$peers/bin/python" - << 'END'
from importlib.metadata import PackageNotFoundError, version
for name in ("pymittagleffler", "mpmath", "numpy", "scipy", "numfracpy",
             "genml", "mlfp"):
    try:
        print(name, version(name))
    except PackageNotFoundError:
        pass
END
