/* validation/sampler.h - random points of the Mittag-Leffler function, weighted
 * to the places where evaluators fail. */
#ifndef ML_VALIDATION_SAMPLER_H
#define ML_VALIDATION_SAMPLER_H

#include "validation/tap/tap.h"

/* What a point was drawn for. */
enum {
    MLVAL_PLAIN,        /* alpha in 1e-4..100, any beta, any z */
    MLVAL_SMALL_ALPHA,  /* alpha <= 0.1, |z| near 1 */
    MLVAL_HAND_OVER,    /* x = |z|^(1/alpha) in 0.3..1.2 times prec ln 2 */
    MLVAL_NEAR_1,       /* alpha = 1 +- 2^-k */
    MLVAL_NEAR_2,       /* alpha = 2 +- 2^-k */
    MLVAL_STOKES,       /* arg z = +-pi alpha, or beside it */
    MLVAL_ANTI_STOKES,  /* arg z = +-pi alpha/2, or beside it */
    MLVAL_ZERO,         /* a zero of E times 1 + 2^-k */
    MLVAL_CANCELLATION, /* beta = alpha, 0, -1, -2: leading terms vanish */
    MLVAL_LARGE_ALPHA,  /* alpha in 2..100 */
    MLVAL_REGIONS
};

extern const char *const mlval_region[MLVAL_REGIONS];

typedef struct {
    double alpha, beta, re, im;
    int region;
    const char *alpha_kind, *beta_kind, *z_kind;
} mlval_point;

/*
 * mlval_sample - one point; prec (bits) places part of the points where the
 * series and the asymptotic expansion meet, x = |z|^(1/alpha) in 0.3..1.2
 * times prec ln 2.
 */
mlval_point mlval_sample(tap_random *r, long prec);

/* SHA-256 of sampler.c, in hexadecimal, from the build. */
extern const char mlval_sampler_sha256[];

#endif
