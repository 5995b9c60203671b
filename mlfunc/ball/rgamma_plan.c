/* mlfunc/ball/rgamma_plan.c - when the table of 1/Gamma pays, and its cost. */
#include <math.h>

#include "mlfunc/ball/rgamma.h"

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
ml_rgamma_cost(double m, double bits, int kind)
{
    bool dyadic = kind == 1;
    bits = fmax(bits, 0);
    double limbs = bits / 64 + 0.3;
    double terms = 13 + fmax(bits, 0) * 0.155;

    if (!(bits < 64 * ML_RGAMMA_LIMBS - 20) || m > 200 + 0.25 * bits)
        return 1 + 0.006 * bits + 4e-6 * bits * bits;
    if (limbs < 1.9 && kind < 2) {
        double each = dyadic ? 0.0022 : 0.004;
        return 0.05 + each * terms + (dyadic ? 0.0023 : 0.004) * m;
    }
    double each = 0.0055 + 0.0005 * limbs, factor = 0.006 + 0.0007 * limbs;
    if (limbs < 3 && dyadic)
        each = 0.0045;
    if (kind == 2)
        each *= 1.1, factor *= 2.5;
    if (kind == 0)
        factor *= 0.7;
    return 0.1 + terms * each + m * factor + 0.0012 * limbs * limbs;
}
