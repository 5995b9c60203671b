/* mlfunc/mlball.h - the functions as balls: proved enclosures at any precision.
 *
 * Two layers.  The evaluators of this header take exact points (ml_arg: exact
 * rationals) and return an Arb ball that encloses the value, whatever the
 * status.  Rounding (ml_eval_*, ml_round_*) raises the precision of any
 * evaluator until the ball decides the answer.
 *
 * The registry (ml_functions) is where functions are added, one row each; the
 * command line, the generic tests, the tables and the verifier follow.
 *
 * Numbered bounds, [mlfunc S1] and so on, are proved in mlfunc/README.md.
 */
#ifndef MLFUNC_MLBALL_H
#define MLFUNC_MLBALL_H

#include <stdbool.h>
#include <stddef.h>

#include <mpfr.h>

#include <acb.h>
#include <arb.h>
#include <fmpq.h>

#include "mlfunc/mlfunc.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------ exact points */

/* One argument: re + i im, both exact.  im is 0 for a real argument. */
typedef struct {
    fmpq_t re;
    fmpq_t im;
} ml_arg;

void ml_args_init(ml_arg *args, size_t n);
void ml_args_clear(ml_arg *args, size_t n);

/* Sets a to the finite double x, exactly. */
void ml_arg_set_d(ml_arg *a, double x);

/* Encloses a (its real part) at prec bits; exact when a is dyadic and fits. */
void ml_arg_get_acb(acb_t res, const ml_arg *a, slong prec);
void ml_arg_get_arb(arb_t res, const ml_arg *a, slong prec);

/* --------------------------------------------------------------- evaluators */

/*
 * ml_ball_fn - a function of exact points, as a ball.
 *
 * Result   res encloses the value whatever the status.  ML_OK promises
 *          rad <= 2^(8-prec) |value| (normwise) where the value is not 0;
 *          ML_UNABLE: the method does not reach, or the accuracy was not met
 *          (res is then the best enclosure found, perhaps the whole plane);
 *          ML_DOMAIN: no value, res indeterminate; ML_OVERFLOW,
 *          ML_UNDERFLOW: beyond the range where a ball is given, see
 *          ml_function.log2.
 *          For real arguments and real-valued functions im(res) is exactly 0.
 */
typedef ml_status (*ml_ball_fn)(acb_t res, const ml_arg *args, slong prec);

/*
 * ml_partial_fn - a partial derivative of a function of exact points.
 *
 *     d^(order[0] + order[1] + ...) f / d arg_0^order[0] d arg_1^order[1] ...
 *
 * Domain   the function's; order[i] >= 0, one for each argument.  At an end of
 *          the domain (t = 0) the derivative from inside is meant, as the limit
 *          of difference quotients.
 * Result   as ml_ball_fn.
 * Errors   as ml_ball_fn; ML_DOMAIN also where that derivative does not exist,
 *          and for a negative order; ML_UNABLE for more than ML_MAX_ORDER
 *          differentiations or ML_MAX_LOWER derivatives up to that one.
 */
typedef ml_status (*ml_partial_fn)(acb_t res, const ml_arg *args,
                                   const slong *order, slong prec);

/* Differentiations in all, at most, and the product of all order[i] + 1. */
#define ML_MAX_ORDER 64
#define ML_MAX_LOWER 1024

typedef struct {
    const char *name; /* "series" */
    ml_ball_fn eval;  /* this method forced: ML_UNABLE where it cannot serve */
} ml_method;

typedef struct {
    const char *name;   /* "alpha" */
    const char *domain; /* in words: "alpha > 0" */
    bool is_complex;    /* takes COMPLEX; otherwise REAL */
} ml_argdef;

