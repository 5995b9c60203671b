/* mlfunc/double/series.h - the power series, eight terms at a time.
 *
 * For the files lanes_*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_SERIES_H
#define MLFUNC_DOUBLE_SERIES_H

#include "mlfunc/double/elementary.h"
#include "mlfunc/double/impl.h"
#include "mlfunc/double/rgamma.h"

/*
 * series_real - E_{alpha,beta}(x) = sum_k x^k / Gamma(alpha k + beta).
 *
 * Domain   alpha > 0, all finite; as many terms as are needed, at most 128, and
 *          all |alpha k + beta| <= RGAMMA_MOST.
 * Result   true and *v (method ML_BY_SERIES); v->err is then at most 2^-64 of the
 *          sum of the moduli of the terms, typically 2^-78 of it, and may be more
 *          than |*v| where they cancel.  false, and *v not set, where that cannot
 *          be had; where numbers leave the range ml_mittleff_scaled may do.
 * Error    v->err, rounding and tail.                           [mlfunc D32]
 * Cost     one octet of gammas for |x| <= 2^-9.
 */
LANE_CALL bool series_real(ml_value *v, double alpha, double beta, double x);

/*
 * series_complex - the same for z[0] + i z[1]; v[0], v[1]: the two parts.
 *
 * Error    v[i].err; v[1].err is in proportion to |z[1]|.       [mlfunc D32]
 */
LANE_CALL bool series_complex(ml_value v[2], double alpha, double beta,
                              const double z[2]);

#define SERIES_BLOCKS 16

/* The sum of eight; *size that of their moduli.  Error 19 u^2 *size.
 * [mlfunc D32] */
LANE_INLINE dd
octet_sum(const octet *t, double *size)
{
    double h[8], l[8], a[8];

    for (int i = 0; i < 8; i++) {
        h[i] = t->h[i];
        l[i] = t->l[i];
        a[i] = __builtin_fabs(t->h[i]);
    }
    for (int n = 4; n > 0; n /= 2) {
        for (int i = 0; i < n; i++) {
            dd s = dd_two_sum(h[i], h[i + n]);

            h[i] = s.h;
            l[i] = (l[i] + l[i + n]) + s.l;
            a[i] += a[i + n];
        }
    }
    *size = a[0];
    return dd_two_sum(h[0], l[0]);
}

LANE_INLINE void
octet_mul(octet *t, const octet *a, const octet *b)
{
    for (int i = 0; i < 8; i += LANES)
        octet_put(t, i, ldd_mul(octet_get(a, i), octet_get(b, i)));
}

LANE_INLINE void
octet_set(octet *t, int i, dd x)
{
    t->h[i] = x.h;
    t->l[i] = x.l;
}

/* z^k, k < 8; z^8 is returned.  Relative errors: 56 u^2.        [mlfunc D32] */
LANE_INLINE dd
octet_powers(octet *w, dd z)
{
    dd z2 = dd_mul(z, z), z3 = dd_mul(z2, z), z4 = dd_mul(z2, z2);

    octet_set(w, 0, (dd){1, 0});
    octet_set(w, 1, z);
    octet_set(w, 2, z2);
    octet_set(w, 3, z3);
    octet_set(w, 4, z4);
    octet_set(w, 5, dd_mul(z4, z));
    octet_set(w, 6, dd_mul(z4, z2));
    octet_set(w, 7, dd_mul(z4, z3));
    return dd_mul(z4, z4);
}

/* ------------------------------------------------------------------ the tail */

/* The moduli of all terms beyond the eight of g, r >= |z|, in units of the last
 * of them, and the ratio by which they fall; infinity where the gammas do not
 * bound them.                                                   [mlfunc D32] */
typedef struct {
    double share, ratio;
} series_rest;

LANE_INLINE series_rest
series_tail(const octet *g, double alpha, double beta, double first, double r)
{
    double q = __builtin_fabs(g->h[7] / g->h[6]) * r * (1 + 0x1p-40);

    if (!(beta + alpha * (first + 6) >= 0.5 && q <= 0.875))
        return (series_rest){(double)INFINITY, 1};
    return (series_rest){q / (1 - q) * (1 + 0x1p-40), q};
}

/* The same in units of z^first, last >= r^7; where the arguments may be negative
 * by M4. */
