/* mlfunc/ball/rgamma.h - 1/Gamma in fixed point, many at a time. */
#ifndef MLFUNC_RGAMMA_H
#define MLFUNC_RGAMMA_H

#include <stdbool.h>
#include <stdint.h>

#include <gmp.h>

#include <arb.h>
#include <fmpz.h>

/*
 * The table: 1/(4 Gamma(1+x)) = sum_j c_j x^j.  sum_{i>=j} |c_i| 2^(j-i) is
 * below 2^-below (1 - 2^-11), and below does not fall with j.  |c_j|, rounded
 * down to a multiple of 2^(-64 (ML_RGAMMA_LIMBS - j/64)), has its limbs at
 * ml_rgamma_limbs + at, the lowest first, the highest with the weight
 * 2^(-64 (lead+1)), where lead = (below-1)/64.               [mlfunc S2]
 */
typedef struct {
    uint16_t at;
    uint8_t lead;
    uint8_t neg;
    uint16_t below;
} ml_rgamma_coeff;

#define ML_RGAMMA_LIMBS 60
#define ML_RGAMMA_COUNT 584

/* One more entry than there are coefficients, for its bound. */
extern const ml_rgamma_coeff ml_rgamma_coeffs[ML_RGAMMA_COUNT + 1];
extern const mp_limb_t ml_rgamma_limbs[];

/* The smallest j with lead >= i, and at the end ML_RGAMMA_COUNT. */
extern const uint16_t ml_rgamma_first[ML_RGAMMA_LIMBS + 1];

/* The smallest j with below + j >= 16 i, the number of terms for 16 i bits. */
extern const uint16_t ml_rgamma_terms[4 * ML_RGAMMA_LIMBS + 1];

/*
 * An argument y = 1 + m + x, x = u/den or -u/den, |x| <= 1/2: den is one limb
 * where it is not 0, else 2^64 or, if wide, 2^128.
 */
typedef struct {
    slong m;
    mp_limb_t u[2];
    mp_limb_t den;
    bool wide, neg;
} ml_rgamma_arg;

/*
 * ml_rgamma_taylor - 1/(4 Gamma(1+x)) with n limbs after the point.
 *
 * Domain   1 <= n <= ML_RGAMMA_LIMBS, 1 <= bits <= 64 n, x of y.
 * Result   s[0..n-1].
 * Error    |s 2^(-64 n) - value| <= returned double in units of 2^(-64 n).
 *                                                              [mlfunc S2]
 * Cost     about n/2 single-limb products for each of the terms for bits.
 */
double ml_rgamma_taylor(mp_limb_t *s, const ml_rgamma_arg *y, slong n,
                        slong bits);

/*
 * ml_rgamma_fixed - 1/Gamma(y) as an integer times 2^unit.
 *
 * Domain   any y; size is about log2|1/Gamma(y)| and only steers.
 * Result   res.
 * Error    |res 2^unit - 1/Gamma(y)| <= returned double times 2^unit; 0 where
 *          y is 0, -1, -2, ...                                [mlfunc S3]
 * Cost     arb_rgamma's where the table or patience ends.
 */
double ml_rgamma_fixed(mpz_t res, const ml_rgamma_arg *y, slong unit,
                       double size);

/* res encloses 1/Gamma(y), about 2^size, with about prec bits; for y < 0 the
 * size without the sine. */
void ml_rgamma_arb(arb_t res, const ml_rgamma_arg *y, double size, slong prec);

/*
 * y = (b + k a) / den for k = first, first - 1, ...: one subtraction each.
 * False where den is too long.
 */
typedef struct {
    slong whole, step_whole;
    mp_limb_t part[2], step_part[2];
    mp_limb_t den;
    bool wide;
} ml_rgamma_walk;

bool ml_rgamma_walk_init(ml_rgamma_walk *w, const fmpz_t a, const fmpz_t b,
                         const fmpz_t den, slong first);
void ml_rgamma_walk_arg(ml_rgamma_arg *y, const ml_rgamma_walk *w);
void ml_rgamma_walk_down(ml_rgamma_walk *w);

/* Steering (rgamma_plan.c): the limbs, the bits of the Taylor series, and
 * whether the table serves at all, for bits bits of the result. */
typedef struct {
    slong n, bits;
    bool table;
} ml_rgamma_plan;

void ml_rgamma_planned(ml_rgamma_plan *s, const ml_rgamma_arg *y, double bits);

/* ml_rgamma_fixed where plan->n <= 2; negative where it does not serve. */
double ml_rgamma_short(mpz_t res, const ml_rgamma_arg *y, slong unit,
                       const ml_rgamma_plan *plan);

/* x = +-u/den as u 2^e / (den 2^e), short enough for one limb to hold
 * i den + u, i <= to; false where there is no such form. */
typedef struct {
    mp_limb_t den, u;
    slong e;
} ml_rgamma_short_form;

bool ml_rgamma_shorten(ml_rgamma_short_form *f, const ml_rgamma_arg *y,
                       slong to);

/* Microseconds for 1/Gamma(1 + m + x) with so many bits; den of one limb (kind
 * 0), a power of 2 (1), or of 2 and long (2). */
double ml_rgamma_cost(double m, double bits, int kind);

#endif
