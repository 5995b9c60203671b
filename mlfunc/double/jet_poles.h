/* mlfunc/double/jet_poles.h - where the poles are, and what they add.
 *
 * For the files lanes_*.c.  With lambda = log t_h, w = sqrt(t_h/mu),
 * g = -turns (w - 1), phi = 1/(1 + e^g), T = rho_h phi,
 *
 *     dT/dlambda = T K,   K = t_h + 1 - beta + (turns/2) w (1 - phi),
 *     z dT/dz = T K/alpha,   dT/dalpha = -(T + lambda T K)/alpha,
 *     dT/dbeta = -lambda T,
 *
 * because lambda = (log z)/alpha and d phi/dg = -phi (1 - phi).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_POLES_H
#define MLFUNC_DOUBLE_JET_POLES_H

#include "mlfunc/double/jet_nodes.h"

/* What is left of the path: bounds of the integrals, and the line chosen. */
typedef struct {
    lane line;   /* s: poles with Re w > s count */
    lane root;   /* sqrt(mu/x_t) */
    lane kappa;  /* of the line */
    lane chosen; /* its number, 0 or 1 */
} jet_path;

/* kappa of the line Re w = s.                                   [mlfunc D54] */
LANE_INLINE lane
jet_line_kappa(const jet_common *c, lane root, double s)
{
    lane d = lane_set(1.0);

    for (int m = 0; m < c->near_by; m++) {
        lane a = s * root, b = lane_set(c->angle[m].place);
        lane q = lane_abs(a - b);

        q = lane_max(q - 0x1p-30 * (a + lane_abs(b)), lane_set(0));
        q = 4.0 * q / (2.0 + q);
        q = lane_max(q, lane_set(c->angle[m].beyond));
        d = lane_min(d, q * (c->alpha * 0.999));
    }
    return 2.0 / d;
}

/* Chooses the line with the smaller bound. */
LANE_INLINE void
jet_choose(jet_path *path, const jet_block *x, const jet_common *c,
           const jet_group *p, lane inverse_z)
{
    lane bound[2], kappa[2];

    if (p->open) {
        path->root = lane_set(0);
        kappa[0] = kappa[1] = lane_set(p->kappa);
    } else {
        path->root = c->on_sheet > 0 ? 1.0 / x->root.h
                                     : lane_exp((c->log_mu.h - x->log.h) * 0.5);
        for (int i = 0; i < 2; i++)
            kappa[i] = jet_line_kappa(c, path->root, p->line[i]);
    }
    for (int i = 0; i < 2; i++) {
        lane a = inverse_z * p->left[i].at[0][0];
        lane b = lane_set(p->left[i].at[1][0]);

        bound[i] = lane_min(a, b) * kappa[i];
    }

    lane_mask second = bound[1] < bound[0];

    path->chosen = lane_select(second, lane_set(1.0), lane_set(0));
    path->line =
        lane_select(second, lane_set(p->line[1]), lane_set(p->line[0]));
    path->kappa = lane_select(second, kappa[1], kappa[0]);
}

/* Adds the bounds of what nodes and poles lack; scale: |z|^-N.  [mlfunc D53] */
LANE_INLINE void
jet_add_truncation(jet_block *x, const jet_path *path, const jet_group *p,
                   lane inverse_z, lane scale)
{
    lane n = lane_set(p->terms), m[2][2],
         k[2] = {path->kappa, lane_set(p->kappa)};
    lane_mask second = path->chosen > 0.5;

    for (int log = 0; log < 2; log++) {
        lane a = lane_select(second, lane_set(p->left[1].at[0][log]),
                             lane_set(p->left[0].at[0][log]));
        lane b = lane_select(second, lane_set(p->left[1].at[1][log]),
                             lane_set(p->left[0].at[1][log]));

        m[0][log] = lane_min(a * inverse_z, b);
        m[1][log] = lane_min(p->others.at[0][log] * inverse_z,
                             lane_set(p->others.at[1][log]));
    }
    for (int i = 0; i < 2; i++) {
        lane e0 = scale * m[i][0] * k[i] * 1.001;
        lane e1 = scale * m[i][1] * k[i] * 1.001;

        x->error[0] += e0;
        x->error[1] += e0 * (n + k[i]);
        x->error[2] += e1 * (n + k[i]);
        x->error[3] += e1;
    }
}

