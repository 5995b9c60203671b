/* mlfunc/impl.h - what the files of mlfunc share; no other room includes it. */
#ifndef MLFUNC_IMPL_H
#define MLFUNC_IMPL_H

#include <stdbool.h>

#include <acb.h>
#include <arb.h>
#include <fmpq.h>
#include <fmpz.h>
#include <mag.h>

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

/* ---- steering: the files named _plan.  Doubles; nothing of it is a bound. */

/* n terms; e^peak is the largest; cost in microseconds. */
typedef struct {
    slong n;
    double peak, cost;
} ml_series_plan;

/* The same, and the rays at up/64 and -down/64 turns of pi. */
typedef struct {
    slong n, up, down;
    double peak, cost;
} ml_asymp_plan;

/* t = mu (1+iu)^2 for |u| <= U at wp bits, N algebraic terms taken out; e^peak
 * is the largest integrand. */
typedef struct {
    double mu, U;
    slong N, wp;
    double peak;
} ml_quad_plan;

/* False: hopeless.  n > 0 forces the number of terms. */
bool ml_plan_series(ml_series_plan *s, const ml_mlpoint *p, slong n,
                    slong goal);
bool ml_plan_asymp(ml_asymp_plan *s, const ml_mlpoint *p, slong n, slong goal);
bool ml_plan_quad(ml_quad_plan *s, const ml_mlpoint *p, slong goal);

/* Quadrature, minutes by then, refuses to work with 128 bits more than this. */
#define ML_QUAD_BITS 8192

/* ln of the largest of the n algebraic terms; ln of the size of a pole's term,
 * and whether it surely grows with x; which poles of ml_poles_add_side are far
 * below 2^goal (from > 0). */
double ml_plan_algebraic_peak(const ml_mlpoint *p, slong n);
bool ml_plan_pole(double *size, const ml_mlpoint *p, slong h, slong goal);
void ml_plan_drop(slong *from, slong *to, const ml_mlpoint *p, int side,
                  slong last, slong goal);

/* Microseconds, infinite where the method would refuse. */
double ml_mlpoint_series_cost(const ml_mlpoint *p, slong goal);
double ml_mlpoint_asymp_cost(const ml_mlpoint *p, slong goal);
double ml_mlpoint_quad_cost(const ml_mlpoint *p, slong goal);

/* What these are never below, at no cost. */
double ml_mlpoint_series_least(const ml_mlpoint *p, slong goal);
double ml_mlpoint_asymp_least(const ml_mlpoint *p, slong goal);
double ml_mlpoint_contour_least(const ml_mlpoint *p, slong goal);

/* ln of the largest integrand with |u| >= from. */
double ml_quad_peak_d(const ml_mlpoint *p, double mu, double from, slong N);

/* log2|E|, within a few bits where nothing cancels. */
double ml_mlpoint_log2_d(const ml_mlpoint *p);

/* Whether a box of so many relative bits is to be tried by its slopes. */
bool ml_plan_slopes(slong bits, slong prec);

/* Bits that a term may need above 2^goal before the estimates are disbelieved:
 * a million, or four times what the goal asks for. */
#define ML_MOST_BITS 200000000
double ml_mlpoint_most_bits(const ml_mlpoint *p, slong goal);

/* ln Gamma(y) for y > 0; ln|1/Gamma(y)|, without |sin pi y| where y <= 0;
 * ln|z^k / Gamma(alpha k + beta)| likewise, k of either sign. */
double ml_lgamma_d(double y);
double ml_lrgamma_d(double y);
double ml_mlpoint_term_d(const ml_mlpoint *p, slong k);

/* x > 10^18: the size of e^x is no goal of the methods.  x > 2^64: none of a
 * ball, ML_OVERFLOW. */
bool ml_mlpoint_beyond_goals(const ml_mlpoint *p);
bool ml_mlpoint_beyond_balls(const ml_mlpoint *p);

/* Between the two, when one exponential (two on the negative axis) is all of E
 * but for less than e^-2^30: the product e^(L + i psi) w.  [mlfunc L1] */
bool ml_mlpoint_dominated(const ml_mlpoint *p);
ml_status ml_mlpoint_dominant(acb_t res, const ml_mlpoint *p,
                              slong prec) ML_MUST_CHECK;

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
/* ============================================================= end of contour */

