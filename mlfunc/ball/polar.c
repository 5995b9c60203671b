/* mlfunc/ball/polar.c - E_{alpha,beta}(z) where exponentials dominate it.
 * [mlfunc L1] */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

/* Terms of the algebraic part beyond which nothing is decided. */
#define MAX_TERMS 65536

void
ml_polar_init(ml_polar *p)
{
    arb_init(p->alpha);
    arb_init(p->beta);
    arb_init(p->x);
    arb_init(p->ln_x);
    arb_init(p->theta);
    p->axis = 0;
}

void
ml_polar_clear(ml_polar *p)
{
    arb_clear(p->alpha);
    arb_clear(p->beta);
    arb_clear(p->x);
    arb_clear(p->ln_x);
    arb_clear(p->theta);
}

/* e^-g <= bound; no smaller than e^-2^30, infinite for g < -2^30. */
static void
exp_minus(mag_t bound, const arb_t g)
{
    arf_t low, most;
    arb_t t;

    arf_init(low);
    arf_init(most);
    arb_init(t);
    arb_get_lbound_arf(low, g, 64);
    arf_set_si_2exp_si(most, 1, 30);
    arf_min(low, low, most);
    if (arf_cmpabs(low, most) <= 0) {
        arb_set_arf(t, low);
        arb_neg(t, t);
        arb_exp(t, t, 64);
        arb_get_mag(bound, t);
    } else {
        mag_inf(bound);
    }
    arf_clear(low);
    arf_clear(most);
    arb_clear(t);
}

/* quality = 1/(|cos phi|^nu s) for the ray arg t = phi, d = alpha phi - theta:
 * the factor of (A2).  [mlfunc A2] */
static void
ray_factor(mag_t quality, const arb_t phi, const arb_t theta, const arb_t alpha,
           const arb_t nu)
{
    arb_t c, s, d;
    mag_t m;

    arb_init(c);
    arb_init(s);
    arb_init(d);
    mag_init(m);
    arb_mul(d, alpha, phi, 64);
    arb_sub(d, d, theta, 64);
    arb_sin_cos(s, c, d, 64);
    if (arb_is_nonpositive(c))
        mag_one(quality);
    else {
        arb_get_mag_lower(m, s);
        mag_inv(quality, m);
    }
    arb_cos(c, phi, 64);
    arb_abs(c, c);
    arb_pow(c, c, nu, 64);
    arb_get_mag_lower(m, c);
    mag_div(quality, quality, m);
    arb_clear(c);
    arb_clear(s);
    arb_clear(d);
    mag_clear(m);
}

/* The best of some rays pi/2 < phi <= pi, for both signs of the angle. */
static void
choose_rays(arb_t phi, mag_t factor, const ml_polar *p, const arb_t nu)
{
    arb_t trial, minus;
    mag_t a, b;

    arb_init(trial);
    arb_init(minus);
    mag_init(a);
    mag_init(b);
    mag_inf(factor);
    for (int i = 96; i > 56; i--) {
        arb_const_pi(trial, 64);
        arb_mul_ui(trial, trial, i, 64);
        arb_div_ui(trial, trial, 96, 64);
        ray_factor(a, trial, p->theta, p->alpha, nu);
        arb_neg(minus, p->theta);
        ray_factor(b, trial, minus, p->alpha, nu);
        mag_add(a, a, b);
        if (mag_cmp(a, factor) < 0) {
            mag_set(factor, a);
            arb_set(phi, trial);
        }
    }
    arb_clear(trial);
    arb_clear(minus);
    mag_clear(a);
    mag_clear(b);
}

/* |sum_{k=1}^N z^-k/Gamma(beta-alpha k)| + |R_N| <= bound for the least N that
 * has nu = alpha (N+1) - beta + 1 > 0; the poles with |theta_h| < phi make up
 * the rest of E.  [mlfunc A1, A2] */
