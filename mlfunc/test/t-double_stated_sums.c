/* mlfunc/test/t-double_stated_sums.c - the sums behind derivatives, and bounds.
 *
 * The sums over nodes and of powers at tables of random numbers: each against the
 * same formula in balls, and each bound made anew from its statement, so that no
 * constant of it can change.  The file under test is included.
 *
 * [mlfunc D51] [mlfunc D55]
 */
#include <math.h>
#include <string.h>

#include <arb.h>

#define ML_VARIANT stated
#include "mlfunc/double/lanes_jet.c"

#include "validation/tap/tap.h"

#define PREC 300

typedef struct {
    const char *what;
    long n, beyond, other;
    double most, off; /* error over bound; of a bound over what is stated */
} tally;

/* Is a bound or a size what is stated? */
static void
same(tally *t, double got, double stated)
{
    double off = got == stated ? 0 : fabs(got / stated - 1);

    t->off = fmax(t->off, off);
    if (!(off < 1e-12) && t->other++ < 3)
        tap_note("%s: %.17g, stated %.17g", t->what, got, stated);
}

/* Is h + l within the bound? */
static void
hold(tally *t, double h, double l, const arb_t want, double bound)
{
    arb_t d, x;
    double off;

    arb_init(d);
    arb_init(x);
    arb_set_d(d, h);
    arb_set_d(x, l);
    arb_add(d, d, x, PREC);
    arb_sub(d, d, want, PREC);
    off = fabs(arf_get_d(arb_midref(d), ARF_RND_UP));
    t->n++;
    t->beyond += !(off <= bound);
    t->most = fmax(t->most, off / bound);
    arb_clear(d);
    arb_clear(x);
}

static void
claim(const tally *t, double slack, const char *tag)
{
    tap_ok(t->n >= 100 && t->beyond == 0 && t->most * slack >= 1,
           "[mlfunc %s] %s: %ld of %ld beyond the bound, at most %.2g of it",
           tag, t->what, t->beyond, t->n, t->most);
}

static void
claim_same(const tally *t, const char *tag)
{
    tap_ok(t->n >= 100 && t->other == 0,
           "[mlfunc %s] %s: sizes and bounds as stated, to %.1g", tag, t->what,
           t->off);
}

static double
some(tap_random *r)
{
    return (tap_random_u64(r) & 1 ? -1 : 1) * tap_random_log(r, 0.1, 10);
}

/* A number with a low part. */
static dd
pair(tap_random *r)
{
    double h = some(r);

    return dd_quick_two_sum(h, h * 0x1p-54 * tap_random_range(r, -1, 1));
}

static void
put(double *row, size_t step, int j, dd x)
{
    row[j] = x.h;
    row[step + (size_t)j] = x.l;
}

static void
get(arb_t x, double h, double l)
{
    arb_t y;

    arb_init(y);
    arb_set_d(x, h);
    arb_set_d(y, l);
    arb_add(x, x, y, PREC);
    arb_clear(y);
}

/* ------------------------------------------------------------------- the nodes */

/* b has few bits, so that b^2 is a double; the rest is as jet_setup.h makes it. */
static void
make_nodes(jet_common *c, int n, tap_random *r)
{
    for (int j = 0; j < n; j++) {
        double b = rint(some(r) * 0x1p20) * 0x1p-20, most = 0;

        put(c->power[0], ML_JET_NODES, j, pair(r));
        c->power[2][j] = b;
        put(c->square[0], ML_JET_NODES, j, (dd){b * b, b * b * 0x1p-56});
        for (int k = 0; k < 4; k += 2) { /* Q, L Q */
            dd re = pair(r), im = pair(r);

            put(c->real[k], ML_JET_NODES, j, re);
            put(c->imaginary[k], ML_JET_NODES, j, dd_mul_d(im, b));
            put(c->turned[k], ML_JET_NODES, j, dd_mul_d(re, b * b));
            most = k == 0 ? hypot(re.h, im.h) : most;
        }
        c->heft[j] = most * 1.01;
        c->size[j] = 40 + j; /* above all |L Q|/|Q| there are */
    }
}

