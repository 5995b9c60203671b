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
 * Error    as a share of size: jet_add_nodes.                   [mlfunc D51]
 */
LANE_CALL void
jet_nodes_double(jet_sums *s, const jet_common *c, int first, int n, ldd z)
{
    const lane none = lane_set(0), z1 = z.h - 1.0, far = lane_abs(z1);
    lane e = none, r = none, a = none, b = none;
    lane se = none, sr = none;

    for (int j = first; j < n; j++) {
        lane dr = c->power[0][j] - z1, di = lane_set(c->power[2][j]);
        lane qr = lane_set(c->weight[0][j]), qi = lane_set(c->weight[2][j]);
        lane lr = lane_set(c->log[0][j]), li = lane_set(c->log[2][j]);
        lane i = 1.0 / (dr * dr + c->square[0][j]);
        lane gr = (qr * dr + qi * di) * i, gi = (qi * dr - qr * di) * i;
        lane hr = (gr * dr + gi * di) * i, hi = (gi * dr - gr * di) * i;
        lane near = (lane_abs(dr) + lane_abs(di)) * i;
        lane g = (lane_abs(gr) + lane_abs(gi)) * (1.0 + far * near);

        e += gr;
        r += hr;
        a += lr * hr - li * hi;
        b += lr * gr - li * gi;
        se += g;
        sr += g * near;
    }
    s->sum[0] = (ldd){e, none};
    s->sum[1] = (ldd){r, none};
    s->sum[2] = (ldd){a, none};
    s->sum[3] = (ldd){b, none};
    s->size[0] = se;
    s->size[1] = sr;
    /* |log t_j| increases with j */
    s->size[2] = sr * c->size[n - 1];
    s->size[3] = se * c->size[n - 1];
}

/* a b with conjugate of b. */
LANE_HOT ldz
ldz_times_conj(ldz a, ldz b)
{
    return (ldz){ml_two_products(a.re, b.re, a.im, b.im),
                 ml_two_products(a.im, b.re, ldd_neg(a.re), b.im)};
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

/*
 * jet_nodes_pairs - the sums over n nodes in double-double.
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
        ldz d = {jet_plus(jet_entry(c->power[0], j), z1),
                 jet_entry(c->power[2], j)};
        ldz q = {jet_entry(c->weight[0], j), jet_entry(c->weight[2], j)};
        ldz l = {jet_entry(c->log[0], j), jet_entry(c->log[2], j)};
        ldd i = ldd_inverse(
            jet_plus(ldd_mul(d.re, d.re), jet_entry(c->square[0], j)));
        /* 1/D is i times conjugate D */
        ldz o = {ldd_mul(d.re, i), ldd_mul(d.im, i)};
        ldz g = ldz_times_conj(q, o), h;

        g.re = ldd_renorm(g.re);
        g.im = ldd_renorm(g.im);
        h = ldz_times_conj(g, o);
        sum[0] = jet_add(sum[0], g.re);
        sum[1] = jet_add(sum[1], h.re);
        sum[2] =
            jet_add(sum[2], ml_two_products(l.re, h.re, ldd_neg(l.im), h.im));
        sum[3] =
            jet_add(sum[3], ml_two_products(l.re, g.re, ldd_neg(l.im), g.im));

        lane near = 1.42 / ldz_size(d);
        lane gs = ldz_size(g) * (1.0 + far * near), hs = gs * near;

        size[0] += gs;
        size[1] += hs;
    }
    for (int k = 0; k < JET_VALUES; k++)
        s->sum[k] = ldd_renorm(sum[k]);
    s->size[0] = size[0];
    s->size[1] = size[1];
    s->size[2] = size[1] * c->size[n - 1];
    s->size[3] = size[0] * c->size[n - 1];
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
    const double u = (p->nodes + 2 * p->terms + 64 + quick) * JET_U;
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
