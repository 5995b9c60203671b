/* reference/report_words.c - a verdict in words.
 *
 * Every clause is made from counts by a rule that README numbers; no clause is
 * there unless the data call for it.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference/report_impl.h"

void
mltab_region_words(char out[64], const char *region)
{
    static const char *const words[][2] = {
        {"origin", "near z = 0"},
        {"negative", "on the negative axis"},
        {"positive", "on the positive axis"},
        {"kernel", "where beta = alpha"},
        {"pole", "beside the poles of Gamma(beta)"},
        {"stokes", "on the Stokes rays"},
        {"anti-stokes", "on the anti-Stokes rays"},
        {"plane", "in the open complex plane"},
        {"unit", "near |z| = 1"},
        {"contour", "where contours meet poles"},
        {"tiny-alpha", "for tiny alpha"},
        {"large-alpha", "for large alpha"},
        {"extreme", "for extreme arguments"},
        {"near-1", "near alpha = 1"},
        {"near-2", "near alpha = 2"},
        {"near-half", "near alpha = 1/2"},
        {"switch", "where methods change"},
        {"zeros", "beside the zeros of E"},
        {"range", "at the ends of the range of doubles"},
        {"short", "at short times"},
        {"long", "at long times"},
        {"relaxation", "in the midst of the relaxation"},
        {"random", "at random points"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(region, words[i][0]) == 0) {
            snprintf(out, 64, "%s", words[i][1]);
            return;
        }
    }
    snprintf(out, 64, "in region %.40s", region[0] == '\0' ? "-" : region);
}

static const char *
points(size_t n)
{
    return n == 1 ? "point" : "points";
}

/* -------------------------------------------------------------------- places */

typedef bool (*chosen_fn)(const mltab_verdict *v, mltab_kind kind);

static bool
of_kind(const mltab_verdict *v, mltab_kind kind)
{
    return v->kind == kind;
}

/* Not even the first digit is right. */
static bool
all_digits_lost(const mltab_verdict *v, mltab_kind kind)
{
    return v->kind == kind && v->relative >= 0.1;
}

static size_t
count(const mltab_report *r, chosen_fn chosen, mltab_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < r->set->n; i++) {
        n += chosen(&r->verdicts[i], kind);
    }
    return n;
}

/* The same by region; malloc'ed.  A region is most often that of the point
 * before. */
static size_t *
count_by_region(const mltab_report *r, chosen_fn chosen, mltab_kind kind)
{
    size_t regions = r->nregions - 1, k = 0;
    size_t *counts = calloc(regions + 1, sizeof *counts);
    for (size_t i = 0; i < r->set->n && counts != NULL; i++) {
        const char *region = r->set->points[i].region;
        for (size_t tried = 0; tried < regions; tried++) {
            if (strcmp(r->regions[k].region, region) == 0) {
                break;
            }
            k = (k + 1) % regions;
        }
        counts[k] += chosen(&r->verdicts[i], kind);
    }
    return counts;
}

/* [reference W3] "12 points, all near alpha = 1", or the regions with most:
 * "60 points: near alpha = 1 (40), on the Stokes rays (12), elsewhere (8)". */
static void
put_places(FILE *out, const mltab_report *r, chosen_fn chosen, mltab_kind kind)
{
    enum { NAMED = 3 };
    size_t total = count(r, chosen, kind), shown = 0;
    size_t *counts = count_by_region(r, chosen, kind);
    fprintf(out, "%zu %s", total, points(total));
    bool many = r->nregions > 2; /* a region, and all */
    for (int named = 0; named < NAMED && shown < total && counts && many;
         named++) {
        char words[64];
        size_t best = 0;
        for (size_t k = 1; k + 1 < r->nregions; k++) {
            best = counts[k] > counts[best] ? k : best;
        }
        mltab_region_words(words, r->regions[best].region);
        if (counts[best] == total) {
            fprintf(out, total == 1 ? " %s" : ", all %s", words);
        } else {
            fprintf(out, "%s %s (%zu)", named == 0 ? ":" : ",", words,
                    counts[best]);
        }
        shown += counts[best];
        counts[best] = 0;
    }
    if (shown < total && many) {
        fprintf(out, ", in other regions (%zu)", total - shown);
    }
    free(counts);
}

/* ------------------------------------------------------------------- the rules */

/* How many decimal digits of a number with that relative error are right. */
static int
right_digits(double relative)
{
    static const double limits[] = {1e-1,  1e-2,  1e-3,  1e-4,  1e-5,  1e-6,
                                    1e-7,  1e-8,  1e-9,  1e-10, 1e-11, 1e-12,
                                    1e-13, 1e-14, 1e-15, 1e-16};
    int n = 0;
    while (n < 16 && relative <= limits[n]) {
        n++;
    }
    return n;
}

