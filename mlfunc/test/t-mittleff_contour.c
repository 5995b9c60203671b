/* mlfunc/test/t-mittleff_contour.c - the rule on a parabola, poles, error. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

static ml_status
some_point(ml_mlpoint *p, tap_random *r, long i, double lo, double hi)
{
    double alpha = i % 4 == 0 ? tap_random_log(r, 1e-4, 0.05)
                              : tap_random_range(r, 0.05, 3.5);
    double beta = i % 5 == 1   ? alpha
                  : i % 5 == 2 ? 1
                  : i % 5 == 3 ? (double)tap_random_int(r, -2, 4)
                               : tap_random_range(r, -3, 5);
    double m = pow(tap_random_log(r, lo, hi), alpha);
    double phi = tap_random_range(r, -PI, PI);

    if (i % 3 == 0)
        return set_point(p, alpha, beta, i % 2 ? m : -m, 0);
    if (i % 3 == 1)
        phi = PI * fmin(alpha, 1) * (i % 2 ? 1 : -0.5);
    return set_point(p, alpha, beta, m * cos(phi), m * sin(phi));
}

/* Another method, or this one with another parabola, at 64 bits more. */
static bool
reference(acb_t v, const ml_mlpoint *p, slong goal)
{
    if (p->lnx > 2 && ml_mlpoint_asymp_cost(p, goal - 64) < 3000
        && ml_mlpoint_asymp(v, p, 0, goal - 64) == ML_OK)
        return acb_is_finite(v);
    if (p->lnx < 5 && ml_mlpoint_series_cost(p, goal - 64) < 3000
        && ml_mlpoint_series(v, p, 0, goal - 64) == ML_OK)
        return acb_is_finite(v);
    return p->lnx < 12 && ml_mlpoint_quad(v, p, goal - 40) == ML_OK;
}

static double
radius_log2(const acb_t v)
{
    return log2(mag_get_d(arb_radref(acb_realref(v)))
                + mag_get_d(arb_radref(acb_imagref(v))) + 1e-300);
}

/* [mlfunc C1] Any parabola, step, offset, strip and N: one value.  The strip is
 * narrow, so that poles are on either side of it and inside. */
static void
every_strip(tap_random *r)
{
    ml_mlpoint p;
    ml_contour c;
    acb_t want, v;
    mag_t m;
    long bad = 0, n = 0, none = 0, sharp = 0, inside = 0, right = 0;

    ml_mlpoint_init(&p);
    ml_contour_init(&c);
    acb_init(want);
    acb_init(v);
    mag_init(m);
    for (long i = 0; i < tap_effort(120); i++) {
        ml_contour_plan s = {.one = true, .algebraic = 160};
        if (some_point(&p, r, i, 0.1, 60) != ML_OK || !reference(want, &p, -60))
            continue;
        s.mu = (double)tap_random_int(r, 2, 40) / 4;
        s.A = (double)tap_random_int(r, 2, 40) / 16;
        s.B = (double)tap_random_int(r, 2, 30) / 32;
        s.h = floor(1024 * fmin(s.A, s.B) / (double)tap_random_int(r, 4, 9))
              / 1024;
        s.half = (int)tap_random_int(r, 0, 1);
        s.N = tap_random_int(r, 0, 3);
        s.J = (slong)(6 / sqrt(fmin(s.mu, 1)) / s.h);
        s.level = -60;
        if (ml_contour_set(&c, &s, &p) != ML_OK
            || ml_contour_eval(v, &c, &p, -60) != ML_OK) {
            none++;
            continue;
        }
        double y = exp(0.5 * p.lnx) / sqrt(s.mu) * cos(PI * p.turn / p.a / 2);
        if (fabs(p.turn) < p.a) {
            inside += y > 1 - s.B && y < 1 + s.A;
            right += y > 1 + s.A;
        }
        bad += !acb_overlaps(v, want);
        sharp += radius_log2(v) < -6;
        n++;
    }
    tap_ok(bad == 0 && n > tap_effort(80), "%ld strips give the value", n);
    tap_ok(3 * none < n && 2 * sharp > n, "refused %ld, sharp %ld", none,
           sharp);
    /* What the claim above has met: about 40 and 8 of them at any seed. */
    tap_ok(inside > 0 && right > 0, "poles inside %ld, to the right %ld",
           inside, right);
    ml_mlpoint_clear(&p);
    ml_contour_clear(&c);
    acb_clear(want);
    acb_clear(v);
    mag_clear(m);
}

