/* mlfunc/test/t-double_jet.c - derivatives in doubles: each bound on its own.
 *
 * The file under test is included, so that its parts can be called: nodes, poles,
 * sums and truncation are each held against the same formula in balls.
 */
#include <string.h>

#include <acb.h>
#include <acb_poly.h>
#include <arb.h>
#include <arb_poly.h>

#define ML_VARIANT test
#include "mlfunc/double/lanes_jet.c"

#include "mlfunc/mlball.h"
#include "validation/tap/tap.h"

#define PREC 400

/* -------------------------------------------------------------- error over bound */

typedef struct {
    double most;
    long n, wrong;
} ratio;

/* |h + l - want| <= bound? */
static void
hold(ratio *r, double h, double l, const arb_t want, double bound)
{
    arb_t d;
    arf_t a;
    double least, most;

    arb_init(d);
    arf_init(a);
    arf_set_d(a, l);
    arb_set_d(d, h);
    arb_add_arf(d, d, a, PREC);
    arb_sub(d, d, want, PREC);
    arb_get_abs_lbound_arf(a, d, 53);
    least = arf_get_d(a, ARF_RND_DOWN);
    arb_get_abs_ubound_arf(a, d, 53);
    most = arf_get_d(a, ARF_RND_UP);
    r->n++;
    r->wrong += !(most <= bound);
    if (bound > 0 && bound < INFINITY)
        r->most = fmax(r->most, least / bound);
    arb_clear(d);
    arf_clear(a);
}

/* Never beyond the bound, and sometimes within a factor of `slack` of it. */
static void
claim(const ratio *r, double slack, const char *what)
{
    tap_ok(r->n > 0 && r->wrong == 0 && r->most <= 1 && r->most * slack >= 1,
           "%s: %ld of %ld beyond the bound", what, r->wrong, r->n);
    tap_note("largest error over bound %.2g", r->most);
}

static void
set_pair(arb_t x, double h, double l)
{
    arf_t a;

    arf_init(a);
    arf_set_d(a, l);
    arb_set_d(x, h);
    arb_add_arf(x, x, a, ARF_PREC_EXACT);
    arf_clear(a);
}

/* ------------------------------------------------------------- [mlfunc D50] */

static void
elementary(tap_random *g)
{
    ratio e = {0}, c = {0}, l = {0}, r = {0}, ed = {0}, cd = {0}, ll = {0};
    ratio es = {0}, ls = {0};
    arb_t x, y, s;

    arb_init(x);
    arb_init(y);
    arb_init(s);
    for (long i = tap_effort(3000); i > 0; i--) {
        double top = i % 2 ? 3 : i % 4 ? 60 : 690;
        double h = tap_random_range(g, -top, top);
        double low = h * tap_random_range(g, -1, 1) * 0x1p-54, size = fabs(h);
        double v = exp(h * (i % 3 ? 1 : 1e-8));
        ldd a = ldd_set(h, low), b;
        lane k;
        lz w;
        ldz z = ldd_cis(a);

        set_pair(x, h, low);
        arb_exp(y, x, PREC);
        b = ldd_exp(&k, a);
        arb_mul_2exp_si(s, y, -(slong)k[0]);
        hold(&e, b.h[0], b.l[0], s, b.h[0] * (0x1p-100 + 0x1p-103 * size));
        hold(&ed, ldd_exp_double(&k, a)[0], 0, s,
             b.h[0] * (6 * JET_U + 0x1p-100 * size));
        b = ldd_exp_short(&k, a);
        hold(&es, b.h[0], b.l[0], s, b.h[0] * (0x1p-55 + 0x1p-103 * size));
        hold(&ll, lane_exp(lane_set(h))[0], 0, y,
             exp(h) * (0x1p-40 + 0x1p-50 * size));
        arb_sin_cos(s, y, x, PREC);
        hold(&c, z.re.h[0], z.re.l[0], y, 0x1p-100 + 0x1p-103 * size);
        hold(&c, z.im.h[0], z.im.l[0], s, 0x1p-100 + 0x1p-103 * size);
        w = ldd_cis_double(a);
        hold(&cd, w.re[0], 0, y, 6 * JET_U + 0x1p-100 * size);
        hold(&cd, w.im[0], 0, s, 6 * JET_U + 0x1p-100 * size);
        arb_set_d(x, v);
        arb_log(y, x, PREC);
        b = ldd_log(lane_set(v));
        hold(&l, b.h[0], b.l[0], y, 0x1p-99 + 0x1p-101 * fabs(log(v)));
        b = ldd_log_short(lane_set(v));
        hold(&ls, b.h[0], b.l[0], y, JET_LOG_SHORT(lane_set(fabs(log(v))))[0]);
        hold(&ll, lane_log(lane_set(v))[0], 0, y, 0x1p-48 * (1 + fabs(log(v))));
        v = exp(h / 2);
        a = ldd_set(v, v * (low / h));
        set_pair(x, a.h[0], a.l[0]);
        arb_sqrt(y, x, PREC);
        b = ldd_sqrt(a);
        hold(&r, b.h[0], b.l[0], y, b.h[0] * 0x1p-100);
        arb_inv(y, x, PREC);
        b = ldd_inverse(a);
        hold(&r, b.h[0], b.l[0], y, b.h[0] * 0x1p-100);
    }
    claim(&e, 1000, "[mlfunc D50] exp of pairs");
    claim(&c, 1000, "[mlfunc D50] cos and sin of pairs");
    claim(&l, 1000, "[mlfunc D50] log to pairs");
    claim(&es, 1000, "[mlfunc D50] exp for doubles");
    claim(&ls, 1000, "[mlfunc D50] log for doubles");
    claim(&r, 1000, "[mlfunc D50] roots and inverses");
    claim(&ed, 1000, "[mlfunc D50] exp in double");
    claim(&cd, 1000, "[mlfunc D50] cos and sin in double");
    claim(&ll, 1000, "[mlfunc D50] exp and log for bounds");
    arb_clear(x);
    arb_clear(y);
    arb_clear(s);
}

/* --------------------------------------------------- the same sums in balls */

/* A call and one group of it, as the kernel makes them for x. */
static const jet_group *
prepare(jet_common *c, jet_ladder both[2], double alpha, double beta,
        bool pairs, double x)
{
    jet_ladder *l = both + (x > 0);
    int k = 0;

    common_make(c, alpha, beta, pairs);
    ladders_make(both, c);
    while (k < l->n - 1 && !(fabs(x) <= l->at[k].edge))
        k++;
    if (l->at[k].series)
        return NULL;
    jet_angles(c, x > 0 ? 1 : -1);
    jet_group_make(&l->at[k].group, c);
    return &l->at[k].group;
}

