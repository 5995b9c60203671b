/* mlfunc/mlfunc.h - the Mittag-Leffler function in doubles, with proved bounds.
 *
 * The whole interface of libmlfunc, which needs libm alone; libmlref shares the
 * status codes.  Every function that can fail returns an ml_status, a set of
 * flags; ML_OK means that the output is what the contract promises.
 *
 * All functions are thread-safe, allocate nothing unless their name ends in
 * _alloc, and give the same bits on every processor and for every number of
 * threads.  They assume the default rounding mode, round to nearest, and no
 * flushing of subnormal numbers to zero: ml_arithmetic_ok tells.  Numbered
 * bounds, [mlfunc D1] and so on, are proved in mlfunc/README.md.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_MLFUNC_H
#define MLFUNC_MLFUNC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#    define ML_MUST_CHECK __attribute__((warn_unused_result))
#else
#    define ML_MUST_CHECK
#endif

typedef enum ml_status {
    ML_OK = 0,
    ML_DOMAIN = 1,     /* no value exists at this point */
    ML_UNABLE = 2,     /* a value may exist; this method cannot give it */
    ML_NOMEM = 4,      /* memory is out */
    ML_IO = 8,         /* a file could not be read or written */
    ML_OVERFLOW = 16,  /* the result exceeds the range of the target */
    ML_UNDERFLOW = 32, /* the result is below the range of the target */
    ML_UNDECIDED = 64 /* within its bound, but perhaps not the nearest double */
} ml_status;

#define ML_VERSION "0.1.0"

/* The version of the library that is linked, "major.minor.patch". */
const char *ml_version(void);

/* "ok", "domain", "unable", "nomem", "io", "overflow", "underflow" or
 * "undecided": the gravest flag of s, in the order of the enumeration, UNABLE
 * before the flags that describe a value. */
const char *ml_status_name(ml_status s);

/* ---------------------------------------------------------------- one value */

/*
 * ml_mittleff_d - E_{alpha,beta}(x) in double precision.
 * ml_mittleff_bound_d - the same with a proved bound on its error.
 *
 *     E_{alpha,beta}(x) = sum_{k>=0} x^k / Gamma(alpha k + beta)
 *
 * Domain   alpha > 0, real beta and x, all exactly the doubles given.
 * Result   value: the double nearest to E, ties to even, when the status is
 *          ML_OK; with ML_UNDECIDED one within bound of it, very rarely another
 *          than the nearest.  Overflow gives infinity with the sign of E
 *          (ML_OVERFLOW), a result below the normal range is rounded as a
 *          subnormal number or zero (ML_UNDERFLOW unless exact).  NaN with
 *          ML_UNABLE where nothing is known, as of cos(|x|^(1/alpha)) from
 *          |x|^(1/alpha) = 2^96 or so on; NaN arguments give NaN.
 * Error    |value - E| <= bound; infinity with ML_UNABLE, ML_OVERFLOW and
 *          ML_DOMAIN.  bound may be NULL.
 * Errors   ML_DOMAIN (value NaN): alpha <= 0, or a limit that does not exist;
 *          a NaN argument.
 * Limits   Infinite arguments give the limit, exactly (ML_OK, bound 0):
 *          x -> +infinity      +infinity
 *          x -> -infinity      0 with the sign of E for alpha < 2; +0 for
 *                              alpha = 2, beta > 1; else none
 *          alpha -> +infinity  1/Gamma(beta), rounded as any value
 *          beta -> +infinity   +0;  beta -> -infinity: none
 *          two of them         none, but +0 for alpha, beta -> +infinity
 *          x = -0 is x = 0.  A value that is exactly 0 is +0; one that is
 *          rounded to 0 has the sign of E.
 * Cost     20 to 100 times an exp(); nothing is kept between calls.
 */
double ml_mittleff_d(double alpha, double beta, double x);
ml_status ml_mittleff_bound_d(double *value, double *bound, double alpha,
                              double beta, double x) ML_MUST_CHECK;

/*
 * ml_mittleff_method_d - by which method ml_mittleff_d finds its value there.
 *
 * Result   "series", "asymptotic", "contour", "contour near 1" (alpha near 1),
 *          "poles" (exponential terms alone), "exact"; "none": no value, or an
 *          argument that is no finite number.  Static.
 */
const char *ml_mittleff_method_d(double alpha, double beta, double x);

/*
 * ml_mittleff_z - E_{alpha,beta}(z), complex z = z[0] + i z[1].
 *
 * Result   value[0] + i value[1], each part as ml_mittleff_bound_d has it; for
 *          z[1] = 0 the same bits as ml_mittleff_d, and value[1] = 0.
 * Error    |value[i] - part i of E| <= bound[i].  bound may be NULL.
 * Limits   for |z| -> infinity 0 where E falls to it, with signs that say nothing;
 *          else none.
 * Aliasing value may be z.
 */
