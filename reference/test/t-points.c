/* reference/test/t-points.c - the built-in points are what README promises. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

static const char *const regions[] = {
    "origin",    "negative",    "positive",    "kernel",  "pole",
    "stokes",    "anti-stokes", "plane",       "near-1",  "near-2",
    "near-half", "switch",      "zeros",       "range",   "unit",
    "contour",   "tiny-alpha",  "large-alpha", "extreme", "random"};
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

static int
by_id(const void *a, const void *b)
{
    return strcmp(((const mltab_point *)a)->id, ((const mltab_point *)b)->id);
}

/* Fields that a set does not have are 0. */
static int
by_fields(const void *a, const void *b)
{
    return memcmp(((const mltab_point *)a)->args,
                  ((const mltab_point *)b)->args,
                  sizeof((const mltab_point *)a)->args);
}

/* How many points there are twice; the order of the set is not changed. */
static size_t
count_repeated(const mltab_points *set, bool ids)
{
    int (*order)(const void *, const void *) = ids ? by_id : by_fields;
    mltab_point *p = malloc((set->n + 1) * sizeof *p);
    size_t n = 0;
    if (p == NULL) {
        tap_bail("out of memory");
    }
    memcpy(p, set->points, set->n * sizeof *p);
    qsort(p, set->n, sizeof *p, order);
    for (size_t i = 1; i < set->n; i++) {
        n += order(&p[i - 1], &p[i]) == 0;
    }
    free(p);
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

/* |E(z)| <= 2 |E(z + ulp) - E(z)|: a zero is within two steps of z, which are
 * those of its larger part.  E is taken at 300 bits. */
static bool
beside_a_zero(const ml_function *f, const double *p)
{
    double moved[4];
    memcpy(moved, p, sizeof moved);
    int k = fabs(p[2]) > fabs(p[3]) ? 2 : 3;
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
    } sets[] = {{"real", 8000, 20000},       {"small", 300, 700},
                {"small-complex", 300, 700}, {"switch", 3000, 5000},
                {"double", 500, 2000},       {"stokes", 2000, 4000},
                {"near1", 3000, 5000},       {"zeros", 500, 2000}};
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

/* Every region is in small-complex, and in small when it has a real point. */
static void
check_small(const ml_function *f)
{
    mltab_points all, small, complex;
    mlio_error err = {0};
    size_t missed = 0, real = 0;
    bool ok = mltab_points_load(&all, f, "real", &err)
              && mltab_points_load(&small, f, "small", &err)
              && mltab_points_load(&complex, f, "small-complex", &err);
    for (size_t i = 0; ok && i < NREGIONS; i++) {
        bool has_real = count_region(&all, regions[i]) > 0;
        real += has_real;
        missed += has_real != (count_region(&small, regions[i]) > 0);
        missed += count_region(&complex, regions[i]) < 12;
    }
    tap_ok(ok && missed == 0 && real >= 15,
           "\"small\" has each of %zu regions with real points, "
           "\"small-complex\" all",
           real);
    mltab_points_clear(&all);
    mltab_points_clear(&small);
    mltab_points_clear(&complex);
}

/* +1: |E(x)| is above the end, -1: below. */
static int
side_of(const ml_function *f, const double *p, double x, int end)
{
    ml_arg args[ML_MAX_ARGS];
    acb_t v;
    arb_t size, t;
    acb_init(v);
    arb_init(size);
    arb_init(t);
    ml_args_init(args, f->nargs);
    ml_arg_set_d(&args[0], p[0]);
    ml_arg_set_d(&args[1], p[1]);
    ml_arg_set_d(&args[2], x);
    ml_status s = ml_eval_bits(v, f, NULL, args, 100, ML_PREC_CAP);
    acb_abs(size, v, 128);
    /* 2^1024 - 2^970, 2^-1022, 2^-1075 */
    arb_set_si(t, end == 0 ? (1L << 54) - 1 : 1);
    arb_mul_2exp_si(t, t, end == 0 ? 970 : end == 1 ? -1022 : -1075);
    int side = s != ML_OK ? 0 : arb_gt(size, t) ? 1 : arb_lt(size, t) ? -1 : 0;
    ml_args_clear(args, f->nargs);
    acb_clear(v);
    arb_clear(size);
    arb_clear(t);
    return side;
}

static void
check_ends(const ml_function *f)
{
    static const double list[][3] = {
#include "reference/ends.inc"
    };
    size_t n = sizeof list / sizeof *list, found[3] = {0}, missed = 0;
    for (size_t i = 0; i < n; i++) {
        double next = nextafter(list[i][2], HUGE_VAL);
        bool passes = false;
        for (int end = 0; end < 3 && !passes; end++) {
            passes = side_of(f, list[i], list[i][2], end)
                         * side_of(f, list[i], next, end)
                     < 0;
            found[end] += passes;
        }
        missed += !passes;
        if (!passes) {
            tap_note("no end at %g %g %a", list[i][0], list[i][1], list[i][2]);
        }
    }
    tap_ok(missed == 0 && found[0] >= 50 && found[1] >= 40 && found[2] >= 15,
           "|E| passes the largest double at %zu places, the smallest normal "
           "one at %zu, the smallest at %zu",
           found[0], found[1], found[2]);
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
    tap_plan(5 + NREGIONS + 6 + 2 + 10 + 2 + 1 + 6 + 2 + 6);
    bool ok = mltab_points_load(&set, f, "all", &err);
    tap_ok(ok && set.n >= 20000, "there are %zu points, at least 20000", set.n);
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
    check_small(f);
    check_ends(f);
    check_zeros(f);
    check_random(f);
    check_command(f);

    static const char *const others[] = {"ml-relaxation", "ml-siegert", "kww"};
    for (size_t i = 0; i < 3; i++) {
        const ml_function *g = ml_function_find(others[i]);
        ok = g != NULL && mltab_points_load(&set, g, "all", &err);
        tap_ok(ok && set.n >= 2000 && count_bad(&set) == 0
                   && count_repeated(&set, false) == 0,
               "%s has %zu points", others[i], set.n);
        tap_ok(ok && !set.has_im && set.nfields == g->nargs,
               "... one field per argument");
        mltab_points_clear(&set);
    }
    flint_cleanup();
    return tap_done();
}
