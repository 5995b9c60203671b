/* mlfunc/test/t-rgamma_double_table.c - the constants of 1/Gamma in doubles.
 *
 *     t-rgamma_double_table print > mlfunc/double/rgamma_double_table.c
 *
 * Without an argument: the same text, compared byte for byte, and what the
 * statements assume of the numbers.
 */
#include <arb_poly.h>

#include "mlfunc/double/rgamma_double_table.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/double/rgamma_double_table.c"
#define PREC      600
#define LENGTH    200

static void
print_doubles(FILE *f, const double *x, long n)
{
    for (long j = 0; j < n; j++)
        fprintf(f, "%s%a,", j % 4 == 0 ? "\n    " : " ", x[j]);
}

/* name[2][n], or name[2] for n = 0. */
static bool
print_pairs(FILE *f, const char *name, const char *size, arb_srcptr x, long n)
{
    double hi[LENGTH], lo[LENGTH];
    bool known = true;

    for (long j = 0; j < (n ? n : 1); j++)
        known = generated_pair(hi + j, lo + j, x + j) && known;
    fprintf(f, "const double %s[2]%s = {", name, size);
    if (n == 0) {
        fprintf(f, "%a, %a};\n", hi[0], lo[0]);
        return known;
    }
    fprintf(f, "{");
    print_doubles(f, hi, n);
    fprintf(f, "}, {");
    print_doubles(f, lo, n);
    fprintf(f, "}};\n\n");
    return known;
}

static void
print_uppers(FILE *f, const char *name, const char *size, arb_srcptr x, long n)
{
    double up[LENGTH];
    arf_t a;

    arf_init(a);
    for (long j = 0; j < n; j++) {
        arb_get_ubound_arf(a, x + j, PREC);
        up[j] = arf_get_d(a, ARF_RND_UP);
    }
    fprintf(f, "\nconst double %s%s = {", name, size);
    print_doubles(f, up, n);
    fprintf(f, "};\n");
    arf_clear(a);
}

static void
taylor(arb_ptr c)
{
    arb_poly_t x, r;

    arb_poly_init(x);
    arb_poly_init(r);
    arb_poly_set_coeff_si(x, 0, 1);
    arb_poly_set_coeff_si(x, 1, 1);
    arb_poly_rgamma_series(r, x, LENGTH, PREC + 400);
    for (long j = 0; j < LENGTH; j++)
        arb_poly_get_coeff_arb(c + j, r, j);
    arb_poly_clear(x);
    arb_poly_clear(r);
}

static void
derivative(arb_ptr d, arb_srcptr c)
{
    for (slong k = 0; k < LENGTH - 1; k++)
        arb_mul_si(d + k, c + k + 1, k + 1, PREC);
    arb_zero(d + LENGTH - 1);
}

/* B_2n / (2n (2n - 1)), n >= 1. */
static void
stirling(arb_ptr c)
{
    for (ulong n = 1; n <= ML_STIRLING; n++) {
        arb_bernoulli_ui(c + n - 1, 2 * n, PREC);
        arb_div_ui(c + n - 1, c + n - 1, 2 * n * (2 * n - 1), PREC);
    }
}

/* (-1)^k pi^(2k+1) / (2k+1)! */
static void
sinc(arb_ptr c)
{
    arb_t pi, t;

    arb_init(pi);
    arb_init(t);
    arb_const_pi(pi, PREC);
    for (ulong k = 0; k < ML_SINC; k++) {
        arb_pow_ui(c + k, pi, 2 * k + 1, PREC);
        arb_fac_ui(t, 2 * k + 1, PREC);
        arb_div(c + k, c + k, t, PREC);
        if (k % 2)
            arb_neg(c + k, c + k);
    }
    arb_clear(pi);
    arb_clear(t);
}

static void
uppers(arb_ptr gamma, arb_ptr secant)
{
    fmpq_t q;

    fmpq_init(q);
    arb_one(gamma);
    for (ulong n = 1; n < ML_GAMMA_UP; n++)
        arb_fac_ui(gamma + n, n - 1, PREC);
    for (slong i = 0; i < ML_SECANTS; i++) {
        fmpq_set_si(q, i, 16);
        arb_cos_pi_fmpq(secant + i, q, PREC);
        arb_inv(secant + i, secant + i, PREC);
    }
    fmpq_clear(q);
}

