/* validation/cells.c - cells of a certified table held against balls. */
#include "validation/cells.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

enum { DIGITS = 40, KAPPA_DIGITS = 3 };

void
mlval_decimal_init(mlval_decimal *d)
{
    memset(d, 0, sizeof *d);
    fmpz_init(d->digits);
}

void
mlval_decimal_clear(mlval_decimal *d)
{
    fmpz_clear(d->digits);
}

bool
mlval_decimal_read(mlval_decimal *d, const char *text)
{
    const char *s = text;
    bool minus = *s == '-', point = false, any = false;
    long after = 0;

    s += minus;
    fmpz_zero(d->digits);
    d->count = 0;
    d->exponent = 0;
    for (; isdigit((unsigned char)*s) || (*s == '.' && !point); s++) {
        if (*s == '.') {
            point = true;
            continue;
        }
        any = true;
        fmpz_mul_ui(d->digits, d->digits, 10);
        fmpz_add_ui(d->digits, d->digits, (ulong)(*s - '0'));
        d->count += !fmpz_is_zero(d->digits);
        after += point;
    }
    if (!any)
        return false;
    if (*s == 'e') {
        char *end;

        s++;
        if (!isdigit((unsigned char)s[*s == '-' || *s == '+']))
            return false;
        errno = 0;
        d->exponent = strtol(s, &end, 10);
        if (errno)
            return false;
        s = end;
    }
    d->exponent -= after;
    d->exact = *s == '=';
    if (minus)
        fmpz_neg(d->digits, d->digits);
    return s[d->exact] == '\0';
}

double
mlval_decimal_log(const mlval_decimal *d)
{
    return log(fabs(fmpz_get_d(d->digits))) + (double)d->exponent * log(10);
}

/* n 10^e / div */
static void
scaled(arb_t res, const fmpz_t n, ulong div, long e, slong prec)
{
    arb_t ten;
    fmpz_t power;

    arb_init(ten);
    fmpz_init(power);
    fmpz_set_si(power, e);
    arb_set_ui(ten, 10);
    arb_pow_fmpz(ten, ten, power, prec + 2 * (slong)fmpz_bits(power));
    arb_mul_fmpz(res, ten, n, prec);
    arb_div_ui(res, res, div, prec);
    arb_clear(ten);
    fmpz_clear(power);
}

/* Does v >= 0 lie strictly between n - 1/below and n + 1/above, times 10^e?
 * above = 0: it may be n, and no more. */
static mlval_mark
between(const arb_t v, const fmpz_t n, ulong below, ulong above, long e,
        slong prec)
{
    arb_t lo, hi;
    fmpz_t m;
    mlval_mark mark = MLVAL_OPEN;
    bool in, out;

    arb_init(lo);
    arb_init(hi);
    fmpz_init(m);
    fmpz_mul_ui(m, n, below);
    fmpz_sub_ui(m, m, 1);
    scaled(lo, m, below, e, prec);
    fmpz_mul_ui(m, n, above ? above : 1);
    fmpz_add_ui(m, m, above ? 1 : 0);
    scaled(hi, m, above ? above : 1, e, prec);
    in = arb_gt(v, lo) && (above ? arb_lt(v, hi) : arb_le(v, hi));
    out = arb_lt(v, lo) || arb_gt(v, hi) || (!above && arb_le(v, lo));
    if (in)
        mark = MLVAL_RIGHT;
    else if (out)
        mark = MLVAL_MISS;
    arb_clear(lo);
    arb_clear(hi);
    fmpz_clear(m);
    return mark;
}

/* A claim to be exact that no rule supports: a miss as soon as the ball is
 * narrow enough. */
static mlval_mark
is_not(const arb_t v, const fmpz_t n, long e, slong prec)
{
    arb_t d;
    mlval_mark mark;

    arb_init(d);
    scaled(d, n, 1, e, prec);
    mark = arb_overlaps(v, d) ? MLVAL_OPEN : MLVAL_MISS;
    arb_clear(d);
    return mark;
}

/* The known value is a double: ball 10^-exponent = digits, both exact. */
static mlval_mark
judge_exact(const mlval_decimal *d, const arb_t ball)
{
    arb_t v;
    fmpz_t power;
    bool same = false;

    arb_init(v);
    fmpz_init(power);
    if (d->exponent <= 0 && d->exponent > -2000) {
        fmpz_set_ui(power, 10);
        fmpz_pow_ui(power, power, (ulong)-d->exponent);
        arb_mul_fmpz(v, ball, power, ARF_PREC_EXACT);
        arb_sub_fmpz(v, v, d->digits, ARF_PREC_EXACT);
        same = arb_is_zero(v);
    }
    arb_clear(v);
    fmpz_clear(power);
    return same ? MLVAL_RIGHT : MLVAL_MISS;
}

