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

/* log t_h = (ln|z| + i theta) / alpha. */
static void
log_pole(acb_t res, const ml_mlpoint *p, slong h, slong prec)
{
    acb_t z;
    arb_t a;

    acb_init(z);
    arb_init(a);
    ml_mlpoint_z(z, p, prec);
    ml_mlpoint_alpha(a, p, prec);
    acb_abs(acb_realref(res), z, prec);
    arb_log(acb_realref(res), acb_realref(res), prec);
    arb_div(acb_realref(res), acb_realref(res), a, prec);
    ml_mlpoint_angle(acb_imagref(res), p, h, prec);
    arb_const_pi(a, prec);
    arb_mul(acb_imagref(res), acb_imagref(res), a, prec);
    acb_clear(z);
    arb_clear(a);
}

/*
 * [mlfunc A4]  |t_h^(1-beta) e^(t_h) / alpha|
 *              = exp(x cos theta + (1 - beta) ln x) / alpha, x = |t_h|.
 * The exponent is cut at -2^40 from below, which only enlarges the bound.
 */
ml_status
ml_mlpoint_pole_bound(mag_t bound, const ml_mlpoint *p, slong h)
{
    acb_t l;
    arb_t x, b;

    acb_init(l);
    arb_init(x);
    arb_init(b);
    log_pole(l, p, h, 64 + (slong)fmax(0, fmin(p->lnx / LN2, 2000)));
    arb_exp(x, acb_realref(l), 64);
    ml_mlpoint_angle(b, p, h, 64);
    arb_cos_pi(b, b, 64);
    arb_mul(x, x, b, 64);
    ml_mlpoint_index(b, p, 0, 64);
    arb_sub_ui(b, b, 1, 64);
    arb_submul(x, acb_realref(l), b, 64);
    ml_mlpoint_alpha(b, p, 64);
    arf_t u;
    arf_init(u);
    arb_get_ubound_arf(u, x, 64);
    ml_status st = ML_OK;
    if (arf_is_nan(u) || (arf_sgn(u) > 0 && arf_cmpabs_2exp_si(u, 61) > 0)) {
        st = ML_UNABLE;
    } else {
        if (arf_cmp_2exp_si(u, 40) < 0 && arf_sgn(u) < 0
            && arf_cmpabs_2exp_si(u, 40) > 0) {
            arf_one(u);
            arf_mul_2exp_si(u, u, 40);
            arf_neg(u, u);
        }
        arb_set_arf(x, u);
        arb_exp(x, x, 64);
        arb_div(x, x, b, 64);
        arb_get_mag(bound, x);
    }
    arf_clear(u);
    acb_clear(l);
    arb_clear(x);
    arb_clear(b);
    return st;
}

/* t_h^(1-beta) e^(t_h) / alpha at about w bits; extra more are spent on the
 * exponent. */
static void
pole_term(acb_t res, const ml_mlpoint *p, slong h, bool line, slong w,
          slong extra)
{
    acb_t l;
    arb_t b;

    acb_init(l);
    arb_init(b);
    log_pole(l, p, h, w + extra);
    if (line)
        arb_zero(acb_imagref(l));
    acb_exp(res, l, w + extra);
    ml_mlpoint_index(b, p, 0, w + extra);
    arb_sub_ui(b, b, 1, w + extra);
    acb_mul_arb(l, l, b, w + extra);
    acb_sub(res, res, l, w + extra);
    acb_exp(res, res, w);
    ml_mlpoint_alpha(b, p, w);
    acb_div_arb(res, res, b, w);
    acb_clear(l);
    arb_clear(b);
}

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

ml_status
ml_mlpoint_add_pole(acb_t sum, const ml_mlpoint *p, slong h, bool pair,
                    slong goal)
{
    double theta = PI * (p->turn + 2 * (double)h) / p->a, c = cos(theta);
    double x = exp(fmin(p->lnx, 700));
    double size = x * c + (1 - p->b) * p->lnx - log(p->a);
    /* The cosine of a double says nothing near its zeros: such a term of a
     * huge pole is computed. */
    if (fabs(c) < 1e-8 && p->lnx > 15)
        size = (double)goal * LN2 + 1;
    else if (c > 0 && ml_mlpoint_beyond_goals(p))
        return ml_mlpoint_beyond_balls(p) ? ML_OVERFLOW : ML_UNABLE;
    if (size / LN2 < (double)goal - 4 - 1e-12 * x) {
        mag_t m;
        mag_init(m);
        ml_status st = ml_mlpoint_pole_bound(m, p, h);
        if (st == ML_OK) {
            mag_mul_2exp_si(m, m, pair);
            add_bound(sum, p, m);
        }
        mag_clear(m);
        return st;
    }
    double more = fmax(p->lnx, 0) / LN2 + log2(fabs(p->lnx) + fabs(theta) + 4)
                  + log2(fabs(1 - p->b) + 2);
    if (!(more < 20000))
        return ML_UNABLE;
    slong extra = (slong)more + 8;
    acb_t t;

    acb_init(t);
    bool line = p->real && !pair, enough = false;
    double bits = size / LN2 - (double)goal;
    if (p->lnx > 14) {
        /* Doubles no longer know the size to a bit. */
        pole_term(t, p, h, line, 32, extra);
        bits = (double)magnitude(t) - (double)goal;
        enough = bits < 24 && acb_is_finite(t);
    }
    double most = ml_mlpoint_most_bits(p, goal);
    ml_status st = bits < most ? ML_OK : ML_UNABLE;
    slong w = (slong)fmax(fmin(bits, most), 16) + 16;
    if (st == ML_OK && !enough)
        pole_term(t, p, h, line, w, extra);
    if (st == ML_OK && !acb_is_finite(t))
        st = ML_UNABLE;
    if (pair)
        acb_mul_2exp_si(t, t, 1);
    if (p->real)
        arb_zero(acb_imagref(t));
    ml_mlpoint_add(sum, t, goal);
    acb_clear(t);
    return st;
}