/* Re G, Re Q/D^2, Re L G, Re L Q/D^2 of all nodes. */
static void
nodes_truth(arb_ptr sum, const jet_common *c, int n, double z, double low)
{
    arb_t x, q, i, e, f;

    arb_init(x);
    arb_init(q);
    arb_init(i);
    arb_init(e);
    arb_init(f);
    for (int k = 0; k < 4; k++)
        arb_zero(sum + k);
    for (int j = 0; j < n; j++) {
        get(x, c->power[0][j], c->power[1][j]);
        get(e, z, low);
        arb_sub(x, x, e, PREC);
        arb_add_ui(x, x, 1, PREC);
        get(i, c->square[0][j], c->square[1][j]);
        arb_addmul(i, x, x, PREC);
        arb_inv(i, i, PREC);
        for (int k = 0; k < 4; k += 2) {
            get(q, c->real[k][j], c->real[k + 1][j]);
            get(f, c->imaginary[k][j], c->imaginary[k + 1][j]);
            arb_mul(e, q, x, PREC);
            arb_add(e, e, f, PREC);
            arb_addmul(sum + k, e, i, PREC);
            arb_mul(e, f, x, PREC);
            get(f, c->turned[k][j], c->turned[k + 1][j]);
            arb_sub(e, e, f, PREC);
            arb_mul(e, e, i, PREC);
            arb_mul_2exp_si(e, e, 1);
            arb_add(e, e, q, PREC);
            arb_addmul(sum + k + 1, e, i, PREC);
        }
    }
    arb_clear(x);
    arb_clear(q);
    arb_clear(i);
    arb_clear(e);
    arb_clear(f);
}

/* From those the four values, times scale, added to `before`. */
static void
nodes_values(arb_ptr v, arb_srcptr sum, int N, double z, double low, dd scale,
             const dd *before)
{
    arb_t x;

    arb_init(x);
    get(x, z, low);
    arb_set(v, sum);
    arb_mul(v + 1, sum + 1, x, PREC);
    arb_submul_si(v + 1, sum, N, PREC);
    arb_mul(v + 2, sum + 3, x, PREC);
    arb_submul_si(v + 2, sum + 2, N, PREC);
    arb_neg(v + 2, v + 2);
    arb_neg(v + 3, sum + 2);
    for (int k = 0; k < JET_VALUES; k++) {
        get(x, scale.h, scale.l);
        arb_mul(v + k, v + k, x, PREC);
        get(x, before[k].h, before[k].l);
        arb_add(v + k, v + k, x, PREC);
    }
    arb_clear(x);
}

/* The sizes of D51 for nodes first to n - 1; the moduli from above. */
static void
nodes_size(double size[JET_VALUES], const jet_common *c, int first, int n,
           int N, double z)
{
    double g = 0, gr = 0;

    for (int j = first; j < n; j++) {
        double x = c->power[0][j] - (z - 1), b = c->power[2][j];
        double near = (fabs(x) + fabs(b)) / (x * x + b * b);
        double one = c->heft[j] * near * (1 + fabs(z - 1) * near);

        g += one;
        gr += one * near * fabs(z);
    }
    double log = n > first ? c->size[n - 1] : 0;

    size[0] = g;
    size[1] = gr + N * g;
    size[2] = (gr + N * g) * log;
    size[3] = g * log;
}

