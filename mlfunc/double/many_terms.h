/* mlfunc/double/many_terms.h - the two series for many x at one alpha and beta,
 * where eight terms are too few: up to 48, LANES x side by side.
 *
 * Horner's rule from the last term on, in doubles as long as what they lose does
 * not matter, then in double-double; beside it the sum of the moduli, which the
 * error is in proportion to.  u = 2^-53; the error is proved in README.md, D38.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_TERMS_H
#define MLFUNC_DOUBLE_MANY_TERMS_H

#include "mlfunc/double/choice_plan.h"
#include "mlfunc/double/many_poles.h"
#include "mlfunc/double/series.h"

#define ML_TERMS 48

/* The first n of the G_k, known up to eps. */
typedef struct {
    int n;
    double eps;
    _Alignas(64) double h[ML_TERMS];
    _Alignas(64) double l[ML_TERMS];
} ml_many_terms;

/* Which of them are summed for |y| <= most, those from `pairs` on in doubles; the
 * error is eps times the sum of the moduli, in which those in double count
 * `heavy` times, and the last one as `last`. */
typedef struct {
    int terms, pairs;
    double most, eps, heavy, last;
} ml_many_cut;

/* beyond |y|^(terms-1): what is cut off at most, |y| <= most; 2 <= terms, 1 <=
 * pairs < terms.                                               [mlfunc D38] */
LANE_INLINE void
ml_many_cut_set(ml_many_cut *c, const ml_many_terms *p, int terms, int pairs,
                double most, double beyond)
{
    c->terms = terms;
    c->pairs = pairs;
    c->most = most;
    c->eps = (p->eps + 0x1p-89) * (1 + 0x1p-40);
    c->heavy = 1 + (3 * (terms - pairs) + 4) * 0x1p-53 / c->eps;
    c->last = __builtin_fabs(p->h[terms - 1])
              + beyond / (c->eps * c->heavy) * (1 + 0x1p-40);
}

/* The sum of the G_k y^k for LANES y, |y| <= most, and its error.
 *                                                               [mlfunc D38] */
LANE_HOT ldd
ml_many_terms_sum(lane *err, const ml_many_terms *p, const ml_many_cut *c,
                  ldd y)
{
    lane size = lane_abs(y.h), moduli = lane_set(c->last), none = size - size;
    ldd s = {lane_set(p->h[c->terms - 1]), none};

    for (int k = c->terms - 2; k >= c->pairs; k--) {
        s.h = s.h * y.h + p->h[k];
        moduli = moduli * size + __builtin_fabs(p->h[k]);
    }
    moduli *= c->heavy;
    for (int k = c->pairs - 1; k >= 0; k--) {
        ldd t = ldd_two_prod(s.h, y.h);

        t.l += s.h * y.l + s.l * y.h;
        s = ldd_two_sum(t.h, lane_set(p->h[k]));
        s.l += t.l + p->l[k];
        moduli = moduli * size + __builtin_fabs(p->h[k]);
    }
    *err = moduli * c->eps;
    return ldd_two_sum(s.h, s.l);
}

/* How many of n terms are double-double, if `small` does not matter. */
static __attribute__((noinline, cold, unused)) int
ml_many_cut_pairs(const ml_many_terms *p, int n, double most, double small)
{
    double power[ML_TERMS], sum = 0;
    int pairs;

    power[0] = 1;
    for (int k = 1; k < n; k++)
        power[k] = power[k - 1] * most;
    for (pairs = n - 1; pairs > 1; pairs--) {
        sum += __builtin_fabs(p->h[pairs - 1]) * power[pairs - 1];
        if (!(sum * 0x1p-46 <= small))
            break;
    }
    return pairs;
}

/* The G_k = 1/Gamma(alpha (first + k) + beta), count of them or fewer; those from
 * p->n on. */
static __attribute__((noinline, cold, unused)) void
ml_many_terms_more(ml_many_terms *p, double alpha, double beta, double first,
                   int count)
{
    for (int k = p->n; k < count; k += 8) {
        octet g;
        double eps = rgamma_octet(&g, alpha, beta, first + k);

        if (!(eps < 0x1p-60))
            break;
        memcpy(p->h + k, g.h, sizeof g.h);
        memcpy(p->l + k, g.l, sizeof g.l);
        p->eps = eps > p->eps ? eps : p->eps;
        p->n = k + 8;
    }
}

/* The first eight, known up to eps. */
LANE_INLINE void
ml_many_terms_start(ml_many_terms *p, const octet *g, double eps)
{
    p->n = 0;
    p->eps = 0;
    if (!(eps < 0x1p-60))
        return;
    memcpy(p->h, g->h, sizeof g->h);
    memcpy(p->l, g->l, sizeof g->l);
    p->eps = eps;
    p->n = 8;
}

LANE_INLINE void
ml_many_terms_of(ml_many_terms *p, double alpha, double beta, double first,
                 int count)
{
    p->n = 0;
    p->eps = 0;
    ml_many_terms_more(p, alpha, beta, first, count);
}

