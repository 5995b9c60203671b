/* validation/checks/v-jets.c - derivatives against differences of values.
 *
 * At a random point, D(H) and D(2H) are central differences, with steps H and
 * 2H, of values at 400 bits (100 more for each order above the second, and then
 * up to 8 times as many for derivatives far below the value), by code that knows
 * nothing of derivatives.  The
 * error of D(H) is about a third of |D(H) - D(2H)|; that whole difference, e, is
 * added to the radius of the ball under test, which must then meet D(H).  A
 * derivative counts when e is at most 2^-20 of that radius: otherwise the ball
 * is so narrow that the difference cannot judge it.
 *
 * Tested: ml_mittleff_jet, automatic and by each method, to order 2 in each of
 * z, alpha and beta; the partial derivatives of every row of the registry.
 *
 *     v-jets [NUMBER]     NUMBER points of ml_mittleff_jet, a fourth of that of
 *                         the rows
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "mlfunc/mlball.h"
#include "validation/pairs.h"
#include "validation/sampler.h"
#include "validation/tap/tap.h"

enum { MARGIN = 20, MAX_ARGS = 4, ENTRIES = 4 };
enum { NONE, INSIDE, OUTSIDE, NARROW, KINDS };
enum { SERIES, ASYMP, CONTOUR, AUTOMATIC, PARTIAL, WAYS };

static const char *const way_name[WAYS] = {"series", "asymptotic", "contour",
                                           "automatic", "partial"};

/* ----------------------------------------------------------------- differences
 *
 * A grid of values around a point: argument k moves by -2..2 steps of
 * 2^step[k].  Values are computed when they are asked for. */
typedef struct {
    const ml_function *f;
    const ml_arg *at;
    size_t nargs;
    slong prec;
    slong step[MAX_ARGS];
    acb_struct value[625];
    bool have[625];
    bool failed;
} grid;

static void
grid_init(grid *g, const ml_function *f, const ml_arg *at)
{
    memset(g, 0, sizeof *g);
    g->f = f;
    g->at = at;
    g->nargs = f->nargs;
    for (size_t i = 0; i < 625; i++)
        acb_init(g->value + i);
}

static void
grid_clear(grid *g)
{
    for (size_t i = 0; i < 625; i++)
        acb_clear(g->value + i);
}

/* exp(-c (t/tau)^beta) by itself: the row takes c = 1 and 2 only. */
static ml_status
stretched(acb_t res, const ml_arg *args, slong prec)
{
    arb_t x, b;
    fmpq_t ratio;

    arb_init(x);
    arb_init(b);
    fmpq_init(ratio);
    fmpq_div(ratio, args[3].re, args[1].re);
    arb_set_fmpq(x, ratio, prec + 100);
    arb_set_fmpq(b, args[0].re, prec + 100);
    arb_pow(x, x, b, prec + 100);
    arb_set_fmpq(b, args[2].re, prec + 100);
    arb_mul(x, x, b, prec + 100);
    arb_neg(x, x);
    arb_exp(acb_realref(res), x, prec + 40);
    arb_zero(acb_imagref(res));
    arb_clear(x);
    arb_clear(b);
    fmpq_clear(ratio);
    return ML_OK;
}

/* The value at at + sum move[k] 2^step[k], k-th argument. */
static const acb_struct *
grid_value(grid *g, const int *move)
{
    size_t index = 0;

    for (size_t k = 0; k < g->nargs; k++)
        index = 5 * index + (size_t)(move[k] + 2);
    if (g->have[index])
        return g->value + index;

    ml_arg args[MAX_ARGS];
    fmpq_t h;

    fmpq_init(h);
    ml_args_init(args, g->nargs);
    for (size_t k = 0; k < g->nargs; k++) {
        fmpq_set(args[k].im, g->at[k].im);
        fmpq_set_si(h, move[k], 1);
        if (g->step[k] < 0)
            fmpq_div_2exp(h, h, (flint_bitcnt_t)-g->step[k]);
        else
            fmpq_mul_2exp(h, h, (flint_bitcnt_t)g->step[k]);
        fmpq_add(args[k].re, g->at[k].re, h);
    }
    ml_status s = strcmp(g->f->name, "kww") == 0
                      ? stretched(g->value + index, args, g->prec)
                      : g->f->eval(g->value + index, args, g->prec);
    if (s != ML_OK)
        g->failed = true;
    g->have[index] = true;
    ml_args_clear(args, g->nargs);
    fmpq_clear(h);
    return g->value + index;
}

