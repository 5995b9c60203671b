/* mlfunc/test/t-double_dd.c - double-double arithmetic against MPFR, and the
 * same bits for one number and for lanes, with and without FMA.  [mlfunc D1]
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/test/lanes_dd.h"
#include "validation/tap/tap.h"

enum { N = 4096, PREC = 4400 };

typedef struct {
    double ah[N], al[N], bh[N], bl[N];
} pairs;

typedef struct {
    double h[N], l[N];
} results;

static const dd_tests *const variants[] = {
    &dd_tests_baseline,
#if defined(__x86_64__)
    &dd_tests_avx2,
    &dd_tests_avx512,
#endif
};
enum { VARIANTS = sizeof variants / sizeof *variants };

static const ml_kernels *const kernels[VARIANTS] = {
    &ml_kernels_baseline,
#if defined(__x86_64__)
    &ml_kernels_avx2,
    &ml_kernels_avx512,
#endif
};

static const struct {
    const char *name;
    double bound; /* in units of 2^-106; 0: exact */
    bool sum;     /* relative to |a| + |b| */
} ops[DD_OPS] = {
    [DD_TWO_SUM] = {"two_sum", 0, true},
    [DD_QUICK] = {"quick_two_sum", 0, true},
    [DD_TWO_PROD] = {"two_prod", 0, false},
    [DD_ADD] = {"add", 4, true},
    [DD_SUB] = {"sub", 4, true},
    [DD_ADD_D] = {"add_d", 3, true},
    [DD_MUL] = {"mul", 8, false},
    [DD_MUL_D] = {"mul_d", 4, false},
    [DD_DIV] = {"div", 16, false},
};

/* ------------------------------------------------------------------- inputs */

/* 1 to 2; half of them close to a power of 2 or the square root of 2, where
 * the errors of products are largest. */
static double
mantissa(tap_random *r)
{
    double m = 1 + tap_random_unit(r);

    switch (tap_random_int(r, 0, 7)) {
    case 0:
        return 1 + 0x1p-52 * (double)tap_random_int(r, 0, 9);
    case 1:
        return 2 - 0x1p-52 * (double)tap_random_int(r, 1, 9);
    case 2:
        return 0x1.6a09e667f3bcdp0 + 0x1p-40 * (tap_random_unit(r) - 0.5);
    case 3:
        return 1 + 0x1p-20 * tap_random_unit(r);
    default:
        return m;
    }
}

/* The low part: up to half an ulp of h, mostly near it. */
static double
low_part(tap_random *r, double h)
{
    double half = h == 0 ? 0 : ldexp(1, ilogb(h) - 53), l;

    switch (tap_random_int(r, 0, 4)) {
    case 0:
        l = half * tap_random_unit(r);
        break;
    case 1:
        l = half * tap_random_log(r, 0x1p-60, 1);
        break;
    case 2:
        l = 0;
        break;
    default:
        l = half * (1 - 0x1p-10 * tap_random_unit(r));
    }
    if (tap_random_u64(r) & 1)
        l = -l;
    return h + l == h ? l : 0; /* half an ulp below a power of 2 is too much */
}

static void
draw(pairs *p, tap_random *r, int op)
{
    for (int i = 0; i < N; i++) {
        double sign = tap_random_u64(r) & 1 ? -1 : 1;
        int apart = (int)tap_random_int(r, -3, 3);

        p->ah[i] = sign * mantissa(r);
        if (tap_random_int(r, 0, 2) == 0)
            apart = (int)tap_random_int(r, -120, 120);
        if (op == DD_QUICK && apart > -1)
            apart = -1 - apart;
        p->bh[i] = ldexp(mantissa(r), apart);
        if (ops[op].sum && tap_random_int(r, 0, 3) == 0) /* cancellation */
            p->bh[i] = -p->ah[i]
                       * (1 - (double)tap_random_int(r, -3, 3) * 0x1p-53
                          - 0x1p-50 * (double)tap_random_int(r, 0, 1));
        if (op == DD_QUICK && fabs(p->bh[i]) > fabs(p->ah[i]))
            p->bh[i] = p->ah[i];
        if (tap_random_int(r, 0, 99) == 0 && op != DD_DIV)
            p->bh[i] = 0;
        if (tap_random_int(r, 0, 99) == 0 && op != DD_QUICK)
            p->ah[i] = sign * 0.0;
        p->al[i] = low_part(r, p->ah[i]);
        p->bl[i] = low_part(r, p->bh[i]);
        if (op == DD_SUB) {
            p->bh[i] = -p->bh[i];
            p->bl[i] = -p->bl[i];
        }
    }
}

