/* mlfunc/double/complex_axis.h - how accurate Im E is next to the real axis.
 *
 * E is real on the axis, and so is what the contour, the asymptotic series and a
 * pole at arg z = 0 leave out: their imaginary parts are in proportion to Im z.
 * README.md, D64.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_AXIS_H
#define MLFUNC_DOUBLE_COMPLEX_AXIS_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/truncation.h"

/* |arg z|/alpha below which the sine of the half keeps its relative accuracy. */
#define COMPLEX_FLAT 0.012

LANE_INLINE double
complex_at_most_one(double x)
{
    return x < 1 ? x : 1;
}

/* The number k for which the path stays as good for all |z' - z| <= k |z|: no
 * pole moves by more than about a third of its distance; w: a bound of |w_h|. */
LANE_INLINE double
complex_axis_room(const ml_places *p, double w)
{
    double a = p->alpha, near = p->left, k = double_less(1 / 16.0, a / 4);

    if (p->near_left > 0)
        near = double_less(near, p->near_left);
    if (p->near_far > 0)
        near = double_less(near, p->near_far);
    k = double_less(k, a * p->left);
    return double_less(k, a * near / (1.5 * w));
}

/* ml_truncation, or ml_rest, for the imaginary part at z = x + iy. [mlfunc D64] */
LANE_INLINE double
complex_axis_truncation(const ml_places *p, double y, bool rest)
{
    double whole = rest ? ml_rest(p) : ml_truncation(p), m = p->modulus, w, k;
    ml_places q;

    if (y > m / 64)
        return whole;
    w = p->on_sheet == 0   ? 1 + m
        : p->near_left > 0 ? p->root.h * p->contour->root[0]
                           : p->left;
    k = complex_axis_room(p, w);
    if (p->off_sheet < 0.07 && w > 1.6) {
        /* a pole might come onto the sheet, where Re w is small */
        q = *p;
        q.general = 1;
        whole = rest ? ml_rest(&q) : ml_truncation(&q);
    }
    return whole * complex_at_most_one(12 * y / (k * m));
}

/* The share of the error of one pole's term, log t_h = log x_t + i angle.
 * [mlfunc D64] */
LANE_INLINE double
complex_axis_angle(double angle, double xt, double beta, double turns_w)
{
    double slope = xt + __builtin_fabs(1 - beta) + turns_w;

    if (!(angle < COMPLEX_FLAT))
        return 1;
    return complex_at_most_one(1024 * angle * slope);
}

LANE_INLINE double
complex_axis_poles(const ml_places *p)
{
    double xt = p->root.h * p->root.h;

    if (p->n != 1 || !(p->pole[0].log_t.im.h >= 0))
        return 1;
    return complex_axis_angle(p->pole[0].log_t.im.h, xt, p->beta,
                              p->contour->turns[0] * p->root.h
                                  * p->contour->root[0]);
}

/*
 * The error of Im of the asymptotic sum of n terms at z = x + iy, y < |x|/64, from
 * its whole error: the remainder in a disc around x, for the same poles; infinity
 * if they are others there.                                    [mlfunc D64]
 */
LANE_INLINE double
complex_axis_series(const ml_value v[2], const int poles[2], double alpha,
                    double beta, const double z[2], int n)
{
    double r = asymptotic_modulus(z), y = z[1] / r;
    int shift = asymptotic_shift(r);
    int zeros = shift ? -v[0].exponent / shift - 1 : 0;
    double least = (r < 0x1p120 ? r : 0x1p120) * 0.93;
    double small = asymptotic_power(1 / least * (1 + 0x1p-50), n - zeros);
    asymptotic_rest rest = asymptotic_remainder(alpha, beta, small, n,
                                                z[0] > 0 ? 0 : 1, 0x1.5p-6, 0);
    double unit = asymptotic_power(
        1 / (double_ldexp(r, -shift) * 0.93) * (1 + 0x1p-50), zeros + 1);

    if (rest.poles[0] != poles[0] || rest.poles[1] != poles[1])
        return __builtin_inf();
    return (22 * rest.bound * unit + 16 * v[0].err) * y * (1 + 0x1p-40)
           + asymptotic_lost(shift) * unit;
}

#endif
