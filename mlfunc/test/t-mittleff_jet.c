/* mlfunc/test/t-mittleff_jet.c - the derivatives of Mittag-Leffler. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

typedef struct {
    arb_t alpha, beta;
    acb_t z;
} place;

static void
place_init(place *q)
{
    arb_init(q->alpha);
    arb_init(q->beta);
    acb_init(q->z);
}

static void
place_clear(place *q)
{
    arb_clear(q->alpha);
    arb_clear(q->beta);
    acb_clear(q->z);
}

static void
place_set(place *q, double alpha, double beta, double re, double im)
{
    arb_set_d(q->alpha, alpha);
    arb_set_d(q->beta, beta);
    acb_set_d_d(q->z, re, im);
}

/* A point of any kind: real, complex, near 0, far away; beta a pole of Gamma
 * at times. */
static void
any_place(place *q, tap_random *r, long i)
{
    double alpha = tap_random_range(r, 0.3, 2.2);
    double x = i % 4 == 0 ? tap_random_log(r, 1e-6, 1)
                          : tap_random_log(r, 0.5, i % 4 == 3 ? 200 : 15);
    double m = pow(x, alpha), phi = tap_random_range(r, 0, PI);
    double beta = tap_random_range(r, -2, 3);

    if (i % 3 == 0)
        beta = (double)tap_random_int(r, -2, 2);
    if (i % 3 == 1)
        beta = alpha;
    if (i % 7 == 2)
        alpha = (double)tap_random_int(r, 1, 2);
    if (i % 2)
        place_set(q, alpha, beta, i % 4 == 3 || alpha > 1 ? -m : m, 0);
    else
        place_set(q, alpha, beta, m * cos(phi), m * sin(phi));
}

static bool
all_accurate(acb_srcptr v, slong len, slong prec)
{
    bool ok = true;

    for (slong m = 0; m < len; m++)
        ok = ok && is_accurate(v + m, prec);
    return ok;
}

/* sum of weights times E at the nodes, for one derivative in one variable:
 * the central difference of that order, times h^order. */
static const int node[3][3] = {{0, 0, 0}, {-1, 1, 0}, {-1, 0, 1}};
static const int weight[3][3] = {{1, 0, 0}, {-1, 1, 0}, {1, -2, 1}};

/* The (i, j, l) derivative by central differences over a step 2^-80. */
static bool
difference(acb_t res, const place *q, const int *order)
{
    const slong prec = 900;
    place n;
    acb_t e, t;
    arb_t h;
    bool ok = true;

    place_init(&n);
    acb_init(e);
    acb_init(t);
    arb_init(h);
    acb_zero(res);
    for (int k = 0; k < 27; k++) {
        int a[3] = {k / 9, k / 3 % 3, k % 3}, w = 1;
        for (int v = 0; v < 3; v++) {
            w *= weight[order[v]][a[v]];
            arb_set_si(h, node[order[v]][a[v]]);
            /* Half steps for the first derivative: its nodes are 1 apart. */
            arb_mul_2exp_si(h, h, -80 - (order[v] == 1));
            if (v == 0)
                acb_add_arb(n.z, q->z, h, prec);
            else
                arb_add(v == 1 ? n.alpha : n.beta, v == 1 ? q->alpha : q->beta,
                        h, prec);
        }
        if (w == 0)
            continue;
        ok = ml_mittleff(e, n.alpha, n.beta, n.z, prec) == ML_OK && ok;
        acb_addmul_si(res, e, w, prec + 100);
    }
    acb_mul_2exp_si(res, res, 80 * (order[0] + order[1] + order[2]));
    place_clear(&n);
    acb_clear(e);
    acb_clear(t);
    arb_clear(h);
    return ok;
}

/* Each entry against differences of the function itself, at two thirds of the
 * digits that those give. */
