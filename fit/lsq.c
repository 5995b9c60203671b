/* fit/lsq.c - least squares with true bounds: from data to a result. */
#include "fit/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* e-folds beyond the data in which tau is sought. */
#define WINDOW 7.0

ml_status
mlfit_tau_window(double *lo, double *hi, const mlfit_data *data)
{
    double first = INFINITY, last = 0;

    for (size_t i = 0; i < data->n; i++)
        if (data->t[i] > 0) {
            first = fmin(first, data->t[i]);
            last = fmax(last, data->t[i]);
        }
    *lo = first * exp(-WINDOW);
    *hi = last * exp(WINDOW);
    return *lo > 0 && *hi < INFINITY && *lo < *hi ? ML_OK : ML_DOMAIN;
}

static bool
good_data(const mlfit_data *d)
{
    for (size_t i = 0; i < d->n; i++) {
        double s = d->sigma ? d->sigma[i] : 1.0;
        if (!(d->t[i] >= 0) || isinf(d->t[i]) || !isfinite(d->R[i]) || !(s > 0)
            || isinf(s) || !isfinite(d->R[i] / s))
            return false;
    }
    return true;
}

/* What is free, the bounds, and given values in q; false: a value outside. */
static bool
set_parameters(fit_problem *p, double *q, bool given[2], const mlfit_options *o,
               const double window[2])
{
    const double none[MLFIT_NPAR] = {1, 1, 1, 0};
    const mlfit_model *m = p->model;
    const double lo[] = {log(window[0]), m->shape_min, -INFINITY, -INFINITY};
    const double hi[] = {log(window[1]), m->shape_max, INFINITY, INFINITY};

    p->free[MLFIT_TAU] = !o->fixed[MLFIT_TAU];
    p->free[MLFIT_SHAPE] =
        !o->fixed[MLFIT_SHAPE] && m->shape_min < m->shape_max;
    p->free[MLFIT_AMPLITUDE] = o->free_amplitude && !o->fixed[MLFIT_AMPLITUDE];
    p->free[MLFIT_BASELINE] = o->free_baseline && !o->fixed[MLFIT_BASELINE];
    for (size_t i = 0; i < MLFIT_NPAR; i++) {
        bool set = o->fixed[i] || o->has_start[i];
        double v = set ? o->start[i] : none[i];
        if (!isfinite(v) || (set && i == MLFIT_TAU && !(v > 0)))
            return false;
        q[i] = i == MLFIT_TAU ? log(v) : v;
        p->lo[i] = lo[i];
        p->hi[i] = hi[i];
        if (i == MLFIT_TAU && !p->free[i])
            p->lo[i] = p->hi[i] = q[i];
        if (set && !(q[i] >= p->lo[i] && q[i] <= p->hi[i]))
            return false;
        if (i < 2)
            given[i] = set || !p->free[i];
    }
    return true;
}

static bool
allocate(fit_problem *p, const mlfit_data *d)
{
    size_t n = d->n;
    double top = 0;

    /* w y f fu fb r: 6; J and q: 4 each; trial: lmder's fvec, fjac, wa4 */
    p->memory = calloc(n, 18 * sizeof *p->memory);
    if (!p->memory)
        return false;
    p->n = n;
    p->t = d->t;
    p->w = p->memory;
    p->y = p->w + n;
    p->f = p->y + n;
    p->fu = p->f + n;
    p->fb = p->fu + n;
    p->r = p->fb + n;
    p->J = p->r + n;
    p->q = p->J + 4 * n;
    p->trial = p->q + 4 * n;
    for (size_t i = 0; i < n; i++)
        top = fmax(top, fabs(d->R[i]) / (d->sigma ? d->sigma[i] : 1.0));
    p->scale = top > 0 ? 1.0 / top : 1.0;
    for (size_t i = 0; i < n; i++) {
        p->w[i] = p->scale / (d->sigma ? d->sigma[i] : 1.0);
        p->y[i] = d->R[i] * p->w[i];
    }
    p->norm = sqrt(fit_dot(n, p->y, p->y));
    return true;
}

/* One fit from one start: lmder, then the polish; again where that stalls.
 * *rss is infinite when no model value could be had. */
static fit_end
fit_from(fit_problem *p, double *q, double *rss)
{
    fit_end end = FIT_STUCK;

    *rss = INFINITY;
    for (int round = 0; round < 3 && end == FIT_STUCK; round++) {
        fit_descend(p, q);
        if (p->status != ML_OK)
            return FIT_STUCK;
        end = fit_polish(p, q, rss);
    }
    return end;
}

/* On its bound?  The polish has seen to the sign of the gradient. */
static bool
on_bound(const fit_problem *p, const double *q, size_t i)
{
    return p->free[i] && (q[i] <= p->lo[i] || q[i] >= p->hi[i]);
}

/* The best of the quantile start and, where that ends in a doubtful place, of
 * the grid's minima. */
