/* mlfunc/bench/p-complex.c - what a complex value in doubles costs.
 *
 * Random points of mlfunc/test/complex_points.h, all parameters changing from call
 * to call: the mean, by method and by place of z, on each instruction set.
 * Nanoseconds of thread CPU time, medians of passes, and their ratio to the exp()
 * of the C library in the same run.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/bench/timing.h"
#include "mlfunc/double/impl.h"
#include "mlfunc/test/complex_points.h"

enum { PASSES = 15, POINTS = 4000, METHODS = 7 };

static const char *const method_name[METHODS] = {
    "beyond reach", "series", "asymptotics", "contour",
    "near one",     "poles",  "exact",
};

static double
cost_of_exp(void)
{
    static volatile double sink;
    double t[PASSES], sum = 0;

    for (int i = 0; i < PASSES; i++) {
        double start = timing_now();

        for (int k = 0; k < POINTS; k++)
            sum += exp(k * 1e-3);
        t[i] = (timing_now() - start) / POINTS;
    }
    sink = sum;
    (void)sink;
    qsort(t, PASSES, sizeof *t, timing_by_value);
    return t[PASSES / 2];
}

/* Each value waits for the one before: alpha takes its last bit. */
static double
cost(const complex_point *p, size_t n)
{
    static volatile double nothing = 0;
    double t[PASSES], last = 0;

    for (int i = -1; i < PASSES; i++) {
        double start = timing_now(), none = nothing;

        for (size_t k = 0; k < n; k++) {
            double v[2], b[2];
            ml_status st = ml_mittleff_z(v, b, p[k].alpha + none * last,
                                         p[k].beta, p[k].z);

            last = (st & ML_UNABLE) || !(fabs(v[0]) < 1e9) ? 1 : v[0];
        }
        t[i > 0 ? i : 0] = (timing_now() - start) / (double)n;
    }
    qsort(t, PASSES, sizeof *t, timing_by_value);
    return t[PASSES / 2];
}

static void
line(const char *name, const complex_point *p, size_t n, double exp_ns)
{
    double ns = n ? cost(p, n) : 0;

    if (n)
        printf("  %-20s %5zu points  %7.0f ns  %6.1f exp\n", name, n, ns,
               ns / exp_ns);
}

/* Where the kernel's method is m, or z is at that place. */
static size_t
pick(complex_point *to, const complex_point *p, int m, int place)
{
    size_t n = 0;

    for (int k = 0; k < POINTS; k++) {
        const double z[2] = {p[k].z[0], fabs(p[k].z[1])};
        ml_value v[2];
        int by = 0;

        if (place < 0 && z[1] == 0)
            continue;
        if (place < 0) {
            ml_kernels_now()->mittleff_complex(v, p[k].alpha, p[k].beta, z);
            by = isinf(v[0].err) || isinf(v[1].err) ? 0 : (int)v[0].method;
        }
        if (place < 0 ? by == m : p[k].place == place)
            to[n++] = p[k];
    }
    return n;
}

int
main(void)
{
    static const char *const cpu[] = {"baseline", "avx2", "avx512"};
    tap_random r = tap_random_start(tap_seed());
    static complex_point p[POINTS], some[POINTS];
    double exp_ns = cost_of_exp();

    for (int k = 0; k < POINTS; k++)
        p[k] = complex_point_draw(&r);
    printf("exp: %.2f ns\n", exp_ns);
    for (size_t c = 0; c < sizeof cpu / sizeof *cpu; c++) {
        if (ml_cpu_select(cpu[c]) != ML_OK)
            continue;
        printf("%s\n", cpu[c]);
        line("all", p, POINTS, exp_ns);
        for (int m = 0; m < METHODS; m++)
            line(method_name[m], some, pick(some, p, m, -1), exp_ns);
        for (int k = 0; k < PLACES; k++)
            line(place_name[k], some, pick(some, p, 0, k), exp_ns);
    }
    return 0;
}
