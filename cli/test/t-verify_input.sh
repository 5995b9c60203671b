#!/bin/sh
# cli/test/t-verify_input.sh - points and values of the user (TAP): what is
# wrong with them is said with its place.

. validation/tap/tap.sh

plan 26

# bad TEXT POINTS CLAIM: exit 3, and TEXT after the name of the file
bad() {
    printf "$2" > "$tmp/p.tsv"
    "$mlref" verify --function mittag-leffler --points "$tmp/p.tsv" --cmd cat \
        > "$tmp/out" 2> "$tmp/err"
    code=$?
    [ $code = 3 ] && grep -qF "p.tsv:$1" "$tmp/err" &&
        [ "$(wc -l < "$tmp/err")" = 1 ] && [ ! -s "$tmp/out" ]
    ok $? "points: $3"
}
bad '2:5: column "z": expected a number, got "x"' 'alpha\tbeta\tz\n1\t1\tx\n' \
    'no number'
bad '3:3: column "beta"' 'alpha\tbeta\tz\n1\t1\t1\n1\t1..5\t1\n' \
    'no number, in another row and column'
bad '2:4: expected 3 cells, as in the header, got 2' 'alpha\tbeta\tz\n1\t1\n' \
    'a ragged row'
bad '1:1: expected a column "beta"; the columns are alpha, z' 'alpha\tz\n1\t1\n' \
    'a column is missing'
bad '2:1: expected alpha > 0' 'alpha\tbeta\tz\n0\t1\t1\n' 'beyond the domain'
bad '2:1: column "alpha": expected a number, got "nan"' \
    'alpha\tbeta\tz\nnan\t1\t1\n' 'nan'
bad '2:5: column "z": expected a double, got "1e400"' \
    'alpha\tbeta\tz\n1\t1\t1e400\n' 'beyond the doubles'
bad '1:1: expected a header line' '' 'an empty file'
bad '1:1: the table has a header but no rows' 'alpha\tbeta\tz\n' 'no rows'
bad '1:7: columns 1 and 2 have one name, "alpha"' \
    'alpha\talpha\tbeta\tz\n1\t1\t1\t0\n' 'two columns of one name'

good() { # OK WRONG POINTS CLAIM: an answer of 1 everywhere
    printf "$3" > "$tmp/p.tsv"
    "$mlref" verify --function mittag-leffler --points "$tmp/p.tsv" \
        --cmd 'sed -u s/.*/1/' > "$tmp/out" 2> "$tmp/err"
    code=$?
    [ $code = 0 ] && [ "$(tail -1 "$tmp/out" | cut -f 3,4)" = "$1$tab$2" ]
    ok $? "points: $4"
}
good 1 0 'note\talpha\tbeta\tz\nhello\t1\t1\t0\n' 'columns of the user are left alone'
good 1 0 'z\tbeta\talpha\n0\t1\t2\n' 'columns in any order'
good 0 1 'alpha,beta,z\n1/2,1,0.1\n' 'CSV; fractions'
good 2 0 'id\talpha\tbeta\tz\na\t1\t1\t0\na\t1\t1\t0\n' 'the same point twice'
good 1 1 'region\talpha\tbeta\tz\nx\t1\t1\t0\ny\t1\t1\t1\n' 'regions of the user'
grep -q "^x${tab}1${tab}1${tab}0" "$tmp/out" && grep -q "^y${tab}1${tab}0${tab}1" "$tmp/out"
ok $? '... each in its row'

values() { # OK WRONG NAN GARBAGE TABLE CLAIM
    printf "$5" > "$tmp/v.tsv"
    "$mlref" verify --function mittag-leffler --values "$tmp/v.tsv" \
        > "$tmp/out" 2> "$tmp/err"
    code=$?
    [ $code = 0 ] &&
        [ "$(tail -1 "$tmp/out" | cut -f 3-5,9)" = "$1$tab$2$tab$3$tab$4" ]
    ok $? "values: $6"
}
values 1 1 0 0 'alpha\tbeta\tz\tvalue\n1\t1\t0\t1\n1\t1\t0\t2\n' \
    'a point twice: two answers'
values 1 0 0 0 'who\talpha\tbeta\tz\tvalue\twhen\nx\t1\t1\t0\t1\ty\n' \
    'columns of the user'
values 1 0 0 0 'alpha\tbeta\tz\tre\n1\t1\t0\t1\n' 're without im is real'
values 0 1 0 0 'alpha\tbeta\tz\tre\tim\n1\t1\t0\t1\t1e-9\n' 'im counts'
values 1 0 0 0 'alpha\tbeta\tz\tre\tim\n1\t1\t0\t1=\t0=\n' \
    'as a certified table marks them: 1= is exactly 1'
values 0 0 1 1 'alpha\tbeta\tz\tvalue\n1\t1\t0\tNaN\n1\t1\t0\t\n' \
    'an empty cell is no number'

bad_values() { # TEXT TABLE CLAIM
    printf "$2" > "$tmp/v.tsv"
    "$mlref" verify --function mittag-leffler --values "$tmp/v.tsv" \
        > "$tmp/out" 2> "$tmp/err"
    [ $? = 3 ] && grep -qF "v.tsv:$1" "$tmp/err"
    ok $? "values: $3"
}
bad_values '1:1: expected a column "value", or "re" and "im", got neither' \
    'alpha\tbeta\tz\tim\n1\t1\t0\t1\n' 'neither value nor re'
bad_values '1:1: expected a column "value", or "re" and "im", got both' \
    'alpha\tbeta\tz\tvalue\tre\n1\t1\t0\t1\t1\n' 'both'

points() { # SEED: the points that are sent
    "$mlref" verify --function mittag-leffler --random 40 --seed "$1" \
        --wire hex --cmd "tee $tmp/sent | sed -u s/.*/1/" > "$tmp/out" 2>&1
    cksum < "$tmp/sent"
}
[ "$(points 5)" = "$(points 5)" ] && [ "$(points 5)" != "$(points 6)" ]
ok $? "--seed decides the random points"
first=$(points 5 > /dev/null; head -1 "$tmp/sent")
[ "$first" = "0x1.c097314d93973p-2	-0x1.1a46c4f497e92p+1	-0x1.fc4de41f1bcc2p-10	0x0p+0" ]
ok $? "the first point of seed 5 is the same on every machine: $first"
finish
