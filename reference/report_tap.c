/* reference/report_tap.c - the verdicts as TAP 13 with YAML. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "reference/report_impl.h"

/* In single quotes, as YAML has them. */
static void
put_quoted(FILE *out, const char *text)
{
    putc('\'', out);
    for (; *text != '\0'; text++) {
        fputs(*text == '\'' ? "''" : (char[2]){*text, '\0'}, out);
    }
    fputs("'\n", out);
}

/* A name as TAP can have it: no blank, no quote, and no # that would begin a
 * directive. */
static const char *
plain(char out[24], const char *name)
{
    size_t n = 0;
    for (; n < 23 && name[n] != '\0'; n++) {
        unsigned char c = (unsigned char)name[n];
        bool bad = c <= ' ' || c == 0x7f || strchr("#\"'\\", c) != NULL;
        out[n] = bad ? '_' : (char)c;
    }
    out[n] = '\0';
    return out;
}

/* The facts of point i, each line behind the margin; the first one may have a
 * mark of its own. */
static void
put_facts(FILE *out, const mltab_report *r, size_t i, const char *first,
          const char *margin)
{
    const mltab_verdict *v = &r->verdicts[i];
    char got[MLTAB_NUMBER_TEXT], want[MLTAB_NUMBER_TEXT], buf[32];
    mltab_answer_text(got, r, i);
    mltab_truth_text(want, r, i);
    fprintf(out, "%sfunction: %s\n", first, r->set->function->name);
    for (size_t k = 0; k < r->set->nfields; k++) {
        fprintf(out, "%s%s: \"%a\"\n", margin, mltab_field(buf, r->set, k),
                r->set->points[i].args[k]);
    }
    fprintf(out, "%sgot: \"%s\"\n%swant: \"%s\"\n", margin, got, margin, want);
    fprintf(out, "%sulp: \"%s\"\n", margin, mltab_error_text(buf, v->ulp));
    fprintf(out, "%sscaled: \"%s\"\n", margin,
            mltab_error_text(buf, v->scaled));
    char *truth = mltab_eval_command(r->set, i), *ask = mltab_ask_command(r, i);
    if (truth != NULL) {
        fprintf(out, "%sreproduce: %s\n", margin, truth);
    }
    if (ask != NULL) {
        fprintf(out, "%sask: ", margin);
        put_quoted(out, ask);
    }
    free(truth);
    free(ask);
}

/* ------------------------------------------------------------- claims by point */

static void
put_point(FILE *out, const mltab_report *r, size_t i, size_t claim)
{
    const mltab_verdict *v = &r->verdicts[i];
    const mltab_point *p = &r->set->points[i];
    bool bad = mltab_missed(v);
    char id[24], region[24];
    fprintf(out, "%s %zu - %s %s: %s%s\n", bad ? "not ok" : "ok", claim,
            plain(id, p->id), plain(region, p->region),
            mltab_kind_name(v->kind),
            v->kind == MLTAB_UNKNOWN ? " # SKIP the truth is undecided" : "");
    if (bad) {
        fprintf(out, "  ---\n");
        put_facts(out, r, i, "  ", "  ");
        fprintf(out, "  ...\n");
    }
}

/* ------------------------------------------------------------ claims by region */

/* The worst of one region. */
static size_t
worst_of_region(size_t *order, size_t max, const mltab_report *r,
                const char *region)
{
    size_t n = 0, *points = malloc((r->set->n + 1) * sizeof *points);
    mltab_verdict *verdicts = malloc((r->set->n + 1) * sizeof *verdicts);
    size_t kept = 0;
    for (size_t i = 0; i < r->set->n && points && verdicts; i++) {
        if (mltab_missed(&r->verdicts[i])
            && strcmp(r->set->points[i].region, region) == 0) {
            points[n] = i;
            verdicts[n++] = r->verdicts[i];
        }
    }
    if (n > 0) {
        kept = mltab_worst(order, max, verdicts, n);
    }
    for (size_t k = 0; k < kept; k++) {
        order[k] = points[order[k]];
    }
    free(points);
    free(verdicts);
    return kept;
}

