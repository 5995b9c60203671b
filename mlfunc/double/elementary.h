/* mlfunc/double/elementary.h - exp, log, sin, cos, arg in double-double.
 *
 * For one number.  Only + - * / and sqrt of doubles, so that every machine has
 * the same bits; errors in README.md, D20 to D23.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_ELEMENTARY_H
#define MLFUNC_DOUBLE_ELEMENTARY_H

#include "mlfunc/double/dd.h"
#include "mlfunc/double/elementary_table.h"

#define DD_CALL static inline __attribute__((unused))

/* pi: relative error 2^-107. */
#define DD_PI ((dd){0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53})

/* m 2^k. */
typedef struct {
    dd m;
    int k;
} dd_scaled;

/* re + i im. */
typedef struct {
    dd re, im;
} dz;

/* ---------------------------------------------------------------- arithmetic */

/*
 * dd_sqrt - the square root of x > 0, 2^-900 <= x <= 2^900.
 *
 * Error    relative: 2^-103.                                    [mlfunc D20]
 */
LANE_INLINE dd
dd_sqrt(dd x)
{
    double s = __builtin_sqrt(x.h);
    dd p = dd_two_prod(s, s);

    return dd_quick_two_sum(s, (((x.h - p.h) - p.l) + x.l) / (s + s));
}

/* a b for complex numbers; each part is off by at most 16 u^2 |a| |b|. */
LANE_INLINE dz
dz_mul(dz a, dz b)
{
    return (dz){dd_sub(dd_mul(a.re, b.re), dd_mul(a.im, b.im)),
                dd_add(dd_mul(a.re, b.im), dd_mul(a.im, b.re))};
}

/* a^2; each part is off by at most 12 u^2 |a|^2. */
LANE_ALWAYS dz
dz_square(dz a)
{
    return (dz){dd_sub(dd_mul(a.re, a.re), dd_mul(a.im, a.im)),
                dd_scale(dd_mul(a.re, a.im), 2)};
}

LANE_ALWAYS dz
dz_mul_dd(dz a, dd b)
{
    return (dz){dd_mul(a.re, b), dd_mul(a.im, b)};
}

LANE_ALWAYS dz
dz_half(dz a)
{
    return (dz){dd_scale(a.re, 0.5), dd_scale(a.im, 0.5)};
}

/* x 2^k for any k: 0 or infinity where it must be; exact if the result is not
 * subnormal. */
LANE_INLINE double
double_ldexp(double x, long long k)
{
    long long part = k < -2200 ? -2200 : k > 2200 ? 2200 : k;

    for (int i = 3; i > 0; i--) {
        long long step = part / i;
        int64_t bits = (int64_t)(1023 + step) << 52;
        double s;

        memcpy(&s, &bits, sizeof s);
        x *= s;
        part -= step;
    }
    return x;
}

/* x 2^k exactly, |k| <= 1000. */
LANE_ALWAYS dd
dd_by_power(dd x, int k)
{
    int64_t bits = (int64_t)(1023 + k) * ((int64_t)1 << 52);
    double s;

    memcpy(&s, &bits, sizeof s);
    return dd_scale(x, s);
}

LANE_INLINE dd
dd_ldexp(dd x, long long k)
{
    return (dd){double_ldexp(x.h, k), double_ldexp(x.l, k)};
}

/* The nearest integer, |x| < 2^51. */
LANE_ALWAYS double
double_rint(double x)
{
    return (x + 0x1.8p52) - 0x1.8p52;
}

/* -------------------------------------------------------- two numbers at a time */

/* Two numbers side by side: the same operations as for one, half as many. */
typedef double twin __attribute__((vector_size(16)));

typedef struct {
    twin h, l;
} tdd;

typedef struct {
    tdd re, im;
} tdz;

LANE_ALWAYS twin
twin_product_error(twin a, twin b, twin p)
{
#if LANES > 2
    return (twin)_mm_fmsub_pd((__m128d)a, (__m128d)b, (__m128d)p);
#else
    return lane_product_error(a, b, p); /* of two lanes */
#endif
}

#define DD_PRODUCT       LANE_ALWAYS
#define DD_PAIR          tdd
#define DD_REAL          twin
#define DD_NAME(op)      tdd_##op
#define DD_PRODUCT_ERROR twin_product_error
#include "mlfunc/double/dd_ops.h"

#define DD_PAIR     tdd
#define DD_REAL     twin
#define DD_COMPLEX  tdz
#define DD_NAME(op) tdd_##op
#include "mlfunc/double/elementary_ops.h"

#define DD_PAIR     dd
#define DD_REAL     double
#define DD_COMPLEX  dz
#define DD_NAME(op) dd_##op
#include "mlfunc/double/elementary_ops.h"

