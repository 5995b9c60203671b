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

/* What the loop has seen: the most bits, the least radii, how many refusals
 * without a gain. */
typedef struct {
    slong best;
    mag_t least[2];
    int refused;
} progress;

/* Whether the radius of a part is less than half of what it ever was: where a
 * part contains 0 that is all it can gain. */
static bool
narrows(mag_t least[2], const acb_t x)
{
    bool is = false;
    mag_t twice;

    mag_init(twice);
    for (int i = 0; i < 2; i++) {
        mag_srcptr r = arb_radref(i == 0 ? acb_realref(x) : acb_imagref(x));

        mag_mul_2exp_si(twice, r, 1);
        is = is || mag_cmp(twice, least[i]) < 0;
        mag_min(least[i], least[i], r);
    }
    mag_clear(twice);
    return is;
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

/* What is evaluated: a method, or a partial derivative where order is given. */
typedef struct {
    ml_ball_fn eval;
    ml_partial_fn partial;
    const slong *order;
    const ml_arg *args;
} call;

static ml_status
evaluate(acb_t res, const call *c, slong prec)
{
    return c->order ? c->partial(res, c->args, c->order, prec)
                    : c->eval(res, c->args, prec);
}

/* Why the loop ends with a ball that was not accepted, or ML_OK: it goes on.
 * A method that does not reach gains nothing from precision; one that lost bits
 * to cancellation does. */
static ml_status
given_up(progress *p, ml_status s, const acb_t res, bool last)
{
    slong bits = part_bits(res);
    bool gained = narrows(p->least, res) || bits > p->best;

    p->refused = s != ML_OK && !gained ? p->refused + 1 : 0;
    p->best = bits > p->best ? bits : p->best;
    if (!last && p->refused < 2 && (s == ML_OK || acb_is_finite(res)))
        return ML_OK;
    return (s & (ML_OVERFLOW | ML_UNDERFLOW)) ? s : s | ML_UNABLE;
}

static ml_status
loop(acb_t res, const call *c, slong first, slong cap, ml_ziv_done done,
     void *context)
{
    progress p = {.best = WORD_MIN};
    slong prec = first < cap ? first : cap;
    ml_status s, end = ML_OK;

    for (int i = 0; i < 2; i++) {
        mag_init(p.least[i]);
        mag_inf(p.least[i]);
    }
    for (;;) {
        s = evaluate(res, c, prec);
        if ((s & ML_DOMAIN) || done(context, res))
            break;
        end = given_up(&p, s, res, prec >= cap);
        if (end != ML_OK)
            break;
        prec = next_precision(prec, first, part_bits(res), cap);
    }
    mag_clear(p.least[0]);
    mag_clear(p.least[1]);
    if (end != ML_OK || (s & ML_DOMAIN))
        return end | s;
    return s & (ML_OVERFLOW | ML_UNDERFLOW);
}

ml_status
ml_ziv(acb_t res, ml_ball_fn eval, const ml_arg *args, slong first, slong cap,
       ml_ziv_done done, void *context)
{
    const call c = {.eval = eval, .args = args};

    return loop(res, &c, first, cap, done, context);
}

ml_status
ml_ziv_partial(acb_t res, const ml_function *f, const ml_arg *args,
               const slong *order, slong first, slong cap, ml_ziv_done done,
               void *context)
{
    const call c = {.partial = f->partial, .order = order, .args = args};

    return loop(res, &c, first, cap, done, context);
}

bool
ml_order_any(const ml_function *f, const slong *order)
{
    for (size_t i = 0; i < f->nargs; i++) {
        if (order[i] != 0)
            return true;
    }
    return false;
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

static slong
default_cap(slong bits)
{
    return 4 * bits > ML_PREC_CAP ? 4 * bits : ML_PREC_CAP;
}

/* 2^-bits <= 10^-digits, since log2(10) < 3322/1000. */
static slong
bits_of_digits(slong digits)
{
    return 1 + digits / 1000 * 3322 + digits % 1000 * 3322 / 1000;
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
        cap = default_cap(bits);
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
    return ml_eval_bits(res, f, method, args, bits_of_digits(digits), cap);
}

ml_status
ml_eval_partial_bits(acb_t res, const ml_function *f, const ml_arg *args,
                     const slong *order, slong bits, slong cap)
{
    size_t bad;
    ml_status s = f->domain(args, &bad);

    if (s == ML_OK && !ml_order_any(f, order))
        return ml_eval_bits(res, f, NULL, args, bits, cap);
    if (s == ML_OK && !f->partial)
        s = ML_UNABLE;
    if (s != ML_OK) {
        acb_indeterminate(res);
        return s;
    }
    bits = bits < 2 ? 2 : bits;
    if (cap <= 0)
        cap = default_cap(bits);
    return ml_ziv_partial(res, f, args, order, bits + 9, cap, accurate, &bits);
}

ml_status
ml_eval_partial_digits(acb_t res, const ml_function *f, const ml_arg *args,
                       const slong *order, slong digits, slong cap)
{
    return ml_eval_partial_bits(res, f, args, order, bits_of_digits(digits),
                                cap);
}
