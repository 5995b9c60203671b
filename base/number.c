/* base/number.c - exact rationals from text, nearest doubles from rationals. */
#define _POSIX_C_SOURCE 200809L

#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/impl.h"

/* An exact rational has as many digits as its exponent says: beyond this a
 * short text would cost megabytes and minutes. */
#define MAX_EXPONENT 100000

/* ------------------------------------------------------------------ scanning */

/* A cursor; why is set when the text at p is not what the grammar wants. */
typedef struct {
    const char *p;
    const char *why;
} scan;

static size_t
count(const char *p, int (*is)(int))
{
    size_t n = 0;

    while (is((unsigned char)p[n]))
        n++;
    return n;
}

static bool
refuse(scan *s, const char *why)
{
    s->why = why;
    return false;
}

/* The n digits at p and the m digits at q as one integer. */
static void
join(fmpz_t x, const char *p, size_t n, const char *q, size_t m, int base)
{
    if (base == 10 && n + m <= (FLINT_BITS == 64 ? 18 : 9)) {
        ulong u = 0;

        for (size_t i = 0; i < n; i++)
            u = 10 * u + (ulong)(p[i] - '0');
        for (size_t i = 0; i < m; i++)
            u = 10 * u + (ulong)(q[i] - '0');
        fmpz_set_ui(x, u);
    } else {
        char *t = flint_malloc(n + m + 1);

        memcpy(t, p, n);
        memcpy(t + n, q, m);
        t[n + m] = 0;
        fmpz_set_str(x, t, base);
        flint_free(t);
    }
}

/* [+-]digits after `e` or `p`, at most MAX_EXPONENT either way. */
static bool
exponent(slong *e, scan *s)
{
    bool negative = *s->p == '-';

    if (*s->p == '+' || *s->p == '-')
        s->p++;
    size_t n = count(s->p, isdigit);
    if (n == 0)
        return refuse(s, "digits must follow the exponent letter");
    *e = 0;
    for (size_t i = 0; i < n; i++) {
        *e = 10 * *e + (s->p[i] - '0');
        if (*e > MAX_EXPONENT)
            return refuse(s, "exponents beyond +-100000 are refused: exact "
                             "numbers would grow too long");
    }
    s->p += n;
    if (negative)
        *e = -*e;
    return true;
}

/* What a fraction or an exponent needs before it and after it. */
static bool
digits_at(scan *s, size_t *n, int (*is)(int))
{
    *n = count(s->p, is);
    if (*n > 0)
        return true;
    if (*s->p == '.')
        return refuse(s, "a digit must come before the point, as in 0.5");
    if (*s->p == 'i')
        return refuse(s, "a number must come before i, as in 1i");
    if (isspace((unsigned char)*s->p))
        return refuse(s, "blanks are not part of a number");
    return refuse(s, *s->p ? "a number begins with a digit after its sign"
                           : "digits are missing");
}

/* The digits after a point, if there is one. */
static bool
fraction_part(scan *s, const char **q, size_t *m, int (*is)(int))
{
    *q = s->p;
    *m = 0;
    if (*s->p != '.')
        return true;
    *q = ++s->p;
    *m = count(s->p, is);
    s->p += *m;
    return *m > 0 || refuse(s, "digits must follow the point, as in 5.0");
}

/* 0xdigits[.digits][p[+-]digits]: exactly a double, or refused. */
static bool
hexfloat(fmpq_t x, scan *s)
{
    size_t n, m;
    const char *p = s->p += 2, *q;
    slong e = 0;

    if (!digits_at(s, &n, isxdigit))
        return false;
    s->p += n;
    if (!fraction_part(s, &q, &m, isxdigit))
        return false;
    if (*s->p == 'p' || *s->p == 'P') {
        s->p++;
        if (!exponent(&e, s))
            return false;
    }
    join(fmpq_numref(x), p, n, q, m, 16);
    fmpz_one(fmpq_denref(x));
    if (fmpz_is_zero(fmpq_numref(x)))
        return true;
    slong v = (slong)fmpz_val2(fmpq_numref(x));
    slong bits = (slong)fmpz_bits(fmpq_numref(x)) - v;
    e += v - 4 * (slong)m;
    if (bits > 53)
        return refuse(s, "a hexfloat is a double: at most 53 bits");
    if (e < -1074 || e + bits > 1024)
        return refuse(s, "a hexfloat is a double: beyond the range of one");
    fmpz_tdiv_q_2exp(fmpq_numref(x), fmpq_numref(x), (ulong)v);
    if (e >= 0)
        fmpz_mul_2exp(fmpq_numref(x), fmpq_numref(x), (ulong)e);
    else
        fmpz_mul_2exp(fmpq_denref(x), fmpq_denref(x), (ulong)-e);
    return true;
}

