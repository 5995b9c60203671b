/* mlfunc/test/t-double_pairs.c - sums of many terms, pairs of poles, and what is
 * far from 0, for many x: against balls, and their bounds made anew from the
 * statements. */
#include <acb.h>
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/many_far.h"
#include "mlfunc/test/pair_off.h"
#include "mlfunc/test/terms.h"
#include "validation/tap/tap.h"

#define PREC 300

static const double u = 0x1p-53;

static double
share(double h, double l, double err, const arb_t want)
{
    return pair_off(h, l, want) / err;
}

static void
set_pair(arb_t v, double h, double l)
{
    arb_t a;

    arb_init(a);
    arb_set_d(v, h);
    arb_set_d(a, l);
    arb_add(v, v, a, PREC);
    arb_clear(a);
}

/* ------------------------------------------------------------------- terms */

/* Terms of any sign, of which the sizes vary by 2^bits. */
static void
draw(ml_many_terms *p, tap_random *r, double bits)
{
    p->n = ML_TERMS;
    p->eps = 0;
    terms_draw(p->h, p->l, ML_TERMS, r, bits);
}

static void
exact_terms(arb_t sum, const ml_many_terms *p, int n, const arb_t y)
{
    terms_sum(sum, p->h, p->l, 0, n, y, PREC);
}

/* The bound for y as D38 states it. */
static double
stated_terms(const ml_many_terms *p, int n, int pairs, double y, double beyond)
{
    double sum = 0, power = 1, eps = p->eps + 0x1p-89;

    for (int k = 0; k < n; k++) {
        double part = k < pairs ? eps : eps + (3 * (n - pairs) + 4) * u;

        sum += part * fabs(p->h[k]) * power;
        power *= k < n - 1 ? y : 1;
    }
    return sum + beyond * power;
}

/* [mlfunc D38]: y = x or 1/x; how many of the terms are pairs. */
static double
worst_terms(double *other, tap_random *r, bool inverse, bool pairs)
{
    double worst = 0;

    for (long i = 0; i < tap_effort(200); i++) {
        ml_many_terms p;
        ml_many_cut c;
        double x[LANES], err_of[LANES];
        lane err;
        arb_t y, want;
        int n = (int)tap_random_int(r, 2, ML_TERMS);
        int k = pairs ? n - 1 : (int)tap_random_int(r, 1, n < 6 ? n - 1 : 4);
        double beyond = i % 3 ? 0 : tap_random_log(r, 0x1p-60, 0x1p-20);

        draw(&p, r, 3);
        p.eps = i % 5 ? 0 : 0x1p-80;
        ml_many_cut_set(&c, &p, n, k, 2, beyond);
        arb_init(y);
        arb_init(want);
        for (int j = 0; j < LANES; j++) {
            x[j] = tap_random_log(r, 0x1p-9, 2) * (j % 2 ? -1 : 1);
            x[j] = inverse ? 1 / x[j] : x[j];
        }
        lane v = lane_loadu(x);
        ldd at = inverse ? ml_many_inverse(v) : (ldd){v, v - v};
        ldd sum = ml_many_terms_sum(&err, &p, &c, at);
        lane_storeu(err_of, err);
        for (int j = 0; j < LANES; j++) {
            double size = fabs(inverse ? 1 / x[j] : x[j]);
            double stated = stated_terms(&p, n, k, size, beyond);

            arb_set_d(y, x[j]);
            if (inverse)
                arb_inv(y, y, PREC);
            exact_terms(want, &p, n, y);
            worst = fmax(worst, share(sum.h[j], sum.l[j], err_of[j], want));
            *other = fmax(*other, fabs(err_of[j] / stated - 1));
        }
        arb_clear(y);
        arb_clear(want);
    }
    return worst;
}

static void
claim_terms(tap_random *r)
{
    double other = 0, least = INFINITY, most = 0;

    for (int i = 0; i < 2; i++) {
        double single = worst_terms(&other, r, i, false);
        double pairs = worst_terms(&other, r, i, true);

        least = fmin(least, fmin(single, pairs * 0x1p12));
        most = fmax(most, fmax(single, pairs));
        tap_note("doubles: %.3g, pairs: %.3g of the bound", single, pairs);
    }
    tap_ok(most <= 1 && least > 1e-3,
           "[mlfunc D38] sums of many terms: %.3g of the bound", most);
    tap_ok(other < 0x1p-30, "[mlfunc D38] the bound is as stated, to %.2g",
           other);
}

