/* mlfunc/double/scaled_mittleff.c - E_{alpha,beta}(z) for all arguments.
 *
 * Three ways: the power series, poles with the asymptotic series, and for
 * moderate alpha the step from beta to beta + alpha; the most accurate counts.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/scaled.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/complex.h"

#define ROOM 0x1.0000000001p0

static const scaled unknown = {{1, 0}, (double)INFINITY, 0};
const scaledz scaledz_unknown = {{{1, 0}, (double)INFINITY, 0},
                                 {{1, 0}, (double)INFINITY, 0}};

scaled
scaled_whole(double x)
{
    return scaled_make((dd){x, 0}, 0, 0);
}

/* Number a with b more as error, b without error. */
scaled
scaled_widen(scaled a, scaled b)
{
    if (b.m.h == 0 && b.err == 0)
        return a;
    return scaled_add(a, (scaled){{0, 0}, (fabs(b.m.h) + b.err) * ROOM, b.e});
}

scaled
scaledz_larger(scaledz a)
{
    bool known = a.re.err < 0x1p900 && a.im.err < 0x1p900;

    if (!known)
        return unknown;
    if (a.re.m.h == 0)
        return a.im;
    return a.im.m.h == 0 || a.im.e < a.re.e ? a.re : a.im;
}

double
scaledz_relative(scaledz a)
{
    scaled m = scaledz_larger(a);
    double err = fmax(double_ldexp(a.re.err, a.re.e - m.e),
                      double_ldexp(a.im.err, a.im.e - m.e));

    if (!(m.err < 0x1p900))
        return (double)INFINITY;
    if (m.m.h != 0)
        return err / fabs(m.m.h);
    return err == 0 ? 0 : m.e < SCALED_NOTHING ? 0x1p1000 : (double)INFINITY;
}

bool
scaled_negligible(scaled a, scaled b, long long bits)
{
    return a.m.h == 0 || (b.m.h != 0 && a.e + bits < b.e);
}

/* -------------------------------------------------------------- power series */

#define SERIES_MOST    20000
#define SERIES_FURTHER 16 /* terms for the smaller part */

/* What the terms from the one at y >= 2^49 on add: all are below 2^(-2^46) and
 * fall by |x| (y/e^(1/8))^-alpha < 1/2, or nothing is known.    [mlfunc D35] */
static scaled
far_terms(const scaled_problem *p, double y, scaled power)
{
    double rate = scaled_log(y).h - 0.125;
    scaled fall = scaled_exp((dd){-rate * p->alpha, 0}, 0x1p-20);
    scaled q = scaled_up(scaled_mul(p->size, scaled_up(fall)));

    if (!scaled_less(q, scaled_whole(0.5)))
        return unknown;
    return scaled_mul(scaled_up(power), (scaled){{0, 0}, 2, -4 * SCALED_MOST});
}

/* |z| |g/last| bounds the ratio of all terms that follow; as a double, rounded
 * up. */
static double
term_ratio(const scaled_problem *p, scaled g, scaled last)
{
    scaled q =
        scaled_up(scaled_mul(scaled_up(g), scaled_inverse(scaled_down(last))));

    q = scaled_up(scaled_mul(q, p->size));
    return q.err > 0 || q.e > 10 ? (double)INFINITY : double_ldexp(q.m.h, q.e);
}

/* A bound of all coefficients: 2, or Gamma(1 - beta).            [mlfunc M4] */
static scaled
most_of(const scaled_problem *p)
{
    scaled two = scaled_whole(2), g;

    if (p->beta >= 0)
        return two;
    g = scaled_up(scaled_gamma(scaled_arg_of(-1, 1, p->beta)));
    return scaled_less(two, g) ? g : two;
}

/* The terms from k on; t bounds the last one, g and last are the last two
 * coefficients, power at least |z|^k.                           [mlfunc D35] */
static scaled
terms_from(const scaled_problem *p, int k, scaled t, scaled g, scaled last,
           scaled power)
{
    double y = p->beta + p->alpha * (k - 2), r = p->modulus, q = 1;

    if (k > 1 && y > 0.25)
        q = term_ratio(p, g, last);
    if (q < 0.9)
        return scaled_up(
            scaled_mul(scaled_up(t), scaled_whole(q / (1 - q) * ROOM)));
    if (r < 0.999 && p->beta > -0x1p40)
        return scaled_up(scaled_mul(scaled_mul(most_of(p), scaled_up(power)),
                                    scaled_whole(ROOM / (1 - r))));
    return unknown;
}

