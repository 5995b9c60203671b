/* validation/checks/v-double_arrays.c - arrays at one alpha and beta against
 * balls, and against single calls.
 *
 *     v-double_arrays [NUMBER]
 *
 * NUMBER values of x for each pair of mlval_fixed
 * (validation/sampler_double.h). The bound holds at every x; with ML_OK the
 * value is the nearest double; in 99.99 % the error is at most 0.501 ulp; no
 * bound is so wide that a single call would decide and the array not, but for 1
 * %.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "validation/verdict.h"

enum { LINE = 1100, SHOWN = 5 };

typedef struct {
    long n, broken, wrong, off, differ, wide, apart;
    char line[SHOWN][LINE];
    int lines;
} tally;

typedef struct {
    size_t n;
    uint64_t seed;
    tally pair[MLVAL_FIXED];
} context;

static bool
same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Does a bound say that a value is the nearest double? */
static bool
narrow(double value, double bound)
{
    double x = fabs(value);

    return bound <= 0.5 * (nextafter(x, INFINITY) - x);
}

static void
take(tally *t, mlval_verdict *v, const mlval_verdict *single, bool all_ok)
{
    bool normal = v->kind == MLVAL_NORMAL;
    bool broken = v->wrong & (MLVAL_BAD_ERR | MLVAL_BAD_BOUND);
    bool wrong = v->wrong & ~(MLVAL_BAD_ERR | MLVAL_BAD_BOUND);
    bool off = normal && !(v->ulps <= 0.501) && !(v->status & ML_UNABLE);
    bool differ = all_ok && single->status == ML_OK
                  && !same_bits(v->value, single->value);

    t->n++;
    t->apart += !normal;
    t->broken += broken;
    t->wrong += wrong;
    t->off += off;
    t->differ += differ;
    t->wide += normal && single->status == ML_OK && !narrow(v->value, v->bound);
    if ((broken || wrong || off || differ) && t->lines < SHOWN)
        mlval_tell(t->line[t->lines++], LINE, v,
                   broken   ? "BROKEN BOUND"
                   : wrong  ? "WRONG"
                   : differ ? "not the value of a single call"
                            : "over 0.501 ulp");
}

/* One pair: an array of n, its values judged one by one. */
static void
one_pair(size_t k, void *p)
{
    context *c = p;
    double alpha = mlval_fixed[k][0], beta = mlval_fixed[k][1];
    double *x = calloc(3 * c->n, sizeof *x);
    tap_random r = tap_random_start(c->seed + 977 * (uint64_t)k);
    ml_mittleff_plan *plan = NULL;
    ml_arg at[2];

    if (!x)
        tap_bail("no memory");
    double *value = x + c->n, *bound = x + 2 * c->n;
    ml_args_init(at, 2);
    ml_arg_set_d(&at[0], alpha);
    ml_arg_set_d(&at[1], beta);
    if (ml_mittleff_plan_alloc(&plan, at[0].re, at[1].re, 128) != ML_OK)
        plan = NULL;
    for (size_t i = 0; i < c->n; i++)
        x[i] = mlval_sample_x(&r, alpha);
    ml_status all = ml_mittleff_array_d(value, bound, alpha, beta, c->n, x);

    for (size_t i = 0; i < c->n; i++) {
        mlval_verdict v = {
            .at = {alpha, beta, x[i], "fixed", "fixed", "array"}};
        mlval_verdict single = v;

        single.status = ml_mittleff_bound_d(&single.value, &single.bound, alpha,
                                            beta, x[i]);
        ml_mittleff_value(&v.inner, alpha, beta, x[i]);
        v.value = value[i];
        v.bound = bound[i];
        /* The array's status joins those of all x: without others this one
     * is decided, else it is decided if its bound says so. */
        int flags = ML_OVERFLOW | ML_UNDERFLOW | ML_UNABLE;
        v.status = (ml_status)(single.status & flags);
        if (all & ML_UNDECIDED && !narrow(value[i], bound[i]))
            v.status = (ml_status)(v.status | ML_UNDECIDED);
        mlval_judge_value(&v, plan);
        take(&c->pair[k], &v, &single, all == ML_OK);
    }
    ml_mittleff_plan_free(plan);
    ml_args_clear(at, 2);
    free(x);
}

