/* mlfunc/ball/mittleff_jet_bits_plan.c - jets: at how many bits each step. */
#include <math.h>
#include <stdlib.h>

#include "mlfunc/ball/rgamma.h"
#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

static slong
exponent(const mag_t m)
{
    return mag_is_special(m) ? -WORD_MAX / 4 : fmpz_get_si(MAG_EXPREF(m));
}

slong
ml_plan_jet_missing(const acb_t x, slong prec, int step)
{
    mag_t r, m;
    slong more;

    mag_init(r);
    mag_init(m);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(m, x);
    /* A ball around 0 says nothing: a guess that grows. */
    if (!acb_is_finite(x) || mag_is_zero(m))
        more = (prec + 32) << FLINT_MAX(0, step - 2);
    else
        more = exponent(r) - exponent(m) + prec - 4;
    mag_clear(r);
    mag_clear(m);
    return FLINT_MAX(more, 8);
}

slong
ml_plan_jet_guard(slong count)
{
    return 10 + 2 * FLINT_BIT_COUNT(count);
}

slong
ml_plan_jet_index(const ml_mlpoint *p, slong k, slong prec)
{
    double size = fabs(ml_mlpoint_index_d(p, k)) + 2;
    return prec + (slong)(2 * log2(size));
}

slong
ml_plan_jet_term(const ml_mlpoint *p, const ml_jet *shape, slong k,
                 double level, slong near)
{
    /* z = 0: few terms, whose weights may be 1. */
    if (!(p->lnr > -INFINITY))
        return WORD_MAX;
    double growth = log2((double)(labs(k) + 1) / (double)(labs(near) + 1));
    double t = ml_mlpoint_term_d(p, k) / LN2 - level
               + (double)(shape->nz + shape->na) * fmax(growth, 0);
    return (slong)fmin(fmax(t, 24), 1e15);
}

ml_status
ml_plan_jet_pole(slong *bits, const ml_mlpoint *p, const ml_jet *shape, slong h,
                 const ml_jet_asymp_plan *s)
{
    double theta = PI * (p->turn + 2 * (double)h) / p->a, c = cos(theta);
    double x = exp(fmin(p->lnx, 700));
    double size = x * c + (1 - p->b) * p->lnx - log(p->a);
    double growth = (double)(shape->nz + shape->na) * fmax(p->lnx, 0);

    /* The cosine of a double says nothing near its zeros. */
    if (p->lnx > 15 && fabs(c) < 1e-8)
        size = 0;
    else if (c > 0 && ml_mlpoint_beyond_goals(p))
        return ml_mlpoint_beyond_balls(p) ? ML_OVERFLOW : ML_UNABLE;
    if (!(fabs(p->lnx) < 20000 * LN2))
        return ML_UNABLE;
    double b = (size + growth) / LN2 - s->level;
    b = fmax(24, fmin(b, (double)s->full + fabs(b) / 4 + 4096)) + 24;
    *bits = (slong)fmin(b, ML_MOST_BITS);
    return b < ML_MOST_BITS ? ML_OK : ML_UNABLE;
}

/* The pole next to the positive axis, where it grows. */
ml_status
ml_plan_jet_beyond(const ml_mlpoint *p)
{
    double turn = fabs(p->turn) / p->a;

    if (!ml_mlpoint_beyond_goals(p) || !(turn < 0.5 && cos(PI * turn) > 1e-8))
        return ML_OK;
    return ml_mlpoint_beyond_balls(p) ? ML_OVERFLOW : ML_UNABLE;
}

/* The place of z before its point is lost to the exponential. */
slong
ml_plan_jet_pure(const ml_mlpoint *p, slong bits)
{
    return bits + (slong)fmin(fmax(p->lnr / LN2, 0), 20000) + 32;
}

slong
ml_plan_jet_phase(const ml_mlpoint *p, slong h)
{
    double theta = PI * (p->turn + 2 * (double)h) / p->a;
    double more = fmax(p->lnx, 0) / LN2 + log2(fabs(p->lnx) + fabs(theta) + 4)
                  + log2(fabs(1 - p->b) + 2);
    return (slong)fmin(more, 20000) + 8;
}

slong
ml_plan_jet_taylor(const ml_mlpoint *p, slong count, slong bits, slong len)
{
    slong need = (bits + 24 + 4 * len) / 16 + 1;

    if (!p->ab_exact || len < 2 || len > 32 || count < 3
        || need >= 4 * ML_RGAMMA_LIMBS - 16)
        return 0;
    return FLINT_MAX(ml_rgamma_terms[need], 4 * len);
}

bool
ml_plan_jet_near(const arb_t y, slong bits)
{
    double far = 20 + (double)bits / 16;
    return fabs(arf_get_d(arb_midref(y), ARF_RND_NEAR)) < far;
}
