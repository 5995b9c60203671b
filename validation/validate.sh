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

echo "# sampler $(sha256sum validation/sampler.c | cut -c1-64)"
run "$B/validation/checks/v-crosscheck" "${ML_CROSSCHECKS:-100000}"
for p in validation/checks/v-*.c; do
    name=$(basename "$p" .c)
    [ "$name" = v-crosscheck ] || run "$B/validation/checks/$name"
done
sh validation/peers.sh
for s in validation/checks/v-*.sh; do
    run sh "$s"
done
exit $status
