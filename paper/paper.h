/* paper/paper.h - every number, formula and claim of the paper, checked.
 *
 * Riechers et al., Nat. Commun. 15 (2024), doi 10.1038/s41467-024-50758-3.
 * paper/ledger.tsv holds each claim with its place, its expected verdict and
 * its expected value; a claim's computation is a row of a registry, one file a
 * group, that never sees the ledger.
 */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    MLPAPER_NONE, /* interpretation: no verdict, with the reason */
    MLPAPER_REPRODUCED,
    MLPAPER_CONSISTENT,
    MLPAPER_INCONSISTENT, /* arithmetic on numbers legible in the text */
    MLPAPER_CONVENTION,   /* right under X, wrong under Y, both named */
    MLPAPER_DAMAGED,      /* the text cannot be read as printed */
    MLPAPER_NEEDS_DATA
} mlpaper_verdict;

const char *mlpaper_verdict_name(mlpaper_verdict v);

typedef struct {
    const char *ledger; /* NULL: paper/ledger.tsv */
    const char *data;   /* --data DIR or NULL */
    const char *report; /* --report DIR or NULL */
    uint64_t seed;
    int threads;
} mlpaper_options;

typedef struct {
    size_t claims, changed; /* verdict or value differs from the ledger */
} mlpaper_summary;

/*
 * mlpaper_prepare - reads the ledger and the data, makes the report's folder.
 *
 * Errors   NULL: the ledger or the data cannot be read (MLIO_DATA with
 *          file:line:column, MLIO_FILE), a computation has no row in the
 *          ledger, or the folder cannot be made.
 */
typedef struct mlpaper_job mlpaper_job;
mlpaper_job *mlpaper_prepare(const mlpaper_options *options, mlio_error *err);
void mlpaper_free(mlpaper_job *job);

/*
 * mlpaper_run - every claim computed, compared with the ledger, written.
 *
 * Result   one row a claim to out (opened by the caller, who adds provenance
 *          before and closes it after), report/index.html and figure data.
 *          The same bytes for the same options whatever the threads.
 * Errors   false: the report cannot be written, or memory is out (MLIO_FILE).
 *          A claim that differs is no error: see summary->changed.
 */
struct mlio_writer;
bool mlpaper_run(mlpaper_summary *summary, struct mlio_writer *out,
                 mlpaper_job *job, mlio_error *err);

#ifdef __cplusplus
}
#endif

#endif
