/* mlfunc/double/scaled_mittleff.c - E_{alpha,beta}(x) for all arguments.
 *
 * Three ways: the power series, poles with the asymptotic series, and for
 * moderate alpha the step from beta to beta + alpha; the most accurate counts.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/scaled.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/elementary.h"

#define ROOM 0x1.0000000001p0

typedef struct {
    double alpha, beta, x;
    dd log_t;        /* ln |x|^(1/alpha) */
    double log_err;  /* its absolute error */
    double around;   /* arg x / pi: 0 or 1 */
    scaled argument; /* x */
} problem;

static const scaled unknown = {{1, 0}, (double)INFINITY, 0};

static scaled
whole(double x)
{
    return scaled_make((dd){x, 0}, 0, 0);
}

/* Number a with b more as error, b without error. */
static scaled
widen(scaled a, scaled b)
{
    if (b.m.h == 0 && b.err == 0)
        return a;
    return scaled_add(a, (scaled){{0, 0}, (fabs(b.m.h) + b.err) * ROOM, b.e});
}

/* err / |value|, for choosing. */
static double
relative(scaled a)
{
    return a.m.h != 0 ? a.err / fabs(a.m.h) : a.err > 0 ? (double)INFINITY : 0;
}

/* a <= 2^-bits b, up to what does not matter for choosing. */
static bool
negligible(scaled a, scaled b, long long bits)
{
    return a.m.h == 0 || (b.m.h != 0 && a.e + bits < b.e);
}

/* -------------------------------------------------------------- power series */

#define SERIES_MOST 20000

/* What the terms from the one at y >= 2^49 on add: all are below 2^(-2^46) and
 * fall by |x| (y/e^(1/8))^-alpha < 1/2, or nothing is known.    [mlfunc D35] */
static scaled
far_terms(const problem *p, double y, scaled power)
{
    double rate = scaled_log(y).h - 0.125;
    scaled fall = scaled_exp((dd){-rate * p->alpha, 0}, 0x1p-20);
    scaled q = scaled_up(scaled_mul(scaled_up(p->argument), scaled_up(fall)));

    if (!scaled_less(q, whole(0.5)))
        return unknown;
    return scaled_mul(scaled_up(power), (scaled){{0, 0}, 2, -4 * SCALED_MOST});
}

/* The ratio of two terms bounds all that follow; as a double, rounded up. */
static double
term_ratio(scaled t, scaled last)
{
    scaled q =
        scaled_up(scaled_mul(scaled_up(t), scaled_inverse(scaled_down(last))));

    return q.err > 0 || q.e > 10 ? (double)INFINITY : double_ldexp(q.m.h, q.e);
}

/* A bound of all coefficients: 2, or Gamma(1 - beta).            [mlfunc M4] */
static scaled
most_of(const problem *p)
{
    scaled two = whole(2), g;

    if (p->beta >= 0)
        return two;
    g = scaled_up(scaled_gamma(scaled_arg_of(-1, 1, p->beta)));
    return scaled_less(two, g) ? g : two;
}

/* The terms from k on, t and last those before; power is x^k.   [mlfunc D35] */
static scaled
terms_from(const problem *p, int k, scaled t, scaled last, scaled power)
{
    double y = p->beta + p->alpha * (k - 2), r = fabs(p->x), q = 1;

    if (k > 1 && y > 0.25)
        q = term_ratio(t, last);
    if (q < 0.9)
        return scaled_up(scaled_mul(scaled_up(t), whole(q / (1 - q) * ROOM)));
    if (r < 0.999 && p->beta > -0x1p40)
        return scaled_up(scaled_mul(scaled_mul(most_of(p), scaled_up(power)),
                                    whole(ROOM / (1 - r))));
    return unknown;
}

