/* paper/figures.c - the figures of the report, and their data as tables. */
#include "paper/impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One file a figure: curve, x, y, err. */
static bool
write_data(const char *dir, const char *name, const mlio_figure *f,
           mlio_error *err)
{
    const char *const names[] = {"curve", "x", "y", "err"};
    char path[4096];
    mlio_writer *w;

    snprintf(path, sizeof path, "%s/figure-%s.tsv", dir, name);
    w = mlio_writer_open(path, MLIO_TSV, err);
    if (!w) {
        return false;
    }
    mlio_writer_meta(w, "figure", "%s", f->title);
    mlio_writer_meta(w, "x", "%s", f->xlabel);
    mlio_writer_meta(w, "y", "%s", f->ylabel);
    mlio_writer_columns(w, 4, names);
    for (size_t k = 0; k < f->ncurves; k++) {
        const mlio_curve *c = &f->curves[k];
        for (size_t i = 0; i < c->n; i++) {
            mlio_writer_cell(w, "%s", c->title ? c->title : "mark");
            mlio_writer_cell(w, "%.9g", c->x[i]);
            mlio_writer_cell(w, "%.9g", c->y[i]);
            if (c->err) {
                mlio_writer_cell(w, "%.3g", c->err[i]);
            } else {
                mlio_writer_cell(w, "-");
            }
        }
    }
    return mlio_writer_close(w, err);
}

#define MAX_CURVES 8

