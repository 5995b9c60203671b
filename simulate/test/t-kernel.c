/* simulate/test/t-kernel.c - log, exp and sines against balls; their bits. */
#include <math.h>
#include <string.h>

#include <arb.h>

#include "simulate/impl.h"
#include "simulate/kernel.h"
#include "validation/tap/tap.h"

typedef struct {
    const char *name;
    double (*kernel)(double);
    void (*exact)(arb_t res, const arb_t x);
    double lo, hi;
    bool log_spaced, about_one; /* |1 - x| log-spaced instead */
    double ulps;                /* the documented bound */
} row;

static void
exact_log(arb_t res, const arb_t x)
{
    arb_log(res, x, 200);
}

static void
exact_exp(arb_t res, const arb_t x)
{
    arb_exp(res, x, 200);
}

static void
exact_sinpi(arb_t res, const arb_t x)
{
    arb_sin_pi(res, x, 200);
}

static void
exact_cos2pi(arb_t res, const arb_t x)
{
    arb_mul_2exp_si(res, x, 1);
    arb_cos_pi(res, res, 200);
}

static void
exact_sin2pi(arb_t res, const arb_t x)
{
    arb_mul_2exp_si(res, x, 1);
    arb_sin_pi(res, res, 200);
}

static const row rows[] = {
    {"log", mlsim_log, exact_log, 1e-300, 1e300, true, false, 1.0},
    {"log near 1", mlsim_log, exact_log, 1e-15, 0.4, true, true, 1.0},
    {"log of uniforms", mlsim_log, exact_log, 0x1p-53, 1.0, false, false, 1.0},
    {"exp", mlsim_exp, exact_exp, -708.0, 709.0, false, false, 1.0},
    {"exp near 0", mlsim_exp, exact_exp, -0.5, 0.5, false, false, 1.0},
    {"sin(pi x)", mlsim_sinpi, exact_sinpi, 0.0, 1.0, false, false, 2.0},
    {"sin(pi x), small x", mlsim_sinpi, exact_sinpi, 1e-17, 0.1, true, false,
     2.0},
    {"cos(2 pi y)", mlsim_cos2pi, exact_cos2pi, 0.0, 1.0, false, false, 0.0},
    {"cos(2 pi y), large y", mlsim_cos2pi, exact_cos2pi, -1e9, 1e9, false,
     false, 0.0},
    {"sin(2 pi y)", mlsim_sin2pi, exact_sin2pi, -3.0, 3.0, false, false, 2.0},
};

/* Error in units of the last place; ulps = 0: absolute, in units of 2^-53. */
static double
worst_error(const row *r, tap_random *random, long n)
{
    double worst = 0.0;
    arb_t x, y, d;

    arb_init(x);
    arb_init(y);
    arb_init(d);
    for (long i = 0; i < n; i++) {
        double at = r->log_spaced ? tap_random_log(random, r->lo, r->hi)
                                  : tap_random_range(random, r->lo, r->hi);
        double got, unit = 0x1p-53;

        if (r->about_one)
            at = i % 2 ? 1.0 + at : 1.0 - at;
        got = r->kernel(at);
        arb_set_d(x, at);
        r->exact(y, x);
        arb_set_d(d, got);
        arb_sub(d, d, y, 200);
        if (r->ulps > 0.0)
            unit = nextafter(fabs(got), (double)INFINITY) - fabs(got);
        worst =
            fmax(worst, fabs(arf_get_d(arb_midref(d), ARF_RND_NEAR)) / unit);
        if (!isfinite(got))
            worst = (double)INFINITY;
    }
    arb_clear(d);
    arb_clear(y);
    arb_clear(x);
    return worst;
}

/* (-1)^k pi^(2k+1) / (2k+1)! */
static bool
sine_coefficients(void)
{
    bool good = true;
    arb_t c, f;

    arb_init(c);
    arb_init(f);
    for (ulong k = 0; k < 9; k++) {
        arb_const_pi(c, 200);
        arb_pow_ui(c, c, 2 * k + 1, 200);
        arb_fac_ui(f, 2 * k + 1, 200);
        arb_div(c, c, f, 200);
        if (k % 2)
            arb_neg(c, c);
        good &= arf_get_d(arb_midref(c), ARF_RND_NEAR) == K_SINE[k];
    }
    arb_clear(f);
    arb_clear(c);
    return good;
}

