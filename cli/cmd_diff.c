/* cli/cmd_diff.c - `mlref diff`: two tables of values, point by point. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "reference/reference.h"

static const char help[] =
    "usage: mlref diff A B [options]\n"
    "\n"
    "Holds two tables of values against each other: two implementations, two\n"
    "versions of one, or an implementation and a certified table.  Rows are\n"
    "matched by their arguments as exact numbers (1/2, 0.5 and 0x1p-1 are the\n"
    "same), in any order.  A table has the argument columns and value, or re\n"
    "and im.  Where both have radii (rad, or certified digits) they decide;\n"
    "otherwise the nearest doubles are compared.  `-` is standard input.\n"
    "\n"
    "One row per point where they differ: both values as they are written,\n"
    "how far apart they are in ulp, the error of each against the proved\n"
    "truth, and which one is closer.\n"
    "\n"
    "  --function F  whose values they are; default: what A says under\n"
    "                `# function:`\n"
    "  --max-ulp X   up to X ulp apart is no difference; default 0\n"
    "  --all         every point, also those that agree\n"
    "  --output FILE instead of standard output\n"
    "  --format F    tsv (default), csv or json\n"
    "\n"
    "exit: 0 no difference, 1 some, 2 usage, 3 bad data, 5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref table kww > kww.tsv && mlref diff reference/tables/kww.tsv "
    "kww.tsv\n"
    "  printf 'alpha\\tbeta\\tz\\tvalue\\n1\\t1\\t1\\t2.7182818284590455\\n' "
    "> e.tsv; mlref eval mittag-leffler alpha=1 beta=1 z=1 | mlref diff e.tsv "
    "- --function mittag-leffler --max-ulp 1\n";

typedef struct {
    const char *function, *output, *format;
    double max_ulp;
    bool all;
    const char *names[2]; /* the two files */
    int argc;
    char **argv;
} options;

enum { A, B };

typedef struct {
    const ml_function *function;
    const mlio_table *table[2];
    const mltab_difference *rows;
    size_t n, count[MLTAB_NRELATIONS];
} result;

/* ------------------------------------------------------------------- writing */

/* The cell of a column, or of the first there is of two; "-" for none. */
static const char *
cell(const mlio_table *t, long row, const char *name, const char *other)
{
    if (row < 0)
        return "-";
    long c = mlio_table_find(t, name);
    if (c < 0 && other)
        c = mlio_table_find(t, other);
    return c < 0 ? "-" : mlio_table_cell(t, (size_t)row, (size_t)c);
}

/* "0.5" or "0.5+0.25i" as the table has it. */
static void
value_text(char *buf, size_t n, const mlio_table *t, long row)
{
    const char *re = cell(t, row, "value", "re");
    const char *im =
        mlio_table_find(t, "value") < 0 ? cell(t, row, "im", NULL) : "-";
    if (strcmp(im, "-") == 0 || strcmp(im, "0") == 0)
        snprintf(buf, n, "%s", re);
    else
        snprintf(buf, n, "%s%s%si", re, *im == '-' || *im == '+' ? "" : "+",
                 im);
}

static void
ulp_text(char buf[32], double ulp)
{
    if (isnan(ulp))
        snprintf(buf, 32, "-");
    else
        snprintf(buf, 32, "%.3g", ulp);
}

static const char *
closer(const mltab_difference *d)
{
    if (isnan(d->a_ulp) || isnan(d->b_ulp))
        return isnan(d->a_ulp) ? (isnan(d->b_ulp) ? "-" : "b") : "a";
    return d->a_ulp < d->b_ulp ? "a" : d->a_ulp > d->b_ulp ? "b" : "-";
}

static void
write_arguments(mlio_writer *w, const result *r, const mltab_difference *d)
{
    bool from_a = d->row_a >= 0;
    const mlio_table *t = r->table[from_a ? A : B];
    long row = from_a ? d->row_a : d->row_b;

    for (size_t i = 0; i < r->function->nargs; i++) {
        const char *name = r->function->args[i].name;
        char re[64], im[64];
        snprintf(re, sizeof re, "re_%.40s", name);
        snprintf(im, sizeof im, "im_%.40s", name);
        const char *x = cell(t, row, name, re), *y = cell(t, row, im, NULL);
        if (mlio_table_find(t, name) >= 0 || strcmp(y, "-") == 0
            || strcmp(y, "0") == 0 || strcmp(y, "0x0p+0") == 0)
            mlio_writer_cell(w, "%s", x);
        else
            mlio_writer_cell(w, "%s%s%si", x, *y == '-' ? "" : "+", y);
    }
}

