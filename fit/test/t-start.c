/* fit/test/t-start.c - the one start from quantiles against the best of many.
 */
#include "fit/fit.h"

#include <math.h>

#include "validation/tap/tap.h"

enum { MOST = 64 };

typedef struct {
    double t[MOST], R[MOST];
    mlfit_data data;
    double first, last;
} curve;

static double
gauss(tap_random *r)
{
    double u = 1 - tap_random_unit(r), v = tap_random_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* 15 to 64 points over 1.5 to 5 decades, tau inside them, noise .001 to .1 of
 * the amplitude. */
static void
make(curve *c, const mlfit_model *m, int nl, tap_random *r)
{
    double decades = tap_random_range(r, 1.5, 5), b_max = m->shape_max;
    size_t n = (size_t)tap_random_int(r, 15, MOST);
    double sigma = tap_random_log(r, 1e-3, 1e-1), p[MLFIT_NPAR];

    c->first = tap_random_log(r, 1e-3, 1e3);
    c->last = c->first * pow(10, decades);
    p[MLFIT_TAU] = tap_random_log(r, 3 * c->first, c->last / 3);
    p[MLFIT_SHAPE] =
        m->shape_min == b_max ? 1 : tap_random_range(r, 0.3, fmin(b_max, 1.5));
    p[MLFIT_AMPLITUDE] = nl ? tap_random_log(r, 0.01, 100) : 1;
    p[MLFIT_BASELINE] = nl > 1 ? gauss(r) * p[MLFIT_AMPLITUDE] : 0;
    for (size_t i = 0; i < n; i++) {
        c->t[i] = c->first * pow(10, decades * (double)i / (double)(n - 1));
        if (mlfit_model_value(&c->R[i], m, p, c->t[i]) != ML_OK)
            c->R[i] = NAN;
        c->R[i] += sigma * p[MLFIT_AMPLITUDE] * gauss(r);
    }
    c->data = (mlfit_data){n, c->t, c->R, NULL};
}

/* The lowest rss from a grid of starts. */
static double
best(const curve *c, const mlfit_model *m, mlfit_options o, int starts)
{
    double lowest = INFINITY;

    o.has_start[0] = o.has_start[1] = true;
    for (int k = 0; k < starts; k++) {
        mlfit_result r;
        o.start[0] = c->first * pow(c->last / c->first, (k % 4 + 0.5) / 4);
        o.start[1] = m->shape_min
                     + (m->shape_max - m->shape_min) * (0.2 + 0.3 * (k / 4));
        if (mlfit_run(&r, m, &c->data, &o) == ML_OK)
            lowest = fmin(lowest, r.rss);
    }
    return lowest;
}

static void
check(tap_random *r, const char *name, long trials, int starts)
{
    const mlfit_model *m = mlfit_model_find(name);
    long failures = 0, lost = 0, calls = 0;

    for (long k = 0; k < trials; k++) {
        int nl = (int)(k % 3);
        mlfit_options o = {.free_amplitude = nl > 0, .free_baseline = nl > 1};
        mlfit_result one;
        curve c;
        make(&c, m, nl, r);
        if (mlfit_run(&one, m, &c.data, &o) != ML_OK)
            one.rss = INFINITY;
        lost += one.stop == MLFIT_NOT_CONVERGED;
        calls += one.evaluations;
        failures += one.rss > best(&c, m, o, starts) * (1 + 1e-6);
    }
    /* one in a thousand where the data hardly show a decay */
    tap_ok(failures <= trials / 500,
           "%s: %ld of %ld random curves end above the best of %d starts", name,
           failures, trials, starts);
    tap_ok(lost == 0, "%s: all converge, %.0f curve evaluations on average",
           name, (double)calls / (double)trials);
}

/* Both are deterministic: the same bits again. */
static void
check_again(tap_random *r)
{
    const mlfit_model *m = mlfit_model_find("kww1");
    mlfit_options o = {.free_amplitude = true, .free_baseline = true};
    mlfit_result a, b;
    curve c;

    make(&c, m, 2, r);
    ml_status st = mlfit_run(&a, m, &c.data, &o);
    st |= mlfit_run(&b, m, &c.data, &o);
    tap_ok(st == ML_OK && a.p[0] == b.p[0] && a.p[1] == b.p[1]
               && a.se[0] == b.se[0] && a.evaluations == b.evaluations,
           "the same data give the same bits");
}

/* A rising curve needs A < 0. */
static void
check_rising(void)
{
    const mlfit_model *m = mlfit_model_find("kww1");
    mlfit_options o = {.free_amplitude = true, .free_baseline = true};
    double t[30], R[30];
    mlfit_result r;

    for (int i = 0; i < 30; i++) {
        t[i] = pow(10, i / 6.0);
        R[i] = 1 - exp(-pow(t[i] / 300, 0.6));
    }
    mlfit_data d = {30, t, R, NULL};
    ml_status st = mlfit_run(&r, m, &d, &o);
    tap_ok(st == ML_OK && r.stop == MLFIT_CONVERGED
               && fabs(r.p[0] / 300 - 1) < 1e-9 && fabs(r.p[2] + 1) < 1e-9,
           "a rising curve is found with A = -1");
}

int
main(void)
{
    tap_plan(2 * 6 + 2);
    tap_random r = tap_random_start(tap_seed());

    check(&r, "kww1", tap_effort(500), 5);
    check(&r, "kww2", tap_effort(200), 5);
    check(&r, "exp2", tap_effort(200), 4);
    check(&r, "power", tap_effort(70), 5);
    check(&r, "ml-direct", tap_effort(20), 3);
    check(&r, "ml-siegert", tap_effort(10), 3);
    check_again(&r);
    check_rising();
    return tap_done();
}
