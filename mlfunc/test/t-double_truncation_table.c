/* mlfunc/test/t-double_truncation_table.c - integrals along the paths, made anew.
 *
 *     t-double_truncation_table print > mlfunc/double/truncation_table.c
 *
 * Without an argument: the same text, compared byte for byte.  The integrals are
 * those of README.md, D26.
 */
#include <acb_calc.h>

#include "mlfunc/double/contour_table.h"
#include "mlfunc/double/truncation_table.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/double/truncation_table.c"
#define PREC      128

static const double left[ML_CONTOURS][ML_EDGES] = {
    {0.02, 0.045, 0.075, 0.11, 0.15, 0.2, 0.26, 0.33},
    {0.04, 0.09, 0.15, 0.22, 0.3, 0.39, 0.49, 0.6}};

/* An upper bound of x rounded up to 30 bits, so that it does not depend on the
 * last bits of a ball. */
static double
above(const arb_t x)
{
    arf_t a;

    arf_init(a);
    arb_get_ubound_arf(a, x, 30);
    double d = arf_get_d(a, ARF_RND_UP);
    arf_clear(a);
    return d;
}

/* ------------------------------------------------------------- the left edge */

typedef struct {
    double mu, s;
    int twice_p; /* 2g + 1 */
} edge;

/* (s^2 + u^2)^p e^{-mu u^2} */
static int
edge_integrand(acb_ptr res, const acb_t u, void *param, slong order, slong prec)
{
    const edge *e = param;
    acb_t v;
    arb_t p, s;

    acb_init(v);
    arb_init(p);
    arb_init(s);
    arb_set_d(s, e->s);
    arb_sqr(s, s, prec);
    acb_sqr(v, u, prec);
    arb_set_si(p, -(slong)e->mu);
    acb_mul_arb(res, v, p, prec);
    acb_exp(res, res, prec);
    acb_add_arb(v, v, s, prec);
    acb_t q;
    acb_init(q);
    acb_set_si(q, e->twice_p);
    acb_mul_2exp_si(q, q, -1);
    acb_pow_analytic(v, v, q, order != 0, prec);
    acb_mul(res, res, v, prec);
    acb_clear(q);
    acb_clear(v);
    arb_clear(p);
    arb_clear(s);
    return 0;
}

/* 2 (mu/pi) mu^g e^{mu s^2}/(e^{turns (1-s)} - 1) times the integral from 0 to
 * end + step/4. */
static double
edge_value(const ml_contour *c, double s, int i)
{
    edge e = {c->mu, s, 2 * ML_PATH_MIN + i + 1};
    acb_t a, b, r;
    arb_t x, y;
    mag_t tol;

    acb_init(a);
    acb_init(b);
    acb_init(r);
    arb_init(x);
    arb_init(y);
    mag_init(tol);
    acb_set_d(b, c->nodes * c->step + c->step / 4);
    acb_calc_integrate(r, edge_integrand, &e, a, b, 64, tol, NULL, PREC);
    arb_const_pi(x, PREC);
    arb_mul_2exp_si(x, x, 1);
    arb_set_d(y, c->step);
    arb_div(x, x, y, PREC);
    arb_set_d(y, s);
    arb_sub_si(y, y, 1, PREC);
    arb_neg(y, y);
    arb_mul(x, x, y, PREC);
    arb_expm1(x, x, PREC);
    arb_div(x, acb_realref(r), x, PREC);
    arb_set_d(y, s);
    arb_sqr(y, y, PREC);
    arb_mul_si(y, y, (slong)c->mu, PREC);
    arb_exp(y, y, PREC);
    arb_mul(x, x, y, PREC);
    arb_set_si(y, (slong)c->mu);
    arb_pow_ui(y, y, 2, PREC);
    arb_root_ui(y, y, 4, PREC); /* mu^(1/2) */
    arb_pow_ui(y, y, (ulong)i + 2, PREC);
    arb_mul(x, x, y, PREC); /* mu^(1 + i/2) */
    arb_set_si(y, (slong)c->mu);
    arb_pow_ui(y, y, -ML_PATH_MIN, PREC);
    arb_div(x, x, y, PREC);
    arb_mul_2exp_si(x, x, 1);
    arb_const_pi(y, PREC);
    arb_div(x, x, y, PREC);
    double d = above(x);
    acb_clear(a);
    acb_clear(b);
    acb_clear(r);
    arb_clear(x);
    arb_clear(y);
    mag_clear(tol);
    return d;
}

/* -------------------------------------------------------- the rest of the path */

/* Adds width e^{exponent} max over lo and hi of (mu v)^g sqrt v to sum, v the
 * square of |w|. */
