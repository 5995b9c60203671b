/* mlfunc/double/dd.h - double-double arithmetic, for one number and for lanes.
 *
 * A number is h + l, |l| <= 2^-53 |h| when normalised.  dd_X works on one
 * number, ldd_X on LANES; both are the text of dd_ops.h.  Errors: README, D1.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_DD_H
#define MLFUNC_DOUBLE_DD_H

#include "mlfunc/double/lane.h"

typedef struct {
    double h, l;
} dd;

typedef struct {
    lane h, l;
} ldd;

/* Without an FMA a product takes 24 operations: one for all saves 19 KB. */
#if ML_HAS_FMA
#    define DD_PRODUCT LANE_ALWAYS
#else
#    define DD_PRODUCT static __attribute__((noinline, unused))
#endif
#define DD_PAIR          dd
#define DD_REAL          double
#define DD_NAME(op)      dd_##op
#define DD_PRODUCT_ERROR double_product_error
#include "mlfunc/double/dd_ops.h"

#define DD_PRODUCT       LANE_ALWAYS
#define DD_PAIR          ldd
#define DD_REAL          lane
#define DD_NAME(op)      ldd_##op
#define DD_PRODUCT_ERROR lane_product_error
#include "mlfunc/double/dd_ops.h"

#endif
