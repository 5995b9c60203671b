/* mlfunc/test/t-double_nodes.c - sums over nodes, against the same in balls. */
#include <acb.h>
#include <math.h>

#include "mlfunc/double/many.h"
#include "mlfunc/double/many_near_one.h"
#include "mlfunc/double/near_one.h"
#include "mlfunc/test/pair_off.h"
#include "validation/tap/tap.h"

#define PREC 400

/* The nodes of a contour as balls. */
typedef struct {
    int n;
    acb_struct t[ML_NODES_MAX], log[ML_NODES_MAX], weight[ML_NODES_MAX];
} balls;

static void
balls_init(balls *b, const ml_contour *c)
{
    arb_t mu, s;
    acb_t w;

    arb_init(mu);
    arb_init(s);
    acb_init(w);
    b->n = c->nodes;
    arb_set_d(mu, c->mu);
    arb_const_pi(s, PREC);
    arb_div(s, mu, s, PREC);
    arb_mul_2exp_si(s, s, 1);
    for (int j = 0; j < b->n; j++) {
        acb_init(b->t + j);
        acb_init(b->log + j);
        acb_init(b->weight + j);
        acb_set_d_d(w, 1, c->u[j]);
        acb_mul(b->t + j, w, w, PREC);
        acb_mul_arb(b->t + j, b->t + j, mu, PREC);
        acb_log(b->log + j, b->t + j, PREC);
        acb_exp(b->weight + j, b->t + j, PREC);
        acb_mul(b->weight + j, b->weight + j, w, PREC);
        acb_mul_arb(b->weight + j, b->weight + j, s, PREC);
        arb_set_d(acb_realref(w), c->step);
        acb_mul_arb(b->weight + j, b->weight + j, acb_realref(w), PREC);
    }
    arb_clear(mu);
    arb_clear(s);
    acb_clear(w);
}

static void
balls_clear(balls *b)
{
    for (int j = 0; j < b->n; j++) {
        acb_clear(b->t + j);
        acb_clear(b->log + j);
        acb_clear(b->weight + j);
    }
}

/* t_j^g, or t_j^g - 1. */
static void
power(acb_t y, const balls *b, int j, const arb_t g, bool minus_one)
{
    acb_mul_arb(y, b->log + j, g, PREC);
    if (minus_one)
        acb_expm1(y, y, PREC);
    else
        acb_exp(y, y, PREC);
}

/* The sum of Re[Q/(P - z)]. */
static void
plain(arb_t sum, const balls *b, double alpha, double beta, double z)
{
    arb_t a, g, x;
    acb_t p, q;

    arb_init(a);
    arb_init(g);
    arb_init(x);
    acb_init(p);
    acb_init(q);
    arb_set_d(a, alpha);
    arb_set_d(g, beta);
    arb_sub(g, a, g, PREC + 1100);
    arb_set_d(x, z);
    arb_sub_ui(x, x, 1, PREC + 1100);
    arb_zero(sum);
    for (int j = 0; j < b->n; j++) {
        power(p, b, j, a, true);
        acb_sub_arb(p, p, x, PREC);
        power(q, b, j, g, false);
        acb_mul(q, q, b->weight + j, PREC);
        acb_div(q, q, p, PREC);
        arb_add(sum, sum, acb_realref(q), PREC);
    }
    arb_clear(a);
    arb_clear(g);
    arb_clear(x);
    acb_clear(p);
    acb_clear(q);
}

/* The sum of Re[W t^m (e2 (t - z) - t e1)/((P - z)(t - z))], n = 1 - m. */
static void
near_one(arb_t sum, const balls *b, double alpha, double beta, int m, double z)
{
    arb_t a, d, x;
    acb_t e1, e2, y, v;

    arb_init(a);
    arb_init(d);
    arb_init(x);
    acb_init(e1);
    acb_init(e2);
    acb_init(y);
    acb_init(v);
    arb_set_d(a, alpha);
    arb_sub_ui(a, a, 1, PREC);
    arb_set_d(d, beta);
    arb_add_si(d, d, m - 1, PREC + 1100);
    arb_sub(d, a, d, PREC + 1100);
    arb_set_d(x, z);
    arb_zero(sum);
    for (int j = 0; j < b->n; j++) {
        power(e1, b, j, a, true);
        power(e2, b, j, d, true);
        acb_mul(e1, e1, b->t + j, PREC);
        acb_sub_arb(y, b->t + j, x, PREC);
        acb_mul(e2, e2, y, PREC);
        acb_sub(e2, e2, e1, PREC);
        acb_add(v, y, e1, PREC);
        acb_mul(v, v, y, PREC);
        acb_div(v, e2, v, PREC);
        acb_pow_ui(y, b->t + j, (ulong)m, PREC);
        acb_mul(v, v, y, PREC);
        acb_mul(v, v, b->weight + j, PREC);
        arb_add(sum, sum, acb_realref(v), PREC);
    }
    arb_clear(a);
    arb_clear(d);
    arb_clear(x);
    acb_clear(e1);
    acb_clear(e2);
    acb_clear(y);
    acb_clear(v);
}

