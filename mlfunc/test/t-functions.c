/* mlfunc/test/t-functions.c - what every row of the registry must keep: names,
 * domain, the promised accuracy, agreement of all pairs of methods, rounding
 * consistent with the balls.  A new row needs a sampler here and nothing else. */
#include <math.h>
#include <string.h>

#include "mlfunc/mlball.h"
#include "mlfunc/test/promise.h"
#include "validation/tap/tap.h"

static const char *const order[] = {"mittag-leffler", "ml-relaxation",
                                    "ml-siegert", "kww"};
#define ROWS ((int)(sizeof order / sizeof *order))

/* ------------------------------------------------------------------ samples */

/* One argument of a name common to the rows; exact rationals now and then. */
static void
sample(ml_arg *a, const char *name, tap_random *g)
{
    fmpq_zero(a->im);
    if (strcmp(name, "alpha") == 0) {
        if (tap_random_int(g, 0, 3) == 0)
            fmpq_set_si(a->re, tap_random_int(g, 1, 15), 10);
        else
            ml_arg_set_d(a, tap_random_range(g, 0.05, 1.9));
    } else if (strcmp(name, "beta") == 0) {
        if (tap_random_int(g, 0, 1) == 0)
            fmpq_set_si(a->re, tap_random_int(g, 1, 12), 4);
        else
            ml_arg_set_d(a, tap_random_range(g, 0.2, 2));
    } else if (strcmp(name, "tau") == 0) {
        ml_arg_set_d(a, tap_random_log(g, 0.1, 10));
    } else if (strcmp(name, "t") == 0) {
        ml_arg_set_d(a, tap_random_log(g, 1e-3, 1e3));
    } else if (strcmp(name, "c") == 0) {
        fmpq_set_si(a->re, tap_random_int(g, 1, 2), 1);
    } else {
        double r = tap_random_log(g, 1e-2, 30), arg = acos(-1);
        fmpq_t im;

        if (tap_random_int(g, 0, 1) == 0) {
            ml_arg_set_d(a, tap_random_int(g, 0, 2) ? -r : r / 4);
            return;
        }
        arg *= tap_random_range(g, -1, 1);
        fmpq_init(im);
        ml_arg_set_d(a, r * sin(arg));
        fmpq_swap(im, a->re);
        ml_arg_set_d(a, r * cos(arg));
        fmpq_swap(im, a->im);
        fmpq_clear(im);
    }
}

static void
sample_point(ml_arg *args, const ml_function *f, tap_random *g)
{
    for (size_t i = 0; i < f->nargs; i++)
        sample(&args[i], f->args[i].name, g);
}

static void
describe(const ml_function *f, const ml_arg *args)
{
    for (size_t i = 0; i < f->nargs; i++) {
        char *re = fmpq_get_str(NULL, 10, args[i].re);
        char *im = fmpq_get_str(NULL, 10, args[i].im);

        tap_note("%s %s = %s + %s i", f->name, f->args[i].name, re, im);
        flint_free(re);
        flint_free(im);
    }
}

/* ------------------------------------------------------------------- claims */

static void
structure(const ml_function *f, const char *name)
{
    bool ok = strcmp(f->name, name) == 0 && ml_function_find(name) == f
              && strlen(f->definition) > 5
              && strchr(f->definition, '\n') == NULL && f->nargs >= 1
              && f->nargs <= ML_MAX_ARGS && f->domain && f->eval
              && f->nmethods >= 1;

    for (size_t i = 0; i < f->nargs; i++)
        ok = ok && strlen(f->args[i].name) > 0 && strlen(f->args[i].domain) > 0;
    for (size_t i = 0; i < f->nmethods; i++)
        ok = ok && f->methods[i].eval
             && ml_method_find(f, f->methods[i].name) == &f->methods[i];
    ok = ok && ml_method_find(f, "no such method") == NULL;
    tap_ok(ok, "%s: the row is complete and found by its names", name);
}

