/* fit/polish.c - Gauss-Newton in the box, to a tested stop. */
#include "fit/impl.h"

#include <math.h>
#include <string.h>

/* Columns shorter than this share of |y|, or closer than this to dependence,
 * do not fix their parameter: values carry about 1e-13. */
#define SINGULAR 1e-10

/*
 * One face of the box: the parameters marked in `held` move by d[] as given,
 * the others by least squares.  R, c: the factor of J and Q^T r.  Returns
 * |c - R d|^2, and d.
 */
static double
face(size_t m, const double *R, const double *c, const bool *held, double *d)
{
    double a[MLFIT_NPAR * MLFIT_NPAR], F[MLFIT_NPAR * MLFIT_NPAR];
    double rest[MLFIT_NPAR], x[MLFIT_NPAR], e[MLFIT_NPAR], s = 0;
    size_t k = 0;

    for (size_t i = 0; i < m; i++) {
        rest[i] = c[i];
        for (size_t j = i; j < m; j++)
            if (held[j])
                rest[i] -= R[i * m + j] * d[j];
    }
    for (size_t j = 0; j < m; j++)
        if (!held[j]) {
            for (size_t i = 0; i < m; i++)
                a[k * m + i] = i <= j ? R[i * m + j] : 0.0;
            k++;
        }
    fit_qr(m, k, a, F, 0.0);
    for (size_t j = 0; j < k; j++)
        e[j] = fit_dot(m, a + j * m, rest);
    fit_back(k, F, e, x);
    for (size_t j = 0, i = 0; j < m; j++)
        if (!held[j])
            d[j] = x[i++];
    for (size_t i = 0; i < m; i++) {
        double v = c[i];
        for (size_t j = i; j < m; j++)
            v -= R[i * m + j] * d[j];
        s += v * v;
    }
    return s;
}

/* |R d| */
static double
length(size_t m, const double *R, const double *d)
{
    double s = 0;

    for (size_t i = 0; i < m; i++) {
        double v = 0;
        for (size_t j = i; j < m; j++)
            v += R[i * m + j] * d[j];
        s += v * v;
    }
    return sqrt(s);
}

double
fit_box_step(fit_problem *p, const double *q, size_t m, const size_t *list,
             double *J, double *d)
{
    double R[MLFIT_NPAR * MLFIT_NPAR], c[MLFIT_NPAR], best = INFINITY;
    size_t n = p->n;

    for (size_t j = 0; j < m; j++)
        if (!(sqrt(fit_dot(n, J + j * n, J + j * n)) > SINGULAR * p->norm))
            return NAN;
    if (fit_qr(n, m, J, R, SINGULAR) < m)
        return NAN;
    for (size_t j = 0; j < m; j++)
        c[j] = fit_dot(n, J + j * n, p->r);

    /* The problem is convex: of the at most nine faces (each bounded
     * parameter free, low, high), the feasible one of least value. */
    for (int code = 0; code < 9; code++) {
        int choice[2] = {code % 3, code / 3};
        bool held[MLFIT_NPAR] = {false}, feasible = true;
        double x[MLFIT_NPAR] = {0}, value;

        for (int b = 0; b < 2; b++)
            if (choice[b] && !p->free[b])
                feasible = false;
        if (!feasible)
            continue;
        for (size_t j = 0; j < m; j++)
            if (list[j] < 2 && choice[list[j]]) {
                size_t i = list[j];
                held[j] = true;
                x[j] = (choice[i] == 1 ? p->lo[i] : p->hi[i]) - q[i];
            }
        value = face(m, R, c, held, x);
        for (size_t j = 0; j < m; j++)
            if (!held[j])
                feasible &= q[list[j]] + x[j] >= p->lo[list[j]]
                            && q[list[j]] + x[j] <= p->hi[list[j]];
        if (feasible && value < best) {
            best = value;
            memcpy(d, x, m * sizeof *d);
        }
    }
    return length(m, R, d);
}

/* q + s d, clipped against rounding at the bounds. */
static void
step(const fit_problem *p, const double *q, size_t m, const size_t *list,
     const double *d, double s, double *to)
{
    memcpy(to, q, MLFIT_NPAR * sizeof *to);
    for (size_t j = 0; j < m; j++) {
        size_t i = list[j];
        to[i] = fmin(fmax(q[i] + s * d[j], p->lo[i]), p->hi[i]);
        /* a step to a bound lands on it */
        for (int e = 0; e < 2; e++) {
            double bound = e ? p->hi[i] : p->lo[i];
            if (fabs(to[i] - bound) <= 1e-15 * fmax(1.0, fabs(bound)))
                to[i] = bound;
        }
    }
}

fit_end
fit_polish(fit_problem *p, double *q, double *rss)
{
    size_t list[MLFIT_NPAR], m = 0, n = p->n;

    for (size_t i = 0; i < MLFIT_NPAR; i++)
        if (p->free[i])
            list[m++] = i;
    *rss = fit_residual(p, q, true);
    for (int iteration = 0; iteration < 200 && isfinite(*rss); iteration++) {
        double d[MLFIT_NPAR] = {0}, to[MLFIT_NPAR], length_r = sqrt(*rss);
        double offset, s = 1.0, now;

        for (size_t j = 0; j < m; j++)
            memcpy(p->q + j * n, p->J + list[j] * n, n * sizeof *p->q);
        offset = fit_box_step(p, q, m, list, p->q, d);
        if (isnan(offset))
            return FIT_SINGULAR;
        if (offset <= 1e-8 * length_r + 1e-14 * p->norm)
            return FIT_DONE;
        do {
            step(p, q, m, list, d, s, to);
            now = fit_residual(p, to, false);
            s /= 2;
        } while (!(now < *rss) && s > 1e-6);
        if (!(now < *rss)) {
            /* no descent left: at the rounding of the model, or stuck */
            *rss = fit_residual(p, q, false);
            return offset <= 1e-6 * length_r + 1e-12 * p->norm ? FIT_DONE
                                                               : FIT_STUCK;
        }
        memcpy(q, to, sizeof to);
        *rss = fit_residual(p, q, true);
    }
    return FIT_STUCK;
}
