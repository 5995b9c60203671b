/* mlfunc/ball/mittleff_jet_series.c - jets by the power series. */
#include "mlfunc/impl.h"

#define W 64

/* ------------------------------------------------------- the tail, [mlfunc J1]
 *
 * For one m = j + l:  y = alpha n + beta, a circle of radius r > 0 (m = 0: of
 * radius 0), x = y - r.  |g_m(alpha k + beta)| <= factor * B_k for k >= n, where
 * factor = r^-m sqrt(cosh pi r), and B_(k+1)/B_k <= quotient.
 */
typedef struct {
    mag_t factor, first, quotient;
} circle;

static void
circle_init(circle *c)
{
    mag_init(c->factor);
    mag_init(c->first);
    mag_init(c->quotient);
}

static void
circle_clear(circle *c)
{
    mag_clear(c->factor);
    mag_clear(c->first);
    mag_clear(c->quotient);
}

/* factor = r^-m sqrt(cosh pi r) */
static void
circle_factor(circle *c, const arb_t r, slong m)
{
    arb_t s, t;

    arb_init(s);
    arb_init(t);
    arb_const_pi(s, W);
    arb_mul(s, s, r, W);
    arb_cosh(s, s, W);
    arb_sqrt(s, s, W);
    arb_pow_ui(t, r, (ulong)m, W);
    arb_div(s, s, t, W);
    arb_get_mag(c->factor, s);
    arb_clear(s);
    arb_clear(t);
}

/* x >= 3/2: B_k = 1/Gamma(alpha k + beta - r), whose quotients fall. */
static void
right_of_minimum(circle *c, const arb_t x, const arb_t alpha)
{
    arb_t s, t;

    arb_init(s);
    arb_init(t);
    arb_rgamma(s, x, W);
    arb_get_mag(c->first, s);
    arb_add(t, x, alpha, W);
    arb_rgamma(t, t, W);
    arb_div(t, t, s, W);
    arb_get_mag(c->quotient, t);
    arb_clear(s);
    arb_clear(t);
}

/* Any x: B_k = 6/5 (H + r)^H, x + H >= 1/2, the same for all k.  False for
 * H > 1024. */
static bool
anywhere(circle *c, const arb_t x, const arb_t r)
{
    arb_t s, u;
    arf_t high;

    arb_init(s);
    arb_init(u);
    arf_init(high);
    arb_set_d(s, 0.5);
    arb_sub(s, s, x, W);
    arb_get_ubound_arf(high, s, W);
    slong H = 0;
    bool ok = arf_cmpabs_2exp_si(high, 10) < 0 || arf_sgn(high) < 0;
    if (ok && arf_sgn(high) > 0)
        H = arf_get_si(high, ARF_RND_CEIL);
    arb_add_si(s, r, H, W);
    arb_pow_ui(s, s, (ulong)H, W);
    arb_set_ui(u, 6);
    arb_div_ui(u, u, 5, W);
    arb_mul(s, s, u, W);
    arb_get_mag(c->first, s);
    mag_one(c->quotient);
    arb_clear(s);
    arb_clear(u);
    arf_clear(high);
    return ok;
}

static bool
circle_set(circle *c, const ml_mlpoint *p, slong n, slong m, double radius)
{
    arb_t x, r, alpha, t;

    arb_init(x);
    arb_init(r);
    arb_init(alpha);
    arb_init(t);
    ml_mlpoint_index(x, p, n, W + 40);
    mag_one(c->factor);
    bool ok = m == 0 || radius > 0;
    if (m > 0 && ok) {
        arb_set_d(r, radius);
        arb_sub(x, x, r, W + 40);
        circle_factor(c, r, m);
    }
    if (ok) {
        ml_mlpoint_alpha(alpha, p, W);
        arb_set_d(t, 1.5);
        if (arb_ge(x, t))
            right_of_minimum(c, x, alpha);
        else
            ok = anywhere(c, x, r);
    }
    arb_clear(x);
    arb_clear(r);
    arb_clear(alpha);
    arb_clear(t);
    return ok;
}

