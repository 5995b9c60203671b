/* paper/numerics.c - doubles that several groups of claims need. */
#include "paper/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double
mlpaper_ml(double b, double tau, double t)
{
    double out[4];

    if (b == 1) {
        return exp(-t / tau);
    }
    if (ml_relaxation_jet_d(out, NULL, b, tau, 1, &t) & ~ML_UNDERFLOW) {
        return NAN;
    }
    return out[0];
}

double
mlpaper_uniform(mlpaper_random *r)
{
    uint64_t z = (r->state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return ((double)(z >> 11) + 0.5) * 0x1p-53;
}

double
mlpaper_normal(mlpaper_random *r)
{
    double u = mlpaper_uniform(r), v = mlpaper_uniform(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

double *
mlpaper_lags(size_t *n, double lo, double hi, double per_decade)
{
    /* lo 10^(k/per_decade) below hi; the last of them is at most hi */
    size_t below = (size_t)(log10(hi / lo) * per_decade) + 1;
    double *t = malloc((below + 1) * sizeof *t);

    *n = 0;
    for (size_t k = 0; t && k < below; k++) {
        double x = lo * pow(10, (double)k / per_decade);
        if (x < hi * (1 - 1e-9)) {
            t[(*n)++] = x;
        }
    }
    if (t) {
        t[(*n)++] = hi;
    }
    return t;
}

bool
mlpaper_fit(mlfit_result *r, const char *model, const double *t,
            const double *R, size_t n, bool free_baseline)
{
    const mlfit_model *m = mlfit_model_find(model);
    mlfit_data data = {n, t, R, NULL};
    mlfit_options options;

    memset(&options, 0, sizeof options);
    options.free_baseline = free_baseline;
    return m && mlfit_run(r, m, &data, &options) == ML_OK
           && (r->stop == MLFIT_CONVERGED || r->stop == MLFIT_AT_BOUND);
}

double
mlpaper_pearson(const double *x, const double *y, size_t n)
{
    double mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0;

    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        sxx += (x[i] - mx) * (x[i] - mx);
        syy += (y[i] - my) * (y[i] - my);
        sxy += (x[i] - mx) * (y[i] - my);
    }
    return sxy / sqrt(sxx * syy);
}
