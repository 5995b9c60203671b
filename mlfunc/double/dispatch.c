/* mlfunc/double/dispatch.c - which instruction set is used.
 * SPDX-License-Identifier: MIT */
#include <float.h>
#include <stdatomic.h>
#include <string.h>

#include "mlfunc/double/impl.h"

/* NULL until the first call; every thread would choose the same. */
static _Atomic(const ml_kernels *) chosen;

#if defined(__x86_64__)
static bool
runs(const ml_kernels *k)
{
    if (k == &ml_kernels_avx512)
        return __builtin_cpu_supports("avx512f")
               && __builtin_cpu_supports("avx512dq")
               && __builtin_cpu_supports("avx512vl")
               && __builtin_cpu_supports("avx2")
               && __builtin_cpu_supports("fma");
    if (k == &ml_kernels_avx2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return true;
}

static const ml_kernels *const all[] = {&ml_kernels_avx512, &ml_kernels_avx2,
                                        &ml_kernels_baseline};
#else
static bool
runs(const ml_kernels *k)
{
    (void)k;
    return true;
}

static const ml_kernels *const all[] = {&ml_kernels_baseline};
#endif

#define COUNT (sizeof all / sizeof all[0])

const ml_kernels *
ml_kernels_now(void)
{
    const ml_kernels *k = atomic_load_explicit(&chosen, memory_order_relaxed);

    if (!k) {
        size_t i = 0;

        while (i + 1 < COUNT && !runs(all[i])) /* the last one runs anywhere */
            i++;
        k = all[i];
        atomic_store_explicit(&chosen, k, memory_order_relaxed);
    }
    return k;
}

const char *
ml_cpu(void)
{
    return ml_kernels_now()->name;
}

ml_status
ml_cpu_select(const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(all[i]->name, name) == 0 && runs(all[i])) {
            atomic_store_explicit(&chosen, all[i], memory_order_relaxed);
            return ML_OK;
        }
    }
    return ML_UNABLE;
}

int
ml_arithmetic_ok(void)
{
    volatile double one = 1, half_ulp = DBL_EPSILON / 2, tiny = DBL_MIN;
    volatile double up = one + half_ulp, down = -one - half_ulp;
    volatile double next = one + DBL_EPSILON + half_ulp, sub = tiny / 4;
    volatile double twice = sub * 2;

    return up == 1 && down == -1 && next == 1 + 2 * DBL_EPSILON && sub != 0
           && twice == tiny / 2;
}
