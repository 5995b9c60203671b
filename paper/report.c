/* paper/report.c - the page: the answer, the verdicts, claim by claim. */
#include "paper/impl.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    mlpaper_verdict verdict;
    const char *meaning;
} meanings[] = {
    {MLPAPER_REPRODUCED, "the printed number or statement follows"},
    {MLPAPER_CONSISTENT, "possible within the printed precision; not forced"},
    {MLPAPER_CONVENTION, "right under one reading, wrong under another; both "
                         "are named"},
    {MLPAPER_INCONSISTENT, "contradicts what is printed elsewhere, or exact "
                           "arithmetic"},
    {MLPAPER_DAMAGED, "the text at hand cannot be read as printed; the correct "
                      "form is given"},
    {MLPAPER_NEEDS_DATA, "only the measurement decides"},
    {MLPAPER_NONE, "interpretation, or a number with nothing to hold it "
                   "against"},
};
enum { NVERDICTS = sizeof meanings / sizeof *meanings };

static const struct {
    const char *prefix, *heading, *text;
} chapters[] = {
    {"kin-", "Times, angles, wavelengths, composition",
     "Arithmetic on printed numbers. A printed decimal stands for all numbers "
     "that round to it."},
    {"win-", "Age windows", "Does the text agree with itself?"},
    {"plat-", "Contrast and plateaus",
     "What is subtracted before anything is fitted."},
    {"walk-", "Waiting times, displacement, scattering function",
     "Each formula against its exact form and against walks."},
    {"age-", "Ageing",
     "A walk without a mean waiting time is never stationary."},
    {"lim-", "The Mittag-Leffler function between its limits",
     "Both limits, with proved ranges in which they hold."},
    {"kww-", "Conventions of the stretched exponential",
     "The factor 2, the three readings of <t>, and what beta is."},
    {"dist-", "What \"about 9000 s\" asks for",
     "For each exponent: the tau of a Mittag-Leffler decay whose KWW fit lies "
     "9000 s from it at the last lag (H1; H2 is the other reading). The decay "
     "is "
     "exact, KWW is fitted by unweighted least squares with amplitude 1 at "
     "lags "
     "2.5 s 10^(k/10) and the last; tauK is the time of KWW without, tauK2 "
     "with "
     "the factor 2; R are the values of both at the last lag."},
    {"null-", "What must not be claimed",
     "Data made without a power law, analysed like the paper's: how often does "
     "its evidence appear all the same?"},
    {"md-", "The simulation", "The few numbers that are printed."},
    {"data-", "What only the measurement decides",
     "mlref paper --data DIR runs each of these on a user's files."},
    {"int-", "Interpretation", "Listed for completeness; nothing to compute."},
};
enum { NCHAPTERS = sizeof chapters / sizeof *chapters };

/* The class byte of a verdict's cell. */
static const char *
verdict_class(mlpaper_verdict v)
{
    switch (v) {
    case MLPAPER_REPRODUCED:
    case MLPAPER_CONSISTENT:
        return "\1";
    case MLPAPER_INCONSISTENT:
    case MLPAPER_DAMAGED:
        return "\2";
    case MLPAPER_NONE:
        return "\3";
    default:
        return "";
    }
}

/* "-" reads better as an empty cell. */
static const char *
or_empty(const char *s)
{
    return strcmp(s, "-") == 0 ? "" : s;
}

static size_t
count(const mlpaper_line *lines, size_t n, mlpaper_verdict v)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        k += lines[i].here.verdict == v;
    }
    return k;
}

