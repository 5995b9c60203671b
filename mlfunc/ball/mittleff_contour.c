/* mlfunc/ball/mittleff_contour.c - trapezoidal rule on a parabola, with poles.
 *
 * [mlfunc C1] the identity, [mlfunc C2] its error.
 */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* ---------------------------------------------------------------- the nodes */

/* sum of w/(p - z) over the nodes and their conjugates. */
static void
sum_real(arb_t sum, const ml_contour *c, const arb_t x)
{
    arb_t s, d, n;

    arb_init(s);
    arb_init(d);
    arb_init(n);
    arb_zero(sum);
    for (slong j = c->plan.J - 1; j >= 0; j--) {
        slong b = c->bits[j];
        arb_sub(s, acb_realref(c->p + j), x, b + 4);
        arb_mul(n, acb_realref(c->w + j), s, b);
        arb_add(n, n, c->k + j, b);
        arb_mul(d, s, s, b);
        arb_add(d, d, c->q + j, b);
        arb_div(n, n, d, b);
        arb_add(sum, sum, n, c->prec + 4);
    }
    arb_mul_2exp_si(sum, sum, 1);
    arb_clear(s);
    arb_clear(d);
    arb_clear(n);
}

static void
sum_complex(acb_t sum, const ml_contour *c, const acb_t z)
{
    acb_t s, d, n;

    acb_init(s);
    acb_init(d);
    acb_init(n);
    acb_zero(sum);
    for (slong j = c->plan.J - 1; j >= 0; j--) {
        slong b = c->bits[j];
        acb_sub(s, z, c->p + j, b + 4);
        arb_neg(acb_realref(s), acb_realref(s));
        arb_neg(acb_imagref(s), acb_imagref(z));
        acb_mul_arb(n, s, acb_realref(c->w + j), b);
        arb_add(acb_realref(n), acb_realref(n), c->k + j, b);
        acb_mul(d, s, s, b);
        arb_add(acb_realref(d), acb_realref(d), c->q + j, b);
        acb_div(n, n, d, b);
        acb_add(sum, sum, n, c->prec + 4);
    }
    acb_mul_2exp_si(sum, sum, 1);
    acb_clear(s);
    acb_clear(d);
    acb_clear(n);
}

/* [mlfunc C2] */
bool
ml_contour_error(mag_t bound, const ml_contour *c, const acb_t z)
{
    mag_t m;

    mag_init(m);
    bool ok =
        ml_strip_bound(bound, &c->rest, z) && ml_strip_bound(m, &c->left, z);
    if (ok) {
        mag_addmul(bound, m, c->left_decay);
        ok = ml_strip_bound(m, &c->right, z);
        mag_addmul(bound, m, c->right_decay);
    }
    mag_clear(m);
    return ok;
}

/* sum = z^-N sum - sum_{k=1}^N z^-k / Gamma(beta - alpha k) */
static void
take_out(acb_t sum, const ml_contour *c, const acb_t z, bool real, slong prec)
{
    acb_t inv;

    if (c->plan.N == 0)
        return;
    acb_init(inv);
    acb_inv(inv, z, prec);
    if (real)
        arb_zero(acb_imagref(inv));
    for (slong k = c->plan.N - 1; k >= 0; k--) {
        arb_sub(acb_realref(sum), acb_realref(sum), c->rgamma + k, prec);
        acb_mul(sum, sum, inv, prec);
    }
    acb_clear(inv);
}

/* ---------------------------------------------------------------- the poles */

/* Where y = sqrt(x/mu) cos(theta_h/2) = 1 - Im u_h lies against the strip 1 - B
 * < y < 1 + A: 0 left of it, 1 inside, 2 right of it, -1 undecided. */
