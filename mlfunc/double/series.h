/* mlfunc/double/series.h - the power series, eight terms at a time.
 *
 * For the files lanes_*.c.
 */
#ifndef MLFUNC_DOUBLE_SERIES_H
#define MLFUNC_DOUBLE_SERIES_H

#include "mlfunc/double/impl.h"
#include "mlfunc/double/rgamma.h"

/*
 * series_real - E_{alpha,beta}(x) = sum_k x^k / Gamma(alpha k + beta).
 *
 * Domain   alpha > 0, all finite; as many terms as are needed, at most 128, and
 *          all |alpha k + beta| <= RGAMMA_MOST.
 * Result   true and *v (method ML_BY_SERIES, exponent any); false, *v not set,
 *          where these terms do not bring the bound below 2^-64 |*v| or what
 *          cancellation leaves, or |x| or alpha is so small (2^-200) that
 *          numbers leave the range: then ml_mittleff_scaled.
 * Error    v->err, rounding and tail.                           [mlfunc D32]
 * Cost     one octet of gammas for |x| <= 2^-9.
 */
LANE_CALL bool series_real(ml_value *v, double alpha, double beta, double x);

/*
 * series_complex - the same for z[0] + i z[1]; v[0], v[1]: the two parts.
 *
 * Error    v[1].err is in proportion to |z[1]| where that is small.
 */
LANE_CALL bool series_complex(ml_value v[2], double alpha, double beta,
                              const double z[2]);

#endif
