/* base/test/t-number.c - the grammar of numbers, and nearest doubles. */
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "validation/tap/tap.h"

#define COUNT(a) (int)(sizeof(a) / sizeof(a)[0])

/* ------------------------------------------------------------------- tables */

static const struct {
    const char *text, *value;
} reals[] = {
    {"0", "0"},
    {"-0", "0"},
    {"+7", "7"},
    {"007", "7"},
    {"-12.50", "-25/2"},
    {"1e3", "1000"},
    {"1E+3", "1000"},
    {"25e-4", "1/400"},
    {"0.1", "1/10"},
    {"0e99999", "0"},
    {"6/4", "3/2"},
    {"-6/4", "-3/2"},
    {"+0/5", "0"},
    {"123456789012345678901234567890/3", "41152263004115226300411522630"},
    {"1.000000000000000000000000000001",
     "1000000000000000000000000000001/1000000000000000000000000000000"},
    {"0x10", "16"},
    {"0X1.8P+1", "3"},
    {"-0x1p-3", "-1/8"},
    {"0x0p9", "0"},
    {"0x1.fffffffffffffp0", "9007199254740991/4503599627370496"},
    {"0x20000000000000p0", "9007199254740992"},
    {"0x1.80000000000000000p0", "3/2"},
};

static const struct {
    const char *text, *why;
} bad_reals[] = {
    {"", "digits are missing"},
    {"-", "digits are missing"},
    {"+", "digits are missing"},
    {"abc", "a number begins with a digit after its sign"},
    {"--1", "a number begins with a digit after its sign"},
    {".5", "a digit must come before the point, as in 0.5"},
    {"5.", "digits must follow the point, as in 5.0"},
    {"5.e3", "digits must follow the point, as in 5.0"},
    {"1e", "digits must follow the exponent letter"},
    {"1e+", "digits must follow the exponent letter"},
    {"0x1p", "digits must follow the exponent letter"},
    {"1e100001", "exponents beyond +-100000 are refused: exact numbers would "
                 "grow too long"},
    {"1e-99999999999999999999",
     "exponents beyond +-100000 are refused: exact numbers would grow too "
     "long"},
    {"1e5/3", "a fraction is integer/integer"},
    {"1.5/3", "a fraction is integer/integer"},
    {"1/3.5", "a fraction is integer/integer"},
    {"1/3e2", "a fraction is integer/integer"},
    {"1/2/3", "a fraction is integer/integer"},
    {"1/", "digits must follow the slash"},
    {"1/-3", "digits must follow the slash"},
    {"1/0", "the denominator is zero"},
    {"0/0", "the denominator is zero"},
    {" 1", "blanks are not part of a number"},
    {"1 ", "blanks are not part of a number"},
    {"1 2", "blanks are not part of a number"},
    {"1,5", "there is more text after the number"},
    {"1d5", "there is more text after the number"},
    {"1i", "it must be real"},
    {"inf", "inf and nan are refused"},
    {"-Infinity", "inf and nan are refused"},
    {"NaN", "inf and nan are refused"},
    {"+nan(1)", "inf and nan are refused"},
    {"0x", "digits are missing"},
    {"0x.8p0", "a digit must come before the point, as in 0.5"},
    {"0x1.p0", "digits must follow the point, as in 5.0"},
    {"0x1.00000000000008p0", "a hexfloat is a double: at most 53 bits"},
    {"0x1p1024", "a hexfloat is a double: beyond the range of one"},
    {"0x1p-1075", "a hexfloat is a double: beyond the range of one"},
    {"0x1.8p-1074", "a hexfloat is a double: beyond the range of one"},
};

static const struct {
    const char *text, *re, *im;
} complexes[] = {
    {"1.5", "3/2", "0"},
    {"2i", "0", "2"},
    {"-2.5i", "0", "-5/2"},
    {"1+2i", "1", "2"},
    {"1-2i", "1", "-2"},
    {"1+-2i", "1", "-2"},
    {"-1e3-1/3i", "-1000", "-1/3"},
    {"0x1p-3i", "0", "1/8"},
    {"0x1e+3i", "30", "3"},
    {"1/2+0x1p-1074i", "1/2", NULL},
    {"1e+2-1e-2i", "100", "-1/100"},
    {"0i", "0", "0"},
};

