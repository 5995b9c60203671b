/* cli/cmd_asymptotics.c - where the limits of E_alpha(-x) are valid. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arb.h>
#include <arf.h>

#include "base/number.h"
#include "base/parallel.h"
#include "cli/cli.h"

static const char help[] =
    "usage: mlref asymptotics alpha=A[,A...] [--eps E[,E...]] [--x LIST]\n"
    "\n"
    "E = E_alpha(-x), x = (t/tau)^alpha, 0 < alpha < 1, between its limits:\n"
    "  short  S = exp(-x/Gamma(1+alpha)), a stretched exponential in t\n"
    "  long   L = 1/(x Gamma(1-alpha)), a power law in t\n"
    "\n"
    "One row per alpha and eps.  |S/E - 1| <= eps is proved for all\n"
    "0 < x <= short_x, |L/E - 1| <= eps for all x >= long_x; beyond 6 digits\n"
    "neither can be enlarged.  short_t, long_t are the same in t/tau; "
    "short_E,\n"
    "long_E the values of E there.  equal_x, equal_t: where the two relative\n"
    "errors are equal, in ascending order, separated by a semicolon;\n"
    "equal_all: whether it is proved that there are no others.\n"
    "\n"
    "  --eps LIST    tolerances, exact decimals; may be repeated; default "
    "0.01\n"
    "  --x LIST      instead one row per alpha and x (log:A:B:N or a,b,c):\n"
    "                t/tau, E, the local slope -d ln E/d ln t, and the two\n"
    "                relative errors S/E - 1 and L/E - 1\n"
    "  --format F    tsv (default), csv or json\n"
    "\n"
    "exit: 0 ok, 2 usage, 4 some row is not ok (alpha or eps outside (0,1)),\n"
    "      5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref asymptotics alpha=0.75 --eps 0.01,0.1\n"
    "  mlref asymptotics alpha=1/2 --x log:0.01:100:5 --format csv\n";

/* Digits of the proved ends and equal points, and of values. */
#define END_DIGITS   6
#define VALUE_DIGITS 10
#define EQUAL_MAX    16

/* ------------------------------------------------------------ exact numbers */

typedef struct {
    char *text;
    ml_arg value; /* real */
} exact;

typedef struct {
    exact *at;
    size_t n;
} exact_list;

static void
clear_list(exact_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->at[i].text);
        ml_args_clear(&list->at[i].value, 1);
    }
    free(list->at);
    list->at = NULL;
    list->n = 0;
}

/* Takes text, which is freed on failure. */
static bool
append(exact_list *list, char *text, const char *what, mlio_error *err)
{
    exact *at = text ? realloc(list->at, (list->n + 1) * sizeof *at) : NULL;
    mlio_error why;

    if (!at) {
        free(text);
        return mlio_fail(err, MLIO_FILE, "memory is out");
    }
    list->at = at;
    ml_args_init(&at[list->n].value, 1);
    at[list->n].text = text;
    list->n++;
    if (!mlio_parse_real(at[list->n - 1].value.re, text, &why))
        return mlio_fail(err, MLIO_USAGE, "%s: %s", what, why.text);
    return true;
}

/* "a,b,c", each exact and kept verbatim. */
static bool
append_commas(exact_list *list, const char *text, const char *what,
              mlio_error *err)
{
    for (const char *s = text;; s++) {
        size_t n = strcspn(s, ",");
        if (!append(list, strndup(s, n), what, err))
            return false;
        s += n;
        if (!*s)
            return true;
    }
}

/* The shortest decimal, of 15 digits or more, nearest to that double. */
static char *
shortest(double x)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    return strdup(text);
}

static bool
append_x(exact_list *list, const char *text, mlio_error *err)
{
    double *x;
    size_t n;

    if (strncmp(text, "log:", 4) != 0)
        return append_commas(list, text, "--x", err);
    if (!cli_number_list(&x, &n, text, err))
        return false;
    bool good = true;
    for (size_t i = 0; i < n && good; i++)
        good = append(list, shortest(x[i]), "--x", err);
    free(x);
    return good;
}

/* ------------------------------------------------------------------- values */

static char *
not_known(void)
{
    return strdup("nan");
}

