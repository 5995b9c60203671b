/* reference/verify.c - asks an implementation for every point of a set.
 *
 * Points are streamed to a process, up to 64 ahead of its answers.  When it
 * falls silent, dies or prints rubbish, what it owes goes to fresh processes
 * as batches whose input is closed after them (a program that buffers its
 * output answers then), halved until the guilty point stands alone.
 *
 * Invariant: every round settles at least one point or halves a batch, so the
 * number of processes is bounded by a multiple of the number of points.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/parallel.h"
#include "reference/impl.h"

enum { AHEAD = 64, GIVE_UP = 4, MAX_JOBS = 64 };

/* Why a process is done with. */
typedef enum {
    DONE,    /* answered everything */
    ENDED,   /* closed its output before that */
    SILENT,  /* no answer within the limit */
    RUBBISH, /* a line that is no answer, or has no end */
    EXTRA    /* more lines than points */
} reason;

typedef struct {
    size_t *idx;
    size_t n;
} batch;

typedef struct {
    mltab_child child;
    bool busy, streaming;
    size_t *idx; /* points sent, in order */
    size_t nsent, nanswered, capacity;
    char line[MLTAB_LINE + 1];
    size_t len;
    double last; /* of the last answer, or the start */
} worker;

typedef struct {
    const mltab_points *set;
    const mltab_verify_options *options;
    mltab_verdict *verdicts;
    bool *settled;
    size_t nsettled;
    char **environment;

    size_t *todo; /* a ring of points not yet sent to anybody */
    size_t todo_head, todo_n;
    batch *stack; /* batches for fresh processes with closed input */
    size_t nstack, stack_capacity;

    bool answered;        /* some process answered something */
    bool streams;         /* some answer came while the input was open */
    bool went_silent;     /* some process was silent while its input was open */
    bool closed_only;     /* it buffers its output: no more streaming */
    size_t lone_failures; /* points that got no answer alone */
    mltab_kind last_failure;
    bool probed; /* points all over the set were tried, too */
    worker *workers;
    size_t nworkers;
    mltab_graveyard yard;
    bool nomem;
    mlio_error *err;
} engine;

/* ----------------------------------------------------------------- settling */

static void
settle(engine *e, size_t point, mltab_kind kind)
{
    if (!e->settled[point]) {
        e->settled[point] = true;
        e->nsettled++;
        mlio_progress_step(e->nsettled);
    }
    e->verdicts[point].kind = kind;
}

static void
push(engine *e, const size_t *idx, size_t n)
{
    if (n == 0) {
        return;
    }
    if (e->nstack == e->stack_capacity) {
        size_t capacity = 2 * e->stack_capacity + 16;
        batch *stack = realloc(e->stack, capacity * sizeof *stack);
        if (stack == NULL) {
            e->nomem = true;
            return;
        }
        e->stack = stack;
        e->stack_capacity = capacity;
    }
    batch *b = &e->stack[e->nstack];
    b->n = n;
    b->idx = malloc(n * sizeof *b->idx);
    if (b->idx == NULL) {
        e->nomem = true;
        return;
    }
    memcpy(b->idx, idx, n * sizeof *b->idx);
    e->nstack++;
}

static void
push_halves(engine *e, const size_t *idx, size_t n)
{
    push(e, idx + n / 2, n - n / 2);
    push(e, idx, n / 2);
}

static void
give_back(engine *e, const size_t *idx, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        e->todo[(e->todo_head + e->todo_n++) % e->set->n] = idx[i];
    }
}

static size_t
take(engine *e)
{
    size_t point = e->todo[e->todo_head];
    e->todo_head = (e->todo_head + 1) % e->set->n;
    e->todo_n--;
    return point;
}

/* ------------------------------------------------------ a process is done with */

