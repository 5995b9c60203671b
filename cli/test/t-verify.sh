#!/bin/sh
# cli/test/t-verify.sh - `mlref verify`: options, outputs, exit codes (TAP).
#
# How programs that hang, die or print rubbish are dealt with is tested in
# validation/checks/v-verify.sh.

. validation/tap/tap.sh

run() { # CODE ARGS...
    want=$1
    shift
    "$mlref" verify "$@" > "$tmp/out" 2> "$tmp/err"
    code=$?
    [ $code = "$want" ] || echo "exit $code, not $want" >> "$tmp/err"
    [ $code = "$want" ]
}

says() { # FILE TEXT
    grep -qF -- "$2" "$tmp/$1"
}

usage() { # TEXT ARGS...: exit 2 and one line that says TEXT
    text=$1
    shift
    run 2 "$@" && [ "$(wc -l < "$tmp/err")" = 1 ] && says err "$text"
}

plan 56

# ------------------------------------------------------------------- --values
cat > "$tmp/v.tsv" << END
id${tab}alpha${tab}beta${tab}z${tab}value${tab}region
a${tab}1${tab}1${tab}1${tab}2.718281828459045${tab}good
b${tab}1${tab}1${tab}0${tab}1.0000000000000002${tab}good
c${tab}1${tab}1${tab}-1${tab}0.367${tab}bad
d${tab}2${tab}1${tab}-1${tab}nan${tab}bad
e${tab}1${tab}1${tab}710${tab}inf${tab}good
f${tab}1${tab}1${tab}2${tab}inf${tab}bad
g${tab}1${tab}1${tab}3${tab}refuse${tab}bad
h${tab}1${tab}1${tab}4${tab}about 54${tab}bad
END
run 0 --function mittag-leffler --values "$tmp/v.tsv"
ok $? "values from a table; without --max-ulp the exit code is 0"
says out "good${tab}3${tab}3${tab}0${tab}0${tab}0${tab}0${tab}0${tab}0${tab}0${tab}0${tab}"
ok $? "good answers: e, 1 + ulp, inf where exp overflows"
says out "bad${tab}5${tab}0${tab}1${tab}1${tab}1${tab}0${tab}0${tab}1${tab}1${tab}0${tab}"
ok $? "bad answers: wrong, nan, inf, garbage, refused, one each"
says out "all${tab}8${tab}3${tab}1${tab}1${tab}1${tab}0${tab}0${tab}1${tab}1${tab}0${tab}"
ok $? "the last row counts all"
says out "# worst-1: h bad: garbage" && says out "# worst-4: c bad: wrong, 1.58e+13 ulp, got 0.36699999999999999, want 0.36787944117144233; mlref eval mittag-leffler alpha=0x1p+0 beta=0x1p+0 z=-0x1p+0 --digits 20"
ok $? "the worst points come with arguments and the command for the truth"
run 1 --function mittag-leffler --values "$tmp/v.tsv" --max-ulp 4
ok $? "a given --max-ulp is missed: exit 1"
head -3 "$tmp/v.tsv" > "$tmp/v3.tsv"
run 0 --function mittag-leffler --values "$tmp/v3.tsv" --max-ulp 1
ok $? "1 ulp is within 1 ulp: exit 0"
run 1 --function mittag-leffler --values "$tmp/v3.tsv" --max-ulp 0.999
ok $? "... and not within 0.999"
printf 'alpha\tbeta\tre_z\tim_z\tre\tim\n1\t1\t0\t1\t0.5403023058681398\t0.8414709848078965\n' > "$tmp/c.tsv"
run 0 --function mittag-leffler --values "$tmp/c.tsv" --max-ulp 1
ok $? "complex values in re and im"
cat "$tmp/v3.tsv" | "$mlref" verify --function mittag-leffler --values - \
    > "$tmp/out" 2> "$tmp/err"
