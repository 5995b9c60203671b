/* mlfunc/test/t-double_known.c - the bits of the functions in doubles, known.
 *
 *     t-double_known print > mlfunc/test/double_known.tsv
 *
 * A digest of value, remainder, bound and status at 256 points a line, made
 * with IEEE operations alone, so that every machine, compiler and instruction
 * set must come to the same lines.  That a change of them is right is for the
 * other tests to say: here it is only seen.
 */
#include <math.h>
#include <string.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/test/double_known.tsv"

enum { BLOCKS = 48, EACH = 256, FEW = 64 };

typedef struct {
    uint64_t state;
} digest;

static void
fold(digest *d, const void *data, size_t n)
{
    const unsigned char *byte = data;

    for (size_t i = 0; i < n; i++)
        d->state = (d->state ^ byte[i]) * UINT64_C(0x100000001b3);
}

static void
fold_double(digest *d, double x)
{
    uint64_t bits;

    if (isnan(x)) /* of any sign and payload */
        bits = UINT64_C(0x7ff8000000000000);
    else
        memcpy(&bits, &x, sizeof bits);
    for (int i = 0; i < 8; i++) {
        unsigned char byte = (unsigned char)(bits >> 8 * i);

        fold(d, &byte, 1);
    }
}

static void
fold_int(digest *d, int x)
{
    fold_double(d, x);
}

/* ------------------------------------------------------ points, exactly made
 */

static double
beside(tap_random *r, double at)
{
    double off = ldexp(1, -(int)tap_random_int(r, 1, 53));

    return tap_random_int(r, 0, 1) ? at + off : at - off;
}

static double
draw_alpha(tap_random *r)
{
    switch (tap_random_int(r, 0, 6)) {
    case 0:
        return beside(r, 1);
    case 1:
        return (double)tap_random_int(r, 1, 320) / 64;
    case 2:
        return ldexp(1 + tap_random_unit(r), -(int)tap_random_int(r, 3, 12));
    case 3:
        return tap_random_range(r, 1, 2);
    case 4:
        return tap_random_range(r, 2, 6);
    default:
        return tap_random_range(r, 0x1p-10, 1);
    }
}

static double
draw_beta(tap_random *r, double alpha)
{
    switch (tap_random_int(r, 0, 6)) {
    case 0:
        return 1;
    case 1:
        return alpha;
    case 2:
        return alpha + 1;
    case 3:
        return (double)tap_random_int(r, -3, 4);
    case 4:
        return beside(r, (double)tap_random_int(r, -2, 3));
    case 5:
        return beside(r, alpha);
    default:
        return tap_random_range(r, -5, 6);
    }
}

/* Mostly |x|^(1/alpha) from 2^-4 to 2^8. */
static double
draw_size(tap_random *r, double alpha)
{
    double e = tap_random_int(r, 0, 3) > 0
                   ? alpha * tap_random_range(r, -4, 8)
                   : (double)tap_random_int(r, -1000, 1000);

    return ldexp(1 + tap_random_unit(r), (int)floor(e));
}

static double
draw_x(tap_random *r, double alpha)
{
    double size = draw_size(r, alpha);

    return tap_random_int(r, 0, 2) > 0 ? -size : size;
}

/* -------------------------------------------------------------- what is known
 */

static uint64_t
values(tap_random *r)
{
    digest d = {UINT64_C(0xcbf29ce484222325)};

    for (int i = 0; i < EACH; i++) {
        double alpha = draw_alpha(r), beta = draw_beta(r, alpha), y, bound;
        double x = draw_x(r, alpha);
        ml_value v;

        ml_mittleff_value(&v, alpha, beta, x);
        fold_double(&d, v.hi);
        fold_double(&d, v.lo);
        fold_double(&d, v.err);
        fold_int(&d, isinf(v.err) ? 0 : v.exponent);
        fold_int(&d, (int)v.method);
        fold_int(&d, (int)ml_mittleff_bound_d(&y, &bound, alpha, beta, x));
        fold_double(&d, y);
        fold_double(&d, bound);
    }
    return d.state;
}

