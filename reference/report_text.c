/* reference/report_text.c - the summary as a table and as text, the details. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "reference/report_impl.h"

bool
mltab_report_fill(mltab_report *r, mlio_error *err)
{
    mltab_region *regions;
    if (!mltab_summarize(&regions, &r->nregions, r->set, r->verdicts, err)) {
        return false;
    }
    r->regions = regions;
    r->nworst = mltab_worst(r->worst, sizeof r->worst / sizeof *r->worst,
                            r->verdicts, r->set->n);
    return true;
}

void
mltab_report_clear(mltab_report *r)
{
    free((void *)r->regions);
    r->regions = NULL;
}

bool
mltab_missed(const mltab_verdict *v)
{
    return v->kind != MLTAB_OK && v->kind != MLTAB_UNKNOWN;
}

size_t
mltab_count_scaled(const mltab_report *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->set->n; i++) {
        const mltab_verdict *v = &r->verdicts[i];
        double scaled = mltab_measure_of(v, MLTAB_SCALED);
        n += isnan(scaled) ? mltab_missed(v) : scaled > r->max_scaled;
    }
    return n;
}

/* -------------------------------------------------------------------- numbers */

const char *
mltab_error_text(char buf[32], double x)
{
    if (isnan(x)) {
        return "-";
    }
    snprintf(buf, 32, "%.3g", x);
    return buf;
}

static void
number_text(char buf[MLTAB_NUMBER_TEXT], double re, double im, bool complex)
{
    if (isnan(re)) {
        snprintf(buf, MLTAB_NUMBER_TEXT, "nan");
    } else if (complex) {
        snprintf(buf, MLTAB_NUMBER_TEXT, "%.17g%+.17gi", re, im);
    } else {
        snprintf(buf, MLTAB_NUMBER_TEXT, "%.17g", re);
    }
}

static bool
answered(const mltab_verdict *v)
{
    return v->kind == MLTAB_OK || v->kind == MLTAB_WRONG || v->kind == MLTAB_INF
           || v->kind == MLTAB_NAN;
}

void
mltab_truth_text(char buf[MLTAB_NUMBER_TEXT], const mltab_report *r, size_t i)
{
    const mltab_verdict *v = &r->verdicts[i];
    number_text(buf, v->true_re, v->true_im, r->set->has_im);
}

void
mltab_answer_text(char buf[MLTAB_NUMBER_TEXT], const mltab_report *r, size_t i)
{
    const mltab_verdict *v = &r->verdicts[i];
    if (answered(v)) {
        number_text(buf, v->re, v->im, r->set->has_im);
    } else {
        snprintf(buf, MLTAB_NUMBER_TEXT, "%s", mltab_kind_name(v->kind));
    }
}

/* ------------------------------------------------------------- asking again */

/* text in single quotes for sh */
static void
put_quoted(FILE *out, const char *text)
{
    putc('\'', out);
    for (; *text != '\0'; text++) {
        fputs(*text == '\'' ? "'\\''" : (char[2]){*text, '\0'}, out);
    }
    putc('\'', out);
}

static void
put_fields(FILE *out, const mltab_report *r, size_t i, const char *between)
{
    for (size_t k = 0; k < r->set->nfields; k++) {
        fprintf(out, r->hex || r->so != NULL ? "%s%a" : "%s%.17g",
                k > 0 ? between : "", r->set->points[i].args[k]);
    }
}

static void
put_names(FILE *out, const mltab_report *r, const char *between)
{
    for (size_t k = 0; k < r->set->nfields; k++) {
        char buf[32];
        fprintf(out, "%s%s", k > 0 ? between : "", mltab_field(buf, r->set, k));
    }
}

/* A program is given its line; a shared object is asked by verify itself. */
static void
put_ask(FILE *out, const mltab_report *r, size_t i)
{
    if (r->asked != NULL) {
        fprintf(out, "printf '%%b\\n' '");
        put_fields(out, r, i, "\\t");
        fprintf(out, "' | MLREF_FUNCTION=%s MLREF_ARGS='",
                r->set->function->name);
        put_names(out, r, " ");
        fprintf(out, "' sh -c ");
        put_quoted(out, r->asked);
    } else {
        fprintf(out, "printf '%%b\\n' '");
        put_names(out, r, "\\t");
        fprintf(out, "' '");
        put_fields(out, r, i, "\\t");
        fprintf(out, "' | mlref verify --function %s --points - --so ",
                r->set->function->name);
        put_quoted(out, r->so);
    }
}

