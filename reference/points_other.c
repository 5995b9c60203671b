/* reference/points_other.c - built-in points of the relaxation functions. */
#include <math.h>

#include "reference/impl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* t/tau, from where only the first term counts to where nothing is left. */
static const double ratios[] = {0,    0x1p-1074, 1e-300, 1e-8, 1e-3, 0.1, 0.5,
                                0.75, 1,         2,      5,    10,   30,  100};

static const double taus[] = {1, 9000, 0.1, 0x1p-40, 1e12, 3};

/* 10^k; 10^-k is 1 divided by it. */
static double
decade(int k)
{
    double x = 1;
    for (int i = 0; i < k || i < -k; i++) {
        x *= 10;
    }
    return k < 0 ? 1 / x : x;
}

/* ---------------------------------------------------------------------- kww */

/* t over 40 decades, as long as c (t/tau)^beta stays below 10^18. */
static void
kww_wide(mltab_builder *b)
{
    static const double betas[] = {0x1p-20,
                                   0.001,
                                   0.01,
                                   0.02,
                                   0.05,
                                   0.1,
                                   0.15,
                                   0.2,
                                   0.25,
                                   0.3,
                                   0x1.5555555555555p-2,
                                   0.4,
                                   0.45,
                                   0.5,
                                   0.55,
                                   0.6,
                                   0.65,
                                   0x1.5555555555555p-1,
                                   0.7,
                                   0.75,
                                   0.8,
                                   0.9,
                                   0.95,
                                   0.99,
                                   1,
                                   1.05,
                                   1.25,
                                   1.5,
                                   1.75,
                                   2,
                                   3,
                                   5,
                                   10};
    for (size_t i = 0; i < COUNT(betas); i++) {
        for (int k = -20; k <= 20; k++) {
            double tau = taus[(i + (size_t)(k + 20)) % COUNT(taus)];
            double c = k % 2 == 0 ? 1 : 2;
            if (k * betas[i] <= 17) {
                mltab_add(b, k < 0 ? "short" : "long",
                          (double[]){betas[i], tau, c, tau * decade(k)});
            }
        }
    }
}

/* beta beside 1/2, 1, 2; the exponent beside the ends of the doubles. */
static void
kww_special(mltab_builder *b)
{
    static const double ts[] = {0x1p-30, 0.3, 1, 3, 20};
    for (int k = 1; k <= 52; k++) {
        for (int side = -1; side <= 1; side += 2) {
            double e = side * ldexp(1, -k);
            double t = ts[(size_t)(k + (side > 0)) % COUNT(ts)];
            mltab_add(b, "near-1", (double[]){1 + e, 1, 1, t});
            mltab_add(b, "near-2", (double[]){2 + 2 * e, 9000, 2, 9000 * t});
            mltab_add(b, "near-half", (double[]){0.5 + e / 2, 0.1, 1, t});
        }
    }
    static const double betas[] = {0.1, 0.25, 0.3,  0.45, 0.5, 0.62, 0.75,
                                   0.9, 1,    1.25, 1.5,  1.9, 2,    3};
    static const double ends[] = {708.3,
                                  0x1.6232bdd7abcd2p+9,
                                  708.5,
                                  744.4,
                                  0x1.74385446d71c3p+9,
                                  745.2,
                                  1e4,
                                  1e9};
    for (size_t i = 0; i < COUNT(betas); i++) {
        for (size_t j = 0; j < COUNT(ends); j++) {
            double t = mltab_power(ends[j], 1 / betas[i]);
            mltab_add(b, "range", (double[]){betas[i], 1, 1, t});
            mltab_add(b, "range", (double[]){betas[i], 1, 1, mltab_step(t, 1)});
            mltab_add(b, "range",
                      (double[]){betas[i], 4, 2,
                                 4 * mltab_power(ends[j] / 2, 1 / betas[i])});
        }
    }
}

static void
drawn(mltab_builder *b, size_t n,
      void (*draw)(mltab_random *r, double *fields, bool complex))
{
    mltab_random r = {1970};
    for (size_t i = 0; i < n; i++) {
        double x[4];
        draw(&r, x, false);
        mltab_add(b, "random", x);
    }
}

