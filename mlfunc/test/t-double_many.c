/* mlfunc/test/t-double_many.c - sums of powers and poles for many x, against
 * balls. */
#include <arb.h>
#include <math.h>

#include "mlfunc/double/many_poles.h"
#include "mlfunc/double/many_powers.h"
#include "mlfunc/test/pair_off.h"
#include "mlfunc/test/terms.h"
#include "validation/tap/tap.h"

#define PREC 300

/* |h + l - want| / err */
static double
share(double h, double l, double err, const arb_t want)
{
    return pair_off(h, l, want) / err;
}

/* [mlfunc D37]: y = x or 1/x, the first number 0 or not. */
static double
worst_of(tap_random *r, bool inverse, bool zero, double bits, double low)
{
    double worst = 0;

    for (long i = 0; i < tap_effort(200); i++) {
        octet g;
        ml_many_powers p;
        double x[LANES];
        lane err;
        arb_t y, want;

        terms_draw(g.h, g.l, 8, r, bits);
        if (zero)
            g.h[0] = g.l[0] = 0;
        ml_many_powers_set(&p, &g, 0, 0x1p-8, 0);
        arb_init(y);
        arb_init(want);
        for (int k = 0; k < LANES; k++) {
            x[k] = tap_random_log(r, low, 0x1p-8) * (i % 2 ? -1 : 1);
            x[k] = inverse ? 1 / x[k] : x[k];
        }
        lane v = lane_loadu(x);
        ldd at = inverse ? ml_many_inverse(v) : (ldd){v, v - v};
        ldd sum = ml_many_powers_sum(&err, &p, at);
        for (int k = 0; k < LANES; k++) {
            arb_set_d(y, x[k]);
            if (inverse)
                arb_inv(y, y, PREC);
            terms_sum(want, g.h, g.l, zero, 8, y, PREC);
            if (zero)
                arb_mul(want, want, y, PREC);
            double s = share(sum.h[k], sum.l[k], err[k], want);
            worst = fmax(worst, s);
        }
        arb_clear(y);
        arb_clear(want);
    }
    return worst;
}

/* What is cut off is charged, in proportion to y^2 at least. */
static void
claim_beyond(tap_random *r)
{
    bool right = true;

    for (int i = 0; i < 100; i++) {
        octet g;
        ml_many_powers p;
        double most = exp2(-tap_random_range(r, 8, 20)), cut = 1e-9,
               eps = 1e-12;
        double y = most * tap_random_range(r, 0.1, 1);
        lane err;

        terms_draw(g.h, g.l, 8, r, 3);
        if (i % 2)
            g.h[0] = g.l[0] = 0;
        ml_many_powers_set(&p, &g, eps, most, cut);
        (void)ml_many_powers_sum(&err, &p, (ldd){lane_set(y), lane_set(0)});

        double size = 0;
        for (int k = 0; k < 8; k++)
            size += fabs(g.h[k]) * pow(y, k);
        double least = cut * pow(y / most, 8) + eps * size;
        right = right && err[0] >= least && p.first == i % 2
                && err[0] <= 1.001
                                 * (eps * size + cut * pow(y / most, 2 + i % 2)
                                    + size * eps * (most / y) * most);
    }
    tap_ok(right,
           "[mlfunc D37] what is cut off, and the errors of the numbers");
}

/* The gammas: E at 1/x is the sum but for its error. */
static void
claim_series(tap_random *r)
{
    double worst[2] = {0, 0};

    for (long i = 0; i < tap_effort(60); i++) {
        double alpha = tap_random_range(r, 0.05, 3);
        double beta =
            i % 4 ? tap_random_range(r, -3, 3) : -floor((double)i / 4);
        double x = tap_random_log(r, 1e-6, 0x1p-9) * (i % 2 ? -1 : 1);
        ml_many_powers p;
        arb_t a, b, y, sum, power, term;
        lane err;

        ml_many_series(&p, alpha, beta);
        if (p.most == 0)
            continue;
        ldd got = ml_many_powers_sum(&err, &p, (ldd){lane_set(x), lane_set(0)});
        arb_init(a);
        arb_init(b);
        arb_init(y);
        arb_init(sum);
        arb_init(power);
        arb_init(term);
        arb_set_d(a, alpha);
        arb_set_d(b, beta);
        arb_set_d(y, x);
        arb_one(power);
        for (int k = 0; k < 40; k++) {
            arb_rgamma(term, b, PREC);
            arb_addmul(sum, term, power, PREC);
            arb_mul(power, power, y, PREC);
            arb_add(b, b, a, PREC);
        }
        double s = share(got.h[0], got.l[0], err[0], sum);
        worst[i % 2] = fmax(worst[i % 2], s);
        arb_clear(a);
        arb_clear(b);
        arb_clear(y);
        arb_clear(sum);
        arb_clear(power);
        arb_clear(term);
    }
    tap_ok(
        worst[0] <= 1 && worst[1] <= 1 && fmax(worst[0], worst[1]) > 1e-3,
        "[mlfunc D32] [mlfunc D37] the power series: up to %.3g, %.3g of the "
        "bound",
        worst[0], worst[1]);
}

