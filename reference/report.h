/* reference/report.h - what was measured, told in words, tables and pictures.
 *
 * All forms are made from the same verdicts; none measures anything.  Same
 * verdicts, same bytes.
 */
#ifndef REFERENCE_REPORT_H
#define REFERENCE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/table.h"
#include "reference/ratchet.h"
#include "reference/reference.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    const mltab_points *set;
    const mltab_verdict *verdicts;
    const mltab_region *regions; /* the last is "all" */
    size_t nregions;
    size_t worst[10], nworst;
    double max_ulp;      /* wrong is above this */
    double max_scaled;   /* 0: no limit */
    const char *command; /* the command line of mlref, for provenance */
    const char *asked;   /* --cmd as given, or NULL */
    const char *so;      /* --so as given, or NULL */
    bool hex;            /* --wire hex */
    const mltab_changes *ratchet; /* NULL: no comparison */
} mltab_report;

/* Regions and the ten worst of the verdicts, which are set. */
bool mltab_report_fill(mltab_report *r, mlio_error *err);
void mltab_report_clear(mltab_report *r); /* what fill allocated */

/* How many answers exceed max_scaled, or are no numbers. */
size_t mltab_count_scaled(const mltab_report *r);

/* ------------------------------------------------------------------ the words */

/*
 * mltab_report_words - one sentence on how good the implementation is.
 *
 * "Right to 4 ulp at 1180 of 1423 points; loses all digits at 12 points, all
 * near alpha = 1; hangs at 3 points."  The rules are README's W1 to W7.
 * Result   malloc'ed; NULL: no memory.
 */
char *mltab_report_words(const mltab_report *r);

/* ----------------------------------------------------------------- the tables */

/* The summary by region as a table, the words and the worst points as
 * provenance; columns in README. */
bool mltab_report_summary(const mltab_report *r, const char *path,
                          mlio_format format, mlio_error *err);

/* One row per point. */
bool mltab_report_details(const mltab_report *r, const char *path,
                          mlio_format format, mlio_error *err);

/* The same as the summary, to be read on a terminal. */
bool mltab_report_text(const mltab_report *r, const char *path,
                       mlio_error *err);

/* TAP 13 with YAML: one claim per region, or per point; then one for
 * max_scaled and one for the ratchet, where there are such. */
bool mltab_report_tap(const mltab_report *r, const char *path, bool points,
                      mlio_error *err);

/* A page of its own: HTML with SVG, no scripts, nothing from elsewhere. */
bool mltab_report_html(const mltab_report *r, const char *path,
                       mlio_error *err);

#ifdef __cplusplus
}
#endif

#endif
