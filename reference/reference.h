/* reference/reference.h - certified tables, and measuring any implementation.
 *
 * A point set is a table in reference/points/FUNCTION.tsv (arguments in
 * registry order, region).  A certified table row holds only what mathematics
 * determines, so that every library version regenerates the same bytes.
 */
#ifndef REFERENCE_REFERENCE_H
#define REFERENCE_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table.h"
#include "mlfunc/mlball.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------- points */

typedef struct {
    char id[24];                  /* "ml-0001" */
    char region[24];              /* "negative", "stokes", ... */
    double args[2 * ML_MAX_ARGS]; /* as sent: a complex argument is two */
} mltab_point;

typedef struct {
    const ml_function *function;
    size_t nfields; /* numbers sent per point */
    bool has_im;    /* the complex argument is sent as two fields */
    mltab_point *points;
    size_t n;
} mltab_points;

/* The built-in set of a function ("all", "small", "real", "switch", "double",
 * "stokes", "near1", "zeros"; README.md says what is in them), or a table
 * file.  Points are doubles, inside the domain of the function. */
bool mltab_points_load(mltab_points *set, const ml_function *f,
                       const char *name_or_file, mlio_error *err);

/* The points of a table: the argument columns (a complex argument as re_z im_z,
 * re_z or z), id and region where they are there. */
bool mltab_points_from_table(mltab_points *set, const ml_function *f,
                             const mlio_table *t, mlio_error *err);

/* n points drawn by seed, the same everywhere; complex: also off the real
 * axis where the function takes it (then has_im). */
bool mltab_points_random(mltab_points *set, const ml_function *f, size_t n,
                         uint64_t seed, bool complex, mlio_error *err);

/* Appends the points of more to set; has_im must be equal. */
bool mltab_points_append(mltab_points *set, const mltab_points *more,
                         mlio_error *err);

void mltab_points_clear(mltab_points *set);

/* The name of field k as sent: "alpha", "re_z".  Static or in buf. */
const char *mltab_field(char buf[32], const mltab_points *set, size_t k);

/* Point i as exact arguments; args holds function->nargs, initialized. */
void mltab_point_args(ml_arg *args, const mltab_points *set, size_t i);

/* The columns of a point set: id, the fields as hexfloats, region. */
void mltab_points_write(const mltab_points *set, mlio_writer *w);

/* -------------------------------------------------------------------- tables */

/*
 * mltab_write - the certified table (DESIGN section 4) of a point set.
 *
 * Result   one row per point whose 40 decimals and double are decided; the
 *          others go to undecided (id, function, fields, region, status).
 *          prov, when not NULL, gets one row per point: the decimal digits
 *          that were asked for until everything was decided.
 *          *nundecided, when not NULL, receives their number.
 */
bool mltab_write(const mltab_points *set, mlio_writer *table,
                 mlio_writer *undecided, mlio_writer *prov, size_t *nundecided,
                 int threads, mlio_error *err);

/* -------------------------------------------------------------------- verify */

typedef enum {
    MLTAB_OK,
    MLTAB_WRONG,
    MLTAB_NAN,
    MLTAB_INF,
    MLTAB_HANG,
    MLTAB_CRASH,
    MLTAB_GARBAGE,
    MLTAB_REFUSED,
    MLTAB_UNKNOWN, /* the truth is not decided below the precision cap */
    MLTAB_NKINDS
} mltab_kind;

const char *mltab_kind_name(mltab_kind k);

typedef struct {
    mltab_kind kind;
    double re, im;           /* the answer */
    double true_re, true_im; /* nearest doubles of the truth */
    double ulp;      /* normwise error in ulp(|truth|), unrounded truth */
    double ulp_re;   /* error of each part in ulp of that part */
    double ulp_im;   /* (the part's own; 0 for an exact 0) */
    double relative; /* |err| / |E| */
    double absolute; /* |err| / (1 + |E|) */
    double kappa;    /* condition number; nan: not known */
    double scaled;   /* |err| / (2^-53 |E| (1 + kappa)); nan: not known */
} mltab_verdict;

/* What happened besides the answers. */
typedef struct {
    size_t processes; /* started */
    size_t escaped;   /* that left their group, and were killed */
    size_t displaced; /* wrong answers that are right for another point near */
} mltab_notes;

