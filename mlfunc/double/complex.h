/* mlfunc/double/complex.h - sums of complex numbers with their errors.
 *
 * For lanes_complex.c; one number at a time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_H
#define MLFUNC_DOUBLE_COMPLEX_H

#include "mlfunc/double/impl.h"
#include "mlfunc/double/poles.h"

/* Where E is asked for; size: the larger of |x| and y. */
typedef struct {
    double alpha, beta, x, y, size;
} complex_place;

/* (v + something of parts <= err[0], err[1]) 2^e. */
typedef struct {
    dz v;
    double err[2];
    long long e;
} complex_value;

/* Exponents of sums are kept in this range. */
#define COMPLEX_MOST_EXPONENT (1LL << 30)

/* What a scaling by 2^k, k < 0, may lose in subnormal numbers, generously. */
#define COMPLEX_LOST 0x1p-1000

/* The same number in units of 2^e, e >= a->e. */
LANE_INLINE void
complex_rescale(complex_value *a, long long e)
{
    long long k = a->e - e;

    if (k == 0)
        return;
    a->v.re = dd_ldexp(a->v.re, k);
    a->v.im = dd_ldexp(a->v.im, k);
    for (int i = 0; i < 2; i++)
        a->err[i] = double_ldexp(a->err[i], k) + COMPLEX_LOST;
    a->e = e;
}

/* a += b; each addition charges 4 u^2 of both moduli.  [mlfunc D61] */
LANE_INLINE void
complex_add(complex_value *a, complex_value b)
{
    double size[2];

    if (a->v.re.h == 0 && a->v.im.h == 0 && a->err[0] == 0 && a->err[1] == 0)
        a->e = b.e; /* nothing yet: b keeps its range */
    if (b.e > a->e)
        complex_rescale(a, b.e);
    else
        complex_rescale(&b, a->e);
    size[0] = __builtin_fabs(a->v.re.h) + __builtin_fabs(b.v.re.h);
    size[1] = __builtin_fabs(a->v.im.h) + __builtin_fabs(b.v.im.h);
    a->v.re = dd_add(a->v.re, b.v.re);
    a->v.im = dd_add(a->v.im, b.v.im);
    for (int i = 0; i < 2; i++)
        a->err[i] = (a->err[i] + b.err[i]) + size[i] * 0x1.1p-104;
}

/* a *= x + iy.  [mlfunc D61] */
LANE_INLINE void
complex_multiply(complex_value *a, double x, double y)
{
    double size = __builtin_fabs(x) + __builtin_fabs(y);
    double most = __builtin_fabs(a->v.re.h) + __builtin_fabs(a->v.im.h);
    double err = (a->err[0] + a->err[1] + most * 0x1p-102) * size;

    a->v = dz_mul(a->v, (dz){{x, 0}, {y, 0}});
    a->err[0] = a->err[1] = err;
}

LANE_INLINE complex_value
complex_of_term(const ml_term *t)
{
    return (complex_value){t->v, {t->err, t->err}, t->exponent};
}

/* A part so small that what is left of its products has underflowed is not the
 * same with and without an FMA: its high part alone is kept, or 0.
 * [mlfunc D61] */
LANE_INLINE dd
complex_part(dd a, double *err)
{
    double size = __builtin_fabs(a.h);

    if (!(size < 0x1p-950))
        return a;
    *err += COMPLEX_LOST;
    return (dd){size < COMPLEX_LOST ? 0 : a.h, 0};
}

/* The two parts; the sums of errors above lose less than 2^-40 of them. */
LANE_INLINE void
complex_store(ml_value v[2], const complex_value *a, ml_double_method method)
{
    const dd part[2] = {a->v.re, a->v.im};
    long long e = a->e;

    e = e > COMPLEX_MOST_EXPONENT ? COMPLEX_MOST_EXPONENT : e;
    e = e < -COMPLEX_MOST_EXPONENT ? -COMPLEX_MOST_EXPONENT : e;
    for (int i = 0; i < 2; i++) {
        double err = a->err[i];
        dd kept = complex_part(part[i], &err);

        v[i] = (ml_value){kept.h, kept.l, err * (1 + 0x1p-40), (int)e, method};
    }
}

/* The exponent of the larger part of z, not both 0: |z| 2^-e is in [1, 3). */
LANE_INLINE int
complex_exponent(double x, double y)
{
    double m = __builtin_fabs(x) > __builtin_fabs(y) ? x : y;
    int64_t bits;
    int more = 0;

    if (__builtin_fabs(m) < 0x1p-1022) {
        m *= 0x1p100;
        more = -100;
    }
    memcpy(&bits, &m, sizeof bits);
    return (int)((bits >> 52) & 0x7ff) - 1023 + more;
}

#endif
