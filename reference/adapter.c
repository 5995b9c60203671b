/* reference/adapter.c - processes of the implementation under test.
 *
 * Each runs as the leader of a process group of its own, so that whatever it
 * forks ends with it.  Between the end of a leader and the end of its group
 * the group lies in a graveyard: TERM was sent, KILL follows after 1 s.
 */
#define _DEFAULT_SOURCE /* NSIG */

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#    include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "reference/impl.h"

/* The running groups, for mltab_verify_kill_all: a signal handler has no other
 * way to learn of them.  0: free. */
#define NLIVE 512
static volatile sig_atomic_t live[NLIVE];

static void
live_add(pid_t pid)
{
    for (size_t i = 0; i < NLIVE; i++) {
        if (live[i] == 0) {
            live[i] = (sig_atomic_t)pid;
            return;
        }
    }
}

static void
live_remove(pid_t pid)
{
    for (size_t i = 0; i < NLIVE; i++) {
        if (live[i] == (sig_atomic_t)pid) {
            live[i] = 0;
            return;
        }
    }
}

void
mltab_verify_kill_all(void)
{
    for (size_t i = 0; i < NLIVE; i++) {
        if (live[i] > 1) {
            kill(-(pid_t)live[i], SIGKILL);
            kill((pid_t)live[i], SIGKILL);
        }
    }
    /* What left its group becomes ours once its parent is gone. */
    size_t left = 1;
    for (int i = 0; i < 50 && left > 0 && mltab_escaped_ours(); i++) {
        mltab_escaped_kill(&left);
        struct timespec pause = {0, 2000000};
        nanosleep(&pause, NULL);
    }
}

/* The most seconds that mltab_clock_now counts between two calls. */
static const double COUNTED = 0.25;

double
mltab_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double
mltab_clock_now(mltab_clock *c)
{
    double now = mltab_now(), passed = now - c->seen;
    c->time += passed < COUNTED ? passed : COUNTED;
    c->seen = now;
    return c->time;
}

/* Handlers are this program's, not the child's; what is ignored stays so. */
static void
default_signals(void)
{
    struct sigaction action;
    for (int sig = 1; sig < NSIG; sig++) {
        if (sigaction(sig, NULL, &action) == 0
            && action.sa_handler != SIG_IGN) {
            signal(sig, SIG_DFL);
        }
    }
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* No core dumps, one for each crash; it dies with its parent; it is the first
 * to go when memory is out. */
static void
be_modest(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t n = write(fd, "1000", 4);
        (void)n;
        close(fd);
    }
#endif
}

/* In the child, after fork: only async-signal-safe calls before execve. */
static _Noreturn void
run(const mltab_program *program, int in, int out, int err)
{
    setpgid(0, 0);
    default_signals();
    be_modest();
    if (dup2(err, 2) < 0) {
        _exit(126);
    }
    if (program->so != NULL) {
        mltab_so_serve(program->so, in, out);
    }
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0) {
        _exit(126);
    }
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)program->command, NULL};
    execve("/bin/sh", argv, program->environment);
    _exit(126);
}

/* A pipe none of whose ends survives exec, above the standard streams so that
 * dup2 onto 0 and 1 always clears that flag. */
static bool
make_pipe(int ends[2])
{
    int raw[2];
    if (pipe(raw) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        ends[i] = fcntl(raw[i], F_DUPFD_CLOEXEC, 3);
        close(raw[i]);
    }
    if (ends[0] >= 0 && ends[1] >= 0) {
        return true;
    }
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) {
            close(ends[i]);
        }
    }
    return false;
}

/* Three pipes: to its input, from its output, from its standard error. */
static bool
make_pipes(int pipes[3][2])
{
    for (int i = 0; i < 3; i++) {
        if (!make_pipe(pipes[i])) {
            int e = errno;
            while (i-- > 0) {
                close(pipes[i][0]);
                close(pipes[i][1]);
            }
            errno = e;
            return false;
        }
    }
    return true;
}

/* No signal is handled between fork and the child's first steps: our handlers
 * would end all groups. */
static pid_t
start_process(const mltab_program *program, int pipes[3][2])
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) {
        run(program, pipes[0][0], pipes[1][1], pipes[2][1]);
    }
    int e = errno;
    if (pid > 0) {
        setpgid(pid, pid); /* whoever of the two comes first */
        live_add(pid);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = e;
    return pid;
}

bool
mltab_child_start(mltab_child *c, const mltab_program *program, mlio_error *err)
{
    memset(c, 0, sizeof *c);
    c->in = c->out = c->err = -1;
    int pipes[3][2];
    if (!make_pipes(pipes)) {
        return mlio_fail(err, MLIO_FILE, "cannot make a pipe: %s",
                         strerror(errno));
    }
    pid_t pid = start_process(program, pipes);
    int e = errno;
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    c->pid = pid;
    c->in = pipes[0][1];
    c->out = pipes[1][0];
    c->err = pipes[2][0];
    if (pid < 0) {
        close(c->in);
        close(c->out);
        close(c->err);
        return mlio_fail(err, MLIO_FILE, "cannot start a process: %s",
                         strerror(e));
    }
    fcntl(c->in, F_SETFL, O_NONBLOCK);
    fcntl(c->out, F_SETFL, O_NONBLOCK);
    fcntl(c->err, F_SETFL, O_NONBLOCK);
    return true;
}

