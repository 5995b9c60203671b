/* base/test/t-format.c - printed radii hold, and decimals are rounded right.
 *
 * The oracle is exact arithmetic on rationals, with its own reading of what
 * was printed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fmpq.h>

#include "base/impl.h"
#include "base/number.h"
#include "validation/tap/tap.h"

/* ------------------------------------------------------------------- oracle */

/* x *= 10^e */
static void
times_ten(fmpq_t x, slong e)
{
    fmpq_t ten;

    fmpq_init(ten);
    fmpq_set_si(ten, 10, 1);
    fmpq_pow_si(ten, ten, e);
    fmpq_mul(x, x, ten);
    fmpq_clear(ten);
}

/* Reads -12.5e-7; *place: the exponent of its last digit, *digits: how many
 * from the first that is not 0. */
static void
read_decimal(fmpq_t x, slong *place, slong *digits, const char *s)
{
    char buffer[20000];
    size_t n = 0;
    bool point = false;

    *place = 0;
    *digits = 0;
    for (; *s && *s != 'e'; s++) {
        if (*s == '.') {
            point = true;
            continue;
        }
        buffer[n++] = *s;
        *place -= point;
        if (*s != '-' && (*digits || *s != '0'))
            ++*digits;
    }
    buffer[n] = 0;
    *place += *s ? strtol(s + 1, NULL, 10) : 0;
    fmpz_set_str(fmpq_numref(x), buffer, 10);
    fmpz_one(fmpq_denref(x));
    times_ten(x, *place);
}

/* floor(log10|x|) by counting, x not 0. */
static slong
order(const fmpq_t x)
{
    slong c = (slong)floor(log10(fabs(mlio_fmpq_get_d(x)))) - 2;
    fmpq_t y, p;

    fmpq_init(y);
    fmpq_init(p);
    fmpq_abs(y, x);
    for (;; c++) {
        fmpq_one(p);
        times_ten(p, c + 1);
        if (fmpq_cmp(y, p) < 0)
            break;
    }
    fmpq_clear(y);
    fmpq_clear(p);
    return c;
}

static void
mag_fmpq(fmpq_t x, const mag_t m)
{
    arf_t a;

    arf_init(a);
    arf_set_mag(a, m);
    arf_get_fmpq(x, a);
    arf_clear(a);
}

/* d = (|mid - printed| + rad)^2 */
static void
deviation_squared(fmpq_t d, const arb_t x, const fmpq_t printed)
{
    fmpq_t r;

    fmpq_init(r);
    arf_get_fmpq(d, arb_midref(x));
    fmpq_sub(d, d, printed);
    fmpq_abs(d, d);
    mag_fmpq(r, arb_radref(x));
    fmpq_add(d, d, r);
    fmpq_mul(d, d, d);
    fmpq_clear(r);
}

/* ------------------------------------------------------------- random balls */

static void
random_part(arb_t x, tap_random *r)
{
    slong bits = tap_random_int(r, 1, 200);
    fmpz_t m;

    arb_zero(x);
    if (tap_random_int(r, 0, 4) == 0)
        return;
    fmpz_init(m);
    for (slong b = 0; b < bits; b += 32) {
        fmpz_mul_2exp(m, m, 32);
        fmpz_add_ui(m, m, tap_random_u64(r) >> 32);
    }
    if (tap_random_int(r, 0, 1))
        fmpz_neg(m, m);
    arb_set_fmpz(x, m);
    /* exponents near 0 too: short decimals, ties, exact values */
    slong e = tap_random_int(r, 0, 2) ? tap_random_int(r, -8, 8)
                                      : tap_random_int(r, -400, 400);
    arb_mul_2exp_si(x, x, e - (tap_random_int(r, 0, 1) ? bits : 0));
    if (tap_random_int(r, 0, 2))
        mag_set_ui_2exp_si(arb_radref(x), tap_random_u64(r) >> 40,
                           tap_random_int(r, -500, 50));
    fmpz_clear(m);
}

typedef struct {
    long wrong, wide, zero, place, part, exact;
} tally;