typedef struct ml_function {
    const char *name;       /* "mittag-leffler" */
    const char *definition; /* one line, plain text */
    const ml_argdef *args;  /* in the order of DESIGN: the calling order */
    size_t nargs;
    /* ML_OK, or ML_DOMAIN with *bad the index of the offending argument. */
    ml_status (*domain)(const ml_arg *args, size_t *bad);
    ml_ball_fn eval;          /* automatic choice of method */
    const ml_method *methods; /* forceable methods, most general last */
    size_t nmethods;
    /* True when the value is known exactly (a rational): sets re, im. */
    bool (*exact)(fmpq_t re, fmpq_t im, const ml_arg *args);
    /* Encloses log2|value| where it is too large or too small for a ball;
     * ML_UNABLE when that cannot be decided.  NULL: never needed. */
    ml_status (*log2)(arb_t res, const ml_arg *args);
    /* The sign of a real value of which log2 is enclosed; 0: not known. */
    int (*sign)(const ml_arg *args);
    /* True when the value is c + delta, c an exact rational and delta far
     * below it: sets c, encloses delta, and sets sign[0], sign[1] to the sign
     * (-1, 0, 1) of delta's parts, 2 where not known.  NULL: never. */
    bool (*nearly)(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                   const ml_arg *args, slong prec);
    /* Partial derivatives of any order; NULL: none are offered. */
    ml_partial_fn partial;
} ml_function;

#define ML_MAX_ARGS 4

/* The registry: *n rows, in the order of DESIGN. */
const ml_function *ml_functions(size_t *n);

/* The row of that name, or NULL. */
const ml_function *ml_function_find(const char *name);

/* The method of that name, or NULL. */
const ml_method *ml_method_find(const ml_function *f, const char *name);

/* ------------------------------------------------------------------ rounding */

/* Default cap on the working precision of the Ziv loops, in bits; balls of
 * more than a quarter of it have a larger one. */
#define ML_PREC_CAP 65536

/*
 * ml_eval_bits, ml_eval_digits - a ball of given relative accuracy.
 *
 * Result   rad <= 2^-bits |value|, or rad <= 10^-digits |value| (normwise);
 *          method NULL chooses automatically; exact values are exact balls
 *          where they are dyadic.  cap <= 0: max(ML_PREC_CAP, 4 bits).
 * Errors   ML_UNABLE when cap bits do not suffice or the method does not
 *          reach (res still encloses); ML_DOMAIN; ML_OVERFLOW, ML_UNDERFLOW.
 */
ml_status ml_eval_bits(acb_t res, const ml_function *f, const ml_method *method,
                       const ml_arg *args, slong bits, slong cap) ML_MUST_CHECK;
ml_status ml_eval_digits(acb_t res, const ml_function *f,
                         const ml_method *method, const ml_arg *args,
                         slong digits, slong cap) ML_MUST_CHECK;

/*
 * ml_eval_partial_bits, ml_eval_partial_digits - the same for a partial
 * derivative (order as in ml_partial_fn; all 0: the value).
 *
 * Errors   ML_UNABLE also for a function that offers no derivatives.
 */
ml_status ml_eval_partial_bits(acb_t res, const ml_function *f,
                               const ml_arg *args, const slong *order,
                               slong bits, slong cap) ML_MUST_CHECK;
ml_status ml_eval_partial_digits(acb_t res, const ml_function *f,
                                 const ml_arg *args, const slong *order,
                                 slong digits, slong cap) ML_MUST_CHECK;

/*
 * ml_round_mpfr - correctly rounded real and imaginary part.
 *
 * Result   re (and im, when not NULL) in their own precisions, rounded in
 *          direction rnd as MPFR does, in MPFR's current exponent range;
 *          ternary[0], ternary[1] (when not NULL) are MPFR's ternary values.
 *          cap <= 0: ML_PREC_CAP.
 * Errors   NaN for ML_DOMAIN and ML_UNABLE.  ML_OVERFLOW, ML_UNDERFLOW: the
 *          result is what IEEE 754 prescribes for the mode.
 */
ml_status ml_round_mpfr(mpfr_t re, mpfr_t im, int *ternary,
                        const ml_function *f, const ml_arg *args,
                        mpfr_rnd_t rnd, slong cap) ML_MUST_CHECK;