/* E at x by so many terms that nothing is left. */
static void
exact_series(arb_t sum, double alpha, double beta, double x)
{
    arb_t a, b, y, power, term;

    arb_init(a);
    arb_init(b);
    arb_init(y);
    arb_init(power);
    arb_init(term);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    arb_set_d(y, x);
    arb_one(power);
    arb_zero(sum);
    for (int k = 0; k < 160; k++) {
        arb_rgamma(term, b, PREC);
        arb_addmul(sum, term, power, PREC);
        arb_mul(power, power, y, PREC);
        arb_add(b, b, a, PREC);
    }
    arb_clear(a);
    arb_clear(b);
    arb_clear(y);
    arb_clear(power);
    arb_clear(term);
}

/* With n terms the rest is the error; with as many as are chosen it is not. */
static void
claim_series(tap_random *r)
{
    double worst[2] = {0, 0}, accurate = 0;
    long chosen = 0;

    for (long i = 0; i < tap_effort(60); i++) {
        double alpha = tap_random_range(r, 0.5, 3);
        double beta = tap_random_range(r, -3, 3);
        ml_many_terms p;
        ml_many_cut c, few;
        arb_t want;
        bool negative = i % 2;
        int n = (int)tap_random_int(r, 8, 16);

        ml_many_terms_of(&p, alpha, beta, 0, ML_TERMS);
        ml_many_cut_choose(&c, &p, alpha, beta, negative);
        if (c.most == 0)
            continue;
        chosen++;
        arb_init(want);
        for (int k = 0; k < 4; k++) {
            double x = c.most * (k ? tap_random_range(r, 0.01, 1) : 1), err_of;
            double end = 1.001 * x, tail;
            lane err;

            x = negative ? -x : x;
            exact_series(want, alpha, beta, x);
            ldd s = ml_many_terms_sum(&err, &p, &c,
                                      (ldd){lane_set(x), lane_set(0)});
            err_of = err[0];
            worst[0] = fmax(worst[0], share(s.h[0], s.l[0], err_of, want));
            accurate += err_of <= 0x1p-60 * fabs(s.h[0]);
            tail = ml_many_terms_tail(&p, alpha, beta, n, end);
            ml_many_cut_set(&few, &p, n, n - 1, end, tail);
            s = ml_many_terms_sum(&err, &p, &few,
                                  (ldd){lane_set(x), lane_set(0)});
            err_of = err[0];
            worst[1] = fmax(worst[1], share(s.h[0], s.l[0], err_of, want));
        }
        arb_clear(want);
    }
    tap_ok(worst[0] <= 1 && worst[0] > 1e-4 && accurate > 3.6 * (double)chosen,
           "[mlfunc D38] the power series as chosen: %.3g of the bound, "
           "accurate in all but %.3g %%",
           worst[0], 100 - 25 * accurate / (double)chosen);
    tap_ok(worst[1] <= 1 && worst[1] > 0.1,
           "[mlfunc D38] and cut off early: %.3g of the bound", worst[1]);
}

/* ---------------------------------------------------------------- elementary */

static void
claim_cis(tap_random *r)
{
    double worst = 0;

    for (long i = 0; i < tap_effort(300); i++) {
        double h[LANES], l[LANES];
        arb_t v, s, c;

        arb_init(v);
        arb_init(s);
        arb_init(c);
        for (int k = 0; k < LANES; k++) {
            h[k] =
                tap_random_range(r, -1, 1) * exp2(tap_random_range(r, -3, 40));
            l[k] = h[k] * tap_random_range(r, -0x1p-54, 0x1p-54);
        }
        ldd at = {lane_loadu(h), lane_loadu(l)};
        ldz e = ldd_cis(at);
        lane err = ldd_cis_error(at);
        for (int k = 0; k < LANES; k++) {
            set_pair(v, h[k], l[k]);
            arb_sin_cos(s, c, v, PREC);
            worst = fmax(worst, share(e.re.h[k], e.re.l[k], err[k], c));
            worst = fmax(worst, share(e.im.h[k], e.im.l[k], err[k], s));
        }
        arb_clear(v);
        arb_clear(s);
        arb_clear(c);
    }
    tap_ok(worst <= 1 && worst > 1e-3,
           "[mlfunc D22] cos and sin in lanes: %.3g of the bound", worst);
}

/* --------------------------------------------------------------------- poles */

