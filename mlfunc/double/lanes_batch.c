/* mlfunc/double/lanes_batch.c - log, exp, sin(pi x), cos(2 pi x) of arrays.
 * SPDX-License-Identifier: MIT */
#include "mlfunc/double/impl.h"

#include "mlfunc/double/batch.h"

/* y[i] = f(x[i]); the lanes beyond n compute f(1). */
LANE_INLINE void
apply(double *y, const double *x, size_t n, lane (*f)(lane))
{
    size_t whole = n - n % LANES, rest = n % LANES;

    for (size_t i = 0; i < whole; i += LANES)
        lane_storeu(y + i, f(lane_loadu(x + i)));
    if (rest > 0) {
        double last[LANES];

        for (size_t i = 0; i < LANES; i++)
            last[i] = i < rest ? x[whole + i] : 1.0;
        lane_storeu(last, f(lane_loadu(last)));
        for (size_t i = 0; i < rest; i++)
            y[whole + i] = last[i];
    }
}

#define BATCH(name)                                                          \
    void ML_LANES_OF(ml_batch_##name)(double *y, const double *x, size_t n); \
    void ML_LANES_OF(ml_batch_##name)(double *y, const double *x, size_t n)  \
    {                                                                        \
        apply(y, x, n, lane_##name);                                         \
    }

BATCH(log)
BATCH(exp)
BATCH(sinpi)
BATCH(cos2pi)
