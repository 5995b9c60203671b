/* mlfunc/bench/p-doubles.c - what a value in doubles costs.
 *
 *     p-doubles [SECTION ...]     all of them by default
 *
 *     mix     one-off, all parameters changing, over the sampler H1: mean, by
 *             method, on each instruction set; correctly rounded by libmlref
 *     alpha   the same at one alpha, by method and beta
 *     array   arrays at one alpha and beta, set-up included
 *     plan    plans: a value, x < 0 log-uniform in 1e-6...1e6; x of both signs to
 *             2^34, where there are pieces and everywhere; and building them
 *     jet     value and three derivatives, 100 x for each alpha and beta
 *     complex complex z, alpha and beta of H1, all parameters changing
 *     peer    the points of mix in pymittagleffler, in this run (make peers)
 *
 * Nanoseconds of thread CPU time, medians of passes over points that were read
 * before; each argument depends on the result before it.  Ratios are to the
 * exp() of the C library in the same run, once as throughput, once as latency.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mlfunc/bench/timing.h"
#include "mlfunc/double/impl.h"
#include "mlfunc/mlball.h"
#include "validation/sampler_double.h"

enum { PASSES = 25, POINTS = 2000 };

typedef struct {
    double alpha, beta, x;
} point;

static double exp_throughput, exp_latency;

/* ------------------------------------------------------------------- timing */

/* Nanoseconds for one of the calls that a pass makes; the first is not counted. */
static double
median(double (*pass)(const void *data, size_t n), const void *data, size_t n)
{
    static volatile double sink;
    double t[PASSES];

    sink = pass(data, n);
    for (int i = 0; i < PASSES; i++) {
        double start = timing_now();

        sink = pass(data, n);
        t[i] = (timing_now() - start) / (double)n;
    }
    (void)sink;
    qsort(t, PASSES, sizeof *t, timing_by_value);
    return t[PASSES / 2];
}

/* x, but not before y is known. */
static volatile uint64_t no_bits;

static inline double
after(double x, double y, uint64_t none)
{
    uint64_t a, b;

    memcpy(&a, &x, sizeof a);
    memcpy(&b, &y, sizeof b);
    a ^= b & none;
    memcpy(&x, &a, sizeof x);
    return x;
}

static double
pass_exp(const void *data, size_t n)
{
    const double *x = data;
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += exp(x[i]);
    return sum;
}

static double
pass_exp_chain(const void *data, size_t n)
{
    const double *x = data;
    const uint64_t none = no_bits;
    double y = 0;

    for (size_t i = 0; i < n; i++)
        y = exp(after(x[i], y, none));
    return y;
}

static void
yardstick(void)
{
    enum { N = 4096 };
    static double x[N];
    tap_random r = tap_random_start(1);

    for (int i = 0; i < N; i++)
        x[i] = tap_random_range(&r, -20, 20);
    exp_throughput = median(pass_exp, x, N);
    exp_latency = median(pass_exp_chain, x, N);
    printf("# exp(): %.2f ns throughput, %.2f ns latency\n", exp_throughput,
           exp_latency);
}

static void
row(const char *what, size_t n, double ns, const char *target)
{
    printf("%s\t%zu\t%.2f\t%.2f\t%.2f\t%s\n", what, n, ns, ns / exp_throughput,
           ns / exp_latency, target);
    fflush(stdout);
}

static void
head(void)
{
    puts("what\tcalls\tns\tover_exp\tover_exp_latency\ttarget");
}

/* ---------------------------------------------------------------- one value */

static double
pass_one(const void *data, size_t n)
{
    const point *p = data;
    const uint64_t none = no_bits;
    double y = 0;

    for (size_t i = 0; i < n; i++)
        y = ml_mittleff_d(p[i].alpha, p[i].beta, after(p[i].x, y, none));
    return y;
}

static double
pass_bound(const void *data, size_t n)
{
    const point *p = data;
    const uint64_t none = no_bits;
    double y = 0, bound = 0;
    int flags = 0;

    for (size_t i = 0; i < n; i++)
        flags |= (int)ml_mittleff_bound_d(&y, &bound, p[i].alpha, p[i].beta,
                                          after(p[i].x, y, none));
    return y + bound + flags;
}

