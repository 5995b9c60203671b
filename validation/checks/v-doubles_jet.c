/* validation/checks/v-doubles_jet.c - derivatives in doubles against balls.
 *
 * Random points (alpha, beta, x) of all regions; the reference is the ball of
 * ml_mittleff_jet at 160 bits, for the rows that of their partial derivatives.
 * No bound may be exceeded: a value is wrong when the whole ball is farther from
 * it than its bound.  Then the accuracy:
 *
 *     ml_mittleff_jet_d   shares of |error| <= 1e-12 (|D| + 0.1 |E|)
 *     ml_mittleff_jet_dd  shares of |error| <= 1e-13 |D|
 *
 *     v-doubles_jet [NUMBER [SEED]]   NUMBER points
 *
 * [mlfunc D50] [mlfunc D51] [mlfunc D52] [mlfunc D53] [mlfunc D54]
 * [mlfunc D55] [mlfunc D56] [mlfunc D57] [mlfunc D58] [mlfunc D59]
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

enum { EACH = 10, BITS = 160 };

/* ------------------------------------------------------------------ the points */

static const char *const region_name[] = {"alpha < 2, x < 0",
                                          "near alpha = 1",
                                          "x > 0",
                                          "1 < alpha < 2, poles",
                                          "alpha to 6",
                                          "tiny alpha",
                                          "far beta",
                                          "small |x|",
                                          "large |x|",
                                          "alpha beyond 6",
                                          "relaxation",
                                          "siegert",
                                          "kww"};
enum {
    PLAIN,
    NEAR_ONE,
    POSITIVE,
    POLES,
    WIDE,
    TINY,
    FAR_BETA,
    SMALL,
    LARGE,
    BEYOND,
    RELAXATION,
    SIEGERT,
    KWW,
    REGIONS
};

typedef struct {
    int region;
    double alpha, beta, x[EACH]; /* rows: shape, tau, t; beta: c of kww */
    double tau;
    /* for each point and function: */
    int miss[EACH][2];     /* values outside their bounds */
    int unable[EACH][2];   /* values without a bound */
    int coarse[EACH][2];   /* values less accurate than promised */
    int unexplained[EACH]; /* dd: coarse although well conditioned */
    int loose[EACH];       /* bounds of values more than 1e4 promises wide */
    double tight[2];       /* the largest error over bound */
    int without;           /* no reference */
} group;

static double
sign(tap_random *r, double negative)
{
    return tap_random_unit(r) < negative ? -1 : 1;
}

/* A distance from something special: any power of 2. */
static double
near(tap_random *r)
{
    return sign(r, 0.5)
           * ldexp(1 + tap_random_unit(r), -(int)tap_random_int(r, 4, 53));
}

static double
some_beta(tap_random *r, double alpha)
{
    switch (tap_random_int(r, 0, 9)) {
    case 0:
    case 1:
        return 1;
    case 2:
        return alpha;
    case 3:
        return 1 + alpha;
    case 4:
        return (double)tap_random_int(r, -1, 3);
    case 5:
        return (double)tap_random_int(r, -1, 3) + near(r);
    case 6:
        return alpha * (double)tap_random_int(r, 1, 2) + near(r);
    default:
        return tap_random_range(r, -2, 4);
    }
}

/* x = +-x_t^alpha with x_t log-uniform. */
static double
by_size(tap_random *r, double alpha, double lo, double hi)
{
    return pow(tap_random_log(r, lo, hi), alpha);
}

static double
draw_x(tap_random *r, int region, double alpha)
{
    switch (region) {
    case PLAIN:
        return -tap_random_log(r, 1e-8, 1e8);
    case NEAR_ONE:
        return sign(r, 0.9) * by_size(r, alpha, 0.2, 150);
    case POSITIVE:
        return fmin(by_size(r, alpha, 1e-3, 600), 1e300);
    case POLES:
    case WIDE:
        return sign(r, 0.8) * by_size(r, alpha, 0.02, 300);
    case FAR_BETA:
        return sign(r, 0.8) * by_size(r, alpha, 0.01, 200);
    case TINY:
        return tap_random_int(r, 0, 2)
                   ? -tap_random_log(r, 1e-4, 1e4)
                   : fmin(by_size(r, alpha, 1e-4, 300), 1.5);
    case SMALL:
        return tap_random_int(r, 0, 30) == 0
                   ? 0
                   : sign(r, 0.5) * tap_random_log(r, 1e-250, 1e-2);
    case LARGE:
        return -tap_random_log(r, 100, 1e60);
    case BEYOND:
        return sign(r, 0.5) * by_size(r, alpha, 0.1, 100);
    default:
        return tap_random_log(r, 1e-6, 1e6);
    }
}

