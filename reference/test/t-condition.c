/* reference/test/t-condition.c - the condition number, against differences.
 *
 * |a dF/da / F| comes from values at a (1 +- 2^-60), which share nothing with
 * the derivatives; kww has a closed form.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

enum { STEP = 60, BITS = 400, PREC = 400 };

static const char *const names[] = {"mittag-leffler", "ml-relaxation",
                                    "ml-siegert", "kww"};

/* args[i] (1 + sign 2^-STEP) */
static void
move(ml_arg *a, int sign)
{
    fmpq_t h;
    fmpq_init(h);
    fmpz_one(fmpq_numref(h));
    fmpz_mul_2exp(fmpq_denref(h), fmpq_numref(h), STEP);
    if (sign < 0) {
        fmpq_neg(h, h);
    }
    fmpz_add(fmpq_numref(h), fmpq_numref(h), fmpq_denref(h));
    fmpq_mul(a->re, a->re, h);
    fmpq_mul(a->im, a->im, h);
    fmpq_clear(h);
}

static bool
value(acb_t v, const ml_function *f, const mltab_points *set, size_t i,
      size_t arg, int sign)
{
    ml_arg args[ML_MAX_ARGS];
    ml_args_init(args, f->nargs);
    mltab_point_args(args, set, i);
    if (sign != 0) {
        move(&args[arg], sign);
    }
    ml_status s = ml_eval_bits(v, f, NULL, args, BITS, 0);
    ml_args_clear(args, f->nargs);
    return s == ML_OK;
}

/* c of kww is 1 or 2 and cannot be moved: c dF/dc = t dF/dt / beta. */
static size_t
moved(const ml_function *f, size_t k)
{
    return strcmp(f->args[k].name, "c") == 0 ? 3 : k;
}

/* kappa by central differences: off by about 2^-100 relative where nothing is
 * extreme. */
static bool
by_differences(arb_t kappa, const ml_function *f, const mltab_points *set,
               size_t i)
{
    acb_t up, down;
    arb_t t, x;
    acb_init(up);
    acb_init(down);
    arb_init(t);
    arb_init(x);
    arb_zero(kappa);
    bool ok = true;
    for (size_t k = 0; k < f->nargs && ok; k++) {
        size_t m = moved(f, k);
        ok = value(up, f, set, i, m, 1) && value(down, f, set, i, m, -1);
        acb_sub(up, up, down, PREC);
        acb_mul_2exp_si(up, up, STEP - 1);
        acb_abs(t, up, PREC);
        if (m != k) {
            arb_set_d(x, set->points[i].args[0]);
            arb_div(t, t, x, PREC);
        }
        arb_add(kappa, kappa, t, PREC);
    }
    ok = ok && value(up, f, set, i, 0, 0);
    acb_abs(t, up, PREC);
    arb_div(kappa, kappa, t, PREC);
    acb_clear(up);
    acb_clear(down);
    arb_clear(t);
    arb_clear(x);
    return ok;
}

/* |a - b| / |b|, upward. */
static double
relative(const arb_t a, const arb_t b)
{
    arb_t t;
    arf_t x;
    arb_init(t);
    arf_init(x);
    arb_sub(t, a, b, PREC);
    arb_div(t, t, b, PREC);
    arb_get_abs_ubound_arf(x, t, 53);
    double d = arf_get_d(x, ARF_RND_UP);
    arb_clear(t);
    arf_clear(x);
    return d;
}

typedef struct {
    double ball, d;      /* worst relative differences */
    size_t none, narrow; /* not given; as narrow as asked for */
    size_t n;
} outcome;

static void
compare(outcome *o, const ml_function *f, const mltab_points *set, size_t i)
{
    ml_arg args[ML_MAX_ARGS];
    arb_t kappa, want;
    ml_args_init(args, f->nargs);
    arb_init(kappa);
    arb_init(want);
    mltab_point_args(args, set, i);
    ml_status s = mltab_condition(kappa, f, args, 70);
    double d = mltab_condition_d(f, args);
    if (s != ML_OK || isnan(d) || !by_differences(want, f, set, i)) {
        o->none++;
    } else {
        o->narrow += arb_rel_accuracy_bits(kappa) >= 70;
        o->ball = fmax(o->ball, relative(kappa, want));
        arb_set_d(kappa, d);
        o->d = fmax(o->d, relative(kappa, want));
        o->n++;
    }
    ml_args_clear(args, f->nargs);
    arb_clear(kappa);
    arb_clear(want);
}

