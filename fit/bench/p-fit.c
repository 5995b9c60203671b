/* fit/bench/p-fit.c - what a fit costs, in evaluations of exp(). */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "fit/fit.h"

enum { N = 44 };

static double
seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The yardstick: one scalar exp(), whose argument depends on the last. */
static double
yardstick(void)
{
    volatile double sink;
    double x = 0.5, start = seconds();

    for (int i = 0; i < 2000000; i++)
        x = exp(-x);
    sink = x;
    (void)sink;
    return (seconds() - start) / 2e6;
}

static double
one_fit(const mlfit_model *m, int nl, int *evaluations)
{
    bool fixed = m->shape_min == m->shape_max;
    const double p[] = {6700, fixed ? 1 : 0.6, 1, 0};
    double t[N], R[N], start;
    mlfit_options o = {.free_amplitude = nl > 0, .free_baseline = nl > 1};
    mlfit_data data = {N, t, R, NULL};
    mlfit_result r;
    int trials = 20;

    for (int i = 0; i < N; i++) {
        t[i] = 2.5 * pow(16000, i / (N - 1.0));
        if (mlfit_model_value(&R[i], m, p, t[i]) != ML_OK)
            return NAN;
        R[i] += 0.02 * sin(37.0 * i * i);
    }
    start = seconds();
    for (int k = 0; k < trials; k++)
        if (mlfit_run(&r, m, &data, &o) != ML_OK)
            return NAN;
    *evaluations = r.evaluations;
    return (seconds() - start) / trials;
}

int
main(void)
{
    size_t n;
    const mlfit_model *m = mlfit_models(&n);
    double unit = yardstick();

    printf("yardstick: exp() %.2f ns; %d points\n", unit * 1e9, N);
    printf("model\tlinear\tcurves\tus\texp()/point/curve\n");
    for (size_t i = 0; i < n; i++)
        for (int nl = 0; nl < 3; nl++) {
            int curves = 0;
            double s = one_fit(&m[i], nl, &curves);
            printf("%s\t%d\t%d\t%.1f\t%.1f\n", m[i].name, nl, curves, s * 1e6,
                   s / unit / N / curves);
        }
    return 0;
}
