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

/* k with n = 2^k, or -1. */
static slong
power_of_two(const fmpz_t n)
{
    slong k = (slong)fmpz_val2(n);
    return (slong)fmpz_bits(n) == k + 1 ? k : -1;
}

static void
set_ab(ml_mlpoint *p, const fmpq *a, const fmpq *b)
{
    slong i = power_of_two(fmpq_denref(a)), k = power_of_two(fmpq_denref(b));

    p->ab_exact = true;
    if (i >= 0 && k >= 0) {
        p->den_2exp = FLINT_MAX(i, k);
        fmpz_one(p->den);
        fmpz_mul_2exp(p->den, p->den, (ulong)p->den_2exp);
        fmpz_mul_2exp(p->num_a, fmpq_numref(a), (ulong)(p->den_2exp - i));
        fmpz_mul_2exp(p->num_b, fmpq_numref(b), (ulong)(p->den_2exp - k));
    } else {
        fmpz_t t;
        fmpz_init(t);
        p->den_2exp = -1;
        fmpz_lcm(p->den, fmpq_denref(a), fmpq_denref(b));
        fmpz_divexact(t, p->den, fmpq_denref(a));
        fmpz_mul(p->num_a, t, fmpq_numref(a));
        fmpz_divexact(t, p->den, fmpq_denref(b));
        fmpz_mul(p->num_b, t, fmpq_numref(b));
        fmpz_clear(t);
    }
    p->integers = fmpz_is_one(p->den);
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

/* x = q, false near the ends of the doubles' range. */
static bool
fmpq_double(double *x, const fmpq_t q)
{
    slong m, n;
    double num = fmpz_get_d_2exp(&m, fmpq_numref(q));
    double den = fmpz_get_d_2exp(&n, fmpq_denref(q));
    bool inside = m - n < 1000 && m - n > -1000 && m < 100000 && n < 100000;

    *x = inside ? ldexp(num / den, (int)(m - n)) : 0;
    return inside || fmpq_is_zero(q);
}

/* The doubles that steer, of an exact point far from all limits; false: the
 * long way. */
static bool
quick_steering(ml_mlpoint *p, const fmpq_t alpha, const fmpq_t beta)
{
    double re, im;

    if (!fmpq_double(&p->a, alpha) || !fmpq_double(&p->b, beta)
        || !fmpq_double(&re, p->z_re) || !fmpq_double(&im, p->z_im)
        || p->a < 1e-4 || p->a > 1e6 || fabs(p->b) > 1e6)
        return false;
    double r = hypot(re, im);
    p->real = im == 0;
    p->has_zero = r == 0;
    p->lnr = im != 0 && fabs(r - 1) < 0.1
                 ? 0.5 * log1p((re - 1) * (re + 1) + im * im)
                 : log(r);
    p->lnx = p->lnr / p->a;
    p->turn = im == 0 ? re < 0 : atan2(im, re) / PI;
    return true;
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
    if (quick_steering(p, args[0].re, args[1].re))
        return ML_OK;
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
