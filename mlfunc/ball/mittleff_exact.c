/* mlfunc/ball/mittleff_exact.c - where E_{alpha,beta}(z) is a rational, or all
 * but a rational. */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

enum { ALPHA, BETA, Z };

/* Longer rationals than this cost more than they save. */
#define MAX_FACTORIAL 4096
#define MAX_BITS      100000
#define MAX_TERMS     256

static bool
is_integer(const fmpq_t x)
{
    return fmpz_is_one(fmpq_denref(x));
}

/* x = 1/Gamma(n) for an integer n <= MAX_FACTORIAL. */
static void
rgamma_integer(fmpq_t x, const fmpz_t n)
{
    fmpq_zero(x);
    if (fmpz_sgn(n) > 0) {
        fmpz_fac_ui(fmpq_denref(x), fmpz_get_ui(n) - 1);
        fmpz_one(fmpq_numref(x));
    }
}

bool
ml_mittleff_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    if (!fmpq_is_zero(args[Z].re) || !fmpq_is_zero(args[Z].im)
        || !is_integer(args[BETA].re)
        || fmpz_cmp_ui(fmpq_numref(args[BETA].re), MAX_FACTORIAL) > 0)
        return false;
    rgamma_integer(re, fmpq_numref(args[BETA].re));
    fmpq_zero(im);
    return true;
}

/* ------------------------------------------------------------- near z = 0 */

/* q >= |z| Gamma(y)/Gamma(y+alpha) for y > 0: by the ratio of the balls, and by
 * |z|/y where y and alpha are at least 1. */
static void
ratio_from(mag_t q, const arb_t y, const arb_t alpha, const acb_t z)
{
    mag_t m, z_mag;
    arb_t g, h;

    mag_init(m);
    mag_init(z_mag);
    arb_init(g);
    arb_init(h);
    acb_get_mag(z_mag, z);
    arb_rgamma(g, y, 64);
    arb_add(h, y, alpha, 64);
    arb_rgamma(h, h, 64);
    arb_get_mag_lower(m, g);
    arb_get_mag(q, h);
    mag_div(q, q, m);
    /* Gamma(y + alpha) >= Gamma(y + 1) = y Gamma(y) since y + 1 >= 2. */
    arb_sub_ui(g, y, 1, 64);
    arb_sub_ui(h, alpha, 1, 64);
    if (arb_is_nonnegative(h) && arb_is_nonnegative(g)) {
        arb_get_mag_lower(m, y);
        mag_inv(m, m);
        mag_min(q, q, m);
    }
    mag_mul(q, q, z_mag);
    mag_clear(m);
    mag_clear(z_mag);
    arb_clear(g);
    arb_clear(h);
}

void
ml_least_part(mag_t m, const acb_t t)
{
    mag_t n;

    mag_init(n);
    arb_get_mag(m, acb_realref(t));
    arb_get_mag(n, acb_imagref(t));
    if (mag_is_zero(m) || (!mag_is_zero(n) && mag_cmp(n, m) < 0))
        mag_set(m, n);
    mag_clear(n);
}

/* delta = sum_{k>=1} z^k/Gamma(alpha k+beta), the ratio of its terms being at
 * most q < 1/4 from the first-th on.  [mlfunc S1] */
static void
small_sum(acb_t delta, const arb_t alpha, const arb_t beta, const acb_t z,
          slong first, const mag_t q, slong prec)
{
    mag_t tail, tiny;
    arb_t y, g;
    acb_t power, term;

    mag_init(tail);
    mag_init(tiny);
    arb_init(y);
    arb_init(g);
    acb_init(power);
    acb_init(term);
    acb_zero(delta);
    acb_one(power);
    arb_set(y, beta);
    /* Three terms show the sign of both parts on the imaginary axis too. */
    for (slong k = 1;
         k < first + 3 || (k < first + MAX_TERMS && mag_cmp(tail, tiny) > 0);
         k++) {
        acb_mul(power, power, z, prec);
        arb_add(y, y, alpha, prec);
        arb_rgamma(g, y, prec);
        acb_mul_arb(term, power, g, prec);
        acb_add(delta, delta, term, prec);
        ml_least_part(tiny, delta);
        mag_mul_2exp_si(tiny, tiny, -prec);
        /* What follows the term is at most term q / (1 - q) < 2 q term. */
        acb_get_mag(tail, term);
        mag_mul(tail, tail, q);
        mag_mul_2exp_si(tail, tail, 1);
    }
    arb_add_error_mag(acb_realref(delta), tail);
    if (!arb_is_zero(acb_imagref(z)))
        arb_add_error_mag(acb_imagref(delta), tail);
    mag_clear(tail);
    mag_clear(tiny);
    arb_clear(y);
    arb_clear(g);
    acb_clear(power);
    acb_clear(term);
}