/* t/tau = x^(1/alpha) */
static void
time_of(arb_t t, const arb_t x, const fmpq_t alpha, slong prec)
{
    fmpq_t inverse;

    fmpq_init(inverse);
    fmpq_inv(inverse, alpha);
    arb_pow_fmpq(t, x, inverse, prec);
    fmpq_clear(inverse);
}

/* An end of the ball, rounded towards the inside of the range. */
static char *
inner(const arb_t x, bool upper)
{
    arf_t end;

    arf_init(end);
    if (upper)
        arb_get_ubound_arf(end, x, 128);
    else
        arb_get_lbound_arf(end, x, 128);
    char *text = arf_is_finite(end)
                     ? mlio_format_directed(end, END_DIGITS, upper)
                     : not_known();
    arf_clear(end);
    return text;
}

/* As many digits, at most END_DIGITS, as the ball decides. */
static char *
decided(const arb_t x)
{
    bool is_exact;

    for (slong digits = END_DIGITS; digits > 0; digits--) {
        char *text = mlio_format_decided(&is_exact, x, digits);
        if (text)
            return text;
    }
    return not_known();
}

/* E = E_alpha(-x) at prec bits or better. */
static ml_status
value_at(arb_t e, const fmpq_t alpha, const fmpq_t x, slong prec)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    ml_arg args[3];
    acb_t v;

    ml_args_init(args, 3);
    acb_init(v);
    fmpq_set(args[0].re, alpha);
    fmpq_set_si(args[1].re, 1, 1);
    fmpq_neg(args[2].re, x);
    ml_status status = ml_eval_bits(v, f, NULL, args, prec, ML_PREC_CAP);
    arb_set(e, acb_realref(v));
    acb_clear(v);
    ml_args_clear(args, 3);
    return status;
}

/* S/E - 1 or L/E - 1 */
static ml_status
limit_error(arb_t error, bool is_short, const fmpq_t alpha, const fmpq_t x,
            slong prec)
{
    arb_t a, b;
    fmpq_t y;

    arb_init(a);
    arb_init(b);
    fmpq_init(y);
    ml_status status = value_at(b, alpha, x, prec);
    fmpq_set_si(y, 1, 1);
    if (is_short)
        fmpq_add(y, y, alpha);
    else
        fmpq_sub(y, y, alpha);
    arb_set_fmpq(error, y, prec);
    arb_rgamma(error, error, prec);
    arb_set_fmpq(a, x, prec);
    if (is_short) {
        arb_mul(error, error, a, prec);
        arb_neg(error, error);
        arb_exp(error, error, prec);
    } else {
        arb_div(error, error, a, prec);
    }
    arb_div(error, error, b, prec);
    arb_sub_ui(error, error, 1, prec);
    arb_clear(a);
    arb_clear(b);
    fmpq_clear(y);
    return status;
}

typedef enum { VALUE, SLOPE, SHORT_ERROR, LONG_ERROR } quantity;

/* Correctly rounded at `digits`: the precision is raised until the ball
 * decides. */
static ml_status
format_quantity(char **text, quantity q, const fmpq_t alpha, const fmpq_t x,
                slong digits)
{
    ml_status status = ML_UNABLE;
    bool is_exact;
    arb_t v;

    arb_init(v);
    *text = NULL;
    for (slong prec = 128; !*text && prec <= 8192; prec *= 2) {
        if (q == VALUE)
            status = value_at(v, alpha, x, prec);
        else if (q == SLOPE)
            status = ml_asymptotics_slope(v, alpha, x, prec);
        else
            status = limit_error(v, q == SHORT_ERROR, alpha, x, prec);
        if (status != ML_OK && status != ML_UNABLE)
            break;
        *text = mlio_format_decided(&is_exact, v, digits);
    }
    arb_clear(v);
    if (!*text) {
        *text = not_known();
        return status == ML_OK ? ML_UNABLE : status;
    }
    return ML_OK;
}

/* --------------------------------------------------------------------- rows */

#define MAX_CELLS 12

typedef struct {
    const exact *alpha, *by; /* eps or x */
    char *cells[MAX_CELLS];  /* after alpha and eps, before status */
    size_t ncells;
    ml_status status;
} row;

static void
add(row *r, char *cell)
{
    r->cells[r->ncells++] = cell;
}