/* =================================================== many z (mittleff_many.c)
 *
 * Numbers c_k, 0 <= k < n, and to steer ln |c_k|, without the sine where c_k is
 * 1/Gamma at a negative number.
 */
typedef struct {
    slong n;
    arb_ptr c;
    double *ln;
} ml_row;

/* sum = sum_{k<n} c_k z^k, or with inverse c_k z^-k, to about 2^goal, ln|z|
 * about lnr; real where z is. */
void ml_row_sum(acb_t sum, const ml_row *row, const acb_t z, bool inverse,
                slong n, double lnr, slong goal);

/* A ray of [mlfunc A2]: e^(i alpha phi), and |cos phi|^-nu <= base step^(n+1)
 * with nu = alpha (n+1) - beta + 1. */
typedef struct {
    arb_t cos, sin;
    mag_t base, step;
} ml_ray;

/* Rays at ML_RAY_FIRST/64, ... turns of pi. */
enum { ML_RAY_FIRST = 48, ML_RAYS = 33 };

/* Read-only once made: threads may share it. */
struct ml_mittleff_plan {
    fmpq_t alpha, beta;
    slong prec;
    ml_mlpoint at;   /* alpha and beta; its z means nothing */
    arb_t alpha_64;  /* alpha at 64 bits */
    slong positive;  /* the least k >= 0 with alpha k + beta > 0 */
    ml_row up, down; /* 1/Gamma(alpha k + beta); 0, 1/Gamma(beta - alpha k) */
    mag_ptr gamma;   /* down.n: Gamma(nu)/(2 pi), infinite where nu <= 0 */
    ml_ray *ray;     /* ML_RAYS */
    bool nodes;      /* a contour is there, for every z */
    ml_contour contour;
};

/* ---- steering (mittleff_many_plan.c) */

/* n coefficients serve |w| <= e^lnw to 2^goal. */
typedef struct {
    slong n, goal;
    double lnw;
} ml_row_plan;

void ml_plan_rows(ml_row_plan *up, ml_row_plan *down, const ml_mlpoint *at,
                  slong prec);

/* The contour for the z between the two tables; false: none is needed. */
bool ml_plan_between(ml_contour_plan *s, const ml_row_plan *up,
                     const ml_row_plan *down, const ml_mlpoint *at, slong prec);

/* ln of c_k = 1/Gamma(beta + side k alpha), c_0 = 0 where side is -1. */
void ml_row_set_ln(ml_row *row, const ml_mlpoint *at, int side);

/* The bits that the largest of the terms from <= k < to of n deserves. */
slong ml_row_bits(const ml_row *row, slong from, slong to, slong n, double lnw,
                  slong goal);

/* Whether Horner's rule with a short z beats products of long powers. */
bool ml_plan_horner(const acb_t z, slong bits);

/* lnr, lnx, turn, real and has_zero of p from its ball z; false where doubles
 * do not reach. */
bool ml_many_set_z(ml_mlpoint *p, const acb_t z);

/* Which table: n terms, and rays as in ml_asymp_plan. */
typedef struct {
    int by; /* ML_BY_SERIES, ML_BY_ASYMP, ML_BY_CONTOUR, ML_BY_NONE */
    slong n, up, down;
} ml_many_choice;

void ml_plan_many(ml_many_choice *s, const ml_mittleff_plan *f,
                  const ml_mlpoint *p, slong goal);

/* The value at p by n terms of a table, or as s says; false where the tables do
 * not serve. */
bool ml_many_series(acb_t res, const ml_mittleff_plan *f, const ml_mlpoint *p,
                    slong n, slong goal) ML_MUST_CHECK;
bool ml_many_asymp(acb_t res, const ml_mittleff_plan *f, const ml_mlpoint *p,
                   const ml_many_choice *s, slong goal) ML_MUST_CHECK;

/* Their errors: [mlfunc S1] after n terms, false where it does not apply;
 * [mlfunc A2]. */
bool ml_many_series_tail(mag_t bound, const ml_mittleff_plan *f, const acb_t z,
                         slong n) ML_MUST_CHECK;
void ml_many_asymp_rest(mag_t bound, const ml_mittleff_plan *f,
                        const ml_mlpoint *p, const ml_many_choice *s);

/* What to ask for next when x missed it. */
slong ml_many_goal(const acb_t x, slong goal, slong prec);
/* ============================================================ end of many z */

/* E at the point, automatic choice of method; beta of p may be shifted. */
ml_status ml_mlpoint_mittleff(acb_t res, ml_mlpoint *p,
                              slong prec) ML_MUST_CHECK;