static void
nodes(tap_random *r)
{
    tally t[3] = {{.what = "nodes in doubles"},
                  {.what = "nodes in pairs"},
                  {.what = "some of both"}};
    arb_ptr sum = _arb_vec_init(4), want = _arb_vec_init(4);
    static jet_common c;

    for (long i = tap_effort(300); i > 0; i--) {
        int kind = (int)(i % 3), n = (int)tap_random_int(r, 2, 14);
        jet_group p = {.terms = (int)tap_random_int(r, 0, 4), .nodes = n};
        double g, u, uu, alpha = i % 4 ? tap_random_log(r, 1e-3, 5) : JET_QUICK;
        dd scale = pair(r), before[JET_VALUES];
        jet_block b;

        memset(&c, 0, sizeof c);
        memset(&b, 0, sizeof b);
        c.alpha = alpha;
        c.beta = tap_random_range(r, -5, 6);
        c.inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        make_nodes(&c, n, r);
        p.pairs = kind == 0 ? 0 : kind == 1 ? n : n / 2;
        b.z = (ldd){lane_set(0), lane_set(0)};
        for (int l = 0; l < LANES; l++) {
            dd z = pair(r);

            b.z.h[l] = z.h;
            b.z.l[l] = kind == 0 ? 0 : z.l;
        }
        for (int k = 0; k < JET_VALUES; k++) {
            before[k] = kind == 1 ? (dd){1e-3, 0} : (dd){0, 0};
            b.value[k] = ldd_of(before[k]);
            b.size[k] = lane_set(k);
            b.error[k] = lane_set(k * 0x1p-80);
        }
        jet_add_nodes(&b, &c, &p, ldd_of(scale));

        g = alpha * (p.terms + 1) - c.beta;
        u = n + 2 * p.terms + 72 + (alpha >= 0.45 ? 48 + 60 / alpha : 0);
        uu = (1 + 1 / alpha)
             * (0x1p-90 + 0x1p-95 * fabs(g) + 0x1p-99 * (n + p.terms));
        for (int l = 0; l < LANES; l++) {
            double in_pairs[JET_VALUES], in_doubles[JET_VALUES];
            double f = 1.001 * fabs(scale.h);

            nodes_truth(sum, &c, n, b.z.h[l], b.z.l[l]);
            nodes_values(want, sum, p.terms, b.z.h[l], b.z.l[l], scale, before);
            nodes_size(in_pairs, &c, 0, p.pairs, p.terms, b.z.h[l]);
            nodes_size(in_doubles, &c, p.pairs, n, p.terms, b.z.h[l]);
            for (int k = 0; k < JET_VALUES; k++) {
                double all = in_pairs[k] + in_doubles[k];
                double bound = f * (in_doubles[k] * u * 0x1p-53 + all * uu);

                same(t + kind, b.size[k][l], k + f * all);
                same(t + kind, b.error[k][l], k * 0x1p-80 + bound);
                hold(t + kind, b.value[k].h[l], b.value[k].l[l], want + k,
                     bound);
            }
        }
    }
    /* in pairs most of the bound is for tables that are off: t-double_jet */
    for (int k = 0; k < 3; k++) {
        claim(t + k, k == 1 ? 0x1p20 : 1000, "D51");
        claim_same(t + k, "D51");
    }
    _arb_vec_clear(sum, 4);
    _arb_vec_clear(want, 4);
}

/* z^-N: N 2^-98 of it. */
static void
turned(tap_random *r)
{
    tally t = {.what = "z^-N"};
    arb_t want;
    long ones = 0;

    arb_init(want);
    for (long i = tap_effort(200); i > 0; i--) {
        dd z = pair(r);
        int n = (int)tap_random_int(r, 1, 20);
        ldd got = jet_turned(ldd_of(z), n), one = jet_turned(ldd_of(z), 0);

        get(want, z.h, z.l);
        arb_pow_ui(want, want, (ulong)n, PREC);
        arb_inv(want, want, PREC);
        hold(&t, got.h[0], got.l[0], want, fabs(got.h[0]) * n * 0x1p-98);
        ones += one.h[0] == 1 && one.l[0] == 0;
    }
    claim(&t, 1000, "D51");
    tap_ok(ones == tap_effort(200), "z^0 is 1");
    arb_clear(want);
}

/* ------------------------------------------------------------------ the powers */

static void
make_powers(jet_sum *a, int n, tap_random *r)
{
    a->n = n;
    a->relative = tap_random_u64(r) & 1 ? tap_random_log(r, 1e-33, 1e-15) : 0;
    for (int i = 0; i < n; i++) {
        for (int v = 0; v < JET_VALUES; v++) {
            dd x = pair(r);

            a->high[v][i] = x.h;
            a->low[v][i] = x.l;
        }
        a->error[i] = tap_random_log(r, 1e-35, 1e-30);
    }
}

/* sum_i c_i q^i */
static void
powers_truth(arb_t sum, const jet_sum *a, int v, int n, const arb_t q)
{
    arb_t c;

    arb_init(c);
    arb_zero(sum);
    for (int i = n - 1; i >= 0; i--) {
        get(c, a->high[v][i], a->low[v][i]);
        arb_mul(sum, sum, q, PREC);
        arb_add(sum, sum, c, PREC);
    }
    arb_clear(c);
}

