/* reference/test/t-points.c - the built-in points are what README promises. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

static const char *const regions[] = {
    "origin",    "negative",    "positive", "kernel", "pole",
    "stokes",    "anti-stokes", "plane",    "near-1", "near-2",
    "near-half", "switch",      "zeros",    "range"};
enum { NREGIONS = sizeof regions / sizeof *regions };

static size_t
count_region(const mltab_points *set, const char *region)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) {
        n += strcmp(set->points[i].region, region) == 0;
    }
    return n;
}

static bool
same_fields(const mltab_point *a, const mltab_point *b, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (a->args[k] != b->args[k]) {
            return false;
        }
    }
    return true;
}

static size_t
count_repeated(const mltab_points *set, bool ids)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++) {
        for (size_t j = 0; j < i; j++) {
            const mltab_point *a = &set->points[i], *b = &set->points[j];
            n += ids ? strcmp(a->id, b->id) == 0
                     : same_fields(a, b, set->nfields);
        }
    }
    return n;
}

static bool
has(const mltab_points *set, double alpha, double beta, double re, double im)
{
    for (size_t i = 0; i < set->n; i++) {
        const double *a = set->points[i].args;
        if (a[0] == alpha && a[1] == beta && a[2] == re && a[3] == im) {
            return true;
        }
    }
    return false;
}

static bool
beta_is_there(const mltab_points *set, double beta)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->points[i].args[1] == beta) {
            return true;
        }
    }
    return false;
}

static size_t
count_bad(const mltab_points *set)
{
    size_t n = 0, bad;
    ml_arg args[ML_MAX_ARGS];
    ml_args_init(args, set->function->nargs);
    for (size_t i = 0; i < set->n; i++) {
        for (size_t k = 0; k < set->nfields; k++) {
            n += !isfinite(set->points[i].args[k]);
        }
        mltab_point_args(args, set, i);
        n += set->function->domain(args, &bad) != ML_OK;
    }
    ml_args_clear(args, set->function->nargs);
    return n;
}

/* |E(z)| <= 2 |E(z + ulp) - E(z)|: a zero is within two steps of z.  E is
 * taken at 300 bits. */
static bool
beside_a_zero(const ml_function *f, const double *p)
{
    double moved[4];
    memcpy(moved, p, sizeof moved);
    int k = p[2] != 0 ? 2 : 3;
    moved[k] = nextafter(p[k], HUGE_VAL);
    acb_t a, b;
    arb_t size, step;
    ml_arg args[ML_MAX_ARGS];
    mltab_point point[2] = {{.args = {p[0], p[1], p[2], p[3]}},
                            {.args = {p[0], p[1], moved[2], moved[3]}}};
    mltab_points set = {f, 4, true, point, 2};
    acb_init(a);
    acb_init(b);
    arb_init(size);
    arb_init(step);
    ml_args_init(args, f->nargs);
    mltab_point_args(args, &set, 0);
    ml_status s = ml_eval_bits(a, f, NULL, args, 300, ML_PREC_CAP);
    mltab_point_args(args, &set, 1);
    ml_status t = ml_eval_bits(b, f, NULL, args, 300, ML_PREC_CAP);
    acb_abs(size, a, 300);
    acb_sub(b, b, a, 300);
    acb_abs(step, b, 300);
    arb_mul_ui(step, step, 2, 300);
    bool ok = s == ML_OK && t == ML_OK && arb_le(size, step);
    ml_args_clear(args, f->nargs);
    acb_clear(a);
    acb_clear(b);
    arb_clear(size);
    arb_clear(step);
    return ok;
}

static void
check_sets(const ml_function *f)
{
    static const struct {
        const char *name;
        size_t least, most;
    } sets[] = {{"real", 500, 2000}, {"small", 60, 300},  {"switch", 50, 300},
                {"double", 30, 300}, {"stokes", 50, 300}, {"near1", 100, 400},
                {"zeros", 30, 100}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        mltab_points set;
        mlio_error err = {0};
        bool ok = mltab_points_load(&set, f, sets[i].name, &err);
        tap_ok(ok && set.n >= sets[i].least && set.n <= sets[i].most,
               "the set \"%s\" has %zu points", sets[i].name, set.n);
        if (i < 2) {
            tap_ok(ok && !set.has_im && set.nfields == 3,
                   "... all with real z, sent as three fields");
        }
        mltab_points_clear(&set);
    }
}

static void
check_zeros(const ml_function *f)
{
    mltab_points set;
    mlio_error err = {0};
    size_t missed = 0;
    bool ok = mltab_points_load(&set, f, "zeros", &err);
    for (size_t i = 0; i < set.n; i++) {
        if (!beside_a_zero(f, set.points[i].args)) {
            missed++;
            tap_note("no zero at %s", set.points[i].id);
        }
    }
    tap_ok(ok && set.n > 0 && missed == 0,
           "each of the %zu points of \"zeros\" is beside a zero", set.n);
    mltab_points_clear(&set);
}

