/* mlfunc/test/t-log2.c - log2|E_{alpha,beta}(z)| where exponentials dominate,
 * and rounding beyond every range.  Claims on [mlfunc L1]. */
#include <math.h>

#include "mlfunc/impl.h"
#include "validation/tap/tap.h"

static const ml_function *ml;

static void
set_args(ml_arg *args, const char *alpha, const char *beta, double re,
         double im)
{
    fmpq_t t;

    fmpq_init(t);
    fmpq_set_str(args[0].re, alpha, 10);
    fmpq_set_str(args[1].re, beta, 10);
    ml_arg_set_d(&args[2], im);
    fmpq_set(t, args[2].re);
    ml_arg_set_d(&args[2], re);
    fmpq_set(args[2].im, t);
    fmpq_clear(t);
}

/* Where the value still fits a ball, its logarithm must lie in the bound. */
static void
overlap(void)
{
    tap_random g = tap_random_start(tap_seed());
    const long points = tap_effort(250);
    int decided = 0, misses = 0, loose = 0, beyond = 0, wrong = 0;
    double sharpest = 0;
    ml_arg args[3];
    acb_t e;
    arb_t l, t;

    ml_args_init(args, 3);
    acb_init(e);
    arb_init(l);
    arb_init(t);
    for (long i = points; i > 0; i--) {
        double alpha = tap_random_range(&g, 0.2, 5), r, arg;
        /* Small x: there the algebraic part and the other poles count. */
        double x = tap_random_log(&g, 4, i % 2 ? 40 : 1500);
        fmpq_t im;
        ml_status s, u;

        fmpq_init(im);
        arg = tap_random_range(&g, -1, 1) * acos(-1);
        if (i % 5 == 0)
            arg = 0;
        else if (alpha < 2 && i % 3)
            arg *= alpha / 2; /* the sector of growth */
        r = pow(x, alpha);
        ml_arg_set_d(&args[2], r * sin(arg));
        fmpq_set(im, args[2].re);
        ml_arg_set_d(&args[2], r * cos(arg));
        fmpq_set(args[2].im, im);
        if (i % 7 == 0) {
            ml_arg_set_d(&args[2], -r);
            fmpq_zero(args[2].im);
        }
        ml_arg_set_d(&args[0], alpha);
        ml_arg_set_d(&args[1], tap_random_range(&g, -2, 4));
        s = ml->log2(l, args);
        if (s == ML_OK) {
            u = ml_eval_bits(e, ml, NULL, args, 200, 8192);
            acb_abs(t, e, 200);
            arb_log_base_ui(t, t, 2, 200);
            decided++;
            misses += u != ML_OK || !arb_overlaps(t, l);
            int sign = ml->sign(args);
            if (sign != 0)
                wrong += sign > 0 ? !arb_is_positive(acb_realref(e))
                                  : !arb_is_negative(acb_realref(e));
            loose += mag_cmp_2exp_si(arb_radref(l), 3) > 0;
            arb_sub(t, t, l, 200);
            double rad = mag_get_d(arb_radref(l));
            double off = fabs(arf_get_d(arb_midref(t), ARF_RND_NEAR));
            if (rad > 1e-15 && off / rad > sharpest)
                sharpest = off / rad;
            beyond += rad > 1e-15;
        }
        fmpq_clear(im);
    }
    tap_ok(misses == 0 && decided >= points / 4 && loose == 0,
           "the logarithm of a ball lies in the bound of log2");
    tap_ok(wrong == 0, "and the sign that is told is its sign");
    tap_ok(sharpest <= 1.0001
               && (points < 250 || (beyond > 10 && sharpest > 1e-3)),
           "and where the rest counts the bound is within 1000 of it");
    tap_note("%d points decided, sharpest %.3g", decided, sharpest);
    ml_args_clear(args, 3);
    acb_clear(e);
    arb_clear(l);
    arb_clear(t);
}

