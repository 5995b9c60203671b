/* validation/pairs.c - which two methods a cross-check sets against each other. */
#include "validation/pairs.h"

#include <math.h>
#include <string.h>

#define PI  3.14159265358979323846
#define LN2 0.6931471805599453

/* What a point looks like to the methods. */
typedef struct {
    double alpha, beta, x, ln_z;
    double gain; /* ln|E| above 1, from the exponential */
    bool recur;  /* a simple fraction: few gammas */
} look;

static look
look_at(const mlval_point *p)
{
    look l = {p->alpha, p->beta, 0, log(hypot(p->re, p->im)), 0, false};
    double theta = atan2(p->im, p->re) / p->alpha;

    l.x = exp(fmin(l.ln_z / p->alpha, 45));
    if (fabs(theta) < PI / 2)
        l.gain = l.x * cos(theta);
    for (int q = 1; q <= 24 && !l.recur; q++)
        l.recur = q * p->alpha == rint(q * p->alpha) && q * p->alpha < 64;
    return l;
}

/* One reciprocal gamma at w bits. */
static double
gamma_cost(double w)
{
    return 0.1 + 0.006 * w;
}

/* y (ln(y/x) - 1) = target with y > x, y = alpha n. */
static double
series_reach(double x, double target)
{
    double y = fmax(3 * x, 2);

    for (int i = 0; i < 40; i++) {
        double f = y * (log(y / x) - 1) - target;

        y = fmax(y - f / log(y / x), 1.01 * x + 1e-3);
    }
    return y;
}

static double
series_cost(const look *l, double prec)
{
    double tiny = l->ln_z < 0 ? -l->ln_z : 0, bits, n, w;

    if (l->x > 1e5)
        return INFINITY;
    w = prec + (l->x - l->gain) / LN2 + 20;
    bits = (prec * LN2 + l->x - l->gain);
    n = (series_reach(fmax(l->x, 1e-3), bits) + 2 + fabs(l->beta)) / l->alpha;
    if (tiny > 0)
        n = fmin(n, 3 + bits / tiny);
    return 10 + n * (0.15 + (l->recur ? 0.1 * w / 64 : gamma_cost(w)));
}

/* y (1 + ln(x/y)) = target with y < x: how far the terms must fall. */
static double
asymp_reach(double x, double target)
{
    double lo = 0, hi = fmin(x, target);

    for (int i = 0; i < 60; i++) {
        double y = (lo + hi) / 2;

        if (y * (1 + log(x / y)) < target)
            lo = y;
        else
            hi = y;
    }
    return hi;
}

static double
asymp_cost(const look *l, double prec)
{
    double target = prec * LN2 - l->gain, n;

    if (l->alpha >= 2 && l->alpha == rint(l->alpha) && l->beta == rint(l->beta))
        return 20 + 2 * l->alpha;
    if (target <= 0)
        return 20;
    if (0.9 * target > l->x + 3)
        return INFINITY;
    n = asymp_reach(l->x, fmin(target, l->x)) / l->alpha;
    return 20 + n * (0.15 + (l->recur ? 0.1 : gamma_cost(prec)));
}

double
mlval_cost(const char *method, const mlval_point *p, long prec)
{
    look l = look_at(p);
    double bits = (double)prec;

    if (strcmp(method, "series") == 0)
        return series_cost(&l, bits);
    if (strcmp(method, "asymptotic") == 0)
        return asymp_cost(&l, bits);
    if (strcmp(method, "quadrature") == 0)
        return 2500 * (0.5 + pow(bits / 128, 2.3));
    /* contour */
    return 110 * (0.5 + pow(bits / 64, 1.55)) * (1 + pow(l.alpha / 30, 3));
}

/* ------------------------------------------------------------------ the pairs */

/* The most that one pair may cost: microseconds. */
static double
budget(long prec)
{
    return 2e4 * pow((double)prec / 53, 1.5);
}

/* Of how many points one sees quadrature. */
static double
quadrature_share(long prec)
{
    return prec < 60 ? 0.02 : prec < 130 ? 0.012 : prec < 400 ? 0.003 : 0;
}

/* Quadrature as a last resort: up to this many bits. */
#define QUADRATURE_BITS 4000

int
mlval_pairs(mlval_pair *pairs, const ml_function *f, const mlval_point *p,
            long prec, bool last_resort, tap_random *r)
{
    bool drawn = tap_random_unit(r) < quadrature_share(prec);
    int n = (int)f->nmethods, count = 0;

    if (n > MLVAL_METHODS || (last_resort && prec > QUADRATURE_BITS))
        return 0;
    for (int k = 0; k < n * n; k++) {
        const char *a = f->methods[k / n].name, *b = f->methods[k % n].name;
        bool qa = strcmp(a, "quadrature") == 0;
        bool qb = strcmp(b, "quadrature") == 0;

        if (k / n == k % n || (qa || qb) != (drawn || last_resort)
            || (qa && last_resort))
            continue;
        double guess = mlval_cost(a, p, prec) + mlval_cost(b, p, prec + 64);
        if (!(guess < budget(prec) * (last_resort ? 50 : 1)))
            continue;
        double scale = guess / (400 * pow((double)prec / 53, 1.8));
        double weight = 1 / (1 + scale * scale) / (qa ? 4 : 1);
        pairs[count++] = (mlval_pair){k / n, k % n, guess, weight};
    }
    return count;
}

mlval_pair
mlval_draw_pair(mlval_pair *pairs, int n, tap_random *r)
{
    double sum = 0, at;
    mlval_pair got;
    int i = 0;

    for (int k = 0; k < n; k++)
        sum += pairs[k].weight;
    at = sum * tap_random_unit(r);
    while (i < n - 1 && at >= pairs[i].weight)
        at -= pairs[i++].weight;
    got = pairs[i];
    pairs[i] = pairs[n - 1];
    return got;
}
