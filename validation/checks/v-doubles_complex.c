/* validation/checks/v-doubles_complex.c - ml_mittleff_z against balls.
 *
 * At random points (mlfunc/test/complex_points.h: axes, Stokes and anti-Stokes
 * rays and what is beside them, any direction; one in eight with alpha up to 300,
 * one with |z|^(1/alpha) from 2^20 to 2^62, on the anti-Stokes ray or where
 * exponentials fall) each part of the result is held against an enclosure of the
 * definition, ml_mittleff at 160 bits or more:
 *
 * - |value - part of E| <= bound, for every number of the ball; the ball is
 *   made narrower until it tells;
 * - under ML_OK each part is the double nearest to the part of E;
 * - an infinity belongs to a part of E that rounds to it;
 * - conjugate arguments give conjugate values; real ones the bits of
 *   ml_mittleff_bound_d.
 *
 *     v-doubles_complex [NUMBER]     default 3000 points
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "mlfunc/mlball.h"
#include "mlfunc/test/complex_points.h"
#include "validation/tap/tap.h"

enum { FIRST_BITS = 160, MOST_BITS = 5120, BLOCK = 1000 };

static const double pi = 3.14159265358979323846;

/* Two places more. */
enum { PLACE_LARGE = PLACES, PLACE_FAR, ALL_PLACES };

static const char *
name_of(int place)
{
    return place == PLACE_LARGE ? "alpha 5..300"
           : place == PLACE_FAR ? "far, 2^20..2^62"
                                : place_name[place];
}

static complex_point
draw_large(tap_random *r)
{
    const double turn = tap_random_range(r, -1, 1);
    complex_point p = {.place = PLACE_LARGE};
    double size = tap_random_log(r, 1e-12, 1e50);

    p.alpha = tap_random_log(r, 5, 300);
    p.beta = tap_random_range(r, -20, 60);
    if (tap_random_int(r, 0, 1))
        p.beta = rint(p.beta);
    if (tap_random_int(r, 0, 1))
        size = fmin(1e300, pow(tap_random_log(r, 0.2, 1e4), p.alpha));
    p.z[0] = size * cos(pi * turn);
    p.z[1] = size * sin(pi * turn);
    return p;
}

static complex_point
draw_far(tap_random *r)
{
    complex_point p = {.place = PLACE_FAR};
    double turn, size;

    p.alpha = tap_random_int(r, 0, 1) ? tap_random_range(r, 0.05, 1.8)
                                      : (double)tap_random_int(r, 1, 14) / 8;
    p.beta = complex_point_beta(r, p.alpha);
    size = pow(2, p.alpha * tap_random_range(r, 20, 62));
    turn = tap_random_int(r, 0, 1)
               ? p.alpha / 2 + ldexp(1, -(int)tap_random_int(r, 20, 70))
               : fmin(1, p.alpha * tap_random_range(r, 0.5, 1.3));
    turn = tap_random_int(r, 0, 1) ? turn : -turn;
    p.z[0] = size * cos(pi * turn);
    p.z[1] = size * sin(pi * turn);
    return p;
}

static complex_point
draw(tap_random *r, size_t i)
{
    return i % 8 == 6   ? draw_large(r)
           : i % 8 == 7 ? draw_far(r)
                        : complex_point_draw(r);
}

typedef struct {
    complex_point at;
    double value[2], bound[2];
    ml_status status;
    bool conjugate, real; /* the symmetries hold */
    bool broken[2];       /* the bound, or an infinity, is false */
    bool open[2];         /* no ball told */
    bool beyond;          /* of all balls: only log2 |E| is known */
    bool wrong[2];        /* ML_OK, yet not the nearest */
    bool nearest[2];
    double share[2]; /* |error| / bound */
    double ulp[2];   /* |error| in units of the last place */
} outcome;

static bool
same(double x, double y)
{
    return memcmp(&x, &y, sizeof x) == 0;
}

static void
symmetries(outcome *o)
{
    const complex_point *p = &o->at;
    const double back[2] = {p->z[0], -p->z[1]};
    double v[2], b[2];
    ml_status st = ml_mittleff_z(v, b, p->alpha, p->beta, back);

    o->conjugate =
        st == o->status && same(v[0], o->value[0])
        && (same(v[1], -o->value[1]) || (isnan(v[1]) && isnan(o->value[1])))
        && same(b[0], o->bound[0]) && same(b[1], o->bound[1]);
    o->real = true;
    if (p->z[1] == 0) {
        st = ml_mittleff_bound_d(v, b, p->alpha, p->beta, p->z[0]);
        o->real =
            st == o->status
            && (same(v[0], o->value[0]) || (isnan(v[0]) && isnan(o->value[0])))
            && same(b[0], o->bound[0])
            && (o->value[1] == 0 || isnan(o->value[0]))
            && (o->bound[1] == 0 || isinf(o->bound[0]));
    }
}

