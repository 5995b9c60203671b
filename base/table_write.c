/* base/table_write.c - tables out: TSV, CSV, JSON. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef ML_WITH_JANSSON
#    include <jansson.h>
#endif

#include "base/file.h"
#include "base/impl.h"
#include "base/number.h"
#include "base/table.h"

struct mlio_writer {
    mlio_file *file;
    FILE *out;
    mlio_format format;
    mlio_error error; /* the first one; code MLIO_OK: none */
    size_t columns, rows;
    char **cells; /* of the row that mlio_writer_cell fills */
    size_t filled;
    char **keys; /* of the provenance so far */
    size_t nkeys;
#ifdef ML_WITH_JANSSON
    json_t *meta;
#endif
};

bool
mlio_format_parse(mlio_format *f, const char *name, mlio_error *err)
{
    static const char *const names[] = {"tsv", "csv", "json"};

    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            *f = (mlio_format)i;
            return true;
        }
    return mlio_fail(err, MLIO_USAGE,
                     "expected a format (tsv, csv or json), got %s",
                     mlio_quote(name).text);
}

/* ----------------------------------------------------------- what may be said */

static bool
has_control(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            return true;
    return false;
}

static bool
begins_comment(const char *s)
{
    return s[strspn(s, " ")] == '#';
}

static bool
fail(mlio_writer *w, const char *what, const char *text, const char *why)
{
    if (w->error.code == MLIO_OK)
        mlio_fail(&w->error, MLIO_DATA, "cannot write the %s %s: %s", what,
                  mlio_quote(text).text, why);
    return false;
}

static bool
no_memory(mlio_writer *w)
{
    if (w->error.code == MLIO_OK)
        mlio_fail(&w->error, MLIO_FILE, "out of memory");
    return false;
}

/* A name must come back from each format as it went in, and must not make the
 * header look like another format or like a row. */
static bool
check_name(mlio_writer *w, const char *name)
{
    if (!*name)
        return fail(w, "column name", name, "it is empty");
    if (has_control(name) || strpbrk(name, " ,\""))
        return fail(w, "column name", name,
                    "blanks, commas, quotes and control characters are not "
                    "allowed");
    if (*name == '#' || *name == '{')
        return fail(w, "column name", name, "it must not begin with # or {");
    return true;
}

static bool
check_cell(mlio_writer *w, const char *cell, bool first)
{
    if (w->format != MLIO_TSV)
        return true;
    if (has_control(cell))
        return fail(w, "cell", cell,
                    "TSV has no tabs, line ends or control characters in "
                    "cells");
    if (first && begins_comment(cell))
        return fail(w, "cell", cell, "a TSV line that begins so is a comment");
    if (w->columns == 1 && cell[strspn(cell, " ")] == 0)
        return fail(w, "cell", cell, "a blank TSV line is no row");
    return true;
}

/* -------------------------------------------------------------------- writing */

