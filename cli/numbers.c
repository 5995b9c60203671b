/* cli/numbers.c - numbers on the command line: lists, and name=value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

#include "base/number.h"
#include "cli/cli.h"

/* Longest list, log:A:B:N or written out. */
#define LIST_MAX 10000000

/* Bits of the logarithms: the points are within 2^-180 of the exact ones, so
 * that a power of ten between powers of ten comes out as that number. */
#define LIST_PREC 256

static bool
usage_code(mlio_error *err)
{
    if (err)
        err->code = MLIO_USAGE;
    return false;
}

static char *
copy(const char *s, size_t n)
{
    char *t = malloc(n + 1);

    if (t) {
        memcpy(t, s, n);
        t[n] = '\0';
    }
    return t;
}

/* One double of a list, s[0..n). */
static bool
list_number(double *x, const char *s, size_t n, mlio_error *err)
{
    char *t = copy(s, n);

    if (!t) {
        mlio_fail(err, MLIO_FILE, "memory is out");
        return false;
    }
    bool good = mlio_parse_double(x, t, err);
    free(t);
    return good || usage_code(err);
}

static void
fill_log(double *list, double a, double b, size_t n)
{
    mpfr_t la, step, x;

    mpfr_inits2(LIST_PREC, la, step, x, (mpfr_ptr)NULL);
    mpfr_set_d(la, a, MPFR_RNDN);
    mpfr_log(la, la, MPFR_RNDN);
    mpfr_set_d(step, b, MPFR_RNDN);
    mpfr_log(step, step, MPFR_RNDN);
    mpfr_sub(step, step, la, MPFR_RNDN);
    for (size_t i = 1; i + 1 < n; i++) {
        mpfr_mul_ui(x, step, (unsigned long)i, MPFR_RNDN);
        mpfr_div_ui(x, x, (unsigned long)(n - 1), MPFR_RNDN);
        mpfr_add(x, x, la, MPFR_RNDN);
        mpfr_exp(x, x, MPFR_RNDN);
        list[i] = mpfr_get_d(x, MPFR_RNDN);
    }
    list[0] = a;
    list[n - 1] = b;
    mpfr_clears(la, step, x, (mpfr_ptr)NULL);
}

static bool
log_list(double **list, size_t *n, const char *text, mlio_error *err)
{
    const char *a = text + strlen("log:");
    const char *b = strchr(a, ':');
    const char *c = b ? strchr(b + 1, ':') : NULL;
    double from, to;

    if (!c)
        return mlio_fail(err, MLIO_USAGE, "expected log:A:B:N, got \"%s\"",
                         text);
    if (!list_number(&from, a, (size_t)(b - a), err)
        || !list_number(&to, b + 1, (size_t)(c - b - 1), err))
        return false;
    size_t digits = strspn(c + 1, "0123456789");
    unsigned long count = strtoul(c + 1, NULL, 10);
    if (digits == 0 || digits > 8 || c[1 + digits] != '\0' || count < 2
        || count > LIST_MAX)
        return mlio_fail(err, MLIO_USAGE,
                         "log:A:B:N needs 2 <= N <= %d, got \"%s\"", LIST_MAX,
                         c + 1);
    if (!(from > 0 && from < to))
        return mlio_fail(err, MLIO_USAGE, "log:A:B:N needs 0 < A < B: \"%s\"",
                         text);
    *list = malloc(count * sizeof **list);
    if (!*list)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    *n = count;
    fill_log(*list, from, to, count);
    if (cli_ascending(*list, count))
        return true;
    free(*list);
    *list = NULL;
    return mlio_fail(err, MLIO_USAGE,
                     "\"%s\" asks for more points than there are doubles",
                     text);
}

static bool
comma_list(double **list, size_t *n, const char *text, mlio_error *err)
{
    size_t count = 1;

    for (const char *s = text; *s; s++)
        count += *s == ',';
    if (count > LIST_MAX)
        return mlio_fail(err, MLIO_USAGE, "a list of more than %d numbers",
                         LIST_MAX);
    *list = malloc(count * sizeof **list);
    if (!*list)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    *n = 0;
    for (const char *s = text; *n < count;) {
        size_t length = strcspn(s, ",");
        if (!list_number(*list + *n, s, length, err)) {
            free(*list);
            *list = NULL;
            *n = 0;
            return false;
        }
        ++*n;
        s += length + 1;
    }
    return true;
}