/*
 * [mlfunc J1]  T_k = C(k,i) k^j |z|^(k-i) B_k; the tail is at most
 * C(j+l,j) factor T_n / (1 - q), where
 * q = |z| quotient (n+1)/(n+1-i) ((n+1)/n)^j < 1.
 */
static bool
tail_of(mag_t bound, const circle *c, const mag_t r, slong n, slong i, slong j,
        slong l)
{
    mag_t q, t, one;

    mag_init(q);
    mag_init(t);
    mag_init(one);
    mag_one(one);
    mag_set_ui(t, (ulong)n + 1);
    mag_div_ui(t, t, (ulong)n);
    mag_pow_ui(t, t, (ulong)j);
    mag_mul_ui(t, t, (ulong)n + 1);
    mag_div_ui(t, t, (ulong)(n + 1 - i));
    mag_mul(q, r, c->quotient);
    mag_mul(q, q, t);
    bool ok = mag_cmp(q, one) < 0;
    mag_pow_ui(bound, r, (ulong)(n - i));
    mag_bin_uiui(t, (ulong)n, (ulong)i);
    mag_mul(bound, bound, t);
    mag_set_ui(t, (ulong)n);
    mag_pow_ui(t, t, (ulong)j);
    mag_mul(bound, bound, t);
    mag_bin_uiui(t, (ulong)(j + l), (ulong)j);
    mag_mul(bound, bound, t);
    mag_mul(bound, bound, c->factor);
    mag_mul(bound, bound, c->first);
    mag_sub_lower(one, one, q);
    mag_div(bound, bound, one);
    ok = ok && !mag_is_inf(bound);
    mag_clear(q);
    mag_clear(t);
    mag_clear(one);
    return ok;
}

bool
ml_mlpoint_jet_series_tail(mag_ptr bounds, const ml_mlpoint *p,
                           const ml_jet *shape, slong n, const double *radius)
{
    slong most = shape->na + shape->nb;
    bool ok = n >= 1 && n >= shape->nz && most <= ML_JET_ORDER;
    circle c;
    acb_t z;
    mag_t r;

    circle_init(&c);
    acb_init(z);
    mag_init(r);
    ml_mlpoint_z(z, p, W);
    acb_get_mag(r, z);
    for (slong m = 0; m <= most && ok; m++) {
        ok = circle_set(&c, p, n, m, radius[m]);
        for (slong j = FLINT_MAX(0, m - shape->nb); j <= shape->na; j++)
            for (slong i = 0; i <= shape->nz && j <= m && ok; i++) {
                slong at = ml_jet_at(shape, i, j, m - j) - shape->c;
                ok = tail_of(bounds + at, &c, r, n, i, j, m - j);
            }
    }
    circle_clear(&c);
    acb_clear(z);
    mag_clear(r);
    return ok;
}

/* ---------------------------------------------------------------- the method */

ml_status
ml_mlpoint_jet_series(ml_jet *res, const ml_mlpoint *p, slong n, slong bits)
{
    ml_jet_series_plan s;
    mag_ptr tail = _mag_vec_init(res->len);
    ml_status st = ML_UNABLE;

    if (ml_plan_jet_series(&s, p, res, n, bits)
        && ml_mlpoint_jet_series_tail(tail, p, res, s.n, s.radius)) {
        st = ML_OK;
        ml_jet_zero(res);
        ml_mlpoint_jet_terms(res, p, s.n - 1, 0, s.full, s.level, s.near);
        for (slong m = 0; m < res->len; m++) {
            arb_add_error_mag(acb_realref(res->c + m), tail + m);
            if (!p->real)
                arb_add_error_mag(acb_imagref(res->c + m), tail + m);
        }
    } else {
        _acb_vec_indeterminate(res->c, res->len);
    }
    _mag_vec_clear(tail, res->len);
    return st;
}
