/* mlfunc/test/t-mittleff_parts.c - complex values part by part. */
#include "mlfunc/test/points.h"

/* Both parts to 56 bits, and the truth inside. */
static bool
both_parts(const acb_t x, const acb_t truth)
{
    return acb_contains(x, truth)
           && (arb_rel_accuracy_bits(acb_realref(x)) >= 56)
           && (arb_rel_accuracy_bits(acb_imagref(x)) >= 56);
}

static double
any_beta(tap_random *r, double alpha)
{
    switch (tap_random_int(r, 0, 3)) {
    case 0:
        return 1;
    case 1:
        return alpha;
    case 2:
        return (double)tap_random_int(r, -3, 4);
    default:
        return tap_random_range(r, -4, 6);
    }
}

/* [mlfunc M2] */
static void
imaginary_axis(tap_random *r)
{
    long bad = 0, count = tap_effort(100);
    ml_arg args[3];
    acb_t x, truth;

    ml_args_init(args, 3);
    acb_init(x);
    acb_init(truth);
    for (long i = 0; i < count; i++) {
        double alpha = i % 2 ? tap_random_range(r, 0.1, 2.5) : 0.5;
        double y = tap_random_log(r, 1e-3, 8);
        ml_status s;
        set_args(args, alpha, any_beta(r, alpha), 0, i % 3 ? y : -y);
        bool done = ml_mittleff_parts(x, &s, args, 64);
        ml_status t = ml_mittleff_point(truth, args, 300);
        bad += !done || s != ML_OK || t != ML_OK || !both_parts(x, truth);
    }
    tap_ok(bad == 0, "M2: real and imaginary part on the imaginary axis");
    /* E_{1/2}(iy) = exp(-y^2) + i Dawson. */
    const ml_function *f = ml_function_find("mittag-leffler");
    double re = 0, im = 0;
    set_args(args, 0.5, 1, 0, 20);
    ml_status s = ml_round_ball_d(&re, &im, f, args, NULL, MPFR_RNDN, 4096);
    tap_ok(s == ML_OK && fabs(re / exp(-400) - 1) < 1e-14 && im > 0.02
               && im < 0.03,
           "Re E_{1/2}(20 i) = exp(-400)");
    set_args(args, 0.5, 0, 0, 1e6);
    s = ml_round_ball_d(&re, &im, f, args, NULL, MPFR_RNDU, 4096);
    tap_ok(s == ML_UNDERFLOW && re == 0 && signbit(re) && im < 0,
           "Re E_{1/2,0}(10^6 i) = -10^12 exp(-10^12), upwards");
    ml_args_clear(args, 3);
    acb_clear(x);
    acb_clear(truth);
}

/* Parts beyond all balls, of one bit or so: from which precision on that is
 * less than ML_OK promises. */
static void
beyond(void)
{
    long bad = 0, ok = 0, count = 0;
    ml_arg args[3];
    acb_t x;

    ml_args_init(args, 3);
    acb_init(x);
    for (int y = 1; y < 5; y++)
        for (slong prec = 2; prec < 16; prec++, count++) {
            ml_status s;
            set_args(args, 1.5, 1, 0, ldexp(y, 150));
            bad += !ml_mittleff_parts(x, &s, args, prec);
            bad += (s == ML_OK) != ml_ball_accurate(x, prec - 8);
            bad += s != ML_OK && s != ML_OVERFLOW;
            ok += s == ML_OK;
        }
    tap_ok(bad == 0 && ok > 0 && ok < count,
           "beyond all balls: accurate at %ld of %ld precisions", ok, count);
    ml_args_clear(args, 3);
    acb_clear(x);
}