LANE_ALWAYS tdd
tdd_of(dd a, dd b)
{
    return (tdd){{a.h, b.h}, {a.l, b.l}};
}

LANE_ALWAYS dd
dd_first(tdd a)
{
    return (dd){a.h[0], a.l[0]};
}

LANE_ALWAYS dd
dd_second(tdd a)
{
    return (dd){a.h[1], a.l[1]};
}

/* ------------------------------------------------------------------ functions */

/*
 * dd_exp - e^x = m 2^k.
 *
 * Domain   |x| <= 2^29.
 * Result   0.99 < m < 2.01.
 * Error    relative: ML_EXP_ERROR(x).                           [mlfunc D20]
 */
#define ML_EXP_ERROR(x) (0x1p-98 + __builtin_fabs((x).h) * 0x1p-102)

/* 2^(step/2^14) but for the power of 2. */
LANE_ALWAYS dd
dd_exp_main(int64_t step)
{
    const double *main = ml_elementary.exp[(step >> 7) & (ML_EXP_STEPS - 1)];

    return (dd){main[0], main[1]};
}

LANE_ALWAYS dd
dd_exp_fine(int64_t step)
{
    const double *fine = ml_elementary.exp_fine[step & (ML_EXP_STEPS - 1)];

    return (dd){fine[0], fine[1]};
}

LANE_ALWAYS dd_scaled
dd_exp(dd x)
{
    double k = double_rint(x.h * ml_elementary.exp_rate);
    int64_t step = (int64_t)k;
    dd t = dd_mul(dd_exp_main(step), dd_exp_fine(step));
    dd r = dd_less_steps(x, k, ml_elementary.exp_step);

    return (dd_scaled){dd_times_exp(t, r), (int)(step >> 14)};
}

/* dd_exp of a and b, with the same bits. */
LANE_ALWAYS void
dd_exp_two(dd_scaled e[2], dd a, dd b)
{
    tdd x = tdd_of(a, b);
    twin k = (x.h * ml_elementary.exp_rate + 0x1.8p52) - 0x1.8p52;
    int64_t i = (int64_t)k[0], j = (int64_t)k[1];
    tdd t = tdd_mul(tdd_of(dd_exp_main(i), dd_exp_main(j)),
                    tdd_of(dd_exp_fine(i), dd_exp_fine(j)));
    tdd m = tdd_times_exp(t, tdd_less_steps(x, k, ml_elementary.exp_step));

    e[0] = (dd_scaled){dd_first(m), (int)(i >> 14)};
    e[1] = (dd_scaled){dd_second(m), (int)(j >> 14)};
}

/*
 * dd_log, dd_log_d - the natural logarithm of x, 2^-1000 <= x <= 2^1000.
 *
 * Error    absolute: ML_LOG_ERROR(result).                      [mlfunc D21]
 */
#define ML_LOG_ERROR(log) (0x1p-99 + __builtin_fabs((log).h) * 0x1p-102)

/* log(1 + r) = r - (r^2/2) (1 - tail), |r| < 2^-15.9. */
LANE_ALWAYS dd
dd_log_near_one(dd r)
{
    double h = r.h, square = h * h;
    double tail = h * (2 / 3.0 - h * 0.5) + h * square * (0.4 - h * (1 / 3.0));
    dd q = dd_two_prod(h, -0.5 * h);
    dd v = dd_quick_two_sum(h, q.h);

    v.l += (r.l + q.l) - (h * r.l + q.h * tail);
    return v;
}

LANE_ALWAYS dd
dd_log(dd x)
{
    int64_t bits, from, n;
    double m, scale;

    /* x = 2^n m, 0.705 < m < 1.411 */
    memcpy(&bits, &x.h, sizeof bits);
    from = bits - ML_LOG_FIRST;
    n = from >> 52;
    bits -= n * ((int64_t)1 << 52);
    memcpy(&m, &bits, sizeof m);
    bits = (1023 - n) * ((int64_t)1 << 52);
    memcpy(&scale, &bits, sizeof scale);
    const double *first = ml_elementary.log[(from >> 45) & (ML_LOG_STEPS - 1)];
    dd v = dd_two_prod(m, first[0]);
    v.l += x.l * scale * first[0];
    double k = double_rint((v.h - 1) * ML_LOG_FINE);
    const double *fine = ml_elementary.log_fine[(int)k + ML_LOG_WITHIN];
    dd w = dd_two_prod(v.h, fine[0]);
    dd r = dd_quick_two_sum(w.h - 1, w.l + v.l * fine[0]);
    dd y = dd_log_near_one(r);
    /* each is larger than the next, or 0 */
    dd p = dd_two_prod((double)n, ml_elementary.ln2[0]);
    dd s = dd_quick_two_sum(p.h, first[1]);
    dd t = dd_quick_two_sum(s.h, fine[1]);
    dd z = dd_quick_two_sum(t.h, y.h);
    p.l += (double)n * ml_elementary.ln2[1];

    return dd_quick_two_sum(z.h, (((p.l + first[2]) + s.l) + (t.l + fine[2]))
                                     + (z.l + y.l));
}

