/* base/table_read.c - tables in: what a table is, and its cells as numbers. */
#define _POSIX_C_SOURCE 200809L

#include "base/table.h"

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

/* --------------------------------------------------------------------- places */

bool
mlio_push(mlio_cells *list, char *text, size_t line, size_t column)
{
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 64;
        mlio_cell *at = realloc(list->at, room * sizeof *at);

        if (!at)
            return false;
        list->at = at;
        list->room = room;
    }
    list->at[list->n++] = (mlio_cell){text, (uint32_t)line, (uint32_t)column};
    return true;
}

static bool
fail_at(const mlio_table *t, size_t line, size_t column, mlio_error *err,
        const char *format, va_list ap)
{
    char text[sizeof err->text];

    vsnprintf(text, sizeof text, format, ap);
    return mlio_fail(err, MLIO_DATA, "%s:%zu:%zu: %s", t->path, line, column,
                     text);
}

bool
mlio_table_at(const mlio_table *t, size_t line, size_t column, mlio_error *err,
              const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fail_at(t, line, column, err, format, ap);
    va_end(ap);
    return false;
}

bool
mlio_table_fail(const mlio_table *t, size_t row, size_t column, mlio_error *err,
                const char *format, ...)
{
    const mlio_cell *c = &t->cells.at[row * t->columns + column];
    va_list ap;

    va_start(ap, format);
    fail_at(t, c->line, c->column, err, format, ap);
    va_end(ap);
    return false;
}

/* -------------------------------------------------------------------- reading */

bool
mlio_check_names(mlio_table *t, mlio_error *err)
{
    mlio_cells *names = &t->names;
    bool numbers = true;
    fmpq_t x;

    t->columns = names->n;
    fmpq_init(x);
    for (size_t j = 0; numbers && j < names->n; j++)
        numbers = mlio_parse_real(x, names->at[j].text, NULL);
    fmpq_clear(x);
    if (numbers)
        return mlio_table_at(t, names->at[0].line, names->at[0].column, err,
                             "expected a header line with the names of the "
                             "columns (without #), got numbers");
    for (size_t j = 0; j < names->n; j++) {
        const mlio_cell *c = &names->at[j];

        if (!*c->text)
            return mlio_table_at(t, c->line, c->column, err,
                                 "the name of column %zu is empty", j + 1);
        for (size_t i = 0; i < j; i++)
            if (strcmp(names->at[i].text, c->text) == 0)
                return mlio_table_at(t, c->line, c->column, err,
                                     "columns %zu and %zu have one name, %s",
                                     i + 1, j + 1, mlio_quote(c->text).text);
    }
    return true;
}

/* A NUL byte would end a cell early without a word. */
static bool
check_bytes(const mlio_table *t, size_t n, mlio_error *err)
{
    const char *nul = memchr(t->text, 0, n), *start = t->text, *end;
    size_t line = 1;

    if (!nul)
        return true;
    while ((end = memchr(start, '\n', (size_t)(nul - start)))) {
        line++;
        start = end + 1;
    }
    return mlio_table_at(t, line, (size_t)(nul - start) + 1, err,
                         "expected text, got a NUL byte");
}

static bool
fill(mlio_table *t, size_t n, mlio_error *err)
{
    bool ok;

    if (!check_bytes(t, n, err))
        return false;
    if (t->text[strspn(t->text, " \t\r\n")] == '{')
        ok = mlio_read_json(t, n, err);
    else
        ok = mlio_read_text(t, n, err);
    if (!ok)
        return false;
    t->rows = t->cells.n / t->columns;
    if (t->rows == 0)
        return mlio_table_at(t, t->names.at[0].line, t->names.at[0].column, err,
                             "the table has a header but no rows");
    return true;
}

