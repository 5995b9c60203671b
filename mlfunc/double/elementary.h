/* mlfunc/double/elementary.h - exp, log, sin, cos, arg in double-double.
 *
 * For one number.  Only + - * / and sqrt of doubles, so that every machine has
 * the same bits; errors in README.md, D20 to D23.
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

LANE_INLINE dz
dz_mul_dd(dz a, dd b)
{
    return (dz){dd_mul(a.re, b), dd_mul(a.im, b)};
}

LANE_INLINE dz
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
LANE_INLINE dd
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

/* x - k step for the integer k next to x/step, |x - k step| < 0.63 step: at most
 * 12 u^2 |x| + u^2 step off.                                    [mlfunc D20] */
LANE_INLINE dd
dd_less_steps(dd x, double k, const double step[2])
{
    dd p = dd_two_prod(k, step[0]);

    return dd_quick_two_sum(x.h - p.h, (x.l - p.l) - k * step[1]);
}

/* The nearest integer, |x| < 2^51. */
LANE_INLINE double
double_rint(double x)
{
    return (x + 0x1.8p52) - 0x1.8p52;
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

LANE_INLINE dd_scaled
dd_exp(dd x)
{
    double k = double_rint(x.h * ml_elementary.exp_rate);
    int64_t step = (int64_t)k;
    const double *fine = ml_elementary.exp_fine[step & (ML_EXP_STEPS - 1)];
    const double *main = ml_elementary.exp[(step >> 7) & (ML_EXP_STEPS - 1)];
    dd t = dd_mul((dd){main[0], main[1]}, (dd){fine[0], fine[1]});
    /* e^r - 1 = r + (r^2/2) (1 + tail) */
    dd r = dd_less_steps(x, k, ml_elementary.exp_step);
    double h = r.h, square = h * h;
    double tail = h * (1 / 3.0 + h * (1 / 12.0))
                  + h * square * (1 / 60.0 + h * (1 / 360.0));
    dd q = dd_two_prod(h, 0.5 * h);
    dd v = dd_quick_two_sum(h, q.h);
    v.l += (r.l + q.l) + (h * r.l + q.h * tail);
    /* t + t (e^r - 1) */
    dd p = dd_two_prod(t.h, v.h);
    dd s = dd_quick_two_sum(t.h, p.h);
    p.l += t.h * v.l + t.l * v.h;

    return (dd_scaled){dd_quick_two_sum(s.h, s.l + (p.l + t.l)),
                       (int)(step >> 14)};
}

/*
 * dd_log, dd_log_d - the natural logarithm of x, 2^-1000 <= x <= 2^1000.
 *
 * Error    absolute: ML_LOG_ERROR(result).                      [mlfunc D21]
 */
#define ML_LOG_ERROR(log) (0x1p-99 + __builtin_fabs((log).h) * 0x1p-102)

/* log(1 + r) = r - (r^2/2) (1 - tail), |r| < 2^-15.9. */
LANE_INLINE dd
dd_log_near_one(dd r)
{
    double h = r.h, square = h * h;
    double tail = h * (2 / 3.0 - h * 0.5) + h * square * (0.4 - h * (1 / 3.0));
    dd q = dd_two_prod(h, -0.5 * h);
    dd v = dd_quick_two_sum(h, q.h);

    v.l += (r.l + q.l) - (h * r.l + q.h * tail);
    return v;
}

LANE_INLINE dd
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

LANE_INLINE dd
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

/* a + b c + d e, |b c| and |d e| below 2^-6. */
LANE_INLINE dd
dd_turned(const double a[2], const double b[2], dd c, const double d[2], dd e)
{
    dd p = dd_two_prod(b[0], c.h), q = dd_two_prod(d[0], e.h);
    dd s = dd_two_sum(a[0], q.h), t = dd_two_sum(s.h, p.h);

    p.l += b[0] * c.l + b[1] * c.h;
    q.l += d[0] * e.l + d[1] * e.h;
    return dd_quick_two_sum(t.h, (s.l + t.l) + ((p.l + q.l) + a[1]));
}

LANE_INLINE dz
dd_cis(dd x)
{
    double k = double_rint(x.h * ml_elementary.sin_rate);
    int64_t step = (int64_t)k;
    const double *sine = ml_elementary.sin[step & (ML_SIN_STEPS - 1)];
    const double *cosine =
        ml_elementary.sin[(step + ML_SIN_STEPS / 4) & (ML_SIN_STEPS - 1)];
    dd r = dd_less_steps(x, k, ml_elementary.sin_step);
    dd q = dd_two_prod(r.h, r.h);
    q.l += 2 * r.h * r.l;
    /* sin r = r - (r^3/6) (1 - tail) */
    double tail = q.h * (1 / 20.0 - q.h * (1 / 840.0 - q.h * (1 / 60480.0)));
    dd c = dd_mul(
        dd_mul(r, (dd){ml_elementary.sixth[0], ml_elementary.sixth[1]}), q);
    dd s = dd_quick_two_sum(r.h, -c.h);
    s.l += r.l - (c.l - c.h * tail);
    /* cos r - 1 = -r^2/2 + (r^4/24) (1 - tail) */
    tail = q.h * (1 / 30.0 - q.h * (1 / 1680.0 - q.h * (1 / 151200.0)));
    dd f = dd_mul(
        dd_mul(q, (dd){ml_elementary.part_24[0], ml_elementary.part_24[1]}), q);
    dd d = dd_quick_two_sum(-0.5 * q.h, f.h);
    d.l += (f.l - f.h * tail) - 0.5 * q.l;

    const double less[2] = {-sine[0], -sine[1]};

    return (dz){dd_turned(cosine, cosine, d, less, s),
                dd_turned(sine, sine, d, cosine, s)};
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
    const double *sine = ml_elementary.sin[k & (ML_SIN_STEPS - 1)];
    const double *cosine =
        ml_elementary.sin[(k + ML_SIN_STEPS / 4) & (ML_SIN_STEPS - 1)];
    dd s = {sine[0], sine[1]}, c = {cosine[0], cosine[1]};
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
