/* mlfunc/double/lanes_plan.c - the polynomials of a plan, many x at a time.
 *
 * Evaluation goes in two passes over a block: pieces and variables first, then polynomials; the
 * loads of the second do not wait for the stores of the first.  Two lanes at a time, pieces are
 * found one by one, and one pass is enough.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/dd.h"
#include "mlfunc/double/plan.h"

#if LANES == 2 && defined(__SSE2__)
#    include <emmintrin.h>
#endif

#define BLOCK 256

#if LANES == 2
#    define GROUP 2 /* x at a time */
#else
#    define GROUP (2 * LANES)

/* at counts bytes.  Of a group of two lanes, x 2j and 2j + 1 of the first are at
 * 4j and 4j + 1, those of the second at 4j + 2 and 4j + 3. */
typedef struct {
    _Alignas(64) double r[BLOCK];
    _Alignas(64) uint32_t at[BLOCK];
} block;
#endif

LANE_ALWAYS const double *
row(const ml_piece *piece, uint32_t at)
{
    return (const double *)(const void *)((const char *)piece + at);
}

#if LANES == 8
/* ml_plan_piece for n x. */
static void
find(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m512i positive = _mm512_set1_epi32(INT32_MAX);
    const __m512i least = _mm512_set1_epi32(plan->least);
    const __m512i most = _mm512_set1_epi32(plan->most);
    const __m512i first = _mm512_set1_epi32(plan->first);
    const __m512i last = _mm512_set1_epi32(plan->first + ML_PLAN_ZONES - 1);
    const __m512i zones = _mm512_set1_epi32(ML_PLAN_ZONES - 1);
    const __m512i one = _mm512_set1_epi32(1), low = _mm512_set1_epi32(63);
    const __m512i zero = _mm512_setzero_si512();
    const __m512i table[2] = {_mm512_load_si512(plan->zone[0]),
                              _mm512_load_si512(plan->zone[1])};

    for (size_t i = 0; i < n; i += 16) {
        __m512d x0 = _mm512_loadu_pd(x + i), x1 = _mm512_loadu_pd(x + i + 8);
        __m512i half = _mm512_castps_si512(_mm512_shuffle_ps(
            _mm512_castpd_ps(x0), _mm512_castpd_ps(x1), 0xdd));
        __m512i size = _mm512_and_si512(half, positive), e, s, at, high;

        size = _mm512_max_epi32(_mm512_min_epi32(size, most), least);
        e = _mm512_srli_epi32(size, 20);
        e = _mm512_min_epi32(_mm512_max_epi32(e, first), last);
        /* zones ? e : half >> 27 */
        e = _mm512_ternarylogic_epi32(zones, e, _mm512_srli_epi32(half, 27),
                                      0xca);
        at = _mm512_permutex2var_epi32(table[0], e, table[1]);
        s = _mm512_and_si512(at, low);
        at = _mm512_xor_si512(at, s);
        high = _mm512_sllv_epi32(one, s);
        size = _mm512_srli_epi32(_mm512_srlv_epi32(size, s), 1);
        at = _mm512_add_epi32(at, _mm512_slli_epi32(size, 6));
        _mm512_store_si512(b->at + i, at);
        /* (half & -high) | high */
        s = _mm512_ternarylogic_epi32(half, _mm512_sub_epi32(zero, high), high,
                                      0xea);
        x0 = _mm512_sub_pd(x0,
                           _mm512_castsi512_pd(_mm512_unpacklo_epi32(zero, s)));
        x1 = _mm512_sub_pd(x1,
                           _mm512_castsi512_pd(_mm512_unpackhi_epi32(zero, s)));
        _mm512_store_pd(b->r + i, x0);
        _mm512_store_pd(b->r + i + 8, x1);
    }
}

/* Half h of two pieces. */
LANE_ALWAYS __m512d
two_halves(const ml_piece *piece, uint32_t p, uint32_t q, int h)
{
    return _mm512_insertf64x4(
        _mm512_castpd256_pd512(_mm256_load_pd(row(piece, p) + 4 * h)),
        _mm256_load_pd(row(piece, q) + 4 * h), 1);
}