/* rest is a bound of the moduli of the terms after k; of their imaginary parts,
 * in proportion to y.                                           [mlfunc D45] */
static scaled
rest_above(const scaled_problem *p, scaled rest, int k)
{
    scaled part =
        scaled_mul(scaled_up(p->z.im), scaled_inverse(scaled_down(p->size)));

    part = scaled_up(scaled_mul(part, scaled_whole((k + 1001) * ROOM)));
    part = scaled_up(scaled_mul(part, rest));
    return scaled_less(part, rest) ? part : rest;
}

static scaledz
with_rest(const scaled_problem *p, scaledz sum, scaled rest, int k)
{
    sum.re = scaled_widen(sum.re, rest);
    sum.im = scaled_widen(sum.im, rest_above(p, rest, k));
    return sum;
}

/* Is rest nothing beside either part?  The smaller one may begin with a later
 * term, or be less than the bound M4 of the rest. */
static bool
both_known(const scaled_problem *p, scaledz sum, scaled rest, int k, int bits)
{
    return p->y == 0
           || (scaled_negligible(rest, sum.re, bits)
               && scaled_negligible(rest_above(p, rest, k), sum.im, bits));
}

scaledz
scaled_series(const scaled_problem *p, int bits)
{
    scaled zero = scaled_whole(0), size = zero, last = zero;
    scaledz sum = {zero, zero}, power = {scaled_whole(1), zero};
    scaled most = power.re;
    int further = 0;

    for (int k = 0; k < SERIES_MOST; k++) {
        double y = p->beta + p->alpha * k;

        if (y > 0x1p49) {
            scaled far = far_terms(p, y, most);
            return far.err < 0x1p900 ? with_rest(p, sum, scaled_up(far), k)
                                     : scaledz_unknown;
        }
        if (!(y > -0x1p49))
            return scaledz_unknown;
        scaled g = scaled_rgamma(scaled_arg_of(p->alpha, p->beta, k));
        scaled t = scaled_up(scaled_mul(scaled_up(g), most));

        sum = scaledz_add(sum, scaledz_times(power, g));
        size = scaled_up(scaled_add(size, t));
        power = scaledz_mul(power, p->z);
        most = scaled_up(scaled_mul(most, p->size));
        if (p->modulus == 0)
            return sum;
        scaled rest = terms_from(p, k + 1, t, g, last, most);
        if (rest.err == 0
            && (scaled_negligible(rest, scaledz_larger(sum), bits)
                || scaled_negligible(rest, size, bits + 15))
            && (both_known(p, sum, rest, k, bits)
                || ++further > SERIES_FURTHER))
            return with_rest(p, sum, rest, k);
        last = g;
    }
    return scaledz_unknown;
}

/*
 * For x > 0 so large that exponentials are not known: one term, which is less
 * than E when beta > 0, and E less the terms with alpha k + beta <= 0
 * otherwise.                                                    [mlfunc D35]
 */
static scaled
one_term(const scaled_problem *p)
{
    double k = double_rint((0x1p36 - p->beta) / p->alpha);
    double first = ceil(-p->beta / p->alpha) + 1;
    dd log = dd_mul_d(dd_mul_d(p->log_t, p->alpha), k);
    scaled t, power = scaled_whole(1);

    if (!(p->log_t.h > 26.5 && p->x > 0 && p->y == 0 && fabs(p->beta) < 0x1p30
          && k > first && first < 1000 && p->alpha < 0x1p30 && k < 0x1p50))
        return unknown;
    t = scaled_mul(scaled_exp(log, fabs(log.h) * (p->log_err + 0x1p-90)),
                   scaled_rgamma(scaled_arg_of(p->alpha, p->beta, k)));
    for (int i = 0; i < first; i++) {
        scaled g = scaled_rgamma(scaled_arg_of(p->alpha, p->beta, i));

        t = scaled_add(t, scaled_mul(g, power));
        power = scaled_mul(power, p->z.re);
    }
    return t.m.h > 2 * t.err && t.e > SCALED_MOST ? t : unknown;
}

