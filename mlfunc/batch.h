/* mlfunc/batch.h - log, exp, sin(pi x), cos(2 pi x) of many numbers.
 *
 * For the rooms of this project; not part of the installed interface.  Every
 * processor gives the same bits, which do not depend on n or on the place of a
 * number.  y may be x.  Errors are relative to the value unless noted, proved
 * in mlfunc/README.md.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_BATCH_H
#define MLFUNC_BATCH_H

#include <stddef.h>

/* How many numbers ml_cpu() works on at a time: 2, 4 or 8 for "baseline",
 * "avx2", "avx512". */
int ml_batch_lanes(void);

/* ln x; x positive, normal.  Error <= 2.5 2^-53.  [mlfunc D40] */
void ml_batch_log(double *y, const double *x, size_t n);

/* e^x; 0 below -708, infinity above 709.  Error <= 2 2^-53.  [mlfunc D41] */
void ml_batch_exp(double *y, const double *x, size_t n);

/* sin(pi x), |x| <= 1; exact at 0, +-1/2, +-1.  Error <= 3 2^-53.
 * [mlfunc D42] */
void ml_batch_sinpi(double *y, const double *x, size_t n);

/* cos(2 pi x), |x| < 2^51; exactly 1 where x is whole.  Error <= 2.5 2^-53,
 * absolute.  [mlfunc D43] */
void ml_batch_cos2pi(double *y, const double *x, size_t n);

#endif
