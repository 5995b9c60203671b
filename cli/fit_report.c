/* cli/fit_report.c - what `mlref fit` writes beside its rows: residuals and
 * the page. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/page.h"
#include "cli/fit.h"

const char fit_no_winner[] =
    "distances and rss only; no model is preferred: a preference would need a "
    "decision rule with stated error rates";

const char *
fit_parameter_name(const mlfit_model *m, size_t i)
{
    static const char *const names[MLFIT_NPAR] = {"tau", "", "amplitude",
                                                  "baseline"};

    return i == MLFIT_SHAPE ? m->shape_name : names[i];
}

/* The curve of a fit; NaN where the model cannot be evaluated. */
static double
curve(const mlfit_result *r, double t)
{
    double y;

    return mlfit_model_value(&y, r->model, r->p, t) == ML_OK ? y : NAN;
}

/* ---------------------------------------------------------------- residuals */

static void
write_residual(mlio_writer *w, const fit_output *o, const fit_group *g,
               const mlfit_result *r, size_t i)
{
    const mlio_table *table = o->in->table;
    double y = curve(r, g->t[i]), d = g->R[i] - y;

    mlio_writer_cell(w, "%s", g->name);
    mlio_writer_cell(w, "%s", r->model->name);
    mlio_writer_cell(w, "%s", mlio_table_cell(table, g->row[i], o->in->t));
    mlio_writer_cell(w, "%s", mlio_table_cell(table, g->row[i], o->in->R));
    if (o->in->sigma >= 0)
        mlio_writer_cell(
            w, "%s", mlio_table_cell(table, g->row[i], (size_t)o->in->sigma));
    mlio_writer_cell(w, "%.17g", y);
    mlio_writer_cell(w, "%.9g", d);
    if (isfinite(d / y))
        mlio_writer_cell(w, "%.9g", d / y);
    else
        mlio_writer_cell(w, "nan");
}

bool
fit_write_residuals(const fit_output *o, const char *path, mlio_format format,
                    mlio_error *err)
{
    const char *names[] = {"group", "model", "t",        "R",
                           "sigma", "fit",   "residual", "relative_residual"};
    const char *without[] = {
        "group", "model", "t", "R", "fit", "residual", "relative_residual"};
    mlio_writer *w = mlio_writer_open(path, format, err);

    if (!w)
        return false;
    cli_provenance(w, "fit", o->argc, o->argv);
    mlio_writer_meta(w, "residual", "data - fit");
    mlio_writer_meta(w, "relative_residual", "(data - fit)/fit");
    if (o->in->sigma >= 0)
        mlio_writer_columns(w, 8, names);
    else
        mlio_writer_columns(w, 7, without);
    for (size_t k = 0; k < o->in->n; k++)
        for (size_t m = 0; m < o->models; m++)
            for (size_t i = 0; i < o->in->groups[k].data.n; i++)
                write_residual(w, o, &o->in->groups[k], &o->outcomes[k].fit[m],
                               i);
    return mlio_writer_close(w, err);
}

/* --------------------------------------------------------------------- page */

#define CURVE_POINTS 200
#define FIGURES_MAX  24 /* groups with figures on one page */

static void
cell(char text[40], double x)
{
    snprintf(text, 40, "%.6g", x);
}

static void
page_parameters(mlio_page *p, const fit_output *o, const fit_outcome *outcome)
{
    const char *const names[] = {"model", "parameter", "value",   "se",
                                 "from",  "to",        "at bound"};

    mlio_page_table(p, sizeof names / sizeof names[0], names);
    for (size_t m = 0; m < o->models; m++)
        for (size_t i = 0; i < MLFIT_NPAR; i++) {
            const mlfit_result *r = &outcome->fit[m];
            char v[4][40];
            cell(v[0], r->p[i]);
            cell(v[1], r->se[i]);
            cell(v[2], r->lo[i]);
            cell(v[3], r->hi[i]);
            const char *cells[] = {r->model->name,
                                   fit_parameter_name(r->model, i),
                                   v[0],
                                   r->free[i] ? v[1] : "\3fixed",
                                   v[2],
                                   v[3],
                                   r->at_bound[i] ? "\2yes" : "no"};
            mlio_page_row(p, cells);
        }
    mlio_page_table_end(p);
}

static void
page_quality(mlio_page *p, const fit_output *o, const fit_outcome *outcome)
{
    const char *const names[] = {"model",
                                 "n",
                                 "dof",
                                 "rss",
                                 "covariance",
                                 "t_integral",
                                 "t_first_moment",
                                 "t_amplitude",
                                 "status"};

    mlio_page_table(p, sizeof names / sizeof names[0], names);
    for (size_t m = 0; m < o->models; m++) {
        const mlfit_result *r = &outcome->fit[m];
        char v[6][40];
        snprintf(v[0], sizeof v[0], "%zu", r->n);
        snprintf(v[1], sizeof v[1], "%zu", r->dof);
        cell(v[2], r->rss);
        for (int i = 0; i < 3; i++)
            cell(v[3 + i], r->moments[i]);
        const char *cells[] = {r->model->name,
                               v[0],
                               v[1],
                               v[2],
                               r->cov_kind == MLFIT_COV_SCALED ? "scaled"
                                                               : "absolute",
                               v[3],
                               v[4],
                               v[5],
                               r->stop_text};
        mlio_page_row(p, cells);
    }
    mlio_page_table_end(p);
    if (o->models == 2)
        mlio_page_text(p,
                       "Horizontal distances at t_max = %.6g: H1 = t_max - "
                       "t_a(R_b(t_max)) = %.6g, H2 = t_b(R_a(t_max)) - t_max = "
                       "%.6g, a = %s, b = %s.  This page gives %s.",
                       outcome->t_max, outcome->h1, outcome->h2,
                       outcome->fit[0].model->name, outcome->fit[1].model->name,
                       fit_no_winner);
}