/* Re G, Re G R, Re L G R, Re L G over the nodes from the definitions. */
static void
nodes_truth(arb_ptr sum, const jet_common *c, const jet_group *p, double x)
{
    const ml_jet_rule *rule = ml_jet_rules + c->rule;
    acb_t w, l, t, q, d, r;
    arb_t a, g;

    acb_init(w);
    acb_init(l);
    acb_init(t);
    acb_init(q);
    acb_init(d);
    acb_init(r);
    arb_init(a);
    arb_init(g);
    for (int k = 0; k < 4; k++)
        arb_zero(sum + k);
    for (int j = 0; j < p->nodes; j++) {
        acb_set_d_d(w, 1, (j + 0.5) * rule->step);
        acb_log(l, w, PREC);
        acb_mul_2exp_si(l, l, 1);
        arb_set_d(a, c->mu);
        arb_log(g, a, PREC);
        arb_add(acb_realref(l), acb_realref(l), g, PREC);
        acb_mul(t, w, w, PREC);
        acb_mul_arb(t, t, a, PREC);
        arb_set_d(g, c->alpha);
        acb_mul_arb(d, l, g, PREC);
        acb_exp(d, d, PREC);
        arb_mul_si(g, g, p->terms + 1, PREC);
        arb_set_d(a, c->beta);
        arb_sub(g, g, a, PREC);
        acb_mul_arb(q, l, g, PREC);
        acb_add(q, q, t, PREC);
        acb_exp(q, q, PREC);
        acb_mul(q, q, w, PREC);
        arb_set_d(a, 2 * c->mu * rule->step);
        acb_mul_arb(q, q, a, PREC);
        arb_const_pi(a, PREC);
        acb_div_arb(q, q, a, PREC);
        arb_set_d(a, x);
        arb_sub(acb_realref(d), acb_realref(d), a, PREC);
        acb_div(q, q, d, PREC);
        acb_inv(r, d, PREC);
        acb_mul_arb(r, r, a, PREC);
        arb_add(sum, sum, acb_realref(q), PREC);
        acb_mul(w, q, l, PREC);
        arb_add(sum + 3, sum + 3, acb_realref(w), PREC);
        acb_mul(q, q, r, PREC);
        arb_add(sum + 1, sum + 1, acb_realref(q), PREC);
        acb_mul(q, q, l, PREC);
        arb_add(sum + 2, sum + 2, acb_realref(q), PREC);
    }
    acb_clear(w);
    acb_clear(l);
    acb_clear(t);
    acb_clear(q);
    acb_clear(d);
    acb_clear(r);
    arb_clear(a);
    arb_clear(g);
}

/* z^-N times the sums of nodes, as the four values. */
static void
nodes_values(arb_ptr v, arb_srcptr sum, int n, double x)
{
    arb_t z;

    arb_init(z);
    arb_set(v, sum);
    arb_mul_si(v + 1, sum, n, PREC);
    arb_sub(v + 1, sum + 1, v + 1, PREC);
    arb_mul_si(v + 2, sum + 3, n, PREC);
    arb_sub(v + 2, v + 2, sum + 2, PREC);
    arb_neg(v + 3, sum + 3);
    arb_set_d(z, x);
    arb_pow_ui(z, z, (ulong)n, PREC);
    for (int k = 0; k < 4; k++)
        arb_div(v + k, v + k, z, PREC);
    arb_clear(z);
}

/* E, z dE/dz, dE/dalpha, dE/dbeta. */
static bool
exact(arb_ptr v, double alpha, double beta, double x, slong prec)
{
    static const int at[] = {0, 4, 2, 1};
    acb_ptr all = _acb_vec_init(8);
    arb_t a, b;
    acb_t z;
    ml_status s;

    arb_init(a);
    arb_init(b);
    acb_init(z);
    arb_set_d(a, alpha);
    arb_set_d(b, beta);
    acb_set_d(z, x);
    s = ml_mittleff_jet(all, a, b, z, 1, 1, 1, prec);
    for (int k = 0; k < 4; k++)
        arb_set(v + k, acb_realref(all + at[k]));
    arb_mul(v + 1, v + 1, acb_realref(z), PREC);
    _acb_vec_clear(all, 8);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
    return s == ML_OK;
}

/* ------------------------------------- [mlfunc D51] [mlfunc D53] [mlfunc D54] */

static double
some_beta(tap_random *g, double alpha, long i)
{
    return i % 3 == 0 ? 1 : i % 3 == 1 ? alpha : tap_random_range(g, -2, 5);
}

static jet_block
block_at(double x)
{
    const lane none = lane_set(0);
    jet_block b = {.z = {lane_set(x), none}};

    b.log = (ldd){none, none};
    b.off = none;
    for (int v = 0; v < JET_VALUES; v++) {
        b.value[v] = (ldd){none, none};
        b.size[v] = b.error[v] = none;
    }
    return b;
}

static void
nodes(tap_random *g)
{
    ratio r[2] = {{0, 0, 0}, {0, 0, 0}};
    arb_ptr sum = _arb_vec_init(4), want = _arb_vec_init(4);

    for (long i = tap_effort(120); i > 0; i--) {
        double alpha = i % 4 == 1 ? tap_random_log(g, 1e-6, 0.1)
                                  : tap_random_range(g, 0.1, 3);
        double x = pow(tap_random_log(g, 0.1, 60), alpha);
        int pairs = (int)(i % 2);
        jet_common c = {.alpha = 0};
        jet_ladder l[2] = {{.n = 0}};
        const jet_group *p;

        x *= i % 3 ? -1 : 1;
        p = prepare(&c, l, alpha, some_beta(g, alpha, i), pairs, x);
        if (!p || p->nodes == 0)
            continue;

        jet_block b = block_at(x);

        jet_add_nodes(&b, &c, p, jet_turned(b.z, p->terms));
        nodes_truth(sum, &c, p, x);
        nodes_values(want, sum, p->terms, x);
        for (int k = 0; k < 4; k++)
            hold(r + pairs, b.value[k].h[0], b.value[k].l[0], want + k,
                 b.error[k][0]);
    }
    claim(&r[0], 1000, "[mlfunc D51] nodes in doubles");
    claim(&r[1], 1000, "[mlfunc D51] nodes in pairs");
    _arb_vec_clear(sum, 4);
    _arb_vec_clear(want, 4);
}

