/* simulate/test/t-pareto.c - Pareto walks: the methods against each other. */
#include <math.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

enum { PREC = 192 };

static arb_t beta, lambda, x, value, other;

static void
set(double b, double l, double at)
{
    arb_set_d(beta, b);
    arb_set_d(lambda, l);
    arb_set_d(x, at);
}

static double
distance(ml_status status)
{
    arb_sub(other, other, value, PREC);
    arb_div(other, other, value, PREC);
    return status == ML_OK ? fabs(arf_get_d(arb_midref(other), ARF_RND_NEAR))
                           : (double)INFINITY;
}

static double
renewal_poles(double b, double l, double at)
{
    ml_status status;

    set(b, l, at);
    status = mlsim_pareto_renewal(value, beta, lambda, x, 24, PREC);
    status |= mlsim_pareto_poles(other, beta, lambda, x, PREC);
    return distance(status);
}

static double
poles_euler(double b, double l, double at, slong m)
{
    ml_status status;

    set(b, l, at);
    status = mlsim_pareto_poles(value, beta, lambda, x, PREC);
    status |= mlsim_pareto_euler(other, beta, lambda, x, m, PREC + 80);
    return distance(status);
}

static double
renewal_renewal(double b, double l, double at)
{
    ml_status status;

    set(b, l, at);
    status = mlsim_pareto_renewal(value, beta, lambda, x, 24, PREC);
    status |= mlsim_pareto_renewal(other, beta, lambda, x, 18, PREC);
    return distance(status);
}

static double
h(double b, double l, double at)
{
    set(b, l, at);
    if (mlsim_pareto_h(value, beta, lambda, x, 96) != ML_OK)
        return (double)NAN;
    return arf_get_d(arb_midref(value), ARF_RND_NEAR);
}

/* P(T_2 <= at), 2 <= at <= 3, by Simpson's rule with 2000 intervals. */
static double
two_jumps(double b, double at)
{
    double a = 1.0, c = at - 1.0, sum = 0.0;
    int n = 2000;

    for (int k = 0; k <= n; k++) {
        double u = a + (c - a) * k / n;
        double f = b * pow(u, -1 - b) * (1 - pow(at - u, -b));

        sum += f * (k == 0 || k == n ? 1 : k % 2 ? 4 : 2);
    }
    return sum * (c - a) / (3 * n);
}

/* Int_1^inf e^-s t b t^(-1-b) dt by Simpson in ln t. */
static double
psi_direct(double b, double s)
{
    double sum = 0.0, top = log(50.0 / s);
    int n = 4000;

    for (int k = 0; k <= n; k++) {
        double y = top * k / n;
        double f = b * exp(-s * exp(y) - b * y);

        sum += f * (k == 0 || k == n ? 1 : k % 2 ? 4 : 2);
    }
    return sum * top / (3 * n);
}

static double
psi(double b, double s)
{
    double got;
    acb_t z;

    acb_init(z);
    acb_set_d(z, s);
    arb_set_d(beta, b);
    mlsim_pareto_psi(z, beta, z, 96);
    got = arf_get_d(arb_midref(acb_realref(z)), ARF_RND_NEAR);
    acb_clear(z);
    return got;
}

/* N has the mean H_1 and is at most x: never above, rising, no step at whole
 * x beyond the first kink. */
static bool
rises_without_steps(void)
{
    double before = 0.0;

    for (double at = 1.25; at < 5.0; at += 0.25) {
        double now = h(0.6, 1.0, at);

        if (!(now > before && now <= at))
            return false;
        before = now;
    }
    for (int k = 2; k < 5; k++)
        if (!(fabs(h(0.6, 1.0, k + 1e-9) - h(0.6, 1.0, k - 1e-9)) < 1e-8))
            return false;
    return true;
}

int
main(void)
{
    double worst = 0.0;

    arb_init(beta);
    arb_init(lambda);
    arb_init(x);
    arb_init(value);
    arb_init(other);
    tap_plan(10);
    tap_ok(fabs(psi(0.45, 0.3) - psi_direct(0.45, 0.3)) < 1e-10
               && fabs(psi(0.8, 2.0) - psi_direct(0.8, 2.0)) < 1e-10,
           "psi is the transform of the density");
    worst = fmax(renewal_poles(0.3, 1.0, 6.0), renewal_poles(0.9, 1.0, 7.0));
    worst = fmax(worst, fmax(renewal_poles(0.6, -0.5, 7.7),
                             renewal_poles(0.45, 0.3, 11.2)));
    tap_ok(worst < 1e-15,
           "[simulate P1] [simulate P2] renewal equation and poles agree: %.1e",
           worst);
    worst = 0.0;
    for (double at = 2.1; at < 6.0; at += 0.7)
        worst = fmax(worst, fmax(renewal_renewal(0.45, 1.0, at),
                                 renewal_renewal(0.9, 0.7, at)));
    tap_ok(worst < 1e-14, "renewal equation: 18 and 24 nodes agree: %.1e",
           worst);
    worst =
        fmax(poles_euler(0.45, 1.0, 30.0, 40), poles_euler(0.9, 0.6, 30.0, 40));
    tap_ok(worst < 1e-11,
           "[simulate P3] poles and Fourier series agree at 30: %.1e", worst);
    worst = 0.0;
    for (double at = 100.0; at < 1e9; at *= 1e4)
        worst = fmax(worst, fmax(poles_euler(0.45, 1.0, at, 40),
                                 poles_euler(0.7, -0.9, at, 40)));
    tap_ok(worst < 1e-15, "poles and Fourier series agree beyond 100: %.1e",
           worst);
    worst = poles_euler(0.45, 1.0, 100.0, 6);
    tap_ok(worst > 1e-6, "6 terms of the Fourier series do not: %.1e", worst);
    worst = 0.0;
    for (double at = 2.05; at < 3.0; at += 0.3)
        worst = fmax(worst, fabs(h(0.45, 1.0, at) - h(0.45, 0.0, at)
                                 - two_jumps(0.45, at)));
    tap_ok(worst < 1e-12, "P(T_2 <= x) on [2,3] by direct convolution: %.1e",
           worst);
    bool good = rises_without_steps();
    tap_ok(good, "<N> rises, is at most x, and has no steps at whole x");
    set(0.45, 1.0, 70.5);
    ml_status status = mlsim_pareto_renewal(value, beta, lambda, x, 18, PREC);
    tap_ok(status == ML_UNABLE && !arb_is_finite(value),
           "the renewal equation ends at 64 tau");
    double c = tgamma(0.55), lead = 1e3;
    lead = pow(lead, 0.45) / (c * tgamma(1.45));
    tap_ok(fabs(h(0.45, 1.0, 1e3) / lead - 1) > 0.05,
           "the leading term is more than 5 %% off at 1000 tau");
    arb_clear(other);
    arb_clear(value);
    arb_clear(x);
    arb_clear(lambda);
    arb_clear(beta);
    flint_cleanup();
    return tap_done();
}