static void
draw(group *g, tap_random *r, long i)
{
    g->region = (int)(i % REGIONS);
    switch (g->region) {
    case NEAR_ONE:
        g->alpha = tap_random_int(r, 0, 9) ? 1 + near(r) : 1;
        break;
    case POSITIVE:
        g->alpha = tap_random_range(r, 0.02, 3);
        break;
    case POLES:
        g->alpha = tap_random_range(r, 1, 2);
        break;
    case WIDE:
        g->alpha = tap_random_int(r, 0, 9) ? tap_random_range(r, 1.9, 6)
                                           : (double)tap_random_int(r, 2, 6);
        break;
    case TINY:
        g->alpha = tap_random_log(r, 1e-4, 0.05);
        break;
    case LARGE:
        g->alpha = tap_random_range(r, 0.1, 2);
        break;
    case BEYOND:
        g->alpha = tap_random_range(r, 5, 20);
        break;
    case RELAXATION:
    case SIEGERT:
        g->alpha = tap_random_range(r, 0.05, 1);
        if (tap_random_int(r, 0, 4) == 0)
            g->alpha = fmin(1, 1 - fabs(near(r)));
        break;
    case KWW:
        g->alpha = tap_random_range(r, 0.05, 2);
        break;
    default:
        g->alpha = tap_random_range(r, 0.02, 2);
        if (tap_random_int(r, 0, 4) == 0)
            g->alpha = 1 / (double)tap_random_int(r, 1, 4);
    }
    g->beta = g->region == FAR_BETA ? tap_random_range(r, -6, 8)
                                    : some_beta(r, g->alpha);
    g->tau = tap_random_log(r, 1e-3, 1e3);
    if (g->region == KWW)
        g->beta = tap_random_log(r, 0.1, 10);
    for (int k = 0; k < EACH; k++) {
        g->x[k] = draw_x(r, g->region, g->alpha);
        if (g->region >= RELAXATION)
            g->x[k] *= g->tau;
    }
}

/* --------------------------------------------------------------- the reference */

/* E, dE/dx, dE/dalpha, dE/dbeta. */
static bool
by_jet(arb_ptr want, const group *g, double x)
{
    static const int at[] = {0, 4, 2, 1};
    acb_ptr all = _acb_vec_init(8);
    arb_t a, b;
    acb_t z;
    ml_status s;
    bool ok = true;

    arb_init(a);
    arb_init(b);
    acb_init(z);
    arb_set_d(a, g->alpha);
    arb_set_d(b, g->beta);
    acb_set_d(z, x);
    s = ml_mittleff_jet(all, a, b, z, 1, 1, 1, BITS);
    (void)s; /* judged by the radii */
    for (int k = 0; k < 4; k++) {
        arb_set(want + k, acb_realref(all + at[k]));
        ok = ok && arb_is_finite(want + k);
    }
    _acb_vec_clear(all, 8);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
    return ok;
}

/* The value of a row and its derivatives by t, tau and the shape. */
static bool
by_row(arb_ptr want, const group *g, double t)
{
    static const char *const name[] = {"ml-relaxation", "ml-siegert", "kww"};
    const ml_function *f = ml_function_find(name[g->region - RELAXATION]);
    /* which argument: none, t, tau, shape; t is the last */
    const size_t by[] = {9, f->nargs - 1, 1, 0};
    ml_arg args[4];
    acb_t z;
    bool ok = true;

    ml_args_init(args, 4);
    acb_init(z);
    ml_arg_set_d(&args[0], g->alpha);
    ml_arg_set_d(&args[1], g->tau);
    ml_arg_set_d(&args[2], 1);
    ml_arg_set_d(&args[f->nargs - 1], t);
    if (g->region == KWW)
        /* exp(-c (t/tau)^beta) = exp(-(t/tau)^beta)^c is for real c the
         * function of tau c^(-1/beta); the row has c = 1 and 2 only */
        ml_arg_set_d(&args[2], g->beta);
    for (int k = 0; k < 4 && ok; k++) {
        slong order[4] = {0, 0, 0, 0};

        if (k > 0)
            order[by[k]] = 1;
        ok = ml_eval_partial_bits(z, f, args, order, BITS - 30, 4096) == ML_OK;
        arb_set(want + k, acb_realref(z));
    }
    ml_args_clear(args, 4);
    acb_clear(z);
    return ok;
}

