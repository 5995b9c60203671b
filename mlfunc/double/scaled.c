/* mlfunc/double/scaled.c - numbers of any size with their error, and 1/Gamma.
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "mlfunc/double/scaled.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/elementary.h"
#include "mlfunc/double/rgamma_double_table.h"

/* Room for the roundings of a bound, and for what leaves the range. */
#define ROOM   (1 + 0x1p-40)
#define LOST   0x1p-900
#define DD_EPS 0x1p-106

/* ------------------------------------------------------------------- numbers */

/* dd_ldexp, in short where that is enough. */
static dd
moved(dd x, long long k)
{
    return k > -1000 && k < 1000 ? dd_by_power(x, (int)k) : dd_ldexp(x, k);
}

/* [mlfunc D34] */
scaled
scaled_make(dd m, double err, long long e)
{
    double size = m.h != 0 ? m.h : err;
    int by;

    if (size == 0 || !isfinite(size) || !(err < 0x1p900))
        return (scaled){m, m.h == 0 && err == 0 ? 0 : (double)INFINITY, 0};
    if (fabs(size) < 0x1p-900) {
        m = dd_scale(m, 0x1p600);
        err *= 0x1p600;
        e -= 600;
        size *= 0x1p600;
    }
    by = double_exponent(size);
    return (scaled){moved(m, -by), moved((dd){err, 0}, -by).h * ROOM, e + by};
}

scaled
scaled_mul(scaled a, scaled b)
{
    double s = fabs(a.m.h) * ROOM, t = fabs(b.m.h) * ROOM;
    double err = s * b.err + t * a.err + a.err * b.err + 8 * DD_EPS * s * t;

    return scaled_make(dd_mul(a.m, b.m), err * ROOM, a.e + b.e);
}

scaled
scaled_add(scaled a, scaled b)
{
    if (a.m.h == 0 && a.err == 0)
        return b;
    if (b.m.h == 0 && b.err == 0)
        return a;
    if (a.e < b.e)
        return scaled_add(b, a);

    long long down = b.e - a.e;
    dd m = moved(b.m, down);
    double err = a.err + moved((dd){b.err, 0}, down).h + LOST;

    err += 4 * DD_EPS * (fabs(a.m.h) + fabs(m.h)) * ROOM;
    return scaled_make(dd_add(a.m, m), err * ROOM, a.e);
}

/* 1/(m + d) - 1/m = -d/(m (m + d)) */
scaled
scaled_inverse(scaled a)
{
    double low = fabs(a.m.h) * (1 - 0x1p-40), rest = low - a.err;
    dd one = {1, 0};

    if (!(rest > 0))
        return (scaled){one, (double)INFINITY, 0};
    return scaled_make(dd_div(one, a.m),
                       (a.err / (low * rest) + 16 * DD_EPS / low) * ROOM, -a.e);
}

scaled
scaled_up(scaled a)
{
    return scaled_make((dd){(fabs(a.m.h) + a.err) * ROOM, 0}, 0, a.e);
}

scaled
scaled_down(scaled a)
{
    double low = fabs(a.m.h) * (1 - 0x1p-40) - a.err * ROOM;

    return scaled_make((dd){low > 0 ? low * (1 - 0x1p-40) : 0, 0}, 0, a.e);
}

bool
scaled_less(scaled a, scaled b)
{
    if (a.m.h == 0 || b.m.h == 0)
        return a.m.h == 0 && b.m.h != 0;
    /* both from 1 to 2 */
    return a.e != b.e ? a.e < b.e : a.m.h < b.m.h;
}

/* --------------------------------------------------------------------- e^x */

