/* mlfunc/ball/mittleff_series_fixed.c - the power series in fixed point. */
#include <math.h>
#include <string.h>

#include "mlfunc/ball/series.h"

/*
 * [mlfunc S4]  With integers E_k, E_0 = 0, and T_k = sum_{k<=j<n} g_j z^(j-k),
 * g_j = 1/Gamma(alpha j + beta), the integers S_k are near T_k 2^(F + E_k):
 * S_k = G_k + z 2^(E_k - E_(k+1)) S_(k+1), G_k near g_k 2^(F + E_k).  E_k is
 * about k log2|z|, so that all errors weigh alike.
 */
typedef struct {
    const ml_mlpoint *p;
    slong n, F;
    double log2r; /* steers */
    mpz_t z[2];   /* re and im of z 2^fine */
    slong fine;
    mag_t abs_z, rad_z;
    mpz_t s[2], t[2];
    double err;     /* of the roundings, |z| and g_k exact */
    mag_t err_ball; /* of the radius of z */
} state;

static slong
exponent(const state *w, slong k)
{
    return (slong)floor((double)k * w->log2r);
}

static slong
longest(const mpz_t a, const mpz_t b)
{
    return (slong)FLINT_MAX(mpz_sizeinbase(a, 2), mpz_sizeinbase(b, 2));
}

/* z = (re + i im) 2^-fine up to rad_z. */
static bool
set_z(state *w, slong prec)
{
    acb_t z;
    fmpz_t v, e;
    slong low = 0;

    acb_init(z);
    fmpz_init(v);
    fmpz_init(e);
    ml_mlpoint_z(z, w->p, prec);
    acb_get_mag(w->abs_z, z);
    mag_hypot(w->rad_z, arb_radref(acb_realref(z)), arb_radref(acb_imagref(z)));
    arb_ptr part[2] = {acb_realref(z), acb_imagref(z)};
    bool ok = true;
    for (int i = 0; i < 2; i++) {
        if (arf_is_zero(arb_midref(part[i])))
            continue;
        arf_get_fmpz_2exp(v, e, arb_midref(part[i]));
        ok = ok && !COEFF_IS_MPZ(*e);
        if (ok)
            low = FLINT_MIN(low, fmpz_get_si(e));
    }
    /* Two bits more, so that no step has to shift to the left. */
    w->fine = 2 - low;
    ok = ok && w->fine < 1 << 24;
    for (int i = 0; i < 2 && ok; i++) {
        arf_mul_2exp_si(arb_midref(part[i]), arb_midref(part[i]), w->fine);
        arf_get_fmpz(v, arb_midref(part[i]), ARF_RND_DOWN);
        fmpz_get_mpz(w->z[i], v);
    }
    acb_clear(z);
    fmpz_clear(v);
    fmpz_clear(e);
    return ok;
}

/* S = S z 2^-shift: an error of at most 2 units. */
static void
times_z(state *w, slong shift)
{
    mpz_t z[2];

    for (int i = 0; i < 2 && shift < 0; i++)
        mpz_mul_2exp(w->s[i], w->s[i], (mp_bitcnt_t)-shift);
    shift = FLINT_MAX(shift, 0);
    slong bits = longest(w->s[0], w->s[1]);
    /* |S| <= sqrt 2 2^bits, and z loses sqrt 2 2^cut: half a unit. */
    slong drop = FLINT_MAX(0, shift - bits - 2) / 64;

    for (int i = 0; i < 2; i++) {
        slong size = (slong)mpz_size(w->z[i]);
        slong keep = FLINT_MAX(0, size - drop);
        const mp_limb_t *d = mpz_limbs_read(w->z[i]);
        mpz_roinit_n(z[i], d + (size - keep),
                     mpz_sgn(w->z[i]) < 0 ? -keep : keep);
    }
    shift -= 64 * drop;
    if (w->p->real) {
        mpz_mul(w->s[0], w->s[0], z[0]);
    } else {
        mpz_mul(w->t[0], w->s[0], z[1]);
        mpz_mul(w->t[1], w->s[1], z[1]);
        mpz_mul(w->s[0], w->s[0], z[0]);
        mpz_mul(w->s[1], w->s[1], z[0]);
        mpz_sub(w->s[0], w->s[0], w->t[1]);
        mpz_add(w->s[1], w->s[1], w->t[0]);
        mpz_tdiv_q_2exp(w->s[1], w->s[1], (mp_bitcnt_t)shift);
    }
    mpz_tdiv_q_2exp(w->s[0], w->s[0], (mp_bitcnt_t)shift);
}

