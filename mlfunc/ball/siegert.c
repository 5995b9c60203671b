/* mlfunc/ball/siegert.c - E_alpha(-(t/tau)^alpha)^2, by Siegert's relation. */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

static ml_status
squared(acb_t res, const ml_arg *args, ml_ball_fn root, slong prec)
{
    ml_status s = root(res, args, prec + 2);

    arb_sqr(acb_realref(res), acb_realref(res), prec + 16);
    return s;
}

ml_status
ml_siegert_point(acb_t res, const ml_arg *args, slong prec)
{
    return squared(res, args, ml_relaxation_point, prec);
}

ml_status
ml_siegert_series(acb_t res, const ml_arg *args, slong prec)
{
    return squared(res, args, ml_relaxation_series, prec);
}

ml_status
ml_siegert_asymptotic(acb_t res, const ml_arg *args, slong prec)
{
    return squared(res, args, ml_relaxation_asymptotic, prec);
}

ml_status
ml_siegert_contour(acb_t res, const ml_arg *args, slong prec)
{
    return squared(res, args, ml_relaxation_contour, prec);
}

ml_status
ml_siegert_quadrature(acb_t res, const ml_arg *args, slong prec)
{
    return squared(res, args, ml_relaxation_quadrature, prec);
}

bool
ml_siegert_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                  const ml_arg *args, slong prec)
{
    arb_ptr d = acb_realref(delta);
    arb_t t;

    if (!ml_relaxation_nearly(re, im, delta, sign, args, prec))
        return false;
    /* (1 + d)^2 = 1 + d (2 + d) */
    arb_init(t);
    arb_add_ui(t, d, 2, prec);
    arb_mul(d, d, t, prec);
    arb_clear(t);
    return true;
}

ml_status
ml_siegert_log2(arb_t res, const ml_arg *args)
{
    ml_status s = ml_relaxation_log2(res, args);

    arb_mul_2exp_si(res, res, 1);
    return s;
}

/* A square. */
int
ml_siegert_sign(const ml_arg *args)
{
    (void)args;
    return 1;
}