/* exp(-c (t/tau)^beta) for every c > 0, from its formula. */
static bool
by_formula(arb_ptr want, const group *g, double t)
{
    const slong prec = 4 * BITS;
    arb_t b, x, l, f;

    arb_init(b);
    arb_init(x);
    arb_init(l);
    arb_init(f);
    arb_set_d(l, t);
    arb_set_d(x, g->tau);
    arb_div(l, l, x, prec);
    arb_log(l, l, prec); /* ln(t/tau) */
    arb_set_d(b, g->alpha);
    arb_mul(x, b, l, prec);
    arb_exp(x, x, prec);
    arb_set_d(f, g->beta);
    arb_mul(x, x, f, prec); /* c (t/tau)^beta */
    arb_neg(f, x);
    arb_exp(want, f, prec);
    arb_mul(f, want, x, prec);
    arb_mul(want + 3, f, l, prec);
    arb_neg(want + 3, want + 3);
    arb_mul(f, f, b, prec);
    arb_set_d(b, t);
    arb_div(want + 1, f, b, prec);
    arb_neg(want + 1, want + 1);
    arb_set_d(b, g->tau);
    arb_div(want + 2, f, b, prec);
    arb_clear(b);
    arb_clear(x);
    arb_clear(l);
    arb_clear(f);
    return true;
}

/* ----------------------------------------------------------------- the verdict */

typedef struct {
    double error; /* an upper bound of |hi + lo - want| */
    double least; /* a lower one */
    double size;  /* |want|, nearly */
    bool beyond;  /* want is out of the range of doubles */
} distance;

static distance
measure(double hi, double lo, const arb_t want)
{
    distance d;
    arb_t v, w;
    arf_t a;

    arb_init(v);
    arb_init(w);
    arf_init(a);
    arb_set_d(v, hi);
    arb_set_d(w, lo);
    arb_add(v, v, w, ARF_PREC_EXACT);
    arb_sub(v, v, want, BITS);
    arb_get_abs_ubound_arf(a, v, 53);
    d.error = arf_get_d(a, ARF_RND_UP);
    arb_get_abs_lbound_arf(a, v, 53);
    d.least = arf_get_d(a, ARF_RND_DOWN);
    d.size = fabs(arf_get_d(arb_midref(want), ARF_RND_NEAR));
    d.beyond = d.size > DBL_MAX / 16;
    arb_clear(v);
    arb_clear(w);
    arf_clear(a);
    return d;
}

static void
complain(const group *g, double x, int k, int dd, double got, double bound,
         const distance *d, const char *what)
{
    static long told;

    if (told++ > 40)
        return;
    tap_note("%s: %s %s value %d: alpha=%a beta=%a x=%a tau=%a", what,
             region_name[g->region], dd ? "dd" : "d", k, g->alpha, g->beta, x,
             g->tau);
    tap_note("    alpha=%.17g beta=%.17g x=%.17g got=%.17g of %.3g off=%.3g"
             " bound=%.3g",
             g->alpha, g->beta, x, got, d->size, d->error, bound);
}

static bool verbose;

static void
judge(group *g, int i, int dd, const double *value, const double *bound,
      const double *condition, arb_srcptr want)
{
    double size = 0;

    for (int k = 0; k < 4; k++) {
        double hi = value[dd ? 2 * k : k], lo = dd ? value[2 * k + 1] : 0;
        distance d = measure(isfinite(hi) ? hi : 0, lo, want + k);
        double promised;

        if (k == 0)
            size = d.size;
        if (d.beyond)
            continue;
        if (!(bound[k] < INFINITY) || !isfinite(hi)) {
            g->unable[i][dd]++;
            if (verbose)
                complain(g, g->x[i], k, dd, hi, bound[k], &d, "unable");
            continue;
        }
        if (d.least > bound[k]) {
            g->miss[i][dd]++;
            complain(g, g->x[i], k, dd, hi, bound[k], &d, "outside");
        }
        if (d.least > 0 && d.least <= bound[k] && d.size > 1e-290)
            g->tight[dd] = fmax(g->tight[dd], d.least / bound[k]);
        promised = dd ? 1e-13 * d.size : 1e-12 * (d.size + 0.1 * size);
        if (!(d.error <= promised + 1e-300)) {
            g->coarse[i][dd]++;
            if (verbose)
                complain(g, g->x[i], k, dd, hi, bound[k], &d, "coarse");
            if (dd && condition && condition[k] < 1e10)
                g->unexplained[i]++;
        }
        if (!dd && bound[k] > 1e4 * promised + 1e-300)
            g->loose[i]++;
    }
}

