/* mlfunc/ball/rgamma.c - 1/Gamma of rationals with short denominators. */
#include <math.h>
#include <string.h>

#include "mlfunc/ball/rgamma.h"

__extension__ typedef unsigned __int128 two_limbs;

/* ------------------------------------------------------------ the argument */

static bool
is_whole(const ml_rgamma_arg *y)
{
    return y->u[0] == 0 && (!y->wide || y->u[1] == 0);
}

static bool
split(slong *whole, mp_limb_t *part, const fmpz_t num, const fmpz_t den,
      slong shift)
{
    fmpz_t q, r, high;

    fmpz_init(q);
    fmpz_init(r);
    fmpz_init(high);
    fmpz_fdiv_qr(q, r, num, den);
    bool ok = fmpz_bits(q) < 62;
    if (ok)
        *whole = fmpz_get_si(q);
    fmpz_mul_2exp(r, r, (ulong)shift);
    fmpz_fdiv_q_2exp(high, r, 64);
    fmpz_fdiv_r_2exp(r, r, 64);
    part[0] = fmpz_get_ui(r);
    part[1] = fmpz_get_ui(high);
    fmpz_clear(q);
    fmpz_clear(r);
    fmpz_clear(high);
    return ok;
}

bool
ml_rgamma_walk_init(ml_rgamma_walk *w, const fmpz_t a, const fmpz_t b,
                    const fmpz_t den, slong first)
{
    slong bits = (slong)fmpz_bits(den), shift = 0;
    fmpz_t t;

    w->den = 0;
    w->wide = bits > 65;
    if ((slong)fmpz_val2(den) == bits - 1)
        shift = (w->wide ? 128 : 64) - (bits - 1);
    else if (bits <= 64)
        w->den = fmpz_get_ui(den), w->wide = false;
    else
        return false;
    if (shift < 0)
        return false;
    fmpz_init_set_si(t, first);
    fmpz_mul(t, t, a);
    fmpz_add(t, t, b);
    bool ok = split(&w->whole, w->part, t, den, shift)
              && split(&w->step_whole, w->step_part, a, den, shift);
    fmpz_clear(t);
    return ok;
}

void
ml_rgamma_walk_down(ml_rgamma_walk *w)
{
    mp_limb_t borrow;

    w->whole -= w->step_whole;
    if (w->wide) {
        borrow = mpn_sub_n(w->part, w->part, w->step_part, 2);
    } else {
        borrow = w->part[0] < w->step_part[0];
        w->part[0] -= w->step_part[0];
        if (borrow)
            w->part[0] += w->den;
    }
    w->whole -= (slong)borrow;
}

/* y = whole + part: the nearest integer is 1 + m, a half is rounded down. */
void
ml_rgamma_walk_arg(ml_rgamma_arg *y, const ml_rgamma_walk *w)
{
    mp_limb_t p = w->part[0];

    y->den = w->den;
    y->wide = w->wide;
    y->u[0] = p;
    y->u[1] = w->part[1];
    if (w->wide) {
        mp_limb_t half[2] = {0, (mp_limb_t)1 << 63};
        y->neg = mpn_cmp(y->u, half, 2) > 0;
        if (y->neg)
            mpn_neg(y->u, y->u, 2);
    } else {
        y->neg = w->den ? p > w->den - p : p > (mp_limb_t)1 << 63;
        if (y->neg)
            y->u[0] = w->den - p;
    }
    y->m = w->whole - (y->neg ? 0 : 1);
    /* 0 in any denominator */
    if (is_whole(y))
        y->den = 0, y->wide = false;
}

/* y itself, exactly where den is a power of 2. */
static void
argument(arb_t res, const ml_rgamma_arg *y, slong prec)
{
    fmpz_t t;

    fmpz_init(t);
    fmpz_set_ui(t, y->wide ? y->u[1] : 0);
    fmpz_mul_2exp(t, t, 64);
    fmpz_add_ui(t, t, y->u[0]);
    if (y->neg)
        fmpz_neg(t, t);
    arb_set_fmpz(res, t);
    if (y->den) {
        fmpz_set_ui(t, y->den);
        arb_div_fmpz(res, res, t, prec);
    } else {
        arb_mul_2exp_si(res, res, y->wide ? -128 : -64);
    }
    arb_add_si(res, res, y->m + 1, y->den ? prec : ARF_PREC_EXACT);
    fmpz_clear(t);
}

/* ------------------------------------------------------- the rising factor */

/* A product d 2^e of n limbs, at most cap of them: each of the cuts made it
 * smaller by a relative error below 2^(-64 (cap-1)).  d moves up in room. */
enum { SPARE = 64 };

typedef struct {
    slong n, cap, e;
    double cuts;
    mp_limb_t *d;
    mp_limb_t room[ML_RGAMMA_LIMBS + 5 + SPARE];
} product;