/* |x - v| from below and above, v any number of the ball. */
static void
distances(double d[2], double x, const arb_t v)
{
    arb_t t;
    arf_t a;

    arb_init(t);
    arf_init(a);
    arb_set_d(t, x);
    arb_sub(t, t, v, 2 * MOST_BITS);
    arb_get_abs_lbound_arf(a, t, 53);
    d[0] = arf_get_d(a, ARF_RND_DOWN);
    arb_get_abs_ubound_arf(a, t, 53);
    d[1] = arf_get_d(a, ARF_RND_UP);
    arb_clear(t);
    arf_clear(a);
}

/* Holds part i against the ball v; false when a narrower one is needed. */
static bool
judge(outcome *o, int i, const arb_t v)
{
    double x = o->value[i], b = o->bound[i], d[2], nearest;
    bool told = ml_round_arb_d(&nearest, v, MPFR_RNDN);

    if (isnan(x) || (isinf(b) && !isinf(x))) {
        o->broken[i] = !isinf(b) || !(o->status & ML_UNABLE);
        return true;
    }
    if (isinf(x)) {
        o->broken[i] = told && (nearest != x || !(o->status & ML_OVERFLOW));
        o->nearest[i] = told && nearest == x;
        return told;
    }
    distances(d, x, v);
    o->broken[i] = d[0] > b;
    if (d[1] > b)
        return o->broken[i];
    o->share[i] = b > 0 ? d[1] / b : 0;
    o->ulp[i] = d[1] / (nextafter(fabs(x), INFINITY) - fabs(x));
    o->nearest[i] = told && nearest == x;
    o->wrong[i] = told && nearest != x && !(o->status & ML_UNDECIDED);
    return told;
}

/* |E| is beyond 2^(+-2^40) or so: no part may claim to be near a double, but a
 * part of E may be anything up to |E|, so that no more can be said. */
static void
beyond_balls(outcome *o, ml_status st)
{
    o->beyond = true;
    for (int i = 0; i < 2; i++) {
        if (st & ML_OVERFLOW)
            o->broken[i] = !isinf(o->bound[i]) && o->at.z[1] != 0;
        else
            o->broken[i] = fabs(o->value[i]) > o->bound[i];
    }
}

static void
compare(outcome *o)
{
    arb_t a, b;
    acb_t z, e;
    bool open[2] = {true, true};

    arb_init(a);
    arb_init(b);
    acb_init(z);
    acb_init(e);
    arb_set_d(a, o->at.alpha);
    arb_set_d(b, o->at.beta);
    acb_set_d_d(z, o->at.z[0], o->at.z[1]);
    for (slong p = FIRST_BITS; p <= MOST_BITS && (open[0] || open[1]); p *= 2) {
        ml_status st = ml_mittleff(e, a, b, z, p);

        if (st & (ML_OVERFLOW | ML_UNDERFLOW)) {
            beyond_balls(o, st);
            open[0] = open[1] = false;
        } else if (!acb_is_finite(e))
            break;
        for (int i = 0; i < 2; i++)
            if (open[i] && acb_is_finite(e))
                open[i] = !judge(o, i, i ? acb_imagref(e) : acb_realref(e));
    }
    memcpy(o->open, open, sizeof open);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
    acb_clear(e);
}

static void
one(size_t i, void *context)
{
    outcome *o = (outcome *)context + i;

    o->status =
        ml_mittleff_z(o->value, o->bound, o->at.alpha, o->at.beta, o->at.z);
    symmetries(o);
    compare(o);
}

/* ------------------------------------------------------------------ the report */

typedef struct {
    long n, unable, overflow, underflow, decided, open, beyond;
    long nearest, parts, fine;
    double share;
} tally;

typedef struct {
    tally place[ALL_PLACES], size[2 * 16], all;
    long broken, wrong, conjugate, real, shown;
} report;

static void
count(tally *t, const outcome *o)
{
    t->n++;
    t->unable += (o->status & ML_UNABLE) != 0;
    t->overflow += (o->status & ML_OVERFLOW) != 0;
    t->underflow += (o->status & ML_UNDERFLOW) != 0;
    t->decided += !(o->status & (ML_UNABLE | ML_UNDECIDED));
    t->open += o->open[0] || o->open[1];
    t->beyond += o->beyond;
    if (o->beyond)
        return;
    for (int i = 0; i < 2; i++) {
        if (o->open[i] || isinf(o->bound[i]))
            continue;
        t->parts++;
        t->nearest += o->nearest[i];
        t->fine += o->ulp[i] <= 0.501;
        t->share = fmax(t->share, o->share[i]);
    }
}

