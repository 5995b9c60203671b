/* mlfunc/ball/mittleff_dominant.c - E where its binary exponent leaves slong.
 *
 * The methods aim at an absolute error 2^goal with a goal that fits slong; for
 * x beyond 10^18 an exponential of size e^x would not.  There E is one product,
 * e^(L + i psi) w with w near 1 or near a sum of two poles.  [mlfunc L1]
 */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2      0.69314718055994531
#define PI       3.14159265358979323846
#define LN_GOALS 41.446531673892822 /* of 10^18 */
#define FLAT     1e-8               /* a cosine that a double still knows */
#define STEPS    4

bool
ml_mlpoint_beyond_goals(const ml_mlpoint *p)
{
    return p->lnx > LN_GOALS;
}

bool
ml_mlpoint_beyond_balls(const ml_mlpoint *p)
{
    /* x = 2^64 itself is inside, whatever the doubles say. */
    return p->lnx > 64 * LN2 + 1e-9;
}

/* The point for L1; false for a box across an axis, where its phases fail. */
static bool
set_polar(ml_polar *q, const ml_mlpoint *p, slong prec)
{
    acb_t z;
    arb_t t;

    acb_init(z);
    arb_init(t);
    ml_mlpoint_alpha(q->alpha, p, prec);
    ml_mlpoint_index(q->beta, p, 0, prec);
    ml_mlpoint_z(z, p, prec);
    bool ok = ml_mlpoint_turn(q->theta, p, prec);
    q->axis = !p->real ? 0 : p->turn > 0.5 ? -1 : 1;
    arb_one(t);
    if (q->axis == 0)
        ok = ok && arb_lt(q->theta, t);
    arb_const_pi(t, prec);
    arb_mul(q->theta, q->theta, t, prec);
    acb_abs(q->x, z, prec);
    arb_log(q->ln_x, q->x, prec);
    arb_div(q->ln_x, q->ln_x, q->alpha, prec);
    arb_exp(q->x, q->ln_x, prec);
    acb_clear(z);
    arb_clear(t);
    return ok;
}

/* e^(L + i psi) w; indeterminate where L1 decides nothing. */
static void
product(acb_t res, const ml_mlpoint *p, slong prec)
{
    ml_polar q;
    acb_t l;

    ml_polar_init(&q);
    acb_init(l);
    slong extra = 80 + (slong)log2(fabs(1 - p->b) + 2);
    if (set_polar(&q, p, prec + extra)
        && ml_polar_lead(acb_realref(l), acb_imagref(l), res, &q,
                         prec + extra)) {
        acb_exp(l, l, prec + 8);
        acb_mul(res, res, l, prec + 8);
        if (p->real)
            arb_zero(acb_imagref(res));
    } else {
        acb_indeterminate(res);
    }
    acb_clear(l);
    ml_polar_clear(&q);
}

bool
ml_mlpoint_dominated(const ml_mlpoint *p)
{
    double turn = fabs(p->turn) / p->a, c = cos(PI * turn);
    bool pure = p->integers && p->a == 1 && p->b <= 1;

    return ml_mlpoint_beyond_goals(p) && !ml_mlpoint_beyond_balls(p)
           && ((turn < 0.5 && c > FLAT) || (pure && c < -FLAT));
}

ml_status
ml_mlpoint_dominant(acb_t res, const ml_mlpoint *p, slong prec)
{
    slong wp = prec;

    /* Only the sum of two poles of one size can cancel. */
    for (int step = 0; step < STEPS; step++, wp += prec + 32) {
        product(res, p, wp);
        if (!acb_is_finite(res))
            return ML_UNABLE;
        if (ml_ball_accurate(res, prec - 8))
            return ML_OK;
    }
    return ML_UNABLE;
}
