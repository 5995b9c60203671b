/* simulate/pareto.c - Pareto walks: psi(s), and H_lambda by two inversions.
 *
 * H_lambda has the transform h(s) = psi / (s (1 - lambda psi)), tau = 1.  psi
 * has a cut on the negative axis; 1 - lambda psi has zeros s_k in the left half
 * plane, one pair per period 2 pi of Im s, with Re s_k = -ln|s_k/(b lambda)| +
 * o(1): the trace of the kinks at whole x.  Derivations: README section 3.
 */
#include "simulate/impl.h"

#include <math.h>

#include <acb_hypgeom.h>
#include <arb_hypgeom.h>

void
mlsim_pareto_psi(acb_t res, const arb_t beta, const acb_t s, slong prec)
{
    acb_t p;

    acb_init(p);
    arb_add_ui(acb_realref(p), beta, 1, prec);
    acb_hypgeom_expint(res, p, s, prec);
    acb_mul_arb(res, res, beta, prec);
    acb_clear(p);
}

/* e^(s x) h(s) */
static void
integrand(acb_t res, const arb_t beta, const arb_t lambda, const arb_t x,
          const acb_t s, slong prec)
{
    acb_t psi, d;

    acb_init(psi);
    acb_init(d);
    mlsim_pareto_psi(psi, beta, s, prec);
    acb_mul_arb(d, psi, lambda, prec);
    acb_sub_ui(d, d, 1, prec);
    acb_neg(d, d);
    acb_mul(d, d, s, prec);
    acb_div(psi, psi, d, prec);
    acb_mul_arb(d, s, x, prec);
    acb_exp(d, d, prec);
    acb_mul(res, psi, d, prec);
    acb_clear(d);
    acb_clear(psi);
}

/* ------------------------------------------------------- the cut and the poles */

enum { GAUSS_NODES = 32, CUT_PANELS = 10, MOST_POLES = 128 };

/* sum += integral over one panel of the upper half of the contour: the arc
 * s = rho e^(i phi), a < phi < b, or the upper edge of the cut, s = -r. */
static void
panel(acb_t sum, const arb_t beta, const arb_t lambda, const arb_t x,
      const arb_t a, const arb_t b, const arb_t rho, slong prec)
{
    arb_t node, weight, half, mid, at;
    acb_t s, ds, f;

    arb_init(node);
    arb_init(weight);
    arb_init(half);
    arb_init(mid);
    arb_init(at);
    acb_init(s);
    acb_init(ds);
    acb_init(f);
    arb_sub(half, b, a, prec);
    arb_mul_2exp_si(half, half, -1);
    arb_add(mid, a, half, prec);
    for (ulong k = 0; k < GAUSS_NODES; k++) {
        arb_hypgeom_legendre_p_ui_root(node, weight, GAUSS_NODES, k, prec);
        arb_mul(at, node, half, prec);
        arb_add(at, at, mid, prec);
        if (rho) { /* ds = i s dphi */
            arb_sin_cos(acb_imagref(s), acb_realref(s), at, prec);
            acb_mul_arb(s, s, rho, prec);
            acb_mul_onei(ds, s);
        } else { /* a zero imaginary part means the upper edge */
            acb_zero(s);
            arb_neg(acb_realref(s), at);
            acb_set_si(ds, -1);
        }
        integrand(f, beta, lambda, x, s, prec);
        acb_mul(f, f, ds, prec);
        arb_mul(weight, weight, half, prec);
        acb_addmul_arb(sum, f, weight, prec);
    }
    acb_clear(f);
    acb_clear(ds);
    acb_clear(s);
    arb_clear(at);
    arb_clear(mid);
    arb_clear(half);
    arb_clear(weight);
    arb_clear(node);
}

/* (1/pi) Im of the integral over the upper half contour: the arc of radius
 * rho = 2/x, then the cut from rho to 1.5^10 rho = 115/x. */
static void
cut(arb_t res, const arb_t beta, const arb_t lambda, const arb_t x, slong prec)
{
    arb_t a, b, rho;
    acb_t sum;

    arb_init(a);
    arb_init(b);
    arb_init(rho);
    acb_init(sum);
    arb_ui_div(rho, 2, x, prec);
    arb_const_pi(b, prec);
    arb_mul_2exp_si(b, b, -1);
    panel(sum, beta, lambda, x, a, b, rho, prec);
    arb_set(a, b);
    arb_const_pi(b, prec);
    panel(sum, beta, lambda, x, a, b, rho, prec);
    arb_set(a, rho);
    for (int k = 0; k < CUT_PANELS; k++) {
        arb_mul_ui(b, a, 3, prec);
        arb_mul_2exp_si(b, b, -1);
        panel(sum, beta, lambda, x, a, b, NULL, prec);
        arb_swap(a, b);
    }
    arb_const_pi(b, prec);
    arb_div(res, acb_imagref(sum), b, prec);
    acb_clear(sum);
    arb_clear(rho);
    arb_clear(b);
    arb_clear(a);
}