/* |got - want| / err. */
static double
share(dd got, double err, const arb_t want)
{
    return pair_off(got.h, got.l, want) / err;
}

static dd
sum_of(double *err, int which, const ml_node_powers *w, double z)
{
#define CASE(p, q)      \
    case 3 * (p) + (q): \
        return ml_nodes(err, which, w, p, q, z)
    switch (3 * w->p_kind + w->q_kind) {
        CASE(0, 0);
        CASE(0, 1);
        CASE(0, 2);
        CASE(1, 0);
        CASE(1, 1);
        CASE(1, 2);
        CASE(2, 0);
        CASE(2, 1);
    default:
        return ml_nodes(err, which, w, 2, 2, z);
    }
#undef CASE
}

static double
sign(tap_random *r)
{
    return tap_random_range(r, -1, 1) < 0 ? -1 : 1;
}

/* A point of the kind wanted, for that contour; d: |d| of both exponents is at most 1/128 d. */
static void
draw(tap_random *r, int which, int p_kind, int q_kind, double d, double *alpha,
     double *beta, double *z)
{
    double spread = tap_random_range(r, -d, d) / 128;

    if (p_kind == ML_P_UNIT)
        *alpha = d > 0.1 ? tap_random_log(r, 1e-8, 0x1p-7) : 1e-12;
    else if (p_kind == ML_P_PART)
        *alpha = (2 * floor(tap_random_range(r, 0, 32)) + 1) / 64 + spread;
    else
        *alpha = (2 * floor(tap_random_range(r, 33, 175)) + 1) / 64 + spread;
    if (q_kind == ML_Q_ROW)
        *beta = *alpha;
    else if (q_kind == ML_Q_SHARED)
        *beta = floor(tap_random_range(r, -9, which ? 10 : 6));
    else
        *beta = tap_random_range(r, -10, which ? 10 : 5);
    *z = sign(r) * tap_random_log(r, 1e-5, 1e5);
    if (p_kind == ML_P_UNIT && tap_random_range(r, 0, 1) < 0.7)
        *z = 1 + sign(r) * tap_random_log(r, *alpha / 8, *alpha * 8);
}

/* [mlfunc D13] [mlfunc D14] */
static void
plain_sums(tap_random *r)
{
    static const char *p_name[] = {"alpha < 1/128", "alpha <= 1", "alpha > 1"};
    static const char *q_name[] = {"alpha - beta whole", "beta whole",
                                   "any beta"};

    for (int which = 0; which < ML_CONTOURS; which++) {
        balls b;

        balls_init(&b, ml_contours + which);
        for (int kind = 0; kind < 9; kind++) {
            double worst = 0, exact = 0;
            bool kinds = true;

            for (long i = 0; i < tap_effort(50); i++) {
                double alpha, beta, z, err, s, d = (double)(i % 2);
                ml_node_powers w = {.whole = 0};
                arb_t want;

                draw(r, which, kind / 3, kind % 3, d, &alpha, &beta, &z);
                kinds = ml_node_powers_of(&w, ml_contours + which, which, alpha,
                                          beta)
                        && w.p_kind == kind / 3
                        && w.q_kind == (which ? (int)ML_Q_OWN : kind % 3)
                        && kinds;
                arb_init(want);
                plain(want, &b, alpha, beta, z);
                dd got = sum_of(&err, which, &w, z);
                s = share(got, err, want);
                if (d > 0)
                    worst = fmax(worst, s);
                else
                    exact = fmax(exact, s);
                if (!(s <= 1))
                    tap_note("alpha %a beta %a z %a: %a", alpha, beta, z, s);
                arb_clear(want);
            }
            tap_ok(kinds && worst <= 1 && worst > 1e-3 && exact <= 1
                       && exact > 1e-4,
                   "D13, D14: contour %d, %s, %s: up to %.3g of the bound; at "
                   "64ths %.3g",
                   which, p_name[kind / 3], q_name[kind % 3], worst, exact);
        }
        balls_clear(&b);
    }
}

