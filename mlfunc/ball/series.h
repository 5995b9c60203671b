/* mlfunc/ball/series.h - what the files of the power series share. */
#ifndef MLFUNC_SERIES_H
#define MLFUNC_SERIES_H

#include "mlfunc/impl.h"

/*
 * ml_mlpoint_series_sum - sum_{k<n} z^k / Gamma(alpha k + beta), in fixed point.
 *
 * Domain   any point with exact alpha and beta; z may be a ball without 0.
 * Result   res; false where alpha and beta are not exact or too long.
 * Error    [mlfunc S3] to [mlfunc S5]; about 2^goal for exact z.
 * Cost     ml_mlpoint_series_cost.
 */
bool ml_mlpoint_series_sum(acb_t res, const ml_mlpoint *p,
                           const ml_series_plan *s, slong goal);

/* ---- steering */

/* Bits after the point of the sum; bits of z. */
typedef struct {
    slong F, z;
} ml_series_bits;

ml_series_bits ml_plan_series_bits(const ml_series_plan *s, const ml_mlpoint *p,
                                   slong goal);

/* How many limbs more the rings of gammas need, whose first Q terms start at
 * from and may be far below the largest. */
slong ml_plan_rings(double peak, const ml_mlpoint *p, slong from, slong Q);

/* log2 |1/Gamma(alpha k + beta)|, about. */
double ml_plan_log2_rgamma(const ml_mlpoint *p, slong k);

#endif
