/* mlfunc/double/many_ways.h - many x at one alpha and beta, each its way, LANES side by side.
 *
 * For lanes_mittleff.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_WAYS_H
#define MLFUNC_DOUBLE_MANY_WAYS_H

#include <math.h>

#include "mlfunc/double/many_batch.h"

/* One value: lanes_mittleff.c. */
void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);

/* x^m e^x; from -2000 on it is below 2^-2048.                   [mlfunc D16] */
static __attribute__((noinline)) void
many_exact(many_lists *m, const many *s, batch *b)
{
    int power = s->near.w.m;
    lane err;
    ldd e = ml_many_exponential(&err, power, lane_loadu(b->x));

    batch_put(b, e, err);
    for (int k = 0; k < b->n; k++) {
        ml_value *v = m->v + b->at[k];

        *v = (ml_value){b->hi[k], b->lo[k], b->err[k], 0, ML_BY_POLES};
        if (b->x[k] <= -2000)
            *v = (ml_value){power % 2 ? -0.5 : 0.5, 0, 0.5, -2048, ML_BY_POLES};
        else
            many_judge(m, b->at[k]);
    }
}

/* E_{1,n}(x) and what alpha - 1 and beta - n add.                [mlfunc D16] */
static __attribute__((noinline)) void
many_near_one(many_lists *m, const many *s, batch *b)
{
    lane x = lane_loadu(b->x), err, e_err;
    ldd sum = ml_many_near_sum(&err, &s->near.nodes, x);
    ldd e = ml_many_exponential(&e_err, s->near.w.m, x);

    err = (err + ml_many_next_lacks(&s->near, x) + e_err) * (1 + 0x1p-40)
          + 0x1p-103 * (lane_abs(sum.h) + lane_abs(e.h));
    batch_put(b, ldd_add(sum, e), err);
    batch_values(m, b, ML_BY_CONTOUR_NEAR_ONE);
}

/* |t_h| is above e^19.4: whether the terms of the poles are right all the same,
 * nothing for x < 0, and all for x > 0.             [mlfunc D17] [mlfunc D24] */
static bool
many_far_gone(ml_value *v, const ml_many_far *f, int side)
{
    if (side) {
        bool gone = true;

        for (int h = 0; h < f->poles; h++)
            gone = gone && f->angle[h].turn.re.h < -0x1.001p-14;
        return gone;
    }
    *v = too_large;
    return true;
}

/* Far from 0.                                                   [mlfunc D16] */
static __attribute__((noinline)) void
many_far(many_lists *m, const many *s, int side, batch *b)
{
    double exponent[LANES], log_xt[LANES];
    lane err, k, log, x = lane_loadu(b->x);
    const ml_many_far *f = s->far + side;
    ldd sum = ml_many_far_sum(&err, &k, &log, f, &s->far_terms, x, s->alpha,
                              s->beta, s->inverse, side);

    lane_storeu(exponent, k);
    lane_storeu(log_xt, log);
    batch_put(b, sum, err);
    for (int i = 0; i < b->n; i++) {
        ml_value *v = m->v + b->at[i];

        *v = (ml_value){b->hi[i], b->lo[i], b->err[i], (int)exponent[i],
                        side ? ML_BY_ASYMPTOTICS : ML_BY_POLES};
        if (log_xt[i] > 19.4 && !many_far_gone(v, f, side))
            v->err = (double)INFINITY;
        if (v->exponent != 1 << 30) /* nothing to judge */
            many_judge(m, b->at[i]);
    }
}

