/* reference/adapter.c - processes of the implementation under test.
 *
 * Each runs as the leader of a process group of its own, so that whatever it
 * forks ends with it.  Between the end of a leader and the end of its group
 * the group lies in a graveyard: TERM was sent, KILL follows after 1 s.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
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
        }
    }
}

double
mltab_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* In the child, after fork: only async-signal-safe calls. */
static _Noreturn void
run(const char *command, char *const *environment, int in, int out)
{
    setpgid(0, 0);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0) {
        _exit(126);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
    execve("/bin/sh", argv, environment);
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

bool
mltab_child_start(mltab_child *c, const char *command, char *const *environment,
                  mlio_error *err)
{
    memset(c, 0, sizeof *c);
    c->in = c->out = -1;
    int to[2], from[2];
    if (!make_pipe(to)) {
        return mlio_fail(err, MLIO_FILE, "cannot make a pipe: %s",
                         strerror(errno));
    }
    if (!make_pipe(from)) {
        int e = errno;
        close(to[0]);
        close(to[1]);
        return mlio_fail(err, MLIO_FILE, "cannot make a pipe: %s", strerror(e));
    }
    pid_t pid = fork();
    if (pid == 0) {
        run(command, environment, to[0], from[1]);
    }
    int e = errno;
    close(to[0]);
    close(from[1]);
    if (pid < 0) {
        close(to[1]);
        close(from[0]);
        return mlio_fail(err, MLIO_FILE, "cannot start a process: %s",
                         strerror(e));
    }
    setpgid(pid, pid); /* whoever of the two comes first */
    live_add(pid);
    fcntl(to[1], F_SETFL, O_NONBLOCK);
    fcntl(from[0], F_SETFL, O_NONBLOCK);
    c->pid = pid;
    c->in = to[1];
    c->out = from[0];
    return true;
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
    kill(-c->pid, SIGCONT); /* a stopped process would not notice */
    yard->graves[yard->n++] =
        (mltab_grave){.pid = c->pid, .deadline = mltab_now() + 1};
    c->pid = 0;
}

/* True when nothing of the group is left, or nothing can be done about it. */
static bool
grave_tick(mltab_grave *g, bool *cannot_run)
{
    double now = mltab_now();
    int status;
    if (!g->reaped && waitpid(g->pid, &status, WNOHANG) == g->pid) {
        g->reaped = true;
        if (WIFEXITED(status)
            && (WEXITSTATUS(status) == 126 || WEXITSTATUS(status) == 127)) {
            *cannot_run = true;
        }
    }
    /* The number of a group is not used again while the group has members. */
    if (g->reaped && kill(-g->pid, 0) != 0) {
        return true;
    }
    if (!g->killed && now >= g->deadline) {
        kill(-g->pid, SIGKILL);
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
    for (size_t i = 0; i < yard->n; i++) {
        if (grave_tick(&yard->graves[i], &yard->cannot_run)) {
            live_remove(yard->graves[i].pid);
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