/* [mlfunc C2] Wide steps or few nodes, everything else at 200 bits: the error
 * is the strip's, left or right, or that of the nodes left out. */
static void
error_dominates(tap_random *r, int which)
{
    static const char *name[] = {"C2, the left edge", "C2, the right edge",
                                 "C2 with C4, the nodes left out"};
    shares s = {0};
    ml_mlpoint p;
    ml_contour c;
    acb_t want, v, z;
    mag_t m, q;

    ml_mlpoint_init(&p);
    ml_contour_init(&c);
    acb_init(want);
    acb_init(v);
    acb_init(z);
    mag_init(m);
    mag_init(q);
    for (long i = 0; i < tap_effort(60); i++) {
        if (some_point(&p, r, i, 0.3, 20) != ML_OK
            || !reference(want, &p, -120))
            continue;
        ml_contour_plan t = {.one = true, .algebraic = 300, .level = -150};
        t.mu = which == 1 ? 3 : 1;
        t.B = which == 0 ? (double)tap_random_int(r, 24, 60) / 64 : 0.96875;
        t.A = which == 1 ? 1 + (double)tap_random_int(r, 0, 32) / 64 : 2.5;
        t.h = which == 2 ? 0.0625 : which == 1 ? 0.5 : 0.25;
        if (which == 1)
            t.B = 0.9921875;
        t.half = (int)(i % 2);
        t.N = which == 2 ? tap_random_int(r, 0, 2) : 0;
        t.J = which == 2 ? tap_random_int(r, 12, 60) : (slong)(14 / t.h);
        if (ml_contour_set(&c, &t, &p) != ML_OK
            || ml_contour_eval(v, &c, &p, -120) != ML_OK)
            continue;
        ml_mlpoint_z(z, &p, 64);
        if (!ml_contour_error(m, &c, z))
            continue;
        acb_get_mag_lower(q, z);
        mag_pow_ui(q, q, (ulong)t.N);
        double bound = mag_get_d(m) / mag_get_d(q);
        centre(v, v);
        share_add(&s, distance(v, want, false), distance(v, want, true), bound);
    }
    share_claim(&s, name[which]);
    tap_ok(s.n > tap_effort(30), "at %ld points", s.n);
    ml_mlpoint_clear(&p);
    ml_contour_clear(&c);
    acb_clear(want);
    acb_clear(v);
    acb_clear(z);
    mag_clear(m);
    mag_clear(q);
}

/* [mlfunc C2] The factors 1/(e^(2 pi B/h) - 1) themselves, also for wide h. */
static void
decays(void)
{
    ml_mlpoint p;
    ml_contour c;
    bool ok = true;

    ml_mlpoint_init(&p);
    ml_contour_init(&c);
    for (double h = 0.125; h <= 8; h *= 2) {
        ml_contour_plan s = {.one = true, .algebraic = 20, .J = 3};
        s.mu = 2;
        s.A = 1.5;
        s.B = 0.75;
        s.h = h;
        ok = ok && set_point(&p, 0.5, 1, -1, 0) == ML_OK
             && ml_contour_set(&c, &s, &p) == ML_OK;
        double left = mag_get_d(c.left_decay) * expm1(2 * PI * s.B / h);
        double right = mag_get_d(c.right_decay) * expm1(2 * PI * s.A / h);
        ok = ok && left > 1 - 1e-12 && left < 1 + 1e-8 && right > 1 - 1e-12
             && right < 1 + 1e-8;
    }
    tap_ok(ok, "C2: what the edges are divided by");
    ml_mlpoint_clear(&p);
    ml_contour_clear(&c);
}

/* At bits: what other methods give with more is inside, the radius is what was
 * asked for. */
static void
crosscheck(tap_random *r, slong bits, long count)
{
    ml_mlpoint p;
    acb_t v, w;
    long bad = 0, n = 0, wide = 0, none = 0;

    ml_mlpoint_init(&p);
    acb_init(v);
    acb_init(w);
    for (long i = 0; i < count; i++) {
        double x = i % 2 ? 60 : 0.8 * (double)bits;
        if (some_point(&p, r, i, i % 2 ? 1e-4 : 0.2 * x, x) != ML_OK)
            continue;
        slong goal = (slong)ml_mlpoint_log2_d(&p) - bits;
        if (ml_mlpoint_contour(v, &p, goal) != ML_OK) {
            none++;
            continue;
        }
        wide +=
            radius_log2(v) > (double)goal + 2 || (p.real && !acb_is_real(v));
        if (!reference(w, &p, goal))
            continue;
        if (!acb_contains(v, w))
            tap_note("alpha=%.17g beta=%.17g |z|=%.17g turn=%.17g", p.a, p.b,
                     exp(p.lnr), p.turn);
        bad += !acb_contains(v, w);
        n++;
    }
    tap_ok(bad == 0 && n > count * 3 / 4, "%ld bits: %ld values contained",
           bits, n);
    tap_ok(none == 0 && wide <= 1 + count / 20, "refused %ld, wide %ld", none,
           wide);
    ml_mlpoint_clear(&p);
    acb_clear(v);
    acb_clear(w);
}

