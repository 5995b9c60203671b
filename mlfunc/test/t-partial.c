/* mlfunc/test/t-partial.c - partial derivatives of the rows: against
 * difference quotients of values, closed forms, homogeneity, and at t = 0.
 * Claims on [mlfunc J10] and [mlfunc J11]. */
#include <math.h>
#include <string.h>

#include <mpfr.h>

#include <arb_hypgeom.h>

#include "mlfunc/mlball.h"
#include "mlfunc/test/promise.h"
#include "validation/tap/tap.h"

/* ------------------------------------------------------------------ samples */

static void
sample(ml_arg *a, const char *name, tap_random *g)
{
    fmpq_zero(a->im);
    if (strcmp(name, "alpha") == 0 || strcmp(name, "beta") == 0) {
        if (tap_random_int(g, 0, 2) == 0)
            fmpq_set_si(a->re, tap_random_int(g, 1, 15), 10);
        else
            ml_arg_set_d(a, tap_random_range(g, 0.2, 1.7));
    } else if (strcmp(name, "c") == 0) {
        fmpq_set_si(a->re, tap_random_int(g, 1, 2), 1);
    } else if (strcmp(name, "z") == 0) {
        fmpq_t im;

        fmpq_init(im);
        if (tap_random_int(g, 0, 1)) {
            ml_arg_set_d(a, tap_random_range(g, -3, 3));
            fmpq_swap(im, a->re);
        }
        ml_arg_set_d(a, tap_random_range(g, -6, 2));
        fmpq_swap(im, a->im);
        fmpq_clear(im);
    } else {
        ml_arg_set_d(a, tap_random_log(g, 0.2, 9));
    }
}

static void
describe(const ml_function *f, const ml_arg *args, const slong *order)
{
    for (size_t i = 0; i < f->nargs; i++) {
        char *re = fmpq_get_str(NULL, 10, args[i].re);
        char *im = fmpq_get_str(NULL, 10, args[i].im);

        tap_note("%s %s = %s + %s i, %ld times", f->name, f->args[i].name, re,
                 im, (long)order[i]);
        flint_free(re);
        flint_free(im);
    }
}

/* --------------------------------------------------------- by differences */

#define STEP 150 /* the step is 2^-STEP */

/* The forward difference quotient of that order: h away from the derivative
 * by about h times a higher one.  kww cannot take c + h. */
static bool
difference(acb_t res, const ml_function *f, const ml_arg *args,
           const slong *order, slong total)
{
    const slong prec = STEP * (total + 1) + 100;
    slong step[ML_MAX_ARGS] = {0};
    ml_arg at[ML_MAX_ARGS];
    bool ok = true;
    fmpq_t h;
    acb_t v;
    size_t i;

    ml_args_init(at, ML_MAX_ARGS);
    fmpq_init(h);
    acb_init(v);
    acb_zero(res);
    do {
        slong sign = 1;

        arb_one(acb_realref(v));
        fmpq_set_si(h, 1, 1);
        fmpq_div_2exp(h, h, STEP);
        for (i = 0; i < f->nargs; i++) {
            fmpz_t b;

            fmpz_init(b);
            fmpz_bin_uiui(b, (ulong)order[i], (ulong)step[i]);
            sign *= fmpz_get_si(b) * ((order[i] - step[i]) % 2 ? -1 : 1);
            fmpz_clear(b);
            fmpq_mul_si(at[i].re, h, step[i]);
            fmpq_add(at[i].re, at[i].re, args[i].re);
            fmpq_set(at[i].im, args[i].im);
        }
        ok = ok && f->eval(v, at, prec) == ML_OK;
        acb_addmul_si(res, v, sign, prec);
        for (i = 0; i < f->nargs && ++step[i] > order[i]; i++)
            step[i] = 0;
    } while (i < f->nargs);
    acb_mul_2exp_si(res, res, STEP * total);
    ml_args_clear(at, ML_MAX_ARGS);
    fmpq_clear(h);
    acb_clear(v);
    return ok;
}

