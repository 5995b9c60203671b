/* cli/cmd_selftest.c - `mlref selftest`: a quick test of an installation.
 *
 * Whether this machine, with its libraries and compiler, gets what is known to
 * be right; the full tests are those of `make check`.  The certified values
 * were computed with mpmath 1.3.0 (defining series, or its asymptotic series
 * far out) at 60 to 200 digits; the closed forms use Arb's elementary and error
 * functions only.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <acb_hypgeom.h>

#include "base/number.h"
#include "cli/cli.h"
#include "fit/fit.h"
#include "simulate/simulate.h"

static const char help[] =
    "usage: mlref selftest\n"
    "\n"
    "Checks this installation in a few seconds and prints TAP: certified\n"
    "values, closed forms, agreement of independent methods, rounding,\n"
    "decimals, and a short walk and fit.  Exit 1 when a check failed.\n"
    "\n"
    "examples:\n"
    "  mlref selftest\n";

#define PLANNED 12

static int done_tests, failed_tests;

static void
ok(bool good, const char *format, ...)
{
    va_list ap;

    printf("%sok %d - ", good ? "" : "not ", ++done_tests);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
    failed_tests += !good;
}

static void
skip(const char *why)
{
    printf("ok %d # SKIP %s\n", ++done_tests, why);
}

/* ------------------------------------------------------------------- points */

typedef struct {
    ml_arg args[3];
} point;

static void
point_init(point *p, const char *alpha, const char *beta, const char *z)
{
    ml_args_init(p->args, 3);
    bool good = mlio_parse_real(p->args[0].re, alpha, NULL)
                && mlio_parse_real(p->args[1].re, beta, NULL)
                && mlio_parse_complex(p->args[2].re, p->args[2].im, z, NULL);
    if (!good)
        fmpq_zero(p->args[0].re); /* outside the domain: every check fails */
}

static void
point_clear(point *p)
{
    ml_args_clear(p->args, 3);
}

static const ml_function *
mittleff(void)
{
    return ml_function_find("mittag-leffler");
}

/* ---------------------------------------------------------- certified values */

typedef struct {
    const char *alpha, *beta, *z, *re, *im;
} known;

static const known values[] = {
    {"1", "1", "1", "2.718281828459045235360287471352662497757", "0"},
    {"0.5", "1", "-1", "0.4275835761558070044107503444905151808202", "0"},
    {"0.75", "1", "-1", "0.3931083028157540617696360623989939945387", "0"},
    {"0.3", "0.3", "-2", "0.03206239921884749601459528144335065916273", "0"},
    {"1.5", "1", "-10", "-0.1097130542527401466938885088444266325332", "0"},
    {"0.75", "1.75", "-3", "0.291381621029386157653554121947845881475", "0"},
    {"3", "2", "-50", "-0.6207593542035561778187684080976761646053", "0"},
    {"0.05", "1", "-5", "0.1625064566493486900988979307948560292623", "0"},
    {"0.75", "1.75", "-1e8", "9.999999972418433434884274239974367845058e-9",
     "0"},
    {"0.3", "0.3", "-1e8", "2.311149524550246139469659368598860672609e-17",
     "0"},
    {"1e-3", "1", "-1", "0.4998556960785242979550277765513057953634", "0"},
    {"0.8", "1", "1+2i", "-1.918779588182515393405208896955980585799",
     "0.9624190509739699009007682624006847506237"},
};

/* x = decimal, widened by one unit of its 39th digit relative. */
static bool
decimal_ball(arb_t x, const char *decimal)
{
    mag_t slack;
    fmpq_t q;

    fmpq_init(q);
    mag_init(slack);
    bool good = mlio_parse_real(q, decimal, NULL);
    arb_set_fmpq(x, q, 256);
    arb_get_mag(slack, x);
    mag_mul_2exp_si(slack, slack, -126); /* 2^-126 = 1.2e-38 */
    arb_add_error_mag(x, slack);
    mag_clear(slack);
    fmpq_clear(q);
    return good;
}

/* rad <= 10^-35 |v| */
static bool
sharp(const acb_t v)
{
    return acb_rel_accuracy_bits(v) >= 116;
}

