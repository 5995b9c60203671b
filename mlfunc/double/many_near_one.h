/* mlfunc/double/many_near_one.h - E for alpha next to 1 and beta next to an integer
 * n <= 1, for many x < 0, LANES of them side by side.
 *
 * The sum of many.h serves as long as E is not 2^-25 times its terms or less: what
 * it lacks is what the sum for E - E_{1,n} lacks, and for alpha = 1 next to nothing
 * (README.md, D44).  Nearer to 1 it is E_{1,n} and the sum for E - E_{1,n}.
 *
 * The integrand of that is the one of near_one.h.  With A - z B for its numerator, P = t^alpha,
 *
 *     Re[(A - z B)/((P-z)(t-z))] =
 *         Re[(A - z B)(z^2 - conj(P+t) z + conj(P t))]/(|P-z|^2 |t-z|^2),
 *
 * real polynomials in z of which the coefficients are kept.  u = 2^-53; the error
 * is proved in README.md, D19.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_NEAR_ONE_H
#define MLFUNC_DOUBLE_MANY_NEAR_ONE_H

#include "mlfunc/double/many.h"
#include "mlfunc/double/many_poles.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/truncation.h"

#define ML_NEAR_MOST  4095
#define ML_NEAR_EXACT 600 /* |x| up to which e^x has all its bits */
#define ML_NEAR_PLAIN 3   /* m up to which the plain sum may serve */
#define ML_NEAR_BINS  7

/* Rows of numbers: the numerator from its lowest power on; the others of
 * z^2 - 2 Re(P) z + |P|^2 and of that with t. */
enum { ML_NEAR_POWERS = 4, ML_NEAR_P = 4, ML_NEAR_T = 6, ML_NEAR_ROWS = 8 };

/* z^times_z times a numerator of `degree`; the sum is off by at most
 * min(near, far/|z|). */
typedef struct {
    int degree, times_z, nodes, dd_nodes;
    double near, far;
    _Alignas(64) double h[ML_NEAR_ROWS][ML_NODES_MAX];
    _Alignas(64) double l[ML_NEAR_ROWS][ML_NODES_MAX];
} ml_many_near;

/* What is done, and what the sum lacks: for |x| < 1, for 4^(k-1) <= |x| < 4^k. */
typedef struct {
    bool is, exact,
        plain; /* exact: x^m e^x; else plain, or by the difference */
    ml_near_one w;
    double cut[ML_NEAR_BINS];
    ml_many_near nodes; /* of the difference */
} ml_many_next;

/* ---------------------------------------------------------------------- set-up */

/* Once for each pair of parameters: functions, so that the library stays small. */
#define ML_NEAR_ONCE static __attribute__((noinline, unused))

ML_NEAR_ONCE ldz
ml_near_times(ldz x, ldz y)
{
    return ml_times(x, y);
}

/* Re(x conj(y)) */
ML_NEAR_ONCE ldd
ml_near_real(ldz x, ldz y)
{
    ldd s = ml_two_products(x.re, y.re, x.im, y.im);

    return ldd_two_sum(s.h, s.l);
}

/* A row; of the last nodes the high parts are all there is. */
ML_NEAR_ONCE ldz
ml_near_row(const ml_contour *c, const double *rows, int r, int j)
{
    if (j < c->dd_nodes)
        return ml_row(rows, c->nodes, r, j);
    lz v = ml_row_double(rows, c->nodes, r, j);

    return (ldz){{v.re, lane_set(0)}, {v.im, lane_set(0)}};
}

ML_NEAR_ONCE ldz
ml_near_power(const ml_contour *c, int j, const ml_exponent *e)
{
    if (j < c->dd_nodes)
        return ml_power_minus_one(c, j, e);
    lz v = ml_power_minus_one_double(c, j, e);

    return (ldz){{v.re, lane_set(0)}, {v.im, lane_set(0)}};
}

/* A, B, P, t and an upper bound of |A|, which charges the errors of both of its
 * parts. */
typedef struct {
    ldz a, b, p, t;
    lane size;
} ml_near_node;

