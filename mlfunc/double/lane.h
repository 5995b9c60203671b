/* mlfunc/double/lane.h - LANES doubles side by side, and what is done to them.
 *
 * A file lanes_X.c is compiled once for each instruction set, with ML_VARIANT
 * its name: baseline, avx2 or avx512.  LANES follows from it.  Every operation
 * is the IEEE operation in each lane, so that the number of lanes never shows
 * in a result; sums over lanes are made in one fixed order, by their owner.
 * An FMA is used for one thing only: the exact error of a product.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_LANE_H
#define MLFUNC_DOUBLE_LANE_H

#include <stdint.h>
#include <string.h>

#include "mlfunc/strict.h"

#ifdef ML_VARIANT
#    define ML_PASTE_(a, b)   a##_##b
#    define ML_PASTE(a, b)    ML_PASTE_(a, b)
#    define ML_LANES_OF(name) ML_PASTE(name, ML_VARIANT)
#endif

#if defined(__AVX512F__)
#    include <immintrin.h>
#    define LANES 8
#elif defined(__AVX2__) && defined(__FMA__)
#    include <immintrin.h>
#    define LANES 4
#else
#    define LANES 2
#endif

/* Three code paths make a library of three times the size: what is large is a
 * function, LANE_INLINE, that the compiler need not copy to where it is called;
 * LANE_ALWAYS is for a few operations, LANE_HOT for the loops over nodes, which
 * with two lanes and no FMA are several times as long. */
#define LANE_INLINE static inline __attribute__((unused))
#define LANE_ALWAYS static inline __attribute__((always_inline, unused))
#if LANES > 2
#    define LANE_HOT LANE_ALWAYS
#else
#    define LANE_HOT LANE_INLINE
#endif

/* What is long and called by several files of a variant is in the library once,
 * where the build defines ML_SHARED: lanes_mittleff.c, which defines
 * ML_SHARED_HERE, has it for all.  Without, in tests, it is static. */
#if !defined(ML_SHARED)
#    define LANE_SHARED static __attribute__((noinline, unused))
#else
#    define LANE_SHARED __attribute__((noinline, visibility("hidden")))
#endif
#if !defined(ML_SHARED) || defined(ML_SHARED_HERE)
#    define LANE_SHARED_HERE 1
#else
#    define LANE_SHARED_HERE 0
#endif

typedef double lane __attribute__((vector_size(8 * LANES)));
typedef int64_t lane_mask __attribute__((vector_size(8 * LANES)));

/* p is aligned to the lanes; tables and buffers are aligned to 64 bytes. */
LANE_ALWAYS lane
lane_load(const double *p)
{
    return *(const lane *)p;
}

LANE_ALWAYS lane
lane_loadu(const double *p)
{
    lane x;

    memcpy(&x, p, sizeof x);
    return x;
}

LANE_ALWAYS void
lane_store(double *p, lane x)
{
    *(lane *)p = x;
}

LANE_ALWAYS void
lane_storeu(double *p, lane x)
{
    memcpy(p, &x, sizeof x);
}

LANE_ALWAYS lane
lane_set(double x)
{
    return x - (lane){0};
}

/* m ? a : b; a mask is all ones or all zeros in each lane: a comparison. */
LANE_ALWAYS lane
lane_select(lane_mask m, lane a, lane b)
{
    return (lane)((m & (lane_mask)a) | (~m & (lane_mask)b));
}

LANE_ALWAYS lane
lane_abs(lane x)
{
    return (lane)((lane_mask)x & INT64_MAX);
}

/* The nearest integer, ties to even; |x| < 2^51. */
LANE_ALWAYS lane
lane_rint(lane x)
{
    return (x + 0x1.8p52) - 0x1.8p52;
}

LANE_ALWAYS lane
lane_sqrt(lane x)
{
#if LANES == 8
    return (lane)_mm512_sqrt_pd((__m512d)x);
#elif LANES == 4
    return (lane)_mm256_sqrt_pd((__m256d)x);
#else
    lane y;

    for (int i = 0; i < LANES; i++)
        y[i] = __builtin_sqrt(x[i]);
    return y;
#endif
}

/* At the end of what is called from elsewhere: what the upper parts of vectors
 * hold makes older instructions slow, and the compiler does not always clear it. */
LANE_ALWAYS void
lane_done(void)
{
#if LANES > 2
    _mm256_zeroupper();
#endif
}

#if defined(__FMA__) || defined(__FP_FAST_FMA) || LANES > 2
#    define ML_HAS_FMA 1
#else
#    define ML_HAS_FMA 0
#endif

/* a b - p for p = a b rounded: exact unless something underflows.  Without
 * an FMA by Veltkamp's splitting and Dekker's product, |a|, |b| < 2^995. */
LANE_ALWAYS lane
lane_product_error(lane a, lane b, lane p)
{
#if LANES == 8
    return (lane)_mm512_fmsub_pd((__m512d)a, (__m512d)b, (__m512d)p);
#elif LANES == 4
    return (lane)_mm256_fmsub_pd((__m256d)a, (__m256d)b, (__m256d)p);
#elif ML_HAS_FMA
    lane e;

    for (int i = 0; i < LANES; i++)
        e[i] = __builtin_fma(a[i], b[i], -p[i]);
    return e;
#else
    lane s = a * 0x1.0000002p27, t = b * 0x1.0000002p27;
    lane ah = s - (s - a), bh = t - (t - b), al = a - ah, bl = b - bh;

    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
#endif
}

LANE_ALWAYS double
double_product_error(double a, double b, double p)
{
#if ML_HAS_FMA
    return __builtin_fma(a, b, -p);
#else
    double s = a * 0x1.0000002p27, t = b * 0x1.0000002p27;
    double ah = s - (s - a), bh = t - (t - b), al = a - ah, bl = b - bh;

    return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
#endif
}

#endif
