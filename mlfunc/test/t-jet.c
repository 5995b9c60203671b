/* mlfunc/test/t-jet.c - the double jets against high-precision balls. */
#include <math.h>

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

/* E_{alpha,beta}(-x) at prec bits, rounded to nothing. */
static bool
ball(arb_t res, const fmpq_t alpha, const fmpq_t beta, double x, slong prec)
{
    ml_arg args[3];
    acb_t z;
    ml_status s;

    ml_args_init(args, 3);
    acb_init(z);
    fmpq_set(args[0].re, alpha);
    fmpq_set(args[1].re, beta);
    ml_arg_set_d(&args[2], -x);
    s = ml_eval_bits(z, ml_function_find("mittag-leffler"), NULL, args, prec,
                     8192);
    arb_set(res, acb_realref(z));
    ml_args_clear(args, 3);
    acb_clear(z);
    return s == ML_OK;
}

/* E, dE/dx = -E_{alpha,alpha}(-x)/alpha, and dE/dalpha by a difference whose
 * step, 2^-60, leaves an error far below a double. */
static bool
truth(double want[3], double alpha, double x)
{
    fmpq_t one, h, a;
    arb_t e, f;
    ml_arg at;
    bool ok;

    fmpq_init(one);
    fmpq_init(h);
    fmpq_init(a);
    arb_init(e);
    arb_init(f);
    ml_args_init(&at, 1);
    ml_arg_set_d(&at, alpha);
    fmpq_one(one);
    fmpq_div_2exp(h, one, 60);
    ok = ball(e, at.re, one, x, 100);
    want[0] = arf_get_d(arb_midref(e), ARF_RND_NEAR);
    ok = ok && ball(e, at.re, at.re, x, 100);
    want[1] = -arf_get_d(arb_midref(e), ARF_RND_NEAR) / alpha;
    fmpq_add(a, at.re, h);
    ok = ok && ball(e, a, one, x, 240);
    fmpq_sub(a, at.re, h);
    ok = ok && ball(f, a, one, x, 240);
    arb_sub(e, e, f, 240);
    arb_mul_2exp_si(e, e, 59);
    want[2] = arf_get_d(arb_midref(e), ARF_RND_NEAR);
    fmpq_clear(one);
    fmpq_clear(h);
    fmpq_clear(a);
    arb_clear(e);
    arb_clear(f);
    ml_args_clear(&at, 1);
    return ok;
}

typedef struct {
    double error[3], alpha[3], x[3];
    bool ok;
} worst;

static void
compare(worst *w, double alpha, double x)
{
    double got[3], want[3];
    ml_status s = ml_relaxation_jet(got, alpha, x);

    w->ok = truth(want, alpha, x) && s == ML_OK && w->ok;
    for (int i = 0; i < 3; i++) {
        double e = fabs(got[i] - want[i]) / fmax(fabs(want[i]), fabs(want[0]));

        if (!(e <= w->error[i])) {
            w->error[i] = e;
            w->alpha[i] = alpha;
            w->x[i] = x;
        }
    }
}

static void
claim(const worst *w, double limit, const char *where)
{
    static const char *const names[] = {"E", "dE/dx", "dE/dalpha"};

    for (int i = 0; i < 3; i++) {
        tap_ok(w->ok && w->error[i] < limit, "%s within %g, %s", names[i],
               limit, where);
        tap_note("worst %.1e at alpha = %a, x = %a", w->error[i], w->alpha[i],
                 w->x[i]);
    }
}

int
main(void)
{
    tap_random g = tap_random_start(tap_seed());
    worst general = {.ok = true}, near = {.ok = true}, steps = {.ok = true};
    double j[3] = {0, 0, 0};
    bool domain = true;
    ml_status s;

    tap_plan(14);
    for (long i = tap_effort(150); i > 0; i--) {
        double alpha = tap_random_range(&g, 0.02, 0.999);

        compare(&general, alpha, tap_random_log(&g, 1e-8, 1e8));
    }
    claim(&general, 1e-14, "0.02 < alpha < 0.999, 1e-8 < x < 1e8");
    for (long i = tap_effort(80); i > 0; i--) {
        double d = i % 8 ? tap_random_log(&g, 1e-16, 1e-2) : 0;

        compare(&near, 1 - d, tap_random_log(&g, 0.1, 600));
    }
    claim(&near, 1e-13, "alpha up to 1");
    /* Both sides of every switch of the algorithm. */
    for (int i = -1; i <= 1; i++) {
        double a = 0.9 + i * 0x1p-52, b = 0.95;

        compare(&steps, a, 1e-3);
        compare(&steps, a, 30);
        compare(&steps, b, pow(80 * (1 + i * 1e-9), b));
        for (int n = 1; n < 5; n++)
            compare(&steps, b, pow(n * b * (1 + i * 1e-9), b));
    }
    claim(&steps, 1e-14, "at the seams of the algorithm");
    s = ml_relaxation_jet(j, 0.5, 0);
    tap_ok(s == ML_OK && j[0] == 1 && fabs(j[1] + 2 / sqrt(acos(-1))) < 1e-15
               && j[2] == 0,
           "x = 0: 1, -1/Gamma(1+alpha), 0");
    s = ml_relaxation_jet(j, 1, 3);
    tap_ok(s == ML_OK && j[0] == exp(-3) && j[1] == -exp(-3),
           "alpha = 1: exp(-x) and its derivative");
    s = ml_relaxation_jet(j, 0.3, 1e300);
    tap_ok(s == ML_OK && fabs(j[0] * 1e300 * tgamma(0.7) - 1) < 1e-14,
           "x = 1e300: the power law");
    s = ml_relaxation_jet(j, 1, 1e300);
    tap_ok(s == ML_OK && j[0] == 0 && j[1] == 0 && j[2] == -1e-300,
           "alpha = 1, x = 1e300: 0, 0, -1/x");
    static const double bad[][2] = {{0, 1},         {-1, 1},   {1.0000001, 1},
                                    {NAN, 1},       {0.5, -1}, {0.5, NAN},
                                    {0.5, INFINITY}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        s = ml_relaxation_jet(j, bad[i][0], bad[i][1]);
        domain = domain && s == ML_DOMAIN && isnan(j[0]) && isnan(j[1])
                 && isnan(j[2]);
    }
    tap_ok(domain, "alpha outside (0, 1], x negative, infinite or NaN: domain");
    flint_cleanup();
    return tap_done();
}