/* [reference W3] [reference W4] */
static void
put_wrong(FILE *out, const mltab_report *r)
{
    size_t wrong = count(r, of_kind, MLTAB_WRONG);
    size_t lost = count(r, all_digits_lost, MLTAB_WRONG);
    double worst = 0;
    if (lost > 0) {
        fprintf(out, "; loses all digits at ");
        put_places(out, r, all_digits_lost, MLTAB_WRONG);
    }
    if (wrong == lost) {
        return;
    }
    for (size_t i = 0; i < r->set->n; i++) {
        const mltab_verdict *v = &r->verdicts[i];
        if (v->kind == MLTAB_WRONG && v->relative < 0.1
            && v->relative > worst) {
            worst = v->relative;
        }
    }
    int digits = right_digits(worst);
    size_t others = wrong - lost;
    if (lost == 0) {
        fprintf(out, "; wrong at ");
        put_places(out, r, of_kind, MLTAB_WRONG);
        fprintf(out, ", but %d %s", digits,
                digits == 1 ? "digit or more is right"
                            : "digits or more are right");
    } else {
        fprintf(out, "; keeps %d %s or more at the other %zu wrong %s", digits,
                digits == 1 ? "digit" : "digits", others, points(others));
    }
}

/* [reference W5] */
static void
put_silent(FILE *out, const mltab_report *r)
{
    static const struct {
        mltab_kind kind;
        const char *verb;
    } kinds[] = {
        {MLTAB_HANG, "hangs at"},
        {MLTAB_CRASH, "crashes at"},
        {MLTAB_GARBAGE, "prints no number at"},
        {MLTAB_NAN, "says nan at"},
        {MLTAB_INF, "says infinity for a finite value at"},
        {MLTAB_REFUSED, "refuses"},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (count(r, of_kind, kinds[k].kind) > 0) {
            fprintf(out, "; %s ", kinds[k].verb);
            put_places(out, r, of_kind, kinds[k].kind);
        }
    }
}

/* [reference W6] What can be said for it all the same: the condition of the
 * points, or the absolute error. */
static void
put_excuse(FILE *out, const mltab_report *r)
{
    double scaled = 0, absolute = 0;
    bool known = true, absolutely = true;
    char buf[32];
    if (count(r, of_kind, MLTAB_WRONG) == 0) {
        return;
    }
    for (size_t i = 0; i < r->set->n; i++) {
        const mltab_verdict *v = &r->verdicts[i];
        if (v->kind != MLTAB_WRONG) {
            continue;
        }
        known = known && v->scaled <= r->max_ulp; /* false for nan */
        scaled = v->scaled > scaled ? v->scaled : scaled;
        absolutely = absolutely && v->absolute <= 0x1p-50;
        absolute = v->absolute > absolute ? v->absolute : absolute;
    }
    if (known) {
        fprintf(out,
                "; each wrong answer is as near as the condition of its point "
                "lets one expect (scaled error at most %s)",
                mltab_error_text(buf, scaled));
    } else if (absolutely) {
        fprintf(out, "; yet |err|/(1 + |E|) of the wrong answers is at most %s",
                mltab_error_text(buf, absolute));
    }
}

/* [reference W1] [reference W2] */
static void
put_sentence(FILE *out, const mltab_report *r)
{
    const mltab_region *all = &r->regions[r->nregions - 1];
    size_t unknown = all->count[MLTAB_UNKNOWN], n = all->n - unknown;
    size_t ok = all->count[MLTAB_OK];
    char buf[32];
    if (n == 0) {
        fprintf(out, "Nothing was measured");
    } else if (ok == n) {
        fprintf(out, "Right to %.6g ulp at %s%zu %s", r->max_ulp,
                n > 1 ? "all " : "", n, points(n));
        fprintf(out, "; the worst error is %s ulp",
                mltab_error_text(buf, all->worst[MLTAB_ULP]));
    } else if (ok == 0) {
        fprintf(out, "Right to %.6g ulp at none of %zu %s", r->max_ulp, n,
                points(n));
    } else {
        fprintf(out, "Right to %.6g ulp at %zu of %zu %s", r->max_ulp, ok, n,
                points(n));
    }
    put_wrong(out, r);
    put_silent(out, r);
    put_excuse(out, r);
    if (unknown > 0) { /* [reference W7] */
        fprintf(out, "; the truth of %zu more %s is undecided", unknown,
                points(unknown));
    }
    fprintf(out, ".");
}

char *
mltab_report_words(const mltab_report *r)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    put_sentence(out, r);
    bool bad = ferror(out) != 0;
    if (fclose(out) != 0 || bad) {
        free(text);
        return NULL;
    }
    return text;
}
