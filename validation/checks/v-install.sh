#!/bin/sh
# validation/checks/v-install.sh - what `make install` leaves can be adopted (TAP).
#
# Installs into a temporary directory, then looks at it from outside: symbols,
# dependencies, headers without FLINT's path, pkg-config, the examples, the
# Python module, the manual pages, and that uninstall takes all away.

. validation/tap/tap.sh

: "${CC:=cc}" "${CXX:=c++}" "${PYTHON:=python3}"
unset MAKEFLAGS MAKELEVEL MFLAGS
unset PKG_CONFIG_PATH PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR LD_LIBRARY_PATH
version=$(sed -n 's/^#define ML_VERSION "\(.*\)"/\1/p' mlfunc/mlfunc.h)

plan 51

# ------------------------------------------------------------------ installing

dest=$tmp/dest prefix=/opt/ml
make -s install B="$B" CC="$CC" DESTDIR="$dest" PREFIX=$prefix \
    > "$tmp/out" 2> "$tmp/err" && [ ! -s "$tmp/err" ]
ok $? "make install DESTDIR= PREFIX= is silent"
top=$dest$prefix
lib=$top/lib
make -s install B="$B" CC="$CC" PREFIX="$tmp/here" > "$tmp/out" 2> "$tmp/err"
(cd "$top" && find . ! -name '*.pc' | sort) > "$tmp/a"
(cd "$tmp/here" && find . ! -name '*.pc' | sort) > "$tmp/b"
cmp "$tmp/a" "$tmp/b" > "$tmp/out" 2>&1
ok $? "another PREFIX gets the same $(wc -l < "$tmp/a") files"
"$top/bin/mlref" eval mittag-leffler alpha=1/2 beta=1 z=-1 > "$tmp/out" 2> "$tmp/err"
ok $? "the program runs where it is installed"
for d in tables points; do
    bad=$(for f in reference/$d/*.tsv; do
        cmp -s "$f" "$top/share/mlref/$d/${f##*/}" || echo "$f"
    done)
    is "$bad" '' "share/mlref/$d has the certified bytes"
done
"$top/bin/mlref" paper --help | grep -q share/mlref/ledger.tsv &&
    cmp -s paper/ledger.tsv "$top/share/mlref/ledger.tsv"
ok $? "the ledger lies where the program says"

# --------------------------------------------------------------------- symbols

dynamic() { # LIBRARY: NAME@@VERSION
    nm -D --defined-only --with-symbol-versions "$1" | awk '$2 != "A" {print $3}'
}
for l in mlfunc mlref; do
    so=$lib/lib$l.so
    upper=$(echo $l | tr a-z A-Z)
    is "$(readelf -d "$so" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')" lib$l.so.0 \
        "the SONAME of lib$l"
    is "$(readlink "$so") $(readlink "$so.0")" "lib$l.so.0 lib$l.so.$version" \
        "lib$l.so and lib$l.so.0 lead to lib$l.so.$version"
    dynamic "$so" | sed -n "s/@@${upper}_0\$//p" | sort > "$tmp/exported"
    sh library/public.sh --of $l > "$tmp/public"
    diff "$tmp/public" "$tmp/exported" > "$tmp/out" 2>&1
    ok $? "lib$l.so exports the $(wc -l < "$tmp/public") functions of its headers, no more"
done
dynamic "$lib/libmlfunc.so" | grep -v '@@MLFUNC_0$' > "$tmp/private"
nm -D --undefined-only --with-symbol-versions "$lib/libmlref.so" |
    awk '$2 ~ /@MLFUNC_PRIVATE/ {print $2}' | sed 's/@/@@/' > "$tmp/needed"
sort -o "$tmp/private" "$tmp/private"
sort -o "$tmp/needed" "$tmp/needed"
diff "$tmp/private" "$tmp/needed" > "$tmp/out" 2>&1 &&
    ! grep -v "@@MLFUNC_PRIVATE_$version\$" "$tmp/private" > "$tmp/out"
