/* simulate/ageing.c - walks that have run for an age: exact for ml waits.
 *
 * With c = 1 - lambda, T = t_a + t (tau = 1), V = (t_a/T)^b,
 *
 *     E lambda^N(t_a, T) = E_b(-c T^b)
 *         + c T^b/Gamma(1+b) Int_0^V E_b(-c T^b (1 - v^(1/b))^b) dv
 *
 * (README section 4).  The integral is enclosed by acb_calc_integrate.
 */
#include "simulate/impl.h"

#include <acb_calc.h>

typedef struct {
    arb_t beta, inverse, scale, slope; /* scale = c T^b, slope 1/Gamma(1+b) */
} params;

/* v^(1/b), 1/b >= 1; a ball around 0 becomes a disc: right for the values, of
 * no use as an analytic continuation. */
static void
root(acb_t res, const acb_t v, const params *p, bool analytic, slong prec)
{
    acb_t e;
    arb_t top;

    acb_init(e);
    arb_init(top);
    acb_set_arb(e, p->inverse);
    if (!analytic && acb_contains_zero(v)) {
        acb_get_abs_ubound_arf(arb_midref(top), v, prec);
        arb_pow(top, top, p->inverse, prec);
        acb_zero(res);
        acb_add_error_arb(res, top);
    } else {
        acb_pow_analytic(res, v, e, analytic, prec);
    }
    arb_clear(top);
    acb_clear(e);
}

static int
integrand(acb_ptr res, const acb_t v, void *param, slong order, slong prec)
{
    const params *p = param; /* v^(1/b), then (1 - v^(1/b))^b */
    acb_t u, e;

    acb_init(u);
    acb_init(e);
    root(u, v, p, order != 0, prec);
    acb_sub_ui(u, u, 1, prec);
    acb_neg(u, u);
    acb_set_arb(e, p->beta);
    acb_pow_analytic(u, u, e, order != 0, prec);
    acb_mul_arb(u, u, p->scale, prec);
    if (mlsim_relaxation(res, p->beta, u, prec) & ML_DOMAIN)
        acb_indeterminate(res);
    acb_clear(e);
    acb_clear(u);
    return 0;
}

/* c x^b/Gamma(1+b) Int_0^V ..., the part that the age adds */
static ml_status
aged_part(arb_t res, params *p, const arb_t v_max, slong prec)
{
    acb_t a, b, sum;
    mag_t tolerance;
    ml_status status;

    acb_init(a);
    acb_init(b);
    acb_init(sum);
    mag_init(tolerance);
    mag_set_ui_2exp_si(tolerance, 1, -46);
    acb_set_arb(b, v_max);
    acb_calc_integrate(sum, integrand, p, a, b, 42, tolerance, NULL, prec);
    arb_mul(res, acb_realref(sum), p->scale, prec);
    arb_mul(res, res, p->slope, prec);
    status = arb_is_finite(res) ? ML_OK : ML_UNABLE;
    mag_clear(tolerance);
    acb_clear(sum);
    acb_clear(b);
    acb_clear(a);
    return status;
}

ml_status
mlsim_theory_aged_isf(arb_t res, const mlsim_law *law, const arb_t beta,
                      const arb_t tau, const arb_t lambda, const arb_t t_a,
                      const arb_t t, slong prec)
{
    slong wp = prec < 64 ? 64 : prec;
    ml_status status;
    params p;
    arb_t all, v_max;

    if (law != mlsim_law_find("ml")) {
        arb_indeterminate(res);
        return ML_UNABLE;
    }
    arb_init(all);
    arb_init(v_max);
    arb_init(p.beta);
    arb_init(p.inverse);
    arb_init(p.scale);
    arb_init(p.slope);
    arb_set(p.beta, beta);
    arb_inv(p.inverse, beta, wp);
    arb_add_ui(p.slope, beta, 1, wp);
    arb_rgamma(p.slope, p.slope, wp);
    arb_add(all, t_a, t, wp);
    arb_div(v_max, t_a, all, wp);
    arb_pow(v_max, v_max, beta, wp);
    arb_div(p.scale, all, tau, wp);
    arb_pow(p.scale, p.scale, beta, wp);
    arb_sub_ui(res, lambda, 1, wp);
    arb_neg(res, res);
    arb_mul(p.scale, p.scale, res, wp);
    status = mlsim_theory_isf(res, law, beta, tau, lambda, all, wp);
    if (arb_is_positive(t_a) && !arb_is_zero(p.scale)) {
        status |= aged_part(all, &p, v_max, wp);
        arb_add(res, res, all, prec);
    }
    arb_clear(p.slope);
    arb_clear(p.scale);
    arb_clear(p.inverse);
    arb_clear(p.beta);
    arb_clear(v_max);
    arb_clear(all);
    return status;
}

ml_status
mlsim_theory_persistence(arb_t res, const mlsim_law *law, const arb_t beta,
                         const arb_t tau, const arb_t t_a, const arb_t t,
                         slong prec)
{
    arb_t zero;
    ml_status status;

    arb_init(zero);
    status = mlsim_theory_aged_isf(res, law, beta, tau, zero, t_a, t, prec);
    arb_clear(zero);
    return status;
}