/* phi = 1/(1 + e^g), psi = 1 - phi, and at least 1/|1 + e^g| of the smaller. */
LANE_INLINE lane
jet_factor(ldz *phi, ldz *psi, ldz g)
{
    const lane none = lane_set(0), one = lane_set(1.0);
    lane_mask right = g.re.h > 0;
    lane turn = lane_select(right, -one, one), k;
    ldz e, i;
    ldd r;

    r = ldd_scale(g.re, turn);
    r = ldd_select(r.h > -690.0, r, ldd_set(-690, 0));
    r = ldd_exp(&k, r);
    e = ldz_scale(ldd_cis(ldd_scale(g.im, turn)), ldd_scale(r, lane_pow2(k)));
    i = e;
    i.re = ldd_add(i.re, (ldd){one, none});
    r = ldd_inverse(ldd_renorm(ml_two_products(i.re, i.re, i.im, i.im)));
    i.im = ldd_neg(i.im);
    i = ldz_scale(i, r);
    e = ml_times(e, i);
    phi->re = ldd_select(right, e.re, i.re);
    phi->im = ldd_select(right, e.im, i.im);
    psi->re = ldd_select(right, i.re, e.re);
    psi->im = ldd_select(right, i.im, e.im);
    return ldz_size(i);
}

/* One pair of poles: value[i] 2^k is off by at most eps size[i] 2^k. */
typedef struct {
    ldd value[JET_VALUES];
    lane size[JET_VALUES];
    lane k, eps;
    lane exponent;  /* of e, in rho_h */
    lane_mask wild; /* the phase is unknown */
} jet_pole;

/* t_h, the exponent of rho_h as far as exp and cis reach, w_h. */
typedef struct {
    ldz t, exponent, w;
    lane size_t_h, size_w;
} jet_place;

LANE_INLINE jet_place
jet_pole_place(jet_pole *p, const jet_common *c, const jet_angle *a, ldd log,
               ldd size_t_h, ldd size_w)
{
    const ldd beta1 = ldd_of(c->one_minus_beta), theta = ldd_of(a->theta);
    jet_place at = {
        .t = {ldd_mul(size_t_h, ldd_of(a->cos)),
              ldd_mul(size_t_h, ldd_of(a->sin))},
        .w = {ldd_mul(size_w, ldd_of(a->cos_half)),
              ldd_mul(size_w, ldd_of(a->sin_half))},
        .size_t_h = lane_abs(size_t_h.h),
        .size_w = size_w.h,
    };
    ldd re = ldd_add(at.t.re, ldd_mul(beta1, log));
    ldd im = ldd_add(at.t.im, ldd_mul(beta1, theta));

    p->exponent = re.h;
    p->wild = lane_abs(im.h) > 0x1p20;
    re = ldd_select(re.h < 1386.0, re, ldd_set(1386, 0));
    re = ldd_select(re.h > -1386.0, re, ldd_set(-1386, 0));
    at.exponent = (ldz){re, ldd_select(p->wild, ldd_set(0, 0), im)};
    return at;
}

/* The moduli: of T, of K and of lambda are given. */
LANE_INLINE void
jet_pole_sizes(jet_pole *p, const jet_common *c, const jet_angle *a, lane T,
               lane K, lane lambda)
{
    /* the pair; d/dalpha and z d/dz lack 1/alpha; lambda may be near 0 */
    p->size[0] = T * a->count;
    p->size[1] = p->size[0] * K * c->inverse.h;
    p->size[3] = p->size[0] * (lambda + 0x1p-4);
    p->size[2] = p->size[0] * c->inverse.h + p->size[1] * lambda;
}

/* From the errors of log, of functions of pairs, of other operations.
 *                                                               [mlfunc D52] */
