#!/bin/sh
# cli/test/t-badinput.sh - bad input and bad surroundings: one line that says
# what and where, the documented exit code, no partial file (TAP).

. cli/test/lib.sh
plan 55
m=mittag-leffler

# ------------------------------------------------------- tables: exit code 3

# WHERE is line:column; the file is in.tsv of the temporary directory.
bad_table() { # CONTENT WHERE PATTERN TEXT
    # shellcheck disable=SC2059
    printf "$1" > "$tmp/in.tsv"
    fails 3 "mlref: $tmp/in.tsv:$2: $3" "$4" eval kww beta=1 tau=1 c=1 \
        --input "$tmp/in.tsv"
}
bad_table 't\n1\nnan\n' 3:1 '*expected a number, got "nan"*' 'nan'
bad_table 't\n1\n2\n-inf\n' 4:1 '*"-inf"*' 'infinity'
bad_table 't\n1\n1e\n' 3:1 '*"1e"*' 'a malformed number'
bad_table 't,rad\n1,0\n2x,0\n' 3:1 '*"2x"*' 'a malformed number in CSV'
bad_table 'rad\tt\n0\t1\n0\t\n' 3:3 '*' 'an empty cell'
bad_table 't\trad\n1\t0\n2\n' 3:* '*' 'a row too short'
bad_table 't\trad\n1\t0\n2\t0\t7\n' 3:* '*' 'a row too long'
bad_table '' 1:1 '*' 'an empty file'
bad_table '# only a comment\n' '*' '*' 'nothing but comments'
bad_table 't\n' 1:1 '*no rows*' 'a header without rows'
bad_table '1\n2\n' 1:1 '*header*' 'numbers where the header belongs'
bad_table 't\tt\n1\t1\n' 1:3 '*' 'two columns of one name'
bad_table 't\n1\0002\n' 2:2 '*NUL*' 'a NUL byte'
bad_table 't\n"1\n' '*' '*' 'an unterminated quote'
bad_table 't\tspeed\n1\t2\n' '*' 'column "speed" is neither an argument*' \
    'a column of another kind'
bad_table '{"meta": {}, "columns": ["t"], "rows": [["1"]' '*' '*' 'broken JSON'

printf 'beta\ttau\tt\n1\t1\t1\n' > "$tmp/in.tsv"
fails 3 "mlref: $tmp/in.tsv:*c*beta, tau, t*" \
    'a missing column: what is needed, what is there' \
    eval kww --input "$tmp/in.tsv"
fails 2 'mlref: beta is given both in the table and as beta=2' \
    'an argument from both sides' eval kww beta=2 c=1 --input "$tmp/in.tsv"
printf 'z\tre_z\n1\t1\n' > "$tmp/in.tsv"
fails 3 "mlref: $tmp/in.tsv:*columns z and re_z both give z" \
    'two columns for one argument' eval $m alpha=1 beta=1 --input "$tmp/in.tsv"
printf 're_z\tim_z\n1\t1\n2\tx\n' > "$tmp/in.tsv"
fails 3 "mlref: $tmp/in.tsv:3:3: *\"x\"*" 'a malformed imaginary part' \
    eval $m alpha=1 beta=1 --input "$tmp/in.tsv"
printf 'im_z\n1\n' > "$tmp/in.tsv"
fails 3 "mlref: $tmp/in.tsv:*re_z*" 'im_z without re_z' \
    eval $m alpha=1 beta=1 --input "$tmp/in.tsv"
printf 't\n1\n1e999\n' > "$tmp/in.tsv"
fails 3 "mlref: $tmp/in.tsv:3:1: *beyond the range of a double" \
    '--as double beyond the doubles' \
    eval kww beta=1 tau=1 c=1 --as double --input "$tmp/in.tsv"
printf 't\n1\nx\n' > "$tmp/in.tsv"
stdin=$tmp/in.tsv
fails 3 'mlref: stdin:3:1: *"x"*' 'standard input has a name' \
    eval kww beta=1 tau=1 c=1 --input -
stdin=

# ------------------------------------------------------- files: exit code 5

fails 5 "mlref: cannot read $tmp/none.tsv: No such file or directory" \
    'a file that is not there' eval $m --input "$tmp/none.tsv"
