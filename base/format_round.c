/* base/format_round.c - binary numbers as integers times powers of ten.
 *
 * By B2 of base/README.md ties and exact values are found on the odd mantissa
 * and the exponent alone; every other number keeps a positive distance from
 * where a rounding jumps, so balls of growing precision decide it.
 */
#include <string.h>

#include "base/impl.h"

/* -------------------------------------------------------------------- writing */

static void
put_zeros(char **p, slong n)
{
    for (slong i = 0; i < n; i++)
        *(*p)++ = '0';
}

static void
put(char **p, const char *s, size_t n)
{
    memcpy(*p, s, n);
    *p += n;
}

/* The digits s, of which the first stands at 10^top, without an exponent. */
static void
put_plain(char **p, const char *s, slong len, slong top)
{
    if (top < 0) {
        put(p, "0.", 2);
        put_zeros(p, -top - 1);
        put(p, s, (size_t)len);
    } else if (top + 1 >= len) {
        put(p, s, (size_t)len);
        put_zeros(p, top + 1 - len);
    } else {
        put(p, s, (size_t)top + 1);
        put(p, ".", 1);
        put(p, s + top + 1, (size_t)(len - top - 1));
    }
}

char *
mlio_decimal(const fmpz_t n, const fmpz_t k, bool strip)
{
    char *digits = fmpz_get_str(NULL, 10, n), *s = digits;
    bool negative = *s == '-';
    fmpz_t top;

    s += negative;
    slong len = (slong)strlen(s), all = len;
    while (strip && len > 1 && s[len - 1] == '0')
        len--;
    fmpz_init(top);
    fmpz_add_si(top, k, all - 1);
    /* room for sign, point, 25 zeros; or for an exponent */
    char *res = flint_malloc((size_t)len + fmpz_sizeinbase(top, 10) + 40);
    char *p = res;
    bool whole = strip || fmpz_sgn(k) <= 0; /* no zeros that n does not have */
    if (fmpz_is_zero(n) && strip) {
        put(&p, "0", 1);
    } else {
        if (negative)
            put(&p, "-", 1);
        if (whole && fmpz_cmp_si(top, -5) >= 0 && fmpz_cmp_si(top, 20) <= 0
            && !fmpz_is_zero(n)) {
            put_plain(&p, s, len, fmpz_get_si(top));
        } else {
            put(&p, s, 1);
            if (len > 1)
                put(&p, ".", 1);
            put(&p, s + 1, (size_t)len - 1);
            put(&p, "e", 1);
            fmpz_get_str(p, 10, top);
            p += strlen(p);
        }
    }
    *p = 0;
    fmpz_clear(top);
    flint_free(digits);
    return res;
}

/* ------------------------------------------------------------------- rounding */

/* n = m 2^e 10^-k if that is an integer (m odd).  [base B2] */
static bool
multiple(fmpz_t n, const fmpz_t m, const fmpz_t e, const fmpz_t k)
{
    fmpz_t five, shift;

    if (fmpz_cmp(e, k) < 0
        || (fmpz_sgn(k) > 0 && fmpz_cmp_ui(k, fmpz_bits(m)) > 0))
        return false;
    fmpz_init_set_ui(five, 5);
    fmpz_init(shift);
    fmpz_abs(shift, k);
    fmpz_pow_ui(five, five, fmpz_get_ui(shift));
    bool ok = fmpz_sgn(k) <= 0 || fmpz_divisible(m, five);
    if (ok) {
        if (fmpz_sgn(k) <= 0)
            fmpz_mul(n, m, five);
        else
            fmpz_divexact(n, m, five);
        fmpz_sub(shift, e, k);
        fmpz_mul_2exp(n, n, fmpz_get_ui(shift));
    }
    fmpz_clear(five);
    fmpz_clear(shift);
    return ok;
}

void
mlio_scale(arb_t t, const arf_t x, const fmpz_t k, slong prec)
{
    slong wp = prec + 2 * (slong)fmpz_bits(k) + 20;
    fmpz_t abs_k;
    arb_t power;

    fmpz_init(abs_k);
    arb_init(power);
    fmpz_abs(abs_k, k);
    arb_set_ui(power, 10);
    arb_pow_fmpz(power, power, abs_k, wp);
    arb_set_arf(t, x);
    if (fmpz_sgn(k) > 0)
        arb_div(t, t, power, wp);
    else
        arb_mul(t, t, power, wp);
    fmpz_clear(abs_k);
    arb_clear(power);
}

