/* mlfunc/test/t-double_special.c - E at arguments that are no finite numbers.
 *
 * The limits are those that the contract of mlfunc.h lists.  Signs for x ->
 * -infinity are held against balls far to the left.
 */
#include <math.h>
#include <string.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

#define INF ((double)INFINITY)
#define NIL ((double)NAN)

typedef struct {
    double alpha, beta, x, value;
    const char *why;
} row;

static const row rows[] = {
    {NIL, 1, 1, NIL, "alpha is no number"},
    {0.5, NIL, 1, NIL, "beta is no number"},
    {0.5, 1, NIL, NIL, "x is no number"},
    {INF, INF, NIL, NIL, "x is no number, whatever the others are"},
    {0.0, 1, 1, NIL, "alpha = 0"},
    {-0.0, 1, 1, NIL, "alpha = -0"},
    {-0.5, 1, 1, NIL, "alpha < 0"},
    {-INF, 1, 1, NIL, "alpha = -infinity"},
    {0.5, 1, INF, INF, "x -> infinity"},
    {3, -2.5, INF, INF, "x -> infinity, alpha = 3"},
    {0.5, 1, -INF, 0.0, "x -> -infinity: from above"},
    {0.5, 0, -INF, -0.0, "x -> -infinity: from below"},
    {0.5, 0.5, -INF, 0.0, "x -> -infinity, 1/Gamma(beta - alpha) = 0"},
    {1, 1, -INF, 0.0, "e^x"},
    {1, 0, -INF, -0.0, "x e^x"},
    {1, -1, -INF, 0.0, "x^2 e^x"},
    {1, -6, -INF, -0.0, "x^7 e^x"},
    {1.5, 1, -INF, -0.0, "alpha = 3/2"},
    {1.5, 1.5, -INF, -0.0, "alpha = beta = 3/2"},
    {2, 1, -INF, NIL, "a cosine has no limit"},
    {2, 0.5, -INF, NIL, "nor one that grows"},
    {2, 1.5, -INF, 0.0, "one that fades has"},
    {2.5, 1, -INF, NIL, "alpha > 2 oscillates"},
    {INF, 1, INF, NIL, "alpha and x both infinite"},
    {INF, 1, -INF, NIL, "alpha and -x both infinite"},
    {INF, -INF, 1, NIL, "beta = -infinity and alpha infinite"},
    {0.5, INF, 3, 0.0, "beta -> infinity"},
    {INF, INF, 3, 0.0, "alpha, beta -> infinity"},
    {0.5, INF, INF, NIL, "beta and x both infinite"},
    {0.5, INF, -INF, NIL, "beta and -x both infinite"},
    {0.5, -INF, 1, NIL, "1/Gamma(-infinity) has no limit"},
};

static bool
same(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static void
limits(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const row *r = &rows[i];
        double y = 7, bound = 7;
        ml_status s = ml_mittleff_bound_d(&y, &bound, r->alpha, r->beta, r->x);
        double alone = ml_mittleff_d(r->alpha, r->beta, r->x), again = 7;
        ml_status t =
            ml_mittleff_bound_d(&again, NULL, r->alpha, r->beta, r->x);
        bool none = isnan(r->value);

        if (!tap_ok(same(y, r->value) && same(alone, y) && same(again, y)
                        && s == t && s == (none ? ML_DOMAIN : ML_OK)
                        && bound == (none ? INF : 0),
                    "%s", r->why))
            tap_yaml("got", "%g, bound %g, %s", y, bound, ml_status_name(s));
    }
}

/* The sign of E_{alpha,beta}(x) by a ball; 0: not decided. */
static int
sign_by_ball(double alpha, double beta, double x)
{
    arb_t a, b;
    acb_t z;
    int sign;

    arb_init(a);
    arb_init(b);
    acb_init(z);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    acb_set_d(z, x);
    ml_status status = ml_mittleff(z, a, b, z, 64);
    sign = status != ML_OK                   ? 0
           : arb_is_positive(acb_realref(z)) ? 1
           : arb_is_negative(acb_realref(z)) ? -1
                                             : 0;
    acb_clear(z);
    arb_clear(b);
    arb_clear(a);
    return sign;
}

static void
signs(tap_random *random)
{
    long bad = 0, unknown = 0, minus = 0, n = tap_effort(150);

    for (long i = 0; i < n; i++) {
        double alpha = 0.25 * (double)tap_random_int(random, 1, 7);
        double beta = 0.25 * (double)tap_random_int(random, -24, 12);
        double x = alpha == 1 ? -200 : -1e12;
        int want;

        if (i % 3 == 0)
            beta = tap_random_range(random, -6, 3);
        want = sign_by_ball(alpha, beta, x);
        unknown += want == 0;
        minus += want < 0;
        bad += want * copysign(1, ml_mittleff_d(alpha, beta, -INF)) < 0;
    }
    tap_ok(bad == 0 && unknown < n / 20 && minus > n / 5,
           "x -> -infinity: the sign is that of a ball (%ld minus, %ld unknown"
           " of %ld)",
           minus, unknown, n);
}

/* alpha -> infinity leaves 1/Gamma(beta), x = -0 is x = 0. */
static void
constants(void)
{
    static const double betas[] = {1, 2.5, -0.5, -3, 0.25};
    bool gamma = true, zero = true;

    for (size_t i = 0; i < sizeof betas / sizeof *betas; i++) {
        double y[4], bound[4];
        ml_status s[4];

        s[0] = ml_mittleff_bound_d(&y[0], &bound[0], INF, betas[i], -3);
        s[1] = ml_mittleff_bound_d(&y[1], &bound[1], 1, betas[i], 0);
        s[2] = ml_mittleff_bound_d(&y[2], &bound[2], 0.3, betas[i], 0.0);
        s[3] = ml_mittleff_bound_d(&y[3], &bound[3], 0.3, betas[i], -0.0);
        gamma &= s[0] == s[1] && same(y[0], y[1]) && same(bound[0], bound[1]);
        zero &= s[2] == s[3] && same(y[2], y[3]) && same(bound[2], bound[3]);
    }
    tap_ok(gamma, "alpha -> infinity leaves E(0)");
    tap_ok(zero, "x = -0 gives what x = 0 gives");
}

int
main(void)
{
    tap_random random = tap_random_start(tap_seed());

    tap_plan(sizeof rows / sizeof *rows + 3);
    limits();
    signs(&random);
    constants();
    flint_cleanup();
    return tap_done();
}
