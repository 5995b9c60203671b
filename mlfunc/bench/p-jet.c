/* mlfunc/bench/p-jet.c - what a value with its three derivatives costs.
 *
 *     p-jet [baseline | avx2 | avx512]
 *
 * By region: 100 points at each of 300 pairs of alpha and beta (1, alpha or
 * between 0 and 3), set-up included.  Nanoseconds of thread CPU time for a point,
 * median over the pairs; ratios to the throughput of exp() in the same run.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/bench/timing.h"
#include "mlfunc/mlfunc.h"
#include "validation/sampler.h"

enum { PAIRS = 300, POINTS = 100, REPEAT = 3 };
enum { BELOW, NEAR_ONE, POLES, POSITIVE, RELAXATION, SIEGERT, KWW, REGIONS };

static const char *const name[REGIONS] = {"x < 0, alpha < 0.9",
                                          "x < 0, 0.9 < alpha < 1.1",
                                          "x < 0, 1 < alpha < 2",
                                          "x > 0, alpha < 2",
                                          "relaxation, alpha < 0.9",
                                          "siegert, alpha < 0.9",
                                          "kww"};

static double
median(double *t, int n)
{
    qsort(t, (size_t)n, sizeof *t, timing_by_value);
    return t[n / 2];
}

static double
yardstick(void)
{
    enum { RUNS = 200, EACH = 2000 };
    static double t[RUNS], x[EACH];
    volatile double sum = 0;
    tap_random r = tap_random_start(1);

    for (int k = 0; k < EACH; k++)
        x[k] = tap_random_range(&r, -50, 50);
    for (int i = 0; i < RUNS; i++) {
        double s = 0, start = timing_now();

        for (int k = 0; k < EACH; k++)
            s += exp(x[k]);
        t[i] = (timing_now() - start) / EACH;
        sum += s;
    }
    return median(t, RUNS);
}

static void
draw(double *x, tap_random *r, int region, double alpha)
{
    for (int i = 0; i < POINTS; i++)
        x[i] = region == POSITIVE ? pow(tap_random_log(r, 1e-3, 100), alpha)
                                  : (region >= RELAXATION ? 1 : -1)
                                        * tap_random_log(r, 1e-4, 1e4);
}

static ml_status
call(int region, int pairs, double alpha, double beta, const double *x)
{
    static double v[8 * POINTS], b[4 * POINTS], c[4 * POINTS];

    switch (region) {
    case RELAXATION:
        return ml_relaxation_jet_d(v, b, alpha, 1.5, POINTS, x);
    case SIEGERT:
        return ml_siegert_jet_d(v, b, alpha, 1.5, POINTS, x);
    case KWW:
        return ml_kww_jet_d(v, b, alpha, 1.5, 2, POINTS, x);
    default:
        return pairs ? ml_mittleff_jet_dd(v, b, c, alpha, beta, POINTS, x)
                     : ml_mittleff_jet_d(v, b, alpha, beta, POINTS, x);
    }
}

static double
time_region(int region, int pairs)
{
    static const double range[REGIONS][2] = {
        {0.05, 0.9}, {0.9, 1.1},  {1, 2},   {0.05, 2},
        {0.05, 0.9}, {0.05, 0.9}, {0.05, 2}};
    static double t[PAIRS], x[POINTS];
    tap_random r = tap_random_start(2);
    ml_status s = ML_OK;

    for (int i = 0; i < PAIRS; i++) {
        double alpha = tap_random_range(&r, range[region][0], range[region][1]);
        double beta = i % 4 == 3 ? tap_random_range(&r, 0, 3)
                      : i % 2    ? 1
                                 : alpha;
        double start;

        draw(x, &r, region, alpha);
        start = timing_now();
        for (int k = 0; k < REPEAT; k++)
            s |= call(region, pairs, alpha, beta, x);
        t[i] = (timing_now() - start) / (REPEAT * POINTS);
    }
    if (s & ML_DOMAIN)
        printf("# outside the domain\n");
    return median(t, PAIRS);
}

int
main(int argc, char **argv)
{
    double unit;

    if (argc > 1 && ml_cpu_select(argv[1]) != ML_OK) {
        fprintf(stderr, "p-jet: this processor has no %s\n", argv[1]);
        return 2;
    }
    unit = yardstick();
    printf("# %s; exp() %.2f ns\nregion\tresults\tns\texp()\n", ml_cpu(), unit);
    for (int region = 0; region < REGIONS; region++)
        for (int pairs = 0; pairs < (region < RELAXATION ? 2 : 1); pairs++) {
            double t = time_region(region, pairs);

            printf("%s\t%s\t%.0f\t%.1f\n", name[region],
                   pairs ? "pairs" : "doubles", t, t / unit);
        }
    return 0;
}
