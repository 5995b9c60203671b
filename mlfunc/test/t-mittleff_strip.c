/* mlfunc/test/t-mittleff_strip.c - the integrand's sum on a parabola, bounded. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

/* -------------------------------------------------- elementary functions (C5) */

/* |got - want| as a share of 2^-48 times unit. */
static double
share_of(double got, const arb_t want, double unit)
{
    arb_t t;
    mag_t m;

    arb_init(t);
    mag_init(m);
    arb_set_d(t, got);
    arb_sub(t, t, want, 200);
    arb_get_mag(m, t);
    double s = mag_get_d(m) / unit * 0x1p48;
    arb_clear(t);
    mag_clear(m);
    return s;
}

/* [mlfunc C5] */
static void
elementary(tap_random *r)
{
    double worst[4] = {0, 0, 0, 0};
    arb_t x, y;

    arb_init(x);
    arb_init(y);
    for (long i = 0; i < tap_effort(20000); i++) {
        double v = i % 2 ? tap_random_log(r, 1e-300, 1e300)
                         : tap_random_range(r, 0.5, 2);
        arb_set_d(x, v);
        arb_log(y, x, 200);
        worst[0] =
            fmax(worst[0], share_of(ml_double_log(v), y, 1 + fabs(log(v))));
        v = i % 2 ? tap_random_log(r, 1e-30, 1e30) : tap_random_range(r, 0, 8);
        arb_set_d(x, v);
        arb_atan(y, x, 200);
        worst[1] = fmax(worst[1], share_of(ml_double_atan(v), y, atan(v)));
        v = tap_random_range(r, -1, 1) * (i % 2 ? 0x1p20 : 5);
        double m;
        slong e;
        ml_double_exp(&m, &e, v);
        arb_set_d(x, v);
        arb_exp(y, x, 200);
        arb_mul_2exp_si(y, y, -e);
        worst[2] = fmax(worst[2], share_of(m, y, m));
        worst[2] = m > 0.7 && m < 1.42 ? worst[2] : INFINITY;
        v = tap_random_range(r, 0, 1) * (i % 2 ? 65536 : 7);
        double c, s;
        ml_double_cis(&c, &s, v);
        arb_set_d(x, v);
        arb_cos(y, x, 200);
        worst[3] = fmax(worst[3], share_of(c, y, 1));
        arb_sin(y, x, 200);
        worst[3] = fmax(worst[3], share_of(s, y, 1));
    }
    static const char *name[] = {"log", "atan", "exp", "cos and sin"};
    for (int k = 0; k < 4; k++)
        tap_ok(worst[k] <= 0.5 && worst[k] > 1e-3,
               "C5: the error of %s is %.3g of its bound", name[k], worst[k]);
    arb_clear(x);
    arb_clear(y);
}

/* ------------------------------------------------------ against sums (C3, C4) */

/* alpha, alpha (N+1) - beta and z; complex alpha and beta are allowed. */
typedef struct {
    acb_t alpha, power, z;
} exponents;

static void
exponents_init(exponents *e)
{
    acb_init(e->alpha);
    acb_init(e->power);
    acb_init(e->z);
}

static void
exponents_clear(exponents *e)
{
    acb_clear(e->alpha);
    acb_clear(e->power);
    acb_clear(e->z);
}

/* At t = mu (c+iu)^2: power = t^alpha, weight = |f| |t^alpha - z| without the
 * factor z^-N. */
static void
parts(acb_t power, arb_t weight, const exponents *e, double mu, double c,
      double u)
{
    const slong w = 200;
    acb_t t, l, s;
    arb_t a;

    acb_init(t);
    acb_init(l);
    acb_init(s);
    arb_init(a);
    acb_set_d_d(t, c, u);
    acb_log(l, t, w);
    acb_mul_2exp_si(l, l, 1);
    arb_set_d(a, mu);
    arb_log(a, a, w);
    arb_add(acb_realref(l), acb_realref(l), a, w);
    acb_mul(s, t, t, w);
    arb_set_d(a, mu);
    acb_mul_arb(s, s, a, w);
    acb_addmul(s, l, e->power, w);
    acb_exp(s, s, w);
    acb_mul(s, s, t, w);
    acb_abs(weight, s, w);
    arb_mul(weight, weight, a, w);
    arb_const_pi(a, w);
    arb_div(weight, weight, a, w);
    acb_mul(l, l, e->alpha, w);
    acb_exp(power, l, w);
    acb_clear(t);
    acb_clear(l);
    acb_clear(s);
    arb_clear(a);
}

