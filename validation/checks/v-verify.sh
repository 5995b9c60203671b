#!/bin/sh
# validation/checks/v-verify.sh - verify against programs good and bad (TAP).
#
# A right program raises no alarm, a naive one is caught where it fails, and a
# program that hangs, dies or prints rubbish costs its points and nothing else:
# verify ends, names each, and leaves no process behind.

. validation/tap/tap.sh
. validation/tap/verify.sh

plan 50

# One of every fault, by programs that flush and that do not: takes a while.
# 13 faults between 300 harmless points, E_{1,1}(k 2^-60) = 1 to half an ulp.
awk -v OFS='\t' 'BEGIN {
    print "id", "alpha", "beta", "z"
    for (k = 1; k <= 300; k++) {
        print "k" k, 1, 1, "0x" sprintf("%x", k) "p-60"
        if (k % 20 == 0 && k / 20 <= 13) print "z" k / 20 - 1, 1, 1, k / 20 - 1
    }
}' > "$tmp/faults.tsv"
verify_later buffered --points "$tmp/faults.tsv" --time-limit 3 --jobs 4 \
    --cmd 'sh reference/adapters/bad.sh buffered'
verify_later flushed --points "$tmp/faults.tsv" --time-limit 10 \
    --cmd 'sh reference/adapters/bad.sh'

# ----------------------------------------------------------- a right program
# some rows of a certified table: at least 400, every region
table=$tmp/some.tsv
awk -F '\t' '/^#/ { next }
    !header { header = 1; print; for (i = 1; i <= NF; i++) at[$i] = i; next }
    { n++ }
    !seen[$at["region"]]++ || n % 2 == 0 && n <= 800 || n % 11 == 0
    ' reference/tables/mittag-leffler.tsv > "$table"
cat > "$tmp/right.pl" << 'END'
# answers with the doubles of a certified table, found by its hexfloats
my ($table, @args) = @ARGV;
my $real = !grep { $_ eq 'im_z' } @args;
open my $in, '<', $table or die;
chomp(my @names = split /\t/, <$in>);
my %value;
while (<$in>) {
    chomp;
    my %row;
    @row{@names} = split /\t/;
    next if $real && $row{im_z} ne '0x0p+0';
    $value{join "\t", @row{@args}} = join "\t", @row{$real ? 're_hex' : qw(re_hex im_hex)};
}
$| = 1;
while (<STDIN>) {
    chomp;
    print $value{$_} // 'refuse', "\n";
}
END
verify --points "$table" --wire hex --time-limit 60 --max-ulp 0.7072 \
    --cmd "perl $tmp/right.pl $table alpha beta re_z im_z"
[ $code = 0 ] && [ "$(count ok all)" = "$(count n all)" ] &&
    [ "$(count n all)" -ge 400 ]
ok $? "the table's own doubles: all $(count n all) points right, 0.71 ulp normwise"
awk -F '\t' -v OFS='\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
        print "id", "alpha", "beta", "z", "region"; next }
    $at["im_z"] == "0x0p+0" {
        print $at["id"], $at["alpha"], $at["beta"], $at["re_z"], $at["region"]
    }' "$table" > "$tmp/real.tsv"
verify --points "$tmp/real.tsv" --wire hex --time-limit 60 --max-ulp 0.5 \
    --cmd "perl $tmp/right.pl $table alpha beta re_z"
[ $code = 0 ] && [ "$(count ok all)" = "$(count n all)" ]
ok $? "the $(count n all) real ones are within 0.5 ulp"
awk -v worst="$(count worst_ulp all)" 'BEGIN { exit !(worst > 0.49) }'
ok $? "... and one of them is $(count worst_ulp all) off: the measure has teeth"

verify --values "$table" --max-ulp 0.7072
[ $code = 0 ] && [ "$(count ok all)" = "$(count n all)" ]
ok $? "the table's 40 decimals as --values: all right"

# ----------------------------------------------------------- the naive series
if ${CC:-cc} -O2 -o "$tmp/naive" reference/adapters/naive_series.c -lm 2> "$tmp/err"; then
    awk -F '\t' -v OFS='\t' 'NR == 1 {
            for (i = 1; i <= NF; i++) at[$i] = i
            print "id", "alpha", "beta", "re_z", "im_z", "region"; next }
        { print $at["id"], $at["alpha"], $at["beta"], $at["re_z"], $at["im_z"],
            $at["region"] }' "$table" > "$tmp/points.tsv"
    verify --points "$tmp/points.tsv" --cmd "$tmp/naive" --max-ulp 64
    [ $code = 1 ]
    ok $? "the naive series misses --max-ulp 64"
    [ "$(count wrong origin)" = 0 ] &&
        [ $((10 * $(count ok origin))) -ge $((8 * $(count n origin))) ]
    ok $? "... but not where |z| is tiny"
    bad=$(($(count n negative) - $(count ok negative)))
    [ $((3 * bad)) -ge "$(count n negative)" ]
    ok $? "... on the negative axis at $bad points of $(count n negative)"
    bad=$(($(count n kernel) - $(count ok kernel)))
    [ $((2 * bad)) -ge "$(count n kernel)" ]
    ok $? "... for beta = alpha at $bad points of $(count n kernel)"
    [ "$(count hang all)" = 0 ] && [ "$(count crash all)" = 0 ]
    ok $? "... and neither hangs nor crashes"
