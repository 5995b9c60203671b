/* mlfunc/test/value_truth.h - values with bounds against balls. */
#ifndef MLFUNC_TEST_VALUE_TRUTH_H
#define MLFUNC_TEST_VALUE_TRUTH_H

#include <math.h>

#include <acb.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

/* The share of a bound that the true error takes. */
typedef struct {
    const char *what;
    double most;
    long n, broken, unknown;
} value_share;

/* |x - (hi + lo) 2^e| against err 2^e. */
static inline void
value_share_add(value_share *s, const arb_t x, double hi, double lo, double err,
                long long e)
{
    arb_t d, t;
    mag_t up, low;

    arb_init(d);
    arb_init(t);
    mag_init(up);
    mag_init(low);
    arb_mul_2exp_si(d, x, (slong)-e);
    arb_set_d(t, hi);
    arb_sub(d, d, t, ARF_PREC_EXACT);
    arb_set_d(t, lo);
    arb_sub(d, d, t, ARF_PREC_EXACT);
    arb_get_mag(up, d);
    arb_get_mag_lower(low, d);
    double high = mag_get_d(up), least = mag_get_d(low);
    s->n++;
    if (!(err >= 0) || least > err) {
        if (s->broken++ < 5)
            tap_note("%s: error %g, bound %g, value %a", s->what, least, err,
                     hi);
    } else if (high > err * (1 + 0x1p-20)) {
        s->unknown++;
    }
    /* low and high are rounded to 30 bits */
    if (err > 0 && least <= err && least / err > s->most)
        s->most = least / err;
    arb_clear(d);
    arb_clear(t);
    mag_clear(up);
    mag_clear(low);
}

/* Two claims: never broken, and reached to a factor 1000. */
static inline void
value_share_claim(const value_share *s, const char *tag)
{
    tap_ok(s->broken == 0 && s->n >= tap_effort(21) && s->unknown * 20 <= s->n,
           "[mlfunc %s] %s: within the bound at %ld points (%ld unknown)", tag,
           s->what, s->n, s->unknown);
    tap_ok(s->most >= 1e-3 && s->most <= 1, "[mlfunc %s] %s: worst share %.3g",
           tag, s->what, s->most);
}

/* E_{alpha,beta}(z). */
static inline void
value_truth(acb_t e, double alpha, double beta, const double z[2], slong prec)
{
    arb_t a, b;
    acb_t x;

    arb_init(a);
    arb_init(b);
    acb_init(x);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    acb_set_d_d(x, z[0], z[1]);
    /* A wide ball shows in what is unknown. */
    ml_status st = ml_mittleff(e, a, b, x, prec);
    (void)st;
    arb_clear(a);
    arb_clear(b);
    acb_clear(x);
}

/* The same by 700 terms of the power series, for alpha too small for other
 * methods and |z| < 0.8. */
static inline void
value_truth_series(acb_t e, double alpha, double beta, const double z[2],
                   slong prec)
{
    arb_t y, b;
    acb_t x;
    mag_t rest;

    arb_init(y);
    arb_init(b);
    acb_init(x);
    mag_init(rest);
    acb_set_d_d(x, z[0], z[1]);
    acb_get_mag(rest, x);
    mag_pow_ui(rest, rest, 701);
    mag_mul_2exp_si(rest, rest, 23);
    arb_set_d(b, beta);
    acb_zero(e);
    for (slong k = 700; k >= 0; k--) {
        arb_set_d(y, alpha);
        arb_mul_si(y, y, k, ARF_PREC_EXACT);
        arb_add(y, y, b, ARF_PREC_EXACT);
        acb_mul(e, e, x, prec);
        if (!arb_is_int(y) || arb_is_positive(y)) {
            arb_rgamma(y, y, prec);
            acb_add_arb(e, e, y, prec);
        }
    }
    /* the rest, coefficients below 2^20 for beta > -8: README, M4 */
    acb_add_error_mag(e, rest);
    mag_clear(rest);
    arb_clear(y);
    arb_clear(b);
    acb_clear(x);
}

#endif
