/* mlfunc/double/plan.c - a plan: E at one alpha and beta as polynomials.
 *
 * Every piece is interpolated at eight points from the values of the array
 * evaluator, double-doubles with bounds.  What a piece would not hold to its
 * promise is left to that evaluator: a zero of E, an exponential too steep.
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
#define K_MAX      9    /* at most 2^9 pieces an octave */
#define FIRST_ZONE (-4) /* octaves below share the k of 2^-4 */
#define NONE       63   /* the shift that leads to the NaN piece */

/* Half the points of a piece, -1 <= r <= 1: zeros of T_8, rounded. */
static const double point[POINTS / 2] = {0x1.9p-3, 0x1.1cp-1, 0x1.a9p-1,
                                         0x1.f6p-1};

/* |y - a_0| may be this part of |y|, and the cut after r^7 this part: D70. */
#define STEEP 0x1.5p-6
#define CUT   0x1p-59

/* ------------------------------------------------------------------ one piece */

/* Solves sum_j x[j] p[i]^(2 j) = f[i], i < n <= 4, by Newton's differences. */
static void
even_powers(double *x, const double *p, const double *f, int n)
{
    double c[4];

    for (int i = 0; i < n; i++)
        c[i] = f[i];
    for (int k = 1; k < n; k++)
        for (int i = n - 1; i >= k; i--)
            c[i] = (c[i] - c[i - 1]) / (p[i] * p[i] - p[i - k] * p[i - k]);
    for (int i = 0; i < n; i++)
        x[i] = 0;
    for (int k = n - 1; k >= 0; k--) {
        double q = p[k] * p[k];

        for (int j = n - 1; j >= 1; j--)
            x[j] = x[j - 1] - q * x[j];
        x[0] = c[k] - q * x[0];
    }
}

/* The piece through values v at +-point times half its length; false when it
 * would not keep its promise. */
static bool
interpolate(ml_piece *piece, const ml_value *v, double half)
{
    double odd[4], even[4], x[4], least = INFINITY, most = 0, scale = 1;
    dd mean[4];

    for (int i = 0; i < POINTS; i++) {
        if (!(v[i].err < 0x1p-61 * fabs(v[i].hi)) || v[i].exponent != 0)
            return false;
        least = fmin(least, fabs(v[i].hi));
        most = fmax(most, fabs(v[i].hi));
    }
    for (int i = 0; i < POINTS / 2; i++) {
        dd a = {v[2 * i].hi, v[2 * i].lo};
        dd b = {v[2 * i + 1].hi, v[2 * i + 1].lo};
        dd d = dd_sub(a, b);

        mean[i] = dd_scale(dd_add(a, b), 0.5);
        odd[i] = (d.h + d.l) * (0.5 / point[i]);
        even[i] = dd_sub(mean[i], mean[0]).h;
    }
    /* even: m + x_1 p^2 + x_2 p^4 + x_3 p^6 + (a_0 - m), m = mean[0] */
    even_powers(x, point, even, 4);

    dd a0 = dd_add_d(mean[0], x[0]);

    piece->a[0] = a0.h;
    piece->low = (float)a0.l;
    for (int j = 1; j < 4; j++)
        piece->a[2 * j] = x[j];
    even_powers(x, point, odd, 4);
    for (int j = 0; j < 3; j++)
        piece->a[2 * j + 1] = x[j];
    for (int j = 1; j < 7; j++) {
        scale /= half;
        piece->a[j] *= scale;
    }
    piece->a7 = (float)(x[3] * scale / half);

    double last = fabs(x[3]), before = fabs(piece->a[6] / scale);
    double fall = fmin(fmax(last / (before + 0x1p-70 * most), half), 1);

    return most - least < STEEP * least && last * fall < CUT * 128 * least
           && v[0].hi / v[POINTS - 1].hi > 0 && least > 0x1p-85
           && most < 0x1p+100;
}

/* The value of x is a piece's middle plus point times half, exactly. */
static void
points(double *x, int e, int k, size_t at, bool negative)
{
    double width = ldexp(1, -k), half = width / 2;
    double middle = 1 + width * (double)at + half;

    for (int i = 0; i < POINTS / 2; i++) {
        x[2 * i] = ldexp(middle + half * point[i], e);
        x[2 * i + 1] = ldexp(middle - half * point[i], e);
        if (negative) {
            x[2 * i] = -x[2 * i];
            x[2 * i + 1] = -x[2 * i + 1];
        }
    }
}

