/* mlfunc/double/scaled_far.c - E_{alpha,beta}(z) far from 0: poles with the
 * asymptotic series, as numbers with exponents.
 *
 *     t_h = |z|^(1/alpha) e^{i theta_h},   theta_h = (arg z + 2 pi h)/alpha,
 *     E = sum of t_h^(1-beta) e^{t_h}/alpha - sum z^-k/Gamma(beta - alpha k) + R
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/scaled.h"

#include "mlfunc/double/asymptotic.h"

#define ROOM 0x1.0000000001p0

static const scaled unknown = {{1, 0}, (double)INFINITY, 0};

/* ----------------------------------------------------------------------- rays */

/* A ray at |arg t| = pi q: a lower bound of s of A2, an upper one of
 * -ln |cos pi q|, and the last pole inside, counted from this side. */
typedef struct {
    double s, log;
    int last;
    bool falls; /* q <= 1: the poles get smaller towards the ray */
} ray;

/* offset: -turn or turn.                                        [mlfunc D35] */
static ray
ray_of(double alpha, double offset, double q, double log)
{
    double y = alpha * q + offset;
    double v = fabs(y - 2 * double_rint(y / 2)) - (alpha + 1) * 0x1p-50;

    if (!(v > 0x1p-10 && y < 0x1p20))
        return (ray){0, 0, 0, false};
    return (ray){v < 0.5 ? v * (3 - 4 * v * v) : 1, log, (int)ceil(y / 2) - 1,
                 q <= 1};
}

static ray
choose_ray(double alpha, double offset)
{
    ray best = ray_of(alpha, offset, 1, 0);

    if (best.s > 0.25)
        return best;
    if (alpha > 5) {
        /* pi (1 - q) = pi/(2 alpha) = a < 0.32: -ln cos a <= 0.6 a^2 */
        double a = 1.5708 / alpha;
        ray r = ray_of(alpha, offset, 1 - 0.5 / alpha, 0.6 * a * a);
        return r.s > best.s ? r : best;
    }
    for (int j = 1; j < ML_SECANTS && best.s <= 0.25; j++) {
        double log = dd_log_d(ml_secant_up[j]).h * ROOM;
        ray r = ray_of(alpha, offset, 1 - j / 16.0, log);
        best = r.s > best.s ? r : best;
        r = ray_of(alpha, offset, 1 + j / 16.0, log);
        best = r.s > best.s ? r : best;
    }
    return best;
}

/* ---------------------------------------------------------------------- poles */

/* t, or t + (1 - beta) log t, and the errors of its parts. */
typedef struct {
    dz v;
    double err[2];
} place;

/* theta_h.                                                      [mlfunc D45] */
static dd
angle_of(double *err, const scaled_problem *p, int h)
{
    dd angle = dd_add(p->arg, dd_mul_d(DD_PI, 2 * h));
    dd theta = dd_div(angle, (dd){p->alpha, 0});

    *err = p->arg_err / p->alpha + fabs(theta.h) * 0x1p-100;
    return theta;
}

/* Where exponents are beyond those of numbers. */
#define SHIFT_FROM 0x1p58

/* The share of an error that is in proportion to a small angle. */
static double
flat(dd x)
{
    return fabs(x.h) < 0.006 ? fabs(x.h) : 1;
}

/* log t beyond which nothing is computed: the terms that fall are nothing. */
#define FAR_LOG 600

/* t_h, |t_h| = e^log.                                           [mlfunc D45] */
static place
root_of(const scaled_problem *p, dd log, dd theta, double theta_err)
{
    dd_scaled e = dd_exp(log);
    dd t = dd_ldexp(e.m, e.k);
    dz c = scaled_cis(theta);
    double rel = (p->log_err + ML_EXP_ERROR(log)) * 1.01 + 0x1p-102;
    double turn = SCALED_CIS_ERROR(theta.h) * flat(theta) + theta_err;
    place r = {dz_mul_dd(c, t), {0, 0}};

    r.err[0] =
        t.h * (rel * fabs(c.re.h) + SCALED_CIS_ERROR(theta.h) + theta_err);
    r.err[1] = t.h * (rel * fabs(c.im.h) + turn);
    for (int i = 0; i < 2; i++)
        r.err[i] *= ROOM;
    return r;
}

