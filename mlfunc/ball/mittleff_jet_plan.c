/* mlfunc/ball/mittleff_jet_plan.c - jets: how many terms, circles, rays. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2       0.69314718055994531
#define PI        3.14159265358979323846
#define MAX_TERMS 400000
#define MAX_COST  2e7
#define MAX_ALPHA 4096

/* log2|E|.  On an anti-Stokes ray far out, doubles do not tell whether the
 * exponential is huge, which would be refused, or small.  Where E is z^k e^z its
 * derivatives by alpha and beta are what the methods are for. */
static double
log2_size(const ml_mlpoint *p, const ml_jet *shape)
{
    double e = ml_mlpoint_log2_d(p), term = ml_mlpoint_term_d(p, -1) / LN2;

    if (shape->na + shape->nb > 0 && p->lnx > 3 && ml_mlpoint_jet_is_pure(p))
        e = fmax(e, term);
    return e > 1e18 ? term : e;
}

/* ------------------------------------------------------------ power series */

/* r^-m Gamma(y)/Gamma(y-r) is least near m / ln y. */
static double
radius_at(double y, slong m)
{
    if (m == 0)
        return 0;
    if (y > 1.75)
        return fmin((double)m / (log(y) + 1), y - 1.5);
    return fmax(0.5, fmin(y - 0.5, 0.6 * (double)m));
}

void
ml_plan_jet_radii(double *radius, const ml_mlpoint *p, slong order, slong n)
{
    for (slong m = 0; m <= order; m++)
        radius[m] = radius_at(ml_mlpoint_index_d(p, n), m);
}

/* ln of what [mlfunc J1] will be for m = j + l, without z^-i, i and j as large
 * as they get, the growth of the weights taken from the index near on. */
static double
log_tail(const ml_mlpoint *p, const ml_jet *shape, slong m, slong n, slong near)
{
    double r = radius_at(ml_mlpoint_index_d(p, n), m);
    double x = ml_mlpoint_index_d(p, n) - r, first, q = p->lnr, N = (double)n;

    if (x >= 1.5) {
        first = -ml_lgamma_d(x);
        q += ml_lgamma_d(x) - ml_lgamma_d(x + p->a);
    } else {
        if (x < -1000)
            return INFINITY;
        double h = fmax(0, ceil(0.5 - x));
        first = 0.2 + h * log(fmax(h + r, 1));
    }
    q += log((N + 1) / (N + 1 - (double)shape->nz))
         + (double)shape->na * log((N + 1) / N);
    if (!(q < -1e-6))
        return INFINITY;
    double weights = log((N + 1) / (double)(near + 1));
    double factor = m == 0 ? 0 : 0.5 * log(cosh(PI * r)) - (double)m * log(r);
    double power = p->lnr > -INFINITY ? N * p->lnr : -1e15;
    return power + (double)(shape->nz + shape->na) * fmax(0, weights) + factor
           + first - log1p(-exp(q));
}

static bool
tail_below(const ml_mlpoint *p, const ml_jet *shape, slong n, slong near,
           double level)
{
    return log_tail(p, shape, 0, n, near) < level
           && log_tail(p, shape, shape->na + shape->nb, n, near) < level;
}

/* The smallest n that serves, or 0. */
static slong
count_terms(const ml_mlpoint *p, const ml_jet *shape, slong near, double level)
{
    slong least = shape->nz + 1, step = 1;
    double x = exp(fmin(p->lnx, 700));
    double from = fmax((double)least, ceil((x - p->b) / p->a));

    /* |z| < 1: the terms may fall from the start. */
    if (p->lnr < 0)
        from = (double)least;
    if (!(from < MAX_TERMS))
        return 0;
    slong lo = (slong)from - 1;
    while (!tail_below(p, shape, lo + step, near, level)) {
        if (lo + step > MAX_TERMS)
            return 0;
        step *= 2;
    }
    slong hi = lo + step;
    lo = FLINT_MAX(lo, hi - step);
    while (hi - lo > 1) {
        slong mid = lo + (hi - lo) / 2;
        *(tail_below(p, shape, mid, near, level) ? &hi : &lo) = mid;
    }
    return hi;
}

