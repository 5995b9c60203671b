/* simulate/renewal.c - the renewal equation of Pareto walks, interval by
 * interval.
 *
 *     H(x) = 1 - x^-b + lambda Int_1^x f(u) H(x - u) du,  f(u) = b u^(-1-b),
 *
 * H = 0 on [0,1].  No wait is shorter than 1, so on [k, k+1] the right side
 * needs H on [1, k] only: exact piecewise, no equation to solve.  H is analytic
 * inside each [k, k+1] with kinks at the ends; values at Gauss nodes carry it.
 */
#include "simulate/impl.h"

#include <stdlib.h>

#include <arb_hypgeom.h>

typedef struct {
    slong n, intervals, prec;
    const arb_struct *beta, *lambda;
    arb_ptr node, weight; /* Gauss-Legendre on (0,1) */
    arb_ptr bary;         /* barycentric weights of the nodes */
    arb_ptr h;            /* [intervals][n], H(k + node), k = 1, 2, ... */
} table;

static void
table_init(table *t, slong n, slong intervals, slong prec)
{
    arb_t d;

    arb_init(d);
    t->n = n;
    t->intervals = intervals;
    t->prec = prec;
    t->node = _arb_vec_init(n);
    t->weight = _arb_vec_init(n);
    t->bary = _arb_vec_init(n);
    t->h = _arb_vec_init(n * intervals);
    for (slong i = 0; i < n; i++) {
        arb_hypgeom_legendre_p_ui_root(t->node + i, t->weight + i, (ulong)n,
                                       (ulong)i, prec);
        arb_add_ui(t->node + i, t->node + i, 1, prec);
        arb_mul_2exp_si(t->node + i, t->node + i, -1);
        arb_mul_2exp_si(t->weight + i, t->weight + i, -1);
    }
    for (slong i = 0; i < n; i++) {
        arb_one(t->bary + i);
        for (slong j = 0; j < n; j++)
            if (j != i) {
                arb_sub(d, t->node + i, t->node + j, prec);
                arb_div(t->bary + i, t->bary + i, d, prec);
            }
    }
    arb_clear(d);
}

static void
table_clear(table *t)
{
    _arb_vec_clear(t->node, t->n);
    _arb_vec_clear(t->weight, t->n);
    _arb_vec_clear(t->bary, t->n);
    _arb_vec_clear(t->h, t->n * t->intervals);
}

/* b u^(-1-b) */
static void
density(arb_t res, const table *t, const arb_t u)
{
    arb_t p;

    arb_init(p);
    arb_add_ui(p, t->beta, 1, t->prec);
    arb_neg(p, p);
    arb_pow(res, u, p, t->prec);
    arb_mul(res, res, t->beta, t->prec);
    arb_clear(p);
}

/* The interpolant of interval k (from 1) at k + at, 0 < at < 1. */
static void
interpolate(arb_t res, const table *t, slong k, const arb_t at)
{
    arb_t d, num, den;

    arb_init(d);
    arb_init(num);
    arb_init(den);
    for (slong i = 0; i < t->n; i++) {
        arb_sub(d, at, t->node + i, t->prec);
        if (arb_contains_zero(d)) {
            arb_set(res, t->h + (k - 1) * t->n + i);
            goto done;
        }
        arb_div(d, t->bary + i, d, t->prec);
        arb_add(den, den, d, t->prec);
        arb_addmul(num, d, t->h + (k - 1) * t->n + i, t->prec);
    }
    arb_div(res, num, den, t->prec);
done:
    arb_clear(den);
    arb_clear(num);
    arb_clear(d);
}

/* H(k + xi) from the intervals before, 0 <= xi < 1 (w = x - u). */
static void
value(arb_t res, const table *t, slong k, const arb_t xi)
{
    arb_t x, u, f, h, sum;

    arb_init(x);
    arb_init(u);
    arb_init(f);
    arb_init(h);
    arb_init(sum);
    arb_add_si(x, xi, k, t->prec);
    for (slong j = 1; j <= k - 1; j++) {
        bool whole = j < k - 1;

        for (slong i = 0; i < t->n; i++) {
            /* whole [j, j+1], or its part [k-1, k-1+xi] */
            arb_set(u, t->node + i);
            if (!whole)
                arb_mul(u, u, xi, t->prec);
            if (whole)
                arb_set(h, t->h + (j - 1) * t->n + i);
            else
                interpolate(h, t, j, u);
            arb_add_si(u, u, j, t->prec);
            arb_sub(u, x, u, t->prec);
            density(f, t, u);
            arb_mul(f, f, h, t->prec);
            arb_mul(f, f, t->weight + i, t->prec);
            if (!whole)
                arb_mul(f, f, xi, t->prec);
            arb_add(sum, sum, f, t->prec);
        }
    }
    arb_mul(sum, sum, t->lambda, t->prec);
    arb_neg(u, t->beta);
    arb_pow(f, x, u, t->prec);
    arb_sub_ui(f, f, 1, t->prec);
    arb_sub(res, sum, f, t->prec);
    arb_clear(sum);
    arb_clear(h);
    arb_clear(f);
    arb_clear(u);
    arb_clear(x);
}

ml_status
mlsim_pareto_renewal(arb_t res, const arb_t beta, const arb_t lambda,
                     const arb_t x, slong nodes, slong prec)
{
    table t = {.beta = beta, .lambda = lambda};
    slong k = arf_get_si(arb_midref(x), ARF_RND_FLOOR);
    arb_t xi;

    if (k < 1 || k > 64) {
        arb_indeterminate(res);
        return ML_UNABLE;
    }
    arb_init(xi);
    table_init(&t, nodes, k, prec);
    for (slong j = 1; j < k; j++)
        for (slong i = 0; i < nodes; i++)
            value(t.h + (j - 1) * nodes + i, &t, j, t.node + i);
    arb_sub_si(xi, x, k, prec);
    value(res, &t, k, xi);
    table_clear(&t);
    arb_clear(xi);
    return arb_is_finite(res) ? ML_OK : ML_UNABLE;
}
