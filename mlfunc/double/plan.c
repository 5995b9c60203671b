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
#define POINTS     8
#define GROUP      16 /* pieces at a time */
#define K_MAX      9  /* at most 2^9 pieces an octave */
#define J_MAX      4  /* at most 2^4 interpolations an octave */
#define OCTAVES    (ML_PLAN_MAX - ML_PLAN_MIN + 1)
#define FIRST_ZONE (-4) /* octaves below share the k of 2^-4 */
#define NONE       63   /* the shift that leads to the NaN piece */

/* Half the points of a piece, -1 <= r <= 1: near the zeros of T_8, and 1, 3, 4
 * and 5 times the first, so that what is odd is compared without rounding. */
static const double point[POINTS / 2] = {0x1.9p-3, 0x1.2cp-1, 0x1.9p-1,
                                         0x1.f4p-1};

/* |y - a_0| may be this part of |y|, and the cut after r^7 this part: D70. */
#define STEEP 0x1.04p-5
/* An octave whose ends differ by more would need too many pieces. */
#define STEEPEST 0x1p+14
#define HOPELESS (-2)
#define CUT      0x1p-59

/* ------------------------------------------------------------------ one piece */

/* x[j] of sum_j x[j] q^j, q = p^2, from its values at the four points: x[j] is
 * w[j] times their differences from the first, x[0] that and the first. */
typedef struct {
    double w[4][3];
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
}

static void
solve(double x[4], const weights *w, const double f[4])
{
    for (int j = 0; j < 4; j++)
        x[j] = w->w[j][0] * (f[1] - f[0]) + w->w[j][1] * (f[2] - f[0])
               + w->w[j][2] * (f[3] - f[0]);
    x[0] += f[0];
}

/* The piece through the values at +-point times half its length; false when it
 * would not keep its promise. */
static bool
interpolate(ml_piece *piece, const weights *w, const double *high,
            const double *low, double half)
{
    double odd[4], even[4], x[4], scale = 1, inverse = 1 / half;
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

    piece->a[0] = a0.h;
    piece->low = (float)a0.l;
    for (int j = 1; j < 4; j++)
        piece->a[2 * j] = x[j];
    solve(x, w, odd);
    x[0] += slope[0].l / (2 * point[0]);
    x[0] += slope[0].h / (2 * point[0]);
    for (int j = 0; j < 3; j++)
        piece->a[2 * j + 1] = x[j];
    for (int j = 1; j < 7; j++) {
        scale *= inverse;
        piece->a[j] *= scale;
    }
    piece->a7 = (float)(x[3] * (scale * inverse));

    double last = fabs(x[3]), before = fabs(piece->a[6]) / scale;
    double fall = last / (before + 0x1p-70 * most);

    fall = fall < half ? half : fall > 1 ? 1 : fall;
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

    for (int i = 0; good && i < 1 << j; i++) {
        double least = INFINITY;

        for (int k = 0; k < ML_NEWTON; k++) {
            const ml_value *w = v + ML_NEWTON * i + k;

            good = good && w->err < 0x1p-59 * fabs(w->hi) && w->exponent == 0;
            least = fmin(least, fabs(w->hi));
        }
        if (good) {
            ml_kernels_now()->newton(o->part + i, v + ML_NEWTON * i);
            good = o->part[i].last < 0x1p-60 * least
                   && o->part[i].fourth < 0x1p-9 * least;
        }
    }
    o->j = good ? j : -1;
}

/* n octaves from e on, in 2^j parts each; x and v have room. */
static void
sample_some(octave *o, const ml_plan *plan, int e, int n, int j, bool negative,
            double *x, ml_value *v)
{
    for (int i = 0; i < n << j; i++)
        part_points(x + ML_NEWTON * i, ML_PLAN_MIN + e + (i >> j), j,
                    i & ((1 << j) - 1), negative);
    ml_mittleff_values(v, plan->alpha, plan->beta, (size_t)(ML_NEWTON * n) << j,
                       x);
    for (int i = 0; i < n; i++)
        part_polynomials(o + e + i, v + (ML_NEWTON * i << j), j);
}

/* The octaves of one sign: in two parts, and those that need it in more. */
static bool
sample(octave *o, const ml_plan *plan, bool negative)
{
    enum { N = ML_NEWTON << J_MAX, TOGETHER = 1 << (J_MAX - 1) };
    double *x = malloc(N * sizeof *x);
    ml_value *v = malloc(N * sizeof *v);
    bool room = x && v, hopeless = false;

    for (int e = 0; room && e < OCTAVES; e += TOGETHER) {
        int n = OCTAVES - e < TOGETHER ? OCTAVES - e : TOGETHER;

        if (!hopeless)
            sample_some(o, plan, e, n, 1, negative, x, v);
        for (int i = e; i < e + n; i++) {
            for (int j = 2; !hopeless && o[i].j == -1 && j <= J_MAX; j++)
                sample_some(o, plan, i, 1, j, negative, x, v);
            if (hopeless)
                o[i].j = HOPELESS;
            /* To the right it only becomes worse. */
            hopeless = hopeless || (!negative && o[i].j == HOPELESS);
        }
    }
    free(x);
    free(v);
    return room;
}

/* Pieces at to at + n of the 2^k of an octave, k >= j; how many will do. */
static size_t
fill(ml_piece *piece, const weights *w, const octave *o, int k, size_t at,
     size_t n)
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
                            low + POINTS * l, half))
                good++;
            else
                piece[i + l].a[0] = (double)NAN;
        }
    }
    return good;
}

