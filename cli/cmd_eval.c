/* cli/cmd_eval.c - `mlref eval`: values with a proved radius. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/parallel.h"
#include "cli/cli.h"
#include "cli/eval.h"

#define DIGITS_MAX 100000000

static const char help[] =
    "usage: mlref eval FUNCTION name=value ... [options]\n"
    "\n"
    "One row per point: the arguments as given (a complex argument is two\n"
    "columns, re_z im_z), then re, im, rad, status:\n"
    "|true value - (re + i im)| <= rad is proved, decimals included; rad is\n"
    "0 only if the value is exact.  Numbers: 0.75 -1e8 1/3 0x1.8p-3, complex\n"
    "1+2i 20i; decimals and fractions are exact.\n"
    "status: ok, unable, domain, overflow, underflow.  When not ok, re and\n"
    "im are nan, rad is inf, and log2 has a proved bound on log2|value|\n"
    "(upper for underflow, lower for overflow), else -.\n"
    "\n"
    "  --digits N         rad <= 10^-N |value|; default 17\n"
    "  --method M         force a method (see --list); unable where it does\n"
    "                     not serve\n"
    "  --round double[:M] also the correctly rounded double: n nearest-even,\n"
    "                     u up, d down, z to zero, a away from zero\n"
    "  --derivative D     a partial derivative: tau, or alpha:2,tau for twice\n"
    "                     in alpha and once in tau; 64 times in all at most\n"
    "  --as double        first round the arguments to the nearest doubles\n"
    "  --input FILE       points from a table (- is standard input): columns\n"
    "                     by name, result columns are ignored; arguments not\n"
    "                     in the table come from name=value\n"
    "  --list             the functions, their arguments and methods\n"
    "  --format F         tsv (default), csv or json\n"
    "\n"
    "exit: 0 ok, 2 usage, 3 bad data in FILE, 4 some row is not ok,\n"
    "      5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref eval mittag-leffler alpha=1/2 beta=1 z=-1 --digits 30\n"
    "  mlref eval mittag-leffler alpha=0.5 beta=1 z=20i --round double\n"
    "  printf 'alpha\\tbeta\\tz\\n0.5\\t1\\t-1\\n0.5\\t1\\t-2\\n' | mlref eval "
    "mittag-leffler --input - --format csv\n"
    "  mlref eval ml-relaxation alpha=0.45 tau=2 t=7 --derivative alpha:2,tau\n"
    "  mlref eval --list\n";

typedef struct {
    int64_t digits;
    const char *method, *round, *derivative, *as, *input, *format;
    bool list;
} options;

/* ------------------------------------------------------------------- --list */

static void
list_row(mlio_writer *w, const ml_function *f)
{
    char args[256] = "", domain[512] = "", methods[256] = "";

    for (size_t i = 0; i < f->nargs; i++) {
        size_t a = strlen(args), d = strlen(domain);
        snprintf(args + a, sizeof args - a, "%s%s", i ? " " : "",
                 f->args[i].name);
        snprintf(domain + d, sizeof domain - d, "%s%s", i ? "; " : "",
                 f->args[i].domain);
    }
    for (size_t i = 0; i < f->nmethods; i++) {
        size_t m = strlen(methods);
        snprintf(methods + m, sizeof methods - m, "%s%s", i ? " " : "",
                 f->methods[i].name);
    }
    const char *cells[] = {f->name, args, domain, methods[0] ? methods : "-",
                           f->definition};
    mlio_writer_row(w, cells);
}

static int
list(mlio_format format, const ml_function *only, int argc, char **argv)
{
    static const char *const names[] = {"function", "arguments", "domain",
                                        "methods", "definition"};
    mlio_error err;
    size_t n;
    const ml_function *f = ml_functions(&n);
    mlio_writer *w = mlio_writer_open(NULL, format, &err);

    if (!w)
        return cli_error(&err);
    cli_provenance(w, "eval", argc, argv);
    mlio_writer_columns(w, sizeof names / sizeof names[0], names);
    for (size_t i = 0; i < n; i++) {
        if (!only || only == &f[i])
            list_row(w, &f[i]);
    }
    return mlio_writer_close(w, &err) ? EXIT_OK : cli_error(&err);
}

/* -------------------------------------------------------------------- names */

#define NAMES_MAX 64

static const ml_function *
find_function(const char *name)
{
    const char *names[NAMES_MAX];
    size_t n;
    const ml_function *all = ml_functions(&n), *f = ml_function_find(name);

    if (f)
        return f;
    n = n < NAMES_MAX ? n : NAMES_MAX;
    for (size_t i = 0; i < n; i++)
        names[i] = all[i].name;
    const char *near = cli_nearest(name, names, n);
    if (near)
        cli_usage("eval", "unknown function \"%s\"; did you mean %s?", name,
                  near);
    else
        cli_usage("eval", "unknown function \"%s\"; see mlref eval --list",
                  name);
    return NULL;
}