/* Where the other methods are slow or refuse, against quadrature. */
static void
hard_places(void)
{
    static const double at[][4] = {
        {1e-4, 1, -1, 0},      {1e-4, 1, 1.0001, 0.001}, {1e-3, 1, 0.999, 0},
        {0.02, 1, -1.1, 0},    {0.05, 2, 1.05, 0.2},     {0.7, 0.7, -15, 0},
        {0.99, 1, -25, 0},     {0.999, 1, -30, 1},       {0.3, 1, -2.7, -1},
        {0.9, -0.5, 12, 20},   {1.00001, 1, -20, 0},     {0.5, 0.5, -5, 0},
        {0.01, 0.01, -0.9, 1}, {0.3, 0.3, -1e4, 0},      {0.99, 0.99, -1e3, 0},
        {1.99999, 1, -400, 0}, {0.4, 0, -3, 0.1},        {0.6, -1, -1e6, 0},
        {30, 1, 1e30, 1e29},   {0.5, 1, 1e-6, 0},        {2.5, 9, -90, 40},
    };
    ml_mlpoint p;
    acb_t v, w;
    long bad = 0;

    ml_mlpoint_init(&p);
    acb_init(v);
    acb_init(w);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        ml_status st = set_point(&p, at[i][0], at[i][1], at[i][2], at[i][3]);
        slong goal = (slong)ml_mlpoint_log2_d(&p) - 64;
        bool ok = st == ML_OK && ml_mlpoint_contour(v, &p, goal) == ML_OK
                  && ml_mlpoint_contour_cost(&p, goal) < 1e4
                  && radius_log2(v) < (double)goal + 2;
        if (ok && ml_mlpoint_quad(w, &p, goal - 40) == ML_OK)
            ok = acb_contains(v, w);
        if (ok && ml_mlpoint_contour(w, &p, goal - 64) == ML_OK)
            ok = acb_contains(v, w);
        if (!ok)
            tap_note("alpha=%g beta=%g z=%g%+gi", at[i][0], at[i][1], at[i][2],
                     at[i][3]);
        bad += !ok;
    }
    tap_ok(bad == 0, "the hard places");
    ml_mlpoint_clear(&p);
    acb_clear(v);
    acb_clear(w);
}

/* One object, many z: 2^-bits / max(1, |z|). */
static void
many(tap_random *r)
{
    static const double ab[][2] = {{0.5, 1}, {0.3, 0.3}, {0.95, 1}, {1.6, 2.3}};
    ml_mlpoint p;
    ml_contour c;
    ml_contour_plan s;
    acb_t v, w;
    long bad = 0, wide = 0, n = 0, none = 0;

    ml_mlpoint_init(&p);
    acb_init(v);
    acb_init(w);
    for (int k = 0; k < 4; k++)
        for (slong N = 0; N < 3; N++) {
            ml_contour_init(&c);
            ml_status st = set_point(&p, ab[k][0], ab[k][1], -1, 0);
            if (st != ML_OK || !ml_plan_contour_any(&s, &p, N, 60)
                || ml_contour_set(&c, &s, &p) != ML_OK)
                none += 100;
            for (long i = 0; i < tap_effort(15) && none < 100; i++) {
                double m = tap_random_log(r, N ? 1 : 1e-3, 1e3);
                double phi = tap_random_range(r, 0, PI);
                phi = i % 2 ? PI : ab[k][0] > 1 ? phi / 2 + PI / 2 : phi;
                double x = m * cos(phi), y = i % 2 ? 0 : m * sin(phi);
                slong goal = -60 - (slong)fmax(0, log2(m));
                /* e^x asks for x bits. */
                if (set_point(&p, ab[k][0], ab[k][1], x, y) == ML_OK
                    && ml_mlpoint_log2_d(&p) > 100)
                    continue;
                if (set_point(&p, ab[k][0], ab[k][1], x, y) != ML_OK
                    || ml_contour_eval(v, &c, &p, goal) != ML_OK) {
                    none++;
                    continue;
                }
                double level = -60 - log2(fmax(1, m));
                wide += radius_log2(v) > level + 4;
                if (!reference(w, &p, goal - 20))
                    continue;
                bad += !acb_contains(v, w);
                n++;
            }
            ml_contour_clear(&c);
        }
    tap_ok(bad == 0 && n > tap_effort(100), "one table, %ld points", n);
    tap_ok(none < n / 20 && wide < n / 10, "refused %ld, wide %ld", none, wide);
    ml_mlpoint_clear(&p);
    acb_clear(v);
    acb_clear(w);
}