/* What the sum over the nodes lacks; open: no pole matters.  near: between 0.9
 * and 1, poles beside the path. */
static void
truncation(tap_random *g, bool near)
{
    ratio r = {0};
    arb_ptr sum = _arb_vec_init(4), want = _arb_vec_init(4),
            v = _arb_vec_init(4);
    arb_t z, c_k, d_k;

    arb_init(z);
    arb_init(c_k);
    arb_init(d_k);
    for (long i = tap_effort(60); i > 0; i--) {
        double alpha = near ? 1 - tap_random_log(g, 1e-6, 0.09)
                            : tap_random_range(g, 0.1, 0.9);
        double x = -pow(tap_random_log(g, 1, near ? 60 : 300), alpha);
        double beta = some_beta(g, alpha, i);
        jet_common c;
        jet_ladder l[2];
        const jet_group *p = prepare(&c, l, alpha, beta, i % 2, x);
        jet_path path;

        if (!p || p->nodes == 0 || !exact(v, alpha, beta, x, 300))
            continue;

        jet_block b = block_at(x);
        lane inverse = lane_set(1.001 / fabs(x));

        b.log.h = lane_log(lane_set(-x)) * c.inverse.h;
        jet_choose(&path, &b, &c, p, inverse);
        jet_add_truncation(&b, &path, p, inverse,
                           lane_abs(jet_turned(b.z, p->terms).h) * 1.001);
        nodes_truth(sum, &c, p, x);
        nodes_values(want, sum, p->terms, x);
        for (int k = 1; k <= p->terms; k++) {
            arb_poly_t y, h;

            /* c_k and d_k: 1/Gamma(beta - alpha k + e) */
            arb_poly_init(y);
            arb_poly_init(h);
            arb_set_d(z, alpha);
            arb_mul_si(c_k, z, -k, PREC);
            arb_set_d(z, beta);
            arb_add(c_k, c_k, z, PREC);
            arb_poly_set_coeff_arb(h, 0, c_k);
            arb_poly_set_coeff_si(h, 1, 1);
            arb_poly_rgamma_series(y, h, 2, PREC);
            arb_poly_get_coeff_arb(c_k, y, 0);
            arb_poly_get_coeff_arb(d_k, y, 1);
            arb_set_d(z, x);
            arb_pow_ui(z, z, (ulong)k, PREC);
            arb_div(c_k, c_k, z, PREC);
            arb_div(d_k, d_k, z, PREC);
            arb_sub(want, want, c_k, PREC);
            arb_addmul_si(want + 1, c_k, k, PREC);
            arb_addmul_si(want + 2, d_k, k, PREC);
            arb_sub(want + 3, want + 3, d_k, PREC);
            arb_poly_clear(y);
            arb_poly_clear(h);
        }
        for (int k = 0; k < 4; k++) {
            arb_sub(z, v + k, want + k, PREC);
            hold(&r, 0, 0, z, b.error[k][0]);
        }
    }
    claim(&r, 1000,
          near ? "[mlfunc D54] truncation beside poles"
               : "[mlfunc D53] truncation");
    _arb_vec_clear(sum, 4);
    _arb_vec_clear(want, 4);
    _arb_vec_clear(v, 4);
    arb_clear(z);
    arb_clear(c_k);
    arb_clear(d_k);
}

/* ------------------------------------------------------------- [mlfunc D52] */

/* The four values of one pole, from its definition as a power series in e:
 * which = 0: E, 1: z d/dz, 2: d/dalpha, 3: d/dbeta. */
static void
pole_truth(arb_t res, const jet_common *c, const jet_group *p, double x, int m,
           int which)
{
    const ml_jet_rule *rule = ml_jet_rules + c->rule;
    acb_poly_t lambda, a, b, e, t;
    arb_t y;
    acb_t s;

    acb_poly_init(lambda);
    acb_poly_init(a);
    acb_poly_init(b);
    acb_poly_init(e);
    acb_poly_init(t);
    arb_init(y);
    acb_init(s);
    /* (ln |z| + i angle + e)/(alpha + e) */
    arb_set_d(y, fabs(x));
    arb_log(acb_realref(s), y, PREC);
    arb_const_pi(y, PREC);
    arb_mul_si(acb_imagref(s), y, 2 * m + (x < 0), PREC);
    acb_poly_set_coeff_acb(lambda, 0, s);
    acb_poly_set_coeff_si(lambda, 1, which == 1);
    acb_set_d(s, c->alpha);
    acb_poly_set_coeff_acb(a, 0, s);
    acb_poly_set_coeff_si(a, 1, which == 2);
    acb_poly_div_series(lambda, lambda, a, 2, PREC);
    acb_set_d(s, c->beta);
    acb_poly_set_coeff_acb(b, 0, s);
    acb_poly_set_coeff_si(b, 1, which == 3);
    acb_poly_neg(b, b);
    acb_poly_add_si(b, b, 1, PREC);
    acb_poly_exp_series(t, lambda, 2, PREC);
    acb_poly_mullow(e, b, lambda, 2, PREC);
    acb_poly_add(e, e, t, PREC);
    acb_poly_exp_series(e, e, 2, PREC);
    acb_poly_div_series(e, e, a, 2, PREC);
    if (p->nodes > 0) {
        /* 1/(1 + exp(-2 pi/step (sqrt(t/mu) - 1))) */
        arb_set_d(y, c->mu);
        acb_set_arb(s, y);
        acb_inv(s, s, PREC);
        acb_poly_scalar_mul(t, t, s, PREC);
        acb_poly_sqrt_series(t, t, 2, PREC);
        acb_poly_add_si(t, t, -1, PREC);
        acb_set_d(s, rule->step);
        arb_const_pi(y, PREC);
        arb_mul_si(y, y, -2, PREC);
        arb_div(acb_realref(s), y, acb_realref(s), PREC);
        acb_poly_scalar_mul(t, t, s, PREC);
        acb_poly_exp_series(t, t, 2, PREC);
        acb_poly_add_si(t, t, 1, PREC);
        acb_poly_div_series(e, e, t, 2, PREC);
    }
    acb_poly_get_coeff_acb(s, e, which > 0);
    arb_mul_si(res, acb_realref(s), c->angle[m].count == 1 ? 1 : 2, PREC);
    acb_poly_clear(lambda);
    acb_poly_clear(a);
    acb_poly_clear(b);
    acb_poly_clear(e);
    acb_poly_clear(t);
    arb_clear(y);
    acb_clear(s);
}

