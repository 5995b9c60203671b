#!/bin/sh
# cli/test/t-eval.sh - mlref eval: values, radii, rounding, tables (TAP).

. cli/test/lib.sh
plan 109

# ---------------------------------------------------------- values and radii

# NAME DIGITS RE IM ARGS...: the true value (mpmath, 40 digits or more) is
# within the printed radius, which is as small as asked; one second at most.
value() {
    name=$1 digits=$2 re=$3 im=$4
    shift 4
    run eval "$@"
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

m=mittag-leffler
value 'alpha 0.75 far out' 30 \
    0.0000000099999999724184334348842742399743678450581539 0 \
    $m alpha=0.75 beta=1.75 z=-1e8 --digits 30
value 'alpha 0.05' 17 0.1625064566493486900988979307948560292622032925 0 \
    $m alpha=0.05 beta=1 z=-5
value 'imaginary z' 17 \
    1.915169596714005695019839778654264350742092776e-174 \
    0.02824487409205670303604008400505230495996901100157 \
    $m alpha=0.5 beta=1 z=20i
value 'alpha 1e-3' 17 0.4998556960785242979550277765513057953633910913 0 \
    $m alpha=1e-3 beta=1 z=-1
value 'beta = alpha far out' 17 \
    2.311149524550246139469659368598860672609117513e-17 0 \
    $m alpha=0.3 beta=0.3 z=-1e8
value 'E_1/2(-1)' 40 0.427583576155807004410750344490515180820159503164 0 \
    $m alpha=1/2 beta=1 z=-1 --digits 40
value 'E_1(1) = e' 17 2.7182818284590452353602874713526624977572470937 0 \
    $m alpha=1 beta=1 z=1
value 'general complex z' 35 \
    -1.91877958818251539340520889695598058579888202 \
    0.962419050973969900900768262400684750623673917 \
    $m alpha=0.8 beta=1 z=1+2i --digits 35
value 'ml-relaxation' 17 0.427583576155807004410750344490515180820159503164 \
    none ml-relaxation alpha=1/2 tau=3 t=3
value 'ml-siegert' 17 0.1828277145981888082478686329044243354975 none \
    ml-siegert alpha=1/2 tau=3 t=3 --digits 15
value 'kww' 30 0.90483741803595957316424905944643662119470536098 none \
    kww beta=1 tau=1 c=1 t=0.1 --digits 30
value 'kww, 0.1 as a double' 30 \
    0.904837418035959568141392384216935595309064653757 none \
    kww beta=1 tau=1 c=1 t=0.1 --digits 30 --as double

run eval $m alpha=1/2 beta=1 z=-1 --digits 300
sharp 300 "$(cell rad)" "$(cell re)"
ok $? "300 digits"
is "$(cell re | wc -c)" 305 "to the place of digit N + 2"

# rad has two digits; decimals end at digit N + 2 of the larger part
run eval $m alpha=1 beta=1 z=1 --digits 5
is "$(cell re)" 2.718282 "--digits 5: to the place of digit 7"
like "$(cell rad)" '[1-9].[0-9]e-[1-9]' "rad has two digits"
run eval $m alpha=0.5 beta=1 z=20i --digits 5
like "$(cell im)" '0.02824487' "the larger part sets the place: im"
within "$(cell re)" 0 0
ok $? "the larger part sets the place: re is 0 there"

# -------------------------------------------------------------- exact values

run eval $m alpha=0.7 beta=3 z=0
is "$(rows)" "0.7${tab}3${tab}0${tab}0${tab}0.5${tab}0${tab}0${tab}ok${tab}-" \
    "1/Gamma(3) is exactly 0.5: rad 0"
run eval $m alpha=0.7 beta=-2 z=0
is "$(cell re) $(cell rad) $rc" "0 0 0" "1/Gamma(-2) is exactly 0"
run eval $m alpha=0.7 beta=4 z=0
within "$(cell re)" "$(cell rad)" 1/6 && [ "$(cell rad)" != 0 ]
ok $? "1/6 has no finite decimal: a radius that holds it"

# ---------------------------------------------------------- what is not ok

fails_row() { # ROW PATTERN TEXT ARGS...: exit 4, that row, one line
    want=$1 pattern=$2 text=$3
    shift 3
    run eval "$@"
    is "$rc $(rows)" "4 $want" "$text: the row, exit 4"
    # shellcheck disable=SC2254
    case $err in
    $pattern) [ "$(wc -l < "$tmp/err")" = 1 ] ;;
    *) false ;;
    esac
    ok $? "$text: one line on stderr" "$err"
}

