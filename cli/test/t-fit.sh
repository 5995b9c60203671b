#!/bin/sh
# cli/test/t-fit.sh - mlref fit: rows, options, exit codes and messages (TAP).

. cli/test/lib.sh
plan 80

# |got/want - 1| <= tolerance
close() { # GOT WANT TOLERANCE TEXT
    awk -v g="$1" -v w="$2" -v tol="$3" 'BEGIN {
        d = g / w - 1; exit !(d <= tol && -d <= tol) }'
    ok $? "$4" "got:  $1
want: $2"
}

# A exp(-c (t/tau)^beta) + B at 30 times.
curve() { # C TAU BETA A B
    awk -v c="$1" -v tau="$2" -v b="$3" -v A="$4" -v B="$5" 'BEGIN {
        for (i = 0; i < 30; i++) {
            t = 2.5 * 10^(i / 7)
            printf "%.17g\t%.17g\n", t, A * exp(-c * (t / tau)^b) + B
        } }'
}

data=$tmp/data.tsv
{ printf 't\tR\n' && curve 2 900 0.7 1 0; } > "$data"

# -------------------------------------------------------------------- a row

run fit "$data" --model kww2
is "$rc $(cell status) $err" '0 ok ' 'kww2: exit 0, status ok, nothing said'
close "$(cell tau)" 900 1e-10 'tau to 1e-10'
close "$(cell beta)" 0.7 1e-10 'beta to 1e-10'
is "$(cell amplitude) $(cell amplitude_se) $(cell baseline)" '1 0 0' \
    'A = 1 and B = 0, not fitted'
is "$(cell n) $(cell dof) $(cell cov)" '30 28 scaled' \
    'n, dof = n - p, scaled without sigma'
is "$(header | tr '\t' ' ')" "group model tau tau_se tau_lo tau_hi \
tau_at_bound beta beta_se beta_lo beta_hi beta_at_bound amplitude \
amplitude_se amplitude_lo amplitude_hi amplitude_at_bound baseline \
baseline_se baseline_lo baseline_hi baseline_at_bound n dof rss cov \
t_integral t_first_moment t_amplitude status" 'the columns'
close "$(cell t_integral)" 423.226467 1e-6 't_integral = .47025163 tau'
close "$(cell t_first_moment)" 664.187409 1e-6 't_first_moment = .737986 tau'
close "$(cell t_amplitude)" 1139.24115 1e-6 't_amplitude = 1.26582 tau'
like "$out" '*# relative_residual: (data - fit)/fit*' \
    'the definition of the relative residual is printed'
like "$out" '*# model: kww2: A exp(-2 (t/tau)^beta) + B*' 'and the formula'
cp "$tmp/out" "$tmp/first"
run fit "$data" --model kww2
cmp -s "$tmp/out" "$tmp/first"
ok $? 'same input, same bytes'

run fit "$data" --model kww1
close "$(cell tau)" 334.3453 1e-4 'kww1: tau is smaller by 2^(1/beta)'
run fit "$data" --model ml-direct
is "$rc $(cell t_integral) $(cell t_first_moment) $(cell t_amplitude)" \
    '0 inf inf inf' 'ml-direct: every reading of <t> diverges'
run fit "$data" --model ml-siegert
is "$rc $(cell status)" '0 ok' 'ml-siegert'
run fit "$data" --model power
is "$rc $(cell status)" '0 ok' 'power'
run fit "$data" --model exp2
is "$rc $(cell beta) $(cell beta_se) $(cell dof)" '0 1 0 29' \
    'exp2: beta is 1 and not fitted'

# A row that was written can be read back, as a table.
run fit "$data" --model kww2 --format json
like "$out" '*"tau"*' '--format json'
cp "$tmp/out" "$tmp/json"
fails 3 "mlref: $tmp/json*" 'a result is no data: columns are missing' \
    fit "$tmp/json" --model kww2
run fit "$data" --model kww2 --format csv --output "$tmp/o.csv"
is "$rc$out $(grep -c '^-,kww2,' "$tmp/o.csv")" '0 1' '--format csv --output'

