/* mlfunc/double/lanes_mittleff.c - E_{alpha,beta}(x): the choice of method.
 *
 * Each try_* gives a value with its proved error, or says that it cannot; which
 * is tried when (choice_plan.h) decides about time and width alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/choice_plan.h"
#include "mlfunc/double/many.h"
#include "mlfunc/double/many_far.h"
#include "mlfunc/double/many_near_one.h"
#include "mlfunc/double/many_pairs.h"
#include "mlfunc/double/many_poles.h"
#include "mlfunc/double/many_powers.h"
#include "mlfunc/double/many_terms.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/scaled.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/stored.h"
#include "mlfunc/double/truncation.h"

void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);
void ML_LANES_OF(ml_mittleff_values)(double alpha, double beta, size_t n,
                                     const double *x, ml_take_values *take,
                                     void *data);

/* --------------------------------------------- the sums: what is frequent, fused */

#define NODES(name, p, q)                               \
    static __attribute__((noinline)) dd name(           \
        double *err, const ml_node_powers *w, double z) \
    {                                                   \
        return ml_nodes(err, 0, w, p, q, z);            \
    }

NODES(part_row, ML_P_PART, ML_Q_ROW)
NODES(part_shared, ML_P_PART, ML_Q_SHARED)
NODES(part_own, ML_P_PART, ML_Q_OWN)
NODES(turned_row, ML_P_TURNED, ML_Q_ROW)
NODES(turned_shared, ML_P_TURNED, ML_Q_SHARED)
NODES(turned_own, ML_P_TURNED, ML_Q_OWN)

/* [p_kind][q_kind] */
static dd (*const fused[3][3])(double *err, const ml_node_powers *w,
                               double z) = {
    {0, 0, 0},
    {part_row, part_shared, part_own},
    {turned_row, turned_shared, turned_own},
};

/* ------------------------------------- the rest, and all x at one alpha and beta */

static __attribute__((noinline)) void
stored_set(ml_stored_nodes *s, int contour, const ml_node_powers *w)
{
    s->contour = contour;
    s->p_kind = w->p_kind;
    ml_stored_nodes_set(s, w, w->p_kind);
}

static __attribute__((noinline)) dd
stored_sum(double *err, const ml_stored_nodes *s, double z)
{
    return s->p_kind == ML_P_UNIT ? ml_stored_nodes_sum(err, s, ML_P_UNIT, z)
                                  : ml_stored_nodes_sum(err, s, ML_P_PART, z);
}

/* The sum over the nodes for one z. */
static dd
sum_once(double *err, int contour, const ml_node_powers *w, double z)
{
    ml_stored_nodes s;

    if (contour == 0 && w->p_kind != ML_P_UNIT)
        return fused[w->p_kind][w->q_kind](err, w, z);
    stored_set(&s, contour, w);
    return stored_sum(err, &s, z);
}

static __attribute__((noinline)) dd
near_sum(double *err, const ml_near_one *w, double z)
{
    return ml_near_one_sum(err, w, w->kind, z);
}

/* ------------------------------------------------------------------- one method */

/* *v = s 2^exponent + term, with the errors err 2^exponent and that of term; the
 * exponent of a term that is large becomes that of the value.   [mlfunc D16] */
static void
value_of(ml_value *v, dd s, double err, int exponent, const ml_term *term,
         ml_double_method method)
{
    dd t = term->v.re;
    double t_err = term->err;
    long long k = term->exponent - exponent;

    v->exponent = exponent;
    v->method = method;
    if (k > 256 && (t.h != 0 || t_err != 0)) {
        v->exponent = (int)term->exponent;
        s = dd_ldexp(s, -k);
        err = double_ldexp(err, -k);
    } else {
        t = dd_ldexp(t, k);
        t_err = double_ldexp(t_err, k);
    }
    dd sum = dd_add(s, t);
    v->hi = sum.h;
    v->lo = sum.l;
    v->err = (err + t_err) * (1 + 0x1p-40) + 0x1p-103 * (fabs(s.h) + fabs(t.h))
             + 0x1p-990;
}

static const ml_term no_term = {.v = {{0, 0}, {0, 0}}};

