/* mlfunc/test/t-double_elementary.c - exp, log, cos, sin, sqrt, arg in
 * double-double, against balls. */
#include <math.h>

#include <acb.h>

#include "mlfunc/double/elementary.h"
#include "validation/tap/tap.h"

#define PREC 400

typedef struct {
    long n, above;
    double worst, at;
} tally;

/* |x - value 2^k| against bound. */
static void
judge(tally *t, dd x, const arb_t value, double bound, double at)
{
    arb_t d;
    arf_t f;

    arb_init(d);
    arf_init(f);
    arb_set_d(d, x.l);
    arf_set_d(f, x.h);
    arb_add_arf(d, d, f, ARF_PREC_EXACT);
    arb_sub(d, d, value, PREC);
    arb_get_abs_ubound_arf(f, d, 30);
    double ratio = arf_get_d(f, ARF_RND_UP) / bound;
    t->n++;
    t->above += !(ratio <= 1);
    if (ratio > t->worst) {
        t->worst = ratio;
        t->at = at;
    }
    arb_clear(d);
    arf_clear(f);
}

static void
claim(const tally *t, const char *what)
{
    tap_ok(t->n > 0 && t->above == 0, "%s", what);
    tap_note("%ld points, at most %.3f of the bound, at %a", t->n, t->worst,
             t->at);
    tap_ok(t->worst > 0.001, "%s: more than 1/1000 of it", what);
}

static void
set(arb_t y, dd x)
{
    arf_t f;

    arf_init(f);
    arb_set_d(y, x.l);
    arf_set_d(f, x.h);
    arb_add_arf(y, y, f, ARF_PREC_EXACT);
    arf_clear(f);
}

/* x with a low part: any, none, or the largest. */
static dd
with_low(tap_random *r, double x)
{
    double u = x * 0x1p-53;

    switch (tap_random_int(r, 0, 2)) {
    case 0:
        return dd_quick_two_sum(x, u * tap_random_range(r, -1, 1));
    case 1:
        return (dd){x, 0};
    default:
        return dd_quick_two_sum(x, tap_random_int(r, 0, 1) ? u : -u);
    }
}

/* Any number up to most, on the steps of a table or between two. */
static double
anywhere(tap_random *r, double most, double step)
{
    double x = tap_random_log(r, most * 0x1p-60, most);

    if (tap_random_int(r, 0, 1))
        x = rint(x / step + (tap_random_int(r, 0, 1) ? 0.5 : 0)) * step;
    return tap_random_int(r, 0, 1) ? x : -x;
}

static void
exponentials(tally *t, tally *k, tap_random *r)
{
    dd x = with_low(r, anywhere(r, tap_random_int(r, 0, 1) ? 0x1p29 : 800,
                                ml_elementary.exp_step[0] / 2));
    dd_scaled e;
    arb_t y;

    if (fabs(x.h) > 0x1p29)
        return;
    e = dd_exp(x);
    arb_init(y);
    set(y, x);
    arb_exp(y, y, PREC);
    arb_mul_2exp_si(y, y, -e.k);
    judge(t, e.m, y, ML_EXP_ERROR(x) * e.m.h, x.h);
    k->n++;
    k->above += !(e.m.h > 0.99 && e.m.h < 2.01);
    arb_clear(y);
}

static void
logarithms(tally *t, tap_random *r)
{
    double h;
    arb_t y;

    switch (tap_random_int(r, 0, 3)) {
    case 0:
        h = ldexp(1, (int)tap_random_int(r, -999, 999));
        h *= 1 + tap_random_log(r, 0x1p-52, 1);
        break;
    case 1: /* the ends of the intervals of the first table */
        h = 1 + (double)tap_random_int(r, -76, 105) / 256;
        h *= 1 + (double)tap_random_int(r, -2, 2) * 0x1p-52;
        break;
    case 2:
        h = 1 + anywhere(r, 0.01, 0x1p-16);
        break;
    default:
        h = tap_random_range(r, 0.5, 2);
    }
    dd x = with_low(r, h), l = dd_log(x);
    arb_init(y);
    set(y, x);
    arb_log(y, y, PREC);
    judge(t, l, y, ML_LOG_ERROR(l), x.h);
    arb_clear(y);
}

static void
circle(tally *t, tap_random *r)
{
    dd x = with_low(r, anywhere(r, tap_random_int(r, 0, 1) ? 0x1p42 : 10,
                                ml_elementary.sin_step[0] / 2));
    dz e;
    arb_t y, s, c;

    if (fabs(x.h) > 0x1p42)
        return;
    e = dd_cis(x);
    arb_init(y);
    arb_init(s);
    arb_init(c);
    set(y, x);
    arb_sin_cos(s, c, y, PREC);
    judge(t, e.re, c, ML_CIS_ERROR(x), x.h);
    judge(t, e.im, s, ML_CIS_ERROR(x), x.h);
    arb_clear(y);
    arb_clear(s);
    arb_clear(c);
}

