#!/bin/sh
# reference/adapters/bad_rude.sh - programs without manners, for the tests.
#
# Each answers 1 to every point, or tries: `sh bad_rude.sh NAME`.  What sleeps
# does so for ML_MARK seconds, by which the test finds what is left over.

mark=${ML_MARK:-86399}

serve() { # one answer a line, at once
    while read -r line; do
        echo 1
    done
}

case $1 in
lines) yes 1 ;;
endless) yes 1 | tr -d '\n' ;;
gigabyte) head -c 1000000000 /dev/zero ; cat ;;
errors) # a gigabyte of remarks, in the background, then none
    head -c 1000000000 /dev/zero >&2 &
    serve
    ;;
only_errors) yes error >&2 ;;
deaf)
    trap '' TERM HUP INT
    while :; do
        sleep "$mark"
    done
    ;;
deaf_children)
    (trap '' TERM; sleep "$mark") &
    sleep "$mark" &
    serve
    ;;
daemon) # that started others, out of the group and deaf
    setsid sh -c 'trap "" TERM; setsid sleep $0 & sleep $0' "$mark" &
    serve
    ;;
daemons)
    for i in 1 2 3 4 5 6 7 8; do
        (setsid sleep "$mark" &)
    done
    serve
    ;;
holder) # dies while a daemon holds its pipes open
    setsid sleep "$mark" &
    read -r line
    echo 1
    kill -KILL $$
    ;;
closes_output)
    read -r line
    echo 1
    exec 1>&-
    sleep "$mark"
    ;;
closes_input)
    exec 0<&-
    sleep 0.05
    printf '1\n1\n1\n1\n'
    ;;
stops)
    read -r line
    kill -STOP $$
    ;;
peace) # ends before the end
    read -r line
    echo 1
    ;;
slow) # to start: longer than the limit of the test
    sleep 5
    serve
    ;;
twice) serve | sed p ;;
skips) awk '{ if ($3 != 2) print 1 }' ;;
reversed) # answers exp(z), the last point first
    awk '{ v[NR] = sprintf("%.17g", exp($3)) }
        END { for (i = NR; i > 0; i--) print v[i] }'
    ;;
windows)
    while read -r line; do
        printf '1.0\r\n'
    done
    ;;
comma)
    while read -r line; do
        echo 1,0
    done
    ;;
blank)
    while read -r line; do
        echo
        echo 1
    done
    ;;
banner) # one line that is no answer, before all answers
    echo 'Welcome'
    serve
    ;;
esac
