/* mlfunc/bench/p-mittleff.c - what a value of the Mittag-Leffler function costs.
 *
 *     p-mittleff                  all of the first five, under a minute
 *     p-mittleff mean [N]         mean, median, maximum at four accuracies
 *     p-mittleff round [N]        correctly rounded doubles: by doubles first, on
 *                                 each instruction set, and by balls alone; how
 *                                 many differ
 *     p-mittleff rational [N]     alpha = 3/10 against the nearest double
 *     p-mittleff plan [N]         many z at one alpha and beta
 *     p-mittleff worst [N [BITS]] the slowest of N points of the frozen sampler,
 *                                 53 bits; BITS 0: rounded doubles
 *     p-mittleff where [N [BITS]] by method and by region
 *     p-mittleff choice [N [BITS [frozen]]] the cost model against the clock
 *     p-mittleff points [N [BITS]] the points of `mean`, one a line, slowest
 *                                 last
 *
 * Points of `mean`: real z < 0 log-uniform in 1e-4...1e4, alpha uniform in
 * 0.02...2 drawn afresh, beta = 1 or alpha with equal chance.  Thread CPU time
 * in microseconds; ratios to one arb_rgamma of 64 bits in the same run, those of
 * `round` to one exp().
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/bench/timing.h"
#include "mlfunc/impl.h"
#include "validation/sampler.h"

/* Microseconds. */
static double
now(void)
{
    return 1e-3 * timing_now();
}

/* Microseconds of one arb_rgamma at 64 bits, the median of many. */
static double
yardstick(void)
{
    enum { RUNS = 400, EACH = 50 };
    static double t[RUNS];
    tap_random r = tap_random_start(1);
    arb_t x, y;

    arb_init(x);
    arb_init(y);
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        for (int k = 0; k < EACH; k++) {
            arb_set_d(x, tap_random_range(&r, 0.02, 20));
            arb_rgamma(y, x, 64);
        }
        t[i] = (now() - start) / EACH;
    }
    arb_clear(x);
    arb_clear(y);
    qsort(t, RUNS, sizeof *t, timing_by_value);
    return t[RUNS / 2];
}

/* ----------------------------------------------------------------- one value */

/* A correctly rounded double by balls, or so many bits. */
enum { ROUND = 0 };

static ml_status
value(const ml_arg *args, slong bits, acb_t ball)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    double re, im;

    if (bits == ROUND)
        return ml_round_ball_d(&re, fmpq_is_zero(args[2].im) ? NULL : &im, f,
                               args, NULL, MPFR_RNDN, 4096);
    return ml_eval_bits(ball, f, NULL, args, bits, 0);
}

static slong
digits(slong d)
{
    return 1 + d * 3322 / 1000;
}

typedef struct {
    mlval_point at;
    double us;
    ml_status status;
} timing;

static void
set_args(ml_arg *args, const mlval_point *p)
{
    ml_arg im;

    ml_args_init(&im, 1);
    ml_arg_set_d(&args[0], p->alpha);
    ml_arg_set_d(&args[1], p->beta);
    ml_arg_set_d(&args[2], p->re);
    ml_arg_set_d(&im, p->im);
    fmpq_set(args[2].im, im.re);
    ml_args_clear(&im, 1);
}

/* The least of two runs: an interruption is no cost of ours. */
static void
measure(timing *t, slong bits)
{
    ml_arg args[3];
    acb_t ball;

    ml_args_init(args, 3);
    acb_init(ball);
    set_args(args, &t->at);
    t->us = INFINITY;
    for (int i = 0; i < 2; i++) {
        double start = now();
        t->status = value(args, bits, ball);
        t->us = fmin(t->us, now() - start);
        if (t->us > 1e5)
            break;
    }
    ml_args_clear(args, 3);
    acb_clear(ball);
}

static mlval_point
sample(tap_random *r)
{
    mlval_point p = {.im = 0};

    p.alpha = tap_random_range(r, 0.02, 2);
    p.beta = tap_random_int(r, 0, 1) ? 1 : p.alpha;
    p.re = -tap_random_log(r, 1e-4, 1e4);
    return p;
}

/* ------------------------------------------------------------------- reports */

