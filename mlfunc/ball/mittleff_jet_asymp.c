/* mlfunc/ball/mittleff_jet_asymp.c - jets by the asymptotic series. */
#include <arith.h>

#include "mlfunc/impl.h"

#define W 64

/* -------------------------------------------------- the remainder, [mlfunc J2]
 *
 * One ray, at ray/64 turns of pi above or below the positive axis.  A keyhole is
 * the path of [mlfunc J4]: the unit circle and both sides of the negative axis
 * beyond; room and phi = pi are those of all of it.
 */
typedef struct {
    const ml_mlpoint *p;
    slong n;
    bool keyhole;
    arb_t room, cos, phi; /* |cos phi| */
} one_ray;

static void
ray_start(one_ray *y, const ml_mlpoint *p, slong n, bool keyhole)
{
    arb_init(y->room);
    arb_init(y->cos);
    arb_init(y->phi);
    y->p = p;
    y->n = n;
    y->keyhole = keyhole;
}

/* room = |arg z| / pi - alpha; a box across the negative axis has arguments
 * beyond pi.  [mlfunc J4] */
static bool
keyhole_init(one_ray *y, const ml_mlpoint *p, slong n)
{
    arb_t t;

    arb_init(t);
    ray_start(y, p, n, true);
    arb_const_pi(y->phi, W);
    bool ok = ml_mlpoint_turn(y->room, p, W);
    arb_abs(y->room, y->room);
    arb_sub_ui(t, y->room, 2, W);
    arb_neg(t, t);
    arb_min(y->room, y->room, t, W);
    ml_mlpoint_alpha(t, p, W);
    arb_sub(y->room, y->room, t, W);
    arb_clear(t);
    return ok;
}

/* room = the distance of arg v from the multiples of 2 pi, in units of pi. */
static bool
ray_init(one_ray *y, const ml_mlpoint *p, slong n, slong ray, bool below)
{
    arb_t q, t;

    arb_init(q);
    arb_init(t);
    ray_start(y, p, n, false);
    arb_set_si(q, ray);
    arb_mul_2exp_si(q, q, -6);
    arb_cos_pi(y->cos, q, W);
    arb_abs(y->cos, y->cos);
    arb_const_pi(y->phi, W);
    arb_mul(y->phi, y->phi, q, W);
    ml_mlpoint_alpha(t, p, W);
    arb_mul(q, q, t, W);
    if (below)
        arb_neg(q, q);
    bool ok = ml_mlpoint_turn(t, p, W);
    arb_sub(q, q, t, W);
    /* The even number next to q: the next but one is 2 - |q - k| away. */
    fmpz_t k;
    fmpz_init(k);
    arf_t half;
    arf_init(half);
    arf_mul_2exp_si(half, arb_midref(q), -1);
    ok = ok && arf_is_finite(half) && arf_cmpabs_2exp_si(half, W) < 0;
    if (ok) {
        arf_get_fmpz(k, half, ARF_RND_NEAR);
        fmpz_mul_2exp(k, k, 1);
        arb_sub_fmpz(q, q, k, W);
        arb_abs(q, q);
        arb_sub_ui(t, q, 2, W);
        arb_neg(t, t);
        arb_min(y->room, q, t, W);
    }
    arf_clear(half);
    fmpz_clear(k);
    arb_clear(q);
    arb_clear(t);
    return ok;
}

static void
ray_clear(one_ray *y)
{
    arb_clear(y->room);
    arb_clear(y->cos);
    arb_clear(y->phi);
}

/* e^((n+1) r) / s, s = sin(min(pi room - r, pi/2)): the largest modulus of
 * (v e^u)^(n+1) / (v e^u - 1) / |v|^(n+1) for |u| <= r.  False where the circle
 * may meet the zero. */
static bool
largest(arb_t res, const one_ray *y, const arb_t r)
{
    arb_t d, t;

    arb_init(d);
    arb_init(t);
    arb_const_pi(t, W);
    arb_div(d, r, t, W);
    arb_sub(d, y->room, d, W);
    bool ok = arb_is_positive(d);
    arb_one(t);
    arb_mul_2exp_si(t, t, -1);
    arb_min(d, d, t, W);
    arb_sin_pi(d, d, W);
    arb_mul_ui(t, r, (ulong)y->n + 1, W);
    arb_exp(t, t, W);
    arb_div(res, t, d, W);
    ok = ok && arb_is_finite(res);
    arb_clear(d);
    arb_clear(t);
    return ok;
}