# ------------------------------------------------------------------ options

{ printf 'lag,g2,err\n' && curve 1 300 0.6 0.055 1.0024 |
    awk 'BEGIN { OFS = "," } { print $1, $2, 0.0002 }'; } > "$tmp/g2.csv"
run fit "$tmp/g2.csv" --model kww1 --columns t=lag --free amplitude,baseline
is "$rc $(cell status) $(cell cov) $(cell dof)" '0 ok absolute 26' \
    'g2 and err are found by name; absolute with sigma'
close "$(cell amplitude)" 0.055 1e-9 'the amplitude'
close "$(cell baseline)" 1.0024 1e-9 'the baseline'
like "$out" '*# columns: t=lag R=g2 sigma=err group=(none)*' \
    'the columns taken are printed'
se=$(cell tau_se)
run fit "$tmp/g2.csv" --model kww1 --columns t=lag,R=g2,sigma=err \
    --free amplitude,baseline --cov scaled
is "$rc $(cell cov)" '0 scaled' '--cov scaled'
awk -v a="$se" -v b="$(cell tau_se)" 'BEGIN { exit !(b < a / 100) }'
ok $? 'exact data: scaled se are far below absolute ones'
run fit "$tmp/g2.csv" --model kww1 --columns t=lag --free baseline \
    --fix amplitude=0.055 --fix beta=3/5
is "$rc $(cell beta) $(cell amplitude) $(cell amplitude_se) $(cell dof)" \
    '0 0.6 0.055 0 28' '--fix holds values, fractions too'
close "$(cell tau)" 300 1e-9 'the others are found'
run fit "$data" --model kww2 --start tau=50 --start beta=1.9
close "$(cell tau)" 900 1e-9 '--start'
{ printf 't\tR\n' && curve 2 900 0.7 1 0 |
    awk 'BEGIN { OFS = "\t" } { print $1, $2 + (NR % 2 ? .01 : -.01) }'; } \
    > "$tmp/noisy"
run fit "$tmp/noisy" --model kww2 --level 0.5
lo=$(cell beta_lo)
run fit "$tmp/noisy" --model kww2
awk -v a="$lo" -v b="$(cell beta_lo)" 'BEGIN { exit !(b < a) }'
ok $? '--level 0.5 gives a shorter interval than 0.95'

# ------------------------------------------------------------------- groups

{
    printf 'group\tt\tR\n'
    curve 2 900 0.7 1 0 | sed 's/^/late\t/'
    curve 2 40 0.5 1 0 | sed 's/^/early\t/'
    printf 'late\t5000\t%s\n' "$(awk 'BEGIN {
        printf "%.17g", exp(-2 * (5000 / 900)^0.7) }')"
} > "$tmp/groups"
run fit "$tmp/groups" --model kww2
is "$rc $(rows | cut -f 1 | tr '\n' ' ')" '0 late early ' \
    'one fit per group, in file order'
is "$(cell n 1) $(cell n 2)" '31 30' 'rows of a group need not be adjacent'
close "$(cell tau 2)" 40 1e-9 'each with its own parameters'
sed 1s/group/age/ "$tmp/groups" > "$tmp/ages"
run fit "$tmp/ages" --model kww2 --columns group=age
is "$(rows | wc -l)" 2 'another column as the group'

# ------------------------------------------------------------------- versus

run fit "$data" --model kww2 --versus ml-direct
is "$rc $(rows | cut -f 2 | tr '\n' ' ')" '0 kww2 ml-direct ' \
    '--versus: a second row'
