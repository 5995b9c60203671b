/* simulate/test/t-laws.c - waiting times: variates, transforms, survival. */
#include <math.h>
#include <string.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

enum { WAITS = 40000 };

static double waits[WAITS];

static double
mean(const mlsim_law *law, double beta, double (*f)(double, double), double s)
{
    double sum = 0.0;

    mlsim_waits(waits, WAITS, law, beta, 1.0, 11, 0);
    for (size_t i = 0; i < WAITS; i++)
        sum += f(waits[i], s);
    return sum / WAITS;
}

static double
laplace(double w, double s)
{
    return exp(-s * w);
}

static double
logarithm(double w, double s)
{
    (void)s;
    return log(w);
}

/* Largest |z| of E e^(-s W) against psi(s), variance psi(2s) - psi(s)^2. */
static double
transform_z(const mlsim_law *law, double beta)
{
    bool ml = strcmp(law->name, "ml") == 0;
    double worst = 0.0;
    arb_t b;
    acb_t z;

    arb_init(b);
    acb_init(z);
    arb_set_d(b, beta);
    for (double s = 1e-3; s < 20.0; s *= 7.0) {
        double psi[2], got = mean(law, beta, laplace, s);

        for (int k = 0; k < 2; k++) {
            acb_set_d(z, s * (k + 1));
            mlsim_pareto_psi(z, b, z, 64);
            psi[k] = ml ? 1 / (1 + pow(s * (k + 1), beta))
                        : arf_get_d(arb_midref(acb_realref(z)), ARF_RND_NEAR);
        }
        worst = fmax(worst, fabs(got - psi[0])
                                / sqrt((psi[1] - psi[0] * psi[0]) / WAITS));
    }
    acb_clear(z);
    arb_clear(b);
    return worst;
}

static bool
batch_is_single(const mlsim_law *law, tap_random *random)
{
    double u[MLSIM_LANES], v[MLSIM_LANES], w[MLSIM_LANES];
    bool good = true;

    for (int k = 0; k < 50; k++) {
        double beta = tap_random_range(random, 0.06, 0.999);
        double tau = tap_random_log(random, 1e-3, 1e3);

        for (int i = 0; i < MLSIM_LANES; i++) {
            u[i] = i == 0 ? 0x1p-53 : tap_random_log(random, 0x1p-53, 1.0);
            v[i] = i == 1 ? 1 - 0x1p-53 : tap_random_range(random, 1e-9, 1.0);
        }
        law->fill(w, u, v, MLSIM_LANES, beta, tau);
        for (int i = 0; i < MLSIM_LANES; i++)
            good &= w[i] == law->wait(u[i], v[i], beta, tau) && w[i] > 0.0;
    }
    return good;
}

/* The variates against the formulas in balls, in units of the bound
 * [simulate K1] 2^-53 (7 + 12/b + 4.5 |ln R|/b), W = -ln U R^(1/b) or R^(-1/b). */
static double
variate_error(const mlsim_law *law, tap_random *random)
{
    bool ml = strcmp(law->name, "ml") == 0;
    double worst = 0.0;
    arb_t b, u, v, w, x;

    arb_init(b);
    arb_init(u);
    arb_init(v);
    arb_init(w);
    arb_init(x);
    for (int k = 0; k < 2000; k++) {
        double beta = tap_random_range(random, 0.1, 0.999);
        double du = tap_random_log(random, 0x1p-53, 1.0);
        double dv = k % 2 ? tap_random_log(random, 0x1p-53, 1.0)
                          : 1.0 - tap_random_log(random, 0x1p-53, 1.0);
        double got, ln_r; /* (ln R)/b */

        /* multiples of 2^-53, as the generator draws: 1 - V is exact */
        dv = rint(dv * 0x1p53) * 0x1p-53;
        dv = fmin(fmax(dv, 0x1p-53), 1.0 - 0x1p-53);
        got = law->wait(du, dv, beta, 1.0);
        ln_r = log(got) - (ml ? log(-log(du)) : 0.0);
        arb_set_d(b, beta);
        arb_set_d(u, du);
        arb_log(w, u, 256);
        arb_neg(w, w);
        arb_inv(b, b, 256);
        if (ml) {
            arb_set_d(v, beta);
            arb_set_d(u, dv);
            arb_mul(v, v, u, 256);
            arb_sin_pi(x, v, 256);
            arb_set_d(u, 1.0 - dv);
            arb_set_d(v, beta);
            arb_mul(v, v, u, 256);
            arb_sin_pi(v, v, 256);
            arb_div(x, v, x, 256);
            arb_pow(x, x, b, 256);
            arb_mul(w, w, x, 256);
        } else {
            arb_mul(w, w, b, 256);
            arb_exp(w, w, 256);
        }
        arb_set_d(x, got);
        arb_div(x, x, w, 256);
        arb_sub_ui(x, x, 1, 256);
        worst = fmax(worst, fabs(arf_get_d(arb_midref(x), ARF_RND_NEAR))
                                / 0x1p-53 / (7 + 12 / beta + 4.5 * fabs(ln_r)));
    }
    arb_clear(x);
    arb_clear(w);
    arb_clear(v);
    arb_clear(u);
    arb_clear(b);
    return worst;
}

