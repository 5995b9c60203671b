/* mlfunc/test/judge.h - rounding judged by integer division, and hard points
 * for it. */
#ifndef MLFUNC_TEST_JUDGE_H
#define MLFUNC_TEST_JUDGE_H

#include <math.h>

#include "mlfunc/test/made_up.h"

/* ------------------------------------------------------------- the judge */

typedef struct {
    slong prec, emin, emax;
    bool subnormal;
} format;

static const format binary64 = {53, -1073, 1024, true};

static inline slong
exponent_of(const fmpq_t v)
{
    slong e =
        (slong)fmpz_bits(fmpq_numref(v)) - (slong)fmpz_bits(fmpq_denref(v)) + 1;
    fmpq_t p;

    fmpq_init(p);
    two_to(p, e - 1);
    if (fmpq_cmp(v, p) < 0)
        e--;
    fmpq_clear(p);
    return e;
}

/* r = v rounded; *inf when that is infinite (r is then +-1). */
static inline void
judge(fmpq_t r, bool *inf, int *ternary, const fmpq_t v, const format *f,
      mpfr_rnd_t rnd)
{
    bool negative = fmpq_sgn(v) < 0;
    bool away = rnd == MPFR_RNDA || (rnd == MPFR_RNDU && !negative)
                || (rnd == MPFR_RNDD && negative);
    fmpq_t u, q, n;
    fmpz_t floor_n, twice;
    int cmp;

    fmpq_init(u);
    fmpq_init(q);
    fmpq_init(n);
    fmpz_init(floor_n);
    fmpz_init(twice);
    *inf = false;
    fmpq_abs(u, v);
    fmpq_zero(r);
    if (!fmpq_is_zero(u)) {
        slong e = exponent_of(u), grid = e - f->prec;

        if (f->subnormal && grid < f->emin - 1)
            grid = f->emin - 1;
        if (!f->subnormal && e < f->emin)
            grid = f->emin - 1; /* the grid of 0 and the least number */
        two_to(q, grid);
        fmpq_div(n, u, q);
        fmpz_fdiv_q(floor_n, fmpq_numref(n), fmpq_denref(n));
        fmpq_sub_fmpz(n, n, floor_n);
        fmpq_mul_2exp(n, n, 1);
        cmp = fmpq_cmp_ui(n, 1); /* against half a unit */
        /* Half of the least number goes to zero, which is even. */
        if (!fmpq_is_zero(n)
            && (rnd == MPFR_RNDN ? cmp > 0 || (cmp == 0 && fmpz_is_odd(floor_n))
                                 : away))
            fmpz_add_ui(floor_n, floor_n, 1);
        fmpq_mul_fmpz(r, q, floor_n);
        two_to(q, f->emax);
        if (fmpq_cmp(r, q) >= 0) {
            *inf = rnd == MPFR_RNDN || away;
            fmpq_one(r);
            if (!*inf) {
                two_to(n, f->emax - f->prec);
                fmpq_sub(r, q, n);
            }
        }
    }
    *ternary = *inf ? 1 : fmpq_cmp(r, u) > 0 ? 1 : fmpq_cmp(r, u) < 0 ? -1 : 0;
    if (negative) {
        fmpq_neg(r, r);
        *ternary = -*ternary;
    }
    fmpq_clear(u);
    fmpq_clear(q);
    fmpq_clear(n);
    fmpz_clear(floor_n);
    fmpz_clear(twice);
}

/* x is the judge's number? */
static inline bool
agrees(mpfr_srcptr x, const fmpq_t r, bool inf)
{
    arf_t a;
    fmpq_t q;
    bool ok;

    if (inf || mpfr_inf_p(x) || mpfr_nan_p(x))
        return inf && mpfr_inf_p(x) && mpfr_sgn(x) == fmpq_sgn(r);
    arf_init(a);
    fmpq_init(q);
    arf_set_mpfr(a, x);
    arf_get_fmpq(q, a);
    ok = fmpq_equal(q, r);
    arf_clear(a);
    fmpq_clear(q);
    return ok;
}

/* v = a + d ln 2, as a rational so near that rounding cannot tell. */
static inline void
judged_value(fmpq_t v, const fmpq_t a, const fmpq_t d)
{
    arb_t ln2;
    fmpq_t q;

    arb_init(ln2);
    fmpq_init(q);
    arb_const_log2(ln2, 400);
    arf_get_fmpq(q, arb_midref(ln2));
    fmpq_mul(q, q, d);
    fmpq_add(v, a, q);
    arb_clear(ln2);
    fmpq_clear(q);
}

/* ------------------------------------------------------------ hard points */

static inline void
random_sign(fmpq_t x, tap_random *g)
{
    if (tap_random_u64(g) & 1)
        fmpq_neg(x, x);
}