/* The first index at which every coefficient may have a term: what comes
 * before is there for some of them only. */
static slong
first_full(const ml_mlpoint *p, const ml_jet *shape)
{
    slong lead = 0;

    while (lead < 1000 && ml_mlpoint_vanishes(p, lead))
        lead++;
    return FLINT_MAX(1, shape->nz) + lead;
}

/* Microseconds for the series of one reciprocal gamma and one term. */
static double
each_term(const ml_mlpoint *p, const ml_jet *shape, slong n, double bits)
{
    slong P, Q;
    double len = (double)(shape->na + shape->nb + 1), b = bits / 64;
    double gamma = len > 1 ? (1.8 + len) * b : 0.5 * b;

    if (ml_rgammas_recur(&P, &Q, p, n))
        gamma = 0.06 * len * (double)P * (1 + 0.1 * b)
                + gamma * fmin(1, (double)Q / (double)n);
    return gamma
           + 0.05 * (double)shape->len * (1 + 0.1 * b) * (p->real ? 1 : 2);
}

bool
ml_plan_jet_series(ml_jet_series_plan *s, const ml_mlpoint *p,
                   const ml_jet *shape, slong n, slong bits)
{
    slong first = first_full(p, shape);
    double x = exp(fmin(p->lnx, 700)), peak = ml_mlpoint_term_d(p, first);
    double at = fmin(1e6, fmax((x - p->b) / p->a, (double)first));

    if (p->lnr == -INFINITY)
        peak = 0;
    s->near = first;
    for (int i = 0; i < 2; i++) {
        slong k = (slong)fmax(at, (double)first);
        if (ml_mlpoint_term_d(p, k) > peak) {
            peak = ml_mlpoint_term_d(p, k);
            s->near = k;
        }
        at = fmin(1e6, 2 - p->b / p->a);
    }
    double lost =
        fmax(0, fmax(peak, p->lnx > 0 ? ml_mlpoint_term_d(p, 0) : peak) / LN2
                    - log2_size(p, shape));
    if (p->lnr < -1)
        lost = 0;
    double full = (double)bits + lost + 10;
    if (!(full < ml_mlpoint_most_bits(p, (slong)ml_mlpoint_log2_d(p) - bits)))
        return false;
    s->full = (slong)full;
    s->level = peak / LN2 - full;
    s->n = n > 0 ? FLINT_MAX(n, FLINT_MAX(1, shape->nz))
                 : count_terms(p, shape, s->near, s->level * LN2);
    if (s->n == 0 || shape->na + shape->nb > ML_JET_ORDER)
        return false;
    ml_plan_jet_radii(s->radius, p, shape->na + shape->nb, s->n);
    s->cost = 5 + (double)s->n * each_term(p, shape, s->n, full);
    return n > 0 || s->cost < 5e5 + 200 * (double)bits * (double)bits;
}

double
ml_mlpoint_jet_series_cost(const ml_mlpoint *p, const ml_jet *shape, slong bits)
{
    ml_jet_series_plan s;
    return ml_plan_jet_series(&s, p, shape, 0, bits) ? s.cost : INFINITY;
}

/* -------------------------------------------------------- asymptotic series */

/* The distance of arg v from the multiples of 2 pi, on one ray.  That of real z
 * is the same on both sides: alpha - 1 is exact, where -alpha - 1 is not. */
static double
ray_room(const ml_mlpoint *p, slong ray, int side)
{
    double d = (p->real ? 1 : side) * p->a * (double)ray / 64 - p->turn;
    return PI * fabs(d - 2 * rint(d / 2));
}

