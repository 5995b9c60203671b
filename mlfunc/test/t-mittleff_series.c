/* mlfunc/test/t-mittleff_series.c - the power series and its tail. */
#include "mlfunc/ball/series.h"
#include "mlfunc/test/points.h"

/* [mlfunc S1] n terms are too few: the rest, by quadrature, and its bound. */
static void
tail_dominates(tap_random *r)
{
    shares s = {0};
    ml_mlpoint p;
    acb_t part, truth;
    mag_t bound;

    ml_mlpoint_init(&p);
    acb_init(part);
    acb_init(truth);
    mag_init(bound);
    long count = tap_effort(70);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.1, 3);
        double beta = tap_random_range(r, -2, 4);
        double m = tap_random_log(r, 0.01, 4);
        double phi = tap_random_range(r, -3.14, 3.14);
        slong n = tap_random_int(r, 1, 30);
        if (i % 3 == 0)
            phi = 0;
        if (set_point(&p, alpha, beta, m * cos(phi), m * sin(phi)) != ML_OK
            || !ml_mlpoint_series_tail(bound, &p, n))
            continue;
        if (ml_mlpoint_series(part, &p, n, -300) != ML_OK
            || ml_mlpoint_quad(truth, &p, -150) != ML_OK)
            continue;
        /* The bound is symmetric, so that the midpoint is the partial sum. */
        centre(part, part);
        double low = distance(truth, part, false);
        double high = distance(truth, part, true);
        if (mag_get_d(bound) > 1e-30)
            share_add(&s, low, high, mag_get_d(bound));
    }
    share_claim(&s, "S1");
    tap_ok(s.n > count / 3, "S1 applied at %ld of %ld points", s.n, count);
    ml_mlpoint_clear(&p);
    acb_clear(part);
    acb_clear(truth);
    mag_clear(bound);
}

static void
refusals(void)
{
    acb_t res, z;
    arb_t a, b;

    acb_init(res);
    acb_init(z);
    arb_init(a);
    arb_init(b);
    arb_set_d(a, 0.5);
    arb_set_d(b, -2.25);
    acb_set_d(z, 0.5);
    ml_status st = ml_mittleff_series(res, a, b, z, 4, 53);
    tap_ok(st == ML_UNABLE && !acb_is_finite(res),
           "alpha n + beta <= 0: no tail bound, the whole plane");
    arb_set_d(b, 1);
    acb_set_d(z, 30);
    st = ml_mittleff_series(res, a, b, z, 4, 53);
    tap_ok(st == ML_UNABLE && !acb_is_finite(res),
           "growing terms: no tail bound, the whole plane");
    acb_set_d(z, -1e9);
    st = ml_mittleff_series(res, a, b, z, 0, 53);
    tap_ok(st == ML_UNABLE, "x = 1e18 is refused");
    acb_clear(res);
    acb_clear(z);
    arb_clear(a);
    arb_clear(b);
}

