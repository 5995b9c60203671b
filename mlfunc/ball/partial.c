/* mlfunc/ball/partial.c - partial derivatives of the rows, of any order.
 *
 * A row of t/tau is a series in x = (t/tau)^shape, and x is a power series in
 * the increments of shape, t/t_0 and tau/tau_0 with coefficients in closed
 * form; the rest is composition of power series.  [mlfunc J10]
 */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

ml_status
ml_partial_order(const slong *order, size_t n)
{
    slong total = 0, lower = 1;
    ml_status s = ML_OK;

    for (size_t i = 0; i < n; i++) {
        if (order[i] < 0)
            return ML_DOMAIN;
        if (order[i] > ML_MAX_ORDER - total)
            s = ML_UNABLE;
        if (s == ML_OK) {
            total += order[i];
            lower *= order[i] + 1;
        }
    }
    return lower > ML_MAX_LOWER ? ML_UNABLE : s;
}

void
ml_times_factorial(fmpq_t x, slong n)
{
    fmpz_t f;

    fmpz_init(f);
    fmpz_fac_ui(f, (ulong)n);
    fmpq_mul_fmpz(x, x, f);
    fmpz_clear(f);
}

void
ml_times_fmpq(acb_t res, const fmpq_t x, slong prec)
{
    acb_mul_fmpz(res, res, fmpq_numref(x), prec);
    acb_div_fmpz(res, res, fmpq_denref(x), prec);
}

/* ------------------------------------------------------------------- t = 0
 *
 * f = sum_k c_k x^k, no c_k = 0 for k >= first, x = (t/tau)^shape.  Only one
 * term counts at t = 0.  [mlfunc J11] */

/* The k with k shape = n_t, or -1 where there is none; false where that term
 * or one before it has no derivative. */
static bool
only_term(slong *only, const ml_partial *p, slong first)
{
    fmpq_t e, n;
    bool exists = true;
    int sign = -1;

    fmpq_init(e);
    fmpq_init(n);
    fmpq_set_si(n, p->n_t, 1);
    *only = -1;
    for (slong k = first; exists && sign < 0; k++) {
        fmpq_mul_si(e, p->shape, k);
        sign = fmpq_cmp(e, n);
        if (sign <= 0)
            exists = p->n_shape == 0 && fmpz_is_one(fmpq_denref(e));
        if (sign == 0)
            *only = k;
    }
    fmpq_clear(e);
    fmpq_clear(n);
    return exists;
}

ml_status
ml_partial_at_zero(acb_t res, const ml_partial *p, ml_partial_coefficient at,
                   slong prec)
{
    slong k, first = p->n_c > 1 ? p->n_c : 1;
    fmpq_t x, y;

    if (!only_term(&k, p, first)) {
        arb_indeterminate(acb_realref(res));
        return ML_DOMAIN;
    }
    if (k < 0) {
        acb_zero(res);
        return ML_OK;
    }
    fmpq_init(x);
    fmpq_init(y);
    at(x, p, k);
    /* tau^-n_t, differentiated n_tau times */
    fmpq_pow_si(y, p->tau, -(p->n_t + p->n_tau));
    fmpq_mul(x, x, y);
    for (slong i = 0; i < p->n_tau; i++)
        fmpq_mul_si(x, x, -(p->n_t + i));
    acb_one(res);
    ml_times_fmpq(res, x, prec + 8);
    fmpq_clear(x);
    fmpq_clear(y);
    return ML_OK;
}

/* -------------------------------------- x = (t/tau)^shape as a power series
 *
 * In the shape of ml_jet: 'z' is t/t_0 - 1, 'a' shape - shape_0, 'b' is
 * tau/tau_0 - 1.  [mlfunc J10] */

/* (1 + e)^(sign (shape + a)), e the variable z (sign 1) or b (sign -1). */
static void
binomial(ml_jet *res, const arb_t shape, int sign, slong prec)
{
    const slong n = sign > 0 ? res->nz : res->nb;
    arb_t s;

    arb_init(s);
    ml_jet_zero(res);
    acb_one(ml_jet_at(res, 0, 0, 0));
    for (slong i = 1; i <= n; i++) {
        arb_mul_si(s, shape, sign, prec);
        arb_sub_si(s, s, i - 1, prec);
        for (slong j = 0; j <= res->na; j++) {
            acb_ptr to =
                sign > 0 ? ml_jet_at(res, i, j, 0) : ml_jet_at(res, 0, j, i);
            acb_ptr from = sign > 0 ? ml_jet_at(res, i - 1, j, 0)
                                    : ml_jet_at(res, 0, j, i - 1);

            acb_mul_arb(to, from, s, prec);
            if (j > 0) {
                from = sign > 0 ? ml_jet_at(res, i - 1, j - 1, 0)
                                : ml_jet_at(res, 0, j - 1, i - 1);
                acb_addmul_si(to, from, sign, prec);
            }
            acb_div_si(to, to, i, prec);
        }
    }
    arb_clear(s);
}

void
ml_partial_power(ml_jet *res, const ml_partial *p, const acb_t x0, slong prec)
{
    fmpq_t r;
    arb_t y, s;
    ml_jet b;

    fmpq_init(r);
    arb_init(y);
    arb_init(s);
    ml_jet_init(&b, res->nz, res->na, res->nb);
    arb_set_fmpq(y, p->shape, prec);
    binomial(res, y, 1, prec);
    binomial(&b, y, -1, prec);
    ml_jet_mul(res, res, &b, prec);
    /* e^(a s), s = ln(t/tau) */
    fmpq_div(r, p->t, p->tau);
    arb_set_fmpq(y, r, prec);
    if (res->na > 0)
        arb_log(s, y, prec);
    ml_jet_zero(&b);
    acb_one(ml_jet_at(&b, 0, 0, 0));
    for (slong j = 1; j <= res->na; j++) {
        acb_mul_arb(ml_jet_at(&b, 0, j, 0), ml_jet_at(&b, 0, j - 1, 0), s,
                    prec);
        acb_div_si(ml_jet_at(&b, 0, j, 0), ml_jet_at(&b, 0, j, 0), j, prec);
    }
    ml_jet_mul(res, res, &b, prec);
    ml_jet_scale(res, res, x0, prec);
    fmpq_clear(r);
    arb_clear(y);
    arb_clear(s);
    ml_jet_clear(&b);
}

void
ml_partial_derivative(acb_t res, const ml_jet *f, const ml_partial *p,
                      slong prec)
{
    fmpq_t x, y;

    fmpq_init(x);
    fmpq_init(y);
    fmpq_pow_si(x, p->t, -p->n_t);
    fmpq_pow_si(y, p->tau, -p->n_tau);
    fmpq_mul(x, x, y);
    ml_times_factorial(x, p->n_t);
    ml_times_factorial(x, p->n_tau);
    ml_times_factorial(x, p->n_shape);
    acb_set(res, ml_jet_at(f, p->n_t, p->n_shape, p->n_tau));
    ml_times_fmpq(res, x, prec);
    fmpq_clear(x);
    fmpq_clear(y);
}