/* kww(beta, tau, c, t) */
void
mltab_builtin_kww(mltab_builder *b)
{
    static const double betas[] = {0.05, 0.25, 0.45, 0.5, 0.62,
                                   0.99, 1,    1.5,  2};
    for (size_t i = 0; i < COUNT(betas); i++) {
        for (size_t j = 0; j < COUNT(ratios); j++) {
            double c = (i + j) % 2 == 0 ? 1 : 2;
            mltab_add(b, ratios[j] < 1e-2 ? "short" : "relaxation",
                      (double[]){betas[i], 1, c, ratios[j]});
        }
        mltab_add(b, "relaxation", (double[]){betas[i], 9000, 2, 1250});
        mltab_add(b, "relaxation", (double[]){betas[i], 0.1, 1, 0.3});
    }
    /* exp(-x) at the ends of the doubles: largest x with a normal, with a
     * subnormal result, the first that rounds to 0, and beyond. */
    static const double ends[] = {708.3, 708.5, 744.9, 745.2, 800, 1e6};
    for (size_t j = 0; j < COUNT(ends); j++) {
        mltab_add(b, "range", (double[]){1, 1, 1, ends[j]});
        mltab_add(b, "range", (double[]){1, 2, 2, ends[j]});
    }
    kww_wide(b);
    kww_special(b);
    drawn(b, 200, mltab_random_kww);
}

/* --------------------------------------------------- ml-relaxation, ml-siegert */

/* t over 40 decades, and to 10^+-300 where that leaves a power of t. */
static void
relaxation_wide(mltab_builder *b)
{
    static const double alphas[] = {
        0x1p-10, 0.001, 0.01, 0.02, 0.05, 0.1,  0.15, 0.2,  0.25, 0.3,  0.35,
        0.4,     0.45,  0.5,  0.55, 0.6,  0.65, 0.7,  0.75, 0.8,  0.85, 0.9,
        0.95,    0.99,  1,    1.05, 1.25, 1.5,  1.75, 1.9,  2};
    static const int far[] = {-300, -200, -100, -50, -30, 25, 30,
                              50,   100,  150,  200, 250, 290};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        for (int k = -20; k <= 20; k++) {
            double tau = taus[(i + (size_t)(k + 20)) % COUNT(taus)];
            if (k <= 17 || alphas[i] < 1) {
                mltab_add(b, k < 0 ? "short" : "long",
                          (double[]){alphas[i], tau, tau * decade(k)});
            }
        }
        for (size_t j = 0; j < COUNT(far) && alphas[i] < 1; j++) {
            mltab_add(b, "extreme", (double[]){alphas[i], 1, decade(far[j])});
        }
    }
}

static void
relaxation_near(mltab_builder *b)
{
    static const double ts[] = {0x1p-40, 0.5, 1, 7, 40, 1e3, 1e6, 1e10};
    for (int k = 1; k <= 52; k++) {
        for (int side = -1; side <= 1; side += 2) {
            double e = side * ldexp(1, -k);
            size_t m = (size_t)k + (side > 0);
            for (size_t j = 0; j < 2; j++) {
                double t = ts[(m + 4 * j) % COUNT(ts)];
                mltab_add(b, "near-1", (double[]){1 + e, 1, t});
                mltab_add(b, "near-2", (double[]){2 + 2 * e, 1, t});
                mltab_add(b, "near-half",
                          (double[]){0.5 + e / 2, 9000, 9000 * t});
            }
            mltab_add(b, "near-1", (double[]){1 + e, 1, 36.5});
        }
    }
}

/* x = (t/tau)^alpha where methods change. */
static void
relaxation_switch(mltab_builder *b)
{
    static const double xs[] = {0.9, 0.95, 1,  1.0625, 5,  10,
                                12,  15,   20, 50,     100};
    static const double alphas[] = {0.1,  0.25, 0.3,  0.45, 0.5, 0.6, 0.75,
                                    0.85, 0.9,  0.99, 1.2,  1.5, 1.8};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        for (size_t j = 0; j < COUNT(xs); j++) {
            double t = mltab_power(xs[j], 1 / alphas[i]);
            mltab_add(b, "switch", (double[]){alphas[i], 1, t});
        }
    }
}

/* ml-relaxation and ml-siegert(alpha, tau, t) */
void
mltab_builtin_relaxation(mltab_builder *b)
{
    static const double alphas[] = {0.05, 0.25, 0.45,       0.5, 0.62,
                                    0.75, 0.9,  0.99,       1,   1.3,
                                    1.75, 2,    1 - 0x1p-53};
    for (size_t i = 0; i < COUNT(alphas); i++) {
        const char *near = alphas[i] == 1 - 0x1p-53 ? "near-1" : NULL;
        for (size_t j = 0; j < COUNT(ratios); j++) {
            const char *region = near != NULL       ? near
                                 : ratios[j] < 1e-2 ? "short"
                                                    : "relaxation";
            mltab_add(b, region, (double[]){alphas[i], 1, ratios[j]});
        }
        mltab_add(b, near != NULL ? near : "long",
                  (double[]){alphas[i], 1, 1e4});
        mltab_add(b, near != NULL ? near : "long",
                  (double[]){alphas[i], 9000, 1e7});
    }
    relaxation_wide(b);
    relaxation_near(b);
    relaxation_switch(b);
    drawn(b, 200, mltab_random_relaxation);
}
