/* simulate/kernel.c - lanes_walk.c in the instruction set in use, and Philox as
 * Random123 has it.
 */
#include "simulate/impl.h"

#include "mlfunc/batch.h"

const mlsim_kernels *
mlsim_kernels_now(void)
{
    switch (ml_batch_lanes()) {
#if defined(__x86_64__)
    case 8:
        return &mlsim_kernels_avx512;
    case 4:
        return &mlsim_kernels_avx2;
#endif
    default:
        return &mlsim_kernels_baseline;
    }
}

#if defined(ML_WITH_RANDOM123)
#    include <Random123/philox.h>

void
mlsim_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2])
{
    philox4x32_ctr_t c = {{counter[0], counter[1], counter[2], counter[3]}};
    philox4x32_key_t k = {{key[0], key[1]}};
    philox4x32_ctr_t r = philox4x32_R(10, c, k);

    for (int i = 0; i < 4; i++)
        out[i] = r.v[i];
}
#else
/* mlsim_walk refuses before it comes here. */
void
mlsim_philox(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2])
{
    (void)counter;
    (void)key;
    for (int i = 0; i < 4; i++)
        out[i] = 0;
}
#endif

void
mlsim_uniforms(double *restrict u, double *restrict v,
               const uint64_t *restrict index, const uint64_t *restrict walker,
               size_t n, uint64_t seed, uint64_t stream)
{
    mlsim_kernels_now()->uniforms(u, v, index, walker, n, seed, stream);
}

void
mlsim_fill_ml(double *restrict w, const double *restrict u,
              const double *restrict v, size_t n, double beta, double tau)
{
    mlsim_kernels_now()->fill_ml(w, u, v, n, beta, tau);
}

void
mlsim_fill_pareto(double *restrict w, const double *restrict u,
                  const double *restrict v, size_t n, double beta, double tau)
{
    mlsim_kernels_now()->fill_pareto(w, u, v, n, beta, tau);
}

double
mlsim_log(double x)
{
    ml_batch_log(&x, &x, 1);
    return x;
}

double
mlsim_exp(double x)
{
    ml_batch_exp(&x, &x, 1);
    return x;
}

double
mlsim_sinpi(double x)
{
    ml_batch_sinpi(&x, &x, 1);
    return x;
}
