/* fit/test/t-start.c - the one start from quantiles against the best of many.
 */
#include "fit/impl.h"

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
        int row = k / 4;
        o.start[0] = c->first * pow(c->last / c->first, (k % 4 + 0.5) / 4);
        o.start[1] =
            m->shape_min + (m->shape_max - m->shape_min) * (0.2 + 0.3 * row);
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

/* ------------------------------------------------- the start itself */

enum { M = 60 };

/* A problem of M points at 1, 10^(1/12), ... and its room. */
typedef struct {
    double t[M], R[M], sigma[M], y[M], w[M], more[11][M];
    fit_problem p;
} problem;

static void
open_problem(problem *x, const mlfit_model *m, double tau, double b)
{
    for (int i = 0; i < M; i++) {
        /* 7 and 60 have no factor: a permutation, so that the times come
         * unsorted */
        const double p[] = {tau, b, 1, 0};
        x->t[i] = pow(10, (i * 7 % M) / 12.0);
        x->sigma[i] = 0.5;
        if (mlfit_model_value(&x->R[i], m, p, x->t[i]) != ML_OK)
            x->R[i] = NAN;
    }
    x->p = (fit_problem){.model = m,
                         .n = M,
                         .t = x->t,
                         .w = x->w,
                         .y = x->y,
                         .scale = 1,
                         .lo = {-7, m->shape_min},
                         .hi = {18, m->shape_max},
                         .free = {true, true},
                         .f = x->more[0],
                         .fu = x->more[1],
                         .fb = x->more[2],
                         .r = x->more[3],
                         .q = x->more[4]};
}

/* Distance of the start from (ln tau, beta), all points weighed by sigma. */
static double
start_error(problem *x, double tau, double b)
{
    const bool given[2] = {false, false};
    double q[MLFIT_NPAR] = {0, 0, 1, 0};

    for (int i = 0; i < M; i++) {
        x->w[i] = 1 / x->sigma[i];
        x->y[i] = x->R[i] * x->w[i];
    }
    if (!fit_start(&x->p, given, q))
        return INFINITY;
    return fmax(fabs(q[0] - log(tau)), fabs(q[1] - b));
}

static void
check_quantiles(void)
{
    const mlfit_model *m = mlfit_model_find("kww2");
    double plain, heavy, violated, tied, early, late;
    problem x;

    open_problem(&x, m, 700, 0.55);
    plain = start_error(&x, 700, 0.55);
    tap_ok(plain < 0.01, "exact data, unsorted: the start is the truth: %.1e",
           plain);

    open_problem(&x, m, 700, 0.55);
    x.R[20] += 3;
    x.R[40] -= 3;
    x.sigma[20] = x.sigma[40] = 500;
    heavy = start_error(&x, 700, 0.55);
    tap_ok(heavy < 0.01, "two wild points of large sigma do not move it: %.1e",
           heavy);

    open_problem(&x, m, 700, 0.55);
    for (int i = 0; i < M; i++) /* by the order of times */
        x.R[i] += (i * 7 % M) % 2 ? 0.1 : -0.1;
    violated = start_error(&x, 700, 0.55);
    tap_ok(violated < 0.05, "a zigzag of 0.1 is pooled: %.1e", violated);

    open_problem(&x, m, 700, 0.55);
    for (int i = 0; i < M; i++) { /* each time twice, with opposite errors */
        int k = (i * 7 % M) / 2 * 2;
        const double p[] = {700, 0.55, 1, 0};
        x.t[i] = pow(10, k / 12.0);
        if (mlfit_model_value(&x.R[i], m, p, x.t[i]) != ML_OK)
            x.R[i] = NAN;
        x.R[i] += (i * 7 % M) % 2 ? 0.2 : -0.2;
    }
    tied = start_error(&x, 700, 0.55);
    tap_ok(tied < 0.03, "equal times are joined: %.1e", tied);

    open_problem(&x, m, 0.05, 0.3);
    early = start_error(&x, 0.05, 0.3);
    open_problem(&x, m, 2e6, 0.6);
    late = start_error(&x, 2e6, 0.6);
    tap_ok(early < 4 && late < 1,
           "a decay that begins before or ends after the data: off by %.1f, "
           "%.1f",
           early, late);
}

static void
check_grid(void)
{
    const mlfit_model *m = mlfit_model_find("power");
    double three[3][MLFIT_NPAR], one[1][MLFIT_NPAR], value[3] = {0};
    double q[MLFIT_NPAR] = {0, 0, 1, 0};
    bool rising = true, lowest = true;
    problem x;
    size_t n, first;

    open_problem(&x, m, 30, 3);
    for (int i = 0; i < M; i++) {
        x.w[i] = 1;
        x.y[i] = x.R[i] + ((i * 7 % M) % 3 == 0 ? 0.4 : -0.2);
    }
    n = fit_grid(&x.p, q, 3, three);
    first = fit_grid(&x.p, q, 1, one);
    for (size_t k = 0; k < n; k++) {
        value[k] = fit_project(&x.p, three[k], false);
        rising &= k == 0 || value[k] >= value[k - 1];
    }
    /* nothing on the same grid is below the first */
    for (int i = 0; i < 12; i++)
        for (int j = 0; j < 6; j++) {
            double g[MLFIT_NPAR] = {-3 + 17.0 * i / 11,
                                    0.05 + 9.95 * (j + 0.5) / 6, 1, 0};
            lowest &= fit_project(&x.p, g, false) >= value[0] * (1 - 1e-12);
        }
    tap_ok(n >= 1 && n <= 3 && rising, "the grid's minima come by rss: %zu", n);
    tap_ok(first == 1 && one[0][0] == three[0][0] && one[0][1] == three[0][1],
           "the best alone is the first of three");
    tap_ok(lowest, "and the lowest point of the grid");
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
    tap_plan(2 * 6 + 5 + 3 + 2);
    tap_random r = tap_random_start(tap_seed());

    check(&r, "kww1", tap_effort(500), 5);
    check(&r, "kww2", tap_effort(200), 5);
    check(&r, "exp2", tap_effort(200), 4);
    check(&r, "power", tap_effort(70), 5);
    check(&r, "ml-direct", tap_effort(20), 3);
    check(&r, "ml-siegert", tap_effort(10), 3);
    check_quantiles();
    check_grid();
    check_again(&r);
    check_rising();
    return tap_done();
}
