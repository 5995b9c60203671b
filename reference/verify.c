/* reference/verify.c - asks an implementation for every point of a set, and
 * judges what it says. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/parallel.h"
#include "reference/asking.h"

/* -------------------------------------------------------------- environment */

extern char **environ;

/* The environment with MLREF_FUNCTION and MLREF_ARGS; the two strings are
 * malloc'ed, the rest is shared. */
static char **
make_environment(const mltab_points *set)
{
    size_t n = 0;
    while (environ[n] != NULL) {
        n++;
    }
    char **env = calloc(n + 3, sizeof *env);
    char *function = malloc(strlen(set->function->name) + 32);
    char *args = malloc(32 + 34 * set->nfields);
    if (env == NULL || function == NULL || args == NULL) {
        free(env);
        free(function);
        free(args);
        return NULL;
    }
    sprintf(function, "MLREF_FUNCTION=%s", set->function->name);
    char *end = args + sprintf(args, "MLREF_ARGS=");
    for (size_t k = 0; k < set->nfields; k++) {
        char buf[32];
        end += sprintf(end, "%s%s", k > 0 ? " " : "", mltab_field(buf, set, k));
    }
    env[0] = function;
    env[1] = args;
    size_t kept = 2;
    for (size_t i = 0; i < n; i++) {
        if (strncmp(environ[i], "MLREF_FUNCTION=", 15) != 0
            && strncmp(environ[i], "MLREF_ARGS=", 11) != 0) {
            env[kept++] = environ[i];
        }
    }
    return env;
}

/* ----------------------------------------------------------------- the answers */

static void
engine_clear(mltab_engine *e)
{
    for (size_t i = 0; i < e->nworkers && e->workers != NULL; i++) {
        free(e->workers[i].idx);
    }
    for (size_t i = 0; i < e->nstack; i++) {
        free(e->stack[i].idx);
    }
    free(e->workers);
    free(e->stack);
    free(e->todo);
    free(e->settled);
}

static bool
ask(mltab_verdict *verdicts, const mltab_points *set,
    const mltab_verify_options *options, const mltab_program *program, int jobs,
    mlio_error *err)
{
    mltab_engine e = {.set = set,
                      .options = options,
                      .verdicts = verdicts,
                      .err = err,
                      .program = *program,
                      .errors_left = MLTAB_ERRORS,
                      .patience = 1,
                      .nworkers = (size_t)jobs};
    e.settled = calloc(set->n, sizeof *e.settled);
    e.todo = calloc(set->n, sizeof *e.todo);
    e.workers = calloc(e.nworkers, sizeof *e.workers);
    bool ok = e.settled != NULL && e.todo != NULL && e.workers != NULL;
    if (!ok) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    } else {
        for (size_t i = 0; i < set->n; i++) {
            e.todo[e.todo_n++] = i;
        }
        mlio_progress_start("asking", set->n);
        ok = mltab_ask_all(&e);
        mlio_progress_end();
    }
    if (options->notes != NULL) {
        options->notes->processes = e.nprocesses;
    }
    engine_clear(&e);
    return ok;
}

static int
number_of_jobs(const mltab_verify_options *options)
{
    int jobs = options->jobs;
    if (jobs < 1) {
        jobs = options->so != NULL ? mlio_processors() : 1;
    }
    return jobs > MLTAB_JOBS ? MLTAB_JOBS : jobs;
}

static bool
ask_command(mltab_verdict *verdicts, const mltab_points *set,
            const mltab_verify_options *options, mlio_error *err)
{
    char **environment = make_environment(set);
    if (environment == NULL) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    mltab_program program = {.command = options->command,
                             .environment = environment};
    bool ok =
        ask(verdicts, set, options, &program, number_of_jobs(options), err);
    free(environment[0]);
    free(environment[1]);
    free(environment);
    return ok;
}

static bool
ask_library(mltab_verdict *verdicts, const mltab_points *set,
            const mltab_verify_options *options, mlio_error *err)
{
    int jobs = number_of_jobs(options);
    mltab_so so;
    if (!mltab_so_parse(&so, options->so, set, jobs, err)) {
        return false;
    }
    mltab_program program = {.so = &so};
    bool ok = ask(verdicts, set, options, &program, jobs, err);
    mltab_so_clear(&so);
    return ok;
}

/* A write to a process that died raises SIGPIPE: kept away from this thread,
 * and taken back if one is pending at the end. */
