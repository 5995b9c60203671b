#!/bin/sh
# validation/checks/v-verify_rude.sh - verify against programs without manners
# (TAP): each ends, has the right name, and leaves nothing.

. validation/tap/tap.sh
. validation/tap/verify.sh

# E_{1,1}: 1, e, e^2, e^3; to 1e18 ulp all but garbage is right
printf 'alpha\tbeta\tz\n1\t1\t0\n1\t1\t1\n1\t1\t2\n1\t1\t3\n' > "$tmp/four.tsv"

# NAME KINDS LIMIT CLAIM; kinds of the four points, o: ok, as an answer of 1 is
# here, c: crash, h: hang, g: garbage
cat > "$tmp/list" << 'END'
lines g,g,g,g 60 endless lines
endless g,g,g,g 60 an endless line
gigabyte g,g,g,g 60 1 GB without a newline
errors o,o,o,o 60 1 GB on standard error beside its answers
only_errors h,h,h,h 1 remarks and no answer, for ever
deaf h,h,h,h 1 ignores every polite signal
deaf_children o,o,o,o 60 children that ignore TERM and hold the pipes
daemon o,o,o,o 60 daemons of daemons
daemons o,o,o,o 60 eight daemons
holder o,o,o,o 60 dies after an answer, while daemons hold the pipes
closes_output o,o,o,o 60 closes its output after an answer
closes_input o,o,o,o 60 closes its input, answers all
stops h,h,h,h 1 stops itself
peace o,o,o,o 60 serves one point a run, in peace
slow o,o,o,o 4 starts slower than the limit
twice g,g,g,g 60 says everything twice
skips o,o,c,o 60 leaves out the line of one point
reversed o,o,o,o 60 answers in the reverse order
windows o,o,o,o 60 ends its lines as DOS does
comma g,g,g,g 60 writes decimal commas
blank g,g,g,g 60 empty lines between the answers
banner g,g,g,g 60 greets
END
start() { # NAME LIMIT: with its own mark, so that its own leftovers are found
    index=$((index + 1))
    (
        export ML_MARK=$mark$index
        "$mlref" verify --function mittag-leffler --details "$tmp/$1.details" \
            --points "$tmp/four.tsv" --time-limit "$2" --max-ulp 1e18 \
            --cmd "echo >> $tmp/$1.starts; exec sh reference/adapters/bad_rude.sh $1" \
            > "$tmp/$1.out" 2> "$tmp/$1.err"
        running $ML_MARK > "$tmp/$1.left"
        echo 0 > "$tmp/$1.code"
    ) &
}
index=0
while read -r name want limit rest; do
    start "$name" "$limit"
done < "$tmp/list"

plan 73
# Four points are a stream, and seven batches when all of them fail.
most=12
while read -r name want limit claim; do
    fetch_later "$name"
    got=$(kinds | sed 's/ok/o/g; s/hang/h/g; s/crash/c/g; s/garbage/g/g
        s/ /,/g')
    [ "$got" = "$want" ]
    ok $? "$claim: $want" "got $got"
    starts=$(wc -l < "$tmp/$name.starts")
    [ "$starts" -le "$most" ]
    ok $? "... after $starts starts, at most $most"
    is "$(cat "$tmp/$name.left")" 0 "... and nothing is left"
done < "$tmp/list"

grep -q '3 processes had left their process group' "$tmp/daemon.err"
ok $? "daemons are counted"
[ "$(wc -c < "$tmp/only_errors.err")" -lt 61000 ] &&
    [ "$(wc -c < "$tmp/only_errors.err")" -gt 50000 ]
ok $? "of the remarks 60 kB are shown"
grep -q '[34] of the wrong answers are right for another point' \
    "$tmp/reversed.err"
[ $? = 1 ]
ok $? "answers that count as right are not called displaced"
verify --points "$tmp/four.tsv" --time-limit 60 \
    --cmd 'sh reference/adapters/bad_rude.sh reversed'
[ "$(count wrong all)" = 4 ] &&
    grep -q '3 of the wrong answers are right for another point' "$tmp/err"
ok $? "answers in the reverse order: wrong, and what they look like"
verify --points "$tmp/four.tsv" --cmd /nowhere/program
[ $code = 5 ] && grep -q 'cannot run "/nowhere/program"' "$tmp/err"
ok $? "a program that is not there: exit 5 and its name"

# ------------------------------------------------------- verify itself is ended
ended() { # SIGNAL MARK ARGS...: what is left when verify gets that signal
    export ML_MARK="$2"
    sig=$1
    shift 2
    "$mlref" verify --function mittag-leffler --points "$tmp/four.tsv" \
        --time-limit 60 "$@" > "$tmp/out" 2> "$tmp/err" &
    pid=$!
    started $ML_MARK
    started=$?
    kill -"$sig" $pid
    wait $pid 2> /dev/null
    [ $started = 0 ] && gone $ML_MARK
}
ended TERM ${mark}91 --cmd 'setsid sh -c "trap \"\" TERM; sleep $ML_MARK; :" &
    exec sleep 1000'
ok $? "by TERM: it takes the daemons along"
ended KILL ${mark}92 --cmd 'exec sleep $ML_MARK'
ok $? "by KILL: its program dies with it"
finish
