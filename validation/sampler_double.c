/* validation/sampler_double.c - random real points for the functions in doubles.
 *
 * The places that are worth a point: alpha and beta where leading terms vanish
 * or nearly do (beta - alpha k at a pole of Gamma, alpha near 1), |x|^(1/alpha)
 * where methods hand over, all magnitudes of x.
 */
#include "validation/sampler_double.h"

#include <math.h>

#ifndef ML_SAMPLER_DOUBLE_SHA256
#    define ML_SAMPLER_DOUBLE_SHA256 "unknown"
#endif
const char mlval_sampler_double_sha256[] = ML_SAMPLER_DOUBLE_SHA256;

const double mlval_fixed[MLVAL_FIXED][2] = {
    {0.3, 1.0},    {0.7, 1.0},   {0.99, 1.0},  {0.7, 0.7},
    {0.99, 0.99},  {0.5, 1.0},   {0.5, 0.5},   {0.25, 1.25},
    {0.05, 1.0},   {0.05, 0.05}, {0.01, -0.5}, {0.9, 0.0},
    {0.9, -1.0},   {1.0, 1.0},   {1.0, 2.5},   {0x1.fffffffp-1, 1.0},
    {1.0001, 1.0}, {1.01, 1.01}, {1.2, 1.0},   {1.5, 2.0},
    {1.9, 0.5},    {2.0, 1.0},   {0.75, 5.5},  {3.3, 1.0},
};

/* at +- 2^-k; below 1 the doubles are twice as dense. */
static double
beside(tap_random *r, double at, int last)
{
    double off = ldexp(1.0, -(int)tap_random_int(r, 1, last));

    return tap_random_int(r, 0, 1) ? at + off : at - off;
}

static double
simple_alpha(tap_random *r)
{
    static const double simple[] = {0.5, 0.25, 0.125, 1.0 / 3, 2.0 / 3, 0.75,
                                    0.1, 0.3,  0.05,  0.99,    1.0,     1.5,
                                    2.0, 2.5,  3.0,   4.0,     5.0,     1.25};

    return simple[tap_random_int(r, 0, 17)];
}

static double
acceptance_alpha(tap_random *r, const char **kind)
{
    long c = tap_random_int(r, 0, 99);

    if (c < 25) {
        *kind = "1+-2^-k";
        return beside(r, 1.0, 53);
    }
    if (c < 45) {
        *kind = "log 1e-3..5";
        return tap_random_log(r, 1e-3, 5.0);
    }
    if (c < 70) {
        *kind = "0..2";
        return tap_random_range(r, 1e-3, 2.0);
    }
    if (c < 85) {
        *kind = "0..5";
        return tap_random_range(r, 1e-3, 5.0);
    }
    *kind = "simple";
    return simple_alpha(r);
}

/* One of the usual betas. */
static double
usual_beta(tap_random *r, double alpha, const char **kind)
{
    long c = tap_random_int(r, 0, 11);

    if (c < 3) {
        *kind = "1";
        return 1.0;
    }
    if (c < 5) {
        *kind = "alpha";
        return alpha;
    }
    if (c < 6) {
        *kind = "alpha+1";
        return alpha + 1.0;
    }
    if (c < 9) {
        static const double half[] = {0.5, 2.0, -0.5};

        *kind = "0.5, 2, -0.5";
        return half[c - 6];
    }
    *kind = "-2..3";
    return (double)tap_random_int(r, -2, 3);
}

static double
acceptance_beta(tap_random *r, double alpha, const char **kind)
{
    long c = tap_random_int(r, 0, 99);

    if (c < 55)
        return usual_beta(r, alpha, kind);
    if (c < 75) {
        double at = usual_beta(r, alpha, kind);

        *kind = "+-2^-k";
        return beside(r, at, 52);
    }
    *kind = "-5..6";
    return tap_random_range(r, -5.0, 6.0);
}

mlval_real
mlval_sample_real(tap_random *r)
{
    mlval_real p;

    p.alpha = acceptance_alpha(r, &p.alpha_kind);
    p.beta = acceptance_beta(r, p.alpha, &p.beta_kind);
    if (tap_random_int(r, 0, 3) == 0) {
        p.x = pow(10.0, tap_random_range(r, -300.0, 300.0));
        p.x_kind = "10^+-300";
    } else {
        p.x = pow(tap_random_log(r, 0.1, 200.0), p.alpha);
        p.x_kind = "0.1..200";
    }
    if (tap_random_int(r, 0, 1))
        p.x = -p.x;
    return p;
}

/* ------------------------------------------------------------- the speed mix */

mlval_real
mlval_sample_h1(tap_random *r)
{
    mlval_real p;
    long a = tap_random_int(r, 0, 3), b = tap_random_int(r, 0, 99);

    p.alpha_kind = a == 0   ? "0.02..2"
                   : a == 1 ? "log 0.02..2"
                   : a == 2 ? "1+-2^-k"
                            : "k/32";
    p.alpha = a == 0   ? tap_random_range(r, 0.02, 2.0)
              : a == 1 ? tap_random_log(r, 0.02, 2.0)
              : a == 2 ? beside(r, 1.0, 52)
                       : (double)tap_random_int(r, 1, 64) / 32.0;
    if (b < 40) {
        p.beta_kind = "-2..4";
        p.beta = tap_random_range(r, -2.0, 4.0);
    } else if (b < 70) {
        double at[] = {1.0, p.alpha, 1.0 + p.alpha, 2.0};

        p.beta_kind = "1, alpha, 1+alpha, 2";
        p.beta = at[tap_random_int(r, 0, 3)];
    } else if (b < 80) {
        p.beta_kind = "-1..3";
        p.beta = (double)tap_random_int(r, -1, 3);
    } else {
        p.beta_kind = b < 90 ? "1+-2^-k" : "alpha+-2^-k";
        p.beta = beside(r, b < 90 ? 1.0 : p.alpha, 52);
    }
    p.x_kind = "1e-8..1e8";
    p.x = tap_random_log(r, 1e-8, 1e8);
    if (tap_random_int(r, 0, 4) > 0)
        p.x = -p.x;
    return p;
}

