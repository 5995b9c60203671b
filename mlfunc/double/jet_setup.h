/* mlfunc/double/jet_setup.h - what the points of a call and of a group share.
 *
 * For the files lanes_*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_SETUP_H
#define MLFUNC_DOUBLE_JET_SETUP_H

#include "mlfunc/double/batch.h"
#include "mlfunc/double/jet.h"

/* ------------------------------------------------------------ reciprocal gammas */

/* sum of c[k] x^k, k < ML_RGAMMA_POWERS. */
LANE_INLINE lane
jet_polynomial(const double *c, lane x)
{
    const int last = ML_RGAMMA_POWERS - 1;
    lane v = x * x, a = lane_set(c[last - 1]), b = lane_set(c[last]);

    for (int k = last - 3; k >= 0; k -= 2) {
        a = a * v + c[k];
        b = b * v + c[k + 1];
    }
    return a + b * x;
}

/* rgamma_octet_jet in doubles.                                  [mlfunc D59] */
LANE_CALL double
jet_octet_double(octet *g, octet *d, double *error, double alpha, double beta,
                 double first)
{
    double most = rgamma_most(alpha, beta, first, 8);
    double eps = (5 * most + 16) * JET_U;

    if (!(most <= RGAMMA_MOST + 1))
        return rgamma_none(g, d, error);
    memset(g->l, 0, sizeof g->l);
    memset(d->l, 0, sizeof d->l);
    for (int i = 0; i < 8; i += LANES) {
        rgamma_arg y =
            rgamma_split(alpha, beta, lane_set(first) + rgamma_steps(i));
        const lane count = lane_abs(y.n - 1.0), x = y.x.h, none = lane_set(0);
        const lane_mask right = y.n > 0.5;
        lane p = lane_set(1), slope = none, size = none, r, s, inverse, rest;

        for (int j = 0; j < (int)most; j++) {
            lane f = lane_select(right, lane_set(j + 1), lane_set(-j)) + x;
            lane_mask used = count > j + 0.5;

            slope = lane_select(used, slope * f + p, slope);
            size = lane_select(used, size * lane_abs(f) + lane_abs(p), size);
            p = lane_select(used, p * f, p);
        }
        r = jet_polynomial(ml_rgamma_powers[0], x);
        s = jet_polynomial(ml_rgamma_slope[0], x);
        inverse = 1.0 / p;
        rest = 3.0 * lane_abs(r) * size;
        s = lane_select(right, s - r * inverse * slope, s);
        lane_store(g->h + i, lane_select(right, r * inverse, r * p));
        lane_store(d->h + i,
                   lane_select(right, s * inverse, s * p + r * slope));
        inverse = lane_abs(inverse);
        rest = lane_select(right, (rest * inverse + 2.0) * inverse,
                           rest + 2.0 * lane_abs(p));
        lane_storeu(error + i, 1.001 * eps * rest);
    }
    return eps;
}

/* Eight from alpha k on, k = first, first + 1, ...; returns the relative error,
 * infinite (and all numbers 0) where there are none. */
LANE_CALL double
jet_octet(octet *g, octet *d, double *error, const jet_common *c, double alpha,
          double first)
{
    return (c->pairs ? rgamma_octet_jet : jet_octet_double)(g, d, error, alpha,
                                                            c->beta, first);
}

/* What multiplies the powers, from the eight g and d, k = first + at on: g, k g, k d,
 * d. */
LANE_CALL void
jet_coefficients(jet_sum *s, const octet *g, const octet *d, int at, int first,
                 int n, int skip, bool pairs)
{
    for (int i = 0; i < n; i++) {
        dd all[2] = {{g->h[i + skip], g->l[i + skip]},
                     {d->h[i + skip], d->l[i + skip]}};

        for (int v = 0; v < 2; v++) {
            const double k = first + at + i;
            dd p = {all[v].h * k, 0};

            if (pairs)
                p = dd_mul_d(all[v], k);
            s->high[3 * v][at + i] = all[v].h;
            s->low[3 * v][at + i] = all[v].l;
            s->high[1 + v][at + i] = p.h;
            s->low[1 + v][at + i] = p.l;
        }
    }
    s->n = at + n;
}