/* One Newton step for 1 = lambda psi(s), psi' = -b E_b(s). */
static void
newton(acb_t s, acb_t minus_slope, const arb_t beta, const arb_t lambda,
       slong prec)
{
    acb_t f, p;

    acb_init(f);
    acb_init(p);
    acb_set_arb(p, beta);
    acb_hypgeom_expint(minus_slope, p, s, prec);
    acb_mul_arb(minus_slope, minus_slope, beta, prec);
    mlsim_pareto_psi(f, beta, s, prec);
    acb_mul_arb(f, f, lambda, prec);
    acb_sub_ui(f, f, 1, prec);
    acb_div(f, f, minus_slope, prec);
    acb_div_arb(f, f, lambda, prec);
    acb_add(s, s, f, prec);
    acb_get_mid(s, s);
    acb_clear(p);
    acb_clear(f);
}

/*
 * The residue at s_k: e^(s x) / (lambda^2 s b E_b(s)).  Start: E_p(s) is near
 * e^-s/(s+p), so (s+p) e^(s+p) = b lambda e^p, p = 1 + b, Lambert's W.
 */
static void
residue(acb_t res, const arb_t beta, const arb_t lambda, const arb_t x, slong k,
        slong prec)
{
    acb_t s, slope, p;
    fmpz_t branch;

    acb_init(s);
    acb_init(slope);
    acb_init(p);
    fmpz_init_set_si(branch, k);
    arb_add_ui(acb_realref(p), beta, 1, prec);
    acb_exp(s, p, prec);
    acb_mul_arb(s, s, beta, prec);
    acb_mul_arb(s, s, lambda, prec);
    acb_lambertw(s, s, branch, 0, prec);
    acb_sub(s, s, p, prec);
    acb_get_mid(s, s);
    for (int i = 0; i < 8; i++)
        newton(s, slope, beta, lambda, prec);
    acb_mul_arb(p, s, x, prec);
    acb_exp(res, p, prec);
    acb_mul(slope, slope, s, prec);
    acb_mul_arb(slope, slope, lambda, prec);
    acb_mul_arb(slope, slope, lambda, prec);
    acb_div(res, res, slope, prec);
    fmpz_clear(branch);
    acb_clear(p);
    acb_clear(slope);
    acb_clear(s);
}

/* |e^(s_k x)| is about |b lambda / (2 pi k)|^x: how many exceed 2^-64. */
static slong
count_poles(const arb_t beta, const arb_t lambda, const arb_t x)
{
    double bl = arf_get_d(arb_midref(beta), ARF_RND_NEAR)
                * arf_get_d(arb_midref(lambda), ARF_RND_NEAR);
    double k = fabs(bl) / 6.28
               * pow(2.0, 64.0 / arf_get_d(arb_midref(x), ARF_RND_NEAR));

    return k < MOST_POLES - 2 ? (slong)k + 2 : MOST_POLES;
}

ml_status
mlsim_pareto_poles(arb_t res, const arb_t beta, const arb_t lambda,
                   const arb_t x, slong prec)
{
    /* for lambda < 0 there is one more pair, nearest to the axis */
    slong first = arb_is_negative(lambda) ? 0 : 1;
    slong last = count_poles(beta, lambda, x);
    arb_t sum;
    acb_t r;

    arb_init(sum);
    acb_init(r);
    cut(sum, beta, lambda, x, prec);
    if (arf_cmp_si(arb_midref(x), 64) < 0) /* else below e^-90 */
        for (slong k = first; k <= last; k++) {
            residue(r, beta, lambda, x, k, prec);
            arb_addmul_ui(sum, acb_realref(r), 2, prec);
        }
    arb_set(res, sum);
    acb_clear(r);
    arb_clear(sum);
    return arb_is_finite(res) ? ML_OK : ML_UNABLE;
}

/* ------------------------------------------------------------ a vertical line */

/*
 * The Fourier series on Re s = M ln 10 / (3 x) with binomial averages of its
 * last M partial sums (Abate and Whitt 2006, "Euler"); 10^(-0.6 M) for smooth
 * functions, 10^(M/3) cancellation.
 */
