/* mlfunc/double/near_one.h - E - E_{1,n} for alpha next to 1 and beta next to an
 * integer n <= 1, as a sum over nodes.
 *
 * There E is e^z z^m, m = 1 - n, plus something in proportion to alpha - 1 and
 * beta - n, far below the terms of the plain sum.  With
 *
 *     e1 = t^(alpha-1) - 1,   e2 = t^d - 1,   d = (alpha - 1) - (beta - n),
 *
 * E - z^m e^z is the integral of e^t t^m (e2 (t-z) - t e1)/((t^alpha - z)(t - z)),
 * where e1 and e2 keep their relative accuracy.  u = 2^-53; the error is proved in
 * README.md, D15.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_NEAR_ONE_H
#define MLFUNC_DOUBLE_NEAR_ONE_H

#include "mlfunc/double/nodes.h"

/* How the numerator comes about. */
enum {
    ML_NEAR_SINGLE, /* - z t^m e1 for beta = n, - t^(m+1) e1 for d = 0 */
    ML_NEAR_BOTH
};

typedef struct {
    int kind, m, whole;
    double factor; /* of the sum */
    double excess; /* beta - n, exactly */
    ml_exponent p, q;
} ml_near_one;

/*
 * ml_near_one_of - whether alpha and beta are near enough: |alpha - 1|,
 * |beta - n|, |d| <= 1/128, -15 <= n <= 1; for z < 0.
 */
LANE_HOT bool
ml_near_one_of(ml_near_one *w, double alpha, double beta, double z)
{
    double n = __builtin_rint(beta);

    if (!(__builtin_fabs(alpha - 1) <= 0x1p-7 && n <= 1 && n >= -15))
        return false;
    w->excess = beta - n;
    w->p = ml_exponent_alpha(alpha);
    w->q.d[1] = dd_two_sum(alpha - 1, -w->excess);
    if (!(__builtin_fabs(w->excess) <= 0x1p-7
          && __builtin_fabs(w->q.d[1].h) <= 0x1p-7))
        return false;
    w->m = 1 - (int)n;
    w->whole = w->m;
    w->kind = ML_NEAR_SINGLE;
    if (w->excess == 0) {
        w->factor = -z;
    } else if (w->q.d[1].h == 0) {
        w->factor = -1;
        w->whole++;
    } else {
        w->kind = ML_NEAR_BOTH;
        w->factor = 1;
        ml_exponent_powers(&w->q);
    }
    return true;
}

/* |x|^4 2^-57 1.65, for d L: what the double tail adds, relative to e^dL - 1. */
LANE_HOT lane
ml_near_tail(const ml_contour *c, int j, double d)
{
    lane a = lane_load(c->size + j) * d, a2 = a * a;

    return (a2 * a2) * 0x1.a8p-57;
}

/* The term of nodes j to j + LANES - 1.  [mlfunc D15] */
LANE_HOT void
ml_near_add(ml_node_sum *s, const ml_contour *c, const ml_near_one *w, int j,
            int kind, double z)
{
    double d1 = __builtin_fabs(w->p.d[1].h), d2 = __builtin_fabs(w->q.d[1].h);
    ldz row = ml_row(c->whole, c->nodes, w->whole - c->whole_min, j);
    ldz t = ml_row(c->part, c->nodes, ML_FRACTIONS, j);
    ldz e1 = ml_power_minus_one(c, j, &w->p), p = ml_power_from(t, e1), q;
    ldz over_t = {ml_node_minus(t.re, z, ML_P_PART), t.im};
    ldz over_p = {ml_node_minus(p.re, z, ML_P_PART), p.im};
    ldz below = ml_times(over_t, over_p);
    lane size, inverse;

    if (kind == ML_NEAR_SINGLE) {
        q = ml_times(row, e1);
        size = ml_size(q.re.h, q.im.h);
    } else {
        ldz e2 = ml_power_minus_one(c, j, &w->q);
        ldz x = ml_times(over_t, e2), y = ml_times(t, e1);

        q = ml_times(row, (ldz){ldd_sub(x.re, y.re), ldd_sub(x.im, y.im)});
        size = ml_size(row.re.h, row.im.h)
               * (ml_size(over_t.re.h, over_t.im.h) * ml_size(e2.re.h, e2.im.h)
                  + ml_size(t.re.h, t.im.h) * ml_size(e1.re.h, e1.im.h));
        d1 = d1 > d2 ? d1 : d2;
    }
    ldd v = ml_quotient(&inverse, q, below), h = ldd_two_sum(s->h, v.h);

    s->h = h.h;
    s->l += h.l + v.l;
    s->charge += (size * ml_size(below.re.h, below.im.h)) * inverse
                 * (ml_near_tail(c, j, d1) + 0x1.8p-97);
}

/* The first term of a sum, in double. */
LANE_HOT void
ml_near_add_double(ml_node_sum *s, const ml_contour *c, const ml_near_one *w,
                   int j, int kind, double z)
{
    lz row = ml_row_double(c->whole, c->nodes, w->whole - c->whole_min, j);
    lz t = ml_row_double(c->part, c->nodes, ML_FRACTIONS, j);
    lz e1 = ml_power_minus_one_double(c, j, &w->p), te = ml_times_double(t, e1);
    lz over_t = {t.re - z, t.im};
    lz over_p = {(t.re + te.re) - z, t.im + te.im};
    lz below = ml_times_double(over_t, over_p), q;
    lane size, inverse = 1 / (below.re * below.re + below.im * below.im);

    if (kind == ML_NEAR_SINGLE) {
        q = ml_times_double(row, e1);
        size = ml_size(q.re, q.im);
    } else {
        lz e2 = ml_power_minus_one_double(c, j, &w->q);
        lz x = ml_times_double(over_t, e2);

        q = ml_times_double(row, (lz){x.re - te.re, x.im - te.im});
        size = ml_size(row.re, row.im)
               * (ml_size(over_t.re, over_t.im) * ml_size(e2.re, e2.im)
                  + ml_size(te.re, te.im));
    }
    s->h = (q.re * below.re + q.im * below.im) * inverse;
    s->l = s->ratio = lane_set(0);
    s->charge =
        (size * ml_size(below.re, below.im)) * inverse * lane_set(0x1p-47);
}

/* ml_near_one_sum - the sum, with w->factor, for -2^20 <= z < 0; kind as in w.
 * Error    *err.                                               [mlfunc D15] */
LANE_HOT dd
ml_near_one_sum(double *err, const ml_near_one *w, int kind, double z)
{
    const ml_contour c = ml_contour_of(0);
    ml_node_octet o;

    for (int i = 0; i < 8; i += LANES) {
        ml_node_sum s;

        ml_near_add_double(&s, &c, w, c.dd_nodes + i, kind, z);
        for (int j = c.dd_nodes - 8 + i; j >= 0; j -= 8)
            ml_near_add(&s, &c, w, j, kind, z);
        ml_node_store(&o, i, &s);
    }
    dd sum = dd_mul_d(ml_node_total(err, &o), w->factor);

    *err = *err * __builtin_fabs(w->factor) + 0x1p-103 * __builtin_fabs(sum.h);
    if (w->excess != 0 && __builtin_fabs(w->excess) < 0x1p-900)
        *err += 0x1p-700; /* d may have become 0 */
    return sum;
}

#endif
