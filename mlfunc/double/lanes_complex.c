/* mlfunc/double/lanes_complex.c - E_{alpha,beta}(z) for complex z.
 *
 * Im z > 0; a conjugate z is the caller's.  Power series, asymptotic series with
 * exponential terms, or a contour with its poles.
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/complex.h"
#include "mlfunc/double/complex_axis.h"
#include "mlfunc/double/complex_near_one.h"
#include "mlfunc/double/complex_nodes.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/rgamma.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/truncation.h"

void ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                      const double z[2]);

/* Where the methods change: steering alone. */
#define TINY_Z     0x1p-190
#define SMALL_Z    0x1p-9 /* one octet of the series */
#define LARGE_Z    256.0
#define MOST_ALPHA 5.5 /* of the contour */
#define MOST_BETA  16.0
#define WIDE_BETA  3.0    /* above, the wider contour */
#define NEAR_ONE   0x1p-9 /* |alpha - 1| and |beta - n| */
#define NEAR_LEFT  (-5.0)
#define GOOD       0x1p-62
#define ALONE      60.0 /* Re t_h from which the exponential may be all */

typedef struct {
    double alpha, beta, x, y, size; /* size: the larger of |x|, y */
} complex_place;

/* The errors against the larger part. */
static double
relative_error(const ml_value v[2])
{
    double a = double_ldexp(fabs(v[0].hi), v[0].exponent),
           b = double_ldexp(fabs(v[1].hi), v[1].exponent),
           c = double_ldexp(v[0].err, v[0].exponent),
           d = double_ldexp(v[1].err, v[1].exponent);

    return (c > d ? c : d) / (a > b ? a : b);
}

/* Keeps the better of two results; true when it is good. */
static bool
keep(ml_value best[2], double *error, const ml_value v[2])
{
    double e = relative_error(v);

    /* a result beyond the range of doubles has no such error: it is final */
    if (e < *error || (isnan(e) && !isinf(v[0].err) && !isinf(v[1].err))) {
        best[0] = v[0];
        best[1] = v[1];
        *error = isnan(e) ? 0 : e;
    }
    return *error < GOOD;
}

/* ----------------------------------------------------------------------- tiny z */

/*
 * |z| < 2^-190: of each part the first term that is not 0.
 *
 * With |z| = 2^e r, r < 3, power is (z 2^-e)^k; terms after the k-th are at most
 * 2^47 |z|^(k+1) together for |beta| <= 16.                     [mlfunc D62]
 */
static bool
tiny(ml_value v[2], const complex_place *p)
{
    int e = complex_exponent(p->x, p->y);
    double a = double_ldexp(p->x, -e), b = double_ldexp(p->y, -e);
    bool exact = a == 0 || fabs(a) == b; /* zero parts of powers are exact */
    bool have[2] = {false, false};
    dz power = {{1, 0}, {0, 0}};
    octet g;
    double size = 1, rel = rgamma_octet(&g, p->alpha, p->beta, 0);

    if (!(rel < 0x1p-60) || !(fabs(p->beta) <= 16))
        return false;
    for (int k = 0; k < 7 && !(have[0] && have[1]); k++) {
        const dd part[2] = {power.re, power.im};
        const dd gk = {g.h[k], g.l[k]};

        if (k >= 2 && !exact && (part[0].h == 0 || part[1].h == 0))
            return false;
        for (int i = 0; i < 2 && gk.h != 0; i++) {
            dd t = dd_mul(part[i], gk);
            double err =
                fabs(t.h) * (rel + 0x1p-100) + double_ldexp(3 * size, e + 47);

            if (have[i] || part[i].h == 0)
                continue;
            if (k >= 2)
                err += fabs(gk.h) * size * 0x1p-98;
            v[i] = (ml_value){t.h, t.l, err * 1.01, k * e, ML_BY_SERIES};
            have[i] = true;
        }
        power = (dz){dd_sub(dd_mul_d(power.re, a), dd_mul_d(power.im, b)),
                     dd_add(dd_mul_d(power.re, b), dd_mul_d(power.im, a))};
        size *= 3;
    }
    return have[0] && have[1];
}