LANE_INLINE void
ml_near_node_of(ml_near_node *n, const ml_contour *c, const ml_near_one *w,
                int j)
{
    ldd zero = {lane_set(0), lane_set(0)};
    ldz row = ml_near_row(c, c->whole, w->whole - c->whole_min, j);
    ldz e1 = ml_near_power(c, j, &w->p), v = ml_near_times(row, e1);

    n->t = ml_near_row(c, c->part, ML_FRACTIONS, j);
    n->p = ml_power_from(n->t, e1);
    n->a = n->b = (ldz){zero, zero};
    n->size = lane_set(0);
    if (w->kind == ML_NEAR_BOTH) {
        ldz e2 = ml_near_power(c, j, &w->q), turned = ml_near_times(row, n->t);

        n->a = ml_near_times(
            turned, (ldz){ldd_sub(e2.re, e1.re), ldd_sub(e2.im, e1.im)});
        n->b = ml_near_times(row, e2);
        n->size = ml_size(turned.re.h, turned.im.h)
                  * (ml_size(e1.re.h, e1.im.h) + ml_size(e2.re.h, e2.im.h));
    } else if (w->excess == 0) {
        n->b = v;
    } else {
        n->a = (ldz){ldd_neg(v.re), ldd_neg(v.im)};
        n->size = ml_size(v.re.h, v.im.h);
    }
}

LANE_INLINE void
ml_near_put(ml_many_near *m, int row, int j, ldd x)
{
    lane_store(m->h[row] + j, x.h);
    lane_store(m->l[row] + j, x.l);
}

/* The coefficients, and what the term is at most: |P-z| >= 0.52 max(|P|, |z|), and
 * 0.53 for t; 3.7 > 1/(0.52 0.53).                              [mlfunc D19] */
LANE_INLINE void
ml_many_near_node(ml_many_near *m, ml_many_parts *parts, const ml_near_one *w,
                  int j)
{
    const ml_contour *c = ml_contours;
    ml_near_node n;

    ml_near_node_of(&n, c, w, j);
    ldz pt = ml_near_times(n.p, n.t);
    ldz both = {ldd_add(n.p.re, n.t.re), ldd_add(n.p.im, n.t.im)};
    ldd row[ML_NEAR_POWERS] = {
        ml_near_real(n.a, pt),
        ldd_neg(ldd_add(ml_near_real(n.a, both), ml_near_real(n.b, pt))),
        ldd_add(n.a.re, ml_near_real(n.b, both)), ldd_neg(n.b.re)};
    ldd p = ml_near_real(n.p, n.p), t = ml_near_real(n.t, n.t);

    for (int k = 0; k <= m->degree; k++)
        ml_near_put(m, k, j, row[k + m->times_z]);
    ml_near_put(m, ML_NEAR_P, j, p);
    ml_near_put(m, ML_NEAR_P + 1, j, ldd_scale(n.p.re, lane_set(-2)));
    ml_near_put(m, ML_NEAR_T, j, t);
    ml_near_put(m, ML_NEAR_T + 1, j, ldd_scale(n.t.re, lane_set(-2)));

    lane p_size = lane_sqrt(p.h), t_size = lane_sqrt(t.h);
    lane reach = 3.7 * (n.size / t_size + ml_size(n.b.re.h, n.b.im.h));
    double d1 = __builtin_fabs(w->p.d[1].h), d2 = __builtin_fabs(w->q.d[1].h);
    lane tail =
        ml_near_tail(c, j, w->kind == ML_NEAR_BOTH && d2 > d1 ? d2 : d1);

    lane_store(parts->most + j, reach / p_size);
    lane_store(parts->reach + j, reach);
    lane_store(parts->in_dd + j, tail + 0x1p-88);
    lane_store(parts->in_double + j, lane_set(0x1p-44));
}

/* ------------------------------------------------------------------- the sums */

/* n z + row k at node j. */
LANE_ALWAYS ldd
ml_near_step(const ml_many_near *m, int k, int j, ldd n, lane z)
{
    ldd p = ldd_two_prod(n.h, z), s = ldd_two_sum(p.h, lane_set(m->h[k][j]));

    return (ldd){s.h, n.l * z + (p.l + (s.l + m->l[k][j]))};
}

