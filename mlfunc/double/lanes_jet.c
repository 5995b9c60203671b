/* mlfunc/double/lanes_jet.c - E_{alpha,beta} and its derivatives at many x.
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/jet_nodes.h"
#include "mlfunc/double/jet_poles.h"
#include "mlfunc/double/jet_relaxation.h"
#include "mlfunc/double/jet_sums.h"

void ML_LANES_OF(ml_jet)(const ml_jet_ask *a);
void ML_LANES_OF(ml_relaxation_jet)(const ml_relaxation_ask *a);
void ML_LANES_OF(ml_kww_jet)(const ml_relaxation_ask *a);

/* ------------------------------------------------------------------ the classes */

/* Of the power series there, and of series without nodes, pairs have the terms
 * from that on in doubles. */
#define JET_LIGHT_TERM 7
/* Up to that |z| its moduli may be taken together. */
#define JET_BRIEF 2.5
/* Where nodes and poles are counted on: D51, JET_POLES. */
#define JET_LEAST 0x1p-30
#define JET_MOST  100.0

/* reach^alpha, where reach is not 0 or infinite. */
static void
ladder_edges(jet_ladder l[2], double alpha)
{
    double r[2 * JET_CLASSES], *to[2 * JET_CLASSES];
    int n = 0;

    for (int i = 0; i < 2; i++)
        for (int k = 0; k < l[i].n; k++) {
            double reach = l[i].at[k].group.reach;

            if (reach > 0 && reach < INFINITY) {
                to[n] = &l[i].at[k].edge;
                r[n++] = reach;
            }
        }
    for (int i = n; i % LANES != 0; i++)
        r[i] = 1;
    for (int k = 0; k < n; k += LANES) {
        lane x = lane_exp(alpha * lane_log(lane_loadu(r + k)));

        for (int i = 0; i < LANES && k + i < n; i++)
            *to[k + i] = x[i];
    }
}

/* Negative z, then positive z. */
static void
ladders_make(jet_ladder l[2], const jet_common *c)
{
    _Static_assert(JET_GAMMAS == RGAMMA_MOST, "the reach of 1/Gamma");
    for (int i = 0; i < 2; i++)
        ml_jet_ladder(l + i, c->alpha, c->beta, c->near, 2 * i - 1);
    ladder_edges(l, c->alpha);
}

/* -------------------------------------------------------------------- a block */

/* What the power series lacks for |z| <= edge, n terms made.      [mlfunc D56] */
static void
series_tail(jet_common *c, int n, double edge)
{
    const double *g = c->rising.high[0], *d = c->rising.high[3];
    double *t = c->tail, last = c->beta + c->alpha * (n - 2), k = n;

    if (n >= 3 && last > 2.01) {
        const int i = n - 1, j = n - 2;
        const double grow = 1.001 * i / j;
        const double gq = fabs(g[i] / g[j]), dq = fabs(d[i] / d[j]);
        const double size[] = {fabs(g[i]), fabs(g[i]) * i, fabs(d[i]) * i,
                               fabs(d[i])};
        const double q[] = {gq * 1.001, gq * grow, dq * grow, dq * 1.001};

        for (int v = 0; v < JET_VALUES; v++)
            t[v] = edge * q[v] < 0.9 ? 1.01 * size[v] * q[v] / (1 - edge * q[v])
                                     : (double)INFINITY;
        return;
    }
    /* |1/Gamma| and its derivative, from beta + alpha n on: D56 */
    t[0] = c->beta + c->alpha * n >= 0 ? 1.3 : 0x1p27;
    t[0] = edge < 0.2 && c->beta >= -10 ? t[0] * 1.01 / (1 - edge)
                                        : (double)INFINITY;
    t[3] = t[0];
    t[1] = t[2] = t[0] * (k * 1.25);
}