/* By libmlref: doubles first, balls where those do not decide. */
static double
pass_rounded(const void *data, size_t n)
{
    const point *p = data;
    const uint64_t none = no_bits;
    double y = 0;
    int flags = 0;

    for (size_t i = 0; i < n; i++)
        flags |= (int)ml_mittleff_round_d(&y, p[i].alpha, p[i].beta,
                                          after(p[i].x, y, none));
    return y + flags;
}

static point *
h1_points(size_t n)
{
    point *p = calloc(n, sizeof *p);
    tap_random r = tap_random_start(20240803);

    if (!p)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < n; i++) {
        mlval_real s = mlval_sample_h1(&r);

        p[i] = (point){s.alpha, s.beta, s.x};
    }
    return p;
}

static const char *const method_name[] = {
    "none", "series", "asymptotics", "contour", "near one", "poles", "exact"};
enum { METHODS = sizeof method_name / sizeof *method_name };

/* The points of each method by themselves, in the order drawn. */
static void
by_method(const char *cpu)
{
    enum { DRAWN = 8 * POINTS };
    point *all = h1_points(DRAWN), *some = calloc(DRAWN, sizeof *some);
    char text[80];

    if (!some)
        exit(EXIT_FAILURE);
    for (int m = 0; m < METHODS; m++) {
        size_t n = 0;

        for (size_t i = 0; i < DRAWN && n < POINTS; i++) {
            ml_value v;

            ml_mittleff_value(&v, all[i].alpha, all[i].beta, all[i].x);
            if ((int)v.method == m)
                some[n++] = all[i];
        }
        if (n < 20)
            continue;
        snprintf(text, sizeof text, "%s, %s", cpu, method_name[m]);
        row(text, n, median(pass_one, some, n), "");
    }
    free(all);
    free(some);
}

static void
mix(void)
{
    static const struct {
        const char *name, *target, *rounded;
    } cpu[] = {{"avx512", "<= 300", "<= 600"},
               {"avx2", "<= 400", "<= 600"},
               {"baseline", "<= 2000", "<= 2500"}};
    const char *own = ml_cpu();
    point *p = h1_points(4 * POINTS);
    char text[80];

    head();
    for (size_t k = 0; k < sizeof cpu / sizeof *cpu; k++) {
        if (ml_cpu_select(cpu[k].name) != ML_OK) {
            printf("%s\tnot on this processor\n", cpu[k].name);
            continue;
        }
        snprintf(text, sizeof text, "%s, one-off over H1", cpu[k].name);
        row(text, POINTS, median(pass_one, p, POINTS), cpu[k].target);
        snprintf(text, sizeof text, "%s, with its bound", cpu[k].name);
        row(text, POINTS, median(pass_bound, p, POINTS), "");
        snprintf(text, sizeof text, "%s, correctly rounded", cpu[k].name);
        row(text, 4 * POINTS, median(pass_rounded, p, 4 * POINTS),
            cpu[k].rounded);
        by_method(cpu[k].name);
    }
    if (ml_cpu_select(own) != ML_OK)
        exit(EXIT_FAILURE);
    free(p);
}

/* ---------------------------------------------------------- at one alpha */

typedef struct {
    const char *name;
    double low, high; /* of |x|, or of |x|^(1/alpha) if power */
    bool power;
    int sign, beta; /* beta 0: alpha */
} narrow;

static double
one_range(const narrow *c, double alpha)
{
    enum { N = 500 };
    point p[N];
    tap_random r = tap_random_start(5);

    for (int i = 0; i < N; i++) {
        double x = tap_random_log(&r, c->low, c->high);

        p[i] = (point){alpha, c->beta == 0 ? alpha : c->beta,
                       c->sign * (c->power ? pow(x, alpha) : x)};
    }
    return median(pass_one, p, N);
}

