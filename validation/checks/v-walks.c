/* validation/checks/v-walks.c - walks against exact theory, by Holm at 1e-4.
 *
 * Every comparison of every ensemble and seed puts one p-value into a ledger;
 * Holm's procedure bounds the probability that a correct library fails by
 * 1e-4, whatever the correlations.  Where the law of the statistic is known
 * its exact variance is used.  Then walks that are wrong on purpose, each with
 * the z that theory predicts, must be rejected by the same threshold.
 *
 * [simulate W1] the histogram of waiting times, [simulate A1] ageing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arb.h>
#include <arb_hypgeom.h>

#include "base/parallel.h"
#include "simulate/simulate.h"
#include "validation/tap/tap.h"

#define FAMILY_ERROR 1e-4

enum { LEDGER = 8192, SEEDS = 3, MAX_T = 32, MAX_Q = 4 };

/* ------------------------------------------------------------------ the ledger */

typedef struct {
    char what[96];
    double z, p;
} entry;

static entry ledger[LEDGER];
static size_t entries;

static void
enter_p(double p, double z, const char *what, const char *quantity, double t)
{
    entry *e = &ledger[entries < LEDGER ? entries++ : LEDGER - 1];

    snprintf(e->what, sizeof e->what, "%s: %s at t = %g", what, quantity, t);
    e->z = z;
    e->p = isnan(p) ? 0.0 : p;
}

static double
two_sided(double z)
{
    return erfc(fabs(z) / sqrt(2.0));
}

static void
enter_z(double got, double want, double se, const char *what,
        const char *quantity, double t)
{
    double z = (got - want) / se;

    if (se == 0.0) /* nothing random happened: equality is all there is */
        enter_p(fabs(got - want) <= 1e-12 ? 1.0 : 0.0, (double)NAN, what,
                quantity, t);
    else
        enter_p(two_sided(z), z, what, quantity, t);
}

static int
by_p(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    return (x->p > y->p) - (x->p < y->p);
}

/* The number of hypotheses that Holm rejects; sorts the ledger. */
static size_t
holm(void)
{
    size_t k = 0;

    qsort(ledger, entries, sizeof ledger[0], by_p);
    while (k < entries && ledger[k].p <= FAMILY_ERROR / (double)(entries - k))
        k++;
    return k;
}

/* -------------------------------------------------------------- exact numbers */

typedef struct {
    const char *name, *law;
    double beta, tau;
    int dim;
    mlsim_jump jump;
    double sigma, age;
    size_t nt, nq;
    double t[MAX_T], q[MAX_Q];
    /* exact means, and standard deviations of one walker (0: not known) */
    double n[MAX_T], n_sd[MAX_T], n2[MAX_T], n2_sd[MAX_T], msd_sd[MAX_T];
    double f[MAX_T][MAX_Q], c_sd[MAX_T][MAX_Q], l_sd[MAX_T][MAX_Q];
    bool failed;
} ensemble;

typedef struct {
    arb_t beta, tau, sigma, t, q, lambda, x;
} balls;

static void
balls_init(balls *b, const ensemble *e, double t)
{
    arb_init(b->beta);
    arb_init(b->tau);
    arb_init(b->sigma);
    arb_init(b->t);
    arb_init(b->q);
    arb_init(b->lambda);
    arb_init(b->x);
    arb_set_d(b->beta, e->beta);
    arb_set_d(b->tau, e->tau);
    arb_set_d(b->sigma, e->sigma);
    arb_set_d(b->t, t);
}

static void
balls_clear(balls *b)
{
    arb_clear(b->beta);
    arb_clear(b->tau);
    arb_clear(b->sigma);
    arb_clear(b->t);
    arb_clear(b->q);
    arb_clear(b->lambda);
    arb_clear(b->x);
}

/* A failure or a radius that matters becomes NaN, which fails the check. */
static double
number(ensemble *e, ml_status status, const arb_t x)
{
    double mid = arf_get_d(arb_midref(x), ARF_RND_NEAR);

    if (status == ML_OK && mag_get_d(arb_radref(x)) <= 1e-8 * (1 + fabs(mid)))
        return mid;
    e->failed = true;
    return (double)NAN;
}

