/* paper/test/synthetic.h - measurements with known truth, written as files.
 *
 * AS_CLAIMED follows what the paper says of each age; CONTRARY does the
 * opposite; SHORT has three ages and decides nothing about ages.
 */
#ifndef PAPER_TEST_SYNTHETIC_H
#define PAPER_TEST_SYNTHETIC_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paper/impl.h"

typedef enum { AS_CLAIMED, CONTRARY, SHORT } synthetic_truth;

/* Between (a, y) and (b, z), straight in ln y. */
static inline double
synthetic_between(double x, double a, double b, double y, double z)
{
    double u = (x - a) / (b - a);

    return y * pow(z / y, u < 0 ? 0 : u > 1 ? 1 : u);
}

/* <t> (t_integral) at an age. */
static inline double
synthetic_mean(synthetic_truth truth, double t_a)
{
    static const double claimed[][2] = {
        {0, 400},       {40e3, 3000},  {60e3, 4000},     {75e3, 4000},
        {95e3, 5000},   {110e3, 5000}, {130e3, 6000},    {145e3, 9000},
        {150e3, 9000},  {165e3, 9000}, {202.4e3, 14000}, {202.6e3, 28000},
        {208e3, 28000}, {215e3, 600},  {222e3, 600},     {250e3, 5000},
        {300e3, 5000}};
    static const double contrary[][2] = {
        {0, 9000},      {40e3, 4000},   {60e3, 4000},     {75e3, 8000},
        {95e3, 4000},   {110e3, 8000},  {130e3, 8000},    {146e3, 4000},
        {150e3, 4000},  {165e3, 9000},  {202.4e3, 30000}, {202.6e3, 15000},
        {208e3, 15000}, {215e3, 12000}, {222e3, 12000},   {250e3, 3000},
        {300e3, 3000}};
    const double(*p)[2] = truth == CONTRARY ? contrary : claimed;
    int k = 0;

    while (k < 15 && t_a > p[k + 1][0]) {
        k++;
    }
    double y =
        synthetic_between(t_a, p[k][0], p[k + 1][0], p[k][1], p[k + 1][1]);
    return t_a > 250e3 ? y * (1 + 0.2 * sin(t_a / 3e3)) : y;
}

/* g2 at a lag and an age. */
static inline double
synthetic_g2(synthetic_truth truth, double t, double t_a)
{
    double beta = truth == CONTRARY ? 1.3 : 0.8;
    double mean = synthetic_mean(truth, t_a);
    double tau = mean * pow(2, 1 / beta) / tgamma(1 + 1 / beta);
    double sign = (t_a < 225e3 ? -1 : 1) * (truth == CONTRARY ? -1 : 1);
    double contrast = 0.03 + sign * 3e-7 * mean + 5.5e-8 * t_a;
    double plateau = truth == CONTRARY ? 1.01 : 1.0024;

    return plateau + contrast * exp(-2 * pow(t / tau, beta));
}

/* DIR/g2.tsv: 300 ages, five lags a decade; CONTRARY has no beam at 95 ks. */
static inline bool
synthetic_table(const char *dir, synthetic_truth truth)
{
    char path[4096];
    mlpaper_random r = {1};
    int ages = truth == SHORT ? 3 : 300;

    snprintf(path, sizeof path, "%s/g2.tsv", dir);
    FILE *f = fopen(path, "w");
    if (!f) {
        return false;
    }
    fputs("t\tt_a\tg2\terr\n", f);
    for (int i = 0; i < ages; i++) {
        double t_a = 500 + 1000.0 * i;
        if (truth == CONTRARY && t_a > 94e3 && t_a < 98e3) {
            continue;
        }
        for (int k = 0; 2.5 * pow(10, k / 5.0) < fmin(3e5 - t_a, 1.7e5); k++) {
            double t = 2.5 * pow(10, k / 5.0);
            double g2 = synthetic_g2(truth, t, t_a) + 2e-5 * mlpaper_normal(&r);
            fprintf(f, "%.9g\t%.9g\t%.9g\t2e-5\n", t, t_a, g2);
        }
    }
    return fclose(f) == 0;
}

/* DIR/c2.npy and DIR/times.tsv: n frames of `spacing` s with a gap. */
static inline bool
synthetic_matrix(const char *dir, synthetic_truth truth, int n, double spacing,
                 int gap_from, int gap_to)
{
    char path[4096];
    char header[128];
    double *row = malloc((size_t)n * sizeof *row);

    snprintf(path, sizeof path, "%s/times.tsv", dir);
    FILE *times = fopen(path, "w");
    snprintf(path, sizeof path, "%s/c2.npy", dir);
    FILE *c2 = fopen(path, "wb");
    if (!row || !times || !c2) {
        free(row);
        return false;
    }
    int length = snprintf(header, sizeof header,
                          "{'descr': '<f8', 'fortran_order': False, 'shape': "
                          "(%d, %d), }\n",
                          n, n);
    fwrite("\x93NUMPY\x01\x00", 1, 8, c2);
    fputc(length & 255, c2);
    fputc(length >> 8, c2);
    fwrite(header, 1, (size_t)length, c2);
    fputs("t\n", times);
    for (int i = 0; i < n; i++) {
        fprintf(times, "%.9g\n", i * spacing);
        for (int k = 0; k < n; k++) {
            double lag = abs(k - i) * spacing, age = (i < k ? i : k) * spacing;
            bool dead =
                (i >= gap_from && i < gap_to) || (k >= gap_from && k < gap_to);
            row[k] = dead ? NAN : synthetic_g2(truth, lag, age);
        }
        fwrite(row, sizeof *row, (size_t)n, c2); /* little-endian here */
    }
    free(row);
    bool ok = fclose(times) == 0;
    return fclose(c2) == 0 && ok;
}

#endif
