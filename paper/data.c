/* paper/data.c - the claims that only a measurement decides.
 *
 * Without --data each is needs-data.  With it each gets a verdict by a rule
 * that its function states; too few ages or lags leave it at needs-data.
 */
#include "paper/impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
too_little(mlpaper_outcome *o, const char *what)
{
    o->verdict = MLPAPER_NEEDS_DATA;
    mlpaper_computed(o, "these data do not decide: %s", what);
}

static void
decide(mlpaper_outcome *o, bool holds, mlpaper_verdict when_it_holds)
{
    o->verdict = holds ? when_it_holds : MLPAPER_INCONSISTENT;
}

/* ------------------------------------------------------- series over ages */

typedef struct {
    size_t n;
    double *t_a, *mean, *tau, *beta, *plateau; /* mean: t_integral */
} series;

/* Fitted ages with lo < t_a < hi. */
static bool
series_of(series *s, const mlpaper_record *r, double lo, double hi)
{
    double *all = calloc(5 * (r->n + 1), sizeof *all);

    memset(s, 0, sizeof *s);
    if (!all) {
        return false;
    }
    s->t_a = all;
    s->mean = all + (r->n + 1);
    s->tau = all + 2 * (r->n + 1);
    s->beta = all + 3 * (r->n + 1);
    s->plateau = all + 4 * (r->n + 1);
    for (size_t i = 0; i < r->n; i++) {
        const mlpaper_age *a = &r->ages[i];
        if (a->decay.fitted && a->t_a > lo && a->t_a < hi) {
            s->t_a[s->n] = a->t_a;
            s->mean[s->n] = a->decay.kww.moments[0];
            s->tau[s->n] = a->decay.kww.p[MLFIT_TAU];
            s->beta[s->n] = a->decay.kww.p[MLFIT_SHAPE];
            s->plateau[s->n] = a->decay.plateau;
            s->n++;
        }
    }
    return true;
}

static void
series_free(series *s)
{
    free(s->t_a);
}

/* Slope of y against x with its standard error. */
static void
line(double *slope, double *se, const double *x, const double *y, size_t n)
{
    double mx = 0, my = 0, sxx = 0, sxy = 0, rss = 0;

    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        sxy += (x[i] - mx) * (y[i] - my);
    }
    *slope = sxy / sxx;
    for (size_t i = 0; i < n; i++) {
        double e = y[i] - my - *slope * (x[i] - mx);
        rss += e * e;
    }
    *se = sqrt(rss / (double)(n - 2) / sxx);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

/* Sorts y. */
static double
median(double *y, size_t n)
{
    qsort(y, n, sizeof *y, ascending);
    return n % 2 ? y[n / 2] : (y[n / 2 - 1] + y[n / 2]) / 2;
}

/* --------------------------------------------------------- ages and times */

/* "between a few hundred up to 28,000 s": 200 s to 28,500 s. */
static void
range_of_times(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    series s;

    (void)args;
    if (!series_of(&s, c->record, -INFINITY, INFINITY) || s.n < 2) {
        too_little(o, "fewer than two fitted ages");
        series_free(&s);
        return;
    }
    qsort(s.mean, s.n, sizeof *s.mean, ascending);
    double lo = s.mean[0], hi = s.mean[s.n - 1];
    bool both = lo >= 200 && lo < 1000 && hi >= 27500 && hi < 28500;
    decide(o, lo >= 200 && hi < 28500,
           both ? MLPAPER_REPRODUCED : MLPAPER_CONSISTENT);
    mlpaper_computed(o, "%.3g to %.3g s", lo, hi);
    mlpaper_detail(o, "t_integral of KWW (factor 2) at %zu ages.", s.n);
    series_free(&s);
}