int
ml_contour_place(const ml_contour *c, const ml_mlpoint *p, slong h,
                 const arb_t root, slong w)
{
    arb_t t, y;
    int where = -1;

    arb_init(t);
    arb_init(y);
    ml_mlpoint_angle(t, p, h, w);
    arb_abs(y, t);
    arb_sub_ui(y, y, 1, w);
    if (arb_is_positive(y)) {
        where = 0; /* |theta_h| > pi: not on the sheet */
    } else {
        arb_mul_2exp_si(t, t, -1);
        arb_cos_pi(t, t, w);
        arb_mul(y, t, root, w);
        arb_set_d(t, 1 - c->plan.B);
        if (arb_lt(y, t)) {
            where = 0;
        } else if (arb_gt(y, t)) {
            arb_set_d(t, 1 + c->plan.A);
            if (arb_gt(y, t))
                where = 2;
            else if (arb_lt(y, t))
                where = 1;
        }
    }
    arb_clear(t);
    arb_clear(y);
    return where;
}

/* sqrt(x/mu) */
void
ml_contour_root(arb_t root, const ml_contour *c, const ml_mlpoint *p, slong w)
{
    acb_t z;
    arb_t t;

    acb_init(z);
    arb_init(t);
    ml_mlpoint_z(z, p, w);
    acb_abs(root, z, w);
    arb_log(root, root, w);
    ml_mlpoint_alpha(t, p, w);
    arb_div(root, root, t, w);
    arb_set_d(t, c->plan.mu);
    arb_log(t, t, w);
    arb_sub(root, root, t, w);
    arb_mul_2exp_si(root, root, -1);
    arb_exp(root, root, w);
    acb_clear(z);
    arb_clear(t);
}

/* log t_h = (ln|z| + i (arg z + 2 pi h)) / alpha. */
static void
log_pole(acb_t res, const ml_mlpoint *p, slong h, slong prec)
{
    acb_t z;
    arb_t t;

    acb_init(z);
    arb_init(t);
    ml_mlpoint_z(z, p, prec);
    acb_abs(acb_realref(res), z, prec);
    arb_log(acb_realref(res), acb_realref(res), prec);
    ml_mlpoint_alpha(t, p, prec);
    arb_div(acb_realref(res), acb_realref(res), t, prec);
    ml_mlpoint_angle(acb_imagref(res), p, h, prec);
    arb_const_pi(t, prec);
    arb_mul(acb_imagref(res), acb_imagref(res), t, prec);
    acb_clear(z);
    arb_clear(t);
}

/* rho_h / (1 - e^(-2 pi i (u_h/h - half/2))) at about w bits, extra more for
 * the exponents. */
static void
inner_term(acb_t res, const ml_contour *c, const ml_mlpoint *p, slong h,
           bool line, slong w, slong extra)
{
    slong full = w + extra;
    acb_t l, s;
    arb_t b, root;

    acb_init(l);
    acb_init(s);
    arb_init(b);
    arb_init(root);
    log_pole(l, p, h, full);
    if (line)
        arb_zero(acb_imagref(l));
    acb_mul_2exp_si(s, l, -1);
    acb_exp(s, s, full);
    acb_mul(res, s, s, full);
    ml_mlpoint_index(b, p, 0, full);
    arb_sub_ui(b, b, 1, full);
    acb_mul_arb(l, l, b, full);
    acb_sub(res, res, l, full);
    acb_exp(res, res, w);
    /* -2 i pi (u_h/h - half/2), u_h = -i (s/sqrt(mu) - 1) */
    arb_set_d(b, c->plan.mu);
    arb_rsqrt(root, b, full);
    acb_mul_arb(s, s, root, full);
    acb_sub_ui(s, s, 1, full);
    arb_set_d(b, c->plan.h);
    acb_div_arb(s, s, b, full);
    acb_mul_onei(s, s);
    acb_mul_2exp_si(s, s, 1);
    arb_add_si(acb_realref(s), acb_realref(s), c->plan.half, full);
    acb_exp_pi_i(s, s, full);
    acb_sub_ui(s, s, 1, full);
    acb_neg(s, s);
    acb_div(res, res, s, w);
    ml_mlpoint_alpha(b, p, w);
    acb_div_arb(res, res, b, w);
    acb_clear(l);
    acb_clear(s);
    arb_clear(b);
    arb_clear(root);
}

