/* mlfunc/test/t-mittleff_exact.c - mittag-leffler where it is a rational, or
 * all but a rational: cheap, decided, and right.  Claims on
 * [mlfunc R2] and [mlfunc R3]. */
#include <math.h>

#include "mlfunc/impl.h"
#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

#define LOW_CAP 256 /* bits: far below what the Ziv loop would need */

static const ml_function *ml;
static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD, MPFR_RNDZ,
                                   MPFR_RNDA};

static void
set_args(ml_arg *args, const char *alpha, const char *beta, const char *re,
         const char *im)
{
    fmpq_set_str(args[0].re, alpha, 10);
    fmpq_set_str(args[1].re, beta, 10);
    fmpq_set_str(args[2].re, re, 10);
    fmpq_set_str(args[2].im, im, 10);
}

/* z = (re + i im) 2^e */
static void
scale(ml_arg *args, slong e)
{
    for (int i = 0; i < 2; i++) {
        fmpq *x = i ? args[2].im : args[2].re;

        if (e >= 0)
            fmpq_mul_2exp(x, x, (ulong)e);
        else
            fmpq_div_2exp(x, x, (ulong)-e);
    }
}

static void
at_zero(void)
{
    static const struct {
        const char *alpha, *beta;
        double value;
        bool exact;
    } cases[] = {
        {"1/2", "1", 1, true},
        {"7/3", "2", 1, true},
        {"1/2", "3", 0.5, true},
        {"3", "0", 0, true},
        {"3", "-5", 0, true},
        {"1/10", "6", 1.0 / 120, true},
        {"1", "1/2", 0.56418958354775628, false},
        {"1", "-1/2", -0.28209479177387814, false},
    };
    bool ok = true;
    ml_arg args[3];
    fmpq_t re, im;
    acb_t ball;

    ml_args_init(args, 3);
    fmpq_init(re);
    fmpq_init(im);
    acb_init(ball);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = 9, y = 9;
        ml_status s, t;
        bool exact;

        set_args(args, cases[i].alpha, cases[i].beta, "0", "0");
        exact = ml->exact(re, im, args);
        s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDN, LOW_CAP);
        t = ml_eval_digits(ball, ml, NULL, args, 30, LOW_CAP);
        ok = ok && exact == cases[i].exact && s == ML_OK && t == ML_OK && y == 0
             && x == cases[i].value && !signbit(y)
             && arb_is_zero(acb_imagref(ball))
             && (i >= 5 || acb_is_exact(ball));
    }
    tap_ok(ok, "z = 0: 1/Gamma(beta), a rational for integer beta only");
    set_args(args, "1", "1", "1", "0");
    ok = ml->exact(re, im, args);
    set_args(args, "1", "1", "0", "1");
    ok = ml->exact(re, im, args) || ok;
    tap_ok(!ok, "z = 1 and z = i are no exact cases");
    ml_args_clear(args, 3);
    fmpq_clear(re);
    fmpq_clear(im);
    acb_clear(ball);
}

/* Five modes at a point whose value is c plus a speck of that sign. */
static void
beside(const ml_arg *args, double c, int sign, const char *what)
{
    double up = nextafter(c, INFINITY), down = nextafter(c, -INFINITY);
    double want[5] = {c, sign > 0 ? up : c, sign > 0 ? c : down, 0, 0};
    bool ok = true;
    mpfr_t x;

    want[3] = c > 0 ? want[2] : want[1];
    want[4] = c > 0 ? want[1] : want[2];
    mpfr_init2(x, 53);
    for (int m = 0; m < 5; m++) {
        double got = 0;
        int ternary[2] = {0, 0};
        ml_status s, t;

        s = ml_round_ball_d(&got, NULL, ml, args, NULL, modes[m], LOW_CAP);
        t = ml_round_mpfr(x, NULL, ternary, ml, args, modes[m], LOW_CAP);
        ok = ok && s == ML_OK && t == ML_OK && got == want[m]
             && mpfr_get_d(x, MPFR_RNDN) == want[m]
             && ternary[0]
                    == (want[m] > c   ? 1
                        : want[m] < c ? -1
                                      : -sign);
    }
    mpfr_clear(x);
    tap_ok(ok, "%s, all modes and ternary values", what);
}

