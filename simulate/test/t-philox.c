/* simulate/test/t-philox.c - random numbers: known answers, counters, uniforms. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

/* Known answers of Random123, kat_vectors, philox4x32 with 10 rounds. */
static const uint32_t known[3][10] = {
    {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
    {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
     0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
    {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0,
     0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
};

/* The words that the contract of mlsim_uniforms names. */
static bool
layout(uint64_t index, uint64_t walker, uint64_t seed, uint64_t stream)
{
    uint64_t i[MLSIM_LANES] = {0}, k[MLSIM_LANES] = {0};
    double u[MLSIM_LANES], v[MLSIM_LANES];
    uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, out[4];
    uint32_t counter[4] = {(uint32_t)index,
                           (uint32_t)(index >> 32) + (uint32_t)(stream << 24),
                           (uint32_t)walker, (uint32_t)(walker >> 32)};

    i[5] = index;
    k[5] = walker;
    mlsim_uniforms(u, v, i, k, MLSIM_LANES, seed, stream);
    mlsim_philox(out, counter, key);
    return u[5] == mlsim_uniform((uint64_t)out[1] << 32 | out[0])
           && v[5] == mlsim_uniform((uint64_t)out[3] << 32 | out[2]);
}

/* The order of the bits of two doubles; 0 only if all are the same. */
static int
by_bits(const void *a, const void *b)
{
    return memcmp(a, b, 2 * sizeof(double));
}

/* Neighbouring and far counters of three streams: all pairs (u, v) differ. */
static size_t
collisions(void)
{
    enum { SIDE = 64, STREAMS = 3, N = STREAMS * SIDE * MLSIM_LANES };
    double(*all)[2] = calloc(N, sizeof *all);
    size_t n = 0, same = 0;

    if (!all)
        tap_bail("memory is out");
    for (uint64_t stream = 0; stream < STREAMS; stream++)
        for (uint64_t a = 0; a < SIDE; a++) {
            uint64_t i[MLSIM_LANES], k[MLSIM_LANES];
            double u[MLSIM_LANES], v[MLSIM_LANES];

            for (uint64_t b = 0; b < MLSIM_LANES; b++) {
                /* small ones, and single bits over both words */
                i[b] = a < 32 ? a : UINT64_C(1) << (a - 8);
                k[b] = b < 32 ? b : UINT64_C(1) << b;
            }
            mlsim_uniforms(u, v, i, k, MLSIM_LANES, 1, stream);
            for (size_t b = 0; b < MLSIM_LANES; b++) {
                all[n][0] = u[b];
                all[n++][1] = v[b];
            }
        }
    qsort(all, n, sizeof *all, by_bits);
    for (size_t m = 1; m < n; m++)
        same += by_bits(all[m - 1], all[m]) == 0;
    free(all);
    return n == N ? same : n + 1;
}

int
main(void)
{
    tap_plan(8);
#if !defined(ML_WITH_RANDOM123)
    tap_skip(8, "built without Random123");
    return tap_done();
#endif
    for (int k = 0; k < 3; k++) {
        uint32_t out[4];

        mlsim_philox(out, known[k], known[k] + 4);
        tap_ok(memcmp(out, known[k] + 6, sizeof out) == 0,
               "Philox4x32-10 gives known answer %d", k + 1);
    }
    bool good =
        layout(0, 0, 0, 0) && layout(1, 2, 3, 2)
        && layout((UINT64_C(1) << 56) - 1, UINT64_MAX, UINT64_MAX, 1)
        && layout(UINT64_C(1) << 32, UINT64_C(1) << 32, UINT64_C(1) << 32, 2);
    tap_ok(good, "counter words are (index, index + 2^24 stream, walker), key "
                 "words the seed");
    size_t same = collisions();
    tap_ok(same == 0, "12288 counters of three streams give different pairs");
    tap_ok(mlsim_uniform(0) == 0x1p-53
               && mlsim_uniform(UINT64_MAX) == 1.0 - 0x1p-53
               && mlsim_uniform(UINT64_C(1) << 63) == 0.5 + 0x1p-53,
           "uniforms lie in [2^-53, 1 - 2^-53]");

    double w[100], w2[70];
    const mlsim_law *ml = mlsim_law_find("ml");
    mlsim_waits(w, 100, ml, 0.45, 1.0, 7, 9);
    mlsim_waits(w2, 70, ml, 0.45, 1.0, 7, 9);
    size_t begun = 0;
    for (size_t i = 0; i < 70; i++)
        begun += w[i] == w2[i];
    tap_ok(begun == 70,
           "a shorter list of waits is the beginning of a longer one");
    mlsim_waits(w2, 70, ml, 0.45, 1.0, 8, 9);
    size_t equal = 0;
    for (size_t i = 0; i < 70; i++)
        equal += w[i] == w2[i];
    tap_ok(equal == 0, "another seed gives other waits");
    return tap_done();
}
