/* mlfunc/double/places.h - the poles of t^(alpha-beta)/(t^alpha - z) and the path
 * between them.
 *
 * In the plane of w = sqrt(t/mu) the path runs up the left edge Re w = left for
 * |Im w| <= side, turns right along the ends Im w = +-side, and goes on along
 * Re w = tail; README.md, D26.  No pole is close to it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_PLACES_H
#define MLFUNC_DOUBLE_PLACES_H

#include <stdbool.h>

#include "mlfunc/double/contour_table.h"
#include "mlfunc/double/elementary.h"
#include "mlfunc/double/truncation_table.h"

#define ML_POLES_MAX 6

/* (v + something of modulus <= err) 2^exponent. */
typedef struct {
    dz v;
    double err;
    long long exponent;
} ml_term;

/* One pole; for real z a conjugate pair is one, with count 2 and Im t_h >= 0. */
typedef struct {
    int count;
    bool beside;   /* beyond the ends: its factor is 1 */
    double re, im; /* of w_h, up to 2^-45 |w_h| */
    /* absolute errors are of complex numbers, as moduli */
    dz log_t; /* ln |t_h| + i theta_h */
    double log_err;
    dz turn, t, g; /* e^{i theta_h/2}, t_h, g_h */
    double t_err, g_err;
    ml_term term; /* rho_h/(1 + e^{g_h}), once; for real z its real part */
} ml_pole;

typedef struct {
    const ml_contour *contour;
    const ml_path *path;
    double alpha, beta;
    double modulus; /* |z|, relative error 2^-50 */
    bool real;
    dd inverse;               /* 1/alpha */
    dd log_modulus, log_xt;   /* ln |z|, ln |t_h| */
    dd root;                  /* sqrt |t_h|, if any pole is near */
    double log_err, root_err; /* relative that of root */
    int on_sheet;             /* how many poles, |theta_h| < pi, pairs as one */
    double
        off_sheet; /* at most min |arg z + 2 pi h| - pi alpha over the others */
    int edge;      /* the left edge is path->left[edge] */
    double left, side, tail;
    double near_left; /* no pole on the sheet is closer to the left edge; 0 if
                         all |w_h| <= left/2 */
    int general;      /* row of path->far */
    double near_far;  /* nor to the rest of the path; 0 if all |w_h| are at most
                         half of what |w| is there */
    int n;            /* poles right of the path: count .. turn are set */
    ml_pole pole[ML_POLES_MAX];
} ml_places;

/*
 * ml_places_real, ml_places_complex - the path through the poles of z.
 *
 * Domain   0 < alpha <= 5.75, |beta| <= 16, 2^-400 <= |z| <= 2^400.
 * Result   *p, true; false outside the domain, or where |z|^(1/alpha) > 2^28, or
 *          where a pole is on the sheet and alpha < 2^-990.
 * Cost     nothing where no pole is on the sheet: z < 0, alpha <= 1.
 */
DD_CALL bool ml_places_real(ml_places *p, const ml_contour *c, double alpha,
                            double beta, double z);
DD_CALL bool ml_places_complex(ml_places *p, const ml_contour *c, double alpha,
                               double beta, const double z[2]);

/* --------------------------------------------------------------- the angles */

/* The pole with alpha theta_h = angle: on the sheet unless beyond, about
 * |angle| - pi alpha, is certainly not negative. */
LANE_ALWAYS void
ml_places_angle(ml_places *p, dd angle, double beyond, int count)
{
    if (beyond >= 0) {
        p->off_sheet = beyond < p->off_sheet ? beyond : p->off_sheet;
    } else if (p->n < ML_POLES_MAX) {
        ml_pole *q = p->pole + p->n++;

        q->count = count;
        q->log_t.im = dd_mul(angle, p->inverse);
        q->log_err = 0x1p-101 * __builtin_fabs(angle.h);
    }
}

LANE_ALWAYS void
ml_places_start(ml_places *p, const ml_contour *c, double alpha, double beta)
{
    p->contour = c;
    p->path = &ml_paths[c - ml_contours];
    p->alpha = alpha;
    p->beta = beta;
    p->off_sheet = 100;
    p->n = 0;
}