/* |S| <= bound */
static void
size_bound(mag_t bound, const state *w)
{
    mag_t part;

    mag_init(part);
    mag_zero(bound);
    for (int i = 0; i < 2; i++) {
        long e;
        double d = mpz_get_d_2exp(&e, w->s[i]);
        if (d != 0) {
            mag_set_d(part, fabs(d) + 0x1p-52);
            mag_mul_2exp_si(part, part, e);
            mag_hypot(bound, bound, part);
        }
    }
    mag_clear(part);
}

/* From S_(k+1) to S_k, without G_k. */
static void
step_down(state *w, slong k)
{
    slong up = exponent(w, k + 1) - exponent(w, k);
    mag_t m;

    mag_init(m);
    if (!mag_is_zero(w->rad_z)) {
        size_bound(m, w);
        mag_mul(m, m, w->rad_z);
        mag_addmul(m, w->err_ball, w->abs_z);
        mag_mul_2exp_si(w->err_ball, m, -up);
    }
    times_z(w, w->fine + up);
    mag_mul_2exp_si(m, w->abs_z, -up);
    w->err = w->err * mag_get_d(m) + 2;
    mag_clear(m);
}

/* ------------------------------------------------- the gammas, one by one */

static void
sum_walking(state *w, ml_rgamma_walk *walk, slong k)
{
    ml_rgamma_arg y;
    mpz_t g;

    mpz_init(g);
    for (; k >= 0; k--) {
        if (k < w->n - 1)
            step_down(w, k);
        ml_rgamma_walk_arg(&y, walk);
        w->err += ml_rgamma_fixed(g, &y, -(w->F + exponent(w, k)),
                                  ml_plan_log2_rgamma(w->p, k));
        mpz_add(w->s[0], w->s[0], g);
        ml_rgamma_walk_down(walk);
    }
    mpz_clear(g);
}

/* ---------------------------------------------------- the gammas, in rings */

/*
 * [mlfunc S5]  alpha = P/Q, y_k = alpha k + beta = N_k / den > 0 for k >= from:
 * g_(k+Q) = g_k / prod_{0<=i<P} (y_k + i) = g_k den^P / prod (N_k + i den).
 * The integers are near g_k 2^(F + E_k + 64 extra), all kept: at[k-from] is
 * where the limbs of k start in heap, their number is at[k+1-from] - at[k-from].
 */
/* v 2^e, an error. */
typedef struct {
    double v;
    slong e;
} bound;

typedef struct {
    slong P, Q, from, extra;
    mp_limb_t den;
    mp_limb_t *heap;
    slong room, *at;
    bound *err; /* of each, in its units */
} rings;

/* At least (b + 1), (b 2^shift ratio). */
static bound
plus_one(bound b)
{
    if (b.e < 0)
        b.v = ldexp(b.v, (int)FLINT_MAX(b.e, -1000)), b.e = 0;
    b.v += ldexp(1, -(int)FLINT_MIN(b.e, 1000));
    return b;
}

static bound
scaled(bound b, slong shift, double ratio)
{
    int e;
    b.v = frexp(b.v * ratio, &e);
    b.e += e + shift;
    return b;
}

/* Room for n limbs more after those of k. */
static mp_limb_t *
heap_top(rings *r, slong k, slong n)
{
    slong used = r->at[k - r->from];

    if (used + n > r->room) {
        r->room = 2 * (used + n);
        r->heap = flint_realloc(r->heap, (size_t)r->room * sizeof *r->heap);
    }
    return r->heap + used;
}

static void
close_entry(rings *r, slong k, slong n)
{
    const mp_limb_t *d = r->heap + r->at[k - r->from];

    while (n > 0 && d[n - 1] == 0)
        n--;
    r->at[k + 1 - r->from] = r->at[k - r->from] + n;
}

