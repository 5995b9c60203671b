/* fit/test/t-lsq.c - recovery, invariances, bounds, and what is refused. */
#include "fit/fit.h"

#include <math.h>
#include <string.h>

#include "validation/tap/tap.h"

enum { N = 36 };

typedef struct {
    double t[N], R[N], sigma[N];
    mlfit_data data;
} curve;

/* 2.5 times powers of ten, N points over four decades and a half. */
static void
make(curve *c, const mlfit_model *m, const double *p)
{
    for (int i = 0; i < N; i++) {
        c->t[i] = 2.5 * pow(10, i / 8.0);
        if (mlfit_model_value(&c->R[i], m, p, c->t[i]) != ML_OK)
            c->R[i] = NAN;
    }
    c->data = (mlfit_data){N, c->t, c->R, NULL};
}

static double
gauss(tap_random *r)
{
    double u = 1 - tap_random_unit(r), v = tap_random_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static void
perturb(curve *c, tap_random *r, double sigma)
{
    for (int i = 0; i < N; i++)
        c->R[i] += sigma * gauss(r);
}

static mlfit_stop
run(mlfit_result *r, const mlfit_model *m, const curve *c,
    const mlfit_options *o)
{
    return mlfit_run(r, m, &c->data, o) == ML_OK ? r->stop
                                                 : MLFIT_NOT_CONVERGED;
}

/* ---------------------------------------------------------------- recovery */

static void
check_recovery(void)
{
    static const double tau[] = {80, 6700, 20000}, shape[] = {0.45, 0.7, 0.9};
    size_t n;
    const mlfit_model *m = mlfit_models(&n);

    for (size_t i = 0; i < n; i++)
        for (int nl = 0; nl < 3; nl++) {
            double worst = 0;
            int stops = 0;
            for (int k = 0; k < 3; k++) {
                bool fixed = m[i].shape_min == m[i].shape_max;
                double b = fixed ? 1 : shape[k];
                double p[] = {tau[k], b, nl ? 0.055 : 1, nl > 1 ? 1.0024 : 0};
                mlfit_options o = {.free_amplitude = nl > 0,
                                   .free_baseline = nl > 1};
                mlfit_result r;
                curve c;
                make(&c, &m[i], p);
                stops += run(&r, &m[i], &c, &o) == MLFIT_CONVERGED;
                worst = fmax(worst, fabs(r.p[0] / p[0] - 1));
                for (int j = 1; j < MLFIT_NPAR; j++)
                    worst = fmax(worst, fabs(r.p[j] - p[j]));
            }
            tap_ok(stops == 3 && worst < 1e-10,
                   "%s, %d linear parameters: exact data give the truth: "
                   "worst %.1e",
                   m[i].name, nl, worst);
        }
}

/* ------------------------------------------------------------- invariances */

static double
gap(const mlfit_result *a, const mlfit_result *b, const double scale[4])
{
    double worst = 0;

    for (int i = 0; i < MLFIT_NPAR; i++) {
        double s = fabs(a->p[i]) * scale[i];
        worst = fmax(worst, fabs(a->p[i] * scale[i] - b->p[i]) / s);
        worst = fmax(worst, fabs(a->se[i] * scale[i] - b->se[i]) / s);
    }
    return worst;
}

static void
check_scaling(tap_random *rng)
{
    static const double p[] = {3000, 0.6, 0.8, 0.1};
    const double time[] = {1e6, 1, 1, 1}, height[] = {1, 1, 1e-9, 1e-9};
    const mlfit_model *m = mlfit_model_find("kww2");
    mlfit_options o = {.free_amplitude = true, .free_baseline = true};
    mlfit_result a, b, d;
    curve c, ct, cR;

    make(&c, m, p);
    perturb(&c, rng, 0.01);
    ct = cR = c;
    for (int i = 0; i < N; i++) {
        ct.t[i] *= 1e6;
        cR.R[i] *= 1e-9;
    }
    ct.data = (mlfit_data){N, ct.t, ct.R, NULL};
    cR.data = (mlfit_data){N, cR.t, cR.R, NULL};
    c.data = (mlfit_data){N, c.t, c.R, NULL};
    run(&a, m, &c, &o);
    run(&b, m, &ct, &o);
    run(&d, m, &cR, &o);
    tap_ok(gap(&a, &b, time) < 1e-7, "a unit of time scales tau alone: %.1e",
           gap(&a, &b, time));
    tap_ok(gap(&a, &d, height) < 1e-7,
           "a unit of R scales A and B, not tau and beta: %.1e",
           gap(&a, &d, height));
    tap_ok(fabs(d.rss / a.rss / 1e-18 - 1) < 1e-7, "and rss by its square");
}

/* Every point twice with sigma is every point once with sigma/sqrt 2; order
 * does not matter. */
static void
check_repeats(tap_random *rng)
{
    static const double p[] = {3000, 0.6, 1, 0}, one[] = {1, 1, 1, 1};
    const mlfit_model *m = mlfit_model_find("kww1");
    double t[2 * N], R[2 * N], s[2 * N], half[N];
    mlfit_result a, b;
    curve c;

    make(&c, m, p);
    perturb(&c, rng, 0.02);
    for (int i = 0; i < N; i++) {
        int k = (i * 7) % N; /* a permutation: 7 and 36 have no factor */
        t[2 * i] = t[2 * i + 1] = c.t[k];
        R[2 * i] = R[2 * i + 1] = c.R[k];
        s[2 * i] = s[2 * i + 1] = 0.01 * (1 + k % 3);
        half[k] = s[2 * i] / sqrt(2.0);
    }
    mlfit_data twice = {2 * N, t, R, s}, once = {N, c.t, c.R, half};
    ml_status sa = mlfit_run(&a, m, &twice, NULL);
    ml_status sb = mlfit_run(&b, m, &once, NULL);
    tap_ok(sa == ML_OK && sb == ML_OK && gap(&a, &b, one) < 1e-7
               && fabs(a.rss / b.rss - 1) < 1e-9,
           "repeated times are separate observations, in any order");
    double out[3];
    m->moments(out, a.p[1]);
    tap_ok(a.moments[0] == out[0] * a.p[0] && a.moments[1] == out[1] * a.p[0]
               && a.moments[2] == out[2] * a.p[0],
           "the three readings of <t> are given in units of t");
    tap_ok(a.cov_kind == MLFIT_COV_ABSOLUTE && a.n == 2 * N
               && a.dof == 2 * N - 2,
           "with sigma the covariance is absolute; dof = n - p");
}

static void
check_fixed(void)
{
    static const double p[] = {3000, 0.6, 0.8, 0.1};
    const mlfit_model *m = mlfit_model_find("kww1");
    mlfit_options o = {.free_amplitude = true, .free_baseline = true};
    mlfit_result tau, shape, both, all;
    curve c;

    make(&c, m, p);
    memcpy(o.start, p, sizeof p);
    o.fixed[MLFIT_TAU] = true;
    mlfit_stop s1 = run(&tau, m, &c, &o);
    o.fixed[MLFIT_SHAPE] = true;
    mlfit_stop s2 = run(&both, m, &c, &o);
    o.fixed[MLFIT_TAU] = false;
    mlfit_stop s3 = run(&shape, m, &c, &o);
    o.fixed[0] = o.fixed[1] = o.fixed[2] = o.fixed[3] = true;
    mlfit_stop s4 = run(&all, m, &c, &o);
    tap_ok(s1 == MLFIT_CONVERGED && tau.p[0] == 3000
               && fabs(tau.p[1] - 0.6) < 1e-10 && tau.se[0] == 0
               && tau.lo[0] == 3000 && !tau.free[0] && tau.dof == N - 3,
           "tau fixed: the others are found, its se is 0");
    tap_ok(s2 == MLFIT_CONVERGED && fabs(both.p[2] - 0.8) < 1e-10
               && fabs(both.p[3] - 0.1) < 1e-10,
           "tau and beta fixed: A and B are a linear fit");
    tap_ok(s3 == MLFIT_CONVERGED && fabs(shape.p[0] / 3000 - 1) < 1e-10
               && shape.p[1] == 0.6,
           "beta fixed: tau is found");
    tap_ok(s4 == MLFIT_CONVERGED && all.dof == N && all.rss < 1e-25,
           "all fixed: rss of the given curve");
}

static void
check_start(void)
{
    static const double p[] = {3000, 0.6, 1, 0};
    const mlfit_model *m = mlfit_model_find("kww1");
    mlfit_options o = {.has_start = {true, true, true}};
    mlfit_result r;
    curve c;
    int good = 0;

    make(&c, m, p);
    o.start[MLFIT_AMPLITUDE] = 3; /* not free: 3 exp(...) is fitted */
    o.start[MLFIT_TAU] = 100;
    o.start[MLFIT_SHAPE] = 1.5;
    o.has_start[MLFIT_AMPLITUDE] = false;
    good += run(&r, m, &c, &o) == MLFIT_CONVERGED;
    good += fabs(r.p[0] / 3000 - 1) < 1e-10;
    o.has_start[MLFIT_SHAPE] = false;
    good += run(&r, m, &c, &o) == MLFIT_CONVERGED;
    good += fabs(r.p[0] / 3000 - 1) < 1e-10;
    tap_ok(good == 4, "a far start, for both or one, leads to the minimum");
}

/* ------------------------------------------------------------------ bounds */

/* Truth past the bound: beta = 1.3 for a model that ends at 1. */
static void
check_at_bound(void)
{
    static const double p[] = {3000, 1.3, 1, 0};
    const mlfit_model *ml = mlfit_model_find("ml-direct");
    mlfit_result r, inside;
    mlfit_options o = {.fixed = {false, true}, .start = {0, 0.999}};
    curve c;

    make(&c, mlfit_model_find("kww1"), p);
    mlfit_stop stop = run(&r, ml, &c, NULL);
    mlfit_stop near = run(&inside, ml, &c, &o);
    tap_ok(stop == MLFIT_AT_BOUND && r.p[1] == 1 && r.at_bound[1]
               && !r.at_bound[0] && strcmp(r.stop_text, "at_bound") == 0,
           "the best beta beyond its bound: beta = 1, at_bound");
    tap_ok(near == MLFIT_CONVERGED && inside.rss > r.rss,
           "the gradient pushes outward: beta = 0.999 is worse");
    tap_ok(r.hi[1] == 1 && r.lo[1] < 1 && r.se[1] > 0 && r.se[0] > 0,
           "the interval of beta is clipped at 1, se are given");
}

/* ml at beta = 1 exactly is a legitimate answer. */
static void
check_truth_on_bound(void)
{
    static const double p[] = {3000, 1, 1, 0};
    mlfit_result r;
    curve c;

    make(&c, mlfit_model_find("exp1"), p);
    mlfit_stop stop = run(&r, mlfit_model_find("ml-direct"), &c, NULL);
    tap_ok((stop == MLFIT_AT_BOUND || stop == MLFIT_CONVERGED)
               && fabs(r.p[1] - 1) < 1e-10 && fabs(r.p[0] / 3000 - 1) < 1e-10,
           "ml-direct on an exponential: beta = 1 is reached");
}

/* [fit F1] whatever the data, the answer lies in the box, and no neighbour in
 * the box is better. */
static void
check_rubbish(tap_random *rng)
{
    static const char *const names[] = {"kww1", "kww2", "power"};
    int outside = 0, worse = 0, stuck = 0;
    long trials = tap_effort(60);

    for (long k = 0; k < trials; k++) {
        const mlfit_model *m = mlfit_model_find(names[k % 3]);
        const double p[] = {tap_random_log(rng, 1e-2, 1e7),
                            tap_random_range(rng, 0.05, 2), 1, 0};
        double lo, hi, sigma = tap_random_log(rng, 1e-3, 3);
        mlfit_result r, e;
        curve c;
        make(&c, mlfit_model_find("kww1"), p);
        perturb(&c, rng, sigma);
        mlfit_stop stop = run(&r, m, &c, NULL);
        stuck += stop == MLFIT_NOT_CONVERGED;
        if (mlfit_tau_window(&lo, &hi, &c.data) != ML_OK
            || !(r.p[0] >= lo * (1 - 1e-14) && r.p[0] <= hi * (1 + 1e-14))
            || !(r.p[1] >= m->shape_min && r.p[1] <= m->shape_max))
            outside++;
        for (int j = 0; j < 8 && stop < MLFIT_NOT_IDENTIFIED; j++) {
            int across = j % 3 - 1, along = j / 3 - 1;
            double u = log(r.p[0]) + across * 1e-3;
            double b = r.p[1] + along * 1e-3;
            mlfit_options o = {.fixed = {true, true}};
            o.start[0] = fmin(fmax(exp(u), lo), hi);
            o.start[1] = fmin(fmax(b, m->shape_min), m->shape_max);
            run(&e, m, &c, &o);
            worse += e.rss < r.rss * (1 - 1e-13);
        }
    }
    tap_ok(outside == 0, "no answer leaves the box (%ld noisy curves)", trials);
    tap_ok(worse == 0, "no neighbour in the box is better");
    tap_ok(stuck == 0, "and every one of these fits converges");
}

/* --------------------------------------------------------- not identified */

static void
check_not_identified(void)
{
    const mlfit_model *m = mlfit_model_find("kww1");
    mlfit_options both = {.free_amplitude = true, .free_baseline = true};
    double early[] = {1e9, 0.8, 1, 0}, flat[] = {3000, 0.6, 0, 0.5};
    mlfit_result r;
    curve c;

    make(&c, m, early);
    for (int i = 0; i < N; i++)
        c.R[i] = 1 + (i % 2 ? 1e-3 : -1e-3);
    mlfit_stop s1 = run(&r, m, &c, NULL);
    tap_ok(s1 == MLFIT_NOT_IDENTIFIED && isinf(r.se[0])
               && strcmp(r.stop_text, "not_identified") == 0,
           "no decay in the data: not identified, se is infinite");
    for (int i = 0; i < N; i++)
        c.R[i] = i % 2 ? 1e-3 : -1e-3;
    mlfit_stop s2 = run(&r, m, &c, NULL);
    tap_ok(s2 == MLFIT_NOT_IDENTIFIED, "decayed before the first point: same");
    make(&c, m, flat);
    mlfit_stop s3 = run(&r, m, &c, &both);
    tap_ok(s3 == MLFIT_NOT_IDENTIFIED && isnan(r.cov[0][1])
               && r.lo[2] == -INFINITY && r.hi[2] == INFINITY,
           "a constant with A and B free: not identified");
    make(&c, m, early);
    for (int i = 0; i < N; i++)
        c.t[i] = 5;
    mlfit_stop s4 = run(&r, m, &c, NULL);
    tap_ok(s4 == MLFIT_NOT_IDENTIFIED && r.cov[0][2] == 0 && r.cov[2][2] == 0,
           "one time only: not identified; cov of what is not free stays 0");
    make(&c, m, early);
    mlfit_stop s5 = run(&r, m, &c, NULL);
    tap_ok(s5 == MLFIT_NOT_IDENTIFIED && r.at_bound[MLFIT_TAU],
           "exact data whose tau lies beyond the window: not identified, tau "
           "on its bound");
}

/* ------------------------------------------------------------------ errors */

static void
check_errors(void)
{
    static const double p[] = {3000, 0.6, 1, 0};
    const mlfit_model *m = mlfit_model_find("kww1");
    static const double bad[][3] = {
        {-1, 1, 1},       {NAN, 1, 1},       {INFINITY, 1, 1}, {1, NAN, 1},
        {1, INFINITY, 1}, {1, 1, 0},         {1, 1, -1},       {1, 1, NAN},
        {1, 1, INFINITY}, {1, 1e300, 1e-300}};
    int refused = 0;
    mlfit_result r;
    curve c;

    make(&c, m, p);
    for (int i = 0; i < N; i++)
        c.sigma[i] = 1;
    for (int k = 0; k < 10; k++) {
        curve d = c;
        d.t[5] = bad[k][0];
        d.R[5] = bad[k][1];
        d.sigma[5] = bad[k][2];
        mlfit_data data = {N, d.t, d.R, d.sigma};
        refused += mlfit_run(&r, m, &data, NULL) == ML_DOMAIN;
    }
    tap_ok(refused == 10, "ten bad values of t, R, sigma are refused");

    mlfit_data few = {2, c.t, c.R, NULL},
               enough = {3, c.t + 16, c.R + 16, NULL};
    ml_status s1 = mlfit_run(&r, m, &few, NULL);
    ml_status s2 = mlfit_run(&r, m, &enough, NULL);
    tap_ok(s1 == ML_DOMAIN && s2 == ML_OK && r.dof == 1,
           "two parameters need three points");

    double zero[3] = {0, 0, 0};
    mlfit_data still = {3, zero, c.R, NULL};
    tap_ok(mlfit_run(&r, m, &still, NULL) == ML_DOMAIN,
           "times that are all 0 are refused");
}

static void
check_bad_options(void)
{
    static const double p[] = {3000, 0.6, 1, 0};
    const mlfit_model *m = mlfit_model_find("kww1"),
                      *e = mlfit_model_find("exp1");
    mlfit_options o[8];
    int refused = 0;
    mlfit_result r;
    curve c;

    make(&c, m, p);
    memset(o, 0, sizeof o);
    for (int i = 0; i < 8; i++)
        o[i].start[0] = o[i].start[1] = 1;
    o[0].fixed[0] = true, o[0].start[0] = -1;
    o[1].fixed[0] = true, o[1].start[0] = NAN;
    o[2].has_start[0] = true, o[2].start[0] = 1e-9; /* before the window */
    o[3].has_start[1] = true, o[3].start[1] = 2.5;
    o[4].fixed[1] = true, o[4].start[1] = 0.01;
    o[5].level = 1;
    o[6].level = -0.5;
    o[7].has_cov = true, o[7].cov = MLFIT_COV_ABSOLUTE;
    for (int i = 0; i < 8; i++)
        refused += mlfit_run(&r, m, &c.data, &o[i]) == ML_DOMAIN;
    tap_ok(refused == 8, "eight bad options are refused");
    o[3].start[1] = 0.5;
    tap_ok(mlfit_run(&r, e, &c.data, &o[3]) == ML_DOMAIN,
           "exp1 has no shape other than 1");
}

static void
check_window(void)
{
    double t[] = {0, 5, 2, 80}, lo, hi, none[] = {0, 0};
    mlfit_data d = {4, t, t, NULL}, z = {2, none, none, NULL};
    ml_status good = mlfit_tau_window(&lo, &hi, &d);
    double a = lo, b = hi;
    ml_status bad = mlfit_tau_window(&lo, &hi, &z);

    tap_ok(good == ML_OK && fabs(a / (2 * exp(-7)) - 1) < 1e-14
               && fabs(b / (80 * exp(7)) - 1) < 1e-14,
           "the window of tau: 7 e-folds beyond the positive times");
    tap_ok(bad == ML_DOMAIN, "no positive time: no window");
    for (int i = 0; i < 4; i++)
        t[i] /= 1e6;
    ml_status small = mlfit_tau_window(&lo, &hi, &d);
    tap_ok(small == ML_OK && fabs(hi / (80e-6 * exp(7)) - 1) < 1e-14,
           "also for times far below 1");
}

int
main(void)
{
    tap_plan(21 + 3 + 3 + 4 + 1 + 3 + 1 + 3 + 5 + 3 + 2 + 3);
    tap_random r = tap_random_start(tap_seed());

    check_recovery();
    check_scaling(&r);
    check_repeats(&r);
    check_fixed();
    check_start();
    check_at_bound();
    check_truth_on_bound();
    check_rubbish(&r);
    check_not_identified();
    check_errors();
    check_bad_options();
    check_window();
    return tap_done();
}
