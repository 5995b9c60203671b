/* mlfunc/double/impl.h - what the files of double/ share.
 * SPDX-License-Identifier: MIT */
#ifndef MLFUNC_DOUBLE_IMPL_H
#define MLFUNC_DOUBLE_IMPL_H

#include <stdbool.h>
#include <stddef.h>

#include "mlfunc/mlfunc.h"

#include "mlfunc/double/plan.h"
#include "mlfunc/strict.h"

/* Which method answered. */
typedef enum {
    ML_BY_SERIES = 1,
    ML_BY_ASYMPTOTICS,
    ML_BY_CONTOUR,
    ML_BY_CONTOUR_NEAR_ONE, /* with E_{1,n} taken out */
    ML_BY_POLES,            /* the exponential terms alone */
    ML_BY_EXACT
} ml_double_method;

/*
 * ml_value - a real number with its error, out of range of a double if need be.
 *
 * |E - (hi + lo) 2^exponent| <= err 2^exponent, |lo| <= 2^-52 |hi|; err is
 * infinite when nothing is known.  While computing, hi is kept far from the ends
 * of the range (2^-900 to 2^900, or 0), so that lo and err do not underflow.
 */
typedef struct {
    double hi, lo, err;
    int exponent;
    ml_double_method method;
} ml_value;

/*
 * ml_value_round - the double nearest to a value, as mlfunc.h promises it.
 *
 * Result   *value, *bound (NULL: not wanted) and the status: ML_OK,
 *          ML_UNDECIDED, ML_OVERFLOW, ML_UNDERFLOW, ML_UNABLE.   [mlfunc D2]
 */
ml_status ml_value_round(double *value, double *bound, const ml_value *v);

/* ml_mittleff_value - E_{alpha,beta}(x), finite arguments, alpha > 0. */
void ml_mittleff_value(ml_value *v, double alpha, double beta, double x);

/* ml_mittleff_values - v[i] = E_{alpha,beta}(x[i]), i < n, from one set-up; finite
 * arguments, alpha > 0. */
void ml_mittleff_values(ml_value *v, double alpha, double beta, size_t n,
                        const double *x);

/* v[i] = E(x[from + i]) if that is a finite number, i < n. */
typedef void ml_take_values(void *data, size_t from, size_t n,
                            const ml_value *v);

/* -------------------------------------------------------------- derivatives */

/* What ml_mittleff_jet_d and ml_mittleff_jet_dd ask for; finite arguments. */
typedef struct {
    double alpha, beta;
    size_t n;
    const double *x;
    bool pairs; /* _dd */
    double *value, *bound, *condition;
    ml_status *status; /* what ml_jet_settle says of any point is added */
} ml_jet_ask;

/* Beyond, exact products need an FMA. */
#define ML_JET_FAR 0x1p+990

/* The results of point i, bound and all, where a value is not finite, has no
 * bound or is near the ends of the range: kernels call it for those. */
ml_status ml_jet_settle(const ml_jet_ask *a, size_t i);

/* A function of t/tau: x = (t/tau)^shape; finite arguments, t >= 0. */
typedef struct {
    double shape, tau, c; /* c: of kww */
    bool square;          /* E^2 */
    size_t n;
    const double *t;
    double *value, *bound;
} ml_relaxation_ask;

/* ---------------------------------------------------- one table per processor */

/* What lanes_*.c define for one instruction set; lanes_table.c fills it in. */
typedef struct {
    const char *name;
    int lanes;
    void (*mittleff)(ml_value *v, double alpha, double beta, double x);
    /* E_{alpha,beta}(x[i]), i < n, from one set-up, given to `take` part by part */
    void (*mittleff_values)(double alpha, double beta, size_t n,
                            const double *x, ml_take_values *take, void *data);
    /* E_{alpha,beta}(z): its two parts, for finite arguments and z[1] > 0 */
    void (*mittleff_complex)(ml_value v[2], double alpha, double beta,
                             const double z[2]);
    /* y[i] = f(x[i]), i < n: see mlfunc/batch.h */
    void (*log)(double *y, const double *x, size_t n);
    void (*exp)(double *y, const double *x, size_t n);
    void (*sinpi)(double *y, const double *x, size_t n);
    void (*cos2pi)(double *y, const double *x, size_t n);
    void (*jet)(const ml_jet_ask *a);
    void (*relaxation_jet)(const ml_relaxation_ask *a);
    void (*kww_jet)(const ml_relaxation_ask *a);
    /* y[i] by the pieces of a plan, NaN where none serves; true if one did not */
    bool (*plan)(double *y, const ml_plan *plan, size_t n, const double *x);
    /* the interpolation of 24 values, and its values: see plan.h */
    void (*newton)(ml_newton *f, const ml_value *v);
    void (*newton_values)(double *high, double *low, const ml_newton *f,
                          const double *s, size_t n);
} ml_kernels;

extern const ml_kernels ml_kernels_baseline;
#if defined(__x86_64__)
extern const ml_kernels ml_kernels_avx2;
extern const ml_kernels ml_kernels_avx512;
#endif

/* The one in use. */
const ml_kernels *ml_kernels_now(void);

#endif