ok $? "... but for $(wc -l < "$tmp/private") that libmlref $version alone needs"
bad=$(dynamic "$lib/libmlref.so" | grep -v '@@MLREF_0$')
is "$bad" '' "libmlref exports nothing besides"

bad=$(nm -D --undefined-only --with-symbol-versions "$lib/libmlfunc.so" |
    awk '$1 == "U" && $2 !~ /@GLIBC_/ {print $2}')
is "$bad" '' "libmlfunc.so needs symbols of the C library only"
needed() {
    readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}
bad=$(needed "$lib/libmlfunc.so" | grep -vE '^(libc|libm)\.so\.6$|^ld-linux')
is "$bad" '' "... and names libc and libm only"
like "$(needed "$lib/libmlref.so" | tr '\n' ' ')" '*libmlfunc.so.0 *' \
    "libmlref.so names libmlfunc.so.0"
size=$(wc -c < "$lib/libmlfunc.so.$version")
# gcc's; clang puts more in line.
limit=1000000
"$CC" --version | grep -q clang && limit=1048576
[ "$size" -lt $limit ]
ok $? "libmlfunc.so has $size bytes, less than $limit"
# clang gives what uses OpenMP a path to its own run-time library.
bad=$(readelf -d "$lib/libmlfunc.so" | grep -E 'TEXTREL|RPATH|RUNPATH'
    readelf -d "$lib/libmlref.so" | grep -E 'TEXTREL|RPATH|RUNPATH' | grep -v llvm)
is "$bad" '' "no text relocations, no run path"
bad=$(grep -L 'SPDX-License-Identifier: MIT' mlfunc/mlfunc.h mlfunc/batch.h \
    mlfunc/double/*.[ch] python/*.py python/test/*.py)
is "$bad" '' "every file of libmlfunc names its licence"
cmp -s LICENSE "$top/share/doc/libmlfunc/LICENSE"
ok $? "the licence is installed"

# --------------------------------------------------------------------- headers

include=$top/include
std='-Wall -Wextra -pedantic-errors -Werror'
for h in '#include <mlfunc/mlfunc.h>' '#include "mlfunc/mlfunc.h"'; do
    printf '%s\nint main(void) { return ml_version() == 0; }\n' "$h"
done > "$tmp/h.c"
sed 2d "$tmp/h.c" > "$tmp/twice.c"
cp "$tmp/twice.c" "$tmp/twice.cpp"
for c in c11 c17; do
    "$CC" -std=$c $std -I "$include" -c -o "$tmp/h.o" "$tmp/twice.c" 2> "$tmp/err"
    ok $? "mlfunc.h compiles as $c with no other path"
done
if command -v "$CXX" > /dev/null; then
    for c in c++17 c++11; do
        "$CXX" -std=$c $std -I "$include" -o "$tmp/h" "$tmp/twice.cpp" \
            -L "$lib" -lmlfunc 2> "$tmp/err"
        ok $? "... as $c, and links"
    done
else
    skip 'as C++17' 'no C++ compiler'
    skip 'as C++11' 'no C++ compiler'
fi
bad=$("$CC" -std=c11 -I "$include" -M "$tmp/twice.c" | tr ' ' '\n' |
    grep -E 'flint|arb|mpfr|gmp|mlref')
is "$bad" '' "... and reads no header of FLINT, MPFR, GMP"
"$CC" -std=c11 $std -I "$include" -L "$lib" -DMUST -x c -o "$tmp/h" - -lmlfunc \
    2> "$tmp/err" << 'END'
#include <mlfunc/mlfunc.h>
int main(void) { double v, b; ml_mittleff_bound_d(&v, &b, 1, 1, 1); return 0; }
END
[ $? != 0 ]
ok $? "a status that is thrown away is a warning"

# ------------------------------------------------------------------ pkg-config

from_dest() { # pkg-config as a package builder has it
    PKG_CONFIG_SYSROOT_DIR=$dest PKG_CONFIG_PATH=$lib/pkgconfig pkg-config "$@"
}
here=$tmp/here/lib
from_here() {
    PKG_CONFIG_PATH=$here/pkgconfig pkg-config "$@"
}
from_dest --validate libmlfunc 2> "$tmp/err" && from_here --validate libmlref 2>> "$tmp/err"
ok $? "the .pc files are valid"
is "$(from_dest --modversion libmlfunc) $(from_here --modversion libmlref)" \
    "$version $version" "... of version $version"
is "$(from_dest --cflags --libs libmlfunc | sed 's/ *$//')" \
    "-I$include -L$lib -lmlfunc" "libmlfunc asks for itself alone"
like "$(from_here --print-requires libmlref | tr '\n' ' ')" 'libmlfunc = *' \
    "libmlref requires libmlfunc of its version"
want=$(sed -n 's/^found-libs := *//p' "$B/found.mk" | tr ' ' '\n' |
    sed -n 's/^-l\(jansson\|cminpack\)$/\1/p' | sort | tr '\n' ' ')
