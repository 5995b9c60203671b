/* validation/test/t-second.c - the second program for the Mittag-Leffler
 * function: its bounds carry the error alone, its paths agree. */
#include <math.h>

#include <acb_hypgeom.h>

#include "validation/second.h"
#include "validation/tap/tap.h"

typedef struct {
    arb_t alpha, beta;
    acb_t z;
} point;

static void
point_init(point *p)
{
    arb_init(p->alpha);
    arb_init(p->beta);
    acb_init(p->z);
}

static void
point_clear(point *p)
{
    arb_clear(p->alpha);
    arb_clear(p->beta);
    acb_clear(p->z);
}

static void
draw(point *p, tap_random *r, bool real)
{
    double size = tap_random_log(r, 0.1, 20);

    arb_set_d(p->alpha, tap_random_range(r, 0.3, 3));
    arb_set_d(p->beta, tap_random_range(r, -2, 4));
    if (real)
        acb_set_d(p->z, tap_random_int(r, 0, 1) ? size : -size);
    else
        acb_set_d_d(p->z, tap_random_range(r, -size, size),
                    tap_random_range(r, -size, size));
}

/* |b - a| / bound, as a double, from above and below. */
static void
ratio(double *lo, double *hi, const arb_t a, const arb_t b, const mag_t bound)
{
    arb_t d, m;
    arf_t x;

    arb_init(d);
    arb_init(m);
    arf_init(x);
    arf_set_mag(arb_midref(m), bound);
    arb_sub(d, a, b, 400);
    arb_abs(d, d);
    arb_div(d, d, m, 400);
    arb_get_lbound_arf(x, d, 53);
    *lo = arf_get_d(x, ARF_RND_DOWN);
    arb_get_ubound_arf(x, d, 53);
    *hi = arf_get_d(x, ARF_RND_UP);
    arb_clear(d);
    arb_clear(m);
    arf_clear(x);
}

/* [validation V2]: the path ended early, against one that goes on. */
static void
test_tail(tap_random *r)
{
    double worst = 0;
    bool above = false, all = true;
    long n = tap_effort(16), counted = 0;
    point p;

    point_init(&p);
    for (long i = 0; i < n; i++) {
        mlval_kind2 kind = (mlval_kind2)(i % 4);
        bool real = i % 3 == 0, imaginary = !real && (i & 1);
        long shift = kind == MLVAL_VALUE ? tap_random_int(r, -1, 1) : 0;
        mlval_path path = {.x = -0.5}, far;
        arb_t near_value, far_value;
        mag_t tail;
        double lo, hi;

        draw(&p, r, real);
        path.phi = ldexp(rint(ldexp(tap_random_range(r, 2, 4), 10)), -10);
        path.end = ldexp(rint(ldexp(tap_random_range(r, 1, 3), 10)), -10);
        far = path;
        far.end = 7;
        arb_init(near_value);
        arb_init(far_value);
        mag_init(tail);
        mlval_second_tail(tail, kind, imaginary, p.alpha, p.beta, p.z, shift,
                          &path, 64);
        mlval_second_half(near_value, kind, imaginary, p.alpha, p.beta, p.z,
                          shift, &path, -100, 200);
        mlval_second_half(far_value, kind, imaginary, p.alpha, p.beta, p.z,
                          shift, &far, -100, 200);
        if (!mag_is_inf(tail) && arb_is_finite(near_value)
            && arb_is_finite(far_value)) {
            ratio(&lo, &hi, near_value, far_value, tail);
            counted++;
            above = above || lo > 1;
            worst = fmax(worst, lo);
            all = all && (hi <= 1 || lo <= 1);
        }
        arb_clear(near_value);
        arb_clear(far_value);
        mag_clear(tail);
    }
    tap_note("V2: %ld of %ld paths, largest share of the bound %.3g", counted,
             n, worst);
    tap_ok(counted >= n / 4 && !above && all,
           "what lies beyond the end of a path is below its bound");
    tap_ok(worst > 1e-3, "and sometimes above a thousandth of it");
    point_clear(&p);
}