/* The power series for |z| <= edge: as many terms as there are. */
static void
series_make(jet_common *c, double edge)
{
    int n = ml_jet_series_terms(c->alpha, c->beta, c->near);

    jet_rising(c, n);
    n = n < c->rising.n ? n : c->rising.n;
    c->rising.n = n;
    if (n < 1)
        return;
    series_tail(c, n, edge);
    if (!c->pairs && edge <= JET_BRIEF)
        jet_brief(&c->rising, 0, n, edge);
}

static void
block_series(jet_block *x, jet_common *c)
{
    const lane a = lane_abs(x->z.h);
    lane tail[JET_VALUES], p = lane_set(1.001), q = a;
    int n = c->rising.n;

    if (n < 1) {
        for (int k = 0; k < JET_VALUES; k++)
            x->error[k] = lane_set(INFINITY);
        return;
    }
    for (int k = n - 1; k > 0; k >>= 1) {
        p = k & 1 ? p * q : p;
        q *= q;
    }
    tail[0] = p * (a * c->tail[0]);
    tail[1] = p * c->tail[1];
    tail[2] = p * (a * c->tail[2]);
    tail[3] = p * (a * c->tail[3]);
    jet_series(x, c, c->alpha > JET_WIDE ? n : JET_LIGHT_TERM, n, tail);
}

/* alpha = 1, beta = 1, 0, -1, ...: E = z^(1-beta) e^z, far below what the others
 * see for large -z; beyond -1386 it is less than 2^-1070.  [mlfunc A3] */
static void
block_exponential(jet_block *x, const jet_common *c)
{
    ldd z = ldd_select(x->z.h > -1386.0, x->z, ldd_set(-1386, 0)), v;
    lane k, unit = 2.0 * lane_abs(x->z.h) * x->off
                   + (c->pairs ? 0x1p-88 : 4 * JET_U);

    v = ldd_exp(&k, z);
    for (int i = 0; i < 1 - c->beta; i++)
        v = ldd_mul(v, z);
    for (int i = 0; i < 2; i++) {
        x->value[i] = (ldd){lane_scale(v.h, k), lane_scale(v.l, k)};
        x->size[i] = lane_abs(x->value[i].h) * 1.001;
        x->error[i] = x->size[i] * unit;
        /* z dE/dz = (z + 1 - beta) E */
        v = ldd_mul(v, ldd_add(z, ldd_of(c->one_minus_beta)));
    }
}

/* ln x_t; only for the path where there are no poles. */
static void
block_log(jet_block *x, const jet_common *c)
{
    lane size = lane_abs(x->z.h);
    ldd log;

    if (c->on_sheet == 0) {
        x->log.h = lane_log(size) * c->inverse.h;
        return;
    }
    log = c->pairs ? ldd_log(size) : ldd_log_short(size);
    x->log = ldd_mul(log, ldd_of(c->inverse));
    size = lane_abs(log.h) * 1.001;
    x->off = (c->pairs ? JET_LOG_PAIR(size) : JET_LOG_SHORT(size))
             * (c->inverse.h * 1.001);
}

/* x_t and its square root over sqrt(mu), where poles are; ln x_t is cut. */
static void
block_place(jet_block *x, const jet_common *c)
{
    ldd log = x->log;
    lane k;

    log = ldd_select(log.h < 600.0, log, ldd_set(600, 0));
    log = ldd_select(log.h > -600.0, log, ldd_set(-600, 0));
    x->log = log;
    x->place = c->pairs ? ldd_exp(&k, log) : ldd_exp_short(&k, log);
    x->place = ldd_scale(x->place, lane_pow2(k));
    x->root = ldd_mul(ldd_sqrt(x->place), ldd_of(c->root));
}

