#!/bin/sh
# validation/checks/v-verify_truth.sh - verify finds what was planted (TAP).
#
# A right evaluator (the certified table itself) is wrapped: by seed, errors of
# 1 ulp, 2 ulp, of sign, of branch, nan, inf, hangs, deaths, garbage and refusals
# are planted at one point or all over a region, behind a program and behind a
# shared object.  verify must name each, in its region, with its size, and
# raise no alarm at half an ulp.  ML_EFFORT scales the number of seeds.

. validation/tap/tap.sh

seed=${ML_SEED:-20240803}
runs=$((4 * ${ML_EFFORT:-1}))
cc=${CC:-cc}

plan $((2 + 2 * runs))

# A thin set, so that a run takes seconds; complex, so that every field is sent.
"$mlref" table mittag-leffler --points small --output "$tmp/small" 2> "$tmp/err"
awk -F '\t' '!/^#/ && !n++ { for (i = 1; i <= NF; i++) c[$i] = i
        print "id\talpha\tbeta\tre_z\tim_z\tregion"; next }
    /^#/ { next }
    { k[$c["region"]]++
      if (k[$c["region"]] % 3 == 1) {
          re = ("re_z" in c) ? $c["re_z"] : $c["z"]
          im = ("im_z" in c) ? $c["im_z"] : "0x0p+0"
          print $c["id"] "\t" $c["alpha"] "\t" $c["beta"] "\t" re "\t" im \
              "\t" $c["region"] } }' "$tmp/small" > "$tmp/thin"
awk -F '\t' '/^#/ { next }
    !n++ { for (i = 1; i <= NF; i++) c[$i] = i; next }
    $c["im_z"] != "0x0p+0" && ++k % 29 == 1 {
        print $1 "\t" $2 "\t" $3 "\t" $4 "\t" $5 "\tplane-" (k % 2 + 1) }' \
    reference/tables/mittag-leffler.tsv | head -n 60 >> "$tmp/thin"
"$mlref" table mittag-leffler --points "$tmp/thin" --output "$tmp/table" \
    2> "$tmp/err"
rows=$(grep -c '^ml-' "$tmp/table")
regions=$(grep '^ml-' "$tmp/table" | awk -F '\t' '{ print $NF }' | sort -u | wc -l)
[ "$rows" -ge 60 ] && [ "$regions" -ge 8 ]
ok $? "a certified table of $rows rows in $regions regions is the evaluator"
$cc -O1 -o "$tmp/planted" reference/adapters/planted.c 2> "$tmp/err" &&
    $cc -O1 -shared -fPIC -DSHARED -o "$tmp/planted.so" \
        reference/adapters/planted.c 2>> "$tmp/err"
ok $? 'the wrapper compiles as a program and as a shared object'

verify() { # FRONT RUN
    if [ "$1" = so ]; then
        set -- "$2" --so "$tmp/planted.so:planted@zz"
    else
        set -- "$2" --cmd "$tmp/planted $tmp/$1.$2.answers"
    fi
    run=$1
    shift
    PLANTED="$tmp/$front.$run.answers" "$mlref" verify \
        --function mittag-leffler --points "$tmp/table" --wire hex \
        --max-ulp 0.7072 --time-limit 3 --jobs 2 \
        --details "$tmp/$front.$run.details" --format tsv "$@" \
        > "$tmp/$front.$run.summary" 2> "$tmp/$front.$run.err"
}

for front in cmd so; do
    for run in $(seq "$runs"); do
        perl validation/planted.pl plant $((seed + run)) "$front" \
            "$tmp/table" "$tmp/$front.$run.answers" \
            "$tmp/$front.$run.expected" > "$tmp/$front.$run.what"
        verify "$front" "$run" &
        # eight at a time: most of it is waiting
        started=$((${started:-0} + 1))
        [ $((started % 8)) = 0 ] && wait
    done
done
wait
for front in cmd so; do
    for run in $(seq "$runs"); do
        perl validation/planted.pl judge "$tmp/$front.$run.expected" \
            "$tmp/$front.$run.details" "$tmp/$front.$run.summary" \
            > "$tmp/out" 2>&1
        rc=$?
        what=$(tr '\n' ';' < "$tmp/$front.$run.what" | sed 's/;$//; s/;/; /g')
        ok $rc "--$front, seed $((seed + run)): $(tail -n 1 "$tmp/out"): $what" \
            "$(head -n 20 "$tmp/out"; cat "$tmp/$front.$run.err")"
    done
done
finish
