/* mlfunc/double/complex_plan.h - which method is tried for a complex z, and where.
 *
 * Steering alone: a wrong guess costs time, or digits that the bound knows of.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_PLAN_H
#define MLFUNC_DOUBLE_COMPLEX_PLAN_H

#define SMALL_Z    0x1p-9 /* one octet of the series */
#define LARGE_Z    256.0
#define MOST_ALPHA 5.5 /* of the contour */
#define MOST_BETA  16.0
#define WIDE_BETA  3.0     /* above, the wider contour */
#define NEAR_LEFT  (-5.0)  /* of Re z, next to alpha = 1 */
#define GOOD       0x1p-62 /* a relative error: no other method is tried */
#define ALONE      60.0    /* Re t_h from which the exponential may be all */

#endif