/* t_h where no logarithm is needed: alpha = 1; alpha = 2 and z < 0, h = 0. */
static bool
exact_root(place *r, const scaled_problem *p, int h)
{
    *r = (place){{{p->x, 0}, {p->y, 0}}, {0, 0}};
    if (p->alpha == 1)
        return true;
    if (!(p->alpha == 2 && p->x < 0 && p->y == 0 && h == 0
          && p->modulus > 0x1p-800))
        return false;
    /* sqrt(x/4^50) 2^50: within the domain of dd_sqrt */
    r->v.re = (dd){0, 0};
    r->v.im = dd_scale(dd_sqrt((dd){p->modulus * 0x1p-200, 0}), 0x1p100);
    r->err[1] = r->v.im.h * 0x1p-103 * ROOM;
    return true;
}

/* e^(re + something of modulus <= err), an upper bound where that is wide. */
static scaled
modulus_of(dd re, double err)
{
    double up = re.h + err;

    if (err < 0.25)
        return scaled_exp(re, err);
    up += (fabs(re.h) + err) * 0x1p-50;
    scaled m = scaled_up(scaled_exp((dd){up, 0}, 0));
    return (scaled){{0, 0}, m.err > 0 ? m.err : m.m.h, m.e};
}

/* The cosine, or the sine, of an angle known up to err; 0 up to 1 where that is
 * too wide. */
static scaled
part_of(dd v, double err)
{
    if (!(err < 0.25))
        return (scaled){{0, 0}, 1, 0};
    return scaled_make(v, err * ROOM, 0);
}

/* What is known of the sum of the poles, over e^shift. */
typedef struct {
    scaledz sum;
    dd shift;
    bool lost; /* a phase, or a modulus, is not known to a radian */
} pole_sum;

/* rho_h, or for real z rho_h and its conjugate, over e^shift; *size bounds its
 * modulus.                                                      [mlfunc D45] */
static scaledz
exponential(scaled *size, pole_sum *sum, const scaled_problem *p, int h)
{
    dd one_beta = dd_two_sum(1, -p->beta), log = p->log_t;
    double theta_err, off = fabs(one_beta.h);
    dd theta = angle_of(&theta_err, p, h);
    bool real = p->y == 0, pair = real && !(h == 0 && p->x > 0);
    place t;

    if (!exact_root(&t, p, h)) {
        bool beyond = !(log.h <= FAR_LOG);

        log = beyond ? (dd){FAR_LOG, 0} : log;
        t = root_of(p, log, theta, theta_err);
        if (beyond && !(t.v.re.h < -0x1p800)) {
            *size = unknown;
            return scaledz_unknown;
        }
    }
    dz v = {dd_add(t.v.re, dd_mul(one_beta, log)),
            dd_add(t.v.im, dd_mul(one_beta, theta))};
    double re_err = t.err[0] + off * (p->log_err + fabs(log.h) * 0x1p-101)
                    + fabs(t.v.re.h) * 0x1p-103 + 0x1p-1000;
    double im_err = t.err[1] + off * (theta_err + fabs(theta.h) * 0x1p-101)
                    + fabs(t.v.im.h) * 0x1p-103;
    re_err += (fabs(v.re.h) + sum->shift.h) * 0x1p-104;
    dd re = dd_sub(v.re, sum->shift);
    scaled m = scaled_mul(modulus_of(re, re_err * ROOM),
                          scaled_inverse(scaled_whole(p->alpha)));
    bool known = fabs(v.im.h) < 0x1p100;
    dz c = scaled_cis(known ? v.im : (dd){0, 0});

    m.e += pair;
    *size = scaled_up(m);
    im_err = known ? im_err * ROOM + SCALED_CIS_ERROR(v.im.h) * flat(v.im) : 1;
    if (size->e > SCALED_NOTHING && !(im_err < 0.25 && m.m.h != 0))
        sum->lost = true;
    double re_part = fmax(im_err, SCALED_CIS_ERROR(v.im.h));
    scaledz r = {scaled_mul(m, part_of(c.re, re_part)), scaled_whole(0)};
    if (!real)
        r.im = scaled_mul(m, part_of(c.im, im_err));
    return r;
}

/* What the exponents of all terms are to be less, beyond the range of numbers:
 * about Re t_0, none is larger. */
static dd
shift_of(const scaled_problem *p, const ray *plus)
{
    dd log = p->log_t.h < 70 ? p->log_t : (dd){70, 0};
    place t = root_of(p, log, dd_div(p->arg, (dd){p->alpha, 0}), 0);

    return plus->last >= 0 && t.v.re.h > SHIFT_FROM ? t.v.re : (dd){0, 0};
}

