/* mlfunc/double/rgamma.h - eight reciprocal gammas at once.
 *
 * For the files lanes_*.c.  The eight arguments are beta + alpha k for
 * k = first to first + 7; alpha may be negative, and first is an integer from
 * -2^20 to 2^20.  They are used exactly, not rounded to doubles.
 */
#ifndef MLFUNC_DOUBLE_RGAMMA_H
#define MLFUNC_DOUBLE_RGAMMA_H

#include "mlfunc/double/dd.h"

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
 * Result   a relative bound for all eight, about 2^-85; infinity, and g is not
 *          set, where an argument is not within RGAMMA_MOST.  At 0, -1, -2, ...
 *          g_k is 0.
 * Error    |g_k - 1/Gamma(.)| <= result * |1/Gamma(.)|.         [mlfunc D30]
 */
LANE_CALL double rgamma_octet(octet *g, double alpha, double beta,
                              double first);

/*
 * rgamma_octet_jet - the same and d_k = (1/Gamma)'(beta + alpha (first + k)).
 *
 * Result   as rgamma_octet for g; |d_k - (1/Gamma)'| <= err[k].  [mlfunc D31]
 */
LANE_CALL double rgamma_octet_jet(octet *g, octet *d, double err[8],
                                  double alpha, double beta, double first);

#endif