/* The figure with Greek letters, its data without. */
bool
mlpaper_figure(mlio_page *p, const char *dir, const char *name,
               const mlio_figure *f, mlio_error *err)
{
    char text[4][1200], keys[MAX_CURVES][160];
    mlio_curve curves[MAX_CURVES];
    mlio_figure g = *f;

    mlpaper_pretty(text[0], sizeof text[0], f->title);
    mlpaper_pretty(text[1], sizeof text[1], f->xlabel);
    mlpaper_pretty(text[2], sizeof text[2], f->ylabel);
    mlpaper_pretty(text[3], sizeof text[3], f->caption);
    g.title = text[0];
    g.xlabel = text[1];
    g.ylabel = text[2];
    g.caption = text[3];
    for (size_t k = 0; k < f->ncurves && k < MAX_CURVES; k++) {
        curves[k] = f->curves[k];
        if (curves[k].title) {
            mlpaper_pretty(keys[k], sizeof keys[k], curves[k].title);
            curves[k].title = keys[k];
        }
    }
    g.curves = curves;
    mlio_page_figure(p, &g);
    return write_data(dir, name, f, err);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ----------------------------------------------------------------- limits */

enum { NCURVE = 161 };

static bool
figure_between_limits(mlio_page *p, const char *dir, mlio_error *err)
{
    double t[NCURVE], e[NCURVE], s[NCURVE], l[NCURVE], x[NCURVE];
    const double b = .45;

    for (int i = 0; i < NCURVE; i++) {
        t[i] = pow(10, -4 + i * 0.05);
        e[i] = mlpaper_ml(b, 1, t[i]);
        s[i] = exp(-pow(t[i], b) / tgamma(1 + b));
        l[i] = pow(t[i], -b) / tgamma(1 - b);
        x[i] = exp(-t[i]);
        s[i] = s[i] < 1e-4 ? NAN : s[i];
        x[i] = x[i] < 1e-4 ? NAN : x[i];
        l[i] = l[i] > 3 ? NAN : l[i];
    }
    const mlio_curve curves[] = {
        {"Mittag-Leffler E, beta' = 0.45", t, e, NULL, NCURVE, "lines", 3},
        {"short times: stretched exponential", t, s, NULL, NCURVE, "dotted", 1},
        {"long times: power law", t, l, NULL, NCURVE, "dashed", 0},
        {"exponential", t, x, NULL, NCURVE, "lines", 6},
    };
    const mlio_figure f = {
        .title = "The Mittag-Leffler function between its two limits",
        .xlabel = "t/tau",
        .ylabel = "E(-(t/tau)^beta')",
        .caption = "As in the paper's Fig. 1d, with the Gamma functions "
                   "restored: exp(-x/Gamma(1+beta')) and 1/(x "
                   "Gamma(1-beta')), x = (t/tau)^beta'. Between t/tau = 0.018 "
                   "and 710 neither limit is within 1 % (proved).",
        .logx = true,
        .logy = true,
        .ymin = 1e-3,
        .ymax = 2,
        .xmin = 1e-4,
        .xmax = 1e4,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "limits", &f, err);
}

enum { NVALID = 15 };

/* t/tau at which a limit is eps off, for exponents p/20. */
static bool
validity_curve(double t[NVALID], double b[NVALID], int per_cent,
               ml_status (*g)(arb_t, const fmpq_t, const fmpq_t))
{
    fmpq_t alpha, eps;
    arb_t x;
    bool ok = true;

    fmpq_init(alpha), fmpq_init(eps), arb_init(x);
    fmpq_set_si(eps, per_cent, 100);
    for (int i = 0; i < NVALID; i++) {
        b[i] = (4 + i) / 20.0 + .05;
        fmpq_set_si(alpha, 5 + i, 20);
        bool here = g(x, alpha, eps) == ML_OK;
        t[i] = here ? pow(mlpaper_mid(x), 1 / b[i]) : NAN;
        ok = ok && here;
    }
    fmpq_clear(alpha), fmpq_clear(eps), arb_clear(x);
    return ok;
}

static bool
figure_validity(mlio_page *p, const char *dir, mlio_error *err)
{
    double b[NVALID], s1[NVALID], s10[NVALID], l1[NVALID], l10[NVALID];
    static const double record[2] = {6, 6}, ends[2] = {.25, .95};

    validity_curve(s1, b, 1, ml_asymptotics_short);
    validity_curve(s10, b, 10, ml_asymptotics_short);
    validity_curve(l1, b, 1, ml_asymptotics_long);
    validity_curve(l10, b, 10, ml_asymptotics_long);
    const mlio_curve curves[] = {
        {"power law, 1 %", b, l1, NULL, NVALID, "lines", 0},
        {"power law, 10 %", b, l10, NULL, NVALID, "dashed", 0},
        {"stretched exponential, 1 %", b, s1, NULL, NVALID, "lines", 1},
        {"stretched exponential, 10 %", b, s10, NULL, NVALID, "dashed", 1},
        {"end of a block of 4e4 s", ends, record, NULL, 2, "dotted", 6},
    };
    const mlio_figure f = {
        .title = "Where each limit may be used",
        .xlabel = "beta'",
        .ylabel = "t/tau",
        .caption =
            "Proved: above the upper lines the power law, below the lower "
            "lines the stretched exponential is as close as stated. The "
            "dip near 0.5 is where the next term of the power law "
            "vanishes. A correlation block of 4e4 s ends at 6 tau if "
            "tau is what the 9000 s ask for.",
        .logy = true,
        .xmin = .25,
        .xmax = .95,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "validity", &f, err);
}

bool
mlpaper_figures_limits(mlio_page *p, const char *dir, mlio_error *err)
{
    return figure_between_limits(p, dir, err) && figure_validity(p, dir, err);
}

/* ------------------------------------------------------------------ walks */

static bool
figure_waiting(mlio_page *p, const char *dir, const mlsim_walk_result *w,
               mlio_error *err)
{
    enum { MAX = 64 };
    double t[MAX], density[MAX], counts[MAX], line[MAX], flat[MAX];
    size_t n = w->nbins < MAX ? w->nbins : MAX;

    for (size_t i = 0; i < n; i++) {
        const mlsim_bin *b = &w->bins[i];
        double part = (double)b->count / (double)w->waits;
        double one = part > 0 ? part : NAN;
        t[i] = sqrt(b->lo * b->hi);
        density[i] = one / (b->hi - b->lo);
        counts[i] = one;
        line[i] = .45 * pow(t[i], -1.45);
        flat[i] = pow(b->lo, -.45) - pow(b->hi, -.45);
    }
    const mlio_curve curves[] = {
        {"walks: density", t, density, NULL, n, "points", 0},
        {"slope -1.45", t, line, NULL, n, "lines", 0},
        {"walks: part in each logarithmic bin", t, counts, NULL, n, "points",
         1},
        {"slope -0.45", t, flat, NULL, n, "dashed", 1},
    };
    const mlio_figure f = {
        .title = "Waiting times: which slope is 1.45?",
        .xlabel = "waiting time/t0",
        .ylabel = "density, or part of all waits",
        .caption =
            "As in the inset of the paper's Fig. 1c, whose axis says "
            "counts. Walks with a sharp cut-off t0 and beta' = 0.45. Only "
            "the density has slope -(1+beta'); counts in logarithmic bins "
            "have slope -beta'.",
        .logx = true,
        .logy = true,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "waiting", &f, err);
}

static bool
figure_msd(mlio_page *p, const char *dir, const mlpaper_walks *w,
           mlio_error *err)
{
    double msd[WALK_TIMES], se[WALK_TIMES], exact[WALK_TIMES];
    double six[WALK_TIMES], literal[WALK_TIMES];

    for (int i = 0; i < WALK_TIMES; i++) {
        double x = pow(w->times[i], .45);
        msd[i] = w->ml.rows[i].msd;
        se[i] = w->ml.rows[i].msd_se;
        exact[i] = x / tgamma(1.45);
        six[i] = 6 * exact[i];
        literal[i] = 6 * x / 1.45;
    }
    const mlio_curve curves[] = {
        {"walks", w->times, msd, se, WALK_TIMES, "points", 0},
        {"exact", w->times, exact, NULL, WALK_TIMES, "lines", 0},
        {"6 K t^b'/Gamma(b'+1), K = |r|^2/tau^b'", w->times, six, NULL,
         WALK_TIMES, "dashed", 1},
        {"6 K t^b'/[b'+1] as extracted", w->times, literal, NULL, WALK_TIMES,
         "dotted", 3},
    };
    const mlio_figure f = {
        .title = "Mean square displacement: walks against formulas",
        .xlabel = "t/tau",
        .ylabel = "MSD/|r|^2",
        .caption =
            "Mittag-Leffler waiting times with beta' = 0.45, jumps of "
            "length |r| in 3-D. The printed pair of formulas is six times "
            "too large when |r|^2 is the mean square jump.",
        .logx = true,
        .logy = true,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "msd", &f, err);
}

static bool
figure_ratio(mlio_page *p, const char *dir, const mlpaper_walks *w,
             mlio_error *err)
{
    double r[WALK_TIMES], se[WALK_TIMES], one[WALK_TIMES];

    for (int i = 0; i < WALK_TIMES; i++) {
        double exact = pow(w->times[i], .45) / tgamma(1.45);
        r[i] = w->ml.rows[i].msd / exact;
        se[i] = w->ml.rows[i].msd_se / exact;
        one[i] = 1;
    }
    const mlio_curve curves[] = {
        {"walks, one standard error", w->times, r, se, WALK_TIMES, "points", 0},
        {"exact", w->times, one, NULL, WALK_TIMES, "lines", 6},
    };
    const mlio_figure f = {
        .title = "The same, divided by the exact law",
        .xlabel = "t/tau",
        .ylabel = "MSD walks/exact",
        .caption =
            "(t/tau)^b'/Gamma(1+b') is exact at all times for "
            "Mittag-Leffler waits. The points share their walkers and are "
            "correlated.",
        .logx = true,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "msd-ratio", &f, err);
}

static bool
figure_isf(mlio_page *p, const char *dir, const mlpaper_walks *w,
           mlio_error *err)
{
    enum { FINE = 101 };
    double F[2][WALK_TIMES], se[2][WALK_TIMES], t[FINE], exact[2][FINE];
    double small[FINE], printed[FINE];
    static const size_t at[2] = {0, 2};

    for (int k = 0; k < 2; k++) {
        double q = w->q[at[k]], rate = 1 - sin(q) / q;
        for (int i = 0; i < WALK_TIMES; i++) {
            const mlsim_isf_row *r = &w->ml.isf[(size_t)i * WALK_Q + at[k]];
            F[k][i] = r->isf;
            se[k][i] = r->isf_se;
        }
        for (int i = 0; i < FINE; i++) {
            t[i] = pow(10, -1 + i * 0.05);
            exact[k][i] = mlpaper_ml(.45, 1, t[i] * pow(rate, 1 / .45));
            small[i] = mlpaper_ml(.45, 1, t[i] * pow(q * q / 6, 1 / .45));
            printed[i] = mlpaper_ml(.45, 1, t[i] * pow(q * q, 1 / .45));
        }
    }
    const mlio_curve curves[] = {
        {"walks, q a = 0.2", w->times, F[0], se[0], WALK_TIMES, "points", 2},
        {"exact", t, exact[0], NULL, FINE, "lines", 2},
        {"walks, structure peak", w->times, F[1], se[1], WALK_TIMES, "points",
         0},
        {"exact", t, exact[1], NULL, FINE, "lines", 0},
        {"small-q form at the peak", t, small, NULL, FINE, "dotted", 3},
        {"as printed at the peak", t, printed, NULL, FINE, "dashed", 1},
    };
    const mlio_figure f = {
        .title = "Scattering function: walks against formulas",
        .xlabel = "t/tau",
        .ylabel = "F(q,t)",
        .caption = "F = E[-(1 - sin(qa)/(qa)) (t/tau)^b'] exactly. "
                   "E[-q^2 K t^b'] is its limit for small q; at the structure "
                   "peak, q a = 5 pi/2, it decays far too early.",
        .logx = true,
        .ymin = 0,
        .ymax = 1.02,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "isf", &f, err);
}

bool
mlpaper_figures_ages(mlio_page *p, const char *dir, mlio_error *err)
{
    enum { N = 49 };
    double t[N], average[2][N], e[N];

    for (int i = 0; i < N; i++) {
        t[i] = pow(10, i * 0.1);
        average[0][i] = mlpaper_age_average(.45, 1e5, t[i]);
        average[1][i] = mlpaper_age_average(.45, 1e6, t[i]);
        e[i] = mlpaper_ml(.45, 1, t[i]);
    }
    const mlio_curve curves[] = {
        {"average over a record of 1e6 tau", t, average[1], NULL, N, "dashed",
         1},
        {"average over a record of 1e5 tau", t, average[0], NULL, N, "lines",
         1},
        {"E, age 0", t, e, NULL, N, "lines", 3},
    };
    const mlio_figure f = {
        .title = "What averaging over ages shows for such a walk",
        .xlabel = "lag/tau",
        .ylabel = "chance of no jump",
        .caption =
            "beta' = 0.45, walk started at t_a = 0: the average over all "
            "ages is not E and depends on the length of the record.",
        .logx = true,
        .ymin = 0,
        .ymax = 1.02,
        .curves = curves,
        .ncurves = COUNT(curves)};
    return mlpaper_figure(p, dir, "age", &f, err);
}

bool
mlpaper_figures_walks(mlio_page *p, const char *dir, const mlpaper_walks *w,
                      mlio_error *err)
{
    return figure_waiting(p, dir, &w->pareto[0], err)
           && figure_msd(p, dir, w, err) && figure_ratio(p, dir, w, err)
           && figure_isf(p, dir, w, err);
}

/* ------------------------------------------------------------------- fits */

/* KWW and ML on a decay: curves, residuals, the distance at the last lag. */
static bool
figure_pair(mlio_page *p, const char *dir, const char *name, const double *t,
            const double *R, size_t n, const mlfit_result *kww,
            const mlfit_result *ml, const char *const captions[2],
            mlio_error *err)
{
    double *y = calloc(4 * n, sizeof *y);
    double *k = y, *m = y + n, *rk = y + 2 * n, *rm = y + 3 * n;
    double h1 = 0, h2 = 0, distance[2], level[2], zero[2] = {0, 0};
    char file[80];
    bool ok = y != NULL;

    if (!ok) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0; i < n; i++) {
        if (mlfit_model_value(&k[i], kww->model, kww->p, t[i]) != ML_OK
            || mlfit_model_value(&m[i], ml->model, ml->p, t[i]) != ML_OK) {
            k[i] = m[i] = NAN;
        }
        rk[i] = R[i] / k[i] - 1;
        rm[i] = R[i] / m[i] - 1;
    }
    bool have = mlfit_horizontal(&h1, &h2, kww, ml, t[n - 1]) == ML_OK;
    distance[0] = t[n - 1] - h1;
    distance[1] = t[n - 1];
    level[0] = level[1] = m[n - 1];
    double lowest = fmin(k[n - 1], m[n - 1]);
    char key[80];
    snprintf(key, sizeof key, "H1 = %.0f s", h1);
    const mlio_curve curves[] = {
        {"data", t, R, NULL, n, "points", 6},
        {"Mittag-Leffler", t, m, NULL, n, "lines", 3},
        {"KWW", t, k, NULL, n, "lines", 1},
        {key, distance, level, NULL, have ? 2 : 0, "lines", 2},
    };
    const mlio_figure f = {.title =
                               "KWW and Mittag-Leffler fitted to one decay",
                           .xlabel = "t in s",
                           .ylabel = "R(t)",
                           .caption = captions[0],
                           .logx = true,
                           .logy = true,
                           .ymin = lowest < 1e-3 ? 1e-3 : 0,
                           .ymax = lowest < 1e-3 ? 1.2 : 0,
                           .curves = curves,
                           .ncurves = COUNT(curves)};
    const double ends[2] = {t[0], t[n - 1]};
    const mlio_curve residuals[] = {
        {"Mittag-Leffler", t, rm, NULL, n, "points", 3},
        {"KWW", t, rk, NULL, n, "points", 1},
        {NULL, ends, zero, NULL, 2, "lines", 6},
    };
    const mlio_figure g = {.title = "Relative residuals of both fits",
                           .xlabel = "t in s",
                           .ylabel = "data/fit - 1",
                           .caption =
                               "KWW leaves waves and falls below the data "
                               "at the end.",
                           .logx = true,
                           .curves = residuals,
                           .ncurves = COUNT(residuals)};
    ok = mlpaper_figure(p, dir, name, &f, err);
    snprintf(file, sizeof file, "%s-residuals", name);
    ok = ok && mlpaper_figure(p, dir, file, &g, err);
    free(y);
    return ok;
}