static void
differences(tap_random *r)
{
    long bad = 0, n = 0, count = tap_effort(6);
    acb_ptr v = _acb_vec_init(27);
    place q;
    acb_t d;
    mag_t e;

    place_init(&q);
    acb_init(d);
    mag_init(e);
    for (long i = 0; i < count; i++) {
        any_place(&q, r, i);
        ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 2, 2, 2, 90);
        bad += st != ML_OK || !all_accurate(v, 27, 90);
        for (int k = (int)(i % 3); k < 27; k += 5) {
            int order[3] = {k / 9, k / 3 % 3, k % 3};
            bad += !difference(d, &q, order);
            /* The next two derivatives enter with 2^-160. */
            acb_get_mag(e, d);
            mag_mul_2exp_si(e, e, -130);
            acb_add_error_mag(v + k, e);
            bad += !acb_contains(v + k, d);
            n++;
        }
    }
    tap_ok(bad == 0, "%ld derivatives are those of differences", n);
    _acb_vec_clear(v, 27);
    place_clear(&q);
    acb_clear(d);
    mag_clear(e);
}

/* The jet at (alpha, beta + shift, z) as Taylor coefficients. */
static bool
taylor(ml_jet *f, const place *q, int shift, slong prec)
{
    arb_t b;
    slong m = 0;

    arb_init(b);
    arb_add_si(b, q->beta, shift, ARF_PREC_EXACT);
    ml_status st =
        ml_mittleff_jet(f->c, q->alpha, b, q->z, f->nz, f->na, f->nb, prec);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = 0; l <= f->nb; l++, m++) {
                for (slong k = 2; k <= i; k++)
                    acb_div_si(f->c + m, f->c + m, k, prec + 20);
                for (slong k = 2; k <= j; k++)
                    acb_div_si(f->c + m, f->c + m, k, prec + 20);
                for (slong k = 2; k <= l; k++)
                    acb_div_si(f->c + m, f->c + m, k, prec + 20);
            }
    arb_clear(b);
    return st == ML_OK;
}

/* alpha z dE/dz + (beta - 1) E = E_{alpha,beta-1}, as an identity of series in
 * all three variables. */
static void
recurrence(tap_random *r)
{
    long bad = 0, unable = 0, count = tap_effort(40);
    const slong prec = 150;
    ml_jet f, g, d, v;
    place q;
    acb_t x;

    place_init(&q);
    acb_init(x);
    for (long i = 0; i < count; i++) {
        slong nz = i % 3, na = i / 3 % 4, nb = (2 * i + i / 3) % 4;
        any_place(&q, r, i);
        ml_jet_init(&f, nz + 1, na, nb);
        ml_jet_init(&g, nz, na, nb);
        ml_jet_init(&d, nz, na, nb);
        ml_jet_init(&v, nz, na, nb);
        unable += !taylor(&f, &q, 0, prec) || !taylor(&g, &q, -1, prec);
        for (slong m = 0; m < g.len; m++) {
            slong inner = (na + 1) * (nb + 1);
            acb_mul_si(d.c + m, f.c + m + inner, m / inner + 1, prec);
        }
        ml_jet_variable(&v, 'z', q.z);
        ml_jet_mul(&d, &d, &v, prec);
        acb_set_arb(x, q.alpha);
        ml_jet_variable(&v, 'a', x);
        ml_jet_mul(&d, &d, &v, prec);
        ml_jet_sub(&g, &g, &d, prec);
        acb_set_arb(x, q.beta);
        acb_sub_si(x, x, 1, prec);
        ml_jet_variable(&v, 'b', x);
        _acb_vec_set(d.c, f.c, d.len);
        ml_jet_mul(&d, &d, &v, prec);
        for (slong m = 0; m < g.len; m++)
            bad += !acb_overlaps(g.c + m, d.c + m);
        ml_jet_clear(&f);
        ml_jet_clear(&g);
        ml_jet_clear(&d);
        ml_jet_clear(&v);
    }
    tap_ok(bad == 0,
           "the differential equation in z, for all derivatives, at "
           "%ld points",
           count);
    tap_ok(unable == 0, "all of them with the accuracy asked for");
    place_clear(&q);
    acb_clear(x);
}

