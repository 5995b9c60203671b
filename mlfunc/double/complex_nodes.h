/* mlfunc/double/complex_nodes.h - the contour sum at a complex z, in lanes.
 *
 * With P = t_j^alpha = p + iq, Q = W_j t_j^(alpha-beta) = c + id, z = x + iy and
 * b = p - x, the nodes j and conj j together are
 *
 *     1/2 [Q/(P - z) + conj Q/(conj P - z)]
 *         = ((cb + dq) - iyc) / (b^2 + (q - y)(q + y) - 2iyb),
 *
 * one quotient whose imaginary part is in proportion to y.  u = 2^-53; the errors
 * are proved in README.md, D60.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_NODES_H
#define MLFUNC_DOUBLE_COMPLEX_NODES_H

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/elementary.h"
#include "mlfunc/double/nodes.h"

/* The sum over all nodes: its parts, and a bound of the error of each. */
typedef struct {
    dd part[2];
    double err[2];
} complex_sum;

/* What the nodes contribute. */
typedef struct {
    _Alignas(64) double part[4][ML_NODES_MAX]; /* re hi, re lo, im hi, im lo */
    _Alignas(64) double err[2][ML_NODES_MAX];
    _Alignas(64) double lost[ML_NODES_MAX]; /* the error of P over |P - z| */
} complex_terms;

/* ------------------------------------------------------------------ the quotient */

/* n - (v d - w e) for pairs n, d, e and doubles v, w with a small result. */
LANE_INLINE lane
complex_residual(ldd n, lane v, ldd d, lane w, ldd e)
{
    ldd p = ldd_two_prod(v, d.h), q = ldd_two_prod(w, e.h);
    ldd s = ldd_two_sum(p.h, -q.h);

    return (n.h - s.h) + ((n.l - (v * d.l - w * e.l)) - (s.l + (p.l - q.l)));
}

/* n / d, not normalised.  Each part of the error is bounded as D60 says. */
LANE_INLINE ldz
complex_quotient(ldz n, ldz d)
{
    lane scale = 1 / (d.re.h * d.re.h + d.im.h * d.im.h);
    lane vr = (n.re.h * d.re.h + n.im.h * d.im.h) * scale;
    lane vi = (n.im.h * d.re.h - n.re.h * d.im.h) * scale;
    lane rr = complex_residual(n.re, vr, d.re, vi, d.im);
    lane ri = complex_residual(n.im, vr, d.im, -vi, d.re);

    return (ldz){{vr, (rr * d.re.h + ri * d.im.h) * scale},
                 {vi, (ri * d.re.h - rr * d.im.h) * scale}};
}

/* The pair of nodes of P = (b + x) + i im, b = P's real part less x; *near: the
 * distance of im from y or -y, the smaller one. */
LANE_INLINE ldz
complex_pair(lane *near, ldd b, ldd im, ldz q, lane y)
{
    ldd above = ldd_add_d(im, y), below = ldd_add_d(im, -y);
    lane s = lane_abs(above.h), t = lane_abs(below.h);
    ldz n = {ml_two_products(q.re, b, q.im, im), ldd_mul_d(q.re, -y)};
    ldz d = {ml_two_products(b, b, below, above), ldd_mul_d(b, -(y + y))};

    *near = lane_select(s < t, s, t);
    return complex_quotient(n, d);
}

/* The same in double. */
LANE_INLINE lz
complex_pair_double(lane b, lane im, lz q, lane y)
{
    lane dr = b * b + (im - y) * (im + y), di = -(b * (y + y));
    lane nr = q.re * b + q.im * im, ni = -(q.re * y);
    lane scale = 1 / (dr * dr + di * di);

    return (lz){(nr * dr + ni * di) * scale, (ni * dr - nr * di) * scale};
}

/* Errors of a term from those of P, absolute, and of Q and all that follows,
 * relative.  distance is between |P - z| or |conj P - z|, the smaller of both, and
 * 1.42 times it; the imaginary part is in proportion to y/distance.
 *                                                               [mlfunc D60] */
LANE_INLINE void
complex_charge(complex_terms *o, int j, lane distance, lz q, lane y, lane p_err,
               lane q_err)
{
    lane r = 1 / distance, lost = p_err * r;
    lane all = ml_size(q.re, q.im) * r * (1.5 * q_err + 2.6 * lost);
    lane part = 4 * (y * r);

    lane_store(o->err[0] + j, all);
    lane_store(o->err[1] + j, lane_select(part < 1, all * part, all));
    lane_store(o->lost + j, lost);
}

/* --------------------------------------------------------------------- the nodes */

/* z, and a power of 2 by which numerators and denominators are multiplied, so
 * that |z|^4 does not overflow. */
typedef struct {
    double x, y, scale;
} complex_at;