nan="nan${tab}nan${tab}inf"
fails_row "0${tab}1${tab}1${tab}0${tab}$nan${tab}domain${tab}-" \
    'mlref eval: domain: alpha of mittag-leffler needs alpha > 0' \
    'alpha = 0' $m alpha=0 beta=1 z=1
fails_row "-1.5${tab}1${tab}1${tab}2${tab}$nan${tab}domain${tab}-" \
    'mlref eval: domain: alpha *' \
    'alpha < 0' $m alpha=-1.5 beta=1 z=1+2i
fails_row "1${tab}-2${tab}1${tab}1${tab}nan${tab}inf${tab}domain${tab}-" \
    'mlref eval: domain: tau of kww needs tau > 0' \
    'tau < 0' kww beta=1 tau=-2 c=1 t=1
fails_row "0.5${tab}1${tab}-1e9${tab}0${tab}$nan${tab}unable${tab}-" \
    'mlref eval: unable: the method asked for does not serve here' \
    'a method where it does not serve' $m alpha=0.5 beta=1 z=-1e9 \
    --method series

# E_1(1e30) = exp(1e30), log2 = 1442695040888963407359924681001.89...
run eval $m alpha=1 beta=1 z=1e30
is "$rc $(cell status) $(cell re) $(cell rad)" "4 overflow nan inf" \
    "overflow: nan, inf, exit 4"
within "$(cell log2)" 1e19 1442695040888963407359924681001.89213742 \
    && perl -MMath::BigRat -e 'exit(Math::BigRat->new($ARGV[0]) <=
        Math::BigRat->new("1442695040888963407359924681001") ? 0 : 1)' \
        -- "$(cell log2)"
ok $? "overflow: log2 is a lower bound, 11 digits" "$out"
run eval kww beta=1 tau=1 c=1 t=1e30
is "$rc $(cell status)" "4 underflow" "underflow: exit 4"
within "$(cell log2)" 1e19 -1442695040888963407359924681001.89213742 \
    && perl -MMath::BigRat -e 'exit(Math::BigRat->new($ARGV[0]) >=
        Math::BigRat->new("-1442695040888963407359924681002") ? 0 : 1)' \
        -- "$(cell log2)"
ok $? "underflow: log2 is an upper bound, 11 digits" "$out"
# log2 |value| = 2^100000 / ln 2 + ...
run eval $m alpha=1e-5 beta=1 z=2
is "$rc $(cell status) $(cell log2)" "4 overflow 1.44125536542e30103" \
    "overflow far out: log2 is bounded"
run eval $m alpha=1e-13 beta=1 z=2
is "$rc $(cell status) $(cell log2)" "4 unable -" \
    "overflow that nothing bounds: unable"

# ------------------------------------------------------------------ rounding

rounds() { # MODE RE_DOUBLE RE_HEX TEXT
    run eval $m alpha=1 beta=1 z=1 --round "$1"
    is "$(cell re_double) $(cell re_hex)" "$2 $3" "$4"
}
down='2.7182818284590451 0x1.5bf0a8b145769p+1'
up='2.7182818284590455 0x1.5bf0a8b14576ap+1'
# shellcheck disable=SC2086
{
    rounds double $down "e to the nearest double"
    rounds double:n $down "e: n is nearest"
    rounds double:u $up "e upward"
    rounds double:d $down "e downward"
    rounds double:z $down "e towards zero"
    rounds double:a $up "e away from zero"
}
is "$(header)" "alpha${tab}beta${tab}re_z${tab}im_z${tab}re${tab}im${tab}rad${tab}status${tab}re_double${tab}re_hex${tab}im_double${tab}im_hex${tab}log2" \
    "columns of --round, log2 last"
