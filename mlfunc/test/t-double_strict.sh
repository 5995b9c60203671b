#!/bin/sh
# mlfunc/test/t-double_strict.sh - -ffast-math is refused (TAP).
#
# Every file of the rooms that promise bits, data aside, is handed to the
# compiler with -ffast-math and has to fail with the message of mlfunc/strict.h;
# without it the preprocessor is content.

. validation/tap/tap.sh

CC=${CC:-cc}
files=$(ls mlfunc/double/*.c simulate/*.c | grep -v '_table\.c$\|/status\.c$')
flags="-std=c11 -I. -DML_VARIANT=baseline $(sed -n 's/^found-cppflags := //p' \
    "$B/found.mk" 2> /dev/null)"
message='no -ffast-math'

command -v "$CC" > /dev/null || skip_all "no compiler $CC"
plan 5

bad=''
for f in $files mlfunc/double/lanes_table.c; do
    # shellcheck disable=SC2086
    $CC $flags -ffast-math -E -o "$tmp/out" "$f" 2> "$tmp/err" && bad="$bad $f"
    grep -q "$message" "$tmp/err" || bad="$bad $f"
done
[ -z "$bad" ]
ok $? "-ffast-math is an error in every file that carries bits" "accepted:$bad"

bad=''
for f in $files; do
    # shellcheck disable=SC2086
    $CC $flags -E -o "$tmp/out" "$f" 2> "$tmp/err" || bad="$bad $f"
done
[ -z "$bad" ]
ok $? "and none is refused without it" "refused:$bad"

# A whole compilation, as a user would do it.
# shellcheck disable=SC2086
$CC $flags -O2 -ffast-math -c -o "$tmp/out" mlfunc/double/value.c 2> "$tmp/err"
[ $? != 0 ] && grep -q "$message" "$tmp/err"
ok $? "compiling with -ffast-math stops with a message"

# Its parts, where the compiler tells of them.
bad=''
for part in -ffinite-math-only -funsafe-math-optimizations -freciprocal-math \
    -fno-signed-zeros -Ofast; do
    # shellcheck disable=SC2086
    $CC $flags $part -dM -E -x c /dev/null 2> /dev/null > "$tmp/macros"
    grep -qE '__(FAST|ASSOCIATIVE|RECIPROCAL)_MATH__ |__NO_SIGNED_ZEROS__|__FINITE_MATH_ONLY__ 1' \
        "$tmp/macros" || continue
    # shellcheck disable=SC2086
    $CC $flags $part -E -o "$tmp/out" mlfunc/double/value.c 2> "$tmp/err" &&
        bad="$bad $part"
done
[ -z "$bad" ]
ok $? "so are the parts of it that the compiler tells of" "accepted:$bad"

# What it is for: the message names what the bounds need.
grep -q 'error.*IEEE' "$tmp/err"
ok $? "the message says what is needed"
finish