/* A box of inputs: the result holds the values at its corners. */
static void
boxes(tap_random *r)
{
    long bad = 0, count = tap_effort(40), wide = 0;
    acb_t res, point, z, zc;
    arb_t a, b, ac, bc;

    acb_init(res);
    acb_init(point);
    acb_init(z);
    acb_init(zc);
    arb_init(a);
    arb_init(b);
    arb_init(ac);
    arb_init(bc);
    for (long i = 0; i < count; i++) {
        double h = ldexp(1, -(int)tap_random_int(r, 8, 30));
        arb_set_d(a, tap_random_range(r, 0.4, 2));
        arb_set_d(b, tap_random_range(r, -1, 3));
        acb_set_d_d(z, tap_random_range(r, -2, 2), tap_random_range(r, -2, 2));
        arb_set(ac, a);
        arb_set(bc, b);
        acb_set(zc, z);
        arf_t e;
        arf_init(e);
        arf_set_d(e, h);
        arb_add_error_arf(a, e);
        arb_add_error_arf(b, e);
        arb_add_error_arf(acb_realref(z), e);
        arb_add_error_arf(acb_imagref(z), e);
        ml_status st = ml_mittleff_series(res, a, b, z, 0, 64);
        wide += st == ML_UNABLE;
        for (int c = 0; c < 16; c++) {
            arf_set_d(e, c & 1 ? h : -h);
            arb_set(a, ac);
            arb_add_arf(a, a, e, ARF_PREC_EXACT);
            arf_set_d(e, c & 2 ? h : -h);
            arb_set(b, bc);
            arb_add_arf(b, b, e, ARF_PREC_EXACT);
            arf_set_d(e, c & 4 ? h : -h);
            acb_set(z, zc);
            arb_add_arf(acb_realref(z), acb_realref(z), e, ARF_PREC_EXACT);
            arf_set_d(e, c & 8 ? h : -h);
            arb_add_arf(acb_imagref(z), acb_imagref(z), e, ARF_PREC_EXACT);
            st = ml_mittleff_series(point, a, b, z, 0, 100);
            bad += st != ML_OK || !acb_contains(res, point);
        }
        arf_clear(e);
    }
    tap_ok(bad == 0, "a box holds the values at its 16 corners, %ld boxes",
           count);
    tap_ok(wide == count, "a box wider than the accuracy says so");
    acb_clear(res);
    acb_clear(point);
    acb_clear(z);
    acb_clear(zc);
    arb_clear(a);
    arb_clear(b);
    arb_clear(ac);
    arb_clear(bc);
}

/* alpha = P/Q, whose gammas come from a recurrence, against a tiny box around
 * the same numbers, where each is computed. */
static void
rational_alpha(tap_random *r)
{
    static const slong ratios[][2] = {{1, 3}, {1, 2},  {2, 3},  {3, 2},
                                      {2, 1}, {7, 10}, {3, 10}, {5, 4}};
    long bad = 0, narrow = 0;
    ml_arg args[3];
    acb_t exact, box, z;
    arb_t a, b;

    ml_args_init(args, 3);
    acb_init(exact);
    acb_init(box);
    acb_init(z);
    arb_init(a);
    arb_init(b);
    for (int i = 0; i < 8; i++) {
        slong k = tap_random_int(r, -9, 9);
        set_args(args, 1, 1, tap_random_range(r, -2, 2), i % 2 ? 0.7 : 0);
        fmpq_set_si(args[0].re, ratios[i][0], (ulong)ratios[i][1]);
        fmpq_set_si(args[1].re, k, 6);
        fmpq_canonicalise(args[1].re);
        ml_status st = ml_mittleff_point_series(exact, args, 200);
        arb_set_fmpq(a, args[0].re, 400);
        arb_set_fmpq(b, args[1].re, 400);
        ml_arg_get_acb(z, &args[2], 400);
        /* Inexact on purpose, dyadic or not. */
        mag_t e;
        mag_init(e);
        mag_set_ui_2exp_si(e, 1, -390);
        arb_add_error_mag(a, e);
        arb_add_error_mag(b, e);
        mag_clear(e);
        ml_status su = ml_mittleff_series(box, a, b, z, 0, 300);
        bad += st != ML_OK || su != ML_OK || !acb_contains(exact, box);
        narrow += is_accurate(exact, 200);
    }
    tap_ok(bad == 0, "the recurrence over P/Q agrees with gammas one by one");
    tap_ok(narrow == 8, "and keeps the accuracy");
    ml_args_clear(args, 3);
    acb_clear(exact);
    acb_clear(box);
    acb_clear(z);
    arb_clear(a);
    arb_clear(b);
}

/* A long sum with complex z must not widen: found at this point, where the
 * ball was 1e76 wide. */
