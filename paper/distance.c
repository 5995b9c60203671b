/* paper/distance.c - what "ca. 9000 s" between KWW and ML asks for.
 *
 * The truth is E_b(-(t/tau)^b) at log-spaced lags 2.5 s .. T, without noise,
 * so that it is its own ML fit; KWW is fitted by unweighted least squares with
 * amplitude 1.  H1 = T - t_KWW(R_ML(T)), H2 = t_ML(R_KWW(T)) - T.
 */
#include "paper/impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    double b, T, per_decade;
    bool free_amplitude, second; /* H2 instead of H1 */
    bool square;                 /* Siegert truth E^2 */
    bool even;                   /* lags equally spaced up to the last */
} setting;

typedef struct {
    double tau, beta, tau_k, h, R_ml, R_k;
} solution;

static double
truth(const setting *s, double tau, double t)
{
    double e = mlpaper_ml(s->b, tau, t);

    return s->square ? e * e : e;
}

/* Time at which E_b has the value R: bisection in ln t. */
static double
inverse(const setting *s, double tau, double R)
{
    double lo = log(tau) - 40, hi = log(tau) + 40;

    for (int i = 0; i < 60; i++) {
        double mid = (lo + hi) / 2;
        if (truth(s, tau, exp(mid)) > R) {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    return exp((lo + hi) / 2);
}

/* Fits KWW to the truth with that tau; false when the fit fails. */
static bool
solve_at(solution *out, const setting *s, double tau, mlfit_result *kww,
         mlfit_result *ml)
{
    size_t n;
    double *t = mlpaper_lags(&n, 2.5, s->T, s->per_decade);
    double *R = malloc(n * sizeof *R);
    mlfit_data data = {n, t, R, NULL};
    mlfit_options options = {.free_amplitude = s->free_amplitude};
    const mlfit_model *model = mlfit_model_find("kww1");
    bool ok = t && R && model;

    if (ok && s->even) {
        mlsim_log_times(t, --n, 2.5, s->T);
        data.n = n;
    }
    for (size_t i = 0; i < n && ok; i++) {
        R[i] = truth(s, tau, t[i]);
        ok = isfinite(R[i]);
    }
    ok = ok && mlfit_run(kww, model, &data, &options) == ML_OK
         && kww->stop == MLFIT_CONVERGED
         && (!ml || mlpaper_fit(ml, "ml-direct", t, R, n, false));
    if (ok) {
        double A = kww->p[MLFIT_AMPLITUDE];
        out->tau = tau;
        out->tau_k = kww->p[MLFIT_TAU];
        out->beta = kww->p[MLFIT_SHAPE];
        out->R_ml = truth(s, tau, s->T);
        out->R_k = A * exp(-pow(s->T / out->tau_k, out->beta));
        out->h =
            s->second
                ? inverse(s, tau, out->R_k) - s->T
                : s->T - out->tau_k * pow(-log(out->R_ml / A), 1 / out->beta);
    }
    free(t);
    free(R);
    return ok;
}

/*
 * The largest tau in [lo, hi] with H = 9000 s: H falls with tau at the upper
 * end.  A scan from above brackets it, the secant rule finishes.
 */
static int
tau_for_9000(solution *out, const setting *s, double lo, double hi)
{
    const double target = 9000, step = 1.35;
    solution above, below;
    mlfit_result k;
    double x = hi;

    if (!solve_at(&above, s, hi, &k, NULL)) {
        return -1;
    }
    do {
        x = fmax(x / step, lo);
        if (!solve_at(&below, s, x, &k, NULL)) {
            return -1;
        }
        if ((above.h - target) * (below.h - target) <= 0) {
            break;
        }
        above = below;
    } while (x > lo);
    if ((above.h - target) * (below.h - target) > 0) {
        return 0;
    }
    *out = below;
    for (int i = 0; i < 40 && fabs(out->h - target) > 0.01; i++) {
        double u = (target - below.h) / (above.h - below.h);
        u = fmin(fmax(u, 0.02), 0.98);
        x = exp(log(below.tau) + u * log(above.tau / below.tau));
        if (!solve_at(out, s, x, &k, NULL)) {
            return -1;
        }
        if ((out->h - target) * (below.h - target) > 0) {
            below = *out;
        } else {
            above = *out;
        }
    }
    return fabs(out->h - target) < 1 ? 1 : -1;
}

/* One row of the table: lags to 4e4 s, exponent b; checked with real fits. */
static void
table_row(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    setting s = {.b = *(const double *)args, .T = 4e4, .per_decade = 10};
    solution a;
    mlfit_result kww, ml;
    double h1 = NAN, h2 = NAN;
    int found = tau_for_9000(&a, &s, 2e3, 2e4);

    (void)c;
    if (found < 0 || (found && !solve_at(&a, &s, a.tau, &kww, &ml))) {
        mlpaper_failed(o, "a fit");
        return;
    }
    if (!found) {
        o->verdict = MLPAPER_INCONSISTENT;
        mlpaper_computed(o, "no tau");
        return;
    }
    if (mlfit_horizontal(&h1, &h2, &kww, &ml, s.T) != ML_OK
        || fabs(h1 - 9000) > 2 || fabs(ml.p[MLFIT_SHAPE] - s.b) > 1e-4) {
        mlpaper_failed(o, "fits and closed form disagree");
        return;
    }
    double beta = a.beta, two = pow(2, 1 / beta);
    o->verdict = MLPAPER_CONSISTENT;
    mlpaper_computed(o,
                     "tau %.3g ks, beta %.3f, tauK %.3g ks, tauK2 %.3g ks, R "
                     "%.3f and %.3f",
                     a.tau / 1e3, beta, a.tau_k / 1e3, a.tau_k * two / 1e3,
                     a.R_ml, a.R_k);
    mlpaper_detail(o, "H2 = %.3g ks; t_integral of that KWW %.3g ks.", h2 / 1e3,
                   tgamma(1 + 1 / beta) * a.tau_k / 1e3);
}

static const double nine[] = {.45, .5, .55, .6, .65, .7, .75, .8, .9};
static const double six[] = {.45, .5, .6, .7, .8, .9};

typedef struct {
    setting s; /* b is filled in */
    const double *b;
    int n;
    double lo, hi;
    const char *what;
} sweep;

/* tau for H = 9000 s over exponents, in another setting. */
static void
other_setting(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const sweep *w = args;
    size_t used = 0;
    int found = 0;
    char text[200] = "";

    (void)c;
    for (int i = 0; i < w->n; i++) {
        setting s = w->s;
        solution a;
        s.b = w->b[i];
        int r = tau_for_9000(&a, &s, w->lo, w->hi);
        if (r < 0) {
            mlpaper_failed(o, "a fit");
            return;
        }
        found += r;
        used += (size_t)(r ? snprintf(text + used, sizeof text - used, "%s%.3g",
                                      i ? ", " : "", a.tau / 1e3)
                           : snprintf(text + used, sizeof text - used, "%snone",
                                      i ? ", " : ""));
    }
    o->verdict = found ? MLPAPER_CONSISTENT : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "tau %s ks", text);
    mlpaper_detail(o, "%s", w->what);
}

/* Fig. 5 says 300,000 s: the smallest H1 over tau up to 1e5 s. */
static void
whole_record(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    static const double b[] = {.45, .6, .8, .9};
    double least[4];

    (void)c, (void)args;
    for (int i = 0; i < 4; i++) {
        setting s = {.b = b[i], .T = 3e5, .per_decade = 10};
        least[i] = INFINITY;
        for (int k4 = 0; k4 <= 12; k4++) {
            double tau = 100 * pow(10, k4 / 4.0);
            solution a;
            mlfit_result k;
            if (!solve_at(&a, &s, tau, &k, NULL)) {
                mlpaper_failed(o, "a fit");
                return;
            }
            least[i] = fmin(least[i], a.h);
        }
    }
    double all = fmin(fmin(least[0], least[1]), fmin(least[2], least[3]));
    o->verdict = all > 9500 ? MLPAPER_INCONSISTENT : MLPAPER_CONSISTENT;
    mlpaper_computed(o, "smallest H1 %.2g, %.2g, %.2g, %.2g ks", least[0] / 1e3,
                     least[1] / 1e3, least[2] / 1e3, least[3] / 1e3);
    mlpaper_detail(o, "over tau = 100 s to 1e5 s, for beta' = .45, .6, .8, .9, "
                      "unweighted least squares: no tau gives 9000 s when the "
                      "fitted lags reach 3e5 s; the lag range is not printed, "
                      "4e4 s (the block length) does give it.");
}

/* "a time amounting to the total experimental time of many ... experiments" */
static void
typical_time(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    (void)c, (void)args;
    double h = 9000, lo = 1000, hi = 10000;
    o->verdict = h >= lo && h <= hi ? MLPAPER_REPRODUCED : MLPAPER_INCONSISTENT;
    mlpaper_computed(o, "%.0f s in %.0f to %.0f s", h, lo, hi);
    mlpaper_detail(o, "the range is the one printed in Results for earlier "
                      "experiments.");
}

#define ROW(id, i)                    \
    {                                 \
        id, table_row, &nine[i], NULL \
    }
#define SWEEP(...) other_setting, &(const sweep){__VA_ARGS__}, NULL

static const mlpaper_claim claims[] = {
    ROW("dist-45", 0),
    ROW("dist-50", 1),
    ROW("dist-55", 2),
    ROW("dist-60", 3),
    ROW("dist-65", 4),
    ROW("dist-70", 5),
    ROW("dist-75", 6),
    ROW("dist-80", 7),
    ROW("dist-90", 8),
    {"dist-h2",
     SWEEP({.T = 4e4, .per_decade = 10, .second = true}, nine, 9, 4e3, 4e4,
           "the other reading, H2 = 9000 s, lags to 4e4 s, beta' = .45, .5, "
           ".55, .6, .65, .7, .75, .8, .9.")},
    {"dist-five",
     SWEEP({.T = 4e4, .per_decade = 5}, six, 6, 1.5e3, 2e4,
           "five lags a decade, lags to 4e4 s, beta' = .45, .5, .6, .7, .8, "
           ".9.")},
    {"dist-grid",
     SWEEP({.T = 4e4, .per_decade = 10, .even = true}, six, 6, 1.5e3, 2e4,
           "the lag closest to 4e4 s left out, so that the end of the record "
           "counts once; beta' = .45, .5, .6, .7, .8, .9.")},
    {"dist-amplitude",
     SWEEP({.T = 4e4, .per_decade = 10, .free_amplitude = true}, six, 6, 5e2,
           2e4, "KWW amplitude free, lags to 4e4 s, beta' = .45 ... .9.")},
    {"dist-siegert",
     SWEEP({.T = 4e4, .per_decade = 10, .square = true}, six, 6, 3e3, 4e4,
           "truth E^2 (Siegert), lags to 4e4 s, beta' = .45 ... .9.")},
    {"dist-1e5", SWEEP({.T = 1e5, .per_decade = 10}, nine, 9, 1e4, 2e5,
                       "lags to 1e5 s: tau beyond any <t> the paper reports.")},
    {"dist-3e5", whole_record, NULL, NULL},
    {"dist-typical", typical_time, NULL, NULL},
};

const mlpaper_group mlpaper_distance = {claims, sizeof claims / sizeof *claims};
