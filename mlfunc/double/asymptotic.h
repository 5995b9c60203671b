/* mlfunc/double/asymptotic.h - the asymptotic series, at most eight terms.
 *
 * For the files lanes_*.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_ASYMPTOTIC_H
#define MLFUNC_DOUBLE_ASYMPTOTIC_H

#include "mlfunc/double/impl.h"
#include "mlfunc/double/rgamma.h"
#include "mlfunc/double/series.h"

/*
 * asymptotic_real - the algebraic part of E_{alpha,beta}(x) for large |x|.
 *
 *     E = -sum_{1<=k<=n} x^-k / Gamma(beta - alpha k)
 *         + sum of rho_h, poles[0] <= h <= poles[1], + R
 *
 * Domain   alpha > 0, |x| >= 2, either sign.
 * Result   true, *v the first sum (method ML_BY_ASYMPTOTICS) and the poles that
 *          are to be added, none when poles[0] > poles[1]; v->err covers R.
 *          false, where v->err would exceed both 2^-65 |*v| and goal.
 *          arg x is 0 or pi, so poles[0] is -poles[1] for x > 0 and
 *          -1 - poles[1] for x < 0.
 * Error    |R| by A2, and rounding.                             [mlfunc D33]
 * Cost     one octet of gammas.
 */
LANE_CALL bool asymptotic_real(ml_value *v, int poles[2], double alpha,
                               double beta, double x, double goal);

/*
 * asymptotic_complex - the same for z[0] + i z[1]; v[0], v[1]: the two parts.
 *
 * turn is arg z / pi in [-1, 1], off by at most 2^-40.  Both parts have R as a
 * whole in their err; the larger is as accurate as said.
 */
LANE_CALL bool asymptotic_complex(ml_value v[2], int poles[2], double alpha,
                                  double beta, const double z[2], double turn,
                                  double goal);

/* -------------------------------------------------------------- the remainder */

/* x^n, n >= 0, for an upper bound: (1 + 2^-40) has room for the roundings. */
LANE_INLINE double
asymptotic_power(double x, int n)
{
    double p = 1;

    for (; n > 0; n >>= 1) {
        if (n & 1)
            p *= x;
        x *= x;
    }
    return p;
}

/* One of the two rays, at pi (16 + j)/16 from arg t = 0: 1/(|cos|^nu s) or
 * more, and the last pole inside, counted from this side. */
typedef struct {
    double cost;
    int last;
} asymptotic_ray;

/* offset: -turn or turn, known up to slack; nu <= above.        [mlfunc D33] */
LANE_INLINE asymptotic_ray
asymptotic_ray_at(int j, double alpha, double offset, double slack, int above)
{
    double y = alpha * ((16 + j) / 16.0) + offset;
    double v = __builtin_fabs(y - 2 * double_rint(y / 2));
    double secant = ml_secant_up[j < 0 ? -j : j], s;

    v = v - slack - (alpha + 1) * 0x1p-50;
    s = v < 0.5 ? v * (3 - 4 * v * v) : 1;
    if (!(v > 0x1p-20))
        return (asymptotic_ray){(double)INFINITY, 0};
    return (asymptotic_ray){(j ? asymptotic_power(secant, above) : 1) / s
                                * (1 + 0x1p-40),
                            (int)__builtin_ceil(y / 2) - 1};
}

/* The ray with the fewest poles inside whose cost is within the limit, or else
 * the cheapest; those that are good most often come first. */
LANE_INLINE asymptotic_ray
asymptotic_choose(double alpha, double offset, double slack, int above,
                  double limit)
{
    static const int order[] = {-3, -4, -2, -5, -1, -6, 2, 3, 1, 4, 5, 6};
    asymptotic_ray best = asymptotic_ray_at(0, alpha, offset, slack, above);
    int least = (int)__builtin_ceil((alpha * (10 / 16.0) + offset) / 2) - 1;

    if (best.cost <= 1 + 0x1p-30 && best.last <= least)
        return best;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        bool was = best.cost <= limit;

        if (was && best.last <= least)
            break;
        asymptotic_ray r =
            asymptotic_ray_at(order[i], alpha, offset, slack, above);
        bool good = r.cost <= limit;
        if (good != was ? good
            : good      ? r.last < best.last
                         || (r.last == best.last && r.cost < best.cost)
                   : r.cost < best.cost)
            best = r;
    }
    return best;
}

/* |R| in units of |z|^-1. */
typedef struct {
    double bound;
    int poles[2];
} asymptotic_rest;

/* n terms, small >= |z|^-n; turn up to slack; wanted: what |R| should not
 * exceed.                                                       [mlfunc D33] */