/* a: a number of the format, or a midpoint, in [2^lo, 2^hi]; d: 0, or a
 * perturbation of relative size 2^-60 .. 2^-400. */
static inline void
hard_point(ml_arg *args, tap_random *g, const format *f, slong lo, slong hi)
{
    slong e = tap_random_int(g, lo, hi), grid = e - f->prec;
    fmpz_t n;

    fmpz_init(n);
    fmpz_set_ui(n, tap_random_u64(g));
    fmpz_mul_2exp(n, n, 256);
    fmpz_fdiv_q_2exp(n, n, fmpz_bits(n) - (ulong)f->prec - 1);
    if (tap_random_int(g, 0, 3) == 0) /* powers of two and just below */
        fmpz_one_2exp(n, (ulong)f->prec);
    if (tap_random_int(g, 0, 5) == 0)
        fmpz_sub_ui(n, n, 1);
    if (f->subnormal && grid < f->emin - 1) {
        fmpz_fdiv_q_2exp(n, n, (ulong)(f->emin - 1 - grid));
        grid = f->emin - 1;
    }
    two_to(args[0].re, grid - 1);
    fmpq_mul_fmpz(args[0].re, args[0].re, n);
    random_sign(args[0].re, g);
    fmpq_zero(args[1].re);
    if (tap_random_int(g, 0, 4) > 0) {
        two_to(args[1].re, e - tap_random_int(g, 60, 400));
        random_sign(args[1].re, g);
    }
    fmpz_clear(n);
}

static inline void
explain(const char *what, const ml_arg *args, mpfr_rnd_t rnd, double got)
{
    arb_t a, d;
    char *s, *t;

    arb_init(a);
    arb_init(d);
    ml_arg_get_arb(a, &args[0], 300);
    ml_arg_get_arb(d, &args[1], 300);
    s = arb_get_str(a, 20, ARB_STR_NO_RADIUS);
    t = arb_get_str(d, 5, ARB_STR_NO_RADIUS);
    tap_note("%s: a = %s, d = %s, mode %d, got %a", what, s, t, (int)rnd, got);
    flint_free(s);
    flint_free(t);
    arb_clear(a);
    arb_clear(d);
}

/* Rounds to f with ml_round_mpfr; 0 when the judge agrees on value, ternary
 * value and status. */
static inline int
one_mpfr(const ml_function *fn, const ml_arg *args, const format *f,
         mpfr_rnd_t rnd)
{
    mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    int ternary[2], want;
    fmpq_t v, r;
    mpfr_t x;
    bool inf, ok;
    ml_status s;

    fmpq_init(v);
    fmpq_init(r);
    mpfr_init2(x, f->prec);
    mpfr_set_emin(f->emin);
    mpfr_set_emax(f->emax);
    s = ml_round_mpfr(x, NULL, ternary, fn, args, rnd, 4096);
    ok = mpfr_get_emin() == f->emin && mpfr_get_emax() == f->emax;
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    judged_value(v, args[0].re, args[1].re);
    judge(r, &inf, &want, v, f, rnd);
    ok = ok && agrees(x, r, inf) && ternary[0] == want
         && (!inf || s == ML_OVERFLOW) && !(s & ML_UNABLE);
    if (!ok)
        explain("ml_round_mpfr", args, rnd, mpfr_get_d(x, MPFR_RNDN));
    fmpq_clear(v);
    fmpq_clear(r);
    mpfr_clear(x);
    return !ok;
}

static inline int
one_double(const ml_function *fn, const ml_arg *args, mpfr_rnd_t rnd)
{
    double x = 0;
    int want;
    fmpq_t v, r, least;
    mpfr_t m;
    bool inf, ok, tiny;
    ml_status s = ml_round_d(&x, NULL, fn, args, rnd, 4096);

    fmpq_init(v);
    fmpq_init(r);
    fmpq_init(least);
    mpfr_init2(m, 53);
    judged_value(v, args[0].re, args[1].re);
    judge(r, &inf, &want, v, &binary64, rnd);
    mpfr_set_d(m, x, MPFR_RNDN);
    two_to(least, -1022);
    fmpq_abs(v, v);
    /* Close below 2^-1022 the tininess depends on when it is detected. */
    tiny = fmpq_cmp(v, least) < 0 && want != 0;
    fmpq_abs(v, r);
    tiny = tiny && fmpq_cmp(v, least) < 0;
    ok = agrees(m, r, inf) && !(s & ML_UNABLE)
         && (!(s & ML_OVERFLOW) || inf || fabs(x) > 1e308)
         && (!inf || (s & ML_OVERFLOW)) && (!tiny || (s & ML_UNDERFLOW))
         && (want != 0 || s == ML_OK);
    if (!ok)
        explain("ml_round_d", args, rnd, x);
    fmpq_clear(v);
    fmpq_clear(r);
    fmpq_clear(least);
    mpfr_clear(m);
    return !ok;
}

#endif
