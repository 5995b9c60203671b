/* fit/descend.c - descent by MINPACK's lmder, kept in the box. */
#include "fit/impl.h"

#include <math.h>

#ifdef ML_WITH_CMINPACK
#    include <cminpack.h>

typedef struct {
    fit_problem *p;
    const double *origin; /* q at v = 0 */
    double q[MLFIT_NPAR];
    size_t list[2], k; /* the free ones of (ln tau, shape) */
} descent;

/* q = P(origin + v), P the projection onto the box; outside[j] tells which
 * coordinates P moved. */
static void
place(descent *d, const double *v, bool outside[2])
{
    for (size_t j = 0; j < d->k; j++) {
        size_t i = d->list[j];
        double x = d->origin[i] + v[j];
        d->q[i] = fmin(fmax(x, d->p->lo[i]), d->p->hi[i]);
        outside[j] = d->q[i] != x;
    }
}

/* What lmder minimises: |r(P(origin + v))|.  A coordinate outside the box has
 * a zero column and stays where it is, on its bound. [fit F1] */
static int
callback(void *context, int m, int k, const double *v, double *fvec,
         double *fjac, int ld, int iflag)
{
    descent *d = context;
    bool outside[2] = {false, false};
    double rss;

    place(d, v, outside);
    rss = fit_project(d->p, d->q, iflag == 2);
    if (!isfinite(rss))
        return -1;
    if (iflag == 1) {
        for (int i = 0; i < m; i++)
            fvec[i] = d->p->r[i];
        return 0;
    }
    for (int j = 0; j < k; j++) {
        const double *column = d->p->J + d->list[j] * d->p->n;
        for (int i = 0; i < m; i++)
            fjac[j * ld + i] = outside[j] ? 0.0 : -column[i];
    }
    return 0;
}

void
fit_descend(fit_problem *p, double *q)
{
    descent d = {.p = p, .origin = q};
    double v[2] = {0, 0}, diag[2], qtf[2], w1[2], w2[2], w3[2];
    int ipvt[2], nfev, njev, m = (int)p->n;
    bool outside[2];

    for (size_t i = 0; i < MLFIT_NPAR; i++)
        d.q[i] = q[i];
    for (size_t i = 0; i < 2; i++)
        if (p->free[i])
            d.list[d.k++] = i;
    if (d.k > 0) {
        /* v starts at 0, so the first trust region is `factor` itself: a
         * predicted change of the residual vector by at most |y| */
        double *fvec = p->trial, *fjac = p->trial + p->n,
               *w4 = p->trial + 3 * p->n;
        lmder(callback, &d, m, (int)d.k, v, fvec, fjac, m, 1e-14, 1e-14, 0.0,
              500, diag, 1, p->norm > 0 ? p->norm : 1.0, 0, &nfev, &njev, ipvt,
              qtf, w1, w2, w3, w4);
        place(&d, v, outside);
    }
    for (size_t i = 0; i < 2; i++)
        q[i] = d.q[i];
    fit_project(p, q, false);
}

#else

void
fit_descend(fit_problem *p, double *q)
{
    (void)q;
    p->status = ML_UNABLE;
}

#endif
