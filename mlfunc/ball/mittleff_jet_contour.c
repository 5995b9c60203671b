/* mlfunc/ball/mittleff_jet_contour.c - jets by the trapezoidal rule with poles.
 *
 * The rule of [mlfunc C1], term by term as power series; its error by Cauchy's
 * estimate on a polydisc.  [mlfunc J12]
 */
#include <math.h>

#include <acb_poly.h>

#include "mlfunc/impl.h"

/* ---------------------------------------------------------------- the nodes */

/* What a node needs: series in e_alpha, of length n, or in e_beta. */
typedef struct {
    slong n, nb;
    acb_ptr power; /* L^m / m!, L = log t */
    acb_ptr shift; /* w ((N+1) L)^m / m! */
    acb_ptr beta;  /* (-L)^m / m! */
    acb_ptr quotient, t;
    acb_t log;
} node;

static void
node_init(node *y, const ml_jet *shape)
{
    y->n = shape->na + 1;
    y->nb = shape->nb + 1;
    y->power = _acb_vec_init(y->n);
    y->shift = _acb_vec_init(y->n);
    y->beta = _acb_vec_init(y->nb);
    y->quotient = _acb_vec_init(y->n);
    y->t = _acb_vec_init(y->n);
    acb_init(y->log);
}

static void
node_clear(node *y)
{
    _acb_vec_clear(y->power, y->n);
    _acb_vec_clear(y->shift, y->n);
    _acb_vec_clear(y->beta, y->nb);
    _acb_vec_clear(y->quotient, y->n);
    _acb_vec_clear(y->t, y->n);
    acb_clear(y->log);
}

/* v = first times the series of e^(x e) */
static void
exponential(acb_ptr v, slong n, const acb_t first, const acb_t x, slong prec)
{
    acb_set(v, first);
    for (slong m = 1; m < n; m++) {
        acb_mul(v + m, v + m - 1, x, prec);
        acb_div_si(v + m, v + m, m, prec);
    }
}

/*
 * sum += w_j/(p_j - z) as a series, or that of the conjugate node:
 *
 *   w e^((N+1) L e_alpha - L e_beta) / (p e^(L e_alpha) - z - e_z)
 *     = sum_i e_z^i q^(i+1) w e^((N+1) L e_alpha) e^(-L e_beta),
 *   q = 1/(p e^(L e_alpha) - z).
 */
static void
add_node(ml_jet *sum, node *y, const ml_contour *c, slong j, bool conjugate,
         const acb_t z, slong full)
{
    slong prec = ml_plan_jet_node(c, j);
    acb_t x, one;

    acb_init(x);
    acb_init(one);
    acb_one(one);
    acb_set(y->log, c->log + j);
    acb_set(x, c->w + j);
    if (conjugate) {
        acb_conj(y->log, y->log);
        acb_conj(x, x);
    }
    acb_set(y->t, x);
    acb_mul_si(x, y->log, c->plan.N + 1, prec);
    exponential(y->shift, y->n, y->t, x, prec);
    acb_neg(x, y->log);
    exponential(y->beta, y->nb, one, x, prec);
    acb_set(x, c->p + j);
    if (conjugate)
        acb_conj(x, x);
    exponential(y->power, y->n, x, y->log, prec);
    acb_sub(y->power, y->power, z, prec);
    _acb_poly_inv_series(y->quotient, y->power, y->n, y->n, prec);
    for (slong i = 0; i <= sum->nz; i++) {
        _acb_poly_mullow(y->t, y->shift, y->n, y->quotient, y->n, y->n, prec);
        _acb_vec_swap(y->t, y->shift, y->n);
        for (slong m = 0; m < y->n; m++)
            for (slong l = 0; l < y->nb; l++)
                acb_addmul(ml_jet_at(sum, i, m, l), y->shift + m, y->beta + l,
                           full);
    }
    acb_clear(x);
    acb_clear(one);
}

static void
add_nodes(ml_jet *sum, const ml_contour *c, const ml_mlpoint *p)
{
    const slong prec = ml_plan_jet_sum(c);
    acb_t z;
    node y;

    acb_init(z);
    node_init(&y, sum);
    ml_mlpoint_z(z, p, prec);
    for (slong j = c->plan.J - 1; j >= 0; j--) {
        add_node(sum, &y, c, j, false, z, prec);
        if (!p->real)
            add_node(sum, &y, c, j, true, z, prec);
    }
    for (slong m = 0; m < sum->len && p->real; m++) {
        acb_mul_2exp_si(sum->c + m, sum->c + m, 1);
        arb_zero(acb_imagref(sum->c + m));
    }
    acb_clear(z);
    node_clear(&y);
}

/* ---------------------------------------------------------------- the error */

/* bound = sum of the strips for all z', alpha', beta' of the polydisc.
 * [mlfunc J12] */
