# cli/test/lib.sh - what the tests of the program in sh share.
#
# `run ARGS...` of mlref leaves out, err, rc.

. validation/tap/tap.sh

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
