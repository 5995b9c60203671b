/* mlfunc/test/t-round.c - correct rounding, attacked with made-up functions
 * whose values lie on, or as near as one likes to, the numbers and midpoints
 * of the target.  The judge rounds rationals by integer division.  Claims on
 * [mlfunc R1] and [mlfunc R2]. */
#include <math.h>
#include <string.h>

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

/* --------------------------------------------- the function a + d ln 2 */

static ml_status
any_point(const ml_arg *args, size_t *bad)
{
    (void)args;
    (void)bad;
    return ML_OK;
}

static void
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

static ml_status
made_up(acb_t res, const ml_arg *args, slong prec)
{
    part(acb_realref(res), args[0].re, args[1].re, prec);
    part(acb_imagref(res), args[0].im, args[1].im, prec);
    return ML_OK;
}

/* Half the bits that were asked for, and no word about it. */
static ml_status
lazy(acb_t res, const ml_arg *args, slong prec)
{
    return made_up(res, args, prec / 2 + 1);
}

static bool
made_up_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    fmpq_set(re, args[0].re);
    fmpq_set(im, args[0].im);
    return fmpq_is_zero(args[1].re) && fmpq_is_zero(args[1].im);
}

static bool
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
static bool
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

/* ------------------------------------------------------------- the judge */

typedef struct {
    slong prec, emin, emax;
    bool subnormal;
} format;

static const format binary64 = {53, -1073, 1024, true};

static void
two_to(fmpq *x, slong e)
{
    fmpq_one(x);
    if (e >= 0)
        fmpq_mul_2exp(x, x, (ulong)e);
    else
        fmpq_div_2exp(x, x, (ulong)-e);
}

/* e with 2^(e-1) <= v < 2^e */
static slong
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
static void
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
static bool
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
static void
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

static void
random_sign(fmpq_t x, tap_random *g)
{
    if (tap_random_u64(g) & 1)
        fmpq_neg(x, x);
}

/* a: a number of the format, or a midpoint, in [2^lo, 2^hi]; d: 0, or a
 * perturbation of relative size 2^-60 .. 2^-400. */
static void
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

static void
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
static int
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

static int
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

/* --------------------------------------------------------------- the claims */

static void
hard_doubles(slong lo, slong hi, const char *where)
{
    tap_random g = tap_random_start(tap_seed() + (uint64_t)hi);
    const ml_function *fn[] = {&with_exact, &with_nearly};
    int bad = 0;
    ml_arg args[2];

    ml_args_init(args, 2);
    for (long i = tap_effort(300); i > 0; i--) {
        hard_point(args, &g, &binary64, lo, hi);
        for (int m = 0; m < MODES; m++)
            bad += one_double(fn[i % 2], args, modes[m]);
    }
    ml_args_clear(args, 2);
    tap_ok(bad == 0, "doubles and midpoints, touched and hit, %s, all modes",
           where);
}

static void
hard_mpfr(bool narrow)
{
    tap_random g = tap_random_start(tap_seed() + 77 + narrow);
    const ml_function *fn[] = {&with_exact, &with_nearly};
    int bad = 0;
    ml_arg args[2];

    ml_args_init(args, 2);
    for (long i = tap_effort(400); i > 0; i--) {
        format f = {tap_random_int(&g, 2, 190), -100000, 100000, false};

        if (narrow)
            f.emin = -12, f.emax = 12;
        hard_point(args, &g, &f, narrow ? -15 : -3000, narrow ? 15 : 3000);
        for (int m = 0; m < MODES; m++)
            bad += one_mpfr(fn[i % 2], args, &f, modes[m]);
    }
    ml_args_clear(args, 2);
    tap_ok(bad == 0, "MPFR numbers, midpoints and ternary values, %s",
           narrow ? "an exponent range of 24" : "a wide exponent range");
}

