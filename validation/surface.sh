#!/bin/sh
# validation/surface.sh - every public function is reached by a test (TAP).
#
# Public is what the headers at the top of a room declare, but for impl.h and
# those that include it.  It is reached when a test program or a check names
# it, or a verb of mlref does, whose tests are the scripts in cli/test.  What
# nothing names is listed.

. validation/tap/tap.sh

rooms="base mlfunc fit simulate reference paper"

plan $(echo $rooms | wc -w)
for r in $rooms; do
    names=$(cat $(grep -L 'impl\.h' $r/*.h) |
        tr '\n' ' ' | sed 's|/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/| |g' |
        grep -oE '\b(ml|mlio|mlfit|mlsim|mltab|mlpaper)_[a-z0-9_]+ *\(' |
        tr -d ' (' | sort -u)
    bad=''
    for f in $names; do
        grep -rqw "$f" $r/test validation/checks cli/*.c 2> /dev/null ||
            bad="$bad $f"
    done
    [ -z "$bad" ]
    ok $? "$r: every public function is reached by a test" "never named:$bad"
done
finish
