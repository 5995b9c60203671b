/* mlfunc/ball/mittleff_gammas.c - reciprocal gammas in a row; powers. */
#include <math.h>

#include "mlfunc/ball/series.h"

/* ------------------------------------------------------ reciprocal gammas */

bool
ml_rgammas_recur(slong *P, slong *Q, const ml_mlpoint *p, slong count)
{
    fmpq_t a;

    *P = *Q = 0;
    if (!p->ab_exact)
        return false;
    fmpq_init(a);
    fmpq_set_fmpz_frac(a, p->num_a, p->den);
    if (fmpz_cmp_si(fmpq_denref(a), count / 2) <= 0
        && fmpz_cmp_ui(fmpq_numref(a), 32) <= 0) {
        *P = fmpz_get_si(fmpq_numref(a));
        *Q = fmpz_get_si(fmpq_denref(a));
    }
    fmpq_clear(a);
    return *Q > 0;
}

void
ml_rgammas_init(ml_rgammas *g, const ml_mlpoint *p, slong first, slong count,
                slong full)
{
    g->p = p;
    g->k = first;
    g->have = 0;
    g->full = full;
    g->ring = NULL;
    fmpz_init(g->factor);
    fmpz_init(g->scale);
    if (ml_rgammas_recur(&g->P, &g->Q, p, count)) {
        g->ring = _arb_vec_init(g->Q);
        fmpz_pow_ui(g->scale, p->den, (ulong)g->P);
    }
    g->walks =
        p->ab_exact
        && ml_rgamma_walk_init(&g->walk, p->num_a, p->num_b, p->den, first);
}

void
ml_rgammas_clear(ml_rgammas *g)
{
    if (g->Q > 0)
        _arb_vec_clear(g->ring, g->Q);
    fmpz_clear(g->factor);
    fmpz_clear(g->scale);
}

/* y (y+1) ... (y+P-1) den^P with y = alpha k + beta, an exact integer. */
static void
rising_factor(ml_rgammas *g)
{
    fmpz_t y;

    fmpz_init_set(y, g->p->num_b);
    if (g->k >= 0)
        fmpz_addmul_ui(y, g->p->num_a, (ulong)g->k);
    else
        fmpz_submul_ui(y, g->p->num_a, (ulong)-g->k);
    fmpz_set(g->factor, y);
    for (slong i = 1; i < g->P; i++) {
        fmpz_add(y, y, g->p->den);
        fmpz_mul(g->factor, g->factor, y);
    }
    fmpz_clear(y);
}

void
ml_rgammas_next(arb_t res, ml_rgammas *g, slong prec)
{
    if (g->Q > 0 && g->have == g->Q) {
        arb_ptr c = g->ring + (g->k % g->Q + g->Q) % g->Q;
        rising_factor(g);
        arb_mul_fmpz(c, c, g->factor, g->full);
        if (g->p->den_2exp >= 0)
            arb_mul_2exp_si(c, c, -g->p->den_2exp * g->P);
        else
            arb_div_fmpz(c, c, g->scale, g->full);
        arb_set(res, c);
    } else if (g->walks) {
        ml_rgamma_arg y;
        ml_rgamma_walk_arg(&y, &g->walk);
        ml_rgamma_walk_down(&g->walk);
        ml_rgamma_arb(res, &y, ml_plan_log2_rgamma(g->p, g->k),
                      (g->Q > 0 ? g->full : prec) + 10);
    } else if (ml_mlpoint_vanishes(g->p, g->k)) {
        arb_zero(res);
    } else {
        slong w = (g->Q > 0 ? g->full : prec) + 10;
        double y = fabs(ml_mlpoint_index_d(g->p, g->k)) + 2;
        /* y has relative error 2^-w, 1/Gamma(y) about y ln y as much. */
        ml_mlpoint_index(res, g->p, g->k, w + (slong)(2 * log2(y)));
        arb_rgamma(res, res, w);
    }
    if (g->Q > 0 && g->have < g->Q) {
        arb_set(g->ring + (g->k % g->Q + g->Q) % g->Q, res);
        g->have++;
    }
    g->k--;
}

/* ------------------------------------------------------------------ powers */

/* v[k] = base^k for 0 <= k < n, by halving. */
static void
fill_powers(acb_ptr v, const acb_t base, slong n, slong prec)
{
    for (slong k = 0; k < n; k++) {
        if (k == 0)
            acb_one(v);
        else if (k == 1)
            acb_set_round(v + 1, base, prec);
        else
            acb_mul(v + k, v + k / 2, v + (k - k / 2), prec);
    }
}

void
ml_powers_init(ml_powers *w, const acb_t base, slong n, slong prec)
{
    acb_t step;

    acb_init(step);
    w->m = (slong)ceil(sqrt((double)FLINT_MAX(n, 1)));
    w->blocks = (n + w->m - 1) / w->m + 1;
    w->baby = _acb_vec_init(w->m + 1);
    w->giant = _acb_vec_init(w->blocks);
    fill_powers(w->baby, base, w->m + 1, prec);
    acb_set(step, w->baby + w->m);
    fill_powers(w->giant, step, w->blocks, prec);
    acb_clear(step);
}

void
ml_powers_clear(ml_powers *w)
{
    _acb_vec_clear(w->baby, w->m + 1);
    _acb_vec_clear(w->giant, w->blocks);
}