static void
block_contour(jet_block *x, jet_common *c, const jet_group *p, bool has_log)
{
    lane inverse = lane_abs(1.0 / x->z.h) * 1.001;
    ldd scale = jet_turned(x->z, p->terms);
    jet_path path;

    if (!(c->alpha >= JET_LEAST && c->alpha <= JET_MOST)) {
        for (int k = 0; k < JET_VALUES; k++)
            x->error[k] = lane_set(INFINITY);
        return;
    }
    if (!has_log && !p->open)
        block_log(x, c);
    if (c->on_sheet > 0 && !p->open)
        block_place(x, c);
    jet_choose(&path, x, c, p, inverse);
    if (p->nodes > 0)
        jet_add_nodes(x, c, p, scale);
    jet_add_truncation(x, &path, p, inverse, lane_abs(scale.h) * 1.001);
    if (p->terms > 0)
        jet_add_falling(x, c, p->nodes == 0 ? JET_LIGHT_TERM : p->terms,
                        p->terms);
    if (!p->open)
        jet_add_poles(x, c, p, &path);
    if (p->sign < 0 && c->alpha == 1 && c->beta <= 1 && c->beta >= -30
        && c->beta == __builtin_rint(c->beta))
        block_exponential(x, c);
}

/* ------------------------------------------------------------------- a chunk */

/* Places in a chunk: each class begins at a multiple of the lanes; no multiple of a
 * page, so that what belongs to a point does not share one set of a cache. */
#define JET_ROOM (JET_CHUNK + 2 * JET_CLASSES * 8 + 8)

/* Points, and what is found there, class by class: point i is at place[i];
 * by_z: value 1 is dE/dz, else z dE/dz. */
typedef struct {
    int n;
    bool by_z, has_log;
    int place[JET_CHUNK];
    double z[2][JET_CHUNK], log[2][JET_CHUNK];
    _Alignas(64) double sorted[4][JET_ROOM];
    _Alignas(64) double value[2 * JET_VALUES][JET_ROOM];
    _Alignas(64) double error[JET_VALUES][JET_ROOM];
    _Alignas(64) double size[JET_VALUES][JET_ROOM];
    _Alignas(64) int64_t rough[JET_ROOM]; /* -1: see ml_jet_settle */
} jet_points;

/* Value 1 as it is wanted. */
static void
block_slope(jet_block *x, bool by_z, bool is_by_z)
{
    ldd v = x->value[1], f = x->z;

    if (by_z == is_by_z)
        return;
    if (by_z)
        f = ldd_inverse(f);

    /* factors of products are below 2^995: D1 */
    lane_mask large = lane_abs(v.h) > 0x1p900;
    lane down = lane_select(large, lane_set(0x1p-100), lane_set(1));
    lane up = lane_select(large, lane_set(0x1p100), lane_set(1));

    v = ldd_scale(v, down);
    v = jet_finite(ldd_mul(v, f), v.h);
    x->value[1] = ldd_scale(v, up);
    x->size[1] *= lane_abs(f.h) * 1.001;
    x->error[1] =
        x->error[1] * lane_abs(f.h) * 1.001 + lane_abs(x->value[1].h) * 0x1p-95;
}

/* The points at place at to at + LANES - 1, of one class. */
static void
block(jet_points *p, jet_common *c, const jet_class *k, int at)
{
    const lane none = lane_set(0);
    lane_mask rough;
    jet_block x;

    x.z = (ldd){lane_load(p->sorted[0] + at), lane_load(p->sorted[1] + at)};
    x.log = (ldd){none, none};
    if (p->has_log)
        x.log =
            (ldd){lane_load(p->sorted[2] + at), lane_load(p->sorted[3] + at)};
    x.off = lane_set(p->has_log ? JET_OFF : 0);
    UNROLL
    for (int v = 0; v < JET_VALUES; v++) {
        x.value[v] = (ldd){none, none};
        x.size[v] = x.error[v] = none;
    }
    if (k->series)
        block_series(&x, c);
    else
        block_contour(&x, c, &k->group, p->has_log);
    block_slope(&x, p->by_z, k->series);
    rough = ~(lane_abs(x.z.h) < ML_JET_FAR);
    for (int v = 0; v < JET_VALUES; v++) {
        ldd r = ldd_two_sum(x.value[v].h, x.value[v].l);
        /* what is lost to the ends of the range of doubles: D57 */
        lane e = x.error[v] + 0x1p-1070;

        if (!c->pairs)
            e = (e + lane_abs(r.l)) * (1 + 0x1p-40);
        e = lane_select((e >= 0) & (lane_abs(r.h) < INFINITY), e,
                        lane_set(INFINITY));
        rough |= ~((e < INFINITY) & (lane_abs(r.h) >= 0x1p-1000));
        if (c->pairs)
            rough |= (lane_abs(r.l) < 0x1p-960)
                     & ((r.l != 0) | (lane_abs(r.h) < 0x1p-800));
        lane_store(p->value[2 * v] + at, r.h);
        lane_store(p->value[2 * v + 1] + at, r.l);
        lane_store(p->error[v] + at, e);
        lane_store(p->size[v] + at, x.size[v]);
    }
    lane_store((double *)(void *)(p->rough + at), (lane)rough);
}