/* The first n of 1/Gamma(beta - alpha k), k >= 1; an infinite error where one is
 * missing. */
LANE_CALL void
jet_falling(jet_common *c, int n)
{
    const int step = jet_falling_step(c->alpha), each = 8 / step;

    for (int i = c->falling.n; i < n; i += each) {
        double error[8];
        octet g, d;
        /* alpha/step is exact */
        double e =
            jet_octet(&g, &d, error, c, -c->alpha / step, (i + 1) * step);

        for (int j = 0; j < each; j++) {
            g.h[j] = g.h[j * step];
            g.l[j] = g.l[j * step];
            d.h[j] = d.h[j * step];
            d.l[j] = d.l[j * step];
            c->falling.error[i + j] = error[j * step];
        }
        jet_coefficients(&c->falling, &g, &d, i, 1, each, 0, c->pairs);
        if (!(e <= c->falling.relative))
            c->falling.relative = e;
    }
}

/* The first n of 1/Gamma(beta + alpha k), k >= 0, n <= 32, as far as there are
 * any. */
LANE_CALL void
jet_rising(jet_common *c, int n)
{
    double room = __builtin_floor((RGAMMA_MOST - 1 - c->beta) / c->alpha);
    jet_sum *s = &c->rising;

    for (int i = s->n; i < n && i <= room; i = s->n) {
        /* the last eight begin earlier, perhaps before k = 0 */
        int skip = i + 7 <= room ? 0 : i + 7 - (int)room;
        octet g, d;
        double error[8], e = jet_octet(&g, &d, error, c, c->alpha, i - skip);

        if (!(e < 1))
            break;
        jet_coefficients(s, &g, &d, i, 0, 8 - skip, skip, c->pairs);
        memcpy(s->error + i, error + skip, (size_t)(8 - skip) * sizeof *error);
        if (!(e <= s->relative))
            s->relative = e;
    }
    /* d/dz x^k = k x^(k-1) */
    for (int i = 0; i < s->n; i++) {
        s->high[1][i] = i + 1 < s->n ? s->high[1][i + 1] : 0;
        s->low[1][i] = i + 1 < s->n ? s->low[1][i + 1] : 0;
    }
}

/* ----------------------------------------------------------------- the angles */

/* theta_m, and how far it is beyond pi. */
LANE_INLINE void
jet_turn(jet_angle *a, const jet_common *c, double odd)
{
    const dd pi = DD_JET_PI;

    a->theta = dd_mul(dd_mul_d(pi, odd), c->inverse);
    a->beyond = a->theta.h - 0x1.921fb54442d19p+1;
    a->beyond -= 0x1p-45 * a->theta.h;
}

