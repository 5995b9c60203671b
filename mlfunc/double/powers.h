/* mlfunc/double/powers.h - powers of the nodes of a contour, in lanes.
 *
 *     t_j^g = t_j^n t_j^(i/64) e^{d L_j},   g = n + i/64 + d,   |d| <= 1/128,
 *
 * without exp, log or reduction: rows of contour_table.h for the first two, for
 * the second a product of two if i is odd on contour 1, and
 * e^{dL} - 1 = sum_m d^m L^m/m!, whose terms m <= 4 are double-double and 5 to
 * 11 double; all nodes share the powers of d.  u = 2^-53; the errors are proved
 * in README.md, D10 and D11, for |d| >= 2^-900 or d = 0.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_POWERS_H
#define MLFUNC_DOUBLE_POWERS_H

#include <stddef.h>

#include "mlfunc/double/contour_table.h"
#include "mlfunc/double/dd.h"

/* Without an FMA code is long: there what is large is called. */
#if LANES > 2
#    define LANE_LARGE LANE_HOT
#else
#    define LANE_LARGE static __attribute__((noinline, unused))
#endif

/* A complex number in double-double, and in double, for each lane. */
typedef struct {
    ldd re, im;
} ldz;

typedef struct {
    lane re, im;
} lz;

/* ------------------------------------------------------------------ exponents */

/* g = whole + part/64 + d[1]; d[m] = d^m as pairs, fifth = d^5 as a double. */
typedef struct {
    int whole, part;
    dd d[5];
    double fifth;
} ml_exponent;

/* d^2 to d^5 from d[1].  A d below 2^-900 becomes 0, the powers of one below
 * 2^-200 do, so that nothing underflows; D10 has room for both. */
LANE_HOT void
ml_exponent_powers(ml_exponent *e)
{
    dd d = e->d[1];

    if (__builtin_fabs(d.h) < 0x1p-900)
        e->d[1] = (dd){0, 0};
    if (__builtin_fabs(d.h) < 0x1p-200)
        d = (dd){0, 0};
    e->d[0] = (dd){1, 0};
    e->d[2] = dd_mul(d, d);
    e->d[3] = dd_mul(e->d[2], d);
    e->d[4] = dd_mul(e->d[2], e->d[2]);
    e->fifth = e->d[4].h * d.h;
}

/* g as n + i/64 + d, without the powers of d. */
LANE_HOT ml_exponent
ml_exponent_place(dd g)
{
    double k = __builtin_rint(g.h * ML_FRACTIONS);
    int n = (int)__builtin_floor(k / ML_FRACTIONS);
    ml_exponent e = {.whole = n, .part = (int)k - n * ML_FRACTIONS};

    /* exact: k = 0, or g.h and k/64 are within a factor of 2 */
    e.d[1] = dd_two_sum(g.h - k / ML_FRACTIONS, g.l);
    return e;
}

/*
 * ml_exponent_split - g exactly as n + i/64 + d, 0 <= i < 64, |d| <= 1/128 (1+u).
 *
 * Domain   |g| < 2^20, g normalised.  n is the floor of g but for the rounding to
 *          64ths: k/64 next to g has n = floor(k/64).
 */
LANE_HOT ml_exponent
ml_exponent_split(dd g)
{
    ml_exponent e = ml_exponent_place(g);

    ml_exponent_powers(&e);
    return e;
}

/* The same for a double alpha > 0; up to 1 + 1/128 with n = 0, i <= 64, so that
 * the power is one row. */
LANE_HOT ml_exponent
ml_exponent_alpha(double alpha)
{
    ml_exponent e = ml_exponent_split((dd){alpha, 0});

    if (e.whole == 1 && e.part == 0) {
        e.whole = 0;
        e.part = ML_FRACTIONS;
    }
    return e;
}

/* ----------------------------------------------------------- rows of the table */

/* The high parts of row r, node j to j + LANES - 1. */
LANE_HOT lz
ml_row_double(const double *rows, int nodes, int r, int j)
{
    const double *p = rows + (ptrdiff_t)ML_ROW(nodes) * r + j;

    return (lz){lane_load(p), lane_load(p + nodes)};
}

/* Both, j < dd_nodes. */
LANE_HOT ldz
ml_row(const double *rows, int nodes, int r, int j)
{
    const double *p = rows + (ptrdiff_t)ML_ROW(nodes) * r + j;
    const double *low = p + 2 * nodes;

    return (ldz){
        {lane_load(p), lane_load(low)},
        {lane_load(p + nodes), lane_load(low + nodes - ML_NODES_LAST)}};
}

