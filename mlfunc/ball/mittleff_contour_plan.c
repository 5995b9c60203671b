/* mlfunc/ball/mittleff_contour_plan.c - which parabola, strip, step; how many
 * nodes; what it costs. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

#define MAX_ALPHA 4096
#define MAX_BETA  1e5
#define MAX_BITS  200000

/* ln |e^zeta - 1| where e^zeta = t^alpha/z, t = mu (c+iu)^2 and its conjugate,
 * plus ln|z|: of the distance from z. */
static double
log_gap(const ml_mlpoint *p, double log_mv, double phi)
{
    double l = p->a * log_mv - p->lnr, best = INFINITY;

    if (fabs(l) > 3)
        return fmax(l, 0) + p->lnr - 0.05;
    double r = exp(l);
    for (int side = -1; side <= 1; side += 2) {
        double d = side * p->a * phi - PI * p->turn;
        double s = sin(0.5 * d);
        /* |r e^(id) - 1|^2 */
        best = fmin(best, (r - 1) * (r - 1) + 4 * r * s * s);
    }
    return 0.5 * log(fmax(best, 1e-40)) + p->lnr;
}

/* ln of the integrand times |z|^N, distance from z left out. */
static double
log_weight(const ml_mlpoint *p, double mu, double c, double u, slong N)
{
    double v = c * c + u * u, power = p->a * (double)(N + 1) - p->b;

    return log(mu / PI) + mu * (c * c - u * u) + power * log(mu)
           + (power + 0.5) * log(v);
}

/* The size of |t^alpha - z| where nothing is near. */
static double
log_far(const ml_contour_plan *s, const ml_mlpoint *p, double v)
{
    double l = p->a * log(s->mu * v);

    return s->one ? fmax(l, p->lnr) : fmax(l, 0);
}

/* The largest of weight over distance on the parabola of c: at mu v = b, or at
 * x, or beyond x at b - alpha. */
static double
top_u(const ml_contour_plan *s, const ml_mlpoint *p, double c)
{
    double b = p->a * (double)(s->N + 1) - p->b + 0.5;
    double x = s->one ? exp(fmin(p->lnx, 600)) : 1;
    double top = (b < x ? b : fmax(x, b - p->a)) / s->mu - c * c;

    return top > 0 ? sqrt(top) : 0;
}

/* ln of the weight over the distance at u. */
static double
log_size(const ml_contour_plan *s, const ml_mlpoint *p, double c, double u)
{
    return log_weight(p, s->mu, c, u, s->N) - log_far(s, p, c * c + u * u);
}

/* ln of about the integral of |f| along the parabola of c. */
static double
log_line(const ml_contour_plan *s, const ml_mlpoint *p, double c)
{
    double b = p->a * (double)(s->N + 1) - p->b + 0.5;
    double width = b < -0.5 ? fmin(c, sqrt(1 / s->mu)) : sqrt(1 / s->mu);

    return log_size(s, p, c, top_u(s, p, c)) + log(width) + 1;
}

/* x as m 2^e with m an integer of few bits, rounded down or up. */
static double
shorten(double x, int bits, bool up)
{
    int e;
    double m = ldexp(frexp(x, &e), bits);

    return ldexp(up ? ceil(m) : floor(m), e - bits);
}

/* The end of the nodes: where the weight has fallen to level. */
static double
last_u(const ml_contour_plan *s, const ml_mlpoint *p, double level)
{
    double lo = top_u(s, p, 1), hi = lo + 2;

    while (log_size(s, p, 1, hi) > level && hi < 1e100) {
        lo = hi;
        hi += hi;
    }
    for (int i = 0; i < 6; i++) {
        double u = 0.5 * (lo + hi);
        if (log_size(s, p, 1, u) > level)
            lo = u;
        else
            hi = u;
    }
    return hi;
}

/* How many nodes mu takes; sets A and B. */
static double
nodes_for(ml_contour_plan *s, const ml_mlpoint *p)
{
    static const double widths[] = {61, 58, 52, 44, 32, 20};
    double level = s->level, best = 0;
    double k = fmax(log_line(s, p, 1) - s->mu - level, 2);

    s->A = ceil(16 * sqrt(1 + k / s->mu)) / 16;
    double right = 2 * PI * s->A / fmax(log_line(s, p, 1 + s->A) - level, 1);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        double B = widths[i] / 64;
        double h = 2 * PI * B / fmax(log_line(s, p, 1 - B) - level, 1);
        if (h < best)
            break;
        best = h;
        s->B = B;
    }
    return last_u(s, p, level) / fmin(best, right);
}