/* One ball: the four promises of mlio_format_ball. */
static void
judge(tally *t, const acb_t v, slong digits)
{
    char *re, *im, *rad;
    slong pr, pi, pq, n, nr;
    fmpq_t x, y, q, d, e;

    mlio_format_ball(&re, &im, &rad, v, digits);
    fmpq_init(x);
    fmpq_init(y);
    fmpq_init(q);
    fmpq_init(d);
    fmpq_init(e);
    read_decimal(x, &pr, &n, re);
    read_decimal(y, &pi, &n, im);
    read_decimal(q, &pq, &nr, rad);
    deviation_squared(d, acb_realref(v), x);
    deviation_squared(e, acb_imagref(v), y);
    fmpq_add(d, d, e);
    fmpq_mul(e, q, q);
    t->wrong += fmpq_cmp(d, e) > 0;
    /* two digits, rounded up: at most 1.1 times what is needed */
    fmpq_t limit;
    fmpq_init(limit);
    fmpq_set_si(limit, 12101, 10000);
    fmpq_mul(limit, limit, d);
    t->wide += fmpq_cmp(e, limit) > 0;
    fmpq_clear(limit);
    t->zero += (strcmp(rad, "0") == 0) != fmpq_is_zero(d);
    t->wide += !fmpq_is_zero(q) && nr != 2;
    t->exact += fmpq_is_zero(d);
    t->part += arb_is_zero(acb_realref(v)) != (strcmp(re, "0") == 0)
               && !fmpq_is_zero(d);
    /* the place of digit digits + 2 of the larger part */
    bool re_larger =
        arf_cmpabs(arb_midref(acb_realref(v)), arb_midref(acb_imagref(v))) >= 0;
    arf_get_fmpq(e, arb_midref(re_larger ? acb_realref(v) : acb_imagref(v)));
    if (!fmpq_is_zero(e) && !fmpq_is_zero(d)) {
        slong want = order(e) - (digits + 2) + 1;

        t->place += !arb_is_zero(acb_realref(v)) && pr != want;
        t->place += !arb_is_zero(acb_imagref(v)) && pi != want;
    }
    fmpq_clear(x);
    fmpq_clear(y);
    fmpq_clear(q);
    fmpq_clear(d);
    fmpq_clear(e);
    free(re);
    free(im);
    free(rad);
}

static void
test_balls(tap_random *r)
{
    static const slong digits[] = {1, 2, 3, 5, 10, 17, 30, 60};
    long n = tap_effort(4000);
    tally t = {0};
    acb_t v;

    acb_init(v);
    for (long i = 0; i < n; i++) {
        random_part(acb_realref(v), r);
        random_part(acb_imagref(v), r);
        judge(&t, v, digits[tap_random_int(r, 0, 7)]);
    }
    tap_ok(t.wrong == 0,
           "[base B1] %ld random balls lie within the printed radius", n);
    tap_ok(t.wide == 0, "no radius is more than 1.1 times what is needed");
    tap_ok(t.zero == 0, "the radius is 0 iff the value is exact");
    tap_ok(t.place == 0, "both parts end at digit N + 2 of the larger");
    tap_ok(t.part == 0,
           "a part of an inexact value is printed 0 iff it is exactly zero");
    tap_ok(t.exact > n / 100 || n < 1000, "%ld of them print exactly", t.exact);
    acb_clear(v);
}

/* ------------------------------------------------------------ chosen values */

static void
ball_prints(const acb_t v, slong digits, const char *re, const char *im,
            const char *rad)
{
    char *a, *b, *c;

    mlio_format_ball(&a, &b, &c, v, digits);
    bool ok = strcmp(a, re) == 0 && strcmp(b, im) == 0 && strcmp(c, rad) == 0;
    if (!tap_ok(ok, "prints %s, %s, %s", re, im, rad))
        tap_yaml("got", "%s, %s, %s", a, b, c);
    free(a);
    free(b);
    free(c);
}

