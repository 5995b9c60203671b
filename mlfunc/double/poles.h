/* mlfunc/double/poles.h - the terms that the poles of t^(alpha-beta)/(t^alpha - z)
 * add to the sum over the nodes of a contour.
 *
 *     t_h = |z|^(1/alpha) e^{i theta_h},   theta_h = (arg z + 2 pi h)/alpha,
 *     w_h = sqrt(t_h/mu),   g_h = -turns (w_h - 1),   |theta_h| < pi,
 *     rho_h = t_h^(1-beta) e^{t_h}/alpha,
 *     E = sum of the nodes + sum of rho_h/(1 + e^{g_h}) + what truncation.h bounds.
 *
 * places.h puts the path between the poles; the terms are those right of it.  One
 * number at a time, no lanes; the errors are in README.md, D24 and D25.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_POLES_H
#define MLFUNC_DOUBLE_POLES_H

#include "mlfunc/double/places.h"

/*
 * ml_poles_sum - the sum of rho_h/(1 + e^{g_h}) over the poles right of the path.
 *
 * Result   v.re is the sum for real z (v.im = 0), v the sum for complex z;
 *          p->pole[i].rho, g, factor and term are set.  n = 0: zero.
 * Error    err, of the modulus.                                 [mlfunc D25]
 */
DD_CALL ml_term ml_poles_sum(ml_places *p);

/*
 * ml_poles_alone - the sum of rho_h, without factors: E but for the integral
 * along the left edge, which truncation.h bounds by ml_rest.    [mlfunc D24]
 */
DD_CALL ml_term ml_poles_alone(ml_places *p);

/*
 * ml_poles_range_real, ml_poles_range_complex - the sum of rho_h over first <= h
 * <= last, for an asymptotic series: no contour.  For real z the range must hold
 * both of each conjugate pair, that is first = -last - (z < 0).
 *
 * Domain   2^-400 <= |z| <= 2^400, alpha > 0, |beta| <= 2^20.
 * Result   as ml_poles_sum; a positive sum too large for any exponent is 1 with
 *          exponent 2^30; err is infinite where t_h is known too badly.
 * Error    err.                                                 [mlfunc D24]
 */
DD_CALL ml_term ml_poles_range_real(double alpha, double beta, double z,
                                    int first, int last);
DD_CALL ml_term ml_poles_range_complex(double alpha, double beta,
                                       const double z[2], int first, int last);
/* ------------------------------------------------------------------ one pole */

LANE_INLINE double
dz_abs(dz a)
{
    return __builtin_sqrt(a.re.h * a.re.h + a.im.h * a.im.h) * (1 + 0x1p-40);
}

/* rho = t^(1-beta) e^t/alpha from t and log t.                  [mlfunc D24] */
LANE_INLINE void
ml_pole_rho(ml_pole *q, double alpha, double beta)
{
    dd c = dd_two_sum(1, -beta), a = {alpha, 0};
    double size = dz_abs(q->t), log_size = dz_abs(q->log_t);
    dd re = dd_add(q->t.re, dd_mul(c, q->log_t.re));
    dd_scaled e = dd_exp(re);
    double err = q->t_err + __builtin_fabs(c.h) * q->log_err
                 + 0x1p-101 * (size + __builtin_fabs(c.h) * log_size)
                 + ML_EXP_ERROR(re) + 0x1p-100;

    e.m = dd_div(e.m, a);
    if (q->log_t.im.h == 0) {
        q->rho.v = (dz){e.m, {0, 0}};
    } else {
        dd im = dd_add(q->t.im, dd_mul(c, q->log_t.im));

        q->rho.v = dz_mul_dd(dd_cis(im), e.m);
        err += 1.5 * ML_CIS_ERROR(im);
    }
    q->rho.exponent = e.k;
    q->rho.err = err < 0x1p-20 ? e.m.h * err * (1 + 0x1p-15) : __builtin_inf();
}

/* t = (root turn)^2 and w = root turn/sqrt(mu); errors relative to both are
 * about err = root_err + that of the turn.                      [mlfunc D24] */
LANE_INLINE double
ml_pole_root(ml_pole *q, dz *s, dd root, double root_err)
{
    if (q->log_t.im.h == 0) {
        *s = (dz){root, {0, 0}};
        q->t = (dz){dd_mul(root, root), {0, 0}};
        q->t_err = q->t.re.h * (2 * root_err + 0x1p-101);
        return root_err;
    }
    double err = root_err + 1.5 * ML_CIS_ERROR(q->log_t.im) + q->log_err / 2;

    *s = dz_mul_dd(q->turn, root);
    q->t = dz_mul(*s, *s);
    q->t_err = dz_abs(q->t) * (2 * err + 0x1p-99);
    return err + 0x1p-101;
}

