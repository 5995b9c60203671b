/* mlfunc/double/many_far.h - far from 0, many x at one alpha and beta: the poles
 * and, for x < 0, the asymptotic series, LANES x side by side.
 *
 *     E = sum of rho_h - sum_{1<=k<=n} x^-k/Gamma(beta - alpha k) + R
 *
 * For x > 0 the poles outweigh all else, which is an error.  One ray and one set
 * of poles serve all |x| >= from; README.md, D33, D38 and D39.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_FAR_H
#define MLFUNC_DOUBLE_MANY_FAR_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/many_pairs.h"
#include "mlfunc/double/many_powers.h"
#include "mlfunc/double/many_terms.h"

#define ML_FAR_POLES 3 /* pairs, or one and pairs */
#define ML_FAR_MOST  0x1p99

typedef struct {
    double from; /* least |x|; infinity where it does not serve */
    int poles;
    ml_many_angle angle[ML_FAR_POLES];
    double rest;     /* x > 0: the most that all but the poles may be */
    ml_many_cut cut; /* x < 0: of the series in 1/x */
} ml_many_far;

LANE_INLINE bool
ml_many_far_poles(ml_many_far *f, const asymptotic_rest *rest, double beta,
                  dd inverse, bool negative)
{
    f->poles = rest->poles[1] + 1;
    if (!(f->poles >= (negative ? 0 : 1) && f->poles <= ML_FAR_POLES
          && rest->bound < 0x1p600))
        return false;
    for (int h = 0; h < f->poles; h++)
        ml_many_angle_of(f->angle + h, beta, inverse, 2 * h + negative);
    return true;
}

/* t^(1-beta)/alpha e^(t cosine), t = e^l: about |rho|.  Steering. */
LANE_INLINE double
ml_many_far_size(double alpha, double beta, double l, double cosine)
{
    dd_scaled t = dd_exp((dd){l, 0});
    dd_scaled e =
        dd_exp((dd){(1 - beta) * l + double_ldexp(t.m.h, t.k) * cosine, 0});

    return double_ldexp(e.m.h, e.k) / alpha;
}

/* x > 0, from l on = ln x/alpha; the g_k are 1/Gamma(beta - alpha (k + 1)).
 *                                                  [mlfunc D33] [mlfunc D38] */
LANE_INLINE bool
ml_many_far_alone(ml_many_far *f, const ml_many_terms *g, double alpha,
                  double beta, dd inverse, double l)
{
    dd_scaled e = dd_exp((dd){alpha * l, 0});
    double from = double_ldexp(e.m.h, e.k);
    double y = 1 / from * (1 + 0x1p-50), power = 1, sum = 0;
    double size = ml_many_far_size(alpha, beta, l, 1);
    int n = 0;

    for (; n < g->n && !(alpha * (n + 1) - beta >= -0.5); n++) {
        sum += __builtin_fabs(g->h[n]) * power * (1 + 0x1p-50);
        power *= y;
    }
    asymptotic_rest rest = asymptotic_remainder(
        alpha, beta, power * (1 + 0x1p-40), n, 0, 0, 0x1p-80 * size * from);

    f->from = from;
    f->rest = (sum + rest.bound) * y * (1 + 0x1p-30);
    return f->rest <= CHOICE_GOOD / 4 * size
           && ml_many_far_poles(f, &rest, beta, inverse, false);
}

static __attribute__((noinline, cold, unused)) void
ml_many_far_positive(ml_many_far *f, const ml_many_terms *g, double alpha,
                     double beta, dd inverse)
{
    if (!ml_many_far_alone(f, g, alpha, beta, inverse, 3.85)
        && !ml_many_far_alone(f, g, alpha, beta, inverse, CHOICE_ALONE))
        f->from = __builtin_inf();
}

/* Upper bounds of Gamma(alpha (n + 1) - beta + 1), 2 <= n < count. */
LANE_INLINE void
ml_many_far_gammas(double *gamma, double alpha, double beta, int count)
{
    int unused;

    for (int n = 2; n < count; n++)
        gamma[n] = gamma_up(&unused, alpha * (n + 1) - beta + 1, 0x1p-40);
}

/* As few terms as may do at y; count if none. */
LANE_INLINE int
ml_many_far_count(double *power, const double *gamma, int count, double y,
                  double scale)
{
    int n = 2;

    *power = y * y;
    for (; n < count && !(gamma[n] * *power <= 0x1p-71 * scale); n++)
        *power *= y;
    return n;
}

