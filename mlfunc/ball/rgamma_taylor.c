/* mlfunc/ball/rgamma_taylor.c - the Taylor series of 1/Gamma in limbs. */
#include <math.h>
#include <string.h>

#include "mlfunc/ball/rgamma.h"

__extension__ typedef unsigned __int128 two_limbs;

/*
 * s_j = sum_{i>=j} c_i x^(i-j) by Horner's rule.  At level j the limbs of s_j
 * are those with the weights 2^(-64 (lead+1)) to 2^(-64 (n - j/64)), in two's
 * complement; |s_j| < 2^(-64 lead - 1), so they suffice.   [mlfunc S2]
 */
static slong
limbs_at(slong j, slong n)
{
    return n - j / 64 - ml_rgamma_coeffs[j].lead;
}

static const mp_limb_t *
coeff_at(slong j, slong n)
{
    return ml_rgamma_limbs + ml_rgamma_coeffs[j].at + (ML_RGAMMA_LIMBS - n);
}

/* For x < 0 it is (-1)^j s_j that is computed, with |x|. */
static bool
negative_at(slong j, bool flip)
{
    return ml_rgamma_coeffs[j].neg ^ (flip & j & 1);
}

static void
add_coeff(mp_limb_t *s, const mp_limb_t *t, slong j, slong n, bool flip)
{
    if (negative_at(j, flip))
        mpn_sub_n(s, t, coeff_at(j, n), limbs_at(j, n));
    else
        mpn_add_n(s, t, coeff_at(j, n), limbs_at(j, n));
}

/* The high limb of the product of a limb in two's complement with u. */
static mp_limb_t
high_signed(mp_limb_t s, mp_limb_t u)
{
    mp_limb_t high = (mp_limb_t)(((two_limbs)s * u) >> 64);
    return high - ((s >> 63) ? u : 0);
}

/* The last of the levels from j down which have as many limbs as j and the same
 * unit: one zone and one lead, so that the coefficients lie in equal steps. */
static slong
last_alike(slong j)
{
    return FLINT_MAX(j - j % 64, ml_rgamma_first[ml_rgamma_coeffs[j].lead]);
}

/* Levels j down to last, one limb at each. */
static void
one_limb(mp_limb_t *s, mp_limb_t u, slong j, slong last, slong n, bool flip)
{
    const mp_limb_t *c = coeff_at(j, n);
    slong step = limbs_at(j, ML_RGAMMA_LIMBS);
    mp_limb_t a = s[0];

    for (; j >= last; j--, c -= step) {
        mp_limb_t mask = -(mp_limb_t)negative_at(j, flip);
        a = high_signed(a, u) + ((*c ^ mask) - mask);
    }
    s[0] = a;
}

/* The same with two limbs. */
static void
two_limb(mp_limb_t *s, mp_limb_t u, slong j, slong last, slong n, bool flip)
{
    const mp_limb_t *c = coeff_at(j, n);
    slong step = limbs_at(j, ML_RGAMMA_LIMBS);
    mp_limb_t low = s[0], high = s[1];

    for (; j >= last; j--, c -= step) {
        two_limbs mask = -(two_limbs)negative_at(j, flip);
        two_limbs t = (((two_limbs)c[1] << 64) | c[0]) ^ mask;
        two_limbs a =
            (two_limbs)high * u + (mp_limb_t)(((two_limbs)low * u) >> 64);
        a -= (two_limbs)((high >> 63) ? u : 0) << 64;
        a += t - mask;
        low = (mp_limb_t)a;
        high = (mp_limb_t)(a >> 64);
    }
    s[0] = low;
    s[1] = high;
}