/* A(i,j) = sum_{m<=i} c(i,m) (m+j)! r^-(m+j) e^((n+1) r) / s, with the unsigned
 * Stirling numbers c(i,m). */
static bool
angular(arb_t res, const one_ray *y, slong i, slong j, double radius)
{
    arb_t r, t, power;
    fmpz_t c, f;

    if (i + j > 0 && !(radius > 0))
        return false;
    arb_init(r);
    arb_init(t);
    arb_init(power);
    fmpz_init(c);
    fmpz_init(f);
    if (i + j > 0)
        arb_set_d(r, radius);
    bool ok = largest(t, y, r);
    arb_zero(res);
    for (slong m = 0; m <= i; m++) {
        arith_stirling_number_1u(c, i, m);
        fmpz_fac_ui(f, (ulong)(m + j));
        fmpz_mul(c, c, f);
        arb_pow_ui(power, r, (ulong)(m + j), W);
        if (!fmpz_is_zero(c)) {
            arb_inv(power, power, W);
            arb_addmul_fmpz(res, power, c, W);
        }
    }
    arb_mul(res, res, t, W);
    arb_clear(r);
    arb_clear(t);
    arb_clear(power);
    fmpz_clear(c);
    fmpz_clear(f);
    return ok && arb_is_finite(res);
}

/* Gamma(e) |cos phi|^-e */
static void
gamma_integral(arb_t res, const one_ray *y, const arb_t e)
{
    arb_t t;

    arb_init(t);
    arb_pow(t, y->cos, e, W);
    arb_gamma(res, e, W); /* res may be e */
    arb_div(res, res, t, W);
    arb_clear(t);
}

/* res *= q! eps^-q e^(eps phi): |log t|^q is at most that times |t|^eps or
 * |t|^-eps on a line with |arg t| = phi. */
static void
times_log_power(arb_t res, const one_ray *y, const arb_t eps, slong q)
{
    arb_t t;

    arb_init(t);
    arb_mul(t, y->phi, eps, W);
    arb_exp(t, t, W);
    arb_mul(res, res, t, W);
    arb_pow_ui(t, eps, (ulong)q, W);
    arb_div(res, res, t, W);
    arb_fac_ui(t, (ulong)q, W);
    arb_mul(res, res, t, W);
    arb_clear(t);
}

/* B(q) = q! eps^-q e^(eps phi) (G(nu + eps) + G(nu - eps)), G(e) as above, and
 * B(0) = G(nu): bounds the integral of |e^t t^(nu-1) (log t)^q|. */
static bool
radial(arb_t res, const one_ray *y, const arb_t nu, slong q, double exponent)
{
    arb_t eps, t;

    if (q == 0) {
        gamma_integral(res, y, nu);
        return arb_is_positive(nu) && arb_is_finite(res);
    }
    if (!(exponent > 0))
        return false;
    arb_init(eps);
    arb_init(t);
    arb_set_d(eps, exponent);
    arb_sub(t, nu, eps, W);
    bool ok = arb_is_positive(t);
    gamma_integral(res, y, t);
    arb_add(t, nu, eps, W);
    gamma_integral(t, y, t);
    arb_add(res, res, t, W);
    times_log_power(res, y, eps, q);
    ok = ok && arb_is_finite(res);
    arb_clear(eps);
    arb_clear(t);
    return ok;
}

/* Bounds the integral of e^-x x^(e-1) from 1 on: 1/e, or Gamma(e) for e > 0. */
static void
upper_gamma(arb_t res, const arb_t e)
{
    arb_t t;

    arb_init(t);
    arb_one(t);
    if (arb_le(e, t)) {
        arb_exp(res, t, W);
        arb_inv(res, res, W);
    } else if (arb_is_positive(e)) {
        arb_gamma(res, e, W);
    } else {
        arb_indeterminate(res);
    }
    arb_clear(t);
}

