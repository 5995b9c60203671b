/* base/test/t-parallel.c - every index once, whatever the number of threads. */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <arb.h>

#include "base/parallel.h"
#include "validation/tap/tap.h"

typedef struct {
    atomic_int *seen;
    double *value;
    atomic_int running, most;
} shared;

static void
count_and_compute(size_t i, void *context)
{
    shared *s = context;
    arb_t x;

    int now = atomic_fetch_add(&s->running, 1) + 1;
    for (int m = atomic_load(&s->most);
         now > m && !atomic_compare_exchange_weak(&s->most, &m, now);)
        ;
    arb_init(x);
    arb_const_pi(x, 100 + (slong)i); /* fills a thread-local cache */
    arb_mul_ui(x, x, i, 100);
    s->value[i] = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    arb_clear(x);
    atomic_fetch_add(&s->seen[i], 1);
    atomic_fetch_sub(&s->running, 1);
}

static void
test_threads(size_t n, int threads, const double *want)
{
    shared s = {calloc(n + 1, sizeof *s.seen), calloc(n + 1, sizeof *s.value),
                0, 0};
    bool once = true, same = true;

    mlio_parallel_for(n, threads, count_and_compute, &s);
    for (size_t i = 0; i < n; i++) {
        once = once && atomic_load(&s.seen[i]) == 1;
        same = same && s.value[i] == want[i];
    }
    tap_ok(once, "%zu indices on %d threads: each once", n, threads);
    int limit = threads > 0 ? threads : mlio_processors();
    int most = atomic_load(&s.most);
    tap_ok(same && most <= limit && most >= (n > 0),
           "the same values, at most %d at a time", limit);
    free(s.seen);
    free(s.value);
}

static void
flag(size_t i, void *context)
{
    ((int *)context)[i]++;
}

/* What goes to stderr while it is a file. */
static void
test_progress(void)
{
    char name[] = "/tmp/t-parallel-XXXXXX";
    int fd = mkstemp(name), old = dup(2);
    struct stat st;

    fflush(stderr);
    dup2(fd, 2);
    mlio_progress_start("walking", 10);
    for (size_t i = 1; i <= 10; i++)
        mlio_progress_step(i);
    mlio_progress_end();
    dup2(old, 2);
    fstat(fd, &st);
    tap_ok(st.st_size == 0, "no progress is shown where no terminal is");
    close(fd);
    close(old);
    unlink(name);

    int master = posix_openpt(O_RDWR | O_NOCTTY);
    int terminal = -1;
    if (master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0)
        terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (terminal < 0) {
        tap_skip(1, "no pseudo-terminal here");
        return;
    }
    const struct timespec pause = {0, 150000000};
    char got[512] = "";
    old = dup(2);
    dup2(terminal, 2);
    mlio_progress_start("walking", 10);
    nanosleep(&pause, NULL);
    mlio_progress_step(7);
    mlio_progress_step(3); /* late news from another thread */
    mlio_progress_end();
    dup2(old, 2);
    struct pollfd ready = {.fd = master, .events = POLLIN};
    for (size_t n = 0; n + 1 < sizeof got && poll(&ready, 1, 200) == 1;) {
        ssize_t m = read(master, got + n, sizeof got - 1 - n);

        if (m <= 0)
            break;
        n += (size_t)m;
    }
    tap_ok(strstr(got, "walking: 0 of 10 (0 %)")
               && strstr(got, "walking: 7 of 10 (70 %)"),
           "on a terminal it is");
    close(terminal);
    close(master);
}

int
main(void)
{
    static const size_t sizes[] = {0, 1, 2, 97};
    static const int threads[] = {1, 2, 7, 0};
    double want[97];
    int seen[5] = {0};

    tap_plan(2 * 4 * 4 + 2 + 2);
    for (size_t i = 0; i < 97; i++) {
        arb_t x;

        arb_init(x);
        arb_const_pi(x, 300);
        arb_mul_ui(x, x, i, 100);
        want[i] = arf_get_d(arb_midref(x), ARF_RND_NEAR);
        arb_clear(x);
    }
    for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++)
            test_threads(sizes[a], threads[b], want);
    tap_ok(mlio_processors() >= 1, "there is a processor");
    mlio_parallel_for(5, 100, flag, seen);
    tap_ok(seen[0] == 1 && seen[4] == 1, "more threads than work is fine");
    test_progress();
    return tap_done();
}
