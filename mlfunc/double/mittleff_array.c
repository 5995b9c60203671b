/* mlfunc/double/mittleff_array.c - E_{alpha,beta}(x[i]) at one alpha and beta.
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "mlfunc/double/impl.h"

/* How many share one set-up; their values are on the stack. */
#define BLOCK 256

/* Those of x[i] that are finite numbers, i < n <= BLOCK, by one set-up. */
static ml_status
block(double *value, double *bound, double alpha, double beta, size_t n,
      const double *x)
{
    double finite[BLOCK];
    ml_value v[BLOCK];
    size_t from[BLOCK], m = 0;
    ml_status status = ML_OK;

    for (size_t i = 0; i < n; i++) {
        if (isfinite(x[i])) {
            from[m] = i;
            finite[m++] = x[i];
        } else {
            status |= ml_mittleff_bound_d(value + i, bound ? bound + i : NULL,
                                          alpha, beta, x[i]);
        }
    }
    if (m > 0)
        ml_kernels_now()->mittleff_values(v, alpha, beta, m, finite);
    for (size_t k = 0; k < m; k++) {
        size_t i = from[k];

        status |= ml_value_round(value + i, bound ? bound + i : NULL, v + k);
    }
    return status;
}

ml_status
ml_mittleff_array_d(double *value, double *bound, double alpha, double beta,
                    size_t n, const double *x)
{
    bool one_set_up = alpha > 0 && isfinite(alpha) && isfinite(beta) && n > 4;
    ml_status status = ML_OK;

    for (size_t i = 0; i < n && one_set_up; i += BLOCK)
        status |= block(value + i, bound ? bound + i : NULL, alpha, beta,
                        n - i < BLOCK ? n - i : BLOCK, x + i);
    for (size_t i = 0; i < n && !one_set_up; i++)
        status |= ml_mittleff_bound_d(value + i, bound ? bound + i : NULL,
                                      alpha, beta, x[i]);
    return status;
}