static void
choose_parabola(ml_contour_plan *s, const ml_mlpoint *p)
{
    double power = p->a * (double)(s->N + 1) - p->b, best = INFINITY;
    double mu = 2;
    ml_contour_plan trial = *s;

    for (int i = 0; i < 3; i++) {
        trial.mu = mu;
        mu = fmax((log_line(&trial, p, 1) - mu - s->level) / 8, 1);
    }
    double from = 0.85, to = 1.2, base = mu;
    if (fabs(power) > 2) {
        from = 0.5;
        to = fmax(2, 3 * fabs(power) / base);
    }
    s->mu = trial.mu; /* stays where no trial serves: then J says so */
    while (from <= to) {
        trial.mu = shorten(base * from, 8, true);
        double n = nodes_for(&trial, p);
        if (n < best) {
            best = n;
            *s = trial;
        }
        from *= 1.19;
    }
    s->J = (slong)fmin(best, 1e9) + 1;
}

static bool
usable(const ml_mlpoint *p)
{
    return !p->has_zero && p->a <= MAX_ALPHA && fabs(p->b) <= MAX_BETA
           && isfinite(p->lnr);
}

/* The N that leaves the least to the integral. */
static slong
choose_shift(const ml_mlpoint *p, slong goal, double size)
{
    double least = INFINITY;
    slong N = 0;
    ml_contour_plan s = {.one = true, .mu = 0};

    if (!(p->lnr > 0))
        return 0;
    for (slong n = 0; n < 400; n += 1 + n / 8) {
        s.N = n;
        s.level = (double)(goal - 3) * LN2 + (double)n * p->lnr;
        s.mu = fmax((size - (double)goal * LN2) / 8, 2);
        double bits = (log_line(&s, p, 1) - s.level) / LN2;
        double cost = fmax(bits, 12) + 3 * (double)n;
        if (n > 0 && ml_mlpoint_term_d(p, -n) > size + 14)
            break;
        if (cost < least) {
            least = cost;
            N = n;
        } else if (n > 4 * N + 8) {
            break;
        }
    }
    return N;
}

static slong
algebraic_bits(const ml_mlpoint *p, slong N, slong goal)
{
    double most = N == 0 ? 0 : ml_mlpoint_term_d(p, -1);

    for (slong k = 2; k <= N; k++)
        most = fmax(most, ml_mlpoint_term_d(p, -k));
    return (slong)fmin(fmax(most / LN2 - (double)goal, 16), MAX_BITS) + 16;
}

/* Microseconds. */
static double
cost(const ml_contour_plan *s, const ml_mlpoint *p)
{
    double bits = fmax((log_line(s, p, 1) - s->level) / LN2, 8) + 16;
    double w = (double)s->algebraic, gamma = 1 + 0.012 * w + 5e-6 * w * w;
    double node = 1.6 + 0.0085 * bits + 7e-6 * fmax(bits - 300, 0) * bits;

    return 15 + (p->real ? 1 : 1.3) * (double)FLINT_MAX(s->J, 8) * node
           + 5 * p->a + (double)s->N * gamma;
}

/* Far below the integrand (e^-113000 at alpha = 1, z = -113000) it would be
 * hours: seconds at most where few bits of E are asked, minutes at thousands. */
static bool
worth_it(const ml_contour_plan *s, const ml_mlpoint *p, slong goal)
{
    double asked = fmax(0, ml_mlpoint_log2_d(p) - (double)goal);

    return cost(s, p) < 2e6 + 300 * asked * asked;
}

bool
ml_plan_contour(ml_contour_plan *s, const ml_mlpoint *p, slong goal)
{
    if (!usable(p))
        return false;
    double size = ml_mlpoint_log2_d(p) * LN2;
    s->one = true;
    s->h = 0;
    s->N = choose_shift(p, goal, size);
    s->level = (double)(goal - 3) * LN2 + (double)s->N * p->lnr;
    s->algebraic = algebraic_bits(p, s->N, goal);
    choose_parabola(s, p);
    return s->J < MAX_BITS && log_line(s, p, 1) - s->level < MAX_BITS * LN2
           && worth_it(s, p, goal);
}

bool
ml_plan_contour_any(ml_contour_plan *s, const ml_mlpoint *p, slong N,
                    slong bits)
{
    if (p->a > MAX_ALPHA || fabs(p->b) > MAX_BETA)
        return false;
    s->one = false;
    s->h = 0;
    s->N = N;
    s->level = -(double)(bits + 6) * LN2;
    s->algebraic = bits + 24;
    choose_parabola(s, p);
    return s->J < MAX_BITS && log_line(s, p, 1) - s->level < MAX_BITS * LN2;
}

