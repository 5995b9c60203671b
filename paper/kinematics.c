/* paper/kinematics.c - claims about times, angles, wavelengths, composition. */
#include "paper/impl.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <acb_calc.h>
#include <acb_hypgeom.h>
#include <arb_hypgeom.h>

/* ---------------------------------------------------------------- formulas */

static void
product(arb_t y, arb_srcptr x)
{
    arb_mul(y, x, x + 1, PREC);
}

static void
quotient(arb_t y, arb_srcptr x)
{
    arb_div(y, x, x + 1, PREC);
}

static void
difference(arb_t y, arb_srcptr x)
{
    arb_sub(y, x, x + 1, PREC);
}

/* h c / x in keV A: exact in the SI since 2019. */
static void
hc_over(arb_t y, arb_srcptr x)
{
    arb_set_str(y, "6.62607015e-34", PREC);
    arb_mul_ui(y, y, 299792458, PREC);
    arb_t e;
    arb_init(e);
    arb_set_str(e, "1.602176634e-26", PREC); /* e, times 1e3 eV, over 1e10 A */
    arb_div(y, y, e, PREC);
    arb_div(y, y, x, PREC);
    arb_clear(e);
}

/* theta = asin(q lambda / 4 pi). */
static void
theta(arb_t y, const arb_t q, const arb_t lambda)
{
    arb_t pi4;

    arb_init(pi4);
    arb_const_pi(pi4, PREC);
    arb_mul_2exp_si(pi4, pi4, 2);
    arb_mul(y, q, lambda, PREC);
    arb_div(y, y, pi4, PREC);
    arb_asin(y, y, PREC);
    arb_clear(pi4);
}

static void
to_degrees(arb_t y)
{
    arb_t pi;

    arb_init(pi);
    arb_const_pi(pi, PREC);
    arb_mul_ui(y, y, 180, PREC);
    arb_div(y, y, pi, PREC);
    arb_clear(pi);
}

/* 2 theta in degrees of (q, E). */
static void
two_theta(arb_t y, arb_srcptr x)
{
    arb_t lambda;

    arb_init(lambda);
    hc_over(lambda, x + 1);
    theta(y, x, lambda);
    arb_mul_2exp_si(y, y, 1);
    to_degrees(y);
    arb_clear(lambda);
}

/* 2 theta(q1) - 2 theta(q0) of (q0, q1, E). */
static void
two_theta_span(arb_t y, arb_srcptr x)
{
    arb_t lambda, a;

    arb_init(lambda);
    arb_init(a);
    hc_over(lambda, x + 2);
    theta(a, x, lambda);
    theta(y, x + 1, lambda);
    arb_sub(y, y, a, PREC);
    arb_mul_2exp_si(y, y, 1);
    to_degrees(y);
    arb_clear(lambda);
    arb_clear(a);
}

/* dq = k cos(theta) p / L of (q, E, p in m, L in m): q = 2 k sin(theta), and a
 * length p seen from L subtends d(2 theta) = p/L. */
static void
length_to_q(arb_t y, arb_srcptr x)
{
    arb_t lambda, c;

    arb_init(lambda);
    arb_init(c);
    hc_over(lambda, x + 1);
    theta(c, x, lambda);
    arb_cos(c, c, PREC);
    arb_const_pi(y, PREC);
    arb_mul_2exp_si(y, y, 1);
    arb_div(y, y, lambda, PREC);
    arb_mul(y, y, c, PREC);
    arb_mul(y, y, x + 2, PREC);
    arb_div(y, y, x + 3, PREC);
    arb_clear(lambda);
    arb_clear(c);
}

static void
five_half_pi_over(arb_t y, arb_srcptr x)
{
    arb_const_pi(y, PREC);
    arb_mul_ui(y, y, 5, PREC);
    arb_mul_2exp_si(y, y, -1);
    arb_div(y, y, x, PREC);
}

/* (T/Tg) of the first temperature if the second is the given part of Tg. */
static void
temperature_ratio(arb_t y, arb_srcptr x)
{
    arb_mul(y, x, x + 2, PREC);
    arb_div(y, y, x + 1, PREC);
}

