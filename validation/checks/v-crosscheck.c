/* validation/checks/v-crosscheck.c - independent methods against each other.
 *
 * A cross-check is an ordered pair of two different forced methods at one
 * point: A at p bits, B at p + 64.  It counts when rad_B <= 2^-32 rad_A (or A
 * is exact); B inside A is a pass, B disjoint from A a miss, otherwise B's
 * precision is raised until one of the two holds.  Two balls that merely
 * overlap prove nothing: one of them may be too small.
 *
 * The automatic choice is held against the same B: its ball must contain it,
 * and its radius keeps rad <= 2^(8-p) |E| or comes with a status.
 *
 *     v-crosscheck [NUMBER [BITS]]     NUMBER counted checks at BITS (default:
 *                                      53, 64, 113, 128, 212 in turn)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "mlfunc/mlball.h"
#include "validation/sampler.h"
#include "validation/tap/tap.h"

enum { PASS, MISS, UNCOUNTED, AT_CAP, NO_PAIR };
enum { AUTO_OK, AUTO_SHORT, AUTO_WRONG, AUTO_LIE, AUTO_UNCHECKED };

typedef struct {
    mlval_point point;
    long prec;
    int a, b;      /* indices of the methods */
    int outcome;   /* of the cross-check */
    int automatic; /* of the automatic choice */
    ml_status status;
} check;

typedef struct {
    const ml_function *f;
    uint64_t seed;
    long bits;
    check *checks;
} batch;

static const long precisions[] = {53, 64, 113, 128, 212};