/*
 * ml_round_d - the same for binary64: subnormals and overflow included.
 * rnd is one of MPFR_RNDN, RNDU, RNDD, RNDZ, RNDA; im may be NULL.
 *
 * mittag-leffler at real arguments that are doubles, to nearest, is first tried
 * as ml_mittleff_round_d does.
 */
ml_status ml_round_d(double *re, double *im, const ml_function *f,
                     const ml_arg *args, mpfr_rnd_t rnd,
                     slong cap) ML_MUST_CHECK;

/*
 * ml_mittleff_round_d - E_{alpha,beta}(x), correctly rounded to nearest.
 *
 * Domain   as ml_mittleff_bound_d, whose limits hold for infinite arguments.
 * Result   *value, the double nearest to E, ties to even: that of
 *          ml_mittleff_bound_d where its bound decides, otherwise from balls.
 * Errors   as ml_round_d, never ML_UNDECIDED.
 * Cost     about that of ml_mittleff_d; some ten times that in one of a few
 *          hundred calls.
 */
ml_status ml_mittleff_round_d(double *value, double alpha, double beta,
                              double x) ML_MUST_CHECK;

/*
 * ml_round_ball_d - ml_round_partial_d by balls alone: what libmlfunc is
 * measured against.
 */
ml_status ml_round_ball_d(double *re, double *im, const ml_function *f,
                          const ml_arg *args, const slong *order,
                          mpfr_rnd_t rnd, slong cap) ML_MUST_CHECK;

/* ml_round_mpfr, ml_round_d for a partial derivative; order NULL or all 0: the
 * value. */
ml_status ml_round_partial_mpfr(mpfr_t re, mpfr_t im, int *ternary,
                                const ml_function *f, const ml_arg *args,
                                const slong *order, mpfr_rnd_t rnd,
                                slong cap) ML_MUST_CHECK;
ml_status ml_round_partial_d(double *re, double *im, const ml_function *f,
                             const ml_arg *args, const slong *order,
                             mpfr_rnd_t rnd, slong cap) ML_MUST_CHECK;

/*
 * ml_round_arb_d - can this ball be rounded to one double?
 *
 * Result   true and *x, when every number of the ball rounds to the same
 *          double in direction rnd; false otherwise.
 */
bool ml_round_arb_d(double *x, const arb_t ball, mpfr_rnd_t rnd);

/* ----------------------------------------------------- Mittag-Leffler, balls */

/*
 * ml_mittleff - E_{alpha,beta}(z) for balls, automatic choice of method.
 *
 *     E_{alpha,beta}(z) = sum_{k>=0} z^k / Gamma(alpha k + beta)
 *
 * Domain   alpha > 0, beta real, z complex (all points of the balls).
 * Result   res encloses the value for every point of the inputs.
 * Errors   as ml_ball_fn; wide inputs give wide balls and ML_UNABLE.
 */
ml_status ml_mittleff(acb_t res, const arb_t alpha, const arb_t beta,
                      const acb_t z, slong prec) ML_MUST_CHECK;

/*
 * ml_mittleff_series, _asymp, _contour, _quad - the same by one method.
 *
 * series  Power series.  |tail| <= |a_n| / (1 - q), q = |a_{n+1} / a_n| < 1.
 *         [mlfunc S1]
 * asymp   Residues of the poles inside a sector and n terms of the series in
 *         1/z, with an explicit remainder [mlfunc A2]; finite when alpha and
 *         beta are integers [mlfunc A3].
 * contour Trapezoidal sum over a parabola, its error bounded by the integrand
 *         on two others, poles between them added exactly. [mlfunc C1]
 * quad    Rigorous quadrature over a parabola |u| <= U, the rest bounded
 *         [mlfunc Q1], poles on its right added exactly [mlfunc Q2]; slow,
 *         shares nothing with contour, never chosen automatically.
 *
 * n       0 chooses the number of terms; n > 0 forces it (its bound is then
 *         part of the ball, however large).
 * Errors  ML_UNABLE where the method does not reach or the ball is wider than
 *         2^(8-prec) |value|; res encloses the value whatever the status.
 * Aliasing res may share its parts with any input.
 */
