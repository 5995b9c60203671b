/* mlfunc/test/t-double_scaled.c - numbers with exponents against balls.
 *
 * [mlfunc D34] [mlfunc D35]
 */
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
        double err = i & 4 ? tap_random_log(r, 1e-30, 1e-4) : 0;
        arb_set_d(x, e.h);
        arb_set_d(t, e.l);
        arb_add(x, x, t, ARF_PREC_EXACT);
        arb_set_d(t, side * err);
        arb_add(x, x, t, ARF_PREC_EXACT);
        arb_exp(t, x, PREC);
        share_add_scaled(s + 3, t, scaled_exp(e, err));
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
    }
}

static const char *const kinds[] = {
    "beta large",       "alpha large", "alpha large, poles",
    "beyond all poles", "tiny alpha",  "beta negative",
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
    tap_ok(nothing == 0 && poor * 8 <= n, "%s: %ld of %ld with err > 2^-60 |E|",
           kinds[kind], poor, n);
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
        scaled a = scaled_series(alpha, beta, z[0], bits);
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

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(9 + 10 + 18 + 4 + 1 + 2);
    arithmetic(&r);
    gammas(&r);
    for (int kind = 0; kind < 6; kind++)
        values(&r, kind);
    cut_series(&r);
    ends();
    no_numbers();
    flint_cleanup();
    return tap_done();
}
