/* mlfunc/double/jet_elementary.h - exp, log, cos and sin in lanes.
 *
 * In double-double (ldd_*), and in double for bounds and for steering (lane_*):
 * + - * / alone, so that every machine has the same bits.  u = 2^-53.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_ELEMENTARY_H
#define MLFUNC_DOUBLE_JET_ELEMENTARY_H

#include "mlfunc/double/jet_table.h"
#include "mlfunc/double/powers.h"

LANE_INLINE ldd
ldd_set(double h, double l)
{
    return (ldd){lane_set(h), lane_set(l)};
}

LANE_INLINE lane
lane_max(lane a, lane b)
{
    return lane_select(a > b, a, b);
}

LANE_INLINE lane
lane_min(lane a, lane b)
{
    return lane_select(a < b, a, b);
}

LANE_INLINE ldd
ldd_select(lane_mask m, ldd a, ldd b)
{
    return (ldd){lane_select(m, a.h, b.h), lane_select(m, a.l, b.l)};
}

/* 2^k for whole k, |k| <= 1022. */
LANE_INLINE lane
lane_pow2(lane k)
{
    return (lane)(((lane_mask)(k + 0x1.8p52) + 1023) << 52);
}

/* x 2^k for whole |k| <= 2000, in two factors: exact but for subnormals. */
LANE_INLINE lane
lane_scale(lane x, lane k)
{
    lane half = lane_rint(k * 0.5);

    return x * lane_pow2(half) * lane_pow2(k - half);
}

/* ------------------------------------------------------------- double, bounds */

/* v = 2^e m, m between sqrt(1/2) and sqrt(2), v > 0 and normal. */
LANE_INLINE lane
jet_mantissa(lane *e, lane v)
{
    const lane_mask one = (lane_mask)lane_set(1.0);
    lane_mask bits = (lane_mask)v;
    lane_mask n = (bits >> 52) - 1023;
    lane m = (lane)((bits & 0xfffffffffffff) | one);
    lane_mask big = m > 0x1.6a09e667f3bcdp+0;

    n -= big; /* a mask is -1 */
    *e = (lane)(n + (lane_mask)lane_set(0x1.8p52)) - 0x1.8p52;
    return lane_select(big, m * 0.5, m);
}

/* ln v for normal v > 0; error <= 2^-48 (1 + |ln v|).  [mlfunc D50] */
LANE_INLINE lane
lane_log(lane v)
{
    lane e, m = jet_mantissa(&e, v);
    lane s = (m - 1.0) / (m + 1.0), w = s * s, sum = lane_set(1.0 / 25);

    for (int k = 23; k > 0; k -= 2)
        sum = sum * w + 1.0 / k;
    s = (s + s) * sum;
    return e * ml_jet_ln2[0] + (s + e * ml_jet_ln2[1]);
}

/* sum of v^i/(first + i step)!, i < 8; v2, v4: v^2, v^4. */
LANE_INLINE lane
jet_eight(int first, int step, lane v, lane v2, lane v4)
{
    const double *f = ml_jet_factorial + 2 * first;
    int n = 2 * step;
    lane a = f[0] + f[n] * v, b = f[2 * n] + f[3 * n] * v;
    lane c = f[4 * n] + f[5 * n] * v, d = f[6 * n] + f[7 * n] * v;

    return (a + b * v2) + (c + d * v2) * v4;
}

/* (e^r - 1 - r - r^2/2)/r^3, |r| < 0.35, up to r^14/14!. */
LANE_INLINE lane
jet_exp_tail(lane r)
{
    const double *f = ml_jet_factorial;
    lane r2 = r * r, r4 = r2 * r2;
    lane high = (f[22] + f[24] * r) + (f[26] + f[28] * r) * r2;

    return jet_eight(3, 1, r, r2, r4) + high * (r4 * r4);
}

/* e^y, |y| cut to 690; relative error <= 2^-40 within.  [mlfunc D50] */
LANE_INLINE lane
lane_exp(lane y)
{
    lane n, r;

    y = lane_min(lane_max(y, lane_set(-690)), lane_set(690));
    n = lane_rint(y * 0x1.71547652b82fep+0);
    r = (y - n * ml_jet_ln2[0]) - n * ml_jet_ln2[1];
    return (1.0 + (r + r * r * (0.5 + r * jet_exp_tail(r)))) * lane_pow2(n);
}

/* --------------------------------------------------------------- double-double */

/* x - n (part[0] + part[1] + part[2]), |n| < 2^21. */
LANE_INLINE ldd
jet_reduce(ldd x, lane n, const double part[3])
{
    ldd r = ldd_two_sum(x.h, -(n * part[0]));
    ldd s = ldd_two_sum(r.h, -(n * part[1]));

    return ldd_quick_two_sum(s.h, s.l + (r.l + (x.l - n * part[2])));
}

