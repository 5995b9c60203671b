/* mlfunc/double/jet_nodes.h - sums over the nodes, for LANES points.
 *
 * For the files lanes_*.c.  With D = t^alpha - z, G = Q/D, R = z/D, L = log t:
 *
 *     E = z^-N sum Re G                 z dE/dz = z^-N sum Re G (R - N)
 *     dE/dbeta = -z^-N sum Re L G       dE/dalpha = -z^-N sum Re L G (R - N)
 *
 * D is (t^alpha - 1) - (z - 1), so that it is as good for alpha near 0.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_NODES_H
#define MLFUNC_DOUBLE_JET_NODES_H

#include "mlfunc/double/jet_setup.h"

/* Re G, Re G/D, Re L G/D, Re L G added over the nodes, and what their errors are
 * charged on; jet_add_nodes makes R of 1/D. */
typedef struct {
    ldd sum[JET_VALUES];
    lane size[JET_VALUES];
} jet_sums;

/*
 * jet_nodes_double - the sums over nodes first to n - 1, in doubles.
 *
 * With D = x + i b, b real for all z, and i = 1/|D|^2,
 *
 *     Re Q/D = (x Re Q + b Im Q) i
 *     Re Q/D^2 = (Re Q + 2 (x b Im Q - b^2 Re Q) i) i,
 *
 * and L Q likewise.
 *
 * Error    as a share of size: jet_add_nodes.                   [mlfunc D51]
 */
LANE_CALL void
jet_nodes_double(jet_sums *s, const jet_common *c, int first, int n, ldd z)
{
    const lane none = lane_set(0), z1 = z.h - 1.0, far = lane_abs(z1);
    lane e = none, r = none, a = none, b = none;
    lane se = none, sr = none;

    for (int j = first; j < n; j++) {
        lane x = c->power[0][j] - z1, i = 2.0 / (x * x + c->square[0][j]);
        lane q = lane_set(c->real[0][j]), m = lane_set(c->real[2][j]);
        lane qb = lane_set(c->imaginary[0][j]);
        lane mb = lane_set(c->imaginary[2][j]);
        lane near = (lane_abs(x) + __builtin_fabs(c->power[2][j])) * i;
        lane g = near * c->heft[j] * (2.0 + far * near);

        e += (q * x + qb) * i;
        r += (q + (qb * x - c->turned[0][j]) * i) * i;
        b += (m * x + mb) * i;
        a += (m + (mb * x - c->turned[2][j]) * i) * i;
        se += g;
        sr += g * near;
    }
    s->sum[0] = (ldd){e * 0.5, none};
    s->sum[1] = (ldd){r * 0.5, none};
    s->sum[2] = (ldd){a * 0.5, none};
    s->sum[3] = (ldd){b * 0.5, none};
    /* near is twice what it is called, g four times */
    s->size[0] = se * 0.25;
    s->size[1] = sr * 0.125;
    /* |log t_j| increases with j */
    s->size[2] = s->size[1] * c->size[n - 1];
    s->size[3] = s->size[0] * c->size[n - 1];
}

LANE_HOT ldd
ldd_renorm(ldd a)
{
    return ldd_quick_two_sum(a.h, a.l);
}

LANE_HOT ldd
jet_entry(const double *p, int j)
{
    return (ldd){lane_set(p[j]), lane_set(p[ML_JET_NODES + j])};
}

/* s + x, the low parts only added up. */
LANE_HOT ldd
jet_add(ldd s, ldd x)
{
    ldd t = ldd_two_sum(s.h, x.h);

    t.l += s.l + x.l;
    return t;
}

/* a b, not normalised. */
LANE_HOT ldd
jet_product(ldd a, ldd b)
{
    ldd p = ldd_two_prod(a.h, b.h);

    p.l += a.h * b.l + a.l * b.h;
    return p;
}

/*
 * jet_nodes_pairs - the same over n nodes in double-double; low parts are added
 * up, and are at most a few u of the sizes.
 *
 * Error    as a share of size: jet_add_nodes.                   [mlfunc D51]
 */