static void
piece(arb_t sum, const ml_contour *c, int i, const arb_t exponent, double width,
      double v_lo, double v_hi)
{
    int twice_g = 2 * ML_PATH_MIN + i;
    arb_t x, y;

    arb_init(x);
    arb_init(y);
    arb_set_d(x, twice_g + 1 > 0 ? v_hi : v_lo);
    arb_mul_si(x, x, (slong)c->mu, PREC);
    arb_log(x, x, PREC);
    arb_mul_si(x, x, twice_g + 1, PREC);
    arb_mul_2exp_si(x, x, -1);
    arb_add(x, x, exponent, PREC);
    arb_exp(x, x, PREC);
    arb_set_d(y, width);
    arb_addmul(sum, x, y, PREC);
    arb_clear(x);
    arb_clear(y);
}

/* mu (x^2 - y^2) - turns z, of doubles. */
static void
exponent_of(arb_t res, const ml_contour *c, double x, double y, double z)
{
    arb_t a;

    arb_init(a);
    arb_set_d(res, x);
    arb_sqr(res, res, PREC);
    arb_set_d(a, y);
    arb_submul(res, a, a, PREC);
    arb_mul_si(res, res, (slong)c->mu, PREC);
    arb_const_pi(a, PREC);
    arb_mul_2exp_si(a, a, 1);
    arb_t b;
    arb_init(b);
    arb_set_d(b, z);
    arb_mul(a, a, b, PREC);
    arb_set_d(b, c->step);
    arb_div(a, a, b, PREC);
    arb_sub(res, res, a, PREC);
    arb_clear(a);
    arb_clear(b);
}

/* Exactly representable with v_lo <= x^2 + y^2 <= v_hi for boxes of x, y >= 0. */
static double
square(double x, double y, double slack)
{
    return (x * x + y * y) * (1 + slack);
}

#define SLACK 1e-12

/* Re w = 1 + A for the worst A from 2.5 to 5.1, both halves. */
static void
right_line(arb_t sum, const ml_contour *c, int i)
{
    double end = c->nodes * c->step + c->step / 4;
    arb_t total, e, f;

    arb_init(total);
    arb_init(e);
    arb_init(f);
    for (int k = 0; k < 13; k++) {
        double a = 2.5 + 0.2 * k, b = a + 0.201;

        arb_zero(total);
        for (int j = 0; j < 16; j++) {
            double y = end * j / 16, z = end * (j + 1) / 16 * (1 + SLACK);
            exponent_of(e, c, 1 + a, y, a);
            exponent_of(f, c, 1 + b, y, b);
            arb_max(e, e, f, PREC); /* convex in A */
            piece(total, c, i, e, 2.001 * end / 16, square(1 + a, y, -SLACK),
                  square(1 + b, z, SLACK));
        }
        arb_max(sum, sum, total, PREC);
    }
    arb_clear(total);
    arb_clear(e);
    arb_clear(f);
}

/* Im w = side, Re w from left to 6.1, both sides: the weight e^{-turns |Re w - 1|}
 * and 1/(2 Re w)^2 for Re w < 1/2, but in general 1 for Re w < 1. */
static void
ends(arb_t sum, const ml_contour *c, int i, bool general)
{
    double end = c->nodes * c->step, off = general ? c->step / 4 : 0;
    double lo = end - off, hi = end + off;
    arb_t e, f;

    arb_init(e);
    arb_init(f);
    for (double x = 1.0 / 64; x < 6.1;) {
        double to = x + (x < 1.25 ? 1.0 / 64 : 1.0 / 8);
        double close = general || x >= 0.5 ? 1 : 1 / (4 * x * x);
        exponent_of(e, c, x, lo, x >= 1 ? x - 1 : general ? 0 : 1 - x);
        exponent_of(f, c, to, lo, x >= 1 ? to - 1 : general ? 0 : 1 - to);
        arb_max(e, e, f, PREC); /* convex in x */
        piece(sum, c, i, e, 2 * (to - x) * close * (1 + SLACK),
              square(x, lo, -SLACK), square(to, hi, SLACK));
        x = to;
    }
    arb_clear(e);
    arb_clear(f);
}

/* Re w = 1, in general from 1/2 to 1, |Im w| beyond the sides, both of them; for
 * the last part see C4. */
static void
tails(arb_t sum, const ml_contour *c, int i, bool general)
{
    double lo = c->nodes * c->step - (general ? c->step / 4 : 0), y = lo;
    double least = general ? 0.5 : 1;
    arb_t e, last;

    arb_init(e);
    arb_init(last);
    while (y < lo + 6) {
        double width = y < lo + 1 ? 1.0 / 64 : 1.0 / 8;
        double to = y + width;
        exponent_of(e, c, 1, y, 0);
        piece(sum, c, i, e, 2 * width * (1 + SLACK), square(least, y, -SLACK),
              square(1, to, SLACK));
        y = to;
    }
    exponent_of(e, c, 1, y, 0);
    /* mu - p/v^2 > mu/2 there, 1/(2 y mu/2) < 1 */
    piece(sum, c, i, e, 2, square(least, y, -SLACK), square(1, y, SLACK));
    arb_clear(e);
    arb_clear(last);
}