/* rho_h/(1 + e^g), or rho_h; times 2 for a pair; the real part, over 2^k. */
static void
exact_pole(arb_t v, const ml_contour *c, double alpha, double beta, double x,
           int multiple, int k)
{
    acb_t l, t, z, g;
    arb_t a;

    acb_init(l);
    acb_init(t);
    acb_init(z);
    acb_init(g);
    arb_init(a);
    arb_set_d(acb_realref(l), x);
    arb_log(acb_realref(l), acb_realref(l), PREC);
    arb_const_pi(acb_imagref(l), PREC);
    arb_mul_si(acb_imagref(l), acb_imagref(l), multiple, PREC);
    arb_set_d(a, alpha);
    acb_div_arb(l, l, a, PREC);
    acb_exp(t, l, PREC);
    arb_set_d(a, beta);
    arb_sub_ui(a, a, 1, PREC);
    acb_mul_arb(z, l, a, PREC);
    acb_sub(z, t, z, PREC);
    acb_exp(z, z, PREC);
    arb_set_d(a, alpha);
    acb_div_arb(z, z, a, PREC);
    if (c) {
        acb_mul_2exp_si(g, l, -1);
        acb_exp(g, g, PREC);
        arb_set_d(a, c->mu);
        arb_rsqrt(a, a, PREC);
        acb_mul_arb(g, g, a, PREC);
        acb_sub_ui(g, g, 1, PREC);
        arb_const_pi(a, PREC);
        acb_mul_arb(g, g, a, PREC);
        arb_set_d(a, -c->step / 2);
        acb_div_arb(g, g, a, PREC);
        acb_exp(g, g, PREC);
        acb_add_ui(g, g, 1, PREC);
        acb_div(z, z, g, PREC);
    }
    acb_get_real(v, z);
    arb_mul_2exp_si(v, v, (multiple ? 1 : 0) - k);
    acb_clear(l);
    acb_clear(t);
    acb_clear(z);
    acb_clear(g);
    arb_clear(a);
}

/* What D39 says of rho: its relative error. */
static double
stated_rho(const ml_many_angle *a, double alpha, double beta, double x)
{
    double log = log1p(x - 1), log_xt = log / alpha, t = exp(log_xt);
    double theta = a->theta.h, power = fabs(1 - beta), turned = 0, im = 0;
    double log_err =
        (0x1p-99 + fabs(log) * 0x1p-102) / alpha + 0x1p-100 * fabs(log_xt);
    double root_err = log_err / 2 + 0x1p-98 + fabs(log_xt) / 2 * 0x1p-102;
    double re = t * cos(theta) + (1 - beta) * log_xt;

    if (a->count == 2) {
        im = t * sin(theta) + (1 - beta) * theta;
        turned = 1.5 * (0x1p-91 + theta * 0x1p-102) + 1.5 * 0x1p-100 * theta
                 + 0x1p-101;
        im = 1.5 * (0x1p-91 + fabs(im) * 0x1p-102);
    }
    return t * (2 * root_err + 0x1p-102 + turned)
           + power * (log_err + 1.5 * 0x1p-100 * theta) + 0x1p-98
           + 0x1p-100 * (t + power * (fabs(log_xt) + theta)) + 0x1p-98
           + fabs(re) * 0x1p-102 + im;
}

typedef struct {
    double worst, other;
} seen;

/* Poles without factors: [mlfunc D39]. */
static void
see_alone(seen *w, double alpha, double beta, const double *x, int multiple)
{
    dd inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    ml_many_angle a;
    ml_many_size p;
    ml_many_rho r;
    double exponent[LANES], err_of[LANES], size[LANES], wrong[LANES];
    lane err;
    arb_t want;

    arb_init(want);
    ml_many_angle_of(&a, beta, inverse, multiple);
    ml_many_size_of(&p, lane_loadu(x), alpha, beta, inverse);
    ml_many_rho_of(&r, &p, &a);
    lane k = lane_select(r.k > lane_set(256), r.k, lane_set(0));
    ldd s = ml_many_alone(&err, &p, &a, &r, k);

    lane_storeu(exponent, k);
    lane_storeu(err_of, err);
    lane_storeu(wrong, r.err);
    lane_storeu(size, r.m.h * ml_many_power_of(r.k - k));
    for (int i = 0; i < LANES; i++) {
        double stated = stated_rho(&a, alpha, beta, x[i]);

        exact_pole(want, NULL, alpha, beta, x[i], multiple, (int)exponent[i]);
        w->worst = fmax(w->worst, share(s.h[i], s.l[i], err_of[i], want));
        w->other = fmax(w->other, fabs(wrong[i] / stated - 1));
        stated = size[i] * (wrong[i] + 0x1p-99) * a.count / alpha + 0x1p-990;
        w->other = fmax(w->other, fabs(err_of[i] / stated - 1));
    }
    arb_clear(want);
}

