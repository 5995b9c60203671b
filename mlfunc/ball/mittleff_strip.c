/* mlfunc/ball/mittleff_strip.c - what the integrand adds up to on a parabola.
 *
 * [mlfunc C3], [mlfunc C4]: intervals of u, in each a disc and a ring around
 * all t^alpha and a bound of the weight.  All in doubles with + - * / sqrt and
 * the functions of mittleff_doubles.c; SLACK and FINE cover every rounding.
 */
#include <math.h>

#include "mlfunc/impl.h"

#define PI    3.14159265358979323846
#define SLACK 0x1p-44
#define FINE  0x1p-40
#define MOST  0x1p20 /* of an exponent that ml_double_exp takes */

#define MAX_ALPHA 4096
#define FAR       256 /* binary orders between t^alpha and z */
#define DEEPEST   60
#define FARTHEST  0x1p300

/* How fine the pieces are and where they end: sharpness, not truth. */
#define MAX_PIECES 20000
#define DROP       10

void
ml_strip_init(ml_strip *s)
{
    s->n = s->room = 0;
    s->piece = NULL;
}

void
ml_strip_clear(ml_strip *s)
{
    flint_free(s->piece);
}

/* x is within rad of mid. */
static void
as_doubles(double *mid, double *rad, const arb_t x)
{
    arb_t t;
    mag_t m;

    arb_init(t);
    mag_init(m);
    *mid = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    arb_set_d(t, *mid);
    arb_sub(t, x, t, 53);
    arb_get_mag(m, t);
    *rad = mag_get_d(m);
    arb_clear(t);
    mag_clear(m);
}

/* ------------------------------------------------------------- the pieces */

/* ln(mu v), v = c^2 + u^2 = |c+iu|^2 */
typedef struct {
    double u, v, log_mv;
} spot;

static spot
spot_at(const ml_strip *s, double u)
{
    spot p = {u, s->c * s->c + u * u, 0};

    p.log_mv = ml_double_log(s->mu * p.v);
    return p;
}

/* An upper bound of ln(weight) up to constants: mu (c^2 - u^2) at lo,
 * (mu v)^power v^(1/2) at hi. */
static double
log_weight(const ml_strip *s, const spot *lo, const spot *hi)
{
    double l = hi->log_mv, k = ml_double_log(s->mu / PI * sqrt(hi->v));
    double twist = s->twisted ? 2 * PI : 0;
    double gauss = s->mu * (s->c * s->c - lo->u * lo->u);
    double wide = s->power_rad * (fabs(l) + twist + 1);
    double sum = fabs(s->power) * (1 + fabs(l)) + fabs(k) + s->mu * s->c * s->c
                 + s->mu * lo->u * lo->u;

    return gauss + s->power * l + k + wide + SLACK * (1 + sum);
}

/* m 2^e >= e^y */
static void
exp_up(double *m, slong *e, double y)
{
    ml_double_exp(m, e, fmax(y, -MOST));
    *m *= 1 + SLACK;
}

/* The largest of (mu v)^power v^(1/2) e^(-mu u^2) on the interval: it rises
 * while mu v < power + 1/2, then falls.  [mlfunc C3] */
static double
most_weight(const ml_strip *s, const spot *p0, const spot *p1)
{
    double b = s->power + 0.5, r = s->power_rad + FINE * (1 + fabs(b));

    if (b + r <= s->mu * p0->v)
        return log_weight(s, p0, p0);
    if (b - r >= s->mu * p1->v)
        return log_weight(s, p1, p1);
    /* For the powers of the box below 0, largest at p0. */
    return log_weight(s, p0, p1)
           + 2 * r * ((1 + FINE) * fabs(p1->log_mv - p0->log_mv) + 1);
}

/* The ring: lo <= |t^alpha| 2^-e <= hi. */
static void
set_ring(ml_strip_piece *q, const ml_strip *s, const spot *p0, const spot *p1)
{
    double m, l = fmax(fabs(p0->log_mv), fabs(p1->log_mv));
    double wide = s->a_rad * (l + (s->twisted ? 2 * PI : 0) + 1)
                  + SLACK * (1 + s->a * (1 + l));
    slong e;

    ml_double_exp(&m, &e, s->a * p0->log_mv - wide);
    q->lo = e - q->e < -FAR ? 0 : ldexp(m * (1 - SLACK), (int)(e - q->e));
    ml_double_exp(&m, &e, s->a * p1->log_mv + wide);
    q->hi = e - q->e > FAR ? INFINITY : ldexp(m * (1 + SLACK), (int)(e - q->e));
}

