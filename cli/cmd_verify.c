/* cli/cmd_verify.c - `mlref verify`: another implementation, measured. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/page.h"
#include "cli/cli.h"
#include "reference/reference.h"

static const char help[] =
    "usage: mlref verify --function F (--cmd PROGRAM | --so LIB.so:SYMBOL |\n"
    "                    --values FILE) [...]\n"
    "\n"
    "Asks PROGRAM (run by /bin/sh) for every point and measures its answers\n"
    "against proved values: a summary by region, the ten worst points with\n"
    "the command that reproduces the truth.  A point is one line on its\n"
    "standard input, arguments separated by tabs; an answer is one line:\n"
    "VALUE, RE<TAB>IM, nan, inf, -inf or refuse.  MLREF_FUNCTION and\n"
    "MLREF_ARGS are in its environment.  See reference/README.md.\n"
    "\n"
    "  --so LIB.so:SYMBOL calls double SYMBOL(double, ...), the arguments in\n"
    "                     the order of MLREF_ARGS; LIB.so:SYMBOL@zz calls\n"
    "                     void SYMBOL(const double *args, double out[2]),\n"
    "                     complex: re, im.  In processes of its own\n"
    "  --points SET|FILE  all (default), real, small, switch, double, stokes,\n"
    "                     near1, zeros; or a table with the argument columns\n"
    "  --random N         N random points, alone or beside --points\n"
    "  --seed S           of the random points; default 1\n"
    "  --values FILE      no program: argument columns and value, or re, im\n"
    "  --max-ulp X        more than X ulp is wrong (default 4); when given,\n"
    "                     anything that is not ok makes the exit code 1\n"
    "  --time-limit S     seconds for an answer; default 10\n"
    "  --jobs J           processes at a time; default 1, with --so as many\n"
    "                     as processors\n"
    "  --wire hex         send hexfloats\n"
    "  --details FILE     one row per point\n"
    "  --tap              TAP 13, one claim per point, instead of the summary\n"
    "  --report F.html    the summary as a page\n"
    "  --output FILE      instead of standard output\n"
    "  --format F         tsv (default), csv or json\n"
    "\n"
    "exit: 0 ok, 1 a given --max-ulp is missed, 2 usage, 3 bad data in FILE,\n"
    "      5 a file failed, PROGRAM cannot be run, or LIB.so not loaded\n"
    "\n"
    "examples:\n"
    "  mlref verify --function kww --points small --cmd "
    "'awk \"{ printf \\\"%.17g\\\\n\\\", exp(-\\$3*(\\$4/\\$2)^\\$1) }\"'\n"
    "  printf 'alpha\\tbeta\\tz\\tvalue\\n1\\t1\\t-1\\t0.36787944117144233\\n' "
    "| "
    "mlref verify --function mittag-leffler --values - --max-ulp 0.5\n";

typedef struct {
    const char *function, *command, *so, *values, *points, *wire;
    const char *details, *report, *output, *format;
    int64_t random, seed, jobs;
    double max_ulp, time_limit;
    bool tap, has_jobs, has_points, has_random, has_max_ulp;
} options;

typedef struct {
    const options *o;
    mltab_points set;
    mltab_verdict *verdicts;
    mltab_region *regions;
    size_t nregions;
    size_t worst[10], nworst;
    mltab_notes notes;
    mlio_format format;
    int argc;
    char **argv;
} run;

/* ----------------------------------------------------------------- formatting */

/* Three digits are what an error is worth; nan is "-". */
static const char *
error_text(char buf[32], double x)
{
    if (isnan(x)) {
        return "-";
    }
    snprintf(buf, 32, "%.3g", x);
    return buf;
}

static void
number_text(char buf[80], double re, double im, bool complex)
{
    if (isnan(re)) {
        snprintf(buf, 80, "nan");
    } else if (complex) {
        snprintf(buf, 80, "%.17g%+.17gi", re, im);
    } else {
        snprintf(buf, 80, "%.17g", re);
    }
}

static bool
answered(const mltab_verdict *v)
{
    return v->kind == MLTAB_OK || v->kind == MLTAB_WRONG || v->kind == MLTAB_INF
           || v->kind == MLTAB_NAN;
}

