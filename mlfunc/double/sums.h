/* mlfunc/double/sums.h - the sum over the nodes for one z, and a value from it.
 *
 * For lanes_mittleff.c.  What is frequent is fused; the rest stores the nodes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_SUMS_H
#define MLFUNC_DOUBLE_SUMS_H

#include <math.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/stored.h"

#define NODES(name, p, q)                               \
    static __attribute__((noinline)) dd name(           \
        double *err, const ml_node_powers *w, double z) \
    {                                                   \
        return ml_nodes(err, 0, w, p, q, z);            \
    }

NODES(part_row, ML_P_PART, ML_Q_ROW)
NODES(part_shared, ML_P_PART, ML_Q_SHARED)
#if LANES == 8
NODES(part_own, ML_P_PART, ML_Q_OWN) /* 9 % faster than stored; else as fast */
#else
#    define part_own 0
#endif
NODES(turned_row, ML_P_TURNED, ML_Q_ROW)
NODES(turned_shared, ML_P_TURNED, ML_Q_SHARED)

/* [p_kind][q_kind]; 0: what is rare is stored. */
static dd (*const fused[3][3])(double *err, const ml_node_powers *w,
                               double z) = {
    {0, 0, 0},
    {part_row, part_shared, part_own},
    {turned_row, turned_shared, 0},
};

static __attribute__((noinline)) void
stored_set(ml_stored_nodes *s, int contour, const ml_node_powers *w)
{
    s->contour = contour;
    s->p_kind = w->p_kind;
    ml_stored_nodes_set(s, w, w->p_kind);
}

static __attribute__((noinline)) dd
stored_sum(double *err, const ml_stored_nodes *s, double z)
{
    return s->p_kind == ML_P_UNIT ? ml_stored_nodes_sum(err, s, ML_P_UNIT, z)
                                  : ml_stored_nodes_sum(err, s, ML_P_PART, z);
}

/* The sum over the nodes for one z. */
static dd
sum_once(double *err, int contour, const ml_node_powers *w, double z)
{
    ml_stored_nodes s;

    if (contour == 0 && fused[w->p_kind][w->q_kind])
        return fused[w->p_kind][w->q_kind](err, w, z);
    stored_set(&s, contour, w);
    return stored_sum(err, &s, z);
}

static __attribute__((noinline)) dd
near_sum(double *err, const ml_near_one *w, double z)
{
    return ml_near_one_sum(err, w, w->kind, z);
}

/* *v = s 2^exponent + term, with the errors err 2^exponent and that of term; the
 * exponent of a term that is large becomes that of the value.   [mlfunc D16] */
static void
value_of(ml_value *v, dd s, double err, int exponent, const ml_term *term,
         ml_double_method method)
{
    dd t = term->v.re;
    double t_err = term->err;
    long long k = term->exponent - exponent;

    v->exponent = exponent;
    v->method = method;
    if (k > 256 && (t.h != 0 || t_err != 0)) {
        v->exponent = (int)term->exponent;
        s = dd_ldexp(s, -k);
        err = double_ldexp(err, -k);
    } else {
        t = dd_ldexp(t, k);
        t_err = double_ldexp(t_err, k);
    }
    dd sum = dd_add(s, t);
    v->hi = sum.h;
    v->lo = sum.l;
    v->err = (err + t_err) * (1 + 0x1p-40) + 0x1p-103 * (fabs(s.h) + fabs(t.h))
             + 0x1p-990;
}

/* For all exponents. */
static const ml_value too_large = {
    .hi = 1, .err = 0.5, .exponent = 1 << 30, .method = ML_BY_POLES};

static const ml_term no_term = {.v = {{0, 0}, {0, 0}}};

#endif