static void
composition(arb_t y, arb_srcptr x)
{
    arb_zero(y);
    for (int i = 0; i < 5; i++) {
        arb_add(y, y, x + i, PREC);
    }
}

/* -------------------------------------------------------------- own verdicts */

/* "more than 300,000 s" against frames x 2.5 s. */
static void
abstract_duration(mlpaper_outcome *o, const mlpaper_context *c,
                  const void *args)
{
    arb_t frames, limit;

    (void)c, (void)args;
    arb_init(frames);
    arb_init(limit);
    mlpaper_printed(frames, "1.2e5", false);
    mlpaper_printed(limit, "=2.5", true);
    arb_mul(frames, frames, limit, PREC);
    arb_set_ui(limit, 300000);
    o->verdict = arb_le(frames, limit)   ? MLPAPER_INCONSISTENT
                 : arb_gt(frames, limit) ? MLPAPER_REPRODUCED
                                         : MLPAPER_CONSISTENT;
    double rad = mag_get_d(arb_radref(frames));
    mlpaper_computed(o, "%.0f to %.0f s", mlpaper_mid(frames) - rad,
                     mlpaper_mid(frames) + rad);
    mlpaper_detail(o, "1.2e5 frames stand for 1.15e5 to 1.25e5; exactly 1.2e5 "
                      "frames of 2.5 s are 300,000 s, not more, and the beam "
                      "loss leaves out frames.");
    arb_clear(frames);
    arb_clear(limit);
}

/* Can the record be cut into whole blocks of 1.6e4 frames? */
static void
whole_blocks(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    arb_t n, m, blocks;

    (void)c, (void)args;
    arb_init(n);
    arb_init(m);
    arb_init(blocks);
    mlpaper_printed(n, "1.2e5", true);
    mlpaper_printed(m, "1.6e4", true);
    arb_div(blocks, n, m, PREC);
    double nominal = mlpaper_mid(blocks);
    mlpaper_printed(n, "1.2e5", false);
    mlpaper_printed(m, "1.6e4", false);
    arb_div(blocks, n, m, PREC);
    o->verdict = nominal == floor(nominal)  ? MLPAPER_REPRODUCED
                 : arb_contains_int(blocks) ? MLPAPER_CONSISTENT
                                            : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.3g blocks", nominal);
    mlpaper_detail(o,
                   "as printed the last block is half as long; within the "
                   "rounding of both numbers whole blocks are possible "
                   "(%.3g to %.3g).",
                   mlpaper_mid(blocks) - mag_get_d(arb_radref(blocks)),
                   mlpaper_mid(blocks) + mag_get_d(arb_radref(blocks)));
    arb_clear(n);
    arb_clear(m);
    arb_clear(blocks);
}

/* The first maximum of sin(x)/x after 0 solves tan x = x near 7.7. */
static void
bessel_maximum(arb_t x)
{
    arb_t f, d;

    arb_init(f);
    arb_init(d);
    arb_set_d(x, 7.7252518);
    for (int i = 0; i < 6; i++) { /* Newton on sin x - x cos x */
        arb_get_mid_arb(x, x);
        arb_sin_cos(f, d, x, PREC);
        arb_mul(d, d, x, PREC);
        arb_sub(f, f, d, PREC);
        arb_sin(d, x, PREC);
        arb_mul(d, d, x, PREC);
        arb_div(f, f, d, PREC);
        arb_sub(x, x, f, PREC);
    }
    arb_clear(f);
    arb_clear(d);
}