static void
integrand(arb_t res, const exponents *e, double mu, double c, double u)
{
    acb_t p;
    arb_t d;

    acb_init(p);
    arb_init(d);
    parts(p, res, e, mu, c, u);
    acb_sub(p, p, e->z, 200);
    acb_abs(d, p, 200);
    arb_div(res, res, d, 200);
    acb_clear(p);
    arb_clear(d);
}

/* step sum over u = +-(from + k step), until the terms are nothing. */
static double
add_up(const exponents *e, double mu, double c, double from, double step)
{
    arb_t sum, t;

    arb_init(sum);
    arb_init(t);
    double last = 0, most = 0;
    for (long k = 0; k < 4000; k++) {
        double u = from + (double)k * step, both = 0;
        for (int side = -1; side <= 1; side += 2) {
            integrand(t, e, mu, c, side * u);
            arb_add(sum, sum, t, 200);
            both += arf_get_d(arb_midref(t), ARF_RND_NEAR);
        }
        most = fmax(most, both);
        if (both < 1e-6 * most && both < last)
            break;
        last = both;
    }
    double s = step * arf_get_d(arb_midref(sum), ARF_RND_DOWN);
    arb_clear(sum);
    arb_clear(t);
    return s;
}

static double
both_sides(const ml_mlpoint *p, double mu, double c, double from, double step,
           slong N)
{
    exponents e;

    exponents_init(&e);
    ml_mlpoint_alpha(acb_realref(e.alpha), p, 200);
    ml_mlpoint_index(acb_realref(e.power), p, -(N + 1), 200);
    acb_neg(e.power, e.power);
    ml_mlpoint_z(e.z, p, 200);
    double s = add_up(&e, mu, c, from, step);
    exponents_clear(&e);
    return s;
}

static ml_status
some_point(ml_mlpoint *p, tap_random *r, long i)
{
    double alpha = i % 5 == 0   ? tap_random_log(r, 1e-4, 0.05)
                   : i % 5 == 1 ? tap_random_range(r, 2, 30)
                                : tap_random_range(r, 0.05, 2.5);
    double beta = tap_random_range(r, -4, 5);
    double m = pow(tap_random_log(r, 0.1, 60), alpha);
    double phi = tap_random_range(r, -PI, PI);

    if (i % 3 == 0)
        return set_point(p, alpha, beta, i % 2 ? m : -m, 0);
    if (i % 3 == 1)
        phi = PI * fmin(alpha, 1) * tap_random_range(r, 0, 1);
    return set_point(p, alpha, beta, m * cos(phi), m * sin(phi));
}

/* [mlfunc C3] [mlfunc C4] Sums over far nodes: exact sums against their bound;
 * integrals: fine Riemann sums, with an allowance of a few percent. */
static void
sums(tap_random *r, bool integrals)
{
    shares s = {0};
    ml_mlpoint p;
    ml_strip strip;
    acb_t z;
    mag_t bound;
    long none = 0, sharp = 0, count = tap_effort(integrals ? 60 : 250);

    ml_mlpoint_init(&p);
    ml_strip_init(&strip);
    acb_init(z);
    mag_init(bound);
    for (long i = 0; i < count; i++) {
        double mu = (double)tap_random_int(r, 2, 40) / 4;
        double c = (double)tap_random_int(r, 2, 120) / 32;
        double step = integrals ? 0 : (double)tap_random_int(r, 1, 30) / 64;
        double from = integrals ? 0 : (double)tap_random_int(r, 0, 3) + step;
        slong N = tap_random_int(r, 0, 2);
        if (some_point(&p, r, i) != ML_OK)
            continue;
        ml_mlpoint_z(z, &p, 64);
        if (!ml_strip_set(&strip, &p, mu, c, from, step, N, 0, 0)
            || !ml_strip_bound(bound, &strip, z)) {
            none++;
            continue;
        }
        double h = integrals ? 1.0 / 256 : step;
        double v = both_sides(&p, mu, c, integrals ? h / 2 : from, h, N);
        double b = mag_get_d(bound);
        share_add(&s, integrals ? v * 0.95 : v, v * 0.95, b);
        sharp += v > b / 30;
    }
    share_claim(&s, integrals ? "C3" : "C4");
    tap_ok(none < count / 20 + 1 && 3 * sharp > 2 * (count - none),
           "refused %ld of %ld; within a factor of 30 at %ld", none, count,
           sharp);
    ml_mlpoint_clear(&p);
    ml_strip_clear(&strip);
    acb_clear(z);
    mag_clear(bound);
}