char *
mltab_ask_command(const mltab_report *r, size_t i)
{
    char *text = NULL;
    size_t size = 0;
    if (r->asked == NULL && r->so == NULL) {
        return NULL;
    }
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    put_ask(out, r, i);
    bool bad = ferror(out) != 0;
    if (fclose(out) != 0 || bad) {
        free(text);
        return NULL;
    }
    return text;
}

/* ---------------------------------------------------------------- the summary */

static const char *const summary_names[] = {"region",
                                            "n",
                                            "ok",
                                            "wrong",
                                            "nan",
                                            "inf",
                                            "hang",
                                            "crash",
                                            "garbage",
                                            "refused",
                                            "unknown",
                                            "median_ulp",
                                            "worst_ulp",
                                            "worst_relative",
                                            "worst_absolute",
                                            "worst_scaled",
                                            "median_relative",
                                            "median_absolute",
                                            "median_scaled",
                                            "worst_ulp_at",
                                            "worst_relative_at",
                                            "worst_absolute_at",
                                            "worst_scaled_at",
                                            "histogram",
                                            "spark"};
enum { NSUMMARY = sizeof summary_names / sizeof *summary_names };

static void
put_errors(mlio_writer *w, const mltab_region *row)
{
    char buf[32];
    mlio_writer_cell(w, "%s", mltab_error_text(buf, row->median[MLTAB_ULP]));
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        mlio_writer_cell(w, "%s", mltab_error_text(buf, row->worst[m]));
    }
    for (int m = 1; m < MLTAB_NMEASURES; m++) {
        mlio_writer_cell(w, "%s", mltab_error_text(buf, row->median[m]));
    }
}

static const char *
witness(const mltab_report *r, const mltab_region *row, int m)
{
    return isnan(row->worst[m]) ? "-" : r->set->points[row->witness[m]].id;
}

static void
put_region(mlio_writer *w, const mltab_report *r, const mltab_region *row)
{
    char spark[MLTAB_SPARK], counts[24 * MLTAB_NBINS], *to = counts;
    mlio_writer_cell(w, "%s", row->region);
    mlio_writer_cell(w, "%zu", row->n);
    for (int kind = 0; kind < MLTAB_NKINDS; kind++) {
        mlio_writer_cell(w, "%zu", row->count[kind]);
    }
    put_errors(w, row);
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        mlio_writer_cell(w, "%s", witness(r, row, m));
    }
    for (int b = 0; b < MLTAB_NBINS; b++) {
        to += sprintf(to, "%s%zu", b > 0 ? " " : "", row->histogram[b]);
    }
    mlio_writer_cell(w, "%s", counts);
    mltab_spark(spark, row->histogram);
    mlio_writer_cell(w, "%s", spark);
}

static void
provenance(mlio_writer *w, const mltab_report *r)
{
    mlio_writer_meta(w, "mlref", "%s", ml_version());
    if (r->command != NULL) {
        mlio_writer_meta(w, "command", "%s", r->command);
    }
}

/* "ml-0007 negative: wrong, 4.1e+04 ulp, got 1.5, want 1.25; mlref eval ..." */
static void
put_worst(mlio_writer *w, const mltab_report *r, size_t k)
{
    size_t i = r->worst[k];
    const mltab_verdict *v = &r->verdicts[i];
    char key[32], ulp[32], got[MLTAB_NUMBER_TEXT], want[MLTAB_NUMBER_TEXT];
    char *command = mltab_eval_command(r->set, i);
    mltab_answer_text(got, r, i);
    mltab_truth_text(want, r, i);
    snprintf(key, sizeof key, "worst-%zu", k + 1);
    mlio_writer_meta(w, key, "%s %s: %s, %s ulp, got %s, want %s; %s",
                     r->set->points[i].id, r->set->points[i].region,
                     mltab_kind_name(v->kind), mltab_error_text(ulp, v->ulp),
                     got, want, command == NULL ? "" : command);
    free(command);
}