/* The entry of k + Q from that of k: P divisors, packed into limbs. */
static void
next_entry(rings *r, const state *w, slong k)
{
    slong rise = exponent(w, k + r->Q) - exponent(w, k);
    slong i = k - r->from, n = r->at[i + 1] - r->at[i];
    slong limbs = rise > 0 ? rise / 64 : 0, to = k + r->Q;
    mp_limb_t *d = heap_top(r, to, n + limbs + 2 + r->P);
    mp_limb_t N =
        (mp_limb_t)(fmpz_get_si(w->p->num_b) + k * fmpz_get_si(w->p->num_a));
    bound err = scaled(r->err[i], rise, 1);

    memset(d, 0, (size_t)limbs * sizeof *d);
    memcpy(d + limbs, r->heap + r->at[i], (size_t)n * sizeof *d);
    n += limbs;
    if (rise > 0 && rise % 64 && n > 0) {
        d[n] = mpn_lshift(d, d, n, (unsigned)(rise % 64));
        n++;
    }
    if (rise < 0) {
        slong drop = FLINT_MIN(n, -rise / 64);
        memmove(d, d + drop, (size_t)(n - drop) * sizeof *d);
        n -= drop;
        if (n > 0 && -rise % 64)
            mpn_rshift(d, d, n, (unsigned)(-rise % 64));
        err = plus_one(err);
    }
    for (slong j = 0; j < r->P;) {
        mp_limb_t num = r->den, div = N + (mp_limb_t)j * r->den, a, b;
        for (j++; j < r->P; j++) {
            if (__builtin_mul_overflow(num, r->den, &a)
                || __builtin_mul_overflow(div, N + (mp_limb_t)j * r->den, &b))
                break;
            num = a;
            div = b;
        }
        if (n > 0) {
            d[n] = mpn_mul_1(d, d, n, num);
            n += d[n] != 0;
            mpn_divrem_1(d, 0, d, n, div);
            n -= d[n - 1] == 0;
        }
        /* Both conversions and the quotient are within 2^-52 each. */
        double ratio = (double)num / (double)div * (1 + 0x1p-48);
        err = plus_one(scaled(err, 0, ratio));
    }
    r->err[to - r->from] = err;
    close_entry(r, to, n);
}

static bool
rings_init(rings *r, const state *w, const ml_series_plan *s)
{
    const ml_mlpoint *p = w->p;
    fmpz_t t;

    if (!ml_rgammas_recur(&r->P, &r->Q, p, w->n))
        return false;
    fmpz_init(t);
    fmpz_neg(t, p->num_b);
    fmpz_fdiv_q(t, t, p->num_a);
    r->from = fmpz_sgn(t) < 0 ? 0 : fmpz_get_si(t) + 1;
    /* The largest divisor is below that of k = n. */
    fmpz_mul_ui(t, p->num_a, (ulong)w->n);
    fmpz_add(t, t, p->num_b);
    fmpz_addmul_ui(t, p->den, (ulong)r->P);
    bool ok = fmpz_bits(t) <= 60 && fmpz_bits(p->num_b) <= 60
              && r->from + 2 * r->Q < w->n;
    fmpz_clear(t);
    if (!ok)
        return false;
    r->den = fmpz_get_ui(p->den);
    r->extra = ml_plan_rings(s->peak, p, r->from, r->Q);
    r->room = 0;
    r->heap = NULL;
    r->at = flint_malloc((size_t)(w->n - r->from + 1) * sizeof *r->at);
    r->err = flint_malloc((size_t)(w->n - r->from) * sizeof *r->err);
    r->at[0] = 0;
    return true;
}

static void
rings_clear(rings *r)
{
    flint_free(r->heap);
    flint_free(r->at);
    flint_free(r->err);
}