run eval kww beta=1 tau=1 c=1 t=1 --round double
is "$(header)" "beta${tab}tau${tab}c${tab}t${tab}re${tab}rad${tab}status${tab}re_double${tab}re_hex${tab}log2" \
    "a real function has no im columns"
run eval $m alpha=1 beta=1 z=1000 --round double:d
is "$rc $(cell re_double) $(cell status)" "0 1.7976931348623157e+308 ok" \
    "beyond the doubles, downward: the largest; the ball is ok"
run eval $m alpha=1 beta=1 z=1000 --round double
is "$(cell re_double) $(cell re_hex)" "inf inf" "beyond the doubles: inf"
run eval $m alpha=0 beta=1 z=1 --round double
is "$(cell re_double) $(cell im_hex)" "nan nan" "domain: the doubles are nan"

# -------------------------------------------------------------------- fields

fields() { # Z RE_Z IM_Z
    run eval $m alpha=1/2 beta=1 "z=$1" --digits 3
    is "$(cell alpha) $(cell re_z) $(cell im_z)" "1/2 $2 $3" \
        "verbatim: z=$1"
}
fields -1e-8 -1e-8 0
fields 20i 0 20
fields -20i 0 -20
fields 1+2i 1 2
fields -1e-3-2e+1i -1e-3 -2e+1
fields 1/3+2/5i 1/3 2/5
fields 0x1.8p-3-0x1p1i 0x1.8p-3 -0x1p1

# -------------------------------------------------------------------- tables

run eval $m alpha=0.5 beta=1 z=-1
one=$(rows)
{
    echo "alpha,beta,re_z,im_z"
    echo "0.5,1,-1,0"
    echo "0.75,1,-1,0"
    echo "0.8,1,1,2"
    echo "-1,1,1,0"
} > "$tmp/in.csv"
run eval $m --input "$tmp/in.csv" --digits 25
is "$rc $(rows | wc -l)" "4 4" "a table: all rows are written, exit 4"
like "$err" "*row 4: domain: alpha *" "which row is outside the domain"
rows > "$tmp/want"
run eval $m alpha=0.8 beta=1 z=1+2i --digits 25
is "$(sed -n 3p "$tmp/want")" "$(rows)" "re_z, im_z are the z of the command line"
run eval $m --input "$tmp/in.csv" --digits 25
is "$(sed -n 2p "$tmp/out")" \
    "# command: mlref eval mittag-leffler --input in.csv --digits 25" \
    "the command without directories"
for format in tsv csv json; do
    run eval $m --input "$tmp/in.csv" --digits 25 --format $format
    cp "$tmp/out" "$tmp/table.$format"
    run eval $m --input "$tmp/table.$format" --digits 25
    is "$(rows)" "$(cat "$tmp/want")" "$format is read back: the same rows"
done
stdin=$tmp/table.csv
run eval $m --input - --digits 25
is "$(rows)" "$(cat "$tmp/want")" "from standard input"
stdin=

