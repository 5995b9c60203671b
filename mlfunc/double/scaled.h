/* mlfunc/double/scaled.h - E_{alpha,beta}(z) where numbers leave the range.
 *
 * Slow, and for all arguments: alpha up to the largest double, beta far from 0,
 * z real or complex, results of any size, as mantissa and exponent.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_SCALED_H
#define MLFUNC_DOUBLE_SCALED_H

#include "mlfunc/double/elementary.h"
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

/*
 * ml_mittleff_scaled_complex - E_{alpha,beta}(z), z[1] > 0: both parts, each as
 * ml_mittleff_scaled has it.                                    [mlfunc D35]
 */
void ml_mittleff_scaled_complex(ml_value v[2], double alpha, double beta,
                                const double z[2]);

/* ------------------------------------------------------------ for the authors */

/* (m + something of modulus <= err) 2^e; 1 <= |m.h| < 2, or m = 0. */
typedef struct {
    dd m;
    double err;
    long long e;
} scaled;

#define SCALED_MOST (1LL << 29)

/* The exponent of what is nothing beside doubles. */
#define SCALED_NOTHING (-1200)

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

/* ln |x| for any x but 0, off by at most 2^-99 + 2^-102 |ln x|. */
dd scaled_log(double x);

/*
 * scaled_cis - cos x + i sin x for |x| <= 2^100, each part off by at most
 * SCALED_CIS_ERROR(x); the sine of |x| < 0.006 relative to x.   [mlfunc D45]
 */
#define SCALED_CIS_ERROR(x) (0x1p-99 + __builtin_fabs(x) * 0x1p-102)

dz scaled_cis(dd x);

/* re + i im; products and sums part by part. */
typedef struct {
    scaled re, im;
} scaledz;

scaledz scaledz_add(scaledz a, scaledz b);
scaledz scaledz_mul(scaledz a, scaledz b);
scaledz scaledz_times(scaledz a, scaled b);
scaledz scaledz_inverse(scaledz a);

/* beta + alpha k = n + x exactly up to 3 u^2 |x|, |x| <= 1/2 + 2^-51 |n + x|. */
typedef struct {
    double n;
    dd x;
} scaled_arg;

/* k an integer, |k| < 2^26, or alpha = +-1; |beta + alpha k| < 2^50. */
scaled_arg scaled_arg_of(double alpha, double beta, double k);

/* 1/Gamma(n + x), Gamma(n + x).                                 [mlfunc D34] */
scaled scaled_rgamma(scaled_arg y);
scaled scaled_gamma(scaled_arg y);

/* Where E is asked for: z = x + iy, y >= 0. */
typedef struct {
    double alpha, beta, x, y;
    scaledz z;
    scaled size;    /* at least |z|, without error */
    double modulus; /* the same as a double, or infinity */
    dd log_t;       /* ln |z|^(1/alpha) */
    double log_err; /* its absolute error */
    dd arg;         /* arg z */
    double arg_err;
    double turn; /* arg z / pi, off by at most 2^-51 */
} scaled_problem;

scaled_problem scaled_problem_of(double alpha, double beta, double x, double y);

/* a without error: a as a number; number a with b more as error; nothing known */
scaled scaled_whole(double x);
scaled scaled_widen(scaled a, scaled b);
extern const scaledz scaledz_unknown;

/* The part that is larger, for choosing. */
scaled scaledz_larger(scaledz a);

/* a <= 2^-bits b, up to what does not matter for choosing. */
bool scaled_negligible(scaled a, scaled b, long long bits);

/* err / |value| of a scaledz, for choosing. */
double scaledz_relative(scaledz a);

/* E by the power series, what is left out bounded by 2^-bits of the sum, or err
 * infinite.                                                     [mlfunc D35] */
scaledz scaled_series(const scaled_problem *p, int bits);

/* E by the poles and the asymptotic series, or err infinite.    [mlfunc D35] */
scaledz scaled_asymptotics(const scaled_problem *p);

#endif
