/* reference/asking.c - what goes to the processes and comes from them. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reference/asking.h"

/* After so many points that got no answer alone, it is no use to go on. */
enum { GIVE_UP = 4 };

/* Seconds a library may take to be loaded, whatever the limit is; seconds for
 * what is still to come out of the pipe of a process that has ended. */
static const double LOADING = 10, AFTER_DEATH = 0.5;

/* The first answer of a program that never answered may take this many limits
 * when its input is closed: interpreters start slowly. */
enum { START = 3 };

/* ------------------------------------------------------------------ sending */

/* 16 hexadecimal digits of the bits. */
static int
put_bits(char *text, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    for (int i = 15; i >= 0; i--, bits >>= 4) {
        text[i] = "0123456789abcdef"[bits & 15];
    }
    return 16;
}

static void
send_point(mltab_engine *e, mltab_worker *w, size_t point)
{
    if (w->nsent == w->capacity) {
        size_t capacity = 2 * w->capacity + MLTAB_AHEAD;
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
        double x = e->set->points[point].args[k];
        n += e->program.so != NULL
                 ? put_bits(line + n, x)
                 : snprintf(line + n, 40, e->options->hex ? "%a" : "%.17g", x);
        line[n++] = k + 1 < e->set->nfields ? '\t' : '\n';
    }
    if (!mltab_child_queue(&w->child, line, (size_t)n)) {
        e->nomem = true;
    }
}

static void
fill_stream(mltab_engine *e, mltab_worker *w)
{
    /* One that closed its input gets no more. */
    while (e->todo_n > 0 && w->child.in >= 0
           && w->nsent - w->nanswered < MLTAB_AHEAD) {
        send_point(e, w, mltab_take(e));
    }
    if (e->todo_n == 0) {
        w->child.close_after = true;
    }
    mltab_child_write(&w->child);
}

static bool
start(mltab_engine *e, mltab_worker *w)
{
    if (!mltab_child_start(&w->child, &e->program, e->err)) {
        return false;
    }
    e->nprocesses++;
    w->busy = true;
    w->was_ready = false;
    w->nsent = w->nanswered = w->len = 0;
    w->last = mltab_clock_now(&e->clock);
    w->dead = 0;
    w->streaming = e->nstack == 0 && !e->closed_only;
    if (w->streaming) {
        fill_stream(e, w);
        return true;
    }
    if (e->nstack > 0) {
        mltab_batch b = e->stack[--e->nstack];
        for (size_t i = 0; i < b.n; i++) {
            send_point(e, w, b.idx[i]);
        }
        free(b.idx);
    } else {
        for (size_t i = 0; i < MLTAB_AHEAD && e->todo_n > 0; i++) {
            send_point(e, w, mltab_take(e));
        }
    }
    w->child.close_after = true;
    mltab_child_write(&w->child);
    return true;
}

/* ---------------------------------------------------------------- receiving */

/* What the process of a library says of itself. */
static bool
take_remark(mltab_engine *e, mltab_worker *w, mltab_reason *why)
{
    static const char failed[] = "#failed ";
    size_t k = sizeof failed - 1;
    w->last = mltab_clock_now(&e->clock);
    if (w->len > k && memcmp(w->line, failed, k) == 0) {
        mlio_fail(e->err, MLIO_FILE, "%.*s", (int)(w->len - k), w->line + k);
        *why = MLTAB_UNLOADED;
        return false;
    }
    w->was_ready = e->loaded = true;
    return true;
}

/* One whole line.  False: the process is done with, for *why. */
static bool
take_line(mltab_engine *e, mltab_worker *w, mltab_reason *why)
{
    if (w->len > 0 && w->line[0] == '#') {
        return e->program.so == NULL || take_remark(e, w, why);
    }
    if (w->nanswered == w->nsent) {
        *why = MLTAB_EXTRA;
        return false;
    }
    mltab_verdict answer = {0};
    mltab_parse_answer(&answer, w->line, w->len);
    if (answer.kind == MLTAB_GARBAGE && w->streaming) {
        *why = MLTAB_RUBBISH;
        return false;
    }
    size_t point = w->idx[w->nanswered++];
    e->verdicts[point] = answer;
    mltab_settle(e, point, answer.kind);
    double now = mltab_clock_now(&e->clock);
    if (w->nanswered == 1 && (!e->answered || now - w->last < e->start_time)) {
        e->start_time = now - w->last;
    }
    w->last = now;
    e->answered = true;
    e->streams |= w->child.in >= 0;
    return true;
}

static bool
take_bytes(mltab_engine *e, mltab_worker *w, const char *bytes, size_t n,
           mltab_reason *why)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '\n') {
            if (!take_line(e, w, why)) {
                return false;
            }
            w->len = 0;
        } else if (w->len >= MLTAB_LINE) {
            *why = w->nanswered == w->nsent ? MLTAB_EXTRA : MLTAB_RUBBISH;
            return false;
        } else {
            w->line[w->len++] = bytes[i];
        }
    }
    return true;
}

/* The process closed its output.  A last line without its newline may be cut
 * off: not an answer.  One that ends in peace may have left out a line anywhere,
 * so that every line after it was taken for the answer of another point. */
static mltab_reason
reason_of_end(const mltab_engine *e, const mltab_worker *w)
{
    if (w->nanswered == w->nsent) {
        return MLTAB_DONE;
    }
    bool peace = e->program.so == NULL && w->nanswered > 0
                 && mltab_child_ends_in_peace(&w->child);
    return peace ? MLTAB_MISCOUNT : MLTAB_ENDED;
}

