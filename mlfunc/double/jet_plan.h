/* mlfunc/double/jet_plan.h - which points of a call form a group.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_PLAN_H
#define MLFUNC_DOUBLE_JET_PLAN_H

#include <stdbool.h>

#include "mlfunc/strict.h"

enum {
    JET_CLASSES = 16, /* of one sign */
    JET_GAMMAS = 128  /* 1/Gamma(y) for |y| <= */
};

/* The largest x_t of a contour. */
#define JET_REACH 82.0
/* Beyond this alpha there are no nodes, and the power series has pairs only. */
#define JET_WIDE 6.0

/* Bounds of integrals: times |z|^-1, and without it; each without and with
 * |log t|. */
typedef struct {
    double at[2][2];
} jet_bounds;

/* What the points of a group share. */
typedef struct {
    int sign;     /* of z */
    int terms;    /* N */
    int nodes;    /* 0: the line is all there is, poles count in full */
    int pairs;    /* the first of them in double-double */
    bool open;    /* the poles are at some distance whatever |z| */
    double reach; /* unless open, x_t = |z|^(1/alpha) is at most that */
    double kappa; /* of the right line and of the ends */
    double line[2];
    jet_bounds left[2], others; /* along the two lines; all the rest */
} jet_group;

/* Points with |z| up to edge, of one sign; series: the power series. */
typedef struct {
    double edge;
    bool series;
    jet_group group;
} jet_class;

typedef struct {
    int n;
    jet_class at[JET_CLASSES];
} jet_ladder;

/* Of eight arguments how many apart are those that jet_falling wants: for large
 * alpha the others would be out of reach. */
static inline int
jet_falling_step(double alpha)
{
    return alpha > 40 ? 8 : alpha > 20 ? 4 : alpha > 12 ? 2 : 1;
}

/* Terms of the power series; near: E is next to z^(1-beta) e^z. */
int ml_jet_series_terms(double alpha, double beta, bool near);

/* The classes of points z of one sign, from the smallest |z| on; first the power
 * series, alike for both signs.  Where reach is a number but 0, the edge is
 * reach^alpha, and not yet set. */
void ml_jet_ladder(jet_ladder *l, double alpha, double beta, bool near,
                   int sign);

#endif