static bool
find_method(eval_task *task, const char *name)
{
    const ml_function *f = task->function;
    char text[256] = "";

    task->method = ml_method_find(f, name);
    if (task->method)
        return true;
    for (size_t i = 0; i < f->nmethods; i++) {
        size_t k = strlen(text);
        snprintf(text + k, sizeof text - k, "%s%s", i ? ", " : "",
                 f->methods[i].name);
    }
    cli_usage("eval", "%s has no method \"%s\"; it has %s", f->name, name,
              f->nmethods ? text : "none to choose from");
    return false;
}

static bool
find_rounding(eval_task *task, const char *text)
{
    static const char letters[] = "nudza";
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    const char *mode = NULL;

    if (strcmp(text, "double") == 0)
        mode = letters;
    else if (strncmp(text, "double:", 7) == 0 && text[7] && !text[8])
        mode = strchr(letters, text[7]);
    if (!mode) {
        cli_usage("eval",
                  "--round: expected double, double:n, double:u, double:d, "
                  "double:z or double:a, got \"%s\"",
                  text);
        return false;
    }
    task->round = true;
    task->rnd = modes[mode - letters];
    return true;
}

static bool
no_argument(const ml_function *f, const char *name, size_t length)
{
    char text[256] = "";

    for (size_t i = 0; i < f->nargs; i++) {
        size_t k = strlen(text);
        snprintf(text + k, sizeof text - k, "%s%s", i ? ", " : "",
                 f->args[i].name);
    }
    cli_usage("eval", "--derivative: %s has no argument \"%.*s\"; it has %s",
              f->name, (int)length, name, text);
    return false;
}

/* One item "alpha" or "alpha:2". */
static bool
find_order(eval_task *task, const char *item, size_t length)
{
    const ml_function *f = task->function;
    size_t name = strcspn(item, ":"), i = 0;
    char *end = NULL;
    long n = 1;

    name = name < length ? name : length;
    while (i < f->nargs
           && (strlen(f->args[i].name) != name
               || strncmp(f->args[i].name, item, name) != 0))
        i++;
    if (i == f->nargs)
        return no_argument(f, item, name);
    if (name < length) {
        size_t digits = strspn(item + name + 1, "0123456789");
        n = digits > 0 && digits < 4 ? strtol(item + name + 1, &end, 10) : 0;
        if (end != item + length || n < 1) {
            cli_usage("eval",
                      "--derivative: expected how often %s is "
                      "differentiated, 1 to %d, got \"%.*s\"",
                      f->args[i].name, ML_MAX_ORDER, (int)(length - name - 1),
                      item + name + 1);
            return false;
        }
    }
    if (task->order[i] > 0) {
        cli_usage("eval", "--derivative: %s is named twice", f->args[i].name);
        return false;
    }
    task->order[i] = n;
    return true;
}

static bool
find_derivative(eval_task *task, const char *text)
{
    slong total = 0;

    if (!task->function->partial) {
        cli_usage("eval", "--derivative: %s has none", task->function->name);
        return false;
    }
    if (task->method) {
        cli_usage("eval", "--derivative takes no --method");
        return false;
    }
    for (const char *s = text;; s++) {
        size_t length = strcspn(s, ",");

        if (!find_order(task, s, length))
            return false;
        s += length;
        if (*s == '\0')
            break;
    }
    for (size_t i = 0; i < task->function->nargs; i++)
        total += task->order[i];
    if (total > ML_MAX_ORDER) {
        cli_usage("eval", "--derivative: at most %d times in all, got %ld",
                  ML_MAX_ORDER, (long)total);
        return false;
    }
    task->derivative = true;
    return true;
}

/* ------------------------------------------------------------------- points */

/* Where each argument comes from. */
typedef struct {
    const char *text[ML_MAX_ARGS]; /* name=value, or NULL */
    bool in_table[ML_MAX_ARGS];
    bool has_im[ML_MAX_ARGS];
    size_t re[ML_MAX_ARGS], im[ML_MAX_ARGS];
} sources;

/* What mlref writes beside arguments: ignored when a table is read back. */
static const char *const result_columns[] = {
    "re",        "im",     "rad",      "status",   "log2",    "re_double",
    "im_double", "re_hex", "im_hex",   "id",       "region",  "value",
    "double",    "kappa",  "kind",     "true_re",  "true_im", "ulp",
    "ulp_re",    "ulp_im", "relative", "absolute", "scaled"};

