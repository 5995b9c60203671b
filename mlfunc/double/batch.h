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

/* Vectors that are computed side by side, each step for all of them, to hide
 * the latency of a step; more than the registers hold would cost time. */
#define SIDE (LANES == 2 ? 1 : 4)

/* gcc keeps small arrays in registers only where it was told to unroll. */
#if defined(__GNUC__) && !defined(__clang__)
#    define UNROLL _Pragma("GCC unroll 16")
#else
#    define UNROLL
#endif
#define EACH UNROLL for (int j = 0; j < SIDE; j++)

/* p = c[n-1] + x (c[n-2] + x (... + x (c[0] + x p))) */
LANE_INLINE void
side_horner(lane *p, const lane *x, const double *c, int n)
{
    UNROLL
    for (int i = 0; i < n; i++)
        EACH p[j] = c[i] + x[j] * p[j];
}

/*
 * side_log - ln x for positive normal x.  [mlfunc D40]
 *
 * x = 2^k m, sqrt(1/2) <= m < sqrt(2), f = m - 1, s = f/(2+f), |s| < 0.1716:
 * ln m = f - f^2/2 + s (f^2/2 + R), R = 2 (s^2/3 + s^4/5 + ... + s^22/23).
 */
LANE_INLINE void
side_log(lane *x)
{
    static const double c[] = {2.0 / 21.0, 2.0 / 19.0, 2.0 / 17.0, 2.0 / 15.0,
                               2.0 / 13.0, 2.0 / 11.0, 2.0 / 9.0,  2.0 / 7.0,
                               2.0 / 5.0,  2.0 / 3.0};
    lane f[SIDE], k[SIDE], s[SIDE], z[SIDE], r[SIDE];

    EACH
    {
        lane_bits u = (lane_bits)x[j];
        lane_bits e = (u + UINT64_C(0x00095f619980c433)) >> 52; /* k + 1023 */
        lane m = (lane)(u - (e << 52) + (UINT64_C(1023) << 52));

        k[j] = (lane)(e | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
        f[j] = m - 1.0;
        s[j] = f[j] / (2.0 + f[j]);
        z[j] = s[j] * s[j];
        r[j] = lane_set(2.0 / 23.0);
    }
    side_horner(r, z, c, sizeof c / sizeof *c);
    EACH
    {
        lane h = 0.5 * f[j] * f[j];
        lane g = s[j] * (h + z[j] * r[j]);

        x[j] = k[j] * BATCH_LN2_HI - ((h - (g + k[j] * BATCH_LN2_LO)) - f[j]);
    }
}

/*
 * side_exp - e^x; 0 below -708, infinity above 709.  [mlfunc D41]
 *
 * x = k ln 2 + r, |r| <= 0.3466, Taylor to r^13.
 */
LANE_INLINE void
side_exp(lane *x)
{
    static const double c[] = {1.0 / 479001600.0,
                               1.0 / 39916800.0,
                               1.0 / 3628800.0,
                               1.0 / 362880.0,
                               1.0 / 40320.0,
                               1.0 / 5040.0,
                               1.0 / 720.0,
                               1.0 / 120.0,
                               1.0 / 24.0,
                               1.0 / 6.0,
                               0.5};
    lane r[SIDE], shifted[SIDE], q[SIDE];

    EACH
    {
        lane low = lane_select(x[j] < -708.0, lane_set(-708.0), x[j]);
        lane y = lane_select(low > 709.0, lane_set(709.0), low);
        lane k;

        shifted[j] = y * BATCH_LOG2_E + BATCH_SHIFTER;
        k = shifted[j] - BATCH_SHIFTER;
        r[j] = (y - k * BATCH_LN2_HI) - k * BATCH_LN2_LO;
        q[j] = lane_set(1.0 / 6227020800.0);
    }
    side_horner(q, r, c, sizeof c / sizeof *c);
    EACH
    {
        lane p = r[j] + r[j] * r[j] * q[j];
        /* the low bits of `shifted` hold k: add it to the exponent */
        lane e = (lane)((lane_bits)(1.0 + p) + ((lane_bits)shifted[j] << 52));

        e = lane_select(x[j] < -708.0, lane_set(0.0), e);
        x[j] = lane_select(x[j] > 709.0, lane_set((double)INFINITY), e);
    }
}

/* (-1)^k pi^(2k+1) / (2k+1)!, k = 8 to 0, rounded to nearest;
 * test/t-double_batch.c recomputes them. */
static const double batch_sine[9] = {
    /* clang-format off */
    0x1.aaec32af93359p-21,
    -0x1.6fadb9f155744p-16,
    0x1.e8f434d018d63p-12,
    -0x1.e3074fde8871fp-8,
    0x1.50783487ee782p-4,
    -0x1.32d2cce62bd86p-1,
    0x1.466bc6775aae2p+1,
    -0x1.4abbce625be53p+2,
    0x1.921fb54442d18p+1,
    /* clang-format on */
};

/* sin(pi x), |x| <= 1/2: Taylor to x^17 for |x| <= 1/4, beyond that
 * 1 - 2 sin^2(pi (1/2 - |x|)/2). */
LANE_INLINE void
side_sinpi_half(lane *x)
{
    lane a[SIDE], z[SIDE], p[SIDE];

    EACH
    {
        lane size = lane_abs(x[j]);

        a[j] = lane_select(size > 0.25, 0.5 * (0.5 - size), size);
        z[j] = a[j] * a[j];
        p[j] = lane_set(batch_sine[0]);
    }
    side_horner(p, z, batch_sine + 1, 8);
    EACH
    {
        lane q = a[j] * p[j];
        lane up = lane_select(lane_abs(x[j]) > 0.25, 1.0 - 2.0 * q * q, q);

        /* up is not negative: x has the sign */
        x[j] = (lane)((lane_mask)up | ((lane_mask)x[j] & INT64_MIN));
    }
}

/* sin(pi x), |x| <= 1.  [mlfunc D42] */
LANE_INLINE void
side_sinpi(lane *x)
{
    EACH
    {
        lane up = lane_select(x[j] > 0.5, 1.0 - x[j], x[j]);

        x[j] = lane_select(up < -0.5, -1.0 - up, up);
    }
    side_sinpi_half(x);
}

/* cos(2 pi x), |x| < 2^51.  [mlfunc D43] */
LANE_INLINE void
side_cos2pi(lane *x)
{
    EACH x[j] = 0.5 - 2.0 * lane_abs(x[j] - lane_rint(x[j]));
    side_sinpi_half(x);
}

#endif
