#!/bin/sh
# validation/checks/v-verify_rude.sh - verify against programs without manners
# (TAP): each ends in time, has the right name, and leaves nothing.

. validation/tap/tap.sh
. validation/tap/verify.sh

# E_{1,1}: 1, e, e^2, e^3; to 1e18 ulp all but garbage is right
printf 'alpha\tbeta\tz\n1\t1\t0\n1\t1\t1\n1\t1\t2\n1\t1\t3\n' > "$tmp/four.tsv"

# NAME KINDS SECONDS CLAIM; kinds of the four points, o: ok, as an answer of 1 is
# here, c: crash, h: hang, g: garbage
cat > "$tmp/list" << 'END'
lines g,g,g,g 8 endless lines
endless g,g,g,g 8 an endless line
gigabyte g,g,g,g 12 1 GB without a newline
errors o,o,o,o 12 1 GB on standard error beside its answers
only_errors h,h,h,h 25 remarks and no answer, for ever
deaf h,h,h,h 25 ignores every polite signal
deaf_children o,o,o,o 12 children that ignore TERM and hold the pipes
daemon o,o,o,o 12 daemons of daemons
daemons o,o,o,o 12 eight daemons
holder o,o,o,o 25 dies after an answer, while daemons hold the pipes
closes_output o,o,o,o 25 closes its output after an answer
closes_input o,o,o,o 12 closes its input, answers all
stops h,h,h,h 25 stops itself
peace o,o,o,o 12 serves one point a run, in peace
slow o,o,o,o 25 starts slower than the limit
twice g,g,g,g 12 says everything twice
skips o,o,c,o 12 leaves out the line of one point
reversed o,o,o,o 12 answers in the reverse order
windows o,o,o,o 12 ends its lines as DOS does
comma g,g,g,g 12 writes decimal commas
blank g,g,g,g 12 empty lines between the answers
banner g,g,g,g 12 greets
END
start() { # NAME: with its own mark, so that its own leftovers are found
    index=$((index + 1))
    (
        export ML_MARK=$mark$index
        begin=$(date +%s)
        "$mlref" verify --function mittag-leffler --details "$tmp/$1.details" \
            --points "$tmp/four.tsv" --time-limit 1 --max-ulp 1e18 \
            --cmd "sh reference/adapters/bad_rude.sh $1" \
            > "$tmp/$1.out" 2> "$tmp/$1.err"
        left=$(running $ML_MARK)
        echo "$(($(date +%s) - begin)) $left" > "$tmp/$1.time"
        echo 0 > "$tmp/$1.code"
    ) &
}
index=0
while read -r name rest; do
    start "$name"
done < "$tmp/list"

plan 73
while read -r name want most claim; do
    fetch_later "$name"
    got=$(kinds | sed 's/ok/o/g; s/hang/h/g; s/crash/c/g; s/garbage/g/g
        s/ /,/g')
    [ "$got" = "$want" ]
    ok $? "$claim: $want" "got $got"
    read -r took left < "$tmp/$name.time"
    [ "$took" -le "$most" ]
    ok $? "... ends in time: $took s"
    [ "$left" = 0 ]
    ok $? "... and nothing is left" "$left processes"
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
verify --points "$tmp/four.tsv" --time-limit 1 \
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
    i=0
    while [ "$(running $ML_MARK)" = 0 ] && [ $i -lt 100 ]; do
        sleep 0.1
        i=$((i + 1))
    done
    started=$(running $ML_MARK)
    kill -"$sig" $pid
    wait $pid 2> /dev/null
    [ "$started" -gt 0 ] && gone $ML_MARK
}
ended TERM ${mark}91 --cmd 'setsid sh -c "trap \"\" TERM; sleep $ML_MARK; :" &
    exec sleep 1000'
ok $? "by TERM: it takes the daemons along"
ended KILL ${mark}92 --cmd 'exec sleep $ML_MARK'
ok $? "by KILL: its program dies with it"
finish
