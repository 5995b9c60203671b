/* mlfunc/test/t-mittleff_asymp.c - the asymptotic series and its remainder. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

/* [mlfunc A1] [mlfunc A2] n terms are too few, or too many: the remainder, by
 * quadrature, against its bound. */
static void
remainder_dominates(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t part, truth;
    long refused = 0, count = tap_effort(90);

    ml_mlpoint_init(&p);
    acb_init(part);
    acb_init(truth);
    for (long i = 0; i < count; i++) {
        double x = tap_random_log(r, 1.5, 30);
        slong n = tap_random_int(r, 1, 12);
        mag_t bound;
        mag_init(bound);
        if (delicate_point(&p, r, i, 0.2, x) == ML_OK
            && ml_mlpoint_quad(truth, &p, -150) == ML_OK
            && ml_mlpoint_asymp(part, &p, n, -200) == ML_OK) {
            mag_max(bound, arb_radref(acb_realref(part)),
                    arb_radref(acb_imagref(part)));
            centre(part, part);
            share_add(&s, distance(truth, part, false),
                      distance(truth, part, true), mag_get_d(bound));
        } else {
            refused++;
        }
        mag_clear(bound);
    }
    share_claim(&s, "A2");
    tap_ok(refused < count / 4, "A1 served at %ld of %ld points",
           count - refused, count);
    ml_mlpoint_clear(&p);
    acb_clear(part);
    acb_clear(truth);
}

/* [mlfunc A2] Without poles near, all rays have the same remainder. */
static void
every_ray(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t part, truth;
    mag_t bound;

    ml_mlpoint_init(&p);
    acb_init(part);
    acb_init(truth);
    mag_init(bound);
    long count = tap_effort(25);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.2, 0.6);
        double m = pow(tap_random_log(r, 2, 20), alpha);
        double beta = tap_random_range(r, -1, 2);
        slong n = tap_random_int(r, 1, 6);
        /* The poles are at |arg t| >= pi / 0.6 > 3 pi / 2. */
        if (set_point(&p, alpha, beta, -m, 0) != ML_OK
            || ml_mlpoint_quad(truth, &p, -150) != ML_OK)
            continue;
        acb_zero(part);
        ml_mlpoint_subtract_algebraic(part, &p, n, -200);
        double low = distance(truth, part, false);
        double high = distance(truth, part, true);
        for (slong up = 34; up <= 94; up += 6) {
            slong down = tap_random_int(r, 34, 94);
            if (ml_mlpoint_asymp_rest(bound, &p, n, up, down))
                share_add(&s, low, high, mag_get_d(bound));
        }
    }
    share_claim(&s, "A2 on any pair of rays");
    bool none = set_point(&p, 1, 0.5, -9, 0) == ML_OK
                && !ml_mlpoint_asymp_rest(bound, &p, 3, 64, 64);
    tap_ok(none, "a pole on the ray: no bound");
    none = set_point(&p, 0.5, 4, -9, 0) == ML_OK
           && !ml_mlpoint_asymp_rest(bound, &p, 4, 64, 64)
           && !ml_mlpoint_asymp_rest(bound, &p, 5, 64, 64)
           && ml_mlpoint_asymp_rest(bound, &p, 6, 64, 64);
    tap_ok(none, "nu <= 0: no bound");
    ml_mlpoint_clear(&p);
    acb_clear(part);
    acb_clear(truth);
    mag_clear(bound);
}

