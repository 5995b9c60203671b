/* mlfunc/ball/kww_partial.c - derivatives of exp(-c (t/tau)^beta). */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

static void
kww_coefficient(fmpq_t res, const ml_partial *p, slong k)
{
    fmpz_t f;

    fmpz_init(f);
    fmpq_set_si(res, k % 2 ? -1 : 1, 1);
    fmpz_ui_pow_ui(f, p->c, (ulong)(k - p->n_c));
    fmpq_mul_fmpz(res, res, f);
    fmpz_fac_ui(f, (ulong)(k - p->n_c));
    fmpq_div_fmpz(res, res, f);
    fmpz_clear(f);
    ml_times_factorial(res, p->n_t);
}

/* f^(order) / f by exp(-c (x - x_0)) (-x)^n_c. */
static void
kww_quotient(acb_t res, const ml_partial *p, slong prec)
{
    ml_jet x, e;
    acb_t c;
    fmpq_t r, power;

    acb_init(c);
    fmpq_init(r);
    fmpq_init(power);
    ml_jet_init(&x, p->n_t, p->n_shape, p->n_tau);
    ml_jet_init(&e, p->n_t, p->n_shape, p->n_tau);
    fmpq_div(r, p->t, p->tau);
    arb_set_fmpq(acb_realref(c), r, prec);
    if (ml_rational_power(power, r, p->shape))
        arb_set_fmpq(acb_realref(c), power, prec);
    else
        arb_pow_fmpq(acb_realref(c), acb_realref(c), p->shape, prec);
    acb_neg(c, c);
    ml_partial_power(&x, p, c, prec);
    acb_set_ui(c, p->c);
    ml_jet_scale(&e, &x, c, prec);
    acb_zero(ml_jet_at(&e, 0, 0, 0));
    ml_jet_exp(&e, &e, prec);
    for (slong i = 0; i < p->n_c; i++)
        ml_jet_mul(&e, &e, &x, prec);
    ml_partial_derivative(res, &e, p, prec);
    acb_clear(c);
    fmpq_clear(r);
    fmpq_clear(power);
    ml_jet_clear(&x);
    ml_jet_clear(&e);
}

ml_status
ml_kww_partial(acb_t res, const ml_arg *args, const slong *order, slong prec)
{
    size_t bad;
    ml_status s = ml_kww_domain(args, &bad);
    slong wp;
    ml_partial p = {.shape = args[0].re,
                    .tau = args[1].re,
                    .t = args[3].re,
                    .n_shape = order[0],
                    .n_tau = order[1],
                    .n_t = order[3],
                    .n_c = order[2]};
    acb_t q;

    acb_indeterminate(res);
    arb_zero(acb_imagref(res));
    s = s == ML_OK ? ml_partial_order(order, 4) : s;
    if (s != ML_OK)
        return s;
    p.c = fmpz_get_ui(fmpq_numref(args[2].re));
    if (fmpq_is_zero(p.t))
        return ml_partial_at_zero(res, &p, kww_coefficient, prec);
    acb_init(q);
    s = ml_kww_point(res, args, ml_plan_partial_sum(prec));
    for (int i = 0; (wp = ml_plan_partial(prec, i)) > 0; i++) {
        kww_quotient(q, &p, wp);
        if (ml_ball_accurate(q, prec))
            break;
    }
    acb_mul(res, res, q, ml_plan_partial_sum(prec));
    if (acb_is_zero(q)) {
        acb_zero(res);
        s = ML_OK;
    } else if (s == ML_OK && !ml_ball_accurate(res, prec - 8)) {
        s = ML_UNABLE;
    }
    acb_clear(q);
    return s;
}
