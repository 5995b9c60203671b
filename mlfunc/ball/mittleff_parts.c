/* mlfunc/ball/mittleff_parts.c - values close to z = 0, and complex values part
 * by part, where one part may be far smaller than the other. */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

enum { ALPHA, BETA, Z };

/* Where |z| is below 2^-64 the general method would need as many bits more. */
#define TINY 64

static slong
log2_floor(const fmpq_t x)
{
    return (slong)fmpz_bits(fmpq_numref(x)) - (slong)fmpz_bits(fmpq_denref(x))
           - 1;
}

/* --------------------------------------------------------- the imaginary axis */

/* [mlfunc M2]  E_{alpha,beta}(iy) = E_{2 alpha,beta}(-y^2)
 *                                   + i y E_{2 alpha,alpha+beta}(-y^2) */
static ml_status
imaginary_axis(acb_t res, const ml_arg *args, slong prec)
{
    ml_arg half[3];
    acb_t t;
    arb_t y;

    ml_args_init(half, 3);
    acb_init(t);
    arb_init(y);
    fmpq_mul_2exp(half[ALPHA].re, args[ALPHA].re, 1);
    fmpq_set(half[BETA].re, args[BETA].re);
    fmpq_mul(half[Z].re, args[Z].im, args[Z].im);
    fmpq_neg(half[Z].re, half[Z].re);
    ml_status s = ml_mittleff_row(t, half, prec + 2);
    arb_set(acb_realref(res), acb_realref(t));
    fmpq_add(half[BETA].re, half[BETA].re, args[ALPHA].re);
    s |= ml_mittleff_row(t, half, prec + 2);
    arb_set_fmpq(y, args[Z].im, prec + 10);
    arb_mul(acb_imagref(res), acb_realref(t), y, prec + 10);
    /* A part beyond all balls may be nothing beside the other. */
    if (!(s & (ML_DOMAIN | ML_UNABLE)) && ml_ball_accurate(res, prec - 8))
        s = ML_OK;
    ml_args_clear(half, 3);
    acb_clear(t);
    arb_clear(y);
    return s;
}

/* ----------------------------------------------------- close to the real axis */

/* [mlfunc M3]  Im E(x+iy) = y Re E'(x+iu) for some u between 0 and y. */
static bool
near_real_axis(acb_t res, const ml_arg *args, slong prec)
{
    acb_struct e[2];
    arb_t y;
    acb_t z;
    ml_mlpoint p;

    acb_init(e);
    acb_init(e + 1);
    arb_init(y);
    acb_init(z);
    ml_mlpoint_init(&p);
    const slong wp = prec + 16;
    ml_arg_get_arb(acb_realref(z), &args[Z], wp + 64);
    arb_set_fmpq(y, args[Z].im, wp);
    arb_union(acb_imagref(z), y, acb_imagref(z), wp);
    ml_status s = ml_mlpoint_set_mixed(&p, args[ALPHA].re, args[BETA].re, z);
    if (s == ML_OK)
        s = ml_mlpoint_jet_drive(e, &p, 1, 0, 0, ML_JET_ALL, 0, wp);
    bool ok = s == ML_OK || s == ML_UNABLE;
    if (ok) {
        arb_set(acb_realref(res), acb_realref(e));
        arb_mul(acb_imagref(res), acb_realref(e + 1), y, wp);
        ok = arb_rel_accuracy_bits(acb_realref(res)) > prec - 8
             && arb_rel_accuracy_bits(acb_imagref(res)) > prec - 8;
    }
    acb_clear(e);
    acb_clear(e + 1);
    arb_clear(y);
    acb_clear(z);
    ml_mlpoint_clear(&p);
    return ok;
}

/* ------------------------------------------------------------- close to zero */

/* 1/Gamma(beta) + delta, the parts of delta with their own accuracy. */
static bool
near_zero(acb_t res, const ml_arg *args, slong prec)
{
    arb_t alpha, beta;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    const slong wp = prec + 16;
    ml_arg_get_arb(alpha, &args[ALPHA], wp);
    ml_arg_get_arb(beta, &args[BETA], wp);
    ml_arg_get_acb(z, &args[Z], wp);
    bool ok = ml_near_zero(res, alpha, beta, z, wp);
    if (ok) {
        arb_rgamma(beta, beta, wp);
        arb_add(acb_realref(res), acb_realref(res), beta, wp);
        ok = ml_ball_accurate(res, prec - 8);
    }
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    return ok;
}

bool
ml_mittleff_parts(acb_t res, ml_status *s, const ml_arg *args, slong prec)
{
    const fmpq *re = args[Z].re, *im = args[Z].im;

    slong larger = log2_floor(re);
    *s = ML_OK;
    if (fmpq_is_zero(im))
        return larger < -TINY && !fmpq_is_zero(re)
               && near_zero(res, args, prec);
    if (fmpq_is_zero(re)) {
        if (log2_floor(args[ALPHA].re) > 38)
            return false;
        *s = imaginary_axis(res, args, prec);
        return true;
    }
    larger = FLINT_MAX(larger, log2_floor(im));
    if (larger < -TINY && near_zero(res, args, prec))
        return true;
    return log2_floor(re) - log2_floor(im) > 2 * prec + TINY
           && near_real_axis(res, args, prec);
}