/* The same with three. */
static void
three_limb(mp_limb_t *s, mp_limb_t u, slong j, slong last, slong n, bool flip)
{
    const mp_limb_t *c = coeff_at(j, n);
    slong step = limbs_at(j, ML_RGAMMA_LIMBS);
    mp_limb_t low = s[0], mid = s[1], high = s[2];

    for (; j >= last; j--, c -= step) {
        mp_limb_t mask = -(mp_limb_t)negative_at(j, flip);
        two_limbs p =
            (two_limbs)mid * u + (mp_limb_t)(((two_limbs)low * u) >> 64);
        two_limbs q = (two_limbs)high * u + (mp_limb_t)(p >> 64);
        q -= (two_limbs)((high >> 63) ? u : 0) << 64;
        /* - c = ~c + 1 */
        p = (two_limbs)(mp_limb_t)p + (c[0] ^ mask) + (mask & 1);
        q += (((two_limbs)(c[2] ^ mask) << 64) | (c[1] ^ mask)) + (p >> 64);
        low = (mp_limb_t)p;
        mid = (mp_limb_t)q;
        high = (mp_limb_t)(q >> 64);
    }
    s[0] = low;
    s[1] = mid;
    s[2] = high;
}

/* t = s u of k + wide limbs, in two's complement. */
static void
times_u(mp_limb_t *t, const mp_limb_t *s, slong k, const ml_rgamma_arg *y)
{
    bool minus = s[k - 1] >> 63;

    if (!y->wide) {
        t[k] = mpn_mul_1(t, s, k, y->u[0]);
        t[k] -= minus ? y->u[0] : 0;
        return;
    }
    if (k >= 2)
        mpn_mul(t, s, k, y->u, 2);
    else
        t[2] = mpn_mul_1(t, y->u, 2, s[0]);
    if (minus)
        mpn_sub_n(t + k, t + k, y->u, 2);
}

/* Levels j down to last, k limbs at each. */
static void
many_limbs(mp_limb_t *s, const ml_rgamma_arg *y, slong k, slong j, slong last,
           slong n)
{
    mp_limb_t t[ML_RGAMMA_LIMBS + 2];
    const mp_limb_t *c = coeff_at(j, n), *top = t + (y->wide ? 2 : 1);
    slong step = limbs_at(j, ML_RGAMMA_LIMBS);

    for (; j >= last; j--, c -= step) {
        times_u(t, s, k, y);
        if (negative_at(j, y->neg))
            mpn_sub_n(s, top, c, k);
        else
            mpn_add_n(s, top, c, k);
    }
}

/* x = u / 2^64 or u / 2^128. */
static void
dyadic(mp_limb_t *s, const ml_rgamma_arg *y, slong n, slong terms)
{
    mp_limb_t t[ML_RGAMMA_LIMBS + 3];
    slong j = terms - 1, k = limbs_at(j, n), wide = y->wide ? 2 : 1;

    memset(t, 0, (size_t)k * sizeof *t);
    add_coeff(s, t, j, n, y->neg);
    while (j > 0) {
        slong last = last_alike(j);
        if (last < j) {
            if (k > 3 || y->wide)
                many_limbs(s, y, k, j - 1, last, n);
            else if (k == 3)
                three_limb(s, y->u[0], j - 1, last, n, y->neg);
            else if (k == 2)
                two_limb(s, y->u[0], j - 1, last, n, y->neg);
            else
                one_limb(s, y->u[0], j - 1, last, n, y->neg);
        }
        if (last == 0)
            return;
        /* To the next run: a finer unit, more limbs above, or both. */
        bool finer = last % 64 == 0;
        j = last - 1;
        times_u(t, s, k, y);
        mp_limb_t *top = t + wide - (finer ? 1 : 0);
        slong have = k + (finer ? 1 : 0);
        mp_limb_t sign = -(top[have - 1] >> 63);
        for (k = limbs_at(j, n); have < k; have++)
            top[have] = sign;
        add_coeff(s, top, j, n, y->neg);
    }
}

/* acc +- c w, acc two limbs and more longer than c. */
static void
add_multiple(mp_limb_t *acc, slong len, const mp_limb_t *c, slong k,
             mp_limb_t w, bool minus)
{
    if (k == 0)
        return;
    if (minus) {
        mp_limb_t b = mpn_submul_1(acc, c, k, w);
        mpn_sub_1(acc + k, acc + k, len - k, b);
    } else {
        mp_limb_t b = mpn_addmul_1(acc, c, k, w);
        mpn_add_1(acc + k, acc + k, len - k, b);
    }
}

/* acc = sum of the coefficients from j on with the weights w, k <= 2 limbs each
 * at most: three limbs in two's complement, extended to k + 2. */