static void
tiny_terms(void)
{
    ml_arg args[3];
    double x = 0, y = 0;
    ml_status s;

    ml_args_init(args, 3);
    set_args(args, "1/2", "1", "-1", "0");
    scale(args, -100000);
    beside(args, 1, -1, "E_{1/2}(-2^-100000), below 1");
    set_args(args, "1/3", "3", "7/5", "0");
    scale(args, -100000);
    beside(args, 0.5, 1, "E_{1/3,3}(7/5 2^-100000), above 1/2");
    set_args(args, "100", "2", "-5", "0");
    beside(args, 1, -1, "E_{100,2}(-5), below 1");
    set_args(args, "1000000000", "2", "5", "0");
    beside(args, 1, 1, "E_{1e9,2}(5), above 1");
    set_args(args, "1000000000000000000000000000000000000", "2", "-5", "0");
    beside(args, 1, -1, "E_{1e36,2}(-5), below 1");
    set_args(args, "1", "2", "-1", "0");
    scale(args, 40);
    beside(args, 0x1p-40, -1, "E_{1,2}(-2^40), below 2^-40");
    set_args(args, "1", "3", "-1", "0");
    scale(args, 40); /* 1/z^2 (e^z - 1 - z) */
    beside(args, 0x1p-40 - 0x1p-80, 1, "E_{1,3}(-2^40), above 2^-40 - 2^-80");

    set_args(args, "3/4", "1", "0", "1"); /* re z = 0 */
    scale(args, -500);
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDD, 65536);
    tap_ok(s == ML_OK && x == 1 - 0x1p-53
               && fabs(y * 0x1p500 * tgamma(1.75) - 1) < 1e-15,
           "z = i 2^-500: the real part is below 1, by the second term");
    set_args(args, "3/4", "1", "0", "1");
    scale(args, -40000);
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDU, LOW_CAP);
    tap_ok(s == ML_UNDERFLOW && x == 1 && y == 0x1p-1074,
           "z = i 2^-40000: and the imaginary part underflows");
    ml_args_clear(args, 3);
}

/* E_{1,n}(z) for random rational z and n against its finite form. */
static void
far_left(void)
{
    tap_random g = tap_random_start(tap_seed());
    const long points = tap_effort(60);
    int bad = 0;
    long used = 0;
    ml_arg args[3];
    fmpq_t re, im;
    acb_t z, e, t, delta;

    ml_args_init(args, 3);
    fmpq_init(re);
    fmpq_init(im);
    acb_init(z);
    acb_init(e);
    acb_init(t);
    acb_init(delta);
    for (long i = points; i > 0; i--) {
        slong n = tap_random_int(&g, 2, 9);
        int sign[2] = {7, 7};

        fmpq_one(args[0].re);
        fmpq_set_si(args[1].re, n, 1);
        fmpq_set_si(args[2].re, -tap_random_int(&g, 80, 400), 2);
        fmpq_set_si(args[2].im, i % 3 ? tap_random_int(&g, -900, 900) : 0, 7);
        if (!ml->nearly(re, im, delta, sign, args, 100))
            continue;
        used++;
        /* z^(1-n) (e^z - sum_{k<n-1} z^k/k!) at 3000 bits */
        ml_arg_get_acb(z, &args[2], 3000);
        acb_exp(e, z, 3000);
        for (slong k = 0; k < n - 1; k++) {
            acb_pow_si(t, z, k, 3000);
            arb_fac_ui(acb_realref(delta), (ulong)k, 3000);
            acb_div_arb(t, t, acb_realref(delta), 3000);
            acb_sub(e, e, t, 3000);
        }
        acb_pow_si(t, z, 1 - n, 3000);
        acb_mul(e, e, t, 3000);
        bad += !ml->nearly(re, im, delta, sign, args, 100);
        arb_set_fmpq(acb_realref(t), re, 3000);
        arb_set_fmpq(acb_imagref(t), im, 3000);
        acb_sub(e, e, t, 3000);
        bad += !acb_contains(delta, e);
        for (int k = 0; k < 2; k++) {
            arb_ptr x = k ? acb_imagref(e) : acb_realref(e);

            if (fmpq_is_zero(args[2].im) && k)
                bad += sign[k] != 0;
            else
                bad += sign[k] != 2
                       && sign[k]
                              != (arb_is_positive(x) ? 1 : -arb_is_negative(x));
        }
    }
    tap_ok(bad == 0 && used >= points / 2,
           "E_{1,n} far to the left is its rational part and delta");
    ml_args_clear(args, 3);
    fmpq_clear(re);
    fmpq_clear(im);
    acb_clear(z);
    acb_clear(e);
    acb_clear(t);
    acb_clear(delta);
}

/* delta near 0 against balls of the function at 400 bits. */
static void
near_zero(void)
{
    tap_random g = tap_random_start(tap_seed() + 1);
    const long points = tap_effort(60);
    int bad = 0;
    long used = 0;
    ml_arg args[3];
    fmpq_t re, im;
    acb_t e, t, delta;
    mag_t rad, size;

    ml_args_init(args, 3);
    fmpq_init(re);
    fmpq_init(im);
    acb_init(e);
    acb_init(t);
    acb_init(delta);
    mag_init(rad);
    mag_init(size);
    for (long i = points; i > 0; i--) {
        int sign[2] = {7, 7};
        ml_status s;

        fmpq_set_si(args[0].re, tap_random_int(&g, 1, 30), 7);
        fmpq_set_si(args[1].re, tap_random_int(&g, 1, 5), 1);
        fmpq_set_si(args[2].re, tap_random_int(&g, -9, 9), 7);
        fmpq_set_si(args[2].im, i % 3 ? tap_random_int(&g, -9, 9) : 0, 5);
        scale(args, -tap_random_int(&g, 30, 120));
        if (!ml->nearly(re, im, delta, sign, args, 64))
            continue;
        used++;
        s = ml->methods[0].eval(e, args, 600);
        arb_set_fmpq(acb_realref(t), re, 700);
        arb_set_fmpq(acb_imagref(t), im, 700);
        acb_sub(e, e, t, 700);
        mag_hypot(rad, arb_radref(acb_realref(delta)),
                  arb_radref(acb_imagref(delta)));
        acb_get_mag(size, delta);
        mag_mul_2exp_si(size, size, -50);
        bad += s != ML_OK || !acb_contains(delta, e) || mag_cmp(rad, size) > 0;
        for (int k = 0; k < 2; k++) {
            arb_ptr x = k ? acb_imagref(e) : acb_realref(e);

            bad += sign[k] != 2
                   && sign[k] != arb_is_positive(x) - arb_is_negative(x);
        }
    }
    tap_ok(bad == 0 && used >= points / 2,
           "near 0 delta is the rest of the series, to 50 bits");
    ml_args_clear(args, 3);
    fmpq_clear(re);
    fmpq_clear(im);
    acb_clear(e);
    acb_clear(t);
    acb_clear(delta);
    mag_clear(rad);
    mag_clear(size);
}