/* theta_m and its functions for the given sign of z. */
LANE_CALL void
jet_angles(jet_common *c, int sign)
{
    int m = 0;

    if (c->sign == sign)
        return;
    c->sign = sign;
    c->on_sheet = c->near_by = 0;
    if (sign > 0 && c->alpha <= 1.6) {
        /* the next one is at 2 pi/alpha > pi + 1/alpha */
        c->angle[0] = (jet_angle){
            .cos_half = {1, 0}, .cos = {1, 0}, .place = 1, .count = 1};
        jet_turn(c->angle, c, 0);
        jet_turn(c->angle + 1, c, 2);
        c->on_sheet = c->near_by = 1;
        return;
    }
    for (; m < JET_POLES; m += LANES) {
        double odd[LANES], half[2][LANES], part[4][LANES];
        ldz w;

        for (int i = 0; i < LANES; i++) {
            odd[i] = 2 * (m + i) + (sign < 0);
            jet_turn(c->angle + m + i, c, odd[i]);
            half[0][i] = c->angle[m + i].theta.h / 2;
            half[1][i] = c->angle[m + i].theta.l / 2;
        }
        w = ldd_cis((ldd){lane_loadu(half[0]), lane_loadu(half[1])});
        lane_storeu(part[0], w.re.h);
        lane_storeu(part[1], w.re.l);
        lane_storeu(part[2], w.im.h);
        lane_storeu(part[3], w.im.l);
        for (int i = 0; i < LANES; i++) {
            jet_angle *a = c->angle + m + i;
            dd co = {part[0][i], part[1][i]}, si = {part[2][i], part[3][i]};

            a->cos_half = co;
            a->sin_half = si;
            a->cos = dd_sub(dd_mul(co, co), dd_mul(si, si));
            a->sin = dd_scale(dd_mul(co, si), 2);
            a->count = odd[i] == 0 ? 1 : 2;
            /* pi <= theta <= 2 pi: not positive, for certain */
            a->place = co.h > 0 && odd[i] >= c->alpha && odd[i] <= 2 * c->alpha
                           ? 0
                           : co.h;
            /* on the sheet: odd < alpha exactly */
            if (odd[i] < c->alpha)
                c->on_sheet = m + i + 1;
            /* alpha (theta - pi) >= 1 needs no further look */
            if ((odd[i] - c->alpha) * 3 < 1)
                c->near_by = m + i + 1;
        }
        if ((odd[LANES - 1] - c->alpha) * 3 >= 1)
            break;
    }
}

/* ------------------------------------------------------------- the integrals */

/* The exponents of |t| under the integrals: c, c +- 1/pi with c = g, g - alpha. */
LANE_INLINE void
jet_exponents(double out[8], double g, double alpha)
{
    for (int i = 0; i < 8; i++) {
        double shift = i % 4 == 1   ? 0x1.45f306dc9c882p-2
                       : i % 4 == 2 ? -0x1.45f306dc9c882p-2
                                    : 0;
        out[i] = (i < 4 ? g : g - alpha) + shift;
    }
}

/* The powers of t whose integrals are bounded are at most that in size. */
#define JET_POWER 0x1p13

/* Integrals at a time: each for eight exponents. */
enum { JET_ROWS = 4, JET_INTEGRALS = 8 * JET_ROWS };

/* The function, in lanes, of n numbers, filled up to JET_INTEGRALS: with eight
 * lanes few of them cost as much. */
#define JET_SIDE(function, x, n)                        \
    for (int at = 0; at < (n); at += SIDE * LANES) {    \
        lane part[SIDE];                                \
                                                        \
        EACH part[j] = lane_load((x) + at + j * LANES); \
        function(part);                                 \
        EACH lane_store((x) + at + j * LANES, part[j]); \
    }

/* Along a line Re w = s, times e^add. */
typedef struct {
    double s, add;
} jet_along;

/*
 * jet_integrals - bounds (mu/pi) int |w| |e^t| |t|^c du e^add along n < JET_ROWS
 * lines; number n: of the sum over the nodes from number `nodes` > 0 on, both
 * sides.
 *
 * at[0] for |t|^g, at[1] for |t|^(g - alpha), without and with |log t|.
 *                                                               [mlfunc D53]
 */
