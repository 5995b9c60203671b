/* mlfunc/double/stored.h - what all x at one alpha and beta share.
 *
 * For lanes_mittleff.c: P and Q of the nodes, and the reciprocal gammas of both
 * series.  The bounds are those of nodes.h, series.h and asymptotic.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_STORED_H
#define MLFUNC_DOUBLE_STORED_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/nodes.h"
#include "mlfunc/double/series.h"

/* Those of one contour, an array for each number; p_kind as in nodes.h. */
typedef struct {
    int contour, p_kind, nodes, dd_nodes;
    _Alignas(64) double rest_h[ML_NODES_MAX];
    _Alignas(64) double rest_l[ML_NODES_MAX];
    _Alignas(64) double im_h[ML_NODES_MAX];
    _Alignas(64) double im_l[ML_NODES_MAX];
    _Alignas(64) double q_re_h[ML_NODES_MAX];
    _Alignas(64) double q_re_l[ML_NODES_MAX];
    _Alignas(64) double q_im_h[ML_NODES_MAX];
    _Alignas(64) double q_im_l[ML_NODES_MAX];
    _Alignas(64) double p_err[ML_NODES_MAX];
    _Alignas(64) double q_err[ML_NODES_MAX];
    /* for many z at once: Im^2, Im Q Im, |Q|_1 */
    _Alignas(64) double square_h[ML_NODES_MAX];
    _Alignas(64) double square_l[ML_NODES_MAX];
    _Alignas(64) double cross_h[ML_NODES_MAX];
    _Alignas(64) double cross_l[ML_NODES_MAX];
    _Alignas(64) double size[ML_NODES_MAX];
} ml_stored_nodes;

/* What ml_truncation gives where there are no poles: x < 0, alpha <= 1. */
typedef struct {
    double far;  /* |x| times it, for |x| >= 1 */
    double one;  /* at x = -1 */
    double near; /* for |x| < 1 */
} ml_stored_truncation;

typedef struct {
    double alpha, beta, alone; /* from alone on, rho_0 may be all */
    bool near_one, has_nodes, has_series, has_asymptotic, no_poles;
    ml_stored_truncation truncation;
    ml_stored_nodes nodes;
    octet series,
        asymptotic; /* 1/Gamma(alpha k + beta), (beta - alpha (k + 1)) */
    double series_eps, asymptotic_eps;
} ml_stored;

/* ----------------------------------------------------------------------- nodes */

LANE_HOT void
ml_stored_node(ml_stored_nodes *s, int j, const ml_node *n)
{
    ldd square = ldd_mul(n->im, n->im), cross = ldd_mul(n->q.im, n->im);

    lane_store(s->rest_h + j, n->rest.h);
    lane_store(s->rest_l + j, n->rest.l);
    lane_store(s->im_h + j, n->im.h);
    lane_store(s->im_l + j, n->im.l);
    lane_store(s->q_re_h + j, n->q.re.h);
    lane_store(s->q_re_l + j, n->q.re.l);
    lane_store(s->q_im_h + j, n->q.im.h);
    lane_store(s->q_im_l + j, n->q.im.l);
    lane_store(s->p_err + j, n->p_err);
    lane_store(s->q_err + j, n->q_err + 0x1p-94);
    lane_store(s->square_h + j, square.h);
    lane_store(s->square_l + j, square.l);
    lane_store(s->cross_h + j, cross.h);
    lane_store(s->cross_l + j, cross.l);
    lane_store(s->size + j, ml_size(n->q.re.h, n->q.im.h));
}