typedef struct {
    const char *command;      /* --cmd, or NULL */
    const mlio_table *values; /* --values, or NULL: one row per point */
    const char *so;           /* --so LIB.so:SYMBOL or LIB.so:SYMBOL@zz */
    double time_limit;        /* seconds for an answer */
    double max_ulp;           /* wrong above this */
    int jobs;    /* processes at a time; 0: 1, for so all processors */
    int threads; /* for the truth; <= 0: all */
    bool hex;    /* --wire hex */
    /* Every child that this process gets meanwhile is verify's, and is ended:
     * also those that left their process group (Linux).  For programs. */
    bool own_children;
    mltab_notes *notes; /* or NULL */
} mltab_verify_options;

/*
 * mltab_verify - asks the implementation for every point; verdicts[n].
 *
 * The adapter protocol of DESIGN section 4.  Never hangs, leaves no process
 * of the process groups it started.  A program that never answered anything,
 * and failed on 8 lone points, 4 of them from all over the set, is not asked
 * again: the rest is hang or crash, as the last of them was.  A library (so)
 * is loaded and called in forked processes only; fork is safe while no other
 * thread of this process holds a lock.
 * Errors  MLIO_FILE when the command cannot be run at all, or the library not
 *         be loaded; MLIO_USAGE: so is malformed, or real for a complex set.
 */
bool mltab_verify(mltab_verdict *verdicts, const mltab_points *set,
                  const mltab_verify_options *options, mlio_error *err);

/* True when --so names a function of and to complex numbers (SYMBOL@zz). */
bool mltab_so_is_complex(const char *spec);

/* Kills every process group that mltab_verify has running: for signal
 * handlers of the program; async-signal-safe. */
void mltab_verify_kill_all(void);

/*
 * mltab_condition - the condition number of a function at a point.
 *
 *     kappa = sum over the arguments a of |a dF/da| / |F|
 *
 * Domain   the function's; re and im of a complex argument are one argument.
 * Result   kappa encloses it, with a relative radius of at most 2^-bits.
 * Errors   ML_DOMAIN; ML_UNABLE: not decided below the precision cap, or F is
 *          0, or a derivative is not given; ML_OVERFLOW, ML_UNDERFLOW: beyond
 *          the range where balls are given.
 */
ml_status mltab_condition(arb_t kappa, const ml_function *f, const ml_arg *args,
                          slong bits) ML_MUST_CHECK;

/* The same as a double, right to 1e-6 relative; nan where it is not known.
 * Cost     some microseconds where the doubles' derivatives decide, else that of
 *          balls: 100 microseconds and more. */
double mltab_condition_d(const ml_function *f, const ml_arg *args);

/*
 * mltab_judge - error measures of one answer against the proved truth.
 *
 * v->kind, re, im are the answer as read (OK: finite; INF, NAN, REFUSED, ...);
 * everything else is set, and kind becomes OK or WRONG for a number.  An
 * infinity is OK where |E| >= 2^1024 - 2^970 (for a real truth: of its sign).
 * Errors  ML_UNABLE, ML_DOMAIN: no truth; kind is MLTAB_UNKNOWN.
 */
ml_status mltab_judge(mltab_verdict *v, const ml_function *f,
                      const ml_arg *args, double max_ulp) ML_MUST_CHECK;

/* ------------------------------------------------------------------- summary */

/* The measures of an error. */
typedef enum {
    MLTAB_ULP,
    MLTAB_RELATIVE, /* only where |truth| >= 2^-1022, as is MLTAB_SCALED */
    MLTAB_ABSOLUTE, /* |err| / (1 + |E|) */
    MLTAB_SCALED,
    MLTAB_NMEASURES
} mltab_measure;

/* "ulp", "relative", "absolute", "scaled" */
const char *mltab_measure_name(mltab_measure m);

/* That measure of an answer; nan where it has none. */
double mltab_measure_of(const mltab_verdict *v, mltab_measure m);

/* Errors in ulp, counted: bin b holds what is above limit b - 1 and at most
 * limit b of 1/2, 1, 2, 4, 10, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12, 1e15, infinity;
 * the last bin holds what is no finite number. */
#define MLTAB_NBINS 14
extern const double mltab_bin_limit[MLTAB_NBINS - 1];
int mltab_bin(const mltab_verdict *v); /* -1: the truth is not known */