/* The central difference of that order with steps stretch 2^step. */
static void
difference(acb_t sum, grid *g, const slong *order, int stretch)
{
    static const int weight[3][3] = {{0, 1, 0}, {-1, 0, 1}, {1, -2, 1}};
    int move[MAX_ARGS], all = 1;
    slong down = 0;
    acb_t t;

    acb_init(t);
    acb_zero(sum);
    for (size_t k = 0; k < g->nargs; k++) {
        all *= 3;
        /* h^2 of a second, 2h of a first derivative. */
        down += order[k] * (g->step[k] + (stretch == 2)) + (order[k] == 1);
    }
    for (int i = 0; i < all; i++) {
        int w = 1, left = i;

        for (size_t k = 0; k < g->nargs; k++) {
            w *= weight[order[k]][left % 3];
            move[k] = (left % 3 - 1) * stretch;
            left /= 3;
        }
        if (w == 0)
            continue;
        acb_mul_si(t, grid_value(g, move), w, g->prec);
        acb_add(sum, sum, t, g->prec);
    }
    acb_mul_2exp_si(sum, sum, -down);
    acb_clear(t);
}

/* d encloses the derivative as far as differences tell: D(H), its radius grown
 * by |D(H) - D(2H)| in each part. */
static bool
reference(acb_t d, grid *g, const slong *order)
{
    acb_t wide;
    mag_t m;

    acb_init(wide);
    mag_init(m);
    difference(d, g, order, 1);
    difference(wide, g, order, 2);
    acb_sub(wide, wide, d, g->prec);
    arb_get_mag(m, acb_realref(wide));
    arb_add_error_mag(acb_realref(d), m);
    arb_get_mag(m, acb_imagref(wide));
    arb_add_error_mag(acb_imagref(d), m);
    acb_clear(wide);
    mag_clear(m);
    return !g->failed && acb_is_finite(d);
}

/* ---------------------------------------------------------------- the verdict */

