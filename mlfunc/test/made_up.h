/* mlfunc/test/made_up.h - functions a + d ln 2, with values on, or as near as
 * one likes to, the numbers and midpoints of a target. */
#ifndef MLFUNC_TEST_MADE_UP_H
#define MLFUNC_TEST_MADE_UP_H

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

static inline ml_status
any_point(const ml_arg *args, size_t *bad)
{
    (void)args;
    (void)bad;
    return ML_OK;
}

static inline void
part(arb_t res, const fmpq *a, const fmpq *d, slong prec)
{
    slong wp =
        2 * prec + 64 + (slong)fmpq_height_bits(a) + (slong)fmpq_height_bits(d);
    arb_t t;
    mag_t m;

    arb_init(t);
    mag_init(m);
    arb_const_log2(res, wp);
    arb_set_fmpq(t, d, wp);
    arb_mul(res, res, t, wp);
    arb_set_fmpq(t, a, wp);
    arb_add(res, res, t, wp);
    /* As wide, and as far off its middle, as the promise allows. */
    arb_get_mag_lower(m, res);
    mag_mul_2exp_si(m, m, 6 - prec);
    arb_set_round(t, res, prec);
    arf_set_mag(arb_midref(t), m);
    mag_zero(arb_radref(t));
    if (prec % 2)
        arb_neg(t, t);
    arb_add(res, res, t, wp);
    arb_add_error_mag(res, m);
    arb_clear(t);
    mag_clear(m);
}

static inline ml_status
made_up(acb_t res, const ml_arg *args, slong prec)
{
    part(acb_realref(res), args[0].re, args[1].re, prec);
    part(acb_imagref(res), args[0].im, args[1].im, prec);
    return ML_OK;
}

/* Half the bits that were asked for, and no word about it. */
static inline ml_status
lazy(acb_t res, const ml_arg *args, slong prec)
{
    return made_up(res, args, prec / 2 + 1);
}

static inline bool
made_up_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    fmpq_set(re, args[0].re);
    fmpq_set(im, args[0].im);
    return fmpq_is_zero(args[1].re) && fmpq_is_zero(args[1].im);
}

static inline bool
made_up_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
               const ml_arg *args, slong prec)
{
    arb_t ln2;

    arb_init(ln2);
    fmpq_set(re, args[0].re);
    fmpq_set(im, args[0].im);
    arb_const_log2(ln2, prec);
    ml_arg_get_acb(delta, &args[1], prec);
    acb_mul_arb(delta, delta, ln2, prec);
    sign[0] = fmpq_sgn(args[1].re);
    sign[1] = fmpq_sgn(args[1].im);
    arb_clear(ln2);
    return true;
}

/* The sign of delta is not known beforehand. */
static inline bool
unsigned_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                const ml_arg *args, slong prec)
{
    bool ok = made_up_nearly(re, im, delta, sign, args, prec);

    sign[0] = 2;
    return ok;
}

static const ml_argdef argdefs[] = {{"a", "any", true}, {"d", "any", true}};

static const ml_function plain = {.name = "made-up",
                                  .args = argdefs,
                                  .nargs = 2,
                                  .domain = any_point,
                                  .eval = made_up};
static const ml_function with_exact = {.name = "made-up",
                                       .args = argdefs,
                                       .nargs = 2,
                                       .domain = any_point,
                                       .eval = made_up,
                                       .exact = made_up_exact};
static const ml_function with_nearly = {.name = "made-up",
                                        .args = argdefs,
                                        .nargs = 2,
                                        .domain = any_point,
                                        .eval = made_up,
                                        .exact = made_up_exact,
                                        .nearly = made_up_nearly};

static const ml_function half_lazy = {.name = "made-up",
                                      .args = argdefs,
                                      .nargs = 2,
                                      .domain = any_point,
                                      .eval = lazy};
static const ml_function no_sign = {.name = "made-up",
                                    .args = argdefs,
                                    .nargs = 2,
                                    .domain = any_point,
                                    .eval = made_up,
                                    .nearly = unsigned_nearly};

static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD, MPFR_RNDZ,
                                   MPFR_RNDA};
#define MODES 5

static inline void
two_to(fmpq_t x, slong e)
{
    fmpq_one(x);
    if (e >= 0)
        fmpz_mul_2exp(fmpq_numref(x), fmpq_numref(x), (ulong)e);
    else
        fmpz_mul_2exp(fmpq_denref(x), fmpq_denref(x), (ulong)-e);
}

#endif
