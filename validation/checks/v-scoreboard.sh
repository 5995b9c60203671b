#!/bin/sh
# validation/checks/v-scoreboard.sh - the scoreboard is of these tables, and its witnesses stand (TAP).
#
# SCOREBOARD.md names the committed points and tables by their hash: when they
# change it has to be made again.  Then implementations by others that are here
# (make peers, PEERS_DIR) are asked at a few of the points that scoreboard.tsv
# holds against them, and must give the same kind of answer.

. validation/tap/tap.sh

plan 5
page=validation/SCOREBOARD.md
rows=validation/scoreboard.tsv

stale=$(for f in mittag-leffler ml-relaxation ml-siegert kww; do
    for d in points tables; do
        grep -q "$(sha256sum < reference/$d/$f.tsv | cut -c1-16)" $page || echo "$d/$f"
    done
done)
is "$stale" "" "SCOREBOARD.md is of the committed points and tables"

cut -f 1 reference/points/*.tsv | sort -u > "$tmp/known"
lost=$(grep -v -e '^#' -e "^function$tab" $rows | cut -f 8 | sort -u |
    comm -23 - "$tmp/known" | head -n 3)
is "$lost" "" "every witness is a committed point"

three=$(awk -F '\t' '
    /^#/ || $1 != "mittag-leffler" || $5 != "wrong" { next }
    $2 ~ /^(libmlfunc|naive|scipy|numpy|octave|mpmath)/ { next }
    !seen[$2]++ { n++ }
    END { print n + 0 }' $rows)
[ "$three" -ge 3 ]
ok $? "$three general implementations by others are there, with what was found"

# What the page says of this library: a nan is ML_UNABLE, or has a value by now;
# wrong is ML_UNDECIDED, and the value within the bound that was given.
if command -v python3 > /dev/null && [ -e "$B/lib/libmlfunc.so" ]; then
    case $B in /*) lib=$B ;; *) lib=$root/$B ;; esac
    MLFUNC_LIBRARY=$lib/lib/libmlfunc.so PYTHONPATH=python python3 - $rows \
        > "$tmp/out" 2> "$tmp/err" << 'END'
import sys
import mlfunc

asked = bad = 0
for line in open(sys.argv[1]):
    cells = line.rstrip("\n").split("\t")
    if cells[:2] != ["mittag-leffler", "libmlfunc"] or cells[4] == "ok":
        continue
    alpha, beta, re, im = map(float.fromhex, cells[8].split())
    e = mlfunc.mittleff(alpha, beta, complex(re, im) if im else re)
    want = (list(map(float, cells[10].split())) + [0.0])[:2]
    got = [complex(e.value).real, complex(e.value).imag]
    bound = e.bound if im else (e.bound, 0.0)
    asked += 1
    off = [abs(g - w) - abs(w) * 2**-52 for g, w in zip(got, want)]
    if e.status & mlfunc.Status.UNABLE:
        good = cells[4] == "nan"
    elif e.status & mlfunc.Status.UNDECIDED:
        good = all(o <= b for o, b in zip(off, bound))
    else:  # it has become better since
        good = max(off) <= 0
    if not good:
        bad += 1
        print(cells[7], e)
print(f"{asked} asked, {bad} bad")
sys.exit(bad > 0)
END
    ok $? "libmlfunc says so where it is not the nearest: $(tail -n 1 "$tmp/out")"
else
    skip "libmlfunc says so where it is not the nearest" "no python3, or no libmlfunc.so"
fi

# The last region where each implementation is wrong.
awk -F '\t' -v OFS='\t' '
    /^#/ || $1 != "mittag-leffler" || $5 != "wrong" || $2 ~ /^(libmlfunc|lrtfm|mlfp)/ { next }
    !($2 in last) { order[++n] = $2 }
    { last[$2] = $8 }
    END { for (i = 1; i <= n; i++) print order[i], last[order[i]] }' \
    $rows > "$tmp/witnesses"
asked=0
bad=''
while read -r name id; do
    kind=$(sh validation/scoreboard.sh ask "$name" mittag-leffler "$id" \
        2>> "$tmp/err" < /dev/null | sed -n 's/^kind: //p')
    [ -z "$kind" ] && continue # not here
    asked=$((asked + 1))
    [ "$kind" = wrong ] || bad="$bad $name:$id:$kind"
done < "$tmp/witnesses"
[ "$asked" -ge 1 ] && [ -z "$bad" ]
ok $? "$asked witnesses asked again: still wrong" "$bad"
finish