/* sum_{i >= first} |c_i| q^i */
static double
powers_size(const jet_sum *a, int v, int first, int n, double q)
{
    double sum = 0;

    for (int i = first; i < n; i++)
        sum += fabs(a->high[v][i]) * pow(q, i);
    return sum;
}

/* [mlfunc D55], and what the coefficients' relative error adds. */
static double
powers_error(const jet_sum *a, int v, bool pairs, bool off, int light, int n,
             double q)
{
    double u = ((off ? 4 : 3) * n + 8) * 0x1p-53,
           size = powers_size(a, v, 0, n, q);

    if (!pairs)
        return size * (u + 2 * a->relative);
    return powers_size(a, v, light, n, q) * u
           + size * (n * 0x1p-88 + 2 * a->relative);
}

/* 1.001 sum_k error_k w_k q^k, w_k = 1 or first + k. */
static double
gammas_error(const jet_sum *a, int first, bool weighted, int n, double q)
{
    double sum = 0;

    for (int k = 0; k < n; k++)
        sum += 1.001 * a->error[k] * (weighted ? first + k : 1) * pow(q, k);
    return sum;
}

/* The series in 1/z (falling) or z: values, sizes, errors. */
static void
powers(tap_random *r, bool falling)
{
    tally t[2] = {
        {.what = falling ? "terms in 1/z, doubles" : "terms, doubles"},
        {.what = falling ? "terms in 1/z, pairs" : "terms, pairs"}};
    static jet_common c;
    arb_t q, want, x;

    arb_init(q);
    arb_init(want);
    arb_init(x);
    for (long i = tap_effort(200); i > 0; i--) {
        int n = (int)tap_random_int(r, 1, 16), light = (int)(i % 5 * 4);
        jet_sum *a = falling ? &c.falling : &c.rising;
        lane tail[JET_VALUES];
        jet_block b;
        dd z = pair(r);

        memset(&c, 0, sizeof c);
        memset(&b, 0, sizeof b);
        c.pairs = i % 2;
        c.off = i % 4 == 2;
        make_powers(a, n, r);
        z = c.pairs ? z : (dd){z.h, 0};
        b.z = ldd_of(z);
        for (int k = 0; k < JET_VALUES; k++) {
            b.size[k] = lane_set(falling ? k : 0);
            b.error[k] = lane_set(falling ? k * 0x1p-60 : 0);
            tail[k] = lane_set((3 - k) * 0x1p-60);
        }
        if (falling)
            jet_add_falling(&b, &c, light, n);
        else
            jet_series(&b, &c, light, n, tail);

        get(q, z.h, z.l);
        if (falling)
            arb_inv(q, q, PREC);
        for (int k = 0; k < JET_VALUES; k++) {
            double size_q = falling ? 1 / fabs(z.h) : fabs(z.h);
            double f = falling ? 1.001 * size_q : 1;
            double own =
                powers_error(a, k, c.pairs, c.off, light, n, size_q) * f;
            double gammas =
                k < 2 ? 0
                      : f * gammas_error(a, falling, k == 2, n, 1.001 * size_q);
            double more = falling ? k * 0x1p-60 : (3 - k) * 0x1p-60;

            powers_truth(want, a, k, n, q);
            if (falling)
                arb_mul(want, want, q, PREC);
            if (falling && (k == 0 || k == 3))
                arb_neg(want, want);
            same(t + c.pairs, b.size[k][0],
                 (falling ? k : 0) + powers_size(a, k, 0, n, size_q) * f);
            same(t + c.pairs, b.error[k][0], own + gammas + more);
            hold(t + c.pairs, b.value[k].h[0], b.value[k].l[0], want, own);
        }
    }
    for (int k = 0; k < 2; k++) {
        claim(t + k, 1000, "D55");
        claim_same(t + k, "D55");
    }
    arb_clear(q);
    arb_clear(want);
    arb_clear(x);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(16);
    nodes(&r);
    turned(&r);
    powers(&r, true);
    powers(&r, false);
    return tap_done();
}
