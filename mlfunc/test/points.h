/* mlfunc/test/points.h - random points and comparisons for the tests. */
#ifndef MLFUNC_TEST_POINTS_H
#define MLFUNC_TEST_POINTS_H

#include <math.h>

#include "mlfunc/impl.h"
#include "validation/tap/tap.h"

static inline void
set_args(ml_arg *args, double alpha, double beta, double re, double im)
{
    ml_arg t;

    ml_args_init(&t, 1);
    ml_arg_set_d(&args[0], alpha);
    ml_arg_set_d(&args[1], beta);
    ml_arg_set_d(&t, im);
    ml_arg_set_d(&args[2], re);
    fmpq_set(args[2].im, t.re);
    ml_args_clear(&t, 1);
}

/* The point of four doubles; the caller has initialised p. */
static inline ml_status
set_point(ml_mlpoint *p, double alpha, double beta, double re, double im)
{
    ml_arg args[3];

    ml_args_init(args, 3);
    set_args(args, alpha, beta, re, im);
    ml_status st = ml_mlpoint_set_args(p, args);
    ml_args_clear(args, 3);
    return st;
}

/* |x - y| as a double, by its upper (up) or lower bound. */
static inline double
distance(const acb_t x, const acb_t y, bool up)
{
    acb_t d;
    mag_t m;

    acb_init(d);
    mag_init(m);
    acb_sub(d, x, y, 400);
    if (up)
        acb_get_mag(m, d);
    else
        acb_get_mag_lower(m, d);
    double v = mag_get_d(m);
    acb_clear(d);
    mag_clear(m);
    return v;
}

/* Midpoint of x, exactly. */
static inline void
centre(acb_t res, const acb_t x)
{
    acb_get_mid(res, x);
}

/* rad <= 2^(8-prec) |x| over the whole ball. */
static inline bool
is_accurate(const acb_t x, slong prec)
{
    mag_t r, m;

    mag_init(r);
    mag_init(m);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(m, x);
    mag_mul_2exp_si(r, r, prec - 8);
    bool ok = acb_is_finite(x) && mag_cmp(r, m) <= 0;
    mag_clear(r);
    mag_clear(m);
    return ok;
}

/* z at modulus x^alpha, alpha >= least, in one of the places where the remainder
 * of the asymptotic series is delicate. */
static inline ml_status
delicate_point(ml_mlpoint *p, tap_random *r, long i, double least, double x)
{
    const double pi = 3.14159265358979323846;
    double alpha = tap_random_range(r, least, 2.5);
    double beta = tap_random_range(r, -2, 3);
    double phi = pi;

    if (i % 6 == 1)
        phi = pi * fmin(alpha, 1); /* Stokes: the pole at arg t = pi */
    else if (i % 6 == 2)
        phi = pi / 2 * fmin(alpha, 2); /* anti-Stokes */
    else if (i % 6 == 3)
        alpha = 1 + tap_random_range(r, -0.01, 0.01);
    else if (i % 6 == 4)
        phi = tap_random_range(r, 0, pi);
    double m = pow(x, alpha);
    bool real = i % 6 == 0 || i % 6 == 3;
    if (i % 6 == 5)
        return set_point(p, alpha, beta, m, 0);
    return set_point(p, alpha, beta, real ? -m : m * cos(phi),
                     real ? 0 : m * sin(phi));
}

/* The share of a bound that the true value takes: over one is a violation. */
typedef struct {
    double most;
    long n, broken;
} shares;

static inline void
share_add(shares *s, double low, double high, double bound)
{
    if (!(low <= bound * 1.0000001))
        s->broken++;
    if (high / bound > s->most)
        s->most = high / bound;
    s->n++;
}

/* Two claims: it holds always, and within a factor 1000 sometimes. */
static inline void
share_claim(const shares *s, const char *tag)
{
    tap_ok(s->n > 0 && s->broken == 0,
           "%s holds at all of %ld points where it dominates", tag, s->n);
    tap_ok(s->most >= 1e-3 && s->most <= 1.0000001,
           "%s is reached to a factor 1000 somewhere: share %.3g", tag,
           s->most);
}

#endif
