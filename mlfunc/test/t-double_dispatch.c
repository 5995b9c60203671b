/* mlfunc/test/t-double_dispatch.c - instruction sets: the choice, the state of
 * the arithmetic, and the same bits from all of them.
 */
#include <fenv.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#    include <immintrin.h>
#endif

#include "mlfunc/double/impl.h"
#include "validation/tap/tap.h"

static const ml_kernels *const all[] = {
    &ml_kernels_baseline,
#if defined(__x86_64__)
    &ml_kernels_avx2,
    &ml_kernels_avx512,
#endif
};
enum { ALL = sizeof all / sizeof *all };

static const char *const names[] = {"baseline", "avx2", "avx512"};

static void
choice(bool runs[ALL])
{
    char first[16], last[16];
    bool named = true, chosen = true, best = false;
    int count = 0;

    strcpy(first, ml_cpu());
    strcpy(last, first);
    for (int k = 0; k < ALL; k++) {
        ml_status s = ml_cpu_select(names[k]);
        const char *now = ml_cpu();

        runs[k] = s == ML_OK;
        count += runs[k];
        named &= strcmp(all[k]->name, names[k]) == 0;
        /* refused: all stays as it was */
        chosen &= strcmp(now, runs[k] ? names[k] : last) == 0;
        strcpy(last, now);
        chosen &= !runs[k] || ml_kernels_now() == all[k];
    }
    for (int k = ALL - 1; k >= 0; k--)
        if (runs[k]) {
            best = strcmp(first, names[k]) == 0;
            break;
        }
    tap_ok(named, "every instruction set has its name");
    tap_ok(runs[0] && count >= 1, "baseline runs everywhere (%d of %d run)",
           count, (int)ALL);
    tap_ok(chosen, "what is selected is used, what is refused changes nothing");
    tap_ok(best, "without a choice the best one is used: %s", first);
    ml_status s = ml_cpu_select("pentium"), empty = ml_cpu_select("");
    tap_ok(s == ML_UNABLE && empty == ML_UNABLE,
           "an unknown instruction set is refused");
    s = ml_cpu_select(first);
    tap_ok(s == ML_OK && strcmp(ml_cpu(), first) == 0, "and back again");
}

static void
arithmetic(void)
{
    static const struct {
        int mode;
        const char *name;
    } modes[] = {{FE_UPWARD, "upwards"},
                 {FE_DOWNWARD, "downwards"},
                 {FE_TOWARDZERO, "towards 0"}};
    int before = ml_arithmetic_ok();

    tap_ok(before == 1,
           "the arithmetic of a program that does nothing is fine");
    if (getenv("ML_EMULATED")) {
        tap_skip(7, "valgrind rounds to nearest whatever it is asked for");
        return;
    }
    for (int i = 0; i < 3; i++) {
        fesetround(modes[i].mode);
        int ok = ml_arithmetic_ok();
        fesetround(FE_TONEAREST);
        tap_ok(ok == 0, "rounding %s is noticed", modes[i].name);
    }
#if defined(__SSE2__)
    static const struct {
        unsigned bit;
        const char *name;
    } bits[] = {{0x8000, "flushing results to zero"},
                {0x0040, "taking subnormal arguments for zero"},
                {0x8040, "both"}};
    for (int i = 0; i < 3; i++) {
        unsigned state = _mm_getcsr();
        _mm_setcsr(state | bits[i].bit);
        int ok = ml_arithmetic_ok();
        _mm_setcsr(state);
        tap_ok(ok == 0, "%s is noticed", bits[i].name);
    }
#else
    tap_skip(3, "no register that flushes subnormal numbers is known here");
#endif
    int after = ml_arithmetic_ok();
    tap_ok(after == 1, "and all is fine again");
}

/* -------------------------------------------------------------- equal bits */

static bool
same_value(const ml_value *a, const ml_value *b)
{
    return memcmp(&a->hi, &b->hi, sizeof a->hi) == 0
           && memcmp(&a->lo, &b->lo, sizeof a->lo) == 0
           && memcmp(&a->err, &b->err, sizeof a->err) == 0
           && a->exponent == b->exponent && a->method == b->method;
}

static void
draw(tap_random *r, double *alpha, double *beta, double *x)
{
    static const double betas[] = {1, 0.5, 2, 0, -1, 3};

    *alpha = tap_random_range(r, 0.01, tap_random_int(r, 0, 9) ? 2 : 8);
    *beta = tap_random_range(r, -3, 5);
    if (tap_random_int(r, 0, 3) == 0)
        *alpha = (double)tap_random_int(r, 1, 12) / 4;
    if (tap_random_int(r, 0, 7) == 0)
        *alpha = 1 + tap_random_log(r, 0x1p-52, 1) / 64;
    if (tap_random_u64(r) & 1)
        *beta = betas[tap_random_int(r, 0, 5)];
    if (tap_random_int(r, 0, 3) == 0)
        *beta = *alpha;
    *x = tap_random_log(r, 1e-5, 1e5);
    if (tap_random_int(r, 0, 2))
        *x = -*x;
}

