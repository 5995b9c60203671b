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

typedef struct {
    int severity;
    double ulp;
    size_t point;
    bool taken;
} ranked;

/* Worst first; equals in the order of the set. */
static int
by_rank(const void *a, const void *b)
{
    const ranked *p = a, *q = b;
    if (p->severity != q->severity) {
        return p->severity > q->severity ? -1 : 1;
    }
    if (p->ulp != q->ulp) {
        return p->ulp > q->ulp ? -1 : 1;
    }
    return p->point < q->point ? -1 : p->point > q->point;
}

/* Marks points in their order until max are taken: of each kind worse than
 * wrong at most share, none better than wrong unless all are wanted; returns
 * how many. */
static size_t
take(ranked *r, size_t n, size_t taken, size_t max, size_t share, bool all)
{
    const int wrong = severity(MLTAB_WRONG);
    size_t of_kind[16] = {0};
    for (size_t i = 0; i < n && taken < max; i++) {
        bool may =
            all || r[i].severity == wrong
            || (r[i].severity > wrong && of_kind[r[i].severity]++ < share);
        if (may && !r[i].taken) {
            r[i].taken = true;
            taken++;
        }
    }
    return taken;
}

size_t
mltab_worst(size_t *order, size_t max, const mltab_verdict *verdicts, size_t n)
{
    ranked *r = malloc((n + 1) * sizeof *r);
    size_t known = 0, kept = 0;
    if (!r) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        const mltab_verdict *v = &verdicts[i];
        if (v->kind != MLTAB_UNKNOWN) {
            r[known++] =
                (ranked){severity(v->kind), measured(v) ? v->ulp : 0, i, false};
        }
    }
    qsort(r, known, sizeof *r, by_rank);
    /* A thousand NaNs must not hide the silently wrong answers. */
    size_t taken = take(r, known, 0, max, max / 5 + (max < 5), false);
    take(r, known, taken, max, 0, true);
    for (size_t i = 0; i < known; i++) {
        if (r[i].taken) {
            order[kept++] = r[i].point;
        }
    }
    free(r);
    return kept;
}
