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
#include "mlfunc/double/near_one.h"
#include "mlfunc/double/poles.h"
#include "mlfunc/double/scaled.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/stored.h"
#include "mlfunc/double/truncation.h"

void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);
void ML_LANES_OF(ml_mittleff_values)(ml_value *v, double alpha, double beta,
                                     size_t n, const double *x);

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

#define STORED(name, p)                                                 \
    static __attribute__((noinline)) void name(ml_stored_nodes *s,      \
                                               const ml_node_powers *w) \
    {                                                                   \
        ml_stored_nodes_set(s, w, p);                                   \
    }

STORED(set_unit, ML_P_UNIT)
STORED(set_part, ML_P_PART)
STORED(set_turned, ML_P_TURNED)

static void
stored_set(ml_stored_nodes *s, int contour, const ml_node_powers *w)
{
    static void (*const set[3])(ml_stored_nodes *, const ml_node_powers *) = {
        set_unit, set_part, set_turned};

    s->contour = contour;
    s->p_kind = w->p_kind;
    set[w->p_kind](s, w);
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
near_single(double *err, const ml_near_one *w, double z)
{
    return ml_near_one_sum(err, w, ML_NEAR_SINGLE, z);
}

static __attribute__((noinline)) dd
near_both(double *err, const ml_near_one *w, double z)
{
    return ml_near_one_sum(err, w, ML_NEAR_BOTH, z);
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
    if (!ml_node_powers_of(&w, own, alpha, beta))
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
    dd s = w->kind == ML_NEAR_SINGLE ? near_single(&err, w, x)
                                     : near_both(&err, w, x);

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
}

/* -------------------------------------------------------- many x at one alpha */

/* ml_truncation for x < 0, alpha <= 1: it is the least of a constant and another
 * over |x|, one pair for |x| < 1 and one from there on. */
static void
stored_truncation(ml_stored *s)
{
    ml_stored_truncation *t = &s->truncation;
    const ml_contour *c = ml_contours + s->nodes.contour;
    ml_places p;

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
stored_of(ml_stored *s, double alpha, double beta)
{
    ml_node_powers w;
    ml_near_one near;

    s->alpha = alpha;
    s->beta = beta;
    s->near_one = ml_near_one_of(&near, alpha, beta, -1);
    s->has_nodes = ml_node_powers_of(&w, true, alpha, beta);
    s->no_poles = false;
    s->alone = 0;
    if (s->has_nodes) {
        dd_scaled e = dd_exp((dd){alpha * CHOICE_ALONE, 0});

        s->alone = double_ldexp(e.m.h, e.k);
        stored_set(&s->nodes, choice_contour(alpha, beta), &w);
        stored_truncation(s);
    }
    s->series_eps = rgamma_octet(&s->series, alpha, beta, 0);
    s->asymptotic_eps = rgamma_octet(&s->asymptotic, -alpha, beta, 1);
    s->has_series = alpha >= 0x1p-200 && s->series_eps < 0x1p-60;
    s->has_asymptotic = alpha < 2 && s->asymptotic_eps < 0x1p-60;
}

/* How x[i] is dealt with. */
typedef enum { BY_SERIES, BY_ASYMPTOTIC, BY_NODES, ALONE } stored_way;

static stored_way
stored_way_of(const ml_stored *s, double x)
{
    double size = fabs(x);

    if (size <= CHOICE_SERIES)
        return s->has_series && size >= 0x1p-100 ? BY_SERIES : ALONE;
    if (x < 0 && s->near_one)
        return ALONE;
    if (x <= -CHOICE_ASYMPTOTIC && s->has_asymptotic)
        return size <= 0x1p99 ? BY_ASYMPTOTIC : ALONE;
    return s->has_nodes && size <= 0x1p99 && x < s->alone ? BY_NODES : ALONE;
}

/* The value from the sum over the nodes.                        [mlfunc D16] */
static void
stored_finish(ml_value *v, const ml_stored *s, double x, dd sum, double err)
{
    ml_term term = no_term;
    double truncation;
    ml_places p;

    if (s->no_poles && x < 0) {
        const ml_stored_truncation *t = &s->truncation;
        double far = t->far / -x * (1 + 0x1p-50);

        truncation = x > -1 ? t->near : far < t->one ? far : t->one;
    } else {
        if (!ml_places_real(&p, ml_contours + s->nodes.contour, s->alpha,
                            s->beta, x)) {
            v->err = (double)INFINITY;
            return;
        }
        truncation = ml_truncation(&p);
        if (p.n > 0)
            term = ml_poles_sum(&p);
    }
    value_of(v, sum, err + truncation, 0, &term, ML_BY_CONTOUR);
}

/* BY_NODES: m <= LANES of them, x[i[k]]. */
static __attribute__((noinline)) void
stored_nodes(ml_value *v, const ml_stored *s, int m, const size_t *i,
             const double *x)
{
    double z[LANES], h[LANES], l[LANES], e[LANES];
    lane err;

    for (int k = 0; k < LANES; k++)
        z[k] = x[i[k < m ? k : 0]];
    ldd sum = s->nodes.p_kind == ML_P_UNIT
                  ? ml_stored_lanes(&err, &s->nodes, ML_P_UNIT, lane_loadu(z))
                  : ml_stored_lanes(&err, &s->nodes, ML_P_PART, lane_loadu(z));
    lane_storeu(h, sum.h);
    lane_storeu(l, sum.l);
    lane_storeu(e, err);
    for (int k = 0; k < m; k++)
        stored_finish(v + i[k], s, z[k], (dd){h[k], l[k]}, e[k]);
}

void
ML_LANES_OF(ml_mittleff_values)(ml_value *v, double alpha, double beta,
                                size_t n, const double *x)
{
    size_t wait[LANES];
    int poles[2], m = 0;
    ml_stored s;

    stored_of(&s, alpha, beta);
    for (size_t i = 0; i < n; i++) {
        stored_way way = stored_way_of(&s, x[i]);

        v[i].err = (double)INFINITY;
        v[i].hi = v[i].exponent = 0;
        if (way == BY_NODES)
            wait[m++] = i;
        else if (way == BY_SERIES && !ml_stored_series(v + i, &s, x[i]))
            v[i].err = (double)INFINITY;
        else if (way == BY_ASYMPTOTIC
                 && !(ml_stored_asymptotic(v + i, poles, &s, x[i])
                      && add_poles(v + i, poles, alpha, beta, x[i])))
            v[i].err = (double)INFINITY;
        if (m == LANES || (m > 0 && i == n - 1)) {
            stored_nodes(v, &s, m, wait, x);
            m = 0;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!fair(v + i))
            ML_LANES_OF(ml_mittleff_value)(v + i, alpha, beta, x[i]);
    }
}
