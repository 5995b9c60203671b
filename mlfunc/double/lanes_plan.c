/* mlfunc/double/lanes_plan.c - the polynomials of a plan, many x at a time.
 *
 * Evaluation goes in two passes over a block: pieces and variables first, then polynomials; the
 * loads of the second do not wait for the stores of the first.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/dd.h"
#include "mlfunc/double/plan.h"

#define BLOCK 256

#if LANES == 4
typedef uint32_t offset;
#else
typedef uint64_t offset;
#endif

/* at counts bytes. */
typedef struct {
    _Alignas(64) double r[BLOCK];
    _Alignas(64) offset at[BLOCK];
} block;

LANE_ALWAYS const double *
place(const ml_piece *piece, offset at)
{
    return (const double *)((const char *)piece + at);
}

#if LANES == 8
/* The tables of one sign, 16 entries in two registers. */
typedef struct {
    __m512i shift[2], base[2], count, start;
    __m512d half[2];
} side;

LANE_ALWAYS side
load_side(const ml_plan *plan, int sign)
{
    side t;

    for (int i = 0; i < 2; i++) {
        t.shift[i] = _mm512_load_si512(plan->shift[sign] + 8 * i);
        t.base[i] = _mm512_load_si512(plan->base[sign] + 8 * i);
        t.half[i] = _mm512_load_pd(plan->half[sign] + 8 * i);
    }
    t.count = _mm512_set1_epi64((long long)plan->count[sign]);
    t.start = _mm512_set1_epi64((long long)plan->start[sign]);
    return t;
}

/* ml_plan_piece for eight x of one sign. */
LANE_ALWAYS __m512i
find_side(__m512d *r, const side *t, __m512i size, __m512i zone)
{
    const __m512i one = _mm512_set1_epi64(1023LL << 52);
    const __m512i ones = _mm512_set1_epi64(-1);
    __m512i s = _mm512_permutex2var_epi64(t->shift[0], zone, t->shift[1]);
    __m512i p = _mm512_permutex2var_epi64(t->base[0], zone, t->base[1]);
    __m512d half = _mm512_permutex2var_pd(t->half[0], zone, t->half[1]);
    __m512i low = _mm512_andnot_si512(_mm512_sllv_epi64(ones, s), size);

    *r = _mm512_sub_pd(_mm512_castsi512_pd(_mm512_or_si512(low, one)), half);
    p = _mm512_add_epi64(_mm512_srlv_epi64(size, s), p);
    return _mm512_add_epi64(_mm512_min_epu64(p, t->count), t->start);
}

LANE_ALWAYS __m512i
zone_of(__m512i size, const ml_plan *plan)
{
    const __m512i first = _mm512_set1_epi64(plan->first);
    const __m512i top = _mm512_set1_epi64(ML_PLAN_ZONES - 1);
    __m512i zone = _mm512_sub_epi64(_mm512_srli_epi64(size, 52), first);

    zone = _mm512_max_epi64(zone, _mm512_setzero_si512());
    return _mm512_min_epi64(zone, top);
}

/* ml_plan_piece for n x, all with the sign of the first; false if they are
 * not. */
static bool
find_alike(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m512i positive = _mm512_set1_epi64(INT64_MAX);
    int sign = signbit(x[0]) != 0;
    side t = load_side(plan, sign);
    __m512i signs = _mm512_setzero_si512();

    if (sign)
        signs = _mm512_set1_epi64(INT64_MIN);

    __m512i other = _mm512_setzero_si512();

    for (size_t i = 0; i < n; i += 8) {
        __m512i bits = _mm512_loadu_si512(x + i), at;
        __m512i size = _mm512_and_si512(bits, positive);
        __m512d r;

        other = _mm512_or_si512(other, _mm512_xor_si512(bits, signs));
        at = find_side(&r, &t, size, zone_of(size, plan));
        _mm512_store_si512(b->at + i, _mm512_slli_epi64(at, 6));
        _mm512_store_pd(b->r + i, r);
    }
    return _mm512_movepi64_mask(other) == 0;
}

