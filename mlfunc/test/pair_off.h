/* mlfunc/test/pair_off.h - how far a double-double is from a ball. */
#ifndef MLFUNC_TEST_PAIR_OFF_H
#define MLFUNC_TEST_PAIR_OFF_H

#include <arb.h>

/* |h + l - want| as a double, rounded up. */
static inline double
pair_off(double h, double l, const arb_t want)
{
    arb_t d, t;
    mag_t m;

    arb_init(d);
    arb_init(t);
    mag_init(m);
    arb_set_d(t, h);
    arb_sub(d, t, want, ARF_PREC_EXACT);
    arb_set_d(t, l);
    arb_add(d, d, t, ARF_PREC_EXACT);
    arb_get_mag(m, d);
    double off = mag_get_d(m);
    arb_clear(d);
    arb_clear(t);
    mag_clear(m);
    return off;
}

#endif
