/* mlfunc/test/t-double_stated.c - bounds in doubles are those of the statements.
 *
 * Other tests see that a bound holds, and that the true error comes within a
 * factor 1000 of it.  Here each is made anew from its formula, by other means, and
 * must agree to 2^-30: that no factor is lost, and none is slack that nobody has
 * stated.
 *
 * [mlfunc D26] [mlfunc D27] [mlfunc D28] [mlfunc D29] [mlfunc D32]
 * [mlfunc D33] [mlfunc D34] [mlfunc D36]
 */
#include <math.h>

#include "mlfunc/double/asymptotic.h"
#include "mlfunc/double/scaled.h"
#include "mlfunc/double/series.h"
#include "mlfunc/double/truncation.h"
#include "validation/tap/tap.h"

typedef struct {
    const char *what;
    long n, other;
    double worst;
} tally;

static void
compare(tally *t, double got, double stated)
{
    double off = got == stated ? 0 : fabs(got / stated - 1);

    t->n++;
    if (!(off <= 0x1p-30) && t->other++ < 3)
        tap_note("%s: %a, stated %a", t->what, got, stated);
    if (off > t->worst)
        t->worst = off;
}

static void
claim(const tally *t, const char *tag, long least)
{
    tap_ok(t->other == 0 && t->n >= least,
           "[mlfunc %s] %s is what is stated, %ld times (%.2g off)", tag,
           t->what, t->n, t->worst);
}

/* ------------------------------------------------------------------ the path */

/* An integral of the table, between its half-integers on the chord. */
static double
table_at(const double *row, double g)
{
    double x = 2 * (g - ML_PATH_MIN), whole = floor(x);

    return row[(int)whole] * (whole + 1 - x)
           + row[(int)whole + 1] * (x - whole);
}

/* [mlfunc D27]: distance near_by from the poles on the sheet (0: all within half
 * of |w|, of which log_ratio is ln |t/t_h|), m <= Re w. */
static ml_away
stated_away(const ml_places *p, double near_by, double log_ratio, double m)
{
    ml_away r = {1, 0};

    if (p->off_sheet < 4 * p->alpha * m)
        r.b = 1 / (2 * p->alpha * m);
    else
        r.a = fmax(1, 1 / p->off_sheet);
    if (p->on_sheet > 0 && near_by > 0) {
        r.a = fmax(r.a, 1 / (p->alpha * 1.3862));
        r.b = fmax(r.b, 1 / (p->alpha * near_by));
    } else if (p->on_sheet > 0) {
        r.a = fmax(r.a, 1 / (p->alpha * log_ratio));
    }
    return r;
}

/* The integral along a row of |e^t| |t|^(alpha-beta) ((pi/2)(|t|^-1/2 +
 * |t|^1/2))^logs (a + b|w|)^power/(|z|^(power-k) |t|^(k alpha)) at the best k. */
static double
stated_integral(const ml_places *p, const double *row, ml_away r, int power,
                int logs)
{
    double least = HUGE_VAL;

    for (int k = 0; k <= power; k++) {
        double g = p->alpha - p->beta - k * p->alpha, sum = 0;

        for (int i = 0; i <= power; i++) {
            double c = (i == 1 ? power : 1) * pow(r.a, power - i)
                       * pow(r.b / sqrt(p->contour->mu), i);

            for (int side = -logs; side <= logs; side += 2)
                sum += c * (logs ? 1.5708 : 1)
                       * table_at(row, g + 0.5 * i + 0.5 * side);
        }
        least = fmin(least, sum / pow(p->modulus, power - k));
    }
    return least;
}

/* Constants rounded up: 20/9 to 2.2223, ln 4 down to 1.3862, pi/2 to 1.5708, 1.63,
 * 1.571 and 1.02 of D29. */
#define AWAY 2.2223

static double
stated_path(const ml_places *p, int far_row, double gain, int power, int logs)
{
    double to_edge = p->path->log_left[p->edge] - p->log_xt.h;
    ml_away left = stated_away(p, p->near_left,
                               p->near_left > 0 ? 1.3862 : to_edge, p->left);
    ml_away far = stated_away(p, p->near_far, 1.3862, far_row ? p->left : 0.5);

    return pow(AWAY, power)
           * (gain
                  * stated_integral(p, p->path->edge[p->edge], left, power,
                                    logs)
              + stated_integral(p, p->path->far[far_row], far, power, logs));
}