static bool
is_result(const char *name)
{
    for (size_t i = 0; i < sizeof result_columns / sizeof result_columns[0];
         i++) {
        if (strcmp(name, result_columns[i]) == 0)
            return true;
    }
    return false;
}

/* Marks the columns of argument i as used. */
static bool
find_columns(sources *s, bool *used, const ml_function *f, size_t i,
             const mlio_table *t, mlio_error *err)
{
    char re_name[64], im_name[64];
    const char *name = f->args[i].name;
    long whole = mlio_table_find(t, name), re = -1, im = -1;

    if (f->args[i].is_complex) {
        eval_part_name(re_name, "re", name);
        eval_part_name(im_name, "im", name);
        re = mlio_table_find(t, re_name);
        im = mlio_table_find(t, im_name);
    }
    bool here = whole >= 0 || re >= 0 || im >= 0;
    if (here && s->text[i])
        return mlio_fail(err, MLIO_USAGE,
                         "%s is given both in the table and as %s=%s", name,
                         name, s->text[i]);
    if (whole >= 0 && (re >= 0 || im >= 0))
        return mlio_table_fail(t, 0, (size_t)whole, err,
                               "columns %s and %s both give %s", name,
                               re >= 0 ? re_name : im_name, name);
    if (whole < 0 && re < 0 && !s->text[i])
        return mlio_table_need(t, f->args[i].is_complex ? re_name : name,
                               &s->re[i], err);
    s->in_table[i] = here;
    if (!here)
        return true;
    s->re[i] = (size_t)(whole >= 0 ? whole : re);
    used[s->re[i]] = true;
    s->has_im[i] = im >= 0;
    if (im >= 0) {
        s->im[i] = (size_t)im;
        used[im] = true;
    }
    return true;
}

static bool
find_sources(sources *s, const ml_function *f, const mlio_table *t,
             mlio_error *err)
{
    size_t n = mlio_table_columns(t);
    bool *used = calloc(n, sizeof *used), good = true;

    if (!used)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    for (size_t i = 0; i < f->nargs && good; i++)
        good = find_columns(s, used, f, i, t, err);
    for (size_t j = 0; j < n && good; j++) {
        if (!used[j] && !is_result(mlio_table_name(t, j)))
            good = mlio_table_fail(
                t, 0, j, err,
                "column \"%s\" is neither an argument of %s nor "
                "a result",
                mlio_table_name(t, j), f->name);
    }
    free(used);
    return good;
}

static bool
read_cell(eval_row *row, const sources *s, const ml_function *f, size_t i,
          const mlio_table *t, size_t r, bool as_double, mlio_error *err)
{
    const char *re = mlio_table_cell(t, r, s->re[i]);
    const char *im = s->has_im[i] ? mlio_table_cell(t, r, s->im[i]) : NULL;
    mlio_error why;
    size_t column = s->re[i];
    fmpq_t x;

    if (eval_set_argument(row, f, i, re, im, as_double, &why))
        return true;
    if (why.code == MLIO_FILE) {
        if (err)
            *err = why;
        return false;
    }
    fmpq_init(x);
    if (im && mlio_parse_real(x, re, NULL)
        && !(as_double && !mlio_fmpq_round_to_double(x)))
        column = s->im[i];
    fmpq_clear(x);
    return mlio_table_fail(t, r, column, err, "%s", why.text);
}

static bool
read_rows(eval_row *rows, const sources *s, const ml_function *f,
          const mlio_table *t, bool as_double, mlio_error *err)
{
    for (size_t r = 0; r < mlio_table_rows(t); r++) {
        for (size_t i = 0; i < f->nargs; i++) {
            bool good = s->in_table[i]
                            ? read_cell(&rows[r], s, f, i, t, r, as_double, err)
                            : eval_set_argument(&rows[r], f, i, s->text[i],
                                                NULL, as_double, err);
            if (!good)
                return false;
        }
    }
    return true;
}

static bool
points_of_table(eval_row **rows, size_t *n, sources *s, const ml_function *f,
                const char *path, bool as_double, mlio_error *err)
{
    mlio_table *t = mlio_table_read(path, err);

    if (!t)
        return false;
    *n = mlio_table_rows(t);
    bool good = find_sources(s, f, t, err);
    if (good) {
        *rows = eval_rows_new(*n, f, err);
        good = *rows && read_rows(*rows, s, f, t, as_double, err);
    }
    mlio_table_free(t);
    return good;
}