/* The exponential terms alone, where they are large.            [mlfunc D16] */
static bool
try_poles(ml_value *v, ml_places *p)
{
    if (!choice_alone(p))
        return false;
    double rest = ml_rest(p);
    ml_term term = ml_poles_alone(p);

    value_of(v, (dd){0, 0}, rest, 0, &term, ML_BY_POLES);
    return v->err <= CHOICE_GOOD * fabs(v->hi);
}

/* Too large for all exponents: x > 0, ln x/alpha >= 19.  [mlfunc D17] */
static bool
try_overflow(ml_value *v, const ml_places *p, double alpha, double beta,
             double x)
{
    if (!(x >= 0x1p-400 && alpha >= 0x1p-500 && alpha <= 5.75
          && fabs(beta) <= 16 && (x > 0x1p400 || p->log_xt.h >= 19.125)))
        return false;
    *v = (ml_value){
        .hi = 1, .err = 0.5, .exponent = 1 << 30, .method = ML_BY_POLES};
    return true;
}

/* Nodes, poles and truncation of one contour.                   [mlfunc D16] */
static bool
try_contour(ml_value *v, int contour, double alpha, double beta, double x)
{
    ml_places p;
    ml_node_powers w;
    double err;

    if (!ml_places_real(&p, ml_contours + contour, alpha, beta, x))
        return try_overflow(v, &p, alpha, beta, x);
    if (p.n > 0 && try_poles(v, &p))
        return true;
    bool own = contour != 0 || alpha <= 0x1p-7;
    if (!ml_node_powers_of(&w, ml_contours + contour, own, alpha, beta))
        return false;
    ml_term term = no_term;

    if (p.n > 0)
        term = ml_poles_sum(&p);
    dd s = sum_once(&err, contour, &w, x);

    value_of(v, s, err + ml_truncation(&p), 0, &term, ML_BY_CONTOUR);
    return v->err < (double)INFINITY;
}

/* x^m e^x for x < 0, m <= 16.                                   [mlfunc D16] */
static ml_term
exponential(int m, double x)
{
    dd y = {x, 0};

    if (x < -0x1p28) /* |x^m e^x| < 2^(2^14 - 1.44 2^28) */
        return (ml_term){.v = {{m % 2 ? -0.5 : 0.5, 0}, {0, 0}},
                         .err = 0.5,
                         .exponent = -(1 << 28)};
    dd_scaled e = dd_exp(y);
    ml_term t = {.v = {e.m, {0, 0}}, .exponent = e.k};

    for (int i = 0; i < m; i++)
        t.v.re = dd_mul_d(t.v.re, x);
    t.err = (ML_EXP_ERROR(y) + m * 0x1p-103) * fabs(t.v.re.h) * (1 + 0x1p-40);
    return t;
}

/* E_{1,n}(x) and what alpha - 1 and beta - n add.        [mlfunc D15] [mlfunc D16] */
static bool
try_near_one(ml_value *v, const ml_near_one *w, double alpha, double beta,
             double x)
{
    ml_term term = exponential(w->m, x);
    double err;

    if (alpha == 1 && beta == 1 - w->m) {
        *v = (ml_value){.hi = term.v.re.h,
                        .lo = term.v.re.l,
                        .err = term.err,
                        .exponent = (int)term.exponent,
                        .method = ML_BY_POLES};
        return true;
    }
    if (x < -0x1p13 && !(x >= -0x1p20 && alpha <= 1 + 0x1p-11))
        return false;
    dd s = near_sum(&err, w, x);

    err += ml_truncation_near_one(
        ml_contours, alpha, w->q.d[1].h * (1 + 0x1p-50), w->excess, w->m, x);
    value_of(v, s, err, 0, &term, ML_BY_CONTOUR_NEAR_ONE);
    return true;
}

/* *v and the poles from poles[0] to poles[1].                   [mlfunc D16] */
static bool
add_poles(ml_value *v, const int poles[2], double alpha, double beta, double x)
{
    if (poles[0] > poles[1])
        return true;
    ml_term term = ml_poles_range_real(alpha, beta, x, poles[0], poles[1]);
    dd s = {v->hi, v->lo};

    value_of(v, s, v->err, v->exponent, &term, ML_BY_ASYMPTOTICS);
    return v->err < (double)INFINITY;
}

/* The algebraic terms and the poles that belong to them. */
static bool
try_asymptotic(ml_value *v, double alpha, double beta, double x, double goal)
{
    int poles[2];

    return asymptotic_real(v, poles, alpha, beta, x, goal)
           && add_poles(v, poles, alpha, beta, x);
}

