/* validation/sampler.c - random points of the Mittag-Leffler function.
 *
 * A region is drawn first (sampler.h), then what it leaves open: alpha small,
 * around 1 and 2, simple fractions, large; beta 1, alpha, the poles of Gamma,
 * simple values, random; z on the real axis, the Stokes and anti-Stokes rays,
 * in any direction; modulus near 1, at fixed x = |z|^(1/alpha), log-uniform.
 *
 * Zeros are guessed from the exponentials that cancel and polished by Newton
 * steps in balls; a step that was wrong would only miss the zero.
 */
#include "validation/sampler.h"

#include <math.h>

#include "mlfunc/mlball.h"

#define PI 3.14159265358979323846

const char *const mlval_region[MLVAL_REGIONS] = {
    "plain",  "small alpha", "hand-over", "alpha near 1", "alpha near 2",
    "stokes", "anti-stokes", "zeros",     "cancellation", "large alpha",
};

#ifndef ML_SAMPLER_SHA256
#    define ML_SAMPLER_SHA256 "unknown"
#endif
const char mlval_sampler_sha256[] = ML_SAMPLER_SHA256;

/* ------------------------------------------------------------ alpha and beta */

static double
either_side(tap_random *r, double at, double above, double below, int first)
{
    double sign = tap_random_int(r, 0, 1) ? above : -below;

    return at + sign * ldexp(1.0, -(int)tap_random_int(r, first, 52));
}

static double
usual_alpha(tap_random *r, const char **kind)
{
    static const double simple[] = {0.5,  0.25,      0.125, 1.0 / 3, 2.0 / 3,
                                    0.75, 1.0,       1.5,   2.0,     3.0,
                                    4.0,  4.0 / 3.0, 0.1,   0.2,     0.05};
    long c = tap_random_int(r, 0, 99);

    if (c < 55) {
        *kind = "0.02..2";
        return tap_random_range(r, 0.02, 2.0);
    }
    if (c < 75) {
        *kind = "simple";
        return simple[tap_random_int(r, 0, 14)];
    }
    if (c < 85) {
        *kind = "2..5";
        return tap_random_range(r, 2.0, 5.0);
    }
    *kind = "1e-4..100";
    return tap_random_log(r, 1e-4, 100.0);
}

static double
sample_alpha(tap_random *r, int region, const char **kind)
{
    *kind = mlval_region[region];
    switch (region) {
    case MLVAL_PLAIN:
        return tap_random_log(r, 1e-4, 100.0);
    case MLVAL_SMALL_ALPHA:
        return tap_random_log(r, 1e-4, 0.1);
    case MLVAL_NEAR_1:
        return either_side(r, 1.0, 1.0, 0.5, 1);
    case MLVAL_NEAR_2:
        return either_side(r, 2.0, 2.0, 1.0, 2);
    case MLVAL_LARGE_ALPHA:
        return tap_random_log(r, 2.0, 100.0);
    default:
        return usual_alpha(r, kind);
    }
}

static double
sample_beta(tap_random *r, int region, double alpha, const char **kind)
{
    static const double simple[] = {2.0, 0.5, -0.5, 3.0, 1.5, 4.0};
    long c = tap_random_int(r, 0, 99);

    if (region == MLVAL_CANCELLATION)
        c = 30 + c % 40;
    if (c < 30) {
        *kind = "1";
        return 1.0;
    }
    if (c < 50) {
        *kind = "alpha";
        return alpha;
    }
    if (c < 65) {
        *kind = "pole";
        return (double)-tap_random_int(r, 0, 2);
    }
    if (c < 70) {
        *kind = "alpha+1";
        return alpha + 1.0;
    }
    if (c < 80) {
        *kind = "simple";
        return simple[tap_random_int(r, 0, 5)];
    }
    *kind = "random";
    return tap_random_range(r, -3.0, 6.0);
}

/* ------------------------------------------------------------------------ z */

