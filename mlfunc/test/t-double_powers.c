/* mlfunc/test/t-double_powers.c - powers of the nodes, against balls. */
#include <acb.h>
#include <math.h>

#include "mlfunc/double/powers.h"
#include "mlfunc/test/pair_off.h"
#include "validation/tap/tap.h"

#define PREC 300

/* log t_j of contour which. */
static void
node_log(acb_t l, const ml_contour *c, int j)
{
    arb_t mu;

    arb_init(mu);
    acb_set_d_d(l, 1, c->u[j]);
    acb_log(l, l, PREC);
    acb_mul_2exp_si(l, l, 1);
    arb_set_d(mu, c->mu);
    arb_log(mu, mu, PREC);
    acb_add_arb(l, l, mu, PREC);
    arb_clear(mu);
}

/* A lane of z. */
static void
lane_off(double d[2], ldz z, int k, const acb_t want)
{
    d[0] = pair_off(z.re.h[k], z.re.l[k], acb_realref(want));
    d[1] = pair_off(z.im.h[k], z.im.l[k], acb_imagref(want));
}

static double
size_of(const acb_t z)
{
    return hypot(arf_get_d(arb_midref(acb_realref(z)), ARF_RND_NEAR),
                 arf_get_d(arb_midref(acb_imagref(z)), ARF_RND_NEAR));
}

/* The worst shares of the bounds. */
typedef struct {
    double minus_one, power, turned, minus_one_double, power_double;
} shares;

/* One d at the nodes j to j + LANES - 1. */
static void
compare(shares *s, const ml_contour *c, int j, const ml_exponent *e)
{
    const int low = j < c->dd_nodes ? j : 0; /* where there are low parts */
    ml_row_room room;
    const double *part = ml_part(&room, c, e->part);
    ldz m = ml_power_minus_one(c, low, e), p = ml_power(c, part, low, e);
    ldz t = ml_times(p, ml_row(c->turn, c->nodes, 2, low));
    lz md = ml_power_minus_one_double(c, j, e),
       pd = ml_power_double(c, part, j, e);
    lane bound = ml_power_error(c, j, e);
    acb_t l, want, g;
    arb_t x;

    acb_init(l);
    acb_init(want);
    acb_init(g);
    arb_init(x);
    for (int k = 0; k < LANES; k++) {
        double d[2], dl[2], a, u = 0x1p-53;

        node_log(l, c, j + k);
        arb_set_d(x, e->d[1].h);
        arb_set_d(acb_realref(g), e->d[1].l);
        arb_add(x, x, acb_realref(g), PREC);
        acb_mul_arb(g, l, x, PREC);
        dl[0] = fabs(arf_get_d(arb_midref(acb_realref(g)), ARF_RND_NEAR));
        dl[1] = fabs(arf_get_d(arb_midref(acb_imagref(g)), ARF_RND_NEAR));
        a = hypot(dl[0], dl[1]);
        acb_expm1(want, g, PREC);
        double tail = 6.5 * u * pow(a, 5) / 120 + 1.01 * pow(a, 12) / 479001600;
        if (j < c->dd_nodes) {
            lane_off(d, m, k, want);
            for (int i = 0; i < 2; i++)
                s->minus_one =
                    fmax(s->minus_one, d[i] / (40 * u * u * dl[i] + tail));
        }
        d[0] = pair_off(md.re[k], 0, acb_realref(want));
        d[1] = pair_off(md.im[k], 0, acb_imagref(want));
        s->minus_one_double =
            fmax(s->minus_one_double, fmax(d[0], d[1]) / (6 * u * a));

        acb_mul_si(want, l, e->part, PREC);
        acb_mul_2exp_si(want, want, -6);
        acb_add(want, want, g, PREC);
        acb_exp(want, want, PREC);
        d[0] = pair_off(pd.re[k], 0, acb_realref(want));
        d[1] = pair_off(pd.im[k], 0, acb_imagref(want));
        s->power_double =
            fmax(s->power_double, hypot(d[0], d[1]) / (7 * u * size_of(want)));
        if (j < c->dd_nodes) {
            lane_off(d, p, k, want);
            s->power =
                fmax(s->power, hypot(d[0], d[1]) / bound[k] / size_of(want));
            acb_mul_si(l, l, 3, PREC);
            acb_exp(l, l, PREC);
            acb_mul(want, want, l, PREC);
            lane_off(d, t, k, want);
            s->turned =
                fmax(s->turned, hypot(d[0], d[1]) / (bound[k] + 24 * u * u)
                                    / size_of(want));
        }
    }
    acb_clear(l);
    acb_clear(want);
    acb_clear(g);
    arb_clear(x);
}