/* 1/(1 + e^g).                                                  [mlfunc D25] */
LANE_INLINE void
ml_pole_factor(ml_pole *q)
{
    const dd one = {1, 0};
    dd re = q->g.re;

    q->factor = (dz){one, {0, 0}};
    q->factor_err = 0;
    if (q->beside)
        return;
    q->factor_err = 0x1p-110;
    if (re.h < -80)
        return;
    dd_scaled e = dd_exp(re);
    dd m = dd_ldexp(e.m, e.k);
    double err = m.h * (q->g_err + ML_EXP_ERROR(re));
    if (q->log_t.im.h == 0) {
        dd d = dd_add(one, m);

        q->factor.re = dd_div(one, d);
        q->factor_err = (err + 0x1p-102 * d.h) / (d.h * d.h) * (1 + 0x1p-20);
        return;
    }
    dz d = dz_mul_dd(dd_cis(q->g.im), m);
    err += m.h * (1.5 * ML_CIS_ERROR(q->g.im) + 0x1p-101);
    d.re = dd_add(one, d.re);
    dd square = dd_add(dd_mul(d.re, d.re), dd_mul(d.im, d.im));
    double size = __builtin_sqrt(square.h);
    err += 0x1p-100 * (1 + m.h);
    q->factor = (dz){dd_div(d.re, square), dd_neg(dd_div(d.im, square))};
    q->factor_err = err < size * 0x1p-10
                        ? err / square.h * 1.01 + 0x1p-99 / size
                        : __builtin_inf();
}

/* The term of pole q of the places p. */
LANE_INLINE void
ml_pole_term(const ml_places *p, ml_pole *q, bool alone)
{
    const ml_contour *c = p->contour;
    dd turns = {c->turns[0], c->turns[1]}, unit = {c->root[0], c->root[1]};
    dz s;
    double err = ml_pole_root(q, &s, p->root, p->root_err);

    ml_pole_rho(q, p->alpha, p->beta);
    q->term = q->rho;
    q->w = dz_mul_dd(s, unit);
    q->g.re = dd_mul(turns, dd_add_d(dd_neg(q->w.re), 1));
    q->g.im = dd_neg(dd_mul(turns, q->w.im));
    q->g_err = turns.h * (dz_abs(q->w) * (err + 0x1p-100) + 0x1p-100);
    if (!alone) {
        ml_pole_factor(q);
        q->term.err = q->rho.err * dz_abs(q->factor)
                      + dz_abs(q->rho.v) * (1 + 0x1p-20)
                            * (q->factor_err + 0x1p-100 * dz_abs(q->factor));
        if (q->log_t.im.h == 0)
            q->term.v.re = dd_mul(q->rho.v.re, q->factor.re);
        else
            q->term.v = dz_mul(q->rho.v, q->factor);
    }
    if (p->real) {
        q->term.v.re = dd_scale(q->term.v.re, q->count);
        q->term.v.im = (dd){0, 0};
        q->term.err *= q->count;
    }
}

/* a + b, at the larger exponent. */
LANE_INLINE ml_term
ml_term_add(ml_term a, ml_term b)
{
    if (a.exponent < b.exponent) {
        ml_term c = a;

        a = b;
        b = c;
    }
    long long k = b.exponent - a.exponent;
    dd re = dd_ldexp(b.v.re, k), im = dd_ldexp(b.v.im, k);

    a.v.re = dd_add(a.v.re, re);
    a.v.im = dd_add(a.v.im, im);
    /* what fell below the range, and four roundings */
    a.err += double_ldexp(b.err, k) + 0x1p-1000
             + 0x1p-102
                   * (__builtin_fabs(a.v.re.h) + __builtin_fabs(re.h)
                      + __builtin_fabs(a.v.im.h) + __builtin_fabs(im.h));
    return a;
}

/* ---------------------------------------------------------------------- sums */

LANE_INLINE ml_term
ml_poles_add(ml_places *p, bool alone)
{
    ml_term sum = {{{0, 0}, {0, 0}}, 0, 0};

    for (int i = 0; i < p->n; i++) {
        ml_pole_term(p, p->pole + i, alone);
        sum = i == 0 ? p->pole[0].term : ml_term_add(sum, p->pole[i].term);
    }
    return sum;
}