/* Not where the sum is so small that its low part has underflowed; what underflow
 * may have left of it is not the same with and without an FMA. */
static bool
try_series(ml_value *v, double alpha, double beta, double x)
{
    if (!series_real(v, alpha, beta, x) || (x != 0 && fabs(v->hi) <= 0x1p-700))
        return false;
    if (x != 0 && fabs(v->lo) < 0x1p-900) {
        v->lo = 0;
        v->err = (v->err + 0x1p-900) * (1 + 0x1p-50);
    }
    return true;
}

/* -------------------------------------------------------------------- one value */

/* *v = the one of *v and *w with the smaller error. */
static void
better_of(ml_value *v, const ml_value *w)
{
    if (!(double_ldexp(v->err, (long long)v->exponent - w->exponent) <= w->err))
        *v = *w;
}

/* An exponent of 2^28 or more in size leaves nothing to decide. */
static bool
fair(const ml_value *v)
{
    return v->err <= CHOICE_FAIR * fabs(v->hi) || v->exponent >= 1 << 28
           || v->exponent <= -(1 << 28);
}

/* Where the first choice was not accurate: all the others, and the best. */
static __attribute__((noinline)) void
try_all(ml_value *v, double alpha, double beta, double x)
{
    ml_value w;

    for (int contour = 0; contour < ML_CONTOURS && !fair(v); contour++) {
        if (try_contour(&w, contour, alpha, beta, x))
            better_of(v, &w);
    }
    if (!fair(v) && fabs(x) >= 2
        && try_asymptotic(&w, alpha, beta, x, (double)INFINITY))
        better_of(v, &w);
    if (!fair(v) && try_series(&w, alpha, beta, x))
        better_of(v, &w);
    if (!fair(v)
        && (!(v->err <= CHOICE_POOR * fabs(v->hi)) || choice_far(fabs(x)))) {
        ml_mittleff_scaled(&w, alpha, beta, x);
        better_of(v, &w);
    }
}

/* The first choice; an infinite error where it cannot. */
static void
first_choice(ml_value *v, double alpha, double beta, double x)
{
    ml_near_one near;

    *v = (ml_value){.err = (double)INFINITY};
    if (fabs(x) <= CHOICE_SERIES) {
        if (try_series(v, alpha, beta, x))
            return;
    } else if (x < 0 && ml_near_one_of(&near, alpha, beta, x)) {
        if (x <= -CHOICE_ASYMPTOTIC && !(alpha == 1 && near.excess == 0)
            && try_asymptotic(v, alpha, beta, x, 0))
            return;
        if (try_near_one(v, &near, alpha, beta, x))
            return;
    } else if (x <= -CHOICE_ASYMPTOTIC && alpha < 2) {
        if (try_asymptotic(v, alpha, beta, x, 0))
            return;
    }
    if (!try_contour(v, choice_contour(alpha, beta), alpha, beta, x))
        v->err = (double)INFINITY;
}

void
ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta, double x)
{
    /* Where errors of products may underflow: D1. */
    if (x != 0 && fabs(x) < 0x1p-900) {
        ml_mittleff_scaled(v, alpha, beta, x);
        return;
    }
    first_choice(v, alpha, beta, x);
    if (alpha < 0x1p-900 && !(fair(v) && fabs(v->hi) > 0x1p-200))
        ml_mittleff_scaled(v, alpha, beta, x);
    else if (!fair(v))
        try_all(v, alpha, beta, x);
    lane_done();
}

/* -------------------------------------------------------- many x at one alpha */

/* What ml_truncation gives where there are no poles: x < 0, alpha <= 1: the least
 * of a constant and another over |x|, one pair for |x| < 1 and one from there
 * on. */
typedef struct {
    double far;  /* |x| times it, for |x| >= 1 */
    double one;  /* at x = -1 */
    double near; /* for |x| < 1 */
} many_truncation;

/* How x[i] is dealt with: the sides are 0 for x > 0, 1 for x < 0. */
enum {
    BY_SIDE,
    BY_TERMS = 2,
    BY_FAR = 4,
    BY_SERIES = 6,
    BY_ASYMPTOTIC,
    ALONE,
    WAYS
};

