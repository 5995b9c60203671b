/* fit/test/t-covariance.c - covariance against the Hessian and against its
 * promise: how often intervals contain the truth. */
#include "fit/fit.h"

#include <math.h>

#include "validation/tap/tap.h"

enum { N = 30 };

typedef struct {
    double t[N], R[N], sigma[N];
    mlfit_data data;
} curve;

static double
gauss(tap_random *r)
{
    double u = 1 - tap_random_unit(r), v = tap_random_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static void
make(curve *c, const mlfit_model *m, const double *p, double sigma)
{
    for (int i = 0; i < N; i++) {
        c->t[i] = 2.5 * pow(10, i / 7.0);
        c->sigma[i] = sigma * (1 + i % 3);
        if (mlfit_model_value(&c->R[i], m, p, c->t[i]) != ML_OK)
            c->R[i] = NAN;
    }
    c->data = (mlfit_data){N, c->t, c->R, c->sigma};
}

/* Half the chi-squared of the curve at p. */
static double
cost(const curve *c, const mlfit_model *m, const double *p)
{
    double s = 0, y;

    for (int i = 0; i < N; i++) {
        if (mlfit_model_value(&y, m, p, c->t[i]) != ML_OK)
            return NAN;
        y = (c->R[i] - y) / c->sigma[i];
        s += y * y / 2;
    }
    return s;
}

/* d^2 cost / dp_i dp_j by fourth-order differences with step h[]. */
static double
second(const curve *c, const mlfit_model *m, const double *p, int i, int j,
       const double *h)
{
    static const double w[] = {1, -8, 8, -1}, x[] = {-2, -1, 1, 2};
    double s = 0;

    for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++) {
            double q[MLFIT_NPAR] = {p[0], p[1], p[2], p[3]};
            q[i] += x[a] * h[i];
            q[j] += x[b] * h[j];
            s += w[a] * w[b] * cost(c, m, q);
        }
    return s / (144 * h[i] * h[j]);
}

/* [fit F3] On exact data the Hessian is J^T J: H C must be the identity. */
static void
check_hessian(const char *name, const double *p)
{
    const mlfit_model *m = mlfit_model_find(name);
    const double h[] = {p[0] * 2e-3, 2e-3, 2e-3, 2e-3};
    mlfit_options o = {.free_amplitude = true, .free_baseline = true};
    double H[4][4], worst = 0;
    mlfit_result r;
    curve c;

    make(&c, m, p, 0.01);
    if (mlfit_run(&r, m, &c.data, &o) != ML_OK)
        worst = INFINITY;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            H[i][j] = second(&c, m, p, i, j, h);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double s = 0, unit = r.se[i] / r.se[j];
            for (int k = 0; k < 4; k++)
                s += H[i][k] * r.cov[k][j];
            /* made free of units by the standard errors */
            worst = fmax(worst, fabs(s - (i == j)) * unit);
        }
    tap_ok(worst < 1e-4,
           "%s: the covariance of (tau, shape, A, B) is the inverse Hessian: "
           "worst %.1e",
           name, worst);
    bool se = true;
    for (int i = 0; i < 4; i++)
        se &= fabs(r.se[i] / sqrt(r.cov[i][i]) - 1) < 1e-13;
    tap_ok(se, "%s: se are the roots of its diagonal", name);
}