mlio_writer *
mlio_writer_open(const char *path, mlio_format format, mlio_error *err)
{
    mlio_writer *w = NULL;

#ifndef ML_WITH_JANSSON
    if (format == MLIO_JSON) {
        mlio_fail(err, MLIO_USAGE,
                  "the program was built without jansson, which writes JSON");
        return NULL;
    }
#endif
    mlio_file *file = mlio_file_create(path, err);
    if (!file)
        return NULL;
    w = calloc(1, sizeof *w);
    if (!w) {
        mlio_file_abandon(file);
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    w->file = file;
    w->out = mlio_file_stream(file);
    w->format = format;
#ifdef ML_WITH_JANSSON
    w->meta = json_object();
#endif
    return w;
}

static void
put_csv(FILE *out, const char *s, bool first)
{
    bool quote = strpbrk(s, "\",\r\n") || (first && (!*s || begins_comment(s)))
                 || *s == ' ' || *s == '\t';

    if (!quote) {
        fputs(s, out);
        return;
    }
    putc('"', out);
    for (; *s; s++) {
        if (*s == '"')
            putc('"', out);
        putc(*s, out);
    }
    putc('"', out);
}

#ifdef ML_WITH_JANSSON
static bool
put_json(mlio_writer *w, const char *const *cells)
{
    json_t *row = json_array();
    bool ok = row != NULL;

    for (size_t j = 0; ok && j < w->columns; j++) {
        json_t *s = json_string(cells[j]);

        if (!s)
            fail(w, "cell", cells[j], "it is not UTF-8");
        ok = s && json_array_append_new(row, s) == 0;
    }
    ok = ok && json_dumpf(row, w->out, JSON_COMPACT) == 0;
    json_decref(row);
    return ok || ferror(w->out) || no_memory(w);
}
#else
static bool
put_json(mlio_writer *w, const char *const *cells)
{
    (void)cells;
    return no_memory(w);
}
#endif

/* A full disk or a closed pipe: the reason is lost by the time of the commit. */
static void
check_stream(mlio_writer *w)
{
    if (ferror(w->out) && w->error.code == MLIO_OK)
        mlio_fail(&w->error, MLIO_FILE, "cannot write %s: %s",
                  mlio_file_name(w->file), strerror(errno));
}

static void
put_line(mlio_writer *w, const char *const *cells, bool header)
{
    if (w->format == MLIO_JSON) {
        put_json(w, cells);
        return;
    }
    for (size_t j = 0; j < w->columns; j++) {
        if (j > 0)
            putc(w->format == MLIO_TSV ? '\t' : ',', w->out);
        if (w->format == MLIO_TSV)
            fputs(cells[j], w->out);
        else if (header && w->columns == 1)
            fprintf(w->out, "\"%s\"", cells[j]); /* tells CSV from TSV */
        else
            put_csv(w->out, cells[j], j == 0);
    }
    putc('\n', w->out);
}

/* ----------------------------------------------------------------- provenance */

static bool
check_meta(mlio_writer *w, const char *key, const char *value)
{
    size_t n = strlen(key);

    if (w->columns > 0)
        return fail(w, "provenance", key, "it comes after the columns");
    if (n == 0 || has_control(key) || strchr(key, ':') || key[0] == ' '
        || key[n - 1] == ' ')
        return fail(w, "provenance", key, "this is not a key");
    if (has_control(value))
        return fail(w, "provenance", value, "it is one line of text");
    for (size_t i = 0; i < w->nkeys; i++)
        if (strcmp(w->keys[i], key) == 0)
            return fail(w, "provenance", key, "the key was used before");
    return true;
}

/* s without the blanks at its ends, which the reader would not return. */
static char *
trim(char *s)
{
    s += strspn(s, " ");
    for (size_t n = strlen(s); n > 0 && s[n - 1] == ' '; n--)
        s[n - 1] = 0;
    return s;
}

static bool
put_meta(mlio_writer *w, const char *key, char *value)
{
    char **keys = realloc(w->keys, (w->nkeys + 1) * sizeof *keys);
    char *copy = strdup(key);

    if (keys)
        w->keys = keys;
    if (!keys || !copy) {
        free(copy);
        return no_memory(w);
    }
    keys[w->nkeys++] = copy;
    value = trim(value);
    if (w->format != MLIO_JSON) {
        fprintf(w->out, "# %s: %s\n", key, value);
        check_stream(w);
        return true;
    }
#ifdef ML_WITH_JANSSON
    if (json_object_set_new(w->meta, key, json_string(value)) != 0)
        return fail(w, "provenance", value, "it is not UTF-8");
#endif
    return true;
}

/* What format says, malloc'ed; NULL when memory is out. */
static char *
printed(const char *format, va_list ap)
{
    va_list again;

    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    char *s = n < 0 ? NULL : malloc((size_t)n + 1);
    if (s)
        vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

void
mlio_writer_meta(mlio_writer *w, const char *key, const char *format, ...)
{
    va_list ap;

    if (w->error.code != MLIO_OK)
        return;
    va_start(ap, format);
    char *value = printed(format, ap);
    va_end(ap);
    if (!value)
        no_memory(w);
    else if (check_meta(w, key, value))
        put_meta(w, key, value);
    free(value);
}

/* ------------------------------------------------------------ header and rows */

void
mlio_writer_columns(mlio_writer *w, size_t n, const char *const *names)
{
    if (w->error.code != MLIO_OK)
        return;
    bool ok = n > 0 && w->columns == 0;
    if (!ok)
        fail(w, "header", "", "it comes once and has a column");
    for (size_t j = 0; ok && j < n; j++) {
        ok = check_name(w, names[j]);
        for (size_t i = 0; ok && i < j; i++)
            if (strcmp(names[i], names[j]) == 0)
                ok = fail(w, "column name", names[j], "it is there twice");
    }
    if (!ok)
        return;
    w->columns = n;
    w->cells = calloc(n, sizeof *w->cells);
    if (!w->cells) {
        no_memory(w);
        return;
    }
#ifdef ML_WITH_JANSSON
    if (w->format == MLIO_JSON) {
        fputs("{\"meta\": ", w->out);
        json_dumpf(w->meta, w->out, JSON_INDENT(1));
        fputs(",\n\"columns\": ", w->out);
    }
#endif
    put_line(w, names, true);
    if (w->format == MLIO_JSON)
        fputs(",\n\"rows\": [", w->out);
    check_stream(w);
}

void
mlio_writer_row(mlio_writer *w, const char *const *cells)
{
    bool ok = w->error.code == MLIO_OK;

    if (ok && w->columns == 0)
        ok = fail(w, "row", cells[0], "it comes before the columns");
    if (ok && w->filled > 0)
        ok = fail(w, "row", cells[0], "the row before it is not complete");
    for (size_t j = 0; ok && j < w->columns; j++)
        ok = check_cell(w, cells[j], j == 0);
    if (!ok)
        return;
    if (w->format == MLIO_JSON)
        fputs(w->rows ? ",\n" : "\n", w->out);
    put_line(w, cells, false);
    w->rows++;
    check_stream(w);
}

void
mlio_writer_cell(mlio_writer *w, const char *format, ...)
{
    va_list ap;

    if (w->error.code != MLIO_OK)
        return;
    if (w->columns == 0) {
        fail(w, "cell", format, "it comes before the columns");
        return;
    }
    va_start(ap, format);
    char *cell = printed(format, ap);
    va_end(ap);
    if (!cell) {
        no_memory(w);
        return;
    }
    w->cells[w->filled++] = cell;
    if (w->filled < w->columns)
        return;
    w->filled = 0;
    mlio_writer_row(w, (const char *const *)w->cells);
    for (size_t j = 0; j < w->columns; j++) {
        free(w->cells[j]);
        w->cells[j] = NULL;
    }
}

/* -------------------------------------------------------------------- closing */

static void
release(mlio_writer *w)
{
    for (size_t j = 0; w->cells && j < w->columns; j++)
        free(w->cells[j]);
    for (size_t i = 0; i < w->nkeys; i++)
        free(w->keys[i]);
    free(w->cells);
    free(w->keys);
#ifdef ML_WITH_JANSSON
    json_decref(w->meta);
#endif
    free(w);
}

bool
mlio_writer_close(mlio_writer *w, mlio_error *err)
{
    if (w->error.code == MLIO_OK && w->columns == 0)
        fail(w, "table", mlio_file_name(w->file), "it has no columns");
    if (w->error.code == MLIO_OK && w->filled > 0)
        fail(w, "row", w->cells[0], "it is not complete");
    if (w->error.code == MLIO_OK && w->format == MLIO_JSON)
        fputs("\n]}\n", w->out);
    check_stream(w);
    mlio_error first = w->error;
    mlio_file *file = w->file;
    release(w);
    if (first.code == MLIO_OK)
        return mlio_file_commit(file, err);
    mlio_file_abandon(file);
    return mlio_fail(err, first.code, "%s", first.text);
}

void
mlio_writer_abandon(mlio_writer *w)
{
    if (!w)
        return;
    mlio_file_abandon(w->file);
    release(w);
}
