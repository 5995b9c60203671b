/* base/page.c - one self-contained HTML page.
 *
 * The body is kept in memory until the end, when the list of contents is
 * known; then the page goes out in one piece.
 */
#define _POSIX_C_SOURCE 200809L

#include "base/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/impl.h"
#include "base/number.h"

struct mlio_page {
    mlio_file *file;
    char *title;
    const char *more_style; /* or NULL */
    FILE *body, *contents;  /* memory streams */
    char *body_text, *contents_text;
    size_t body_size, contents_size;
    int headings, chapters, figures;
    size_t columns; /* of the open table; 0: none is open */
    char **names;   /* until its first row tells how they are aligned */
};

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;"
    "--line:#d9dee4;--paper:#fdfdfc;--tint:#f3f5f7;--link:#0b62a8;"
    "--good:#0a6b46;--goodbg:#e3f4ec;--bad:#a62c12;--badbg:#fbe7e2}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e7eb;--soft:#9aa4b0;"
    "--line:#353c45;--paper:#15181c;--tint:#1e2328;--link:#6bb3ee;"
    "--good:#6fd3a6;--goodbg:#14342a;--bad:#ff9a80;--badbg:#40201a}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',"
    "'Helvetica Neue',sans-serif;-webkit-text-size-adjust:100%}\n"
    "main{max-width:58rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}\n"
    "h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;"
    "margin:0 0 1.5rem}\n"
    "h2{font-size:1.35rem;line-height:1.3;letter-spacing:-.01em;"
    "margin:3rem 0 .75rem;padding-top:.9rem;"
    "border-top:1px solid var(--line)}\n"
    "h3{font-size:1.08rem;margin:2rem 0 .5rem}\n"
    "h4{font-size:1rem;margin:1.5rem 0 .4rem;color:var(--soft)}\n"
    "p{max-width:44rem;margin:.7rem 0;overflow-wrap:break-word}\n"
    "a{color:var(--link);text-decoration:none}"
    "a:hover{text-decoration:underline}\n"
    "code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"
    "'DejaVu Sans Mono',monospace;font-size:.86em}\n"
    "code{background:var(--tint);padding:.1em .3em;border-radius:.25em}\n"
    "pre{background:var(--tint);border:1px solid var(--line);"
    "border-radius:.5rem;padding:.8rem 1rem;overflow-x:auto;"
    "line-height:1.5}\n"
    "nav{background:var(--tint);border-radius:.5rem;"
    "padding:.8rem 1.1rem;margin:0 0 2rem}\n"
    "nav ol{margin:0;padding-left:1.3rem;columns:19rem auto;"
    "column-gap:2.5rem}"
    "nav li{margin:.12rem 0;break-inside:avoid}\n"
    ".t{overflow-x:auto;margin:1.1rem 0 1.6rem}\n"
    "table{border-collapse:collapse;font-size:.88rem;line-height:1.45;"
    "min-width:50%}\n"
    "th,td{text-align:left;padding:.36rem .8rem;vertical-align:top}\n"
    "th:first-child,td:first-child{padding-left:.5rem}\n"
    "th{font-weight:600;color:var(--soft);white-space:nowrap;"
    "border-bottom:1.5px solid var(--soft)}\n"
    "td{border-bottom:1px solid var(--line)}\n"
    "tbody tr:hover{background:var(--tint)}\n"
    ".n{text-align:right;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}\n"
    "td span{border-radius:.3rem;padding:.08rem .45rem;font-weight:600}\n"
    ".good{color:var(--good);background:var(--goodbg)}"
    ".bad{color:var(--bad);background:var(--badbg)}"
    "td span.muted{color:var(--soft);font-weight:400;padding:0}\n"
    "figure{margin:1.6rem 0 2.2rem}"
    "figure svg{display:block;width:100%;height:auto}\n"
    "figcaption{max-width:44rem;font-size:.88rem;line-height:1.5;"
    "color:var(--soft);margin-top:.5rem}"
    "figcaption b{color:var(--ink)}\n"
    "@media print{nav{display:none}figure,tr{break-inside:avoid}}\n";

/* ----------------------------------------------------------------------- text */

void
mlio_put_html(FILE *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '<')
            fputs("&lt;", out);
        else if (*s == '>')
            fputs("&gt;", out);
        else if (*s == '&')
            fputs("&amp;", out);
        else if (*s == '"')
            fputs("&quot;", out);
        else if ((unsigned char)*s >= 0x20 || *s == '\n' || *s == '\t')
            putc(*s, out);
    }
}

static void
put_printed(FILE *out, const char *format, va_list ap)
{
    va_list again;

    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    char *s = n < 0 ? NULL : malloc((size_t)n + 1);
    if (s) {
        vsnprintf(s, (size_t)n + 1, format, again);
        mlio_put_html(out, s);
    }
    va_end(again);
    free(s);
}

