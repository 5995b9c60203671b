/* mlfunc/test/t-asymptotics.c - the ranges of the two limits: against values
 * found by other means, and against the definition on a fine grid.  Claims on
 * [mlfunc T1], [mlfunc T2], [mlfunc T3] and [mlfunc T4]. */
#include <math.h>

#include <arb_hypgeom.h>

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

static double
mid(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* hi - lo <= 1e-7 X */
static bool
sharp(const arb_t x)
{
    return arb_is_finite(x) && arb_is_positive(x)
           && 2 * mag_get_d(arb_radref(x)) <= 1e-7 * mid(x);
}

/* E_alpha(-x) for a check in doubles: the jets share no code with the balls. */
static double
relaxation(double alpha, double x)
{
    double j[4], z = -x;

    if (ml_mittleff_jet_d(j, NULL, alpha, 1, 1, &z) != ML_OK)
        return NAN;
    return j[0];
}

static double
short_error(double alpha, double x)
{
    return fabs(exp(-x / tgamma(1 + alpha)) / relaxation(alpha, x) - 1);
}

static double
long_error(double alpha, double x)
{
    return fabs(1 / (x * tgamma(1 - alpha)) / relaxation(alpha, x) - 1);
}

/* The definition on a grid of ratio 1.01 and beside X. */
static void
definition(slong num, slong den, slong eps_den)
{
    fmpq_t alpha, eps;
    arb_t x;
    double a = (double)num / (double)den, e = 1 / (double)eps_den, X;
    bool inside = true;
    ml_status s;

    fmpq_init(alpha);
    fmpq_init(eps);
    arb_init(x);
    fmpq_set_si(alpha, num, (ulong)den);
    fmpq_set_si(eps, 1, (ulong)eps_den);
    s = ml_asymptotics_short(x, alpha, eps);
    X = mid(x);
    for (double y = X * (1 - 1e-6); y > X * 1e-3; y /= 1.01)
        inside = inside && short_error(a, y) <= e;
    tap_ok(s == ML_OK && sharp(x) && inside
               && short_error(a, X * (1 + 1e-6)) > e,
           "short range, alpha = %ld/%ld, eps = 1/%ld: %.6g", num, den, eps_den,
           X);
    s = ml_asymptotics_long(x, alpha, eps);
    X = mid(x);
    inside = true;
    for (double y = X * (1 + 1e-6); y < X * 1e4; y *= 1.01)
        inside = inside && long_error(a, y) <= e;
    tap_ok(
        s == ML_OK && sharp(x) && inside && long_error(a, X * (1 - 1e-6)) > e,
        "long range, alpha = %ld/%ld, eps = 1/%ld: %.6g", num, den, eps_den, X);
    fmpq_clear(alpha);
    fmpq_clear(eps);
    arb_clear(x);
}

/* E_{1/2}(-x) = e^(x^2) erfc(x): the two roots by Arb's own erfc. */
static void
half(void)
{
    fmpq_t alpha, eps;
    arb_t x, e, t;
    bool ok = true;
    ml_status s;

    fmpq_init(alpha);
    fmpq_init(eps);
    arb_init(x);
    arb_init(e);
    arb_init(t);
    fmpq_set_si(alpha, 1, 2);
    fmpq_set_si(eps, 1, 100);
    s = ml_asymptotics_short(x, alpha, eps);
    for (int side = -1; side <= 1; side += 2) {
        arf_t end;

        arf_init(end);
        if (side < 0)
            arb_get_lbound_arf(end, x, 100);
        else
            arb_get_ubound_arf(end, x, 100);
        /* exp(-2 x/sqrt(pi)) - 0.99 exp(x^2) erfc(x) */
        arb_set_arf(e, end);
        arb_hypgeom_erfc(t, e, 200);
        arb_sqr(e, e, 200);
        arb_exp(e, e, 200);
        arb_mul(t, t, e, 200);
        arb_mul_ui(t, t, 99, 200);
        arb_div_ui(t, t, 100, 200);
        arb_const_pi(e, 200);
        arb_rsqrt(e, e, 200);
        arb_mul_arf(e, e, end, 200);
        arb_mul_si(e, e, -2, 200);
        arb_exp(e, e, 200);
        arb_sub(e, e, t, 200);
        ok = ok && (side < 0 ? arb_is_positive(e) : arb_is_negative(e));
        arf_clear(end);
    }
    tap_ok(s == ML_OK && ok, "alpha = 1/2: erfc changes sign across the short "
                             "range");
    fmpq_clear(alpha);
    fmpq_clear(eps);
    arb_clear(x);
    arb_clear(e);
    arb_clear(t);
}

static void
equal(slong num, slong den, size_t want)
{
    const double a = (double)num / (double)den;
    int crossings = 0;
    fmpq_t alpha;
    arb_ptr x = _arb_vec_init(4);
    size_t n = 9;
    bool proved = false, ok;
    ml_status s;

    fmpq_init(alpha);
    fmpq_set_si(alpha, num, (ulong)den);
    s = ml_asymptotics_equal(x, &n, 4, &proved, alpha);
    ok = s == ML_OK && proved && n == want;
    for (size_t i = 0; ok && i < n; i++) {
        double X = mid(x + i), d = short_error(a, X) - long_error(a, X);

        ok = sharp(x + i) && fabs(d) < 1e-6 && (i == 0 || X > mid(x + i - 1));
    }
    /* Sign changes of the difference on a grid of 40000 points. */
    for (double y = 1e-4, last = -1; y < 1e4; y *= 1.00046) {
        double d = short_error(a, y) - long_error(a, y);

        crossings += d * last < 0;
        last = d;
    }
    tap_ok(ok && (size_t)crossings == want,
           "alpha = %ld/%ld: the errors are equal at %zu abscissae", num, den,
           want);
    s = ml_asymptotics_equal(x, &n, 1, &proved, alpha);
    tap_ok(s == ML_OK && n == 1 && proved == (want == 1),
           "with room for one it is complete only if there is one");
    fmpq_clear(alpha);
    _arb_vec_clear(x, 4);
}

/* The paper's figures at t/tau, to the two digits they are known to. */
static void
paper(void)
{
    static const struct {
        slong num;
        double t_short, t_long;
    } rows[] = {{45, .018, 712.6}, {50, .030, 49.03}, {60, .066, 403.8},
                {70, .120, 522.5}, {80, .209, 415.1}, {90, .380, 293.8}};
    bool ok = true;
    fmpq_t alpha, eps;
    arb_t x;

    fmpq_init(alpha);
    fmpq_init(eps);
    arb_init(x);
    fmpq_set_si(eps, 1, 100);
    for (int i = 0; i < 6; i++) {
        double a = (double)rows[i].num / 100;
        ml_status s, u;
        double t;

        fmpq_set_si(alpha, rows[i].num, 100);
        s = ml_asymptotics_short(x, alpha, eps);
        t = pow(mid(x), 1 / a);
        ok = ok && fabs(t / rows[i].t_short - 1) < 0.04;
        u = ml_asymptotics_long(x, alpha, eps);
        t = pow(mid(x), 1 / a);
        ok = ok && s == ML_OK && u == ML_OK
             && fabs(t / rows[i].t_long - 1) < 1e-3;
    }
    tap_ok(ok, "1 %% ranges in t/tau for alpha = 0.45 ... 0.9");
    fmpq_clear(alpha);
    fmpq_clear(eps);
    arb_clear(x);
}

static void
slope(void)
{
    static const double want[] = {.373, .594, .789, 1.052, 1.481};
    static const slong num[] = {45, 60, 70, 80, 90};
    bool ok = true, fine = true;
    fmpq_t alpha, x;
    arb_t y;
    ml_status s;

    fmpq_init(alpha);
    fmpq_init(x);
    arb_init(y);
    for (int i = 0; i < 5; i++) {
        double a = (double)num[i] / 100, j[4], z = -pow(6, a);
        ml_arg arg;

        ml_args_init(&arg, 1);
        ml_arg_set_d(&arg, pow(6, a));
        fmpq_set(x, arg.re);
        fmpq_set_si(alpha, num[i], 100);
        s = ml_asymptotics_slope(y, alpha, x, 100);
        ok = ok && s == ML_OK && fabs(mid(y) - want[i]) < 6e-4;
        s = ml_mittleff_jet_d(j, NULL, a, 1, 1, &z);
        fine = fine && s == ML_OK
               && fabs(a * z * j[1] / j[0] / mid(y) + 1) < 1e-12
               && arb_rel_accuracy_bits(y) > 85;
        ml_args_clear(&arg, 1);
    }
    tap_ok(ok, "local slopes at t = 6 tau as tabulated");
    tap_ok(fine, "local slopes agree with the jets");
    fmpq_zero(x);
    s = ml_asymptotics_slope(y, alpha, x, 100);
    tap_ok(s == ML_OK && arb_is_zero(y), "the slope at 0 is 0");
    fmpq_set_si(x, -1, 1);
    s = ml_asymptotics_slope(y, alpha, x, 100);
    tap_ok(s == ML_DOMAIN && !arb_is_finite(y), "x < 0: domain");
    fmpq_clear(alpha);
    fmpq_clear(x);
    arb_clear(y);
}

static void
domain(void)
{
    static const slong pairs[][4] = {
        {0, 1, 1, 100}, {1, 1, 1, 100}, {-1, 2, 1, 100}, {3, 2, 1, 100},
        {1, 2, 0, 1},   {1, 2, 1, 1},   {1, 2, -1, 2}};
    bool ok = true, proved = true;
    fmpq_t alpha, eps;
    arb_t x;
    size_t n = 5;
    ml_status s, u;

    fmpq_init(alpha);
    fmpq_init(eps);
    arb_init(x);
    for (int i = 0; i < 7; i++) {
        fmpq_set_si(alpha, pairs[i][0], (ulong)pairs[i][1]);
        fmpq_set_si(eps, pairs[i][2], (ulong)pairs[i][3]);
        s = ml_asymptotics_short(x, alpha, eps);
        u = ml_asymptotics_long(x, alpha, eps);
        ok = ok && s == ML_DOMAIN && u == ML_DOMAIN && !arb_is_finite(x);
    }
    fmpq_one(alpha);
    s = ml_asymptotics_equal(x, &n, 1, &proved, alpha);
    tap_ok(ok && s == ML_DOMAIN && n == 0 && !proved,
           "alpha or eps outside (0, 1): domain");
    fmpq_clear(alpha);
    fmpq_clear(eps);
    arb_clear(x);
}

int
main(void)
{
    tap_plan(35);
    definition(1, 20, 100);
    definition(45, 100, 100);
    definition(1, 2, 100);
    definition(3, 5, 100);
    definition(3, 5, 1000000);
    definition(501, 1000, 100);
    definition(7, 10, 1000);
    definition(9, 10, 20);
    definition(999, 1000, 100);
    half();
    equal(3, 10, 1);
    equal(1, 2, 1);
    equal(7, 10, 1);
    equal(3, 4, 3);
    equal(9, 10, 3);
    paper();
    slope();
    domain();
    flint_cleanup();
    return tap_done();
}