static void
differences(const ml_function *f)
{
    tap_random g = tap_random_start(tap_seed() + strlen(f->name));
    int bad = 0, loose = 0, kinds = 0;
    bool seen[64] = {false};
    ml_arg args[ML_MAX_ARGS];
    acb_t x, y;
    mag_t m, far;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    acb_init(y);
    mag_init(m);
    mag_init(far);
    for (long n = tap_effort(25); n > 0; n--) {
        slong order[ML_MAX_ARGS] = {0}, total = tap_random_int(&g, 1, 3);
        slong prec = tap_random_int(&g, 30, 110);
        int kind = 0;

        for (size_t i = 0; i < f->nargs; i++)
            sample(&args[i], f->args[i].name, &g);
        for (slong i = 0; i < total; i++) {
            slong k = tap_random_int(&g, 0, (int)f->nargs - 1);
            if (strcmp(f->args[k].name, "c") == 0)
                k = 1;
            order[k]++;
        }
        for (size_t i = 0; i < f->nargs; i++)
            kind = kind * 4 + (int)order[i] % 4;
        kinds += !seen[kind % 64];
        seen[kind % 64] = true;
        ml_status s = f->partial(x, args, order, prec);
        bool ok = difference(y, f, args, order, total);
        loose += s != ML_OK || !promise_kept(x, prec);
        /* The ball may miss the quotient by its error. */
        acb_sub(y, y, x, 200);
        acb_get_mag_lower(far, y);
        acb_get_mag(m, x);
        mag_add_ui(m, m, 1);
        mag_mul_2exp_si(m, m, 40 - STEP);
        if (!ok || mag_cmp(far, m) > 0 || !acb_is_finite(y)) {
            bad++;
            describe(f, args, order);
        }
    }
    tap_ok(bad == 0, "%s: derivatives agree with difference quotients",
           f->name);
    tap_ok(loose == 0, "%s: and keep rad <= 2^(8-prec) |value|", f->name);
    tap_note("%d kinds of derivative", kinds);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
    acb_clear(y);
    mag_clear(m);
    mag_clear(far);
}

/* ------------------------------------------------------------- closed forms */

static void
set_args(ml_arg *args, slong num, ulong den, double tau, double t)
{
    fmpq_set_si(args[0].re, num, den);
    ml_arg_set_d(&args[1], tau);
    ml_arg_set_d(&args[2], t);
}

/* d^m/dt^m cos(t/tau) = tau^-m cos(t/tau + m pi/2); d/dtau by t/tau^2 sin. */
static void
cosine(void)
{
    const ml_function *f = ml_function_find("ml-relaxation");
    tap_random g = tap_random_start(tap_seed() + 12);
    int bad = 0;
    ml_arg args[3];
    arb_t r, t, tau, want;
    acb_t x;

    ml_args_init(args, 3);
    arb_init(r);
    arb_init(t);
    arb_init(tau);
    arb_init(want);
    acb_init(x);
    for (long n = tap_effort(20); n > 0; n--) {
        slong prec = tap_random_int(&g, 30, 300), m = n % 6;
        slong order[] = {0, m == 0, m};

        set_args(args, 2, 1, tap_random_log(&g, 0.1, 10),
                 tap_random_log(&g, 1e-3, 300));
        ml_arg_get_arb(tau, &args[1], prec + 600);
        ml_arg_get_arb(t, &args[2], prec + 600);
        arb_div(r, t, tau, prec + 600);
        if (m == 0) {
            arb_sin(want, r, prec + 600);
            arb_mul(want, want, r, prec + 600);
            arb_div(want, want, tau, prec + 600);
        } else {
            arb_const_pi(want, prec + 600);
            arb_mul_si(want, want, m, prec + 600);
            arb_mul_2exp_si(want, want, -1);
            arb_add(want, want, r, prec + 600);
            arb_cos(want, want, prec + 600);
            arb_pow_ui(tau, tau, (ulong)m, prec + 600);
            arb_div(want, want, tau, prec + 600);
        }
        ml_status s = f->partial(x, args, order, prec);
        bad += s != ML_OK || !arb_contains(acb_realref(x), want)
               || !promise_kept(x, prec);
    }
    tap_ok(bad == 0, "alpha = 2: derivatives of the cosine");
    ml_args_clear(args, 3);
    arb_clear(r);
    arb_clear(t);
    arb_clear(tau);
    arb_clear(want);
    acb_clear(x);
}