bool
mlpaper_figures_fits(mlio_page *p, const char *dir, mlio_error *err)
{
    size_t n;
    double *t = mlpaper_lags(&n, 2.5, 4e4, 10);
    double *R = t ? malloc(n * sizeof *R) : NULL;
    mlpaper_random r = {20240803};
    mlfit_result kww, ml;
    bool ok = R != NULL;

    for (size_t i = 0; i < n && ok; i++) {
        R[i] = mlpaper_ml(.6, 6550, t[i]) + 0.003 * mlpaper_normal(&r);
    }
    if (!ok) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    } else if (mlpaper_fit(&kww, "kww2", t, R, n, false)
               && mlpaper_fit(&ml, "ml-direct", t, R, n, false)) {
        const char *const captions[2] = {
            "As in the paper's Fig. 5a, on synthetic data: a Mittag-Leffler "
            "decay with beta' = 0.6, tau = 6.55 ks, noise 0.003, lags to 4e4 "
            "s. The short green line is the horizontal distance at the last "
            "lag.",
            "As in the paper's Fig. 5b. KWW leaves waves and falls below the "
            "data at the end."};
        ok = figure_pair(p, dir, "fits", t, R, n, &kww, &ml, captions, err);
    }
    free(t);
    free(R);
    return ok;
}