LANE_CALL void
jet_integrals(jet_bounds *out, const jet_along *line, int n,
              const ml_jet_rule *rule, double mu, double g, double alpha,
              int nodes, lane log_mu)
{
    _Alignas(64) double c[8], rest[8], width[8];
    _Alignas(64) double x[JET_INTEGRALS], y[JET_INTEGRALS];
    const lane zero = lane_set(0);
    const int rows = 8 * n + (nodes > 0 ? 8 : 0);
    double u = (nodes + 0.5) * rule->step, V = 1 + u * u;

    jet_exponents(c, g, alpha);
    for (int i = 0; i < 8; i += LANES) {
        lane b = lane_load(c + i) + 0.5;
        lane part = 1.0 / (2.0 + lane_max(b, zero)), most = 1.0 - part;
        lane peak = b / (most * mu);

        lane_store(rest + i, part);
        lane_store(width + i, 1.001 / lane_sqrt(part * mu));
        for (int r = 0; 8 * r < rows; r++) {
            lane top = lane_set(V);

            if (r < n)
                top = lane_max(lane_set(line[r].s * line[r].s), peak);
            lane_store(x + 8 * r + i, top);
            lane_store(y + 8 * r + i, top);
        }
    }
    JET_SIDE(side_log, y, rows)
    for (int i = 0; i < 8 * n; i += LANES) {
        lane e = lane_load(c + i % 8), b = e + 0.5;
        lane part = lane_load(rest + i % 8), most = 1.0 - part;
        double s2 = line[i / 8].s * line[i / 8].s;

        /* sqrt(pi)/pi < e^-0.572 */
        lane_store(y + i, (e + 1.0) * log_mu + 2.0 * mu * s2
                              + b * lane_load(y + i)
                              - (most * mu * lane_load(x + i) + part * mu * s2)
                              + (line[i / 8].add - 0.572));
        lane_store(x + i, lane_load(width + i % 8));
    }
    for (int i = 8 * n; i < rows; i += LANES) {
        lane e = lane_load(c + i % 8), b = e + 0.5;
        lane fall = mu - (1.0 / V) * lane_max(b, zero);
        lane r = (rule->step + 0.5 / (u * fall)) * (2.011 / 3.14);

        lane_store(y + i, (e + 1.0) * log_mu + 2.0 * mu + b * lane_load(y + i)
                              - mu * V);
        lane_store(x + i, lane_select(fall > 0.01, r, lane_set(INFINITY)));
    }
    /* infinity where exp does not reach, and where its argument is not known */
    for (int i = 0; i < rows; i += LANES) {
        lane v = lane_load(y + i);
        lane_mask known =
            (v < 690.0) & (lane_abs(lane_load(c + i % 8)) <= JET_POWER);

        lane_store(x + i,
                   lane_select(known, lane_load(x + i), lane_set(INFINITY)));
        lane_store(y + i, lane_min(lane_max(v, lane_set(-690)), lane_set(690)));
    }
    JET_SIDE(side_exp, y, rows)
    for (int r = 0; 8 * r < rows; r++)
        for (int j = 0; j < 2; j++) {
            const double *v = y + 8 * r + 4 * j, *w = x + 8 * r + 4 * j;

            out[r].at[j][0] = v[0] * w[0];
            out[r].at[j][1] = 3.15 * (v[1] * w[1] + v[2] * w[2]);
        }
}

/* ------------------------------------------------------------------ the nodes */

LANE_CALL void
jet_scale(jet_common *c, int rule, double mu)
{
    ldd root;

    if (c->rule == rule && c->mu == mu)
        return;
    c->rule = rule;
    c->mu = mu;
    c->have = c->weighed = 0;
    c->log_mu = ldd_log(lane_set(mu));
    root = ldd_inverse(ldd_sqrt(ldd_set(mu, 0)));
    c->root = (dd){root.h[0], root.l[0]};
}

/* log t_j and t_j^alpha - 1 for the first n nodes. */
LANE_CALL void
jet_powers(jet_common *c, int rule, double mu, int n)
{
    const double *table = ml_jet_rules[rule].log;
    const lane one = lane_set(1.0), none = lane_set(0);
    const bool quick = !c->pairs && c->alpha >= JET_QUICK;

    jet_scale(c, rule, mu);
    for (int j = c->have; j < n; j += LANES) {
        const double *p = table + j;
        ldz l = {
            {lane_load(p), lane_load(p + ML_JET_NODES)},
            {lane_load(p + 2 * ML_JET_NODES), lane_load(p + 3 * ML_JET_NODES)}};
        ldd r;
        ldz w;
        lane k;

        l.re = ldd_add(ldd_scale(l.re, lane_set(2)), c->log_mu);
        l.im = ldd_scale(l.im, lane_set(2));
        w.re = ldd_mul_d(l.re, lane_set(c->alpha));
        w.im = ldd_mul_d(l.im, lane_set(c->alpha));
        if (quick) {
            lane m = ldd_exp_double(&k, w.re);
            lz q = ldd_cis_double(w.im);

            m *= lane_pow2(k);
            w = (ldz){{q.re * m, none}, {q.im * m, none}};
        } else {
            r = ldd_exp(&k, w.re);
            w = ldz_scale(ldd_cis(w.im), ldd_scale(r, lane_pow2(k)));
        }
        w.re = ldd_sub(w.re, (ldd){one, none});
        lane_store(c->log[0] + j, l.re.h);
        lane_store(c->log[1] + j, l.re.l);
        lane_store(c->log[2] + j, l.im.h);
        lane_store(c->log[3] + j, l.im.l);
        lane_store(c->power[0] + j, w.re.h);
        lane_store(c->power[1] + j, w.re.l);
        lane_store(c->power[2] + j, w.im.h);
        lane_store(c->power[3] + j, w.im.l);
        w.re = ldd_mul(w.im, w.im);
        lane_store(c->square[0] + j, w.re.h);
        lane_store(c->square[1] + j, w.re.l);
        lane_store(c->size + j, ldz_size(l));
        c->have = j + LANES;
    }
}

