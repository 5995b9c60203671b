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
 *          p->pole[i].t, g and term are set.  n = 0: zero.
 * Error    err, of the modulus.                                 [mlfunc D25]
 */
DD_CALL ml_term ml_poles_sum(ml_places *p);

/*
 * ml_poles_alone - the sum of rho_h, without factors: E but for the integral
 * along the path, which ml_rest bounds.  pole[i].term is rho_h. [mlfunc D24]
 */
DD_CALL ml_term ml_poles_alone(ml_places *p);

/*
 * ml_poles_range_real, ml_poles_range_complex - the sum of rho_h over first <= h
 * <= last, for an asymptotic series: no contour.  For real z the range must hold
 * both of each conjugate pair, that is first = -last - (z < 0).
 *
 * Domain   2^-400 <= |z| <= 2^400, alpha > 0; err is infinite if |beta| > 1000.
 * Result   as ml_poles_sum; a positive sum too large for any exponent is 1 with
 *          exponent 2^30; err is infinite where t_h is known too badly.
 * Error    err.                                                 [mlfunc D24]
 */
DD_CALL ml_term ml_poles_range_real(double alpha, double beta, double z,
                                    int first, int last);
DD_CALL ml_term ml_poles_range_complex(double alpha, double beta,
                                       const double z[2], int first, int last);
/* ------------------------------------------------------------------ one pole */

LANE_ALWAYS double
dz_abs(dz a)
{
    return __builtin_sqrt(a.re.h * a.re.h + a.im.h * a.im.h) * (1 + 0x1p-40);
}

/* t + (1 - beta) log t, and its error as far as this sum makes it.
 *                                                               [mlfunc D24] */
LANE_ALWAYS dz
ml_pole_exponent(const ml_pole *q, double beta, double *err)
{
    dd c = dd_two_sum(1, -beta);
    double power = __builtin_fabs(c.h);
    dz z = {dd_add(q->t.re, dd_mul(c, q->log_t.re)), {0, 0}};

    *err = q->t_err + power * q->log_err + 0x1p-98
           + 0x1p-101
                 * (__builtin_fabs(q->t.re.h)
                    + power * __builtin_fabs(q->log_t.re.h));
    if (q->log_t.im.h != 0) {
        z.im = dd_add(q->t.im, dd_mul(c, q->log_t.im));
        *err += 0x1p-101
                * (__builtin_fabs(q->t.im.h)
                   + power * __builtin_fabs(q->log_t.im.h));
    }
    return z;
}

/* e^z = alpha rho from the exponential and the turn of z, which is off by err. */
LANE_ALWAYS ml_term
ml_pole_rho(dz z, double err, dd_scaled e, dz turn)
{
    ml_term r = {{e.m, {0, 0}}, 0, e.k};

    err += ML_EXP_ERROR(z.re);
    if (z.im.h != 0) {
        r.v = dz_mul_dd(turn, e.m);
        err += 1.5 * ML_CIS_ERROR(z.im);
    }
    r.err = err < 0x1p-20 ? e.m.h * err * (1 + 0x1p-15) : __builtin_inf();
    return r;
}

/* t = (root turn)^2 and *s = root turn; the relative error of that is returned.
 *                                                               [mlfunc D24] */
LANE_ALWAYS double
ml_pole_root(ml_pole *q, dz *s, dd root, double root_err)
{
    double size = root.h * root.h * (1 + 0x1p-40), err = root_err;

    if (q->log_t.im.h == 0) {
        *s = (dz){root, {0, 0}};
        q->t = (dz){dd_mul(root, root), {0, 0}};
    } else {
        err += 1.5 * ML_CIS_ERROR(q->log_t.im) + q->log_err / 2 + 0x1p-101;
        *s = dz_mul_dd(q->turn, root);
        q->t = dz_square(*s);
    }
    q->t_err = size * (2 * err + 0x1p-100);
    return err;
}

#define ML_POLE_LOW (-80.0) /* e^g below e^-80 < 2^-115 is nothing */

