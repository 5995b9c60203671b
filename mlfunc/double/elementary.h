/* mlfunc/double/elementary.h - exp, log, sin, cos, arg in double-double.
 *
 * For one number.  Only + - * / and sqrt of doubles, so that every machine has
 * the same bits; errors in README.md, D20 to D23, u = 2^-53.
 */
#ifndef MLFUNC_DOUBLE_ELEMENTARY_H
#define MLFUNC_DOUBLE_ELEMENTARY_H

#include "mlfunc/double/dd.h"

/* m 2^k. */
typedef struct {
    dd m;
    int k;
} dd_scaled;

/* Re + i Im. */
typedef struct {
    dd re, im;
} dz;

/*
 * dd_exp - e^x = m 2^k.
 *
 * Domain   |x| <= 2^29.
 * Result   0.99 < m < 2.01.
 * Error    relative: ML_EXP_ERROR(x).                           [mlfunc D20]
 */
LANE_INLINE dd_scaled dd_exp(dd x);
#define ML_EXP_ERROR(x) (0x1p-92 + __builtin_fabs((x).h) * 0x1p-102)

/*
 * dd_log, dd_log_d - the natural logarithm of a normal number x > 0.
 *
 * Error    absolute: 2^-99 + 2^-101 |log x|.                    [mlfunc D21]
 */
LANE_INLINE dd dd_log(dd x);
LANE_INLINE dd dd_log_d(double x);
#define ML_LOG_ERROR(log) (0x1p-99 + __builtin_fabs((log).h) * 0x1p-101)

/*
 * dd_cis - cos x + i sin x.
 *
 * Domain   |x| <= 2^45.
 * Error    absolute, of each part: ML_CIS_ERROR(x).             [mlfunc D22]
 */
LANE_INLINE dz dd_cis(dd x);
#define ML_CIS_ERROR(x) (0x1p-95 + __builtin_fabs((x).h) * 0x1p-102)

/*
 * dd_sqrt - the square root of x > 0, normal and below 2^1000.
 *
 * Error    relative: 2^-102.                                    [mlfunc D1]
 */
LANE_INLINE dd dd_sqrt(dd x);

/*
 * dd_arg - arg(x + i y) in (-pi, pi], not both 0.
 *
 * Domain   |x|, |y| at most 2^500, the larger at least 2^-500.
 * Error    absolute: 2^-95; for x > 0 also relative to the result: 2^-90.
 *                                                               [mlfunc D23]
 */
LANE_INLINE dd dd_arg(double x, double y);

/* x 2^k, for any k: to 0 or infinity where it must; exact otherwise but for
 * subnormal results. */
LANE_INLINE double double_ldexp(double x, long long k);
LANE_INLINE dd dd_ldexp(dd x, long long k);

/* pi, as a double-double: error 2^-108. */
#define DD_PI ((dd){0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53})

#endif
