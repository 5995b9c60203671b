/* fit/impl.h - what the files of fit share.
 *
 * Inside, the parameters are q = (ln tau, shape, A, B); the data are weighted
 * and scaled: y = R w, w = s / sigma with s such that max |y| = 1.
 */
#ifndef FIT_IMPL_H
#define FIT_IMPL_H

#include "fit/fit.h"

/* A problem of which everything is fixed but q. */
typedef struct {
    const mlfit_model *model;
    size_t n;
    const double *t;
    double *w, *y; /* weights, weighted data */
    double scale;  /* s: true residuals are those of y, w divided by s */
    double norm;   /* |y| */
    double lo[MLFIT_NPAR], hi[MLFIT_NPAR];
    bool free[MLFIT_NPAR];
    int evaluations;  /* of the whole curve */
    ml_status status; /* of the model, kept for the caller */
    double *f;        /* n: the curve, then its two derivatives */
    double *fu, *fb;  /* fb follows fu */
    double *r;        /* n: y - w R */
    double *J;        /* MLFIT_NPAR columns of n: w dR/dq, free ones only */
    double *q;        /* the same room again, for factors */
    double *trial;    /* n */
    double *memory;   /* all of the above */
} fit_problem;

typedef enum { FIT_DONE, FIT_SINGULAR, FIT_STUCK } fit_end;

/* ------------------------------------------------------- small linear algebra */

double fit_dot(size_t n, const double *a, const double *b);

/*
 * fit_qr - A = Q R by twice-applied modified Gram-Schmidt, columns of n.
 *
 * a is overwritten by Q, R is p by p, row-major, upper.  A column that keeps
 * less than tol of its length is dependent: it and its R_kk become 0.
 * Returns the number of independent columns.
 */
size_t fit_qr(size_t n, size_t p, double *a, double *R, double tol);

/* Solves R x = c, x_k = 0 where R_kk = 0. */
void fit_back(size_t p, const double *R, const double *c, double *x);

/* ------------------------------------------------------------ the objective */

/* f of the curve at (ln tau, shape) for all t: p->f and, if grad, fu and fb. */
bool fit_curve(fit_problem *p, const double q[2], bool grad);

/* r (p->r) and the columns of J for the free parameters; returns r.r, or
 * INFINITY with p->status set. */
double fit_residual(fit_problem *p, const double *q, bool jacobian);

/* The same with the free ones of A and B projected out; they are set in q.
 * Columns 0 and 1 of J are then Kaufman's: P w A df/dq. */
double fit_project(fit_problem *p, double *q, bool jacobian);

/* -------------------------------------------------------------- the methods */

/* Start values from quantiles of the data, for those of (ln tau, shape) that
 * are not given.  False when memory is out. */
bool fit_start(fit_problem *p, const bool given[2], double *q);

/* The k best local minima of a grid over (ln tau, shape): the fallback. */
size_t fit_grid(fit_problem *p, const double *q, size_t k,
                double (*found)[MLFIT_NPAR]);

/* Descent by lmder in the projected (ln tau, shape). */
void fit_descend(fit_problem *p, double *q);

/* Gauss-Newton to the end with the box-constrained step; *rss at q. */
fit_end fit_polish(fit_problem *p, double *q, double *rss);

/*
 * fit_box_step - d minimises |r - J d| with lo <= q + d <= hi.
 *
 * list: the m free parameters, J their columns in that order (overwritten).
 * Returns |J d|, or NaN when J is singular.
 */
double fit_box_step(fit_problem *p, const double *q, size_t m,
                    const size_t *list, double *J, double *d);

/* se, cov, lo, hi of a finished fit; false when J is singular. */
bool fit_covariance(mlfit_result *result, fit_problem *p, const double *q,
                    double level);

/* z = ln(t/tau) with f = v, 0 < v < 1. */
ml_status fit_inverse_z(double *z, const mlfit_model *m, double shape,
                        double v);

#endif