static void
got_text(char buf[80], const mltab_verdict *v, bool complex)
{
    if (answered(v)) {
        number_text(buf, v->re, v->im, complex);
    } else {
        snprintf(buf, 80, "%s", mltab_kind_name(v->kind));
    }
}

/* "ml-0007 negative: wrong, 4.1e+04 ulp, got 1.5, want 1.25" */
enum { POINT_TEXT = 320 };

static void
point_text(char out[POINT_TEXT], const run *r, size_t i)
{
    const mltab_verdict *v = &r->verdicts[i];
    char ulp[32], got[80], want[80];
    got_text(got, v, r->set.has_im);
    number_text(want, v->true_re, v->true_im, r->set.has_im);
    snprintf(out, POINT_TEXT, "%s %s: %s, %s ulp, got %s, want %s",
             r->set.points[i].id, r->set.points[i].region,
             mltab_kind_name(v->kind), error_text(ulp, v->ulp), got, want);
}

/* -------------------------------------------------------------------- summary */

static const char *const summary_names[] = {
    "region",  "n",          "ok",        "wrong",          "nan",
    "inf",     "hang",       "crash",     "garbage",        "refused",
    "unknown", "median_ulp", "worst_ulp", "worst_relative", "worst_absolute"};
enum { NSUMMARY = sizeof summary_names / sizeof *summary_names };

/* The cells of one row of the summary. */
static void
summary_cells(char cells[NSUMMARY][32], const mltab_region *row)
{
    size_t k = 0;
    snprintf(cells[k++], 32, "%s", row->region);
    snprintf(cells[k++], 32, "%zu", row->n);
    for (int kind = 0; kind < MLTAB_NKINDS; kind++) {
        snprintf(cells[k++], 32, "%zu", row->count[kind]);
    }
    const double errors[] = {row->median_ulp, row->worst_ulp,
                             row->worst_relative, row->worst_absolute};
    for (size_t i = 0; i < 4; i++) {
        char buf[32];
        snprintf(cells[k++], 32, "%s", error_text(buf, errors[i]));
    }
}

static bool
write_summary(const run *r, mlio_error *err)
{
    mlio_writer *w = mlio_writer_open(r->o->output, r->format, err);
    if (w == NULL) {
        return false;
    }
    cli_provenance(w, "verify", r->argc, r->argv);
    mlio_writer_meta(w, "function", "%s", r->set.function->name);
    mlio_writer_meta(w, "wrong", "above %.6g ulp of the unrounded truth",
                     r->o->max_ulp);
    for (size_t k = 0; k < r->nworst; k++) {
        char key[32], line[POINT_TEXT];
        point_text(line, r, r->worst[k]);
        char *command = mltab_eval_command(&r->set, r->worst[k]);
        snprintf(key, sizeof key, "worst-%zu", k + 1);
        mlio_writer_meta(w, key, "%s; %s", line,
                         command == NULL ? "" : command);
        free(command);
    }
    mlio_writer_columns(w, NSUMMARY, summary_names);
    for (size_t i = 0; i < r->nregions; i++) {
        char cells[NSUMMARY][32];
        summary_cells(cells, &r->regions[i]);
        for (size_t k = 0; k < NSUMMARY; k++) {
            mlio_writer_cell(w, "%s", cells[k]);
        }
    }
    return mlio_writer_close(w, err);
}

/* -------------------------------------------------------------------- details */

static void
write_detail(mlio_writer *w, const run *r, size_t i)
{
    const mltab_point *p = &r->set.points[i];
    const mltab_verdict *v = &r->verdicts[i];
    char buf[32];
    mlio_writer_cell(w, "%s", p->id);
    for (size_t k = 0; k < r->set.nfields; k++) {
        mlio_writer_cell(w, "%a", p->args[k]);
    }
    mlio_writer_cell(w, "%s", p->region);
    mlio_writer_cell(w, "%s", mltab_kind_name(v->kind));
    const double values[] = {v->re, v->im, v->true_re, v->true_im};
    for (int k = 0; k < 4; k++) {
        if ((k < 2 && !answered(v)) || isnan(values[k])) {
            mlio_writer_cell(w, "nan");
        } else {
            mlio_writer_cell(w, "%.17g", values[k]);
        }
    }
    const double errors[] = {v->ulp, v->ulp_re, v->ulp_im, v->relative,
                             v->absolute};
    for (int k = 0; k < 5; k++) {
        mlio_writer_cell(w, "%s", error_text(buf, errors[k]));
    }
}

