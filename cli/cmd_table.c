/* cli/cmd_table.c - `mlref table`: 40 certified decimals and the double. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "reference/reference.h"

static const char help[] =
    "usage: mlref table FUNCTION [options]\n"
    "\n"
    "One row per point: id, the arguments as hexfloats, the value correctly\n"
    "rounded to 40 decimals (\"=\" follows an exact one), the correctly\n"
    "rounded double as hexfloat, and the region.  The bytes depend on\n"
    "mathematics alone: no version, date or precision is in them.\n"
    "\n"
    "  --points SET|FILE  all (default), real, small, switch, double, stokes,\n"
    "                     near1, zeros; or a table with the argument columns\n"
    "  --points-only      write the points, compute nothing\n"
    "  --output FILE      instead of standard output\n"
    "  --undecided FILE   the rows that could not be decided; otherwise they\n"
    "                     are counted on standard error\n"
    "  --provenance FILE  versions, and the digits that each row took\n"
    "  --threads N        default: all processors\n"
    "  --format F         tsv (default), csv or json\n"
    "\n"
    "exit: 0 ok, 2 usage, 3 bad data in FILE, 4 some row is undecided,\n"
    "      5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref table mittag-leffler --points zeros\n"
    "  mlref table kww --points small --format csv\n"
    "  mlref table mittag-leffler --points stokes --points-only\n";

typedef struct {
    const char *points, *output, *undecided, *provenance, *format;
    int64_t threads;
    bool points_only;
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

static int
write_table(const mltab_points *set, const options *o, mlio_format format)
{
    mlio_error err;
    size_t open = 0;
    /* Rows that nobody asked to see still need a place to go. */
    const char *aside = o->undecided != NULL ? o->undecided : "/dev/null";
    mlio_writer *table = mlio_writer_open(o->output, format, &err);
    mlio_writer *rest = NULL, *prov = NULL;
    bool ok = table != NULL;
    if (ok) {
        rest = mlio_writer_open(aside, format, &err);
        ok = rest != NULL;
    }
    if (ok && o->provenance != NULL) {
        prov = mlio_writer_open(o->provenance, format, &err);
        ok = prov != NULL;
    }
    if (ok) {
        ok = mltab_write(set, table, rest, prov, &open, (int)o->threads, &err);
    }
    ok = close_writer(prov, ok, &err);
    ok = close_writer(rest, ok, &err);
    ok = close_writer(table, ok, &err);
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

int
cmd_table(int argc, char **argv)
{
    options o = {.points = "all", .format = "tsv"};
    const opt_spec specs[] = {
        {"--points", OPT_STRING, &o.points, NULL},
        {"--points-only", OPT_FLAG, &o.points_only, NULL},
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
    if (!mlio_format_parse(&format, o.format, &err)) {
        return cli_usage("table", "--format: %s", err.text);
    }
    if (o.threads < 0 || o.threads > 4096) {
        return cli_usage("table", "--threads: expected 0 to 4096, got %lld",
                         (long long)o.threads);
    }
    if (!mltab_points_load(&set, f, o.points, &err)) {
        return cli_error(&err);
    }
    int code = o.points_only ? write_points(&set, &o, format)
                             : write_table(&set, &o, format);
    mltab_points_clear(&set);
    return code;
}
