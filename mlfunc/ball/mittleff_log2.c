/* mlfunc/ball/mittleff_log2.c - the registry row of mittag-leffler, and its
 * binary logarithm where no ball would hold the value.  [mlfunc L1] */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

enum { ALPHA, BETA, Z };

/* The polar_prec of x > 2^59: from 10^18 on the methods may refuse. */
#define LARGE 125

static void
set_polar(ml_polar *p, const ml_arg *args, slong prec)
{
    acb_t z;

    acb_init(z);
    ml_arg_get_arb(p->alpha, &args[ALPHA], prec);
    ml_arg_get_arb(p->beta, &args[BETA], prec);
    ml_arg_get_acb(z, &args[Z], prec);
    p->axis = fmpq_is_zero(args[Z].im) ? fmpq_sgn(args[Z].re) : 0;
    if (p->axis > 0)
        arb_zero(p->theta);
    else if (p->axis < 0)
        arb_const_pi(p->theta, prec);
    else
        acb_arg(p->theta, z, prec);
    acb_abs(p->x, z, prec);
    arb_log(p->ln_x, p->x, prec);
    arb_div(p->ln_x, p->ln_x, p->alpha, prec);
    arb_exp(p->x, p->ln_x, prec);
    acb_clear(z);
}

/* The precision that resolves the phase and the exponent, or 0. */
static slong
polar_prec(const ml_arg *args)
{
    ml_polar p;
    slong prec = 0;

    if (fmpq_is_zero(args[Z].re) && fmpq_is_zero(args[Z].im))
        return 0;
    ml_polar_init(&p);
    set_polar(&p, args, 64);
    arb_const_log2(p.x, 64);
    arb_div(p.ln_x, p.ln_x, p.x, 64);
    if (arf_cmpabs_2exp_si(arb_midref(p.ln_x), 40) < 0)
        prec =
            ml_exponent_prec(arf_get_si(arb_midref(p.ln_x), ARF_RND_CEIL) + 1);
    /* Too much for phases and balls, but not for a logarithm. */
    if (prec == 0 && arf_sgn(arb_midref(p.ln_x)) > 0)
        prec = 256;
    ml_polar_clear(&p);
    return prec;
}

ml_status
ml_mittleff_log2(arb_t res, const ml_arg *args)
{
    slong prec = polar_prec(args);
    ml_status s = ML_UNABLE;
    ml_polar p;

    arb_zero_pm_inf(res);
    if (prec == 0)
        return s;
    ml_polar_init(&p);
    set_polar(&p, args, prec + 64);
    s = ml_polar_log2(res, &p, prec + 64);
    ml_polar_clear(&p);
    return s;
}

/* Where L1 gives log2|E|: on the positive axis its leading term is positive
 * and more than the rest; e^z z^(1-beta) for alpha = 1, beta = 1, 0, -1, ... */
int
ml_mittleff_sign(const ml_arg *args)
{
    const fmpq *beta = args[BETA].re;

    if (!fmpq_is_zero(args[Z].im) || fmpq_sgn(args[Z].re) == 0)
        return 0;
    if (fmpq_sgn(args[Z].re) > 0)
        return 1;
    if (fmpq_is_one(args[ALPHA].re) && fmpz_is_one(fmpq_denref(beta))
        && fmpz_cmp_si(fmpq_numref(beta), 1) <= 0)
        return fmpz_is_odd(fmpq_numref(beta)) ? 1 : -1;
    return 0;
}

static bool
narrower(const acb_t x, const acb_t y)
{
    mag_t r, s;

    mag_init(r);
    mag_init(s);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    mag_hypot(s, arb_radref(acb_realref(y)), arb_radref(acb_imagref(y)));
    bool is = !acb_is_finite(y) || mag_cmp(r, s) < 0;
    mag_clear(r);
    mag_clear(s);
    return is;
}

ml_status
ml_mittleff_row(acb_t res, const ml_arg *args, slong prec)
{
    ml_status s;
    slong wp;
    ml_polar p;
    acb_t better;

    if (ml_mittleff_parts(res, &s, args, prec))
        return s;
    s = ml_mittleff_point(res, args, prec);
    if (s == ML_OK || (s & ML_DOMAIN))
        return s;
    /* Close to an anti-Stokes ray or an axis the methods refuse large x. */
    wp = polar_prec(args);
    if (wp == 0 || (s == ML_UNABLE && wp < LARGE))
        return s;
    acb_init(better);
    ml_polar_init(&p);
    set_polar(&p, args, wp + prec);
    ml_polar_ball(better, &p, wp + prec);
    if (acb_is_finite(better) && (s != ML_UNABLE || narrower(better, res)))
        acb_swap(res, better);
    ml_polar_clear(&p);
    acb_clear(better);
    return s;
}