static double
sample_modulus(tap_random *r, int region, double alpha, long prec)
{
    double cut = 0.6931471805599453 * (double)prec;
    long c = tap_random_int(r, 0, 99);

    if (region == MLVAL_HAND_OVER
        || (region != MLVAL_SMALL_ALPHA && region != MLVAL_PLAIN && c < 30))
        return pow(tap_random_range(r, 0.3, 1.2) * cut, alpha);
    if (region == MLVAL_SMALL_ALPHA && c < 50)
        return tap_random_range(r, 0.7, 1.4);
    if (c < 70)
        return pow(tap_random_log(r, 1e-2, 1e3), alpha);
    if (c < 85)
        return tap_random_range(r, 0.7, 1.4);
    return tap_random_log(r, 1e-8, 1e8);
}

/* arg z; the kind says what it is measured from. */
static double
sample_angle(tap_random *r, int region, double alpha, const char **kind)
{
    long c = tap_random_int(r, 0, 99);
    double phi;

    if (region == MLVAL_STOKES)
        c = 48 + c % 14;
    if (region == MLVAL_ANTI_STOKES)
        c = 62 + c % 14;
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
    else if (c % 3 == 1)
        phi *= 1.0
               + ldexp(tap_random_range(r, -1.0, 1.0),
                       -(int)tap_random_int(r, 6, 52));
    return tap_random_int(r, 0, 1) ? phi : -phi;
}

/* -------------------------------------------------------------------- zeros */

/* A guess of ln t, t = z^(1/alpha) near i 2 pi m, where e^t t^(1-beta)/alpha is
 * the first term of the algebraic expansion that does not vanish. */
static void
guess_complex(double *ln_x, double *theta, double alpha, double beta, double m)
{
    double k = 1, rg, c_re, c_im;

    while (k < 4 && beta - alpha * k <= 0
           && beta - alpha * k == rint(beta - alpha * k))
        k++;
    rg = tgamma(beta - alpha * k);
    c_re = log(alpha / fabs(rg));
    c_im = (rg < 0 ? PI : 0) + 2 * PI * m;
    *ln_x = log(2 * PI * m);
    *theta = PI / 2;
    for (int i = 0; i < 12; i++) {
        double p = beta - 1 - alpha * k;
        double re = c_re + p * *ln_x, im = c_im + p * *theta;

        *ln_x = log(hypot(re, im));
        *theta = atan2(im, re);
    }
}

/* One Newton step: z -= alpha z E / (E_{alpha,beta-1} - (beta-1) E).  Returns
 * the exponent of the step relative to z. */
static long
newton(acb_t z, const arb_t alpha, const arb_t beta, bool real)
{
    enum { PREC = 128 };
    arb_t lower;
    acb_t e, d;
    ml_status s;
    long size = 0;

    arb_init(lower);
    acb_init(e);
    acb_init(d);
    arb_sub_ui(lower, beta, 1, PREC);
    s = ml_mittleff(e, alpha, beta, z, PREC);
    s |= ml_mittleff(d, alpha, lower, z, PREC);
    acb_submul_arb(d, e, lower, PREC);
    acb_mul_arb(e, e, alpha, PREC);
    acb_div(e, e, d, PREC);
    acb_get_mid(e, e);
    if (acb_is_finite(e) && !(s & (ML_DOMAIN | ML_OVERFLOW))) {
        mag_t m;

        mag_init(m);
        acb_get_mag(m, e);
        size = mag_cmp_2exp_si(m, -60) < 0 ? -60 : mag_get_d(m) < 0.5 ? -1 : 0;
        mag_clear(m);
        acb_neg(e, e);
        acb_add_ui(e, e, 1, PREC);
        acb_mul(z, z, e, PREC);
        if (real)
            arb_zero(acb_imagref(z));
        acb_get_mid(z, z);
    }
    arb_clear(lower);
    acb_clear(e);
    acb_clear(d);
    return size;
}