/* P and Q of a contour. */
static bool
store(ml_stored_nodes *s, int which, int p_kind, double alpha, double beta)
{
    ml_node_powers w = {.whole = 0};

    s->contour = which;
    s->p_kind = p_kind;
    if (!ml_node_powers_of(&w, ml_contours + which, true, alpha, beta)
        || w.p_kind != p_kind)
        return false;
    if (p_kind == ML_P_UNIT)
        ml_stored_nodes_set(s, &w, ML_P_UNIT);
    else if (p_kind == ML_P_PART)
        ml_stored_nodes_set(s, &w, ML_P_PART);
    else
        ml_stored_nodes_set(s, &w, ML_P_TURNED);
    return true;
}

/* How much of its bound the sum for z and the next LANES - 1 uses at most. */
static double
many_share(const ml_many *m, const ml_many_side *side, const balls *b,
           double alpha, double beta, const double *z)
{
    ldd got = ml_many_lanes(m, side, lane_loadu(z));
    lane err = ml_many_error(side, lane_loadu(z));
    double most = 0;
    arb_t want;

    arb_init(want);
    for (int k = 0; k < LANES; k++) {
        plain(want, b, alpha, beta, z[k]);
        if (isfinite(err[k]))
            most = fmax(most, share((dd){got.h[k], got.l[k]}, err[k], want));
    }
    arb_clear(want);
    return most;
}

/* With as many nodes in double-double as are needed, with all, with the fewest,
 * and without the last in double; and the sum for one z. */
static void
many_shares(double used[5], const balls *b, const ml_stored_nodes *s,
            double alpha, double beta, const double *z)
{
    ml_many m = {.nodes = 0};
    ml_many_side side;
    ml_many_samples samples[2];
    ml_many_parts t;
    arb_t want;

    ml_many_set(&m, s, 1e4);
    if (m.nodes < 1)
        tap_bail("a contour without nodes");
    ml_many_sample(samples, &m, 1e4);
    ml_many_side_of(&side, samples + (z[0] < 0), &m, z[0] < 0);
    for (int j = 0; j < m.nodes; j += LANES)
        ml_many_part(&t, &m, j, z[0] < 0);
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            ml_many_bound(&side, &m, &t, i == 3 ? m.dd_nodes : m.nodes,
                          i == 2 ? ML_MANY_LEAST : m.dd_nodes);
        used[i] = fmax(used[i], many_share(&m, &side, b, alpha, beta, z));
    }
    arb_init(want);
    for (int k = 0; k < LANES; k++) {
        double err;
        dd one = s->p_kind == ML_P_UNIT
                     ? ml_stored_nodes_sum(&err, s, ML_P_UNIT, z[k])
                     : ml_stored_nodes_sum(&err, s, ML_P_PART, z[k]);

        plain(want, b, alpha, beta, z[k]);
        used[4] = fmax(used[4], share(one, err, want));
    }
    arb_clear(want);
}

/* [mlfunc D18] */
static void
stored_sums(tap_random *r)
{
    static const char *name[] = {"alpha < 1/128", "alpha <= 1", "alpha > 1"};

    for (int which = 0; which < ML_CONTOURS; which++) {
        balls b;

        balls_init(&b, ml_contours + which);
        for (int p_kind = 0; p_kind < 3; p_kind++) {
            double used[2][5] = {{0}};
            bool right = true;

            for (long i = 0; i < tap_effort(8); i++) {
                double alpha, beta, z[LANES];
                ml_stored_nodes s;

                for (int k = LANES - 1; k >= 0; k--) {
                    draw(r, which, p_kind, ML_Q_OWN, 1, &alpha, &beta, z + k);
                    z[k] = tap_random_log(r, 1e-3, 1e4) * (i % 2 ? -1 : 1);
                }
                if (store(&s, which, p_kind, alpha, beta))
                    many_shares(used[i % 2], &b, &s, alpha, beta, z);
            }
            for (int k = 0; k < 5; k++)
                right = right && used[0][k] <= 1 && used[1][k] <= 1
                        && used[1][k] > 1e-4;
            tap_ok(right,
                   "D18: contour %d, %s: for z < 0 up to %.3g of the bound; "
                   "all, few nodes in double-double %.3g, %.3g; fewer nodes "
                   "%.3g; one z %.3g",
                   which, name[p_kind], used[1][0], used[1][1], used[1][2],
                   used[1][3], used[1][4]);
        }
        balls_clear(&b);
    }
}

/* With as many nodes in double-double as are needed, with all, with the fewest,
 * with the last left out. */