static ml_exponent
exponent_of(tap_random *r, int i)
{
    ml_exponent e;
    double sign = i % 2 ? 1 : -1;
    double d = i % 3 == 0   ? tap_random_range(r, 0, 0x1p-7)
               : i % 3 == 1 ? tap_random_log(r, 1e-3, 0x1p-7)
                            : tap_random_log(r, i % 4 ? 1e-260 : 1e-30, 0x1p-7);

    e.whole = 0;
    e.part = (int)(tap_random_range(r, 0, 65));
    e.d[1] = dd_two_sum(sign * d, d * 0x1p-54 * tap_random_range(r, -1, 1));
    if (i % 7 == 0)
        e.d[1] = (dd){sign * 0x1p-7, 0};
    ml_exponent_powers(&e);
    return e;
}

/* [mlfunc D10] [mlfunc D11] [mlfunc D12] */
static void
errors(tap_random *r)
{
    shares s = {0, 0, 0, 0, 0}, rare = s;

    for (long i = 0; i < tap_effort(60); i++) {
        ml_exponent e = exponent_of(r, (int)i), whole = {.part = (int)i % 65};

        ml_exponent_powers(&whole);
        for (int which = 0; which < ML_CONTOURS; which++) {
            const ml_contour *c = ml_contours + which;

            for (int j = 0; j < c->nodes; j += LANES) {
                compare(&s, c, j, &e);
                compare(&rare, c, j, &whole);
            }
        }
    }
    tap_ok(s.minus_one <= 1 && s.minus_one > 1e-3,
           "D10: the error of e^dL - 1 is up to %.3g of its bound",
           s.minus_one);
    tap_ok(s.power <= 1 && s.power > 1e-3,
           "D11: the error of a power is up to %.3g of its bound", s.power);
    tap_ok(s.turned <= 1 && s.turned > 1e-3,
           "D11: with a further factor, %.3g of its bound", s.turned);
    tap_ok(rare.power <= 1 && rare.turned <= 1 && rare.turned > 1e-3,
           "D11: for d = 0, %.3g and %.3g of it", rare.power, rare.turned);
    tap_ok(s.minus_one_double <= 1 && s.minus_one_double > 1e-3,
           "D12: in double, %.3g of the bound of e^dL - 1", s.minus_one_double);
    tap_ok(s.power_double <= 1 && s.power_double > 1e-3,
           "D12: in double, %.3g of the bound of a power", s.power_double);
}

/* What the proof of D10 uses of the table: the first term exceeds the others. */
static void
ordered(void)
{
    double worst = 0, size = 0;

    for (int which = 0; which < ML_CONTOURS; which++) {
        const ml_contour *c = ml_contours + which;

        for (int j = 0; j < c->nodes; j++) {
            double a = c->size[j] / 128, re = c->log[j],
                   im = c->log[j + c->nodes];

            worst = fmax(worst, c->size[j] * expm1(a) / re);
            worst = fmax(worst, expm1(a));
            worst = im > 0 ? worst : INFINITY;
            size = fmax(size, a);
        }
    }
    tap_ok(worst <= 0.05 && size <= 0.0394,
           "D10: the terms beyond the first are at most %.3g of it", worst);
}

/* n + i/64 + d is g exactly. */
static void
splits(tap_random *r)
{
    bool exact = true, near = true, alpha_row = true;

    for (long i = 0; i < tap_effort(20000); i++) {
        double a =
            i % 2 ? tap_random_range(r, 0, 6) : tap_random_log(r, 1e-260, 6);
        double b = i % 5 == 0   ? a
                   : i % 5 == 1 ? rint(tap_random_range(r, -9, 9))
                                : tap_random_range(r, -9, 9);
        dd g = dd_two_sum(a, -b);
        ml_exponent e = ml_exponent_split(g), f = ml_exponent_alpha(a);
        arb_t x, y;

        arb_init(x);
        arb_init(y);
        arb_set_d(x, e.d[1].h);
        arb_set_d(y, e.d[1].l);
        arb_add(x, x, y, 3000);
        arb_set_d(y, e.whole + e.part / 64.0);
        arb_add(x, x, y, 3000);
        arb_set_d(y, b);
        arb_add(x, x, y, 3000);
        arb_set_d(y, a);
        exact = exact && arb_equal(x, y);
        near = near && fabs(e.d[1].h) <= 0x1.00000001p-7 && e.part >= 0
               && e.part < 64;
        alpha_row = alpha_row && f.d[1].l == 0
                    && f.whole + f.part / 64.0 + f.d[1].h == a
                    && (a >= 1 + 0x1p-7 || f.whole == 0);
        arb_clear(x);
        arb_clear(y);
    }
    tap_ok(exact && near, "alpha - beta is split exactly");
    tap_ok(alpha_row, "alpha is; up to 1 + 1/128 it needs no whole power");
}

int
main(void)
{
    tap_random r = {tap_seed()};

    tap_plan(9);
    errors(&r);
    ordered();
    splits(&r);
    return tap_done();
}
