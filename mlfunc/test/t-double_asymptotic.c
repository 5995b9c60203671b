/* mlfunc/test/t-double_asymptotic.c - the asymptotic series against balls.
 *
 * [mlfunc D33]
 */
#include "mlfunc/double/asymptotic.h"
#include "mlfunc/test/value_truth.h"

#define PREC 1000

static const double pi = 3.14159265358979323846;

/* e -= sum of rho_h over poles[0] <= h <= poles[1]. */
static void
take_poles(acb_t e, double alpha, double beta, const double z[2],
           const int poles[2])
{
    acb_t l, t, turn;
    arb_t a, b;

    acb_init(l);
    acb_init(t);
    acb_init(turn);
    arb_init(a);
    arb_init(b);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    arb_sub_ui(b, b, 1, ARF_PREC_EXACT);
    for (int h = poles[0]; h <= poles[1]; h++) {
        acb_set_d_d(t, z[0], z[1]);
        acb_log(l, t, PREC);
        acb_zero(turn);
        arb_const_pi(acb_imagref(turn), PREC);
        acb_mul_si(turn, turn, 2 * h, PREC);
        acb_add(l, l, turn, PREC);
        acb_div_arb(l, l, a, PREC);
        acb_exp(t, l, PREC);
        acb_mul_arb(l, l, b, PREC);
        acb_sub(t, t, l, PREC);
        acb_exp(t, t, PREC);
        acb_div_arb(t, t, a, PREC);
        acb_sub(e, e, t, PREC);
    }
    acb_clear(l);
    acb_clear(t);
    acb_clear(turn);
    arb_clear(a);
    arb_clear(b);
}

/* Near Stokes and anti-Stokes rays, near the axes, near alpha = 1. */
static void
random_point(double *alpha, double *beta, double z[2], tap_random *r, long i,
             double modulus, bool real)
{
    double phi = tap_random_range(r, -pi, pi);

    *alpha = tap_random_log(r, 0.01, 5.5);
    *beta = tap_random_range(r, -5, 6);
    if (i % 4 == 0)
        *beta = rint(*beta);
    if (i % 7 == 0)
        *alpha = 1 + tap_random_range(r, -0.1, 0.1);
    if (i % 7 == 1)
        *beta = *alpha;
    if (i % 5 == 0)
        phi = pi * fmin(*alpha, 1);
    if (i % 5 == 1)
        phi = pi / 2 * fmin(*alpha, 2);
    if (i % 5 == 2)
        phi = (i & 8 ? pi : 0) - ldexp(1, -(int)tap_random_int(r, 1, 90));
    z[0] = real ? (i % 5 == 3 ? modulus : -modulus) : modulus * cos(phi);
    z[1] = real ? 0 : modulus * sin(phi);
}

static bool
evaluate(ml_value v[2], int poles[2], double alpha, double beta,
         const double z[2], bool real, double goal)
{
    double turn = atan2(z[1], z[0]) / pi;

    return real ? asymptotic_real(v, poles, alpha, beta, z[0], goal)
                : asymptotic_complex(v, poles, alpha, beta, z, turn, goal);
}

/* coarse: the remainder carries the error; otherwise rounding does. */
static void
points(tap_random *r, bool real, bool coarse)
{
    static const char *const names[2][2][2] = {
        {{"complex, real part, rounding", "complex, imaginary part, rounding"},
         {"complex, real part", "complex, imaginary part"}},
        {{"real, rounding", ""}, {"real", ""}}};
    value_share s[2] = {{.what = names[real][coarse][0]},
                        {.what = names[real][coarse][1]}};
    acb_t e;

    acb_init(e);
    for (long i = 0; i < tap_effort(coarse ? 400 : 200); i++) {
        double alpha, beta, z[2];
        double modulus = coarse ? tap_random_log(r, 2, 0x1p12)
                                : tap_random_log(r, 0x1p20, 0x1p60);
        double goal = coarse ? 1e-3 / modulus : 0;
        ml_value v[2];
        int poles[2];
        random_point(&alpha, &beta, z, r, i, modulus, real);
        if (!evaluate(v, poles, alpha, beta, z, real, goal))
            continue;
        /* exponentials far beyond the range hide the rest of E */
        if (poles[0] <= poles[1] && modulus > pow(400, alpha))
            continue;
        value_truth(e, alpha, beta, z, PREC);
        take_poles(e, alpha, beta, z, poles);
        value_share_add(s, acb_realref(e), v[0].hi, v[0].lo, v[0].err,
                        v[0].exponent);
        if (!real)
            value_share_add(s + 1, acb_imagref(e), v[1].hi, v[1].lo, v[1].err,
                            v[1].exponent);
    }
    value_share_claim(s, "D33");
    if (!real)
        value_share_claim(s + 1, "D33");
    acb_clear(e);
}