static void
short_block(mp_limb_t *acc, const mp_limb_t *w, slong j, slong L, slong n,
            bool flip)
{
    mp_limb_t low = 0;
    two_limbs high = 0;

    for (slong i = 0; i < L; i++) {
        const mp_limb_t *c = coeff_at(j + i, n);
        bool two = limbs_at(j + i, n) == 2;
        two_limbs p = (two_limbs)c[0] * w[i];
        two_limbs q = (two ? (two_limbs)c[1] * w[i] : 0) + (p >> 64);
        mp_limb_t old = low;
        if (negative_at(j + i, flip)) {
            low -= (mp_limb_t)p;
            high -= q + (low > old);
        } else {
            low += (mp_limb_t)p;
            high += q + (low < old);
        }
    }
    acc[0] = low;
    acc[1] = (mp_limb_t)high;
    acc[2] = (mp_limb_t)(high >> 64);
    acc[3] = -(acc[2] >> 63);
}

/*
 * x = u/den: the levels in blocks of L, den^L < 2^64.  den^L s_j is the sum of
 * c_(j+i) u^i den^(L-i), i < L, and u^L s_(j+L), so that there is one division
 * for each block.  Here s is a modulus with a sign.
 */
static void
rational(mp_limb_t *s, const ml_rgamma_arg *y, slong n, slong terms)
{
    mp_limb_t acc[ML_RGAMMA_LIMBS + 4], w[33], d[33] = {1}, u[33] = {1};
    slong most = 0, k = 0;
    bool minus = false;

    while (most < 32
           && !__builtin_mul_overflow(d[most], y->den, &d[most + 1])) {
        u[most + 1] = u[most] * y->u[0];
        most++;
    }
    for (slong end = terms; end > 0;) {
        slong zone = (end - 1) / 64;
        slong L = FLINT_MIN(most, end - 64 * zone), j = end - L;
        slong len = limbs_at(j, n) + 2;
        for (slong i = 0; i < L; i++)
            w[i] = u[i] * d[L - i];
        bool few = len <= 4;
        if (few)
            short_block(acc, w, j, L, n, y->neg);
        else
            memset(acc, 0, (size_t)len * sizeof *acc);
        if (end % 64 == 0 && end < terms) {
            memmove(s + 1, s, (size_t)k * sizeof *s);
            s[0] = 0;
            k++;
        }
        add_multiple(acc, len, s, k, u[L], minus);
        for (slong i = 0; i < L && !few; i++)
            add_multiple(acc, len, coeff_at(j + i, n), limbs_at(j + i, n), w[i],
                         negative_at(j + i, y->neg));
        minus = acc[len - 1] >> 63;
        if (minus)
            mpn_neg(acc, acc, len);
        mpn_divrem_1(acc, 0, acc, len, d[L]);
        k = limbs_at(j, n);
        memcpy(s, acc, (size_t)k * sizeof *s);
        end = j;
    }
}

/* b >= 1 with |x| <= 2^-b, as large as is easily seen. */
static slong
zeros(const ml_rgamma_arg *y)
{
    mp_limb_t u = y->wide ? y->u[1] : y->u[0];
    slong n = 1;

    if (y->den == 0)
        while (n < 60 && u < (mp_limb_t)1 << (63 - n))
            n++;
    else
        while (n < 60 && u <= y->den >> (n + 1))
            n++;
    return n;
}

double
ml_rgamma_taylor(mp_limb_t *s, const ml_rgamma_arg *y, slong n, slong bits)
{
    slong step = (bits + 15) / 16, terms = ml_rgamma_terms[step];
    slong small = zeros(y);

    /* |x| <= 2^-small */
    while (terms > 1
           && ml_rgamma_coeffs[terms - 1].below + small * (terms - 1)
                  >= 16 * step)
        terms--;
    if (y->den == 0)
        dyadic(s, y, n, terms);
    else
        rational(s, y, n, terms);
    /* [mlfunc S2] at most 3 units for each level, and the terms left out. */
    return (double)(3 * terms) + ldexp(1, (int)(64 * n - 16 * step));
}
