/* mlfunc/ball/many.h - one alpha and beta, many z. */
#ifndef MLFUNC_MANY_H
#define MLFUNC_MANY_H

#include "mlfunc/ball/contour.h"

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

#endif