LANE_INLINE asymptotic_rest
asymptotic_remainder(double alpha, double beta, double small, int n,
                     double turn, double slack, double wanted)
{
    double a = alpha * (n + 1), nu = a - beta + 1;
    double size = (a + __builtin_fabs(beta) + 1) * 0x1p-50;
    int above;
    if (turn == 1 && alpha <= 0.5 && nu + size <= 1) /* [mlfunc D36] */
        return (asymptotic_rest){3 * small, {0, -1}};

    double gamma = gamma_up(&above, nu, size);
    /* (1/2 pi) Gamma(nu) |z|^-n */
    double base = 0x1.45f4p-3 * gamma * small;
    double limit = wanted / base;
    asymptotic_ray plus =
        asymptotic_choose(alpha, -turn, slack, above, limit / 2);
    asymptotic_ray minus = plus;

    if (turn == 1)
        minus.last = plus.last + 1;
    else if (turn != 0)
        minus = asymptotic_choose(alpha, turn, slack, above, limit / 2);
    return (asymptotic_rest){base * (plus.cost + minus.cost) * (1 + 0x1p-30),
                             {-minus.last, plus.last}};
}

/* The exponent of x as a number: 2^e <= |x| < 2^(e+1), x normal. */
LANE_INLINE int
double_exponent(double x)
{
    int64_t bits;

    memcpy(&bits, &x, sizeof bits);
    return (int)(bits >> 52 & 2047) - 1023;
}

/* How many terms: as few as make the bound small, or 8. */
LANE_INLINE int
asymptotic_terms(double alpha, double beta, double r)
{
    int bits = double_exponent(r);

    for (int n = 1; n < 8; n++) {
        double nu = alpha * (n + 1) - beta + 2;
        int at = nu > 1 ? nu < 170 ? (int)nu : 170 : 1;

        /* n - 1: the first term may vanish */
        if ((n - 1) * bits >= 78 + double_exponent(ml_gamma_up[at]) && nu > 1.5)
            return n;
    }
    return 8;
}

/* ------------------------------------------------------------------- the sum */

/* z = m 2^shift: an extreme z is scaled, and then leading zeros of the sum are
 * taken out, so that it does not underflow. */
LANE_INLINE int
asymptotic_shift(double r)
{
    return r >= 0x1p100 ? double_exponent(r) : 0;
}

/* Keeps the n terms of g, shifted by as many zeros as there are in front. */
LANE_INLINE int
asymptotic_pack(octet *g, int n, bool extreme)
{
    int zeros = 0;

    while (extreme && zeros < n - 1 && g->h[zeros] == 0)
        zeros++;
    for (int k = 0; k < 8; k++) {
        bool inside = k + zeros < n;

        g->h[k] = inside ? g->h[k + zeros] : 0;
        g->l[k] = inside ? g->l[k + zeros] : 0;
    }
    return zeros;
}

/* What the sum is multiplied by: m^-(zeros + 1) 2^exponent; and small for
 * asymptotic_remainder, |z|^-(n - zeros). */
typedef struct {
    int n, zeros, exponent;
    double small;
} asymptotic_frame;

LANE_INLINE asymptotic_frame
asymptotic_frame_of(octet *g, int n, double r, int shift)
{
    double inverse = 1 / (r < 0x1p120 ? r : 0x1p120) * (1 + 0x1p-50);
    asymptotic_frame f = {n, 0, 0, 0};

    if (n < 8 || shift)
        f.zeros = asymptotic_pack(g, n, shift != 0);
    f.exponent = -shift * (f.zeros + 1);
    f.small = asymptotic_power(inverse, n - f.zeros);
    return f;
}

/* What underflow may hide of the sum of an extreme z. */
LANE_INLINE double
asymptotic_lost(int shift)
{
    return shift ? 0x1p-330 : 0;
}

/* The sum of size `value`, known up to err in units of scale 2^exponent, whose
 * remainder is rest: good enough? */
LANE_INLINE bool
asymptotic_good(double err, double value, double scale, int exponent,
                double goal)
{
    return err <= 0x1p-65 * value
           || double_ldexp(err * scale, exponent) <= goal;
}

/* What the remainder may be. */
LANE_INLINE double
asymptotic_wanted(double value, double scale, int exponent, double goal)
{
    double most = exponent ? 0 : goal / (2 * scale);

    return 0x1p-68 * value > most ? 0x1p-68 * value : most;
}

LANE_INLINE bool
asymptotic_real_terms(ml_value *v, int poles[2], double alpha, double beta,
                      double x, double goal, int n)
{
    octet g, w, t;
    double r = __builtin_fabs(x), size, err;
    double eps = rgamma_some(&g, -alpha, beta, 1, n);
    int shift = asymptotic_shift(r);
    dd m = {double_ldexp(x, -shift), 0}, inverse = dd_div((dd){1, 0}, m);

    if (!(eps < 1 && r >= 2))
        return false;
    octet_powers(&w, dd_ldexp(inverse, -shift));
    asymptotic_frame f = asymptotic_frame_of(&g, n, r, shift);
    octet_mul(&t, &g, &w);
    dd s = octet_sum(&t, &size), scale = dd_neg(inverse);
    for (int i = 0; i < f.zeros; i++)
        scale = dd_mul(scale, inverse);
    double unit = __builtin_fabs(scale.h), value = __builtin_fabs(s.h);
    asymptotic_rest rest =
        asymptotic_remainder(alpha, beta, f.small, n, x > 0 ? 0 : 1, 0,
                             asymptotic_wanted(value, unit, f.exponent, goal));
    err = ((eps + 0x1p-97) * size + rest.bound + asymptotic_lost(shift))
          * (1 + 0x1p-40);
    s = dd_mul(s, scale);
    *v = (ml_value){.hi = s.h,
                    .lo = s.l,
                    .err = err * unit * (1 + 0x1p-50),
                    .exponent = f.exponent,
                    .method = ML_BY_ASYMPTOTICS};
    poles[0] = rest.poles[0];
    poles[1] = rest.poles[1];
    return asymptotic_good(err, value, unit, f.exponent, goal);
}