static double
factorial_moment(ensemble *e, balls *b, ulong k)
{
    ml_status status = mlsim_theory_factorial(b->x, mlsim_law_find(e->law), k,
                                              b->beta, b->tau, b->t, 96);

    return number(e, status, b->x);
}

static double
mean_n(ensemble *e, balls *b, double t)
{
    ml_status status;

    arb_set_d(b->t, t);
    status =
        mlsim_theory_n(b->x, mlsim_law_find(e->law), b->beta, b->tau, b->t, 96);
    return number(e, status, b->x);
}

/* E lambda^N, lambda taken from b->lambda */
static double
pgf(ensemble *e, balls *b, double t)
{
    const mlsim_law *law = mlsim_law_find(e->law);
    ml_status status;

    arb_set_d(b->t, t);
    if (e->age > 0.0) {
        arb_set_d(b->q, e->age);
        status = mlsim_theory_aged_isf(b->x, law, b->beta, b->tau, b->lambda,
                                       b->q, b->t, 64);
    } else {
        status =
            mlsim_theory_isf(b->x, law, b->beta, b->tau, b->lambda, b->t, 96);
    }
    return number(e, status, b->x);
}

static void
set_lambda(ensemble *e, balls *b, double q)
{
    arb_set_d(b->q, q);
    if (mlsim_lambda(b->lambda, e->jump, e->dim, b->sigma, b->q, 128) != ML_OK)
        e->failed = true;
}

/* N's moments up to the fourth by Stirling numbers; the variance of r^2. */
static void
exact_moments(ensemble *e, balls *b, size_t i)
{
    double f1 = factorial_moment(e, b, 1), f2 = factorial_moment(e, b, 2);
    double f3 = factorial_moment(e, b, 3), f4 = factorial_moment(e, b, 4);
    double n2 = f1 + f2, n4 = f1 + 7 * f2 + 6 * f3 + f4;
    double d = e->dim, s4 = pow(e->sigma, 4.0), r4;

    e->n2[i] = n2;
    e->n_sd[i] = sqrt(n2 - f1 * f1);
    e->n2_sd[i] = sqrt(n4 - n2 * n2);
    if (e->jump == MLSIM_JUMP_GAUSS)
        r4 = s4 * d * (d + 2) * n2;
    else
        r4 = s4 * d * d * (n2 + 2.0 / d * f2);
    e->msd_sd[i] = sqrt(r4 - s4 * d * d * f1 * f1);
}

static void
exact_scattering(ensemble *e, balls *b, size_t i, size_t j, bool variances)
{
    double f, f2q, fl2;

    set_lambda(e, b, e->q[j]);
    f = e->f[i][j] = pgf(e, b, e->t[i]);
    if (!variances)
        return;
    arb_sqr(b->lambda, b->lambda, 128);
    fl2 = pgf(e, b, e->t[i]);
    set_lambda(e, b, 2 * e->q[j]);
    f2q = pgf(e, b, e->t[i]);
    e->c_sd[i][j] = sqrt(fmax(0.0, 0.5 * (1 + f2q) - f * f));
    e->l_sd[i][j] = sqrt(fmax(0.0, fl2 - f * f));
}

static void
exact_time(size_t i, void *context)
{
    ensemble *e = context;
    bool ml = strcmp(e->law, "ml") == 0;
    balls b;

    balls_init(&b, e, e->t[i]);
    e->n[i] = mean_n(e, &b, e->age + e->t[i]);
    if (e->age > 0.0)
        e->n[i] -= mean_n(e, &b, e->age);
    arb_set_d(b.t, e->t[i]);
    if (ml && e->age == 0.0)
        exact_moments(e, &b, i);
    for (size_t j = 0; j < e->nq; j++)
        exact_scattering(e, &b, i, j, ml);
    balls_clear(&b);
}

/* -------------------------------------------------------------- the ensembles */