/* exp and log in lanes. */
static void
claim_elementary(tap_random *r)
{
    double worst[2] = {0, 0};

    for (long i = 0; i < tap_effort(300); i++) {
        double h[LANES], l[LANES], x[LANES];
        arb_t v, w;

        arb_init(v);
        arb_init(w);
        for (int k = 0; k < LANES; k++) {
            h[k] =
                tap_random_range(r, -1, 1) * exp2(tap_random_range(r, -3, 9));
            l[k] = h[k] * tap_random_range(r, -0x1p-54, 0x1p-54);
            x[k] = exp2(tap_random_range(r, -1, 1) * (i % 2 ? 900 : 2));
        }
        ldd at = {lane_loadu(h), lane_loadu(l)};
        ldd e = ldd_exp(at), log = ldd_log(lane_loadu(x));
        lane err = ldd_exp_error(at) * lane_abs(e.h);
        for (int k = 0; k < LANES; k++) {
            arb_set_d(v, h[k]);
            arb_set_d(w, l[k]);
            arb_add(v, v, w, PREC);
            arb_exp(v, v, PREC);
            worst[0] = fmax(worst[0], share(e.h[k], e.l[k], err[k], v));
            arb_set_d(v, x[k]);
            arb_log(v, v, PREC);
            dd y = {log.h[k], log.l[k]};
            worst[1] = fmax(worst[1], share(y.h, y.l, ML_LOG_ERROR(y), v));
        }
        arb_clear(v);
        arb_clear(w);
    }
    tap_ok(worst[0] <= 1 && worst[0] > 1e-3,
           "[mlfunc D20] e^x in lanes: %.3g of the bound", worst[0]);
    tap_ok(worst[1] <= 1 && worst[1] > 1e-3,
           "[mlfunc D21] ln x in lanes: %.3g of the bound", worst[1]);
}

/* x^((1-beta)/alpha) exp(x^(1/alpha))/(alpha (1 + e^g)). */
static void
exact_pole(arb_t v, const ml_contour *c, double alpha, double beta, double x)
{
    arb_t a, t, g, w;

    arb_init(a);
    arb_init(t);
    arb_init(g);
    arb_init(w);
    arb_set_d(a, alpha);
    arb_set_d(t, x);
    arb_log(t, t, PREC);
    arb_div(t, t, a, PREC);
    arb_set_d(g, beta);
    arb_sub_ui(g, g, 1, PREC);
    arb_mul(v, t, g, PREC);
    arb_exp(t, t, PREC);
    arb_sub(v, t, v, PREC);
    arb_exp(v, v, PREC);
    arb_set_d(g, c->mu);
    arb_div(g, t, g, PREC);
    arb_sqrt(g, g, PREC);
    arb_sub_ui(g, g, 1, PREC);
    arb_const_pi(w, PREC);
    arb_mul_2exp_si(w, w, 1);
    arb_mul(g, g, w, PREC);
    arb_set_d(w, -c->step);
    arb_div(g, g, w, PREC);
    arb_exp(g, g, PREC);
    arb_add_ui(g, g, 1, PREC);
    arb_mul(g, g, a, PREC);
    arb_div(v, v, g, PREC);
    arb_clear(a);
    arb_clear(t);
    arb_clear(g);
    arb_clear(w);
}