static bool
check_known(const known *k)
{
    point p;
    acb_t v, w;

    point_init(&p, k->alpha, k->beta, k->z);
    acb_init(v);
    acb_init(w);
    bool good =
        ml_eval_digits(v, mittleff(), NULL, p.args, 37, ML_PREC_CAP) == ML_OK;
    good = good && decimal_ball(acb_realref(w), k->re)
           && decimal_ball(acb_imagref(w), k->im) && acb_overlaps(v, w)
           && sharp(v);
    acb_clear(v);
    acb_clear(w);
    point_clear(&p);
    return good;
}

static void
certified(void)
{
    size_t n = sizeof values / sizeof values[0], right = 0;

    for (size_t i = 0; i < n; i++) {
        bool good = check_known(&values[i]);
        right += good;
        if (!good)
            printf("# not so: mlref eval mittag-leffler alpha=%s beta=%s z=%s "
                   "--digits 37\n",
                   values[i].alpha, values[i].beta, values[i].z);
    }
    ok(right == n, "%zu of %zu certified values to 35 digits", right, n);
}

/* -------------------------------------------------------------- closed forms */

#define CLOSED_PREC 256

typedef void (*closed_form)(acb_t res, const acb_t z);

static void
closed_exp(acb_t res, const acb_t z)
{
    acb_exp(res, z, CLOSED_PREC);
}

static void
closed_cos(acb_t res, const acb_t z)
{
    acb_neg(res, z);
    acb_sqrt(res, res, CLOSED_PREC);
    acb_cos(res, res, CLOSED_PREC);
}

/* exp(z^2) erfc(-z) */
static void
closed_erfcx(acb_t res, const acb_t z)
{
    acb_t t;

    acb_init(t);
    acb_mul(t, z, z, 4 * CLOSED_PREC);
    acb_exp(t, t, 4 * CLOSED_PREC);
    acb_neg(res, z);
    acb_hypgeom_erfc(res, res, 4 * CLOSED_PREC);
    acb_mul(res, res, t, CLOSED_PREC);
    acb_clear(t);
}

/* (exp(z) - 1)/z */
static void
closed_expm1(acb_t res, const acb_t z)
{
    acb_t t;

    acb_init(t);
    acb_exp(t, z, 2 * CLOSED_PREC);
    acb_sub_ui(t, t, 1, 2 * CLOSED_PREC);
    acb_div(res, t, z, CLOSED_PREC);
    acb_clear(t);
}

static const char *const closed_points[] = {"-0.25", "-3", "-12",   "-60",
                                            "2",     "3i", "-1-4i", "5+1/3i"};

#define N_CLOSED (sizeof closed_points / sizeof closed_points[0])

/* Automatic choice and every method that serves; *n counts them. */
static bool
agrees(const point *p, closed_form form, size_t *n)
{
    const ml_function *f = mittleff();
    acb_t z, want, got;
    bool good;

    acb_init(z);
    acb_init(want);
    acb_init(got);
    ml_arg_get_acb(z, &p->args[2], 4 * CLOSED_PREC);
    form(want, z);
    good = ml_eval_bits(got, f, NULL, p->args, 100, ML_PREC_CAP) == ML_OK
           && acb_overlaps(got, want);
    for (size_t m = 0; m < f->nmethods; m++) {
        ml_status status =
            ml_eval_bits(got, f, &f->methods[m], p->args, 100, 4096);
        good = good && acb_overlaps(got, want);
        *n += status == ML_OK;
    }
    acb_clear(z);
    acb_clear(want);
    acb_clear(got);
    return good;
}

static void
closed(const char *alpha, const char *beta, closed_form form, const char *text)
{
    size_t right = 0, served = 0;

    for (size_t i = 0; i < N_CLOSED; i++) {
        point p;
        point_init(&p, alpha, beta, closed_points[i]);
        bool good = agrees(&p, form, &served);
        point_clear(&p);
        right += good;
        if (!good)
            printf("# not so: mlref eval mittag-leffler alpha=%s beta=%s "
                   "z=%s\n",
                   alpha, beta, closed_points[i]);
    }
    ok(right == N_CLOSED && served >= N_CLOSED,
       "E_{%s,%s}(z) = %s by every method, %zu times", alpha, beta, text,
       served);
}

