#!/bin/sh
# cli/test/t-options.sh - the command line: options, numbers, lists (TAP).

. cli/test/lib.sh
plan 69
m=mittag-leffler

# ------------------------------------------------------------------- verbs

fails 2 'mlref: unknown verb "evl"; did you mean eval[?]' \
    'a mistyped verb gets a suggestion' evl
fails 2 'mlref: unknown verb "xyzzy"; see mlref --help' \
    'an unknown verb' xyzzy
fails 2 'mlref: unknown verb "xyzzy"*' 'help for an unknown verb' help xyzzy
run
is "$rc $(head -c 8 "$tmp/err")$out" "2 mlref - " \
    'no verb: the list on stderr, exit 2'
run --help
is "$rc $err" "0 " '--help: exit 0'
like "$out" '*eval*verify*table*asymptotics*fit*simulate*paper*selftest*version*' \
    '--help names every verb'
cp "$tmp/out" "$tmp/help"
run help
cmp -s "$tmp/out" "$tmp/help"
ok $? 'help is --help'
run eval --help
cp "$tmp/out" "$tmp/help"
run help eval
cmp -s "$tmp/out" "$tmp/help"
ok $? 'help eval is eval --help'
run --version
like "$out" 'mlref [0-9]*.[0-9]*.[0-9]*' '--version'
run version
like "$out" '*FLINT*MPFR*GMP*OpenMP*' 'version lists the libraries'
fails 2 'mlref version: takes no argument, got "now"' \
    'a verb without arguments' version now

# -------------------------------------------------------------------- --cpu

in_use() {
    rows | awk -F '\t' '$1 == "processor" { print $2 }'
}

run --cpu baseline version
is "$rc $(in_use)" '0 baseline' '--cpu baseline before a verb'
is "$(sed -n 2p "$tmp/out")" '# command: mlref version' \
    '... is not in the provenance: it changes no byte'
run version --format tsv --cpu=baseline
is "$rc $(in_use)" '0 baseline' '--cpu=baseline after it'
run version
best=$(in_use)
like "$best" '*[a-z]*' "the best of this processor is in use: $best"
others=
lacking=
for c in avx512 avx2 baseline; do
    if "$mlref" --cpu $c version > "$tmp/out" 2> "$tmp/err"; then
        others="$others $c"
        [ "$(in_use)" = $c ] || others="$others (not in use)"
        "$mlref" --cpu $c simulate walk --law ml --beta 0.45 --times 1,100 \
            --walkers 500 --theory > "$tmp/walk.$c"
    else
        lacking=$c
    fi
done
like "$others" " $best*baseline" "$best comes first of those that can be forced"
differ=
for c in $others; do
    cmp -s "$tmp/walk.$c" "$tmp/walk.baseline" || differ="$differ $c"
done
is "$differ" '' "a walk has the same bytes with each of:$others"
if [ -n "$lacking" ]; then
    fails 2 "mlref: --cpu: this processor has no $lacking" \
        'an instruction set that is not there' --cpu $lacking version
else
    skip 'an instruction set that is not there' 'this processor has all'
fi
fails 2 'mlref: --cpu: expected baseline, avx2 or avx512, got "sse"' \
    'an unknown instruction set' --cpu sse version
fails 2 'mlref: --cpu needs a value' '--cpu without a value' --cpu
fails 2 'mlref: --cpu is given twice' '--cpu twice' \
    --cpu baseline version --cpu=baseline

# ----------------------------------------------------------------- options