static bool
print_table(FILE *f)
{
    arb_ptr x = _arb_vec_init(LENGTH), y = _arb_vec_init(LENGTH);
    bool known = true;

    generated_head(f, FILE_NAME, "constants of 1/Gamma",
                   "t-rgamma_double_table",
                   "mlfunc/double/rgamma_double_table.h");
    taylor(x);
    known = print_pairs(f, "ml_rgamma_powers", "[ML_RGAMMA_POWERS]", x,
                        ML_RGAMMA_POWERS)
            && known;
    derivative(y, x);
    known = print_pairs(f, "ml_rgamma_slope", "[ML_RGAMMA_POWERS]", y,
                        ML_RGAMMA_POWERS)
            && known;
    stirling(x);
    known =
        print_pairs(f, "ml_stirling", "[ML_STIRLING]", x, ML_STIRLING) && known;
    sinc(x);
    known = print_pairs(f, "ml_sinc", "[ML_SINC]", x, ML_SINC) && known;
    arb_const_log_sqrt2pi(x, PREC);
    known = print_pairs(f, "ml_stirling_constant", "", x, 0) && known;
    arb_const_pi(x, PREC);
    arb_inv(x, x, PREC);
    known = print_pairs(f, "ml_inverse_pi", "", x, 0) && known;
    arb_const_log2(x, PREC);
    known = print_pairs(f, "ml_ln_two", "", x, 0) && known;
    uppers(x, y);
    print_uppers(f, "ml_gamma_up", "[ML_GAMMA_UP]", x, ML_GAMMA_UP);
    print_uppers(f, "ml_secant_up", "[ML_SECANTS]", y, ML_SECANTS);
    _arb_vec_clear(x, LENGTH);
    _arb_vec_clear(y, LENGTH);
    return known;
}

/* sum of |c_k| 2^-k, k >= first, is at most bound; c_k from LENGTH on is below
 * 2^(537-6k), README S2: less than 2^-600 in all. */
static bool
sums_to(arb_srcptr c, long first, const char *bound)
{
    arb_t s, t;

    arb_init(s);
    arb_init(t);
    for (long k = LENGTH - 1; k >= first; k--) {
        arb_abs(t, c + k);
        arb_mul_2exp_si(t, t, -k);
        arb_add(s, s, t, PREC);
    }
    arb_one(t);
    arb_mul_2exp_si(t, t, -600);
    arb_add(s, s, t, PREC);
    arb_set_str(t, bound, PREC);
    bool ok = arb_le(s, t);
    arb_clear(s);
    arb_clear(t);
    return ok;
}

/* What the Horner steps of rgamma.h assume: what is added to c_m is below
 * 0.45 |c_m|, with room for roundings. */
static bool
dominates(const double *c)
{
    bool ok = true;

    for (int m = 0; m < 12; m++) {
        double rest = 0;
        for (int k = ML_RGAMMA_POWERS + m % 2 - 2; k > m; k -= 2)
            rest = (rest + fabs(c[k])) * 0.2500001;
        ok = ok && rest < 0.45 * fabs(c[m]);
    }
    return ok;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    arb_ptr c = _arb_vec_init(LENGTH), d = _arb_vec_init(LENGTH);
    taylor(c);
    derivative(d, c);
    bool same = generated_same(FILE_NAME, print_table);
    bool cut = sums_to(c, ML_RGAMMA_POWERS, "9e-28")
               && sums_to(d, ML_RGAMMA_POWERS, "6e-26");
    bool tail = sums_to(c, 12, "4.6e-10") && sums_to(d, 12, "6e-9");
    bool sure = dominates(ml_rgamma_powers[0]) && dominates(ml_rgamma_slope[0]);
    tap_plan(4);
    tap_ok(same, "[mlfunc D30] the table is the committed one");
    tap_ok(cut, "[mlfunc D31] what the polynomials lack is as said");
    tap_ok(tail, "what is summed in doubles is as said");
    tap_ok(sure, "what is added to a coefficient is below 0.45 of it");
    _arb_vec_clear(c, LENGTH);
    _arb_vec_clear(d, LENGTH);
    flint_cleanup();
    return tap_done();
}