static __attribute__((noinline)) void
many_nodes(many_lists *m, many *s, int side, batch *b)
{
    lane z = lane_loadu(b->x), size = lane_abs(z);

    if (s->near.exact) {
        many_exact(m, s, b);
        return;
    }
    if (side && s->near.is && !s->near.plain) {
        many_near_one(m, s, b);
        return;
    }
    if (!s->has_side[side])
        many_side_set(s, side);
    ldd sum = ml_many_lanes(&s->nodes, s->side + side, z);
    lane err = ml_many_error(s->side + side, z);

    if (side && s->near.is) {
        err += ml_many_next_lacks(&s->near, z);
        batch_put(b, sum, err * (1 + 0x1p-40));
        batch_values(m, b, ML_BY_CONTOUR_NEAR_ONE);
        return;
    }
    if (s->no_poles && side) {
        const many_truncation *t = &s->truncation;
        lane far = t->far / size * (1 + 0x1p-50), one = lane_set(t->one);

        far = lane_select(far < one, far, one);
        err += lane_select(size < lane_set(1), lane_set(t->near), far);
        batch_put(b, sum, err * (1 + 0x1p-40));
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    if (s->one_pole && !side) {
        many_positive(s, b, sum, err);
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    if (s->pairs > 0 && side) {
        many_pairs(s, b, sum, err);
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    batch_put(b, sum, err);
    for (int k = 0; k < b->n; k++) {
        many_finish(m->v + b->at[k], s, b->x[k], (dd){b->hi[k], b->lo[k]},
                    b->err[k]);
        many_judge(m, b->at[k]);
    }
}

/* Those that go one way. */
static __attribute__((noinline)) void
many_batch(many_lists *m, many *s, int way)
{
    batch b;
    lane err;

    for (int i = 0; i < m->count[way]; i += LANES) {
        b.n = m->count[way] - i < LANES ? m->count[way] - i : LANES;
        b.at = m->at[way] + i;
        /* NOLINTBEGIN(clang-analyzer-core.uninitialized.ArraySubscript): to the
         * analyzer, what was written at an index that it does not know is unset */
        for (int k = 0; k < LANES; k++)
            b.x[k] = m->x[b.at[k < b.n ? k : 0]];
        /* NOLINTEND(clang-analyzer-core.uninitialized.ArraySubscript) */

        lane z = lane_loadu(b.x);
        if (way == BY_SERIES) {
            ldd sum = ml_many_powers_sum(&err, &s->series, (ldd){z, z - z});

            batch_put(&b, sum, err);
            batch_values(m, &b, ML_BY_SERIES);
        } else if (way >= BY_FAR && way < BY_SERIES) {
            many_far(m, s, way - BY_FAR, &b);
        } else if (way >= BY_TERMS && way < BY_FAR) {
            ldd sum = ml_many_terms_sum(
                &err, &s->terms, s->cut + (way - BY_TERMS), (ldd){z, z - z});

            batch_put(&b, sum, err);
            batch_values(m, &b, ML_BY_SERIES);
        } else if (way == BY_ASYMPTOTIC) {
            ldd y = ml_many_inverse(z);
            ldd sum = ml_many_powers_sum(&err, &s->asymptotic, y);

            err *= lane_abs(y.h) * (1 + 0x1p-40);
            batch_put(&b, ldd_neg(ldd_mul(sum, y)), err);
            batch_values(m, &b, ML_BY_ASYMPTOTICS);
        } else {
            many_nodes(m, s, way - BY_SIDE, &b);
        }
    }
}

/* Of n <= TOGETHER; what is not a number has no value. */
static void
many_some(ml_value *v, many *s, size_t n, const double *x)
{
    many_lists m;

    m.v = v;
    m.x = x;
    memset(m.count, 0, sizeof m.count);
    for (size_t i = 0; i < n; i++) {
        int way = many_way(s, x[i]);

        m.at[way][m.count[way]++] = (uint16_t)i;
    }
    for (int way = 0; way < ALONE; way++)
        many_batch(&m, s, way);
    for (int i = 0; i < m.count[ALONE]; i++) {
        int at = m.at[ALONE][i];

        if (x[at] >= s->overflow)
            v[at] = too_large;
        else if (isfinite(x[at]))
            ML_LANES_OF(ml_mittleff_value)(v + at, s->alpha, s->beta, x[at]);
    }
}

#endif
