/* mlfunc/double/plan.c - a plan: E at one alpha and beta as polynomials.
 *
 * The array evaluator gives 24 double-doubles for each half octave, or less;
 * their interpolation gives eight for each piece, and these the piece.  What
 * would not keep the promise of a piece is left to the array evaluator: a zero of
 * E, an exponential too steep.  Nothing here is proved: ml_plan_certify asks
 * balls about the pieces as they are.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/dd.h"
#include "mlfunc/double/plan.h"

#define BLOCK      256
#define LEFT       512 /* asked of the array evaluator together */
#define POINTS     8
#define GROUP      16 /* pieces at a time */
#define K_MAX      9  /* at most 2^9 pieces an octave */
#define J_MAX      4  /* at most 2^4 interpolations an octave */
#define OCTAVES    (ML_PLAN_MAX - ML_PLAN_MIN + 1)
#define CENTRE_MAX (-4) /* |x| < 2^CENTRE may be one piece */
#define CENTRE_MIN (-7)
/* For larger alpha there are octaves to the right that want a zone of their own. */
#define CENTRE_ALPHA 2

/* Half the points of a piece, -1 <= r <= 1: near the zeros of T_8, and 1, 3, 4
 * and 5 times the first, so that what is odd is compared without rounding. */
static const double point[POINTS / 2] = {0x1.9p-3, 0x1.2cp-1, 0x1.9p-1,
                                         0x1.f4p-1};

/* Values of a piece may differ by this part, and the cut after r^7 be this part:
 * D70. */
#define STEEP 0x1.fp-5
/* An octave whose ends differ by more would need too many pieces. */
#define STEEPEST 0x1p+14
#define HOPELESS (-2)
#define CUT      0x1p-59

/* ------------------------------------------------------------------ one piece */

/* x[j] of sum_j x[j] q^j, q = p^2, from its values at the four points: x[j] is
 * w[j] times their differences from the first, x[0] that and the first. */
typedef struct {
    double w[4][3];
    dd inverse; /* of 2 point[0] */
} weights;

static void
set_weights(weights *w)
{
    double q[4];

    for (int i = 0; i < 4; i++)
        q[i] = point[i] * point[i];
    for (int i = 1; i < 4; i++) {
        /* Lagrange's polynomial of point i: product of (q - q_k)/(q_i - q_k) */
        double c[4] = {1, 0, 0, 0};

        for (int k = 0; k < 4; k++) {
            if (k == i)
                continue;
            for (int j = 3; j >= 1; j--)
                c[j] = (c[j - 1] - q[k] * c[j]) / (q[i] - q[k]);
            c[0] = -q[k] * c[0] / (q[i] - q[k]);
        }
        for (int j = 0; j < 4; j++)
            w->w[j][i - 1] = c[j];
    }
    w->inverse = dd_div((dd){1, 0}, (dd){2 * point[0], 0});
}

static void
solve(double x[4], const weights *w, const double f[4])
{
    for (int j = 0; j < 4; j++)
        x[j] = w->w[j][0] * (f[1] - f[0]) + w->w[j][1] * (f[2] - f[0])
               + w->w[j][2] * (f[3] - f[0]);
    x[0] += f[0];
}

/* The piece through the values at +-point times half its length, which is negative
 * where x is; false when it would not keep its promise. */
