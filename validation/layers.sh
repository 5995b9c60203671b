#!/bin/sh
# validation/layers.sh - the arrows between the rooms, checked two ways (TAP).
#
# By includes: a room's files include only headers of the rooms it uses, and
# never another room's impl.h or a header below its top.  By symbols: what an
# archive leaves undefined is defined by itself, by a room it uses, or by no
# room of ours.  mlfunc/double, which is libmlfunc, uses nothing: none of our
# rooms, no header that needs GMP, MPFR or FLINT, no symbol of theirs.

. validation/tap/tap.sh

rooms="base mlfunc fit simulate reference paper cli validation"
libs="base mlfunc fit simulate reference paper"

uses() {
    sed -n "s/^$1-uses :=//p" "$1/module.mk"
}

# The archives of a room.
archives() {
    case $1 in
    mlfunc) echo "$B/mlfunc/ball/libball.a" "$B/mlfunc/double/libdouble.a" ;;
    *) echo "$B/$1/lib$1.a" ;;
    esac
}

symbols() { # ROOM defined|undefined: of its archives
    nm -g --$2-only $(archives $1) | awk 'NF > 1 && $0 !~ /:$/ {print $NF}' |
        sort -u
}

plan $(($(echo $rooms | wc -w) * 2 + $(echo $libs | wc -w) + 4))

for r in $rooms; do
    allowed="$r $(uses $r)"
    [ "$r" = validation ] || allowed="$allowed validation/tap"
    bad=$(find $r -name '*.[ch]' | xargs -r grep -Hn '^#include "' |
        while IFS= read -r line; do
            inc=${line#*\"}
            inc=${inc%%\"*}
            ok=no
            for a in $allowed; do
                case $inc in "$a"/*) ok=yes ;; esac
            done
            # the tap producer serves tests only
            case $inc in
            validation/tap/*)
                case $line in
                */test/* | validation/*) ;;
                *) ok=no ;;
                esac
                ;;
            validation/sampler.h | validation/sampler_double.h) # frozen points
                case $line in
                */bench/* | */test/*) ok=yes ;;
                esac
                ;;
            esac
            [ $ok = yes ] || echo "$line"
        done)
    [ -z "$bad" ]
    ok $? "$r includes only what its module.mk allows" "$bad"

    # the judge of the doubles looks at values before they are rounded
    bad=$(find $r -name '*.[ch]' | xargs -r grep -HnE 'include ".*(impl|/ball/.*)\.h"' |
        grep -v "\"$r/" |
        grep -v '^validation/verdict\.h:.*"mlfunc/double/impl\.h"' || true)
    [ -z "$bad" ]
    ok $? "$r includes no other room's impl.h" "$bad"
done

for r in $libs; do
    symbols $r defined > "$tmp/$r.def"
    symbols $r undefined > "$tmp/$r.und"
    [ -s "$tmp/$r.def" ] || exit 1
done
for r in $libs; do
    bad=''
    for o in $libs; do
        case " $r $(uses $r) " in *" $o "*) continue ;; esac
        hit=$(comm -12 "$tmp/$r.und" "$tmp/$o.def")
        for s in $hit; do
            bad="$bad
$r needs $s of $o"
        done
    done
    [ -z "$bad" ]
    ok $? "$r needs no symbol of a room it may not use" "$bad"
done

bad=$(for r in $libs; do
    nm -g --defined-only $(archives $r) | awk 'NF == 3 {print $3}'
done | sort | uniq -d)
[ -z "$bad" ]
ok $? "no name is defined twice" "$bad"

bad=$(grep -Hn '^#include "' mlfunc/mlfunc.h mlfunc/double/*.[ch] |
    grep -vE '"mlfunc/(mlfunc|batch|strict|double/[a-z_0-9]+)\.h"')
[ -z "$bad" ]
ok $? "libmlfunc includes no header of ours but its own" "$bad"
bad=$(grep -HnE '#include <' mlfunc/mlfunc.h mlfunc/double/*.[ch] |
    grep -vE '<(assert|errno|fenv|float|inttypes|limits|math|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdlib|string|immintrin)\.h>')
[ -z "$bad" ]
ok $? "libmlfunc includes no other header but the standard's" "$bad"

# What libmlfunc leaves undefined, less what an empty program can be linked with.
nm -g --defined-only "$B/mlfunc/double/libdouble.a" | awk 'NF == 3 {print $3}' |
    sort -u > "$tmp/own"
nm -g --undefined-only "$B/mlfunc/double/libdouble.a" | awk '$1 == "U" {print $2}' |
    sort -u | comm -23 - "$tmp/own" > "$tmp/needed"
bad=$(grep -E '^(_*g?mp[nzqfr]|mpfr|flint|fmp[zq]|a[rc][bf]_|mag_|json|GOMP|omp)' "$tmp/needed")
[ -z "$bad" ] && [ -s "$tmp/needed" ]
ok $? "libmlfunc needs no symbol of GMP, MPFR, FLINT, OpenMP" "$bad"
finish
