#!/bin/sh
# validation/validate.sh - `make validate`: the long checks, each with its cost.

B=${ML_BUILD:-build}
export ML_EFFORT=${ML_EFFORT:-10}
status=0

run() {
    start=$(date +%s)
    "$@" || status=1
    echo "# $(($(date +%s) - start)) s: $*"
}

# A million cross-checks; a run of the same program that was cut off goes on where
# it was.
crosscheck=$B/validation/checks/v-crosscheck
state=$B/crosscheck-$(sha256sum "$crosscheck" | cut -c1-12).state
: "${ML_CROSSCHECKS:=53:800000 113:150000 333:45000 1106:4900 3322:100}"
# shellcheck disable=SC2086 # a list
run "$crosscheck" --state "$state" $ML_CROSSCHECKS
run "$B/validation/checks/v-jets" "${ML_JETS:-10000}"
for p in validation/checks/v-*.c; do
    name=$(basename "$p" .c)
    case $name in
    v-crosscheck | v-jets) ;;
    *) run "$B/validation/checks/$name" ;;
    esac
done
sh validation/peers.sh
for s in validation/checks/v-*.sh; do
    run sh "$s"
done
exit $status