bool
mltab_child_ended(const mltab_child *c)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0
           && info.si_pid == c->pid;
}

bool
mltab_child_ends_in_peace(const mltab_child *c)
{
    for (int i = 0; i < 200; i++) {
        siginfo_t info = {0};
        if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT)
            != 0) {
            return false;
        }
        if (info.si_pid == c->pid) {
            return info.si_code == CLD_EXITED && info.si_status == 0;
        }
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    }
    return false;
}

void
mltab_child_pass_errors(mltab_child *c, size_t *left)
{
    char bytes[16384];
    /* bounded: a program may write for ever */
    for (int i = 0; i < 16 && c->err >= 0; i++) {
        ssize_t n = read(c->err, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return;
        }
        if (n <= 0) {
            close(c->err);
            c->err = -1;
            return;
        }
        size_t pass = (size_t)n < *left ? (size_t)n : *left;
        *left -= pass;
        for (size_t done = 0; done < pass;) {
            ssize_t k = write(2, bytes + done, pass - done);
            if (k < 0 && errno != EINTR) {
                *left = 0;
                break;
            }
            done += k > 0 ? (size_t)k : 0;
        }
    }
}

bool
mltab_child_queue(mltab_child *c, const char *text, size_t n)
{
    if (c->head > 0) {
        memmove(c->queue, c->queue + c->head, c->tail - c->head);
        c->tail -= c->head;
        c->head = 0;
    }
    if (c->tail + n > c->capacity) {
        size_t capacity = 2 * (c->tail + n);
        char *queue = realloc(c->queue, capacity);
        if (queue == NULL) {
            return false;
        }
        c->queue = queue;
        c->capacity = capacity;
    }
    memcpy(c->queue + c->tail, text, n);
    c->tail += n;
    return true;
}

void
mltab_child_write(mltab_child *c)
{
    while (c->in >= 0 && c->head < c->tail) {
        ssize_t n = write(c->in, c->queue + c->head, c->tail - c->head);
        if (n > 0) {
            c->head += (size_t)n;
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return;
        } else { /* it reads no more; its answers may still come */
            close(c->in);
            c->in = -1;
        }
    }
    if (c->in >= 0 && c->close_after) {
        close(c->in);
        c->in = -1;
    }
}

void
mltab_child_end(mltab_child *c, mltab_graveyard *yard)
{
    if (c->in >= 0) {
        close(c->in);
    }
    if (c->out >= 0) {
        close(c->out);
    }
    c->in = c->out = -1;
    free(c->queue);
    c->queue = NULL;
    c->capacity = c->head = c->tail = 0;
    while (yard->n == MLTAB_GRAVES) {
        nanosleep(&(struct timespec){0, 5000000}, NULL);
        mltab_graveyard_tick(yard);
    }
    kill(-c->pid, SIGTERM);
    kill(c->pid, SIGTERM);  /* it may have joined another group */
    kill(-c->pid, SIGCONT); /* a stopped process would not notice */
    kill(c->pid, SIGCONT);
    yard->graves[yard->n++] =
        (mltab_grave){.pid = c->pid,
                      .err = c->err,
                      .deadline = mltab_clock_now(&yard->clock) + 1};
    c->pid = 0;
    c->err = -1;
}

/* True when nothing of the group is left, or nothing can be done about it. */
static bool
grave_tick(mltab_grave *g, double now, bool *cannot_run)
{
    int status;
    if (!g->reaped && waitpid(g->pid, &status, WNOHANG) == g->pid) {
        g->reaped = true;
        if (WIFEXITED(status)
            && (WEXITSTATUS(status) == 126 || WEXITSTATUS(status) == 127)) {
            *cannot_run = true;
        }
    }
    while (g->reaped && waitpid(-g->pid, NULL, WNOHANG) > 0) {
        /* orphans of the group, where they became our children */
    }
    /* The number of a group is not used again while the group has members. */
    if (g->reaped && kill(-g->pid, 0) != 0) {
        return true;
    }
    if (!g->killed && now >= g->deadline) {
        kill(-g->pid, SIGKILL);
        if (!g->reaped) {
            kill(g->pid, SIGKILL);
        }
        g->killed = true;
        g->deadline = now;
    }
    /* What was killed and is not ours to reap may stay a zombie for long; it
     * has the time to die. */
    return g->killed && now >= g->deadline + (g->reaped ? 0.1 : 1);
}

void
mltab_graveyard_tick(mltab_graveyard *yard)
{
    size_t kept = 0;
    double now = mltab_clock_now(&yard->clock);
    for (size_t i = 0; i < yard->n; i++) {
        mltab_grave *g = &yard->graves[i];
        mltab_child last = {.err = g->err};
        size_t none = 0;
        mltab_child_pass_errors(&last, &none);
        g->err = last.err;
        if (grave_tick(g, now, &yard->cannot_run)) {
            live_remove(g->pid);
            if (g->err >= 0) {
                close(g->err);
            }
        } else {
            yard->graves[kept++] = yard->graves[i];
        }
    }
    yard->n = kept;
}

void
mltab_graveyard_wait(mltab_graveyard *yard)
{
    for (mltab_graveyard_tick(yard); yard->n > 0; mltab_graveyard_tick(yard)) {
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    }
}
