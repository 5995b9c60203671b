/* mlfunc/test/t-double_stated_complex.c - errors at complex z are those stated.
 *
 * As t-double_stated: what is charged for a node, and its sum, made anew.
 *
 * [mlfunc D60] [mlfunc D63] [mlfunc D64]
 */
#include <math.h>
#include <string.h>

#define ML_VARIANT stated
#include "mlfunc/double/lanes_complex.c"

#include "validation/tap/tap.h"

typedef struct {
    const char *what;
    long n, other;
} tally;

static void
compare(tally *t, double got, double stated)
{
    t->n++;
    if (!(fabs(got - stated) <= 1e-12 * fabs(stated)) && t->other++ < 3)
        tap_note("%s: %a, stated %a", t->what, got, stated);
}

static void
claim(const tally *t)
{
    tap_ok(t->other == 0 && t->n >= 100,
           "[mlfunc D60] %s is what is stated, %ld times", t->what, t->n);
}

/* |Q|/d (1.5 q + 2.6 p/d), the imaginary part's min(1, 4 y/d) of it. */
static void
charges(tap_random *r)
{
    tally t[3] = {{.what = "the charge of a node"},
                  {.what = "its share for the imaginary part"},
                  {.what = "what its distance loses"}};
    static complex_terms o;

    for (long i = tap_effort(500); i > 0; i--) {
        double d = tap_random_log(r, 1e-3, 1e3),
               y = d * tap_random_log(r, 0.01, 1);
        double p = d * tap_random_log(r, 1e-30, 1e-6);
        double q = tap_random_log(r, 1e-30, 1e-10);
        double re = tap_random_range(r, -1, 1), im = tap_random_range(r, -1, 1);
        double all, size = ml_size(lane_set(re), lane_set(im))[0];

        complex_charge(&o, 0, lane_set(d), (lz){lane_set(re), lane_set(im)},
                       lane_set(y), lane_set(p), lane_set(q));
        all = size / d * (1.5 * q + 2.6 * p / d);
        compare(t, o.err[0][0], all);
        compare(t + 1, o.err[1][0], all * fmin(1, 4 * y / d));
        compare(t + 2, o.lost[0], p / d);
        t->other += !(size >= hypot(re, im) * (1 - 1e-15)
                      && size <= 1.5 * hypot(re, im));
    }
    for (int k = 0; k < 3; k++)
        claim(t + k);
}

static void
totals(tap_random *r)
{
    tally t = {.what = "the sum of the charges"};
    _Alignas(64) double x[ML_NODES_MAX];

    for (long i = tap_effort(300); i > 0; i--) {
        int n = 8 * (int)tap_random_int(r, 1, ML_NODES_MAX / 8);
        double sum = 0;

        for (int j = 0; j < n; j++)
            sum += x[j] = tap_random_log(r, 1e-3, 1);
        compare(&t, complex_total(x, n), sum);
    }
    claim(&t);
}

/* The better of two results is kept, by the larger error against the larger
 * part. */
static void
keeping(tap_random *r)
{
    long bad = 0, n = tap_effort(500);

    for (long i = 0; i < n; i++) {
        ml_value v[2], best[2], old[2];
        double a = 0, b = 0, error = tap_random_log(r, 1e-12, 1);

        memset(v, 0, sizeof v);
        memset(old, 0, sizeof old);
        for (int k = 0; k < 2; k++) {
            v[k].hi = tap_random_range(r, -1, 1);
            v[k].err = tap_random_log(r, 1e-12, 1);
            v[k].exponent = (int)tap_random_int(r, -3, 3);
            a = fmax(a, fabs(ldexp(v[k].hi, v[k].exponent)));
            b = fmax(b, ldexp(v[k].err, v[k].exponent));
            best[k] = old[k];
        }
        double before = error;
        bool good = keep(best, &error, v), better = b / a < before;
        const ml_value *want = better ? v : old;
        bad += fabs(error - (better ? b / a : before)) > 1e-15 * before
               || good != (error < GOOD) || best[0].hi != want[0].hi
               || best[1].hi != want[1].hi;
    }
    tap_ok(bad == 0, "of two results the better is kept, %ld times", n);
}

