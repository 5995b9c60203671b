/* mlfunc/double/complex_near_one.h - E - E_{1,n} at complex z for alpha next to 1
 * and beta next to an integer n <= 1, as a sum over nodes.
 *
 * The integrand of near_one.h, R/((P - z)(t - z)) with real z in place of complex;
 * the nodes j and conj j are half the sum of the term at z and of the conjugate
 * of that at conj z.  README.md, D63.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_NEAR_ONE_H
#define MLFUNC_DOUBLE_COMPLEX_NEAR_ONE_H

#include <math.h>

#include "mlfunc/double/complex.h"
#include "mlfunc/double/complex_nodes.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/truncation.h"

/* What the terms at z and at conj z share: W t^whole, t, P, e1, e2; the size of
 * errors of P. */
typedef struct {
    ldz row, t, p, e1, e2;
    lane p_err, tail;
    bool both;
} complex_near_node;

LANE_INLINE complex_near_node
complex_near_node_at(const ml_contour *c, const ml_near_one *w, int j)
{
    double d1 = __builtin_fabs(w->p.d[1].h), d2 = __builtin_fabs(w->q.d[1].h);
    complex_near_node n;

    n.both = w->kind == ML_NEAR_BOTH;
    n.row = ml_row(c->whole, c->nodes, w->whole - c->whole_min, j);
    n.t = ml_row(c->turn, c->nodes, 0, j);
    n.e1 = n.e2 = ml_power_minus_one(c, j, &w->p);
    n.p = ml_power_from(n.t, n.e1);
    n.p_err =
        (ml_power_tail(c, j, &w->p) + 0x1p-100) * ml_size(n.p.re.h, n.p.im.h);
    if (n.both)
        n.e2 = ml_power_minus_one(c, j, &w->q);
    n.tail = ml_near_tail(c, j, n.both && d2 > d1 ? d2 : d1);
    return n;
}

/* The term at x + iy, not halved; its error is added to *err, that of P over
 * |P - z| to *lost.  [mlfunc D63] */
LANE_INLINE ldz
complex_near_term(lane *err, lane *lost, const complex_near_node *n, double x,
                  double y)
{
    ldz over_t = {ldd_add_d(n->t.re, lane_set(-x)),
                  ldd_add_d(n->t.im, lane_set(-y))};
    ldz over_p = {ldd_add_d(n->p.re, lane_set(-x)),
                  ldd_add_d(n->p.im, lane_set(-y))};
    lane to_t = ml_size(over_t.re.h, over_t.im.h);
    lane to_p = ml_size(over_p.re.h, over_p.im.h);
    lane t = ml_size(n->t.re.h, n->t.im.h);
    lane e1 = ml_size(n->e1.re.h, n->e1.im.h), size = e1;
    lane row = ml_size(n->row.re.h, n->row.im.h), away = n->p_err / to_p;
    ldz r = n->e1;

    if (n->both) {
        ldz a = ml_times(over_t, n->e2), b = ml_times(n->t, n->e1);

        r = (ldz){ldd_sub(a.re, b.re), ldd_sub(a.im, b.im)};
        size = to_t * ml_size(n->e2.re.h, n->e2.im.h) + t * e1;
    }
    *lost += away;
    *err +=
        row * size / (to_p * to_t)
        * (2.1 * (n->tail + 0x1p-94) + 3.2 * (away + (0x1p-103 * t) / to_t));
    return complex_quotient(ml_times(n->row, r), ml_times(over_t, over_p));
}

LANE_INLINE void
complex_near_store(complex_terms *o, const ml_contour *c, const ml_near_one *w,
                   int j, double x, double y)
{
    complex_near_node n = complex_near_node_at(c, w, j);
    lane err = lane_set(0), lost = lane_set(0);
    ldz a = complex_near_term(&err, &lost, &n, x, y);
    ldz b = complex_near_term(&err, &lost, &n, x, -y);
    ldd re = ldd_add(a.re, b.re), im = ldd_sub(a.im, b.im);

    lane_store(o->part[0] + j, re.h);
    lane_store(o->part[1] + j, re.l);
    lane_store(o->part[2] + j, im.h);
    lane_store(o->part[3] + j, im.l);
    lane_store(o->err[0] + j, err);
    lane_store(o->lost + j, lost);
}

/* The term at x + iy in double, not halved. */
LANE_INLINE lz
complex_near_double(lane *err, const ml_contour *c, const ml_near_one *w, int j,
                    double x, double y)
{
    lz row = ml_row_double(c->whole, c->nodes, w->whole - c->whole_min, j);
    lz t = ml_row_double(c->turn, c->nodes, 0, j);
    lz e1 = ml_power_minus_one_double(c, j, &w->p), te = ml_times_double(t, e1);
    lz over_t = {t.re - x, t.im - y};
    lz over_p = {(t.re + te.re) - x, (t.im + te.im) - y}, r = e1;
    lane to_t = ml_size(over_t.re, over_t.im);
    lane to_p = ml_size(over_p.re, over_p.im), size = ml_size(e1.re, e1.im);

    if (w->kind == ML_NEAR_BOTH) {
        lz e2 = ml_power_minus_one_double(c, j, &w->q);
        lz a = ml_times_double(over_t, e2);

        r = (lz){a.re - te.re, a.im - te.im};
        size = to_t * ml_size(e2.re, e2.im) + ml_size(te.re, te.im);
    }
    lz n = ml_times_double(row, r), d = ml_times_double(over_t, over_p);
    lane scale = 1 / (d.re * d.re + d.im * d.im);
    lane away = ml_size(t.re, t.im) * (1 / to_t + 1 / to_p);

    *err += ml_size(row.re, row.im) * size / (to_p * to_t)
            * (0x1p-46 + 0x1p-48 * away);
    return (lz){(n.re * d.re + n.im * d.im) * scale,
                (n.im * d.re - n.re * d.im) * scale};
}