/* [mlfunc D24] [mlfunc D25]: the pole in lanes. */
static void
claim_poles(tap_random *r)
{
    double worst = 0, least = INFINITY, most = 0;

    for (long i = 0; i < tap_effort(100); i++) {
        const ml_contour *c = ml_contours + i % 2;
        double alpha = tap_random_range(r, 0.02, 2), x[LANES];
        double beta = tap_random_range(r, -5, 6);
        ml_many_pole p;
        arb_t want;

        arb_init(want);
        for (int k = 0; k < LANES; k++)
            x[k] = exp(alpha * tap_random_range(r, -5, 4));
        ml_many_pole_of(&p, c, lane_loadu(x), alpha, beta,
                        dd_div((dd){1, 0}, (dd){alpha, 0}));
        for (int k = 0; k < LANES; k++) {
            ml_places q;

            exact_pole(want, c, alpha, beta, x[k]);
            worst =
                fmax(worst, share(p.term.h[k], p.term.l[k], p.err[k], want));
            if (!ml_places_real(&q, c, alpha, beta, x[k]) || q.n != 1)
                continue;
            ml_term one = ml_poles_sum(&q);
            double ratio = p.err[k] / ldexp(one.err, (int)one.exponent);

            least = fmin(least, ratio);
            most = fmax(most, ratio);
        }
        arb_clear(want);
    }
    tap_ok(worst <= 1 && worst > 1e-4,
           "[mlfunc D24] [mlfunc D25] the pole of x > 0: %.3g of the bound",
           worst);
    tap_ok(least > 0.99 && most < 1.01,
           "[mlfunc D25] and the bound of a single one: %.4g to %.4g of it",
           least, most);
}

/* ln of x^9 (|rho_0| + |rho_-1|) at -x. */
static double
pair_size(double alpha, double beta, double x)
{
    arb_t a, l, r, v;

    arb_init(a);
    arb_init(l);
    arb_init(r);
    arb_init(v);
    arb_set_d(a, alpha);
    arb_set_d(l, x);
    arb_log(l, l, PREC);
    arb_mul_ui(v, l, 9, PREC);
    arb_div(l, l, a, PREC);
    arb_exp(r, l, PREC);
    arb_add(v, v, l, PREC);
    arb_set_d(a, beta);
    arb_submul(v, l, a, PREC);
    arb_set_d(a, alpha);
    arb_inv(a, a, PREC);
    arb_cos_pi(l, a, PREC);
    arb_addmul(v, r, l, PREC);
    arb_mul_2exp_si(a, a, 1);
    arb_log(a, a, PREC);
    arb_add(v, v, a, PREC);
    double size = arf_get_d(arb_midref(v), ARF_RND_NEAR);
    arb_clear(a);
    arb_clear(l);
    arb_clear(r);
    arb_clear(v);
    return size;
}

/* [mlfunc D37]: the poles that are left out. */
static void
claim_pair(tap_random *r)
{
    bool right = true;
    int count = 0;

    for (int i = 0; i < 300; i++) {
        double alpha = tap_random_range(r, 1, 2);
        double beta = tap_random_range(r, -4, 6);
        double most = exp2(-tap_random_range(r, 4, 14));
        double got = log(ml_many_asymptotic_pole(alpha, beta, most));
        double here = pair_size(alpha, beta, 1 / most), before = here;

        if (!(got < 300) || !(got > -600))
            continue;
        count++;
        got -= 9 * log(most);
        right = right && got >= here && got <= here + 1e-5;
        for (int k = 1; k < 6; k++) {
            double next =
                pair_size(alpha, beta, tap_random_range(r, 1, 2) / most * k);

            right = right && next <= here;
            before = fmin(before, next);
        }
        right = right && before < here;
    }
    tap_ok(right && count > 50,
           "[mlfunc D37] the poles left out of the asymptotic series");
}

int
main(void)
{
    static const char *name[2] = {"y = x", "y = 1/x"};
    tap_random r = {tap_seed()};

    tap_plan(13);
    for (int i = 0; i < 2; i++) {
        double any = worst_of(&r, i, false, 3, 0x1p-9);
        double zero = worst_of(&r, i, true, 3, 0x1p-9);
        double small = worst_of(&r, i, false, 3, 0x1p-60);

        tap_ok(any <= 1 && any > 1e-3, "[mlfunc D37] %s: %.3g of the bound",
               name[i], any);
        tap_ok(zero <= 1 && zero > 1e-3,
               "[mlfunc D37] %s, the first is 0: %.3g of the bound", name[i],
               zero);
        tap_ok(small <= 1 && small > 1e-3,
               "[mlfunc D37] %s, two terms: %.3g of the bound", name[i], small);
    }
    claim_beyond(&r);
    claim_series(&r);
    claim_elementary(&r);
    claim_poles(&r);
    claim_pair(&r);
    return tap_done();
}