/* Room for the curves of one group. */
typedef struct {
    double *t, *y[2]; /* CURVE_POINTS */
    double *r[2];     /* relative residuals, one per data point */
    double *memory;
} room;

static bool
room_open(room *r, size_t n)
{
    double *m = malloc((3 * CURVE_POINTS + 2 * n) * sizeof *m);

    r->memory = m;
    if (!m)
        return false;
    r->t = m;
    r->y[0] = m + CURVE_POINTS;
    r->y[1] = m + 2 * CURVE_POINTS;
    r->r[0] = m + 3 * CURVE_POINTS;
    r->r[1] = m + 3 * CURVE_POINTS + n;
    return true;
}

static void
sample(const fit_output *o, const fit_group *g, const fit_outcome *outcome,
       room *s)
{
    double first = INFINITY;

    for (size_t i = 0; i < g->data.n; i++)
        if (g->t[i] > 0)
            first = fmin(first, g->t[i]);
    for (size_t i = 0; i < CURVE_POINTS; i++)
        s->t[i] =
            first * pow(outcome->t_max / first, (double)i / (CURVE_POINTS - 1));
    for (size_t m = 0; m < o->models; m++) {
        for (size_t i = 0; i < CURVE_POINTS; i++)
            s->y[m][i] = curve(&outcome->fit[m], s->t[i]);
        for (size_t i = 0; i < g->data.n; i++) {
            double y = curve(&outcome->fit[m], g->t[i]);
            s->r[m][i] = (g->R[i] - y) / y;
        }
    }
}

static bool
page_figures(mlio_page *p, const fit_output *o, const fit_group *g,
             const fit_outcome *outcome)
{
    room s;
    mlio_curve curves[3], relative[2];

    if (!room_open(&s, g->data.n))
        return false;
    sample(o, g, outcome, &s);
    curves[0] = (mlio_curve){.title = "data",
                             .x = g->t,
                             .y = g->R,
                             .err = g->data.sigma,
                             .n = g->data.n,
                             .style = "points"};
    for (size_t m = 0; m < o->models; m++) {
        const char *name = outcome->fit[m].model->name;
        curves[m + 1] = (mlio_curve){.title = name,
                                     .x = s.t,
                                     .y = s.y[m],
                                     .n = CURVE_POINTS,
                                     .style = m ? "dashed" : "lines",
                                     .color = (int)m + 1};
        relative[m] = (mlio_curve){.title = name,
                                   .x = g->t,
                                   .y = s.r[m],
                                   .n = g->data.n,
                                   .style = "points",
                                   .color = (int)m + 1};
    }
    mlio_page_figure(
        p, &(mlio_figure){.title = "Data and fit",
                          .xlabel = "t",
                          .ylabel = "R",
                          .caption = "The data, with their standard deviations "
                                     "where given, and the fitted curves.",
                          .logx = true,
                          .curves = curves,
                          .ncurves = o->models + 1});
    mlio_page_figure(
        p, &(mlio_figure){.title = "Relative residuals",
                          .xlabel = "t",
                          .ylabel = "(data - fit)/fit",
                          .caption =
                              "A run of one sign shows what a curve misses.",
                          .logx = true,
                          .curves = relative,
                          .ncurves = o->models});
    free(s.memory);
    return true;
}

bool
fit_write_report(const fit_output *o, const char *path, mlio_error *err)
{
    mlio_page *p = mlio_page_open(path, "mlref fit", err);

    if (!p)
        return false;
    for (size_t m = 0; m < o->models; m++) {
        const mlfit_model *model = o->model[m];
        mlio_page_text(p, "%s: R(t) = %s", model->name, model->formula);
    }
    mlio_page_text(p,
                   "Intervals are Wald's at level %g, clipped at the bounds; "
                   "that of tau is exp of the one of ln tau.  Relative "
                   "residual: (data - fit)/fit.",
                   o->level);
    for (size_t k = 0; k < o->in->n; k++) {
        const fit_group *g = &o->in->groups[k];
        mlio_page_heading(p, 2, "%s", o->in->group < 0 ? "Fit" : g->name);
        page_parameters(p, o, &o->outcomes[k]);
        page_quality(p, o, &o->outcomes[k]);
        if (k >= FIGURES_MAX)
            mlio_page_text(p, "Figures are drawn for the first %d groups.",
                           FIGURES_MAX);
        else if (!page_figures(p, o, g, &o->outcomes[k])) {
            mlio_page_abandon(p);
            return mlio_fail(err, MLIO_FILE, "memory is out");
        }
    }
    return mlio_page_close(p, err);
}