/* Boxes of alpha, beta and z contain the values at their corners. */
static void
boxes(tap_random *r)
{
    ml_mlpoint p, q;
    acb_t z, v, w;
    arb_t a, b;
    long bad = 0, n = 0;

    ml_mlpoint_init(&p);
    ml_mlpoint_init(&q);
    acb_init(z);
    acb_init(v);
    acb_init(w);
    arb_init(a);
    arb_init(b);
    for (long i = 0; i < tap_effort(40); i++) {
        double alpha = tap_random_range(r, 0.1, 2.5);
        double beta = tap_random_range(r, -2, 4);
        double re = tap_random_range(r, -6, 6), im = tap_random_range(r, -6, 6);
        double d = ldexp(1, -(int)tap_random_int(r, 8, 40));
        /* goals are absolute: E must not be too large */
        double most = pow(1000, alpha) / hypot(re, im);
        re *= fmin(most, 1);
        im *= fmin(most, 1);
        acb_set_d_d(z, re, i % 3 ? im : 0);
        arb_set_d(a, alpha);
        arb_set_d(b, beta);
        mag_set_d(arb_radref(a), d);
        mag_set_d(arb_radref(b), d);
        mag_set_d(arb_radref(acb_realref(z)), d);
        if (i % 3)
            mag_set_d(arb_radref(acb_imagref(z)), d);
        if (ml_mlpoint_set_balls(&p, a, b, z) != ML_OK
            || ml_mlpoint_contour(v, &p, -60) != ML_OK)
            continue;
        for (int k = 0; k < 4; k++) {
            double s = k & 1 ? d : -d, t = k & 2 ? d : -d;
            if (set_point(&q, alpha + s, beta + t, re + t, i % 3 ? im + s : 0)
                    == ML_OK
                && ml_mlpoint_contour(w, &q, -90) == ML_OK)
                bad += !acb_contains(v, w);
        }
        n++;
    }
    tap_ok(bad == 0 && n > tap_effort(30), "corners of %ld boxes", n);
    /* Across the negative axis, and around zero. */
    set_point(&q, 0.6, 1, -3, 0);
    acb_set_d_d(z, -3, 0);
    mag_set_d(arb_radref(acb_imagref(z)), 1e-3);
    arb_set_d(a, 0.6);
    arb_one(b);
    bool ok = ml_mlpoint_set_balls(&p, a, b, z) == ML_OK
              && ml_mlpoint_contour(v, &p, -60) == ML_OK
              && ml_mlpoint_contour(w, &q, -90) == ML_OK && acb_contains(v, w);
    mag_set_d(arb_radref(acb_realref(z)), 4);
    ok = ok && ml_mlpoint_set_balls(&p, a, b, z) == ML_OK
         && ml_mlpoint_contour(v, &p, -60) == ML_UNABLE
         && isinf(ml_mlpoint_contour_cost(&p, -60));
    ok = ok && set_point(&p, 5000, 1, -3, 0) == ML_OK
         && ml_mlpoint_contour(v, &p, -60) == ML_UNABLE;
    ok = ok && set_point(&p, 0.5, 1e6, -3, 0) == ML_OK
         && ml_mlpoint_contour(v, &p, -60) == ML_UNABLE && !acb_is_finite(v);
    tap_ok(ok, "across the cut; zero, alpha > 4096, beta > 10^5 are refused");
    ml_mlpoint_clear(&p);
    ml_mlpoint_clear(&q);
    acb_clear(z);
    acb_clear(v);
    acb_clear(w);
    arb_clear(a);
    arb_clear(b);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(24);
    every_strip(&r);
    for (int k = 0; k < 3; k++)
        error_dominates(&r, k);
    decays();
    crosscheck(&r, 53, tap_effort(80));
    crosscheck(&r, 200, tap_effort(30));
    crosscheck(&r, 700, tap_effort(6));
    hard_places();
    many(&r);
    boxes(&r);
    return tap_done();
}
