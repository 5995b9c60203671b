/* mlfunc/double/lanes_complex.c - E_{alpha,beta}(z) for complex z.
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/lane.h"

void ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                      const double z[2]);

void
ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                 const double z[2])
{
    (void)alpha;
    (void)beta;
    (void)z;
    v[0] = v[1] = (ml_value){.err = INFINITY};
}