/* To the end of the range: the leading term, or what follows if that is 0. */
static void
extreme(tap_random *r)
{
    value_share s = {.what = "|x| up to 2^1023"};
    value_share im = {.what = "imaginary parts there"};
    acb_t e;

    acb_init(e);
    for (long i = 0; i < tap_effort(300); i++) {
        double alpha, beta, z[2];
        ml_value v[2];
        int poles[2];
        bool real = i % 2;
        random_point(&alpha, &beta, z, r, i / 2,
                     tap_random_log(r, 0x1p95, 0x1p1023), real);
        if (!evaluate(v, poles, alpha, beta, z, real, 0)
            || poles[0] <= poles[1])
            continue;
        value_truth(e, alpha, beta, z, PREC);
        value_share_add(&s, acb_realref(e), v[0].hi, v[0].lo, v[0].err,
                        v[0].exponent);
        if (!real)
            value_share_add(&im, acb_imagref(e), v[1].hi, v[1].lo, v[1].err,
                            v[1].exponent);
    }
    value_share_claim(&s, "D33");
    value_share_claim(&im, "D33");
    acb_clear(e);
}

/* Where the caller relies on it: x <= -256 and alpha at most 1. */
static void
reach(tap_random *r)
{
    long refused = 0, poor = 0, poles_there = 0, n = tap_effort(2000);
    int poles[2];
    ml_value v;

    for (long i = 0; i < n; i++) {
        double alpha = tap_random_range(r, 0.01, 0.9);
        double x = -tap_random_log(r, 2048, 0x1p60);
        bool ok =
            asymptotic_real(&v, poles, alpha, 1 - (double)(i % 2) / 2, x, 0);
        refused += !ok;
        poor += ok && v.err > 0x1p-65 * fabs(v.hi);
        poles_there += ok && poles[0] <= poles[1];
    }
    tap_ok(refused * 50 <= n && poor == 0 && poles_there == 0,
           "good and without poles for x <= -2048, alpha <= 0.9 (%ld refused)",
           refused);
    bool no = asymptotic_real(&v, poles, 0.5, 1, -1.5, 1)
              || asymptotic_real(&v, poles, 0.5, 1, (double)NAN, 1)
              || asymptotic_real(&v, poles, 0.5, (double)NAN, -1e9, 1)
              || asymptotic_real(&v, poles, 200, 1, -1e300, 0);
    tap_ok(!no, "refused outside the domain");
}

/* At most |z|, and at least half of it. */
static void
moduli(tap_random *r)
{
    long bad = 0;

    for (long i = 0; i < tap_effort(1000); i++) {
        double size = ldexp(1, (int)tap_random_int(r, -200, 1020));
        double z[2] = {size * tap_random_range(r, -1, 1),
                       size * tap_random_range(r, -1, 1)};
        double m = asymptotic_modulus(z), a = hypot(z[0], z[1]);

        bad += !(m <= a && m >= a / 2 * (1 - 1e-12));
    }
    tap_ok(bad == 0, "|z| and not less than half of it");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(19);
    for (int real = 0; real < 2; real++) {
        points(&r, real, false);
        points(&r, real, true);
    }
    extreme(&r);
    reach(&r);
    moduli(&r);
    flint_cleanup();
    return tap_done();
}
