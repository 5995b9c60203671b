/* mlfunc/test/t-double_complex.c - complex values in doubles.
 *
 * The kernel's file is part of this one, so that each method and each bound can be
 * looked at on its own: [mlfunc D60], [mlfunc D61], [mlfunc D62], [mlfunc D63],
 * [mlfunc D64].
 */
#include <stdlib.h>
#include <string.h>

#define ML_VARIANT tested
#include "mlfunc/double/lanes_complex.c"

#include "mlfunc/test/complex_points.h"
#include "mlfunc/test/contour_truth.h"
#include "mlfunc/test/value_truth.h"

static bool
same(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0;
}

/* A point off the axis, y > 0, |z| moderate. */
static complex_place
draw(tap_random *r, double flattest)
{
    complex_point p;

    do
        p = complex_point_draw(r);
    while (p.extreme || p.z[0] == 0 || p.z[1] == 0);
    if (flattest > 0)
        p.z[1] = fabs(p.z[0]) * tap_random_log(r, flattest, 1e-2);
    return (complex_place){p.alpha, p.beta, p.z[0], fabs(p.z[1]),
                           fmax(fabs(p.z[0]), fabs(p.z[1]))};
}

/* ----------------------------------------------------------------------- D60 */

static void
nodes(tap_random *r)
{
    static const int kind[2] = {1, 0};
    value_share re = {.what = "real part of the sum over nodes"};
    value_share im = {.what = "imaginary part of the sum over nodes"};
    value_share flat = {.what = "imaginary part, next to the axis"};
    value_share *part[2] = {&re, &im};

    for (long i = tap_effort(160); i > 0; i--) {
        complex_place p = draw(r, i % 3 == 0 ? 1e-30 : 0);
        const ml_contour *c = ml_contours + i % 2;
        ml_node_powers w;
        truth_point x;
        acb_t e;

        if (!ml_node_powers_of(&w, c, false, p.alpha, p.beta))
            continue;
        complex_sum s = complex_nodes(c, &w, p.x, p.y);
        part[1] = i % 3 == 0 ? &flat : &im;
        truth_init(&x, p.alpha, p.beta, p.x, p.y);
        acb_init(e);
        truth_nodes(e, &x, c, truth_integrand, kind);
        for (int k = 0; k < 2; k++)
            value_share_add(part[k], k ? acb_imagref(e) : acb_realref(e),
                            s.part[k].h, s.part[k].l, s.err[k], 0);
        acb_clear(e);
        truth_clear(&x);
    }
    value_share_claim(&re, "D60");
    value_share_claim(&im, "D60");
    value_share_claim(&flat, "D60");
}

/* z at a node: nothing is known there. */
static void
at_a_node(void)
{
    const ml_contour *c = ml_contours;
    const double *t = c->turn; /* t^1 */
    ml_node_powers w = {.whole = 0};
    bool known = ml_node_powers_of(&w, c, false, 1, 1);
    complex_sum s = complex_nodes(c, &w, t[5], t[c->nodes + 5]);
    complex_sum off = complex_nodes(c, &w, t[5], t[c->nodes + 5] + 0.01);

    tap_ok(known && isinf(s.err[0]) && isinf(s.err[1]),
           "z on a node of the contour has no sum");
    tap_ok(off.err[0] < 1e-15 && off.err[1] < 1e-15, "z beside it has one");
}

/* ----------------------------------------------------------------------- D61 */

static dd
random_dd(tap_random *r)
{
    double h = ldexp(tap_random_range(r, -1, 1), (int)tap_random_int(r, -9, 9));

    return dd_quick_two_sum(h, h * tap_random_range(r, -1, 1) * 0x1p-53);
}

