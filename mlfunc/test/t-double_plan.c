/* mlfunc/test/t-double_plan.c - plans of doubles, against balls.
 * [mlfunc D70] [mlfunc D71]
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/mlball.h"

#include "mlfunc/double/impl.h"
#include "mlfunc/double/plan.h"
#include "validation/tap/tap.h"

#define MANY 600

static tap_random rng;

static const double pair[][2] = {{0.3, 1}, {0.7, 1},    {0.99, 0.99},
                                 {1.5, 1}, {2.5, -0.5}, {0.5, 3},
                                 {1, 1},   {0.05, 0.05}};
static const int last_octave[] = {-1, 1, 3, 6, 10, 1, 3, -2};
#define PAIRS (sizeof pair / sizeof *pair)

static bool
same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* |y - E| in units of the last place of E. */
static double
ulps(double y, double alpha, double beta, double x)
{
    arb_t a, b, e;
    acb_t z, r;
    ml_status s;
    double d = INFINITY;

    arb_init(a);
    arb_init(b);
    arb_init(e);
    acb_init(z);
    acb_init(r);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    acb_set_d(z, x);
    s = ml_mittleff(r, a, b, z, 90);
    if (s == ML_OK) {
        int scale;

        arb_set_d(e, y);
        arb_sub(e, e, acb_realref(r), 120);
        frexp(arf_get_d(arb_midref(acb_realref(r)), ARF_RND_DOWN), &scale);
        scale = scale < -1021 ? -1021 : scale; /* subnormal */
        arb_mul_2exp_si(e, e, 53 - scale);
        d = fabs(arf_get_d(arb_midref(e), ARF_RND_UP));
    }
    arb_clear(a);
    arb_clear(b);
    arb_clear(e);
    acb_clear(z);
    acb_clear(r);
    return d;
}

/* Log-uniform in size from 2^-36 to 2^36, both signs. */
static double
some_x(void)
{
    double x = exp2(72 * tap_random_unit(&rng) - 36);

    return tap_random_unit(&rng) < 0.5 ? x : -x;
}

static bool
overflows(double alpha, double x)
{
    return x > 1 && log(x) / alpha > 6.5;
}

static void
accuracy(const ml_plan *plan, double alpha, double beta)
{
    double x[MANY], y[MANY], worst = 0, at = 0;
    int n = 0;

    while (n < MANY) {
        x[n] = some_x();
        n += !overflows(alpha, x[n])
             && !(alpha > 1 && x[n] < -1); /* no zero of E */
    }
    ml_plan_eval(plan, MANY, x, y);
    for (int i = 0; i < MANY; i += 2) {
        double d = ulps(y[i], alpha, beta, x[i]);

        if (!(d <= worst)) {
            worst = d;
            at = x[i];
        }
    }
    if (!tap_ok(worst <= 0.55, "alpha %g beta %g: within 0.55 ulp", alpha,
                beta))
        tap_note("%.4f ulp at x = %a", worst, at);
}

static void
bits(const ml_plan *plan, double alpha, double beta)
{
    static const char *const cpu[] = {"baseline", "avx2", "avx512"};
    double x[MANY], y[MANY], other[MANY];
    bool alike = true, plans = true;
    const char *was = ml_cpu();

    for (int i = 0; i < MANY; i++)
        x[i] = some_x();
    ml_plan_eval(plan, MANY, x, y);
    for (int c = 0; c < 3; c++) {
        ml_plan *again;

        if (ml_cpu_select(cpu[c]) != ML_OK)
            continue;
        ml_plan_eval(plan, MANY, x, other);
        alike = alike && memcmp(y, other, sizeof y) == 0;
        plans = plans && ml_plan_alloc(&again, alpha, beta) == ML_OK;
        if (plans) {
            plans =
                again->pieces == plan->pieces
                && memcmp(again->place, plan->place, sizeof plan->place) == 0
                && memcmp(again->zone, plan->zone, sizeof plan->zone) == 0
                && memcmp(again->piece, plan->piece,
                          plan->pieces * sizeof *plan->piece)
                       == 0;
            ml_plan_free(again);
        }
    }
    if (ml_cpu_select(was) != ML_OK)
        alike = false;
    tap_ok(alike, "alpha %g beta %g: the same values on every processor", alpha,
           beta);
    tap_ok(plans, "and the same pieces");
}

