/* mlfunc/ball/round.c - from balls to correctly rounded numbers.
 *
 * Every target is an MPFR format: a precision, an exponent range, and perhaps
 * subnormals.  A ball is decided when both its ends round to the same number
 * with the same ternary value.  [mlfunc R1]
 */
#include <math.h>

#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

typedef struct {
    mpfr_rnd_t rnd;
    mpfr_exp_t emin, emax;
    bool subnormal;   /* as mpfr_subnormalize does */
    bool ternary;     /* the ternary values must be decided too */
    mpfr_ptr part[2]; /* NULL: not asked for */
    int sign[2];      /* ternary values */
    bool decided[2];
    ml_status range; /* ML_OVERFLOW, ML_UNDERFLOW of the decided parts */
} target;

#define DOUBLE_EMIN (-1073)
#define DOUBLE_EMAX 1024

/* x = v rounded to the target, and its ternary value; the flags of MPFR are
 * the caller's and stay as they were. */
static int
put(mpfr_t x, ml_status *range, const arf_t v, const target *t)
{
    mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    mpfr_flags_t flags = mpfr_flags_save();
    int ternary;

    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    mpfr_clear_flags();
    ternary = arf_get_mpfr(x, v, t->rnd);
    mpfr_set_emin(t->emin);
    mpfr_set_emax(t->emax);
    ternary = mpfr_check_range(x, ternary, t->rnd);
    if (t->subnormal)
        ternary = mpfr_subnormalize(x, ternary, t->rnd);
    if (mpfr_overflow_p())
        *range |= ML_OVERFLOW;
    /* An exact subnormal has not underflowed. */
    if (ternary != 0 && mpfr_underflow_p())
        *range |= ML_UNDERFLOW;
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
    return (ternary > 0) - (ternary < 0);
}

static bool
same(mpfr_srcptr a, mpfr_srcptr b)
{
    return mpfr_equal_p(a, b) && mpfr_signbit(a) == mpfr_signbit(b);
}

/* Bits at which the ends of a ball are as good as exact. */
static slong
end_precision(const arb_t ball)
{
    slong bits = arf_bits(arb_midref(ball));
    slong accuracy = arb_rel_accuracy_bits(ball);

    if (accuracy > bits)
        bits = accuracy;
    return 64 + (bits < 4 * ML_PREC_CAP ? bits : 4 * ML_PREC_CAP);
}

/* Rounds the ball when it can be. */
static bool
decide(target *t, int i, const arb_t ball)
{
    slong prec = end_precision(ball) + mpfr_get_prec(t->part[i]);
    ml_status range = ML_OK;
    arf_t end;
    mpfr_t other;
    int lo, hi;
    bool ok;

    if (!arb_is_finite(ball))
        return false;
    arf_init(end);
    mpfr_init2(other, mpfr_get_prec(t->part[i]));
    if (arb_is_exact(ball)) {
        t->sign[i] = put(t->part[i], &range, arb_midref(ball), t);
        ok = true;
    } else {
        arb_get_lbound_arf(end, ball, prec);
        lo = put(t->part[i], &range, end, t);
        arb_get_ubound_arf(end, ball, prec);
        hi = put(other, &range, end, t);
        t->sign[i] = lo;
        ok = same(t->part[i], other) && (!t->ternary || (lo == hi && lo != 0));
    }
    if (ok)
        t->range |= range;
    arf_clear(end);
    mpfr_clear(other);
    return ok;
}

static bool
all_decided(const target *t)
{
    return (t->decided[0] || !t->part[0]) && (t->decided[1] || !t->part[1]);
}

static bool
decide_parts(void *context, const acb_t ball)
{
    target *t = context;

    for (int i = 0; i < 2; i++) {
        if (t->part[i] && !t->decided[i])
            t->decided[i] =
                decide(t, i, i == 0 ? acb_realref(ball) : acb_imagref(ball));
    }
    return all_decided(t);
}

/* ------------------------------------------- rationals, and nearly rationals */

/* x = c + 2^k sign, where every number strictly between c and c + 2^(k+1) sign
 * rounds alike to prec bits; false unless |delta| is known to be below 2^k.
 * c is dyadic.  [mlfunc R2] */