/* ------------------------------------------------------------ products of pairs */

/* x y + v w without the last normalisation; |low| <= 4u (|x y| + |v w|), error
 * <= 15 u^2 (|x y| + |v w|).  [mlfunc D11] */
LANE_LARGE ldd
ml_two_products(ldd x, ldd y, ldd v, ldd w)
{
    ldd p = ldd_two_prod(x.h, y.h), q = ldd_two_prod(v.h, w.h);
    ldd s = ldd_two_sum(p.h, q.h);

    s.l += (p.l + q.l) + ((x.h * y.l + x.l * y.h) + (v.h * w.l + v.l * w.h));
    return s;
}

/* The real and the imaginary part of a b, not normalised. */
LANE_HOT ldz
ml_product(ldz a, ldz b)
{
    return (ldz){ml_two_products(a.re, b.re, ldd_neg(a.im), b.im),
                 ml_two_products(a.re, b.im, a.im, b.re)};
}

/* a b; each part is off by at most 15 u^2 |a| |b|.  [mlfunc D11] */
LANE_HOT ldz
ml_times(ldz a, ldz b)
{
    ldz c = ml_product(a, b);

    return (ldz){ldd_quick_two_sum(c.re.h, c.re.l),
                 ldd_quick_two_sum(c.im.h, c.im.l)};
}

/* a + c for c = a e of ml_product. */
LANE_HOT ldd
ml_plus_product(ldd a, ldd c)
{
    ldd s = ldd_two_sum(a.h, c.h);

    return ldd_quick_two_sum(s.h, s.l + (c.l + a.l));
}

/* --------------------------------------------------------------------- e^{dL} */

/* The real or imaginary part of e^{dL} - 1; p, low: that part of L, more: of
 * L^5/5!. */
LANE_LARGE ldd
ml_power_series(const double *p, const double *low, const double *more,
                int nodes, const ml_exponent *e)
{
    const ptrdiff_t row = ML_ROW(nodes);
    lane d = lane_set(e->d[1].h), tail = lane_load(more + 12 * nodes);
    ldd term[5];

    for (int m = 10; m >= 5; m--)
        tail = tail * d + lane_load(more + (m - 5) * 2 * nodes);
    tail = tail * lane_set(e->fifth);
    for (int m = 1; m <= 4; m++) {
        lane h = lane_load(p + (m - 1) * row);
        lane l = lane_load(low + (m - 1) * row);
        lane dh = lane_set(e->d[m].h), dl = lane_set(e->d[m].l);

        term[m] = ldd_two_prod(h, dh);
        term[m].l += h * dl + l * dh;
    }
    /* the first term exceeds the sum of the others, part by part: D10 */
    ldd s1 = ldd_quick_two_sum(term[1].h, term[2].h);
    ldd s2 = ldd_quick_two_sum(s1.h, term[3].h);
    ldd s3 = ldd_quick_two_sum(s2.h, term[4].h);
    ldd s4 = ldd_quick_two_sum(s3.h, tail);

    return ldd_quick_two_sum(s4.h,
                             ((term[1].l + s1.l) + (term[2].l + s2.l))
                                 + ((term[3].l + s3.l) + (term[4].l + s4.l)));
}

/*
 * ml_power_minus_one - e^{dL} - 1 at nodes j to j + LANES - 1, j < dd_nodes.
 *
 * Error    each part <= 40 u^2 times that of |d L| + 6.5 u |dL|^5/120
 *          + 1.01 |dL|^12/12!, so that the relative accuracy is kept for small d.
 *                                                          [mlfunc D10]
 */
LANE_HOT ldz
ml_power_minus_one(const ml_contour *c, int j, const ml_exponent *e)
{
    const double *p = c->log + j, *low = p + 2 * c->nodes;
    const double *more = c->power + j;
    const int n = c->nodes;

    return (ldz){
        ml_power_series(p, low, more, n, e),
        ml_power_series(p + n, low + n - ML_NODES_LAST, more + n, n, e)};
}

/* t^(i/64) e^{dL} from the row and s = e^{dL} - 1. */
LANE_HOT ldz
ml_power_from(ldz row, ldz s)
{
    ldz c = ml_product(row, s);

    return (ldz){ml_plus_product(row.re, c.re), ml_plus_product(row.im, c.im)};
}

