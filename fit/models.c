/* fit/models.c - the registry of models. */
#include "fit/fit.h"

#include <math.h>
#include <string.h>

#include "mlfunc/mlball.h"

static const double pi = 3.14159265358979323846;

/* ln(t/tau), also where the quotient leaves the range of doubles. */
static double
log_ratio(double t, double tau)
{
    double ratio = t / tau;

    return isnormal(ratio) ? log(ratio) : log(t) - log(tau);
}

static ml_status
at_zero(double *f, double grad[2])
{
    *f = 1.0;
    if (grad)
        grad[0] = grad[1] = 0.0;
    return ML_OK;
}

/* ------------------------------------------------------ stretched exponential */

/* exp(-c x), x = (t/tau)^b. */
static ml_status
kww(double c, double *f, double grad[2], double tau, double b, double t)
{
    if (t == 0)
        return at_zero(f, grad);

    double z = log_ratio(t, tau), cx = c * exp(b * z);

    *f = exp(-cx);
    if (grad) {
        /* cx may be infinite where f is 0 */
        double g = *f > 0 ? cx * *f : 0.0;
        grad[0] = b * g;
        grad[1] = g > 0 ? -z * g : 0.0;
    }
    return ML_OK;
}

static ml_status
kww1(double *f, double grad[2], double tau, double b, double t)
{
    return kww(1.0, f, grad, tau, b, t);
}

static ml_status
kww2(double *f, double grad[2], double tau, double b, double t)
{
    return kww(2.0, f, grad, tau, b, t);
}

static ml_status
exponential(double c, double *f, double grad[2], double tau, double t)
{
    double cx = c * (t / tau);

    *f = exp(-cx);
    if (grad) {
        grad[0] = *f > 0 ? cx * *f : 0.0;
        grad[1] = 0.0;
    }
    return ML_OK;
}

static ml_status
exp1(double *f, double grad[2], double tau, double b, double t)
{
    (void)b;
    return exponential(1.0, f, grad, tau, t);
}

static ml_status
exp2_(double *f, double grad[2], double tau, double b, double t)
{
    (void)b;
    return exponential(2.0, f, grad, tau, t);
}

/* int exp(-c t^b) = c^{-1/b} Gamma(1+1/b), and so on. [fit F5] */
static void
kww_moments(double c, double out[3], double b)
{
    double i = 1.0 / b, mean = tgamma(1.0 + i);

    out[0] = pow(c, -i) * mean;
    out[1] = pow(c, -i) * (tgamma(2.0 * i) / tgamma(i));
    out[2] = pow(c / 2.0, -i) * mean;
}

static void
kww1_moments(double out[3], double b)
{
    kww_moments(1.0, out, b);
}

static void
kww2_moments(double out[3], double b)
{
    kww_moments(2.0, out, b);
}

static void
exp1_moments(double out[3], double b)
{
    (void)b;
    kww_moments(1.0, out, 1.0);
}

static void
exp2_moments(double out[3], double b)
{
    (void)b;
    kww_moments(2.0, out, 1.0);
}

/* ------------------------------------------------------------- Mittag-Leffler */

/* E_b(-x), x = (t/tau)^b: x_u = -b x, x_b = z x. */
static ml_status
ml_direct(double *f, double grad[2], double tau, double b, double t)
{
    if (t == 0)
        return at_zero(f, grad);

    /* beyond 1e300 nothing changes that a double could show, and x E' stays
     * finite */
    double jet[3], z = log_ratio(t, tau), x = fmin(exp(b * z), 1e300);
    ml_status st = ml_relaxation_jet(jet, b, x);

    *f = jet[0];
    if (grad) {
        grad[0] = -b * x * jet[1];
        grad[1] = jet[2] + z * x * jet[1];
    }
    return st;
}

static ml_status
ml_siegert(double *f, double grad[2], double tau, double b, double t)
{
    ml_status st = ml_direct(f, grad, tau, b, t);

    if (grad) {
        grad[0] *= 2.0 * *f;
        grad[1] *= 2.0 * *f;
    }
    *f *= *f;
    return st;
}

