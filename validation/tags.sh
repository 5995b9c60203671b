#!/bin/sh
# validation/tags.sh - contract, proof and test are tied by name (TAP).
#
# A tag "[room X1]" in a header or source names a numbered statement in
# ROOM/README.md, a heading "### X1".  No number is there twice, every tag must
# resolve, and a test of the room (or a check in validation) must name every
# numbered statement.

. validation/tap/tap.sh

rooms="base mlfunc fit simulate reference paper validation"

plan $(($(echo $rooms | wc -w) * 3))
for r in $rooms; do
    all=$(sed -n 's/^### \([A-Z][0-9][0-9]*\).*/\1/p' $r/README.md | sort)
    stated=$(echo "$all" | uniq)
    [ "$all" = "$stated" ]
    ok $? "$r: every number states one thing" \
        "stated twice: $(echo "$all" | uniq -d)"

    used=$(grep -rhoE "\[$r [A-Z][0-9]+\]" --include='*.c' --include='*.h' \
        $rooms cli validation | sed 's/.* \(.*\)\]/\1/' | sort -u)
    bad=''
    for t in $used; do
        echo "$stated" | grep -qx "$t" || bad="$bad [$r $t]"
    done
    [ -z "$bad" ]
    ok $? "$r: every tag names a statement of its README" "unresolved:$bad"

    bad=''
    for t in $stated; do
        grep -rqE "\[$r $t\]" $r/test validation/checks || bad="$bad $t"
    done
    [ -z "$bad" ]
    ok $? "$r: a test names every numbered statement" "no test names:$bad"
done
finish