/* The interval [p0, p1], its share of the measure being length.  [mlfunc C3] */
static bool
make_piece(ml_strip_piece *q, const ml_strip *s, const spot *p0, const spot *p1,
           double length)
{
    spot p = spot_at(s, p0->u + (p1->u - p0->u) / 2);
    double m, co, si, l = fabs(p.log_mv);
    double phi = 2 * ml_double_atan(p.u / s->c);
    double reach =
        2 * fmax((p.u - p0->u) / sqrt(p0->v), (p1->u - p.u) / sqrt(p.v));

    if (!(s->a * p.log_mv < MOST && s->a * p.log_mv > -MOST))
        return false;
    ml_double_exp(&m, &q->e, s->a * p.log_mv);
    ml_double_cis(&co, &si, s->a * phi);
    q->u0 = p0->u;
    q->u1 = p1->u;
    q->re = m * co;
    q->im = m * si;
    double rho = s->a * reach * (1 + SLACK) + s->a_rad * (l + phi + reach);
    q->rigid = s->a * reach < 0.5 * rho;
    rho += SLACK * (1 + s->a * (1 + l + phi));
    q->r = rho < 1 ? m * (1 + FINE) * rho / (1 - rho / 2) : INFINITY;
    if (rho < 0.5) {
        q->lo = (m - q->r) * (1 - FINE);
        q->hi = (m + q->r) * (1 + FINE);
    } else {
        set_ring(q, s, p0, p1);
    }
    double y = most_weight(s, p0, p1);
    if (!(y < MOST))
        return false;
    exp_up(&q->weight, &q->weight_e, y);
    q->weight *= length * (1 + FINE);
    return true;
}

/* [U, infinity).  The direction re + i im, all arg(t^alpha) within r of it.
 * [mlfunc C4] */
static bool
make_end(ml_strip_piece *q, const ml_strip *s, double U)
{
    spot p = spot_at(s, U);
    double phi = ml_double_atan(U / s->c), m;
    double b = fmax(s->power + s->power_rad + 0.5, 0) * (1 + FINE);
    double room = s->mu * (1 - FINE) - b / p.v;

    if (!(room > 0) || !(s->mu * p.v * (1 - FINE) > 1) || !(U > 0))
        return false;
    q->u0 = U;
    q->u1 = INFINITY;
    q->hi = INFINITY;
    ml_double_cis(&q->re, &q->im, s->a * (phi + PI / 2));
    q->r = s->a * (PI / 2 - phi) + s->a_rad * PI + SLACK * (1 + s->a);
    if (!(q->r < 1) || s->twisted)
        q->r = INFINITY;
    double wide = s->a_rad * (fabs(p.log_mv) + (s->twisted ? 2 * PI : 0) + 1)
                  + SLACK * (1 + s->a * (1 + fabs(p.log_mv)));
    double y = s->a * p.log_mv - wide, z = log_weight(s, &p, &p);
    if (!(y < MOST && y > -MOST && z < MOST))
        return false;
    ml_double_exp(&m, &q->e, y);
    q->lo = m * (1 - SLACK);
    exp_up(&q->weight, &q->weight_e, z);
    q->weight *= (s->step + 1 / (2 * U * room)) * (1 + FINE);
    return true;
}

/* ------------------------------------------------------------- the cover */

static ml_strip_piece *
next_piece(ml_strip *s)
{
    if (s->n == s->room) {
        s->room = s->room ? 2 * s->room : 32;
        s->piece = flint_realloc(s->piece, (size_t)s->room * sizeof *s->piece);
    }
    return s->piece + s->n++;
}

/* Pieces over which the weight changes by about e, as short against |c+iu| as
 * alpha asks for; how fine they are decides how sharp the bound is, no more. */
static double
next_length(const ml_strip *s, const spot *p)
{
    double b = s->power + 0.5, slope = fmax(fabs(b / p->v - s->mu), s->mu / 4);
    double by_alpha = fmin(fmax(0.6 / s->a, 0.12), 0.5) * sqrt(p->v);
    /* of v: the weight, and the ring of t^alpha, change by a few times */
    double dv = fmin(1.5 / slope, 2 * p->v / s->a);

    return fmin(by_alpha, dv / (p->u + sqrt(p->u * p->u + dv)));
}

