/* mlfunc/test/t-mittleff_dominant.c - x from 10^18 to 2^64: closed forms, and
 * the product against the methods where both serve.  [mlfunc L1] */
#include <acb_hypgeom.h>

#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

enum { EXP, COSH, ERFC, CUBE };

static void
closed_form(acb_t res, int form, const acb_t z, slong prec)
{
    acb_t t, u;

    acb_init(t);
    acb_init(u);
    if (form == EXP) {
        acb_exp(res, z, prec);
    } else if (form == COSH) {
        acb_sqrt(t, z, prec);
        acb_cosh(res, t, prec);
    } else if (form == ERFC) {
        acb_neg(t, z);
        acb_hypgeom_erfc(t, t, prec);
        acb_sqr(u, z, prec);
        acb_exp(u, u, prec);
        acb_mul(res, t, u, prec);
    } else {
        /* E_{3,1}(-r^3) = (e^-r + 2 e^(r/2) cos(r sqrt(3)/2))/3 */
        acb_neg(t, z);
        arb_root_ui(acb_realref(t), acb_realref(t), 3, prec);
        arb_sqrt_ui(acb_imagref(u), 3, prec);
        arb_mul(acb_realref(u), acb_imagref(u), acb_realref(t), prec);
        arb_zero(acb_imagref(u));
        acb_mul_2exp_si(u, u, -1);
        acb_cos(u, u, prec);
        acb_mul_2exp_si(res, t, -1);
        acb_exp(res, res, prec);
        acb_mul(res, res, u, prec);
        acb_mul_2exp_si(res, res, 1);
        acb_neg(t, t);
        acb_exp(t, t, prec);
        acb_add(res, res, t, prec);
        acb_div_ui(res, res, 3, prec);
    }
    acb_clear(t);
    acb_clear(u);
}

static void
closed_forms(void)
{
    static const struct {
        double alpha, re, im;
        int form;
        const char *what;
    } at[] = {
        {1, 1.8e19, 0, EXP, "exp(1.8e19)"},
        {1, -1.8e19, 0, EXP, "exp(-1.8e19)"},
        {1, 0x1p64, 0, EXP, "exp(2^64)"},
        {1, -0x1p64, 0, EXP, "exp(-2^64)"},
        {1, -0x1.4p63, 0x1.4p63, EXP, "exp((i - 1) 5 2^61)"},
        {1, 0, 0x1p63, EXP, "exp(2^63 i), an anti-Stokes ray"},
        {1, 0, -0x1p64, EXP, "exp(-2^64 i), an anti-Stokes ray"},
        {1, 0x1p10, 0x1p64, EXP, "exp(2^64 i + 1024), beside the ray"},
        {1, -0x1p10, 0x1p64, EXP, "exp(2^64 i - 1024), beside the ray"},
        {2, -0x1p126, 0, COSH, "cos(2^63), the anti-Stokes ray"},
        {2, 0x1p128, 0, COSH, "cosh(2^64)"},
        {2, -0x1p126, 0x1p100, COSH, "cosh near its zeros, growing"},
        {0.5, 4.2e9, 0, ERFC, "exp(z^2) erfc(-z), z^2 = 1.76e19"},
        {0.5, 0x1p31, 0x1p31, ERFC, "the same at z^2 = 2^63 i"},
        {0.5, 0x1.8p31, 0x1p31, ERFC, "the same where it grows"},
        {3, -1e57, 0, CUBE, "a conjugate pair of exponentials"},
    };
    ml_arg args[3];
    acb_t v, w, z;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    acb_init(z);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        bool good = true;
        set_args(args, at[i].alpha, 1, at[i].re, at[i].im);
        acb_set_d_d(z, at[i].re, at[i].im);
        closed_form(w, at[i].form, z, 1200);
        if (at[i].im == 0)
            arb_zero(acb_imagref(w));
        for (slong prec = 24; prec < 400; prec *= 3) {
            ml_status st = ml_mittleff_point(v, args, prec);
            good = good && st == ML_OK && acb_contains(v, w)
                   && is_accurate(v, prec) && is_accurate(w, 600);
        }
        tap_ok(good, "%s", at[i].what);
    }
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
    acb_clear(z);
}