LANE_ALWAYS dd
dd_log_d(double x)
{
    return dd_log((dd){x, 0});
}

/*
 * dd_cis - cos x + i sin x.
 *
 * Domain   |x| <= 2^42.
 * Error    absolute, of each part: ML_CIS_ERROR(x).             [mlfunc D22]
 */
#define ML_CIS_ERROR(x) (0x1p-91 + __builtin_fabs((x).h) * 0x1p-102)

LANE_ALWAYS dd
dd_sine_of(int64_t step)
{
    const double *sine = ml_elementary.sin[step & (ML_SIN_STEPS - 1)];

    return (dd){sine[0], sine[1]};
}

LANE_ALWAYS dd
dd_cosine_of(int64_t step)
{
    return dd_sine_of(step + ML_SIN_STEPS / 4);
}

#ifdef ML_SHARED
#    define dd_cis ML_LANES_OF(ml_dd_cis)
#endif
LANE_SHARED dz dd_cis(dd x);

#if LANE_SHARED_HERE
dz
dd_cis(dd x)
{
    double k = double_rint(x.h * ml_elementary.sin_rate);
    int64_t step = (int64_t)k;

    return dd_turn_by(dd_cosine_of(step), dd_sine_of(step),
                      dd_less_steps(x, k, ml_elementary.sin_step));
}
#endif

/* dd_cis of a and b, with the same bits. */
LANE_INLINE void
dd_cis_two(dz e[2], dd a, dd b)
{
    tdd x = tdd_of(a, b);
    twin k = (x.h * ml_elementary.sin_rate + 0x1.8p52) - 0x1.8p52;
    int64_t i = (int64_t)k[0], j = (int64_t)k[1];
    tdz t = tdd_turn_by(tdd_of(dd_cosine_of(i), dd_cosine_of(j)),
                        tdd_of(dd_sine_of(i), dd_sine_of(j)),
                        tdd_less_steps(x, k, ml_elementary.sin_step));

    e[0] = (dz){dd_first(t.re), dd_first(t.im)};
    e[1] = (dz){dd_second(t.re), dd_second(t.im)};
}

/*
 * dd_arg - arg(x + i y) in (-pi, pi], not both 0.
 *
 * Domain   |x|, |y| at most 2^500, the larger at least 2^-500.
 * Error    absolute: 2^-100; for x > 0 relative to the result, too, 2^-93, unless
 *          it is below 2^-900.                                  [mlfunc D23]
 */
#define ML_ARG_ERROR 0x1p-100

/* A step k of pi/256 within 0.6 steps of arg(x + i y), y >= 0. */
LANE_INLINE int
double_arg_step(double x, double y)
{
    double a = __builtin_fabs(x);
    double q = a < y ? a / y : y / a, square = q * q;
    double angle = q * (0.9953545 - square * (0.288679 - square * 0.079331));
    double step = angle * ml_elementary.sin_rate;

    step = a < y ? ML_SIN_STEPS / 4 - step : step;
    return (int)double_rint(x < 0 ? ML_SIN_STEPS / 2 - step : step);
}

LANE_INLINE dd
dd_arg(double x, double y)
{
    double above = __builtin_fabs(y);
    int k = double_arg_step(x, above);
    dd s = dd_sine_of(k), c = dd_cosine_of(k);
    /* turned back by k steps: q = y/x, atan q = q - (q^3/3) (1 - 3 tail) */
    dd q = dd_div(dd_sub(dd_mul_d(c, above), dd_mul_d(s, x)),
                  dd_add(dd_mul_d(c, x), dd_mul_d(s, above)));
    dd w = dd_mul(q, q);
    double tail = w.h * (1 / 9.0 - w.h * (1 / 11.0 - w.h * (1 / 13.0)));
    dd v = {ml_elementary.fifth[0], ml_elementary.fifth[1]};
    v = dd_mul(w, dd_add_d(v, -w.h * (1 / 7.0 - tail)));
    v = dd_sub((dd){ml_elementary.third[0], ml_elementary.third[1]}, v);
    dd a = dd_sub(q, dd_mul(dd_mul(q, w), v));
    dd p = dd_two_prod(k, ml_elementary.sin_step[0]);
    p.l += k * ml_elementary.sin_step[1];
    a = dd_add(p, a);
    return y < 0 ? dd_neg(a) : a;
}

#endif