bool
ml_contour_jet_error(mag_t bound, const ml_contour *c, const ml_mlpoint *p,
                     const ml_jet_radii *r)
{
    const ml_contour_plan *s = &c->plan;
    const double from = s->h * ((double)s->J + 0.5 * s->half);
    ml_strip strip;
    acb_t z;
    mag_t m;

    acb_init(z);
    mag_init(m);
    ml_strip_init(&strip);
    ml_mlpoint_z(z, p, 64);
    mag_set_d(m, r->z);
    acb_add_error_mag(z, m);
    bool ok =
        ml_strip_set(&strip, p, s->mu, 1, from, s->h, s->N, r->alpha, r->beta)
        && ml_strip_bound(bound, &strip, z)
        && ml_strip_set(&strip, p, s->mu, 1 - s->B, 0, 0, s->N, r->alpha,
                        r->beta)
        && ml_strip_bound(m, &strip, z);
    if (ok) {
        mag_addmul(bound, m, c->left_decay);
        ok = ml_strip_set(&strip, p, s->mu, 1 + s->A, 0, 0, s->N, r->alpha,
                          r->beta)
             && ml_strip_bound(m, &strip, z);
        mag_addmul(bound, m, c->right_decay);
    }
    acb_clear(z);
    mag_clear(m);
    ml_strip_clear(&strip);
    return ok && mag_is_finite(bound);
}

/* bound r^-n, or bound for n = 0 */
static void
divide(mag_t res, const mag_t bound, double r, slong n)
{
    mag_t d;

    mag_init(d);
    mag_set(res, bound);
    if (n > 0) {
        mag_set_d_lower(d, r);
        mag_inv(d, d);
        mag_pow_ui(d, d, (ulong)n);
        mag_mul(res, res, d);
    }
    mag_clear(d);
}

/* [mlfunc J12] */
static void
add_error(ml_jet *sum, const mag_t bound, const ml_jet_radii *r, bool real)
{
    mag_t m;

    mag_init(m);
    for (slong i = 0; i <= sum->nz; i++)
        for (slong j = 0; j <= sum->na; j++)
            for (slong l = 0; l <= sum->nb; l++) {
                acb_ptr x = ml_jet_at(sum, i, j, l);
                divide(m, bound, r->z, i);
                divide(m, m, r->alpha, j);
                divide(m, m, r->beta, l);
                arb_add_error_mag(acb_realref(x), m);
                if (!real)
                    arb_add_error_mag(acb_imagref(x), m);
            }
    mag_clear(m);
}

/* --------------------------------------------------- the terms taken out */

/* sum = z^-N sum - sum_{1<=k<=N} z^-k / Gamma(beta - alpha k) */
static void
take_out(ml_jet *sum, const ml_contour *c, const ml_mlpoint *p, slong goal)
{
    const slong N = c->plan.N;
    const slong prec = ml_plan_jet_sum(c);
    ml_jet t;
    acb_t z;

    if (N == 0)
        return;
    ml_jet_init(&t, sum->nz, sum->na, sum->nb);
    acb_init(z);
    ml_mlpoint_z(z, p, prec);
    acb_inv(z, z, prec);
    /* (z + e)^-N = z^-N sum_i C(-N, i) (e/z)^i */
    acb_pow_ui(t.c, z, (ulong)N, prec);
    for (slong i = 1; i <= t.nz; i++) {
        acb_mul(ml_jet_at(&t, i, 0, 0), ml_jet_at(&t, i - 1, 0, 0), z, prec);
        acb_mul_si(ml_jet_at(&t, i, 0, 0), ml_jet_at(&t, i, 0, 0), -(N + i - 1),
                   prec);
        acb_div_si(ml_jet_at(&t, i, 0, 0), ml_jet_at(&t, i, 0, 0), i, prec);
    }
    ml_jet_mul(sum, sum, &t, prec);
    ml_jet_zero(&t);
    ml_mlpoint_jet_terms(&t, p, -1, -N, prec, (double)goal, 1);
    ml_jet_sub(sum, sum, &t, prec);
    ml_jet_clear(&t);
    acb_clear(z);
}

/* ---------------------------------------------------------------- the poles */

/* t = 1 - e^(-2 pi i (u_h/h - half/2)), u_h = -i (sqrt(t_h/mu) - 1) */
static void
factor(ml_jet *t, const ml_contour *c, const ml_mlpoint *p, slong h, slong prec)
{
    acb_t x;
    arb_t y;

    acb_init(x);
    arb_init(y);
    ml_mlpoint_jet_log_pole(t, p, h, prec);
    for (slong m = 0; m < t->len; m++)
        acb_mul_2exp_si(t->c + m, t->c + m, -1);
    ml_jet_exp(t, t, prec);
    arb_set_d(y, c->plan.mu);
    arb_rsqrt(acb_realref(x), y, prec);
    ml_jet_scale(t, t, x, prec);
    acb_sub_ui(t->c, t->c, 1, prec);
    arb_set_d(y, c->plan.h);
    arb_const_pi(acb_realref(x), prec);
    arb_mul_si(acb_realref(x), acb_realref(x), -2, prec);
    arb_div(acb_realref(x), acb_realref(x), y, prec);
    ml_jet_scale(t, t, x, prec);
    ml_jet_exp(t, t, prec);
    for (slong m = 0; m < t->len && !c->plan.half; m++)
        acb_neg(t->c + m, t->c + m);
    acb_add_ui(t->c, t->c, 1, prec);
    acb_clear(x);
    arb_clear(y);
}