/* The product at moderate x, where the methods serve too. */
static void
against_methods(tap_random *r)
{
    long bad = 0, n = 0, count = tap_effort(60);
    ml_mlpoint p;
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.3, 5);
        double m = pow(tap_random_log(r, 300, 3000), alpha);
        double most = fmin(PI, 0.4 * PI * alpha);
        double phi = tap_random_range(r, -most, most);
        double re = i % 4 == 0 ? m : m * cos(phi);
        if (i % 4 == 1 && alpha > 2.5)
            re = -m;
        bool axis = i % 4 == 0 || re == -m;
        set_args(args, alpha, tap_random_range(r, -3, 5), re,
                 axis ? 0 : m * sin(phi));
        ml_mlpoint_init(&p);
        ml_status st = ml_mlpoint_set_args(&p, args);
        if (st == ML_OK)
            st = ml_mlpoint_dominant(v, &p, 53);
        ml_mlpoint_clear(&p);
        n += st == ML_OK;
        bad += st == ML_OK && !is_accurate(v, 53);
        st = ml_mittleff_point(w, args, 160);
        bad += st != ML_OK || !acb_contains(v, w);
    }
    tap_ok(bad == 0, "where the methods serve, their balls are inside");
    tap_ok(n > count / 2, "and it serves itself: %ld of %ld", n, count);
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

static void
many_terms(void)
{
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    set_args(args, 0x1p-13, 2, 1.0053, 0);
    ml_status s = ml_mittleff_point(v, args, 53);
    ml_status t = ml_mittleff_point(w, args, 150);
    tap_ok(s == ML_OK && t == ML_OK && acb_contains(v, w) && is_accurate(v, 53)
               && is_accurate(w, 150),
           "8192 algebraic terms are no obstacle");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

static void
limits(void)
{
    ml_arg args[3];
    acb_t v, z;
    arb_t one;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(z);
    arb_init(one);
    arb_one(one);
    set_args(args, 1, 1, 0x1.0001p64, 0);
    ml_status st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_OVERFLOW && !acb_is_finite(v), "beyond 2^64: overflow");
    set_args(args, 1, 1, -0x1.0001p64, 0);
    st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_UNDERFLOW && acb_contains_zero(v), "and underflow");
    set_args(args, 0.5, 1, 4.2e9, 0);
    st = ml_mittleff_point_asymptotic(v, args, 53);
    tap_ok(st == ML_OK && is_accurate(v, 53),
           "residues are what the asymptotic method forced means");
    st = ml_mittleff_point_quadrature(v, args, 53);
    tap_ok(st == ML_UNABLE, "quadrature forced is refused");
    acb_set_d(z, 1e19);
    st = ml_mittleff_asymp(v, one, one, z, 3, 53);
    tap_ok(st == ML_UNABLE, "a number of terms forced is refused");
    acb_set_d(z, 1e19);
    mag_set_d(arb_radref(acb_imagref(z)), 1e-3);
    st = ml_mittleff(v, one, one, z, 53);
    tap_ok(st == ML_UNABLE && !acb_is_finite(v),
           "a box across the positive axis is refused");
    arb_set_d(acb_realref(z), -1e57);
    arb_set_d(one, 3);
    st = ml_mittleff(v, one, one, z, 53);
    tap_ok(st == ML_UNABLE && !acb_is_finite(v),
           "so is one across the negative axis");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(z);
    arb_clear(one);
}

/* E_{5/2}(-t^(5/2)) at t = 10^19, where z is no rational. */
static void
relaxation(void)
{
    ml_arg args[3];
    acb_t v, w, z;
    arb_t a, one;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    acb_init(z);
    arb_init(a);
    arb_init(one);
    set_args(args, 2.5, 1, 1e19, 0);
    ml_status s = ml_relaxation_point(v, args, 53);
    arb_set_d(acb_realref(z), 1e19);
    arb_set_d(a, 2.5);
    arb_one(one);
    arb_pow(acb_realref(z), acb_realref(z), a, 2000);
    arb_neg(acb_realref(z), acb_realref(z));
    ml_status t = ml_mittleff(w, a, one, z, 200);
    tap_ok(s == ML_OK && is_accurate(v, 53) && t == ML_OK && acb_contains(v, w),
           "ml-relaxation at an irrational z");
    set_args(args, 1, 1, 0x1p64, 0);
    s = ml_relaxation_point(v, args, 53);
    acb_set_d(w, -0x1p64);
    acb_exp(w, w, 300);
    tap_ok(s == ML_OK && is_accurate(v, 53) && acb_contains(v, w),
           "ml-relaxation with alpha = 1 to x = 2^64");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
    acb_clear(z);
    arb_clear(a);
    arb_clear(one);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(16 + 2 + 1 + 7 + 2);
    closed_forms();
    against_methods(&r);
    many_terms();
    limits();
    relaxation();
    return tap_done();
}