static void
mittleff(const bool runs[ALL], tap_random *random)
{
    long bad = 0, n = tap_effort(5000);

    for (long i = 0; i < n; i++) {
        double alpha, beta, x;
        ml_value first = {0}, next = {0};

        draw(random, &alpha, &beta, &x);
        all[0]->mittleff(&first, alpha, beta, x);
        for (int k = 1; k < ALL; k++) {
            if (!runs[k])
                continue;
            all[k]->mittleff(&next, alpha, beta, x);
            if (!same_value(&first, &next) && bad++ < 3)
                tap_note("%s: alpha %a beta %a x %a: %a %a %a, not %a %a %a",
                         names[k], alpha, beta, x, next.hi, next.lo, next.err,
                         first.hi, first.lo, first.err);
        }
    }
    tap_ok(bad == 0, "mittleff: the same bits from all instruction sets");
}

enum { POINTS = 21 }; /* no multiple of any number of lanes */

/* What the public functions make of one alpha, beta and list of points. */
typedef struct {
    double array[2][POINTS], plan[POINTS], z[POINTS][4];
    double jet[2][4 * POINTS], pairs[8 * POINTS], condition[4 * POINTS];
    double relaxation[2][4 * POINTS], siegert[2][4 * POINTS];
    double kww[2][4 * POINTS];
    int status[POINTS + 8];
} answers;

static void
answer(answers *r, double alpha, double beta, const double *x)
{
    double t[POINTS];
    int *s = r->status;
    ml_plan *plan;

    memset(r, 0, sizeof *r);
    for (int i = 0; i < POINTS; i++) {
        t[i] = fabs(x[i]);
        *s++ = ml_mittleff_z(r->z[i], r->z[i] + 2, alpha, beta,
                             (double[]){x[i], 0.5 * x[(i + 1) % POINTS]});
    }
    *s++ =
        ml_mittleff_array_d(r->array[0], r->array[1], alpha, beta, POINTS, x);
    *s++ = ml_plan_alloc(&plan, alpha, beta);
    if (plan)
        ml_plan_eval(plan, POINTS, x, r->plan);
    ml_plan_free(plan);
    *s++ = ml_mittleff_jet_d(r->jet[0], r->jet[1], alpha, beta, POINTS, x);
    *s++ = ml_mittleff_jet_dd(r->pairs, NULL, r->condition, alpha, beta, POINTS,
                              x);
    *s++ = ml_relaxation_jet_d(r->relaxation[0], r->relaxation[1], alpha, 2.5,
                               POINTS, t);
    *s++ =
        ml_siegert_jet_d(r->siegert[0], r->siegert[1], alpha, 2.5, POINTS, t);
    *s++ = ml_kww_jet_d(r->kww[0], r->kww[1], alpha, 2.5, 1.25, POINTS, t);
}

/* Bit for bit, but for the payload of a NaN. */
static bool
same_doubles(const void *a, const void *b, size_t bytes)
{
    for (size_t k = 0; k < bytes; k += sizeof(double)) {
        double x, y;

        memcpy(&x, (const char *)a + k, sizeof x);
        memcpy(&y, (const char *)b + k, sizeof y);
        if (memcmp(&x, &y, sizeof x) != 0 && !(isnan(x) && isnan(y)))
            return false;
    }
    return true;
}

static void
others(const bool runs[ALL], tap_random *random)
{
    static answers first, next;
    const char *before = ml_cpu();
    long bad = 0, n = tap_effort(20);

    for (long k = 0; k < n; k++) {
        double alpha, beta, x[POINTS];
        int count = 0;

        for (int i = 0; i < POINTS; i++)
            draw(random, &alpha, &beta, &x[i]);
        for (int v = 0; v < ALL; v++) {
            if (!runs[v] || ml_cpu_select(names[v]) != ML_OK)
                continue;
            answer(count++ ? &next : &first, alpha, beta, x);
            if (count > 1
                && !(same_doubles(&first, &next, offsetof(answers, status))
                     && memcmp(first.status, next.status, sizeof next.status)
                            == 0)
                && bad++ < 3)
                tap_note("%s: alpha %a beta %a", names[v], alpha, beta);
        }
    }
    ml_status back = ml_cpu_select(before);
    tap_ok(bad == 0 && back == ML_OK,
           "complex values, arrays, plans, jets: the same bits as well");
}

int
main(void)
{
    tap_random random = tap_random_start(tap_seed());
    bool runs[ALL];

    tap_plan(6 + 8 + 2);
    choice(runs);
    arithmetic();
    mittleff(runs, &random);
    others(runs, &random);
    return tap_done();
}