static void
check_kinds(tap_random *rng)
{
    static const double p[] = {900, 0.7, 1, 0};
    const mlfit_model *m = mlfit_model_find("kww2");
    mlfit_options o = {.has_cov = true, .cov = MLFIT_COV_SCALED, .level = 0.9};
    mlfit_result abs, scaled, plain;
    double q = mlfit_quantile_student(0.9, N - 2), s2;
    curve c;

    make(&c, m, p, 0.01);
    for (int i = 0; i < N; i++)
        c.R[i] += 3 * c.sigma[i] * gauss(rng);
    ml_status st = mlfit_run(&abs, m, &c.data, NULL);
    st |= mlfit_run(&scaled, m, &c.data, &o);
    c.data.sigma = NULL;
    st |= mlfit_run(&plain, m, &c.data, NULL);
    s2 = abs.rss / (N - 2);
    tap_ok(st == ML_OK && abs.cov_kind == MLFIT_COV_ABSOLUTE
               && scaled.cov_kind == MLFIT_COV_SCALED
               && plain.cov_kind == MLFIT_COV_SCALED,
           "absolute with sigma, scaled without, scaled when asked");
    tap_ok(fabs(scaled.cov[0][1] / abs.cov[0][1] / s2 - 1) < 1e-12
               && fabs(scaled.se[0] / abs.se[0] / sqrt(s2) - 1) < 1e-12,
           "scaled is absolute times chi2/dof");
    tap_ok(fabs(scaled.hi[1] - (scaled.p[1] + q * scaled.se[1])) < 1e-12
               && fabs(scaled.lo[1] - (scaled.p[1] - q * scaled.se[1])) < 1e-12,
           "the interval of beta is p +- t se, at the level asked for");
    tap_ok(fabs(log(abs.hi[0] / abs.p[0]) * abs.p[0] / abs.se[0] - 1.9599639845)
                   < 1e-9
               && fabs(abs.hi[0] * abs.lo[0] / abs.p[0] / abs.p[0] - 1) < 1e-12,
           "that of tau is tau exp(+- z se/tau)");
}

/* How often the intervals of tau and of the shape contain the truth; 95 % (or
 * 68.27 %) to 4 standard errors of that count. */
static void
check_coverage(tap_random *rng, const char *name, int nl, mlfit_cov cov,
               double level, long trials)
{
    const mlfit_model *m = mlfit_model_find(name);
    const double p[] = {2000, 0.7, nl ? 0.6 : 1, 0};
    mlfit_options o = {
        .free_amplitude = nl > 0, .has_cov = true, .cov = cov, .level = level};
    double band = 4 * sqrt(level * (1 - level) / (double)trials);
    int in[2] = {0, 0};
    curve truth;

    make(&truth, m, p, 0.004);
    for (long k = 0; k < trials; k++) {
        mlfit_result r;
        curve c = truth;
        c.data = (mlfit_data){N, c.t, c.R, c.sigma};
        for (int i = 0; i < N; i++)
            c.R[i] += c.sigma[i] * gauss(rng);
        if (mlfit_run(&r, m, &c.data, &o) != ML_OK)
            continue;
        for (int i = 0; i < 2; i++)
            in[i] += r.lo[i] <= p[i] && p[i] <= r.hi[i];
    }
    double a = (double)in[0] / (double)trials,
           b = (double)in[1] / (double)trials;
    tap_ok(fabs(a - level) <= band && fabs(b - level) <= band,
           "%s, %d linear, %s: intervals at %.4g contain tau in %.3f, beta in "
           "%.3f of %ld curves",
           name, nl, cov == MLFIT_COV_SCALED ? "scaled" : "absolute", level, a,
           b, trials);
}

int
main(void)
{
    static const double kww[] = {900, 0.7, 0.8, 0.1},
                        ml[] = {900, 0.6, 0.8, 0.1};

    tap_plan(6 + 4 + 5);
    tap_random r = tap_random_start(tap_seed());
    check_hessian("kww1", kww);
    check_hessian("power", kww);
    check_hessian("ml-direct", ml);
    check_kinds(&r);
    check_coverage(&r, "kww1", 0, MLFIT_COV_ABSOLUTE, 0.95, 400);
    check_coverage(&r, "kww2", 1, MLFIT_COV_SCALED, 0.95, 400);
    check_coverage(&r, "kww1", 1, MLFIT_COV_ABSOLUTE, 0.6827, 400);
    check_coverage(&r, "kww1", 0, MLFIT_COV_SCALED, 0.6827, 400);
    check_coverage(&r, "ml-direct", 0, MLFIT_COV_ABSOLUTE, 0.95, 200);
    return tap_done();
}