/* The methods of the registry row mittag-leffler: alpha, beta, z. */
ml_status ml_mittleff_point(acb_t res, const ml_arg *args, slong prec);
ml_status ml_mittleff_point_series(acb_t res, const ml_arg *args, slong prec);
ml_status ml_mittleff_point_asymptotic(acb_t res, const ml_arg *args,
                                       slong prec);
ml_status ml_mittleff_point_contour(acb_t res, const ml_arg *args, slong prec);
ml_status ml_mittleff_point_quadrature(acb_t res, const ml_arg *args,
                                       slong prec);

/* E(mid) + sum of dE/dv (box) (v - mid v), v each of alpha, beta, z: encloses E
 * at every point of the box; false where a derivative has no ball.
 * [mlfunc B1] */
bool ml_mittleff_mean_value(acb_t res, const arb_t alpha, const arb_t beta,
                            const acb_t z, slong prec);

/* What the automatic choice did: the method that answered, how often a method
 * was run, and how often it refused then.  For benchmarks. */
enum {
    ML_BY_NONE,
    ML_BY_SERIES,
    ML_BY_ASYMP,
    ML_BY_CONTOUR,
    ML_BY_QUAD,
    ML_BY_FORMULA,
    ML_BY_COUNT
};
typedef struct {
    int method, attempts, refused;
} ml_choice;
ml_status ml_mittleff_traced(acb_t res, ml_choice *choice, const ml_arg *args,
                             slong prec) ML_MUST_CHECK;

/* ========================================================= jets (mittleff_jet)
 *
 * A power series in three variables (e_z, e_alpha, e_beta), cut at the degrees
 * nz, na, nb: the coefficient of e_z^i e_alpha^j e_beta^l is
 * c[(i (na+1) + j) (nb+1) + l].  Coefficients, not derivatives.  The results
 * of the operations enclose the coefficients of the operation on all series
 * within the operands; res may be any operand, of the same shape.
 */
typedef struct {
    slong nz, na, nb;
    slong len; /* (nz+1) (na+1) (nb+1) */
    acb_ptr c;
} ml_jet;

void ml_jet_init(ml_jet *f, slong nz, slong na, slong nb); /* 0 */
void ml_jet_clear(ml_jet *f);
acb_ptr ml_jet_at(const ml_jet *f, slong i, slong j, slong l);
void ml_jet_zero(ml_jet *f);
void ml_jet_set(ml_jet *res, const ml_jet *f);
/* res = value + e, e the variable 'z', 'a' or 'b' (where its degree is > 0). */
void ml_jet_variable(ml_jet *res, char which, const acb_t value);
void ml_jet_add(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec);
void ml_jet_sub(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec);
void ml_jet_scale(ml_jet *res, const ml_jet *f, const acb_t x, slong prec);
void ml_jet_mul(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec);
/* sum_{k<n} a_k (f - f_0)^k, f_0 the constant term: the series of A around f_0
 * is a; n > nz + na + nb loses nothing. */
void ml_jet_compose(ml_jet *res, acb_srcptr a, slong n, const ml_jet *f,
                    slong prec);
void ml_jet_exp(ml_jet *res, const ml_jet *f, slong prec);
void ml_jet_inv(ml_jet *res, const ml_jet *f, slong prec);
/* The constant term of the result is log0, a logarithm of that of f. */
void ml_jet_log(ml_jet *res, const ml_jet *f, const acb_t log0, slong prec);

/* ---- steering (mittleff_jet_plan.c) */

/* The highest order nz + na, na + nb of what is bounded by one circle. */
#define ML_JET_ORDER 128

/* n terms at full bits; level, near as for ml_mlpoint_jet_terms. */
typedef struct {
    slong n, full, near;
    double level, cost;
    double radius[ML_JET_ORDER + 1];
} ml_jet_series_plan;

/* A pair of rays at up/64 and -down/64 turns of pi, with the free parameters
 * of the bound. */
typedef struct {
    slong up, down;
    double rup[ML_JET_ORDER + 1], rdown[ML_JET_ORDER + 1];
    double eps[ML_JET_ORDER + 1];
} ml_jet_rays;

typedef struct {
    slong n, full;
    double level, cost;
    ml_jet_rays rays;
} ml_jet_asymp_plan;

