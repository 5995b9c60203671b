/* mlfunc/test/t-double_scaled.c - numbers with exponents against balls.
 *
 * [mlfunc D34] [mlfunc D35] [mlfunc D45]
 */
#include <stdlib.h>

#include "mlfunc/double/scaled.h"
#include "mlfunc/test/value_truth.h"

#define PREC 900

static void
share_add_scaled(value_share *s, const arb_t x, scaled a)
{
    value_share_add(s, x, a.m.h, a.m.l, a.err, a.e);
}

/* ---------------------------------------------------------------- arithmetic */

static scaled
random_scaled(tap_random *r)
{
    dd m =
        dd_two_sum(tap_random_range(r, -2, 2), ldexp(tap_random_unit(r), -54));
    double err = tap_random_u64(r) & 1 ? tap_random_log(r, 1e-40, 0.1) : 0;

    return scaled_make(m, err, tap_random_int(r, -3000, 3000));
}

/* An end of the interval of a, exactly. */
static void
end_of(arb_t x, scaled a, double side)
{
    arb_t t;

    arb_init(t);
    arb_set_d(x, a.m.h);
    arb_set_d(t, a.m.l);
    arb_add(x, x, t, ARF_PREC_EXACT);
    arb_set_d(t, side * a.err);
    arb_add(x, x, t, ARF_PREC_EXACT);
    arb_mul_2exp_si(x, x, (slong)a.e);
    arb_clear(t);
}

/* The ends of the inputs give numbers within the result. */
static void
arithmetic(tap_random *r)
{
    value_share s[4] = {{.what = "sum"},
                        {.what = "product"},
                        {.what = "inverse"},
                        {.what = "exponential"}};
    long bad = 0;
    arb_t x, y, t;

    arb_init(x);
    arb_init(y);
    arb_init(t);
    for (long i = 0; i < tap_effort(3000); i++) {
        scaled a = random_scaled(r), b = random_scaled(r);
        double side = i & 1 ? 1 : -1, other = i & 2 ? 1 : -1;
        if (i % 3)
            b.e = a.e + tap_random_int(r, -120, 120);
        if (i % 7 == 0)
            b.m = dd_neg(a.m);
        end_of(x, a, side);
        end_of(y, b, other);
        arb_add(t, x, y, ARF_PREC_EXACT);
        share_add_scaled(s, t, scaled_add(a, b));
        arb_mul(t, x, y, ARF_PREC_EXACT);
        share_add_scaled(s + 1, t, scaled_mul(a, b));
        arb_inv(t, x, PREC);
        scaled c = scaled_inverse(a);
        if (c.err < 0x1p900)
            share_add_scaled(s + 2, t, c);
        dd e = dd_two_sum(
            tap_random_range(r, -1, 1) * tap_random_log(r, 1e-9, 1e12), 1e-20);
        double err = i & 4 ? tap_random_log(r, 1e-30, 0.24) : 0;
        if (i % 11 == 0)
            e.h *= 0x1p20;
        arb_set_d(x, e.h);
        arb_set_d(t, e.l);
        arb_add(x, x, t, ARF_PREC_EXACT);
        arb_set_d(t, side * err);
        arb_add(x, x, t, ARF_PREC_EXACT);
        arb_exp(t, x, PREC);
        scaled g = scaled_exp(e, err);
        if (g.err < 0x1p900)
            share_add_scaled(s + 3, t, g);
        else
            bad += fabs(e.h) < 0x1p59;
        scaled up = scaled_up(a), down = scaled_down(a);
        end_of(x, a, a.m.h < 0 ? -1 : 1);
        end_of(y, a, a.m.h < 0 ? 1 : -1);
        if (a.m.h < 0) {
            arb_neg(x, x);
            arb_neg(y, y);
        }
        end_of(t, up, 0);
        bad += up.err != 0 || !arb_ge(t, x);
        end_of(t, down, 0);
        bad += down.err != 0 || (down.m.h != 0 && !arb_le(t, y));
        bad += scaled_less(up, down) || scaled_less(up, up);
        bad += !(down.m.h == 0 || fabs(down.m.h) >= 1) || fabs(up.m.h) >= 2;
    }
    for (int k = 0; k < 4; k++)
        value_share_claim(s + k, "D34");
    tap_ok(bad == 0, "upper and lower bounds of the modulus");
    arb_clear(x);
    arb_clear(y);
    arb_clear(t);
}

