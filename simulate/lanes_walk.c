/* simulate/lanes_walk.c - random numbers, waits and steps of 64 walkers.
 *
 * Compiled once for each instruction set, as the files lanes_X.c of mlfunc.
 * Loops of constant length over plain arrays, which compilers vectorise;
 * Philox and the comparison of clocks need more than plain loops.  No FMA is
 * used (-ffp-contract=off), so that all variants give the same bits.
 */
#include "simulate/impl.h"

#include <string.h>

#include "mlfunc/batch.h"

#if defined(ML_WITH_RANDOM123)
#    include <Random123/philox.h>
#endif

#define PASTE_(a, b) a##_##b
#define PASTE(a, b)  PASTE_(a, b)

#define INLINE static inline __attribute__((always_inline))

/* ------------------------------------------------------------------- Philox */

#if defined(__AVX512F__)
#    include <immintrin.h>
#    define WORDS 8
#elif defined(__AVX2__)
#    include <immintrin.h>
#    define WORDS 4
#else
#    if defined(__SSE2__)
#        include <emmintrin.h>
#    endif
#    define WORDS 2
#endif

typedef uint64_t words __attribute__((vector_size(8 * WORDS)));

#if defined(ML_WITH_RANDOM123)

/* The product of the lower halves; the upper ones are ignored. */
INLINE words
times(words a, uint32_t b)
{
#    if WORDS == 8
    return (words)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64(b));
#    elif WORDS == 4
    return (words)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x(b));
#    elif defined(__SSE2__)
    return (words)_mm_mul_epu32((__m128i)a, _mm_set1_epi64x(b));
#    else
    return (a & 0xffffffff) * b;
#    endif
}

/* Groups of words that are computed side by side, to hide the latency. */
#    define GROUPS (WORDS == 8 ? 2 : 4)

/*
 * philox4x32_R with 10 rounds (test/t-philox.c).  A word of 32 bits is the lower
 * half of one of 64; what gathers in its upper half is never used.
 */
INLINE void
philox(words *a, words *b, words *c, words *d, uint64_t seed)
{
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);

    for (int r = 0; r < 10; r++) {
        for (int g = 0; g < GROUPS; g++) {
            words p = times(a[g], PHILOX_M4x32_0);
            words q = times(c[g], PHILOX_M4x32_1);

            a[g] = (q >> 32) ^ b[g] ^ k0;
            c[g] = (p >> 32) ^ d[g] ^ k1;
            b[g] = q;
            d[g] = p;
        }
        k0 += PHILOX_W32_0;
        k1 += PHILOX_W32_1;
    }
}

/* mlsim_uniform in lanes, of the words b, a. */
INLINE void
put_uniform(double *u, words b, words a)
{
    typedef double doubles __attribute__((vector_size(8 * WORDS)));
    words w = (b << 32) | (a & 0xffffffff);
    doubles x = (doubles)((w >> 12) | MLSIM_ONE_BITS) - MLSIM_ONE_LESS;

    memcpy(u, &x, sizeof x);
}

static void
uniforms(double *restrict u, double *restrict v, const uint64_t *restrict index,
         const uint64_t *restrict walker, size_t n, uint64_t seed,
         uint64_t stream)
{
    for (size_t i = 0; i < n; i += GROUPS * WORDS) {
        words a[GROUPS], b[GROUPS], c[GROUPS], d[GROUPS];

        memcpy(a, index + i, sizeof a);
        memcpy(c, walker + i, sizeof c);
        for (int g = 0; g < GROUPS; g++) {
            b[g] = (a[g] >> 32) | (stream << 24);
            d[g] = c[g] >> 32;
        }
        philox(a, b, c, d, seed);
        for (int g = 0; g < GROUPS; g++) {
            put_uniform(u + i + g * WORDS, b[g], a[g]);
            put_uniform(v + i + g * WORDS, d[g], c[g]);
        }
    }
}
#else
/* mlsim_walk refuses before it comes here. */
static void
uniforms(double *restrict u, double *restrict v, const uint64_t *restrict index,
         const uint64_t *restrict walker, size_t n, uint64_t seed,
         uint64_t stream)
{
    (void)index;
    (void)walker;
    (void)seed;
    (void)stream;
    for (size_t i = 0; i < n; i++)
        u[i] = v[i] = (double)NAN;
}
#endif