/* 1 + e^g from the exponential and the turn of g, 1 beside the ends; the error is
 * *err, |e^g| + 1 at most *size.                                [mlfunc D25] */
LANE_ALWAYS dz
ml_pole_divisor(const ml_pole *q, dd_scaled e, dz turn, double *size,
                double *err)
{
    dz d = {{1, 0}, {0, 0}};

    *size = 1;
    *err = q->beside ? 0 : 0x1p-114;
    if (q->beside || q->g.re.h < ML_POLE_LOW)
        return d;
    dd m = dd_by_power(e.m, e.k);

    *size += m.h;
    *err = m.h * (q->g_err + ML_EXP_ERROR(q->g.re)) + 0x1p-103 * *size;
    if (q->g.im.h == 0) {
        d.re = dd_add(d.re, m);
    } else {
        dz v = dz_mul_dd(turn, m);

        d.re = dd_add(d.re, v.re);
        d.im = v.im;
        *err += m.h * (1.5 * ML_CIS_ERROR(q->g.im) + 0x1p-101);
    }
    return d;
}

/* Re g where it counts: e^g neither over- nor underflows. */
LANE_ALWAYS dd
ml_pole_level(const ml_pole *q)
{
    return q->g.re.h < ML_POLE_LOW ? (dd){ML_POLE_LOW, 0} : q->g.re;
}

/* a/d for complex numbers, |a| at most a_size; its real part if real. */
LANE_ALWAYS ml_term
ml_pole_quotient(ml_term a, double a_size, dz d, double d_err, bool real)
{
    if (d.im.h == 0 && a.v.im.h == 0) {
        a.v.re = dd_div(a.v.re, d.re);
        a.err = (a.err + a_size * (d_err / d.re.h + 0x1p-101)) / d.re.h
                * (1 + 0x1p-15);
        return a;
    }
    dd square = dd_add(dd_mul(d.re, d.re), dd_mul(d.im, d.im));
    dd re = dd_add(dd_mul(a.v.re, d.re), dd_mul(a.v.im, d.im));
    double low = __builtin_sqrt(square.h) * (1 - 0x1p-40);

    if (!real)
        a.v.im =
            dd_div(dd_sub(dd_mul(a.v.im, d.re), dd_mul(a.v.re, d.im)), square);
    else
        a.v.im = (dd){0, 0};
    a.v.re = dd_div(re, square);
    a.err = d_err < low * 0x1p-10 ? (a.err + a_size * (d_err / low + 0x1p-99))
                                        / low * (1 + 0x1p-8)
                                  : __builtin_inf();
    return a;
}

/* g = turns - (turns/sqrt(mu)) s; turns and its product with 1/sqrt(mu) depend on
 * the contour alone.                                            [mlfunc D25] */
LANE_ALWAYS void
ml_pole_g(const ml_contour *c, ml_pole *q, dz s, double size, double err)
{
    dd turns = {c->turns[0], c->turns[1]}, unit = {c->root[0], c->root[1]};
    dd rate = dd_mul(turns, unit);

    q->g.re = dd_sub(turns, dd_mul(rate, s.re));
    q->g.im = dd_neg(dd_mul(rate, s.im));
    q->g_err = turns.h * (1 + 0x1p-40)
               * (size * c->root[0] * (err + 0x1p-101) + 0x1p-102);
}

/* The term of pole q of the places p, once; its real part for real z.
 *                                                               [mlfunc D25] */
LANE_INLINE void
ml_pole_term(const ml_places *p, ml_pole *q, bool alone)
{
    double d_size = 1, d_err = 0, err;
    dd_scaled e[2];
    dz s, turn[2] = {{{0, 0}, {0, 0}}}, d = {{1, 0}, {0, 0}};

    err = ml_pole_root(q, &s, p->root, p->root_err);
    ml_pole_g(p->contour, q, s, p->root.h, err);
    dz z = ml_pole_exponent(q, p->beta, &err);
    dd_exp_two(e, z.re, ml_pole_level(q));
    if (q->log_t.im.h != 0)
        dd_cis_two(turn, z.im, q->g.im);
    if (!alone)
        d = ml_pole_divisor(q, e[1], turn[1], &d_size, &d_err);
    q->term = ml_pole_rho(z, err, e[0], turn[0]);
    /* one division by alpha (1 + e^g) */
    d = (dz){dd_mul_d(d.re, p->alpha), dd_mul_d(d.im, p->alpha)};
    d_err = (d_err + 0x1p-103 * d_size) * p->alpha;
    q->term =
        ml_pole_quotient(q->term, e[0].m.h * (1 + 0x1p-15), d, d_err, p->real);
}

