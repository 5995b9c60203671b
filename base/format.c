/* base/format.c - decimals with a proved radius, from balls and rationals.
 *
 * Bounds B1 to B3 are those of base/README.md.  What is printed depends on the
 * number alone, not on how a library rounds.
 */
#include <stdio.h>
#include <string.h>

#include "base/impl.h"
#include "base/number.h"

/* ---------------------------------------------------------------------- a ball */

static char *
copy(const char *s)
{
    size_t n = strlen(s) + 1;

    return memcpy(flint_malloc(n), s, n);
}

/* Bits that hold 10^|k|, unless k is huge: then powers are inexact balls. */
static slong
power_bits(const fmpz_t k)
{
    return fmpz_bits(k) > 16 ? 0 : 4 * FLINT_ABS(fmpz_get_si(k));
}

/* d encloses |x - n 10^k| to 32 bits, in units of 10^min(k, 0): a unit in
 * which it is a finite binary number, found exactly while k is not huge. */
static void
deviation(arb_t d, const arf_t x, const fmpz_t n, const fmpz_t k)
{
    slong prec = arf_bits(x) + (slong)fmpz_bits(n) + power_bits(k) + 64;
    fmpz_t zero, minus_k;
    arb_t y;
    arf_t a;

    fmpz_init(zero);
    fmpz_init(minus_k);
    fmpz_neg(minus_k, k);
    arb_init(y);
    arf_init(a);
    arf_set_fmpz(a, n);
    for (;; prec *= 2) {
        mlio_scale(d, x, fmpz_sgn(k) < 0 ? k : zero, prec);
        mlio_scale(y, a, fmpz_sgn(k) > 0 ? minus_k : zero, prec);
        arb_sub(d, d, y, prec);
        arb_abs(d, d);
        if (arb_rel_accuracy_bits(d) >= 32)
            break;
    }
    fmpz_clear(zero);
    fmpz_clear(minus_k);
    arb_clear(y);
    arf_clear(a);
}

/* d = rad(x) + |mid(x) - n 10^k|, in those units; exact: the second is 0.
 * [base B1] */
static void
part_radius(arb_t d, const arb_t x, const fmpz_t n, const fmpz_t k, bool exact)
{
    fmpz_t unit;
    arf_t a;
    arb_t r;

    fmpz_init(unit);
    arf_init(a);
    arb_init(r);
    if (fmpz_sgn(k) < 0)
        fmpz_set(unit, k);
    arf_set_mag(a, arb_radref(x));
    mlio_scale(r, a, unit, power_bits(unit) + 128);
    arb_zero(d);
    if (!exact)
        deviation(d, arb_midref(x), n, k);
    arb_add(d, d, r, FLINT_MAX(arb_bits(d), arb_bits(r)) + 128);
    fmpz_clear(unit);
    arf_clear(a);
    arb_clear(r);
}

/* d, in units of 10^min(k, 0), rounded up to two digits. */
static char *
format_radius(const arb_t d, const fmpz_t k)
{
    fmpz_t n, place;
    arf_t u;

    if (arb_is_zero(d))
        return copy("0");
    fmpz_init(n);
    fmpz_init(place);
    arf_init(u);
    arb_get_ubound_arf(u, d, arb_bits(d) + 64);
    mlio_round_digits(n, place, u, 2, MLIO_UP);
    if (fmpz_sgn(k) < 0)
        fmpz_add(place, place, k);
    char *res = mlio_decimal(n, place, false);
    fmpz_clear(n);
    fmpz_clear(place);
    arf_clear(u);
    return res;
}

/* k: the place of the last digit to print; without a midpoint, the place of
 * the second digit of the radius. */
static void
last_place(fmpz_t k, const acb_t v, slong digits)
{
    const arb_struct *re = acb_realref(v), *im = acb_imagref(v);
    arf_t a;

    arf_init(a);
    if (arf_cmpabs(arb_midref(re), arb_midref(im)) >= 0)
        arf_set(a, arb_midref(re));
    else
        arf_set(a, arb_midref(im));
    if (arf_is_zero(a)) { /* only the radius says where digits end */
        digits = 0;
        if (mag_cmp(arb_radref(re), arb_radref(im)) >= 0)
            arf_set_mag(a, arb_radref(re));
        else
            arf_set_mag(a, arb_radref(im));
    }
    if (arf_is_zero(a))
        fmpz_zero(k);
    else
        mlio_floor_log10(k, a);
    fmpz_sub_si(k, k, digits + 1);
    arf_clear(a);
}

void
mlio_format_ball(char **re, char **im, char **rad, const acb_t v, slong digits)
{
    const arb_struct *x = acb_realref(v), *y = acb_imagref(v);
    fmpz_t k, a, b;
    arb_t d, f;

    if (!acb_is_finite(v)) {
        *re = copy("nan");
        *im = copy("nan");
        *rad = copy("inf");
        return;
    }
    fmpz_init(k);
    fmpz_init(a);
    fmpz_init(b);
    arb_init(d);
    arb_init(f);
    last_place(k, v, FLINT_MAX(digits, 1));
    slong prec = 4 * FLINT_MAX(digits, 1) + 64;
    bool exact_x = mlio_round_at(a, arb_midref(x), k, MLIO_NEAREST, prec);
    bool exact_y = mlio_round_at(b, arb_midref(y), k, MLIO_NEAREST, prec);
    part_radius(d, x, a, k, exact_x);
    part_radius(f, y, b, k, exact_y);
    bool exact = arb_is_zero(d) && arb_is_zero(f);
    if (arb_is_zero(d)) {
        arb_set(d, f);
    } else if (!arb_is_zero(f)) {
        prec = 2 * FLINT_MAX(arb_bits(d), arb_bits(f)) + 128;
        arb_mul(d, d, d, prec);
        arb_addmul(d, f, f, prec);
        arb_sqrt(d, d, prec);
    }
    *re = mlio_decimal(a, k, exact || arb_is_zero(x));
    *im = mlio_decimal(b, k, exact || arb_is_zero(y));
    *rad = format_radius(d, k);
    fmpz_clear(k);
    fmpz_clear(a);
    fmpz_clear(b);
    arb_clear(d);
    arb_clear(f);
}