/* The denominator after `integer/`. */
static bool
denominator(fmpq_t x, scan *s)
{
    size_t n = count(++s->p, isdigit);

    if (n == 0)
        return refuse(s, "digits must follow the slash");
    join(fmpq_denref(x), s->p, n, s->p, 0, 10);
    s->p += n;
    if (*s->p == '.' || *s->p == 'e' || *s->p == 'E')
        return refuse(s, "a fraction is integer/integer");
    if (fmpz_is_zero(fmpq_denref(x)))
        return refuse(s, "the denominator is zero");
    fmpq_canonicalise(x);
    return true;
}

/* digits[.digits][e[+-]digits] | digits/digits */
static bool
decimal(fmpq_t x, scan *s)
{
    size_t n, m;
    const char *p = s->p, *q;
    slong e = 0;
    bool integer = true;

    if (!digits_at(s, &n, isdigit))
        return false;
    s->p += n;
    if (!fraction_part(s, &q, &m, isdigit))
        return false;
    if (q != s->p)
        integer = false;
    if (*s->p == 'e' || *s->p == 'E') {
        s->p++;
        integer = false;
        if (!exponent(&e, s))
            return false;
    }
    join(fmpq_numref(x), p, n, q, m, 10);
    fmpz_one(fmpq_denref(x));
    if (*s->p == '/') {
        if (!integer)
            return refuse(s, "a fraction is integer/integer");
        return denominator(x, s);
    }
    e -= (slong)m;
    if (e == 0 || fmpz_is_zero(fmpq_numref(x)))
        return true;
    fmpz_t ten;
    fmpz_init_set_ui(ten, 10);
    fmpz_pow_ui(ten, ten, (ulong)(e < 0 ? -e : e));
    if (e > 0) {
        fmpz_mul(fmpq_numref(x), fmpq_numref(x), ten);
    } else {
        fmpz_swap(fmpq_denref(x), ten);
        fmpq_canonicalise(x);
    }
    fmpz_clear(ten);
    return true;
}

/* REAL; the cursor stops after it. */
static bool
real(fmpq_t x, scan *s)
{
    bool negative = *s->p == '-', ok;

    if (*s->p == '+' || *s->p == '-')
        s->p++;
    if (strncasecmp(s->p, "inf", 3) == 0 || strncasecmp(s->p, "nan", 3) == 0)
        return refuse(s, "inf and nan are refused");
    if (s->p[0] == '0' && (s->p[1] == 'x' || s->p[1] == 'X'))
        ok = hexfloat(x, s);
    else
        ok = decimal(x, s);
    if (ok && negative)
        fmpq_neg(x, x);
    return ok;
}

/* The end of the text, or why not. */
static bool
ended(scan *s)
{
    if (*s->p == 0)
        return true;
    if (isspace((unsigned char)*s->p))
        return refuse(s, "blanks are not part of a number");
    if (*s->p == '/')
        return refuse(s, "a fraction is integer/integer");
    return refuse(s, "there is more text after the number");
}

/* -------------------------------------------------------------------- parsing */

bool
mlio_parse_real(fmpq_t x, const char *s, mlio_error *err)
{
    scan at = {s, NULL};
    bool ok = real(x, &at);

    if (ok && at.p[0] == 'i' && at.p[1] == 0)
        ok = refuse(&at, "it must be real");
    if (ok)
        ok = ended(&at);
    if (!ok) {
        fmpq_zero(x);
        mlio_fail(err, MLIO_DATA, "expected a number, got %s (%s)",
                  mlio_quote(s).text, at.why);
    }
    return ok;
}

/* REAL | REAL i | REAL +- REAL i */
static bool
complex(fmpq_t re, fmpq_t im, scan *s)
{
    fmpq_zero(im);
    if (!real(re, s))
        return false;
    if (*s->p == 'i') {
        s->p++;
        fmpq_swap(re, im);
        fmpq_zero(re);
        if (*s->p == '+' || *s->p == '-')
            return refuse(s, "the imaginary part comes last");
        return ended(s);
    }
    if (*s->p != '+' && *s->p != '-')
        return ended(s);
    bool negative = *s->p++ == '-';
    if (!real(im, s))
        return false;
    if (negative)
        fmpq_neg(im, im);
    if (*s->p != 'i')
        return refuse(s, "the second part must end in i");
    s->p++;
    return ended(s);
}