is "$(from_here --print-requires-private libmlref | sort | tr '\n' ' ')" "$want" \
    "... and in private what it was built with: $want"
bad=
for h in $(cd "$tmp/here/include/mlref" && find . -name '*.h' | sed 's|^\./||'); do
    printf '#include <%s>\n' "$h" > "$tmp/one.c"
    # System headers need not meet our warnings.
    "$CC" -std=c11 -Wall -Werror -c -o "$tmp/one.o" "$tmp/one.c" \
        $(from_here --cflags libmlref) 2> "$tmp/err" || bad="$bad $h"
done
is "$bad" '' "every header of libmlref compiles alone, by pkg-config --cflags"
if command -v "$CXX" > /dev/null; then
    {
        (cd "$tmp/here/include/mlref" && find . -name '*.h' |
            sed 's|^\./\(.*\)|#include <\1>|')
        echo 'int main() { mlfit_models(0); mlsim_law_find(""); ml_function_find("");'
        echo 'mlio_processors(); mltab_kind_name(MLTAB_OK); mlpaper_free(0); }'
    } > "$tmp/all.cpp"
    "$CXX" -std=c++17 -o "$tmp/all" "$tmp/all.cpp" \
        $(from_here --cflags --libs libmlref) 2> "$tmp/err"
    ok $? "... and all of them as c++17, with a function of each"
else
    skip 'the headers of libmlref as C++17' 'no C++ compiler'
fi

# -------------------------------------------------------------------- examples

truth() { # ARGUMENTS: the nearest double, %.17g
    "$mlref" eval mittag-leffler "$@" --round double > "$tmp/truth"
    awk -F '\t' '/^#/ {next} !c {for (i = 1; i <= NF; i++) if ($i == "re_double") c = i; next}
        {print $c}' "$tmp/truth"
}
rounded() { # DIGITS: standard input, one number a line
    awk -v d="$1" '{printf "%.*g\n", d, $1}'
}
{
    echo "libmlfunc $version"
    echo "one $(truth alpha=0.5 beta=1 z=-1) 0"
    echo "complex -0.4161468365471424 0.9092974268256817 0"
    for d in 16 15; do
        for x in -0.5 -1 -2 -4 -8; do
            [ $d = 16 ] && name=array || name=plan
            echo "$name $x $(truth alpha=0.7 beta=1 z=$x --as double | rounded $d)"
        done
    done
    echo "status domain"
} > "$tmp/want"
"$CC" -std=c11 $std example/value.c $(from_dest --cflags --libs libmlfunc) \
    -o "$tmp/value" 2> "$tmp/err"
ok $? "example/value.c builds by pkg-config from DESTDIR"
LD_LIBRARY_PATH=$lib "$tmp/value" > "$tmp/got" 2> "$tmp/err"
diff "$tmp/want" "$tmp/got" > "$tmp/out" 2>&1
ok $? "... and prints what mlref says"
"$CC" -std=c11 $std -I "$include" example/value.c "$lib/libmlfunc.a" \
    -lm -o "$tmp/static" 2> "$tmp/err" &&
    "$tmp/static" > "$tmp/got" 2>> "$tmp/err" &&
    diff "$tmp/want" "$tmp/got" > "$tmp/out" 2>&1
