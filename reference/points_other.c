/* reference/points_other.c - built-in points of the relaxation functions. */
#include "reference/impl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* t/tau, from where only the first term counts to where nothing is left. */
static const double ratios[] = {0,    0x1p-1074, 1e-300, 1e-8, 1e-3, 0.1, 0.5,
                                0.75, 1,         2,      5,    10,   30,  100};

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
}
