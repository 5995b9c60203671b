/* mlfunc/ball/mittleff_many_plan.c - how long the tables of a plan are, and
 * which of them serves a z. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* ------------------------------------------------------------- one sum's cost */

void
ml_row_set_ln(ml_row *row, const ml_mlpoint *at, int side)
{
    for (slong k = 0; k < row->n; k++)
        row->ln[k] = ml_lrgamma_d(ml_mlpoint_index_d(at, side * k));
    if (side < 0 && row->n > 0)
        row->ln[0] = -INFINITY;
}

slong
ml_row_bits(const ml_row *row, slong from, slong to, slong n, double lnw,
            slong goal)
{
    double most = -INFINITY;

    for (slong k = from; k < to; k++)
        most = fmax(most, row->ln[k] + (double)k * lnw);
    return (slong)fmax(most / LN2 - (double)goal, 16) + 6
           + (slong)FLINT_BIT_COUNT(n);
}

bool
ml_plan_horner(const acb_t z, slong bits)
{
    return arb_is_zero(acb_imagref(z)) && arb_is_exact(acb_realref(z))
           && 8 * arf_bits(arb_midref(acb_realref(z))) < bits;
}

/* Microseconds of a sum of n terms. */
static double
sum_cost(double n, double bits)
{
    return 0.8 + 0.15 * sqrt(n)
           + n * (0.012 + 5e-5 * bits + 1e-8 * bits * bits);
}

/* Microseconds by the nodes of a contour: what a table must not exceed. */
static double
contour_cost(double bits)
{
    return (0.4 * bits + 10) * (0.3 + 8e-4 * bits + 6e-7 * bits * bits);
}

/* ------------------------------------------------------------------ the tables */

/* at with z = -e^lnr. */
static ml_mlpoint
negative(const ml_mlpoint *at, double lnr)
{
    ml_mlpoint p = *at;

    p.lnr = lnr;
    p.lnx = lnr / p.a;
    p.turn = 1;
    p.real = true;
    p.has_zero = false;
    return p;
}

/* A table may take as long as so many values by a contour. */
#define FILL 100

/* With some bits more than a value asks for, so that a second attempt finds
 * them. */
enum { SPARE = 12 };

static bool
series_row(ml_row_plan *s, const ml_mlpoint *at, double lnr, slong prec,
           double limit)
{
    ml_mlpoint p = negative(at, lnr);
    ml_series_plan t;

    s->goal = (slong)ml_mlpoint_log2_d(&p) - prec - SPARE;
    s->lnw = lnr;
    if (!ml_plan_series(&t, &p, 0, s->goal))
        return false;
    s->n = t.n + 2;
    double bits = fmax(16, t.peak / LN2 - (double)s->goal);
    return sum_cost((double)s->n, bits) < limit && t.cost < FILL * limit;
}

static bool
asymp_row(ml_row_plan *s, const ml_mlpoint *at, double lnr, slong prec,
          double limit)
{
    ml_mlpoint p = negative(at, lnr);
    ml_asymp_plan t;

    s->goal = (slong)ml_mlpoint_log2_d(&p) - prec - SPARE;
    s->lnw = -lnr;
    if (!ml_plan_asymp(&t, &p, 0, s->goal))
        return false;
    s->n = t.n + t.n / 8 + 4;
    double bits = fmax(16, t.peak / LN2 - (double)s->goal);
    return sum_cost((double)s->n, bits) < limit && t.cost < FILL * limit;
}

/* ln |z| beyond which no table is worth its room. */
#define FAR 60

void
ml_plan_rows(ml_row_plan *up, ml_row_plan *down, const ml_mlpoint *at,
             slong prec)
{
    const double limit = contour_cost((double)prec + 20);
    double lo = -FAR, hi = FAR;
    ml_row_plan t;

    up->n = down->n = 0;
    up->goal = down->goal = -prec;
    up->lnw = down->lnw = -FAR;
    if (!at->integers && asymp_row(down, at, hi, prec, limit)) {
        while (hi - lo > 0.01) {
            double mid = (lo + hi) / 2;
            bool ok = asymp_row(&t, at, mid, prec, limit);
            if (ok)
                *down = t;
            *(ok ? &hi : &lo) = mid;
        }
    } else {
        down->n = 0;
    }
    double end = hi + 0.5;
    lo = -FAR;
    hi = end;
    if (!series_row(up, at, lo, prec, limit)) {
        up->n = 0;
        return;
    }
    while (hi - lo > 0.01) {
        double mid = (lo + hi) / 2;
        bool ok = series_row(&t, at, mid, prec, limit);
        if (ok)
            *up = t;
        *(ok ? &lo : &hi) = mid;
    }
}

/* ln of the smallest |E| max(1, |z|) on a stretch of the negative axis. */
static double
least_between(const ml_mlpoint *at, double from, double to)
{
    double least = INFINITY;

    for (int i = 0; i <= 16; i++) {
        ml_mlpoint p = negative(at, from + (to - from) * i / 16);
        least = fmin(least, ml_mlpoint_log2_d(&p) * LN2 + fmax(p.lnr, 0));
    }
    return least;
}

bool
ml_plan_between(ml_contour_plan *s, const ml_row_plan *up,
                const ml_row_plan *down, const ml_mlpoint *at, slong prec)
{
    /* Where the series cancels, a ball z needs the contour even if the table
     * is long enough. */
    double from = up->n > 0 ? fmin(up->lnw, 0) : -FAR;
    double to = down->n > 0 ? -down->lnw : FAR;
    slong N = 0;

    if (at->integers || from >= to)
        return false;
    while (N < 4 && ml_mlpoint_vanishes(at, -N - 1))
        N++;
    double least = least_between(at, from, to) / LN2;
    return ml_plan_contour_any(s, at, N, prec + 8 - (slong)fmin(least, 0));
}