typedef struct {
    double alpha, beta;
    double most[2];          /* |x| up to which the nodes serve, by sides */
    bool no_poles, one_pole; /* of x < 0, of x > 0 */
    bool has_side[2];
    int contour;
    dd inverse; /* 1/alpha */
    many_truncation truncation;
    ml_many nodes;
    ml_many_side side[2];
    ml_many_powers series, asymptotic;
    ml_many_terms terms;
    ml_many_cut cut[2]; /* of terms, by sides */
    ml_many_terms far_terms;
    ml_many_far far[2];
    int pairs; /* of x < 0 on the sheet, */
    double off_sheet;
    ml_many_angle pair[ML_FAR_POLES];
    ml_many_next near;
} many;

static void
many_truncation_set(many *s)
{
    many_truncation *t = &s->truncation;
    const ml_contour *c = ml_contours + s->contour;
    ml_places p;

    s->one_pole = s->alpha <= 2 && ml_places_real(&p, c, s->alpha, s->beta, 1);
    s->no_poles =
        s->alpha <= 1 && ml_places_real(&p, c, s->alpha, s->beta, -0x1p200);
    if (!s->no_poles)
        return;
    t->far = ml_truncation(&p) * 0x1p200;
    s->no_poles = ml_places_real(&p, c, s->alpha, s->beta, -1);
    t->one = ml_truncation(&p);
    s->no_poles =
        ml_places_real(&p, c, s->alpha, s->beta, -0x1p-200) && s->no_poles;
    t->near = ml_truncation(&p);
}

static void
many_near_of(many *s)
{
    ml_many_next *n = &s->near;

    n->is = ml_near_one_of(&n->w, s->alpha, s->beta, -1);
    n->exact =
        n->is && s->alpha == 1 && n->w.excess == 0 && n->w.m <= ML_NEAR_PLAIN;
}

/* A difference below 2^-100 might underflow. */
static void
many_near_range(many *s)
{
    double excess;

    if (!s->near.is)
        return;
    excess = fabs(s->near.w.excess);
    if (excess != 0 && excess < 0x1p-100)
        s->most[1] = 0;
    else if (s->asymptotic.most == 0 || s->most[1] > ML_NEAR_MOST)
        s->most[1] = double_less(ML_NEAR_MOST, s->far[1].from);
}

static __attribute__((noinline, cold)) void
many_near_set(many *s)
{
    ml_many_next *n = &s->near;
    ml_many_samples e;
    ml_many_parts parts;

    if (!n->is || s->most[1] == 0)
        return;
    ml_many_side_of(s->side + 1, &e, &s->nodes, true, s->most[1]);
    s->has_side[1] = true;
    n->plain = s->contour == 0 && ml_near_plain(s->side + 1, &e, n->w.m);
    if (!n->plain)
        ml_many_near_set(&n->nodes, &parts, &n->w, s->most[1]);
    ml_many_next_cut(n, s->alpha);
}

/* The pairs of x < 0 on the sheet, as in places.h; -1: too many. */
static void
many_pairs_set(many *s)
{
    int m = 1;

    for (s->pairs = 0; m < s->alpha && m <= 5; m += 2)
        ml_many_angle_of(s->pair + s->pairs++, s->beta, s->inverse, m);
    s->off_sheet = 3.14159 * (m - s->alpha);
}

static void
many_nodes_set(many *s)
{
    ml_node_powers w;
    ml_stored_nodes stored;

    s->most[0] = s->most[1] = 0;
    s->no_poles = s->one_pole = false;
    s->pairs = 0;
    s->has_side[0] = s->has_side[1] = false;
    s->contour = choice_contour(s->alpha, s->beta);
    if (!(s->alpha >= 0x1p-200
          && ml_node_powers_of(&w, ml_contours + s->contour, true, s->alpha,
                               s->beta)))
        return;
    /* from there on rho_0 may be all */
    dd_scaled e = dd_exp((dd){s->alpha * CHOICE_ALONE, 0});
    double alone = double_ldexp(e.m.h, e.k);

    s->most[0] = alone;
    s->most[1] = s->asymptotic.most > 0 ? 1 / s->asymptotic.most : alone;
    s->most[1] = double_less(s->most[1], s->far[1].from);
    many_near_range(s);
    stored_set(&stored, s->contour, &w);
    ml_many_set(&s->nodes, &stored, s->most[1] > alone ? s->most[1] : alone);
    many_near_set(s);
    many_pairs_set(s);
    many_truncation_set(s);
}

