/* mlfunc/ball/mittleff.h - the Mittag-Leffler function by the automatic choice. */
#ifndef MLFUNC_MITTLEFF_H
#define MLFUNC_MITTLEFF_H

#include "mlfunc/ball/many.h"

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

#endif
