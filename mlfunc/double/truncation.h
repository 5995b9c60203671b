/* mlfunc/double/truncation.h - what the sum over the nodes and the poles lacks.
 *
 * Upper bounds, proved in README.md, D26 to D29, for the path that poles.h chose:
 * integrals along its left edge, its right edge, its ends and beyond them, from
 * truncation_table.h, made on balls.
 */
#ifndef MLFUNC_DOUBLE_TRUNCATION_H
#define MLFUNC_DOUBLE_TRUNCATION_H

#include "mlfunc/double/poles.h"

/*
 * ml_truncation - bounds |E - sum of the nodes - sum of the poles|.
 *
 * Domain   places of poles.h, beta in [-16, 16].
 * Result   an upper bound, for real and complex z.              [mlfunc D27]
 */
LANE_INLINE double ml_truncation(const ml_places *p);

/*
 * ml_truncation_of - the same for other integrands:
 *
 *     e^t t^(alpha-beta) (log t)^logs / (t^alpha - z)^power,
 *
 * power 1 or 2, logs 0 or 1; times what stands before the integral.  The terms of
 * the poles are the derivatives of theirs:
 *
 *     dE/dz = of power 2, logs 0;   dE/dbeta = - of power 1, logs 1;
 *     dE/dalpha = - z times that of power 2, logs 1.            [mlfunc D28]
 */
LANE_INLINE double ml_truncation_of(const ml_places *p, int power, int logs);

/*
 * ml_truncation_near_one - the same for the integral of
 *
 *     e^t t^m (t^alpha e3 - z e2) / ((t^alpha - z)(t - z)),
 *     e3 = t^(-d3) - 1,   e2 = t^d2 - 1,
 *
 * whose poles all are left of the path: no terms of poles.
 *
 * Domain   |alpha - 1|, |d2|, |d3| <= 1/64, -2^13 <= z < 0, 0 <= m <= 16.
 *                                                               [mlfunc D29]
 */
LANE_INLINE double ml_truncation_near_one(const ml_contour *c, double alpha,
                                          double d2, double d3, int m,
                                          double z);

/*
 * ml_rest - bounds |E - sum of rho_h of the poles right of the left edge|: the
 * integral along it.                                            [mlfunc D27]
 */
LANE_INLINE double ml_rest(const ml_places *p);

#endif
