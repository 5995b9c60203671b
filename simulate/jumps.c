/* simulate/jumps.c - the characteristic functions of one jump. */
#include "simulate/impl.h"

#include <arb_hypgeom.h>

/* exp(-q^2 sigma^2 / 2) */
static void
lambda_gauss(arb_t res, const arb_t sigma, const arb_t q, slong prec)
{
    arb_mul(res, q, sigma, prec);
    arb_sqr(res, res, prec);
    arb_mul_2exp_si(res, res, -1);
    arb_neg(res, res);
    arb_exp(res, res, prec);
}

/* x = q a, a = sigma sqrt(dim): cos x, J_0(x), sin x / x for dim 1, 2, 3 */
static void
lambda_fixed(arb_t res, int dim, const arb_t sigma, const arb_t q, slong prec)
{
    arb_t x, zero;

    arb_init(x);
    arb_init(zero);
    arb_sqrt_ui(x, (ulong)dim, prec);
    arb_mul(x, x, sigma, prec);
    arb_mul(x, x, q, prec);
    if (dim == 1)
        arb_cos(res, x, prec);
    else if (dim == 2)
        arb_hypgeom_bessel_j(res, zero, x, prec);
    else
        arb_sinc(res, x, prec);
    arb_clear(zero);
    arb_clear(x);
}

ml_status
mlsim_lambda(arb_t res, mlsim_jump jump, int dim, const arb_t sigma,
             const arb_t q, slong prec)
{
    if (dim < 1 || dim > 3 || arb_is_negative(sigma)) {
        arb_indeterminate(res);
        return ML_DOMAIN;
    }
    if (jump == MLSIM_JUMP_GAUSS)
        lambda_gauss(res, sigma, q, prec + 10);
    else
        lambda_fixed(res, dim, sigma, q, prec + 10);
    arb_set_round(res, res, prec);
    return ML_OK;
}