static void
poles(tap_random *g)
{
    ratio r[2] = {{0, 0, 0}, {0, 0, 0}};
    arb_t want, part;

    arb_init(want);
    arb_init(part);
    for (long i = tap_effort(150); i > 0; i--) {
        double alpha = tap_random_range(g, i % 2 ? 1 : 0.05, 5);
        double sign = i % 2 ? -1 : 1, beta = some_beta(g, alpha, i);
        double x = sign * pow(tap_random_log(g, 0.5, 300), alpha);
        bool pairs = i % 4 < 2;
        jet_common c;
        jet_ladder l[2];
        const jet_group *p = prepare(&c, l, alpha, beta, pairs, x);
        jet_path path;

        if (!p)
            continue;

        jet_block b = block_at(x);

        block_log(&b, &c);
        block_place(&b, &c);
        jet_choose(&path, &b, &c, p, lane_set(1 / fabs(x)));
        jet_add_poles(&b, &c, p, &path);
        for (int k = 0; k < 4; k++) {
            arb_zero(want);
            for (int m = 0; m < c.on_sheet; m++)
                if (c.angle[m].cos_half.h > path.line[0] * path.root[0]) {
                    pole_truth(part, &c, p, x, m, k);
                    arb_add(want, want, part, PREC);
                }
            if (b.error[k][0] < INFINITY)
                hold(r + pairs, b.value[k].h[0], b.value[k].l[0], want,
                     b.error[k][0]);
        }
    }
    claim(&r[1], 1000, "[mlfunc D52] poles in pairs");
    claim(&r[0], 1000, "[mlfunc D52] poles in doubles");
    arb_clear(want);
    arb_clear(part);
}

/* ------------------------------------------------- [mlfunc D55] [mlfunc D56] */

/* 1/Gamma(beta + alpha k) and its derivative. */
static void
gamma_truth(arb_t g, arb_t d, double alpha, double beta, slong k)
{
    arb_poly_t y;
    arb_t b;

    arb_poly_init(y);
    arb_init(b);
    arb_set_d(g, alpha);
    arb_mul_si(g, g, k, PREC);
    arb_set_d(b, beta);
    arb_add(g, g, b, PREC);
    arb_poly_set_coeff_arb(y, 0, g);
    arb_poly_set_coeff_si(y, 1, 1);
    arb_poly_rgamma_series(y, y, 2, PREC);
    arb_poly_get_coeff_arb(g, y, 0);
    arb_poly_get_coeff_arb(d, y, 1);
    arb_poly_clear(y);
    arb_clear(b);
}

/* Terms first to last of the power series, for the four values; value 1 by z.
 * inverse: at 1/x. */
static void
terms_truth(arb_ptr v, double alpha, double beta, double x, slong first,
            slong last, bool inverse)
{
    arb_t g, d, z, y;

    arb_init(g);
    arb_init(d);
    arb_init(z);
    arb_init(y);
    arb_set_d(y, x);
    if (inverse)
        arb_inv(y, y, PREC);
    for (int k = 0; k < 4; k++)
        arb_zero(v + k);
    for (slong k = first; k <= last; k++) {
        gamma_truth(g, d, alpha, beta, k);
        arb_pow_ui(z, y, (ulong)(k > 0 ? k - 1 : 0), PREC);
        if (k > 0) {
            arb_mul(g, g, z, PREC);
            arb_addmul_si(v + 1, g, k, PREC);
            arb_mul(g, g, y, PREC);
            arb_pow_ui(z, y, (ulong)k, PREC);
            arb_mul(d, d, z, PREC);
        }
        arb_add(v, v, g, PREC);
        arb_addmul_si(v + 2, d, k, PREC);
        arb_add(v + 3, v + 3, d, PREC);
    }
    arb_clear(g);
    arb_clear(d);
    arb_clear(z);
    arb_clear(y);
}

/* The terms in 1/z, up to an edge of |1/z| that is at most twice as large. */
static void
falling(tap_random *g)
{
    ratio r[2] = {{0, 0, 0}, {0, 0, 0}}, size = {0};
    arb_ptr want = _arb_vec_init(4);

    for (long i = tap_effort(60); i > 0; i--) {
        double alpha = tap_random_range(g, 0.1, i % 3 ? 2 : 30);
        double beta = i % 4 ? tap_random_range(g, -2, 4) : alpha;
        double x = (i % 3 ? -1 : 1) * tap_random_log(g, 2, 1e3);
        int n = alpha > 12 ? 1 + (int)(i % 2) : (int)tap_random_int(g, 1, 20);
        bool pairs = i % 2;
        jet_common c;
        jet_block b = block_at(x);

        common_make(&c, alpha, beta, pairs);
        jet_falling(&c, n);
        if (i % 8)
            jet_brief(&c.falling, 1, n,
                      tap_random_range(g, 1.001, 2) / fabs(x));
        jet_add_falling(&b, &c, JET_LIGHT_TERM, n);
        terms_truth(want, -alpha, beta, x, 1, n, true);
        arb_neg(want, want);
        arb_neg(want + 3, want + 3);
        for (int k = 0; k < 4; k++) {
            arb_t v;

            arb_init(v);
            arb_set_d(v, x);
            if (k == 1) /* y d/dy = -z d/dz of -1/Gamma */
                arb_div(want + 1, want + 1, v, PREC);
            if (b.error[k][0] < INFINITY) {
                hold(r + pairs, b.value[k].h[0], b.value[k].l[0], want + k,
                     b.error[k][0]);
                size.n++;
                size.wrong +=
                    !(fabs(arf_get_d(arb_midref(want + k), ARF_RND_NEAR))
                      <= b.size[k][0]);
            }
            arb_clear(v);
        }
    }
    claim(&r[0], 1000, "[mlfunc D55] powers of 1/z in doubles");
    claim(&r[1], 1000, "[mlfunc D55] powers of 1/z in pairs");
    tap_ok(size.n > 100 && size.wrong == 0, "no sum is beyond its size");
    _arb_vec_clear(want, 4);
}

/* Moduli and errors from above are those themselves at the edge, and no less
 * within; the sums are the same but for their roundings. */