/* t f_t = -tau f_tau, also once differentiated in alpha: and to any size of
 * t/tau. */
static void
homogeneity(const char *name)
{
    const ml_function *f = ml_function_find(name);
    const size_t last = f->nargs - 1;
    tap_random g = tap_random_start(tap_seed() + 13);
    int bad = 0, far = 0;
    ml_arg args[ML_MAX_ARGS];
    acb_t x, y;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    acb_init(y);
    for (long n = tap_effort(24); n > 0; n--) {
        slong k = n % 3, prec = tap_random_int(&g, 30, 120);
        slong by_t[ML_MAX_ARGS] = {k}, by_tau[ML_MAX_ARGS] = {k, 1};

        for (size_t i = 0; i < f->nargs; i++)
            sample(&args[i], f->args[i].name, &g);
        ml_arg_set_d(&args[0], tap_random_range(&g, 0.1, 0.95));
        ml_arg_set_d(&args[last], tap_random_log(&g, 1e-200, 1e20));
        if (strcmp(name, "kww") == 0 && n % 2)
            ml_arg_set_d(&args[last], tap_random_log(&g, 1e-300, 10));
        by_t[last] = 1;
        ml_status s = f->partial(x, args, by_t, prec);
        ml_status t = f->partial(y, args, by_tau, prec + 40);
        far += (s | t) != ML_OK;
        acb_mul_fmpz(x, x, fmpq_numref(args[last].re), prec + 40);
        acb_div_fmpz(x, x, fmpq_denref(args[last].re), prec + 40);
        acb_mul_fmpz(y, y, fmpq_numref(args[1].re), prec + 40);
        acb_div_fmpz(y, y, fmpq_denref(args[1].re), prec + 40);
        acb_neg(y, y);
        if (!acb_overlaps(x, y)
            || ((s | t) == ML_OK
                && (!promise_kept(x, prec - 1)
                    || !promise_kept(y, prec + 38)))) {
            bad++;
            describe(f, args, by_t);
        }
        if ((s | t) & ~ML_UNDERFLOW)
            bad++;
    }
    tap_ok(bad == 0, "%s: t d/dt = -tau d/dtau from t = 1e-300 to 1e20", name);
    tap_note("%d not ok", far);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
    acb_clear(y);
}

/* c f_c = -(tau/beta) f_tau and c^2 f_cc = x^2 c^2 f. */
static void
amplitude(void)
{
    const ml_function *f = ml_function_find("kww");
    tap_random g = tap_random_start(tap_seed() + 14);
    int bad = 0;
    ml_arg args[4];
    acb_t x, y;

    ml_args_init(args, 4);
    acb_init(x);
    acb_init(y);
    for (long n = tap_effort(30); n > 0; n--) {
        slong prec = tap_random_int(&g, 30, 120), m = n % 3;
        slong by_c[] = {0, 0, 1, m}, by_tau[] = {0, 1, 0, m};
        slong twice[] = {0, 0, 2, 0}, none[] = {0, 0, 0, 0};

        for (size_t i = 0; i < 4; i++)
            sample(&args[i], f->args[i].name, &g);
        ml_status s = f->partial(x, args, by_c, prec);
        ml_status t = f->partial(y, args, by_tau, prec + 40);
        acb_mul_fmpz(x, x, fmpq_numref(args[2].re), prec);
        acb_mul_fmpz(y, y, fmpq_numref(args[1].re), prec + 40);
        acb_div_fmpz(y, y, fmpq_denref(args[1].re), prec + 40);
        acb_mul_fmpz(y, y, fmpq_denref(args[0].re), prec + 40);
        acb_div_fmpz(y, y, fmpq_numref(args[0].re), prec + 40);
        acb_neg(y, y);
        bad += (s | t) != ML_OK || !acb_overlaps(x, y);
        /* f_cc = x^2 f = f (ln f / c)^2 */
        s = f->partial(x, args, twice, prec);
        t = ml_eval_partial_bits(y, f, args, none, prec + 80, 0);
        arb_log(acb_imagref(y), acb_realref(y), prec + 60);
        arb_div_fmpz(acb_imagref(y), acb_imagref(y), fmpq_numref(args[2].re),
                     prec + 60);
        arb_sqr(acb_imagref(y), acb_imagref(y), prec + 60);
        arb_mul(acb_realref(y), acb_realref(y), acb_imagref(y), prec + 60);
        bad += (s | t) != ML_OK || !arb_overlaps(acb_realref(x), acb_realref(y))
               || !promise_kept(x, prec);
    }
    tap_ok(bad == 0, "kww: derivatives in c by those in tau and by the value");
    ml_args_clear(args, 4);
    acb_clear(x);
    acb_clear(y);
}