/* From u to the next breakpoint: [u, next), or the nodes u, ..., next - step. */
static double
advance(ml_strip_piece *q, const ml_strip *s, double u, double length, bool *ok)
{
    double last = u + length, next = last;

    if (s->step > 0) {
        double count = fmax(1, floor(length / s->step));
        length = count * s->step;
        last = u + length - s->step;
        next = u + length;
    }
    spot p0 = spot_at(s, u), p1 = spot_at(s, last);
    *ok = *ok && make_piece(q, s, &p0, &p1, length);
    return next;
}

static bool
set_pieces(ml_strip *s)
{
    double u = s->from, most = -INFINITY;
    bool ok = true;

    s->n = 0;
    for (;;) {
        spot p = spot_at(s, u);
        double y = log_weight(s, &p, &p);
        most = fmax(most, y);
        ml_strip_piece *q = next_piece(s);
        if (u > s->from && y < most - DROP && make_end(q, s, u))
            break;
        u = advance(q, s, u, next_length(s, &p), &ok);
        if (!ok || s->n > MAX_PIECES || !(u < FARTHEST))
            return false;
    }
    s->end = u;
    s->top = s->piece[0].weight_e;
    for (slong i = 1; i < s->n; i++)
        s->top = FLINT_MAX(s->top, s->piece[i].weight_e);
    return true;
}

bool
ml_strip_set(ml_strip *s, const ml_mlpoint *p, double mu, double c, double from,
             double step, slong N, double da, double db)
{
    arb_t t;

    arb_init(t);
    ml_mlpoint_alpha(t, p, 64);
    as_doubles(&s->a, &s->a_rad, t);
    ml_mlpoint_index(t, p, -(N + 1), 64);
    arb_neg(t, t);
    as_doubles(&s->power, &s->power_rad, t);
    arb_clear(t);
    s->twisted = da > 0 || db > 0;
    s->a_rad = (s->a_rad + da) * (1 + FINE);
    s->power_rad = (s->power_rad + db + (double)(N + 1) * da) * (1 + FINE);
    s->mu = mu;
    s->c = c;
    s->from = from;
    s->step = step;
    bool ok = s->a <= MAX_ALPHA && s->a > s->a_rad && c > 0 && mu > 0
              && set_pieces(s);
    if (!ok)
        s->n = 0;
    return ok;
}

/* ------------------------------------------------------- against a point z */

/* z 2^-e is within rad of re + i im, its modulus between lo and hi. */
typedef struct {
    double re, im, rad, lo, hi;
    slong e;
} target;

static bool
set_target(target *z, const acb_t value)
{
    acb_t t;
    mag_t m;
    double r, i;

    acb_init(t);
    mag_init(m);
    acb_get_mag(m, value);
    bool ok = !mag_is_special(m) && fmpz_bits(MAG_EXPREF(m)) < 40;
    if (ok) {
        z->e = fmpz_get_si(MAG_EXPREF(m));
        acb_mul_2exp_si(t, value, -z->e);
        as_doubles(&z->re, &r, acb_realref(t));
        as_doubles(&z->im, &i, acb_imagref(t));
        z->rad = (r + i) * (1 + FINE);
        double size = sqrt(z->re * z->re + z->im * z->im);
        z->lo = fmax(size * (1 - FINE) - z->rad, 0);
        z->hi = (size + z->rad) * (1 + FINE);
    }
    acb_clear(t);
    mag_clear(m);
    return ok;
}

/* 2^d for d <= 0 */
static double
scale_down(slong d)
{
    return ldexp(1, (int)FLINT_MAX(d, -FAR));
}

/* A lower bound of |t^alpha - z| 2^-max(q->e, z->e) over the piece; fine: what
 * it would have to be for a finer piece to gain little. */
static double
gap(const ml_strip_piece *q, const target *z, double *fine)
{
    slong d = q->e - z->e;
    double sq = scale_down(FLINT_MIN(d, 0)), sz = scale_down(FLINT_MIN(-d, 0));
    double lo = q->lo * sq, far = z->hi * sz;
    double best = fmax(lo - far, z->lo * sz - q->hi * sq);

    *fine = 0.25 * (lo + far);
    if (q->r < INFINITY && d <= FAR && d >= -FAR) {
        double x = q->re * sq - z->re * sz, y = q->im * sq - z->im * sz;
        double r = q->r * sq;
        best = fmax(best, sqrt(x * x + y * y) * (1 - FINE) - r - z->rad * sz);
        *fine = fmin(*fine, r);
    }
    return best * (1 - FINE);
}