/* The rest left out is 2^-bits of the sum. */
static scaled
by_series(const problem *p, int bits)
{
    scaled sum = whole(0), size = sum, power = whole(1), last = sum;

    for (int k = 0; k < SERIES_MOST; k++) {
        double y = p->beta + p->alpha * k;

        if (y > 0x1p49) {
            scaled far = far_terms(p, y, power);
            return far.err < 0x1p900 ? scaled_add(sum, far) : unknown;
        }
        if (!(y > -0x1p49))
            return unknown;
        scaled t = scaled_mul(
            scaled_rgamma(scaled_arg_of(p->alpha, p->beta, k)), power);

        sum = scaled_add(sum, t);
        size = scaled_up(scaled_add(size, scaled_up(t)));
        power = scaled_mul(power, p->argument);
        if (p->x == 0)
            return sum;
        scaled rest = terms_from(p, k + 1, t, last, power);
        if (rest.err == 0
            && (negligible(rest, sum, bits)
                || negligible(rest, size, bits + 15)))
            return widen(sum, rest);
        last = t;
    }
    return unknown;
}

/*
 * For x > 0 so large that exponentials are not known: one term, which is less
 * than E when beta > 0, and E less the terms with alpha k + beta <= 0
 * otherwise.                                                    [mlfunc D35]
 */
static scaled
one_term(const problem *p)
{
    double k = double_rint((0x1p36 - p->beta) / p->alpha);
    double first = ceil(-p->beta / p->alpha) + 1;
    dd log = dd_mul_d(dd_mul_d(p->log_t, p->alpha), k);
    scaled t, power = whole(1);

    if (!(p->log_t.h > 26.5 && p->x > 0 && fabs(p->beta) < 0x1p30 && k > first
          && first < 1000 && p->alpha < 0x1p30 && k < 0x1p50))
        return unknown;
    t = scaled_mul(scaled_exp(log, fabs(log.h) * (p->log_err + 0x1p-90)),
                   scaled_rgamma(scaled_arg_of(p->alpha, p->beta, k)));
    for (int i = 0; i < first; i++) {
        scaled g = scaled_rgamma(scaled_arg_of(p->alpha, p->beta, i));

        t = scaled_add(t, scaled_mul(g, power));
        power = scaled_mul(power, p->argument);
    }
    return t.m.h > 2 * t.err && t.e > SCALED_MOST ? t : unknown;
}

/* ----------------------------------------------- poles and asymptotic series */

/* Both rays at arg t = +-pi q: a lower bound of s of A2, an upper one of
 * -ln |cos pi q|, and the last pole inside. */
typedef struct {
    double s, log;
    int last;
    bool falls; /* q <= 1: the poles get smaller towards the rays */
} ray;

/* [mlfunc D35] */
static ray
ray_of(const problem *p, double q, double log)
{
    double y = p->alpha * q - p->around;
    double v = fabs(y - 2 * double_rint(y / 2)) - (p->alpha + 1) * 0x1p-50;

    if (!(v > 0x1p-10 && y < 0x1p20))
        return (ray){0, 0, 0, false};
    return (ray){v < 0.5 ? v * (3 - 4 * v * v) : 1, log, (int)ceil(y / 2) - 1,
                 q <= 1};
}

static ray
choose_ray(const problem *p)
{
    ray best = ray_of(p, 1, 0);

    if (best.s > 0.25)
        return best;
    if (p->alpha > 5) {
        /* pi (1 - q) = pi/(2 alpha) = a < 0.32: -ln cos a <= 0.6 a^2 */
        double a = 1.5708 / p->alpha;
        ray r = ray_of(p, 1 - 0.5 / p->alpha, 0.6 * a * a);
        return r.s > best.s ? r : best;
    }
    for (int j = 1; j < ML_SECANTS && best.s <= 0.25; j++) {
        double log = dd_log_d(ml_secant_up[j]).h * ROOM;
        ray r = ray_of(p, 1 - j / 16.0, log);
        best = r.s > best.s ? r : best;
        r = ray_of(p, 1 + j / 16.0, log);
        best = r.s > best.s ? r : best;
    }
    return best;
}

/* rho_h, or rho_h and its conjugate for Im t_h > 0; *size bounds its modulus.
 * [mlfunc D35] */