static void
brief(tap_random *g)
{
    long wrong = 0, n = 0;
    static jet_sum c;

    for (long i = tap_effort(100); i > 0; i--) {
        double edge = tap_random_log(g, 1e-2, 3);
        double q = i % 2 ? edge : edge * tap_random_range(g, 0.1, 1);
        int terms = (int)tap_random_int(g, 1, 24), first = (int)(i % 3 == 0);
        jet_powers_of a, b;
        lane e[2], f[2];

        for (int k = 0; k < terms; k++) {
            for (int v = 0; v < JET_VALUES; v++)
                c.high[v][k] = tap_random_range(g, -1, 1);
            c.error[k] = tap_random_log(g, 1e-3, 1);
        }
        jet_brief(&c, first, terms, edge);
        jet_horner_brief(&a, e, &c, first, terms, lane_set(i % 4 < 2 ? q : -q));
        jet_horner_double(&b, &c, 0, terms, lane_set(i % 4 < 2 ? q : -q));
        jet_horner_errors(f, c.error, first, terms, lane_set(q));
        for (int v = 0; v < JET_VALUES; v++) {
            wrong += !(fabs(a.sum[v].h[0] - b.sum[v].h[0])
                       <= 150 * JET_U * b.size[v][0]);
            wrong += !(a.size[v][0] >= b.size[v][0]);
            n += i % 2 && !(a.size[v][0] <= 1.003 * b.size[v][0]);
        }
        for (int k = 0; k < 2; k++) {
            wrong += !(e[k][0] * 1.002 >= f[k][0]);
            n += i % 2 && !(e[k][0] <= 1.003 * f[k][0]);
        }
    }
    tap_ok(wrong == 0 && n == 0,
           "[mlfunc D55] moduli from above: %ld too small, %ld too large",
           wrong, n);
}

/* -------------------------------------------------------------- [mlfunc D59] */

static void
gammas(tap_random *g)
{
    ratio value = {0}, slope = {0};
    arb_t v, d;

    arb_init(v);
    arb_init(d);
    for (long i = tap_effort(60); i > 0; i--) {
        double alpha = tap_random_range(g, -3, 3);
        double beta = i % 4 ? tap_random_range(g, -4, 4) : (double)(i % 3);
        slong first = tap_random_int(g, 0, i % 5 ? 3 : 25);
        octet a, b;
        double error[8],
            eps = jet_octet_double(&a, &b, error, alpha, beta, (double)first);

        for (int k = 0; k < 8 && eps < 1; k++) {
            gamma_truth(v, d, alpha, beta, first + k);
            hold(&value, a.h[k], a.l[k], v,
                 eps * fabs(arf_get_d(arb_midref(v), ARF_RND_NEAR)));
            hold(&slope, b.h[k], b.l[k], d, error[k]);
        }
    }
    claim(&value, 1000, "[mlfunc D59] reciprocal gammas in doubles");
    claim(&slope, 1000, "[mlfunc D59] their derivatives");
    arb_clear(v);
    arb_clear(d);
}

static void
series(tap_random *g)
{
    ratio r[2] = {{0, 0, 0}, {0, 0, 0}}, tails = {0}, plain = {0};
    arb_ptr want = _arb_vec_init(4);
    const lane none[JET_VALUES] = {lane_set(0), lane_set(0), lane_set(0),
                                   lane_set(0)};

    for (long i = tap_effort(60); i > 0; i--) {
        bool wide = i % 2;
        double alpha = wide ? tap_random_range(g, 6.1, 12)
                            : tap_random_range(g, 0.001, 0.2);
        double beta = some_beta(g, alpha, i);
        double x = (i % 3 ? -1 : 1)
                   * (wide ? pow(tap_random_log(g, 3, 40), alpha)
                           : tap_random_log(g, 1e-3, 0.19));
        int n = wide ? 5 : 3 + (int)(i % 3);
        jet_common c;
        jet_block b = block_at(x);

        common_make(&c, alpha, beta, i % 4 < 2);
        jet_rising(&c, 16);
        c.rising.high[1][n - 1] = c.rising.low[1][n - 1] = 0; /* the last */
        if (i % 16 < 12)
            jet_brief(&c.rising, 0, n, tap_random_range(g, 1, 2) * fabs(x));
        jet_series(&b, &c, i % 8 < 4 ? n : 3, n, none);
        terms_truth(want, alpha, beta, x, 0, n - 1, false);
        for (int k = 0; k < 4; k++)
            hold(&r[c.pairs], b.value[k].h[0], b.value[k].l[0], want + k,
                 b.error[k][0]);
        series_tail(&c, n, tap_random_range(g, 1, 1.05) * fabs(x));
        terms_truth(want, alpha, beta, x, n, n + (wide ? 40 : 25), false);
        for (int k = 0; k < 4; k++)
            if (c.tail[k] < INFINITY)
                hold(wide ? &tails : &plain, 0, 0, want + k,
                     c.tail[k] * pow(fabs(x), n - (k == 1)));
    }
    claim(&r[0], 1000, "[mlfunc D55] powers in doubles");
    claim(&r[1], 1000, "[mlfunc D55] powers in pairs");
    claim(&tails, 1000, "[mlfunc D56] the tail, from the last quotient");
    claim(&plain, 1000, "[mlfunc D56] the tail, from the largest 1/Gamma");
    _arb_vec_clear(want, 4);
}

/* |1/Gamma| and |(1/Gamma)'| below 1.3 on [0, 8], below 2^27 on [-10, 0]. */
static void
largest(void)
{
    bool ok = true;
    arb_poly_t y;
    arb_t a;

    arb_poly_init(y);
    arb_init(a);
    for (int i = -10 * 512; i < 8 * 512; i++) {
        arb_set_si(a, 2 * i + 1);
        mag_set_ui_2exp_si(arb_radref(a), 65, -6);
        arb_mul_2exp_si(a, a, -10);
        arb_poly_zero(y);
        arb_poly_set_coeff_arb(y, 0, a);
        arb_poly_set_coeff_si(y, 1, 1);
        arb_poly_rgamma_series(y, y, 2, 100);
        for (int k = 0; k < 2; k++) {
            arf_t up;

            arf_init(up);
            arb_poly_get_coeff_arb(a, y, k);
            arb_get_abs_ubound_arf(up, a, 53);
            ok = ok && arf_cmp_d(up, i < 0 ? 0x1p27 : 1.3) < 0;
            arf_clear(up);
        }
    }
    tap_ok(ok, "[mlfunc D56] 1/Gamma and its derivative on [-10, 8]");
    arb_poly_clear(y);
    arb_clear(a);
}

/* ------------------------------------------------- [mlfunc D57] [mlfunc D58] */