static void
paths(tap_random *r)
{
    tally value = {.what = "the truncation"},
          alone = {.what = "what the poles alone lack"},
          jet = {.what = "the truncation of derivatives"};
    const double pi = 2 * acos(0);

    for (long i = tap_effort(4000); i > 0; i--) {
        double alpha = tap_random_range(r, 0.02, 4);
        double beta = tap_random_range(r, -4, 4);
        double turn = tap_random_range(r, -1, 1);
        double x = pow(tap_random_log(r, 1e-3, 300), alpha);
        double z[2] = {x * cos(pi * turn), x * sin(pi * turn)};
        const ml_contour *c = ml_contours + i % 2;
        ml_places p;

        if (!(i % 3 ? ml_places_complex(&p, c, alpha, beta, z)
                    : ml_places_real(&p, c, alpha, beta, turn > 0 ? x : -x)))
            continue;
        compare(&value, ml_truncation(&p), stated_path(&p, p.general, 1, 1, 0));
        compare(&alone, ml_rest(&p),
                stated_path(&p, 1, p.path->gain[p.edge], 1, 0));
        for (int k = 1; k < 4; k++)
            compare(&jet, ml_truncation_of(&p, 1 + k / 2, k % 2),
                    stated_path(&p, p.general, 1, 1 + k / 2, k % 2));
    }
    claim(&value, "D28", 100);
    claim(&alone, "D28", 100);
    claim(&jet, "D28", 100);
}

/* The angle that the poles off the sheet keep: the least |arg z + 2 pi h| - pi
 * alpha that is not negative. */
static void
angles(tap_random *r)
{
    tally t = {.what = "the angle off the sheet"};
    const double pi = 2 * acos(0);
    long odd = 0;

    for (long i = tap_effort(2000); i > 0; i--) {
        double alpha = tap_random_range(r, 0.02, 5.7);
        double turn = i % 3 ? tap_random_range(r, -1, 1) : (double)(i % 2);
        double z[2] = {cos(pi * turn),
                       turn == 0 || turn == 1 ? 0 : sin(pi * turn)};
        double least = HUGE_VAL;
        int on = 0;
        ml_places p;

        for (int h = -4; h <= 4; h++) {
            double beyond = pi * (fabs(turn + 2 * h) - alpha);

            on += beyond < 0;
            least = beyond >= 0 && beyond < least ? beyond : least;
        }
        if (least < 1e-3)
            continue;
        bool real = i % 3 == 0;
        if (!(real ? ml_places_real(&p, ml_contours, alpha, 1, z[0])
                   : ml_places_complex(&p, ml_contours, alpha, 1, z)))
            continue;
        /* pairs as one */
        odd += p.on_sheet != (!real ? on : turn == 0 ? (on + 1) / 2 : on / 2);
        compare(&t, p.off_sheet, real ? least / pi * 3.14159 : least);
    }
    claim(&t, "D27", 100);
    tap_ok(odd == 0, "[mlfunc D27] so many poles are on the sheet");
}

/* ------------------------------------------------------------ the path's claims */

/* Of all poles on the sheet, in the plane of w. */
typedef struct {
    int n;
    double re[16], im[16], size;
} poles;

static void
poles_of(poles *w, const ml_places *p, double log_modulus, double turn)
{
    const double pi = 2 * acos(0);

    w->n = 0;
    w->size = exp(log_modulus / (2 * p->alpha)) / sqrt(p->contour->mu);
    for (int h = -4; h <= 4; h++) {
        double theta = pi * (turn + 2 * h) / p->alpha;

        if (fabs(theta) >= pi)
            continue;
        w->re[w->n] = w->size * cos(theta / 2);
        w->im[w->n] = w->size * sin(theta / 2);
        w->n++;
    }
}

/* How near they are to the left edge, and to the rest as far as it is said; how
 * many are right of the path. */