/* [mlfunc D64]  16 y/|z| of the error of the modulus in Im, besides 22 y/|z| of the
 * remainder. */
static void
next_to_axis(tap_random *r)
{
    long other = 0, n = 0;

    for (long i = 0; i < tap_effort(500); i++) {
        double x = (i % 2 ? -1 : 1) * tap_random_log(r, 10, 1e20);
        const double z[2] = {x, fabs(x) * tap_random_log(r, 1e-50, 0x1p-7)};
        double alpha = tap_random_range(r, 0.1, 1.9), more;
        double beta = tap_random_range(r, -2, 3), part[2];
        ml_value v[2] = {{.err = 0}, {.err = 0}};
        asymptotic_rest rest = asymptotic_remainder(
            alpha, beta,
            asymptotic_power(1 / (0.93 * fmin(fabs(x), 0x1p120)), 8), 8,
            x > 0 ? 0 : 1, 0x1.5p-6, 0);

        part[0] = complex_axis_series(v, rest.poles, alpha, beta, z, 8);
        v[0].err = more = rest.bound / fabs(x) * tap_random_log(r, 0.1, 10);
        part[1] = complex_axis_series(v, rest.poles, alpha, beta, z, 8);
        if (!(part[0] < INFINITY && more > 0))
            continue;
        n++;
        double y = z[1] / hypot(z[0], z[1]);
        double first = 22 * y * rest.bound / (0.93 * hypot(z[0], z[1]));
        other += fabs(part[0] / first - 1) > 1e-2;
        other += fabs((part[1] - part[0]) / (16 * more * y) - 1) > 1e-6;
        if (other == 1)
            tap_note("%g, stated %g; %g, stated %g", part[0], first,
                     part[1] - part[0], 16 * more * y);
    }
    tap_ok(
        other == 0 && n >= 100,
        "[mlfunc D64] the error of Im next to the axis is what is stated, %ld "
        "times",
        n);
}

/* [mlfunc D64]  1024 theta (|t| + |1 - beta| + turns |w|) of a pole's error. */
static void
poles_next_to_axis(tap_random *r)
{
    long other = 0;

    for (long i = 0; i < tap_effort(300); i++) {
        const ml_contour *c = ml_contours + i % 2;
        ml_places p = {.contour = c, .n = 1};
        double angle = tap_random_log(r, 1e-30, 1e-6), share;

        p.beta = tap_random_range(r, -3, 3);
        p.root.h = tap_random_log(r, 0.1, 4);
        p.pole[0].log_t.im.h = angle;
        share = 1024 * angle
                * (p.root.h * p.root.h + fabs(1 - p.beta)
                   + c->turns[0] * p.root.h * c->root[0]);
        other += fabs(complex_axis_poles(&p) / fmin(share, 1) - 1) > 1e-9;
    }
    tap_ok(other == 0, "[mlfunc D64] so is that of a pole next to it");
}

/* [mlfunc D63]  Beside the path of both or of neither. */
static void
same_side(void)
{
    complex_place p = {.alpha = 1, .beta = 1, .x = -30, .y = 20, .size = 30};
    bool ok = true;

    for (int i = 0; i < 8; i++) {
        ml_places a = {.contour = ml_contours, .n = 1, .near_left = 1}, b = a;

        /* there is one pole: what the next one says is nobody's business */
        a.pole[0].beside = i & 1;
        b.pole[0].beside = i & 2;
        a.pole[1].beside = b.pole[1].beside = i & 4;
        ok = ok && complex_same_side(&a, &b, &p) == (!(i & 1) == !(i & 2));
    }
    tap_ok(ok, "[mlfunc D63] both poles are on the same side of the path");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(8);
    charges(&r);
    totals(&r);
    keeping(&r);
    next_to_axis(&r);
    poles_next_to_axis(&r);
    same_side();
    return tap_done();
}
