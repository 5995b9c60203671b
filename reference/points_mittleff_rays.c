/* reference/points_mittleff_rays.c - where something changes.
 *
 * Rays on which a term is switched on, or neither grows nor decays; values of
 * alpha beside 1/2, 1, 2; moduli at which algorithms change their method.
 * README.md says whose.
 */
#include <math.h>

#include "reference/impl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
add(mltab_builder *b, const char *region, double alpha, double beta, double re,
    double im)
{
    mltab_add(b, region, (double[]){alpha, beta, re, im});
}

static double
beta_of(size_t k, double alpha)
{
    const double betas[] = {1,    alpha, 2,         0.5, -0.5, 0,
                            -1.0, 1.75,  1 + alpha, 3,   -2.5};
    return betas[k % COUNT(betas)];
}

/* z^(1/alpha) = 10^4, at most 10^9. */
static double
largest(double alpha)
{
    return alpha >= 2.25 ? 1e9 : mltab_power(1e4, alpha);
}

/* --------------------------------------------------------------------- rays */

/* Distances from the ray, in units of pi. */
static const double aside[] = {0,        0x1p-50,  0x1p-40,  0x1p-30,  0x1p-20,
                               0x1p-12,  0x1p-7,   0x1p-4,   -0x1p-50, -0x1p-40,
                               -0x1p-30, -0x1p-20, -0x1p-12, -0x1p-7,  -0x1p-4};

/* The points of modulus r at turn t and beside it; the double next to the ray
 * on either side, too. */
static void
around_ray(mltab_builder *b, const char *region, size_t k, double alpha,
           double r, double t)
{
    for (size_t i = k % 3; i < COUNT(aside); i += 3) {
        double u = t + aside[i];
        if (u <= 0 || u > 1) {
            continue;
        }
        double z[2], sign = (i + k) % 2 == 0 ? 1 : -1;
        mltab_ray(z, r, u);
        add(b, region, alpha, beta_of(i + k, alpha), z[0], sign * z[1]);
    }
    double z[2];
    mltab_ray(z, r, t);
    double beta = beta_of(k, alpha);
    add(b, region, alpha, beta, z[0], z[1]);
    add(b, region, alpha, beta, z[0], mltab_step(z[1], 1));
    add(b, region, alpha, beta, z[0], -mltab_step(z[1], -1));
}

static const double radii[] = {0.3, 0.9, 1.1, 2,   4,   7,   12,  16,  25,  40,
                               80,  150, 400, 2e3, 1e4, 1e5, 1e7, 1e9, 1e12};

static void
rays(mltab_builder *b)
{
    static const double as[] = {0.02, 0.05, 0.125, 0.2,  0.35, 0.45, 0.5, 0.55,
                                0.65, 0.7,  0.8,   0.85, 0.95, 0.98, 1,   1.1,
                                1.3,  1.4,  1.6,   1.7,  1.8,  1.95};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        for (size_t m = 0; m < 9; m++) {
            double r = radii[(2 * i + 5 * m) % COUNT(radii)];
            /* |z|^(1/alpha) below 2^50 */
            double top = a >= 1 ? 1e12 : mltab_power(0x1p50, a);
            if (a < 1) {
                around_ray(b, "stokes", i + m, a, r, a);
            }
            around_ray(b, "anti-stokes", i + m, a, r <= top ? r : top / 4,
                       a / 2);
        }
    }
}

/* The poles s^alpha = z of the Laplace transform: one more comes in at
 * |arg z| = pi |2k - alpha|; and Garrappa's contours pass a pole on the other
 * side where phi = |s| cos^2(arg s / 2) crosses ln(1e-15) - ln(2^-52). */
