/* reference/test/t-judge.c - constructed errors get the measure they have.
 *
 * The truth comes from functions of one line whose values are known exactly,
 * so that a wrong judge cannot hide behind a wrong evaluator. [reference R1]
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

/* The value is the argument itself, to prec bits. */
static ml_status
identity(acb_t res, const ml_arg *args, slong prec)
{
    ml_arg_get_acb(res, &args[0], prec);
    return ML_OK;
}

static bool
identity_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    fmpq_set(re, args[0].re);
    fmpq_set(im, args[0].im);
    return true;
}

/* exp(i x): modulus 1, which no ball decides. */
static ml_status
circle(acb_t res, const ml_arg *args, slong prec)
{
    arb_t x;
    arb_init(x);
    ml_arg_get_arb(x, &args[0], prec);
    arb_sin_cos(acb_imagref(res), acb_realref(res), x, prec);
    arb_clear(x);
    return ML_OK;
}

static ml_status
anywhere(const ml_arg *args, size_t *bad)
{
    (void)args;
    *bad = 0;
    return ML_OK;
}

static ml_status
no_ball(acb_t res, const ml_arg *args, slong prec)
{
    (void)args;
    (void)prec;
    acb_indeterminate(res);
    return ML_UNABLE;
}

static const ml_argdef args_z[] = {{"z", "z complex", true}};
static const ml_function the_identity = {.name = "identity",
                                         .definition = "z",
                                         .args = args_z,
                                         .nargs = 1,
                                         .domain = anywhere,
                                         .eval = identity,
                                         .exact = identity_exact};
/* The same, not known to be exact: its balls have a radius. */
static const ml_function inexact = {.name = "inexact",
                                    .definition = "z",
                                    .args = args_z,
                                    .nargs = 1,
                                    .domain = anywhere,
                                    .eval = identity};
static const ml_function the_circle = {.name = "circle",
                                       .definition = "exp(i z)",
                                       .args = args_z,
                                       .nargs = 1,
                                       .domain = anywhere,
                                       .eval = circle};
static const ml_function unknown = {.name = "unknown",
                                    .definition = "?",
                                    .args = args_z,
                                    .nargs = 1,
                                    .domain = anywhere,
                                    .eval = no_ball};

/* truth = (p/q) 2^e, answer, and the measures wanted. */
typedef struct {
    const char *claim;
    slong p;
    ulong q;
    slong e;
    double answer;
    mltab_kind kind;
    double ulp;
} real_case;

#define NEXT1 (1 + DBL_EPSILON)
static const real_case reals[] = {
    {"an exact hit is 0 ulp", 1, 1, 0, 1, MLTAB_OK, 0},
    {"the next double above 1 is 1 ulp", 1, 1, 0, NEXT1, MLTAB_OK, 1},
    {"the next double below 1 is half an ulp of 1", 1, 1, 0,
     1 - DBL_EPSILON / 2, MLTAB_OK, 0.5},
    {"half an ulp of an unrounded truth", 3 * (1L << 53) + 3, 1UL, -53, 3,
     MLTAB_OK, 3 * 0x1p-53 / 0x1p-51},
    {"a tie is 0.5 ulp, not 0 and not 1", (1L << 53) + 1, 1, -53, 1, MLTAB_OK,
     0.5},
    {"just below a power of two the smaller ulp counts", (1L << 53) - 1, 1, -53,
     1, MLTAB_OK, 1},
    {"4 ulp is ok", 1, 1, 0, 1 + 4 * DBL_EPSILON, MLTAB_OK, 4},
    {"5 ulp is wrong", 1, 1, 0, 1 + 5 * DBL_EPSILON, MLTAB_WRONG, 5},
    {"the wrong sign is 2^53 ulp", 1, 1, 0, -1, MLTAB_WRONG, 0x1p53},
    {"one third against its double", 1, 3, 0, 1.0 / 3, MLTAB_OK, 1.0 / 3},
    {"a subnormal truth has ulp 2^-1074", 3, 1, -1075, 0x1p-1074, MLTAB_OK,
     0.5},
    {"a subnormal truth, 5 steps away", 7, 1, -1074, 12 * 0x1p-1074,
     MLTAB_WRONG, 5},
    {"a truth below the smallest double is well served by 0", 1, 1, -1076, 0,
     MLTAB_OK, 0.25},
    {"... and badly by more", 1, 1, -1076, 5 * 0x1p-1074, MLTAB_WRONG, 4.75},
    {"far below: 0 again", 1, 1, -9000, 0, MLTAB_OK, 0},
    {"just above 2^-1022 the ulp is 2^-1074", 5, 1, -1024, 0x1p-1022, MLTAB_OK,
     0x1p50},
    {"negative truths count the same", -1, 1, 0, -NEXT1, MLTAB_OK, 1},
    {"0 for a truth that is not 0 is 2^52 ulp", 1, 1, 0, 0, MLTAB_WRONG,
     0x1p52},
};
enum { NREALS = sizeof reals / sizeof *reals };

