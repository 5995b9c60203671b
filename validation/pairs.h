/* validation/pairs.h - which two methods a cross-check sets against each other.
 *
 * A guess from alpha, beta, z and the precision alone: it decides which pairs
 * are drawn, never what a check finds. */
#ifndef ML_VALIDATION_PAIRS_H
#define ML_VALIDATION_PAIRS_H

#include "mlfunc/mlball.h"
#include "validation/sampler.h"

#define MLVAL_METHODS 6

typedef struct {
    int a, b;      /* indices of the methods */
    double guess;  /* microseconds for both */
    double weight; /* how likely it is drawn before the others */
} mlval_pair;

/* Microseconds that a method may take, INFINITY where it is thought not to
 * serve. */
double mlval_cost(const char *method, const mlval_point *p, long prec);

/*
 * mlval_pairs - the ordered pairs worth trying at p, A at prec bits and B at
 * prec + 64; returns their number, at most MLVAL_METHODS^2.  Quadrature is
 * half of every pair in a small share of the points (drawn), and of none in the
 * others.  last_resort: quadrature as B, for points where no such pair served.
 */
int mlval_pairs(mlval_pair *pairs, const ml_function *f, const mlval_point *p,
                long prec, bool last_resort, tap_random *r);

/* Draws one of n pairs and takes it out of the list. */
mlval_pair mlval_draw_pair(mlval_pair *pairs, int n, tap_random *r);

#endif
