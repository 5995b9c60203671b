/* reference/points_mittleff_axes.c - families over grids of alpha and z.
 *
 * The real axis, the kernel, poles of Gamma, the plane, tiny and large alpha,
 * and the ends of |z|.
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

static const double alphas[] = {
    0.03, 0.0625, 0.08, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4,  0.45, 0.5,
    0.55, 0.6,    0.65, 0.7,   0.75, 0.8, 0.85, 0.9, 0.95, 0.97, 0.99, 1,
    1.01, 1.05,   1.1,  1.2,   1.25, 1.3, 1.4,  1.5, 1.6,  1.7,  1.8,  1.9,
    1.95, 1.99,   2,    2.05,  2.2,  2.5, 2.75, 3,   3.5,  4};

static double
beta_of(size_t k, double alpha)
{
    const double betas[] = {1,  alpha,     2,    0.5,  alpha / 2, -0.5, 0,
                            -1, 1 + alpha, 1.75, -1.5, 3.25,      -2};
    return betas[k % COUNT(betas)];
}

/* z^(1/alpha) = 10^4, at most 10^9. */
static double
largest(double alpha)
{
    return alpha >= 2.25 ? 1e9 : mltab_power(1e4, alpha);
}

/* ------------------------------------------------------------ the real axis */

static void
origin(mltab_builder *b)
{
    static const double sizes[] = {0x1p-1074, 0x1.8p-1040, 1e-300, 1e-200,
                                   1e-100,    1e-40,       1e-20,  0x1p-53,
                                   1e-12,     1e-10,       1e-6,   1e-4};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        for (size_t j = i % 2; j < COUNT(sizes); j += 2) {
            double a = alphas[i], beta = beta_of(i + j / 2, a);
            add(b, "origin", a, beta, j % 4 < 2 ? -sizes[j] : sizes[j], 0);
            add(b, "origin", a, beta_of(3 * i + j, a), 0.6 * sizes[j],
                j % 4 < 2 ? 0.8 * sizes[j] : -0.8 * sizes[j]);
        }
    }
}

static void
real_axis(mltab_builder *b)
{
    static const double sizes[] = {0.003, 0.03, 0.2, 0.3, 0.7,  1.25, 1.5, 3,
                                   4,     6,    7,   8,   9,    12,   17,  22,
                                   40,    60,   200, 500, 2e3,  5e3,  3e4, 3e5,
                                   3e6,   1e7,  3e7, 1e9, 1e10, 1e12};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        double a = alphas[i], top = largest(a);
        for (size_t j = 0; j < COUNT(sizes); j++) {
            add(b, "negative", a, beta_of(i + j, a), -sizes[j], 0);
            if (sizes[j] <= top && (i + j) % 2 == 0) {
                add(b, "positive", a, beta_of(i + j / 2, a), sizes[j], 0);
            }
        }
        /* e^(z^(1/alpha)) of some size, whatever alpha is */
        static const double growth[] = {0.5, 2, 5, 15, 50, 150, 500, 2e3};
        for (size_t j = 0; j < COUNT(growth); j++) {
            double z = mltab_power(growth[j], a);
            add(b, "positive", a, beta_of(i + 2 * j, a), z, 0);
        }
    }
}

/* beta = alpha: with the leading term gone, the next counts. */
static void
kernel(mltab_builder *b)
{
    static const double zs[] = {-0.5, -2,   -5,   -20,   -50,   -1e3,
                                -1e5, -1e7, -1e9, -1e12, -1e15, -1e20};
    for (size_t i = 0; i < COUNT(alphas) && alphas[i] < 2; i++) {
        double a = alphas[i];
        for (size_t j = 0; j < COUNT(zs); j++) {
            add(b, "kernel", a, a, zs[j], 0);
            if ((i + j) % 3 == 0) { /* beta = 2 alpha: two terms are gone */
                add(b, "kernel", a, 2 * a, zs[j], 0);
            }
            if ((i + j) % 4 == 0) {
                add(b, "kernel", a, a, 0.8 * zs[j],
                    j % 2 == 0 ? 0.6 * zs[j] : -0.6 * zs[j]);
            }
        }
    }
}

