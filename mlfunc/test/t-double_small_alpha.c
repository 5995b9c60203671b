/* mlfunc/test/t-double_small_alpha.c - far terms for small alpha, large beta.
 * [mlfunc D36]
 */
#include <math.h>

#include "mlfunc/mlball.h"

#include "validation/tap/tap.h"

/* |E - sum of n terms| |z|^(n+1)/3, from balls. */
static double
share(double alpha, double beta, double z, int n)
{
    arb_t a, b, y, sum, power;
    acb_t e, c;
    ml_status s;
    double d = INFINITY;

    arb_init(a);
    arb_init(b);
    arb_init(y);
    arb_init(sum);
    arb_init(power);
    acb_init(e);
    acb_init(c);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    acb_set_d(c, z);
    s = ml_mittleff(e, a, b, c, 900);
    arb_one(power);
    for (int k = 1; k <= n; k++) {
        arb_div(power, power, acb_realref(c), 900);
        arb_mul_si(y, a, -k, 900);
        arb_add(y, y, b, 900);
        arb_rgamma(y, y, 900);
        arb_submul(sum, y, power, 900);
    }
    arb_sub(sum, acb_realref(e), sum, 900);
    arb_div(sum, sum, power, 900);
    arb_mul(sum, sum, acb_realref(c), 900);
    arb_div_ui(sum, sum, 3, 900);
    if (s == ML_OK)
        d = fabs(arf_get_d(arb_midref(sum), ARF_RND_UP));
    arb_clear(a);
    arb_clear(b);
    arb_clear(y);
    arb_clear(sum);
    arb_clear(power);
    acb_clear(e);
    acb_clear(c);
    return d;
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    double most = 0, value, bound;
    ml_status s;

    tap_plan(2);
    for (int i = 0; i < 300; i++) {
        int n = (int)tap_random_int(&r, 0, 8);
        double alpha = tap_random_log(&r, 1e-3, 0.5);
        double beta = alpha * (n + 1) + tap_random_range(&r, 0, 5);
        double z = -tap_random_log(&r, 2, 1e12);

        most = fmax(most, share(alpha, beta * (1 + 0x1p-50), z, n));
    }
    tap_note("greatest remainder: %.3g of D36", most);
    tap_ok(most <= 1 && most > 1e-3, "[mlfunc D36] the remainder");
    s = ml_mittleff_bound_d(&value, &bound, 0x1.241bfd1a135a9p-10, 2,
                            -0x1.5284be469a777p+569);
    tap_ok(s == ML_OK && value == 0x1.836012b9ae4a2p-570,
           "E at 0.0011, 2, -2.6e171 is found by eight terms");
    return tap_done();
}
