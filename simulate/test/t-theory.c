/* simulate/test/t-theory.c - exact averages: known values, limits, ageing. */
#include <math.h>

#include <arb_hypgeom.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

static arb_t beta, tau, lambda, t_a, t, value;

static double
number(ml_status status)
{
    return status == ML_OK ? arf_get_d(arb_midref(value), ARF_RND_NEAR)
                           : (double)NAN;
}

static double
mean_n(const char *law, double b, double at)
{
    arb_set_d(beta, b);
    arb_set_d(t, at);
    return number(mlsim_theory_n(value, mlsim_law_find(law), beta, tau, t, 96));
}

static double
isf(const char *law, double b, double l, double at)
{
    arb_set_d(beta, b);
    arb_set_d(lambda, l);
    arb_set_d(t, at);
    return number(
        mlsim_theory_isf(value, mlsim_law_find(law), beta, tau, lambda, t, 96));
}

static double
aged(double b, double l, double age, double at)
{
    arb_set_d(beta, b);
    arb_set_d(lambda, l);
    arb_set_d(t_a, age);
    arb_set_d(t, at);
    return number(mlsim_theory_aged_isf(value, mlsim_law_find("ml"), beta, tau,
                                        lambda, t_a, t, 64));
}

static double
persistence(double b, double age, double at)
{
    arb_set_d(beta, b);
    arb_set_d(t_a, age);
    arb_set_d(t, at);
    return number(mlsim_theory_persistence(value, mlsim_law_find("ml"), beta,
                                           tau, t_a, t, 64));
}

static double
moment(ulong k, double b, double at)
{
    arb_set_d(beta, b);
    arb_set_d(t, at);
    return number(mlsim_theory_factorial(value, mlsim_law_find("ml"), k, beta,
                                         tau, t, 96));
}

static bool
near(double got, double want, double relative)
{
    return fabs(got - want) <= relative * fabs(want);
}

/* |lambda(q) - want| */
static double
lambda_error(mlsim_jump jump, int dim, double sigma, double q, double want)
{
    ml_status status;

    arb_set_d(tau, sigma);
    arb_set_d(t, q);
    status = mlsim_lambda(value, jump, dim, tau, t, 64);
    arb_one(tau);
    return fabs(number(status) - want);
}

/* [simulate A1] a ball of radius rad around w against values at points of it:
 * contained always; the widest sampled distance over the radius given. */
static bool
slope_holds(double b, double w, double rad, double *ratio)
{
    bool inside = true;
    acb_t x, y, wide;
    arb_t d;

    acb_init(x);
    acb_init(y);
    acb_init(wide);
    arb_init(d);
    arb_set_d(beta, b);
    acb_set_d(x, w);
    arb_set_d(d, rad);
    acb_add_error_arb(x, d);
    inside &= mlsim_relaxation(wide, beta, x, 64) == ML_OK;
    for (int k = 0; k < 16; k++) {
        double phi = 0.39269908 * k, r = rad * (1 - 1e-6);

        acb_set_d_d(x, w + r * cos(phi), r * sin(phi));
        inside &=
            mlsim_relaxation(y, beta, x, 64) == ML_OK && acb_contains(wide, y);
        arb_sub(d, acb_realref(y), acb_realref(wide), 64);
        *ratio = fmax(*ratio, fabs(arf_get_d(arb_midref(d), ARF_RND_NEAR))
                                  / mag_get_d(arb_radref(acb_realref(wide))));
    }
    arb_clear(d);
    acb_clear(wide);
    acb_clear(y);
    acb_clear(x);
    return inside;
}

static bool
refuses(void)
{
    const mlsim_law *pareto = mlsim_law_find("pareto");
    mlsim_law other = *pareto;
    bool good = true;

    arb_set_d(beta, 0.5);
    arb_one(t);
    arb_one(t_a);
    arb_set_d(lambda, 0.5);
    good &=
        mlsim_theory_factorial(value, pareto, 1, beta, tau, t, 64) == ML_UNABLE;
    good &= mlsim_theory_persistence(value, pareto, beta, tau, t_a, t, 64)
            == ML_UNABLE;
    good &= mlsim_theory_n(value, &other, beta, tau, t, 64) == ML_UNABLE;
    good &=
        mlsim_theory_isf(value, &other, beta, tau, lambda, t, 64) == ML_UNABLE;
    return good && !arb_is_finite(value);
}

