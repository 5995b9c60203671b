/* base/progress.c - one line on a terminal that says how far a long job is. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/parallel.h"

/* One line for one terminal: the only state, and it changes no result. */
static struct {
    pthread_mutex_t lock;
    char what[48];
    size_t done, total;
    struct timespec shown;
    int on;
} state = {.lock = PTHREAD_MUTEX_INITIALIZER};

static double
seconds_since(const struct timespec *a, const struct timespec *b)
{
    return (double)(b->tv_sec - a->tv_sec)
           + 1e-9 * (double)(b->tv_nsec - a->tv_nsec);
}

static void
show(void)
{
    size_t done = state.done < state.total ? state.done : state.total;
    unsigned percent =
        state.total ? (unsigned)(100 * (double)done / (double)state.total)
                    : 100;

    fprintf(stderr, "\r\033[K%s: %zu of %zu (%u %%)", state.what, state.done,
            state.total, percent);
    fflush(stderr);
}

void
mlio_progress_start(const char *what, size_t total)
{
    pthread_mutex_lock(&state.lock);
    state.on = isatty(STDERR_FILENO);
    snprintf(state.what, sizeof state.what, "%s", what);
    state.done = 0;
    state.total = total;
    if (state.on) {
        clock_gettime(CLOCK_MONOTONIC, &state.shown);
        show();
    }
    pthread_mutex_unlock(&state.lock);
}

void
mlio_progress_step(size_t done)
{
    struct timespec now;

    pthread_mutex_lock(&state.lock);
    if (done > state.done)
        state.done = done;
    if (state.on) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (seconds_since(&state.shown, &now) > 0.1) {
            state.shown = now;
            show();
        }
    }
    pthread_mutex_unlock(&state.lock);
}

void
mlio_progress_end(void)
{
    pthread_mutex_lock(&state.lock);
    if (state.on)
        fputs("\r\033[K", stderr);
    state.on = 0;
    pthread_mutex_unlock(&state.lock);
}
