/* mlfunc/double/nodes.h - the sum over the nodes of a contour, for real z.
 *
 *     sum_j Re[Q_j/(P_j - z)],   P_j = t_j^alpha,   Q_j = W_j t_j^(alpha-beta)
 *
 * and a bound of its rounding error.  Two steps: ml_node_at makes P and Q, which
 * all z at one alpha and beta share, ml_node_add divides and adds.  The kinds of
 * P and Q are constants where these are called, so that each has its own code.
 * u = 2^-53; the errors are proved in README.md, D13 and D14.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_NODES_H
#define MLFUNC_DOUBLE_NODES_H

#include <stdbool.h>

#include "mlfunc/double/powers.h"

/* t^alpha = 1 + S for alpha < 1/128, a row times 1 + S, and that times t^n. */
enum { ML_P_UNIT, ML_P_PART, ML_P_TURNED };

/* Q a row, alpha - beta an integer; a row times the row and 1 + S of P, beta an
 * integer; with a power of its own. */
enum { ML_Q_ROW, ML_Q_SHARED, ML_Q_OWN };

/* The exponents of P, Q = W t^whole times a power; the rows of t^(i/64) for both,
 * that for Q where it has a power of its own.  Not to be copied: a row may be
 * in room. */
typedef struct {
    int p_kind, q_kind, whole;
    ml_exponent p, q;
    const double *p_part, *q_part;
    ml_row_room room[2];
} ml_node_powers;

/* P = base + rest + i im for ML_P_UNIT, else base = 0. */
typedef struct {
    ldd rest, im;
    ldz q;
    lane p_err; /* absolute error of P */
    lane q_err; /* relative error of Q, and of all that follows */
} ml_node;

/* The same in double. */
typedef struct {
    lane rest, im;
    lz q;
    lane p_err;
} ml_node_double;

/* Sums in each of eight lanes; charge bounds the errors, ratio sees to it that
 * P - z is known to 2^-12. */
typedef struct {
    lane h, l, charge, ratio;
} ml_node_sum;

/* Contour 0 or 1, its sizes known to the compiler. */
LANE_HOT ml_contour
ml_contour_of(int which)
{
    ml_contour c = ml_contours[which];

    c.nodes = which ? 40 : 32;
    c.dd_nodes = c.nodes - ML_NODES_LAST;
    c.whole_min = which ? -16 : -5;
    c.halved = which;
    return c;
}

/*
 * ml_node_powers_of - how P and Q come about; own: Q has a power of its own.
 *
 * Result   false where the table lacks a power: alpha < 5 + 3/4, |beta| <= 11 are
 *          always there, for contour 0 if beta <= 5.
 */
LANE_HOT bool
ml_node_powers_of(ml_node_powers *w, const ml_contour *c, bool own,
                  double alpha, double beta)
{
    if (!(alpha < ML_TURN_MAX + 0.75 && __builtin_fabs(beta) < 16))
        return false;
    w->p = ml_exponent_alpha(alpha);
    w->q = ml_exponent_place(dd_two_sum(alpha, -beta));
    w->p_kind = w->p.whole > 0  ? ML_P_TURNED
                : w->p.part > 0 ? ML_P_PART
                                : ML_P_UNIT;
    w->p_part = ml_part(w->room, c, w->p.part);
    w->whole = w->q.whole;
    if (!own && w->q.part == 0 && w->q.d[1].h == 0) {
        w->q_kind = ML_Q_ROW;
    } else if (!own && beta == __builtin_rint(beta)) {
        w->q_kind = ML_Q_SHARED;
        w->whole = w->p.whole - (int)beta;
    } else {
        w->q_kind = ML_Q_OWN;
        w->q_part = ml_part(w->room + 1, c, w->q.part);
        ml_exponent_powers(&w->q);
    }
    return w->whole >= c->whole_min && w->whole <= ML_WHOLE_MAX;
}

/* ----------------------------------------------------------- P and Q of a node */

LANE_HOT lane
ml_size(lane re, lane im)
{
    return lane_abs(re) + lane_abs(im);
}

/* 1 + S */
LANE_HOT ldz
ml_one_plus(ldz s)
{
    ldd a = ldd_quick_two_sum(lane_set(1), s.re.h);

    return (ldz){ldd_quick_two_sum(a.h, a.l + s.re.l), s.im};
}

