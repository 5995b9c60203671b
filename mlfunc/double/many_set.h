/* mlfunc/double/many_set.h - what many x at one alpha and beta share, and which way x goes.
 *
 * For lanes_mittleff.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_SET_H
#define MLFUNC_DOUBLE_MANY_SET_H

#include <math.h>

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/choice_plan.h"
#include "mlfunc/double/many.h"
#include "mlfunc/double/many_far.h"
#include "mlfunc/double/many_near_one.h"
#include "mlfunc/double/many_pairs.h"
#include "mlfunc/double/many_poles.h"
#include "mlfunc/double/many_powers.h"
#include "mlfunc/double/many_terms.h"
#include "mlfunc/double/sums.h"
#include "mlfunc/double/truncation.h"

/* What ml_truncation gives where there are no poles: x < 0, alpha <= 1: the least
 * of a constant and another over |x|, one pair for |x| < 1 and one from there
 * on. */
typedef struct {
    double far;  /* |x| times it, for |x| >= 1 */
    double one;  /* at x = -1 */
    double near; /* for |x| < 1 */
} many_truncation;

/* How x[i] is dealt with: the sides are 0 for x > 0, 1 for x < 0. */
enum {
    BY_SIDE,
    BY_TERMS = 2,
    BY_FAR = 4,
    BY_SERIES = 6,
    BY_ASYMPTOTIC,
    ALONE,
    WAYS
};

typedef struct {
    double alpha, beta;
    double most[2];          /* |x| up to which the nodes serve, by sides */
    bool no_poles, one_pole; /* of x < 0, of x > 0 */
    bool has_side[2], has_samples, has_positive;
    int contour;
    double overflow; /* from that x on too large for all exponents */
    dd inverse;      /* 1/alpha */
    many_truncation truncation;
    ml_many nodes;
    ml_many_samples samples[2];
    ml_many_side side[2];
    ml_many_powers series, asymptotic;
    ml_many_terms terms;
    ml_many_cut cut[2]; /* of terms, by sides */
    ml_many_terms far_terms;
    ml_many_far far[2];
    int pairs; /* of x < 0 on the sheet, */
    double off_sheet;
    ml_many_angle pair[ML_FAR_POLES];
    ml_many_next near;
} many;

static void
many_truncation_set(many *s, int side)
{
    many_truncation *t = &s->truncation;
    const ml_contour *c = ml_contours + s->contour;
    ml_places p;

    if (!side) {
        s->one_pole =
            s->alpha <= 2 && ml_places_real(&p, c, s->alpha, s->beta, 1);
        return;
    }
    s->no_poles =
        s->alpha <= 1 && ml_places_real(&p, c, s->alpha, s->beta, -0x1p200);
    if (!s->no_poles)
        return;
    t->far = ml_truncation(&p) * 0x1p200;
    s->no_poles = ml_places_real(&p, c, s->alpha, s->beta, -1);
    t->one = ml_truncation(&p);
    s->no_poles =
        ml_places_real(&p, c, s->alpha, s->beta, -0x1p-200) && s->no_poles;
    t->near = ml_truncation(&p);
}

/* What the nodes need for the x of one side, when the first of them comes. */
static void
many_side_nodes(many *s, int side)
{
    if (!s->has_samples)
        ml_many_sample(s->samples, &s->nodes, s->most[1]);
    s->has_samples = true;
    ml_many_side_of(s->side + side, s->samples + side, &s->nodes, side);
    s->has_side[side] = true;
}

static __attribute__((noinline, cold)) void
many_side_set(many *s, int side)
{
    many_side_nodes(s, side);
    many_truncation_set(s, side);
}

static void
many_near_of(many *s)
{
    ml_many_next *n = &s->near;

    n->is = ml_near_one_of(&n->w, s->alpha, s->beta, -1);
    n->exact =
        n->is && s->alpha == 1 && n->w.excess == 0 && n->w.m <= ML_NEAR_PLAIN;
}

/* A difference below 2^-100 might underflow. */
static void
many_near_range(many *s)
{
    double excess;

    if (!s->near.is)
        return;
    excess = fabs(s->near.w.excess);
    if (excess != 0 && excess < 0x1p-100)
        s->most[1] = 0;
    else if (s->asymptotic.most == 0 || s->most[1] > ML_NEAR_MOST)
        s->most[1] = double_less(ML_NEAR_MOST, s->far[1].from);
}

static __attribute__((noinline, cold)) void
many_near_set(many *s)
{
    ml_many_next *n = &s->near;
    ml_many_parts parts;

    if (!n->is || s->most[1] == 0)
        return;
    many_side_nodes(s, 1);
    n->plain =
        s->contour == 0 && ml_near_plain(s->side + 1, s->samples + 1, n->w.m);
    if (!n->plain)
        ml_many_near_set(&n->nodes, &parts, &n->w, s->most[1]);
    ml_many_next_cut(n, s->alpha);
}

/* The pairs of x < 0 on the sheet, as in places.h; -1: too many. */
static void
many_pairs_set(many *s)
{
    int m = 1;

    for (s->pairs = 0; m < s->alpha && m <= 5; m += 2)
        ml_many_angle_of(s->pair + s->pairs++, s->beta, s->inverse, m);
    s->off_sheet = 3.14159 * (m - s->alpha);
}