static double
far_value(const ml_contour *c, int i, bool general)
{
    arb_t a, b;

    arb_init(a);
    arb_init(b);
    right_line(a, c, i);
    arb_mul_si(a, a, 1025, PREC); /* 1/(1 - e^{-turns A}) */
    arb_mul_2exp_si(a, a, -10);
    ends(b, c, i, general);
    arb_add(a, a, b, PREC);
    arb_zero(b);
    tails(b, c, i, general);
    arb_add(a, a, b, PREC);
    arb_set_si(b, (slong)c->mu);
    arb_sqrt(b, b, PREC);
    arb_mul(a, a, b, PREC); /* |w| = sqrt(mu v/mu), (mu/pi) */
    arb_const_pi(b, PREC);
    arb_div(a, a, b, PREC);
    double d = above(a);
    arb_clear(a);
    arb_clear(b);
    return d;
}

/* ------------------------------------------------------------------- printing */

static void
print_row(FILE *f, const double *x, int n)
{
    for (int i = 0; i < n; i++)
        fprintf(f, "%s%a,", i % 6 == 0 ? "\n        " : " ", x[i]);
}

static void
print_scalars(FILE *f, const ml_contour *c, int which)
{
    double log_left[ML_EDGES], gain[ML_EDGES];
    arb_t x, y;
    arf_t a;

    arb_init(x);
    arb_init(y);
    arf_init(a);
    for (int k = 0; k < ML_EDGES; k++) {
        arb_set_d(x, left[which][k]);
        arb_sqr(x, x, PREC);
        arb_mul_si(x, x, (slong)c->mu, PREC);
        arb_log(x, x, PREC);
        arb_get_lbound_arf(a, x, 45);
        log_left[k] = arf_get_d(a, ARF_RND_FLOOR);
        arb_set_d(y, left[which][k]);
        exponent_of(x, c, 0, 0, left[which][k] - 1);
        arb_exp(x, x, PREC);
        gain[k] = above(x) * (1 + 0x1p-30);
    }
    fprintf(f, "    {.left = {");
    print_row(f, left[which], ML_EDGES);
    fprintf(f, "},\n     .log_left = {");
    print_row(f, log_left, ML_EDGES);
    fprintf(f, "},\n     .gain = {");
    print_row(f, gain, ML_EDGES);
    fprintf(f, "},\n     .end = %a,\n", c->nodes * c->step);
    arb_clear(x);
    arb_clear(y);
    arf_clear(a);
}

static bool
print_table(FILE *f)
{
    bool known = true;

    generated_head(f, FILE_NAME, "integrals along the paths",
                   "t-double_truncation_table",
                   "mlfunc/double/truncation_table.h");
    fprintf(f, "const ml_path ml_paths[2] = {\n");
    for (int which = 0; which < ML_CONTOURS; which++) {
        const ml_contour *c = ml_contours + which;
        double at[ML_EDGES][ML_PATH_COUNT], far[2][ML_PATH_COUNT];

        print_scalars(f, c, which);
        fprintf(f, "     .edge = {");
        for (int k = 0; k < ML_EDGES; k++) {
            for (int i = 0; i < ML_PATH_COUNT; i++) {
                at[k][i] = edge_value(c, left[which][k], i);
                known = known && at[k][i] < 1e300;
            }
            fprintf(f, "{");
            print_row(f, at[k], ML_PATH_COUNT);
            fprintf(f, "},\n      ");
        }
        fprintf(f, "},\n     .far = {");
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < ML_PATH_COUNT; i++)
                far[k][i] = far_value(c, i, k == 1);
            fprintf(f, "{");
            print_row(f, far[k], ML_PATH_COUNT);
            fprintf(f, "},\n      ");
        }
        fprintf(f, "},\n     .best = {");
        for (int i = 0; i < ML_PATH_COUNT; i++) {
            int best = 0;
            for (int k = 1; k < ML_EDGES; k++)
                best = at[k][i] < at[best][i] ? k : best;
            fprintf(f, "%d, ", best);
        }
        fprintf(f, "}},\n");
    }
    fprintf(f, "};\n");
    return known;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    bool same = generated_same(FILE_NAME, print_table);
    tap_plan(1);
    tap_ok(same, "[mlfunc D26] the integrals along the paths are the committed "
                 "ones");
    return tap_done();
}