static void
scale_and_diffusion(void)
{
    arb_t k, tau_w;
    double got[2];
    ml_status status;

    arb_init(k);
    arb_init(tau_w);
    arb_set_d(beta, 0.5);
    arb_set_d(t, 4.0); /* tau */
    arb_set_d(value, 3.0);
    status =
        mlsim_theory_k(k, tau_w, mlsim_law_find("pareto"), beta, t, value, 64);
    got[0] = arf_get_d(arb_midref(k), ARF_RND_NEAR);
    got[1] = arf_get_d(arb_midref(tau_w), ARF_RND_NEAR);
    arb_clear(tau_w);
    arb_clear(k);
    /* Gamma(1/2)^2 = pi */
    tap_ok(status == ML_OK && near(got[1], 4 * acos(-1.0), 1e-14)
               && near(got[0], 9 / (2 * 2 * sqrt(acos(-1.0))), 1e-14),
           "tau_W = pi tau and K = sigma^2/(2 sqrt(pi tau)) for pareto 1/2");
}

static void
jumps(void)
{
    double x = 2.0 * sqrt(3.0);

    tap_ok(
        lambda_error(MLSIM_JUMP_GAUSS, 3, 2.0, 0.5, exp(-0.5)) < 1e-15
            && lambda_error(MLSIM_JUMP_FIXED, 1, 2.0, 0.5, cos(1.0)) < 1e-15
            && lambda_error(MLSIM_JUMP_FIXED, 3, 2.0, 1.0, sin(x) / x) < 1e-15
            && lambda_error(MLSIM_JUMP_FIXED, 2, 1.0, 1.0, 0.5591341444189799)
                   < 1e-13
            && lambda_error(MLSIM_JUMP_FIXED, 3, 2.0, 0.0, 1.0) == 0.0,
        "lambda(q): Gaussian, cos, J_0, sinc");
    arb_one(t);
    tap_ok(mlsim_lambda(value, MLSIM_JUMP_GAUSS, 4, t, t, 64) == ML_DOMAIN,
           "lambda(q) in 4-D is refused");
}

static void
ageing(void)
{
    static const double at[3] = {1e3, 1e4, 9e4};
    static const double p0[3] = {0.850510, 0.564139, 0.254738};
    static const double g[3] = {0.866333, 0.580480, 0.263892};
    bool good = true;

    for (int k = 0; k < 3; k++)
        good &= fabs(persistence(0.45, 1e4, at[k]) - p0[k]) < 6e-7
                && fabs(aged(0.45, exp(-0.3), 1e4, at[k]) - g[k]) < 6e-7;
    tap_ok(good, "persistence and aged scattering at age 1e4, beta = 0.45");
    good =
        near(aged(0.45, 0.3, 0.0, 5.0), isf("ml", 0.45, 0.3, 5.0), 1e-15)
        && near(aged(0.45, 0.3, 1e-30, 5.0), isf("ml", 0.45, 0.3, 5.0), 1e-11);
    tap_ok(good,
           "[simulate A2] age 0 and a tiny age give the walk without age");
    tap_ok(aged(0.45, 1.0, 50.0, 5.0) == 1.0, "lambda = 1 gives 1 at any age");
    /* beta = 1: no ageing; beta = 1/2: E_(1/2)(-x) = e^(x^2) erfc x checks the
     * quadrature through P0 = (2/pi) arctan sqrt(t_a/t) in the limit */
    double limit = 2 / acos(-1.0) * atan(sqrt(1e8 / 3e8));
    tap_ok(near(persistence(1.0, 7.0, 2.0), exp(-2.0), 1e-10)
               && near(persistence(0.5, 1e8, 3e8), limit, 1e-3)
               && !near(persistence(0.5, 1e8, 3e8), limit, 1e-8),
           "no ageing at beta = 1; the arcsine law in the limit at beta = 1/2");
    /* d/dlambda at 1 is <N>: m(t_a + t) - m(t_a) */
    double h = 1e-4, d = (1 - aged(0.6, 1 - h, 30.0, 9.0)) / h;
    double n = mean_n("ml", 0.6, 39.0) - mean_n("ml", 0.6, 30.0);
    tap_ok(near(d, n, 20 * h), "slope at lambda = 1 is the mean number");
}