/* [mlfunc A3] Integers: the sum is finite; z^k/(k + beta - 1)! by the series. */
static void
integers(tap_random *r)
{
    long bad = 0, n = 0, count = tap_effort(300);
    ml_mlpoint p;
    acb_t a, s;

    ml_mlpoint_init(&p);
    acb_init(a);
    acb_init(s);
    for (long i = 0; i < count; i++) {
        double alpha = (double)tap_random_int(r, 1, 6);
        double beta = (double)tap_random_int(r, -3, 12);
        double m = pow(tap_random_log(r, 0.5, 25), alpha);
        double phi = tap_random_range(r, -PI, PI);
        double re = m * cos(phi), im = m * sin(phi);
        if (i % 2) {
            re = i % 4 == 1 ? -m : m;
            im = 0;
        }
        if (set_point(&p, alpha, beta, re, im) != ML_OK
            || ml_mlpoint_asymp(a, &p, 0, -60) != ML_OK
            || ml_mlpoint_series(s, &p, 0, -160) != ML_OK) {
            bad++;
            continue;
        }
        mag_t rad;
        mag_init(rad);
        mag_max(rad, arb_radref(acb_realref(a)), arb_radref(acb_imagref(a)));
        bad += !acb_contains(a, s) || mag_cmp_2exp_si(rad, -55) > 0;
        mag_clear(rad);
        n++;
    }
    tap_ok(bad == 0, "A3: finite sums for integers, %ld points", n);
    ml_mlpoint_clear(&p);
    acb_clear(a);
    acb_clear(s);
}

/* [mlfunc A4] The bound of an exponential term against the term. */
static void
pole_sizes(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t t, zero;
    mag_t bound;

    ml_mlpoint_init(&p);
    acb_init(t);
    acb_init(zero);
    mag_init(bound);
    long count = tap_effort(200);
    for (long i = 0; i < count; i++) {
        double x = tap_random_log(r, 0.1, 60);
        if (delicate_point(&p, r, i, 0.2, x) != ML_OK)
            continue;
        slong h = tap_random_int(r, -1, 1);
        acb_zero(t);
        if (ml_mlpoint_add_pole(t, &p, h, false, -300) != ML_OK
            || ml_mlpoint_pole_bound(bound, &p, h) != ML_OK)
            continue;
        /* Real z: the term of an unpaired pole has its real part kept. */
        if (p.real)
            continue;
        share_add(&s, distance(t, zero, false), distance(t, zero, true),
                  mag_get_d(bound));
    }
    share_claim(&s, "A4");
    /* A term far below the goal is only bounded, and that holds. */
    bool ok = set_point(&p, 1.5, 1, -1000, 1) == ML_OK;
    acb_zero(t);
    ok = ok && ml_mlpoint_add_pole(t, &p, 0, false, -10) == ML_OK;
    acb_zero(zero);
    ok = ok && ml_mlpoint_add_pole(zero, &p, 0, false, -300) == ML_OK;
    tap_ok(ok && acb_contains(t, zero) && !acb_is_exact(t),
           "a negligible exponential is kept as a radius");
    ok = set_point(&p, 0.5, 1, 1e10, 0) == ML_OK;
    tap_ok(ok && ml_mlpoint_add_pole(t, &p, 0, false, 0) == ML_OVERFLOW,
           "an exponential of 1e20 is an overflow");
    ml_mlpoint_clear(&p);
    acb_clear(t);
    acb_clear(zero);
    mag_clear(bound);
}

/* [mlfunc A4] A run of terms far below the goal, bounded together, against
 * their sum one by one; with z near either axis, on either side. */
