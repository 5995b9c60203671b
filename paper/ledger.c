/* paper/ledger.c - reading ledger.tsv, and comparing computed values with it. */
#include "paper/impl.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const columns[] = {"id",      "place",    "claim", "printed",
                                      "verdict", "computed", "remark"};
enum { NCOL = sizeof columns / sizeof *columns };

void
mlpaper_ledger_clear(mlpaper_ledger *l)
{
    free(l->rows);
    mlio_table_free(l->table);
    memset(l, 0, sizeof *l);
}

/* Ids are unique and verdicts known. */
static bool
check_rows(const mlpaper_ledger *l, const size_t col[NCOL], mlio_error *err)
{
    mlpaper_verdict v;

    for (size_t i = 0; i < l->n; i++) {
        if (!mlpaper_verdict_parse(&v, l->rows[i].verdict)) {
            return mlio_table_fail(l->table, i, col[4], err,
                                   "\"%s\" is no verdict: expected none, "
                                   "reproduced, consistent, inconsistent, "
                                   "convention, damaged or needs-data",
                                   l->rows[i].verdict);
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(l->rows[i].id, l->rows[k].id) == 0) {
                return mlio_table_fail(l->table, i, col[0], err,
                                       "the id %s occurs twice", l->rows[i].id);
            }
        }
    }
    return true;
}

bool
mlpaper_ledger_read(mlpaper_ledger *l, const char *path, mlio_error *err)
{
    size_t col[NCOL];

    memset(l, 0, sizeof *l);
    l->table = mlio_table_read(path, err);
    if (!l->table) {
        return false;
    }
    for (size_t c = 0; c < NCOL; c++) {
        if (!mlio_table_need(l->table, columns[c], &col[c], err)) {
            mlpaper_ledger_clear(l);
            return false;
        }
    }
    l->n = mlio_table_rows(l->table);
    l->rows = calloc(l->n ? l->n : 1, sizeof *l->rows);
    if (!l->rows) {
        mlpaper_ledger_clear(l);
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0; i < l->n; i++) {
        const char **cell =
            (const char *[]){mlio_table_cell(l->table, i, col[0]),
                             mlio_table_cell(l->table, i, col[1]),
                             mlio_table_cell(l->table, i, col[2]),
                             mlio_table_cell(l->table, i, col[3]),
                             mlio_table_cell(l->table, i, col[4]),
                             mlio_table_cell(l->table, i, col[5]),
                             mlio_table_cell(l->table, i, col[6])};
        l->rows[i] = (mlpaper_row){cell[0], cell[1], cell[2], cell[3],
                                   cell[4], cell[5], cell[6]};
    }
    if (!check_rows(l, col, err)) {
        mlpaper_ledger_clear(l);
        return false;
    }
    return true;
}

/* The unit of the last digit of the number that s begins with. */
static double
last_place(const char *s, const char *end)
{
    const char *dot = NULL, *e = NULL;

    for (const char *p = s; p < end; p++) {
        dot = *p == '.' ? p : dot;
        e = *p == 'e' ? p : e;
    }
    long places = dot ? (long)((e ? e : end) - dot) - 1 : 0;
    return pow(10, (double)((e ? strtol(e + 1, NULL, 10) : 0) - places));
}

static bool
starts_number(const char *all, const char *p)
{
    bool word = p > all && (isalpha((unsigned char)p[-1]) || p[-1] == '_');

    return !word && isdigit((unsigned char)*p);
}

/* Whole numbers below 100 are counts and must agree exactly. */
bool
mlpaper_same_computed(const char *computed, const char *expected)
{
    const char *a = computed, *b = expected;

    while (*a && *b) {
        if (starts_number(computed, a) && starts_number(expected, b)) {
            char *a_end, *b_end;
            double x = strtod(a, &a_end), y = strtod(b, &b_end);
            double unit = last_place(b, b_end);
            bool is_count = unit >= 1 && fabs(y) < 100;
            if (!(fabs(x - y) <= (is_count ? 0 : 1.0001 * unit))) {
                return false;
            }
            a = a_end;
            b = b_end;
        } else if (*a++ != *b++) {
            return false;
        }
    }
    return *a == *b;
}