[ $? = 0 ] && says out "all${tab}2${tab}2${tab}"
ok $? "values from standard input"
printf 'alpha\tbeta\tz\n1\t1\t1\n' > "$tmp/novalue.tsv"
run 3 --function mittag-leffler --values "$tmp/novalue.tsv"
says err "re"
ok $? "no value column: exit 3"
printf 'alpha\tbeta\tz\tvalue\n0\t1\t1\t1\n' > "$tmp/domain.tsv"
run 3 --function mittag-leffler --values "$tmp/domain.tsv" &&
    says err "domain.tsv:2:1: expected alpha > 0"
ok $? "a point outside the domain: exit 3 with its place"

# ------------------------------------------------------------------ the outputs
run 0 --function mittag-leffler --values "$tmp/v.tsv" --tap-points
[ "$(grep -c '^ok' "$tmp/out")" = 3 ] && [ "$(grep -c '^not ok' "$tmp/out")" = 5 ] &&
    says out "1..8" && says out "not ok 3 - c bad: wrong" &&
    says out '  got: "0.36699999999999999"' && says out "  reproduce: mlref eval"
ok $? "--tap-points: one claim per point, failures explained"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --tap
says out "1..2" && says out "ok 1 - good: 3 points right to 4 ulp, worst 1 ulp" &&
    says out "not ok 2 - bad: 5 of 5 points missed, worst 1.58e+13 ulp" &&
    says out "    - id: h" && says out '      got: "0.36699999999999999"' &&
    says out "      reproduce: mlref eval"
ok $? "--tap: one claim per region, its worst points explained"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --details "$tmp/d.tsv"
grep -q "^c${tab}0x1p+0${tab}0x1p+0${tab}-0x1p+0${tab}bad${tab}wrong${tab}0.36699999999999999${tab}0${tab}0.36787944117144233${tab}0${tab}1.58e+13" "$tmp/d.tsv"
ok $? "--details: one row per point"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --format json --output "$tmp/o.json"
[ ! -s "$tmp/out" ] && grep -q '"worst-1"' "$tmp/o.json"
ok $? "--format json --output: in the file, not on standard output"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --report "$tmp/r.html"
grep -q "</html>" "$tmp/r.html" && grep -q "mlref eval mittag-leffler" "$tmp/r.html"
ok $? "--report: a page"
says out "# verdict: " && ! run 0 --function mittag-leffler --values "$tmp/v.tsv" --format nonsense &&
    says err "tsv, csv or json" && says err "or text"
ok $? "an unknown format: exit 2, and which there are"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --format text
[ "$(head -1 "$tmp/out")" = "Right to 4 ulp at 3 of 8 points; wrong at 1 point in region bad, but 2 digits" ] &&
    says out "good              3       3       0       0       0       0       0    0.326        1"
ok $? "--format text: the verdict first, then aligned columns"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --json &&
    says out '"verdict": "Right to 4 ulp at 3 of 8 points;'
ok $? "--json is --format json, the verdict under meta"

# ------------------------------------------------------------ limits and ratchet
# At z = -1 exp has the condition number 1 and more: 0.36787944117144250 is 3 ulp off.
printf 'alpha\tbeta\tz\tvalue\n1\t1\t-1\t0.3678794411714425\n' > "$tmp/s.tsv"
run 0 --function mittag-leffler --values "$tmp/s.tsv" --max-scaled 4
ok $? "a scaled error within --max-scaled: exit 0"
run 1 --function mittag-leffler --values "$tmp/s.tsv" --max-scaled 0.5
ok $? "... and beyond: exit 1"
run 1 --function mittag-leffler --values "$tmp/v.tsv" --max-scaled 1e300
ok $? "what is no number misses any --max-scaled"
run 1 --function mittag-leffler --values "$tmp/s.tsv" --max-scaled 0.5 --tap
says out "1..2" && says out "not ok 2 - scaled errors are at most 0.5, but for 1 point"
ok $? "--tap has a claim for it"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --ratchet "$tmp/ratchet" &&
    says err "recorded in" && grep -q "^c${tab}bad${tab}wrong${tab}0x1p+0${tab}" "$tmp/ratchet"