static bool
algebraic_part(mag_t bound, arb_t phi, const ml_polar *p)
{
    arb_t nu, y, r, power;
    mag_t m, rest;
    bool ok = false;

    arb_init(nu);
    arb_init(y);
    arb_init(r);
    arb_init(power);
    mag_init(m);
    mag_init(rest);
    mag_zero(bound);
    arb_mul(r, p->alpha, p->ln_x, 64);
    arb_neg(r, r);
    arb_exp(r, r, 64); /* 1/|z| */
    arb_one(power);
    arb_set(y, p->beta);
    for (slong k = 1; k < MAX_TERMS; k++) {
        arb_mul(power, power, r, 64);
        arb_sub(y, y, p->alpha, 64);
        arb_sub_ui(nu, y, 1, 64);
        arb_neg(nu, nu);
        ok = arb_is_positive(nu);
        if (ok)
            break;
        arb_rgamma(nu, y, 64);
        arb_mul(nu, nu, power, 64);
        arb_get_mag(m, nu);
        mag_add(bound, bound, m);
    }
    choose_rays(phi, m, p, nu);
    arb_gamma(nu, nu, 64);
    arb_mul(nu, nu, power, 64);
    arb_const_pi(y, 64);
    arb_div(nu, nu, y, 64);
    arb_mul_2exp_si(nu, nu, -1);
    arb_get_mag(rest, nu);
    mag_addmul(bound, rest, m);
    ok = ok && mag_is_finite(bound);
    mag_clear(rest);
    mag_clear(m);
    arb_clear(nu);
    arb_clear(y);
    arb_clear(r);
    arb_clear(power);
    return ok;
}

/* alpha = 1 and beta = 1, 0, -1, ...: E = z^(1-beta) e^z, nothing else. */
static bool
pure_exponential(const ml_polar *p)
{
    return arb_is_one(p->alpha) && arb_is_int(p->beta)
           && arf_cmp_si(arb_midref(p->beta), 1) <= 0;
}

/* phase = x sin(theta) + (1-beta) theta, the argument of t^(1-beta) e^t. */
static void
phase_at(arb_t phase, const ml_polar *p, const arb_t theta, slong prec)
{
    arb_t s;

    arb_init(s);
    arb_sub_ui(phase, p->beta, 1, prec);
    arb_neg(phase, phase);
    arb_mul(phase, phase, theta, prec);
    arb_sin(s, theta, prec);
    arb_addmul(phase, p->x, s, prec);
    arb_clear(s);
}

/* w += e^(i (phase(theta) - phase_0) - gap) for the pole at angle theta. */
static void
add_pole(acb_t w, const ml_polar *p, const arb_t theta, const arb_t phase_0,
         const arb_t gap, slong prec)
{
    acb_t e;
    arb_t t;

    acb_init(e);
    arb_init(t);
    phase_at(t, p, theta, prec);
    arb_sub(t, t, phase_0, prec);
    arb_sin_cos(acb_imagref(e), acb_realref(e), t, prec);
    arb_neg(t, gap);
    arb_exp(t, t, prec);
    acb_mul_arb(e, e, t, prec);
    acb_add(w, w, e, prec);
    acb_clear(e);
    arb_clear(t);
}

/* gap = x (cos(theta_0) - cos(theta)), theta clipped to [0, pi]. */
static void
gap_to(arb_t gap, const ml_polar *p, const arb_t cos_0, const arb_t theta,
       slong prec)
{
    arb_t t;

    arb_init(t);
    arb_const_pi(t, prec);
    arb_min(t, t, theta, prec);
    arb_cos(gap, t, prec);
    arb_sub(gap, cos_0, gap, prec);
    arb_mul(gap, gap, p->x, prec);
    arb_clear(t);
}

/* The poles next to the leading one, all of them with |theta_h| <= pi: the
 * nearest is added to w, the others to the error.  False when it is not clear
 * on which side of the ray phi the nearest lies. */
