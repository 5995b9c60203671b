#!/bin/sh
# cli/test/t-simulate.sh - mlref simulate walk: options, columns, bytes (TAP).

. cli/test/lib.sh
plan 46

w="simulate walk --law ml --beta 0.45 --times 1,10,100 --walkers 2000"

# ----------------------------------------------------------------- usage

fails 2 'mlref simulate: expected "walk", got ""' 'nothing to simulate' \
    simulate
fails 2 'mlref simulate: expected "walk", got "speckle"' \
    'an unknown thing to simulate' simulate speckle
fails 2 'mlref simulate: expected "walk", got "x"' 'two things to simulate' \
    simulate walk x
fails 2 'mlref simulate: --law is needed' 'no law' simulate walk
fails 2 'mlref simulate: --law: expected ml, pareto, got "levy"' \
    'an unknown law' simulate walk --law levy
fails 2 'mlref simulate: --beta is needed' 'no beta' simulate walk --law ml
fails 2 'mlref simulate: --beta: expected 0 < beta <= 1, got "1.5"' \
    'beta above 1' simulate walk --law ml --beta 1.5
fails 2 'mlref simulate: --beta: expected 0 < beta < 1, got "1"' \
    'pareto with beta 1' simulate walk --law pareto --beta 1
fails 2 'mlref simulate: --beta: expected a number, got "nan"*' \
    'beta no number' simulate walk --law ml --beta nan
fails 2 'mlref simulate: --tau: expected a positive number, got "0"' \
    'tau 0' simulate walk --law ml --beta 1 --tau 0
fails 2 'mlref simulate: --times is needed' 'no times' \
    simulate walk --law ml --beta 1
for times in 1,1 2,1 0,1 -1; do
    fails 2 'mlref simulate: --times: expected positive times, ascending*' \
        "times $times" simulate walk --law ml --beta 1 --times=$times
done
fails 2 'mlref simulate: --times: expected a number, got ""*' \
    'times with a hole' simulate walk --law ml --beta 1 --times 1,,2
fails 2 'mlref simulate: --times: *log:A:B:N*' 'an incomplete log grid' \
    simulate walk --law ml --beta 1 --times log:1:10
fails 2 'mlref simulate: --times: expected times that differ*' \
    'an age that swallows the times' $w --age 1e30
fails 2 'mlref simulate: --age: expected a number that is not neg*' \
    'a negative age' $w --age=-1
fails 2 'mlref simulate: --dim: expected 1, 2 or 3, got "4"' '4-D' $w --dim 4
fails 2 'mlref simulate: --jump: expected gauss or fixed, got "levy"' \
    'an unknown jump' $w --jump levy
fails 2 'mlref simulate: --jump-sigma: expected a positive*' 'sigma 0' \
    $w --jump-sigma 0
fails 2 'mlref simulate: --q: expected 0 <= q <= *' 'a negative q' $w --q=-1
fails 2 'mlref simulate: --walkers is given twice' 'walkers twice' \
    $w --walkers 1
fails 2 'mlref simulate: --walkers: expected an integer of 2 or more*' \
    'one walker' simulate walk --law ml --beta 1 --times 1 --walkers 1
fails 2 'mlref simulate: --walkers: expected an integer, got "1e5"' \
    'walkers as a float' simulate walk --law ml --beta 1 --times 1 \
    --walkers 1e5
fails 2 'mlref simulate: --seed: expected an integer that is not*' \
    'a negative seed' $w --seed=-1
fails 2 'mlref simulate: --threads: expected 0*' 'negative threads' \
    $w --threads=-1
fails 2 'mlref simulate: --format: *' 'an unknown format' $w --format xml
fails 2 'mlref simulate: --bins belongs to --waits' 'bins without waits' \
    $w --bins 1:10:2
fails 2 'mlref simulate: --bins: expected LO:HI:N*' 'bins upside down' \
    $w --waits --bins 10:1:2
fails 2 'mlref simulate: --theory and --waits exclude each other' \
    'theory of waits' $w --waits --theory
fails 2 'mlref simulate: unknown option --thery; did you mean --theory[?]' \
    'a mistyped option' $w --thery

# ---------------------------------------------------------------- output

run $w
is "$rc $(grep -v '^#' "$tmp/out" | head -1)" \
    "0 t${tab}n${tab}n_se${tab}msd${tab}msd_se" 'columns without q'
is "$(grep -vc '^#' "$tmp/out")" 4 'one row per time'
like "$out" '*# tau_W: 1
# K: 0.5
*' 'tau_W and K are printed'
run $w --q 0.5,2 --theory --format csv --jump fixed --dim 1
is "$rc $(grep -v '^#' "$tmp/out" | head -1)" \
    "0 t,n,n_se,msd,msd_se,q,isf,isf_se,isf_rb,isf_rb_se,n_theory,n_z,msd_theory,msd_z,isf_theory,isf_z,isf_rb_z" \
    'columns with q and theory'
like "$out" '*lambda(q=0.5): 0.87758256189037*' 'lambda(q) = cos(q a) in 1-D'
is "$(grep -v '^#' "$tmp/out" | awk -F, 'NR > 1 {
    for (i = 12; i <= 17; i++) if (i != 13 && i != 15 && ($i > 5 || $i < -5)) bad++
    if ($1 == 10 && $11 != "3.1822353261") bad++
} END {print NR, bad + 0}')" "7 0" 'theory is there and all z are below 5'
run $w --q 1 --threads 1
cp "$tmp/out" "$tmp/one"
run $w --q 1 --threads 7
cmp -s "$tmp/out" "$tmp/one"
ok $? '7 threads: the same bytes, provenance included'
run simulate walk --law pareto --beta 0.45 --times 1e3 --walkers 20000 --waits
is "$rc $(grep -v '^#' "$tmp/out" | head -1) $(grep -vc '^#' "$tmp/out")" \
    "0 lo${tab}hi${tab}count${tab}density 21" 'the histogram of waits'
like "$out" '*# density_slope: -1.4[45]*tends to -(1+beta)
# logbin_slope: -0.4[45]*tends to -beta*' 'both slopes are named'
run simulate walk --law pareto --beta 0.5 --times 5 --walkers 100 --age 3 \
    --q 1 --theory
like "$rc $err" '4 mlref simulate: --theory: not known*' \
    'aged pareto scattering: no theory, exit 4'
like "$out" '*nan*' 'what is not known is nan'
fails 5 'mlref: *no/such/directory*' 'an output that cannot be written' \
    $w --output "$tmp/no/such/directory/x"
run $w --output "$tmp/x.tsv"
is "$rc $out $(grep -vc '^#' "$tmp/x.tsv")" "0  4" '--output writes the file'
finish