static void
put_region_facts(FILE *out, const mltab_report *r, const mltab_region *row)
{
    enum { SHOWN = 5 };
    size_t order[SHOWN];
    char spark[MLTAB_SPARK], buf[32], name[24];
    fprintf(out, "  ---\n  region: \"%s\"\n  points: %zu\n",
            plain(name, row->region), row->n);
    for (int k = 0; k < MLTAB_NKINDS; k++) {
        if (row->count[k] > 0) {
            fprintf(out, "  %s: %zu\n", mltab_kind_name((mltab_kind)k),
                    row->count[k]);
        }
    }
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        const char *measure = mltab_measure_name((mltab_measure)m);
        fprintf(out, "  median_%s: \"%s\"\n", measure,
                mltab_error_text(buf, row->median[m]));
        fprintf(out, "  worst_%s: \"%s\"\n", measure,
                mltab_error_text(buf, row->worst[m]));
    }
    mltab_spark(spark, row->histogram);
    fprintf(out, "  errors: \"%s\"\n  worst:\n", spark);
    size_t n = worst_of_region(order, SHOWN, r, row->region);
    for (size_t k = 0; k < n; k++) {
        size_t i = order[k];
        fprintf(out, "    - id: %s\n      kind: %s\n",
                plain(name, r->set->points[i].id),
                mltab_kind_name(r->verdicts[i].kind));
        put_facts(out, r, i, "      ", "      ");
    }
    fprintf(out, "  ...\n");
}

static bool
became_worse(const mltab_report *r, const char *region)
{
    for (size_t k = 0; k < r->ratchet->nworse; k++) {
        const mltab_change *c = &r->ratchet->worse[k];
        if (c->point != SIZE_MAX && strcmp(c->region, region) == 0) {
            return true;
        }
    }
    return false;
}

static void
put_region(FILE *out, const mltab_report *r, const mltab_region *row,
           size_t claim)
{
    char buf[32], name[24];
    size_t unknown = row->count[MLTAB_UNKNOWN], n = row->n - unknown;
    size_t bad = n - row->count[MLTAB_OK];
    /* A failure that the ratchet knows is one that is still to be mended. */
    bool known = r->ratchet != NULL && !became_worse(r, row->region);
    fprintf(out, "%s %zu - %s: ", bad > 0 ? "not ok" : "ok", claim,
            plain(name, row->region));
    if (bad > 0) {
        fprintf(out, "%zu of %zu points missed", bad, n);
    } else {
        fprintf(out, "%zu points right to %.6g ulp", n, r->max_ulp);
    }
    if (!isnan(row->worst[MLTAB_ULP])) {
        fprintf(out, ", worst %s ulp",
                mltab_error_text(buf, row->worst[MLTAB_ULP]));
    }
    if (n == 0) {
        fprintf(out, " # SKIP the truth is undecided");
    } else if (bad > 0 && known) {
        fprintf(out, " # TODO known to the ratchet");
    }
    fprintf(out, "\n");
    if (bad > 0) {
        put_region_facts(out, r, row);
    }
}

/* ----------------------------------------------------------------- other claims */

static void
put_limits(FILE *out, const mltab_report *r, size_t claim)
{
    if (r->max_scaled > 0) {
        size_t bad = mltab_count_scaled(r);
        fprintf(out, "%s %zu - scaled errors are at most %.6g",
                bad > 0 ? "not ok" : "ok", claim++, r->max_scaled);
        if (bad > 0) {
            fprintf(out, ", but for %zu %s", bad,
                    bad == 1 ? "point" : "points");
        }
        fprintf(out, "\n");
    }
    if (r->ratchet == NULL) {
        return;
    }
    const mltab_changes *c = r->ratchet;
    fprintf(out, "%s %zu - nothing is worse than recorded\n",
            c->nworse ? "not ok" : "ok", claim);
    if (c->nworse > 0) {
        fprintf(out, "  ---\n  worse:\n");
        for (size_t k = 0; k < c->nworse; k++) {
            fprintf(out, "    - ");
            put_quoted(out, c->worse[k].text);
        }
        fprintf(out, "  ...\n");
    }
}

bool
mltab_report_tap(const mltab_report *r, const char *path, bool points,
                 mlio_error *err)
{
    mlio_file *file = mlio_file_create(path, err);
    if (file == NULL) {
        return false;
    }
    FILE *out = mlio_file_stream(file);
    size_t n = points ? r->set->n : r->nregions - 1;
    fprintf(out, "TAP version 13\n1..%zu\n",
            n + (r->max_scaled > 0) + (r->ratchet != NULL));
    for (size_t i = 0; i < n; i++) {
        if (points) {
            put_point(out, r, i, i + 1);
        } else {
            put_region(out, r, &r->regions[i], i + 1);
        }
    }
    put_limits(out, r, n + 1);
    return mlio_file_commit(file, err);
}
