/* mlfunc/ball/mittleff_poles.c - the exponential terms of Mittag-Leffler. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

void
ml_mlpoint_angle(arb_t angle, const ml_mlpoint *p, slong h, slong prec)
{
    arb_t a;

    arb_init(a);
    ml_mlpoint_turn(angle, p, prec);
    arb_add_si(angle, angle, 2 * h, prec);
    ml_mlpoint_alpha(a, p, prec);
    arb_div(angle, angle, a, prec);
    arb_clear(a);
}

/* ----------------------------------------------- what the poles have in common */

void
ml_poles_init(ml_poles *c, const ml_mlpoint *p)
{
    c->p = p;
    c->prec = 0;
    arb_init(c->alpha);
    arb_init(c->power);
    arb_init(c->turn);
    arb_init(c->ln_x);
    arb_init(c->x);
}

void
ml_poles_clear(ml_poles *c)
{
    arb_clear(c->alpha);
    arb_clear(c->power);
    arb_clear(c->turn);
    arb_clear(c->ln_x);
    arb_clear(c->x);
}

/* ln x = ln|z| / alpha, x, 1 - beta and arg z / pi, at prec bits or more. */
static void
prepare(ml_poles *c, slong prec)
{
    acb_t z;

    if (c->prec >= prec)
        return;
    acb_init(z);
    c->prec = prec;
    ml_mlpoint_z(z, c->p, prec);
    ml_mlpoint_alpha(c->alpha, c->p, prec);
    if (c->p->real) {
        arb_abs(c->ln_x, acb_realref(z));
        arb_log(c->ln_x, c->ln_x, prec);
    } else {
        arb_log_hypot(c->ln_x, acb_realref(z), acb_imagref(z), prec);
    }
    arb_div(c->ln_x, c->ln_x, c->alpha, prec);
    arb_exp(c->x, c->ln_x, prec);
    ml_mlpoint_turn(c->turn, c->p, prec);
    ml_mlpoint_index(c->power, c->p, 0, prec);
    arb_sub_ui(c->power, c->power, 1, prec);
    arb_neg(c->power, c->power);
    acb_clear(z);
}

/* log(t_h^(1-beta) e^(t_h)) = x cos theta + (1-beta) ln x
 *                             + i (x sin theta + (1-beta) theta). */
static void
exponent(acb_t l, ml_poles *c, slong h, slong prec)
{
    arb_t angle, s;

    arb_init(angle);
    arb_init(s);
    prepare(c, prec);
    arb_add_si(angle, c->turn, 2 * h, prec);
    arb_div(angle, angle, c->alpha, prec);
    arb_sin_cos_pi(s, acb_realref(l), angle, prec);
    arb_mul(acb_realref(l), acb_realref(l), c->x, prec);
    arb_addmul(acb_realref(l), c->power, c->ln_x, prec);
    arb_const_pi(acb_imagref(l), prec);
    arb_mul(acb_imagref(l), acb_imagref(l), angle, prec);
    arb_mul(acb_imagref(l), acb_imagref(l), c->power, prec);
    arb_addmul(acb_imagref(l), c->x, s, prec);
    arb_clear(angle);
    arb_clear(s);
}

/* e^u with u cut at -2^40 from below; false where it is of no use. */
static bool
exp_upper(mag_t res, const arb_t l)
{
    arf_t u, least;
    arb_t t;

    arf_init(u);
    arf_init(least);
    arb_init(t);
    arb_get_ubound_arf(u, l, 64);
    bool ok =
        !arf_is_nan(u) && (arf_sgn(u) <= 0 || arf_cmpabs_2exp_si(u, 61) <= 0);
    if (ok) {
        arf_set_si_2exp_si(least, -1, 40);
        arf_max(u, u, least);
        arb_set_arf(t, u);
        arb_exp(t, t, 64);
        arb_get_mag(res, t);
    }
    arf_clear(u);
    arf_clear(least);
    arb_clear(t);
    return ok;
}

/*
 * [mlfunc A4]  |t_h^(1-beta) e^(t_h) / alpha|
 *              = exp(x cos theta + (1 - beta) ln x) / alpha, x = |t_h|.
 */
static ml_status
pole_bound(mag_t bound, ml_poles *c, slong h)
{
    arb_t angle, l;
    mag_t a;

    arb_init(angle);
    arb_init(l);
    mag_init(a);
    const slong prec = 64 + (slong)fmax(0, fmin(c->p->lnx / LN2, 2000));
    prepare(c, prec);
    arb_add_si(angle, c->turn, 2 * h, prec);
    arb_div(angle, angle, c->alpha, prec);
    arb_cos_pi(l, angle, prec);
    arb_mul(l, l, c->x, prec);
    arb_addmul(l, c->power, c->ln_x, prec);
    ml_status st = exp_upper(bound, l) ? ML_OK : ML_UNABLE;
    arb_get_mag_lower(a, c->alpha);
    mag_div(bound, bound, a);
    arb_clear(angle);
    arb_clear(l);
    mag_clear(a);
    return st;
}

ml_status
ml_mlpoint_pole_bound(mag_t bound, const ml_mlpoint *p, slong h)
{
    ml_poles c;

    ml_poles_init(&c, p);
    ml_status st = pole_bound(bound, &c, h);
    ml_poles_clear(&c);
    return st;
}

/* ------------------------------------------------------------------- the sum */

