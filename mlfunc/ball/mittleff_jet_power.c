/* mlfunc/ball/mittleff_jet_power.c - cut power series in three variables. */
#include "mlfunc/impl.h"

void
ml_jet_init(ml_jet *f, slong nz, slong na, slong nb)
{
    f->nz = nz;
    f->na = na;
    f->nb = nb;
    f->len = (nz + 1) * (na + 1) * (nb + 1);
    f->c = _acb_vec_init(f->len);
}

void
ml_jet_clear(ml_jet *f)
{
    _acb_vec_clear(f->c, f->len);
}

acb_ptr
ml_jet_at(const ml_jet *f, slong i, slong j, slong l)
{
    return f->c + (i * (f->na + 1) + j) * (f->nb + 1) + l;
}

void
ml_jet_zero(ml_jet *f)
{
    _acb_vec_zero(f->c, f->len);
}

void
ml_jet_set(ml_jet *res, const ml_jet *f)
{
    _acb_vec_set(res->c, f->c, f->len);
}

void
ml_jet_variable(ml_jet *res, char which, const acb_t value)
{
    ml_jet_zero(res);
    acb_set(res->c, value);
    if (which == 'z' && res->nz > 0)
        acb_one(ml_jet_at(res, 1, 0, 0));
    if (which == 'a' && res->na > 0)
        acb_one(ml_jet_at(res, 0, 1, 0));
    if (which == 'b' && res->nb > 0)
        acb_one(ml_jet_at(res, 0, 0, 1));
}

void
ml_jet_add(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec)
{
    _acb_vec_add(res->c, f->c, g->c, f->len, prec);
}

void
ml_jet_sub(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec)
{
    _acb_vec_sub(res->c, f->c, g->c, f->len, prec);
}

void
ml_jet_scale(ml_jet *res, const ml_jet *f, const acb_t x, slong prec)
{
    _acb_vec_scalar_mul(res->c, f->c, f->len, x, prec);
}

/*
 * sum += the coefficient (i, j, l) of g times f or, for a variable of number
 * by = 0, 1, 2 (e_z, e_alpha, e_beta), times e d f / d e: each f_pqs then has
 * the weight p, q or s.
 */
static void
convolve(acb_t sum, const ml_jet *f, const ml_jet *g, slong i, slong j, slong l,
         int by, slong prec)
{
    acb_t t;

    acb_init(t);
    for (slong p = by == 0; p <= i; p++)
        for (slong q = by == 1; q <= j; q++)
            for (slong s = by == 2; s <= l; s++) {
                acb_srcptr x = ml_jet_at(f, p, q, s);
                acb_srcptr y = ml_jet_at(g, i - p, j - q, l - s);
                if (acb_is_zero(x) || acb_is_zero(y))
                    continue;
                slong weight = by == 0 ? p : by == 1 ? q : by == 2 ? s : 1;
                if (weight == 1) {
                    acb_addmul(sum, x, y, prec);
                } else {
                    acb_mul(t, x, y, prec);
                    acb_addmul_si(sum, t, weight, prec);
                }
            }
    acb_clear(t);
}

#define PLAIN 3

void
ml_jet_mul(ml_jet *res, const ml_jet *f, const ml_jet *g, slong prec)
{
    ml_jet r;

    ml_jet_init(&r, f->nz, f->na, f->nb);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = 0; l <= f->nb; l++)
                convolve(ml_jet_at(&r, i, j, l), f, g, i, j, l, PLAIN, prec);
    ml_jet_set(res, &r);
    ml_jet_clear(&r);
}

void
ml_jet_compose(ml_jet *res, acb_srcptr a, slong n, const ml_jet *f, slong prec)
{
    ml_jet r, d;

    ml_jet_init(&r, f->nz, f->na, f->nb);
    ml_jet_init(&d, f->nz, f->na, f->nb);
    ml_jet_set(&d, f);
    acb_zero(d.c);
    for (slong k = n - 1; k >= 0; k--) {
        ml_jet_mul(&r, &r, &d, prec);
        acb_add(r.c, r.c, a + k, prec);
    }
    ml_jet_set(res, &r);
    ml_jet_clear(&r);
    ml_jet_clear(&d);
}

/* The variable by which to differentiate for the coefficient (i, j, l): the
 * first that occurs in it, and its degree. */
static int
leading(slong *degree, slong i, slong j, slong l)
{
    *degree = i > 0 ? i : j > 0 ? j : l;
    return i > 0 ? 0 : j > 0 ? 1 : 2;
}

/* r' = f' r for the derivative by the leading variable of each coefficient;
 * what is needed of r comes before it. */
void
ml_jet_exp(ml_jet *res, const ml_jet *f, slong prec)
{
    ml_jet r;
    slong degree;

    ml_jet_init(&r, f->nz, f->na, f->nb);
    acb_exp(r.c, f->c, prec);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = i + j == 0; l <= f->nb; l++) {
                acb_ptr c = ml_jet_at(&r, i, j, l);
                int by = leading(&degree, i, j, l);
                convolve(c, f, &r, i, j, l, by, prec);
                acb_div_si(c, c, degree, prec);
            }
    ml_jet_set(res, &r);
    ml_jet_clear(&r);
}

/* f r = 1: the coefficient of r that is sought is still 0 in the sum. */
void
ml_jet_inv(ml_jet *res, const ml_jet *f, slong prec)
{
    ml_jet r;
    acb_t minus;

    ml_jet_init(&r, f->nz, f->na, f->nb);
    acb_init(minus);
    acb_inv(r.c, f->c, prec);
    acb_neg(minus, r.c);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = i + j == 0; l <= f->nb; l++) {
                acb_ptr c = ml_jet_at(&r, i, j, l);
                convolve(c, f, &r, i, j, l, PLAIN, prec);
                acb_mul(c, c, minus, prec);
            }
    ml_jet_set(res, &r);
    ml_jet_clear(&r);
    acb_clear(minus);
}

/* r' f = f', by the leading variable; again the sought one is 0 in the sum. */
void
ml_jet_log(ml_jet *res, const ml_jet *f, const acb_t log0, slong prec)
{
    ml_jet r;
    acb_t t, inv;
    slong degree;

    ml_jet_init(&r, f->nz, f->na, f->nb);
    acb_init(t);
    acb_init(inv);
    acb_inv(inv, f->c, prec);
    acb_set(r.c, log0);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = i + j == 0; l <= f->nb; l++) {
                int by = leading(&degree, i, j, l);
                acb_zero(t);
                convolve(t, &r, f, i, j, l, by, prec);
                acb_div_si(t, t, degree, prec);
                acb_sub(t, ml_jet_at(f, i, j, l), t, prec);
                acb_mul(ml_jet_at(&r, i, j, l), t, inv, prec);
            }
    ml_jet_set(res, &r);
    ml_jet_clear(&r);
    acb_clear(t);
    acb_clear(inv);
}