LANE_HOT void
ml_stored_nodes_set(ml_stored_nodes *s, const ml_node_powers *w, int p_kind)
{
    const ml_contour *c = ml_contours + s->contour;

    s->nodes = c->nodes;
    s->dd_nodes = c->dd_nodes;
    for (int j = 0; j < c->dd_nodes; j += LANES) {
        ml_node n = ml_node_at(c, w, j, p_kind, ML_Q_OWN);

        ml_stored_node(s, j, &n);
    }
    for (int j = c->dd_nodes; j < c->nodes; j += LANES) {
        ml_node_double n = ml_node_double_at(c, w, j, p_kind, ML_Q_OWN);

        lane_store(s->rest_h + j, n.rest);
        lane_store(s->im_h + j, n.im);
        lane_store(s->q_re_h + j, n.q.re);
        lane_store(s->q_im_h + j, n.q.im);
        lane_store(s->p_err + j, n.p_err);
        lane_store(s->square_h + j, n.im * n.im);
        lane_store(s->cross_h + j, n.q.im * n.im);
        lane_store(s->size + j, ml_size(n.q.re, n.q.im));
    }
}

/* ml_nodes from what is stored, for one z.         [mlfunc D13] [mlfunc D14] */
LANE_HOT dd
ml_stored_nodes_sum(double *err, const ml_stored_nodes *s, int p_kind, double z)
{
    ml_node_octet o;

    for (int i = 0; i < 8; i += LANES) {
        ml_node_sum sum;
        int j = s->dd_nodes + i;
        ml_node_double last = {
            lane_load(s->rest_h + j),
            lane_load(s->im_h + j),
            {lane_load(s->q_re_h + j), lane_load(s->q_im_h + j)},
            lane_load(s->p_err + j)};

        ml_node_double_add(&sum, &last, z, p_kind);
        for (j -= 8; j >= 0; j -= 8) {
            ml_node n = {{lane_load(s->rest_h + j), lane_load(s->rest_l + j)},
                         {lane_load(s->im_h + j), lane_load(s->im_l + j)},
                         {{lane_load(s->q_re_h + j), lane_load(s->q_re_l + j)},
                          {lane_load(s->q_im_h + j), lane_load(s->q_im_l + j)}},
                         lane_load(s->p_err + j),
                         lane_load(s->q_err + j)};

            ml_node_add(&sum, &n, z, p_kind);
        }
        ml_node_store(&o, i, &sum);
    }
    return ml_node_total(err, &o);
}

/* ------------------------------------------------------- the nodes for many z */

/* P - z. */
LANE_HOT ldd
ml_stored_minus(const ml_stored_nodes *s, int j, lane z, int p_kind)
{
    lane h = lane_set(s->rest_h[j]), l = lane_set(s->rest_l[j]);

    if (p_kind == ML_P_UNIT) {
        ldd one = ldd_two_sum(lane_set(1), -z), d = ldd_two_sum(one.h, h);

        return ldd_quick_two_sum(d.h, d.l + (l + one.l));
    }
    ldd d = ldd_two_sum(h, -z);

    return ldd_quick_two_sum(d.h, d.l + l);
}

/* The term of node j < dd_nodes.                                [mlfunc D18] */
LANE_HOT void
ml_stored_add(ml_node_sum *sum, const ml_stored_nodes *s, int j, lane z,
              int p_kind)
{
    ldd d = ml_stored_minus(s, j, z, p_kind);
    lane q_h = lane_set(s->q_re_h[j]), q_l = lane_set(s->q_re_l[j]);
    ldd p = ldd_two_prod(q_h, d.h), r = ldd_two_prod(d.h, d.h);
    ldd n = ldd_two_sum(p.h, lane_set(s->cross_h[j]));
    ldd m = ldd_two_sum(r.h, lane_set(s->square_h[j]));
    lane twice = d.h * d.l;

    n.l += (p.l + lane_set(s->cross_l[j])) + (q_h * d.l + q_l * d.h);
    m.l += (r.l + lane_set(s->square_l[j])) + (twice + twice);
    lane inverse = 1 / m.h, v = n.h * inverse;
    ldd back = ldd_two_prod(v, m.h);
    lane rest = ((n.h - back.h) - back.l) + (n.l - v * m.l);
    ldd h = ldd_two_sum(sum->h, v);

    sum->h = h.h;
    sum->l += h.l + rest * inverse;
    lane p_err = lane_set(s->p_err[j]);
    sum->charge += (lane_set(s->size[j]) * inverse)
                   * (p_err
                      + lane_set(s->q_err[j])
                            * (lane_abs(d.h) + __builtin_fabs(s->im_h[j])));
    sum->ratio += (p_err * p_err) * inverse;
}

