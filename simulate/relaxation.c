/* simulate/relaxation.c - E_b(-w) for balls w, by its slope.
 *
 * [simulate A1]: E_b(-w) is the Laplace transform of a probability density, so
 * |d/dw E_b(-w)| <= min(1/Gamma(1+b), 1/(e Re w)) in the right half plane.
 * The value at the exact midpoint with that slope is tighter than what an
 * evaluator for general balls can promise.
 */
#include "simulate/impl.h"

#include "mlfunc/mlball.h"

/* An upper bound of the slope over w, where low = lower bound of Re w. */
static void
slope_bound(arb_t bound, const arb_t beta, const arb_t low, slong prec)
{
    arb_t e, flat;

    arb_init(e);
    arb_init(flat);
    arb_add_ui(flat, beta, 1, prec);
    arb_rgamma(flat, flat, prec);
    arb_const_e(e, prec);
    arb_mul(e, e, low, prec);
    arb_inv(bound, e, prec); /* not finite at low = 0 */
    if (arb_is_finite(bound))
        arb_min(bound, bound, flat, prec);
    else
        arb_set(bound, flat);
    arb_clear(flat);
    arb_clear(e);
}

ml_status
mlsim_relaxation(acb_t res, const arb_t beta, const acb_t w, slong prec)
{
    arb_t one, low, bound, rad;
    acb_t mid;
    ml_status status = ML_UNABLE;
    bool real = acb_is_real(w);

    arb_init(one);
    arb_init(low);
    arb_init(bound);
    arb_init(rad);
    acb_init(mid);
    arb_one(one);
    arb_get_lbound_arf(arb_midref(low), acb_realref(w), prec);
    if (arf_sgn(arb_midref(low)) < 0) {
        acb_indeterminate(res);
    } else {
        acb_get_rad_ubound_arf(arb_midref(rad), w, prec);
        slope_bound(bound, beta, low, prec);
        arb_mul(bound, bound, rad, prec);
        acb_get_mid(mid, w);
        acb_neg(mid, mid);
        status = ml_mittleff(res, beta, one, mid, prec);
        arb_add_error(acb_realref(res), bound);
        if (!real)
            arb_add_error(acb_imagref(res), bound);
    }
    acb_clear(mid);
    arb_clear(rad);
    arb_clear(bound);
    arb_clear(low);
    arb_clear(one);
    return status;
}