static bool
write_details(const run *r, mlio_error *err)
{
    static const char *const after[] = {
        "region", "kind",   "re",     "im",       "true_re", "true_im",
        "ulp",    "ulp_re", "ulp_im", "relative", "absolute"};
    enum { NAFTER = sizeof after / sizeof *after };
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + NAFTER + 1];
    size_t n = 0;
    mlio_writer *w = mlio_writer_open(r->o->details, r->format, err);
    if (w == NULL) {
        return false;
    }
    cli_provenance(w, "verify", r->argc, r->argv);
    names[n++] = "id";
    for (size_t k = 0; k < r->set.nfields; k++) {
        names[n++] = mltab_field(buf[k], &r->set, k);
    }
    for (size_t k = 0; k < NAFTER; k++) {
        names[n++] = after[k];
    }
    mlio_writer_columns(w, n, names);
    for (size_t i = 0; i < r->set.n; i++) {
        write_detail(w, r, i);
    }
    return mlio_writer_close(w, err);
}

/* ------------------------------------------------------------------------ TAP */

static void
tap_failure(FILE *out, const run *r, size_t i)
{
    const mltab_verdict *v = &r->verdicts[i];
    char got[80], want[80], ulp[32], buf[32];
    got_text(got, v, r->set.has_im);
    number_text(want, v->true_re, v->true_im, r->set.has_im);
    fprintf(out, "  ---\n  function: %s\n", r->set.function->name);
    for (size_t k = 0; k < r->set.nfields; k++) {
        fprintf(out, "  %s: \"%a\"\n", mltab_field(buf, &r->set, k),
                r->set.points[i].args[k]);
    }
    fprintf(out, "  got: \"%s\"\n  want: \"%s\"\n", got, want);
    fprintf(out, "  ulp: \"%s\"\n", error_text(ulp, v->ulp));
    char *command = mltab_eval_command(&r->set, i);
    if (command != NULL) {
        fprintf(out, "  reproduce: %s\n", command);
    }
    free(command);
    fprintf(out, "  ...\n");
}

static bool
write_tap(const run *r, mlio_error *err)
{
    mlio_file *file = mlio_file_create(r->o->output, err);
    if (file == NULL) {
        return false;
    }
    FILE *out = mlio_file_stream(file);
    fprintf(out, "TAP version 13\n1..%zu\n", r->set.n);
    for (size_t i = 0; i < r->set.n; i++) {
        mltab_kind kind = r->verdicts[i].kind;
        const mltab_point *p = &r->set.points[i];
        bool unknown = kind == MLTAB_UNKNOWN;
        bool ok = kind == MLTAB_OK || unknown;
        fprintf(out, "%s %zu - %s %s: %s%s\n", ok ? "ok" : "not ok", i + 1,
                p->id, p->region, mltab_kind_name(kind),
                unknown ? " # SKIP the truth is undecided" : "");
        if (!ok) {
            tap_failure(out, r, i);
        }
    }
    return mlio_file_commit(file, err);
}

/* --------------------------------------------------------------------- report */

static void
report_summary(mlio_page *page, const run *r)
{
    mlio_page_heading(page, 2, "By region");
    mlio_page_table(page, NSUMMARY, summary_names);
    for (size_t i = 0; i < r->nregions; i++) {
        char cells[NSUMMARY][32], marked[NSUMMARY][34];
        const char *row[NSUMMARY];
        summary_cells(cells, &r->regions[i]);
        for (size_t k = 0; k < NSUMMARY; k++) {
            bool bad = k >= 3 && k <= 8 && strcmp(cells[k], "0") != 0;
            snprintf(marked[k], sizeof marked[k], "%s%.31s", bad ? "\2" : "",
                     cells[k]);
            row[k] = marked[k];
        }
        mlio_page_row(page, row);
    }
    mlio_page_table_end(page);
}