static void
exactly(acb_t x, const complex_value *v)
{
    acb_t low;

    acb_init(low);
    acb_set_d_d(x, v->v.re.h, v->v.im.h);
    acb_set_d_d(low, v->v.re.l, v->v.im.l);
    acb_add(x, x, low, TRUTH_PREC);
    arb_mul_2exp_si(acb_realref(x), acb_realref(x), (slong)v->e);
    arb_mul_2exp_si(acb_imagref(x), acb_imagref(x), (slong)v->e);
    acb_clear(low);
}

static void
against(value_share *s, const acb_t x, const complex_value *v)
{
    value_share_add(s, acb_realref(x), v->v.re.h, v->v.re.l, v->err[0], v->e);
    value_share_add(s, acb_imagref(x), v->v.im.h, v->v.im.l, v->err[1], v->e);
}

static void
sums(tap_random *r)
{
    value_share add = {.what = "complex sums"};
    value_share multiply = {.what = "complex products"};
    acb_t x, y;

    acb_init(x);
    acb_init(y);
    for (long i = tap_effort(3000); i > 0; i--) {
        complex_value a = {{random_dd(r), random_dd(r)}, {0, 0}, 0};
        complex_value b = {{random_dd(r), random_dd(r)}, {0, 0}, 0};
        double re = tap_random_range(r, -9, 9), im = tap_random_range(r, -9, 9);

        b.e = a.e = tap_random_int(r, -2000, 2000);
        if (i % 2)
            b.e += tap_random_int(r, -1300, 1300);
        exactly(x, &a);
        exactly(y, &b);
        acb_add(y, y, x, ARF_PREC_EXACT);
        complex_add(&b, a);
        against(&add, y, &b);
        acb_set_d_d(y, re, im);
        acb_mul(y, y, x, ARF_PREC_EXACT);
        complex_multiply(&a, re, im);
        against(&multiply, y, &a);
    }
    acb_clear(x);
    acb_clear(y);
    value_share_claim(&add, "D61");
    value_share_claim(&multiply, "D61");
}

/* ------------------------------------------------------------- against E itself */

/* Both parts of v against E, with as many bits as it takes. */
static void
judge(value_share *s, const ml_value v[2], const complex_place *p)
{
    const double z[2] = {p->x, p->y};
    acb_t e;

    acb_init(e);
    for (slong bits = 200; bits <= 1600; bits *= 2) {
        bool wide = false;

        value_truth(e, p->alpha, p->beta, z, bits);
        for (int i = 0; i < 2; i++) {
            double err = double_ldexp(v[i].err, v[i].exponent);
            arb_ptr x = i ? acb_imagref(e) : acb_realref(e);

            wide |= mag_get_d(arb_radref(x)) > 0.01 * err;
        }
        if (!wide)
            break;
    }
    for (int i = 0; i < 2; i++)
        value_share_add(s, i ? acb_imagref(e) : acb_realref(e), v[i].hi,
                        v[i].lo, v[i].err, v[i].exponent);
    acb_clear(e);
}

static void
tiny_z(tap_random *r)
{
    value_share s = {.what = "tiny z"};
    long refused = 0;

    for (long i = tap_effort(300); i > 0; i--) {
        complex_place p = draw(r, 0);
        double m = hypot(p.x, p.y);
        ml_value v[2];
        /* up to where g_k, k < 8, are not all that matters */
        int e = -(int)tap_random_int(r, 192, i % 2 ? 196 : 900);

        if (i % 3 == 0)
            p.beta = -(double)tap_random_int(r, 0, 3);
        p.x = ldexp(p.x / m, e);
        p.y = ldexp(p.y / m, e);
        p.size = fmax(fabs(p.x), p.y);
        if (!complex_tiny(v, &p))
            refused++;
        else if (e > -200)
            judge(&s, v, &p);
    }
    tap_ok(refused < s.n, "tiny z: %ld of %ld refused", refused, s.n);
    value_share_claim(&s, "D62");
}