static void
contours(mltab_builder *b)
{
    static const double as[] = {1.125, 1.25, 1.4, 1.5, 1.6,  1.75, 1.9,
                                2.1,   2.3,  2.5, 2.8, 3.2,  3.5,  3.9,
                                4.25,  5.5,  0.3, 0.5, 0.75, 0.9,  0.99};
    static const double phi[] = {0x1p-40, 0.01, 0.5, 1.5058, 1.51,
                                 5,       20,   36,  70,     300};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        for (int k = 1; k <= 3; k++) {
            double t = fabs(2 * k - a);
            for (size_t m = 0; m < 4 && t > 0 && t < 1; m++) {
                double r = radii[(i + 4 * m) % (COUNT(radii) - 6)];
                double top = largest(a);
                around_ray(b, "contour", i + m, a, r < top ? r : top / 3, t);
            }
        }
        for (size_t m = 0; m < COUNT(phi); m++) {
            /* real z > 0: the pole is at z^(1/alpha) */
            double z = mltab_power(phi[m], a);
            add(b, "contour", a, beta_of(i + m, a), z, 0);
            add(b, "contour", a, beta_of(i + m, a), mltab_step(z, 1), 0);
            add(b, "contour", a, beta_of(i + m, a), -z, 0);
            /* arg s = pi/4 and pi/2: off the real axis */
            static const double cos2[] = {0x1.b504f333f9de6p-1, 0.5};
            double w[2];
            size_t q = m % 2;
            mltab_ray(w, mltab_power(phi[m] / cos2[q], a),
                      a * (q == 0 ? 0.25 : 0.5));
            add(b, "contour", a, beta_of(i + m + 1, a), w[0], w[1]);
        }
    }
}

/* ----------------------------------------------------- alpha beside 1/2, 1, 2 */

static void
near_alpha(mltab_builder *b, const char *region, double center,
           const double (*zs)[2], size_t nzs)
{
    for (int k = 1; k <= 52; k++) {
        for (int side = -1; side <= 1; side += 2) {
            double alpha = center + side * center * ldexp(1, -k);
            for (size_t j = (size_t)(k + (side > 0)) % 2; j < nzs; j += 2) {
                const double *z = zs[j];
                size_t n = j / 2 + (size_t)k;
                double beta = n % 4 == 0   ? alpha
                              : n % 4 == 1 ? 2
                              : n % 4 == 2 ? center
                                           : beta_of(n / 4, alpha);
                add(b, region, alpha, beta, z[0], z[1]);
                add(b, region, alpha, 1, z[0], z[1]);
            }
        }
    }
    for (size_t j = 0; j < nzs; j++) {
        add(b, region, center, 1, zs[j][0], zs[j][1]);
        add(b, region, center, center, zs[j][0], zs[j][1]);
        add(b, region, mltab_step(center, -1), 1, zs[j][0], zs[j][1]);
        add(b, region, mltab_step(center, 1), 1, zs[j][0], zs[j][1]);
    }
}

static void
special_alpha(mltab_builder *b)
{
    static const double at1[][2] = {
        {-0.9, 0}, {-7, 0}, {-25, 0}, {-36.5, 0},     {-80, 0}, {-400, 0},
        {-1e5, 0}, {2, 0},  {20, 0},  {-30, 0x1p-40}, {-3, 9},  {0, -60}};
    static const double at2[][2] = {
        {-0.5, 0}, {-9, 0}, {-25, 0}, {-90, 0},       {-700, 0}, {-5e4, 0},
        {-1e8, 0}, {4, 0},  {300, 0}, {-90, 0x1p-40}, {0, 60},   {-40, 5}};
    static const double at5[][2] = {
        {-0.7, 0},  {-3, 0},  {-10, 0}, {-26.6, 0},    {-200, 0}, {-1e6, 0},
        {-1e12, 0}, {1.5, 0}, {5, 0},   {-8, 0x1p-40}, {0, -9},   {-3, 3}};
    near_alpha(b, "near-1", 1, at1, COUNT(at1));
    near_alpha(b, "near-2", 2, at2, COUNT(at2));
    near_alpha(b, "near-half", 0.5, at5, COUNT(at5));
}

/* ----------------------------------------------------------- the unit circle */

