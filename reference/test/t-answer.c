/* reference/test/t-answer.c - what lines mean. */
#include <math.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

static const struct {
    const char *line;
    mltab_kind kind;
    double re, im;
} cases[] = {
    {"1", MLTAB_OK, 1, 0},
    {"-0.25", MLTAB_OK, -0.25, 0},
    {"  1.5E+00 \r", MLTAB_OK, 1.5, 0},
    {".5", MLTAB_OK, 0.5, 0},
    {"2.", MLTAB_OK, 2, 0},
    {"0.15D+01", MLTAB_OK, 1.5, 0},
    {"0x1.8p+1", MLTAB_OK, 3, 0},
    {"0xdp0", MLTAB_OK, 13, 0},
    {"0x1.91EB851EB851FP+1", MLTAB_OK, 3.14, 0},
    {"0.15q+01", MLTAB_GARBAGE, 0, 0},
    {"0.15000000000000000-100", MLTAB_OK, 0.15e-100, 0},
    {"-1.5+100", MLTAB_OK, -1.5e100, 0},
    {"1.5-10", MLTAB_GARBAGE, 0, 0},
    {"15-100", MLTAB_GARBAGE, 0, 0},
    {"1.5+-100", MLTAB_GARBAGE, 0, 0},
    {"1.5e1-100", MLTAB_GARBAGE, 0, 0},
    {"-1.5-100\t1.5D-3", MLTAB_OK, -1.5e-100, 1.5e-3},
    {"********", MLTAB_GARBAGE, 0, 0},
    {"1e-400", MLTAB_OK, 0, 0},
    {"1\t-2", MLTAB_OK, 1, -2},
    {"1\t 2e0", MLTAB_OK, 1, 2},
    {"nan", MLTAB_NAN, 0, 0},
    {"NaN", MLTAB_NAN, 0, 0},
    {"-nan", MLTAB_NAN, 0, 0},
    {"nan(0x8d)", MLTAB_NAN, 0, 0},
    {"NA", MLTAB_NAN, 0, 0},
    {"NA\t0", MLTAB_NAN, 0, 0},
    {"NaN\r", MLTAB_NAN, 0, 0},
    {"1\tnan", MLTAB_NAN, 0, 0},
    {"inf", MLTAB_INF, HUGE_VAL, 0},
    {"-inf", MLTAB_INF, -HUGE_VAL, 0},
    {"Inf", MLTAB_INF, HUGE_VAL, 0},
    {"1e400", MLTAB_INF, HUGE_VAL, 0},
    {"-1e400", MLTAB_INF, -HUGE_VAL, 0},
    {"-Infinity", MLTAB_INF, -HUGE_VAL, 0},
    {"+INFINITY", MLTAB_INF, HUGE_VAL, 0},
    {"-0", MLTAB_OK, 0, 0},
    {"0\t-inf", MLTAB_INF, 0, -HUGE_VAL},
    {"refuse", MLTAB_REFUSED, 0, 0},
    {"", MLTAB_GARBAGE, 0, 0},
    {"refused", MLTAB_GARBAGE, 0, 0},
    {"1 2", MLTAB_GARBAGE, 0, 0},
    {"1\t2\t3", MLTAB_GARBAGE, 0, 0},
    {"1\t", MLTAB_OK, 1, 0},
    {"\t1", MLTAB_GARBAGE, 0, 0},
    {"1+2i", MLTAB_GARBAGE, 0, 0},
    {"1,5", MLTAB_GARBAGE, 0, 0},
    {"warning: no", MLTAB_GARBAGE, 0, 0},
    {"1e", MLTAB_GARBAGE, 0, 0},
    {"--1", MLTAB_GARBAGE, 0, 0},
};
enum { N = sizeof cases / sizeof *cases };

int
main(void)
{
    mltab_verdict v;
    tap_plan(N + 3);
    for (size_t i = 0; i < N; i++) {
        memset(&v, 0, sizeof v);
        mltab_parse_answer(&v, cases[i].line, strlen(cases[i].line));
        bool number = v.kind == MLTAB_OK || v.kind == MLTAB_INF;
        bool ok = v.kind == cases[i].kind
                  && (!number || (v.re == cases[i].re && v.im == cases[i].im));
        if (!tap_ok(ok, "\"%s\" is %s", cases[i].line,
                    mltab_kind_name(cases[i].kind))) {
            tap_yaml("got", "%s %a %a", mltab_kind_name(v.kind), v.re, v.im);
        }
    }
    mltab_parse_answer(&v, "1\0", 2);
    tap_ok(v.kind == MLTAB_GARBAGE, "a NUL byte is garbage");
    static char digits[1001] = "3.";
    memset(digits + 2, '3', 998);
    mltab_parse_answer(&v, digits, 1000);
    tap_ok(v.kind == MLTAB_OK && v.re == 0xap0 / 3,
           "a thousand digits are read");
    static char longest[MLTAB_LINE + 2];
    memset(longest, '1', sizeof longest);
    mltab_parse_answer(&v, longest, sizeof longest);
    tap_ok(v.kind == MLTAB_GARBAGE, "more digits than any number is garbage");
    return tap_done();
}
