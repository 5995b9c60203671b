/* base/page.h - one self-contained HTML page, with figures inlined as SVG.
 *
 * Text is escaped; the page needs no network and no script.
 */
#ifndef BASE_PAGE_H
#define BASE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlio_page mlio_page;

mlio_page *mlio_page_open(const char *path, const char *title, mlio_error *err);
void mlio_page_heading(mlio_page *p, int level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void mlio_page_text(mlio_page *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void mlio_page_code(mlio_page *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A table: columns, then rows; classes of cells ("good", "bad", "muted") by a
 * leading "\1", "\2", "\3" byte in the cell. */
void mlio_page_table(mlio_page *p, size_t n, const char *const *names);
void mlio_page_row(mlio_page *p, const char *const *cells);
void mlio_page_table_end(mlio_page *p);

/* What the calls above do not offer: markup as it is, written to the stream by
 * the caller, who closes every element and has texts escaped.  NULL never. */
FILE *mlio_page_markup(mlio_page *p);
void mlio_page_escape(FILE *out, const char *text);

/* Rules that go after those of the house; css lives as long as the page. */
void mlio_page_style(mlio_page *p, const char *css);

bool mlio_page_close(mlio_page *p, mlio_error *err); /* rename; frees p */
void mlio_page_abandon(mlio_page *p);

/* -------------------------------------------------------------------- figures */

typedef struct {
    const char *title;         /* of the curve; NULL: not in the key */
    const double *x, *y, *err; /* err NULL: no bars */
    size_t n;
    const char *style; /* "lines", "points", "dashed", "dotted" */
    int color;         /* 0.. of the house palette */
} mlio_curve;

typedef struct {
    const char *title, *xlabel, *ylabel, *caption;
    bool logx, logy;
    double xmin, xmax, ymin, ymax; /* min = max: automatic */
    const mlio_curve *curves;
    size_t ncurves;
} mlio_figure;

/* Inlines the figure as SVG made by gnuplot.  Without gnuplot the page gets
 * the data as a table (at most 12 rows a curve) and a line saying so. */
void mlio_page_figure(mlio_page *p, const mlio_figure *f);

#ifdef __cplusplus
}
#endif

#endif
