/* mlfunc/double/batch.c - the functions of mlfunc/batch.h, one per symbol.
 * SPDX-License-Identifier: MIT */
#include "mlfunc/batch.h"
#include "mlfunc/double/impl.h"

int
ml_batch_lanes(void)
{
    return ml_kernels_now()->lanes;
}

void
ml_batch_log(double *y, const double *x, size_t n)
{
    ml_kernels_now()->log(y, x, n);
}

void
ml_batch_exp(double *y, const double *x, size_t n)
{
    ml_kernels_now()->exp(y, x, n);
}

void
ml_batch_sinpi(double *y, const double *x, size_t n)
{
    ml_kernels_now()->sinpi(y, x, n);
}

void
ml_batch_cos2pi(double *y, const double *x, size_t n)
{
    ml_kernels_now()->cos2pi(y, x, n);
}