mlval_mark
mlval_cell_digits(const char *cell, const arb_t ball, bool known, slong prec)
{
    mlval_decimal d;
    mlval_mark mark;

    mlval_decimal_init(&d);
    if (!mlval_decimal_read(&d, cell)
        || (!known && !d.exact && d.count != DIGITS)) {
        mark = MLVAL_MALFORMED;
    } else if (known) {
        mark = d.exact ? judge_exact(&d, ball) : MLVAL_MISS;
    } else {
        bool minus = fmpz_sgn(d.digits) < 0;
        fmpz_t power;
        arb_t v;

        arb_init(v);
        fmpz_init(power);
        if (minus)
            arb_neg(v, ball);
        else
            arb_set(v, ball);
        fmpz_abs(d.digits, d.digits);
        fmpz_set_ui(power, 10);
        fmpz_pow_ui(power, power, DIGITS - 1);
        if (d.exact)
            mark = is_not(v, d.digits, d.exponent, prec);
        else
            mark = between(v, d.digits, fmpz_equal(d.digits, power) ? 20 : 2, 2,
                           d.exponent, prec);
        arb_clear(v);
        fmpz_clear(power);
    }
    mlval_decimal_clear(&d);
    return mark;
}

mlval_mark
mlval_cell_up(const char *cell, const arb_t ball, slong prec)
{
    mlval_decimal d;
    mlval_mark mark;

    mlval_decimal_init(&d);
    if (!mlval_decimal_read(&d, cell) || fmpz_sgn(d.digits) < 0 || d.exact
        || (d.count != KAPPA_DIGITS && !fmpz_is_zero(d.digits))) {
        mark = MLVAL_MALFORMED;
    } else if (fmpz_is_zero(d.digits)) {
        mark = arb_is_zero(ball)
                   ? MLVAL_RIGHT
                   : (arb_is_nonzero(ball) ? MLVAL_MISS : MLVAL_OPEN);
    } else {
        /* of x (1 - 2^-64), by definition: no ball decides x itself where it
         * is a number of three digits */
        arb_t less;

        arb_init(less);
        arb_mul_2exp_si(less, ball, -64);
        arb_sub(less, ball, less, prec);
        mark = between(less, d.digits, fmpz_equal_si(d.digits, 100) ? 10 : 1, 0,
                       d.exponent, prec);
        arb_clear(less);
    }
    mlval_decimal_clear(&d);
    return mark;
}

/* The middle between a and b, neighbours; 2^1024 stands beyond the largest. */
static void
middle(arf_t res, double a, double b)
{
    arf_t x;

    arf_init(x);
    if (isinf(b)) {
        arf_set_d(x, b > 0 ? 1 : -1);
        arf_mul_2exp_si(x, x, 1024);
    } else {
        arf_set_d(x, b);
    }
    arf_set_d(res, a);
    arf_add(res, res, x, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(res, res, -1);
    arf_clear(x);
}

mlval_mark
mlval_cell_double(const char *cell, const arb_t ball)
{
    char *end;
    double d = strtod(cell, &end);
    arf_t lo, hi, a, b;
    mlval_mark mark = MLVAL_OPEN;
    bool open_lo, open_hi;

    if (*cell == '\0' || *end || isnan(d))
        return MLVAL_MALFORMED;
    if (d == 0 && arb_is_nonzero(ball)
        && (bool)signbit(d) != arb_is_negative(ball))
        return MLVAL_MISS;
    if (d == 0 && signbit(d) && arb_is_zero(ball))
        return MLVAL_MISS;
    arf_init(lo);
    arf_init(hi);
    arf_init(a);
    arf_init(b);
    if (d == -HUGE_VAL)
        arf_neg_inf(lo);
    else if (d == HUGE_VAL)
        middle(lo, ldexp(0x1.fffffffffffffp0, 1023), d);
    else
        middle(lo, d, nextafter(d, -HUGE_VAL));
    if (d == HUGE_VAL)
        arf_pos_inf(hi);
    else if (d == -HUGE_VAL)
        middle(hi, -ldexp(0x1.fffffffffffffp0, 1023), d);
    else
        middle(hi, d, nextafter(d, HUGE_VAL));
    arb_get_lbound_arf(a, ball, 4096);
    arb_get_ubound_arf(b, ball, 4096);
    open_lo = arf_cmp(a, lo) > 0 || arf_is_neg_inf(lo);
    open_hi = arf_cmp(b, hi) < 0 || arf_is_pos_inf(hi);
    if (arf_is_nan(a) || arf_is_nan(b) || !arb_is_finite(ball))
        mark = MLVAL_OPEN;
    else if (open_lo && open_hi)
        mark = MLVAL_RIGHT;
    else if (arf_cmp(b, lo) < 0 || arf_cmp(a, hi) > 0)
        mark = MLVAL_MISS;
    arf_clear(lo);
    arf_clear(hi);
    arf_clear(a);
    arf_clear(b);
    return mark;
}

bool
mlval_cell_argument(double *value, const char *cell)
{
    char *end, *end2;
    mpfr_t wide;
    bool exact;

    *value = strtod(cell, &end);
    if (strncmp(cell + (*cell == '-'), "0x", 2) != 0 || *end
        || !isfinite(*value))
        return false;
    mpfr_init2(wide, 400);
    mpfr_strtofr(wide, cell, &end2, 16, MPFR_RNDN);
    exact = mpfr_cmp_d(wide, *value) == 0;
    mpfr_clear(wide);
    return exact && !*end2;
}
