/* cli/main.c - the program mlref: the table of verbs, and how it ends.
 *
 * Whatever ends the program, no half-written file stays behind and the exit
 * code says why: libraries report failure; GMP and FLINT, which cannot when
 * memory is out, end here; signals remove temporaries first.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gmp.h>

#include <flint.h>

#include "base/file.h"
#include "cli/cli.h"

typedef struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *purpose;
} verb;

static const verb verbs[] = {
    {"eval", cmd_eval, "values of a function with a proved radius"},
    {"verify", cmd_verify, "measure another implementation, point by point"},
    {"table", cmd_table, "a certified table: 40 digits, correctly rounded"},
    {"diff", cmd_diff, "two tables of values, point by point"},
    {"explain", cmd_explain, "why a value is hard, and how it is found"},
    {"asymptotics", cmd_asymptotics,
     "where the two limits of E_alpha(-x) are valid, proved"},
    {"fit", cmd_fit, "fit relaxation models to a table"},
    {"simulate", cmd_simulate, "random walks with waiting times"},
    {"paper", cmd_paper, "every claim of the paper, checked; with a report"},
    {"selftest", cmd_selftest, "a quick test of this installation"},
    {"version", cmd_version, "versions, and what this build contains"},
};

#define N_VERBS (sizeof verbs / sizeof verbs[0])

/* --------------------------------------------------------- abnormal endings */

static void
say(const char *text)
{
    ssize_t ignored = write(STDERR_FILENO, text, strlen(text));

    (void)ignored;
}

__attribute__((noreturn)) static void
out_of_memory(void)
{
    mlio_file_unlink_all();
    say("mlref: memory is out; no unfinished file was left\n");
    _exit(EXIT_FILE);
}

static void *
checked_malloc(size_t size)
{
    void *p = malloc(size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

static void *
checked_calloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

static void *
checked_realloc(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);

    if (!p)
        out_of_memory();
    return p;
}

static void *
gmp_reallocate(void *old, size_t old_size, size_t size)
{
    (void)old_size;
    return checked_realloc(old, size);
}

static void
gmp_release(void *p, size_t size)
{
    (void)size;
    free(p);
}

/* FLINT and GMP abort when a number outgrows what they can address; they have
 * printed their reason. */
static void
on_abort(int sig)
{
    (void)sig;
    mlio_file_unlink_all();
    say("mlref: a library stopped (see above); no unfinished file was left\n");
    _exit(EXIT_FILE);
}

/* Removes temporaries, then dies of the signal as the shell expects. */
static void
on_end(int sig)
{
    mlio_file_unlink_all();
    signal(sig, SIG_DFL);
    raise(sig);
}

/* A closed pipe, or a file above the limit of `ulimit -f`, is a failed write,
 * reported as such.  A handler, unlike SIG_IGN, is not inherited by the
 * programs that verify runs. */
static void
on_failed_write(int sig)
{
    (void)sig;
}

static void
handle(int sig, void (*handler)(int))
{
    struct sigaction action, old;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    if (sigaction(sig, NULL, &old) == 0 && old.sa_handler == SIG_IGN
        && sig != SIGPIPE)
        return; /* nohup */
    sigaction(sig, &action, NULL);
}

/* A closed descriptor 0, 1 or 2 would be taken by the next file opened; these
 * stand-ins refuse to be read or written where that matters. */
static void
keep_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        int flags = fd == 1 ? O_RDONLY : O_WRONLY;
        if (open("/dev/null", flags) != fd)
            _exit(EXIT_FILE);
    }
}

static void
set_up(void)
{
    keep_descriptors();
    mp_set_memory_functions(checked_malloc, gmp_reallocate, gmp_release);
    __flint_set_memory_functions(checked_malloc, checked_calloc,
                                 checked_realloc, free);
    handle(SIGABRT, on_abort);
    handle(SIGINT, on_end);
    handle(SIGTERM, on_end);
    handle(SIGHUP, on_end);
    handle(SIGQUIT, on_end);
    handle(SIGXCPU, on_end);
    handle(SIGPIPE, on_failed_write);
    handle(SIGXFSZ, on_failed_write);
}

/* --------------------------------------------------------------------- verbs */

static void
print_verbs(FILE *to)
{
    fputs(
        "mlref - a numerical reference for the Mittag-Leffler function\n\n"
        "usage: mlref VERB ...        mlref VERB --help: options, examples\n"
        "       mlref --cpu baseline|avx2|avx512 VERB ...   other "
        "instructions\n"
        "           for the functions in doubles; no byte of a result changes\n"
        "\n",
        to);
    for (size_t i = 0; i < N_VERBS; i++)
        fprintf(to, "  %-12s %s\n", verbs[i].name, verbs[i].purpose);
    fputs("\nexit: 0 ok, 1 a check failed, 2 usage, 3 bad data in a file,\n"
          "      4 some row is not ok, 5 a file or memory failed\n\n"
          "examples:\n"
          "  mlref eval mittag-leffler alpha=1/2 beta=1 z=-1\n"
          "  mlref selftest\n",
          to);
}

static const verb *
find_verb(const char *name)
{
    for (size_t i = 0; i < N_VERBS; i++) {
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    }
    return NULL;
}

static int
unknown_verb(const char *name)
{
    const char *names[N_VERBS];

    for (size_t i = 0; i < N_VERBS; i++)
        names[i] = verbs[i].name;
    const char *near = cli_nearest(name, names, N_VERBS);
    if (near)
        fprintf(stderr, "mlref: unknown verb \"%s\"; did you mean %s?\n", name,
                near);
    else
        fprintf(stderr, "mlref: unknown verb \"%s\"; see mlref --help\n", name);
    return EXIT_USAGE;
}

static int
help(int argc, char **argv)
{
    char option[] = "--help";

    if (argc < 2) {
        print_verbs(stdout);
        return EXIT_OK;
    }
    const verb *v = find_verb(argv[1]);
    if (!v)
        return unknown_verb(argv[1]);
    char *args[] = {argv[1], option, NULL};
    return v->run(2, args);
}

static int
dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_verbs(stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0)
        return help(argc - 1, argv + 1);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help(1, argv + 1);
    if (strcmp(name, "--version") == 0) {
        printf("mlref %s\n", ml_version());
        return EXIT_OK;
    }
    const verb *v = find_verb(name);
    return v ? v->run(argc - 1, argv + 1) : unknown_verb(name);
}

/* What was printed must have arrived; a verb that has already reported a
 * failed file is not reported twice. */
static int
finish(int code)
{
    errno = 0;
    bool failed = ferror(stdout) != 0;
    if (fflush(stdout) != 0)
        failed = true;
    int why = errno;
    if (close(STDOUT_FILENO) != 0 && errno != EBADF && !failed) {
        failed = true;
        why = errno;
    }
    if (failed && code != EXIT_FILE) {
        fprintf(stderr, "mlref: cannot write standard output: %s\n",
                why ? strerror(why) : "write error");
        return EXIT_FILE;
    }
    return code;
}

int
main(int argc, char **argv)
{
    set_up();
    if (!cli_take_cpu(&argc, argv))
        return EXIT_USAGE;
    return finish(dispatch(argc, argv));
}