LANE_INLINE void
jet_pole_error(jet_pole *p, const jet_common *c, lane off, double pairs,
               double unit, lane size_t_h, lane spin, lane near)
{
    p->eps = 1.5 * (off + pairs)
                 * (size_t_h + __builtin_fabs(c->one_minus_beta.h) + spin)
             + (96.0 + 32.0 * near) * unit;
}

/* The pair in double-double. */
LANE_CALL void
jet_pole_pairs(jet_pole *p, const jet_common *c, const jet_angle *a,
               const ml_jet_rule *rule, ldd log, lane off, ldd size_t_h,
               ldd size_w)
{
    const ldd beta1 = ldd_of(c->one_minus_beta), one = ldd_set(1, 0);
    const ldz lambda = {log, ldd_of(a->theta)};
    jet_place at = jet_pole_place(p, c, a, log, size_t_h, size_w);
    lane spin = lane_set(0), near = spin;
    lane size_k = ldz_size(at.t) + lane_abs(beta1.h);
    ldz T, K = {ldd_add(at.t.re, beta1), at.t.im}, v;
    ldd re = ldd_exp(&p->k, at.exponent.re);

    T = ldz_scale(ldd_cis(at.exponent.im), ldd_mul(re, ldd_of(c->inverse)));
    if (rule) {
        ldd turns = ldd_set(rule->turns, rule->turns_low);
        ldz g = {ldd_mul(turns, ldd_sub(one, at.w.re)),
                 ldd_neg(ldd_mul(turns, at.w.im))};
        ldz phi, psi, w;

        near = jet_factor(&phi, &psi, g);

        T = ml_times(T, phi);
        w = ldz_scale(ml_times(at.w, psi), ldd_scale(turns, lane_set(0.5)));
        K.re = ldd_add(K.re, w.re);
        K.im = ldd_add(K.im, w.im);
        size_k += ldz_size(w);
        spin = (2 * rule->turns) * (1.0 + at.size_w) * (1.0 + near);
    }
    jet_pole_sizes(p, c, a, ldz_size(T), size_k, ldz_size(lambda));
    jet_pole_error(p, c, off, 0x1p-98, 0x1p-102, at.size_t_h, spin, near);
    p->value[0] = T.re;
    p->value[3] =
        ldd_neg(ml_two_products(T.re, lambda.re, ldd_neg(T.im), lambda.im));
    T = ldz_scale(T, ldd_of(c->inverse));
    v = ml_times(T, K);
    p->value[1] = v.re;
    p->value[2] = ldd_neg(ldd_add(
        ldd_renorm(ml_two_products(v.re, lambda.re, ldd_neg(v.im), lambda.im)),
        T.re));
}

