/* mlfunc/double/lanes_batch.c - log, exp, sin(pi x), cos(2 pi x) of arrays.
 * SPDX-License-Identifier: MIT */
#include "mlfunc/double/impl.h"

#include "mlfunc/double/batch.h"

/* y[i] = f(x[i]); the places beyond n compute f(1). */
LANE_INLINE void
apply(double *y, const double *x, size_t n, void (*f)(lane *x))
{
    enum { STEP = SIDE * LANES };
    size_t whole = n - n % STEP, rest = n % STEP;
    lane v[SIDE];

    for (size_t i = 0; i < whole; i += STEP) {
        EACH v[j] = lane_loadu(x + i + j * LANES);
        f(v);
        EACH lane_storeu(y + i + j * LANES, v[j]);
    }
    if (rest > 0) {
        double last[STEP];

        for (size_t i = 0; i < STEP; i++)
            last[i] = i < rest ? x[whole + i] : 1.0;
        EACH v[j] = lane_loadu(last + j * LANES);
        f(v);
        EACH lane_storeu(last + j * LANES, v[j]);
        memcpy(y + whole, last, rest * sizeof *y);
    }
}

#define BATCH(name)                                                          \
    void ML_LANES_OF(ml_batch_##name)(double *y, const double *x, size_t n); \
    void ML_LANES_OF(ml_batch_##name)(double *y, const double *x, size_t n)  \
    {                                                                        \
        apply(y, x, n, side_##name);                                         \
        lane_done();                                                         \
    }

BATCH(log)
BATCH(exp)
BATCH(sinpi)
BATCH(cos2pi)
