/* mlfunc/ball/mittleff_quad.c - rigorous quadrature on a parabola. */
#include <math.h>

#include <acb_calc.h>

#include "mlfunc/impl.h"

#define LN2       0.69314718055994531
#define PI        3.14159265358979323846
#define MAX_ALPHA 4096

/* t = mu (1+iu)^2 for |u| <= U, N terms of the algebraic part taken out. */
typedef struct {
    double mu, U;
    slong N, wp;
    double peak; /* ln of the largest integrand */
} plan;

/* ------------------------------------------------------------ planning */

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
static double
log_peak(const ml_mlpoint *p, double mu, double from, slong N)
{
    double peak = -INFINITY;
    double c = p->a * (double)(N + 1) - p->b + 0.5;
    double top = sqrt(fmax(0, c / mu - 1)); /* of e^t t^c */

    for (double u = from; u <= from + 3; u += 0.25)
        peak = fmax(peak, log_integrand(p, mu, u, N));
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
choose_mu(plan *s, const ml_mlpoint *p, double bits)
{
    static const double factor[] = {1,    0.85, 1.2,  0.7, 1.4,
                                    0.58, 1.7,  0.48, 2.1, 0.4};
    double best = -1, centre = fmax(bits * LN2 / 8, 0.75 * (p->b - p->a));

    centre = fmax(centre, 2);
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
choose_end(plan *s, const ml_mlpoint *p, slong goal)
{
    double level = (double)(goal - 3) * LN2, U = 1;

    while (U < FARTHEST && !(log_tail(p, s->mu, U, s->N) < level))
        U += U < 8 ? 0.25 : floor(U / 4) + (U > 1e6 ? 3 * U : 0);
    s->U = U;
    return U < FARTHEST;
}

static bool
make_plan(plan *s, const ml_mlpoint *p, slong goal)
{
    if (p->has_zero || p->a > MAX_ALPHA || fabs(p->b) > 1e5)
        return false;
    double bits = ml_mlpoint_log2_d(p) - (double)goal;
    bits = fmax(bits, 16);
    if (bits > 50000)
        return false;
    choose_mu(s, p, bits);
    double least = INFINITY;
    slong N = 0;
    for (slong n = 0; n <= (p->lnr > 0 ? 4 : 0); n++) {
        double peak = log_peak(p, s->mu, 0, n);
        if (peak + 3 * (double)n < least) {
            least = peak + 3 * (double)n;
            s->peak = peak;
            N = n;
        }
    }
    s->N = N;
    s->wp = (slong)fmax(bits, s->peak / LN2 - (double)goal) + 24;
    return s->wp < 100000 && choose_end(s, p, goal);
}

double
ml_mlpoint_quad_cost(const ml_mlpoint *p, slong goal)
{
    plan s;
    if (!make_plan(&s, p, goal))
        return INFINITY;
    double w = (double)s.wp;
    return (p->real ? 1 : 2) * (200 + 3 * w + 0.04 * w * w) + 20 * p->a;
}

/* ------------------------------------------------------------ the integral */

typedef struct {
    arb_t mu, lnmu, alpha, c;
    acb_t z;
} integrand;

/* e^t t^c (1+iu) / (t^alpha - z), log t = ln mu + 2 log(1+iu). */
static int
evaluate(acb_ptr res, const acb_t u, void *param, slong order, slong prec)
{
    const integrand *f = param;
    acb_t w, l, e;

    acb_init(w);
    acb_init(l);
    acb_init(e);
    acb_mul_onei(w, u);
    acb_add_ui(w, w, 1, prec);
    acb_log_analytic(l, w, order != 0, prec);
    if (acb_is_finite(l)) {
        acb_mul_2exp_si(l, l, 1);
        acb_add_arb(l, l, f->lnmu, prec);
        acb_sqr(e, w, prec);
        acb_mul_arb(e, e, f->mu, prec);
        acb_addmul_arb(e, l, f->c, prec);
        acb_exp(e, e, prec);
        acb_mul(e, e, w, prec);
        acb_mul_arb(l, l, f->alpha, prec);
        acb_exp(l, l, prec);
        acb_sub(l, l, f->z, prec);
        acb_div(res, e, l, prec);
    } else {
        acb_indeterminate(res);
    }
    acb_clear(w);
    acb_clear(l);
    acb_clear(e);
    return 0;
}

/* c = alpha (N+1) - beta */
static void
exponent(arb_t c, const ml_mlpoint *p, slong N, slong prec)
{
    ml_mlpoint_index(c, p, -(N + 1), prec);
    arb_neg(c, c);
}

static void
integrand_init(integrand *f, const ml_mlpoint *p, double mu, slong N, slong wp)
{
    arb_init(f->mu);
    arb_init(f->lnmu);
    arb_init(f->alpha);
    arb_init(f->c);
    acb_init(f->z);
    arb_set_d(f->mu, mu);
    arb_log(f->lnmu, f->mu, wp + 10);
    ml_mlpoint_alpha(f->alpha, p, wp + 10);
    exponent(f->c, p, N, wp + 10);
    ml_mlpoint_z(f->z, p, wp + 10);
}

static void
integrand_clear(integrand *f)
{
    arb_clear(f->mu);
    arb_clear(f->lnmu);
    arb_clear(f->alpha);
    arb_clear(f->c);
    acb_clear(f->z);
}

/* res += the integral over [a, b]. */
static bool
piece(acb_t res, integrand *f, double a, double b, slong tol, slong wp)
{
    acb_calc_integrate_opt_t options;
    acb_t s, u, v;
    mag_t t;

    acb_calc_integrate_opt_init(options);
    options->deg_limit = 40 + wp;
    options->eval_limit = 60 * wp + 20000;
    acb_init(s);
    acb_init(u);
    acb_init(v);
    mag_init(t);
    mag_set_ui_2exp_si(t, 1, tol);
    acb_set_d(u, a);
    acb_set_d(v, b);
    acb_calc_integrate(s, evaluate, f, u, v, wp, t, options, wp);
    acb_add(res, res, s, wp);
    bool ok = acb_is_finite(s);
    acb_clear(s);
    acb_clear(u);
    acb_clear(v);
    mag_clear(t);
    return ok;
}

bool
ml_mlpoint_quad_part(acb_t res, const ml_mlpoint *p, double mu, double from,
                     double U, slong N, slong goal)
{
    integrand f;
    acb_t z;
    arb_t c;

    slong wp =
        (slong)fmax(40, log_peak(p, mu, from, N) / LN2 - (double)goal) + 20;
    double scale = log(mu / PI) - (double)N * p->lnr;
    slong tol = goal - 3 - (slong)ceil(scale / LN2);

    acb_init(z);
    arb_init(c);
    integrand_init(&f, p, mu, N, wp);
    acb_zero(res);
    double cut = from + 1.5;
    bool ok = true;
    if (p->real) {
        /* f(-u) is the conjugate of f(u). */
        ok = piece(res, &f, from, fmin(cut, U), tol, wp);
        if (ok && cut < U)
            ok = piece(res, &f, cut, U, tol, wp);
        arb_zero(acb_imagref(res));
        acb_mul_2exp_si(res, res, 1);
    } else {
        ok = piece(res, &f, from, U, tol, wp)
             && piece(res, &f, -U, -from, tol, wp);
    }
    if (ok) {
        arb_const_pi(c, wp);
        arb_div(c, f.mu, c, wp);
        acb_mul_arb(res, res, c, wp);
        if (N > 0) {
            acb_pow_ui(z, f.z, (ulong)N, wp + 10);
            acb_div(res, res, z, wp);
        }
        if (p->real)
            arb_zero(acb_imagref(res));
    } else {
        acb_indeterminate(res);
    }
    integrand_clear(&f);
    acb_clear(z);
    arb_clear(c);
    return ok;
}

/* |t^alpha - z| >= |z| s where alpha 2 atan(U) <= side arg(t^alpha) <= alpha pi:
 * s > 0, or false. */
static bool
angular_gap(arb_t s, const ml_mlpoint *p, double U, int side, slong w)
{
    arb_t d[2], turn, t;
    fmpz_t n, m;

    arb_init(d[0]);
    arb_init(d[1]);
    arb_init(turn);
    arb_init(t);
    fmpz_init(n);
    fmpz_init(m);
    ml_mlpoint_turn(turn, p, w);
    if (side < 0)
        arb_neg(turn, turn);
    ml_mlpoint_alpha(d[1], p, w);
    arb_set_d(t, U);
    arb_atan(t, t, w);
    arb_mul_2exp_si(t, t, 1);
    arb_const_pi(s, w);
    arb_div(t, t, s, w);
    arb_mul(d[0], d[1], t, w);
    arb_one(s);
    bool ok = true;
    for (int i = 0; i < 2; i++) {
        arb_sub(d[i], d[i], turn, w);
        /* No even integer between the ends, in units of pi. */
        arb_mul_2exp_si(t, d[i], -1);
        arb_floor(t, t, w);
        ok = ok && arb_get_unique_fmpz(i ? m : n, t);
        arb_cos_pi(t, d[i], w);
        if (!arb_is_negative(t)) {
            arb_sin_pi(t, d[i], w);
            arb_abs(t, t);
            arb_min(s, s, t, w);
        }
    }
    ok = ok && fmpz_equal(n, m) && arb_is_positive(s);
    arb_clear(d[0]);
    arb_clear(d[1]);
    arb_clear(turn);
    arb_clear(t);
    fmpz_clear(n);
    fmpz_clear(m);
    return ok;
}

/* Bounds 1/|t^alpha - z| beyond U on both sides; m, V: mu, 1 + U^2. */
static bool
pole_factor(arb_t g, const ml_mlpoint *p, const arb_t m, const arb_t V,
            double U, slong w)
{
    arb_t s, t, r;
    acb_t z;

    arb_init(s);
    arb_init(t);
    arb_init(r);
    acb_init(z);
    ml_mlpoint_z(z, p, w);
    acb_abs(r, z, w);
    ml_mlpoint_alpha(t, p, w);
    arb_mul(s, m, V, w);
    arb_pow(s, s, t, w);
    arb_sub(s, s, r, w);
    bool ok = arb_is_positive(s);
    if (ok)
        arb_inv(g, s, w);
    if (angular_gap(s, p, U, 1, w) && angular_gap(t, p, U, -1, w)) {
        arb_min(s, s, t, w);
        arb_mul(s, s, r, w);
        arb_inv(s, s, w);
        if (ok)
            arb_min(g, g, s, w);
        else
            arb_set(g, s);
        ok = arb_is_finite(g);
    }
    arb_clear(s);
    arb_clear(t);
    arb_clear(r);
    acb_clear(z);
    return ok;
}

/*
 * [mlfunc Q1]  With V = 1 + U^2, c = alpha (N+1) - beta, b = c + 1/2,
 * mu V > b and 1/|t^alpha - z| <= G beyond U, the two parts are at most
 *   |z|^-N mu^(c+1) V^b e^(mu (2 - V)) G / (pi U (mu - max(b,0)/V)).
 */
bool
ml_mlpoint_quad_tail(mag_t bound, const ml_mlpoint *p, double mu, double U,
                     slong N)
{
    const slong w = 64;
    arb_t m, V, c, s, t, g;
    acb_t z;

    arb_init(m);
    arb_init(V);
    arb_init(c);
    arb_init(s);
    arb_init(t);
    arb_init(g);
    acb_init(z);
    arb_set_d(m, mu);
    arb_set_d(V, U);
    arb_mul(V, V, V, w);
    arb_add_ui(V, V, 1, w);
    exponent(c, p, N, w);
    bool ok = U > 0 && !p->has_zero && pole_factor(g, p, m, V, U, w);

    /* s = pi U (mu - max(b, 0) / V) */
    arb_set_d(t, 0.5);
    arb_add(t, t, c, w);
    if (arb_is_negative(t)) {
        arb_set(s, m);
    } else {
        arb_div(t, t, V, w);
        arb_sub(s, m, t, w);
        ok = ok && arb_is_positive(s);
    }
    arb_const_pi(t, w);
    arb_mul(s, s, t, w);
    arb_set_d(t, U);
    arb_mul(s, s, t, w);
    if (ok) {
        arb_div(s, g, s, w);
        arb_add_ui(t, c, 1, w);
        arb_pow(t, m, t, w);
        arb_mul(s, s, t, w);
        arb_set_d(t, 0.5);
        arb_add(t, t, c, w);
        arb_pow(t, V, t, w);
        arb_mul(s, s, t, w);
        arb_sub_ui(t, V, 2, w);
        arb_mul(t, t, m, w);
        arb_neg(t, t);
        arb_exp(t, t, w);
        arb_mul(s, s, t, w);
        ml_mlpoint_z(z, p, w);
        acb_abs(t, z, w);
        arb_pow_ui(t, t, (ulong)N, w);
        arb_div(s, s, t, w);
        arb_get_mag(bound, s);
        ok = arb_is_finite(s);
    }
    arb_clear(m);
    arb_clear(V);
    arb_clear(c);
    arb_clear(s);
    arb_clear(t);
    arb_clear(g);
    acb_clear(z);
    return ok;
}

/* ---------------------------------------------------------------- the poles */

/* Re sqrt(t_h/mu) against 1: 1 right of the parabola, 0 left, -1 undecided.
 * [mlfunc Q2] */
static int
right_of_parabola(const ml_mlpoint *p, slong h, double mu)
{
    const slong w = 64;
    arb_t t, c;
    acb_t z;
    int right = -1;

    arb_init(t);
    arb_init(c);
    acb_init(z);
    ml_mlpoint_angle(t, p, h, w);
    arb_abs(c, t);
    arb_sub_ui(c, c, 1, w);
    if (arb_is_positive(c)) {
        right = 0; /* |theta_h| > pi: not on the sheet */
    } else {
        arb_mul_2exp_si(t, t, -1);
        arb_cos_pi(t, t, w);
        ml_mlpoint_z(z, p, w);
        acb_abs(c, z, w);
        arb_log(c, c, w);
        arb_mul_2exp_si(c, c, -1);
        arb_t a;
        arb_init(a);
        ml_mlpoint_alpha(a, p, w);
        arb_div(c, c, a, w);
        arb_clear(a);
        arb_exp(c, c, w);
        arb_mul(t, t, c, w);
        arb_set_d(c, mu);
        arb_sqrt(c, c, w);
        if (arb_gt(t, c))
            right = 1;
        else if (arb_lt(t, c))
            right = 0;
    }
    arb_clear(t);
    arb_clear(c);
    acb_clear(z);
    return right;
}

static ml_status
add_poles(acb_t sum, const ml_mlpoint *p, double mu, slong goal)
{
    slong lo = (slong)floor((-p->a - p->turn) / 2) - 1;
    slong hi = (slong)ceil((p->a - p->turn) / 2) + 1;
    ml_status st = ML_OK;

    for (slong h = p->real ? 0 : lo; h <= hi && st == ML_OK; h++) {
        int right = right_of_parabola(p, h, mu);
        bool pair = p->real && (h > 0 || p->turn > 0.5);
        if (right < 0)
            st = ML_UNABLE;
        else if (right > 0)
            st = ml_mlpoint_add_pole(sum, p, h, pair, goal - 4);
    }
    return st;
}

ml_status
ml_mlpoint_quad_at(acb_t res, const ml_mlpoint *p, double mu, double U, slong N,
                   slong goal)
{
    mag_t tail;
    acb_t poles;

    mag_init(tail);
    acb_init(poles);
    acb_indeterminate(res);
    ml_status st = add_poles(poles, p, mu, goal);
    if (st == ML_OK && !ml_mlpoint_quad_tail(tail, p, mu, U, N))
        st = ML_UNABLE;
    if (st == ML_OK && !ml_mlpoint_quad_part(res, p, mu, 0, U, N, goal))
        st = ML_UNABLE;
    if (st == ML_OK) {
        ml_mlpoint_add(res, poles, goal);
        ml_mlpoint_subtract_algebraic(res, p, N, goal);
        arb_add_error_mag(acb_realref(res), tail);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res), tail);
    } else {
        acb_indeterminate(res);
    }
    mag_clear(tail);
    acb_clear(poles);
    return st;
}

ml_status
ml_mlpoint_quad(acb_t res, const ml_mlpoint *p, slong goal)
{
    plan s;

    acb_indeterminate(res);
    if (!make_plan(&s, p, goal))
        return ML_UNABLE;
    return ml_mlpoint_quad_at(res, p, s.mu, s.U, s.N, goal);
}
