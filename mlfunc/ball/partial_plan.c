/* mlfunc/ball/partial_plan.c - derivatives of the rows: how many bits. */
#include "mlfunc/impl.h"

#define TRIES 8

/* A composition loses a few bits, or, where terms cancel, any number. */
slong
ml_plan_partial(slong prec, int tries)
{
    return tries < TRIES ? prec + 16 + (((slong)64 << tries) - 64) : 0;
}

slong
ml_plan_partial_sum(slong prec)
{
    return prec + 64;
}

slong
ml_plan_partial_z(const ml_arg *args, slong prec)
{
    return prec + ml_relaxation_loss(args, prec) + 32;
}
