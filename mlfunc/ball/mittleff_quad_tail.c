/* mlfunc/ball/mittleff_quad_tail.c - the ends of the parabola, bounded. */
#include "mlfunc/impl.h"

/* c = alpha (N+1) - beta */
static void
exponent(arb_t c, const ml_mlpoint *p, slong N, slong prec)
{
    ml_mlpoint_index(c, p, -(N + 1), prec);
    arb_neg(c, c);
}

/* |t^alpha - z| >= |z| s where alpha 2 atan(U) <= side arg(t^alpha) <= alpha pi:
 * s > 0, or false. */
static bool
angular_gap(arb_t s, const ml_mlpoint *p, double U, int side, slong w)
{
    arb_t d[2], turn, t;
    fmpz_t n, m;

    arb_init(d[0]);
    arb_init(d[1]);
    arb_init(turn);
    arb_init(t);
    fmpz_init(n);
    fmpz_init(m);
    ml_mlpoint_turn(turn, p, w);
    if (side < 0)
        arb_neg(turn, turn);
    ml_mlpoint_alpha(d[1], p, w);
    arb_set_d(t, U);
    arb_atan(t, t, w);
    arb_mul_2exp_si(t, t, 1);
    arb_const_pi(s, w);
    arb_div(t, t, s, w);
    arb_mul(d[0], d[1], t, w);
    arb_one(s);
    bool ok = true;
    for (int i = 0; i < 2; i++) {
        arb_sub(d[i], d[i], turn, w);
        /* No even integer between the ends, in units of pi. */
        arb_mul_2exp_si(t, d[i], -1);
        arb_floor(t, t, w);
        ok = ok && arb_get_unique_fmpz(i ? m : n, t);
        arb_cos_pi(t, d[i], w);
        if (!arb_is_negative(t)) {
            arb_sin_pi(t, d[i], w);
            arb_abs(t, t);
            arb_min(s, s, t, w);
        }
    }
    ok = ok && fmpz_equal(n, m) && arb_is_positive(s);
    arb_clear(d[0]);
    arb_clear(d[1]);
    arb_clear(turn);
    arb_clear(t);
    fmpz_clear(n);
    fmpz_clear(m);
    return ok;
}

/* Bounds 1/|t^alpha - z| beyond U on both sides; m, V: mu, 1 + U^2. */
static bool
pole_factor(arb_t g, const ml_mlpoint *p, const arb_t m, const arb_t V,
            double U, slong w)
{
    arb_t s, t, r;
    acb_t z;

    arb_init(s);
    arb_init(t);
    arb_init(r);
    acb_init(z);
    ml_mlpoint_z(z, p, w);
    acb_abs(r, z, w);
    ml_mlpoint_alpha(t, p, w);
    arb_mul(s, m, V, w);
    arb_pow(s, s, t, w);
    arb_sub(s, s, r, w);
    bool ok = arb_is_positive(s);
    if (ok)
        arb_inv(g, s, w);
    if (angular_gap(s, p, U, 1, w) && angular_gap(t, p, U, -1, w)) {
        arb_min(s, s, t, w);
        arb_mul(s, s, r, w);
        arb_inv(s, s, w);
        if (ok)
            arb_min(g, g, s, w);
        else
            arb_set(g, s);
        ok = arb_is_finite(g);
    }
    arb_clear(s);
    arb_clear(t);
    arb_clear(r);
    acb_clear(z);
    return ok;
}

/*
 * [mlfunc Q1]  With V = 1 + U^2, c = alpha (N+1) - beta, b = c + 1/2,
 * mu V > b and 1/|t^alpha - z| <= G beyond U, the two parts are at most
 *   |z|^-N mu^(c+1) V^b e^(mu (2 - V)) G / (pi U (mu - max(b,0)/V)).
 */
bool
ml_mlpoint_quad_tail(mag_t bound, const ml_mlpoint *p, double mu, double U,
                     slong N)
{
    const slong w = 64;
    arb_t m, V, c, s, t, g;
    acb_t z;

    arb_init(m);
    arb_init(V);
    arb_init(c);
    arb_init(s);
    arb_init(t);
    arb_init(g);
    acb_init(z);
    arb_set_d(m, mu);
    arb_set_d(V, U);
    arb_mul(V, V, V, w);
    arb_add_ui(V, V, 1, w);
    exponent(c, p, N, w);
    bool ok = U > 0 && !p->has_zero && pole_factor(g, p, m, V, U, w);

    /* s = pi U (mu - max(b, 0) / V) */
    arb_set_d(t, 0.5);
    arb_add(t, t, c, w);
    if (arb_is_negative(t)) {
        arb_set(s, m);
    } else {
        arb_div(t, t, V, w);
        arb_sub(s, m, t, w);
        ok = ok && arb_is_positive(s);
    }
    arb_const_pi(t, w);
    arb_mul(s, s, t, w);
    arb_set_d(t, U);
    arb_mul(s, s, t, w);
    if (ok) {
        arb_div(s, g, s, w);
        arb_add_ui(t, c, 1, w);
        arb_pow(t, m, t, w);
        arb_mul(s, s, t, w);
        arb_set_d(t, 0.5);
        arb_add(t, t, c, w);
        arb_pow(t, V, t, w);
        arb_mul(s, s, t, w);
        arb_sub_ui(t, V, 2, w);
        arb_mul(t, t, m, w);
        arb_neg(t, t);
        arb_exp(t, t, w);
        arb_mul(s, s, t, w);
        ml_mlpoint_z(z, p, w);
        acb_abs(t, z, w);
        arb_pow_ui(t, t, (ulong)N, w);
        arb_div(s, s, t, w);
        arb_get_mag(bound, s);
        ok = arb_is_finite(s);
    }
    arb_clear(m);
    arb_clear(V);
    arb_clear(c);
    arb_clear(s);
    arb_clear(t);
    arb_clear(g);
    acb_clear(z);
    return ok;
}
