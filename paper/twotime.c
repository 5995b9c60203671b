/* paper/twotime.c - from C(t1, t2) to g2 per age window, as in the paper.
 *
 * t_a is the earlier time; windows of 1000 s; lags are whole frames, binned to
 * five per decade, the bin's time being the mean of its lags.  Frames whose
 * spacing is irregular (a gap) are matched by their times, never by number.
 */
#include "paper/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW     1000.0
#define PER_DECADE 5.0

typedef struct {
    const double *c; /* n x n */
    const double *t; /* n, ascending */
    size_t n;
    double frame; /* smallest spacing */
    size_t bins;
} matrix;

static bool
read_times(double **t, size_t *n, const char *path, mlio_error *err)
{
    mlio_table *table = mlio_table_read(path, err);
    size_t col;
    bool ok = false;

    *t = NULL;
    if (!table) {
        return false;
    }
    *n = mlio_table_rows(table);
    if (!mlio_table_need(table, "t", &col, err)) {
        goto end;
    }
    *t = calloc(*n + 1, sizeof **t);
    if (!*t) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        goto end;
    }
    for (size_t i = 0; i < *n; i++) {
        if (!mlio_table_double(*t + i, table, i, col, err)) {
            goto end;
        }
        if (i > 0 && !((*t)[i] > (*t)[i - 1])) {
            mlio_table_fail(table, i, col, err,
                            "expected ascending times, one per frame");
            goto end;
        }
    }
    ok = true;
end:
    mlio_table_free(table);
    return ok;
}

/* Bin of a lag: frames 10^(k/5) up to 10^((k+1)/5). */
static size_t
bin_of(const matrix *m, double lag)
{
    double k = floor(PER_DECADE * log10(lag / m->frame) + 1e-9);

    return k < 0 ? 0 : (size_t)k;
}

typedef struct {
    double *lag, *sum, *sum2;
    size_t *count;
} bins;

static bool
bins_alloc(bins *b, size_t n)
{
    b->lag = calloc(n, sizeof *b->lag);
    b->sum = calloc(n, sizeof *b->sum);
    b->sum2 = calloc(n, sizeof *b->sum2);
    b->count = calloc(n, sizeof *b->count);
    return b->lag && b->sum && b->sum2 && b->count;
}

static void
bins_free(bins *b)
{
    free(b->lag);
    free(b->sum);
    free(b->sum2);
    free(b->count);
}

/* NaN marks pairs of frames that were not live. */
static void
collect(bins *b, const matrix *m, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        for (size_t k = i + 1; k < m->n; k++) {
            double lag = m->t[k] - m->t[i], c = m->c[i * m->n + k];
            if (!isnan(c)) {
                size_t j = bin_of(m, lag);
                b->lag[j] += lag;
                b->sum[j] += c;
                b->sum2[j] += c * c;
                b->count[j]++;
            }
        }
    }
}

/* Means of the bins that are not empty. */
static bool
to_decay(mlpaper_decay *d, const bins *b, size_t n, mlio_error *err)
{
    size_t used = 0;

    for (size_t j = 0; j < n; j++) {
        used += b->count[j] > 0;
    }
    if (!mlpaper_decay_alloc(d, used, true, err)) {
        return false;
    }
    used = 0;
    for (size_t j = 0; j < n; j++) {
        double c = (double)b->count[j];
        if (c > 0) {
            d->t[used] = b->lag[j] / c;
            d->g2[used] = b->sum[j] / c;
            double v = fmax(0, b->sum2[j] / c - d->g2[used] * d->g2[used]);
            d->err[used] = sqrt(v / c);
            used++;
        }
    }
    return true;
}

/* One age window of frames first .. last-1; few lags: no window. */
static bool
add_window(mlpaper_record *r, const matrix *m, size_t first, size_t last,
           double t_a, mlio_error *err)
{
    bins b;
    bool ok = bins_alloc(&b, m->bins);

    if (!ok) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    } else {
        collect(&b, m, first, last);
        ok = to_decay(&r->ages[r->n].decay, &b, m->bins, err);
        if (ok && r->ages[r->n].decay.n >= 4) {
            r->ages[r->n++].t_a = t_a;
        } else if (ok) {
            mlpaper_decay_free(&r->ages[r->n].decay);
        }
    }
    bins_free(&b);
    return ok;
}

static bool
all_windows(mlpaper_record *r, const matrix *m, mlio_error *err)
{
    double start = m->t[0], span = m->t[m->n - 1] - start;
    size_t windows = (size_t)(span / WINDOW) + 1, first = 0;
    bins whole;
    bool ok;

    r->ages = calloc(windows + 1, sizeof *r->ages);
    ok = bins_alloc(&whole, m->bins);
    if (!r->ages || !ok) {
        ok = mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t w = 0; w < windows && ok; w++) {
        double end = start + WINDOW * (double)(w + 1);
        size_t last = first;
        while (last < m->n && m->t[last] < end) {
            last++;
        }
        r->empty += last == first;
        if (last > first) {
            ok = add_window(r, m, first, last, end - WINDOW / 2, err);
        }
        first = last;
    }
    if (ok) {
        collect(&whole, m, 0, m->n);
        ok = to_decay(&r->whole, &whole, m->bins, err);
    }
    bins_free(&whole);
    return ok;
}

static bool
check_matrix(const matrix *m, const char *path, mlio_error *err)
{
    for (size_t i = 0; i < m->n; i++) {
        for (size_t k = 0; k < m->n; k++) {
            double a = m->c[i * m->n + k], b = m->c[k * m->n + i];
            bool both_nan = isnan(a) && isnan(b);
            if (!both_nan && !(fabs(a - b) <= 1e-5 * (1 + fabs(a)))) {
                return mlio_fail(err, MLIO_DATA,
                                 "%s: C[%zu][%zu] = %g but C[%zu][%zu] = %g: "
                                 "expected a symmetric matrix of finite "
                                 "numbers, NaN for frames without beam",
                                 path, i, k, a, k, i, b);
            }
        }
    }
    return true;
}

bool
mlpaper_record_npy(mlpaper_record *r, const char *c2, const char *times,
                   mlio_error *err)
{
    size_t rows = 0, columns = 0, n = 0;
    double *t = NULL;
    double *c = mlpaper_npy_read(&rows, &columns, c2, err);
    bool ok = c && read_times(&t, &n, times, err);

    if (ok && rows != columns) {
        ok = mlio_fail(err, MLIO_DATA,
                       "%s: expected a square array, got %zu x "
                       "%zu",
                       c2, rows, columns);
    }
    if (ok && (rows != n || n < 8)) {
        ok = mlio_fail(err, MLIO_DATA,
                       "%s: expected one time for each of the %zu frames of "
                       "%s, and at least 8, got %zu",
                       times, rows, c2, n);
    }
    if (ok) {
        matrix m = {c, t, n, INFINITY, 0};
        for (size_t i = 1; i < n; i++) {
            m.frame = fmin(m.frame, t[i] - t[i - 1]);
        }
        m.bins = bin_of(&m, t[n - 1] - t[0]) + 1;
        r->frame = m.frame;
        ok = check_matrix(&m, c2, err) && all_windows(r, &m, err);
    }
    free(c);
    free(t);
    return ok;
}