static void
far_z(tap_random *r)
{
    value_share s = {.what = "series in 1/z and its poles"};
    value_share flat = {.what = "the same next to the axis"};

    for (long i = tap_effort(400); i > 0; i--) {
        complex_place p = draw(r, i % 2 ? 1e-20 : 0);
        double scale =
            tap_random_log(r, 256, i % 4 ? 1e6 : 1e40) / hypot(p.x, p.y);
        ml_value v[2];

        p.x *= scale;
        p.y *= scale;
        p.size *= scale;
        if (!complex_far(v, &p) || isinf(v[0].err) || abs(v[0].exponent) > 5000)
            continue;
        judge(i % 2 ? &flat : &s, v, &p);
    }
    value_share_claim(&s, "D62");
    value_share_claim(&flat, "D64");
}

/* A rotated exponential, known or not, beyond 2^400. */
static void
beyond(void)
{
    complex_place none = {1.5, 1, -0x1p700, 0x1p690, 0x1p700};
    complex_place lost = {0.5, 1, 0x1p700, 0x1p700, 0x1p700};
    complex_place many = {20, 1, -0x1p700, 0x1p690, 0x1p700};
    ml_value v[2];
    bool ok = complex_far(v, &none);

    tap_ok(ok && v[0].err < 0x1p-60 * fabs(v[0].hi),
           "poles beyond 2^400 that are nothing");
    ok = complex_far(v, &lost);
    tap_ok(!ok || isinf(v[0].err), "poles beyond 2^400 of unknown phase");
    ok = complex_far(v, &many);
    tap_ok(!ok, "poles beyond 2^400 for large alpha are refused");
}

/* ----------------------------------------------------------------------- D63 */

static void
next_to_one(tap_random *r)
{
    value_share s = {.what = "next to alpha = 1"};
    value_share tails = {.what = "next to alpha = 1, 2^-9 and 2^-10"};
    long left = 0, right = 0, better = 0;

    for (long i = tap_effort(600); i > 0; i--) {
        complex_place p = {.alpha = 1, .beta = 1};
        int k = i % 3 ? (int)tap_random_int(r, 9, 52) : 9 + (int)(i % 2);
        double x = tap_random_log(r, 6, 2000), t = tap_random_unit(r);
        double turn = DD_PI.h * (i % 2 ? 0.6 + 0.4 * t : 1 - 0.1 * t * t * t);
        ml_value v[2], w[2];

        p.alpha += ldexp(i % 4 < 2 ? -1 : 1, -k);
        p.beta = i % 5 == 0   ? p.alpha
                 : i % 5 == 1 ? 1
                 : i % 5 == 2 ? -ldexp(1, -(int)tap_random_int(r, 9, 52))
                              : ldexp(1, -(int)tap_random_int(r, 9, 60))
                                    - (double)tap_random_int(r, 0, 4);
        p.x = x * cos(turn);
        p.y = x * sin(turn);
        p.size = x;
        if (!(p.y > 0) || !complex_next_to_one(v, &p))
            continue;
        ml_places a;
        const double z[2] = {p.x, p.y};
        bool inside = ml_places_complex(&a, ml_contours, p.alpha, p.beta, z);
        inside &&a.n > 0 ? right++ : left++;
        better += contour(w, &p, 0) && w[0].err > 8 * v[0].err;
        judge(i % 3 ? &s : &tails, v, &p);
    }
    tap_ok(left > 8 && right > 8, "poles on both sides of the path: %ld, %ld",
           left, right);
    tap_ok(better * 2 > left + right, "better than the plain sum: %ld of %ld",
           better, left + right);
    value_share_claim(&s, "D63");
    tap_ok(tails.broken == 0 && tails.n > 10,
           "[mlfunc D63] %s: %ld points, worst share %.2g", tails.what, tails.n,
           tails.most);
}

/* ----------------------------------------------------------------------- D64 */