/* [mlfunc D34] */
scaled
scaled_exp(dd x, double err)
{
    dd ln2 = {ml_ln_two[0], ml_ln_two[1]}, r;
    double k = rint(x.h * 1.4426950408889634);
    dd_scaled y;

    if (x.h < -0x1p45 && err < 0x1p20)
        return (scaled){{0, 0}, 1, -4 * SCALED_MOST};
    if (!(fabs(k) < 0x1p60 && err < 0.25))
        return (scaled){{1, 0}, (double)INFINITY, 0};
    r = dd_sub(x, dd_mul_d(ln2, k));
    y = dd_exp(r);
    err += 16 * DD_EPS * (fabs(x.h) + 1) + ML_EXP_ERROR(r);
    return scaled_make(y.m, 2.5 * err * ROOM, (long long)k + y.k);
}

dd
scaled_log(double x)
{
    dd ln2 = {ml_ln_two[0], ml_ln_two[1]};
    double by = fabs(x) < 0x1p-900 ? 200 : fabs(x) > 0x1p900 ? -200 : 0;
    dd log = dd_log_d(double_ldexp(fabs(x), (long long)by));

    return by == 0 ? log : dd_sub(log, dd_mul_d(ln2, by));
}

/* ------------------------------------------------------------- cos and sin */

/* x less the whole turns next to it. */
static dd
less_turns(dd x)
{
    double k = rint(x.h * 0x1.45f306dc9c883p-3);

    return dd_sub(x, dd_mul_d(dd_scale(DD_PI, 2), k));
}

/* [mlfunc D45] */
dz
scaled_cis(dd x)
{
    dd r = less_turns(less_turns(x)), c, s, v;
    double k = double_rint(r.h * ml_elementary.sin_rate);
    int64_t step = (int64_t)k;

    r = dd_less_steps(r, k, ml_elementary.sin_step);
    v = dd_neg(dd_mul(r, r));
    /* cos r = 1 + (v/2) (1 + (v/12) (1 + ...)), sin r = r + (v r/6) (1 + ...) */
    c = dd_quick_two_sum(
        1, v.h / 30 * (1 + v.h / 56 * (1 + v.h / 90 * (1 + v.h / 132))));
    s = dd_quick_two_sum(
        1, v.h / 42 * (1 + v.h / 72 * (1 + v.h / 110 * (1 + v.h / 156))));
    for (int i = 4; i > 0; i -= 2) {
        dd below = {i * (i - 1), 0}, above = {i * (i + 1), 0};

        c = dd_add_d(dd_div(dd_mul(c, v), below), 1);
        s = dd_add_d(dd_div(dd_mul(s, v), above), 1);
    }
    return dz_mul((dz){dd_cosine_of(step), dd_sine_of(step)},
                  (dz){c, dd_mul(s, r)});
}

/* -------------------------------------------------------- complex numbers */

static bool
is_zero(scaled a)
{
    return a.m.h == 0 && a.err == 0;
}

scaledz
scaledz_add(scaledz a, scaledz b)
{
    return (scaledz){scaled_add(a.re, b.re), scaled_add(a.im, b.im)};
}

scaledz
scaledz_times(scaledz a, scaled b)
{
    scaledz r = {scaled_mul(a.re, b), a.im};

    if (!is_zero(a.im))
        r.im = scaled_mul(a.im, b);
    return r;
}

scaledz
scaledz_mul(scaledz a, scaledz b)
{
    scaledz r = scaledz_times(a, b.re);

    if (is_zero(b.im))
        return r;
    scaled t = scaled_mul(a.im, b.im);
    t.m = dd_neg(t.m);
    r.re = scaled_add(r.re, t);
    r.im = scaled_add(r.im, scaled_mul(a.re, b.im));
    return r;
}

scaledz
scaledz_inverse(scaledz a)
{
    if (is_zero(a.im))
        return (scaledz){scaled_inverse(a.re), a.im};
    scaled square = scaled_add(scaled_mul(a.re, a.re), scaled_mul(a.im, a.im));

    a.im.m = dd_neg(a.im.m);
    return scaledz_times(a, scaled_inverse(square));
}

/* -------------------------------------------------------------------- Gamma */

