/* base/table.h - tables in and out: TSV, CSV, JSON.
 *
 * A table has `# key: value` provenance lines, one header line with column
 * names, and rows of strings.  The reader knows TSV, CSV (RFC 4180), columns
 * separated by blanks, and the JSON that the writer makes; it keeps the place
 * of every cell for messages.  Whatever the writer writes can be read back.
 */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include <fmpq.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ reading */

typedef struct mlio_table mlio_table;

/* Errors name file:line:column and what was expected: empty table, ragged row,
 * NUL byte, unterminated quote, two columns of one name. */
mlio_table *mlio_table_read(const char *path, mlio_error *err);
void mlio_table_free(mlio_table *t);

size_t mlio_table_rows(const mlio_table *t);
size_t mlio_table_columns(const mlio_table *t);
const char *mlio_table_name(const mlio_table *t, size_t column);
const char *mlio_table_cell(const mlio_table *t, size_t row, size_t column);
const char *mlio_table_meta(const mlio_table *t, const char *key); /* or NULL */
const char *mlio_table_path(const mlio_table *t);

/* Index of the column of that name, -1 if there is none. */
long mlio_table_find(const mlio_table *t, const char *name);

/* The same, but a missing column is an error that lists those present. */
bool mlio_table_need(const mlio_table *t, const char *name, size_t *column,
                     mlio_error *err);

/* Cells as numbers; errors carry file:line:column. */
bool mlio_table_real(fmpq_t x, const mlio_table *t, size_t row, size_t column,
                     mlio_error *err);
bool mlio_table_double(double *x, const mlio_table *t, size_t row,
                       size_t column, mlio_error *err);

/* Fails with code MLIO_DATA and the place of that cell. */
bool mlio_table_fail(const mlio_table *t, size_t row, size_t column,
                     mlio_error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* ------------------------------------------------------------------ writing */

typedef enum { MLIO_TSV, MLIO_CSV, MLIO_JSON } mlio_format;

/* "tsv", "csv", "json". */
bool mlio_format_parse(mlio_format *f, const char *name, mlio_error *err);

typedef struct mlio_writer mlio_writer;

/* path NULL or "-": standard output.  Calls come in the order meta, columns,
 * row; a write error is kept and reported by close. */
mlio_writer *mlio_writer_open(const char *path, mlio_format format,
                              mlio_error *err);
void mlio_writer_meta(mlio_writer *w, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void mlio_writer_columns(mlio_writer *w, size_t n, const char *const *names);
void mlio_writer_row(mlio_writer *w, const char *const *cells);

/* A row from cells printed one by one; n_columns calls make a row. */
void mlio_writer_cell(mlio_writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

bool mlio_writer_close(mlio_writer *w, mlio_error *err); /* frees w */
void mlio_writer_abandon(mlio_writer *w);                /* no file appears */

#ifdef __cplusplus
}
#endif

#endif