/* The same for the end, in units of 2^max(q->e, z->e).  [mlfunc C4] */
static double
gap_of_end(const ml_strip_piece *q, const target *z)
{
    slong d = q->e - z->e;
    double sq = scale_down(FLINT_MIN(d, 0)), sz = scale_down(FLINT_MIN(-d, 0));
    double best = q->lo * sq - z->hi * sz;

    if (q->r < INFINITY && d <= FAR) {
        double x = z->re * q->re + z->im * q->im;
        double y = fabs(z->im * q->re - z->re * q->im);
        double c = 1 - q->r * q->r / 2;
        double g = x > 0 ? y * c - x * q->r : z->lo * c;
        best = fmax(best, (g - z->hi * FINE - z->rad) * sz);
    }
    return best * (1 - FINE);
}

/* weight / gap in units of 2^(top - z.e) */
static double
share(const ml_strip *s, const ml_strip_piece *q, const target *z, double g)
{
    slong d = q->weight_e - s->top - FLINT_MAX(q->e - z->e, 0);

    if (d > FAR)
        return INFINITY;
    return ldexp(q->weight / g, (int)FLINT_MAX(d, -FAR));
}

static bool add_halves(double *sum, const ml_strip *s, const ml_strip_piece *q,
                       const target *z, int depth);

static bool
add_piece(double *sum, const ml_strip *s, const ml_strip_piece *q,
          const target *z, int depth)
{
    double fine, g = gap(q, z, &fine);

    if (g > 0) {
        double t = share(s, q, z, g);
        if (g >= fine || q->rigid || t < 0.01 * *sum || q->u1 <= q->u0) {
            *sum += t;
            return true;
        }
    }
    return q->u1 > q->u0 && depth > 0 && add_halves(sum, s, q, z, depth - 1);
}

static bool
add_halves(double *sum, const ml_strip *s, const ml_strip_piece *q,
           const target *z, int depth)
{
    ml_strip_piece half;
    bool ok = true;

    if (s->step > 0) {
        /* The nodes u0, u0 + step, ..., u1. */
        double count = rint((q->u1 - q->u0) / s->step) + 1;
        double first = floor(count / 2) * s->step;
        advance(&half, s, q->u0, first, &ok);
        ok = ok && add_piece(sum, s, &half, z, depth);
        advance(&half, s, q->u0 + first, q->u1 - q->u0 + s->step - first, &ok);
        return ok && add_piece(sum, s, &half, z, depth);
    }
    double middle = q->u0 + (q->u1 - q->u0) / 2;
    advance(&half, s, q->u0, middle - q->u0, &ok);
    ok = ok && add_piece(sum, s, &half, z, depth);
    advance(&half, s, middle, q->u1 - middle, &ok);
    return ok && add_piece(sum, s, &half, z, depth);
}

/* The end, or further pieces until one serves for this z. */
static bool
add_end(double *sum, const ml_strip *s, const target *z)
{
    const ml_strip_piece *end = s->piece + s->n - 1;
    ml_strip_piece more, piece;
    double u = s->end;
    bool ok = true;

    for (;;) {
        double g = gap_of_end(end, z);
        if (g > 0) {
            *sum += share(s, end, z, g);
            return true;
        }
        u = advance(&piece, s, u, u, &ok);
        if (!ok || !(u < FARTHEST) || !add_piece(sum, s, &piece, z, DEEPEST)
            || !make_end(&more, s, u))
            return false;
        end = &more;
    }
}

static bool
one_half(double *sum, const ml_strip *s, const target *z)
{
    for (slong i = 0; i + 1 < s->n; i++)
        if (!add_piece(sum, s, s->piece + i, z, DEEPEST))
            return false;
    return add_end(sum, s, z);
}

bool
ml_strip_bound(mag_t bound, const ml_strip *s, const acb_t value)
{
    target z;
    double up = 0, down = 0;

    if (s->n == 0 || !set_target(&z, value) || !one_half(&up, s, &z))
        return false;
    if (arb_is_zero(acb_imagref(value))) {
        down = up;
    } else {
        z.im = -z.im;
        if (!one_half(&down, s, &z))
            return false;
    }
    if (!(up + down < INFINITY))
        return false;
    mag_set_d(bound, (up + down) * (1 + FINE));
    mag_mul_2exp_si(bound, bound, s->top - z.e);
    return true;
}