static void
test_chosen(void)
{
    acb_t v;
    fmpz_t e;

    acb_init(v);
    fmpz_init(e);
    ball_prints(v, 17, "0", "0", "0");
    acb_set_d_d(v, 1e22, -0.5);
    ball_prints(v, 30, "1e22", "-0.5", "0");
    acb_set_d_d(v, 1e20, -1e21);
    ball_prints(v, 30, "100000000000000000000", "-1e21", "0");
    acb_set_d(v, 0.1);
    ball_prints(v, 17, "0.1000000000000000056", "0", "4.9e-20");
    ball_prints(v, 60,
                "0.1000000000000000055511151231257827021181583404541015625",
                "0", "0");
    acb_set_d(v, 0.000012345);
    ball_prints(v, 1, "0.0000123", "0", "4.5e-8");
    acb_set_d(v, 0.0000012345);
    ball_prints(v, 1, "1.23e-6", "0", "4.5e-9");
    acb_set_d(v, 123456.0);
    ball_prints(v, 3, "1.2346e5", "0", "4.0");
    acb_set_d_d(v, 1.0, 1e-300);
    ball_prints(v, 3, "1.0000", "0e-4", "1.1e-300");
    acb_zero(v);
    mag_set_ui_2exp_si(arb_radref(acb_realref(v)), 1, -10);
    ball_prints(v, 17, "0e-5", "0", "0.00098");
    acb_set_d(v, 99999.96);
    ball_prints(v, 4, "100000.0", "0", "0.040");
    /* ties to even */
    acb_set_d(v, 100.5);
    ball_prints(v, 1, "100", "0", "0.50");
    acb_set_d(v, 101.5);
    ball_prints(v, 1, "102", "0", "0.50");
    acb_set_d(v, -101.5);
    ball_prints(v, 1, "-102", "0", "0.50");
    acb_indeterminate(v);
    ball_prints(v, 17, "nan", "nan", "inf");

    /* 2^(10^18) and its inverse: leading digits of 10^(10^18 log10 2) */
    fmpz_set_str(e, "1000000000000000000", 10);
    acb_one(v);
    acb_mul_2exp_fmpz(v, v, e);
    char *a, *b, *c;
    mlio_format_ball(&a, &b, &c, v, 17);
    arb_t ten, d;
    arb_init(ten);
    arb_init(d);
    fmpz_t k;
    fmpz_init(k);
    char *mark = strchr(a, 'e');
    bool ok = mark && fmpz_set_str(k, mark + 1, 10) == 0
              && fmpz_cmp_ui(k, 1000) > 0 && strlen(a) < 60;
    tap_ok(ok, "2^(10^18) prints as %s", a);
    arb_set_ui(ten, 10);
    arb_pow_fmpz(ten, ten, k, 512);
    arb_div(d, acb_realref(v), ten, 512);
    mark[0] = 0;
    fmpq_t x;
    slong place, n;
    fmpq_init(x);
    read_decimal(x, &place, &n, a);
    arb_set_fmpq(ten, x, 512);
    arb_sub(d, d, ten, 512);
    arb_abs(d, d);
    tap_ok(arf_cmp_2exp_si(arb_midref(d), -59) < 0, "with the right digits");
    free(a);
    free(b);
    free(c);

    acb_one(v);
    arb_mul_2exp_si(acb_realref(v), acb_realref(v), 16609640);
    mlio_format_ball(&a, &b, &c, v, 10000);
    tap_ok(strlen(a) > 10002 && strlen(a) < 10020
               && strcmp(strchr(a, 'e'), "e4999999") == 0,
           "2^16609640 prints with 10000 digits");
    free(a);
    free(b);
    free(c);
    fmpq_clear(x);
    fmpz_clear(k);
    fmpz_clear(e);
    arb_clear(ten);
    arb_clear(d);
    acb_clear(v);
}

/* ------------------------------------------------------- correctly rounded */

static void
random_rational(fmpq_t x, tap_random *r)
{
    slong n = tap_random_int(r, 1, 64), d = tap_random_int(r, 0, 63);

    fmpz_set_ui(fmpq_numref(x), 1 + (tap_random_u64(r) >> (64 - n)));
    fmpz_set_ui(fmpq_denref(x), 1 + (d ? tap_random_u64(r) >> (64 - d) : 0));
    fmpq_canonicalise(x);
    if (tap_random_int(r, 0, 2) == 0)
        times_ten(x, tap_random_int(r, -60, 60));
    if (tap_random_int(r, 0, 1))
        fmpq_neg(x, x);
}