/* Nodes j to j + LANES - 1, j < dd_nodes.  [mlfunc D13] */
LANE_HOT ml_node
ml_node_at(const ml_contour *c, const ml_node_powers *w, int j, int p_kind,
           int q_kind)
{
    const double u2 = 0x1p-106;
    lane tail = ml_power_tail(c, j, &w->p);
    ldz s = ml_power_minus_one(c, j, &w->p), v;
    ldz row = ml_row(c->whole, c->nodes, w->whole - c->whole_min, j);
    ml_node n;

    if (p_kind == ML_P_UNIT) {
        n.rest = s.re;
        n.im = s.im;
        n.p_err = tail
                  + lane_abs(lane_set(w->p.d[1].h)) * lane_load(c->size + j)
                        * (64 * u2);
        v = ml_one_plus(s);
    } else {
        v = ml_power_from(ml_row(w->p_part, c->nodes, 0, j), s);
        ldz p = p_kind == ML_P_TURNED
                    ? ml_times(ml_row(c->turn, c->nodes, w->p.whole - 1, j), v)
                    : v;
        n.rest = p.re;
        n.im = p.im;
        n.p_err = (tail + 24 * (1 + (p_kind == ML_P_TURNED) + c->halved) * u2)
                  * ml_size(p.re.h, p.im.h);
    }
    if (q_kind == ML_Q_ROW) {
        n.q = row;
        n.q_err = lane_set(512 * u2);
    } else if (q_kind == ML_Q_SHARED) {
        n.q = ml_times(row, v);
        n.q_err = tail + 512 * u2;
    } else {
        n.q = ml_times(row, ml_power(c, w->q_part, j, &w->q));
        n.q_err = ml_power_tail(c, j, &w->q) + 512 * u2;
    }
    return n;
}

/* The same at any node in double.  [mlfunc D13] */
LANE_HOT ml_node_double
ml_node_double_at(const ml_contour *c, const ml_node_powers *w, int j,
                  int p_kind, int q_kind)
{
    const double u = 0x1p-53;
    lz s = ml_power_minus_one_double(c, j, &w->p), v = s;
    lz row = ml_row_double(c->whole, c->nodes, w->whole - c->whole_min, j);
    ml_node_double n;

    if (p_kind == ML_P_UNIT) {
        n.rest = s.re;
        n.im = s.im;
        n.p_err =
            lane_abs(lane_set(w->p.d[1].h)) * lane_load(c->size + j) * (12 * u);
        v.re = 1 + s.re;
    } else {
        v = ml_power_double(c, w->p_part, j, &w->p);
        lz p = p_kind == ML_P_TURNED ? ml_times_double(
                   ml_row_double(c->turn, c->nodes, w->p.whole - 1, j), v)
                                     : v;
        n.rest = p.re;
        n.im = p.im;
        n.p_err = ml_size(p.re, p.im) * (12 * u);
    }
    n.q = q_kind == ML_Q_ROW ? row
          : q_kind == ML_Q_SHARED
              ? ml_times_double(row, v)
              : ml_times_double(row, ml_power_double(c, w->q_part, j, &w->q));
    return n;
}

/* ------------------------------------------------------------------- the terms */

/* P - z, normalised. */
LANE_HOT ldd
ml_node_minus(ldd rest, double z, int p_kind)
{
    if (p_kind == ML_P_UNIT) {
        dd one = dd_two_sum(1, -z);
        ldd d = ldd_two_sum(lane_set(one.h), rest.h);

        return ldd_quick_two_sum(d.h, d.l + (rest.l + one.l));
    }
    ldd d = ldd_two_sum(rest.h, lane_set(-z));

    return ldd_quick_two_sum(d.h, d.l + rest.l);
}

