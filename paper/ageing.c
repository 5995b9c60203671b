/* paper/ageing.c - a walk without mean waiting time ages: what an average shows.
 *
 * P(no jump in (t_a, t_a + t)) tends to the generalised arcsine law
 * I_{t_a/(t_a+t)}(b, 1-b) of Dynkin and Lamperti for t_a >> tau.
 */
#include "paper/impl.h"

#include <math.h>

#include <arb_hypgeom.h>

static double
arcsine(double b, double t_a, double t)
{
    arb_t x, p, q, r;
    double v;

    arb_init(x), arb_init(p), arb_init(q), arb_init(r);
    arb_set_d(p, b);
    arb_set_d(q, 1 - b);
    arb_set_d(x, t_a / (t_a + t));
    arb_hypgeom_beta_lower(r, p, q, x, 1, 64);
    v = mlpaper_mid(r);
    arb_clear(x), arb_clear(p), arb_clear(q), arb_clear(r);
    return v;
}

/* Exact for Mittag-Leffler waits, tau = 1; NaN when it cannot be had. */
static double
persistence(double b, double t_a, double t)
{
    arb_t r, beta, tau, age, time;
    double v = NAN;

    arb_init(r), arb_init(beta), arb_init(tau), arb_init(age), arb_init(time);
    arb_set_d(beta, b);
    arb_one(tau);
    arb_set_d(age, t_a);
    arb_set_d(time, t);
    if (mlsim_theory_persistence(r, mlsim_law_find("ml"), beta, tau, age, time,
                                 64)
        == ML_OK) {
        v = mlpaper_mid(r);
    }
    arb_clear(r), arb_clear(beta), arb_clear(tau), arb_clear(age);
    arb_clear(time);
    return v;
}

/* One decay law for all ages? */
static void
one_law(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const mlpaper_walks *w = c->walks;
    double p[AGED_TIMES], exact[AGED_TIMES], worst = 0, worst_arcsine = 0;

    (void)args;
    if (w->status != ML_OK) {
        mlpaper_failed(o, "the walks did not run");
        return;
    }
    for (int i = 0; i < AGED_TIMES; i++) {
        const mlsim_isf_row *r = &w->aged.isf[i * WALK_Q + 1]; /* lambda = 0 */
        p[i] = arcsine(.45, w->age, w->aged_times[i]);
        exact[i] = persistence(.45, w->age, w->aged_times[i]);
        worst = fmax(worst, fabs(r->isf_rb - exact[i]) / r->isf_rb_se);
        worst_arcsine = fmax(worst_arcsine, fabs(p[i] / exact[i] - 1));
    }
    double e = mlpaper_ml(.45, 1, w->aged_times[2]);
    bool theory = worst < 5 && worst_arcsine < 0.02;
    o->verdict = !theory                    ? MLPAPER_INCONSISTENT
                 : fabs(exact[2] - e) > 0.1 ? MLPAPER_CONVENTION
                                            : MLPAPER_REPRODUCED;
    mlpaper_computed(o, "%.4f, %.4f, %.4f, %.4f; E = %.4f at t = t_a", p[0],
                     p[1], p[2], p[3], e);
    mlpaper_detail(
        o,
        "chance of no jump after age t_a = 1e4 tau, t/t_a = .01, .1, "
        "1, 10, beta' = 0.45, t_a >> tau; exact at that age %.4f, "
        "%.4f, %.4f, %.4f; walks: largest |z| %.1f. Right at age 0 or "
        "if every age starts afresh; wrong for one walk that ages.",
        exact[0], exact[1], exact[2], exact[3], worst);
}

/* Average over t_a in [0, T - t] of the arcsine law. */
double
mlpaper_age_average(double b, double T, double t)
{
    enum { N = 400 };
    double sum = 0;

    for (int i = 0; i < N; i++) {
        double s = (i + 0.5) / N; /* t_a = (T-t) s^3 smooths t_a^b at 0 */
        sum += 3 * s * s * arcsine(b, (T - t) * s * s * s, t);
    }
    return sum / N;
}

/* g2(t) = <C(t, t_a)> over the whole run, and E_b. */
static void
average(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    static const double lag[] = {10, 1e3, 1e4, 5e4};
    double a[4], e[4];

    (void)c, (void)args;
    for (int i = 0; i < 4; i++) {
        a[i] = mlpaper_age_average(.45, 1e5, lag[i]);
        e[i] = mlpaper_ml(.45, 1, lag[i]);
    }
    if (!(e[0] > 0)) {
        mlpaper_failed(o, "Mittag-Leffler function");
        return;
    }
    o->verdict =
        fabs(a[3] - e[3]) > 0.1 ? MLPAPER_CONVENTION : MLPAPER_REPRODUCED;
    mlpaper_computed(o,
                     "average %.4f, %.4f, %.4f, %.4f; E %.4f, %.4f, %.4f, %.4f",
                     a[0], a[1], a[2], a[3], e[0], e[1], e[2], e[3]);
    mlpaper_detail(o,
                   "lags 10, 1e3, 1e4, 5e4 tau in a record of 1e5 tau, "
                   "beta' = 0.45: right if the tail is cut off far below the "
                   "record (then the mean is finite) or the ensemble is "
                   "prepared anew at each age; wrong for a walk with no mean "
                   "waiting time that starts at t_a = 0.");
}

/* "300,000 s ... does not represent any physically relevant time scale" */
static void
record_length(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    double shorter = mlpaper_age_average(.45, 1e5, 1e4),
           longer = mlpaper_age_average(.45, 1e6, 1e4);

    (void)c, (void)args;
    o->verdict =
        fabs(shorter - longer) > 0.01 ? MLPAPER_CONVENTION : MLPAPER_REPRODUCED;
    mlpaper_computed(o,
                     "average at one lag: %.4f, %.4f in a record ten times "
                     "as long",
                     shorter, longer);
    mlpaper_detail(o, "lag 1e4 tau, records of 1e5 and 1e6 tau, beta' = 0.45: "
                      "right for a stationary process; wrong for a walk with "
                      "no mean waiting time, whose average depends on t/T.");
}

static const mlpaper_claim claims[] = {
    {"age-law", one_law, NULL, NULL},
    {"age-average", average, NULL, NULL},
    {"age-record", record_length, NULL, NULL},
};

const mlpaper_group mlpaper_ageing = {claims, sizeof claims / sizeof *claims};
