/* mlfunc/test/t-double_rgamma.c - eight reciprocal gammas against balls. */
#include <arb_poly.h>

#include "mlfunc/double/rgamma.h"
#include "mlfunc/test/value_truth.h"

#define PREC 700

/* alpha and beta where something is delicate; first up to 40. */
static void
random_point(double *alpha, double *beta, double *first, tap_random *r, long i)
{
    *alpha = ldexp(1 + tap_random_unit(r), (int)tap_random_int(r, -6, 2));
    *beta = tap_random_range(r, -6, 8);
    *first =
        (double)(i % 3 ? tap_random_int(r, 0, 2) : tap_random_int(r, 0, 40));
    if (i % 4 == 0)
        *beta = rint(*beta);
    if (i % 5 == 0)
        *alpha =
            rint(*alpha * 4) / 4 + ldexp(1, -(int)tap_random_int(r, 1, 120));
    if (i % 7 == 0)
        *beta += ldexp(tap_random_unit(r), -(int)tap_random_int(r, 1, 190));
    if (i % 11 == 0)
        *alpha = tap_random_log(r, 0x1p-200, 1);
    if (i % 13 == 0)
        *alpha = rint(4 * *alpha) / 4;
    if (tap_random_u64(r) & 1)
        *alpha = -*alpha;
}

/* value and derivative of 1/Gamma at beta + alpha k; false: a pole of Gamma. */
static bool
truth(arb_ptr res, double alpha, double beta, double k)
{
    arb_struct y[2];
    arb_t t;

    arb_init(y);
    arb_init(y + 1);
    arb_init(t);
    arb_set_d(y, alpha);
    arb_mul_si(y, y, (slong)k, ARF_PREC_EXACT);
    arb_set_d(t, beta);
    arb_add(y, y, t, ARF_PREC_EXACT);
    arb_one(y + 1);
    bool pole = arb_is_int(y) && !arb_is_positive(y);
    _arb_poly_rgamma_series(res, y, 2, 2, PREC);
    if (pole)
        arb_zero(res);
    arb_clear(y);
    arb_clear(y + 1);
    arb_clear(t);
    return !pole;
}

typedef struct {
    value_share value, jet, slope;
    long zeros, zeros_bad, differ;
} tally;

static void
compare(tally *c, double alpha, double beta, double first)
{
    arb_ptr x = _arb_vec_init(2);
    octet g, h, d;
    double err[8];
    double eps = rgamma_octet(&g, alpha, beta, first);
    double eps_jet = rgamma_octet_jet(&h, &d, err, alpha, beta, first);

    if (eps < 1) {
        for (int k = 0; k < 8; k++) {
            bool regular = truth(x, alpha, beta, first + k);

            if (!regular) {
                c->zeros++;
                c->zeros_bad +=
                    !(g.h[k] == 0 && g.l[k] == 0 && h.h[k] == 0 && h.l[k] == 0);
            }
            value_share_add(&c->value, x, g.h[k], g.l[k],
                            eps * fabs(g.h[k]) * (1 + 0x1p-50), 0);
            value_share_add(&c->jet, x, h.h[k], h.l[k],
                            eps_jet * fabs(h.h[k]) * (1 + 0x1p-50), 0);
            value_share_add(&c->slope, x + 1, d.h[k], d.l[k], err[k], 0);
        }
    }
    octet some;
    eps = rgamma_some(&some, alpha, beta, first, 3);
    if (eps < 1) {
        double whole = rgamma_octet(&g, alpha, beta, first);
        for (int k = 0; k < 8 && whole < 1; k++) {
            int at = k < 3 ? k : 2;
            c->differ += some.h[k] != g.h[at] || some.l[k] != g.l[at];
        }
    }
    _arb_vec_clear(x, 2);
}

