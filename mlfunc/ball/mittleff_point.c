/* mlfunc/ball/mittleff_point.c - one point of the Mittag-Leffler function. */
#include <math.h>

#include "mlfunc/impl.h"

#define PI 3.14159265358979323846

void
ml_mlpoint_init(ml_mlpoint *p)
{
    fmpz_init(p->num_a);
    fmpz_init(p->num_b);
    fmpz_init(p->den);
    arb_init(p->alpha);
    arb_init(p->beta);
    fmpq_init(p->z_re);
    fmpq_init(p->z_im);
    acb_init(p->z);
}

void
ml_mlpoint_clear(ml_mlpoint *p)
{
    fmpz_clear(p->num_a);
    fmpz_clear(p->num_b);
    fmpz_clear(p->den);
    arb_clear(p->alpha);
    arb_clear(p->beta);
    fmpq_clear(p->z_re);
    fmpq_clear(p->z_im);
    acb_clear(p->z);
}

/* res = q, exactly; false when the number is too long to be worth it. */
static bool
exact_fmpq(fmpq_t res, const arb_t x)
{
    if (!arb_is_exact(x) || !arb_is_finite(x)
        || arf_cmpabs_2exp_si(arb_midref(x), 4096) >= 0
        || arf_bits(arb_midref(x)) > 100000)
        return false;
    if (!arf_is_zero(arb_midref(x))
        && arf_cmpabs_2exp_si(arb_midref(x), -4096) < 0)
        return false;
    arf_get_fmpq(res, arb_midref(x));
    return true;
}

static void
set_ab(ml_mlpoint *p, const fmpq *a, const fmpq *b)
{
    fmpz_t t;

    p->ab_exact = true;
    fmpz_init(t);
    fmpz_lcm(p->den, fmpq_denref(a), fmpq_denref(b));
    fmpz_divexact(t, p->den, fmpq_denref(a));
    fmpz_mul(p->num_a, t, fmpq_numref(a));
    fmpz_divexact(t, p->den, fmpq_denref(b));
    fmpz_mul(p->num_b, t, fmpq_numref(b));
    p->den_2exp = (slong)fmpz_val2(p->den);
    if ((slong)fmpz_bits(p->den) != p->den_2exp + 1)
        p->den_2exp = -1;
    p->integers = fmpz_is_one(p->den);
    fmpz_clear(t);
}

static double
log_d(const arb_t x)
{
    arb_t t;

    arb_init(t);
    arb_log(t, x, 53);
    double d = arf_get_d(arb_midref(t), ARF_RND_NEAR);
    arb_clear(t);
    return d;
}

/* The doubles that steer. */
static ml_status
set_steering(ml_mlpoint *p)
{
    arb_t t;
    acb_t z;
    mag_t m;

    arb_init(t);
    acb_init(z);
    mag_init(m);
    ml_mlpoint_alpha(t, p, 64);
    bool domain = arb_is_finite(t) && arb_is_positive(t);
    p->a = arf_get_d(arb_midref(t), ARF_RND_NEAR);
    bool reach = arf_cmpabs_2exp_si(arb_midref(t), -40) >= 0
                 && arf_cmpabs_2exp_si(arb_midref(t), 40) <= 0;
    ml_mlpoint_index(t, p, 0, 64);
    domain = domain && arb_is_finite(t);
    reach = reach && arf_cmpabs_2exp_si(arb_midref(t), 40) <= 0;
    p->b = arf_get_d(arb_midref(t), ARF_RND_NEAR);

    ml_mlpoint_z(z, p, 64);
    domain = domain && acb_is_finite(z);
    p->real = p->z_exact ? fmpq_is_zero(p->z_im) : arb_is_zero(acb_imagref(z));
    p->has_zero = acb_contains_zero(z);
    acb_get_mag(m, z);
    if (mag_is_zero(m)) {
        p->lnr = -INFINITY;
    } else {
        if (p->has_zero)
            arf_set_mag(arb_midref(t), m), mag_zero(arb_radref(t));
        else
            acb_abs(t, z, 64);
        p->lnr = log_d(t);
    }
    p->lnx = p->lnr / p->a;
    p->turn = 0;
    if (ml_mlpoint_turn(t, p, 53))
        p->turn = arf_get_d(arb_midref(t), ARF_RND_NEAR);
    arb_clear(t);
    acb_clear(z);
    mag_clear(m);
    if (!domain)
        return ML_DOMAIN;
    return reach ? ML_OK : ML_UNABLE;
}