/* The eight doubles of eight pieces, transposed. */
LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const uint32_t *at)
{
    for (int h = 0; h < 2; h++) {
        __m512d v[4], p, q, s, t;

        for (int k = 0; k < 4; k++) {
            const uint32_t *o = at + 8 * (k / 2) + k % 2;

            v[k] = two_halves(piece, o[0], o[4], h);
        }
        p = _mm512_unpacklo_pd(v[0], v[1]);
        q = _mm512_unpackhi_pd(v[0], v[1]);
        s = _mm512_unpacklo_pd(v[2], v[3]);
        t = _mm512_unpackhi_pd(v[2], v[3]);
        a[4 * h] = (lane)_mm512_shuffle_f64x2(p, s, 0x88);
        a[4 * h + 1] = (lane)_mm512_shuffle_f64x2(q, t, 0x88);
        a[4 * h + 2] = (lane)_mm512_shuffle_f64x2(p, s, 0xdd);
        a[4 * h + 3] = (lane)_mm512_shuffle_f64x2(q, t, 0xdd);
    }
}
#elif LANES == 4
LANE_ALWAYS __m256i
choose(__m256i a, __m256i b, __m256i sign)
{
    return _mm256_castps_si256(_mm256_blendv_ps(_mm256_castsi256_ps(a),
                                                _mm256_castsi256_ps(b),
                                                _mm256_castsi256_ps(sign)));
}

/* ml_plan_piece for n x. */
static void
find(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m256i positive = _mm256_set1_epi32(INT32_MAX);
    const __m256i least = _mm256_set1_epi32(plan->least);
    const __m256i most = _mm256_set1_epi32(plan->most);
    const __m256i first = _mm256_set1_epi32(plan->first);
    const __m256i last = _mm256_set1_epi32(plan->first + ML_PLAN_ZONES - 1);
    const __m256i one = _mm256_set1_epi32(1), low = _mm256_set1_epi32(63);
    const __m256i zero = _mm256_setzero_si256();
    __m256i table[4];

    for (int i = 0; i < 4; i++)
        table[i] = _mm256_load_si256((const __m256i *)plan->zone + i);
    for (size_t i = 0; i < n; i += 8) {
        __m256d x0 = _mm256_loadu_pd(x + i), x1 = _mm256_loadu_pd(x + i + 4);
        __m256i half = _mm256_castps_si256(_mm256_shuffle_ps(
            _mm256_castpd_ps(x0), _mm256_castpd_ps(x1), 0xdd));
        __m256i size = _mm256_and_si256(half, positive), e, s, at, high;
        __m256i t[4];

        size = _mm256_max_epi32(_mm256_min_epi32(size, most), least);
        e = _mm256_srli_epi32(size, 20);
        e = _mm256_min_epi32(_mm256_max_epi32(e, first), last);
        for (int k = 0; k < 4; k++)
            t[k] = _mm256_permutevar8x32_epi32(table[k], e);
        e = _mm256_slli_epi32(e, 28);
        at = choose(choose(t[0], t[1], e), choose(t[2], t[3], e), half);
        s = _mm256_and_si256(at, low);
        at = _mm256_xor_si256(at, s);
        high = _mm256_sllv_epi32(one, s);
        size = _mm256_srli_epi32(_mm256_srlv_epi32(size, s), 1);
        at = _mm256_add_epi32(at, _mm256_slli_epi32(size, 6));
        _mm256_store_si256((__m256i *)(b->at + i), at);
        s = _mm256_or_si256(
            _mm256_and_si256(half, _mm256_sub_epi32(zero, high)), high);
        x0 = _mm256_sub_pd(x0,
                           _mm256_castsi256_pd(_mm256_unpacklo_epi32(zero, s)));
        x1 = _mm256_sub_pd(x1,
                           _mm256_castsi256_pd(_mm256_unpackhi_epi32(zero, s)));
        _mm256_store_pd(b->r + i, x0);
        _mm256_store_pd(b->r + i + 4, x1);
    }
}

/* The eight doubles of four pieces, transposed. */
LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const uint32_t *at)
{
    for (int h = 0; h < 4; h++) {
        __m256d v[2];

        for (int k = 0; k < 2; k++)
            v[k] = _mm256_insertf128_pd(
                _mm256_castpd128_pd256(_mm_load_pd(row(piece, at[k]) + 2 * h)),
                _mm_load_pd(row(piece, at[4 + k]) + 2 * h), 1);
        a[2 * h] = (lane)_mm256_unpacklo_pd(v[0], v[1]);
        a[2 * h + 1] = (lane)_mm256_unpackhi_pd(v[0], v[1]);
    }
}
#else
/* ml_plan_piece for two x: the pieces, in bytes; the variables. */
LANE_ALWAYS lane
find(uint32_t at[2], const ml_plan *plan, const double *x)
{
    const lane_mask upper = {~INT64_C(0xffffffff), ~INT64_C(0xffffffff)};
    const double *place[2];
    lane v = lane_loadu(x);

    for (int i = 0; i < 2; i++) {
        uint64_t bits, p;

        memcpy(&bits, x + i, sizeof bits);
        place[i] = (const double *)(const void *)(plan->place + (bits >> 52));
        p = plan->place[bits >> 52];
        at[i] =
            ((uint32_t)(bits >> 32) >> (p & 31) << 6) + ((uint32_t)p & ~63u);
    }
#    if defined(__SSE2__)
    lane_mask high = (lane_mask)_mm_loadh_pd(_mm_load_sd(place[0]), place[1]);
#    else
    lane_mask high;

    memcpy(&high, place[0], 8);
    memcpy((char *)&high + 8, place[1], 8);
#    endif
    high &= upper;
    return v - (lane)(((lane_mask)v & -high) | high);
}

LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const uint32_t *at)
{
    const double *p = row(piece, at[0]), *q = row(piece, at[1]);

    for (int k = 0; k < 8; k += 2) {
#    if defined(__SSE2__)
        __m128d v = _mm_load_pd(p + k), w = _mm_load_pd(q + k);

        a[k] = (lane)_mm_unpacklo_pd(v, w);
        a[k + 1] = (lane)_mm_unpackhi_pd(v, w);
#    else
        a[k] = (lane){p[k], q[k]};
        a[k + 1] = (lane){p[k + 1], q[k + 1]};
#    endif
    }
}

#endif

/* [mlfunc D70] */
LANE_ALWAYS lane
polynomial(const ml_piece *piece, const uint32_t *at, lane r)
{
    lane a[8], low, q, s = r * r;

    gather(a, piece, at);
    low = (lane)((lane_mask)a[7] << 32);
    q = (a[4] + r * a[5]) + s * (a[6] + r * a[7]);
    q = (a[2] + r * a[3]) + s * q;
    return a[0] + (r * a[1] + (s * q + low));
}

#if LANES == 8
typedef __mmask8 nans;

LANE_ALWAYS nans
is_nan(lane v)
{
    return _mm512_cmp_pd_mask((__m512d)v, (__m512d)v, _CMP_UNORD_Q);
}

LANE_ALWAYS bool
some(nans bad)
{
    return bad != 0;
}
#else
typedef lane_mask nans;

LANE_ALWAYS nans
is_nan(lane v)
{
    return v != v;
}

LANE_ALWAYS bool
some(nans bad)
{
    for (int i = 1; i < LANES; i++)
        bad[0] |= bad[i];
    return bad[0] != 0;
}
#endif

/* Where there are no pieces because E overflows or underflows. */
static bool
constants(double *y, const ml_plan *plan, size_t n, const double *x)
{
    const lane zero = lane_set(0), infinity = lane_set((double)INFINITY);
    nans bad = {0};

    for (size_t i = 0; i < n; i += LANES) {
        lane t = lane_loadu(x + i), v = lane_loadu(y + i);

        v = lane_select(t >= plan->constant[0], infinity, v);
        v = lane_select(t <= plan->constant[1], zero, v);
        bad |= is_nan(v);
        lane_storeu(y + i, v);
    }
    return some(bad);
}

/* Blocks of whole groups; y is NaN where no piece serves. */
static bool
whole(double *y, const ml_plan *plan, size_t n, const double *x)
{
    const ml_piece *piece = plan->piece;
    nans bad = {0};

#if LANES == 2
    for (size_t i = 0; i < n; i += 2) {
        uint32_t at[2];
        lane r = find(at, plan, x + i), v = polynomial(piece, at, r);

        bad |= is_nan(v);
        lane_storeu(y + i, v);
    }
#else
    block b;

    find(&b, plan, n, x);
    for (size_t i = 0; i < n; i += GROUP) {
        for (size_t k = 0; k < 2; k++) {
            size_t j = i + LANES * k;
            lane v = polynomial(piece, b.at + i + 2 * k, lane_load(b.r + j));

            bad |= is_nan(v);
            lane_storeu(y + j, v);
        }
    }
#endif
    return some(bad) && constants(y, plan, n, x);
}

bool ML_LANES_OF(ml_plan_block)(double *y, const ml_plan *plan, size_t n,
                                const double *x);