/* The n points of one class, from place at on. */
static void
class_points(jet_points *p, jet_common *c, jet_class *k, int at, int n)
{
    if (!k->series) {
        if (!k->group.open)
            jet_angles(c, k->group.sign);
        jet_group_make(&k->group, c);
        /* the class before ends where this one begins */
        if (!c->pairs)
            jet_brief(&c->falling, 1, k->group.terms, 1.01 / k[-1].edge);
    } else if (c->rising.n == 0) {
        series_make(c, k->edge);
    }
    for (int i = 0; i < n; i += LANES)
        block(p, c, k, at + i);
}

/* Puts the points to their places: class k of count[k] points, number[i] that of
 * point i, from begin[k] on; the last block of a class is filled up. */
static void
sort(jet_points *p, const double *number, const int *count, int *begin,
     int classes)
{
    int next[2 * JET_CLASSES], at = 0;

    for (int k = 0; k < classes; k++) {
        begin[k] = next[k] = at;
        at += (count[k] + LANES - 1) / LANES * LANES;
    }
    for (int i = 0; i < p->n; i++) {
        int to = next[(int)number[i]]++;

        p->place[i] = to;
        p->sorted[0][to] = p->z[0][i];
        p->sorted[1][to] = p->z[1][i];
        if (p->has_log) {
            p->sorted[2][to] = p->log[0][i];
            p->sorted[3][to] = p->log[1][i];
        }
    }
    for (int k = 0; k < classes; k++)
        for (int i = next[k]; i % LANES != 0; i++)
            for (int v = 0; v < (p->has_log ? 4 : 2); v++)
                p->sorted[v][i] = p->sorted[v][i - 1];
}

/* Which classes: those of l[1] begin at JET_CLASSES; both signs share the
 * first. */
static lane
ladder_places(const jet_ladder l[2], lane z)
{
    lane size = lane_abs(z), place[2];

    for (int i = 0; i < 2; i++) {
        place[i] = lane_set(i * JET_CLASSES);
        for (int k = 0; k < l[i].n - 1; k++)
            place[i] +=
                lane_select(size <= l[i].at[k].edge, lane_set(0), lane_set(1));
    }
    place[1] = lane_select(size <= l[1].at[0].edge, lane_set(0), place[1]);
    return lane_select(z > 0, place[1], place[0]);
}

static void
points(jet_points *p, jet_common *c)
{
    int count[2 * JET_CLASSES] = {0}, begin[2 * JET_CLASSES];
    double number[JET_CHUNK];
    jet_ladder l[2];

    for (int i = p->n; i % LANES != 0; i++)
        p->z[0][i] = 0;

    ladders_make(l, c);
    for (int i = 0; i < p->n; i += LANES)
        lane_storeu(number + i, ladder_places(l, lane_loadu(p->z[0] + i)));
    for (int i = 0; i < p->n; i++)
        count[(int)number[i]]++;
    sort(p, number, count, begin, 2 * JET_CLASSES);
    for (int k = 0; k < 2 * JET_CLASSES; k++)
        if (count[k] > 0)
            class_points(p, c, l[k / JET_CLASSES].at + k % JET_CLASSES,
                         begin[k], count[k]);
}