/* --------------------------------------------------------------------- gammas */

static void
gammas(tap_random *r)
{
    value_share s[3] = {{.what = "1/Gamma left of -200"},
                        {.what = "1/Gamma in the middle"},
                        {.what = "1/Gamma right of 24"}};
    value_share inverse = {.what = "Gamma"};
    long zeros = 0, zeros_bad = 0;
    arb_t y, t;

    arb_init(y);
    arb_init(t);
    for (long i = 0; i < tap_effort(1500); i++) {
        double k = (double)tap_random_int(r, 0, 30);
        double alpha = tap_random_log(r, i % 8 ? 0.01 : 1e-250, 100);
        double beta = i % 3 ? tap_random_range(r, -400, 400)
                            : (double)tap_random_int(r, -300, 10);
        if (i % 6 == 0)
            alpha = rint(alpha);
        if (i % 9 == 1)
            beta = tap_random_log(r, 400, 1e8) * (i & 1 ? 1 : -1e-3);
        scaled_arg a = scaled_arg_of(alpha, beta, k);
        scaled g = scaled_rgamma(a);
        arb_set_d(y, alpha);
        arb_mul_si(y, y, (slong)k, ARF_PREC_EXACT);
        arb_set_d(t, beta);
        arb_add(y, y, t, ARF_PREC_EXACT);
        if (arb_is_int(y) && !arb_is_positive(y)) {
            zeros++;
            zeros_bad += g.m.h != 0 || g.err != 0;
            continue;
        }
        arb_rgamma(t, y, PREC);
        share_add_scaled(s + (a.n < -200 ? 0 : a.n < 24 ? 1 : 2), t, g);
        arb_inv(t, t, PREC);
        if (fabs(beta) < 1e4)
            share_add_scaled(&inverse, t, scaled_gamma(a));
    }
    for (int k = 0; k < 3; k++)
        value_share_claim(s + k, "D34");
    value_share_claim(&inverse, "D34");
    tap_ok(zeros > 20 && zeros_bad == 0, "exactly 0 at %ld poles of Gamma",
           zeros);
    scaled far = scaled_rgamma(scaled_arg_of(1, 1e15, 0));
    scaled back = scaled_gamma(scaled_arg_of(1, 1e15, 0));
    tap_ok(far.m.h == 0 && far.err > 0 && far.e < -SCALED_MOST
               && !(back.err < 0x1p900),
           "beyond all exponents 1/Gamma is bounded, Gamma unknown");
    arb_clear(y);
    arb_clear(t);
}

/* --------------------------------------------------------------------- values */

static double
sign(tap_random *r)
{
    return tap_random_u64(r) & 1 ? 1 : -1;
}

