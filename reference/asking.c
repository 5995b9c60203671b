/* reference/asking.c - what goes to the processes and comes from them. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reference/asking.h"

/* After so many points that got no answer alone, it is no use to go on. */
enum { GIVE_UP = 4 };

/* ------------------------------------------------------------------ sending */

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
fill_stream(mltab_engine *e, mltab_worker *w)
{
    while (e->todo_n > 0 && w->nsent - w->nanswered < MLTAB_AHEAD) {
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

/* One whole line.  False: the process is done with, for *why. */
static bool
take_line(mltab_engine *e, mltab_worker *w, mltab_reason *why)
{
    if (w->len > 0 && w->line[0] == '#') {
        return true;
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
    w->last = mltab_now();
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
        /* A last line without its newline may be cut off: not an answer. */
        mltab_finish(e, w, w->nanswered < w->nsent ? MLTAB_ENDED : MLTAB_DONE);
    } else if (!take_bytes(e, w, bytes, (size_t)n, &why)) {
        mltab_finish(e, w, why);
    } else if (w->streaming) {
        fill_stream(e, w);
    }
}

static double
deadline(const mltab_engine *e, const mltab_worker *w)
{
    double limit = e->options->time_limit;
    bool complete = w->nanswered == w->nsent;
    return w->last + (complete && limit > 1 ? 1 : limit);
}

static void
check_deadline(mltab_engine *e, mltab_worker *w)
{
    if (w->busy && mltab_now() >= deadline(e, w)) {
        mltab_finish(e, w,
                     w->nanswered == w->nsent ? MLTAB_DONE : MLTAB_SILENT);
    }
}

/* ------------------------------------------------------------- the main loop */

static void
wait_for_news(mltab_engine *e)
{
    struct pollfd fds[2 * MLTAB_JOBS];
    nfds_t n = 0;
    double until = mltab_now() + (e->yard.n > 0 ? 0.02 : 0.5);
    for (size_t i = 0; i < e->nworkers; i++) {
        mltab_worker *w = &e->workers[i];
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

/* True when it is no use to go on; the rest fails as the last point did. */
static bool
hopeless(mltab_engine *e)
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
            mltab_settle(e, i, e->last_failure);
        }
    }
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
