/* base/test/t-file.c - files appear whole or not at all. */
#define _XOPEN_SOURCE 700

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "validation/tap/tap.h"

static char dir[] = "/tmp/t-file-XXXXXX";
static char path_buffer[4][256];

/* DIR/name, in one of four buffers. */
static const char *
in_dir(const char *name)
{
    static int next;
    char *p = path_buffer[next++ % 4];

    snprintf(p, sizeof path_buffer[0], "%s/%s", dir, name);
    return p;
}

static int
entries(void)
{
    DIR *d = opendir(dir);
    int n = 0;

    for (struct dirent *e; d && (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (d)
        closedir(d);
    return n;
}

static bool
holds(const char *path, const char *text)
{
    size_t n;
    char *s = mlio_file_read(path, &n, NULL);
    bool ok = s && n == strlen(text) && strcmp(s, text) == 0;

    free(s);
    return ok;
}

static bool
exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void
says(const mlio_error *err, const char *want, const char *claim)
{
    bool ok = err->code == MLIO_FILE && strcmp(err->text, want) == 0;

    if (!tap_ok(ok, "%s", claim)) {
        tap_yaml("got", "%d %s", err->code, err->text);
        tap_yaml("want", "%s", want);
    }
}

/* --------------------------------------------------------------- whole or not */

static void
test_appears(void)
{
    const char *path = in_dir("out.txt");
    struct stat st;
    mlio_error err;

    umask(027);
    mlio_file *f = mlio_file_create(path, &err);
    fputs("first\n", mlio_file_stream(f));
    fflush(mlio_file_stream(f));
    bool early = exists(path);
    int during = entries();
    tap_ok(f && !early && during == 1, "a file is not there before its commit");
    bool ok = mlio_file_commit(f, &err);
    tap_ok(ok && holds(path, "first\n") && entries() == 1,
           "it is there, alone and whole, after it");
    stat(path, &st);
    tap_ok((st.st_mode & 0777) == 0640, "its mode is what the umask leaves");

    chmod(path, 0604);
    f = mlio_file_create(path, &err);
    fputs("second\n", mlio_file_stream(f));
    bool intact = holds(path, "first\n");
    mlio_file_abandon(f);
    tap_ok(intact && holds(path, "first\n") && entries() == 1,
           "an abandoned file leaves the old one and no temporary");
    f = mlio_file_create(path, &err);
    fputs("third\n", mlio_file_stream(f));
    ok = mlio_file_commit(f, &err);
    stat(path, &st);
    tap_ok(ok && holds(path, "third\n") && (st.st_mode & 0777) == 0604,
           "a file that is replaced keeps its mode");

    const char *link = in_dir("link");
    ok = symlink("out.txt", link) == 0;
    f = mlio_file_create(link, &err);
    fputs("fourth\n", mlio_file_stream(f));
    ok = mlio_file_commit(f, &err) && ok;
    lstat(link, &st);
    tap_ok(ok && S_ISLNK(st.st_mode) && holds(path, "fourth\n"),
           "a symbolic link stays one, its target is replaced");
    unlink(link);
    unlink(path);
}

static void
test_many(void)
{
    mlio_file *f[65];
    mlio_error err;
    bool ok = true;

    for (int i = 0; i < 64; i++) {
        char name[16];

        snprintf(name, sizeof name, "many%d", i);
        f[i] = mlio_file_create(in_dir(name), &err);
        ok = ok && f[i];
    }
    tap_ok(ok && entries() == 64, "64 files are open at once");
    const char *path = in_dir("one-more");
    char want[400];
    f[64] = mlio_file_create(path, &err);
    snprintf(want, sizeof want, "cannot write %s: %s", path, strerror(EMFILE));
    tap_ok(!f[64] && entries() == 64, "one more is refused, nothing is left");
    says(&err, want, "with its name");
    for (int i = 0; i < 32; i++)
        ok = mlio_file_commit(f[i], &err) && ok;
    tap_ok(ok && entries() == 64, "half of them are committed");
    mlio_file_unlink_all();
    tap_ok(entries() == 32 && exists(in_dir("many31")),
           "unlink_all removes the temporaries of the others, nothing else");
    for (int i = 32; i < 64; i++)
        mlio_file_abandon(f[i]);
    for (int i = 0; i < 32; i++) {
        char name[16];

        snprintf(name, sizeof name, "many%d", i);
        unlink(in_dir(name));
    }
    tap_ok(entries() == 0, "the directory is empty again");
}

/* --------------------------------------------------------------------- errors */

static void
cannot_create(const char *path, const char *why, const char *claim)
{
    char want[400];
    mlio_error err = {0};
    mlio_file *f = mlio_file_create(path, &err);

    snprintf(want, sizeof want, "cannot write %s: %s", path, why);
    says(&err, want, claim);
    mlio_file_abandon(f);
}

static void
test_errors(void)
{
    mlio_error err;

    cannot_create(in_dir("none/out"), strerror(ENOENT),
                  "no directory: the message names the file");
    cannot_create(dir, strerror(EISDIR), "a directory is no file");
    mlio_file *f = mlio_file_create("", &err);
    tap_ok(!f && strcmp(err.text, "cannot write to an empty file name") == 0,
           "an empty name is refused");

    if (!exists("/dev/full")) {
        tap_skip(2, "no /dev/full here");
        return;
    }
    for (int lines = 1; lines <= 100000; lines += 99999) {
        f = mlio_file_create("/dev/full", &err);
        for (int i = 0; i < lines; i++)
            fputs("some text\n", mlio_file_stream(f));
        err.text[0] = 0;
        mlio_file_commit(f, &err);
        says(&err, "cannot write /dev/full: No space left on device",
             lines > 1 ? "a full disk, found while writing"
                       : "a full disk, found by the commit");
    }
}

/* Runs body in a child; what it puts into err comes back. */
static void
in_child(void (*body)(mlio_error *), mlio_error *err)
{
    int fd[2];

    fflush(stdout);
    *err = (mlio_error){0};
    if (pipe(fd) != 0)
        return;
    pid_t pid = fork();
    if (pid == 0) {
        mlio_error e = {0};

        close(fd[0]);
        body(&e);
        (void)!write(fd[1], &e, sizeof e);
        _exit(0);
    }
    close(fd[1]);
    (void)!read(fd[0], err, sizeof *err);
    close(fd[0]);
    waitpid(pid, NULL, 0);
}

static void
write_beyond_limit(mlio_error *err)
{
    struct rlimit limit = {10000, 10000};

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    mlio_file *f = mlio_file_create(in_dir("big"), err);
    for (int i = 0; f && i < 20000; i++)
        putc('x', mlio_file_stream(f));
    if (f)
        mlio_file_commit(f, err);
}

static void
write_closed_pipe(mlio_error *err)
{
    int fd[2];

    signal(SIGPIPE, SIG_IGN);
    if (pipe(fd) != 0)
        return;
    dup2(fd[1], 1);
    close(fd[0]);
    mlio_file *f = mlio_file_create("-", err);
    fputs("text\n", mlio_file_stream(f));
    mlio_file_commit(f, err);
}

static void
write_dev_stdout(mlio_error *err)
{
    int fd = open(in_dir("redirected"), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    dup2(fd, 1);
    fputs("before\n", stdout);
    mlio_file *f = mlio_file_create("/dev/stdout", err);
    fputs("after\n", mlio_file_stream(f));
    if (mlio_file_commit(f, err)) {
        fputs("end\n", stdout); /* it is still open */
        fflush(stdout);
    }
}

static void
write_fifo(mlio_error *err)
{
    mlio_file *f = mlio_file_create(in_dir("fifo"), err);

    fputs("through\n", mlio_file_stream(f));
    mlio_file_commit(f, err);
}

static void
test_children(void)
{
    mlio_error err;
    char want[400];
    struct stat st;

    in_child(write_beyond_limit, &err);
    snprintf(want, sizeof want, "cannot write %s: %s", in_dir("big"),
             strerror(EFBIG));
    says(&err, want, "a disk that fills up");
    tap_ok(entries() == 0, "leaves no file and no temporary");

    in_child(write_closed_pipe, &err);
    says(&err, "cannot write standard output: Broken pipe", "a closed pipe");

    in_child(write_dev_stdout, &err);
    bool ok = lstat("/dev/stdout", &st) == 0 && !S_ISREG(st.st_mode)
              && holds(in_dir("redirected"), "before\nafter\nend\n");
    tap_ok(err.code == 0 && ok,
           "/dev/stdout is standard output, not a name to replace");
    unlink(in_dir("redirected"));

    const char *fifo = in_dir("fifo");
    char got[64] = "";
    mkfifo(fifo, 0600);
    int fd = open(fifo, O_RDONLY | O_NONBLOCK); /* so that the child's opens */
    in_child(write_fifo, &err);
    ssize_t n = read(fd, got, sizeof got - 1);
    close(fd);
    stat(fifo, &st);
    tap_ok(err.code == 0 && n == 8 && strcmp(got, "through\n") == 0
               && S_ISFIFO(st.st_mode),
           "a FIFO is written to, not replaced");
    unlink(fifo);
}

/* -------------------------------------------------------------------- reading */

static void
test_reading(void)
{
    char want[400];
    mlio_error err;
    size_t n = 0;

    char *s = mlio_file_read(in_dir("none"), &n, &err);
    snprintf(want, sizeof want, "cannot read %s: %s", in_dir("none"),
             strerror(ENOENT));
    tap_ok(!s, "a file that is not there is not read");
    says(&err, want, "and the message names it");
    s = mlio_file_read(dir, &n, &err);
    snprintf(want, sizeof want, "cannot read %s: %s", dir, strerror(EISDIR));
    tap_ok(!s, "nor is a directory");
    says(&err, want, "with the reason");

    mlio_file *f = mlio_file_create(in_dir("data"), &err);
    for (int i = 0; i < 200000; i++)
        putc(i % 7 ? 'a' : '\0', mlio_file_stream(f));
    mlio_file_commit(f, &err);
    s = mlio_file_read(in_dir("data"), &n, &err);
    bool ok = s && n == 200000 && s[n] == 0;
    for (size_t i = 0; ok && i < n; i++)
        ok = s[i] == (i % 7 ? 'a' : '\0');
    tap_ok(ok, "200000 bytes come back, with a NUL after them");
    free(s);
    f = mlio_file_create(in_dir("data"), &err);
    mlio_file_commit(f, &err);
    s = mlio_file_read(in_dir("data"), &n, &err);
    tap_ok(s && n == 0 && *s == 0, "an empty file is empty text");
    free(s);
}

static void
test_directories(void)
{
    char want[400];
    mlio_error err;

    bool ok = mlio_make_directory(in_dir("sub"), &err);
    ok = mlio_make_directory(in_dir("sub"), &err) && ok;
    tap_ok(ok && exists(in_dir("sub")), "a directory is made, or is there");
    mlio_make_directory(in_dir("data"), &err);
    snprintf(want, sizeof want, "cannot make the directory %s: %s",
             in_dir("data"), strerror(ENOTDIR));
    says(&err, want, "a file of that name is in the way");
    mlio_make_directory(in_dir("x/y"), &err);
    snprintf(want, sizeof want, "cannot make the directory %s: %s",
             in_dir("x/y"), strerror(ENOENT));
    says(&err, want, "one level is made, not two");
    rmdir(in_dir("sub"));
    unlink(in_dir("data"));
}

/* The lowest descriptor that is free. */
static int
next_descriptor(void)
{
    int fd = dup(0);

    close(fd);
    return fd;
}

int
main(void)
{
    tap_plan(6 + 6 + 5 + 5 + 6 + 3 + 2);
    int before = next_descriptor();
    if (!mkdtemp(dir))
        tap_bail("no temporary directory: %s", strerror(errno));
    test_appears();
    test_many();
    test_errors();
    test_children();
    test_reading();
    test_directories();
    int after = next_descriptor();
    tap_ok(before == after, "no descriptor is left open");
    bool empty = entries() == 0;
    tap_ok(empty && rmdir(dir) == 0, "nothing is left behind");
    return tap_done();
}