/* High orders: d^m/dt^m e^(-2t/tau), and zeros that are known as such. */
static void
exponential(void)
{
    const ml_function *f = ml_function_find("ml-siegert");
    bool ok = true;
    ml_arg args[4];
    arb_t want;
    acb_t x;

    ml_args_init(args, 4);
    arb_init(want);
    acb_init(x);
    set_args(args, 1, 1, 0.5, 3);
    for (slong m = 1; m <= ML_MAX_ORDER; m += 7) {
        slong order[] = {0, 0, m};
        ml_status s = f->partial(x, args, order, 90);

        arb_set_si(want, -12);
        arb_exp(want, want, 200);
        arb_mul_2exp_si(want, want, 2 * m);
        if (m % 2)
            arb_neg(want, want);
        ok = ok && s == ML_OK && arb_contains(acb_realref(x), want)
             && promise_kept(x, 90);
    }
    tap_ok(ok, "ml-siegert, alpha = 1: up to 64 times in t");
    /* The inflection of e^(-2t/tau) in tau at t = tau. */
    slong order[] = {0, 2, 0};
    set_args(args, 1, 1, 3, 3);
    ml_status s = f->partial(x, args, order, 53);
    tap_ok(s == ML_OK && acb_is_zero(x), "a zero is exactly 0");
    ml_args_clear(args, 4);
    arb_clear(want);
    acb_clear(x);
}

/* --------------------------------------------------------------------- t = 0 */

