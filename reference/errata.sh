#!/bin/sh
# reference/errata.sh - writes reference/ERRATA.md: published values, judged.
#
#   sh reference/errata.sh > reference/ERRATA.md
#
# reference/errata.tsv holds values as they are printed elsewhere.  Each is held
# against a ball of 50 digits.  It is wrong when both hold: it is off by more
# than one unit of its last digit, and by more than 4 2^-53 of itself (unless
# more digits than a double has are printed).

B=${ML_BUILD:-build}
points=$(mktemp) || exit 1
trap 'rm -f "$points"' EXIT
LC_ALL=C
export LC_ALL

grep -v '^#' "${1:-reference/errata.tsv}" | cut -f 2-5 > "$points"
"$B/mlref" eval mittag-leffler --digits 50 --input "$points" |
    perl reference/errata.pl "${1:-reference/errata.tsv}"