LANE_INLINE void
complex_near_store_double(complex_terms *o, const ml_contour *c,
                          const ml_near_one *w, int j, double x, double y)
{
    lane err = lane_set(0);
    lz a = complex_near_double(&err, c, w, j, x, y);
    lz b = complex_near_double(&err, c, w, j, x, -y);

    lane_store(o->part[0] + j, a.re + b.re);
    lane_store(o->part[1] + j, lane_set(0));
    lane_store(o->part[2] + j, a.im - b.im);
    lane_store(o->part[3] + j, lane_set(0));
    lane_store(o->err[0] + j, err);
    lane_store(o->lost + j, lane_set(0));
}

/* complex_near_one - the sum, without w->factor.
 * Error    err.                                                 [mlfunc D63] */
LANE_INLINE complex_sum
complex_near_one(const ml_contour *c, const ml_near_one *w, double x, double y)
{
    complex_terms o;
    complex_sum r;

    for (int j = 0; j < c->dd_nodes; j += LANES)
        complex_near_store(&o, c, w, j, x, y);
    for (int j = c->dd_nodes; j < c->nodes; j += LANES)
        complex_near_store_double(&o, c, w, j, x, y);
    for (int i = 0; i < 2; i++) {
        dd s = complex_reduce(o.part[2 * i], o.part[2 * i + 1], c->nodes);

        r.part[i] = dd_scale(s, 0.5);
        r.err[i] = complex_total(o.err[0], c->nodes) * 0.501;
    }
    if (!(complex_total(o.lost, c->nodes) < 0x1p-20))
        r.err[0] = r.err[1] = __builtin_inf();
    return r;
}

/* ------------------------------------------------------------------- the value */

/* Re and |Im| of sqrt(z/mu), to a few u. */
LANE_CALL void
complex_root_of(double w[2], const complex_place *p, const ml_contour *c)
{
    double m = sqrt(p->x * p->x + p->y * p->y);
    double far = sqrt((m + fabs(p->x)) / (2 * c->mu));
    double near = p->y / (2 * c->mu * far);

    w[0] = p->x > 0 ? far : near;
    w[1] = p->x > 0 ? near : far;
}

/*
 * Does the path of a lie as well beside the pole t = z of E_{1,n} as beside that
 * of E?  Its distances are to be at least half as large; |z| < 2^27. [mlfunc D63]
 */
LANE_CALL bool
complex_same_side(ml_places *a, const ml_places *b, const complex_place *p)
{
    double w[2], size, moved;

    complex_root_of(w, p, a->contour);
    size = w[0] + w[1];
    moved = 12 * size * fabs(p->alpha - 1);
    if (a->n != b->n || a->n > 1 || size < 1.5 || a->side != b->side
        || (a->on_sheet > 0 && moved * 2 > a->near_far))
        return false;
    if (a->n == 1)
        return a->pole[0].beside == b->pole[0].beside
               && moved * 2 <= a->near_left;
    /* left of the path, both of them; that of E perhaps off the sheet */
    if (a->on_sheet == 0)
        a->general = 1;
    return w[0] <= a->left / 4 || (a->on_sheet == 1 && w[0] < a->left / 2);
}

/*
 * E = E_{1,n} + (poles of E) - (pole of E_{1,n}) + sum over nodes, and what that
 * lacks.                                                        [mlfunc D63]
 */
LANE_CALL bool
complex_next_to_one(ml_value v[2], const complex_place *p)
{
    const ml_contour *c = &ml_contours[0];
    const double z[2] = {p->x, p->y};
    ml_places a, b;
    ml_near_one w = {.m = 0};
    complex_sum nodes;
    complex_value sum;
    ml_term t;
    double lacks, d, e;

    if (!ml_near_one_of(&w, p->alpha, p->beta, -1))
        return false;
    d = fabs(p->alpha - 1);
    e = fabs(w.excess);
    if (!(d <= 0x1p-9 && e <= 0x1p-9 && p->size < 0x1p26)
        || (e != 0 && e < 0x1p-900)
        || !ml_places_complex(&a, c, p->alpha, p->beta, z)
        || !ml_places_complex(&b, c, 1, 1 - w.m, z)
        || !complex_same_side(&a, &b, p))
        return false;
    nodes = complex_near_one(c, &w, p->x, p->y);
    sum = (complex_value){
        {nodes.part[0], nodes.part[1]}, {nodes.err[0], nodes.err[1]}, 0};
    if (w.excess == 0)
        complex_multiply(&sum, -p->x, -p->y);
    else if (w.kind == ML_NEAR_SINGLE)
        complex_multiply(&sum, -1, 0);
    lacks = (fabs(w.q.d[1].h)) * ml_truncation_of(&a, 1, 1);
    a.beta -= 1;
    lacks += 4 * d * ml_truncation_of(&a, 2, 1);
    a.beta = p->beta;
    sum.err[0] += 2 * lacks;
    sum.err[1] += 2 * lacks;
    t = ml_poles_range_complex(1, 1 - w.m, z, 0, 0);
    complex_add(&sum, complex_of_term(&t));
    if (a.n > 0) {
        t = ml_poles_sum(&b);
        t.v.re = dd_neg(t.v.re);
        t.v.im = dd_neg(t.v.im);
        complex_add(&sum, complex_of_term(&t));
        t = ml_poles_sum(&a);
        complex_add(&sum, complex_of_term(&t));
    }
    complex_store(v, &sum, ML_BY_CONTOUR_NEAR_ONE);
    return true;
}

#endif
