#!/bin/sh
# cli/test/t-asymptotics.sh - mlref asymptotics (TAP).
#
# The reference values were found with mpmath 1.3.0: E_alpha(-x) as the real
# integral over its rate density at 30 digits, roots by Anderson's method.

. cli/test/lib.sh
plan 44

# 0 <= TRUE - PRINTED <= 2e-5 TRUE for a lower end, the reverse for an upper:
# 6 digits, rounded to the inside.  The true value is known to 12 digits.
inner() { # lower|upper PRINTED TRUE TEXT
    perl -MMath::BigRat -e '
        my ($side, $p, $t) = @ARGV;
        ($p, $t) = map { Math::BigRat->new($_) } $p, $t;
        my $d = $side eq "lower" ? $t - $p : $p - $t;
        exit($d >= -$t / 10 ** 11 && $d <= $t / 50000 ? 0 : 1)' -- "$1" "$2" "$3"
    ok $? "$4" "printed $2, true $3"
}

range() { # ALPHA EPS SHORT_X SHORT_T SHORT_E LONG_X LONG_T LONG_E
    run asymptotics "alpha=$1" --eps "$2"
    at="alpha $1, eps $2"
    is "$rc $(cell status)" '0 ok' "$at: ok"
    inner lower "$(cell short_x)" "$3" "$at: short_x is proved, 6 digits"
    inner lower "$(cell short_t)" "$4" "$at: short_t"
    inner upper "$(cell long_x)" "$6" "$at: long_x"
    inner upper "$(cell long_t)" "$7" "$at: long_t"
    within "$(cell short_E)" 2e-6 "$5" && within "$(cell long_E)" 2e-6 "$8"
    ok $? "$at: E at both ends"
}
range 0.75 0.01 0.251150498851 0.158457230157 0.7685744874 \
    102.149532451 477.509310848 0.0027273906492
range 3/4 0.1 0.822291020767 0.770372427521 0.454141810776 \
    9.99103475102 21.518597358 0.0306736844808
range 0.5 0.01 0.1703266386 0.0290111638167 0.833482398372 \
    7.00204298587 49.028605976 0.0797772234753
range 0.3 0.1 0.516837166002 0.110793033832 0.624676461612 \
    6.1433828396 424.644269313 0.114000440353

# ------------------------------------------------------------ equal points

run asymptotics alpha=0.75,0.5,0.3
is "$(rows | cut -f 1,2 | tr '\t\n' '  ')" '0.75 0.01 0.5 0.01 0.3 0.01 ' \
    'several alpha; eps is 0.01 when not given'
is "$(cell equal_x 1)" '0.408180;0.450101;1.63642' 'alpha 0.75: three equal points'
is "$(cell equal_t 1)" '0.302786;0.344942;1.92839' 'the same in t/tau'
is "$(cell equal_x 2) $(cell equal_x 3)" '1.09499 1.46212' \
    'alpha 0.5 and 0.3: one each'
is "$(cell equal_all 1) $(cell equal_all 2)" 'yes yes' 'proved complete'
is "$(header)" "alpha${tab}eps${tab}short_x${tab}short_t${tab}short_E${tab}long_x${tab}long_t${tab}long_E${tab}equal_x${tab}equal_t${tab}equal_all${tab}status" \
    'columns'
run asymptotics alpha=0.5 --eps 0.1 --eps 0.01,1/50
is "$(rows | cut -f 2 | tr '\n' ' ')" '0.1 0.01 1/50 ' '--eps is a list, repeated'

# ---------------------------------------------------------------- local slope

run asymptotics alpha=0.75,0.3 --x 1,100
is "$rc $(header)" "0 alpha${tab}x${tab}t${tab}E${tab}slope${tab}short_error${tab}long_error${tab}status" \
    '--x: columns'
is "$(rows | sed -n 1p)" "0.75${tab}1${tab}1${tab}0.3931083028${tab}0.5907728696${tab}-0.143067${tab}-0.298372${tab}ok" \
    '--x: E, the slope and both errors at x = 1'
is "$(rows | sed -n 4p | cut -f 1,2,4,5,7)" "0.3${tab}100${tab}0.007658856222${tab}0.2982425385${tab}0.00587237" \
    '--x: far out the slope nears alpha'

# --------------------------------------------------------------- formats, bad

run asymptotics alpha=0.75,0.5 --format csv
csv=$(rows)
run asymptotics alpha=0.75,0.5
is "$csv" "$(rows | tr '\t' ',')" 'csv has the same rows'
run asymptotics alpha=0.75,1.5
is "$rc $(rows | cut -f 12 | tr '\n' ' ')" '4 ok domain ' \
    'alpha > 1: a row with status domain, exit 4'
like "$err" 'mlref asymptotics: 1 of 2 rows not ok; row 2: domain, needs 0 < alpha < 1*' \
    'and one line that says so'
run asymptotics alpha=0.5 --eps 1
is "$rc $(cell status) $(cell short_x)" '4 domain nan' 'eps = 1: domain'
run asymptotics alpha=0.5 --x=-1
is "$rc $(cell status)" '4 domain' 'x < 0: domain'
fails 2 'mlref: asymptotics needs alpha=A' 'no alpha' asymptotics
fails 2 'mlref: asymptotics: expected alpha=A, got "beta=1"' \
    'another argument' asymptotics beta=1
fails 2 'mlref: alpha: *"nan"*' 'alpha=nan' asymptotics alpha=nan
fails 2 'mlref: --eps: *"0.x"*' 'a malformed eps' asymptotics alpha=0.5 --eps 0.x
fails 2 'mlref asymptotics: give --eps or --x, not both' '--eps with --x' \
    asymptotics alpha=0.5 --eps 0.1 --x 1

finish