static const struct {
    const char *text, *why;
} bad_complexes[] = {
    {"i", "a number must come before i, as in 1i"},
    {"+i", "a number must come before i, as in 1i"},
    {"1+i", "a number must come before i, as in 1i"},
    {"3i+1", "the imaginary part comes last"},
    {"1+2", "the second part must end in i"},
    {"1+", "digits are missing"},
    {"1+2j", "the second part must end in i"},
    {"1+2i3", "there is more text after the number"},
    {"1 + 2i", "blanks are not part of a number"},
    {"1+infi", "inf and nan are refused"},
};

static bool
is(const fmpq_t x, const char *value)
{
    fmpq_t y;

    fmpq_init(y);
    fmpq_set_str(y, value, 10);
    fmpq_canonicalise(y);
    bool same = fmpq_equal(x, y) && fmpq_is_canonical(x);
    fmpq_clear(y);
    return same;
}

static void
test_reals(void)
{
    mlio_error err;
    fmpq_t x;

    fmpq_init(x);
    for (int i = 0; i < COUNT(reals); i++) {
        bool ok = mlio_parse_real(x, reals[i].text, &err);
        ok = ok && is(x, reals[i].value);
        tap_ok(ok, "%s is %s", reals[i].text, reals[i].value);
    }
    for (int i = 0; i < COUNT(bad_reals); i++) {
        char want[400];

        snprintf(want, sizeof want, "expected a number, got \"%s\" (%s)",
                 bad_reals[i].text, bad_reals[i].why);
        bool ok = mlio_parse_real(x, bad_reals[i].text, &err);
        ok = !ok && strcmp(err.text, want) == 0 && err.code == MLIO_DATA;
        if (!tap_ok(ok, "refused: \"%s\": %s", bad_reals[i].text,
                    bad_reals[i].why))
            tap_yaml("got", "%s", err.text);
    }
    bool ok = mlio_parse_real(x, "1e100000", NULL);
    tap_ok(ok && fmpz_sizeinbase(fmpq_numref(x), 10) == 100001,
           "the largest exponent is accepted");
    ok = mlio_parse_real(x, "nan", NULL);
    tap_ok(!ok, "an error is found when nobody wants its text");
    fmpq_clear(x);
}

static void
test_complexes(void)
{
    mlio_error err;
    fmpq_t x, y;

    fmpq_init(x);
    fmpq_init(y);
    for (int i = 0; i < COUNT(complexes); i++) {
        bool ok = mlio_parse_complex(x, y, complexes[i].text, &err);
        ok = ok && is(x, complexes[i].re)
             && (complexes[i].im ? is(y, complexes[i].im)
                                 : mlio_fmpq_get_d(y) == 0x1p-1074);
        tap_ok(ok, "%s is a complex number", complexes[i].text);
    }
    for (int i = 0; i < COUNT(bad_complexes); i++) {
        char want[400];

        snprintf(want, sizeof want,
                 "expected a complex number, got \"%s\" (%s)",
                 bad_complexes[i].text, bad_complexes[i].why);
        bool ok = mlio_parse_complex(x, y, bad_complexes[i].text, &err);
        ok = !ok && strcmp(err.text, want) == 0;
        if (!tap_ok(ok, "refused: \"%s\": %s", bad_complexes[i].text,
                    bad_complexes[i].why))
            tap_yaml("got", "%s", err.text);
    }
    fmpq_clear(x);
    fmpq_clear(y);
}

