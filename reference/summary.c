/* reference/summary.c - verdicts, counted by region; the worst of them. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"

static bool
measured(const mltab_verdict *v)
{
    return (v->kind == MLTAB_OK || v->kind == MLTAB_WRONG) && !isnan(v->ulp);
}

static int
compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
larger(double a, double b)
{
    return isnan(a) || b > a ? b : a;
}

/* region NULL: all points.  ulps has room for every point. */
static void
count_region(mltab_region *row, const char *region, const mltab_points *set,
             const mltab_verdict *verdicts, double *ulps)
{
    double none = (double)NAN;
    size_t n = 0;
    memset(row, 0, sizeof *row);
    snprintf(row->region, sizeof row->region, "%s",
             region == NULL ? "all" : region);
    row->median_ulp = row->worst_ulp = none;
    row->worst_relative = row->worst_absolute = none;
    for (size_t i = 0; i < set->n; i++) {
        const mltab_verdict *v = &verdicts[i];
        if (region != NULL && strcmp(region, set->points[i].region) != 0) {
            continue;
        }
        row->n++;
        row->count[v->kind]++;
        if (measured(v)) {
            ulps[n++] = v->ulp;
            row->worst_ulp = larger(row->worst_ulp, v->ulp);
            /* 0 for a truth below the normal doubles is right, and 100 %
             * off: such points have no say in the relative error. */
            if (hypot(v->true_re, v->true_im) >= DBL_MIN) {
                row->worst_relative = larger(row->worst_relative, v->relative);
            }
            row->worst_absolute = larger(row->worst_absolute, v->absolute);
        }
    }
    if (n > 0) {
        qsort(ulps, n, sizeof *ulps, compare_doubles);
        row->median_ulp =
            n % 2 == 1 ? ulps[n / 2] : (ulps[n / 2 - 1] + ulps[n / 2]) / 2;
    }
}

static bool
is_new(const mltab_region *rows, size_t n, const char *region)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows[i].region, region) == 0) {
            return false;
        }
    }
    return true;
}

bool
mltab_summarize(mltab_region **rows, size_t *nrows, const mltab_points *set,
                const mltab_verdict *verdicts, mlio_error *err)
{
    *rows = NULL;
    *nrows = 0;
    size_t capacity = 0;
    double *ulps = malloc((set->n + 1) * sizeof *ulps);
    bool ok = ulps != NULL;
    for (size_t i = 0; i <= set->n && ok; i++) {
        const char *region = i < set->n ? set->points[i].region : NULL;
        if (region != NULL && !is_new(*rows, *nrows, region)) {
            continue;
        }
        if (*nrows == capacity) {
            capacity += 32;
            mltab_region *more = realloc(*rows, capacity * sizeof *more);
            ok = more != NULL;
            *rows = ok ? more : *rows;
        }
        if (ok) {
            count_region(*rows + (*nrows)++, region, set, verdicts, ulps);
        }
    }
    free(ulps);
    if (!ok) {
        free(*rows);
        *rows = NULL;
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    return true;
}

/* ------------------------------------------------------------------- the worst */

static int
severity(mltab_kind k)
{
    static const int rank[MLTAB_NKINDS] = {
        [MLTAB_HANG] = 8,    [MLTAB_CRASH] = 7, [MLTAB_GARBAGE] = 6,
        [MLTAB_NAN] = 5,     [MLTAB_INF] = 4,   [MLTAB_WRONG] = 3,
        [MLTAB_REFUSED] = 2, [MLTAB_OK] = 1,    [MLTAB_UNKNOWN] = 0};
    return rank[k];
}

static bool
worse(const mltab_verdict *a, const mltab_verdict *b)
{
    int ra = severity(a->kind), rb = severity(b->kind);
    return ra != rb ? ra > rb : measured(a) && a->ulp > b->ulp;
}

size_t
mltab_worst(size_t *order, size_t max, const mltab_verdict *verdicts, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = kept;
        while (at > 0 && worse(&verdicts[i], &verdicts[order[at - 1]])) {
            at--;
        }
        if (at >= max || verdicts[i].kind == MLTAB_UNKNOWN) {
            continue;
        }
        kept += kept < max;
        memmove(order + at + 1, order + at, (kept - at - 1) * sizeof *order);
        order[at] = i;
    }
    return kept;
}