/* Known functions and values. */
static void
exact(void)
{
    acb_ptr v = _acb_vec_init(64);
    place q;
    acb_t w, t;
    arb_t y;
    long bad = 0;

    place_init(&q);
    acb_init(w);
    acb_init(t);
    arb_init(y);
    for (int k = 0; k < 6; k++) {
        static const double z[6] = {0.001, 1, -3, -40, 300, 12};
        place_set(&q, 1, 1, z[k], k == 5 ? 5 : 0);
        ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 5, 0, 0, 80);
        bad += st != ML_OK || !all_accurate(v, 6, 80);
        acb_exp(w, q.z, 300);
        for (int i = 0; i < 6; i++)
            bad += !acb_contains(v + i, w);
    }
    tap_ok(bad == 0, "alpha = beta = 1: all z-derivatives are e^z");
    /* (i, 0, 0): i! / Gamma(alpha i + beta); (0, 0, 1): -psi / Gamma. */
    bad = 0;
    place_set(&q, 0.75, 1.25, 0, 0);
    ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 3, 1, 1, 80);
    bad += st != ML_OK;
    for (int i = 0; i < 4; i++) {
        arb_set_d(y, 0.75 * i + 1.25);
        acb_zero(w);
        arb_rgamma(acb_realref(w), y, 200);
        arb_digamma(y, y, 200);
        arb_neg(y, y);
        acb_mul_arb(t, w, y, 200);
        acb_mul_si(w, w, i < 2 ? 1 : i == 2 ? 2 : 6, 200);
        acb_mul_si(t, t, i < 2 ? 1 : i == 2 ? 2 : 6, 200);
        bad += !acb_contains(v + 4 * i, w) || !is_accurate(v + 4 * i, 80);
        bad += !acb_contains(v + 4 * i + 1, t);
        /* d/dalpha is i d/dbeta. */
        acb_mul_si(t, t, i, 200);
        bad += !acb_contains(v + 4 * i + 2, t);
    }
    bad += !acb_is_zero(v + 2) || !acb_is_zero(v + 3);
    tap_ok(bad == 0, "z = 0: the derivatives of the reciprocal gammas");
    bad = 0;
    for (int n = 0; n < 5; n++) {
        place_set(&q, 0.5, -n, 0, 0);
        st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 0, 0, 1, 60);
        arb_fac_ui(acb_realref(w), (ulong)n, 60);
        arb_zero(acb_imagref(w));
        if (n % 2)
            acb_neg(w, w);
        bad += st != ML_OK || !acb_is_zero(v) || !acb_contains(v + 1, w);
    }
    tap_ok(bad == 0, "z = 0, beta = -n: 0 and (-1)^n n!");
    _acb_vec_clear(v, 64);
    place_clear(&q);
    acb_clear(w);
    acb_clear(t);
    arb_clear(y);
}

/* Both series, forced, one against the other at 64 bits more. */
static void
both_ways(tap_random *r)
{
    long bad = 0, n = 0, count = tap_effort(12);
    acb_ptr s = _acb_vec_init(27), a = _acb_vec_init(27);
    place q;

    place_init(&q);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.4, 1.9);
        double phi = i % 3 ? tap_random_range(r, 1.2, PI) : PI;
        slong p = i % 2 ? 40 : 104, u = 144 - p;
        if (i % 4 == 0)
            alpha = 1 + tap_random_range(r, -1e-4, 1e-4);
        double m = pow(tap_random_range(r, 110, 130), alpha);
        place_set(&q, alpha, i % 2 ? alpha : tap_random_range(r, -1, 2),
                  m * cos(phi), i % 3 ? m * sin(phi) : 0);
        ml_status st =
            ml_mittleff_jet_series(s, q.alpha, q.beta, q.z, 2, 2, 2, 0, p);
        ml_status su =
            ml_mittleff_jet_asymp(a, q.alpha, q.beta, q.z, 2, 2, 2, 0, u);
        if (st != ML_OK || su != ML_OK)
            continue;
        n++;
        for (int m2 = 0; m2 < 27; m2++)
            bad += p < u ? !acb_contains(s + m2, a + m2)
                         : !acb_contains(a + m2, s + m2);
    }
    tap_ok(bad == 0, "power series and asymptotic series: contained at 64 bits "
                     "more");
    tap_ok(n > count / 2, "both of them at %ld of %ld points", n, count);
    _acb_vec_clear(s, 27);
    _acb_vec_clear(a, 27);
    place_clear(&q);
}