static void
near_many(double used[4], const balls *b, const ml_near_one *w, double alpha,
          double beta, const double *z)
{
    ml_many_near m = {.nodes = 0};
    ml_many_parts t;
    arb_t want;

    arb_init(want);
    ml_many_near_set(&m, &t, w, 4095);
    for (int i = 0; i < 4; i++) {
        lane err;

        if (i > 0)
            ml_many_near_bound(&m, &t, i == 3 ? 24 : 32,
                               i == 2 ? ML_MANY_LEAST : 24);
        ldd got = ml_many_near_sum(&err, &m, lane_loadu(z));
        for (int k = 0; k < LANES; k++) {
            near_one(want, b, alpha, beta, w->m, z[k]);
            used[i] =
                fmax(used[i], share((dd){got.h[k], got.l[k]}, err[k], want));
        }
    }
    arb_clear(want);
}

/* [mlfunc D15] [mlfunc D19] */
static void
near_sums(tap_random *r)
{
    static const char *name[] = {"beta whole", "alpha - beta whole",
                                 "beta near an integer"};
    balls b;

    balls_init(&b, ml_contours);
    for (int kind = 0; kind < 3; kind++) {
        double worst[2] = {0, 0}, used[4] = {0};
        bool kinds = true;

        for (long i = 0; i < tap_effort(40); i++) {
            bool tiny = i % 4 == 0;
            int n = 1 - (int)(kind == 1 ? i / 4 % 2 : i % 5);
            double d = sign(r) * tap_random_log(r, tiny ? 1e-14 : 1e-3, 0x1p-7);
            double e = sign(r) * tap_random_log(r, tiny ? 1e-14 : 1e-3, 0x1p-7);
            double alpha = 1 + d, beta = n, err,
                   z = -tap_random_log(r, 0.1, 1e6);
            ml_near_one w = {.m = 0};
            arb_t want;

            if (kind == 1)
                beta += alpha - 1;
            if (kind == 2)
                beta += fabs(d - e) <= 0x1p-7 ? e : d / 2;
            kinds = ml_near_one_of(&w, alpha, beta, z) && kinds
                    && w.kind == kind / 2;
            arb_init(want);
            near_one(want, &b, alpha, beta, 1 - n, z);
            dd got = w.kind == ML_NEAR_SINGLE
                         ? ml_near_one_sum(&err, &w, ML_NEAR_SINGLE, z)
                         : ml_near_one_sum(&err, &w, ML_NEAR_BOTH, z);
            double s = share(got, err, want);
            worst[tiny] = fmax(worst[tiny], s);
            if (i % 4 < 2) {
                double many[LANES];

                for (int k = 0; k < LANES; k++)
                    many[k] = -tap_random_log(r, 0x1p-9, 4095);
                near_many(used, &b, &w, alpha, beta, many);
            }
            if (!(s <= 1))
                tap_note("alpha %a beta %a z %a: %a", alpha, beta, z, s);
            arb_clear(want);
        }
        tap_ok(kinds && worst[0] <= 1 && worst[0] > 1e-3 && worst[1] <= 1
                   && worst[1] > 1e-4,
               "D15: near one, %s: up to %.3g of the bound, for tiny "
               "differences %.3g",
               name[kind], worst[0], worst[1]);
        tap_ok(used[0] <= 1 && used[0] > 1e-3 && used[1] <= 1 && used[1] > 1e-5
                   && used[2] <= 1 && used[2] > 1e-4 && used[3] <= 1
                   && used[3] > 1e-3,
               "D19: near one, many z, %s: up to %.3g of the bound; all, few "
               "nodes in double-double %.3g, %.3g; fewer nodes %.3g",
               name[kind], used[0], used[1], used[2], used[3]);
    }
    balls_clear(&b);
}

/* A node on a pole: no claim is made. */
static void
on_a_pole(void)
{
    double u = ml_contours[0].u[20], err;
    ml_node_powers w = {.whole = 0};

    /* arg t_20 = 2 atan u; alpha = pi/arg puts P on the negative axis */
    double alpha = 3.14159265358979323846 / (2 * atan(u));
    double z = -pow(6 * (1 + u * u), alpha);
    bool known = true, unknown = false;

    ml_node_powers_of(&w, ml_contours, 0, alpha, 1);
    for (int i = -40; i <= 40; i++) {
        dd s = sum_of(&err, 0, &w, z * (1 + i * 0x1p-52));

        known = known && err > 0 && s.h == s.h;
        unknown = unknown || err > 0x1p-60;
    }
    tap_ok(known && unknown, "next to a pole the bound grows");
}

/* x is want up to 2^-40. */
static bool
is(double x, double want)
{
    return fabs(x - want) <= 0x1p-40 * want;
}