is "$(perl -ne 's/"(\\.|[^"\\])*"//g; print if /[0-9]/' "$tmp/table.json")" "" \
    "json: every number is a string"
if command -v python3 > /dev/null; then
    python3 -c 'import json, sys
t = json.load(open(sys.argv[1]))
sys.exit(0 if "mlref" in t["meta"] and "command" in t["meta"] else 1)' \
        "$tmp/table.json"
    ok $? "json: a parser agrees; provenance under meta"
else
    skip "json: a parser agrees" "no python3"
fi

printf 'alpha\n1\n0\n-1\n-2\n' > "$tmp/bad.tsv"
run eval $m --input "$tmp/bad.tsv" beta=1 z=1
is "$rc $err" '4 mlref eval: row 2: domain: alpha of mittag-leffler needs alpha > 0; 2 more rows are not ok' \
    'several rows that are not ok: one line'
printf 're_z\n-1\n' > "$tmp/z.tsv"
run eval $m alpha=0.5 --input "$tmp/z.tsv" beta=1
is "$(rows)" "$one" "name=value fills what the table lacks; im_z may be absent"
printf 'z beta alpha\n-1 1 0.5\n' > "$tmp/order.txt"
run eval $m --input "$tmp/order.txt"
is "$(rows)" "$one" "columns in any order, a complex column z, blanks"

# Many rows, by several threads: the order of the input.
awk 'BEGIN { print "t"; for (i = 1; i <= 300; i++) print i "/7" }' > "$tmp/t.tsv"
run eval kww beta=0.6 tau=1 c=2 --input "$tmp/t.tsv"
is "$(rows | cut -f 4)" "$(sed 1d "$tmp/t.tsv")" "300 rows keep their order"
cp "$tmp/out" "$tmp/first"
OMP_NUM_THREADS=1 "$mlref" eval kww beta=0.6 tau=1 c=2 --input "$tmp/t.tsv" \
    > "$tmp/second"
cmp -s "$tmp/first" "$tmp/second"
ok $? "the same bytes from one thread"
row=$(rows | sed -n 7p)
run eval kww beta=0.6 tau=1 c=2 t=7/7
is "$(rows)" "$row" "a row of a table is the row of a single point"

# Tables of the other verbs are read too: their results are ignored.
"$mlref" table kww --points small > "$tmp/table"
run eval kww --input "$tmp/table"
is "$rc $(rows | wc -l)" "0 $(grep -cv '^#\|^id' "$tmp/table")" \
    "a certified table is read as points"
"$mlref" verify --function kww --points small --cmd "awk '{ print 1 }'" \
    --details "$tmp/details" > "$tmp/out" 2>&1
run eval kww --input "$tmp/details"
is "$rc $(rows | wc -l)" "0 $(grep -cv '^#\|^id' "$tmp/details")" \
    "the details of verify are read as points"

# ---------------------------------------------------------- provenance, lists

run eval $m alpha=1/3 beta=1 z=1/7 --digits=5
is "$(sed -n 1,2p "$tmp/out")" "# mlref: $("$mlref" --version | cut -d ' ' -f 2)
# command: mlref eval mittag-leffler alpha=1/3 beta=1 z=1/7 --digits 5" \
    "provenance: fractions stay, --name=value is --name value"
command=$(sed -n 's/^# command: mlref //p' "$tmp/out")
cp "$tmp/out" "$tmp/first"
# shellcheck disable=SC2086
run $command
cmp -s "$tmp/first" "$tmp/out"
ok $? "the command in the provenance gives the same bytes"

run eval --list
is "$(header)" "function${tab}arguments${tab}domain${tab}methods${tab}definition" \
    "--list: columns"
rows | cut -f 1 > "$tmp/functions"
is "$(sed -n 1p "$tmp/functions")" $m "--list begins with mittag-leffler"
grep -qx kww "$tmp/functions" && grep -qx ml-siegert "$tmp/functions"
ok $? "--list names kww and ml-siegert"

# Every method of every function is accepted, at a point of its domain.
rows > "$tmp/list"
bad=
while IFS=$tab read -r f args domain methods _; do
    [ "$methods" = - ] && continue
    pairs=
    for a in $args; do pairs="$pairs $a=1"; done
    for method in $methods; do
        # shellcheck disable=SC2086
        run eval "$f" $pairs --method "$method"
        case $rc in
        0 | 4) ;;
        *) bad="$bad $f/$method" ;;
        esac
    done
    # shellcheck disable=SC2086
    run eval "$f" $pairs
    [ $rc = 0 ] || bad="$bad $f"
done < "$tmp/list"
is "$bad" "" "every function of --list at ones, by every method"

finish