scaled_arg
scaled_arg_of(double alpha, double beta, double k)
{
    dd p = dd_two_prod(k, alpha);
    dd s = dd_two_sum(p.h, beta), t = dd_two_sum(s.l, p.l);
    double n = double_rint(s.h);
    dd x = dd_two_sum(s.h - n, t.h);

    return (scaled_arg){n, dd_quick_two_sum(x.h, x.l + t.l)};
}

#define STIRLING_FROM 24

/* Gamma(y)^sign, y >= 23.4: Stirling's series.  [mlfunc D34] */
static scaled
stirling(dd y, double sign)
{
    dd log, v, w, s = {0, 0};

    if (y.h > 0x1p45)
        return scaled_exp((dd){sign * 0x1p60, 0}, 0);
    log = dd_log(y);
    w = dd_div((dd){1, 0}, y);
    v = dd_mul(w, w);
    for (int n = ML_STIRLING - 1; n >= 0; n--)
        s = dd_add(dd_mul(s, v), (dd){ml_stirling[0][n], ml_stirling[1][n]});
    s = dd_mul(s, w);
    s = dd_add(s, (dd){ml_stirling_constant[0], ml_stirling_constant[1]});
    s = dd_add(s, dd_mul(dd_add_d(y, -0.5), log));
    s = dd_sub(s, y);
    return scaled_exp(dd_scale(s, sign), y.h * (log.h + 2) * 0x1p-100);
}

/* x with a relative error. */
static scaled
exact(dd x, double relative)
{
    return scaled_make(x, fabs(x.h) * relative, 0);
}

/* sin(pi x), |x| < 0.52. */
static scaled
sine(dd x)
{
    dd v = dd_mul(x, x), s = {0, 0};

    for (int k = ML_SINC - 1; k >= 0; k--)
        s = dd_add(dd_mul(s, v), (dd){ml_sinc[0][k], ml_sinc[1][k]});
    return scaled_mul(exact(s, 0x1p-97), exact(x, 4 * DD_EPS));
}

/* 1/Gamma(n + x), n <= -200, by reflection: sin(pi y) Gamma(1 - y)/pi. */
static scaled
reflected(scaled_arg y)
{
    dd pi = {ml_inverse_pi[0], ml_inverse_pi[1]};
    dd up = dd_sub((dd){1 - y.n, 0}, y.x);
    scaled s = scaled_mul(sine(y.x), exact(pi, DD_EPS));

    if (s.m.h == 0)
        return s;
    if (fmod(y.n, 2) != 0)
        s.m = dd_neg(s.m);
    return scaled_mul(s, stirling(up, 1));
}

/* y (y + 1) ... (23 + x) for n < 24, 16 factors at a time; each is off by 4 u^2
 * and its product by 8 u^2.                                     [mlfunc D34] */
static scaled
rising(scaled_arg y)
{
    scaled p = exact((dd){1, 0}, 0);

    for (double i = y.n; i < STIRLING_FROM;) {
        dd f = {1, 0};

        if (i == 0)
            p = scaled_mul(p, exact(y.x, 4 * DD_EPS));
        i += i == 0;
        for (int n = 0; n < 16 && i != 0 && i < STIRLING_FROM; n++, i++)
            f = dd_mul(f, dd_add_d(y.x, i));
        p = scaled_mul(p, exact(f, 16 * 16 * DD_EPS));
    }
    return p;
}

scaled
scaled_rgamma(scaled_arg y)
{
    dd top;

    if (y.n >= STIRLING_FROM)
        return stirling(dd_add_d(y.x, y.n), -1);
    if (y.n < -200)
        return reflected(y);
    top = dd_add_d(y.x, STIRLING_FROM);
    return scaled_mul(rising(y), stirling(top, -1));
}

scaled
scaled_gamma(scaled_arg y)
{
    if (y.n >= STIRLING_FROM)
        return stirling(dd_add_d(y.x, y.n), 1);
    return scaled_inverse(scaled_rgamma(y));
}
