/* fit/test/t-models.c - the registry: values, derivatives, moments. */
#include "fit/fit.h"

#include <math.h>
#include <string.h>

#include "validation/tap/tap.h"

static double
value(const mlfit_model *m, double tau, double b, double t)
{
    const double p[MLFIT_NPAR] = {tau, b, 1, 0};
    double R;

    return mlfit_model_value(&R, m, p, t) == ML_OK ? R : NAN;
}

static bool
near(double got, double want, double rel)
{
    return fabs(got - want) <= rel * fabs(want);
}

/* ---------------------------------------------------------------- registry */

static void
check_registry(void)
{
    static const char *const names[] = {
        "exp1", "exp2", "kww1", "kww2", "ml-direct", "ml-siegert", "power"};
    size_t n;
    const mlfit_model *m = mlfit_models(&n);
    bool good = n == 7;

    for (size_t i = 0; i < n && good; i++)
        good = strcmp(m[i].name, names[i]) == 0
               && mlfit_model_find(names[i]) == &m[i];
    tap_ok(good, "the registry has its seven models, found by name");
    tap_ok(!mlfit_model_find("kww") && !mlfit_model_find("ml")
               && !mlfit_model_find(""),
           "kww and ml alone are not names");
    tap_ok(mlfit_models(NULL) == m, "the count may be NULL");

    static const struct {
        const char *formula;
        double lo, hi;
    } want[] = {{"A exp(-t/tau) + B", 1, 1},
                {"A exp(-2 t/tau) + B", 1, 1},
                {"A exp(-(t/tau)^beta) + B", 0.05, 2},
                {"A exp(-2 (t/tau)^beta) + B", 0.05, 2},
                {"A E_beta(-(t/tau)^beta) + B", 0.05, 1},
                {"A E_beta(-(t/tau)^beta)^2 + B", 0.05, 1},
                {"A (1 + t/tau)^-beta + B", 0.05, 10}};
    good = n == 7;
    for (size_t i = 0; i < n && good; i++)
        good = strcmp(m[i].formula, want[i].formula) == 0
               && strcmp(m[i].shape_name, "beta") == 0
               && m[i].shape_min == want[i].lo && m[i].shape_max == want[i].hi;
    tap_ok(good, "formulas and ranges of the shape are as documented");
}

static void
check_errors(void)
{
    static const double bad[][5] = {
        /* tau, shape, A, B, t */
        {0, .5, 1, 0, 1},   {-1, .5, 1, 0, 1},      {INFINITY, .5, 1, 0, 1},
        {1, .04, 1, 0, 1},  {1, 2.1, 1, 0, 1},      {1, .5, 1, 0, -1},
        {1, .5, 1, 0, NAN}, {1, .5, 1, 0, INFINITY}};
    const mlfit_model *m = mlfit_model_find("kww1");
    const double good[] = {2, 0.5, 3, 0.25};
    int refused = 0;
    double R;
    ml_status st;

    for (int i = 0; i < 8; i++) {
        st = mlfit_model_value(&R, m, bad[i], bad[i][4]);
        refused += st == ML_DOMAIN && isnan(R);
    }
    tap_ok(refused == 8, "eight arguments outside the domain are refused");
    st = mlfit_model_value(&R, m, good, 8);
    tap_ok(st == ML_OK && near(R, 3 * exp(-2) + 0.25, 1e-15),
           "R = A f + B: 3 exp(-sqrt(8/2)) + 1/4");
}

/* ------------------------------------------------------------------- values */

static double
erfcx(double x)
{
    return exp(x * x) * erfc(x);
}

static void
check_values(void)
{
    const mlfit_model *k1 = mlfit_model_find("kww1"),
                      *k2 = mlfit_model_find("kww2"),
                      *e1 = mlfit_model_find("exp1"),
                      *e2 = mlfit_model_find("exp2"),
                      *md = mlfit_model_find("ml-direct"),
                      *ms = mlfit_model_find("ml-siegert"),
                      *pw = mlfit_model_find("power");
    double worst_k = 0, worst_e = 0, worst_h = 0, worst_s = 0, worst_1 = 0;

    for (int i = 0; i < 40; i++) {
        double t = pow(10, -2 + 0.1 * i), b = 0.05 + 0.04 * i;
        worst_k = fmax(
            worst_k, fabs(value(k2, pow(2, 1 / b), b, t) - value(k1, 1, b, t)));
        worst_e = fmax(worst_e, fabs(value(e2, 3, 1, t) - exp(-2 * t / 3)));
        worst_e = fmax(worst_e, fabs(value(e1, 3, 1, t) - exp(-t / 3)));
        worst_e =
            fmax(worst_e, fabs(value(pw, 3, 2, t) - 1 / pow(1 + t / 3, 2)));
        if (t < 400)
            worst_h = fmax(worst_h,
                           fabs(value(md, 2, 0.5, t) / erfcx(sqrt(t / 2)) - 1));
        b = fmin(b, 1);
        worst_s = fmax(worst_s,
                       fabs(value(ms, 2, b, t) - pow(value(md, 2, b, t), 2)));
        worst_1 = fmax(worst_1, fabs(value(md, 2, 1, t) - exp(-t / 2)));
    }
    tap_ok(worst_k < 1e-14, "kww2 at 2^(1/beta) tau is kww1: worst %.1e",
           worst_k);
    tap_ok(worst_e < 1e-15, "exp1, exp2, power: worst %.1e", worst_e);
    tap_ok(worst_h < 1e-11, "ml-direct at 1/2 is erfcx: worst %.1e", worst_h);
    tap_ok(worst_s < 1e-15, "ml-siegert is the square: worst %.1e", worst_s);
    tap_ok(worst_1 < 1e-13, "ml-direct at 1 is exp: worst %.1e", worst_1);
}