/* ------------------------------------------------------------ where the path is */

/* The edge that suits beta best. */
LANE_ALWAYS int
ml_places_best(const ml_places *p)
{
    double g = (p->modulus < 1 ? 0 : p->alpha) - p->beta;

    return p->path->best[(int)double_rint(2 * (g - ML_PATH_MIN))];
}

/* The edge, next to the best one, that keeps away from the poles.  [mlfunc D26] */
LANE_INLINE void
ml_places_edge(ml_places *p, int best)
{
    p->near_left = 0;
    for (int k = 0; k < 2 * ML_EDGES; k++) {
        int i = best + (k % 2 ? (k + 1) / 2 : -k / 2);
        if (i < 0 || i >= ML_EDGES)
            continue;
        double left = p->path->left[i], near = 1;

        for (int j = 0; j < p->n; j++) {
            double d = __builtin_fabs(left - p->pole[j].re);
            near = d < near ? d : near;
        }
        if (near > p->near_left) {
            p->near_left = near;
            p->edge = i;
            p->left = left;
        }
        if (near >= 0.08 * left + 0.0065)
            break;
    }
}

/* The ends, where poles are near: one of k + 1 places for k poles. */
LANE_INLINE void
ml_places_ends(ml_places *p)
{
    double step = p->contour->step, end = p->path->end, inner = end - step / 2;
    double near_side = 0, near_tail = 0, highest = 0;
    int k = 0;

    for (int j = 0; j < p->n; j++) {
        double y = __builtin_fabs(p->pole[j].im);

        k += y > inner;
        highest = y > highest ? y : highest;
    }
    p->near_far = end - highest < 0.2 ? end - highest : 0.2;
    if (k == 0)
        return;
    p->general = 1;
    p->near_far = step / 4;
    for (int i = 0; i <= k; i++) {
        double side = end + step / 4 * (2.0 * i / k - 1), to_side = 1;
        double tail = 1 - 0.5 * i / k, to_tail = 1;

        for (int j = 0; j < p->n; j++) {
            double y = __builtin_fabs(p->pole[j].im);
            double d = __builtin_fabs(y - side);
            double e = __builtin_fabs(p->pole[j].re - tail);
            to_side = y > inner && d < to_side ? d : to_side;
            to_tail = y > inner && e < to_tail ? e : to_tail;
        }
        if (to_side > near_side) {
            near_side = to_side;
            p->side = side;
        }
        if (to_tail > near_tail) {
            near_tail = to_tail;
            p->tail = tail;
        }
    }
    p->near_far = near_side < p->near_far ? near_side : p->near_far;
    p->near_far = near_tail < p->near_far ? near_tail : p->near_far;
}

/* Keeps the poles right of the path. */
LANE_INLINE void
ml_places_right(ml_places *p)
{
    int n = 0;

    for (int j = 0; j < p->n; j++) {
        ml_pole *q = p->pole + j;

        q->beside = __builtin_fabs(q->im) >= p->side;
        if (q->re > (q->beside ? p->tail : p->left)) {
            if (n < j)
                p->pole[n] = *q;
            n++;
        }
    }
    p->n = n;
}

/* ln |t_h|, its square root as m 2^k, and e^{i theta_h/2}. */
LANE_INLINE dd_scaled
ml_places_roots(ml_places *p)
{
    double log_err;
    dd half = dd_scale(p->log_xt, 0.5);
    dd_scaled root = dd_exp(half);

    log_err = p->log_err;
    p->root_err = log_err / 2 + ML_EXP_ERROR(half);
    for (int j = 0; j < p->n; j++) {
        ml_pole *q = p->pole + j;

        q->log_t.re = p->log_xt;
        q->log_err = log_err + q->log_err / p->alpha
                     + 0x1p-100 * __builtin_fabs(q->log_t.im.h);
        q->turn = q->log_t.im.h == 0 ? (dz){{1, 0}, {0, 0}}
                                     : dd_cis(dz_half(q->log_t).im);
    }
    return root;
}