/* False: hopeless.  n > 0 forces the number of terms. */
bool ml_plan_jet_series(ml_jet_series_plan *s, const ml_mlpoint *p,
                        const ml_jet *shape, slong n, slong bits);
bool ml_plan_jet_asymp(ml_jet_asymp_plan *s, const ml_mlpoint *p,
                       const ml_jet *shape, slong n, slong bits);

/* The methods of the set in the order of their costs, then 0; one alone is
 * listed at any cost. */
void ml_plan_jet_order(int order[3], const ml_mlpoint *p, const ml_jet *shape,
                       int methods, slong bits);

/* How many bits more a ball needs for prec bits, at the given step. */
slong ml_plan_jet_missing(const acb_t x, slong prec, int step);

/* Bits against the rounding of count steps; for alpha k + beta so that
 * 1/Gamma of it has prec; for the term of index k, see ml_mlpoint_jet_terms. */
slong ml_plan_jet_guard(slong count);
slong ml_plan_jet_index(const ml_mlpoint *p, slong k, slong prec);
slong ml_plan_jet_term(const ml_mlpoint *p, const ml_jet *shape, slong k,
                       double level, slong near);

/* Bits for a residue (or why there is none), more for its exponent. */
ml_status ml_plan_jet_pole(slong *bits, const ml_mlpoint *p,
                           const ml_jet *shape, slong h,
                           const ml_jet_asymp_plan *s) ML_MUST_CHECK;
slong ml_plan_jet_phase(const ml_mlpoint *p, slong h);

/* Good radii and exponents for n terms and the two rays of s. */
void ml_plan_jet_radii(double *radius, const ml_mlpoint *p, slong order,
                       slong n);
void ml_plan_jet_rays(ml_jet_rays *s, const ml_mlpoint *p, const ml_jet *shape,
                      slong n);

/*
 * E at (alpha + e_alpha, beta + e_beta, z + e_z) as a series, of the shape of
 * res, by one method.  bits: each coefficient is asked to about that many
 * bits, relative to its estimated size (the driver looks at what it got, and
 * asks for more).  n > 0 forces the number of terms.  Status as for
 * ml_mlpoint_series; a refused res is indeterminate.  Costs in microseconds,
 * infinite where the method would refuse.
 */
ml_status ml_mlpoint_jet_series(ml_jet *res, const ml_mlpoint *p, slong n,
                                slong bits) ML_MUST_CHECK;
ml_status ml_mlpoint_jet_asymp(ml_jet *res, const ml_mlpoint *p, slong n,
                               slong bits) ML_MUST_CHECK;
ml_status ml_mlpoint_jet_contour(ml_jet *res, const ml_mlpoint *p,
                                 slong bits) ML_MUST_CHECK;
double ml_mlpoint_jet_series_cost(const ml_mlpoint *p, const ml_jet *shape,
                                  slong bits);
double ml_mlpoint_jet_asymp_cost(const ml_mlpoint *p, const ml_jet *shape,
                                 slong bits);
double ml_mlpoint_jet_contour_cost(const ml_mlpoint *p, const ml_jet *shape,
                                   slong bits);

/*
 * sum += the terms z^k / Gamma(alpha k + beta) as series, last <= k <= first,
 * all k of one sign (k = 0 with the positive ones).  full bits, fewer for the
 * terms that are small: level is log2 of what may be lost, not counting the
 * growth of the weights k^.. from the index near on.
 */
void ml_mlpoint_jet_terms(ml_jet *sum, const ml_mlpoint *p, slong first,
                          slong last, slong full, double level, slong near);

/*
 * len coefficients of 1/Gamma(alpha k + beta + e) for k = first, first-1, ...:
 * with the ring of ml_rgammas, those that fill it by the Taylor series at 1
 * (J > 0) or by Arb.
 */
typedef struct {
    const ml_mlpoint *p;
    slong k, P, Q, have, full, len, J;
    arb_ptr ring; /* Q times len */
    arb_ptr taylor, powers;
    mag_ptr rest;
} ml_jet_gammas;

void ml_jet_gammas_init(ml_jet_gammas *g, const ml_mlpoint *p, slong first,
                        slong count, slong full, slong len);
void ml_jet_gammas_next(arb_ptr res, ml_jet_gammas *g, slong prec);
void ml_jet_gammas_clear(ml_jet_gammas *g);

/* What is left of the m-th coefficient of 1/Gamma(1+x+e), |x| <= 1/2, after J
 * terms, J + 1 >= 3 m.  [mlfunc J3] */