/* ------------------------------------------------------------ data of users */

static bool
figure_ages(mlio_page *p, const char *dir, const mlpaper_record *r,
            mlio_error *err)
{
    double *x = calloc(2 * r->n + 1, sizeof *x), *y = x + r->n;
    size_t n = 0;
    bool ok = x != NULL;

    if (!ok) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0; i < r->n; i++) {
        if (r->ages[i].decay.fitted) {
            x[n] = r->ages[i].t_a;
            y[n++] = r->ages[i].decay.kww.moments[0];
        }
    }
    const mlio_curve curves[] = {{NULL, x, y, NULL, n, "points", 0}};
    const mlio_figure f = {.title = "Mean relaxation time against age",
                           .xlabel = "t_a in s",
                           .ylabel = "<t> in s",
                           .caption = "t_integral of KWW (factor 2), as in the "
                                      "paper's Fig. 3a.",
                           .logy = true,
                           .curves = curves,
                           .ncurves = 1};
    ok = n == 0 || mlpaper_figure(p, dir, "ages", &f, err);
    free(x);
    return ok;
}

bool
mlpaper_figures_data(mlio_page *p, const char *dir, const mlpaper_record *r,
                     mlio_error *err)
{
    const mlpaper_decay *d = &r->whole;

    static const char *const captions[2] = {
        "The average over all ages, normalised.",
        "What the two functions leave of the average over all ages."};

    return figure_ages(p, dir, r, err)
           && (!d->fitted
               || figure_pair(p, dir, "data", d->t, d->R, d->n, &d->kww, &d->ml,
                              captions, err));
}
