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

#include "mlfunc/double/jet.h"

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
        path->root = lane_exp((c->log_mu.h - x->log.h) * 0.5);
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

/* Adds one pair of poles where it is right of the line; x_t and its square root
 * over sqrt(mu) are given.                                      [mlfunc D52] */
LANE_CALL void
jet_add_pole(jet_block *x, const jet_common *c, const jet_group *p,
             const jet_angle *a, ldd log, ldd size_t_h, ldd size_w,
             lane_mask in)
{
    const ml_jet_rule *rule = ml_jet_rules + c->rule;
    const lane none = lane_set(0), one = lane_set(1.0);
    const ldd beta1 = ldd_of(c->one_minus_beta), theta = ldd_of(a->theta);
    const ldz lambda = {log, theta};
    ldz t = {ldd_mul(size_t_h, ldd_of(a->cos)),
             ldd_mul(size_t_h, ldd_of(a->sin))};
    ldd re = ldd_add(t.re, ldd_mul(beta1, log));
    ldd im = ldd_add(t.im, ldd_mul(beta1, theta));
    lane_mask wild = lane_abs(im.h) > 0x1p20;
    lane k, near = none, spin = none, eps, unit, exponent = re.h;
    ldz T, K = {ldd_add(t.re, beta1), t.im}, value[JET_VALUES];
    lane size[JET_VALUES], size_k = ldz_size(t) + lane_abs(beta1.h);

    re = ldd_select(re.h < 1386.0, re, ldd_set(1386, 0));
    re = ldd_select(re.h > -1386.0, re, ldd_set(-1386, 0));
    im = ldd_select(wild, ldd_set(0, 0), im);
    re = ldd_exp(&k, re);
    T = ldz_scale(ldd_cis(im), ldd_mul(re, ldd_of(c->inverse)));
    if (p->nodes > 0) {
        ldd turns = ldd_set(rule->turns, rule->turns_low);
        ldz w = {ldd_mul(size_w, ldd_of(a->cos_half)),
                 ldd_mul(size_w, ldd_of(a->sin_half))};
        ldz g = {ldd_mul(turns, ldd_sub((ldd){one, none}, w.re)),
                 ldd_neg(ldd_mul(turns, w.im))};
        ldz phi, psi;

        near = jet_factor(&phi, &psi, g);
        T = ml_times(T, phi);
        w = ldz_scale(ml_times(w, psi), ldd_scale(turns, lane_set(0.5)));
        K.re = ldd_add(K.re, w.re);
        K.im = ldd_add(K.im, w.im);
        size_k += ldz_size(w);
        spin = rule->turns * (1.0 + size_w.h) * (1.0 + near);
    }
    value[0] = T;
    value[1] = ml_times(T, K);
    value[2] = ml_times(value[1], lambda);
    value[2].re = ldd_neg(ldd_add(value[2].re, T.re));
    value[3] = ml_times(T, lambda);
    value[3].re = ldd_neg(value[3].re);
    /* moduli; the pair; d/dalpha and z d/dz lack 1/alpha */
    size[0] = ldz_size(T) * a->count;
    size[1] = size[0] * size_k * c->inverse.h;
    size[3] = size[0] * ldz_size(lambda);
    size[2] = size[0] * c->inverse.h + size[1] * ldz_size(lambda);
    eps = 0x1p-86 * (1.0 + c->inverse.h) * (1.0 + ldz_size(lambda))
          * ((1.0 + ldz_size(t) + lane_abs(beta1.h)) + spin);
    /* the phase unknown; nothing known, or the term vanishes all the same */
    unit = lane_select(wild, lane_set(4.0),
                       eps + lane_set(c->pairs ? 0 : 4 * JET_U));
    unit = lane_select(
        eps < 0x1p-10, unit,
        lane_select(exponent + 2.0 * eps < -1386.0, none, lane_set(INFINITY)));
    unit = lane_select(in, unit, none);
    for (int i = 0; i < JET_VALUES; i++) {
        ldd v = ldd_scale(value[i].re, lane_set(a->count));
        lane s;

        if (i == 1 || i == 2)
            v = ldd_mul(v, ldd_of(c->inverse));
        v.h = lane_scale(v.h, k);
        v.l = lane_scale(v.l, k);
        s = lane_scale(size[i], k) * 1.01;
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
    ldd log = x->log, size, w, r;
    lane k;

    log = ldd_select(log.h < 600.0, log, ldd_set(600, 0));
    log = ldd_select(log.h > -600.0, log, ldd_set(-600, 0));
    if (c->on_sheet == 0)
        return;
    r = ldd_exp(&k, log);
    size = ldd_scale(r, lane_pow2(k));
    w = ldd_sqrt(ldd_scale(size, lane_set(1.0)));
    w = ldd_mul(w, ldd_inverse(ldd_sqrt(ldd_set(c->mu, 0))));
    for (int m = 0; m < c->on_sheet; m++) {
        /* Re w > s */
        lane_mask in =
            lane_set(c->angle[m].cos_half.h) > path->line * path->root;
        bool any = false;

        for (int i = 0; i < LANES; i++)
            any = any || in[i];
        if (any)
            jet_add_pole(x, c, p, c->angle + m, log, size, w, in);
    }
}

#endif