/* --------------------------------------------------------- rounded correctly */

/* The ends of x round to one decimal n 10^k.  [base B3] */
static bool
ends_agree(fmpz_t n, fmpz_t k, const arb_t x, slong digits)
{
    slong prec = arf_bits(arb_midref(x)) + 4 * digits + 128;
    fmpz_t n2, k2;
    arf_t a, b;

    fmpz_init(n2);
    fmpz_init(k2);
    arf_init(a);
    arf_init(b);
    arb_get_lbound_arf(a, x, prec);
    arb_get_ubound_arf(b, x, prec);
    bool same = arf_sgn(a) * arf_sgn(b) > 0;
    if (same) {
        mlio_round_digits(n, k, a, digits, MLIO_NEAREST);
        mlio_round_digits(n2, k2, b, digits, MLIO_NEAREST);
        same = fmpz_equal(n, n2) && fmpz_equal(k, k2);
    }
    fmpz_clear(n2);
    fmpz_clear(k2);
    arf_clear(a);
    arf_clear(b);
    return same;
}

char *
mlio_format_decided(bool *exact, const arb_t x, slong digits)
{
    char *res = NULL;
    fmpz_t n, k;

    *exact = false;
    digits = FLINT_MAX(digits, 1);
    if (!arb_is_finite(x))
        return NULL;
    if (arb_is_zero(x)) {
        *exact = true;
        return copy("0");
    }
    fmpz_init(n);
    fmpz_init(k);
    bool decided = true;
    if (arb_is_exact(x))
        *exact = mlio_round_digits(n, k, arb_midref(x), digits, MLIO_NEAREST);
    else
        decided = ends_agree(n, k, x, digits);
    if (decided)
        res = mlio_decimal(n, k, *exact);
    fmpz_clear(n);
    fmpz_clear(k);
    return res;
}

/* n / d *= 10^-k */
static void
scale_fmpq(fmpz_t n, fmpz_t d, slong k)
{
    fmpz_t power;

    fmpz_init_set_ui(power, 10);
    fmpz_pow_ui(power, power, (ulong)(k < 0 ? -k : k));
    if (k > 0)
        fmpz_mul(d, d, power);
    else
        fmpz_mul(n, n, power);
    fmpz_clear(power);
}

/* |x| < 10^c */
static bool
below_power(const fmpq_t x, slong c)
{
    fmpz_t n, d;

    fmpz_init(n);
    fmpz_init_set(d, fmpq_denref(x));
    fmpz_abs(n, fmpq_numref(x));
    scale_fmpq(n, d, c);
    bool below = fmpz_cmp(n, d) < 0;
    fmpz_clear(n);
    fmpz_clear(d);
    return below;
}

/* floor(log10(|x|)), x not zero: a guess from the lengths, then steps. */
static slong
floor_log10_fmpq(const fmpq_t x)
{
    slong c = (slong)fmpz_sizeinbase(fmpq_numref(x), 10)
              - (slong)fmpz_sizeinbase(fmpq_denref(x), 10);

    while (below_power(x, c))
        c--;
    while (!below_power(x, c + 1))
        c++;
    return c;
}

char *
mlio_format_decided_fmpq(bool *exact, const fmpq_t x, slong digits)
{
    fmpz_t n, d, q, r, k;

    *exact = fmpq_is_zero(x);
    if (*exact)
        return copy("0");
    digits = FLINT_MAX(digits, 1);
    fmpz_init_set(n, fmpq_numref(x));
    fmpz_init_set(d, fmpq_denref(x));
    fmpz_init(q);
    fmpz_init(r);
    slong place = floor_log10_fmpq(x) - digits + 1;
    fmpz_init_set_si(k, place);
    scale_fmpq(n, d, place);
    fmpz_fdiv_qr(q, r, n, d);
    *exact = fmpz_is_zero(r);
    fmpz_mul_2exp(r, r, 1);
    int c = fmpz_cmp(r, d);
    if (c > 0 || (c == 0 && fmpz_is_odd(q)))
        fmpz_add_ui(q, q, 1);
    fmpz_set_ui(r, 10);
    fmpz_pow_ui(r, r, (ulong)digits);
    if (fmpz_cmpabs(q, r) == 0) {
        fmpz_divexact_ui(q, q, 10);
        fmpz_add_ui(k, k, 1);
    }
    char *res = mlio_decimal(q, k, *exact);
    fmpz_clear(n);
    fmpz_clear(d);
    fmpz_clear(q);
    fmpz_clear(r);
    fmpz_clear(k);
    return res;
}

char *
mlio_format_directed(const arf_t x, slong digits, bool upper)
{
    fmpz_t n, k;

    if (arf_is_nan(x))
        return copy("nan");
    if (arf_is_inf(x))
        return copy(arf_sgn(x) > 0 ? "inf" : "-inf");
    if (arf_is_zero(x))
        return copy("0");
    fmpz_init(n);
    fmpz_init(k);
    mlio_round_digits(n, k, x, FLINT_MAX(digits, 1),
                      upper ? MLIO_UP : MLIO_DOWN);
    char *res = mlio_decimal(n, k, false);
    fmpz_clear(n);
    fmpz_clear(k);
    return res;
}
