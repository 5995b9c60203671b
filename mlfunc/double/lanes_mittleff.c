/* mlfunc/double/lanes_mittleff.c - E_{alpha,beta}(x): the choice of method.
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/lane.h"

void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);

void
ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta, double x)
{
    (void)alpha;
    (void)beta;
    (void)x;
    *v = (ml_value){.err = INFINITY};
}
