/* simulate/simulate.h - continuous-time random walks and their exact theory.
 *
 * Philox4x32-10 with counter (jump, walker, stream) and key seed: a run
 * depends on its options only, never on the number of threads or the processor.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <arb.h>

#include "mlfunc/mlfunc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ----------------------------------------------------------- waiting times */

/* A law of waiting times with scale tau and exponent beta, 0 < beta < 1
 * (ml: 0 < beta <= 1; beta = 1 is the exponential law). */
typedef struct mlsim_law {
    const char *name;       /* "ml", "pareto" */
    const char *definition; /* Laplace transform or survival, plain text */
    double beta_max;        /* largest admissible beta */
    bool beta_max_open;     /* beta_max itself excluded */
    /* One waiting time from two uniforms in (0,1). */
    double (*wait)(double u, double v, double beta, double tau);
    /* tau_W^beta / tau^beta, psi(s) = 1 - (tau_W s)^beta + ... */
    void (*tau_w_power)(arb_t res, const arb_t beta, slong prec);
    /* P(W > t); encloses. */
    ml_status (*survival)(arb_t res, const arb_t beta, const arb_t tau,
                          const arb_t t, slong prec);
    /* `wait` for n uniforms, n <= 64, the same bits, w apart from u and v;
     * NULL: `wait` is called. */
    void (*fill)(double *w, const double *u, const double *v, size_t n,
                 double beta, double tau);
} mlsim_law;

const mlsim_law *mlsim_laws(size_t *n);
const mlsim_law *mlsim_law_find(const char *name);

/* -------------------------------------------------------------------- walks */

typedef enum {
    MLSIM_JUMP_GAUSS, /* Gaussian, standard deviation jump_sigma per component */
    MLSIM_JUMP_FIXED  /* fixed length a = jump_sigma sqrt(dim), any direction */
} mlsim_jump;

typedef struct {
    const mlsim_law *law;
    double beta, tau;
    int dim; /* 1, 2, 3 */
    mlsim_jump jump;
    double jump_sigma; /* standard deviation per Cartesian component */
    uint64_t walkers;
    const double *times; /* ascending, > 0 */
    size_t ntimes;
    double age; /* clocks start at -age: displacements from t = age on */
    const double *q;
    size_t nq;
    uint64_t seed;
    int threads;             /* <= 0: all processors; results do not depend */
    int bins_per_decade;     /* of the waiting-time histogram; 0: none */
    double bins_lo, bins_hi; /* its range in units of tau */
    void (*progress)(uint64_t done); /* or NULL */
} mlsim_walk_options;

typedef struct {
    double t;
    double n, n_se;     /* mean number of jumps in (age, age + t] */
    double n2;          /* mean of its square */
    double msd, msd_se; /* mean squared displacement since age */
    double msd2;        /* mean of its square (fourth moment) */
} mlsim_walk_row;

typedef struct {
    double t, q;
    double isf, isf_se;       /* mean of cos(q x), first component */
    double isf_rb, isf_rb_se; /* Rao-Blackwell: mean of lambda(q)^n */
} mlsim_isf_row;

typedef struct {
    double lo, hi;
    uint64_t count;
} mlsim_bin;

typedef struct {
    size_t ntimes, nq, nbins;
    mlsim_walk_row *rows; /* ntimes */
    mlsim_isf_row *isf;   /* ntimes * nq, q fastest */
    mlsim_bin *bins;
    uint64_t waits; /* all complete waiting times drawn */
    /* Straight lines through the histogram, log-log, weights = counts:
     * slope of counts per unit time (density) and of raw counts per bin. */
    double density_slope, density_slope_se;
    double logbin_slope, logbin_slope_se;
    uint64_t jumps;
} mlsim_walk_result;

