/* mlfunc/ball/kww.c - exp(-c (t/tau)^beta), the stretched exponential. */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

enum { BETA, TAU, C, T, NARGS };

ml_status
ml_kww_domain(const ml_arg *args, size_t *bad)
{
    for (size_t i = 0; i < NARGS; i++) {
        const fmpq *x = args[i].re;
        bool ok = fmpq_is_zero(args[i].im) && fmpq_sgn(x) >= (i == T ? 0 : 1);

        if (i == C)
            ok = ok && fmpz_is_one(fmpq_denref(x))
                 && fmpz_cmp_ui(fmpq_numref(x), 2) <= 0;
        *bad = i;
        if (!ok)
            return ML_DOMAIN;
    }
    return ML_OK;
}

/* log2 of u, rounded up: u <= 2^64 gives a ball, u > 2^65 does not. */
#define LARGEST 66

/* u = c (t/tau)^beta, t > 0; log2_u, when not NULL, is its binary logarithm:
 * always finite, where u itself may be too large for a ball. */
static void
exponent(arb_t u, arb_t log2_u, const ml_arg *args, slong prec)
{
    fmpq_t r;
    arb_t x;

    fmpq_init(r);
    arb_init(x);
    fmpq_div(r, args[T].re, args[TAU].re);
    arb_set_fmpq(x, r, prec);
    if (log2_u) {
        arb_log(log2_u, x, prec);
        arb_set_fmpq(x, args[BETA].re, prec);
        arb_mul(log2_u, log2_u, x, prec);
        arb_const_log2(x, prec);
        arb_div(log2_u, log2_u, x, prec);
        if (fmpz_equal_ui(fmpq_numref(args[C].re), 2))
            arb_add_ui(log2_u, log2_u, 1, prec);
    }
    if (u) {
        arb_set_fmpq(x, r, prec);
        arb_pow_fmpq(u, x, args[BETA].re, prec);
        arb_mul_fmpz(u, u, fmpq_numref(args[C].re), prec);
    }
    fmpq_clear(r);
    arb_clear(x);
}

/* log2 of u at 64 bits, rounded up into [-2^40, 2^40]. */
static slong
magnitude(const ml_arg *args)
{
    const slong far = WORD(1) << 40;
    arb_t l;
    mag_t m;
    slong e;

    arb_init(l);
    mag_init(m);
    exponent(NULL, l, args, 64);
    arb_get_mag(m, l);
    if (mag_cmp_2exp_si(m, 40) >= 0)
        e = arf_sgn(arb_midref(l)) < 0 ? -far : far;
    else
        e = arf_get_si(arb_midref(l), ARF_RND_CEIL) + 1;
    arb_clear(l);
    mag_clear(m);
    return e;
}

ml_status
ml_kww_log2(arb_t res, const ml_arg *args)
{
    slong prec = 0;
    arb_t ln2;
    size_t bad;

    if (ml_kww_domain(args, &bad) != ML_OK) {
        arb_indeterminate(res);
        return ML_DOMAIN;
    }
    if (fmpq_is_zero(args[T].re)) {
        arb_zero(res);
        return ML_OK;
    }
    prec = ml_exponent_prec(magnitude(args));
    /* Too large for a ball of the value, but not for its logarithm. */
    if (prec == 0)
        prec = 256;
    arb_init(ln2);
    exponent(res, NULL, args, prec + 32);
    arb_neg(res, res);
    arb_const_log2(ln2, prec + 32);
    arb_div(res, res, ln2, prec);
    arb_clear(ln2);
    if (arb_is_finite(res))
        return ML_OK;
    arb_zero_pm_inf(res);
    return ML_UNABLE;
}

ml_status
ml_kww_point(acb_t res, const ml_arg *args, slong prec)
{
    size_t bad;
    slong e, wp;
    arb_t u;

    arb_zero(acb_imagref(res));
    if (ml_kww_domain(args, &bad) != ML_OK) {
        arb_indeterminate(acb_realref(res));
        return ML_DOMAIN;
    }
    if (fmpq_is_zero(args[T].re)) {
        acb_one(res);
        return ML_OK;
    }
    e = magnitude(args);
    arb_init(u);
    if (e > LARGEST) {
        if (ml_kww_log2(u, args) == ML_OK)
            ml_ball_from_log2(acb_realref(res), u);
        else
            arb_zero_pm_inf(acb_realref(res));
        arb_clear(u);
        return ML_UNDERFLOW;
    }
    /* An error du of u is a relative error of about du of the result; the
     * power loses the bits of beta ln(t/tau), at most 7 beyond those of e,
     * and the loop repairs what this first guess misses. */
    wp = prec + 12 + (e > 0 ? e : 0);
    for (int tries = 0; tries < 8; tries++) {
        exponent(u, NULL, args, wp);
        arb_neg(u, u);
        arb_exp(acb_realref(res), u, prec + 8);
        if (ml_ball_accurate(res, prec - 4))
            break;
        wp += 64 << tries;
    }
    arb_clear(u);
    return ml_ball_accurate(res, prec - 8) ? ML_OK : ML_UNABLE;
}

bool
ml_kww_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    return ml_one_at_zero(re, im, &args[T]);
}

/* 1 - u < exp(-u) < 1 for small u.  [mlfunc K1] */
bool
ml_kww_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
              const ml_arg *args, slong prec)
{
    arb_ptr d = acb_realref(delta);
    slong e;

    if (fmpq_is_zero(args[T].re))
        return false;
    e = magnitude(args);
    if (e > -32)
        return false;
    fmpq_one(re);
    fmpq_zero(im);
    acb_zero(delta);
    sign[0] = -1;
    sign[1] = 0;
    exponent(d, NULL, args, prec);
    arb_neg(d, d);
    arb_expm1(d, d, prec);
    return arb_is_finite(d);
}

int
ml_kww_sign(const ml_arg *args)
{
    (void)args;
    return 1;
}