/* [validation V3]: the series broken off as soon as it may be. */
static void
test_series(tap_random *r)
{
    double worst = 0;
    bool above = false;
    long n = tap_effort(40), counted = 0;
    point p;

    point_init(&p);
    for (long i = 0; i < n; i++) {
        acb_t rough, fine;
        double lo, hi;

        acb_init(rough);
        acb_init(fine);
        draw(&p, r, true);
        if (mlval_second_series(rough, p.alpha, p.beta, p.z, 1e6, 2000, 600)
            && mlval_second_series(fine, p.alpha, p.beta, p.z, -150, 2000,
                                   2000)) {
            arb_t mid;
            mag_t rad;

            arb_init(mid);
            mag_init(rad);
            arb_get_mid_arb(mid, acb_realref(rough));
            mag_set(rad, arb_radref(acb_realref(rough)));
            ratio(&lo, &hi, mid, acb_realref(fine), rad);
            counted++;
            above = above || lo > 1;
            worst = fmax(worst, lo);
            arb_clear(mid);
            mag_clear(rad);
        }
        acb_clear(rough);
        acb_clear(fine);
    }
    tap_note("V3: %ld of %ld sums, largest share of the bound %.3g", counted, n,
             worst);
    tap_ok(counted >= n / 2 && !above,
           "the terms left out are below their bound");
    tap_ok(worst > 1e-3, "and sometimes above a thousandth of it");
    point_clear(&p);
}

/* [validation V1]: two tolerances have two paths, other residues, other M. */
static void
test_paths(tap_random *r)
{
    long n = tap_effort(8), disjoint = 0, wide = 0, closed = 0;
    point p;

    point_init(&p);
    for (long i = 0; i < n; i++) {
        mlval_kind2 kind = (mlval_kind2)(i % 4);
        acb_t rough, fine, exact;

        acb_init(rough);
        acb_init(fine);
        acb_init(exact);
        draw(&p, r, i % 3 == 0);
        mlval_second(rough, kind, p.alpha, p.beta, p.z, -15, -15);
        mlval_second(fine, kind, p.alpha, p.beta, p.z, -120, -120);
        disjoint += !acb_contains(rough, fine);
        wide += !(mlval_log(acb_realref(fine)) < 1e300)
                || arb_rel_accuracy_bits(acb_realref(fine)) < 60;
        if (kind == MLVAL_VALUE) { /* exp(z^2) erfc(-z) */
            arb_set_d(p.alpha, 0.5);
            arb_one(p.beta);
            mlval_second(fine, kind, p.alpha, p.beta, p.z, -60, -60);
            acb_neg(exact, p.z);
            acb_hypgeom_erfc(exact, exact, 4000);
            acb_mul(rough, p.z, p.z, 4000);
            acb_exp(rough, rough, 4000);
            acb_mul(exact, exact, rough, 4000);
            closed += !acb_contains(fine, exact);
        }
        acb_clear(rough);
        acb_clear(fine);
        acb_clear(exact);
    }
    tap_ok(disjoint == 0,
           "paths of two precisions agree, derivatives too (%ld)", disjoint);
    tap_ok(wide == 0, "and are as precise as wished for (%ld)", wide);
    tap_ok(closed == 0, "E_{1/2} is exp(z^2) erfc(-z) (%ld)", closed);
    point_clear(&p);
}

