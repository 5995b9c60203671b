/* paper/record.c - a directory of a user: g2.tsv, or c2.npy and times.tsv. */
#include "paper/impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The paper's long-time plateau, taken where the data give none. */
#define PAPER_PLATEAU    1.00240
#define PAPER_PLATEAU_SE 0.00028

bool
mlpaper_decay_alloc(mlpaper_decay *d, size_t n, bool with_err, mlio_error *err)
{
    memset(d, 0, sizeof *d);
    d->n = n;
    d->t = calloc(n + 1, sizeof *d->t);
    d->g2 = calloc(n + 1, sizeof *d->g2);
    d->R = calloc(n + 1, sizeof *d->R);
    d->err = with_err ? calloc(n + 1, sizeof *d->err) : NULL;
    if (!d->t || !d->g2 || !d->R || (with_err && !d->err)) {
        mlpaper_decay_free(d);
        mlio_fail(err, MLIO_FILE, "out of memory");
        return false;
    }
    return true;
}

void
mlpaper_decay_free(mlpaper_decay *d)
{
    free(d->t);
    free(d->g2);
    free(d->R);
    free(d->err);
    memset(d, 0, sizeof *d);
}

void
mlpaper_record_free(mlpaper_record *r)
{
    if (!r) {
        return;
    }
    for (size_t i = 0; i < r->n; i++) {
        mlpaper_decay_free(&r->ages[i].decay);
    }
    free(r->ages);
    mlpaper_decay_free(&r->whole);
    free(r);
}

static bool
exists(const char *path)
{
    FILE *f = fopen(path, "r");

    if (f) {
        fclose(f);
    }
    return f != NULL;
}

/* ------------------------------------------------------------------- g2.tsv */

typedef struct {
    double t_a, t, g2, err;
} point;

static int
by_age_and_lag(const void *a, const void *b)
{
    const point *p = a, *q = b;

    if (p->t_a != q->t_a) {
        return p->t_a < q->t_a ? -1 : 1;
    }
    return p->t < q->t ? -1 : p->t > q->t;
}

/* Every cell a number, t > 0, err > 0. */
static bool
read_points(point *points, const mlio_table *table, mlio_error *err)
{
    size_t col[4];
    static const char *const names[4] = {"t_a", "t", "g2", "err"};

    for (int k = 0; k < 4; k++) {
        if (!mlio_table_need(table, names[k], &col[k], err)) {
            return false;
        }
    }
    for (size_t i = 0; i < mlio_table_rows(table); i++) {
        double *to[4] = {&points[i].t_a, &points[i].t, &points[i].g2,
                         &points[i].err};
        for (int k = 0; k < 4; k++) {
            if (!mlio_table_double(to[k], table, i, col[k], err)) {
                return false;
            }
        }
        if (!(points[i].t > 0)) {
            return mlio_table_fail(table, i, col[1], err,
                                   "expected a lag t > 0");
        }
        if (!(points[i].err > 0)) {
            return mlio_table_fail(table, i, col[3], err,
                                   "expected a standard deviation err > 0");
        }
    }
    return true;
}

/* Splits sorted points by age. */
static bool
split_ages(mlpaper_record *r, const point *p, size_t n, const char *path,
           mlio_error *err)
{
    size_t ages = 0;

    for (size_t i = 0; i < n; i++) {
        ages += i == 0 || p[i].t_a != p[i - 1].t_a;
    }
    r->ages = calloc(ages + 1, sizeof *r->ages);
    if (!r->ages) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && p[end].t_a == p[i].t_a; end++) {
            if (end > i && p[end].t == p[end - 1].t) {
                return mlio_fail(err, MLIO_DATA,
                                 "%s: lag %g occurs twice at age %g", path,
                                 p[end].t, p[end].t_a);
            }
        }
        if (end - i < 4) {
            return mlio_fail(err, MLIO_DATA,
                             "%s: expected at least 4 lags at age %g, got %zu",
                             path, p[i].t_a, end - i);
        }
        mlpaper_age *a = &r->ages[r->n];
        if (!mlpaper_decay_alloc(&a->decay, end - i, true, err)) {
            return false;
        }
        r->n++;
        a->t_a = p[i].t_a;
        for (size_t k = i; k < end; k++) {
            a->decay.t[k - i] = p[k].t;
            a->decay.g2[k - i] = p[k].g2;
            a->decay.err[k - i] = p[k].err;
        }
    }
    return true;
}

