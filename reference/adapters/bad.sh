#!/bin/sh
# reference/adapters/bad.sh - a program with one of every fault, for the tests.
#
# Serves mittag-leffler with alpha = beta = 1 (that is exp) at z = 0 .. 12, each
# of which meets a different fate; other points get the answer 1.  With the
# argument "buffered" it prints nothing before the end of its input, as
# programs do that never flush: what it printed is lost when it hangs or dies.

tab=$(printf '\t')
held=''

answer() {
    if [ "${mode:-}" = buffered ]; then
        held="$held$1
"
    else
        printf '%s\n' "$1"
    fi
}

mode=${1:-}
while IFS=$tab read -r alpha beta z rest; do
    case $z in
    0) answer 1 ;;
    1) answer 2.7182818284590451 ;;
    2) # hangs
        sleep ${ML_MARK:-86399}
        ;;
    3) # dies
        kill -KILL $$
        ;;
    4) answer 'warning: 1e-12 not reached' ;;
    5) answer nan ;;
    6) answer refuse ;;
    7) answer inf ;;
    8) # right, after a remark
        answer '# the next is exp(8)'
        answer 2980.9579870417283
        ;;
    9) # wrong by 0.1
        answer 8103.1839275753842
        ;;
    10) # a line without end
        answer "$(printf '%05000d' 1)"
        ;;
    11) # ends in peace before it answers
        exit 0
        ;;
    12) answer 162754.79141900392 ;;
    *) answer 1 ;;
    esac
done
printf '%s' "$held"