/* Random points, real (and complex where the function has them). */
static void
check_random(const ml_function *f, bool complex, long n)
{
    mltab_points set;
    mlio_error err = {0};
    outcome o = {0};
    if (!mltab_points_random(&set, f, (size_t)n, tap_seed(), complex, &err)) {
        tap_bail("%s", err.text);
    }
    for (size_t i = 0; i < set.n; i++) {
        compare(&o, f, &set, i);
    }
    const char *kind = complex ? ", complex" : "";
    tap_ok(o.none == 0, "%s%s: known at all %zu points", f->name, kind, set.n);
    tap_ok(o.ball < 0x1p-60, "... the ball agrees with differences (%.2g)",
           o.ball);
    tap_ok(o.narrow == o.n, "... it is as narrow as asked for");
    /* [reference R4] */
    tap_ok(o.d < 0x1p-20, "... the double is right to 2^-20 (%.2g)", o.d);
    mltab_points_clear(&set);
}

/* Where the value is exponentially small beside its derivatives by alpha and
 * beta, so that kappa is about e^|z|. */
static void
check_small_values(void)
{
    static const struct {
        const char *name;
        size_t nfields;
        double x[4];
    } points[] = {{"mittag-leffler", 4, {1, 1, -250, 0}},
                  {"mittag-leffler", 4, {1, -1, -300, 0}},
                  {"mittag-leffler", 4, {1, 0, -600, 0}},
                  {"mittag-leffler", 4, {1, -3, -250, 120}},
                  {"ml-relaxation", 3, {1, 1, 210}},
                  {"ml-relaxation", 3, {1, 4, 2400}}};
    outcome o = {0};
    size_t n = sizeof points / sizeof *points;
    for (size_t i = 0; i < n; i++) {
        const ml_function *f = ml_function_find(points[i].name);
        mltab_point p = {"p", "r", {0}};
        memcpy(p.args, points[i].x, sizeof points[i].x);
        mltab_points set = {f, points[i].nfields, points[i].nfields == 4, &p,
                            1};
        compare(&o, f, &set, 0);
    }
    tap_ok(o.none == 0 && o.ball < 0x1p-60 && o.narrow == n && o.d < 0x1p-20,
           "values far below their derivatives: right (%.2g, %.2g)", o.ball,
           o.d);
    ml_status s;
    double far[] = {1, -3, -1e8}, after[] = {1, 1, 1e8};
    arb_t k;
    arb_init(k);
    ml_arg args[3];
    for (int i = 0; i < 2; i++) {
        const ml_function *f =
            ml_function_find(i == 0 ? "mittag-leffler" : "ml-relaxation");
        const double *x = i == 0 ? far : after;
        ml_args_init(args, 3);
        for (int m = 0; m < 3; m++) {
            ml_arg_set_d(&args[m], x[m]);
        }
        s = mltab_condition(k, f, args, 60);
        tap_ok(s == ML_OK && arb_rel_accuracy_bits(k) >= 60,
               "... e^(10^8) times below: %s is decided", f->name);
        ml_args_clear(args, 3);
    }
    arb_clear(k);
}

static double
kappa_of(const char *name, const double *x, size_t n, ml_status *status)
{
    const ml_function *f = ml_function_find(name);
    ml_arg args[ML_MAX_ARGS];
    arb_t ball;
    ml_args_init(args, n);
    arb_init(ball);
    for (size_t i = 0; i < n; i++) {
        ml_arg_set_d(&args[i], x[i]);
    }
    *status = mltab_condition(ball, f, args, 60);
    double d = mltab_condition_d(f, args);
    double b = arf_get_d(arb_midref(ball), ARF_RND_NEAR);
    bool agree = *status == ML_OK ? fabs(d - b) <= 0x1p-20 * b
                                  : isnan(d) && !arb_is_finite(ball);
    ml_args_clear(args, n);
    arb_clear(ball);
    return agree ? d : -1;
}

static void
check_kww(void)
{
    /* x (1 + 2 beta + beta |ln(t/tau)|), x = c (t/tau)^beta */
    static const double points[][4] = {{0.5, 2, 2, 2},   {1, 3, 1, 12},
                                       {2, 1, 2, 0.125}, {0.25, 16, 1, 1},
                                       {1, 1, 1, 600},   {1, 1, 1, 1e4}};
    ml_status s;
    double worst = 0;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const double *p = points[i];
        double r = p[3] / p[1], x = p[2] * pow(r, p[0]);
        double want = x * (1 + 2 * p[0] + p[0] * fabs(log(r)));
        double got = kappa_of("kww", p, 4, &s);
        worst = fmax(worst, fabs(got - want) / want);
    }
    tap_ok(worst < 0x1p-20, "kww has its closed form (%.2g)", worst);
}