/* That of another node.                                         [mlfunc D18] */
LANE_HOT void
ml_stored_add_double(ml_node_sum *sum, const ml_stored_nodes *s, int j, lane z,
                     int p_kind)
{
    lane re = p_kind == ML_P_UNIT ? (1 - z) + s->rest_h[j] : s->rest_h[j] - z;
    lane inverse = 1 / (re * re + s->square_h[j]),
         p_err = lane_set(s->p_err[j]);

    sum->h += (re * s->q_re_h[j] + s->cross_h[j]) * inverse;
    sum->charge +=
        (s->size[j] * inverse)
        * (p_err + (lane_abs(re) + __builtin_fabs(s->im_h[j])) * 0x1p-48);
    sum->ratio += (p_err * p_err) * inverse;
}

/* ml_nodes for LANES z: h + l, error err.                       [mlfunc D18] */
LANE_HOT ldd
ml_stored_lanes(lane *err, const ml_stored_nodes *s, int p_kind, lane z)
{
    ml_node_sum sum = {z - z, z - z, z - z, z - z};

    for (int j = s->nodes - 1; j >= s->dd_nodes; j--)
        ml_stored_add_double(&sum, s, j, z, p_kind);
    for (int j = s->dd_nodes - 1; j >= 0; j--)
        ml_stored_add(&sum, s, j, z, p_kind);
    *err = lane_select(sum.ratio <= lane_set(0x1p-24), sum.charge * 1.001,
                       lane_set(__builtin_inf()));
    return ldd_two_sum(sum.h, sum.l);
}

/* ---------------------------------------------------------------------- series */

/* series_real for |x| <= 2^-9, by eight terms.                  [mlfunc D32] */
LANE_INLINE bool
ml_stored_series(ml_value *v, const ml_stored *s, double x)
{
    octet w, t;
    double part, r = __builtin_fabs(x);
    series_rest tail = series_tail(&s->series, s->alpha, s->beta, 0, r);

    octet_powers(&w, (dd){x, 0});
    octet_mul(&t, &s->series, &w);
    dd sum = octet_sum(&t, &part);
    double rest = __builtin_fabs(t.h[7]) * tail.share;
    double err =
        (s->series_eps + 0x1p-98) * part + rest + series_lost(s->beta, x == 0);

    *v = (ml_value){.hi = sum.h,
                    .lo = sum.l,
                    .err = err * (1 + 0x1p-40),
                    .method = ML_BY_SERIES};
    return series_small(rest, part, __builtin_fabs(sum.h))
           && err <= 0x1p-65 * part;
}

/* asymptotic_real for 2^8 <= -x <= 2^99, by eight terms.        [mlfunc D33] */
LANE_INLINE bool
ml_stored_asymptotic(ml_value *v, int poles[2], const ml_stored *s, double x)
{
    octet w, t;
    double size, inverse_size = -1 / x * (1 + 0x1p-50);
    dd inverse = dd_div((dd){1, 0}, (dd){x, 0});

    octet_powers(&w, inverse);
    octet_mul(&t, &s->asymptotic, &w);
    dd sum = octet_sum(&t, &size);
    double unit = __builtin_fabs(inverse.h), value = __builtin_fabs(sum.h);
    asymptotic_rest rest = asymptotic_remainder(
        s->alpha, s->beta, asymptotic_power(inverse_size, 8), 8, 1, 0,
        asymptotic_wanted(value, unit, 0, 0));
    double err =
        ((s->asymptotic_eps + 0x1p-97) * size + rest.bound) * (1 + 0x1p-40);

    sum = dd_mul(sum, dd_neg(inverse));
    *v = (ml_value){.hi = sum.h,
                    .lo = sum.l,
                    .err = err * unit * (1 + 0x1p-50),
                    .method = ML_BY_ASYMPTOTICS};
    poles[0] = rest.poles[0];
    poles[1] = rest.poles[1];
    return asymptotic_good(err, value, unit, 0, 0);
}

#endif