static void
finish_stream(engine *e, worker *w, reason why)
{
    const size_t *owed = w->idx + w->nanswered;
    size_t n = w->nsent - w->nanswered;
    switch (why) {
    case DONE:
        break;
    case EXTRA: /* nobody knows which line belonged to which point: all again */
        for (size_t i = 0; i < w->nsent; i += AHEAD) {
            size_t rest = w->nsent - i;
            push(e, w->idx + i, rest < AHEAD ? rest : AHEAD);
        }
        break;
    case RUBBISH:
        push(e, owed, n);
        break;
    case SILENT:
        e->went_silent = true; /* fall through */
    case ENDED:
        if (w->nanswered > 0 || e->streams) {
            /* It answers line by line: the first owed point is the suspect,
             * the others were not even begun. */
            give_back(e, owed + 1, n - 1);
            push(e, owed, 1);
        } else {
            push(e, owed, n);
        }
        break;
    }
}

static void
finish_closed(engine *e, worker *w, reason why)
{
    const size_t *owed = w->idx + w->nanswered;
    size_t n = w->nsent - w->nanswered;
    bool alone = w->nsent == 1;
    if (why == DONE) {
        e->closed_only |= e->went_silent && !e->streams && !alone;
    } else if (why == EXTRA) {
        if (alone) {
            settle(e, w->idx[0], MLTAB_GARBAGE);
        } else {
            push_halves(e, w->idx, w->nsent);
        }
    } else if (alone) {
        e->last_failure = why == SILENT  ? MLTAB_HANG
                          : why == ENDED ? MLTAB_CRASH
                                         : MLTAB_GARBAGE;
        settle(e, w->idx[0], e->last_failure);
        e->lone_failures += why != RUBBISH;
    } else if (w->nanswered > 0 || why == RUBBISH) {
        push(e, owed + 1, n - 1);
        push(e, owed, 1);
    } else {
        push_halves(e, owed, n);
    }
}

static void
finish(engine *e, worker *w, reason why)
{
    mltab_child_end(&w->child, &e->yard);
    w->busy = false;
    if (w->streaming) {
        finish_stream(e, w, why);
    } else {
        finish_closed(e, w, why);
    }
}

/* ------------------------------------------------------------------ sending */

static void
send_point(engine *e, worker *w, size_t point)
{
    if (w->nsent == w->capacity) {
        size_t capacity = 2 * w->capacity + AHEAD;
        size_t *idx = realloc(w->idx, capacity * sizeof *idx);
        if (idx == NULL) {
            e->nomem = true;
            return;
        }
        w->idx = idx;
        w->capacity = capacity;
    }
    w->idx[w->nsent++] = point;
    char line[40 * 2 * ML_MAX_ARGS];
    int n = 0;
    for (size_t k = 0; k < e->set->nfields; k++) {
        n += snprintf(line + n, sizeof line - (size_t)n,
                      e->options->hex ? "%s%a" : "%s%.17g", k > 0 ? "\t" : "",
                      e->set->points[point].args[k]);
    }
    line[n++] = '\n';
    if (!mltab_child_queue(&w->child, line, (size_t)n)) {
        e->nomem = true;
    }
}

static void
fill_stream(engine *e, worker *w)
{
    while (e->todo_n > 0 && w->nsent - w->nanswered < AHEAD) {
        send_point(e, w, take(e));
    }
    if (e->todo_n == 0) {
        w->child.close_after = true;
    }
    mltab_child_write(&w->child);
}

static bool
start(engine *e, worker *w)
{
    if (!mltab_child_start(&w->child, e->options->command, e->environment,
                           e->err)) {
        return false;
    }
    w->busy = true;
    w->nsent = w->nanswered = w->len = 0;
    w->last = mltab_now();
    w->streaming = e->nstack == 0 && !e->closed_only;
    if (w->streaming) {
        fill_stream(e, w);
        return true;
    }
    if (e->nstack > 0) {
        batch b = e->stack[--e->nstack];
        for (size_t i = 0; i < b.n; i++) {
            send_point(e, w, b.idx[i]);
        }
        free(b.idx);
    } else {
        for (size_t i = 0; i < AHEAD && e->todo_n > 0; i++) {
            send_point(e, w, take(e));
        }
    }
    w->child.close_after = true;
    mltab_child_write(&w->child);
    return true;
}

/* ---------------------------------------------------------------- receiving */