/* The first Q entries. */
static bool
first_entries(rings *r, const state *w)
{
    ml_rgamma_walk walk;
    ml_rgamma_arg y;
    mpz_t g;

    bool ok = true;
    mpz_init(g);
    for (slong k = r->from; k < r->from + r->Q; k++) {
        ok = ok
             && ml_rgamma_walk_init(&walk, w->p->num_a, w->p->num_b, w->p->den,
                                    k);
        if (!ok)
            break;
        ml_rgamma_walk_arg(&y, &walk);
        slong unit = -(w->F + exponent(w, k) + 64 * r->extra);
        r->err[k - r->from].e = 0;
        r->err[k - r->from].v =
            ml_rgamma_fixed(g, &y, unit, ml_plan_log2_rgamma(w->p, k));
        slong n = (slong)mpz_size(g);
        mp_limb_t *d = heap_top(r, k, n + 1);
        memcpy(d, mpz_limbs_read(g), (size_t)n * sizeof *d);
        close_entry(r, k, n);
    }
    mpz_clear(g);
    return ok;
}

/* Down to the last index at which alpha k + beta > 0. */
static void
sum_rings(state *w, rings *r)
{
    for (slong k = r->from; k + r->Q < w->n; k++)
        next_entry(r, w, k);
    for (slong k = w->n - 1; k >= r->from; k--) {
        mpz_t g;
        slong i = k - r->from, n = r->at[i + 1] - r->at[i];
        if (k < w->n - 1)
            step_down(w, k);
        slong keep = FLINT_MAX(0, n - r->extra);
        mpz_roinit_n(g, r->heap + r->at[i] + (n - keep), keep);
        mpz_add(w->s[0], w->s[0], g);
        slong e = r->err[i].e - 64 * r->extra;
        e = FLINT_MAX(-1000, FLINT_MIN(e, 10000));
        w->err += ldexp(r->err[i].v, (int)e) + 1;
    }
}

/* --------------------------------------------------------------- the sum */

bool
ml_mlpoint_series_sum(acb_t res, const ml_mlpoint *p, const ml_series_plan *s,
                      slong goal)
{
    state w;
    ml_rgamma_walk walk;
    rings r;
    fmpz_t v;

    if (!p->ab_exact || p->has_zero
        || !ml_rgamma_walk_init(&walk, p->num_a, p->num_b, p->den, s->n - 1))
        return false;
    ml_series_bits b = ml_plan_series_bits(s, p, goal);
    w.p = p;
    w.n = s->n;
    w.F = b.F;
    w.log2r = p->lnr * 1.4426950408889634;
    w.err = 0;
    mag_init(w.abs_z);
    mag_init(w.rad_z);
    mag_init(w.err_ball);
    fmpz_init(v);
    for (int i = 0; i < 2; i++) {
        mpz_init(w.z[i]);
        mpz_init(w.s[i]);
        mpz_init(w.t[i]);
    }
    bool ok = set_z(&w, b.z);
    if (ok) {
        slong k = s->n - 1;
        if (rings_init(&r, &w, s)) {
            ok = first_entries(&r, &w);
            if (ok)
                sum_rings(&w, &r);
            k = r.from - 1;
            if (ok && k >= 0)
                ok = ml_rgamma_walk_init(&walk, p->num_a, p->num_b, p->den, k);
            rings_clear(&r);
        }
        if (ok)
            sum_walking(&w, &walk, k);
        arb_ptr part[2] = {acb_realref(res), acb_imagref(res)};
        mag_t err;
        mag_init(err);
        /* 2 n roundings of the error itself. */
        mag_set_d(err, w.err * (1 + 0x1p-20));
        mag_add(err, err, w.err_ball);
        for (int i = 0; i < (p->real ? 1 : 2); i++) {
            fmpz_set_mpz(v, w.s[i]);
            arb_set_fmpz(part[i], v);
            arb_add_error_mag(part[i], err);
            arb_mul_2exp_si(part[i], part[i], -w.F);
        }
        mag_clear(err);
    }
    for (int i = 0; i < 2; i++) {
        mpz_clear(w.z[i]);
        mpz_clear(w.s[i]);
        mpz_clear(w.t[i]);
    }
    mag_clear(w.abs_z);
    mag_clear(w.rad_z);
    mag_clear(w.err_ball);
    fmpz_clear(v);
    return ok;
}
