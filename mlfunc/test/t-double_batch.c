/* mlfunc/test/t-double_batch.c - log, exp and sines of arrays against balls.
 * [mlfunc D40] [mlfunc D41] [mlfunc D42] [mlfunc D43]
 */
#include <math.h>
#include <string.h>

#include <arb.h>

#include "mlfunc/batch.h"
#include "mlfunc/double/batch.h"
#include "mlfunc/double/impl.h"
#include "validation/tap/tap.h"

typedef struct {
    const char *name;
    void (*batch)(double *y, const double *x, size_t n);
    void (*exact)(arb_t res, const arb_t x);
    double lo, hi;
    bool log_spaced, about_one; /* |1 - x| log-spaced instead */
    bool absolute;
    double bound; /* in units of 2^-53 */
} row;

enum { PREC = 200, BATCH = 200 };

static void
exact_log(arb_t res, const arb_t x)
{
    arb_log(res, x, PREC);
}

static void
exact_exp(arb_t res, const arb_t x)
{
    arb_exp(res, x, PREC);
}

static void
exact_sinpi(arb_t res, const arb_t x)
{
    arb_sin_pi(res, x, PREC);
}

static void
exact_cos2pi(arb_t res, const arb_t x)
{
    arb_mul_2exp_si(res, x, 1);
    arb_cos_pi(res, res, PREC);
}

#define PLAIN false, false, false
#define LOG   true, false, false
#define ONE   true, true, false
#define ABS   false, false, true

static const row rows[] = {
    {"log", ml_batch_log, exact_log, 1e-300, 1e300, LOG, 2.5},
    {"log near 1", ml_batch_log, exact_log, 1e-15, 0.4, ONE, 2.5},
    {"log about sqrt(2)", ml_batch_log, exact_log, 1.38, 1.44, PLAIN, 2.5},
    {"log about sqrt(1/2)", ml_batch_log, exact_log, 0.69, 0.72, PLAIN, 2.5},
    {"log of uniforms", ml_batch_log, exact_log, 0x1p-53, 1, PLAIN, 2.5},
    {"exp", ml_batch_exp, exact_exp, -708, 709, PLAIN, 2},
    {"exp near 0", ml_batch_exp, exact_exp, -0.5, 0.5, PLAIN, 2},
    {"exp, small x", ml_batch_exp, exact_exp, 1e-17, 0.1, LOG, 2},
    {"sin(pi x)", ml_batch_sinpi, exact_sinpi, -1, 1, PLAIN, 3},
    {"sin(pi x), small x", ml_batch_sinpi, exact_sinpi, 1e-17, 0.1, LOG, 3},
    {"sin(pi x), about 1/4", ml_batch_sinpi, exact_sinpi, 0.24, 0.26, PLAIN, 3},
    {"cos(2 pi x)", ml_batch_cos2pi, exact_cos2pi, 0, 1, ABS, 2.5},
    {"cos(2 pi x), large x", ml_batch_cos2pi, exact_cos2pi, -1e9, 1e9, ABS,
     2.5},
    {"cos(2 pi x), about 1/8", ml_batch_cos2pi, exact_cos2pi, 0.12, 0.13, ABS,
     2.5},
};

static double
error(const row *r, double x, double y)
{
    double e = (double)INFINITY;
    arb_t a, b, d;

    arb_init(a);
    arb_init(b);
    arb_init(d);
    arb_set_d(a, x);
    r->exact(b, a);
    if (isfinite(y)) {
        arb_set_d(d, y);
        arb_sub(d, d, b, PREC);
        if (!r->absolute)
            arb_div(d, d, b, PREC);
        e = fabs(arf_get_d(arb_midref(d), ARF_RND_NEAR)) * 0x1p53;
    }
    arb_clear(d);
    arb_clear(b);
    arb_clear(a);
    return e;
}

static double
worst_error(const row *r, tap_random *random, long n)
{
    double worst = 0;

    for (long k = 0; k < n; k += BATCH) {
        double x[BATCH], y[BATCH];

        for (int i = 0; i < BATCH; i++) {
            x[i] = r->log_spaced ? tap_random_log(random, r->lo, r->hi)
                                 : tap_random_range(random, r->lo, r->hi);
            if (r->about_one)
                x[i] = i % 2 ? 1 + x[i] : 1 - x[i];
        }
        r->batch(y, x, BATCH);
        for (int i = 0; i < BATCH; i++)
            worst = fmax(worst, error(r, x[i], y[i]));
    }
    return worst;
}

/* (-1)^k pi^(2k+1) / (2k+1)! */
static bool
sine_coefficients(void)
{
    bool good = true;
    arb_t b, f;

    arb_init(b);
    arb_init(f);
    for (ulong k = 0; k < 9; k++) {
        arb_const_pi(b, PREC);
        arb_pow_ui(b, b, 2 * k + 1, PREC);
        arb_fac_ui(f, 2 * k + 1, PREC);
        arb_div(b, b, f, PREC);
        if (k % 2)
            arb_neg(b, b);
        good &= arf_get_d(arb_midref(b), ARF_RND_NEAR) == batch_sine[8 - k];
    }
    arb_clear(f);
    arb_clear(b);
    return good;
}

