/* reference/table.c - tables read, written, cited; a table as a C header. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "reference/impl.h"
#include "reference/sha256.h"
#include "reference/table.h"

enum { MAX_COLUMNS = 2 * ML_MAX_ARGS + 7 };

void
mltab_table_clear(mltab_table *t)
{
    for (size_t i = 0; t->rows != NULL && i < t->n; i++) {
        free(t->rows[i]);
    }
    free(t->rows);
    free(t->function);
    free(t->definition);
    free(t->columns);
    memset(t, 0, sizeof *t);
}

void
mltab_table_hash(char hex[65], const mltab_table *t)
{
    mltab_sha256 h;
    mltab_sha256_start(&h);
    mltab_sha256_add(&h, t->columns, strlen(t->columns));
    mltab_sha256_add(&h, "\n", 1);
    for (size_t i = 0; i < t->n; i++) {
        mltab_sha256_add(&h, t->rows[i], strlen(t->rows[i]));
        mltab_sha256_add(&h, "\n", 1);
    }
    mltab_sha256_end(hex, &h);
}

/* Splits a line at its tabs, in place. */
static size_t
split(const char **cells, char *text)
{
    size_t n = 0;
    cells[n++] = text;
    for (char *s = text; *s != '\0'; s++) {
        if (*s == '\t' && n < MAX_COLUMNS) {
            *s = '\0';
            cells[n++] = s + 1;
        }
    }
    return n;
}

/* ------------------------------------------------------------------ reading */

static char *
join(const mlio_table *from, size_t row, bool names)
{
    size_t n = mlio_table_columns(from), size = 1;
    const char *cells[MAX_COLUMNS];
    for (size_t k = 0; k < n; k++) {
        cells[k] =
            names ? mlio_table_name(from, k) : mlio_table_cell(from, row, k);
        size += strlen(cells[k]) + 1;
    }
    char *text = malloc(size), *s = text;
    for (size_t k = 0; text != NULL && k < n; k++) {
        size_t length = strlen(cells[k]);
        memcpy(s, cells[k], length);
        s += length;
        *s++ = k + 1 < n ? '\t' : '\0';
    }
    return text;
}

static char *
copy_meta(const mlio_table *from, const char *key)
{
    const char *text = mlio_table_meta(from, key);
    return text == NULL ? NULL : strdup(text);
}

static bool
take(mltab_table *t, const mlio_table *from, mlio_error *err)
{
    const char *path = mlio_table_path(from);
    const char *hash = mlio_table_meta(from, "sha256");
    t->function = copy_meta(from, "function");
    t->definition = copy_meta(from, "definition");
    if (t->function == NULL || t->definition == NULL || hash == NULL
        || mlio_table_columns(from) > MAX_COLUMNS
        || mlio_table_find(from, "re_hex") < 0) {
        return mlio_fail(err, MLIO_DATA, "%s: expected a table of mlref table",
                         path);
    }
    size_t n = mlio_table_rows(from);
    t->rows = calloc(n + 1, sizeof *t->rows);
    t->columns = join(from, 0, true);
    bool ok = t->rows != NULL && t->columns != NULL;
    for (t->n = 0; ok && t->n < n; t->n++) {
        t->rows[t->n] = join(from, t->n, false);
        ok = t->rows[t->n] != NULL;
    }
    if (!ok) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    mltab_table_hash(t->sha256, t);
    if (strcmp(t->sha256, hash) != 0) {
        return mlio_fail(err, MLIO_DATA,
                         "%s: its rows have the hash %s, not %.64s", path,
                         t->sha256, hash);
    }
    return true;
}

bool
mltab_table_read(mltab_table *t, const char *path, mlio_error *err)
{
    memset(t, 0, sizeof *t);
    mlio_table *from = mlio_table_read(path, err);
    bool ok = from != NULL && take(t, from, err);
    if (!ok) {
        mltab_table_clear(t);
    }
    mlio_table_free(from);
    return ok;
}

long
mltab_table_find(const mltab_table *t, const char *id)
{
    size_t n = strlen(id);
    for (size_t i = 0; i < t->n; i++) {
        if (strncmp(t->rows[i], id, n) == 0 && t->rows[i][n] == '\t') {
            return (long)i;
        }
    }
    return -1;
}

/* ------------------------------------------------------------------ writing */

static void
write_line(mlio_writer *w, const char *text, bool names)
{
    const char *cells[MAX_COLUMNS];
    char *own = strdup(text);
    if (own == NULL) {
        return;
    }
    size_t n = split(cells, own);
    if (names) {
        mlio_writer_columns(w, n, cells);
    } else {
        mlio_writer_row(w, cells);
    }
    free(own);
}

