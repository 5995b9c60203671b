/* mlfunc/test/t-rgamma_table.c - the Taylor coefficients of 1/Gamma, made anew.
 *
 *     t-rgamma_table print > mlfunc/ball/rgamma_table.c
 *
 * Without an argument: the same text, compared byte for byte.
 */
#include <stdlib.h>
#include <string.h>

#include <arb_poly.h>

#include "mlfunc/ball/rgamma.h"
#include "validation/tap/tap.h"

#define LIMBS     ML_RGAMMA_LIMBS
#define COUNT     ML_RGAMMA_COUNT
#define LENGTH    640
#define FILE_NAME "mlfunc/ball/rgamma_table.c"

/* The largest e with (1 + 2^-10) sum_{i>=j} |c_i| 2^(j-i) / 4 < 2^-e, where
 * the sum up to LENGTH is in tail. */
static slong
below(const arb_t tail)
{
    arb_t t;
    mag_t m;

    arb_init(t);
    mag_init(m);
    arb_mul_ui(t, tail, 1025, 60);
    arb_mul_2exp_si(t, t, -12);
    arb_get_mag(m, t);
    slong e = 0;
    while (mag_cmp_2exp_si(m, -e - 1) < 0)
        e++;
    arb_clear(t);
    mag_clear(m);
    return e;
}

/* floor(|c| 2^(64 fraction - 2)), written as limbs; false if c is too wide. */
static bool
print_limbs(FILE *f, const arb_t c, slong fraction, slong n)
{
    arb_t t;
    fmpz_t z;
    bool known;

    arb_init(t);
    fmpz_init(z);
    arb_abs(t, c);
    arb_mul_2exp_si(t, t, 64 * fraction - 2);
    arb_floor(t, t, 10000);
    known =
        arb_get_unique_fmpz(z, t) && fmpz_bits(z) <= (flint_bitcnt_t)(64 * n);
    for (slong i = 0; i < n; i++) {
        fmpz_t limb;
        fmpz_init(limb);
        fmpz_fdiv_r_2exp(limb, z, 64);
        fmpz_fdiv_q_2exp(z, z, 64);
        fprintf(f, "%s0x%016lx,", i % 4 == 0 ? "\n    " : " ",
                (unsigned long)fmpz_get_ui(limb));
        fmpz_clear(limb);
    }
    arb_clear(t);
    fmpz_clear(z);
    return known;
}

/* [mlfunc S2]  The coefficients from LENGTH on are below 2^(535 - 6 i): they
 * add less than 2^-60 of the sum, which the factor of below covers. */
static bool
print_table(FILE *f)
{
    arb_poly_t x, r;
    arb_t tail;
    slong bounds[COUNT + 1], at = 0;
    bool known = true;

    arb_poly_init(x);
    arb_poly_init(r);
    arb_init(tail);
    arb_poly_set_coeff_si(x, 0, 1);
    arb_poly_set_coeff_si(x, 1, 1);
    arb_poly_rgamma_series(r, x, LENGTH, 64 * LIMBS + 700);
    for (slong j = LENGTH - 1; j >= 0; j--) {
        arb_t c;
        arb_init(c);
        arb_abs(c, r->coeffs + j);
        arb_mul_2exp_si(tail, tail, -1);
        arb_add(tail, tail, c, 100);
        if (j <= COUNT)
            bounds[j] = below(tail);
        if (j < COUNT)
            bounds[j] = FLINT_MIN(bounds[j], bounds[j + 1]);
        arb_clear(c);
    }
    fprintf(f,
            "/* %s - Taylor coefficients of 1/Gamma: made by\n"
            " *     t-rgamma_table print > %s\n"
            " * which compares them, too. */\n"
            "#include \"mlfunc/ball/rgamma.h\"\n\n/* clang-format off */\n"
            "const mp_limb_t ml_rgamma_limbs[] = {",
            FILE_NAME, FILE_NAME);
    for (slong j = 0; j < COUNT; j++) {
        slong lead = (bounds[j] - 1) / 64, fraction = LIMBS - j / 64;
        known =
            print_limbs(f, r->coeffs + j, fraction, fraction - lead) && known;
    }
    fprintf(f, "\n};\n\nconst ml_rgamma_coeff ml_rgamma_coeffs[ML_RGAMMA_COUNT "
               "+ 1] = {");
    for (slong j = 0; j <= COUNT; j++) {
        slong lead = (bounds[j] - 1) / 64;
        fprintf(f, "%s{%ld, %ld, %d, %ld},", j % 4 == 0 ? "\n    " : " ",
                (long)at, (long)lead, arb_is_negative(r->coeffs + j),
                (long)bounds[j]);
        at += LIMBS - j / 64 - lead;
    }
    fprintf(f,
            "\n};\n\nconst uint16_t ml_rgamma_terms[4 * ML_RGAMMA_LIMBS + 1] = "
            "{");
    for (slong i = 0, j = 0; i <= 4 * LIMBS; i++) {
        while (j < COUNT && bounds[j] + j < 16 * i)
            j++;
        known = known && bounds[j] + j >= 16 * i;
        fprintf(f, "%s%ld,", i % 16 == 0 ? "\n    " : " ", (long)j);
    }
    fprintf(f, "\n};\n");
    fprintf(f, "\nconst uint16_t ml_rgamma_first[ML_RGAMMA_LIMBS + 1] = {");
    for (slong i = 0, j = 0; i <= LIMBS; i++) {
        while (j < COUNT && (bounds[j] - 1) / 64 < i)
            j++;
        fprintf(f, "%s%ld,", i % 16 == 0 ? "\n    " : " ", (long)j);
    }
    fprintf(f, "\n};\n");
    arb_poly_clear(x);
    arb_poly_clear(r);
    arb_clear(tail);
    return known && at < 65536;
}

static char *
whole(FILE *f, size_t *size)
{
    fseek(f, 0, SEEK_END);
    *size = (size_t)ftell(f);
    char *text = malloc(*size + 1);
    rewind(f);
    if (!text || fread(text, 1, *size, f) != *size)
        *size = 0;
    return text;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    size_t m = 0, n = 0;
    FILE *anew = tmpfile(), *old = fopen(FILE_NAME, "rb");
    bool known = anew && print_table(anew);
    char *a = anew ? whole(anew, &m) : NULL, *b = old ? whole(old, &n) : NULL;
    bool same = a && b && m == n && memcmp(a, b, n) == 0;
    tap_plan(3);
    tap_ok(known, "every limb of the coefficients of 1/Gamma is decided");
    tap_ok(same && n > 100000, "[mlfunc S2] the table is the committed one");
    tap_ok(ml_rgamma_coeffs[COUNT].below + COUNT >= 64 * LIMBS,
           "the coefficients suffice for all limbs");
    free(a);
    free(b);
    if (anew)
        fclose(anew);
    if (old)
        fclose(old);
    return tap_done();
}