/* The three columns of one end; E is taken at the number printed. */
static void
range_end(row *r, bool is_short)
{
    const fmpq *alpha = r->alpha->value.re;
    char *x_text = not_known(), *t_text = not_known(), *e_text = not_known();
    fmpq_t printed;
    arb_t x;

    arb_init(x);
    fmpq_init(printed);
    ml_status status = is_short
                           ? ml_asymptotics_short(x, alpha, r->by->value.re)
                           : ml_asymptotics_long(x, alpha, r->by->value.re);
    if (status == ML_OK) {
        free(x_text);
        free(t_text);
        x_text = inner(x, !is_short);
        time_of(x, x, alpha, 256);
        t_text = inner(x, !is_short);
        if (x_text && mlio_parse_real(printed, x_text, NULL)) {
            free(e_text);
            status =
                format_quantity(&e_text, VALUE, alpha, printed, END_DIGITS);
        }
    }
    r->status |= status;
    add(r, x_text);
    add(r, t_text);
    add(r, e_text);
    fmpq_clear(printed);
    arb_clear(x);
}

/* "0.5;1.5" from n balls; "-" from none. */
static char *
join(const arb_struct *x, size_t n)
{
    size_t size = 40 * (n + 1), used = 0;
    char *text = calloc(1, size);

    for (size_t i = 0; text && i < n; i++) {
        char *one = decided(x + i);
        if (one) {
            int more = snprintf(text + used, size - used, "%s%.36s",
                                i ? ";" : "", one);
            used += more > 0 ? (size_t)more : 0;
        }
        free(one);
    }
    if (text && n == 0)
        memcpy(text, "-", 2);
    return text;
}

static void
equal_points(row *r)
{
    const fmpq *alpha = r->alpha->value.re;
    arb_struct x[EQUAL_MAX];
    size_t n = 0;
    bool all = false;

    for (size_t i = 0; i < EQUAL_MAX; i++)
        arb_init(x + i);
    ml_status status = ml_asymptotics_equal(x, &n, EQUAL_MAX, &all, alpha);
    if (status != ML_OK)
        n = 0;
    add(r, status == ML_OK ? join(x, n) : not_known());
    for (size_t i = 0; i < n; i++)
        time_of(x + i, x + i, alpha, 256);
    add(r, status == ML_OK ? join(x, n) : not_known());
    add(r, strdup(status != ML_OK ? "-" : all ? "yes" : "no"));
    r->status |= status;
    for (size_t i = 0; i < EQUAL_MAX; i++)
        arb_clear(x + i);
}

static void
compute_range(size_t i, void *context)
{
    row *r = (row *)context + i;

    range_end(r, true);
    range_end(r, false);
    equal_points(r);
}

static void
compute_local(size_t i, void *context)
{
    row *r = (row *)context + i;
    const fmpq *alpha = r->alpha->value.re, *x = r->by->value.re;
    char *text[4];
    arb_t t;

    if (fmpq_sgn(x) <= 0 || fmpq_sgn(alpha) <= 0
        || fmpq_cmp_si(alpha, 1) >= 0) {
        r->status = ML_DOMAIN;
        for (int k = 0; k < 5; k++)
            add(r, not_known());
        return;
    }
    arb_init(t);
    arb_set_fmpq(t, x, 256);
    time_of(t, t, alpha, 256);
    add(r, decided(t));
    arb_clear(t);
    for (quantity q = VALUE; q <= LONG_ERROR; q++) {
        slong digits = q <= SLOPE ? VALUE_DIGITS : END_DIGITS;
        r->status |= format_quantity(&text[q], q, alpha, x, digits);
        add(r, text[q]);
    }
}

static const char *const range_columns[] = {
    "alpha",  "eps",    "short_x", "short_t", "short_E",   "long_x",
    "long_t", "long_E", "equal_x", "equal_t", "equal_all", "status"};
static const char *const local_columns[] = {
    "alpha", "x", "t", "E", "slope", "short_error", "long_error", "status"};

