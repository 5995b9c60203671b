/* fit/start.c - start values from quantiles of the data, and the grid. */
#include "fit/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A level of the decreasing step function that is nearest to the data. */
typedef struct {
    double t, value, weight;
} level;

static int
by_time(const void *a, const void *b)
{
    const level *x = a, *y = b;

    return (x->t > y->t) - (x->t < y->t);
}

/* Sorts, joins equal t, and pools adjacent violators; values are spread back
 * over the distinct t.  Returns their number. */
static size_t
isotonic(const fit_problem *p, level *s, level *pool, size_t *count)
{
    size_t n = 0, m = 0;

    for (size_t i = 0; i < p->n; i++)
        s[i] = (level){p->t[i], p->y[i] / p->w[i], p->w[i] * p->w[i]};
    qsort(s, p->n, sizeof *s, by_time);
    for (size_t i = 0; i < p->n; i++)
        if (n > 0 && s[n - 1].t == s[i].t) {
            double w = s[n - 1].weight + s[i].weight;
            s[n - 1].value += (s[i].value - s[n - 1].value) * s[i].weight / w;
            s[n - 1].weight = w;
        } else
            s[n++] = s[i];
    for (size_t i = 0; i < n; i++) {
        pool[m] = s[i];
        count[m++] = 1;
        while (m > 1 && pool[m - 2].value <= pool[m - 1].value) {
            level *a = &pool[m - 2], *b = &pool[m - 1];
            double w = a->weight + b->weight;
            a->value += (b->value - a->value) * b->weight / w;
            a->weight = w;
            count[m - 2] += count[m - 1];
            m--;
        }
    }
    for (size_t k = 0, i = 0; k < m; k++)
        for (size_t j = 0; j < count[k]; j++)
            s[i++].value = pool[k].value;
    return n;
}

/* ln of the time at which the smoothed curve falls through v; where the data
 * do not reach it, a little beyond them. */
static double
crossing(const level *s, size_t n, double v)
{
    size_t i = 0, first = s[0].t > 0 ? 0 : 1;

    while (i < n && s[i].value > v)
        i++;
    if (i == n)
        return log(s[n - 1].t) + 1.5;
    if (i <= first)
        return log(s[first].t) - 0.7;

    double a = s[i - 1].value, b = s[i].value, la = log(s[i - 1].t);

    return la + (a - v) / (a - b) * (log(s[i].t) - la);
}

/* The better of a few shapes, each with tau from the crossing of one half. */
static void
choose(fit_problem *p, const bool given[2], double *q, double b0, double half)
{
    double best = INFINITY, at[2] = {q[0], q[1]};
    double lo = p->lo[MLFIT_SHAPE], hi = p->hi[MLFIT_SHAPE];

    for (int k = 0; k < (given[MLFIT_SHAPE] ? 1 : 6); k++) {
        double z = 0, rss;
        if (!given[MLFIT_SHAPE])
            q[MLFIT_SHAPE] = k == 0 ? b0 : lo + (hi - lo) * (0.2 * k - 0.1);
        if (!given[MLFIT_TAU]) {
            if (fit_inverse_z(&z, p->model, q[MLFIT_SHAPE], 0.5) != ML_OK)
                continue;
            q[MLFIT_TAU] =
                fmin(fmax(half - z, p->lo[MLFIT_TAU]), p->hi[MLFIT_TAU]);
        }
        rss = fit_project(p, q, false);
        if (rss < best) {
            best = rss;
            at[0] = q[0];
            at[1] = q[1];
        }
    }
    q[0] = at[0];
    q[1] = at[1];
    fit_project(p, q, false);
}

bool
fit_start(fit_problem *p, const bool given[2], double *q)
{
    level *s = malloc(2 * p->n * sizeof *s);
    size_t *count = malloc(p->n * sizeof *count);
    double A = q[MLFIT_AMPLITUDE], B = q[MLFIT_BASELINE];
    double early, middle, late, b0;

    if (s && count) {
        size_t n = isotonic(p, s, s + p->n, count);
        if (p->free[MLFIT_BASELINE])
            B = s[n - 1].value;
        if (p->free[MLFIT_AMPLITUDE])
            A = s[0].value - B;
        if (!(fabs(A) > 0))
            A = 1.0;
        /* a rising curve (A < 0) is left to the grid */
        early = crossing(s, n, B + 0.75 * A);
        middle = crossing(s, n, B + 0.5 * A);
        late = crossing(s, n, B + 0.25 * A);
        /* exact for exp(-c x^b), whatever c */
        b0 = 1.5725339 / fmax(late - early, 1e-3);
        b0 = fmin(fmax(b0, 0.15), 0.95 * p->hi[MLFIT_SHAPE]);
        b0 = fmin(fmax(b0, p->lo[MLFIT_SHAPE]), p->hi[MLFIT_SHAPE]);
        choose(p, given, q, b0, middle);
    }
    free(s);
    free(count);
    return s && count;
}

/* ----------------------------------------------------------------------- grid */

enum { NU = 12, NB = 6 };

static bool
local_minimum(double (*rss)[NB], int i, int j)
{
    for (int a = -1; a <= 1; a++)
        for (int b = -1; b <= 1; b++)
            if (i + a >= 0 && i + a < NU && j + b >= 0 && j + b < NB
                && rss[i + a][j + b] < rss[i][j])
                return false;
    return isfinite(rss[i][j]);
}

size_t
fit_grid(fit_problem *p, const double *q, size_t k, double (*found)[MLFIT_NPAR])
{
    double rss[NU][NB], at[NU][NB][MLFIT_NPAR], value[8];
    size_t m = 0;

    for (int i = 0; i < NU; i++)
        for (int j = 0; j < NB; j++) {
            double *x = at[i][j];
            const double *lo = p->lo, *hi = p->hi;
            memcpy(x, q, MLFIT_NPAR * sizeof *x);
            if (p->free[0])
                x[0] = lo[0] + 4 + (hi[0] - lo[0] - 8) * i / (NU - 1);
            if (p->free[1])
                x[1] = lo[1] + (hi[1] - lo[1]) * (j + 0.5) / NB;
            rss[i][j] = fit_project(p, x, false);
        }
    for (int i = 0; i < (p->free[0] ? NU : 1); i++)
        for (int j = 0; j < (p->free[1] ? NB : 1); j++) {
            size_t slot;
            if (!local_minimum(rss, i, j))
                continue;
            for (slot = m < k ? m++ : k; slot > 0; slot--) {
                if (!(rss[i][j] < value[slot - 1]))
                    break;
                if (slot < k) {
                    value[slot] = value[slot - 1];
                    memcpy(found[slot], found[slot - 1], sizeof *found);
                }
            }
            if (slot < k) {
                value[slot] = rss[i][j];
                memcpy(found[slot], at[i][j], sizeof *found);
            }
        }
    return m;
}
