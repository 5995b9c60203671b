/* mlfunc/double/truncation.h - what the sum over the nodes and the poles lacks.
 *
 * Upper bounds, proved in README.md, D26 to D29, for the path of places.h: sums
 * and products of positive numbers, within a factor 1 + 2^-40 of what the formulas
 * give; the constants are rounded up by more than that.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_TRUNCATION_H
#define MLFUNC_DOUBLE_TRUNCATION_H

#include "mlfunc/double/places.h"

/*
 * ml_truncation - bounds |E - sum of the nodes - sum of the poles|.
 *
 * Domain   the places of places.h.
 * Result   an upper bound, for real and complex z.              [mlfunc D28]
 */
#ifdef ML_SHARED
#    define ml_truncation ML_LANES_OF(ml_truncation)
#endif
LANE_SHARED double ml_truncation(const ml_places *p);

/*
 * ml_truncation_of - the same for other integrands:
 *
 *     e^t t^(alpha-beta) (log t)^logs / (t^alpha - z)^power,
 *
 * power 1 or 2, logs 0 or 1; the terms of the poles are then derivatives of
 * theirs:
 *
 *     dE/dz: power 2, logs 0;   dE/dbeta: power 1, logs 1;
 *     dE/dalpha: |z| times power 2, logs 1.                     [mlfunc D28]
 */
DD_CALL double ml_truncation_of(const ml_places *p, int power, int logs);

/*
 * ml_rest - bounds |E - sum of rho_h of the poles right of the path|.
 *                                                               [mlfunc D28]
 */
DD_CALL double ml_rest(const ml_places *p);

/*
 * ml_truncation_near_one - bounds the error of the sum over the nodes for
 *
 *     (1/2 pi i) int e^t t^m (t^alpha e3 - z e2)/((t^alpha - z)(t - z)) dt,
 *     e3 = t^(-d3) - 1,   e2 = t^d2 - 1,
 *
 * with no terms of poles.
 *
 * Domain   |alpha - 1|, |d2|, |d3| <= 1/128, -2^13 <= z < 0, 0 <= m <= 16;
 *          -2^20 <= z if alpha <= 1 + 2^-11.
 *                                                               [mlfunc D29]
 */
DD_CALL double ml_truncation_near_one(const ml_contour *c, double alpha,
                                      double d2, double d3, int m, double z);

/* The same for all -high <= z <= -low.                          [mlfunc D29] */
DD_CALL double ml_truncation_near_one_between(const ml_contour *c, double alpha,
                                              double d2, double d3, int m,
                                              double low, double high);

/* ------------------------------------------------------------------- integrals */

/* 1/|t^alpha - z| <= (20/9) (a + b |w|)/max(|z|, |t|^alpha) along a part of the
 * path.                                                         [mlfunc D27] */
typedef struct {
    double a, b;
} ml_away;

#define ML_AWAY 2.2223 /* above 20/9 */

/* The sum of coefs[k] times the integral of row with power g + k/2, k < n: linear
 * interpolation, since the integrals are convex in g. */
LANE_ALWAYS double
ml_path_sum(const double *row, double g, const double *coefs, int n)
{
    double x = 2 * (g - ML_PATH_MIN), sum = 0;

    if (!(x >= 0 && x < ML_PATH_COUNT - 1 - n))
        return __builtin_inf();
    int i = (int)x;
    double f = x - i;

    for (int k = 0; k < n; k++)
        sum += coefs[k] * ((1 - f) * row[i + k] + f * row[i + k + 1]);
    return sum;
}

LANE_ALWAYS double
double_less(double a, double b)
{
    return a < b ? a : b;
}

LANE_ALWAYS double
double_more(double a, double b)
{
    return a > b ? a : b;
}

/* The poles that are on the sheet, for a part of the path whose distance from
 * them is near; room is at least ln |t/t_h| if near is 0. */
LANE_ALWAYS ml_away
ml_away_on_sheet(const ml_places *p, ml_away r, double near, double room)
{
    if (p->on_sheet == 0)
        return r;
    if (near > 0)
        r.b = double_more(r.b, 1 / (p->alpha * near));
    r.a = double_more(r.a, 1 / (p->alpha * (near > 0 ? 1.3862 : room)));
    return r;
}

/* The others, where Re w >= left. */
LANE_ALWAYS ml_away
ml_away_off_sheet(const ml_places *p, double left)
{
    if (p->off_sheet >= 4 * p->alpha * left)
        return (ml_away){double_more(1, 1 / p->off_sheet), 0};
    return (ml_away){1, 0.5 / (p->alpha * left)};
}

LANE_ALWAYS ml_away
ml_away_left(const ml_places *p)
{
    return ml_away_on_sheet(p, ml_away_off_sheet(p, p->left), p->near_left,
                            p->path->log_left[p->edge] - p->log_xt.h);
}

LANE_ALWAYS ml_away
ml_away_far(const ml_places *p, int general)
{
    return ml_away_on_sheet(p, ml_away_off_sheet(p, general ? p->left : 0.5),
                            p->near_far, 1.3862);
}

/* The integral along one row of e^t t^(alpha-beta) (pi/2)^logs |log t|^logs /
 * (t^alpha - z)^power. */
