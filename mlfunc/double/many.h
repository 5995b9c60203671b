/* mlfunc/double/many.h - the sum over the nodes for many real z at one alpha and
 * beta, LANES of them side by side.
 *
 * Near the middle of the contour the terms are double-double; where they weigh so
 * little that doubles do (that depends on alpha and beta) they are doubles, and
 * the last are left out.  One bound serves all z of one sign, from the distance
 * of the nodes from that half of the axis.  u = 2^-53; the error is proved in
 * README.md, D18.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_H
#define MLFUNC_DOUBLE_MANY_H

#include "mlfunc/double/stored.h"

/*
 * One array for each number.  Re P = p_h + p_l, p_h a multiple of `grid`: p_h - z_h
 * is exact, if z_h is one, too.  |P|, |p_h|, |z| <= range = 2^51 grid.
 */
typedef struct {
    int nodes, dd_nodes;
    double range, grid;
    _Alignas(64) double p[ML_NODES_MAX]; /* Re P */
    _Alignas(64) double p_h[ML_NODES_MAX];
    _Alignas(64) double p_l[ML_NODES_MAX];
    _Alignas(64) double q_h[ML_NODES_MAX]; /* Re Q */
    _Alignas(64) double q_l[ML_NODES_MAX];
    _Alignas(64) double square_h[ML_NODES_MAX]; /* Im^2 */
    _Alignas(64) double square_l[ML_NODES_MAX];
    _Alignas(64) double cross_h[ML_NODES_MAX]; /* Im Q Im */
    _Alignas(64) double cross_l[ML_NODES_MAX];
    /* upper bounds of |Q| and |P|, a lower one of |Im P|; as in nodes.h */
    _Alignas(64) double size[ML_NODES_MAX];
    _Alignas(64) double modulus[ML_NODES_MAX];
    _Alignas(64) double height[ML_NODES_MAX];
    _Alignas(64) double p_err[ML_NODES_MAX];
    _Alignas(64) double q_err[ML_NODES_MAX];
} ml_many;

/* For the z of one sign: which nodes are double-double, which are used; the sum
 * is off by at most min(near, far/|z|) + min(near2, far2/|z|^2) + flat times the
 * grid of the terms, min(grid, grid_far/|z|), |z| rounded down to a power of 2. */
typedef struct {
    int dd_nodes, nodes;
    double grid, grid_far;
    double near, far, near2, far2, flat;
} ml_many_side;

/* ---------------------------------------------------------------------- set-up */

