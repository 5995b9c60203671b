/* mlfunc/double/many_pairs.h - conjugate pairs of poles, and poles without the
 * factor of the nodes, LANES x side by side.
 *
 * theta_h = angle/alpha is the same for all x of one sign: e^{i theta} and
 * e^{i theta/2} are found once.  The operations are those of poles.h but for
 *
 *     t_h = |t_h| e^{i theta_h},   |t_h| = (sqrt|t_h|)^2;
 *
 * errors in README.md, D22 and D39.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_MANY_PAIRS_H
#define MLFUNC_DOUBLE_MANY_PAIRS_H

#include "mlfunc/double/many_poles.h"

/* cos x + i sin x, |x| <= 2^42; error: ML_CIS_ERROR(x).         [mlfunc D22] */
static __attribute__((noinline, unused)) ldz
ldd_cis(ldd x)
{
    const ml_elementary_table *m = &ml_elementary;
    lane n = lane_rint(x.h * m->sin_rate);
    lane_mask sine = lane_whole(n) & (ML_SIN_STEPS - 1);
    lane_mask cosine = (sine + ML_SIN_STEPS / 4) & (ML_SIN_STEPS - 1);

    return ldd_turn_by(ldd_lookup(m->sin[0], 2, 0, cosine),
                       ldd_lookup(m->sin[0], 2, 0, sine),
                       ldd_less_steps(x, n, m->sin_step));
}

LANE_ALWAYS lane
ldd_cis_error(ldd x)
{
    return 0x1p-91 + lane_abs(x.h) * 0x1p-102;
}

LANE_ALWAYS ldd
ldd_of(dd x)
{
    return (ldd){lane_set(x.h), lane_set(x.l)};
}

/* ------------------------------------------------------------------- the angle */

/* A pole with theta = pi multiple/alpha: 1 or, with its conjugate, 2; theta is off
 * by at most err.                                               [mlfunc D39] */
typedef struct {
    int count;
    dd theta, shift; /* (1 - beta) theta */
    dz turn, half;   /* e^{i theta}, e^{i theta/2} */
    double err;
} ml_many_angle;

static __attribute__((noinline, cold, unused)) void
ml_many_angle_of(ml_many_angle *a, double beta, dd inverse, int multiple)
{
    const dz one = {{1, 0}, {0, 0}};

    a->count = multiple ? 2 : 1;
    a->theta = dd_mul(dd_mul_d(DD_PI, multiple), inverse);
    a->err = a->theta.h * 0x1.8p-100;
    a->shift = dd_mul(dd_two_sum(1, -beta), a->theta);
    a->turn = multiple ? dd_cis(a->theta) : one;
    a->half = multiple ? dd_cis(dd_scale(a->theta, 0.5)) : one;
}

/* ------------------------------------------------------------------------ rho */

/* What all poles of x share: ln |t_h| and its error, sqrt |t_h| and |t_h| and
 * their relative errors. */
typedef struct {
    dd inverse, power; /* 1/alpha, 1 - beta */
    ldd log_xt, root, size;
    lane log_err, root_err, size_err;
} ml_many_size;

LANE_INLINE void
ml_many_size_of(ml_many_size *p, lane x, double alpha, double beta, dd inverse)
{
    ml_many_pole q;

    p->inverse = inverse;
    p->power = dd_two_sum(1, -beta);
    p->log_err = ml_many_root(&q, x, alpha, inverse);
    p->log_xt = q.log_xt;
    p->root = q.root;
    p->root_err =
        p->log_err / 2 + ldd_exp_error(ldd_scale(q.log_xt, lane_set(0.5)));
    p->size = ldd_mul(q.root, q.root);
    p->size_err = 2 * p->root_err + 0x1p-102;
}

/* alpha rho = m 2^k turn, off by err relatively.                [mlfunc D39] */
typedef struct {
    ldd m;
    ldz turn;
    lane k, err;
} ml_many_rho;

