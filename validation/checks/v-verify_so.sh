#!/bin/sh
# validation/checks/v-verify_so.sh - verify --so: functions of libraries (TAP).
#
# A library does to its process what it likes: each fault costs its own point,
# under the right name, and nothing is left.

. validation/tap/tap.sh
. validation/tap/verify.sh

so=$tmp/bad_so.so
${CC:-cc} -std=gnu11 -O1 -fPIC -shared -o "$so" reference/adapters/bad_so.c \
    -lm 2> "$tmp/err" || skip_all "no compiler makes the library"
cat > "$tmp/loading.c" << 'END'
#include <stdlib.h>
#include <unistd.h>
extern double missing(double);
double f(double a, double b, double z) { return a + b + z; }
__attribute__((constructor)) static void
load(void)
{
#ifdef DIES
    abort();
#elif defined(EXITS)
    exit(0);
#elif defined(NEEDS)
    f(missing(1), 0, 0);
#endif
}
END
for how in DIES EXITS NEEDS; do
    ${CC:-cc} -fPIC -shared -D$how -o "$tmp/$how.so" "$tmp/loading.c" || exit 1
done

# alpha = beta = 1: 300 points of which nothing befalls, among them some with a
# subnormal value, and the 23 that something befalls
awk -v OFS='\t' 'BEGIN {
    print "id", "alpha", "beta", "z"
    for (k = 1; k <= 300; k++) {
        print "k" k, 1, 1, k % 7 == 0 ? -740 : "0x" sprintf("%x", k) "p-60"
        if (k % 10 == 0 && k / 10 <= 23) print "z" k / 10, 1, 1, k / 10
    }
}' > "$tmp/faults.tsv"
awk -v OFS='\t' '/^id/ { print $1, $2, $3, "re_z", "im_z"; next }
    { print $0, 0.5 }' "$tmp/faults.tsv" > "$tmp/faults_zz.tsv"

verify_later real --points "$tmp/faults.tsv" --time-limit 10 --so "$so:bad"
verify_later complex --points "$tmp/faults_zz.tsv" --time-limit 10 \
    --so "$so:bad_zz@zz" --jobs 3

names='hang crash crash crash crash ok ok ok ok hang hang ok crash ok nan inf
    crash crash crash ok ok hang wrong'
what='spins for ever|writes to address 0|aborts|calls exit(0)
closes every descriptor|closes the standard streams
changes rounding, traps, locale, directory, limits|prints 32 MB
prints 32 MB to standard error|ignores all signals and spins|stops itself
leaves a daemon|dies beside a child that holds the pipes|forks|gives nan
gives inf|jumps to nowhere|overflows the stack|ends its process group
sets an alarm|takes all the memory it gets|waits for a signal|is wrong by 1e-9'

plan 66

check_names() { # MOOD
    i=0
    echo "$what" | tr '|' '\n' > "$tmp/what"
    for want in $names; do
        i=$((i + 1))
        got=$(kind z$i)
        [ "$got" = $want ]
        ok $? "$1: $(sed -n ${i}p "$tmp/what"): $want" "got $got"
    done
    [ "$(count n all)" = 323 ] && [ "$(count ok all)" = 308 ] && [ $code = 0 ]
    ok $? "$1: the 300 others are right, to the subnormal ones"
}
fetch_later real
check_names real
[ "$(wc -c < "$tmp/err")" -lt 70000 ]
ok $? "what it wrote to standard error is cut off"
fetch_later complex
check_names complex
gone ${mark}0
ok $? "nothing is left, neither daemons nor those that hold pipes"

# ------------------------------------------------- what cannot be loaded or meant
refused() { # CODE TEXT CLAIM ARGS...: that exit code, that text
    want=$1
    text=$2
    claim=$3
    shift 3
    verify "$@"
    [ $code = "$want" ] && grep -q -e "$text" "$tmp/err"
    ok $? "$claim" "exit code $code"
}
printf 'alpha\tbeta\tz\n1\t1\t0\n1\t1\t0.5\n' > "$tmp/two.tsv"
two="--points $tmp/two.tsv --so"
refused 5 'cannot load "/nowhere.so": .*No such file' "no file: its name" \
    $two /nowhere.so:f
refused 5 "cannot load \"$tmp/loading.c\"" "no library: its name" \
    $two "$tmp/loading.c:f"
refused 5 'undefined symbol: missing' "what the library lacks" \
    $two "$tmp/NEEDS.so:f"
refused 5 "no function \"good\" in \"$so\": .*undefined symbol" \
    "no such function: both names" $two "$so:good"
refused 5 '"bad_data" in .* is data' "data is no function" $two "$so:bad_data"
refused 5 'the process ends when' "a library that dies when it is loaded" \
    $two "$tmp/DIES.so:f"
refused 5 'the process ends when' "... or exits" $two "$tmp/EXITS.so:f"
for spec in bad_so.so "$so:" :bad "$so:@zz"; do
    refused 2 'expected LIB.so:SYMBOL' "--so ${spec##*/} is malformed" \
        --points "$tmp/two.tsv" --so "$spec"
done
refused 2 'choose real ones (--points real)' \
    "a real function and complex points: what to do" --points stokes --so "$so:bad"
refused 2 'one of --cmd, --so and --values' "--so and --cmd exclude each other" \
    $two "$so:bad" --cmd cat

verify --points "$tmp/two.tsv" --random 50 --so libm.so.6:fma
[ $code = 0 ] && [ "$(count n random)" = 50 ]
ok $? "a library is found by its name; random points are as real as the set"
verify --random 50 --so libm.so.6:fma
[ $code = 0 ] && [ "$(count n all)" = 50 ]
ok $? "random points alone are real for a real function"
cd "$tmp" && verify $two bad_so.so:bad --max-ulp 1
[ $code = 0 ] && [ "$(count ok all)" = 2 ]
ok $? "a file of this directory needs no slash"
finish