LANE_INLINE ldd
jet_factorial(int n)
{
    return ldd_set(ml_jet_factorial[2 * n], ml_jet_factorial[2 * n + 1]);
}

/* 1/n! + a v, |a v| < 1/n!, not normalised: rgamma_step of the first. */
LANE_INLINE ldd
jet_step(int n, ldd a, ldd v)
{
    ldd p = ldd_two_prod(a.h, v.h);
    ldd s = ldd_quick_two_sum(lane_set(ml_jet_factorial[2 * n]), p.h);

    p.l += a.h * v.l;
    /* a.l last: it is late */
    s.l = ((s.l + ml_jet_factorial[2 * n + 1]) + p.l) + a.l * v.h;
    return s;
}

/*
 * ldd_exp - e^x = m 2^k, |x| <= 2^20.
 *
 * Error    relative: 2^-100 + 2^-103 |x|.                        [mlfunc D50]
 */
LANE_INLINE ldd
ldd_exp(lane *k, ldd x)
{
    lane n = lane_rint(x.h * 0x1.71547652b82fep+0);
    ldd r = jet_reduce(x, n, ml_jet_ln2), s;
    lane r2 = r.h * r.h, r4 = r2 * r2;
    lane last = ml_jet_factorial[2 * 21] + ml_jet_factorial[2 * 22] * r.h;
    lane tail = jet_eight(13, 1, r.h, r2, r4) + last * (r4 * r4);

    s = ldd_add_d(jet_factorial(12), tail * r.h);
    for (int i = 11; i >= 0; i--)
        s = jet_step(i, s, r);
    *k = n;
    return ldd_quick_two_sum(s.h, s.l);
}

/*
 * ldd_cis - cos y + i sin y, |y| <= 2^20.
 *
 * Error    absolute, of each part: 2^-100 + 2^-103 |y|.          [mlfunc D50]
 */
LANE_INLINE ldz
ldd_cis(ldd y)
{
    lane n = lane_rint(y.h * 0x1.45f306dc9c883p-1);
    ldd r = jet_reduce(y, n, ml_jet_half_pi), w = ldd_neg(ldd_mul(r, r));
    lane ct = lane_set(ml_jet_factorial[2 * 26]);
    lane st = lane_set(ml_jet_factorial[2 * 27]);
    lane q = n - 4.0 * lane_rint(n * 0.25);
    lane_mask odd = lane_abs(q) == 1.0, two = lane_abs(q) == 2.0;
    lane one = lane_set(1.0), minus = lane_set(-1.0);
    lane c_sign = lane_select((q == 1.0) | two, minus, one);
    lane s_sign = lane_select((q == -1.0) | two, minus, one);
    ldd c, s;

    for (int i = 24; i > 16; i -= 2) {
        ct = ct * w.h + ml_jet_factorial[2 * i];
        st = st * w.h + ml_jet_factorial[2 * i + 2];
    }
    c = ldd_add_d(jet_factorial(16), ct * w.h);
    s = ldd_add_d(jet_factorial(17), st * w.h);
    for (int i = 14; i >= 0; i -= 2) {
        c = jet_step(i, c, w);
        s = jet_step(i + 1, s, w);
    }
    c = ldd_quick_two_sum(c.h, c.l);
    s = ldd_mul(s, r);
    return (ldz){ldd_scale(ldd_select(odd, s, c), c_sign),
                 ldd_scale(ldd_select(odd, c, s), s_sign)};
}

/* The two above with polynomials in double, e^x = m 2^k: relative error of m, and
 * absolute error of the parts, 6 u + 2^-100 |x|.                [mlfunc D50] */
LANE_INLINE lane
ldd_exp_double(lane *k, ldd x)
{
    lane n = lane_rint(x.h * 0x1.71547652b82fep+0);
    ldd r = jet_reduce(x, n, ml_jet_ln2);

    *k = n;
    return (r.h * r.h * (0.5 + r.h * jet_exp_tail(r.h)) + r.l + r.h) + 1.0;
}

LANE_INLINE lz
ldd_cis_double(ldd y)
{
    lane n = lane_rint(y.h * 0x1.45f306dc9c883p-1);
    ldd r = jet_reduce(y, n, ml_jet_half_pi);
    lane w = -(r.h * r.h), w2 = w * w, w4 = w2 * w2, c, s;
    lane q = n - 4.0 * lane_rint(n * 0.25);
    lane_mask odd = lane_abs(q) == 1.0, two = lane_abs(q) == 2.0;
    lane one = lane_set(1.0), minus = lane_set(-1.0);
    lane c_sign = lane_select((q == 1.0) | two, minus, one);
    lane s_sign = lane_select((q == -1.0) | two, minus, one);

    c = jet_eight(2, 2, w, w2, w4) + w4 * w4 * ml_jet_factorial[36];
    s = jet_eight(3, 2, w, w2, w4) + w4 * w4 * ml_jet_factorial[38];
    c = (c * w - r.h * r.l) + 1.0;
    s = r.h + (s * w * r.h + r.l);
    return (lz){lane_select(odd, s, c) * c_sign,
                lane_select(odd, c, s) * s_sign};
}