/* E_b(-1) to the digits known independently */
static void
check_at_one(void)
{
    static const double b[] = {.45, .5, .6, .7, .8, .9};
    static const double want[] = {.434809079172, .427583576156, .413327340943,
                                  .399611978116, .386948578619, .376066021425};
    const mlfit_model *md = mlfit_model_find("ml-direct");
    double worst = 0;

    for (int i = 0; i < 6; i++)
        worst = fmax(worst, fabs(value(md, 7, b[i], 7) - want[i]));
    tap_ok(worst < 6e-13, "E_b(-1) for six b to 12 digits: worst %.1e", worst);
}

static void
check_ends(void)
{
    size_t n;
    const mlfit_model *m = mlfit_models(&n);
    int one = 0, zero = 0, still = 0, finite = 0;

    for (size_t i = 0; i < n; i++) {
        double f, g[2], t = 0;
        ml_status st = m[i].eval(&f, g, 5, m[i].shape_max, 1, &t);
        one += st == ML_OK && f == 1;
        still += g[0] == 0 && g[1] == 0;
        t = 1e200;
        st = m[i].eval(&f, g, 1e-200, m[i].shape_max, 1, &t);
        zero += st == ML_OK && f >= 0 && f < 1e-200;
        finite += isfinite(g[0]) && isfinite(g[1]);
    }
    tap_ok(one == (int)n, "f(0) = 1 for every model");
    tap_ok(still == (int)n, "and its derivatives are 0");
    tap_ok(zero == (int)n, "f at t/tau = 1e400 vanishes");
    tap_ok(finite == (int)n, "and its derivatives are finite");
}

/* ------------------------------------------------------------- derivatives */

static double
raw(const mlfit_model *m, double u, double b, double t)
{
    double f;

    return m->eval(&f, NULL, exp(u), b, 1, &t) == ML_OK ? f : NAN;
}

/* Central difference, two steps extrapolated. */
static double
difference(const mlfit_model *m, double u, double b, double t, bool shape)
{
    double d[2];

    for (int k = 0; k < 2; k++) {
        double h = k ? 1e-3 : 2e-3;
        d[k] = shape ? raw(m, u, b + h, t) - raw(m, u, b - h, t)
                     : raw(m, u + h, b, t) - raw(m, u - h, b, t);
        d[k] /= 2 * h;
    }
    return (4 * d[1] - d[0]) / 3;
}

static void
check_derivatives(tap_random *r)
{
    size_t n;
    const mlfit_model *m = mlfit_models(&n);

    for (size_t i = 0; i < n; i++) {
        double worst[2] = {0, 0}, lo = m[i].shape_min, hi = m[i].shape_max;
        bool fixed = lo == hi;
        for (long k = 0; k < tap_effort(40); k++) {
            double b = fixed ? 1 : tap_random_range(r, lo + .1, hi - .01);
            double u = tap_random_range(r, -3, 3), f, g[2];
            double t = tap_random_log(r, 1e-3, 1e3);
            if (m[i].eval(&f, g, exp(u), b, 1, &t) != ML_OK)
                worst[0] = INFINITY;
            worst[0] =
                fmax(worst[0], fabs(g[0] - difference(&m[i], u, b, t, false)));
            if (!fixed)
                worst[1] = fmax(worst[1],
                                fabs(g[1] - difference(&m[i], u, b, t, true)));
        }
        tap_ok(worst[0] < 1e-9 && worst[1] < 1e-8,
               "%s: derivatives are those of the values: worst %.1e, %.1e",
               m[i].name, worst[0], worst[1]);
    }
}

/* ------------------------------------------------------------------ moments */

/* int_0^inf t^k f(t)^s dt by the trapezoid in ln t, which converges
 * exponentially; z runs until nothing is left. */
static double
integral(const mlfit_model *m, double b, int k, double s, double slowest)
{
    double sum = 0, h = 0.2, last = 45 / slowest;

    for (int i = 0; i * h - 45 < last; i++) {
        double z = i * h - 45;
        sum += exp((k + 1) * z) * pow(raw(m, 0, b, exp(z)), s);
    }
    return h * sum;
}