static mltab_verdict
judge(const ml_function *f, const ml_arg *arg, double re, double im,
      double max_ulp)
{
    mltab_verdict v = {.kind = MLTAB_OK, .re = re, .im = im};
    if (isnan(re) || isnan(im)) {
        v.kind = MLTAB_NAN;
    } else if (isinf(re) || isinf(im)) {
        v.kind = MLTAB_INF;
    }
    ml_status status = mltab_judge(&v, f, arg, max_ulp);
    (void)status;
    return v;
}

/* x = (p/q) 2^e */
static void
set_scaled(fmpq *x, slong p, ulong q, slong e)
{
    fmpq_set_si(x, p, q);
    if (e >= 0) {
        fmpq_mul_2exp(x, x, (ulong)e);
    } else {
        fmpq_div_2exp(x, x, (ulong)-e);
    }
}

static void
check_reals(ml_arg *arg)
{
    fmpq_zero(arg->im);
    for (size_t i = 0; i < NREALS; i++) {
        const real_case *c = &reals[i];
        set_scaled(arg->re, c->p, c->q, c->e);
        /* the case with 2^50 ulp is about the unit, not the limit */
        double max = c->ulp == 0x1p50 ? 0x1p51 : 4;
        mltab_verdict v = judge(&the_identity, arg, c->answer, 0, max);
        bool ok =
            v.kind == c->kind && fabs(v.ulp - c->ulp) <= 1e-15 * fabs(c->ulp);
        if (!tap_ok(ok, "%s", c->claim)) {
            tap_yaml("got", "%s %.17g ulp", mltab_kind_name(v.kind), v.ulp);
            tap_yaml("want", "%s %.17g ulp", mltab_kind_name(c->kind), c->ulp);
        }
    }
}

static void
check_overflow(ml_arg *arg)
{
    fmpq_t t;
    fmpq_init(t);
    /* 2^1024 - 2^970 = (2^54 - 1) 2^970 */
    set_scaled(arg->re, (1L << 54) - 1, 1, 970);
    mltab_verdict v = judge(&the_identity, arg, HUGE_VAL, 0, 4);
    tap_ok(v.kind == MLTAB_OK, "at 2^1024 - 2^970 infinity is right");
    v = judge(&the_identity, arg, -HUGE_VAL, 0, 4);
    tap_ok(v.kind == MLTAB_INF, "... of the right sign only");
    v = judge(&the_identity, arg, DBL_MAX, 0, 4);
    tap_ok(v.kind == MLTAB_OK && v.ulp == 0.5,
           "... and the largest double is half an ulp away");
    set_scaled(t, 1, 1, 0);
    fmpq_sub(arg->re, arg->re, t);
    v = judge(&the_identity, arg, HUGE_VAL, 0, 4);
    tap_ok(v.kind == MLTAB_INF, "just below it infinity is wrong");
    set_scaled(arg->re, 1, 1, 5000);
    v = judge(&the_identity, arg, DBL_MAX, 0, 4);
    tap_ok(v.kind == MLTAB_WRONG && v.ulp >= 0x1p51 && v.ulp <= 0x1p53,
           "a finite answer to 2^5000 is off by all of it");
    fmpq_clear(t);
}

static void
check_zero_and_nan(ml_arg *arg)
{
    fmpq_zero(arg->re);
    fmpq_zero(arg->im);
    mltab_verdict v = judge(&the_identity, arg, 0, 0, 0);
    tap_ok(v.kind == MLTAB_OK && v.ulp == 0, "truth 0: 0 is right");
    v = judge(&the_identity, arg, -0.0, 0, 0);
    tap_ok(v.kind == MLTAB_OK, "truth 0: -0 is right");
    v = judge(&the_identity, arg, 0x1p-1074, 0, 1e300);
    tap_ok(v.kind == MLTAB_WRONG && isinf(v.ulp) && isinf(v.relative),
           "truth 0: nothing else is, however small");
    v = judge(&the_identity, arg, (double)NAN, 0, 4);
    tap_ok(v.kind == MLTAB_NAN && isnan(v.ulp), "nan stays nan");
    v = judge(&unknown, arg, 1, 0, 4);
    tap_ok(v.kind == MLTAB_UNKNOWN, "without a truth nothing is judged");
}