/* rgamma_split is exact but for 2 u^2, whatever cancels. */
static void
arguments(tap_random *r)
{
    value_share s = {.what = "beta + alpha k - n"};
    long bad = 0;
    arb_t y, t;

    arb_init(y);
    arb_init(t);
    for (long i = 0; i < tap_effort(4000); i++) {
        double alpha, beta, first, k;
        random_point(&alpha, &beta, &first, r, i);
        k = first + 1;
        if (i % 2) {
            /* so that alpha k + beta cancels up to the last bits */
            beta = -alpha * k + (double)tap_random_int(r, -3, 3);
            beta *= 1 + ldexp(1, -(int)tap_random_int(r, 40, 60));
        }
        if (i % 3 == 0)
            beta += ldexp(tap_random_unit(r), -(int)tap_random_int(r, 1, 120));
        rgamma_arg a = rgamma_split(alpha, beta, lane_set(k));
        double h = a.x.h[0], l = a.x.l[0], n = a.n[0];
        arb_set_d(y, alpha);
        arb_mul_si(y, y, (slong)k, ARF_PREC_EXACT);
        arb_set_d(t, beta);
        arb_add(y, y, t, ARF_PREC_EXACT);
        arb_set_d(t, n);
        arb_sub(y, y, t, ARF_PREC_EXACT);
        bad += n != rint(n) || !(fabs(h) <= 0.5 + 0x1p-44) || h + l != h;
        value_share_add(&s, y, h, l, 2 * 0x1p-106 * fabs(h), 0);
    }
    tap_ok(bad == 0, "the arguments are split into an integer and a pair");
    value_share_claim(&s, "D30");
    arb_clear(y);
    arb_clear(t);
}

static void
spoil(octet *g)
{
    for (int k = 0; k < 8; k++)
        g->h[k] = g->l[k] = (double)NAN;
}

static bool
is_zero(const octet *g)
{
    bool zero = true;

    for (int k = 0; k < 8; k++)
        zero = zero && g->h[k] == 0 && g->l[k] == 0;
    return zero;
}

/* Numbers that do not fit are refused: then there are zeros. */
static void
refusals(void)
{
    static const double points[][3] = {
        {1, 122, 0},         {1, -122, -7},     {20, 0, 0},
        {1e300, 1, 0},       {-1e300, 1, 0},    {0x1p-201, 1, 0},
        {1, 0x1p-201, 0},    {1, -0x1p-300, 0}, {0.5, (double)NAN, 0},
        {(double)NAN, 1, 0}, {1, INFINITY, 0},  {18, 5, 0},
    };
    long bad = 0;
    octet g, d;
    double err[8];

    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const double *p = points[i];

        spoil(&g);
        bad += rgamma_octet(&g, p[0], p[1], p[2]) != (double)INFINITY;
        bad += !is_zero(&g);
        spoil(&g);
        spoil(&d);
        memset(err, -1, sizeof err);
        bad +=
            rgamma_octet_jet(&g, &d, err, p[0], p[1], p[2]) != (double)INFINITY;
        bad += !is_zero(&g) || !is_zero(&d);
        for (int k = 0; k < 8; k++)
            bad += err[k] != 0;
    }
    bad += !(rgamma_octet(&g, 1, 121, 0) < 0x1p-70);
    bad += !(rgamma_octet(&g, 0, 0.5, 0) < 0x1p-79);
    bad += !(rgamma_some(&g, 18, 5, 0, 3) < 0x1p-70);
    tap_ok(bad == 0, "arguments beyond the range are refused");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    tally c = {.value = {.what = "1/Gamma"},
               .jet = {.what = "1/Gamma beside its derivative"},
               .slope = {.what = "(1/Gamma)'"}};

    tap_plan(12);
    for (long i = 0; i < tap_effort(500); i++) {
        double alpha, beta, first;
        random_point(&alpha, &beta, &first, &r, i);
        compare(&c, alpha, beta, first);
    }
    value_share_claim(&c.value, "D30");
    value_share_claim(&c.jet, "D30");
    value_share_claim(&c.slope, "D31");
    tap_ok(c.zeros > 20 && c.zeros_bad == 0,
           "exactly 0 at all of %ld poles of Gamma", c.zeros);
    tap_ok(c.differ == 0, "a count repeats the last one");
    arguments(&r);
    refusals();
    flint_cleanup();
    return tap_done();
}