int
main(void)
{
    double ratio = 0.0, b = 0.45;

    arb_init(beta);
    arb_init(tau);
    arb_init(lambda);
    arb_init(t_a);
    arb_init(t);
    arb_init(value);
    arb_one(tau);
    tap_plan(18);
    tap_ok(near(mean_n("ml", b, 100.0), 8.9687577263592, 1e-12)
               && near(mean_n("ml", 1.0, 7.0), 7.0, 1e-15),
           "ml <N> = x/Gamma(1 + beta); t/tau at beta = 1");
    tap_ok(near(moment(2, 1.0, 3.0), 9.0, 1e-15)
               && near(moment(3, 0.5, 4.0), 48.0 / tgamma(2.5), 1e-14),
           "ml factorial moments k! x^k/Gamma(1 + k beta)");
    tap_ok(near(mean_n("pareto", b, 10.0), 1.2155463, 1e-7)
               && near(mean_n("pareto", b, 100.0), 4.7376093, 1e-8)
               && near(mean_n("pareto", b, 1e3), 14.78836439, 1e-9)
               && near(mean_n("pareto", b, 1e5), 123.3316174, 1e-9)
               && near(mean_n("pareto", 0.7, 1e3), 50.43372106, 1e-9)
               && near(mean_n("pareto", 0.7, 1e5), 1192.423029, 1e-9),
           "pareto <N> at 10, 100, 1e3, 1e5");
    tap_ok(near(mean_n("pareto", b, 2.0), 1 - pow(2.0, -b), 1e-14)
               && mean_n("pareto", b, 1.0) == 0.0
               && mean_n("pareto", b, 0.5) == 0.0
               && isf("pareto", b, 0.3, 0.9) == 1.0,
           "pareto <N> = 1 - t^-b on [1,2], 0 before the first jump");
    tap_ok(near(isf("ml", 0.5, 0.0, 1.0), 0.42758357615580701, 1e-15)
               && near(isf("ml", 1.0, 0.5, 2.0), exp(-1.0), 1e-15)
               && near(isf("ml", b, -1.0, 10.0),
                       isf("ml", b, 0.0, 10.0 * pow(2.0, 1 / b)), 1e-14),
           "[simulate F1] ml scattering is E_b(-(1 - lambda) x)");
    tap_ok(near(isf("pareto", b, 0.0, 50.0), pow(50.0, -b), 1e-14)
               && near(isf("pareto", b, 0.5, 1e6), pow(1e6, -b) / 0.5, 0.02),
           "pareto scattering: survival at lambda = 0, t^-b/(1-lambda) late");
    double h = 1e-5;
    tap_ok(near((1 - isf("pareto", b, 1 - h, 300.0)) / h,
                mean_n("pareto", b, 300.0), 20 * h),
           "pareto: the slope at lambda = 1 is <N>");
    scale_and_diffusion();
    jumps();
    ageing();
    bool good = true;
    for (double w = 0.3; w < 400.0; w *= 3.0)
        good &= slope_holds(0.3, w, 0.2 * w, &ratio)
                && slope_holds(0.9, w, 0.05, &ratio)
                && slope_holds(0.6, w, 1e-3, &ratio);
    tap_ok(good && ratio > 1e-3 && ratio <= 1.0,
           "[simulate A1] the slope bound holds, and is used up to %.3f",
           ratio);
    acb_t w;
    acb_init(w);
    acb_set_d(w, -0.5);
    ml_status status = mlsim_relaxation(w, beta, w, 64);
    tap_ok(status == ML_UNABLE && !acb_is_finite(w),
           "the left half plane is refused");
    acb_clear(w);
    good = refuses();
    tap_ok(good, "laws without exact theory get ML_UNABLE and no number");
    arb_clear(value);
    arb_clear(t);
    arb_clear(t_a);
    arb_clear(lambda);
    arb_clear(tau);
    arb_clear(beta);
    flint_cleanup();
    return tap_done();
}