static void
write_row(mlio_writer *w, const result *r, const mltab_difference *d)
{
    char a[1200], b[1200], ulp[3][32];

    value_text(a, sizeof a, r->table[A], d->row_a);
    value_text(b, sizeof b, r->table[B], d->row_b);
    ulp_text(ulp[0], d->ulp);
    ulp_text(ulp[1], d->a_ulp);
    ulp_text(ulp[2], d->b_ulp);
    write_arguments(w, r, d);
    mlio_writer_cell(w, "%s", mltab_relation_name(d->relation));
    mlio_writer_cell(w, "%s", a);
    mlio_writer_cell(w, "%s", b);
    for (int i = 0; i < 3; i++)
        mlio_writer_cell(w, "%s", ulp[i]);
    mlio_writer_cell(w, "%s", closer(d));
}

static bool
is_shown(const mltab_difference *d, bool all)
{
    return all || (d->relation != MLTAB_SAME && d->relation != MLTAB_AGREE);
}

static bool
write_result(const result *r, const options *o, mlio_format format,
             mlio_error *err)
{
    static const char *const after[] = {"relation", "a",     "b",     "ulp",
                                        "a_ulp",    "b_ulp", "closer"};
    enum { NAFTER = sizeof after / sizeof *after };
    const char *names[ML_MAX_ARGS + NAFTER];
    size_t n = 0;
    mlio_writer *w = mlio_writer_open(o->output, format, err);

    if (!w)
        return false;
    cli_provenance(w, "diff", o->argc, o->argv);
    mlio_writer_meta(w, "function", "%s", r->function->name);
    for (int k = 0; k < MLTAB_NRELATIONS; k++)
        mlio_writer_meta(w, mltab_relation_name((mltab_relation)k), "%zu",
                         r->count[k]);
    for (size_t i = 0; i < r->function->nargs; i++)
        names[n++] = r->function->args[i].name;
    for (size_t i = 0; i < NAFTER; i++)
        names[n++] = after[i];
    mlio_writer_columns(w, n, names);
    for (size_t i = 0; i < r->n; i++)
        if (is_shown(&r->rows[i], o->all))
            write_row(w, r, &r->rows[i]);
    return mlio_writer_close(w, err);
}

/* ------------------------------------------------------------------------ run */

static int
diff_tables(const options *o, const ml_function *f, mlio_table *const t[2],
            mlio_format format)
{
    mlio_error err;
    mltab_difference *rows;
    result r = {.function = f, .table = {t[A], t[B]}};

    if (!mltab_diff(&rows, &r.n, f, t[A], t[B], o->max_ulp, &err))
        return cli_error(&err);
    r.rows = rows;
    for (size_t i = 0; i < r.n; i++)
        r.count[rows[i].relation]++;
    bool good = write_result(&r, o, format, &err);
    free(rows);
    if (!good)
        return cli_error(&err);
    return r.count[MLTAB_SAME] + r.count[MLTAB_AGREE] == r.n ? EXIT_OK
                                                             : EXIT_CHECK;
}

static int
diff_files(const options *o, mlio_format format)
{
    mlio_error err;
    mlio_table *t[2] = {NULL, NULL};
    int code = EXIT_OK;

    t[A] = mlio_table_read(o->names[A], &err);
    if (t[A])
        t[B] = mlio_table_read(o->names[B], &err);
    if (!t[A] || !t[B]) {
        code = cli_error(&err);
    } else {
        const char *name =
            o->function ? o->function : mlio_table_meta(t[A], "function");
        const ml_function *f = name ? ml_function_find(name) : NULL;
        if (!name)
            code = cli_usage("diff",
                             "%s does not say whose values it has: "
                             "give --function",
                             o->names[A]);
        else if (!f)
            code = cli_usage(
                "diff", "unknown function \"%s\"; see mlref eval --list", name);
        else
            code = diff_tables(o, f, t, format);
    }
    mlio_table_free(t[A]);
    mlio_table_free(t[B]);
    return code;
}

int
cmd_diff(int argc, char **argv)
{
    options o = {.format = "tsv", .argc = argc, .argv = argv};
    const opt_spec specs[] = {
        {"--function", OPT_STRING, &o.function, NULL},
        {"--max-ulp", OPT_REAL, &o.max_ulp, NULL},
        {"--all", OPT_FLAG, &o.all, NULL},
        {"--output", OPT_STRING, &o.output, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
    };
    cli_positionals p;
    mlio_format format;
    mlio_error err;
    bool done;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof *specs, &p, help,
                     &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (p.n != 2)
        return cli_usage("diff", "expected two tables, got %zu", p.n);
    if (strcmp(p.values[0], "-") == 0 && strcmp(p.values[1], "-") == 0)
        return cli_usage("diff", "only one table can be standard input");
    if (!(o.max_ulp >= 0))
        return cli_usage("diff", "--max-ulp: expected 0 or more");
    if (!mlio_format_parse(&format, o.format, &err))
        return cli_usage("diff", "--format: %s", err.text);
    o.names[A] = p.values[0];
    o.names[B] = p.values[1];
    return diff_files(&o, format);
}