e="alpha=1 beta=1 z=1"
# shellcheck disable=SC2086
{
    fails 2 'mlref eval: unknown option --digit; did you mean --digits[?]' \
        'a mistyped option gets a suggestion' eval $m $e --digit 5
    fails 2 'mlref eval: unknown option --quux; see mlref eval --help' \
        'an unknown option' eval $m $e --quux
    fails 2 'mlref eval: unknown option -d; *' 'a short option' eval $m $e -d
    fails 2 'mlref eval: --digits is given twice' \
        'an option given twice' eval $m $e --digits 5 --digits=6
    fails 2 'mlref eval: --digits needs a value' \
        'a missing value at the end' eval $m $e --digits
    fails 2 'mlref eval: --digits needs a value' \
        'a missing value before an option' eval $m $e --digits --list
    fails 2 'mlref eval: --digits needs a value' \
        'an empty value' eval $m $e --digits=
    fails 2 'mlref eval: --list takes no value' \
        'a flag with a value' eval --list=yes
    fails 2 'mlref eval: --digits: expected an integer, got "5x"' \
        'a malformed integer' eval $m $e --digits 5x
    fails 2 'mlref eval: --digits: expected an integer, got "1.5"' \
        'a decimal for an integer' eval $m $e --digits 1.5
    fails 2 'mlref eval: --digits: expected an integer, got "99999999999999999999"' \
        'an integer out of range' eval $m $e --digits 99999999999999999999
    fails 2 'mlref eval: --digits: expected 1 to 100000000, got 0' \
        '--digits 0' eval $m $e --digits 0
    fails 2 'mlref eval: --format: *"xml"*' \
        'an unknown format' eval $m $e --format xml
    fails 2 'mlref eval: --as: expected double, got "float"' \
        'an unknown --as' eval $m $e --as float
    fails 2 'mlref eval: --round: expected double, double:n, *got "double:x"' \
        'an unknown rounding' eval $m $e --round double:x
    fails 2 'mlref eval: --round: expected *' \
        'rounding to another type' eval $m $e --round float
    fails 2 'mlref eval: mittag-leffler has no method "serie"; it has series,*' \
        'an unknown method' eval $m $e --method serie
    fails 2 'mlref eval: which function[?] see mlref eval --list' \
        'no function' eval
    fails 2 'mlref eval: unknown function "mittag-lefler"; did you mean mittag-leffler[?]' \
        'a mistyped function' eval mittag-lefler $e
    fails 2 'mlref eval: unknown function "sin"; see mlref eval --list' \
        'an unknown function' eval sin x=1
    run eval $m $e --digits=5 --format=csv
    like "$rc $out" '0 *--digits 5 --format csv*1,1,1,0,2.718282,*' \
        '--name=value is --name value'
    run eval --digits 5 -- $m $e
    is "$rc $(cell re)" "0 2.718282" '-- ends the options'
}

# --------------------------------------------------------------- arguments

fails 2 'mlref: mittag-leffler: beta is missing; it takes alpha, beta, z' \
    'a missing argument' eval $m alpha=1 z=1
fails 2 'mlref: mittag-leffler: z is given twice' \
    'an argument given twice' eval $m alpha=1 beta=1 z=1 z=2
fails 2 'mlref: mittag-leffler has no argument "gamma"; it takes alpha, beta, z' \
    'an unknown argument' eval $m alpha=1 beta=1 gamma=1 z=1
fails 2 'mlref: mittag-leffler: expected name=value, got "1"' \
    'a bare number' eval $m 1
fails 2 'mlref: alpha: *"1+2i"*' \
    'a complex number for a real argument' eval $m alpha=1+2i beta=1 z=1
fails 2 'mlref: "1e400" is beyond the range of a double' \
    '--as double beyond the doubles' eval $m alpha=1 beta=1 z=1e400 --as double
for bad in '' 1e 1..2 0x 1/0 nan inf -inf 1e5.5 '1 ' 1,5 --1; do
    run eval $m alpha=1 beta=1 "z=$bad"
    [ "$rc" = 2 ] && [ -z "$out" ] && [ "$(wc -l < "$tmp/err")" = 1 ] \
        || { echo "# z=$bad: exit $rc: $err"; break; }
    bad=
done
is "$bad" '' 'malformed numbers, nan and inf: exit 2, one line'
fails 2 'mlref: z: *"1e"*' 'a malformed number is quoted' \
    eval $m alpha=1 beta=1 z=1e

# shellcheck disable=SC2046
{
    fails 2 'mlref asymptotics: --eps: given more than 32 times' \
        'a list given too often' asymptotics alpha=1/2 \
        $(yes -- '--eps 0.1' | head -n 33)
    fails 2 'mlref eval: more than 256 arguments' 'too many arguments' \
        eval $m $(yes z=1 | head -n 300)
}