/* log2 of the magnitude, rounded up, within the range of a slong. */
static slong
magnitude(const acb_t t)
{
    mag_t m;

    mag_init(m);
    acb_get_mag(m, t);
    slong e = fmpz_bits(MAG_EXPREF(m)) < 62 ? fmpz_get_si(MAG_EXPREF(m)) : 0;
    mag_clear(m);
    return e;
}

void
ml_mlpoint_add(acb_t sum, const acb_t t, slong goal)
{
    slong e = FLINT_MAX(magnitude(sum), magnitude(t));
    slong bits = FLINT_MAX(0, FLINT_MIN(e - goal, ML_MOST_BITS));
    acb_add(sum, sum, t, bits + 32);
}

static void
add_bound(acb_t sum, const ml_mlpoint *p, const mag_t m)
{
    arb_add_error_mag(acb_realref(sum), m);
    if (!p->real)
        arb_add_error_mag(acb_imagref(sum), m);
}

/* t_h^(1-beta) e^(t_h) / alpha at about w bits; extra more are spent on the
 * exponent.  False where it is beyond e^(2^62). */
static bool
pole_term(acb_t res, ml_poles *c, slong h, slong w, slong extra)
{
    exponent(res, c, h, w + extra);
    if (arf_sgn(arb_midref(acb_realref(res))) > 0
        && arf_cmpabs_2exp_si(arb_midref(acb_realref(res)), 62) > 0)
        return false;
    acb_exp(res, res, w);
    acb_div_arb(res, res, c->alpha, w);
    return true;
}

/* The term at the precision that the goal asks for. */
static ml_status
compute_pole(acb_t t, ml_poles *c, slong h, double size, slong goal)
{
    const ml_mlpoint *p = c->p;
    double theta = PI * (p->turn + 2 * (double)h) / p->a;
    double more = fmax(p->lnx, 0) / LN2 + log2(fabs(p->lnx) + fabs(theta) + 4)
                  + log2(fabs(1 - p->b) + 2);
    double bits = size / LN2 - (double)goal;
    bool enough = false;

    if (!(more < 20000))
        return ML_UNABLE;
    slong extra = (slong)more + 8;
    if (p->lnx > 14) {
        /* Doubles no longer know the size to a bit. */
        if (!pole_term(t, c, h, 32, extra))
            return ML_OVERFLOW;
        bits = (double)magnitude(t) - (double)goal;
        enough = bits < 24 && acb_is_finite(t);
    }
    double most = ml_mlpoint_most_bits(p, goal);
    if (!(bits < most))
        return ML_UNABLE;
    if (!enough && !pole_term(t, c, h, (slong)fmax(bits, 16) + 16, extra))
        return ML_OVERFLOW;
    return acb_is_finite(t) ? ML_OK : ML_UNABLE;
}

ml_status
ml_poles_add(acb_t sum, ml_poles *c, slong h, bool pair, slong goal)
{
    const ml_mlpoint *p = c->p;
    double size, x = exp(fmin(p->lnx, 700));
    bool growing = ml_plan_pole(&size, p, h, goal);
    ml_status st;

    if (growing && ml_mlpoint_beyond_goals(p))
        return ml_mlpoint_beyond_balls(p) ? ML_OVERFLOW : ML_UNABLE;
    if (size / LN2 < (double)goal - 4 - 1e-12 * x) {
        mag_t m;
        mag_init(m);
        st = pole_bound(m, c, h);
        if (st == ML_OK) {
            mag_mul_2exp_si(m, m, pair);
            add_bound(sum, p, m);
        }
        mag_clear(m);
        return st;
    }
    acb_t t;
    acb_init(t);
    st = compute_pole(t, c, h, size, goal);
    if (st == ML_OK) {
        if (pair)
            acb_mul_2exp_si(t, t, 1);
        if (p->real)
            arb_zero(acb_imagref(t));
        ml_mlpoint_add(sum, t, goal);
    }
    acb_clear(t);
    return st;
}

ml_status
ml_mlpoint_add_pole(acb_t sum, const ml_mlpoint *p, slong h, bool pair,
                    slong goal)
{
    ml_poles c;

    ml_poles_init(&c, p);
    ml_status st = ml_poles_add(sum, &c, h, pair, goal);
    ml_poles_clear(&c);
    return st;
}

/*
 * [mlfunc A4]  Between the angles of two poles, both of them in [0, 2 pi] or
 * both in [-2 pi, 0], the cosine is at most the larger of its values there:
 * so many terms are together at most as many times the larger bound.
 */
static ml_status
add_bounds(acb_t sum, ml_poles *c, slong from, slong to, bool pair)
{
    mag_t m, n;

    mag_init(m);
    mag_init(n);
    ml_status st = pole_bound(m, c, from);
    if (st == ML_OK && to != from)
        st = pole_bound(n, c, to);
    if (st == ML_OK) {
        mag_max(m, m, n);
        mag_mul_ui(m, m,
                   1 + (to > from ? (ulong)(to - from) : (ulong)(from - to)));
        mag_mul_2exp_si(m, m, pair);
        add_bound(sum, c->p, m);
    }
    mag_clear(m);
    mag_clear(n);
    return st;
}

ml_status
ml_poles_add_side(acb_t sum, ml_poles *c, int side, slong last, bool pair,
                  slong goal)
{
    slong from, to;
    ml_status st = ML_OK;

    ml_plan_drop(&from, &to, c->p, side, last, goal);
    for (slong j = 1; j <= last && st == ML_OK; j++) {
        if (j == from) {
            st = add_bounds(sum, c, side * from, side * to, pair);
            j = to;
        } else {
            st = ml_poles_add(sum, c, side * j, pair, goal);
        }
    }
    return st;
}
