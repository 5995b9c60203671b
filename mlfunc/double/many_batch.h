/* mlfunc/double/many_batch.h - LANES of many x: the sum over the nodes and the poles next to it.
 *
 * For lanes_mittleff.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_BATCH_H
#define MLFUNC_DOUBLE_MANY_BATCH_H

#include <math.h>

#include "mlfunc/double/many_set.h"

/* The value from the sum over the nodes.                        [mlfunc D16] */
static void
many_finish(ml_value *v, const many *s, double x, dd sum, double err)
{
    ml_term term = no_term;
    ml_places p;

    if (!ml_places_real(&p, ml_contours + s->contour, s->alpha, s->beta, x)) {
        v->err = (double)INFINITY;
        return;
    }
    err += ml_truncation(&p);
    if (p.n > 0)
        term = ml_poles_sum(&p);
    value_of(v, sum, err, 0, &term, ML_BY_CONTOUR);
}

#define TOGETHER 256

/* Which x go which way; v of theirs. */
typedef struct {
    ml_value *v;
    const double *x;
    int count[WAYS];
    uint16_t at[WAYS][TOGETHER];
} many_lists;

/* LANES x or fewer, and what is found about them. */
typedef struct {
    int n;
    const uint16_t *at;
    double x[LANES], hi[LANES], lo[LANES], err[LANES];
} batch;

static void
batch_put(batch *b, ldd sum, lane err)
{
    lane_storeu(b->hi, sum.h);
    lane_storeu(b->lo, sum.l);
    lane_storeu(b->err, err);
}

/* What is not good is left to a single call. */
static void
many_judge(many_lists *m, int at)
{
    const ml_value *v = m->v + at;

    m->at[ALONE][m->count[ALONE]] = (uint16_t)at;
    m->count[ALONE] += !(v->err <= CHOICE_MANY * fabs(v->hi));
}

static void
batch_values(many_lists *m, const batch *b, ml_double_method method)
{
    for (int k = 0; k < b->n; k++) {
        m->v[b->at[k]] = (ml_value){b->hi[k], b->lo[k], b->err[k], 0, method};
        many_judge(m, b->at[k]);
    }
}

/* The straight path for n poles of size |x|, which are still to be placed. */
static int
many_straight(ml_places *p, const many *s, double size, double off_sheet, int n,
              double log_xt)
{
    ml_places_start(p, ml_contours + s->contour, s->alpha, s->beta);
    p->real = true;
    p->modulus = size;
    p->off_sheet = off_sheet;
    p->n = n;
    p->log_xt = (dd){log_xt, 0};
    return ml_places_straight(p);
}

/* The path of x > 0 next to its only pole, whether that is right of it, and what
 * is cut off. */
static double
many_positive_path(const many *s, double x, double log_xt, double root,
                   double *inside)
{
    ml_places p;
    int best = many_straight(&p, s, x, 3.14159 * (2 - s->alpha), 1, log_xt);

    if (log_xt < p.path->log_left[best] - 1.3863) {
        p.n = 0;
    } else {
        double size = root * p.contour->root[0];

        p.pole[0].re = size;
        p.pole[0].im = 0;
        ml_places_between(&p, best, size);
    }
    *inside = p.n;
    return ml_truncation(&p);
}

/* x > 0, alpha < 2: the sum over the nodes and the term of the pole.
 *                                                               [mlfunc D16] */
static void
many_positive(const many *s, batch *b, ldd sum, lane err)
{
    double root[LANES], log_xt[LANES], inside[LANES], cut[LANES];
    lane x = lane_loadu(b->x);
    ml_many_pole p;

    ml_many_pole_of(&p, ml_contours + s->contour, x, s->alpha, s->beta,
                    s->inverse);
    lane_storeu(root, p.root.h);
    lane_storeu(log_xt, p.log_xt.h);
    for (int k = 0; k < LANES; k++)
        cut[k] = many_positive_path(s, b->x[k], log_xt[k], root[k], inside + k);

    lane_mask with = lane_loadu(inside) > lane_set(0);
    lane none = x - x;
    ldd t = {lane_select(with, p.term.h, none),
             lane_select(with, p.term.l, none)};
    lane size = lane_abs(sum.h) + lane_abs(t.h);

    err =
        (err + lane_loadu(cut) + lane_select(with, p.err, none)) * (1 + 0x1p-40)
        + 0x1p-103 * size;
    batch_put(b, ldd_add(sum, t), err);
}

/* The path of x < 0 between its pairs, which of them are right of it, and what is
 * cut off; infinite where the ends of the path are near. */
static double
many_pairs_path(const many *s, double x, double log_xt, double root,
                double *inside)
{
    ml_places p;
    int best = many_straight(&p, s, x, s->off_sheet, s->pairs, log_xt);

    if (log_xt < p.path->log_left[best] - 1.3863)
        return ml_truncation(&p);
    double size = root * p.contour->root[0];
    if (!(size <= p.path->end - p.contour->step / 2))
        return (double)INFINITY;
    for (int h = 0; h < p.n; h++) {
        p.pole[h].count = h;
        p.pole[h].re = size * s->pair[h].half.re.h;
        p.pole[h].im = size * s->pair[h].half.im.h;
    }
    ml_places_between(&p, best, size);
    for (int j = 0; j < p.n; j++)
        inside[p.pole[j].count * LANES] = 1;
    return ml_truncation(&p);
}

/* x < 0, alpha > 1: the sum over the nodes and the terms of the pairs.
 *                                                               [mlfunc D16] */
static void
many_pairs(const many *s, batch *b, ldd sum, lane err)
{
    double root[LANES], log_xt[LANES], cut[LANES];
    double inside[ML_FAR_POLES][LANES] = {{0}};
    ml_many_size p;

    ml_many_size_of(&p, lane_abs(lane_loadu(b->x)), s->alpha, s->beta,
                    s->inverse);
    lane_storeu(root, p.root.h);
    lane_storeu(log_xt, p.log_xt.h);
    for (int k = 0; k < LANES; k++)
        cut[k] = many_pairs_path(s, fabs(b->x[k]), log_xt[k], root[k],
                                 inside[0] + k);
    err += lane_loadu(cut);
    for (int h = 0; h < s->pairs; h++) {
        lane none = lane_set(0), with = lane_loadu(inside[h]), part = none;
        lane_mask is = with > none;
        double most = 0;
        ldd t = {none, none};

        for (int k = 0; k < LANES; k++)
            most += inside[h][k];
        if (most > 0)
            t = ml_many_pair(&part, ml_contours + s->contour, &p, s->pair + h);
        t = (ldd){lane_select(is, t.h, none), lane_select(is, t.l, none)};
        err += lane_select(is, part, none)
               + 0x1p-103 * (lane_abs(sum.h) + lane_abs(t.h));
        sum = ldd_add(sum, t);
    }
    batch_put(b, sum, err * (1 + 0x1p-40));
}

#endif
