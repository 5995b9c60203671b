/* mlfunc/test/t-double_truncation.c - the truncation bounds against the truth.
 *
 * The sums over the nodes and the poles are computed on balls from their
 * definitions; what is missing from E must not exceed the bound, [mlfunc D26] to
 * [mlfunc D29], and [mlfunc D44], and must come near it.
 */
#include <complex.h>

#include "mlfunc/test/contour_truth.h"

#include "mlfunc/double/many_near_one.h"
#include "mlfunc/double/truncation.h"
#include "validation/tap/tap.h"

typedef struct {
    double alpha, beta, z[2];
    bool real;
    const ml_contour *c;
} sample;

/* beta within wide of 0; alpha near 1 and z near the negative axis, too. */
static sample
draw(tap_random *r, double wide, double alpha_most)
{
    sample s;
    double x, turn;

    s.alpha = tap_random_int(r, 0, 3) ? tap_random_range(r, 0.02, 2)
                                      : tap_random_range(r, 0.02, alpha_most);
    if (tap_random_int(r, 0, 5) == 0)
        s.alpha = 1 + tap_random_log(r, 1e-6, 0.1) * (s.alpha < 1 ? 1 : -1);
    s.beta = tap_random_range(r, -wide, wide);
    if (tap_random_int(r, 0, 3) == 0)
        s.beta = tap_random_int(r, 0, 1) ? 1 : s.alpha;
    s.c = ml_contours + tap_random_int(r, 0, ML_CONTOURS - 1);
    s.real = tap_random_int(r, 0, 1);
    x = pow(tap_random_log(r, 1e-3, 300), s.alpha);
    turn = tap_random_int(r, 0, 2) ? tap_random_range(r, -1, 1)
                                   : tap_random_range(r, 0.9, 1);
    s.z[0] = s.real ? (turn > 0 ? -x : x) : x * cos(DD_PI.h * turn);
    s.z[1] = s.real ? 0 : x * sin(DD_PI.h * turn);
    return s;
}

static bool
places(ml_places *p, const sample *s)
{
    return s->real ? ml_places_real(p, s->c, s->alpha, s->beta, s->z[0])
                   : ml_places_complex(p, s->c, s->alpha, s->beta, s->z);
}

static int
counted(const ml_places *p)
{
    int n = 0;

    for (int i = 0; i < p->n; i++)
        n += p->pole[i].count;
    return n;
}

/* What became of the comparisons. */
typedef struct {
    long n, above, tight, wrong_poles;
    double worst;
} tally;

/* The missing part against its bound; balls too wide to tell are left out. */
static void
judge(tally *t, const acb_t missing, double bound, const sample *s)
{
    double low = truth_size(missing, false), up = truth_size(missing, true);

    if (low > bound || !(bound >= 0)) {
        t->above++;
        tap_note("alpha %a beta %a z %a %a mu %g: missing %.3g, bound %.3g",
                 s->alpha, s->beta, s->z[0], s->z[1], s->c->mu, low, bound);
    }
    if (!(up <= 2 * low) || !(bound < HUGE_VAL))
        return;
    t->n++;
    t->tight += up >= bound / 1000;
    t->worst = fmax(t->worst, up / bound);
}

/* tight at one of `each` points, at least. */
static void
claim(const tally *t, long least, int each, const char *what)
{
    tap_ok(t->above == 0 && t->wrong_poles == 0 && t->n >= least, "%s", what);
    tap_note("%ld points, at most %.3f of the bound, %ld above 1/1000 of it",
             t->n, t->worst, t->tight);
    tap_ok(t->tight * each >= t->n, "%s: often enough above 1/1000 of it",
           what);
}

/* ------------------------------------------------------------ E and its poles */

static void
value(tally *t, tally *alone, tap_random *r, double wide, double alpha_most)
{
    static const int kind[2] = {1, 0};
    sample s = draw(r, wide, alpha_most);
    ml_places p;
    truth_point x;
    acb_t e, v;
    int n;

    if (!places(&p, &s)) {
        t->wrong_poles++;
        return;
    }
    truth_init(&x, s.alpha, s.beta, s.z[0], s.z[1]);
    acb_init(e);
    acb_init(v);
    if (ml_mittleff(e, x.alpha, x.beta, x.z, 300) == ML_OK) {
        truth_poles(v, &x, &p, true, &n);
        acb_sub(v, e, v, TRUTH_PREC);
        judge(alone, v, ml_rest(&p), &s);
        truth_poles(v, &x, &p, false, &n);
        acb_sub(e, e, v, TRUTH_PREC);
        truth_nodes(v, &x, s.c, truth_integrand, kind);
        acb_sub(e, e, v, TRUTH_PREC);
        judge(t, e, ml_truncation(&p), &s);
        t->wrong_poles += n != counted(&p);
    }
    acb_clear(e);
    acb_clear(v);
    truth_clear(&x);
}

/* --------------------------------------------------------------- derivatives */

