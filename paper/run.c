/* paper/run.c - every claim of the ledger computed, compared, written. */
#include "paper/impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

static void
needs_data(mlpaper_outcome *o)
{
    o->verdict = MLPAPER_NEEDS_DATA;
    mlpaper_computed(o, "-");
}

typedef struct {
    mlpaper_line *lines;
    const mlpaper_context *context;
} job;

/* One claim, here and on the data of the user. */
static void
compute_line(size_t i, void *context)
{
    const job *j = context;
    mlpaper_line *l = &j->lines[i];
    const mlpaper_claim *claim = mlpaper_claim_find(l->row->id);

    if (!claim) {
        l->here.verdict = MLPAPER_NONE;
        mlpaper_computed(&l->here, "-");
        return;
    }
    if (claim->compute) {
        claim->compute(&l->here, j->context, claim->args);
    } else {
        needs_data(&l->here);
    }
    if (claim->on_data && j->context->record) {
        claim->on_data(&l->there, j->context, claim->args);
        l->has_there = true;
    }
}

static void
compare_line(mlpaper_line *l)
{
    mlpaper_verdict expected = MLPAPER_NONE;

    mlpaper_verdict_parse(&expected, l->row->verdict);
    l->verdict_changed = l->here.failed || l->here.verdict != expected;
    l->value_changed =
        !mlpaper_same_computed(l->here.computed, l->row->computed);
}

static const char *const names[] = {
    "id",       "place",   "claim",        "printed",
    "computed", "verdict", "expected",     "changed",
    "detail",   "remark",  "data_verdict", "data_computed"};

static void
write_line(mlio_writer *out, const mlpaper_line *l)
{
    const char *changed = l->verdict_changed ? "verdict"
                          : l->value_changed ? "value"
                                             : "no";
    const char *cells[] = {l->row->id,
                           l->row->place,
                           l->row->claim,
                           l->row->printed,
                           l->here.computed,
                           mlpaper_verdict_name(l->here.verdict),
                           l->row->verdict,
                           changed,
                           l->here.detail[0] ? l->here.detail : "-",
                           l->row->remark,
                           l->has_there ? mlpaper_verdict_name(l->there.verdict)
                                        : "-",
                           l->has_there ? l->there.computed : "-"};

    mlio_writer_row(out, cells);
}

/* A computation whose claim is not in the ledger would go unseen. */
static bool
all_in_ledger(const mlpaper_ledger *ledger, mlio_error *err)
{
    size_t n;
    const mlpaper_group *const *groups = mlpaper_groups(&n);

    for (size_t g = 0; g < n; g++) {
        for (size_t i = 0; i < groups[g]->n; i++) {
            const char *id = groups[g]->claims[i].id;
            bool found = false;
            for (size_t k = 0; k < ledger->n && !found; k++) {
                found = strcmp(ledger->rows[k].id, id) == 0;
            }
            if (!found) {
                return mlio_fail(err, MLIO_DATA, "%s: no row for the claim %s",
                                 mlio_table_path(ledger->table), id);
            }
        }
    }
    return true;
}

static bool
run_lines(mlpaper_summary *summary, mlio_writer *out, mlpaper_line *lines,
          const mlpaper_ledger *ledger, mlpaper_context *context,
          const mlpaper_options *options, mlio_error *err)
{
    job j = {lines, context};
    size_t columns = sizeof names / sizeof *names;
    bool with_data = context->record != NULL;

    for (size_t i = 0; i < ledger->n; i++) {
        lines[i].row = &ledger->rows[i];
    }
    mlio_parallel_for(ledger->n, options->threads, compute_line, &j);
    mlio_writer_columns(out, with_data ? columns : columns - 2, names);
    summary->claims = ledger->n;
    summary->changed = 0;
    for (size_t i = 0; i < ledger->n; i++) {
        compare_line(&lines[i]);
        summary->changed += lines[i].verdict_changed || lines[i].value_changed;
        write_line(out, &lines[i]);
    }
    return !options->report
           || mlpaper_report(options->report, lines, ledger->n, context, err);
}

bool
mlpaper_run(mlpaper_summary *summary, struct mlio_writer *out,
            const mlpaper_options *options, mlio_error *err)
{
    mlpaper_ledger ledger;
    mlpaper_record *record = NULL;
    mlpaper_walks walks;
    mlpaper_context context = {&walks, NULL, options->seed};
    mlpaper_line *lines = NULL;
    bool ok = false;

    memset(&walks, 0, sizeof walks);
    if (!mlpaper_ledger_read(
            &ledger, options->ledger ? options->ledger : "paper/ledger.tsv",
            err)) {
        return false;
    }
    if (!all_in_ledger(&ledger, err)) {
        goto end;
    }
    if (options->data) {
        record = mlpaper_record_read(options->data, err);
        if (!record) {
            goto end;
        }
        context.record = record;
    }
    lines = calloc(ledger.n ? ledger.n : 1, sizeof *lines);
    if (!lines) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        goto end;
    }
    mlpaper_walks_run(&walks, options->seed, options->threads);
    ok = run_lines(summary, out, lines, &ledger, &context, options, err);
end:
    free(lines);
    mlpaper_walks_clear(&walks);
    mlpaper_record_free(record);
    mlpaper_ledger_clear(&ledger);
    return ok;
}
