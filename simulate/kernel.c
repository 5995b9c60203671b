/* simulate/kernel.c - random numbers, kernels and waiting times in batches.
 *
 * Loops of constant length over plain arrays: compiled once per instruction
 * set and chosen at run time where the C library can do that.  No FMA is used
 * (-ffp-contract=off), so all variants give the same bits.
 */
#include "simulate/impl.h"

#include "simulate/kernel.h"

#if defined(__FAST_MATH__)
#    error "simulate/kernel.c promises bits: do not compile it with -ffast-math"
#endif

#if defined(__GNUC__) && defined(__x86_64__) && defined(__GLIBC__) \
    && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#    define VARIANTS \
        __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#    define VARIANTS
#endif

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

/* philox4x32_R spelt out on 64-bit words, which compilers vectorise; the same
 * numbers (test/t-philox.c). */
VARIANTS void
mlsim_uniforms(double *restrict u, double *restrict v,
               const uint64_t *restrict index, const uint64_t *restrict walker,
               size_t n, uint64_t seed, uint64_t stream)
{
    const uint64_t low = 0xffffffff;

    for (size_t k = 0; k < n; k += MLSIM_CHUNK)
        for (int i = 0; i < MLSIM_CHUNK; i++) {
            uint64_t j = index[k + i] | (stream << 56);
            uint64_t a = j & low, b = j >> 32;
            uint64_t c = walker[k + i] & low, d = walker[k + i] >> 32;
            uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);

#    if defined(__GNUC__) && !defined(__clang__)
#        pragma GCC unroll 10
#    endif
            for (int r = 0; r < 10; r++) {
                uint64_t p = (uint64_t)PHILOX_M4x32_0 * (uint32_t)a;
                uint64_t q = (uint64_t)PHILOX_M4x32_1 * (uint32_t)c;

                a = (q >> 32) ^ b ^ k0;
                c = (p >> 32) ^ d ^ k1;
                b = q & low;
                d = p & low;
                k0 += PHILOX_W32_0;
                k1 += PHILOX_W32_1;
            }
            u[k + i] = k_uniform(b << 32 | a);
            v[k + i] = k_uniform(d << 32 | c);
        }
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

void
mlsim_uniforms(double *restrict u, double *restrict v,
               const uint64_t *restrict index, const uint64_t *restrict walker,
               size_t n, uint64_t seed, uint64_t stream)
{
    (void)index;
    (void)walker;
    (void)seed;
    (void)stream;
    for (size_t i = 0; i < n; i++)
        u[i] = v[i] = (double)NAN;
}
#endif

VARIANTS void
mlsim_fill_ml(double *restrict w, const double *restrict u,
              const double *restrict v, double beta, double tau)
{
    double inverse = 1.0 / beta;

    for (int i = 0; i < MLSIM_LANES; i++)
        w[i] = k_wait_ml(u[i], v[i], beta, inverse, tau);
}

VARIANTS void
mlsim_fill_pareto(double *restrict w, const double *restrict u,
                  const double *restrict v, double beta, double tau)
{
    double inverse = 1.0 / beta;

    (void)v;
    for (int i = 0; i < MLSIM_LANES; i++)
        w[i] = k_wait_pareto(u[i], inverse, tau);
}

VARIANTS void
mlsim_batch_log(double *restrict y, const double *restrict x)
{
    for (int i = 0; i < MLSIM_LANES; i++)
        y[i] = k_log(x[i]);
}

VARIANTS void
mlsim_batch_exp(double *restrict y, const double *restrict x, size_t n)
{
    for (size_t k = 0; k < n; k += MLSIM_CHUNK)
        for (int i = 0; i < MLSIM_CHUNK; i++)
            y[k + i] = k_exp(x[k + i]);
}

VARIANTS void
mlsim_batch_cos2pi(double *restrict y, const double *restrict x, size_t n)
{
    for (size_t k = 0; k < n; k += MLSIM_CHUNK)
        for (int i = 0; i < MLSIM_CHUNK; i++)
            y[k + i] = k_cos2pi(x[k + i]);
}

VARIANTS void
mlsim_batch_normals(double *restrict g, double *restrict h,
                    const double *restrict u, const double *restrict v,
                    size_t n)
{
    for (size_t k = 0; k < n; k += MLSIM_CHUNK)
        for (int i = 0; i < MLSIM_CHUNK; i++) {
            double r = sqrt(-2.0 * k_log(u[k + i]));

            g[k + i] = r * k_cos2pi(v[k + i]);
            h[k + i] = r * k_sin2pi(v[k + i]);
        }
}

VARIANTS static void
sphere(double *restrict x, double *restrict y, double *restrict z,
       const double *restrict u, const double *restrict v)
{
    for (int i = 0; i < MLSIM_LANES; i++) {
        double c = 2.0 * u[i] - 1.0;
        double s = 2.0 * sqrt(u[i] * (1.0 - u[i]));

        x[i] = s * k_cos2pi(v[i]);
        y[i] = s * k_sin2pi(v[i]);
        z[i] = c;
    }
}

VARIANTS static void
circle(double *restrict x, double *restrict y, const double *restrict v)
{
    for (int i = 0; i < MLSIM_LANES; i++) {
        x[i] = k_cos2pi(v[i]);
        y[i] = k_sin2pi(v[i]);
    }
}

void
mlsim_batch_directions(double (*x)[MLSIM_LANES], int dim,
                       const double *restrict u, const double *restrict v)
{
    if (dim == 3) {
        sphere(x[0], x[1], x[2], u, v);
    } else if (dim == 2) {
        circle(x[0], x[1], v);
    } else {
        for (int i = 0; i < MLSIM_LANES; i++)
            x[0][i] = u[i] < 0.5 ? -1.0 : 1.0;
    }
}

double
mlsim_log(double x)
{
    return k_log(x);
}

double
mlsim_exp(double x)
{
    return k_exp(x);
}

double
mlsim_sinpi(double x)
{
    return k_sinpi(x);
}

double
mlsim_cos2pi(double x)
{
    return k_cos2pi(x);
}

double
mlsim_sin2pi(double x)
{
    return k_sin2pi(x);
}
