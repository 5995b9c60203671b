/* reference/judge.c - how wrong is a number?
 *
 * The truth is a ball of 128 bits or more, so that every measure below is
 * right to its last digit shown; nothing is measured against a rounded truth.
 */
#include <float.h>
#include <math.h>

#include <acb.h>
#include <arb.h>

#include "reference/impl.h"

enum { PREC = 256, FIRST_BITS = 128, LAST_BITS = 4096 };

static const char *const kind_names[MLTAB_NKINDS] = {
    "ok",    "wrong",   "nan",     "inf",    "hang",
    "crash", "garbage", "refused", "unknown"};

const char *
mltab_kind_name(mltab_kind k)
{
    return kind_names[k];
}

static double
to_double(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* e = max(-1022, floor(log2 x)) of a positive x, so that ulp(x) = 2^(e-52) as
 * DESIGN defines it, unbounded above.  False when the ball, read at prec bits,
 * holds a power of two; e is then that of the power. */
static bool
exponent(fmpz_t e, const arb_t x, slong prec)
{
    arf_t lo, hi;
    fmpz_t b;
    arf_init(lo);
    arf_init(hi);
    fmpz_init(b);
    arb_get_lbound_arf(lo, x, prec);
    arb_get_ubound_arf(hi, x, prec);
    bool decided = arf_cmpabs_2exp_si(hi, -1022) < 0;
    if (decided) {
        fmpz_set_si(e, -1022);
    } else {
        /* the smallest b with x < 2^b: 2^(b-1) <= x */
        arf_abs_bound_lt_2exp_fmpz(e, hi);
        arf_abs_bound_lt_2exp_fmpz(b, lo);
        decided = arf_sgn(lo) > 0 && fmpz_equal(e, b);
        fmpz_sub_ui(e, e, 1);
    }
    arf_clear(lo);
    arf_clear(hi);
    fmpz_clear(b);
    return decided;
}

/* t = err / 2^(e-52) */
static void
in_ulps(arb_t t, const arb_t err, const fmpz_t e)
{
    fmpz_t s;
    fmpz_init(s);
    fmpz_neg(s, e);
    fmpz_add_ui(s, s, 52);
    arb_mul_2exp_fmpz(t, err, s);
    fmpz_clear(s);
}

/* err / ulp of a part whose truth is x; 0 only for an exact hit of 0. */
static double
part_ulp(double got, const arb_t x)
{
    if (arb_is_zero(x)) {
        return got == 0 ? 0 : HUGE_VAL;
    }
    arb_t t;
    fmpz_t e;
    arb_init(t);
    fmpz_init(e);
    arb_abs(t, x);
    double ulp = (double)NAN;
    if (exponent(e, t, LAST_BITS + 64)) {
        arb_set_d(t, got);
        arb_sub(t, t, x, PREC);
        arb_abs(t, t);
        in_ulps(t, t, e);
        ulp = to_double(t);
    }
    arb_clear(t);
    fmpz_clear(e);
    return ulp;
}

/* |x| >= 2^1024 - 2^970: what rounds to infinity. */
static bool
overflows(const arb_t x)
{
    arb_t t;
    arb_init(t);
    arb_one(t);
    arb_mul_2exp_si(t, t, 54);
    arb_sub_ui(t, t, 1, 64);
    arb_mul_2exp_si(t, t, 970);
    bool yes = arb_ge(x, t);
    arb_clear(t);
    return yes;
}

static void
set_errors(mltab_verdict *v, double ulp, double relative, double absolute)
{
    v->ulp = ulp;
    v->relative = relative;
    v->absolute = absolute;
}

/* The measures of a finite answer; e is the exponent of size = |truth|. */
static void
measure(mltab_verdict *v, const acb_t truth, const arb_t size, const fmpz_t e)
{
    acb_t d;
    arb_t err, t;
    acb_init(d);
    arb_init(err);
    arb_init(t);
    acb_set_d_d(d, v->re, v->im);
    acb_sub(d, d, truth, PREC);
    acb_abs(err, d, PREC);
    in_ulps(t, err, e);
    v->ulp = to_double(t);
    arb_div(t, err, size, PREC);
    v->relative = to_double(t);
    arb_add_ui(t, size, 1, PREC);
    arb_div(t, err, t, PREC);
    v->absolute = to_double(t);
    v->ulp_re = part_ulp(v->re, acb_realref(truth));
    v->ulp_im = part_ulp(v->im, acb_imagref(truth));
    acb_clear(d);
    arb_clear(err);
    arb_clear(t);
}

/* True for an infinity where one is right. */
static bool
right_infinity(const mltab_verdict *v, const acb_t truth, const arb_t size)
{
    if (!overflows(size)) {
        return false;
    }
    if (acb_is_real(truth)) {
        return isinf(v->re) && v->im == 0
               && (v->re > 0) == arb_is_positive(acb_realref(truth));
    }
    return isinf(v->re) || isinf(v->im);
}

/* |err| / (2^-53 |E| (1 + kappa)) */
static void
set_scaled(mltab_verdict *v, const ml_function *f, const ml_arg *args)
{
    v->kappa = mltab_condition_d(f, args);
    v->scaled = v->relative * 0x1p53 / (1 + v->kappa);
}

static void
judge_ball(mltab_verdict *v, const acb_t truth, const arb_t size,
           const fmpz_t e, double max_ulp)
{
    v->true_re = to_double(acb_realref(truth));
    v->true_im = to_double(acb_imagref(truth));
    if (v->kind == MLTAB_INF && right_infinity(v, truth, size)) {
        v->kind = MLTAB_OK;
        set_errors(v, 0, 0, 0);
        v->ulp_re = v->ulp_im = 0;
    }
    if (v->kind != MLTAB_OK || isinf(v->re) || isinf(v->im)) {
        return;
    }
    measure(v, truth, size, e);
    v->kind = v->ulp <= max_ulp ? MLTAB_OK : MLTAB_WRONG;
}

/* The truth is exactly 0: only +-0 is right. */
static void
judge_zero(mltab_verdict *v)
{
    v->true_re = v->true_im = 0;
    if (v->kind != MLTAB_OK) {
        return;
    }
    bool right = v->re == 0 && v->im == 0;
    double wrong = right ? 0 : HUGE_VAL;
    set_errors(v, wrong, wrong, hypot(v->re, v->im));
    v->ulp_re = v->re == 0 ? 0 : HUGE_VAL;
    v->ulp_im = v->im == 0 ? 0 : HUGE_VAL;
    v->kind = right ? MLTAB_OK : MLTAB_WRONG;
}

/* |truth| is beyond where balls are given: so far out of the doubles' range
 * that a finite answer is off by all of it, and 0 (or infinity) is right. */
static void
judge_far(mltab_verdict *v, double max_ulp, bool over)
{
    if (over && v->kind == MLTAB_INF) {
        /* the sign of an undecided truth (nan) or of a part is not known */
        bool real = v->true_im == 0 && !isnan(v->true_re);
        if (!real || (v->im == 0 && v->re == v->true_re)) {
            v->kind = MLTAB_OK;
            set_errors(v, 0, 0, 0);
            v->ulp_re = v->ulp_im = 0;
        }
    }
    if (v->kind != MLTAB_OK || isinf(v->re) || isinf(v->im)) {
        return;
    }
    double size = hypot(v->re, v->im);
    if (over) {
        set_errors(v, 0x1p53, 1, 1);
    } else {
        set_errors(v, size / 0x1p-1074, size == 0 ? 1 : HUGE_VAL, size);
    }
    v->ulp_re = v->ulp_im = (double)NAN;
    v->kind = v->ulp <= max_ulp ? MLTAB_OK : MLTAB_WRONG;
}

ml_status
mltab_judge(mltab_verdict *v, const ml_function *f, const ml_arg *args,
            double max_ulp)
{
    acb_t truth;
    arb_t size;
    acb_init(truth);
    arb_init(size);
    double none = (double)NAN;
    v->true_re = v->true_im = v->ulp_re = v->ulp_im = none;
    v->kappa = v->scaled = none;
    set_errors(v, none, none, none);
    ml_status status = ML_OK;
    fmpz_t e;
    fmpz_init(e);
    bool decided = false;
    for (slong bits = FIRST_BITS; bits <= LAST_BITS && !decided; bits *= 2) {
        status = ml_eval_bits(truth, f, NULL, args, bits, ML_PREC_CAP);
        if (status != ML_OK) {
            break;
        }
        acb_abs(size, truth, bits + 64);
        decided = acb_is_zero(truth) || exponent(e, size, bits + 64);
    }
    /* A modulus not told from a power of two by 4096 bits, as of exp(i), is
     * taken for it. */
    if (status == ML_OK && acb_is_zero(truth)) {
        judge_zero(v);
    } else if (status == ML_OK) {
        judge_ball(v, truth, size, e, max_ulp);
        set_scaled(v, f, args);
    } else if (status == ML_OVERFLOW || status == ML_UNDERFLOW) {
        bool over = status == ML_OVERFLOW;
        /* judge_far reads the numbers: infinities, zeros, nan if undecided */
        ml_status rounded = ml_round_ball_d(&v->true_re, &v->true_im, f, args,
                                            NULL, MPFR_RNDN, ML_PREC_CAP);
        (void)rounded;
        judge_far(v, max_ulp, over);
        status = ML_OK;
    } else {
        v->kind = MLTAB_UNKNOWN;
    }
    acb_clear(truth);
    arb_clear(size);
    fmpz_clear(e);
    return status;
}