LANE_INLINE series_rest
series_beyond(const octet *g, double alpha, double beta, double first, double r,
              double last)
{
    series_rest rest = series_tail(g, alpha, beta, first, r);
    double most;
    int unused;

    if (rest.ratio < 1) {
        rest.share *= __builtin_fabs(g->h[7]) * last * (1 + 0x1p-40);
    } else if (r <= 0.75) {
        most = beta < 0 ? gamma_up(&unused, 1 - beta, 0x1p-40) : 2;
        most = (most > 2 ? most : 2) * (1 + 0x1p-40);
        rest = (series_rest){most * last * (r / (1 - r)), r};
    }
    return rest;
}

/* The least that underflow may hide: the powers of z lose at most 2^-1060, and
 * the gammas are below 2 or, left of 0, 2^720. */
LANE_INLINE double
series_lost(double beta, bool at_zero)
{
    return at_zero ? 0 : beta < 0 ? 0x1p-330 : 0x1p-1045;
}

LANE_INLINE bool
series_small(double rest, double size, double value)
{
    return rest <= 0x1p-70 * value || rest <= 0x1p-82 * size;
}

/* ----------------------------------------------------------------- the sums */

/* |z| so that its powers to the eighth are factors of products (D1), and the
 * same of the powers of that. */
#define SERIES_RANGE 0x1p120
#define SERIES_POWER 0x1p990

/* alpha so small that beta + alpha k is beta for all 128 terms, up to 2^-130
 * of every gamma: beta is not near a zero of 1/Gamma. */
LANE_INLINE bool
series_flat(double alpha, double beta)
{
    double b = __builtin_fabs(beta);

    return alpha < 0x1p-200 && b >= 0x1p-60
           && (beta > 0 || __builtin_floor(b) != b);
}

bool
series_real(ml_value *v, double alpha, double beta, double x)
{
    octet g, w;
    dd step = octet_powers(&w, (dd){x, 0}), power = {1, 0}, sum = {0, 0};
    double size = 0, err = 0, r = __builtin_fabs(x);

    alpha = series_flat(alpha, beta) ? 0 : alpha;
    for (int b = 0; b < SERIES_BLOCKS; b++) {
        octet t;
        double eps = rgamma_octet(&g, alpha, beta, 8 * b), part, rest;
        double last = __builtin_fabs(w.h[7]) * (1 + 0x1p-50);

        if (!(eps < 1 && r < SERIES_RANGE
              && __builtin_fabs(power.h) < SERIES_POWER))
            return false;
        octet_mul(&t, &g, &w);
        dd s = octet_sum(&t, &part);
        rest = series_beyond(&g, alpha, beta, 8 * b, r, last).share;
        if (b > 0) {
            double scale = __builtin_fabs(power.h);

            s = dd_mul(s, power);
            part *= scale;
            rest *= scale * (1 + 0x1p-40);
        }
        sum = dd_add(sum, s);
        size += part;
        err += (eps + (b + 1) * 0x1p-98) * part;
        if (!(err <= 0x1p-65 * size && size < SERIES_POWER))
            return false;
        if (series_small(rest, size, __builtin_fabs(sum.h))) {
            err += rest + series_lost(beta, x == 0);
            *v = (ml_value){.hi = sum.h,
                            .lo = sum.l,
                            .err = err * (1 + 0x1p-40),
                            .method = ML_BY_SERIES};
            return v->err <= 0x1p-64 * size;
        }
        power = dd_mul(power, step);
    }
    return false;
}

/* ------------------------------------------------------------------ complex */

/* Eight complex numbers. */
typedef struct {
    octet re, im;
} complex_octet;

/* z^k, k < 8; z^8 is returned.  |z|^k 2^-98 off, the imaginary part
 * k |Im z| |z|^(k-1) 2^-98.                                     [mlfunc D32] */
LANE_INLINE dz
complex_octet_powers(complex_octet *w, dz z)
{
    const dz one = {{1, 0}, {0, 0}};
    dz z2 = dz_mul(z, z), z3 = dz_mul(z2, z), z4 = dz_mul(z2, z2);
    complex_octet half;

    for (int k = 0; k < 8; k++) {
        dz low = (k & 3) == 0 ? one : (k & 3) == 1 ? z : (k & 3) == 2 ? z2 : z3;
        dz high = k < 4 ? one : z4;

        octet_set(&w->re, k, low.re);
        octet_set(&w->im, k, low.im);
        octet_set(&half.re, k, high.re);
        octet_set(&half.im, k, high.im);
    }
    for (int i = 0; i < 8; i += LANES) {
        ldd a = octet_get(&w->re, i), b = octet_get(&w->im, i);
        ldd c = octet_get(&half.re, i), d = octet_get(&half.im, i);

        octet_put(&w->re, i, ldd_sub(ldd_mul(a, c), ldd_mul(b, d)));
        octet_put(&w->im, i, ldd_add(ldd_mul(a, d), ldd_mul(b, c)));
    }
    return dz_mul(z4, z4);
}