/* Mean over ages at each lag of the table. */
static bool
average_ages(mlpaper_record *r, const point *sorted, size_t n, mlio_error *err)
{
    size_t lags = 0;
    double *t = malloc(n * sizeof *t);

    if (!t) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t k = 0; k < lags && !seen; k++) {
            seen = t[k] == sorted[i].t;
        }
        if (!seen) {
            t[lags++] = sorted[i].t;
        }
    }
    for (size_t i = 1; i < lags; i++) { /* insertion: few lags */
        double x = t[i];
        size_t at;
        for (at = i; at > 0 && t[at - 1] > x; at--) {
            t[at] = t[at - 1];
        }
        t[at] = x;
    }
    bool ok = mlpaper_decay_alloc(&r->whole, lags, false, err);
    for (size_t k = 0; k < lags && ok; k++) {
        double sum = 0;
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            if (sorted[i].t == t[k]) {
                sum += sorted[i].g2;
                count++;
            }
        }
        r->whole.t[k] = t[k];
        r->whole.g2[k] = sum / (double)count;
    }
    free(t);
    return ok;
}

bool
mlpaper_record_table(mlpaper_record *r, const char *path, mlio_error *err)
{
    mlio_table *table = mlio_table_read(path, err);
    size_t n = table ? mlio_table_rows(table) : 0;
    point *points = table ? calloc(n + 1, sizeof *points) : NULL;
    bool ok = false;

    if (table && !points) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    }
    if (points && read_points(points, table, err)) {
        qsort(points, n, sizeof *points, by_age_and_lag);
        ok = split_ages(r, points, n, path, err)
             && average_ages(r, points, n, err);
    }
    free(points);
    mlio_table_free(table);
    return ok;
}

/* ------------------------------------------------------------------ fitting */

/* The long-time plateau: the last decade of lags over the first 140,000 s,
 * as in the paper, if the lags reach 1e5 s; else the paper's number when the
 * data lie above it, else 1. */
static void
long_plateau(mlpaper_record *r)
{
    double sum = 0, sum2 = 0, lowest = INFINITY;
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        const mlpaper_decay *d = &r->ages[i].decay;
        for (size_t k = 0; k < d->n; k++) {
            lowest = fmin(lowest, d->g2[k]);
            if (d->t[k] >= 1e5 && r->ages[i].t_a < 1.4e5) {
                sum += d->g2[k];
                sum2 += d->g2[k] * d->g2[k];
                n++;
            }
        }
    }
    r->plateau_measured = n >= 4;
    if (r->plateau_measured) {
        double mean = sum / (double)n;
        r->plateau_inf = mean;
        r->plateau_inf_se = sqrt(fmax(0, sum2 / (double)n - mean * mean));
    } else {
        r->plateau_inf =
            lowest > PAPER_PLATEAU - 3 * PAPER_PLATEAU_SE ? PAPER_PLATEAU : 1;
        r->plateau_inf_se = PAPER_PLATEAU_SE;
    }
}

/* R = (g2 - g2(inf))/(g2(0) - g2(inf)), g2(0) the first lag; then fits. */
static void
normalise_and_fit(mlpaper_decay *d, double plateau, bool with_ml)
{
    double contrast = d->g2[0] - plateau;

    d->plateau = d->g2[0];
    for (size_t i = 0; i < d->n; i++) {
        d->R[i] = (d->g2[i] - plateau) / contrast;
    }
    d->fitted =
        contrast > 0 && mlpaper_fit(&d->kww, "kww2", d->t, d->R, d->n, false)
        && (!with_ml
            || mlpaper_fit(&d->ml, "ml-direct", d->t, d->R, d->n, false));
}

mlpaper_record *
mlpaper_record_read(const char *dir, mlio_error *err)
{
    char g2[4096], c2[4096], times[4096];
    mlpaper_record *r = calloc(1, sizeof *r);
    bool ok;

    if (!r) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    snprintf(g2, sizeof g2, "%s/g2.tsv", dir);
    snprintf(c2, sizeof c2, "%s/c2.npy", dir);
    snprintf(times, sizeof times, "%s/times.tsv", dir);
    if (exists(g2)) {
        ok = mlpaper_record_table(r, g2, err);
    } else if (exists(c2)) {
        ok = mlpaper_record_npy(r, c2, times, err);
    } else {
        mlio_fail(err, MLIO_FILE,
                  "%s: expected g2.tsv (t, t_a, g2, err), or c2.npy and "
                  "times.tsv (t)",
                  dir);
        ok = false;
    }
    if (ok && r->n == 0) {
        mlio_fail(err, MLIO_DATA, "%s: no age has 4 lags", dir);
        ok = false;
    }
    if (!ok) {
        mlpaper_record_free(r);
        return NULL;
    }
    r->span = r->ages[r->n - 1].t_a - r->ages[0].t_a;
    long_plateau(r);
    for (size_t i = 0; i < r->n; i++) {
        normalise_and_fit(&r->ages[i].decay, r->plateau_inf, false);
    }
    normalise_and_fit(&r->whole, r->plateau_inf, true);
    return r;
}