/* The same for both signs. */
static void
find(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m512i positive = _mm512_set1_epi64(INT64_MAX);
    side t[2] = {load_side(plan, 0), load_side(plan, 1)};

    if (find_alike(b, plan, n, x))
        return;
    for (size_t i = 0; i < n; i += 8) {
        __m512i bits = _mm512_loadu_si512(x + i);
        __m512i size = _mm512_and_si512(bits, positive);
        __m512i zone = zone_of(size, plan), at[2];
        __m512d r[2];
        __mmask8 negative = _mm512_movepi64_mask(bits);

        for (int s = 0; s < 2; s++)
            at[s] = find_side(&r[s], &t[s], size, zone);
        at[0] = _mm512_mask_blend_epi64(negative, at[0], at[1]);
        r[0] = _mm512_mask_blend_pd(negative, r[0], r[1]);
        _mm512_store_si512(b->at + i, _mm512_slli_epi64(at[0], 6));
        _mm512_store_pd(b->r + i, r[0]);
    }
}

/* The eight doubles of eight pieces, transposed. */
LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const offset *at)
{
    __m512d v[8], w[8];

    for (int k = 0; k < 8; k++)
        v[k] = _mm512_load_pd(place(piece, at[k]));
    for (int k = 0; k < 8; k += 2) {
        w[k] = _mm512_unpacklo_pd(v[k], v[k + 1]);
        w[k + 1] = _mm512_unpackhi_pd(v[k], v[k + 1]);
    }
    for (int h = 0; h < 2; h++) {
        __m512d p = _mm512_shuffle_f64x2(w[h], w[2 + h], 0x88);
        __m512d q = _mm512_shuffle_f64x2(w[h], w[2 + h], 0xdd);
        __m512d s = _mm512_shuffle_f64x2(w[4 + h], w[6 + h], 0x88);
        __m512d t = _mm512_shuffle_f64x2(w[4 + h], w[6 + h], 0xdd);

        a[h] = (lane)_mm512_shuffle_f64x2(p, s, 0x88);
        a[4 + h] = (lane)_mm512_shuffle_f64x2(p, s, 0xdd);
        a[2 + h] = (lane)_mm512_shuffle_f64x2(q, t, 0x88);
        a[6 + h] = (lane)_mm512_shuffle_f64x2(q, t, 0xdd);
    }
}

LANE_ALWAYS void
floats(lane *low, lane *a7, lane pair)
{
    __m512i f = (__m512i)pair;

    *low = (lane)_mm512_cvtps_pd((__m256)_mm512_cvtepi64_epi32(f));
    *a7 = (lane)_mm512_cvtps_pd(
        (__m256)_mm512_cvtepi64_epi32(_mm512_srli_epi64(f, 32)));
}
#elif LANES == 4
/* The tables of one sign, 16 entries each.  All that is wanted of x but for the
 * low half of r is in the high half of its bits, so that eight x fit into one
 * register: shifts are less 32. */
typedef struct {
    __m256i base[2], shift, count, start;
} side;

static side
load_side(const ml_plan *plan, int sign)
{
    _Alignas(32) uint32_t base[ML_PLAN_ZONES];
    _Alignas(32) uint8_t shift[2 * ML_PLAN_ZONES];
    side t;

    for (int i = 0; i < ML_PLAN_ZONES; i++) {
        base[i] = (uint32_t)plan->base[sign][i];
        shift[i] = shift[i + ML_PLAN_ZONES] =
            (uint8_t)(plan->shift[sign][i] - 32);
    }
    t.base[0] = _mm256_load_si256((const __m256i *)base);
    t.base[1] = _mm256_load_si256((const __m256i *)(base + 8));
    t.shift = _mm256_load_si256((const __m256i *)shift);
    t.count = _mm256_set1_epi32((int)plan->count[sign]);
    t.start = _mm256_set1_epi32((int)plan->start[sign]);
    return t;
}

LANE_ALWAYS __m256i
choose(__m256i a, __m256i b, __m256i sign)
{
    return _mm256_castps_si256(_mm256_blendv_ps(_mm256_castsi256_ps(a),
                                                _mm256_castsi256_ps(b),
                                                _mm256_castsi256_ps(sign)));
}

LANE_ALWAYS __m256i
zone_of(__m256i size, const ml_plan *plan)
{
    const __m256i first = _mm256_set1_epi32((int)plan->first);
    const __m256i top = _mm256_set1_epi32(ML_PLAN_ZONES - 1);
    __m256i zone = _mm256_sub_epi32(_mm256_srli_epi32(size, 20), first);

    zone = _mm256_max_epi32(zone, _mm256_setzero_si256());
    return _mm256_min_epi32(zone, top);
}