/*
 * ldd_log - ln v for normal v > 0.
 *
 * Error    absolute: 2^-99 + 2^-101 |ln v|.                     [mlfunc D50]
 */
#define JET_LOG_PAIR(size) (0x1p-99 + (size)*0x1p-98)

LANE_INLINE ldd
ldd_log(lane v)
{
    lane y = lane_log(v), k, e;
    ldd m = ldd_exp(&k, (ldd){-y, lane_set(0)});

    /* v e^-y - 1, small: v in [1, 2) times a power of 2 */
    e = lane_rint(k * 0.5);
    m = ldd_mul_d(ldd_scale(m, lane_pow2(e)), v);
    m = ldd_add_d(ldd_scale(m, lane_pow2(k - e)), lane_set(-1.0));
    m = ldd_add_d(m, m.h * m.h * -0.5);
    return ldd_add_d(m, y);
}

/*
 * ldd_log_short - ln v for normal v > 0, good enough for results in doubles.
 *
 * Error    absolute: JET_LOG_SHORT(ln v), at most 2^-56.9.      [mlfunc D50]
 */
#define JET_LOG_SHORT(size)                                          \
    (lane_min(lane_set(0x1p-57), (size) * (size) * (size)*0x1.8p-53) \
     + (size)*0x1p-84)

LANE_INLINE ldd
ldd_log_short(lane v)
{
    lane e;
    lane m = jet_mantissa(&e, v), f = m - 1.0, s, w, w2, low;
    ldd d = ldd_two_sum(m, lane_set(1.0)), p, h;

    /* ln m = 2 s + 2 s^3/3 + ..., s = f/d */
    s = f / d.h;
    p = ldd_two_prod(s, d.h);
    low = (((f - p.h) - p.l) - s * d.l) / d.h;
    w = s * s;
    w2 = w * w;
    low =
        (low + low)
        + (s + s) * w
              * ((1.0 / 3 + w * (1.0 / 5))
                 + w2
                       * ((1.0 / 7 + w * (1.0 / 9))
                          + w2
                                * ((1.0 / 11 + w * (1.0 / 13))
                                   + w2
                                         * ((1.0 / 15 + w * (1.0 / 17))
                                            + w2
                                                  * ((1.0 / 19 + w * (1.0 / 21))
                                                     + w2 * (1.0 / 23))))));
    h = ldd_two_sum(e * ml_jet_ln2[0], s + s);
    low += e * ml_jet_ln2[1] + e * ml_jet_ln2[2];
    return ldd_quick_two_sum(h.h, h.l + low);
}

/*
 * ldd_exp_short - e^x = m 2^k, |x| <= 2^20, likewise.
 *
 * Error    relative: 2^-55 + 2^-103 |x|.                        [mlfunc D50]
 */
LANE_INLINE ldd
ldd_exp_short(lane *k, ldd x)
{
    lane n = lane_rint(x.h * 0x1.71547652b82fep+0);
    ldd r = jet_reduce(x, n, ml_jet_ln2);
    ldd q = ldd_two_prod(r.h, r.h * 0.5);
    ldd s = ldd_quick_two_sum(lane_set(1.0), r.h);
    ldd t = ldd_quick_two_sum(s.h, q.h);
    lane p = jet_exp_tail(r.h) * ((q.h + q.h) * r.h);

    *k = n;
    return ldd_quick_two_sum(t.h,
                             p + ((r.l + r.l * r.h) + (q.l + (s.l + t.l))));
}

/* The square root of a positive number: relative error 2^-100. [mlfunc D50] */
LANE_INLINE ldd
ldd_sqrt(ldd a)
{
    lane s = lane_sqrt(a.h);
    ldd p = ldd_two_prod(s, s);
    lane r = ((a.h - p.h) - p.l) + a.l;

    return ldd_quick_two_sum(s, r / (s + s));
}

/* 1/a: relative error 2^-100. [mlfunc D50] */
LANE_INLINE ldd
ldd_inverse(ldd a)
{
    lane i = 1.0 / a.h;
    ldd p = ldd_two_prod(a.h, i);

    return ldd_quick_two_sum(i, ((1.0 - p.h) - p.l - a.l * i) * i);
}

#endif
