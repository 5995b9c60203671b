/* validation/sampler.h - random points of the Mittag-Leffler function, weighted
 * to the places where evaluators fail. */
#ifndef ML_VALIDATION_SAMPLER_H
#define ML_VALIDATION_SAMPLER_H

#include "validation/tap/tap.h"

typedef struct {
    double alpha, beta, re, im;
    const char *alpha_kind, *beta_kind, *z_kind;
} mlval_point;

/*
 * mlval_sample - one point; prec (bits) places part of the points where the
 * series and the asymptotic expansion meet, x = |z|^(1/alpha) in 0.3..1.2
 * times prec ln 2.
 */
mlval_point mlval_sample(tap_random *r, long prec);

#endif