/* y = alpha k + beta > 0 with about the least k >= 1; 0 where that is far. */
static slong
first_positive(arb_t y, const arb_t alpha, const arb_t beta)
{
    slong k = 0;

    arb_div(y, beta, alpha, 64);
    if (arf_cmp_si(arb_midref(y), -MAX_TERMS) > 0) {
        k = -arf_get_si(arb_midref(y), ARF_RND_FLOOR);
        k = FLINT_MAX(k, 1);
        for (int more = 0; more < 2; more++, k++) {
            arb_mul_si(y, alpha, k, 64);
            arb_add(y, y, beta, 64);
            if (arb_is_positive(y))
                return k;
        }
        k = 0;
    }
    return k;
}

bool
ml_near_zero(acb_t delta, const arb_t alpha, const arb_t beta, const acb_t z,
             slong prec)
{
    mag_t q;
    arb_t y;

    mag_init(q);
    arb_init(y);
    /* The quotients fall from alpha k + beta > 0 on. */
    slong first = first_positive(y, alpha, beta);
    bool small = first > 0;
    if (small) {
        ratio_from(q, y, alpha, z);
        small = mag_cmp_2exp_si(q, -3) < 0;
    }
    if (small)
        small_sum(delta, alpha, beta, z, first, q, prec);
    mag_clear(q);
    arb_clear(y);
    return small;
}

static int
known_sign(const arb_t x)
{
    if (arb_is_zero(x))
        return 0;
    return arb_is_positive(x) ? 1 : arb_is_negative(x) ? -1 : 2;
}

/* |z| > 2^-25, alpha <= 2 and beta <= 8: z/Gamma(alpha+beta) is then more than
 * 2^-32 of 1/Gamma(beta), and nothing is nearly exact. */
static bool
is_plain(const ml_arg *args)
{
    slong size = -25;

    for (int part = 0; part < 2; part++) {
        const fmpq *x = part == 0 ? args[Z].re : args[Z].im;
        slong bits = (slong)fmpz_bits(fmpq_numref(x))
                     - (slong)fmpz_bits(fmpq_denref(x)) - 1;
        if (!fmpq_is_zero(x))
            size = FLINT_MAX(size, bits);
    }
    return size > -25 && fmpz_cmp_ui(fmpq_numref(args[BETA].re), 8) <= 0
           && (slong)fmpz_bits(fmpq_numref(args[ALPHA].re))
                  <= (slong)fmpz_bits(fmpq_denref(args[ALPHA].re));
}

static bool
nearly_at_zero(fmpq_t re, acb_t delta, int sign[2], const ml_arg *args,
               slong prec)
{
    arb_t alpha, beta;
    acb_t z;
    mag_t size;
    bool small;

    if (fmpq_sgn(args[BETA].re) <= 0
        || fmpz_cmp_ui(fmpq_numref(args[BETA].re), MAX_FACTORIAL) > 0
        || is_plain(args))
        return false;
    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    mag_init(size);
    ml_arg_get_arb(alpha, &args[ALPHA], prec);
    ml_arg_get_arb(beta, &args[BETA], prec);
    ml_arg_get_acb(z, &args[Z], prec);
    small = ml_near_zero(delta, alpha, beta, z, prec);
    if (small) {
        rgamma_integer(re, fmpq_numref(args[BETA].re));
        acb_get_mag(size, delta);
        small =
            mag_cmp_2exp_si(size, -32 - (slong)fmpz_bits(fmpq_denref(re))) < 0;
        sign[0] = known_sign(acb_realref(delta));
        sign[1] = known_sign(acb_imagref(delta));
        /* The terms after the first add up to less than it. */
        if (fmpq_is_zero(args[Z].im))
            sign[0] = fmpq_sgn(args[Z].re);
    }
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    mag_clear(size);
    return small;
}

