# validation/tap/verify.sh - mlref verify in tests; sourced after tap.sh.

# No claim is about time: where an answer is expected the limit is long, which
# costs nothing, and it is short only where nothing ever answers.

# Programs under test sleep for a number of seconds that tells them apart from
# whatever else sleeps on this machine.
mark=7$$
export ML_MARK=${mark}0

verify() { # ARGS...: output in out, err, code; one row per point in details
    rm -f "$tmp/details"
    "$mlref" verify --function mittag-leffler --details "$tmp/details" "$@" \
        > "$tmp/out" 2> "$tmp/err"
    code=$?
}

# The same in the background under a name, and later its outcome.
verify_later() { # NAME ARGS...
    name=$1
    shift
    {
        "$mlref" verify --function mittag-leffler \
            --details "$tmp/$name.details" "$@" \
            > "$tmp/$name.out" 2> "$tmp/$name.err"
        echo $? > "$tmp/$name.code"
    } &
}
fetch_later() { # NAME
    while [ ! -s "$tmp/$1.code" ]; do
        sleep 0.1
    done
    code=$(cat "$tmp/$1.code")
    for f in details out err; do
        if [ -e "$tmp/$1.$f" ]; then
            cp "$tmp/$1.$f" "$tmp/$f"
        else
            : > "$tmp/$f"
        fi
    done
}

# kind ID: what became of that point
kind() {
    awk -F '\t' -v id="$1" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == "kind") column = i }
        $1 == id { print $column }' "$tmp/details"
}

# kinds: the kinds of all points, in their order
kinds() {
    awk -F '\t' '
        /^#/ { next }
        !column {
            for (i = 1; i <= NF; i++) if ($i == "kind") column = i
            next
        }
        { all = all sep $column; sep = " " }
        END { print all }' "$tmp/details"
}

# count KIND of a region ("all" for every one)
count() {
    awk -F '\t' -v region="$2" -v kind="$1" '
        /^#/ { next }
        !column { for (i = 1; i <= NF; i++) if ($i == kind) column = i; next }
        $1 == region { print $column }' "$tmp/out"
}

# running MARK: how many processes have MARK as an argument
running() {
    echo "$1" | grep -lzxf - /proc/[0-9]*/cmdline 2> /dev/null | wc -l
}

# started MARK: true as soon as there is one; a minute, and none will come
started() {
    for i in $(seq 600); do
        [ "$(running "$1")" != 0 ] && return 0
        sleep 0.1
    done
    return 1
}

# gone MARK: true as soon as none is left; a minute, and one stays
gone() {
    for i in $(seq 600); do
        [ "$(running "$1")" = 0 ] && return 0
        sleep 0.1
    done
    return 1
}