/* Im of what nodes and poles lack, and of the rest without nodes. */
static void
axis_truncation(tap_random *r)
{
    static const int kind[2] = {1, 0};
    value_share lack = {.what = "Im of what the sum lacks"};
    value_share rest = {.what = "Im of all but the poles"};

    for (long i = tap_effort(160); i > 0; i--) {
        complex_place p = draw(r, 1e-12);
        const double z[2] = {p.x, p.y};
        const ml_contour *c = ml_contours + i % 2;
        ml_places places;
        truth_point x;
        acb_t e, v;
        int n;

        p.alpha = fmax(p.alpha, 0.02);
        if (!ml_places_complex(&places, c, p.alpha, p.beta, z))
            continue;
        truth_init(&x, p.alpha, p.beta, p.x, p.y);
        acb_init(e);
        acb_init(v);
        value_truth(e, p.alpha, p.beta, z, 300);
        truth_poles(v, &x, &places, true, &n);
        acb_sub(v, e, v, TRUTH_PREC);
        value_share_add(&rest, acb_imagref(v), 0, 0,
                        complex_axis_truncation(&places, p.y, true), 0);
        truth_poles(v, &x, &places, false, &n);
        acb_sub(e, e, v, TRUTH_PREC);
        truth_nodes(v, &x, c, truth_integrand, kind);
        acb_sub(e, e, v, TRUTH_PREC);
        value_share_add(&lack, acb_imagref(e), 0, 0,
                        complex_axis_truncation(&places, p.y, false), 0);
        acb_clear(e);
        acb_clear(v);
        truth_clear(&x);
    }
    tap_ok(lack.broken + rest.broken == 0 && lack.n > 20,
           "[mlfunc D64] %s: %ld points within the bound", lack.what, lack.n);
    tap_ok(lack.most >= 5e-5 && rest.most >= 1e-4,
           "[mlfunc D64] worst shares %.2g, without nodes %.2g", lack.most,
           rest.most);
}

/* Im of the pole next to arg z = 0. */
static void
axis_poles(tap_random *r)
{
    value_share s = {.what = "Im of the pole next to the axis"};
    long small = 0;

    for (long i = tap_effort(300); i > 0; i--) {
        complex_place p = draw(r, 1e-25);
        const double z[2] = {fabs(p.x), p.y};
        ml_places places;
        truth_point x;
        acb_t e;
        int n;

        if (!ml_places_complex(&places, ml_contours, p.alpha, p.beta, z)
            || places.n != 1)
            continue;
        ml_term t = ml_poles_sum(&places);
        double share = complex_axis_poles(&places);

        truth_init(&x, p.alpha, p.beta, z[0], z[1]);
        acb_init(e);
        truth_poles(e, &x, &places, false, &n);
        value_share_add(&s, acb_imagref(e), t.v.im.h, t.v.im.l, t.err * share,
                        t.exponent);
        small += share < 1e-3;
        acb_clear(e);
        truth_clear(&x);
    }
    tap_ok(s.broken == 0 && s.n > 20 && small * 3 > s.n,
           "[mlfunc D64] Im of the pole next to the axis: %ld points, %ld of "
           "them far below the modulus, worst share %.2g",
           s.n, small, s.most);
}

/* Im E is in proportion to y, however small. */
static void
smallest_y(tap_random *r)
{
    long n = 0, differ = 0;

    for (long i = tap_effort(400); i > 0; i--) {
        complex_place p = draw(r, 1e-20);
        double z[2] = {p.x, fabs(p.x) * 0x1p-200};
        double v[2], w[2], b[2], c[2];
        ml_status st = ml_mittleff_z(v, b, p.alpha, p.beta, z);

        z[1] *= 0x1p-700;
        st |= ml_mittleff_z(w, c, p.alpha, p.beta, z);
        if ((st & ~ML_UNDECIDED) || v[1] == 0)
            continue;
        n++;
        if (v[0] != w[0]
            || fabs(v[1] - ldexp(w[1], 700)) > b[1] + ldexp(c[1], 700))
            differ++;
    }
    tap_ok(n > 100 && differ == 0,
           "[mlfunc D64] Im E/y is the same for smaller y: %ld points", n);
}