/* d/dz (which 0), d/dalpha (1), d/dbeta (2) of the sum of the poles, by a
 * difference of numbers of TRUTH_PREC bits. */
static void
poles_derivative(acb_t res, truth_point *x, const ml_places *p, int which)
{
    arb_ptr at = which == 0   ? acb_realref(x->z)
                 : which == 1 ? x->alpha
                              : x->beta;
    acb_t v;
    arb_t keep, step;
    int n;

    acb_init(v);
    arb_init(keep);
    arb_init(step);
    arb_one(step);
    arb_mul_2exp_si(step, step, -240);
    arb_set(keep, at);
    arb_add(at, keep, step, ARF_PREC_EXACT);
    truth_poles(res, x, p, false, &n);
    arb_sub(at, keep, step, ARF_PREC_EXACT);
    truth_poles(v, x, p, false, &n);
    arb_set(at, keep);
    acb_sub(res, res, v, TRUTH_PREC);
    acb_mul_2exp_si(res, res, 239);
    acb_clear(v);
    arb_clear(keep);
    arb_clear(step);
}

static void
derivatives(tally *t, tap_random *r)
{
    static const int kind[3][2] = {{2, 0}, {2, 1}, {1, 1}};
    sample s = draw(r, 3, 3);
    ml_places p;
    truth_point x;
    acb_ptr e = _acb_vec_init(8);
    acb_t v;

    truth_init(&x, s.alpha, s.beta, s.z[0], s.z[1]);
    acb_init(v);
    if (places(&p, &s)
        && ml_mittleff_jet(e, x.alpha, x.beta, x.z, 1, 1, 1, 200) == ML_OK) {
        for (int which = 0; which < 3; which++) {
            acb_ptr d = e + (4 >> which);
            double bound = ml_truncation_of(&p, kind[which][0], kind[which][1]);

            poles_derivative(v, &x, &p, which);
            acb_sub(d, d, v, TRUTH_PREC);
            truth_nodes(v, &x, s.c, truth_integrand, kind[which]);
            if (which == 1)
                acb_mul(v, v, x.z, TRUTH_PREC);
            if (which > 0)
                acb_neg(v, v);
            acb_sub(d, d, v, TRUTH_PREC);
            judge(t + which, d, which == 1 ? bound * p.modulus : bound, &s);
        }
    }
    acb_clear(v);
    _acb_vec_clear(e, 8);
    truth_clear(&x);
}

/* ------------------------------------------------------------------- near one */

typedef struct {
    double d3; /* beta - n */
    int m;
} near_one;

/* t^m (t^alpha e3 - z e2)/((t^alpha - z)(t - z)) = t^(alpha-beta)/(t^alpha - z)
 * - t^m/(t - z) */
static void
near_one_integrand(acb_t res, const acb_t log_t, const truth_point *x,
                   const void *param)
{
    const near_one *w = param;
    acb_t t;

    acb_init(t);
    truth_integrand(res, log_t, x, (const int[2]){1, 0});
    acb_exp(t, log_t, TRUTH_PREC);
    acb_sub(t, t, x->z, TRUTH_PREC);
    acb_inv(t, t, TRUTH_PREC);
    acb_mul_si(t, t, -1, TRUTH_PREC);
    acb_t u;
    acb_init(u);
    acb_mul_si(u, log_t, w->m, TRUTH_PREC);
    acb_exp(u, u, TRUTH_PREC);
    acb_addmul(res, t, u, TRUTH_PREC);
    acb_clear(t);
    acb_clear(u);
}

static void
near(tally *t, tap_random *r)
{
    double most = tap_random_int(r, 0, 1) ? 1.0 / 128 : 1e-5;
    near_one w = {.m = (int)tap_random_int(r, 0, 6)};
    sample s = {.real = true, .c = ml_contours + tap_random_int(r, 0, 1)};
    truth_point x;
    acb_t e, v;

    s.alpha = 1 + tap_random_range(r, -most, most);
    s.beta = 1 - w.m + tap_random_range(r, -most, most) / 2;
    w.d3 = s.beta - (1 - w.m);
    s.z[0] = -tap_random_log(r, 0.01, s.alpha < 1.0004 ? 1e6 : 8000);
    s.z[1] = 0;
    truth_init(&x, s.alpha, s.beta, s.z[0], 0);
    acb_init(e);
    acb_init(v);
    if (ml_mittleff(e, x.alpha, x.beta, x.z, 300) == ML_OK) {
        acb_exp(v, x.z, TRUTH_PREC);
        for (int i = 0; i < w.m; i++)
            acb_mul(v, v, x.z, TRUTH_PREC);
        acb_sub(e, e, v, TRUTH_PREC);
        truth_nodes(v, &x, s.c, near_one_integrand, &w);
        acb_sub(e, e, v, TRUTH_PREC);
        judge(t, e,
              ml_truncation_near_one(s.c, s.alpha, s.alpha - 1 - w.d3, w.d3,
                                     w.m, s.z[0]),
              &s);
    }
    acb_clear(e);
    acb_clear(v);
    truth_clear(&x);
}