LANE_CALL void
jet_nodes_pairs(jet_sums *s, const jet_common *c, int n, ldd z)
{
    const lane none = lane_set(0);
    const ldd z1 = ldd_neg(ldd_add_d(z, lane_set(-1.0)));
    const lane far = lane_abs(z1.h);
    ldd sum[4] = {{none, none}, {none, none}, {none, none}, {none, none}};
    lane size[2] = {none, none};

    for (int j = 0; j < n; j++) {
        ldd x = jet_plus(jet_entry(c->power[0], j), z1);
        ldd i = ldd_scale(ldd_inverse(ldd_renorm(jet_add(
                              jet_product(x, x), jet_entry(c->square[0], j)))),
                          lane_set(2.0));
        lane near = (lane_abs(x.h) + __builtin_fabs(c->power[2][j])) * i.h;
        lane g = near * c->heft[j] * (2.0 + far * near);

        for (int k = 0; k < 2; k++) {
            ldd q = jet_entry(c->real[2 * k], j);
            ldd b = jet_entry(c->imaginary[2 * k], j);
            ldd t = ldd_neg(jet_entry(c->turned[2 * k], j));
            ldd e = jet_product(jet_add(jet_product(q, x), b), i);
            ldd r = jet_product(jet_add(jet_product(b, x), t), i);

            sum[2 * k] = jet_add(sum[2 * k], e);
            sum[2 * k + 1] =
                jet_add(sum[2 * k + 1], jet_product(jet_add(r, q), i));
        }
        size[0] += g;
        size[1] += g * near;
    }
    for (int k = 0; k < JET_VALUES; k++)
        s->sum[k] =
            ldd_scale(ldd_renorm(sum[k < 2 ? k : 5 - k]), lane_set(0.5));
    s->size[0] = size[0] * 0.25;
    s->size[1] = size[1] * 0.125;
    s->size[2] = s->size[1] * c->size[n - 1];
    s->size[3] = s->size[0] * c->size[n - 1];
}

/* z^-N, for one sign of z; relative error 2 N u, or 2^-95. */
LANE_INLINE ldd
jet_turned(ldd z, int n)
{
    ldd p = ldd_set(1, 0), q = ldd_inverse(z);

    for (; n > 0; n >>= 1) {
        if (n & 1)
            p = ldd_mul(p, q);
        q = ldd_mul(q, q);
    }
    return p;
}

/* Adds the sum over the nodes to a block; scale: z^-N.          [mlfunc D51] */
LANE_CALL void
jet_add_nodes(jet_block *x, const jet_common *c, const jet_group *p, ldd scale)
{
    const lane n = lane_set(p->terms), size_scale = lane_abs(scale.h) * 1.001;
    const lane far = lane_abs(x->z.h);
    const double quick = c->alpha >= JET_QUICK ? 48 + 60 * c->inverse.h : 0;
    const double u = (p->nodes + 2 * p->terms + 72 + quick) * JET_U;
    const double g = c->alpha * (p->terms + 1) - c->beta;
    const double uu = (0x1p-90 + __builtin_fabs(g) * 0x1p-95
                       + (p->nodes + p->terms) * 0x1p-99)
                      * (1 + c->inverse.h);
    jet_sums s, tail;

    jet_nodes_double(&tail, c, p->pairs, p->nodes, x->z);
    s = tail;
    if (p->pairs > 0) {
        jet_nodes_pairs(&s, c, p->pairs, x->z);
        for (int k = 0; k < JET_VALUES; k++) {
            s.sum[k] = ldd_add(s.sum[k], tail.sum[k]);
            s.size[k] += tail.size[k];
        }
    }
    for (int k = 1; k < 3; k++) {
        s.sum[k] = ldd_mul(s.sum[k], x->z);
        s.size[k] *= far;
        tail.size[k] *= far;
    }
    /* values 1 and 2: R - N */
    s.sum[1] = ldd_sub(s.sum[1], ldd_mul_d(s.sum[0], n));
    s.sum[2] = ldd_sub(ldd_mul_d(s.sum[3], n), s.sum[2]);
    s.sum[3] = ldd_neg(s.sum[3]);
    s.size[1] += n * s.size[0];
    s.size[2] += n * s.size[3];
    tail.size[1] += n * tail.size[0];
    tail.size[2] += n * tail.size[3];
    for (int k = 0; k < JET_VALUES; k++) {
        lane size = s.size[k] * size_scale;

        x->value[k] = ldd_add(x->value[k], ldd_mul(s.sum[k], scale));
        x->size[k] += size;
        x->error[k] += tail.size[k] * size_scale * u + size * uu;
    }
}

#endif