/* x < 0, alpha > 1; size: about |rho| there.  [mlfunc D33] [mlfunc D38] */
LANE_INLINE bool
ml_many_far_from(ml_many_far *f, const ml_many_terms *g, const double *gamma,
                 double alpha, double beta, dd inverse, double from,
                 double size)
{
    double y = 1 / from * (1 + 0x1p-50), power;
    double scale = __builtin_fabs(g->h[0]) - y * __builtin_fabs(g->h[1]);
    int n, pairs;

    scale = __builtin_fabs(scale) + from * size;
    n = ml_many_far_count(&power, gamma, g->n, y, scale);
    if (n == g->n)
        return false;
    asymptotic_rest rest = asymptotic_remainder(
        alpha, beta, power * (1 + 0x1p-40), n, 1, 0, 0x1p-68 * scale);
    if (!(rest.bound <= CHOICE_GOOD / 4 * scale
          && ml_many_far_poles(f, &rest, beta, inverse, true)))
        return false;
    pairs = ml_many_cut_pairs(g, n, y, 0x1p-68 * scale);
    /* rest.bound (|y|/y)^n */
    ml_many_cut_set(&f->cut, g, n, pairs, y,
                    rest.bound / asymptotic_power(y * (1 - 0x1p-45), n - 1));
    f->from = from;
    return true;
}

static __attribute__((noinline, cold, unused)) void
ml_many_far_negative(ml_many_far *f, const ml_many_terms *g, double alpha,
                     double beta, dd inverse, double least)
{
    /* ln of 16 to 250 */
    static const double t[16] = {2.76,  3.114, 3.332, 3.526, 3.689, 3.85,
                                 4.025, 4.19,  4.27,  4.357, 4.522, 4.7,
                                 4.868, 5.075, 5.298, 5.521};
    double x[16], gamma[ML_TERMS];
    double cosine = dd_cis(dd_mul(DD_PI, inverse)).re.h;

    f->from = __builtin_inf();
    if (!(g->n > 2))
        return;
    ml_many_trials(x, t, 16, alpha);
    ml_many_far_gammas(gamma, alpha, beta, g->n);
    for (int i = alpha < 2.25 ? 2 : 0; i < 16; i++) {
        if (!(x[i] >= least))
            continue;

        double size = ml_many_far_size(alpha, beta, t[i], cosine);

        if (ml_many_far_from(f, g, gamma, alpha, beta, inverse, x[i], size))
            return;
    }
}

/* --------------------------------------------------------------------- values */

/* LANES values and their errors, over 2^exponent, and ln |t_h|; from <= |x| <=
 * ML_FAR_MOST; where that is over 19.4 the poles are not right.
 *                                                  [mlfunc D38] [mlfunc D39] */
LANE_INLINE ldd
ml_many_far_sum(lane *err, lane *exponent, lane *log_xt, const ml_many_far *f,
                const ml_many_terms *g, lane x, double alpha, double beta,
                dd inverse, bool negative)
{
    ldd sum = {x - x, x - x};
    ml_many_size size;

    *err = lane_set(f->rest);
    *exponent = x - x;
    if (negative) {
        ldd y = ml_many_inverse(x);

        sum = ldd_neg(ldd_mul(ml_many_terms_sum(err, g, &f->cut, y), y));
        *err *= lane_abs(y.h) * (1 + 0x1p-40);
    }
    ml_many_size_of(&size, lane_abs(x), alpha, beta, inverse);
    *log_xt = size.log_xt.h;
    for (int h = 0; h < f->poles; h++) {
        ml_many_rho r;
        lane part;

        ml_many_rho_of(&r, &size, f->angle + h);
        if (h == 0) {
            lane scale;

            *exponent = lane_select(r.k > lane_set(256), r.k, lane_set(0));
            scale = ml_many_power_of(-*exponent);
            sum = ldd_scale(sum, scale);
            *err = *err * scale + 0x1p-990;
        }
        ldd term = ml_many_alone(&part, &size, f->angle + h, &r, *exponent);
        *err += part + 0x1p-102 * (lane_abs(sum.h) + lane_abs(term.h));
        sum = ldd_add(sum, term);
    }
    *err *= 1 + 0x1p-40;
    return sum;
}

#endif