static void
explain(const outcome *o, const char *what)
{
    const complex_point *p = &o->at;

    tap_note("%s: alpha = %a, beta = %a, z = %a + i %a (%s)", what, p->alpha,
             p->beta, p->z[0], p->z[1], name_of(p->place));
    tap_note("  value %a %a bound %a %a status %d", o->value[0], o->value[1],
             o->bound[0], o->bound[1], (int)o->status);
}

/* Half decades of x = |z|^(1/alpha), from 0.1 on; all extreme |z| are one. */
static int
size_of(const complex_point *p)
{
    double x = log10(hypot(p->z[0], p->z[1])) / p->alpha;

    return p->extreme ? 0 : 1 + (int)fmin(14, fmax(0, 2 * (x + 1)));
}

static void
collect(report *r, const outcome *o)
{
    bool broken = o->broken[0] || o->broken[1];
    bool wrong = o->wrong[0] || o->wrong[1];

    count(&r->all, o);
    count(&r->place[o->at.place], o);
    if ((o->status & ML_UNABLE) && o->at.place >= PLACE_LARGE && r->shown++ < 5)
        explain(o, "without a value");
    if (o->at.place < PLACES)
        count(&r->size[size_of(&o->at)], o);
    r->broken += broken;
    r->wrong += wrong;
    r->conjugate += !o->conjugate;
    r->real += !o->real;
    if ((broken || wrong || !o->conjugate || !o->real) && r->shown++ < 20)
        explain(o, broken          ? "outside its bound"
                   : wrong         ? "not the nearest"
                   : !o->conjugate ? "not conjugate"
                                   : "not the real function");
    else if ((o->open[0] || o->open[1]) && getenv("ML_SHOW_OPEN"))
        explain(o, "no ball told");
}

static void
line(const char *name, const tally *t)
{
    if (t->n == 0)
        return;
    tap_note("%-19s %8ld  %7.3f %7.3f %7.3f %7.3f %6ld %6ld %6ld %6ld  %.6f",
             name, t->n, 100.0 * (double)t->decided / (double)t->n,
             100.0 * (double)t->nearest / fmax(1, (double)t->parts),
             100.0 * (double)t->fine / fmax(1, (double)t->parts),
             100.0 * (double)t->unable / (double)t->n, t->overflow,
             t->underflow, t->open, t->beyond, t->share);
}

static void
print(const report *r)
{
    tap_note("%-19s %8s  %7s %7s %7s %7s %6s %6s %6s %6s  %s", "", "points",
             "decid.%", "near.%", "<.501%", "unable%", "over", "under", "open",
             "beyond", "error/bound");
    for (int i = 0; i < ALL_PLACES; i++)
        line(name_of(i), &r->place[i]);
    line("|z| 1e-300..1e300", &r->size[0]);
    for (int i = 1; i < 16; i++) {
        char name[32];

        snprintf(name, sizeof name, "x from 10^%.1f", (i - 1) / 2.0 - 1);
        line(name, &r->size[i]);
    }
    line("all", &r->all);
}

int
main(int argc, char **argv)
{
    long n = argc > 1 ? atol(argv[1]) : tap_effort(3000);
    tap_random g = tap_random_start(tap_seed());
    outcome *o = calloc(BLOCK, sizeof *o);
    report *r = calloc(1, sizeof *r);

    tap_plan(7);
    if (!o || !r)
        tap_bail("out of memory");
    for (long done = 0; done < n; done += BLOCK) {
        size_t m = (size_t)(n - done < BLOCK ? n - done : BLOCK);

        memset(o, 0, BLOCK * sizeof *o);
        for (size_t i = 0; i < m; i++)
            o[i].at = draw(&g, i);
        mlio_parallel_for(m, 0, one, o);
        for (size_t i = 0; i < m; i++)
            collect(r, o + i);
    }
    print(r);
    tap_ok(r->broken == 0,
           "the bound of each part holds, and every infinity: %ld of %ld "
           "points broken",
           r->broken, r->all.n);
    tap_ok(r->wrong == 0,
           "what is decided is the nearest double: %ld of %ld wrong", r->wrong,
           r->all.n);
    tap_ok(r->conjugate == 0, "conjugate arguments give conjugate bits");
    tap_ok(r->real == 0, "real arguments give the bits of the real function");
    tap_ok(r->all.open * 50 <= r->all.n,
           "balls judge 98 %% of the points: %ld left", r->all.open);
    tap_ok(r->all.decided * 100 >= r->all.n * 80,
           "the bound decides the rounding of both parts in 80 %% of the "
           "points: %.2f %%",
           100.0 * (double)r->all.decided / (double)r->all.n);
    const tally *large = &r->place[PLACE_LARGE], *far = &r->place[PLACE_FAR];
    tap_ok(large->unable == 0 && far->unable == 0,
           "no point of large alpha, or far out, is without a value: %ld, %ld",
           large->unable, far->unable);
    free(o);
    free(r);
    return tap_done();
}