LANE_INLINE lz
lz_mul(lz a, lz b)
{
    return (lz){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

LANE_INLINE lz
lz_scale(lz a, lane c)
{
    return (lz){a.re * c, a.im * c};
}

LANE_INLINE lane
lz_size(lz a)
{
    return lane_abs(a.re) + lane_abs(a.im);
}

/* jet_factor in double. */
LANE_INLINE lane
jet_factor_double(lz *phi, lz *psi, ldz g)
{
    lane_mask right = g.re.h > 0;
    lane turn = lane_select(right, lane_set(-1.0), lane_set(1.0)), k, r;
    ldd re = ldd_scale(g.re, turn);
    lz e, i;

    re = ldd_select(re.h > -690.0, re, ldd_set(-690, 0));
    r = ldd_exp_double(&k, re);
    e = lz_scale(ldd_cis_double(ldd_scale(g.im, turn)), r * lane_pow2(k));
    i = (lz){1.0 + e.re, -e.im};
    i = lz_scale(i, 1.0 / (i.re * i.re + i.im * i.im));
    e = lz_mul(e, i);
    *phi = (lz){lane_select(right, e.re, i.re), lane_select(right, e.im, i.im)};
    *psi = (lz){lane_select(right, i.re, e.re), lane_select(right, i.im, e.im)};
    return lz_size(i);
}

/* The pair in double.                                           [mlfunc D52] */
LANE_CALL void
jet_pole_double(jet_pole *p, const jet_common *c, const jet_angle *a,
                const ml_jet_rule *rule, ldd log, lane off, ldd size_t_h,
                ldd size_w)
{
    const lane none = lane_set(0), inverse = lane_set(c->inverse.h);
    const lane beta1 = lane_set(c->one_minus_beta.h);
    const lz lambda = {log.h, lane_set(a->theta.h)};
    jet_place at = jet_pole_place(p, c, a, log, size_t_h, size_w);
    lane size_k = at.size_t_h + lane_abs(beta1), spin = none, near = none;
    lz T, K = {at.t.re.h + beta1, at.t.im.h}, v;

    T.re = ldd_exp_double(&p->k, at.exponent.re) * inverse;
    T = lz_scale(ldd_cis_double(at.exponent.im), T.re);
    if (rule) {
        ldd turns = ldd_set(rule->turns, rule->turns_low);
        ldz g = {ldd_mul(turns, ldd_sub(ldd_set(1, 0), at.w.re)),
                 ldd_neg(ldd_mul(turns, at.w.im))};
        lz phi, psi, w = {at.w.re.h, at.w.im.h};

        near = jet_factor_double(&phi, &psi, g);
        T = lz_mul(T, phi);
        w = lz_scale(lz_mul(w, psi), turns.h * 0.5);
        K.re += w.re;
        K.im += w.im;
        size_k += lz_size(w);
        spin = (2 * rule->turns) * (1.0 + at.size_w) * (1.0 + near);
    }
    jet_pole_sizes(p, c, a, lz_size(T), size_k, lz_size(lambda));
    jet_pole_error(p, c, off, 0x1p-54, JET_U, at.size_t_h, spin, near);
    v = lz_mul(T, lambda);
    p->value[0] = (ldd){T.re, none};
    p->value[3] = (ldd){-v.re, none};
    T = lz_scale(T, inverse);
    v = lz_mul(T, K);
    p->value[1] = (ldd){v.re, none};
    v = lz_mul(v, lambda);
    p->value[2] = (ldd){-(v.re + T.re), none};
}

/* Adds one pair of poles where it is right of the line. */
LANE_INLINE void
jet_put_pole(jet_block *x, const jet_pole *p, double count, lane_mask in)
{
    const lane none = lane_set(0);
    /* the phase unknown; nothing known, or the term vanishes all the same */
    lane unit = lane_select(p->wild, lane_set(4.0), p->eps);

    unit = lane_select(p->eps < 0x1p-10, unit,
                       lane_select(p->exponent + 2.0 * p->eps < -1386.0, none,
                                   lane_set(INFINITY)));
    unit = lane_select(in, unit, none);
    for (int i = 0; i < JET_VALUES; i++) {
        ldd v = ldd_scale(p->value[i], lane_set(count));
        lane s = lane_scale(p->size[i], p->k) * 1.01;

        v.h = lane_scale(v.h, p->k);
        v.l = lane_scale(v.l, p->k);
        v = ldd_select(in, v, ldd_set(0, 0));
        /* not 0 times infinity */
        s = lane_select(in, s + 0x1p-1070, none);
        x->value[i] = jet_finite(ldd_add(x->value[i], v), v.h);
        x->size[i] += s;
        x->error[i] += unit * s;
    }
}

/* Adds all poles right of the line. */
LANE_INLINE void
jet_add_poles(jet_block *x, const jet_common *c, const jet_group *p,
              const jet_path *path)
{
    const ml_jet_rule *rule = p->nodes > 0 ? ml_jet_rules + c->rule : NULL;
    lane edge = path->line * path->root;

    for (int m = 0; m < c->on_sheet; m++) {
        const jet_angle *a = c->angle + m;
        /* Re w > s */
        lane_mask in = lane_set(a->cos_half.h) > edge;
        bool any = false;
        jet_pole pole;

        for (int i = 0; i < LANES; i++)
            any = any || in[i];
        if (!any)
            continue;
        if (c->pairs)
            jet_pole_pairs(&pole, c, a, rule, x->log, x->off, x->place,
                           x->root);
        else
            jet_pole_double(&pole, c, a, rule, x->log, x->off, x->place,
                            x->root);
        jet_put_pole(x, &pole, a->count, in);
    }
}

#endif
