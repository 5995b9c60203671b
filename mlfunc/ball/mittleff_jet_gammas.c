/* mlfunc/ball/mittleff_jet_gammas.c - the series of reciprocal gammas in a row.
 */
#include <arb_poly.h>

#include "mlfunc/ball/rgamma.h"
#include "mlfunc/impl.h"

/* ------------------------------------------- by the Taylor series of 1/Gamma */

/* 4 c_j of the table at about prec bits: |c_j| is rounded down there, by less
 * than u_j, and here to the limbs kept, by less than one of the lowest. */
static void
table_coeff(arb_t res, slong j, slong prec)
{
    const ml_rgamma_coeff *c = ml_rgamma_coeffs + j;
    slong places = ML_RGAMMA_LIMBS - j / FLINT_BITS, n = places - c->lead;
    slong cut = FLINT_MAX(0, n - prec / FLINT_BITS - 2);
    fmpz_t t;

    fmpz_init(t);
    fmpz_set_ui_array(t, ml_rgamma_limbs + c->at + cut, n - cut);
    arb_set_fmpz(res, t);
    arb_add_error_2exp_si(res, 0);
    if (c->neg)
        arb_neg(res, res);
    arb_mul_2exp_si(res, res, FLINT_BITS * (cut - places) + 2);
    fmpz_clear(t);
}

/*
 * [mlfunc J3]  What the terms from J on contribute to the m-th coefficient is
 * at most 4 C(J,m) 2^(m-J) 2^-b_J times 4, where J + 1 >= 3 m.
 */
void
ml_jet_taylor_rest(mag_t bound, slong J, slong m)
{
    slong below = ml_rgamma_coeffs[J].below;

    mag_bin_uiui(bound, (ulong)J, (ulong)m);
    mag_mul_2exp_si(bound, bound, 4 + m - J - below);
}

/* taylor[m J + i] = 4 C(i+m,m) c_(i+m) for i + m < J, and the rests. */
static void
taylor_init(ml_jet_gammas *g, slong prec)
{
    fmpz_t c;

    fmpz_init(c);
    g->taylor = _arb_vec_init(g->len * g->J);
    g->powers = _arb_vec_init(g->J);
    g->rest = _mag_vec_init(g->len);
    for (slong i = 0; i < g->J; i++)
        table_coeff(g->taylor + i, i, prec);
    for (slong m = 0; m < g->len; m++) {
        for (slong i = 0; i + m < g->J && m > 0; i++) {
            fmpz_bin_uiui(c, (ulong)(i + m), (ulong)m);
            arb_mul_fmpz(g->taylor + m * g->J + i, g->taylor + i + m, c, prec);
        }
        ml_jet_taylor_rest(g->rest + m, g->J, m);
    }
    fmpz_clear(c);
}

/* res = the series of 1/Gamma(1 + x + e), |x| <= 1/2 */
static void
taylor_at(arb_ptr res, const ml_jet_gammas *g, const arb_t x, slong prec)
{
    arb_one(g->powers);
    arb_set(g->powers + 1, x);
    for (slong i = 2; i < g->J; i++)
        arb_mul(g->powers + i, g->powers + i / 2, g->powers + (i - i / 2),
                prec);
    for (slong m = 0; m < g->len; m++) {
        arb_dot(res + m, NULL, 0, g->taylor + m * g->J, 1, g->powers, 1,
                g->J - m, prec);
        arb_add_error_mag(res + m, g->rest + m);
    }
}

/* c(e) = c(e) (y + e), y the constant. */
static void
times_linear(arb_ptr c, slong len, const arb_t y, slong prec)
{
    for (slong m = len - 1; m >= 0; m--) {
        arb_mul(c + m, c + m, y, prec);
        if (m > 0)
            arb_add(c + m, c + m, c + m - 1, prec);
    }
}

/* With y = 1 + s + x: the product of x + 1 + e, ..., x + s + e divides for
 * s > 0, that of x + e, x - 1 + e, ..., x + s + 1 + e multiplies for s < 0. */