/* 5 pi/(2 q) is the maximum of sin(q r); that of sin(q r)/(q r) lies lower. */
static void
distance_of_maximum(mlpaper_outcome *o, const mlpaper_context *c,
                    const void *args)
{
    arb_t x, q, sine, bessel;

    (void)c, (void)args;
    arb_init(x);
    arb_init(q);
    arb_init(sine);
    arb_init(bessel);
    mlpaper_printed(q, "2.63", true);
    five_half_pi_over(sine, q);
    bessel_maximum(x);
    arb_div(bessel, x, q, PREC);
    bool by_sine = mlpaper_judge(sine, sine, "3.0") == MLPAPER_REPRODUCED;
    bool by_bessel = mlpaper_judge(bessel, bessel, "3.0") == MLPAPER_REPRODUCED;
    o->verdict = by_sine && by_bessel ? MLPAPER_REPRODUCED
                 : by_sine            ? MLPAPER_CONVENTION
                                      : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "x = %.15g, r = %.4g A", mlpaper_mid(x),
                     mlpaper_mid(bessel));
    mlpaper_detail(
        o,
        "right as the maximum of sin(q r), 5 pi/2, r = %.4g A; wrong "
        "as that of sin(q r)/(q r), where tan x = x: %.2f %% lower.",
        mlpaper_mid(sine), 100 * (1 - mlpaper_mid(bessel) / mlpaper_mid(sine)));
    arb_clear(x);
    arb_clear(q);
    arb_clear(sine);
    arb_clear(bessel);
}

/* sin(x)/x is sqrt(pi/(2x)) J_{1/2}(x), and not J_0(x). */
static void
bessel_kind(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    arb_t x, nu, sinc, spherical, cylindrical, s;

    (void)c, (void)args;
    arb_init(x), arb_init(nu), arb_init(sinc), arb_init(spherical);
    arb_init(cylindrical), arb_init(s);
    arb_set_ui(nu, 1);
    five_half_pi_over(x, nu);
    arb_sinc(sinc, x, PREC);
    arb_zero(nu);
    arb_hypgeom_bessel_j(cylindrical, nu, x, PREC);
    arb_set_d(nu, 0.5);
    arb_hypgeom_bessel_j(spherical, nu, x, PREC);
    arb_const_pi(s, PREC);
    arb_div(s, s, x, PREC);
    arb_mul_2exp_si(s, s, -1);
    arb_sqrt(s, s, PREC);
    arb_mul(spherical, spherical, s, PREC);
    o->verdict = !arb_overlaps(spherical, sinc)    ? MLPAPER_INCONSISTENT
                 : arb_overlaps(cylindrical, sinc) ? MLPAPER_REPRODUCED
                                                   : MLPAPER_CONVENTION;
    mlpaper_computed(o, "j_0 = %.6f, J_0 = %.6f", mlpaper_mid(spherical),
                     mlpaper_mid(cylindrical));
    mlpaper_detail(o, "at q r = 5 pi/2: right as the spherical j_0 of |q||r|, "
                      "wrong as the cylindrical J_0 that the symbol names.");
    arb_clear(x), arb_clear(nu), arb_clear(sinc), arb_clear(spherical);
    arb_clear(cylindrical), arb_clear(s);
}

/* q exp(-q^2/4) sin(q r), r = 1.25, for the pair distribution function. */
static int
pdf_integrand(acb_ptr y, const acb_t q, void *r, slong order, slong prec)
{
    acb_t t;

    (void)order; /* entire: analytic wherever it is asked */
    acb_init(t);
    acb_mul_arb(t, q, r, prec);
    acb_sin(t, t, prec);
    acb_mul(t, t, q, prec);
    acb_mul(y, q, q, prec);
    acb_mul_2exp_si(y, y, -2);
    acb_neg(y, y);
    acb_exp(y, y, prec);
    acb_mul(y, y, t, prec);
    acb_clear(t);
    return 0;
}