/* One point of the kind named. */
static void
random_point(double *alpha, double *beta, double *x, tap_random *r, int kind)
{
    *alpha = tap_random_log(r, 0.2, 5.5);
    *beta = tap_random_range(r, 7, 150);
    *x = sign(r) * pow(tap_random_log(r, 0.1, *beta), *alpha);
    if (kind == 1) { /* alpha > 5.5: series */
        *alpha = tap_random_log(r, 5.5, 1e4);
        *beta = tap_random_range(r, -60, 200);
        *x = sign(r) * tap_random_log(r, 1e-10, 1e40);
    } else if (kind == 2) { /* alpha > 5.5: poles */
        *alpha = tap_random_range(r, 5.5, 12);
        *beta = tap_random_range(r, -10, 10);
        *x = sign(r) * pow(tap_random_log(r, 50, 4000), *alpha);
    } else if (kind == 3) { /* beyond the poles */
        *alpha = tap_random_log(r, 0.3, 1.9);
        *beta = tap_random_range(r, -30, -6);
        *x = -pow(tap_random_log(r, 300, 1e6), *alpha);
    } else if (kind == 4) { /* small numbers */
        *alpha = tap_random_log(r, 0x1p-400, 1);
        *beta = (double)tap_random_int(r, -5, 3);
        *x = sign(r) * tap_random_log(r, 1e-280, 0.4);
    } else if (kind == 5) { /* steps of alpha */
        *alpha = tap_random_range(r, 0.3, 0.95);
        *beta = tap_random_range(r, -14, -6);
        *x = -tap_random_log(r, 0.5, 3);
    } else if (kind == 6) { /* phases of many digits */
        *alpha = tap_random_u64(r) & 1 ? 2 : tap_random_range(r, 1.3, 2);
        *beta = tap_random_range(r, -3, 4);
        *x = -pow(2, *alpha * tap_random_range(r, 20, 60));
    }
}

static const char *const kinds[] = {
    "beta large", "alpha large",   "alpha large, poles", "beyond all poles",
    "tiny alpha", "beta negative", "far phases",
};

static void
values(tap_random *r, int kind)
{
    value_share s = {.what = kinds[kind]};
    long nothing = 0, poor = 0, n = tap_effort(kind == 4 ? 25 : 150);
    acb_t e;

    acb_init(e);
    for (long i = 0; i < n; i++) {
        double z[2] = {0, 0}, alpha, beta;
        ml_value v;
        random_point(&alpha, &beta, z, r, kind);
        ml_mittleff_scaled(&v, alpha, beta, z[0]);
        nothing += !(v.err < INFINITY);
        poor += !(v.err <= 0x1p-60 * fabs(v.hi));
        if (!(v.err < INFINITY))
            continue;
        if (kind == 4)
            value_truth_series(e, alpha, beta, z, PREC);
        else
            value_truth(e, alpha, beta, z, PREC);
        value_share_add(&s, acb_realref(e), v.hi, v.lo, v.err, v.exponent);
    }
    value_share_claim(&s, "D35");
    tap_ok(nothing == 0 && poor * (kind == 6 ? 1 : 8) <= n,
           "%s: %ld of %ld with err > 2^-60 |E|", kinds[kind], poor, n);
    acb_clear(e);
}

/* ------------------------------------------------------------ complex numbers */

/* sin and cos of anything up to 2^100, of small angles relative to them. */
static void
turns(tap_random *r)
{
    value_share all = {.what = "cos, sin"}, small = {.what = "sin next to 0"};
    arb_t x, c, s;

    arb_init(x);
    arb_init(c);
    arb_init(s);
    for (long i = 0; i < tap_effort(3000); i++) {
        double h = sign(r)
                   * (i % 3   ? tap_random_log(r, 1e-3, 8)
                      : i % 2 ? tap_random_log(r, 1, 0x1p99)
                              : tap_random_log(r, 1e-30, 0.0059));
        dd y = dd_two_sum(h, h * tap_random_range(r, -1, 1) * 0x1p-54);
        dz v = scaled_cis(y);

        arb_set_d(x, y.h);
        arb_set_d(c, y.l);
        arb_add(x, x, c, ARF_PREC_EXACT);
        arb_sin_cos(s, c, x, PREC);
        double err = SCALED_CIS_ERROR(h);
        value_share_add(&all, c, v.re.h, v.re.l, err, 0);
        value_share_add(&all, s, v.im.h, v.im.l, err, 0);
        if (fabs(h) < 0.006)
            value_share_add(&small, s, v.im.h, v.im.l, err * fabs(h), 0);
    }
    value_share_claim(&all, "D45");
    value_share_claim(&small, "D45");
    arb_clear(x);
    arb_clear(c);
    arb_clear(s);
}

