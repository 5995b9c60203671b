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

/* E_{alpha,beta} on the box z. */
static bool
on_box(acb_t res, const fmpq_t alpha, const fmpq_t beta, const acb_t z,
       slong prec)
{
    ml_mlpoint p;

    ml_mlpoint_init(&p);
    ml_status s = ml_mlpoint_set_mixed(&p, alpha, beta, z);
    /* ML_UNABLE: the box is too wide for the accuracy; the ball holds. */
    if (s == ML_OK)
        s = ml_mlpoint_mittleff(res, &p, prec);
    ml_mlpoint_clear(&p);
    return (s == ML_OK || s == ML_UNABLE) && acb_is_finite(res);
}

/*
 * [mlfunc M3]  Im E(x+iy) = y Re E'(x+iu) for some u between 0 and y, and
 * alpha z E'(z) = E_{alpha,beta-1}(z) - (beta-1) E_{alpha,beta}(z).
 */
static bool
near_real_axis(acb_t res, const ml_arg *args, slong prec)
{
    acb_t d, z;
    arb_t y, t;
    fmpq_t less;

    acb_init(d);
    acb_init(z);
    arb_init(y);
    arb_init(t);
    fmpq_init(less);
    const slong wp = prec + 16;
    ml_arg_get_arb(acb_realref(z), &args[Z], wp);
    arb_set_fmpq(y, args[Z].im, wp);
    arb_union(acb_imagref(z), y, acb_imagref(z), wp);
    fmpq_sub_si(less, args[BETA].re, 1);
    bool ok = on_box(res, args[ALPHA].re, args[BETA].re, z, wp)
              && on_box(d, args[ALPHA].re, less, z, wp);
    if (ok) {
        arb_set_fmpq(t, less, wp);
        acb_submul_arb(d, res, t, wp);
        acb_div(d, d, z, wp);
        ml_arg_get_arb(t, &args[ALPHA], wp);
        acb_div_arb(d, d, t, wp);
        arb_mul(acb_imagref(res), acb_realref(d), y, wp);
        ok = arb_rel_accuracy_bits(acb_realref(res)) > prec - 8
             && arb_rel_accuracy_bits(acb_imagref(res)) > prec - 8;
    }
    acb_clear(d);
    acb_clear(z);
    arb_clear(y);
    arb_clear(t);
    fmpq_clear(less);
    return ok;
}

/* ------------------------------------------------------------- close to zero */

/*
 * [mlfunc M4]  For |z| <= 1/2, |sum_{k>n} z^k/Gamma(alpha k+beta)|
 * <= 2 M |z|^(n+1), M = max(2, Gamma(1-beta)) for beta < 0, else 2.
 */
void
ml_tiny_tail(mag_t bound, const arb_t beta, const acb_t z, slong n)
{
    arb_t y;
    mag_t m;

    arb_init(y);
    mag_init(m);
    mag_set_ui(bound, 2);
    if (!arb_is_nonnegative(beta)) {
        arb_sub_ui(y, beta, 1, 64);
        arb_neg(y, y);
        arb_gamma(y, y, 64);
        arb_get_mag(m, y);
        mag_max(bound, bound, m);
    }
    acb_get_mag(m, z);
    mag_pow_ui(m, m, (ulong)n + 1);
    mag_mul(bound, bound, m);
    mag_mul_2exp_si(bound, bound, 1);
    arb_clear(y);
    mag_clear(m);
}

/* sum_{k>=1} z^k/Gamma(alpha k+beta), each of its parts to about prec bits. */
static void
tiny_sum(acb_t delta, const arb_t alpha, const arb_t beta, const acb_t z,
         slong prec)
{
    acb_t power, term;
    arb_t c, y;
    mag_t tail, least;

    acb_init(power);
    acb_init(term);
    arb_init(c);
    arb_init(y);
    mag_init(tail);
    mag_init(least);
    acb_zero(delta);
    acb_one(power);
    arb_set(y, beta);
    mag_inf(tail);
    for (slong k = 1; k <= TINY && mag_cmp(tail, least) > 0; k++) {
        acb_mul(power, power, z, prec);
        arb_add(y, y, alpha, prec);
        arb_rgamma(c, y, prec);
        acb_mul_arb(term, power, c, prec);
        acb_add(delta, delta, term, prec);
        ml_tiny_tail(tail, beta, z, k);
        ml_least_part(least, delta);
        mag_mul_2exp_si(least, least, -prec);
    }
    arb_add_error_mag(acb_realref(delta), tail);
    if (!arb_is_zero(acb_imagref(z)))
        arb_add_error_mag(acb_imagref(delta), tail);
    acb_clear(power);
    acb_clear(term);
    arb_clear(c);
    arb_clear(y);
    mag_clear(tail);
    mag_clear(least);
}

/* 1/Gamma(beta) + delta for |z| < 2^-TINY, the parts of delta with their own
 * accuracy. */
static bool
near_zero(acb_t res, const ml_arg *args, slong prec)
{
    arb_t alpha, beta;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    const slong wp = prec + 16;
    /* beta may be close to a pole. */
    const slong bits = (slong)fmpz_bits(fmpq_denref(args[BETA].re));
    ml_arg_get_arb(alpha, &args[ALPHA], wp);
    ml_arg_get_arb(beta, &args[BETA], wp + FLINT_MIN(bits, 4096));
    ml_arg_get_acb(z, &args[Z], wp);
    tiny_sum(res, alpha, beta, z, wp);
    arb_rgamma(beta, beta, wp);
    arb_add(acb_realref(res), acb_realref(res), beta, wp);
    bool ok = ml_ball_accurate(res, prec - 8);
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