mlio_table *
mlio_table_read(const char *path, mlio_error *err)
{
    mlio_table *t = calloc(1, sizeof *t);
    size_t n;

    if (t)
        t->path = strdup(strcmp(path, "-") == 0 ? "stdin" : path);
    if (!t || !t->path) {
        free(t);
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    t->text = mlio_file_read(path, &n, err);
    if (t->text && fill(t, n, err))
        return t;
    mlio_table_free(t);
    return NULL;
}

void
mlio_table_free(mlio_table *t)
{
    if (!t)
        return;
#ifdef ML_WITH_JANSSON
    json_decref(t->json);
#endif
    free(t->names.at);
    free(t->cells.at);
    free(t->keys.at);
    free(t->values.at);
    free(t->text);
    free(t->path);
    free(t);
}

/* ------------------------------------------------------------------- asking */

size_t
mlio_table_rows(const mlio_table *t)
{
    return t->rows;
}

size_t
mlio_table_columns(const mlio_table *t)
{
    return t->columns;
}

const char *
mlio_table_name(const mlio_table *t, size_t column)
{
    return t->names.at[column].text;
}

const char *
mlio_table_cell(const mlio_table *t, size_t row, size_t column)
{
    return t->cells.at[row * t->columns + column].text;
}

const char *
mlio_table_meta(const mlio_table *t, const char *key)
{
    for (size_t i = 0; i < t->keys.n; i++)
        if (strcmp(t->keys.at[i].text, key) == 0)
            return t->values.at[i].text;
    return NULL;
}

const char *
mlio_table_path(const mlio_table *t)
{
    return t->path;
}

long
mlio_table_find(const mlio_table *t, const char *name)
{
    for (size_t j = 0; j < t->columns; j++)
        if (strcmp(t->names.at[j].text, name) == 0)
            return (long)j;
    return -1;
}

bool
mlio_table_need(const mlio_table *t, const char *name, size_t *column,
                mlio_error *err)
{
    long j = mlio_table_find(t, name);
    char list[320];
    size_t n = 0;

    if (j >= 0) {
        *column = (size_t)j;
        return true;
    }
    list[0] = 0;
    for (size_t i = 0; i < t->columns && n < sizeof list; i++)
        n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", i ? ", " : "",
                              t->names.at[i].text);
    return mlio_table_at(t, t->names.at[0].line, t->names.at[0].column, err,
                         "expected a column %s; the columns are %s%s",
                         mlio_quote(name).text, list,
                         n < sizeof list ? "" : "...");
}

/* --------------------------------------------------------------- numbers */

/* A cell without the blanks around it; NULL when memory is out. */
static char *
trimmed(const char *cell, size_t *skipped)
{
    size_t a = strspn(cell, " \t\r\n"), n = strlen(cell);

    while (n > a && strchr(" \t\r\n", cell[n - 1]))
        n--;
    *skipped = a;
    return strndup(cell + a, n - a);
}

/* Puts file:line:column and the name of the column before the message. */
static bool
place(const mlio_table *t, size_t row, size_t column, size_t skipped,
      mlio_error *err)
{
    const mlio_cell *c = &t->cells.at[row * t->columns + column];

    return mlio_prefix(err, "%s:%lu:%zu: column %s: ", t->path,
                       (unsigned long)c->line, c->column + skipped,
                       mlio_quote(t->names.at[column].text).text);
}

bool
mlio_table_real(fmpq_t x, const mlio_table *t, size_t row, size_t column,
                mlio_error *err)
{
    size_t skipped;
    char *s = trimmed(mlio_table_cell(t, row, column), &skipped);

    if (!s)
        return mlio_fail(err, MLIO_FILE, "out of memory");
    bool ok = mlio_parse_real(x, s, err);
    free(s);
    return ok || place(t, row, column, skipped, err);
}

bool
mlio_table_double(double *x, const mlio_table *t, size_t row, size_t column,
                  mlio_error *err)
{
    size_t skipped;
    char *s = trimmed(mlio_table_cell(t, row, column), &skipped);

    if (!s)
        return mlio_fail(err, MLIO_FILE, "out of memory");
    bool ok = mlio_parse_double(x, s, err);
    free(s);
    return ok || place(t, row, column, skipped, err);
}