ml_status
mlsim_pareto_euler(arb_t res, const arb_t beta, const arb_t lambda,
                   const arb_t x, slong m, slong prec)
{
    arb_t a, pi, sum, one, weight, scale;
    acb_t s, f;
    fmpz_t c, tail;

    arb_init(a);
    arb_init(pi);
    arb_init(sum);
    arb_init(one);
    arb_init(weight);
    arb_init(scale);
    acb_init(s);
    acb_init(f);
    fmpz_init(c);
    fmpz_init(tail);
    arb_one(one);
    arb_const_pi(pi, prec);
    arb_const_log10(a, prec);
    arb_mul_ui(a, a, (ulong)m, prec);
    arb_div_ui(a, a, 3, prec);
    for (slong k = 2 * m; k >= 0; k--) {
        /* weights 2^-m (C(m,0) + ... + C(m, 2m-k)), 1 for k <= m */
        if (k >= m) {
            fmpz_bin_uiui(c, (ulong)m, (ulong)(2 * m - k));
            fmpz_add(tail, tail, c);
            arb_set_fmpz(weight, tail);
            arb_mul_2exp_si(weight, weight, -m);
        }
        if (k == 0)
            arb_mul_2exp_si(weight, weight, -1);
        if (k % 2)
            arb_neg(weight, weight);
        arb_div(acb_realref(s), a, x, prec);
        arb_mul_si(acb_imagref(s), pi, k, prec);
        arb_div(acb_imagref(s), acb_imagref(s), x, prec);
        /* e^(i pi k) is the sign; e^a comes last */
        arb_zero(scale);
        integrand(f, beta, lambda, scale, s, prec);
        arb_addmul(sum, weight, acb_realref(f), prec);
        arb_abs(weight, weight);
    }
    arb_exp(scale, a, prec);
    arb_div(scale, scale, x, prec);
    arb_mul(res, sum, scale, prec);
    fmpz_clear(tail);
    fmpz_clear(c);
    acb_clear(f);
    acb_clear(s);
    arb_clear(scale);
    arb_clear(weight);
    arb_clear(one);
    arb_clear(sum);
    arb_clear(pi);
    arb_clear(a);
    return arb_is_finite(res) ? ML_OK : ML_UNABLE;
}

/* ------------------------------------------------------------- two agreeing */

/* res = a with a radius that covers b eight times over; ML_UNABLE when they
 * differ by more than 1e-10 relative. */
static ml_status
agree(arb_t res, const arb_t a, const arb_t b, slong prec)
{
    arb_t d, tolerance;
    ml_status status;

    arb_init(d);
    arb_init(tolerance);
    arb_sub(d, a, b, prec);
    arb_abs(d, d);
    arb_set_d(tolerance, 1e-10);
    arb_mul(tolerance, tolerance, a, prec);
    status = arb_le(d, tolerance) ? ML_OK : ML_UNABLE;
    arb_mul_2exp_si(d, d, 3);
    arb_set(res, a);
    arb_add_error(res, d);
    arb_clear(tolerance);
    arb_clear(d);
    return status;
}

/* P(T_1 <= x) = 1 - x^-b: all of H for lambda = 0 and for x <= 2 (there the
 * ball of x must not reach 2; below 1 it is 0). */
static void
first_jump(arb_t res, const arb_t beta, const arb_t x, slong prec)
{
    arb_t p;

    arb_init(p);
    arb_neg(p, beta);
    arb_pow(p, x, p, prec);
    arb_sub_ui(p, p, 1, prec);
    arb_neg(p, p);
    if (!arb_is_positive(p)) /* x <= 1, or its ball straddles 1 */
        arb_nonnegative_part(p, p);
    arb_set(res, p);
    arb_clear(p);
}

ml_status
mlsim_pareto_h(arb_t res, const arb_t beta, const arb_t lambda, const arb_t x,
               slong prec)
{
    double at = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    slong wp = 192;
    ml_status status = ML_OK;
    arb_t a, b, two;

    arb_init(a);
    arb_init(b);
    arb_init(two);
    arb_set_ui(two, 2);
    if (arb_is_zero(lambda) || arb_le(x, two)) {
        first_jump(res, beta, x, prec);
    } else if (at < 24.0) {
        status |= mlsim_pareto_renewal(a, beta, lambda, x, 24, wp);
        status |= at < 6.0 ? mlsim_pareto_renewal(b, beta, lambda, x, 18, wp)
                           : mlsim_pareto_poles(b, beta, lambda, x, wp);
        status |= agree(res, a, b, wp);
    } else {
        status |= mlsim_pareto_poles(a, beta, lambda, x, wp);
        status |= mlsim_pareto_euler(b, beta, lambda, x, 40, wp + 80);
        status |= agree(res, a, b, wp);
    }
    arb_clear(two);
    arb_clear(b);
    arb_clear(a);
    return status;
}
