/* cli/cli.h - what the verbs of mlref share.
 *
 * A verb is cli/cmd_NAME.c: one function cmd_NAME(argc, argv) that returns the
 * exit code, a row in cli/main.c, and its help text.  argv[0] is the verb.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/table.h"
#include "mlfunc/mlball.h"

/* Exit codes of DESIGN section 4. */
enum {
    EXIT_OK = 0,
    EXIT_CHECK = 1, /* a check failed, a fit did not converge */
    EXIT_USAGE = 2,
    EXIT_DATA = 3,
    EXIT_NOT_OK = 4, /* some row is not `ok`; all rows are written */
    EXIT_FILE = 5
};

/* Kinds of option: a flag takes no value. */
typedef enum { OPT_FLAG, OPT_STRING, OPT_INT, OPT_REAL, OPT_LIST } opt_kind;

typedef struct {
    const char *name; /* "--digits" */
    opt_kind kind;
    void *target; /* bool, const char *, int64_t, double; OPT_LIST: opt_list */
    bool *given;  /* or NULL */
} opt_spec;

/* A repeatable option (--fix tau=1 --fix beta=0.5). */
typedef struct {
    const char *values[32];
    size_t n;
} opt_list;

/*
 * cli_options - parses argv[1..]; positional arguments (also name=value) are
 * collected in order.  `--help` prints help and sets *done.  On an error
 * prints one line on stderr and returns false: exit EXIT_USAGE.
 */
typedef struct {
    const char *values[256];
    size_t n;
} cli_positionals;

bool cli_options(int argc, char **argv, const opt_spec *specs, size_t nspecs,
                 cli_positionals *positionals, const char *help, bool *done);

/*
 * argv[0] is the verb.  `--name value` and `--name=value` are the same; `--`
 * ends the options; a lone `-` is positional.  An option given twice is an
 * error, except OPT_LIST.  With `--help` the result is true and *done is set:
 * the verb returns EXIT_OK at once.
 */

/* Prints "mlref: TEXT" on stderr; returns the exit code err->code. */
int cli_error(const mlio_error *err);

/* Prints "mlref VERB: ..." on stderr and returns EXIT_USAGE. */
int cli_usage(const char *verb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * cli_take_cpu - takes `--cpu NAME` or `--cpu=NAME` out of the command line,
 * wherever it stands before a `--`, and obeys it.  false: one line on stderr,
 * exit EXIT_USAGE.
 */
bool cli_take_cpu(int *argc, char **argv);

/* The name nearest to a mistyped word, or NULL when none is near: at most a
 * third of its letters wrong, missing, added or swapped. */
const char *cli_nearest(const char *word, const char *const *names, size_t n);

/*
 * cli_number_list - "log:A:B:N" or "a,b,c": a malloc'ed list of doubles.
 *
 * log: N >= 2 points from A to B, 0 < A < B, equally spaced in the logarithm;
 * the first is A, the last B, each between is the double nearest to
 * A (B/A)^(i/(N-1)), so that every machine gets the same; strictly ascending.
 * a,b,c: in the order given.  Numbers as in base/number.h.  false: err set.
 */
bool cli_number_list(double **list, size_t *n, const char *text,
                     mlio_error *err);

/* Whether the numbers ascend strictly: what a time grid needs. */
bool cli_ascending(const double *list, size_t n);

/*
 * cli_provenance - the lines that every output begins with.
 *
 *     # mlref: 0.1.0
 *     # command: mlref eval mittag-leffler alpha=0.5 ...
 *
 * No date, host, path or thread count: of a file only its base name is kept;
 * options that change no byte of the result (--threads, --jobs, names of files
 * to write) are dropped; `--name=value` is written `--name value`.
 */
void cli_provenance(mlio_writer *w, const char *verb, int argc, char **argv);

/* The text of the command line; malloc'ed. */
char *cli_command_line(const char *verb, int argc, char **argv);

/* name=value positionals in registry order into args[nargs]; as_double rounds
 * decimals to the nearest double first.  text[i] receives the verbatim value.
 * false: err set (unknown, missing or doubled name, malformed number). */
bool cli_arguments(ml_arg *args, const char **text, const ml_function *f,
                   const char *const *pairs, size_t npairs, bool as_double,
                   mlio_error *err);

/* The two halves of cli_arguments: those that are given (text[i] NULL where
 * one is not), and that none is missing. */
bool cli_some_arguments(ml_arg *args, const char **text, const ml_function *f,
                        const char *const *pairs, size_t npairs, bool as_double,
                        mlio_error *err);
bool cli_all_arguments(const char *const *text, const ml_function *f,
                       mlio_error *err);

/* One value of an argument; false: err set, code MLIO_USAGE. */
bool cli_parse_argument(ml_arg *arg, const ml_argdef *def, const char *text,
                        bool as_double, mlio_error *err);

int cmd_eval(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_table(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_asymptotics(int argc, char **argv);
int cmd_fit(int argc, char **argv);
int cmd_simulate(int argc, char **argv);
int cmd_paper(int argc, char **argv);
int cmd_selftest(int argc, char **argv);
int cmd_version(int argc, char **argv);

#endif