ok $? "... the same with libmlfunc.a and -lm alone"

truth alpha=3/10 beta=1 z=-5 > "$tmp/double"
"$mlref" eval mittag-leffler alpha=3/10 beta=1 z=-5 --digits 50 > "$tmp/truth"
digits=$(awk -F '\t' '$1 == "3/10" {print $5}' "$tmp/truth" | cut -c1-48)
"$CC" -std=c11 example/ball.c $(from_here --cflags --libs libmlref) \
    -o "$tmp/ball" 2> "$tmp/err"
ok $? "example/ball.c builds by pkg-config"
LD_LIBRARY_PATH=$here "$tmp/ball" > "$tmp/got" 2> "$tmp/err"
like "$(cat "$tmp/got")" "ball $digits*double $(cat "$tmp/double")" \
    "... and prints what mlref says"
rest=$(from_here --static --libs libmlref | tr ' ' '\n' | grep -vxE -e '-l(mlref|mlfunc)' | tr '\n' ' ')
"$CC" -std=c11 example/ball.c $(from_here --cflags libmlref) "$here/libmlref.a" \
    "$here/libmlfunc.a" $rest -o "$tmp/ball" 2> "$tmp/err" &&
    "$tmp/ball" > "$tmp/again" 2>> "$tmp/err" && cmp -s "$tmp/got" "$tmp/again"
ok $? "... the same with libmlref.a and pkg-config --static"

# ---------------------------------------------------------------------- Python

if command -v "$PYTHON" > /dev/null; then
    PYTHONPATH=$top/share/libmlfunc/python PYTHONDONTWRITEBYTECODE=1 \
        "$PYTHON" python/test/t-mlfunc.py > "$tmp/out" 2> "$tmp/err"
    ok $? "the Python module: $(grep -c '^ok' "$tmp/out") claims"
    grep -q "^# $top/share/libmlfunc/python/.*lib/libmlfunc.so.0\$" "$tmp/out"
    ok $? "... with the library that was installed with it"
else
    skip 'the Python module' 'no Python'
    skip 'its library' 'no Python'
fi

# ---------------------------------------------------------------------- README

# The commands of its section on the library, at another prefix.
sed -n '/^## Use the library/,/^## The rooms/s/^    //p' README.md |
    sed "s|/usr/local|$tmp/here|g" > "$tmp/readme"
(
    cd "$tmp" && ln -s "$root/example" example
    PKG_CONFIG_PATH=$here/pkgconfig LD_LIBRARY_PATH=$here
    PYTHONDONTWRITEBYTECODE=1
    export PKG_CONFIG_PATH LD_LIBRARY_PATH PYTHONDONTWRITEBYTECODE
    sed -n '/^cc /p' readme > readme.cc
    sed -n '/^PYTHONPATH/,/'"'"'$/p' readme > readme.py
    sh -e readme.cc > readme.out 2> err
    cmp -s readme.out want || echo "cc" >> err
    if command -v python3 > /dev/null; then sh -e readme.py > readme.got 2>> err; fi
)
[ ! -s "$tmp/err" ]
ok $? "the C commands of README.md work"
if command -v python3 > /dev/null; then
    like "$(cat "$tmp/readme.got")" "Result(value=0.427583576155807*OK*(*j)*array('d', [[]0.60514759*" \
        "... and the Python ones"
else
    skip 'the Python commands' 'no Python'
fi

# ---------------------------------------------------------------- manual pages

man=$top/share/man
squeeze() {
    tr -s ' \n' ' ' | sed 's/ ML_MUST_CHECK//g; s/; */;\n/g'
}
sed 's|^ *\*.*||; s|/\*.*\*/||; s|^/\*.*||; /^#/d; /^typedef struct/d' mlfunc/mlfunc.h |
    squeeze | grep -oE '(const |double |void |int |ml_status )[^;{}]*ml_[a-z_]+\([^;]*;' |
    sort > "$tmp/header"