/* ------------------------------------------------------- from beta to beta+-alpha */

#define STEPS_MOST 20000
#define STEPS_LOW  (-5) /* where the other methods are at ease */
#define STEPS_HIGH 6

/* b = beta - m alpha is a double: both sides of beta - b = m alpha exactly. */
static bool
is_step(double *b, const scaled_problem *p, double m)
{
    scaled_arg y = scaled_arg_of(p->alpha, p->beta, -m);
    dd step = dd_two_prod(m, p->alpha), back;

    *b = y.n + y.x.h;
    back = dd_two_sum(p->beta, -*b);
    return back.h == step.h && back.l == step.l;
}

/* The m of fewest steps from such a b, 0 if there is none. */
static double
steps_of(double *b, const scaled_problem *p)
{
    bool up = p->beta > 0;
    double far = up ? p->beta - STEPS_HIGH : STEPS_LOW - p->beta;
    double m = fmax(1, ceil(far / p->alpha)),
           most = fabs(p->beta / p->alpha) + 1;

    for (; m <= most && m < STEPS_MOST; m++) {
        if (is_step(b, p, up ? m : -m))
            return up ? m : -m;
    }
    return 0;
}

/* E_{alpha,b}(z). */
static scaledz
from_kernel(const scaled_problem *p, double b)
{
    const double z[2] = {p->x, p->y};
    ml_value v[2] = {{.hi = 0}, {.hi = 0}};

    if (p->y == 0)
        ml_kernels_now()->mittleff(v, p->alpha, b, p->x);
    else
        ml_kernels_now()->mittleff_complex(v, p->alpha, b, z);
    if (v[0].exponent >= SCALED_MOST / 2 || v[1].exponent >= SCALED_MOST / 2)
        return scaledz_unknown; /* perhaps only the sign is true */
    return (scaledz){
        scaled_make((dd){v[0].hi, v[0].lo}, v[0].err, v[0].exponent),
        scaled_make((dd){v[1].hi, v[1].lo}, v[1].err, v[1].exponent)};
}

/*
 * E_{alpha,b}(x) = 1/Gamma(b) + x E_{alpha,b+alpha}(x), from b = beta - m alpha,
 * where that is a double.                                       [mlfunc D35]
 */
static scaledz
by_steps(const scaled_problem *p)
{
    double b = p->beta, m = steps_of(&b, p);
    scaledz inverse = scaledz_inverse(p->z);

    if (m == 0)
        return scaledz_unknown;
    scaledz e = from_kernel(p, b);
    for (int j = 0; j < (int)fabs(m); j++) {
        if (m > 0) {
            scaled g = scaled_rgamma(scaled_arg_of(p->alpha, b, j));
            g.m = dd_neg(g.m);
            e.re = scaled_add(e.re, g);
            e = scaledz_mul(e, inverse);
        } else {
            scaled g = scaled_rgamma(scaled_arg_of(p->alpha, b, -j - 1));
            e = scaledz_mul(e, p->z);
            e.re = scaled_add(e.re, g);
        }
        if (!(scaledz_larger(e).err < 0x1p900))
            return scaledz_unknown;
    }
    return e;
}

/* ------------------------------------------------------------------- choosing */

/* Beyond SCALED_MOST: +-1/2 up to 1/2 is right for what is small and of known
 * sign; for what is large the exponent is too small, on purpose. */
static void
deliver(ml_value *v, scaled a, ml_double_method method)
{
    bool known = a.err < 0x1p900, sure = a.err < fabs(a.m.h);
    long long size =
        a.e + (a.m.h != 0 && sure ? 1 : double_exponent(a.err) + 2);

    *v = (ml_value){.err = (double)INFINITY, .method = method};
    if (known && a.m.h == 0 && a.err == 0) {
        v->err = 0;
    } else if (known && size < -SCALED_MOST) {
        v->hi = sure ? copysign(0.5, a.m.h) : 0;
        v->err = sure ? 0.5 : 1;
        v->exponent = -SCALED_MOST;
    } else if (known && a.e > SCALED_MOST) {
        v->hi = copysign(1, a.m.h);
        v->err = sure ? 0.5 : (double)INFINITY;
        v->exponent = SCALED_MOST;
    } else if (known && (sure || size <= 1025)) {
        v->hi = a.m.h;
        v->lo = a.m.l;
        v->err = a.err;
        v->exponent = (int)a.e;
    }
}

