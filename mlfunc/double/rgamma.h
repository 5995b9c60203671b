/* mlfunc/double/rgamma.h - eight reciprocal gammas at once.
 *
 * For the files lanes_*.c.  The eight arguments are beta + alpha k for
 * k = first to first + 7; alpha may be negative, and first is an integer from
 * -2^20 to 2^20.  They are used exactly, not rounded to doubles; alpha and beta
 * that are not 0 must be at least 2^-200, so that nothing underflows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_RGAMMA_H
#define MLFUNC_DOUBLE_RGAMMA_H

#include <math.h>
#include <stdbool.h>

#include "mlfunc/double/dd.h"
#include "mlfunc/double/rgamma_double_table.h"

/* Static in each lanes_X.c, and called: its code is long. */
#define LANE_CALL static __attribute__((noinline, unused))

/* Eight double-doubles. */
typedef struct {
    _Alignas(64) double h[8];
    _Alignas(64) double l[8];
} octet;

/* The largest |beta + alpha k|. */
#define RGAMMA_MOST 128

/*
 * rgamma_octet - g_k = 1/Gamma(beta + alpha (first + k)), k < 8.
 *
 * Result   a relative bound for all eight, about 2^-80; infinity, and g is 0,
 *          where an argument is not within RGAMMA_MOST, or alpha or beta too
 *          small.  At 0, -1, -2, ... g_k is 0.
 * Error    |g_k - 1/Gamma(.)| <= result * |1/Gamma(.)|.         [mlfunc D30]
 */
LANE_CALL double rgamma_octet(octet *g, double alpha, double beta,
                              double first);

/* The same for k < count, 1 <= count <= 8; the others are g_(count-1) again. */
#ifdef ML_SHARED
#    define rgamma_some ML_LANES_OF(ml_rgamma_some)
#endif
LANE_SHARED double rgamma_some(octet *g, double alpha, double beta,
                               double first, int count);

/*
 * rgamma_octet_jet - the same and d_k = (1/Gamma)'(beta + alpha (first + k)).
 *
 * Result   as rgamma_octet for g; |d_k - (1/Gamma)'| <= err[k]; both are 0 where
 *          g is.                                                [mlfunc D31]
 */
LANE_CALL double rgamma_octet_jet(octet *g, octet *d, double err[8],
                                  double alpha, double beta, double first);

/* ------------------------------------------------------------ the arguments */

/* n + x, n an integer, |x| <= 1/2 (1 + 2^-44). */
typedef struct {
    lane n;
    ldd x;
} rgamma_arg;

LANE_INLINE ldd
octet_get(const octet *a, int at)
{
    return (ldd){lane_load(a->h + at), lane_load(a->l + at)};
}

LANE_INLINE void
octet_put(octet *a, int at, ldd x)
{
    lane_store(a->h + at, x.h);
    lane_store(a->l + at, x.l);
}

/* beta + alpha k; x with a relative error of 2 u^2, and 0 if it is 0.
 * [mlfunc D30] */
LANE_INLINE rgamma_arg
rgamma_split(double alpha, double beta, lane k)
{
    ldd p = ldd_two_prod(k, lane_set(alpha));
    ldd s = ldd_two_sum(p.h, lane_set(beta)), t = ldd_two_sum(s.l, p.l);
    lane n = lane_rint(s.h);
    ldd x = ldd_two_sum(s.h - n, t.h);

    return (rgamma_arg){n, ldd_quick_two_sum(x.h, x.l + t.l)};
}

/* How many factors lead from 1/Gamma(1 + x) to 1/Gamma(n + x): as divisors
 * 1 + x, ..., n - 1 + x or as factors x, x - 1, ..., x + n. */
LANE_INLINE double
rgamma_factors(double y)
{
    double n = y < 0 ? -y : y;

    return __builtin_floor(n + 0.5) + 1;
}

/* ------------------------------------------------------------- 1/Gamma(1+x) */

/* sum of c_(12 + odd + 2 i) v^i, i < 8, in doubles. */
LANE_INLINE lane
rgamma_tail(const double *c, lane v)
{
    lane v2 = v * v, v4 = v2 * v2;
    lane p = lane_set(c[12]) + lane_set(c[14]) * v;
    lane q = lane_set(c[16]) + lane_set(c[18]) * v;
    lane r = lane_set(c[20]) + lane_set(c[22]) * v;
    lane s = lane_set(c[24]) + lane_set(c[26]) * v;

    return (p + q * v2) + (r + s * v2) * v4;
}