/* rho - rho0 = exp(-r^2) has S - 1 = pi^(3/2) exp(-q^2/4): both sides. */
static void
pair_distribution(mlpaper_outcome *o, const mlpaper_context *c,
                  const void *args)
{
    arb_t r, left, pi;
    acb_t a, b, sum;
    mag_t tolerance;

    (void)c, (void)args;
    arb_init(r), arb_init(left), arb_init(pi);
    acb_init(a), acb_init(b), acb_init(sum);
    mag_init(tolerance);
    arb_set_d(r, 1.25);
    acb_set_ui(b, 30); /* the rest is below 30^2 exp(-225) */
    mag_set_ui_2exp_si(tolerance, 1, -90);
    acb_calc_integrate(sum, pdf_integrand, r, a, b, 90, tolerance, NULL, PREC);
    arb_add_error_2exp_si(acb_realref(sum), -300);
    arb_const_pi(pi, PREC);
    arb_sqrt(left, pi, PREC);
    acb_mul_arb(sum, sum, left, PREC); /* 2/pi pi^(3/2) */
    acb_mul_2exp_si(sum, sum, 1);
    arb_mul(left, r, r, PREC);
    arb_neg(left, left);
    arb_exp(left, left, PREC);
    arb_mul(left, left, r, PREC);
    arb_mul(left, left, pi, PREC);
    arb_mul_2exp_si(left, left, 2); /* 4 pi r exp(-r^2) */
    o->verdict = arb_overlaps(left, acb_realref(sum)) ? MLPAPER_REPRODUCED
                                                      : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.10f = %.10f", mlpaper_mid(left),
                     mlpaper_mid(acb_realref(sum)));
    mlpaper_detail(o,
                   "both sides at r = 1.25 for rho - rho0 = exp(-r^2), whose "
                   "S - 1 is pi^(3/2) exp(-q^2/4); q and r are scalars, the "
                   "bold type is not meant.");
    arb_clear(r), arb_clear(left), arb_clear(pi);
    acb_clear(a), acb_clear(b), acb_clear(sum);
    mag_clear(tolerance);
}

static bool
is_element(const char *s, size_t n)
{
    static const char *const known[] = {"Zr", "Ti", "Cu", "Ni", "Al"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strlen(known[i]) == n && strncmp(s, known[i], n) == 0) {
            return true;
        }
    }
    return false;
}

/* How many symbols of the caption are elements of the alloy? */
static void
caption(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const char *s = "Z_t = T_5C_t = N_1 + A_1";
    int symbols = 0, elements = 0;

    (void)c, (void)args;
    for (; *s; s++) {
        if (isupper((unsigned char)*s)) {
            size_t n = islower((unsigned char)s[1]) ? 2 : 1;
            symbols++;
            elements += is_element(s, n);
        }
    }
    o->verdict = elements == symbols ? MLPAPER_REPRODUCED : MLPAPER_DAMAGED;
    mlpaper_computed(o, "%d of %d symbols are elements", elements, symbols);
    mlpaper_detail(o, "the extraction lost the subscripts; read Zr52.5 Ti5 "
                      "Cu17.9 Ni14.6 Al10 as in Results and Methods.");
}

/* "more than four decades" */
static void
decades(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    double block = log10(4e4 / 2.5), whole = log10(3e5 / 2.5);

    (void)c, (void)args;
    o->verdict = block > 4 && block < 5 ? MLPAPER_CONSISTENT
                 : whole > 4            ? MLPAPER_CONVENTION
                                        : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.2f or %.2f decades", block, whole);
    mlpaper_detail(o,
                   "lags from 2.5 s to the length of one correlation block "
                   "(4e4 s), or to that of the record (3e5 s), which would be "
                   "more than five; the lag range of the fit is not printed.");
}

/* Five bins a decade on integer lags: are any empty? */
static void
lag_bins(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    int empty = 0, bins = 0;

    (void)c, (void)args;
    for (long lo = 1; lo <= 16000; bins++) {
        long hi = lround(ceil(pow(10, (bins + 1) / 5.0) - 1e-9));
        empty += hi <= lo;
        lo = hi > lo ? hi : lo;
    }
    o->verdict = empty ? MLPAPER_INCONSISTENT : MLPAPER_CONSISTENT;
    mlpaper_computed(o, "%d bins, %d empty", bins, empty);
    mlpaper_detail(o,
                   "whole frames as lags, edges 10^(k/5) frames, up to a "
                   "block of 16,000 frames; the centre rule is not printed.");
}

typedef struct {
    double time;
    const char *what;
} frames_args;

/* Is that time a whole number of frames? */
static void
whole_frames(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const frames_args *a = args;
    double frames = a->time / 2.5;

    (void)c;
    o->verdict =
        frames == floor(frames) ? MLPAPER_CONSISTENT : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.6g frames", frames);
    mlpaper_detail(o, "%s", a->what);
}

