/* mlfunc/ball/mittleff_quad_plan.c - which parabola, where it ends. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2       0.69314718055994531
#define PI        3.14159265358979323846
#define MAX_ALPHA 4096
#define MAX_BITS  (ML_QUAD_BITS + 128)

/* ln of the integrand's modulus at u, the pole factor taken as no worse than
 * 1/16 of its larger part. */
static double
log_integrand(const ml_mlpoint *p, double mu, double u, slong N)
{
    double v = 1 + u * u, lt = log(mu * v);
    double c = p->a * (double)(N + 1) - p->b;

    return log(mu / PI) + mu * (1 - u * u) + c * lt + 0.5 * log(v)
           - fmax(p->a * lt, p->lnr) + 2.8 - (double)N * p->lnr;
}

/* ln of the largest integrand with |u| >= from. */
double
ml_quad_peak_d(const ml_mlpoint *p, double mu, double from, slong N)
{
    double peak = -INFINITY;
    double c = p->a * (double)(N + 1) - p->b + 0.5;
    double top = sqrt(fmax(0, c / mu - 1)); /* of e^t t^c */

    for (int i = 0; i <= 12; i++)
        peak = fmax(peak, log_integrand(p, mu, from + 0.25 * i, N));
    if (top > from)
        peak = fmax(peak, log_integrand(p, mu, top, N));
    return peak;
}

/* ln of the larger 1/|t^alpha - z| beyond U, by angle or by modulus. */
static double
log_pole_factor(const ml_mlpoint *p, double mu, double U)
{
    double gap = p->a * log(mu * (1 + U * U)) - p->lnr;
    double by_modulus =
        gap < 1e-12 ? INFINITY : -p->lnr - gap - log(-expm1(-gap));
    double by_angle = -p->lnr, near = p->a * 2 * atan(U) / PI;

    for (int side = -1; side <= 1; side += 2) {
        double d1 = near - side * p->turn, d2 = p->a - side * p->turn;
        if (floor(d1 / 2) != floor(d2 / 2))
            return by_modulus;
        double e = fmin(d1 - 2 * floor(d1 / 2), 2 - d2 + 2 * floor(d2 / 2));
        if (e < 1e-12)
            return by_modulus;
        if (e < 0.5)
            by_angle = fmax(by_angle, -p->lnr - log(sin(PI * e)));
    }
    return fmin(by_modulus, by_angle);
}

/* ln of the bound [mlfunc Q1]. */
static double
log_tail(const ml_mlpoint *p, double mu, double U, slong N)
{
    double V = 1 + U * U, c = p->a * (double)(N + 1) - p->b;
    double room = mu - fmax(c + 0.5, 0) / V;

    if (room <= 0)
        return INFINITY;
    return (c + 1) * log(mu) + 2 * mu + (c + 0.5) * log(V) - mu * V
           + log_pole_factor(p, mu, U) - log(PI * U * room)
           - (double)N * p->lnr;
}

/* The least distance of the poles u_h from the real u axis, by doubles. */
static double
clearance(const ml_mlpoint *p, double mu, double U)
{
    double least = 1, r = exp(0.5 * (p->lnx - log(mu)));

    if (p->has_zero || r < 0.01)
        return 1;
    slong lo = (slong)ceil((-p->a - p->turn) / 2);
    slong hi = (slong)floor((p->a - p->turn) / 2);
    for (slong h = lo; h <= hi; h++) {
        double half = 0.5 * PI * (p->turn + 2 * (double)h) / p->a;
        double re = fabs(r * sin(half)) - U, im = 1 - r * cos(half);
        least = fmin(least, hypot(fmax(re, 0), im));
    }
    return least;
}

static void
choose_mu(ml_quad_plan *s, const ml_mlpoint *p, double bits)
{
    static const double factor[] = {1,    0.85, 1.2,  0.7, 1.4,
                                    0.58, 1.7,  0.48, 2.1, 0.4};
    double best = -1, centre = fmax(bits * LN2 / 8, 0.75 * (p->b - p->a));

    centre = fmax(centre, 2);
    s->mu = centre;
    for (size_t i = 0; i < sizeof factor / sizeof *factor; i++) {
        double mu = ceil(centre * factor[i] * 64) / 64;
        double c = clearance(p, mu, 3);
        if (c > best + 0.02) {
            best = c;
            s->mu = mu;
        }
        if (best > 0.4)
            break;
    }
}

#define FARTHEST 1e150

static bool
choose_end(ml_quad_plan *s, const ml_mlpoint *p, slong goal)
{
    double level = (double)(goal - 3) * LN2, U = 1;

    while (U < FARTHEST && !(log_tail(p, s->mu, U, s->N) < level))
        U += U < 8 ? 0.25 : floor(U / 4) + (U > 1e6 ? 3 * U : 0);
    s->U = U;
    return U < FARTHEST;
}

bool
ml_plan_quad(ml_quad_plan *s, const ml_mlpoint *p, slong goal)
{
    if (p->has_zero || p->a > MAX_ALPHA || fabs(p->b) > 1e5)
        return false;
    double bits = ml_mlpoint_log2_d(p) - (double)goal;
    bits = fmax(bits, 16);
    if (bits > MAX_BITS)
        return false;
    choose_mu(s, p, bits);
    double least = INFINITY;
    slong N = 0;
    for (slong n = 0; n <= (p->lnr > 0 ? 4 : 0); n++) {
        double peak = ml_quad_peak_d(p, s->mu, 0, n);
        if (peak + 3 * (double)n < least) {
            least = peak + 3 * (double)n;
            s->peak = peak;
            N = n;
        }
    }
    s->N = N;
    s->wp = (slong)fmax(bits, s->peak / LN2 - (double)goal) + 24;
    /* Far below the integrand (e^-12488 at alpha = 1, z = -12488) the working
     * precision is what costs: minutes at 18000 bits. */
    return s->wp <= MAX_BITS && choose_end(s, p, goal);
}

double
ml_mlpoint_quad_cost(const ml_mlpoint *p, slong goal)
{
    ml_quad_plan s;
    if (!ml_plan_quad(&s, p, goal))
        return INFINITY;
    double w = (double)s.wp;
    return (p->real ? 1 : 2) * (200 + 0.018 * w * w * sqrt(w)) + 20 * p->a;
}