/* x = e^(alpha l) of n l, a multiple of 8. */
static __attribute__((noinline, cold, unused)) void
ml_many_trials(double *x, const double *l, int n, double alpha)
{
    for (int i = 0; i < n; i += LANES) {
        lane y = lane_loadu(l + i) * alpha;

        lane_storeu(x + i, ldd_exp((ldd){y, y - y}).h);
    }
}

/* x^n */
LANE_INLINE double
ml_many_power_int(double x, int n)
{
    double y = 1;

    for (; n > 0; n >>= 1) {
        if (n & 1)
            y *= x;
        x *= x;
    }
    return y;
}

/* ------------------------------------------------------------ the power series */

/* What is cut off after the first n of G_k, over |y|^(n-1): infinity where that
 * is not known.                                                 [mlfunc D32] */
LANE_INLINE double
ml_many_terms_tail(const ml_many_terms *p, double alpha, double beta, int n,
                   double most)
{
    double q = __builtin_fabs(p->h[n - 1] / p->h[n - 2]) * most * (1 + 0x1p-40);

    if (!(beta + alpha * (n - 2) >= 0.5 && q <= 0.875))
        return __builtin_inf();
    return __builtin_fabs(p->h[n - 1]) * (q / (1 - q)) * (1 + 0x1p-40);
}

/* How many terms are needed at |y| = most, where their moduli add up to size: the
 * fewest after which what is cut off does not matter, and how many of them in
 * double-double. */
LANE_INLINE void
ml_many_cut_series(ml_many_cut *c, const ml_many_terms *p, double alpha,
                   double beta, double most, double size)
{
    double small = size * p->eps * 0.25, power = most * most, tail;
    int n = 2;

    for (; n < p->n && !(__builtin_fabs(p->h[n]) * power <= 0.5 * small); n++)
        power *= most;
    tail = ml_many_terms_tail(p, alpha, beta, n, most);
    if (!(tail < __builtin_inf())) {
        n = p->n;
        tail = ml_many_terms_tail(p, alpha, beta, n, most);
    }
    ml_many_cut_set(c, p, n, ml_many_cut_pairs(p, n, most, small), most, tail);
}

#define ML_TRIALS 16

/* The moduli of the sums of all terms, and what their errors are to eps, the last
 * term as heavy as in ml_many_cut: steering, in doubles. */
LANE_INLINE void
ml_many_cut_trials(double *value, double *size, const ml_many_terms *p,
                   double heavy, const double *x, bool negative)
{
    for (int i = 0; i < ML_TRIALS; i += LANES) {
        lane y = lane_loadu(x + i), sum = lane_set(p->h[p->n - 1]);
        lane moduli = lane_abs(sum) * heavy, z = negative ? -y : y;

        for (int k = p->n - 2; k >= 0; k--) {
            sum = sum * z + p->h[k];
            moduli = moduli * y + __builtin_fabs(p->h[k]);
        }
        lane_storeu(value + i, lane_abs(sum));
        lane_storeu(size + i, moduli);
    }
}

/* For x of one sign, |x| <= c->most, which is 0 where the series does not serve. */
static __attribute__((noinline, cold, unused)) void
ml_many_cut_choose(ml_many_cut *c, const ml_many_terms *p, double alpha,
                   double beta, bool negative)
{
    /* ln x/alpha, or ln x: x^(1/alpha) from 1 to 50, x from 1/16 to 4 */
    static const double t[2][ML_TRIALS] = {
        {0, 0.6931, 1.099, 1.386, 1.609, 1.792, 1.946, 2.079, 2.303, 2.485,
         2.708, 2.996, 3.258, 3.466, 3.689, 3.892},
        {-2.773, -2.079, -1.386, -0.9808, -0.6931, -0.47, -0.2877, -0.1335, 0,
         0.1178, 0.2231, 0.4055, 0.5596, 0.6931, 1.099, 1.386}};
    double x[ML_TRIALS], value[ML_TRIALS], size[ML_TRIALS];
    int best = -1;

    c->most = 0;
    if (!(p->n > 2 && alpha >= 0x1p-100 && alpha <= 64))
        return;
    ml_many_trials(x, t[alpha < 1], ML_TRIALS, alpha < 1 ? 1 : alpha);
    ml_many_cut_set(c, p, p->n, p->n - 1, 0, 0);
    ml_many_cut_trials(value, size, p, c->heavy, x, negative);
    for (int i = 0; i < ML_TRIALS; i++) {
        /* E may have a zero here */
        double before = i > 0 ? value[i - 1] / 4 : 0;
        double least = value[i] > before ? value[i] : before;
        double tail = ml_many_terms_tail(p, alpha, beta, p->n, x[i])
                      * ml_many_power_int(x[i], p->n - 1);

        if (!(tail + size[i] * p->eps <= CHOICE_GOOD * least))
            break;
        best = i;
    }
    if (best >= 0)
        ml_many_cut_series(c, p, alpha, beta, x[best], size[best]);
    else
        c->most = 0;
}

#endif
