#!/bin/sh
# reference/recompute.sh - recompute points and tables; compare byte for byte.
#
#     sh reference/recompute.sh [accept | forms]
#
# Everything is written below $ML_BUILD/reference (default build/reference) and
# compared with the committed files; the first differences are shown cell by
# cell.  "accept" copies the new files over the committed ones instead.  "forms"
# computes nothing: it writes the committed tables as CSV and as C headers to
# $ML_BUILD/reference/forms.
# Exit: 0 the same bytes, 1 they differ.

set -u
B=${ML_BUILD:-build}
out=$B/reference
mlref=$B/mlref
functions="mittag-leffler ml-relaxation ml-siegert kww"
mkdir -p "$out/points" "$out/tables"
status=0

# differences OLD NEW: what changed, row by row, at most 10 cells
differences() {
    awk -F '\t' '
        /^#/ { if (NR == FNR) head[$0] = 1
               else if (!($0 in head)) print "  new line: " $0
               next }
        NR == FNR && !started { for (i = 1; i <= NF; i++) name[i] = $i
                                started = 1; n = NF; next }
        NR == FNR { row[$1] = $0; next }
        FNR != NR && !other { other = 1; next }
        !($1 in row) { if (++shown <= 10) print "  new row: " $1; next }
        {
            split(row[$1], old, "\t")
            for (i = 1; i <= NF; i++)
                if (old[i] "" != $i "" && ++shown <= 10)
                    print "  " $1 ", " name[i] ": committed " old[i] \
                        ", recomputed " $i
            delete row[$1]
        }
        END {
            for (id in row) if (++shown <= 10) print "  row is gone: " id
            if (shown > 10) print "  and " shown - 10 " more differences"
        }' "$1" "$2"
}

# compare NAME: $out/NAME against reference/NAME
compare() {
    if [ "${accept:-no}" = yes ]; then
        cp "$out/$1" "reference/$1"
    elif [ ! -f "reference/$1" ]; then
        echo "reference: $1 is not committed"
        status=1
    elif cmp -s "$out/$1" "reference/$1"; then
        echo "reference: $1 is the same, byte for byte"
    else
        echo "reference: $1 DIFFERS:"
        differences "reference/$1" "$out/$1"
        status=1
    fi
}

if [ "${1:-}" = forms ]; then
    mkdir -p "$out/forms"
    for f in $functions; do
        "$mlref" table "$f" --from "reference/tables/$f.tsv" --format csv \
            --output "$out/forms/$f.csv" || exit 1
        "$mlref" table "$f" --from "reference/tables/$f.tsv" --format c \
            --output "$out/forms/$f.h" || exit 1
    done
    exit 0
fi
[ "${1:-}" = accept ] && accept=yes

# Undecided rows of every function in one file; functions differ in columns.
: > "$out/tables/undecided.tsv"
for f in $functions; do
    "$mlref" table "$f" --points-only --output "$out/points/$f.tsv" || exit 1
    compare "points/$f.tsv"
    "$mlref" table "$f" --points "reference/points/$f.tsv" \
        --output "$out/tables/$f.tsv" --undecided "$out/$f.undecided" \
        --provenance "$out/$f.prov"
    code=$?
    [ $code = 0 ] || [ $code = 4 ] || exit 1
    compare "tables/$f.tsv"
    if [ "$(wc -l < "$out/$f.undecided")" -gt 1 ]; then
        cat "$out/$f.undecided" >> "$out/tables/undecided.tsv"
    fi
done
compare tables/undecided.tsv

if [ $status != 0 ]; then
    echo "reference: if the new values are right, say why in the commit and run"
    echo "  sh reference/recompute.sh accept"
fi
exit $status
