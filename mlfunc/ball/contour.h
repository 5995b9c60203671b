/* mlfunc/ball/contour.h - the trapezoidal rule on a parabola. */
#ifndef MLFUNC_CONTOUR_H
#define MLFUNC_CONTOUR_H

#include "mlfunc/ball/parts.h"

/* ================================================= contour (mittleff_contour.c)
 *
 * The trapezoidal rule on t = mu (1+iu)^2 with the poles added exactly:
 *
 *   E = -sum_{k<=N} z^-k / Gamma(beta - alpha k)  +  z^-N sum_j w_j/(p_j - z)
 *       + pole terms + error,    u_j = (j + half/2) h for all integers j,
 *   p_j = t_j^alpha,  w_j = (h mu/pi) (1 + i u_j) e^(t_j) t_j^(alpha(N+1)-beta).
 *
 * Nodes -u_j are the conjugates of u_j and are not stored; where u_0 = 0, w_0
 * is stored halved.  So one pair is 2 (Re w s + k)/(s^2 + q), s = Re p - z,
 * k = Im w Im p, q = (Im p)^2, for real and for complex z.
 */

/* Which parabola, step and strip -A < Im u < B; N terms taken out, at algebraic
 * bits; J nodes.  level: ln of the error allowed to the sum over the nodes.  mu,
 * h, A, B are short dyadic numbers.  h = 0: step, offset and J are chosen when
 * the bounds are known.  one: for one z; otherwise for any. */
typedef struct {
    double mu, h, A, B, level;
    int half;
    bool one;
    slong N, J, algebraic;
} ml_contour_plan;

/* One stretch of a parabola t = mu (c+iu)^2: all its t^alpha are in the disc of
 * radius r (infinite: none is known) around re + i im, and between the circles
 * lo and hi; all times 2^e.  Its share of the bound is weight 2^weight_e over
 * the least distance to z. */
typedef struct {
    double u0, u1;
    double re, im, r, lo, hi, weight;
    slong e, weight_e;
    bool rigid; /* r is mostly that of alpha: a shorter piece gains little */
} ml_strip_piece;

/* What |f| adds up to beyond u = from on one half of the parabola of c: its
 * integral, or with step > 0 step times its sum over from, from + step, ...
 * Depends on alpha, beta and N only; the pieces end where the weight is small,
 * and the rest is bounded by what is known of the end. */
typedef struct {
    double mu, c, from, step;
    double a, a_rad, power, power_rad;
    bool twisted; /* a_rad and power_rad are radii of discs, not of intervals */
    slong n, room, top; /* top: the largest weight_e */
    double end;
    ml_strip_piece *piece;
} ml_strip;

void ml_strip_init(ml_strip *s);
void ml_strip_clear(ml_strip *s);

/* For alpha and beta of p, each widened by a disc of radius da or db in the
 * complex plane (0: as they are).  False: hopeless. */
bool ml_strip_set(ml_strip *s, const ml_mlpoint *p, double mu, double c,
                  double from, double step, slong N, double da,
                  double db) ML_MUST_CHECK;

/* The sum over both halves is at most bound, for every z of the ball. */
bool ml_strip_bound(mag_t bound, const ml_strip *s,
                    const acb_t z) ML_MUST_CHECK;

/* Everything that depends only on alpha, beta and the plan.  Read-only once
 * set: threads may share it. */
typedef struct {
    ml_contour_plan plan;
    acb_ptr p, w, log;             /* J each: t_j^alpha, w_j, log t_j */
    arb_ptr k, q;                  /* J each: Im w_j Im p_j, (Im p_j)^2 */
    slong *bits;                   /* J: how precise the j-th term must be */
    arb_ptr rgamma;                /* N: 1/Gamma(beta - alpha k), k = 1..N */
    ml_strip left, right, rest;    /* c = 1 - B, 1 + A; the nodes from J on */
    mag_t left_decay, right_decay; /* 1 / (e^(2 pi B/h) - 1), and A */
    slong prec;                    /* the largest of bits */
} ml_contour;

void ml_contour_init(ml_contour *c);
void ml_contour_clear(ml_contour *c);

/* The plan for one z (that of p), absolute error 2^goal; and the plan for
 * every z, absolute error 2^-bits / max(1, |z|), N given.  False: hopeless. */
bool ml_plan_contour(ml_contour_plan *s, const ml_mlpoint *p, slong goal);
bool ml_plan_contour_any(ml_contour_plan *s, const ml_mlpoint *p, slong N,
                         slong bits);

/* Another strip than the one that failed. */
void ml_plan_contour_other(ml_contour_plan *s);

/* h, half, J from the bounds on the two edges; whether the bound of the nodes
 * left out is small enough, J raised where not; how precise
 * node j must be; bits for the term of a pole in the strip, extra more for its
 * exponents (false: hopeless). */
void ml_plan_contour_step(ml_contour_plan *s, const ml_mlpoint *p,
                          const mag_t left, const mag_t right);
bool ml_plan_contour_enough(ml_contour_plan *s, const mag_t rest);
slong ml_contour_bits(const ml_contour_plan *s, const ml_mlpoint *p, slong j);
bool ml_plan_inner(slong *bits, slong *extra, const ml_contour_plan *s,
                   const ml_mlpoint *p, slong h, slong goal);

/* alpha and beta of p; its z only where the plan is for one. */
ml_status ml_contour_set(ml_contour *c, const ml_contour_plan *s,
                         const ml_mlpoint *p) ML_MUST_CHECK;

/* E at z of p, alpha and beta as when set; the poles are computed to about
 * 2^goal.  ML_UNABLE where a pole lies on an edge of the strip or at a node. */
ml_status ml_contour_eval(acb_t res, const ml_contour *c, const ml_mlpoint *p,
                          slong goal) ML_MUST_CHECK;

/* |error| of the rule at z, times |z|^N: both edges and the nodes left out. */
bool ml_contour_error(mag_t bound, const ml_contour *c,
                      const acb_t z) ML_MUST_CHECK;

/* Where the pole h lies: 0 left of the strip or not on the sheet, 1 inside, 2
 * right of it, -1 undecided by w bits; root = sqrt(x/mu), as ml_contour_root
 * gives it. */
int ml_contour_place(const ml_contour *c, const ml_mlpoint *p, slong h,
                     const arb_t root, slong w);
void ml_contour_root(arb_t root, const ml_contour *c, const ml_mlpoint *p,
                     slong w);

/* The method, as ml_mlpoint_series; microseconds, infinite: refused. */
ml_status ml_mlpoint_contour(acb_t res, const ml_mlpoint *p,
                             slong goal) ML_MUST_CHECK;
double ml_mlpoint_contour_cost(const ml_mlpoint *p, slong goal);

/* Elementary functions in IEEE arithmetic, errors proved in README:
 * |log - ln v| <= 2^-48 (1 + |ln v|) for normal v > 0; atan: relative 2^-48 for
 * 0 <= v <= 2^500; exp = m 2^e, relative 2^-48 for |y| <= 2^20; cosine and
 * sine: absolute 2^-48 for 0 <= y <= 2^16. */
double ml_double_log(double v);
double ml_double_atan(double v);
void ml_double_exp(double *m, slong *e, double y);
void ml_double_cis(double *c, double *s, double y);

#endif