/* A message stays one short line whatever it quotes. */
static void
test_messages(void)
{
    char text[5000];
    mlio_error err;
    fmpq_t x;

    fmpq_init(x);
    memset(text, 'z', sizeof text);
    text[sizeof text - 1] = 0;
    bool ok = mlio_parse_real(x, text, &err);
    tap_ok(!ok && strlen(err.text) < 150 && strstr(err.text, "zzz\"..."),
           "a long text is quoted in part");
    ok = mlio_parse_real(x, "1\n\033[2J", &err);
    tap_ok(!ok && !strpbrk(err.text, "\n\033"),
           "control characters do not reach the terminal");
    memset(text, 0x80, 100);
    text[100] = 0;
    ok = mlio_parse_real(x, text, &err);
    tap_ok(!ok && strstr(err.text, "got \"\"... (a number"),
           "a text that is not UTF-8 is cut at its beginning");
    memset(text, 'z', sizeof text - 1);
    mlio_fail(&err, MLIO_FILE, "%s", text);
    tap_ok(strlen(err.text) == sizeof err.text - 1
               && strcmp(err.text + sizeof err.text - 4, "...") == 0,
           "a message that is too long ends in ...");
    fmpq_clear(x);
}

/* ------------------------------------------------------------------ doubles */

static double
random_double(tap_random *r)
{
    for (;;) {
        union {
            uint64_t u;
            double d;
        } v = {tap_random_u64(r)};

        if (isfinite(v.d))
            return v.d;
    }
}

static void
set_exact(fmpq_t q, double d)
{
    arf_t a;

    arf_init(a);
    arf_set_d(a, d);
    arf_get_fmpq(q, a);
    arf_clear(a);
}

static bool
same_bits(double a, double b)
{
    uint64_t p, q;

    memcpy(&p, &a, sizeof p);
    memcpy(&q, &b, sizeof q);
    return p == q;
}

/* Between neighbours a < b: the middle goes to the even one, and a hair to
 * either side decides. */
static bool
middle_right(double a)
{
    double b = nextafter(a, HUGE_VAL), even;
    uint64_t bits;
    fmpq_t x, y, hair;

    fmpq_init(x);
    fmpq_init(y);
    fmpq_init(hair);
    memcpy(&bits, &a, sizeof bits);
    even = bits & 1 ? b : a;
    set_exact(x, a);
    if (isinf(b)) {
        fmpz_one_2exp(fmpq_numref(y), 1024);
        fmpz_one(fmpq_denref(y));
    } else {
        set_exact(y, b);
    }
    fmpq_add(x, x, y);
    fmpq_div_2exp(x, x, 1);
    bool ok = same_bits(mlio_fmpq_get_d(x), even);
    fmpz_one(fmpq_numref(hair));
    fmpz_one_2exp(fmpq_denref(hair), 3000);
    fmpq_add(y, x, hair);
    ok = ok && same_bits(mlio_fmpq_get_d(y), b);
    fmpq_sub(y, x, hair);
    ok = ok && same_bits(mlio_fmpq_get_d(y), a);
    fmpq_neg(y, y);
    ok = ok && same_bits(mlio_fmpq_get_d(y), -a);
    fmpq_clear(x);
    fmpq_clear(y);
    fmpq_clear(hair);
    return ok;
}

static void
test_middles(tap_random *r)
{
    static const double edges[] = {
        0.0,     DBL_TRUE_MIN, 0x1p-1022 - 0x1p-1074, 0x1p-1022, 1.0,
        DBL_MAX, 0x1p-1021,    0x1.fffffffffffffp0,   0x1p1023};
    long n = tap_effort(2000), bad = 0;

    for (int i = 0; i < COUNT(edges); i++)
        tap_ok(middle_right(edges[i]), "middle above %a goes to the even side",
               edges[i]);
    for (long i = 0; i < n; i++)
        bad += !middle_right(fabs(random_double(r)));
    tap_ok(bad == 0, "%ld random middles go to the even side", n);
}

