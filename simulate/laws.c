/* simulate/laws.c - the registry of waiting-time laws.
 *
 * One row per law; walks, theory, tests and the command line follow.
 */
#include "simulate/impl.h"

#include <string.h>

/* fill_ml and fill_pareto of lanes_walk.c for one number */
static double
wait_ml(double u, double v, double beta, double tau)
{
    double x = beta * (1.0 - v), y = beta * v, gap = 1.0 - beta;
    double top = mlsim_sinpi(x > 0.5 ? gap + y : x);
    double bottom = mlsim_sinpi(y > 0.5 ? gap + x : y);
    double power = mlsim_exp(mlsim_log(top / bottom) * (1.0 / beta));

    return -tau * mlsim_log(u) * power;
}

static double
wait_pareto(double u, double v, double beta, double tau)
{
    (void)v;
    return tau * mlsim_exp(-mlsim_log(u) * (1.0 / beta));
}

/* psi = 1/(1 + (s tau)^b) = 1 - (s tau)^b + ... */
static void
power_ml(arb_t res, const arb_t beta, slong prec)
{
    (void)beta;
    (void)prec;
    arb_one(res);
}

/* psi = b (s tau)^b Gamma(-b, s tau) = 1 - Gamma(1-b) (s tau)^b + ... */
static void
power_pareto(arb_t res, const arb_t beta, slong prec)
{
    arb_sub_ui(res, beta, 1, prec);
    arb_neg(res, res);
    arb_gamma(res, res, prec);
}

/* E_b(-(t/tau)^b) */
static ml_status
survival_ml(arb_t res, const arb_t beta, const arb_t tau, const arb_t t,
            slong prec)
{
    acb_t w;
    ml_status status;

    acb_init(w);
    arb_div(acb_realref(w), t, tau, prec + 10);
    arb_pow(acb_realref(w), acb_realref(w), beta, prec + 10);
    status = mlsim_relaxation(w, beta, w, prec);
    arb_set(res, acb_realref(w));
    acb_clear(w);
    return status;
}

/* (t/tau)^-b beyond tau */
static ml_status
survival_pareto(arb_t res, const arb_t beta, const arb_t tau, const arb_t t,
                slong prec)
{
    arb_t x;

    arb_init(x);
    arb_div(x, tau, t, prec + 10);
    arb_pow(x, x, beta, prec);
    if (arb_le(t, tau))
        arb_one(res);
    else if (arb_gt(t, tau))
        arb_set(res, x);
    else { /* the ball of t straddles tau: the survival is continuous there */
        arb_one(res);
        arb_min(res, res, x, prec);
    }
    arb_clear(x);
    return ML_OK;
}

static const mlsim_law laws[] = {
    {"ml", "psi(s) = 1/(1 + (s tau)^beta), survival E_beta(-(t/tau)^beta)", 1.0,
     false, wait_ml, power_ml, survival_ml, mlsim_fill_ml},
    {"pareto", "density beta tau^beta / t^(1+beta) for t > tau", 1.0, true,
     wait_pareto, power_pareto, survival_pareto, mlsim_fill_pareto},
};

const mlsim_law *
mlsim_laws(size_t *n)
{
    *n = sizeof laws / sizeof laws[0];
    return laws;
}

const mlsim_law *
mlsim_law_find(const char *name)
{
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++)
        if (strcmp(laws[i].name, name) == 0)
            return &laws[i];
    return NULL;
}

void
mlsim_fill(double *restrict w, const mlsim_law *law, const double *restrict u,
           const double *restrict v, size_t n, double beta, double tau)
{
    if (law->fill)
        law->fill(w, u, v, n, beta, tau);
    else
        for (size_t i = 0; i < n; i++)
            w[i] = law->wait(u[i], v[i], beta, tau);
}

void
mlsim_waits(double *out, size_t n, const mlsim_law *law, double beta,
            double tau, uint64_t seed, uint64_t walker)
{
    double u[MLSIM_LANES], v[MLSIM_LANES], w[MLSIM_LANES];
    uint64_t jump[MLSIM_LANES], who[MLSIM_LANES];

    for (size_t k = 0; k < n; k += MLSIM_LANES) {
        size_t m = n - k < MLSIM_LANES ? n - k : MLSIM_LANES;

        for (size_t i = 0; i < MLSIM_LANES; i++) {
            jump[i] = k + i;
            who[i] = walker;
        }
        mlsim_uniforms(u, v, jump, who, MLSIM_LANES, seed, MLSIM_STREAM_WAIT);
        mlsim_fill(w, law, u, v, m, beta, tau);
        memcpy(out + k, w, m * sizeof *w);
    }
}
