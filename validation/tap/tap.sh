# validation/tap/tap.sh - TAP for the tests in sh; sourced by them.
#
# Sets mlref (an absolute path), tmp (a directory, removed at the end), tab and
# LC_ALL=C.  A test begins with `plan N` and ends with `finish`.

LC_ALL=C
export LC_ALL
B=${ML_BUILD:-build}
mlref=$(cd "$B" 2> /dev/null && pwd)/mlref
root=$(pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n_tests=0
n_failed=0
tab=$(printf '\t')

plan() { # N
    n_planned=$1
    echo "TAP version 13"
    echo "1..$1"
}

skip_all() { # WHY
    echo "TAP version 13"
    echo "1..0 # SKIP $1"
    exit 0
}

# Without DETAIL, what the files out and err hold.
ok() { # STATUS TEXT [DETAIL]
    n_tests=$((n_tests + 1))
    if [ "$1" = 0 ]; then
        printf 'ok %s - %s\n' "$n_tests" "$2"
    else
        n_failed=$((n_failed + 1))
        printf 'not ok %s - %s\n' "$n_tests" "$2"
        if [ -n "${3-}" ]; then
            printf '%s\n' "$3" | sed 's/^/# /'
        else
            sed 's/^/# /' "$tmp/out" "$tmp/err" 2> /dev/null | head -n 30
        fi
    fi
}

skip() { # TEXT WHY
    n_tests=$((n_tests + 1))
    printf 'ok %s - %s # SKIP %s\n' "$n_tests" "$1" "$2"
}

is() { # GOT WANT TEXT
    [ "$1" = "$2" ]
    ok $? "$3" "got:  $1
want: $2"
}

like() { # GOT PATTERN TEXT: a case pattern
    # shellcheck disable=SC2254
    case $1 in
    $2) ok 0 "$3" ;;
    *) ok 1 "$3" "got: $1
want a match of: $2" ;;
    esac
}

finish() {
    if [ "$n_tests" != "$n_planned" ]; then
        echo "# planned $n_planned, ran $n_tests"
        exit 1
    fi
    [ "$n_failed" = 0 ]
    exit
}
