/* validation/second_plan.c - which path the second program integrates over.
 *
 * All doubles here steer: a bad choice costs time or ends undecided, and is
 * never wrong.
 */
#include "validation/second.h"

#include <float.h>
#include <math.h>

static const double pi = 3.141592653589793;

/* log|t^alpha - z| for the nearer of z and its conjugate, t = exp(x + iv). */
static double
log_distance(const mlval_goal *g, double x, double v)
{
    double ax = g->alpha * x, least = HUGE_VAL;

    if (!(g->log_z > -DBL_MAX))
        return ax;
    for (int s = -1; s <= 1; s += 2) {
        double re = ax - g->log_z;
        double half = sin(0.5 * (g->alpha * v - s * g->arg_z));
        double d;

        if (re > 40)
            d = ax;
        else if (re < -40)
            d = g->log_z;
        else {
            double e = expm1(re);

            d = g->log_z + 0.5 * log(e * e + 4 * exp(re) * half * half);
        }
        least = fmin(least, d);
    }
    return least;
}

static double
exponent_of_t(const mlval_goal *g)
{
    return g->alpha - g->beta - g->alpha * (double)g->shift + 1;
}

/* The logarithm of the integrand's modulus. */
static double
log_integrand(const mlval_goal *g, double x, double v)
{
    double r = exp(x) * cos(v) + exponent_of_t(g) * x;
    double d = log_distance(g, x, v);

    r += fmin(0, g->log_y - d);
    switch (g->kind) {
    case MLVAL_VALUE:
        return r - d;
    case MLVAL_DBETA:
        return r - d + 0.5 * log(x * x + v * v + 1e-3);
    case MLVAL_DZ:
        return r - 2 * d;
    default:
        return r - 2 * d + 0.5 * log(x * x + v * v + 1e-3);
    }
}

/* Where the ray may end; HUGE_VAL when it does not become small. */
static double
ray_end(const mlval_goal *g, double x, double phi)
{
    double p = fabs(exponent_of_t(g)) + g->alpha + 3;

    for (double l = fmax(x, 0); l < 40; l += 0.1)
        if (-cos(phi) * exp(l) > p && log_integrand(g, l, phi) < g->log_tol - 6)
            return l;
    return HUGE_VAL;
}

static double
distance_to_poles_of_ray(const mlval_goal *g, double phi)
{
    double d = HUGE_VAL;

    for (int s = -1; s <= 1; s += 2)
        d = fmin(d, fabs(remainder(g->alpha * phi - s * g->arg_z, 2 * pi)));
    return d / g->alpha;
}

/* The largest log|integrand| on the path. */
static double
peak_of(const mlval_goal *g, const mlval_path *p, double u0)
{
    enum { UP = 14, RIGHT = 20 };
    double peak = -HUGE_VAL;

    for (int i = 0; i <= UP; i++)
        peak = fmax(peak, log_integrand(g, p->x, p->phi * i / UP));
    for (int i = 1; i <= RIGHT; i++)
        peak = fmax(
            peak, log_integrand(g, p->x + (p->end - p->x) * i / RIGHT, p->phi));
    if (u0 > p->x && u0 < p->end)
        peak = fmax(peak, log_integrand(g, u0, p->phi));
    return peak;
}

static void
judge(mlval_path *p, const mlval_goal *g, double u0)
{
    double up = 2, right = 1 + (p->end - p->x), bits;

    p->peak = peak_of(g, p, u0);
    bits = fmax(0, (p->peak - g->log_tol) / log(2)) + 40;
    if (u0 > -DBL_MAX) {
        double first = g->arg_z / g->alpha;
        double dx = fabs(p->x - u0), dy = distance_to_poles_of_ray(g, p->phi);
        double d1 = first <= p->phi ? dx : hypot(dx, first - p->phi);
        double d2 = u0 >= p->x ? dy : hypot(dx, dy);

        d1 = fmax(fmin(d1, 1), 1e-12);
        d2 = fmax(fmin(d2, 1), 1e-12);
        up += fmin(p->phi / d1, -log2(d1) * (1 + g->alpha));
        if (u0 < p->end)
            right -= 2 * log2(d2);
    }
    p->cost = pow(bits, 1.6) * (up + right);
}

bool
mlval_plan_path(mlval_path *path, const mlval_goal *g)
{
    enum { NEAR = 10 };
    static const double near[NEAR] = {-1.6, -0.8, -0.4, -0.2, -0.1,
                                      0.1,  0.2,  0.4,  0.8,  1.6};
    double u0 = g->log_z / g->alpha;
    double top = log(fmax(1, fabs(exponent_of_t(g)))) + 3;

    path->cost = HUGE_VAL;
    for (double phi = 1.7; phi < 4.6; phi += 0.1373) {
        for (double x = -4.03; x < top + 0.34 * NEAR; x += 0.34) {
            mlval_path p = {.x = x, .phi = phi};

            if (x > top) /* the last ones lie beside the circle of the poles */
                p.x = u0 + near[(int)((x - top) / 0.34) % NEAR];
            if (!(fabs(p.x) < 9))
                continue;
            p.x = ldexp(rint(ldexp(p.x, 10)), -10);
            p.phi = ldexp(rint(ldexp(phi, 10)), -10);
            p.end = ray_end(g, p.x, p.phi);
            if (!(p.end < 40))
                continue;
            judge(&p, g, u0);
            if (p.cost < path->cost)
                *path = p;
        }
    }
    return path->cost < HUGE_VAL;
}

static bool
no_gamma(double x)
{
    return x <= 0 && x == floor(x);
}

/* Terms that vanish are taken off, and one more where |z| is extreme. */
long
mlval_plan_shift(const mlval_goal *g)
{
    long m = 0;

    if (g->log_z < 0 || exp(g->log_z / g->alpha) < 0.5 * g->alpha) {
        while (m < 40 && no_gamma(g->alpha * (double)m + g->beta))
            m++;
        return (g->log_z < -20 || g->alpha > 20) && m < 40 ? m + 1 : m;
    }
    /* t^(alpha |M|) is no burden below |t| = r, where the poles are */
    while (m > -40 && g->alpha * (double)(1 - m) < exp(g->log_z / g->alpha)
           && no_gamma(g->beta + g->alpha * (double)(m - 1)))
        m--;
    if (g->log_z > 20 && m > -40
        && g->alpha * (double)(1 - m) < exp(g->log_z / g->alpha))
        m--;
    return m;
}
