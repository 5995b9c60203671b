#!/bin/sh
# validation/checks/v-peers.sh - verify finds what is wrong with a peer (TAP).
#
# pymittagleffler of PyPI bounds |err| / (1 + |E|), an absolute error where E is
# small.  What that costs was measured by hand before this program existed;
# verify must find it again: alpha = 1 +- 2^-52, and beta = alpha far out on the
# negative axis.  SciPy's erfcx is E_{1/2,1}(-x) written by others, and must come
# out clean where x > 0, but not beside its zeros.  Skipped where `make peers` was not run.

. validation/tap/tap.sh

python=$B/peers/bin/python
adapter="$python reference/adapters/adapter.py"
peer="$adapter --order z,alpha,beta pymittagleffler:mittag_leffler"

"$python" -c 'import pymittagleffler' 2> /dev/null \
    || skip_all "no pymittagleffler: make peers installs it"
plan 15

# select CONDITION ACTION: awk over the rows of --details, cells by name: c("ulp")
select_rows() {
    awk -F '\t' '
        function c(name) { return $(column[name]) }
        /^#/ { next }
        !n++ { for (i = 1; i <= NF; i++) column[$i] = i; next }
        '"$1" "$tmp/d"
}

"$mlref" verify --function mittag-leffler --details "$tmp/d" --cmd "$peer" \
    > "$tmp/out" 2> "$tmp/err"
code=$?
n=$(select_rows 'END { print n - 1 }')
[ $code = 0 ] && [ "$n" -ge 1400 ]
ok $? "verify measures pymittagleffler at $n points"
silent=$(select_rows '
    c("kind") ~ /^(crash|hang|garbage)$/ { s++ } END { print s + 0 }')
is "$silent" 0 "... which answers every point"

beyond() { # X LIMIT
    awk -v x="$1" -v limit="$2" 'BEGIN { exit !(x != "" && x > limit + 0) }'
}
one=0x1p+0
up=0x1.0000000000001p+0
down=0x1.ffffffffffffep-1
for alpha in $up $down; do
    for z in -0x1.4p+5 -0x1.f4p+9; do
        r=$(select_rows '
            c("alpha") == "'$alpha'" && c("beta") == "'$one'" \
            && c("re_z") == "'$z'" && c("im_z") == "0x0p+0" {
                print c("relative"); exit
            }')
        beyond "$r" 0.01
        ok $? "alpha = $alpha, beta = 1, z = $z: relative error $r"
    done
done

# beta = alpha < 1, z = -1e4, -1e6, -1e8: how many are off by more than 1e-10
far() {
    select_rows '
        c("re_z") == "'"$1"'" && c("im_z") == "0x0p+0" \
        && c("alpha") == c("beta") && c("alpha") != "0x1p+0" {
            n_far++
            bad += c("relative") > 1e-10
            worst = c("relative") > worst + 0 ? c("relative") : worst
        }
        END { print n_far + 0, bad + 0, worst + 0 }'
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
worst=$(select_rows '
    c("alpha") == c("beta") && c("alpha") ~ /p-/ && c("re_z") ~ /^-.*p[+]/ \
    && c("im_z") == "0x0p+0" && c("absolute") + 0 > w { w = c("absolute") + 0 }
    END { print w + 0 }')
awk -v w="$worst" 'BEGIN { exit !(w > 0 && w < 1e-13) }'
ok $? "beta = alpha < 1, z < -1: |err|/(1 + |E|) is at most $worst all the same"

"$mlref" verify --function mittag-leffler --points near1 --max-ulp 4 \
    --cmd "$peer" > "$tmp/out" 2> "$tmp/err"
is $? 1 "--max-ulp 4 near alpha = 1: exit 1"

# E_{1/2,1}(z) = erfcx(-z)
grep -E "^(#|id)" reference/points/mittag-leffler.tsv > "$tmp/half.tsv"
awk -F '\t' '$2 == "0x1p-1" && $3 == "0x1p+0"' \
    reference/points/mittag-leffler.tsv >> "$tmp/half.tsv"
n=$(grep -c '^ml-' "$tmp/half.tsv")
"$mlref" verify --function mittag-leffler --points "$tmp/half.tsv" --max-ulp 8 \
    --details "$tmp/d" --cmd "$adapter peers:erfcx" > "$tmp/out" 2> "$tmp/err"
# erfcx_rows CONDITION: points and worst error where it holds
erfcx_rows() {
    select_rows "$1"' {
        count++
        worst = c("kind") !~ /^(ok|wrong)$/ ? c("kind") : c("ulp")
        if (worst ~ /^[a-z]/ || worst + 0 > most + 0) most = worst
    }
    END { print count + 0, most }'
}
set -- $(erfcx_rows 'c("im_z") == "0x0p+0" && c("re_z") ~ /^-/')
[ "$1" -ge 2 ] && awk -v w="$2" 'BEGIN { exit !(w > 0 && w < 8) }'
ok $? "SciPy's erfcx(x), x > 0: at most $2 ulp in $1 points"
set -- $(erfcx_rows 'c("re_z") == "0x1.aa0c49ba5e354p+4" && c("im_z") == "0x0p+0"')
beyond "$2" 8
ok $? "... x = -26.628: $2 ulp, lost in exp(x^2)"
set -- $(erfcx_rows 'c("region") == "zeros" && c("im_z") != "0x0p+0"')
beyond "$2" 1e6
ok $? "... beside its zeros: $2 ulp in $1 points"
"$mlref" verify --function mittag-leffler --points small \
    --cmd "$adapter peers:erfcx" > "$tmp/out" 2> "$tmp/err"
refused=$(awk -F '\t' '!/^#/ && !n++ { for (i = 1; i <= NF; i++) k[$i] = i }
    $1 == "all" { print $k["refused"] - ($k["n"] - $k["ok"] - $k["wrong"] - $k["inf"]) }' "$tmp/out")
is "$refused" 0 "... and every other alpha and beta is refused"
finish
