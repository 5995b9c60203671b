/* mlfunc/test/t-double_wide.c - |beta| beyond 16, where the asymptotic series and
 * its poles are tried for x > 0, too: values within their bounds.
 * [mlfunc D16] [mlfunc D33]
 */
#include <math.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/test/value_truth.h"

/* Draws alpha <= 5, 16 < |beta| <= 60, x with x^(1/alpha) up to 700. */
static void
wide(tap_random *r, double beta_sign)
{
    value_share s = {.what = beta_sign > 0 ? "beta > 16" : "beta < -16"};
    long by_asymptotics = 0, none = 0;
    acb_t e;

    acb_init(e);
    for (long i = 0; i < tap_effort(400); i++) {
        double alpha = tap_random_range(r, 0.6, 5), v;
        double beta = beta_sign * tap_random_range(r, 16.5, 60);
        double x = pow(tap_random_range(r, 4, 700), alpha);
        double z[2] = {x, 0};
        ml_value w;

        if (i % 3 == 0)
            beta = rint(beta);
        ml_kernels_now()->mittleff(&w, alpha, beta, x);
        by_asymptotics += w.method == ML_BY_ASYMPTOTICS;
        v = fabs(w.hi);
        if (!(w.err < v)) {
            none++;
            continue;
        }
        value_truth(e, alpha, beta, z, 200);
        value_share_add(&s, acb_realref(e), w.hi, w.lo, w.err, w.exponent);
    }
    tap_ok(s.broken == 0 && s.n > 20 && s.unknown * 20 <= s.n,
           "[mlfunc D16] %s, x > 0: within the bound at %ld points", s.what,
           s.n);
    tap_note("%ld by asymptotic series, %ld unknown", by_asymptotics, none);
    tap_ok(by_asymptotics > 20 && none == 0,
           "and by the asymptotic series with its poles, too");
    acb_clear(e);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(4);
    wide(&r, 1);
    wide(&r, -1);
    flint_cleanup();
    return tap_done();
}