static void
by_alpha(void)
{
    static const double alpha[] = {0.05, 0.3, 0.5, 0.7, 0.99, 1 - 0x1p-40,
                                   1.2,  1.5, 1.9, 2.7, 4.5};
    static const narrow column[] = {
        {"x=-1e-4, b=1", 0x1p-16, 0x1p-10, false, -1, 1},
        {"x=-1e4, b=1", 1e3, 1e6, false, -1, 1},
        {"x_t=3, x<0, b=1", 0.5, 30, true, -1, 1},
        {"b=alpha", 0.5, 30, true, -1, 0},
        {"b=2", 0.5, 30, true, -1, 2},
        {"x>0, b=1", 0.5, 30, true, 1, 1},
        {"x>0, b=2", 0.5, 30, true, 1, 2},
    };
    enum { COLUMNS = sizeof column / sizeof *column };

    printf("# ns at one alpha, %s\nalpha", ml_cpu());
    for (int k = 0; k < COLUMNS; k++)
        printf("\t%s", column[k].name);
    putchar('\n');
    for (size_t i = 0; i < sizeof alpha / sizeof *alpha; i++) {
        printf("%.4g", alpha[i]);
        for (int k = 0; k < COLUMNS; k++)
            printf("\t%.0f", one_range(&column[k], alpha[i]));
        putchar('\n');
        fflush(stdout);
    }
}

/* ------------------------------------------------------ many x at one alpha */

enum { MANY = 1000, JET = 100 };

typedef struct {
    double alpha, beta;
    double x[MANY];
    const ml_plan *plan;
} series;

static series *
make_series(double alpha, double beta)
{
    series *s = calloc(1, sizeof *s);
    tap_random r = tap_random_start(11);

    if (!s)
        exit(EXIT_FAILURE);
    s->alpha = alpha;
    s->beta = beta;
    for (int i = 0; i < MANY; i++)
        s->x[i] = mlval_sample_x(&r, alpha);
    return s;
}

static double
pass_array(const void *data, size_t n)
{
    const series *s = data;
    static double y[MANY], bound[MANY];
    int flags = (int)ml_mittleff_array_d(y, bound, s->alpha, s->beta, n, s->x);

    return y[0] + y[n - 1] + bound[n / 2] + flags;
}

static void
array(void)
{
    char text[80];
    double mean = 0, negative = 0;

    head();
    for (int k = 0; k < MLVAL_FIXED; k++) {
        series *s = make_series(mlval_fixed[k][0], mlval_fixed[k][1]);

        snprintf(text, sizeof text, "array, %s, alpha %.9g beta %.3g", ml_cpu(),
                 s->alpha, s->beta);
        double ns = median(pass_array, s, MANY);

        row(text, MANY, ns, "<= 60");
        mean += ns / MLVAL_FIXED;
        if (k == 0) {
            snprintf(text, sizeof text, "array of 100, %s, alpha %.9g",
                     ml_cpu(), s->alpha);
            row(text, 100, median(pass_array, s, 100), "");
        }
        for (int i = 0; i < MANY; i++)
            s->x[i] = -fabs(s->x[i]);
        negative += median(pass_array, s, MANY) / MLVAL_FIXED;
        free(s);
    }
    row("array, mean", MANY, mean, "<= 60");
    row("array, mean, x < 0", MANY, negative, "<= 60");
}

enum { AGAIN = 8 }; /* the clock takes as long as a hundred values of a plan */

static double
pass_plan(const void *data, size_t n)
{
    const series *s = data;
    static double y[MANY];

    for (size_t i = 0; i < n; i += MANY)
        ml_plan_eval(s->plan, MANY, s->x, y);
    return y[0] + y[MANY - 1];
}

static double
pass_build(const void *data, size_t n)
{
    const series *s = data;
    double y = 0;

    for (size_t i = 0; i < n; i++) {
        ml_plan *p = NULL;
        double x = -1;

        if (ml_plan_alloc(&p, s->alpha, s->beta) == ML_OK)
            ml_plan_eval(p, 1, &x, &y);
        ml_plan_free(p);
    }
    return y;
}

/* x of both signs, log-uniform in 2^-34...2^34; with pieces only, if so asked. */
static void
both_signs(series *s, bool served)
{
    tap_random r = tap_random_start(13);

    for (int i = 0; i < MANY;) {
        double x = tap_random_log(&r, 0x1p-34, 0x1p34), v;

        x = tap_random_int(&r, 0, 1) ? x : -x;
        s->x[i] = x;
        i += !served
             || !isnan(s->plan->piece[ml_plan_piece(s->plan, x, &v)].a[0]);
    }
}

