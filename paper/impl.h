/* paper/impl.h - what the files of room paper share.
 *
 * A claim is a row of the ledger; its computation is a row of the registry
 * with the same id.  The computation derives the verdict from numbers and
 * never sees the ledger.
 */
#ifndef PAPER_IMPL_H
#define PAPER_IMPL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <arb.h>

#include "base/page.h"
#include "base/table.h"
#include "fit/fit.h"
#include "mlfunc/mlball.h"
#include "paper/paper.h"
#include "simulate/simulate.h"

#define PREC 128

/* ----------------------------------------------------------------- outcomes */

/* `computed` is compared with the ledger, number by number, to one unit of
 * the last digit that the ledger gives; `detail` is for the reader only (it
 * may depend on the seed). */
typedef struct {
    mlpaper_verdict verdict;
    bool failed; /* the computation itself did not work; detail says why */
    char computed[240];
    char detail[800];
} mlpaper_outcome;

void mlpaper_computed(mlpaper_outcome *o, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends to the detail. */
void mlpaper_detail(mlpaper_outcome *o, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The computation did not work: verdict none, which the ledger never has for
 * a row with a computation. */
void mlpaper_failed(mlpaper_outcome *o, const char *what);

/* ------------------------------------------------------- printed precision */

/*
 * mlpaper_printed - the numbers that a printed decimal stands for.
 *
 * "1.69" is [1.685, 1.695], "205e3" is [204500, 205500], "=2.5" is 2.5.
 * nominal: the decimal itself.
 */
void mlpaper_printed(arb_t x, const char *printed, bool nominal);

/*
 * mlpaper_judge - verdict on a printed number.
 *
 * Result   reproduced: `nominal`, from the inputs as printed, rounds to it;
 *          consistent: `range`, over all inputs that round to those printed,
 *          meets the numbers that round to it; inconsistent: disjoint.
 */
mlpaper_verdict mlpaper_judge(const arb_t nominal, const arb_t range,
                              const char *printed);

/* y = f(x[0], x[1], ...): once with the inputs as printed, once with their
 * rounding intervals.  args of a claim whose compute is mlpaper_arithmetic. */
typedef struct {
    void (*f)(arb_t y, arb_srcptr x);
    const char *in[6]; /* ended by NULL */
    const char *printed;
    int digits;
    const char *unit;
} mlpaper_sum;

double mlpaper_mid(const arb_t x);

/* ------------------------------------------------------------ shared walks */

/* Walks that several claims and the figures use, run once.  b is the exponent
 * of the waiting times (the paper's beta'), a = 1 the jump length, 3-D. */
#define WALK_TIMES   21
#define WALK_Q       3 /* q a = WALK_SMALL_Q, pi (lambda = 0), 5 pi/2 */
#define WALK_SMALL_Q 0.2
#define AGED_TIMES   4
typedef struct {
    ml_status status;
    uint64_t walkers;
    double times[WALK_TIMES], q[WALK_Q];
    mlsim_walk_result ml;        /* b = 0.45, tau = 1, ML waits */
    mlsim_walk_result pareto[2]; /* b = 0.45, 0.7, cut-off t0 = 1 */
    double pareto_times[2];
    mlsim_walk_result aged; /* b = 0.45, clocks at age AGE */
    double age, aged_times[AGED_TIMES];
} mlpaper_walks;

/* `walkers` of the Mittag-Leffler walk; half and a quarter of the others. */
#define WALKERS 400000
void mlpaper_walks_run(mlpaper_walks *w, uint64_t walkers, uint64_t seed,
                       int threads);
void mlpaper_walks_clear(mlpaper_walks *w);

/* ------------------------------------------------------------ data of users */

typedef struct mlpaper_record mlpaper_record;

/* ----------------------------------------------------------------- registry */

typedef struct {
    const mlpaper_walks *walks;
    const mlpaper_record *record; /* --data, or NULL */
    uint64_t seed;
} mlpaper_context;

typedef void (*mlpaper_compute)(mlpaper_outcome *o, const mlpaper_context *c,
                                const void *args);

typedef struct {
    const char *id;
    mlpaper_compute compute; /* NULL: needs-data */
    const void *args;
    mlpaper_compute on_data; /* needs-data claims, when there is a record */
} mlpaper_claim;

typedef struct {
    const mlpaper_claim *claims;
    size_t n;
} mlpaper_group;

extern const mlpaper_group mlpaper_kinematics, mlpaper_windows, mlpaper_plateau,
    mlpaper_walk, mlpaper_ageing, mlpaper_limits, mlpaper_kww, mlpaper_distance,
    mlpaper_nulls, mlpaper_data;

/* All groups, in the order of the ledger. */
const mlpaper_group *const *mlpaper_groups(size_t *n);
const mlpaper_claim *mlpaper_claim_find(const char *id);

void mlpaper_arithmetic(mlpaper_outcome *o, const mlpaper_context *c,
                        const void *args);

/* ----------------------------------------------------------------- numerics */

/* The tau that the printed 9000 s asks for with lags to 4e4 s (dist-...). */
#define TAU_9000 6.7e3

/* E_b(-(t/tau)^b) as a double; NaN when it cannot be had. */
double mlpaper_ml(double b, double tau, double t);

/* splitmix64: synthetic noise and null series only, never walks. */
typedef struct {
    uint64_t state;
} mlpaper_random;
double mlpaper_uniform(mlpaper_random *r); /* in (0, 1) */
double mlpaper_normal(mlpaper_random *r);

/* Pearson's r. */
double mlpaper_pearson(const double *x, const double *y, size_t n);

/* Lags lo 10^(k/per_decade), k = 0, 1, ... below hi, and hi itself (which may
 * lie close to the last of them); malloc'ed. */
double *mlpaper_lags(size_t *n, double lo, double hi, double per_decade);

/* KWW (no factor: kww1) and ml-direct by unweighted least squares, amplitude
 * 1; false when a fit did not converge. */
bool mlpaper_fit(mlfit_result *r, const char *model, const double *t,
                 const double *R, size_t n, bool free_baseline);

/* ------------------------------------------------------------------- ledger */

typedef struct {
    const char *id, *place, *claim, *printed, *verdict, *computed, *remark;
} mlpaper_row;

typedef struct {
    mlio_table *table;
    mlpaper_row *rows;
    size_t n;
} mlpaper_ledger;

bool mlpaper_ledger_read(mlpaper_ledger *l, const char *path, mlio_error *err);
void mlpaper_ledger_clear(mlpaper_ledger *l);
bool mlpaper_verdict_parse(mlpaper_verdict *v, const char *name);

/* Do the numbers of both texts agree to one unit of the last digit of
 * `expected`, and the words exactly? */
bool mlpaper_same_computed(const char *computed, const char *expected);

/* ------------------------------------------------------------------- report */

typedef struct {
    const mlpaper_row *row;
    mlpaper_outcome here;  /* the paper alone */
    mlpaper_outcome there; /* on the user's data */
    bool has_there;
    bool verdict_changed, value_changed;
} mlpaper_line;

/* Writes DIR/index.html and the figures' data, DIR/figure-NAME.tsv. */
bool mlpaper_report(const char *dir, const mlpaper_line *lines, size_t n,
                    const mlpaper_context *c, mlio_error *err);

/* A figure on the page and its data beside it; false: the file failed. */
bool mlpaper_figure(mlio_page *p, const char *dir, const char *name,
                    const mlio_figure *f, mlio_error *err);

/* Greek letters, signs and powers for the page; the tables stay plain. */
void mlpaper_pretty(char *out, size_t size, const char *s);

/* The figures of each chapter. */
bool mlpaper_figures_limits(mlio_page *p, const char *dir, mlio_error *err);
bool mlpaper_figures_walks(mlio_page *p, const char *dir,
                           const mlpaper_walks *w, mlio_error *err);
bool mlpaper_figures_ages(mlio_page *p, const char *dir, mlio_error *err);
bool mlpaper_figures_fits(mlio_page *p, const char *dir, mlio_error *err);
bool mlpaper_figures_data(mlio_page *p, const char *dir,
                          const mlpaper_record *r, mlio_error *err);

/* Average over t_a in [0, T - t] of the arcsine law (ageing.c). */
double mlpaper_age_average(double b, double T, double t);

/* ----------------------------------------------------------- records (data) */

/* A decay R(t) with its fits; t > 0 ascending. */
typedef struct {
    size_t n;
    double *t, *g2, *err, *R; /* err NULL: not known */
    double plateau;           /* g2(0): the first lag */
    mlfit_result kww, ml;     /* of R: kww2; ml-direct of the whole only */
    bool fitted;
} mlpaper_decay;

/* One age window: t_a is its middle. */
typedef struct {
    double t_a;
    mlpaper_decay decay;
} mlpaper_age;

struct mlpaper_record {
    double plateau_inf, plateau_inf_se; /* g2(inf) */
    bool plateau_measured;              /* else the paper's 1.00240 */
    double span;                        /* of ages */
    size_t n;                           /* age windows, ascending t_a */
    mlpaper_age *ages;
    mlpaper_decay whole; /* averaged over all ages */
    size_t empty;        /* age windows of 1000 s that hold no frame */
    double frame;        /* spacing of frames; 0 for g2.tsv */
};

/* Both fill ages[].decay.{n,t,g2,err} and whole, unfitted. */
bool mlpaper_record_table(mlpaper_record *r, const char *path, mlio_error *err);
bool mlpaper_record_npy(mlpaper_record *r, const char *c2, const char *times,
                        mlio_error *err);

bool mlpaper_decay_alloc(mlpaper_decay *d, size_t n, bool with_err,
                         mlio_error *err);
void mlpaper_decay_free(mlpaper_decay *d);

/*
 * mlpaper_npy_read - a 2-D array of numpy: '<f8' or '<f4', C order.
 *
 * Result   malloc'ed rows * columns doubles.
 * Errors   MLIO_DATA: not .npy, another type, order or dimension, a file that
 *          is shorter or longer than its header says; MLIO_FILE.
 */
double *mlpaper_npy_read(size_t *rows, size_t *columns, const char *path,
                         mlio_error *err);

/* g2.tsv, or c2.npy and times.tsv, in dir: normalised and fitted. */
/* Needs-data claims that stand in other groups. */
void mlpaper_data_tail(mlpaper_outcome *o, const mlpaper_context *c,
                       const void *args);
void mlpaper_data_plateau(mlpaper_outcome *o, const mlpaper_context *c,
                          const void *args);

mlpaper_record *mlpaper_record_read(const char *dir, mlio_error *err);
void mlpaper_record_free(mlpaper_record *r);

#endif