# -------------------------------------------------- a check that fails: 1

printf 'beta\ttau\tc\tt\tvalue\n1\t1\t1\t1\t0.36787944117144239\n' \
    > "$tmp/values"
run verify --function kww --values "$tmp/values" --max-ulp 2
is "$rc" 0 'exp(-1), one ulp off, within 2 ulp: exit 0'
run verify --function kww --values "$tmp/values" --max-ulp 0.5
is "$rc" 1 'not within 0.5 ulp: exit 1'

# ------------------------------------------------------------------- lists

list() { # WANT TEXT LIST
    run asymptotics alpha=1/2 --x "$3"
    is "$rc $(rows | cut -f 2 | tr '\n' ' ')" "0 $1 " "$2"
}
list '0.01 0.1 1 10 100' 'log:A:B:N has its powers of ten' log:0.01:100:5
list '1 2.154434690031884 4.641588833612779 10' \
    'log:A:B:N: the nearest doubles' log:1:10:4
list '0.5 3 1/3' 'a,b,c in the order given' 0.5,3,1/3
for bad in log:1:10 log:0:10:3 log:10:1:3 log:-1:10:3 log:1:10:1 log:1:10:2.5 \
    log:1:1.0000000000000002:9 log:1:10:99999999999 log:1:x:3 1,,2 ,1 1,; do
    run asymptotics alpha=1/2 --x "$bad"
    [ "$rc" = 2 ] && [ -z "$out" ] && [ "$(wc -l < "$tmp/err")" = 1 ] \
        || { echo "# --x $bad: exit $rc: $err"; break; }
    bad=
done
is "$bad" '' 'malformed lists: exit 2, one line'
fails 2 'mlref: log:A:B:N needs 0 < A < B: "log:0:10:3"' \
    'a logarithmic list from 0' asymptotics alpha=1/2 --x log:0:10:3
fails 2 'mlref: log:A:B:N needs 0 < A < B: "log:10:1:3"' \
    'a descending list' asymptotics alpha=1/2 --x log:10:1:3
fails 2 'mlref: "log:1:1.0000000000000002:9" asks for more points than *' \
    'a list too dense' asymptotics alpha=1/2 --x log:1:1.0000000000000002:9

# -------------------------------------------------------------- provenance

mkdir -p "$tmp/a b"
printf 'z\n1\n' > "$tmp/a b/in.tsv"
run eval $m alpha=1 beta=1 --input "$tmp/a b/in.tsv"
is "$(sed -n 2p "$tmp/out")" \
    "# command: mlref eval mittag-leffler alpha=1 beta=1 --input in.tsv" \
    'no directory of the machine is printed'
! grep -q "$tmp" "$tmp/out"
ok $? 'nor anywhere else in the output'
run eval $m alpha=1 beta=1 z=1/3
like "$(sed -n 2p "$tmp/out")" '* z=1/3' 'a fraction is no path'

provenance() { # COMMAND WANT TEXT
    "$mlref" verify --function kww --points small --time-limit 1 --jobs 2 \
        --cmd "$1" > "$tmp/out" 2> "$tmp/err"
    is "$(sed -n 2p "$tmp/out")" \
        "# command: mlref verify --function kww --points small --time-limit 1 --cmd $2" \
        "$3"
}
provenance 'cat /usr/share/none.py' "'cat none.py'" \
    '--cmd: absolute names lose their directories, --jobs is dropped'
provenance '"/bin/cat" reference/x' "'\"cat\" reference/x'" \
    '--cmd: quotes and relative names stay'
provenance 'awk "{ print \$1/\$2 }"' "'awk \"{ print \\\$1/\\\$2 }\"'" \
    '--cmd: an expression with a slash stays'
"$mlref" simulate walk --law ml --beta 0.5 --times 1 --walkers 10 --threads 2 \
    --output "$tmp/w.tsv"
like "$(sed -n 2p "$tmp/w.tsv")" '*--walkers 10' \
    '--threads and --output are left out'

finish