/* The tail of the sum, where it is as large as the rounding: few bits.
 * [mlfunc S1] */
static void
coarse(void)
{
    tap_random g = tap_random_start(tap_seed() + 2);
    int bad = 0, used = 0;
    ml_arg args[3];
    arb_t alpha, beta;
    acb_t z, delta, e;

    ml_args_init(args, 3);
    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    acb_init(delta);
    acb_init(e);
    for (long i = tap_effort(3000); i > 0; i--) {
        slong prec = tap_random_int(&g, 8, 16);
        ml_status s;

        ml_arg_set_d(&args[0], tap_random_range(&g, 0.05, 3));
        fmpq_one(args[1].re);
        ml_arg_set_d(&args[2], tap_random_range(&g, -0.2, 0.2));
        ml_arg_get_arb(alpha, &args[0], 100);
        ml_arg_get_arb(beta, &args[1], 100);
        ml_arg_get_acb(z, &args[2], 100);
        if (!ml_near_zero(delta, alpha, beta, z, prec))
            continue;
        used++;
        s = ml->methods[0].eval(e, args, 100);
        acb_sub_ui(e, e, 1, 120);
        bad += s != ML_OK || !acb_contains(delta, e);
    }
    tap_ok(bad == 0 && used > 0, "with 8 to 16 bits delta encloses too");
    ml_args_clear(args, 3);
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    acb_clear(delta);
    acb_clear(e);
}

/* E_{1,2}(-2^k) = 2^-k - e^(-2^k) 2^-k, E_{1,3}(-2^k) = 2^-k - 2^-2k +
 * e^(-2^k) 2^-2k, the exponential replaced by 2^-3000 where it is less. */
static void
powers_of_2(void)
{
    int bad = 0, t[2];
    ml_arg args[3];
    mpfr_t got, want, v, e;

    ml_args_init(args, 3);
    mpfr_inits2(53, got, want, (mpfr_ptr)0);
    mpfr_inits2(5000, v, e, (mpfr_ptr)0);
    fmpq_one(args[0].re);
    for (slong k = 6; k <= 1000; k += k < 60 ? 1 : 47) {
        fmpq_set_si(args[2].re, -1, 1);
        fmpq_mul_2exp(args[2].re, args[2].re, (ulong)k);
        mpfr_set_si_2exp(e, -1, k < 20 ? k : 20, MPFR_RNDN);
        mpfr_exp(e, e, MPFR_RNDN);
        if (mpfr_cmp_ui_2exp(e, 1, -3000) < 0)
            mpfr_set_ui_2exp(e, 1, -3000, MPFR_RNDN);
        for (int i = 0; i < 10; i++) {
            fmpq_set_si(args[1].re, 2 + i / 5, 1);
            mpfr_set_ui_2exp(v, 1, i < 5 ? 0 : k, MPFR_RNDN);
            if (i < 5)
                mpfr_sub(v, v, e, MPFR_RNDN);
            else
                mpfr_add(v, v, e, MPFR_RNDN), mpfr_sub_ui(v, v, 1, MPFR_RNDN);
            mpfr_mul_2si(v, v, i < 5 ? -k : -2 * k, MPFR_RNDN);
            int side = mpfr_set(want, v, modes[i % 5]);
            ml_status s =
                ml_round_mpfr(got, NULL, t, ml, args, modes[i % 5], 256);
            bad += s != ML_OK || !mpfr_equal_p(got, want)
                   || (side > 0) - (side < 0) != t[0];
        }
    }
    tap_ok(bad == 0,
           "E_{1,2} and E_{1,3} at -2^k, beside a number or midpoint");
    ml_args_clear(args, 3);
    mpfr_clears(got, want, v, e, (mpfr_ptr)0);
}

int
main(void)
{
    ml = ml_function_find("mittag-leffler");
    tap_plan(15);
    at_zero();
    tiny_terms();
    far_left();
    near_zero();
    coarse();
    powers_of_2();
    flint_cleanup();
    return tap_done();
}