else
    for i in 1 2 3 4 5; do
        skip "$i" "no C compiler"
    done
fi

# --------------------------------------------- one of every fault, in two moods
names() { # is each point named for what it did?
    i=0
    for want in ok ok hang crash garbage nan refused inf ok wrong garbage \
        crash ok; do
        got=$(kind z$i)
        [ "$got" = $want ]
        ok $? "$1: point $i is $want"
        i=$((i + 1))
    done
    [ "$(count n all)" = 313 ] && [ "$(count ok all)" = 304 ] && [ $code = 0 ]
    ok $? "$1: the 300 others are right"
}
fetch_later flushed
names "line by line"
fetch_later buffered
names "buffered, 4 jobs"
gone ${mark}0
ok $? "nothing of it is left"

# ------------------------------------------------------------ rude programs
printf 'alpha\tbeta\tz\n1\t1\t0\n1\t1\t1\n1\t1\t2\n1\t1\t3\n' > "$tmp/four.tsv"
head -2 "$tmp/four.tsv" > "$tmp/one.tsv"
verify --points "$tmp/four.tsv" --cmd 'yes 1'
[ $code = 0 ] && [ "$(count garbage all)" = 4 ]
ok $? "endless lines are garbage"
verify --points "$tmp/four.tsv" --cmd 'yes 1 | tr -d "\n"'
[ $code = 0 ] && [ "$(count garbage all)" = 4 ]
ok $? "an endless line is garbage"
verify --points "$tmp/four.tsv" --cmd 'head -c 1000000000 /dev/zero; cat'
[ $code = 0 ] && [ "$(count garbage all)" = 4 ]
ok $? "1 GB without a newline is garbage"
verify --points "$tmp/one.tsv" --time-limit 0.3 \
    --cmd 'trap "" TERM; while :; do sleep '$mark'1; done'
[ $code = 0 ] && [ "$(count hang all)" = 1 ] && gone ${mark}1
ok $? "a program that ignores TERM is killed"
verify --points "$tmp/four.tsv" --time-limit 30 \
    --cmd '(trap "" TERM; sleep '$mark'2) & sleep '$mark'2 & sed -u "s/.*/1/"'
[ $code = 0 ] && [ "$(count ok all)" = 1 ] && [ "$(count wrong all)" = 3 ] &&
    gone ${mark}2
ok $? "children in the background end with it; its answers count"
verify --points "$tmp/one.tsv" --time-limit 30 --cmd \
    "(trap 'echo TERM > $tmp/term; exit' TERM; while :; do sleep 0.05; done) &
    sed -u 's/.*/1/'"
grep -q TERM "$tmp/term"
ok $? "... and are asked to, by TERM, before they are killed"
verify --points "$tmp/four.tsv" --cmd 'exec 0<&-; sleep 0.1; echo 1; echo 1; echo 1; echo 1'
[ "$(count ok all)" = 1 ] && [ "$(count wrong all)" = 3 ]
ok $? "a program that does not read its input: the broken pipe is no harm"

"$mlref" verify --function kww --points small --time-limit 60 \
    --cmd 'sleep '$mark'3; cat' > "$tmp/out" 2> "$tmp/err" &
pid=$!
started ${mark}3
started=$?
kill -TERM $pid
wait $pid 2> /dev/null
code=$?
[ $code -gt 128 ] && [ $started = 0 ] && gone ${mark}3
ok $? "when verify itself is ended, its program ends, too"

# -------------------------------------------------------------- the protocol
# The first process waits for more than it gets, those after it are of no use.
verify --points real --time-limit 3 \
    --cmd "[ -e $tmp/ahead ] && exit 1; cat > $tmp/ahead; :"
most=$(wc -l < "$tmp/ahead")
[ "$most" = 64 ]
ok $? "$most points are sent ahead of the answers"

# --------------------------------------------------------- nothing to be had
verify --points small --time-limit 0.1 --cmd 'sleep '$mark'4'
[ $code = 0 ] && [ "$(count hang all)" = "$(count n all)" ]
ok $? "a program that never answers is given up soon"
verify --points small --cmd 'exit 1'
[ $code = 0 ] && [ "$(count crash all)" = "$(count n all)" ]
ok $? "so is one that ends at once"
verify --points small --max-ulp 1e300 --cmd 'while read -r x; do echo 1; exit; done'
[ $code = 1 ] && [ "$(count crash all)" = 0 ] && [ "$(count hang all)" = 0 ]
ok $? "a program that serves one point a run is asked again and again"
finish
