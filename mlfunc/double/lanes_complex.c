/* mlfunc/double/lanes_complex.c - E_{alpha,beta}(z) for complex z.
 *
 * Im z > 0; a conjugate z is the caller's.  Power series, asymptotic series with
 * exponential terms, or a contour with its poles.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/complex.h"
#include "mlfunc/double/complex_axis.h"
#include "mlfunc/double/complex_far.h"
#include "mlfunc/double/complex_near_one.h"
#include "mlfunc/double/complex_nodes.h"
#include "mlfunc/double/complex_plan.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/truncation.h"

void ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                      const double z[2]);

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

    if (!ml_node_powers_of(&powers, c, false, p->alpha, p->beta)
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

/* The power series.  Not where a part is so small that its low part has
 * underflowed; what underflow may have left of a low part is not the same with
 * and without an FMA, and is left out.                          [mlfunc D16] */
static bool
try_series(ml_value v[2], const complex_place *p)
{
    const double z[2] = {p->x, p->y};

    if (!series_complex(v, p->alpha, p->beta, z))
        return false;
    for (int i = 0; i < 2; i++) {
        if (fabs(v[i].hi) <= 0x1p-700)
            return false;
        if (fabs(v[i].lo) < 0x1p-900) {
            v[i].lo = 0;
            v[i].err = (v[i].err + 0x1p-900) * (1 + 0x1p-50);
        }
    }
    return true;
}

/* -------------------------------------------------------------------- the choice */

static void
choose(ml_value v[2], const complex_place *p)
{
    const bool reach = p->alpha <= MOST_ALPHA && fabs(p->beta) <= MOST_BETA;
    const int first = p->beta > WIDE_BETA;
    double error = INFINITY;
    ml_value t[2];

    v[0] = v[1] = (ml_value){.err = INFINITY};
    if (p->size < SMALL_Z && complex_tiny(t, p) && keep(v, &error, t))
        return;
    if ((p->size <= SMALL_Z || !reach) && try_series(t, p)
        && keep(v, &error, t))
        return;
    if ((p->size >= LARGE_Z || (!reach && p->size >= 2)) && complex_far(t, p)
        && keep(v, &error, t))
        return;
    if (p->x < NEAR_LEFT && complex_next_to_one(t, p) && keep(v, &error, t))
        return;
    if (reach && p->size >= 0x1p-400 && p->size <= 0x1p400) {
        for (int i = 0; i < ML_CONTOURS; i++)
            if (contour(t, p, i == 0 ? first : !first) && keep(v, &error, t))
                return;
    }
    if (p->size > SMALL_Z && reach && try_series(t, p))
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
    lane_done();
}
