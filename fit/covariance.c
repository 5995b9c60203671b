/* fit/covariance.c - covariance of the parameters and Wald intervals. */
#include "fit/impl.h"

#include <math.h>
#include <string.h>

/* (R^T R)^-1 for upper R of size m. */
static void
invert(size_t m, const double *R, double *C)
{
    double X[MLFIT_NPAR * MLFIT_NPAR]; /* columns of R^-1 */

    for (size_t j = 0; j < m; j++) {
        double e[MLFIT_NPAR] = {0}, x[MLFIT_NPAR];
        e[j] = 1;
        fit_back(m, R, e, x);
        for (size_t i = 0; i < m; i++)
            X[i * m + j] = x[i];
    }
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            C[i * m + j] = fit_dot(m, X + i * m, X + j * m);
}

static void
intervals(mlfit_result *result, const fit_problem *p, const double *q,
          const double *se, double factor)
{
    for (size_t i = 0; i < MLFIT_NPAR; i++) {
        double lo, hi;
        if (!result->free[i])
            continue;
        lo = fmax(q[i] - factor * se[i], p->lo[i]);
        hi = fmin(q[i] + factor * se[i], p->hi[i]);
        result->lo[i] = i == MLFIT_TAU ? exp(lo) : lo;
        result->hi[i] = i == MLFIT_TAU ? exp(hi) : hi;
    }
}

bool
fit_covariance(mlfit_result *result, fit_problem *p, const double *q,
               double level)
{
    double R[MLFIT_NPAR * MLFIT_NPAR], C[MLFIT_NPAR * MLFIT_NPAR];
    double se[MLFIT_NPAR] = {0}, unit, factor;
    size_t list[MLFIT_NPAR] = {0}, m = 0, n = p->n;
    bool scaled = result->cov_kind == MLFIT_COV_SCALED;
    double rss = fit_residual(p, q, true);

    for (size_t i = 0; i < MLFIT_NPAR; i++)
        if (p->free[i])
            list[m++] = i;
    for (size_t j = 0; j < m; j++)
        memcpy(p->q + j * n, p->J + list[j] * n, n * sizeof *p->q);
    if (fit_qr(n, m, p->q, R, 1e-10) < m)
        return false;
    invert(m, R, C);
    /* the rows of J carry scale/sigma [fit F3] */
    unit = scaled ? rss / (double)result->dof : p->scale * p->scale;
    factor = scaled ? mlfit_quantile_student(level, result->dof)
                    : mlfit_quantile_normal(level);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++) {
            size_t a = list[i], b = list[j];
            double v = C[i * m + j] * unit;
            if (a == b)
                se[a] = sqrt(v);
            /* d tau = tau d ln tau */
            v *= a == MLFIT_TAU ? result->p[MLFIT_TAU] : 1.0;
            v *= b == MLFIT_TAU ? result->p[MLFIT_TAU] : 1.0;
            result->cov[a][b] = v;
        }
    for (size_t i = 0; i < MLFIT_NPAR; i++)
        result->se[i] = se[i] * (i == MLFIT_TAU ? result->p[i] : 1.0);
    intervals(result, p, q, se, factor);
    /* an interval as wide as the box of a bounded parameter says nothing */
    for (size_t i = 0; i < 2; i++)
        if (p->free[i] && 2 * factor * se[i] >= p->hi[i] - p->lo[i])
            return false;
    return true;
}
