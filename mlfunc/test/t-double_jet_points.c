/* mlfunc/test/t-double_jet_points.c - what a call for many points says of each.
 *
 * Values, bounds, conditions and the joined status, with and without bounds, of
 * arrays longer than what is done at a time, against calls for one point: points
 * that overflow, that are too far, and that are below the range among them.
 */
#include <math.h>
#include <string.h>

#include "mlfunc/mlfunc.h"
#include "validation/tap/tap.h"

enum { MOST = 700 };

static bool
same(const double *a, const double *b, size_t n)
{
    bool ok = true;

    for (size_t i = 0; i < n; i++)
        ok &= memcmp(a + i, b + i, sizeof *a) == 0
              || (isnan(a[i]) && isnan(b[i]));
    return ok;
}

/* kind of point i: 0 ordinary, 1 too large a value, 2 too small, 3 too far. */
static double
point(tap_random *r, double alpha, int kind)
{
    switch (kind) {
    case 1:
        return pow(tap_random_range(r, 800, 2000), alpha);
    case 2:
        return -tap_random_log(r, 0x1p300, 0x1p900);
    case 3:
        return (tap_random_int(r, 0, 1) ? 1 : -1) * 0x1p1000;
    default:
        return (tap_random_int(r, 0, 2) ? -1 : 1)
               * pow(tap_random_log(r, 1e-3, 100), alpha);
    }
}

typedef struct {
    long n, value, bound, condition, status, seen;
} tally;

/* Few kinds of points at a time, so that the status of each is seen. */
static void
call(tally *t, tap_random *r, bool pairs, bool bounds, int kind, size_t n)
{
    static double x[MOST], v[8 * MOST], b[4 * MOST], c[4 * MOST];
    double alpha = tap_random_range(r, 0.3, 1.9);
    double beta = tap_random_int(r, 0, 1) ? 1 : tap_random_range(r, 0.2, 3);
    size_t each = pairs ? 8 : 4;
    unsigned all, joined = 0;

    for (size_t i = 0; i < n; i++)
        x[i] = point(r, alpha, i % 97 == 96 ? kind : 0);
    all = pairs ? (unsigned)ml_mittleff_jet_dd(v, bounds ? b : NULL, c, alpha,
                                               beta, n, x)
                : (unsigned)ml_mittleff_jet_d(v, bounds ? b : NULL, alpha, beta,
                                              n, x);
    for (size_t i = 0; i < n; i++) {
        double w[8], d[4], e[4];

        joined |=
            pairs ? (unsigned)ml_mittleff_jet_dd(w, d, e, alpha, beta, 1, x + i)
                  : (unsigned)ml_mittleff_jet_d(w, d, alpha, beta, 1, x + i);
        t->value += !same(v + each * i, w, each);
        for (size_t k = 0; bounds && k < 4; k++) /* others may widen it */
            t->bound += !(b[4 * i + k] <= 0x1p20 * d[k]
                          && d[k] <= 0x1p20 * b[4 * i + k]);
        t->condition += pairs && !same(c + 4 * i, e, 4);
    }
    t->n += (long)n;
    t->status += all != joined;
    t->seen |= (long)joined;
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());
    tally t = {0};

    tap_plan(5);
    for (long i = tap_effort(32); i > 0; i--)
        call(&t, &r, i % 2 == 0, i / 2 % 2 == 0, (int)(i / 4 % 4),
             (size_t)tap_random_int(&r, 97, MOST));
    tap_ok(t.value == 0, "the values of %ld points are those of each alone",
           t.n);
    tap_ok(t.bound == 0, "and their bounds nearly so");
    tap_ok(t.condition == 0, "and their conditions");
    tap_ok(t.status == 0, "and the status joins theirs");
    tap_ok((t.seen & ML_OVERFLOW) && (t.seen & ML_UNABLE),
           "overflow and far points were among them");
    return tap_done();
}