/* One point of the kind named. */
static void
complex_point_of(double *alpha, double *beta, double z[2], tap_random *r,
                 int kind)
{
    const double pi = 3.14159265358979323846;
    double size, turn = tap_random_range(r, 0, 1);

    *alpha = tap_random_log(r, 5.5, 300);
    *beta = tap_random_range(r, -40, 60);
    size = tap_random_log(r, 1e-12, 1e40);
    if (kind == 1) { /* poles */
        *alpha = tap_random_range(r, 5.5, 40);
        size = pow(tap_random_log(r, 100, 1e4), fmin(*alpha, 30));
        *alpha = fmin(*alpha, 30);
    } else if (kind == 2) { /* far, where exponentials fall */
        *alpha = tap_random_range(r, 0.1, 1.6);
        *beta = tap_random_range(r, -4, 5);
        size = pow(2, *alpha * tap_random_range(r, 28, 90));
        turn = fmin(1, *alpha * tap_random_range(r, 0.52, 1.2));
    } else if (kind == 3) { /* far, on the rays where they do not */
        *alpha = (double)tap_random_int(r, 1, 14) / 8;
        *beta = tap_random_range(r, -3, 4);
        size = pow(2, *alpha * tap_random_range(r, 25, 62));
        turn =
            *alpha / 2 + sign(r) * ldexp(1, (int)tap_random_int(r, -70, -40));
    } else if (kind == 4) { /* tiny alpha or z, next to the axis */
        *alpha = tap_random_log(r, 5.5, 1e4);
        size = tap_random_log(r, 1e-300, 1e3);
        turn = tap_random_log(r, 1e-290, 1e-3);
    } else if (kind == 5) { /* A2 has a remainder only after many terms */
        *alpha = tap_random_log(r, 2e-3, 0.1);
        *beta = tap_random_range(r, 1, 8);
        size = pow(2, tap_random_range(r, 10, 60));
        turn = tap_random_range(r, 0.1, 1);
        if (tap_random_int(r, 0, 1)) { /* and that is what is left out */
            *beta = tap_random_range(r, 1, 2);
            turn = tap_random_range(r, 0.25, 1);
            *alpha = (*beta - 0.75) / ceil(93 / log2(size));
        }
    }
    z[0] = size * cos(pi * turn);
    z[1] = size * sin(pi * fmin(turn, 1 - turn));
    if (!(z[1] > 0))
        z[1] = size * 0x1p-30;
}

static const char *const complex_kinds[] = {
    "complex, alpha large",      "complex, poles",
    "complex, far, algebraic",   "complex, far, anti-Stokes",
    "complex, next to the axis", "complex, alpha small",
};

/* |z| <= 1e3, 5.5 <= alpha, |beta| <= 60: each part relatively well, be it far
 * below the other.  Terms from k = n on, alpha n + beta >= 240, fall by more than
 * 2 each, and |Im z^k| <= k |z|^(k-1) |Im z|. */
static void
truth_next_to_axis(acb_t e, double alpha, double beta, const double z[2])
{
    slong n = 3 + (slong)(300 / alpha);
    acb_t x, power;
    arb_t y, b;
    mag_t rest, size, side;

    acb_init(x);
    acb_init(power);
    arb_init(y);
    arb_init(b);
    mag_init(rest);
    mag_init(size);
    mag_init(side);
    acb_set_d_d(x, z[0], z[1]);
    arb_set_d(b, beta);
    acb_one(power);
    acb_zero(e);
    for (slong k = 0; k <= n; k++) {
        arb_set_d(y, alpha);
        arb_mul_si(y, y, k, PREC);
        arb_add(y, y, b, PREC);
        arb_rgamma(y, y, PREC);
        if (k < n) {
            arb_addmul(acb_realref(e), acb_realref(power), y, 4 * PREC);
            arb_addmul(acb_imagref(e), acb_imagref(power), y, 4 * PREC);
            acb_mul(power, power, x, PREC);
        }
    }
    /* twice the first that is left out */
    acb_get_mag(size, x);
    mag_pow_ui(rest, size, (ulong)n - 1);
    arb_get_mag(side, y);
    mag_mul(rest, rest, side);
    arb_get_mag(side, acb_imagref(x));
    mag_mul(size, size, rest);
    mag_mul_ui(side, side, (ulong)n);
    mag_mul(rest, rest, side);
    mag_mul_2exp_si(size, size, 1);
    mag_mul_2exp_si(rest, rest, 2);
    mag_add(arb_radref(acb_realref(e)), arb_radref(acb_realref(e)), size);
    mag_add(arb_radref(acb_imagref(e)), arb_radref(acb_imagref(e)), rest);
    acb_clear(x);
    acb_clear(power);
    arb_clear(y);
    arb_clear(b);
    mag_clear(rest);
    mag_clear(size);
    mag_clear(side);
}