static void
put_answer(mlio_page *p, const mlpaper_line *lines, size_t n)
{
    size_t changed = 0;
    char text[2400];

    for (size_t i = 0; i < n; i++) {
        changed += lines[i].verdict_changed || lines[i].value_changed;
    }
    mlpaper_pretty(
        text, sizeof text,
        "The arithmetic of the experiment holds, and so do the sub-diffusive "
        "law t^beta' and both limits of the Mittag-Leffler function, once the "
        "Gamma functions and signs that the text lost are restored. Not "
        "everything does: the printed scattering angle is the detector's span, "
        "298 K is not 0.45 Tg, several age windows are given twice and "
        "differently, K is six times too large if |r|^2 is the mean square "
        "jump, E_b[-q^2 K t^b'] fails at the structure peak where it was "
        "measured, and 9000 s between the two fits are impossible if their "
        "lags "
        "reach 300,000 s. Whether the tail is a power law cannot be decided "
        "from the article: ages averaged together, or a plateau taken too low, "
        "make the Mittag-Leffler function fit better without one, and the "
        "fitted parameters are not printed.");
    mlio_page_text(p, "%s", text);
    mlio_page_text(
        p,
        "Of %zu numbers, formulas and claims %zu are reproduced and %zu "
        "consistent; %zu hold under one convention and fail under another; %zu "
        "contradict the text or arithmetic; %zu are damaged in the text at "
        "hand; %zu need the measurement; %zu are interpretation or have "
        "nothing "
        "to be held against.",
        n, count(lines, n, MLPAPER_REPRODUCED),
        count(lines, n, MLPAPER_CONSISTENT),
        count(lines, n, MLPAPER_CONVENTION),
        count(lines, n, MLPAPER_INCONSISTENT), count(lines, n, MLPAPER_DAMAGED),
        count(lines, n, MLPAPER_NEEDS_DATA), count(lines, n, MLPAPER_NONE));
    if (changed) {
        mlio_page_text(
            p, "ATTENTION: %zu of these differ from the ledger:", changed);
    }
    for (size_t i = 0; i < n; i++) {
        if (lines[i].verdict_changed || lines[i].value_changed) {
            mlio_page_code(p, "%s: %s, %s (expected %s, %s)", lines[i].row->id,
                           mlpaper_verdict_name(lines[i].here.verdict),
                           lines[i].here.computed, lines[i].row->verdict,
                           lines[i].row->computed);
        }
    }
}

static void
put_summary(mlio_page *p, const mlpaper_line *lines, size_t n)
{
    const char *const names[] = {"verdict", "claims", "meaning"};
    char verdict[40], number[24];

    mlio_page_table(p, 3, names);
    for (int k = 0; k < NVERDICTS; k++) {
        mlpaper_verdict v = meanings[k].verdict;
        const char *cells[] = {verdict, number, meanings[k].meaning};
        snprintf(verdict, sizeof verdict, "%s%s", verdict_class(v),
                 mlpaper_verdict_name(v));
        snprintf(number, sizeof number, "%zu", count(lines, n, v));
        mlio_page_row(p, cells);
    }
    mlio_page_table_end(p);
}

/* Appends s as a sentence: a capital where a word begins it, a full stop. */
static void
put_sentence(char *out, size_t size, const char *s)
{
    size_t used = strlen(out), n = strlen(s);

    if (n == 0) {
        return;
    }
    bool stop = !strchr(".:!?", s[n - 1]);
    snprintf(out + used, size - used, "%s%s%s", used ? " " : "", s,
             stop ? "." : "");
    char *first = out + used + (used > 0);
    if (islower((unsigned char)first[0])
        && (islower((unsigned char)first[1]) || strncmp(first, "a ", 2) == 0)) {
        *first = (char)toupper((unsigned char)*first);
    }
}

/* Detail of the computation, then the ledger's remark. */
static void
explain(char *out, size_t size, const mlpaper_line *l)
{
    char text[2000];

    out[0] = '\0';
    mlpaper_pretty(text, sizeof text, l->here.detail);
    put_sentence(out, size, text);
    mlpaper_pretty(text, sizeof text, or_empty(l->row->remark));
    put_sentence(out, size, text);
}

static bool
belongs(const mlpaper_line *l, int chapter)
{
    const char *prefix = chapters[chapter].prefix;

    return strncmp(l->row->id, prefix, strlen(prefix)) == 0;
}

static void
put_claims(mlio_page *p, const mlpaper_line *lines, size_t n, int chapter)
{
    const char *const names[] = {"claim", "computed", "verdict", "why"};
    char claim[1400], computed[400], verdict[60], why[2400];

    mlio_page_table(p, 4, names);
    for (size_t i = 0; i < n; i++) {
        const mlpaper_line *l = &lines[i];
        const char *cells[] = {claim, computed, verdict, why};
        if (!belongs(l, chapter)) {
            continue;
        }
        snprintf(why, sizeof why, "%s (%s)", l->row->claim, l->row->place);
        mlpaper_pretty(claim, sizeof claim, why);
        mlpaper_pretty(computed, sizeof computed, or_empty(l->here.computed));
        snprintf(verdict, sizeof verdict, "%s%s",
                 verdict_class(l->here.verdict),
                 mlpaper_verdict_name(l->here.verdict));
        explain(why, sizeof why, l);
        mlio_page_row(p, cells);
    }
    mlio_page_table_end(p);
}

