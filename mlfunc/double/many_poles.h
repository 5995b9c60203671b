/* mlfunc/double/many_poles.h - the one pole that x > 0 has for alpha < 2, LANES x
 * side by side.
 *
 * As in poles.h and elementary.h, the same operations for lanes of real numbers;
 * errors in README.md, D20, D21, D24 and D25.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_POLES_H
#define MLFUNC_DOUBLE_MANY_POLES_H

#include "mlfunc/double/poles.h"
#include "mlfunc/double/powers.h"

#define DD_PAIR     ldd
#define DD_REAL     lane
#define DD_COMPLEX  ldz
#define DD_NAME(op) ldd_##op
#include "mlfunc/double/elementary_ops.h"

typedef uint64_t lane_bits __attribute__((vector_size(8 * LANES)));

/* Whole numbers, |x| < 2^51. */
LANE_ALWAYS lane_mask
lane_whole(lane x)
{
    return (lane_mask)(x + 0x1.8p52) - (lane_mask)lane_set(0x1.8p52);
}

LANE_ALWAYS lane
lane_of_whole(lane_mask i)
{
    return (lane)(i + (lane_mask)lane_set(0x1.8p52)) - 0x1.8p52;
}

/* i >> k, rounded down, |i| < 2^50. */
LANE_ALWAYS lane_mask
lane_shifted(lane_mask i, int k)
{
    const int64_t lift = INT64_C(1) << 50;

    return (lane_mask)((lane_bits)(i + lift) >> k) - (lift >> k);
}

/* table[each * at[i]] */
LANE_ALWAYS lane
lane_lookup(const double *table, int each, lane_mask at)
{
    at *= each;
#if LANES == 8
    return (lane)_mm512_i64gather_pd((__m512i)at, table, 8);
#elif LANES == 4
    return (lane)_mm256_i64gather_pd(table, (__m256i)at, 8);
#else
    return (lane){table[at[0]], table[at[1]]};
#endif
}

/* The first two of rows at[i] of a table, rows of `each`, from column `from`. */
LANE_ALWAYS ldd
ldd_lookup(const double *table, int each, int from, lane_mask at)
{
    return (ldd){lane_lookup(table + from, each, at),
                 lane_lookup(table + from + 1, each, at)};
}

/* e^x = m 2^k, |x| <= 2^29; error: ML_EXP_ERROR(x).            [mlfunc D20] */
static __attribute__((noinline, unused)) ldd
ldd_exp_parts(lane *k, ldd x)
{
    const ml_elementary_table *m = &ml_elementary;
    lane n = lane_rint(x.h * m->exp_rate);
    lane_mask j = lane_whole(n);
    ldd t = ldd_mul(
        ldd_lookup(m->exp[0], 2, 0, lane_shifted(j, 7) & (ML_EXP_STEPS - 1)),
        ldd_lookup(m->exp_fine[0], 2, 0, j & (ML_EXP_STEPS - 1)));

    *k = lane_of_whole(lane_shifted(j, 14));
    return ldd_times_exp(t, ldd_less_steps(x, n, m->exp_step));
}

/* 2^k for whole |k| <= 1022. */
LANE_ALWAYS lane
lane_power(lane k)
{
    return (lane)(((lane_mask)(k + 0x1.8p52) + 1023) << 52);
}

/* e^x, |x| <= 700. */
LANE_ALWAYS ldd
ldd_exp(ldd x)
{
    lane k;
    ldd m = ldd_exp_parts(&k, x);

    return ldd_scale(m, lane_power(k));
}

/* ln x, 2^-1000 <= x <= 2^1000; error: ML_LOG_ERROR(result).    [mlfunc D21] */
LANE_INLINE ldd
ldd_log(lane x)
{
    const ml_elementary_table *e = &ml_elementary;
    const uint64_t lift = UINT64_C(1) << 62;
    /* x = 2^n m, as dd_log; lift, so that it is not negative */
    lane_bits from = (lane_bits)x + (lift - ML_LOG_FIRST);
    lane_mask n = (lane_mask)(from >> 52) - 1024;
    lane_mask at = (lane_mask)(from >> 45) & (ML_LOG_STEPS - 1);
    lane count = lane_of_whole(n);
    ldd v = ldd_two_prod((lane)((lane_bits)x - ((lane_bits)n << 52)),
                         lane_lookup(e->log[0], 3, at));
    ldd first = ldd_lookup(e->log[0], 3, 1, at);
    lane k = lane_rint((v.h - 1) * ML_LOG_FINE);

    at = lane_whole(k) + ML_LOG_WITHIN;
    lane near = lane_lookup(e->log_fine[0], 3, at);
    ldd fine = ldd_lookup(e->log_fine[0], 3, 1, at);
    ldd w = ldd_two_prod(v.h, near);
    ldd r = ldd_quick_two_sum(w.h - 1, w.l + v.l * near);
    /* log(1 + r), as dd_log_near_one */
    lane h = r.h, square = h * h;
    lane tail = h * (2 / 3.0 - h * 0.5) + h * square * (0.4 - h * (1 / 3.0));
    ldd q = ldd_two_prod(h, -0.5 * h), y = ldd_quick_two_sum(h, q.h);

    y.l += (r.l + q.l) - (h * r.l + q.h * tail);
    ldd p = ldd_two_prod(count, lane_set(e->ln2[0]));
    ldd s = ldd_quick_two_sum(p.h, first.h), t = ldd_quick_two_sum(s.h, fine.h);
    ldd z = ldd_quick_two_sum(t.h, y.h);

    p.l += count * e->ln2[1];
    return ldd_quick_two_sum(z.h, (((p.l + first.l) + s.l) + (t.l + fine.l))
                                      + (z.l + y.l));
}

