/* simulate/slopes.c - straight lines through the waiting-time histogram.
 *
 * For a density ~ t^-(1+b), counts per unit time in log bins fall with slope
 * -(1+b) and raw counts per bin with slope -b: which one a published exponent
 * means has to be said, so both have a name.
 */
#include "simulate/impl.h"

#include <math.h>

typedef struct {
    double slope, se;
} line;

/* Weighted least squares of y on x, weights = counts: a Poisson count c has
 * Var ln c = 1/c; the abscissa is log, so slopes need no unit. */
static line
fit_line(const mlsim_walk_result *r, bool density)
{
    double w = 0.0, wx = 0.0, wy = 0.0, sxx = 0.0, sxy = 0.0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < r->nbins; i++) {
            double c = (double)r->bins[i].count;
            double x, y;

            if (r->bins[i].count == 0)
                continue;
            x = 0.5 * (mlsim_log(r->bins[i].lo) + mlsim_log(r->bins[i].hi));
            y = mlsim_log(c);
            if (density)
                y -= mlsim_log(r->bins[i].hi - r->bins[i].lo);
            if (pass == 0) {
                w += c;
                wx += c * x;
                wy += c * y;
            } else {
                sxx += c * (x - wx / w) * (x - wx / w);
                sxy += c * (x - wx / w) * (y - wy / w);
            }
        }
    }
    /* fewer than two occupied bins have no slope */
    return sxx > 0.0 ? (line){sxy / sxx, 1.0 / sqrt(sxx)}
                     : (line){(double)NAN, (double)NAN};
}

void
mlsim_slopes(mlsim_walk_result *r)
{
    line density = fit_line(r, true), raw = fit_line(r, false);

    r->density_slope = density.slope;
    r->density_slope_se = density.se;
    r->logbin_slope = raw.slope;
    r->logbin_slope_se = raw.se;
}
