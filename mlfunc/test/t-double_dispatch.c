/* mlfunc/test/t-double_dispatch.c - instruction sets: the choice, the state of
 * the arithmetic, and the same bits from all of them.
 */
#include <fenv.h>
#include <math.h>
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

int
main(void)
{
    tap_random random = tap_random_start(tap_seed());
    bool runs[ALL];

    tap_plan(6 + 8 + 1);
    choice(runs);
    arithmetic();
    mittleff(runs, &random);
    return tap_done();
}
