/* mlfunc/ball/mittleff_plan.c - what steers: magnitudes in doubles.
 *
 * Nothing here, nor in the other files named _plan, enters a bound: a wrong
 * number costs time or width.
 */
#include <math.h>

#include "mlfunc/impl.h"

#define PI  3.14159265358979323846
#define LN2 0.69314718055994531

double
ml_lgamma_d(double y)
{
    double product = 1;

    while (y < 8) {
        product *= y;
        y += 1;
    }
    return (y - 0.5) * log(y) - y + 0.91893853320467274 + 1 / (12 * y)
           - log(product);
}

double
ml_lrgamma_d(double y)
{
    return y > 0 ? -ml_lgamma_d(y) : ml_lgamma_d(1 - y) - log(PI);
}

/* How far alpha k + beta is from an integer; alpha within 2^-52 of one makes a
 * difference of doubles 0. */
static double
off_integer(const ml_mlpoint *p, slong k)
{
    double y = ml_mlpoint_index_d(p, k), d = fabs(y - rint(y));
    fmpz_t t;

    if (d > 1e-6 || !p->ab_exact)
        return d;
    fmpz_init(t);
    fmpz_mul_si(t, p->num_a, k);
    fmpz_add(t, t, p->num_b);
    fmpz_smod(t, t, p->den);
    slong m, n;
    d = fabs(fmpz_get_d_2exp(&m, t));
    d /= fmpz_get_d_2exp(&n, p->den);
    d = ldexp(d, (int)FLINT_MAX(m - n, -1000));
    fmpz_clear(t);
    return d;
}

/* ln of the largest of the first algebraic terms z^-k / Gamma(beta-alpha k). */
static double
first_algebraic(const ml_mlpoint *p)
{
    double most = -INFINITY, x = exp(fmin(p->lnx, 700));

    for (slong k = 1; k <= 4; k++) {
        double y = ml_mlpoint_index_d(p, -k);
        if (ml_mlpoint_vanishes(p, -k))
            continue;
        double term = ml_lrgamma_d(y) - (double)k * p->lnr, s = 1;
        if (y <= 0)
            s = sin(PI * off_integer(p, -k)) + 1e-300;
        most = fmax(most, term + log(s));
        /* A term that is nearly 0 leaves the lead to the next, where the terms
         * still fall. */
        if (s > 0.1 || p->a * (double)(k + 1) > x)
            break;
    }
    return most;
}

double
ml_mlpoint_log2_d(const ml_mlpoint *p)
{
    double best = -INFINITY, x = exp(fmin(p->lnx, 700));
    bool few = p->a >= 4 && x < 3 * p->a; /* terms of the series that count */

    if (p->lnx < 3 || p->lnr < 0 || few) {
        for (slong k = 0; k < (few ? 12 : 3); k++) {
            double y = ml_mlpoint_index_d(p, k);
            double t = k == 0 ? 0 : (double)k * p->lnr;
            if (!ml_mlpoint_vanishes(p, k))
                best = fmax(best, t + ml_lrgamma_d(y));
        }
    }
    if (p->lnr >= 0 && !few) {
        double algebraic = first_algebraic(p);
        double least = fmax(0, fabs(p->turn) - p->a); /* units of pi */
        double theta = PI * fabs(p->turn) / p->a;
        double e = -INFINITY;
        /* A pole that is not far beyond the negative axis still counts. */
        if (least <= 0.25 * p->a)
            e = x * cos(theta) + (1 - p->b) * p->lnx - log(p->a);
        /* One growing exponential is what many small terms add up to. */
        if (e > best && x >= 1 && p->a < 2 && fabs(p->turn) < p->a / 2)
            best = e;
        /* Small terms of the series say nothing where they cancel. */
        else if (p->lnx >= 3 || (p->a < 4 && (p->lnr > 2 || algebraic > best)))
            best = fmax(algebraic, e);
        else
            best = fmin(best, fmax(algebraic, e));
    }
    if (best == -INFINITY)
        best = -fmin(x, 1e9);
    return fmax(-4e18, fmin(best / 0.69314718055994531, 4e18));
}

double
ml_mlpoint_most_bits(const ml_mlpoint *p, slong goal)
{
    double asked = ml_mlpoint_log2_d(p) - (double)goal;
    return fmin(fmax(1e6, 4 * asked), ML_MOST_BITS);
}

double
ml_mlpoint_term_d(const ml_mlpoint *p, slong k)
{
    double power = k == 0 ? 0 : (double)k * p->lnr;
    return power + ml_lrgamma_d(ml_mlpoint_index_d(p, k));
}

/* Wider boxes have wide slopes; much narrower ones are as good as points. */
bool
ml_plan_slopes(slong bits, slong prec)
{
    return bits >= 16 && bits <= prec + 16;
}

/* ------------------------------------------------ lower limits of the costs
 *
 * What the cost of a method cannot be below, from a few operations: where the
 * limits decide, nothing has to be planned twice.
 */
double
ml_mlpoint_series_least(const ml_mlpoint *p, slong goal)
{
    double x = exp(fmin(p->lnx, 700));

    (void)goal;
    return 1 + 0.2 * fmax(0, (x + 0.5 - p->b) / p->a);
}

double
ml_mlpoint_asymp_least(const ml_mlpoint *p, slong goal)
{
    double x = exp(fmin(p->lnx, 700));

    /* The remainder is never below e^-x x^(1/2 - beta), about. */
    if (!p->integers
        && -x + (1 - p->b) * p->lnx - 0.5 * log1p(x) - 3
               > (double)(goal - 2) * LN2)
        return INFINITY;
    return 1.8;
}

double
ml_mlpoint_contour_least(const ml_mlpoint *p, slong goal)
{
    (void)p;
    (void)goal;
    return 25;
}