LANE_INLINE void
ml_many_rho_of(ml_many_rho *r, const ml_many_size *p, const ml_many_angle *a)
{
    double power = __builtin_fabs(p->power.h), theta = a->theta.h;
    lane err = p->size_err, none = lane_set(0);
    ldd re = p->size, im = {none, none};

    if (a->count == 2) {
        err += 1.5 * ML_CIS_ERROR(a->theta) + a->err + 0x1p-101;
        re = ldd_mul(p->size, ldd_of(a->turn.re));
        im = ldd_add(ldd_mul(p->size, ldd_of(a->turn.im)), ldd_of(a->shift));
    }
    re = ldd_add(re, ldd_mul(ldd_of(p->power), p->log_xt));
    err = p->size.h * err + power * (p->log_err + a->err) + 0x1p-98
          + 0x1p-100 * (p->size.h + power * (lane_abs(p->log_xt.h) + theta))
          + ldd_exp_error(re);
    r->m = ldd_exp_parts(&r->k, re);
    r->turn = (ldz){{lane_set(1), none}, {none, none}};
    if (a->count == 2) {
        r->turn = ldd_cis(im);
        err += 1.5 * ldd_cis_error(im);
    }
    r->err = lane_select(err < lane_set(0x1p-20), err * (1 + 0x1p-15),
                         lane_set(__builtin_inf()));
}

/* 2^k, k <= 1000; 0 below -1000. */
LANE_ALWAYS lane
ml_many_power_of(lane k)
{
    lane_mask gone = k < lane_set(-1000);

    return lane_select(gone, k - k, lane_power(lane_select(gone, k - k, k)));
}

/* rho, or the sum of a pair, over 2^exponent, and its error.    [mlfunc D39] */
LANE_INLINE ldd
ml_many_alone(lane *err, const ml_many_size *p, const ml_many_angle *a,
              const ml_many_rho *r, lane exponent)
{
    dd share = dd_scale(p->inverse, a->count);
    lane scale = ml_many_power_of(r->k - exponent);
    ldd m = ldd_mul(r->m, ldd_of(share));

    if (a->count == 2)
        m = ldd_mul(m, r->turn.re);
    *err = scale * (r->m.h * (r->err + 0x1p-99) * (share.h * (1 + 0x1p-15)))
           + 0x1p-990;
    return ldd_scale(m, scale);
}

/* --------------------------------------------------- next to nodes: 1/(1 + e^g) */

/* 2 Re rho/(1 + e^g) of a pair, and its error, |rho| <= 2^1000.
 *                                                               [mlfunc D39] */
LANE_INLINE ldd
ml_many_pair(lane *err, const ml_contour *c, const ml_many_size *p,
             const ml_many_angle *a)
{
    dd turns = {c->turns[0], c->turns[1]}, unit = {c->root[0], c->root[1]};
    ldd rate = ldd_of(dd_mul(turns, unit));
    ml_many_rho r;

    ml_many_rho_of(&r, p, a);

    ldd re = ldd_mul(rate, ldd_mul(p->root, ldd_of(a->half.re)));
    ldd im = ldd_mul(rate, ldd_mul(p->root, ldd_of(a->half.im)));
    lane root_err =
        p->root_err + 1.5 * ML_CIS_ERROR(a->theta) + a->err / 2 + 0x1p-101;
    lane g_err = turns.h * (1 + 0x1p-40)
                 * (p->root.h * unit.h * (root_err + 0x1p-101) + 0x1p-102);

    re = ldd_sub(ldd_of(turns), re);
    lane_mask low = re.h < lane_set(ML_POLE_LOW);
    re.h = lane_select(low, lane_set(ML_POLE_LOW), re.h);
    re.l = lane_select(low, lane_set(0), re.l);
    ldd m = ldd_exp(re);
    ldz v = ldd_cis(im); /* of -g */
    ldd d = ldd_add_d(ldd_mul(m, v.re), lane_set(1)), e = ldd_mul(m, v.im);
    lane d_err =
        0x1p-114
        + m.h * (g_err + ldd_exp_error(re) + 1.5 * ldd_cis_error(im) + 0x1p-101)
        + 0x1p-103 * (m.h + 1);
    /* rho/(d - i e) = rho (d + i e)/|d - i e|^2 */
    ldd square = ldd_add(ldd_mul(d, d), ldd_mul(e, e));
    ldd top = ldd_sub(ldd_mul(r.turn.re, d), ldd_mul(r.turn.im, e));
    ldd w = ldd_scale(ldd_mul(r.m, ldd_of(dd_scale(p->inverse, 2))),
                      ml_many_power_of(r.k));
    lane least = lane_sqrt(square.h) * (1 - 0x1p-40);

    *err = w.h * (1 + 0x1p-8) * (r.err + d_err / least + 0x1p-98) / least
           + 0x1p-990;
    *err =
        lane_select(d_err < least * 0x1p-10, *err, lane_set(__builtin_inf()));
    return ldd_mul(w, ldd_div(top, square));
}

#endif