static bool
interpolate(ml_piece *piece, const weights *w, const double *high,
            const double *low, double half, double narrow)
{
    double odd[4], even[4], x[4], scale = 1, inverse = 1 / half, c[8];
    double least = fabs(high[0]), most = least;
    dd mean[4], slope[4];

    for (int i = 1; i < POINTS; i++) {
        double size = fabs(high[i]);

        least = size < least ? size : least;
        most = size > most ? size : most;
    }
    for (int i = 0; i < POINTS / 2; i++) {
        dd a = {high[2 * i], low[2 * i]}, b = {high[2 * i + 1], low[2 * i + 1]};

        mean[i] = dd_scale(dd_add(a, b), 0.5);
        even[i] = dd_sub(mean[i], mean[0]).h;
        slope[i] = dd_sub(a, b);
    }
    /* odd[i] = slope[i]/(2 point[i]) - odd[0] for i > 0 */
    odd[0] = 0;
    for (int i = 1; i < POINTS / 2; i++) {
        dd same = dd_scale(slope[0], i == 1 ? 2 : 4);

        if (i != 2)
            same = dd_add(same, slope[0]);
        odd[i] = dd_sub(slope[i], same).h * (0.5 / point[i]);
    }
    /* even: m + x_1 p^2 + x_2 p^4 + x_3 p^6 + (a_0 - m), m = mean[0] */
    solve(x, w, even);

    dd a0 = dd_add_d(mean[0], x[0]);

    for (int j = 1; j < 4; j++)
        c[2 * j] = x[j];
    solve(x, w, odd);

    dd a1 = dd_add_d(dd_mul(slope[0], w->inverse), x[0]);

    /* What a_1 cannot hold, l p, is l T_5(p)/5 and the rest, a fifth of it. */
    c[1] = a1.h;
    c[3] = x[1] + 4 * a1.l;
    c[5] = x[2] - 3.2 * a1.l;
    c[7] = x[3];

    double last = fabs(c[7]), before = fabs(c[6]);
    double fall = last / (before + 0x1p-70 * most);

    fall = fall < narrow ? narrow : fall > 1 ? 1 : fall;
    piece->a[0] = a0.h;
    for (int j = 1; j < 8; j++) {
        scale *= inverse;
        piece->a[j] = c[j] * scale;
    }
    ml_piece_set_last(piece, piece->a[7], a0.l);
    return most - least < STEEP * least && last * fall < CUT * 80 * least
           && high[0] / high[POINTS - 1] > 0 && least > 0x1p-85
           && most < 0x1p+100;
}

/* -------------------------------------------------------------------- octaves */

/* An octave as 2^j polynomials of high degree; j < 0 where that fails, HOPELESS
 * where more of them would not help. */
typedef struct {
    int j;
    ml_newton part[1 << J_MAX];
} octave;

typedef struct {
    weights w;
    octave *o[2]; /* [sign] */
    ml_newton centre;
    double *x; /* room for POINTS_MAX */
    ml_value *v;
} draft;

#define POINTS_MAX (ML_NEWTON << J_MAX)

/* The polynomial through values at its points; false if that fails. */
static bool
part_polynomial(ml_newton *f, const ml_value *v)
{
    double least = INFINITY;

    for (int k = 0; k < ML_NEWTON; k++) {
        if (!(v[k].err < 0x1p-59 * fabs(v[k].hi)) || v[k].exponent != 0)
            return false;
        least = fmin(least, fabs(v[k].hi));
    }
    ml_kernels_now()->newton(f, v);
    return f->last < 0x1p-57 * least && f->single < 0x1p-9 * least;
}

/* The points of part i of 2^j, at x. */
static void
part_points(double *x, int e, int j, int i, bool negative)
{
    double half = ldexp(0.5, -j), middle = 1 + half * (2 * i + 1);
    double unit = ldexp(negative ? -1 : 1, e);

    for (int k = 0; k < ML_NEWTON; k++)
        x[k] = unit * (middle + half * (ml_newton_point[k] * 0x1p-12));
}

/* The polynomials through 2^j parts' values. */
static void
part_polynomials(octave *o, const ml_value *v, int j)
{
    const ml_value *end = v + (ML_NEWTON << j) - 1;
    double first = fabs(v->hi), last = fabs(end->hi);
    bool good = true;

    o->j = HOPELESS;
    if (v->exponent != 0 || end->exponent != 0
        || !(first < STEEPEST * last && last < STEEPEST * first))
        return;
    for (int i = 0; good && i < 1 << j; i++)
        good = part_polynomial(o->part + i, v + ML_NEWTON * i);
    o->j = good ? j : -1;
}

/* n octaves from e on, in 2^j parts each. */
static void
sample_some(draft *d, const ml_plan *plan, int e, int n, int j, int sign)
{
    for (int i = 0; i < n << j; i++)
        part_points(d->x + ML_NEWTON * i, ML_PLAN_MIN + e + (i >> j), j,
                    i & ((1 << j) - 1), sign);
    ml_mittleff_values(d->v, plan->alpha, plan->beta,
                       (size_t)(ML_NEWTON * n) << j, d->x);
    for (int i = 0; i < n; i++)
        part_polynomials(d->o[sign] + e + i, d->v + (ML_NEWTON * i << j), j);
}

/* The octaves of one sign from one on: in two parts, and those that need it in
 * more. */