/* log2 in units of 1/ln 2: l ln 2 - want, narrow and around 0? */
static bool
is_natural(const arb_t l, const arb_t want)
{
    arb_t t, u;
    bool ok;

    arb_init(t);
    arb_init(u);
    arb_const_log2(u, 4000);
    arb_mul(t, l, u, 4000);
    arb_sub(t, t, want, 4000);
    ok = arb_contains_zero(t) && mag_cmp_2exp_si(arb_radref(t), -40) < 0;
    arb_clear(t);
    arb_clear(u);
    return ok;
}

static void
closed_forms(void)
{
    ml_arg args[3];
    double x = 0, y = 0;
    arb_t l, want;
    acb_t z;
    ml_status s;
    bool cos_positive, sin_positive;

    ml_args_init(args, 3);
    arb_init(l);
    arb_init(want);
    acb_init(z);

    set_args(args, "1/2", "1", 1e300, 0); /* 2 exp(z^2), all but */
    s = ml->log2(l, args);
    arb_set_d(want, 1e300);
    arb_sqr(want, want, 4000);
    arb_set_ui(acb_realref(z), 2);
    arb_log(acb_realref(z), acb_realref(z), 4000);
    arb_add(want, want, acb_realref(z), 4000);
    tap_ok(s == ML_OK && is_natural(l, want),
           "alpha = 1/2, z = 1e300: (z^2 + ln 2)/ln 2");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDN, 1000);
    tap_ok(s == ML_OVERFLOW && x == INFINITY && y == 0, "rounds to infinity");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDZ, 1000);
    tap_ok(s == ML_OVERFLOW && x == 0x1.fffffffffffffp1023 && y == 0,
           "towards zero to the largest double");

    /* x = 10^3000000: a logarithm, but no ball. */
    set_args(args, "1/10000", "1", 1e300, 0);
    s = ml->log2(l, args);
    arb_log(l, l, 100);
    arb_set_d(want, 1e300);
    arb_log(want, want, 100);
    arb_mul_ui(want, want, 10000, 100);
    arb_const_log2(acb_realref(z), 100);
    arb_log(acb_realref(z), acb_realref(z), 100);
    arb_add(l, l, acb_realref(z), 100);
    tap_ok(s == ML_OK && arb_overlaps(l, want)
               && mag_cmp_2exp_si(arb_radref(l), -40) < 0,
           "alpha = 1/10000, z = 1e300 has a logarithm too");

    set_args(args, "1", "1", -1e300, 0);
    s = ml->log2(l, args);
    arb_set_d(want, -1e300);
    tap_ok(s == ML_OK && is_natural(l, want), "alpha = 1, z = -1e300: z/ln 2");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDU, 1000);
    tap_ok(s == ML_UNDERFLOW && x == 0x1p-1074 && y == 0,
           "rounds up to the least double");
    set_args(args, "1", "0", -1e300, 0); /* z e^z */
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDU, 1000);
    tap_ok(s == ML_UNDERFLOW && x == 0 && signbit(x),
           "beta = 0: below zero, upwards to -0");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDD, 1000);
    tap_ok(s == ML_UNDERFLOW && x == -0x1p-1074,
           "and downwards to minus the least double");

    set_args(args, "1", "1", 1e25, 1e25);
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDN, 1000);
    arb_set_d(want, 1e25);
    arb_sin_cos(acb_imagref(z), acb_realref(z), want, 500);
    cos_positive = arb_is_positive(acb_realref(z));
    sin_positive = arb_is_positive(acb_imagref(z));
    tap_ok(s == ML_OVERFLOW && x == (cos_positive ? INFINITY : -INFINITY)
               && y == (sin_positive ? INFINITY : -INFINITY),
           "exp(1e25 (1+i)): both signs right");

    /* E_2(w^2) = cosh w with w = 2^80 (2+i). */
    set_args(args, "2", "1", ldexp(3, 160), ldexp(4, 160));
    s = ml->log2(l, args);
    arb_set_d(want, ldexp(2, 80));
    arb_set_ui(acb_realref(z), 2);
    arb_log(acb_realref(z), acb_realref(z), 4000);
    arb_sub(want, want, acb_realref(z), 4000);
    tap_ok(s == ML_OK && is_natural(l, want), "cosh(2^80 (2+i)): 2^81 - ln 2");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDA, 1000);
    arb_set_d(want, ldexp(1, 80));
    arb_sin_cos(acb_imagref(z), acb_realref(z), want, 500);
    cos_positive = arb_is_positive(acb_realref(z));
    sin_positive = arb_is_positive(acb_imagref(z));
    tap_ok(s == ML_OVERFLOW && x == (cos_positive ? INFINITY : -INFINITY)
               && y == (sin_positive ? INFINITY : -INFINITY),
           "with the signs of cos and sin of 2^80");

    /* E_4(-4 w^4) = cos w cosh w with w = 2^70: two poles of one size. */
    set_args(args, "4", "1", -ldexp(1, 282), 0);
    s = ml->log2(l, args);
    arb_set_d(want, ldexp(1, 70));
    arb_cos(acb_realref(z), want, 500);
    cos_positive = arb_is_positive(acb_realref(z));
    arb_abs(acb_realref(z), acb_realref(z));
    arb_log(acb_realref(z), acb_realref(z), 500);
    arb_const_log2(acb_imagref(z), 500);
    arb_sub(acb_realref(z), acb_realref(z), acb_imagref(z), 500);
    arb_add(want, want, acb_realref(z), 500);
    tap_ok(s == ML_OK && is_natural(l, want), "cos(2^70) cosh(2^70)");
    s = ml_round_ball_d(&x, &y, ml, args, NULL, MPFR_RNDN, 1000);
    tap_ok(s == ML_OVERFLOW && x == (cos_positive ? INFINITY : -INFINITY),
           "with its sign");

    /* E_2 = cosh beside the negative axis: the two poles differ by a factor
     * that 64 bits do not show.  w = 2^-10 + 2^75 i. */
    set_args(args, "2", "1", 0x1p-20 - 0x1p150, ldexp(1, 66));
    fmpq_set_str(args[2].re, "1/1048576", 10);
    {
        fmpq_t big;

        fmpq_init(big);
        fmpq_one(big);
        fmpq_mul_2exp(big, big, 150);
        fmpq_sub(args[2].re, args[2].re, big);
        fmpq_clear(big);
    }
    acb_zero(z);
    arb_set_d(acb_realref(z), 0x1p-10);
    arb_set_d(acb_imagref(z), ldexp(1, 75));
    acb_cosh(z, z, 1000);
    s = ml->log2(l, args);
    acb_abs(want, z, 1000);
    arb_log(want, want, 1000);
    tap_ok(s == ML_OK && is_natural(l, want),
           "cosh(2^-10 + 2^75 i): neither pole dominates the other");
    ml_args_clear(args, 3);
    arb_clear(l);
    arb_clear(want);
    acb_clear(z);
}