like "$(cell h1) $(cell h2)" '*[0-9]* *[0-9]*' 'h1 and h2'
close "$(cell t_max)" 34737.3874 1e-6 'at the last time'
like "$out" '*# comparison: *no model is preferred*' 'and no winner'
run fit "$data" --model kww2 --versus kww1
awk -v a="$(cell h1)" 'BEGIN { exit !(a < 1e-3 && -a < 1e-3) }'
ok $? 'kww1 and kww2 are one curve: h1 = 0'
# The fitted baselines differ: one curve never comes down to the other.
{ printf 't\tR\n' && curve 1 3 0.5 0.7 0.3; } > "$tmp/base"
run fit "$tmp/base" --model kww1 --versus exp1 --free amplitude,baseline
like "$rc $(cell h1) $(cell h2)" '0 *nan*' 'a value that is never taken: nan'

# ---------------------------------------------------------------- residuals

run fit "$tmp/noisy" --model kww2 --versus ml-direct \
    --residuals "$tmp/res.tsv" --report "$tmp/page.html"
is "$rc $(grep -v '^#' "$tmp/res.tsv" | wc -l)" '0 61' \
    '--residuals: a row per point and model'
grep -v '^#' "$tmp/res.tsv" | awk -F '\t' 'NR > 1 {
    d = ($4 - $5) / $5 - $7; s = ($5 < 0 ? -$5 : $5)
    if (d * d > 1e-14 * (1 + $7 * $7)) bad = 1 } END { exit bad }'
ok $? 'relative_residual = (R - fit)/fit'
is "$(grep -v '^#' "$tmp/res.tsv" | sed -n 1p | tr '\t' ' ')" \
    'group model t R fit residual relative_residual' 'its columns'
grep -q '(data - fit)/fit' "$tmp/page.html" \
    && grep -q 'no model is preferred' "$tmp/page.html" \
    && grep -q '</html>' "$tmp/page.html"
ok $? '--report: a whole page with the definition and without a winner'
run fit "$tmp/g2.csv" --model kww1 --columns t=lag --free amplitude,baseline \
    --residuals "$tmp/res2.tsv"
is "$(grep -v '^#' "$tmp/res2.tsv" | sed -n 1p | cut -f 5)" sigma \
    'sigma joins the residuals when there is one'

# --------------------------------------------- no answer: exit code 1

awk 'BEGIN { print "t\tR"; for (i = 0; i < 20; i++)
    printf "%d\t%g\n", 1 + i, 1 + (i % 2 ? 1e-3 : -1e-3) }' > "$tmp/flat"
run fit "$tmp/flat" --model kww1
is "$rc $(cell status) $(cell tau_se)" '1 not_identified inf' \
    'no decay: exit 1, the row is written'
is "$err" "mlref fit: kww1: not identified: the data do not fix the parameters" \
    'and said in a line'
{
    printf 'group\tt\tR\n'
    curve 2 900 0.7 1 0 | sed 's/^/good\t/'
    sed 1d "$tmp/flat" | sed 's/^/a\t/'
    sed 1d "$tmp/flat" | sed 's/^/b\t/'
} > "$tmp/mixed"
run fit "$tmp/mixed" --model kww1
is "$rc $(rows | wc -l) $err" "1 3 mlref fit: group a, kww1: not identified: \
the data do not fix the parameters; 1 more without an answer" \
    'one bad group: all rows are written'
{ printf 't\tR\n' && curve 1 900 1.4 1 0; } > "$tmp/steep"
run fit "$tmp/steep" --model ml-direct
is "$rc $(cell beta) $(cell beta_at_bound) $(cell status)" '0 1 1 at_bound' \
    'a minimum on the bound is an answer: at_bound, exit 0'

# -------------------------------------------------------- usage: exit code 2

u='mlref fit:'
fails 2 "$u expected one table, got 0" 'no table' fit --model kww1
fails 2 "$u expected one table, got 2" 'two tables' fit a b --model kww1
fails 2 "$u --model is needed; the models are exp1, *kww2, ml-direct*" \
    'no model' fit "$data"
fails 2 "$u --model: no model \"kvv\"; the models are *ml-siegert*" \
    'an unknown model' fit "$data" --model kvv
fails 2 "$u --model kww: *kww1 is exp(-(t/tau)^beta), kww2 is exp(-2*" \
    'kww alone lists its names' fit "$data" --model kww