/* [mlfunc C3] A pole at distance d costs the logarithm of d, and one on the
 * line is refused. */
static void
near_pole(void)
{
    ml_mlpoint p;
    ml_strip strip;
    acb_t z;
    mag_t bound;
    double last = 0, rise[2] = {0, 0}, true_last = 0, true_rise = 0;
    bool ok = true;

    ml_mlpoint_init(&p);
    ml_strip_init(&strip);
    acb_init(z);
    mag_init(bound);
    /* t = mu c^2 = 4 at u = 0; alpha = 1/2: z = 2 is the pole. */
    for (int k = 2; k < 26; k++) {
        double d = ldexp(1, -k);
        ok = ok && set_point(&p, 0.5, 1, 2 + d, 0) == ML_OK
             && ml_strip_set(&strip, &p, 4, 1, 0, 0, 0, 0, 0);
        ml_mlpoint_z(z, &p, 64);
        ok = ok && ml_strip_bound(bound, &strip, z);
        double v = mag_get_d(bound), true_v;
        rise[k > 12] = fmax(rise[k > 12], k > 3 ? v - last : 0);
        last = v;
        if (k < 7) {
            true_v = both_sides(&p, 4, 1, d / 40, d / 20, 0);
            ok = ok && true_v < v && v < 12 * true_v;
            true_rise = true_v - true_last;
            true_last = true_v;
        }
    }
    tap_ok(ok, "C3 near a pole, down to 2^-25");
    tap_ok(rise[1] < 2 * rise[0] && rise[1] > 0 && rise[1] < 12 * true_rise,
           "it grows by %.3g for each halving, the sum by %.3g", rise[1],
           true_rise);
    acb_set_si(z, 2);
    bool on = ml_strip_bound(bound, &strip, z);
    arb_set_d(acb_realref(z), 2.25);
    mag_set_d(arb_radref(acb_realref(z)), 0.26);
    bool across = ml_strip_bound(bound, &strip, z);
    mag_set_d(arb_radref(acb_realref(z)), 0.2);
    bool beside = ml_strip_bound(bound, &strip, z);
    double wide = mag_get_d(bound);
    mag_zero(arb_radref(acb_realref(z)));
    arb_set_d(acb_realref(z), 2.06);
    bool narrow = ml_strip_bound(bound, &strip, z);
    tap_ok(!on && !across && beside && narrow && mag_get_d(bound) < wide * 1.3,
           "a pole on the line is refused, a ball of z counts as a whole");
    ml_mlpoint_clear(&p);
    ml_strip_clear(&strip);
    acb_clear(z);
    mag_clear(bound);
}

/* The largest sum over alpha + da w, beta + db w', w and w' in {1, -1} or, for
 * discs, {i, -i}. */
static double
over_corners(double alpha, double beta, const acb_t z, double da, double db,
             bool disc, slong N, double mu, double c, double from, double step)
{
    exponents e;
    double most = 0;

    exponents_init(&e);
    for (int k = 0; k < 4; k++) {
        double a = k & 1 ? da : -da, b = k & 2 ? db : -db;
        acb_set_d_d(e.alpha, alpha + (disc ? 0 : a), disc ? a : 0);
        acb_set_d_d(e.power, beta + (disc ? 0 : b), disc ? b : 0);
        acb_neg(e.power, e.power);
        for (slong n = 0; n <= N; n++)
            acb_add(e.power, e.power, e.alpha, 200);
        acb_set(e.z, z);
        most = fmax(most, add_up(&e, mu, c, from, step));
    }
    exponents_clear(&e);
    return most;
}

