/* mlfunc/double/plan.h - a plan: one polynomial for each piece of the axis.
 *
 * Each octave 2^e <= |x| < 2^(e+1) is cut into 2^k pieces of equal length.  With
 * x = +-2^e m, 1 <= m < 2, and r = m - (the middle of the piece), exact,
 *
 *     y = a_0 + (r a_1 + (e + (r^2 (a_2 + r (... + r a_7)) + low))),
 *
 * e the error of the rounded product r a_1.
 *
 * k is chosen so that |y - a_0| is a small part of |y|: then one rounding, the
 * last, is all that counts [mlfunc D70].  A piece that is NaN refers to the
 * evaluator of single values.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_PLAN_H
#define MLFUNC_DOUBLE_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "mlfunc/mlfunc.h"

/* One line of the cache. */
typedef struct {
    double a[7];
    float low, a7;
} ml_piece;

#define ML_PLAN_MIN   (-34) /* exponents e of the octaves */
#define ML_PLAN_MAX   33
#define ML_PLAN_ZONES 16 /* octaves with a k of their own */

/*
 * Octave e of a sign belongs to zone e - first, cut to 0 ... 15.  The pieces of a
 * sign stand one after the other, then one that is NaN: x has number
 *
 *     start + min((bits of |x| >> shift) + base, count)
 *
 * in unsigned arithmetic, where start + count is the NaN piece; shift = 63 leads
 * there.  r = m' - half, m' the bits of x below shift after a 1.
 */
struct ml_plan {
    _Alignas(64) uint64_t shift[2][ML_PLAN_ZONES]; /* [sign bit] */
    _Alignas(64) uint64_t base[2][ML_PLAN_ZONES];  /* modulo 2^64 */
    _Alignas(64) double half[2][ML_PLAN_ZONES];
    int64_t first; /* the biased exponent of zone 0 */
    uint64_t start[2], count[2];
    double alpha, beta;
    ml_piece *piece;
};

/* The number of the piece of x, and the polynomial's variable. */
static inline size_t
ml_plan_piece(const ml_plan *plan, double x, double *r)
{
    uint64_t bits, low;
    double m;

    __builtin_memcpy(&bits, &x, sizeof bits);

    uint64_t sign = bits >> 63, size = bits & INT64_MAX;
    int64_t zone = (int64_t)(size >> 52) - plan->first;

    zone = zone < 0 ? 0 : zone;
    zone = zone > ML_PLAN_ZONES - 1 ? ML_PLAN_ZONES - 1 : zone;

    uint64_t s = plan->shift[sign][zone];
    uint64_t at = (size >> s) + plan->base[sign][zone];

    low = (size & ~(UINT64_MAX << s)) | UINT64_C(1023) << 52;
    __builtin_memcpy(&m, &low, sizeof m);
    *r = m - plan->half[sign][zone];
    return plan->start[sign]
           + (at < plan->count[sign] ? at : plan->count[sign]);
}

/* ------------------------------------------------------------------- building */

#define ML_NEWTON       24 /* points of an interpolation */
#define ML_NEWTON_PAIRS 5  /* coefficients that are double-double */

/* The points, in 1/4096: zeros of T_24, rounded; each as far as can be from those
 * before (Leja), which keeps the differences small. */
static const double ml_newton_point[ML_NEWTON] = {
    4087, -4087, 268,   -2276, 2701, -3406, 3674, -799,
    1812, -3879, 3406,  -1812, 799,  -3080, 4017, -4017,
    2276, -268,  -2701, 3879,  1317, -3674, 3080, -1317};

/*
 * A polynomial of degree 23 in s, |s| <= 1, by Newton's divided differences:
 *
 *     (d_0 + low_0) + (s - p_0) ((d_1 + low_1) + (s - p_1) (...)).
 *
 * rest: the largest of what its last terms, and what its first term without a
 * low part, may add to the value.
 */
typedef struct {
    double d[ML_NEWTON], low[ML_NEWTON_PAIRS], last, fourth;
} ml_newton;

/* The k of an octave -34 <= e <= 33 of a sign (1: negative), or -1. */
static inline int
ml_plan_octave(const ml_plan *plan, int sign, int e)
{
    int64_t zone = e + 1023 - plan->first;

    zone = zone < 0 ? 0 : zone;
    zone = zone > ML_PLAN_ZONES - 1 ? ML_PLAN_ZONES - 1 : zone;
    return plan->shift[sign][zone] <= 52 ? 52 - (int)plan->shift[sign][zone]
                                         : -1;
}

#endif