fails 2 "$u --versus ml: *ml-direct is *ml-siegert is its square" \
    'ml alone lists its names' fit "$data" --model kww1 --versus ml
fails 2 "$u --free: expected amplitude, baseline*got \"A\"" '--free A' \
    fit "$data" --model kww1 --free A
fails 2 "$u --fix: expected tau=, beta=*got \"alpha=1\"" 'an unknown parameter' \
    fit "$data" --model kww1 --fix alpha=1
fails 2 "$u --fix: expected *got \"tau\"" 'no value' \
    fit "$data" --model kww1 --fix tau
fails 2 "$u --fix tau: expected a number*" 'a malformed value' \
    fit "$data" --model kww1 --fix tau=1e
fails 2 "$u --fix: tau must be positive, got -3" 'a negative tau' \
    fit "$data" --model kww1 --fix tau=-3
fails 2 "$u --start: beta of ml-direct lies in 0.05 .. 1, got 1.5" \
    'a start outside the bounds' fit "$data" --model ml-direct --start beta=1.5
fails 2 "$u tau is given twice*" 'fixed and started' \
    fit "$data" --model kww1 --fix tau=1 --start tau=2
fails 2 "$u amplitude is both in --free and in --fix" 'free and fixed' \
    fit "$data" --model kww1 --free amplitude --fix amplitude=1
fails 2 "mlref: --start tau=1e+30 lies outside *" 'a start beyond the window' \
    fit "$data" --model kww1 --start tau=1e30
fails 2 "$u --cov: expected absolute or scaled, got \"big\"" '--cov big' \
    fit "$data" --model kww1 --cov big
fails 2 "mlref: --cov absolute needs a column sigma; *" 'absolute, no sigma' \
    fit "$data" --model kww1 --cov absolute
fails 2 "$u --level: expected 0 < level < 1, got 1" '--level 1' \
    fit "$data" --model kww1 --level 1
fails 2 "$u --format: *" '--format xml' fit "$data" --model kww1 --format xml
fails 2 "mlref: --columns: expected t=, R=, sigma= or group= *" \
    'a malformed --columns' fit "$data" --model kww1 --columns lag
fails 2 "mlref: --columns: t is given twice" 'a column twice' \
    fit "$data" --model kww1 --columns t=t,t=R

# --------------------------------------------------------- data: exit code 3

bad() { # PATTERN TEXT LINES...
    pattern=$1 text=$2
    shift 2
    printf '%s\n' "$@" > "$tmp/bad.csv"
    fails 3 "mlref: $tmp/bad.csv:$pattern" "$text" \
        fit "$tmp/bad.csv" --model kww1
}
bad '3:5: *standard deviation > 0, got -1' 'a negative sigma' \
    t,R,sigma 1,1,0.1 2,1,-1 3,0.5,0.1
bad '2:5: *standard deviation > 0, got 0' 'a sigma of 0' t,R,sigma 1,1,0
bad '3:1: *time t >= 0, got -2' 'a negative time' t,R 1,1 -2,1 3,0.5
bad '4:3: *expected a number, got "nan"*' 'NaN' t,R 1,1 2,1 3,nan
bad '2:3: *expected a number, got "1e"*' 'a malformed number' t,R 1,1e 2,1
bad '*R*' 'a missing column' t,S 1,1 2,1
bad '2:1: 2 points are too few for 2 free parameters: expected at least 3' \
    'too few points' t,R 1,1 2,0.5
bad '2:1: no usable time: expected some t > 0' 'every time 0' \
    t,R 0,1 0,1 0,0.9

# -------------------------------------------------------- files: exit code 5

fails 5 "mlref: cannot *$tmp/none/y*" 'an output that cannot be made' \
    fit "$data" --model kww1 --output "$tmp/none/y"
fails 5 "mlref: cannot *$tmp/none/x*" 'a residual file that cannot be made' \
    fit "$data" --model kww1 --residuals "$tmp/none/x"
finish
