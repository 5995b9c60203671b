/* mlfunc/ball/args.c - exact points: the arguments of a ball function. */
#include <fmpz.h>

#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

void
ml_args_init(ml_arg *args, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fmpq_init(args[i].re);
        fmpq_init(args[i].im);
    }
}

void
ml_args_clear(ml_arg *args, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fmpq_clear(args[i].re);
        fmpq_clear(args[i].im);
    }
}

void
ml_arg_set_d(ml_arg *a, double x)
{
    arf_t t;
    fmpz_t man, exp;

    arf_init(t);
    fmpz_init(man);
    fmpz_init(exp);
    arf_set_d(t, x);
    arf_get_fmpz_2exp(man, exp, t);
    fmpq_zero(a->im);
    fmpz_set(fmpq_numref(a->re), man);
    fmpz_one(fmpq_denref(a->re));
    slong e = fmpz_get_si(exp); /* a double's: within +-1100 */
    if (e >= 0)
        fmpz_mul_2exp(fmpq_numref(a->re), fmpq_numref(a->re), (ulong)e);
    else
        fmpz_mul_2exp(fmpq_denref(a->re), fmpq_denref(a->re), (ulong)-e);
    arf_clear(t);
    fmpz_clear(man);
    fmpz_clear(exp);
}

/* A dyadic number that fits is exact: the division by 2^k is. */
static void
get_fmpq(arb_t res, const fmpq_t q, slong prec)
{
    const fmpz *den = fmpq_denref(q);
    slong k = (slong)fmpz_val2(den);

    if ((slong)fmpz_bits(den) == k + 1) {
        arb_set_round_fmpz(res, fmpq_numref(q), prec);
        arb_mul_2exp_si(res, res, -k);
    } else {
        arb_set_fmpq(res, q, prec);
    }
}

void
ml_arg_get_acb(acb_t res, const ml_arg *a, slong prec)
{
    get_fmpq(acb_realref(res), a->re, prec);
    get_fmpq(acb_imagref(res), a->im, prec);
}

void
ml_arg_get_arb(arb_t res, const ml_arg *a, slong prec)
{
    get_fmpq(res, a->re, prec);
}

bool
ml_one_at_zero(fmpq_t re, fmpq_t im, const ml_arg *t)
{
    if (!fmpq_is_zero(t->re))
        return false;
    fmpq_one(re);
    fmpq_zero(im);
    return true;
}
