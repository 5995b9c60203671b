/* mlfunc/double/stored.h - what all x at one alpha and beta share.
 *
 * For lanes_mittleff.c: P and Q of the nodes, and the reciprocal gammas of both
 * series.  The bounds are those of nodes.h, series.h and asymptotic.h.
 */
#ifndef MLFUNC_DOUBLE_STORED_H
#define MLFUNC_DOUBLE_STORED_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/nodes.h"
#include "mlfunc/double/series.h"

/* Those of one contour; p_kind as in nodes.h. */
typedef struct {
    int contour, p_kind, dd_nodes;
    ml_node node[ML_NODES_MAX / LANES];
    ml_node_double last[8 / LANES];
} ml_stored_nodes;

typedef struct {
    double alpha, beta;
    bool near_one, has_nodes, has_series, has_asymptotic;
    ml_stored_nodes nodes;
    octet series,
        asymptotic; /* 1/Gamma(alpha k + beta), (beta - alpha (k + 1)) */
    double series_eps, asymptotic_eps;
} ml_stored;

/* ----------------------------------------------------------------------- nodes */

LANE_INLINE void
ml_stored_nodes_set(ml_stored_nodes *s, const ml_node_powers *w, int p_kind)
{
    const ml_contour *c = ml_contours + s->contour;

    s->dd_nodes = c->dd_nodes;
    for (int i = 0; i < 8; i += LANES)
        s->last[i / LANES] =
            ml_node_double_at(c, w, c->dd_nodes + i, p_kind, ML_Q_OWN);
    for (int j = 0; j < c->dd_nodes; j += LANES)
        s->node[j / LANES] = ml_node_at(c, w, j, p_kind, ML_Q_OWN);
}

/* ml_nodes from what is stored.                    [mlfunc D13] [mlfunc D14] */
LANE_INLINE dd
ml_stored_nodes_sum(double *err, const ml_stored_nodes *s, int p_kind, double z)
{
    ml_node_octet o;

    for (int i = 0; i < 8; i += LANES) {
        ml_node_sum sum;

        ml_node_double_add(&sum, s->last + i / LANES, z, p_kind);
        for (int j = s->dd_nodes - 8 + i; j >= 0; j -= 8)
            ml_node_add(&sum, s->node + j / LANES, z, p_kind);
        ml_node_store(&o, i, &sum);
    }
    return ml_node_total(err, &o);
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
