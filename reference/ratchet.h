/* reference/ratchet.h - has an implementation become worse?
 *
 * A ratchet file says how good an implementation was: every point that was
 * missed, with what became of it, and for each region the worst errors of all
 * other points.  It is a table, small, sorted as the points are, made to be
 * kept under version control.
 */
#ifndef REFERENCE_RATCHET_H
#define REFERENCE_RATCHET_H

#include "reference/reference.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    char text[192]; /* "ml-0007 near-1: ok -> wrong, 12.1 ulp" */
    size_t point;   /* SIZE_MAX: a region */
    char region[24];
} mltab_change;

typedef struct {
    mltab_change *worse; /* malloc'ed */
    size_t nworse;
    size_t better; /* points and regions that are better than recorded */
    size_t known;  /* points that were missed, and are missed no worse */
} mltab_changes;

/*
 * mltab_ratchet_compare - what has become worse since the file was written.
 *
 * Errors   MLIO_DATA: a malformed file, or one made for other points, another
 *          function, or another max_ulp; MLIO_FILE: it cannot be read.
 */
bool mltab_ratchet_compare(mltab_changes *changes, const char *path,
                           const mltab_points *set,
                           const mltab_verdict *verdicts, double max_ulp,
                           mlio_error *err);
void mltab_changes_clear(mltab_changes *changes);

/* Records the present state; the file appears whole or not at all. */
bool mltab_ratchet_write(const char *path, const mltab_points *set,
                         const mltab_verdict *verdicts, double max_ulp,
                         mlio_error *err);

/* x rounded up to three digits: what is recorded.  nan stays. */
double mltab_round_up(double x);

#ifdef __cplusplus
}
#endif

#endif