ml_status
ml_mlpoint_set_args(ml_mlpoint *p, const ml_arg *args)
{
    if (fmpq_sgn(args[0].re) <= 0 || !fmpq_is_zero(args[0].im)
        || !fmpq_is_zero(args[1].im))
        return ML_DOMAIN;
    set_ab(p, args[0].re, args[1].re);
    p->z_exact = true;
    fmpq_set(p->z_re, args[2].re);
    fmpq_set(p->z_im, args[2].im);
    return set_steering(p);
}

ml_status
ml_mlpoint_set_balls(ml_mlpoint *p, const arb_t alpha, const arb_t beta,
                     const acb_t z)
{
    fmpq_t a, b;

    if (!arb_is_finite(alpha) || !arb_is_finite(beta) || !acb_is_finite(z)
        || !arb_is_positive(alpha))
        return ML_DOMAIN;
    fmpq_init(a);
    fmpq_init(b);
    p->ab_exact = p->integers = false;
    p->den_2exp = -1;
    if (exact_fmpq(a, alpha) && exact_fmpq(b, beta))
        set_ab(p, a, b);
    arb_set(p->alpha, alpha);
    arb_set(p->beta, beta);
    p->z_exact = exact_fmpq(p->z_re, acb_realref(z))
                 && exact_fmpq(p->z_im, acb_imagref(z));
    acb_set(p->z, z);
    fmpq_clear(a);
    fmpq_clear(b);
    return set_steering(p);
}

ml_status
ml_mlpoint_set_mixed(ml_mlpoint *p, const fmpq_t alpha, const fmpq_t beta,
                     const acb_t z)
{
    if (fmpq_sgn(alpha) <= 0 || !acb_is_finite(z))
        return ML_DOMAIN;
    set_ab(p, alpha, beta);
    p->z_exact = false;
    acb_set(p->z, z);
    return set_steering(p);
}

void
ml_mlpoint_shift_beta(ml_mlpoint *p, slong k)
{
    if (p->ab_exact) {
        fmpz_addmul_ui(p->num_b, p->num_a, (ulong)k);
        p->integers = fmpz_is_one(p->den);
    } else {
        arb_addmul_ui(p->beta, p->alpha, (ulong)k, ARF_PREC_EXACT);
    }
    p->b += (double)k * p->a;
}

/* ------------------------------------------------------------- enclosures */

static void
ratio(arb_t res, const ml_mlpoint *p, const fmpz_t num, slong prec)
{
    if (p->den_2exp >= 0) {
        arb_set_round_fmpz(res, num, prec);
        arb_mul_2exp_si(res, res, -p->den_2exp);
    } else {
        arb_set_fmpz(res, num);
        arb_div_fmpz(res, res, p->den, prec);
    }
}

void
ml_mlpoint_alpha(arb_t res, const ml_mlpoint *p, slong prec)
{
    if (p->ab_exact)
        ratio(res, p, p->num_a, prec);
    else
        arb_set(res, p->alpha);
}

void
ml_mlpoint_z(acb_t res, const ml_mlpoint *p, slong prec)
{
    ml_arg z;

    if (!p->z_exact) {
        acb_set(res, p->z);
        return;
    }
    z.re[0] = p->z_re[0];
    z.im[0] = p->z_im[0];
    ml_arg_get_acb(res, &z, prec);
}

void
ml_mlpoint_index(arb_t res, const ml_mlpoint *p, slong k, slong prec)
{
    if (p->ab_exact) {
        fmpz_t t;
        fmpz_init(t);
        fmpz_set(t, p->num_b);
        if (k >= 0)
            fmpz_addmul_ui(t, p->num_a, (ulong)k);
        else
            fmpz_submul_ui(t, p->num_a, (ulong)-k);
        ratio(res, p, t, prec);
        fmpz_clear(t);
    } else {
        arb_t t;
        arb_init(t);
        arb_mul_si(t, p->alpha, k, prec);
        arb_add(res, p->beta, t, prec);
        arb_clear(t);
    }
}

double
ml_mlpoint_index_d(const ml_mlpoint *p, slong k)
{
    return p->b + p->a * (double)k;
}

bool
ml_mlpoint_vanishes(const ml_mlpoint *p, slong k)
{
    fmpz_t t;

    if (!p->ab_exact || ml_mlpoint_index_d(p, k) > 0.5)
        return false;
    fmpz_init(t);
    fmpz_set(t, p->num_b);
    if (k >= 0)
        fmpz_addmul_ui(t, p->num_a, (ulong)k);
    else
        fmpz_submul_ui(t, p->num_a, (ulong)-k);
    bool zero = fmpz_sgn(t) <= 0 && fmpz_divisible(t, p->den);
    fmpz_clear(t);
    return zero;
}