/* For alpha > 1 x < 0 has pairs there, and next to 1 eight terms serve late. */
static void
many_far_set(many *s)
{
    double alpha = s->alpha, beta = s->beta;
    bool fits = alpha >= 0x1p-5 && alpha <= 5.75 && fabs(beta) <= 16;

    s->far[0].from = s->far[1].from = (double)INFINITY;
    if (!fits)
        return;

    ml_many_terms_of(&s->far_terms, -alpha, beta, 1, alpha > 0.98 ? 40 : 8);
    ml_many_far_positive(s->far, &s->far_terms, alpha, beta, s->inverse);
    if (alpha > 0.98 && alpha != 1)
        ml_many_far_negative(s->far + 1, &s->far_terms, alpha, beta, s->inverse,
                             fabs(alpha - 1) < 0.02 ? 28 : s->cut[1].most);
}

static __attribute__((noinline, cold)) void
many_set(many *s, double alpha, double beta)
{
    s->alpha = alpha;
    s->beta = beta;
    s->inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
    many_near_of(s);
    if (s->near.exact)
        return;
    ml_many_series(&s->series, alpha, beta);
    ml_many_terms_of(&s->terms, alpha, beta, 0, ML_TERMS);
    ml_many_cut_choose(s->cut, &s->terms, alpha, beta, false);
    s->cut[1].most = 0;
    if (alpha > 1) /* else the nodes are as fast */
        ml_many_cut_choose(s->cut + 1, &s->terms, alpha, beta, true);
    ml_many_asymptotic(&s->asymptotic, alpha, beta);
    many_far_set(s);
    many_nodes_set(s);
}

static int
many_way(const many *s, double x)
{
    double size = fabs(x);
    int side = x < 0;

    if (s->near.exact)
        return (size >= 0x1p-100 && size <= ML_NEAR_EXACT) || x <= -2000
                   ? BY_SIDE + side
                   : ALONE;
    if (size <= s->series.most)
        return size >= 0x1p-100 ? BY_SERIES : ALONE;
    if (size <= s->cut[side].most)
        return size > CHOICE_SERIES ? BY_TERMS + side : ALONE;
    if (size >= s->far[side].from && size <= ML_FAR_MOST
        && !(side && size * s->asymptotic.most >= 1))
        return BY_FAR + side;
    if (size <= s->most[side])
        return size > CHOICE_SERIES ? BY_SIDE + side : ALONE;
    return side && size * s->asymptotic.most >= 1 && size <= 0x1p99
               ? BY_ASYMPTOTIC
               : ALONE;
}

/* The value from the sum over the nodes.                        [mlfunc D16] */
static void
many_finish(ml_value *v, const many *s, double x, dd sum, double err)
{
    ml_term term = no_term;
    ml_places p;

    if (!ml_places_real(&p, ml_contours + s->contour, s->alpha, s->beta, x)) {
        v->err = (double)INFINITY;
        return;
    }
    err += ml_truncation(&p);
    if (p.n > 0)
        term = ml_poles_sum(&p);
    value_of(v, sum, err, 0, &term, ML_BY_CONTOUR);
}

#define TOGETHER 256

/* Which x go which way; v of theirs. */
typedef struct {
    ml_value *v;
    const double *x;
    int count[WAYS];
    uint16_t at[WAYS][TOGETHER];
} many_lists;

/* LANES x or fewer, and what is found about them. */
typedef struct {
    int n;
    const uint16_t *at;
    double x[LANES], hi[LANES], lo[LANES], err[LANES];
} batch;

static void
batch_put(batch *b, ldd sum, lane err)
{
    lane_storeu(b->hi, sum.h);
    lane_storeu(b->lo, sum.l);
    lane_storeu(b->err, err);
}

/* What is not good is left to a single call. */
static void
many_judge(many_lists *m, int at)
{
    const ml_value *v = m->v + at;

    m->at[ALONE][m->count[ALONE]] = (uint16_t)at;
    m->count[ALONE] += !(v->err <= CHOICE_MANY * fabs(v->hi));
}