/* Conjugates; order 0; real arguments; precision. */
static void
structure(tap_random *r)
{
    long conj = 0, zero = 0, real = 0, inside = 0, count = tap_effort(30);
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    place q;
    acb_t e;

    place_init(&q);
    acb_init(e);
    for (long i = 0; i < count; i++) {
        any_place(&q, r, i);
        ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 1, 1, 60);
        ml_status su = ml_mittleff_jet(w, q.alpha, q.beta, q.z, 1, 1, 1, 160);
        bool is_real = arb_is_zero(acb_imagref(q.z));
        inside += st != ML_OK || su != ML_OK;
        for (int m = 0; m < 8; m++) {
            inside += !acb_contains(v + m, w + m);
            real += is_real && !arb_is_zero(acb_imagref(v + m));
        }
        su = ml_mittleff(e, q.alpha, q.beta, q.z, 160);
        zero += su != ML_OK || !acb_contains(v, e);
        st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 0, 0, 0, 60);
        zero += st != ML_OK || !acb_contains(v, e) || !is_accurate(v, 60);
        acb_conj(q.z, q.z);
        st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 1, 1, 60);
        for (int m = 0; m < 8; m++) {
            acb_conj(e, w + m);
            conj += st != ML_OK || !acb_contains(v + m, e);
        }
    }
    tap_ok(inside == 0, "60 bits contain 160 bits at %ld points", count);
    tap_ok(real == 0, "real arguments: imaginary parts exactly 0");
    tap_ok(zero == 0, "order 0 is the function");
    tap_ok(conj == 0, "conjugate arguments, conjugate derivatives");
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
    place_clear(&q);
    acb_clear(e);
}

/* High orders, one variable at a time and together; the inputs in res. */
static void
high_orders(void)
{
    static const slong order[4][3] = {
        {20, 0, 0}, {0, 20, 0}, {0, 0, 20}, {3, 3, 4}};
    static const double at[3][4] = {
        {0.5, 1, -0.7, 0}, {0.7, 1.2, -8, 1}, {0.9, 0.9, -300, 0}};
    long bad = 0, wide = 0;
    place q;

    place_init(&q);
    for (int o = 0; o < 4; o++)
        for (int k = 0; k < 3; k++) {
            slong nz = order[o][0], na = order[o][1], nb = order[o][2];
            slong len = (nz + 1) * (na + 1) * (nb + 1);
            acb_ptr v = _acb_vec_init(len), w = _acb_vec_init(len);
            place_set(&q, at[k][0], at[k][1], at[k][2], at[k][3]);
            ml_status st =
                ml_mittleff_jet(w, q.alpha, q.beta, q.z, nz, na, nb, 110);
            acb_set_arb(v, q.alpha);
            arb_set(acb_imagref(v), q.beta);
            acb_set(v + 1, q.z);
            ml_status su = ml_mittleff_jet(v, acb_realref(v), acb_imagref(v),
                                           v + 1, nz, na, nb, 40);
            wide += st != ML_OK || su != ML_OK || !all_accurate(v, len, 40)
                    || !all_accurate(w, len, 110);
            for (slong m = 0; m < len; m++)
                bad += !acb_contains(v + m, w + m);
            _acb_vec_clear(v, len);
            _acb_vec_clear(w, len);
        }
    tap_ok(bad == 0, "order 20 in one variable, 3 and 4 in all: 40 bits "
                     "contain 110, the inputs in the result");
    tap_ok(wide == 0, "and both have them");
    place_clear(&q);
}

