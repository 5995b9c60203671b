/* fit/horizontal.c - inverse of a curve, horizontal distances of two. */
#include "fit/impl.h"

#include <float.h>
#include <math.h>

/* ln(f/v) at z = ln(t/tau) and its slope; f falls from 1 to 0. */
static ml_status
height(double *h, double *slope, const mlfit_model *m, double shape, double v,
       double z)
{
    double f, grad[2], t = exp(z);
    ml_status st = m->eval(&f, grad, 1.0, shape, 1, &t);

    *h = f > 0 ? log(f / v) : -INFINITY;
    *slope = f > 0 ? -grad[0] / f : 0.0;
    return st;
}

ml_status
fit_inverse_z(double *z, const mlfit_model *m, double shape, double v)
{
    const double far = 700.0; /* exp of it is still a double */
    double a = -1, b = 1, h, slope, x = 0;
    ml_status st;

    *z = NAN;
    for (double s = 2;; s *= 2) { /* f(a) >= v */
        st = height(&h, &slope, m, shape, v, a);
        if (st != ML_OK || h >= 0)
            break;
        if (a <= -far)
            return ML_DOMAIN;
        b = a;
        a = fmax(a - s, -far);
    }
    for (double s = 2; st == ML_OK; s *= 2) { /* f(b) <= v */
        st = height(&h, &slope, m, shape, v, b);
        if (h <= 0)
            break;
        if (b >= far)
            return ML_DOMAIN;
        a = b;
        b = fmin(b + s, far);
    }
    /* Newton, halving where it leaves the bracket or does not shorten it */
    x = 0.5 * (a + b);
    for (int i = 0; i < 400 && st == ML_OK; i++) {
        double next;
        st = height(&h, &slope, m, shape, v, x);
        if (h >= 0)
            a = x;
        if (h <= 0)
            b = x;
        next = x - h / slope;
        if (!(next > a && next < b))
            next = 0.5 * (a + b);
        if (fabs(next - x) <= DBL_EPSILON * fmax(fabs(x), 0.5) || a >= b)
            break;
        x = next;
    }
    *z = x;
    return st;
}

ml_status
mlfit_inverse(double *t, const mlfit_model *m, const double p[MLFIT_NPAR],
              double R)
{
    double v = (R - p[MLFIT_BASELINE]) / p[MLFIT_AMPLITUDE], z;
    ml_status st;

    *t = NAN;
    if (!(p[MLFIT_TAU] > 0) || !(p[MLFIT_SHAPE] >= m->shape_min)
        || !(p[MLFIT_SHAPE] <= m->shape_max) || !(v > 0) || !(v <= 1))
        return ML_DOMAIN;
    if (v == 1) {
        *t = 0;
        return ML_OK;
    }
    st = fit_inverse_z(&z, m, p[MLFIT_SHAPE], v);
    if (st != ML_OK)
        return st;
    *t = p[MLFIT_TAU] * exp(z);
    if (isfinite(*t) && *t > 0)
        return ML_OK;
    *t = NAN;
    return ML_DOMAIN;
}

ml_status
mlfit_horizontal(double *h1, double *h2, const mlfit_result *a,
                 const mlfit_result *b, double t_max)
{
    double ra, rb, ta, tb;
    ml_status st;

    *h1 = *h2 = NAN;
    st = mlfit_model_value(&ra, a->model, a->p, t_max);
    if (st == ML_OK)
        st = mlfit_model_value(&rb, b->model, b->p, t_max);
    if (st != ML_OK)
        return st;
    /* one of the two may exist without the other */
    st = mlfit_inverse(&ta, a->model, a->p, rb);
    if (st == ML_OK)
        *h1 = t_max - ta;
    ml_status second = mlfit_inverse(&tb, b->model, b->p, ra);
    if (second == ML_OK)
        *h2 = tb - t_max;
    return st | second;
}