/* Times and wave vectors end at the first 0. */
static const struct {
    const char *name, *law;
    double beta, tau, sigma, age;
    int dim;
    mlsim_jump jump;
    double t[MAX_T], q[MAX_Q];
} table[] = {
    /* clang-format off */
    /* name, law, beta, tau, sigma, age, dim, jump, t, q */
    {"ml 0.45, Gaussian, 3-D", "ml", 0.45, 1, 1, 0, 3, MLSIM_JUMP_GAUSS,
     {1e-2, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4}, {0.2, 0.7, 2.0}},
    {"ml 0.8, tau 2, fixed, 1-D", "ml", 0.8, 2, 0.5, 0, 1, MLSIM_JUMP_FIXED,
     {0.1, 0.5, 2, 8, 20, 50, 100, 150}, {0.5, 2.0, 5.0}},
    {"ml 1 (exponential), fixed, 3-D", "ml", 1.0, 1, 1, 0, 3, MLSIM_JUMP_FIXED,
     {0.1, 1, 3, 10, 20}, {0.5, 4.5341201}},
    {"ml 0.45 at age 100, fixed, 2-D", "ml", 0.45, 1, 1, 100, 2, MLSIM_JUMP_FIXED,
     {0.1, 1, 10, 100, 300, 1e3}, {0.3, 1.5}},
    {"ml 0.7 at age 20, Gaussian, 1-D", "ml", 0.7, 1, 1, 20, 1, MLSIM_JUMP_GAUSS,
     {1, 5, 20, 80}, {0.6, 40.0}}, /* 40: lambda = e^-800, persistence */
    {"pareto 0.45, Gaussian, 3-D", "pareto", 0.45, 1, 1, 0, 3, MLSIM_JUMP_GAUSS,
     {0.5, 1.3, 2.2, 3.7, 6.5, 12.3, 30, 100, 300, 1e3, 3e3, 1e4}, {0.3, 1.5}},
    {"pareto 0.7, tau 0.5, fixed, 3-D", "pareto", 0.7, 0.5, 0.5, 0, 3, MLSIM_JUMP_FIXED,
     {0.75, 1.4, 2.6, 5, 15, 50, 150}, {0.8, 5.0}},
    /* clang-format on */
};

enum { ENSEMBLES = sizeof table / sizeof table[0] };

static ensemble ensembles[ENSEMBLES];

static void
set_ensembles(void)
{
    for (size_t k = 0; k < ENSEMBLES; k++) {
        ensemble *e = &ensembles[k];

        *e = (ensemble){.name = table[k].name,
                        .law = table[k].law,
                        .beta = table[k].beta,
                        .tau = table[k].tau,
                        .sigma = table[k].sigma,
                        .age = table[k].age,
                        .dim = table[k].dim,
                        .jump = table[k].jump};
        memcpy(e->t, table[k].t, sizeof e->t);
        memcpy(e->q, table[k].q, sizeof e->q);
        while (e->nt < MAX_T && e->t[e->nt] > 0)
            e->nt++;
        while (e->nq < MAX_Q && e->q[e->nq] > 0)
            e->nq++;
    }
}

static mlsim_walk_options
options_of(const ensemble *e, uint64_t walkers, uint64_t seed)
{
    return (mlsim_walk_options){.law = mlsim_law_find(e->law),
                                .beta = e->beta,
                                .tau = e->tau,
                                .dim = e->dim,
                                .jump = e->jump,
                                .jump_sigma = e->sigma,
                                .walkers = walkers,
                                .times = e->t,
                                .ntimes = e->nt,
                                .age = e->age,
                                .q = e->q,
                                .nq = e->nq,
                                .seed = seed};
}

/* The largest relative difference of a reported standard error from the exact
 * one, over those of at least 1000 counted walkers. */
static double worst_se;

static void
compare_se(double reported, double exact_sd, double m, double n)
{
    double ratio = reported / (exact_sd / sqrt(m));

    if (exact_sd > 0.0 && n * m >= 1000.0)
        worst_se = fmax(worst_se, fabs(ratio - 1.0));
}