static void
no_wrapping(void)
{
    ml_mlpoint p;
    acb_t s, q;

    ml_mlpoint_init(&p);
    acb_init(s);
    acb_init(q);
    ml_status st = set_point(&p, 0.0078125, 1, 1.02, 0.009);
    if (st == ML_OK)
        st = ml_mlpoint_series(s, &p, 0, -40);
    ml_status su = ml_mlpoint_quad(q, &p, -90);
    tap_ok(st == ML_OK && su == ML_OK && acb_contains(s, q)
               && is_accurate(s, 50),
           "thousands of complex terms keep their accuracy");
    ml_mlpoint_clear(&p);
    acb_clear(s);
    acb_clear(q);
}

/* The absolute error that was asked for is met at the first try: the guard
 * bits cover the rounding of all terms. */
static void
goals(tap_random *r)
{
    long bad = 0, count = tap_effort(60);
    ml_mlpoint p;
    acb_t v;
    mag_t rad;

    acb_init(v);
    mag_init(rad);
    for (long i = 0; i < count; i++) {
        ml_mlpoint_init(&p);
        ml_status st = set_point(
            &p, tap_random_range(r, 0.3, 2), tap_random_range(r, -2, 3),
            tap_random_range(r, -4, 4), i % 2 ? tap_random_range(r, -4, 4) : 0);
        slong goal = -(slong)tap_random_int(r, 20, 400);
        if (st == ML_OK)
            st = ml_mlpoint_series(v, &p, 0, goal);
        mag_hypot(rad, arb_radref(acb_realref(v)), arb_radref(acb_imagref(v)));
        bad += st != ML_OK || mag_cmp_2exp_si(rad, goal + 1) > 0;
        ml_mlpoint_clear(&p);
    }
    tap_ok(bad == 0, "the error asked for is met at %ld points", count);
    acb_clear(v);
    mag_clear(rad);
}

/* The first n terms, by Arb alone. */
static void
definition(acb_t res, const ml_mlpoint *p, slong n, slong prec)
{
    acb_t z, w, t;
    arb_t y;

    acb_init(z);
    acb_init(w);
    acb_init(t);
    arb_init(y);
    ml_mlpoint_z(z, p, prec);
    acb_one(w);
    acb_zero(res);
    for (slong k = 0; k < n; k++) {
        if (!ml_mlpoint_vanishes(p, k)) {
            ml_mlpoint_index(y, p, k, prec);
            arb_rgamma(y, y, prec);
            acb_mul_arb(t, w, y, prec);
            acb_add(res, res, t, prec);
        }
        acb_mul(w, w, z, prec);
    }
    acb_clear(z);
    acb_clear(w);
    acb_clear(t);
    arb_clear(y);
}

/* alpha = P/Q with rational beta, whose gammas come in rings, or any. */
static ml_status
sum_point(ml_mlpoint *p, tap_random *r, bool ring, long i)
{
    ml_arg args[3];

    double alpha = tap_random_log(r, i % 10 ? 0.1 : 1e-4, i % 9 ? 3 : 100);
    double beta = tap_random_range(r, -6, i % 5 ? 6 : 60);
    double m = tap_random_log(r, 1e-3, i % 10 ? 6 : 0.9);
    double phi = i % 2 ? tap_random_range(r, -3.14, 3.14) : 0;
    if (i % 4 == 0)
        m = -m;
    if (i % 13 == 0)
        m *= i % 2 ? 1e-40 : 1e6;
    ml_args_init(args, 3);
    set_args(args, alpha, i % 11 ? beta : alpha, m * cos(phi), m * sin(phi));
    if (ring) {
        fmpq_set_si(args[0].re, tap_random_int(r, 1, 12),
                    (ulong)tap_random_int(r, 1, 9));
        fmpq_canonicalise(args[0].re);
        fmpq_set_si(args[1].re, tap_random_int(r, -20, 40),
                    (ulong)tap_random_int(r, 1, 6));
        fmpq_canonicalise(args[1].re);
    }
    if (!ring && i % 7 == 0) {
        fmpq_set_si(args[0].re, tap_random_int(r, 1, 200), 97);
        fmpq_set_si(args[1].re, tap_random_int(r, -20, 40), 12);
        fmpq_canonicalise(args[1].re);
    }
    if (i % 3 == 0) {
        fmpq_set_si(args[2].re, tap_random_int(r, -30, 30) | 1,
                    (ulong)tap_random_int(r, 8, 12));
        fmpq_canonicalise(args[2].re);
    }
    ml_status st = ml_mlpoint_set_args(p, args);
    ml_args_clear(args, 3);
    return st;
}

