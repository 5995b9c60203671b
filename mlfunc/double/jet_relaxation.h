/* mlfunc/double/jet_relaxation.h - relaxation functions of t/tau, for lanes_jet.c.
 *
 * With r = ln(t/tau), x = e^(alpha r), z = -x: df/dt = (alpha/t) z dE/dz,
 * df/dtau = -(alpha/tau) z dE/dz, df/dalpha = dE/dalpha + r z dE/dz.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_RELAXATION_H
#define MLFUNC_DOUBLE_JET_RELAXATION_H

#include "mlfunc/double/jet.h"

/* 60 ln 2. */
#define JET_60_LN2 0x1.4cb5ecf0a965p+5, 0x1.0886a2bc2f41ep-49

/* r = ln(t/tau) is off by at most that. */
#define JET_OFF 0x1p-55

/* Beyond that shape |r| = 690 may have been cut. */
#define JET_CUT 689.9

/* r = ln(t/tau) and x = e^(shape r) as pairs, t > 0; x is cut at e^-690 and e^690.
 * Errors: r JET_OFF, x relatively (1 + shape) JET_OFF.          [mlfunc D58] */
LANE_INLINE void
jet_times(ldd *r, ldd *x, lane t, ldd log_tau, double shape)
{
    /* a subnormal t is 2^60 times as large before its logarithm */
    lane_mask small = t < 0x1p-1000;
    lane k;
    ldd y = ldd_log_short(lane_select(small, t * 0x1p60, t));

    /* 60 ln 2 */
    y = ldd_select(small, ldd_sub(y, ldd_set(JET_60_LN2)), y);
    *r = ldd_sub(y, log_tau);
    y = ldd_mul_d(*r, lane_set(shape));
    y = ldd_select(y.h < 690.0, y, ldd_set(690, 0));
    y = ldd_select(y.h > -690.0, y, ldd_set(-690, 0));
    y = ldd_exp_short(&k, y);
    *x = ldd_scale(y, lane_pow2(k));
}

LANE_INLINE ldd
jet_log_of(double v)
{
    double scale = v < 0x1p-1000 ? 0x1p60 : 1;
    ldd y = ldd_log_short(lane_set(v * scale));

    return scale == 1 ? y : ldd_sub(y, ldd_set(JET_60_LN2));
}

#endif