/* ----------------------------------------------------------- opening, closing */

static void
release(mlio_page *p)
{
    if (p->body)
        fclose(p->body);
    if (p->contents)
        fclose(p->contents);
    for (size_t j = 0; p->names && j < p->columns; j++)
        free(p->names[j]);
    free(p->names);
    free(p->body_text);
    free(p->contents_text);
    free(p->title);
    free(p);
}

mlio_page *
mlio_page_open(const char *path, const char *title, mlio_error *err)
{
    mlio_page *p = calloc(1, sizeof *p);

    if (p) {
        p->title = strdup(title);
        p->body = open_memstream(&p->body_text, &p->body_size);
        p->contents = open_memstream(&p->contents_text, &p->contents_size);
    }
    if (!p || !p->title || !p->body || !p->contents) {
        if (p)
            release(p);
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    p->file = mlio_file_create(path, err);
    if (!p->file) {
        release(p);
        return NULL;
    }
    return p;
}

static void
put_page(FILE *out, const mlio_page *p)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
          "<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" "
          "content=\"width=device-width,initial-scale=1\">\n<title>",
          out);
    mlio_put_html(out, p->title);
    fputs("</title>\n<style>\n", out);
    fputs(style, out);
    fputs(p->more_style ? p->more_style : "", out);
    fputs("</style>\n</head>\n<body>\n<main>\n<h1>", out);
    mlio_put_html(out, p->title);
    fputs("</h1>\n", out);
    if (p->chapters >= 4) {
        fputs("<nav aria-label=\"Contents\">\n<ol>\n", out);
        fwrite(p->contents_text, 1, p->contents_size, out);
        fputs("</ol>\n</nav>\n", out);
    }
    fwrite(p->body_text, 1, p->body_size, out);
    fputs("</main>\n</body>\n</html>\n", out);
}

bool
mlio_page_close(mlio_page *p, mlio_error *err)
{
    mlio_page_table_end(p);
    bool ok = fflush(p->body) == 0 && fflush(p->contents) == 0;
    mlio_file *file = p->file;
    if (ok)
        put_page(mlio_file_stream(file), p);
    release(p);
    if (ok)
        return mlio_file_commit(file, err);
    mlio_file_abandon(file);
    return mlio_fail(err, MLIO_FILE, "out of memory");
}

void
mlio_page_abandon(mlio_page *p)
{
    if (!p)
        return;
    mlio_file_abandon(p->file);
    release(p);
}

/* --------------------------------------------------------- headings and text */

void
mlio_page_heading(mlio_page *p, int level, const char *format, ...)
{
    va_list ap;

    mlio_page_table_end(p);
    level = level < 2 ? 2 : level > 4 ? 4 : level;
    fprintf(p->body, "<h%d id=\"s%d\">", level, ++p->headings);
    va_start(ap, format);
    put_printed(p->body, format, ap);
    va_end(ap);
    fprintf(p->body, "</h%d>\n", level);
    if (level > 2)
        return;
    p->chapters++;
    fprintf(p->contents, "<li><a href=\"#s%d\">", p->headings);
    va_start(ap, format);
    put_printed(p->contents, format, ap);
    va_end(ap);
    fputs("</a></li>\n", p->contents);
}

void
mlio_page_text(mlio_page *p, const char *format, ...)
{
    va_list ap;

    mlio_page_table_end(p);
    fputs("<p>", p->body);
    va_start(ap, format);
    put_printed(p->body, format, ap);
    va_end(ap);
    fputs("</p>\n", p->body);
}

void
mlio_page_code(mlio_page *p, const char *format, ...)
{
    va_list ap;

    mlio_page_table_end(p);
    fputs("<pre>", p->body);
    va_start(ap, format);
    put_printed(p->body, format, ap);
    va_end(ap);
    fputs("</pre>\n", p->body);
}

FILE *
mlio_page_markup(mlio_page *p)
{
    mlio_page_table_end(p);
    return p->body;
}

void
mlio_page_escape(FILE *out, const char *text)
{
    mlio_put_html(out, text);
}

void
mlio_page_style(mlio_page *p, const char *css)
{
    p->more_style = css;
}

/* --------------------------------------------------------------------- tables */

static bool
is_number(const char *s)
{
    static const char *const words[] = {"nan", "inf", "-inf", "-",
                                        "\xe2\x80\x93"};
    fmpq_t x, y;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(s, words[i]) == 0)
            return true;
    if (strspn(s, "+-0123456789") == 0)
        return false;
    size_t n = strlen(s);
    if (n > 1 && n < 40 && s[n - 1] == '%') {
        char t[40];

        memcpy(t, s, n + 1);
        t[n - 1 - (s[n - 2] == ' ')] = 0;
        return is_number(t);
    }
    fmpq_init(x);
    fmpq_init(y);
    bool yes = n < 200 && mlio_parse_complex(x, y, s, NULL);
    fmpq_clear(x);
    fmpq_clear(y);
    return yes;
}