/* ----------------------------------------------------------------- far from 0 */

/* |z|^(1/alpha), or more. */
static double
modulus_of_t(const complex_place *p)
{
    const double z[2] = {p->x, p->y};
    dd_scaled e;
    double l;

    if (!(p->size < 0x1p400))
        return INFINITY;
    l = dd_log_d(complex_modulus(z)).h / p->alpha;
    if (!(fabs(l) < 300))
        return l < 0 ? 1 : INFINITY;
    e = dd_exp((dd){l, 0});
    return double_ldexp(e.m.h, e.k) * (1 + 0x1p-30);
}

/*
 * The exponential terms from first to last; angle is theta_0.
 *
 * |z| > 2^400: those at |z| = 2^400 in the same direction.  With |t_h| > 2^28
 * there ml_poles_range_complex knows but two answers, none and nothing known,
 * by the direction alone, and none stays true for a larger |z|.  [mlfunc D62]
 */
static bool
exponentials(complex_value *sum, const complex_place *p, int first, int last,
             double angle)
{
    double z[2] = {p->x, p->y};
    complex_value term;
    ml_term t;

    if (first > last)
        return true;
    if (p->size > 0x1p400) {
        int k = 400 - complex_exponent(p->x, p->y);

        if (p->alpha > 14)
            return false;
        z[0] = double_ldexp(z[0], k);
        z[1] = double_ldexp(z[1], k);
    }
    t = ml_poles_range_complex(p->alpha, p->beta, z, first, last);
    term = complex_of_term(&t);
    if (first == 0 && last == 0 && angle < COMPLEX_FLAT)
        term.err[1] *= complex_axis_angle(angle, modulus_of_t(p), p->beta, 0);
    complex_add(sum, term);
    return true;
}

/* The largest exponential, next to the positive axis, or 0 if none grows. */
static double
growth(const complex_place *p, double arg)
{
    const double z[2] = {p->x, p->y};
    ml_term t;

    if (p->size > 0x1p400 || arg > 1.57 * p->alpha)
        return 0;
    t = ml_poles_range_complex(p->alpha, p->beta, z, 0, 0);
    return double_ldexp(fabs(t.v.re.h) + fabs(t.v.im.h),
                        t.exponent < 900 ? t.exponent : 900);
}

/* asymptotic_complex, with the error of the imaginary part next to the axis. */
static bool
algebraic(ml_value a[2], int poles[2], const complex_place *p, double turn,
          double goal)
{
    const double z[2] = {p->x, p->y};
    int n = asymptotic_terms(p->alpha, p->beta, asymptotic_modulus(z));

    if (!asymptotic_complex_terms(a, poles, p->alpha, p->beta, z, turn, goal,
                                  n)) {
        if (n == 8)
            return false;
        n = 8;
        if (!asymptotic_complex_terms(a, poles, p->alpha, p->beta, z, turn,
                                      goal, n))
            return false;
    }
    if (p->y < fabs(p->x) * 0x1p-6 && p->y > fabs(p->x) * 0x1p-200)
        a[1].err = fmin(a[1].err,
                        complex_axis_series(a, poles, p->alpha, p->beta, z, n));
    return true;
}

/* The algebraic part, and each exponential term on its own.  [mlfunc D62] */
static bool
far(ml_value v[2], const complex_place *p)
{
    int k = -complex_exponent(p->x, p->y), poles[2];
    dd arg = dd_arg(double_ldexp(p->x, k), double_ldexp(p->y, k));
    double goal = 0x1p-70 * growth(p, arg.h);
    complex_value sum, im;
    ml_value a[2];

    if (!algebraic(a, poles, p, arg.h / DD_PI.h, goal))
        return false;
    sum = (complex_value){
        {{a[0].hi, a[0].lo}, {0, 0}}, {a[0].err, 0}, a[0].exponent};
    im = (complex_value){
        {{0, 0}, {a[1].hi, a[1].lo}}, {0, a[1].err}, a[1].exponent};
    complex_add(&sum, im);
    if (!exponentials(&sum, p, poles[0], poles[1], arg.h / p->alpha))
        return false;
    complex_store(v, &sum, ML_BY_ASYMPTOTICS);
    return true;
}