static bool
beside(arb_t x, const fmpq_t c, const arb_t delta, int sign, slong prec)
{
    slong bits = fmpz_bits(fmpq_numref(c));
    slong k = bits - (slong)(fmpz_bits(fmpq_denref(c)) - 1);
    bool below;
    mag_t m;
    arf_t step;

    k -= (bits > prec + 2 ? bits : prec + 2) + 3;
    mag_init(m);
    arf_init(step);
    arb_get_mag(m, delta);
    below = (sign == 1 || sign == -1) && mag_cmp_2exp_si(m, k) <= 0;
    if (below) {
        arf_set_si_2exp_si(step, sign, k);
        arb_add_arf(x, x, step, ARF_PREC_EXACT);
    }
    mag_clear(m);
    arf_clear(step);
    return below;
}

static bool
is_dyadic(const fmpq_t c)
{
    return fmpz_val2(fmpq_denref(c)) + 1 == fmpz_bits(fmpq_denref(c));
}

/* Encloses c + delta so that rounding to prec bits is decided early. */
static void
sum(arb_t x, const fmpq_t c, const arb_t delta, int sign, slong prec, slong wp)
{
    slong full = 2 * wp + prec + fmpz_bits(fmpq_numref(c));

    if (fmpq_is_zero(c)) {
        arb_set(x, delta);
    } else if (!is_dyadic(c)) {
        arb_set_fmpq(x, c, wp);
        arb_add(x, x, delta, wp);
    } else {
        arb_set_fmpq(x, c, full);
        if (sign != 0 && !beside(x, c, delta, sign, prec))
            arb_add(x, x, delta, full);
    }
}

/* Decides what can be decided from an exact or nearly exact value. */
static void
round_known(target *t, const ml_function *f, const ml_arg *args, slong cap)
{
    int sign[2] = {0, 0};
    bool known, exact;
    fmpq_t c[2];
    acb_t delta;
    arb_t x;

    fmpq_init(c[0]);
    fmpq_init(c[1]);
    acb_init(delta);
    arb_init(x);
    exact = f->exact && f->exact(c[0], c[1], args);
    known = exact;
    for (slong wp = 64; wp <= cap; wp *= 2) {
        if (!exact && f->nearly)
            known = f->nearly(c[0], c[1], delta, sign, args, wp);
        for (int i = 0; known && i < 2; i++) {
            arb_srcptr d = i == 0 ? acb_realref(delta) : acb_imagref(delta);

            if (!t->part[i] || t->decided[i])
                continue;
            sum(x, c[i], d, sign[i], mpfr_get_prec(t->part[i]), wp);
            t->decided[i] = decide(t, i, x);
        }
        if (!known || all_decided(t))
            break;
    }
    fmpq_clear(c[0]);
    fmpq_clear(c[1]);
    acb_clear(delta);
    arb_clear(x);
}

/* ---------------------------------------------------------------- the targets */

/*
 * Beyond all balls: a real value of known sign and |log2| > 2^64 is beyond
 * every format, on the same side as +-2^(+-2^65), and rounds like it.
 */
static void
round_huge(target *t, const ml_function *f, const ml_arg *args)
{
    int sign = f->sign ? f->sign(args) : 0;
    arb_t l;
    arf_t v;
    fmpz_t e;

    if (sign == 0 || !f->log2)
        return;
    arb_init(l);
    arf_init(v);
    fmpz_init(e);
    fmpz_one_2exp(e, 65);
    if (f->log2(l, args) == ML_OK) {
        arb_get_abs_lbound_arf(v, l, 64);
        if (arf_cmpabs_2exp_si(v, 64) > 0) {
            if (arb_is_negative(l))
                fmpz_neg(e, e);
            arf_set_si(v, sign);
            arf_mul_2exp_fmpz(v, v, e);
            for (int i = 0; i < 2; i++) {
                if (t->part[i] && !t->decided[i])
                    t->sign[i] = put(t->part[i], &t->range, v, t);
                t->decided[i] = true;
                arf_zero(v);
            }
        }
    }
    arb_clear(l);
    arf_clear(v);
    fmpz_clear(e);
}