static void
compare_row(const ensemble *e, const mlsim_walk_row *r, size_t i, double m)
{
    double d2 = e->dim * e->sigma * e->sigma, root = sqrt(m);
    bool known = e->n_sd[i] > 0.0;

    enter_z(r->n, e->n[i], known ? e->n_sd[i] / root : r->n_se, e->name, "<N>",
            r->t);
    enter_z(r->msd, d2 * e->n[i], known ? e->msd_sd[i] / root : r->msd_se,
            e->name, "MSD", r->t);
    if (known) {
        enter_z(r->n2, e->n2[i], e->n2_sd[i] / root, e->name, "<N^2>", r->t);
        compare_se(r->n_se, e->n_sd[i], m, e->n[i]);
        compare_se(r->msd_se, e->msd_sd[i], m, e->n[i]);
    }
}

static void
compare_isf(const ensemble *e, const mlsim_isf_row *r, size_t i, size_t j,
            double m)
{
    bool known = e->c_sd[i][j] > 0.0;
    double root = sqrt(m);
    char quantity[40];

    snprintf(quantity, sizeof quantity, "cos(q x), q = %g", r->q);
    enter_z(r->isf, e->f[i][j], known ? e->c_sd[i][j] / root : r->isf_se,
            e->name, quantity, r->t);
    snprintf(quantity, sizeof quantity, "lambda^N, q = %g", r->q);
    enter_z(r->isf_rb, e->f[i][j],
            known && e->l_sd[i][j] > 0.0 ? e->l_sd[i][j] / root : r->isf_rb_se,
            e->name, quantity, r->t);
    if (known)
        compare_se(r->isf_se, e->c_sd[i][j], m, e->n[i]);
}

/* Walks one ensemble with one seed; false when it could not. */
static bool
check_ensemble(const ensemble *e, uint64_t walkers, uint64_t seed)
{
    mlsim_walk_options o = options_of(e, walkers, seed);
    mlsim_walk_result r;

    if (mlsim_walk(&r, &o) != ML_OK)
        return false;
    for (size_t i = 0; i < r.ntimes; i++) {
        compare_row(e, &r.rows[i], i, (double)walkers);
        for (size_t j = 0; j < r.nq; j++)
            compare_isf(e, &r.isf[i * r.nq + j], i, j, (double)walkers);
    }
    mlsim_walk_clear(&r);
    return true;
}

/* -------------------------------------------------------------- waiting times */

/* P(D sqrt(n) > k) asymptotically, with Stephens' correction. */
static double
kolmogorov(double d, double n)
{
    double k = d * (sqrt(n) + 0.12 + 0.11 / sqrt(n)), sum = 0.0;

    if (k < 0.2)
        return 1.0;
    for (int j = 1; j < 100; j++)
        sum += (j % 2 ? 2 : -2) * exp(-2.0 * j * j * k * k);
    return fmin(1.0, fmax(0.0, sum));
}

static double
chi_square_tail(double x, double dof)
{
    arb_t a, y;
    double p;

    arb_init(a);
    arb_init(y);
    arb_set_d(a, 0.5 * dof);
    arb_set_d(y, 0.5 * x);
    arb_hypgeom_gamma_upper(y, a, y, 1, 64);
    p = arf_get_d(arb_midref(y), ARF_RND_NEAR);
    arb_clear(y);
    arb_clear(a);
    return p;
}

