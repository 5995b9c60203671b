/* mlfunc/double/asymptotic.h - the asymptotic series, at most eight terms.
 *
 * For the files lanes_*.c.
 */
#ifndef MLFUNC_DOUBLE_ASYMPTOTIC_H
#define MLFUNC_DOUBLE_ASYMPTOTIC_H

#include "mlfunc/double/impl.h"
#include "mlfunc/double/rgamma.h"

/*
 * asymptotic_real - the algebraic part of E_{alpha,beta}(x) for large |x|.
 *
 *     E = -sum_{1<=k<=n} x^-k / Gamma(beta - alpha k)
 *         + sum of rho_h, poles[0] <= h <= poles[1], + R
 *
 * Domain   alpha > 0, |x| >= 2, either sign.
 * Result   true, *v the first sum (method ML_BY_ASYMPTOTICS) and the poles that
 *          are to be added, none when poles[0] > poles[1]; v->err covers R.
 *          false, where v->err would exceed both 2^-66 |*v| and goal.
 *          arg x is 0 or pi, so poles[0] is -poles[1] for x > 0 and
 *          -1 - poles[1] for x < 0.
 * Error    |R| by A2, and rounding.                             [mlfunc D33]
 * Cost     one octet of gammas.
 */
LANE_CALL bool asymptotic_real(ml_value *v, int poles[2], double alpha,
                               double beta, double x, double goal);

/*
 * asymptotic_complex - the same for z[0] + i z[1]; v[0], v[1]: the two parts.
 *
 * turn is arg z / pi in [-1, 1], off by at most 2^-40.
 */
LANE_CALL bool asymptotic_complex(ml_value v[2], int poles[2], double alpha,
                                  double beta, const double z[2], double turn,
                                  double goal);

#endif