static void
radius(mag_t m, const acb_t x)
{
    mag_max(m, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
}

static int
judge(const acb_t ball, const acb_t d)
{
    mag_t rb, rd;
    int kind;

    mag_init(rb);
    mag_init(rd);
    radius(rb, ball);
    radius(rd, d);
    mag_mul_2exp_si(rd, rd, MARGIN);
    kind = !acb_overlaps(ball, d) ? OUTSIDE
           : mag_cmp(rd, rb) <= 0 ? INSIDE
           : acb_is_exact(ball)   ? INSIDE
                                  : NARROW;
    mag_clear(rb);
    mag_clear(rd);
    return kind;
}

/* rad <= 2^(8-prec) |value|, for what was promised to be so. */
static bool
accurate(const acb_t x, slong prec)
{
    mag_t r, m;
    bool ok;

    mag_init(r);
    mag_init(m);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(m, x);
    mag_mul_2exp_si(m, m, 8 - prec);
    ok = mag_cmp(r, m) <= 0;
    mag_clear(r);
    mag_clear(m);
    return ok;
}

/* ------------------------------------------------------------------ one point */

typedef struct {
    const ml_function *f;
    double arg[MAX_ARGS], im; /* im of the last */
    long prec;
    slong order[ENTRIES][MAX_ARGS];
    int entries;
    int verdict[WAYS][ENTRIES];
    bool answered[WAYS], served[WAYS], lied[WAYS], unreal[WAYS], no_reference;
} point;

/* Steps at which E changes by about 2^-e of itself. */
static void
choose_steps(grid *g, const point *p, slong total, slong times)
{
    g->prec = times * (400 + 100 * (total > 2 ? total - 2 : 0));

    slong e = g->prec / (total + 2) - 2;
    double alpha, x, log_x, scale[MAX_ARGS] = {0};
    int k;

    if (strcmp(p->f->name, "mittag-leffler") == 0) {
        double r = hypot(p->arg[2], p->im);

        alpha = p->arg[0];
        log_x = fabs(log(r)) / alpha;
        x = exp(fmin(log(r) / alpha, 100));
        scale[0] = alpha / (1 + log_x * (1 + x));
        scale[1] = 1 / (1 + log_x + fabs(p->arg[1]));
        scale[2] = r * fmin(1, alpha) / (1 + x);
    } else {
        double tau = p->arg[1], t = p->arg[p->f->nargs - 1];

        alpha = p->arg[0];
        log_x = fabs(log(t / tau));
        x = 1 + alpha * pow(t / tau, alpha);
        scale[0] = fmin(alpha, 1) / (1 + log_x * (1 + x));
        scale[1] = tau / (1 + x);
        scale[2] = 1 / (1 + x);
        scale[p->f->nargs - 1] = t / (1 + x);
    }
    for (size_t i = 0; i < g->nargs; i++) {
        frexp(scale[i], &k);
        g->step[i] = k - e;
    }
}

static void
look_at(point *p, int way, const acb_struct *ball, ml_status s, bool real,
        acb_struct *want)
{
    p->served[way] = s == ML_OK;
    p->answered[way] = true;
    for (int i = 0; i < p->entries; i++) {
        const acb_struct *b = ball + i;

        p->verdict[way][i] = NONE;
        if (!acb_is_finite(b))
            continue;
        p->verdict[way][i] = judge(b, want + i);
        if (s == ML_OK && !acb_is_zero(b) && !accurate(b, p->prec))
            p->lied[way] = true;
        if (real && !arb_is_zero(acb_imagref(b)))
            p->unreal[way] = true;
    }
}

static ml_status
jet(acb_ptr res, int way, const arb_t a, const arb_t b, const acb_t z,
    slong prec)
{
    switch (way) {
    case SERIES:
        return ml_mittleff_jet_series(res, a, b, z, 2, 2, 2, 0, prec);
    case ASYMP:
        return ml_mittleff_jet_asymp(res, a, b, z, 2, 2, 2, 0, prec);
    case CONTOUR:
        return ml_mittleff_jet_contour(res, a, b, z, 2, 2, 2, prec);
    default:
        return ml_mittleff_jet(res, a, b, z, 2, 2, 2, prec);
    }
}

static void
test_jets(point *p, acb_struct *want, bool real)
{
    arb_t a, b;
    acb_t z;
    acb_ptr all = _acb_vec_init(27), ball = _acb_vec_init(ENTRIES);

    arb_init(a);
    arb_init(b);
    acb_init(z);
    arb_set_d(a, p->arg[0]);
    arb_set_d(b, p->arg[1]);
    acb_set_d_d(z, p->arg[2], p->im);
    for (int way = SERIES; way <= AUTOMATIC; way++) {
        const mlval_point at = {p->arg[0], p->arg[1], p->arg[2], p->im,
                                0,         "",        "",        ""};

        if (way < AUTOMATIC && mlval_cost(way_name[way], &at, p->prec) > 5e4)
            continue;
        ml_status s = jet(all, way, a, b, z, p->prec);

        /* Order of the arguments: alpha, beta, z. */
        for (int i = 0; i < p->entries; i++)
            acb_set(ball + i, all + 9 * p->order[i][2] + 3 * p->order[i][0]
                                  + p->order[i][1]);
        look_at(p, way, ball, s, real, want);
    }
    _acb_vec_clear(all, 27);
    _acb_vec_clear(ball, ENTRIES);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
}

static void
test_partial(point *p, const ml_arg *args, acb_struct *want, bool real)
{
    acb_ptr ball = _acb_vec_init(ENTRIES);
    ml_status s = ML_OK;

    for (int i = 0; i < p->entries; i++)
        s |= p->f->partial(ball + i, args, p->order[i], p->prec);
    look_at(p, PARTIAL, ball, s, real, want);
    _acb_vec_clear(ball, ENTRIES);
}

static bool
any_narrow(const point *p)
{
    for (int way = 0; way < WAYS; way++)
        for (int e = 0; e < p->entries; e++)
            if (p->verdict[way][e] == NARROW)
                return true;
    return false;
}

static void
one(size_t i, void *context)
{
    point *p = (point *)context + i;
    size_t n = p->f->nargs;
    bool real = p->im == 0;
    slong total = 0;
    ml_arg args[MAX_ARGS], im;
    acb_ptr want = _acb_vec_init(ENTRIES);
    grid *g = malloc(sizeof *g);

    p->no_reference = true;

    ml_args_init(args, n);
    ml_args_init(&im, 1);
    for (size_t k = 0; k < n; k++)
        ml_arg_set_d(args + k, p->arg[k]);
    ml_arg_set_d(&im, p->im);
    fmpq_set(args[n - 1].im, im.re);
    for (int e = 0; e < p->entries; e++) {
        slong sum = 0;

        for (size_t k = 0; k < n; k++)
            sum += p->order[e][k];
        total = sum > total ? sum : total;
    }
    /* A derivative far below the value needs more bits of it. */
    for (slong scale = 1; g && scale <= 8; scale *= 2) {
        grid_init(g, p->f, args);
        choose_steps(g, p, total, scale);
        p->no_reference = false;
        for (int e = 0; e < p->entries; e++)
            if (!reference(want + e, g, p->order[e]))
                p->no_reference = true;
        grid_clear(g);
        if (p->no_reference)
            break;
        if (strcmp(p->f->name, "mittag-leffler") == 0)
            test_jets(p, want, real);
        if (p->f->partial)
            test_partial(p, args, want, real);
        if (!any_narrow(p))
            break;
    }
    free(g);
    _acb_vec_clear(want, ENTRIES);
    ml_args_clear(args, n);
    ml_args_clear(&im, 1);
}

/* ------------------------------------------------------------------ the points */

/* Four derivatives of total order 1 and 2; or, for one point in six, any of
 * order up to 2 in each argument. */
static void
draw_orders(point *p, tap_random *r)
{
    bool high = tap_random_int(r, 0, 5) == 0;

    p->entries = ENTRIES;
    for (int e = 0; e < ENTRIES; e++) {
        for (slong total = 0; total < 1 || (!high && total > 2);) {
            total = 0;
            for (size_t k = 0; k < p->f->nargs; k++) {
                p->order[e][k] = tap_random_int(r, 0, 2);
                total += p->order[e][k];
            }
        }
    }
}

static void
draw_mittleff(point *p, tap_random *r)
{
    for (;;) {
        mlval_point at = mlval_sample(r, p->prec);
        double log_x = log(hypot(at.re, at.im)) / at.alpha;

        if (at.alpha < 1e-3 || at.alpha > 50 || log_x > 12 || log_x < -60)
            continue;
        p->arg[0] = at.alpha;
        p->arg[1] = at.beta;
        p->arg[2] = at.re;
        p->im = at.im;
        return;
    }
}

static void
draw_row(point *p, tap_random *r)
{
    double alpha = tap_random_range(r, 0.05, 1.0);
    double x = tap_random_log(r, 1e-4, 1e3);

    if (strcmp(p->f->name, "mittag-leffler") == 0) {
        draw_mittleff(p, r);
        return;
    }
    if (tap_random_int(r, 0, 9) == 0)
        alpha = tap_random_int(r, 0, 1) ? 0.5 : 1.0;
    if (strcmp(p->f->name, "kww") == 0)
        alpha *= 2;
    p->arg[0] = alpha;
    p->arg[1] = tap_random_log(r, 1e-3, 1e3);
    if (p->f->nargs == 4)
        p->arg[2] = (double)tap_random_int(r, 1, 2);
    p->arg[p->f->nargs - 1] = p->arg[1] * pow(x, 1 / alpha);
    p->im = 0;
}

static long
draw_all(point *points, long jets, long rows)
{
    size_t nrows;
    const ml_function *f = ml_functions(&nrows);
    uint64_t seed = tap_seed();
    long n = 0;

    for (long i = 0; i < jets + rows; i++) {
        tap_random r = tap_random_start(seed + 0x9d5c1f3bu * (uint64_t)(i + 1));
        point *p = points + n;

        memset(p, 0, sizeof *p);
        p->prec = i % 2 ? 113 : 53;
        p->f = i < jets ? ml_function_find("mittag-leffler")
                        : f + (size_t)i % nrows;
        if (i >= jets && !p->f->partial)
            continue;
        if (i < jets)
            draw_mittleff(p, &r);
        else
            draw_row(p, &r);
        draw_orders(p, &r);
        n++;
    }
    return n;
}

/* ------------------------------------------------------------------ the report */

typedef struct {
    long kind[KINDS], asked, served, lied, unreal;
} score;

static void
complain(const point *p, int way, int e, const char *what)
{
    char text[400];
    int at = 0;

    for (size_t k = 0; k < p->f->nargs; k++)
        at += snprintf(text + at, sizeof text - (size_t)at, " %s=%a",
                       p->f->args[k].name, p->arg[k]);
    if (p->im != 0)
        at += snprintf(text + at, sizeof text - (size_t)at, "%+ai", p->im);
    at += snprintf(text + at, sizeof text - (size_t)at, "  order");
    for (size_t k = 0; k < p->f->nargs && e >= 0; k++)
        at += snprintf(text + at, sizeof text - (size_t)at, " %ld",
                       (long)p->order[e][k]);
    tap_note("%s: %s %s at %ld bits:%s", what, p->f->name, way_name[way],
             p->prec, text);
}

static void
add_up(score *s, const point *p, int way, long *told)
{
    bool chosen = way == AUTOMATIC || way == PARTIAL;

    if (!p->answered[way])
        return;
    s->asked++;
    s->served += p->served[way];
    s->lied += p->lied[way];
    s->unreal += p->unreal[way];
    for (int e = 0; e < p->entries; e++) {
        s->kind[p->verdict[way][e]]++;
        if (p->verdict[way][e] == OUTSIDE && (*told)++ < 40)
            complain(p, way, e, "MISS");
        if (p->verdict[way][e] == NARROW && chosen && (*told)++ < 40)
            complain(p, way, e, "too narrow to judge");
    }
    if (p->lied[way] && (*told)++ < 40)
        complain(p, way, -1, "broken promise");
    if (chosen && !p->served[way] && (*told)++ < 40)
        complain(p, way, -1, "not served");
}

int
main(int argc, char **argv)
{
    long jets = argc > 1 ? atol(argv[1]) : tap_effort(200);
    long rows = jets / 4, told = 0, without = 0, counted = 0, missed = 0;
    long lied = 0, unreal = 0, narrow = 0;
    point *points = calloc((size_t)(jets + rows + 1), sizeof *points);
    score scores[WAYS] = {0};

    tap_plan(5);
    if (jets < 1 || !points)
        tap_bail("usage: v-jets [NUMBER]");

    long n = draw_all(points, jets, rows);

    mlio_parallel_for((size_t)n, 0, one, points);
    for (long i = 0; i < n; i++) {
        without += points[i].no_reference;
        for (int way = 0; way < WAYS; way++)
            add_up(&scores[way], points + i, way, &told);
        if (points[i].no_reference && told++ < 40)
            complain(points + i, AUTOMATIC, -1, "no reference");
    }
    for (int way = 0; way < WAYS; way++) {
        const score *s = &scores[way];

        tap_note("%-10s %ld points, %ld served; of the derivatives %ld inside, "
                 "%ld outside, %ld too narrow to judge, %ld without a ball",
                 way_name[way], s->asked, s->served, s->kind[INSIDE],
                 s->kind[OUTSIDE], s->kind[NARROW], s->kind[NONE]);
        counted += s->kind[INSIDE] + s->kind[OUTSIDE];
        missed += s->kind[OUTSIDE];
        narrow += s->kind[NARROW];
        lied += s->lied;
        unreal += s->unreal;
    }
    tap_ok(missed == 0 && counted > 0,
           "%ld of %ld derivatives disagree with differences", missed, counted);
    tap_ok(
        100 * without <= n && 100 * narrow <= counted,
        "%ld of %ld points have no reference, %ld balls are too narrow for it",
        without, n, narrow);
    tap_ok(lied == 0, "%ld broken promises of rad <= 2^(8-p) |derivative|",
           lied);
    tap_ok(unreal == 0, "real arguments: no imaginary part (%ld have one)",
           unreal);
    long asked = scores[AUTOMATIC].asked + scores[PARTIAL].asked;
    long served = scores[AUTOMATIC].served + scores[PARTIAL].served;
    tap_ok(1000 * (asked - served) <= asked + 1999,
           "the automatic choice serves %ld of %ld points", served, asked);
    free(points);
    return tap_done();
}