static void
path_claims(tap_random *r)
{
    tally edge = {.what = "the distance from the edge"},
          rest = {.what = "the distance from the rest of the path"};
    long n = 0, half = 0, right = 0, outside = 0;
    const double pi = 2 * acos(0);

    for (long i = tap_effort(6000); i > 0; i--) {
        double alpha = tap_random_range(r, 0.3, 5);
        double turn = tap_random_range(r, -1, 1);
        double log_x = alpha * log(tap_random_log(r, 1e-5, 5000));
        double z[2] = {exp(log_x) * cos(pi * turn),
                       exp(log_x) * sin(pi * turn)};
        const ml_contour *c = ml_contours + i % 2;
        ml_places p;
        poles w;

        if (!ml_places_complex(&p, c, alpha, 1, z) || p.on_sheet == 0)
            continue;
        poles_of(&w, &p, log_x, turn);
        if (w.n != p.on_sheet) /* one at an angle of pi */
            continue;
        double left = p.path->left[p.edge], end = p.path->end;
        double inner = end - c->step / 2, to_edge = 1, to_side = 1, to_tail = 1;
        double highest = 0;
        int count = 0, beyond = 0;

        n++;
        outside += p.left != left || fabs(p.side - end) > c->step / 4
                   || !(p.tail >= 0.5 && p.tail <= 1)
                   || (!p.general && (p.side != end || p.tail != 1));
        for (int j = 0; j < w.n; j++) {
            double y = fabs(w.im[j]);

            to_edge = fmin(to_edge, fabs(left - w.re[j]));
            highest = fmax(highest, y);
            if (y > inner) {
                beyond++;
                to_side = fmin(to_side, fabs(y - p.side));
                to_tail = fmin(to_tail, fabs(w.re[j] - p.tail));
            }
            count += w.re[j] > (y >= p.side ? p.tail : left);
        }
        if (p.near_left == 0 && p.near_far == 0) {
            half += !(2 * w.size <= left) || p.n != 0;
            continue;
        }
        /* of the edge that suits beta best: 1.3863 for ln 4 */
        int best = p.path->best[(int)rint(
            2 * ((log_x < 0 ? 0 : alpha) - 1 - ML_PATH_MIN))];
        half += !(2 * w.size >= p.path->left[best] * (1 - 1e-5));
        if (to_edge < 1e-6 || to_side < 1e-6 || to_tail < 1e-6)
            continue;
        right += count != p.n;
        compare(&edge, p.near_left, to_edge);
        if (w.size < 0.49 * end)
            outside += p.near_far != 0;
        else if (beyond == 0)
            compare(&rest, p.near_far, fmin(end - highest, 0.2));
        else
            compare(&rest, p.near_far,
                    fmin(fmin(to_side, to_tail), c->step / 4));
    }
    claim(&edge, "D27", 100);
    claim(&rest, "D27", 100);
    tap_ok(n > 100 && half == 0, "[mlfunc D27] no distance is said where all "
                                 "|w_h| <= |w|/2, and only there");
    tap_ok(right == 0, "[mlfunc D26] so many poles are right of the path");
    tap_ok(outside == 0, "[mlfunc D26] the path is one of those of the table");
}

/* -------------------------------------------------------------- near alpha = 1 */

static double
stated_near_row(const ml_contour *c, const double *row, double d2, double d3,
                int m, double size, bool by_t, double b, int stride)
{
    double sum = 0;

    for (int i = 0; i <= 2; i++) /* (1 + b |w|^stride)^2 */
        for (int side = -1; side <= 1; side += 2) {
            double w = (i == 1 ? 2 : 1) * pow(b * pow(c->mu, -0.5 * stride), i);
            double g = m + 0.5 * stride * i + 0.5 * side;

            sum += w
                   * (by_t ? d3 * table_at(row, g - 1)
                                 + d2 * size * table_at(row, g - 2)
                           : d3 / (size * size) * table_at(row, g + 1)
                                 + d2 / size * table_at(row, g));
        }
    return sum;
}

