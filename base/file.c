/* base/file.c - files that appear whole or not at all. */
#define _XOPEN_SOURCE 700

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/impl.h"

struct mlio_file {
    FILE *stream;
    char *path; /* for messages */
    char *dest; /* what the temporary becomes: path, symbolic links followed */
    char *temp; /* NULL: written directly */
    int slot;   /* in temporaries */
};

/* The one piece of state of the process that a signal handler needs: the names
 * of the temporaries.  A slot is emptied before its string is freed. */
#define SLOTS 64
static _Atomic(char *) temporaries[SLOTS];
static atomic_uint serial;

void
mlio_file_unlink_all(void)
{
    for (int i = 0; i < SLOTS; i++) {
        char *name = atomic_load(&temporaries[i]);

        if (name)
            unlink(name);
    }
}

static bool
fail_path(mlio_error *err, const char *verb, const char *path, int number)
{
    return mlio_fail(err, MLIO_FILE, "cannot %s %s: %s", verb, path,
                     number ? strerror(number) : "a write failed");
}

/* ------------------------------------------------------------------- creating */

static void
forget(mlio_file *f)
{
    if (f->temp)
        atomic_store(&temporaries[f->slot], NULL);
    free(f->path);
    free(f->dest);
    free(f->temp);
    free(f);
}

static bool
take_slot(mlio_file *f)
{
    for (int i = 0; i < SLOTS; i++) {
        char *empty = NULL;

        if (atomic_compare_exchange_strong(&temporaries[i], &empty, f->temp)) {
            f->slot = i;
            return true;
        }
    }
    return false;
}

/* DIR/.mlref-PID-N.tmp beside f->dest, created with the mode that the umask
 * leaves, or with the mode of the file that it replaces. */
static bool
open_temporary(mlio_file *f, const struct stat *old, mlio_error *err)
{
    const char *slash = strrchr(f->dest, '/');
    size_t dir = slash ? (size_t)(slash - f->dest) + 1 : 0;
    size_t size = dir + 64;
    int fd;

    f->temp = malloc(size);
    if (!f->temp)
        return fail_path(err, "write", f->path, ENOMEM);
    f->temp[0] = 0;
    if (!take_slot(f)) {
        free(f->temp);
        f->temp = NULL;
        return fail_path(err, "write", f->path, EMFILE);
    }
    do {
        snprintf(f->temp, size, "%.*s.mlref-%ld-%u.tmp", (int)dir, f->dest,
                 (long)getpid(), atomic_fetch_add(&serial, 1));
        fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd < 0 && errno == EEXIST);
    int number = errno;
    if (fd >= 0 && old)
        (void)!fchmod(fd, old->st_mode & 0777);
    f->stream = fd < 0 ? NULL : fdopen(fd, "w");
    if (f->stream)
        return true;
    if (fd >= 0) {
        number = errno;
        close(fd);
        unlink(f->temp);
    }
    return fail_path(err, "write", f->path, number);
}

/* Devices, FIFOs and what the kernel shows under /dev and /proc cannot be
 * replaced by renaming. */
static bool
is_direct(const char *path, const struct stat *st)
{
    return !S_ISREG(st->st_mode) || strncmp(path, "/dev/", 5) == 0
           || strncmp(path, "/proc/", 6) == 0;
}

static bool
open_file(mlio_file *f, mlio_error *err)
{
    struct stat st, out;

    if (stat(f->path, &st) != 0)
        return open_temporary(f, NULL, err);
    if (S_ISDIR(st.st_mode))
        return fail_path(err, "write", f->path, EISDIR);
    if (is_direct(f->path, &st)) {
        if (fstat(STDOUT_FILENO, &out) == 0 && out.st_dev == st.st_dev
            && out.st_ino == st.st_ino)
            f->stream = stdout; /* as /dev/stdout */
        else
            f->stream = fopen(f->path, "w");
        return f->stream || fail_path(err, "write", f->path, errno);
    }
    char *real = realpath(f->path, NULL);
    if (real) {
        free(f->dest);
        f->dest = real;
    }
    return open_temporary(f, &st, err);
}