/* The path where no pole is near; the number of its edge. */
LANE_INLINE int
ml_places_straight(ml_places *p)
{
    int best = ml_places_best(p);

    p->edge = best;
    p->left = p->path->left[best];
    p->side = p->path->end;
    p->tail = 1;
    p->near_left = 0;
    p->near_far = 0;
    p->general = 0;
    p->on_sheet = p->n;
    return best;
}

/* The path between the poles, which are about size away from 0. */
LANE_INLINE void
ml_places_between(ml_places *p, int best, double size)
{
    ml_places_edge(p, best);
    if (size > 0.49 * p->path->end)
        ml_places_ends(p);
    ml_places_right(p);
}

/* All but the angles, from ln |z| and its error. */
LANE_INLINE bool
ml_places_path(ml_places *p, dd log_modulus, double log_err)
{
    int best = ml_places_straight(p);
    const ml_path *path = p->path;

    if (p->n == 0)
        return true;
    if (p->alpha < 0x1p-990) /* 1/alpha is not a factor: D1 */
        return false;
    p->log_modulus = log_modulus;
    p->log_xt = dd_mul(log_modulus, p->inverse);
    p->log_err = log_err / p->alpha + 0x1p-100 * __builtin_fabs(p->log_xt.h);
    if (!(p->log_xt.h < 19.4))
        return false;
    if (p->log_xt.h < path->log_left[best] - 1.3863) {
        p->n = 0;
        return true;
    }
    dd_scaled root = ml_places_roots(p);
    p->root = dd_by_power(root.m, root.k);
    double size = p->root.h * p->contour->root[0];
    for (int j = 0; j < p->n; j++) {
        p->pole[j].re = size * p->pole[j].turn.re.h;
        p->pole[j].im = size * p->pole[j].turn.im.h;
    }
    ml_places_between(p, best, size);
    return true;
}

DD_CALL bool
ml_places_real(ml_places *p, const ml_contour *c, double alpha, double beta,
               double z)
{
    double size = __builtin_fabs(z);

    ml_places_start(p, c, alpha, beta);
    p->real = true;
    p->modulus = size;
    if (!(alpha > 0 && alpha <= 5.75 && __builtin_fabs(beta) <= 16
          && size >= 0x1p-400 && size <= 0x1p400))
        return false;
    if (alpha > (z < 0))
        p->inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    for (int m = z < 0; p->off_sheet == 100; m += 2)
        ml_places_angle(p, dd_mul_d(DD_PI, m), 3.14159 * (m - alpha),
                        m ? 2 : 1);
    dd l = p->n ? dd_log_d(size) : (dd){0, 0};
    return ml_places_path(p, l, ML_LOG_ERROR(l));
}

DD_CALL bool
ml_places_complex(ml_places *p, const ml_contour *c, double alpha, double beta,
                  const double z[2])
{
    dd x = dd_two_prod(z[0], z[0]), y = dd_two_prod(z[1], z[1]);
    dd square = dd_add(x, y), arg = dd_arg(z[0], z[1]);

    ml_places_start(p, c, alpha, beta);
    p->real = false;
    p->modulus = __builtin_sqrt(square.h);
    if (!(alpha > 0 && alpha <= 5.75 && __builtin_fabs(beta) <= 16
          && p->modulus >= 0x1p-400 && p->modulus <= 0x1p400))
        return false;
    p->inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    for (int h = -3; h <= 3; h++) {
        dd angle = dd_add(arg, dd_mul_d(DD_PI, 2 * h));
        double beyond = __builtin_fabs(angle.h) - DD_PI.h * alpha;

        ml_places_angle(p, angle, beyond - 0x1p-40, 1);
    }
    for (int j = 0; j < p->n; j++)
        p->pole[j].log_err += ML_ARG_ERROR;
    dd l = p->n ? dd_scale(dd_log(square), 0.5) : (dd){0, 0};
    return ml_places_path(p, l, ML_LOG_ERROR(l) + 0x1p-103);
}

#endif
