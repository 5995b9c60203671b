/* mlfunc/ball/rgamma_plan.c - when the table of 1/Gamma pays, and its cost. */
#include <math.h>

#include "mlfunc/rgamma.h"

void
ml_rgamma_planned(ml_rgamma_plan *s, const ml_rgamma_arg *y, double bits)
{
    double want = fmax(bits, 0);

    s->table = false;
    if (!(want < 64 * ML_RGAMMA_LIMBS - 20))
        return;
    slong b = (slong)want;
    s->bits = b + 2 + FLINT_BIT_COUNT(b + 16);
    s->n = (s->bits + 4) / 64 + 1;
    s->bits = FLINT_MIN(s->bits, 64 * s->n);
    double m = fabs((double)y->m);
    s->table = m < 200 + 0.25 * want;
}

double
ml_rgamma_cost(double m, double bits, bool wide)
{
    double limbs = fmax(bits, 0) / 64 + 0.3;
    double terms = 14 + fmax(bits, 0) * 0.15;
    double arb = 1 + 0.006 * bits + 4e-6 * bits * bits;

    if (limbs < 1.9 && !wide)
        return 0.05 + 0.0025 * terms + 0.005 * m;
    if (!(bits < 64 * ML_RGAMMA_LIMBS - 20) || m > 200 + 0.25 * bits)
        return arb;
    double each = 0.0065 + 0.00055 * limbs, factor = 0.011 + 0.0008 * limbs;
    if (wide)
        each *= 1.6, factor *= 2;
    return 0.12 + terms * each + m * factor + 0.0016 * limbs * limbs;
}