void
ml_plan_contour_other(ml_contour_plan *s)
{
    s->B -= s->B > 0.3 ? 3.0 / 64 : 1.0 / 128;
    s->A += 3.0 / 16;
    s->h = 0;
}

/* The poles may crowd one of the two sets of nodes: how near they come. */
static double
crowding(const ml_contour_plan *s, const ml_mlpoint *p, int half)
{
    double least = 1, r = exp(fmin(0.5 * (p->lnx - log(s->mu)), 300));

    if (r < 0.1)
        return 1;
    slong lo = (slong)ceil((-p->a - p->turn) / 2);
    slong hi = (slong)floor((p->a - p->turn) / 2);
    for (slong h = lo; h <= hi; h++) {
        double angle = 0.5 * PI * (p->turn + 2 * (double)h) / p->a;
        double re = r * sin(angle) / s->h - 0.5 * half;
        double im = (1 - r * cos(angle)) / s->h;
        least = fmin(least, hypot(re - rint(re), im));
    }
    return least;
}

void
ml_plan_contour_step(ml_contour_plan *s, const ml_mlpoint *p, const mag_t left,
                     const mag_t right)
{
    double level = s->level - 1.4;
    double l = mag_get_d_log2_approx(left) * LN2 - level;
    double r = mag_get_d_log2_approx(right) * LN2 - level;
    double h = fmin(2 * PI * s->B / fmax(l, 1), 2 * PI * s->A / fmax(r, 1));

    s->h = shorten(fmin(h, 0.5), 8, false);
    s->half = 1;
    if (s->one && crowding(s, p, 1) < 0.25)
        s->half = crowding(s, p, 0) < crowding(s, p, 1);
    double u = last_u(s, p, level);
    s->J = (slong)ceil(u / s->h - 0.5 * s->half);
    s->J = FLINT_MAX(s->J, 2);
}

/* Whether the nodes left out are below level; if not, J is raised. */
bool
ml_plan_contour_enough(ml_contour_plan *s, const mag_t rest)
{
    double over = mag_get_d_log2_approx(rest) * LN2 - s->level;

    if (over < 0 || s->J > MAX_BITS)
        return true;
    s->J += 1 + s->J / 16;
    return false;
}

slong
ml_contour_bits(const ml_contour_plan *s, const ml_mlpoint *p, slong j)
{
    double u = s->h * ((double)j + 0.5 * s->half);
    double w = log(s->h) + log_weight(p, s->mu, 1, u, s->N);
    double log_mv = log(s->mu * (1 + u * u)), lp = p->a * log_mv, need;

    if (s->one) {
        double gap = log_gap(p, log_mv, 2 * atan(u));
        need = w - gap + fmax(0, lp - gap);
    } else {
        need = w - fmin(lp, 0) + fmax(0, -log(p->a));
    }
    need = (need - s->level) / LN2;
    return (slong)fmax(need, 8) + 10 + (slong)FLINT_BIT_COUNT((ulong)s->J);
}

bool
ml_plan_inner(slong *bits, slong *extra, const ml_contour_plan *s,
              const ml_mlpoint *p, slong h, slong goal)
{
    double theta = PI * (p->turn + 2 * (double)h) / p->a;
    double x = exp(fmin(p->lnx, 700)), r = sqrt(x / s->mu);
    double re = r * sin(theta / 2) / s->h - 0.5 * s->half;
    double im = (1 - r * cos(theta / 2)) / s->h;
    double near = 2 * PI * hypot(re - rint(re), im);
    double loss = -log2(fmin(1, fmax(near, 1e-30)));
    double size = x * cos(theta) + (1 - p->b) * p->lnx - log(p->a);
    double more = fmax(p->lnx, 0) / LN2 + log2(fabs(p->lnx) + fabs(theta) + 4)
                  + log2(fabs(1 - p->b) + 2) + log2(1 + (r + 1) / s->h);

    size = (size - 2 * PI * fmax(im, 0)) / LN2 + loss - (double)goal;
    if (!(size < MAX_BITS) || !(more < 20000))
        return false;
    *bits = (slong)(fmax(size, 8) + loss) + 20;
    *extra = (slong)more + 8;
    return true;
}

double
ml_mlpoint_contour_cost(const ml_mlpoint *p, slong goal)
{
    ml_contour_plan s;

    return ml_plan_contour(&s, p, goal) ? cost(&s, p) : INFINITY;
}