static void
plan(void)
{
    static const char *const cpu[] = {"avx512", "avx2", "baseline"};
    const char *own = ml_cpu();
    char text[100];

    head();
    for (int c = 0; c < 3; c++) {
        if (ml_cpu_select(cpu[c]) != ML_OK)
            continue;
        for (int k = 0; k < MLVAL_PLANS; k++) {
            series *s = make_series(mlval_fixed[k][0], mlval_fixed[k][1]);
            ml_plan *p = NULL;

            if (ml_plan_alloc(&p, s->alpha, s->beta) != ML_OK)
                continue;
            tap_random r = tap_random_start(12);

            for (int i = 0; i < MANY; i++)
                s->x[i] = -tap_random_log(&r, 1e-6, 1e6);
            s->plan = p;
            snprintf(text, sizeof text, "plan, %s, alpha %g beta %g", cpu[c],
                     s->alpha, s->beta);
            row(text, MANY, median(pass_plan, s, AGAIN * MANY), "<= 0.4 exp()");
            both_signs(s, true);
            row("both signs", MANY, median(pass_plan, s, AGAIN * MANY),
                "<= 0.4 exp()");
            both_signs(s, false);
            row("and without pieces", MANY, median(pass_plan, s, AGAIN * MANY),
                "");
            snprintf(text, sizeof text, "building it");
            row(text, 2, median(pass_build, s, 2), c < 2 ? "<= 1e6" : "<= 5e6");
            ml_plan_free(p);
            free(s);
        }
    }
    if (ml_cpu_select(own) != ML_OK)
        exit(EXIT_FAILURE);
}

/* ------------------------------------------------------------- derivatives */

typedef struct {
    const point *p; /* JET of them have one alpha and beta */
    bool pairs;
} jet_data;

static double
pass_jet(const void *data, size_t n)
{
    const jet_data *j = data;
    static double x[JET], y[8 * JET], bound[4 * JET];
    double sum = 0;
    int flags = 0;

    for (size_t i = 0; i + JET <= n; i += JET) {
        for (size_t k = 0; k < JET; k++)
            x[k] = j->p[i + k].x;
        flags |= (int)(j->pairs ? ml_mittleff_jet_dd(
                           y, bound, NULL, j->p[i].alpha, j->p[i].beta, JET, x)
                                : ml_mittleff_jet_d(y, bound, j->p[i].alpha,
                                                    j->p[i].beta, JET, x));
        sum += y[0] + bound[0];
    }
    return sum + flags;
}

static void
jet(void)
{
    static const char *const cpu[] = {"avx512", "avx2", "baseline"};
    const char *own = ml_cpu();
    enum { N = 100 * JET };
    point *p = h1_points(N);
    char text[80];

    for (size_t i = 0; i < N; i++) {
        p[i].alpha = p[i - i % JET].alpha;
        p[i].beta = p[i - i % JET].beta;
    }
    head();
    for (int c = 0; c < 3; c++) {
        jet_data d = {p, false}, dd = {p, true};

        if (ml_cpu_select(cpu[c]) != ML_OK)
            continue;
        snprintf(text, sizeof text, "jet, %s", cpu[c]);
        row(text, N, median(pass_jet, &d, N), "<= 90 (avx512)");
        snprintf(text, sizeof text, "jet in double-double, %s", cpu[c]);
        row(text, N, median(pass_jet, &dd, N), "<= 260 (avx512)");
    }
    if (ml_cpu_select(own) != ML_OK)
        exit(EXIT_FAILURE);
    free(p);
}

/* -------------------------------------------------------------- complex z */

static double
pass_complex(const void *data, size_t n)
{
    const point *p = data;
    const uint64_t none = no_bits;
    double w[2] = {0, 0}, bound[2] = {0, 0};
    int flags = 0;

    for (size_t i = 0; i < n; i++) {
        double z[2] = {after(p[2 * i].x, w[0], none), p[2 * i + 1].x};

        flags |= (int)ml_mittleff_z(w, bound, p[2 * i].alpha, p[2 * i].beta, z);
    }
    return w[0] + w[1] + bound[0] + flags;
}