static ml_status
add_inner(acb_t sum, const ml_contour *c, const ml_mlpoint *p, slong h,
          bool pair, slong goal)
{
    slong w, extra;
    acb_t t;

    if (!ml_plan_inner(&w, &extra, &c->plan, p, h, goal))
        return ML_UNABLE;
    acb_init(t);
    inner_term(t, c, p, h, p->real && !pair, w, extra);
    if (pair)
        acb_mul_2exp_si(t, t, 1);
    if (p->real)
        arb_zero(acb_imagref(t));
    bool ok = acb_is_finite(t);
    ml_mlpoint_add(sum, t, goal);
    acb_clear(t);
    return ok ? ML_OK : ML_UNABLE;
}

/* Every h with |theta_h| <= pi, or the upper ones of conjugate pairs. */
static ml_status
add_poles(acb_t sum, const ml_contour *c, const ml_mlpoint *p, slong goal)
{
    slong lo = (slong)floor((-p->a - p->turn) / 2) - 1;
    slong hi = (slong)ceil((p->a - p->turn) / 2) + 1;
    ml_status st = ML_OK;
    arb_t root;

    /* cos(theta_h/2) may be as small as y_h is large. */
    slong w = 64 + (slong)fmin(fmax(p->lnx, 0), 1e4);
    arb_init(root);
    ml_contour_root(root, c, p, w);
    for (slong h = p->real ? 0 : lo; h <= hi && st == ML_OK; h++) {
        int where = ml_contour_place(c, p, h, root, w);
        bool pair = p->real && (h > 0 || p->turn > 0.5);
        if (where < 0)
            st = ML_UNABLE;
        else if (where == 1)
            st = add_inner(sum, c, p, h, pair, goal - 4);
        else if (where == 2)
            st = ml_mlpoint_add_pole(sum, p, h, pair, goal - 4);
    }
    arb_clear(root);
    return st;
}

/* --------------------------------------------------------------- the method */

ml_status
ml_contour_eval(acb_t res, const ml_contour *c, const ml_mlpoint *p, slong goal)
{
    acb_t z, sum;
    mag_t error;

    if (p->has_zero) {
        acb_indeterminate(res);
        return ML_UNABLE;
    }
    acb_init(z);
    acb_init(sum);
    mag_init(error);
    slong prec = FLINT_MAX(c->prec, c->plan.N > 0 ? c->plan.algebraic : 0);
    ml_mlpoint_z(z, p, prec + 30);
    ml_status st = ml_contour_error(error, c, z) ? ML_OK : ML_UNABLE;
    if (st == ML_OK) {
        if (p->real)
            sum_real(acb_realref(sum), c, acb_realref(z));
        else
            sum_complex(sum, c, z);
        arb_add_error_mag(acb_realref(sum), error);
        if (!p->real)
            arb_add_error_mag(acb_imagref(sum), error);
        take_out(sum, c, z, p->real, prec + 10);
        st = add_poles(sum, c, p, goal);
    }
    if (st == ML_OK && !acb_is_finite(sum))
        st = ML_UNABLE;
    if (st != ML_OK)
        acb_indeterminate(sum);
    acb_swap(res, sum);
    acb_clear(z);
    acb_clear(sum);
    mag_clear(error);
    return st;
}

/* A strip whose edge meets a pole is exchanged for another. */
#define STRIPS 5

ml_status
ml_mlpoint_contour(acb_t res, const ml_mlpoint *p, slong goal)
{
    ml_contour_plan s;
    ml_contour c;
    ml_status st = ML_UNABLE;

    acb_indeterminate(res);
    if (!ml_plan_contour(&s, p, goal))
        return ML_UNABLE;
    ml_contour_init(&c);
    for (int i = 0; i < STRIPS && st == ML_UNABLE; i++) {
        st = ml_contour_set(&c, &s, p);
        if (st == ML_OK)
            st = ml_contour_eval(res, &c, p, goal);
        ml_plan_contour_other(&s);
    }
    ml_contour_clear(&c);
    return st;
}