/* Re[a / b]: v + l, and 1/|b|^2 to a few u; error 144 u^2 |a/b|.  [mlfunc D13] */
LANE_LARGE ldd
ml_quotient(lane *inverse, ldz a, ldz b)
{
    ldd n = ml_two_products(a.re, b.re, a.im, b.im);
    ldd p = ldd_two_prod(b.re.h, b.re.h), q = ldd_two_prod(b.im.h, b.im.h);
    ldd m = ldd_two_sum(p.h, q.h);
    lane cross = b.re.h * b.re.l + b.im.h * b.im.l;

    m.l += (p.l + q.l) + (cross + cross);
    *inverse = 1 / m.h;
    lane v = n.h * *inverse;
    ldd back = ldd_two_prod(v, m.h);
    lane r = ((n.h - back.h) - back.l) + (n.l - v * m.l);

    return (ldd){v, r * *inverse};
}

LANE_HOT void
ml_node_add(ml_node_sum *s, const ml_node *n, double z, int p_kind)
{
    ldz d = {ml_node_minus(n->rest, z, p_kind), n->im};
    lane inverse;
    ldd v = ml_quotient(&inverse, n->q, d), h = ldd_two_sum(s->h, v.h);

    s->h = h.h;
    s->l += h.l + v.l;
    s->charge += (ml_size(n->q.re.h, n->q.im.h) * inverse)
                 * (n->p_err + n->q_err * ml_size(d.re.h, d.im.h));
    s->ratio += (n->p_err * n->p_err) * inverse;
}

/* The first term of a sum. */
LANE_HOT void
ml_node_double_add(ml_node_sum *s, const ml_node_double *n, double z,
                   int p_kind)
{
    lane re = p_kind == ML_P_UNIT ? lane_set(1 - z) + n->rest : n->rest - z;
    lane inverse = 1 / (re * re + n->im * n->im);

    s->h = (n->q.re * re + n->q.im * n->im) * inverse;
    s->l = lane_set(0);
    s->charge = (ml_size(n->q.re, n->q.im) * inverse)
                * (n->p_err + 0x1.8p-49 * ml_size(re, n->im));
    s->ratio = (n->p_err * n->p_err) * inverse;
}

/* -------------------------------------------------------------------- the sum */

/* Eight of each, LANES at a time. */
typedef struct {
    _Alignas(64) double h[8];
    _Alignas(64) double l[8];
    _Alignas(64) double charge[8];
    _Alignas(64) double ratio[8];
} ml_node_octet;

LANE_HOT void
ml_node_store(ml_node_octet *o, int i, const ml_node_sum *s)
{
    lane_store(o->h + i, s->h);
    lane_store(o->l + i, s->l);
    lane_store(o->charge + i, s->charge);
    lane_store(o->ratio + i, s->ratio);
}

/* The sum of the eight lanes, and its error: infinite where some P - z is not
 * known to 2^-12.  [mlfunc D14] */
LANE_HOT dd
ml_node_total(double *err, ml_node_octet *o)
{
    for (int half = 4; half >= 1; half /= 2) {
        for (int i = 0; i < half; i++) {
            dd s = dd_two_sum(o->h[i], o->h[i + half]);

            o->h[i] = s.h;
            o->l[i] = (o->l[i] + o->l[i + half]) + s.l;
            o->charge[i] += o->charge[i + half];
            o->ratio[i] += o->ratio[i + half];
        }
    }
    *err = o->ratio[0] <= 0x1p-24 ? o->charge[0] * 1.001 : __builtin_inf();
    return dd_two_sum(o->h[0], o->l[0]);
}

/* ml_nodes - the sum for one z, from the exponents; contour 0 or 1, the kinds
 * constants equal to those in w. */
LANE_HOT dd
ml_nodes(double *err, int contour, const ml_node_powers *w, int p_kind,
         int q_kind, double z)
{
    const ml_contour c = ml_contour_of(contour);
    ml_node_octet o;

    for (int i = 0; i < 8; i += LANES) {
        ml_node_double last =
            ml_node_double_at(&c, w, c.dd_nodes + i, p_kind, q_kind);
        ml_node_sum s;

        ml_node_double_add(&s, &last, z, p_kind);
        for (int j = c.dd_nodes - 8 + i; j >= 0; j -= 8) {
            ml_node n = ml_node_at(&c, w, j, p_kind, q_kind);

            ml_node_add(&s, &n, z, p_kind);
        }
        ml_node_store(&o, i, &s);
    }
    return ml_node_total(err, &o);
}

#endif