/* Pairs of records: alpha, beta and the two parts of z in any direction. */
static void
complex_z(void)
{
    point *p = h1_points(2 * POINTS);
    tap_random r = tap_random_start(9);

    for (size_t i = 0; i < POINTS; i++) {
        double size = fabs(p[2 * i].x);
        double angle = tap_random_range(&r, -3.14159265358979, 3.1415926535898);

        p[2 * i].x = size * cos(angle);
        p[2 * i + 1].x = size * sin(angle);
    }
    head();
    row("complex z", POINTS, median(pass_complex, p, POINTS),
        "<= 1200 (avx512)");
    free(p);
}

/* ----------------------------------------------------------------- the peer
 *
 * Groups of H1 with one alpha and beta and many x, because the peer's array call
 * takes one alpha and beta: its time has no share of Python's call.  Ours is
 * one-off at the same points, in an order in which alpha and beta change. */
enum { GROUPS = 200, EACH = 50 };

static bool
write_groups(FILE *f, const point *p)
{
    bool ok = true;

    for (size_t g = 0; g < GROUPS; g++) {
        double first[2] = {p[g].alpha, p[g].beta};

        ok = fwrite(first, sizeof *first, 2, f) == 2 && ok;
        for (size_t k = 0; k < EACH; k++)
            ok = fwrite(&p[g + k * GROUPS].x, sizeof(double), 1, f) == 1 && ok;
    }
    return fflush(f) == 0 && ok;
}

/* The environment of `make peers`: in $ML_BUILD, or where this program is. */
static bool
peer_python(char *path, size_t size, const char *program)
{
    const char *build = getenv("ML_BUILD");
    const char *own = strstr(program, "/mlfunc/bench/");

    if (own)
        snprintf(path, size, "%.*s/peers/bin/python", (int)(own - program),
                 program);
    if (own && access(path, X_OK) == 0)
        return true;
    snprintf(path, size, "%s/peers/bin/python", build ? build : "build");
    return access(path, X_OK) == 0;
}

static double
ask_peer(const char *python, const point *p)
{
    char file[] = "/tmp/p-doubles-XXXXXX", command[4400];
    double ns = NAN;
    int refused = 0, fd = mkstemp(file);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "wb"), *answer = NULL;

    if (f && write_groups(f, p)) {
        snprintf(command, sizeof command,
                 "'%s' mlfunc/bench/peer.py %s %d %d 2>/dev/null", python, file,
                 (int)GROUPS, (int)EACH);
        answer = popen(command, "r");
    }
    if (answer) {
        if (fscanf(answer, "%lf %d", &ns, &refused) != 2)
            ns = NAN;
        pclose(answer);
    }
    if (f)
        fclose(f);
    if (fd >= 0)
        unlink(file);
    if (refused > 0)
        printf("# refused by the peer: %d of %d groups\n", refused,
               (int)GROUPS);
    return ns;
}

static void
peer(const char *program)
{
    point *p = h1_points(GROUPS * EACH);
    char python[4096];

    for (size_t i = GROUPS; i < GROUPS * EACH; i++) {
        p[i].alpha = p[i % GROUPS].alpha;
        p[i].beta = p[i % GROUPS].beta;
    }
    double own = median(pass_one, p, GROUPS * EACH);
    double other =
        peer_python(python, sizeof python, program) ? ask_peer(python, p) : NAN;

    row("one-off, points of the peer", GROUPS * EACH, own, "");
    if (isnan(other)) {
        puts("pymittagleffler\tnot measured: make peers installs it");
    } else {
        row("pymittagleffler, array call", GROUPS * EACH, other, "");
        printf("peer/one-off\t%.1f\t\t\t\t>= 12\n", other / own);
    }
    free(p);
}

int
main(int argc, char **argv)
{
    const char *const *what = (const char *const *)argv + 1;
    bool all = argc < 2;

    yardstick();
    for (int i = 0; i < (all ? 1 : argc - 1); i++) {
        if (all || strcmp(what[i], "mix") == 0)
            mix();
        if (all || strcmp(what[i], "alpha") == 0)
            by_alpha();
        if (all || strcmp(what[i], "array") == 0)
            array();
        if (all || strcmp(what[i], "plan") == 0)
            plan();
        if (all || strcmp(what[i], "jet") == 0)
            jet();
        if (all || strcmp(what[i], "complex") == 0)
            complex_z();
        if (all || strcmp(what[i], "peer") == 0)
            peer(argv[0]);
    }
    return EXIT_SUCCESS;
}
