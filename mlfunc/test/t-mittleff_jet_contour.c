/* mlfunc/test/t-mittleff_jet_contour.c - the contour rule with its derivatives:
 * the bound J12 alone, and the jets against those of the two series. */
#include <math.h>
#include <stdio.h>

#include "mlfunc/test/points.h"

/* ------------------------------------------------- the bound by itself (J12) */

/* A coarse rule: step and nodes for few bits, the nodes themselves precise, so
 * that nothing but its error is left: that of the left edge of the strip, or,
 * with a wide parabola, of the right one. */
static bool
coarse(ml_contour *c, const ml_mlpoint *p, slong bits, bool right)
{
    ml_contour_plan s;
    slong goal = (slong)ml_mlpoint_log2_d(p) - bits;

    if (!ml_plan_contour(&s, p, goal))
        return false;
    s.N = 0;
    if (right) {
        s.mu *= 4;
        s.A = ceil(16 * sqrt(1 + 0.7 * (double)bits / s.mu)) / 16;
    }
    if (ml_contour_set(c, &s, p) != ML_OK)
        return false;
    s = c->plan;
    s.level -= 60;
    return ml_contour_set(c, &s, p) == ML_OK;
}

/* The coefficients by one of the series, 300 bits. */
static bool
truth(ml_jet *f, const ml_mlpoint *p)
{
    return ml_mlpoint_jet_series(f, p, 0, 300) == ML_OK;
}

/* |the last coefficient of the rule - that of E| against M r^-orders. */
static void
dominated(shares *share, slong *outside, slong nz, slong na, slong nb,
          tap_random *g)
{
    bool right = tap_random_int(g, 0, 1);
    double alpha = tap_random_range(g, 0.3, 1.4), M;
    double r = pow(tap_random_log(g, 0.3, 6), alpha);
    double arg = tap_random_range(g, -3, 3);
    ml_mlpoint p;
    ml_contour c;
    ml_jet f, want;
    ml_jet_radii d;
    mag_t bound;

    ml_mlpoint_init(&p);
    ml_contour_init(&c);
    ml_jet_init(&f, nz, na, nb);
    ml_jet_init(&want, nz, na, nb);
    mag_init(bound);
    if (tap_random_int(g, 0, 1))
        arg = acos(-1);
    ml_status s =
        set_point(&p, alpha, tap_random_range(g, 0.3, 2),
                  arg > 3.1 ? -r : r * cos(arg), arg > 3.1 ? 0 : r * sin(arg));
    bool ok = s == ML_OK && coarse(&c, &p, tap_random_int(g, 8, 30), right)
              && ml_plan_jet_radii_contour(&d, &c.plan, &p, &f)
              && ml_contour_jet_error(bound, &c, &p, &d)
              && ml_contour_jet(&f, &c, &p, &d, -200) == ML_OK
              && truth(&want, &p);
    for (slong m = 0; m < f.len && ok; m++)
        *outside += !acb_contains(f.c + m, want.c + m);
    if (ok) {
        M = mag_get_d(bound) * pow(d.z, (double)-nz) * pow(d.alpha, (double)-na)
            * pow(d.beta, (double)-nb);
        acb_ptr last = f.c + f.len - 1;
        centre(last, last);
        share_add(share, distance(last, want.c + f.len - 1, false),
                  distance(last, want.c + f.len - 1, true), M);
    }
    ml_mlpoint_clear(&p);
    ml_contour_clear(&c);
    ml_jet_clear(&f);
    ml_jet_clear(&want);
    mag_clear(bound);
}

static void
bounds(void)
{
    static const slong orders[][3] = {
        {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {2, 0, 0}, {1, 1, 0},
    };
    tap_random g = tap_random_start(tap_seed() + 5);
    slong outside = 0;

    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const slong *o = orders[i];
        shares s = {0, 0, 0};
        char name[64];

        for (long n = FLINT_MAX(tap_effort(25), 25); n > 0; n--)
            dominated(&s, &outside, o[0], o[1], o[2], &g);
        snprintf(name, sizeof name, "[mlfunc J12], order %ld %ld %ld,",
                 (long)o[0], (long)o[1], (long)o[2]);
        share_claim(&s, name);
    }
    shares mixed = {0, 0, 0};
    for (long n = tap_effort(15); n > 0; n--)
        dominated(&mixed, &outside, n % 3, 1, 1 + n % 2, &g);
    tap_ok(mixed.broken == 0 && mixed.n > 0,
           "[mlfunc J12] holds for mixed orders at %ld points", mixed.n);
    tap_ok(outside == 0, "coarse balls contain every coefficient");
}