/* |Q| is at most the larger part and half of the other. */
LANE_INLINE void
jet_weigh(jet_common *c, int j, lane re, lane im)
{
    lane_store(c->heft + j, 0.5 * (re + im + lane_max(re, im)));
}

LANE_INLINE void
jet_keep(double (*row)[ML_JET_NODES], int j, ldd x)
{
    lane_store(row[0] + j, x.h);
    lane_store(row[1] + j, x.l);
}

/* Q = q and what else jet_common has of nodes j to j + LANES - 1; l: log t. */
LANE_CALL void
jet_numerators(jet_common *c, int j, ldz q, ldz l)
{
    ldd b = {lane_load(c->power[2] + j), lane_load(c->power[3] + j)};
    ldd bb = {lane_load(c->square[0] + j), lane_load(c->square[1] + j)};

    jet_keep(c->weight, j, q.re);
    jet_keep(c->weight + 2, j, q.im);
    jet_weigh(c, j, lane_abs(q.re.h), lane_abs(q.im.h));
    for (int k = 0; k < 2; k++) {
        jet_keep(c->real + 2 * k, j, q.re);
        jet_keep(c->imaginary + 2 * k, j, ldd_mul(q.im, b));
        jet_keep(c->turned + 2 * k, j, ldd_mul(q.re, bb));
        q = ml_times(q, l);
    }
}

LANE_CALL void
jet_numerators_double(jet_common *c, int j, lz q)
{
    lane b = lane_load(c->power[2] + j), bb = lane_load(c->square[0] + j);
    lane lr = lane_load(c->log[0] + j), li = lane_load(c->log[2] + j);

    lane_store(c->weight[0] + j, q.re);
    lane_store(c->weight[2] + j, q.im);
    jet_weigh(c, j, lane_abs(q.re), lane_abs(q.im));
    for (int k = 0; k < 4; k += 2) {
        lane_store(c->real[k] + j, q.re);
        lane_store(c->imaginary[k] + j, q.im * b);
        lane_store(c->turned[k] + j, q.re * bb);
        q = (lz){q.re * lr - q.im * li, q.re * li + q.im * lr};
    }
}

/* 2 step mu w e^t t^g/pi, g = alpha (N+1) - beta, with their low parts where
 * pairs are wanted; groups of one N share them. */
