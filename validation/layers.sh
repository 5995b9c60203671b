#!/bin/sh
# validation/layers.sh - the arrows between the rooms, checked two ways (TAP).
#
# By includes: a room's files include only headers of the rooms it uses, and
# never another room's impl.h or a header below its top.  By symbols: what an
# archive leaves undefined is defined by itself, by a room it uses, or by no
# room of ours.

. validation/tap/tap.sh

rooms="base mlfunc fit simulate reference paper cli validation"
libs="base mlfunc fit simulate reference paper"

uses() {
    sed -n "s/^$1-uses :=//p" "$1/module.mk"
}

plan $(($(echo $rooms | wc -w) * 2 + $(echo $libs | wc -w)))

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
            validation/sampler.h) # the frozen points, for benchmarks
                case $line in
                */bench/*) ok=yes ;;
                esac
                ;;
            esac
            [ $ok = yes ] || echo "$line"
        done)
    [ -z "$bad" ]
    ok $? "$r includes only what its module.mk allows" "$bad"

    bad=$(find $r -name '*.[ch]' | xargs -r grep -HnE 'include ".*(impl|/ball/.*)\.h"' |
        grep -v "\"$r/" || true)
    [ -z "$bad" ]
    ok $? "$r includes no other room's impl.h" "$bad"
done

for r in $libs; do
    nm -g --defined-only "$B/$r/lib$r.a" 2> /dev/null |
        awk 'NF == 3 {print $3}' | sort -u > "$tmp/$r.def"
    nm -g --undefined-only "$B/$r/lib$r.a" 2> /dev/null |
        awk '$1 == "U" {print $2}' | sort -u > "$tmp/$r.und"
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
    ok $? "lib$r.a needs no symbol of a room it may not use" "$bad"
done
finish
