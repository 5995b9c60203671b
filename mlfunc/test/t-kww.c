/* mlfunc/test/t-kww.c - the stretched exponential against MPFR's pow and exp,
 * and at its limits.  Claims on [mlfunc K1]. */
#include <math.h>

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

static const ml_function *kww;

static void
set_args(ml_arg *args, double beta, double tau, double c, double t)
{
    ml_arg_set_d(&args[0], beta);
    ml_arg_set_d(&args[1], tau);
    ml_arg_set_d(&args[2], c);
    ml_arg_set_d(&args[3], t);
}

/* The same formula by MPFR at 600 bits; tau is a power of two. */
static void
by_mpfr(mpfr_t y, double beta, double tau, double c, double t)
{
    mpfr_t b;

    mpfr_init2(b, 53);
    mpfr_set_d(y, t, MPFR_RNDN);
    mpfr_div_d(y, y, tau, MPFR_RNDN);
    mpfr_set_d(b, beta, MPFR_RNDN);
    mpfr_pow(y, y, b, MPFR_RNDN);
    mpfr_mul_d(y, y, -c, MPFR_RNDN);
    mpfr_exp(y, y, MPFR_RNDN);
    mpfr_clear(b);
}

static void
random_points(void)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    tap_random g = tap_random_start(tap_seed());
    int wrong = 0, sign = 0, loose = 0;
    ml_arg args[4];
    mpfr_t truth, want, got;
    acb_t ball;
    arf_t a;

    ml_args_init(args, 4);
    mpfr_init2(truth, 600);
    mpfr_init2(want, 53);
    mpfr_init2(got, 53);
    acb_init(ball);
    arf_init(a);
    for (long i = tap_effort(2000); i > 0; i--) {
        double beta = tap_random_range(&g, 0.02, 2.5), c = 1 + (double)(i % 2);
        double tau = ldexp(1, (int)tap_random_int(&g, -9, 9));
        double t = tau * tap_random_log(&g, 1e-9, 1e3);
        mpfr_rnd_t rnd = modes[i % 5];
        slong prec = tap_random_int(&g, 20, 500);
        int t_want, t_got[2];
        ml_status s;
        mag_t rad;

        set_args(args, beta, tau, c, t);
        by_mpfr(truth, beta, tau, c, t);
        t_want = mpfr_set(want, truth, rnd);
        s = ml_round_mpfr(got, NULL, t_got, kww, args, rnd, 4096);
        wrong += s != ML_OK || !mpfr_equal_p(want, got);
        sign += (t_want > 0) - (t_want < 0) != t_got[0];
        s = kww->eval(ball, args, prec);
        arf_set_mpfr(a, truth);
        mag_init(rad);
        arf_get_mag(rad, a);
        mag_mul_2exp_si(rad, rad, 8 - prec);
        loose += s != ML_OK || !arb_contains_arf(acb_realref(ball), a)
                 || !arb_is_zero(acb_imagref(ball))
                 || mag_cmp(arb_radref(acb_realref(ball)), rad) > 0;
        mag_clear(rad);
    }
    tap_ok(wrong == 0, "correctly rounded in all modes (MPFR at 600 bits)");
    tap_ok(sign == 0, "with the right ternary values");
    tap_ok(loose == 0, "balls of 20 to 500 bits contain the truth and keep "
                       "rad <= 2^(8-prec)");
    ml_args_clear(args, 4);
    mpfr_clears(truth, want, got, (mpfr_ptr)0);
    acb_clear(ball);
    arf_clear(a);
}

