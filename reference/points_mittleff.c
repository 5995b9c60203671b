/* reference/points_mittleff.c - built-in points of E_{alpha,beta}(z).
 *
 * Every point is a product of literals and exact operations, or a correctly
 * rounded value of the ball library; no bit depends on a libm.  The regions
 * are described in README.md.
 */
#include "reference/impl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
add(mltab_builder *b, const char *region, double alpha, double beta, double re,
    double im)
{
    mltab_add(b, region, (double[]){alpha, beta, re, im});
}

/* alpha, and the largest z for which z^(1/alpha) is below about 10^4: beyond
 * it lie only numbers with thousands of digits before the point. */
static const struct {
    double alpha, zmax;
} alphas[] = {
    {0.02, 1.2}, {0.05, 1.58}, {0.1, 2.5},  {0.25, 10},  {0.3, 15},
    {0.45, 63},  {0.5, 100},   {0.6, 251},  {0.75, 1e3}, {0.9, 3.9e3},
    {0.99, 9e3}, {1, 1e4},     {1.25, 1e5}, {1.5, 1e6},  {1.75, 1e7},
    {1.9, 3e7},  {2, 1e8},     {2.5, 1e8},  {3, 1e8},    {4, 1e8},
    {5, 1e8},
};

/* beta number k for this alpha: 1 and alpha are what applications use. */
static double
beta_of(size_t k, double alpha)
{
    const double betas[] = {1, alpha, 2, 0.5, -0.5, 0, -1, 1 + alpha, 1.75};
    return betas[k % COUNT(betas)];
}
enum { NBETAS = 9 };

/* ------------------------------------------------------------ the real axis */

static void
real_axis(mltab_builder *b)
{
    static const double small[] = {0x1p-1074, 1e-8, 1e-5, 1e-3};
    static const double sizes[] = {0.01, 0.1, 0.5, 0.9, 1,   2,   5,  10,
                                   30,   1e2, 1e3, 1e4, 1e5, 1e6, 1e8};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        double alpha = alphas[i].alpha;
        for (size_t j = 0; j < COUNT(small); j++) {
            double sign = (i + j) % 2 == 0 ? 1 : -1;
            add(b, "origin", alpha, beta_of(i + j, alpha), sign * small[j], 0);
        }
        for (size_t j = 0; j < COUNT(sizes); j++) {
            add(b, "negative", alpha, beta_of(2 * i + j, alpha), -sizes[j], 0);
            if (sizes[j] <= alphas[i].zmax && (i + j) % 2 == 0) {
                add(b, "positive", alpha, beta_of(i + j / 2, alpha), sizes[j],
                    0);
            }
        }
        add(b, "positive", alpha, beta_of(i, alpha), alphas[i].zmax, 0);
    }
    /* the value at 0 is 1/Gamma(beta), 0 at the poles of Gamma */
    static const double betas[] = {1, 2, 3, 0.5, 0, -1, -2, -0.5, 25};
    for (size_t k = 0; k < COUNT(betas); k++) {
        add(b, "origin", 0.75, betas[k], 0, 0);
    }
}

/* beta = alpha, the kernel of fractional calculus: the leading term of the
 * asymptotic series vanishes, so that the result is small beside its parts. */
static void
kernel(mltab_builder *b)
{
    static const double zs[] = {-10, -100, -1e4, -1e6, -1e8};
    for (size_t i = 0; i < COUNT(alphas) && alphas[i].alpha < 2; i++) {
        for (size_t j = 0; j < COUNT(zs); j++) {
            add(b, "kernel", alphas[i].alpha, alphas[i].alpha, zs[j], 0);
        }
    }
}

/* beta at a pole of Gamma, or next to one. */
static void
poles(mltab_builder *b)
{
    static const double betas[] = {
        0, -1, -2, -3, 0x1p-60, -1 + 0x1p-53, -2 - 0x1p-51, -1 + 0x1p-30};
    static const double zs[] = {-1e-6, -0.5, -3, -50, -1e5, 1.5};
    static const double as[] = {0.25, 0.5, 0.8, 1, 1.5, 2};
    for (size_t i = 0; i < COUNT(betas); i++) {
        for (size_t j = 0; j < COUNT(zs); j++) {
            add(b, "pole", as[(i + j) % COUNT(as)], betas[i], zs[j], 0);
        }
    }
}

/* ----------------------------------------------------------------- the plane */

/* The doubles nearest to r exp(i pi t). */
static void
add_ray(mltab_builder *b, const char *region, double alpha, double beta,
        double r, double t)
{
    double z[2];
    mltab_ray(z, r, t);
    add(b, region, alpha, beta, z[0], z[1]);
}

