/* fit/models.c - the registry of models. */
#include "fit/fit.h"

#include <math.h>
#include <string.h>

#include "mlfunc/mlfunc.h"

static const double pi = 3.14159265358979323846;

/* Points that are handed on at a time. */
enum { CHUNK = 64 };

/* f, df/dt, df/dtau, df/dshape at n points. */
typedef ml_status (*jet_fn)(double *jet, double shape, double tau, size_t n,
                            const double *t);

/* A model that is a jet.  tau df/dtau is df/d ln tau; what is too small for a
 * double is 0, and good enough. */
static ml_status
from_jet(jet_fn jet, double *f, double *grad, double tau, double shape,
         size_t n, const double *t)
{
    double v[4 * CHUNK];
    ml_status st = ML_OK;

    for (size_t done = 0; done < n; done += CHUNK) {
        size_t m = n - done < CHUNK ? n - done : CHUNK;

        st |= jet(v, shape, tau, m, t + done);
        for (size_t i = 0; i < m; i++) {
            f[done + i] = v[4 * i];
            if (grad) {
                grad[done + i] = tau * v[4 * i + 2];
                grad[n + done + i] = v[4 * i + 3];
            }
        }
    }
    /* df/dt, which is not used, may be beyond a double */
    return st & ~(ML_UNDERFLOW | ML_OVERFLOW);
}

/* ------------------------------------------------------ stretched exponential */

static ml_status
kww1_jet(double *jet, double shape, double tau, size_t n, const double *t)
{
    return ml_kww_jet_d(jet, NULL, shape, tau, 1.0, n, t);
}

static ml_status
kww2_jet(double *jet, double shape, double tau, size_t n, const double *t)
{
    return ml_kww_jet_d(jet, NULL, shape, tau, 2.0, n, t);
}

static ml_status
kww1(double *f, double *grad, double tau, double b, size_t n, const double *t)
{
    return from_jet(kww1_jet, f, grad, tau, b, n, t);
}

static ml_status
kww2(double *f, double *grad, double tau, double b, size_t n, const double *t)
{
    return from_jet(kww2_jet, f, grad, tau, b, n, t);
}

/* exp(-c t/tau), of which the shape is no parameter. */
static ml_status
exponential(jet_fn jet, double *f, double *grad, double tau, size_t n,
            const double *t)
{
    ml_status st = from_jet(jet, f, grad, tau, 1.0, n, t);

    for (size_t i = 0; grad && i < n; i++)
        grad[n + i] = 0.0;
    return st;
}

static ml_status
exp1(double *f, double *grad, double tau, double b, size_t n, const double *t)
{
    (void)b;
    return exponential(kww1_jet, f, grad, tau, n, t);
}

static ml_status
exp2_(double *f, double *grad, double tau, double b, size_t n, const double *t)
{
    (void)b;
    return exponential(kww2_jet, f, grad, tau, n, t);
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

static ml_status
direct_jet(double *jet, double shape, double tau, size_t n, const double *t)
{
    return ml_relaxation_jet_d(jet, NULL, shape, tau, n, t);
}

static ml_status
siegert_jet(double *jet, double shape, double tau, size_t n, const double *t)
{
    return ml_siegert_jet_d(jet, NULL, shape, tau, n, t);
}

static ml_status
ml_direct(double *f, double *grad, double tau, double b, size_t n,
          const double *t)
{
    return from_jet(direct_jet, f, grad, tau, b, n, t);
}

static ml_status
ml_siegert(double *f, double *grad, double tau, double b, size_t n,
           const double *t)
{
    return from_jet(siegert_jet, f, grad, tau, b, n, t);
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
power(double *f, double *grad, double tau, double b, size_t n, const double *t)
{
    for (size_t i = 0; i < n; i++) {
        double s = t[i] / tau, l = log1p(s);

        if (isinf(s))
            l = log(t[i]) - log(tau);
        f[i] = exp(-b * l);
        if (grad) {
            grad[i] = b * f[i] * (isinf(s) ? 1.0 : s / (1.0 + s));
            grad[n + i] = -l * f[i];
        }
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
    st = m->eval(&f, NULL, p[MLFIT_TAU], p[MLFIT_SHAPE], 1, &t);
    if (st == ML_OK)
        *R = p[MLFIT_AMPLITUDE] * f + p[MLFIT_BASELINE];
    return st;
}