static void
claim_alone(tap_random *r)
{
    for (int multiple = 0; multiple < 4; multiple++) {
        seen w = {0, 0};

        for (long i = 0; i < tap_effort(60); i++) {
            double alpha = tap_random_range(r, multiple ? multiple : 0.1, 5);
            double beta = tap_random_range(r, -5, 6), x[LANES];

            for (int k = 0; k < LANES; k++)
                x[k] = exp(alpha * tap_random_range(r, -1, i % 2 ? 4 : 11));
            see_alone(&w, alpha, beta, x, multiple);
        }
        tap_ok(w.worst <= 1 && w.worst > 1e-3 && w.other < 1e-3,
               "[mlfunc D39] poles at %d pi/alpha: %.3g of the bound, which is "
               "as stated to %.2g",
               multiple, w.worst, w.other);
    }
}

/* g, d and what D39 says of rho/d: the absolute error. */
static double
stated_pair(const ml_contour *c, const ml_many_angle *a, double alpha,
            double beta, double x)
{
    double log_xt = log(x) / alpha, theta = a->theta.h;
    double turns = c->turns[0], root = exp(log_xt / 2), w = root * c->root[0];
    double log_err =
        (0x1p-99 + fabs(log(x)) * 0x1p-102) / alpha + 0x1p-100 * fabs(log_xt);
    double root_err = log_err / 2 + 0x1p-98 + fabs(log_xt) / 2 * 0x1p-102
                      + 1.5 * (0x1p-91 + theta * 0x1p-102)
                      + 0.75 * 0x1p-100 * theta + 0x1p-101;
    double g_err = turns * (w * (root_err + 0x1p-101) + 0x1p-102);
    double re = fmax(turns - turns * w * cos(theta / 2), -80);
    double im = turns * w * sin(theta / 2), m = exp(re);
    double d_err = 0x1p-114
                   + m
                         * (g_err + 0x1p-98 + fabs(re) * 0x1p-102
                            + 1.5 * (0x1p-91 + im * 0x1p-102) + 0x1p-101)
                   + 0x1p-103 * (m + 1);
    double d = hypot(1 + m * cos(im), m * sin(im));
    double rho = exp(root * root * cos(theta) + (1 - beta) * log_xt) / alpha;

    return 2 * rho / d * (stated_rho(a, alpha, beta, x) + d_err / d + 0x1p-98);
}

/* Pairs next to the nodes: [mlfunc D39]. */
static void
claim_pairs(tap_random *r)
{
    seen w = {0, 0};

    for (long i = 0; i < tap_effort(100); i++) {
        const ml_contour *c = ml_contours + i % 2;
        int multiple = i % 3 ? 1 : 3;
        double alpha = tap_random_range(r, multiple, 5), x[LANES];
        double beta = tap_random_range(r, -5, 6), err_of[LANES];
        dd inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        ml_many_angle a;
        ml_many_size p;
        lane err;
        arb_t want;

        arb_init(want);
        for (int k = 0; k < LANES; k++)
            x[k] = exp(alpha * tap_random_range(r, -1, 4));
        ml_many_angle_of(&a, beta, inverse, multiple);
        ml_many_size_of(&p, lane_loadu(x), alpha, beta, inverse);
        ldd s = ml_many_pair(&err, c, &p, &a);
        lane_storeu(err_of, err);
        for (int k = 0; k < LANES; k++) {
            double stated = stated_pair(c, &a, alpha, beta, x[k]);

            exact_pole(want, c, alpha, beta, x[k], multiple, 0);
            w.worst = fmax(w.worst, share(s.h[k], s.l[k], err_of[k], want));
            w.other = fmax(w.other, fabs(err_of[k] / stated - 1));
        }
        arb_clear(want);
    }
    tap_ok(w.worst <= 1 && w.worst > 1e-3 && w.other < 0.01,
           "[mlfunc D39] pairs next to nodes: %.3g of the bound, which is as "
           "stated to %.2g",
           w.worst, w.other);
}

/* ----------------------------------------------------------------- far from 0 */

/* The rest of x > 0, made anew, with the same ray. */
static double
stated_rest(const ml_many_terms *g, double alpha, double beta, double from)
{
    double y = 1 / from, sum = 0, l = log(from) / alpha;
    double wanted = 0x1p-80 * ml_many_far_size(alpha, beta, l, 1) * from;
    asymptotic_rest rest;
    int n = 0;

    for (; n < g->n && !(alpha * (n + 1) - beta >= -0.5); n++)
        sum += fabs(g->h[n]) * pow(y, n);
    rest = asymptotic_remainder(alpha, beta, pow(y, n), n, 0, 0, wanted);
    return (sum + rest.bound) * y;
}