static void
many_nodes_set(many *s)
{
    ml_node_powers w;
    ml_stored_nodes stored;

    s->most[0] = s->most[1] = 0;
    s->no_poles = s->one_pole = false;
    s->pairs = 0;
    s->has_side[0] = s->has_side[1] = s->has_samples = false;
    s->contour = choice_contour(s->alpha, s->beta);
    if (!(s->alpha >= 0x1p-200
          && ml_node_powers_of(&w, ml_contours + s->contour, true, s->alpha,
                               s->beta)))
        return;
    /* from there on rho_0 may be all */
    dd_scaled e = dd_exp((dd){s->alpha * CHOICE_ALONE, 0});
    double alone = double_ldexp(e.m.h, e.k);

    s->most[0] = alone;
    s->most[1] = s->asymptotic.most > 0 ? 1 / s->asymptotic.most : alone;
    s->most[1] = double_less(s->most[1], s->far[1].from);
    many_near_range(s);
    stored_set(&stored, s->contour, &w);
    ml_many_set(&s->nodes, &stored, s->most[1] > alone ? s->most[1] : alone);
    many_near_set(s);
    many_pairs_set(s);
}

static bool
many_far_fits(const many *s)
{
    return s->alpha >= 0x1p-5 && s->alpha <= 5.75 && fabs(s->beta) <= 16;
}

/* For alpha > 1 x < 0 has pairs there, and next to 1 eight terms serve late. */
static void
many_far_set(many *s)
{
    double alpha = s->alpha, beta = s->beta;

    s->far[0].from = s->far[1].from = (double)INFINITY;
    if (!many_far_fits(s) || alpha <= 0.98)
        return;
    ml_many_terms_more(&s->far_terms, -alpha, beta, 1, 40);
    if (alpha != 1)
        ml_many_far_negative(s->far + 1, &s->far_terms, alpha, beta, s->inverse,
                             fabs(alpha - 1) < 0.02 ? 28 : s->cut[1].most);
}

/* The two series of x < 0, and what those of both sides begin with. */
static void
many_series_set(many *s)
{
    double alpha = s->alpha, beta = s->beta;
    octet g;
    double eps = rgamma_octet(&g, alpha, beta, 0);

    ml_many_series_of(&s->series, &g, eps, alpha, beta);
    ml_many_terms_start(&s->terms, &g, eps);
    s->cut[0].most = s->cut[1].most = 0;
    if (alpha > 1) { /* else the nodes are as fast */
        ml_many_terms_more(&s->terms, alpha, beta, 0, ML_TERMS);
        ml_many_cut_choose(s->cut + 1, &s->terms, alpha, beta, true);
    }
    eps = rgamma_octet(&g, -alpha, beta, 1);
    ml_many_asymptotic_of(&s->asymptotic, &g, eps, alpha, beta);
    ml_many_terms_start(&s->far_terms, &g, eps);
}

/* ln x/alpha >= 19.4.                                           [mlfunc D17] */
static double
many_overflow(double alpha, double beta)
{
    dd_scaled e;

    if (!(alpha >= 0x1p-500 && alpha <= 5.75 && fabs(beta) <= 16))
        return (double)INFINITY;
    e = dd_exp((dd){19.5 * alpha, 0});
    return double_ldexp(e.m.h, e.k);
}

/* What only x > 0 need, when the first of them comes. */
static __attribute__((noinline, cold)) void
many_positive_set(many *s)
{
    double alpha = s->alpha, beta = s->beta;

    ml_many_terms_more(&s->terms, alpha, beta, 0, ML_TERMS);
    ml_many_cut_choose(s->cut, &s->terms, alpha, beta, false);
    if (many_far_fits(s))
        ml_many_far_positive(s->far, &s->far_terms, alpha, beta, s->inverse);
    s->overflow = many_overflow(alpha, beta);
    s->has_positive = true;
}

static __attribute__((noinline, cold)) void
many_set(many *s, double alpha, double beta)
{
    s->alpha = alpha;
    s->beta = beta;
    s->inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    s->overflow = (double)INFINITY;
    many_near_of(s);
    if (s->near.exact)
        return;
    s->has_positive = false;
    many_series_set(s);
    many_far_set(s);
    many_nodes_set(s);
}

static int
many_way(many *s, double x)
{
    double size = fabs(x);
    int side = x < 0;

    if (s->near.exact)
        return (size >= 0x1p-100 && size <= ML_NEAR_EXACT) || x <= -2000
                   ? BY_SIDE + side
                   : ALONE;
    if (size <= s->series.most)
        return size >= 0x1p-100 ? BY_SERIES : ALONE;
    if (!side && !s->has_positive)
        many_positive_set(s);
    if (size <= s->cut[side].most)
        return size > CHOICE_SERIES ? BY_TERMS + side : ALONE;
    if (x >= s->overflow)
        return ALONE;
    if (size >= s->far[side].from && size <= ML_FAR_MOST
        && !(side && size * s->asymptotic.most >= 1))
        return BY_FAR + side;
    if (size <= s->most[side])
        return size > CHOICE_SERIES ? BY_SIDE + side : ALONE;
    return side && size * s->asymptotic.most >= 1 && size <= 0x1p99
               ? BY_ASYMPTOTIC
               : ALONE;
}

#endif
