#!/bin/sh
# validation/tags.sh - contract, proof and test are tied by name (TAP).
#
# A tag "[room X1]" in a header or source names a numbered statement in
# ROOM/README.md, a heading "### X1".  Every tag must resolve, and a test of
# the room (or a check in validation) must name every numbered statement.

rooms="base mlfunc fit simulate reference paper"
n=0
fail=0

result() { # STATUS TEXT DETAIL
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        fail=1
        echo "not ok $n - $2"
        printf '%s\n' "$3" | sed 's/^/# /'
    fi
}

echo "TAP version 13"
echo "1..$(($(echo $rooms | wc -w) * 2))"
for r in $rooms; do
    stated=$(sed -n 's/^### \([A-Z][0-9][0-9]*\).*/\1/p' $r/README.md | sort -u)
    used=$(grep -rhoE "\[$r [A-Z][0-9]+\]" --include='*.c' --include='*.h' \
        $rooms cli validation | sed 's/.* \(.*\)\]/\1/' | sort -u)
    bad=''
    for t in $used; do
        echo "$stated" | grep -qx "$t" || bad="$bad [$r $t]"
    done
    [ -z "$bad" ]
    result $? "$r: every tag names a statement of its README" "unresolved:$bad"

    bad=''
    for t in $stated; do
        grep -rqE "\[$r $t\]" $r/test validation/checks || bad="$bad $t"
    done
    [ -z "$bad" ]
    result $? "$r: a test names every numbered statement" "no test names:$bad"
done
exit $fail