/* Where the algebraic part counts there is no logarithm to give. */
static void
undecided(void)
{
    ml_arg args[3];
    arb_t l;
    ml_status s;
    bool ok = true;
    static const struct {
        const char *alpha, *beta;
        double re, im;
    } cases[] = {
        {"1/2", "1", -1e300, 0}, {"9/10", "9/10", -1e40, 1e3},
        {"1/2", "1", 0, 0},      {"3/2", "1", -1e80, 0},
        {"1", "3/2", -1e100, 0}, {"1", "2", -1e100, 1},
    };

    ml_args_init(args, 3);
    arb_init(l);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_args(args, cases[i].alpha, cases[i].beta, cases[i].re, cases[i].im);
        s = ml->log2(l, args);
        ok = ok && s == ML_UNABLE && !arb_is_finite(l);
    }
    tap_ok(ok, "in the sector of decay: unable");
    ml_args_clear(args, 3);
    arb_clear(l);
}

static void
exp2_at(arb_t x, slong prec)
{
    arb_t two;

    arb_init(two);
    arb_set_ui(two, 2);
    arb_pow(x, two, x, prec);
    arb_clear(two);
}

/* [2^lo, 2^hi] around a ball of exponents: both ends are inside, and a factor
 * of 4 above it nothing is. */
