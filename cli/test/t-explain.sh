#!/bin/sh
# cli/test/t-explain.sh - `mlref explain` says what is so (TAP).

. cli/test/lib.sh

plan 33

of() { # GROUP ITEM: its value in the last run
    awk -F '\t' -v g="$1" -v i="$2" '$1 == g && $2 == i { print $3; exit }' \
        "$tmp/out"
}
near() { # X Y TOLERANCE
    awk -v x="$1" -v y="$2" -v t="$3" \
        'BEGIN { d = x - y; exit !(x != "" && (d < 0 ? -d : d) <= t) }'
}
like() { # TEXT GROUP ITEM WANT TOLERANCE
    got=$(of "$2" "$3")
    near "$got" "$4" "$5"
    ok $? "$1: $got" "got $got, want $4"
}
explain() {
    run explain "$@"
}

# exp(-40): its kappa_z is 40; the largest term of its series is 40^40/40!, and
# exp(-40) is what is left of it: 53.73 + 57.71 bits.
explain mittag-leffler alpha=1 beta=1 z=-40
is "$rc $(header)" "0 about${tab}item${tab}value${tab}meaning" 'the columns'
is "$(of value value) $(of value radius)" \
    '4.2483542552915889953292347828587e-18 4.2e-50' 'exp(-40) to 30 digits'
is "$(of value double)" '4.2483542552915889e-18 (0x1.39792499b1a24p-58)' \
    '... and its double'
like 'kappa z of exp at -40' condition 'kappa z' 40 0.05
like 'bits that cancel in its power series' elsewhere 'power series' 111.44 0.06
is "$(of elsewhere '... in doubles')" 'no digit is left' '... are all there are'
is "$(of place '|arg z|/(pi alpha)')" 1 'alpha = 1, z < 0 is a Stokes ray'
is "$(of place '|z|^(1/alpha)')" 40 'its size'

# alpha 2^-52 above 1: the exponential is lost against the algebraic term.
explain mittag-leffler alpha=0x1.0000000000001p+0 beta=1 z=-40
[ "$(of doubles method)" = 'contour near 1' ] && [ "$(of doubles status)" = ok ]
ok $? 'just above 1 the doubles take E_{1,1} out'
b=$(of doubles bound) e=$(of doubles error)
awk -v b="$b" -v e="$e" 'BEGIN { exit !(e > 0 && e <= b && b <= 0.5001) }'
ok $? "... with an error of $e within the bound, $b ulp"
is "$(of balls quadrature | cut -c1-3)" '2^-' 'a forced method has its radius'

# E_{1/2,1}(-x) = exp(x^2) erfc(x), x = 8.
explain mittag-leffler alpha=1/2 beta=1 z=-8
is "$(of value double | cut -d ' ' -f 1)" 0.069985166200880924 'E_{1/2,1}(-8)'
like 'its power series cancels x^2 log2 e bits, and a little' \
    elsewhere 'power series' 92 4
like 'its asymptotic series reaches as many' \
    elsewhere 'asymptotic series' 92 4
is "$(of place 'exponential terms')" 0 'no exponential term'
is "$(of balls chosen)" asymptotic 'the asymptotic series is chosen'
sum=$(awk -F '\t' '$1 == "condition" && $2 ~ /^kappa ./ { s += $3 } END { print s }' "$tmp/out")
like 'kappa is the sum of its shares' condition kappa "$sum" 0.02

explain mittag-leffler alpha=1/2 beta=1 z=0.01
is "$(of elsewhere 'asymptotic series')" '' 'no asymptotic series below 1'
like 'nothing cancels for a small argument' elsewhere '... in doubles' 1 0.2
explain mittag-leffler alpha=1/2 beta=1 z=2+3i
is "$(of place 'exponential terms')" 1 'a complex point with one exponential'
like 'its share: |2 exp(z^2)| over the value' place 'largest of them' -3.44 0.02
is "$(of doubles status)" ok 'complex doubles have a bound'
explain mittag-leffler alpha=3 beta=1 z=-1000
is "$(of place 'exponential terms')" 3 \
    'alpha = 3, z < 0: a pair, and one on the cut'
explain mittag-leffler alpha=1 beta=-1 z=0
is "$rc $(of value value) $(of condition kappa)" '0 0 ' \
    'a value of 0 has no condition number'
explain mittag-leffler alpha=1/3 beta=1 z=-1
is "$(of doubles status)" 'not tried' '1/3 is no double'
explain mittag-leffler alpha=1/3 beta=1 z=-1 --as double
is "$(of doubles status)" ok '... unless --as double'
explain ml-relaxation alpha=0.7 tau=1 t=100
is "$rc $(of place '|z|^(1/alpha)')" '0 100' 'ml-relaxation is reduced'
explain kww beta=0.5 tau=1 c=2 t=3
like 'kww: kappa t = beta c sqrt 3' condition 'kappa t' 1.732 0.005
explain mittag-leffler alpha=1/10 beta=1 z=500
is "$rc $(of value status)" '4 overflow' 'no ball: exit 4'
explain mittag-leffler alpha=-1 beta=1 z=1
case $err in *'outside the domain'*) good=0 ;; *) good=1 ;; esac
[ $rc = 4 ] && [ $good = 0 ]
ok $? 'outside the domain: exit 4, and it is said'
fails 2 'mlref explain: expected FUNCTION*' 'no function' explain
fails 2 '*unknown function "airy"*' 'an unknown one' explain airy x=1
fails 2 '*--as: expected double*' 'a wrong --as' \
    explain kww beta=1 tau=1 c=1 t=1 --as float
finish
