/* validation/sampler_double.h - random real points for the functions in doubles,
 * weighted to the places where such evaluators fail. */
#ifndef ML_VALIDATION_SAMPLER_DOUBLE_H
#define ML_VALIDATION_SAMPLER_DOUBLE_H

#include "validation/tap/tap.h"

typedef struct {
    double alpha, beta, x;
    const char *alpha_kind, *beta_kind, *x_kind;
} mlval_real;

/*
 * mlval_sample_real - one point of the acceptance sampler.
 *
 * alpha in 1e-3...5, weighted to 1 +- 2^-k; beta 1, alpha, alpha + 1, 0.5, 2,
 * -0.5, integers -2...3 and +- 2^-k around all of these, random in -5...6; a
 * quarter with |x| = 10^[-300...300], the rest with |x|^(1/alpha) log-uniform
 * in 0.1...200; both signs alike.
 */
mlval_real mlval_sample_real(tap_random *r);

/*
 * mlval_sample_h1 - one point of the mix on which speed is measured.
 *
 * alpha in 0.02...2, uniform, log-uniform, 1 +- 2^-k and multiples of 1/32; beta
 * random in -2...4, 1, alpha, 1 + alpha, 2, integers -1...3, 1 +- 2^-k and
 * alpha +- 2^-k; |x| log-uniform in 1e-8...1e8, four of five negative.
 */
mlval_real mlval_sample_h1(tap_random *r);

/*
 * mlval_sample_edge - one point where something ends or changes.
 *
 * Multiples of 1/64 and 1/128 for alpha, beta and their difference, and numbers
 * next to them; tiny and huge alpha, beta, x, subnormal ones; powers of 2 for
 * |x| and numbers next to them; guesses of zeros of E; |x|^(1/alpha) where
 * results leave the range of doubles.
 */
mlval_real mlval_sample_edge(tap_random *r);

/* Pairs for arrays at one alpha and beta; the first MLVAL_PLANS are those of
 * the plans. */
enum { MLVAL_PLANS = 5, MLVAL_FIXED = 24 };
extern const double mlval_fixed[MLVAL_FIXED][2];

/* x for such an array: |x|^(1/alpha) log-uniform in 0.1...200, or |x| in
 * 1e-8...1e8; four of five negative. */
double mlval_sample_x(tap_random *r, double alpha);

/* SHA-256 of sampler_double.c, in hexadecimal, from the build. */
extern const char mlval_sampler_double_sha256[];

#endif