/* ----------------------------------------------------------------- the edges */

/* x, or a number a few to many units beside it. */
static double
next_to(tap_random *r, double x)
{
    long c = tap_random_int(r, 0, 9);

    if (c < 3)
        return x;
    if (c < 5)
        return nextafter(x, tap_random_int(r, 0, 1) ? INFINITY : -INFINITY);
    return x
           * (1
              + ldexp(tap_random_range(r, -1, 1),
                      -(int)tap_random_int(r, 8, 52)));
}

static double
edge_alpha(tap_random *r, const char **kind)
{
    long c = tap_random_int(r, 0, 99);

    if (c < 45) {
        *kind = "n/128";
        return next_to(r, (double)tap_random_int(r, 1, 768) / 128);
    }
    if (c < 60) {
        *kind = "1..2";
        return tap_random_range(r, 1.0, 2.0);
    }
    if (c < 75) {
        *kind = "4..300";
        return tap_random_log(r, 4.0, 300.0);
    }
    if (c < 85) {
        *kind = "small";
        return ldexp(1 + tap_random_unit(r), -(int)tap_random_int(r, 8, 60));
    }
    if (c < 90) {
        *kind = "anything";
        return ldexp(1 + tap_random_unit(r), (int)tap_random_int(r, -1074, 60));
    }
    *kind = "0..2";
    return tap_random_range(r, 0.0, 2.0);
}

static double
edge_beta(tap_random *r, double alpha, const char **kind)
{
    double n = (double)tap_random_int(r, -768, 896) / 128;
    double sign = tap_random_int(r, 0, 1) ? 1.0 : -1.0;

    switch (tap_random_int(r, 0, 9)) {
    case 0:
    case 1:
        *kind = "n/128";
        return next_to(r, n);
    case 2:
    case 3:
        *kind = "alpha+n/128";
        return next_to(r, alpha + n);
    case 4:
        *kind = "n alpha - m"; /* 1/Gamma(beta - n alpha) = 0 */
        return (double)tap_random_int(r, 1, 8) * alpha
               - (double)tap_random_int(r, 0, 4);
    case 5:
        *kind = "-200..200";
        return tap_random_range(r, -200.0, 200.0);
    case 6:
        *kind = "anything";
        return sign
               * ldexp(1 + tap_random_unit(r),
                       (int)tap_random_int(r, -1074, 60));
    default:
        return usual_beta(r, alpha, kind);
    }
}

/* Where the leading exponential and the leading power of z^-1 may cancel, or
 * the exponential alone vanishes. */
static double
guessed_zero(tap_random *r, double alpha, double beta)
{
    const double pi = 3.14159265358979323846;
    double theta = pi / alpha, m = (double)tap_random_int(r, 1, 30);
    double x = (pi * (m - 0.5) - (1 - beta) * theta) / sin(theta);

    return -pow(fabs(x), alpha);
}

static double
edge_x(tap_random *r, double alpha, double beta, const char **kind)
{
    double sign = tap_random_int(r, 0, 1) ? 1.0 : -1.0;

    if (alpha < 0x1p-20 && tap_random_int(r, 0, 19) > 0) {
        *kind = "below 1"; /* balls do not reach far for tiny alpha */
        return sign * ldexp(tap_random_unit(r), -(int)tap_random_int(r, 0, 9));
    }
    switch (tap_random_int(r, 0, 9)) {
    case 0:
    case 1:
        *kind = "2^n";
        return sign * next_to(r, ldexp(1.0, (int)tap_random_int(r, -16, 16)));
    case 2:
        *kind = "anything";
        return sign
               * ldexp(1 + tap_random_unit(r),
                       (int)tap_random_int(r, -1074, 1022));
    case 3:
        if (alpha > 1.001 && alpha < 6) {
            *kind = "zero";
            return next_to(r, guessed_zero(r, alpha, beta));
        }
        *kind = "x_t near 1";
        return sign * next_to(r, 1.0);
    case 4:
        *kind = "x_t 600..800"; /* e^709.8 is the largest double */
        return sign * pow(tap_random_range(r, 600.0, 800.0), alpha);
    case 5:
        *kind = "x_t 3..16"; /* where the contours cross the axis */
        return sign * pow(tap_random_range(r, 3.0, 16.0), alpha);
    default:
        *kind = "x_t 1e-3..1e3";
        return sign * pow(tap_random_log(r, 1e-3, 1e3), alpha);
    }
}

mlval_real
mlval_sample_edge(tap_random *r)
{
    mlval_real p;

    p.alpha = edge_alpha(r, &p.alpha_kind);
    p.beta = edge_beta(r, p.alpha, &p.beta_kind);
    p.x = edge_x(r, p.alpha, p.beta, &p.x_kind);
    if (!isfinite(p.x))
        p.x = p.x > 0 ? 0x1p1000 : -0x1p1000;
    return p;
}

double
mlval_sample_x(tap_random *r, double alpha)
{
    double x = tap_random_int(r, 0, 1)
                   ? pow(tap_random_log(r, 0.1, 200.0), alpha)
                   : tap_random_log(r, 1e-8, 1e8);

    return tap_random_int(r, 0, 4) > 0 ? -x : x;
}