/* Reads what is there; finishes the worker when that decides something. */
static void
receive(mltab_engine *e, mltab_worker *w)
{
    char bytes[65536];
    ssize_t n = read(w->child.out, bytes, sizeof bytes);
    if (n < 0) {
        if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK) {
            mltab_finish(e, w, MLTAB_ENDED);
        }
        return;
    }
    mltab_reason why;
    if (n == 0) {
        mltab_finish(e, w, reason_of_end(e, w));
    } else if (!take_bytes(e, w, bytes, (size_t)n, &why)) {
        mltab_finish(e, w, why);
    } else if (w->streaming) {
        fill_stream(e, w);
    }
}

/* How long the process may be silent from w->last on. */
static double
allowance(const mltab_engine *e, const mltab_worker *w)
{
    double limit = e->options->time_limit;
    if (w->dead > 0) { /* somebody else holds its output open */
        return limit < AFTER_DEATH ? limit : AFTER_DEATH;
    }
    if (e->program.so != NULL && !w->was_ready) {
        return limit < LOADING ? LOADING : limit;
    }
    if (w->nanswered == w->nsent) {
        return limit < 1 ? limit : 1;
    }
    if (w->nanswered > 0) {
        return limit;
    }
    return !e->answered && e->patience > 0 && !w->streaming
               ? START * limit
               : limit + e->start_time;
}

static double
deadline(const mltab_engine *e, const mltab_worker *w)
{
    return fmax(w->last, w->dead) + allowance(e, w);
}

static void
check_deadline(mltab_engine *e, mltab_worker *w)
{
    if (!w->busy) {
        return;
    }
    double now = mltab_clock_now(&e->clock);
    if (w->dead == 0 && mltab_child_ended(&w->child)) {
        w->dead = now;
    }
    if (now < deadline(e, w)) {
        return;
    }
    bool complete = w->nanswered == w->nsent;
    if (!complete && w->dead == 0 && !w->streaming && e->patience > 0) {
        e->patience--;
    }
    mltab_finish(e, w,
                 complete      ? MLTAB_DONE
                 : w->dead > 0 ? reason_of_end(e, w)
                               : MLTAB_SILENT);
}

/* ------------------------------------------------------------- the main loop */

static void
wait_for_news(mltab_engine *e)
{
    struct pollfd fds[3 * MLTAB_JOBS];
    nfds_t n = 0;
    double until = mltab_clock_now(&e->clock) + (e->yard.n > 0 ? 0.02 : 0.1);
    for (size_t i = 0; i < e->nworkers; i++) {
        mltab_worker *w = &e->workers[i];
        if (!w->busy) {
            continue;
        }
        fds[n++] = (struct pollfd){.fd = w->child.out, .events = POLLIN};
        if (w->child.in >= 0 && w->child.head < w->child.tail) {
            fds[n++] = (struct pollfd){.fd = w->child.in, .events = POLLOUT};
        }
        if (w->child.err >= 0) {
            fds[n++] = (struct pollfd){.fd = w->child.err, .events = POLLIN};
        }
        double d = deadline(e, w);
        until = d < until ? d : until;
    }
    double left = until - mltab_clock_now(&e->clock);
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
probe(mltab_engine *e)
{
    e->probed = true;
    for (size_t k = 1; k <= GIVE_UP; k++) {
        size_t point = k * (e->set->n - 1) / GIVE_UP;
        if (!e->settled[point]) {
            mltab_push(e, &point, 1);
        } else {
            e->lone_failures++;
        }
    }
}

static void
settle_rest(mltab_engine *e, mltab_kind kind)
{
    for (size_t i = 0; i < e->set->n; i++) {
        if (!e->settled[i]) {
            mltab_settle(e, i, kind);
        }
    }
}

/* True when it is no use to go on; the rest fails as the last point did. */
static bool
hopeless(mltab_engine *e)
{
    if (!e->counts && e->lone_extras >= 2 * GIVE_UP) {
        for (size_t i = 0; i < e->set->n; i++) {
            mltab_settle(e, i, MLTAB_GARBAGE);
        }
        return true;
    }
    if (e->answered) {
        return false;
    }
    if (!e->probed && e->lone_failures >= GIVE_UP) {
        probe(e);
    }
    if (e->lone_failures < 2 * GIVE_UP) {
        return false;
    }
    settle_rest(e, e->last_failure);
    return true;
}

static bool
step(mltab_engine *e)
{
    for (size_t i = 0; i < e->nworkers; i++) {
        mltab_worker *w = &e->workers[i];
        if (!w->busy && e->nstack + e->todo_n > 0 && !start(e, w)) {
            return false;
        }
    }
    wait_for_news(e);
    for (size_t i = 0; i < e->nworkers; i++) {
        mltab_worker *w = &e->workers[i];
        if (w->busy) {
            mltab_child_write(&w->child);
            mltab_child_pass_errors(&w->child, &e->errors_left);
        }
        if (w->busy && can_read(&w->child)) {
            receive(e, w);
        }
        check_deadline(e, w);
    }
    mltab_graveyard_tick(&e->yard);
    if (e->yard.cannot_run && !e->answered) {
        return mlio_fail(e->err, MLIO_FILE, "/bin/sh cannot run \"%s\"",
                         e->program.command);
    }
    if (e->unloaded) {
        return false;
    }
    if (e->nomem) {
        return mlio_fail(e->err, MLIO_FILE, "out of memory");
    }
    return true;
}

static bool
any_busy(const mltab_engine *e)
{
    for (size_t i = 0; i < e->nworkers; i++) {
        if (e->workers[i].busy) {
            return true;
        }
    }
    return false;
}

bool
mltab_ask_all(mltab_engine *e)
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