/* All three diverge for b < 1: E_b(-t^b) ~ t^-b/Gamma(1-b). */
static void
ml_direct_moments(double out[3], double b)
{
    if (b >= 1.0)
        kww_moments(1.0, out, 1.0);
    else
        out[0] = out[1] = out[2] = INFINITY;
}

/* int E_b(-t^b)^2 dt = -cot(pi b/2) / (b sin(pi/b)) for 1/2 < b < 1, by
 * Parseval [fit F6]; the other two diverge. */
static void
ml_siegert_moments(double out[3], double b)
{
    double e = 1.0 - b;

    out[0] = out[1] = out[2] = INFINITY;
    if (b >= 1.0)
        kww_moments(2.0, out, 1.0);
    else if (b > 0.5) {
        /* -sin(pi/b) = sin(pi e/b) = sin(pi (2b-1)/b); the smaller angle
         * keeps the digits */
        double angle = b < 2.0 / 3.0 ? (2.0 * b - 1.0) / b : e / b;
        out[0] = tan(pi * e / 2.0) / (b * sin(pi * angle));
    }
}

/* ------------------------------------------------------------------ power law */

/* (1 + t/tau)^-b */
static ml_status
power(double *f, double grad[2], double tau, double b, double t)
{
    double s = t / tau, l = log1p(s);

    if (isinf(s)) {
        l = log(t) - log(tau);
        s = HUGE_VAL;
    }
    *f = exp(-b * l);
    if (grad) {
        grad[0] = b * *f * (isinf(s) ? 1.0 : s / (1.0 + s));
        grad[1] = -l * *f;
    }
    return ML_OK;
}

static void
power_moments(double out[3], double b)
{
    out[0] = b > 1.0 ? 1.0 / (b - 1.0) : INFINITY;
    out[1] = b > 2.0 ? 1.0 / (b - 2.0) : INFINITY;
    out[2] = b > 2.0 ? 2.0 / (b - 2.0) : INFINITY;
}

/* ------------------------------------------------------------------- registry */

static const mlfit_model models[] = {
    {"exp1", "A exp(-t/tau) + B", "beta", 1.0, 1.0, exp1, exp1_moments},
    {"exp2", "A exp(-2 t/tau) + B", "beta", 1.0, 1.0, exp2_, exp2_moments},
    {"kww1", "A exp(-(t/tau)^beta) + B", "beta", 0.05, 2.0, kww1, kww1_moments},
    {"kww2", "A exp(-2 (t/tau)^beta) + B", "beta", 0.05, 2.0, kww2,
     kww2_moments},
    {"ml-direct", "A E_beta(-(t/tau)^beta) + B", "beta", 0.05, 1.0, ml_direct,
     ml_direct_moments},
    {"ml-siegert", "A E_beta(-(t/tau)^beta)^2 + B", "beta", 0.05, 1.0,
     ml_siegert, ml_siegert_moments},
    {"power", "A (1 + t/tau)^-beta + B", "beta", 0.05, 10.0, power,
     power_moments},
};

const mlfit_model *
mlfit_models(size_t *n)
{
    if (n)
        *n = sizeof models / sizeof *models;
    return models;
}

const mlfit_model *
mlfit_model_find(const char *name)
{
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (strcmp(models[i].name, name) == 0)
            return &models[i];
    return NULL;
}

ml_status
mlfit_model_value(double *R, const mlfit_model *m, const double p[MLFIT_NPAR],
                  double t)
{
    double f;
    ml_status st;

    *R = NAN;
    if (!(t >= 0) || !(p[MLFIT_TAU] > 0) || !(p[MLFIT_SHAPE] >= m->shape_min)
        || !(p[MLFIT_SHAPE] <= m->shape_max) || isinf(t) || isinf(p[MLFIT_TAU]))
        return ML_DOMAIN;
    st = m->eval(&f, NULL, p[MLFIT_TAU], p[MLFIT_SHAPE], t);
    if (st == ML_OK)
        *R = p[MLFIT_AMPLITUDE] * f + p[MLFIT_BASELINE];
    return st;
}