/*
 * ml_power - t^(i/64 + d), part the row of ml_part; times a row of turn (t^n) or
 * whole (W t^n) by ml_times it is t^g or W t^g.
 *
 * Error    ml_power_error |t^(i/64+d)|; with a further product 24 u^2 more.
 *                                                          [mlfunc D11]
 */
LANE_HOT ldz
ml_power(const ml_contour *c, const double *part, int j, const ml_exponent *e)
{
    return ml_power_from(ml_row(part, c->nodes, 0, j),
                         ml_power_minus_one(c, j, e));
}

/* What the double tail of the series adds to the relative error. */
LANE_HOT lane
ml_power_tail(const ml_contour *c, int j, const ml_exponent *e)
{
    lane a = lane_abs(lane_set(e->d[1].h)) * lane_load(c->size + j);
    lane a2 = a * a;

    return (a2 * a2) * (a * 0x1.8p-57);
}

/* A relative bound of ml_power's error, as a modulus.  [mlfunc D11] */
LANE_HOT lane
ml_power_error(const ml_contour *c, int j, const ml_exponent *e)
{
    return ml_power_tail(c, j, e) + (c->halved ? 38 : 14) * 0x1p-106;
}

/* --------------------------------------------- the last nodes, in double alone */

LANE_LARGE lane
ml_power_series_double(const double *p, const double *more, int nodes,
                       const ml_exponent *e)
{
    const ptrdiff_t row = ML_ROW(nodes);
    lane d = lane_set(e->d[1].h), s = lane_load(more + 8 * nodes);

    for (int m = 8; m >= 5; m--)
        s = s * d + lane_load(more + (m - 5) * 2 * nodes);
    for (int m = 4; m >= 1; m--)
        s = s * d + lane_load(p + (m - 1) * row);
    return s * d;
}

LANE_HOT lz
ml_times_double(lz a, lz b)
{
    return (lz){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/* ---------------------------------------------------------------- t^(i/64) */

/* Room for a row of any contour. */
typedef struct {
    _Alignas(64) double of[ML_ROW(ML_NODES_MAX)];
} ml_row_room;

/* Row times t^(1/64).                                 [mlfunc D11] [mlfunc D12] */
static __attribute__((noinline, unused)) const double *
ml_part_odd(ml_row_room *room, const ml_contour *c, const double *row)
{
    double *re = room->of, *im = re + c->nodes, *low = im + c->nodes;

    for (int j = 0; j < c->dd_nodes; j += LANES) {
        ldz v = ml_times(ml_row(row, c->nodes, 0, j),
                         ml_row(c->odd, c->nodes, 0, j));

        lane_store(re + j, v.re.h);
        lane_store(im + j, v.im.h);
        lane_store(low + j, v.re.l);
        lane_store(low + c->dd_nodes + j, v.im.l);
    }
    for (int j = c->dd_nodes; j < c->nodes; j += LANES) {
        lz v = ml_times_double(ml_row_double(row, c->nodes, 0, j),
                               ml_row_double(c->odd, c->nodes, 0, j));

        lane_store(re + j, v.re);
        lane_store(im + j, v.im);
    }
    return re;
}

/* The row of t^(i/64), 0 <= i <= 64: of the table, or made in room. */
LANE_HOT const double *
ml_part(ml_row_room *room, const ml_contour *c, int i)
{
    const double *row =
        c->part + (ptrdiff_t)ML_ROW(c->nodes) * (i >> c->halved);

    return c->halved & i ? ml_part_odd(room, c, row) : row;
}

/* e^{dL} - 1, t^(i/64 + d) at any node j; errors of each part <= 6u |dL|, of the
 * power as a modulus 7u |t^(i/64+d)|.  [mlfunc D12] */
LANE_HOT lz
ml_power_minus_one_double(const ml_contour *c, int j, const ml_exponent *e)
{
    const double *p = c->log + j, *more = c->power + j;
    const int n = c->nodes;

    return (lz){ml_power_series_double(p, more, n, e),
                ml_power_series_double(p + n, more + n, n, e)};
}

LANE_HOT lz
ml_power_double(const ml_contour *c, const double *part, int j,
                const ml_exponent *e)
{
    lz t = ml_row_double(part, c->nodes, 0, j);
    lz s = ml_times_double(t, ml_power_minus_one_double(c, j, e));

    return (lz){t.re + s.re, t.im + s.im};
}

#endif