static double
ray_radius(const ml_mlpoint *p, slong n, slong ray, int side, slong order)
{
    double m = (double)order;
    if (order == 0)
        return 0;
    return fmin(m / (double)(n + 1), ray_room(p, ray, side) * m / (m + 1));
}

/* In place of |log t|^q, where |t| near nu/c counts. */
static double
ray_eps(const ml_mlpoint *p, slong n, slong q)
{
    double nu = p->a * (double)(n + 1) - p->b + 1;
    if (q == 0)
        return 0;
    return fmin((double)q / (PI + fabs(log(nu))), nu / 2);
}

/* The same for the keyhole. */
static double
keyhole_radius(const ml_mlpoint *p, slong n, slong order)
{
    double m = (double)order, room = PI * (fabs(p->turn) - p->a);
    return fmin(m / (double)(n + 1), room * m / (m + 1));
}

static double
keyhole_eps(const ml_mlpoint *p, slong n, slong q)
{
    double nu = p->a * (double)(n + 1) - p->b + 1;
    return (double)q / (PI + log(fmax(nu, 1)));
}

void
ml_plan_jet_rays(ml_jet_rays *s, const ml_mlpoint *p, const ml_jet *shape,
                 slong n)
{
    for (slong m = 0; m <= shape->nz + shape->na; m++) {
        s->rup[m] = s->keyhole ? keyhole_radius(p, n, m)
                               : ray_radius(p, n, s->up, 1, m);
        s->rdown[m] = ray_radius(p, n, s->down, -1, m);
    }
    for (slong q = 0; q <= shape->na + shape->nb; q++)
        s->eps[q] = s->keyhole ? keyhole_eps(p, n, q) : ray_eps(p, n, q);
}

/* ln of one ray's share of [mlfunc J2] at the highest orders, without z^-i. */
static double
log_share(const ml_mlpoint *p, const ml_jet *shape, slong n, slong ray,
          int side)
{
    slong o = shape->nz + shape->na, m = shape->na + shape->nb;
    double nu = p->a * (double)(n + 1) - p->b + 1;
    double r = ray_radius(p, n, ray, side, o), eps = ray_eps(p, n, m);
    double s = sin(fmin(ray_room(p, ray, side) - r, PI / 2)) + 1e-300;
    double q = (double)ray / 64, c = fabs(cos(PI * q));

    if (!(nu > 0) || !(s > 1e-200) || !(c > 0))
        return INFINITY;
    double v =
        -(double)(n + 1) * p->lnr + (double)(n + 1) * r - log(2 * PI * s);
    if (o > 0)
        v -= (double)o * log(r);
    double high = ml_lgamma_d(nu + eps) - (nu + eps) * log(c);
    if (m > 0) {
        double low = ml_lgamma_d(nu - eps) - (nu - eps) * log(c);
        high = fmax(high, low) + LN2 + eps * PI * q - (double)m * log(eps);
    }
    return v + high;
}

/* The same of [mlfunc J4]. */
static double
log_keyhole(const ml_mlpoint *p, const ml_jet *shape, slong n)
{
    slong o = shape->nz + shape->na, q = shape->na + shape->nb;
    double nu = p->a * (double)(n + 1) - p->b + 1, m = (double)q;
    double r = keyhole_radius(p, n, o), eps = keyhole_eps(p, n, q);
    double s = sin(fmin(PI * (fabs(p->turn) - p->a) - r, PI / 2));
    double v = (double)(n + 1) * (r - p->lnr) - log(2 * PI * s);

    double side = nu + eps <= 1 ? -1 : ml_lgamma_d(nu + eps);
    if (o > 0)
        v -= (double)o * log(r);
    if (q > 0)
        side += ml_lgamma_d(m + 1) - m * log(eps) + eps * PI;
    return v + fmax(1 + (m + 1) * log(PI), side) + LN2;
}

