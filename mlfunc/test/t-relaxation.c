/* mlfunc/test/t-relaxation.c - ml-relaxation and ml-siegert against closed
 * forms, the bounds of Simon (2014), and at their limits. */
#include <math.h>

#include <arb_hypgeom.h>

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

static const ml_function *relaxation, *siegert;

static void
set_args(ml_arg *args, slong num, ulong den, double tau, double t)
{
    fmpq_set_si(args[0].re, num, den);
    ml_arg_set_d(&args[1], tau);
    ml_arg_set_d(&args[2], t);
}

/* t/tau as a ball */
static void
ratio(arb_t r, const ml_arg *args, slong prec)
{
    arb_t t;

    arb_init(t);
    ml_arg_get_arb(r, &args[2], prec);
    ml_arg_get_arb(t, &args[1], prec);
    arb_div(r, r, t, prec);
    arb_clear(t);
}

/* E_{1/2}(-x) = e^(x^2) erfc(x), E_1(-x) = e^-x, E_2(-x) = cos(sqrt x). */
static void
closed_form(arb_t res, slong num, ulong den, const ml_arg *args, slong prec)
{
    arb_t r, t;

    arb_init(r);
    arb_init(t);
    ratio(r, args, prec);
    if (den == 2) {
        arb_sqrt(t, r, prec);
        arb_hypgeom_erfc(t, t, prec);
        arb_exp(r, r, prec);
        arb_mul(res, r, t, prec);
    } else if (num == 1) {
        arb_neg(r, r);
        arb_exp(res, r, prec);
    } else {
        arb_cos(res, r, prec);
    }
    arb_clear(r);
    arb_clear(t);
}

static void
closed_forms(slong num, ulong den, double far, const char *what)
{
    tap_random g = tap_random_start(tap_seed() + 10 * num + den);
    int bad = 0, square = 0;
    ml_arg args[3];
    arb_t want;
    acb_t got;

    ml_args_init(args, 3);
    arb_init(want);
    acb_init(got);
    for (long i = tap_effort(40); i > 0; i--) {
        slong prec = tap_random_int(&g, 30, 300);
        double x = 0, y = 1;
        bool ok;
        ml_status s;

        set_args(args, num, den, tap_random_log(&g, 0.1, 10),
                 tap_random_log(&g, 1e-6, far));
        closed_form(want, num, den, args, prec + 2000);
        s = relaxation->eval(got, args, prec);
        bad += s != ML_OK || !arb_contains(acb_realref(got), want)
               || arb_rel_accuracy_bits(acb_realref(got)) < prec - 10;
        s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDN, 4096);
        ok = ml_round_arb_d(&y, want, MPFR_RNDN);
        bad += s != ML_OK || !ok || x != y;
        arb_sqr(want, want, prec + 2000);
        s = siegert->eval(got, args, prec);
        square += s != ML_OK || !arb_contains(acb_realref(got), want)
                  || arb_rel_accuracy_bits(acb_realref(got)) < prec - 10;
        s = ml_round_d(&x, NULL, siegert, args, MPFR_RNDU, 4096);
        ok = ml_round_arb_d(&y, want, MPFR_RNDU);
        square += (s & ~ML_UNDERFLOW) != ML_OK || !ok || x != y;
    }
    tap_ok(bad == 0, "alpha = %ld/%lu is %s", num, den, what);
    tap_ok(square == 0, "and its square is ml-siegert");
    ml_args_clear(args, 3);
    arb_clear(want);
    acb_clear(got);
}