static void
complex_values(tap_random *r, int kind)
{
    value_share s = {.what = complex_kinds[kind]};
    long nothing = 0, poor = 0, n = tap_effort(40);
    slong prec = kind == 0 ? 4 * PREC : PREC;
    acb_t e;

    acb_init(e);
    for (long i = 0; i < n; i++) {
        double z[2], alpha, beta;
        ml_value v[2];

        complex_point_of(&alpha, &beta, z, r, kind);
        ml_mittleff_scaled_complex(v, alpha, beta, z);
        double most = fmax(ldexp(fabs(v[0].hi), v[0].exponent - v[1].exponent),
                           fabs(v[1].hi));
        nothing += !(v[0].err < INFINITY && v[1].err < INFINITY);
        poor += !(ldexp(v[0].err, v[0].exponent - v[1].exponent) + v[1].err
                  <= 0x1p-60 * most);
        if (kind == 4)
            truth_next_to_axis(e, alpha, beta, z);
        else
            value_truth(e, alpha, beta, z, prec);
        for (int k = 0; k < 2; k++) {
            if (v[k].err < INFINITY && llabs(v[k].exponent) < SCALED_MOST)
                value_share_add(&s, k ? acb_imagref(e) : acb_realref(e),
                                v[k].hi, v[k].lo, v[k].err, v[k].exponent);
        }
    }
    value_share_claim(&s, "D35");
    tap_ok(nothing * 10 <= n && poor * (kind == 3 ? 1 : 8) <= n,
           "%s: %ld of %ld with err > 2^-60 |E|, %ld without a value",
           complex_kinds[kind], poor, n, nothing);
    acb_clear(e);
}

/* [mlfunc D35]  Small z and large alpha: the second term, of which an imaginary
 * part consists, is far below the first, and below the bound of M4 for what is
 * left out after it.  Either part is to its last bit, or a number that
 * underflows. */
static void
smaller_part(tap_random *r)
{
    value_share s = {.what = "the smaller part"};
    long poor = 0, coarse = 0, none = 0, n = tap_effort(300);
    acb_t e;

    acb_init(e);
    for (long i = 0; i < n; i++) {
        double alpha = tap_random_log(r, 5.5, 300), value[2], bound[2];
        double beta = tap_random_range(r, -20, 10), turn;
        double size = pow(2, -tap_random_range(r, 9, 300));
        ml_value v[2];

        turn = tap_random_range(r, 0, 3.14159265358979323846);
        beta = i % 4 == 0 ? rint(beta) : beta;
        double z[2] = {size * cos(turn), size * sin(turn)};
        if (i == 0) {
            alpha = 0x1.66113818d5e8bp+7;
            beta = -0x1.1b5a1ccdf883ap+4;
            z[0] = 0x1.438dd79700448p-78;
            z[1] = 0x1.8845b9a24e479p-78;
        }
        truth_next_to_axis(e, alpha, beta, z);
        ml_mittleff_scaled_complex(v, alpha, beta, z);
        ml_status st = ml_mittleff_z(value, bound, alpha, beta, z);
        none += (st & ML_UNABLE) != 0;
        for (int k = 0; k < 2; k++) {
            arb_srcptr part = k ? acb_imagref(e) : acb_realref(e);
            int up = fabs(value[k]) < 1e-200 ? 600 : 0;

            value_share_add(&s, part, v[k].hi, v[k].lo, v[k].err,
                            v[k].exponent);
            value_share_add(&s, part, ldexp(value[k], up), 0,
                            ldexp(bound[k], up), -up);
            poor += !(v[k].err <= 0x1p-80 * fabs(v[k].hi));
            coarse += !(bound[k] <= 0x1p-51 * fabs(value[k])
                        || bound[k] <= 0x1p-1074);
        }
    }
    value_share_claim(&s, "D35");
    tap_ok(poor == 0 && coarse == 0 && none == 0,
           "each part is known by itself: %ld parts not to 2^-80, %ld of "
           "doubles not to 2^-51, %ld of %ld points without a value",
           poor, coarse, none, n);
    acb_clear(e);
}

