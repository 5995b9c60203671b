/* mlfunc/test/terms.h - sums of terms that are double-doubles, made up and exact. */
#ifndef MLFUNC_TEST_TERMS_H
#define MLFUNC_TEST_TERMS_H

#include <arb.h>
#include <math.h>

#include "validation/tap/tap.h"

/* n terms h + l of any sign whose sizes are 2^-bits to 2^bits. */
static inline void
terms_draw(double *h, double *l, int n, tap_random *r, double bits)
{
    for (int k = 0; k < n; k++) {
        double size = exp2(tap_random_range(r, -bits, bits));

        h[k] = tap_random_range(r, -1, 1) < 0 ? -size : size;
        l[k] = h[k] * tap_random_range(r, -0x1p-53, 0x1p-53);
    }
}

/* sum of the (h_k + l_k) y^(k - from), from <= k < n. */
static inline void
terms_sum(arb_t sum, const double *h, const double *l, int from, int n,
          const arb_t y, slong prec)
{
    arb_t a;

    arb_init(a);
    arb_zero(sum);
    for (int k = n - 1; k >= from; k--) {
        arb_mul(sum, sum, y, prec);
        arb_set_d(a, h[k]);
        arb_add(sum, sum, a, prec);
        arb_set_d(a, l[k]);
        arb_add(sum, sum, a, prec);
    }
    arb_clear(a);
}

#endif