/* One whole line.  False: the process is done with, for *why. */
static bool
take_line(engine *e, worker *w, reason *why)
{
    if (w->len > 0 && w->line[0] == '#') {
        return true;
    }
    if (w->nanswered == w->nsent) {
        *why = EXTRA;
        return false;
    }
    mltab_verdict answer = {0};
    mltab_parse_answer(&answer, w->line, w->len);
    if (answer.kind == MLTAB_GARBAGE && w->streaming) {
        *why = RUBBISH;
        return false;
    }
    size_t point = w->idx[w->nanswered++];
    e->verdicts[point] = answer;
    settle(e, point, answer.kind);
    w->last = mltab_now();
    e->answered = true;
    e->streams |= w->child.in >= 0;
    return true;
}

static bool
take_bytes(engine *e, worker *w, const char *bytes, size_t n, reason *why)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            if (!take_line(e, w, why)) {
                return false;
            }
            w->len = 0;
        } else if (w->len >= MLTAB_LINE) {
            *why = w->nanswered == w->nsent ? EXTRA : RUBBISH;
            return false;
        } else {
            w->line[w->len++] = bytes[i];
        }
    }
    return true;
}

/* Reads what is there; finishes the worker when that decides something. */
static void
receive(engine *e, worker *w)
{
    char bytes[65536];
    ssize_t n = read(w->child.out, bytes, sizeof bytes);
    if (n < 0) {
        if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
            finish(e, w, ENDED);
        }
        return;
    }
    reason why;
    if (n == 0) {
        /* A last line without its newline may be cut off: not an answer. */
        finish(e, w, w->nanswered < w->nsent ? ENDED : DONE);
    } else if (!take_bytes(e, w, bytes, (size_t)n, &why)) {
        finish(e, w, why);
    } else if (w->streaming) {
        fill_stream(e, w);
    }
}

static double
deadline(const engine *e, const worker *w)
{
    double limit = e->options->time_limit;
    bool complete = w->nanswered == w->nsent;
    return w->last + (complete && limit > 1 ? 1 : limit);
}

static void
check_deadline(engine *e, worker *w)
{
    if (w->busy && mltab_now() >= deadline(e, w)) {
        finish(e, w, w->nanswered == w->nsent ? DONE : SILENT);
    }
}

/* ------------------------------------------------------------- the main loop */

static void
wait_for_news(engine *e)
{
    struct pollfd fds[2 * MAX_JOBS];
    nfds_t n = 0;
    double until = mltab_now() + (e->yard.n > 0 ? 0.02 : 0.5);
    for (size_t i = 0; i < e->nworkers; i++) {
        worker *w = &e->workers[i];
        if (!w->busy) {
            continue;
        }
        fds[n++] = (struct pollfd){.fd = w->child.out, .events = POLLIN};
        if (w->child.in >= 0 && w->child.head < w->child.tail) {
            fds[n++] = (struct pollfd){.fd = w->child.in, .events = POLLOUT};
        }
        double d = deadline(e, w);
        until = d < until ? d : until;
    }
    double left = until - mltab_now();
    poll(fds, n, left <= 0 ? 0 : (int)(1000 * left) + 1);
}

static bool
can_read(const mltab_child *c)
{
    struct pollfd f = {.fd = c->out, .events = POLLIN};
    return poll(&f, 1, 0) > 0;
}

/* Nothing was ever answered: a few points from all over the set, alone. */
static void
probe(engine *e)
{
    e->probed = true;
    for (size_t k = 1; k <= GIVE_UP; k++) {
        size_t point = k * (e->set->n - 1) / GIVE_UP;
        if (!e->settled[point]) {
            push(e, &point, 1);
        } else {
            e->lone_failures++;
        }
    }
}

/* True when it is no use to go on; the rest fails as the last point did. */
static bool
hopeless(engine *e)
{
    if (e->answered) {
        return false;
    }
    if (!e->probed && e->lone_failures >= GIVE_UP) {
        probe(e);
    }
    if (e->lone_failures < 2 * GIVE_UP) {
        return false;
    }
    for (size_t i = 0; i < e->set->n; i++) {
        if (!e->settled[i]) {
            settle(e, i, e->last_failure);
        }
    }
    return true;
}