/* |survival(t) - want| */
static double
survival_error(const mlsim_law *law, double beta, double tau, double t,
               double want)
{
    double got = (double)NAN;
    arb_t b, x, s, scale;

    arb_init(b);
    arb_init(x);
    arb_init(s);
    arb_init(scale);
    arb_set_d(b, beta);
    arb_set_d(scale, tau);
    arb_set_d(x, t);
    if (law->survival(s, b, scale, x, 80) == ML_OK)
        got = arf_get_d(arb_midref(s), ARF_RND_NEAR);
    arb_clear(scale);
    arb_clear(s);
    arb_clear(x);
    arb_clear(b);
    return fabs(got - want);
}

static double
scale_power(const mlsim_law *law, double beta)
{
    double got;
    arb_t b;

    arb_init(b);
    arb_set_d(b, beta);
    law->tau_w_power(b, b, 80);
    got = arf_get_d(arb_midref(b), ARF_RND_NEAR);
    arb_clear(b);
    return got;
}

int
main(void)
{
    tap_random random = tap_random_start(tap_seed());
    const mlsim_law *ml = mlsim_law_find("ml"), *all;
    const mlsim_law *pareto = mlsim_law_find("pareto");
    size_t n;

    tap_plan(15);
    all = mlsim_laws(&n);
    tap_ok(n >= 2 && ml && pareto && !mlsim_law_find("gamma")
               && !mlsim_law_find(""),
           "the registry has ml and pareto and no law that is not there");
    if (!ml || !pareto)
        tap_bail("a law is missing");
    bool good = true;
    for (size_t i = 0; i < n; i++)
        good &= mlsim_law_find(all[i].name) == &all[i] && all[i].definition[0];
    tap_ok(good, "every law is found by its name");
    for (size_t i = 0; i < 2; i++) {
        const mlsim_law *law = i ? pareto : ml;

        good = batch_is_single(law, &random);
        tap_ok(good,
               "%s: batches give the bits of single variates, all "
               "positive",
               law->name);
        double worst = variate_error(law, &random);
        tap_ok(worst < 1.0,
               "%s: variates within %.2f of the documented rounding error",
               law->name, worst);
        double z1 = transform_z(law, 0.45), z2 = transform_z(law, 0.8);
        tap_ok(z1 < 5 && z2 < 5,
               "%s: E e^(-s W) is the Laplace transform, |z| <= %.2f",
               law->name, fmax(z1, z2));
    }
    double z = (mean(ml, 0.45, logarithm, 0) + 0.57721566490153286)
               / sqrt(9.8696044 * (1 / (3 * 0.2025) - 1.0 / 6) / WAITS);
    tap_ok(fabs(z) < 5, "ml: E ln W = -gamma, z = %.2f", z);
    z = (mean(pareto, 0.45, logarithm, 0) - 1 / 0.45) * 0.45 * sqrt(WAITS);
    tap_ok(fabs(z) < 5, "pareto: E ln W = 1/beta, z = %.2f", z);
    good = true;
    for (int k = 1; k < 200; k++)
        good &= ml->wait(k / 200.0, k / 217.0, 1.0, 3.0)
                == -3.0 * mlsim_log(k / 200.0);
    tap_ok(good, "ml with beta = 1 is exactly -tau ln U");
    tap_ok(survival_error(ml, 0.5, 2.0, 2.0, 0.42758357615580701) < 1e-15
               && survival_error(ml, 1.0, 2.0, 3.0, exp(-1.5)) < 1e-15
               && survival_error(ml, 0.5, 1.0, 0x1p-200, 1.0) < 1e-15,
           "ml survival: e erfc(1) at beta = 1/2, e^-t at beta = 1");
    tap_ok(survival_error(pareto, 0.5, 2.0, 8.0, 0.5) < 1e-15
               && survival_error(pareto, 0.5, 2.0, 1.0, 1.0) == 0.0
               && survival_error(pareto, 0.5, 2.0, 2.0, 1.0) == 0.0,
           "pareto survival: (t/tau)^-beta beyond tau, 1 before");
    tap_ok(scale_power(ml, 0.45) == 1.0, "ml: tau_W = tau");
    tap_ok(fabs(scale_power(pareto, 0.45) - 1.616124269) < 1e-9
               && fabs(scale_power(pareto, 0.7) - 2.991568988) < 1e-9,
           "pareto: (tau_W/tau)^beta = Gamma(1 - beta)");
    flint_cleanup();
    return tap_done();
}