fails 5 "mlref: cannot read $tmp: Is a directory" \
    'a directory as input' eval $m --input "$tmp"

# The exit code and stderr of a command whose stdout cannot be written.
unwritable() { # TEXT ARGS...
    text=$1
    shift
    "$mlref" "$@" > /dev/full 2> "$tmp/err"
    rc=$?
    err=$(cat "$tmp/err")
    like "$rc $(wc -l < "$tmp/err") $err" \
        '5 1 mlref: cannot write *: No space left on device' \
        "full disk: $text"
}
if [ -w /dev/full ]; then
    unwritable 'eval' eval $m alpha=1 beta=1 z=1
    unwritable 'eval, a row not ok' eval $m alpha=0 beta=1 z=1
    unwritable 'json' eval $m alpha=1 beta=1 z=1 --format json
    unwritable 'eval --list' eval --list
    unwritable 'eval --help' eval --help
    unwritable 'asymptotics' asymptotics alpha=1/2
    unwritable 'version' version
    unwritable '--version' --version
    unwritable 'selftest' selftest
    awk 'BEGIN { print "t"; for (i = 1; i <= 2000; i++) print i }' > "$tmp/long"
    unwritable 'more than a buffer' eval kww beta=1 tau=1e9 c=1 \
        --input "$tmp/long"
else
    for i in 1 2 3 4 5 6 7 8 9 10; do skip "full disk $i" "no /dev/full"; done
fi

# The reader has gone before the first byte is written.
{
    sleep 0.2
    "$mlref" eval $m alpha=1 beta=1 z=1 2> "$tmp/err"
    echo $? > "$tmp/rc"
} | :
is "$(cat "$tmp/rc") $(cat "$tmp/err")" \
    '5 mlref: cannot write standard output: Broken pipe' 'a closed pipe'
# The reader leaves after the first line of many.
awk 'BEGIN { print "t"; for (i = 1; i <= 20000; i++) print "1/" i }' \
    > "$tmp/long"
{
    "$mlref" eval kww beta=1 tau=1 c=1 --digits 5 --input "$tmp/long" \
        2> "$tmp/err"
    echo $? > "$tmp/rc"
} | head -n 1 > "$tmp/first"
is "$(cat "$tmp/rc") $(cat "$tmp/err")" \
    '5 mlref: cannot write standard output: Broken pipe' \
    'a pipe closed in the middle'
is "$(cut -c 1-7 "$tmp/first")" '# mlref' 'what was read of it is right'

"$mlref" eval $m alpha=1 beta=1 z=1 2> "$tmp/err" >&-
rc=$?
like "$rc $(cat "$tmp/err")" '5 mlref: cannot write *' 'stdout closed'
"$mlref" eval $m --input - 2> "$tmp/err" > "$tmp/out" <&-
rc=$?
like "$rc $(wc -l < "$tmp/err") $(cat "$tmp/err")" \
    '[35] 1 mlref: *' 'stdin closed'
"$mlref" eval $m alpha=0 beta=1 z=1 > "$tmp/out" 2>&-
is "$? $(rows | wc -l)" '4 1' 'stderr closed: the rows and the exit code'

# ------------------------------------------------------------------- memory

if grep -q __asan_init "$mlref"; then
    skip 'memory is out' 'a sanitizer needs the address space'
    skip 'memory is out, no file' 'a sanitizer needs the address space'
else
    # A little more than the program needs to start, and numbers of 40 MB.
    mkdir "$tmp/empty"
    point="kww beta=1 tau=1 c=1 t=1"
    (
        cd "$tmp/empty" || exit
        OMP_NUM_THREADS=1
        export OMP_NUM_THREADS
        # shellcheck disable=SC2086
        for limit in 30000 40000 50000 65000 80000 110000 150000 220000; do
            (ulimit -v $limit && "$mlref" eval $point) > /dev/null 2>&1 && break
        done
        ulimit -v $((limit + 10000))
        # shellcheck disable=SC2086
        "$mlref" eval $point --digits 100000000 > "$tmp/out" 2> "$tmp/err"
        echo $? > "$tmp/rc"
    )
    is "$(cat "$tmp/rc") $(tail -n 1 "$tmp/err")" \
        '5 mlref: memory is out; no unfinished file was left' 'memory is out'
    is "$(ls -A "$tmp/empty")$(cat "$tmp/out")" '' 'memory is out, no file'