/* Is the simulated spot, or one of its pixels, as wide as the detector? */
static void
comparable(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    double detector = 2.66 - 2.60, pixel = 0.07 / detector;
    double spot = 0.21 / detector;

    (void)c, (void)args;
    o->verdict = pixel < 1.5 && spot < 1.5 ? MLPAPER_REPRODUCED
                 : pixel < 1.5             ? MLPAPER_CONVENTION
                                           : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.1f and %.1f detector ranges", pixel, spot);
    mlpaper_detail(o, "right for one simulated pixel (0.07 1/A), wrong for the "
                      "spot of 0.21 1/A that Fig. 4c uses.");
}

/* --------------------------------------------------------------------- rows */

#define SUM(...) mlpaper_arithmetic, &(const mlpaper_sum){__VA_ARGS__}, NULL

static const mlpaper_claim claims[] = {
    {"kin-duration", SUM(product, {"1.2e5", "=2.5"}, "3e5", 6, "s")},
    {"kin-hours", SUM(quotient, {"=300000", "=3600"}, "83.3", 5, "h")},
    {"kin-abstract", abstract_duration, NULL, NULL},
    {"kin-block", SUM(product, {"1.6e4", "=2.5"}, "4e4", 6, "s")},
    {"kin-blocks", whole_blocks, NULL, NULL},
    {"kin-wavelength", SUM(hc_over, {"7.32"}, "1.69", 7, "A")},
    {"kin-energy", SUM(hc_over, {"1.69"}, "7.32", 5, "keV")},
    {"kin-pixel",
     SUM(length_to_q, {"2.63", "7.32", "55e-6", "1.1"}, "1.74e-4", 5, "1/A")},
    {"kin-pixel-edge", SUM(length_to_q, {"=2.60", "=7.32", "=55e-6", "=1.1"},
                           "1.74e-4", 5, "1/A")},
    {"kin-qrange",
     SUM(length_to_q, {"2.63", "7.32", "19e-3", "1.1"}, "0.06", 4, "1/A")},
    {"kin-angle", SUM(two_theta, {"2.63", "7.32"}, "1", 4, "deg")},
    {"kin-angle-span",
     SUM(two_theta_span, {"2.60", "2.66", "7.32"}, "1", 3, "deg")},
    {"kin-distance", SUM(five_half_pi_over, {"2.63"}, "3.0", 4, "A")},
    {"kin-distance-low", SUM(five_half_pi_over, {"2.60"}, "3.0", 4, "A")},
    {"kin-distance-high", SUM(five_half_pi_over, {"2.66"}, "3.0", 4, "A")},
    {"kin-maximum", distance_of_maximum, NULL, NULL},
    {"kin-bessel", bessel_kind, NULL, NULL},
    {"kin-pdf", pair_distribution, NULL, NULL},
    {"kin-tg", SUM(temperature_ratio, {"298", "668", "0.98"}, "0.45", 3, "Tg")},
    {"kin-composition", SUM(composition, {"52.5", "=5", "17.9", "14.6", "=10"},
                            "100.0", 4, "at.%")},
    {"kin-caption", caption, NULL, NULL},
    {"kin-decades", decades, NULL, NULL},
    {"kin-bins", lag_bins, NULL, NULL},
    {"kin-window", whole_frames,
     &(const frames_args){
         1000, "300 windows in the record; for <t> = 28,000 s one "
               "window holds 0.036 relaxation times: the frames of a "
               "window are one realisation."},
     NULL},
    {"kin-event", whole_frames,
     &(const frames_args){202500, "the printed time is a frame boundary."},
     NULL},
    {"kin-remaining", SUM(difference, {"3.00e5", "250e3"}, "5e4", 6, "s")},
    {"kin-longest", SUM(quotient, {"3e5", "6e4"}, "5", 2, "times as long")},
    {"md-spot", SUM(quotient, {"0.21", "0.07"}, "3", 3, "pixels")},
    {"md-comparable", comparable, NULL, NULL},
};

const mlpaper_group mlpaper_kinematics = {claims,
                                          sizeof claims / sizeof *claims};