static void
check_complex(ml_arg *arg)
{
    /* |3 + 4i| = 5: ulp(5) = 2^-50 */
    fmpq_set_si(arg->re, 3, 1);
    fmpq_set_si(arg->im, 4, 1);
    mltab_verdict v =
        judge(&the_identity, arg, 3 + 3 * 0x1p-50, 4 + 4 * 0x1p-50, 4);
    tap_ok(v.ulp == 5 && v.kind == MLTAB_WRONG,
           "a complex error is normwise, in ulp of the modulus");
    tap_ok(v.ulp_re == 6 && v.ulp_im == 4,
           "the parts are reported in their own ulp");
    tap_ok(fabs(v.relative - 0x1p-50) < 1e-30, "relative error is normwise");
    tap_ok(fabs(v.absolute - 5 * 0x1p-50 / 6) < 1e-30,
           "the third measure is |err| / (1 + |E|)");
    fmpq_set_si(arg->re, 1, 1);
    fmpq_zero(arg->im);
    v = judge(&the_identity, arg, 1, 0x1p-52, 4);
    tap_ok(v.ulp == 1 && isinf(v.ulp_im),
           "an imaginary part that should be 0 is an error");
    v = judge(&the_circle, arg, cos(1.0), sin(1.0), 1);
    tap_ok(v.kind == MLTAB_OK && v.ulp < 1 && v.ulp > 0,
           "a modulus of 1 that no ball can decide is judged");
    set_scaled(arg->re, 1, 1, 1024);
    set_scaled(arg->im, 1, 1, 0);
    v = judge(&the_identity, arg, HUGE_VAL, 1, 4);
    mltab_verdict w = judge(&the_identity, arg, 0, -HUGE_VAL, 4);
    tap_ok(v.kind == MLTAB_OK && w.kind == MLTAB_OK,
           "complex overflow: one infinite part will do, either");
}

/* A truth so far out that there is no ball of it. */
static void
check_far(ml_arg *arg)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    ml_arg args[3];
    ml_args_init(args, 3);
    ml_arg_set_d(&args[0], 1);
    ml_arg_set_d(&args[1], 1);
    ml_arg_set_d(&args[2], 1e300);
    mltab_verdict v = judge(f, args, HUGE_VAL, 0, 4);
    mltab_verdict w = judge(f, args, -HUGE_VAL, 0, 4);
    tap_ok(v.kind == MLTAB_OK && v.ulp == 0 && w.kind == MLTAB_INF,
           "exp(1e300): infinity is right, of its sign only");
    v = judge(f, args, DBL_MAX, 0, 1e15);
    tap_ok(v.kind == MLTAB_WRONG && v.relative == 1,
           "exp(1e300): the largest double is off by all of it");
    ml_arg_set_d(&args[2], -1e300);
    v = judge(f, args, 0, 0, 4);
    w = judge(f, args, HUGE_VAL, 0, 4);
    tap_ok(v.kind == MLTAB_OK && v.ulp == 0 && w.kind == MLTAB_INF,
           "exp(-1e300): 0 is right, infinity is not");
    v = judge(f, args, 5 * 0x1p-1074, 0, 4);
    tap_ok(v.kind == MLTAB_WRONG && v.ulp == 5,
           "exp(-1e300): 5 * 2^-1074 is 5 ulp off");
    ml_args_clear(args, 3);

    set_scaled(arg->re, 1, 1, -300);
    fmpq_zero(arg->im);
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    fmpq_sub(arg->re, one, arg->re);
    fmpq_clear(one);
    v = judge(&inexact, arg, 1 - DBL_EPSILON / 2, 0, 4);
    tap_ok(v.ulp == 1, "1 - 2^-300 has the ulp of what is below 1");
}

/* Correctly rounded parts are within 1/sqrt(2) ulp of the modulus, and get
 * near to it. [reference R2] */