LANE_CALL void
jet_weights(jet_common *c, int terms, int n)
{
    const ml_jet_rule *rule = ml_jet_rules + c->rule;
    dd g = dd_add_d(dd_two_prod(c->alpha, terms + 1), -c->beta);
    ldd front =
        ldd_mul_d(ldd_set(rule->weight, rule->weight_low), lane_set(c->mu));
    ldd power = ldd_of(g);

    if (c->terms != terms) {
        c->terms = terms;
        c->weighed = 0;
    }
    for (int j = c->weighed; j < n; j += LANES) {
        ldz l = {{lane_load(c->log[0] + j), lane_load(c->log[1] + j)},
                 {lane_load(c->log[2] + j), lane_load(c->log[3] + j)}};
        double at[LANES];
        lane u, k;
        ldd re, im, r;
        ldz q;

        for (int i = 0; i < LANES; i++)
            at[i] = (j + i + 0.5) * rule->step;
        c->weighed = j + LANES;
        u = lane_loadu(at);
        /* mu (1 - u^2) and 2 mu u: u^2, mu have few bits */
        re = ldd_add_d(ldd_mul(l.re, power), c->mu * (1.0 - u * u));
        im = ldd_add_d(ldd_mul(l.im, power), 2.0 * c->mu * u);
        if (!c->pairs) {
            lane m = ldd_exp_double(&k, re) * front.h * lane_pow2(k);
            lz w = ldd_cis_double(im);

            jet_numerators_double(
                c, j, (lz){m * (w.re - w.im * u), m * (w.im + w.re * u)});
            continue;
        }
        r = ldd_mul(ldd_exp(&k, re), front);
        q = ldz_scale(ldd_cis(im), ldd_scale(r, lane_pow2(k)));
        /* times 1 + i u */
        r = ldd_sub(q.re, ldd_mul_d(q.im, u));
        q.im = ldd_add(q.im, ldd_mul_d(q.re, u));
        jet_numerators(c, j, (ldz){r, q.im}, l);
    }
}

/* Whether those of the first n nodes are within e^-700 and e^700, as exponentials
 * of lanes have to be.                                           [mlfunc D51] */
