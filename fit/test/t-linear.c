/* fit/test/t-linear.c - the thin QR against its definition, and the step in
 * the box against brute force. */
#include "fit/impl.h"

#include <math.h>
#include <string.h>

#include "validation/tap/tap.h"

enum { N = 20 };

static double
gauss(tap_random *r)
{
    double u = 1 - tap_random_unit(r), v = tap_random_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static void
check_qr(tap_random *r)
{
    double worst_q = 0, worst_a = 0, worst_x = 0;

    for (int trial = 0; trial < 200; trial++) {
        double a[4 * N] = {0}, q[4 * N], R[16], x[4], want[4], c[4];
        size_t p = (size_t)tap_random_int(r, 1, 4);
        for (size_t i = 0; i < p * N; i++)
            a[i] = gauss(r) + (i % N == 3 ? 5 : 0);
        memcpy(q, a, sizeof q);
        fit_qr(N, p, q, R, 1e-12);
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < p; k++) {
                double d = fit_dot(N, q + j * N, q + k * N);
                worst_q = fmax(worst_q, fabs(d - (j == k)));
            }
        for (size_t k = 0; k < p; k++)
            for (size_t i = 0; i < N; i++) {
                double s = 0;
                for (size_t j = 0; j <= k; j++)
                    s += q[j * N + i] * R[j * p + k];
                worst_a = fmax(worst_a, fabs(s - a[k * N + i]));
            }
        for (size_t k = 0; k < p; k++)
            want[k] = gauss(r);
        for (size_t j = 0; j < p; j++) {
            c[j] = 0;
            for (size_t k = j; k < p; k++)
                c[j] += R[j * p + k] * want[k];
        }
        fit_back(p, R, c, x);
        for (size_t k = 0; k < p; k++)
            worst_x = fmax(worst_x, fabs(x[k] - want[k]));
    }
    tap_ok(worst_q < 1e-15 * 8, "Q is orthogonal: worst %.1e", worst_q);
    tap_ok(worst_a < 1e-13, "Q R is the matrix: worst %.1e", worst_a);
    tap_ok(worst_x < 1e-11, "R x = c is solved: worst %.1e", worst_x);
}

/* Columns that differ by 1e-7 only: one pass would leave Q skew by 1e-9. */
static void
check_close(tap_random *r)
{
    double a[3 * N], R[9], worst = 0;

    for (size_t i = 0; i < N; i++) {
        a[i] = gauss(r);
        a[N + i] = a[i] + 1e-7 * gauss(r);
        a[2 * N + i] = a[i] + 1e-7 * gauss(r);
    }
    fit_qr(N, 3, a, R, 1e-12);
    for (size_t j = 0; j < 3; j++)
        for (size_t k = 0; k < j; k++)
            worst = fmax(worst, fabs(fit_dot(N, a + j * N, a + k * N)));
    tap_ok(worst < 1e-14, "nearly equal columns: still orthogonal: %.1e",
           worst);
}

static void
check_rank(tap_random *r)
{
    double a[3 * N], R[9], c[3] = {1, 1, 1}, x[3];
    size_t rank;

    for (size_t i = 0; i < N; i++) {
        a[i] = gauss(r);
        a[N + i] = -3 * a[i];
        a[2 * N + i] = gauss(r);
    }
    rank = fit_qr(N, 3, a, R, 1e-12);
    fit_back(3, R, c, x);
    tap_ok(rank == 2 && R[4] == 0, "a dependent column is found");
    tap_ok(x[1] == 0 && isfinite(x[0]), "its coefficient is 0");
}

/* |r - J d|^2 */
static double
value(const double *J, const double *r, size_t m, const double *d)
{
    double s = 0;

    for (size_t i = 0; i < N; i++) {
        double v = r[i];
        for (size_t j = 0; j < m; j++)
            v -= J[j * N + i] * d[j];
        s += v * v;
    }
    return s;
}

/* [fit F2] no point of the box does better than the step: random points of
 * the box around it and all over it. */
static void
check_box(tap_random *r)
{
    int beaten = 0, outside = 0, faces = 0, wrong_length = 0;

    for (int trial = 0; trial < 300; trial++) {
        double J[4 * N] = {0}, Q[4 * N], res[N], d[4], best, length, dummy[N];
        double q[4] = {0, 0, 0, 0};
        size_t m = (size_t)tap_random_int(r, 1, 4), list[] = {0, 1, 2, 3};
        fit_problem p = {.n = N, .r = res, .norm = 1};
        for (size_t i = 0; i < 4; i++) {
            p.free[i] = i < m;
            p.lo[i] = i < 2 ? -tap_random_unit(r) * (trial % 3 != 0) : -1e300;
            p.hi[i] = i < 2 ? tap_random_unit(r) : 1e300;
        }
        for (size_t i = 0; i < N; i++)
            res[i] = gauss(r);
        for (size_t i = 0; i < m * N; i++)
            J[i] = gauss(r) + 0.5 * J[i % N] * (i >= N);
        memcpy(Q, J, sizeof Q);
        length = fit_box_step(&p, q, m, list, Q, d);
        best = value(J, res, m, d);
        memset(dummy, 0, sizeof dummy);
        wrong_length +=
            fabs(sqrt(value(J, dummy, m, d)) - length) > 1e-12 * (1 + length);
        for (size_t j = 0; j < m && j < 2; j++) {
            outside += d[j] < p.lo[j] || d[j] > p.hi[j];
            faces += d[j] == p.lo[j] || d[j] == p.hi[j];
        }
        for (int k = 0; k < 200; k++) {
            double e[4];
            for (size_t j = 0; j < m; j++) {
                e[j] = d[j] + gauss(r) * (k % 2 ? 0.3 : 1e-4);
                e[j] = fmin(fmax(e[j], p.lo[j]), p.hi[j]);
            }
            beaten += value(J, res, m, e) < best * (1 - 1e-13);
        }
    }
    tap_ok(outside == 0, "the step stays in the box");
    tap_ok(faces > 100 && faces < 500,
           "bounds are active in some (%d) and not all", faces);
    tap_ok(beaten == 0, "no random point of the box is better");
    tap_ok(wrong_length == 0, "the returned length is |J d|");
}

static void
check_singular(void)
{
    double J[2 * N], res[N] = {1}, d[2], q[4] = {0};
    size_t list[] = {0, 1};
    fit_problem p = {.n = N, .r = res, .norm = 1, .free = {true, true}};

    for (int i = 0; i < 2; i++) {
        p.lo[i] = -1;
        p.hi[i] = 1;
    }
    for (size_t i = 0; i < N; i++)
        J[i] = J[N + i] = (double)i;
    double twice = fit_box_step(&p, q, 2, list, J, d);
    for (size_t i = 0; i < N; i++) {
        J[i] = (double)i;
        J[N + i] = 0;
    }
    double zero = fit_box_step(&p, q, 2, list, J, d);
    tap_ok(isnan(twice), "two equal columns are singular");
    tap_ok(isnan(zero), "a zero column is singular");
}

int
main(void)
{
    tap_plan(12);
    tap_random r = tap_random_start(tap_seed());

    check_qr(&r);
    check_close(&r);
    check_rank(&r);
    check_box(&r);
    check_singular();
    return tap_done();
}
