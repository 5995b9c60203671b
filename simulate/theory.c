/* simulate/theory.c - exact ensemble averages of walks at age 0. */
#include "simulate/impl.h"

/* x = t / tau */
static void
reduced(arb_t x, const arb_t t, const arb_t tau, slong prec)
{
    arb_div(x, t, tau, prec);
}

static bool
is_ml(const mlsim_law *law)
{
    return law == mlsim_law_find("ml");
}

static bool
is_pareto(const mlsim_law *law)
{
    return law == mlsim_law_find("pareto");
}

/* k! x^(k b) / Gamma(1 + k b) */
static void
factorial_ml(arb_t res, ulong k, const arb_t beta, const arb_t x, slong prec)
{
    arb_t kb, g;

    arb_init(kb);
    arb_init(g);
    arb_mul_ui(kb, beta, k, prec);
    arb_add_ui(g, kb, 1, prec);
    arb_rgamma(g, g, prec);
    arb_pow(res, x, kb, prec);
    arb_mul(res, res, g, prec);
    arb_fac_ui(g, k, prec);
    arb_mul(res, res, g, prec);
    arb_clear(g);
    arb_clear(kb);
}

ml_status
mlsim_theory_factorial(arb_t res, const mlsim_law *law, ulong k,
                       const arb_t beta, const arb_t tau, const arb_t t,
                       slong prec)
{
    arb_t x;

    if (!is_ml(law)) {
        arb_indeterminate(res);
        return ML_UNABLE;
    }
    arb_init(x);
    reduced(x, t, tau, prec + 20);
    factorial_ml(res, k, beta, x, prec + 20);
    arb_set_round(res, res, prec);
    arb_clear(x);
    return ML_OK;
}

ml_status
mlsim_theory_n(arb_t res, const mlsim_law *law, const arb_t beta,
               const arb_t tau, const arb_t t, slong prec)
{
    ml_status status = ML_UNABLE;
    arb_t x, one;

    if (is_ml(law))
        return mlsim_theory_factorial(res, law, 1, beta, tau, t, prec);
    arb_indeterminate(res);
    if (is_pareto(law)) {
        arb_init(x);
        arb_init(one);
        arb_one(one);
        reduced(x, t, tau, prec + 192);
        status = mlsim_pareto_h(res, beta, one, x, prec);
        arb_clear(one);
        arb_clear(x);
    }
    return status;
}

/* E_b(-(1 - lambda) x^b) */
static ml_status
isf_ml(arb_t res, const arb_t beta, const arb_t lambda, const arb_t x,
       slong prec)
{
    acb_t w;
    ml_status status;

    acb_init(w);
    arb_sub_ui(res, lambda, 1, prec + 20);
    arb_neg(res, res);
    arb_pow(acb_realref(w), x, beta, prec + 20);
    arb_mul(acb_realref(w), acb_realref(w), res, prec + 20);
    /* lambda = 1 within its radius: the part below 0 cannot occur */
    arb_nonnegative_part(acb_realref(w), acb_realref(w));
    status = mlsim_relaxation(w, beta, w, prec);
    arb_set(res, acb_realref(w));
    acb_clear(w);
    return status;
}

ml_status
mlsim_theory_isf(arb_t res, const mlsim_law *law, const arb_t beta,
                 const arb_t tau, const arb_t lambda, const arb_t t, slong prec)
{
    ml_status status = ML_UNABLE;
    arb_t x, h;

    arb_init(x);
    arb_init(h);
    reduced(x, t, tau, prec + 192);
    if (is_ml(law)) {
        status = isf_ml(res, beta, lambda, x, prec);
    } else if (is_pareto(law)) {
        status = mlsim_pareto_h(h, beta, lambda, x, prec + 64);
        arb_sub_ui(x, lambda, 1, prec + 64);
        arb_mul(h, h, x, prec + 64);
        arb_add_ui(res, h, 1, prec);
    } else {
        arb_indeterminate(res);
    }
    arb_clear(h);
    arb_clear(x);
    return status;
}

ml_status
mlsim_theory_k(arb_t k, arb_t tau_w, const mlsim_law *law, const arb_t beta,
               const arb_t tau, const arb_t sigma, slong prec)
{
    slong wp = prec + 20;
    arb_t power, scale;

    arb_init(power);
    arb_init(scale);
    /* tau_W = tau power^(1/b); K = sigma^2 / (2 power tau^b) */
    law->tau_w_power(power, beta, wp);
    arb_pow(scale, tau, beta, wp);
    arb_mul(scale, scale, power, wp);
    arb_sqr(k, sigma, wp);
    arb_div(k, k, scale, wp);
    arb_mul_2exp_si(k, k, -1);
    arb_inv(scale, beta, wp);
    arb_pow(tau_w, power, scale, wp);
    arb_mul(tau_w, tau_w, tau, wp);
    arb_set_round(k, k, prec);
    arb_set_round(tau_w, tau_w, prec);
    arb_clear(scale);
    arb_clear(power);
    return arb_is_finite(k) && arb_is_finite(tau_w) ? ML_OK : ML_DOMAIN;
}