/* By any edge that D29 allows: which one is steering. */
static void
near_one(tap_random *r)
{
    tally t = {.what = "the truncation near alpha = 1"};

    for (long i = tap_effort(3000); i > 0; i--) {
        const ml_contour *c = ml_contours + i % 2;
        const ml_path *path = ml_paths + i % 2;
        double alpha = 1 + tap_random_range(r, -1, 1) / 128;
        double d2 = i % 5 ? tap_random_range(r, -1, 1) / 128 : 0;
        double d3 = i % 7 ? tap_random_range(r, -1, 1) / 128 : 0;
        double size = tap_random_log(r, 0.01, 8000);
        double reach = sqrt(size / c->mu), best = HUGE_VAL;
        int m = (int)tap_random_int(r, 0, 6);
        double got = ml_truncation_near_one(c, alpha, d2, d3, m, -size);

        for (int k = 0; k < ML_EDGES; k++) {
            double s = path->left[k], pole = 0, b = 1 / (2 * s), far = 1;

            if (alpha > 1) {
                pole = 1.571 * (1 - 1 / alpha)
                       * fmin(fmax(reach, 1 / sqrt(c->mu)), 1.1 * path->end);
                if (s < pole + 0.025)
                    continue;
                b = 1 / (s - pole);
                far = fmax(2 / (1 - pole / s), 4.2);
            }
            int stride = reach >= 1 ? 3 : 1;
            b *= 1.02 * (reach >= 1 ? 4.4 * c->mu / size : 1);
            double stated =
                1.63 * AWAY * AWAY
                * (stated_near_row(c, path->edge[k], fabs(d2), fabs(d3), m,
                                   size, size < 1, b, stride)
                   + stated_near_row(c, path->far[0], fabs(d2), fabs(d3), m,
                                     size, size < 64, 1.02 * far, 1));
            if (fabs(got - stated) < fabs(got - best))
                best = stated;
        }
        compare(&t, got, best);
    }
    claim(&t, "D29", 100);
}

/* --------------------------------------------------------------------- series */

/* q/(1 - q) |a_K|, q = |g_K/g_{K-1}| r, and where that does not apply M r^K r/
 * (1 - r) for r <= 3/4, M = max(2, Gamma(1 - beta)). */
static void
tails(tap_random *r)
{
    tally ratio = {.what = "the tail of the series by its ratio"},
          most = {.what = "the tail of the series by the largest coefficient"};

    for (long i = tap_effort(4000); i > 0; i--) {
        double alpha = tap_random_log(r, 0.01, 4);
        double beta = tap_random_range(r, -6, 8),
               x = tap_random_log(r, 0.01, 4);
        int first = 8 * (int)tap_random_int(r, 0, 2);
        octet g;
        (void)rgamma_octet(&g, alpha, beta, first);
        double last = pow(x, 7);
        series_rest rest = series_beyond(&g, alpha, beta, first, x, last);
        double low = beta + alpha * (first + 6), y = low + alpha;

        if (low >= 0.5) { /* both gammas of positive numbers */
            double q = exp(lgamma(low) - lgamma(y)) * x;

            if (q < 0.87499) {
                compare(&ratio, rest.share,
                        q / (1 - q) * exp(-lgamma(y)) * last);
                continue;
            }
            if (q < 0.87501)
                continue;
        }
        /* Gamma(1 - beta) from above, by the chord of its logarithm */
        double whole = floor(1 - beta), part = 1 - beta - whole, M = 2;
        if (beta < 0)
            M = fmax(2, tgamma(whole) * (1 + part * (whole - 1)));
        if (x > 0.75)
            most.other += rest.ratio < 1;
        else
            compare(&most, rest.share, M * last * x / (1 - x));
    }
    claim(&ratio, "D32", 100);
    claim(&most, "D32", 100);
}

/* ----------------------------------------------------------- asymptotic series */

/* 1/(|cos|^nu s) of A2 at pi (16 + j)/16, nu <= above; *last: the last pole
 * inside. */
static double
ray_cost(int *last, int j, double alpha, double offset, double above)
{
    double y = alpha * (16 + j) / 16 + offset;
    double v = fabs(y - 2 * rint(y / 2));

    *last = (int)ceil(y / 2) - 1;
    return pow(fabs(cos((16 + j) * acos(0) / 8)), -above)
           / (v < 0.5 ? v * (3 - 4 * v * v) : 1);
}

