#!/bin/sh
# validation/checks/v-errata.sh - the page of errata says what is so (TAP).

. validation/tap/tap.sh

plan 6

page() { # TABLE
    sh reference/errata.sh "$1" > "$tmp/out" 2> "$tmp/err"
}

page reference/errata.tsv
is "$?" 0 'every value of reference/errata.tsv is judged'
cmp -s "$tmp/out" reference/ERRATA.md
ok $? 'reference/ERRATA.md is what reference/errata.sh writes' \
    "$(diff "$tmp/out" reference/ERRATA.md | head -n 10)"

# exp(-5) = 6.737946999085467e-3: wrong as printed, and right when it is mended.
grep -q '^| 1 | 1 | -5 | 0.6737946999045729E-02 | 0.0067379469990854670966' \
    "$tmp/out"
ok $? 'a printed exp(-5) is wrong in digit 12'
sed 's/0.6737946999045729E-02/0.6737946999085467E-02/' reference/errata.tsv \
    > "$tmp/mended"
page "$tmp/mended"
grep -q '^| J. Burkardt.*ea_values.*| 25 | 12 |' "$tmp/out" &&
    ! grep -q '^| 1 | 1 | -5 |' "$tmp/out"
ok $? '... and not when it is mended'
sed 's/0.6737946999085467E-02/0.6737946999085497E-02/' "$tmp/mended" \
    > "$tmp/planted"
page "$tmp/planted"
grep -q '^| 1 | 1 | -5 | 0.6737946999085497E-02 .* 4.4e-15 |' "$tmp/out"
ok $? '... but is with 3 in digit 15'
sed 's/^lrtfm/nobody/' reference/errata.tsv > "$tmp/unknown"
page "$tmp/unknown"
[ $? != 0 ] && grep -q 'no values of lrtfm' "$tmp/err"
ok $? 'a source without a citation is an error'
finish