/* The series cut early, so that the bound of its rest carries the error: by the
 * ratio of two terms, or where arguments are negative by M4. */
static void
cut_series(tap_random *r)
{
    value_share ratio = {.what = "series cut, by the ratio"};
    value_share most = {.what = "series cut, by the largest coefficient"};
    acb_t e;

    acb_init(e);
    for (long i = 0; i < tap_effort(120); i++) {
        bool tiny = i % 3 == 0;
        double z[2] = {0, 0}, alpha, beta = tap_random_range(r, 0.5, 8);
        int bits = (int)tap_random_int(r, 3, 30);
        alpha = tap_random_log(r, 0.05, 10);
        z[0] = sign(r) * pow(tap_random_log(r, 0.1, 8), alpha);
        if (tiny) {
            alpha = tap_random_log(r, 1e-30, 1e-3);
            beta = tap_random_range(r, -6, -0.1);
            z[0] = sign(r) * tap_random_range(r, 0.05, 0.75);
        }
        scaled_problem p = scaled_problem_of(alpha, beta, z[0], 0);
        scaled a = scaled_series(&p, bits).re;
        if (!(a.err < 0x1p900))
            continue;
        if (tiny)
            value_truth_series(e, alpha, beta, z, PREC);
        else
            value_truth(e, alpha, beta, z, PREC);
        share_add_scaled(tiny ? &most : &ratio, acb_realref(e), a);
    }
    value_share_claim(&ratio, "D35");
    value_share_claim(&most, "D35");
    acb_clear(e);
}

/* What has no place among the doubles. */
static void
ends(void)
{
    static const struct {
        double alpha, beta, x, value;
        ml_status status;
    } point[] = {
        {1e300, 1, 5, 1, ML_OK},
        {1e300, 0, 5, 0, ML_UNDERFLOW},
        {1e300, -3, -1e300, 0, ML_UNDERFLOW},
        {6, 1, 1e100, INFINITY, ML_OVERFLOW},
        {6, -20.5, 1e300, INFINITY, ML_OVERFLOW},
        {10, 1e4, 1, 0, ML_UNDERFLOW},
        {10, 1e16, -1e100, 0, ML_UNDERFLOW},
        {7, -2e3 - 0.5, 1e-3, -INFINITY, ML_OVERFLOW},
        {7, -0.0, 0, 0, ML_OK},
        {0.3, 3, 0, 0.5, ML_OK},
        {0.3, -1e3, 0, 0, ML_OK},
        {20, 1, 0x1p-1074, 1, ML_OK},
        {20, 0, 0x1p-1050, 0, ML_UNDERFLOW},
        {0x1p50, -0x1p48 - 1, 1, 0, ML_UNDERFLOW},
        {0x1p50, -0x1p49 + 1, -1e10, 0, ML_UNDERFLOW},
        {0x1.8p-14, 20, 1.0025, INFINITY, ML_OVERFLOW},
    };
    long bad = 0;

    for (size_t i = 0; i < sizeof point / sizeof *point; i++) {
        ml_value v;
        double y = 0, bound = 0;
        ml_mittleff_scaled(&v, point[i].alpha, point[i].beta, point[i].x);
        ml_status st = ml_value_round(&y, &bound, &v);
        bool ok = y == point[i].value && (st & ~ML_UNDECIDED) == point[i].status
                  && (st == point[i].status || y == 0);
        if (!ok)
            tap_note("E(%g, %g, %g) = %a, status %d, err %g", point[i].alpha,
                     point[i].beta, point[i].x, y, (int)st, v.err);
        bad += !ok;
    }
    tap_ok(bad == 0, "results of 0 and infinity, and exact ones");
}

