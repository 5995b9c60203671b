/* mlfunc/ball/mittleff_asymp_plan.c - how many asymptotic terms, which rays. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2       0.69314718055994531
#define PI        3.14159265358979323846
#define MAX_TERMS 400000
#define MAX_COST  2e7
#define MAX_ALPHA 4096

/* ln of one ray's share of the bound [mlfunc A2]. */
static double
log_share(const ml_mlpoint *p, slong n, slong ray, int side)
{
    double q = (double)ray / 64;
    double nu = p->a * (double)(n + 1) - p->b + 1;
    double d = PI * fmod(side * p->a * q - p->turn, 2);
    double s = cos(d) > 0 ? fabs(sin(d)) + 1e-300 : 1;

    return -(double)(n + 1) * p->lnr + ml_lgamma_d(nu)
           - nu * log(fabs(cos(PI * q))) - log(2 * PI * s);
}

static double
log_rest(const ml_mlpoint *p, const ml_asymp_plan *s, slong n)
{
    return fmax(log_share(p, n, s->up, 1), log_share(p, n, s->down, -1)) + LN2;
}

static slong
best_ray(const ml_mlpoint *p, slong n, int side)
{
    static const slong turn[] = {0,  -1, 1,  -2, 2,   -3, 3,   -4, 4,
                                 -6, 6,  -8, 8,  -11, 11, -15, 15};
    slong best = 64;
    double least = INFINITY;

    for (size_t i = 0; i < sizeof turn / sizeof *turn; i++) {
        double r = log_share(p, n, 64 + turn[i], side);
        if (r < least - 0.7) {
            least = r;
            best = 64 + turn[i];
        }
    }
    return best;
}

/* The first n with nu > 0, with a margin that keeps Gamma(nu) small. */
static double
first_n(const ml_mlpoint *p)
{
    return fmax(0, ceil((p->b - 0.95) / p->a - 1));
}

static void
finish_plan(ml_asymp_plan *s, const ml_mlpoint *p, slong goal)
{
    s->peak = -INFINITY;
    if (s->n > 0)
        s->peak = fmax(ml_mlpoint_term_d(p, -1), ml_mlpoint_term_d(p, -s->n));
    double bits = fmax(32, s->peak / LN2 - (double)goal);
    double each = 1 + 0.006 * bits / 2 + 2e-6 * bits * bits;
    s->cost = (double)s->n * each + 8 + 12 * p->a;
}

/* alpha and beta are integers: the algebraic part ends, nothing remains. */
static bool
finite_plan(ml_asymp_plan *s, const ml_mlpoint *p, slong goal)
{
    double n = floor((p->b - 1) / p->a);
    if (!(n < MAX_TERMS && p->a <= MAX_ALPHA))
        return false;
    s->n = (slong)fmax(0, n);
    s->up = s->down = 64;
    finish_plan(s, p, goal);
    return s->cost < MAX_COST;
}

bool
ml_plan_asymp(ml_asymp_plan *s, const ml_mlpoint *p, slong n, slong goal)
{
    if (p->has_zero || p->a > MAX_ALPHA)
        return false;
    if (p->integers && n == 0)
        return finite_plan(s, p, goal);

    double x = exp(fmin(p->lnx, 700)), level = (double)(goal - 2) * LN2;
    double first = first_n(p);
    double last = fmin(MAX_TERMS, fmax(first, (x + p->b - 1) / p->a - 1));
    if (n == 0 && !(first < MAX_TERMS))
        return false;
    slong lo = (slong)first, hi = (slong)last;
    s->up = s->down = 64;
    slong trial = n > 0 ? n : hi;
    if (n == 0) {
        /* Where the rays are turned depends on about how many terms. */
        ml_asymp_plan flat = {.up = 64, .down = 64};
        slong u = lo, v = hi;
        while (v - u > 1) {
            slong mid = u + (v - u) / 2;
            double r = log_rest(p, &flat, mid);
            *(r < level + 2 ? &v : &u) = mid;
        }
        trial = v;
    }
    if (p->a * (double)(trial + 1) - p->b + 1 <= 0)
        return false;
    s->up = best_ray(p, trial, 1);
    s->down = p->real ? s->up : best_ray(p, trial, -1);
    if (n > 0) {
        s->n = n;
        finish_plan(s, p, goal);
        return true;
    }
    double c = fmin(fabs(cos(PI * (double)s->up / 64)),
                    fabs(cos(PI * (double)s->down / 64)));
    hi = (slong)fmin(MAX_TERMS, fmax(first, (c * x + p->b - 1) / p->a - 1));
    if (!(log_rest(p, s, hi) < level))
        return false;
    if (log_rest(p, s, lo) < level)
        hi = lo;
    while (hi - lo > 1) {
        slong mid = lo + (hi - lo) / 2;
        *(log_rest(p, s, mid) < level ? &hi : &lo) = mid;
    }
    s->n = hi;
    finish_plan(s, p, goal);
    return s->cost < MAX_COST;
}

double
ml_mlpoint_asymp_cost(const ml_mlpoint *p, slong goal)
{
    ml_asymp_plan s;
    return ml_plan_asymp(&s, p, 0, goal) ? s.cost : INFINITY;
}
