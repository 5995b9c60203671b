/* mlfunc/double/many_powers.h - the power series and the asymptotic series for
 * many x at one alpha and beta, LANES of them side by side.
 *
 * Both are sums of eight G_k y^k with |y| <= 2^-8, so that only the first two
 * terms need more than doubles.  u = 2^-53; the error is proved in README.md, D37.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_POWERS_H
#define MLFUNC_DOUBLE_MANY_POWERS_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/choice_plan.h"
#include "mlfunc/double/series.h"

/* y^first times the sum of the (h[k] + l[k]) y^k; without y^first its error is at
 * most eps (|h[0]| + |y h[1]|) + y^2 rest, while |y| <= most. */
typedef struct {
    double h[8], l[8];
    int first;
    double most, eps, rest;
} ml_many_powers;

/* From eight of the g_k, known up to eps; their first is left out if it is 0;
 * beyond: what the terms after them are at |y| = most.          [mlfunc D37] */
LANE_INLINE void
ml_many_powers_set(ml_many_powers *p, const octet *g, double eps, double most,
                   double beyond)
{
    int from = g->h[0] == 0;
    double sum = 0;

    for (int k = 0; k < 8; k++) {
        bool inside = k + from < 8;

        p->h[k] = inside ? g->h[k + from] : 0;
        p->l[k] = inside ? g->l[k + from] : 0;
    }
    for (int k = 7; k >= 2; k--)
        sum = sum * most + __builtin_fabs(p->h[k]);
    p->first = from;
    p->most = most;
    p->eps = eps + 0x1p-99;
    p->rest = (sum * (eps + 0x1.7p-49)
               + beyond / (from ? most * most * most : most * most))
              * (1 + 0x1p-40);
}

/* E = the sum at y = x, 2^-100 <= |x| <= 2^-9.        [mlfunc D32] [mlfunc D37] */
LANE_INLINE void
ml_many_series_of(ml_many_powers *p, const octet *g, double eps, double alpha,
                  double beta)
{
    double most = 0x1p-9;

    ml_many_powers_set(p, g, eps, most,
                       series_beyond(g, alpha, beta, 0, most, 0x1p-63).share);
    if (!(alpha >= 0x1p-200 && eps < 0x1p-60 && p->rest < 0x1p600))
        p->most = 0;
}

LANE_INLINE void
ml_many_series(ml_many_powers *p, double alpha, double beta)
{
    octet g;
    double eps = rgamma_octet(&g, alpha, beta, 0);

    ml_many_series_of(p, &g, eps, alpha, beta);
}

/* From the |y| <= most on where the first eight terms are accurate; what is cut
 * off falls with |y|^8. */
LANE_INLINE void
ml_many_asymptotic_from(ml_many_powers *p, const octet *g, double eps,
                        double most, double beyond)
{
    for (; most >= 0x1p-20; most *= 0.5) {
        ml_many_powers_set(p, g, eps, most, beyond);
        double value = __builtin_fabs(p->h[0]) - most * __builtin_fabs(p->h[1]);

        if (most * most * p->rest <= CHOICE_TERMS * value)
            return;
        beyond *= 0x1p-8;
    }
    p->most = 0;
}

/* An upper bound of |rho_0| + |rho_-1| at x = -1/most, 1 < alpha < 2; infinite
 * unless that falls faster than |x|^-9 from there on.           [mlfunc D37] */
static __attribute__((noinline, cold, unused)) double
ml_many_asymptotic_pole(double alpha, double beta, double most)
{
    dd inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    dd log_r = dd_mul(dd_log_d(1 / most), inverse);
    dd_scaled r = dd_exp(log_r), e;
    double cosine = dd_cis(dd_mul(DD_PI, inverse)).re.h;
    double fall = -cosine * double_ldexp(r.m.h, r.k);

    if (!(fall * (1 - 0x1p-40) >= __builtin_fabs(1 - beta) + 9 * alpha))
        return __builtin_inf();
    e = dd_exp((dd){(1 - beta) * log_r.h - fall, 0});
    return double_ldexp(e.m.h, e.k) * (2 / alpha) * (1 + 0x1p-20);
}

/* E = -y times the sum at y = 1/x, -2^99 <= x <= -1/most: there poles are at most
 * an error.                                           [mlfunc D33] [mlfunc D37] */
LANE_INLINE void
ml_many_asymptotic_of(ml_many_powers *p, const octet *g, double eps,
                      double alpha, double beta)
{
    p->most = 0;
    if (!(alpha < 2 && eps < 0x1p-60))
        return;
    for (double most = 0x1p-8; most >= 0x1p-20; most *= 0.25) {
        double first = __builtin_fabs(g->h[0]);
        double next = __builtin_fabs(g->h[1]);
        double small = asymptotic_power(most, 8);
        asymptotic_rest rest = asymptotic_remainder(
            alpha, beta, small, 8, 1, 0, 0x1p-68 * (first + most * next));

        bool pair = rest.poles[0] == -1 && rest.poles[1] == 0 && alpha > 1;
        double bound = rest.bound;

        if (pair)
            bound += ml_many_asymptotic_pole(alpha, beta, most) / most
                     * (1 + 0x1p-40);
        if ((pair || rest.poles[0] > rest.poles[1]) && bound < 0x1p600) {
            ml_many_asymptotic_from(p, g, eps, most, bound);
            return;
        }
    }
}

/* The sum for LANES y, and its error; y up to 16 u^2.           [mlfunc D37] */
LANE_HOT ldd
ml_many_powers_sum(lane *err, const ml_many_powers *p, ldd y)
{
    lane size = lane_abs(y.h), q = lane_set(p->h[7]);

    for (int k = 6; k >= 2; k--)
        q = q * y.h + p->h[k];
    ldd s = ldd_two_sum(lane_set(p->h[1]), q * y.h);
    s.l += p->l[1];
    ldd t = ldd_two_prod(s.h, y.h);
    t.l += s.h * y.l + s.l * y.h;
    ldd r = ldd_two_sum(lane_set(p->h[0]), t.h);
    r = ldd_two_sum(r.h, r.l + (t.l + p->l[0]));
    *err = p->eps
               * (lane_set(__builtin_fabs(p->h[0]))
                  + size * __builtin_fabs(p->h[1]))
           + (size * size) * p->rest;
    *err *= 1 + 0x1p-40;
    if (p->first) {
        r = ldd_mul(r, y);
        *err *= size * (1 + 0x1p-40);
    }
    return r;
}

/* 1/x. */
LANE_HOT ldd
ml_many_inverse(lane x)
{
    lane y = 1 / x;
    ldd p = ldd_two_prod(y, x);

    return (ldd){y, ((1 - p.h) - p.l) * y};
}

#endif
