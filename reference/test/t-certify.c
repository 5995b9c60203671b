/* reference/test/t-certify.c - what a certified row looks like.
 *
 * The functions have values whose 40 decimals anybody can check: fractions,
 * ties, square roots. [reference R3]
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reference/impl.h"
#include "reference/sha256.h"
#include "reference/table.h"
#include "validation/tap/tap.h"

static ml_status
root(acb_t res, const ml_arg *args, slong prec)
{
    ml_arg_get_acb(res, &args[0], prec);
    acb_sqrt(res, res, prec);
    return ML_OK;
}

static ml_status
over(acb_t res, const ml_arg *args, slong prec)
{
    (void)args;
    (void)prec;
    acb_indeterminate(res);
    return ML_OVERFLOW;
}

/* 10^-40 z, known exactly. */
static bool
small_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    fmpz_t p;
    fmpz_init(p);
    fmpz_ui_pow_ui(p, 10, 40);
    fmpq_div_fmpz(re, args[0].re, p);
    fmpq_div_fmpz(im, args[0].im, p);
    fmpz_clear(p);
    return true;
}

static ml_status
anywhere(const ml_arg *args, size_t *bad)
{
    (void)args;
    *bad = 0;
    return ML_OK;
}

static const ml_argdef args_z[] = {{"z", "z complex", true}};
static const ml_function sqrt_row = {.name = "sqrt",
                                     .definition = "sqrt(z)",
                                     .args = args_z,
                                     .nargs = 1,
                                     .domain = anywhere,
                                     .eval = root};
static const ml_function small_row = {.name = "small",
                                      .definition = "10^-40 z",
                                      .args = args_z,
                                      .nargs = 1,
                                      .domain = anywhere,
                                      .eval = root,
                                      .exact = small_exact};
static const ml_function over_row = {.name = "over",
                                     .definition = "too large",
                                     .args = args_z,
                                     .nargs = 1,
                                     .domain = anywhere,
                                     .eval = over};

typedef struct {
    char table[4096], undecided[4096], prov[4096];
    size_t nundecided;
} output;

static void
slurp(char text[4096], const char *path)
{
    FILE *f = fopen(path, "r");
    size_t n = f == NULL ? 0 : fread(text, 1, 4095, f);
    text[n] = '\0';
    if (f != NULL) {
        fclose(f);
    }
    unlink(path);
}

/* Writes the table of set into text, by way of files. */
static bool
write_text(output *out, const mltab_points *set)
{
    char paths[3][64];
    mlio_writer *w[3];
    mlio_error err = {0};
    for (int i = 0; i < 3; i++) {
        snprintf(paths[i], sizeof paths[i], "/tmp/t-certify-%ld-%d",
                 (long)getpid(), i);
        w[i] = mlio_writer_open(paths[i], MLIO_TSV, &err);
        if (w[i] == NULL) {
            tap_bail("%s", err.text);
        }
    }
    bool ok = mltab_write(set, w[0], w[1], w[2], &out->nundecided, 1, &err);
    for (int i = 0; i < 3; i++) {
        ok = mlio_writer_close(w[i], &err) && ok;
    }
    slurp(out->table, paths[0]);
    slurp(out->undecided, paths[1]);
    slurp(out->prov, paths[2]);
    return ok;
}

static void
check_rows(void)
{
    mltab_point p[] = {{"a", "r", {2}},
                       {"b", "r", {4}},
                       {"c", "r", {0}},
                       {"d", "r", {1e-300}}};
    mltab_points set = {&sqrt_row, 1, false, p, 4};
    output out;
    bool ok = write_text(&out, &set);
    static const char want[] =
        "# function: sqrt\n# definition: sqrt(z)\n"
        "# digits: 40, rounded to nearest even; = exact\n# sha256: ";
    static const char rows[] =
        "id\tz\tre\tre_hex\tkappa\tregion\n"
        "a\t0x1p+1\t1.414213562373095048801688724209698078570\t"
        "0x1.6a09e667f3bcdp+0\t-\tr\n"
        "b\t0x1p+2\t2=\t0x1p+1\t-\tr\n"
        "c\t0x0p+0\t0=\t0x0p+0\t-\tr\n"
        "d\t0x1.56e1fc2f8f359p-997\t";
    tap_ok(ok && strncmp(out.table, want, strlen(want)) == 0
               && strstr(out.table, rows) == out.table + strlen(want) + 65,
           "rows: id, hexfloats, 40 digits, = when exact, double, region");
    tap_ok(out.nundecided == 0
               && strcmp(out.undecided, "id\tfunction\tz\tregion\tstatus\n")
                      == 0,
           "nothing is undecided");
    tap_ok(strstr(out.prov, "a\tok\t50\n") != NULL
               && strstr(out.prov, "# mpfr: ") != NULL,
           "versions and digits asked for are in the provenance");
}

/* kww has kappa = x (1 + 2 beta + beta |ln(t/tau)|), x = c (t/tau)^beta.
 * [reference R5] */