/* B(q) = 2 e pi^(q+1)/(q+1) + 2 q! eps^-q e^(eps pi) G(nu + eps), G as above:
 * the integral of |e^t t^(nu-1) (log t)^q| over the keyhole.  [mlfunc J4] */
static bool
around(arb_t res, const one_ray *y, const arb_t nu, slong q, double exponent)
{
    arb_t eps, t;

    if (q > 0 && !(exponent > 0))
        return false;
    arb_init(eps);
    arb_init(t);
    if (q > 0)
        arb_set_d(eps, exponent);
    arb_add(t, nu, eps, W);
    upper_gamma(res, t);
    times_log_power(res, y, eps, q);
    arb_pow_ui(t, y->phi, (ulong)q + 1, W);
    arb_div_ui(t, t, (ulong)q + 1, W);
    arb_const_e(eps, W);
    arb_addmul(res, t, eps, W);
    arb_mul_2exp_si(res, res, 1);
    arb_clear(eps);
    arb_clear(t);
    return arb_is_finite(res);
}

/* sums[.] += A(i,j) B(j+l) for one ray, or the keyhole. */
static bool
add_ray(arb_ptr sums, const ml_jet *shape, const one_ray *y, const arb_t nu,
        const double *radius, const double *eps)
{
    slong most = shape->na + shape->nb;
    arb_ptr b = _arb_vec_init(most + 1);
    arb_t a;
    bool ok = true;

    arb_init(a);
    for (slong q = 0; q <= most && ok; q++)
        ok = (y->keyhole ? around : radial)(b + q, y, nu, q, eps[q]);
    for (slong i = 0; i <= shape->nz && ok; i++)
        for (slong j = 0; j <= shape->na && ok; j++) {
            ok = angular(a, y, i, j, radius[i + j]);
            arb_ptr s = sums + (ml_jet_at(shape, i, j, 0) - shape->c);
            for (slong l = 0; l <= shape->nb && ok; l++)
                arb_addmul(s + l, a, b + j + l, W);
        }
    arb_clear(a);
    _arb_vec_clear(b, most + 1);
    return ok;
}

/* bounds[.] = sums[.] |z|^-(n+1+i) / (2 pi i! j! l!) */
static bool
finish(mag_ptr bounds, arb_ptr sums, const ml_jet *shape, const ml_mlpoint *p,
       slong n)
{
    arb_t r, s, t;
    acb_t z;
    bool ok = true;

    arb_init(r);
    arb_init(s);
    arb_init(t);
    acb_init(z);
    ml_mlpoint_z(z, p, W);
    acb_abs(r, z, W);
    arb_pow_ui(s, r, (ulong)n + 1, W);
    arb_const_pi(t, W);
    arb_mul(s, s, t, W);
    arb_mul_2exp_si(s, s, 1);
    for (slong i = 0; i <= shape->nz; i++) {
        for (slong j = 0; j <= shape->na; j++)
            for (slong l = 0; l <= shape->nb; l++) {
                slong at = ml_jet_at(shape, i, j, l) - shape->c;
                arb_fac_ui(t, (ulong)j, W);
                arb_div(sums + at, sums + at, t, W);
                arb_fac_ui(t, (ulong)l, W);
                arb_mul(t, t, s, W);
                arb_div(sums + at, sums + at, t, W);
                ok = ok && arb_is_finite(sums + at);
                arb_get_mag(bounds + at, sums + at);
            }
        arb_mul(s, s, r, W);
        arb_mul_ui(s, s, (ulong)i + 1, W);
    }
    arb_clear(r);
    arb_clear(s);
    arb_clear(t);
    acb_clear(z);
    return ok;
}

/* [mlfunc J2]  For real z and equal angles the rays are conjugate. */
static bool
both_rays(arb_ptr sums, const ml_mlpoint *p, const ml_jet *shape, slong n,
          const arb_t nu, const ml_jet_rays *rays)
{
    one_ray up, down;

    bool ok = ray_init(&up, p, n, rays->up, false);
    ok = ray_init(&down, p, n, rays->down, true) && ok;
    ok = ok && add_ray(sums, shape, &up, nu, rays->rup, rays->eps);
    if (ok && p->real && rays->up == rays->down)
        _arb_vec_scalar_mul_2exp_si(sums, sums, shape->len, 1);
    else
        ok = ok && add_ray(sums, shape, &down, nu, rays->rdown, rays->eps);
    ray_clear(&up);
    ray_clear(&down);
    return ok;
}

