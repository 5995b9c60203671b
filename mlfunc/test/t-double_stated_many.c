/* mlfunc/test/t-double_stated_many.c - the bounds of sums over the nodes for
 * many z are those of the statement, each made anew from its formula; they must
 * agree to 2^-30.  [mlfunc D18] [mlfunc D44]
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/many.h"
#include "mlfunc/double/many_near_one.h"
#include "mlfunc/double/many_powers.h"
#include "validation/tap/tap.h"

static const double u = 0x1p-53;

typedef struct {
    const char *what;
    long n, other;
} tally;

static void
compare(tally *t, double got, double stated)
{
    t->n++;
    if (got != stated && !(fabs(got / stated - 1) <= 0x1p-30) && t->other++ < 3)
        tap_note("%s: %a, stated %a", t->what, got, stated);
}

static void
claim(const tally *t, const char *tag, long least)
{
    tap_ok(t->other == 0 && t->n >= least,
           "[mlfunc %s] %s: as stated, %ld times", tag, t->what, t->n);
}

/* What D18 says of a term: V = |Q|/delta, delta, and the parts it is off by. */
typedef struct {
    double v, delta, pair, single, moved;
} stated_term;

/* 54 u lambda + 2 u g of P, lambda = 1.25 g, and 3 u lambda for each sum. */
static stated_term
term_of(const ml_many *m, int j, bool negative)
{
    stated_term t;
    bool other_sign = negative ? m->p[j] >= 0 : m->p[j] <= 0;
    double lambda = 1.25 * m->grid;

    t.delta = other_sign ? m->modulus[j] : m->height[j];
    t.v = m->size[j] / t.delta;
    t.pair = m->q_err[j] + (324 - 144 - 290) * u * u + 18 * u * u * j;
    t.single = 60 * u + (2 * u * m->modulus[j] + m->p_err[j]) / t.delta;
    t.moved =
        m->p_err[j] + 2 * u * m->grid + 54 * u * lambda + 3 * u * j * lambda;
    if (!(m->p_err[j] / t.delta <= 0x1p-12))
        t.pair = t.single = INFINITY;
    return t;
}

enum { NEAR, FAR, NEAR2, FAR2, FLAT, GRID, GRID_FAR, LANE, CLAIMS };

static void
bound(tally *t, const ml_many *m, const ml_many_parts *parts, bool negative,
      int n, int k)
{
    ml_many_side side;
    double near = 0, far = 0, near2 = 0, far2 = 0, sum = 0, reach = 0;

    ml_many_bound(&side, m, parts, n, k);
    for (int j = 0; j < m->nodes; j++) {
        stated_term s = term_of(m, j, negative);
        double part = j < k ? s.pair : j < n ? s.single : 1;
        double p = m->modulus[j];

        near += s.v * part;
        far += s.v * p * part;
        if (j < k) {
            near2 += s.moved * s.v / s.delta;
            far2 += s.moved * s.v * p * p / s.delta;
            sum += s.v;
            reach += s.v * p;
        }
    }
    compare(t + NEAR, side.near, 1.001 * near);
    compare(t + FAR, side.far, 1.001 * far);
    compare(t + NEAR2, side.near2, 1.001 * near2);
    compare(t + FAR2, side.far2, 1.001 * far2);
    compare(t + GRID, side.grid, exp2(ceil(log2(1.001 * sum)) - 51));
    compare(t + GRID_FAR, side.grid_far, exp2(ceil(log2(1.001 * reach)) - 51));
    compare(t + FLAT, side.flat, 1.001 * u * k * (5 + (k + 1) / 4.0));
    for (int i = -40; i <= 40; i++) {
        double z = (negative ? -1.3 : 1.3) * exp2(i / 3.0), size = fabs(z);
        double far_grid = side.grid_far / exp2(floor(log2(size)));
        double grid = fmin(side.grid, far_grid);

        compare(t + LANE, ml_many_grid(&side, lane_set(z))[0], grid);
        compare(t + LANE, ml_many_error(&side, lane_set(z))[LANES - 1],
                fmin(side.near, side.far / size)
                    + fmin(side.near2, side.far2 / (size * size))
                    + side.flat * grid);
    }
    if (side.nodes != n || side.dd_nodes != k)
        t[GRID].other++;
}

static void
one(tally *t, const ml_stored_nodes *s, bool negative)
{
    ml_many m = {.nodes = 0};
    ml_many_parts parts;

    ml_many_set(&m, s, 1e4);
    if (m.nodes < 1)
        tap_bail("a contour without nodes");
    for (int j = 0; j < m.nodes; j += LANES)
        ml_many_part(&parts, &m, j, negative);
    bound(t, &m, &parts, negative, m.nodes, m.dd_nodes);
    bound(t, &m, &parts, negative, m.nodes, ML_MANY_LEAST);
    bound(t, &m, &parts, negative, m.dd_nodes, m.dd_nodes);
    bound(t, &m, &parts, negative, m.nodes - 3, m.dd_nodes - 5);
}

/* Four places -2^-9, -1, -16, -end, and what |E| is there, times 2^-67: what
 * the number of nodes goes by. */
static void
sampled(tally t[2], const ml_many_samples *s, double alpha, double beta,
        double end)
{
    const double at[ML_MANY_SAMPLES] = {0x1p-9, 1, 16, end};

    for (int i = 0; i < ML_MANY_SAMPLES; i++) {
        ml_value v;

        ml_kernels_now()->mittleff(&v, alpha, beta, -at[i]);
        compare(t, s->inverse[i], 1 / at[i]);
        compare(t + 1, s->most[i] * 0x1p67, fabs(ldexp(v.hi, v.exponent)));
    }
}

