/* reference/queue.c - which points wait, and which batch is halved. */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "reference/asking.h"

/* ----------------------------------------------------------------- settling */

void
mltab_settle(mltab_engine *e, size_t point, mltab_kind kind)
{
    if (!e->settled[point]) {
        e->settled[point] = true;
        e->nsettled++;
        mlio_progress_step(e->nsettled);
    }
    e->verdicts[point].kind = kind;
}

void
mltab_push(mltab_engine *e, const size_t *idx, size_t n)
{
    if (n == 0) {
        return;
    }
    if (e->nstack == e->stack_capacity) {
        size_t capacity = 2 * e->stack_capacity + 16;
        mltab_batch *stack = realloc(e->stack, capacity * sizeof *stack);
        if (stack == NULL) {
            e->nomem = true;
            return;
        }
        e->stack = stack;
        e->stack_capacity = capacity;
    }
    mltab_batch *b = &e->stack[e->nstack];
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
push_halves(mltab_engine *e, const size_t *idx, size_t n)
{
    mltab_push(e, idx + n / 2, n - n / 2);
    mltab_push(e, idx, n / 2);
}

static void
give_back(mltab_engine *e, const size_t *idx, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        e->todo[(e->todo_head + e->todo_n++) % e->set->n] = idx[i];
    }
}

size_t
mltab_take(mltab_engine *e)
{
    size_t point = e->todo[e->todo_head];
    e->todo_head = (e->todo_head + 1) % e->set->n;
    e->todo_n--;
    return point;
}

/* ------------------------------------------------------ a process is done with */

/* No answer to that point, by a process of which it is known. */
static void
fail_alone(mltab_engine *e, size_t point, mltab_kind kind)
{
    e->last_failure = kind;
    mltab_settle(e, point, kind);
    e->lone_failures++;
}

/* A library that no process ever loaded: there is nothing to ask. */
static void
fail_loading(mltab_engine *e, mltab_reason why)
{
    const char *path = e->program.so->path;
    e->unloaded = true;
    if (why == MLTAB_SILENT) {
        mlio_fail(e->err, MLIO_FILE, "\"%s\" does not come back from dlopen",
                  path);
    } else if (why == MLTAB_ENDED) {
        mlio_fail(e->err, MLIO_FILE, "the process ends when \"%s\" is loaded",
                  path);
    }
}

/* Nobody knows which line belonged to which point: all again. */
static void
ask_all_again(mltab_engine *e, const mltab_worker *w)
{
    for (size_t i = 0; i < w->nsent; i += MLTAB_AHEAD) {
        size_t rest = w->nsent - i;
        mltab_push(e, w->idx + i, rest < MLTAB_AHEAD ? rest : MLTAB_AHEAD);
    }
}

static void
finish_stream(mltab_engine *e, mltab_worker *w, mltab_reason why)
{
    const size_t *owed = w->idx + w->nanswered;
    size_t n = w->nsent - w->nanswered;
    switch (why) {
    case MLTAB_DONE:
        e->counts = true;
        break;
    case MLTAB_MISCOUNT:
    case MLTAB_EXTRA:
        ask_all_again(e, w);
        break;
    case MLTAB_RUBBISH:
        mltab_push(e, owed, n);
        break;
    case MLTAB_UNLOADED:
        break;
    case MLTAB_SILENT:
        if (e->program.so != NULL) {
            /* Our own process read the point and called the function. */
            fail_alone(e, owed[0], MLTAB_HANG);
            give_back(e, owed + 1, n - 1);
            break;
        }
        e->went_silent = true; /* fall through */
    case MLTAB_ENDED:
        if (e->program.so != NULL || w->nanswered > 0 || e->streams) {
            /* It answers line by line: the first owed point is the suspect,
             * the others were not even begun. */
            give_back(e, owed + 1, n - 1);
            mltab_push(e, owed, 1);
        } else {
            mltab_push(e, owed, n);
        }
        break;
    }
}

static void
finish_closed(mltab_engine *e, mltab_worker *w, mltab_reason why)
{
    const size_t *owed = w->idx + w->nanswered;
    size_t n = w->nsent - w->nanswered;
    bool alone = w->nsent == 1;
    if (why == MLTAB_DONE) {
        e->counts = true;
        if (e->went_silent && !e->streams && !alone) {
            /* It buffers its output, or was only slow to start. */
            e->closed_only =
                e->second_try || e->start_time < 0.9 * e->options->time_limit;
            e->second_try = true;
        }
    } else if (why == MLTAB_EXTRA) {
        if (alone) {
            mltab_settle(e, w->idx[0], MLTAB_GARBAGE);
            e->lone_extras++;
        } else {
            push_halves(e, w->idx, w->nsent);
        }
    } else if (why == MLTAB_MISCOUNT) { /* some were answered: not alone */
        push_halves(e, w->idx, w->nsent);
    } else if (alone && why == MLTAB_RUBBISH) {
        e->last_failure = MLTAB_GARBAGE;
        mltab_settle(e, w->idx[0], MLTAB_GARBAGE);
    } else if (alone) {
        fail_alone(e, w->idx[0],
                   why == MLTAB_SILENT ? MLTAB_HANG : MLTAB_CRASH);
    } else if (e->program.so != NULL || w->nanswered > 0
               || why == MLTAB_RUBBISH) {
        mltab_push(e, owed + 1, n - 1);
        mltab_push(e, owed, 1);
    } else {
        push_halves(e, owed, n);
    }
}

void
mltab_finish(mltab_engine *e, mltab_worker *w, mltab_reason why)
{
    mltab_child_pass_errors(&w->child, &e->errors_left);
    mltab_child_end(&w->child, &e->yard);
    w->busy = false;
    if (e->program.so != NULL && !e->loaded) {
        fail_loading(e, why);
        return;
    }
    if (w->streaming) {
        finish_stream(e, w, why);
    } else {
        finish_closed(e, w, why);
    }
}