static void
from_log2(void)
{
    static const double at[][2] = {
        {3.5, 3}, {-3.5, 3}, {0.25, 0.125}, {-0x1p70, 1}, {0x1p70, 0.5}};
    arb_t e, v, end;
    long bad = 0;

    arb_init(e);
    arb_init(v);
    arb_init(end);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        arb_set_d(e, at[i][0]);
        mag_set_d(arb_radref(e), at[i][1]);
        bad += !ml_ball_from_log2(v, e) || !arb_is_positive(v);
        for (int side = -1; side <= 1; side += 2) {
            double far = side * (at[i][1] + 2.5);
            arb_set_d(end, side * at[i][1]);
            arb_add(end, end, e, 200);
            mag_zero(arb_radref(end));
            exp2_at(end, 200);
            bad += !arb_contains(v, end);
            arb_set_d(end, at[i][0]);
            arf_t t;
            arf_init(t);
            arf_set_d(t, far);
            arb_add_arf(end, end, t, 200);
            arf_clear(t);
            exp2_at(end, 200);
            bad += side > 0 && arb_overlaps(v, end);
        }
    }
    tap_ok(bad == 0, "a ball of exponents: both ends are inside");
    arb_clear(e);
    arb_clear(v);
    arb_clear(end);
}

/* Beyond all balls, where only the logarithm and the sign are known. */
static void
huge_doubles(void)
{
    static const struct {
        const char *alpha, *beta;
        double re;
        bool known, negative, small;
    } cases[] = {
        {"1/1000", "1", 1e300, true, false, false},
        {"1/1000", "-7/2", 1e300, true, false, false},
        {"1/1000", "-3", 1e300, true, false, false},
        {"1/1000", "1", 2, true, false, false},
        {"1", "1", -1e300, true, false, true},
        {"1", "0", -1e300, true, true, true},
        {"1", "-1", -1e300, true, false, true},
        {"1", "-4", -1e300, true, true, true},
        {"5/2", "1", -1e300, true, false, false},
    };
    ml_arg args[3];
    bool ok = true;

    ml_args_init(args, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double n = 7, z = 7;

        set_args(args, cases[i].alpha, cases[i].beta, cases[i].re, 0);
        if (cases[i].alpha[0] == '1' && cases[i].alpha[1] == '\0')
            fmpq_pow_si(args[2].re, args[2].re, 201);
        ml_status s =
            ml_round_ball_d(&n, NULL, ml, args, NULL, MPFR_RNDN, 65536);
        ml_status t =
            ml_round_ball_d(&z, NULL, ml, args, NULL, MPFR_RNDZ, 65536);
        ok = ok && s == t && s == (cases[i].small ? ML_UNDERFLOW : ML_OVERFLOW);
        if (cases[i].small)
            ok = ok && n == 0 && z == 0 && signbit(z) == cases[i].negative;
        else
            ok = ok && isinf(n) && fabs(z) == 0x1.fffffffffffffp1023
                 && (n < 0) == (z < 0);
        if (!ok)
            tap_note("case %d: %a %a status %d %d", (int)i, n, z, (int)s,
                     (int)t);
    }
    tap_ok(ok, "beyond all balls: doubles with sign and status");
    ml_args_clear(args, 3);
}

/* +-2^e */
static void
power_of_2(fmpq_t x, slong e, bool negative)
{
    fmpq_set_si(x, negative ? -1 : 1, 1);
    if (e >= 0)
        fmpq_mul_2exp(x, x, (ulong)e);
    else
        fmpq_div_2exp(x, x, (ulong)-e);
}

