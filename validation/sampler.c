/* validation/sampler.c - random points of the Mittag-Leffler function.
 *
 * alpha: small, around 1 and 2, simple fractions, large.  beta: 1, alpha, the
 * poles of Gamma, simple values, random.  z: the real axis, the Stokes rays
 * arg z = +-pi alpha (alpha < 1), the anti-Stokes rays +-pi alpha/2, any
 * direction; modulus near 1, at fixed x = |z|^(1/alpha), or log-uniform.
 */
#include "validation/sampler.h"

#include <math.h>

#define PI 3.14159265358979323846

static double
sample_alpha(tap_random *r, const char **kind)
{
    static const double simple[] = {0.5,  0.25,      0.125, 1.0 / 3, 2.0 / 3,
                                    0.75, 1.0,       1.5,   2.0,     3.0,
                                    4.0,  4.0 / 3.0, 0.1,   0.2,     0.05};
    long c = tap_random_int(r, 0, 99);

    if (c < 30) {
        *kind = "0.02..2";
        return tap_random_range(r, 0.02, 2.0);
    }
    if (c < 48) {
        *kind = "small";
        return tap_random_log(r, 2e-3, 0.1);
    }
    if (c < 60) {
        *kind = "near-1";
        return 1.0
               + (tap_random_int(r, 0, 1) ? 1.0 : -0.5)
                     * ldexp(1.0, -(int)tap_random_int(r, 3, 52));
    }
    if (c < 66) {
        *kind = "near-2";
        return 2.0
               + (tap_random_int(r, 0, 1) ? 2.0 : -1.0)
                     * ldexp(1.0, -(int)tap_random_int(r, 3, 52));
    }
    if (c < 82) {
        *kind = "simple";
        return simple[tap_random_int(r, 0, 14)];
    }
    if (c < 97) {
        *kind = "2..5";
        return tap_random_range(r, 2.0, 5.0);
    }
    *kind = "5..60";
    return tap_random_log(r, 5.0, 60.0);
}

static double
sample_beta(tap_random *r, double alpha, const char **kind)
{
    static const double simple[] = {2.0, 0.5, -0.5, 3.0, 1.5, 4.0};
    long c = tap_random_int(r, 0, 99);

    if (c < 30) {
        *kind = "1";
        return 1.0;
    }
    if (c < 50) {
        *kind = "alpha";
        return alpha;
    }
    if (c < 65) {
        *kind = "simple";
        return simple[tap_random_int(r, 0, 5)];
    }
    if (c < 75) {
        *kind = "pole";
        return (double)-tap_random_int(r, 0, 2);
    }
    if (c < 80) {
        *kind = "alpha+1";
        return alpha + 1.0;
    }
    *kind = "random";
    return tap_random_range(r, -3.0, 6.0);
}

static double
sample_modulus(tap_random *r, double alpha, long prec, const char **kind)
{
    long c = tap_random_int(r, 0, 99);
    double x;

    if (c < 25) {
        *kind = "near 1";
        return tap_random_range(r, 0.7, 1.4);
    }
    if (c < 50) {
        *kind = "hand-over";
        x = tap_random_range(r, 0.3, 1.2) * 0.6931471805599453 * (double)prec;
        return pow(x, alpha);
    }
    if (c < 75) {
        *kind = "x";
        x = tap_random_log(r, 1e-2, 1e3);
        return pow(x, alpha);
    }
    *kind = "z";
    return tap_random_log(r, 1e-8, 1e8);
}

static double
sample_angle(tap_random *r, double alpha, const char **kind)
{
    long c = tap_random_int(r, 0, 99);
    double phi;

    if (c < 40) {
        *kind = "negative";
        return PI;
    }
    if (c < 48) {
        *kind = "positive";
        return 0.0;
    }
    if (c < 62) {
        *kind = "stokes";
        phi = PI * fmin(alpha, 1.0);
    } else if (c < 76) {
        *kind = "anti-stokes";
        phi = PI * fmin(alpha / 2, 1.0);
    } else {
        *kind = "any";
        phi = tap_random_range(r, 0.0, PI);
    }
    if (c % 3 == 0)
        phi *= 1.0 + 0.02 * tap_random_range(r, -1.0, 1.0);
    return c % 2 ? phi : -phi;
}

mlval_point
mlval_sample(tap_random *r, long prec)
{
    mlval_point p;
    const char *modulus_kind;

    p.alpha = sample_alpha(r, &p.alpha_kind);
    p.beta = sample_beta(r, p.alpha, &p.beta_kind);

    double m = sample_modulus(r, p.alpha, prec, &modulus_kind);
    double phi = sample_angle(r, p.alpha, &p.z_kind);

    /* Where exp(z^(1/alpha)) dominates, x beyond 2^64 is ML_OVERFLOW or
     * ML_UNDERFLOW by contract, and no ball can be compared. */
    if (log(m) > 40 * p.alpha && fabs(phi) < 0.75 * PI * p.alpha)
        m = exp(tap_random_range(r, 0, 40) * p.alpha);
    p.re = m * cos(phi);
    p.im = m * sin(phi);
    if (fabs(phi) == PI)
        p.re = -m;
    if (fabs(phi) == PI || phi == 0.0)
        p.im = 0.0;
    return p;
}