/* 1/(1 + Gamma(1-a) x) <= E_a(-x) <= 1/(1 + x/Gamma(1+a)), 0 < a < 1. */
static void
simon(void)
{
    tap_random g = tap_random_start(tap_seed() + 99);
    int bad = 0;
    ml_arg args[3];
    arb_t x, a, t;
    acb_t e;

    ml_args_init(args, 3);
    arb_init(x);
    arb_init(a);
    arb_init(t);
    acb_init(e);
    for (long i = tap_effort(60); i > 0; i--) {
        slong prec = 60;
        ml_status s;

        /* alpha not dyadic: the rational is meant, not a double. */
        set_args(args, tap_random_int(&g, 1, 29), 30,
                 tap_random_log(&g, 0.1, 10), tap_random_log(&g, 1e-4, 1e6));
        s = relaxation->eval(e, args, prec);
        ml_arg_get_arb(a, &args[0], prec);
        ratio(x, args, prec);
        arb_pow(x, x, a, prec);
        arb_sub_ui(t, a, 1, prec);
        arb_neg(t, t);
        arb_gamma(t, t, prec);
        arb_mul(t, t, x, prec);
        arb_add_ui(t, t, 1, prec);
        arb_mul(t, t, acb_realref(e), prec);
        arb_sub_ui(t, t, 1, prec);
        bad += s != ML_OK || arb_is_negative(t);
        arb_add_ui(t, a, 1, prec);
        arb_rgamma(t, t, prec);
        arb_mul(t, t, x, prec);
        arb_add_ui(t, t, 1, prec);
        arb_mul(t, t, acb_realref(e), prec);
        arb_sub_ui(t, t, 1, prec);
        bad += arb_is_positive(t);
    }
    tap_ok(bad == 0, "the value lies between the bounds of Simon");
    ml_args_clear(args, 3);
    arb_clear(x);
    arb_clear(a);
    arb_clear(t);
    acb_clear(e);
}

/* Where (t/tau)^alpha is a rational the exact point is taken: it must agree
 * with mittag-leffler there, and with a neighbour that is no such point. */
static void
rational_powers(void)
{
    static const slong cases[][6] = {
        /* alpha, t/tau, x */
        {1, 2, 9, 4, 3, 2},    {1, 3, 8, 27, 2, 3}, {2, 3, 27, 8, 9, 4},
        {3, 2, 4, 9, 8, 27},   {7, 10, 1, 1, 1, 1}, {2, 1, 3, 2, 9, 4},
        {3, 4, 16, 81, 8, 27},
    };
    const ml_function *ml = ml_function_find("mittag-leffler");
    bool ok = true;
    ml_arg args[3], point[3];
    acb_t a, b, c;

    ml_args_init(args, 3);
    ml_args_init(point, 3);
    acb_init(a);
    acb_init(b);
    acb_init(c);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const slong *v = cases[i];
        ml_status s, t, u;
        fmpq_t h;

        fmpq_init(h);
        fmpq_set_si(args[0].re, v[0], (ulong)v[1]);
        fmpq_set_si(args[1].re, 1, 1);
        fmpq_set_si(args[2].re, v[2], (ulong)v[3]);
        fmpq_set(point[0].re, args[0].re);
        fmpq_one(point[1].re);
        fmpq_set_si(point[2].re, -v[4], (ulong)v[5]);
        s = relaxation->eval(a, args, 100);
        t = ml->eval(b, point, 200);
        fmpq_one(h);
        fmpq_div_2exp(h, h, 90);
        fmpq_add(args[2].re, args[2].re, h);
        u = relaxation->eval(c, args, 100);
        arb_sub(acb_realref(c), acb_realref(c), acb_realref(b), 200);
        ok = ok && s == ML_OK && t == ML_OK && u == ML_OK && acb_contains(a, b)
             && arb_contains_si(acb_realref(c), 0) == 0
             && arf_cmpabs_2exp_si(arb_midref(acb_realref(c)), -88) < 0
             && (v[0] > v[1] || arb_is_negative(acb_realref(c)));
        fmpq_clear(h);
    }
    tap_ok(ok, "rational (t/tau)^alpha: the exact point, below its left "
               "neighbour by what the slope says");
    ml_args_clear(args, 3);
    ml_args_clear(point, 3);
    acb_clear(a);
    acb_clear(b);
    acb_clear(c);
}