static void
sample(draft *d, const ml_plan *plan, int from, int sign)
{
    enum { TOGETHER = 1 << (J_MAX - 1) };
    octave *o = d->o[sign];
    bool hopeless = false;

    for (int e = from; e < OCTAVES; e += TOGETHER) {
        int n = OCTAVES - e < TOGETHER ? OCTAVES - e : TOGETHER;

        if (!hopeless)
            sample_some(d, plan, e, n, 1, sign);
        for (int i = e; i < e + n; i++) {
            for (int j = 2; !hopeless && o[i].j == -1 && j <= J_MAX; j++)
                sample_some(d, plan, i, 1, j, sign);
            if (hopeless)
                o[i].j = HOPELESS;
            /* To the right it only becomes worse. */
            hopeless = hopeless || (!sign && o[i].j == HOPELESS);
        }
    }
}

/* From where on E overflows or underflows: to the right it increases if no
 * coefficient is negative, to the left it falls to 0 if it is completely monotone.
 * NaN if it does neither. */
static double
constant_from(draft *d, const ml_plan *plan, int from, int sign)
{
    bool monotone =
        sign ? plan->alpha <= 1 && plan->beta >= plan->alpha : plan->beta >= 0;

    if (!monotone || d->o[sign][OCTAVES - 1].j != HOPELESS)
        return (double)NAN;
    for (int e = from; e < OCTAVES; e++)
        d->x[e - from] = ldexp(sign ? -1 : 1, ML_PLAN_MIN + e);
    ml_mittleff_values(d->v, plan->alpha, plan->beta, (size_t)(OCTAVES - from),
                       d->x);
    for (int e = 0; e < OCTAVES - from; e++) {
        double value, bound;
        ml_status s = ml_value_round(&value, &bound, d->v + e);

        if (s == (sign ? ML_UNDERFLOW : ML_OVERFLOW)
            && value == (sign ? 0 : (double)INFINITY))
            return d->x[e];
    }
    return (double)NAN;
}

/* Pieces at to at + n of the 2^k of an octave from unit to 2 unit, k >= j; how
 * many will do. */
static size_t
fill(ml_piece *piece, const weights *w, const octave *o, double unit, int k,
     size_t at, size_t n)
{
    double s[POINTS * GROUP] = {0}, high[POINTS * GROUP], low[POINTS * GROUP];
    double half = ldexp(0.5, -k), scale = ldexp(1, o->j - k);
    size_t good = 0, each = (size_t)1 << (k - o->j), m;

    for (size_t i = 0; i < n; i += m) {
        const ml_newton *f = o->part + ((at + i) >> (k - o->j));

        m = each - (at + i) % each; /* to the end of the part */
        m = m < n - i ? m : n - i;
        m = m < GROUP ? m : GROUP;
        for (size_t l = 0; l < m; l++) {
            double middle = scale * (2 * (double)((at + i + l) % each) + 1) - 1;

            for (int p = 0; p < POINTS / 2; p++) {
                s[POINTS * l + 2 * p] = middle + scale * point[p];
                s[POINTS * l + 2 * p + 1] = middle - scale * point[p];
            }
        }
        ml_kernels_now()->newton_values(high, low, f, s,
                                        POINTS * ((m + 1) / 2 * 2));
        for (size_t l = 0; l < m; l++) {
            if (interpolate(piece + i + l, w, high + POINTS * l,
                            low + POINTS * l, half * unit, half))
                good++;
            else
                piece[i + l].a[0] = (double)NAN;
        }
    }
    return good;
}

/* True when the ends and the middle of the octave do with 2^k pieces. */
static bool
suits(const weights *w, const octave *o, double unit, int k)
{
    size_t n = (size_t)1 << k;
    ml_piece p;

    return fill(&p, w, o, unit, k, 0, 1) == 1
           && fill(&p, w, o, unit, k, n - 1, 1) == 1
           && (k < 2 || fill(&p, w, o, unit, k, n / 2, 1) == 1);
}

/* --------------------------------------------------------------------- layout */