LANE_INLINE double
ml_path_integral(const ml_places *p, const double *row, ml_away r, int power,
                 int logs)
{
    double b = r.b * p->contour->root[0], each = 1 / p->modulus;
    double c[6] = {r.a, b}, least = __builtin_inf(), scale = 1;
    double g = p->alpha - p->beta;
    int n = 2;

    if (power == 2) {
        c[2] = b * b;
        c[1] = 2 * r.a * b;
        c[0] = r.a * r.a;
        n = 3;
    }
    if (logs) { /* |log t| <= (pi/2) (|t|^-1/2 + |t|^1/2) */
        for (int k = n + 1; k >= 0; k--)
            c[k] = 1.5708 * ((k >= 2 ? c[k - 2] : 0) + (k < n ? c[k] : 0));
        n += 2;
        g -= 0.5;
    }
    for (int k = 0; k < power; k++)
        scale *= each;
    for (int k = 0; k <= power; k++) {
        least = double_less(least, scale * ml_path_sum(row, g, c, n));
        scale *= p->modulus;
        g -= p->alpha;
    }
    return least;
}

DD_CALL double
ml_truncation_of(const ml_places *p, int power, int logs)
{
    const ml_path *path = p->path;
    double left =
        ml_path_integral(p, path->edge[p->edge], ml_away_left(p), power, logs);
    double far = ml_path_integral(p, path->far[p->general],
                                  ml_away_far(p, p->general), power, logs);

    return (left + far) * (power == 2 ? ML_AWAY * ML_AWAY : ML_AWAY);
}

/* ml_path_integral of power 1 without logarithms. */
LANE_ALWAYS double
ml_path_value(const ml_places *p, const double *row, ml_away r)
{
    const double c[2] = {r.a, r.b * p->contour->root[0]};

    return double_less(ml_path_sum(row, p->alpha - p->beta, c, 2) / p->modulus,
                       ml_path_sum(row, -p->beta, c, 2));
}

#if LANE_SHARED_HERE
double
ml_truncation(const ml_places *p)
{
    const ml_path *path = p->path;

    return ML_AWAY
           * (ml_path_value(p, path->edge[p->edge], ml_away_left(p))
              + ml_path_value(p, path->far[p->general],
                              ml_away_far(p, p->general)));
}
#endif

DD_CALL double
ml_rest(const ml_places *p)
{
    const ml_path *path = p->path;
    double left = ml_path_value(p, path->edge[p->edge], ml_away_left(p));
    double far = ml_path_value(p, path->far[1], ml_away_far(p, 1));

    return (left * path->gain[p->edge] + far) * ML_AWAY;
}

/* -------------------------------------------------------------------- near one */

/* The integral along row of |e^t t^g| (1 + b |w|^stride)^2 (|t|^-1/2 + |t|^1/2),
 * stride 1 or 3. */
LANE_INLINE double
ml_near_one_integral(const ml_contour *c, const double *row, double g, double b,
                     int stride)
{
    double unit = c->root[0], coefs[9] = {0};

    b *= stride == 1 ? unit : unit * unit * unit;
    for (int k = 0; k <= 2; k += 2) {
        coefs[k] += 1;
        coefs[k + stride] += 2 * b;
        coefs[k + 2 * stride] += b * b;
    }
    return ml_path_sum(row, g - 0.5, coefs, 2 * stride + 3);
}

/* Both terms of the numerator, along row; t_large: by powers of t, not z. */
LANE_INLINE double
ml_near_one_row(const ml_contour *c, const double *row, double d2, double d3,
                int m, const double sizes[2], bool t_large, double b,
                int stride)
{
    double sum = 0, size = sizes[t_large];

    if (d3 != 0)
        sum +=
            d3 * (t_large ? 1 : 1 / (size * size))
            * ml_near_one_integral(c, row, t_large ? m - 1 : m + 1, b, stride);
    if (d2 != 0)
        sum += d2 * (t_large ? size : 1 / size)
               * ml_near_one_integral(c, row, t_large ? m - 2 : m, b, stride);
    return sum;
}

/* Bounds that fall with |z| are taken at low, those that grow at high. */
DD_CALL double
ml_truncation_near_one_between(const ml_contour *c, double alpha, double d2,
                               double d3, int m, double low, double high)
{
    const ml_path *path = &ml_paths[c - ml_contours];
    const double sizes[2] = {low, high};
    double reach = __builtin_sqrt(low) * c->root[0], pole = 0; /* about |w_h| */
    int i = path->best[2 * (m - (low < 1) - ML_PATH_MIN)], stride = 1;

    if (alpha > 1) { /* Re w_h is below pole, for |w_h| < 1.1 end */
        pole = double_more(__builtin_sqrt(high) * c->root[0], c->root[0]);
        pole = 1.571 * (1 - 1 / alpha) * double_less(pole, 1.1 * path->end);
        while (path->left[i] < pole + 0.025)
            i++;
    }
    double left = path->left[i], b = 0.5 / left, far = 1;
    if (alpha > 1) {
        b = 1 / (left - pole);
        far = double_more(2 / (1 - pole / left), 4.2);
    }
    far *= 1.02;
    b *= 1.02;        /* 1/alpha */
    if (reach >= 1) { /* |w_h| > 0.96 reach is at most 2|w| where it is near */
        b *= 4.4 / (reach * reach);
        stride = 3;
    }
    d2 = __builtin_fabs(d2);
    d3 = __builtin_fabs(d3);
    double sum =
        ml_near_one_row(c, path->edge[i], d2, d3, m, sizes, low < 1, b, stride)
        + ml_near_one_row(c, path->far[0], d2, d3, m, sizes, low < 64, far, 1);

    return sum * (1.63 * ML_AWAY * ML_AWAY);
}

DD_CALL double
ml_truncation_near_one(const ml_contour *c, double alpha, double d2, double d3,
                       int m, double z)
{
    double size = __builtin_fabs(z);

    return ml_truncation_near_one_between(c, alpha, d2, d3, m, size, size);
}

#endif
