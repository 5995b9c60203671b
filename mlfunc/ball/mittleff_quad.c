/* mlfunc/ball/mittleff_quad.c - rigorous quadrature on a parabola. */
#include <math.h>

#include <acb_calc.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* ------------------------------------------------------------ the integral */

typedef struct {
    arb_t mu, lnmu, alpha, c;
    acb_t z;
} integrand;

/* e^t t^c (1+iu) / (t^alpha - z), log t = ln mu + 2 log(1+iu). */
static int
evaluate(acb_ptr res, const acb_t u, void *param, slong order, slong prec)
{
    const integrand *f = param;
    acb_t w, l, e;

    acb_init(w);
    acb_init(l);
    acb_init(e);
    acb_mul_onei(w, u);
    acb_add_ui(w, w, 1, prec);
    acb_log_analytic(l, w, order != 0, prec);
    if (acb_is_finite(l)) {
        acb_mul_2exp_si(l, l, 1);
        acb_add_arb(l, l, f->lnmu, prec);
        acb_sqr(e, w, prec);
        acb_mul_arb(e, e, f->mu, prec);
        acb_addmul_arb(e, l, f->c, prec);
        acb_exp(e, e, prec);
        acb_mul(e, e, w, prec);
        acb_mul_arb(l, l, f->alpha, prec);
        acb_exp(l, l, prec);
        acb_sub(l, l, f->z, prec);
        acb_div(res, e, l, prec);
    } else {
        acb_indeterminate(res);
    }
    acb_clear(w);
    acb_clear(l);
    acb_clear(e);
    return 0;
}

/* c = alpha (N+1) - beta */
static void
exponent(arb_t c, const ml_mlpoint *p, slong N, slong prec)
{
    ml_mlpoint_index(c, p, -(N + 1), prec);
    arb_neg(c, c);
}

static void
integrand_init(integrand *f, const ml_mlpoint *p, double mu, slong N, slong wp)
{
    arb_init(f->mu);
    arb_init(f->lnmu);
    arb_init(f->alpha);
    arb_init(f->c);
    acb_init(f->z);
    arb_set_d(f->mu, mu);
    arb_log(f->lnmu, f->mu, wp + 10);
    ml_mlpoint_alpha(f->alpha, p, wp + 10);
    exponent(f->c, p, N, wp + 10);
    ml_mlpoint_z(f->z, p, wp + 10);
}

static void
integrand_clear(integrand *f)
{
    arb_clear(f->mu);
    arb_clear(f->lnmu);
    arb_clear(f->alpha);
    arb_clear(f->c);
    acb_clear(f->z);
}

/* res += the integral over [a, b]. */
static bool
piece(acb_t res, integrand *f, double a, double b, slong tol, slong wp)
{
    acb_calc_integrate_opt_t options;
    acb_t s, u, v;
    mag_t t;

    acb_calc_integrate_opt_init(options);
    options->deg_limit = 40 + wp;
    options->eval_limit = 60 * wp + 20000;
    acb_init(s);
    acb_init(u);
    acb_init(v);
    mag_init(t);
    mag_set_ui_2exp_si(t, 1, tol);
    acb_set_d(u, a);
    acb_set_d(v, b);
    acb_calc_integrate(s, evaluate, f, u, v, wp, t, options, wp);
    acb_add(res, res, s, wp);
    bool ok = acb_is_finite(s);
    acb_clear(s);
    acb_clear(u);
    acb_clear(v);
    mag_clear(t);
    return ok;
}

bool
ml_mlpoint_quad_part(acb_t res, const ml_mlpoint *p, double mu, double from,
                     double U, slong N, slong goal)
{
    integrand f;
    acb_t z;
    arb_t c;

    slong wp =
        (slong)fmax(40, ml_quad_peak_d(p, mu, from, N) / LN2 - (double)goal)
        + 20;
    double scale = log(mu / PI) - (double)N * p->lnr;
    slong tol = goal - 3 - (slong)ceil(scale / LN2);

    acb_init(z);
    arb_init(c);
    integrand_init(&f, p, mu, N, wp);
    acb_zero(res);
    double cut = from + 1.5;
    bool ok = true;
    if (p->real) {
        /* f(-u) is the conjugate of f(u). */
        ok = piece(res, &f, from, fmin(cut, U), tol, wp);
        if (ok && cut < U)
            ok = piece(res, &f, cut, U, tol, wp);
        arb_zero(acb_imagref(res));
        acb_mul_2exp_si(res, res, 1);
    } else {
        ok = piece(res, &f, from, U, tol, wp)
             && piece(res, &f, -U, -from, tol, wp);
    }
    if (ok) {
        arb_const_pi(c, wp);
        arb_div(c, f.mu, c, wp);
        acb_mul_arb(res, res, c, wp);
        if (N > 0) {
            acb_pow_ui(z, f.z, (ulong)N, wp + 10);
            acb_div(res, res, z, wp);
        }
        if (p->real)
            arb_zero(acb_imagref(res));
    } else {
        acb_indeterminate(res);
    }
    integrand_clear(&f);
    acb_clear(z);
    arb_clear(c);
    return ok;
}

