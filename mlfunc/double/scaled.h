/* mlfunc/double/scaled.h - E_{alpha,beta}(x) where numbers leave the range.
 *
 * Slow, and total: alpha up to the largest double, beta far from 0, results of
 * any size, as mantissa and exponent.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_SCALED_H
#define MLFUNC_DOUBLE_SCALED_H

#include "mlfunc/double/dd.h"
#include "mlfunc/double/impl.h"

/*
 * scaled - (h + l) 2^e, off by at most err 2^e; 0.5 <= |h| < 2, or h = 0.
 *
 * |e| <= SCALED_MOST; a number that is smaller yet is 0 with err = 2^-1000 at
 * e = -SCALED_MOST, a larger one has err = infinity.
 */
typedef struct {
    double h, l, err;
    long long e;
} scaled;

#define SCALED_MOST (1LL << 40)

/* scaled_rgamma - 1/Gamma(y + dy) for a double-double y + dy, |y| any.
 * Error    res->err, about 2^-90 |y| log |y| where that matters. [mlfunc D34] */
void scaled_rgamma(scaled *res, double y, double dy);

/*
 * ml_mittleff_scaled - E_{alpha,beta}(x), all finite, alpha > 0.
 *
 * Result   *v; an exponent beyond 2^30 in size becomes +-2^30, with v->hi of the
 *          sign of E, 1 or 2^-60, and v->err so that the value is over- or
 *          underflowing for certain.  v->err is infinite where nothing is known.
 * Error    v->err.                                              [mlfunc D35]
 * Cost     microseconds to milliseconds.
 */
void ml_mittleff_scaled(ml_value *v, double alpha, double beta, double x);

#endif