LANE_CALL bool
jet_weights_fit(const jet_common *c, const ml_jet_rule *rule, double g, int n)
{
    for (int j = 0; j < n; j++) {
        double u = (j + 0.5) * rule->step;

        if (!(__builtin_fabs(c->mu * (1 - u * u) + g * c->log[0][j]) <= 700))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ the group */

/* At least the distance of log t from the poles, by their angles, beyond the first
 * n nodes.                                                      [mlfunc D54] */
LANE_CALL double
jet_apart(const jet_common *c, const ml_jet_rule *rule, int n)
{
    const double *turn = rule->log + 2 * ML_JET_NODES; /* arg w_j */
    double off = c->angle[c->on_sheet].beyond, on;

    if (c->on_sheet == 0)
        return 0.999 * off;
    on = 2 * turn[n < ML_JET_NODES ? n : ML_JET_NODES - 1]
         - c->angle[c->on_sheet - 1].theta.h - 0x1p-45;
    return 0.999 * (on < off ? on : off);
}

/* Where the angles alone keep the ends from the poles. */
#define JET_APART 0.2

/* How many nodes: until the integrand has fallen by e^-fall from its largest
 * value, and away from poles of modulus reach: by their angles, or beyond them by a
 * quarter. */
LANE_CALL int
jet_count(const jet_common *c, const ml_jet_rule *rule, double mu, double g,
          double fall, double reach)
{
    double b = g + 0.5, v0 = b > mu ? b / mu : 1;
    double least = b > mu ? b - b * lane_log(lane_set(v0))[0] : mu;

    for (int n = 8; n < ML_JET_NODES; n += 4) {
        double u = (n + 0.5) * rule->step, v = mu * (1 + u * u);

        /* log |w_n|^2 */
        if (v > b && v - 2 * b * rule->log[n] >= least + fall
            && (v >= 1.5625 * reach || jet_apart(c, rule, n) > JET_APART))
            return n;
    }
    return ML_JET_NODES;
}

/* The distance of the poles from a path that keeps away from them by a fifth of
 * its own |w|, or by their angles: kappa of D54. */
LANE_INLINE double
jet_kappa(double alpha, bool open)
{
    double d = 0.44 * alpha;

    /* z < 0, alpha <= 0.9: alpha theta_0 = pi */
    if (open)
        d = 3.1415 * (1 - alpha);
    return 2 / (d < 1 ? d : 1);
}

/* That of the right line, which is beyond the poles by a quarter, and of the
 * nodes from number n on. */
LANE_INLINE double
jet_ends_kappa(const jet_common *c, const ml_jet_rule *rule, double mu, int n,
               double reach)
{
    double u = (n + 0.5) * rule->step, d = jet_apart(c, rule, n) * c->alpha;
    double most = jet_kappa(c->alpha, false);

    if (mu * (1 + u * u) >= 1.5625 * reach || 2 / most <= d)
        return most;
    return d > 0 ? 2 / d : (double)INFINITY;
}

/* The nodes that weigh too much for doubles: more than that of the largest. */
#define JET_LIGHT 0x1p-20

LANE_INLINE int
jet_heavy(const jet_common *c, int n)
{
    double most = 0;
    int j = n;

    for (int i = 0; i < n; i++) {
        double w =
            __builtin_fabs(c->weight[0][i]) + __builtin_fabs(c->weight[2][i]);

        most = w > most ? w : most;
    }
    while (j > 0
           && __builtin_fabs(c->weight[0][j - 1])
                      + __builtin_fabs(c->weight[2][j - 1])
                  < most * JET_LIGHT)
        j--;
    return j;
}

/* Fills a group of which sign, terms, nodes > 0 or = 0, open, reach are set. */
LANE_CALL void
jet_group_make(jet_group *p, jet_common *c)
{
    int which = c->pairs || c->beta > 3.5;
    const ml_jet_rule *rule = ml_jet_rules + which;
    double alpha = c->alpha, beta = c->beta;
    double g = alpha * (p->terms + 1) - beta, mu = 3, s = 0.6, right;
    jet_along line[3];
    jet_bounds bounds[JET_ROWS];
    bool fit;

    jet_falling(c, p->terms);
    p->kappa = jet_kappa(alpha, p->open);
    memset(&p->others, 0, sizeof p->others);
    if (which)
        mu = beta <= 3 ? 5 : beta < 7 ? __builtin_rint(beta) + 2 : 9;
    else if (beta > 2)
        mu = 4;
    if (p->nodes == 0) {
        /* lines are places in sqrt(t/mu) */
        const double unit = __builtin_sqrt(3 / mu);

        for (int i = 0; i < 2; i++, s = 0.9) {
            p->line[i] = s * unit;
            line[i] = (jet_along){s * unit, 0};
        }
        jet_scale(c, which, mu);
        jet_integrals(bounds, line, 2, rule, mu, g, alpha, 0, c->log_mu.h);
        memcpy(p->left, bounds, sizeof p->left);
        return;
    }
    p->nodes =
        jet_count(c, rule, mu, g, c->pairs ? 46 : 34, p->open ? 0 : p->reach);
    if (!p->open)
        p->kappa = jet_ends_kappa(c, rule, mu, p->nodes, p->reach);
    jet_powers(c, which, mu, p->nodes);
    jet_weights(c, p->terms, p->nodes);
    fit = jet_weights_fit(c, rule, g, p->nodes);
    p->pairs = c->pairs ? jet_heavy(c, p->nodes) : 0;
    /* where e^(turns s) s^(2g+1) is least */
    s = -(2 * g + 1) / rule->turns;
    s = s < 0.06 ? 0.06 : s > 0.5 ? 0.5 : s;
    for (int i = 0; i < 2; i++, s *= 1.6) {
        p->line[i] = s;
        /* 1/(1 - e^(-turns (1-s))) < e^0.001 */
        line[i] = (jet_along){s, 0.001 - rule->turns * (1 - s)};
    }
    right = p->open ? 3 : 1.25 * __builtin_sqrt(p->reach / mu);
    right = right < 3 ? 3 : right;
    line[2] = (jet_along){right, 0.001 - rule->turns * (right - 1)};
    jet_integrals(bounds, line, 3, rule, mu, g, alpha, p->nodes, c->log_mu.h);
    memcpy(p->left, bounds, sizeof p->left);
    for (int i = 0; i < 4; i++)
        p->others.at[i / 2][i % 2] =
            fit ? bounds[2].at[i / 2][i % 2] + bounds[3].at[i / 2][i % 2]
                : (double)INFINITY;
}

#endif