/* ------------------------------------------------------------ waiting times */

/*
 * -tau ln U [sin(b pi (1-V)) / sin(b pi V)]^(1/b): the ratio of sines does not
 * cancel where V is near 1, as sin(b pi)/tan(b pi V) - cos(b pi) would.  Where
 * an argument x exceeds 1/2, 1 - x comes from 1 - b and the other argument, so
 * that nothing cancels at b near 1 and the ratio is exactly 1 at b = 1.
 */
static void
fill_ml(double *restrict w, const double *restrict u, const double *restrict v,
        size_t n, double beta, double tau)
{
    double gap = 1.0 - beta, inverse = 1.0 / beta;
    double s[2 * MLSIM_LANES] = {0.0}, l[2 * MLSIM_LANES], e[MLSIM_LANES];

    for (size_t i = 0; i < n; i++) {
        double x = beta * (1.0 - v[i]), y = beta * v[i];

        s[i] = x > 0.5 ? gap + y : x;
        s[n + i] = y > 0.5 ? gap + x : y;
    }
    ml_batch_sinpi(s, s, 2 * n);
    for (size_t i = 0; i < n; i++) {
        l[i] = u[i];
        l[n + i] = s[i] / s[n + i];
    }
    ml_batch_log(l, l, 2 * n);
    for (size_t i = 0; i < n; i++)
        e[i] = l[n + i] * inverse;
    ml_batch_exp(e, e, n);
    for (size_t i = 0; i < n; i++)
        w[i] = -tau * l[i] * e[i];
}

/* tau U^(-1/b) */
static void
fill_pareto(double *restrict w, const double *restrict u,
            const double *restrict v, size_t n, double beta, double tau)
{
    double inverse = 1.0 / beta, e[MLSIM_LANES];

    (void)v;
    ml_batch_log(e, u, n);
    for (size_t i = 0; i < n; i++)
        e[i] = -e[i] * inverse;
    ml_batch_exp(e, e, n);
    for (size_t i = 0; i < n; i++)
        w[i] = tau * e[i];
}

/* ---------------------------------------------------- normals and directions */

/* cos and sin of 2 pi v, |v| < 2^51, n <= MLSIM_LANES */
static void
turn(double *restrict c, double *restrict s, const double *restrict v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        s[i] = 2.0 * (v[i] - ((v[i] + 0x1.8p52) - 0x1.8p52));
    ml_batch_cos2pi(c, v, n);
    ml_batch_sinpi(s, s, n);
}

static void
normals(double *restrict g, double *restrict h, const double *restrict u,
        const double *restrict v, size_t n)
{
    double l[MLSIM_LANES];

    for (size_t k = 0; k < n; k += MLSIM_LANES) {
        size_t m = n - k < MLSIM_LANES ? n - k : MLSIM_LANES;

        ml_batch_log(l, u + k, m);
        turn(g + k, h + k, v + k, m);
        for (size_t i = 0; i < m; i++) {
            double r = sqrt(-2.0 * l[i]);

            g[k + i] = r * g[k + i];
            h[k + i] = r * h[k + i];
        }
    }
}