static int
by_time(const void *a, const void *b)
{
    return timing_by_value(&((const timing *)a)->us, &((const timing *)b)->us);
}

static timing *
measure_all(long n, slong bits)
{
    timing *t = calloc((size_t)n, sizeof *t);
    tap_random r = tap_random_start(20240803);

    if (!t)
        exit(EXIT_FAILURE);
    for (long i = 0; i < n; i++) {
        t[i].at = sample(&r);
        measure(&t[i], bits);
    }
    return t;
}

static void
print_row(const char *name, timing *t, long n, double unit)
{
    double sum = 0;
    long failed = 0;

    qsort(t, (size_t)n, sizeof *t, by_time);
    for (long i = 0; i < n; i++) {
        sum += t[i].us;
        failed += (t[i].status & ML_UNABLE) != 0;
    }
    sum /= (double)n;
    double median = t[n / 2].us, p99 = t[n - 1 - n / 100].us;
    printf("%s\t%ld\t%.4g\t%.4g\t%.4g\t%.4g\t%.3g\t%.3g\t%ld\n", name, n, sum,
           median, p99, t[n - 1].us, sum / unit, median / unit, failed);
    fflush(stdout);
}

static void
print_head(void)
{
    printf("what\tpoints\tmean_us\tmedian\tp99\tmax\tmean/rgamma\tmedian/"
           "rgamma\tfailed\n");
}

static void
mean(long n, double unit)
{
    static const struct {
        const char *name;
        slong bits;
        double share;
    } row[] = {{"rounded double, balls", ROUND, 1},
               {"113 bits", 113, 0.5},
               {"333 digits", 0, 0.03},
               {"1000 digits", 0, 0.006}};

    print_head();
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        slong bits = i == 2 ? digits(333) : i == 3 ? digits(1000) : row[i].bits;
        long count = (long)fmax(20, (double)n * row[i].share);
        timing *t = measure_all(count, bits);
        print_row(row[i].name, t, count, unit);
        free(t);
    }
}

/* ------------------------------------------------------ rounded to a double */

/* Nanoseconds of one exp(), the median of many. */
static double
exp_yardstick(void)
{
    enum { RUNS = 200, EACH = 1000 };
    static double t[RUNS], x[EACH];
    tap_random r = tap_random_start(2);
    volatile double sink;
    double sum = 0;

    for (int k = 0; k < EACH; k++)
        x[k] = tap_random_range(&r, -20, 20);
    for (int i = 0; i < RUNS; i++) {
        double start = now();
        for (int k = 0; k < EACH; k++)
            sum += exp(x[k]);
        t[i] = 1e3 * (now() - start) / EACH;
    }
    sink = sum;
    (void)sink;
    qsort(t, RUNS, sizeof *t, timing_by_value);
    return t[RUNS / 2];
}

typedef enum { DIRECT, BY_ROW, BY_BALLS } road;

/* The mean of blocks, so that the clock costs nothing; values and how many
 * have no status ML_OK. */
static double
round_all(road how, double *value, const mlval_point *p, long n, long *flagged)
{
    enum { BLOCK = 100 };
    const ml_function *f = ml_function_find("mittag-leffler");
    ml_arg args[BLOCK][3];
    double us = 0;

    *flagged = 0;
    for (int k = 0; k < BLOCK; k++)
        ml_args_init(args[k], 3);
    for (long i = 0; i < n; i += BLOCK) {
        long size = n - i < BLOCK ? n - i : BLOCK;
        for (long k = 0; k < size; k++)
            set_args(args[k], &p[i + k]);
        double start = now();
        for (long k = 0; k < size; k++) {
            double *v = &value[i + k];
            ml_status s =
                how == DIRECT ? ml_mittleff_round_d(v, p[i + k].alpha,
                                                    p[i + k].beta, p[i + k].re)
                : how == BY_ROW
                    ? ml_round_d(v, NULL, f, args[k], MPFR_RNDN, 0)
                    : ml_round_ball_d(v, NULL, f, args[k], NULL, MPFR_RNDN, 0);
            *flagged += s != ML_OK;
        }
        us += now() - start;
    }
    for (int k = 0; k < BLOCK; k++)
        ml_args_clear(args[k], 3);
    return us / (double)n;
}