void ml_jet_taylor_rest(mag_t bound, slong J, slong m);

/* How many terms of the Taylor series, or 0; whether y is near enough to 1. */
slong ml_plan_jet_taylor(const ml_mlpoint *p, slong count, slong bits,
                         slong len);
bool ml_plan_jet_near(const arb_t y, slong bits);

/* bounds[.] of the coefficients (laid out as in shape) of sum_{k>=n} of those
 * terms  [mlfunc J1]; false when it does not apply.  radius[m], m = j + l, are
 * those of the circles (radius[0] is not used). */
bool ml_mlpoint_jet_series_tail(mag_ptr bounds, const ml_mlpoint *p,
                                const ml_jet *shape, slong n,
                                const double *radius);

/*
 * The coefficients of the remainder after n terms, rays as for
 * ml_mlpoint_asymp_rest, are at most bounds[.]  [mlfunc J2]; false when it does
 * not apply.  Radii: those of the circles in log v on either ray, for i + j;
 * eps: the exponents in place of log t, for j + l.
 */
bool ml_mlpoint_jet_asymp_rest(mag_ptr bounds, const ml_mlpoint *p,
                               const ml_jet *shape, slong n,
                               const ml_jet_rays *rays);

/* A polydisc around (z, alpha, beta): its radii, 0 where there is no order. */
typedef struct {
    double z, alpha, beta;
} ml_jet_radii;

/* The error of the rule at every point of the polydisc is at most bound; false
 * where the bound does not apply.  [mlfunc J12] */
bool ml_contour_jet_error(mag_t bound, const ml_contour *c, const ml_mlpoint *p,
                          const ml_jet_radii *r) ML_MUST_CHECK;

/* The jet by a contour that is set, poles to about 2^goal. */
ml_status ml_contour_jet(ml_jet *res, const ml_contour *c, const ml_mlpoint *p,
                         const ml_jet_radii *r, slong goal) ML_MUST_CHECK;

/* ---- steering (mittleff_jet_contour_plan.c); false: hopeless */
bool ml_plan_jet_contour(ml_contour_plan *s, slong *goal, const ml_mlpoint *p,
                         const ml_jet *shape, slong bits);
bool ml_plan_jet_radii_contour(ml_jet_radii *r, const ml_contour_plan *s,
                               const ml_mlpoint *p, const ml_jet *shape);
slong ml_plan_place_bits(const ml_mlpoint *p);
slong ml_plan_jet_node(const ml_contour *c, slong j);
slong ml_plan_jet_sum(const ml_contour *c);

/* A polydisc that meets an edge of the strip is halved, so many tried; a strip
 * whose edge meets a pole is exchanged for another. */
enum { ML_JET_SIZES = 4, ML_JET_STRIPS = 5 };

slong ml_plan_jet_growth(const ml_mlpoint *p, const ml_jet *shape);

/* The accuracy loop of the public functions: res, derivatives, by the methods
 * of a set. */
enum {
    ML_JET_SERIES = 1,
    ML_JET_ASYMP = 2,
    ML_JET_CONTOUR = 4,
    ML_JET_ALL = 7
};
ml_status ml_mlpoint_jet_drive(acb_ptr res, const ml_mlpoint *p, slong nz,
                               slong na, slong nb, int methods, slong n,
                               slong prec) ML_MUST_CHECK;

/* The pole t_h as in ml_mlpoint_add_pole: log t_h and its residue
 * t_h^(1-beta) e^(t_h) / alpha, as series, at about prec bits. */
void ml_mlpoint_jet_log_pole(ml_jet *res, const ml_mlpoint *p, slong h,
                             slong prec);
void ml_mlpoint_jet_pole(ml_jet *res, const ml_mlpoint *p, slong h, slong prec);
/* ============================================== end of Mittag-Leffler section */

/* ============================================================ rounding (eval.c)
 *
 * The one Ziv loop: the precision rises from first until done accepts the
 * ball (ML_OK), or until the evaluator refuses for good or cap is reached
 * (ML_UNABLE).  ML_OVERFLOW and ML_UNDERFLOW of the evaluator are passed on,
 * alone, whether the ball was accepted or not.
 */
typedef bool (*ml_ziv_done)(void *context, const acb_t ball);
ml_status ml_ziv(acb_t res, ml_ball_fn eval, const ml_arg *args, slong first,
                 slong cap, ml_ziv_done done, void *context) ML_MUST_CHECK;