/* n pieces of octave e from number at on; their number that will do. */
static size_t
fill(ml_piece *piece, const ml_plan *plan, int e, int k, size_t at, size_t n,
     bool negative)
{
    double x[POINTS * 16], half = ldexp(1, -k - 1);
    ml_value v[POINTS * 16];
    size_t good = 0;

    for (size_t i = 0; i < n; i += 16) {
        size_t m = n - i < 16 ? n - i : 16;

        for (size_t j = 0; j < m; j++)
            points(x + POINTS * j, e, k, at + i + j, negative);
        ml_kernels_now()->mittleff_values(v, plan->alpha, plan->beta,
                                          POINTS * m, x);
        for (size_t j = 0; j < m; j++) {
            ml_piece *p = piece + i + j;

            if (interpolate(p, v + POINTS * j, half))
                good++;
            else
                p->a[0] = (double)NAN;
        }
    }
    return good;
}

/* -------------------------------------------------------------------- octaves */

/* True when the ends and the middle of the octave do with 2^k pieces. */
static bool
suits(const ml_plan *plan, int e, int k, bool negative)
{
    size_t n = (size_t)1 << k;
    ml_piece p;

    return fill(&p, plan, e, k, 0, 1, negative) == 1
           && fill(&p, plan, e, k, n - 1, 1, negative) == 1
           && (k < 2 || fill(&p, plan, e, k, n / 2, 1, negative) == 1);
}

/* The least k >= guess that does for octaves e and f; K_MAX + 1 if none. */
static int
choose(const ml_plan *plan, int e, int f, int guess, bool negative)
{
    int k = guess < 0 ? 0 : guess;

    while (k <= K_MAX
           && !(suits(plan, e, k, negative)
                && (e == f || suits(plan, f, k, negative))))
        k++;
    return k;
}

/* The octaves of a zone. */
static void
octaves(int zone, int *e, int *f)
{
    *e = zone == 0 ? ML_PLAN_MIN : FIRST_ZONE + zone;
    *f = zone == ML_PLAN_ZONES - 1 ? ML_PLAN_MAX : FIRST_ZONE + zone;
}

/* Chooses the k of each zone, and counts the pieces. */
static void
lay_out(ml_plan *plan, int k[2][ML_PLAN_ZONES])
{
    for (int s = 0; s < 2; s++) {
        int guess = 0;

        for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
            int e, f;

            octaves(zone, &e, &f);
            k[s][zone] = choose(plan, f, e, guess, s == 1);
            if (k[s][zone] <= K_MAX) {
                plan->count[s] += (uint64_t)(f - e + 1) << k[s][zone];
                guess = k[s][zone] - 1;
            }
        }
    }
    plan->start[1] = plan->count[0] + 1;
}

static void
build(ml_plan *plan, int k[2][ML_PLAN_ZONES])
{
    for (int s = 0; s < 2; s++) {
        ml_piece *piece = plan->piece + plan->start[s];
        uint64_t n = 0;

        for (int zone = 0; zone < ML_PLAN_ZONES; zone++) {
            int e, f, bits = k[s][zone];

            octaves(zone, &e, &f);
            plan->shift[s][zone] = NONE;
            plan->base[s][zone] = plan->count[s];
            if (bits > K_MAX)
                continue;
            plan->shift[s][zone] = (uint64_t)(52 - bits);
            plan->half[s][zone] = 1 + ldexp(0.5, -bits);
            plan->base[s][zone] = n - ((uint64_t)(1023 + e) << bits);
            for (; e <= f; e++) {
                fill(piece + n, plan, e, bits, 0, (size_t)1 << bits, s == 1);
                n += UINT64_C(1) << bits;
            }
        }
        for (int j = 0; j < 7; j++)
            piece[n].a[j] = (double)NAN;
        piece[n].low = piece[n].a7 = NAN;
    }
}

ml_status
ml_plan_alloc(ml_plan **plan, double alpha, double beta)
{
    int k[2][ML_PLAN_ZONES];
    ml_plan *p;
    size_t n;

    *plan = NULL;
    if (!(alpha > 0) || !isfinite(alpha) || !isfinite(beta))
        return ML_DOMAIN;
    p = aligned_alloc(64, sizeof *p);
    if (!p)
        return ML_NOMEM;
    *p = (ml_plan){.first = 1023 + FIRST_ZONE, .alpha = alpha, .beta = beta};
    lay_out(p, k);
    n = p->count[0] + p->count[1] + 2;
    p->piece = aligned_alloc(64, n * sizeof *p->piece);
    if (!p->piece) {
        free(p);
        return ML_NOMEM;
    }
    build(p, k);
    *plan = p;
    return ML_OK;
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