/* The piece about 0, |x| < 2^c: the largest c that will do.  False if none. */
static bool
centre(ml_piece *piece, int *c, draft *d, const ml_plan *plan)
{
    for (int k = 0; k < ML_NEWTON; k++)
        d->x[k] = ldexp(ml_newton_point[k], CENTRE_MAX - 12);
    ml_mittleff_values(d->v, plan->alpha, plan->beta, ML_NEWTON, d->x);
    if (!part_polynomial(&d->centre, d->v))
        return false;

    int least = plan->alpha > CENTRE_ALPHA ? CENTRE_MAX : CENTRE_MIN;

    for (*c = CENTRE_MAX; *c >= least; --*c) {
        double s[2 * POINTS] = {0}, high[2 * POINTS], low[2 * POINTS];
        double half = ldexp(1, *c), scale = ldexp(1, *c - CENTRE_MAX);

        for (int p = 0; p < POINTS / 2; p++) {
            s[2 * p] = scale * point[p];
            s[2 * p + 1] = -scale * point[p];
        }
        ml_kernels_now()->newton_values(high, low, &d->centre, s, 2 * POINTS);
        if (interpolate(piece, &d->w, high, low, half, half))
            return true;
    }
    return false;
}

/* The octaves of a zone, from e to f. */
static void
zone_octaves(const ml_plan *plan, int zone, int *e, int *f)
{
    int first = plan->first - 1023 - ML_PLAN_MIN;

    *e = zone == 0 ? 0 : first + zone;
    *f = zone == ML_PLAN_ZONES - 1 ? OCTAVES - 1 : first + zone;
}

static double
unit_of(int e, int sign)
{
    return ldexp(sign ? -1 : 1, ML_PLAN_MIN + e);
}

/* The least k that does for all octaves of the zone, or what stands for it. */
static int
choose(const weights *w, const octave *o, int e, int f, int sign)
{
    int k = 0;

    for (int i = e; i <= f; i++) {
        if (o[i].j < 0)
            return ML_PLAN_NONE;
        k = k < o[i].j ? o[i].j : k;
    }
    while (k <= K_MAX
           && !(suits(w, o + e, unit_of(e, sign), k)
                && (e == f || suits(w, o + f, unit_of(f, sign), k))))
        k++;
    return k <= K_MAX ? k : ML_PLAN_NONE;
}

/* Chooses the k of each zone, and counts the pieces and those that are NaN. */
static void
lay_out(ml_plan *plan, const draft *d, bool central)
{
    plan->pieces = 3;
    for (int s = 0; s < 2; s++) {
        for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
            int e, f, k;

            zone_octaves(plan, zone, &e, &f);
            k = central && zone == 0 ? ML_PLAN_CENTRE
                                     : choose(&d->w, d->o[s], e, f, s);
            plan->k[s][zone] = (int8_t)k;
            if (k != ML_PLAN_NONE)
                plan->pieces += k < 0 ? 1 : (size_t)(f - e + 1) << k;
        }
    }
}

static void
set_all(ml_piece *p, double x)
{
    for (int j = 0; j < 8; j++)
        p->a[j] = x;
}

/* The places of a zone whose pieces begin at n. */
static void
set_places(ml_plan *plan, int s, int zone, uint32_t n)
{
    int e, f, k = plan->k[s][zone], shift = k < 0 ? 33 : 20 - k;
    uint32_t sign = s == 0 ? 0 : UINT32_C(1) << 31, high = 0, base;

    zone_octaves(plan, zone, &e, &f);
    if (k >= 0) {
        n -= (uint32_t)(1023 + ML_PLAN_MIN + e) << k;
        high = UINT32_C(1) << (shift - 1);
    }
    plan->zone[s][(plan->first + zone) % ML_PLAN_ZONES] =
        n * 64 | (uint32_t)(shift - 1);

    shift = shift > 31 ? 31 : shift;
    base = (n - (sign >> shift)) * 64;
    e = zone == 0 ? 0 : 1023 + ML_PLAN_MIN + e;
    f = zone == ML_PLAN_ZONES - 1 ? 2047 : 1023 + ML_PLAN_MIN + f;
    for (int i = e; i <= f; i++) {
        bool beyond =
            k >= 0 && (i < 1023 + ML_PLAN_MIN || i > 1023 + ML_PLAN_MAX);

        plan->place[2048 * s + i] =
            beyond ? (uint64_t)(0 - (uint32_t)s) * 64 | 31
                   : (uint64_t)high << 32 | base | (uint64_t)shift;
    }
}