/* z at a zero of E, or nearly: true when Newton's steps converged. */
static bool
find_zero(mlval_point *p, tap_random *r)
{
    bool real = p->alpha > 1.05 && tap_random_int(r, 0, 1), found = false;
    double m = (double)tap_random_int(r, 1, 15), ln_x, theta;
    arb_t alpha, beta;
    acb_t z;

    if (real) {
        theta = PI / p->alpha;
        ln_x = log(fmax((PI * (m - 0.5) - (1 - p->beta) * theta), 0.5)
                   / sin(theta));
        theta = PI / p->alpha;
    } else {
        guess_complex(&ln_x, &theta, p->alpha, p->beta, m);
    }
    if (!(fabs(ln_x) < 7))
        return false;
    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    arb_set_d(alpha, p->alpha);
    arb_set_d(beta, p->beta);
    double size = exp(p->alpha * ln_x), phi = p->alpha * theta;
    acb_set_d_d(z, real ? -size : size * cos(phi), real ? 0 : size * sin(phi));
    for (int step = 0; step < 12 && !found; step++) {
        long moved = newton(z, alpha, beta, real);

        if (moved == 0)
            break;
        found = moved <= -60;
    }
    p->re = arf_get_d(arb_midref(acb_realref(z)), ARF_RND_NEAR);
    p->im = arf_get_d(arb_midref(acb_imagref(z)), ARF_RND_NEAR);
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    return found && p->re * p->re + p->im * p->im < 1e40;
}

static bool
sample_zero(mlval_point *p, tap_random *r)
{
    long c = tap_random_int(r, 0, 99);

    p->alpha_kind = c < 30 ? "0.2..1" : c < 70 ? "1..2" : "2..5";
    p->alpha = c < 30   ? tap_random_range(r, 0.2, 1.0)
               : c < 70 ? tap_random_range(r, 1.0, 2.0)
                        : tap_random_range(r, 2.0, 5.0);
    p->beta = sample_beta(r, MLVAL_ZERO, p->alpha, &p->beta_kind);
    if (!find_zero(p, r))
        return false;
    long k = tap_random_int(r, 1, 60);
    double off = ldexp(tap_random_range(r, -1.0, 1.0), -(int)k);
    double turn = tap_random_int(r, 0, 1) ? off : 0;
    double re = p->re, im = p->im;

    p->z_kind = im == 0 ? "real zero" : "complex zero";
    p->re = re + re * off - im * turn;
    p->im = im == 0 ? 0 : im + im * off + re * turn;
    return true;
}

/* -------------------------------------------------------------------- points */

static int
sample_region(tap_random *r)
{
    static const int percent[MLVAL_REGIONS] = {14, 14, 18, 12, 4,
                                               8,  8,  10, 8,  4};
    long c = tap_random_int(r, 0, 99);
    int region = 0;

    while (c >= percent[region])
        c -= percent[region++];
    return region;
}

mlval_point
mlval_sample(tap_random *r, long prec)
{
    mlval_point p;

    p.region = sample_region(r);
    if (p.region == MLVAL_ZERO) {
        if (sample_zero(&p, r))
            return p;
        p.region = MLVAL_PLAIN;
    }
    p.alpha = sample_alpha(r, p.region, &p.alpha_kind);
    p.beta = sample_beta(r, p.region, p.alpha, &p.beta_kind);

    double m = sample_modulus(r, p.region, p.alpha, prec);
    double phi = sample_angle(r, p.region, p.alpha, &p.z_kind);

    /* Where exp(z^(1/alpha)) dominates, x beyond 2^64 is ML_OVERFLOW or
     * ML_UNDERFLOW by contract, and no ball can be compared. */
    if (log(m) > 40 * p.alpha && fabs(phi) < 0.75 * PI * p.alpha)
        m = exp(tap_random_range(r, 0, 40) * p.alpha);
    m = fmin(m, 1e300);
    p.re = m * cos(phi);
    p.im = m * sin(phi);
    if (fabs(phi) == PI)
        p.re = -m;
    if (fabs(phi) == PI || phi == 0.0)
        p.im = 0.0;
    return p;
}
