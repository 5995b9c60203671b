/* mlfunc/double/poles.h - the poles of t^(alpha-beta)/(t^alpha - z), their place
 * beside a contour, and the terms they add to its sum.
 *
 *     t_h = |z|^(1/alpha) e^{i theta_h},   theta_h = (arg z + 2 pi h)/alpha,
 *     w_h = sqrt(t_h/mu),   g_h = -turns (w_h - 1),   |theta_h| < pi,
 *     rho_h = t_h^(1-beta) e^{t_h}/alpha,
 *     E = sum of the nodes + sum of rho_h/(1 + e^{g_h}) + what truncation.h bounds.
 *
 * First ml_places_* puts the path between the poles, then ml_poles_* computes the
 * terms of those right of it.  One number at a time, no lanes; the errors are in
 * README.md, D24 and D25.
 */
#ifndef MLFUNC_DOUBLE_POLES_H
#define MLFUNC_DOUBLE_POLES_H

#include <stdbool.h>

#include "mlfunc/double/contour_table.h"
#include "mlfunc/double/elementary.h"

#define ML_POLES_MAX 8 /* |theta_h| < pi has at most 6 for alpha <= 5.75 */

/* A sum or term, (v + something of modulus <= err) 2^exponent. */
typedef struct {
    dz v;
    double err;
    long long exponent;
} ml_term;

/* One pole; for real z a conjugate pair is one, with count 2 and Im t_h > 0. */
typedef struct {
    int count;
    double w_re, w_im; /* w_h, relative error 2^-50 */
    bool beside;       /* above or below the last node: its factor is 1 */
    dz log_t;          /* ln |t_h| + i theta_h */
    dz t, g;
    double log_err, t_err, g_err; /* absolute, as complex numbers */
    ml_term rho;                  /* rho_h */
    dz factor;                    /* 1/(1 + e^g), 1 where that is beside */
    double factor_err;            /* absolute */
    ml_term term;                 /* rho_h factor: count times its real part for
                                     real z */
} ml_pole;

/* Where the poles and the path are. */
typedef struct {
    const ml_contour *contour;
    double alpha, beta;
    double modulus; /* |z|, rounded down */
    double log_xt;  /* ln |t_h|, error below 2^-40 (1 + |log_xt|); 0 if no pole
                         is on the sheet */
    int on_sheet;   /* how many real parts of w_h there are, |theta_h| < pi */
    double
        off_sheet; /* at most min |arg z + 2 pi h| - pi alpha over the others */
    int edge;      /* which left edge: a row of truncation_table.h */
    double left;   /* the real part of w on it */
    double side;   /* |Im w| at the two ends */
    double tail;   /* Re w beyond them */
    int n;         /* poles right of the path: their terms count */
    ml_pole pole[ML_POLES_MAX]; /* count, w, log_t, t are set */
} ml_places;

/*
 * ml_places_real, ml_places_complex - the path through the poles of z.
 *
 * Domain   0 < alpha <= 5.75, beta in [-17, 17], z not 0, 2^-500 <= |z| <= 2^500;
 *          |z| ^ (1/alpha) <= 2^28, or false is returned.
 * Result   *p; for real z the n poles have Im t_h >= 0.
 * Cost     nothing where no pole is on the sheet: z < 0, alpha <= 1.
 */
LANE_INLINE bool ml_places_real(ml_places *p, const ml_contour *c, double alpha,
                                double beta, double z);
LANE_INLINE bool ml_places_complex(ml_places *p, const ml_contour *c,
                                   double alpha, double beta,
                                   const double z[2]);

/*
 * ml_poles_sum - the sum of rho_h/(1 + e^{g_h}) over the poles right of the path.
 *
 * Result   v.re is the sum for real z (v.im = 0), v the sum for complex z;
 *          p->pole[i].rho, g, factor and term are set.  n = 0: zero.
 * Error    err, of the modulus.                                 [mlfunc D25]
 */
LANE_INLINE ml_term ml_poles_sum(ml_places *p);

/*
 * ml_poles_alone - the sum of rho_h, without factors: E but for the integral
 * along the left edge, which truncation.h bounds by ml_rest.    [mlfunc D24]
 */
LANE_INLINE ml_term ml_poles_alone(ml_places *p);

#endif