static void
common_make(jet_common *c, double alpha, double beta, bool pairs)
{
    dd one = {1, 0};

    c->alpha = alpha;
    c->beta = beta;
    c->pairs = pairs;
    c->inverse = dd_div(one, (dd){alpha, 0});
    c->one_minus_beta = dd_two_sum(1, -beta);
    c->falling.n = c->rising.n = 0;
    c->falling.relative = c->rising.relative = 0;
    c->falling.brief = c->rising.brief = false;
    c->sign = c->on_sheet = 0;
    c->near = c->off = false;
    c->rule = -1;
    c->have = c->weighed = c->terms = 0;
    c->mu = 0;
    /* alpha near 1, and beta near 1, 0, -1, ... */
    if (fabs(alpha - 1) < 0x1p-8 && beta > -20 && beta < 1.5) {
        jet_falling(c, 1);
        c->near = fabs(c->falling.high[0][0]) < 0x1p-8;
    }
}

/* -------------------------------------------------------------------- entries */

/* Point i, which is at a place. */
static void
put_point(const ml_jet_ask *a, size_t i, const jet_points *p, int place)
{
    double *value = a->value + (a->pairs ? 8 : 4) * i,
           *bound = a->bound + 4 * i;

    for (int v = 0; v < JET_VALUES; v++)
        bound[v] = p->error[v][place];
    for (int v = 0; !a->pairs && v < JET_VALUES; v++)
        value[v] = p->value[2 * v][place];
    for (int v = 0; a->pairs && v < 2 * JET_VALUES; v++)
        value[v] = p->value[v][place];
    for (int v = 0; a->condition && v < JET_VALUES; v++)
        a->condition[4 * i + (size_t)v] =
            p->size[v][place] / fabs(value[2 * v]);
    if (p->rough[place])
        *a->status |= ml_jet_settle(a, i);
}

void
ML_LANES_OF(ml_jet)(const ml_jet_ask *a)
{
    /* the order of the results: E, d/dx, d/dalpha, d/dbeta */
    jet_common c;
    jet_points p;

    common_make(&c, a->alpha, a->beta, a->pairs);
    p.by_z = true;
    p.has_log = false;
    for (size_t done = 0; done < a->n; done += (size_t)p.n) {
        p.n = a->n - done < JET_CHUNK ? (int)(a->n - done) : JET_CHUNK;
        for (int i = 0; i < p.n; i++) {
            p.z[0][i] = a->x[done + (size_t)i];
            p.z[1][i] = 0;
        }
        points(&p, &c);
        for (int i = 0; i < p.n; i++)
            put_point(a, done + (size_t)i, &p, p.place[i]);
    }
    lane_done();
}

/* ---------------------------------------------------------- functions of t/tau */

/* One result: the value and its three derivatives, and their errors. */
typedef struct {
    double value[4], error[4];
} quartet;

static void
put_quartet(const ml_relaxation_ask *a, size_t i, const quartet *q)
{
    for (int v = 0; v < 4; v++) {
        double e = q->error[v] * (1 + 0x1p-40) + fabs(q->value[v]) * (8 * JET_U)
                   + 0x1p-1070;

        a->value[4 * i + v] = q->value[v];
        if (a->bound)
            a->bound[4 * i + v] = e < INFINITY ? e : (double)INFINITY;
    }
}

/* The limits at t = 0: f' is that of 1 - slope (t/tau)^shape. */
static void
put_zero(const ml_relaxation_ask *a, size_t i, double slope)
{
    double d = a->shape < 1    ? -(double)INFINITY
               : a->shape == 1 ? -slope / a->tau
                               : 0;
    double *v = a->value + 4 * i, *b = a->bound ? a->bound + 4 * i : NULL;

    v[0] = 1;
    v[1] = d;
    v[2] = v[3] = 0;
    if (b) {
        b[0] = b[2] = b[3] = 0;
        b[1] = a->shape == 1 ? fabs(d) * (2 * JET_U) + 0x1p-1070 : 0;
    }
}