/* The same loop for a partial derivative of a row that has a member partial. */
ml_status ml_ziv_partial(acb_t res, const ml_function *f, const ml_arg *args,
                         const slong *order, slong first, slong cap,
                         ml_ziv_done done, void *context) ML_MUST_CHECK;

/* The first phase of rounding to nearest: real arguments that are doubles, by
 * ml_mittleff_bound_d.  True where that decides; *s is the status. */
bool ml_round_by_doubles(double *re, ml_status *s, const ml_arg *args);

/* Whether order has a differentiation at all. */
bool ml_order_any(const ml_function *f, const slong *order);

/* rad <= 2^-bits |value| for every value of the ball, normwise. */
bool ml_ball_accurate(const acb_t ball, slong bits);

/* [2^lo, 2^hi] around 2^[exponent] as a ball with sign known; false, and the
 * whole line, where the exponent is not known to a few units or is beyond
 * 2^65536. */
bool ml_ball_from_log2(arb_t res, const arb_t exponent);

/* How precise an exponent must be computed: 64 bits after the point, 65536 in
 * all; magnitude bounds log2|exponent|.  0: give up. */
slong ml_exponent_prec(slong magnitude);

/* ------------------------------------------------------ rows of the registry */
ml_status ml_mittleff_row(acb_t res, const ml_arg *args, slong prec);
bool ml_mittleff_exact(fmpq_t re, fmpq_t im, const ml_arg *args);
bool ml_mittleff_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                        const ml_arg *args, slong prec);
ml_status ml_mittleff_log2(arb_t res, const ml_arg *args);
int ml_mittleff_sign(const ml_arg *args);

/* E for tiny z, and for complex z with both parts accurate where they need
 * other means than many bits; false elsewhere.  [mlfunc M2] [mlfunc M3] */
bool ml_mittleff_parts(acb_t res, ml_status *s, const ml_arg *args, slong prec);

/* |sum_{k>n} z^k / Gamma(alpha k + beta)| <= bound for |z| <= 1/2  [mlfunc M4] */
void ml_tiny_tail(mag_t bound, const arb_t beta, const acb_t z, slong n);

/* m bounds the smaller of the two parts that are not 0. */
void ml_least_part(mag_t m, const acb_t t);

/* delta = E_{alpha,beta}(z) - 1/Gamma(beta) by its series, each part of it to
 * about prec bits; false where the terms do not fall by 8 from the first with
 * alpha k + beta > 0 on. */
bool ml_near_zero(acb_t delta, const arb_t alpha, const arb_t beta,
                  const acb_t z, slong prec);

/*
 * Where exponentials dominate, E = e^(exponent + i phase) w with w near 1, or
 * near a sum of two when two poles are of one size.  [mlfunc L1]  The point is
 * given by enclosures at any precision.
 */
typedef struct {
    arb_t alpha, beta;
    arb_t x, ln_x; /* x = |z|^(1/alpha) */
    arb_t theta;   /* arg z */
    int axis;      /* 1: z > 0, -1: z < 0, 0: neither */
} ml_polar;

void ml_polar_init(ml_polar *p);
void ml_polar_clear(ml_polar *p);
bool ml_polar_lead(arb_t exponent, arb_t phase, acb_t w, const ml_polar *p,
                   slong prec);
/* log2|E|, ML_UNABLE where nothing is seen to dominate; and E as a ball of
 * huge exponent, the signs of its parts known where w tells them. */
ml_status ml_polar_log2(arb_t res, const ml_polar *p, slong prec);
void ml_polar_ball(acb_t res, const ml_polar *p, slong prec);

/* True, and 1, at t = 0. */
bool ml_one_at_zero(fmpq_t re, fmpq_t im, const ml_arg *t);

ml_status ml_kww_domain(const ml_arg *args, size_t *bad);
ml_status ml_kww_point(acb_t res, const ml_arg *args, slong prec);
bool ml_kww_exact(fmpq_t re, fmpq_t im, const ml_arg *args);
bool ml_kww_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                   const ml_arg *args, slong prec);
ml_status ml_kww_log2(arb_t res, const ml_arg *args);
int ml_kww_sign(const ml_arg *args);