/* E by single calls, whose bounds are others. */
static void
claim_far(tap_random *r, bool negative)
{
    double worst = 0;
    long served = 0, good = 0, all = 0, low = 0;

    for (long i = 0; i < tap_effort(100); i++) {
        double alpha = tap_random_range(r, negative ? 1.02 : 0.05, 5);
        double beta = tap_random_range(r, -3, 4), x[LANES];
        dd inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        ml_many_terms g = {.n = 0};
        ml_many_far f = {.from = 0};
        lane err, exponent, log_xt;

        ml_many_terms_of(&g, -alpha, beta, 1, negative ? 40 : 8);
        if (negative)
            ml_many_far_negative(&f, &g, alpha, beta, inverse, 0);
        else
            ml_many_far_positive(&f, &g, alpha, beta, inverse);
        if (!(f.from < INFINITY))
            continue;
        served++;
        if (!negative) {
            double stated = stated_rest(&g, alpha, beta, f.from);

            low += !(fabs(f.rest / stated - 1) <= 1e-6);
        }
        for (int k = 0; k < LANES; k++)
            x[k] = (negative ? -1 : 1) * f.from
                   * exp(alpha * tap_random_range(r, 0, k % 2 ? 1 : 5));
        ldd s = ml_many_far_sum(&err, &exponent, &log_xt, &f, &g, lane_loadu(x),
                                alpha, beta, inverse, negative);
        for (int k = 0; k < LANES; k++) {
            ml_value v;
            double by, off;

            ml_mittleff_value(&v, alpha, beta, x[k]);
            by = ldexp(1, v.exponent - (int)exponent[k]);
            off = fabs((s.h[k] - v.hi * by) + (s.l[k] - v.lo * by));
            worst = fmax(worst, off / (err[k] + v.err * by));
            good += err[k] <= 0x1p-60 * fabs(s.h[k]);
            all++;
        }
    }
    tap_ok(worst <= 1 && low == 0 && 2 * served > tap_effort(100)
               && 20 * (all - good) < all,
           "[mlfunc D39] far from 0, x %s 0: %.3g of both bounds, %ld of %ld "
           "accurate",
           negative ? "<" : ">", worst, good, all);
}

/* [mlfunc D25]  The error of the one pole of x > 0 is what is stated, beta = 1. */
static void
one_pole(tap_random *r)
{
    double worst = 0;

    for (long i = 0; i < tap_effort(300); i++) {
        const ml_contour *c = ml_contours + i % 2;
        double alpha = tap_random_range(r, 0.3, 0.95);
        double x = exp(alpha * tap_random_range(r, 0.5, 3.5));
        double log_xt = log(x) / alpha, root = exp(log_xt / 2);
        double t = root * root, w = root * c->root[0];
        double log_err = (0x1p-99 + fabs(log(x)) * 0x1p-102) / alpha
                         + 0x1p-100 * fabs(log_xt);
        double root_err = log_err / 2 + 0x1p-98 + fabs(log_xt) / 2 * 0x1p-102;
        double turns = c->turns[0], re = fmax(turns - turns * w, -80);
        double g_err = turns * (w * (root_err + 0x1p-101) + 0x1p-102);
        double m = exp(re), err, d_err;
        ml_many_pole p;

        err = t * (2 * root_err + 0x1p-100) + 0x1p-98 + 0x1p-101 * t + 0x1p-98
              + t * 0x1p-102;
        d_err = 0x1p-114 + m * (g_err + 0x1p-98 + fabs(re) * 0x1p-102)
                + 0x1p-102 * (m + 1);
        err = exp(t) / (alpha * (1 + m)) * (err + d_err / (1 + m) + 0x1p-101);
        ml_many_pole_of(&p, c, lane_set(x), alpha, 1,
                        dd_div((dd){1, 0}, (dd){alpha, 0}));
        worst = fmax(worst, fabs(p.err[0] / err - 1));
    }
    tap_ok(worst < 5e-4,
           "[mlfunc D25] the error of the pole of x > 0 is what is stated "
           "(%.2g off)",
           worst);
}

int
main(void)
{
    tap_random r = {tap_seed()};

    tap_plan(13);
    claim_terms(&r);
    claim_series(&r);
    claim_cis(&r);
    claim_alone(&r);
    claim_pairs(&r);
    one_pole(&r);
    claim_far(&r, false);
    claim_far(&r, true);
    return tap_done();
}
