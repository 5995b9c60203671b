/* mlfunc/ball/mittleff_asymp.c - the asymptotic series, remainder proved. */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2 0.69314718055994531
#define PI  3.14159265358979323846

/* --------------------------------------------------------------------- rays */

/* One ray: the poles side * h <= last lie on its inner side; quality is
 * 1/(|cos phi|^nu s). */
typedef struct {
    slong last;
    mag_t quality;
} ray;

/* s >= 3v - 4v^3 where d is v turns of pi from a multiple of 2 pi: sin(pi v) is
 * no less on [0, 1/2], and the bound increases there. */
static void
sine_lower(mag_t s, const mag_t v)
{
    mag_t t, u;

    mag_init(t);
    mag_init(u);
    if (mag_cmp_2exp_si(v, -1) >= 0) {
        mag_one(s);
    } else {
        mag_mul(t, v, v);
        mag_mul_2exp_si(t, t, 2);
        mag_set_ui(u, 3);
        mag_sub_lower(u, u, t);
        mag_mul_lower(s, u, v);
    }
    mag_clear(t);
    mag_clear(u);
}

/* |cos phi|^-nu, phi = q/64 turns of pi. */
static void
cosine_power(mag_t res, slong q, const arb_t nu)
{
    arb_t c;
    mag_t m;

    mag_one(res);
    if (q == 64)
        return;
    arb_init(c);
    mag_init(m);
    arb_set_si(c, q);
    arb_mul_2exp_si(c, c, -6);
    arb_cos_pi(c, c, 32);
    arb_get_mag_lower(m, c);
    mag_inv(m, m);
    mag_log(m, m);
    arb_get_mag(res, nu);
    mag_mul(m, m, res);
    mag_exp(res, m);
    arb_clear(c);
    mag_clear(m);
}

/* False when no positive s is proved, or no pole's side of the ray.  The pole
 * h is inside iff side h < y/2, y = alpha q - side arg z / pi. */
static bool
set_ray(ray *r, const ml_mlpoint *p, const arb_t nu, slong q, int side)
{
    const slong w = 64;
    arb_t y, t;
    mag_t v;

    arb_init(y);
    arb_init(t);
    mag_init(v);
    ml_mlpoint_alpha(y, p, w);
    arb_mul_si(y, y, q, w);
    arb_mul_2exp_si(y, y, -6);
    ml_mlpoint_turn(t, p, w);
    if (side > 0)
        arb_sub(y, y, t, w);
    else
        arb_add(y, y, t, w);
    arb_mul_2exp_si(y, y, -1);
    r->last = arf_get_si(arb_midref(y), ARF_RND_FLOOR);
    arb_sub_si(y, y, r->last, w);
    arb_sub_ui(t, y, 1, w);
    bool ok = arb_is_positive(y) && arb_is_negative(t);
    if (ok) {
        arb_get_mag_lower(v, y);
        arb_get_mag_lower(r->quality, t);
        mag_min(v, v, r->quality);
        mag_mul_2exp_si(v, v, 1);
        sine_lower(v, v);
        cosine_power(r->quality, q, nu);
        mag_div(r->quality, r->quality, v);
    }
    arb_clear(y);
    arb_clear(t);
    mag_clear(v);
    return ok;
}

/* Gamma(nu) <= sqrt(2 pi) nu^(nu-1/2) exp(-nu + 1/(12 nu)) =: sqrt(2 pi) res
 * for nu >= 1, and Gamma(nu) = Gamma(nu+1)/nu. */
static void
gamma_upper(mag_t res, const arb_t nu)
{
    mag_t u, l, t, half;
    arb_t y;

    mag_init(u);
    mag_init(l);
    mag_init(t);
    mag_init(half);
    arb_init(y);
    arb_sub_ui(y, nu, 1, 64);
    const bool small = !arb_is_nonnegative(y);
    arb_add_ui(y, nu, small, 64);
    arb_get_mag(u, y);
    arb_get_mag_lower(l, y);
    mag_log(res, u);
    mag_set_ui_2exp_si(half, 1, -1);
    mag_sub(t, u, half);
    mag_mul(t, t, res);
    mag_exp(res, t);
    mag_expinv(t, l);
    mag_mul(res, res, t);
    mag_inv(t, l);
    mag_div_ui(t, t, 12);
    mag_exp(t, t);
    mag_mul(res, res, t);
    if (small) {
        arb_get_mag_lower(l, nu);
        mag_div(res, res, l);
    }
    mag_clear(u);
    mag_clear(l);
    mag_clear(t);
    mag_clear(half);
    arb_clear(y);
}

