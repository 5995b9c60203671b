/* mlfunc/ball/mittleff_asymp.c - the asymptotic series, remainder proved. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* ------------------------------------------------------------- the remainder */

/* 1 / (|cos pi q|^nu s) for one ray; false when no positive s is proved. */
static bool
share(arb_t res, const ml_mlpoint *p, const arb_t nu, slong ray, int side)
{
    const slong w = 64;
    arb_t d, c, q;

    arb_init(d);
    arb_init(c);
    arb_init(q);
    arb_set_si(q, ray);
    arb_mul_2exp_si(q, q, -6);
    ml_mlpoint_alpha(d, p, w);
    arb_mul(d, d, q, w);
    if (side < 0)
        arb_neg(d, d);
    ml_mlpoint_turn(c, p, w);
    arb_sub(d, d, c, w);
    arb_cos_pi(c, d, w);
    if (arb_is_negative(c)) {
        arb_one(d);
    } else {
        arb_sin_pi(d, d, w);
        arb_abs(d, d);
    }
    bool ok = arb_is_positive(d);
    arb_cos_pi(c, q, w);
    arb_abs(c, c);
    arb_pow(c, c, nu, w);
    arb_mul(d, d, c, w);
    arb_inv(res, d, w);
    arb_clear(d);
    arb_clear(c);
    arb_clear(q);
    return ok;
}

bool
ml_mlpoint_asymp_rest(mag_t bound, const ml_mlpoint *p, slong n, slong up,
                      slong down)
{
    const slong w = 64;
    arb_t nu, g, s, t;
    acb_t z;
    mag_t r;

    arb_init(nu);
    arb_init(g);
    arb_init(s);
    arb_init(t);
    acb_init(z);
    mag_init(r);
    /* nu = alpha (n + 1) - beta + 1 = 1 - (beta - alpha (n + 1)) */
    ml_mlpoint_index(nu, p, -(n + 1), w + 64);
    arb_sub_ui(nu, nu, 1, w + 64);
    arb_neg(nu, nu);
    bool ok = !p->has_zero && arb_is_positive(nu) && share(s, p, nu, up, 1)
              && share(t, p, nu, down, -1);
    if (ok) {
        arb_add(s, s, t, w);
        arb_gamma(g, nu, w);
        arb_mul(s, s, g, w);
        arb_const_pi(t, w);
        arb_div(s, s, t, w);
        arb_mul_2exp_si(s, s, -1);
        ml_mlpoint_z(z, p, w);
        acb_abs(t, z, w);
        arb_pow_ui(t, t, (ulong)(n + 1), w);
        arb_div(s, s, t, w);
        arb_get_mag(bound, s);
        ok = arb_is_finite(s);
    }
    arb_clear(nu);
    arb_clear(g);
    arb_clear(s);
    arb_clear(t);
    acb_clear(z);
    mag_clear(r);
    return ok;
}

/* ------------------------------------------------------------ the two sums */

void
ml_mlpoint_subtract_algebraic(acb_t sum, const ml_mlpoint *p, slong n,
                              slong goal)
{
    acb_t inv, block, total;
    arb_t c, t;
    ml_rgammas g;
    ml_powers w;

    if (n == 0)
        return;
    acb_init(inv);
    acb_init(block);
    acb_init(total);
    arb_init(c);
    arb_init(t);
    slong guard = 10 + 2 * FLINT_BIT_COUNT(n);
    double most = fmax(ml_mlpoint_term_d(p, -1), ml_mlpoint_term_d(p, -n));
    slong full = (slong)fmax(32, most / LN2 - (double)goal) + guard;
    ml_mlpoint_z(inv, p, full);
    acb_inv(inv, inv, full);
    if (p->real)
        arb_zero(acb_imagref(inv));
    ml_powers_init(&w, inv, n + 1, full);
    ml_rgammas_init(&g, p, -1, n, full);
    for (slong k = 1; k <= n; k++) {
        slong own =
            (slong)fmax(ml_mlpoint_term_d(p, -k) / LN2 - (double)goal, 0)
            + guard;
        acb_srcptr b = w.baby + k % w.m;
        own = FLINT_MIN(own, full);
        ml_rgammas_next(c, &g, own);
        arb_mul(t, c, acb_realref(b), own);
        arb_add(acb_realref(block), acb_realref(block), t, full);
        if (!p->real) {
            arb_mul(t, c, acb_imagref(b), own);
            arb_add(acb_imagref(block), acb_imagref(block), t, full);
        }
        if (k % w.m == w.m - 1 || k == n) {
            acb_submul(total, block, w.giant + k / w.m, full + 8);
            acb_zero(block);
        }
    }
    ml_mlpoint_add(sum, total, goal);
    ml_rgammas_clear(&g);
    ml_powers_clear(&w);
    acb_clear(inv);
    acb_clear(block);
    acb_clear(total);
    arb_clear(c);
    arb_clear(t);
}

