#!/bin/sh
# cli/test/t-diff.sh - `mlref diff`: which points differ, by how much, who is
# right (TAP).

. cli/test/lib.sh

plan 27

# Two implementations of exp as E_{1,1}: a is right; b is 1 ulp off at 2, far off
# at 3, says nothing at 4, does not have 5; it writes its points in another
# order and in other words.
cat > "$tmp/a" << END
alpha${tab}beta${tab}z${tab}value
1${tab}1${tab}1${tab}2.718281828459045
1${tab}1${tab}2${tab}7.38905609893065
1${tab}1${tab}3${tab}20.085536923187668
1${tab}1${tab}4${tab}54.598150033144236
1${tab}1${tab}5${tab}148.4131591025766
1${tab}1${tab}1/4${tab}1.2840254166877414
END
cat > "$tmp/b" << END
alpha${tab}beta${tab}re_z${tab}im_z${tab}value
1${tab}1${tab}0x1p-2${tab}0${tab}1.2840254166877414
0x1p0${tab}1${tab}4${tab}0${tab}nan
1${tab}1${tab}3${tab}0${tab}20.5
1${tab}1${tab}2${tab}0${tab}7.389056098930651
1${tab}1.0${tab}1${tab}0${tab}2.718281828459045
1${tab}1${tab}0${tab}1${tab}1
END
run diff "$tmp/a" "$tmp/b" --function mittag-leffler
is "$rc" 1 'tables that differ: exit 1'
is "$(header)" \
    "alpha${tab}beta${tab}z${tab}relation${tab}a${tab}b${tab}ulp${tab}a_ulp${tab}b_ulp${tab}closer" \
    'the columns'
is "$(grep '^# [sado][a-z-]*:' "$tmp/out" | tr -d '\n')" \
    '# same: 2# agree: 0# differ: 3# only-a: 1# only-b: 1' \
    'how many points are the same, agree, differ, are in one table alone'
is "$(rows | wc -l)" 5 '... and those that differ are listed'
is "$(cell z) $(cell relation) $(cell ulp) $(cell closer)" '2 differ 1 a' \
    '1 ulp apart, and the first is closer to exp(2)'
is "$(cell a_ulp) $(cell b_ulp)" '0.202 1.2' '... by the errors of both'
is "$(cell z 2) $(cell a 2) $(cell b 2) $(cell closer 2)" \
    '3 20.085536923187668 20.5 a' 'values are shown as they are written'
is "$(cell z 3) $(cell ulp 3) $(cell b_ulp 3) $(cell closer 3)" '4 - - a' \
    'no number against a number'
is "$(cell z 4) $(cell relation 4) $(cell b 4)" '5 only-a -' \
    'a point that the second lacks'
is "$(cell z 5) $(cell relation 5) $(cell a 5)" '0+1i only-b -' \
    'a complex point that the first lacks'

run diff "$tmp/a" "$tmp/b" --function mittag-leffler --max-ulp 1 --all
is "$(rows | wc -l) $(rows | grep -c "${tab}agree${tab}")" '7 1' \
    '--max-ulp 1: 1 ulp agrees; --all lists every point'
run diff "$tmp/a" "$tmp/a" --function mittag-leffler
is "$rc $(rows | wc -l)" '0 0' 'a table and itself: nothing, exit 0'

# Radii: what eval proves agrees with the certified digits, and a wrong digit
# does not.
printf 'alpha\tbeta\tz\n1/2\t1\t-1\n1\t1\t1i\n0.5\t1\t3\n' > "$tmp/points"
"$mlref" eval mittag-leffler --input "$tmp/points" --digits 12 > "$tmp/coarse"
"$mlref" eval mittag-leffler --input "$tmp/points" --digits 30 > "$tmp/fine"
run diff "$tmp/coarse" "$tmp/fine" --function mittag-leffler
is "$rc $(grep '^# agree' "$tmp/out")" '0 # agree: 3' \
    '12 digits and 30 agree within their radii'
sed '/^1\/2/s/42758357615/42758357616/' "$tmp/coarse" > "$tmp/off"
run diff "$tmp/off" "$tmp/fine" --function mittag-leffler
is "$rc $(rows | wc -l) $(cell closer)" '1 1 b' \
    'a wrong digit 11 is outside them'
grep -v '^#' reference/tables/kww.tsv | head -n 40 > "$tmp/kww"
run table kww --points "$tmp/kww"
cp "$tmp/out" "$tmp/certified"
"$mlref" eval kww --input "$tmp/kww" --digits 45 > "$tmp/long"
run diff "$tmp/certified" "$tmp/long"
is "$rc $(grep -c '^# function: kww' "$tmp/out")" '0 1' \
    'a certified table: half a unit of the last digit; it says whose values they are'
perl -pe 's/^(kww-\d*1\t.*?\d\.\d+)(\d)(?==?\t)/$1 . (9 - $2)/e' \
    "$tmp/certified" > "$tmp/planted"
changed=$(diff "$tmp/certified" "$tmp/planted" | grep -c '^>')
run diff "$tmp/planted" "$tmp/long"
is "$(rows | wc -l)" "$changed" \
    "... and the last of 40 digits changed in $changed rows is found in each"

# A point that stands twice: the k-th against the k-th.
printf 'alpha\tbeta\tz\tvalue\n1\t1\t0\t1\n1\t1\t0\t2\n' > "$tmp/twice"
run diff "$tmp/twice" "$tmp/twice" --function mittag-leffler
is "$rc" 0 'a point that stands twice: in order'
printf 'alpha\tbeta\tz\tvalue\n1\t1\t0\t2\n1\t1\t0\t1\n' > "$tmp/turned"
run diff "$tmp/twice" "$tmp/turned" --function mittag-leffler
is "$rc $(rows | wc -l)" '1 2' '... and another order differs'

stdin=$tmp/a
run diff - "$tmp/a" --function mittag-leffler
stdin=
is "$rc" 0 'a table from standard input'
run diff "$tmp/a" "$tmp/b" --function mittag-leffler --output "$tmp/file"
[ "$rc" = 1 ] && [ ! -s "$tmp/out" ] && grep -q '^# differ: 3' "$tmp/file"
ok $? '--output'

fails 2 'mlref diff: expected two tables, got 1' 'one table' diff "$tmp/a"
fails 2 '*does not say whose values*--function' 'no function' diff "$tmp/a" "$tmp/b"
fails 2 '*unknown function "airy"*' 'an unknown function' \
    diff "$tmp/a" "$tmp/b" --function airy
fails 2 '*--max-ulp: expected 0 or more*' 'a negative tolerance' \
    diff "$tmp/a" "$tmp/b" --max-ulp=-1
printf 'alpha\tbeta\tz\n1\t1\t1\n' > "$tmp/bare"
fails 3 '*bare*value*' 'no value column: names the file' \
    diff "$tmp/bare" "$tmp/b" --function mittag-leffler
printf 'alpha\tbeta\tz\tvalue\n1\tx\t1\t1\n' > "$tmp/word"
fails 3 '*word:2:3:*number*"x"*' 'no number: file, line, column' \
    diff "$tmp/word" "$tmp/b" --function mittag-leffler
fails 5 '*no-such*' 'no such file' diff "$tmp/no-such" "$tmp/b"
finish