static void
directions(double (*x)[MLSIM_LANES], int dim, const double *restrict u,
           const double *restrict v)
{
    if (dim == 1) {
        for (int i = 0; i < MLSIM_LANES; i++)
            x[0][i] = u[i] < 0.5 ? -1.0 : 1.0;
        return;
    }
    turn(x[0], x[1], v, MLSIM_LANES);
    if (dim == 2)
        return;
    for (int i = 0; i < MLSIM_LANES; i++) {
        double s = 2.0 * sqrt(u[i] * (1.0 - u[i]));

        x[0][i] = s * x[0][i];
        x[1][i] = s * x[1][i];
        x[2][i] = 2.0 * u[i] - 1.0;
    }
}

/* --------------------------------------------------------------------- sums */

static void
lengths(double *restrict r2, double *restrict r4, const double *restrict pos,
        int dim, size_t n)
{
    for (size_t i = 0; i < n; i++)
        r2[i] = pos[i] * pos[i];
    for (int d = 1; d < dim; d++)
        for (size_t i = 0; i < n; i++)
            r2[i] += pos[(size_t)d * n + i] * pos[(size_t)d * n + i];
    for (size_t i = 0; i < n; i++)
        r4[i] = r2[i] * r2[i];
}

static void
distances(double *restrict x, double *restrict squares, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = 1.0 - x[i];
        squares[i] = x[i] * x[i];
    }
}

static void
count(const mlsim_counts *c, const mlsim_counts *squares,
      const uint64_t *restrict x, size_t n)
{
    uint64_t *restrict lo = c->lo, *restrict hi = c->hi;
    uint64_t *restrict lo2 = squares->lo, *restrict hi2 = squares->hi;

    for (size_t i = 0; i < n; i++) {
        lo[i] += x[i];
        hi[i] += lo[i] < x[i];
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t square = x[i] * x[i];

        lo2[i] += square;
        hi2[i] += lo2[i] < square;
    }
}

static void
add(const mlsim_sums *s, size_t at, const double *restrict x, size_t n)
{
    double *restrict sum = s->sum + at, *restrict rest = s->rest + at;

    for (size_t i = 0; i < n; i++) {
        double total = sum[i] + x[i];
        bool swap = fabs(sum[i]) < fabs(x[i]);
        double big = swap ? x[i] : sum[i], small = swap ? sum[i] : x[i];

        rest[i] += (big - total) + small;
        sum[i] = total;
    }
}

/* -------------------------------------------------------------------- steps */

/* Bit i of the result: a[i] < b[i]. */
INLINE uint64_t
less(const double *a, const double *b)
{
    uint64_t bits = 0;

    for (int i = 0; i < MLSIM_LANES; i += WORDS) {
#if WORDS == 8
        uint64_t some = _mm512_cmp_pd_mask(_mm512_loadu_pd(a + i),
                                           _mm512_loadu_pd(b + i), _CMP_LT_OQ);
#elif WORDS == 4
        uint64_t some = (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(
            _mm256_loadu_pd(a + i), _mm256_loadu_pd(b + i), _CMP_LT_OQ));
#elif defined(__SSE2__)
        uint64_t some = (unsigned)_mm_movemask_pd(
            _mm_cmplt_pd(_mm_loadu_pd(a + i), _mm_loadu_pd(b + i)));
#else
        uint64_t some =
            (unsigned)(a[i] < b[i]) | (unsigned)(a[i + 1] < b[i + 1]) << 1;
#endif
        bits |= some << i;
    }
    return bits;
}

static uint64_t
jump(double *restrict clock, uint64_t *restrict jumps, const double *restrict w,
     const double *restrict due)
{
    for (int i = 0; i < MLSIM_LANES; i++)
        clock[i] += w[i];
    for (int i = 0; i < MLSIM_LANES; i++)
        jumps[i]++;
    return less(due, clock);
}

const mlsim_kernels PASTE(mlsim_kernels, ML_VARIANT) = {
    .uniforms = uniforms,
    .fill_ml = fill_ml,
    .fill_pareto = fill_pareto,
    .normals = normals,
    .directions = directions,
    .lengths = lengths,
    .distances = distances,
    .count = count,
    .add = add,
    .jump = jump,
};