/* ------------------------------------------------- alpha = 1, far to the left */

/* c = -sum_{k=1}^{n-1} z^-k/(n-1-k)!, by Horner in w = 1/z. */
static void
polynomial(fmpq_t re, fmpq_t im, const ml_arg *z, ulong n)
{
    fmpq_t norm, w_re, w_im, a, b;

    fmpq_init(norm);
    fmpq_init(w_re);
    fmpq_init(w_im);
    fmpq_init(a);
    fmpq_init(b);
    fmpq_mul(norm, z->re, z->re);
    fmpq_addmul(norm, z->im, z->im);
    fmpq_div(w_re, z->re, norm);
    fmpq_div(w_im, z->im, norm);
    fmpq_neg(w_im, w_im);
    fmpq_zero(re);
    fmpq_zero(im);
    for (ulong k = n - 1; k >= 1; k--) {
        fmpz_fac_ui(fmpq_denref(a), n - 1 - k);
        fmpz_one(fmpq_numref(a));
        fmpq_sub(re, re, a);
        fmpq_mul(a, re, w_re);
        fmpq_mul(b, im, w_im);
        fmpq_sub(a, a, b);
        fmpq_mul(b, re, w_im);
        fmpq_mul(im, im, w_re);
        fmpq_add(im, im, b);
        fmpq_set(re, a);
    }
    fmpq_clear(norm);
    fmpq_clear(w_re);
    fmpq_clear(w_im);
    fmpq_clear(a);
    fmpq_clear(b);
}

/* E_{1,n}(z) = c + z^(1-n) e^z.  [mlfunc R3] */
static bool
nearly_left(fmpq_t re, fmpq_t im, acb_t delta, int sign[2], const ml_arg *args,
            slong prec)
{
    const fmpz *n = fmpq_numref(args[BETA].re);
    const ml_arg *arg = &args[Z];
    slong bits;
    acb_t z, power;

    bits = fmpq_height_bits(arg->re) + fmpq_height_bits(arg->im);
    if (fmpz_cmp_ui(n, 2) < 0 || fmpz_cmp_ui(n, 256) > 0
        || bits * (slong)fmpz_get_ui(n) > MAX_BITS)
        return false;
    polynomial(re, im, arg, fmpz_get_ui(n));
    acb_init(z);
    acb_init(power);
    ml_arg_get_acb(z, arg, prec);
    acb_pow_si(power, z, 1 - (slong)fmpz_get_ui(n), prec);
    acb_exp(delta, z, prec);
    acb_mul(delta, delta, power, prec);
    sign[0] = known_sign(acb_realref(delta));
    sign[1] = known_sign(acb_imagref(delta));
    if (fmpq_is_zero(arg->im)) {
        sign[0] = fmpz_is_odd(n) ? 1 : -1;
        sign[1] = 0;
    }
    acb_clear(z);
    acb_clear(power);
    return acb_is_finite(delta);
}

bool
ml_mittleff_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                   const ml_arg *args, slong prec)
{
    fmpq_t left;
    bool far;

    if (!is_integer(args[BETA].re)
        || (fmpq_is_zero(args[Z].re) && fmpq_is_zero(args[Z].im)))
        return false;
    if (fmpq_is_one(args[ALPHA].re)) {
        fmpq_init(left);
        fmpq_set_si(left, -40, 1);
        far = fmpq_cmp(args[Z].re, left) <= 0;
        fmpq_clear(left);
        if (far)
            return nearly_left(re, im, delta, sign, args, prec);
    }
    fmpq_zero(im);
    return nearly_at_zero(re, delta, sign, args, prec);
}