static void
unit_circle(mltab_builder *b)
{
    static const double as[] = {0.02, 0.05, 0.0625, 0.1, 0.125, 0.2, 0.25, 0.3,
                                0.4,  0.5,  0.6,    0.7, 0.75,  0.8, 0.9,  0.95,
                                1,    1.1,  1.25,   1.5, 1.75,  2,   2.5,  3};
    static const double offs[] = {0,        0x1p-52, -0x1p-53, 0x1p-45,
                                  -0x1p-45, 0x1p-35, -0x1p-35, 0x1p-25,
                                  -0x1p-25, 0x1p-15, -0x1p-15, 0x1p-8,
                                  -0x1p-8,  0x1p-4,  -0x1p-4,  1e-12};
    static const double turns[] = {0.05, 0.2, 0.35, 0.5,
                                   0.65, 0.8, 0.95, 0.999};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        for (size_t j = 0; j < COUNT(offs); j++) {
            double r = 1 + offs[j], z[2];
            add(b, "unit", a, beta_of(i + j, a), -r, 0);
            if (j % 2 == i % 2) {
                add(b, "unit", a, beta_of(2 * i + j, a), r, 0);
            }
            mltab_ray(z, r, turns[(i + j) % COUNT(turns)]);
            add(b, "unit", a, beta_of(i + 3 * j, a), z[0],
                j % 2 == 0 ? z[1] : -z[1]);
        }
    }
}

/* ------------------------------------------------------ changes of the method */

/* r and its neighbours, on the negative axis, on the positive one where the
 * result stays moderate, and at another angle. */
static void
at_radius(mltab_builder *b, size_t k, double a, double r)
{
    double beta = beta_of(k, a), z[2];
    add(b, "switch", a, beta, -mltab_step(r, -1), 0);
    add(b, "switch", a, beta, -r, 0);
    add(b, "switch", a, beta, -mltab_step(r, 1), 0);
    add(b, "switch", a, 1, -r * (1 + 0x1p-10), 0);
    if (r <= largest(a) && k % 2 == 0) {
        add(b, "switch", a, beta, r, 0);
        add(b, "switch", a, beta, mltab_step(r, -1), 0);
    }
    if (k % 3 == 0) {
        mltab_ray(z, r, 0.5 + a / 4 < 0.9 ? 0.5 + a / 4 : 0.9);
        add(b, "switch", a, beta, z[0], z[1]);
    }
}

/* Gorenflo, Loutchko and Luchko: 0.9 (codes: 0.95), floor(10 + 5 alpha), of
 * z^(1/2) for alpha > 1.  Seybold and Hilfer: 0.95, (-2 ln eps)^alpha.  Podlubny:
 * 1, 50.  Others: where the series needs k terms, |z|^(1/alpha) = k. */
static void
switches(mltab_builder *b)
{
    static const double as[] = {0.05, 0.1,  0.2,  0.25, 0.4, 0.45, 0.5,
                                0.55, 0.6,  0.65, 0.75, 0.8, 0.85, 0.9,
                                0.99, 1,    1.05, 1.25, 1.4, 1.5,  1.75,
                                1.8,  1.95, 2,    2.5,  4};
    static const double terms[] = {5,  8,  12,     20,     27.631,
                                   35, 50, 55.262, 69.078, 100};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        double half = a > 1 ? a / 2 : a;
        double gll = floor(10 + 5 * half);
        double small[] = {0.9, 0.95, 0.99, gll, 50};
        for (size_t j = 0; j < COUNT(small); j++) {
            double r = a > 1 && j < 4 ? small[j] * small[j] : small[j];
            at_radius(b, i + j, a, r);
        }
        for (size_t j = i % 2; j < COUNT(terms); j += 2) {
            at_radius(b, i + j / 2, a, mltab_power(terms[j], a));
        }
    }
}

void
mltab_mittleff_rays(mltab_builder *b)
{
    rays(b);
    contours(b);
    special_alpha(b);
    unit_circle(b);
    switches(b);
}
