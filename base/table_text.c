/* base/table_text.c - TSV, CSV and blank-separated columns, split in place. */
#include <string.h>

#include "base/impl.h"

/* A record is split in memory, and nobody reads a longer line. */
#define MAX_LINE ((size_t)1 << 20)

typedef enum { TSV, CSV, BLANKS, SINGLE } kind;

typedef struct {
    mlio_table *t;
    mlio_error *err;
    char *p, *end; /* of what is left; *end is 0 */
    char *start;   /* of the line that p is in */
    size_t line;
    kind kind;
} reader;

static bool
out_of_memory(reader *r)
{
    return mlio_fail(r->err, MLIO_FILE, "out of memory");
}

static size_t
column_of(const reader *r, const char *p)
{
    return (size_t)(p - r->start) + 1;
}

static bool
too_long(reader *r)
{
    return mlio_table_at(r->t, r->line, 1, r->err,
                         "the line is longer than %zu bytes", MAX_LINE);
}

static void
next_line(reader *r, char *start)
{
    r->p = r->start = start;
    r->line++;
}

/* --------------------------------------------------------------- one record */

/* The line in [p, stop) at single tabs, or as one cell. */
static bool
split_tabs(reader *r, mlio_cells *out, char *stop)
{
    for (char *p = r->p;;) {
        char *tab = r->kind == TSV ? memchr(p, '\t', (size_t)(stop - p)) : NULL;

        if (!mlio_push(out, p, r->line, column_of(r, p)))
            return out_of_memory(r);
        if (!tab) {
            *stop = 0;
            return true;
        }
        *tab = 0;
        p = tab + 1;
    }
}

/* The line in [p, stop) at runs of blanks. */
static bool
split_blanks(reader *r, mlio_cells *out, char *stop)
{
    char *p = r->p;

    *stop = 0;
    for (;;) {
        p += strspn(p, " \t");
        if (!*p)
            return true;
        if (!mlio_push(out, p, r->line, column_of(r, p)))
            return out_of_memory(r);
        p += strcspn(p, " \t");
        if (*p)
            *p++ = 0;
    }
}

/* A quoted cell from its quote on; *next: the first byte after it. */
static bool
quoted(reader *r, mlio_cells *out, char *p, char **next)
{
    size_t line = r->line, column = column_of(r, p);
    char *text = p + 1, *w = text, *q = text;

    for (;; q++) {
        if (q == r->end)
            return mlio_table_at(r->t, line, column, r->err,
                                 "the quote that begins here does not end");
        if (*q == '"' && *++q != '"')
            break;
        if ((size_t)(q - r->p) > MAX_LINE)
            return too_long(r);
        if (*q == '\n') {
            r->line++;
            r->start = q + 1;
        }
        *w++ = *q;
    }
    *next = q;
    bool ends = q == r->end || *q == ',' || *q == '\n'
                || (*q == '\r' && (q + 1 == r->end || q[1] == '\n'));
    if (!ends)
        return mlio_table_at(r->t, r->line, column_of(r, q), r->err,
                             "expected a comma after the closing quote");
    *w = 0; /* w < q: the delimiter is still there */
    return mlio_push(out, text, line, column) || out_of_memory(r);
}

/* An unquoted cell; *next: the comma, the end of line or of the file. */
static bool
plain(reader *r, mlio_cells *out, char *p, char **next)
{
    char *q = p + strcspn(p, ",\n\"");

    if (*q == '"')
        return mlio_table_at(r->t, r->line, column_of(r, q), r->err,
                             "a quote inside a cell that does not begin "
                             "with one");
    *next = q;
    return mlio_push(out, p, r->line, column_of(r, p)) || out_of_memory(r);
}

/* A CSV record, which may go over several lines; p moves past it. */
static bool
split_csv(reader *r, mlio_cells *out)
{
    for (char *p = r->p, *q = p;; p = q + 1) {
        bool ok = *p == '"' ? quoted(r, out, p, &q) : plain(r, out, p, &q);

        if (!ok)
            return false;
        bool more = *q == ',';
        char *cell_end = q;
        if (q > p && *q != ',' && q[-1] == '\r')
            q[-1] = 0;
        if (*q == '\r')
            *q++ = 0;
        *cell_end = 0;
        if (!more) {
            if (q < r->end)
                *q++ = 0;
            next_line(r, q);
            return true;
        }
    }
}

/* The end of the line that p is in, without its CR; *next: the next line. */
static char *
line_end(const reader *r, char **next)
{
    char *nl = memchr(r->p, '\n', (size_t)(r->end - r->p));
    char *stop = nl ? nl : r->end;

    *next = nl ? nl + 1 : r->end;
    return stop > r->p && stop[-1] == '\r' ? stop - 1 : stop;
}

