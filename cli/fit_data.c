/* cli/fit_data.c - the table of `mlref fit`: columns, groups, bad values. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fit.h"

/* ------------------------------------------------------------------ columns */

static const char *const roles[] = {"t", "R", "sigma", "group"};

enum { ROLE_T, ROLE_R, ROLE_SIGMA, ROLE_GROUP, ROLES };

/* What a role is called when --columns does not say; the first that exists. */
static const char *const usual[ROLES][4] = {
    {"t"}, {"R", "g2"}, {"sigma", "err", "R_err"}, {"group"}};

/* Splits "t=lag,R=g2" in place into wanted[]. */
static bool
parse_columns(char *text, const char *wanted[ROLES], mlio_error *err)
{
    char *save = NULL;

    for (char *item = strtok_r(text, ",", &save); item;
         item = strtok_r(NULL, ",", &save)) {
        char *equals = strchr(item, '=');
        size_t role = 0;
        if (equals)
            *equals = '\0';
        while (role < ROLES && strcmp(item, roles[role]) != 0)
            role++;
        if (!equals || equals[1] == '\0' || role == ROLES)
            return mlio_fail(err, MLIO_USAGE,
                             "--columns: expected t=, R=, sigma= or group= "
                             "with the name of a column, got \"%s\"",
                             item);
        if (wanted[role])
            return mlio_fail(err, MLIO_USAGE, "--columns: %s is given twice",
                             roles[role]);
        wanted[role] = equals + 1;
    }
    return true;
}

static bool
find_column(fit_input *in, int role, const char *wanted, long *column,
            mlio_error *err)
{
    size_t k = 0;

    *column = -1;
    if (wanted) {
        if (!mlio_table_need(in->table, wanted, &k, err))
            return false;
        *column = (long)k;
        return true;
    }
    for (int i = 0; i < 4 && usual[role][i] && *column < 0; i++)
        *column = mlio_table_find(in->table, usual[role][i]);
    if (*column >= 0 || role == ROLE_SIGMA || role == ROLE_GROUP)
        return true;
    return mlio_table_need(in->table, usual[role][0], &k, err);
}

static bool
find_columns(fit_input *in, const char *columns, mlio_error *err)
{
    const char *wanted[ROLES] = {NULL};
    long at[ROLES];
    char *text = strdup(columns ? columns : "");
    bool good;

    if (!text)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    good = parse_columns(text, wanted, err);
    for (int role = 0; role < ROLES && good; role++)
        good = find_column(in, role, wanted[role], &at[role], err);
    free(text);
    if (good) {
        in->t = (size_t)at[ROLE_T];
        in->R = (size_t)at[ROLE_R];
        in->sigma = at[ROLE_SIGMA];
        in->group = at[ROLE_GROUP];
    }
    return good;
}

/* ------------------------------------------------------------------- values */

static fit_group *
group_of(fit_input *in, const char *name)
{
    for (size_t i = in->n; i-- > 0;)
        if (strcmp(in->groups[i].name, name) == 0)
            return &in->groups[i];
    in->groups[in->n].name = name;
    return &in->groups[in->n++];
}

static bool
read_value(const fit_input *in, size_t row, size_t column, double *x,
           const char *what, bool zero_good, mlio_error *err)
{
    if (!mlio_table_double(x, in->table, row, column, err))
        return false;
    if (what && !(zero_good ? *x >= 0 : *x > 0))
        return mlio_table_fail(in->table, row, column, err, "%s, got %s", what,
                               mlio_table_cell(in->table, row, column));
    return true;
}

static bool
read_row(fit_input *in, fit_group *g, size_t row, mlio_error *err)
{
    size_t k = g->data.n++;

    /* The group is one of the first pass, and has its arrays. */
    g->row[k] = row; /* NOLINT(clang-analyzer-core.NullDereference) */
    return read_value(in, row, in->t, &g->t[k], "expected a time t >= 0", true,
                      err)
           && read_value(in, row, in->R, &g->R[k], NULL, true, err)
           && (in->sigma < 0
               || read_value(in, row, (size_t)in->sigma, &g->sigma[k],
                             "expected a standard deviation > 0", false, err));
}

static const char *
group_name(const fit_input *in, size_t row)
{
    return in->group < 0 ? "-"
                         : mlio_table_cell(in->table, row, (size_t)in->group);
}

static bool
allocate(fit_group *g)
{
    size_t n = g->data.n;

    g->row = calloc(n, sizeof *g->row);
    g->t = calloc(3 * n, sizeof *g->t);
    if (!g->row || !g->t)
        return false;
    g->R = g->t + n;
    g->sigma = g->R + n;
    return true;
}

static bool
read_groups(fit_input *in, mlio_error *err)
{
    size_t rows = mlio_table_rows(in->table);

    in->n = 0;
    in->groups = calloc(rows, sizeof *in->groups);
    if (!in->groups)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    for (size_t r = 0; r < rows; r++)
        group_of(in, group_name(in, r))->data.n++;
    for (size_t i = 0; i < in->n; i++) {
        if (!allocate(&in->groups[i]))
            return mlio_fail(err, MLIO_FILE, "memory is out");
        in->groups[i].data.n = 0;
    }
    for (size_t r = 0; r < rows; r++)
        if (!read_row(in, group_of(in, group_name(in, r)), r, err))
            return false;
    for (size_t i = 0; i < in->n; i++) {
        fit_group *g = &in->groups[i];
        g->data.t = g->t;
        g->data.R = g->R;
        g->data.sigma = in->sigma < 0 ? NULL : g->sigma;
    }
    return true;
}

bool
fit_input_read(fit_input *in, const char *path, const char *columns,
               mlio_error *err)
{
    memset(in, 0, sizeof *in);
    in->table = mlio_table_read(path, err);
    return in->table && find_columns(in, columns, err) && read_groups(in, err);
}

void
fit_input_free(fit_input *in)
{
    for (size_t i = 0; i < in->n; i++) {
        free(in->groups[i].row);
        free(in->groups[i].t);
    }
    free(in->groups);
    if (in->table)
        mlio_table_free(in->table);
}
