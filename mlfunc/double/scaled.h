/* mlfunc/double/scaled.h - E_{alpha,beta}(x) where numbers leave the range.
 *
 * Slow, and for all arguments: alpha up to the largest double, beta far from 0,
 * results of any size, as mantissa and exponent.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_SCALED_H
#define MLFUNC_DOUBLE_SCALED_H

#include "mlfunc/double/dd.h"
#include "mlfunc/double/impl.h"

/*
 * ml_mittleff_scaled - E_{alpha,beta}(x), all finite, alpha > 0.
 *
 * Result   *v with v->err; infinite where nothing is known.  |E| >= 2^SCALED_MOST
 *          gives +-1 with v->err = 1/2 at that exponent, so that the double is
 *          infinity for certain (the one case where the value is not within
 *          v->err).
 * Error    v->err.                                              [mlfunc D35]
 * Cost     microseconds to milliseconds.
 */
void ml_mittleff_scaled(ml_value *v, double alpha, double beta, double x);

/* ------------------------------------------------------------ for the authors */

/* (m + something of modulus <= err) 2^e; 1 <= |m.h| < 2, or m = 0. */
typedef struct {
    dd m;
    double err;
    long long e;
} scaled;

#define SCALED_MOST (1LL << 29)

/* Errors: README, D34. */
scaled scaled_make(dd m, double err, long long e);
scaled scaled_mul(scaled a, scaled b);
scaled scaled_add(scaled a, scaled b);
scaled scaled_inverse(scaled a);

/* At least and at most |a|, as a number without error. */
scaled scaled_up(scaled a);
scaled scaled_down(scaled a);

/* a < b for positive numbers without error. */
bool scaled_less(scaled a, scaled b);

/* e^(x + something of modulus <= err). */
scaled scaled_exp(dd x, double err);

/* ln |x| for any x but 0, off by at most 2^-101 (1 + |ln x|). */
dd scaled_log(double x);

/* beta + alpha k = n + x exactly up to 3 u^2 |x|, |x| <= 1/2 (1 + 2^-40). */
typedef struct {
    double n;
    dd x;
} scaled_arg;

/* k an integer, |k| < 2^26, |beta + alpha k| < 2^50. */
scaled_arg scaled_arg_of(double alpha, double beta, double k);

/* 1/Gamma(n + x), Gamma(n + x).                                 [mlfunc D34] */
scaled scaled_rgamma(scaled_arg y);
scaled scaled_gamma(scaled_arg y);

/* E_{alpha,beta}(x) by its power series, what is left out bounded by 2^-bits of
 * the sum, or err infinite.                                     [mlfunc D35] */
scaled scaled_series(double alpha, double beta, double x, int bits);

#endif