static scaled
exponential(scaled *size, const problem *p, int h)
{
    dd pi = DD_PI, a = {p->alpha, 0}, one_beta = dd_two_sum(1, -p->beta);
    dd theta = dd_div(dd_mul_d(pi, 2 * h + p->around), a);
    dd_scaled e = dd_exp(p->log_t);
    dd t = dd_ldexp(e.m, e.k);
    dz c = dd_cis(theta);
    double angle = fabs(theta.h), off = fabs(one_beta.h);
    /* of x cos theta, x sin theta */
    double err = t.h
                 * (p->log_err * 1.01 + ML_EXP_ERROR(p->log_t)
                    + ML_CIS_ERROR(theta) + (angle + 2) * 0x1p-100);

    err += off * (p->log_err + (fabs(p->log_t.h) + angle + 1) * 0x1p-100);
    dd re = dd_add(dd_mul(t, c.re), dd_mul(one_beta, p->log_t));
    dd im = dd_add(dd_mul(t, c.im), dd_mul(one_beta, theta));
    err += (fabs(re.h) + fabs(im.h) + t.h) * 0x1p-100;
    scaled m = scaled_mul(scaled_exp(re, err), scaled_inverse(whole(p->alpha)));
    bool real = h == 0 && p->around == 0;

    m.e += !real;
    *size = scaled_up(m);
    if (real)
        return m;
    if (!(fabs(im.h) < 0x1p40))
        return unknown;
    return scaled_mul(m, scaled_make(dd_cis(im).re, err + ML_CIS_ERROR(im), 0));
}

static scaled
exponentials(const problem *p, const ray *r)
{
    scaled sum = whole(0), size;

    for (int h = 0; h <= r->last; h++) {
        scaled t = exponential(&size, p, h);

        /* the rest is no larger, one by one: A4 */
        if (r->falls && h > 1 && negligible(size, sum, 130))
            return widen(sum, scaled_mul(size, whole(r->last - h + 1)));
        sum = scaled_add(sum, t);
        if (!(sum.err < 0x1p900))
            return unknown;
    }
    return sum;
}

/* The remainder after n terms; power is x^-(n+1).  [mlfunc A2] */
static scaled
remainder_of(const problem *p, const ray *r, scaled power, int n)
{
    double nu = p->alpha * (n + 1) - p->beta + 1;
    scaled_arg y = scaled_arg_of(p->alpha, -p->beta, n + 1);

    y.n += 1;
    if (!(nu > 0.25 && nu < 0x1p40))
        return unknown;
    scaled g = scaled_mul(scaled_gamma(y), whole(0x1.45f4p-2 / r->s * ROOM));
    g = scaled_mul(g, scaled_exp((dd){nu * r->log * ROOM, 0}, 0x1p-20));

    return scaled_up(scaled_mul(scaled_up(g), scaled_up(power)));
}

#define ASYMPTOTIC_MOST 400

static scaled
by_asymptotics(const problem *p)
{
    ray r = choose_ray(p);

    /* beyond e^27 an exponential is not known to a radian */
    if (!(r.s > 0) || !(p->log_t.h > 0) || (r.last >= 0 && p->log_t.h > 27))
        return unknown;
    scaled poles = exponentials(p, &r), sum = whole(0);
    scaled inverse = scaled_inverse(p->argument), power = inverse;
    scaled best = unknown, least = unknown;

    for (int n = 0; n < ASYMPTOTIC_MOST; n++) {
        /* sum holds n terms, power is x^-(n+1) */
        scaled rest = remainder_of(p, &r, power, n);
        if (rest.err == 0 && (least.err > 0 || scaled_less(rest, least))) {
            least = rest;
            best = widen(scaled_add(poles, sum), rest);
            if (negligible(rest, best, 90))
                return best;
        } else if (rest.err == 0 && negligible(least, rest, 60)) {
            return best;
        }
        double y = p->beta - p->alpha * (n + 1);
        if (!(y > -0x1p40))
            return best;
        scaled t = scaled_mul(
            scaled_rgamma(scaled_arg_of(-p->alpha, p->beta, n + 1)), power);
        t.m = dd_neg(t.m);
        sum = scaled_add(sum, t);
        power = scaled_mul(power, inverse);
    }
    return best;
}

/* ------------------------------------------------------- from beta to beta+-alpha */