/* The bound for two given rays: [mlfunc A2] with 1/sqrt(2 pi) < 2/5. */
static void
remainder_bound(mag_t bound, const ml_mlpoint *p, slong n, const arb_t nu,
                const ray *up, const ray *down)
{
    acb_t z;
    mag_t t;

    acb_init(z);
    mag_init(t);
    gamma_upper(bound, nu);
    mag_add(t, up->quality, down->quality);
    mag_mul(bound, bound, t);
    mag_mul_ui(bound, bound, 2);
    mag_div_ui(bound, bound, 5);
    ml_mlpoint_z(z, p, 64);
    acb_get_mag_lower(t, z);
    mag_inv(t, t);
    mag_pow_ui(t, t, (ulong)n + 1);
    mag_mul(bound, bound, t);
    acb_clear(z);
    mag_clear(t);
}

/* Two rays and their bound; false when it does not apply. */
static bool
set_rays(mag_t bound, ray *up, ray *down, const ml_mlpoint *p, slong n,
         slong q_up, slong q_down)
{
    arb_t nu;

    arb_init(nu);
    /* nu = alpha (n + 1) - beta + 1 = 1 - (beta - alpha (n + 1)) */
    ml_mlpoint_index(nu, p, -(n + 1), 128);
    arb_sub_ui(nu, nu, 1, 128);
    arb_neg(nu, nu);
    bool ok =
        !p->has_zero && arb_is_positive(nu) && set_ray(up, p, nu, q_up, 1);
    if (ok && p->real && q_up == q_down) {
        /* The two are each other's image, whichever sheet names the poles. */
        mag_set(down->quality, up->quality);
        down->last = -1;
    } else {
        ok = ok && set_ray(down, p, nu, q_down, -1);
    }
    if (ok) {
        remainder_bound(bound, p, n, nu, up, down);
        ok = mag_is_finite(bound);
    }
    arb_clear(nu);
    return ok;
}

bool
ml_mlpoint_asymp_rest(mag_t bound, const ml_mlpoint *p, slong n, slong up,
                      slong down)
{
    ray u, d;

    mag_init(u.quality);
    mag_init(d.quality);
    bool ok = set_rays(bound, &u, &d, p, n, up, down);
    mag_clear(u.quality);
    mag_clear(d.quality);
    return ok;
}

/* ------------------------------------------------------- the algebraic terms */

/* The bits that terms k..n ask for.  Up to where the index falls through x
 * they may grow; from there on the largest is at one end. */
static slong
bits_from(const ml_mlpoint *p, slong k, double peak, double last, double own,
          slong goal)
{
    double x = exp(fmin(p->lnx, 700));
    double most = ml_mlpoint_index_d(p, -k) > x ? peak : fmax(own, last);
    return (slong)fmax(most / LN2 - (double)goal, 0);
}

/* total = sum_{1<=k<=n} z^-k / Gamma(beta - alpha k), z real.  The power is a
 * chain of products, each with the bits that the terms still to come
 * deserve. */
static void
sum_real(arb_t total, const ml_mlpoint *p, slong n, double peak, slong guard,
         slong goal)
{
    arb_t inv, power, c;
    acb_t z;
    ml_rgammas g;
    const slong full = (slong)fmax(32, peak / LN2 - (double)goal) + guard;
    const double last = ml_mlpoint_term_d(p, -n);

    arb_init(inv);
    arb_init(power);
    arb_init(c);
    acb_init(z);
    ml_mlpoint_z(z, p, full);
    arb_inv(inv, acb_realref(z), full);
    arb_one(power);
    ml_rgammas_init(&g, p, -1, n, full);
    for (slong k = 1; k <= n; k++) {
        double t = ml_mlpoint_term_d(p, -k);
        slong own = (slong)fmax(t / LN2 - (double)goal, 0) + guard;
        slong most = bits_from(p, k, peak, last, t, goal) + guard;
        most = FLINT_MIN(most, full);
        arb_mul(power, power, inv, most);
        ml_rgammas_next(c, &g, FLINT_MIN(own, full));
        arb_mul(c, c, power, most);
        arb_add(total, total, c, full);
    }
    ml_rgammas_clear(&g);
    arb_clear(inv);
    arb_clear(power);
    arb_clear(c);
    acb_clear(z);
}