static void
shift(arb_ptr res, const ml_jet_gammas *g, const arb_t x, slong s, slong prec)
{
    arb_ptr q = _arb_vec_init(g->len), r = _arb_vec_init(g->len);
    arb_t y;

    arb_init(y);
    arb_one(q);
    for (slong i = 1; i <= s; i++) {
        arb_add_si(y, x, i, prec);
        times_linear(q, g->len, y, prec);
    }
    for (slong i = 0; i > s; i--) {
        arb_add_si(y, x, i, prec);
        times_linear(res, g->len, y, prec);
    }
    if (s > 0) {
        _arb_vec_set(r, res, g->len);
        _arb_poly_div_series(res, r, g->len, q, g->len, g->len, prec);
    }
    arb_clear(y);
    _arb_vec_clear(q, g->len);
    _arb_vec_clear(r, g->len);
}

/* False where the table does not serve. */
static bool
by_taylor(arb_ptr res, const ml_jet_gammas *g, const arb_t y, slong prec)
{
    arb_t x, half;
    fmpz_t n;

    if (g->J == 0 || !ml_plan_jet_near(y, prec))
        return false;
    arb_init(x);
    arb_init(half);
    fmpz_init(n);
    arf_get_fmpz(n, arb_midref(y), ARF_RND_NEAR);
    arb_sub_fmpz(x, y, n, prec);
    arb_abs(half, x);
    arb_mul_2exp_si(half, half, 1);
    arb_sub_ui(half, half, 1, prec);
    bool ok = arb_is_nonpositive(half);
    if (ok) {
        taylor_at(res, g, x, prec);
        shift(res, g, x, fmpz_get_si(n) - 1, prec);
    }
    arb_clear(x);
    arb_clear(half);
    fmpz_clear(n);
    return ok;
}

/* ------------------------------------------------------------- in a row */

void
ml_jet_gammas_init(ml_jet_gammas *g, const ml_mlpoint *p, slong first,
                   slong count, slong full, slong len)
{
    g->p = p;
    g->k = first;
    g->have = 0;
    g->full = full;
    g->len = len;
    g->ring = NULL;
    if (ml_rgammas_recur(&g->P, &g->Q, p, count))
        g->ring = _arb_vec_init(g->Q * len);
    g->J = ml_plan_jet_taylor(p, g->Q > 0 ? g->Q : count, full, len);
    if (g->J > 0)
        taylor_init(g, full);
}

void
ml_jet_gammas_clear(ml_jet_gammas *g)
{
    if (g->Q > 0)
        _arb_vec_clear(g->ring, g->Q * g->len);
    if (g->J > 0) {
        _arb_vec_clear(g->taylor, g->len * g->J);
        _arb_vec_clear(g->powers, g->J);
        _mag_vec_clear(g->rest, g->len);
    }
}

void
ml_jet_gammas_next(arb_ptr res, ml_jet_gammas *g, slong prec)
{
    arb_ptr seat = NULL;
    arb_struct y[2];

    arb_init(y);
    arb_init(y + 1);
    arb_one(y + 1);
    if (g->Q > 0)
        seat = g->ring + (g->k % g->Q + g->Q) % g->Q * g->len;
    slong w = (g->Q > 0 ? g->full : prec);
    slong wy = ml_plan_jet_index(g->p, g->k, w);
    ml_mlpoint_index(y, g->p, g->k, wy);
    if (g->Q > 0 && g->have == g->Q) {
        for (slong i = 0; i < g->P; i++) {
            times_linear(seat, g->len, y, g->full);
            arb_add_ui(y, y, 1, wy);
        }
        _arb_vec_set(res, seat, g->len);
    } else {
        if (!by_taylor(res, g, y, wy))
            _arb_poly_rgamma_series(res, y, 2, g->len, w);
        if (ml_mlpoint_vanishes(g->p, g->k))
            arb_zero(res);
        if (seat != NULL) {
            _arb_vec_set(seat, res, g->len);
            g->have++;
        }
    }
    g->k--;
    arb_clear(y);
    arb_clear(y + 1);
}