/* Is theta_h inside -down/64 < theta_h / pi < up/64?  1, 0, or -1: undecided. */
static int
inside(const ml_mlpoint *p, slong h, slong up, slong down)
{
    arb_t t, q;
    int in = -1;

    arb_init(t);
    arb_init(q);
    ml_mlpoint_angle(t, p, h, 64);
    arb_mul_2exp_si(t, t, 6);
    arb_set_si(q, up);
    bool below = arb_lt(t, q), not_below = arb_gt(t, q);
    arb_set_si(q, -down);
    bool above = arb_gt(t, q), not_above = arb_lt(t, q);
    if (below && above)
        in = 1;
    else if (not_below || not_above)
        in = 0;
    arb_clear(t);
    arb_clear(q);
    return in;
}

/* Adds the poles of the sector; those of real z come in conjugate pairs, and
 * only the upper one (h >= 0) is visited. */
static ml_status
add_poles(acb_t sum, const ml_mlpoint *p, const ml_asymp_plan *s, slong goal)
{
    slong lo = (slong)floor((-p->a * (double)s->down / 64 - p->turn) / 2) - 1;
    slong hi = (slong)ceil((p->a * (double)s->up / 64 - p->turn) / 2) + 1;
    ml_status st = ML_OK;

    for (slong h = p->real ? 0 : lo; h <= hi && st == ML_OK; h++) {
        int in = inside(p, h, s->up, s->down);
        bool pair = p->real && (h > 0 || p->turn > 0.5);
        if (in < 0)
            st = ML_UNABLE;
        else if (in > 0)
            st = ml_mlpoint_add_pole(sum, p, h, pair, goal - 4);
    }
    return st;
}

/* [mlfunc A3]  All alpha roots, in any order: e^t t^(alpha-beta)/(t^alpha-z)
 * has no other sheet. */
static ml_status
add_all_roots(acb_t sum, const ml_mlpoint *p, slong goal)
{
    slong m = fmpz_get_si(p->num_a);
    ml_status st = ML_OK;

    if (!p->real) {
        for (slong h = -(m / 2); h < m - m / 2 && st == ML_OK; h++)
            st = ml_mlpoint_add_pole(sum, p, h, false, goal - 4);
    } else {
        /* theta = 2 h pi / m or (2 h + 1) pi / m in [0, pi]. */
        slong odd = p->turn > 0.5;
        for (slong h = 0; 2 * h + odd <= m && st == ML_OK; h++) {
            bool alone = 2 * h + odd == 0 || 2 * h + odd == m;
            if (alone && h + odd > 0) {
                /* On the negative axis; t^(1-beta) is real there. */
                ml_mlpoint whole = *p;
                whole.real = false;
                st = ml_mlpoint_add_pole(sum, &whole, h, false, goal - 4);
                arb_zero(acb_imagref(sum));
            } else {
                st = ml_mlpoint_add_pole(sum, p, h, !alone, goal - 4);
            }
        }
    }
    /* One root, in the left half plane, and no algebraic part. */
    if (st == ML_OK && m == 1 && p->b <= 1 && p->lnx > 43
        && cos(PI * p->turn) < -1e-8)
        st = ml_mlpoint_beyond_balls(p) ? ML_UNDERFLOW : ML_UNABLE;
    return st;
}

ml_status
ml_mlpoint_asymp(acb_t res, const ml_mlpoint *p, slong n, slong goal)
{
    ml_asymp_plan s;
    mag_t rest;

    if (!ml_plan_asymp(&s, p, n, goal)) {
        acb_indeterminate(res);
        return ML_UNABLE;
    }
    mag_init(rest);
    acb_zero(res);
    ml_status st = ML_OK;
    if (p->integers && n == 0) {
        st = add_all_roots(res, p, goal);
    } else {
        if (!ml_mlpoint_asymp_rest(rest, p, s.n, s.up, s.down))
            st = ML_UNABLE;
        if (st == ML_OK)
            st = add_poles(res, p, &s, goal);
    }
    if (st == ML_OK) {
        ml_mlpoint_subtract_algebraic(res, p, s.n, goal);
        arb_add_error_mag(acb_realref(res), rest);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res), rest);
    } else if (st != ML_UNDERFLOW) {
        acb_indeterminate(res);
    }
    mag_clear(rest);
    return st;
}