static int
write_rows(const row *rows, size_t n, bool local, mlio_format format, int argc,
           char **argv)
{
    mlio_error err;
    mlio_writer *w = mlio_writer_open(NULL, format, &err);
    size_t bad = 0, first = 0;

    if (!w)
        return cli_error(&err);
    cli_provenance(w, "asymptotics", argc, argv);
    if (local)
        mlio_writer_columns(w, sizeof local_columns / sizeof *local_columns,
                            local_columns);
    else
        mlio_writer_columns(w, sizeof range_columns / sizeof *range_columns,
                            range_columns);
    for (size_t i = 0; i < n; i++) {
        mlio_writer_cell(w, "%s", rows[i].alpha->text);
        mlio_writer_cell(w, "%s", rows[i].by->text);
        for (size_t k = 0; k < rows[i].ncells; k++)
            mlio_writer_cell(w, "%s", rows[i].cells[k]);
        mlio_writer_cell(w, "%s", ml_status_name(rows[i].status));
        if (rows[i].status != ML_OK && bad++ == 0)
            first = i;
    }
    if (!mlio_writer_close(w, &err))
        return cli_error(&err);
    if (bad == 0)
        return EXIT_OK;
    fprintf(stderr,
            "mlref asymptotics: %zu of %zu rows not ok; row %zu: %s%s\n", bad,
            n, first + 1, ml_status_name(rows[first].status),
            rows[first].status & ML_DOMAIN
                ? (local ? ", needs 0 < alpha < 1 and x > 0"
                         : ", needs 0 < alpha < 1 and 0 < eps < 1")
                : "");
    return EXIT_NOT_OK;
}

/* --------------------------------------------------------------------- verb */

static bool
read_alpha(exact_list *alpha, const cli_positionals *p, mlio_error *err)
{
    if (p->n == 0)
        return mlio_fail(err, MLIO_USAGE, "asymptotics needs alpha=A");
    for (size_t i = 0; i < p->n; i++) {
        if (strncmp(p->values[i], "alpha=", 6) != 0)
            return mlio_fail(err, MLIO_USAGE,
                             "asymptotics: expected alpha=A, got \"%s\"",
                             p->values[i]);
        if (!append_commas(alpha, p->values[i] + 6, "alpha", err))
            return false;
    }
    return true;
}

static bool
read_by(exact_list *by, const opt_list *eps, const char *x, mlio_error *err)
{
    if (x)
        return append_x(by, x, err);
    if (eps->n == 0)
        return append(by, strdup("0.01"), "--eps", err);
    for (size_t i = 0; i < eps->n; i++) {
        if (!append_commas(by, eps->values[i], "--eps", err))
            return false;
    }
    return true;
}

static int
run_rows(const exact_list *alpha, const exact_list *by, bool local,
         mlio_format format, int argc, char **argv)
{
    size_t n = alpha->n * by->n;
    row *rows = calloc(n + 1, sizeof *rows);
    mlio_error err;

    if (!rows) {
        mlio_fail(&err, MLIO_FILE, "memory is out");
        return cli_error(&err);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].alpha = &alpha->at[i / by->n];
        rows[i].by = &by->at[i % by->n];
    }
    mlio_parallel_for(n, 0, local ? compute_local : compute_range, rows);
    int code = write_rows(rows, n, local, format, argc, argv);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < rows[i].ncells; k++)
            free(rows[i].cells[k]);
    }
    free(rows);
    return code;
}

int
cmd_asymptotics(int argc, char **argv)
{
    opt_list eps = {{NULL}, 0};
    const char *x = NULL, *format_name = "tsv";
    const opt_spec specs[] = {
        {"--eps", OPT_LIST, &eps, NULL},
        {"--x", OPT_STRING, &x, NULL},
        {"--format", OPT_STRING, &format_name, NULL},
    };
    cli_positionals p;
    exact_list alpha = {NULL, 0}, by = {NULL, 0};
    mlio_format format;
    mlio_error err;
    bool done;
    int code;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof specs[0], &p,
                     help, &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (!mlio_format_parse(&format, format_name, &err))
        return cli_usage("asymptotics", "--format: %s", err.text);
    if (x && eps.n)
        return cli_usage("asymptotics", "give --eps or --x, not both");
    if (read_alpha(&alpha, &p, &err) && read_by(&by, &eps, x, &err))
        code = run_rows(&alpha, &by, x != NULL, format, argc, argv);
    else
        code = cli_error(&err);
    clear_list(&alpha);
    clear_list(&by);
    return code;
}