static void
check_random(const ml_function *f)
{
    mltab_points a, b, c;
    mlio_error err = {0};
    bool ok = mltab_points_random(&a, f, 500, 7, true, &err);
    ok = mltab_points_random(&b, f, 500, 7, true, &err) && ok;
    ok = mltab_points_random(&c, f, 500, 8, false, &err) && ok;
    size_t bytes = 500 * sizeof *a.points;
    tap_ok(ok && memcmp(a.points, b.points, bytes) == 0,
           "the same seed draws the same points");
    tap_ok(ok && memcmp(a.points, c.points, bytes) != 0,
           "another seed draws others");
    tap_ok(ok && count_bad(&a) == 0 && count_bad(&c) == 0,
           "random points are finite and inside the domain");
    tap_ok(ok && a.nfields == 4 && c.nfields == 3,
           "complex points are drawn where they are asked for");
    bool appended = mltab_points_append(&a, &b, &err);
    tap_ok(appended && a.n == 1000, "sets of one kind are joined");
    appended = mltab_points_append(&a, &c, &err);
    tap_ok(!appended && err.code == MLIO_USAGE, "sets of two kinds are not");
    mltab_points_clear(&a);
    mltab_points_clear(&b);
    mltab_points_clear(&c);
}

static void
check_command(const ml_function *f)
{
    mltab_point p[] = {{.args = {0.5, 1, -2, 0}}, {.args = {0.5, 1, -2, -3}}};
    mltab_points set = {f, 4, true, p, 2};
    char *real = mltab_eval_command(&set, 0);
    char *complex = mltab_eval_command(&set, 1);
    tap_ok(real != NULL
               && strcmp(real, "mlref eval mittag-leffler alpha=0x1p-1 "
                               "beta=0x1p+0 z=-0x1p+1 --digits 20")
                      == 0,
           "the command that reproduces a real point");
    tap_ok(complex != NULL && strstr(complex, "z=-0x1p+1-0x1.8p+1i") != NULL,
           "the command that reproduces a complex point");
    free(real);
    free(complex);
}

int
main(void)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    static const double betas[] = {1, 2, 0.5, -0.5, 0, -1};
    mltab_points set;
    mlio_error err = {0};
    tap_plan(5 + NREGIONS + 6 + 2 + 9 + 1 + 6 + 2 + 6);
    bool ok = mltab_points_load(&set, f, "all", &err);
    tap_ok(ok && set.n >= 600, "there are %zu points, at least 600", set.n);
    tap_ok(set.nfields == 4 && set.has_im, "z is sent as two fields");
    tap_ok(count_repeated(&set, true) == 0, "ids are different");
    tap_ok(count_repeated(&set, false) == 0, "points are different");
    tap_ok(count_bad(&set) == 0, "points are finite, inside the domain");
    for (size_t i = 0; i < NREGIONS; i++) {
        size_t n = count_region(&set, regions[i]);
        tap_ok(n >= 30, "region %s has %zu points", regions[i], n);
    }
    for (size_t i = 0; i < 6; i++) {
        tap_ok(beta_is_there(&set, betas[i]), "beta = %g is there", betas[i]);
    }
    tap_ok(has(&set, 1 + 0x1p-52, 1, -40, 0)
               && has(&set, 1 - 0x1p-52, 1, -40, 0)
               && has(&set, 1 + 0x1p-52, 1, -1e3, 0)
               && has(&set, 1 - 0x1p-52, 1, -1e3, 0),
           "alpha = 1 +- 2^-52 is there at z = -40 and -1e3");
    tap_ok(has(&set, 0.25, 0.25, -1e8, 0) && has(&set, 0.9, 0.9, -1e4, 0)
               && has(&set, 0.9, 0.9, -1e8, 0),
           "beta = alpha is there at z = -1e4 and -1e8");
    mltab_points_clear(&set);
    check_sets(f);
    check_zeros(f);
    check_random(f);
    check_command(f);

    static const char *const others[] = {"ml-relaxation", "ml-siegert", "kww"};
    for (size_t i = 0; i < 3; i++) {
        const ml_function *g = ml_function_find(others[i]);
        ok = g != NULL && mltab_points_load(&set, g, "all", &err);
        tap_ok(ok && set.n >= 100 && count_bad(&set) == 0
                   && count_repeated(&set, false) == 0,
               "%s has %zu points", others[i], set.n);
        tap_ok(ok && !set.has_im && set.nfields == g->nargs,
               "... one field per argument");
        mltab_points_clear(&set);
    }
    flint_cleanup();
    return tap_done();
}
