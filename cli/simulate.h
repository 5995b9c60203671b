/* cli/simulate.h - what the files of `mlref simulate` share. */
#ifndef CLI_SIMULATE_H
#define CLI_SIMULATE_H

#include <stdbool.h>

#include <arb.h>

#include "simulate/simulate.h"

/* Exact balls of the doubles that the walk used. */
typedef struct {
    const mlsim_walk_options *w;
    arb_t beta, tau, age, sigma, t, end, lambda, value, start;
    bool incomplete;
} simulate_theory;

void simulate_theory_init(simulate_theory *x, const mlsim_walk_options *w);
void simulate_theory_clear(simulate_theory *x);

/* x->lambda for the wave number q. */
ml_status simulate_theory_lambda(simulate_theory *x, double q);

/* <n> and the scattering function t after the age; where they are not known,
 * NaN, and x->incomplete is set. */
double simulate_theory_n(simulate_theory *x, double t);
double simulate_theory_isf(simulate_theory *x, double t, double q);

#endif
