/* mlfunc/test/contour_truth.h - sums over the nodes and the poles, on balls.
 *
 * What mlfunc/double/places.h decided is given; everything else is computed from
 * the definitions.
 */
#ifndef MLFUNC_TEST_CONTOUR_TRUTH_H
#define MLFUNC_TEST_CONTOUR_TRUTH_H

#include <math.h>

#include "mlfunc/double/places.h"
#include "mlfunc/mlball.h"

#define TRUTH_PREC 640

/* alpha, beta, z. */
typedef struct {
    acb_t z;
    arb_t alpha, beta;
} truth_point;

static inline void
truth_init(truth_point *x, double alpha, double beta, double re, double im)
{
    acb_init(x->z);
    arb_init(x->alpha);
    arb_init(x->beta);
    arb_set_d(x->alpha, alpha);
    arb_set_d(x->beta, beta);
    arb_set_d(acb_realref(x->z), re);
    arb_set_d(acb_imagref(x->z), im);
}

static inline void
truth_clear(truth_point *x)
{
    acb_clear(x->z);
    arb_clear(x->alpha);
    arb_clear(x->beta);
}

/* ln |t_h| + i theta_h; false if |theta_h| < pi does not hold. */
static inline bool
truth_log_t(acb_t res, const truth_point *x, long h)
{
    arb_t pi, d;

    arb_init(pi);
    arb_init(d);
    arb_const_pi(pi, TRUTH_PREC);
    acb_log(res, x->z, TRUTH_PREC);
    arb_mul_si(d, pi, 2 * h, TRUTH_PREC);
    arb_add(acb_imagref(res), acb_imagref(res), d, TRUTH_PREC);
    acb_div_arb(res, res, x->alpha, TRUTH_PREC);
    arb_abs(d, acb_imagref(res));
    arb_sub(d, d, pi, TRUTH_PREC);
    bool on = arb_is_negative(d);
    arb_clear(pi);
    arb_clear(d);
    return on;
}

/* w = e^{log_t/2}/sqrt(mu) */
static inline void
truth_w(acb_t w, const acb_t log_t, double mu)
{
    arb_t m;

    arb_init(m);
    arb_set_d(m, mu);
    arb_rsqrt(m, m, TRUTH_PREC);
    acb_mul_2exp_si(w, log_t, -1);
    acb_exp(w, w, TRUTH_PREC);
    acb_mul_arb(w, w, m, TRUTH_PREC);
    arb_clear(m);
}

/* t^(1-beta) e^t/alpha */
static inline void
truth_rho(acb_t rho, const truth_point *x, const acb_t log_t)
{
    acb_t t;
    arb_t c;

    acb_init(t);
    arb_init(c);
    arb_sub_si(c, x->beta, 1, TRUTH_PREC);
    arb_neg(c, c);
    acb_mul_arb(rho, log_t, c, TRUTH_PREC);
    acb_exp(t, log_t, TRUTH_PREC);
    acb_add(rho, rho, t, TRUTH_PREC);
    acb_exp(rho, rho, TRUTH_PREC);
    acb_div_arb(rho, rho, x->alpha, TRUTH_PREC);
    acb_clear(t);
    arb_clear(c);
}

/* 1/(1 + e^g), g = -(2 pi/step) (w - 1) */
static inline void
truth_factor(acb_t res, const acb_t w, double step)
{
    arb_t pi, h;

    arb_init(pi);
    arb_init(h);
    arb_const_pi(pi, TRUTH_PREC);
    arb_set_d(h, -step / 2);
    arb_div(pi, pi, h, TRUTH_PREC);
    acb_sub_si(res, w, 1, TRUTH_PREC);
    acb_mul_arb(res, res, pi, TRUTH_PREC);
    acb_exp(res, res, TRUTH_PREC);
    acb_add_si(res, res, 1, TRUTH_PREC);
    acb_inv(res, res, TRUTH_PREC);
    arb_clear(pi);
    arb_clear(h);
}

/* Adds up the terms of the poles right of the path, of which there must be *n
 * (pairs counted twice); *n becomes the number found.  alone: no factors. */