static void
check_special(void)
{
    ml_status s;
    double k = kappa_of("mittag-leffler", (double[]){0.5, 0, 0}, 3, &s);
    tap_ok(isnan(k) && s == ML_UNABLE, "none where the value is 0");
    k = kappa_of("mittag-leffler", (double[]){-1, 1, 1}, 3, &s);
    tap_ok(isnan(k) && s == ML_DOMAIN, "none outside the domain");
    k = kappa_of("mittag-leffler", (double[]){0.01, 1, 1e3}, 3, &s);
    tap_ok(isnan(k) && s == ML_OVERFLOW, "none where there is no ball");
    k = kappa_of("mittag-leffler", (double[]){0.5, 3, 0}, 3, &s);
    /* beta psi(beta), psi(3) = 3/2 - 0.57721566490153286 */
    tap_ok(fabs(k - 3 * (1.5 - 0.57721566490153286)) < 1e-6,
           "at z = 0 only beta counts (%.9g)", k);
    k = kappa_of("mittag-leffler", (double[]){0.5, 0, -3}, 3, &s);
    tap_ok(k > 0, "beta = 0 has no relative change (%.9g)", k);
    k = kappa_of("mittag-leffler", (double[]){2, 1, -0x1.8947d5a17f771p+14}, 3,
                 &s);
    tap_ok(k > 1e15, "beside a zero it is large (%.3g)", k);
    k = kappa_of("mittag-leffler", (double[]){1, 1, 1e6}, 3, &s);
    tap_ok(k > 1e6 && k < 1e8, "beyond the doubles it is known (%.9g)", k);
    k = kappa_of("mittag-leffler", (double[]){0.75, 1, 0x1p-1070}, 3, &s);
    tap_ok(fabs(k - 0.57721566490153286) < 1e-6,
           "a subnormal argument leaves psi(1) (%.9g)", k);
    k = kappa_of("ml-relaxation", (double[]){0.5, 2, 0}, 3, &s);
    tap_ok(k == 0 && s == ML_OK, "t = 0: 1, whatever the others are");
    k = kappa_of("ml-siegert", (double[]){1, 0.5, 150}, 3, &s);
    double half = kappa_of("ml-relaxation", (double[]){1, 0.5, 150}, 3, &s);
    tap_ok(half > 1e100 && fabs(k - 2 * half) <= 1e-6 * k,
           "a square has twice the condition number (%.9g)", k);
    k = kappa_of("kww", (double[]){0.5, 2, 1, 0}, 4, &s);
    tap_ok(k == 0 && s == ML_OK, "... of kww, too");
}

static bool
constant(const ml_arg *args, size_t *bad)
{
    (void)args;
    (void)bad;
    return true;
}

static ml_status
anywhere(const ml_arg *args, size_t *bad)
{
    return constant(args, bad) ? ML_OK : ML_DOMAIN;
}

static ml_status
same(acb_t res, const ml_arg *args, slong prec)
{
    ml_arg_get_acb(res, &args[0], prec);
    return ML_OK;
}

static void
check_no_derivative(void)
{
    static const ml_argdef defs[] = {{"z", "z complex", true}};
    static const ml_function f = {.name = "same",
                                  .definition = "z",
                                  .args = defs,
                                  .nargs = 1,
                                  .domain = anywhere,
                                  .eval = same};
    ml_arg args[1];
    arb_t k;
    ml_args_init(args, 1);
    arb_init(k);
    ml_arg_set_d(args, 2);
    ml_status s = mltab_condition(k, &f, args, 30);
    double d = mltab_condition_d(&f, args);
    tap_ok(s == ML_UNABLE && isnan(d), "a function without derivatives");
    ml_args_clear(args, 1);
    arb_clear(k);
}

int
main(void)
{
    long n = tap_effort(60);
    tap_plan(5 * 4 + 3 + 1 + 11 + 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_random(ml_function_find(names[i]), false, n);
    }
    check_random(ml_function_find("mittag-leffler"), true, n);
    check_small_values();
    check_kww();
    check_special();
    check_no_derivative();
    flint_cleanup();
    return tap_done();
}