static double
log_rest(const ml_mlpoint *p, const ml_jet *shape, const ml_jet_asymp_plan *s,
         slong n)
{
    if (s->rays.keyhole)
        return log_keyhole(p, shape, n);
    return fmax(log_share(p, shape, n, s->rays.up, 1),
                log_share(p, shape, n, s->rays.down, -1))
           + LN2;
}

static slong
best_ray(const ml_mlpoint *p, const ml_jet *shape, slong n, int side)
{
    static const slong turn[] = {0,  -1, 1,  -2, 2,   -3, 3,   -4, 4,
                                 -6, 6,  -8, 8,  -11, 11, -15, 15};
    slong best = 64;
    double least = INFINITY;

    for (size_t i = 0; i < sizeof turn / sizeof *turn; i++) {
        double r = log_share(p, shape, n, 64 + turn[i], side);
        if (r < least - 0.7) {
            least = r;
            best = 64 + turn[i];
        }
    }
    return best;
}

static void
choose_rays(ml_jet_asymp_plan *s, const ml_mlpoint *p, const ml_jet *shape,
            slong n)
{
    s->rays.up = best_ray(p, shape, n, 1);
    s->rays.down = p->real ? s->rays.up : best_ray(p, shape, n, -1);
}

/* The smallest n in [lo, hi] whose bound is below the level, or hi. */
static slong
search(const ml_mlpoint *p, const ml_jet *shape, const ml_jet_asymp_plan *s,
       slong lo, slong hi, double level)
{
    if (log_rest(p, shape, s, lo) < level)
        return lo;
    while (hi - lo > 1) {
        slong mid = lo + (hi - lo) / 2;
        *(log_rest(p, shape, s, mid) < level ? &hi : &lo) = mid;
    }
    return hi;
}

/* No pole on the sheet, by a margin. */
static bool
no_poles(const ml_mlpoint *p)
{
    return fabs(p->turn) - p->a > 1e-3;
}

/* As below, by the keyhole. */
static bool
count_keyhole(ml_jet_asymp_plan *s, const ml_mlpoint *p, const ml_jet *shape,
              double level)
{
    double x = exp(fmin(p->lnx, 700));
    double last = fmin(MAX_TERMS, (x + p->b - 1) / p->a - 1);

    s->rays.up = s->rays.down = 64;
    s->rays.keyhole = true;
    if (!no_poles(p) || !(last >= 1))
        return false;
    s->n = search(p, shape, s, 0, (slong)last, level);
    return log_rest(p, shape, s, s->n) < level;
}

/* How many terms; false where the remainder stays above the level. */
static bool
count_rays(ml_jet_asymp_plan *s, const ml_mlpoint *p, const ml_jet *shape,
           double level, double first)
{
    double x = exp(fmin(p->lnx, 700));
    double last = fmin(MAX_TERMS, fmax(first, (x + p->b - 1) / p->a - 1));

    if (!(first < MAX_TERMS))
        return false;
    s->rays.up = s->rays.down = 64;
    s->rays.keyhole = false;
    slong n = search(p, shape, s, (slong)first, (slong)last, level + 2);
    choose_rays(s, p, shape, n);
    double c = fmin(fabs(cos(PI * (double)s->rays.up / 64)),
                    fabs(cos(PI * (double)s->rays.down / 64)));
    last = fmin(MAX_TERMS, fmax(first, (c * x + p->b - 1) / p->a - 1));
    s->n = search(p, shape, s, (slong)first, (slong)last, level);
    return log_rest(p, shape, s, s->n) < level;
}

/* Rays need nu > 0, that is n >= first: (beta - 1) / alpha terms, of which few
 * count where alpha is small. */
static bool
count_algebraic(ml_jet_asymp_plan *s, const ml_mlpoint *p, const ml_jet *shape,
                double level)
{
    double first = fmax(0, ceil((p->b - 0.95) / p->a - 1));
    ml_jet_asymp_plan other = *s;

    if (first > 0 && count_keyhole(&other, p, shape, level)
        && ((double)other.n <= first || !count_rays(s, p, shape, level, first)
            || other.n < s->n)) {
        s->rays = other.rays;
        s->n = other.n;
        return true;
    }
    return count_rays(s, p, shape, level, first);
}