void
mltab_table_write(const mltab_table *t, long row, mlio_writer *w)
{
    mlio_writer_meta(w, "function", "%s", t->function);
    mlio_writer_meta(w, "definition", "%s", t->definition);
    mlio_writer_meta(w, "digits", "40, rounded to nearest even; = exact");
    if (row < 0) {
        mlio_writer_meta(w, "sha256", "%s", t->sha256);
    } else {
        const char *id = t->rows[row];
        mlio_writer_meta(w, "cite", "mlref table %s, sha256 %s, row %.*s",
                         t->function, t->sha256, (int)strcspn(id, "\t"), id);
    }
    write_line(w, t->columns, true);
    for (size_t i = 0; i < t->n; i++) {
        if (row < 0 || (size_t)row == i) {
            write_line(w, t->rows[i], false);
        }
    }
}

/* --------------------------------------------------------------- a C header */

/* What the cells of a column become. */
typedef enum { TEXT, DOUBLE } kind;

static kind
kind_of(const char *name)
{
    static const char *const texts[] = {"id", "re", "im", "kappa", "region"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i], name) == 0) {
            return TEXT;
        }
    }
    return DOUBLE;
}

/* "mittag-leffler" as mittag_leffler, or MITTAG_LEFFLER. */
static void
identifier(char out[64], const char *name, bool upper)
{
    size_t i = 0;
    for (; i < 63 && name[i] != '\0'; i++) {
        bool lower = name[i] >= 'a' && name[i] <= 'z';
        char c = lower || (name[i] >= '0' && name[i] <= '9') ? name[i] : '_';
        out[i] = (char)(upper && lower ? c - 'a' + 'A' : c);
    }
    out[i] = '\0';
}

static void
write_cell(FILE *f, kind k, const char *cell)
{
    if (k == TEXT) {
        fprintf(f, "\"%s\"", cell);
    } else if (strstr(cell, "inf") != NULL) {
        fprintf(f, "%sHUGE_VAL", cell[0] == '-' ? "-" : "");
    } else {
        fprintf(f, "%s", cell);
    }
}

static void
write_structure(FILE *f, size_t n, const char *const *names, const char *type)
{
    fprintf(f, "struct mlref_%s {\n", type);
    for (size_t k = 0; k < n; k++) {
        fprintf(f, "    %s%s;\n",
                kind_of(names[k]) == TEXT ? "const char *" : "double ",
                names[k]);
    }
    fprintf(f, "};\n\n");
}

static bool
write_rows(FILE *f, const mltab_table *t, const kind *kinds)
{
    const char *cells[MAX_COLUMNS];
    for (size_t i = 0; i < t->n; i++) {
        char *own = strdup(t->rows[i]);
        if (own == NULL) {
            return false;
        }
        size_t n = split(cells, own);
        for (size_t k = 0; k < n; k++) {
            fputs(k == 0 ? "    {" : ", ", f);
            write_cell(f, kinds[k], cells[k]);
        }
        fputs("},\n", f);
        free(own);
    }
    return true;
}

static bool
write_header(FILE *f, const mltab_table *t)
{
    char name[64], guard[64];
    const char *names[MAX_COLUMNS];
    kind kinds[MAX_COLUMNS] = {0};
    char *columns = strdup(t->columns);
    if (columns == NULL) {
        return false;
    }
    size_t n = split(names, columns);
    for (size_t k = 0; k < n; k++) {
        kinds[k] = kind_of(names[k]);
    }
    identifier(name, t->function, false);
    identifier(guard, t->function, true);
    fprintf(f, "/* %s - %s\n", t->function, t->definition);
    fprintf(f, " *\n * Made by: mlref table %s --format c\n", t->function);
    fprintf(f, " * Arguments, and re_hex (im_hex): doubles, correctly rounded;"
               " re (im): 40\n * digits, \"=\" where exact; kappa: condition\n"
               " * number, rounded up, \"-\" where there is none. */\n");
    fprintf(f, "#ifndef MLREF_%s_H\n#define MLREF_%s_H\n\n", guard, guard);
    fprintf(f, "#include <math.h>\n\n#define MLREF_%s_SHA256 \\\n    \"%s\"\n",
            guard, t->sha256);
    fprintf(f, "#define MLREF_%s_ROWS %zu\n\n", guard, t->n);
    write_structure(f, n, names, name);
    fprintf(f,
            "static const struct mlref_%s mlref_%s_table[MLREF_%s_ROWS] = {\n",
            name, name, guard);
    bool ok = write_rows(f, t, kinds);
    fprintf(f, "};\n\n#endif\n");
    free(columns);
    return ok;
}

bool
mltab_table_write_c(const mltab_table *t, const char *path, mlio_error *err)
{
    mlio_file *file = mlio_file_create(path, err);
    if (file == NULL) {
        return false;
    }
    if (!write_header(mlio_file_stream(file), t)) {
        mlio_file_abandon(file);
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    return mlio_file_commit(file, err);
}
