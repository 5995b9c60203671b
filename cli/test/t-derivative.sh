#!/bin/sh
# cli/test/t-derivative.sh - mlref eval --derivative (TAP).

. cli/test/lib.sh
plan 42

# ---------------------------------------------------------- values and radii

# NAME DIGITS RE IM DERIVATIVE ARGS...: the true value (mpmath's diff with 60
# digits) is within the printed radius, which is as small as asked.
value() {
    name=$1 digits=$2 re=$3 im=$4 derivative=$5
    shift 5
    run eval "$@" --digits "$digits" --derivative "$derivative"
    is "$rc $(cell status)" "0 ok" "$name: exit 0, status ok"
    within "$(cell re)" "$(cell rad)" "$re"
    ok $? "$name: |true - re| <= rad" "$out"
    if [ "$im" != none ]; then
        within "$(cell im)" "$(cell rad)" "$im"
        ok $? "$name: |true - im| <= rad" "$out"
        sharp "$digits" "$(cell rad)" "$(cell re)" "$(cell im)"
    else
        sharp "$digits" "$(cell rad)" "$(cell re)"
    fi
    ok $? "$name: rad <= 10^-$digits |value|" "$out"
}

value 'kww' 17 -0.4607107231319339904274139573780530684129 none \
    beta:2,tau kww beta=3/5 tau=2 c=1 t=7
value 'ml-relaxation in tau' 20 0.0656198937628238486835881196854824765268 \
    none tau ml-relaxation alpha=1/2 tau=2 t=3
value 'ml-relaxation in alpha' 17 -0.4640154706086137956612611118625848795959 \
    none alpha ml-relaxation alpha=0.45 tau=2 t=7
value 'ml-relaxation, mixed' 25 0.08961423959109827317571542428911055048177 \
    none tau,alpha ml-relaxation alpha=0.45 tau=2 t=7
value 'ml-siegert, twice' 17 -0.01262960211901690393069239008859772181579 \
    none tau:2 ml-siegert alpha=1/2 tau=2 t=3
value 'mittag-leffler' 17 14.01333940420796793326525324170137462669 \
    -28.6707092219667955072095289708668597551 \
    alpha,beta,z mittag-leffler alpha=0.8 beta=1 z=1+2i

# ------------------------------------------------- columns, provenance, tables

run eval kww tau=2 beta=3/5 c=1 t=7 --derivative tau:1,beta:2
is "$(header)" "beta${tab}tau${tab}c${tab}t${tab}re${tab}rad${tab}status${tab}log2" \
    "the columns of eval"
is "$(sed -n 2,4p "$tmp/out")" \
    "# command: mlref eval kww tau=2 beta=3/5 c=1 t=7 --derivative tau:1,beta:2
# function: kww
# derivative: beta:2,tau" "the provenance names the derivative"
one=$(rows)
cp "$tmp/out" "$tmp/table"
run eval kww --input "$tmp/table" --derivative beta:2,tau
is "$(rows)" "$one" "its table is read back: the same row"
run eval kww --input "$tmp/table"
is "$(grep -c '^# derivative' "$tmp/out")" 0 "without the option: no such line"
run eval ml-relaxation alpha=1/2 tau=2 t=3 --derivative tau --round double:u \
    --as double
is "$(cell re_double) $(cell re_hex)" \
    "0.065619893762823858 0x1.0cc7721ada691p-4" "--round rounds the derivative"

# -------------------------------------------------------------- what is not ok

run eval ml-relaxation alpha=1/2 tau=2 t=0 --derivative t --round double
is "$rc $(cell status) $(cell re) $(cell re_double)" "4 domain nan nan" \
    "no derivative at t = 0: domain, exit 4"
is "$err" 'mlref eval: domain: that derivative does not exist there' \
    "no derivative: one line"
run eval ml-relaxation alpha=1/2 tau=2 t=0 --derivative alpha,tau:3
is "$rc $(cell re) $(cell rad)" "0 0 0" "in alpha and tau it is exactly 0"
run eval ml-relaxation alpha=1/2 tau=-2 t=0 --derivative tau
is "$rc $err" \
    '4 mlref eval: domain: tau of ml-relaxation needs tau > 0' \
    "outside the domain: the argument is named"
# d/dt exp(-t^2) = -2t exp(-t^2)
run eval kww beta=2 tau=1 c=1 t=1e15 --derivative t --round double
is "$rc $(cell status) $(cell re_double)" "4 underflow -0" \
    "underflow keeps the sign in the double"
within "$(cell log2)" 1e19 \
    -1442695040888963407359924681001.89213742664595415298593413544940693
ok $? "underflow: log2 is bounded" "$out"

# --------------------------------------------------------------------- usage

u='mlref eval: --derivative'
p='alpha=1 tau=1 t=1'
# shellcheck disable=SC2086
{
    fails 2 "$u: ml-siegert has no argument \"beta\"; it has alpha, tau, t" \
        'an unknown argument' eval ml-siegert $p --derivative tau,beta
    fails 2 "$u: ml-siegert has no argument \"\"; it has alpha, tau, t" \
        'nothing after a comma' eval ml-siegert $p --derivative tau,
    fails 2 "$u: tau is named twice" 'an argument twice' \
        eval ml-siegert $p --derivative tau,tau:2
    for n in '' 0 -1 x 2x 1.5 1000; do
        fails 2 "$u: expected how often tau is differentiated, 1 to 64, got \"$n\"" \
            "tau:$n" eval ml-siegert $p --derivative "tau:$n"
    done
    fails 2 "$u: at most 64 times in all, got 65" 'too often' \
        eval ml-siegert $p --derivative tau:60,t:5
    fails 2 "$u takes no --method" 'with a method' \
        eval ml-siegert $p --derivative tau --method series
}

finish
