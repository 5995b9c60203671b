/* mlfunc/double/value.c - a value with its error, rounded to a double.
 *
 * Both ends of the interval are rounded; where they agree, so does all between.
 * [mlfunc D2]
 *
 * SPDX-License-Identifier: MIT
 */
#include <float.h>
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/dd.h"

/* Beyond these every number is infinite or below half of 2^-1074. */
#define MOST_EXPONENT  4000
#define DEEP_EXPONENT  (-2022)
#define DEEP_MOST_SIZE 0x1p900

static double
move_bits(double x, int64_t by)
{
    int64_t bits;

    memcpy(&bits, &x, sizeof bits);
    bits += by;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The next double above x, which is not -0. */
static double
next_up(double x)
{
    return move_bits(x, x < 0 ? -1 : 1);
}

/* Directed sums, exact where the sum is. */
static double
sum_up(double a, double b)
{
    dd s = dd_two_sum(a, b);

    return s.l > 0 ? next_up(s.h) : s.h;
}

static double
sum_down(double a, double b)
{
    return -sum_up(-a, -b);
}

/* The sum, or the neighbour of it whose last bit is 1. */
static double
sum_odd(double a, double b)
{
    dd s = dd_two_sum(a, b);
    int64_t bits;

    memcpy(&bits, &s.h, sizeof bits);
    if (s.l == 0 || bits % 2 != 0)
        return s.h;
    return move_bits(s.h, (s.l > 0) == (s.h > 0) ? 1 : -1);
}

static double
times_power(double x, int e)
{
    return e ? ldexp(x, e) : x;
}

/* (x - err) 2^e rounded to nearest, x - err itself rounded downwards; where
 * that gives 0, the sign is that of x - err. */
static double
lower_end(dd x, double err, int e)
{
    dd p = dd_two_sum(x.h, sum_down(x.l, -err));
    double least; /* normal: 2^-1022 in units of 2^e */

    if (e < DEEP_EXPONENT)
        return copysign(0, p.h);
    least = times_power(DBL_MIN, -e);
    if (fabs(p.h) < least) {
        /* from 2^52 to 2^53 quanta doubles are whole quanta apart */
        double shift = copysign(least, p.h);
        dd s = dd_two_sum(shift, p.h);

        p.h = copysign(s.h + sum_odd(s.l, p.l) - shift, p.h);
    }
    return times_power(p.h, e);
}

/* An upper bound of |x - y 2^-e| 2^e + err 2^e, exact where it can be. */
static double
distance(dd x, double err, double y, int e)
{
    /* x.h - y 2^-e is exact: y is a neighbour of x */
    dd d = dd_two_sum(x.h - times_power(y, -e), x.l);
    double size = fabs(d.h), bound;

    if (d.l != 0)
        size = next_up(size);
    size = sum_up(size, err);
    bound = times_power(size, e);
    return times_power(bound, -e) < size ? next_up(bound) : bound;
}

static ml_status
unable(double *value, double *bound)
{
    *value = (double)NAN;
    *bound = (double)INFINITY;
    return ML_UNABLE;
}

/* Far from the ends of the range, and decided: what follows, in short. */
static bool
plainly(double *value, double *bound, const ml_value *v, dd x)
{
    dd sum = dd_two_sum(fabs(x.l), v->err);
    double most = move_bits(sum.h, sum.l > 0); /* sum_up */

    if (!(v->exponent == 0 && fabs(x.h) > 0x1p-900 && fabs(x.h) < 0x1p900
          && x.h + most == x.h && x.h - most == x.h))
        return false;
    *value = x.h;
    *bound = most;
    return true;
}

ml_status
ml_value_round(double *value, double *bound, const ml_value *v)
{
    dd x = dd_two_sum(v->hi, v->lo);
    int e = v->exponent;
    double unwanted, low, high;
    ml_status status = ML_OK;

    bound = bound ? bound : &unwanted;
    if (plainly(value, bound, v, x))
        return ML_OK;
    if (!isfinite(x.h) || !(v->err <= DBL_MAX))
        return unable(value, bound);
    if (e < DEEP_EXPONENT && fabs(x.h) + v->err > DEEP_MOST_SIZE)
        return unable(value, bound);
    if (x.h == 0 && v->err == 0) {
        *value = *bound = 0;
        return ML_OK;
    }
    e = e < -MOST_EXPONENT ? -MOST_EXPONENT : e;
    e = e > MOST_EXPONENT ? MOST_EXPONENT : e;
    low = lower_end(x, v->err, e);
    high = -lower_end(dd_neg(x), v->err, e);
    *value = low;
    if (low != high || signbit(low) != signbit(high)) {
        *value = lower_end(x, 0, e);
        status |= ML_UNDECIDED;
    }
    if (isinf(*value)) {
        *bound = (double)INFINITY;
        return status | ML_OVERFLOW;
    }
    *bound = distance(x, v->err, *value, e);
    if (fmax(fabs(low), fabs(high)) < DBL_MIN && *bound > 0)
        status |= ML_UNDERFLOW;
    return status;
}
