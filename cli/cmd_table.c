/* cli/cmd_table.c - `mlref table`: 40 certified decimals and the double. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "reference/table.h"

static const char help[] =
    "usage: mlref table FUNCTION [options]\n"
    "\n"
    "One row per point: id, the arguments as hexfloats, the value correctly\n"
    "rounded to 40 decimals (\"=\" follows an exact one), the correctly\n"
    "rounded double as hexfloat, the condition number (three digits, upward)\n"
    "and the region.  The bytes depend on mathematics alone: no version, date\n"
    "or precision is in them.\n"
    "\n"
    "  --points SET|FILE  all (default), real, small, small-complex, switch,\n"
    "                     double, stokes, near1, zeros; or a table with the\n"
    "                     argument columns\n"
    "  --points-only      write the points, compute nothing\n"
    "  --from FILE        take the rows of a table that was written before:\n"
    "                     its hash is checked, nothing is computed\n"
    "  --id ID            one row, and the line that cites it\n"
    "  --output FILE      instead of standard output\n"
    "  --undecided FILE   the rows that could not be decided; otherwise they\n"
    "                     are counted on standard error\n"
    "  --provenance FILE  versions, and the digits that each row took\n"
    "  --threads N        default: all processors\n"
    "  --format F         tsv (default), csv, json, or c: a header for C and "
    "C++\n"
    "\n"
    "exit: 0 ok, 2 usage, 3 bad data in FILE, 4 some row is undecided,\n"
    "      5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref table mittag-leffler --points zeros\n"
    "  mlref table kww --points small --format csv\n"
    "  mlref table mittag-leffler --points stokes --points-only\n"
    "  mlref table kww --id kww-00042\n"
    "  mlref table ml-siegert --points small --format c\n";

typedef struct {
    const char *points, *output, *undecided, *provenance, *format, *from, *id;
    int64_t threads;
    bool points_only, header; /* header: --format c */
} options;

static int
write_points(const mltab_points *set, const options *o, mlio_format format)
{
    mlio_error err;
    mlio_writer *w = mlio_writer_open(o->output, format, &err);
    if (w == NULL) {
        return cli_error(&err);
    }
    mlio_writer_meta(w, "function", "%s", set->function->name);
    mltab_points_write(set, w);
    return mlio_writer_close(w, &err) ? EXIT_OK : cli_error(&err);
}

/* Closes or abandons; keeps the first error. */
static bool
close_writer(mlio_writer *w, bool ok, mlio_error *err)
{
    if (w != NULL && ok) {
        return mlio_writer_close(w, err);
    }
    if (w != NULL) {
        mlio_writer_abandon(w);
    }
    return ok;
}

/* The table, or the row that is asked for. */
static bool
write_form(const mltab_table *t, const options *o, mlio_format format,
           mlio_error *err)
{
    long row = o->id != NULL ? mltab_table_find(t, o->id) : -1;
    if (o->id != NULL && row < 0) {
        return mlio_fail(err, MLIO_USAGE, "--id: %s has no row \"%.40s\"",
                         o->from != NULL ? o->from : t->function, o->id);
    }
    if (o->header) {
        return mltab_table_write_c(t, o->output, err);
    }
    mlio_writer *w = mlio_writer_open(o->output, format, err);
    if (w == NULL) {
        return false;
    }
    mltab_table_write(t, row, w);
    return mlio_writer_close(w, err);
}

/* Opens path unless it is NULL; true when that went well. */
static bool
open_writer(mlio_writer **w, const char *path, mlio_format format,
            mlio_error *err)
{
    *w = path == NULL ? NULL : mlio_writer_open(path, format, err);
    return path == NULL || *w != NULL;
}

static int
write_table(const mltab_points *set, const options *o, mlio_format format)
{
    mlio_error err;
    mltab_table t = {0};
    size_t open = 0;
    mlio_writer *rest = NULL, *prov = NULL;
    bool ok = open_writer(&rest, o->undecided, format, &err)
              && open_writer(&prov, o->provenance, format, &err)
              && mltab_table_certify(&t, set, rest, prov, &open,
                                     (int)o->threads, &err);
    ok = close_writer(prov, ok, &err);
    ok = close_writer(rest, ok, &err);
    ok = ok && write_form(&t, o, format, &err);
    mltab_table_clear(&t);
    if (!ok) {
        return cli_error(&err);
    }
    if (open > 0) {
        fprintf(stderr, "mlref table: %zu of %zu rows are undecided%s%s\n",
                open, set->n, o->undecided != NULL ? ": see " : "",
                o->undecided != NULL ? o->undecided : "");
    }
    return open > 0 ? EXIT_NOT_OK : EXIT_OK;
}

/* --from: another form of a table. */
static int
convert(const ml_function *f, const options *o, mlio_format format)
{
    mlio_error err;
    mltab_table t;
    bool ok = mltab_table_read(&t, o->from, &err);
    if (ok && strcmp(t.function, f->name) != 0) {
        ok = mlio_fail(&err, MLIO_DATA, "%s: expected a table of %s, got %.40s",
                       o->from, f->name, t.function);
        mltab_table_clear(&t);
    }
    if (!ok) {
        return cli_error(&err);
    }
    ok = write_form(&t, o, format, &err);
    mltab_table_clear(&t);
    return ok ? EXIT_OK : cli_error(&err);
}

int
cmd_table(int argc, char **argv)
{
    options o = {.points = "all", .format = "tsv"};
    const opt_spec specs[] = {
        {"--points", OPT_STRING, &o.points, NULL},
        {"--points-only", OPT_FLAG, &o.points_only, NULL},
        {"--from", OPT_STRING, &o.from, NULL},
        {"--id", OPT_STRING, &o.id, NULL},
        {"--output", OPT_STRING, &o.output, NULL},
        {"--undecided", OPT_STRING, &o.undecided, NULL},
        {"--provenance", OPT_STRING, &o.provenance, NULL},
        {"--threads", OPT_INT, &o.threads, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
    };
    cli_positionals p;
    mlio_format format;
    mlio_error err;
    mltab_points set;
    bool done;
    if (!cli_options(argc, argv, specs, sizeof specs / sizeof *specs, &p, help,
                     &done)) {
        return EXIT_USAGE;
    }
    if (done) {
        return EXIT_OK;
    }
    if (p.n != 1) {
        return cli_usage("table", "expected one FUNCTION, got %zu", p.n);
    }
    const ml_function *f = ml_function_find(p.values[0]);
    if (f == NULL) {
        return cli_usage("table",
                         "unknown function \"%s\"; see mlref eval --list",
                         p.values[0]);
    }
    o.header = strcmp(o.format, "c") == 0;
    if (!mlio_format_parse(&format, o.header ? "tsv" : o.format, &err)) {
        return cli_usage("table", "--format: %s", err.text);
    }
    if (o.header && (o.id != NULL || o.points_only)) {
        return cli_usage("table", "--format c is for whole tables");
    }
    if (o.threads < 0 || o.threads > 4096) {
        return cli_usage("table", "--threads: expected 0 to 4096, got %lld",
                         (long long)o.threads);
    }
    if (o.from != NULL) {
        return convert(f, &o, format);
    }
    if (!mltab_points_load(&set, f, o.points, &err)) {
        return cli_error(&err);
    }
    int code = o.points_only ? write_points(&set, &o, format)
                             : write_table(&set, &o, format);
    mltab_points_clear(&set);
    return code;
}