static uint64_t
complex_values(tap_random *r)
{
    digest d = {UINT64_C(0xcbf29ce484222325)};

    for (int i = 0; i < EACH; i++) {
        double alpha = draw_alpha(r), beta = draw_beta(r, alpha);
        double size = draw_size(r, alpha), w[2], bound[2];
        double z[2] = {size * tap_random_range(r, -1, 1),
                       size * tap_random_range(r, -1, 1)};

        fold_int(&d, (int)ml_mittleff_z(w, bound, alpha, beta, z));
        for (int k = 0; k < 2; k++) {
            fold_double(&d, w[k]);
            fold_double(&d, bound[k]);
        }
    }
    return d.state;
}

static uint64_t
arrays(tap_random *r)
{
    digest d = {UINT64_C(0xcbf29ce484222325)};
    double x[FEW], y[FEW], bound[FEW];

    for (int i = 0; i < EACH / FEW; i++) {
        double alpha = draw_alpha(r), beta = draw_beta(r, alpha);

        for (int k = 0; k < FEW; k++)
            x[k] = draw_x(r, alpha);
        fold_int(&d, (int)ml_mittleff_array_d(y, bound, alpha, beta, FEW, x));
        for (int k = 0; k < FEW; k++) {
            fold_double(&d, y[k]);
            fold_double(&d, bound[k]);
        }
    }
    return d.state;
}

static uint64_t
jets(tap_random *r)
{
    digest d = {UINT64_C(0xcbf29ce484222325)};
    double x[FEW], y[8 * FEW], bound[4 * FEW], condition[4 * FEW];

    for (int i = 0; i < EACH / FEW; i++) {
        double alpha = draw_alpha(r), beta = draw_beta(r, alpha);

        for (int k = 0; k < FEW; k++)
            x[k] = draw_x(r, alpha);
        fold_int(&d, (int)ml_mittleff_jet_d(y, bound, alpha, beta, FEW, x));
        for (int k = 0; k < 4 * FEW; k++) {
            fold_double(&d, y[k]);
            fold_double(&d, bound[k]);
        }
        fold_int(&d, (int)ml_mittleff_jet_dd(y, bound, condition, alpha, beta,
                                             FEW, x));
        for (int k = 0; k < 4 * FEW; k++) {
            fold_double(&d, y[2 * k]);
            fold_double(&d, y[2 * k + 1]);
            fold_double(&d, bound[k]);
            fold_double(&d, condition[k]);
        }
    }
    return d.state;
}

static uint64_t
plans(tap_random *r)
{
    static const double pair[][2] = {{0.3, 1},   {0.7, 1},     {0.99, 1},
                                     {0.7, 0.7}, {0.99, 0.99}, {1.5, 1}};
    long k = tap_random_int(r, 0, 5);
    digest d = {UINT64_C(0xcbf29ce484222325)};
    double x[EACH], y[EACH];
    ml_plan *plan;

    fold_int(&d, (int)ml_plan_alloc(&plan, pair[k][0], pair[k][1]));
    for (int i = 0; i < EACH; i++)
        x[i] = draw_x(r, pair[k][0]);
    if (plan)
        ml_plan_eval(plan, EACH, x, y);
    for (int i = 0; plan && i < EACH; i++)
        fold_double(&d, y[i]);
    ml_plan_free(plan);
    return d.state;
}

static const struct {
    const char *name;
    uint64_t (*make)(tap_random *r);
    int blocks;
} part[] = {{"value", values, BLOCKS},
            {"complex", complex_values, BLOCKS / 2},
            {"array", arrays, BLOCKS / 2},
            {"jet", jets, BLOCKS / 2},
            {"plan", plans, 6}};

static bool
print(FILE *f)
{
    for (size_t p = 0; p < sizeof part / sizeof *part; p++) {
        for (int i = 0; i < part[p].blocks; i++) {
            tap_random r = tap_random_start(1000 * p + (uint64_t)i);

            fprintf(f, "%s\t%d\t%016llx\n", part[p].name, i,
                    (unsigned long long)part[p].make(&r));
        }
    }
    return true;
}

int
main(int argc, char **argv)
{
    static const char *const cpu[] = {"baseline", "avx2", "avx512"};

    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return !print(stdout);
    tap_plan(3);
    for (int k = 0; k < 3; k++) {
        if (ml_cpu_select(cpu[k]) != ML_OK) {
            tap_skip(1, "this processor has no %s", cpu[k]);
            continue;
        }
        bool same = generated_same(FILE_NAME, print);

        tap_ok(same, "the known bits, %s", cpu[k]);
    }
    return tap_done();
}