/* s is x to nearest at `digits` decimals, ties to even; exact as said. */
static bool
is_nearest(const fmpq_t x, const char *s, bool exact, slong digits)
{
    slong place, n;
    fmpq_t p, half;

    fmpq_init(p);
    fmpq_init(half);
    read_decimal(p, &place, &n, s);
    bool ok = exact == (fmpq_equal(p, x) != 0);
    fmpq_sub(half, x, p);
    fmpq_abs(half, half);
    fmpq_mul_2exp(half, half, 1);
    times_ten(half, -place);
    if (!exact) {
        fmpz_t one;

        fmpz_init_set_ui(one, 1);
        int c = fmpq_cmp_fmpz(half, one);
        char last = s[strcspn(s, "e") - 1];
        ok = ok && n == digits && c <= 0 && (c < 0 || (last - '0') % 2 == 0);
        fmpz_clear(one);
    } else {
        ok = ok && n <= digits + 22; /* zeros of a plain integer */
    }
    fmpq_clear(p);
    fmpq_clear(half);
    return ok;
}

static void
test_decided(tap_random *r)
{
    static const slong digits[] = {1, 2, 3, 7, 17, 40};
    long n = tap_effort(4000), bad = 0, differ = 0, undecided = 0, exacts = 0;
    fmpq_t x;
    arb_t b;

    fmpq_init(x);
    arb_init(b);
    for (long i = 0; i < n; i++) {
        slong k = digits[i % 6];
        bool exact, exact_b;

        random_rational(x, r);
        char *s = mlio_format_decided_fmpq(&exact, x, k);
        bad += !is_nearest(x, s, exact, k);
        exacts += exact;
        arb_set_fmpq(b, x, i % 2 ? 64 : 256);
        char *t = mlio_format_decided(&exact_b, b, k);
        if (!t)
            undecided++;
        else if (arb_is_exact(b))
            differ += exact != exact_b || strcmp(s, t) != 0;
        else if (!exact)
            differ += exact_b || strcmp(s, t) != 0;
        free(s);
        free(t);
    }
    tap_ok(bad == 0,
           "[base B2] %ld rationals are rounded to nearest, ties to even", n);
    tap_ok(differ == 0, "[base B3] balls that decide give the same digits");
    tap_ok(exacts > n / 50 || n < 1000, "%ld of them are exact", exacts);
    tap_ok((undecided > n / 200 && undecided < n / 2) || n < 1000,
           "%ld balls do not decide", undecided);
    fmpq_clear(x);
    arb_clear(b);
}

/* [lo, hi] at `digits` decimals is want (NULL: undecided). */
static void
decides(double lo, double hi, slong digits, const char *want, bool want_exact)
{
    bool exact;
    arb_t x;
    int e;
    double m = frexp(hi / 2 - lo / 2, &e);

    arb_init(x);
    arf_set_d(arb_midref(x), lo / 2 + hi / 2);
    mag_set_ui_2exp_si(arb_radref(x), (ulong)ldexp(m, 20), e - 20);
    char *s = mlio_format_decided(&exact, x, digits);
    bool ok = want ? s && strcmp(s, want) == 0 && exact == want_exact : !s;
    if (!tap_ok(ok, "[%a, %a] at %ld digits: %s", lo, hi, (long)digits,
                want ? want : "undecided"))
        tap_yaml("got", "%s", s ? s : "undecided");
    free(s);
    arb_clear(x);
}

