/* mlfunc/ball/mittleff_many_tables.c - the tables of a plan. */
#include <stdlib.h>

#include "mlfunc/impl.h"

/* ------------------------------------------------------------------------- rows */

/* Room for n numbers; false without memory. */
static bool
row_alloc(ml_row *row, slong n)
{
    row->ln = n > 0 ? malloc((size_t)n * sizeof *row->ln) : NULL;
    if (n > 0 && !row->ln)
        return false;
    row->n = n;
    row->c = _arb_vec_init(n);
    return true;
}

static void
row_clear(ml_row *row)
{
    _arb_vec_clear(row->c, row->n);
    free(row->ln);
}

/* c_k = 1/Gamma(beta + side k alpha), c_0 = 0 where side is -1; those that
 * a sum needs with more bits have more. */
static void
row_fill(ml_row *row, const ml_mlpoint *at, int side, const ml_row_plan *s)
{
    slong first = side > 0 ? 0 : 1;
    ml_rgammas g;

    if (row->n == 0)
        return;
    ml_row_set_ln(row, at, side);
    slong full = ml_row_bits(row, 0, row->n, row->n, s->lnw, s->goal);
    ml_rgammas_init(&g, at, side > 0 ? row->n - 1 : -1, row->n - first, full);
    for (slong i = first; i < row->n; i++) {
        slong k = side > 0 ? row->n - 1 - i : i;
        slong own = ml_row_bits(row, k, k + 1, row->n, s->lnw, s->goal);
        ml_rgammas_next(row->c + k, &g, own);
    }
    ml_rgammas_clear(&g);
}

/* ----------------------------------------------------- for the remainder [A2] */

/* Gamma(nu)/(2 pi), nu = alpha (n+1) - beta + 1, infinite where nu <= 0. */
static void
fill_gamma(mag_ptr gamma, const ml_mlpoint *at, slong count)
{
    arb_t nu, pi;

    arb_init(nu);
    arb_init(pi);
    arb_const_pi(pi, 64);
    for (slong n = 0; n < count; n++) {
        ml_mlpoint_index(nu, at, -(n + 1), 128);
        arb_sub_ui(nu, nu, 1, 128);
        arb_neg(nu, nu);
        if (arb_is_positive(nu)) {
            arb_gamma(nu, nu, 64);
            arb_div(nu, nu, pi, 64);
            arb_mul_2exp_si(nu, nu, -1);
            arb_get_mag(gamma + n, nu);
        } else {
            mag_inf(gamma + n);
        }
    }
    arb_clear(nu);
    arb_clear(pi);
}

/* The ray at q/64 turns of pi. */
static void
ray_set(ml_ray *ray, const ml_mlpoint *at, slong q)
{
    arb_t c, t;

    arb_init(c);
    arb_init(t);
    ml_mlpoint_alpha(t, at, 128);
    arb_mul_si(t, t, q, 128);
    arb_mul_2exp_si(t, t, -6);
    arb_sin_cos_pi(ray->sin, ray->cos, t, 64);
    /* |cos phi|^-nu = |cos phi|^(beta-1) (|cos phi|^-alpha)^(n+1) */
    arb_set_si(t, q);
    arb_mul_2exp_si(t, t, -6);
    arb_cos_pi(c, t, 64);
    arb_neg(c, c);
    ml_mlpoint_index(t, at, 0, 64);
    arb_sub_ui(t, t, 1, 64);
    arb_pow(t, c, t, 64);
    arb_get_mag(ray->base, t);
    ml_mlpoint_alpha(t, at, 64);
    arb_neg(t, t);
    arb_pow(t, c, t, 64);
    arb_get_mag(ray->step, t);
    arb_clear(c);
    arb_clear(t);
}

/* ---------------------------------------------------------------------- a plan */

static void
least_positive(slong *k, const ml_mlpoint *at)
{
    fmpz_t q;

    *k = 0;
    if (fmpz_sgn(at->num_b) > 0)
        return;
    fmpz_init(q);
    fmpz_neg(q, at->num_b);
    fmpz_fdiv_q(q, q, at->num_a);
    *k = fmpz_bits(q) < FLINT_BITS - 2 ? fmpz_get_si(q) + 1 : WORD_MAX;
    fmpz_clear(q);
}

static ml_status
fill(ml_mittleff_plan *f)
{
    ml_row_plan up, down;
    ml_contour_plan between;

    ml_mlpoint_alpha(f->alpha_64, &f->at, 64);
    least_positive(&f->positive, &f->at);
    ml_plan_rows(&up, &down, &f->at, f->prec);
    f->ray = calloc(ML_RAYS, sizeof *f->ray);
    if (!f->ray || !row_alloc(&f->up, up.n) || !row_alloc(&f->down, down.n))
        return ML_NOMEM;
    row_fill(&f->up, &f->at, 1, &up);
    row_fill(&f->down, &f->at, -1, &down);
    f->gamma = _mag_vec_init(down.n);
    fill_gamma(f->gamma, &f->at, down.n);
    for (slong i = 0; i < ML_RAYS; i++) {
        arb_init(f->ray[i].cos);
        arb_init(f->ray[i].sin);
        mag_init(f->ray[i].base);
        mag_init(f->ray[i].step);
        ray_set(f->ray + i, &f->at, ML_RAY_FIRST + i);
    }
    f->nodes = ml_plan_between(&between, &up, &down, &f->at, f->prec)
               && ml_contour_set(&f->contour, &between, &f->at) == ML_OK;
    return ML_OK;
}

ml_status
ml_mittleff_plan_alloc(ml_mittleff_plan **plan, const fmpq_t alpha,
                       const fmpq_t beta, slong prec)
{
    ml_mittleff_plan *f = calloc(1, sizeof *f);
    acb_t one;

    *plan = NULL;
    if (!f)
        return ML_NOMEM;
    acb_init(one);
    acb_one(one);
    fmpq_init(f->alpha);
    fmpq_init(f->beta);
    fmpq_set(f->alpha, alpha);
    fmpq_set(f->beta, beta);
    f->prec = FLINT_MAX(prec, 2);
    arb_init(f->alpha_64);
    ml_mlpoint_init(&f->at);
    ml_contour_init(&f->contour);
    ml_status st = ml_mlpoint_set_mixed(&f->at, alpha, beta, one);
    if (st == ML_OK)
        st = fill(f);
    if (st == ML_OK)
        *plan = f;
    else
        ml_mittleff_plan_free(f);
    acb_clear(one);
    return st;
}

void
ml_mittleff_plan_free(ml_mittleff_plan *f)
{
    if (!f)
        return;
    fmpq_clear(f->alpha);
    fmpq_clear(f->beta);
    ml_mlpoint_clear(&f->at);
    ml_contour_clear(&f->contour);
    arb_clear(f->alpha_64);
    for (slong i = 0; f->ray && i < ML_RAYS; i++) {
        arb_clear(f->ray[i].cos);
        arb_clear(f->ray[i].sin);
        mag_clear(f->ray[i].base);
        mag_clear(f->ray[i].step);
    }
    free(f->ray);
    if (f->gamma)
        _mag_vec_clear(f->gamma, f->down.n);
    row_clear(&f->up);
    row_clear(&f->down);
    free(f);
}
