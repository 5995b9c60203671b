#!/bin/sh
# validation/checks/v-paper.sh - the main job: every claim of the paper (TAP).
#
# As it stands nothing differs from the ledger, on any number of threads and
# for any seed; a planted change is found; the report stands alone; a
# measurement with known truth drives each needs-data claim to a verdict.

. validation/tap/tap.sh

# Rows of FILE whose COLUMN is (or with !, is not) VALUE.
count() { # FILE COLUMN VALUE
    grep -v '^#' "$1" | awk -F '\t' -v name="$2" -v value="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        { if (substr(value, 1, 1) == "!") n += $c != substr(value, 2)
          else n += $c == value }
        END { print n + 0 }'
}

plan 16

# ------------------------------------------------------------ as it stands

"$mlref" paper --report "$tmp/one" --threads 1 > "$tmp/one.tsv" 2> "$tmp/err"
[ $? = 0 ] && [ "$(count "$tmp/one.tsv" changed '!no')" = 0 ]
ok $? 'no verdict and no value differs from the ledger'
grep -q '^mlref paper: [0-9]* claims, 0 changed' "$tmp/err"
ok $? 'the summary says so'
rows=$(grep -vc '^#' paper/ledger.tsv)
[ "$(grep -vc '^#' "$tmp/one.tsv")" = "$rows" ] && [ "$rows" -gt 81 ]
ok $? "each of the $((rows - 1)) rows of the ledger is there"
[ "$(count "$tmp/one.tsv" computed failed)" = 0 ]
ok $? 'no computation failed'

"$mlref" paper --report "$tmp/seven" --threads 7 > "$tmp/seven.tsv" \
    2> "$tmp/err"
# the directory's name is in the provenance; the rest is not
sed '/^#/d' "$tmp/one.tsv" > "$tmp/a"
sed '/^#/d' "$tmp/seven.tsv" > "$tmp/b"
cmp "$tmp/a" "$tmp/b" > "$tmp/err" 2>&1
ok $? 'one thread and seven write the same rows'
diff -r "$tmp/one" "$tmp/seven" > "$tmp/err" 2>&1
ok $? 'and the same report'

# ---------------------------------------------------------------- the report

page=$tmp/one/index.html
[ -s "$page" ] && [ "$(grep -o '<figure>' "$page" | wc -l)" -ge 8 ]
ok $? 'the report is there, with its figures'
# nothing that a browser would fetch
! grep -Eiq '<(script|link|img|iframe|object|embed)|@import|url\(|(src|href)="[a-z]*:?//' \
    "$page"
ok $? 'it needs nothing from outside'
[ "$(grep -o '<tr>' "$page" | wc -l)" -ge "$rows" ]
ok $? 'it lists every claim'
for name in limits validity waiting msd msd-ratio isf age fits fits-residuals
do
    [ "$(grep -vc '^#' "$tmp/one/figure-$name.tsv")" -gt 10 ] || echo "$name"
done > "$tmp/err"
[ ! -s "$tmp/err" ]
ok $? 'the data of the figures are beside it'

# ------------------------------------------------------------ planted changes

# The angle declared right, and a count one off; with another seed.
sed -e '/^kin-angle\t/s/\tinconsistent\t/\treproduced\t/' \
    -e '/^null-mix-thirty\t/s/22 of 30/21 of 30/' paper/ledger.tsv \
    > "$tmp/ledger.tsv"
"$mlref" paper --ledger "$tmp/ledger.tsv" --seed 7 > "$tmp/planted.tsv" \
    2> "$tmp/err"
[ $? = 1 ]
ok $? 'a changed ledger: exit 1'
[ "$(count "$tmp/planted.tsv" changed verdict)" = 1 ] \
    && grep '^kin-angle	' "$tmp/planted.tsv" | grep -q '	verdict	'
ok $? 'the changed verdict is found'
[ "$(count "$tmp/planted.tsv" changed value)" = 1 ] \
    && grep '^null-mix-thirty	' "$tmp/planted.tsv" | grep -q '	value	'
ok $? 'so is the changed value; another seed changes nothing else'

# ------------------------------------------------------- a user's measurement

mkdir "$tmp/data"
perl -e '
    print "t\tt_a\tg2\terr\n";
    for my $i (0 .. 299) {
        my $age = 500 + 1000 * $i;
        my $tau = 4000 * exp($age / 2e5) * (1 + 0.1 * sin($age / 4e3));
        for my $k (0 .. 24) {
            my $t = 2.5 * 10 ** ($k / 5);
            last if $t > 3e5 - $age;
            my $g2 = 1.0024 + (0.05 - 1e-7 * $tau)
                * exp(-2 * ($t / $tau) ** 0.8);
            printf "%.9g\t%d\t%.9g\t1e-5\n", $t, $age, $g2;
        }
    }' > "$tmp/data/g2.tsv"
"$mlref" paper --data "$tmp/data" --report "$tmp/user" > "$tmp/user.tsv" \
    2> "$tmp/err"
[ $? = 0 ]
ok $? 'a measurement is no reason for a changed verdict'
[ "$(count "$tmp/user.tsv" data_verdict needs-data)" = 0 ] \
    && [ "$(count "$tmp/user.tsv" data_verdict '!-')" \
        = "$(count "$tmp/user.tsv" expected needs-data)" ]
ok $? 'each needs-data claim gets a verdict on it'
grep -q 'The data given with --data' "$tmp/user/index.html" \
    && [ -s "$tmp/user/figure-ages.tsv" ]
ok $? 'which the report shows'

finish