/* beta = -n and -n +- 2^-k. */
static void
poles(mltab_builder *b)
{
    static const double centers[] = {0, -1, -2, -3, -4, -7, -10, -20};
    static const int ks[] = {1, 3, 7, 13, 20, 27, 35, 42, 48};
    static const double zs[] = {-1e-9, -0.01, -0.5, -1,  -4,
                                -15,   -1e3,  -1e6, 0.5, 2};
    static const double as[] = {0.1, 0.25, 0.5, 0.6, 0.8, 1,
                                1.2, 1.5,  1.9, 2,   2.5};
    for (size_t i = 0; i < COUNT(centers); i++) {
        double c = centers[i];
        for (size_t j = 0; j < COUNT(zs); j++) {
            add(b, "pole", as[(i + j) % COUNT(as)], c, zs[j], 0);
            add(b, "pole", as[(2 * i + 3 * j) % COUNT(as)], c, 0.6 * zs[j],
                0.8 * zs[j]);
        }
        for (size_t k = 0; k < COUNT(ks); k++) {
            double step = ldexp(1, -ks[k]);
            for (size_t j = k % 2; j < COUNT(zs); j += 2) {
                double a = as[(i + j + k) % COUNT(as)];
                add(b, "pole", a, j % 4 < 2 ? c + step : c - step, zs[j], 0);
            }
        }
        /* next to it */
        add(b, "pole", as[i], c == 0 ? 0x1p-1022 : mltab_step(c, 1), -2, 0);
        add(b, "pole", as[i], c == 0 ? -0x1p-1022 : mltab_step(c, -1), -2, 0);
        add(b, "pole", as[i], c == 0 ? 0x1p-1022 : mltab_step(c, 1), -2e4, 0);
        add(b, "pole", as[i], c == 0 ? 0x1p-100 : mltab_step(c, -1), 0, 0);
    }
}

/* ----------------------------------------------------------------- the plane */

/* Pythagorean directions, |turn| in units of pi (which only steers). */
static const struct {
    double re, im, turn;
} dirs[] = {
    {1, 0x1p-30, 0},      {0.96, 0.28, 0.09},      {0.8, 0.6, 0.205},
    {0.6, -0.8, 0.295},   {0.28, 0.96, 0.41},      {0, 1, 0.5},
    {-0.28, -0.96, 0.59}, {-0.6, 0.8, 0.705},      {-0.8, 0.6, 0.795},
    {-0.96, 0.28, 0.91},  {-0.9984, 0.0563, 0.98}, {-1, 0x1p-10, 1},
    {-1, -0x1p-26, 1},    {-1, 0x1p-52, 1},        {0, -1, 0.5},
    {-0.96, -0.28, 0.91},
};

static void
plane(mltab_builder *b)
{
    static const double rs[] = {1e-5, 0.1, 0.5, 0.875, 1.25, 2,   3,   5,
                                7,    10,  14,  20,    30,   50,  100, 300,
                                1e3,  3e3, 1e4, 1e5,   1e6,  1e7, 1e9, 1e12};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        double a = alphas[i], top = largest(a);
        for (size_t j = 0; j < COUNT(dirs); j++) {
            for (size_t m = 0; m < 3; m++) {
                double r = rs[(5 * i + 7 * j + 8 * m) % COUNT(rs)];
                if (dirs[j].turn <= a / 2 && r > top) {
                    r = top / 4;
                }
                add(b, "plane", a, beta_of(i + j + 4 * m, a), r * dirs[j].re,
                    r * dirs[j].im);
            }
        }
    }
}

/* --------------------------------------------------- tiny alpha, large alpha */

/* E is near 1/(Gamma(beta) (1 - z)) inside the unit circle; outside, the
 * exponential of z^(1/alpha) is there or not. */