/* [mlfunc S4] with gammas one by one, [mlfunc S5] with rings of them: the sum
 * of n terms against the definition.  Few bits, so that rounding is all. */
static void
sums(tap_random *r, bool ring)
{
    shares s = {0};
    long count = tap_effort(150), late = 0;

    for (long i = 0; i < count; i++) {
        ml_mlpoint p;
        ml_series_plan plan;
        acb_t sum, truth;
        mag_t rad;
        ml_mlpoint_init(&p);
        acb_init(sum);
        acb_init(truth);
        mag_init(rad);
        slong goal = -(slong)tap_random_log(r, 8, i % 10 ? 200 : 1000);
        ml_status st = sum_point(&p, r, ring, i);
        if (st == ML_OK && ml_plan_series(&plan, &p, 0, goal) && plan.n < 500
            && ml_mlpoint_series_sum(sum, &p, &plan, goal)) {
            slong more = -goal + 2 * (slong)plan.peak + (p.real ? 0 : plan.n);
            definition(truth, &p, plan.n, 200 + FLINT_MAX(0, more));
            mag_max(rad, arb_radref(acb_realref(sum)),
                    arb_radref(acb_imagref(sum)));
            late += mag_cmp_2exp_si(rad, goal) > 0;
            mag_mul_2exp_si(rad, rad, -goal);
            centre(sum, sum);
            acb_mul_2exp_si(sum, sum, -goal);
            acb_mul_2exp_si(truth, truth, -goal);
            share_add(&s, distance(truth, sum, false),
                      distance(truth, sum, true), mag_get_d(rad));
        }
        ml_mlpoint_clear(&p);
        acb_clear(sum);
        acb_clear(truth);
        mag_clear(rad);
    }
    share_claim(&s, ring ? "S5" : "S4");
    tap_ok(s.n > count / 2 && late == 0,
           "and meets the goal at %ld of %ld points", s.n, count);
}

/* [mlfunc S4] where the radius of z carries the error: a point on the rim of a
 * ball of z against the sum over the ball. */
