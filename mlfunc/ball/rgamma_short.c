/* mlfunc/ball/rgamma_short.c - 1/Gamma with at most two limbs. */
#include <math.h>

#include "mlfunc/ball/rgamma.h"

__extension__ typedef unsigned __int128 two_limbs;

/* d 2^e with the highest bit of d set. */
typedef struct {
    two_limbs d;
    slong e;
} number;

static number
normal(two_limbs d, slong e)
{
    mp_limb_t high = (mp_limb_t)(d >> 64);
    int n = high ? __builtin_clzll(high) : 64 + __builtin_clzll((mp_limb_t)d);
    number x = {d << n, e - n};
    return x;
}

/*
 * The product, smaller by less than 12 units of relative 2^-128: less than 3
 * units of its last place (two low parts, one product of low parts) are lost,
 * which a shift may double, where the highest bit has the weight 2^127.
 */
static number
times(number a, number b)
{
    mp_limb_t ah = (mp_limb_t)(a.d >> 64), al = (mp_limb_t)a.d;
    mp_limb_t bh = (mp_limb_t)(b.d >> 64), bl = (mp_limb_t)b.d;
    two_limbs d = (two_limbs)ah * bh + (mp_limb_t)(((two_limbs)ah * bl) >> 64)
                  + (mp_limb_t)(((two_limbs)al * bh) >> 64);
    int n = (int)(~(mp_limb_t)(d >> 64) >> 63);
    number x = {d << n, a.e + b.e + 128 - n};
    return x;
}

/* |i + x| or, minus, |i - |x||, exactly. */
static number
factor(const ml_rgamma_arg *y, slong i, bool minus)
{
    two_limbs v = (two_limbs)(mp_limb_t)i << 64, u = y->u[0];

    if (y->den)
        v = (two_limbs)y->den * (mp_limb_t)i;
    return normal(minus ? v - u : v + u, y->den ? 0 : -64);
}

/* The same for a limb w 2^e: less than 1 unit of the last place is lost. */
static number
times_limb(number a, mp_limb_t w, slong e)
{
    int n = __builtin_clzll(w);
    mp_limb_t b = w << n, ah = (mp_limb_t)(a.d >> 64), al = (mp_limb_t)a.d;
    two_limbs d = (two_limbs)ah * b + (mp_limb_t)(((two_limbs)al * b) >> 64);
    int top = (int)(~(mp_limb_t)(d >> 64) >> 63);
    number x = {d << top, a.e + e + 64 - n - top};
    return x;
}

bool
ml_rgamma_shorten(ml_rgamma_short_form *f, const ml_rgamma_arg *y, slong to)
{
    mp_limb_t top;

    if (y->wide)
        return false;
    f->den = y->den;
    f->u = y->u[0];
    f->e = 0;
    if (f->den == 0) {
        /* Without the zeros at the end of u, den is often short. */
        int spare = f->u ? __builtin_ctzll(f->u) : 63;
        if (spare == 0)
            return false;
        f->den = (mp_limb_t)1 << (64 - spare);
        f->u >>= spare;
        f->e = spare - 64;
    }
    return !__builtin_mul_overflow(f->den, (mp_limb_t)to + 1, &top);
}

/* The product for from <= i <= to: two chains, which run side by side. */
static number
range(const ml_rgamma_arg *y, slong from, slong to, bool minus)
{
    number a = {(two_limbs)1 << 127, -127}, b = a;
    ml_rgamma_short_form f;

    if (ml_rgamma_shorten(&f, y, to)) {
        mp_limb_t w = f.den * (mp_limb_t)from;
        w = minus ? w - f.u : w + f.u;
        for (slong i = from; i <= to; i += 2, w += f.den) {
            a = times_limb(a, w, f.e);
            w += f.den;
            if (i < to)
                b = times_limb(b, w, f.e);
        }
    } else {
        for (slong i = from; i <= to; i += 2) {
            a = times(a, factor(y, i, minus));
            if (i < to)
                b = times(b, factor(y, i + 1, minus));
        }
    }
    return times(a, b);
}

static number
power(mp_limb_t base, slong n)
{
    number b = normal(base, 0), p = {(two_limbs)1 << 127, -127};

    for (; n > 0; n >>= 1) {
        if (n & 1)
            p = times(p, b);
        b = times(b, b);
    }
    return p;
}

/* a/b, smaller by at most 16 units of relative 2^-128; where one limb is
 * enough, off by at most 16 units of relative 2^-64. */
static number
ratio(number a, number b, slong n)
{
    if (n == 1) {
        /* b is cut by 2^-63 of it, the quotient, at least 2^61, by 1. */
        two_limbs q = (a.d >> 2) / (mp_limb_t)(b.d >> 64);
        return normal(q, a.e + 2 - b.e - 64);
    }
    mp_limb_t num[4] = {0, 0, (mp_limb_t)(a.d >> 2), (mp_limb_t)(a.d >> 66)};
    mp_limb_t den[2] = {(mp_limb_t)b.d, (mp_limb_t)(b.d >> 64)};
    mp_limb_t q[3], rest[2];
    mpn_tdiv_qr(q, rest, 0, num, 4, den, 2);
    return normal(((two_limbs)q[1] << 64) | q[0], a.e + 2 - 128 - b.e);
}

/*
 * [mlfunc S3]  The same formulas as in rgamma.c.  Every product loses at most
 * 12 units of 2^-128; r/4 >= 1/8 has an error of e units of 2^(-64 n).
 */
double
ml_rgamma_short(mpz_t res, const ml_rgamma_arg *y, slong unit,
                const ml_rgamma_plan *plan)
{
    mp_limb_t s[2];
    slong n = plan->n, m = y->m;

    if (y->wide)
        return -1;
    double e = ml_rgamma_taylor(s, y, n, plan->bits), cuts = 0;
    number r = n == 1 ? normal(s[0], -62)
                      : normal(((two_limbs)s[1] << 64) | s[0], -126);
    if (m != 0) {
        slong count = m > 0 ? m : -m;
        number p = {(two_limbs)1 << 127, -127};
        cuts = 16;
        if (y->den) {
            p = power(y->den, count);
            cuts += 128 + 24 * (double)count;
        }
        cuts += 12 * (double)count + 24;
        if (m > 0) {
            number rise = range(y, 1, m, y->neg);
            if (y->den)
                r = times(r, p);
            r = ratio(r, rise, n);
        } else {
            r = times(r, normal(y->u[0], y->den ? 0 : -64));
            if (count > 1)
                r = times(r, range(y, 1, count - 1, !y->neg));
            if (y->den)
                r = ratio(r, p, n);
        }
    }
    if (n == 1 && cuts > 0)
        cuts = 16 + cuts * 0x1p-64;
    slong shift = r.e - unit;
    if (shift > 0)
        return -1;
    two_limbs v = -shift < 128 ? r.d >> -shift : 0;
    mpz_set_ui(res, (mp_limb_t)(v >> 64));
    mpz_mul_2exp(res, res, 64);
    mpz_add_ui(res, res, (mp_limb_t)v);
    if (m < 0 && (y->neg != ((-m - 1) % 2 != 0)))
        mpz_neg(res, res);
    return 2 + (e + cuts) * ldexp(1, (int)(128 + shift - 64 * n + 3));
}
