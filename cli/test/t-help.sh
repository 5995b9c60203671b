#!/bin/sh
# cli/test/t-help.sh - every example that a help text shows runs (TAP).
#
# Examples are the lines after "examples:", run in order by sh with mlref in
# PATH, from a directory where the files of the project can be read.

. cli/test/lib.sh

"$mlref" --help > "$tmp/help" || exit 1
verbs=$(sed -n '/^usage/,/^exit/s/^  \([a-z]*\)  .*/\1/p' "$tmp/help")

# VERB<TAB>EXAMPLE, all of them.
examples() { # VERB FILE
    sed -n '/^examples:/,$s/^  //p' "$2" | sed "s/^/$1$tab/"
}
examples mlref "$tmp/help" > "$tmp/examples"
bad_usage=
few=
for v in $verbs; do
    "$mlref" "$v" --help > "$tmp/$v.help" 2> "$tmp/err"
    [ $? = 0 ] && [ ! -s "$tmp/err" ] || bad_usage="$bad_usage $v"
    sed 1q "$tmp/$v.help" | grep -q "^usage: mlref $v" \
        || bad_usage="$bad_usage $v"
    examples "$v" "$tmp/$v.help" > "$tmp/some"
    [ -s "$tmp/some" ] || few="$few $v"
    cat "$tmp/some" >> "$tmp/examples"
done

plan $((4 + $(wc -l < "$tmp/examples")))
is "$(echo $verbs)" \
    'eval verify table diff explain asymptotics fit simulate paper selftest version' \
    'the verbs'
is "$bad_usage" '' 'VERB --help begins with its usage, exit 0, nothing on stderr'
is "$few" '' 'every verb has examples'
wide=$(cat "$tmp"/*.help "$tmp/help" | sed '/^examples:/,$d' \
    | awk 'length > 80')
is "$wide" '' 'help fits 80 columns'

# What a reader has: the program in PATH and the project's files.
mkdir "$tmp/bin" "$tmp/at"
ln -s "$mlref" "$tmp/bin/mlref"
for room in base mlfunc fit simulate reference paper validation; do
    ln -s "$root/$room" "$tmp/at/$room"
done
while IFS= read -r line; do
    verb=${line%%"$tab"*}
    example=${line#*"$tab"}
    (cd "$tmp/at" && PATH=$tmp/bin:$PATH sh -c "$example") \
        > "$tmp/out" 2> "$tmp/err" < /dev/null
    rc=$?
    [ $rc = 0 ] && [ -s "$tmp/out" ]
    ok $? "$verb: $example" "exit $rc
$(head -n 5 "$tmp/err")"
done < "$tmp/examples"

finish
