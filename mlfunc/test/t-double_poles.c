/* mlfunc/test/t-double_poles.c - the terms of the poles against balls. */
#include "mlfunc/test/contour_truth.h"

#include "mlfunc/double/poles.h"
#include "validation/tap/tap.h"

typedef struct {
    long n, above, tight, wrong;
    double worst;
} tally;

/* res = v 2^shift */
static void
set_dz(acb_t res, dz v, slong shift)
{
    const double part[4] = {v.re.h, v.re.l, v.im.h, v.im.l};
    arb_t a;

    arb_init(a);
    acb_zero(res);
    for (int i = 0; i < 4; i++) {
        arb_ptr to = i < 2 ? acb_realref(res) : acb_imagref(res);

        arb_set_d(a, part[i]);
        arb_add(to, to, a, ARF_PREC_EXACT);
    }
    acb_mul_2exp_si(res, res, shift);
    arb_clear(a);
}

/* The error of v 2^shift against err 2^shift. */
static void
judge(tally *t, dz v, double err, slong shift, const acb_t value)
{
    acb_t d;

    acb_init(d);
    set_dz(d, v, shift);
    acb_sub(d, d, value, TRUTH_PREC);
    acb_mul_2exp_si(d, d, -shift);
    double low = truth_size(d, false), up = truth_size(d, true);
    t->n++;
    t->above += !(low <= err);
    if (err < HUGE_VAL) {
        t->tight += up >= err / 1000;
        t->worst = fmax(t->worst, up / err);
    }
    acb_clear(d);
}

static void
claim(const tally *t, long least, const char *what)
{
    tap_ok(t->above == 0 && t->wrong == 0 && t->n >= least, "%s", what);
    tap_note("%ld points, at most %.3f of the bound, %ld above 1/1000 of it",
             t->n, t->worst, t->tight);
    tap_ok(t->tight * 5 >= t->n, "%s: often more than 1/1000 of it", what);
}

typedef struct {
    double alpha, beta, z[2];
    bool real;
    const ml_contour *c;
} sample;

static sample
draw(tap_random *r)
{
    sample s;
    double x, turn = tap_random_range(r, -1, 1);

    s.alpha = tap_random_range(r, 0.02, tap_random_int(r, 0, 1) ? 2 : 5.75);
    s.beta = tap_random_range(r, -16, 16);
    s.c = ml_contours + tap_random_int(r, 0, ML_CONTOURS - 1);
    s.real = tap_random_int(r, 0, 1);
    x = pow(tap_random_log(r, 0.01, tap_random_int(r, 0, 5) ? 300 : 1e8),
            s.alpha);
    s.z[0] = s.real ? (turn < 0 ? -x : x) : x * cos(turn * DD_PI.h);
    s.z[1] = s.real ? 0 : x * sin(turn * DD_PI.h);
    return s;
}

/* z with w_h within 2^-e of node j: z = t^alpha, t = mu w^2. */
static void
beside_node(sample *s, tap_random *r)
{
    long j = tap_random_int(r, -s->c->nodes + 1, s->c->nodes - 1);
    double y = ((double)j + 0.5) * s->c->step;
    double re = s->c->mu * (1 - y * y), im = s->c->mu * 2 * y;
    double size = pow(hypot(re, im), s->alpha), turn = atan2(im, re) * s->alpha;
    double off = 1 + tap_random_log(r, 0x1p-50, 0x1p-3);

    s->real = false;
    s->z[0] = size * off * cos(turn);
    s->z[1] = size * off * sin(turn);
}

static bool
places(ml_places *p, const sample *s)
{
    return s->real ? ml_places_real(p, s->c, s->alpha, s->beta, s->z[0])
                   : ml_places_complex(p, s->c, s->alpha, s->beta, s->z);
}

static void
sums(tally *t, tally *alone, const sample *s)
{
    ml_places p;
    truth_point x;
    acb_t v;
    int n, m = 0;

    if (!places(&p, s)) {
        t->wrong++;
        return;
    }
    for (int i = 0; i < p.n; i++)
        m += p.pole[i].count;
    truth_init(&x, s->alpha, s->beta, s->z[0], s->z[1]);
    acb_init(v);
    truth_poles(v, &x, &p, true, &n);
    t->wrong += n != m;
    if (n > 0) {
        ml_term a = ml_poles_alone(&p);

        judge(alone, a.v, a.err, (slong)a.exponent, v);
        a = ml_poles_sum(&p);
        truth_poles(v, &x, &p, false, &n);
        judge(t, a.v, a.err, (slong)a.exponent, v);
    }
    acb_clear(v);
    truth_clear(&x);
}

