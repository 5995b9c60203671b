/* fit/quantile.c - two-sided quantiles of the normal and Student's law. */
#include "fit/fit.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double sqrt_half = 0.70710678118654752440;

double
mlfit_quantile_normal(double level)
{
    double z = 1.0, p = 1.0 - level;

    if (!(level > 0 && level < 1))
        return NAN;
    /* g(z) = ln erfc(z/sqrt 2) - ln p is concave and falls: after the first
     * step Newton comes from the right, monotonically. [fit F4] */
    for (int i = 0; i < 60; i++) {
        double e = erfc(z * sqrt_half), slope, next;
        slope = -sqrt(2.0 / pi) * exp(-0.5 * z * z) / e;
        /* below one half the central part keeps the digits */
        if (level < 0.5)
            next = z - (erf(z * sqrt_half) - level) / (-slope * e);
        else
            next = z - log(e / p) / slope;
        if (fabs(next - z) <= 4e-16 * fabs(next))
            return next;
        z = next;
    }
    return z;
}

/* P(|T| <= t) for integer dof, t = sqrt(dof) tan(theta): finite sums
 * (Abramowitz and Stegun 26.7.3, 26.7.4). */
static double
student_central(double theta, size_t dof)
{
    double c = cos(theta), s = sin(theta), c2 = c * c, term, sum = 0;

    if (dof % 2 == 1) {
        term = c;
        for (size_t k = 3; k <= dof; k += 2) {
            sum += term;
            term *= c2 * (double)(k - 1) / (double)k;
        }
        return 2 / pi * (theta + s * sum);
    }
    term = 1;
    for (size_t k = 2; k <= dof; k += 2) {
        sum += term;
        term *= c2 * (double)(k - 1) / (double)k;
    }
    return s * sum;
}

/* Cornish-Fisher, Abramowitz and Stegun 26.7.5: error O(dof^-5). */
static double
student_expansion(double x, double v)
{
    double y = x * x;
    double g1 = x * (y + 1) / 4;
    double g2 = x * ((5 * y + 16) * y + 3) / 96;
    double g3 = x * (((3 * y + 19) * y + 17) * y - 15) / 384;
    double g4 =
        x * ((((79 * y + 776) * y + 1482) * y - 1920) * y - 945) / 92160;

    return x + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
}

double
mlfit_quantile_student(double level, size_t dof)
{
    double lo = 0, hi = pi / 2, theta = 0.5, v = (double)dof;

    if (!(level > 0 && level < 1) || dof < 1)
        return NAN;
    if (dof > 2000)
        return student_expansion(mlfit_quantile_normal(level), v);
    if (dof == 1)
        return tan(0.5 * pi * level);

    /* dA/dtheta = k cos^(dof-1) theta; Newton in a bracket */
    double k = dof % 2 == 1 ? 2 / pi : 1;

    for (size_t i = 2 - dof % 2; i < dof; i += 2)
        k *= (double)(i + 1) / (double)i;

    for (int i = 0; i < 200; i++) {
        double g = student_central(theta, dof) - level, next;
        if (g <= 0)
            lo = theta;
        if (g >= 0)
            hi = theta;
        next = theta - g / (k * pow(cos(theta), v - 1));
        if (!(next > lo && next < hi))
            next = 0.5 * (lo + hi);
        if (fabs(next - theta) <= 4e-16 * theta || hi - lo <= 4e-16 * theta)
            break;
        theta = next;
    }
    return sqrt(v) * tan(theta);
}