static bool
write_report(const run *r, mlio_error *err)
{
    mlio_page *page = mlio_page_open(r->o->report, "mlref verify", err);
    if (page == NULL) {
        return false;
    }
    mlio_page_heading(page, 1, "%s, measured", r->set.function->name);
    mlio_page_text(page,
                   "Errors are in ulp of the unrounded truth, which is proved "
                   "to more than 38 digits; a complex error is normwise.  "
                   "Wrong: above %.6g ulp.",
                   r->o->max_ulp);
    report_summary(page, r);
    mlio_page_heading(page, 2, "The worst points");
    for (size_t k = 0; k < r->nworst; k++) {
        char line[POINT_TEXT];
        point_text(line, r, r->worst[k]);
        char *command = mltab_eval_command(&r->set, r->worst[k]);
        mlio_page_text(page, "%s", line);
        mlio_page_code(page, "%s", command == NULL ? "" : command);
        free(command);
    }
    return mlio_page_close(page, err);
}

/* ------------------------------------------------------------------------ run */

/* A signal that ends mlref must end what it started, too. */
static void
on_signal(int sig)
{
    mltab_verify_kill_all();
    mlio_file_unlink_all();
    signal(sig, SIG_DFL);
    raise(sig);
}

static void
catch_signals(void)
{
    static const int which[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof which / sizeof *which; i++) {
        struct sigaction action = {.sa_handler = on_signal}, old;
        sigemptyset(&action.sa_mask);
        if (sigaction(which[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
            sigaction(which[i], &action, NULL);
        }
    }
}

static bool
load_points(run *r, const ml_function *f, mlio_error *err)
{
    const options *o = r->o;
    if (o->has_random && !o->has_points) {
        bool complex = o->so == NULL || mltab_so_is_complex(o->so);
        return mltab_points_random(&r->set, f, (size_t)o->random,
                                   (uint64_t)o->seed, complex, err);
    }
    mltab_points more;
    if (!mltab_points_load(&r->set, f, o->points, err)) {
        return false;
    }
    if (!o->has_random) {
        return true;
    }
    bool ok = mltab_points_random(&more, f, (size_t)o->random,
                                  (uint64_t)o->seed, r->set.has_im, err);
    ok = ok && mltab_points_append(&r->set, &more, err);
    mltab_points_clear(&more);
    return ok;
}

static bool
measure(run *r, const mlio_table *values, mlio_error *err)
{
    const options *o = r->o;
    mltab_verify_options verify = {.command = o->command,
                                   .so = o->so,
                                   .own_children = true,
                                   .notes = &r->notes,
                                   .values = values,
                                   .time_limit = o->time_limit,
                                   .max_ulp = o->max_ulp,
                                   .jobs = (int)o->jobs,
                                   .hex = o->wire != NULL};
    r->verdicts = calloc(r->set.n + 1, sizeof *r->verdicts);
    if (r->verdicts == NULL) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    if (!mltab_verify(r->verdicts, &r->set, &verify, err)
        || !mltab_summarize(&r->regions, &r->nregions, &r->set, r->verdicts,
                            err)) {
        return false;
    }
    r->nworst = mltab_worst(r->worst, 10, r->verdicts, r->set.n);
    return true;
}

static bool
write_all(const run *r, mlio_error *err)
{
    const options *o = r->o;
    return (o->details == NULL || write_details(r, err))
           && (o->report == NULL || write_report(r, err))
           && (o->tap ? write_tap(r, err) : write_summary(r, err));
}

static int
conclude(const run *r)
{
    const size_t *count = r->regions[r->nregions - 1].count;
    if (count[MLTAB_UNKNOWN] > 0) {
        fprintf(stderr,
                "mlref verify: the truth of %zu points is undecided; they are "
                "not counted\n",
                count[MLTAB_UNKNOWN]);
    }
    if (r->notes.displaced > 0) {
        fprintf(stderr,
                "mlref verify: %zu of the wrong answers are right for another "
                "point nearby: are they in the order of the points?\n",
                r->notes.displaced);
    }
    if (r->notes.escaped > 0) {
        fprintf(stderr,
                "mlref verify: %zu processes had left their process group; "
                "they were killed\n",
                r->notes.escaped);
    }
    bool all_ok = count[MLTAB_OK] + count[MLTAB_UNKNOWN] == r->set.n;
    return r->o->has_max_ulp && !all_ok ? EXIT_CHECK : EXIT_OK;
}

static int
run_verify(run *r, const ml_function *f)
{
    mlio_error err;
    mlio_table *values = NULL;
    bool ok = true;
    if (r->o->values != NULL) {
        values = mlio_table_read(r->o->values, &err);
        ok =
            values != NULL && mltab_points_from_table(&r->set, f, values, &err);
    } else {
        ok = load_points(r, f, &err);
    }
    ok = ok && measure(r, values, &err) && write_all(r, &err);
    int code = ok ? conclude(r) : cli_error(&err);
    mlio_table_free(values);
    free(r->verdicts);
    free(r->regions);
    mltab_points_clear(&r->set);
    return code;
}

/* -------------------------------------------------------------------- options */

/* 0 when they make sense, else the exit code. */
static int
check_options(const options *o)
{
    if (o->function == NULL) {
        return cli_usage("verify", "--function is missing");
    }
    if ((o->command != NULL) + (o->so != NULL) + (o->values != NULL) != 1) {
        return cli_usage("verify",
                         "expected one of --cmd, --so and --values");
    }
    if (o->values != NULL && (o->has_points || o->has_random)) {
        return cli_usage("verify",
                         "--values brings its own points: no --points, "
                         "no --random");
    }
    if (o->has_random && (o->random < 1 || o->random > 10000000)) {
        return cli_usage("verify", "--random: expected 1 to 10000000, got %lld",
                         (long long)o->random);
    }
    if (o->has_jobs && (o->jobs < 1 || o->jobs > 64)) {
        return cli_usage("verify", "--jobs: expected 1 to 64, got %lld",
                         (long long)o->jobs);
    }
    if (!(o->time_limit > 0 && o->time_limit <= 1e6)) {
        return cli_usage("verify",
                         "--time-limit: expected more than 0 and at most 1e6 "
                         "seconds, got %g",
                         o->time_limit);
    }
    if (!(o->max_ulp >= 0)) {
        return cli_usage("verify", "--max-ulp: expected 0 or more, got %g",
                         o->max_ulp);
    }
    if (o->wire != NULL && strcmp(o->wire, "hex") != 0) {
        return cli_usage("verify", "--wire: expected hex, got \"%s\"", o->wire);
    }
    return 0;
}

int
cmd_verify(int argc, char **argv)
{
    options o = {.points = "all",
                 .format = "tsv",
                 .seed = 1,
                 .max_ulp = 4,
                 .time_limit = 10};
    const opt_spec specs[] = {
        {"--function", OPT_STRING, &o.function, NULL},
        {"--cmd", OPT_STRING, &o.command, NULL},
        {"--so", OPT_STRING, &o.so, NULL},
        {"--values", OPT_STRING, &o.values, NULL},
        {"--points", OPT_STRING, &o.points, &o.has_points},
        {"--random", OPT_INT, &o.random, &o.has_random},
        {"--seed", OPT_INT, &o.seed, NULL},
        {"--max-ulp", OPT_REAL, &o.max_ulp, &o.has_max_ulp},
        {"--time-limit", OPT_REAL, &o.time_limit, NULL},
        {"--jobs", OPT_INT, &o.jobs, &o.has_jobs},
        {"--wire", OPT_STRING, &o.wire, NULL},
        {"--details", OPT_STRING, &o.details, NULL},
        {"--tap", OPT_FLAG, &o.tap, NULL},
        {"--report", OPT_STRING, &o.report, NULL},
        {"--output", OPT_STRING, &o.output, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
    };
    run r = {.o = &o, .argc = argc, .argv = argv};
    cli_positionals p;
    mlio_error err;
    bool done;
    if (!cli_options(argc, argv, specs, sizeof specs / sizeof *specs, &p, help,
                     &done)) {
        return EXIT_USAGE;
    }
    if (done) {
        return EXIT_OK;
    }
    if (p.n > 0) {
        return cli_usage("verify", "unexpected argument \"%s\"", p.values[0]);
    }
    int code = check_options(&o);
    if (code != 0) {
        return code;
    }
    const ml_function *f = ml_function_find(o.function);
    if (f == NULL) {
        return cli_usage("verify",
                         "unknown function \"%s\"; see mlref eval --list",
                         o.function);
    }
    if (!mlio_format_parse(&r.format, o.format, &err)) {
        return cli_usage("verify", "--format: %s", err.text);
    }
    catch_signals();
    return run_verify(&r, f);
}