/* E for integer alpha and beta, from its roots. */
static void
sum_of_roots(acb_t res, slong alpha, slong beta, const ml_arg *arg, slong prec)
{
    acb_t z, t, u;
    arb_t y;

    acb_init(z);
    acb_init(t);
    acb_init(u);
    arb_init(y);
    ml_arg_get_acb(z, arg, prec);
    acb_zero(res);
    for (slong j = 0; j < alpha; j++) {
        acb_root_ui(t, z, (ulong)alpha, prec);
        acb_unit_root(u, (ulong)alpha, prec);
        acb_pow_si(u, u, j, prec);
        acb_mul(t, t, u, prec);
        acb_pow_si(u, t, 1 - beta, prec);
        acb_exp(t, t, prec);
        acb_addmul(res, t, u, prec);
    }
    acb_div_si(res, res, alpha, prec);
    for (slong k = 1; beta - alpha * k > 0; k++) {
        acb_pow_si(u, z, -k, prec);
        arb_set_si(y, beta - alpha * k);
        arb_rgamma(y, y, prec);
        acb_submul_arb(res, u, y, prec);
    }
    if (fmpq_is_zero(arg->im))
        arb_zero(acb_imagref(res));
    acb_clear(z);
    acb_clear(t);
    acb_clear(u);
    arb_clear(y);
}

/* Far out, also close to the axes and to anti-Stokes rays: overflow and
 * underflow with the signs of both parts, for every beta. */
static void
far_out(void)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    tap_random g = tap_random_start(tap_seed() + 3);
    int bad = 0, beyond = 0, judged = 0;
    ml_arg args[3];
    acb_t e;

    ml_args_init(args, 3);
    acb_init(e);
    for (long i = tap_effort(120); i > 0; i--) {
        slong alpha = tap_random_int(&g, 1, 4),
              beta = tap_random_int(&g, -1, 5);
        slong a = tap_random_int(&g, 130, 400),
              b = a + tap_random_int(&g, -800, 100);
        bool left = tap_random_int(&g, 0, 1);
        double x[2] = {7, 7}, want = 0;

        fmpq_set_si(args[0].re, alpha, 1);
        fmpq_set_si(args[1].re, beta, 1);
        power_of_2(args[2].re, a, left);
        power_of_2(args[2].im, b, tap_random_int(&g, 0, 1));
        if (i % 7 == 0)
            fmpq_zero(args[2].im);
        sum_of_roots(e, alpha, beta, &args[2], 4000);
        ml_status s =
            ml_round_ball_d(&x[0], &x[1], ml, args, NULL, modes[i % 5], 4096);
        bool wrong = (s & ML_UNABLE) != 0;
        for (int j = 0; j < 2; j++) {
            arb_srcptr part = j == 0 ? acb_realref(e) : acb_imagref(e);

            if (!ml_round_arb_d(&want, part, modes[i % 5]))
                continue;
            judged++;
            wrong |= want != x[j] || signbit(want) != signbit(x[j]);
        }
        if (fmpq_is_zero(args[2].im) && !left && a > 65 * alpha)
            wrong |= ml->eval(e, args, 53) != ML_OVERFLOW;
        beyond += (s & (ML_OVERFLOW | ML_UNDERFLOW)) != 0;
        bad += wrong;
        if (wrong)
            tap_note("alpha %ld beta %ld z %s2^%ld, 2^%ld: %a %a status %d",
                     (long)alpha, (long)beta, left ? "-" : "", (long)a, (long)b,
                     x[0], x[1], (int)s);
    }
    tap_ok(bad == 0 && judged > 0 && beyond > 0,
           "z far out: rounded like the sum over the roots");
    tap_note("%d parts judged, %d points beyond", judged, beyond);
    ml_args_clear(args, 3);
    acb_clear(e);
}

int
main(void)
{
    ml = ml_function_find("mittag-leffler");
    tap_plan(21);
    overlap();
    closed_forms();
    undecided();
    from_log2();
    huge_doubles();
    far_out();
    flint_cleanup();
    return tap_done();
}