/* ------------------------------------------------------------------- methods */

static const known overlaps[] = {
    {"0.3", "1", "-0.5", NULL, NULL},   {"0.75", "0.75", "-8", NULL, NULL},
    {"0.9", "1.7", "-30", NULL, NULL},  {"1.5", "-0.5", "4i", NULL, NULL},
    {"0.4", "1", "-1000", NULL, NULL},  {"2.5", "1", "-2+9i", NULL, NULL},
    {"1/3", "2/3", "2+2i", NULL, NULL},
};

/* A at 64 bits against every other method at 128: the wider ball must contain
 * the other's, since that one is 2^60 times narrower. */
static bool
methods_agree(const point *p, size_t *pairs)
{
    const ml_function *f = mittleff();
    bool good = true;
    acb_t a, b;

    acb_init(a);
    acb_init(b);
    for (size_t i = 0; i < f->nmethods; i++) {
        if (ml_eval_bits(a, f, &f->methods[i], p->args, 64, 4096) != ML_OK)
            continue;
        for (size_t j = 0; j < f->nmethods; j++) {
            if (j == i
                || ml_eval_bits(b, f, &f->methods[j], p->args, 128, 4096)
                       != ML_OK)
                continue;
            ++*pairs;
            good = good && acb_overlaps(a, b);
        }
    }
    acb_clear(a);
    acb_clear(b);
    return good;
}

static void
methods(void)
{
    size_t n = sizeof overlaps / sizeof overlaps[0], right = 0, pairs = 0;

    for (size_t i = 0; i < n; i++) {
        point p;
        point_init(&p, overlaps[i].alpha, overlaps[i].beta, overlaps[i].z);
        bool good = methods_agree(&p, &pairs);
        point_clear(&p);
        right += good;
        if (!good)
            printf("# not so: alpha=%s beta=%s z=%s\n", overlaps[i].alpha,
                   overlaps[i].beta, overlaps[i].z);
    }
    ok(right == n && pairs >= n,
       "independent methods agree at %zu of %zu points, %zu pairs", right, n,
       pairs);
}

/* ------------------------------------------------------------------ rounding */

static double
rounded(const char *alpha, const char *z, mpfr_rnd_t rnd)
{
    double re = NAN;
    point p;

    point_init(&p, alpha, "1", z);
    ml_status status =
        ml_round_d(&re, NULL, mittleff(), p.args, rnd, ML_PREC_CAP);
    point_clear(&p);
    return (status & (ML_DOMAIN | ML_UNABLE)) ? (double)NAN : re;
}

static void
rounding(void)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDN, MPFR_RNDU, MPFR_RNDD,
                                       MPFR_RNDZ, MPFR_RNDA};
    /* e lies just above the double nearest to it */
    static const double e[] = {0x1.5bf0a8b145769p+1, 0x1.5bf0a8b14576ap+1,
                               0x1.5bf0a8b145769p+1, 0x1.5bf0a8b145769p+1,
                               0x1.5bf0a8b14576ap+1};
    bool good = true, exact = true, beyond;

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        good = good && rounded("1", "1", modes[i]) == e[i];
        exact = exact && rounded("0.7", "0", modes[i]) == 1.0;
    }
    ok(good, "E_1(1) = e is rounded right in all five directions");
    ok(exact, "E_0.7(0) = 1 is exact in all five directions");
    beyond = rounded("1", "710", MPFR_RNDN) == (double)INFINITY
             && rounded("1", "710", MPFR_RNDD) == 0x1.fffffffffffffp+1023
             && rounded("1", "-746", MPFR_RNDN) == 0.0
             && rounded("1", "-746", MPFR_RNDU) == 0x1p-1074
             && rounded("1", "-745", MPFR_RNDN) == 0x1p-1074;
    ok(beyond, "beyond the range of doubles: as IEEE 754 prescribes");
}

/* ------------------------------------------------------------------ decimals */

