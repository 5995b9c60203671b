#!/bin/sh
# cli/test/t-table.sh - `mlref table`: rows, files, messages, exit codes (TAP).

. validation/tap/tap.sh

# run CODE ARGS...: does mlref table end with that code?
run() {
    want=$1
    shift
    "$mlref" table "$@" > "$tmp/out" 2> "$tmp/err"
    code=$?
    [ $code = "$want" ] || echo "exit $code, not $want" >> "$tmp/err"
    [ $code = "$want" ]
}

says() { # FILE TEXT
    grep -qF -- "$2" "$tmp/$1"
}

one_line() {
    [ "$(wc -l < "$tmp/err")" = 1 ]
}

plan 19

cat > "$tmp/points.tsv" << END
id${tab}alpha${tab}beta${tab}re_z${tab}im_z${tab}region
a${tab}1${tab}1${tab}1${tab}0${tab}r
b${tab}2${tab}1${tab}-1${tab}0${tab}r
c${tab}1${tab}1${tab}0${tab}0${tab}r
d${tab}1${tab}1${tab}0${tab}1${tab}r
END
run 0 mittag-leffler --points "$tmp/points.tsv"
ok $? "a table of four points"
says out "a${tab}0x1p+0${tab}0x1p+0${tab}0x1p+0${tab}0x0p+0${tab}2.718281828459045235360287471352662497757${tab}0=${tab}0x1.5bf0a8b145769p+1${tab}0x0p+0${tab}r"
ok $? "e to 40 digits, nearest even, and its double"
says out "0.5403023058681397174009366074429766037323"
ok $? "cos 1 from E_{2,1}(-1) and from the real part of E_{1,1}(i)"
says out "c${tab}0x1p+0${tab}0x1p+0${tab}0x0p+0${tab}0x0p+0${tab}1=${tab}0="
ok $? "an exact value ends in ="
! grep -q "version\|^# command\|^# mlref" "$tmp/out"
ok $? "neither version nor command line is in the table"

printf 'alpha\tbeta\tz\n0.5\t1\t-1\n' > "$tmp/real.tsv"
run 0 mittag-leffler --points "$tmp/real.tsv" --format csv
says out 'row-1,0x1p-1,0x1p+0,-0x1p+0,0.4275835761558070044107503444905151808202,'
ok $? "real points without ids make one value column; CSV"

run 0 mittag-leffler --points "$tmp/points.tsv" --output "$tmp/t.tsv"
[ $? = 0 ] && [ ! -s "$tmp/out" ] && run 0 mittag-leffler \
    --points "$tmp/t.tsv" --output "$tmp/again.tsv" &&
    cmp -s "$tmp/t.tsv" "$tmp/again.tsv"
ok $? "a table is a point set: read back, it gives the same bytes"

run 0 mittag-leffler --points zeros --threads 1 --output "$tmp/1.tsv"
run 0 mittag-leffler --points zeros --threads 3 --output "$tmp/3.tsv"
cmp -s "$tmp/1.tsv" "$tmp/3.tsv" && [ -s "$tmp/3.tsv" ]
ok $? "1 and 3 threads: the same bytes"

run 0 kww --points small
says out "beta${tab}tau${tab}c${tab}t${tab}re${tab}re_hex${tab}region"
ok $? "kww has a table"
run 0 mittag-leffler --points stokes --points-only
says out "anti-stokes" && ! says out "re_hex"
ok $? "--points-only writes arguments and regions"

# alpha below 2^-40
printf 'alpha\tbeta\tre_z\tim_z\n1e-13\t1\t0\t3\n1\t1\t0\t0\n' > "$tmp/hard.tsv"
run 4 mittag-leffler --points "$tmp/hard.tsv" --undecided "$tmp/u.tsv" \
    --provenance "$tmp/p.tsv"
ok $? "an undecided row: exit 4"
grep -q "row-1${tab}mittag-leffler${tab}.*${tab}unable" "$tmp/u.tsv" &&
    says out "row-2" && ! says out "row-1"
ok $? "... listed in --undecided with its status, not in the table"
grep -q "^# mpfr: " "$tmp/p.tsv" && grep -q "row-2${tab}ok${tab}0" "$tmp/p.tsv"
ok $? "versions and digits are in --provenance"

run 2 nonsense
one_line && says err 'unknown function "nonsense"'
ok $? "an unknown function: exit 2, one line"
run 2 && says err "expected one FUNCTION"
ok $? "no function: exit 2"
run 5 mittag-leffler --points "$tmp/absent.tsv" && one_line
ok $? "absent points: exit 5, one line"
printf 'alpha\tbeta\tz\n0.5\t1\t-1\n-1\t1\t0\n' > "$tmp/bad.tsv"
run 3 mittag-leffler --points "$tmp/bad.tsv" &&
    one_line && says err "bad.tsv:3:1: expected alpha > 0"
ok $? "a point outside the domain: exit 3 with file, line and column"
printf 'alpha\tz\n0.5\t1\n' > "$tmp/ragged.tsv"
run 3 mittag-leffler --points "$tmp/ragged.tsv" && one_line && says err beta
ok $? "a missing column: exit 3 with its name"
run 5 mittag-leffler --points zeros --output "$tmp/no/such/t.tsv" && one_line
ok $? "an output that cannot be written: exit 5, one line"
finish