/* Every way to pass the points gives the same values. */
static void
ways(const ml_plan *plan)
{
    double x[MANY], y[MANY], z[MANY], one;
    bool alike = true, alias;

    for (int i = 0; i < MANY; i++)
        x[i] = i % 7 == 0 ? some_x() : -fabs(some_x());
    ml_plan_eval(plan, MANY, x, y);
    for (int i = 0; i < MANY; i++) {
        ml_plan_eval(plan, 1, x + i, &one);
        alike = alike && same(one, y[i]);
    }
    for (size_t n = 0; n < 20; n++) {
        ml_plan_eval(plan, n, x + 3, z);
        alike = alike && memcmp(z, y + 3, n * sizeof *z) == 0;
    }
    memcpy(z, x, sizeof z);
    ml_plan_eval(plan, MANY, z, z);
    alias = memcmp(z, y, sizeof z) == 0;
    tap_ok(alike, "one by one, and in blocks of any length: the same");
    tap_ok(alias, "in place: the same");
}

/* Outside the pieces a plan is the array evaluator; next to 0 they may serve. */
static void
outside(const ml_plan *plan, double alpha, double beta)
{
    const double x[] = {0.0,       -0.0,     NAN,     INFINITY, -INFINITY,
                        0x1p-1060, -0x1p-35, 0x1p34,  -0x1p34,  -0x1p40,
                        -1e300,    1e300,    0x1p-36, -1e-300,  0x1p60};
    enum { N = sizeof x / sizeof *x };
    double y[N], z[N];
    bool alike = true;
    ml_status s = ml_mittleff_array_d(z, NULL, alpha, beta, N, x);

    ml_plan_eval(plan, N, x, y);
    for (int i = 0; i < N; i++)
        alike = alike
                && (same(y[i], z[i]) || (isnan(y[i]) && isnan(z[i]))
                    || (fabs(x[i]) < 0x1p-34
                        && ulps(y[i], alpha, beta, x[i]) <= 0.55));
    tap_ok(alike && s != ML_NOMEM,
           "zeros, infinities, NaN, and what is beyond");
}

/* The ends of the pieces, and their neighbours. */
static void
edges(const ml_plan *plan, double alpha, double beta)
{
    double worst = 0;

    for (int e = -12; e < 14; e++) {
        int k = ml_plan_octave(plan, 1, e);

        if (k == ML_PLAN_CENTRE)
            k = 0;
        for (int i = 0; k >= 0 && i < 4; i++) {
            double m = floor(ldexp(tap_random_unit(&rng), k));
            double x = -ldexp(1 + ldexp(m, -k), e), at[3], y[3];

            at[0] = x;
            at[1] = nextafter(x, 0);
            at[2] = nextafter(x, -INFINITY);
            ml_plan_eval(plan, 3, at, y);
            for (int j = 0; j < 3; j++)
                worst = fmax(worst, ulps(y[j], alpha, beta, at[j]));
        }
    }
    if (!tap_ok(worst <= 0.55, "ends of pieces: within 0.55 ulp"))
        tap_note("%.4f", worst);
}

/* To the right there are pieces in every octave up to the one where so steep a
 * function would need too many. */
static void
served(const ml_plan *plan, double alpha, double beta, int last)
{
    int first_without = ML_PLAN_MIN;

    while (first_without <= ML_PLAN_MAX
           && ml_plan_octave(plan, 0, first_without) != ML_PLAN_NONE)
        first_without++;
    if (!tap_ok(first_without > last, "alpha %g beta %g: pieces up to 2^%d",
                alpha, beta, last + 1))
        tap_note("none from 2^%d on", first_without);
}

/* ------------------------------------------------------------------ the bounds */

/* Half the last place of doubles of size x. */
static double
half_ulp(double x)
{
    int e;

    frexp(x, &e);
    return ldexp(1, e - 54);
}

/* [mlfunc D70]  The rounding of one piece: the largest of |y - polynomial| minus
 * half a unit, over the bound.  The bound carries what is above the half; *most
 * is the largest in units of the last place of y. */