static void
tiny_alpha(mltab_builder *b)
{
    static const double as[] = {0x1p-30, 0x1p-20, 0x1p-14, 1e-4, 0x1p-10,
                                1e-3,    0x1p-8,  0x1p-7,  0.01, 0.015625};
    static const double zs[] = {-1e-8, -0.1, -0.5, -0.9, -0.99, -1,   -1.01,
                                -1.1,  -2,   -5,   -10,  -100,  -1e4, -1e8};
    static const double in[] = {1e-8, 0.1, 0.5, 0.9, 0.99, 0.999, 1};
    static const double growth[] = {0.5, 2, 10, 100, 700};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        for (size_t j = 0; j < COUNT(zs); j++) {
            add(b, "tiny-alpha", a, 1, zs[j], 0);
            add(b, "tiny-alpha", a, beta_of(i + j + 1, a), zs[j], 0);
            add(b, "tiny-alpha", a, beta_of(2 * i + j, a), 0.28 * zs[j],
                0.96 * zs[j]);
        }
        for (size_t j = 0; j < COUNT(in); j++) {
            add(b, "tiny-alpha", a, beta_of(i + j, a), in[j], 0);
        }
        for (size_t j = 0; j < COUNT(growth); j++) {
            double z = mltab_power(growth[j], a);
            add(b, "tiny-alpha", a, 1, z, 0);
            add(b, "tiny-alpha", a, beta_of(i + j, a), z, 0);
        }
    }
}

/* z^(1/alpha) stays small: many exponentials, none of them far ahead. */
static void
large_alpha(mltab_builder *b)
{
    static const double as[] = {4.5, 5,  6,    7.25, 8,  10,  12.5, 16,
                                20,  25, 33.3, 50,   64, 100, 170,  200};
    static const double sizes[] = {1e-8, 0.5,   1,     30,    1e3,  1e5,
                                   1e8,  1e11,  1e15,  1e20,  1e30, 1e50,
                                   1e80, 1e120, 1e180, 1e250, 1e300};
    for (size_t i = 0; i < COUNT(as); i++) {
        double a = as[i];
        /* |z|^(1/alpha) is at most 10^4 */
        double top = a >= 77 ? 1e308 : mltab_power(1e4, a);
        for (size_t j = 0; j < COUNT(sizes) && sizes[j] <= top; j++) {
            double z = sizes[j];
            add(b, "large-alpha", a, beta_of(i + j, a), -z, 0);
            add(b, "large-alpha", a, 1, -z, 0);
            add(b, "large-alpha", a, beta_of(2 * i + j, a), z, 0);
            add(b, "large-alpha", a, beta_of(i + 2 * j, a),
                j % 2 == 0 ? -0.6 * z : 0.28 * z,
                i % 2 == 0 ? 0.8 * z : -0.96 * z);
        }
    }
}

/* ------------------------------------------------------- the ends of |z| */

static void
extreme(mltab_builder *b)
{
    static const double sizes[] = {1e-300, 1e-250, 1e-150, 1e-70, 1e-30, 1e15,
                                   1e18,   1e25,   1e35,   1e50,  1e75,  1e100,
                                   1e150,  1e154,  1e200,  1e250, 1e300};
    for (size_t i = 0; i < COUNT(alphas) && alphas[i] < 2; i++) {
        double a = alphas[i];
        for (size_t j = i % 2; j < COUNT(sizes); j += 2) {
            double z = sizes[j];
            add(b, "extreme", a, beta_of(i + j / 2, a), -z, 0);
            if (z < 1) {
                add(b, "extreme", a, beta_of(i + j, a), z, 0);
            }
            /* turn 0.91: off the growth for alpha below 1.8 */
            if (a < 1.75 && (i + j / 2) % 2 == 0) {
                add(b, "extreme", a, beta_of(i + j, a), -0.96 * z,
                    j % 4 < 2 ? 0.28 * z : -0.28 * z);
            }
        }
    }
}

void
mltab_mittleff_axes(mltab_builder *b)
{
    origin(b);
    real_axis(b);
    kernel(b);
    poles(b);
    plane(b);
    tiny_alpha(b);
    large_alpha(b);
    extreme(b);
}
