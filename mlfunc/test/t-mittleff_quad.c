/* mlfunc/test/t-mittleff_quad.c - quadrature, its ends and its poles. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

static ml_status
some_point(ml_mlpoint *p, tap_random *r, long i, double lo, double hi)
{
    double alpha = tap_random_range(r, 0.05, 2.5);
    double beta = tap_random_range(r, -2, 4);
    double m = pow(tap_random_log(r, lo, hi), alpha);
    double phi = tap_random_range(r, -PI, PI);

    if (i % 3 == 0)
        return set_point(p, alpha, beta, i % 2 ? m : -m, 0);
    if (i % 3 == 1)
        phi = PI * fmin(alpha, 1);
    return set_point(p, alpha, beta, m * cos(phi), m * sin(phi));
}

/* [mlfunc Q1] The part beyond a small U, itself by quadrature, and its bound. */
static void
ends_dominate(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t part, zero;
    mag_t bound;
    long none = 0, count = tap_effort(80);

    ml_mlpoint_init(&p);
    acb_init(part);
    acb_init(zero);
    mag_init(bound);
    for (long i = 0; i < count; i++) {
        double mu = (double)tap_random_int(r, 2, 8);
        double U = (double)tap_random_int(r, 2, 8) / 4;
        slong N = tap_random_int(r, 0, 2);
        if (some_point(&p, r, i, 0.1, 15) != ML_OK
            || !ml_mlpoint_quad_tail(bound, &p, mu, U, N)
            || !ml_mlpoint_quad_part(part, &p, mu, U, U + 5, N, -60)) {
            none++;
            continue;
        }
        if (mag_get_d(bound) > 1e-9)
            share_add(&s, distance(part, zero, false),
                      distance(part, zero, true), mag_get_d(bound));
    }
    share_claim(&s, "Q1");
    tap_ok(none < count / 2, "Q1 applied at %ld of %ld points", count - none,
           count);
    ml_mlpoint_clear(&p);
    acb_clear(part);
    acb_clear(zero);
    mag_clear(bound);
}

/* [mlfunc Q1] Where no bound exists, none is claimed. */
static void
ends_refused(void)
{
    ml_mlpoint p;
    mag_t bound;

    ml_mlpoint_init(&p);
    mag_init(bound);
    /* mu V = 2 * 2 < b = alpha - beta + 1/2 */
    bool ok = set_point(&p, 1, -9, -0.5, 0) == ML_OK
              && !ml_mlpoint_quad_tail(bound, &p, 2, 1, 0)
              && ml_mlpoint_quad_tail(bound, &p, 2, 3, 0);
    tap_ok(ok, "Q1 needs mu V > b");
    /* alpha = 1.25: the pole at 0.8 pi is beyond U = 2 (arg t = 0.7 pi), and
     * x = 20 exceeds mu V = 10; U = 5 is beyond the pole. */
    ok = set_point(&p, 1.25, 1, -pow(20, 1.25), 0) == ML_OK
         && !ml_mlpoint_quad_tail(bound, &p, 2, 2, 0)
         && ml_mlpoint_quad_tail(bound, &p, 2, 5, 0);
    tap_ok(ok, "Q1 needs the poles out of the way");
    /* One pole, at 0.97 pi on either side, x = 2000 beyond mu V = 290. */
    for (int side = -1; side <= 1; side += 2) {
        double r = pow(2000, 0.62), phi = side * 0.6 * PI;
        ok = ok && set_point(&p, 0.62, 1, r * cos(phi), r * sin(phi)) == ML_OK
             && !ml_mlpoint_quad_tail(bound, &p, 2, 12, 0)
             && ml_mlpoint_quad_tail(bound, &p, 2, 40, 0);
    }
    tap_ok(ok, "on either side of the cut");
    ml_mlpoint_clear(&p);
    mag_clear(bound);
}

/* [mlfunc Q2] Parabolas left and right of the poles, any N: one value. */
static void
every_parabola(tap_random *r)
{
    static const double mus[] = {1.5, 4, 9, 20};
    ml_mlpoint p;
    acb_t first, v;
    long bad = 0, n = 0, crossed = 0, count = tap_effort(25);

    ml_mlpoint_init(&p);
    acb_init(first);
    acb_init(v);
    for (long i = 0; i < count; i++) {
        bool have = false;
        if (some_point(&p, r, i, 0.5, 15) != ML_OK)
            continue;
        for (int k = 0; k < 4; k++) {
            slong N = tap_random_int(r, 0, 2);
            double U = 4.5 + 6 / mus[k];
            if (ml_mlpoint_quad_at(v, &p, mus[k], U, N, -50) != ML_OK)
                continue;
            if (have) {
                bad += !acb_overlaps(first, v);
                n++;
            } else {
                acb_set(first, v);
                have = true;
            }
        }
        double x = exp(p.lnx), half = PI * p.turn / p.a / 2;
        crossed += fabs(half) < PI / 2 && sqrt(x / 1.5) * cos(half) > 1;
    }
    tap_ok(bad == 0 && n > 2 * count, "%ld values on other parabolas agree", n);
    tap_ok(crossed > 3, "poles right of the parabola at %ld of %ld points",
           crossed, count);
    ml_mlpoint_clear(&p);
    acb_clear(first);
    acb_clear(v);
}

/* Where neither series reaches, against each other at two precisions, and
 * where only this method serves. */
static void
hard_places(void)
{
    static const double at[][4] = {
        {1e-3, 1, -1, 0},     {1e-4, 1, -1, 0},      {0.02, 1, -1.1, 0},
        {0.7, 0.7, -15, 0},   {0.99, 1, -25, 0},     {0.999, 1, -30, 1},
        {0.05, 2, 1.05, 0.2}, {0.3, 1, -2.7, -1},    {0.9, -0.5, 12, 20},
        {1.00001, 1, -20, 0}, {0.5, 0.5, -5, 0},     {0.01, 0.01, -0.9, 0.4},
        {0.3, 0.3, -1e4, 0},  {0.99, 0.99, -1e3, 0}, {0.75, 0.75, -1e4, 0},
    };
    ml_arg args[3];
    acb_t v, w;
    long bad = 0;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        set_args(args, at[i][0], at[i][1], at[i][2], at[i][3]);
        ml_status st = ml_mittleff_point_quadrature(v, args, 64);
        ml_status su = ml_mittleff_point_quadrature(w, args, 140);
        bool ok = st == ML_OK && su == ML_OK && acb_contains(v, w)
                  && is_accurate(v, 64) && is_accurate(w, 140)
                  && (at[i][3] != 0 || acb_is_real(v));
        if (!ok)
            tap_note("alpha=%g beta=%g z=%g%+gi", at[i][0], at[i][1], at[i][2],
                     at[i][3]);
        bad += !ok;
    }
    tap_ok(bad == 0, "full relative accuracy in the hard places");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(9);
    ends_dominate(&r);
    ends_refused();
    every_parabola(&r);
    hard_places();
    return tap_done();
}
