#!/bin/sh
# validation/peers.sh - a Python environment with implementations by others.
#
# Makes $ML_BUILD/peers (default build/peers) from PyPI: pymittagleffler (a
# real peer to measure), mpmath, NumPy and SciPy (for checks that share no
# code with this library).  Nothing in `make check` or `make paper` needs it.

set -eu
peers=${ML_BUILD:-build}/peers
packages="pymittagleffler==${PEER_VERSION:-0.2.1} mpmath numpy scipy"

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
"$peers/bin/python" -m pip install --quiet --disable-pip-version-check $packages
"$peers/bin/python" - << 'END'
from importlib.metadata import version
for name in "pymittagleffler", "mpmath", "numpy", "scipy":
    print(name, version(name))
END