/* name=value only: all arguments, one row.  With a table: some of them. */
static bool
points(eval_row **rows, size_t *n, const ml_function *f, const options *o,
       const cli_positionals *p, mlio_error *err)
{
    ml_arg args[ML_MAX_ARGS];
    sources s = {0};
    bool as_double = o->as != NULL;

    ml_args_init(args, f->nargs);
    bool good = cli_some_arguments(args, s.text, f, p->values + 1, p->n - 1,
                                   as_double, err)
                && (o->input || cli_all_arguments(s.text, f, err));
    ml_args_clear(args, f->nargs);
    if (!good)
        return false;
    if (o->input)
        return points_of_table(rows, n, &s, f, o->input, as_double, err);
    *n = 1;
    *rows = eval_rows_new(1, f, err);
    for (size_t i = 0; i < f->nargs && good; i++)
        good =
            *rows
            && eval_set_argument(*rows, f, i, s.text[i], NULL, as_double, err);
    return good;
}

/* ------------------------------------------------------------------- output */

static void
write_columns(mlio_writer *w, const eval_task *task)
{
    const ml_function *f = task->function;
    const char *names[2 * ML_MAX_ARGS + 16];
    char parts[2 * ML_MAX_ARGS][64];
    bool is_complex = eval_is_complex(f);
    size_t n = 0;

    for (size_t i = 0; i < f->nargs; i++) {
        if (f->args[i].is_complex) {
            eval_part_name(parts[n], "re", f->args[i].name);
            names[n] = parts[n];
            n++;
            eval_part_name(parts[n], "im", f->args[i].name);
            names[n] = parts[n];
            n++;
        } else {
            names[n++] = f->args[i].name;
        }
    }
    names[n++] = "re";
    if (is_complex)
        names[n++] = "im";
    names[n++] = "rad";
    names[n++] = "status";
    if (task->round) {
        names[n++] = "re_double";
        names[n++] = "re_hex";
        if (is_complex) {
            names[n++] = "im_double";
            names[n++] = "im_hex";
        }
    }
    names[n++] = "log2";
    mlio_writer_columns(w, n, names);
}

/* printf writes -nan for some; a result has one NaN. */
static void
write_double(mlio_writer *w, double x)
{
    if (x != x) {
        mlio_writer_cell(w, "nan");
        mlio_writer_cell(w, "nan");
    } else {
        mlio_writer_cell(w, "%.17g", x);
        mlio_writer_cell(w, "%a", x);
    }
}

static void
write_row(mlio_writer *w, const eval_row *row, const eval_task *task)
{
    bool is_complex = eval_is_complex(task->function);
    bool good = row->status == ML_OK;

    for (size_t k = 0; k < 2 * ML_MAX_ARGS && row->fields[k]; k++)
        mlio_writer_cell(w, "%s", row->fields[k]);
    mlio_writer_cell(w, "%s", good ? row->re : "nan");
    if (is_complex)
        mlio_writer_cell(w, "%s", good ? row->im : "nan");
    mlio_writer_cell(w, "%s", good ? row->rad : "inf");
    mlio_writer_cell(w, "%s", ml_status_name(row->status));
    if (task->round) {
        write_double(w, row->re_double);
        if (is_complex)
            write_double(w, row->im_double);
    }
    mlio_writer_cell(w, "%s", row->log2 ? row->log2 : "-");
}

/* "alpha:2,tau", in the order of the arguments. */
static void
write_derivative(mlio_writer *w, const eval_task *task)
{
    char text[ML_MAX_ARGS * 64] = "";

    for (size_t i = 0; i < task->function->nargs; i++) {
        size_t k = strlen(text);
        const char *comma = k > 0 ? "," : "", *name;

        name = task->function->args[i].name;
        if (task->order[i] == 1)
            snprintf(text + k, sizeof text - k, "%s%s", comma, name);
        else if (task->order[i] > 1)
            snprintf(text + k, sizeof text - k, "%s%s:%ld", comma, name,
                     (long)task->order[i]);
    }
    mlio_writer_meta(w, "derivative", "%s", text);
}

static bool
write_rows(const eval_row *rows, size_t n, const eval_task *task,
           mlio_format format, int argc, char **argv, mlio_error *err)
{
    mlio_writer *w = mlio_writer_open(NULL, format, err);

    if (!w)
        return false;
    cli_provenance(w, "eval", argc, argv);
    mlio_writer_meta(w, "function", "%s", task->function->name);
    if (task->derivative)
        write_derivative(w, task);
    write_columns(w, task);
    for (size_t i = 0; i < n; i++)
        write_row(w, &rows[i], task);
    return mlio_writer_close(w, err);
}