static fit_end
search(fit_problem *p, double *q, double *rss, bool user_start)
{
    double start[MLFIT_NPAR], found[3][MLFIT_NPAR];
    fit_end end;
    size_t k;

    memcpy(start, q, sizeof start);
    end = fit_from(p, q, rss);
    if (user_start || p->status != ML_OK
        || (end == FIT_DONE && !on_bound(p, q, 0) && !on_bound(p, q, 1)))
        return end;
    k = fit_grid(p, start, 3, found);
    for (size_t i = 0; i < k && p->status == ML_OK; i++) {
        double value;
        fit_end e = fit_from(p, found[i], &value);
        if (value < *rss * (1 - 1e-9)
            || (e == FIT_DONE && end != FIT_DONE
                && value <= *rss * (1 + 1e-9))) {
            memcpy(q, found[i], sizeof start);
            *rss = value;
            end = e;
        }
    }
    return end;
}

static void
not_identified(mlfit_result *r, const fit_problem *p)
{
    r->stop = MLFIT_NOT_IDENTIFIED;
    for (size_t i = 0; i < MLFIT_NPAR; i++) {
        if (!r->free[i])
            continue;
        r->se[i] = INFINITY;
        r->lo[i] = i == MLFIT_TAU ? exp(p->lo[i]) : p->lo[i];
        r->hi[i] = i == MLFIT_TAU ? exp(p->hi[i]) : p->hi[i];
        for (size_t j = 0; j < MLFIT_NPAR; j++)
            r->cov[i][j] = r->cov[j][i] = r->free[j] ? NAN : 0.0;
    }
}

static void
finish(mlfit_result *r, fit_problem *p, const double *q, fit_end end,
       double rss, const mlfit_options *o)
{
    static const char *const text[] = {"ok", "at_bound", "not_identified",
                                       "not_converged"};
    double level = o->level != 0 ? o->level : 0.95;
    bool bound = false;

    for (size_t i = 0; i < MLFIT_NPAR; i++) {
        r->p[i] = i == MLFIT_TAU ? exp(q[i]) : q[i];
        if (i == MLFIT_TAU && o->fixed[i])
            r->p[i] = o->start[i]; /* not exp(log(tau)) */
        r->lo[i] = r->hi[i] = r->p[i];
        r->free[i] = p->free[i];
        r->at_bound[i] = on_bound(p, q, i);
        bound |= r->at_bound[i];
    }
    r->n = p->n;
    r->rss = rss / (p->scale * p->scale);
    r->model->moments(r->moments, r->p[MLFIT_SHAPE]);
    for (int k = 0; k < 3; k++)
        r->moments[k] *= r->p[MLFIT_TAU];
    r->stop = bound ? MLFIT_AT_BOUND : MLFIT_CONVERGED;
    if (!fit_covariance(r, p, q, level) || end == FIT_SINGULAR
        || r->at_bound[MLFIT_TAU])
        not_identified(r, p);
    else if (end == FIT_STUCK)
        r->stop = MLFIT_NOT_CONVERGED;
    r->stop_text = text[r->stop];
    r->evaluations = p->evaluations;
}

ml_status
mlfit_run(mlfit_result *result, const mlfit_model *model,
          const mlfit_data *data, const mlfit_options *options)
{
    const mlfit_options none = {0};
    const mlfit_options *o = options ? options : &none;
    double q[MLFIT_NPAR], window[2], rss = INFINITY;
    double level = o->level != 0 ? o->level : 0.95;
    bool given[2], all_given;
    fit_problem p = {.model = model};
    size_t free_ones = 0;
    fit_end end;

    memset(result, 0, sizeof *result);
    result->model = model;
    result->cov_kind = o->has_cov    ? o->cov
                       : data->sigma ? MLFIT_COV_ABSOLUTE
                                     : MLFIT_COV_SCALED;
    if (!good_data(data) || mlfit_tau_window(&window[0], &window[1], data)
        || !set_parameters(&p, q, given, o, window) || !(level > 0 && level < 1)
        || (result->cov_kind == MLFIT_COV_ABSOLUTE && !data->sigma))
        return ML_DOMAIN;
    for (size_t i = 0; i < MLFIT_NPAR; i++)
        free_ones += p.free[i];
    if (data->n < free_ones + 1)
        return ML_DOMAIN;
    result->dof = data->n - free_ones;
    if (!allocate(&p, data))
        return ML_NOMEM;

    all_given = (given[0] || !p.free[0]) && (given[1] || !p.free[1]);
    if (!all_given && !fit_start(&p, given, q))
        p.status = ML_NOMEM;
    end = FIT_STUCK;
    if (p.status == ML_OK)
        end = search(&p, q, &rss, all_given && (p.free[0] || p.free[1]));
    if (p.status == ML_OK)
        finish(result, &p, q, end, rss, o);
    free(p.memory);
    return p.status;
}
