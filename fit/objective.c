/* fit/objective.c - weighted residuals and their derivatives. */
#include "fit/impl.h"

#include <math.h>
#include <string.h>

bool
fit_curve(fit_problem *p, const double q[2], bool grad)
{
    double tau = exp(q[MLFIT_TAU]);
    ml_status st;

    p->evaluations++;
    st = p->model->eval(p->f, grad ? p->fu : NULL, tau, q[MLFIT_SHAPE], p->n,
                        p->t);
    for (size_t i = 0; i < p->n && st == ML_OK; i++)
        if (!isfinite(p->f[i]))
            st = ML_UNABLE;
    if (st != ML_OK)
        p->status = st;
    return st == ML_OK;
}

double
fit_residual(fit_problem *p, const double *q, bool jacobian)
{
    double A = q[MLFIT_AMPLITUDE], B = q[MLFIT_BASELINE];
    size_t n = p->n;

    if (!fit_curve(p, q, jacobian))
        return INFINITY;
    for (size_t i = 0; i < n; i++)
        p->r[i] = p->y[i] - p->w[i] * (A * p->f[i] + B);
    if (jacobian)
        for (size_t i = 0; i < n; i++) {
            p->J[i] = p->w[i] * A * p->fu[i];
            p->J[n + i] = p->w[i] * A * p->fb[i];
            p->J[2 * n + i] = p->w[i] * p->f[i];
            p->J[3 * n + i] = p->w[i];
        }
    return fit_dot(n, p->r, p->r);
}

/* r := r - Q Q^T r for the m columns at Q; the coefficients go to c. */
static void
remove_columns(size_t n, size_t m, const double *Q, double *r, double *c)
{
    for (size_t k = 0; k < m; k++)
        c[k] = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < m; k++) {
            double s = fit_dot(n, Q + k * n, r);
            c[k] += s;
            for (size_t i = 0; i < n; i++)
                r[i] -= s * Q[k * n + i];
        }
}

double
fit_project(fit_problem *p, double *q, bool jacobian)
{
    bool fa = p->free[MLFIT_AMPLITUDE], fb = p->free[MLFIT_BASELINE];
    double A = fa ? 0.0 : q[MLFIT_AMPLITUDE];
    double B = fb ? 0.0 : q[MLFIT_BASELINE];
    double R[4], c[2], x[2] = {0, 0};
    size_t n = p->n, m = 0;

    if (!fit_curve(p, q, jacobian))
        return INFINITY;
    for (size_t i = 0; i < n; i++)
        p->r[i] = p->y[i] - p->w[i] * (A * p->f[i] + B);
    if (fa) {
        for (size_t i = 0; i < n; i++)
            p->q[m * n + i] = p->w[i] * p->f[i];
        m++;
    }
    if (fb) {
        memcpy(p->q + m * n, p->w, n * sizeof *p->w);
        m++;
    }
    fit_qr(n, m, p->q, R, 1e-12);
    remove_columns(n, m, p->q, p->r, c);
    fit_back(m, R, c, x);
    if (fa)
        q[MLFIT_AMPLITUDE] = x[0];
    if (fb)
        q[MLFIT_BASELINE] = x[fa];
    if (jacobian)
        for (size_t j = 0; j < 2; j++) {
            const double *g = j ? p->fb : p->fu;
            for (size_t i = 0; i < n; i++)
                p->J[j * n + i] = p->w[i] * q[MLFIT_AMPLITUDE] * g[i];
            remove_columns(n, m, p->q, p->J + j * n, c);
        }
    return fit_dot(n, p->r, p->r);
}
