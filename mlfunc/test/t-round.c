/* mlfunc/test/t-round.c - correct rounding, attacked with made-up functions
 * whose values lie on, or as near as one likes to, the numbers and midpoints
 * of the target.  Claims on [mlfunc R1] and [mlfunc R2]. */
#include "mlfunc/test/judge.h"

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

int
main(void)
{
    tap_plan(27);
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
    flint_cleanup();
    return tap_done();
}