/* ------------------------------------------------------------------- the contour */

/* The exponentials alone, where all else is small beside them. */
static bool
poles_alone(ml_value v[2], ml_places *p, double y)
{
    double most = 0, rest;
    complex_value sum;
    ml_term t;

    for (int i = 0; i < p->n; i++) {
        const ml_pole *q = p->pole + i;
        double growth = (q->re * q->re - q->im * q->im) * p->contour->mu;

        most = growth > most ? growth : most; /* Re t_h */
    }
    if (most < ALONE)
        return false;
    t = ml_poles_alone(p);
    rest = double_ldexp(ml_rest(p), -t.exponent) + COMPLEX_LOST;
    if (!(rest < 0x1p-75 * (fabs(t.v.re.h) + fabs(t.v.im.h))))
        return false;
    sum = complex_of_term(&t);
    sum.err[0] += rest;
    sum.err[1] =
        sum.err[1] * complex_axis_poles(p)
        + double_ldexp(complex_axis_truncation(p, y, true), -t.exponent)
        + COMPLEX_LOST;
    complex_store(v, &sum, ML_BY_POLES);
    return true;
}

static bool
contour(ml_value v[2], const complex_place *p, int which)
{
    const ml_contour *c = &ml_contours[which];
    const double z[2] = {p->x, p->y};
    ml_node_powers powers;
    ml_places places;
    complex_sum nodes;
    complex_value sum, term;
    double lacks;
    ml_term t;

    if (!ml_node_powers_of(&powers, false, p->alpha, p->beta)
        || !ml_places_complex(&places, c, p->alpha, p->beta, z))
        return false;
    if (poles_alone(v, &places, p->y))
        return true;
    nodes = complex_nodes(c, &powers, p->x, p->y);
    lacks = ml_truncation(&places);
    sum = (complex_value){{nodes.part[0], nodes.part[1]},
                          {nodes.err[0] + lacks, nodes.err[1]},
                          0};
    sum.err[1] += complex_axis_truncation(&places, p->y, false);
    if (places.n > 0) {
        t = ml_poles_sum(&places);
        term = complex_of_term(&t);
        term.err[1] *= complex_axis_poles(&places);
        complex_add(&sum, term);
    }
    complex_store(v, &sum, ML_BY_CONTOUR);
    return true;
}

/* ------------------------------------------------------------------ next to one */

/* Re and |Im| of sqrt(z/mu), to a few u. */
static void
root_of(double w[2], const complex_place *p, const ml_contour *c)
{
    double m = sqrt(p->x * p->x + p->y * p->y);
    double far = sqrt((m + fabs(p->x)) / (2 * c->mu));
    double near = p->y / (2 * c->mu * far);

    w[0] = p->x > 0 ? far : near;
    w[1] = p->x > 0 ? near : far;
}

/*
 * Does the path of a lie as well beside the pole t = z of E_{1,n} as beside that
 * of E?  Its distances are to be at least half as large; |z| < 2^27. [mlfunc D63]
 */
static bool
same_side(ml_places *a, const ml_places *b, const complex_place *p)
{
    double w[2], size, moved;

    root_of(w, p, a->contour);
    size = w[0] + w[1];
    moved = 12 * size * fabs(p->alpha - 1);
    if (a->n != b->n || a->n > 1 || size < 1.5 || a->side != b->side
        || (a->on_sheet > 0 && moved * 2 > a->near_far))
        return false;
    if (a->n == 1)
        return a->pole[0].beside == b->pole[0].beside
               && moved * 2 <= a->near_left;
    /* left of the path, both of them; that of E perhaps off the sheet */
    if (a->on_sheet == 0)
        a->general = 1;
    return w[0] <= a->left / 4 || (a->on_sheet == 1 && w[0] < a->left / 2);
}

/*
 * E = E_{1,n} + (poles of E) - (pole of E_{1,n}) + sum over nodes, and what that
 * lacks.                                                        [mlfunc D63]
 */