/* [mlfunc M3] */
static void
real_axis(tap_random *r)
{
    long bad = 0, count = tap_effort(60);
    ml_arg args[3];
    acb_t x, truth;

    ml_args_init(args, 3);
    acb_init(x);
    acb_init(truth);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.2, 2.5);
        double re = tap_random_log(r, 1e-2, 100);
        ml_status s;
        set_args(args, alpha, any_beta(r, alpha), i % 4 ? -re : re,
                 i % 3 ? 0x1p-220 : -0x1p-230);
        bool done = ml_mittleff_parts(x, &s, args, 64);
        ml_status t = ml_mittleff_point(truth, args, 500);
        bad += !done || s != ML_OK || t != ML_OK || !both_parts(x, truth);
    }
    tap_ok(bad == 0, "M3: the imaginary part beside the real axis");
    ml_status s;
    set_args(args, 0.75, 1, -3, 0x1p-150);
    bool near = ml_mittleff_parts(x, &s, args, 64);
    tap_ok(!near, "not where a box would be too wide");
    ml_args_clear(args, 3);
    acb_clear(x);
    acb_clear(truth);
}

/* [mlfunc M4] n terms, the rest against its bound. */
static void
tail(tap_random *r)
{
    shares sh = {0};
    ml_mlpoint p;
    acb_t z, sum, term, truth;
    arb_t y, beta;
    mag_t bound;

    ml_mlpoint_init(&p);
    acb_init(z);
    acb_init(sum);
    acb_init(term);
    acb_init(truth);
    arb_init(y);
    arb_init(beta);
    mag_init(bound);
    for (long i = tap_effort(200); i > 0; i--) {
        double alpha = tap_random_range(r, 0.05, 2);
        double m = tap_random_log(r, 1e-3, 0.5),
               phi = tap_random_range(r, 0, 7);
        double b = tap_random_range(r, -6, 3);
        slong n = tap_random_int(r, 0, 3);
        /* All coefficients near the largest, at the rim: half the bound. */
        if (i % 10 == 0)
            alpha = 0x1p-10, b = 1.46, m = 0.5, phi = 0;
        if (set_point(&p, alpha, b, m * cos(phi), m * sin(phi)) != ML_OK
            || ml_mlpoint_series(truth, &p, 0, -150) != ML_OK)
            continue;
        ml_mlpoint_z(z, &p, 200);
        acb_zero(sum);
        for (slong k = 0; k <= n; k++) {
            ml_mlpoint_index(y, &p, k, 200);
            arb_rgamma(y, y, 200);
            acb_pow_ui(term, z, (ulong)k, 200);
            acb_addmul_arb(sum, term, y, 200);
        }
        arb_set_d(beta, b);
        ml_tiny_tail(bound, beta, z, n);
        share_add(&sh, distance(truth, sum, false), distance(truth, sum, true),
                  mag_get_d(bound));
    }
    share_claim(&sh, "M4");
    ml_mlpoint_clear(&p);
    acb_clear(z);
    acb_clear(sum);
    acb_clear(term);
    acb_clear(truth);
    arb_clear(y);
    arb_clear(beta);
    mag_clear(bound);
}

/* z from 2^-100 to 2^-3000, any beta, also close to a pole of Gamma. */
static void
tiny(tap_random *r)
{
    long bad = 0, count = tap_effort(60);
    ml_arg args[3];
    acb_t x, truth;

    ml_args_init(args, 3);
    acb_init(x);
    acb_init(truth);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.05, 2.5);
        ulong e = (ulong)tap_random_int(r, 100, i % 5 ? 300 : 3000);
        ml_status s;
        set_args(args, alpha, any_beta(r, alpha), tap_random_range(r, -1, 1),
                 i % 3 ? tap_random_range(r, -1, 1) : 0);
        fmpq_div_2exp(args[2].re, args[2].re, e);
        fmpq_div_2exp(args[2].im, args[2].im, e);
        if (i % 7 == 0) {
            fmpq_set_si(args[1].re, -1, 1);
            fmpq_div_2exp(args[1].re, args[1].re, 90);
        }
        bool done = ml_mittleff_parts(x, &s, args, 64);
        ml_status t = ml_mittleff_point(truth, args, 400 + 2 * (slong)e);
        bad += !done || s != ML_OK || t != ML_OK || !both_parts(x, truth);
    }
    tap_ok(bad == 0, "both parts for tiny z");
    ml_args_clear(args, 3);
    acb_clear(x);
    acb_clear(truth);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(9);
    imaginary_axis(&r);
    beyond();
    real_axis(&r);
    tail(&r);
    tiny(&r);
    flint_cleanup();
    return tap_done();
}