/* The best of what is tried, in the order of cost. */
static scaledz
best_of(const scaled_problem *p, ml_double_method *method)
{
    double t = p->log_t.h, b = fabs(p->beta);
    /* about |z|^(1/alpha); terms up to there, or falling from the first on */
    double size = double_ldexp(1, (long long)fmax(1.45 * fmin(t, 700) + 1, -9));
    bool inside = p->modulus < 0.99 || 3 * size + b < SERIES_MOST * p->alpha
                  || (p->beta > 2 * size && 80 < SERIES_MOST * p->alpha);
    scaledz best = {one_term(p), scaled_whole(0)}, e;

    *method = ML_BY_SERIES;
    if (best.re.err < 1)
        return best;
    best = scaledz_unknown;
    if (inside && (size < 60 * (1 + p->alpha * p->alpha) || size < 2 * b))
        best = scaled_series(p, 95);
    if (scaledz_relative(best) < 0x1p-75 || p->modulus == 0)
        return best;
    e = scaled_asymptotics(p);
    if (scaledz_relative(e) < scaledz_relative(best)) {
        best = e;
        *method = ML_BY_ASYMPTOTICS;
    }
    if (scaledz_relative(best) < 0x1p-66 || p->alpha > 5.5 || b < 5)
        return best;
    e = by_steps(p);
    if (scaledz_relative(e) < scaledz_relative(best)) {
        best = e;
        *method = ML_BY_CONTOUR;
    }
    return best;
}

/* ln |x + iy| and arg, y > 0.                                   [mlfunc D45] */
static dd
polar(scaled_problem *p)
{
    int k = complex_exponent(p->x, p->y);
    double a = double_ldexp(p->x, -k), b = double_ldexp(p->y, -k);
    dd square = dd_add(dd_two_prod(a, a), dd_two_prod(b, b));
    dd ln2 = {ml_ln_two[0], ml_ln_two[1]};
    double up = sqrt(square.h) * ROOM;

    p->arg = dd_arg(a, b);
    p->arg_err = ML_ARG_ERROR;
    if (a > 0)
        p->arg_err = fmin(ML_ARG_ERROR, p->arg.h * 0x1p-93 + 0x1p-890);
    p->size = scaled_make((dd){up, 0}, 0, k);
    p->modulus = double_ldexp(up, k);
    return dd_add(dd_scale(dd_log(square), 0.5), dd_mul_d(ln2, k));
}

scaled_problem
scaled_problem_of(double alpha, double beta, double x, double y)
{
    scaled_problem p = {.alpha = alpha, .beta = beta, .x = x, .y = y};
    dd log = {0, 0};

    p.z = (scaledz){scaled_whole(x), scaled_whole(y)};
    p.log_t = (dd){-1000, 0};
    p.size = scaled_up(p.z.re);
    p.modulus = fabs(x);
    p.arg = x < 0 ? DD_PI : (dd){0, 0};
    p.arg_err = x < 0 ? 0x1p-104 : 0;
    if (y != 0)
        log = polar(&p);
    else if (x != 0)
        log = scaled_log(x);
    if (p.modulus != 0) {
        p.log_t = dd_div(log, (dd){alpha, 0});
        p.log_err = (0x1p-99 + fabs(log.h) * 0x1.4p-101) / alpha;
    }
    p.turn = p.arg.h / DD_PI.h;
    return p;
}

void
ml_mittleff_scaled(ml_value *v, double alpha, double beta, double x)
{
    scaled_problem p = scaled_problem_of(alpha, beta, x, 0);
    ml_double_method method;
    scaledz e = best_of(&p, &method);

    deliver(v, e.re, method);
}

void
ml_mittleff_scaled_complex(ml_value v[2], double alpha, double beta,
                           const double z[2])
{
    scaled_problem p = scaled_problem_of(alpha, beta, z[0], z[1]);
    ml_double_method method;
    scaledz e = best_of(&p, &method);

    deliver(v, e.re, method);
    deliver(v + 1, e.im, method);
}
