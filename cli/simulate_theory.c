/* cli/simulate_theory.c - exact values beside what was simulated. */
#include <math.h>

#include "cli/simulate.h"

void
simulate_theory_init(simulate_theory *x, const mlsim_walk_options *w)
{
    x->w = w;
    x->incomplete = false;
    arb_init(x->beta);
    arb_init(x->tau);
    arb_init(x->age);
    arb_init(x->sigma);
    arb_init(x->t);
    arb_init(x->end);
    arb_init(x->lambda);
    arb_init(x->value);
    arb_init(x->start);
    arb_set_d(x->beta, w->beta);
    arb_set_d(x->tau, w->tau);
    arb_set_d(x->age, w->age);
    arb_set_d(x->sigma, w->jump_sigma);
}

void
simulate_theory_clear(simulate_theory *x)
{
    arb_clear(x->beta);
    arb_clear(x->tau);
    arb_clear(x->age);
    arb_clear(x->sigma);
    arb_clear(x->t);
    arb_clear(x->end);
    arb_clear(x->lambda);
    arb_clear(x->value);
    arb_clear(x->start);
}

static double
known(simulate_theory *x, ml_status status)
{
    if (status == ML_OK)
        return arf_get_d(arb_midref(x->value), ARF_RND_NEAR);
    x->incomplete = true;
    return (double)NAN;
}

double
simulate_theory_n(simulate_theory *x, double t)
{
    const mlsim_law *law = x->w->law;
    ml_status status;

    arb_set_d(x->t, t);
    arb_add(x->end, x->age, x->t, 128);
    status = mlsim_theory_n(x->value, law, x->beta, x->tau, x->end, 96);
    if (x->w->age > 0.0) {
        status |= mlsim_theory_n(x->start, law, x->beta, x->tau, x->age, 96);
        arb_sub(x->value, x->value, x->start, 96);
    }
    return known(x, status);
}

ml_status
simulate_theory_lambda(simulate_theory *x, double q)
{
    arb_set_d(x->t, q);
    return mlsim_lambda(x->lambda, x->w->jump, x->w->dim, x->sigma, x->t, 128);
}

double
simulate_theory_isf(simulate_theory *x, double t, double q)
{
    ml_status status = simulate_theory_lambda(x, q);

    arb_set_d(x->t, t);
    if (q == 0.0)
        arb_one(x->value);
    else if (x->w->age > 0.0)
        status |= mlsim_theory_aged_isf(x->value, x->w->law, x->beta, x->tau,
                                        x->lambda, x->age, x->t, 96);
    else
        status |= mlsim_theory_isf(x->value, x->w->law, x->beta, x->tau,
                                   x->lambda, x->t, 96);
    return known(x, status);
}