/* True when the ends and the middle of the octave do with 2^k pieces. */
static bool
suits(const weights *w, const octave *o, int k)
{
    size_t n = (size_t)1 << k;
    ml_piece p;

    return fill(&p, w, o, k, 0, 1) == 1 && fill(&p, w, o, k, n - 1, 1) == 1
           && (k < 2 || fill(&p, w, o, k, n / 2, 1) == 1);
}

/* The octaves of a zone, from e to f. */
static void
zone_octaves(int zone, int *e, int *f)
{
    *e = zone == 0 ? 0 : FIRST_ZONE - ML_PLAN_MIN + zone;
    *f = zone == ML_PLAN_ZONES - 1 ? OCTAVES - 1
                                   : FIRST_ZONE - ML_PLAN_MIN + zone;
}

/* The least k that does for all octaves of the zone; -1 if none. */
static int
choose(const weights *w, const octave *o, int e, int f)
{
    int k = 0;

    for (int i = e; i <= f; i++) {
        if (o[i].j < 0)
            return -1;
        k = k < o[i].j ? o[i].j : k;
    }
    while (k <= K_MAX
           && !(suits(w, o + e, k) && (e == f || suits(w, o + f, k))))
        k++;
    return k <= K_MAX ? k : -1;
}

/* Chooses the k of each zone, and counts the pieces. */
static void
lay_out(ml_plan *plan, const weights *w, octave *const o[2],
        int k[2][ML_PLAN_ZONES])
{
    for (int s = 0; s < 2; s++) {
        for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
            int e, f;

            zone_octaves(zone, &e, &f);
            k[s][zone] = choose(w, o[s], e, f);
            if (k[s][zone] >= 0)
                plan->count[s] += (uint64_t)(f - e + 1) << k[s][zone];
        }
    }
    plan->start[1] = plan->count[0] + 1;
}

static void
build(ml_plan *plan, const weights *w, octave *const o[2],
      int k[2][ML_PLAN_ZONES])
{
    for (int s = 0; s < 2; s++) {
        ml_piece *piece = plan->piece + plan->start[s];
        uint64_t n = 0;

        for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
            int e, f, bits = k[s][zone];

            zone_octaves(zone, &e, &f);
            plan->shift[s][zone] = NONE;
            plan->base[s][zone] = plan->count[s];
            if (bits < 0)
                continue;
            plan->shift[s][zone] = (uint64_t)(52 - bits);
            plan->half[s][zone] = 1 + ldexp(0.5, -bits);
            plan->base[s][zone] =
                n - ((uint64_t)(1023 + ML_PLAN_MIN + e) << bits);
            for (; e <= f; e++) {
                fill(piece + n, w, o[s] + e, bits, 0, (size_t)1 << bits);
                n += UINT64_C(1) << bits;
            }
        }
        for (int j = 0; j < 7; j++)
            piece[n].a[j] = (double)NAN;
        piece[n].low = piece[n].a7 = NAN;
    }
}

/* The pieces of a plan whose alpha and beta are set. */
static ml_status
make(ml_plan *plan, octave *const o[2])
{
    int k[2][ML_PLAN_ZONES];
    weights w;
    size_t n;

    set_weights(&w);
    if (!sample(o[0], plan, false) || !sample(o[1], plan, true))
        return ML_NOMEM;
    lay_out(plan, &w, o, k);
    n = plan->count[0] + plan->count[1] + 2;
    plan->piece = aligned_alloc(64, n * sizeof *plan->piece);
    if (!plan->piece)
        return ML_NOMEM;
    build(plan, &w, o, k);
    return ML_OK;
}

ml_status
ml_plan_alloc(ml_plan **plan, double alpha, double beta)
{
    octave *o[2];
    ml_plan *p;
    ml_status s = ML_NOMEM;

    *plan = NULL;
    if (!(alpha > 0) || !isfinite(alpha) || !isfinite(beta))
        return ML_DOMAIN;
    p = aligned_alloc(64, sizeof *p);
    o[0] = malloc(2 * OCTAVES * sizeof *o[0]);
    o[1] = o[0] + OCTAVES;
    if (p && o[0]) {
        *p =
            (ml_plan){.first = 1023 + FIRST_ZONE, .alpha = alpha, .beta = beta};
        s = make(p, o);
    }
    free(o[0]);
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

/* What the pieces left: asks the array evaluator. */
static void
others(double *y, const ml_plan *plan, size_t n, const double *x)
{
    double in[BLOCK], out[BLOCK];
    size_t at[BLOCK], m = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i])) {
            in[m] = x[i];
            at[m++] = i;
        }
    }
    /* The status tells of overflow and the like: the values say it, too. */
    ml_status s =
        ml_mittleff_array_d(out, NULL, plan->alpha, plan->beta, m, in);
    (void)s;
    for (size_t i = 0; i < m; i++)
        y[at[i]] = out[i];
}

void
ml_plan_eval(const ml_plan *plan, size_t n, const double *x, double *y)
{
    const ml_kernels *kernels = ml_kernels_now();
    double copy[BLOCK];

    for (size_t i = 0; i < n; i += BLOCK) {
        size_t m = n - i < BLOCK ? n - i : BLOCK;
        const double *in = x + i;

        if (x == y)
            in = memcpy(copy, in, m * sizeof *in);
        if (kernels->plan(y + i, plan, m, in))
            others(y + i, plan, m, in);
    }
}