ok $? "--ratchet: the first run records"
cp "$tmp/ratchet" "$tmp/ratchet.1"
run 0 --function mittag-leffler --values "$tmp/v.tsv" --ratchet "$tmp/ratchet" &&
    says out "# ratchet: 0 worse, 0 better, 5 known" && cmp -s "$tmp/ratchet" "$tmp/ratchet.1"
ok $? "... the second finds nothing worse and writes nothing"
sed 's/2.718281828459045/2.72/; s/0.367/0.3678/' "$tmp/v.tsv" > "$tmp/w.tsv"
run 1 --function mittag-leffler --values "$tmp/w.tsv" --ratchet "$tmp/ratchet" &&
    says err "worse: a good: ok -> wrong by 3.87e+12 ulp" &&
    says err "1 better than recorded" && says out "# worse-1: a good: ok -> wrong" &&
    cmp -s "$tmp/ratchet" "$tmp/ratchet.1"
ok $? "... one that is worse: exit 1, before and now"
run 1 --function mittag-leffler --values "$tmp/w.tsv" --ratchet "$tmp/ratchet" --tap &&
    says out "not ok 1 - good: 1 of 3 points missed, worst 3.87e+12 ulp" && ! says out "not ok 1 - good: 1 of 3 points missed, worst 3.87e+12 ulp #" &&
    says out "not ok 2 - bad: 5 of 5 points missed, worst 1.43e+12 ulp # TODO known to the ratchet" &&
    says out "not ok 3 - nothing is worse than recorded"
ok $? "... in TAP what was known is still to do, what is new is not ok"
run 0 --function mittag-leffler --values "$tmp/w.tsv" --ratchet "$tmp/ratchet" --ratchet-update &&
    run 0 --function mittag-leffler --values "$tmp/w.tsv" --ratchet "$tmp/ratchet" &&
    ! cmp -s "$tmp/ratchet" "$tmp/ratchet.1"
ok $? "--ratchet-update records what is now"
run 3 --function mittag-leffler --values "$tmp/w.tsv" --ratchet "$tmp/ratchet" --max-ulp 5 &&
    says err "recorded with max-ulp 4, not 5"
ok $? "a ratchet of another limit: exit 3"
run 1 --function mittag-leffler --values "$tmp/v.tsv" --ratchet "$tmp/ratchet" --max-ulp 4
ok $? "... --max-ulp is missed all the same when it is given"
cp "$tmp/s.tsv" "$tmp/precious"
run 3 --function mittag-leffler --values "$tmp/v.tsv" --ratchet "$tmp/precious" --ratchet-update &&
    cmp -s "$tmp/s.tsv" "$tmp/precious"
ok $? "--ratchet-update writes over nothing but a ratchet: exit 3"
run 5 --function mittag-leffler --values "$tmp/v.tsv" --ratchet "$tmp/no/such"
ok $? "a ratchet that cannot be written: exit 5"

# ----------------------------------------------------------------------- failures
run 5 --function mittag-leffler --values "$tmp/v.tsv" --output "$tmp/no/such"
ok $? "an output that cannot be written: exit 5"
if [ -w /dev/full ]; then
    run 5 --function mittag-leffler --values "$tmp/v.tsv" --output /dev/full
    ok $? "a full disk: exit 5"
else
    skip "a full disk: exit 5" "no /dev/full"
fi

# ------------------------------------------------------------------------- --cmd
cat > "$tmp/points.tsv" << END
alpha${tab}beta${tab}z
1${tab}1${tab}0.1
0.5${tab}1${tab}-3
END
cat > "$tmp/echo.sh" << 'END'
env | grep '^MLREF_' | sort > "$1"
while read -r line; do
    printf '%s\n' "$line" >> "$1"
    echo "# a remark"
    echo 1