DD_CALL ml_term
ml_poles_sum(ml_places *p)
{
    return ml_poles_add(p, false);
}

DD_CALL ml_term
ml_poles_alone(ml_places *p)
{
    return ml_poles_add(p, true);
}

/* rho where |t_h| > 2^28: nothing, or everything, unless Re t_h is small against
 * |t_h|.                                                        [mlfunc D24] */
LANE_INLINE ml_term
ml_pole_far(const ml_pole *q)
{
    dz turn = dd_cis(q->log_t.im);
    ml_term none = {{{0, 0}, {0, 0}}, 0x1p-1000, 0};

    if (turn.re.h < -0x1p-8)
        return none;
    if (q->log_t.im.h == 0)
        return (ml_term){{{1, 0}, {0, 0}}, 0.5, 1 << 30};
    none.err = __builtin_inf();
    return none;
}

/* The pole at angle/alpha, and its conjugate for count 2. */
LANE_INLINE ml_term
ml_pole_at(const ml_places *p, dd angle, double angle_err, int count)
{
    ml_pole q = {.count = count, .log_t = {p->log_xt, {0, 0}}};
    dz s;
    ml_term term;

    q.log_t.im = dd_div(angle, (dd){p->alpha, 0});
    q.log_err = p->log_err + angle_err / p->alpha
                + 0x1p-101 * __builtin_fabs(q.log_t.im.h);
    if (p->log_xt.h > 19.4) {
        term = ml_pole_far(&q);
    } else {
        q.turn = dd_cis(dz_half(q.log_t).im);
        (void)ml_pole_root(&q, &s, p->root, p->root_err);
        ml_pole_rho(&q, p->alpha, p->beta);
        term = q.rho;
    }
    if (p->real) {
        term.v.re = dd_scale(term.v.re, count);
        term.v.im = (dd){0, 0};
        term.err *= count;
    }
    return term;
}

LANE_INLINE void
ml_poles_range_start(ml_places *p, double alpha, double beta, dd log_modulus,
                     double log_err)
{
    p->alpha = alpha;
    p->beta = beta;
    p->log_xt = dd_div(log_modulus, (dd){alpha, 0});
    p->log_err = log_err / alpha + 0x1p-101 * __builtin_fabs(p->log_xt.h);
    dd half = dd_scale(p->log_xt, 0.5);
    if (half.h > -300 && half.h < 300) {
        dd_scaled root = dd_exp(half);

        p->root = dd_ldexp(root.m, root.k);
        p->root_err = p->log_err / 2 + ML_EXP_ERROR(half);
    } else {
        p->root = (dd){1, 0};
        p->root_err = __builtin_inf();
    }
}

DD_CALL ml_term
ml_poles_range_real(double alpha, double beta, double z, int first, int last)
{
    ml_term sum = {{{0, 0}, {0, 0}}, 0, 0};
    ml_places p = {.real = true};
    dd l = dd_log_d(__builtin_fabs(z));

    if (last < 0 || first > last)
        return sum;
    ml_poles_range_start(&p, alpha, beta, l, ML_LOG_ERROR(l));
    for (int h = 0; h <= last; h++) {
        int m = 2 * h + (z < 0);
        ml_term term =
            ml_pole_at(&p, dd_mul_d(DD_PI, m), 0x1p-102 * m * 4, m ? 2 : 1);

        sum = h == 0 ? term : ml_term_add(sum, term);
    }
    return sum;
}

DD_CALL ml_term
ml_poles_range_complex(double alpha, double beta, const double z[2], int first,
                       int last)
{
    ml_term sum = {{{0, 0}, {0, 0}}, 0, 0};
    ml_places p = {.real = false};
    dd arg = dd_arg(z[0], z[1]);
    dd l = dd_log(dd_add(dd_two_prod(z[0], z[0]), dd_two_prod(z[1], z[1])));

    l = dd_scale(l, 0.5);
    ml_poles_range_start(&p, alpha, beta, l, ML_LOG_ERROR(l) + 0x1p-103);
    for (int h = first; h <= last; h++) {
        dd angle = dd_add(arg, dd_mul_d(DD_PI, 2 * h));
        double err =
            ML_ARG_ERROR + 0x1p-102 * __builtin_fabs(angle.h) + 0x1p-102;
        ml_term term = ml_pole_at(&p, angle, err, 1);

        sum = h == first ? term : ml_term_add(sum, term);
    }
    return sum;
}

#endif