/* Nodes j to j + LANES - 1, in double-double. */
LANE_INLINE void
complex_node(complex_terms *o, const ml_contour *c, const ml_node_powers *w,
             int j, const complex_at *z)
{
    ml_node n = ml_node_at(c, w, j, w->p_kind, w->q_kind);
    lane s = lane_set(z->scale), y = lane_set(z->y) * s;
    ldd b = ldd_scale(ml_node_minus(n.rest, z->x, w->p_kind), s);
    ldd im = ldd_scale(n.im, s);
    ldz q = {ldd_scale(n.q.re, s), ldd_scale(n.q.im, s)};
    lane near;
    ldz v = complex_pair(&near, b, im, q, y);

    lane_store(o->part[0] + j, v.re.h);
    lane_store(o->part[1] + j, v.re.l);
    lane_store(o->part[2] + j, v.im.h);
    lane_store(o->part[3] + j, v.im.l);
    complex_charge(o, j, lane_abs(b.h) + near, (lz){q.re.h, q.im.h}, y,
                   n.p_err * s, n.q_err + 0x1p-93);
}

/* The same in double. */
LANE_INLINE void
complex_node_double(complex_terms *o, const ml_contour *c,
                    const ml_node_powers *w, int j, const complex_at *z)
{
    ml_node_double n = ml_node_double_at(c, w, j, w->p_kind, w->q_kind);
    lane s = lane_set(z->scale), y = lane_set(z->y) * s, im = n.im * s;
    lane b =
        (w->p_kind == ML_P_UNIT ? lane_set(1 - z->x) + n.rest : n.rest - z->x)
        * s;
    lz q = {n.q.re * s, n.q.im * s}, v = complex_pair_double(b, im, q, y);
    lane near = lane_abs(b) + lane_abs(lane_abs(im) - y);

    lane_store(o->part[0] + j, v.re);
    lane_store(o->part[1] + j, lane_set(0));
    lane_store(o->part[2] + j, v.im);
    lane_store(o->part[3] + j, lane_set(0));
    complex_charge(o, j, near, q, y, n.p_err * s, lane_set(0x1p-46));
}

/* ----------------------------------------------------------------------- the sum */

/* The sum of hi + lo over n nodes, n a multiple of 8: eight sums, then a tree, in
 * the same order for every number of lanes. */
LANE_INLINE dd
complex_reduce(const double *hi, const double *lo, int n)
{
    _Alignas(64) double h[8], l[8];

    for (int i = 0; i < 8; i += LANES) {
        ldd s = {lane_load(hi + n - 8 + i), lane_load(lo + n - 8 + i)};

        for (int j = n - 16; j >= 0; j -= 8) {
            ldd t = ldd_two_sum(lane_load(hi + j + i), s.h);

            s = (ldd){t.h, (s.l + lane_load(lo + j + i)) + t.l};
        }
        lane_store(h + i, s.h);
        lane_store(l + i, s.l);
    }
    for (int w = 4; w > 0; w /= 2) {
        for (int i = 0; i < w; i++) {
            dd t = dd_two_sum(h[i], h[i + w]);

            h[i] = t.h;
            l[i] = (l[i] + l[i + w]) + t.l;
        }
    }
    return dd_two_sum(h[0], l[0]);
}

/* The sum of x[j] >= 0. */
LANE_INLINE double
complex_total(const double *x, int n)
{
    _Alignas(64) double sum[8];

    for (int i = 0; i < 8; i += LANES) {
        lane s = lane_load(x + i);

        for (int j = 8; j < n; j += 8)
            s = s + lane_load(x + j + i);
        lane_store(sum + i, s);
    }
    return ((sum[0] + sum[1]) + (sum[2] + sum[3]))
           + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/* complex_nodes - the sum over the nodes at x + iy, y >= 0.
 * Error    err, of each part; infinite where z is so near to a node that P - z is
 *          not known to 2^-20.                                  [mlfunc D60] */
LANE_INLINE complex_sum
complex_nodes(const ml_contour *c, const ml_node_powers *w, double x, double y)
{
    const double size = (x < 0 ? -x : x) + y;
    const complex_at z = {
        x, y, size < 0x1p60 ? 1 : double_ldexp(1, -double_exponent(size))};
    complex_terms o;
    complex_sum r;

    for (int j = 0; j < c->dd_nodes; j += LANES)
        complex_node(&o, c, w, j, &z);
    for (int j = c->dd_nodes; j < c->nodes; j += LANES)
        complex_node_double(&o, c, w, j, &z);
    for (int i = 0; i < 2; i++) {
        r.part[i] = complex_reduce(o.part[2 * i], o.part[2 * i + 1], c->nodes);
        r.err[i] = complex_total(o.err[i], c->nodes) * 1.001;
    }
    if (!(complex_total(o.lost, c->nodes) < 0x1p-20))
        r.err[0] = r.err[1] = __builtin_inf();
    return r;
}

#endif