static void
samples(tap_random *r)
{
    tally t[4] = {{.what = "places"},
                  {.what = "E there"},
                  {.what = "places, alpha near 1"},
                  {.what = "E there, alpha near 1"}};
    const ml_many_samples none = {{0}, {0}};

    for (long i = 0; i < tap_effort(200); i++) {
        double alpha = tap_random_range(r, 0x1p-7, 0.9), beta = 1 + alpha / 2;
        double near = tap_random_range(r, -0x1p-9, 0x1p-9);
        ml_node_powers w = {.whole = 0};
        ml_near_one one;
        ml_stored_nodes s;
        ml_many m;
        ml_many_near n;
        ml_many_parts parts;
        ml_many_samples got, both[2] = {none, none};

        if (ml_node_powers_of(&w, ml_contours + 1, true, alpha, beta)) {
            s.contour = 1;
            s.p_kind = w.p_kind;
            ml_stored_nodes_set(&s, &w, w.p_kind);
            ml_many_set(&m, &s, 1000);
            ml_many_sample(both, &m, 1000);
            sampled(t, both + 1, alpha, beta, 1000);
        }
        got = none;
        if (ml_near_one_of(&one, 1 + near, 1 + near / 2, -1)) {
            ml_many_near_set(&n, &parts, &one, 1000);
            n.nodes = ml_contours[0].nodes;
            ml_near_sample(&got, &n, one.m, 1000);
            sampled(t + 2, &got, 1 + near, 1 + near / 2, 1000);
        }
    }
    for (int k = 0; k < 4; k++)
        claim(t + k, "D18", 100);
}

/* What is cut off next to alpha = 1, for |x| < 1 and up to each power of 4, and
 * for the plain sum what D44 says. */
static void
lacking(tap_random *r)
{
    tally t = {.what = "what the sums near alpha = 1 lack"};

    for (long i = 0; i < tap_effort(200); i++) {
        double alpha = 1 + tap_random_range(r, -0x1p-8, 0x1p-8);
        double beta = 1 - floor(tap_random_range(r, 0, 4));
        double excess = i % 4 < 2 ? 0 : tap_random_range(r, -0x1p-8, 0x1p-8);
        ml_many_next n = {.plain = i % 2};

        if (!ml_near_one_of(&n.w, alpha, beta + excess, -1))
            continue;
        ml_many_next_cut(&n, alpha);
        for (int e = -10; e < 12; e++) {
            double x = -ldexp(tap_random_range(r, 1, 2), e), stated;
            double high = e < 0 ? 1 : exp2(2 * floor(e / 2.0) + 2);
            double low = e < 0 ? 0x1p-10 : high / 4;

            stated = ml_truncation_near_one_between(
                ml_contours, alpha, n.w.q.d[1].h, n.w.excess, n.w.m, low, high);
            if (n.plain)
                stated +=
                    1.3125 * 0x1p-83 * pow(high, n.w.m) * pow(1 + low / 8, -8)
                    + 0x1p-97 * pow(81, n.w.m) / fmax(80, low);
            compare(&t, ml_many_next_lacks(&n, lane_set(x))[LANES - 1], stated);
        }
    }
    claim(&t, "D44", 1000);
}

/* What the terms of the power series from y^2 on are off by, and the ninth and
 * those beyond, in units of y^2 at |y| = 2^-9. */
static void
powers(tap_random *r)
{
    tally t = {.what = "rest of the power series"};
    const double y = 0x1p-9;

    for (long i = 0; i < tap_effort(400); i++) {
        double alpha = tap_random_range(r, 0.1, 5), sum = 0;
        double beta = i % 4 ? tap_random_range(r, -3, 5)
                            : -floor(tap_random_range(r, 0, 3));
        octet g;
        double eps = rgamma_octet(&g, alpha, beta, 0), q, beyond;
        int first = g.h[0] == 0;
        ml_many_powers p;

        ml_many_series(&p, alpha, beta);
        q = fabs(g.h[7] / g.h[6]) * y;
        if (p.most == 0 || beta + 6 * alpha < 0.5 || q > 0.8)
            continue;
        for (int k = 2; k < 8 - first; k++)
            sum += fabs(g.h[k + first]) * pow(y, k - 2);
        beyond = fabs(g.h[7]) * pow(y, 7) * q / (1 - q);
        compare(&t, p.rest, sum * (eps + 23 * u) + beyond / pow(y, 2 + first));
    }
    claim(&t, "D37", 100);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    tally t[CLAIMS] = {{.what = "near"},
                       {.what = "far"},
                       {.what = "near2"},
                       {.what = "far2"},
                       {.what = "flat"},
                       {.what = "the grid"},
                       {.what = "the grid far away"},
                       {.what = "the grid and the error at one z"}};

    tap_plan(CLAIMS + 6);
    for (long i = 0; i < tap_effort(200); i++) {
        int which = (int)(i % ML_CONTOURS);
        double alpha = i % 3 == 0   ? tap_random_log(&r, 1e-3, 0x1p-7)
                       : i % 3 == 1 ? tap_random_range(&r, 0x1p-7, 1)
                                    : tap_random_range(&r, 1, 5);
        double beta = tap_random_range(&r, -3, 5);
        ml_node_powers w = {.whole = 0};
        ml_stored_nodes s;

        if (!ml_node_powers_of(&w, ml_contours + which, true, alpha, beta))
            continue;
        s.contour = which;
        s.p_kind = w.p_kind;
        ml_stored_nodes_set(&s, &w, w.p_kind);
        one(t, &s, i % 2);
    }
    for (int k = 0; k < CLAIMS; k++)
        claim(t + k, "D18", 100);
    samples(&r);
    powers(&r);
    lacking(&r);
    return tap_done();
}
