/* mlfunc/double/lanes_mittleff.c - E_{alpha,beta}(x): the choice of method.
 *
 * Each try_* gives a value with its proved error, or says that it cannot; which
 * is tried when (choice_plan.h) decides about time and width alone.
 *
 * SPDX-License-Identifier: MIT
 */
#define ML_SHARED_HERE

#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/choice_plan.h"
#include "mlfunc/double/many_ways.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/scaled.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/sums.h"
#include "mlfunc/double/truncation.h"

void ML_LANES_OF(ml_mittleff_values)(double alpha, double beta, size_t n,
                                     const double *x, ml_take_values *take,
                                     void *data);

/* ------------------------------------------------------------------- one method */

/* The exponential terms alone, where they are large.            [mlfunc D16] */
static bool
try_poles(ml_value *v, ml_places *p)
{
    if (!choice_alone(p))
        return false;
    double rest = ml_rest(p);
    ml_term term = ml_poles_alone(p);

    value_of(v, (dd){0, 0}, rest, 0, &term, ML_BY_POLES);
    return v->err <= CHOICE_GOOD * fabs(v->hi);
}

/* Too large for all exponents: x > 0, ln x/alpha >= 19.  [mlfunc D17] */
static bool
try_overflow(ml_value *v, const ml_places *p, double alpha, double beta,
             double x)
{
    if (!(x >= 0x1p-400 && alpha >= 0x1p-500 && alpha <= 5.75
          && fabs(beta) <= 16
          && (x > 0x1p400 || (p->n > 0 && p->log_xt.h >= 19.125))))
        return false;
    *v = too_large;
    return true;
}

/* Nodes, poles and truncation of one contour.                   [mlfunc D16] */
static bool
try_contour(ml_value *v, int contour, double alpha, double beta, double x)
{
    ml_places p;
    ml_node_powers w;
    double err;

    if (!ml_places_real(&p, ml_contours + contour, alpha, beta, x))
        return try_overflow(v, &p, alpha, beta, x);
    if (p.n > 0 && try_poles(v, &p))
        return true;
    bool own = contour != 0 || alpha <= 0x1p-7;
    if (!ml_node_powers_of(&w, ml_contours + contour, own, alpha, beta))
        return false;
    ml_term term = no_term;

    if (p.n > 0)
        term = ml_poles_sum(&p);
    dd s = sum_once(&err, contour, &w, x);

    value_of(v, s, err + ml_truncation(&p), 0, &term, ML_BY_CONTOUR);
    return v->err < (double)INFINITY;
}

/* x^m e^x for x < 0, m <= 16.                                   [mlfunc D16] */
static ml_term
exponential(int m, double x)
{
    dd y = {x, 0};

    if (x < -0x1p28) /* |x^m e^x| < 2^(2^14 - 1.44 2^28) */
        return (ml_term){.v = {{m % 2 ? -0.5 : 0.5, 0}, {0, 0}},
                         .err = 0.5,
                         .exponent = -(1 << 28)};
    dd_scaled e = dd_exp(y);
    ml_term t = {.v = {e.m, {0, 0}}, .exponent = e.k};

    for (int i = 0; i < m; i++)
        t.v.re = dd_mul_d(t.v.re, x);
    t.err = (ML_EXP_ERROR(y) + m * 0x1p-103) * fabs(t.v.re.h) * (1 + 0x1p-40);
    return t;
}

/* E_{1,n}(x) and what alpha - 1 and beta - n add.        [mlfunc D15] [mlfunc D16] */
static bool
try_near_one(ml_value *v, const ml_near_one *w, double alpha, double beta,
             double x)
{
    ml_term term = exponential(w->m, x);
    double err;

    if (alpha == 1 && beta == 1 - w->m) {
        *v = (ml_value){.hi = term.v.re.h,
                        .lo = term.v.re.l,
                        .err = term.err,
                        .exponent = (int)term.exponent,
                        .method = ML_BY_POLES};
        return true;
    }
    if (x < -0x1p13 && !(x >= -0x1p20 && alpha <= 1 + 0x1p-11))
        return false;
    dd s = near_sum(&err, w, x);

    err += ml_truncation_near_one(
        ml_contours, alpha, w->q.d[1].h * (1 + 0x1p-50), w->excess, w->m, x);
    value_of(v, s, err, 0, &term, ML_BY_CONTOUR_NEAR_ONE);
    return true;
}