static void
decimals(void)
{
    char *re = NULL, *im = NULL, *rad = NULL;
    bool good = false;
    fmpq_t x, y;
    acb_t v;

    fmpq_init(x);
    fmpq_init(y);
    acb_init(v);
    acb_set_ui(v, 2);
    acb_div_ui(v, v, 3, 200);
    mlio_format_ball(&re, &im, &rad, v, 20);
    if (re && im && rad && mlio_parse_real(x, re, NULL)
        && mlio_parse_real(y, rad, NULL)) {
        fmpq_t d;
        fmpq_init(d);
        fmpq_set_si(d, 2, 3);
        fmpq_sub(d, d, x);
        fmpq_abs(d, d);
        good = fmpq_cmp(d, y) <= 0 && fmpq_sgn(d) > 0 && strcmp(im, "0") == 0;
        fmpq_clear(d);
    }
    ok(good, "a printed value is within its printed radius of 2/3");
    free(re);
    free(im);
    free(rad);
    fmpq_clear(x);
    fmpq_clear(y);
    acb_clear(v);
}

/* ------------------------------------------------------------- walks and fits */

/* <N(t)> = x/Gamma(1+beta), x = (t/tau)^beta, for Mittag-Leffler waits. */
static void
walk(void)
{
    static const double times[] = {0.1, 1.0, 10.0};
    mlsim_walk_options o = {
        .law = mlsim_law_find("ml"),
        .beta = 0.5,
        .tau = 1.0,
        .dim = 1,
        .jump = MLSIM_JUMP_GAUSS,
        .jump_sigma = 1.0,
        .walkers = 20000,
        .times = times,
        .ntimes = 3,
        .seed = 1,
    };
    mlsim_walk_result r;
    bool good = true;

    ml_status status = mlsim_walk(&r, &o);
    if (status == ML_UNABLE) {
        skip("this build has no random numbers");
        return;
    }
    if (status != ML_OK) {
        ok(false, "a walk runs: %s", ml_status_name(status));
        return;
    }
    for (size_t i = 0; i < r.ntimes; i++) {
        /* 1/Gamma(3/2) = 2/sqrt(pi) */
        double want = sqrt(times[i]) * 1.1283791670955126;
        good = good && fabs(r.rows[i].n - want) < 5 * r.rows[i].n_se;
    }
    mlsim_walk_clear(&r);
    ok(good, "20000 walkers jump as often as the exact law says");
}

static void
fit(void)
{
    double t[40], R[40];
    mlfit_data data = {40, t, R, NULL};
    mlfit_options o = {0};
    mlfit_result r;
    const mlfit_model *m = mlfit_model_find("kww2");

    for (int i = 0; i < 40; i++) {
        t[i] = exp(0.25 * i - 5);
        R[i] = exp(-2 * pow(t[i] / 3.0, 0.7));
    }
    ml_status status = m ? mlfit_run(&r, m, &data, &o) : ML_DOMAIN;
    if (status == ML_UNABLE) {
        skip("this build has no solver for fits");
        return;
    }
    bool good = status == ML_OK && fabs(r.p[MLFIT_TAU] / 3.0 - 1) < 1e-6
                && fabs(r.p[MLFIT_SHAPE] / 0.7 - 1) < 1e-6;
    ok(good, "a fit finds tau = 3, beta = 0.7 in data made with them");
}

int
cmd_selftest(int argc, char **argv)
{
    bool done;

    if (!cli_options(argc, argv, NULL, 0, NULL, help, &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    printf("TAP version 13\n1..%d\n", PLANNED);
    certified();
    closed("1", "1", closed_exp, "exp(z)");
    closed("2", "1", closed_cos, "cos(sqrt(-z))");
    closed("1/2", "1", closed_erfcx, "exp(z^2) erfc(-z)");
    closed("1", "2", closed_expm1, "(exp(z) - 1)/z");
    methods();
    rounding();
    decimals();
    walk();
    fit();
    if (failed_tests)
        printf("# %d of %d checks failed\n", failed_tests, PLANNED);
    return failed_tests || done_tests != PLANNED ? EXIT_CHECK : EXIT_OK;
}