/* A box of inputs holds the derivatives at its corners. */
static void
boxes(tap_random *r)
{
    long bad = 0, ok = 0, count = tap_effort(12);
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    place q, c;
    arf_t e;

    place_init(&q);
    place_init(&c);
    arf_init(e);
    for (long i = 0; i < count; i++) {
        double h = ldexp(1, -(int)tap_random_int(r, 14, 40));
        any_place(&c, r, i);
        if (i % 4 == 0)
            acb_zero(c.z); /* a box around 0 */
        arb_set(q.alpha, c.alpha);
        arb_set(q.beta, c.beta);
        acb_set(q.z, c.z);
        arf_set_d(e, h);
        arb_add_error_arf(q.alpha, e);
        arb_add_error_arf(q.beta, e);
        arb_add_error_arf(acb_realref(q.z), e);
        bool real = arb_is_zero(acb_imagref(q.z));
        if (!real)
            arb_add_error_arf(acb_imagref(q.z), e);
        ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 1, 1, 64);
        ok += st == ML_OK;
        for (int k = 0; k < 8; k++) {
            place n;
            place_init(&n);
            arf_set_d(e, k & 1 ? h : -h);
            arb_add_arf(n.alpha, c.alpha, e, ARF_PREC_EXACT);
            arf_set_d(e, k & 2 ? h : -h);
            arb_add_arf(n.beta, c.beta, e, ARF_PREC_EXACT);
            arf_set_d(e, k & 4 ? h : -h);
            acb_set(n.z, c.z);
            arb_add_arf(acb_realref(n.z), acb_realref(n.z), e, ARF_PREC_EXACT);
            st = ml_mittleff_jet(w, n.alpha, n.beta, n.z, 1, 1, 1, 90);
            bad += st != ML_OK;
            for (int m = 0; m < 8; m++)
                bad += !acb_contains(v + m, w + m)
                       || (real && !arb_is_zero(acb_imagref(v + m)));
            place_clear(&n);
        }
    }
    tap_ok(bad == 0, "a box holds the derivatives at its corners, %ld boxes",
           count);
    tap_ok(ok == 0, "a box wider than the accuracy says so");
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
    place_clear(&q);
    place_clear(&c);
    arf_clear(e);
}

/* Boxes of z at the limit of the accuracy: the status says on which side. */
static void
limit(tap_random *r)
{
    long bad = 0, ok = 0, count = tap_effort(60);
    acb_ptr v = _acb_vec_init(2);
    place q;

    place_init(&q);
    for (long i = 0; i < count; i++) {
        double m = tap_random_range(r, 1, 4);
        place_set(&q, tap_random_range(r, 0.6, 1.8), 1, m, i % 2 ? m : 0);
        mag_set_d(arb_radref(acb_realref(q.z)),
                  ldexp(tap_random_log(r, 0x1p-5, 8), 8 - 64));
        ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 0, 0, 64);
        ok += st == ML_OK;
        bad += st != (all_accurate(v, 2, 64) ? ML_OK : ML_UNABLE);
    }
    tap_ok(bad == 0 && ok > count / 10 && ok < count - count / 10,
           "accurate or not, the status says it: %ld of %ld", ok, count);
    _acb_vec_clear(v, 2);
    place_clear(&q);
}

static void
refusals(void)
{
    acb_ptr v = _acb_vec_init(8);
    place q;

    place_init(&q);
    place_set(&q, -0.5, 1, 1, 0);
    ml_status st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 1, 1, 60);
    tap_ok(st == ML_DOMAIN && !acb_is_finite(v + 7), "alpha < 0: no value");
    place_set(&q, 0.5, 1, 1, 0);
    ml_status a = ml_mittleff_jet(v, q.alpha, q.beta, q.z, -1, 1, 1, 60);
    ml_status b = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, -1, 1, 60);
    ml_status c = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 1, -1, 60);
    ml_status d = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 15, 15, 16, 60);
    tap_ok(a == ML_DOMAIN && b == ML_DOMAIN && c == ML_DOMAIN && d == ML_DOMAIN,
           "orders below 0, or too many entries");
    /* z e^z has no derivative at -1, and no precision shows it. */
    place_set(&q, 1, 0, -1, 0);
    st = ml_mittleff_jet(v, q.alpha, q.beta, q.z, 1, 0, 0, 60);
    tap_ok(st == ML_UNABLE && acb_contains_zero(v + 1) && is_accurate(v, 60),
           "a derivative that is 0 without being seen to be");
    place_set(&q, 0.5, 1, -1, 0);
    st = ml_mittleff_jet_series(v, q.alpha, q.beta, q.z, 1, 1, 1, 12, 60);
    tap_ok(st == ML_UNABLE && acb_is_finite(v),
           "twelve terms: the bound is part of the ball");
    _acb_vec_clear(v, 8);
    place_clear(&q);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(21);
    differences(&r);
    recurrence(&r);
    exact();
    both_ways(&r);
    structure(&r);
    high_orders();
    boxes(&r);
    limit(&r);
    refusals();
    return tap_done();
}