/* [mlfunc J4] */
static bool
by_keyhole(arb_ptr sums, const ml_mlpoint *p, const ml_jet *shape, slong n,
           const arb_t nu, const ml_jet_rays *rays)
{
    one_ray y;

    bool ok = keyhole_init(&y, p, n)
              && add_ray(sums, shape, &y, nu, rays->rup, rays->eps);
    ray_clear(&y);
    return ok;
}

bool
ml_mlpoint_jet_asymp_rest(mag_ptr bounds, const ml_mlpoint *p,
                          const ml_jet *shape, slong n, const ml_jet_rays *rays)
{
    arb_ptr sums;
    arb_t nu;

    if (p->has_zero)
        return false;
    arb_init(nu);
    sums = _arb_vec_init(shape->len);
    /* nu = alpha (n + 1) - beta + 1 */
    ml_mlpoint_index(nu, p, -(n + 1), W + 64);
    arb_sub_ui(nu, nu, 1, W + 64);
    arb_neg(nu, nu);
    bool ok =
        (rays->keyhole ? by_keyhole : both_rays)(sums, p, shape, n, nu, rays)
        && finish(bounds, sums, shape, p, n);
    arb_clear(nu);
    _arb_vec_clear(sums, shape->len);
    return ok;
}

/* ------------------------------------------------------------------ the poles */

/* log t_h = (log z + 2 pi i h) / alpha */
void
ml_mlpoint_jet_log_pole(ml_jet *res, const ml_mlpoint *p, slong h, slong prec)
{
    ml_jet a;
    acb_t z, t;

    ml_jet_init(&a, res->nz, res->na, res->nb);
    acb_init(z);
    acb_init(t);
    ml_mlpoint_z(z, p, prec);
    acb_abs(acb_realref(t), z, prec);
    arb_log(acb_realref(t), acb_realref(t), prec);
    ml_mlpoint_turn(acb_imagref(t), p, prec);
    arb_add_si(acb_imagref(t), acb_imagref(t), 2 * h, prec);
    arb_const_pi(acb_realref(a.c), prec);
    arb_mul(acb_imagref(t), acb_imagref(t), acb_realref(a.c), prec);
    ml_jet_variable(res, 'z', z);
    ml_jet_log(res, res, t, prec);
    acb_zero(z);
    ml_mlpoint_alpha(acb_realref(z), p, prec);
    ml_jet_variable(&a, 'a', z);
    ml_jet_inv(&a, &a, prec);
    ml_jet_mul(res, res, &a, prec);
    ml_jet_clear(&a);
    acb_clear(z);
    acb_clear(t);
}

/* e^(t + (1 - beta) log t) / alpha, times e^(-e_beta log t) at the end. */
void
ml_mlpoint_jet_pole(ml_jet *res, const ml_mlpoint *p, slong h, slong prec)
{
    slong extra = ml_plan_jet_phase(p, h);
    ml_jet log, t;
    acb_t x;

    ml_jet_init(&log, res->nz, res->na, res->nb);
    ml_jet_init(&t, res->nz, res->na, res->nb);
    acb_init(x);
    ml_mlpoint_jet_log_pole(&log, p, h, prec + extra);
    ml_jet_exp(&t, &log, prec + extra);
    ml_mlpoint_index(acb_realref(x), p, 0, prec + extra);
    acb_sub_ui(x, x, 1, prec + extra);
    acb_neg(x, x);
    ml_jet_scale(res, &log, x, prec + extra);
    ml_jet_add(&t, &t, res, prec + extra);
    ml_jet_exp(&t, &t, prec);
    acb_zero(x);
    ml_mlpoint_alpha(acb_realref(x), p, prec);
    ml_jet_variable(res, 'a', x);
    ml_jet_inv(res, res, prec);
    ml_jet_mul(&t, &t, res, prec);
    /* log times -e_beta */
    ml_jet_zero(res);
    for (slong i = 0; i <= res->nz; i++)
        for (slong j = 0; j <= res->na; j++)
            for (slong l = 1; l <= res->nb; l++)
                acb_neg(ml_jet_at(res, i, j, l), ml_jet_at(&log, i, j, l - 1));
    ml_jet_exp(res, res, prec);
    ml_jet_mul(res, res, &t, prec);
    ml_jet_clear(&log);
    ml_jet_clear(&t);
    acb_clear(x);
}