static void
roots(tally *t, tap_random *r)
{
    dd x = with_low(r, tap_random_log(r, 0x1p-900, 0x1p900)), s = dd_sqrt(x);
    arb_t y;

    arb_init(y);
    set(y, x);
    arb_sqrt(y, y, PREC);
    judge(t, s, y, 0x1p-103 * s.h, x.h);
    arb_clear(y);
}

static void
angles(tally *t, tally *relative, tally *steps, tap_random *r)
{
    double size = tap_random_log(r, 0x1p-499, 0x1p499);
    double turn = tap_random_range(r, -1, 1) * DD_PI.h;
    double x = size * cos(turn), y = size * sin(turn);
    arb_t a, b;

    if (tap_random_int(r, 0, 3) == 0)
        y *= tap_random_log(r, 0x1p-300, 1);
    if (tap_random_int(r, 0, 3) == 0)
        x *= tap_random_log(r, 0x1p-300, 1);
    if (tap_random_int(r, 0, 9) == 0)
        y = tap_random_int(r, 0, 1) ? 0 : x;
    dd v = dd_arg(x, y);
    arb_init(a);
    arb_init(b);
    arb_set_d(a, x);
    arb_set_d(b, y);
    arb_atan2(a, b, a, PREC);
    judge(t, v, a, ML_ARG_ERROR, y / x);
    if (x > 0 && fabs(v.h) > 0x1p-900)
        judge(relative, v, a, 0x1p-93 * fabs(v.h), y / x);
    double step = fabs(atan2(fabs(y), x)) * ml_elementary.sin_rate;
    double off = fabs(step - double_arg_step(x, fabs(y)));
    steps->n++;
    steps->worst = fmax(steps->worst, off);
    arb_clear(a);
    arb_clear(b);
}

/* The start of arg on a fine grid of slopes, in all octants. */
static double
worst_start(void)
{
    double worst = 0;

    for (int i = 0; i <= 4096; i++) {
        for (int octant = 0; octant < 4; octant++) {
            double x = octant & 1 ? i / 4096.0 : 1,
                   y = octant & 1 ? 1 : i / 4096.0;

            x = octant & 2 ? -x : x;
            double step = atan2(y, x) * ml_elementary.sin_rate;
            worst = fmax(worst, fabs(step - double_arg_step(x, y)));
        }
    }
    return worst;
}

static void
scaling(void)
{
    bool ok = double_ldexp(1, -1074) == 0x1p-1074 && double_ldexp(3, -1076) > 0
              && double_ldexp(1, -1076) == 0
              && double_ldexp(1, 1023) == 0x1p1023
              && isinf(double_ldexp(1, 1024)) && double_ldexp(0, 1LL << 40) == 0
              && double_ldexp(0x1p-1074, 2097) == 0x1p1023
              && double_ldexp(0x1.8p1023, -2097) == 0x1p-1073
              && double_ldexp(-1.5, 1) == -3 && double_ldexp(1, -5000) == 0;
    dd x = dd_by_power((dd){3, 0x1p-60}, -7),
       y = dd_ldexp((dd){3, 0x1p-60}, -7);

    tap_ok(ok, "numbers are scaled by any power of 2");
    tap_ok(x.h == 0x1.8p-6 && x.l == 0x1p-67 && y.h == x.h && y.l == x.l,
           "and pairs of numbers");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    tally e = {0}, k = {0}, l = {0}, c = {0}, s = {0}, a = {0}, b = {0},
          steps = {0};

    tap_plan(16);
    for (long i = 0, n = tap_effort(20000); i < n; i++) {
        exponentials(&e, &k, &r);
        logarithms(&l, &r);
        circle(&c, &r);
        roots(&s, &r);
        angles(&a, &b, &steps, &r);
    }
    claim(&e, "[mlfunc D20] exp is within its bound");
    claim(&l, "[mlfunc D21] log is within its bound");
    claim(&c, "[mlfunc D22] cos and sin are within their bound");
    claim(&s, "[mlfunc D20] sqrt is within its bound");
    claim(&a, "[mlfunc D23] arg is within its bound");
    claim(&b, "[mlfunc D23] relative to the result right of the origin");
    tap_ok(k.above == 0, "[mlfunc D20] the mantissa of exp is between 1 and 2");
    double start = fmax(steps.worst, worst_start());
    tap_ok(start > 0.5 && start < 0.551,
           "[mlfunc D23] arg starts within 0.551 steps (%.3f)", start);
    scaling();
    return tap_done();
}