/* z^2 + row[1] z + row[0]. */
LANE_ALWAYS ldd
ml_near_square(const ml_many_near *m, int k, int j, lane z)
{
    ldd s = ldd_two_sum(z, lane_set(m->h[k + 1][j]));

    s.l += m->l[k + 1][j];
    return ml_near_step(m, k, j, s, z);
}

LANE_ALWAYS lane
ml_many_near_double(const ml_many_near *m, int j, lane z)
{
    lane n = lane_set(m->h[m->degree][j]);
    lane p = (z + m->h[ML_NEAR_P + 1][j]) * z + m->h[ML_NEAR_P][j];
    lane t = (z + m->h[ML_NEAR_T + 1][j]) * z + m->h[ML_NEAR_T][j];

    for (int k = m->degree - 1; k >= 0; k--)
        n = n * z + m->h[k][j];
    return n / (p * t);
}

LANE_ALWAYS void
ml_many_near_add(ldd *sum, const ml_many_near *m, int j, lane z)
{
    ldd n = {lane_set(m->h[m->degree][j]), lane_set(m->l[m->degree][j])};
    ldd p = ml_near_square(m, ML_NEAR_P, j, z);
    ldd t = ml_near_square(m, ML_NEAR_T, j, z), b = ldd_two_prod(p.h, t.h);

    for (int k = m->degree - 1; k >= 0; k--)
        n = ml_near_step(m, k, j, n, z);
    b.l += p.h * t.l + p.l * t.h;
    lane inverse = 1 / b.h, v = n.h * inverse;
    ldd back = ldd_two_prod(v, b.h), s = ldd_two_sum(sum->h, v);

    sum->h = s.h;
    sum->l += s.l + (((n.h - back.h) - back.l) + (n.l - v * b.l)) * inverse;
}

/* The sum over the nodes for LANES z, -2^12 <= z <= -2^-10, and its error.
 *                                                               [mlfunc D19] */
LANE_INLINE ldd
ml_many_near_sum(lane *err, const ml_many_near *m, lane z)
{
    lane last = z - z, far = m->far / lane_abs(z), near = lane_set(m->near);
    ldd sum = {last, last};

    for (int j = m->nodes - 1; j >= m->dd_nodes; j--)
        last += ml_many_near_double(m, j, z);
    for (int j = m->dd_nodes - 1; j >= 0; j--)
        ml_many_near_add(&sum, m, j, z);
    sum = ldd_two_sum(sum.h, sum.l + last);
    *err = lane_select(near < far, near, far) * (1 + 0x1p-40);
    if (m->times_z) {
        *err += 0x1p-103 * lane_abs(sum.h * z);
        sum = ldd_mul_d(sum, z);
    }
    return sum;
}

/* x^m e^x, -2^12 <= x < 0, m <= 16, or x <= 600, m <= 3, and its error; nothing
 * beyond -600, where it is below 2^192 2^-865.     [mlfunc D16] [mlfunc D20] */
LANE_INLINE ldd
ml_many_exponential(lane *err, int m, lane x)
{
    lane zero = x - x, least = lane_set(-ML_NEAR_EXACT);
    lane_mask small = x < least;
    ldd y = {lane_select(small, least, x), zero}, t = ldd_exp(y);

    for (int i = 0; i < m; i++)
        t = ldd_mul_d(t, x);
    *err = (ldd_exp_error(y) + m * 0x1p-103) * lane_abs(t.h) * (1 + 0x1p-40);
    *err = lane_select(small, lane_set(0x1p-670), *err);
    return (ldd){lane_select(small, zero, t.h), lane_select(small, zero, t.l)};
}

/* ------------------------------------------------------------- which nodes, how */

/* E at four places in double: steering. */
LANE_INLINE void
ml_near_sample(ml_many_samples *s, const ml_many_near *m, int power, double end)
{
    double at[8] = {-0x1p-9, -1, -16, -end, -1, -1, -1, -1}, value[8];

    for (int i = 0; i < 8; i += LANES) {
        lane z = lane_loadu(at + i), sum = z - z, err;

        for (int j = m->nodes - 1; j >= 0; j--)
            sum += ml_many_near_double(m, j, z);
        sum = m->times_z ? sum * z : sum;
        sum += ml_many_exponential(&err, power, z).h;
        lane_storeu(value + i, lane_abs(sum));
    }
    for (int i = 0; i < ML_MANY_SAMPLES; i++) {
        s->inverse[i] = -1 / at[i];
        s->most[i] = value[i] * 0x1p-67;
    }
}

