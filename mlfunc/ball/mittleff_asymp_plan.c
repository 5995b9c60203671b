/* mlfunc/ball/mittleff_asymp_plan.c - how many asymptotic terms, which rays,
 * which poles are too small to be computed. */
#include <math.h>

#include "mlfunc/ball/rgamma.h"
#include "mlfunc/impl.h"

#define LN2       0.69314718055994531
#define PI        3.14159265358979323846
#define MAX_TERMS 400000
#define MAX_COST  2e7
#define MAX_ALPHA 4096

/* ------------------------------------------------------------------ the rays */

/* |sin d| or 1 of the bound [mlfunc A2] for the ray at q/64 turns of pi. */
static double
sine(const ml_mlpoint *p, slong ray, int side)
{
    double y = p->a * (double)ray / 64 - side * p->turn;
    double v = fabs(y - 2 * rint(y / 2));
    return v >= 0.5 ? 1 : sin(PI * v) + 1e-300;
}

/* The ray of least cost for one side, where a pole is near pi. */
static slong
best_ray(const ml_mlpoint *p, double nu, int side)
{
    static const slong turn[] = {0,  -1, 1,  -2, 2,   -3, 3,   -4, 4,
                                 -6, 6,  -8, 8,  -11, 11, -15, 15};
    slong best = 64;
    double s = sine(p, 64, side), least = INFINITY;

    if (s > 0.2)
        return best;
    for (size_t i = 0; i < sizeof turn / sizeof *turn; i++) {
        slong q = 64 + turn[i];
        double loss = -log(sine(p, q, side));
        if (q != 64)
            loss -= nu * log(fabs(cos(PI * (double)q / 64)));
        if (loss < least - 0.7) {
            least = loss;
            best = q;
        }
    }
    return best;
}

/* ln of the bound [mlfunc A2] is at most
 * lgamma(nu) - nu decay + offset, nu = alpha (N+1) - beta + 1. */
typedef struct {
    double decay, offset;
} decline;

static decline
rays_decline(const ml_mlpoint *p, slong up, slong down)
{
    decline d = {p->lnx, (1 - p->b) * p->lnx - log(PI)};
    double s = fmin(sine(p, up, 1), sine(p, down, -1));

    if (up != 64 || down != 64)
        d.decay += log(fmin(fabs(cos(PI * (double)up / 64)),
                            fabs(cos(PI * (double)down / 64))));
    if (s < 1)
        d.offset -= log(s);
    return d;
}

static double
log_rest(const decline *d, double nu)
{
    return ml_lgamma_d(nu) - nu * d->decay + d->offset;
}

/* -------------------------------------------------------------- how many terms */

/* The first N with nu > 0, by more than the rounding of doubles. */
static double
first_n(const ml_mlpoint *p)
{
    return fmax(0, ceil((p->b - 1 + 1e-9 * (1 + fabs(p->b))) / p->a - 1));
}

static double
nu_of(const ml_mlpoint *p, double n)
{
    return p->a * (n + 1) - p->b + 1;
}

/* The smallest nu >= from with log_rest below level, by Newton's method from
 * the left of a convex function; infinite where there is none. */
static double
least_nu(const decline *d, double from, double level)
{
    double bottom = exp(fmin(d->decay, 700)) + 0.5, nu = from;

    if (bottom > from && !(log_rest(d, bottom) < level))
        return INFINITY;
    for (int i = 0; i < 40; i++) {
        double over = log_rest(d, nu) - level;
        if (over <= 0)
            break;
        /* psi(nu) = psi(nu+1) - 1/nu is close to ln(nu + 1/2) - 1/nu. */
        double slope = d->decay - log(nu + 0.5) + 1 / nu;
        if (!(slope > 0))
            return INFINITY;
        double step = over / slope;
        nu += step;
        if (step < 1e-3 * nu)
            break;
    }
    return nu;
}

/* As an index; negative: none. */
static slong
least_n(const ml_mlpoint *p, const decline *d, double level)
{
    double first = first_n(p);
    double nu = least_nu(d, nu_of(p, first), level);
    double n = fmax(first, ceil((nu + p->b - 1) / p->a - 1 - 1e-6));

    if (!(n < MAX_TERMS))
        return -1;
    for (int i = 0; i < 3; i++, n++) {
        if (log_rest(d, nu_of(p, n)) < level)
            return (slong)n;
    }
    return -1;
}

/* -------------------------------------------------------------------- the cost */

/* ln of the largest of the algebraic terms 1..n: at an end, or where the index
 * falls through x. */
double
ml_plan_algebraic_peak(const ml_mlpoint *p, slong n)
{
    if (n == 0)
        return -INFINITY;
    double peak = fmax(ml_mlpoint_term_d(p, -1), ml_mlpoint_term_d(p, -n));
    double x = exp(fmin(p->lnx, 700)), y = ml_mlpoint_index_d(p, -1);
    if (y > x + 0.5)
        peak = fmax(peak,
                    -ml_lgamma_d(x + 0.5) - (p->b - x - 0.5) / p->a * p->lnr);
    return peak;
}

/* The angle in turns of pi up to which |rho_h| can exceed e^level. */
static double
last_angle(const ml_mlpoint *p, double level)
{
    double x = exp(fmin(p->lnx, 700));
    double c = (level + log(p->a) - (1 - p->b) * p->lnx) / x;
    return c >= 1 ? 0 : c <= -1 ? 1 : acos(c) / PI;
}

