/* base/impl.h - what the files of base share and nobody else sees. */
#ifndef BASE_IMPL_H
#define BASE_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <arb.h>
#include <arf.h>
#include <fmpz.h>

#include "base/error.h"
#include "base/file.h"
#include "base/page.h"
#include "base/table.h"

/* ------------------------------------------------------------------ error.c */

/* s in double quotes, at most 48 bytes of it, unprintable bytes as "?". */
typedef struct {
    char text[64];
} mlio_quoted;

mlio_quoted mlio_quote(const char *s);

/* err = "PREFIX" + what err said; keeps the code; returns false. */
bool mlio_prefix(mlio_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ------------------------------------------------------------------- file.c */

/* The name for messages. */
const char *mlio_file_name(const mlio_file *f);

/* ----------------------------------------------------------- format_round.c */

typedef enum { MLIO_NEAREST, MLIO_DOWN, MLIO_UP } mlio_rounding;

/* n: x 10^-k rounded to an integer, ties to even; true if it is one. */
bool mlio_round_at(fmpz_t n, const arf_t x, const fmpz_t k, mlio_rounding how,
                   slong prec);

/* x to `digits` significant decimals: n 10^k; true if that is x. */
bool mlio_round_digits(fmpz_t n, fmpz_t k, const arf_t x, slong digits,
                       mlio_rounding how);

/* c = floor(log10(|x|)), x not zero. */
void mlio_floor_log10(fmpz_t c, const arf_t x);

/* t contains x 10^-k, with prec good bits. */
void mlio_scale(arb_t t, const arf_t x, const fmpz_t k, slong prec);

/* N 10^k as a decimal; plain between 1e-5 and 1e20 when that shows no digit
 * that is not in N; strip removes trailing zeros (for exact values). */
char *mlio_decimal(const fmpz_t n, const fmpz_t k, bool strip);

/* ------------------------------------------------------- page.c and plot.c */

/* s with <, >, &, quotes escaped and control bytes left out. */
void mlio_put_html(FILE *out, const char *s);

/* The figure as an SVG element, malloc'ed, ids made its own by `number`; NULL
 * when gnuplot is absent or refuses. */
char *mlio_plot_svg(const mlio_figure *f, int number);

/* ------------------------------------------------------------------ table_* */

typedef struct {
    char *text;
    uint32_t line, column; /* of its first byte, from 1 */
} mlio_cell;

typedef struct {
    mlio_cell *at;
    size_t n, room;
} mlio_cells;

struct mlio_table {
    char *path;        /* for messages */
    char *text;        /* the file; cells point into it (not JSON) */
    void *json;        /* what the cells of a JSON table point into */
    mlio_cells names;  /* one per column */
    mlio_cells cells;  /* row by row */
    mlio_cells keys;   /* of the provenance */
    mlio_cells values; /* of the provenance, same indices */
    size_t rows, columns;
};

/* Appends; false when memory is out. */
bool mlio_push(mlio_cells *list, char *text, size_t line, size_t column);

/* Fails with MLIO_DATA at a place of the file. */
bool mlio_table_at(const mlio_table *t, size_t line, size_t column,
                   mlio_error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* t->path is set, t->text holds n bytes without a NUL; both fill t. */
bool mlio_read_text(mlio_table *t, size_t n, mlio_error *err);
bool mlio_read_json(mlio_table *t, size_t n, mlio_error *err);

/* Names present, non-empty, different, not all numbers. */
bool mlio_check_names(mlio_table *t, mlio_error *err);

#endif
