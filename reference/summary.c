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

const char *
mltab_measure_name(mltab_measure m)
{
    static const char *const names[MLTAB_NMEASURES] = {"ulp", "relative",
                                                       "absolute", "scaled"};
    return names[m];
}

double
mltab_measure_of(const mltab_verdict *v, mltab_measure m)
{
    const double values[MLTAB_NMEASURES] = {v->ulp, v->relative, v->absolute,
                                            v->scaled};
    if (!measured(v)) {
        return (double)NAN;
    }
    /* 0 for a truth below the normal doubles is right, and 100 % off: such
     * points have no say in what is relative. */
    bool tiny = hypot(v->true_re, v->true_im) < DBL_MIN;
    bool relative = m == MLTAB_RELATIVE || m == MLTAB_SCALED;
    return tiny && relative ? (double)NAN : values[m];
}

/* --------------------------------------------------------------- histograms */

const double mltab_bin_limit[MLTAB_NBINS - 1] = {
    0.5, 1, 2, 4, 10, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12, 1e15, HUGE_VAL};

int
mltab_bin(const mltab_verdict *v)
{
    int b = 0;
    if (v->kind == MLTAB_UNKNOWN) {
        return -1;
    }
    if (!measured(v)) {
        return MLTAB_NBINS - 1;
    }
    while (v->ulp > mltab_bin_limit[b]) {
        b++;
    }
    return b;
}

void
mltab_spark(char out[MLTAB_SPARK], const size_t histogram[MLTAB_NBINS])
{
    size_t sum = 0;
    char *to = out;
    for (int b = 0; b < MLTAB_NBINS; b++) {
        sum += histogram[b];
    }
    for (int b = 0; b < MLTAB_NBINS; b++) {
        if (histogram[b] == 0) {
            to += sprintf(to, "\xc2\xb7");
            continue;
        }
        int height = 8;
        for (size_t part = sum; 2 * histogram[b] < part && height > 1;
             part = part / 2 + part % 2) {
            height--;
        }
        to += sprintf(to, "\xe2\x96%c", 0x80 + height);
    }
}

/* ------------------------------------------------------------------- regions */

/* The median, worst and witness of values[n], which belong to points[n]. */
static void
set_measure(mltab_region *row, mltab_measure m, double *values,
            const size_t *points, size_t n)
{
    row->median[m] = row->worst[m] = (double)NAN;
    row->witness[m] = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || values[i] > row->worst[m]) {
            row->worst[m] = values[i];
            row->witness[m] = points[i];
        }
    }
    if (n > 0) {
        qsort(values, n, sizeof *values, compare_doubles);
        row->median[m] = n % 2 == 1 ? values[n / 2]
                                    : (values[n / 2 - 1] + values[n / 2]) / 2;
    }
}

/* region NULL: all points.  values, points have room for every point. */
static void
count_region(mltab_region *row, const char *region, const mltab_points *set,
             const mltab_verdict *verdicts, double *values, size_t *points)
{
    memset(row, 0, sizeof *row);
    snprintf(row->region, sizeof row->region, "%s",
             region == NULL ? "all" : region);
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        size_t n = 0;
        for (size_t i = 0; i < set->n; i++) {
            const mltab_verdict *v = &verdicts[i];
            if (region != NULL && strcmp(region, set->points[i].region) != 0) {
                continue;
            }
            double x = mltab_measure_of(v, (mltab_measure)m);
            if (!isnan(x)) {
                values[n] = x;
                points[n++] = i;
            }
            if (m == 0) {
                int bin = mltab_bin(v);
                row->n++;
                row->count[v->kind]++;
                row->histogram[bin < 0 ? 0 : bin] += bin >= 0;
            }
        }
        set_measure(row, (mltab_measure)m, values, points, n);
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
    double *values = malloc((set->n + 1) * sizeof *values);
    size_t *points = malloc((set->n + 1) * sizeof *points);
    bool ok = values != NULL && points != NULL;
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
            count_region(*rows + (*nrows)++, region, set, verdicts, values,
                         points);
        }
    }
    free(values);
    free(points);
    if (!ok) {
        free(*rows);
        *rows = NULL;
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    return true;
}

/* ------------------------------------------------------------------- the worst */

int
mltab_severity(mltab_kind k)
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
    const int wrong = mltab_severity(MLTAB_WRONG);
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
            r[known++] = (ranked){mltab_severity(v->kind),
                                  measured(v) ? v->ulp : 0, i, false};
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