static void
limits(void)
{
    ml_arg args[3];
    double x = 0, y = 0;
    acb_t e;
    arb_t l;
    ml_status s, t;

    ml_args_init(args, 3);
    acb_init(e);
    arb_init(l);
    set_args(args, 9, 20, 3, 0);
    s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDU, 100);
    t = ml_round_d(&y, NULL, siegert, args, MPFR_RNDD, 100);
    tap_ok(x == 1 && y == 1 && s == ML_OK && t == ML_OK, "1 at t = 0, exactly");
    set_args(args, 9, 20, 3, 1e-200);
    s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDD, 128);
    t = ml_round_d(&y, NULL, siegert, args, MPFR_RNDZ, 128);
    tap_ok(x == 1 - 0x1p-53 && y == x && s == ML_OK && t == ML_OK,
           "t = 1e-200 goes down below 1, under a cap of 128 bits");
    s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDN, 128);
    tap_ok(x == 1 && s == ML_OK, "and is 1 to nearest");
    set_args(args, 1, 2, 1, 1e300);
    s = relaxation->eval(e, args, 100);
    arb_sqr(acb_realref(e), acb_realref(e), 100);
    ml_arg_get_arb(l, &args[2], 100);
    arb_mul(acb_realref(e), acb_realref(e), l, 100);
    arb_const_pi(l, 100);
    arb_mul(l, l, acb_realref(e), 100);
    arb_sub_ui(l, l, 1, 100);
    tap_ok(s == ML_OK && arf_cmpabs_2exp_si(arb_midref(l), -90) < 0,
           "t = 1e300, alpha = 1/2: (pi t)^(-1/2)");

    set_args(args, 1, 1, 1, 1e100);
    s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDU, 1000);
    t = ml_round_d(&y, NULL, siegert, args, MPFR_RNDN, 1000);
    tap_ok(x == 0x1p-1074 && y == 0 && s == ML_UNDERFLOW && t == ML_UNDERFLOW,
           "alpha = 1, t = 1e100 underflows");
    s = relaxation->log2(l, args);
    arb_const_log2(acb_realref(e), 500);
    arb_mul(l, l, acb_realref(e), 500);
    ml_arg_get_arb(acb_realref(e), &args[2], 500);
    arb_add(l, l, acb_realref(e), 500);
    tap_ok(s == ML_OK && arb_contains_zero(l)
               && mag_cmp_2exp_si(arb_radref(l), -50) < 0,
           "log2 there is -t/ln 2");
    set_args(args, 4, 1, 1, 1e100);
    s = relaxation->log2(l, args);
    /* E_4(-t^4) = cos(t/sqrt 2) cosh(t/sqrt 2) */
    ml_arg_get_arb(acb_realref(e), &args[2], 1000);
    arb_set_ui(acb_imagref(e), 2);
    arb_rsqrt(acb_imagref(e), acb_imagref(e), 1000);
    arb_mul(acb_realref(e), acb_realref(e), acb_imagref(e), 1000);
    arb_cos(acb_imagref(e), acb_realref(e), 1000);
    bool positive = arb_is_positive(acb_imagref(e));
    arb_abs(acb_imagref(e), acb_imagref(e));
    arb_log(acb_imagref(e), acb_imagref(e), 1000);
    arb_add(acb_realref(e), acb_realref(e), acb_imagref(e), 1000);
    arb_const_log2(acb_imagref(e), 1000);
    arb_sub(acb_realref(e), acb_realref(e), acb_imagref(e), 1000);
    arb_div(acb_realref(e), acb_realref(e), acb_imagref(e), 1000);
    tap_ok(s == ML_OK && arb_contains(l, acb_realref(e))
               && mag_cmp_2exp_si(arb_radref(l), -40) < 0,
           "log2 of E_4(-t^4) is that of cos cosh");
    s = ml_round_d(&x, NULL, relaxation, args, MPFR_RNDN, 1000);
    tap_ok(s == ML_OVERFLOW && x == (positive ? INFINITY : -INFINITY),
           "and it overflows with the sign of the cosine");
    t = siegert->log2(acb_realref(e), args);
    arb_mul_2exp_si(l, l, 1);
    tap_ok(t == ML_OK && arb_overlaps(l, acb_realref(e)),
           "the square has twice the logarithm");
    s = ml_round_d(&x, NULL, siegert, args, MPFR_RNDZ, 1000);
    tap_ok(s == ML_OVERFLOW && x == 0x1.fffffffffffffp1023,
           "and is the largest double towards zero");
    ml_args_clear(args, 3);
    acb_clear(e);
    arb_clear(l);
}

int
main(void)
{
    relaxation = ml_function_find("ml-relaxation");
    siegert = ml_function_find("ml-siegert");
    tap_plan(18);
    closed_forms(1, 2, 1e4, "exp(x^2) erfc(x)");
    closed_forms(1, 1, 50, "exp(-t/tau)");
    closed_forms(2, 1, 100, "cos(t/tau)");
    simon();
    rational_powers();
    limits();
    flint_cleanup();
    return tap_done();
}