/* [mlfunc D45]  A lost phase is no value; what is small beside the rest is. */
static void
lost_phases(void)
{
    const double z[][2] = {
        {-8e31, 6e31}, {0, 0x1p100}, {0x1p80, 1}, {-8e11, 6e11}};
    double v[2], b[2];
    ml_status far = ml_mittleff_bound_d(v, b, 2, 1, -1e300);
    bool none = far == ML_UNABLE && isnan(v[0]) && isinf(b[0]);
    ml_status near = ml_mittleff_bound_d(v, b, 2, 1, -0x1p140);
    bool some = near == ML_UNDECIDED && b[0] > 1e-16 && b[0] < fabs(v[0]) / 64;
    ml_status sum = ml_mittleff_bound_d(v, b, 2, 5, -1e300);

    tap_ok(none && some && sum == ML_OK && fabs(v[0] - 0.5e-300) < 1e-315,
           "[mlfunc D45] cos 10^150 is not known, cos 2^70 to a few digits, "
           "what they are next to 0 in is");
    ml_status tiny = ml_mittleff_z(v, b, 1, 1, z[0]);
    bool falls = v[0] == 0 && v[1] == 0 && b[0] < 1e-300
                 && tiny == (ML_UNDERFLOW | ML_UNDECIDED);
    /* no algebraic part: both signs are known */
    falls = falls && ml_mittleff_z(v, b, 1, 1, z[3]) == ML_UNDERFLOW
            && v[0] == 0 && v[1] == 0;
    ml_value w[2]; /* (e^z - 1)/z */
    ml_mittleff_scaled_complex(w, 1, 2, z[3]);
    falls = falls && fabs(ldexp(w[0].hi, w[0].exponent) - 0.8e-12) < 1e-26
            && fabs(ldexp(w[1].hi, w[1].exponent) - 0.6e-12) < 1e-26;
    /* -1/(z Gamma(1/4)); the poles are beyond the exponents of its remainder */
    const double stokes[2] = {-0x1.92422f4a2616fp+88, 0x1.4d3debe65414p+87};
    falls = falls && ml_mittleff_z(v, b, 1.75, 2, stokes) == ML_OK
            && fabs(v[0] - 4.841107171473289e-28) < 1e-43
            && fabs(v[1] - 2.005252247321840e-28) < 1e-43;
    ml_status lost = ml_mittleff_z(v, b, 1, 1, z[1]);
    bool turns_away = (lost & ML_UNABLE) && isnan(v[0]) && isnan(v[1]);
    ml_status grows = ml_mittleff_z(v, b, 1, 1, z[2]);
    tap_ok(falls && turns_away && grows == ML_OVERFLOW && v[0] == INFINITY
               && v[1] == INFINITY,
           "[mlfunc D45] e^z: nothing, unknown, and infinite in both parts "
           "(%d %d %d)",
           (int)tiny, (int)lost, (int)grows);
}

/* The sign of Re or Im of t^(1-beta) e^t, t = |x|^(1/alpha) e^{i pi/alpha}; 0 next
 * to a change. */