/* ln of the largest of n terms: the first, the last, or where they turn. */
static double
log_peak(const ml_mlpoint *p, slong n)
{
    double top = (p->b - exp(fmin(p->lnx, 700))) / p->a, peak = -INFINITY;

    if (n > 0)
        peak = fmax(ml_mlpoint_term_d(p, -1), ml_mlpoint_term_d(p, -n));
    if (top > 1 && top < (double)n)
        peak = fmax(peak, ml_mlpoint_term_d(p, -(slong)top));
    return peak;
}

bool
ml_plan_jet_asymp(ml_jet_asymp_plan *s, const ml_mlpoint *p,
                  const ml_jet *shape, slong n, slong bits)
{
    if (p->has_zero || p->a > MAX_ALPHA || shape->nz + shape->na > ML_JET_ORDER
        || shape->na + shape->nb > ML_JET_ORDER)
        return false;
    s->level = log2_size(p, shape) - (double)bits - 4;
    if (n > 0) {
        s->rays.up = s->rays.down = 64;
        s->rays.keyhole = p->a * (double)(n + 1) - p->b + 1 <= 0;
        if (s->rays.keyhole && !no_poles(p))
            return false;
        if (!s->rays.keyhole)
            choose_rays(s, p, shape, n);
        s->n = n;
    } else if (!count_algebraic(s, p, shape, s->level * LN2)) {
        return false;
    }
    ml_plan_jet_rays(&s->rays, p, shape, s->n);
    double full = fmax(32, log_peak(p, s->n) / LN2 - s->level);
    if (!(full < ml_mlpoint_most_bits(p, (slong)ml_mlpoint_log2_d(p) - bits)))
        return false;
    s->full = (slong)full;
    double pole = (20 + 0.4 * (double)shape->len) * (1 + 0.003 * full);
    s->cost =
        30 + (double)s->n * each_term(p, shape, s->n, full) + pole * (1 + p->a);
    return s->cost < MAX_COST;
}

double
ml_mlpoint_jet_asymp_cost(const ml_mlpoint *p, const ml_jet *shape, slong bits)
{
    ml_jet_asymp_plan s;
    return ml_plan_jet_asymp(&s, p, shape, 0, bits) ? s.cost : INFINITY;
}

/* ------------------------------------------------------------- which method */

/* Below this cost the next methods are not asked for theirs. */
#define CHEAP 250

void
ml_plan_jet_order(int order[3], const ml_mlpoint *p, const ml_jet *shape,
                  int methods, slong bits)
{
    static const int id[3] = {ML_JET_SERIES, ML_JET_ASYMP, ML_JET_CONTOUR};
    double cost[3] = {INFINITY, INFINITY, INFINITY};

    order[0] = order[1] = order[2] = 0;
    if (methods == id[0] || methods == id[1] || methods == id[2]) {
        order[0] = methods;
        return;
    }
    if (methods & id[0])
        cost[0] = ml_mlpoint_jet_series_cost(p, shape, bits);
    if (methods & id[1])
        cost[1] =
            cost[0] < CHEAP ? 1e30 : ml_mlpoint_jet_asymp_cost(p, shape, bits);
    if (methods & id[2])
        cost[2] = fmin(cost[0], cost[1]) < CHEAP
                      ? 1e30
                      : ml_mlpoint_jet_contour_cost(p, shape, bits);
    for (int n = 0; n < 3; n++) {
        int i = cost[0] <= cost[1] ? 0 : 1;
        i = cost[2] < cost[i] ? 2 : i;
        if (isinf(cost[i]))
            break;
        order[n] = id[i];
        cost[i] = INFINITY;
    }
}