/* -------------------------------------------------------------------- the kernel */

static void
kernel(tap_random *r)
{
    static const char *const name[] = {"",        "series",   "asymptotics",
                                       "contour", "near one", "poles alone"};
    value_share s[6];
    long reached = 0, all = tap_effort(1500);

    for (int m = 0; m < 6; m++)
        s[m] = (value_share){.what = name[m]};
    for (long i = all; i > 0; i--) {
        complex_place p = draw(r, i % 8 ? 0 : 1e-30);
        const double z[2] = {p.x, p.y};
        ml_value v[2];

        ML_LANES_OF(ml_mittleff_complex)(v, p.alpha, p.beta, z);
        if (isinf(v[0].err) || isinf(v[1].err))
            continue;
        reached++;
        judge(&s[v[0].method], v, &p);
    }
    for (int m = 1; m < 6; m++)
        tap_ok(s[m].n >= 6 && s[m].broken == 0 && s[m].unknown == 0,
               "values by %s: %ld parts within the bound, worst share %.3g",
               name[m], s[m].n, s[m].most);
    tap_ok(reached * 1000 >= all * 995, "the kernel reaches %ld of %ld points",
           reached, all);
}

static void
variants(tap_random *r)
{
    static const char *const names[] = {"baseline", "avx2", "avx512"};
    char first[16];
    long n = 0, differ = 0;

    strcpy(first, ml_cpu());
    for (long i = tap_effort(1500); i > 0; i--) {
        complex_point p = complex_point_draw(r);
        const double z[2] = {p.z[0], fabs(p.z[1])};
        ml_value v[2], w[2];

        if (z[1] == 0)
            continue;
        ml_kernels_baseline.mittleff_complex(v, p.alpha, p.beta, z);
        for (int k = 1; k < 3; k++) {
            if (ml_cpu_select(names[k]) != ML_OK)
                continue;
            ml_kernels_now()->mittleff_complex(w, p.alpha, p.beta, z);
            n++;
            for (int j = 0; j < 2; j++)
                differ += !same(v[j].hi, w[j].hi) || !same(v[j].lo, w[j].lo)
                          || !same(v[j].err, w[j].err)
                          || v[j].exponent != w[j].exponent;
        }
    }
    ml_status st = ml_cpu_select(first);
    tap_ok(st == ML_OK && differ == 0,
           "all instruction sets give the same bits: %ld comparisons", n);
}

/* Where nothing serves, nothing is said of either part. */
static void
nothing(tap_random *r)
{
    long n = 0, bad = 0;

    for (long i = tap_effort(300); i > 0; i--) {
        const double z[2] = {tap_random_log(r, 1, 1e6) * (i % 2 ? 1 : -1),
                             tap_random_log(r, 1, 1e6)};
        ml_value v[2] = {{.hi = 1}, {.hi = 1}};

        ML_LANES_OF(ml_mittleff_complex)
        (v, tap_random_range(r, 6, 80), tap_random_range(r, -30, 30), z);
        n += isinf(v[0].err);
        bad += isinf(v[0].err) != isinf(v[1].err);
    }
    tap_ok(n > 20 && bad == 0, "nothing is known of both parts %ld times", n);
}

/* ------------------------------------------------------------ special arguments */

typedef struct {
    double alpha, beta, z[2], want[2];
    ml_status status;
} special;