static void
check_parts(ml_arg *arg)
{
    tap_random random = tap_random_start(tap_seed());
    double worst = 0;
    acb_t e;
    acb_init(e);
    fmpq_zero(arg->im);
    for (int i = 0; i < 1500; i++) {
        double re = 0, im = 0;
        ml_arg_set_d(arg, tap_random_range(&random, 0.6, 0.9));
        ml_status status = circle(e, arg, 300);
        bool ok = status == ML_OK
                  && ml_round_arb_d(&re, acb_realref(e), MPFR_RNDN)
                  && ml_round_arb_d(&im, acb_imagref(e), MPFR_RNDN);
        mltab_verdict v = judge(&the_circle, arg, re, im, 1);
        worst = ok && v.ulp < HUGE_VAL ? fmax(worst, v.ulp) : HUGE_VAL;
    }
    acb_clear(e);
    /* The parts are in [1/2, 1): their ulp is half of ulp(1). */
    tap_ok(worst <= 0.35355339059327379 && worst > 0.33,
           "rounded parts of ulp 1/2: normwise at most 0.3536 (worst %.4f)",
           worst);
    /* 1.5 + 2^-53 and 1.25 + 2^-53: both parts half an ulp off, |E| < 2 */
    set_scaled(arg->re, 3 * (1L << 52) + 1, 1, -53);
    set_scaled(arg->im, 5 * (1L << 51) + 1, 1, -53);
    mltab_verdict v = judge(&the_identity, arg, 1.5, 1.25, 1);
    tap_ok(v.ulp > 0.7071 && v.ulp < 0.70711, "0.7071 is reached (%.5f)",
           v.ulp);
}

/* kww at beta = tau = c = 1: F = exp(-t), and kappa = t (|log t| + 3). */
static void
check_scaled(void)
{
    const ml_function *f = ml_function_find("kww");
    ml_arg args[4];
    ml_args_init(args, 4);
    for (size_t k = 0; k < 4; k++) {
        ml_arg_set_d(&args[k], k == 3 ? 8 : 1);
    }
    double truth = 0x1.5fc21041027adp-12, kappa = 8 * (log(8) + 3);
    mltab_verdict v = judge(f, args, truth * (1 + 0x1p-40), 0, 1e9);
    tap_ok(fabs(v.kappa / kappa - 1) < 1e-5,
           "the condition number of exp(-t^beta) at t = 8 is 8 (log 8 + 3)");
    tap_ok(fabs(v.scaled / (0x1p13 / (1 + kappa)) - 1) < 1e-3,
           "the scaled error is relative to 2^-53 (1 + kappa) |E|");
    v = judge(f, args, truth, 0, 0.5);
    tap_ok(v.kind == MLTAB_OK && v.scaled <= 0.5 / (1 + kappa) * 2,
           "a correctly rounded answer has a scaled error below 1/(1 + kappa)");
    ml_args_clear(args, 4);
    ml_arg arg;
    ml_args_init(&arg, 1);
    v = judge(&the_identity, &arg, 0, 0, 4);
    mltab_verdict w = judge(&unknown, &arg, 1, 0, 4);
    tap_ok(isnan(v.kappa) && isnan(v.scaled) && isnan(w.kappa)
               && isnan(w.scaled),
           "truth 0, or none: no condition number, no scaled error");
    ml_args_clear(&arg, 1);
}

/* Correctly rounded answers raise no alarm at 0.5 ulp. [reference R1] */
static void
check_no_alarm(void)
{
    mltab_points set;
    mlio_error err;
    size_t alarms = 0, n = 0, exact = 0, asked = (size_t)tap_effort(400);
    double worst = 0;
    const ml_function *f = ml_function_find("mittag-leffler");
    if (!mltab_points_random(&set, f, asked, tap_seed(), false, &err)) {
        tap_bail("no random points");
    }
    for (size_t i = 0; i < set.n; i++) {
        double re, im;
        ml_arg args[ML_MAX_ARGS];
        ml_args_init(args, f->nargs);
        mltab_point_args(args, &set, i);
        ml_status status =
            ml_round_ball_d(&re, &im, f, args, NULL, MPFR_RNDN, ML_PREC_CAP);
        if (status == ML_OK) {
            mltab_verdict v = judge(f, args, re, 0, 0.5);
            n++;
            alarms += v.kind != MLTAB_OK;
            exact += v.ulp == 0;
            worst = fmax(worst, v.ulp);
        }
        ml_args_clear(args, f->nargs);
    }
    mltab_points_clear(&set);
    tap_ok(alarms == 0 && 4 * n > 3 * asked,
           "%zu correctly rounded answers: none is above 0.5 ulp", n);
    tap_ok(worst > 0.49 && exact < n / 10,
           "... and the worst of them is %.4f off", worst);
}

int
main(void)
{
    ml_arg arg;
    ml_args_init(&arg, 1);
    tap_plan(NREALS + 5 + 5 + 7 + 2 + 5 + 4 + 2);
    check_reals(&arg);
    check_overflow(&arg);
    check_zero_and_nan(&arg);
    check_complex(&arg);
    check_parts(&arg);
    check_far(&arg);
    check_scaled();
    check_no_alarm();
    ml_args_clear(&arg, 1);
    flint_cleanup();
    return tap_done();
}