#define STEPS_MOST 20000
#define STEPS_LOW  (-5) /* where the other methods are at ease */
#define STEPS_HIGH 6

/* b = beta - m alpha is a double: both sides of beta - b = m alpha exactly. */
static bool
is_step(double *b, const problem *p, double m)
{
    scaled_arg y = scaled_arg_of(p->alpha, p->beta, -m);
    dd step = dd_two_prod(m, p->alpha), back;

    *b = y.n + y.x.h;
    back = dd_two_sum(p->beta, -*b);
    return back.h == step.h && back.l == step.l;
}

/* The m of fewest steps from such a b, 0 if there is none. */
static double
steps_of(double *b, const problem *p)
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

/*
 * E_{alpha,b}(x) = 1/Gamma(b) + x E_{alpha,b+alpha}(x), from b = beta - m alpha,
 * where that is a double.                                       [mlfunc D35]
 */
static scaled
by_steps(const problem *p)
{
    double b, m = steps_of(&b, p);
    scaled inverse = scaled_inverse(p->argument);
    ml_value v;

    if (m == 0)
        return unknown;
    ml_kernels_now()->mittleff(&v, p->alpha, b, p->x);
    scaled e = scaled_make((dd){v.hi, v.lo}, v.err, v.exponent);
    for (double j = 0; j < fabs(m); j++) {
        if (m > 0) {
            scaled g = scaled_rgamma(scaled_arg_of(p->alpha, b, j));
            g.m = dd_neg(g.m);
            e = scaled_mul(scaled_add(e, g), inverse);
        } else {
            scaled g = scaled_rgamma(scaled_arg_of(p->alpha, b, -j - 1));
            e = scaled_add(scaled_mul(e, p->argument), g);
        }
        if (!(e.err < 0x1p900))
            return unknown;
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
    } else if (known) {
        v->hi = a.m.h;
        v->lo = a.m.l;
        v->err = a.err;
        v->exponent = (int)a.e;
    }
}

/* The best of what is tried, in the order of cost. */
static scaled
best_of(const problem *p, ml_double_method *method)
{
    double t = p->log_t.h, b = fabs(p->beta);
    /* about |x|^(1/alpha); terms up to there, or falling from the first on */
    double size = double_ldexp(1, (long long)fmax(1.45 * fmin(t, 700) + 1, -9));
    bool inside = fabs(p->x) < 0.99 || 3 * size + b < SERIES_MOST * p->alpha
                  || (p->beta > 2 * size && 80 < SERIES_MOST * p->alpha);
    scaled best = unknown, e;

    *method = ML_BY_SERIES;
    best = one_term(p);
    if (best.err < 1)
        return best;
    if (inside && (size < 60 * (1 + p->alpha * p->alpha) || size < 2 * b))
        best = by_series(p, 95);
    if (relative(best) < 0x1p-75 || p->x == 0)
        return best;
    e = by_asymptotics(p);
    if (relative(e) < relative(best)) {
        best = e;
        *method = ML_BY_ASYMPTOTICS;
    }
    if (relative(best) < 0x1p-66 || p->alpha > 5.5 || b < 5)
        return best;
    e = by_steps(p);
    if (relative(e) < relative(best)) {
        best = e;
        *method = ML_BY_CONTOUR;
    }
    return best;
}

static problem
problem_of(double alpha, double beta, double x)
{
    problem p = {.alpha = alpha, .beta = beta, .x = x};

    p.around = x < 0 ? 1 : 0;
    p.argument = whole(x);
    p.log_t = (dd){-1000, 0};
    if (x != 0) {
        dd log = scaled_log(x);

        p.log_t = dd_div(log, (dd){alpha, 0});
        p.log_err = (1 + fabs(log.h)) * 0x1p-100 / alpha;
    }
    return p;
}

scaled
scaled_series(double alpha, double beta, double x, int bits)
{
    problem p = problem_of(alpha, beta, x);

    return by_series(&p, bits);
}

void
ml_mittleff_scaled(ml_value *v, double alpha, double beta, double x)
{
    problem p = problem_of(alpha, beta, x);
    ml_double_method method;
    scaled e = best_of(&p, &method);

    deliver(v, e, method);
}