/* The value and the derivatives by t, tau and the shape of a row. */
static bool
row_truth(arb_ptr want, const char *name, double shape, double tau, double t)
{
    const ml_function *f = ml_function_find(name);
    const size_t by[] = {9, f->nargs - 1, 1, 0};
    ml_arg args[4];
    acb_t z;
    bool ok = true;

    ml_args_init(args, 4);
    acb_init(z);
    ml_arg_set_d(&args[0], shape);
    ml_arg_set_d(&args[1], tau);
    ml_arg_set_d(&args[2], 2);
    ml_arg_set_d(&args[f->nargs - 1], t);
    for (int k = 0; k < 4; k++) {
        slong order[4] = {0, 0, 0, 0};

        if (k > 0)
            order[by[k]] = 1;
        ok = ml_eval_partial_bits(z, f, args, order, 120, 4096) == ML_OK && ok;
        arb_set(want + k, acb_realref(z));
    }
    ml_args_clear(args, 4);
    acb_clear(z);
    return ok;
}

static ml_status
row(double *v, double *b, int which, double shape, double tau, size_t n,
    const double *t)
{
    return which == 0   ? ml_relaxation_jet_d(v, b, shape, tau, n, t)
           : which == 1 ? ml_siegert_jet_d(v, b, shape, tau, n, t)
                        : ml_kww_jet_d(v, b, shape, tau, 2, n, t);
}

static void
times(tap_random *g)
{
    static const char *const name[] = {"ml-relaxation", "ml-siegert", "kww"};
    static const double special[][2] = {
        {1, 1},         {1, 1 + 0x1p-52}, {1, 1 - 0x1p-53}, {3, 3},
        {1e300, 1e300}, {1e-310, 1e-300}, {1e-300, 1e-310}, {1e308, 1.5e308},
        {2, 1400},      {1, 1e-9},        {1, 1e9},         {1e-5, 1e20}};
    ratio r = {0}, edge = {0};
    arb_ptr want = _arb_vec_init(4);

    for (size_t i = 0; i < 36 + (size_t)tap_effort(60); i++) {
        int which = (int)(i % 3);
        double shape = i % 5 == 0 ? 1 : tap_random_range(g, 0.05, 1), v[4],
               b[4];
        double tau = tap_random_log(g, 1e-3, 1e3);
        double t = tau * tap_random_log(g, 1e-6, 1e6);
        bool at_edge = i < 36;
        ml_status s;

        if (at_edge) {
            tau = special[i / 3][0];
            t = special[i / 3][1];
        }
        if (t / tau > 300) /* e^-t has no ball of ours beyond */
            shape = fmin(shape, 0.97);
        s = row(v, b, which, shape, tau, 1, &t);
        if ((s & ML_UNABLE) || !row_truth(want, name[which], shape, tau, t))
            continue;
        for (int k = 0; k < 4; k++)
            if (b[k] < INFINITY)
                hold(at_edge ? &edge : &r, v[k], 0, want + k, b[k]);
    }
    claim(&r, 1000, "[mlfunc D58] functions of t/tau");
    claim(&edge, 1e6, "[mlfunc D57] [mlfunc D58] t and tau at the ends");
    _arb_vec_clear(want, 4);
}

static void
at_zero(void)
{
    static const double shape[] = {0.5, 1, 1.5}, slope[] = {1, 2, 2};
    double t = 0, v[4], b[4];
    bool ok = true;

    for (int which = 0; which < 3; which++)
        for (int i = 0; i < 3; i++) {
            ml_status s = row(v, b, which, shape[i], 4, 1, &t);
            double d = i == 0   ? -(double)INFINITY
                       : i == 1 ? -slope[which] / 4
                                : 0;

            ok = ok && s == ML_OK && v[0] == 1 && v[1] == d && v[2] == 0
                 && v[3] == 0 && b[0] == 0 && b[2] == 0 && b[3] == 0
                 && b[1] <= 0x1p-50;
        }
    for (int which = 0; which < 3; which++) { /* finite, but no double */
        ml_status s = row(v, b, which, 1, 0x1p-1074, 1, &t);

        ok = ok && s == ML_OVERFLOW && isinf(v[1]) && isinf(b[1]) && b[2] == 0;
    }
    tap_ok(ok, "t = 0: 1, an infinite, finite or zero slope, 0, 0");
}

/* Functions of t/tau at more points than are dealt with at a time. */
static void
many_times(tap_random *g)
{
    enum { TIMES = 2000 };
    static double t[TIMES], v[4 * TIMES], b[4 * TIMES];
    bool ok = true;

    for (int i = 0; i < TIMES; i++)
        t[i] = tap_random_log(g, 1e-3, 1e3);
    for (int which = 0; which < 3; which++) {
        double v1[4], b1[4];

        ok = row(v, b, which, 0.7, 1.3, TIMES, t) == ML_OK && ok;
        for (int i = 0; i < TIMES; i += 37) {
            ok = row(v1, b1, which, 0.7, 1.3, 1, t + i) == ML_OK && ok;
            ok = ok && memcmp(v1, v + 4 * i, sizeof v1) == 0
                 && memcmp(b1, b + 4 * i, sizeof b1) == 0;
        }
    }
    tap_ok(ok, "many t: each as alone");
}

/* [mlfunc D58]  e^-u below all doubles is not 0, and its bound says so. */
static void
kww_vanishes(void)
{
    bool ok = true;

    for (double t = 750; t < 1e4; t += 50) {
        double v[4], b[4];
        ml_status s = ml_kww_jet_d(v, b, 1, 1, 1, 1, &t);

        ok = ok && (s & ML_UNDERFLOW);
        for (int k = 0; k < 4; k++)
            ok = ok && fabs(v[k]) < 1e-300 && b[k] > 0 && b[k] < 1e-300;
    }
    tap_ok(ok, "[mlfunc D58] e^-u beyond all exponents: 0, up to a bound");
}

/* e^-u and its derivatives by t, tau and the shape, u = c (t/tau)^shape. */
static void
kww_truth(arb_ptr want, double shape, double tau, double c, double t)
{
    const double by[] = {-shape, shape}, over[] = {t, tau};
    arb_t r, u, f;

    arb_init(r);
    arb_init(u);
    arb_init(f);
    arb_set_d(r, t);
    arb_set_d(f, tau);
    arb_div(r, r, f, PREC);
    arb_log(r, r, PREC);
    arb_set_d(f, shape);
    arb_mul(u, r, f, PREC);
    arb_exp(u, u, PREC);
    arb_set_d(f, c);
    arb_mul(u, u, f, PREC);
    arb_neg(f, u);
    arb_exp(want, f, PREC);
    arb_mul(u, u, want, PREC);
    for (int k = 0; k < 2; k++) {
        arb_set_d(f, by[k]);
        arb_mul(want + 1 + k, u, f, PREC);
        arb_set_d(f, over[k]);
        arb_div(want + 1 + k, want + 1 + k, f, PREC);
    }
    arb_mul(want + 3, u, r, PREC);
    arb_neg(want + 3, want + 3);
    arb_clear(r);
    arb_clear(u);
    arb_clear(f);
}

