/* cli/options.c - options of a verb, and messages about what is wrong. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/cli.h"

int
cli_error(const mlio_error *err)
{
    fprintf(stderr, "mlref: %s\n", err->text);
    return err->code;
}

int
cli_usage(const char *verb, const char *format, ...)
{
    va_list ap;

    fprintf(stderr, "mlref %s: ", verb);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

/* -------------------------------------------------------------- near misses */

#define NAME_MAX_LENGTH 40

/* The number of letters wrong, missing, added or swapped with a neighbour. */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t d[NAME_MAX_LENGTH + 1][NAME_MAX_LENGTH + 1];

    for (size_t i = 0; i <= na; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= nb; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        for (size_t j = 1; j <= nb; j++) {
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best)
                best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best)
                best = d[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[na][nb];
}

const char *
cli_nearest(const char *word, const char *const *names, size_t n)
{
    const char *nearest = NULL;
    size_t nw = strlen(word), best = SIZE_MAX;

    if (nw > NAME_MAX_LENGTH)
        return NULL;
    for (size_t k = 0; k < n; k++) {
        size_t nk = strlen(names[k]);
        if (nk > NAME_MAX_LENGTH)
            continue;
        size_t d = distance(word, nw, names[k], nk);
        size_t allowed = (nw > nk ? nw : nk) / 3;
        if (d <= allowed && d < best) {
            best = d;
            nearest = names[k];
        }
    }
    return nearest;
}

/* ------------------------------------------------------------------ options */

static const opt_spec *
find(const opt_spec *specs, size_t nspecs, const char *name, size_t length)
{
    for (size_t k = 0; k < nspecs; k++) {
        if (strlen(specs[k].name) == length
            && strncmp(specs[k].name, name, length) == 0)
            return &specs[k];
    }
    return NULL;
}

static bool
unknown(const char *verb, const opt_spec *specs, size_t nspecs,
        const char *name, size_t length)
{
    const char *names[65], *near;
    char word[NAME_MAX_LENGTH + 1];
    size_t n = 0;

    for (size_t k = 0; k < nspecs && n < 64; k++)
        names[n++] = specs[k].name;
    names[n++] = "--help";
    near = NULL;
    if (length <= NAME_MAX_LENGTH) {
        memcpy(word, name, length);
        word[length] = '\0';
        near = cli_nearest(word, names, n);
    }
    if (near)
        cli_usage(verb, "unknown option %.*s; did you mean %s?", (int)length,
                  name, near);
    else
        cli_usage(verb, "unknown option %.*s; see mlref %s --help", (int)length,
                  name, verb);
    return false;
}

static bool
store_int(const char *verb, const opt_spec *spec, const char *value)
{
    char *end;

    errno = 0;
    long long x = strtoll(value, &end, 10);
    bool digit = *value >= '0' && *value <= '9';
    if ((*value == '-' || *value == '+') && value[1] >= '0' && value[1] <= '9')
        digit = true;
    if (!digit || *end != '\0' || errno != 0) {
        cli_usage(verb, "%s: expected an integer, got \"%s\"", spec->name,
                  value);
        return false;
    }
    *(int64_t *)spec->target = x;
    return true;
}

static bool
store(const char *verb, const opt_spec *spec, const char *value)
{
    mlio_error err;

    switch (spec->kind) {
    case OPT_FLAG:
        *(bool *)spec->target = true;
        return true;
    case OPT_STRING:
        *(const char **)spec->target = value;
        return true;
    case OPT_INT:
        return store_int(verb, spec, value);
    case OPT_REAL:
        if (!mlio_parse_double(spec->target, value, &err)) {
            cli_usage(verb, "%s: %s", spec->name, err.text);
            return false;
        }
        return true;
    case OPT_LIST: {
        opt_list *list = spec->target;
        if (list->n == sizeof list->values / sizeof list->values[0]) {
            cli_usage(verb, "%s: given more than %zu times", spec->name,
                      list->n);
            return false;
        }
        list->values[list->n++] = value;
        return true;
    }
    }
    return false;
}

/* One option at argv[*i]; advances *i over its value. */
static bool
option(int argc, char **argv, int *i, const opt_spec *specs, size_t nspecs,
       bool *seen)
{
    const char *verb = argv[0], *arg = argv[*i];
    const char *equals = strchr(arg, '=');
    size_t length = equals ? (size_t)(equals - arg) : strlen(arg);
    const opt_spec *spec = find(specs, nspecs, arg, length);
    const char *value = NULL;

    if (!spec)
        return unknown(verb, specs, nspecs, arg, length);
    size_t k = (size_t)(spec - specs);
    if (seen[k] && spec->kind != OPT_LIST) {
        cli_usage(verb, "%s is given twice", spec->name);
        return false;
    }
    seen[k] = true;
    if (spec->kind == OPT_FLAG && equals) {
        cli_usage(verb, "%s takes no value", spec->name);
        return false;
    }
    if (spec->kind != OPT_FLAG) {
        if (equals)
            value = equals + 1;
        else if (*i + 1 < argc && strncmp(argv[*i + 1], "--", 2) != 0)
            value = argv[++*i];
        if (!value || *value == '\0') {
            cli_usage(verb, "%s needs a value", spec->name);
            return false;
        }
    }
    if (spec->given)
        *spec->given = true;
    return store(verb, spec, value);
}

static bool
positional(const char *verb, cli_positionals *p, const char *arg)
{
    if (!p) {
        cli_usage(verb, "takes no argument, got \"%s\"", arg);
        return false;
    }
    if (p->n == sizeof p->values / sizeof p->values[0]) {
        cli_usage(verb, "more than %zu arguments", p->n);
        return false;
    }
    p->values[p->n++] = arg;
    return true;
}

bool
cli_options(int argc, char **argv, const opt_spec *specs, size_t nspecs,
            cli_positionals *positionals, const char *help, bool *done)
{
    const char *verb = argv[0];
    bool only_positional = false, good = true;

    *done = false;
    if (positionals)
        positionals->n = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            break;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(help, stdout);
            *done = true;
            return true;
        }
    }
    bool *seen = calloc(nspecs + 1, sizeof *seen);
    if (!seen) {
        cli_usage(verb, "memory is out");
        return false;
    }
    for (int i = 1; i < argc && good; i++) {
        const char *arg = argv[i];
        if (only_positional || arg[0] != '-' || arg[1] == '\0')
            good = positional(verb, positionals, arg);
        else if (strcmp(arg, "--") == 0)
            only_positional = true;
        else
            good = option(argc, argv, &i, specs, nspecs, seen);
    }
    free(seen);
    return good;
}