static void
multiply(product *c, mp_limb_t w)
{
    mp_limb_t high = mpn_mul_1(c->d, c->d, c->n, w);

    if (high == 0)
        return;
    c->d[c->n] = high;
    if (c->n < c->cap) {
        c->n++;
        return;
    }
    c->d++;
    c->e += 64;
    c->cuts++;
    if (c->d == c->room + SPARE) {
        memmove(c->room, c->d, (size_t)c->n * sizeof *c->d);
        c->d = c->room;
    }
}

static void
multiply_long(product *c, const mp_limb_t *w, slong n)
{
    mp_limb_t t[ML_RGAMMA_LIMBS + 8];

    while (n > 0 && w[n - 1] == 0)
        n--;
    if (c->n >= n)
        mpn_mul(t, c->d, c->n, w, n);
    else
        mpn_mul(t, w, n, c->d, c->n);
    slong len = c->n + n - (t[c->n + n - 1] == 0);
    slong drop = FLINT_MAX(0, len - c->cap);
    c->d = c->room;
    memcpy(c->d, t + drop, (size_t)(len - drop) * sizeof *t);
    c->n = len - drop;
    c->e += 64 * drop;
    c->cuts += drop > 0;
}

/* (den^count), one limb of it at a time. */
static void
multiply_power(product *c, mp_limb_t den, slong count)
{
    while (count > 0) {
        mp_limb_t w = den;
        for (count--; count > 0 && w <= ~(mp_limb_t)0 / den; count--)
            w *= den;
        multiply(c, w);
    }
}

/* The factor |i den + s u|, den = 2^64 or 2^128 where y->den is 0. */
static void
multiply_factor(product *c, const ml_rgamma_arg *y, slong i, bool minus)
{
    mp_limb_t w[3] = {0, 0, (mp_limb_t)i};
    mp_limb_t u[2] = {y->u[0], y->wide ? y->u[1] : 0};

    if (y->wide) {
        if (minus)
            w[2] -= mpn_neg(w, u, 2);
        else
            memcpy(w, u, sizeof u);
        c->e -= 128;
    } else {
        two_limbs v = (two_limbs)(mp_limb_t)i << 64;
        if (y->den)
            v = (two_limbs)y->den * (mp_limb_t)i;
        else
            c->e -= 64;
        v = minus ? v - u[0] : v + u[0];
        w[0] = (mp_limb_t)v;
        w[1] = (mp_limb_t)(v >> 64);
        w[2] = 0;
    }
    multiply_long(c, w, 3);
}

/*
 * The product of |i den + s u| for from <= i <= to, where s is the sign of x
 * for a rising, minus it for a falling factor.  Short factors share a limb.
 */
static void
multiply_range(product *c, const ml_rgamma_arg *y, slong from, slong to,
               bool minus)
{
    ml_rgamma_short_form f;

    if (to < from)
        return;
    if (!ml_rgamma_shorten(&f, y, to)) {
        for (slong i = from; i <= to; i++)
            multiply_factor(c, y, i, minus);
        return;
    }
    mp_limb_t pack = 1, more, w = f.den * (mp_limb_t)from;
    w = minus ? w - f.u : w + f.u;
    for (slong i = from; i <= to; i++, w += f.den) {
        if (__builtin_mul_overflow(pack, w, &more)) {
            multiply(c, pack);
            pack = w;
        } else {
            pack = more;
        }
    }
    multiply(c, pack);
    c->e += (to - from + 1) * f.e;
}

/* ------------------------------------------------------------ fixed point */

static slong
bit_length(const mp_limb_t *d, slong n)
{
    return 64 * (n - 1) + (slong)FLINT_BIT_COUNT(d[n - 1]);
}

/* res = floor(top 2^shift / bottom), or top 2^shift / 1. */
static void
quotient(mpz_t res, const product *top, const product *bottom, slong shift)
{
    mp_limb_t num[3 * ML_RGAMMA_LIMBS + 16], rest[ML_RGAMMA_LIMBS + 5];
    slong n = top->n;

    if (shift >= 0) {
        slong limbs = shift / 64;
        memset(num, 0, (size_t)limbs * sizeof *num);
        num[limbs + n] = 0;
        if (shift % 64)
            num[limbs + n] =
                mpn_lshift(num + limbs, top->d, n, (unsigned)(shift % 64));
        else
            memcpy(num + limbs, top->d, (size_t)n * sizeof *num);
        n += limbs + 1;
    } else {
        slong limbs = -shift / 64;
        if (limbs >= n) {
            mpz_set_ui(res, 0);
            return;
        }
        n -= limbs;
        if (-shift % 64)
            mpn_rshift(num, top->d + limbs, n, (unsigned)(-shift % 64));
        else
            memcpy(num, top->d + limbs, (size_t)n * sizeof *num);
    }
    slong m = bottom ? bottom->n : 1;
    if (n < m) {
        mpz_set_ui(res, 0);
        return;
    }
    mp_limb_t *q = mpz_limbs_write(res, n - m + 1);
    if (bottom)
        mpn_tdiv_qr(q, rest, 0, num, n, bottom->d, m);
    else
        memcpy(q, num, (size_t)n * sizeof *num);
    mpz_limbs_finish(res, n - m + 1);
}