/* n = 0 and 1, in place, without bounds. */
static void
claim_edges(void)
{
    double x[3] = {-1.5, -0.25, -40}, y[3] = {0}, bound[3], kept = 7;
    ml_status s = ml_mittleff_array_d(&kept, NULL, 0.5, 1, 0, x);
    ml_status t = ml_mittleff_array_d(y, bound, 0.5, 1, 3, x);
    double one = 0;
    ml_status u = ml_mittleff_array_d(&one, NULL, 0.5, 1, 1, x + 2);
    ml_status w = ml_mittleff_array_d(x, NULL, 0.5, 1, 3, x);

    tap_ok(s == ML_OK && kept == 7 && t == u && t == w && one == y[2]
               && memcmp(x, y, sizeof x) == 0,
           "arrays of none and one, in place, without a bound");
    t = ml_mittleff_array_d(y, bound, -0.5, 1, 3, x);
    tap_ok(t == ML_DOMAIN && isnan(y[0]) && isnan(y[1]) && isnan(y[2]),
           "arrays: alpha <= 0 has no values");
}

/* All instruction sets give the bits of the first that runs. */
static void
claim_bits(const context *c)
{
    static const char *const cpu[] = {"baseline", "avx2", "avx512"};
    const char *own = ml_cpu();
    double *x = calloc(3 * c->n, sizeof *x), *first = calloc(2 * c->n, 8);
    int sets = 0, differ = 0;

    if (!x || !first)
        tap_bail("no memory");
    for (size_t k = 0; k < MLVAL_FIXED; k++) {
        double alpha = mlval_fixed[k][0], beta = mlval_fixed[k][1];
        tap_random r = tap_random_start(c->seed + 977 * (uint64_t)k);

        for (size_t i = 0; i < c->n; i++)
            x[i] = mlval_sample_x(&r, alpha);
        sets = 0;
        for (int m = 0; m < 3; m++) {
            if (ml_cpu_select(cpu[m]) != ML_OK)
                continue;
            if (ml_mittleff_array_d(x + c->n, x + 2 * c->n, alpha, beta, c->n,
                                    x)
                & ML_DOMAIN)
                differ++;
            if (sets++ == 0)
                memcpy(first, x + c->n, 2 * c->n * sizeof *x);
            else
                differ += memcmp(first, x + c->n, 2 * c->n * sizeof *x) != 0;
        }
    }
    if (ml_cpu_select(own) != ML_OK)
        tap_bail("cannot go back to %s", own);
    tap_ok(sets > 0 && differ == 0,
           "arrays: values and bounds have the same bits with all of %d "
           "instruction sets (but for %d)",
           sets, differ);
    free(x);
    free(first);
}

int
main(int argc, char **argv)
{
    static context c;
    tally all = {0};

    tap_plan(6);
    c.seed = tap_seed();
    c.n = (size_t)(argc > 1 ? atol(argv[1]) : tap_effort(400));
    if (c.n == 0)
        tap_bail("usage: v-double_arrays [NUMBER]");
    mlio_parallel_for(MLVAL_FIXED, 0, one_pair, &c);
    for (int k = 0; k < MLVAL_FIXED; k++) {
        const tally *t = &c.pair[k];

        all.n += t->n;
        all.broken += t->broken;
        all.wrong += t->wrong;
        all.off += t->off;
        all.differ += t->differ;
        all.wide += t->wide;
        all.apart += t->apart;
        tap_note("alpha=%g beta=%g: %ld points, %ld out of the normal range; "
                 "%ld broken, %ld wrong, %ld over 0.501 ulp, %ld wider than "
                 "single calls",
                 mlval_fixed[k][0], mlval_fixed[k][1], t->n, t->apart,
                 t->broken, t->wrong, t->off, t->wide);
        for (int i = 0; i < t->lines; i++)
            tap_note("%s", t->line[i]);
    }
    tap_ok(all.n > all.apart && all.broken == 0 && all.wrong == 0,
           "of %ld values none breaks its bound (%ld), none is wrong (%ld)",
           all.n, all.broken, all.wrong);
    tap_ok(all.differ == 0 && 100 * all.wide <= all.n,
           "what is decided is the value of a single call (but for %ld), "
           "bounds are as narrow (but for %ld)",
           all.differ, all.wide);
    tap_ok(10000 * all.off <= all.n || all.off <= 1,
           "the error is at most 0.501 ulp in 99.99 %% (all but %ld)", all.off);
    claim_edges();
    claim_bits(&c);
    return tap_done();
}