/* All poles with |theta_h| < pi, without a contour. */
static void
range(tally *t, const sample *s)
{
    truth_point x;
    acb_t l, v, sum;
    int first = 100, last = -100;

    truth_init(&x, s->alpha, s->beta, s->z[0], s->z[1]);
    acb_init(l);
    acb_init(v);
    acb_init(sum);
    for (int h = -4; h <= 4; h++) {
        if (!truth_log_t(l, &x, h))
            continue;
        truth_rho(v, &x, l);
        acb_add(sum, sum, v, TRUTH_PREC);
        first = h < first ? h : first;
        last = h;
    }
    ml_term a =
        s->real ? ml_poles_range_real(s->alpha, s->beta, s->z[0], first, last)
                : ml_poles_range_complex(s->alpha, s->beta, s->z, first, last);
    if (first > last)
        t->wrong += a.v.re.h != 0 || a.err != 0;
    else
        judge(t, a.v, a.err, (slong)a.exponent, sum);
    acb_clear(l);
    acb_clear(v);
    acb_clear(sum);
    truth_clear(&x);
}

static void
far_away(void)
{
    ml_term up = ml_poles_range_real(0.5, 1, 1e5, 0, 0);
    ml_term down = ml_poles_range_real(1.5, 1, -1e15, -1, 0);
    ml_term turn = ml_poles_range_real(2, 1, -1e20, -1, 0);
    ml_places p;

    tap_ok(up.v.re.h - up.err > 0 && up.exponent > 1 << 28,
           "e^t beyond all exponents is positive and large");
    tap_ok(down.v.re.h == 0 && down.err <= 1 && down.exponent <= -(1 << 14),
           "e^t below all exponents is nothing");
    tap_ok(isinf(turn.err) && isinf(ml_poles_range_real(0.5, 1001, 3, 0, 0).err)
               && isinf(ml_poles_range_real(0.5, 1001, 1e5, 0, 0).err),
           "where the phase is lost, or beta is far off, nothing is known");
    tap_ok(!ml_places_real(&p, ml_contours, 0.5, 1, 1e5)
               && !ml_places_real(&p, ml_contours, 5.8, 1, 1)
               && !ml_places_real(&p, ml_contours, 0.5, 16.5, 1)
               && !ml_places_real(&p, ml_contours, 0.5, 1, 0)
               && !ml_places_real(&p, ml_contours, (double)NAN, 1, 1)
               && !ml_places_complex(&p, ml_contours, 0.5, 1,
                                     (const double[2]){0x1p401, 0}),
           "beyond the domain there is no path");
    tap_ok(ml_places_real(&p, ml_contours, 0.5, 1, -3) && p.on_sheet == 0
               && p.n == 0 && ml_poles_sum(&p).err == 0,
           "z < 0, alpha < 1: no pole");
    tap_ok(ml_places_real(&p, ml_contours, 1.5, 1, -3) && p.on_sheet == 1
               && p.n == 1 && p.pole[0].count == 2,
           "z < 0, 1 < alpha < 2: a pair");
}

/* [mlfunc D24]  The error of log t_h: those of ln |z| and arg z over alpha, and
 * 2^-100 of each part. */
static void
logs(tap_random *r)
{
    long other = 0;

    for (long i = 0; i < tap_effort(500); i++) {
        double alpha = tap_random_range(r, 0.1, 5.5);
        double e[2] = {tap_random_log(r, 0x1p-104, 0x1p-96),
                       tap_random_log(r, 0x1p-104, 0x1p-96)};
        ml_places p = {.n = 1};
        ml_pole *q = p.pole;
        double im = tap_random_range(r, -3, 3) / alpha, re;

        ml_poles_range_start(&p, alpha, 1, (dd){tap_random_range(r, -5, 9), 0},
                             e[0]);
        re = e[0] / alpha + 0x1p-100 * fabs(p.log_xt.h);
        other += fabs(p.log_err / re - 1) > 1e-9;
        q->log_t.im = (dd){im, 0};
        q->log_err = e[1];
        ml_places_roots(&p);
        other +=
            fabs(q->log_err / (re + e[1] / alpha + 0x1p-100 * fabs(im)) - 1)
            > 1e-9;
    }
    tap_ok(other == 0, "[mlfunc D24] the error of log t is what is stated");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    tally sum = {0}, alone = {0}, all = {0}, close = {0}, unused = {0};

    tap_plan(15);
    for (long i = 0, n = tap_effort(1500); i < n; i++) {
        sample s = draw(&r);

        sums(&sum, &alone, &s);
        range(&all, &s);
        beside_node(&s, &r);
        if (s.z[0] != 0 && s.z[1] != 0)
            sums(&close, &unused, &s);
    }
    claim(&alone, 100, "[mlfunc D24] the poles alone are within their bound");
    claim(&all, 100, "[mlfunc D24] so are all poles on the sheet");
    claim(&sum, 100, "[mlfunc D25] the terms of the poles are within theirs");
    claim(&close, 100, "[mlfunc D25] also where a pole is next to a node");
    far_away();
    logs(&r);
    return tap_done();
}