static void
test_ends(void)
{
    bool exact;
    arb_t x;

    decides(0.0, 0.0, 40, "0", true);
    decides(0.5, 0.5, 40, "0.5", true);
    decides(1.5, 1.5, 1, "2", false);
    decides(2.5, 2.5, 1, "2", false);
    decides(-2.5, -2.5, 1, "-2", false);
    decides(3.5, 3.5, 1, "4", false);
    decides(2.5, 2.625, 1, NULL, false); /* 2 and 3 */
    decides(1.5, 1.625, 1, "2", false);  /* the tie goes up as the rest does */
    decides(2.375, 2.5, 1, "2", false);
    decides(9.96875, 9.96875, 2, "10", false);
    decides(0.0999755859375, 0.0999755859375, 3, "0.100", false);
    decides(9.9375, 10.03125, 2, NULL, false);
    decides(9.96875, 10.03125, 2, "10", false);
    decides(-1.0, 1.0, 1, NULL, false);
    decides(0.0, 0x1p-100, 1, NULL, false);
    decides(1024.0, 1024.0, 2, "1.0e3", false);
    decides(1e6, 1e6, 3, "1000000", true);
    decides(0x1p70, 0x1p70, 40, "1.180591620717411303424e21", true);
    arb_init(x);
    arb_indeterminate(x);
    tap_ok(!mlio_format_decided(&exact, x, 40), "NaN is undecided");
    arb_clear(x);
}

static void
directed(double d, slong digits, bool upper, const char *want)
{
    arf_t x;

    arf_init(x);
    arf_set_d(x, d);
    char *s = mlio_format_directed(x, digits, upper);
    if (!tap_ok(strcmp(s, want) == 0, "%a rounded %s to %ld digits is %s", d,
                upper ? "up" : "down", (long)digits, want))
        tap_yaml("got", "%s", s);
    free(s);
    arf_clear(x);
}

static void
test_directed(void)
{
    directed(1.001, 3, true, "1.01");
    directed(1.001, 3, false, "1.00");
    directed(-1.001, 3, true, "-1.00");
    directed(-1.001, 3, false, "-1.01");
    directed(0.5, 3, true, "0.500");
    directed(0.5, 3, false, "0.500");
    directed(9.999, 3, true, "10.0");
    directed(-9.999, 3, false, "-10.0");
    directed(1234567.0, 3, true, "1.24e6");
    directed(0x1p-1074, 3, true, "4.95e-324");
    directed(0x1p-1074, 3, false, "4.94e-324");
    directed(0.25, 1, true, "0.3");
    directed(0.0, 3, true, "0");
    directed(HUGE_VAL, 3, true, "inf");
    directed(-HUGE_VAL, 3, true, "-inf");
    directed(NAN, 3, true, "nan");
}

/* 10^(10^60000): the exponent alone has 60001 digits. */
static void
test_long_exponent(void)
{
    const slong zeros = 60000;
    fmpz_t n, k;
    fmpz_init_set_ui(n, 1);
    fmpz_init_set_ui(k, 10);
    fmpz_pow_ui(k, k, (ulong)zeros);
    char *s[2] = {mlio_decimal(n, k, true), mlio_decimal(n, k, true)};
    bool ok = true;
    for (int i = 0; i < 2; i++) {
        ok = ok && s[i] && strlen(s[i]) == (size_t)zeros + 3
             && strncmp(s[i], "1e1", 3) == 0
             && strspn(s[i] + 3, "0") == (size_t)zeros;
        flint_free(s[i]);
    }
    static const char *const small[] = {"0.1", "0.00001", "1e-6", "1e-7"};
    static const slong place[] = {-1, -5, -6, -7};
    for (int i = 0; i < 4; i++) {
        fmpz_set_si(k, place[i]);
        char *text = mlio_decimal(n, k, true);
        ok = ok && strcmp(text, small[i]) == 0;
        flint_free(text);
    }
    tap_ok(ok, "0.00001 is plain, 1e-6 not; an exponent of %ld digits",
           (long)zeros + 1);
    fmpz_clear(n);
    fmpz_clear(k);
}

int
main(void)
{
    tap_plan(6 + 18 + 4 + 19 + 16 + 1);
    tap_random r = tap_random_start(tap_seed());
    test_balls(&r);
    test_chosen();
    test_decided(&r);
    test_ends();
    test_directed();
    test_long_exponent();
    flint_cleanup();
    return tap_done();
}