/* A lower bound of the radius of the smaller, an upper bound of the larger. */
static void
radius(mag_t m, const acb_t x)
{
    mag_max(m, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
}

/* B inside A, or disjoint from it, or not decided. */
static int
compare(const acb_t a, const acb_t b)
{
    if (acb_contains(a, b))
        return PASS;
    if (!acb_overlaps(a, b))
        return MISS;
    return AT_CAP;
}

static int
cross(const ml_method *ma, const ml_method *mb, const ml_arg *args, long prec,
      acb_t best)
{
    int outcome = NO_PAIR;
    acb_t a, b;
    mag_t ra, rb;

    acb_init(a);
    acb_init(b);
    mag_init(ra);
    mag_init(rb);
    if (ma->eval(a, args, prec) == ML_OK) {
        for (long extra = 64; extra <= 1024; extra *= 2) {
            ml_status s = mb->eval(b, args, prec + extra);

            if (s != ML_OK && extra == 64)
                break; /* B does not serve here: not a pair */
            radius(ra, a);
            radius(rb, b);
            mag_mul_2exp_si(rb, rb, 32);
            outcome = compare(a, b);
            if (outcome == MISS) {
                acb_set(best, b);
                break;
            }
            /* An exact A needs only that B contains it. */
            if (mag_is_zero(ra)) {
                outcome = acb_contains(b, a) ? PASS : MISS;
                acb_set(best, b);
                break;
            }
            if (mag_cmp(rb, ra) > 0) {
                outcome = UNCOUNTED;
                continue;
            }
            acb_set(best, b);
            if (outcome == PASS)
                break;
        }
    }
    mag_clear(ra);
    mag_clear(rb);
    acb_clear(a);
    acb_clear(b);
    return outcome;
}

/* Is rad <= 2^(8-prec) |value| for every value of the ball? */
static bool
accurate(const acb_t x, long prec)
{
    bool ok;
    mag_t r, m;

    mag_init(r);
    mag_init(m);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(m, x);
    mag_mul_2exp_si(m, m, 8 - prec);
    ok = mag_cmp(r, m) <= 0;
    mag_clear(r);
    mag_clear(m);
    return ok;
}

static void
judge_automatic(check *c, const ml_function *f, const ml_arg *args,
                const acb_t truth)
{
    acb_t v;

    acb_init(v);
    c->status = f->eval(v, args, c->prec);
    if (!acb_is_finite(truth))
        c->automatic = AUTO_UNCHECKED;
    else if (!acb_overlaps(v, truth))
        c->automatic = AUTO_WRONG;
    else if (c->status == ML_OK)
        c->automatic = accurate(v, c->prec) ? AUTO_OK : AUTO_LIE;
    else
        c->automatic = AUTO_SHORT;
    acb_clear(v);
}

static void
one(size_t i, void *context)
{
    batch *b = context;
    check *c = b->checks + i;
    tap_random r = tap_random_start(b->seed + 0x51ed2701u * (uint64_t)(i + 1));
    int n = (int)b->f->nmethods, pairs = 0, order[16];
    ml_arg args[3];
    fmpq_t im;
    acb_t truth;

    ml_args_init(args, 3);
    fmpq_init(im);
    acb_init(truth);
    acb_indeterminate(truth);
    for (int k = 0; k < n * n; k++)
        if (k / n != k % n)
            order[pairs++] = k;
    c->prec = b->bits ? b->bits : precisions[i % 5];
    c->point = mlval_sample(&r, c->prec);
    ml_arg_set_d(&args[0], c->point.alpha);
    ml_arg_set_d(&args[1], c->point.beta);
    ml_arg_set_d(&args[2], c->point.im);
    fmpq_set(im, args[2].re);
    ml_arg_set_d(&args[2], c->point.re);
    fmpq_set(args[2].im, im);
    /* The ordered pairs in a random order, until one serves. */
    c->outcome = NO_PAIR;
    for (int left = pairs; left > 0 && c->outcome == NO_PAIR; left--) {
        int k = (int)tap_random_int(&r, 0, left - 1);

        c->a = order[k] / n;
        c->b = order[k] % n;
        order[k] = order[left - 1];
        c->outcome = cross(&b->f->methods[c->a], &b->f->methods[c->b], args,
                           c->prec, truth);
    }
    judge_automatic(c, b->f, args, truth);
    acb_clear(truth);
    fmpq_clear(im);
    ml_args_clear(args, 3);
}

static void
tell(const check *c, const ml_function *f, const char *what)
{
    tap_note("%s: %s against %s at %ld bits, status %s", what,
             f->methods[c->a].name, f->methods[c->b].name, c->prec,
             ml_status_name(c->status));
    tap_note(
        "  mlref eval mittag-leffler alpha=%a beta=%a z=%a%+ai  (%s %s %s)",
        c->point.alpha, c->point.beta, c->point.re, c->point.im,
        c->point.alpha_kind, c->point.beta_kind, c->point.z_kind);
}

int
main(int argc, char **argv)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    long want = argc > 1 ? atol(argv[1]) : tap_effort(1500);
    long bits = argc > 2 ? atol(argv[2]) : 0;
    long outcomes[5] = {0}, automatic[5] = {0}, pairs[16] = {0};
    long told = 0;

    tap_plan(4);
    if (!f || f->nmethods < 2 || f->nmethods > 4 || want < 1)
        tap_bail("usage: v-crosscheck [NUMBER [BITS]]");

    batch b = {f, tap_seed(), bits, calloc((size_t)want, sizeof(check))};

    if (!b.checks)
        tap_bail("no memory");
    mlio_parallel_for((size_t)want, 0, one, &b);

    for (long i = 0; i < want; i++) {
        const check *c = b.checks + i;

        outcomes[c->outcome]++;
        automatic[c->automatic]++;
        if (c->outcome == PASS || c->outcome == MISS)
            pairs[c->a * 4 + c->b]++;
        bool bad = c->outcome == MISS || c->automatic == AUTO_WRONG
                   || c->automatic == AUTO_LIE;

        if (bad && told++ < 20)
            tell(c, f, c->outcome == MISS ? "miss" : "automatic");
        else if (!bad && c->automatic == AUTO_SHORT && told++ < 20)
            tell(c, f, "short of the accuracy, said so");
        else if (!bad && c->outcome != PASS && told++ < 20)
            tell(c, f, "no verdict");
    }
    for (size_t i = 0; i < f->nmethods; i++)
        for (size_t j = 0; j < f->nmethods; j++)
            if (i != j)
                tap_note("%s at p against %s at p + 64: %ld",
                         f->methods[i].name, f->methods[j].name,
                         pairs[i * 4 + j]);

    long counted = outcomes[PASS] + outcomes[MISS];

    tap_note("%ld points: %ld counted, %ld not narrow enough, %ld at the cap, "
             "%ld served by one method only",
             want, counted, outcomes[UNCOUNTED], outcomes[AT_CAP],
             outcomes[NO_PAIR]);
    tap_ok(outcomes[MISS] == 0, "%ld misses in %ld cross-checks",
           outcomes[MISS], counted);
    tap_ok(100 * counted >= 99 * want,
           "at most 1 %% of the points end without a verdict");
    tap_ok(automatic[AUTO_WRONG] == 0 && automatic[AUTO_LIE] == 0,
           "automatic choice: %ld wrong balls, %ld promises of accuracy broken",
           automatic[AUTO_WRONG], automatic[AUTO_LIE]);
    tap_ok(1000 * automatic[AUTO_SHORT] <= want,
           "automatic choice short of rad <= 2^(8-p)|E| %ld times (with a "
           "status), at most 0.1 %%",
           automatic[AUTO_SHORT]);
    free(b.checks);
    return tap_done();
}