/* -------------------------------------------------- against the two series */

/* Small alpha near |z| = 1, alpha near 1, the Stokes ray, any. */
static void
sample(arb_t alpha, arb_t beta, acb_t z, tap_random *g, int kind)
{
    double a = kind == 0   ? tap_random_log(g, 0.03, 0.1)
               : kind == 1 ? 1 - tap_random_log(g, 1e-9, 0.1)
                           : tap_random_range(g, 0.2, 2.2);
    double r = kind == 0 ? tap_random_range(g, 0.8, 1.2)
                         : pow(tap_random_log(g, 0.5, 25), a);
    double arg = tap_random_range(g, -3.14, 3.14);

    if (kind == 2)
        arg = fmin(a, 1) * acos(-1) * (1 - tap_random_log(g, 1e-12, 0.1));
    arb_set_d(alpha, a);
    arb_set_d(beta, tap_random_int(g, 0, 2) == 0 ? a
                    : tap_random_int(g, 0, 1)    ? 1
                                                 : tap_random_range(g, -2, 3));
    acb_set_d_d(z, r * cos(arg), r * sin(arg));
    if (tap_random_int(g, 0, 1))
        acb_set_d(z, kind == 3 && tap_random_int(g, 0, 1) ? r : -r);
}

static void
cross_checks(void)
{
    tap_random g = tap_random_start(tap_seed() + 6);
    long served = 0, misses = 0, wide = 0, checked = 0, count = 0;
    arb_t alpha, beta;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    for (long n = tap_effort(60); n > 0; n--) {
        slong nz = tap_random_int(&g, 0, 2), na = tap_random_int(&g, 0, 2);
        slong nb = tap_random_int(&g, 0, 2), prec = tap_random_int(&g, 20, 150);
        slong len = (nz + 1) * (na + 1) * (nb + 1);
        acb_ptr x = _acb_vec_init(len), y = _acb_vec_init(len);

        sample(alpha, beta, z, &g, n % 8 == 0 ? 0 : 1 + (int)(n % 3));
        ml_status s =
            ml_mittleff_jet_contour(x, alpha, beta, z, nz, na, nb, prec);
        ml_status t =
            ml_mittleff_jet_asymp(y, alpha, beta, z, nz, na, nb, 0, prec + 64);
        if (t != ML_OK)
            t = ml_mittleff_jet_series(y, alpha, beta, z, nz, na, nb, 0,
                                       prec + 64);
        count++;
        served += s == ML_OK;
        checked += t == ML_OK;
        for (slong m = 0; m < len; m++) {
            if (s == ML_OK)
                wide += !acb_is_zero(x + m) && !is_accurate(x + m, prec);
            if (arb_is_zero(acb_imagref(z)))
                wide += !arb_is_zero(acb_imagref(x + m));
            if (t == ML_OK)
                misses += s == ML_OK ? !acb_contains(x + m, y + m)
                                     : !acb_overlaps(x + m, y + m);
        }
        _acb_vec_clear(x, len);
        _acb_vec_clear(y, len);
    }
    tap_ok(served == count, "serves at all of %ld points", count);
    tap_ok(misses == 0 && checked >= count - 2,
           "contains the derivatives by the two series (%ld points)", checked);
    tap_ok(wide == 0, "to the accuracy promised, real where z is");
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
}

/* ---------------------------------------------------------- what is refused */