static void
put_ratchet(mlio_writer *w, const mltab_changes *c)
{
    if (c == NULL) {
        return;
    }
    mlio_writer_meta(w, "ratchet", "%zu worse, %zu better, %zu known",
                     c->nworse, c->better, c->known);
    for (size_t k = 0; k < c->nworse; k++) {
        char key[32];
        snprintf(key, sizeof key, "worse-%zu", k + 1);
        mlio_writer_meta(w, key, "%s", c->worse[k].text);
    }
}

bool
mltab_report_summary(const mltab_report *r, const char *path,
                     mlio_format format, mlio_error *err)
{
    mlio_writer *w = mlio_writer_open(path, format, err);
    char *words = mltab_report_words(r);
    if (w == NULL || words == NULL) {
        mlio_writer_abandon(w);
        free(words);
        return w == NULL ? false : mlio_fail(err, MLIO_FILE, "out of memory");
    }
    provenance(w, r);
    mlio_writer_meta(w, "function", "%s", r->set->function->name);
    mlio_writer_meta(w, "wrong", "above %.6g ulp of the unrounded truth",
                     r->max_ulp);
    mlio_writer_meta(w, "verdict", "%s", words);
    for (size_t k = 0; k < r->nworst; k++) {
        put_worst(w, r, k);
    }
    put_ratchet(w, r->ratchet);
    mlio_writer_columns(w, NSUMMARY, summary_names);
    for (size_t i = 0; i < r->nregions; i++) {
        put_region(w, r, &r->regions[i]);
    }
    free(words);
    return mlio_writer_close(w, err);
}

/* -------------------------------------------------------------------- details */

static void
put_detail(mlio_writer *w, const mltab_report *r, size_t i)
{
    const mltab_point *p = &r->set->points[i];
    const mltab_verdict *v = &r->verdicts[i];
    char buf[32];
    mlio_writer_cell(w, "%s", p->id);
    for (size_t k = 0; k < r->set->nfields; k++) {
        mlio_writer_cell(w, "%a", p->args[k]);
    }
    mlio_writer_cell(w, "%s", p->region);
    mlio_writer_cell(w, "%s", mltab_kind_name(v->kind));
    const double values[] = {v->re, v->im, v->true_re, v->true_im};
    for (int k = 0; k < 4; k++) {
        if ((k < 2 && !answered(v)) || isnan(values[k])) {
            mlio_writer_cell(w, "nan");
        } else {
            mlio_writer_cell(w, "%.17g", values[k]);
        }
    }
    const double errors[] = {v->ulp,      v->ulp_re, v->ulp_im, v->relative,
                             v->absolute, v->kappa,  v->scaled};
    for (size_t k = 0; k < sizeof errors / sizeof *errors; k++) {
        mlio_writer_cell(w, "%s", mltab_error_text(buf, errors[k]));
    }
}

bool
mltab_report_details(const mltab_report *r, const char *path,
                     mlio_format format, mlio_error *err)
{
    static const char *const after[] = {
        "region", "kind",   "re",       "im",       "true_re", "true_im", "ulp",
        "ulp_re", "ulp_im", "relative", "absolute", "kappa",   "scaled"};
    enum { NAFTER = sizeof after / sizeof *after };
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + NAFTER + 1];
    size_t n = 0;
    mlio_writer *w = mlio_writer_open(path, format, err);
    if (w == NULL) {
        return false;
    }
    provenance(w, r);
    names[n++] = "id";
    for (size_t k = 0; k < r->set->nfields; k++) {
        names[n++] = mltab_field(buf[k], r->set, k);
    }
    for (size_t k = 0; k < NAFTER; k++) {
        names[n++] = after[k];
    }
    mlio_writer_columns(w, n, names);
    for (size_t i = 0; i < r->set->n; i++) {
        put_detail(w, r, i);
    }
    return mlio_writer_close(w, err);
}

/* ----------------------------------------------------------------------- text */

enum { WIDTH = 79 };

/* Words filled into lines. */
static void
put_filled(FILE *out, const char *text)
{
    size_t column = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (column > 0 && column + 1 + length > WIDTH) {
            putc('\n', out);
            column = 0;
        }
        column += (size_t)fprintf(out, "%s%.*s", column > 0 ? " " : "",
                                  (int)length, text);
        text += length;
        text += strspn(text, " ");
    }
    putc('\n', out);
}