/* The value where order is NULL, otherwise that derivative. */
static ml_status
round_target(target *t, const ml_function *f, const ml_arg *args,
             const slong *order, slong cap)
{
    slong prec = 0;
    size_t bad;
    acb_t res;
    ml_status s = f->domain(args, &bad);

    if (t->rnd == MPFR_RNDF)
        t->rnd = MPFR_RNDN;
    if (cap <= 0)
        cap = ML_PREC_CAP;
    if (order && !ml_order_any(f, order))
        order = NULL;
    if (s == ML_OK && order && !f->partial)
        s = ML_UNABLE;
    acb_init(res);
    if (s == ML_OK && !order)
        round_known(t, f, args, cap);
    if (s == ML_OK && !all_decided(t)) {
        for (int i = 0; i < 2; i++) {
            if (t->part[i] && mpfr_get_prec(t->part[i]) > prec)
                prec = mpfr_get_prec(t->part[i]);
        }
        s = order ? ml_ziv_partial(res, f, args, order, prec + 11, cap,
                                   decide_parts, t)
                  : ml_ziv(res, f->eval, args, prec + 11, cap, decide_parts, t);
        if (!order && !all_decided(t) && (s & (ML_OVERFLOW | ML_UNDERFLOW))) {
            round_huge(t, f, args);
            if (all_decided(t))
                s = ML_OK;
        }
        if (!(s & ML_DOMAIN) && !all_decided(t))
            s |= ML_UNABLE;
    }
    acb_clear(res);
    if (!(s & (ML_DOMAIN | ML_UNABLE)))
        return s | t->range;
    for (int i = 0; i < 2; i++) {
        if (t->part[i])
            mpfr_set_nan(t->part[i]);
        t->sign[i] = 0;
    }
    return s & ~(ML_OVERFLOW | ML_UNDERFLOW);
}

ml_status
ml_round_mpfr(mpfr_t re, mpfr_t im, int *ternary, const ml_function *f,
              const ml_arg *args, mpfr_rnd_t rnd, slong cap)
{
    return ml_round_partial_mpfr(re, im, ternary, f, args, NULL, rnd, cap);
}

ml_status
ml_round_partial_mpfr(mpfr_t re, mpfr_t im, int *ternary, const ml_function *f,
                      const ml_arg *args, const slong *order, mpfr_rnd_t rnd,
                      slong cap)
{
    target t = {.rnd = rnd,
                .emin = mpfr_get_emin(),
                .emax = mpfr_get_emax(),
                .ternary = true,
                .part = {re, im}};
    ml_status s = round_target(&t, f, args, order, cap);

    if (ternary) {
        ternary[0] = t.sign[0];
        ternary[1] = t.sign[1];
    }
    return s;
}

static target
double_target(mpfr_rnd_t rnd)
{
    return (target){.rnd = rnd,
                    .emin = DOUBLE_EMIN,
                    .emax = DOUBLE_EMAX,
                    .subnormal = true};
}

ml_status
ml_round_d(double *re, double *im, const ml_function *f, const ml_arg *args,
           mpfr_rnd_t rnd, slong cap)
{
    return ml_round_partial_d(re, im, f, args, NULL, rnd, cap);
}

ml_status
ml_round_partial_d(double *re, double *im, const ml_function *f,
                   const ml_arg *args, const slong *order, mpfr_rnd_t rnd,
                   slong cap)
{
    bool value = !order || !ml_order_any(f, order);
    ml_status s;

    if (value && (rnd == MPFR_RNDN || rnd == MPFR_RNDF)
        && f->eval == ml_mittleff_row && ml_round_by_doubles(re, &s, args)) {
        if (im)
            *im = isnan(*re) ? NAN : 0;
        return s;
    }
    return ml_round_ball_d(re, im, f, args, order, rnd, cap);
}

ml_status
ml_round_ball_d(double *re, double *im, const ml_function *f,
                const ml_arg *args, const slong *order, mpfr_rnd_t rnd,
                slong cap)
{
    target t = double_target(rnd);
    mpfr_t x, y;
    ml_status s;

    mpfr_init2(x, 53);
    mpfr_init2(y, 53);
    t.part[0] = x;
    t.part[1] = im ? y : NULL;
    s = round_target(&t, f, args, order, cap);
    *re = mpfr_nan_p(x) ? NAN : mpfr_get_d(x, MPFR_RNDN);
    if (im)
        *im = mpfr_nan_p(x) ? NAN : mpfr_get_d(y, MPFR_RNDN);
    mpfr_clear(x);
    mpfr_clear(y);
    return s;
}

bool
ml_round_arb_d(double *x, const arb_t ball, mpfr_rnd_t rnd)
{
    target t = double_target(rnd);
    mpfr_t m;
    bool ok;

    mpfr_init2(m, 53);
    t.part[0] = m;
    ok = decide(&t, 0, ball);
    if (ok)
        *x = mpfr_get_d(m, MPFR_RNDN);
    mpfr_clear(m);
    return ok;
}