/* |arg z| = pi alpha: the exponential term is smallest and is switched on or
 * off; |arg z| = pi alpha / 2: it has the modulus of its prefactor. */
static void
rays(mltab_builder *b)
{
    static const double as[] = {0.02, 0.1,  0.25, 0.3, 0.5,
                                0.6,  0.75, 0.9,  0.99};
    static const double more[] = {1, 1.25, 1.5, 1.75, 1.9};
    static const double rs[] = {0.5, 1, 3, 10, 50, 1e3, 1e6, 1e8};
    for (size_t i = 0; i < COUNT(as); i++) {
        for (size_t j = 0; j < COUNT(rs); j++) {
            double sign = j % 2 == 0 ? 1 : -1;
            double beta = beta_of(i + j, as[i]);
            add_ray(b, "stokes", as[i], beta, rs[j], sign * as[i]);
            /* |z|^(1/alpha) stays below 2^64 */
            if (as[i] >= 0.25 || rs[j] <= 50) {
                if (as[i] >= 0.1 || rs[j] <= 1) {
                    add_ray(b, "anti-stokes", as[i], beta, rs[j],
                            sign * as[i] / 2);
                }
            }
        }
    }
    for (size_t i = 0; i < COUNT(more); i++) {
        for (size_t j = 0; j < COUNT(rs); j++) {
            add_ray(b, "anti-stokes", more[i], beta_of(i + j, more[i]), rs[j],
                    more[i] / 2);
        }
    }
}

static void
plane(mltab_builder *b)
{
    /* exact directions; length near 1 */
    static const double dirs[][2] = {
        {0.6, 0.8},   {0.8, -0.6},   {0, 1},         {-0.6, 0.8},
        {-0.8, -0.6}, {-1, 0x1p-20}, {-1, -0x1p-40}, {1, 0x1p-20}};
    static const double rs[] = {1e-8, 0.01, 0.75, 1, 1.5, 4, 16, 256, 1e4, 1e8};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        for (size_t j = 0; j < COUNT(dirs); j++) {
            size_t k = (3 * i + 7 * j) % COUNT(rs);
            bool right = dirs[j][0] >= 0;
            if (right && rs[k] > alphas[i].zmax) {
                k = k % 4;
            }
            add(b, "plane", alphas[i].alpha, beta_of(i + j, alphas[i].alpha),
                rs[k] * dirs[j][0], rs[k] * dirs[j][1]);
        }
    }
}

/* ------------------------------------------------------------- special alpha */

static void
near_alpha(mltab_builder *b, const char *region, double center,
           const double (*zs)[2], size_t nzs)
{
    static const double steps[] = {0x1p-52, -0x1p-52, 0x1p-40, -0x1p-40,
                                   0x1p-26, -0x1p-26, 0x1p-13, -0x1p-13,
                                   0x1p-7,  -0x1p-7};
    for (size_t i = 0; i < COUNT(steps); i++) {
        double alpha = center + center * steps[i];
        for (size_t j = 0; j < nzs; j++) {
            size_t k = i + j;
            double beta = k % 3 == 0 ? alpha : k % 3 == 1 ? 2 : 1;
            add(b, region, alpha, beta, zs[j][0], zs[j][1]);
            if (i < 2) { /* next to the special value: always beta = 1 too */
                add(b, region, alpha, 1, zs[j][0], zs[j][1]);
            }
        }
    }
    add(b, region, center - center * 0x1p-53, 1, zs[0][0], zs[0][1]);
}

static void
special_alpha(mltab_builder *b)
{
    static const double at1[][2] = {{-40, 0},  {-1e3, 0}, {-1, 0},  {5, 0},
                                    {-1e6, 0}, {0, 30},   {-20, 20}};
    static const double at2[][2] = {{-40, 0}, {-1e3, 0}, {-1, 0},
                                    {50, 0},  {-1e6, 0}, {-3, 4}};
    static const double athalf[][2] = {{-5, 0}, {-40, 0}, {-1e4, 0},
                                       {3, 0},  {0, 6},   {-4, 4}};
    near_alpha(b, "near-1", 1, at1, COUNT(at1));
    near_alpha(b, "near-2", 2, at2, COUNT(at2));
    near_alpha(b, "near-half", 0.5, athalf, COUNT(athalf));
}

