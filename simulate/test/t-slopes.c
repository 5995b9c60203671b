/* simulate/test/t-slopes.c - the two slopes of a histogram, on made data. */
#include <math.h>
#include <string.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

enum { BINS = 20 };

/* Counts of a density t^-(1+b) in bins of ratio r from 1, scaled by size. */
static void
make(mlsim_bin *bins, double b, double r, double size)
{
    for (int k = 0; k < BINS; k++) {
        bins[k].lo = pow(r, k);
        bins[k].hi = pow(r, k + 1);
        bins[k].count =
            (uint64_t)(size * (pow(bins[k].lo, -b) - pow(bins[k].hi, -b)));
    }
}

int
main(void)
{
    mlsim_bin bins[BINS];
    mlsim_walk_result r = {.nbins = BINS, .bins = bins};

    tap_plan(6);
    make(bins, 0.45, 1.6, 1e12);
    mlsim_slopes(&r);
    tap_ok(fabs(r.density_slope + 1.45) < 1e-9
               && fabs(r.logbin_slope + 0.45) < 1e-9,
           "a density t^-1.45: density slope -1.45, log-bin slope -0.45");
    make(bins, 1.45, 1.3, 1e12);
    mlsim_slopes(&r);
    tap_ok(fabs(r.density_slope + 2.45) < 1e-9
               && fabs(r.logbin_slope + 1.45) < 1e-9,
           "a log-bin slope -1.45 is a density t^-2.45");

    /* two bins: the slope is exact, its error sqrt(1/c1 + 1/c2)/(x2 - x1) */
    r.nbins = 2;
    bins[0] = (mlsim_bin){1.0, exp(1.0), 400};
    bins[1] = (mlsim_bin){exp(1.0), exp(2.0), 100};
    mlsim_slopes(&r);
    tap_ok(fabs(r.logbin_slope - log(0.25)) < 1e-12
               && fabs(r.density_slope - log(0.25) + 1.0) < 1e-12,
           "two bins: the line through them");
    tap_ok(fabs(r.logbin_slope_se - sqrt(1 / 400.0 + 1 / 100.0)) < 1e-12
               && fabs(r.density_slope_se - r.logbin_slope_se) < 1e-12,
           "two bins: the standard error of Poisson counts");

    /* an empty bin carries no weight */
    r.nbins = 3;
    bins[2] = (mlsim_bin){exp(2.0), exp(3.0), 0};
    mlsim_slopes(&r);
    tap_ok(fabs(r.logbin_slope - log(0.25)) < 1e-12, "empty bins are left out");
    r.nbins = 1;
    mlsim_slopes(&r);
    tap_ok(isnan(r.density_slope) && isnan(r.logbin_slope_se),
           "one bin has no slope");
    return tap_done();
}