static bool
step(engine *e)
{
    for (size_t i = 0; i < e->nworkers; i++) {
        worker *w = &e->workers[i];
        if (!w->busy && e->nstack + e->todo_n > 0 && !start(e, w)) {
            return false;
        }
    }
    wait_for_news(e);
    for (size_t i = 0; i < e->nworkers; i++) {
        worker *w = &e->workers[i];
        if (w->busy) {
            mltab_child_write(&w->child);
        }
        if (w->busy && can_read(&w->child)) {
            receive(e, w);
        }
        check_deadline(e, w);
    }
    mltab_graveyard_tick(&e->yard);
    if (e->yard.cannot_run && !e->answered) {
        return mlio_fail(e->err, MLIO_FILE, "/bin/sh cannot run \"%s\"",
                         e->options->command);
    }
    if (e->nomem) {
        return mlio_fail(e->err, MLIO_FILE, "out of memory");
    }
    return true;
}

static bool
any_busy(const engine *e)
{
    for (size_t i = 0; i < e->nworkers; i++) {
        if (e->workers[i].busy) {
            return true;
        }
    }
    return false;
}

static bool
ask_all(engine *e)
{
    bool ok = true;
    while (ok && !hopeless(e)
           && (any_busy(e) || e->nstack > 0 || e->todo_n > 0)) {
        ok = step(e);
    }
    for (size_t i = 0; i < e->nworkers; i++) {
        if (e->workers[i].busy) {
            mltab_child_end(&e->workers[i].child, &e->yard);
        }
    }
    mltab_graveyard_wait(&e->yard);
    return ok;
}

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
engine_clear(engine *e)
{
    for (size_t i = 0; i < e->nworkers && e->workers != NULL; i++) {
        free(e->workers[i].idx);
    }
    for (size_t i = 0; i < e->nstack; i++) {
        free(e->stack[i].idx);
    }
    if (e->environment != NULL) {
        free(e->environment[0]);
        free(e->environment[1]);
    }
    free(e->environment);
    free(e->workers);
    free(e->stack);
    free(e->todo);
    free(e->settled);
}

static bool
ask_command(mltab_verdict *verdicts, const mltab_points *set,
            const mltab_verify_options *options, mlio_error *err)
{
    int jobs = options->jobs < 1 ? 1 : options->jobs;
    engine e = {.set = set,
                .options = options,
                .verdicts = verdicts,
                .err = err,
                .nworkers = jobs > MAX_JOBS ? MAX_JOBS : (size_t)jobs};
    e.environment = make_environment(set);
    e.settled = calloc(set->n, sizeof *e.settled);
    e.todo = calloc(set->n, sizeof *e.todo);
    e.workers = calloc(e.nworkers, sizeof *e.workers);
    bool ok = e.environment != NULL && e.settled != NULL && e.todo != NULL
              && e.workers != NULL;
    if (!ok) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    } else {
        for (size_t i = 0; i < set->n; i++) {
            e.todo[e.todo_n++] = i;
        }
        mlio_progress_start("asking", set->n);
        ok = ask_all(&e);
        mlio_progress_end();
    }
    engine_clear(&e);
    return ok;
}

/* A write to a process that died raises SIGPIPE: kept away from this thread,
 * and taken back if one is pending at the end. */
static bool
ask_command_quietly(mltab_verdict *verdicts, const mltab_points *set,
                    const mltab_verify_options *options, mlio_error *err)
{
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    bool ok = ask_command(verdicts, set, options, err);
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
    long value = mlio_table_find(t, "value"), im = -1;
    size_t re = (size_t)value;
    if (value < 0) {
        if (!mlio_table_need(t, "re", &re, err)) {
            return false;
        }
        im = mlio_table_find(t, "im");
    }
    for (size_t i = 0; i < set->n; i++) {
        verdicts[i] = read_values(t, i, re, im);
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

bool
mltab_verify(mltab_verdict *verdicts, const mltab_points *set,
             const mltab_verify_options *options, mlio_error *err)
{
    memset(verdicts, 0, set->n * sizeof *verdicts);
    bool ok = options->command != NULL
                  ? ask_command_quietly(verdicts, set, options, err)
                  : ask_values(verdicts, set, options->values, err);
    if (!ok) {
        return false;
    }
    judging j = {verdicts, set, options->max_ulp};
    mlio_parallel_for(set->n, options->threads, judge_one, &j);
    return true;
}
