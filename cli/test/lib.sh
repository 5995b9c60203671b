# cli/test/lib.sh - TAP for the tests of the program in sh; sourced by them.
#
# Sets mlref (an absolute path), tmp (a directory, removed at the end) and
# LC_ALL=C.  `run ARGS...` leaves out, err, rc.  A test ends with `finish`.

LC_ALL=C
export LC_ALL
B=${ML_BUILD:-build}
mlref=$(cd "$B" && pwd)/mlref
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

ok() { # STATUS TEXT [DETAIL]
    n_tests=$((n_tests + 1))
    if [ "$1" = 0 ]; then
        printf 'ok %s - %s\n' "$n_tests" "$2"
    else
        n_failed=$((n_failed + 1))
        printf 'not ok %s - %s\n' "$n_tests" "$2"
        [ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
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

run() { # ARGS...: of mlref
    "$mlref" "$@" > "$tmp/out" 2> "$tmp/err" < "${stdin:-/dev/null}"
    rc=$?
    out=$(cat "$tmp/out")
    err=$(cat "$tmp/err")
}

# One line on stderr that matches, nothing on stdout, and that exit code.
fails() { # RC PATTERN TEXT ARGS...
    want_rc=$1 pattern=$2 text=$3
    shift 3
    run "$@"
    lines=$(wc -l < "$tmp/err")
    good=1
    # shellcheck disable=SC2254
    case $err in
    $pattern) [ "$rc" = "$want_rc" ] && [ "$lines" -eq 1 ] \
        && [ ! -s "$tmp/out" ] && good=0 ;;
    esac
    ok $good "$text" "mlref $*
exit $rc, want $want_rc
stderr: $err
want a match of: $pattern
stdout: $out"
}

# The rows of the last run without provenance and header.
rows() {
    grep -v '^#' "$tmp/out" | sed 1d
}

header() {
    grep -v '^#' "$tmp/out" | sed -n 1p
}

cell() { # COLUMN [ROW=1]: of the last run, TSV
    grep -v '^#' "$tmp/out" | awk -F '\t' -v name="$1" -v row="${2:-1}" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i }
        NR == row + 1 { print c ? $c : "no column " name }'
}

# |truth - value| <= rad, exactly; each a decimal.
within() { # VALUE RAD TRUTH
    perl -MMath::BigRat -e '
        my ($v, $r, $t) = map { Math::BigRat->new($_) } @ARGV;
        exit(abs($v - $t) <= $r ? 0 : 1)' -- "$1" "$2" "$3"
}

# rad <= 10^-digits sqrt(re^2 + im^2), exactly.
sharp() { # DIGITS RAD RE [IM]
    perl -MMath::BigRat -e '
        my ($n, @x) = @ARGV;
        my ($r, $a, $b) = map { Math::BigRat->new($_) } @x;
        my $ten = Math::BigRat->new("1" . "0" x $n);
        exit(($r * $ten) ** 2 <= $a * $a + $b * $b ? 0 : 1)' \
        -- "$1" "$2" "$3" "${4:-0}"
}

finish() {
    if [ "$n_tests" != "$n_planned" ]; then
        echo "# planned $n_planned, ran $n_tests"
        exit 1
    fi
    [ "$n_failed" = 0 ]
    exit
}