/* The least power of 2 that is not below x, 2^-900 <= x < 2^900. */
LANE_INLINE double
ml_many_power(double x)
{
    int64_t bits;

    memcpy(&bits, &x, sizeof bits);
    bits = (bits + ((INT64_C(1) << 52) - 1)) & ~((INT64_C(1) << 52) - 1);
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* P and Q of nodes j to j + LANES - 1. */
LANE_INLINE void
ml_many_node(ml_many *m, const ml_stored_nodes *s, int j)
{
    ldd re = {lane_load(s->rest_h + j), lane_load(s->rest_l + j)};
    ldd im = {lane_load(s->im_h + j), lane_load(s->im_l + j)};
    ldd q_im = {lane_load(s->q_im_h + j), lane_load(s->q_im_l + j)};
    lane q_re = lane_load(s->q_re_h + j);

    if (s->p_kind == ML_P_UNIT)
        re = ldd_add_d(re, lane_set(1));

    ldd square = ldd_mul(im, im), cross = ldd_mul(q_im, im);
    lane modulus = lane_sqrt(re.h * re.h + square.h);

    lane_store(m->p + j, re.h);
    lane_store(m->p_l + j, re.l);
    lane_store(m->q_h + j, q_re);
    lane_store(m->q_l + j, lane_load(s->q_re_l + j));
    lane_store(m->square_h + j, square.h);
    lane_store(m->square_l + j, square.l);
    lane_store(m->cross_h + j, cross.h);
    lane_store(m->cross_l + j, cross.l);
    lane_store(m->size + j,
               lane_sqrt(q_re * q_re + q_im.h * q_im.h) * (1 + 0x1p-48));
    lane_store(m->modulus + j, modulus * (1 + 0x1p-48));
    lane_store(m->height + j, lane_abs(im.h) * (1 - 0x1p-48));
    lane_store(m->p_err + j, lane_load(s->p_err + j));
    lane_store(m->q_err + j, lane_load(s->q_err + j));
}

/* range: the largest |z| that is asked for. */
LANE_INLINE void
ml_many_set(ml_many *m, const ml_stored_nodes *s, double range)
{
    m->nodes = s->nodes;
    m->dd_nodes = s->dd_nodes;
    for (int j = 0; j < s->nodes; j += LANES)
        ml_many_node(m, s, j);
    for (int j = 0; j < s->dd_nodes; j++)
        range = m->modulus[j] > range ? m->modulus[j] : range;
    m->range = ml_many_power(range);
    m->grid = m->range * 0x1p-51;
    for (int j = 0; j < s->dd_nodes; j += LANES) {
        lane h = lane_load(m->p + j), l = lane_load(m->p_l + j);
        lane p = (h + 3 * m->range) - 3 * m->range;

        lane_store(m->p_h + j, p);
        lane_store(m->p_l + j, (h - p) + l);
    }
}

/* What the terms are at most, |z| times that, and the parts of it that they may
 * be off; in double-double also by p_err times `square`; for nodes j to
 * j + LANES - 1.                                                [mlfunc D18] */
typedef struct {
    _Alignas(64) double most[ML_NODES_MAX];
    _Alignas(64) double reach[ML_NODES_MAX];
    _Alignas(64) double square[ML_NODES_MAX];
    _Alignas(64) double p_err[ML_NODES_MAX];
    _Alignas(64) double in_dd[ML_NODES_MAX];
    _Alignas(64) double in_double[ML_NODES_MAX];
} ml_many_parts;

LANE_INLINE void
ml_many_part(ml_many_parts *t, const ml_many *m, int j, bool negative)
{
    const double u = 0x1p-53;
    lane infinite = lane_set(__builtin_inf()), p = lane_load(m->p + j);
    lane modulus = lane_load(m->modulus + j), p_err = lane_load(m->p_err + j);
    /* |P - z| is at least that, and |z/P| times that */
    lane_mask away = (negative ? p : -p) >= lane_set(0);
    lane least =
        lane_select(away, modulus * (1 - 0x1p-46), lane_load(m->height + j));
    lane inverse = 1 / least, most = lane_load(m->size + j) * inverse;
    lane in_dd = lane_load(m->q_err + j) - (144 + 290 - 324) * (u * u);
    lane in_double = (p_err + 2 * u * modulus) * inverse + 60 * u;
    lane_mask known = p_err * inverse <= lane_set(0x1p-12);

    lane_store(t->most + j, most);
    lane_store(t->reach + j, most * modulus);
    lane_store(t->square + j, most * inverse);
    lane_store(t->p_err + j, p_err + (2 * u + 54 * u * 1.25) * m->grid);
    lane_store(t->in_dd + j, lane_select(known, in_dd, infinite));
    lane_store(t->in_double + j, lane_select(known, in_double, infinite));
}

/* The term of node j in double. */
LANE_HOT lane
ml_many_double(const ml_many *m, int j, lane z)
{
    lane re = m->p[j] - z;

    return (re * m->q_h[j] + m->cross_h[j]) / (re * re + m->square_h[j]);
}

#define ML_MANY_SAMPLES 4
#define ML_MANY_LEAST   8 /* that many are always double-double */

/* Places where E is looked at, and E there in double: steering. */
typedef struct {
    double inverse[ML_MANY_SAMPLES], most[ML_MANY_SAMPLES];
} ml_many_samples;

/* s[0] for z > 0, where the least counts, s[1] for z < 0, |z| <= end. */
LANE_INLINE void
ml_many_sample(ml_many_samples s[2], const ml_many *m, double end)
{
    double at[8] = {-0x1p-9, -1, -16, -end}, value[8];

    for (int i = ML_MANY_SAMPLES; i < 8; i++)
        at[i] = 0x1p-9;
    for (int i = 0; i < 8; i += LANES) {
        lane z = lane_loadu(at + i), sum = z - z;

        for (int j = m->nodes - 1; j >= 0; j--)
            sum += ml_many_double(m, j, z);
        lane_storeu(value + i, lane_abs(sum));
    }
    for (int i = 0; i < 8; i++) {
        ml_many_samples *side = s + (i < ML_MANY_SAMPLES);

        side->inverse[i % ML_MANY_SAMPLES] = 1 / __builtin_fabs(at[i]);
        side->most[i % ML_MANY_SAMPLES] = value[i] * 0x1p-67;
    }
}

/* Whether an error of min(near, far/|z|) does not matter. */
LANE_INLINE bool
ml_many_small(const ml_many_samples *s, double near, double far)
{
    bool small = true;

    for (int i = 0; i < ML_MANY_SAMPLES; i++)
        small =
            small && (near <= s->most[i] || far * s->inverse[i] <= s->most[i]);
    return small;
}

/* The bound for the first n of all nodes, k <= dd_nodes of them in double-double.
 *                                                               [mlfunc D18] */
LANE_INLINE void
ml_many_bound(ml_many_side *side, const ml_many *m, const ml_many_parts *t,
              int n, int k)
{
    const double u = 0x1p-53;
    double near = 0, far = 0, most = 0, reach = 0, near2 = 0, far2 = 0;

    for (int j = m->nodes - 1; j >= 0; j--) {
        double part = 1;

        if (j < n)
            part = t->in_double[j];
        if (j < k) {
            double p = t->square[j] * (t->p_err[j] + m->grid * (3.75 * u * j));

            part = t->in_dd[j] + 18 * u * u * j;
            most += t->most[j];
            reach += t->reach[j];
            near2 += p;
            far2 += p * (m->modulus[j] * m->modulus[j]);
        }
        near += t->most[j] * part;
        far += t->reach[j] * part;
    }
    side->near2 = near2 * 1.001;
    side->far2 = far2 * 1.001;
    side->nodes = n;
    side->dd_nodes = k;
    bool known = most < 0x1p300 && reach < 0x1p300;
    side->grid = known ? ml_many_power(most * 1.001) * 0x1p-51 : 0;
    side->grid_far = known ? ml_many_power(reach * 1.001) * 0x1p-51 : 0;
    side->near = near * 1.001;
    side->far = far * 1.001;
    side->flat = u * 1.001 * (k * (5 + 0.25 * (k + 1)));
}

/* How many nodes are used, and how many of them are double-double. */
static __attribute__((noinline, unused)) void
ml_many_choose(int *nodes, int *dd_nodes, const ml_many_parts *t,
               const ml_many_samples *s, int n, int most)
{
    double near = 0, far = 0;
    int k;

    for (; n > most; n--) {
        near += t->most[n - 1];
        far += t->reach[n - 1];
        if (!ml_many_small(s, near, far))
            break;
    }
    near = far = 0;
    for (k = n; k > ML_MANY_LEAST; k--) {
        near += t->most[k - 1] * t->in_double[k - 1];
        far += t->reach[k - 1] * t->in_double[k - 1];
        if (k <= most && !ml_many_small(s, near, far))
            break;
    }
    *nodes = n;
    *dd_nodes = k;
}

/* The nodes that z of one sign need, *s of that sign, and the bound. */
static __attribute__((noinline, cold, unused)) void
ml_many_side_of(ml_many_side *side, const ml_many_samples *s, const ml_many *m,
                bool negative)
{
    ml_many_parts t;
    int n, k;

    for (int j = 0; j < m->nodes; j += LANES)
        ml_many_part(&t, m, j, negative);
    ml_many_choose(&n, &k, &t, s, m->nodes, m->dd_nodes);
    ml_many_bound(side, m, &t, n, k);
}

/* ------------------------------------------------------------------- the sums */

typedef struct {
    lane h, l;
} ml_many_sum;

/* The term of node j in double-double: to h what is a multiple of the grid, the
 * rest to l.                                                    [mlfunc D18] */
LANE_HOT void
ml_many_add(ml_many_sum *sum, const ml_many *m, int j, ldd z, lane rounder)
{
    lane d = m->p_h[j] - z.h, e = m->p_l[j] - z.l;
    ldd p = ldd_two_prod(lane_set(m->q_h[j]), d), r = ldd_two_prod(d, d);
    ldd a = ldd_two_sum(p.h, lane_set(m->cross_h[j]));
    ldd b = ldd_two_sum(r.h, lane_set(m->square_h[j]));

    a.l += (p.l + m->cross_l[j]) + (m->q_h[j] * e + m->q_l[j] * d);
    b.l += (r.l + m->square_l[j]) + ((d + d) + e) * e;
    lane inverse = 1 / (b.h + b.l), v = (a.h * inverse + rounder) - rounder;
    ldd back = ldd_two_prod(v, b.h);

    sum->h += v;
    sum->l += (((a.h - back.h) - back.l) + (a.l - v * b.l)) * inverse;
}

/* The grid of the terms; |z| >= 2^-500. */
LANE_ALWAYS lane
ml_many_grid(const ml_many_side *side, lane z)
{
    lane size = (lane)((lane_mask)z & (INT64_C(2047) << 52));
    lane near = lane_set(side->grid), far = side->grid_far / size;

    return lane_select(far < near, far, near);
}

/* The sum over the nodes for LANES z, |z| <= range, of the sign of side. */
LANE_HOT ldd
ml_many_lanes(const ml_many *m, const ml_many_side *side, lane z)
{
    lane rounder = 0x1.8p52 * ml_many_grid(side, z), last = z - z;
    lane z_h = (z + 3 * m->range) - 3 * m->range;
    ml_many_sum sum = {last, last};

    for (int j = side->nodes - 1; j >= side->dd_nodes; j--)
        last += ml_many_double(m, j, z);
    for (int j = side->dd_nodes - 1; j >= 0; j--)
        ml_many_add(&sum, m, j, (ldd){z_h, z - z_h}, rounder);
    return ldd_two_sum(sum.h, sum.l + last);
}

/* Its error for one z.                                          [mlfunc D18] */
LANE_HOT lane
ml_many_error(const ml_many_side *side, lane z)
{
    lane inverse = 1 / lane_abs(z);
    lane near = lane_set(side->near), far = side->far * inverse;
    lane near2 = lane_set(side->near2), far2 = side->far2 * inverse * inverse;

    near = lane_select(near < far, near, far);
    near2 = lane_select(near2 < far2, near2, far2);
    return near + near2 + side->flat * ml_many_grid(side, z);
}

#endif
