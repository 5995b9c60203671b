#!/bin/sh
# validation/deps.sh - install what the build and its tests need.

need="gcc g++ libc6-dev make pkg-config perl python3 libgmp-dev libmpfr-dev
      libcminpack-dev librandom123-dev libjansson-dev gnuplot-nox git"

if ! command -v apt-get > /dev/null; then
    echo "This is not a Debian or Ubuntu system.  Please install:" >&2
    echo "  a C11 compiler, make, pkg-config, perl (prove)," >&2
    echo "  for the tests of the library a C++ compiler and Python 3," >&2
    echo "  GMP, MPFR, FLINT >= 3 (or FLINT 2.9 with Arb 2.23)," >&2
    echo "  cminpack, Random123, jansson, gnuplot." >&2
    exit 1
fi

run=''
if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || {
        echo "make deps: neither root nor sudo; please run as root:" >&2
        run='echo'
    }
    run=${run:-sudo}
fi

export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq
# Arb was a package of its own before it became part of FLINT 3.
if apt-cache show libflint-arb-dev 2> /dev/null | grep -q '^Version: 1:2\.'; then
    need="$need libflint-dev libflint-arb-dev"
else
    need="$need libflint-dev"
fi
$run apt-get install -y -qq --no-install-recommends $need