/* What a node is charged with, by the letter of D13, D15 and D18: their parts do
 * not show in the errors of sums, where the largest hides the others. */
static void
charges(tap_random *r)
{
    bool dd_right = true, double_right = true, stored_right = true;
    double least = INFINITY, u = 0x1p-53;

    for (long i = 0; i < tap_effort(30); i++) {
        int p_kind = (int)(i % 3), j = 8 * (int)(i % 3),
            which = (int)(i / 3 % 2);
        const ml_contour *c = ml_contours + which;
        double alpha, beta, z;
        ml_node_powers w = {.whole = 0};

        draw(r, which, p_kind, ML_Q_OWN, 1, &alpha, &beta, &z);
        if (!ml_node_powers_of(&w, c, true, alpha, beta))
            continue;
        ml_stored_nodes s;
        ml_node n;

        if (!store(&s, which, p_kind, alpha, beta))
            continue;
        n = p_kind == ML_P_UNIT   ? ml_node_at(c, &w, j, ML_P_UNIT, ML_Q_OWN)
            : p_kind == ML_P_PART ? ml_node_at(c, &w, j, ML_P_PART, ML_Q_OWN)
                                  : ml_node_at(c, &w, j, ML_P_TURNED, ML_Q_OWN);
        double dl = fabs(w.p.d[1].h) * c->size[j];
        double ql = fabs(w.q.d[1].h) * c->size[j];
        double eps = 0x1.8p-57 * pow(dl, 5), q_eps = 0x1.8p-57 * pow(ql, 5);
        double size = fabs(n.rest.h[0]) + fabs(n.im.h[0]);
        double rows = (p_kind == ML_P_TURNED ? 48 : 24) + 24 * which;
        dd_right =
            dd_right
            && is(n.p_err[0], p_kind == ML_P_UNIT ? eps + 64 * u * u * dl
                                                  : (eps + rows * u * u) * size)
            && is(n.q_err[0], q_eps + 512 * u * u);
        stored_right = stored_right && is(s.p_err[j], n.p_err[0])
                       && is(s.q_err[j], n.q_err[0]);
        j = c->dd_nodes + 2;
        size = fabs(s.rest_h[j]) + fabs(s.im_h[j]);
        dl = fabs(w.p.d[1].h) * c->size[j];
        double_right =
            double_right
            && is(s.p_err[j], 12 * u * (p_kind == ML_P_UNIT ? dl : size));

        ml_near_one near = {.m = 0};
        ml_node_sum sum;
        double d = tap_random_log(r, 1e-9, 0x1p-7);
        if (!ml_near_one_of(&near, 1 + d, 1, -fabs(z)))
            continue;
        ml_near_add_double(&sum, ml_contours, &near, ml_contours->dd_nodes,
                           ML_NEAR_SINGLE, -fabs(z));
        for (int k = 0; k < LANES; k++)
            least = fmin(least, sum.charge[k] / fabs(sum.h[k]));
    }
    tap_ok(dd_right, "D13: what the nodes in double-double are charged with");
    tap_ok(double_right, "D13: what those in double are charged with");
    tap_ok(stored_right, "D18: what the stored ones are");
    tap_ok(least >= 64 * u * (1 - 0x1p-40) && least <= 128 * u,
           "D15: the nodes in double are charged %.3g u", least / u);
    ml_node_octet o = {.ratio = {0x1p-25, 0, 0x1.1p-25}}, ok = o;
    double err, fine;
    ok.ratio[0] = 0;
    ml_node_total(&err, &o);
    ml_node_total(&fine, &ok);
    tap_ok(isinf(err) && fine == 0,
           "D14: nothing is known where some P - z is not known to 2^-12");
}

static void
shapes(void)
{
    double angle = 2 * atan(ml_contours[0].u[ml_contours[0].nodes - 1]);
    bool same = true;

    tap_ok(sin(angle) > 0.53 && sin(angle * (1 + 0x1p-7)) > 0.52,
           "D15: t and t^alpha stay away from the negative axis");
    for (int i = 0; i < ML_CONTOURS; i++) {
        ml_contour c = ml_contour_of(i);

        same = same && c.nodes == ml_contours[i].nodes
               && c.dd_nodes == ml_contours[i].dd_nodes
               && c.whole_min == ml_contours[i].whole_min
               && c.halved == ml_contours[i].halved;
    }
    tap_ok(same, "the sizes of the contours are those of the table");
}

int
main(void)
{
    tap_random r = {tap_seed()};

    tap_plan(38);
    plain_sums(&r);
    stored_sums(&r);
    near_sums(&r);
    on_a_pole();
    charges(&r);
    shapes();
    return tap_done();
}