/* The derivatives against differences of values. */
static void
test_derivatives(tap_random *r)
{
    long n = tap_effort(3), bad = 0;
    point p;

    point_init(&p);
    for (long i = 0; i < n; i++) {
        mlval_kind2 kind = i % 3 == 0   ? MLVAL_DZ
                           : i % 3 == 1 ? MLVAL_DALPHA
                                        : MLVAL_DBETA;
        acb_t d, up, down;
        arb_t h;
        mag_t far;

        acb_init(d);
        acb_init(up);
        acb_init(down);
        arb_init(h);
        mag_init(far);
        draw(&p, r, false);
        mlval_second(d, kind, p.alpha, p.beta, p.z, -30, -30);
        arb_one(h);
        arb_mul_2exp_si(h, h, -60);
        for (int side = 0; side < 2; side++) {
            acb_ptr to = side ? up : down;
            arb_ptr x = kind == MLVAL_DZ       ? acb_realref(p.z)
                        : kind == MLVAL_DALPHA ? p.alpha
                                               : p.beta;

            if (side)
                arb_mul_2exp_si(h, h, 1);
            else
                arb_neg(h, h);
            arb_add(x, x, h, 400);
            mlval_second(to, MLVAL_VALUE, p.alpha, p.beta, p.z, -80, -80);
            arb_abs(h, h);
        }
        acb_sub(up, up, down, 400);
        acb_mul_2exp_si(up, up, 59);
        acb_sub(up, up, d, 400);
        acb_get_mag(far, up);
        bad += mag_cmp_2exp_si(far, -36) > 0;
        acb_clear(d);
        acb_clear(up);
        acb_clear(down);
        arb_clear(h);
        mag_clear(far);
    }
    tap_ok(bad == 0, "derivatives are limits of differences (%ld)", bad);
    point_clear(&p);
}

/* [validation V5]: slopes broken off early are held against long sums, and
 * against the integrals of the derivatives. */
static void
test_slopes(tap_random *r)
{
    static const mlval_kind2 kinds[] = {MLVAL_DZ, MLVAL_DALPHA, MLVAL_DBETA};
    double worst = 0;
    bool above = false, meet = true;
    long n = tap_effort(30), counted = 0;
    point p;
    acb_t rough[3], fine[3], whole;
    mag_t rad;
    arb_t mid;

    point_init(&p);
    acb_init(whole);
    mag_init(rad);
    arb_init(mid);
    for (int k = 0; k < 3; k++) {
        acb_init(rough[k]);
        acb_init(fine[k]);
    }
    for (long i = 0; i < n; i++) {
        draw(&p, r, false);
        arb_set_d(p.alpha, tap_random_range(r, 2, 5));
        arb_set_d(p.beta, tap_random_range(r, 2, 5));
        if (!mlval_second_slopes(rough, p.alpha, p.beta, p.z, 1e6, 300, 300)
            || !mlval_second_slopes(fine, p.alpha, p.beta, p.z, -120, 300, 600))
            continue;
        counted++;
        for (int k = 0; k < 3; k++) {
            double lo, hi;
            acb_ptr by = k == 0 ? p.z : whole;
            arb_get_mid_arb(mid, acb_realref(rough[k]));
            mag_set(rad, arb_radref(acb_realref(rough[k])));
            ratio(&lo, &hi, mid, acb_realref(fine[k]), rad);
            above = above || lo > 1;
            worst = fmax(worst, lo);
            if (i >= 5)
                continue;
            mlval_second(rough[k], kinds[k], p.alpha, p.beta, p.z, -60, -60);
            if (k > 0)
                acb_set_arb(by, k == 1 ? p.alpha : p.beta);
            acb_mul(rough[k], rough[k], by, 400);
            meet =
                meet && acb_overlaps(rough[k], fine[k])
                && mag_cmp_2exp_si(arb_radref(acb_realref(rough[k])), -50) < 0;
        }
    }
    tap_note("V5: %ld of %ld sums, largest share of the bound %.3g", counted, n,
             worst);
    tap_ok(counted >= n / 2 && !above,
           "the slopes left out are below their bound");
    tap_ok(worst > 1e-3, "and sometimes above a thousandth of it");
    tap_ok(meet, "slopes are what the integrals of the derivatives give");
    for (int k = 0; k < 3; k++) {
        acb_clear(rough[k]);
        acb_clear(fine[k]);
    }
    acb_clear(whole);
    mag_clear(rad);
    arb_clear(mid);
    point_clear(&p);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(11);
    test_tail(&r);
    test_series(&r);
    test_slopes(&r);
    test_paths(&r);
    test_derivatives(&r);
    flint_cleanup();
    return tap_done();
}
