/* mlfunc/double/rgamma_double_table.h - constants of 1/Gamma and of bounds.
 *
 * rgamma_double_table.c is made by mlfunc/test/t-rgamma_double_table.c.  A
 * number x is the nearest double [0] to x and the nearest [1] to the rest.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_RGAMMA_DOUBLE_TABLE_H
#define MLFUNC_DOUBLE_RGAMMA_DOUBLE_TABLE_H

#define ML_RGAMMA_POWERS 28
#define ML_STIRLING      13
#define ML_SINC          18
#define ML_GAMMA_UP      172
#define ML_SECANTS       7

/* 1/Gamma(1 + x) = sum of the [.][k] x^k; what is cut off, for |x| <= 1/2, and
 * the sum of the |[.][k]| 2^-k from k = 12 on: README, D30. */
extern const double ml_rgamma_powers[2][ML_RGAMMA_POWERS];

/* Its derivative. */
extern const double ml_rgamma_slope[2][ML_RGAMMA_POWERS];

/* ln Gamma(y) = (y - 1/2) ln y - y + c + sum of the [.][n] y^-(2n+1);
 * c = ln(2 pi)/2. */
extern const double ml_stirling[2][ML_STIRLING];
extern const double ml_stirling_constant[2];

/* sin(pi x) = x * sum of the [.][k] x^(2k). */
extern const double ml_sinc[2][ML_SINC];

/* 1/pi; ln 2. */
extern const double ml_inverse_pi[2];
extern const double ml_ln_two[2];

/* Upper bounds: Gamma(n), n >= 1; 1/cos(pi i/16). */
extern const double ml_gamma_up[ML_GAMMA_UP];
extern const double ml_secant_up[ML_SECANTS];

#endif
