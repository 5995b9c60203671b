/* mlfunc/ball/mittleff_box.c - E over a box by the mean value form. */
#include "mlfunc/impl.h"

/*
 * sum += d (v - mid v) with d over all points of the box: i, j, l say in which
 * variable the derivative is.  False where there is none.
 */
static bool
add_slope(acb_t sum, const acb_t spread, const arb_t alpha, const arb_t beta,
          const acb_t z, slong i, slong j, slong l, slong prec)
{
    acb_ptr jet = _acb_vec_init(2);
    ml_status st = ml_mittleff_jet(jet, alpha, beta, z, i, j, l, prec);
    bool ok = (st & (ML_DOMAIN | ML_OVERFLOW)) == 0 && acb_is_finite(jet + 1);

    if (ok)
        acb_addmul(sum, jet + 1, spread, prec);
    _acb_vec_clear(jet, 2);
    return ok;
}

/* The radii of v, around 0, go to spread; its midpoint stays. */
static void
split(arb_t spread, arb_t v)
{
    mag_swap(arb_radref(spread), arb_radref(v));
}

/* [mlfunc B1] */
bool
ml_mittleff_mean_value(acb_t res, const arb_t alpha, const arb_t beta,
                       const acb_t z, slong prec)
{
    acb_t sum, v[3], spread[3];
    slong low = MAG_BITS / 2; /* a slope to a few digits is enough */
    bool ok = true;

    acb_init(sum);
    for (int k = 0; k < 3; k++) {
        acb_init(v[k]);
        acb_init(spread[k]);
    }
    acb_set(v[0], z);
    acb_set_arb(v[1], alpha);
    acb_set_arb(v[2], beta);
    for (int k = 0; k < 3; k++) {
        split(acb_realref(spread[k]), acb_realref(v[k]));
        split(acb_imagref(spread[k]), acb_imagref(v[k]));
        if (ok && !acb_is_zero(spread[k]))
            ok = add_slope(sum, spread[k], alpha, beta, z, k == 0, k == 1,
                           k == 2, low);
    }
    if (ok) {
        ml_status st = ml_mittleff(v[0], acb_realref(v[1]), acb_realref(v[2]),
                                   v[0], prec + 4);
        ok = (st & (ML_DOMAIN | ML_OVERFLOW)) == 0 && acb_is_finite(v[0]);
        acb_add(sum, sum, v[0], prec + 8);
    }
    if (ok)
        acb_swap(res, sum);
    else
        acb_indeterminate(res);
    acb_clear(sum);
    for (int k = 0; k < 3; k++) {
        acb_clear(v[k]);
        acb_clear(spread[k]);
    }
    return ok;
}
