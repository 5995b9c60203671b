/* reference/test/t-verify.c - mltab_verify leaves the process as it found it. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

enum { N = 200 };

static int
open_descriptors(void)
{
    int n = 0;
    for (int fd = 0; fd < 1024; fd++) {
        n += fcntl(fd, F_GETFD) != -1;
    }
    return n;
}

static bool
has_children(void)
{
    return waitpid(-1, NULL, WNOHANG) >= 0 || errno != ECHILD;
}

static bool
pipe_signal_is_clean(void)
{
    sigset_t blocked, pending;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    sigpending(&pending);
    return sigismember(&blocked, SIGPIPE) == 0
           && sigismember(&pending, SIGPIPE) == 0;
}

static size_t
count(const mltab_verdict *v, size_t n, mltab_kind kind)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        k += v[i].kind == kind;
    }
    return k;
}

typedef struct {
    const char *command, *so;
    int jobs;
    size_t n;              /* of the points */
    size_t processes_most; /* that this may take */
    mltab_kind kind;       /* of so many at least */
    size_t at_least;
    const char *claim;
} one_case;

/* E is 1 at no random point: what answers 1 is wrong, which suffices here. */
static const one_case cases[] = {
    {"sed -u 's/.*/1/'", NULL, 3, N, 3, MLTAB_WRONG, N, "three programs"},
    {"sed -u 's/.*/1/'", NULL, 1, N, 1, MLTAB_WRONG, N, "one program"},
    {"exec 0<&-; echo 1; echo 1", NULL, 1, 2, 3, MLTAB_WRONG, 2,
     "a program that closes its input"},
    {"read x; echo 1; exit 3", NULL, 2, 20, 40, MLTAB_WRONG, 20,
     "a program that serves one point, and fails"},
    {"kill -KILL $$", NULL, 4, N, 100, MLTAB_CRASH, N, "one that dies"},
    {"yes no", NULL, 2, 6, 20, MLTAB_GARBAGE, 6, "one that prints for ever"},
    {"sed -u 's/.*/1/;p'", NULL, 1, N, 60, MLTAB_GARBAGE, N,
     "one that says everything twice"},
    {"sed -u 's/.*/1/;7d'", NULL, 1, N, 120, MLTAB_WRONG, N,
     "one that leaves its seventh line out"},
    {NULL, "libm.so.6:fma", 2, N, 2, MLTAB_WRONG, N - 2, "a library"},
    {NULL, "libc.so.6:abort", 2, N, 20, MLTAB_CRASH, N, "one that aborts"},
};
enum { NCASES = sizeof cases / sizeof *cases };

static void
check(const mltab_points *all, const one_case *c)
{
    mltab_points set = *all;
    set.n = c->n;
    mltab_notes notes = {0};
    mltab_verify_options options = {.command = c->command,
                                    .so = c->so,
                                    .time_limit = 60,
                                    .max_ulp = 4,
                                    .jobs = c->jobs,
                                    .threads = 1,
                                    .own_children = true,
                                    .notes = &notes};
    mltab_verdict v[N];
    mlio_error err = {0, ""};
    int before = open_descriptors();
    bool ok = mltab_verify(v, &set, &options, &err);
    size_t n = ok ? count(v, set.n, c->kind) : 0;
    tap_ok(ok && n >= c->at_least, "%s: %zu of %zu are %s %s", c->claim, n,
           set.n, mltab_kind_name(c->kind), err.text);
    tap_ok(notes.processes >= 1 && notes.processes <= c->processes_most,
           "... by %zu processes", notes.processes);
    tap_ok(open_descriptors() == before && !has_children()
               && pipe_signal_is_clean(),
           "... no descriptor, no child, no signal is left");
}

/* However long the pause is, a quarter of a second of it is counted. */
static void
check_clock(void)
{
    mltab_clock clock = {0, 0};
    double begin = mltab_clock_now(&clock);
    double soon = mltab_clock_now(&clock);
    nanosleep(&(struct timespec){0, 400000000}, NULL);
    double counted = mltab_clock_now(&clock) - soon;
    tap_ok(begin <= soon && soon <= begin + 0.25, "a clock goes forward");
    tap_ok(fabs(counted - 0.25) < 1e-9,
           "time in which verify is not run is not counted");
}

/* A child that was there before is not verify's. */
static void
check_old_child(const mltab_points *set)
{
    pid_t pid = fork();
    if (pid == 0) {
        for (;;) {
            pause();
        }
    }
    mltab_verify_options options = {.command =
                                        "setsid sleep 60 & sed -u 's/.*/1/'",
                                    .time_limit = 60,
                                    .threads = 1,
                                    .own_children = true};
    mltab_verdict v[N];
    mlio_error err;
    bool ok = mltab_verify(v, set, &options, &err);
    bool alive = waitpid(pid, NULL, WNOHANG) == 0;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    tap_ok(ok && alive && !has_children(),
           "a child from before is left alone, daemons are not");
}

static void
check_specs(const mltab_points *real)
{
    static const struct {
        const char *spec, *path, *symbol; /* path NULL: malformed */
        bool complex;
    } specs[] = {
        {"a.so:f", "a.so", "f", false},
        {"a.so:f@zz", "a.so", "f", true},
        {"/x:y/a.so:f", "/x:y/a.so", "f", false},
        {"a.so:f@VERS", "a.so", "f@VERS", false},
        {"a.so", NULL, NULL, false},
        {"a.so:", NULL, NULL, false},
        {":f", NULL, NULL, false},
        {"a.so:@zz", NULL, NULL, true},
        {"", NULL, NULL, false},
    };
    bool all = true;
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        mltab_so so;
        mlio_error err = {0, ""};
        bool ok = mltab_so_parse(&so, specs[i].spec, real, 1, &err);
        all = all && ok == (specs[i].path != NULL)
              && mltab_so_is_complex(specs[i].spec) == specs[i].complex;
        if (ok) {
            all = all && strcmp(so.symbol, specs[i].symbol) == 0
                  && strcmp(so.path, specs[i].path) == 0;
            mltab_so_clear(&so);
        } else {
            all = all && err.code == MLIO_USAGE;
        }
    }
    tap_ok(all, "LIB.so:SYMBOL: the last colon counts");
}

int
main(void)
{
    mltab_points set;
    mlio_error err;
    const ml_function *f = ml_function_find("mittag-leffler");
    if (!mltab_points_random(&set, f, N, 7, false, &err)) {
        tap_bail("%s", err.text);
    }
    tap_plan(3 * NCASES + 5);
    check_clock();
    check_old_child(&set);
    for (size_t i = 0; i < NCASES; i++) {
        check(&set, &cases[i]);
    }
    check_specs(&set);
    set.has_im = true;
    mltab_so so;
    bool ok = mltab_so_parse(&so, "a.so:f", &set, 1, &err);
    tap_ok(!ok && strstr(err.text, "--points real") != NULL,
           "a real function for complex points: what to do");
    set.has_im = false;
    mltab_points_clear(&set);
    return tap_done();
}