/* mpfr_subnormalize of our MPFR result must be our double. */
static void
subnormals(void)
{
    tap_random g = tap_random_start(tap_seed() + 5);
    mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    int bad = 0;
    ml_arg args[2];
    mpfr_t x;

    ml_args_init(args, 2);
    mpfr_init2(x, 53);
    for (long i = tap_effort(300); i > 0; i--) {
        hard_point(args, &g, &binary64, -1077, -1018);
        for (int m = 0; m < MODES; m++) {
            double want = 0;
            int t[2];
            ml_status s, u;

            s = ml_round_d(&want, NULL, &with_exact, args, modes[m], 4096);
            mpfr_set_emin(-1073);
            mpfr_set_emax(1024);
            u = ml_round_mpfr(x, NULL, t, &with_exact, args, modes[m], 4096);
            mpfr_subnormalize(x, t[0], modes[m]);
            mpfr_set_emin(emin);
            mpfr_set_emax(emax);
            bad += mpfr_get_d(x, MPFR_RNDN) != want || ((s | u) & ML_UNABLE);
        }
    }
    mpfr_clear(x);
    ml_args_clear(args, 2);
    tap_ok(bad == 0, "ml_round_mpfr with mpfr_subnormalize is ml_round_d");
}

static void
overflow_threshold(void)
{
    ml_arg args[2];
    fmpq_t t;
    int bad = 0;
    double x = 0;
    ml_status s;

    ml_args_init(args, 2);
    fmpq_init(t);
    two_to(args[0].re, 1024);
    two_to(t, 970);
    fmpq_sub(args[0].re, args[0].re, t);
    for (int i = -1; i <= 1; i++) {
        two_to(args[1].re, 500);
        fmpq_mul_si(args[1].re, args[1].re, i);
        for (int m = 0; m < MODES; m++) {
            bad += one_double(&with_exact, args, modes[m]);
            bad += one_double(&with_nearly, args, modes[m]);
        }
    }
    tap_ok(bad == 0, "2^1024 - 2^970, just below and just above, all modes");
    fmpq_zero(args[1].re);
    s = ml_round_d(&x, NULL, &with_exact, args, MPFR_RNDN, 1000);
    tap_ok(isinf(x) && x > 0 && s == ML_OVERFLOW,
           "2^1024 - 2^970 itself overflows to infinity");
    two_to(args[1].re, 500);
    fmpq_neg(args[1].re, args[1].re);
    s = ml_round_d(&x, NULL, &with_exact, args, MPFR_RNDN, 1000);
    tap_ok(x == 0x1.fffffffffffffp1023 && s == ML_OK,
           "a little less is the largest double");
    fmpq_zero(args[1].re);
    two_to(args[0].re, -1075);
    s = ml_round_d(&x, NULL, &with_exact, args, MPFR_RNDN, 1000);
    tap_ok(x == 0 && s == ML_UNDERFLOW, "2^-1075 underflows to zero");
    two_to(args[1].re, -1400);
    s = ml_round_d(&x, NULL, &with_exact, args, MPFR_RNDN, 1000);
    tap_ok(x == 0x1p-1074 && s == ML_UNDERFLOW,
           "a little more is the least double");
    ml_args_clear(args, 2);
    fmpq_clear(t);
}

