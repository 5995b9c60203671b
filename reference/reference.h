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

/* ------------------------------------------------------------------- points */

typedef struct {
    char id[24];       /* "ml-0001" */
    char region[24];   /* "negative", "stokes", ... */
    double args[2 * ML_MAX_ARGS]; /* as sent: a complex argument is two */
} mltab_point;

typedef struct {
    const ml_function *function;
    size_t nfields; /* numbers sent per point */
    bool has_im;    /* the complex argument is sent as two fields */
    mltab_point *points;
    size_t n;
} mltab_points;

/* The built-in set of a function ("all", "small", "switch", "double",
 * "stokes", "near1", "zeros"), or a table file.  Points are doubles. */
bool mltab_points_load(mltab_points *set, const ml_function *f,
                       const char *name_or_file, mlio_error *err);
void mltab_points_clear(mltab_points *set);

/* -------------------------------------------------------------------- tables */

/* Writes the certified table (DESIGN section 4) and undecided rows. */
bool mltab_write(const mltab_points *set, mlio_writer *table,
                 mlio_writer *undecided, int threads, mlio_error *err);

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
    MLTAB_NKINDS
} mltab_kind;

const char *mltab_kind_name(mltab_kind k);

typedef struct {
    mltab_kind kind;
    double re, im;   /* the answer */
    double true_re, true_im; /* nearest doubles of the truth */
    double ulp;      /* normwise error in ulp(|truth|), unrounded truth */
    double relative; /* |err| / |E| */
    double absolute; /* |err| / (1 + |E|) */
} mltab_verdict;

typedef struct {
    const char *command; /* --cmd, or NULL */
    const mlio_table *values; /* --values, or NULL */
    double time_limit;   /* seconds for an answer */
    double max_ulp;      /* wrong above this */
    int jobs;
    bool hex;            /* --wire hex */
} mltab_verify_options;

/*
 * mltab_verify - asks the implementation for every point; verdicts[n].
 *
 * The adapter protocol of DESIGN section 4.  Never hangs, leaves no process.
 */
bool mltab_verify(mltab_verdict *verdicts, const mltab_points *set,
                  const mltab_verify_options *options, mlio_error *err);

/* Error measures of one answer against the proved truth. */
ml_status mltab_judge(mltab_verdict *v, const ml_function *f,
                      const ml_arg *args, double max_ulp) ML_MUST_CHECK;

#endif