/* [mlfunc C3] Balls of alpha and beta, and complex discs around them. */
static void
boxes(tap_random *r)
{
    ml_mlpoint p;
    ml_strip wide;
    acb_t z;
    arb_t a, b;
    mag_t m;
    long bad = 0, n = 0;
    double most = 0;

    ml_mlpoint_init(&p);
    ml_strip_init(&wide);
    acb_init(z);
    arb_init(a);
    arb_init(b);
    mag_init(m);
    for (long i = 0; i < tap_effort(60); i++) {
        double da = tap_random_log(r, 1e-3, 1e-1);
        double db = tap_random_log(r, 1e-2, 1);
        double alpha = tap_random_range(r, 0.3, 3);
        double beta = tap_random_range(r, -4, 5);
        slong N = tap_random_int(r, 0, 2);
        double mu = (double)tap_random_int(r, 2, 8);
        double c = (double)tap_random_int(r, 1, 30) / 8;
        bool sum = i % 2, disc = i % 4 < 2;
        double from = sum ? 1.5 : 0, step = sum ? 0.125 : 0;
        double h = sum ? step : 1.0 / 64;
        acb_set_d_d(z, tap_random_range(r, -9, 0), tap_random_range(r, -3, 3));
        arb_set_d(a, alpha);
        arb_set_d(b, beta);
        if (!disc) {
            mag_set_d(arb_radref(a), da);
            mag_set_d(arb_radref(b), db);
        }
        if (ml_mlpoint_set_balls(&p, a, b, z) != ML_OK
            || !ml_strip_set(&wide, &p, mu, c, from, step, N, disc ? da : 0,
                             disc ? db : 0)
            || !ml_strip_bound(m, &wide, z))
            continue;
        double v = over_corners(alpha, beta, z, da, db, disc, N, mu, c,
                                sum ? from : h / 2, h);
        double share = v * (sum ? 1 : 0.95) / mag_get_d(m);
        bad += !(share <= 1);
        most = fmax(most, share);
        n++;
    }
    tap_ok(bad == 0 && n >= tap_effort(51) && most > 0.1,
           "C3 over %ld boxes and discs of alpha and beta: share %.3g", n,
           most);
    ml_mlpoint_clear(&p);
    ml_strip_clear(&wide);
    acb_clear(z);
    arb_clear(a);
    arb_clear(b);
    mag_clear(m);
}

/* x 2^-e as a double, its modulus below 2^1000 2^e. */
static double
scaled(const arb_t x, slong e)
{
    arb_t t;

    arb_init(t);
    arb_mul_2exp_si(t, x, -e);
    double v = arf_get_d(arb_midref(t), ARF_RND_NEAR);
    arb_clear(t);
    return v;
}

/* The largest shares of disc, ring and weight that points of a piece take. */
typedef struct {
    double disc, outer, inner, weight, angle;
    long n;
} taken;

static void
sample_piece(taken *s, const exponents *e, const ml_strip *strip,
             const ml_strip_piece *q, double u)
{
    acb_t p, m;
    arb_t w, d;

    acb_init(p);
    acb_init(m);
    arb_init(w);
    arb_init(d);
    parts(p, w, e, strip->mu, strip->c, u);
    acb_abs(d, p, 200);
    double size = scaled(d, q->e);
    s->inner = fmax(s->inner, q->lo / size);
    s->outer = fmax(s->outer, size / q->hi);
    acb_set_d_d(m, q->re, q->im);
    if (q->u1 < INFINITY) {
        acb_mul_2exp_si(m, m, q->e);
        acb_sub(m, m, p, 200);
        acb_abs(d, m, 200);
        s->disc = fmax(s->disc, scaled(d, q->e) / q->r);
        double length = q->u1 - q->u0 + strip->step;
        s->weight =
            fmax(s->weight, length * scaled(w, q->weight_e) / q->weight);
    } else if (q->r < INFINITY) {
        acb_div(m, p, m, 200);
        acb_arg(d, m, 200);
        s->angle = fmax(s->angle, fabs(scaled(d, 0)) / q->r);
    }
    acb_clear(p);
    acb_clear(m);
    arb_clear(w);
    arb_clear(d);
}