static void
origin(void)
{
    static const struct {
        const char *name;
        slong num;
        ulong den;
        slong order[4]; /* shape, tau, c, t */
        ml_status status;
        slong value_num;
        ulong value_den;
    } cases[] = {
        /* tau = 2, c = 2 */
        {"kww", 3, 5, {0, 1, 0, 0}, ML_OK, 0, 1},
        {"kww", 3, 5, {2, 0, 0, 0}, ML_OK, 0, 1},
        {"kww", 3, 5, {0, 0, 1, 0}, ML_OK, 0, 1},
        {"kww", 3, 5, {0, 0, 0, 1}, ML_DOMAIN, 0, 1},
        {"kww", 3, 2, {0, 0, 0, 1}, ML_OK, 0, 1},
        {"kww", 3, 2, {1, 1, 0, 1}, ML_OK, 0, 1},
        {"kww", 3, 2, {0, 0, 0, 2}, ML_DOMAIN, 0, 1},
        {"kww", 1, 1, {0, 0, 0, 1}, ML_OK, -1, 1},
        {"kww", 1, 1, {1, 0, 0, 1}, ML_DOMAIN, 0, 1},
        {"kww", 1, 1, {0, 0, 0, 3}, ML_OK, -1, 1},
        {"kww", 1, 1, {0, 0, 1, 2}, ML_OK, 1, 1},
        {"kww", 1, 1, {0, 0, 3, 2}, ML_OK, 0, 1},
        {"kww", 3, 1, {0, 1, 0, 3}, ML_OK, 9, 4},
        {"kww", 2, 1, {0, 2, 0, 2}, ML_OK, -3, 2},
        {"kww", 2, 1, {0, 0, 0, 3}, ML_OK, 0, 1},
        {"kww", 2, 1, {0, 0, 0, 4}, ML_OK, 3, 1},
        {"kww", 2, 1, {1, 0, 0, 4}, ML_DOMAIN, 0, 1},
        {"kww", 1, 2, {0, 0, 2, 1}, ML_OK, 1, 2},
        {"kww", 1, 2, {0, 0, 1, 1}, ML_DOMAIN, 0, 1},
        {"kww", 1, 2, {0, 0, 3, 1}, ML_OK, 0, 1},
        {"ml-relaxation", 9, 20, {1, 1, 0, 0}, ML_OK, 0, 1},
        {"ml-relaxation", 9, 20, {0, 0, 0, 1}, ML_DOMAIN, 0, 1},
        {"ml-relaxation", 1, 1, {0, 0, 0, 1}, ML_OK, -1, 2},
        {"ml-relaxation", 1, 1, {1, 0, 0, 1}, ML_DOMAIN, 0, 1},
        {"ml-relaxation", 2, 1, {0, 1, 0, 2}, ML_OK, 1, 4},
        {"ml-relaxation", 2, 1, {0, 0, 0, 4}, ML_OK, 1, 16},
        {"ml-relaxation", 5, 2, {3, 0, 0, 2}, ML_OK, 0, 1},
        {"ml-siegert", 1, 1, {0, 0, 0, 2}, ML_OK, 1, 1},
        {"ml-siegert", 2, 1, {0, 0, 0, 2}, ML_OK, -1, 2},
        {"ml-siegert", 2, 1, {0, 0, 0, 4}, ML_OK, 1, 2},
        {"ml-siegert", 2, 1, {0, 1, 0, 4}, ML_OK, -1, 1},
        {"ml-siegert", 1, 3, {0, 0, 0, 1}, ML_DOMAIN, 0, 1},
    };
    int bad = 0;
    ml_arg args[4];
    fmpq_t want;
    acb_t x;

    ml_args_init(args, 4);
    fmpq_init(want);
    acb_init(x);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const ml_function *f = ml_function_find(cases[i].name);
        const slong *o = cases[i].order;
        bool kww = f->nargs == 4, good;
        slong order[4] = {o[0], o[1], kww ? o[2] : o[3], o[3]};
        ml_status s;

        for (int k = 1; k < 4; k++)
            fmpq_set_si(args[k].re, 2, 1);
        fmpq_set_si(args[0].re, cases[i].num, cases[i].den);
        fmpq_zero(args[f->nargs - 1].re);
        s = ml_eval_partial_digits(x, f, args, order, 20, 0);
        fmpq_set_si(want, cases[i].value_num, cases[i].value_den);
        good = s == cases[i].status;
        good = good
               && (s == ML_DOMAIN
                       ? !acb_is_finite(x)
                       : arb_is_exact(acb_realref(x))
                             && arb_contains_fmpq(acb_realref(x), want));
        if (!good) {
            bad++;
            describe(f, args, order);
        }
    }
    tap_ok(bad == 0, "at t = 0: the derivatives that exist, exactly");
    ml_args_clear(args, 4);
    fmpq_clear(want);
    acb_clear(x);
}

/* --------------------------------------------------------------- the promises */

static void
orders(void)
{
    const ml_function *f = ml_function_find("ml-relaxation");
    ml_function none = *f;
    slong negative[] = {0, 1, -1}, many[] = {30, 30, 5}, zero[] = {0, 0, 0};
    slong most[] = {0, 0, 1000000000}, one[] = {0, 1, 0}, cube[] = {10, 10, 10};
    ml_status s, t, u;
    double x = 0, y = 1;
    ml_arg args[3];
    acb_t v;

    none.partial = NULL;
    ml_args_init(args, 3);
    acb_init(v);
    set_args(args, 3, 4, 2, 5);
    s = f->partial(v, args, negative, 53);
    t = ml_eval_partial_bits(v, f, args, negative, 53, 0);
    tap_ok(s == ML_DOMAIN && t == ML_DOMAIN && !acb_is_finite(v),
           "a negative order: domain");
    s = f->partial(v, args, many, 53);
    t = ml_eval_partial_bits(v, f, args, most, 53, 0);
    u = f->partial(v, args, cube, 53);
    tap_ok(s == ML_UNABLE && t == ML_UNABLE && u == ML_UNABLE,
           "more than 64 times, or 1024 derivatives on the way: unable");
    s = ml_eval_partial_bits(v, &none, args, one, 53, 0);
    t = ml_round_partial_d(&x, NULL, &none, args, one, MPFR_RNDN, 4096);
    tap_ok(s == ML_UNABLE && t == ML_UNABLE && isnan(x),
           "a row without derivatives: unable");
    s = ml_round_partial_d(&x, NULL, f, args, zero, MPFR_RNDN, 4096);
    t = ml_round_d(&y, NULL, f, args, MPFR_RNDN, 4096);
    u = ml_eval_partial_digits(v, f, args, zero, 30, 0);
    tap_ok(s == ML_OK && t == ML_OK && u == ML_OK && x == y
               && promise_kept(v, 100),
           "not differentiated: the value");
    fmpq_neg(args[1].re, args[1].re);
    s = f->partial(v, args, one, 53);
    t = ml_round_partial_d(&x, NULL, f, args, one, MPFR_RNDN, 4096);
    tap_ok(s == ML_DOMAIN && t == ML_DOMAIN && isnan(x),
           "outside the domain: domain");
    ml_args_clear(args, 3);
    acb_clear(v);
}