bool
ml_mlpoint_turn(arb_t res, const ml_mlpoint *p, slong prec)
{
    acb_t z;
    arb_t pi;

    acb_init(z);
    arb_init(pi);
    ml_mlpoint_z(z, p, prec + 10);
    bool ok = !acb_contains_zero(z);
    if (!ok) {
        arb_indeterminate(res);
    } else if (p->real) {
        arb_set_si(res, arb_is_positive(acb_realref(z)) ? 0 : 1);
    } else if (arb_is_zero(acb_realref(z))) {
        arb_set_si(res, arb_is_positive(acb_imagref(z)) ? 1 : -1);
        arb_mul_2exp_si(res, res, -1);
    } else {
        /* Off the cut of acb_arg: turn z by pi where it may meet it. */
        bool cut = !arb_is_positive(acb_realref(z))
                   && arb_contains_zero(acb_imagref(z));
        if (cut)
            acb_neg(z, z);
        acb_arg(res, z, prec);
        arb_const_pi(pi, prec);
        arb_div(res, res, pi, prec);
        if (cut)
            arb_add_ui(res, res, 1, prec);
    }
    acb_clear(z);
    arb_clear(pi);
    return ok;
}

/* ------------------------------------------------------ reciprocal gammas */

void
ml_rgammas_init(ml_rgammas *g, const ml_mlpoint *p, slong first, slong count,
                slong full)
{
    fmpq_t a;

    g->p = p;
    g->k = first;
    g->P = g->Q = g->have = 0;
    g->full = full;
    g->ring = NULL;
    fmpz_init(g->factor);
    fmpz_init(g->scale);
    if (!p->ab_exact)
        return;
    fmpq_init(a);
    fmpq_set_fmpz_frac(a, p->num_a, p->den);
    if (fmpz_cmp_si(fmpq_denref(a), count / 2) <= 0
        && fmpz_cmp_ui(fmpq_numref(a), 32) <= 0) {
        g->P = fmpz_get_si(fmpq_numref(a));
        g->Q = fmpz_get_si(fmpq_denref(a));
        g->ring = _arb_vec_init(g->Q);
        fmpz_pow_ui(g->scale, p->den, (ulong)g->P);
    }
    fmpq_clear(a);
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

/* ---------------------------------------------------------------- steering */

double
ml_lgamma_d(double y)
{
    double product = 1;

    while (y < 8) {
        product *= y;
        y += 1;
    }
    return (y - 0.5) * log(y) - y + 0.91893853320467274 + 1 / (12 * y)
           - log(product);
}

double
ml_lrgamma_d(double y)
{
    return y > 0 ? -ml_lgamma_d(y) : ml_lgamma_d(1 - y) - log(PI);
}

/* ln of the largest of the first algebraic terms z^-k / Gamma(beta-alpha k). */
static double
first_algebraic(const ml_mlpoint *p)
{
    for (slong k = 1; k <= 4; k++) {
        double y = ml_mlpoint_index_d(p, -k);
        if (ml_mlpoint_vanishes(p, -k))
            continue;
        double term = ml_lrgamma_d(y) - (double)k * p->lnr;
        if (y <= 0)
            term += log(fabs(sin(PI * (y - rint(y)))) + 1e-300);
        return term;
    }
    return -INFINITY;
}

double
ml_mlpoint_log2_d(const ml_mlpoint *p)
{
    double best = -INFINITY, x = exp(fmin(p->lnx, 700));

    if (p->lnx < 3 || p->lnr < 0) {
        for (slong k = 0; k < 3; k++) {
            double y = ml_mlpoint_index_d(p, k);
            double t = k == 0 ? 0 : (double)k * p->lnr;
            if (!ml_mlpoint_vanishes(p, k))
                best = fmax(best, t + ml_lrgamma_d(y));
        }
    }
    if (p->lnr >= 0) {
        double algebraic = first_algebraic(p);
        double least = fmax(0, fabs(p->turn) - p->a); /* units of pi */
        double theta = PI * fabs(p->turn) / p->a;
        double e = -INFINITY;
        if (least <= 0)
            e = x * cos(theta) + (1 - p->b) * p->lnx - log(p->a);
        /* Small terms of the series say nothing where they cancel. */
        if (p->lnx >= 3 || (p->a < 4 && (p->lnr > 2 || algebraic > best)))
            best = fmax(algebraic, e);
        else
            best = fmin(best, fmax(algebraic, e));
    }
    if (best == -INFINITY)
        best = -fmin(x, 1e9);
    return fmax(-4e18, fmin(best / 0.69314718055994531, 4e18));
}