static void
test_against_strtod(tap_random *r)
{
    long n = tap_effort(5000), bad = 0, round_trip = 0, inexact = 0;
    mlio_error err;
    fmpq_t q;

    fmpq_init(q);
    for (long i = 0; i < n; i++) {
        char s[64];
        double d = random_double(r), got;

        snprintf(s, sizeof s, "%.17g", d);
        round_trip += !mlio_parse_double(&got, s, &err) || !same_bits(got, d);
        snprintf(s, sizeof s, "%a", d);
        round_trip += !mlio_parse_double(&got, s, &err) || !same_bits(got, d);
        snprintf(s, sizeof s, "-%llu.%llue%ld",
                 (unsigned long long)tap_random_u64(r),
                 (unsigned long long)tap_random_u64(r),
                 tap_random_int(r, -345, 288));
        bad += !mlio_parse_double(&got, s, &err)
               || !same_bits(got, strtod(s, NULL));
        bool ok = mlio_parse_real(q, s, NULL) && mlio_fmpq_round_to_double(q);
        inexact += !ok || mlio_fmpq_get_d(q) != got
                   || fmpz_sgn(fmpq_denref(q)) <= 0 || !fmpq_is_canonical(q);
        set_exact(q, got);
        ok = mlio_parse_real(q, s, NULL) && mlio_fmpq_round_to_double(q);
        fmpq_t e;
        fmpq_init(e);
        set_exact(e, got);
        inexact += !ok || !fmpq_equal(e, q);
        fmpq_clear(e);
    }
    tap_ok(round_trip == 0, "%ld doubles come back from %%.17g and %%a", n);
    tap_ok(bad == 0, "%ld long decimals round as strtod rounds", n);
    tap_ok(inexact == 0, "rounding in place gives the rational of that double");
    fmpq_clear(q);
}

static void
test_doubles(void)
{
    mlio_error err;
    double d = 1.0;
    fmpq_t x;

    fmpq_init(x);
    bool ok = mlio_parse_double(&d, "-0.0", &err);
    tap_ok(ok && same_bits(d, -0.0), "-0.0 keeps its sign as a double");
    ok = mlio_parse_double(&d, "-1e-400", &err);
    tap_ok(ok && same_bits(d, -0.0), "-1e-400 is -0");
    ok = mlio_parse_double(&d, "1e309", &err);
    tap_ok(!ok
               && strcmp(err.text, "expected a double, got \"1e309\" "
                                   "(beyond their range)")
                      == 0,
           "1e309 is no double");
    mlio_parse_real(x, "1e309", NULL);
    tap_ok(mlio_fmpq_get_d(x) == HUGE_VAL, "1e309 as a double is infinite");
    ok = mlio_fmpq_round_to_double(x);
    tap_ok(!ok && fmpz_sizeinbase(fmpq_numref(x), 10) == 310,
           "1e309 is not rounded in place");
    mlio_parse_real(x, "-1e99999", NULL);
    tap_ok(mlio_fmpq_get_d(x) == -HUGE_VAL, "-1e99999 is infinite");
    mlio_parse_real(x, "1e-99999", NULL);
    tap_ok(same_bits(mlio_fmpq_get_d(x), 0.0), "1e-99999 is 0");
    mlio_parse_real(x, "-6/4", NULL);
    char *s = mlio_fmpq_str(x);
    tap_ok(strcmp(s, "-3/2") == 0, "a fraction prints as a/b");
    free(s);
    mlio_parse_real(x, "-6/3", NULL);
    s = mlio_fmpq_str(x);
    tap_ok(strcmp(s, "-2") == 0, "an integer prints as a");
    free(s);
    fmpq_clear(x);
}

int
main(void)
{
    tap_plan(COUNT(reals) + COUNT(bad_reals) + COUNT(complexes)
             + COUNT(bad_complexes) + 2 + 4 + 9 + 10 + 3);
    tap_random r = tap_random_start(tap_seed());
    test_reals();
    test_complexes();
    test_messages();
    test_doubles();
    test_middles(&r);
    test_against_strtod(&r);
    flint_cleanup();
    return tap_done();
}
