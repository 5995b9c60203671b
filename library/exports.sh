#!/bin/sh
# library/exports.sh - the version script of a shared library, on stdout.
#
#     exports.sh LIBRARY VERSION ARCHIVE... [-- USER...]
#
# Exported are the public functions that the archives define.  What else the
# archives USER need of them is exported under a version that names the release
# exactly: a mismatch is refused when a program starts.

library=$1 version=$2
shift 2
own='' user=''
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    own="$own $1"
    shift
done
[ $# -gt 0 ] && shift && user=$*

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
LC_ALL=C
export LC_ALL

symbols() { # WHICH ARCHIVE...
    nm -g "$@" 2> /dev/null | awk 'NF > 1 && !/:$/ {print $NF}' | sort -u
}

sh library/public.sh --of "$library" > "$tmp/public" || exit 1
symbols --defined-only $own > "$tmp/defined"
: > "$tmp/needed"
[ -z "$user" ] || symbols --undefined-only $user > "$tmp/needed"
comm -12 "$tmp/public" "$tmp/defined" > "$tmp/exported"
comm -12 "$tmp/needed" "$tmp/defined" | comm -23 - "$tmp/public" > "$tmp/private"

node() { # NAME FILE [LOCAL]
    echo "$1 {"
    [ -s "$2" ] && echo "global:" && sed 's/.*/    &;/' "$2"
    [ -z "$3" ] || printf 'local:\n    *;\n'
    echo "};"
}
upper=$(echo "$library" | tr a-z A-Z)
node "${upper}_0" "$tmp/exported" local
[ ! -s "$tmp/private" ] || node "${upper}_PRIVATE_$version" "$tmp/private"