/* Where implementations change their method. */
static void
switches(mltab_builder *b)
{
    static const double as[] = {0.125, 0.3, 0.5, 0.7, 0.95, 1, 1.2, 1.6, 2, 3};
    static const double zs[] = {
        0.9,   0.95, 1 - 0x1p-53, 1,  1 + 0x1p-52, 1.05, 4.99, 5.01, 8.5,
        10.01, 15,   20,          27, 28,          49.9, 50.1, 99};
    for (size_t i = 0; i < COUNT(as); i++) {
        for (size_t j = i % 2; j < COUNT(zs); j += 2) {
            add(b, "switch", as[i], beta_of(j / 2, as[i]), -zs[j], 0);
        }
        add(b, "switch", as[i], 1, 0.95, 0);
        add(b, "switch", as[i], 1, 1.05, 0);
    }
    add(b, "switch", 0.125, 1, -1 + 1e-12, 0);
    add(b, "switch", 0.125, 1, -1, 0);
    add(b, "switch", 0.5, 1, -27, 0);
    add(b, "switch", 0.5, 1, -28, 0);
}

/* ------------------------------------------------- results hard for a double */

/* The doubles nearest to zeros: E_{1,1} has none; E_{1/2,1} has those of erfc,
 * E_{1,2}(2 pi i k) = 0, E_{2,1}(-x^2) = cos x, E_{2,2}(-x^2) = sin x / x. */
static void
zeros(mltab_builder *b)
{
    static const double list[][4] = {
#include "reference/zeros.inc"
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        add(b, "zeros", list[i][0], list[i][1], list[i][2], list[i][3]);
    }
}

/* Results next to, at and beyond the ends of the doubles; arguments at the
 * ends; huge and tiny 1/Gamma(beta). */
static void
range(mltab_builder *b)
{
    static const double list[][3] = {
        {1, 1, 709.78},
        {1, 1, 0x1.62e42fefa39efp+9}, /* the last whose exp is finite */
        {1, 1, 0x1.62e42fefa39fp+9},
        {1, 1, 710},
        {1, 1, -708.39},
        {1, 1, -708.4},
        {1, 1, -745.13},
        {1, 1, -745.14},
        {1, 1, -800},
        {1, 1, -1e5},
        {1, 1, 1e5},
        {0.5, 1, 26.628},
        {0.5, 1, 26.629},
        {0.5, 1, 26.7},
        {0.5, 0.5, 26.5},
        {0.25, 1, 5.16},
        {0.25, 1, 5.17},
        {0.75, 1, 137.5},
        {2, 1, 503000},
        {2, 1, 504600},
        {3, 2, 3.6e8},
        {0.9, 1, -1e300},
        {0.5, 1, -1e300},
        {0.3, 0.3, -1e200},
        {0.5, 0.5, -1e160},
        {0.7, 0.7, -1e154},
        {1.5, 1.5, -1e158},
        {0.6, 2, -1e308},
        {0.75, 0.75, -0x1.fffffffffffffp+1023},
        {1.25, 170.5, -2},
        {0.75, 171.7, 1},
        {0.75, 178, 0.5},
        {1, 200, -3},
        {0.5, -170.5, 0.25},
        {0.5, -171.5, 0.25},
        {0.9, -180.25, -0.5},
        {0.5, 0, 0x1p-1074},
        {0.5, 0, 1e-310},
        {0.75, 0, -0x1p-1073},
        {0.8, -1, 3e-308},
        {1, 0, -0x1p-1022},
        {2, 0, 0x1.8p-1074},
        {5, 0, 0x1p-1060},
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        add(b, "range", list[i][0], list[i][1], list[i][2], 0);
    }
    add(b, "range", 1, 1, 709.5, 1.5);
    add(b, "range", 1, 1, 710, 0.78539816339744828);
    add(b, "range", 1, 1, -744, 3);
    add(b, "range", 0.5, 1, 26.5, 0.5);
    add(b, "range", 0.5, 0, 0x1p-1074, 0x1p-1074);
    /* exponents of the result that are themselves near 10^30 and 10^300 */
    add(b, "range", 0.1, 1, 1000, 0);
    add(b, "range", 1, 1, -1e300, 0);
    add(b, "range", 0.01, 1, 1e3, 1);
}

void
mltab_builtin_mittleff(mltab_builder *b)
{
    real_axis(b);
    kernel(b);
    poles(b);
    rays(b);
    plane(b);
    special_alpha(b);
    switches(b);
    zeros(b);
    range(b);
    mltab_mittleff_axes(b);
    mltab_mittleff_rays(b);
    mltab_mittleff_hard(b);
}