sed -n '/^\.SH SYNOPSIS/,/^\.SH DESC/p' "$man/man3/libmlfunc.3" | grep -v '^\.' |
    squeeze | sed 's/^ *//' | grep . | sort > "$tmp/page"
[ "$(wc -l < "$tmp/header")" = "$(sh library/public.sh --of mlfunc | wc -l)" ] &&
    diff "$tmp/header" "$tmp/page" > "$tmp/out" 2>&1
ok $? "libmlfunc(3) shows the $(wc -l < "$tmp/header") prototypes of mlfunc.h"
bad=
for f in $(sh library/public.sh --of mlfunc); do
    sed '/^\.SH SYNOPSIS/,/^\.SH DESC/d' "$man/man3/libmlfunc.3" |
        grep -q "^\.BR $f " || bad="$bad $f:text"
    sed -n '/^\.SH NAME/,/^\.SH LIB/p' "$man/man3/libmlfunc.3" | grep -qw "$f" ||
        bad="$bad $f:name"
    [ "$(cat "$man/man3/$f.3" 2> /dev/null)" = '.so man3/libmlfunc.3' ] ||
        bad="$bad $f.3"
done
is "$bad" '' "... explains each, and has a page of that name for each"
bad=$(grep -oE '\bML_[A-Z]+ = [0-9]+' mlfunc/mlfunc.h | while read -r flag is number; do
    grep -q "^\.BR $flag \" ($number)\"" "$man/man3/libmlfunc.3" || echo "$flag $is $number"
done)
is "$bad" '' "... and each flag of a status with its number"
plain=$(sed 's/\\-/-/g' "$man/man1/mlref.1")
bad=
for v in $("$mlref" --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'); do
    echo "$plain" | sed -n "/^\.SS $v\$/,/^\.S/p" > "$tmp/verb"
    [ -s "$tmp/verb" ] || bad="$bad $v"
    for o in $("$mlref" "$v" --help | grep -oE -e '--[a-z][a-z-]*' | sort -u); do
        grep -qE -e "^\.B $o( |\$)|, $o |^\.B mlref.*$o" "$tmp/verb" || bad="$bad $v:$o"
    done
done
for o in $("$mlref" --help | grep -oE -e '--[a-z][a-z-]*' | sort -u); do
    echo "$plain" | grep -qE -e "^\.BR? \"?$o" || bad="$bad $o"
done
is "$bad" '' "mlref(1) has every verb and every option of its help"
bad=$(for t in "$top"/share/mlref/tables/*.tsv; do
    grep -v '^#' "$t" | head -n 1 | tr '\t' '\n'
done | sort -u | grep -vxE 'function|status' | while read -r c; do
    grep -qE "^\.BR? .*\b$c\b" "$man/man5/mlref-tables.5" || echo "$c"
done)
is "$bad" '' "mlref-tables(5) has every column of the certified tables"
if command -v man > /dev/null; then
    for p in man1/mlref.1 man3/libmlfunc.3 man5/mlref-tables.5; do
        (cd "$man" && MANWIDTH=80 man --warnings -E UTF-8 -l $p 2>&1 > /dev/null)
    done > "$tmp/out"
    [ ! -s "$tmp/out" ]
    ok $? "man has nothing to warn of"
elif command -v mandoc > /dev/null; then
    (cd "$man" && mandoc -T lint -W warning man?/mlref* man3/libmlfunc.3) \
        > "$tmp/out" 2>&1
    ok $? "mandoc has nothing to warn of"
else
    skip 'no warnings' 'neither man nor mandoc'
fi

# ---------------------------------------------------------------- uninstalling

make -s uninstall B="$B" DESTDIR="$dest" PREFIX=$prefix > "$tmp/out" 2> "$tmp/err"
is "$(find "$dest" 2> /dev/null)" '' "make uninstall leaves nothing"
finish