/* [mlfunc D58]  Where (t/tau)^shape or u leaves the range, and beyond all c. */
static void
kww_ends(void)
{
    static const double rows[][4] = {/* shape, tau, c, t */
                                     {0.5, 1e308, 0x1p500, 0x1p-1074},
                                     {0.5, 0x1p-1074, 0x1p-500, 1e308},
                                     {0.5, 1e308, 1, 0x1p-1074},
                                     {0.5, 0x1p-1074, 1, 1e308},
                                     {7, 0x1p-1074, 1, 1e-280},
                                     {0x1p-1074, 1, 1, 1e-300},
                                     {1, 1e-300, 0x1p-500, 1e-170},
                                     {1, 1e-300, 0x1p-500, 1.3e-300},
                                     {0.5, 1, 0x1p-500, 1e-300},
                                     {0.5, 1, 0x1p-500, 0x1p-1074},
                                     {0.5, 1, 0x1p500, 1e-300},
                                     {0.5, 1, 0x1p500, 1e-301},
                                     {3, 1e10, 0x1p500, 1e-40},
                                     {3, 1e10, 0x1p-500, 1e60},
                                     {1, 1e-305, 1, 7e-303},
                                     {1, 1e-310, 1, 7e-308},
                                     {1, 2, 1e9, 1.38e-6},
                                     {0.999, 2, 1, 1e-299}};
    const size_t n = sizeof rows / sizeof *rows;
    arb_ptr want = _arb_vec_init(4);
    bool ok = true;
    int known = 0;

    for (size_t i = 0; i < n; i++) {
        double v[4], b[4];
        ml_status s = ml_kww_jet_d(v, b, rows[i][0], rows[i][1], rows[i][2], 1,
                                   rows[i] + 3);
        ratio r = {0};

        kww_truth(want, rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
        for (int k = 0; k < 4; k++)
            if (b[k] < INFINITY) {
                hold(&r, v[k], 0, want + k, b[k]);
                known++;
            } else {
                ok = ok && (isnan(v[k]) ? s & ML_UNABLE : s & ML_OVERFLOW);
            }
        if (!(r.wrong == 0))
            tap_note("row %zu: %.3g of the bound", i, r.most);
        ok = ok && r.wrong == 0;
    }
    tap_ok(ok && known >= 3 * (int)n,
           "[mlfunc D58] u at the ends of the range: %d of %zu known", known,
           4 * n);
    ok = true;
    for (int i = 0; i < 4; i++) {
        const double c = ldexp(1, (i % 2 ? 1 : -1) * (500 + i / 2)), t = 1;
        double v[4], b[4];
        ml_status s = ml_kww_jet_d(v, b, 1, 1, c, 1, &t);

        ok = ok && (i < 2) == !(s & ML_UNABLE) && (i < 2) == isfinite(b[0]);
    }
    tap_ok(ok, "[mlfunc D58] c from 2^-500 to 2^500");
    _arb_vec_clear(want, 4);
}

/* [mlfunc D58]  shape/t may be too large where the derivative is not. */
static void
small_t(void)
{
    static const double t = 0x1p-1074, t1 = 1e-309;
    double v[4], b[4];
    ml_status s = ml_relaxation_jet_d(v, b, 0.5, 1, 1, &t);
    /* -x/(2 t Gamma(3/2)), x = 2^-537 */
    bool ok = !(s & (ML_UNABLE | ML_OVERFLOW))
              && fabs(v[1] / (-0x1p536 * 0x1.20dd750429b6dp+0) - 1) < 1e-12
              && b[1] < 1e-10 * fabs(v[1]);

    s = ml_relaxation_jet_d(v, b, 0.3, 1e-309, 1, &t1);
    tap_ok(ok && !(s & (ML_UNABLE | ML_OVERFLOW)) && isfinite(b[1])
               && fabs(v[1] + v[2]) <= b[1] + b[2],
           "[mlfunc D58] derivatives by t and tau below 2^-900");
}

/* ------------------------------------------------------------- the whole thing */

/* E, dE/dx, dE/dalpha within 3e-13 of max(|value|, |E|), mostly 1e-13: near
 * alpha = 1, too, and where the method changes. */
static void
accuracy(tap_random *g)
{
    double worst[2] = {0, 0};
    long lost = 0, above[2] = {0, 0}, n[2] = {0, 0};
    arb_ptr want = _arb_vec_init(4);

    for (long i = tap_effort(300); i > 0; i--) {
        bool near = i % 2;
        double alpha =
            near ? 1 - (i % 16 == 1 ? 0 : tap_random_log(g, 1e-16, 1e-1))
                 : tap_random_range(g, 0.02, 0.999);
        double x =
            near ? -tap_random_log(g, 0.1, 90) : -tap_random_log(g, 1e-8, 1e8);
        double v[4], b[4], top;
        ml_status s = ml_mittleff_jet_d(v, b, alpha, 1, 1, &x);

        lost += (s & ~ML_UNDERFLOW) != 0 || !exact(want, alpha, 1, x, 120);
        v[1] *= x;
        top = fabs(arf_get_d(arb_midref(want), ARF_RND_NEAR));
        for (int k = 0; k < 4; k++) {
            double size = fabs(arf_get_d(arb_midref(want + k), ARF_RND_NEAR));
            arb_t d;

            arb_init(d);
            arb_set_d(d, v[k]);
            arb_sub(d, d, want + k, PREC);
            double error =
                fabs(arf_get_d(arb_midref(d), ARF_RND_NEAR)) / fmax(size, top);
            worst[near] = fmax(worst[near], error);
            above[near] += error > 1e-13;
            n[near]++;
            arb_clear(d);
        }
    }
    for (int near = 0; near < 2; near++)
        tap_ok(lost == 0 && worst[near] < 3e-13 && above[near] * 100 <= n[near],
               "%s: 99 in 100 below 1e-13, %ld above, worst %.1e",
               near ? "alpha up to 1" : "0.02 < alpha < 0.999", above[near],
               worst[near]);
    _arb_vec_clear(want, 4);
}

enum { MANY = 300 };

/* A point has the same bits alone and among others, with and without bounds, and
 * on every processor. */
static void
same_bits(tap_random *g)
{
    static const char *const cpu[] = {"baseline", "avx2", "avx512"};
    static double x[MANY], v[4][8 * MANY], one[8];
    const char *now = ml_cpu();
    bool alone = true, bare = true, cpus = true;
    ml_status s = ML_OK;

    for (int k = 0; k < 6; k++) {
        double alpha = k < 3 ? 0.3 + 0.35 * k : tap_random_range(g, 1, 4);
        double beta = some_beta(g, alpha, k);
        int each = k % 2 ? 8 : 4;

        for (int i = 0; i < MANY; i++)
            x[i] = (i % 3 ? -1 : 1)
                   * pow(tap_random_log(g, 1e-3, 200), fmin(alpha, 2));
        for (int i = 0; i < 3; i++) {
            if (ml_cpu_select(cpu[i]) != ML_OK)
                continue;
            s |= k % 2 ? ml_mittleff_jet_dd(v[i], v[3], NULL, alpha, beta, MANY,
                                            x)
                       : ml_mittleff_jet_d(v[i], v[3], alpha, beta, MANY, x);
            cpus = cpus
                   && memcmp(v[0], v[i], sizeof(double) * (size_t)each * MANY)
                          == 0;
        }
        s |= ml_cpu_select(now);
        s |= k % 2 ? ml_mittleff_jet_dd(v[1], NULL, NULL, alpha, beta, MANY, x)
                   : ml_mittleff_jet_d(v[1], NULL, alpha, beta, MANY, x);
        bare = bare
               && memcmp(v[0], v[1], sizeof(double) * (size_t)each * MANY) == 0;
        for (int i = 0; i < MANY; i += 17) {
            s |= k % 2 ? ml_mittleff_jet_dd(one, NULL, NULL, alpha, beta, 1,
                                            x + i)
                       : ml_mittleff_jet_d(one, NULL, alpha, beta, 1, x + i);
            alone =
                alone
                && memcmp(one, v[0] + each * i, sizeof(double) * (size_t)each)
                       == 0;
        }
    }
    (void)s; /* NaN where unable, the same everywhere */
    tap_ok(cpus, "the same bits on every processor");
    tap_ok(bare, "the same bits without bounds");
    tap_ok(alone, "the same bits for a point alone");
}

static void
refusals(void)
{
    static const double x[] = {-1, 2};
    double v[16], b[8], c[8];
    bool domain = true, unable = true;
    ml_status s;

    for (int i = 0; i < 4; i++) {
        static const double bad[] = {0, -1, NAN, 1};

        s = i < 3 ? ml_mittleff_jet_d(v, b, bad[i], 1, 2, x)
                  : ml_mittleff_jet_dd(v, b, c, 1, NAN, 2, x);
        domain = domain && s == ML_DOMAIN && isnan(v[0]) && isnan(v[7])
                 && isinf(b[0]) && isinf(b[7]);
        s = i < 3 ? ml_relaxation_jet_d(v, b, bad[i], 1, 1, x + 1)
                  : ml_kww_jet_d(v, b, 1, 1, -1, 1, x + 1);
        domain = domain && s == ML_DOMAIN && isnan(v[0]) && isinf(b[3]);
    }
    s = ml_siegert_jet_d(v, b, 0.5, 0, 1, x + 1);
    domain = domain && s == ML_DOMAIN && isnan(v[0]);
    s = ml_siegert_jet_d(v, b, 0.5, 1, 2, x);
    domain = domain && s == ML_DOMAIN && isnan(v[0]) && isnan(v[3]) && v[4] > 0
             && isinf(b[0]) && b[4] < 1e-10;
    tap_ok(domain, "alpha, tau, c not positive, t < 0, NaN: domain");
    for (int i = 0; i < 3; i++) {
        const double far[] = {INFINITY, -INFINITY, NAN};

        s = ml_mittleff_jet_d(v, b, 0.5, 1, 1, far + i);
        unable = unable && s == (i < 2 ? ML_UNABLE : ML_DOMAIN) && isnan(v[0])
                 && isinf(b[0]);
        c[0] = 7;
        s = ml_mittleff_jet_dd(v, b, c, i < 2 ? INFINITY : -1, 1, 1, x);
        unable = unable && s == (i < 2 ? ML_UNABLE : ML_DOMAIN) && isnan(v[0])
                 && isnan(c[0]) && isnan(c[3]);
    }
    s = ml_mittleff_jet_d(v, b, 1e6, 1, 1, x);
    unable = unable && s == ML_UNABLE && isnan(v[0]) && isinf(b[0]);
    for (int i = 0; i < 3; i++) { /* the nodes are not for alpha < 2^-30 */
        const double left[] = {-0.1, -10, -1000};

        s = ml_mittleff_jet_d(v, b, 0x1p-31, 1.3, 1, left + i);
        unable = unable && s == ML_UNABLE && isnan(v[0]) && isinf(b[0]);
    }
    tap_ok(unable, "x not finite, alpha out of reach: unable; NaN: domain");

    static const double large = 1000, small = -800;

    s = ml_mittleff_jet_d(v, b, 1, 1, 1, &large);
    tap_ok((s & ML_OVERFLOW) && isinf(v[0]) && v[0] > 0 && isinf(b[0]),
           "e^1000: overflow");
    s = ml_mittleff_jet_d(v, b, 1, 1, 1, &small);
    tap_ok(!(s & (ML_UNABLE | ML_OVERFLOW)) && v[0] == 0 && b[0] < 1e-300
               && fabs(v[2] + 1 / 800.0) < 1e-4,
           "e^-800: nothing but its bound, and derivatives by alpha");
    s = ml_mittleff_jet_dd(v, b, c, 0.5, 1, 2, x);
    tap_ok(s == ML_OK && c[0] >= 1 && c[0] < 1e4 && c[4] >= 0.99 && c[4] < 1e4,
           "the condition is at least 1, and small here");
}

int
main(void)
{
    tap_random g = tap_random_start(tap_seed());

    tap_plan(44);
    elementary(&g);
    nodes(&g);
    truncation(&g, false);
    truncation(&g, true);
    poles(&g);
    gammas(&g);
    series(&g);
    falling(&g);
    brief(&g);
    largest();
    times(&g);
    at_zero();
    kww_vanishes();
    kww_ends();
    small_t();
    many_times(&g);
    accuracy(&g);
    same_bits(&g);
    refusals();
    flint_cleanup();
    return tap_done();
}