static void
specials(void)
{
    const double inf = INFINITY, nan = NAN;
    const special list[] = {
        {1, 1, {nan, 1}, {nan, nan}, ML_DOMAIN},
        {1, 1, {1, nan}, {nan, nan}, ML_DOMAIN},
        {nan, 1, {1, 1}, {nan, nan}, ML_DOMAIN},
        {1, nan, {1, 1}, {nan, nan}, ML_DOMAIN},
        {0, 1, {1, 1}, {nan, nan}, ML_DOMAIN},
        {-1, 1, {1, 1}, {nan, nan}, ML_DOMAIN},
        {1.5, 1, {-inf, 7}, {-0.0, 0}, ML_OK},
        {1.5, 1, {-inf, -7}, {-0.0, -0.0}, ML_OK},
        {2, 1, {-inf, 7}, {nan, nan}, ML_DOMAIN},
        {0.5, 1, {3, inf}, {0, 0}, ML_OK},
        {0.5, 1, {-3, -inf}, {0, -0.0}, ML_OK},
        {1, 1, {3, inf}, {nan, nan}, ML_DOMAIN},
        {0.5, 1, {inf, 1}, {nan, nan}, ML_DOMAIN},
        {0.5, 1, {-inf, inf}, {nan, nan}, ML_DOMAIN},
        {0.5, inf, {-inf, 1}, {nan, nan}, ML_DOMAIN},
        {inf, 1, {3, inf}, {nan, nan}, ML_DOMAIN},
        {inf, 3, {3, 4}, {0.5, 0}, ML_OK},
        {inf, 3, {3, -4}, {0.5, -0.0}, ML_OK},
        {0.5, inf, {3, -4}, {0, -0.0}, ML_OK},
        {0.5, -inf, {3, 4}, {nan, nan}, ML_DOMAIN},
        {0.5, 1, {0, 0}, {1, 0}, ML_OK},
        {0.5, 1, {0, -0.0}, {1, -0.0}, ML_OK},
    };
    int n = (int)(sizeof list / sizeof *list), wrong = 0;

    for (int i = 0; i < n; i++) {
        const special *s = list + i;
        double v[2] = {s->z[0], s->z[1]}, b[2], w[2];
        ml_status st = ml_mittleff_z(w, NULL, s->alpha, s->beta, s->z);
        ml_status su = ml_mittleff_z(v, b, s->alpha, s->beta, v);
        bool ok = st == s->status && su == st;

        for (int k = 0; k < 2; k++) {
            ok &= isnan(s->want[k])
                      ? isnan(v[k]) && isnan(w[k]) && isinf(b[k])
                      : fabs(v[k] - s->want[k]) <= b[k] && same(v[k], w[k])
                            && signbit(v[k]) == signbit(s->want[k])
                            && b[k] < 1e-16;
        }
        if (!ok && wrong++ < 5)
            tap_note("case %d: %g %g, status %d", i, v[0], v[1], (int)st);
    }
    tap_ok(wrong == 0, "NaN, infinities, zeros: %d cases", n);
}

static void
symmetries(tap_random *r)
{
    long n = tap_effort(500), conjugate = 0, real = 0;

    for (long i = n; i > 0; i--) {
        complex_point p = complex_point_draw(r);
        const double back[2] = {p.z[0], -p.z[1]};
        const double axis[2] = {p.z[0], p.z[1] < 0 ? -0.0 : 0.0};
        double v[2], b[2], w[2], c[2];
        ml_status s = ml_mittleff_z(v, b, p.alpha, p.beta, p.z);
        ml_status t = ml_mittleff_z(w, c, p.alpha, p.beta, back);

        conjugate += s == t && same(b[0], c[0]) && same(b[1], c[1])
                     && (isnan(v[0]) ? isnan(w[0]) : same(v[0], w[0]))
                     && (isnan(v[1]) ? isnan(w[1]) : same(v[1], -w[1]));
        s = ml_mittleff_z(v, b, p.alpha, p.beta, axis);
        t = ml_mittleff_bound_d(w, c, p.alpha, p.beta, axis[0]);
        real += s == t && same(b[0], c[0])
                && (isnan(v[0])
                        ? isnan(w[0]) && isnan(v[1])
                        : same(v[0], w[0]) && same(v[1], axis[1]) && b[1] == 0);
    }
    tap_ok(conjugate == n,
           "conjugate arguments give conjugate bits: %ld of %ld", conjugate, n);
    tap_ok(real == n, "real arguments give the bits of the real function: %ld",
           real);
}