static ml_status
ask(double *value, double *bound, const group *g)
{
    switch (g->region) {
    case RELAXATION:
        return ml_relaxation_jet_d(value, bound, g->alpha, g->tau, EACH, g->x);
    case SIEGERT:
        return ml_siegert_jet_d(value, bound, g->alpha, g->tau, EACH, g->x);
    case KWW:
        return ml_kww_jet_d(value, bound, g->alpha, g->tau, g->beta, EACH,
                            g->x);
    default:
        return ml_mittleff_jet_d(value, bound, g->alpha, g->beta, EACH, g->x);
    }
}

static void
one(size_t index, void *context)
{
    group *g = (group *)context + index;
    double value[8 * EACH], bound[4 * EACH], pair[8 * EACH],
        pair_bound[4 * EACH];
    double condition[4 * EACH];
    arb_ptr want = _arb_vec_init(4);
    bool row = g->region >= RELAXATION;
    ml_status s = ask(value, bound, g);

    if (!row)
        s |= ml_mittleff_jet_dd(pair, pair_bound, condition, g->alpha, g->beta,
                                EACH, g->x);
    (void)s; /* judged by the bounds */
    for (int i = 0; i < EACH; i++) {
        if (g->region == KWW ? !by_formula(want, g, g->x[i])
            : row            ? !by_row(want, g, g->x[i])
                             : !by_jet(want, g, g->x[i])) {
            g->without++;
            continue;
        }
        judge(g, i, 0, value + 4 * i, bound + 4 * i, NULL, want);
        if (!row)
            judge(g, i, 1, pair + 8 * i, pair_bound + 4 * i, condition + 4 * i,
                  want);
    }
    _arb_vec_clear(want, 4);
}

/* ------------------------------------------------------------------ the report */

typedef struct {
    long points, miss[2], unable[2], coarse[2], unexplained, loose, without;
    double tight[2];
} score;

static void
add_up(score *s, const group *g)
{
    s->points += EACH;
    s->without += g->without;
    for (int dd = 0; dd < 2; dd++)
        s->tight[dd] = fmax(s->tight[dd], g->tight[dd]);
    for (int i = 0; i < EACH; i++) {
        for (int dd = 0; dd < 2; dd++) {
            s->miss[dd] += g->miss[i][dd];
            s->unable[dd] += g->unable[i][dd] > 0;
            s->coarse[dd] += g->coarse[i][dd] > 0 || g->unable[i][dd] > 0;
        }
        s->unexplained += g->unexplained[i] > 0;
        s->loose += g->loose[i] > 0;
    }
}

static void
tell(const char *name, const score *s)
{
    tap_note(
        "%-20s %6ld points; d: %ld unable %ld coarse %ld loose, error/bound"
        " to %.2g; dd: %ld unable %ld coarse %ld unexplained, to %.2g",
        name, s->points, s->unable[0], s->coarse[0], s->loose, s->tight[0],
        s->unable[1], s->coarse[1], s->unexplained, s->tight[1]);
}

int
main(int argc, char **argv)
{
    long points = argc > 1 ? atol(argv[1]) : tap_effort(5200);
    uint64_t seed = argc > 2 ? (uint64_t)atoll(argv[2]) : tap_seed();
    long n = (points + EACH - 1) / EACH;
    group *groups = calloc((size_t)n + 1, sizeof *groups);
    score all = {0}, by[REGIONS] = {{0}};

    tap_plan(6);
    verbose = argc > 3;
    if (n < 1 || !groups)
        tap_bail("usage: v-doubles_jet [NUMBER [SEED]]");
    for (long i = 0; i < n; i++) {
        tap_random r = tap_random_start(seed + 0x632be59bu * (uint64_t)(i + 1));

        draw(groups + i, &r, i);
    }
    mlio_parallel_for((size_t)n, 0, one, groups);
    for (long i = 0; i < n; i++) {
        add_up(&all, groups + i);
        add_up(&by[groups[i].region], groups + i);
    }
    for (int k = 0; k < REGIONS; k++)
        tell(region_name[k], &by[k]);
    tell("all", &all);
    tap_ok(all.miss[0] == 0, "jet_d: %ld bounds exceeded", all.miss[0]);
    tap_ok(all.miss[1] == 0, "jet_dd: %ld bounds exceeded", all.miss[1]);
    tap_ok(100 * all.coarse[0] <= all.points,
           "error <= 1e-12 (|D| + 0.1 |E|) but at %ld of %ld points",
           all.coarse[0], all.points);
    tap_ok(100 * all.coarse[1] <= all.points,
           "dd: error <= 1e-13 |D| but at %ld of %ld points", all.coarse[1],
           all.points);
    tap_ok(1000 * all.unexplained <= all.points,
           "dd: %ld of them are not explained by their condition",
           all.unexplained);
    tap_ok(100 * all.without <= all.points, "%ld points have no reference",
           all.without);
    free(groups);
    return tap_done();
}