done
END
run 0 --function mittag-leffler --points "$tmp/points.tsv" --cmd "sh $tmp/echo.sh $tmp/seen"
cat > "$tmp/want" << END
MLREF_ARGS=alpha beta z
MLREF_FUNCTION=mittag-leffler
1${tab}1${tab}0.10000000000000001
0.5${tab}1${tab}-3
END
cmp "$tmp/seen" "$tmp/want" > "$tmp/err" 2>&1
ok $? "the program sees MLREF_FUNCTION, MLREF_ARGS, and points as %.17g"
says out "all${tab}2${tab}0${tab}2${tab}"
ok $? "... and its remarks are ignored"
run 0 --function mittag-leffler --points "$tmp/points.tsv" --wire hex --cmd "sh $tmp/echo.sh $tmp/seen"
grep -q "^0x1p+0${tab}0x1p+0${tab}0x1.999999999999ap-4$" "$tmp/seen"
ok $? "--wire hex sends hexfloats"
printf 'alpha\tbeta\tre_z\tim_z\n1\t1\t1\t0\n' > "$tmp/im.tsv"
run 0 --function mittag-leffler --points "$tmp/im.tsv" --cmd "sh $tmp/echo.sh $tmp/seen"
grep -q "^MLREF_ARGS=alpha beta re_z im_z$" "$tmp/seen" &&
    grep -q "^1${tab}1${tab}1${tab}0$" "$tmp/seen"
ok $? "with an im_z column z is two fields"
run 5 --function mittag-leffler --points small --cmd "no-such-program-here"
says err 'cannot run "no-such-program-here"'
ok $? "a program that is not there: exit 5"
run 0 --function kww --points small --cmd \
    'perl -ne "BEGIN { \$| = 1 } @x = split;
        printf qq(%.17g\\n), exp(-\$x[2] * (\$x[3] / \$x[1])**\$x[0])"'
says out "relaxation${tab}" && ! says out "${tab}crash"
[ "$(tail -1 "$tmp/out" | cut -f 4)" -le "$(($(tail -1 "$tmp/out" | cut -f 2) / 6))" ]
ok $? "perl is nearly right on kww"

# ----------------------------------------------------------------------- --random
run 0 --function mittag-leffler --random 50 --seed 3 --cmd "sh $tmp/echo.sh $tmp/seen"
says out "random${tab}50${tab}" && [ "$(grep -c . "$tmp/seen")" = 52 ]
ok $? "--random alone: 50 points"
cp "$tmp/seen" "$tmp/first"
run 0 --function mittag-leffler --random 50 --seed 3 --cmd "sh $tmp/echo.sh $tmp/seen"
cmp -s "$tmp/seen" "$tmp/first"
ok $? "the same seed sends the same points"
run 0 --function mittag-leffler --points "$tmp/points.tsv" --random 5 --cmd "sh $tmp/echo.sh $tmp/seen"
says out "all${tab}7${tab}" && says out "random${tab}5${tab}" &&
    grep -q "MLREF_ARGS=alpha beta z$" "$tmp/seen"
ok $? "--random beside --points: as many fields as those"

# -------------------------------------------------------------------------- usage
usage "--function is missing" --cmd cat
ok $? "no function: exit 2"
usage "expected one of --cmd, --so and --values" --function kww
ok $? "neither --cmd nor --values: exit 2"
usage "expected one of --cmd, --so and --values" --function kww --cmd cat --values x
ok $? "both: exit 2"
usage "--values brings its own points" --function kww --values x --points all
ok $? "--values with --points: exit 2"
usage 'unknown function "nonsense"' --function nonsense --cmd cat
ok $? "an unknown function: exit 2"
usage "--jobs" --function kww --cmd cat --jobs 0
ok $? "--jobs 0: exit 2"
usage "--time-limit" --function kww --cmd cat --time-limit 0
ok $? "--time-limit 0: exit 2"
usage "--max-ulp" --function kww --cmd cat --max-ulp -1
ok $? "--max-ulp -1: exit 2"
usage "--max-scaled" --function kww --cmd cat --max-scaled 0
ok $? "--max-scaled 0: exit 2"
usage "--ratchet is missing" --function kww --cmd cat --ratchet-update
ok $? "--ratchet-update alone: exit 2"
usage "--wire" --function kww --cmd cat --wire json
ok $? "--wire json: exit 2"
run 0 --help && says out "examples:"
ok $? "--help"
finish