/* Exactly on a midpoint, and nobody says so: honest defeat at the cap. */
static void
undecidable(void)
{
    ml_arg args[2];
    double x = 0, y = 0;
    ml_status s;
    mpfr_t re, im;
    int t[2] = {9, 9};

    ml_args_init(args, 2);
    mpfr_init2(re, 53);
    mpfr_init2(im, 53);
    fmpq_set_si(args[0].re, 3, 1);
    s = ml_round_d(&x, NULL, &plain, args, MPFR_RNDN, 500);
    tap_ok(x == 3 && s == ML_OK, "a double not known as exact still rounds to "
                                 "nearest");
    s = ml_round_d(&x, NULL, &plain, args, MPFR_RNDU, 500);
    tap_ok(isnan(x) && s == ML_UNABLE, "but not upwards: NaN and unable");
    s = ml_round_mpfr(re, im, t, &plain, args, MPFR_RNDN, 500);
    tap_ok(mpfr_nan_p(re) && mpfr_nan_p(im) && s == ML_UNABLE && !t[0] && !t[1],
           "nor with a ternary value: both parts NaN, ternary 0");
    fmpq_set_si(args[0].re, 1, 1);
    two_to(args[1].re, -200000);
    s = ml_round_d(&x, &y, &with_nearly, args, MPFR_RNDU, 500);
    tap_ok(x == 1 + 0x1p-52 && y == 0 && s == ML_OK,
           "1 + 2^-200000 ln 2 rounds up although the cap is 500 bits");
    s = ml_round_d(&x, NULL, &plain, args, MPFR_RNDU, 500);
    tap_ok(isnan(x) && s == ML_UNABLE, "and only where this is known");
    two_to(args[1].re, -200);
    fmpq_neg(args[1].re, args[1].re);
    s = ml_round_d(&x, NULL, &no_sign, args, MPFR_RNDU, 4096);
    tap_ok(x == 1 && s == ML_OK,
           "1 - 2^-200 ln 2 rounds up to 1, though its sign must be found");
    fmpq_set_si(args[0].re, 1, 3);
    fmpq_zero(args[1].re);
    s = ml_round_mpfr(re, im, t, &with_exact, args, MPFR_RNDN, 500);
    tap_ok(mpfr_get_d(re, MPFR_RNDN) == 1.0 / 3 && t[0] == -1 && t[1] == 0
               && mpfr_zero_p(im) && s == ML_OK,
           "an exact 1/3 has its ternary value, the zero beside it none");
    ml_args_clear(args, 2);
    mpfr_clear(re);
    mpfr_clear(im);
}

static void
complex_parts(void)
{
    tap_random g = tap_random_start(tap_seed() + 9);
    ml_arg args[2], swapped[2];
    int bad = 0;

    ml_args_init(args, 2);
    ml_args_init(swapped, 2);
    for (long i = tap_effort(100); i > 0; i--) {
        mpfr_rnd_t rnd = modes[i % MODES];
        double x, y, u = 0, v = 0;
        ml_status s;

        hard_point(args, &g, &binary64, 400, 500);
        fmpq_set(swapped[0].im, args[0].re);
        fmpq_set(swapped[1].im, args[1].re);
        hard_point(args, &g, &binary64, -500, -400);
        fmpq_set(swapped[0].re, args[0].re);
        fmpq_set(swapped[1].re, args[1].re);
        s = ml_round_d(&x, &y, &with_exact, swapped, rnd, 65536);
        s |= ml_round_d(&u, NULL, &with_exact, args, rnd, 65536);
        fmpq_set(args[0].re, swapped[0].im);
        fmpq_set(args[1].re, swapped[1].im);
        s |= ml_round_d(&v, NULL, &with_exact, args, rnd, 65536);
        bad += x != u || y != v || s != ML_OK;
    }
    ml_args_clear(args, 2);
    ml_args_clear(swapped, 2);
    tap_ok(bad == 0, "parts 2^900 apart are rounded each for itself");
}

