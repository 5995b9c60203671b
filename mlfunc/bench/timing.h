/* mlfunc/bench/timing.h - a thread's own time, and the order of doubles.
 *
 * The including file defines _POSIX_C_SOURCE.
 */
#ifndef MLFUNC_BENCH_TIMING_H
#define MLFUNC_BENCH_TIMING_H

#include <time.h>

/* Nanoseconds of this thread on a processor. */
static inline double
timing_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* For qsort. */
static inline int
timing_by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

#endif
