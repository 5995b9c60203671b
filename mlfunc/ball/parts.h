/* mlfunc/ball/parts.h - bounds and parts of the methods, each tested by itself. */
#ifndef MLFUNC_PARTS_H
#define MLFUNC_PARTS_H

#include <mag.h>

#include "mlfunc/ball/steering.h"

/* ---- bounds and parts of the methods, each tested by itself */

/* |sum_{k>=n} z^k / Gamma(alpha k + beta)| <= bound  [mlfunc S1]; false when
 * the bound does not apply. */
bool ml_mlpoint_series_tail(mag_t bound, const ml_mlpoint *p, slong n);

/*
 * The remainder after n terms, rays at (1/2 <) up/64 (< 3/2) and -down/64
 * turns of pi: |R_n| <= bound  [mlfunc A2]; false when it does not apply.
 */
bool ml_mlpoint_asymp_rest(mag_t bound, const ml_mlpoint *p, slong n, slong up,
                           slong down);

/* sum -= sum_{1<=k<=n} z^-k / Gamma(beta - alpha k), to about 2^goal. */
void ml_mlpoint_subtract_algebraic(acb_t sum, const ml_mlpoint *p, slong n,
                                   slong goal);

/*
 * The part beyond |u| > U, mu (1+iu)^2 = t, of the integral of e^t t^(alpha -
 * beta + alpha N) z^-N / (t^alpha - z) / (2 pi i): the sum of both sides is at
 * most bound  [mlfunc Q1]; false when it does not apply.
 */
bool ml_mlpoint_quad_tail(mag_t bound, const ml_mlpoint *p, double mu, double U,
                          slong N);

/* The method for a given parabola, end and number of algebraic terms. */
ml_status ml_mlpoint_quad_at(acb_t res, const ml_mlpoint *p, double mu,
                             double U, slong N, slong goal) ML_MUST_CHECK;

/* The integral over from <= |u| <= U itself, to about 2^goal. */
bool ml_mlpoint_quad_part(acb_t res, const ml_mlpoint *p, double mu,
                          double from, double U, slong N, slong goal);

/*
 * The pole t_h = |z|^(1/alpha) exp(i (arg z + 2 pi h) / alpha) gives
 * t_h^(1-beta) e^(t_h) / alpha, here added to sum (its real part doubled when
 * pair), with an absolute error of about 2^goal.
 */
ml_status ml_mlpoint_add_pole(acb_t sum, const ml_mlpoint *p, slong h,
                              bool pair, slong goal) ML_MUST_CHECK;

/* |t_h^(1-beta) e^(t_h) / alpha| <= bound  [mlfunc A4]; ML_UNABLE where the
 * bound is worthless. */
ml_status ml_mlpoint_pole_bound(mag_t bound, const ml_mlpoint *p,
                                slong h) ML_MUST_CHECK;

/*
 * The same for many poles of one point: ln x, x and arg z are computed once, at
 * the precision of the largest pole, which should therefore come first.
 */
typedef struct {
    const ml_mlpoint *p;
    slong prec; /* of the rest; 0: not yet there */
    arb_t alpha, power, turn, ln_x, x;
} ml_poles;

void ml_poles_init(ml_poles *c, const ml_mlpoint *p);
void ml_poles_clear(ml_poles *c);
ml_status ml_poles_add(acb_t sum, ml_poles *c, slong h, bool pair,
                       slong goal) ML_MUST_CHECK;

/* The poles h = side, 2 side, ..., last side, none beyond 2 pi: those far below
 * the goal are bounded together. */
ml_status ml_poles_add_side(acb_t sum, ml_poles *c, int side, slong last,
                            bool pair, slong goal) ML_MUST_CHECK;

/* sum += t, rounded so that the error stays below 2^(goal-16). */
void ml_mlpoint_add(acb_t sum, const acb_t t, slong goal);

/* angle = theta_h / pi = (arg z / pi + 2 h) / alpha. */
void ml_mlpoint_angle(arb_t angle, const ml_mlpoint *p, slong h, slong prec);

#endif
