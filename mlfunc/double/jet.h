/* mlfunc/double/jet.h - E_{alpha,beta} and its first derivatives at many x.
 *
 * For the files lanes_*.c.  A lane is a point: alpha and beta are common to all
 * of them.  Points of one sign and alike in size form a group, which shares
 *
 *     E = -sum_{1<=k<=N} z^-k/Gamma(beta - alpha k) + z^-N (sum over the nodes)
 *         + sum of the poles right of a line Re w = s
 *
 * with the parabola t = mu w^2 on Re w = 1; its nodes are made anew for each
 * group, so that mu and N may suit it.  Four numbers are computed side by side:
 * E, z dE/dz, dE/dalpha, dE/dbeta.  Errors: README.md, D50 to D59.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_H
#define MLFUNC_DOUBLE_JET_H

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/double/jet_elementary.h"
#include "mlfunc/double/jet_plan.h"
#include "mlfunc/double/rgamma.h"

enum {
    JET_VALUES = 4, /* E, z dE/dz, dE/dalpha, dE/dbeta */
    JET_TERMS = 80, /* reciprocal gammas, a multiple of 8 */
    JET_POLES = 64, /* conjugate pairs */
    JET_CHUNK = 256 /* points at a time */
};

/* Unit roundoff of doubles; and what double-double is charged for one of its
 * operations, on numbers that are off by as much.  [mlfunc D51] */
#define JET_U  0x1p-53
#define JET_UU 0x1p-88

/* From that alpha on t^alpha - 1 may be made in doubles. */
#define JET_QUICK 0.45

/* pi, as a double-double: error 2^-108. */
#define DD_JET_PI ((dd){0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53})

/* One conjugate pair of poles, or a single one, theta_m = pi (2 m + s)/alpha. */
typedef struct {
    dd theta, cos_half, sin_half, cos, sin;
    double place;  /* cos_half, at most 0 from theta = pi to 2 pi */
    double beyond; /* at most theta_m - pi */
    double count;
} jet_angle;

/* Coefficients of powers for the four values: g_k, k g_k, k d_k, d_k, with g_k a
 * reciprocal gamma and d_k its derivative; relative errors of the g_k, absolute
 * ones of the d_k. */
typedef struct {
    int n;
    double high[JET_VALUES][JET_TERMS], low[JET_VALUES][JET_TERMS];
    double relative, error[JET_TERMS];
    /* if brief, sums in doubles take from here for |q| <= some edge: the moduli
     * from degree 2 on, and the errors of the d_k, without and with k, from
     * degree 1 on, divided by as many q */
    bool brief;
    double most[JET_VALUES], most_error[2];
} jet_sum;

/* What all points of a call share. */
typedef struct {
    double alpha, beta;
    bool pairs; /* results as double-doubles */
    bool near;  /* E is next to z^(1-beta) e^z */
    bool off;   /* z is off by u, and by another where it is rounded */
    dd inverse; /* 1/alpha */
    dd one_minus_beta;

    jet_sum falling; /* 1/Gamma(beta - alpha k) at k - 1 */
    jet_sum rising;  /* 1/Gamma(beta + alpha k) at k; value 1 at k + 1 */
    double
        tail[JET_VALUES]; /* what it lacks, over |z|^n, of value 1 |z|^(n-1) */

    /* the poles for the sign at hand, -1, 1 or 0 for none yet; on the sheet are
     * the first on_sheet, near it the first near_by */
    int sign, on_sheet, near_by;
    jet_angle angle[JET_POLES];

    /* powers of the nodes: log t_j, t_j^alpha - 1 for mu, rule as below */
    int rule, have;
    int terms, weighed; /* N and how many of the weights */
    double mu;
    dd root; /* 1/sqrt(mu) */
    ldd log_mu;
    _Alignas(64) double log[4][ML_JET_NODES];
    _Alignas(64) double power[4][ML_JET_NODES];
    _Alignas(64) double weight[4][ML_JET_NODES];
    _Alignas(64) double square[2][ML_JET_NODES]; /* b^2, b = Im t^alpha */
    /* of Q and of L Q, pairs each: Re Q, b Im Q, b^2 Re Q; at least |Q| */
    _Alignas(64) double real[4][ML_JET_NODES];
    _Alignas(64) double imaginary[4][ML_JET_NODES];
    _Alignas(64) double turned[4][ML_JET_NODES];
    _Alignas(64) double heft[ML_JET_NODES];
    _Alignas(64) double size[ML_JET_NODES]; /* at least |log t_j| */
} jet_common;

/* Up to LANES points, and what is found there. */
typedef struct {
    ldd z;
    ldd log;         /* ln x_t */
    lane off;        /* its error, at most */
    ldd place, root; /* where poles are on the sheet: x_t, sqrt(x_t/mu) */
    ldd value[JET_VALUES];
    lane size[JET_VALUES];  /* at least the sum of the moduli added up */
    lane error[JET_VALUES]; /* proved */
} jet_block;

/* a c. */
LANE_HOT ldz
ldz_scale(ldz a, ldd c)
{
    return (ldz){ldd_mul(a.re, c), ldd_mul(a.im, c)};
}

/* |re| + |im|, of the high parts. */
LANE_HOT lane
ldz_size(ldz a)
{
    return lane_abs(a.re.h) + lane_abs(a.im.h);
}

/* a, or h alone where that is infinite: no NaN comes of it. */
LANE_INLINE ldd
jet_finite(ldd a, lane h)
{
    return ldd_select(lane_abs(h) < INFINITY, a, (ldd){h, lane_set(0)});
}

/* a + b, off by 4 u^2 (|a| + |b|). */
LANE_HOT ldd
jet_plus(ldd a, ldd b)
{
    ldd t = ldd_two_sum(a.h, b.h);

    return ldd_quick_two_sum(t.h, t.l + (a.l + b.l));
}

LANE_HOT ldd
ldd_of(dd a)
{
    return ldd_set(a.h, a.l);
}

#endif