/* A row that is not ok, or whose double could not be decided. */
static bool
row_good(const eval_row *row)
{
    return row->status == ML_OK
           && !(row->rounding & (ML_UNABLE | ML_DOMAIN | ML_NOMEM));
}

/* One line for all rows that are not ok; the exit code. */
static int
report(const eval_row *rows, size_t n, const eval_task *task)
{
    const ml_function *f = task->function;
    size_t first = n, count = 0;
    char where[48] = "", more[48] = "";
    const char *unable = task->method
                             ? "the method asked for does not serve here"
                             : "no value of that accuracy could be proved";

    for (size_t i = n; i-- > 0;) {
        if (!row_good(&rows[i])) {
            first = i;
            count++;
        }
    }
    if (count == 0)
        return EXIT_OK;
    const eval_row *row = &rows[first];
    if (n > 1)
        snprintf(where, sizeof where, "row %zu: ", first + 1);
    if (count > 1)
        snprintf(more, sizeof more, "; %zu more rows are not ok", count - 1);
    if (row->status == ML_DOMAIN && row->bad == f->nargs)
        fprintf(stderr,
                "mlref eval: %sdomain: that derivative does not exist "
                "there%s\n",
                where, more);
    else if (row->status == ML_DOMAIN)
        fprintf(stderr, "mlref eval: %sdomain: %s of %s needs %s%s\n", where,
                f->args[row->bad].name, f->name, f->args[row->bad].domain,
                more);
    else if (row->status == ML_OK)
        fprintf(stderr, "mlref eval: %sthe rounding to double is undecided%s\n",
                where, more);
    else
        fprintf(stderr, "mlref eval: %s%s: %s%s\n", where,
                ml_status_name(row->status),
                row->log2 ? "column log2 has a proved bound" : unable, more);
    return EXIT_NOT_OK;
}

/* --------------------------------------------------------------------- verb */

typedef struct {
    eval_row *rows;
    const eval_task *task;
} job;

static void
compute(size_t i, void *context)
{
    job *j = context;

    eval_compute(&j->rows[i], j->task);
}

static int
run_task(const eval_task *task, const options *o, mlio_format format,
         const cli_positionals *p, int argc, char **argv)
{
    mlio_error err;
    eval_row *rows = NULL;
    size_t n = 0;
    int code;

    if (!points(&rows, &n, task->function, o, p, &err)) {
        eval_rows_free(rows, n, task->function);
        return cli_error(&err);
    }
    job j = {rows, task};
    mlio_parallel_for(n, 0, compute, &j);
    if (write_rows(rows, n, task, format, argc, argv, &err))
        code = report(rows, n, task);
    else
        code = cli_error(&err);
    eval_rows_free(rows, n, task->function);
    return code;
}

int
cmd_eval(int argc, char **argv)
{
    options o = {.digits = 17, .format = "tsv"};
    const opt_spec specs[] = {
        {"--digits", OPT_INT, &o.digits, NULL},
        {"--method", OPT_STRING, &o.method, NULL},
        {"--round", OPT_STRING, &o.round, NULL},
        {"--derivative", OPT_STRING, &o.derivative, NULL},
        {"--as", OPT_STRING, &o.as, NULL},
        {"--input", OPT_STRING, &o.input, NULL},
        {"--list", OPT_FLAG, &o.list, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
    };
    cli_positionals p;
    mlio_format format;
    mlio_error err;
    bool done;
    eval_task task = {.rnd = MPFR_RNDN};

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof specs[0], &p,
                     help, &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (!mlio_format_parse(&format, o.format, &err))
        return cli_usage("eval", "--format: %s", err.text);
    if (p.n == 0 && !o.list)
        return cli_usage("eval", "which function? see mlref eval --list");
    if (p.n > 0 && !(task.function = find_function(p.values[0])))
        return EXIT_USAGE;
    if (o.list)
        return list(format, task.function, argc, argv);
    if (o.digits < 1 || o.digits > DIGITS_MAX)
        return cli_usage("eval", "--digits: expected 1 to %d, got %lld",
                         DIGITS_MAX, (long long)o.digits);
    task.digits = (slong)o.digits;
    if (o.as && strcmp(o.as, "double") != 0)
        return cli_usage("eval", "--as: expected double, got \"%s\"", o.as);
    if (o.method && !find_method(&task, o.method))
        return EXIT_USAGE;
    if (o.round && !find_rounding(&task, o.round))
        return EXIT_USAGE;
    if (o.derivative && !find_derivative(&task, o.derivative))
        return EXIT_USAGE;
    return run_task(&task, &o, format, &p, argc, argv);
}
