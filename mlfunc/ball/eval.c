/* mlfunc/ball/eval.c - the Ziv loop, and balls of given relative accuracy. */
#include <math.h>

#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

bool
ml_ball_accurate(const acb_t ball, slong bits)
{
    mag_t rad, low;
    bool ok;

    if (!acb_is_finite(ball))
        return false;
    if (acb_is_exact(ball))
        return true;
    mag_init(rad);
    mag_init(low);
    mag_hypot(rad, arb_radref(acb_realref(ball)),
              arb_radref(acb_imagref(ball)));
    acb_get_mag_lower(low, ball);
    mag_mul_2exp_si(low, low, -bits);
    ok = mag_cmp(rad, low) <= 0;
    mag_clear(rad);
    mag_clear(low);
    return ok;
}

/* Relative bits of the less accurate part that is not exact. */
static slong
part_bits(const acb_t x)
{
    slong re = arb_rel_accuracy_bits(acb_realref(x));
    slong im = arb_rel_accuracy_bits(acb_imagref(x));

    return re < im ? re : im;
}

/* More than enough where the shortfall is known, half as much again where it
 * is not: the loop ends within a factor 1.5 of the precision it needs. */
static slong
next_precision(slong prec, slong first, slong bits, slong cap)
{
    slong step = prec / 2 > 32 ? prec / 2 : 32;

    if (bits > 0 && bits < first && first - bits > step)
        step = first - bits + 16;
    return prec >= cap - step ? cap : prec + step;
}

ml_status
ml_ziv(acb_t res, ml_ball_fn eval, const ml_arg *args, slong first, slong cap,
       ml_ziv_done done, void *context)
{
    slong best = WORD_MIN;
    int refused = 0;

    for (slong prec = first < cap ? first : cap;;) {
        ml_status s = eval(res, args, prec);
        slong bits = part_bits(res);

        if (s & ML_DOMAIN)
            return s;
        if (done(context, res))
            return s & (ML_OVERFLOW | ML_UNDERFLOW);
        /* A method that does not reach gains nothing from precision; one that
         * lost bits to cancellation does. */
        refused = s != ML_OK && bits <= best ? refused + 1 : 0;
        best = bits > best ? bits : best;
        if (prec >= cap || refused >= 2 || (s != ML_OK && !acb_is_finite(res)))
            return (s & (ML_OVERFLOW | ML_UNDERFLOW)) ? s : s | ML_UNABLE;
        prec = next_precision(prec, first, bits, cap);
    }
}

/* --------------------------------------------------------- huge exponents */

slong
ml_exponent_prec(slong magnitude)
{
    if (magnitude > ML_PREC_CAP - 64)
        return 0;
    return 64 + (magnitude > 0 ? magnitude : 0);
}

bool
ml_ball_from_log2(arb_t res, const arb_t exponent)
{
    arf_t lo, hi;
    fmpz_t e;
    bool ok;

    arf_init(lo);
    arf_init(hi);
    fmpz_init(e);
    ok = arb_is_finite(exponent) && mag_cmp_2exp_si(arb_radref(exponent), 4) < 0
         && arf_cmpabs_2exp_si(arb_midref(exponent), ML_PREC_CAP) < 0;
    if (ok) {
        arb_get_lbound_arf(lo, exponent, ML_PREC_CAP + 64);
        arb_get_ubound_arf(hi, exponent, ML_PREC_CAP + 64);
        arf_get_fmpz(e, lo, ARF_RND_FLOOR);
        arf_set_ui(lo, 1);
        arf_mul_2exp_fmpz(lo, lo, e);
        arf_get_fmpz(e, hi, ARF_RND_CEIL);
        arf_set_ui(hi, 1);
        arf_mul_2exp_fmpz(hi, hi, e);
        arb_set_interval_arf(res, lo, hi, 128);
    } else {
        arb_zero_pm_inf(res);
    }
    arf_clear(lo);
    arf_clear(hi);
    fmpz_clear(e);
    return ok;
}

/* -------------------------------------------------- a given relative accuracy */

static bool
accurate(void *context, const acb_t ball)
{
    const slong *bits = context;

    return ml_ball_accurate(ball, *bits);
}

/* res = c, or c + delta where the value is nearly a rational. */
static bool
eval_known(acb_t res, const ml_function *f, const ml_arg *args, slong bits)
{
    fmpq_t re, im;
    acb_t delta;
    int sign[2];
    bool known;

    fmpq_init(re);
    fmpq_init(im);
    acb_init(delta);
    known = f->exact && f->exact(re, im, args);
    if (!known && f->nearly)
        known = f->nearly(re, im, delta, sign, args, bits + 8);
    if (known) {
        arb_set_fmpq(acb_realref(res), re, bits + 8);
        arb_set_fmpq(acb_imagref(res), im, bits + 8);
        acb_add(res, res, delta, bits + 8);
        known = ml_ball_accurate(res, bits);
    }
    fmpq_clear(re);
    fmpq_clear(im);
    acb_clear(delta);
    return known;
}

ml_status
ml_eval_bits(acb_t res, const ml_function *f, const ml_method *method,
             const ml_arg *args, slong bits, slong cap)
{
    size_t bad;
    ml_status s = f->domain(args, &bad);

    if (s != ML_OK) {
        acb_indeterminate(res);
        return s;
    }
    bits = bits < 2 ? 2 : bits;
    if (cap <= 0)
        cap = 4 * bits > ML_PREC_CAP ? 4 * bits : ML_PREC_CAP;
    if (method)
        return ml_ziv(res, method->eval, args, bits + 9, cap, accurate, &bits);
    if (eval_known(res, f, args, bits))
        return ML_OK;
    return ml_ziv(res, f->eval, args, bits + 9, cap, accurate, &bits);
}

ml_status
ml_eval_digits(acb_t res, const ml_function *f, const ml_method *method,
               const ml_arg *args, slong digits, slong cap)
{
    /* 2^-bits <= 10^-digits, since log2(10) < 3322/1000. */
    slong bits = 1 + digits / 1000 * 3322 + digits % 1000 * 3322 / 1000;

    return ml_eval_bits(res, f, method, args, bits, cap);
}