/* Everything times 2^e and 2^f: the ends of the range that D1 allows. */
static void
rescale(pairs *p, int e, int f)
{
    for (int i = 0; i < N; i++) {
        p->ah[i] = ldexp(p->ah[i], e);
        p->al[i] = ldexp(p->al[i], e);
        p->bh[i] = ldexp(p->bh[i], f);
        p->bl[i] = ldexp(p->bl[i], f);
    }
}

/* ------------------------------------------------------------------- errors */

typedef struct {
    mpfr_t a, b, exact, got, scale;
} numbers;

static void
exactly(numbers *m, int op, double ah, double al, double bh, double bl)
{
    bool one = op == DD_ADD_D || op == DD_MUL_D;
    bool none = op == DD_TWO_SUM || op == DD_QUICK || op == DD_TWO_PROD;

    mpfr_set_d(m->a, ah, MPFR_RNDN);
    mpfr_set_d(m->b, bh, MPFR_RNDN);
    if (!none)
        mpfr_add_d(m->a, m->a, al, MPFR_RNDN);
    if (!none && !one)
        mpfr_add_d(m->b, m->b, bl, MPFR_RNDN);
    switch (op) {
    case DD_TWO_PROD:
    case DD_MUL:
    case DD_MUL_D:
        mpfr_mul(m->exact, m->a, m->b, MPFR_RNDN);
        break;
    case DD_DIV:
        mpfr_div(m->exact, m->a, m->b, MPFR_RNDN);
        break;
    case DD_SUB:
        mpfr_sub(m->exact, m->a, m->b, MPFR_RNDN);
        break;
    default:
        mpfr_add(m->exact, m->a, m->b, MPFR_RNDN);
    }
    mpfr_abs(m->scale, m->exact, MPFR_RNDN);
    if (ops[op].sum) {
        mpfr_abs(m->a, m->a, MPFR_RNDN);
        mpfr_abs(m->b, m->b, MPFR_RNDN);
        mpfr_add(m->scale, m->a, m->b, MPFR_RNDN);
    }
}

/* The largest error over its bound; infinity where an exact operation is not
 * exact or a result is not normalised. */
static double
worst(numbers *m, int op, const pairs *p, const results *r, double *mean)
{
    double most = 0;

    *mean = 0;
    for (int i = 0; i < N; i++) {
        double ratio;

        exactly(m, op, p->ah[i], p->al[i], p->bh[i], p->bl[i]);
        mpfr_set_d(m->got, r->h[i], MPFR_RNDN);
        mpfr_add_d(m->got, m->got, r->l[i], MPFR_RNDN);
        mpfr_sub(m->got, m->got, m->exact, MPFR_RNDN);
        mpfr_abs(m->got, m->got, MPFR_RNDN);
        if (r->h[i] + r->l[i] != r->h[i] || isnan(r->l[i]))
            return (double)INFINITY;
        if (mpfr_zero_p(m->got))
            continue;
        if (ops[op].bound == 0)
            return (double)INFINITY;
        mpfr_div(m->got, m->got, m->scale, MPFR_RNDN);
        ratio = mpfr_get_d(m->got, MPFR_RNDU) * 0x1p106 / ops[op].bound;
        most = fmax(most, ratio);
        *mean += ratio / N;
    }
    return most;
}

