/* mlfunc/test/t-double_ends.c - parameters at the ends of their ranges: bounds of
 * derivatives hold for all beta, and all instruction sets give the same bits.
 */
#include <math.h>
#include <string.h>

#include "mlfunc/double/impl.h"
#include "validation/tap/tap.h"

/* ------------------------------------------------------------------- large beta */

/* E, from 0 on too small for doubles, must be within the bound. */
static void
hold(long *known, long *wrong, double alpha, double beta, double x, bool pairs)
{
    double value[8] = {0}, bound[4], condition[4], e, e_bound;
    ml_status s =
        pairs ? ml_mittleff_jet_dd(value, bound, condition, alpha, beta, 1, &x)
              : ml_mittleff_jet_d(value, bound, alpha, beta, 1, &x);
    ml_status t = ml_mittleff_bound_d(&e, &e_bound, alpha, beta, x);
    double low = pairs ? value[1] : 0;

    if (!(bound[0] < INFINITY && e_bound < INFINITY) || s == ML_DOMAIN
        || t == ML_DOMAIN)
        return;
    *known += 1;
    *wrong +=
        !(fabs((value[0] - e) + low) <= (bound[0] + e_bound) * (1 + 0x1p-40));
}

/* [mlfunc D51] [mlfunc D53]  t^(-beta) is out of the range of doubles at nodes. */
static void
large_beta(tap_random *r)
{
    static const double at[][3] = {
        {0x1p-25, 300, -0.9},  {5.66, 370.2, -1.28e7}, {4.17, 2528.5, 648642},
        {2.36, 162159.7, 145}, {3.59, 0x1p56, -0.676}, {5.29, 219.7, 3562},
        {3.67, 178.6, -1.9e6}, {1.5, -300, -7},        {0x1p-25, 0x1p56, -0.9}};
    long known = 0, wrong = 0;

    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        for (int pairs = 0; pairs < 2; pairs++)
            hold(&known, &wrong, at[i][0], at[i][1], at[i][2], pairs);
    for (long i = tap_effort(1500); i > 0; i--) {
        double alpha = i % 2 ? tap_random_range(r, 0.01, 6)
                             : tap_random_log(r, 0x1p-30, 64);
        double beta = tap_random_log(r, 40, i % 3 ? 4000 : 0x1p60);
        double x = tap_random_log(r, 0x1p-12, 0x1p28);

        hold(&known, &wrong, alpha, i % 5 ? beta : -beta, i % 4 < 2 ? x : -x,
             i % 7 == 0);
    }
    tap_ok(known > 100 && wrong == 0,
           "[mlfunc D51] [mlfunc D53] large beta: E is within the bound of the "
           "derivatives' value, %ld of %ld are not",
           wrong, known);
}

/* ---------------------------------------------------------------- the same bits */

static const char *const names[] = {"baseline", "avx2", "avx512"};

static bool
same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

static bool
same_values(const ml_value v[2], const ml_value w[2])
{
    bool is = true;

    for (int i = 0; i < 2; i++)
        is = is && same(v[i].hi, w[i].hi) && same(v[i].lo, w[i].lo)
             && same(v[i].err, w[i].err) && v[i].exponent == w[i].exponent;
    return is;
}

/* Where 1/alpha is no factor of an exact product, and where parts of z are so
 * small that what is left of products underflows; where parts of E are.
 *                                                               [mlfunc D16] */
