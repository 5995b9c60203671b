#!/bin/sh
# validation/probe.sh - find compiler flags and libraries; prints found.mk.
#
# Required: GMP, MPFR, FLINT with Arb (Arb 2.23 beside FLINT 2.9, or FLINT 3).
# Detected: cminpack, Random123, jansson, OpenMP.  What is found becomes a
# macro ML_WITH_NAME; what is required and absent is an error.

CC=${CC:-cc}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# compiles CODE FLAGS...: does a program with this body link?
compiles() {
    printf '%s\n' "$1" > "$tmp/t.c"
    shift
    $CC -o "$tmp/t" "$tmp/t.c" "$@" -lm > /dev/null 2>&1
}

pkg() {
    pkg-config "$@" 2> /dev/null
}

cpp='' cflags='' libs='' missing=''

compiles 'int main(void) { return 0; }' || missing="$missing a-C-compiler"
compiles '#include <gmp.h>
int main(void) { mpz_t x; mpz_init(x); return 0; }' -lgmp \
    || missing="$missing GMP"
compiles '#include <mpfr.h>
int main(void) { mpfr_t x; mpfr_init(x); return 0; }' -lmpfr -lgmp \
    || missing="$missing MPFR"

arb='#include <arb.h>
#include <fmpq.h>
int main(void) { arb_t x; arb_init(x); arb_rgamma(x, x, 64); return 0; }'
flint_cpp=$(pkg --cflags flint)
found=no
for inc in "" "$flint_cpp" "$flint_cpp/flint" "-I/usr/include/flint" \
    "-I/usr/local/include -I/usr/local/include/flint"; do
    for l in "-lflint-arb -lflint" "-lflint" "-larb -lflint"; do
        if compiles "$arb" $inc $l -lmpfr -lgmp; then
            cpp="$cpp $inc" libs="$l -lmpfr -lgmp" found=yes
            break 2
        fi
    done
done
[ $found = yes ] || missing="$missing FLINT-with-Arb"

if compiles '#include <cminpack.h>
int main(void) { return (int)dpmpar(1); }' $(pkg --cflags --libs cminpack); then
    cpp="$cpp $(pkg --cflags cminpack) -DML_WITH_CMINPACK"
    libs="$(pkg --libs cminpack) $libs"
fi
if compiles '#include <jansson.h>
int main(void) { return json_integer(1) == 0; }' -ljansson; then
    cpp="$cpp -DML_WITH_JANSSON" libs="-ljansson $libs"
fi
compiles '#include <Random123/philox.h>
int main(void) { return 0; }' && cpp="$cpp -DML_WITH_RANDOM123"
if compiles '#include <omp.h>
int main(void) { return omp_get_max_threads() < 1; }' -fopenmp; then
    cflags="$cflags -fopenmp"
fi

# One set of objects for the program and for shared libraries, whose own calls
# are not to be interposed, so that they can be inlined.
cflags="$cflags -fPIC"
compiles 'int main(void) { return 0; }' -Werror -fno-semantic-interposition \
    && cflags="$cflags -fno-semantic-interposition"

# gcc 11 and later see overreads in Arb's array-of-one parameters.
compiles 'int main(void) { return 0; }' -Werror -Wno-stringop-overread \
    && cflags="$cflags -Wno-stringop-overread"

# Longer functions are put in line, as with -O3, without its copies of loops.
# Cold: only short ones are.  Small: whatever it takes.
small='-Os'
hot='--param max-inline-insns-single=200'
cold='--param max-inline-insns-single=15 --param max-inline-insns-auto=5'
printf 'int x;\n' > "$tmp/t.c"
$CC -Werror -O2 $hot $cold -c -o "$tmp/t.o" "$tmp/t.c" > /dev/null 2>&1 ||
    hot='' cold='-Oz' small='-Oz'

if [ -n "$missing" ]; then
    echo "not found:$missing.  On Debian and Ubuntu \`make deps\` installs it." >&2
    exit 1
fi
echo "# written by validation/probe.sh; remove to probe again"
# System headers need not meet our warnings.
echo "found-cppflags :=$cpp" | sed "s/-I */-isystem /g"
echo "found-cflags :=$cflags"
echo "found-libs := $libs"
echo "found-hot := $hot"
echo "found-cold := $cold"
echo "found-small := $small"