enum { BELOW, INSIDE, ABOVE, UNKNOWN };

/* Where theta_h is, as against -down/64 < theta_h / pi < up/64. */
static int
position(const ml_mlpoint *p, slong h, const ml_jet_rays *s)
{
    arb_t t, up, down;
    int where = UNKNOWN;

    arb_init(t);
    arb_init(up);
    arb_init(down);
    ml_mlpoint_angle(t, p, h, W);
    arb_mul_2exp_si(t, t, 6);
    arb_set_si(up, s->up);
    arb_set_si(down, -s->down);
    if (arb_lt(t, up) && arb_gt(t, down))
        where = INSIDE;
    else if (arb_lt(t, down))
        where = BELOW;
    else if (arb_gt(t, up))
        where = ABOVE;
    arb_clear(t);
    arb_clear(up);
    arb_clear(down);
    return where;
}

static ml_status
add_pole(ml_jet *sum, const ml_mlpoint *p, slong h, bool pair,
         const ml_jet_asymp_plan *s)
{
    ml_jet t;
    slong w;

    ml_status st = ml_plan_jet_pole(&w, p, sum, h, s);
    if (st != ML_OK)
        return st;
    ml_jet_init(&t, sum->nz, sum->na, sum->nb);
    ml_mlpoint_jet_pole(&t, p, h, w);
    for (slong m = 0; m < sum->len; m++) {
        if (pair)
            acb_mul_2exp_si(t.c + m, t.c + m, 1);
        if (p->real)
            arb_zero(acb_imagref(t.c + m));
    }
    ml_jet_add(sum, sum, &t, FLINT_MAX(w, s->full) + ml_plan_jet_guard(h));
    ml_jet_clear(&t);
    return ML_OK;
}

/* The poles of the sector, upwards from h = 0 and downwards from -1: theta_h
 * grows with h.  Those of real z come in conjugate pairs, and only the upper
 * one (h >= 0) is visited. */
static ml_status
add_poles(ml_jet *sum, const ml_mlpoint *p, const ml_jet_asymp_plan *s)
{
    ml_status st = ML_OK;

    for (slong h = 0, where = INSIDE; st == ML_OK && where != ABOVE; h++) {
        where = position(p, h, &s->rays);
        bool pair = p->real && (h > 0 || p->turn > 0.5);
        if (where == INSIDE)
            st = add_pole(sum, p, h, pair, s);
        else if (where == UNKNOWN)
            st = ML_UNABLE;
    }
    bool down = !p->real;
    for (slong h = -1; down && st == ML_OK; h--) {
        int where = position(p, h, &s->rays);
        if (where == INSIDE)
            st = add_pole(sum, p, h, false, s);
        else if (where == UNKNOWN)
            st = ML_UNABLE;
        down = where != BELOW;
    }
    return st;
}

/* ---------------------------------------------------------------- the method */

ml_status
ml_mlpoint_jet_asymp(ml_jet *res, const ml_mlpoint *p, slong n, slong bits)
{
    ml_jet_asymp_plan s;
    mag_ptr rest = _mag_vec_init(res->len);
    ml_status st = ML_UNABLE;

    ml_jet_zero(res);
    if (ml_plan_jet_asymp(&s, p, res, n, bits)
        && ml_mlpoint_jet_asymp_rest(rest, p, res, s.n, &s.rays)) {
        if (s.n > 0)
            ml_mlpoint_jet_terms(res, p, -1, -s.n, s.full, s.level, 1);
        _acb_vec_neg(res->c, res->c, res->len);
        st = add_poles(res, p, &s);
    }
    for (slong m = 0; m < res->len; m++) {
        arb_add_error_mag(acb_realref(res->c + m), rest + m);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res->c + m), rest + m);
    }
    if (st != ML_OK)
        _acb_vec_indeterminate(res->c, res->len);
    _mag_vec_clear(rest, res->len);
    return st;
}