static void
check_kappa(void)
{
    mltab_point p[] = {{"two", "r", {0.5, 2, 1, 2}},   /* exactly 2 */
                       {"six", "r", {1, 3, 2, 3}},     /* exactly 6 */
                       {"up", "r", {0.5, 1, 2, 4}},    /* 10.7725887 */
                       {"down", "r", {1, 1, 1, 3}},    /* 12.2958368 */
                       {"large", "r", {1, 1, 1, 1e9}}, /* 2.3723e10 */
                       {"zero", "r", {0.5, 1, 1, 0}}};
    static const char *const want[] = {"\t2.00\tr\n",    "\t6.00\tr\n",
                                       "\t10.8\tr\n",    "\t12.3\tr\n",
                                       "\t2.38e10\tr\n", "\t0\tr\n"};
    mltab_points set = {ml_function_find("kww"), 4, false, p, 6};
    output out;
    bool ok = write_text(&out, &set);
    for (size_t i = 0; i < 6; i++) {
        const char *row = strstr(out.table, p[i].id);
        row = row == NULL ? NULL : strstr(row, want[i]);
        tap_ok(ok && row != NULL && memchr(row, '\n', 16) != NULL,
               "kappa of \"%s\" is rounded up", p[i].id);
    }
    if (!ok) {
        tap_note("%s", out.table);
    }
}

/* A table as an object: read back, found, hashed. */
static void
check_table(void)
{
    mltab_point p[] = {{"a", "r", {2}}, {"ab", "r", {3}}, {"b", "r", {4}}};
    mltab_points set = {&sqrt_row, 1, false, p, 3};
    mltab_table t, back;
    mlio_error err = {0};
    char path[64];
    snprintf(path, sizeof path, "/tmp/t-certify-%ld-t", (long)getpid());
    bool ok = mltab_table_certify(&t, &set, NULL, NULL, NULL, 1, &err);
    tap_ok(ok && t.n == 3 && mltab_table_find(&t, "b") == 2
               && mltab_table_find(&t, "ab") == 1
               && mltab_table_find(&t, "c") < 0,
           "rows are found by their id");
    mlio_writer *w = mlio_writer_open(path, MLIO_JSON, &err);
    mltab_table_write(&t, -1, w);
    ok = mlio_writer_close(w, &err) && mltab_table_read(&back, path, &err);
    tap_ok(ok && back.n == 3 && strcmp(back.sha256, t.sha256) == 0
               && strcmp(back.rows[1], t.rows[1]) == 0,
           "a table is read back from JSON with its hash");
    ok = mltab_table_write_c(&t, path, &err);
    char text[4096];
    slurp(text, path);
    tap_ok(
        ok && strstr(text, "struct mlref_sqrt {") != NULL
            && strstr(text, "{\"b\", 0x1p+2, \"2=\", 0x1p+1, \"-\", \"r\"},"),
        "a C header has rows of text and doubles");
    mltab_table_clear(&t);
    mltab_table_clear(&back);
}

/* [FIPS 180-4], "abc" */
static void
check_hash(void)
{
    mltab_sha256 h;
    char hex[65];
    mltab_sha256_start(&h);
    mltab_sha256_add(&h, "abc", 3);
    mltab_sha256_end(hex, &h);
    tap_ok(strcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
                       "ff61f20015ad")
               == 0,
           "SHA-256 of its standard's example");
}

static void
check_complex(void)
{
    mltab_point p[] = {{"a", "r", {0, 2}}};
    mltab_points set = {&sqrt_row, 2, true, p, 1};
    output out;
    bool ok = write_text(&out, &set);
    tap_ok(ok && strstr(out.table, "id\tre_z\tim_z\tre\tim\tre_hex\tim_hex"),
           "a complex table has both parts");
    tap_ok(strstr(out.table, "a\t0x0p+0\t0x1p+1\t1") != NULL
               || out.nundecided == 1,
           "sqrt(2i) = 1 + i, which balls may leave undecided");
}

static void
check_ties(void)
{
    /* 0.5, 1.5 at the place of digit 40: z = 1000...0.5 has 41 digits */
    mltab_point p[] = {{"half", "r", {0x1p-1}}, {"big", "r", {0x1p200}}};
    mltab_points set = {&small_row, 1, false, p, 2};
    output out;
    bool ok = write_text(&out, &set);
    tap_ok(ok && strstr(out.table, "\t5e-41=\t") != NULL,
           "an exact decimal is marked and short");
    tap_ok(
        strstr(out.table, "160693804425899027554.1962092341162602522") != NULL
            && strstr(out.table, "160693804425899027554.1962092341162602522=")
                   == NULL,
        "an exact value with more digits is rounded, not marked");
    tap_ok(strstr(out.prov, "half\tok\t0\n") != NULL,
           "no precision was needed for it");
}

static void
check_undecided(void)
{
    mltab_point p[] = {{"a", "r", {1}}, {"b", "s", {2}}};
    mltab_points set = {&over_row, 1, false, p, 2};
    output out;
    bool ok = write_text(&out, &set);
    tap_ok(ok && out.nundecided == 2
               && strstr(out.undecided, "b\tover\t0x1p+1\ts\toverflow\n"),
           "what is not decided is listed with its status");
    tap_ok(strstr(out.table, "0x1p+1") == NULL, "... and not in the table");
}

int
main(void)
{
    tap_plan(20);
    check_rows();
    check_kappa();
    check_table();
    check_hash();
    check_complex();
    check_ties();
    check_undecided();
    flint_cleanup();
    return tap_done();
}