bool
mlio_parse_complex(fmpq_t re, fmpq_t im, const char *s, mlio_error *err)
{
    scan at = {s, NULL};
    bool ok = complex(re, im, &at);

    if (!ok) {
        fmpq_zero(re);
        fmpq_zero(im);
        mlio_fail(err, MLIO_DATA, "expected a complex number, got %s (%s)",
                  mlio_quote(s).text, at.why);
    }
    return ok;
}

bool
mlio_parse_double(double *x, const char *s, mlio_error *err)
{
    fmpq_t q;

    fmpq_init(q);
    bool ok = mlio_parse_real(q, s, err);
    *x = ok ? mlio_fmpq_get_d(q) : 0.0;
    if (ok && *x == 0.0 && *s == '-')
        *x = -0.0; /* a rational has no sign of zero, its text has */
    if (ok && isinf(*x))
        ok = mlio_fail(err, MLIO_DATA,
                       "expected a double, got %s (beyond their range)",
                       mlio_quote(s).text);
    fmpq_clear(q);
    return ok;
}

/* -------------------------------------------------------------------- doubles */

/* The k with 2^k <= n/d < 2^(k+1), n, d > 0. */
static slong
floor_log2(const fmpz_t n, const fmpz_t d)
{
    slong k = (slong)fmpz_bits(n) - (slong)fmpz_bits(d);
    fmpz_t t;

    fmpz_init(t);
    if (k >= 0) {
        fmpz_mul_2exp(t, d, (ulong)k);
        k -= fmpz_cmp(n, t) < 0;
    } else {
        fmpz_mul_2exp(t, n, (ulong)-k);
        k -= fmpz_cmp(t, d) < 0;
    }
    fmpz_clear(t);
    return k;
}

double
mlio_fmpq_get_d(const fmpq_t x)
{
    double sign = fmpz_sgn(fmpq_numref(x)) < 0 ? -1.0 : 1.0, res;
    fmpz_t n, d, q, r;

    if (fmpq_is_zero(x))
        return 0.0;
    fmpz_init(n);
    fmpz_init_set(d, fmpq_denref(x));
    fmpz_init(q);
    fmpz_init(r);
    fmpz_abs(n, fmpq_numref(x));
    slong k = floor_log2(n, d);
    if (k > 1023) {
        res = HUGE_VAL;
    } else if (k < -1075) {
        res = 0.0;
    } else {
        /* u: exponent of the last bit; q <= 2^53 is exact in a double */
        slong u = (k < -1022 ? -1022 : k) - 52;

        if (u < 0)
            fmpz_mul_2exp(n, n, (ulong)-u);
        else
            fmpz_mul_2exp(d, d, (ulong)u);
        fmpz_fdiv_qr(q, r, n, d);
        fmpz_mul_2exp(r, r, 1);
        int c = fmpz_cmp(r, d);
        if (c > 0 || (c == 0 && fmpz_is_odd(q)))
            fmpz_add_ui(q, q, 1);
        res = ldexp(fmpz_get_d(q), (int)u);
    }
    fmpz_clear(n);
    fmpz_clear(d);
    fmpz_clear(q);
    fmpz_clear(r);
    return sign * res;
}

bool
mlio_fmpq_round_to_double(fmpq_t x)
{
    double d = mlio_fmpq_get_d(x);
    int e;

    if (isinf(d))
        return false;
    double m = ldexp(frexp(d, &e), 53); /* an integer below 2^53 in size */
    e -= 53;
    fmpz_set_d(fmpq_numref(x), m);
    fmpz_one(fmpq_denref(x));
    if (e >= 0)
        fmpz_mul_2exp(fmpq_numref(x), fmpq_numref(x), (ulong)e);
    else
        fmpz_mul_2exp(fmpq_denref(x), fmpq_denref(x), (ulong)-e);
    fmpq_canonicalise(x);
    return true;
}

char *
mlio_fmpq_str(const fmpq_t x)
{
    return fmpq_get_str(NULL, 10, x);
}
