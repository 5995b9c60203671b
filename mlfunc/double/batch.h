/* mlfunc/double/batch.h - log, exp, sin(pi x), cos(2 pi x) in lanes.
 *
 * Taylor polynomials whose coefficients can be read off, no FMA, no tables.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_BATCH_H
#define MLFUNC_DOUBLE_BATCH_H

#include <math.h>

#include "mlfunc/double/lane.h"

typedef uint64_t lane_bits __attribute__((vector_size(8 * LANES)));

#define BATCH_LN2_HI  0x1.62e42feep-1 /* 32 bits: k BATCH_LN2_HI is exact */
#define BATCH_LN2_LO  0x1.a39ef35793c76p-33
#define BATCH_LOG2_E  0x1.71547652b82fep+0
#define BATCH_SHIFTER 0x1.8p52

/*
 * lane_log - ln x for positive normal x.  [mlfunc D40]
 *
 * x = 2^k m, sqrt(1/2) <= m < sqrt(2), f = m - 1, s = f/(2+f), |s| < 0.1716:
 * ln m = f - f^2/2 + s (f^2/2 + R), R = 2 (s^2/3 + s^4/5 + ... + s^22/23).
 */
LANE_INLINE lane
lane_log(lane x)
{
    lane_bits u = (lane_bits)x;
    lane_bits e = (u + UINT64_C(0x00095f619980c433)) >> 52; /* k + 1023 */
    lane m = (lane)(u - (e << 52) + (UINT64_C(1023) << 52));
    lane k = (lane)(e | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    lane f = m - 1.0;
    lane s = f / (2.0 + f);
    lane z = s * s;
    lane h = 0.5 * f * f;
    lane r = 2.0 / 21.0 + z * (2.0 / 23.0);

    r = 2.0 / 19.0 + z * r;
    r = 2.0 / 17.0 + z * r;
    r = 2.0 / 15.0 + z * r;
    r = 2.0 / 13.0 + z * r;
    r = 2.0 / 11.0 + z * r;
    r = 2.0 / 9.0 + z * r;
    r = 2.0 / 7.0 + z * r;
    r = 2.0 / 5.0 + z * r;
    r = 2.0 / 3.0 + z * r;
    r = z * r;
    return k * BATCH_LN2_HI - ((h - (s * (h + r) + k * BATCH_LN2_LO)) - f);
}

/*
 * lane_exp - e^x; 0 below -708, infinity above 709.  [mlfunc D41]
 *
 * x = k ln 2 + r, |r| <= 0.3466, Taylor to r^13.
 */
LANE_INLINE lane
lane_exp(lane x)
{
    lane low = lane_select(x < -708.0, lane_set(-708.0), x);
    lane y = lane_select(low > 709.0, lane_set(709.0), low);
    lane shifted = y * BATCH_LOG2_E + BATCH_SHIFTER;
    lane k = shifted - BATCH_SHIFTER;
    lane r = (y - k * BATCH_LN2_HI) - k * BATCH_LN2_LO;
    lane p = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0);
    lane e;

    p = 1.0 / 39916800.0 + r * p;
    p = 1.0 / 3628800.0 + r * p;
    p = 1.0 / 362880.0 + r * p;
    p = 1.0 / 40320.0 + r * p;
    p = 1.0 / 5040.0 + r * p;
    p = 1.0 / 720.0 + r * p;
    p = 1.0 / 120.0 + r * p;
    p = 1.0 / 24.0 + r * p;
    p = 1.0 / 6.0 + r * p;
    p = 0.5 + r * p;
    p = r + r * r * p;
    /* the low bits of `shifted` hold k: add it to the exponent */
    e = (lane)((lane_bits)(1.0 + p) + ((lane_bits)shifted << 52));
    e = lane_select(x < -708.0, lane_set(0.0), e);
    return lane_select(x > 709.0, lane_set((double)INFINITY), e);
}

/* (-1)^k pi^(2k+1) / (2k+1)!, rounded to nearest; test/t-double_batch.c
 * recomputes them. */
/* clang-format off */
#define LANE_SINE { \
    0x1.921fb54442d18p+1, \
    -0x1.4abbce625be53p+2, \
    0x1.466bc6775aae2p+1, \
    -0x1.32d2cce62bd86p-1, \
    0x1.50783487ee782p-4, \
    -0x1.e3074fde8871fp-8, \
    0x1.e8f434d018d63p-12, \
    -0x1.6fadb9f155744p-16, \
    0x1.aaec32af93359p-21, \
}
/* clang-format on */

/* sin(pi r), |r| <= 1/2: Taylor to r^17 for |r| <= 1/4, beyond that
 * 1 - 2 sin^2(pi (1/2 - |r|)/2). */
LANE_INLINE lane
lane_sinpi_half(lane r)
{
    static const double c[9] = LANE_SINE;
    lane size = lane_abs(r);
    lane_mask large = size > 0.25;
    lane a = lane_select(large, 0.5 * (0.5 - size), size);
    lane z = a * a;
    lane p = c[7] + z * c[8];
    lane_mask sign = (lane_mask)r & INT64_MIN;

    p = c[6] + z * p;
    p = c[5] + z * p;
    p = c[4] + z * p;
    p = c[3] + z * p;
    p = c[2] + z * p;
    p = c[1] + z * p;
    p = c[0] + z * p;
    p = a * p;
    /* not negative: r has the sign */
    return (lane)((lane_mask)lane_select(large, 1.0 - 2.0 * p * p, p) | sign);
}

/* sin(pi x), |x| <= 1.  [mlfunc D42] */
LANE_INLINE lane
lane_sinpi(lane x)
{
    lane up = lane_select(x > 0.5, 1.0 - x, x);

    return lane_sinpi_half(lane_select(up < -0.5, -1.0 - up, up));
}

/* cos(2 pi x), |x| < 2^51.  [mlfunc D43] */
LANE_INLINE lane
lane_cos2pi(lane x)
{
    lane r = lane_abs(x - lane_rint(x));

    return lane_sinpi_half(0.5 - 2.0 * r);
}

#endif