/* The pole h, inside the strip or right of it. */
static ml_status
add_pole(ml_jet *sum, const ml_contour *c, const ml_mlpoint *p, slong h,
         bool inside, bool pair, slong goal)
{
    slong w, extra;
    ml_jet t, d;

    if (!ml_plan_inner(&w, &extra, &c->plan, p, h, goal))
        return ML_UNABLE;
    w += ml_plan_jet_growth(p, sum);
    ml_jet_init(&t, sum->nz, sum->na, sum->nb);
    ml_mlpoint_jet_pole(&t, p, h, w);
    if (inside) {
        ml_jet_init(&d, sum->nz, sum->na, sum->nb);
        factor(&d, c, p, h, w + extra);
        ml_jet_inv(&d, &d, w);
        ml_jet_mul(&t, &t, &d, w);
        ml_jet_clear(&d);
    }
    for (slong m = 0; m < sum->len; m++) {
        if (pair)
            acb_mul_2exp_si(t.c + m, t.c + m, 1);
        if (p->real)
            arb_zero(acb_imagref(t.c + m));
    }
    ml_jet_add(sum, sum, &t, FLINT_MAX(w, ml_plan_jet_sum(c)));
    ml_jet_clear(&t);
    return ML_OK;
}

/* One pole by its place against the strip. */
static ml_status
visit(ml_jet *sum, const ml_contour *c, const ml_mlpoint *p, slong h,
      const arb_t root, slong w, slong goal)
{
    int where = ml_contour_place(c, p, h, root, w);
    bool pair = p->real && (h > 0 || p->turn > 0.5);

    if (where < 0)
        return ML_UNABLE;
    return where > 0 ? add_pole(sum, c, p, h, where == 1, pair, goal) : ML_OK;
}

/* |theta_h| > pi, and so for all h beyond it on its side of 0. */
static bool
beyond_sheet(const ml_mlpoint *p, slong h, slong w)
{
    arb_t t;

    arb_init(t);
    ml_mlpoint_angle(t, p, h, w);
    arb_abs(t, t);
    arb_sub_ui(t, t, 1, w);
    bool beyond = arb_is_positive(t);
    arb_clear(t);
    return beyond;
}

/* Upwards from h = 0, downwards from h = -1; of real z the upper ones of
 * conjugate pairs. */
static ml_status
add_poles(ml_jet *sum, const ml_contour *c, const ml_mlpoint *p, slong goal)
{
    slong w = ml_plan_place_bits(p);
    ml_status st = ML_OK;
    arb_t root;

    arb_init(root);
    ml_contour_root(root, c, p, w);
    for (slong h = 0; st == ML_OK && !beyond_sheet(p, h, w); h++)
        st = visit(sum, c, p, h, root, w, goal);
    for (slong h = -1; !p->real && st == ML_OK && !beyond_sheet(p, h, w); h--)
        st = visit(sum, c, p, h, root, w, goal);
    arb_clear(root);
    return st;
}

/* --------------------------------------------------------------- the method */

ml_status
ml_contour_jet(ml_jet *res, const ml_contour *c, const ml_mlpoint *p,
               const ml_jet_radii *polydisc, slong goal)
{
    ml_jet_radii r = *polydisc;
    ml_status st = ML_UNABLE;
    mag_t bound;
    bool ok = false;

    mag_init(bound);
    ml_jet_zero(res);
    for (int i = 0; i < ML_JET_SIZES && !ok && !p->has_zero; i++) {
        ok = ml_contour_jet_error(bound, c, p, &r);
        if (!ok)
            r = (ml_jet_radii){r.z / 2, r.alpha / 2, r.beta};
    }
    if (ok) {
        add_nodes(res, c, p);
        add_error(res, bound, &r, p->real);
        take_out(res, c, p, goal);
        st = add_poles(res, c, p, goal);
    }
    if (st != ML_OK)
        _acb_vec_indeterminate(res->c, res->len);
    mag_clear(bound);
    return st;
}

ml_status
ml_mlpoint_jet_contour(ml_jet *res, const ml_mlpoint *p, slong bits)
{
    ml_contour_plan s;
    ml_jet_radii r;
    ml_contour c;
    slong goal;
    ml_status st = ML_UNABLE;

    _acb_vec_indeterminate(res->c, res->len);
    if (!ml_plan_jet_contour(&s, &goal, p, res, bits))
        return ML_UNABLE;
    ml_contour_init(&c);
    for (int i = 0; i < ML_JET_STRIPS && st == ML_UNABLE; i++) {
        if (ml_contour_set(&c, &s, p) == ML_OK
            && ml_plan_jet_radii_contour(&r, &c.plan, p, res))
            st = ml_contour_jet(res, &c, p, &r, goal);
        ml_plan_contour_other(&s);
    }
    ml_contour_clear(&c);
    return st;
}