/* beta < 1 at every age: at most 5 % above. */
static void
beta_below_one(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    series s;
    size_t above = 0;
    double most = 0;

    (void)args;
    if (!series_of(&s, c->record, -INFINITY, INFINITY) || s.n < 1) {
        too_little(o, "no fitted age");
        series_free(&s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        above += s.beta[i] >= 1;
        most = fmax(most, s.beta[i]);
    }
    decide(o, above * 20 <= s.n,
           above ? MLPAPER_CONSISTENT : MLPAPER_REPRODUCED);
    mlpaper_computed(o, "%zu of %zu ages at or above 1, largest %.3f", above,
                     s.n, most);
    series_free(&s);
}

/* "non-monotonous increase": ln<t> rises (3 se) and falls between some ages. */
static void
increase(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    series s;
    double slope, se;
    size_t falls = 0;

    (void)args;
    if (!series_of(&s, c->record, -INFINITY, INFINITY) || s.n < 5) {
        too_little(o, "fewer than five fitted ages");
        series_free(&s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        s.mean[i] = log(s.mean[i]);
        falls += i > 0 && s.mean[i] < s.mean[i - 1] - 0.05;
    }
    line(&slope, &se, s.t_a, s.mean, s.n);
    decide(o, slope > 3 * se && falls > 0, MLPAPER_REPRODUCED);
    mlpaper_computed(o, "ln<t> rises by %.2g(%.1g) in 1e5 s, falls %zu times",
                     slope * 1e5, se * 1e5, falls);
    series_free(&s);
}

/* <t> and tau "very similarly": r of their logarithms above 0.9. */
static void
similar(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    series s;

    (void)args;
    if (!series_of(&s, c->record, -INFINITY, INFINITY) || s.n < 5) {
        too_little(o, "fewer than five fitted ages");
        series_free(&s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        s.mean[i] = log(s.mean[i]);
        s.tau[i] = log(s.tau[i]);
    }
    double r = mlpaper_pearson(s.mean, s.tau, s.n);
    decide(o, r > 0.9, MLPAPER_REPRODUCED);
    mlpaper_computed(o, "r = %.3f", r);
    series_free(&s);
}

typedef struct {
    double lo, hi;
    bool rises;
} window;

/* Monotonic windows: ln tau rises by 2 se; stationary ones: not by 3 se and
 * by less than a fifth. */
static void
age_window(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const window *w = args;
    series s;
    double slope, se;

    if (!series_of(&s, c->record, w->lo, w->hi) || s.n < 5) {
        too_little(o, "fewer than five fitted ages in the window");
        series_free(&s);
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        s.tau[i] = log(s.tau[i]);
    }
    line(&slope, &se, s.t_a, s.tau, s.n);
    double change = slope * (w->hi - w->lo);
    decide(o,
           w->rises ? slope > 2 * se
                    : fabs(slope) < 3 * se && fabs(change) < 0.2,
           MLPAPER_CONSISTENT);
    mlpaper_computed(o, "t* = %.3g s, ln tau changes by %.2f(%.2f)", 1 / slope,
                     change, se * (w->hi - w->lo));
    mlpaper_detail(o, "slope of ln tau over %zu ages.", s.n);
    series_free(&s);
}

/* The fitted ages of two windows; false, and said so, with fewer than three in
 * either.  To be freed in any case. */
static bool
two_windows(series w[2], mlpaper_outcome *o, const mlpaper_context *c,
            const double ends[4], const char *where)
{
    bool ok = series_of(&w[0], c->record, ends[0], ends[1]);

    ok = series_of(&w[1], c->record, ends[2], ends[3]) && ok;
    if (!ok || w[0].n < 3 || w[1].n < 3) {
        char reason[64];
        snprintf(reason, sizeof reason, "fewer than three fitted ages %s",
                 where);
        too_little(o, reason);
        return false;
    }
    return true;
}

static void
free_windows(series w[2])
{
    series_free(&w[0]);
    series_free(&w[1]);
}

/* <t> doubles at 202,500 s: medians of 5 ages before and after. */
static void
event(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    static const double ends[] = {197400, 202500, 202500, 207600};
    series w[2];

    (void)args;
    if (two_windows(w, o, c, ends, "on either side")) {
        double ratio = median(w[1].mean, w[1].n) / median(w[0].mean, w[0].n);
        decide(o, ratio > 1.5 && ratio < 2.5, MLPAPER_REPRODUCED);
        mlpaper_computed(o, "<t> changes by a factor %.2f", ratio);
    }
    free_windows(w);
}

/* After the event <t> falls to early values: the lowest of 202.5-224 ks against
 * the first 25 ks. */
static void
acceleration(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    static const double ends[] = {0, 25000, 202500, 224000};
    series w[2];

    (void)args;
    if (two_windows(w, o, c, ends, "in either window")) {
        qsort(w[1].mean, w[1].n, sizeof *w[1].mean, ascending);
        qsort(w[0].mean, w[0].n, sizeof *w[0].mean, ascending);
        double low = w[1].mean[0], first = w[0].mean[w[0].n - 1];
        decide(o, low <= first, MLPAPER_CONSISTENT);
        mlpaper_computed(o, "lowest %.3g s, early at most %.3g s", low, first);
    }
    free_windows(w);
}

/* Is there a live window at the start of the one that begins at the gap? */
static void
gap(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    series s, around;
    bool ok = series_of(&s, c->record, 95000, 97000);

    (void)args;
    ok = series_of(&around, c->record, 90000, 110000) && ok;
    if (!ok || around.n == 0) {
        too_little(o, "no age between 90 and 110 ks");
    } else {
        decide(o, s.n > 0, MLPAPER_CONSISTENT);
        mlpaper_computed(o, "%zu live ages in 95 to 97 ks", s.n);
    }
    series_free(&s);
    series_free(&around);
}

/* ------------------------------------------------------------ correlation */

static void
remove_line(const double *x, double *y, size_t n)
{
    double slope, se, mx = 0, my = 0;

    line(&slope, &se, x, y, n);
    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        y[i] -= my + slope * (x[i] - mx);
    }
}

/* r of both series detrended, and how many circular shifts of one reach it. */
static double
detrended(double *p, const series *s)
{
    size_t reached = 0, shifts = 0;
    double *shifted = malloc(s->n * sizeof *shifted);

    remove_line(s->t_a, s->mean, s->n);
    remove_line(s->t_a, s->plateau, s->n);
    double r = mlpaper_pearson(s->mean, s->plateau, s->n);
    for (size_t k = s->n / 20 + 1; shifted && k < s->n - s->n / 20; k++) {
        for (size_t i = 0; i < s->n; i++) {
            shifted[i] = s->plateau[(i + k) % s->n];
        }
        double q = mlpaper_pearson(s->mean, shifted, s->n);
        reached += r < 0 ? q <= r : q >= r;
        shifts++;
    }
    free(shifted);
    *p = shifts ? (double)(reached + 1) / (double)(shifts + 1) : 1;
    return r;
}

typedef struct {
    double lo, hi;
    int sign; /* claimed */
} link_args;

static void
correlation(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const link_args *a = args;
    series s;
    double p;

    if (!series_of(&s, c->record, a->lo, a->hi) || s.n < 20) {
        too_little(o, "fewer than 20 fitted ages in the window");
        series_free(&s);
        return;
    }
    double r = detrended(&p, &s);
    decide(o, a->sign * r > 0.4 && p < 0.05, MLPAPER_REPRODUCED);
    mlpaper_computed(o, "r = %.2f, p = %.2f", r, p);
    mlpaper_detail(o,
                   "<t> and g2(0), both with their straight line removed; p: "
                   "share of circular shifts that reach it.");
    series_free(&s);
}

/* ------------------------------------------------------- the whole record */

static bool
whole_fitted(mlpaper_outcome *o, const mlpaper_context *c)
{
    if (!c->record->whole.fitted) {
        too_little(o, "KWW or ML does not fit the average over all ages");
    }
    return c->record->whole.fitted;
}

/* g2(inf): KWW with a free plateau, against 1.00240(28), 3 sd. */
static void
plateau_value(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const mlpaper_decay *d = &c->record->whole;
    mlfit_result k;

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    if (!mlpaper_fit(&k, "kww2", d->t, d->R, d->n, true)) {
        too_little(o, "KWW with a free plateau does not fit");
        return;
    }
    double contrast = d->plateau - c->record->plateau_inf;
    double value = c->record->plateau_inf + contrast * k.p[MLFIT_BASELINE];
    double se = fabs(contrast) * k.se[MLFIT_BASELINE];
    double off = fabs(value - 1.00240);
    decide(o, off < 3 * hypot(se, 0.00028),
           off < 0.00028 ? MLPAPER_REPRODUCED : MLPAPER_CONSISTENT);
    mlpaper_computed(o, "g2(inf) = %.5f(%.0f)", value, fmax(1, se * 1e5));
    mlpaper_detail(o, "KWW with a free plateau; everything else uses %.5f, %s.",
                   c->record->plateau_inf,
                   c->record->plateau_measured
                       ? "the mean of lags from 1e5 s at ages below 140,000 s"
                       : "the lags being too short to measure it");
}

/* Complete decorrelation: R at the longest lag within 3 sd of 0. */
void
mlpaper_data_plateau(mlpaper_outcome *o, const mlpaper_context *c,
                     const void *args)
{
    const mlpaper_decay *d = &c->record->whole;

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    double sd =
        c->record->plateau_inf_se / fabs(d->plateau - c->record->plateau_inf);
    double last = d->R[d->n - 1];
    decide(o, fabs(last) < 3 * sd, MLPAPER_CONSISTENT);
    mlpaper_computed(o, "R = %.3f at %.3g s, plateau known to %.3f", last,
                     d->t[d->n - 1], sd);
}

static void
ml_closer(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const mlpaper_decay *d = &c->record->whole;

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    decide(o, d->ml.rss < d->kww.rss, MLPAPER_CONSISTENT);
    mlpaper_computed(o, "rms ML %.4f, KWW %.4f", sqrt(d->ml.rss / (double)d->n),
                     sqrt(d->kww.rss / (double)d->n));
    mlpaper_detail(o, "beta' = %.3f(%.3f), beta = %.3f(%.3f).%s",
                   d->ml.p[MLFIT_SHAPE], d->ml.se[MLFIT_SHAPE],
                   d->kww.p[MLFIT_SHAPE], d->kww.se[MLFIT_SHAPE],
                   d->ml.rss < d->kww.rss
                       ? " This does not show a power law: see the rows null-."
                       : "");
}

/* The last decade of lags. */
static void
tail_closer(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const mlpaper_decay *d = &c->record->whole;
    double rss[2] = {0, 0};

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    for (size_t i = 0; i < d->n; i++) {
        double k, m;
        if (d->t[i] >= d->t[d->n - 1] / 10
            && mlfit_model_value(&k, d->kww.model, d->kww.p, d->t[i]) == ML_OK
            && mlfit_model_value(&m, d->ml.model, d->ml.p, d->t[i]) == ML_OK) {
            rss[0] += (d->R[i] - k) * (d->R[i] - k);
            rss[1] += (d->R[i] - m) * (d->R[i] - m);
        }
    }
    decide(o, rss[1] < rss[0], MLPAPER_CONSISTENT);
    mlpaper_computed(o, "sum of squares ML %.3g, KWW %.3g", rss[1], rss[0]);
}

/* "about 9000 s": 8500 to 9500 in either reading. */
static void
distance_value(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const mlpaper_decay *d = &c->record->whole;
    double h1, h2;

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    if (mlfit_horizontal(&h1, &h2, &d->kww, &d->ml, d->t[d->n - 1]) != ML_OK) {
        too_little(o, "one curve never takes the other's value");
        return;
    }
    bool one = fabs(h1 - 9000) <= 500, two = fabs(h2 - 9000) <= 500;
    o->verdict = one && two   ? MLPAPER_REPRODUCED
                 : one || two ? MLPAPER_CONVENTION
                              : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "H1 = %.3g s, H2 = %.3g s", h1, h2);
    mlpaper_detail(o, "at the longest lag, %.3g s.", d->t[d->n - 1]);
}

/* Is the longest lag inside the power-law limit (1 %) of the fitted ML? */
void
mlpaper_data_tail(mlpaper_outcome *o, const mlpaper_context *c,
                  const void *args)
{
    const mlpaper_decay *d = &c->record->whole;
    fmpq_t alpha, eps;
    arb_t x;

    (void)args;
    if (!whole_fitted(o, c)) {
        return;
    }
    double b = fmin(fmax(d->ml.p[MLFIT_SHAPE], 0.05), 0.999);
    fmpq_init(alpha), fmpq_init(eps), arb_init(x);
    fmpq_set_si(alpha, lround(b * 1000), 1000);
    fmpq_set_si(eps, 1, 100);
    ml_status s = ml_asymptotics_long(x, alpha, eps);
    double need = pow(mlpaper_mid(x), 1 / b);
    double have = d->t[d->n - 1] / d->ml.p[MLFIT_TAU];
    if (s != ML_OK) {
        too_little(o, "no proved range for this exponent");
    } else {
        decide(o, have >= need, MLPAPER_REPRODUCED);
        mlpaper_computed(o, "t/tau = %.3g, needed %.3g", have, need);
    }
    fmpq_clear(alpha), fmpq_clear(eps), arb_clear(x);
}

/* --------------------------------------------------------------------- rows */

#define WINDOW(lo, hi, rises) NULL, &(const window){lo, hi, rises}, age_window

static const mlpaper_claim claims[] = {
    {"data-plateau", NULL, NULL, plateau_value},
    {"data-range", NULL, NULL, range_of_times},
    {"data-increase", NULL, NULL, increase},
    {"data-similar", NULL, NULL, similar},
    {"data-beta", NULL, NULL, beta_below_one},
    {"data-monotonic-1", WINDOW(0, 25e3, true)},
    {"data-monotonic-2", WINDOW(132e3, 145e3, true)},
    {"data-monotonic-3", WINDOW(224e3, 250e3, true)},
    {"data-ttss", WINDOW(0, 40e3, true)},
    {"data-stationary-1", WINDOW(60e3, 75e3, false)},
    {"data-stationary-2", WINDOW(95e3, 110e3, false)},
    {"data-stationary-3", WINDOW(150e3, 165e3, false)},
    {"data-gap", NULL, NULL, gap},
    {"data-event", NULL, NULL, event},
    {"data-acceleration", NULL, NULL, acceleration},
    {"data-anticorrelation", NULL, &(const link_args){0, 202500, -1},
     correlation},
    {"data-reemerging", NULL, &(const link_args){250e3, 301e3, 1}, correlation},
    {"data-ml", NULL, NULL, ml_closer},
    {"data-tail", NULL, NULL, tail_closer},
    {"data-distance", NULL, NULL, distance_value},
};

const mlpaper_group mlpaper_data = {claims, sizeof claims / sizeof *claims};