/* The piece, and the shift, for eight x of one sign. */
LANE_ALWAYS __m256i
find_side(__m256i *shift, const side *t, __m256i size, __m256i zone)
{
    const __m256i rest = _mm256_set1_epi32((int)0x80808000);
    __m256i p = choose(_mm256_permutevar8x32_epi32(t->base[0], zone),
                       _mm256_permutevar8x32_epi32(t->base[1], zone),
                       _mm256_slli_epi32(zone, 28));

    *shift = _mm256_shuffle_epi8(t->shift, _mm256_or_si256(zone, rest));
    p = _mm256_add_epi32(_mm256_srlv_epi32(size, *shift), p);
    return _mm256_add_epi32(_mm256_min_epu32(p, t->count), t->start);
}

/* Stores pieces and variables of the eight x of bits, high halves in the order
 * 0 1 4 5 2 3 6 7. */
LANE_ALWAYS void
put(block *b, size_t i, __m256i at, __m256i shift, const __m256i bits[2],
    __m256i size)
{
    const __m256i one = _mm256_set1_epi32(1023 << 20);
    __m256i high = _mm256_or_si256(
        _mm256_andnot_si256(_mm256_sllv_epi32(_mm256_set1_epi32(-1), shift),
                            size),
        one);
    __m256i half = _mm256_or_si256(
        _mm256_srli_epi32(_mm256_sllv_epi32(_mm256_set1_epi32(1), shift), 1),
        one);
    __m256i low = _mm256_castps_si256(_mm256_shuffle_ps(
        _mm256_castsi256_ps(bits[0]), _mm256_castsi256_ps(bits[1]), 0x88));
    __m256i zero = _mm256_setzero_si256();
    __m256d r[2] = {_mm256_sub_pd((__m256d)_mm256_unpacklo_epi32(low, high),
                                  (__m256d)_mm256_unpacklo_epi32(zero, half)),
                    _mm256_sub_pd((__m256d)_mm256_unpackhi_epi32(low, high),
                                  (__m256d)_mm256_unpackhi_epi32(zero, half))};

    at = _mm256_permute4x64_epi64(_mm256_slli_epi32(at, 6), 0xd8);
    _mm256_store_si256((__m256i *)(b->at + i), at);
    _mm256_store_pd(b->r + i, r[0]);
    _mm256_store_pd(b->r + i + 4, r[1]);
}

/* The bits of eight x, and their high halves in that order. */
LANE_ALWAYS __m256i
high_halves(__m256i bits[2], const double *x)
{
    bits[0] = _mm256_loadu_si256((const __m256i *)x);
    bits[1] = _mm256_loadu_si256((const __m256i *)(x + 4));
    return _mm256_castps_si256(_mm256_shuffle_ps(
        _mm256_castsi256_ps(bits[0]), _mm256_castsi256_ps(bits[1]), 0xdd));
}

/* ml_plan_piece for n x, a multiple of 8, all with the sign of the first; false if
 * they are not. */
static bool
find_alike(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m256i positive = _mm256_set1_epi32(INT32_MAX);
    int sign = signbit(x[0]) != 0;
    side t = load_side(plan, sign);
    __m256i signs = _mm256_set1_epi32(sign ? INT32_MIN : 0);
    __m256i other = _mm256_setzero_si256();

    for (size_t i = 0; i < n; i += 8) {
        __m256i bits[2], high = high_halves(bits, x + i), shift, at;
        __m256i size = _mm256_and_si256(high, positive);

        other = _mm256_or_si256(other, _mm256_xor_si256(high, signs));
        at = find_side(&shift, &t, size, zone_of(size, plan));
        put(b, i, at, shift, bits, size);
    }
    return _mm256_movemask_ps(_mm256_castsi256_ps(other)) == 0;
}

/* The same for both signs. */
static void
find(block *b, const ml_plan *plan, size_t n, const double *x)
{
    const __m256i positive = _mm256_set1_epi32(INT32_MAX);

    if (find_alike(b, plan, n, x))
        return;

    side t[2] = {load_side(plan, 0), load_side(plan, 1)};

    for (size_t i = 0; i < n; i += 8) {
        __m256i bits[2], high = high_halves(bits, x + i), shift[2], at[2];
        __m256i size = _mm256_and_si256(high, positive);
        __m256i zone = zone_of(size, plan);

        for (int s = 0; s < 2; s++)
            at[s] = find_side(shift + s, t + s, size, zone);
        put(b, i, choose(at[0], at[1], high), choose(shift[0], shift[1], high),
            bits, size);
    }
}

