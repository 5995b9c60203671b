/* mlfunc/test/promise.h - what ML_OK promises of a ball. */
#ifndef MLFUNC_TEST_PROMISE_H
#define MLFUNC_TEST_PROMISE_H

#include <stdbool.h>

#include <acb.h>

/* rad <= 2^(8-prec) |value| for every value of the ball. */
static inline bool
promise_kept(const acb_t x, slong prec)
{
    mag_t rad, low;
    bool ok;

    mag_init(rad);
    mag_init(low);
    mag_hypot(rad, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(low, x);
    mag_mul_2exp_si(low, low, 8 - prec);
    ok = acb_is_finite(x) && mag_cmp(rad, low) <= 0;
    mag_clear(rad);
    mag_clear(low);
    return ok;
}

#endif