/* ---------------------------------------------------------------- the poles */

/* Re sqrt(t_h/mu) against 1: 1 right of the parabola, 0 left, -1 undecided.
 * [mlfunc Q2] */
static int
right_of_parabola(const ml_mlpoint *p, slong h, double mu)
{
    const slong w = 64;
    arb_t t, c;
    acb_t z;
    int right = -1;

    arb_init(t);
    arb_init(c);
    acb_init(z);
    ml_mlpoint_angle(t, p, h, w);
    arb_abs(c, t);
    arb_sub_ui(c, c, 1, w);
    if (arb_is_positive(c)) {
        right = 0; /* |theta_h| > pi: not on the sheet */
    } else {
        arb_mul_2exp_si(t, t, -1);
        arb_cos_pi(t, t, w);
        ml_mlpoint_z(z, p, w);
        acb_abs(c, z, w);
        arb_log(c, c, w);
        arb_mul_2exp_si(c, c, -1);
        arb_t a;
        arb_init(a);
        ml_mlpoint_alpha(a, p, w);
        arb_div(c, c, a, w);
        arb_clear(a);
        arb_exp(c, c, w);
        arb_mul(t, t, c, w);
        arb_set_d(c, mu);
        arb_sqrt(c, c, w);
        if (arb_gt(t, c))
            right = 1;
        else if (arb_lt(t, c))
            right = 0;
    }
    arb_clear(t);
    arb_clear(c);
    acb_clear(z);
    return right;
}

static ml_status
add_poles(acb_t sum, const ml_mlpoint *p, double mu, slong goal)
{
    slong lo = (slong)floor((-p->a - p->turn) / 2) - 1;
    slong hi = (slong)ceil((p->a - p->turn) / 2) + 1;
    ml_status st = ML_OK;

    for (slong h = p->real ? 0 : lo; h <= hi && st == ML_OK; h++) {
        int right = right_of_parabola(p, h, mu);
        bool pair = p->real && (h > 0 || p->turn > 0.5);
        if (right < 0)
            st = ML_UNABLE;
        else if (right > 0)
            st = ml_mlpoint_add_pole(sum, p, h, pair, goal - 4);
    }
    return st;
}

ml_status
ml_mlpoint_quad_at(acb_t res, const ml_mlpoint *p, double mu, double U, slong N,
                   slong goal)
{
    mag_t tail;
    acb_t poles;

    mag_init(tail);
    acb_init(poles);
    acb_indeterminate(res);
    ml_status st = add_poles(poles, p, mu, goal);
    if (st == ML_OK && !ml_mlpoint_quad_tail(tail, p, mu, U, N))
        st = ML_UNABLE;
    if (st == ML_OK && !ml_mlpoint_quad_part(res, p, mu, 0, U, N, goal))
        st = ML_UNABLE;
    if (st == ML_OK) {
        ml_mlpoint_add(res, poles, goal);
        ml_mlpoint_subtract_algebraic(res, p, N, goal);
        arb_add_error_mag(acb_realref(res), tail);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res), tail);
    } else {
        acb_indeterminate(res);
    }
    mag_clear(tail);
    acb_clear(poles);
    return st;
}

ml_status
ml_mlpoint_quad(acb_t res, const ml_mlpoint *p, slong goal)
{
    ml_quad_plan s;

    acb_indeterminate(res);
    if (!ml_plan_quad(&s, p, goal))
        return ML_UNABLE;
    return ml_mlpoint_quad_at(res, p, s.mu, s.U, s.N, goal);
}
