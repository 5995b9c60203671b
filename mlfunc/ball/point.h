/* mlfunc/ball/point.h - a point of the Mittag-Leffler function, and its methods. */
#ifndef MLFUNC_POINT_H
#define MLFUNC_POINT_H

#include <stdbool.h>

#include <acb.h>
#include <arb.h>
#include <fmpq.h>
#include <fmpz.h>

#include "mlfunc/ball/rgamma.h"
#include "mlfunc/mlball.h"

/* ==================================================== Mittag-Leffler (mittleff)
 *
 * A point (alpha, beta, z): exact where the caller's numbers are, otherwise a
 * box, every point of which is meant.  The doubles only steer (which method,
 * how many terms, what precision); no bound depends on them.
 */
typedef struct {
    bool ab_exact; /* alpha = num_a / den, beta = num_b / den */
    fmpz_t num_a, num_b, den;
    slong den_2exp; /* den = 2^den_2exp, or -1 */
    arb_t alpha, beta;
    bool z_exact;
    fmpq_t z_re, z_im;
    acb_t z;
    bool real;       /* im z is exactly 0 */
    bool has_zero;   /* the box of z contains 0 */
    bool integers;   /* alpha and beta are exact integers */
    double a, b;     /* alpha, beta */
    double lnr, lnx; /* ln |z|, ln x with x = |z|^(1/alpha) */
    double turn;     /* arg z in units of pi */
} ml_mlpoint;

void ml_mlpoint_init(ml_mlpoint *p);
void ml_mlpoint_clear(ml_mlpoint *p);

/* ML_DOMAIN unless alpha > 0 and all is finite; ML_UNABLE outside
 * 2^-40 <= alpha <= 2^40. */
ml_status ml_mlpoint_set_args(ml_mlpoint *p, const ml_arg *args) ML_MUST_CHECK;
ml_status ml_mlpoint_set_balls(ml_mlpoint *p, const arb_t alpha,
                               const arb_t beta, const acb_t z) ML_MUST_CHECK;

/* The same with alpha and beta exact, z a ball. */
ml_status ml_mlpoint_set_mixed(ml_mlpoint *p, const fmpq_t alpha,
                               const fmpq_t beta, const acb_t z) ML_MUST_CHECK;

/* Adds k alpha to beta, k >= 0; the leading-zero shift of [mlfunc M1]. */
void ml_mlpoint_shift_beta(ml_mlpoint *p, slong k);

/* Enclosures at prec bits. */
void ml_mlpoint_alpha(arb_t res, const ml_mlpoint *p, slong prec);
void ml_mlpoint_z(acb_t res, const ml_mlpoint *p, slong prec);

/* alpha k + beta; k of either sign. */
void ml_mlpoint_index(arb_t res, const ml_mlpoint *p, slong k, slong prec);
double ml_mlpoint_index_d(const ml_mlpoint *p, slong k);

/* True when alpha k + beta is known to be one of 0, -1, -2, ... */
bool ml_mlpoint_vanishes(const ml_mlpoint *p, slong k);

/* arg(z)/pi, continuous over the box: within (-1, 1], or near 1 on both sides
 * when the box meets the negative axis.  False when the box contains 0. */
bool ml_mlpoint_turn(arb_t res, const ml_mlpoint *p, slong prec);

/*
 * The numbers 1/Gamma(alpha k + beta) for k = first, first - 1, ...  Where
 * alpha = P/Q with small P and Q, all but the first Q come from
 * 1/Gamma(y) = y (y+1) ... (y+P-1) / Gamma(y+P), which costs no gamma.
 */
typedef struct {
    const ml_mlpoint *p;
    slong k;    /* the next index */
    slong P, Q; /* alpha = P/Q, or Q = 0 */
    slong have; /* how many of the ring are filled */
    slong full; /* the precision of the recurrence */
    arb_ptr ring;
    fmpz_t factor, scale;
    bool walks; /* walk is at k, as long as gammas are computed */
    ml_rgamma_walk walk;
} ml_rgammas;

/* Whether count of them come by the recurrence; otherwise P = Q = 0. */
bool ml_rgammas_recur(slong *P, slong *Q, const ml_mlpoint *p, slong count);

/* count numbers will be asked for, none of them above full bits. */
void ml_rgammas_init(ml_rgammas *g, const ml_mlpoint *p, slong first,
                     slong count, slong full);
void ml_rgammas_next(arb_t res, ml_rgammas *g, slong prec);
void ml_rgammas_clear(ml_rgammas *g);

/*
 * w^k for 0 <= k < n as baby[k % m] * giant[k / m].  Each is a product of about
 * log2 n factors: a chain of n complex products would widen its box by up to
 * sqrt(2) at every turn of the axes.
 */
typedef struct {
    slong m, blocks;
    acb_ptr baby, giant;
} ml_powers;

void ml_powers_init(ml_powers *w, const acb_t base, slong n, slong prec);
void ml_powers_clear(ml_powers *w);

/*
 * The three methods at one point.  goal: an absolute error of about 2^goal is
 * asked for.  n > 0 forces the number of terms of a series.  ML_OK: the goal
 * was planned for (the radius is for the caller to judge); ML_UNABLE: refused;
 * ML_OVERFLOW, ML_UNDERFLOW.  A refused res is indeterminate.
 */
ml_status ml_mlpoint_series(acb_t res, const ml_mlpoint *p, slong n,
                            slong goal) ML_MUST_CHECK;
ml_status ml_mlpoint_asymp(acb_t res, const ml_mlpoint *p, slong n,
                           slong goal) ML_MUST_CHECK;
ml_status ml_mlpoint_quad(acb_t res, const ml_mlpoint *p,
                          slong goal) ML_MUST_CHECK;

#endif