static long
undecided(const mlval_point *p, long n)
{
    long count = 0;

    for (long i = 0; i < n; i++) {
        double v;
        ml_status s =
            ml_mittleff_bound_d(&v, NULL, p[i].alpha, p[i].beta, p[i].re);
        count += (s & (ML_UNABLE | ML_UNDECIDED)) != 0;
    }
    return count;
}

static void
round_report(long n)
{
    static const char *const sets[] = {"avx512", "avx2", "baseline"};
    mlval_point *p = calloc((size_t)n, sizeof *p);
    double *want = calloc((size_t)n, sizeof *want);
    double *got = calloc((size_t)n, sizeof *got);
    double unit = exp_yardstick();
    tap_random r = tap_random_start(20240803);
    const char *first = ml_cpu();
    long flagged, balls_flagged;

    if (!p || !want || !got)
        exit(EXIT_FAILURE);
    for (long i = 0; i < n; i++)
        p[i] = sample(&r);
    double us = round_all(BY_BALLS, want, p, n, &balls_flagged);
    printf("# exp(): %.3g ns\nrounded\tpoints\tmean_us\tmean/exp\tballs "
           "asked\tdiffer\n",
           unit);
    printf("balls alone\t%ld\t%.4g\t%.4g\t%ld\t-\n", n, us, 1e3 * us / unit, n);
    for (size_t k = 0; k < 2 * sizeof sets / sizeof *sets; k++) {
        const char *set = sets[k / 2];
        road how = k % 2 ? BY_ROW : DIRECT;
        long differ = 0;

        if (ml_cpu_select(set) != ML_OK) {
            printf("%s\tnot measured\n", set);
            continue;
        }
        us = round_all(how, got, p, n, &flagged);
        for (long i = 0; i < n; i++)
            differ += got[i] != want[i];
        printf("%s, %s\t%ld\t%.4g\t%.4g\t%ld\t%ld\n", set,
               how == DIRECT ? "doubles" : "exact arguments", n, us,
               1e3 * us / unit, undecided(p, n),
               differ + labs(flagged - balls_flagged));
        fflush(stdout);
    }
    if (ml_cpu_select(first) != ML_OK)
        exit(EXIT_FAILURE);
    free(p);
    free(want);
    free(got);
}

/* The same abscissae at alpha = 3/10 and at the double next to it. */
static void
rational(long n)
{
    printf("what\tpoints\trational_us\tdouble_us\tratio\n");
    for (int i = 0; i < 4; i++) {
        slong d = i % 2 ? 1000 : 333;
        double us[2] = {0, 0};
        for (int exact = 0; exact < 2; exact++) {
            tap_random r = tap_random_start(7);
            ml_arg args[3];
            acb_t ball;

            ml_args_init(args, 3);
            acb_init(ball);
            for (long k = 0; k < n; k++) {
                ml_arg_set_d(&args[0], 0.3);
                if (exact)
                    fmpq_set_si(args[0].re, 3, 10);
                ml_arg_set_d(&args[1], 1);
                if (i >= 2)
                    fmpq_set(args[1].re, args[0].re);
                ml_arg_set_d(&args[2], -tap_random_log(&r, 1e-4, 1e4));
                double start = now();
                if (value(args, digits(d), ball) != ML_OK)
                    printf("no value at point %ld\n", k);
                us[exact] += (now() - start) / (double)n;
            }
            ml_args_clear(args, 3);
            acb_clear(ball);
        }
        printf("%ld digits, beta %s\t%ld\t%.4g\t%.4g\t%.3g\n", (long)d,
               i < 2 ? "1" : "alpha", n, us[1], us[0], us[0] / us[1]);
        fflush(stdout);
    }
}

/* One alpha and beta, z < 0 log-uniform in 1e-4...1e4: the plan, and a value
 * by it. */