/* h sum of the weight from u on, against the end's. */
static double
end_share(const exponents *e, const ml_strip *strip, const ml_strip_piece *q)
{
    acb_t p;
    arb_t w;
    double h = strip->step > 0 ? strip->step : 1.0 / 128, sum = 0;

    acb_init(p);
    arb_init(w);
    for (int k = 0; k < 300; k++) {
        double u = q->u0 + (strip->step > 0 ? k : k + 0.5) * h;
        parts(p, w, e, strip->mu, strip->c, u);
        sum += h * scaled(w, q->weight_e);
    }
    acb_clear(p);
    arb_clear(w);
    return sum / q->weight * (strip->step > 0 ? 1 : 0.999);
}

/* [mlfunc C3] [mlfunc C4] Piece by piece: all t^alpha are in the disc, in the
 * ring and, at the end, in the sector; no weight exceeds its bound. */
static void
piece_by_piece(tap_random *r)
{
    ml_mlpoint p;
    ml_strip strip;
    exponents e;
    acb_t z;
    arb_t a, b;
    taken s = {0};
    double end = 0;

    ml_mlpoint_init(&p);
    ml_strip_init(&strip);
    exponents_init(&e);
    acb_init(z);
    arb_init(a);
    arb_init(b);
    acb_one(z);
    for (long i = 0; i < tap_effort(72); i++) {
        /* Exact, a box, a disc. */
        double da = i % 3 ? tap_random_log(r, 1e-3, 1e-1) : 0;
        double db = i % 3 ? tap_random_log(r, 1e-2, 2) : 0;
        double alpha = tap_random_log(r, 0.2, 20);
        double beta = tap_random_range(r, -20, 20);
        slong N = tap_random_int(r, 0, 2);
        double mu = (double)tap_random_int(r, 1, 40) / 4;
        double c = (double)tap_random_int(r, 1, 60) / 16;
        bool disc = i % 3 == 2, sum = i % 2;
        arb_set_d(a, alpha);
        arb_set_d(b, beta);
        if (!disc) {
            mag_set_d(arb_radref(a), da);
            mag_set_d(arb_radref(b), db);
        }
        if (ml_mlpoint_set_balls(&p, a, b, z) != ML_OK
            || !ml_strip_set(&strip, &p, mu, c, sum ? 1.25 : 0, sum ? 0.125 : 0,
                             N, disc ? da : 0, disc ? db : 0))
            continue;
        for (int k = 0; k < (i % 3 ? 4 : 1); k++) {
            double x = k & 1 ? da : -da, y = k & 2 ? db : -db;
            acb_set_d_d(e.alpha, alpha + (disc ? 0 : x), disc ? x : 0);
            acb_set_d_d(e.power, beta + (disc ? 0 : y), disc ? y : 0);
            acb_neg(e.power, e.power);
            for (slong n = 0; n <= N; n++)
                acb_add(e.power, e.power, e.alpha, 200);
            for (slong j = 0; j < strip.n; j += 1 + strip.n / 8) {
                const ml_strip_piece *q = strip.piece + j;
                double u1 = fmin(q->u1, q->u0 * 4);
                sample_piece(&s, &e, &strip, q, q->u0);
                sample_piece(&s, &e, &strip, q, u1);
                sample_piece(&s, &e, &strip, q,
                             q->u0 + (u1 - q->u0) * tap_random_range(r, 0, 1));
            }
            const ml_strip_piece *q = strip.piece + strip.n - 1;
            sample_piece(&s, &e, &strip, q, q->u0);
            sample_piece(&s, &e, &strip, q, q->u0 * 1e6);
            end = fmax(end, end_share(&e, &strip, q));
        }
        s.n++;
    }
    const double share[] = {s.disc, s.outer, s.inner, s.weight, s.angle, end};
    static const char *name[] = {"disc",   "outer circle", "inner circle",
                                 "weight", "sector",       "end"};
    for (int k = 0; k < 6; k++)
        tap_ok(share[k] <= 1 && share[k] > 0.9,
               "the %s holds over %ld strips, share %.12g", name[k], s.n,
               share[k]);
    ml_mlpoint_clear(&p);
    ml_strip_clear(&strip);
    exponents_clear(&e);
    acb_clear(z);
    arb_clear(a);
    arb_clear(b);
}

/* [mlfunc C4] Far ends: poles near the negative axis with x beyond all nodes,
 * by angle, by modulus, and on either side of the cut. */