static bool
split(reader *r, mlio_cells *out)
{
    char *next, *stop = line_end(r, &next);
    bool ok;

    if ((size_t)(stop - r->p) > MAX_LINE)
        return too_long(r);
    if (r->kind == CSV)
        return split_csv(r, out);
    if (r->kind == BLANKS)
        ok = split_blanks(r, out, stop);
    else
        ok = split_tabs(r, out, stop);
    next_line(r, next);
    return ok;
}

/* ------------------------------------------------------------- lines and rows */

static char *
trim(char *s)
{
    s += strspn(s, " \t");
    for (size_t n = strlen(s); n > 0 && strchr(" \t\r", s[n - 1]); n--)
        s[n - 1] = 0;
    return s;
}

/* `# key: value`, or a comment that is passed over. */
static bool
comment(reader *r)
{
    char *next, *stop = line_end(r, &next);
    char *key = r->p + strspn(r->p, " ") + 1;

    *stop = 0;
    char *colon = strchr(key, ':');
    while (colon && colon[1] && colon[1] != ' ')
        colon = strchr(colon + 1, ':'); /* as in http://... */
    size_t column = column_of(r, key);
    if (colon) {
        *colon = 0;
        key = trim(key);
        if (*key
            && (!mlio_push(&r->t->keys, key, r->line, column)
                || !mlio_push(&r->t->values, trim(colon + 1), r->line,
                              column_of(r, colon) + 1)))
            return out_of_memory(r);
    }
    next_line(r, next);
    return true;
}

/* Lines of nothing are passed over; in TSV a line of tabs is a row. */
static bool
is_blank(const reader *r)
{
    char *next, *stop = line_end(r, &next);
    const char *blanks = r->t->columns && r->kind == TSV ? " " : " \t";

    return r->p + strspn(r->p, blanks) >= stop;
}

/* A header tells the kind: a quote or a comma outside quotes CSV, a tab TSV. */
static kind
kind_of(const reader *r)
{
    char *next, *stop = line_end(r, &next);
    size_t n = (size_t)(stop - r->p);

    if (*r->p == '"')
        return CSV;
    if (memchr(r->p, '\t', n))
        return TSV;
    if (memchr(r->p, ',', n))
        return CSV;
    char *a = r->p + strspn(r->p, " "), *b = memchr(a, ' ', (size_t)(stop - a));
    return b && b + strspn(b, " ") < stop ? BLANKS : SINGLE;
}

static bool
header(reader *r)
{
    mlio_cells *names = &r->t->names;

    r->kind = kind_of(r);
    if (!split(r, names))
        return false;
    for (size_t j = 0; j < names->n; j++) {
        char *s = names->at[j].text;

        names->at[j].column += (uint32_t)strspn(s, " \t");
        names->at[j].text = trim(s);
    }
    return mlio_check_names(r->t, r->err);
}

static bool
row(reader *r)
{
    mlio_table *t = r->t;
    size_t before = t->cells.n, line = r->line;

    if (!split(r, &t->cells))
        return false;
    size_t n = t->cells.n - before;
    if (n == t->columns)
        return true;
    const mlio_cell *c =
        &t->cells.at[before + (n < t->columns ? n - 1 : t->columns)];
    size_t column = c->column;
    if (n < t->columns)
        column += strlen(c->text); /* where the missing cell should begin */
    return mlio_table_at(t, n < t->columns ? line : c->line, column, r->err,
                         "expected %zu cells, as in the header, got %zu",
                         t->columns, n);
}

bool
mlio_read_text(mlio_table *t, size_t n, mlio_error *err)
{
    reader r = {.t = t,
                .err = err,
                .p = t->text,
                .end = t->text + n,
                .start = t->text,
                .line = 1};

    if (n >= 3 && memcmp(t->text, "\xef\xbb\xbf", 3) == 0)
        r.p = r.start = t->text + 3; /* a byte order mark */
    while (r.p < r.end) {
        bool ok = true;

        if (is_blank(&r)) {
            char *next;

            line_end(&r, &next);
            next_line(&r, next);
        } else if (r.p[strspn(r.p, " ")] == '#') {
            ok = comment(&r);
        } else {
            ok = t->columns ? row(&r) : header(&r);
        }
        if (!ok)
            return false;
    }
    if (t->columns == 0)
        return mlio_table_at(t, r.line, 1, err,
                             "expected a header line with the names of the "
                             "columns, got the end of the file");
    return true;
}