/* c + a v, where |c| > |a v|. */
LANE_INLINE ldd
rgamma_step(double ch, double cl, ldd a, ldd v)
{
    ldd p = ldd_two_prod(a.h, v.h);
    ldd s = ldd_quick_two_sum(lane_set(ch), p.h);

    s.l = (s.l + lane_set(cl)) + (p.l + a.h * v.l);
    /* a.l last: it is late */
    s.l += a.l * v.h;
    return s;
}

LANE_INLINE ldd
rgamma_square(ldd x)
{
    ldd v = ldd_two_prod(x.h, x.h);

    v.l += (x.h + x.h) * x.l;
    return v;
}

/* sum of c[.][k] x^k for |x| <= 1/2, v = x^2. */
LANE_INLINE ldd
rgamma_polynomial(const double c[2][ML_RGAMMA_POWERS], ldd x, ldd v)
{
    ldd a = {rgamma_tail(c[0], v.h), lane_set(0)};
    ldd b = {rgamma_tail(c[0] + 1, v.h), lane_set(0)};

    for (int k = 10; k >= 0; k -= 2) {
        a = rgamma_step(c[0][k], c[1][k], a, v);
        b = rgamma_step(c[0][k + 1], c[1][k + 1], b, v);
    }
    ldd p = ldd_two_prod(b.h, x.h), s = ldd_two_sum(a.h, p.h);
    p.l += b.h * x.l + b.l * x.h;
    return ldd_quick_two_sum(s.h, s.l + (p.l + a.l));
}

/* -------------------------------------------------------------- the factors */

/* The factor number j of rgamma_factors, or 1 beyond the last. */
LANE_INLINE ldd
rgamma_factor(const rgamma_arg *y, double j)
{
    lane_mask right = y->n > lane_set(0.5);
    lane c = lane_select(right, lane_set(j + 1), lane_set(-j));
    /* right: j < n - 1; else j < 1 - n */
    lane_mask used = lane_abs(y->n - lane_set(1)) > lane_set(j + 0.5);
    ldd f = ldd_quick_two_sum(c, y->x.h);

    f.l += y->x.l;
    return (ldd){lane_select(used, f.h, lane_set(1)),
                 lane_select(used, f.l, lane_set(0))};
}

/* Their product. */
LANE_INLINE ldd
rgamma_product(const rgamma_arg *y, int most)
{
    ldd a = rgamma_factor(y, 0);

    for (int j = 1; j < most; j++) {
        ldd f = rgamma_factor(y, j), p = ldd_two_prod(a.h, f.h);

        a = (ldd){p.h, (p.l + a.h * f.l) + a.l * f.h};
    }
    return ldd_quick_two_sum(a.h, a.l);
}

/* most: how many factors there are, at most.  [mlfunc D30] */
LANE_INLINE double
rgamma_error(double most)
{
    return 0x1p-80 + 9 * (most + 1) * (most + 1) * 0x1p-106;
}

/* 0, or not too small. */
LANE_INLINE bool
rgamma_sized(double x)
{
    return x == 0 || __builtin_fabs(x) >= 0x1p-200;
}

/* The factors of the eight arguments, at most; infinity beyond the range. */
LANE_INLINE double
rgamma_most(double alpha, double beta, double first, int count)
{
    double y = beta + alpha * first, z = beta + alpha * (first + (count - 1));
    double a = y < 0 ? -y : y, b = z < 0 ? -z : z;

    if (!(a <= RGAMMA_MOST && b <= RGAMMA_MOST && rgamma_sized(alpha)
          && rgamma_sized(beta)))
        return (double)INFINITY;
    return rgamma_factors(a > b ? a : b);
}

LANE_INLINE lane
rgamma_steps(int at)
{
    static const _Alignas(64) double steps[8] = {0, 1, 2, 3, 4, 5, 6, 7};

    return lane_load(steps + at);
}

/* a / b. */
LANE_INLINE ldd
rgamma_divide(ldd a, ldd b)
{
    lane inverse = lane_set(1) / b.h, q = a.h * inverse;
    ldd p = ldd_two_prod(q, b.h);
    lane r = ((a.h - p.h) - p.l) + (a.l - q * b.l);

    return ldd_quick_two_sum(q, r * inverse);
}

LANE_INLINE ldd
rgamma_select(lane_mask m, ldd a, ldd b)
{
    return (ldd){lane_select(m, a.h, b.h), lane_select(m, a.l, b.l)};
}