static void
runs(tap_random *r)
{
    shares s = {0};
    long kept = 0, count = tap_effort(60);
    ml_mlpoint p;
    ml_poles c;
    acb_t few, all;
    mag_t rad;

    ml_mlpoint_init(&p);
    acb_init(few);
    acb_init(all);
    mag_init(rad);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 5, 60);
        double m = pow(tap_random_log(r, 20, 200), alpha);
        double phi = tap_random_range(r, -PI, PI);
        int side = i % 2 ? 1 : -1;
        /* All of them within 2 pi, as from a ray at up to 3/2 pi. */
        slong last = (slong)(alpha * tap_random_range(r, 0.3, 0.7)) + 1;
        slong goal = (slong)tap_random_int(r, -20, 40), from, to;
        if (set_point(&p, alpha, tap_random_range(r, -2, 3), m * cos(phi),
                      m * sin(phi))
            != ML_OK)
            continue;
        ml_plan_drop(&from, &to, &p, side, last, goal);
        if (from == 0 || to - from > 2)
            continue;
        ml_poles_init(&c, &p);
        acb_zero(few);
        acb_zero(all);
        ml_status st = ml_poles_add_side(few, &c, side, last, false, goal);
        for (slong j = 1; j <= last && st == ML_OK; j++)
            st = ml_poles_add(all, &c, side * j, false, -3000);
        ml_poles_clear(&c);
        if (st != ML_OK)
            continue;
        kept += acb_contains(few, all) && !acb_contains_zero(few);
        mag_max(rad, arb_radref(acb_realref(few)),
                arb_radref(acb_imagref(few)));
        centre(few, few);
        share_add(&s, distance(all, few, false), distance(all, few, true),
                  mag_get_d(rad) * sqrt(2));
    }
    share_claim(&s, "A4 for a run of terms");
    tap_ok(kept > s.n / 3, "and the others are there");
    ml_mlpoint_clear(&p);
    acb_clear(few);
    acb_clear(all);
    mag_clear(rad);
}

/* [mlfunc A2] nu close to 0, where Gamma(nu) is large. */
static void
small_nu(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t part, truth;
    mag_t bound;

    ml_mlpoint_init(&p);
    acb_init(part);
    acb_init(truth);
    mag_init(bound);
    for (long i = tap_effort(25); i > 0; i--) {
        double alpha = tap_random_range(r, 0.2, 0.6);
        slong n = tap_random_int(r, 1, 6);
        double nu = tap_random_log(r, 0.003, 1.3);
        double m = pow(tap_random_log(r, 2, 20), alpha);
        if (set_point(&p, alpha, alpha * (double)(n + 1) + 1 - nu, -m, 0)
                != ML_OK
            || ml_mlpoint_quad(truth, &p, -150) != ML_OK)
            continue;
        acb_zero(part);
        ml_mlpoint_subtract_algebraic(part, &p, n, -200);
        if (ml_mlpoint_asymp_rest(bound, &p, n, 64, 64))
            share_add(&s, distance(truth, part, false),
                      distance(truth, part, true), mag_get_d(bound));
    }
    share_claim(&s, "A2 with a small exponent");
    ml_mlpoint_clear(&p);
    acb_clear(part);
    acb_clear(truth);
    mag_clear(bound);
}

/* [mlfunc A2] as it stands, on the negative axis in both rays; the bound may
 * be above by the slack of Stirling's formula for nu >= 1, of 1/sqrt(2 pi) and
 * of the cubic below the sine, together less than 8 %. */
static void
formula(tap_random *r)
{
    long n = 0, low = 0, high = 0, count = tap_effort(400);
    double least = INFINITY;
    ml_mlpoint p;
    mag_t bound;
    arb_t a, nu, t, b;

    ml_mlpoint_init(&p);
    mag_init(bound);
    arb_init(a);
    arb_init(nu);
    arb_init(t);
    arb_init(b);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.05, 1.9);
        double beta = tap_random_range(r, -2, 3), m = tap_random_log(r, 1, 1e4);
        slong k = tap_random_int(r, 1, i % 2 ? 8 : 200);
        if (set_point(&p, alpha, beta, -m, 0) != ML_OK
            || !ml_mlpoint_asymp_rest(bound, &p, k, 64, 64))
            continue;
        arb_set_d(a, alpha);
        arb_mul_si(nu, a, k + 1, 200);
        arb_set_d(t, beta);
        arb_sub(nu, nu, t, 200);
        arb_add_ui(nu, nu, 1, 200);
        arb_lgamma(b, nu, 200);
        arb_set_d(t, m);
        arb_log(t, t, 200);
        arb_submul_ui(b, t, (ulong)k + 1, 200);
        arb_exp(b, b, 200);
        arb_const_pi(t, 200);
        arb_div(b, b, t, 200); /* two rays, each with 1/(2 pi) */
        /* d = (alpha - 1) pi */
        arb_sub_ui(a, a, 1, 200);
        arb_cos_pi(t, a, 200);
        if (arb_is_positive(t)) {
            arb_sin_pi(t, a, 200);
            arb_abs(t, t);
            arb_div(b, b, t, 200);
        }
        arf_set_mag(arb_midref(t), bound);
        mag_zero(arb_radref(t));
        arb_div(t, t, b, 200);
        arb_sub_ui(t, t, 1, 200);
        low += !arb_is_nonnegative(t);
        double excess = arf_get_d(arb_midref(t), ARF_RND_NEAR);
        high += arf_cmp_d(arb_midref(nu), 1) >= 0 && excess > 0.1;
        least = fmin(least, excess);
        n++;
    }
    tap_ok(n > count / 2 && low == 0 && high == 0 && least < 0.01,
           "A2: %ld bounds against the formula, the closest 1 + %.1e", n,
           least);
    ml_mlpoint_clear(&p);
    mag_clear(bound);
    arb_clear(a);
    arb_clear(nu);
    arb_clear(t);
    arb_clear(b);
}