/* ------------------------------------------------------------------- one point */

bool
ml_many_set_z(ml_mlpoint *p, const acb_t z)
{
    arf_srcptr x = arb_midref(acb_realref(z)), y = arb_midref(acb_imagref(z));

    if (!acb_is_finite(z) || acb_contains_zero(z)
        || arf_cmpabs_2exp_si(x, 990) >= 0 || arf_cmpabs_2exp_si(y, 990) >= 0
        || (arf_cmpabs_2exp_si(x, -990) <= 0
            && arf_cmpabs_2exp_si(y, -990) <= 0))
        return false;
    double re = arf_get_d(x, ARF_RND_NEAR), im = arf_get_d(y, ARF_RND_NEAR);
    p->real = arb_is_zero(acb_imagref(z));
    p->has_zero = false;
    p->z_exact = false;
    p->z[0] = z[0];
    p->lnr = log(p->real ? fabs(re) : hypot(re, im));
    p->lnx = p->lnr / p->a;
    p->turn = p->real ? (re < 0) : atan2(im, re) / PI;
    /* As ml_mlpoint_turn has it. */
    if (p->turn < 0 && re < 0 && arb_contains_zero(acb_imagref(z)))
        p->turn += 2;
    return true;
}

/* Whether the tail from term k on is proved to be below e^level, by the table. */
static bool
tail_below(const double *ln, slong k, double lnr, double level)
{
    double d = ln[k] - ln[k + 1] - lnr;

    /* -ln(1 - q) <= ln(1 + 1/d) with q = e^-d */
    return d > 1e-6 && ln[k] + (double)k * lnr + log1p(1 / d) < level;
}

/* The least n with a proved tail below e^level. */
static bool
series_terms(slong *n, const ml_mittleff_plan *f, const ml_mlpoint *p,
             double level)
{
    const double *ln = f->up.ln;
    slong lo = f->positive, hi = f->up.n - 2;

    if (lo > hi)
        return false;
    if (!tail_below(ln, hi, p->lnr, level))
        return false;
    if (tail_below(ln, lo, p->lnr, level))
        hi = lo;
    while (hi - lo > 1) {
        slong mid = lo + (hi - lo) / 2;
        *(tail_below(ln, mid, p->lnr, level) ? &hi : &lo) = mid;
    }
    *n = FLINT_MAX(hi, 1);
    return true;
}

/* Microseconds of the n terms, at the bits of the largest. */
static double
terms_cost(const ml_row *row, slong n, double lnw, slong goal)
{
    return sum_cost((double)n, (double)ml_row_bits(row, 0, n, n, lnw, goal));
}

/* A sum that costs so many contours is left alone. */
#define HOPELESS 10

/* Microseconds of a pole that is computed. */
static double
pole_cost(double bits)
{
    return 4 + 0.02 * bits + 2e-5 * bits * bits;
}

/* The error that the radius of z makes in n terms is above 2^goal. */
static bool
blurred(const ml_mlpoint *p, const ml_row *row, slong n, slong goal)
{
    if (acb_is_exact(p->z))
        return false;
    double terms = (double)ml_row_bits(row, 0, n, n, p->lnr, goal);
    return (double)acb_rel_accuracy_bits(p->z) < terms;
}

void
ml_plan_many(ml_many_choice *s, const ml_mittleff_plan *f, const ml_mlpoint *p,
             slong goal)
{
    const double level = ((double)goal - 2) * LN2;
    double series = INFINITY, asymp = INFINITY;
    ml_asymp_plan a = {.n = 0};
    slong n = 0;

    s->by = ML_BY_NONE;
    if (series_terms(&n, f, p, level)) {
        series = terms_cost(&f->up, n, p->lnr, goal);
        s->by = ML_BY_SERIES;
        s->n = n;
    }
    if (series < 2)
        return;
    if (p->lnx > 1 && ml_plan_asymp(&a, p, 0, goal)) {
        if (f->at.integers)
            asymp = 6 + pole_cost((double)f->prec) * (p->a + 1);
        else if (a.n < f->down.n)
            asymp = 1 + terms_cost(&f->down, a.n + 1, -p->lnr, goal);
    }
    double nodes = contour_cost((double)f->prec);
    if (f->nodes && p->lnr > -1
        && (fmin(series, asymp) > nodes
            || (asymp == INFINITY && blurred(p, &f->up, n, goal)))) {
        s->by = ML_BY_CONTOUR;
    } else if (fmin(series, asymp) > HOPELESS * nodes) {
        s->by = ML_BY_NONE;
    } else if (asymp < series) {
        s->by = ML_BY_ASYMP;
        s->n = a.n;
        s->up = a.up;
        s->down = a.down;
    }
}

slong
ml_many_goal(const acb_t x, slong goal, slong prec)
{
    mag_t m;

    mag_init(m);
    acb_get_mag_lower(m, x);
    slong next = goal - 64;
    if (!mag_is_special(m) && fmpz_fits_si(MAG_EXPREF(m)))
        next = FLINT_MIN(goal - 8, fmpz_get_si(MAG_EXPREF(m)) - prec - 2);
    mag_clear(m);
    return next;
}
