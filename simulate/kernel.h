/* simulate/kernel.h - log, exp, sin(pi x), cos(2 pi x) whose bits never vary.
 *
 * Walks promise the same bytes on every processor, and libm's results change
 * with the presence of FMA.  These kernels use only +, -, *, / and sqrt of
 * IEEE binary64 (compiled with -ffp-contract=off) and Taylor coefficients that
 * can be read off; loops over them vectorise.  Errors are measured against
 * balls in test/t-kernel.c, bounds are in README section 5.
 */
#ifndef SIMULATE_KERNEL_H
#define SIMULATE_KERNEL_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__GNUC__)
#    define KERNEL static inline __attribute__((always_inline))
#else
#    define KERNEL static inline
#endif

KERNEL uint64_t
k_bits(double x)
{
    uint64_t u;

    memcpy(&u, &x, sizeof u);
    return u;
}

KERNEL double
k_double(uint64_t u)
{
    double x;

    memcpy(&x, &u, sizeof x);
    return x;
}

/* (k + 1/2) 2^-52 for the upper 52 bits k of w: open interval, exact. */
KERNEL double
k_uniform(uint64_t w)
{
    return k_double(UINT64_C(0x3ff0000000000000) | (w >> 12)) - (1.0 - 0x1p-53);
}

#define K_LN2_HI  0x1.62e42feep-1 /* 32 bits: k LN2_HI is exact */
#define K_LN2_LO  0x1.a39ef35793c76p-33
#define K_LOG2E   0x1.71547652b82fep+0
#define K_SHIFTER 0x1.8p52

/*
 * k_log - ln x for positive normal x.
 *
 * x = 2^k m, sqrt(1/2) <= m < sqrt(2), f = m - 1, s = f/(2+f), |s| < 0.1716:
 * ln m = f - f^2/2 + s (f^2/2 + R), R = 2 (s^2/3 + s^4/5 + ... + s^22/23).
 */
KERNEL double
k_log(double x)
{
    uint64_t u = k_bits(x);
    uint64_t e = (u + UINT64_C(0x00095f619980c433)) >> 52; /* k + 1023 */
    double m = k_double(u - (e << 52) + (UINT64_C(1023) << 52));
    double k = k_double(e | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023.0);
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double h = 0.5 * f * f;
    double r = 2.0 / 23.0;

    r = 2.0 / 21.0 + z * r;
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
    return k * K_LN2_HI - ((h - (s * (h + r) + k * K_LN2_LO)) - f);
}

/*
 * k_exp - e^x; 0 below -708, infinity above 709.
 *
 * x = k ln 2 + r, |r| <= 0.3466, Taylor to r^13.
 */
KERNEL double
k_exp(double x)
{
    double low = x < -708.0 ? -708.0 : x;
    double y = low > 709.0 ? 709.0 : low;
    double shifted = y * K_LOG2E + K_SHIFTER;
    double k = shifted - K_SHIFTER;
    double r = (y - k * K_LN2_HI) - k * K_LN2_LO;
    double p = 1.0 / 6227020800.0;
    double e;

    p = 1.0 / 479001600.0 + r * p;
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
    e = k_double(k_bits(1.0 + p) + (k_bits(shifted) << 52));
    e = x < -708.0 ? 0.0 : e;
    return x > 709.0 ? (double)INFINITY : e;
}

/* (-1)^k pi^(2k+1) / (2k+1)!, rounded to nearest; test/t-kernel.c recomputes
 * them. */
/* clang-format off */
static const double K_SINE[9] = {
    0x1.921fb54442d18p+1,
    -0x1.4abbce625be53p+2,
    0x1.466bc6775aae2p+1,
    -0x1.32d2cce62bd86p-1,
    0x1.50783487ee782p-4,
    -0x1.e3074fde8871fp-8,
    0x1.e8f434d018d63p-12,
    -0x1.6fadb9f155744p-16,
    0x1.aaec32af93359p-21,
};
/* clang-format on */

/* sin(pi r), |r| <= 1/2: Taylor to r^17 for |r| <= 1/4, beyond that
 * 1 - 2 sin^2(pi (1/2 - |r|)/2). */
KERNEL double
k_sinpi_half(double r)
{
    double size = fabs(r);
    double a = size > 0.25 ? 0.5 * (0.5 - size) : size;
    double z = a * a;
    double p = K_SINE[8];

    p = K_SINE[7] + z * p;
    p = K_SINE[6] + z * p;
    p = K_SINE[5] + z * p;
    p = K_SINE[4] + z * p;
    p = K_SINE[3] + z * p;
    p = K_SINE[2] + z * p;
    p = K_SINE[1] + z * p;
    p = K_SINE[0] + z * p;
    p = a * p;
    return copysign(size > 0.25 ? 1.0 - 2.0 * p * p : p, r);
}

/* sin(pi x), 0 <= x <= 1. */
KERNEL double
k_sinpi(double x)
{
    return k_sinpi_half(x > 0.5 ? 1.0 - x : x);
}

/* cos(2 pi y), |y| < 2^51; exactly 1 where y is whole. */
KERNEL double
k_cos2pi(double y)
{
    double r = fabs(y - ((y + K_SHIFTER) - K_SHIFTER));

    return k_sinpi_half(0.5 - 2.0 * r);
}

/* sin(2 pi y), |y| < 2^51. */
KERNEL double
k_sin2pi(double y)
{
    double r = 2.0 * (y - ((y + K_SHIFTER) - K_SHIFTER));
    double up = r > 0.5 ? 1.0 - r : r;

    return k_sinpi_half(up < -0.5 ? -1.0 - up : up);
}

/*
 * -tau ln U [sin(b pi (1-V)) / sin(b pi V)]^(1/b): the ratio of sines does not
 * cancel where V is near 1, as sin(b pi)/tan(b pi V) - cos(b pi) would.  Where
 * an argument x exceeds 1/2, 1 - x comes from 1 - b and the other argument, so
 * that nothing cancels at b near 1 and the ratio is exactly 1 at b = 1.
 */
KERNEL double
k_wait_ml(double u, double v, double beta, double inverse, double tau)
{
    double x = beta * (1.0 - v), y = beta * v, gap = 1.0 - beta;
    double top = k_sinpi_half(x > 0.5 ? gap + y : x);
    double bottom = k_sinpi_half(y > 0.5 ? gap + x : y);

    return -tau * k_log(u) * k_exp(k_log(top / bottom) * inverse);
}

/* tau U^(-1/b) */
KERNEL double
k_wait_pareto(double u, double inverse, double tau)
{
    return tau * k_exp(-k_log(u) * inverse);
}

#endif