static void
balls(void)
{
    arb_t b;
    double x = 0;
    bool ok;

    arb_init(b);
    arb_set_d(b, 1.0);
    arf_set_si_2exp_si(arb_midref(b), 1, 0);
    mag_set_ui_2exp_si(arb_radref(b), 1, -60);
    ok = ml_round_arb_d(&x, b, MPFR_RNDN);
    tap_ok(ok && x == 1, "1 +- 2^-60 is one double to nearest");
    ok = ml_round_arb_d(&x, b, MPFR_RNDU);
    tap_ok(!ok, "but two upwards");
    mag_set_ui_2exp_si(arb_radref(b), 1, -52);
    ok = ml_round_arb_d(&x, b, MPFR_RNDN);
    tap_ok(!ok, "1 +- 2^-52 is not one double");
    arb_indeterminate(b);
    ok = ml_round_arb_d(&x, b, MPFR_RNDN);
    tap_ok(!ok, "an indeterminate ball is none");
    arb_zero(b);
    mag_set_ui_2exp_si(arb_radref(b), 1, -2000);
    ok = ml_round_arb_d(&x, b, MPFR_RNDN);
    tap_ok(!ok, "0 +- 2^-2000 is two doubles, 0 and -0");
    arb_set_si(b, -3);
    arb_mul_2exp_si(b, b, -1075);
    ok = ml_round_arb_d(&x, b, MPFR_RNDD);
    tap_ok(ok && x == -0x1p-1073, "-3 2^-1075 goes down to -2^-1073");
    ok = ml_round_arb_d(&x, b, MPFR_RNDN);
    tap_ok(ok && x == -0x1p-1073, "and to even, -2^-1073");
    arb_one(b);
    arb_mul_2exp_si(b, b, 2000);
    mag_set_ui_2exp_si(arb_radref(b), 1, 1999);
    ok = ml_round_arb_d(&x, b, MPFR_RNDZ);
    tap_ok(ok && x == 0x1.fffffffffffffp1023,
           "a wide ball beyond all doubles is the largest, towards zero");
    arb_clear(b);
}

static void
evaluation(void)
{
    const slong digits[] = {1, 10, 17, 100, 20000};
    const ml_function *const f[] = {&plain, &half_lazy, &half_lazy, &half_lazy,
                                    &plain};
    bool ok = true;
    ml_arg args[2];
    acb_t x;
    arb_t tol, v;
    ml_status s;

    ml_args_init(args, 2);
    acb_init(x);
    arb_init(tol);
    arb_init(v);
    fmpq_set_si(args[0].re, 5, 7);
    fmpq_set_si(args[1].re, 1, 1);
    for (int i = 0; i < 5; i++) {
        s = ml_eval_digits(x, f[i], NULL, args, digits[i], 70000);
        arb_set_ui(tol, 10);
        arb_pow_ui(tol, tol, (ulong)digits[i], 64);
        arb_get_rad_arb(v, acb_realref(x));
        arb_mul(tol, tol, v, 64); /* rad 10^digits <= |value| */
        arb_const_log2(v, 70000);
        arb_mul_ui(v, v, 7, 70000);
        arb_add_ui(v, v, 5, 70000);
        arb_div_ui(v, v, 7, 70000);
        ok = ok && s == ML_OK && arb_lt(tol, v)
             && arb_contains(acb_realref(x), v);
    }
    tap_ok(ok, "ml_eval_digits: 1 to 20000 digits, radius and containment");
    s = ml_eval_digits(x, &plain, NULL, args, 300, 200);
    part(v, args[0].re, args[1].re, 2000);
    tap_ok(s == ML_UNABLE && arb_overlaps(acb_realref(x), v),
           "a cap of 200 bits for 300 digits: unable, and still an enclosure");
    fmpq_zero(args[1].re);
    fmpq_set_si(args[0].re, 3, 8);
    s = ml_eval_bits(x, &with_exact, NULL, args, 53, 200);
    tap_ok(s == ML_OK && acb_is_exact(x), "an exact 3/8 is an exact ball");
    fmpq_zero(args[0].re);
    s = ml_eval_bits(x, &with_exact, NULL, args, 53, 200);
    tap_ok(s == ML_OK && acb_is_zero(x), "an exact 0 is an exact ball");
    ml_args_clear(args, 2);
    acb_clear(x);
    arb_clear(tol);
    arb_clear(v);
}

int
main(void)
{
    tap_plan(31);
    hard_doubles(-1000, 1000, "normal numbers");
    hard_doubles(-1080, -1015, "around the subnormals");
    hard_doubles(1015, 1026, "around the overflow");
    hard_mpfr(false);
    hard_mpfr(true);
    subnormals();
    overflow_threshold();
    undecidable();
    complex_parts();
    balls();
    evaluation();
    flint_cleanup();
    return tap_done();
}