fi

# ------------------------------------------------- the other verbs' files

printf 't\tR\n1\t0.9\n3\t0.74\n9\t0.41\n27\t0.07\n' > "$tmp/r.tsv"
fails 5 'mlref: cannot write */none/*: No such file or directory' \
    'fit: an unwritable report' \
    fit "$tmp/r.tsv" --model kww2 --report "$tmp/none/x.html"
printf 't\tR\tsigma\n1\t0.9\t0.1\n3\t0.74\t-0.1\n9\t0.41\t0.1\n27\t0.1\t0.1\n' \
    > "$tmp/s.tsv"
fails 3 "mlref: $tmp/s.tsv:3:8: *" 'fit: a negative sigma' \
    fit "$tmp/s.tsv" --model kww2
fails 3 "mlref: $tmp/r.tsv:*" 'fit: a missing column' \
    fit "$tmp/r.tsv" --model kww2 --columns t=time
fails 2 'mlref*kww1*kww2*' 'fit: kww alone is not a model' \
    fit "$tmp/r.tsv" --model kww
fails 5 'mlref: cannot write */none/*: No such file or directory' \
    'table: an unwritable output' \
    table kww --points small --output "$tmp/none/x.tsv"
fails 5 'mlref: cannot read *' 'verify: values that are not there' \
    verify --function kww --values "$tmp/none.tsv"
"$mlref" fit "$tmp/r.tsv" --model kww2 --report "$tmp/x.html" 2> "$tmp/err" >&-
is "$? $(grep -c '^# mlref' "$tmp/x.html")" '5 0' \
    'stdout closed: the table does not land in the report'

# A signal in the middle of a file: nothing is left.
awk 'BEGIN { print "alpha\tbeta\tre_z"
    for (i = 1; i <= 4000; i++) printf "0.5\t0.7\t-%.10g\n", 3 + i / 7 }' \
    > "$tmp/points"
interrupt() { # SIGNAL: leaves rc and what is in the directory
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$tmp/killed"
        mkdir "$tmp/killed"
        "$mlref" table $m --points "$tmp/points" --output "$tmp/killed/t.tsv" \
            > "$tmp/out" 2> "$tmp/err" &
        pid=$!
        until begun || ! kill -0 $pid 2> /dev/null; do
            sleep 0.002
        done
        kill "-$1" $pid 2> /dev/null
        wait $pid 2> /dev/null
        rc=$?
        # again when it was done before the signal came
        [ $rc = 0 ] || return
    done
}
begun() { # there is a temporary
    for temporary in "$tmp"/killed/.*.tmp; do
        [ -e "$temporary" ] && return
    done
    return 1
}
interrupt TERM
is "$rc $(ls -A "$tmp/killed")" '143 ' 'SIGTERM: no temporary is left'
interrupt XCPU
is "$rc $(ls -A "$tmp/killed")" '152 ' 'SIGXCPU: no temporary is left'
rm -rf "$tmp/killed"
mkdir "$tmp/killed"
(
    ulimit -f 2
    "$mlref" table kww --output "$tmp/killed/t.tsv" > "$tmp/out" 2> "$tmp/err"
)
like "$? $(ls -A "$tmp/killed") $(cat "$tmp/err")" \
    '5  mlref: cannot write */killed/t.tsv: File too large' \
    'a file above the limit: a failed write, nothing is left'
interrupt ABRT
is "$rc $(ls -A "$tmp/killed") $(cat "$tmp/err")" \
    '5  mlref: a library stopped (see above); no unfinished file was left' \
    'a library aborts: no temporary is left, exit 5'
"$mlref" simulate walk --law ml --beta 0.5 --tau 1 --walkers 100000000 \
    --times log:1:1000:4 --seed 1 > "$tmp/out" 2> "$tmp/err" &
pid=$!
sleep 0.3
kill -INT $pid
kill -TERM $pid
wait $pid
rc=$?
like "$rc $(cat "$tmp/out")" '1[34][03] ' 'a walk is stopped: no rows at all'

finish
