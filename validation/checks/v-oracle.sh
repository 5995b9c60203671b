#!/bin/sh
# validation/checks/v-oracle.sh - certified values against mpmath (TAP).
#
# validation/oracle.py recomputes the certified tables from the definition at 60
# digits, and asks mlref for values and derivatives at random points and for
# values that identities tie together; no code is shared.  All rows and 2500
# points when ML_EFFORT is 10 or more, else 60 per unit of it.  Each must also find a fault planted in the
# last digits.  Skipped where `make peers` was not run.

. validation/tap/tap.sh

python=$B/peers/bin/python
tables=reference/tables
effort=${ML_EFFORT:-1}
seed=${ML_SEED:-$(date +%s)}

oracle() { # ARGUMENT...: its output and errors in $tmp, its status
    "$python" validation/oracle.py --seed "$seed" "$@" > "$tmp/out" 2> "$tmp/err"
}
count() { # NAME: the number that a summary line has
    awk -F '\t' -v name="# $1" '$1 == name { print $2 }' "$tmp/out"
}

"$python" -c 'import mpmath' 2> /dev/null \
    || skip_all "no mpmath: make peers installs it"
plan 12
echo "# ML_SEED=$seed ML_EFFORT=$effort"

set -- "$tables/mittag-leffler.tsv" "$tables/ml-relaxation.tsv" \
    "$tables/ml-siegert.tsv" "$tables/kww.tsv"
all=$(cat "$@" | grep -c '^[a-z]*-[0-9]')
rows=$((60 * (effort > 0 ? effort : 1)))
[ "$effort" -lt 10 ] && [ "$rows" -lt "$all" ] || rows=$all
oracle --table "$@" --rows "$rows"
[ $? = 0 ] && [ "$(count disagree)" = 0 ]
ok $? "$(count confirmed) of $rows rows of the tables are right to 40 digits"
[ "$(count rows)" = "$rows" ] && [ "$(count unreached)" -le $((1 + rows / 200)) ]
ok $? "... $(count unreached) are out of the oracle's reach"

points=$rows
[ "$effort" -lt 10 ] || points=$((250 * effort))
oracle --random "$points" --mlref "$mlref"
[ $? = 0 ] && [ "$(count 'random disagree')" = 0 ]
ok $? "$(count 'random confirmed') of $points random points are inside mlref's ball"
missing=$(($(count 'random unreached') + $(count 'random without value')))
[ "$missing" -le $((1 + points / 50)) ]
ok $? "... $missing have no value on one side"

derivatives=$((60 * (effort > 0 ? effort : 1)))
oracle --derivatives "$derivatives" --mlref "$mlref"
[ $? = 0 ] && [ "$(count 'derivatives disagree')" = 0 ]
ok $? "$(count 'derivatives confirmed') of $derivatives derivatives are inside mlref's ball"
missing=$(($(count 'derivatives unreached') + $(count 'derivatives without value')))
[ "$missing" -le $((1 + derivatives / 50)) ]
ok $? "... $missing have no value on one side"

identities=$((160 * (effort > 0 ? effort : 1)))
oracle --identities "$identities" --mlref "$mlref"
[ $? = 0 ] && [ "$(count values)" -ge "$identities" ]
ok $? "identities hold between $(count values) values of mlref"
[ "$(count 'without value')" = 0 ]
ok $? "... and mlref has a value at every point"

# The 40th digit of every value moved by one: no row may pass.
awk -F '\t' -v OFS='\t' '/^ml-/ {
    at = match($6, /[eE=]/) ? RSTART - 1 : length($6)
    digit = (substr($6, at, 1) + 1) % 10
    $6 = substr($6, 1, at - 1) digit substr($6, at + 1)
} { print }' "$1" > "$tmp/table"
oracle --table "$tmp/table" --rows 20
[ $? = 1 ] && [ "$(count confirmed)" = 0 ] && [ "$(count disagree)" -ge 18 ]
ok $? "control: last digits off by one: $(count disagree) of 20 rows disagree"

# The same of what mlref prints: only its own radius may hide it.
cat > "$tmp/mlref" << 'END'
#!/bin/sh
"$MLREF" "$@" | awk -F '\t' -v OFS='\t' '$8 == "ok" && $7 + 0 > 0 {
    at = match($5, /[eE]/) ? RSTART - 1 : length($5)
    at -= 4
    $5 = substr($5, 1, at - 1) (substr($5, at, 1) + 5) % 10 substr($5, at + 1)
} { print }'
END
chmod +x "$tmp/mlref"
MLREF=$mlref oracle --identities 60 --mlref "$tmp/mlref"
code=$?
failed=$(awk -F '\t' 'NF == 4 && /^#/ { n += $3 } END { print n + 0 }' "$tmp/out")
[ $code = 1 ] && [ "$failed" -ge 40 ]
ok $? "control: one of the last digits off by 5: $failed identities fail"
MLREF=$mlref oracle --random 20 --mlref "$tmp/mlref"
[ $? = 1 ] && [ "$(count 'random disagree')" -ge 12 ]
ok $? "control: the same: $(count 'random disagree') of 20 random points are outside"
MLREF=$mlref oracle --derivatives 24 --mlref "$tmp/mlref"
[ $? = 1 ] && [ "$(count 'derivatives disagree')" -ge 12 ]
ok $? "control: the same: $(count 'derivatives disagree') of 24 derivatives are outside"
finish