static void
accuracy(const ml_function *f)
{
    tap_random g = tap_random_start(tap_seed() + strlen(f->name));
    int broken = 0, misses = 0, complex_zero = 0;
    ml_arg args[ML_MAX_ARGS];
    acb_t x, y;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    acb_init(y);
    for (long i = tap_effort(60); i > 0; i--) {
        slong prec = tap_random_int(&g, 20, 160);
        bool real = true;
        ml_status s, t;

        sample_point(args, f, &g);
        for (size_t k = 0; k < f->nargs; k++)
            real = real && fmpq_is_zero(args[k].im);
        s = f->eval(x, args, prec);
        t = f->eval(y, args, prec + 64);
        if (s != ML_OK || t != ML_OK || !promise_kept(x, prec)
            || !promise_kept(y, prec + 64)) {
            broken++;
            describe(f, args);
        }
        misses += !acb_overlaps(x, y);
        complex_zero += real && !arb_is_zero(acb_imagref(x));
    }
    tap_ok(broken == 0, "%s: ok promises rad <= 2^(8-prec) |value|", f->name);
    tap_ok(misses == 0 && complex_zero == 0,
           "%s: two precisions agree; real arguments give real values",
           f->name);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
    acb_clear(y);
}

/* A forced method computes as long as it takes: the series with |z|^(1/alpha)
 * bits and more. */
static bool
takes_long(const ml_function *f, const ml_arg *args)
{
    double alpha = fmpq_get_d(args[0].re);

    return strcmp(f->name, "mittag-leffler") == 0
           && log(hypot(fmpq_get_d(args[2].re), fmpq_get_d(args[2].im)))
                  > alpha * log(3000);
}

/* Every method at p bits against every other at p + 64. */
static void
methods(const ml_function *f)
{
    tap_random g = tap_random_start(tap_seed() + 3 * strlen(f->name));
    const long points = tap_effort(12);
    int misses = 0, pairs = 0;
    bool served[8] = {false};
    ml_arg args[ML_MAX_ARGS];
    acb_t x, y;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    acb_init(y);
    for (long i = points; i > 0; i--) {
        do
            sample_point(args, f, &g);
        while (takes_long(f, args));
        for (size_t a = 0; a < f->nmethods; a++) {
            slong prec = tap_random_int(&g, 30, 80);
            ml_status s = f->methods[a].eval(x, args, prec);

            served[a] = served[a] || s == ML_OK;
            misses += s == ML_OK && !promise_kept(x, prec);
            for (size_t b = 0; b < f->nmethods; b++) {
                ml_ball_fn other = f->methods[b].eval;
                ml_status t;

                if (b == a)
                    other = f->eval;
                t = other(y, args, prec + 64);
                pairs += s == ML_OK && t == ML_OK;
                /* Whatever the status, both enclose. */
                if (!acb_overlaps(x, y) && acb_is_finite(x)
                    && acb_is_finite(y)) {
                    misses++;
                    describe(f, args);
                }
            }
        }
    }
    for (size_t a = 0; a < f->nmethods; a++) {
        for (int i = 0; !served[a] && i < 100; i++) {
            sample_point(args, f, &g);
            if (takes_long(f, args))
                continue;
            served[a] = f->methods[a].eval(x, args, 40) == ML_OK;
        }
        misses += !served[a];
    }
    tap_ok(misses == 0 && pairs > 0,
           "%s: every method serves, and all pairs overlap", f->name);
    tap_note("%d pairs", pairs);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
    acb_clear(y);
}

/* The double of all five modes, judged by a ball 200 bits wider; the arguments
 * are left as they were. */
static void
rounding(const ml_function *f)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    tap_random g = tap_random_start(tap_seed() + 5 * strlen(f->name));
    ml_arg args[ML_MAX_ARGS], copy[ML_MAX_ARGS];
    int wrong = 0, changed = 0;
    acb_t x;

    ml_args_init(args, ML_MAX_ARGS);
    ml_args_init(copy, ML_MAX_ARGS);
    acb_init(x);
    for (long i = tap_effort(40); i > 0; i--) {
        double re = 0, im = 0, wre = 1, wim = 1;
        ml_status s, t;
        bool ok;

        sample_point(args, f, &g);
        for (size_t k = 0; k < f->nargs; k++) {
            fmpq_set(copy[k].re, args[k].re);
            fmpq_set(copy[k].im, args[k].im);
        }
        s = ml_round_d(&re, &im, f, args, modes[i % 5], 4096);
        t = ml_eval_bits(x, f, NULL, args, 200, 4096);
        ok = ml_round_arb_d(&wre, acb_realref(x), modes[i % 5]);
        ok = ml_round_arb_d(&wim, acb_imagref(x), modes[i % 5]) && ok;
        if (((s | t) & ~(ML_UNDERFLOW | ML_OVERFLOW)) || !ok || re != wre
            || im != wim) {
            wrong++;
            describe(f, args);
        }
        for (size_t k = 0; k < f->nargs; k++)
            changed += !fmpq_equal(copy[k].re, args[k].re)
                       || !fmpq_equal(copy[k].im, args[k].im);
    }
    tap_ok(wrong == 0 && changed == 0,
           "%s: rounded doubles are those of a 200-bit ball", f->name);
    ml_args_clear(args, ML_MAX_ARGS);
    ml_args_clear(copy, ML_MAX_ARGS);
    acb_clear(x);
}