/* Microseconds for n terms, bits in the largest; and for one exponential. */
static double
terms_cost(const ml_mlpoint *p, slong n, double bits, slong goal)
{
    slong P, Q;
    double many = (double)n, step = (p->real ? 0.2 : 0.4) + 1e-4 * bits;
    int kind = p->den_2exp < 0 ? 0 : p->den_2exp <= 64 ? 1 : 2;

    if (n == 0)
        return 0;
    if (!p->ab_exact || (p->den_2exp < 0 && fmpz_bits(p->den) > 64))
        return many * (0.45 + 0.004 * bits + 2.2e-6 * bits * bits);
    if (ml_rgammas_recur(&P, &Q, p, n))
        return (double)FLINT_MIN(Q, n) * (0.3 + ml_rgamma_cost(0, bits, kind))
               + many * (step + 0.1 + 5e-5 * bits);
    double cost = 0;
    for (int i = 0; i < 4; i++) {
        slong k = (slong)(many * (i + 0.5) / 4) + 1;
        double own = ml_mlpoint_term_d(p, -k) / LN2 - (double)goal + 10;
        cost += ml_rgamma_cost(fabs(ml_mlpoint_index_d(p, -k)), own, kind) / 4;
    }
    return many * (cost + step);
}

static double
pole_cost(double bits)
{
    return 1.5 + 0.006 * bits + 2.7e-6 * bits * bits;
}

/* The leading pole, visited first, grows beyond all goals: nothing else is
 * computed. */
static bool
is_overflow(const ml_mlpoint *p, double turns, slong goal)
{
    double size;

    return p->a * turns >= fabs(p->turn) && ml_plan_pole(&size, p, 0, goal)
           && ml_mlpoint_beyond_goals(p);
}

/* Up to turns of pi on either side; those of real z come in pairs. */
static double
poles_cost(const ml_mlpoint *p, double turns, slong goal)
{
    double size, tau = last_angle(p, (double)goal * LN2);
    double n = p->a * fmin(tau, turns);

    if (p->a * turns < fabs(p->turn))
        return 0;
    /* One that is only bounded. */
    if (n < fabs(p->turn))
        return 2;
    (void)ml_plan_pole(&size, p, 0, goal);
    double bits = fmax(32, size / LN2 - (double)goal) + fmax(0, p->lnx / LN2);
    return 2 + ceil(p->real ? n / 2 : 1.4 * n) * pole_cost(bits);
}

static void
finish_plan(ml_asymp_plan *s, const ml_mlpoint *p, slong goal)
{
    s->peak = ml_plan_algebraic_peak(p, s->n);
    double bits = fmax(32, s->peak / LN2 - (double)goal);
    double turns = (double)FLINT_MAX(s->up, s->down) / 64;
    s->cost = 2.5;
    if (!is_overflow(p, turns, goal))
        s->cost = 1.5 + 1.35 * terms_cost(p, s->n, bits, goal)
                  + poles_cost(p, turns, goal);
}

void
ml_plan_drop(slong *from, slong *to, const ml_mlpoint *p, int side, slong last,
             slong goal)
{
    *from = *to = 0;
    if (p->lnx > 30 || last < 1)
        return;
    double tau = last_angle(p, ((double)goal - 8 - log2((double)last)) * LN2);
    double lo = floor((p->a * tau - side * p->turn) / 2) + 1;
    double hi = ceil((p->a * (2 - tau) - side * p->turn) / 2) - 1;
    lo = fmax(lo, 1);
    hi = fmin(hi, (double)last);
    if (lo <= hi) {
        *from = (slong)lo;
        *to = (slong)hi;
    }
}

bool
ml_plan_pole(double *size, const ml_mlpoint *p, slong h, slong goal)
{
    double theta = PI * (p->turn + 2 * (double)h) / p->a, c = cos(theta);
    double x = exp(fmin(p->lnx, 700));

    *size = x * c + (1 - p->b) * p->lnx - log(p->a);
    /* The cosine of a double says nothing near its zeros: such a term of a
     * huge pole is computed. */
    if (fabs(c) < 1e-8 && p->lnx > 15) {
        *size = (double)goal * LN2 + 1;
        return false;
    }
    return c > 0;
}

/* -------------------------------------------------------------------- the plan */

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

    double level = (double)(goal - 2) * LN2;
    s->up = s->down = 64;
    decline d = rays_decline(p, 64, 64);
    slong trial = n;
    bool near = fmin(sine(p, 64, 1), sine(p, 64, -1)) <= 0.2;
    if (near && n == 0) {
        /* Where the rays are turned depends on about how many terms. */
        decline flat = {p->lnx, (1 - p->b) * p->lnx - log(PI)};
        trial = least_n(p, &flat, level + 2);
        if (trial < 0)
            return false;
    }
    if (near && nu_of(p, (double)trial) > 0) {
        s->up = best_ray(p, nu_of(p, (double)trial), 1);
        s->down = p->real ? s->up : best_ray(p, nu_of(p, (double)trial), -1);
        d = rays_decline(p, s->up, s->down);
    }
    s->n = n > 0 ? n : least_n(p, &d, level);
    if (s->n < 0 || !(nu_of(p, (double)s->n) > 0))
        return false;
    finish_plan(s, p, goal);
    return n > 0 || s->cost < MAX_COST;
}

double
ml_mlpoint_asymp_cost(const ml_mlpoint *p, slong goal)
{
    ml_asymp_plan s;
    return ml_plan_asymp(&s, p, 0, goal) ? s.cost : INFINITY;
}
