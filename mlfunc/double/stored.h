/* mlfunc/double/stored.h - P and Q of the nodes, kept.
 *
 * The bounds are those of nodes.h.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_STORED_H
#define MLFUNC_DOUBLE_STORED_H

#include "mlfunc/double/nodes.h"

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
} ml_stored_nodes;

/* ----------------------------------------------------------------------- nodes */

LANE_HOT void
ml_stored_node(ml_stored_nodes *s, int j, const ml_node *n)
{
    lane_store(s->rest_h + j, n->rest.h);
    lane_store(s->rest_l + j, n->rest.l);
    lane_store(s->im_h + j, n->im.h);
    lane_store(s->im_l + j, n->im.l);
    lane_store(s->q_re_h + j, n->q.re.h);
    lane_store(s->q_re_l + j, n->q.re.l);
    lane_store(s->q_im_h + j, n->q.im.h);
    lane_store(s->q_im_l + j, n->q.im.l);
    lane_store(s->p_err + j, n->p_err);
    lane_store(s->q_err + j, n->q_err);
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
        lane_store(s->rest_l + j, lane_set(0));
        lane_store(s->im_l + j, lane_set(0));
        lane_store(s->q_re_l + j, lane_set(0));
        lane_store(s->q_im_l + j, lane_set(0));
        lane_store(s->q_err + j, lane_set(0));
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

#endif