static bool
equal(const results *a, const results *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* The variants that this processor has. */
static bool
runs(int k)
{
    static int known[VARIANTS];

    if (!known[k]) {
        const char *before = ml_cpu();
        bool can = ml_cpu_select(kernels[k]->name) == ML_OK;
        ml_status back = ml_cpu_select(before);

        known[k] = can && back == ML_OK ? 1 : -1;
    }
    return known[k] > 0;
}

static void
compare(const pairs *p, int op, bool *good)
{
    results *first = malloc(sizeof *first), *next = malloc(sizeof *next);

    variants[0]->one_by_one(first->h, first->l, op, N, p->ah, p->al, p->bh,
                            p->bl);
    for (int k = 0; k < VARIANTS; k++) {
        if (!runs(k))
            continue;
        variants[k]->by_lanes(next->h, next->l, op, N, p->ah, p->al, p->bh,
                              p->bl);
        *good &= equal(first, next);
        variants[k]->one_by_one(next->h, next->l, op, N, p->ah, p->al, p->bh,
                                p->bl);
        *good &= equal(first, next);
    }
    free(next);
    free(first);
}

static void
operation(numbers *m, int op, tap_random *random)
{
    /* |a|, |b| < 2^995; products and quotients above 2^-900 or 0 */
    static const int ends[][2] = {{0, 0},       {430, 430},   {-440, -300},
                                  {870, -870},  {-870, 870},  {-200, -550},
                                  {-550, -200}, {-950, -950}, {870, 870}};
    enum { ENDS = sizeof ends / sizeof *ends };
    pairs *p = malloc(sizeof *p);
    results *r = malloc(sizeof *r);
    double most = 0, mean, typical = 0;
    bool good = true;

    for (int e = 0; e < ENDS; e++) {
        /* sums at both ends of the range, the others as far as they go */
        bool both = ops[op].sum;
        int f = both ? ends[e][0] : ends[e][1], from = ends[e][0];

        if (!both && e >= 7)
            continue;
        if (op == DD_DIV)
            f = -f;
        draw(p, random, op);
        rescale(p, from, f);
        variants[0]->one_by_one(r->h, r->l, op, N, p->ah, p->al, p->bh, p->bl);
        most = fmax(most, worst(m, op, p, r, &mean));
        typical = fmax(typical, mean);
        compare(p, op, &good);
    }
    if (ops[op].bound == 0) {
        tap_ok(most == 0, "%s is exact", ops[op].name);
    } else {
        tap_ok(most <= 1 && most > 0.001, "%s: error within %g u^2",
               ops[op].name, ops[op].bound);
        tap_note("%s: worst error / bound %.3f, mean %.3f", ops[op].name, most,
                 typical);
    }
    tap_ok(good, "%s: the same bits one by one and in lanes, in all variants",
           ops[op].name);
    free(r);
    free(p);
}

static void
roots(tap_random *random)
{
    static double x[N], rint_[N], sqrt_[N];
    bool good = true;

    for (int i = 0; i < N; i++)
        x[i] = i % 4 ? tap_random_range(random, -100, 100)
                     : 0.5 * (double)tap_random_int(random, -200, 200);
    x[0] = 0x1.fffffffffffffp50;
    x[1] = -0x1.fffffffffffffp50;
    x[2] = 0x1p50 + 0.5;
    for (int k = 0; k < VARIANTS; k++) {
        if (!runs(k))
            continue;
        variants[k]->roots(rint_, sqrt_, N, x);
        for (int i = 0; i < N; i++)
            good &= rint_[i] == rint(x[i]) && sqrt_[i] == sqrt(fabs(x[i]));
    }
    tap_ok(good, "rint and sqrt in lanes are those of C");
}

int
main(void)
{
    tap_random random = tap_random_start(tap_seed());
    numbers m;
    bool fma = false, dekker = false;

    mpfr_inits2(PREC, m.a, m.b, m.exact, m.got, m.scale, (mpfr_ptr)NULL);
    tap_plan(2 * DD_OPS + 2);
    for (int op = 0; op < DD_OPS; op++)
        operation(&m, op, &random);
    roots(&random);
    for (int k = 0; k < VARIANTS; k++)
        if (runs(k)) {
            fma |= variants[k]->fma;
            dekker |= !variants[k]->fma;
            tap_note("%s: %d lanes, %s", kernels[k]->name, variants[k]->lanes,
                     variants[k]->fma ? "FMA" : "Dekker's product");
        }
    if (fma && dekker)
        tap_ok(true, "products with FMA and by Dekker were both tested");
    else
        tap_skip(1, "this processor has %s products only",
                 fma ? "FMA" : "Dekker's");
    mpfr_clears(m.a, m.b, m.exact, m.got, m.scale, (mpfr_ptr)NULL);
    mpfr_free_cache();
    return tap_done();
}
