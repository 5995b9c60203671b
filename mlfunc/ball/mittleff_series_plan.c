/* mlfunc/ball/mittleff_series_plan.c - how many terms the series needs. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531

/* True when the terms from k on, k beyond the peak, sum to below e^level. */
static bool
tail_below(const ml_mlpoint *p, slong k, double level)
{
    double t = ml_mlpoint_term_d(p, k),
           q = exp(ml_mlpoint_term_d(p, k + 1) - t);
    return q < 0.999999 && t - log1p(-q) < level;
}

/* The first index from which the terms fall and alpha k + beta > 0. */
static double
descent(const ml_mlpoint *p)
{
    double x = exp(fmin(p->lnx, 700));
    return fmax(0, ceil((fmax(x, 0.25) + 0.5 - p->b) / p->a));
}

#define MAX_TERMS 400000
#define MAX_WORK  3e8

/* Microseconds at many bits: gammas all, or few of them and multiples. */
static double
work(const ml_mlpoint *p, slong n, double bits)
{
    slong P, Q;
    double gamma = 5e-6 * bits * bits;

    if (!ml_rgammas_recur(&P, &Q, p, n))
        return (double)n * gamma;
    return (double)n * 1e-4 * bits + (double)Q * gamma;
}

bool
ml_plan_series(ml_series_plan *s, const ml_mlpoint *p, slong n, slong goal)
{
    double level = (double)(goal - 2) * LN2, from = descent(p);

    if (n > 0) {
        s->n = n;
        from = fmin(from, (double)n);
    } else {
        if (!(from < MAX_TERMS))
            return false;
        slong lo = (slong)from, step = 1;
        while (!tail_below(p, lo + step, level)) {
            if (lo + step > MAX_TERMS)
                return false;
            step *= 2;
        }
        slong hi = lo + step;
        while (hi - lo > 1) {
            slong mid = lo + (hi - lo) / 2;
            *(tail_below(p, mid, level) ? &hi : &lo) = mid;
        }
        s->n = hi;
    }
    /* The largest term: at the start, or where alpha k + beta is near x. */
    s->peak = fmax(ml_mlpoint_term_d(p, 0), ml_mlpoint_term_d(p, (slong)from));
    double x = exp(fmin(p->lnx, 700));
    slong k = (slong)fmax(0, fmin((x - p->b) / p->a, from));
    s->peak = fmax(s->peak, ml_mlpoint_term_d(p, k));
    if (p->b < 0) {
        k = (slong)fmin(from, 2 + -p->b / p->a);
        s->peak = fmax(s->peak, ml_mlpoint_term_d(p, k));
    }
    double bits = fmax(32, s->peak / LN2 - (double)goal);
    double each = 1 + 0.006 * bits + 5e-6 * bits * bits;
    s->cost = (double)s->n * (p->real ? each : each + 0.3) + 2;
    /* Hopeless: about a fifth of a second, more where many bits are asked,
     * but never more than minutes. */
    double asked = fmax(0, ml_mlpoint_log2_d(p) - (double)goal);
    return n > 0
           || (bits < ml_mlpoint_most_bits(p, goal)
               && s->cost < 2e5 + 100 * asked * asked
               && work(p, s->n, bits) < MAX_WORK);
}

double
ml_mlpoint_series_cost(const ml_mlpoint *p, slong goal)
{
    ml_series_plan s;
    return ml_plan_series(&s, p, 0, goal) ? s.cost : INFINITY;
}