static double
roundings(double *most, const ml_plan *plan, const double *x, const double *y,
          int n)
{
    double worst = -INFINITY;
    arb_t s, t;

    *most = 0;
    arb_init(s);
    arb_init(t);
    for (int i = 0; i < n; i++) {
        double r;
        const ml_piece *p = plan->piece + ml_plan_piece(plan, x[i], &r);
        double low = fabs(ml_piece_low(p)), bound = low, sum = low, rest;

        if (isnan(p->a[0]))
            continue;
        arb_zero(s);
        for (int k = 7; k >= 0; k--) {
            arb_set_d(t, r);
            arb_mul(s, s, t, 400);
            arb_set_d(t, p->a[k]);
            arb_add(s, s, t, 400);
        }
        arb_set_d(t, ml_piece_low(p));
        arb_add(s, s, t, 400);
        arb_set_d(t, y[i]);
        arb_sub(s, s, t, 400);
        for (int k = 1; k < 8; k++) {
            double term = fabs(p->a[k]) * pow(fabs(r), k);

            sum += term;
            bound += k == 1 ? 0 : (2 * k + 1) * term;
        }
        bound = bound * 0x1p-53 + half_ulp(fabs(p->a[1] * r)) + half_ulp(sum);
        rest = fabs(arf_get_d(arb_midref(s), ARF_RND_UP)) - half_ulp(y[i]);
        worst = fmax(worst, rest / bound);
        *most = fmax(*most, bound / (2 * half_ulp(y[i])));
    }
    arb_clear(s);
    arb_clear(t);
    return worst;
}

static void
bounds(ml_plan *plan)
{
    enum { N = 20000 };
    double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
    double worst = 0, proved, broken, r, most = 1;
    ml_status s, t;

    if (x && y) {
        for (int i = 0; i < N; i++)
            x[i] = -exp2(20 * tap_random_unit(&rng) - 8);
        ml_plan_eval(plan, N, x, y);
        worst = roundings(&most, plan, x, y, N);
    }
    tap_note("rounding: %.3g of D70", worst);
    tap_ok(worst <= 1 && worst > 1e-3, "[mlfunc D70] the roundings of a plan");

    s = ml_plan_certify(&proved, plan);
    tap_note("proved: %.4f ulp", proved);
    tap_ok(s == ML_OK && proved <= 0.55 && proved > 0.5 + most,
           "[mlfunc D71] the plan is within 0.55 ulp, by balls");
    /* A quarter of a unit off, and the proof must see it. */
    ml_piece *p = plan->piece + ml_plan_piece(plan, -3.3, &r), was = *p;

    ml_piece_set_last(p, p->a[7], ml_piece_low(p) + 0x1p-55 * p->a[0]);
    t = ml_plan_certify(&broken, plan);
    *p = was;
    tap_ok(t == ML_OK && broken > proved + 0.05,
           "[mlfunc D71] an error of a quarter of a unit is seen");
    ml_piece_set_last(p, p->a[7], ml_piece_low(p) + 0x1p-52 * p->a[0]);
    t = ml_plan_certify(&broken, plan);
    *p = was;
    tap_ok(t == ML_UNABLE && isinf(broken),
           "[mlfunc D70] one of a unit or two is beyond the proof");
    free(x);
    free(y);
}

/* [mlfunc D71]  Beyond the doubles: to the right, and for alpha = beta = 1 to the
 * left; nearer to 0 than that must be seen. */
