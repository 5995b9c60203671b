/* mlfunc/test/lanes_dd.c - the operations of dd.h in one instruction set. */
#include "mlfunc/test/lanes_dd.h"

#include "mlfunc/double/dd.h"

#define APPLY(PAIR, NAME)                            \
    static PAIR NAME##_apply(int op, PAIR a, PAIR b) \
    {                                                \
        switch (op) {                                \
        case DD_TWO_SUM:                             \
            return NAME##_two_sum(a.h, b.h);         \
        case DD_QUICK:                               \
            return NAME##_quick_two_sum(a.h, b.h);   \
        case DD_TWO_PROD:                            \
            return NAME##_two_prod(a.h, b.h);        \
        case DD_ADD:                                 \
            return NAME##_add(a, b);                 \
        case DD_SUB:                                 \
            return NAME##_sub(a, b);                 \
        case DD_ADD_D:                               \
            return NAME##_add_d(a, b.h);             \
        case DD_MUL:                                 \
            return NAME##_mul(a, b);                 \
        case DD_MUL_D:                               \
            return NAME##_mul_d(a, b.h);             \
        default:                                     \
            return NAME##_div(a, b);                 \
        }                                            \
    }

APPLY(dd, dd)
APPLY(ldd, ldd)

static void
by_lanes(double *h, double *l, int op, size_t n, const double *ah,
         const double *al, const double *bh, const double *bl)
{
    for (size_t i = 0; i < n; i += LANES) {
        ldd a = {lane_loadu(ah + i), lane_loadu(al + i)};
        ldd b = {lane_loadu(bh + i), lane_loadu(bl + i)};
        ldd c = ldd_apply(op, a, b);

        lane_storeu(h + i, c.h);
        lane_storeu(l + i, c.l);
    }
}

static void
one_by_one(double *h, double *l, int op, size_t n, const double *ah,
           const double *al, const double *bh, const double *bl)
{
    for (size_t i = 0; i < n; i++) {
        dd c = dd_apply(op, (dd){ah[i], al[i]}, (dd){bh[i], bl[i]});

        h[i] = c.h;
        l[i] = c.l;
    }
}

static void
roots(double *rint, double *sqrt, size_t n, const double *x)
{
    for (size_t i = 0; i < n; i += LANES) {
        lane a = lane_loadu(x + i);

        lane_storeu(rint + i, lane_rint(a));
        lane_storeu(sqrt + i, lane_sqrt(lane_abs(a)));
    }
}

const dd_tests ML_LANES_OF(dd_tests) = {
    .lanes = LANES,
    .fma = ML_HAS_FMA,
    .by_lanes = by_lanes,
    .one_by_one = one_by_one,
    .roots = roots,
};
