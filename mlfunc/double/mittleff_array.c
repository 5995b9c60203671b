/* mlfunc/double/mittleff_array.c - E_{alpha,beta}(x[i]) at one alpha and beta.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "mlfunc/double/impl.h"

/* For no more than that a set-up takes longer than all of them. */
#define FEW 16

static void
copy(void *data, size_t from, size_t n, const ml_value *v)
{
    ml_value *to = data;

    memcpy(to + from, v, n * sizeof *v);
}

void
ml_mittleff_values(ml_value *v, double alpha, double beta, size_t n,
                   const double *x)
{
    ml_kernels_now()->mittleff_values(alpha, beta, n, x, copy, v);
}

typedef struct {
    double *value, *bound;
    double alpha, beta;
    const double *x;
    ml_status status;
} array;

/* What ml_value_round finds of it, too, but not as fast: too large by far. */
static bool
beyond(const ml_value *v)
{
    return v->exponent == 1 << 30 && v->hi == 1 && v->lo == 0 && v->err == 0.5;
}

/* The value may take the place of x. */
static void
one(array *a, size_t i, const ml_value *v)
{
    double *bound = a->bound ? a->bound + i : NULL;

    if (!v || !isfinite(a->x[i])) {
        a->status |= ml_mittleff_bound_d(a->value + i, bound, a->alpha, a->beta,
                                         a->x[i]);
    } else if (beyond(v)) {
        a->value[i] = (double)INFINITY;
        if (bound)
            *bound = (double)INFINITY;
        a->status |= ML_OVERFLOW;
    } else {
        a->status |= ml_value_round(a->value + i, bound, v);
    }
}

static void
rounded(void *data, size_t from, size_t n, const ml_value *v)
{
    for (size_t i = 0; i < n; i++)
        one(data, from + i, v + i);
}

ml_status
ml_mittleff_array_d(double *value, double *bound, double alpha, double beta,
                    size_t n, const double *x)
{
    array a = {value, bound, alpha, beta, x, ML_OK};

    if (alpha > 0 && isfinite(alpha) && isfinite(beta) && n > FEW)
        ml_kernels_now()->mittleff_values(alpha, beta, n, x, rounded, &a);
    else
        for (size_t i = 0; i < n; i++)
            one(&a, i, NULL);
    return a.status;
}