bool
asymptotic_real(ml_value *v, int poles[2], double alpha, double beta, double x,
                double goal)
{
    int n = asymptotic_terms(alpha, beta, __builtin_fabs(x));

    return asymptotic_real_terms(v, poles, alpha, beta, x, goal, n)
           || (n < 8
               && asymptotic_real_terms(v, poles, alpha, beta, x, goal, 8));
}

/* ------------------------------------------------------------------- complex */

/* z / |z|^2 conjugate; each part to 2^-100 of itself. */
LANE_INLINE dz
asymptotic_inverse(dz z)
{
    dd square = dd_add(dd_mul(z.re, z.re), dd_mul(z.im, z.im));

    return (dz){dd_div(z.re, square), dd_div(dd_neg(z.im), square)};
}

/* At most |z|, and at least half of it. */
LANE_INLINE double
asymptotic_modulus(const double z[2])
{
    double r = complex_modulus(z);

    return r < 0x1p500 ? r * (1 - 0x1p-40) : 0.5 * r;
}

LANE_INLINE bool
asymptotic_complex_terms(ml_value v[2], int poles[2], double alpha, double beta,
                         const double z[2], double turn, double goal, int n)
{
    octet g, t;
    complex_octet w;
    double r = asymptotic_modulus(z), unused;
    double eps = rgamma_some(&g, -alpha, beta, 1, n);
    int shift = asymptotic_shift(r);
    dz m = {{double_ldexp(z[0], -shift), 0}, {double_ldexp(z[1], -shift), 0}};
    dz inverse = asymptotic_inverse(m), s, scale;

    if (!(eps < 1 && r >= 2))
        return false;
    complex_octet_powers(
        &w, (dz){dd_ldexp(inverse.re, -shift), dd_ldexp(inverse.im, -shift)});
    asymptotic_frame f = asymptotic_frame_of(&g, n, r, shift);
    octet_mul(&t, &g, &w.re);
    s.re = octet_sum(&t, &unused);
    octet_mul(&t, &g, &w.im);
    s.im = octet_sum(&t, &unused);
    scale = (dz){dd_neg(inverse.re), dd_neg(inverse.im)};
    for (int i = 0; i < f.zeros; i++)
        scale = dz_mul(scale, inverse);
    double a[2] = {scale.re.h, scale.im.h}, b[2] = {s.re.h, s.im.h};
    double c[2] = {inverse.re.h, inverse.im.h};
    double unit = complex_modulus(a), value = complex_modulus(b);
    double small = (1 + 0x1p-40) / (r < 0x1p120 ? r : 0x1p120);
    series_sizes sizes = series_size(&g, small);
    asymptotic_rest rest =
        asymptotic_remainder(alpha, beta, f.small, n, turn, 0x1p-40,
                             asymptotic_wanted(value, unit, f.exponent, goal));
    double more = (rest.bound + asymptotic_lost(shift)) * (1 + 0x1p-30);
    double rounding = (eps + 0x1p-94) * sizes.sum * (1 + 0x1p-30);
    /* in the imaginary part in proportion to Im 1/z */
    double flat = (eps + 0x1p-94) * (1 + 0x1p-30)
                  * ((f.zeros + 1) * sizes.sum + small * sizes.slope)
                  * (__builtin_fabs(c[1]) / complex_modulus(c));

    s = dz_mul(s, scale);
    v[0] = (ml_value){.hi = s.re.h,
                      .lo = s.re.l,
                      .err = (rounding + more) * unit,
                      .exponent = f.exponent,
                      .method = ML_BY_ASYMPTOTICS};
    v[1] = (ml_value){.hi = s.im.h,
                      .lo = s.im.l,
                      .err = (flat + more) * unit,
                      .exponent = f.exponent,
                      .method = ML_BY_ASYMPTOTICS};
    poles[0] = rest.poles[0];
    poles[1] = rest.poles[1];
    return asymptotic_good(rounding + more, value, unit, f.exponent, goal);
}

bool
asymptotic_complex(ml_value v[2], int poles[2], double alpha, double beta,
                   const double z[2], double turn, double goal)
{
    int n = asymptotic_terms(alpha, beta, asymptotic_modulus(z));

    return asymptotic_complex_terms(v, poles, alpha, beta, z, turn, goal, n)
           || (n < 8
               && asymptotic_complex_terms(v, poles, alpha, beta, z, turn, goal,
                                           8));
}

#endif
