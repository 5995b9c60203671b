/* mlfunc/ball/jet.h - power series in z, alpha, beta, and the methods for them. */
#ifndef MLFUNC_JET_H
#define MLFUNC_JET_H

#include "mlfunc/ball/mittleff.h"

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
 * of the bound; keyhole: the path of [mlfunc J4] instead, up = down = 64. */
typedef struct {
    slong up, down;
    bool keyhole;
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

/*
 * alpha = 1, beta = 1 - k, k = 0, 1, ...: E = z^k e^z.  Replaces the
 * coefficients of e_z^i in res, not those of alpha and beta.  [mlfunc J5]
 */
#define ML_JET_PURE_POWER 1000000
bool ml_mlpoint_jet_is_pure(const ml_mlpoint *p);
void ml_mlpoint_jet_pure(ml_jet *res, const ml_mlpoint *p, slong bits);

/* Bits for the powers and the exponential; ML_OK, or why no method serves: an
 * exponential that no ball, or no goal, holds. */
slong ml_plan_jet_pure(const ml_mlpoint *p, slong bits);
ml_status ml_plan_jet_beyond(const ml_mlpoint *p) ML_MUST_CHECK;

/* bounds[.] of the coefficients (laid out as in shape) of sum_{k>=n} of those
 * terms  [mlfunc J1]; false when it does not apply.  radius[m], m = j + l, are
 * those of the circles (radius[0] is not used). */
bool ml_mlpoint_jet_series_tail(mag_ptr bounds, const ml_mlpoint *p,
                                const ml_jet *shape, slong n,
                                const double *radius);

/*
 * The coefficients of the remainder after n terms, rays as for
 * ml_mlpoint_asymp_rest, are at most bounds[.]  [mlfunc J2] [mlfunc J4]; false
 * when it does not apply.  Radii: those of the circles in log v on either ray (of
 * a keyhole rup), for i + j; eps: the exponents in place of log t, for j + l.
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

#endif