ml_status ml_mittleff_series(acb_t res, const arb_t alpha, const arb_t beta,
                             const acb_t z, slong n, slong prec) ML_MUST_CHECK;
ml_status ml_mittleff_asymp(acb_t res, const arb_t alpha, const arb_t beta,
                            const acb_t z, slong n, slong prec) ML_MUST_CHECK;
ml_status ml_mittleff_contour(acb_t res, const arb_t alpha, const arb_t beta,
                              const acb_t z, slong prec) ML_MUST_CHECK;
ml_status ml_mittleff_quad(acb_t res, const arb_t alpha, const arb_t beta,
                           const acb_t z, slong prec) ML_MUST_CHECK;

/*
 * ml_mittleff_chosen - by which method E_{alpha,beta}(z) is found to prec bits.
 *
 * args     of the registry row mittag-leffler, inside the domain.
 * Result   "series", "asymptotic", "contour"; "leading term" where one term is
 *          all of E at prec bits, "formula" at z = 0;
 *          "none": no method gives a ball.  Static.
 * Cost     that of a value.
 */
const char *ml_mittleff_chosen(const ml_arg *args, slong prec);

/*
 * ml_mittleff_jet - all partial derivatives of E_{alpha,beta}(z), as balls.
 *
 *     res[(i (na+1) + j) (nb+1) + l] = d^(i+j+l) E / dz^i dalpha^j dbeta^l
 *
 * for 0 <= i <= nz, 0 <= j <= na, 0 <= l <= nb; res has room for
 * (nz+1) (na+1) (nb+1) initialised numbers.
 *
 * Domain   as ml_mittleff; nz, na, nb >= 0 and (nz+1) (na+1) (nb+1) <= 4096.
 * Result   every entry encloses its derivative at every point of the inputs,
 *          whatever the status.  For real inputs its imaginary part is
 *          exactly 0.
 * Error    ML_OK: rad <= 2^(8-prec) |entry| (normwise) for every entry that is
 *          not exactly 0.
 * Errors   ML_UNABLE: some entry is wider (the entries are the best enclosures
 *          found, perhaps the whole plane); ML_DOMAIN: outside the domain;
 *          ML_OVERFLOW: beyond the range where a ball is given.
 * Cost     at order 2 in all three (27 entries) and 53 bits: 70 to 1300 times
 *          that of a reciprocal gamma.
 * Aliasing the inputs may be parts of res.
 */
ml_status ml_mittleff_jet(acb_ptr res, const arb_t alpha, const arb_t beta,
                          const acb_t z, slong nz, slong na, slong nb,
                          slong prec) ML_MUST_CHECK;

/*
 * ml_mittleff_jet_series, _asymp, _contour - the same by one method.
 *
 * series   Power series, term by term.  The tail is that of a series of
 *          positive terms with falling quotients.  [mlfunc J1]
 * asymp    Residues and n terms of the series in 1/z, term by term; the
 *          remainder is differentiated under its integral. [mlfunc J2]
 * contour  Trapezoidal rule on a parabola as power series, poles exact; error
 *          by Cauchy's estimate on a polydisc.  [mlfunc J12]
 *
 * n        0 chooses the number of terms; n > 0 forces it (its bound is then
 *          part of the balls, however large).
 */
ml_status ml_mittleff_jet_series(acb_ptr res, const arb_t alpha,
                                 const arb_t beta, const acb_t z, slong nz,
                                 slong na, slong nb, slong n,
                                 slong prec) ML_MUST_CHECK;
ml_status ml_mittleff_jet_asymp(acb_ptr res, const arb_t alpha,
                                const arb_t beta, const acb_t z, slong nz,
                                slong na, slong nb, slong n,
                                slong prec) ML_MUST_CHECK;
ml_status ml_mittleff_jet_contour(acb_ptr res, const arb_t alpha,
                                  const arb_t beta, const acb_t z, slong nz,
                                  slong na, slong nb, slong prec) ML_MUST_CHECK;