static inline void
truth_poles(acb_t sum, const truth_point *x, const ml_places *p, bool alone,
            int *n)
{
    acb_t l, w, rho, f;
    arb_t y;

    acb_init(l);
    acb_init(w);
    acb_init(rho);
    acb_init(f);
    arb_init(y);
    acb_zero(sum);
    *n = 0;
    for (long h = -4; h <= 4; h++) {
        if (!truth_log_t(l, x, h))
            continue;
        truth_w(w, l, p->contour->mu);
        arb_set_d(y, p->side);
        arb_abs(acb_imagref(f), acb_imagref(w));
        bool beside = arb_gt(acb_imagref(f), y);
        arb_set_d(y, beside ? p->tail : p->left);
        if (!arb_gt(acb_realref(w), y))
            continue;
        ++*n;
        truth_rho(rho, x, l);
        truth_factor(f, w, p->contour->step);
        if (!alone && !beside)
            acb_mul(rho, rho, f, TRUTH_PREC);
        acb_add(sum, sum, rho, TRUTH_PREC);
    }
    acb_clear(l);
    acb_clear(w);
    acb_clear(rho);
    acb_clear(f);
    arb_clear(y);
}

/* What stands beside e^t w 2 mu step/(2 pi): a function of log t. */
typedef void (*truth_fn)(acb_t res, const acb_t log_t, const truth_point *x,
                         const void *param);

/* step sum_j f(u_j), j and -1-j < nodes. */
static inline void
truth_nodes(acb_t sum, const truth_point *x, const ml_contour *c, truth_fn f,
            const void *param)
{
    acb_t w, l, t, v;
    arb_t pi;

    acb_init(w);
    acb_init(l);
    acb_init(t);
    acb_init(v);
    arb_init(pi);
    acb_zero(sum);
    for (int j = -c->nodes; j < c->nodes; j++) {
        arb_set_d(acb_imagref(w), (j + 0.5) * c->step);
        arb_one(acb_realref(w));
        acb_mul(t, w, w, TRUTH_PREC);
        acb_mul_si(t, t, (slong)c->mu, TRUTH_PREC);
        acb_log(l, t, TRUTH_PREC);
        acb_exp(t, t, TRUTH_PREC);
        acb_mul(t, t, w, TRUTH_PREC);
        f(v, l, x, param);
        acb_addmul(sum, t, v, TRUTH_PREC);
    }
    arb_set_d(acb_realref(w), c->mu * c->step);
    arb_const_pi(pi, TRUTH_PREC);
    arb_div(pi, acb_realref(w), pi, TRUTH_PREC);
    acb_mul_arb(sum, sum, pi, TRUTH_PREC);
    acb_clear(w);
    acb_clear(l);
    acb_clear(t);
    acb_clear(v);
    arb_clear(pi);
}

/* t^(alpha-beta) (log t)^logs/(t^alpha - z)^power, param: {power, logs}. */
static inline void
truth_integrand(acb_t res, const acb_t log_t, const truth_point *x,
                const void *param)
{
    const int *kind = param;
    acb_t p;
    arb_t g;

    acb_init(p);
    arb_init(g);
    acb_mul_arb(p, log_t, x->alpha, TRUTH_PREC);
    acb_exp(p, p, TRUTH_PREC);
    acb_sub(p, p, x->z, TRUTH_PREC);
    acb_pow_ui(p, p, (ulong)kind[0], TRUTH_PREC);
    arb_sub(g, x->alpha, x->beta, TRUTH_PREC);
    acb_mul_arb(res, log_t, g, TRUTH_PREC);
    acb_exp(res, res, TRUTH_PREC);
    acb_div(res, res, p, TRUTH_PREC);
    if (kind[1])
        acb_mul(res, res, log_t, TRUTH_PREC);
    acb_clear(p);
    arb_clear(g);
}

static inline double
truth_size(const acb_t x, bool up)
{
    mag_t m;

    mag_init(m);
    if (up)
        acb_get_mag(m, x);
    else
        acb_get_mag_lower(m, x);
    double d = mag_get_d(m);
    mag_clear(m);
    return d;
}

#endif