/* The class byte of a cell, moved past. */
static int
class_of(const char **cell)
{
    int c = (unsigned char)**cell;

    if (c < 1 || c > 3)
        return 0;
    ++*cell;
    return c;
}

void
mlio_page_table(mlio_page *p, size_t n, const char *const *names)
{
    mlio_page_table_end(p);
    p->names = calloc(n, sizeof *p->names);
    if (!p->names)
        return;
    p->columns = n;
    for (size_t j = 0; j < n; j++)
        p->names[j] = strdup(names[j]);
}

/* The header is aligned as the first row is. */
static void
put_names(mlio_page *p, const char *const *cells)
{
    fputs("<div class=\"t\"><table>\n<thead><tr>", p->body);
    for (size_t j = 0; j < p->columns; j++) {
        const char *cell = cells ? cells[j] : "";

        class_of(&cell);
        fputs(is_number(cell) ? "<th class=\"n\">" : "<th>", p->body);
        mlio_put_html(p->body, p->names[j] ? p->names[j] : "");
        fputs("</th>", p->body);
        free(p->names[j]);
    }
    fputs("</tr></thead>\n<tbody>\n", p->body);
    free(p->names);
    p->names = NULL;
}

void
mlio_page_row(mlio_page *p, const char *const *cells)
{
    static const char *const classes[] = {"", "good", "bad", "muted"};

    if (p->columns == 0)
        return;
    if (p->names)
        put_names(p, cells);
    fputs("<tr>", p->body);
    for (size_t j = 0; j < p->columns; j++) {
        const char *cell = cells[j];
        int c = class_of(&cell);

        fputs(is_number(cell) ? "<td class=\"n\">" : "<td>", p->body);
        if (c)
            fprintf(p->body, "<span class=\"%s\">", classes[c]);
        mlio_put_html(p->body, cell);
        fputs(c ? "</span></td>" : "</td>", p->body);
    }
    fputs("</tr>\n", p->body);
}

void
mlio_page_table_end(mlio_page *p)
{
    if (p->columns == 0)
        return;
    if (p->names)
        put_names(p, NULL);
    fputs("</tbody></table></div>\n", p->body);
    p->columns = 0;
}

/* -------------------------------------------------------------------- figures */

#define FALLBACK_ROWS 12

/* Evenly chosen rows of each curve, ends included. */
static void
put_curves(mlio_page *p, const mlio_figure *f)
{
    const char *const names[] = {"curve", f->xlabel ? f->xlabel : "x",
                                 f->ylabel ? f->ylabel : "y", "error"};
    char x[32], y[32], e[32], title[32];

    mlio_page_table(p, 4, names);
    for (size_t k = 0; k < f->ncurves; k++) {
        const mlio_curve *c = &f->curves[k];
        size_t rows = c->n < FALLBACK_ROWS ? c->n : FALLBACK_ROWS;

        snprintf(title, sizeof title, "curve %zu", k + 1);
        for (size_t r = 0; r < rows; r++) {
            size_t i = rows < 2 ? 0 : r * (c->n - 1) / (rows - 1);
            const char *const cells[] = {c->title ? c->title : title, x, y, e};

            snprintf(x, sizeof x, "%.6g", c->x[i]);
            snprintf(y, sizeof y, "%.6g", c->y[i]);
            snprintf(e, sizeof e, "-");
            if (c->err)
                snprintf(e, sizeof e, "%.2g", c->err[i]);
            mlio_page_row(p, cells);
        }
    }
    mlio_page_table_end(p);
}

void
mlio_page_figure(mlio_page *p, const mlio_figure *f)
{
    char *svg;

    mlio_page_table_end(p);
    svg = mlio_plot_svg(f, ++p->figures);
    fputs("<figure>\n", p->body);
    if (svg) {
        fputs(svg, p->body);
    } else {
        put_curves(p, f);
        fputs("<p>The figure was not drawn (this takes gnuplot); the table "
              "shows at most 12 points of each curve.</p>\n",
              p->body);
    }
    fprintf(p->body, "<figcaption><b>Figure %d. ", p->figures);
    if (f->title && *f->title) {
        mlio_put_html(p->body, f->title);
        if (!strchr(".?!", f->title[strlen(f->title) - 1]))
            putc('.', p->body);
    }
    fputs("</b> ", p->body);
    mlio_put_html(p->body, f->caption ? f->caption : "");
    fputs("</figcaption>\n</figure>\n", p->body);
    free(svg);
}