/* Large |z| up to 1e300, where only this method serves. */
static void
far_away(void)
{
    static const double alphas[] = {1e-4, 0.05, 0.3, 0.75, 0.999999, 1.5, 1.9};
    ml_arg args[3];
    acb_t v, w;
    long bad = 0;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    for (int i = 0; i < 7; i++)
        for (int e = 8; e <= 300; e += 73) {
            set_args(args, alphas[i], 1, -pow(10, e), 0);
            ml_status st = ml_mittleff_point_asymptotic(v, args, 64);
            ml_status su = ml_mittleff_point_asymptotic(w, args, 300);
            bad += st != ML_OK || su != ML_OK || !acb_contains(v, w)
                   || !is_accurate(w, 300);
        }
    tap_ok(bad == 0, "E_alpha(-10^8 .. -10^300) for alpha in 1e-4 .. 1.9");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

/* The absolute error that was asked for is met at the first try, and the sum
 * of the algebraic terms keeps far below it. */
static void
goals(tap_random *r)
{
    long bad = 0, sums = 0, served = 0, count = tap_effort(60);
    ml_mlpoint p;
    acb_t v;
    mag_t rad;

    acb_init(v);
    mag_init(rad);
    for (long i = 0; i < count; i++) {
        double m = tap_random_log(r, 1e3, 1e6);
        double phi = i % 2 ? tap_random_range(r, 2, PI) : PI;
        slong goal = -(slong)tap_random_int(r, 20, 200);
        ml_mlpoint_init(&p);
        ml_status st = set_point(&p, tap_random_range(r, 0.3, 0.9),
                                 tap_random_range(r, -2, 3), m * cos(phi),
                                 i % 2 ? m * sin(phi) : 0);
        bad += st != ML_OK;
        st = ml_mlpoint_asymp(v, &p, 0, goal);
        mag_hypot(rad, arb_radref(acb_realref(v)), arb_radref(acb_imagref(v)));
        served += st == ML_OK;
        bad += st == ML_OK && mag_cmp_2exp_si(rad, goal + 1) > 0;
        acb_zero(v);
        ml_mlpoint_subtract_algebraic(v, &p, 20, goal);
        mag_hypot(rad, arb_radref(acb_realref(v)), arb_radref(acb_imagref(v)));
        sums += mag_cmp_2exp_si(rad, goal - 3) > 0;
        ml_mlpoint_clear(&p);
    }
    tap_ok(bad == 0 && served > count / 2, "the error asked for: %ld of %ld",
           served, count);
    tap_ok(sums == 0, "the algebraic terms take an eighth of it at most");
    acb_clear(v);
    mag_clear(rad);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(21);
    remainder_dominates(&r);
    every_ray(&r);
    integers(&r);
    pole_sizes(&r);
    runs(&r);
    small_nu(&r);
    formula(&r);
    far_away();
    goals(&r);
    return tap_done();
}