static bool
ask_quietly(mltab_verdict *verdicts, const mltab_points *set,
            const mltab_verify_options *options, mlio_error *err)
{
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    bool kept = options->own_children && mltab_escaped_begin();
    bool ok = options->so != NULL ? ask_library(verdicts, set, options, err)
                                  : ask_command(verdicts, set, options, err);
    size_t escaped = options->own_children ? mltab_escaped_end(kept) : 0;
    if (options->notes != NULL) {
        options->notes->escaped = escaped;
    }
    if (!was_pending) {
        struct timespec zero = {0, 0};
        while (sigtimedwait(&pipe_only, NULL, &zero) == SIGPIPE) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

/* An answer in the cells of a table: a certified value's "=" is allowed. */
static mltab_verdict
read_values(const mlio_table *t, size_t row, size_t re, long im)
{
    char line[2 * MLTAB_LINE];
    const char *a = mlio_table_cell(t, row, re);
    const char *b = im < 0 ? "" : mlio_table_cell(t, row, (size_t)im);
    size_t na = strlen(a), nb = strlen(b);
    na -= na > 0 && a[na - 1] == '=';
    nb -= nb > 0 && b[nb - 1] == '=';
    mltab_verdict v = {.kind = MLTAB_GARBAGE};
    if (na + nb + 2 > sizeof line) {
        return v;
    }
    int n = nb == 0 ? snprintf(line, sizeof line, "%.*s", (int)na, a)
                    : snprintf(line, sizeof line, "%.*s\t%.*s", (int)na, a,
                               (int)nb, b);
    mltab_parse_answer(&v, line, (size_t)n);
    return v;
}

static bool
ask_values(mltab_verdict *verdicts, const mltab_points *set,
           const mlio_table *t, mlio_error *err)
{
    if (mlio_table_rows(t) != set->n) {
        return mlio_fail(err, MLIO_DATA, "%s: %zu rows for %zu points",
                         mlio_table_path(t), mlio_table_rows(t), set->n);
    }
    long value = mlio_table_find(t, "value"), re = mlio_table_find(t, "re");
    long im = value < 0 ? mlio_table_find(t, "im") : -1;
    if ((value < 0) == (re < 0)) {
        return mlio_fail(err, MLIO_DATA,
                         "%s:1:1: expected a column \"value\", or \"re\" and "
                         "\"im\", got %s",
                         mlio_table_path(t), value < 0 ? "neither" : "both");
    }
    size_t answer = (size_t)(value < 0 ? re : value);
    for (size_t i = 0; i < set->n; i++) {
        verdicts[i] = read_values(t, i, answer, im);
    }
    return true;
}

/* ------------------------------------------------------------------ the truth */

typedef struct {
    mltab_verdict *verdicts;
    const mltab_points *set;
    double max_ulp;
} judging;

static void
judge_one(size_t i, void *context)
{
    judging *j = context;
    ml_arg args[ML_MAX_ARGS];
    size_t n = j->set->function->nargs;
    ml_args_init(args, n);
    mltab_point_args(args, j->set, i);
    ml_status status =
        mltab_judge(&j->verdicts[i], j->set->function, args, j->max_ulp);
    (void)status; /* the verdict says UNKNOWN */
    ml_args_clear(args, n);
}

/* ------------------------------------------------------------- out of order? */

/* A wrong answer that nobody gives by chance: not of few digits, and not what
 * the neighbours got. */
static bool
is_telling(const mltab_verdict *v, size_t i, size_t n)
{
    const mltab_verdict *a = &v[i];
    bool repeated =
        (i > 0 && v[i - 1].re == a->re && v[i - 1].im == a->im)
        || (i + 1 < n && v[i + 1].re == a->re && v[i + 1].im == a->im);
    return a->kind == MLTAB_WRONG && a->relative > 1e-3 && !repeated
           && a->re * 16 != nearbyint(a->re * 16);
}

static bool
is_right_for(const mltab_verdict *answer, const mltab_verdict *other)
{
    double size = hypot(other->true_re, other->true_im);
    double off =
        hypot(answer->re - other->true_re, answer->im - other->true_im);
    return off <= 1e-9 * size; /* false when the truth is not known */
}

/* How many wrong answers are right for a point at most 64 away; 0 when they are
 * less than half of all that are wrong. */
static size_t
count_displaced(const mltab_verdict *v, size_t n)
{
    size_t wrong = 0, displaced = 0;
    for (size_t i = 0; i < n; i++) {
        wrong += v[i].kind == MLTAB_WRONG;
        if (!is_telling(v, i, n)) {
            continue;
        }
        size_t from = i < MLTAB_AHEAD ? 0 : i - MLTAB_AHEAD;
        size_t to = n - i <= MLTAB_AHEAD ? n : i + MLTAB_AHEAD + 1;
        bool found = false;
        for (size_t k = from; k < to && !found; k++) {
            found = is_right_for(&v[i], &v[k]);
        }
        displaced += found;
    }
    return 2 * displaced >= wrong ? displaced : 0;
}

bool
mltab_verify(mltab_verdict *verdicts, const mltab_points *set,
             const mltab_verify_options *options, mlio_error *err)
{
    memset(verdicts, 0, set->n * sizeof *verdicts);
    if (options->notes != NULL) {
        *options->notes = (mltab_notes){0};
    }
    bool ok = options->values == NULL
                  ? ask_quietly(verdicts, set, options, err)
                  : ask_values(verdicts, set, options->values, err);
    if (!ok) {
        return false;
    }
    judging j = {verdicts, set, options->max_ulp};
    mlio_parallel_for(set->n, options->threads, judge_one, &j);
    if (options->notes != NULL) {
        options->notes->displaced = count_displaced(verdicts, set->n);
    }
    return true;
}