/*
 * [mlfunc S3]  For m >= 0, 1/Gamma(y) = r / prod_{1<=i<=m} (x+i), and for
 * m < 0, r prod_{0<=i<-m} (x-i), with r = 1/Gamma(1+x).  r/4 has n limbs and an
 * error of e units; the products have cuts of 2^(-64 n) each.  Negative: the
 * unit is too small for the buffers.
 */
static double
by_table(mpz_t res, const ml_rgamma_arg *y, slong unit,
         const ml_rgamma_plan *plan)
{
    product r, p;

    r.n = plan->n;
    r.cap = p.cap = plan->n + 1;
    r.e = 2 - 64 * plan->n;
    r.d = r.room;
    p.d = p.room;
    r.cuts = p.cuts = 0;
    double e = ml_rgamma_taylor(r.d, y, plan->n, plan->bits);
    p.n = 1;
    p.d[0] = 1;
    p.e = 0;
    bool divide = y->m > 0;
    if (divide) {
        multiply_range(&p, y, 1, y->m, y->neg);
        if (y->den)
            multiply_power(&r, y->den, y->m);
    } else if (y->m < 0) {
        /* |x| itself, then i - x. */
        multiply_range(&r, y, 0, 0, false);
        multiply_range(&r, y, 1, -y->m - 1, !y->neg);
        if (y->den) {
            multiply_power(&p, y->den, -y->m);
            divide = true;
        }
    }
    slong shift = r.e - p.e - unit;
    if (shift > 64 * (2 * ML_RGAMMA_LIMBS + 8))
        return -1;
    quotient(res, &r, divide ? &p : NULL, shift);
    if (y->m < 0 && (y->neg != ((-y->m - 1) % 2 != 0)))
        mpz_neg(res, res);
    /* r/4 >= 1/8; the quotient is below 2^(high + shift - low). */
    slong low = bit_length(p.d, p.n) - 1, high = bit_length(r.d, r.n);
    double each = ldexp(1, (int)(high + shift - low - 64 * plan->n + 3));
    return 2 + (e + r.cuts + p.cuts) * each;
}

/* The same from Arb, with a few bits more. */
static double
by_arb(mpz_t res, const ml_rgamma_arg *y, slong unit, double size)
{
    arb_t t;
    fmpz_t v;
    slong bits = (slong)fmax(0, fmin(size - (double)unit, 1e9)) + 16;

    arb_init(t);
    fmpz_init(v);
    slong extra = 2 * FLINT_BIT_COUNT(FLINT_ABS(y->m) + 2);
    argument(t, y, bits + extra);
    arb_rgamma(t, t, bits + 6);
    arb_mul_2exp_si(t, t, -unit);
    double e = mag_get_d(arb_radref(t)) * 1.0000001 + 1;
    if (arb_is_finite(t) && arf_cmpabs_2exp_si(arb_midref(t), 1 << 30) < 0) {
        arf_get_fmpz(v, arb_midref(t), ARF_RND_DOWN);
        fmpz_get_mpz(res, v);
    } else {
        mpz_set_ui(res, 0);
        e = INFINITY;
    }
    arb_clear(t);
    fmpz_clear(v);
    return e;
}

double
ml_rgamma_fixed(mpz_t res, const ml_rgamma_arg *y, slong unit, double size)
{
    ml_rgamma_plan plan;

    if (y->m < 0 && is_whole(y)) {
        mpz_set_ui(res, 0);
        return 0;
    }
    ml_rgamma_planned(&plan, y, size - (double)unit);
    double e = -1;
    if (plan.table && plan.n <= 2)
        e = ml_rgamma_short(res, y, unit, &plan);
    if (e < 0 && plan.table)
        e = by_table(res, y, unit, &plan);
    return e < 0 ? by_arb(res, y, unit, size) : e;
}

void
ml_rgamma_arb(arb_t res, const ml_rgamma_arg *y, double size, slong prec)
{
    mpz_t g;
    fmpz_t v;

    mpz_init(g);
    fmpz_init(v);
    slong unit = (slong)floor(size) - prec;
    if (y->m < 0) {
        /* The sine is about as large as x. */
        slong lost = (y->den ? (slong)FLINT_BIT_COUNT(y->den) : 64)
                     - (slong)FLINT_BIT_COUNT(y->u[0]);
        if (y->wide)
            lost = 128 - bit_length(y->u, y->u[1] ? 2 : 1);
        unit -= lost;
        size -= (double)lost;
    }
    double e = ml_rgamma_fixed(g, y, unit, size);
    fmpz_set_mpz(v, g);
    arb_set_fmpz(res, v);
    mag_set_d(arb_radref(res), e);
    arb_mul_2exp_si(res, res, unit);
    mpz_clear(g);
    fmpz_clear(v);
}