static void
rounding(const ml_function *f)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    tap_random g = tap_random_start(tap_seed() + 7 * strlen(f->name));
    int wrong = 0;
    ml_arg args[ML_MAX_ARGS];
    mpfr_t re, im, want;
    acb_t v;

    ml_args_init(args, ML_MAX_ARGS);
    mpfr_inits2(80, re, im, want, (mpfr_ptr)0);
    acb_init(v);
    for (long n = tap_effort(10); n > 0; n--) {
        slong order[ML_MAX_ARGS] = {n % 2, 1 - n % 2, n % 3 == 0, 0};
        double x = 0, y = 0, wx = 1, wy = 1;
        mpfr_rnd_t rnd = modes[n % 5];
        int ternary[2], t;
        bool ok;

        for (size_t i = 0; i < f->nargs; i++)
            sample(&args[i], f->args[i].name, &g);
        ml_status s = ml_round_partial_d(&x, &y, f, args, order, rnd, 4096);
        s |= ml_eval_partial_bits(v, f, args, order, 250, 4096);
        ok = ml_round_arb_d(&wx, acb_realref(v), rnd);
        ok = ml_round_arb_d(&wy, acb_imagref(v), rnd) && ok;
        s |= ml_round_partial_mpfr(re, im, ternary, f, args, order, rnd, 4096);
        t = arf_get_mpfr(want, arb_midref(acb_realref(v)), rnd);
        wrong += s != ML_OK || !ok || x != wx || y != wy
                 || !mpfr_equal_p(want, re) || ternary[0] != (t > 0) - (t < 0);
    }
    tap_ok(wrong == 0, "%s: rounded derivatives are those of a 250-bit ball",
           f->name);
    ml_args_clear(args, ML_MAX_ARGS);
    mpfr_clears(re, im, want, (mpfr_ptr)0);
    acb_clear(v);
}

/* kww where it underflows: the sign and the size are still known. */
static void
underflow(void)
{
    const ml_function *f = ml_function_find("kww");
    slong order[] = {0, 0, 0, 1};
    ml_arg args[4];
    double x = 1;
    acb_t v;

    ml_args_init(args, 4);
    acb_init(v);
    fmpq_one(args[0].re);
    fmpq_one(args[1].re);
    fmpq_one(args[2].re);
    ml_arg_set_d(&args[3], 1e30);
    ml_status s = ml_eval_partial_bits(v, f, args, order, 53, 0);
    ml_status t = ml_round_partial_d(&x, NULL, f, args, order, MPFR_RNDN, 4096);
    tap_ok(s == ML_UNDERFLOW && arb_is_negative(acb_realref(v))
               && t == ML_UNDERFLOW && x == 0 && signbit(x),
           "kww underflows with the sign of its derivative");
    ml_args_clear(args, 4);
    acb_clear(v);
}

int
main(void)
{
    size_t rows = 0;
    const ml_function *f = ml_functions(&rows);

    tap_plan(14 + 3 * (int)rows);
    for (size_t i = 0; i < rows; i++) {
        differences(&f[i]);
        rounding(&f[i]);
    }
    homogeneity("ml-relaxation");
    homogeneity("ml-siegert");
    homogeneity("kww");
    amplitude();
    cosine();
    exponential();
    origin();
    orders();
    underflow();
    flint_cleanup();
    return tap_done();
}