/* The bound for n nodes, k of them in double-double.            [mlfunc D19] */
LANE_INLINE void
ml_many_near_bound(ml_many_near *m, const ml_many_parts *t, int n, int k)
{
    double near = 0, far = 0;

    for (int j = ml_contours[0].nodes - 1; j >= 0; j--) {
        double part = j < k ? t->in_dd[j] : j < n ? t->in_double[j] : 1;

        near += t->most[j] * part;
        far += t->reach[j] * part;
    }
    m->nodes = n;
    m->dd_nodes = k;
    m->near = near * 1.001;
    m->far = far * 1.001;
}

/* For alpha, beta of w; z from -end on.  The differences are 0 or 2^-160 at least,
 * so that nothing underflows. */
LANE_INLINE void
ml_many_near_set(ml_many_near *m, ml_many_parts *t, const ml_near_one *w,
                 double end)
{
    ml_many_samples s;
    int n, k;

    m->nodes = ml_contours[0].nodes;
    m->degree = w->kind == ML_NEAR_BOTH ? 3 : 2;
    m->times_z = w->excess == 0;
    for (int j = 0; j < m->nodes; j += LANES)
        ml_many_near_node(m, t, w, j);
    ml_near_sample(&s, m, w->m, end);
    ml_many_choose(&n, &k, t, &s, m->nodes, ml_contours[0].dd_nodes);
    if (w->excess == 0 && w->p.d[1].h == 0)
        n = k = 0;
    ml_many_near_bound(m, t, n, k);
}

/* ------------------------------------------------------- by the plain sum, or not */

/* What the sum over all nodes of contour 0 for alpha = 1, beta = 1 - m is off from
 * z^m e^z at most, -high <= z <= -low; m <= ML_NEAR_PLAIN.      [mlfunc D44] */
LANE_INLINE double
ml_near_plain_rest(int m, double low, double high)
{
    double e = 1 + low * 0.125; /* e^8 is less than e^low */
    double rest = 0x1p-97 / (low > 80 ? low : 80);

    e *= e;
    e *= e;
    e = 0x1.5p-83 / (e * e);
    for (int i = 0; i < m; i++) {
        rest *= 81;
        e *= high;
    }
    return (rest + e) * (1 + 0x1p-40);
}

/* Whether it serves, with the nodes of side: steering. */
LANE_INLINE bool
ml_near_plain(const ml_many_side *side, const ml_many_samples *s, int m)
{
    bool small = m <= ML_NEAR_PLAIN;

    for (int i = 0; i < ML_MANY_SAMPLES && small; i++) {
        double size = 1 / s->inverse[i], err[LANES];

        lane_storeu(err, ml_many_error(side, lane_set(size)));
        small = err[0] + ml_near_plain_rest(m, size, size) <= 8 * s->most[i];
    }
    return small;
}

/* [mlfunc D29] [mlfunc D44] */
LANE_INLINE void
ml_many_next_cut(ml_many_next *n, double alpha)
{
    const ml_near_one *w = &n->w;
    double low = 0x1p-10, high = 1, d = w->q.d[1].h * (1 + 0x1p-50);

    for (int k = 0; k < ML_NEAR_BINS; k++) {
        n->cut[k] = ml_truncation_near_one_between(ml_contours, alpha, d,
                                                   w->excess, w->m, low, high);
        if (n->plain)
            n->cut[k] += ml_near_plain_rest(w->m, low, high);
        low = high;
        high *= 4;
    }
}

/* The one for each x, 2^-10 <= |x| < 2^12. */
LANE_INLINE lane
ml_many_next_lacks(const ml_many_next *n, lane x)
{
    lane_mask bits = (lane_mask)x;
    double cut[LANES];

    for (int i = 0; i < LANES; i++) {
        int64_t twice = ((bits[i] >> 52) & 2047) - 1021;

        cut[i] = n->cut[twice < 2 ? 0 : twice / 2];
    }
    return lane_loadu(cut);
}

#endif