mlio_file *
mlio_file_create(const char *path, mlio_error *err)
{
    mlio_file *f = calloc(1, sizeof *f);
    bool to_stdout = !path || strcmp(path, "-") == 0;

    if (!f) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    f->path = strdup(to_stdout ? "standard output" : path);
    f->dest = strdup(to_stdout ? "" : path);
    bool ok = f->path && f->dest;
    if (!ok)
        mlio_fail(err, MLIO_FILE, "out of memory");
    else if (to_stdout)
        f->stream = stdout;
    else if (!*path)
        ok = mlio_fail(err, MLIO_FILE, "cannot write to an empty file name");
    else
        ok = open_file(f, err);
    if (ok)
        return f;
    forget(f);
    return NULL;
}

FILE *
mlio_file_stream(mlio_file *f)
{
    return f->stream;
}

const char *
mlio_file_name(const mlio_file *f)
{
    return f->path;
}

/* ------------------------------------------------------------------ finishing */

/* Makes the name itself durable; a file system that cannot does not matter. */
static void
sync_directory(const char *dest)
{
    const char *slash = strrchr(dest, '/');
    char *dir = slash ? strndup(dest, (size_t)(slash - dest) + 1) : strdup(".");
    int fd = dir ? open(dir, O_RDONLY | O_CLOEXEC) : -1;

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(dir);
}

/* Why a write failed some time ago: of a pipe it can still be seen that nobody
 * reads it any more. */
static int
lost_reason(FILE *stream)
{
    struct pollfd p = {.fd = fileno(stream), .events = POLLOUT};

    return poll(&p, 1, 0) == 1 && (p.revents & POLLERR) ? EPIPE : -1;
}

/* Everything on the disk, the stream closed (unless it is stdout): 0, or the
 * number of the first error, or -1 when that was overwritten. */
static int
finish(mlio_file *f)
{
    int number = 0;
    bool bad = ferror(f->stream) != 0;

    errno = 0;
    if (fflush(f->stream) != 0)
        number = errno ? errno : lost_reason(f->stream);
    if (!number && bad)
        number = lost_reason(f->stream);
    if (!number && f->temp && fsync(fileno(f->stream)) != 0 && errno != EINVAL
        && errno != ENOTSUP)
        number = errno;
    if (f->stream != stdout && fclose(f->stream) != 0 && !number)
        number = errno;
    return number;
}

bool
mlio_file_commit(mlio_file *f, mlio_error *err)
{
    int number = finish(f);

    if (!number && f->temp) {
        if (rename(f->temp, f->dest) == 0)
            sync_directory(f->dest);
        else
            number = errno;
    }
    if (number && f->temp)
        unlink(f->temp);
    if (number)
        fail_path(err, "write", f->path, number < 0 ? 0 : number);
    forget(f);
    return number == 0;
}

void
mlio_file_abandon(mlio_file *f)
{
    if (!f)
        return;
    if (f->stream && f->stream != stdout)
        fclose(f->stream);
    if (f->temp)
        unlink(f->temp);
    forget(f);
}

/* -------------------------------------------------------------------- reading */

static char *
read_stream(FILE *in, size_t *n, int *number)
{
    size_t room = 1 << 16;
    char *text = malloc(room);

    *n = 0;
    *number = 0;
    while (text) {
        errno = 0;
        *n += fread(text + *n, 1, room - *n - 1, in);
        if (ferror(in)) {
            *number = errno ? errno : EIO;
            break;
        }
        if (*n < room - 1)
            break;
        char *more = realloc(text, room *= 2);
        if (!more)
            free(text);
        text = more;
    }
    if (!text)
        *number = ENOMEM;
    if (*number) {
        free(text);
        return NULL;
    }
    text[*n] = 0;
    return text;
}

char *
mlio_file_read(const char *path, size_t *n, mlio_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *in = standard ? stdin : fopen(path, "r");
    int number = errno;
    char *text = NULL;

    if (in) {
        text = read_stream(in, n, &number);
        if (!standard)
            fclose(in);
    }
    if (!text)
        fail_path(err, "read", standard ? "standard input" : path, number);
    return text;
}

bool
mlio_make_directory(const char *path, mlio_error *err)
{
    struct stat st;

    if (mkdir(path, 0777) == 0)
        return true;
    int number = errno;
    if (number == EEXIST && stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return true;
        number = ENOTDIR;
    }
    return mlio_fail(err, MLIO_FILE, "cannot make the directory %s: %s", path,
                     strerror(number));
}