/* The terms from h on, up to the last inside the ray.           [mlfunc D35] */
static void
add_side(pole_sum *s, const scaled_problem *p, int h, const ray *r)
{
    int step = h < 0 ? -1 : 1;
    scaled size = scaled_whole(0);

    for (int n = h < 0 ? 1 : 0; n <= r->last; n++, h += step) {
        scaledz t = exponential(&size, s, p, h);

        /* the rest is no larger, one by one: A4 */
        if (r->falls && scaled_negligible(size, scaledz_larger(s->sum), 130)) {
            size = scaled_mul(size, scaled_whole(r->last - n + 1));
            s->sum.re = scaled_widen(s->sum.re, scaled_up(size));
            if (p->y != 0)
                s->sum.im = scaled_widen(s->sum.im, scaled_up(size));
            return;
        }
        s->sum = scaledz_add(s->sum, t);
    }
}

static pole_sum
exponentials(const scaled_problem *p, const ray *plus, const ray *minus)
{
    pole_sum s = {{scaled_whole(0), scaled_whole(0)}, shift_of(p, plus), false};

    add_side(&s, p, 0, plus);
    if (p->y != 0)
        add_side(&s, p, -1, minus);
    return s;
}

/* --------------------------------------------------------------------- series */

/* 1/(|cos|^nu s).                                               [mlfunc A2] */
static scaled
cost_of(const ray *r, double nu)
{
    scaled cost = scaled_whole(1 / r->s * ROOM);

    if (r->log == 0)
        return cost;
    return scaled_mul(scaled_exp((dd){nu * r->log * ROOM, 0}, 0x1p-20), cost);
}

/* The remainder after n terms; power is |z|^-(n+1).             [mlfunc A2] */
static scaled
remainder_of(const scaled_problem *p, const ray *plus, const ray *minus,
             scaled power, int n)
{
    double nu = p->alpha * (n + 1) - p->beta + 1;
    scaled_arg y = scaled_arg_of(p->alpha, -p->beta, n + 1);

    y.n += 1;
    if (!(nu > 0.25 && nu < 0x1p40))
        return unknown;
    scaled cost = scaled_add(cost_of(plus, nu), cost_of(minus, nu));
    scaled g = scaled_mul(scaled_gamma(y), scaled_whole(0x1.45f4p-3));

    g = scaled_mul(g, scaled_up(cost));
    return scaled_up(scaled_mul(scaled_up(g), scaled_up(power)));
}

/* a^n from above, a >= 0. */
static scaled
power_up(scaled a, int n)
{
    scaled r = scaled_whole(1);

    for (; n > 0; n /= 2) {
        if (n % 2 != 0)
            r = scaled_up(scaled_mul(r, a));
        a = scaled_up(scaled_mul(a, a));
    }
    return r;
}

/* A number of terms after which the remainder is known, and that remainder. */
typedef struct {
    int n;
    scaled rest;
} far_rest;

/* All terms up to there have beta - alpha k > 1/2, small >= 1/|z| is below 1/2;
 * or n = 0. */
static far_rest
far_rest_of(const scaled_problem *p, const ray *plus, const ray *minus,
            scaled small)
{
    double n = ceil((p->beta - 0.75) / p->alpha);
    far_rest r = {0, unknown};

    if (!(n >= 1 && n < 0x1p20 && p->beta - p->alpha * n > 0.5
          && scaled_less(small, scaled_whole(0.5))))
        return r;
    r.n = (int)n;
    r.rest = remainder_of(p, plus, minus, power_up(small, r.n + 1), r.n);
    return r;
}

/* The terms between: |1/Gamma| <= 2, a ratio below 1/2.         [mlfunc D35] */
static scaled
with_left_out(scaled rest, scaled falling)
{
    return scaled_up(scaled_add(rest, scaled_mul(falling, scaled_whole(4))));
}

#define ASYMPTOTIC_MOST 400

static scaledz
widened(scaledz a, scaled rest, bool real)
{
    a.re = scaled_widen(a.re, rest);
    if (!real)
        a.im = scaled_widen(a.im, rest);
    return a;
}

/* E = z^(1-beta) e^z, and no more: alpha = 1, beta = 1, 0, -1, ...
 * [mlfunc D35] */