static bool
near_one(ml_value v[2], const complex_place *p)
{
    const ml_contour *c = &ml_contours[0];
    const double z[2] = {p->x, p->y};
    ml_places a, b;
    ml_near_one w = {.m = 0};
    complex_sum nodes;
    complex_value sum;
    ml_term t;
    double lacks, d, e;

    if (!ml_near_one_of(&w, p->alpha, p->beta, -1))
        return false;
    d = fabs(p->alpha - 1);
    e = fabs(w.excess);
    if (!(d <= NEAR_ONE && e <= NEAR_ONE) || (e != 0 && e < 0x1p-900)
        || !ml_places_complex(&a, c, p->alpha, p->beta, z)
        || !ml_places_complex(&b, c, 1, 1 - w.m, z) || !same_side(&a, &b, p))
        return false;
    nodes = complex_near_one(c, &w, p->x, p->y);
    sum = (complex_value){
        {nodes.part[0], nodes.part[1]}, {nodes.err[0], nodes.err[1]}, 0};
    if (w.excess == 0)
        complex_multiply(&sum, -p->x, -p->y);
    else if (w.kind == ML_NEAR_SINGLE)
        complex_multiply(&sum, -1, 0);
    lacks = (fabs(w.q.d[1].h)) * ml_truncation_of(&a, 1, 1);
    a.beta -= 1;
    lacks += 4 * d * ml_truncation_of(&a, 2, 1);
    a.beta = p->beta;
    sum.err[0] += 2 * lacks;
    sum.err[1] += 2 * lacks;
    t = ml_poles_range_complex(1, 1 - w.m, z, 0, 0);
    complex_add(&sum, complex_of_term(&t));
    if (a.n > 0) {
        t = ml_poles_sum(&b);
        t.v.re = dd_neg(t.v.re);
        t.v.im = dd_neg(t.v.im);
        complex_add(&sum, complex_of_term(&t));
        t = ml_poles_sum(&a);
        complex_add(&sum, complex_of_term(&t));
    }
    complex_store(v, &sum, ML_BY_CONTOUR_NEAR_ONE);
    return true;
}

/* -------------------------------------------------------------------- the choice */

static void
choose(ml_value v[2], const complex_place *p)
{
    const double z[2] = {p->x, p->y};
    const bool reach = p->alpha <= MOST_ALPHA && fabs(p->beta) <= MOST_BETA;
    const int first = p->beta > WIDE_BETA;
    double error = INFINITY;
    ml_value t[2];

    v[0] = v[1] = (ml_value){.err = INFINITY};
    if (p->size < TINY_Z && tiny(t, p) && keep(v, &error, t))
        return;
    if ((p->size <= SMALL_Z || !reach)
        && series_complex(t, p->alpha, p->beta, z) && keep(v, &error, t))
        return;
    if ((p->size >= LARGE_Z || (!reach && p->size >= 2)) && far(t, p)
        && keep(v, &error, t))
        return;
    if (p->x < NEAR_LEFT && p->size < 0x1p26 && near_one(t, p)
        && keep(v, &error, t))
        return;
    if (reach && p->size >= 0x1p-400 && p->size <= 0x1p400) {
        for (int i = 0; i < ML_CONTOURS; i++)
            if (contour(t, p, i == 0 ? first : !first) && keep(v, &error, t))
                return;
    }
    if (p->size > SMALL_Z && reach && series_complex(t, p->alpha, p->beta, z))
        (void)keep(v, &error, t);
}

/* Where y is below 2^-240 |x|, a larger one takes its place: Re E does not change,
 * and Im E in proportion.                                       [mlfunc D64] */
void
ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                 const double z[2])
{
    const double ax = fabs(z[0]), least = ax * 0x1p-240;
    complex_place p = {alpha, beta, z[0], z[1], ax > z[1] ? ax : z[1]};
    int k = 0;

    if (z[1] < least) {
        k = complex_exponent(ax, 0) - 240 - complex_exponent(z[1], 0);
        p.y = double_ldexp(z[1], k);
    }
    choose(v, &p);
    v[1].exponent -= k;
}