/* Pieces of one sign, from n on; the number of the next. */
static size_t
build(ml_plan *plan, const draft *d, int s, const ml_piece *about_zero,
      size_t n)
{
    for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
        int e, f, k = plan->k[s][zone];

        zone_octaves(plan, zone, &e, &f);
        set_places(plan, s, zone, k == ML_PLAN_NONE ? 0 : (uint32_t)n);
        if (k == ML_PLAN_CENTRE)
            plan->piece[n++] = *about_zero;
        for (; k >= 0 && e <= f; e++) {
            fill(plan->piece + n, &d->w, d->o[s] + e, unit_of(e, s), k, 0,
                 (size_t)1 << k);
            n += (size_t)1 << k;
        }
    }
    set_all(plan->piece + n, (double)NAN);
    return n + 1;
}

/* The pieces of a plan whose alpha and beta are set. */
static ml_status
make(ml_plan *plan, draft *d)
{
    int c = CENTRE_MAX + 1, from = 0;
    ml_piece about_zero;
    size_t n = 1;

    set_weights(&d->w);
    bool central = centre(&about_zero, &c, d, plan);

    if (central)
        from = c - ML_PLAN_MIN;
    else
        c = CENTRE_MAX + 1;
    plan->first = 1023 + c - 1;
    plan->least = central ? 0 : ((1023 + ML_PLAN_MIN) << 20) - 1;
    plan->most = (1023 + ML_PLAN_MAX + 1) << 20;
    for (int s = 0; s < 2; s++) {
        sample(d, plan, from, s);
        plan->constant[s] = constant_from(d, plan, from, s);
    }
    lay_out(plan, d, central);
    plan->piece = aligned_alloc(64, plan->pieces * sizeof *plan->piece);
    if (!plan->piece)
        return ML_NOMEM;
    set_all(plan->piece, (double)NAN);
    for (int s = 0; s < 2; s++)
        n = build(plan, d, s, &about_zero, n);
    return ML_OK;
}

ml_status
ml_plan_alloc(ml_plan **plan, double alpha, double beta)
{
    draft d;
    ml_plan *p;
    ml_status s = ML_NOMEM;

    *plan = NULL;
    if (!(alpha > 0) || !isfinite(alpha) || !isfinite(beta))
        return ML_DOMAIN;
    p = aligned_alloc(64, sizeof *p);
    d.o[0] = malloc(2 * OCTAVES * sizeof *d.o[0]);
    d.o[1] = d.o[0] + OCTAVES;
    d.x = malloc(POINTS_MAX * sizeof *d.x);
    d.v = malloc(POINTS_MAX * sizeof *d.v);
    if (p && d.o[0] && d.x && d.v) {
        p->alpha = alpha;
        p->beta = beta;
        s = make(p, &d);
    }
    free(d.o[0]);
    free(d.x);
    free(d.v);
    if (s == ML_OK)
        *plan = p;
    else
        free(p);
    return s;
}

void
ml_plan_free(ml_plan *plan)
{
    if (plan)
        free(plan->piece);
    free(plan);
}

/* ----------------------------------------------------------------- evaluation */

/* What the pieces left, for the array evaluator. */
typedef struct {
    double x[LEFT];
    size_t at[LEFT], n;
} leftover;

static void
others(double *y, const ml_plan *plan, leftover *r)
{
    double e[LEFT];
    /* The status tells of overflow and the like: the values say it, too. */
    ml_status s =
        ml_mittleff_array_d(e, NULL, plan->alpha, plan->beta, r->n, r->x);
    (void)s;
    for (size_t i = 0; i < r->n; i++)
        y[r->at[i]] = e[i];
    r->n = 0;
}

void
ml_plan_eval(const ml_plan *plan, size_t n, const double *x, double *y)
{
    const ml_kernels *kernels = ml_kernels_now();
    double copy[BLOCK];
    leftover r;

    r.n = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        size_t m = n - i < BLOCK ? n - i : BLOCK;
        const double *in = x + i;

        if (x == y)
            in = memcpy(copy, in, m * sizeof *in);
        if (!kernels->plan(y + i, plan, m, in))
            continue;
        for (size_t k = 0; k < m; k++) {
            if (!isnan(y[i + k]))
                continue;
            r.x[r.n] = in[k];
            r.at[r.n++] = i + k;
            if (r.n == LEFT)
                others(y, plan, &r);
        }
    }
    if (r.n > 0)
        others(y, plan, &r);
}
