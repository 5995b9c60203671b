/* mlfunc/double/jet_sums.h - the power series, and the terms in 1/z.
 *
 * For the files lanes_*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_SUMS_H
#define MLFUNC_DOUBLE_JET_SUMS_H

#include "mlfunc/double/jet.h"

/* The sums for the four values, and of the moduli. */
typedef struct {
    ldd sum[JET_VALUES];
    lane size[JET_VALUES];
} jet_powers_of;

/*
 * jet_horner - sum of coefficients first to n - 1 times q^(i - first).
 *
 * Error    (3 n + 8) u size in doubles, n 2^-88 size in double-double, q being
 *          off by u or 2^-95; (4 n + 8) u where it is off by 2 u. [mlfunc D55]
 */
LANE_CALL void
jet_horner_double(jet_powers_of *s, const jet_sum *c, int first, int n, lane q)
{
    const lane none = lane_set(0), size_q = lane_abs(q);
    lane sum[4] = {none, none, none, none}, size[4] = {none, none, none, none};

    for (int i = n - 1; i >= first; i--)
        UNROLL
    for (int v = 0; v < JET_VALUES; v++) {
        lane a = lane_set(c->high[v][i]);

        sum[v] = sum[v] * q + a;
        size[v] = size[v] * size_q + lane_abs(a);
    }
    for (int v = 0; v < JET_VALUES; v++) {
        s->sum[v] = (ldd){sum[v], none};
        s->size[v] = size[v];
    }
}

/* All of them; terms from number `light` on in doubles, their share of the size
 * is added to tail. */
LANE_CALL void
jet_horner_pairs(jet_powers_of *s, lane tail[JET_VALUES], const jet_sum *c,
                 int light, int n, ldd q)
{
    const lane size_q = lane_abs(q.h);

    jet_horner_double(s, c, light, n, q.h);
    for (int v = 0; v < JET_VALUES; v++)
        tail[v] = s->size[v];
    for (int i = light - 1; i >= 0; i--)
        for (int v = 0; v < JET_VALUES; v++) {
            ldd a = ldd_set(c->high[v][i], c->low[v][i]);

            s->sum[v] = jet_plus(a, ldd_mul(s->sum[v], q));
            s->size[v] = s->size[v] * size_q + lane_abs(a.h);
            tail[v] *= size_q;
        }
}

/* sum error[k] |q|^k and sum k error[k] |q|^k, from k = first on, times
 * q^-first. */
LANE_INLINE void
jet_horner_errors(lane out[2], const double *error, int first, int n, lane q)
{
    lane a = lane_set(0), b = lane_set(0);

    for (int i = n - 1; i >= 0; i--) {
        a = a * q + error[i];
        b = b * q + error[i] * (first + i);
    }
    out[0] = a * 1.001;
    out[1] = b * 1.001;
}

/*
 * jet_horner_brief - all of them in doubles, even and odd powers apart, the sizes
 * from above; first: the degree that the coefficients begin with, for e: the
 * errors of the d_k, without and with k.
 *
 * Error    the same.                                            [mlfunc D55]
 */
LANE_CALL void
jet_horner_brief(jet_powers_of *s, lane e[2], const jet_sum *c, int first,
                 int n, lane q)
{
    const lane none = lane_set(0), a = lane_abs(q), qq = q * q;
    lane even[4] = {none, none, none, none}, odd[4] = {none, none, none, none};
    int i = n - 1;

    if (i % 2 == 0) {
        UNROLL
        for (int v = 0; v < JET_VALUES; v++)
            even[v] = lane_set(c->high[v][i]);
        i--;
    }
    for (; i > 0; i -= 2)
        UNROLL
    for (int v = 0; v < JET_VALUES; v++) {
        odd[v] = odd[v] * qq + c->high[v][i];
        even[v] = even[v] * qq + c->high[v][i - 1];
    }
    UNROLL
    for (int v = 0; v < JET_VALUES; v++) {
        double c1 = n > 1 ? __builtin_fabs(c->high[v][1]) : 0;

        s->sum[v] = (ldd){even[v] + odd[v] * q, none};
        s->size[v] =
            ((c->most[v] * a + c1) * a + __builtin_fabs(c->high[v][0])) * 1.001;
    }
    e[0] = (c->error[0] + a * c->most_error[0]) * 1.001;
    e[1] = (c->error[0] * first + a * c->most_error[1]) * 1.001;
}