/* n = floor(t) if it is the same for the whole ball. */
static bool
unique_floor(fmpz_t n, const arb_t t, slong prec)
{
    arf_t a, b;

    arf_init(a);
    arf_init(b);
    arb_get_lbound_arf(a, t, prec);
    arb_get_ubound_arf(b, t, prec);
    arf_floor(a, a);
    arf_floor(b, b);
    bool same = arf_equal(a, b);
    if (same)
        arf_get_fmpz(n, a, ARF_RND_DOWN);
    arf_clear(a);
    arf_clear(b);
    return same;
}

/* n = floor(x 10^-k + shift) where x 10^-k + shift is not an integer. */
static void
decide_floor(fmpz_t n, const arf_t x, const fmpz_t k, double shift, slong prec)
{
    arb_t t;
    arf_t h;

    arb_init(t);
    arf_init(h);
    arf_set_d(h, shift);
    for (;; prec *= 2) {
        mlio_scale(t, x, k, prec);
        arb_add_arf(t, t, h, prec + 64);
        if (unique_floor(n, t, prec + 64))
            break;
    }
    arb_clear(t);
    arf_clear(h);
}

bool
mlio_round_at(fmpz_t n, const arf_t x, const fmpz_t k, mlio_rounding how,
              slong prec)
{
    fmpz_t m, e;

    fmpz_init(m);
    fmpz_init(e);
    arf_get_fmpz_2exp(m, e, x);
    bool exact = arf_is_zero(x);
    if (exact)
        fmpz_zero(n);
    else
        exact = multiple(n, m, e, k);
    if (!exact) {
        fmpz_add_ui(e, e, 1);
        if (how == MLIO_NEAREST && multiple(n, m, e, k)) {
            fmpz_fdiv_q_2exp(n, n, 1); /* n was odd: a tie */
            if (fmpz_is_odd(n))
                fmpz_add_ui(n, n, 1);
        } else {
            decide_floor(n, x, k, how == MLIO_NEAREST ? 0.5 : 0.0, prec);
            if (how == MLIO_UP)
                fmpz_add_ui(n, n, 1);
        }
    }
    fmpz_clear(m);
    fmpz_clear(e);
    return exact;
}

/* x = 10^c? */
static bool
is_power(const arf_t x, const fmpz_t c)
{
    fmpz_t m, e, n;

    fmpz_init(m);
    fmpz_init(e);
    fmpz_init(n);
    arf_get_fmpz_2exp(m, e, x);
    fmpz_abs(m, m);
    bool yes = fmpz_sgn(c) >= 0 && fmpz_equal(e, c) && multiple(n, m, e, c)
               && fmpz_is_one(n);
    fmpz_clear(m);
    fmpz_clear(e);
    fmpz_clear(n);
    return yes;
}

void
mlio_floor_log10(fmpz_t c, const arf_t x)
{
    slong prec = 64 + (slong)fmpz_bits(ARF_EXPREF(x));
    arb_t t, ten;

    arb_init(t);
    arb_init(ten);
    for (;; prec *= 2) {
        arb_set_arf(t, x);
        arb_abs(t, t);
        arb_log(t, t, prec);
        arb_const_log10(ten, prec);
        arb_div(t, t, ten, prec);
        if (unique_floor(c, t, prec))
            break;
        arf_t a;
        arf_init(a);
        arb_get_ubound_arf(a, t, prec);
        arf_floor(a, a);
        arf_get_fmpz(c, a, ARF_RND_DOWN);
        arf_clear(a);
        if (is_power(x, c)) /* the only way for log10|x| to be an integer */
            break;
    }
    arb_clear(t);
    arb_clear(ten);
}

bool
mlio_round_digits(fmpz_t n, fmpz_t k, const arf_t x, slong digits,
                  mlio_rounding how)
{
    fmpz_t top;

    mlio_floor_log10(k, x);
    fmpz_sub_si(k, k, digits - 1);
    bool exact = mlio_round_at(n, x, k, how, 4 * digits + 64);
    fmpz_init_set_ui(top, 10);
    fmpz_pow_ui(top, top, (ulong)digits);
    if (fmpz_cmpabs(n, top) == 0) {
        fmpz_divexact_ui(n, n, 10);
        fmpz_add_ui(k, k, 1);
    }
    fmpz_clear(top);
    return exact;
}
