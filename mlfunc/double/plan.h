/* mlfunc/double/plan.h - a plan: one polynomial for each piece of the axis.
 *
 * |x| < 2^c is one piece, c some -4 to -7.  Each octave 2^e <= |x| < 2^(e+1)
 * from there on is cut into 2^k pieces of equal length.  With r = x - (the middle
 * of the piece), exact,
 *
 *     y = a_0 + (r a_1 + (r^2 q + low)),
 *     q = (a_2 + r a_3) + r^2 ((a_4 + r a_5) + r^2 (a_6 + r a_7)).
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

/* One line of the cache.  The low half of a_7 is the high half of the double
 * low: a_7 is what all its bits say. */
typedef struct {
    double a[8];
} ml_piece;

static inline double
ml_piece_low(const ml_piece *p)
{
    uint64_t bits;
    double low;

    __builtin_memcpy(&bits, p->a + 7, sizeof bits);
    bits <<= 32;
    __builtin_memcpy(&low, &bits, sizeof low);
    return low;
}

static inline void
ml_piece_set_last(ml_piece *p, double a7, double low)
{
    uint64_t bits, more;

    __builtin_memcpy(&bits, &a7, sizeof bits);
    __builtin_memcpy(&more, &low, sizeof more);
    bits = (bits >> 32 << 32) | more >> 32;
    __builtin_memcpy(p->a + 7, &bits, sizeof bits);
}

#define ML_PLAN_MIN   (-34) /* exponents e of the octaves */
#define ML_PLAN_MAX   33
#define ML_PLAN_ZONES 16 /* octaves with a k of their own */

/* A zone may have, in place of a k, */
#define ML_PLAN_NONE   (-1) /* no pieces */
#define ML_PLAN_CENTRE (-2) /* the piece about 0 */

/*
 * Octave e of a sign belongs to zone e + 1023 - first, cut to 0 ... 15.  All is
 * found from the high half of the bits of x, 32 of them.  A place holds
 *
 *     high << 32 | base | shift:
 *
 * with H the high half of x or of |x|, its piece is base + 64 (H >> shift) bytes
 * after the first, modulo 2^32; base is a multiple of 64.  The high half of the
 * middle is (H & -high) | high, the other is 0: high is one bit, or 0 for the
 * middle 0.
 *
 * place is for all signs and exponents, H with the sign.  zone is for fewer
 * registers: [sign bit][exponent mod 16], H cut to least ... most, without high,
 * which is 1 << (shift - 1), and with shift - 1 in the place of shift; a shift
 * of 33 leads to base alone.
 */
struct ml_plan {
    uint64_t place[4096];
    _Alignas(64) uint32_t zone[2][ML_PLAN_ZONES];
    int32_t first, least, most;
    int8_t k[2][ML_PLAN_ZONES]; /* [sign bit][zone] */
    size_t pieces;
    double constant[2]; /* to the right E is infinite, to the left 0; or NaN */
    double alpha, beta;
    ml_piece *piece;
};

/* The number of the piece of x, and the polynomial's variable. */
static inline size_t
ml_plan_piece(const ml_plan *plan, double x, double *r)
{
    uint64_t bits;
    double middle;

    __builtin_memcpy(&bits, &x, sizeof bits);

    uint64_t place = plan->place[bits >> 52];
    uint32_t half = (uint32_t)(bits >> 32), high = (uint32_t)(place >> 32);
    uint32_t base = (uint32_t)place & ~63u;
    uint32_t at = (half >> (place & 31) << 6) + base;

    bits = (uint64_t)((half & (0 - high)) | high) << 32;
    __builtin_memcpy(&middle, &bits, sizeof middle);
    *r = x - middle;
    return at / 64;
}

/* ------------------------------------------------------------------- building */

#define ML_NEWTON       24 /* points of an interpolation */
#define ML_NEWTON_PAIRS 6  /* coefficients that are double-double */

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
 * last: each of its last three terms is at most this.  single: the modulus of the
 * first d_k without a low part; its term is at most a tenth of it.
 */
typedef struct {
    double d[ML_NEWTON], low[ML_NEWTON_PAIRS], last, single;
} ml_newton;

static inline int
ml_plan_zone(const ml_plan *plan, int e)
{
    int zone = e + 1023 - plan->first;

    zone = zone < 0 ? 0 : zone;
    return zone > ML_PLAN_ZONES - 1 ? ML_PLAN_ZONES - 1 : zone;
}

/* The k of an octave of a sign (1: negative), or what stands for it. */
static inline int
ml_plan_octave(const ml_plan *plan, int sign, int e)
{
    return plan->k[sign][ml_plan_zone(plan, e)];
}

#endif