LANE_ALWAYS lane
ldd_exp_error(ldd x)
{
    return 0x1p-98 + lane_abs(x.h) * 0x1p-102;
}

/* rho_0/(1 + e^g) and its error, with what the path between the poles needs. */
typedef struct {
    ldd log_xt, root, term;
    lane err;
} ml_many_pole;

/* ln t and sqrt t, t = x^(1/alpha); at e^-40 where t is less: no path is so near
 * to 0; and at e^19.5 where it is more. */
LANE_INLINE lane
ml_many_root(ml_many_pole *p, lane x, double alpha, dd inverse)
{
    ldd l = ldd_log(x);
    lane log_err;

    p->log_xt = ldd_mul(l, (ldd){lane_set(inverse.h), lane_set(inverse.l)});
    log_err = (0x1p-99 + lane_abs(l.h) * 0x1p-102) / alpha
              + 0x1p-100 * lane_abs(p->log_xt.h);
    lane_mask small =
        p->log_xt.h<lane_set(-40), large = p->log_xt.h> lane_set(19.5);

    p->log_xt.h = lane_select(small, lane_set(-40), p->log_xt.h);
    p->log_xt.h = lane_select(large, lane_set(19.5), p->log_xt.h);
    p->log_xt.l = lane_select(small | large, lane_set(0), p->log_xt.l);
    p->root = ldd_exp(ldd_scale(p->log_xt, lane_set(0.5)));
    return log_err;
}

/* The pole of x > 0 on the contour c, |beta| <= 16, x^(1/alpha) <= e^5.
 *                                                  [mlfunc D24] [mlfunc D25] */
LANE_INLINE void
ml_many_pole_of(ml_many_pole *p, const ml_contour *c, lane x, double alpha,
                double beta, dd inverse)
{
    dd turns = {c->turns[0], c->turns[1]}, one = dd_two_sum(1, -beta);
    dd rate = dd_mul(turns, (dd){c->root[0], c->root[1]});
    ldd rate_l = {lane_set(rate.h), lane_set(rate.l)};
    ldd turns_l = {lane_set(turns.h), lane_set(turns.l)};
    double power = __builtin_fabs(one.h);
    lane log_err = ml_many_root(p, x, alpha, inverse);
    ldd half = ldd_scale(p->log_xt, lane_set(0.5)), s = p->root;
    lane root_err = log_err / 2 + ldd_exp_error(half);
    ldd t = ldd_mul(s, s);
    lane t_err = s.h * s.h * (1 + 0x1p-40) * (2 * root_err + 0x1p-100);
    ldd g = ldd_sub(turns_l, ldd_mul(rate_l, s));
    lane g_err = turns.h * (1 + 0x1p-40)
                 * (s.h * c->root[0] * (root_err + 0x1p-101) + 0x1p-102);
    lane_mask low = g.h < lane_set(ML_POLE_LOW);

    g.h = lane_select(low, lane_set(ML_POLE_LOW), g.h);
    g.l = lane_select(low, lane_set(0), g.l);
    ldd z =
        ldd_add(t, ldd_mul((ldd){lane_set(one.h), lane_set(one.l)}, p->log_xt));
    lane err = t_err + power * log_err + 0x1p-98
               + 0x1p-101 * (lane_abs(t.h) + power * lane_abs(p->log_xt.h))
               + ldd_exp_error(z);
    ldd rho = ldd_exp(z), m = ldd_exp(g);
    lane size = m.h + 1;
    lane d_err = 0x1p-114 + m.h * (g_err + ldd_exp_error(g)) + 0x1p-102 * size;
    ldd d = ldd_mul_d(ldd_add_d(m, lane_set(1)), lane_set(alpha));

    err = lane_select(err < lane_set(0x1p-20), err, lane_set(__builtin_inf()));
    p->term = ldd_div(rho, d);
    p->err = rho.h * (1 + 0x1p-15)
             * (err * (1 + 0x1p-15) + (d_err * alpha / d.h + 0x1p-101)) / d.h
             * (1 + 0x1p-15);
}

#endif