/* count times the real part for real z. */
LANE_INLINE ml_term
ml_pole_counted(const ml_pole *q, bool real)
{
    ml_term r = q->term;

    if (real) {
        r.v.re = dd_scale(r.v.re, q->count);
        r.v.im = (dd){0, 0};
        r.err *= q->count;
    }
    return r;
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
        ml_term term = ml_pole_counted(p->pole + i, p->real);

        sum = i == 0 ? term : ml_term_add(sum, term);
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
ml_pole_far(const ml_pole *q, double beta)
{
    dz turn = dd_cis(q->log_t.im);
    ml_term none = {{{0, 0}, {0, 0}}, __builtin_inf(), 0};

    if (!(__builtin_fabs(beta) <= 1000))
        return none;
    if (q->log_t.im.h == 0)
        return (ml_term){{{1, 0}, {0, 0}}, 0.5, 1 << 30};
    if (turn.re.h < -0x1p-8)
        return (ml_term){{{0, 0}, {0, 0}}, 0.5, -(1 << 20)};
    if (turn.re.h < -0x1p-14 && __builtin_fabs(beta) <= 20)
        return (ml_term){{{0, 0}, {0, 0}}, 0.5, -(1 << 14)};
    return none;
}

/* The pole at angle/alpha, and its conjugate for count 2. */
LANE_INLINE ml_term
ml_pole_at(const ml_places *p, dd angle, double angle_err, int count)
{
    ml_pole q = {.count = count, .log_t = {p->log_xt, {0, 0}}};

    q.log_t.im = dd_mul(angle, p->inverse);
    q.log_err = p->log_err + angle_err / p->alpha
                + 0x1p-100 * __builtin_fabs(q.log_t.im.h);
    if (p->log_xt.h > 19.4) {
        q.term = ml_pole_far(&q, p->beta);
    } else {
        double err;
        dz s;

        q.turn = dd_cis(dz_half(q.log_t).im);
        (void)ml_pole_root(&q, &s, p->root, p->root_err);
        dz z = ml_pole_exponent(&q, p->beta, &err);
        dd_scaled e = dd_exp(z.re);
        q.term = ml_pole_rho(z, err, e, dd_cis(z.im));
        q.term.v = dz_mul_dd(q.term.v, p->inverse);
        q.term.err = (q.term.err + e.m.h * 0x1p-100) / p->alpha * (1 + 0x1p-15);
    }
    return ml_pole_counted(&q, p->real);
}

LANE_INLINE void
ml_poles_range_start(ml_places *p, double alpha, double beta, dd log_modulus,
                     double log_err)
{
    p->alpha = alpha;
    p->beta = beta;
    p->inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    p->log_xt = dd_mul(log_modulus, p->inverse);
    p->log_err = log_err / alpha + 0x1p-100 * __builtin_fabs(p->log_xt.h);
    dd half = dd_scale(p->log_xt, 0.5);
    bool fits = half.h > -300 && half.h < 300 && __builtin_fabs(beta) <= 1000;
    dd_scaled root = dd_exp(fits ? half : (dd){0, 0});

    p->root = dd_by_power(root.m, root.k);
    p->root_err = fits ? p->log_err / 2 + ML_EXP_ERROR(half) : __builtin_inf();
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
        double err = ML_ARG_ERROR + 0x1p-101 * __builtin_fabs(angle.h);
        ml_term term = ml_pole_at(&p, angle, err, 1);

        sum = h == first ? term : ml_term_add(sum, term);
    }
    return sum;
}

#endif
