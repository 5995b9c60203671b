/* mlfunc/double/dd_ops.h - the operations of dd.h, for one type of number.
 *
 * Included once for each, with DD_PAIR, DD_REAL, DD_NAME, DD_PRODUCT_ERROR and
 * DD_PRODUCT, how mul is made, set; no include guard.  u = 2^-53; arguments are
 * normalised, |l| <= u |h|, and so are results.  Errors hold while products,
 * dividends and quotients are 0 or at least 2^-900 in size, and factors and
 * divisors below 2^995.  [mlfunc D1]
 *
 * SPDX-License-Identifier: MIT
 */

/* a + b = h + l exactly. */
LANE_ALWAYS DD_PAIR
DD_NAME(two_sum)(DD_REAL a, DD_REAL b)
{
    DD_REAL s = a + b, t = s - a;

    return (DD_PAIR){s, (a - (s - t)) + (b - t)};
}

/* The same for |a| >= |b| or a = 0. */
LANE_ALWAYS DD_PAIR
DD_NAME(quick_two_sum)(DD_REAL a, DD_REAL b)
{
    DD_REAL s = a + b;

    return (DD_PAIR){s, b - (s - a)};
}

/* a b = h + l exactly. */
LANE_ALWAYS DD_PAIR
DD_NAME(two_prod)(DD_REAL a, DD_REAL b)
{
    DD_REAL p = a * b;

    return (DD_PAIR){p, DD_PRODUCT_ERROR(a, b, p)};
}

LANE_ALWAYS DD_PAIR
DD_NAME(neg)(DD_PAIR a)
{
    return (DD_PAIR){-a.h, -a.l};
}

/* Times a power of 2, exactly. */
LANE_ALWAYS DD_PAIR
DD_NAME(scale)(DD_PAIR a, DD_REAL s)
{
    return (DD_PAIR){a.h * s, a.l * s};
}

/* a + b; error <= 4 u^2 (|a| + |b|). */
LANE_ALWAYS DD_PAIR
DD_NAME(add)(DD_PAIR a, DD_PAIR b)
{
    DD_PAIR s = DD_NAME(two_sum)(a.h, b.h);

    return DD_NAME(quick_two_sum)(s.h, s.l + (a.l + b.l));
}

LANE_ALWAYS DD_PAIR
DD_NAME(sub)(DD_PAIR a, DD_PAIR b)
{
    return DD_NAME(add)(a, DD_NAME(neg)(b));
}

/* a + b; error <= 3 u^2 (|a| + |b|). */
LANE_ALWAYS DD_PAIR
DD_NAME(add_d)(DD_PAIR a, DD_REAL b)
{
    DD_PAIR s = DD_NAME(two_sum)(a.h, b);

    return DD_NAME(quick_two_sum)(s.h, s.l + a.l);
}

/* a b; error <= 8 u^2 |a b|. */
DD_PRODUCT DD_PAIR
DD_NAME(mul)(DD_PAIR a, DD_PAIR b)
{
    DD_PAIR p = DD_NAME(two_prod)(a.h, b.h);

    return DD_NAME(quick_two_sum)(p.h, p.l + (a.h * b.l + a.l * b.h));
}

/* a b; error <= 4 u^2 |a b|. */
LANE_ALWAYS DD_PAIR
DD_NAME(mul_d)(DD_PAIR a, DD_REAL b)
{
    DD_PAIR p = DD_NAME(two_prod)(a.h, b);

    return DD_NAME(quick_two_sum)(p.h, p.l + a.l * b);
}

/* a / b; error <= 16 u^2 |a / b|. */
LANE_ALWAYS DD_PAIR
DD_NAME(div)(DD_PAIR a, DD_PAIR b)
{
    DD_REAL q = a.h / b.h;
    DD_PAIR p = DD_NAME(two_prod)(q, b.h);
    DD_REAL r = ((a.h - p.h) - p.l) + (a.l - q * b.l);

    return DD_NAME(quick_two_sum)(q, r / b.h);
}

#undef DD_PAIR
#undef DD_REAL
#undef DD_NAME
#undef DD_PRODUCT_ERROR
#undef DD_PRODUCT