/* [fit F5] */
static void
check_moments(void)
{
    static const struct {
        const char *name;
        double b, slowest; /* the tail of t f falls as t^-slowest at least */
    } rows[] = {{"exp1", 1, 9},      {"exp2", 1, 9},     {"kww1", .5, 3},
                {"kww1", 1.7, 9},    {"kww2", .35, 2.5}, {"kww2", 1, 9},
                {"power", 4.5, 0.2}, {"power", 9, 1}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mlfit_model *m = mlfit_model_find(rows[i].name);
        double b = rows[i].b, s = rows[i].slowest, out[3];
        double a = integral(m, b, 0, 1, s), c = integral(m, b, 0, 0.5, s);
        double first = integral(m, b, 1, 1, s) / a;
        m->moments(out, b);
        if (!tap_ok(near(out[0], a, 1e-10) && near(out[1], first, 1e-10)
                        && near(out[2], c, 1e-10),
                    "%s, shape %g: the three readings of <t> by quadrature",
                    rows[i].name, b))
            tap_yaml("got", "%.15g %.15g %.15g, want %.15g %.15g %.15g", out[0],
                     out[1], out[2], a, first, c);
    }
}

/* [fit F6] */
static void
check_siegert(void)
{
    static const double b[] = {0.65, 0.9};
    const mlfit_model *m = mlfit_model_find("ml-siegert");
    double out[3], limit[3], below[3];

    for (int i = 0; i < 2; i++) {
        double want = integral(m, b[i], 0, 1, 1.45 * (2 * b[i] - 1));
        m->moments(out, b[i]);
        if (!tap_ok(near(out[0], want, 1e-9) && isinf(out[1]) && isinf(out[2]),
                    "ml-siegert, %g: int E^2 by quadrature, the others diverge",
                    b[i]))
            tap_yaml("got", "%.15g, want %.15g", out[0], want);
    }
    double worst = 0;
    for (int i = 0; i < 40; i++) { /* both ways to take the sine */
        double c = 0.505 + 0.0121 * i, pi = 3.14159265358979323846;
        double want = -1 / tan(pi * c / 2) / (c * sin(pi / c));
        m->moments(out, c);
        worst = fmax(worst, fabs(out[0] / want - 1));
    }
    tap_ok(worst < 1e-12, "-cot(pi b/2)/(b sin(pi/b)) over (1/2, 1): %.1e",
           worst);
    m->moments(limit, 1 - 1e-12);
    m->moments(out, 1);
    m->moments(below, 0.5);
    tap_ok(near(limit[0], 0.5, 1e-11) && out[0] == 0.5 && out[1] == 0.5
               && out[2] == 1,
           "it tends to 1/2 at beta = 1, where all three are those of exp2");
    tap_ok(isinf(below[0]), "it diverges at beta = 1/2");
    m->moments(below, nextafter(0.5, 1));
    tap_ok(below[0] > 1e14 && isfinite(below[0]), "but not above it");
}

/* kww2 in units of tau, as tabulated for the paper's reading of <t> */
static void
check_table(void)
{
    static const double rows[][4] = {{.5, .5, 1.5, 2},
                                     {.6, .47391158, .96933775, 1.5045755},
                                     {.7, .47025163, .73798601, 1.2658235},
                                     {.8, .47636912, .61663422, 1.1330031},
                                     {.9, .48709515, .54526302, 1.0521837},
                                     {1, .5, .5, 1}};
    const mlfit_model *m = mlfit_model_find("kww2");
    double worst = 0;

    for (int i = 0; i < 6; i++) {
        double out[3];
        m->moments(out, rows[i][0]);
        for (int k = 0; k < 3; k++)
            worst = fmax(worst, fabs(out[k] / rows[i][k + 1] - 1));
    }
    tap_ok(worst < 3e-8, "kww2: the table of the paper's conventions");
}

static void
check_divergence(void)
{
    const mlfit_model *md = mlfit_model_find("ml-direct"),
                      *pw = mlfit_model_find("power");
    double a[3], b[3], c[3], d[3];

    md->moments(a, 0.999);
    md->moments(b, 1);
    pw->moments(c, 1);
    pw->moments(d, 1.5);
    tap_ok(isinf(a[0]) && isinf(a[1]) && isinf(a[2]),
           "ml-direct: every reading diverges below beta = 1");
    tap_ok(b[0] == 1 && b[1] == 1 && near(b[2], 2, 1e-15),
           "at beta = 1 they are those of exp1");
    tap_ok(isinf(c[0]) && d[0] == 2 && isinf(d[1]) && isinf(d[2]),
           "power: the integral diverges up to beta = 1, the others up to 2");
}

int
main(void)
{
    tap_plan(6 + 5 + 1 + 4 + 7 + 8 + 6 + 1 + 3);
    tap_random r = tap_random_start(tap_seed());

    check_registry();
    check_errors();
    check_values();
    check_at_one();
    check_ends();
    check_derivatives(&r);
    check_moments();
    check_siegert();
    check_table();
    check_divergence();
    return tap_done();
}