/* The same for complex z, block by block, each term with its own bits. */
static void
sum_complex(acb_t total, const ml_mlpoint *p, slong n, double peak, slong guard,
            slong goal)
{
    acb_t inv, block;
    arb_t c, t;
    ml_rgammas g;
    ml_powers w;
    const slong full = (slong)fmax(32, peak / LN2 - (double)goal) + guard;

    acb_init(inv);
    acb_init(block);
    arb_init(c);
    arb_init(t);
    ml_mlpoint_z(inv, p, full);
    acb_inv(inv, inv, full);
    ml_powers_init(&w, inv, n + 1, full);
    ml_rgammas_init(&g, p, -1, n, full);
    for (slong k = 1; k <= n; k++) {
        double size = ml_mlpoint_term_d(p, -k) / LN2;
        slong own = (slong)fmax(size - (double)goal, 0) + guard;
        acb_srcptr b = w.baby + k % w.m;
        own = FLINT_MIN(own, full);
        ml_rgammas_next(c, &g, own);
        arb_mul(t, c, acb_realref(b), own);
        arb_add(acb_realref(block), acb_realref(block), t, full);
        arb_mul(t, c, acb_imagref(b), own);
        arb_add(acb_imagref(block), acb_imagref(block), t, full);
        if (k % w.m == w.m - 1 || k == n) {
            acb_addmul(total, block, w.giant + k / w.m, full + 8);
            acb_zero(block);
        }
    }
    ml_rgammas_clear(&g);
    ml_powers_clear(&w);
    acb_clear(inv);
    acb_clear(block);
    arb_clear(c);
    arb_clear(t);
}

void
ml_mlpoint_subtract_algebraic(acb_t sum, const ml_mlpoint *p, slong n,
                              slong goal)
{
    acb_t total;

    if (n == 0)
        return;
    acb_init(total);
    double peak = ml_plan_algebraic_peak(p, n);
    slong guard = 10 + 2 * FLINT_BIT_COUNT(n);
    if (p->real)
        sum_real(acb_realref(total), p, n, peak, guard, goal);
    else
        sum_complex(total, p, n, peak, guard, goal);
    acb_neg(total, total);
    ml_mlpoint_add(sum, total, goal);
    acb_clear(total);
}

/* ----------------------------------------------------------------- the poles */

/* The poles h of -down.last <= h <= up.last; those of real z come in conjugate
 * pairs, and only the upper ones are visited. */
static ml_status
add_poles(acb_t sum, const ml_mlpoint *p, const ray *up, const ray *down,
          slong goal)
{
    bool pair = p->real && p->turn > 0.5;
    ml_status st = ML_OK;
    ml_poles c;

    ml_poles_init(&c, p);
    if (up->last >= 0 && (p->real || down->last >= 0))
        st = ml_poles_add(sum, &c, 0, pair, goal - 4);
    if (st == ML_OK)
        st = ml_poles_add_side(sum, &c, 1, up->last, p->real, goal - 4);
    if (st == ML_OK && !p->real)
        st = ml_poles_add_side(sum, &c, -1, down->last, false, goal - 4);
    ml_poles_clear(&c);
    return st;
}

/* [mlfunc A3]  All alpha roots, in any order: e^t t^(alpha-beta)/(t^alpha-z)
 * has no other sheet. */
static ml_status
add_all_roots(acb_t sum, const ml_mlpoint *p, slong goal)
{
    const slong m = fmpz_get_si(p->num_a), odd = p->turn > 0.5;
    ml_status st;
    ml_poles c;

    ml_poles_init(&c, p);
    if (p->real) {
        /* theta = (2 h + odd) pi / m in [0, pi]; those at 0 and pi are alone. */
        st = ml_poles_add(sum, &c, 0, odd && m > 1, goal - 4);
        if (st == ML_OK)
            st = ml_poles_add_side(sum, &c, 1, (m - 1 - odd) / 2, true,
                                   goal - 4);
        if (st == ML_OK && m > 1 && (m - odd) % 2 == 0)
            st = ml_poles_add(sum, &c, (m - odd) / 2, false, goal - 4);
    } else {
        st = ml_poles_add(sum, &c, 0, false, goal - 4);
        if (st == ML_OK)
            st = ml_poles_add_side(sum, &c, 1, (m - 1) / 2, false, goal - 4);
        if (st == ML_OK)
            st = ml_poles_add_side(sum, &c, -1, m / 2, false, goal - 4);
    }
    ml_poles_clear(&c);
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
    ray up, down;
    mag_t rest;

    if (!ml_plan_asymp(&s, p, n, goal)) {
        acb_indeterminate(res);
        return ML_UNABLE;
    }
    mag_init(rest);
    mag_init(up.quality);
    mag_init(down.quality);
    acb_zero(res);
    ml_status st = ML_UNABLE;
    if (p->integers && n == 0)
        st = add_all_roots(res, p, goal);
    else if (set_rays(rest, &up, &down, p, s.n, s.up, s.down))
        st = add_poles(res, p, &up, &down, goal);
    if (st == ML_OK) {
        ml_mlpoint_subtract_algebraic(res, p, s.n, goal);
        arb_add_error_mag(acb_realref(res), rest);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res), rest);
    } else if (st != ML_UNDERFLOW) {
        acb_indeterminate(res);
    }
    mag_clear(rest);
    mag_clear(up.quality);
    mag_clear(down.quality);
    return st;
}