/* The first n coefficients for |q| <= edge.                     [mlfunc D55] */
LANE_CALL void
jet_brief(jet_sum *c, int first, int n, double edge)
{
    double most[JET_VALUES] = {0, 0, 0, 0}, e0 = 0, e1 = 0;

    c->brief = true;
    for (int i = n - 1; i > 0; i--) {
        for (int v = 0; i > 1 && v < JET_VALUES; v++)
            most[v] = most[v] * edge + __builtin_fabs(c->high[v][i]);
        e0 = e0 * edge + c->error[i];
        e1 = e1 * edge + c->error[i] * (first + i);
    }
    memcpy(c->most, most, sizeof most);
    c->most_error[0] = e0;
    c->most_error[1] = e1;
}

/* error: what all that is off by, but for the coefficients' derivatives.
 *                                                               [mlfunc D55] */
LANE_INLINE void
jet_horner(jet_powers_of *s, lane error[JET_VALUES], lane e[2],
           const jet_common *c, const jet_sum *a, int first, int light, int n,
           ldd q)
{
    const double u = ((3 + c->off) * n + 8) * JET_U, rest = 2 * a->relative;

    light = light < n ? light : n;
    if (a->brief)
        jet_horner_brief(s, e, a, first, n, q.h);
    else
        jet_horner_errors(e, a->error, first, n, lane_abs(q.h) * 1.001);
    if (c->pairs)
        jet_horner_pairs(s, error, a, light, n, q);
    else if (!a->brief)
        jet_horner_double(s, a, 0, n, q.h);
    for (int v = 0; v < JET_VALUES; v++)
        error[v] = c->pairs ? error[v] * u + s->size[v] * (n * JET_UU + rest)
                            : s->size[v] * (u + rest);
}

/* Adds -sum_{1<=k<=N} z^-k/Gamma(beta - alpha k) and what belongs to it. */
LANE_CALL void
jet_add_falling(jet_block *x, const jet_common *c, int light, int n)
{
    const ldd q = ldd_inverse(x->z);
    const lane q_size = lane_abs(q.h) * 1.001;
    jet_powers_of s;
    lane e[2], error[JET_VALUES];

    jet_horner(&s, error, e, c, &c->falling, 1, light, n, q);
    /* -a, +k a, +k b, -b: d/dz q^k = -k q^(k+1), d/dalpha of beta - alpha k */
    s.sum[0] = ldd_neg(s.sum[0]);
    s.sum[3] = ldd_neg(s.sum[3]);
    for (int k = 0; k < JET_VALUES; k++) {
        lane size = s.size[k] * q_size;

        x->value[k] = ldd_add(x->value[k], ldd_mul(s.sum[k], q));
        x->size[k] += size;
        x->error[k] += error[k] * q_size;
    }
    x->error[2] += e[1] * q_size;
    x->error[3] += e[0] * q_size;
}

/*
 * jet_series - the power series, n terms; value 1 is dE/dz.
 *
 * tail[k], at least the sums of the moduli beyond: D56.
 */
LANE_CALL void
jet_series(jet_block *x, const jet_common *c, int light, int n,
           const lane tail[JET_VALUES])
{
    jet_powers_of s;
    lane e[2], error[JET_VALUES];

    jet_horner(&s, error, e, c, &c->rising, 0, light, n, x->z);
    for (int k = 0; k < JET_VALUES; k++) {
        x->value[k] = s.sum[k];
        x->size[k] = s.size[k];
        x->error[k] = error[k] + tail[k];
    }
    x->error[2] += e[1];
    x->error[3] += e[0];
}

#endif