ml_status ml_relaxation_domain(const ml_arg *args, size_t *bad);
ml_status ml_relaxation_point(acb_t res, const ml_arg *args, slong prec);
ml_status ml_relaxation_series(acb_t res, const ml_arg *args, slong prec);
ml_status ml_relaxation_asymptotic(acb_t res, const ml_arg *args, slong prec);
ml_status ml_relaxation_contour(acb_t res, const ml_arg *args, slong prec);
ml_status ml_relaxation_quadrature(acb_t res, const ml_arg *args, slong prec);
bool ml_relaxation_exact(fmpq_t re, fmpq_t im, const ml_arg *args);
bool ml_relaxation_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                          const ml_arg *args, slong prec);
ml_status ml_relaxation_log2(arb_t res, const ml_arg *args);
int ml_relaxation_sign(const ml_arg *args);

/* x = r^a, r > 0, where that is a rational of moderate length. */
bool ml_rational_power(fmpq_t x, const fmpq_t r, const fmpq_t a);
/* z = -(t/tau)^alpha */
void ml_relaxation_z(acb_t z, const ml_arg *args, slong prec);
/* Bits that the power series loses by cancellation, about x/ln 2, at most
 * 2 prec: z must be that much more precise. */
slong ml_relaxation_loss(const ml_arg *args, slong prec);

/*
 * Partial derivatives of the rows of t/tau, f = sum_k c_k x^k, x =
 * (t/tau)^shape: shape is alpha or beta, n_... say how often each argument is
 * differentiated, c and n_c are those of kww.  (partial.c)
 */
typedef struct {
    const fmpq *shape, *tau, *t;
    slong n_shape, n_tau, n_t;
    ulong c;
    slong n_c;
} ml_partial;

/* n_t! c_k, differentiated in c. */
typedef void (*ml_partial_coefficient)(fmpq_t res, const ml_partial *p,
                                       slong k);

/* ML_OK, or why nothing of that order is given. */
ml_status ml_partial_order(const slong *order, size_t n) ML_MUST_CHECK;

/* At t = 0; no c_k = 0 for k >= 1 and >= n_c.  [mlfunc J11] */
ml_status ml_partial_at_zero(acb_t res, const ml_partial *p,
                             ml_partial_coefficient at,
                             slong prec) ML_MUST_CHECK;

/* res = x0 (t/t_0)^shape (tau/tau_0)^-shape (t_0/tau_0)^(shape - shape_0), the
 * variables of ml_jet being 'z' = t/t_0 - 1, 'a' = shape - shape_0 and
 * 'b' = tau/tau_0 - 1. */
void ml_partial_power(ml_jet *res, const ml_partial *p, const acb_t x0,
                      slong prec);

/* The derivative by t, tau, shape that belongs to the last coefficient of f. */
void ml_partial_derivative(acb_t res, const ml_jet *f, const ml_partial *p,
                           slong prec);

/* Steering: the precision of the next attempt, 0 after the last; that of sums
 * of terms known to prec bits; of z = -(t/tau)^alpha.  (partial_plan.c) */
slong ml_plan_partial(slong prec, int tries);
slong ml_plan_partial_sum(slong prec);
slong ml_plan_partial_z(const ml_arg *args, slong prec);

/* x n!; res x */
void ml_times_factorial(fmpq_t x, slong n);
void ml_times_fmpq(acb_t res, const fmpq_t x, slong prec);

/* Partial derivatives of the rows. */
ml_status ml_mittleff_partial(acb_t res, const ml_arg *args, const slong *order,
                              slong prec);
ml_status ml_relaxation_partial(acb_t res, const ml_arg *args,
                                const slong *order, slong prec);
ml_status ml_siegert_partial(acb_t res, const ml_arg *args, const slong *order,
                             slong prec);
ml_status ml_kww_partial(acb_t res, const ml_arg *args, const slong *order,
                         slong prec);

ml_status ml_siegert_point(acb_t res, const ml_arg *args, slong prec);
ml_status ml_siegert_series(acb_t res, const ml_arg *args, slong prec);
ml_status ml_siegert_asymptotic(acb_t res, const ml_arg *args, slong prec);
ml_status ml_siegert_contour(acb_t res, const ml_arg *args, slong prec);
ml_status ml_siegert_quadrature(acb_t res, const ml_arg *args, slong prec);
bool ml_siegert_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                       const ml_arg *args, slong prec);
ml_status ml_siegert_log2(arb_t res, const ml_arg *args);
int ml_siegert_sign(const ml_arg *args);
/* ===================================================== end of rounding section */

#endif