static void
refusals(void)
{
    ml_jet_radii d = {20, 0, 0}, none = {0, 0, 0};
    ml_mlpoint p;
    ml_contour c;
    ml_jet f;
    mag_t bound;

    ml_mlpoint_init(&p);
    ml_contour_init(&c);
    ml_jet_init(&f, 1, 1, 0);
    mag_init(bound);
    ml_status s = set_point(&p, 0.5, 1, -2, 0);
    bool set = s == ML_OK && coarse(&c, &p, 20, false);
    bool wide = set && ml_contour_jet_error(bound, &c, &p, &d);
    d = (ml_jet_radii){0, 0.45, 0};
    bool twisted = set && ml_contour_jet_error(bound, &c, &p, &d);
    bool plain = set && ml_contour_jet_error(bound, &c, &p, &none);
    tap_ok(set && plain && !wide && !twisted,
           "a polydisc that meets an edge has no bound");
    s = set_point(&p, 0.5, 1, 0, 0);
    ml_status t = ml_mlpoint_jet_contour(&f, &p, 53);
    tap_ok(s == ML_OK && t == ML_UNABLE && !acb_is_finite(f.c), "z = 0");
    s = set_point(&p, 0.5, 1, 1e12, 0);
    t = ml_mlpoint_jet_contour(&f, &p, 53);
    tap_ok(s == ML_OK && t == ML_UNABLE, "e^(10^24)");
    ml_mlpoint_clear(&p);
    ml_contour_clear(&c);
    ml_jet_clear(&f);
    mag_clear(bound);
}

/* Boxes: every point of the box has its derivatives in the balls. */
static void
boxes(void)
{
    tap_random g = tap_random_start(tap_seed() + 7);
    long bad = 0, finite = 0;
    arb_t alpha, beta;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    for (long n = tap_effort(12); n > 0; n--) {
        acb_ptr x = _acb_vec_init(8), y = _acb_vec_init(8);

        sample(alpha, beta, z, &g, 3);
        ml_status t = ml_mittleff_jet_contour(y, alpha, beta, z, 1, 1, 1, 90);
        /* The same point at the edge of a box. */
        mag_set_ui_2exp_si(arb_radref(alpha), 1, -40);
        mag_set_ui_2exp_si(arb_radref(beta), 1, -30);
        mag_set_ui_2exp_si(arb_radref(acb_realref(z)), 1, -35);
        arf_t step;
        arf_init(step);
        arf_set_si_2exp_si(step, n % 2 ? 1 : -1, -40);
        arf_add(arb_midref(alpha), arb_midref(alpha), step, 100, ARF_RND_NEAR);
        arf_mul_2exp_si(step, step, 5);
        arf_add(arb_midref(acb_realref(z)), arb_midref(acb_realref(z)), step,
                100, ARF_RND_NEAR);
        arf_clear(step);
        ml_status s = ml_mittleff_jet_contour(x, alpha, beta, z, 1, 1, 1, 60);
        for (slong m = 0; m < 8; m++) {
            finite += acb_is_finite(x + m);
            bad += t != ML_OK || s != ML_UNABLE || !acb_contains(x + m, y + m);
        }
        _acb_vec_clear(x, 8);
        _acb_vec_clear(y, 8);
    }
    tap_ok(bad == 0 && (finite > 0 || tap_effort(12) < 12),
           "boxes of alpha, beta and z: contained, and unable (%ld finite)",
           finite);
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
}

/* alpha near 0 and |z| near 1, where |t^alpha| hardly leaves |z|; the exponential
 * of x > 10^18 that is on no sheet.  The series have thousands of terms. */
static void
small_alpha(void)
{
    static const double at[][3] = {{3.1172623071337935e-06, 20, -0.967},
                                   {1e-4, 2.5, -0.99},
                                   {1e-3, 3, -1.08},
                                   {2e-3, -1.5, -1.03}};
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    long bad = 0;
    arb_t alpha, beta;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        arb_set_d(alpha, at[i][0]);
        arb_set_d(beta, at[i][1]);
        acb_set_d(z, at[i][2]);
        ml_status s = ml_mittleff_jet_contour(v, alpha, beta, z, 1, 1, 1, 53);
        ml_status t =
            at[i][2] > -1
                ? ml_mittleff_jet_series(w, alpha, beta, z, 1, 1, 1, 0, 90)
                : ml_mittleff_jet_asymp(w, alpha, beta, z, 1, 1, 1, 0, 90);
        bad += s != ML_OK || t != ML_OK;
        for (int m = 0; m < 8; m++)
            bad += !acb_contains(v + m, w + m) || !is_accurate(v + m, 53);
    }
    tap_ok(bad == 0, "alpha to 3e-6 at |z| near 1");
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
}

int
main(void)
{
    tap_plan(22);
    bounds();
    cross_checks();
    small_alpha();
    refusals();
    boxes();
    flint_cleanup();
    return tap_done();
}