static void
far_ends(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    ml_strip strip;
    acb_t z;
    mag_t bound;
    long n = 0, count = tap_effort(60);

    ml_mlpoint_init(&p);
    ml_strip_init(&strip);
    acb_init(z);
    mag_init(bound);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.01, 1.4);
        double m = pow(tap_random_log(r, 30, 1e12), alpha);
        double phi = PI * alpha * tap_random_range(r, 0.9, 1.05);
        phi = i % 2 ? phi : -phi;
        if (set_point(&p, alpha, 1, m * cos(phi), m * sin(phi)) != ML_OK)
            continue;
        ml_mlpoint_z(z, &p, 64);
        if (!ml_strip_set(&strip, &p, 2, 1, 2, 0.25, 0, 0, 0)
            || !ml_strip_bound(bound, &strip, z))
            continue;
        double v = both_sides(&p, 2, 1, 2, 0.25, 0);
        share_add(&s, v, v, mag_get_d(bound));
        n++;
    }
    share_claim(&s, "C4 far out");
    tap_ok(n > count * 9 / 10, "it applied at %ld of %ld points", n, count);
    ml_mlpoint_clear(&p);
    ml_strip_clear(&strip);
    acb_clear(z);
    mag_clear(bound);
}

/* x >= want, and above it by 2^-30 of it at most. */
static bool
just_above(double x, double want)
{
    return x >= want && x <= want * (1 + 0x1p-30);
}

/* [mlfunc C3] The exponents alpha and alpha (N + 1) - beta with the radii of
 * their boxes: da and (N + 1) da + db. */
static void
radii(void)
{
    ml_mlpoint p;
    ml_strip s;

    ml_mlpoint_init(&p);
    ml_strip_init(&s);
    bool ok = set_point(&p, 0.75, 0.5, -1, 0) == ML_OK;
    for (slong N = 0; N < 5; N++) {
        const double da = 0x1p-12, db = 0x1p-10, n = (double)(N + 1);
        ok = ok && ml_strip_set(&s, &p, 4, 1, 0, 0, N, da, db) && s.twisted
             && s.a == 0.75 && s.power == 0.75 * n - 0.5
             && just_above(s.a_rad, da) && just_above(s.power_rad, db + n * da);
        ok = ok && ml_strip_set(&s, &p, 4, 1, 0, 0, N, 0, 0) && !s.twisted
             && s.a_rad < 0x1p-50 && s.power_rad < n * 0x1p-50;
        ok = ok && ml_strip_set(&s, &p, 4, 1, 0, 0, N, 0, db) && s.twisted
             && s.a_rad < 0x1p-50 && just_above(s.power_rad, db);
        ok = ok && ml_strip_set(&s, &p, 4, 1, 0, 0, N, da, 0) && s.twisted
             && just_above(s.power_rad, n * da);
    }
    tap_ok(ok, "the exponents and their radii");
    ml_mlpoint_clear(&p);
    ml_strip_clear(&s);
}

/* Where no bound exists none is claimed. */
static void
refusals(void)
{
    ml_mlpoint p;
    ml_strip s;
    acb_t z;
    mag_t m;

    ml_mlpoint_init(&p);
    ml_strip_init(&s);
    acb_init(z);
    mag_init(m);
    bool ok = set_point(&p, 4097, 1, -1, 0) == ML_OK
              && !ml_strip_set(&s, &p, 4, 1, 0, 0, 0, 0, 0)
              && !ml_strip_bound(m, &s, z);
    ok = ok && set_point(&p, 0.5, 1, -1, 0) == ML_OK
         && !ml_strip_set(&s, &p, 4, 0, 0, 0, 0, 0, 0)
         && !ml_strip_set(&s, &p, 4, 1, 0, 0, 0, 0.6, 0)
         && ml_strip_set(&s, &p, 4, 1, 0, 0, 0, 0.1, 0);
    ok = ok && !ml_strip_bound(m, &s, z);
    tap_ok(ok, "alpha too large, no parabola, alpha's disc beyond 0, z = 0");
    ml_mlpoint_clear(&p);
    ml_strip_clear(&s);
    acb_clear(z);
    mag_clear(m);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(25);
    elementary(&r);
    sums(&r, false);
    sums(&r, true);
    near_pole();
    boxes(&r);
    piece_by_piece(&r);
    far_ends(&r);
    radii();
    refusals();
    return tap_done();
}