static bool
is_one_pole(const scaled_problem *p)
{
    return p->y != 0 && p->alpha == 1 && p->beta <= 1
           && p->beta == floor(p->beta);
}

/* The algebraic terms until they grow, or what is left out is less than enough,
 * with that. */
static scaledz
with_terms(const scaled_problem *p, const ray *plus, const ray *minus,
           scaledz poles, scaled enough)
{
    scaledz sum = {scaled_whole(0), scaled_whole(0)}, best = scaledz_unknown;
    scaledz inverse = scaledz_inverse(p->z), power = inverse;
    scaled least = unknown, down = scaled_inverse(scaled_down(p->size));
    scaled small = scaled_up(down), falling = small;
    far_rest far = far_rest_of(p, plus, minus, small);

    if (is_one_pole(p))
        return poles;
    for (int n = 0; n < ASYMPTOTIC_MOST; n++) {
        /* sum holds n terms, power is z^-(n+1) */
        scaled rest = n < far.n ? with_left_out(far.rest, falling)
                                : remainder_of(p, plus, minus, falling, n);
        if (rest.err == 0 && (least.err > 0 || scaled_less(rest, least))) {
            least = rest;
            best = widened(scaledz_add(poles, sum), rest, p->y == 0);
            scaled most = scaledz_larger(best);
            bool fine = most.err < 0x1p900 && scaled_negligible(rest, most, 90);
            bool last = n >= far.n || scaled_negligible(falling, far.rest, 10)
                        || (scaled_negligible(rest, best.re, 90)
                            && scaled_negligible(rest, best.im, 90));
            if ((fine && last) || scaled_less(rest, enough))
                return best;
        } else if (rest.err == 0 && scaled_negligible(least, rest, 60)) {
            return best;
        }
        double y = p->beta - p->alpha * (n + 1);
        if (!(y > -0x1p40))
            return best;
        scaled g = scaled_rgamma(scaled_arg_of(-p->alpha, p->beta, n + 1));
        g.m = dd_neg(g.m);
        sum = scaledz_add(sum, scaledz_times(power, g));
        power = scaledz_mul(power, inverse);
        falling = scaled_up(scaled_mul(falling, small));
    }
    return best;
}

/* A number of the sign of E and less in modulus, for the poles over e^shift,
 * shift > 2^57: its exponent is 2^40.                           [mlfunc D45] */
static scaledz
with_little(const scaled_problem *p, const ray *plus, const ray *minus,
            scaledz poles)
{
    scaledz none = {scaled_whole(0), scaled_whole(0)};
    scaled enough = {{1, 0}, 0, 1LL << 39};
    scaledz e = with_terms(p, plus, minus, none, enough);
    scaled re = scaled_up(e.re), im = scaled_up(e.im);

    if (!(scaledz_larger(e).err < 0x1p900))
        return e;
    re.e -= 1LL << 40;
    im.e -= 1LL << 40;
    e.re = scaled_widen(poles.re, re);
    e.im = scaled_widen(poles.im, im);
    e.re.e += 1LL << 40;
    e.im.e += 1LL << 40;
    return scaledz_larger(e).e > 2 * SCALED_MOST ? e : scaledz_unknown;
}

scaledz
scaled_asymptotics(const scaled_problem *p)
{
    ray plus = choose_ray(p->alpha, -p->turn), minus = plus;

    if (p->y != 0)
        minus = choose_ray(p->alpha, p->turn);
    if (is_one_pole(p)) {
        plus = (ray){1, 0, 0, true};
        minus = (ray){1, 0, -1, true};
    }
    if (!(plus.s > 0 && minus.s > 0 && p->log_t.h > 0
          && fabs(p->beta) < 0x1p45))
        return scaledz_unknown;
    pole_sum poles = exponentials(p, &plus, &minus);
    scaled most = scaledz_larger(poles.sum);
    if (!(most.err < 0x1p900)
        || (poles.lost && poles.shift.h != 0
            && !(scaledz_relative(poles.sum) < 1)))
        return scaledz_unknown;
    scaled enough = scaled_make((dd){most.err, 0}, 0, most.e - 20);
    scaledz e = poles.shift.h != 0
                    ? with_little(p, &plus, &minus, poles.sum)
                    : with_terms(p, &plus, &minus, poles.sum, enough);
    return poles.lost && !(scaledz_relative(e) < 1) ? scaledz_unknown : e;
}