/* Each real argument made complex, each positive one made negative. */
static void
domain(const ml_function *f)
{
    tap_random g = tap_random_start(tap_seed() + 7);
    ml_arg args[ML_MAX_ARGS];
    bool ok = true;
    size_t bad = 9;
    ml_status s, t, u;
    double re = 0, im = 0;
    acb_t x;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    for (size_t i = 0; i < f->nargs; i++) {
        if (f->args[i].is_complex)
            continue;
        sample_point(args, f, &g);
        s = f->domain(args, &bad);
        ok = ok && s == ML_OK;
        fmpq_set_si(args[i].im, 1, 1000000000);
        s = f->domain(args, &bad);
        t = ml_round_d(&re, &im, f, args, MPFR_RNDN, 100);
        u = ml_eval_digits(x, f, NULL, args, 10, 100);
        ok = ok && s == ML_DOMAIN && bad == i && t == ML_DOMAIN
             && u == ML_DOMAIN && isnan(re) && isnan(im) && !acb_is_finite(x);
        fmpq_zero(args[i].im);
        if (strstr(f->args[i].domain, "real"))
            continue;
        fmpq_set_si(args[i].re, -1, 7);
        s = f->domain(args, &bad);
        ok = ok && s == ML_DOMAIN && bad == i;
    }
    tap_ok(ok, "%s: arguments outside the domain are named", f->name);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
}

/* Formats of two and three bits, balls of two: no precision is too small. */
static void
few_bits(const ml_function *f)
{
    tap_random g = tap_random_start(tap_seed() + 3);
    ml_arg args[ML_MAX_ARGS];
    acb_t x, y;
    mpfr_t got, want;
    long bad = 0;

    ml_args_init(args, ML_MAX_ARGS);
    acb_init(x);
    acb_init(y);
    for (long i = tap_effort(60); i > 0; i--) {
        mpfr_init2(got, 2 + i % 2);
        mpfr_init2(want, 2 + i % 2);
        sample_point(args, f, &g);
        ml_status s = ml_round_mpfr(got, NULL, NULL, f, args, MPFR_RNDN, 4096);
        ml_status t = ml_eval_bits(x, f, NULL, args, 200, 4096);
        arf_get_mpfr(want, arb_midref(acb_realref(x)), MPFR_RNDN);
        ml_status u = f->eval(y, args, 2);
        if (((s | t | u) & ~(ML_UNDERFLOW | ML_OVERFLOW))
            || (s == ML_OK && !mpfr_equal_p(got, want))
            || !acb_contains(y, x)) {
            bad++;
            describe(f, args);
        }
        mpfr_clear(got);
        mpfr_clear(want);
    }
    tap_ok(bad == 0, "%s: rounded to two and three bits", f->name);
    ml_args_clear(args, ML_MAX_ARGS);
    acb_clear(x);
    acb_clear(y);
}

int
main(void)
{
    size_t n = 0;
    const ml_function *f = ml_functions(&n);

    tap_plan(2 + 7 * ROWS);
    tap_ok(n == ROWS, "%d rows", ROWS);
    tap_ok(ml_function_find("no-such-function") == NULL,
           "an unknown function is not found");
    for (int i = 0; i < ROWS; i++) {
        structure(&f[i], order[i]);
        accuracy(&f[i]);
        methods(&f[i]);
        rounding(&f[i]);
        few_bits(&f[i]);
        domain(&f[i]);
    }
    flint_cleanup();
    return tap_done();
}
