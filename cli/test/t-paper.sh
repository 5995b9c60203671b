#!/bin/sh
# cli/test/t-paper.sh - mlref paper refuses bad files and options (TAP).
#
# All of these end before anything is computed; validation/checks/v-paper.sh
# runs the whole job.

. cli/test/lib.sh
plan 31

fails 2 'mlref paper: unexpected argument "x"' 'an argument' paper x
fails 2 'mlref paper: --seed*' 'a negative seed' paper --seed -1
fails 2 'mlref paper: --threads*' 'a negative number of threads' \
    paper --threads -2
fails 2 'mlref*xml*' 'a format that does not exist' paper --format xml

# ---------------------------------------------------------------- the ledger

fails 5 "mlref: *$tmp/none.tsv*" 'a ledger that is not there' \
    paper --ledger "$tmp/none.tsv"
sed 's/\tverdict\t/\tjudgement\t/' paper/ledger.tsv > "$tmp/l.tsv"
fails 3 "mlref: $tmp/l.tsv:3*verdict*" 'a ledger without verdicts' \
    paper --ledger "$tmp/l.tsv"
sed 's/\treproduced\t/\tplausible\t/' paper/ledger.tsv > "$tmp/l.tsv"
fails 3 "mlref: $tmp/l.tsv:4:*: \"plausible\" is no verdict*" \
    'a verdict that does not exist, with its place' paper --ledger "$tmp/l.tsv"
grep -v '^kin-tg' paper/ledger.tsv > "$tmp/l.tsv"
fails 3 "mlref: $tmp/l.tsv: no row for the claim kin-tg" \
    'a computation without a row' paper --ledger "$tmp/l.tsv"
sed 's/^kin-hours/kin-block/' paper/ledger.tsv > "$tmp/l.tsv"
fails 3 "mlref: $tmp/l.tsv:*the id kin-block occurs twice" 'an id twice' \
    paper --ledger "$tmp/l.tsv"
fails 3 'mlref: *' 'a ledger that is no table' paper --ledger LICENSE

# ------------------------------------------------------------------- g2.tsv

d=$tmp/data
fails 5 "mlref: $d: expected g2.tsv*c2.npy*" 'a directory that is not there' \
    paper --data "$d"
mkdir "$d"
fails 5 "mlref: $d: expected g2.tsv*c2.npy*" 'an empty directory' \
    paper --data "$d"

bad_g2() { # CONTENT WHERE PATTERN TEXT
    # shellcheck disable=SC2059
    printf "$1" > "$d/g2.tsv"
    fails 3 "mlref: $d/g2.tsv$2 $3" "$4" paper --data "$d"
}
lags='2.5\t0\t1.03\t1e-3\n10\t0\t1.02\t1e-3\n40\t0\t1.01\t1e-3\n'
bad_g2 't\tg2\terr\n1\t1\t1\n' ':1*' '*t_a*' 'a missing column'
bad_g2 "t\tt_a\tg2\terr\n${lags}160\t0\tnan\t1e-3\n" ':5:*:' '*"nan"*' \
    'NaN in a cell'
bad_g2 "t\tt_a\tg2\terr\n${lags}160\t0\t1\t-1e-3\n" ':5:*:' '*err > 0*' \
    'a negative error'
bad_g2 "t\tt_a\tg2\terr\n${lags}0\t0\t1\t1e-3\n" ':5:1:' '*t > 0*' 'lag 0'
bad_g2 "t\tt_a\tg2\terr\n${lags}40\t0\t1\t1e-3\n" ':' '*lag 40 occurs twice*' \
    'a lag twice'
bad_g2 "t\tt_a\tg2\terr\n${lags}" ':' '*at least 4 lags*' 'too few lags'
bad_g2 't\tt_a\tg2\terr\n' ':1:1:' '*no rows*' 'no rows'
fails 5 'mlref: */dev/null/report*' 'a report that cannot be made' \
    paper --report /dev/null/report
rm "$d/g2.tsv"

# -------------------------------------------------------- c2.npy and times.tsv

# A .npy of ones with that shape, type, order and number of doubles.
npy() { # ROWS COLUMNS COUNT [TYPE [ORDER]]
    perl -e '
        my ($r, $c, $n, $type, $order) = @ARGV;
        my $h = "{\x27descr\x27: \x27$type\x27, \x27fortran_order\x27: $order, "
            . "\x27shape\x27: ($r, $c), }\n";
        binmode STDOUT;
        print "\x93NUMPY\x01\x00", pack("v", length $h), $h,
            pack("d<*", (1) x $n);' \
        "$1" "$2" "$3" "${4:-<f8}" "${5:-False}" > "$d/c2.npy"
}
frames() { # N
    { echo t; seq 0 100 $((($1 - 1) * 100)); } > "$d/times.tsv"
}
npy 10 10 100
fails 5 "mlref: *$d/times.tsv*" 'no times' paper --data "$d"
frames 9
fails 3 "mlref: $d/times.tsv: expected one time for each of the 10 frames*9" \
    'a time too few' paper --data "$d"
frames 10
npy 10 12 120
fails 3 "mlref: $d/c2.npy: expected a square array, got 10 x 12" \
    'an array that is not square' paper --data "$d"
npy 10 10 99
fails 3 "mlref: $d/c2.npy: *10 x 10*792 bytes follow" 'an array cut off' \
    paper --data "$d"
npy 10 10 100 '>f8'
fails 3 "mlref: $d/c2.npy: *little-endian*" 'big-endian numbers' \
    paper --data "$d"
npy 10 10 100 '<f8' True
fails 3 "mlref: $d/c2.npy: *C order*" 'Fortran order' paper --data "$d"
echo text > "$d/c2.npy"
fails 3 "mlref: $d/c2.npy: not a .npy*" 'a text file' paper --data "$d"
npy 10 10 100
printf 't\n0\n100\n50\n' > "$d/times.tsv"
fails 3 "mlref: $d/times.tsv:4:1: *ascending*" 'times that go back' \
    paper --data "$d"
printf 't\n0\n100\nx\n' > "$d/times.tsv"
fails 3 "mlref: $d/times.tsv:4:1: *\"x\"*" 'a time that is no number' \
    paper --data "$d"
frames 10
perl -e '
    my $h = "{\x27descr\x27: \x27<f8\x27, \x27fortran_order\x27: False, "
        . "\x27shape\x27: (10, 10), }\n";
    binmode STDOUT;
    print "\x93NUMPY\x01\x00", pack("v", length $h), $h,
        pack("d<*", (1) x 7, 2, (1) x 92);' > "$d/c2.npy"
fails 3 "mlref: $d/c2.npy: *symmetric*" 'an array that is not symmetric' \
    paper --data "$d"
frames 10
perl -e '
    my $h = "{\x27descr\x27: \x27<f8\x27, \x27fortran_order\x27: False, "
        . "\x27shape\x27: (10, 10), }\n";
    binmode STDOUT;
    print "\x93NUMPY\x01\x00", pack("v", length $h), $h,
        pack("d<*", (9**9**9) x 100);' > "$d/c2.npy"
fails 3 "mlref: $d/c2.npy: *finite*" 'infinities' paper --data "$d"

finish
