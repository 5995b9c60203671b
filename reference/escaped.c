/* reference/escaped.c - processes that left their group.
 *
 * A process that calls setsid is out of reach of a signal to its group.  On
 * Linux the program can make itself the one to whom orphans return: when
 * everything else has ended, whatever it has for children came from the
 * programs under test, and is killed, its own children then, and so on.
 * Everything here may be called by a signal handler: no memory, no stdio.
 */
#define _GNU_SOURCE /* SYS_getdents64 */

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#    include <dirent.h>
#    include <sys/prctl.h>
#    include <sys/syscall.h>
#endif

#include "reference/impl.h"

static volatile sig_atomic_t ours; /* orphans return to us, to be killed */

bool
mltab_escaped_ours(void)
{
    return ours != 0;
}

#ifdef __linux__

/* The number that s begins with, 0 when it is none. */
static long
number(const char *s)
{
    long n = 0;
    for (; *s >= '0' && *s <= '9' && n < 100000000; s++) {
        n = 10 * n + (*s - '0');
    }
    return *s == '\0' || *s == ' ' ? n : 0;
}

/* "/proc/PID/stat": the number after "PID (NAME) STATE ". */
static bool
is_child(const char *pid, pid_t parent)
{
    char path[300] = "/proc/", text[512];
    size_t size = strlen(pid);
    if (size > 255) {
        return false; /* no name is so long */
    }
    memcpy(path + 6, pid, size);
    memcpy(path + 6 + size, "/stat", 6);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    text[n < 0 ? 0 : n] = '\0';
    const char *end = strrchr(text, ')'); /* the name may hold anything */
    return end != NULL && strlen(end) > 4 && number(end + 4) == parent;
}

/* act for every child of this process. */
static void
for_children(void (*act)(pid_t pid, void *context), void *context)
{
    int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    pid_t self = getpid();
    _Alignas(struct dirent64) char buffer[8192];
    for (;;) {
        long n = syscall(SYS_getdents64, fd, buffer, sizeof buffer);
        if (n <= 0) {
            break;
        }
        for (long at = 0; at < n;) {
            const struct dirent64 *d = (const void *)(buffer + at);
            at += d->d_reclen;
            pid_t pid = (pid_t)number(d->d_name);
            if (pid > 0 && is_child(d->d_name, self)) {
                act(pid, context);
            }
        }
    }
    close(fd);
}

/* Children from before, as a shell leaves them that became this process. */
enum { NOLD = 64 };
static pid_t old[NOLD];
static volatile sig_atomic_t nold;

static void
remember(pid_t pid, void *context)
{
    (void)context;
    if (nold < NOLD) {
        old[nold] = pid;
        nold = nold + 1;
    }
}

typedef struct {
    size_t killed, left;
} tally;

static void
end_child(pid_t pid, void *context)
{
    tally *t = context;
    for (int i = 0; i < nold; i++) {
        if (old[i] == pid) {
            return;
        }
    }
    int status = 0;
    if (waitpid(pid, &status, WNOHANG) == pid) {
        t->killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    } else {
        kill(pid, SIGKILL);
        t->left++;
    }
}

size_t
mltab_escaped_kill(size_t *left)
{
    tally t = {0, 0};
    for_children(end_child, &t);
    *left = t.left;
    return t.killed;
}

#else

size_t
mltab_escaped_kill(size_t *left)
{
    *left = 0;
    return 0;
}

#endif

bool
mltab_escaped_begin(void)
{
    int before = 0;
#ifdef __linux__
    nold = 0;
    for_children(remember, NULL);
    prctl(PR_GET_CHILD_SUBREAPER, &before, 0, 0, 0);
    ours = prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
#endif
    return before != 0;
}

size_t
mltab_escaped_end(bool keep)
{
    size_t killed = 0, left = ours != 0;
    mltab_clock clock = {0, 0};
    double end = mltab_clock_now(&clock) + 2;
    while (left > 0 && mltab_clock_now(&clock) < end) {
        killed += mltab_escaped_kill(&left);
        if (left > 0) {
            nanosleep(&(struct timespec){0, 2000000}, NULL);
        }
    }
    ours = 0;
#ifdef __linux__
    if (!keep) {
        prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    }
#endif
    return killed;
}
