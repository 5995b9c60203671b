/* mlfunc/test/t-mittleff_poles.c - the size of an exponential term, to the last
 * bit of its bound. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

/* |rho_h| from its definition. */
static void
size_of(arb_t res, double alpha, double beta, const acb_t z, slong h)
{
    const slong prec = 200;
    arb_t a, t, x;

    arb_init(a);
    arb_init(t);
    arb_init(x);
    arb_set_d(a, alpha);
    acb_abs(x, z, prec);
    arb_log(x, x, prec);
    arb_div(x, x, a, prec);
    arb_set_d(t, beta);
    arb_sub_ui(t, t, 1, prec);
    arb_mul(res, t, x, prec);
    arb_neg(res, res);
    arb_exp(x, x, prec);
    acb_arg(t, z, prec);
    arb_const_pi(a, prec);
    arb_addmul_si(t, a, 2 * h, prec);
    arb_set_d(a, alpha);
    arb_div(t, t, a, prec);
    arb_cos(t, t, prec);
    arb_addmul(res, t, x, prec);
    arb_exp(res, res, prec);
    arb_div(res, res, a, prec);
    arb_clear(a);
    arb_clear(t);
    arb_clear(x);
}

/* [mlfunc A4]  The bound is an upper one without any slack but the rounding:
 * a direction that is wrong anywhere shows within some thousands of points. */
static void
last_bit(tap_random *r)
{
    long n = 0, low = 0, high = 0, count = tap_effort(80000);
    ml_mlpoint p;
    mag_t bound;
    arb_t truth, b;
    acb_t z;
    double least = INFINITY;

    ml_mlpoint_init(&p);
    mag_init(bound);
    arb_init(truth);
    arb_init(b);
    acb_init(z);
    for (long i = 0; i < count; i++) {
        /* Half of them where the last of the 30 bits of alpha weighs most, those
 * of the bound least. */
        double alpha = i % 2 ? ldexp(1 + 0x1p-33, (int)tap_random_int(r, -1, 1))
                             : tap_random_range(r, 0.3, 4);
        double beta = tap_random_range(r, -2, 3);
        double x = tap_random_log(r, 0.1, 60);
        double phi = tap_random_range(r, -PI, PI);
        slong h = (slong)tap_random_int(r, -1, 1);
        if (i % 2) {
            x = log(2) - 0.002 * tap_random_unit(r);
            beta = 1, phi = 0, h = 0;
        }
        double m = pow(x, alpha);
        double re = m * cos(phi), im = i % 3 ? m * sin(phi) : 0;
        if (set_point(&p, alpha, beta, re, im) != ML_OK
            || ml_mlpoint_pole_bound(bound, &p, h) != ML_OK)
            continue;
        acb_set_d_d(z, re, im);
        size_of(truth, alpha, beta, z, h);
        arf_set_mag(arb_midref(b), bound);
        mag_zero(arb_radref(b));
        arb_div(b, b, truth, 200);
        arb_sub_ui(b, b, 1, 200);
        low += !arb_is_nonnegative(b);
        high += arf_cmp_2exp_si(arb_midref(b), -24) > 0;
        least = fmin(least, arf_get_d(arb_midref(b), ARF_RND_NEAR));
        n++;
    }
    tap_ok(n > count / 2 && low == 0,
           "A4: no bound below its term, %ld terms, the closest 1 + %.1e", n,
           least);
    tap_ok(high == 0 && least < 0x1p-28, "A4: none above by more than 2^-24");
    ml_mlpoint_clear(&p);
    mag_clear(bound);
    arb_clear(truth);
    arb_clear(b);
    acb_clear(z);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed() + 31);

    tap_plan(2);
    last_bit(&r);
    return tap_done();
}
