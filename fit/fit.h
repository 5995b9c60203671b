/* fit/fit.h - from data to parameters: models, least squares, moments.
 *
 * Models are R(t) = A f(t; tau, shape) + B with f(0) = 1; A = 1 and B = 0
 * unless freed.  The registry mlfit_models is where a model is added.
 */
#ifndef FIT_FIT_H
#define FIT_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "mlfunc/mlfunc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------- models */

/* Parameters, always in this order. */
enum { MLFIT_TAU, MLFIT_SHAPE, MLFIT_AMPLITUDE, MLFIT_BASELINE, MLFIT_NPAR };

typedef struct mlfit_model {
    const char *name;       /* "kww2" */
    const char *formula;    /* "A exp(-2 (t/tau)^beta) + B" */
    const char *shape_name; /* "beta", "alpha" */
    double shape_min, shape_max;
    /* f[i] at t[i], i < n; grad, which may be NULL: df/d ln tau at i and
     * df/d shape at n + i. */
    ml_status (*eval)(double *f, double *grad, double tau, double shape,
                      size_t n, const double *t);
    /* The three readings of <t> in units of tau, or INFINITY where the
     * integral diverges: t_integral = int f dt, t_first_moment =
     * int t f / int f, t_amplitude = int sqrt(f) dt. */
    void (*moments)(double out[3], double shape);
} mlfit_model;

const mlfit_model *mlfit_models(size_t *n);
const mlfit_model *mlfit_model_find(const char *name);

/* R(t) for the four parameters p. */
ml_status mlfit_model_value(double *R, const mlfit_model *m,
                            const double p[MLFIT_NPAR], double t) ML_MUST_CHECK;

/* --------------------------------------------------------------------- fits */

typedef struct {
    size_t n;
    const double *t, *R;
    const double *sigma; /* standard deviations; NULL: unweighted */
} mlfit_data;

typedef enum {
    MLFIT_COV_ABSOLUTE, /* sigma is known: normal quantile */
    MLFIT_COV_SCALED    /* s^2 = chi2/(n-p) scales: Student's quantile */
} mlfit_cov;

typedef struct {
    bool free_amplitude, free_baseline;
    bool fixed[MLFIT_NPAR]; /* --fix: value in start[] */
    bool has_start[MLFIT_NPAR];
    double start[MLFIT_NPAR]; /* --start */
    bool has_cov;             /* else SCALED without sigma, ABSOLUTE with */
    mlfit_cov cov;
    double level; /* of the intervals lo, hi; 0: 0.95 */
} mlfit_options;

typedef enum {
    MLFIT_CONVERGED,
    MLFIT_AT_BOUND,       /* converged with a parameter on its bound */
    MLFIT_NOT_IDENTIFIED, /* singular: the data do not fix the parameters */
    MLFIT_NOT_CONVERGED
} mlfit_stop;

typedef struct {
    const mlfit_model *model;
    double p[MLFIT_NPAR];
    /* se is 0 for a parameter that was not free.  The intervals are Wald's,
     * clipped at the bounds; that of tau is exp of the one of ln tau.  Not
     * identified: se is INFINITY, the interval the whole box. */
    double se[MLFIT_NPAR], lo[MLFIT_NPAR], hi[MLFIT_NPAR];
    bool free[MLFIT_NPAR], at_bound[MLFIT_NPAR];
    double cov[MLFIT_NPAR][MLFIT_NPAR]; /* of (tau, shape, A, B) */
    size_t n, dof;
    double rss; /* sum of squared residuals, divided by sigma^2 if given */
    double moments[3]; /* the three readings of <t>, in units of t */
    mlfit_cov cov_kind;
    mlfit_stop stop;
    const char *stop_text; /* "ok", "at_bound", "not_identified" or
                            * "not_converged" */
    int evaluations;
} mlfit_result;

/*
 * mlfit_run - least squares on (ln tau, shape[, A, B]) with true bounds.
 *
 * Result   A box-constrained minimum: every free parameter is stationary or
 *          lies on its bound with the gradient pushing outward.  tau is
 *          bounded by mlfit_tau_window, the shape by the model, A and B are
 *          free.  tau on its bound, a singular Jacobian, or an interval of
 *          ln tau or of the shape as wide as its box: MLFIT_NOT_IDENTIFIED.
 *          A start for A or B is accepted and changes nothing: they are
 *          projected out.
 * Error    Stationary: |J d| <= 1e-6 |r| + 1e-12 |R/sigma|, as a rule
 *          1e-8 |r|, for the box-constrained Gauss-Newton step d.  [fit F2]
 * Errors   ML_DOMAIN: fewer points than free parameters + 1, t < 0, sigma <= 0,
 *          a value that is not finite, a start or fixed value outside the
 *          bounds, a level outside (0, 1), ABSOLUTE without sigma; ML_UNABLE:
 *          built without a solver, or a model that cannot be evaluated;
 *          ML_NOMEM.
 *          A fit that does not converge is ML_OK with stop telling so.
 */
ml_status mlfit_run(mlfit_result *result, const mlfit_model *model,
                    const mlfit_data *data,
                    const mlfit_options *options) ML_MUST_CHECK;

/*
 * mlfit_tau_window - where tau is sought: e^-7 of the smallest t > 0 to e^7
 * times the largest t.
 *
 * Errors   ML_DOMAIN when no t is positive and finite.
 */
ml_status mlfit_tau_window(double *lo, double *hi,
                           const mlfit_data *data) ML_MUST_CHECK;

/*
 * mlfit_quantile_normal, mlfit_quantile_student - q with P(|X| <= q) = level.
 *
 * Domain   0 < level < 1, dof >= 1; otherwise NaN.
 * Error    about 1e-12 relative for level <= 0.9999.        [fit F4]
 */
double mlfit_quantile_normal(double level);
double mlfit_quantile_student(double level, size_t dof);

/*
 * mlfit_inverse - the time at which a curve has the value R.
 *
 * Domain   (R - B)/A in (0, 1]; R = A + B gives t = 0.
 * Error    a few ulp times (1 + |ln(t/tau)|) / |dln f/dln t|.
 * Errors   ML_DOMAIN when the curve never takes the value, or takes it at a
 *          time outside the range of doubles.
 */
ml_status mlfit_inverse(double *t, const mlfit_model *m,
                        const double p[MLFIT_NPAR], double R) ML_MUST_CHECK;

/*
 * mlfit_horizontal - horizontal distances of two fitted curves at t_max.
 *
 *     H1 = t_max - t_a(R_b(t_max)),   H2 = t_b(R_a(t_max)) - t_max
 *
 * t_x(R) is the time at which curve x has the value R.  With a = KWW and
 * b = ML these are the two readings of "the difference amounts to 9000 s".
 * Errors   ML_DOMAIN when a curve never takes that value.
 */
ml_status mlfit_horizontal(double *h1, double *h2, const mlfit_result *a,
                           const mlfit_result *b, double t_max) ML_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