/* By any two rays: which ones is steering.  1/(2 pi) is rounded up to 0x1.45f4p-3. */
static void
remainders(tap_random *r)
{
    tally t = {.what = "the remainder of the asymptotic series"};
    long small = 0, wrong = 0;

    for (long i = tap_effort(3000); i > 0; i--) {
        double alpha = tap_random_range(r, 0.05, 3);
        double beta = tap_random_range(r, -3, 3);
        int n = (int)tap_random_int(r, 1, 8);
        double turn = i % 3 == 0   ? 0
                      : i % 3 == 1 ? 1
                                   : tap_random_range(r, -1, 1);
        double rest = tap_random_log(r, 1e-9, 1), best = HUGE_VAL;
        double nu = alpha * (n + 1) - beta + 1, whole = floor(nu);
        double base = tgamma(whole) * (1 + (nu - whole) * (whole - 1))
                      * 0x1.45f4p-3 * rest;
        asymptotic_rest got = asymptotic_remainder(
            alpha, beta, rest, n, turn, 0, rest * tap_random_log(r, 1e-3, 1e6));

        if (turn == 1 && alpha <= 0.5 && nu < 1 - 1e-9) {
            small++;
            wrong += got.bound != 3 * rest || got.poles[0] != 0
                     || got.poles[1] != -1;
        }
        if (nu < 1 + 1e-9 || nu > 100)
            continue;
        for (int j = -6; j <= 6; j++)
            for (int k = -6; k <= 6; k++) {
                int up, down;
                double cost = ray_cost(&up, j, alpha, -turn, ceil(nu));

                if (turn == 0 || turn == 1) {
                    if (k != j)
                        continue;
                    cost *= 2;
                    down = up + (turn == 1);
                } else {
                    cost += ray_cost(&down, k, alpha, turn, ceil(nu));
                }
                double off = fabs(got.bound / (base * cost) - (1 + 0x1p-30));
                if (got.poles[0] == -down && got.poles[1] == up
                    && off < fabs(got.bound / best - (1 + 0x1p-30)))
                    best = base * cost;
            }
        if (got.bound < 100 * base) /* not close to a pole */
            compare(&t, got.bound, best * (1 + 0x1p-30));
    }
    claim(&t, "D33", 100);
    tap_ok(small > 10 && wrong == 0,
           "[mlfunc D36] 3 |z|^-(n+1), and no pole, %ld times", small);
}

/* ------------------------------------------------------- numbers with exponents */

static scaled
some_scaled(tap_random *r, long i)
{
    dd m = dd_two_sum(tap_random_range(r, 1, 2) * (i & 1 ? 1 : -1),
                      ldexp(tap_random_unit(r), -54));

    return scaled_make(m, i % 3 ? tap_random_log(r, 0x1p-110, 0x1p-4) : 0,
                       tap_random_int(r, -30, 30));
}

/* In the numbers' own units. */
static void
exponents(tap_random *r)
{
    tally sum = {.what = "a sum's error"}, product = {.what = "a product's"},
          inverse = {.what = "an inverse's"},
          power = {.what = "an exponential's"};
    const double eps = 0x1p-106;

    for (long i = tap_effort(3000); i > 0; i--) {
        scaled a = some_scaled(r, i), b = some_scaled(r, i / 2), c;
        double A = fabs(a.m.h), B = fabs(b.m.h);
        int d = (int)(b.e - a.e);

        c = scaled_mul(a, b);
        compare(&product, ldexp(c.err, (int)(c.e - a.e - b.e)),
                A * b.err + B * a.err + a.err * b.err + 8 * eps * A * B);
        c = scaled_add(a, b);
        compare(&sum, ldexp(c.err, (int)(c.e - a.e)),
                a.err + ldexp(b.err, d) + 4 * eps * (A + ldexp(B, d)));
        c = scaled_inverse(a);
        compare(&inverse, ldexp(c.err, (int)(c.e + a.e)),
                a.err / (A * (A - a.err)) + 16 * eps / A);
        double x = tap_random_range(r, -1, 1) * tap_random_log(r, 1e-3, 1e6);
        double eta = i % 3 ? tap_random_log(r, 0x1p-105, 0x1p-12) : 0;
        double log_2 = x / log(2), k = floor(log_2);
        c = scaled_exp((dd){x, 0}, eta);
        if (fabs(log_2 - k - 0.5) < 0.47) /* the mantissa between 1 and 2 */
            compare(&power, ldexp(c.err, (int)c.e - (int)k),
                    2.5
                        * (eta + 16 * eps * (fabs(x) + 1) + 0x1p-98
                           + 0x1p-102 * fabs(x - rint(log_2) * log(2))));
    }
    claim(&sum, "D34", 100);
    claim(&product, "D34", 100);
    claim(&inverse, "D34", 100);
    claim(&power, "D34", 100);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(19);
    paths(&r);
    path_claims(&r);
    angles(&r);
    near_one(&r);
    tails(&r);
    remainders(&r);
    exponents(&r);
    return tap_done();
}