static void
same_bits(tap_random *r)
{
    char first[16];
    long n = 0, differ = 0;

    strcpy(first, ml_cpu());
    for (long i = tap_effort(2000); i > 0; i--) {
        bool tiny = i % 2;
        double alpha = tap_random_log(r, 0x1p-1060, tiny ? 0x1p-201 : 0x1p-880);
        double beta = tap_random_range(r, -9, 9);
        double size = tiny ? tap_random_log(r, 0x1p-1070, 0x1p-880)
                           : tap_random_range(r, 0.01, 1);
        double z[2] = {i % 3 ? size : 0,
                       tiny ? tap_random_log(r, 0x1p-1070, 0x1p-880)
                            : tap_random_log(r, 0x1p-1020, 0x1p-80)};
        ml_value v[2], w[2];

        if (i % 5 == 0) {
            /* the real part is far below the imaginary one */
            alpha = tap_random_range(r, 0.02, 0.9);
            z[0] = 0;
            z[1] = tap_random_log(r, 0x1p880, 0x1p1020);
        }

        ml_kernels_baseline.mittleff_complex(v, alpha, beta, z);
        for (int k = 1; k < 3; k++) {
            if (ml_cpu_select(names[k]) != ML_OK)
                continue;
            ml_kernels_now()->mittleff_complex(w, alpha, beta, z);
            n++;
            differ += !same_values(v, w);
        }
    }
    ml_status s = ml_cpu_select(first);
    tap_ok(s == ML_OK && differ == 0,
           "[mlfunc D16] tiny alpha and z: the same bits, %ld of %ld differ",
           differ, n);
}

/* Derivatives where E is near the largest double, so that products of it would
 * pass 2^995, and where parts of E are near the smallest.       [mlfunc D57] */
static void
same_derivatives(tap_random *r)
{
    char first[16];
    long n = 0, differ = 0, large = 0;

    strcpy(first, ml_cpu());
    for (long i = tap_effort(2000); i > 0; i--) {
        double alpha = tap_random_range(r, 0.05, 4);
        double beta = tap_random_range(r, -6, 45);
        double x = i % 3 ? pow(tap_random_range(r, 640, 715), alpha)
                         : tap_random_log(r, 1e-300, 1e-250);
        double value[3][8], bound[3][4], condition[3][4];
        double single[3][4], off[3][4];
        ml_status s[3];

        for (int k = 0; k < 3; k++) {
            if (ml_cpu_select(names[k]) != ML_OK) {
                if (k == 0)
                    tap_bail("no baseline");
                continue;
            }
            s[k] = ml_mittleff_jet_dd(value[k], bound[k], condition[k], alpha,
                                      beta, 1, &x)
                       << 8
                   | ml_mittleff_jet_d(single[k], off[k], alpha, beta, 1, &x);
            large += fabs(single[k][0]) > 0x1p990;
            if (k == 0)
                continue;
            n++;
            differ += s[k] != s[0];
            for (int j = 0; j < 8; j++)
                differ += !same(value[k][j], value[0][j]);
            for (int j = 0; j < 4; j++)
                differ += !same(bound[k][j], bound[0][j])
                          || !same(condition[k][j], condition[0][j])
                          || !same(single[k][j], single[0][j])
                          || !same(off[k][j], off[0][j]);
        }
    }
    ml_status st = ml_cpu_select(first);
    tap_ok(st == ML_OK && differ == 0 && large > 50,
           "[mlfunc D57] derivatives at the ends: the same bits, %ld of %ld "
           "differ",
           differ, n);
}

/* [mlfunc D57]  Beyond 2^990 beta is no factor of an exact product. */
static void
beyond(void)
{
    static const double at[][3] = {{1, 0x1p999, 0x1p404},
                                   {0.4, -0x1p999, 1},
                                   {1.8, -0x1p997, -0x1p186},
                                   {0.5, 0x1p990, 2}};
    long bad = 0;

    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double value[4], bound[4];
        ml_status s =
            ml_mittleff_jet_d(value, bound, at[i][0], at[i][1], 1, &at[i][2]);

        for (int k = 0; k < 4; k++)
            bad += !isnan(value[k]) || !isinf(bound[k]);
        bad += s != ML_UNABLE;
    }
    tap_ok(bad == 0, "derivatives: nothing is known from |beta| = 2^990 on");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(4);
    large_beta(&r);
    same_bits(&r);
    same_derivatives(&r);
    beyond();
    return tap_done();
}