/* The eight doubles of four pieces, transposed. */
LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const offset *at)
{
    for (int h = 0; h < 2; h++) {
        __m256d v[4];

        for (int k = 0; k < 4; k++)
            v[k] = _mm256_load_pd(place(piece, at[k]) + 4 * h);

        __m256d p = _mm256_unpacklo_pd(v[0], v[1]);
        __m256d q = _mm256_unpackhi_pd(v[0], v[1]);
        __m256d s = _mm256_unpacklo_pd(v[2], v[3]);
        __m256d t = _mm256_unpackhi_pd(v[2], v[3]);

        a[4 * h] = (lane)_mm256_permute2f128_pd(p, s, 0x20);
        a[4 * h + 1] = (lane)_mm256_permute2f128_pd(q, t, 0x20);
        a[4 * h + 2] = (lane)_mm256_permute2f128_pd(p, s, 0x31);
        a[4 * h + 3] = (lane)_mm256_permute2f128_pd(q, t, 0x31);
    }
}

LANE_ALWAYS void
floats(lane *low, lane *a7, lane pair)
{
    const __m256i order = _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7);
    __m256 f = _mm256_permutevar8x32_ps((__m256)pair, order);

    *low = (lane)_mm256_cvtps_pd(_mm256_castps256_ps128(f));
    *a7 = (lane)_mm256_cvtps_pd(_mm256_extractf128_ps(f, 1));
}
#else
static void
find(block *b, const ml_plan *plan, size_t n, const double *x)
{
    for (size_t i = 0; i < n; i++)
        b->at[i] = 64 * ml_plan_piece(plan, x[i], b->r + i);
}

LANE_ALWAYS void
gather(lane a[8], const ml_piece *piece, const offset *at)
{
    for (int k = 0; k < 8; k++)
        for (int i = 0; i < LANES; i++)
            memcpy((double *)(a + k) + i, place(piece, at[i]) + k,
                   sizeof(double));
}

LANE_ALWAYS void
floats(lane *low, lane *a7, lane pair)
{
    float f[2 * LANES];

    memcpy(f, &pair, sizeof f);
    for (int i = 0; i < LANES; i++) {
        (*low)[i] = (double)f[2 * i];
        (*a7)[i] = (double)f[2 * i + 1];
    }
}
#endif

/* [mlfunc D70] */
LANE_ALWAYS lane
polynomial(const ml_piece *piece, const offset *at, lane r)
{
    lane a[8], low, a7, q, p;

    gather(a, piece, at);
    floats(&low, &a7, a[7]);
    q = a[6] + r * a7;
    for (int k = 5; k >= 2; k--)
        q = a[k] + r * q;
    p = r * a[1];
    return a[0] + (p + (lane_product_error(r, a[1], p) + (r * (r * q) + low)));
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

/* Blocks of whole lanes; y is NaN where no piece serves. */
static bool
whole(double *y, const ml_plan *plan, size_t n, const double *x)
{
    block b;
    nans bad = {0};

    find(&b, plan, n, x);
    for (size_t i = 0; i < n; i += LANES) {
        lane v = polynomial(plan->piece, b.at + i, lane_load(b.r + i));

        bad |= is_nan(v);
        lane_storeu(y + i, v);
    }
    return some(bad);
}

bool ML_LANES_OF(ml_plan_block)(double *y, const ml_plan *plan, size_t n,
                                const double *x);

bool
ML_LANES_OF(ml_plan_block)(double *y, const ml_plan *plan, size_t n,
                           const double *x)
{
    double in[8], out[8];
    size_t left = n % 8, even = n - left;
    bool bad = even > 0 && whole(y, plan, even, x);

    if (left > 0) {
        for (size_t i = 0; i < 8; i++)
            in[i] = x[even + (i < left ? i : 0)];
        bad = whole(out, plan, 8, in) || bad;
        memcpy(y + even, out, left * sizeof *y);
    }
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
    /* The products of the last factors are below 2^-20 on all of |s| <= 1. */
    for (int k = ML_NEWTON - 3; k < ML_NEWTON; k++)
        most = fmax(most, fabs(f->d[k]));
    f->last = most * 0x1p-20;
    f->fourth = fabs(f->d[ML_NEWTON_PAIRS]);
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
}