static void
plan(long n, double unit)
{
    static const double alpha[] = {0.1, 0.45, 0.5, 0.83, 0.99, 1.3, 1.9};
    enum { PLANS = 2 * sizeof alpha / sizeof *alpha };

    printf("what\tvalues\tmake_us\tmean_us\tmax\tmean/rgamma\n");
    for (int i = 0; i < 2; i++) {
        slong bits = i == 0 ? 53 : digits(333);
        double make = 0, us = 0, most = 0;
        long values = i == 0 ? n : n / 20 + 1, failed = 0;
        for (size_t k = 0; k < PLANS; k++) {
            tap_random r = tap_random_start(3);
            ml_mittleff_plan *t;
            ml_arg a[2];
            acb_t z, v;

            ml_args_init(a, 2);
            acb_init(z);
            acb_init(v);
            ml_arg_set_d(&a[0], alpha[k / 2]);
            ml_arg_set_d(&a[1], k % 2 ? 1 : alpha[k / 2]);
            double start = now();
            failed +=
                ml_mittleff_plan_alloc(&t, a[0].re, a[1].re, bits) != ML_OK;
            make += (now() - start) / PLANS;
            for (long j = 0; j < values; j++) {
                acb_set_d(z, -tap_random_log(&r, 1e-4, 1e4));
                start = now();
                failed += ml_mittleff_plan_eval(v, t, z) != ML_OK;
                double took = now() - start;
                us += took / (double)(values * PLANS);
                most = fmax(most, took);
            }
            ml_mittleff_plan_free(t);
            ml_args_clear(a, 2);
            acb_clear(z);
            acb_clear(v);
        }
        printf("plan, %s\t%ld\t%.4g\t%.4g\t%.4g\t%.3g\n",
               i == 0 ? "53 bits" : "333 digits", values * (long)PLANS, make,
               us, most, us / unit);
        if (failed > 0)
            printf("without a value\t%ld\n", failed);
        fflush(stdout);
    }
}

static void
print_point(const timing *t)
{
    double r = hypot(t->at.re, t->at.im);

    printf("%.1f\t%.17g\t%.17g\t%.17g\t%.17g\t%.3g\t%d\t%s/%s/%s\n", t->us,
           t->at.alpha, t->at.beta, t->at.re, t->at.im,
           exp(log(r) / t->at.alpha), (int)t->status,
           t->at.alpha_kind ? t->at.alpha_kind : "",
           t->at.beta_kind ? t->at.beta_kind : "",
           t->at.z_kind ? t->at.z_kind : "");
}

/* Real z < 0, and complex z with x <= 2^20; alpha >= 1e-3.  A ball of so many
 * bits: both parts rounded is another matter where one is far smaller. */
static void
worst(long n, double unit, slong bits)
{
    enum { SHOWN = 40 };
    timing *t = calloc((size_t)n, sizeof *t);
    tap_random r = tap_random_start(20240803);

    if (!t)
        exit(EXIT_FAILURE);
    for (long i = 0; i < n;) {
        t[i].at = mlval_sample(&r, 53);
        const mlval_point *p = &t[i].at;
        bool far = log(hypot(p->re, p->im)) > 20 * log(2) * p->alpha;
        if (p->alpha < 1e-3 || (far && !(p->re < 0 && p->im == 0)))
            continue;
        measure(&t[i], bits);
        i++;
    }
    print_head();
    print_row("frozen sampler", t, n, unit);
    long over = 0;
    for (long i = 0; i < n; i++)
        over += t[i].us > 1000;
    printf("over 1 ms\t%ld\nus\talpha\tbeta\tre\tim\tx\tstatus\tkinds\n", over);
    for (long i = n > SHOWN ? n - SHOWN : 0; i < n; i++)
        print_point(&t[i]);
    printf("# without a value\n");
    for (long i = 0; i < n; i++) {
        if (t[i].status & ML_UNABLE)
            print_point(&t[i]);
    }
    free(t);
}

/* ---------------------------------------------------- where the time goes */

typedef struct {
    double us;
    long n, attempts, refused, again;
} bin;

static void
add(bin *b, double us, const ml_choice *c)
{
    b->us += us;
    b->n++;
    b->attempts += c->attempts;
    b->refused += c->refused;
    b->again += c->attempts - c->refused > 1;
}