/* The shape of a histogram in blocks: each step of height is twice the share
 * of the sum, a full block half of it or more, a dot nothing. */
#define MLTAB_SPARK (3 * MLTAB_NBINS + 1)
void mltab_spark(char out[MLTAB_SPARK], const size_t histogram[MLTAB_NBINS]);

typedef struct {
    char region[24];
    size_t n;
    size_t count[MLTAB_NKINDS];
    /* over finite answers; nan: there are none */
    double median[MLTAB_NMEASURES], worst[MLTAB_NMEASURES];
    size_t witness[MLTAB_NMEASURES]; /* the point of the worst, if there is */
    size_t histogram[MLTAB_NBINS];
} mltab_region;

/* One row per region in the order of the set, then one named "all".
 * *rows is malloc'ed. */
bool mltab_summarize(mltab_region **rows, size_t *nrows,
                     const mltab_points *set, const mltab_verdict *verdicts,
                     mlio_error *err);

/* The worst points, worst first: hang, crash, garbage, nan, inf, then by ulp,
 * then refused; of the first five kinds at most max/5 each while there are
 * others.  Returns how many of max were filled. */
size_t mltab_worst(size_t *order, size_t max, const mltab_verdict *verdicts,
                   size_t n);

/* "mlref eval F alpha=0x1p-1 ... --digits 20": malloc'ed, NULL: no memory. */
char *mltab_eval_command(const mltab_points *set, size_t i);

/* ---------------------------------------------------------------- two tables */

/* What two tables say of one point. */
typedef enum {
    MLTAB_SAME,   /* the same number, or the same words */
    MLTAB_AGREE,  /* other digits, but no further apart than their radii allow,
                   * or than max_ulp */
    MLTAB_DIFFER, /* further apart, or only one is a number */
    MLTAB_ONLY_A, /* the point is in one table alone */
    MLTAB_ONLY_B,
    MLTAB_NRELATIONS
} mltab_relation;

const char *mltab_relation_name(mltab_relation r);

typedef struct {
    mltab_relation relation;
    long row_a, row_b;   /* in the tables; -1: not there */
    double ulp;          /* |a - b| / ulp(max(|a|, |b|)); nan: not numbers */
    double a_ulp, b_ulp; /* errors of the doubles nearest to a and b, where the
                          * relation is DIFFER; nan: not known */
} mltab_difference;

/*
 * mltab_diff - two tables of values of one function, point by point.
 *
 * A point is known by its arguments as exact numbers (1/2 and 0x1p-1 are the
 * same), in columns named after them, a complex one as re_z im_z, re_z or z.
 * The k-th row of a point in a is held against the k-th in b.  A value is in
 * column value, or re and im; its radius in rad, or, where a column re_hex
 * says that the table is a certified one, half a unit of the last digit, 0 for
 * digits with "=" appended.  When one of the tables knows no radius, its values
 * are doubles, and both are compared as the nearest doubles.
 *
 * Result   *rows malloc'ed: those of a in its order, then those of b alone.
 * Errors   MLIO_DATA, with the place: a missing column, an argument that is no
 *          number.
 */
bool mltab_diff(mltab_difference **rows, size_t *nrows, const ml_function *f,
                const mlio_table *a, const mlio_table *b, double max_ulp,
                mlio_error *err);

/* ----------------------------------------------------------------- explaining */

/* One line of an explanation.  group: what it is about ("value", "condition",
 * "place", "doubles", "balls", "elsewhere"). */
typedef void (*mltab_say)(void *where, const char *group, const char *item,
                          const char *value, const char *meaning);

/*
 * mltab_explain - why a value is easy or hard, and how it is found.
 *
 * Says the value with its radius, the condition number and the share of each
 * argument, where the point lies among the Stokes rays, what this library's
 * methods do there and how wide their bounds are, and what a power series, an
 * asymptotic series or doubles alone would lose.  Values and bounds are proved;
 * sizes of terms are estimates, and marked "about".
 *
 * Errors   those of the evaluation; what cannot be said is left out.
 */
ml_status mltab_explain(const ml_function *f, const ml_arg *args, mltab_say say,
                        void *where);

#ifdef __cplusplus
}
#endif

#endif
