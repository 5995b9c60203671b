/* mlfunc/ball/rows.h - what the rows of the registry are made of. */
#ifndef MLFUNC_ROWS_H
#define MLFUNC_ROWS_H

#include "mlfunc/ball/jet.h"
#include "mlfunc/ball/rounding.h"

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

#endif