ml_status ml_mittleff_z(double value[2], double bound[2], double alpha,
                        double beta, const double z[2]) ML_MUST_CHECK;

/* ------------------------------------------------------ many x at one alpha */

/*
 * ml_mittleff_array_d - E_{alpha,beta}(x[i]), i < n, from one set-up.
 *
 * Result   value[i], bound[i] as from ml_mittleff_bound_d, though not always the
 *          same bits where that is undecided; the status joins those of all i.
 *          bound may be NULL; value may be x.
 */
ml_status ml_mittleff_array_d(double *value, double *bound, double alpha,
                              double beta, size_t n,
                              const double *x) ML_MUST_CHECK;

/*
 * ml_plan - E_{alpha,beta}(x) at one alpha and beta as piecewise polynomials.
 *
 * ml_plan_eval sets y[i] = E(x[i]), i < n, within 0.55 ulp for |x| from 2^-34 to
 * 2^34 away from zeros of E, where pieces too short for that give way to
 * ml_mittleff_array_d, as does every x outside, but that smaller ones may have a
 * piece; y may be x.  ml_plan_certify (mlball.h) proves the error of a given plan.
 *
 * Errors   ML_NOMEM, ML_DOMAIN: *plan is NULL.  ml_plan_free takes NULL.
 * Cost     building: less than a millisecond, two without AVX2; a value: 0.3 of an
 *          exp(), 0.4 with AVX2, half of one without, where there is a piece.
 */
typedef struct ml_plan ml_plan;

ml_status ml_plan_alloc(ml_plan **plan, double alpha,
                        double beta) ML_MUST_CHECK;
void ml_plan_eval(const ml_plan *plan, size_t n, const double *x, double *y);
void ml_plan_free(ml_plan *plan);

/* -------------------------------------------------------------- derivatives */

/*
 * ml_mittleff_jet_d - E and its first derivatives at x[i], i < n.
 * ml_mittleff_jet_dd - the same, each an unevaluated sum of two doubles.
 *
 * Result   value[4 i + k]: E, dE/dx, dE/dalpha, dE/dbeta for k = 0 to 3;
 *          _dd: value[8 i + 2 k] + value[8 i + 2 k + 1].
 *          condition[4 i + k], _dd only, may be NULL: the sum of the moduli of
 *          what was added up for value k, over its own modulus.
 * Error    |value k of i - exact| <= bound[4 i + k]; bound may be NULL.
 *          What is below 2^-1000 is 0, within its bound.
 * Errors   as ml_mittleff_bound_d, joined over all i; ML_UNABLE for |x| or |beta|
 *          from 2^990 on and infinite arguments.
 */
ml_status ml_mittleff_jet_d(double *value, double *bound, double alpha,
                            double beta, size_t n,
                            const double *x) ML_MUST_CHECK;
ml_status ml_mittleff_jet_dd(double *value, double *bound, double *condition,
                             double alpha, double beta, size_t n,
                             const double *x) ML_MUST_CHECK;

/*
 * ml_relaxation_jet_d, ml_siegert_jet_d - E_alpha(-(t/tau)^alpha), its square.
 * ml_kww_jet_d - exp(-c (t/tau)^beta).
 *
 * Domain   alpha > 0; beta > 0, c > 0; tau > 0 and t >= 0, in one unit.  ML_UNABLE
 *          for infinite arguments, and unless 2^-500 <= c <= 2^500.
 * Result   value[4 i + k], bound[4 i + k] at t[i]: the value and its derivatives
 *          by t, tau and alpha (kww: beta).  At t = 0 a derivative that is
 *          infinite is returned so.  bound may be NULL.
 */
ml_status ml_relaxation_jet_d(double *value, double *bound, double alpha,
                              double tau, size_t n,
                              const double *t) ML_MUST_CHECK;
ml_status ml_siegert_jet_d(double *value, double *bound, double alpha,
                           double tau, size_t n, const double *t) ML_MUST_CHECK;
ml_status ml_kww_jet_d(double *value, double *bound, double beta, double tau,
                       double c, size_t n, const double *t) ML_MUST_CHECK;

/* ---------------------------------------------------------------- processor */

/*
 * ml_cpu - the instruction set in use: "baseline", "avx2" or "avx512".
 * ml_cpu_select - uses another one; ML_UNABLE when this processor lacks it or
 *          the name is unknown, and nothing changes.  The bits of all results
 *          stay the same; a choice takes effect in all threads.
 * ml_arithmetic_ok - 1 when this thread rounds to nearest and keeps subnormal
 *          numbers; the bounds hold only then.
 */
const char *ml_cpu(void);
ml_status ml_cpu_select(const char *name) ML_MUST_CHECK;
int ml_arithmetic_ok(void);

#ifdef __cplusplus
}
#endif

#endif