/* v shape/t, where the quotient may be too large. */
static double
rate(double v, double shape, double t)
{
    double up = t < 0x1p-900 ? 0x1p200 : 1;

    return v * (shape / (t * up)) * up;
}

/* f of z dE/dz = s, dE/dalpha; r = ln(t/tau).                     [mlfunc D58] */
static quartet
relaxation(const ml_relaxation_ask *a, const jet_points *p, int i, double t,
           double r)
{
    double f = p->value[0][i], s = p->value[2][i], d = p->value[4][i], e[3];
    bool cut = !(fabs(a->shape * r) < JET_CUT);
    quartet q;

    /* where x was cut, all that there is; x is as good as a double for shapes up
     * to 3 */
    for (int v = 0; v < 3; v++)
        e[v] = cut ? 2 * (p->size[v][i] + p->error[v][i])
                   : p->error[v][i] * (a->shape > 3 ? a->shape : 1);
    q = (quartet){
        {f, rate(s, a->shape, t), -rate(s, a->shape, a->tau), d + r * s},
        {e[0], rate(e[1], a->shape, t), rate(e[1], a->shape, a->tau),
         e[2] + fabs(r) * e[1] + fabs(s) * JET_OFF
             + (fabs(d) + fabs(r * s)) * (4 * JET_U)}};
    if (cut && r < 0) {
        /* E = 1 - x/Gamma(1 + alpha) + ...; t may be as small as x */
        q.error[0] = 0x1p-990;
        q.error[1] = q.error[2] = (double)INFINITY;
    } else if (cut && a->shape > 1) {
        for (int v = 0; v < 4; v++)
            q.error[v] = (double)INFINITY;
    }
    return q;
}

/* f^2. */
static quartet
squared(const quartet *q)
{
    quartet s;
    double f = q->value[0], e = q->error[0];

    s.value[0] = f * f;
    s.error[0] = e * (2 * fabs(f) + e);
    for (int v = 1; v < 4; v++) {
        s.value[v] = 2 * f * q->value[v];
        s.error[v] =
            2
            * (e * fabs(q->value[v]) + fabs(f) * q->error[v] + e * q->error[v]);
    }
    return s;
}

/* ln(t/tau) and (t/tau)^shape of the points at hand, 1 where t is 0. */
static void
fill_times(jet_points *p, const ml_relaxation_ask *a, size_t done, ldd log_tau)
{
    for (int i = 0; i < p->n; i += LANES) {
        double t[LANES];
        ldd r, x;

        for (int j = 0; j < LANES; j++) {
            double v = i + j < p->n ? a->t[done + (size_t)(i + j)] : 0;

            t[j] = v > 0 ? v : a->tau;
        }
        jet_times(&r, &x, lane_loadu(t), log_tau, a->shape);
        lane_storeu(p->log[0] + i, r.h);
        lane_storeu(p->log[1] + i, r.l);
        lane_storeu(p->z[0] + i, -x.h);
        lane_storeu(p->z[1] + i, -x.l);
    }
}

void
ML_LANES_OF(ml_relaxation_jet)(const ml_relaxation_ask *a)
{
    ldd log_tau = jet_log_of(a->tau);
    jet_common c;
    jet_points p;

    common_make(&c, a->shape, 1, false);
    c.off = true;
    p.by_z = false;
    p.has_log = true;
    for (size_t done = 0; done < a->n; done += (size_t)p.n) {
        p.n = a->n - done < JET_CHUNK ? (int)(a->n - done) : JET_CHUNK;
        fill_times(&p, a, done, log_tau);
        points(&p, &c);
        for (int i = 0; i < p.n; i++) {
            double t = a->t[done + (size_t)i];
            quartet q;

            if (t == 0) {
                put_zero(a, done + (size_t)i, a->square ? 2 : 1);
                continue;
            }
            q = relaxation(a, &p, p.place[i], t, p.log[0][i]);
            if (a->square)
                q = squared(&q);
            put_quartet(a, done + (size_t)i, &q);
        }
    }
    lane_done();
}