static void
print_bin(const char *name, const bin *b, double total)
{
    if (b->n > 0)
        printf("%s\t%ld\t%.4g\t%.1f\t%ld\t%ld\n", name, b->n,
               b->us / (double)b->n, 100 * b->us / total, b->again, b->refused);
}

static void
where(long n, slong bits)
{
    enum { A = 5, X = 6 };
    static const double a_end[A] = {0.1, 0.5, 1, 1.5, 2},
                        x_end[X] = {0.1, 1, 8, 40, 400, INFINITY};
    static const char *const name[] = {"none",    "series",     "asymptotic",
                                       "contour", "quadrature", "closed form"};
    bin method[ML_BY_COUNT] = {{0}}, region[A][X] = {{{0}}}, all = {0};
    timing *t = measure_all(n, bits);
    ml_arg args[3];
    acb_t ball;

    ml_args_init(args, 3);
    acb_init(ball);
    for (long i = 0; i < n; i++) {
        ml_choice c = {0};
        int a = 0, x = 0;
        set_args(args, &t[i].at);
        if (ml_mittleff_traced(ball, &c, args, bits == ROUND ? 64 : bits + 9)
            != ML_OK)
            c.method = ML_BY_NONE;
        double at = exp(log(-t[i].at.re) / t[i].at.alpha);
        while (a < A - 1 && t[i].at.alpha > a_end[a])
            a++;
        while (x < X - 1 && at > x_end[x])
            x++;
        add(&method[c.method], t[i].us, &c);
        add(&region[a][x], t[i].us, &c);
        add(&all, t[i].us, &c);
    }
    printf("by method\tpoints\tmean_us\tshare_%%\tasked_again\trefused\n");
    for (int i = 0; i < ML_BY_COUNT; i++)
        print_bin(name[i], &method[i], all.us);
    printf("alpha to, x to\tpoints\tmean_us\tshare_%%\tasked_again\trefused\n");
    for (int a = 0; a < A; a++) {
        for (int x = 0; x < X; x++) {
            char text[64];
            snprintf(text, sizeof text, "%g, %g", a_end[a], x_end[x]);
            print_bin(text, &region[a][x], all.us);
        }
    }
    ml_args_clear(args, 3);
    acb_clear(ball);
    free(t);
}

/* --------------------------------------------- the cost model, held to account
 *
 * At each point every method that its own cost function admits is run at one
 * goal.  measured/predicted: median, and the middle 80 %; then the time of the
 * method that the model prefers over the time of the best.
 */
typedef ml_status (*runner)(acb_t res, const ml_mlpoint *p, slong goal);

static ml_status
run_series(acb_t res, const ml_mlpoint *p, slong goal)
{
    return ml_mlpoint_series(res, p, 0, goal);
}

static ml_status
run_asymp(acb_t res, const ml_mlpoint *p, slong goal)
{
    return ml_mlpoint_asymp(res, p, 0, goal);
}

static const struct {
    const char *name;
    runner run;
    double (*cost)(const ml_mlpoint *p, slong goal);
    double (*least)(const ml_mlpoint *p, slong goal);
} competitor[] = {
    {"series", run_series, ml_mlpoint_series_cost, ml_mlpoint_series_least},
    {"asymptotic", run_asymp, ml_mlpoint_asymp_cost, ml_mlpoint_asymp_least},
    {"contour", ml_mlpoint_contour, ml_mlpoint_contour_cost,
     ml_mlpoint_contour_least},
};

enum { COMPETITORS = sizeof competitor / sizeof *competitor };

static double
method_time(int i, const ml_mlpoint *p, slong goal)
{
    double best = INFINITY;
    acb_t v;

    acb_init(v);
    for (int k = 0; k < 2; k++) {
        double start = now();
        if (competitor[i].run(v, p, goal) != ML_OK)
            break;
        best = fmin(best, now() - start);
    }
    acb_clear(v);
    return best;
}