bool
cli_number_list(double **list, size_t *n, const char *text, mlio_error *err)
{
    *list = NULL;
    *n = 0;
    if (strncmp(text, "log:", 4) == 0)
        return log_list(list, n, text, err);
    return comma_list(list, n, text, err);
}

bool
cli_ascending(const double *list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (!(list[i - 1] < list[i]))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- arguments */

/* Index of the argument s[0..length), or nargs. */
static size_t
find_argument(const ml_function *f, const char *s, size_t length)
{
    for (size_t i = 0; i < f->nargs; i++) {
        if (strlen(f->args[i].name) == length
            && strncmp(f->args[i].name, s, length) == 0)
            return i;
    }
    return f->nargs;
}

/* "alpha, beta, z" */
static void
argument_names(char *text, size_t size, const ml_function *f)
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; i < f->nargs; i++) {
        int k = snprintf(text + used, size - used, "%s%s", i ? ", " : "",
                         f->args[i].name);
        if (k < 0 || (size_t)k >= size - used)
            return;
        used += (size_t)k;
    }
}

static bool
round_argument(ml_arg *arg, const char *text, mlio_error *err)
{
    if (!mlio_fmpq_round_to_double(arg->re)
        || !mlio_fmpq_round_to_double(arg->im))
        return mlio_fail(err, MLIO_USAGE,
                         "\"%s\" is beyond the range of a double", text);
    return true;
}

bool
cli_parse_argument(ml_arg *arg, const ml_argdef *def, const char *text,
                   bool as_double, mlio_error *err)
{
    bool good;
    mlio_error why;

    fmpq_set_si(arg->im, 0, 1);
    if (def->is_complex)
        good = mlio_parse_complex(arg->re, arg->im, text, &why);
    else
        good = mlio_parse_real(arg->re, text, &why);
    if (!good)
        return mlio_fail(err, MLIO_USAGE, "%s: %s", def->name, why.text);
    return !as_double || round_argument(arg, text, err);
}

bool
cli_some_arguments(ml_arg *args, const char **text, const ml_function *f,
                   const char *const *pairs, size_t npairs, bool as_double,
                   mlio_error *err)
{
    char names[200];

    argument_names(names, sizeof names, f);
    for (size_t i = 0; i < f->nargs; i++)
        text[i] = NULL;
    for (size_t k = 0; k < npairs; k++) {
        const char *equals = strchr(pairs[k], '=');
        if (!equals)
            return mlio_fail(err, MLIO_USAGE,
                             "%s: expected name=value, got \"%s\"", f->name,
                             pairs[k]);
        size_t length = (size_t)(equals - pairs[k]);
        size_t i = find_argument(f, pairs[k], length);
        if (i == f->nargs)
            return mlio_fail(err, MLIO_USAGE,
                             "%s has no argument \"%.*s\"; it takes %s",
                             f->name, (int)length, pairs[k], names);
        if (text[i])
            return mlio_fail(err, MLIO_USAGE, "%s: %s is given twice", f->name,
                             f->args[i].name);
        text[i] = equals + 1;
        if (!cli_parse_argument(&args[i], &f->args[i], text[i], as_double, err))
            return false;
    }
    return true;
}

bool
cli_all_arguments(const char *const *text, const ml_function *f,
                  mlio_error *err)
{
    char names[200];

    argument_names(names, sizeof names, f);
    for (size_t i = 0; i < f->nargs; i++) {
        if (!text[i])
            return mlio_fail(err, MLIO_USAGE, "%s: %s is missing; it takes %s",
                             f->name, f->args[i].name, names);
    }
    return true;
}

bool
cli_arguments(ml_arg *args, const char **text, const ml_function *f,
              const char *const *pairs, size_t npairs, bool as_double,
              mlio_error *err)
{
    return cli_some_arguments(args, text, f, pairs, npairs, as_double, err)
           && cli_all_arguments(text, f, err);
}