bool
ML_LANES_OF(ml_plan_block)(double *y, const ml_plan *plan, size_t n,
                           const double *x)
{
    double in[GROUP], out[GROUP];
    size_t left = n % GROUP, even = n - left;
    bool bad = even > 0 && whole(y, plan, even, x);

    if (left > 0) {
        for (size_t i = 0; i < GROUP; i++)
            in[i] = x[even + (i < left ? i : 0)];
        bad = whole(out, plan, GROUP, in) || bad;
        memcpy(y + even, out, left * sizeof *y);
    }
    lane_done();
    return bad;
}

/* ------------------------------------------------------------------- building */

void ML_LANES_OF(ml_newton_set)(ml_newton *f, const ml_value *v);
void ML_LANES_OF(ml_newton_values)(double *high, double *low,
                                   const ml_newton *f, const double *s,
                                   size_t n);

/* What is in front of the points is read, and what comes of it is not used. */
#define FRONT ML_NEWTON

/* Divided differences of order k from those of order k - 1, from the last to that
 * of the first k + 1 points; h[i] and l[i] take the place of i - 1 and i. */
LANE_ALWAYS void
difference(double *h, double *l, const double *p, int k, bool pairs)
{
    for (int i = ML_NEWTON - LANES; i > k - LANES; i -= LANES) {
        lane gap = (lane_loadu(p + i) - lane_loadu(p + i - k)) * 0x1p-12;
        ldd a = {lane_loadu(h + i), lane_loadu(l + i)};
        ldd b = {lane_loadu(h + i - 1), lane_loadu(l + i - 1)};

        if (pairs)
            a = ldd_div(ldd_sub(a, b), (ldd){gap, gap - gap});
        else
            a.h = (a.h - b.h) / gap;
        lane_storeu(h + i, a.h);
        if (pairs)
            lane_storeu(l + i, a.l);
    }
}

/* From order ML_NEWTON_PAIRS on in double: a relative error of u there is far
 * below that of the value. */
void
ML_LANES_OF(ml_newton_set)(ml_newton *f, const ml_value *v)
{
    double point[FRONT + ML_NEWTON] = {0}, *p = point + FRONT;
    double high[LANES + ML_NEWTON] = {0}, *h = high + LANES;
    double low[LANES + ML_NEWTON] = {0}, *l = low + LANES, most = 0;

    for (int i = 0; i < ML_NEWTON; i++) {
        p[i] = ml_newton_point[i];
        h[i] = v[i].hi;
        l[i] = v[i].lo;
    }
    for (int k = 0; k < ML_NEWTON; k++) {
        if (k > 0)
            difference(h, l, p, k, k < ML_NEWTON_PAIRS);
        f->d[k] = h[k];
        if (k < ML_NEWTON_PAIRS)
            f->low[k] = l[k];
    }
    /* |(s - p_0) ... (s - p_(k-1))| <= 2^-17.1 for these k and |s| <= 1. */
    for (int k = ML_NEWTON - 3; k < ML_NEWTON; k++)
        most = fmax(most, fabs(f->d[k]));
    f->last = most * 0x1p-17;
    f->single = fabs(f->d[ML_NEWTON_PAIRS]);
    lane_done();
}

/* Chains of additions wait for each other: several vectors side by side. */
#define SIDE (16 / LANES)

/* n is a multiple of 16. */
void
ML_LANES_OF(ml_newton_values)(double *high, double *low, const ml_newton *f,
                              const double *s, size_t n)
{
    for (size_t i = 0; i < n; i += 16) {
        lane x[SIDE], q[SIDE];
        ldd a[SIDE];

        for (int v = 0; v < SIDE; v++) {
            x[v] = lane_loadu(s + i + LANES * v);
            q[v] = lane_set(f->d[ML_NEWTON - 1]);
        }
        for (int k = ML_NEWTON - 2; k >= ML_NEWTON_PAIRS; k--)
            for (int v = 0; v < SIDE; v++)
                q[v] = q[v] * (x[v] - ml_newton_point[k] * 0x1p-12) + f->d[k];
        for (int v = 0; v < SIDE; v++)
            a[v] = (ldd){q[v], lane_set(0)};
        for (int k = ML_NEWTON_PAIRS - 1; k >= 0; k--) {
            ldd d = {lane_set(f->d[k]), lane_set(f->low[k])};

            for (int v = 0; v < SIDE; v++)
                a[v] = ldd_add(
                    ldd_mul_d(a[v], x[v] - ml_newton_point[k] * 0x1p-12), d);
        }
        for (int v = 0; v < SIDE; v++) {
            lane_storeu(high + i + LANES * v, a[v].h);
            lane_storeu(low + i + LANES * v, a[v].l);
        }
    }
    lane_done();
}