static void
beyond(void)
{
    static const double x[] = {0x1p10, 1e6, -0x1p10, -1e7, 700, -700};
    double y[6], proved, at[2];
    ml_plan *plan;
    ml_status s, t = ML_OK;
    bool right = true;

    if (ml_plan_alloc(&plan, 1, 1) != ML_OK)
        tap_bail("no memory for a plan");
    ml_plan_eval(plan, 6, x, y);
    for (int i = 0; i < 6; i++) {
        double want = i < 2 ? (double)INFINITY : 0;

        right = right
                && (i < 4 ? same(y[i], want) : ulps(y[i], 1, 1, x[i]) <= 0.501);
    }
    memcpy(at, plan->constant, sizeof at);
    tap_ok(right && at[0] == 0x1p10 && at[1] == -0x1p10,
           "exp: infinity from 2^10 on, 0 from -2^10 on");
    s = ml_plan_certify(&proved, plan);
    tap_ok(s == ML_OK && proved <= 0.55, "[mlfunc D71] that is proved, too");
    for (int i = 0; i < 2; i++) {
        plan->constant[i] = at[i] / 2;
        if (ml_plan_certify(&proved, plan) != ML_UNABLE)
            t = ML_UNABLE;
        plan->constant[i] = at[i];
    }
    tap_ok(t == ML_OK && isinf(proved),
           "[mlfunc D71] and an octave too much is seen");
    /* Nothing but the constants; for beta < 0, E need not increase. */
    memset(plan->k, ML_PLAN_NONE, sizeof plan->k);
    for (int i = 0; i < 2; i++) {
        double r;

        plan->piece[ml_plan_piece(plan, i ? -0.0 : 0.0, &r)].a[0] = (double)NAN;
    }
    s = ml_plan_certify(&proved, plan);
    plan->beta = -0.5;
    plan->constant[1] = (double)NAN;
    t = ml_plan_certify(&proved, plan);
    tap_ok(s == ML_OK && t == ML_UNABLE,
           "[mlfunc D71] infinity only where E increases");
    ml_plan_free(plan);
}

/* The product of s - p_i, i < k. */
static double
factors(double s, int k)
{
    double product = 1;

    for (int i = 0; i < k; i++)
        product *= s - ml_newton_point[i] * 0x1p-12;
    return product;
}

/* The polynomial that is the product of the first k factors: what is said of its
 * last term is the most that this can be, and less than twice that of the worst
 * k.  Its coefficient k is 1, and so is `single` if k is the first in double. */
static void
newton_estimates(void)
{
    static const int last[] = {ML_NEWTON - 3, ML_NEWTON - 2, ML_NEWTON - 1};
    ml_newton f;
    ml_value v[ML_NEWTON] = {{0}};
    double worst = 0, most[3] = {0}, said[3];
    bool covered = true;

    for (int j = 0; j < 3; j++) {
        for (int i = 0; i < ML_NEWTON; i++)
            v[i].hi = factors(ml_newton_point[i] * 0x1p-12, last[j]);
        ml_kernels_now()->newton(&f, v);
        said[j] = f.last;
        for (int i = -8192; i <= 8192; i++)
            most[j] = fmax(most[j], fabs(factors(i * 0x1p-13, last[j])));
        covered = covered && f.single < 1e-9 && most[j] <= said[j];
        worst = fmax(worst, most[j]);
    }
    tap_note("terms of up to %.3g, said %.3g", worst, said[0]);
    tap_ok(covered && said[0] < 2 * worst,
           "the last terms of an interpolation are estimated");
    for (int i = 0; i < ML_NEWTON; i++)
        v[i].hi = factors(ml_newton_point[i] * 0x1p-12, ML_NEWTON_PAIRS);
    ml_kernels_now()->newton(&f, v);
    tap_ok(fabs(f.single - 1) < 1e-9 && f.last < 1e-9,
           "and the first of its coefficients in double");
}

int
main(void)
{
    ml_plan *plan;

    rng = tap_random_start(tap_seed());
    tap_plan(8 * PAIRS + 3 + 5 + 2 + 4);
    for (size_t i = 0; i < PAIRS; i++) {
        double alpha = pair[i][0], beta = pair[i][1];

        if (ml_plan_alloc(&plan, alpha, beta) != ML_OK)
            tap_bail("no memory for a plan");
        accuracy(plan, alpha, beta);
        bits(plan, alpha, beta);
        ways(plan);
        outside(plan, alpha, beta);
        edges(plan, alpha, beta);
        served(plan, alpha, beta, last_octave[i]);
        if (i == 1)
            bounds(plan);
        ml_plan_free(plan);
    }
    beyond();
    newton_estimates();
    tap_ok(ml_plan_alloc(&plan, 0, 1) == ML_DOMAIN && !plan, "alpha = 0");
    tap_ok(ml_plan_alloc(&plan, NAN, 1) == ML_DOMAIN && !plan, "alpha is NaN");
    tap_ok(ml_plan_alloc(&plan, 1, INFINITY) == ML_DOMAIN && !plan,
           "beta is infinite");
    ml_plan_free(NULL);
    tap_ok(true, "nothing to free");
    return tap_done();
}