/* exp(z), z of some size, and cosh of it: known values. */
static void
known(void)
{
    double v[2], b[2];
    const double i_pi[2] = {0, 0x1.921fb54442d18p+1}, big[2] = {800, 1};
    ml_status s = ml_mittleff_z(v, b, 1, 1, i_pi);

    tap_ok(v[0] == -1 && fabs(v[1] - 0x1.1a62633145c07p-53) <= b[1]
               && b[1] < 1e-20 && !(s & ML_UNABLE),
           "e^(i pi), pi as a double: %g %g", v[0], v[1]);
    s = ml_mittleff_z(v, b, 1, 1, big);
    tap_ok(v[0] == INFINITY && v[1] == INFINITY && (s & ML_OVERFLOW),
           "e^(800 + i) overflows in both parts");
    const double low[2] = {-800, 1};
    s = ml_mittleff_z(v, b, 1, 1, low);
    tap_ok(v[0] == 0 && v[1] == 0 && b[0] > 0 && b[0] < 1e-300
               && (s & ML_UNDERFLOW),
           "e^(-800 + i) underflows: %g %g, bounds %g %g, status %d", v[0],
           v[1], b[0], b[1], (int)s);
}

/* [mlfunc D63]  Each of the conditions under which the path of one pole serves
 * for the other one as well. */
static void
same_side(void)
{
    const complex_place far = {1 + 0x1p-12, 1, -600, 50, 600};
    const complex_place close = {1 + 0x1p-12, 1, -6, 0.5, 6};
    const ml_places left = {.contour = ml_contours, .left = 4, .side = 3};
    ml_places on = left, one = left, a, b;
    bool yes = true, no = false;

    on.on_sheet = 1;
    on.near_far = 1;
    one.n = 1;
    one.near_left = 1;
    a = left;
    yes = yes && complex_same_side(&a, &left, &far) && a.general == 1;
    a = on;
    yes = yes && complex_same_side(&a, &left, &far) && a.general == 0;
    a = one;
    yes = yes && complex_same_side(&a, &one, &far);
    tap_ok(yes, "[mlfunc D63] left of the path, on the sheet, and right of it");

    a = left;
    no = no || complex_same_side(&a, &left, &close);
    a = left;
    no = no || complex_same_side(&a, &one, &far);
    a = left;
    a.side = 3.5;
    no = no || complex_same_side(&a, &left, &far);
    a = left;
    a.left = 1;
    no = no || complex_same_side(&a, &left, &far);
    a = on;
    a.left = 0.5;
    no = no || complex_same_side(&a, &left, &far);
    a = on;
    a.near_far = 0x1p-6;
    no = no || complex_same_side(&a, &left, &far);
    a = one;
    a.near_left = 0x1p-6;
    no = no || complex_same_side(&a, &one, &far);
    a = one;
    a.pole[0].beside = true;
    no = no || complex_same_side(&a, &one, &far);
    a = b = one;
    a.n = b.n = 2;
    no = no || complex_same_side(&a, &b, &far);
    tap_ok(!no, "[mlfunc D63] near the origin, with other ends, too near to"
                " the path, or on different sides it is refused");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(47);
    nodes(&r);
    at_a_node();
    sums(&r);
    tiny_z(&r);
    far_z(&r);
    beyond();
    next_to_one(&r);
    same_side();
    axis_truncation(&r);
    axis_poles(&r);
    smallest_y(&r);
    kernel(&r);
    variants(&r);
    nothing(&r);
    specials();
    symmetries(&r);
    known();
    return tap_done();
}
