/* mlfunc/ball/steering.h - plans of the methods, in doubles; nothing of it is a bound. */
#ifndef MLFUNC_STEERING_H
#define MLFUNC_STEERING_H

#include "mlfunc/ball/point.h"

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

#endif