/* Upper bounds, up to roundings, of sum |g_k| r^k and of its derivative by r
 * for the eight of g, and r^7. */
typedef struct {
    double sum, slope, last;
} series_sizes;

LANE_INLINE series_sizes
series_size(const octet *g, double r)
{
    series_sizes s = {0, 0, 1};

    for (int k = 7; k >= 0; k--) {
        s.slope = s.slope * r + s.sum;
        s.sum = s.sum * r + __builtin_fabs(g->h[k]);
        s.last *= k ? r : 1;
    }
    return s;
}

/* |z|, at most (1 + 2^-48) too large, unless so small or large that a square
 * would leave the range: then within a factor 2. */
LANE_INLINE double
complex_modulus(const double z[2])
{
    double a = __builtin_fabs(z[0]), b = __builtin_fabs(z[1]);

    if (!(a + b > 0x1p-400 && a + b < 0x1p500))
        return a + b;
    return __builtin_sqrt(a * a + b * b) * (1 + 0x1p-50);
}

/* What is known after some blocks: the moduli summed, what rounding adds, and
 * the same for the imaginary part in units of |Im z|. */
typedef struct {
    double size, slope, err, slope_err;
} series_charge;

/* The terms first to first + 7, times |z|^first = scale. */
LANE_INLINE void
series_charge_add(series_charge *c, const series_sizes *s, double eps,
                  double first, double scale, double r)
{
    double size = s->sum * scale;
    double slope = s->slope * scale + (first > 0 ? first * size / r : 0);

    eps = (eps + (first + 8) * 0x1p-98) * (1 + 0x1p-40);
    c->size += size;
    c->slope += slope;
    c->err += eps * size;
    c->slope_err += eps * slope;
}

bool
series_complex(ml_value v[2], double alpha, double beta, const double z[2])
{
    octet g, t;
    complex_octet w;
    dz step = complex_octet_powers(&w, (dz){{z[0], 0}, {z[1], 0}});
    dz power = {{1, 0}, {0, 0}}, sum = {{0, 0}, {0, 0}};
    series_charge c = {0, 0, 0, 0};
    double r = complex_modulus(z), y = __builtin_fabs(z[1]), scale = 1;

    alpha = series_flat(alpha, beta) ? 0 : alpha;
    for (int b = 0; b < SERIES_BLOCKS; b++) {
        double first = 8 * b, eps = rgamma_octet(&g, alpha, beta, first);

        if (!(eps < 1 && r < SERIES_RANGE && scale < SERIES_POWER))
            return false;
        series_sizes s = series_size(&g, r);
        series_rest tail =
            series_beyond(&g, alpha, beta, first, r, s.last * (1 + 0x1p-50));
        double rest = tail.share * scale * (1 + 0x1p-40), unused;
        dz part;

        octet_mul(&t, &g, &w.re);
        part.re = octet_sum(&t, &unused);
        octet_mul(&t, &g, &w.im);
        part.im = octet_sum(&t, &unused);
        if (b > 0)
            part = dz_mul(part, power);
        sum.re = dd_add(sum.re, part.re);
        sum.im = dd_add(sum.im, part.im);
        series_charge_add(&c, &s, eps, first, scale, r);
        if (!(c.err <= 0x1p-65 * c.size && c.size < 0x1p900))
            return false;
        if (series_small(rest, c.size, __builtin_fabs(sum.re.h))
            || series_small(rest, c.size, __builtin_fabs(sum.im.h))) {
            double lost = series_lost(beta, r == 0);
            double more = first + 7 + 1 / (1 - tail.ratio);

            c.slope_err += r > 0 ? rest * more / r * (1 + 0x1p-40) : 0;
            c.err += rest + lost;
            v[0] = (ml_value){.hi = sum.re.h,
                              .lo = sum.re.l,
                              .err = c.err * (1 + 0x1p-40),
                              .method = ML_BY_SERIES};
            v[1] = (ml_value){.hi = sum.im.h,
                              .lo = sum.im.l,
                              .err = c.slope_err * y * (1 + 0x1p-40)
                                     + (y > 0 ? lost : 0),
                              .method = ML_BY_SERIES};
            return v[0].err <= 0x1p-64 * c.size;
        }
        power = dz_mul(power, step);
        scale *= s.last * r;
    }
    return false;
}

#endif
