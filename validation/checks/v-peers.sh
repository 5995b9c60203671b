#!/bin/sh
# validation/checks/v-peers.sh - verify finds what is wrong with a peer (TAP).
#
# pymittagleffler 0.2.1 of PyPI bounds |err| / (1 + |E|), an absolute error
# where E is small.  What that costs was measured by hand before this program
# existed; verify must find it again: alpha = 1 +- 2^-52, and beta = alpha far
# out on the negative axis.  Skipped where `make peers` was not run.

. validation/tap/tap.sh

python=$B/peers/bin/python

"$python" -c 'import pymittagleffler' 2> /dev/null \
    || skip_all "no pymittagleffler: make peers installs it"
plan 11

"$mlref" verify --function mittag-leffler --details "$tmp/d" \
    --cmd "$python reference/adapters/peer_pymittagleffler.py" \
    > "$tmp/out" 2> "$tmp/err"
code=$?
[ $code = 0 ] && [ "$(grep -c '^ml-' "$tmp/d")" -ge 600 ]
ok $? "verify measures pymittagleffler at $(grep -c '^ml-' "$tmp/d") points"
! awk -F '\t' '$7 == "crash" || $7 == "hang" || $7 == "garbage"' "$tmp/d" |
    grep -q '^ml-'
ok $? "... which answers every point"

# relative ALPHA BETA RE_Z: the reported relative error there, hexfloats as sent
relative() {
    awk -F '\t' -v a="$1" -v b="$2" -v z="$3" '
        $2 == a && $3 == b && $4 == z && $5 == "0x0p+0" { print $15 }' "$tmp/d"
}
beyond() { # X LIMIT
    awk -v x="$1" -v limit="$2" 'BEGIN { exit !(x != "" && x > limit + 0) }'
}
one=0x1p+0
up=0x1.0000000000001p+0
down=0x1.ffffffffffffep-1
for alpha in $up $down; do
    for z in -0x1.4p+5 -0x1.f4p+9; do
        r=$(relative $alpha $one $z)
        beyond "$r" 0.01
        ok $? "alpha = $alpha, beta = 1, z = $z: relative error $r"
    done
done

# beta = alpha < 1, z = -1e4, -1e6, -1e8: how many are off by more than 1e-10
far() {
    awk -F '\t' -v z="$1" '
        $6 == "kernel" && $4 == z && $5 == "0x0p+0" && $2 != "0x1p+0" {
            n++
            bad += $15 > 1e-10
            worst = $15 > worst + 0 ? $15 : worst
        }
        END { print n + 0, bad + 0, worst + 0 }' "$tmp/d"
}
set -- $(far -0x1.388p+13)
[ "$1" -ge 10 ] && [ "$2" -ge 1 ]
ok $? "beta = alpha, z = -1e4: $2 of $1 are beyond 1e-10 relative, worst $3"
set -- $(far -0x1.e848p+19)
[ "$1" -ge 10 ] && [ "$2" -ge 5 ]
ok $? "beta = alpha, z = -1e6: $2 of $1, worst $3"
set -- $(far -0x1.7d784p+26)
[ "$1" -ge 10 ] && [ "$2" -ge 10 ]
ok $? "beta = alpha, z = -1e8: $2 of $1, worst $3"

# What it promises it keeps there: the three measures are different things.
worst=$(awk -F '\t' '$6 == "kernel" && $16 + 0 > w { w = $16 + 0 } END { print w }' "$tmp/d")
awk -v w="$worst" 'BEGIN { exit !(w < 1e-14) }'
ok $? "beta = alpha: |err|/(1 + |E|) is at most $worst all the same"

"$mlref" verify --function mittag-leffler --points near1 --max-ulp 4 \
    --cmd "$python reference/adapters/peer_pymittagleffler.py" \
    > "$tmp/out" 2> "$tmp/err"
[ $? = 1 ]
ok $? "--max-ulp 4 near alpha = 1: exit 1"
finish