/* For alpha = 1 and beta = 1 - m: by the exponential, or by the nodes left out. */
static void
plain(tally t[2], tap_random *r)
{
    int m = (int)tap_random_int(r, 0, ML_NEAR_PLAIN), far;
    sample s = {.alpha = 1, .beta = 1 - m, .real = true, .c = ml_contours};
    double size = tap_random_log(r, 1e-3, 4096);
    truth_point x;
    acb_t e, v;

    s.z[0] = -size;
    truth_init(&x, s.alpha, s.beta, s.z[0], 0);
    acb_init(e);
    acb_init(v);
    acb_exp(e, x.z, TRUTH_PREC);
    for (int i = 0; i < m; i++)
        acb_mul(e, e, x.z, TRUTH_PREC);
    truth_nodes(v, &x, s.c, truth_integrand, (const int[2]){1, 0});
    acb_sub(e, e, v, TRUTH_PREC);
    far = size > 40;
    judge(t + far, e, ml_near_plain_rest(m, size, size), &s);
    if (ml_near_plain_rest(m, size * 0.7, size * 1.4)
        < ml_near_plain_rest(m, size, size))
        t[far].above++;
    acb_clear(e);
    acb_clear(v);
    truth_clear(&x);
}

/* ------------------------------------------------------- how far the poles are */

/* max(|z|, |t|^alpha)/|t^alpha - z| over its bound, at w. */
static double
closeness(const sample *s, ml_away away, double re, double im)
{
    double complex w = re + I * im, log_t = clog(w) * 2 + log(s->c->mu);
    double complex z = s->z[0] + I * s->z[1], p = cexp(s->alpha * log_t);

    return fmax(cabs(z), cabs(p)) / cabs(p - z)
           / (ML_AWAY * (away.a + away.b * cabs(w)));
}

/* The worst at 200 places on the left edge, and on the tail; by kind: a pole on
 * the sheet, all within half of the edge, none on the sheet and far, or near. */
static void
distances(double worst[4], tap_random *r)
{
    sample s = draw(r, 4, 5.75);
    ml_places p;

    if (tap_random_int(r, 0, 2) == 0) {
        s.real = true;
        s.alpha = tap_random_range(r, 0.9, 1);
        s.z[0] = -tap_random_log(r, 1e-3, 10);
        s.z[1] = 0;
    }
    if (!places(&p, &s))
        return;
    int kind = p.on_sheet > 0            ? p.near_left == 0
               : ml_away_left(&p).b == 0 ? 2
                                         : 3;
    for (int i = 0; i < 200; i++) {
        double y = tap_random_log(r, 0.001, p.side);
        double over = p.side * tap_random_log(r, 1, 10);

        y = tap_random_int(r, 0, 1) ? y : -y;
        worst[kind] =
            fmax(worst[kind], closeness(&s, ml_away_left(&p), p.left, y));
        worst[kind] =
            fmax(worst[kind], closeness(&s, ml_away_far(&p, p.general), p.tail,
                                        y > 0 ? over : -over));
    }
}

int
main(void)
{
    double away[4] = {0};
    tap_random r = tap_random_start(tap_seed());
    tally usual = {0}, wide = {0}, alone = {0}, unused = {0}, jet[3] = {{0}},
          one = {0}, at_one[2] = {{0}};
    long n = tap_effort(150);

    tap_plan(24);
    for (long i = 0; i < n; i++) {
        value(&usual, &alone, &r, 4, 2);
        value(&wide, &unused, &r, 16, 5.75);
        near(&one, &r);
        plain(at_one, &r);
    }
    for (long i = 0; i < n / 3; i++)
        derivatives(jet, &r);
    claim(&usual, n / 2, 3, "[mlfunc D28] nothing is missing above the bound");
    claim(&wide, n / 2, 3,
          "[mlfunc D27] nor for beta from -16 to 16, alpha up to 5.75");
    claim(&alone, n / 2, 2, "[mlfunc D26] nor from the poles alone");
    claim(jet + 0, n / 6, 6, "[mlfunc D28] nor for the derivative by z");
    claim(jet + 1, n / 6, 6, "[mlfunc D28] nor for the derivative by alpha");
    claim(jet + 2, n / 6, 6, "[mlfunc D28] nor for the derivative by beta");
    claim(&one, n / 2, 200, "[mlfunc D29] nor near alpha = 1");
    for (int k = 0; k < 2; k++) {
        claim(at_one + k, n / 8, 2,
              k ? "[mlfunc D44] nor at alpha = 1, far away"
                : "[mlfunc D44] nor at alpha = 1");
        tap_ok(at_one[k].worst > 0.25, "it comes near: %.3f of the bound",
               at_one[k].worst);
    }
    for (long i = 0; i < 10 * n; i++)
        distances(away, &r);
    for (int k = 0; k < 4; k++)
        tap_ok(away[k] > 0.1 && away[k] <= 1,
               "[mlfunc D27] poles are no closer than that: kind %d, %.3f", k,
               away[k]);
    return tap_done();
}
