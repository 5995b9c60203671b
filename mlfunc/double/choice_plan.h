/* mlfunc/double/choice_plan.h - which method is tried first: steering alone, no
 * bound depends on it.
 * SPDX-License-Identifier: MIT */
#ifndef MLFUNC_DOUBLE_CHOICE_PLAN_H
#define MLFUNC_DOUBLE_CHOICE_PLAN_H

#include "mlfunc/double/places.h"

#define CHOICE_SERIES     0x1p-9 /* |x| up to which eight terms serve */
#define CHOICE_ASYMPTOTIC 256    /* |x| from which they do */
#define CHOICE_ALONE      4      /* ln of x^(1/alpha) from which rho_0 may do */
#define CHOICE_GOOD       0x1p-64 /* a relative error that ends the search */
#define CHOICE_FAIR       0x1p-57 /* and one from which on the others are tried */
#define CHOICE_MANY       0x1p-60 /* and one that many x at once may have */
#define CHOICE_TERMS      0x1p-63 /* from where on eight terms are taken there */

/* Contour 1 where the path comes near t = 0. */
LANE_INLINE int
choice_contour(double alpha, double beta)
{
    (void)alpha;
    return beta > 3.25;
}

/* Whether the exponential terms are 2^67 times all others: ln of the largest. */
LANE_INLINE bool
choice_alone(const ml_places *p)
{
    double most = 0;

    for (int i = 0; i < p->n; i++) {
        double re = p->pole[i].re, im = p->pole[i].im;
        double t = p->contour->mu * (re * re - im * im);

        most = t > most ? t : most;
    }
    return most > 30 && most + (1 - p->beta) * p->log_xt.h > 47;
}

#endif