static void
limits(void)
{
    ml_arg args[4];
    double x = 0;
    ml_status s, u;
    acb_t ball;
    arb_t l;

    ml_args_init(args, 4);
    acb_init(ball);
    arb_init(l);
    set_args(args, 0.5, 3, 2, 0);
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDU, 100);
    tap_ok(x == 1 && s == ML_OK, "1 at t = 0, exactly");
    s = kww->eval(ball, args, 100);
    tap_ok(s == ML_OK && acb_is_one(ball), "as a ball too");

    set_args(args, 0.5, 1, 1, 1e-200);
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDD, 128);
    tap_ok(x == 1 - 0x1p-53 && s == ML_OK, "t = 1e-200 goes down below 1");
    set_args(args, 1024, 1, 1, 1e-300);
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDZ, 128);
    u = ml_round_d(&x, NULL, kww, args, MPFR_RNDD, 128);
    tap_ok(x == 1 - 0x1p-53 && s == ML_OK && u == ML_OK,
           "1 - 10^-307200 too, below a cap of 128 bits");
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDN, 128);
    tap_ok(x == 1 && s == ML_OK, "and is 1 to nearest");

    set_args(args, 2, 1, 2, 1e300);
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDN, 1000);
    tap_ok(x == 0 && s == ML_UNDERFLOW, "t = 1e300, beta = 2 underflows");
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDU, 1000);
    tap_ok(x == 0x1p-1074 && s == ML_UNDERFLOW, "upwards to the least double");
    s = ml_eval_digits(ball, kww, NULL, args, 17, 1000);
    tap_ok(s == ML_UNDERFLOW && arb_is_positive(acb_realref(ball)),
           "as a ball: underflow, still an enclosure and positive");
    s = kww->log2(l, args);
    /* -log2 ln 2 = 2 t^2 */
    arb_const_log2(acb_realref(ball), 2200);
    arb_mul(l, l, acb_realref(ball), 2200);
    arb_set_d(acb_realref(ball), 1e300);
    arb_sqr(acb_realref(ball), acb_realref(ball), ARF_PREC_EXACT);
    arb_mul_2exp_si(acb_realref(ball), acb_realref(ball), 1);
    arb_add(l, l, acb_realref(ball), 2200);
    tap_ok(s == ML_OK && arb_contains_zero(l)
               && mag_cmp_2exp_si(arb_radref(l), -60) < 0,
           "its binary logarithm is -2 t^2/ln 2, to 60 bits after the point");
    set_args(args, 4096, 1, 1, 1e300); /* log2 of the exponent: 4 million */
    s = kww->log2(l, args);
    arb_set_d(acb_realref(ball), 1e300);
    arb_pow_ui(acb_realref(ball), acb_realref(ball), 4096, 300);
    arb_const_log2(acb_imagref(ball), 300);
    arb_div(acb_realref(ball), acb_realref(ball), acb_imagref(ball), 300);
    arb_neg(acb_realref(ball), acb_realref(ball));
    tap_ok(s == ML_OK && arb_overlaps(l, acb_realref(ball))
               && arb_rel_accuracy_bits(l) > 100,
           "even where the exponent is 10^1228800");
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDN, 1000);
    tap_ok(x == 0 && !signbit(x) && s == ML_UNDERFLOW,
           "and the double is 0 from above");
    s = ml_round_d(&x, NULL, kww, args, MPFR_RNDU, 1000);
    tap_ok(x == 0x1p-1074 && s == ML_UNDERFLOW, "the least one, upwards");
    set_args(args, 0.75, 2, 1, 9);
    s = kww->log2(l, args);
    u = kww->eval(ball, args, 100);
    arb_log_base_ui(acb_realref(ball), acb_realref(ball), 2, 100);
    tap_ok(s == ML_OK && u == ML_OK && arb_overlaps(l, acb_realref(ball))
               && arb_rel_accuracy_bits(l) > 50,
           "and that of a plain value agrees with it");
    ml_args_clear(args, 4);
    acb_clear(ball);
    arb_clear(l);
}

static void
domain(void)
{
    static const struct {
        double v[4];
        size_t bad;
    } cases[] = {
        {{0, 1, 1, 1}, 0},   {{-1, 1, 1, 1}, 0}, {{1, 0, 1, 1}, 1},
        {{1, -2, 2, 1}, 1},  {{1, 1, 0, 1}, 2},  {{1, 1, 3, 1}, 2},
        {{1, 1, 1.5, 1}, 2}, {{1, 1, -1, 1}, 2}, {{1, 1, 1, -1e-300}, 3},
    };
    bool ok = true;
    ml_arg args[4];
    acb_t ball;
    double x = 0;

    ml_args_init(args, 4);
    acb_init(ball);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double *v = cases[i].v;
        size_t bad = 9;
        ml_status s, u, w;

        set_args(args, v[0], v[1], v[2], v[3]);
        s = kww->domain(args, &bad);
        u = ml_round_d(&x, NULL, kww, args, MPFR_RNDN, 100);
        w = kww->eval(ball, args, 53);
        ok = ok && s == ML_DOMAIN && bad == cases[i].bad && u == ML_DOMAIN
             && isnan(x) && w == ML_DOMAIN && !acb_is_finite(ball);
    }
    tap_ok(ok, "beta, tau, c and t outside the domain are named");
    ml_args_clear(args, 4);
    acb_clear(ball);
}

int
main(void)
{
    kww = ml_function_find("kww");
    tap_plan(17);
    random_points();
    limits();
    domain();
    flint_cleanup();
    return tap_done();
}