static void
put_on_data(mlio_page *p, const mlpaper_line *lines, size_t n)
{
    const char *const names[] = {"claim", "on these data", "verdict", "how"};
    char verdict[60], claim[1200], computed[400], how[1600];

    mlio_page_heading(p, 2, "The data given with --data");
    mlio_page_text(p, "Verdicts on these files; they are never compared with "
                      "the ledger.");
    mlio_page_table(p, 4, names);
    for (size_t i = 0; i < n; i++) {
        const mlpaper_line *l = &lines[i];
        const char *cells[] = {claim, computed, verdict, how};
        if (!l->has_there) {
            continue;
        }
        mlpaper_pretty(claim, sizeof claim, l->row->claim);
        mlpaper_pretty(computed, sizeof computed, l->there.computed);
        mlpaper_pretty(how, sizeof how, l->there.detail);
        snprintf(verdict, sizeof verdict, "%s%s",
                 verdict_class(l->there.verdict),
                 mlpaper_verdict_name(l->there.verdict));
        mlio_page_row(p, cells);
    }
    mlio_page_table_end(p);
}

/* The figures that belong to a chapter, before its claims. */
static bool
put_figures(mlio_page *p, const char *dir, const char *prefix,
            const mlpaper_context *c, mlio_error *err)
{
    if (strcmp(prefix, "lim-") == 0) {
        return mlpaper_figures_limits(p, dir, err);
    }
    if (strcmp(prefix, "walk-") == 0 && c->walks->status == ML_OK) {
        return mlpaper_figures_walks(p, dir, c->walks, err);
    }
    if (strcmp(prefix, "age-") == 0) {
        return mlpaper_figures_ages(p, dir, err);
    }
    if (strcmp(prefix, "dist-") == 0) {
        return mlpaper_figures_fits(p, dir, err);
    }
    return true;
}

static bool
put_page(mlio_page *p, const char *dir, const mlpaper_line *lines, size_t n,
         const mlpaper_context *c, mlio_error *err)
{
    char text[1200];
    bool ok = true;

    put_answer(p, lines, n);
    put_summary(p, lines, n);
    mlio_page_text(p, "The paper: Riechers, Das, Dufresne, Derlet, "
                      "Maa\xc3\x9f, Intermittent cluster dynamics and temporal "
                      "fractional diffusion in a bulk metallic glass, Nat. "
                      "Commun. 15 (2024), doi 10.1038/s41467-024-50758-3.");
    if (c->record) {
        put_on_data(p, lines, n);
        ok = mlpaper_figures_data(p, dir, c->record, err);
    }
    for (int k = 0; k < NCHAPTERS && ok; k++) {
        mlio_page_heading(p, 2, "%s", chapters[k].heading);
        mlpaper_pretty(text, sizeof text, chapters[k].text);
        mlio_page_text(p, "%s", text);
        ok = put_figures(p, dir, chapters[k].prefix, c, err);
        put_claims(p, lines, n, k);
    }
    mlio_page_heading(p, 2, "How a verdict is made");
    mlio_page_text(p,
                   "Each claim has a computation that knows the printed "
                   "numbers and not the ledger; it derives the verdict, and "
                   "the run fails when verdict or value differ from the "
                   "ledger. Walks: %zu walkers with seed %llu. This page and "
                   "the figures' data beside it are the same for the same "
                   "seed on any number of threads.",
                   (size_t)c->walks->walkers, (unsigned long long)c->seed);
    return ok;
}

bool
mlpaper_report(const char *dir, const mlpaper_line *lines, size_t n,
               const mlpaper_context *c, mlio_error *err)
{
    char path[4096];
    mlio_page *p;

    snprintf(path, sizeof path, "%s/index.html", dir);
    p = mlio_page_open(path,
                       "Fractional diffusion in a metallic glass: the "
                       "paper, claim by claim",
                       err);
    if (!p) {
        return false;
    }
    if (!put_page(p, dir, lines, n, c, err)) {
        mlio_page_abandon(p);
        return false;
    }
    return mlio_page_close(p, err);
}
