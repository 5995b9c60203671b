/* mlfunc/double/complex_far.h - E at complex z far from 0, and next to it.
 *
 * The asymptotic series with its exponential terms; the first terms of the power
 * series where |z| is so small that nothing else matters.  README.md, D62.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_COMPLEX_FAR_H
#define MLFUNC_DOUBLE_COMPLEX_FAR_H

#include <math.h>

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/complex.h"
#include "mlfunc/double/complex_axis.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/rgamma.h"

/* ----------------------------------------------------------------------- tiny z */

/*
 * |z| < 2^-190: of each part the first term that is not 0.
 *
 * With |z| = 2^e r, r < 3, power is (z 2^-e)^k; terms after the k-th are at most
 * 2^47 |z|^(k+1) together for |beta| <= 16.                     [mlfunc D62]
 */
LANE_CALL bool
complex_tiny(ml_value v[2], const complex_place *p)
{
    int e = complex_exponent(p->x, p->y);
    double a = double_ldexp(p->x, -e), b = double_ldexp(p->y, -e);
    bool exact = a == 0 || fabs(a) == b; /* zero parts of powers are exact */
    bool have[2] = {false, false};
    dz power = {{1, 0}, {0, 0}};
    octet g;
    double size = 1, rel;

    if (!(fabs(p->beta) <= 16 && p->size < 0x1p-190))
        return false;
    rel = rgamma_octet(&g, p->alpha, p->beta, 0);
    if (!(rel < 0x1p-60))
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
LANE_CALL double
complex_modulus_of_t(const complex_place *p)
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
LANE_CALL bool
complex_exponentials(complex_value *sum, const complex_place *p, int first,
                     int last, double angle)
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
        term.err[1] *=
            complex_axis_angle(angle, complex_modulus_of_t(p), p->beta, 0);
    complex_add(sum, term);
    return true;
}

/* The largest exponential, next to the positive axis, or 0 if none grows. */
LANE_CALL double
complex_growth(const complex_place *p, double arg)
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
LANE_CALL bool
complex_algebraic(ml_value a[2], int poles[2], const complex_place *p,
                  double turn, double goal)
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
LANE_CALL bool
complex_far(ml_value v[2], const complex_place *p)
{
    int k = -complex_exponent(p->x, p->y), poles[2];
    dd arg = dd_arg(double_ldexp(p->x, k), double_ldexp(p->y, k));
    double goal = 0x1p-70 * complex_growth(p, arg.h);
    complex_value sum, im;
    ml_value a[2];

    if (!complex_algebraic(a, poles, p, arg.h / DD_PI.h, goal))
        return false;
    sum = (complex_value){
        {{a[0].hi, a[0].lo}, {0, 0}}, {a[0].err, 0}, a[0].exponent};
    im = (complex_value){
        {{0, 0}, {a[1].hi, a[1].lo}}, {0, a[1].err}, a[1].exponent};
    complex_add(&sum, im);
    if (!complex_exponentials(&sum, p, poles[0], poles[1], arg.h / p->alpha))
        return false;
    complex_store(v, &sum, ML_BY_ASYMPTOTICS);
    return true;
}

#endif