static void
batch_values(many_lists *m, const batch *b, ml_double_method method)
{
    for (int k = 0; k < b->n; k++) {
        m->v[b->at[k]] = (ml_value){b->hi[k], b->lo[k], b->err[k], 0, method};
        many_judge(m, b->at[k]);
    }
}

/* The path of x > 0 next to its only pole, whether that is right of it, and what
 * is cut off. */
static double
many_positive_path(const many *s, double x, double log_xt, double root,
                   double *inside)
{
    ml_places p;
    int best;

    ml_places_start(&p, ml_contours + s->contour, s->alpha, s->beta);
    p.real = true;
    p.modulus = x;
    p.off_sheet = 3.14159 * (2 - s->alpha);
    p.n = 1;
    p.log_xt = (dd){log_xt, 0};
    best = ml_places_straight(&p);
    if (log_xt < p.path->log_left[best] - 1.3863) {
        p.n = 0;
    } else {
        double size = root * p.contour->root[0];

        p.pole[0].re = size;
        p.pole[0].im = 0;
        ml_places_between(&p, best, size);
    }
    *inside = p.n;
    return ml_truncation(&p);
}

/* x > 0, alpha < 2: the sum over the nodes and the term of the pole.
 *                                                               [mlfunc D16] */
static void
many_positive(const many *s, batch *b, ldd sum, lane err)
{
    double root[LANES], log_xt[LANES], inside[LANES], cut[LANES];
    lane x = lane_loadu(b->x);
    ml_many_pole p;

    ml_many_pole_of(&p, ml_contours + s->contour, x, s->alpha, s->beta,
                    s->inverse);
    lane_storeu(root, p.root.h);
    lane_storeu(log_xt, p.log_xt.h);
    for (int k = 0; k < LANES; k++)
        cut[k] = many_positive_path(s, b->x[k], log_xt[k], root[k], inside + k);

    lane_mask with = lane_loadu(inside) > lane_set(0);
    lane none = x - x;
    ldd t = {lane_select(with, p.term.h, none),
             lane_select(with, p.term.l, none)};
    lane size = lane_abs(sum.h) + lane_abs(t.h);

    err =
        (err + lane_loadu(cut) + lane_select(with, p.err, none)) * (1 + 0x1p-40)
        + 0x1p-103 * size;
    batch_put(b, ldd_add(sum, t), err);
}

/* The path of x < 0 between its pairs, which of them are right of it, and what is
 * cut off; infinite where the ends of the path are near. */
static double
many_pairs_path(const many *s, double x, double log_xt, double root,
                double *inside)
{
    ml_places p;
    int best;

    ml_places_start(&p, ml_contours + s->contour, s->alpha, s->beta);
    p.real = true;
    p.modulus = x;
    p.off_sheet = s->off_sheet;
    p.n = s->pairs;
    p.log_xt = (dd){log_xt, 0};
    best = ml_places_straight(&p);
    if (log_xt < p.path->log_left[best] - 1.3863)
        return ml_truncation(&p);
    double size = root * p.contour->root[0];
    if (!(size <= p.path->end - p.contour->step / 2))
        return (double)INFINITY;
    for (int h = 0; h < p.n; h++) {
        p.pole[h].count = h;
        p.pole[h].re = size * s->pair[h].half.re.h;
        p.pole[h].im = size * s->pair[h].half.im.h;
    }
    ml_places_between(&p, best, size);
    for (int j = 0; j < p.n; j++)
        inside[p.pole[j].count * LANES] = 1;
    return ml_truncation(&p);
}

/* x < 0, alpha > 1: the sum over the nodes and the terms of the pairs.
 *                                                               [mlfunc D16] */
static void
many_pairs(const many *s, batch *b, ldd sum, lane err)
{
    double root[LANES], log_xt[LANES], cut[LANES];
    double inside[ML_FAR_POLES][LANES] = {{0}};
    ml_many_size p;

    ml_many_size_of(&p, lane_abs(lane_loadu(b->x)), s->alpha, s->beta,
                    s->inverse);
    lane_storeu(root, p.root.h);
    lane_storeu(log_xt, p.log_xt.h);
    for (int k = 0; k < LANES; k++)
        cut[k] = many_pairs_path(s, fabs(b->x[k]), log_xt[k], root[k],
                                 inside[0] + k);
    err += lane_loadu(cut);
    for (int h = 0; h < s->pairs; h++) {
        lane none = lane_set(0), with = lane_loadu(inside[h]), part = none;
        lane_mask is = with > none;
        double most = 0;
        ldd t = {none, none};

        for (int k = 0; k < LANES; k++)
            most += inside[h][k];
        if (most > 0)
            t = ml_many_pair(&part, ml_contours + s->contour, &p, s->pair + h);
        t = (ldd){lane_select(is, t.h, none), lane_select(is, t.l, none)};
        err += lane_select(is, part, none)
               + 0x1p-103 * (lane_abs(sum.h) + lane_abs(t.h));
        sum = ldd_add(sum, t);
    }
    batch_put(b, sum, err * (1 + 0x1p-40));
}