/*
 * mlsim_walk - an ensemble of independent walkers.
 *
 * Domain   0 < beta <= law->beta_max (open as the law says), tau > 0, dim 1 to
 *          3, jump_sigma >= 0, walkers >= 2, 0 < times ascending strictly,
 *          age >= 0, q >= 0, 0 < bins_lo < bins_hi when bins_per_decade > 0,
 *          at most 2000 bins; everything finite.
 * Result   the same bytes for any number of threads and on any processor.
 *          The histogram counts every waiting time drawn, the last one of each
 *          walker in full too: that makes it unbiased [simulate W1].
 * Errors   ML_DOMAIN, ML_NOMEM; ML_UNABLE when built without Random123.
 *          After an error the result is empty; clearing it is allowed.
 */
ml_status mlsim_walk(mlsim_walk_result *result,
                     const mlsim_walk_options *options) ML_MUST_CHECK;
void mlsim_walk_clear(mlsim_walk_result *result);

/* lo, lo r, ..., hi: n log-spaced times; "log:A:B:N". */
void mlsim_log_times(double *times, size_t n, double lo, double hi);

/* Waiting times of one walker, jump = 0, 1, ...: for tests and histograms. */
void mlsim_waits(double *out, size_t n, const mlsim_law *law, double beta,
                 double tau, uint64_t seed, uint64_t walker);

/* ------------------------------------------------------------------- theory */

/* lambda(q), characteristic function of one jump. */
ml_status mlsim_lambda(arb_t res, mlsim_jump jump, int dim, const arb_t sigma,
                       const arb_t q, slong prec) ML_MUST_CHECK;

/*
 * Exact ensemble averages at age 0, x = (t/tau)^beta.
 *
 * mlsim_theory_n    <N(t)>: ml x/Gamma(1+beta); pareto by inversion of
 *                   psi/(s (1-psi)) (not its leading term)
 * mlsim_theory_isf  F(q,t): ml E_beta(-(1-lambda) x); pareto by inversion of
 *                   (1-psi)/(s (1-lambda psi))
 *
 * Result   ml: a proved enclosure.  pareto: an arb whose radius is an estimate
 *          from two inversions (each method, 12 digits), not a proof.
 * Errors   ML_UNABLE when the two inversions disagree beyond 1e-10.
 */
ml_status mlsim_theory_n(arb_t res, const mlsim_law *law, const arb_t beta,
                         const arb_t tau, const arb_t t,
                         slong prec) ML_MUST_CHECK;
ml_status mlsim_theory_isf(arb_t res, const mlsim_law *law, const arb_t beta,
                           const arb_t tau, const arb_t lambda, const arb_t t,
                           slong prec) ML_MUST_CHECK;

/* <N (N-1) ... (N-k+1)>, ml: k! x^k / Gamma(1 + k beta), proved; other laws
 * ML_UNABLE.  <N^2> is the sum of k = 1 and k = 2. */
ml_status mlsim_theory_factorial(arb_t res, const mlsim_law *law, ulong k,
                                 const arb_t beta, const arb_t tau,
                                 const arb_t t, slong prec) ML_MUST_CHECK;

/* K = <|dr|^2> / (2 d tau_W^beta) = sigma^2 / (2 tau_W^beta):
 * MSD ~ 2 d K t^beta / Gamma(1+beta). */
ml_status mlsim_theory_k(arb_t k, arb_t tau_w, const mlsim_law *law,
                         const arb_t beta, const arb_t tau, const arb_t sigma,
                         slong prec) ML_MUST_CHECK;

/*
 * mlsim_theory_aged_isf - E lambda^(number of jumps in (t_a, t_a + t)), ml.
 * mlsim_theory_persistence - its value at lambda = 0: P(no jump).
 *
 * Domain   -1 <= lambda <= 1, t_a >= 0, t > 0.
 * Result   a proved enclosure (README section 4), radius about 1e-10.
 * Errors   ML_UNABLE for other laws, or where the integral stays wide.
 */
ml_status mlsim_theory_aged_isf(arb_t res, const mlsim_law *law,
                                const arb_t beta, const arb_t tau,
                                const arb_t lambda, const arb_t t_a,
                                const arb_t t, slong prec) ML_MUST_CHECK;
ml_status mlsim_theory_persistence(arb_t res, const mlsim_law *law,
                                   const arb_t beta, const arb_t tau,
                                   const arb_t t_a, const arb_t t,
                                   slong prec) ML_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
