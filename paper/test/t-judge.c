/* paper/test/t-judge.c - printed precision, verdicts, compared values. */
#include <string.h>

#include "paper/impl.h"
#include "validation/tap/tap.h"

/* Do the numbers that the text stands for reach from lo to hi? */
static bool
stands_for(const char *text, const char *lo, const char *hi)
{
    arb_t x, a;
    bool ok;

    arb_init(x);
    arb_init(a);
    mlpaper_printed(x, text, false);
    arb_set_str(a, lo, PREC);
    arb_get_mid_arb(a, a);
    ok = arb_contains(x, a);
    arb_set_str(a, hi, PREC);
    arb_get_mid_arb(a, a);
    ok = ok && arb_contains(x, a);
    arb_clear(x);
    arb_clear(a);
    return ok;
}

static mlpaper_verdict
judged(const char *nominal, const char *range, const char *printed)
{
    mlpaper_verdict v;
    arb_t n, r;

    arb_init(n);
    arb_init(r);
    mlpaper_printed(n, nominal, true);
    mlpaper_printed(r, range, false);
    v = mlpaper_judge(n, r, printed);
    arb_clear(n);
    arb_clear(r);
    return v;
}

static void
test_printed(void)
{
    arb_t x;

    tap_ok(stands_for("1.69", "1.68501", "1.69499"),
           "1.69 stands for 1.685 to 1.695");
    tap_ok(!stands_for("1.69", "1.6849", "1.69"), "and for nothing below");
    tap_ok(!stands_for("1.69", "1.69", "1.6951"), "and for nothing above");
    tap_ok(stands_for("205e3", "204501", "205499"),
           "205e3 stands for 204,500 to 205,500");
    tap_ok(!stands_for("2025e2", "202450", "202551"), "2025e2 is known to 50");
    tap_ok(!stands_for("=2.5", "2.5", "2.5000001"), "=2.5 is exact");
    arb_init(x);
    mlpaper_printed(x, "1.74e-4", true);
    tap_ok(mlpaper_mid(x) == 1.74e-4, "the nominal value is the decimal");
    arb_clear(x);
}

static void
test_verdicts(void)
{
    mlpaper_verdict v;
    bool all = true;

    tap_ok(judged("1.693773", "1.693773", "1.69") == MLPAPER_REPRODUCED,
           "a value that rounds to the printed one reproduces it");
    tap_ok(judged("7.336", "7.34", "7.32") == MLPAPER_INCONSISTENT,
           "a value and a range that do not reach are inconsistent");
    tap_ok(judged("7.336", "7.3", "7.32") == MLPAPER_CONSISTENT,
           "a range that meets the printed interval is consistent");
    for (int i = MLPAPER_NONE; i <= MLPAPER_NEEDS_DATA; i++) {
        const char *name = mlpaper_verdict_name((mlpaper_verdict)i);
        all = all && mlpaper_verdict_parse(&v, name) && v == (mlpaper_verdict)i;
    }
    tap_ok(all, "every verdict's name is read back");
    tap_ok(!mlpaper_verdict_parse(&v, "plausible"), "others are refused");
}

static void
test_values(void)
{
    tap_ok(mlpaper_same_computed("tau 5.93 ks", "tau 5.93 ks"),
           "equal texts agree");
    tap_ok(mlpaper_same_computed("tau 5.94 ks", "tau 5.93 ks"),
           "one unit of the last digit is allowed");
    tap_ok(!mlpaper_same_computed("tau 5.95 ks", "tau 5.93 ks"), "two are not");
    tap_ok(mlpaper_same_computed("0.4763691", "0.476"),
           "the ledger may give fewer digits");
    tap_ok(!mlpaper_same_computed("ML closer in 21 of 30",
                                  "ML closer in 22 of 30"),
           "counts are exact");
    tap_ok(!mlpaper_same_computed("5.93 ks", "5.93 s"), "words are exact");
    tap_ok(!mlpaper_same_computed("1 2", "1"), "nothing is left over");
    tap_ok(mlpaper_same_computed("5.5e-08 1/s", "5.4e-08 1/s"),
           "the unit knows the exponent");
    tap_ok(!mlpaper_same_computed("5.7e-08 1/s", "5.4e-08 1/s"),
           "and refuses three of it");
    tap_ok(!mlpaper_same_computed("-0.45", "0.45"), "signs count");
    tap_ok(!mlpaper_same_computed("nan", "0.45"), "nan is no number");
}

static void
test_pretty(void)
{
    char out[200];

    mlpaper_pretty(out, sizeof out, "<|r|^2> (t/tau)^beta' >= 3.0 A");
    tap_ok(strcmp(out, "\u27e8|r|\u00b2\u27e9 (t/\u03c4)^\u03b2\u2032 "
                       "\u2265 3.0 \u00c5")
               == 0,
           "averages, Greek letters, powers, signs and units");
    mlpaper_pretty(out, sizeof out, "point of interest: 2 < 3, staufen");
    tap_ok(strcmp(out, "point of interest: 2 < 3, staufen") == 0,
           "words that contain letters' names stay");
    mlpaper_pretty(out, 6, "abcdefgh");
    tap_ok(strlen(out) < 6, "never more than the room there is");
}

int
main(void)
{
    tap_plan(26);
    test_printed();
    test_verdicts();
    test_values();
    test_pretty();
    return tap_done();
}
