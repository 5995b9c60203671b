/* cli/cmd_verify.c - `mlref verify`: another implementation, measured. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/cli.h"
#include "reference/report.h"

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
    "  --max-scaled X     exit code 1 when an error is above X after division\n"
    "                     by 2^-53 |E| (1 + condition number)\n"
    "  --ratchet FILE     exit code 1 when something is worse than FILE\n"
    "                     records; the first run records\n"
    "  --ratchet-update   records what is now, better or worse\n"
    "  --time-limit S     seconds for an answer; default 10\n"
    "  --jobs J           processes at a time; default 1, with --so as many\n"
    "                     as processors\n"
    "  --wire hex         send hexfloats\n"
    "  --details FILE     one row per point\n"
    "  --tap              TAP 13, one claim per region, not the summary\n"
    "  --tap-points       the same, one claim per point\n"
    "  --report F.html    a page: verdict, error maps, the ten worst points\n"
    "  --output FILE      instead of standard output\n"
    "  --format F         tsv (default), csv, json, or text: to be read\n"
    "  --json             --format json\n"
    "\n"
    "exit: 0 ok, 1 a given --max-ulp, --max-scaled or --ratchet is missed,\n"
    "      2 usage, 3 bad data in FILE, 5 a file failed, PROGRAM cannot be\n"
    "      run, or LIB.so not loaded\n"
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
    const char *ratchet;
    double max_ulp, max_scaled, time_limit;
    bool tap, tap_points, json, ratchet_update;
    bool has_jobs, has_points, has_random, has_max_ulp, has_max_scaled;
} options;

typedef struct {
    const options *o;
    mltab_points set;
    mltab_verdict *verdicts;
    mltab_report report;
    mltab_changes changes;
    mltab_notes notes;
    mlio_format format;
    bool text; /* --format text */
} run;

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
    r->report.verdicts = r->verdicts;
    return mltab_verify(r->verdicts, &r->set, &verify, err);
}

static bool
exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

/* Nothing else is ever written over. */
static bool
is_ratchet(const char *path)
{
    size_t n;
    mlio_error err;
    char *text = mlio_file_read(path, &n, &err);
    bool is = text != NULL && strncmp(text, "# ratchet: ", 11) == 0;
    free(text);
    return is;
}

/* Compares with the ratchet file where there is one; a first run, or
 * --ratchet-update, has it written. */
static bool
turn_ratchet(run *r, mlio_error *err)
{
    const options *o = r->o;
    bool compares = o->ratchet != NULL && exists(o->ratchet);
    if (compares) {
        if (mltab_ratchet_compare(&r->changes, o->ratchet, &r->set, r->verdicts,
                                  o->max_ulp, err)) {
            r->report.ratchet = &r->changes;
        } else if (!o->ratchet_update || err->code != MLIO_DATA
                   || !is_ratchet(o->ratchet)) {
            return false;
        } /* a file made for other points is no obstacle to a new one */
    }
    if (o->ratchet == NULL || (compares && !o->ratchet_update)) {
        return true;
    }
    fprintf(stderr, "mlref verify: recorded in %s\n", o->ratchet);
    return mltab_ratchet_write(o->ratchet, &r->set, r->verdicts, o->max_ulp,
                               err);
}

static bool
write_all(const run *r, mlio_error *err)
{
    const options *o = r->o;
    const mltab_report *report = &r->report;
    if (o->details != NULL
        && !mltab_report_details(report, o->details, r->format, err)) {
        return false;
    }
    if (o->report != NULL && !mltab_report_html(report, o->report, err)) {
        return false;
    }
    if (o->tap || o->tap_points) {
        return mltab_report_tap(report, o->output, o->tap_points, err);
    }
    return r->text ? mltab_report_text(report, o->output, err)
                   : mltab_report_summary(report, o->output, r->format, err);
}

/* What the ratchet found, on standard error. */
static bool
ratchet_held(const run *r)
{
    const mltab_changes *c = r->report.ratchet;
    if (c == NULL || r->o->ratchet_update) {
        return true;
    }
    for (size_t k = 0; k < c->nworse && k < 10; k++) {
        fprintf(stderr, "mlref verify: worse: %s\n", c->worse[k].text);
    }
    if (c->nworse > 10) {
        fprintf(stderr, "mlref verify: worse: %zu more\n", c->nworse - 10);
    }
    if (c->better > 0) {
        fprintf(stderr,
                "mlref verify: %zu better than recorded; --ratchet-update "
                "keeps that\n",
                c->better);
    }
    return c->nworse == 0;
}

static int
conclude(const run *r)
{
    const size_t *count = r->report.regions[r->report.nregions - 1].count;
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
    bool held = ratchet_held(r);
    if (r->o->has_max_ulp) {
        held = held && count[MLTAB_OK] + count[MLTAB_UNKNOWN] == r->set.n;
    }
    if (r->o->has_max_scaled) {
        held = held && mltab_count_scaled(&r->report) == 0;
    }
    return held ? EXIT_OK : EXIT_CHECK;
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
    ok = ok && measure(r, values, &err) && mltab_report_fill(&r->report, &err)
         && turn_ratchet(r, &err) && write_all(r, &err);
    int code = ok ? conclude(r) : cli_error(&err);
    mlio_table_free(values);
    free(r->verdicts);
    mltab_report_clear(&r->report);
    mltab_changes_clear(&r->changes);
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
        return cli_usage("verify", "expected one of --cmd, --so and --values");
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
    if (o->has_max_scaled && !(o->max_scaled > 0)) {
        return cli_usage("verify", "--max-scaled: expected more than 0, got %g",
                         o->max_scaled);
    }
    if (o->ratchet_update && o->ratchet == NULL) {
        return cli_usage("verify", "--ratchet-update: --ratchet is missing");
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
        {"--max-scaled", OPT_REAL, &o.max_scaled, &o.has_max_scaled},
        {"--ratchet", OPT_STRING, &o.ratchet, NULL},
        {"--ratchet-update", OPT_FLAG, &o.ratchet_update, NULL},
        {"--time-limit", OPT_REAL, &o.time_limit, NULL},
        {"--jobs", OPT_INT, &o.jobs, &o.has_jobs},
        {"--wire", OPT_STRING, &o.wire, NULL},
        {"--details", OPT_STRING, &o.details, NULL},
        {"--tap", OPT_FLAG, &o.tap, NULL},
        {"--tap-points", OPT_FLAG, &o.tap_points, NULL},
        {"--json", OPT_FLAG, &o.json, NULL},
        {"--report", OPT_STRING, &o.report, NULL},
        {"--output", OPT_STRING, &o.output, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
    };
    run r = {.o = &o};
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
    r.text = strcmp(o.format, "text") == 0;
    if (!mlio_format_parse(&r.format,
                           o.json   ? "json"
                           : r.text ? "tsv"
                                    : o.format,
                           &err)) {
        return cli_usage("verify", "--format: %s, or text", err.text);
    }
    catch_signals();
    char *command = cli_command_line("verify", argc, argv);
    r.report = (mltab_report){.set = &r.set,
                              .max_ulp = o.max_ulp,
                              .max_scaled = o.max_scaled,
                              .command = command,
                              .asked = o.command,
                              .so = o.so,
                              .hex = o.wire != NULL};
    code = run_verify(&r, f);
    free(command);
    return code;
}