static double
survival(const mlsim_law *law, double beta, double t)
{
    arb_t b, tau, x, s;
    double p;

    arb_init(b);
    arb_init(tau);
    arb_init(x);
    arb_init(s);
    arb_set_d(b, beta);
    arb_one(tau);
    arb_set_d(x, t);
    if (law->survival(s, b, tau, x, 64) != ML_OK)
        arb_indeterminate(s);
    p = arf_get_d(arb_midref(s), ARF_RND_NEAR);
    arb_clear(s);
    arb_clear(x);
    arb_clear(tau);
    arb_clear(b);
    return p;
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

enum { GRID = 120 };

/* The empirical survival on a grid of 120 times: Kolmogorov's statistic over
 * the grid (not larger than over all times) and chi^2 over its cells. */
static void
check_survival(const mlsim_law *law, double beta, const double *w, size_t n,
               const char *what)
{
    double d = 0.0, chi2 = 0.0, before = 1.0, m = (double)n, lo, hi;
    size_t at = 0, from = 0, cells = 0;

    lo = log(w[0] > 0.0 ? fmax(w[0], 1e-8) : 1e-8);
    hi = fmin(log(w[n - 1]), 6.0 / beta);
    for (int k = 0; k <= GRID; k++) {
        double t = exp(lo + (hi - lo) * (k + 0.5) / GRID);
        double s = k < GRID ? survival(law, beta, t) : 0.0;
        double expected = (before - s) * m;

        while (at < n && (k == GRID || w[at] <= t))
            at++;
        d = fmax(d, fabs((double)(n - at) / m - s));
        if (expected < 20.0 && k < GRID)
            continue; /* a cell takes in the next one */
        if (expected > 0.0)
            chi2 += pow((double)(at - from) - expected, 2.0) / expected;
        before = s;
        from = at;
        cells++;
    }
    enter_p(kolmogorov(d, m), (double)NAN, what, "survival, Kolmogorov", 0.0);
    enter_p(chi_square_tail(chi2, (double)cells - 1), (double)NAN, what,
            "survival, chi^2", 0.0);
}

/* E e^(-s W) and its variance psi(2s) - psi(s)^2; ml only. */
static void
check_transform(double beta, const double *w, size_t n, const char *what)
{
    for (int k = -4; k <= 3; k++) {
        double s = pow(10.0, k), sum = 0.0, psi = 1 / (1 + pow(s, beta));
        double psi2 = 1 / (1 + pow(2 * s, beta));

        for (size_t i = 0; i < n; i++)
            sum += exp(-s * w[i]);
        enter_z(sum / (double)n, psi, sqrt((psi2 - psi * psi) / (double)n),
                what, "exp(-s W), 1/s", 1 / s);
    }
}

/* E ln W = -gamma, Var ln W = pi^2 (1/(3 b^2) - 1/6) for ml waits. */
static void
check_log_moment(double beta, const double *w, size_t n, const char *what)
{
    double pi = acos(-1.0), sum = 0.0;
    double var = pi * pi * (1 / (3 * beta * beta) - 1.0 / 6.0);

    for (size_t i = 0; i < n; i++)
        sum += log(w[i]);
    enter_z(sum / (double)n, -0.57721566490153286, sqrt(var / (double)n), what,
            "ln W", 0.0);
}

static bool
check_waits(const char *name, double beta, uint64_t seed, size_t n)
{
    const mlsim_law *law = mlsim_law_find(name);
    double *w = malloc(n * sizeof *w);
    char what[60];

    if (!w)
        return false;
    snprintf(what, sizeof what, "waits %s %g", name, beta);
    mlsim_waits(w, n, law, beta, 1.0, seed, UINT64_C(1) << 60);
    qsort(w, n, sizeof *w, ascending);
    check_survival(law, beta, w, n, what);
    if (strcmp(name, "ml") == 0) {
        check_transform(beta, w, n, what);
        check_log_moment(beta, w, n, what);
    }
    free(w);
    return true;
}

/* [simulate W1]: expected count of a bin = E[waits] P(W in bin), E[waits] =
 * E[N] + 1; the relative scatter of counts is at most that of N. */
static void
check_histogram(uint64_t walkers, uint64_t seed)
{
    const double t = 1000.0, n_mean = 25.27739369; /* ml, 0.45 */
    mlsim_walk_options o = {.law = mlsim_law_find("ml"),
                            .beta = 0.45,
                            .tau = 1.0,
                            .dim = 1,
                            .jump_sigma = 1.0,
                            .walkers = walkers,
                            .times = &t,
                            .ntimes = 1,
                            .seed = seed,
                            .bins_per_decade = 1,
                            .bins_lo = 1.0,
                            .bins_hi = 1e6};
    mlsim_walk_result r;

    if (mlsim_walk(&r, &o) != ML_OK) {
        enter_p(0.0, 0.0, "histogram", "walk failed", t);
        return;
    }
    enter_z((double)r.waits, ((double)walkers) * (n_mean + 1),
            r.rows[0].n_se * (double)walkers, "histogram", "waits", t);
    for (size_t k = 0; k < r.nbins; k++) {
        double p = survival(o.law, 0.45, r.bins[k].lo)
                   - survival(o.law, 0.45, r.bins[k].hi);
        /* sum over steps of (1{in bin} - p) is a martingale: variance
         * E[waits] p (1-p), here against the observed number of waits */
        double se = sqrt((double)r.waits * p * (1 - p));

        enter_z((double)r.bins[k].count, p * (double)r.waits, se, "histogram",
                "bin", r.bins[k].lo);
    }
    mlsim_walk_clear(&r);
}

/* --------------------------------------------------------- negative controls */

/* wait times cut to whole numbers of tau, as codes on a grid of steps do */
static double
wait_truncated(double u, double v, double beta, double tau)
{
    return tau * floor(mlsim_law_find("ml")->wait(u, v, beta, 1.0));
}

static mlsim_law
wrong_law(double (*wait)(double, double, double, double))
{
    mlsim_law law = *mlsim_law_find("ml");

    law.wait = wait;
    law.fill = NULL;
    return law;
}

/* The mean number of jumps of a wrong walk against the right oracle: predicted
 * z, observed z, and whether the threshold of the ledger rejects it. */
static void
control(const mlsim_law *law, double beta, double tau, double t,
        double predicted, uint64_t seed, const char *what)
{
    const uint64_t walkers = 1000000;
    mlsim_walk_options o = {.law = law,
                            .beta = beta,
                            .tau = tau,
                            .dim = 1,
                            .jump_sigma = 1.0,
                            .walkers = walkers,
                            .times = &t,
                            .ntimes = 1,
                            .seed = seed};
    ensemble right = {
        .law = "ml", .beta = 0.45, .tau = 1.0, .dim = 1, .sigma = 1.0};
    mlsim_walk_result r;
    balls b;
    double z = 0.0;
    bool rejected;

    balls_init(&b, &right, t);
    right.n[0] = mean_n(&right, &b, t);
    exact_moments(&right, &b, 0);
    balls_clear(&b);
    if (mlsim_walk(&r, &o) == ML_OK) {
        z = (r.rows[0].n - right.n[0]) / (right.n_sd[0] / 1e3);
        mlsim_walk_clear(&r);
    }
    rejected = two_sided(z) < FAMILY_ERROR / (double)entries;
    tap_ok(rejected && fabs(predicted) >= 8.0
               && fabs(z - predicted) < 6.0 + 0.1 * fabs(predicted),
           "control: %s is caught: <N(%g)>, 1e6 walkers, z %.1f, predicted "
           "%.1f",
           what, t, z, predicted);
}

/* (<N> under the wrong parameters - <N>) / se under the right ones */
static double
predict(double beta, double tau, double t)
{
    double n = pow(t, 0.45) / tgamma(1.45);
    double n2 = n + 2 * pow(t, 0.9) / tgamma(1.9);

    return (pow(t / tau, beta) / tgamma(1 + beta) - n)
           / (sqrt(n2 - n * n) / 1e3);
}

/*
 * Truncated waits: floor(W) has the transform psi' = (e^s - 1) sum_k e^(-s k)
 * P(W <= k) ... ; its mean number of jumps at t = 10 by the renewal sum of the
 * lattice law: m_k = F_k + sum_j f_j m_(k-j), f_0 included.
 */
static double
predict_truncated(int t)
{
    double f[64], m[64] = {0.0}, n = pow(t, 0.45) / tgamma(1.45);
    double n2 = n + 2 * pow(t, 0.9) / tgamma(1.9);
    double before = 1.0;

    for (int k = 0; k <= t; k++) {
        double after = survival(mlsim_law_find("ml"), 0.45, k + 1.0);

        f[k] = before - after;
        before = after;
    }
    for (int k = 0; k <= t; k++) {
        double sum = 0.0;

        for (int j = 0; j <= k; j++)
            sum += f[j] * (1.0 + (j > 0 ? m[k - j] : 0.0));
        m[k] = sum / (1 - f[0]);
    }
    return (m[t] - n) / (sqrt(n2 - n * n) / 1e3);
}

/* The first jump of every walk dropped: <N> - P(N > 0). */
static void
control_dropped(uint64_t seed)
{
    const double t = 100.0;
    const size_t walkers = 100000, most = 4096;
    const mlsim_law *law = mlsim_law_find("ml");
    double n = pow(t, 0.45) / tgamma(1.45), sum = 0.0, predicted, z;
    double sd = sqrt(n + 2 * pow(t, 0.9) / tgamma(1.9) - n * n);
    double *w = malloc(most * sizeof *w);

    for (size_t k = 0; w && k < walkers; k++) {
        double clock = 0.0;
        size_t jumps = 0, drawn = 32;

        mlsim_waits(w, drawn, law, 0.45, 1.0, seed, k);
        while (jumps < most && (clock += w[jumps]) <= t)
            if (++jumps == drawn && drawn < most)
                mlsim_waits(w, drawn *= 2, law, 0.45, 1.0, seed, k);
        sum += jumps ? (double)jumps - 1.0 : 0.0;
    }
    free(w);
    z = (sum / (double)walkers - n) / (sd / sqrt((double)walkers));
    predicted = -(1 - survival(law, 0.45, t)) / (sd / sqrt((double)walkers));
    tap_ok(two_sided(z) < FAMILY_ERROR / (double)entries && predicted <= -8.0
               && fabs(z - predicted) < 6.0,
           "control: a dropped first jump is caught: <N(100)>, 1e5 walkers, z "
           "%.1f, predicted %.1f",
           z, predicted);
}

/* The leading term of the Pareto <N> as oracle. */
static void
control_leading(uint64_t seed)
{
    const double t = 1000.0, exact = 14.788364387;
    const uint64_t walkers = 1000000;
    double pi = acos(-1.0),
           leading = sin(0.45 * pi) / (0.45 * pi) * pow(t, 0.45);
    mlsim_walk_options o = {.law = mlsim_law_find("pareto"),
                            .beta = 0.45,
                            .tau = 1.0,
                            .dim = 1,
                            .jump_sigma = 1.0,
                            .walkers = walkers,
                            .times = &t,
                            .ntimes = 1,
                            .seed = seed};
    mlsim_walk_result r;
    double z = 0.0, predicted = 0.0;

    if (mlsim_walk(&r, &o) == ML_OK) {
        z = (r.rows[0].n - leading) / r.rows[0].n_se;
        predicted = (exact - leading) / r.rows[0].n_se;
        mlsim_walk_clear(&r);
    }
    tap_ok(two_sided(z) < FAMILY_ERROR / (double)entries && predicted <= -8.0
               && fabs(z - predicted) < 6.0,
           "control: the leading term as oracle is caught: Pareto <N(1000)>, "
           "1e6 walkers, z %.1f, predicted %.1f",
           z, predicted);
}

/* Theory without age as oracle of aged walks. */
static void
control_unaged(const ensemble *e, uint64_t seed)
{
    const size_t i = 2; /* t = 10 at age 100 */
    mlsim_walk_options o = options_of(e, 100000, seed);
    double fresh = pow(e->t[i], e->beta) / tgamma(1 + e->beta);
    mlsim_walk_result r;
    double z = 0.0, predicted = 0.0;

    if (mlsim_walk(&r, &o) == ML_OK) {
        z = (r.rows[i].n - fresh) / r.rows[i].n_se;
        predicted = (e->n[i] - fresh) / r.rows[i].n_se;
        mlsim_walk_clear(&r);
    }
    tap_ok(two_sided(z) < FAMILY_ERROR / (double)entries && predicted <= -8.0
               && fabs(z - predicted) < 6.0,
           "control: an oracle without age is caught: <N(10)> at age 100, "
           "1e5 walkers, z %.1f, predicted %.1f",
           z, predicted);
}

/* -------------------------------------------------------------------- threads */

static bool
same(const mlsim_walk_result *a, const mlsim_walk_result *b)
{
    return memcmp(a->rows, b->rows, a->ntimes * sizeof *a->rows) == 0
           && memcmp(a->isf, b->isf, a->ntimes * a->nq * sizeof *a->isf) == 0
           && memcmp(a->bins, b->bins, a->nbins * sizeof *a->bins) == 0
           && a->waits == b->waits && a->jumps == b->jumps;
}

static bool
check_threads(const ensemble *e, uint64_t seed)
{
    static const int threads[] = {1, 2, 7};
    mlsim_walk_result r[3];
    bool good = true;

    for (int k = 0; k < 3; k++) {
        mlsim_walk_options o = options_of(e, 30011, seed);

        o.threads = threads[k];
        o.bins_per_decade = 3;
        o.bins_lo = 1.0;
        o.bins_hi = 1e5;
        good &= mlsim_walk(&r[k], &o) == ML_OK;
    }
    good = good && same(&r[0], &r[1]) && same(&r[0], &r[2]);
    for (int k = 0; k < 3; k++)
        mlsim_walk_clear(&r[k]);
    return good;
}

int
main(void)
{
    uint64_t seed = tap_seed(), walkers = (uint64_t)tap_effort(1000000);
    const mlsim_law truncated = wrong_law(wait_truncated);
    double z2 = 0.0;
    size_t nz = 0, rejected;
    bool theory = true, walked = true, threads = true;

    if (walkers < 10000)
        walkers = 10000;
    tap_plan(12);
    set_ensembles();
    for (size_t k = 0; k < ENSEMBLES; k++) {
        ensemble *e = &ensembles[k];

        mlio_parallel_for(e->nt, 0, exact_time, e);
        theory &= !e->failed;
    }
    tap_ok(theory, "theory knows every mean and variance asked for");
    for (uint64_t s = 0; s < SEEDS; s++) {
        for (size_t k = 0; k < ENSEMBLES; k++)
            walked &= check_ensemble(&ensembles[k], walkers, seed + s);
        walked &= check_waits("ml", 0.45, seed + s, walkers / 5);
        walked &= check_waits("ml", 0.9, seed + s, walkers / 5);
        walked &= check_waits("pareto", 0.45, seed + s, walkers / 5);
        check_histogram(walkers / 5, seed + s);
    }
    tap_ok(walked, "%d ensembles of %llu walkers, %d seeds, were walked",
           (int)ENSEMBLES, (unsigned long long)walkers, SEEDS);

    for (size_t i = 0; i < entries; i++)
        if (!isnan(ledger[i].z)) {
            z2 += ledger[i].z * ledger[i].z;
            nz++;
        }
    rejected = holm();
    tap_ok(entries >= 200 && entries < LEDGER && rejected == 0,
           "Holm at family error 1e-4 rejects none of %zu exact oracles",
           entries);
    for (size_t i = 0; i < (rejected > 5 ? rejected : 5) && i < entries; i++)
        tap_note("p %.3g z %.2f  %s", ledger[i].p, ledger[i].z, ledger[i].what);
    z2 /= (double)nz;
    tap_ok(z2 > 0.6 && z2 < 1.5,
           "the %zu z scatter as standard normals do: mean square %.3f", nz,
           z2);
    tap_ok(worst_se < 0.1,
           "reported standard errors are the exact ones within %.2f %%",
           100 * worst_se);
    for (size_t k = 0; k < ENSEMBLES; k++)
        threads &= check_threads(&ensembles[k], seed);
    tap_ok(threads, "1, 2 and 7 threads give the same bytes, all ensembles");

    control(mlsim_law_find("ml"), 0.451, 1.0, 1e4, predict(0.451, 1.0, 1e4),
            seed, "beta 0.451 for 0.45");
    control(mlsim_law_find("ml"), 0.45, 1.02, 1e3, predict(0.45, 1.02, 1e3),
            seed, "tau 2 % too long");
    control(&truncated, 0.45, 1.0, 10.0, predict_truncated(10), seed,
            "waits cut to whole tau");
    control_unaged(&ensembles[3], seed);
    control_dropped(seed);
    control_leading(seed);
    return tap_done();
}