/* x^m e^x; from -2000 on it is below 2^-2048.                   [mlfunc D16] */
static __attribute__((noinline)) void
many_exact(many_lists *m, const many *s, batch *b)
{
    int power = s->near.w.m;
    lane err;
    ldd e = ml_many_exponential(&err, power, lane_loadu(b->x));

    batch_put(b, e, err);
    for (int k = 0; k < b->n; k++) {
        ml_value *v = m->v + b->at[k];

        *v = (ml_value){b->hi[k], b->lo[k], b->err[k], 0, ML_BY_POLES};
        if (b->x[k] <= -2000)
            *v = (ml_value){power % 2 ? -0.5 : 0.5, 0, 0.5, -2048, ML_BY_POLES};
        else
            many_judge(m, b->at[k]);
    }
}

/* E_{1,n}(x) and what alpha - 1 and beta - n add.                [mlfunc D16] */
static __attribute__((noinline)) void
many_near_one(many_lists *m, const many *s, batch *b)
{
    lane x = lane_loadu(b->x), err, e_err;
    ldd sum = ml_many_near_sum(&err, &s->near.nodes, x);
    ldd e = ml_many_exponential(&e_err, s->near.w.m, x);

    err = (err + ml_many_next_lacks(&s->near, x) + e_err) * (1 + 0x1p-40)
          + 0x1p-103 * (lane_abs(sum.h) + lane_abs(e.h));
    batch_put(b, ldd_add(sum, e), err);
    batch_values(m, b, ML_BY_CONTOUR_NEAR_ONE);
}

/* |t_h| is above e^19.4: whether the terms of the poles are right all the same,
 * nothing for x < 0, and all for x > 0.             [mlfunc D17] [mlfunc D24] */
static bool
many_far_gone(ml_value *v, const ml_many_far *f, int side)
{
    if (side) {
        bool gone = true;

        for (int h = 0; h < f->poles; h++)
            gone = gone && f->angle[h].turn.re.h < -0x1.001p-14;
        return gone;
    }
    *v = (ml_value){
        .hi = 1, .err = 0.5, .exponent = 1 << 30, .method = ML_BY_POLES};
    return true;
}

/* Far from 0.                                                   [mlfunc D16] */
static __attribute__((noinline)) void
many_far(many_lists *m, const many *s, int side, batch *b)
{
    double exponent[LANES], log_xt[LANES];
    lane err, k, log, x = lane_loadu(b->x);
    const ml_many_far *f = s->far + side;
    ldd sum = ml_many_far_sum(&err, &k, &log, f, &s->far_terms, x, s->alpha,
                              s->beta, s->inverse, side);

    lane_storeu(exponent, k);
    lane_storeu(log_xt, log);
    batch_put(b, sum, err);
    for (int i = 0; i < b->n; i++) {
        ml_value *v = m->v + b->at[i];

        *v = (ml_value){b->hi[i], b->lo[i], b->err[i], (int)exponent[i],
                        side ? ML_BY_ASYMPTOTICS : ML_BY_POLES};
        if (log_xt[i] > 19.4 && !many_far_gone(v, f, side))
            v->err = (double)INFINITY;
        many_judge(m, b->at[i]);
    }
}