static double
one(void (*batch)(double *y, const double *x, size_t n), double x)
{
    batch(&x, &x, 1);
    return x;
}

static void
special(void)
{
    const double inf = (double)INFINITY;
    bool good = one(ml_batch_log, 1) == 0 && one(ml_batch_exp, 0) == 1
                && one(ml_batch_cos2pi, 0) == 1 && one(ml_batch_cos2pi, -7) == 1
                && one(ml_batch_cos2pi, 0x1p50 + 1) == 1
                && one(ml_batch_cos2pi, 0.25) == 0
                && one(ml_batch_cos2pi, 3.5) == -1;

    tap_ok(good, "log 1, exp 0, cosines at multiples of pi/2 are exact");
    good = one(ml_batch_sinpi, 0) == 0 && one(ml_batch_sinpi, 1) == 0
           && one(ml_batch_sinpi, -1) == 0 && one(ml_batch_sinpi, 0.5) == 1
           && one(ml_batch_sinpi, -0.5) == -1
           && one(ml_batch_sinpi, -0.3) == -one(ml_batch_sinpi, 0.3);
    tap_ok(good, "sin(pi x) is odd, and exact at 0, 1/2 and 1");
    good = one(ml_batch_exp, -709) == 0 && one(ml_batch_exp, 710) == inf
           && one(ml_batch_exp, -inf) == 0 && one(ml_batch_exp, inf) == inf
           && one(ml_batch_exp, -708) > 0 && one(ml_batch_exp, 709) < inf
           && isnan(one(ml_batch_exp, (double)NAN));
    tap_ok(good, "exp saturates beyond -708 and 709");
    good = one(ml_batch_log, 0x1.8p-1) == -0x1.269621134db92p-2
           && one(ml_batch_exp, 0x1.9p+2) == 0x1.0301a43d1d8e3p+9
           && one(ml_batch_sinpi, 0x1.5p-2) == 0x1.b728345196e3ep-1;
    tap_ok(good, "bits are those that every processor gives");
}

/* ------------------------------------------------------------------ variants */

typedef struct {
    double y[4][BATCH];
} results;

static void
all(results *r, const double *x)
{
    double t[BATCH];

    ml_batch_log(r->y[0], x, BATCH);
    for (int i = 0; i < BATCH; i++)
        t[i] = r->y[0][i] * 3;
    ml_batch_exp(r->y[1], t, BATCH);
    for (int i = 0; i < BATCH; i++)
        t[i] = fmod(x[i], 1) * (i % 2 ? 1 : -1);
    ml_batch_sinpi(r->y[2], t, BATCH);
    ml_batch_cos2pi(r->y[3], x, BATCH);
}

/* n numbers from any place of a batch, in place, are what they are alone; the
 * neighbours are not touched. */
static bool
pieces(const double *x, const results *whole)
{
    bool good = true;

    for (size_t n = 0; n <= 19; n++) {
        double y[BATCH];

        memcpy(y, x, sizeof y);
        ml_batch_log(y + n, y + n, n);
        good &=
            memcmp(y, x, n * sizeof *y) == 0
            && memcmp(y + n, whole->y[0] + n, n * sizeof *y) == 0
            && memcmp(y + 2 * n, x + 2 * n, (BATCH - 2 * n) * sizeof *y) == 0;
    }
    return good;
}

static void
variants(tap_random *random)
{
    static const char *const names[] = {"baseline", "avx2", "avx512"};
    const char *before = ml_cpu();
    bool same = true, parts = true, lanes = true;
    int count = 0;
    double x[BATCH];
    results first, next;

    for (int repeat = 0; repeat < 20; repeat++) {
        count = 0;
        for (int i = 0; i < BATCH; i++)
            x[i] = tap_random_log(random, 1e-40, 1e5);
        for (int k = 0; k < 3; k++) {
            if (ml_cpu_select(names[k]) != ML_OK)
                continue;
            all(count++ ? &next : &first, x);
            same &= count == 1 || memcmp(&first, &next, sizeof first) == 0;
            parts &= pieces(x, &first);
            lanes &= ml_batch_lanes() == 2 << k;
        }
    }
    ml_status back = ml_cpu_select(before);
    tap_ok(same && back == ML_OK, "%d instruction sets give the same bits",
           count);
    tap_ok(parts, "any number of numbers at any place");
    tap_ok(lanes, "2, 4 and 8 lanes");
}

int
main(void)
{
    enum { ROWS = sizeof rows / sizeof rows[0] };
    tap_random random = tap_random_start(tap_seed());
    long n = tap_effort(8000) < 1000 ? 1000 : tap_effort(8000);

    tap_plan(ROWS + 8);
    for (size_t k = 0; k < ROWS; k++) {
        double worst = worst_error(&rows[k], &random, n);

        tap_ok(worst <= rows[k].bound && worst > rows[k].bound / 10,
               "%s: error at most %.3f units of 2^-53 (proved: %g)",
               rows[k].name, worst, rows[k].bound);
    }
    bool good = sine_coefficients();
    tap_ok(good, "the coefficients of sin(pi r) are correctly rounded");
    special();
    variants(&random);
    flint_cleanup();
    return tap_done();
}