static bool
batches_agree(tap_random *random)
{
    double x[MLSIM_LANES], a[MLSIM_LANES], b[MLSIM_LANES], c[MLSIM_LANES];
    bool good = true;

    for (int i = 0; i < MLSIM_LANES; i++)
        x[i] = tap_random_log(random, 1e-3, 600.0);
    mlsim_batch_log(a, x);
    mlsim_batch_exp(b, x, MLSIM_LANES);
    mlsim_batch_cos2pi(c, x, MLSIM_LANES);
    for (int i = 0; i < MLSIM_LANES; i++)
        good &= a[i] == mlsim_log(x[i]) && b[i] == mlsim_exp(x[i])
                && c[i] == mlsim_cos2pi(x[i]);
    return good;
}

/* Bits that every processor must give. */
static bool
frozen(void)
{
    return mlsim_log(0x1.8p-1) == -0x1.269621134db92p-2
           && mlsim_exp(0x1.9p+2) == 0x1.0301a43d1d8e3p+9
           && mlsim_sinpi(0x1.5p-2) == 0x1.b728345196e3ep-1;
}

/* Means and second moments of normals and directions. */
static double
worst_moment(int dim)
{
    enum { N = 1000 };
    double x[3][MLSIM_LANES], sum[12] = {0}, worst = 0.0;
    double m = N * MLSIM_LANES;

    for (uint64_t k = 0; k < N; k++) {
        uint64_t i[MLSIM_LANES], w[MLSIM_LANES];
        double u[MLSIM_LANES], v[MLSIM_LANES];

        for (int j = 0; j < MLSIM_LANES; j++) {
            i[j] = k;
            w[j] = (uint64_t)j;
        }
        mlsim_uniforms(u, v, i, w, MLSIM_LANES, 5, 3);
        if (dim == 0)
            mlsim_batch_normals(x[0], x[1], u, v, MLSIM_LANES);
        else
            mlsim_batch_directions(x, dim, u, v);
        for (int j = 0; j < MLSIM_LANES; j++) {
            double norm = 0.0;

            for (int d = 0; d < (dim ? dim : 2); d++) {
                double variance = dim ? 1.0 / dim : 1.0;

                sum[d] += x[d][j] / sqrt(variance);
                sum[d + 3] += (x[d][j] * x[d][j] / variance - 1) / sqrt(2.0);
                sum[d + 6] += x[d][j] * x[(d + 1) % (dim ? dim : 2)][j]
                              / variance * (dim != 1);
                norm += x[d][j] * x[d][j];
            }
            if (dim && fabs(norm - 1.0) > 1e-14)
                return (double)INFINITY;
        }
    }
    for (int k = 0; k < 9; k++)
        worst = fmax(worst, fabs(sum[k]) / sqrt(m));
    return worst;
}

int
main(void)
{
    enum { ROWS = sizeof rows / sizeof rows[0] };
    tap_random random = tap_random_start(tap_seed());
    long n = tap_effort(20000) < 500 ? 500 : tap_effort(20000);

    tap_plan(ROWS + 9);
    for (size_t k = 0; k < ROWS; k++) {
        double worst = worst_error(&rows[k], &random, n);
        double bound = rows[k].ulps > 0.0 ? rows[k].ulps : 2.5;

        tap_ok(worst <= bound, "%s: error at most %.3f %s (%g documented)",
               rows[k].name, worst,
               rows[k].ulps > 0.0 ? "ulp" : "units of 2^-53", bound);
    }
    bool good = sine_coefficients();
    tap_ok(good, "the coefficients of sin(pi r) are correctly rounded");
    tap_ok(mlsim_log(1.0) == 0.0 && mlsim_exp(0.0) == 1.0
               && mlsim_cos2pi(0.0) == 1.0 && mlsim_cos2pi(-7.0) == 1.0
               && mlsim_sinpi(1.0) == 0.0 && mlsim_sinpi(0.0) == 0.0,
           "log 1, exp 0, cos 0, sin 0, sin pi are exact");
    tap_ok(mlsim_exp(-709.0) == 0.0 && mlsim_exp(710.0) == (double)INFINITY
               && mlsim_exp(-(double)INFINITY) == 0.0,
           "exp saturates beyond -708 and 709");
    good = batches_agree(&random);
    tap_ok(good, "batches give the bits of single values");
    tap_ok(frozen(), "bits are those that every processor gives");
    for (int dim = 0; dim <= 3; dim++) {
        double worst = worst_moment(dim);

        tap_ok(worst < 5.0,
               dim ? "directions in %d-D: unit length, first and second "
                     "moments within 5 sd"
                   : "normals: first and second moments within 5 sd",
               dim);
    }
    flint_cleanup();
    return tap_done();
}