static __attribute__((noinline)) void
many_nodes(many_lists *m, many *s, int side, batch *b)
{
    lane z = lane_loadu(b->x), size = lane_abs(z);
    ml_many_samples e;

    if (s->near.exact) {
        many_exact(m, s, b);
        return;
    }
    if (side && s->near.is && !s->near.plain) {
        many_near_one(m, s, b);
        return;
    }
    if (!s->has_side[side])
        ml_many_side_of(s->side + side, &e, &s->nodes, side, s->most[side]);
    s->has_side[side] = true;
    ldd sum = ml_many_lanes(&s->nodes, s->side + side, z);
    lane err = ml_many_error(s->side + side, z);

    if (side && s->near.is) {
        err += ml_many_next_lacks(&s->near, z);
        batch_put(b, sum, err * (1 + 0x1p-40));
        batch_values(m, b, ML_BY_CONTOUR_NEAR_ONE);
        return;
    }
    if (s->no_poles && side) {
        const many_truncation *t = &s->truncation;
        lane far = t->far / size * (1 + 0x1p-50), one = lane_set(t->one);

        far = lane_select(far < one, far, one);
        err += lane_select(size < lane_set(1), lane_set(t->near), far);
        batch_put(b, sum, err * (1 + 0x1p-40));
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    if (s->one_pole && !side) {
        many_positive(s, b, sum, err);
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    if (s->pairs > 0 && side) {
        many_pairs(s, b, sum, err);
        batch_values(m, b, ML_BY_CONTOUR);
        return;
    }
    batch_put(b, sum, err);
    for (int k = 0; k < b->n; k++) {
        many_finish(m->v + b->at[k], s, b->x[k], (dd){b->hi[k], b->lo[k]},
                    b->err[k]);
        many_judge(m, b->at[k]);
    }
}

/* Those that go one way. */
static __attribute__((noinline)) void
many_batch(many_lists *m, many *s, int way)
{
    batch b;
    lane err;

    for (int i = 0; i < m->count[way]; i += LANES) {
        b.n = m->count[way] - i < LANES ? m->count[way] - i : LANES;
        b.at = m->at[way] + i;
        for (int k = 0; k < LANES; k++)
            b.x[k] = m->x[b.at[k < b.n ? k : 0]];

        lane z = lane_loadu(b.x);
        if (way == BY_SERIES) {
            ldd sum = ml_many_powers_sum(&err, &s->series, (ldd){z, z - z});

            batch_put(&b, sum, err);
            batch_values(m, &b, ML_BY_SERIES);
        } else if (way >= BY_FAR && way < BY_SERIES) {
            many_far(m, s, way - BY_FAR, &b);
        } else if (way >= BY_TERMS && way < BY_FAR) {
            ldd sum = ml_many_terms_sum(
                &err, &s->terms, s->cut + way - BY_TERMS, (ldd){z, z - z});

            batch_put(&b, sum, err);
            batch_values(m, &b, ML_BY_SERIES);
        } else if (way == BY_ASYMPTOTIC) {
            ldd y = ml_many_inverse(z);
            ldd sum = ml_many_powers_sum(&err, &s->asymptotic, y);

            err *= lane_abs(y.h) * (1 + 0x1p-40);
            batch_put(&b, ldd_neg(ldd_mul(sum, y)), err);
            batch_values(m, &b, ML_BY_ASYMPTOTICS);
        } else {
            many_nodes(m, s, way - BY_SIDE, &b);
        }
    }
}

/* Of n <= TOGETHER; what is not a number has no value. */
static void
many_some(ml_value *v, many *s, size_t n, const double *x)
{
    many_lists m;

    m.v = v;
    m.x = x;
    memset(m.count, 0, sizeof m.count);
    for (size_t i = 0; i < n; i++) {
        int way = many_way(s, x[i]);

        m.at[way][m.count[way]++] = (uint16_t)i;
    }
    for (int way = 0; way < ALONE; way++)
        many_batch(&m, s, way);
    for (int i = 0; i < m.count[ALONE]; i++) {
        int at = m.at[ALONE][i];

        if (isfinite(x[at]))
            ML_LANES_OF(ml_mittleff_value)(v + at, s->alpha, s->beta, x[at]);
    }
}

void
ML_LANES_OF(ml_mittleff_values)(double alpha, double beta, size_t n,
                                const double *x, ml_take_values *take,
                                void *data)
{
    many s;

    many_set(&s, alpha, beta);
    for (size_t from = 0; from < n; from += TOGETHER) {
        size_t some = n - from < TOGETHER ? n - from : TOGETHER;
        ml_value v[TOGETHER];

        many_some(v, &s, some, x + from);
        lane_done();
        take(data, from, some, v);
    }
}