/* e^-u and u e^-u for LANES points, as m 2^k; u is cut at 1386. */
LANE_INLINE void
kww_block(const ml_relaxation_ask *a, const jet_points *p, int i, double *f,
          double *u, double *scale)
{
    ldd x = {-lane_loadu(p->z[0] + i), -lane_loadu(p->z[1] + i)};
    lane k;

    x = ldd_mul_d(x, lane_set(a->c));
    x = ldd_select(x.h < 1386.0, x, ldd_set(1386, 0));
    lane_storeu(u, x.h);
    x = ldd_exp_short(&k, ldd_neg(x));
    lane_storeu(f, x.h);
    lane_storeu(scale, k);
}

/* v 2^k. */
static double
scaled_by(double v, double k)
{
    return lane_scale(lane_set(v), lane_set(k))[0];
}

/* v 2^k/t, where the quotient may be too large. */
static double
scaled_rate(double v, double t, double k)
{
    return t < 0x1p-900 ? scaled_by(v / (t * 0x1p200), k + 200)
                        : scaled_by(v / t, k);
}

/* Of e^-u = f 2^k and the derivatives.                            [mlfunc D58] */
static void
kww_errors(quartet *q, const ml_relaxation_ask *a, double f, double u, double k,
           double r)
{
    /* of u, relatively, and so of e^-u and of u e^-u */
    double off = (1 + a->shape) * JET_OFF * (1.01 + 1.01 * u);
    /* (t/tau)^shape was cut */
    bool less = r < 0 && !(a->shape * r > -JET_CUT);

    off = off < 0x1p-10 ? off : (double)INFINITY;
    for (int v = 0; v < 4; v++)
        q->error[v] = fabs(q->value[v]) * off + 0x1p-1070;
    q->error[3] += scaled_by(f * u, k) * JET_OFF;
    /* u was cut: u e^-u is smaller yet */
    for (int v = 0; v < 4 && u >= 1386; v++)
        q->error[v] += fabs(q->value[v]);
    if (less || !(f * u * a->shape > 0x1p-1000))
        q->error[1] = q->error[2] = (double)INFINITY;
    if (less || !(u > 0x1p-1000)) {
        q->error[0] += 1.01 * u + 0x1p-990;
        q->error[3] += 2 * fabs(q->value[3]) + 0x1p-985;
    }
}

void
ML_LANES_OF(ml_kww_jet)(const ml_relaxation_ask *a)
{
    ldd log_tau = jet_log_of(a->tau);
    double f[LANES], u[LANES], k[LANES];
    jet_points p;

    for (size_t done = 0; done < a->n; done += (size_t)p.n) {
        p.n = a->n - done < JET_CHUNK ? (int)(a->n - done) : JET_CHUNK;
        fill_times(&p, a, done, log_tau);
        for (int i = 0; i < p.n; i++) {
            double g, t, r = p.log[0][i];
            int j = i % LANES;
            quartet q;

            if (j == 0)
                kww_block(a, &p, i, f, u, k);
            t = a->t[done + (size_t)i];
            if (t == 0) {
                put_zero(a, done + (size_t)i, a->c);
                continue;
            }
            g = f[j] * u[j];
            q.value[0] = scaled_by(f[j], k[j]);
            q.value[1] = -scaled_rate(g * a->shape, t, k[j]);
            q.value[2] = scaled_rate(g * a->shape, a->tau, k[j]);
            q.value[3] = scaled_by(-(g * r), k[j]);
            kww_errors(&q, a, f[j], u[j], k[j], r);
            put_quartet(a, done + (size_t)i, &q);
        }
    }
    lane_done();
}