static void
choice(long n, slong bits, bool frozen)
{
    double *ratio = calloc((size_t)(n * COMPETITORS), sizeof *ratio);
    long count[COMPETITORS] = {0}, below = 0, wrong = 0;
    double chosen = 0, ideal = 0;
    tap_random r = tap_random_start(5);
    ml_arg args[3];

    if (!ratio)
        exit(EXIT_FAILURE);
    ml_args_init(args, 3);
    for (long k = 0; k < n; k++) {
        mlval_point at = frozen ? mlval_sample(&r, bits) : sample(&r);
        double us[COMPETITORS], guess[COMPETITORS];
        int model = 0, best = 0;
        ml_mlpoint p;

        ml_mlpoint_init(&p);
        set_args(args, &at);
        if (ml_mlpoint_set_args(&p, args) == ML_OK && !p.has_zero) {
            slong goal = (slong)ml_mlpoint_log2_d(&p) - bits - 9;
            for (int i = 0; i < COMPETITORS; i++) {
                guess[i] = competitor[i].cost(&p, goal);
                below += guess[i] < competitor[i].least(&p, goal);
                us[i] = guess[i] < 1e6 ? method_time(i, &p, goal) : INFINITY;
                if (isfinite(us[i]))
                    ratio[i * n + count[i]++] = us[i] / guess[i];
                model = guess[i] < guess[model] ? i : model;
                best = us[i] < us[best] ? i : best;
            }
            if (isfinite(us[model]) && isfinite(us[best])) {
                chosen += us[model];
                ideal += us[best];
                if (us[model] > 2 * us[best] && wrong++ < 10)
                    printf("# %.17g %.17g %.17g %.17g: %s %.4g us (%.4g "
                           "predicted), %s %.4g us (%.4g)\n",
                           at.alpha, at.beta, at.re, at.im,
                           competitor[model].name, us[model], guess[model],
                           competitor[best].name, us[best], guess[best]);
            }
        }
        ml_mlpoint_clear(&p);
    }
    printf("measured/predicted\tpoints\tmedian\t10%%\t90%%\n");
    for (int i = 0; i < COMPETITORS; i++) {
        double *v = ratio + i * n;
        qsort(v, (size_t)count[i], sizeof *v, timing_by_value);
        if (count[i] > 0)
            printf("%s\t%ld\t%.3g\t%.3g\t%.3g\n", competitor[i].name, count[i],
                   v[count[i] / 2], v[count[i] / 10],
                   v[count[i] - 1 - count[i] / 10]);
    }
    printf("mean of the chosen, of the best\t%.4g\t%.4g us\n",
           chosen / (double)n, ideal / (double)n);
    printf("chosen/best\t%.4f\nover twice the best\t%ld\nbelow its lower "
           "limit\t%ld\n",
           chosen / ideal, wrong, below);
    ml_args_clear(args, 3);
    free(ratio);
}

static void
points(long n, slong bits)
{
    timing *t = measure_all(n, bits);

    qsort(t, (size_t)n, sizeof *t, by_time);
    printf("us\talpha\tbeta\tre\tim\tx\tstatus\tkinds\n");
    for (long i = 0; i < n; i++)
        print_point(&t[i]);
    free(t);
}

int
main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    long n = argc > 2 ? atol(argv[2]) : 0;
    slong bits = argc > 3 ? atol(argv[3]) : 0;
    bool all = argc < 2;
    double unit = yardstick();

    printf("# arb_rgamma, 64 bits: %.3g us\n", unit);
    if (all || strcmp(what, "mean") == 0)
        mean(n > 0 ? n : 10000, unit);
    if (all || strcmp(what, "round") == 0)
        round_report(n > 0 ? n : 20000);
    if (all || strcmp(what, "rational") == 0)
        rational(n > 0 ? n : 10);
    if (all || strcmp(what, "plan") == 0)
        plan(n > 0 ? n : 1000, unit);
    if (all || strcmp(what, "worst") == 0)
        worst(n > 0 ? n : 10000, unit, bits > 0 ? bits : argc > 3 ? ROUND : 53);
    if (strcmp(what, "where") == 0)
        where(n > 0 ? n : 10000, bits);
    if (strcmp(what, "choice") == 0)
        choice(n > 0 ? n : 2000, bits > 0 ? bits : 53, argc > 4);
    if (strcmp(what, "points") == 0)
        points(n > 0 ? n : 1000, bits);
    return EXIT_SUCCESS;
}
