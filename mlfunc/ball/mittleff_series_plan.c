/* mlfunc/ball/mittleff_series_plan.c - how many terms the series needs. */
#include <math.h>

#include "mlfunc/ball/series.h"

#define LN2 0.69314718055994531

#define MAX_TERMS 400000
#define MAX_WORK  3e8

/* Below the terms that fall: from here on alpha k + beta > x, 1/4. */
static double
descent(const ml_mlpoint *p)
{
    double x = exp(fmin(p->lnx, 700));
    return fmax(0, ceil((fmax(x, 0.25) + 0.5 - p->b) / p->a));
}

/* True when the terms from k on, k beyond the peak, sum to below e^level. */
static bool
tail_below(const ml_mlpoint *p, slong k, double level)
{
    double t = ml_mlpoint_term_d(p, k),
           q = exp(ml_mlpoint_term_d(p, k + 1) - t);
    return q < 0.999999 && t - log1p(-q) < level;
}

/*
 * The y = alpha k + beta at which the terms from k on sum to e^level, T(y) =
 * (y - beta) ln x - ln Gamma(y): by Newton's method, from the right after the
 * first step, as T is concave.
 */
static double
last_index(const ml_mlpoint *p, double level)
{
    double x = exp(fmin(p->lnx, 700)), y = 1.6 * x + 2 - 0.1 * level;

    for (int i = 0; i < 12; i++) {
        double slope = p->lnx - log(y) + 0.5 / y;
        if (!(slope < -1e-9)) {
            y *= 1.5;
            continue;
        }
        double t =
            (y - p->b) * p->lnx - ml_lgamma_d(y) - log1p(-exp(p->a * slope));
        double next = fmax(y - (t - level) / slope, fmax(x, 0.25) * 1.0001);
        bool done = fabs(next - y) < 0.2 * p->a + 1e-3 * y;
        y = next;
        if (done)
            break;
    }
    return y;
}

/* Microseconds of one sum over n terms, bits in the largest. */
static double
work(const ml_mlpoint *p, slong n, double peak, double bits, slong goal)
{
    slong P, Q;
    double many = (double)n, limbs = bits / 64, y = ml_mlpoint_index_d(p, n);

    if (!p->ab_exact)
        return many * (1 + 0.006 * bits + 5e-6 * bits * bits);
    double step = p->real ? 0.05 + 0.0012 * limbs : 0.085 + 0.004 * limbs;
    int kind = p->den_2exp < 0 ? 0 : p->den_2exp <= 64 ? 1 : 2;
    if (ml_rgammas_recur(&P, &Q, p, n)) {
        double width = log2(fmax(2, y)) + (double)fmpz_bits(p->den);
        double packs = ceil((double)P * width / 64);
        double extra = (double)ml_plan_rings(peak, p, 0, Q);
        step += 0.014 * extra;
        return (double)Q * ml_rgamma_cost(0, bits, kind)
               + many * (step + packs * (0.05 + 0.0016 * limbs));
    }
    if (p->den_2exp < 0 && fmpz_bits(p->den) > 64)
        return many * (1 + 0.004 * bits + 2e-6 * bits * bits);
    double cost = 0;
    for (int i = 0; i < 4; i++) {
        slong k = (slong)(many * (i + 0.5) / 4);
        double own = ml_mlpoint_term_d(p, k) / LN2 - (double)goal + 10;
        cost += ml_rgamma_cost(fabs(ml_mlpoint_index_d(p, k)), own, kind) / 4;
    }
    return many * (cost + step);
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
        double last = isinf(p->lnx) ? 1 : last_index(p, level);
        double need = fmax(ceil((last - p->b) / p->a), fmax(from, 1));
        if (!(need < MAX_TERMS))
            return false;
        s->n = (slong)need;
        for (int i = 0; i < 20 && !tail_below(p, s->n, level); i++)
            s->n += 1 + s->n / 64;
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
    s->cost = 2.5 + work(p, s->n, s->peak, bits, goal);
    /* Hopeless: about a fifth of a second, more where many bits are asked,
     * but never more than minutes. */
    double asked = fmax(0, ml_mlpoint_log2_d(p) - (double)goal);
    return n > 0
           || (bits < ml_mlpoint_most_bits(p, goal)
               && s->cost < 2e5 + 100 * asked * asked && s->cost < MAX_WORK);
}

double
ml_mlpoint_series_cost(const ml_mlpoint *p, slong goal)
{
    ml_series_plan s;
    return ml_plan_series(&s, p, 0, goal) ? s.cost : INFINITY;
}

ml_series_bits
ml_plan_series_bits(const ml_series_plan *s, const ml_mlpoint *p, slong goal)
{
    ml_series_bits b;
    double peak = fmax(0, s->peak / LN2);

    (void)p;
    b.F = 5 + FLINT_BIT_COUNT(s->n) - goal;
    b.z = FLINT_MAX(64, b.F + (slong)peak + 8 + FLINT_BIT_COUNT(s->n));
    return b;
}

slong
ml_plan_rings(double peak, const ml_mlpoint *p, slong from, slong Q)
{
    double low =
        fmin(ml_mlpoint_term_d(p, from), ml_mlpoint_term_d(p, from + Q - 1));
    double growth = (peak - low) / LN2;
    return growth > 4 ? (slong)(growth + 60) / 64 : 0;
}

double
ml_plan_log2_rgamma(const ml_mlpoint *p, slong k)
{
    return ml_lrgamma_d(ml_mlpoint_index_d(p, k)) / LN2;
}