static bool
other_poles(acb_t w, mag_t error, const ml_polar *p, const arb_t cos_0,
            const arb_t phase_0, const arb_t phi, slong prec)
{
    arb_t theta, abs, gap;
    mag_t m;
    bool ok = true;

    arb_init(theta);
    arb_init(abs);
    arb_init(gap);
    mag_init(m);
    arb_abs(abs, p->theta);
    arb_const_pi(theta, prec);
    arb_mul_2exp_si(theta, theta, 1);
    arb_sub(theta, theta, abs, prec);
    arb_div(theta, theta, p->alpha, prec);
    if (p->axis <= 0 && arb_lt(theta, phi)) {
        /* On the negative axis it is the conjugate of the leading one. */
        if (p->axis == 0)
            gap_to(gap, p, cos_0, theta, prec);
        if (arb_is_positive(p->theta))
            arb_neg(theta, theta);
        add_pole(w, p, theta, phase_0, gap, prec);
    } else {
        ok = p->axis > 0 || arb_gt(theta, phi);
    }
    /* At most alpha + 1 poles are left, the nearest at (2 pi +- |arg z|)/alpha,
     * with the lower sign only on the positive axis where both are the same. */
    arb_const_pi(theta, prec);
    arb_mul_2exp_si(theta, theta, 1);
    arb_add(theta, theta, abs, prec);
    arb_div(theta, theta, p->alpha, prec);
    if (!arb_gt(theta, phi)) {
        gap_to(gap, p, cos_0, theta, prec);
        exp_minus(error, gap);
        arb_add_ui(gap, p->alpha, 1, 64);
        arb_get_mag(m, gap);
        mag_mul(error, error, m);
    }
    arb_clear(theta);
    arb_clear(abs);
    arb_clear(gap);
    mag_clear(m);
    return ok;
}

bool
ml_polar_lead(arb_t exponent, arb_t phase, acb_t w, const ml_polar *p,
              slong prec)
{
    arb_t theta, phi, cos_0;
    mag_t rest, error, scale;
    bool ok = p->axis != 0 || arb_is_nonzero(p->theta);

    arb_init(theta);
    arb_init(phi);
    arb_init(cos_0);
    mag_init(rest);
    mag_init(error);
    mag_init(scale);
    /* exponent = x cos(theta_0) + (1-beta) ln x - ln alpha */
    arb_div(theta, p->theta, p->alpha, prec);
    arb_cos(cos_0, theta, prec);
    arb_sub_ui(exponent, p->beta, 1, prec);
    arb_neg(exponent, exponent);
    arb_mul(exponent, exponent, p->ln_x, prec);
    arb_addmul(exponent, p->x, cos_0, prec);
    arb_log(phi, p->alpha, prec);
    arb_sub(exponent, exponent, phi, prec);
    phase_at(phase, p, theta, prec);
    acb_one(w);
    if (ok && !pure_exponential(p)) {
        arb_abs(theta, theta);
        ok = algebraic_part(rest, phi, p) && arb_lt(theta, phi)
             && other_poles(w, error, p, cos_0, phase, phi, prec);
        exp_minus(scale, exponent);
        mag_addmul(error, scale, rest);
        acb_add_error_mag(w, error);
    }
    arb_clear(theta);
    arb_clear(phi);
    arb_clear(cos_0);
    mag_clear(rest);
    mag_clear(error);
    mag_clear(scale);
    return ok;
}

ml_status
ml_polar_log2(arb_t res, const ml_polar *p, slong prec)
{
    acb_t w;
    arb_t t;
    bool ok;

    acb_init(w);
    arb_init(t);
    ok = ml_polar_lead(res, t, w, p, prec);
    acb_abs(t, w, 64);
    ok = ok && arb_is_positive(t);
    if (ok) {
        arb_log(t, t, 64);
        arb_add(res, res, t, prec);
        arb_const_log2(t, prec);
        arb_div(res, res, t, prec);
        ok = arb_is_finite(res);
    }
    if (!ok)
        arb_zero_pm_inf(res);
    acb_clear(w);
    arb_clear(t);
    return ok ? ML_OK : ML_UNABLE;
}

void
ml_polar_ball(acb_t res, const ml_polar *p, slong prec)
{
    acb_t w, unit;
    arb_t e, t;

    acb_init(w);
    acb_init(unit);
    arb_init(e);
    arb_init(t);
    if (ml_polar_lead(e, t, w, p, prec)) {
        arb_sin_cos(acb_imagref(unit), acb_realref(unit), t, prec);
        acb_mul(w, w, unit, prec);
        arb_const_log2(t, prec);
        arb_div(e, e, t, prec);
        if (ml_ball_from_log2(t, e))
            acb_mul_arb(res, w, t, 128);
        else
            acb_indeterminate(res);
    } else {
        acb_indeterminate(res);
    }
    /* E is real on the axis: what is left of the imaginary part is error. */
    if (p->axis != 0)
        arb_zero(acb_imagref(res));
    acb_clear(w);
    acb_clear(unit);
    arb_clear(e);
    arb_clear(t);
}