/* The kinds that occur have a column, ok always. */
static void
put_text_regions(FILE *out, const mltab_report *r)
{
    const mltab_region *all = &r->regions[r->nregions - 1];
    char a[32], b[32], c[32], spark[MLTAB_SPARK];
    fprintf(out, "%-12s %6s", "region", "n");
    for (int k = 0; k < MLTAB_NKINDS; k++) {
        if (k == MLTAB_OK || all->count[k] > 0) {
            fprintf(out, " %7s", mltab_kind_name((mltab_kind)k));
        }
    }
    fprintf(out, " %8s %8s %8s  %-14s %s\n", "median", "worst", "scaled",
            "errors", "worst at");
    for (size_t i = 0; i < r->nregions; i++) {
        const mltab_region *row = &r->regions[i];
        fprintf(out, "%-12s %6zu", row->region, row->n);
        for (int k = 0; k < MLTAB_NKINDS; k++) {
            if (k == MLTAB_OK || all->count[k] > 0) {
                fprintf(out, " %7zu", row->count[k]);
            }
        }
        mltab_spark(spark, row->histogram);
        fprintf(out, " %8s %8s %8s  %s %s\n",
                mltab_error_text(a, row->median[MLTAB_ULP]),
                mltab_error_text(b, row->worst[MLTAB_ULP]),
                mltab_error_text(c, row->worst[MLTAB_SCALED]), spark,
                witness(r, row, MLTAB_ULP));
    }
}

static void
put_text_worst(FILE *out, const mltab_report *r, size_t k)
{
    size_t i = r->worst[k];
    const mltab_verdict *v = &r->verdicts[i];
    char ulp[32], got[MLTAB_NUMBER_TEXT], want[MLTAB_NUMBER_TEXT];
    char *truth = mltab_eval_command(r->set, i), *ask = mltab_ask_command(r, i);
    mltab_answer_text(got, r, i);
    mltab_truth_text(want, r, i);
    fprintf(out, "\n%2zu. %s, %s: %s", k + 1, r->set->points[i].id,
            r->set->points[i].region, mltab_kind_name(v->kind));
    if (!isnan(v->ulp)) {
        fprintf(out, " by %s ulp", mltab_error_text(ulp, v->ulp));
    }
    fprintf(out, "\n    got   %s\n    want  %s\n", got, want);
    if (truth != NULL) {
        fprintf(out, "    truth %s\n", truth);
    }
    if (ask != NULL) {
        fprintf(out, "    again %s\n", ask);
    }
    free(truth);
    free(ask);
}

static void
put_text_ratchet(FILE *out, const mltab_changes *c)
{
    if (c == NULL) {
        return;
    }
    fprintf(out, "\nSince the ratchet: %zu worse, %zu better, %zu known.\n",
            c->nworse, c->better, c->known);
    for (size_t k = 0; k < c->nworse; k++) {
        fprintf(out, "  worse: %s\n", c->worse[k].text);
    }
}

bool
mltab_report_text(const mltab_report *r, const char *path, mlio_error *err)
{
    char *words = mltab_report_words(r);
    if (words == NULL) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    mlio_file *file = mlio_file_create(path, err);
    if (file == NULL) {
        free(words);
        return false;
    }
    FILE *out = mlio_file_stream(file);
    put_filled(out, words);
    putc('\n', out);
    put_text_regions(out, r);
    fprintf(out,
            "\nErrors are in ulp of the unrounded truth; scaled is |err| over "
            "2^-53 |E| (1 +\ncondition number).  The bars count errors up to "
            ".5 1 2 4 10 1e2 1e4 1e6 1e8\n1e10 1e12 1e15 ulp, more, and "
            "answers that are no number; each step of height\nis twice the "
            "share.\n");
    put_text_ratchet(out, r->ratchet);
    bool any = false;
    for (size_t k = 0; k < r->nworst; k++) {
        if (mltab_missed(&r->verdicts[r->worst[k]])) {
            fputs(any ? "" : "\nThe worst points\n", out);
            any = true;
            put_text_worst(out, r, k);
        }
    }
    free(words);
    return mlio_file_commit(file, err);
}