/* ------------------------------------------------------------ many z */

/*
 * ml_mittleff_plan - E_{alpha,beta}(z) for many z at one alpha, beta and prec.
 *
 * What does not depend on z is computed once; a value then costs microseconds.
 * A plan is read only once it is made: threads may share it.
 */
typedef struct ml_mittleff_plan ml_mittleff_plan;

/*
 * ml_mittleff_plan_alloc - a plan for alpha, beta, and prec bits.
 *
 * Domain   alpha > 0.
 * Result   *plan is to be given to ml_mittleff_plan_free; NULL if not ML_OK.
 * Errors   ML_DOMAIN; ML_UNABLE outside 2^-40 <= alpha <= 2^40,
 *          |beta| <= 2^40; ML_NOMEM.
 * Cost     some hundreds of values without a plan.
 */
ml_status ml_mittleff_plan_alloc(ml_mittleff_plan **plan, const fmpq_t alpha,
                                 const fmpq_t beta, slong prec) ML_MUST_CHECK;

/*
 * ml_mittleff_plan_eval - E_{alpha,beta}(z) by a plan.
 *
 * Result   res encloses the value for every point of z.
 * Error    the bounds of ml_mittleff, from tables.  [mlfunc S1] [mlfunc A2]
 * Errors   as ml_ball_fn: where the tables do not serve, ml_mittleff does.
 * Aliasing res may be z.
 */
ml_status ml_mittleff_plan_eval(acb_t res, const ml_mittleff_plan *plan,
                                const acb_t z) ML_MUST_CHECK;

/* Frees a plan, or does nothing for NULL. */
void ml_mittleff_plan_free(ml_mittleff_plan *plan);

/*
 * ml_plan_certify - a proved bound on the error of a plan of doubles, in ulps.
 *
 * Result   *ulps: |y - E| <= *ulps units in the last place of E for every x which
 *          a piece of the plan serves; the others are answered by
 *          ml_mittleff_array_d, with its own bound.
 * Error    the polynomials against Taylor's by balls, their rounding on paper.
 *                                                    [mlfunc D70] [mlfunc D71]
 * Errors   ML_UNABLE: no bound below one ulp could be proved for some piece, *ulps
 *          is infinite.
 * Cost     two jets of balls a piece: seconds; minutes where D71 needs boxes.
 */
ml_status ml_plan_certify(double *ulps, const ml_plan *plan) ML_MUST_CHECK;

/* ------------------------------------------------- where the limits are valid */

/*
 * ml_asymptotics_* - where E_alpha(-x) meets its two limits, 0 < alpha < 1.
 *
 * short: X = sup{X : |exp(-x/Gamma(1+alpha))/E - 1| <= eps on (0, X]}
 * long:  X = inf{X : |1/(x Gamma(1-alpha))/E - 1| <= eps on [X, inf)}
 *
 * Result   lo <= X <= hi for exact rationals alpha, eps; hi - lo <= 1e-7 X.
 * Errors   ML_DOMAIN for alpha outside (0,1) or eps outside (0,1); ML_UNABLE.
 */
ml_status ml_asymptotics_short(arb_t x, const fmpq_t alpha,
                               const fmpq_t eps) ML_MUST_CHECK;
ml_status ml_asymptotics_long(arb_t x, const fmpq_t alpha,
                              const fmpq_t eps) ML_MUST_CHECK;

/* Abscissae where the two relative errors are equal, ascending, at most max;
 * *n receives their number, *proved whether the list is proved complete. */
ml_status ml_asymptotics_equal(arb_struct *x, size_t *n, size_t max,
                               bool *proved, const fmpq_t alpha) ML_MUST_CHECK;

/* -d ln E_alpha(-(t/tau)^alpha) / d ln t at x = (t/tau)^alpha. */
ml_status ml_asymptotics_slope(arb_t slope, const fmpq_t alpha, const fmpq_t x,
                               slong prec) ML_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