static int
leading_sign(double alpha, double beta, double x)
{
    arb_t t, a, c, s, l;

    arb_init(t);
    arb_init(a);
    arb_init(c);
    arb_init(s);
    arb_init(l);
    arb_set_d(l, -x);
    arb_log(l, l, PREC);
    arb_set_d(a, alpha);
    arb_div(l, l, a, PREC);
    arb_exp(t, l, PREC);
    arb_const_pi(c, PREC);
    arb_div(a, c, a, PREC);
    arb_sin(s, a, PREC);
    arb_mul(t, t, s, PREC);
    arb_set_d(c, beta);
    arb_sub_si(c, c, 1, PREC);
    arb_submul(t, c, a, PREC);
    arb_cos(c, t, PREC);
    double v = arf_get_d(arb_midref(c), ARF_RND_NEAR);
    arb_clear(t);
    arb_clear(a);
    arb_clear(c);
    arb_clear(s);
    arb_clear(l);
    return v > 1e-6 ? 1 : v < -1e-6 ? -1 : 0;
}

/* Infinities of the right sign, or nothing, as far as phases are known. */
static void
signs(tap_random *r)
{
    long wrong = 0, known = 0, early = 0, n = tap_effort(800);

    for (long i = 0; i < n; i++) {
        double alpha = tap_random_range(r, 2.1, 4.5), digits;
        double beta = tap_random_range(r, -5, 6), x;
        ml_value v;

        digits = tap_random_range(r, 40, 120);
        x = -pow(2, alpha * digits);
        ml_mittleff_scaled(&v, alpha, beta, x);
        int sign_of = leading_sign(alpha, beta, x);
        known += v.err < INFINITY;
        early += !(v.err < INFINITY) && digits < 75 && sign_of != 0;
        if (v.err < INFINITY
            && (v.exponent != SCALED_MOST || v.hi * sign_of < 0) && wrong++ < 5)
            tap_note("E(%a, %a, %a): %g, %d", alpha, beta, x, v.hi, v.exponent);
    }
    tap_ok(wrong == 0 && early == 0 && known * 5 > n && known < n,
           "[mlfunc D45] signs of infinities: %ld wrong, %ld of %ld known",
           wrong, known, n);
}

/* [mlfunc D34]  0 is 0 exactly, and what is no number has an infinite error. */
static void
no_numbers(void)
{
    const dd none[] = {{INFINITY, 0}, {-INFINITY, 0}, {NAN, 0}, {0, 0}, {1, 0}};
    const double err[] = {0, 1, 0, INFINITY, 0x1p900};
    int bad = 0;

    for (int i = 0; i < 5; i++)
        bad += scaled_make(none[i], err[i], 7).err != (double)INFINITY;
    tap_ok(bad == 0, "[mlfunc D34] what is no number has an infinite error");
    for (int e = -2000; e <= 2000; e += 1000) {
        scaled zero = scaled_make((dd){0, 0}, 0, e);

        bad += zero.m.h != 0 || zero.m.l != 0 || zero.err != 0 || zero.e != 0;
    }
    tap_ok(bad == 0, "[mlfunc D34] 0 without error is 0 times 1");
}

/* The asymptotic series knows E ~ 10^-993 up to 10^-723: the steps of beta are
 * to be preferred, as they are for z a little closer. */
static void
worthless_bounds(void)
{
    const double z[2] = {-60.462616174953595, 21.730516073583004};
    ml_value v[2];

    ml_mittleff_scaled_complex(v, 0.23611756273772097, 448, z);
    tap_ok(v[0].err < 0x1p-80 && v[1].err < 0x1p-80 && v[0].exponent < -3000,
           "[mlfunc D35] an error of 2^900 times the value is not chosen "
           "(%g 2^%d)",
           v[0].err, v[0].exponent);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(9 + 10 + 21 + 4 + 1 + 2 + 4 + 18 + 3 + 4);
    arithmetic(&r);
    gammas(&r);
    for (int kind = 0; kind < 7; kind++)
        values(&r, kind);
    turns(&r);
    for (int kind = 0; kind < 6; kind++)
        complex_values(&r, kind);
    smaller_part(&r);
    cut_series(&r);
    ends();
    lost_phases();
    signs(&r);
    no_numbers();
    worthless_bounds();
    flint_cleanup();
    return tap_done();
}