#if LANE_SHARED_HERE
double
rgamma_some(octet *g, double alpha, double beta, double first, int count)
{
    double most = rgamma_most(alpha, beta, first, count);

    if (!(most <= RGAMMA_MOST + 1)) {
        memset(g, 0, sizeof *g);
        return (double)INFINITY;
    }
    for (int i = 0; i < 8; i += LANES) {
        lane end = lane_set(count - 1), step = rgamma_steps(i);
        lane k = lane_set(first) + lane_select(step < end, step, end);
        rgamma_arg y = rgamma_split(alpha, beta, k);
        ldd f = rgamma_product(&y, (int)most);
        ldd r = rgamma_polynomial(ml_rgamma_powers, y.x, rgamma_square(y.x));

        octet_put(g, i,
                  rgamma_select(y.n > lane_set(0.5), rgamma_divide(r, f),
                                ldd_mul(r, f)));
    }
    return rgamma_error(most);
}
#endif

double
rgamma_octet(octet *g, double alpha, double beta, double first)
{
    return rgamma_some(g, alpha, beta, first, 8);
}

/* ----------------------------------------------------------- the derivative */

/* A product of factors, its derivative, and the sum of the moduli of which
 * that was made. */
typedef struct {
    ldd value, slope;
    lane size;
} rgamma_jet;

LANE_INLINE rgamma_jet
rgamma_product_jet(const rgamma_arg *y, int most)
{
    rgamma_jet a = {.value = {lane_set(1), lane_set(0)}};

    a.slope = (ldd){lane_set(0), lane_set(0)};
    a.size = lane_set(0);
    for (int j = 0; j < most; j++) {
        lane_mask used = lane_abs(y->n - lane_set(1)) > lane_set(j + 0.5);
        ldd f = rgamma_factor(y, j);

        a.slope =
            rgamma_select(used, ldd_add(ldd_mul(a.slope, f), a.value), a.slope);
        a.size = lane_select(used, a.size * lane_abs(f.h) + lane_abs(a.value.h),
                             a.size);
        a.value = ldd_mul(a.value, f);
    }
    return a;
}

/* There are none. */
LANE_CALL double
rgamma_none(octet *g, octet *d, double err[8])
{
    memset(g, 0, sizeof *g);
    memset(d, 0, sizeof *d);
    memset(err, 0, 8 * sizeof *err);
    return (double)INFINITY;
}

double
rgamma_octet_jet(octet *g, octet *d, double err[8], double alpha, double beta,
                 double first)
{
    double most = rgamma_most(alpha, beta, first, 8);
    double eps = rgamma_error(most);

    if (!(most <= RGAMMA_MOST + 1))
        return rgamma_none(g, d, err);
    for (int i = 0; i < 8; i += LANES) {
        rgamma_arg y =
            rgamma_split(alpha, beta, lane_set(first) + rgamma_steps(i));
        lane_mask right = y.n > lane_set(0.5);
        rgamma_jet f = rgamma_product_jet(&y, (int)most);
        ldd v = rgamma_square(y.x);
        ldd r = rgamma_polynomial(ml_rgamma_powers, y.x, v);
        ldd s = rgamma_polynomial(ml_rgamma_slope, y.x, v);
        ldd q = rgamma_divide(r, f.value);
        lane size = lane_abs(f.value.h);
        lane rest = lane_abs(r.h) * f.size;

        octet_put(g, i, rgamma_select(right, q, ldd_mul(r, f.value)));
        octet_put(d, i,
                  rgamma_select(
                      right,
                      rgamma_divide(ldd_sub(s, ldd_mul(q, f.slope)), f.value),
                      ldd_add(ldd_mul(s, f.value), ldd_mul(r, f.slope))));
        /* [mlfunc D31] */
        rest = lane_select(right, rest / (size * size), rest)
               + lane_set(16) * lane_select(right, 1 / size, size);
        lane_storeu(err + i, lane_set(4 * eps) * rest);
    }
    return eps;
}

/* ------------------------------------------------------------------ a bound */

/* An upper bound of Gamma(nu), nu known up to slack, and of nu as an integer;
 * infinity beyond the table or too near to 0.                   [mlfunc D33] */
LANE_INLINE double
gamma_up(int *above, double nu, double slack)
{
    double up = nu + slack, n = __builtin_floor(up);

    *above = 1;
    if (!(nu - slack > 0x1p-10 && up < ML_GAMMA_UP - 1))
        return (double)INFINITY;
    *above = (int)n + 1;
    if (n < 1)
        return (1 + 0x1p-40) / (nu - slack);
    return ml_gamma_up[(int)n] * (1 + (up - n) * (n - 1)) * (1 + 0x1p-40);
}

#endif