static void
ball_of_z(tap_random *r)
{
    shares s = {0};
    long count = tap_effort(60);

    for (long i = 0; i < count; i++) {
        ml_mlpoint p;
        ml_series_plan plan;
        acb_t sum, truth;
        mag_t rho, rad;
        ml_mlpoint_init(&p);
        acb_init(sum);
        acb_init(truth);
        mag_init(rho);
        mag_init(rad);
        slong e = -(slong)tap_random_int(r, 20, 60);
        slong goal = -(slong)tap_random_int(r, 90, i % 9 ? 300 : 2000);
        mag_set_ui_2exp_si(rho, 1, e);
        if (sum_point(&p, r, i % 3 == 0, 2 * i + (i & 1)) == ML_OK
            && !p.has_zero && p.lnr > -3 && p.lnr < 3) {
            ml_mlpoint_z(p.z, &p, 200);
            acb_get_mid(p.z, p.z);
            p.z_exact = false;
            mag_set(arb_radref(acb_realref(p.z)), rho);
            if (ml_plan_series(&plan, &p, 0, goal) && plan.n < 300
                && ml_mlpoint_series_sum(sum, &p, &plan, goal)) {
                arf_t end;
                arf_init(end);
                arf_set_mag(end, rho);
                if (i % 2)
                    arf_neg(end, end);
                acb_get_mid(p.z, p.z);
                arb_add_arf(acb_realref(p.z), acb_realref(p.z), end,
                            ARF_PREC_EXACT);
                slong more = 2 * (slong)plan.peak - goal + plan.n;
                definition(truth, &p, plan.n, 200 + FLINT_MAX(0, more));
                mag_set(rad, arb_radref(acb_realref(sum)));
                mag_mul_2exp_si(rad, rad, -e);
                centre(sum, sum);
                acb_mul_2exp_si(sum, sum, -e);
                acb_mul_2exp_si(truth, truth, -e);
                share_add(&s, distance(truth, sum, false),
                          distance(truth, sum, true), mag_get_d(rad));
                arf_clear(end);
            }
        }
        ml_mlpoint_clear(&p);
        acb_clear(sum);
        acb_clear(truth);
        mag_clear(rho);
        mag_clear(rad);
    }
    share_claim(&s, "S4");
    tap_ok(s.n > count / 3 && s.most > 0.9,
           "over a ball of z no more than needed, %ld balls", s.n);
}

/* [mlfunc S5]  The first gammas are 2^3600 below the largest term: their
 * errors exceed the range of doubles on the way.  It was an infinite ball. */
static void
far_rings(void)
{
    ml_mlpoint p;
    acb_t s, q;

    ml_mlpoint_init(&p);
    acb_init(s);
    acb_init(q);
    ml_status st = set_point(&p, 0.5, 1, -50, 0);
    if (st == ML_OK)
        st = ml_mlpoint_series(s, &p, 0, -60);
    ml_status su = ml_mlpoint_asymp(q, &p, 0, -120);
    tap_ok(st == ML_OK && su == ML_OK && acb_contains(s, q)
               && is_accurate(s, 50),
           "E_(1/2)(-50) by its series");
    ml_mlpoint_clear(&p);
    acb_clear(s);
    acb_clear(q);
}

/* n forced, in either series: the ball holds the value whatever the status. */
static void
forced(tap_random *r)
{
    long bad = 0, finite = 0, count = tap_effort(60);
    arb_t a, b;
    acb_t z, v, truth;

    arb_init(a);
    arb_init(b);
    acb_init(z);
    acb_init(v);
    acb_init(truth);
    for (long i = 0; i < count; i++) {
        arb_set_d(a, tap_random_range(r, 0.3, 1.5));
        arb_set_d(b, i % 3 ? tap_random_range(r, 0.2, 3) : 0);
        acb_set_d_d(z, -tap_random_log(r, 0.1, 6),
                    i % 2 ? tap_random_range(r, -1, 1) : 0);
        if (ml_mittleff(truth, a, b, z, 100) != ML_OK)
            continue;
        for (slong n = 1; n < 40; n += 6) {
            ml_status s = ml_mittleff_series(v, a, b, z, n, 53);
            ml_status t = (s & ~ML_UNABLE);
            bad += t != ML_OK || !acb_overlaps(v, truth);
            finite += acb_is_finite(v);
            s = ml_mittleff_asymp(v, a, b, z, n, 53);
            t = (s & ~ML_UNABLE);
            bad += t != ML_OK || !acb_overlaps(v, truth);
            finite += acb_is_finite(v);
        }
    }
    tap_ok(bad == 0 && finite > 2 * count,
           "the number of terms forced: %ld balls hold the value", finite);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
    acb_clear(v);
    acb_clear(truth);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(23);
    tail_dominates(&r);
    refusals();
    boxes(&r);
    rational_alpha(&r);
    no_wrapping();
    goals(&r);
    sums(&r, false);
    sums(&r, true);
    ball_of_z(&r);
    far_rings();
    forced(&r);
    return tap_done();
}