/* *v and the poles from poles[0] to poles[1].                   [mlfunc D16] */
static bool
add_poles(ml_value *v, const int poles[2], double alpha, double beta, double x)
{
    if (poles[0] > poles[1])
        return true;
    ml_term term = ml_poles_range_real(alpha, beta, x, poles[0], poles[1]);
    dd s = {v->hi, v->lo};

    value_of(v, s, v->err, v->exponent, &term, ML_BY_ASYMPTOTICS);
    return v->err < (double)INFINITY;
}

/* The algebraic terms and the poles that belong to them. */
static bool
try_asymptotic(ml_value *v, double alpha, double beta, double x, double goal)
{
    int poles[2];

    return asymptotic_real(v, poles, alpha, beta, x, goal)
           && add_poles(v, poles, alpha, beta, x);
}

/* Not where the sum is so small that its low part has underflowed; what underflow
 * may have left of it is not the same with and without an FMA. */
static bool
try_series(ml_value *v, double alpha, double beta, double x)
{
    if (!series_real(v, alpha, beta, x) || (x != 0 && fabs(v->hi) <= 0x1p-700))
        return false;
    if (x != 0 && fabs(v->lo) < 0x1p-900) {
        v->lo = 0;
        v->err = (v->err + 0x1p-900) * (1 + 0x1p-50);
    }
    return true;
}

/* -------------------------------------------------------------------- one value */

/* *v = the one of *v and *w with the smaller error. */
static void
better_of(ml_value *v, const ml_value *w)
{
    if (!(double_ldexp(v->err, (long long)v->exponent - w->exponent) <= w->err))
        *v = *w;
}

/* An exponent of 2^28 or more in size leaves nothing to decide. */
static bool
fair(const ml_value *v)
{
    return v->err <= CHOICE_FAIR * fabs(v->hi) || v->exponent >= 1 << 28
           || v->exponent <= -(1 << 28);
}

/* Where the first choice was not accurate: all the others, and the best. */
static __attribute__((noinline)) void
try_all(ml_value *v, double alpha, double beta, double x)
{
    ml_value w;

    for (int contour = 0; contour < ML_CONTOURS && !fair(v); contour++) {
        if (try_contour(&w, contour, alpha, beta, x))
            better_of(v, &w);
    }
    if (!fair(v) && fabs(x) >= 2
        && try_asymptotic(&w, alpha, beta, x, (double)INFINITY))
        better_of(v, &w);
    if (!fair(v) && try_series(&w, alpha, beta, x))
        better_of(v, &w);
    if (!fair(v)) {
        ml_mittleff_scaled(&w, alpha, beta, x);
        better_of(v, &w);
    }
}

/* The first choice; an infinite error where it cannot. */
static void
first_choice(ml_value *v, double alpha, double beta, double x)
{
    ml_near_one near;

    *v = (ml_value){.err = (double)INFINITY};
    if (fabs(x) <= CHOICE_SERIES) {
        if (try_series(v, alpha, beta, x))
            return;
    } else if (x < 0 && ml_near_one_of(&near, alpha, beta, x)) {
        if (x <= -CHOICE_ASYMPTOTIC && !(alpha == 1 && near.excess == 0)
            && try_asymptotic(v, alpha, beta, x, 0))
            return;
        if (try_near_one(v, &near, alpha, beta, x))
            return;
    } else if (x <= -CHOICE_ASYMPTOTIC && alpha < 2) {
        if (try_asymptotic(v, alpha, beta, x, 0))
            return;
    }
    if (!try_contour(v, choice_contour(alpha, beta), alpha, beta, x))
        v->err = (double)INFINITY;
}

void
ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta, double x)
{
    /* Where errors of products may underflow: D1. */
    if (x != 0 && fabs(x) < 0x1p-900) {
        ml_mittleff_scaled(v, alpha, beta, x);
        return;
    }
    first_choice(v, alpha, beta, x);
    if (alpha < 0x1p-900 && !(fair(v) && fabs(v->hi) > 0x1p-200))
        ml_mittleff_scaled(v, alpha, beta, x);
    else if (!fair(v))
        try_all(v, alpha, beta, x);
    lane_done();
}

/* -------------------------------------------------------- many x at one alpha */

void
ML_LANES_OF(ml_mittleff_values)(double alpha, double beta, size_t n,
                                const double *x, ml_take_values *take,
                                void *data)
{
    many s;

    many_set(&s, alpha, beta);
    for (size_t from = 0; from < n; from += TOGETHER) {
        size_t some = n - from < TOGETHER ? n - from : TOGETHER;
        ml_value v[TOGETHER];

        many_some(v, &s, some, x + from);
        lane_done();
        take(data, from, some, v);
    }
}
