/* paper/run.c - every claim of the ledger computed, compared, written. */
#include "paper/impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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
} work;

/* One claim, here and on the data of the user. */
static void
compute_line(size_t i, void *context)
{
    const work *j = context;
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

struct mlpaper_job {
    mlpaper_options options;
    mlpaper_ledger ledger;
    mlpaper_record *record; /* --data, or NULL */
    mlpaper_line *lines;
};

void
mlpaper_free(mlpaper_job *job)
{
    if (!job) {
        return;
    }
    free(job->lines);
    mlpaper_record_free(job->record);
    mlpaper_ledger_clear(&job->ledger);
    free(job);
}

static bool
prepare(mlpaper_job *job, mlio_error *err)
{
    const mlpaper_options *o = &job->options;

    if (!mlpaper_ledger_read(&job->ledger,
                             o->ledger ? o->ledger : "paper/ledger.tsv", err)
        || !all_in_ledger(&job->ledger, err)) {
        return false;
    }
    if (o->data) {
        job->record = mlpaper_record_read(o->data, err);
        if (!job->record) {
            return false;
        }
    }
    job->lines = calloc(job->ledger.n ? job->ledger.n : 1, sizeof *job->lines);
    if (!job->lines) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t i = 0; i < job->ledger.n; i++) {
        job->lines[i].row = &job->ledger.rows[i];
    }
    return !o->report || mlio_make_directory(o->report, err);
}

mlpaper_job *
mlpaper_prepare(const mlpaper_options *options, mlio_error *err)
{
    mlpaper_job *job = calloc(1, sizeof *job);

    if (!job) {
        mlio_fail(err, MLIO_FILE, "out of memory");
        return NULL;
    }
    job->options = *options;
    if (!prepare(job, err)) {
        mlpaper_free(job);
        return NULL;
    }
    return job;
}

static void
write_lines(mlpaper_summary *summary, mlio_writer *out, const mlpaper_job *job)
{
    size_t columns = sizeof names / sizeof *names;

    mlio_writer_columns(out, job->record ? columns : columns - 2, names);
    summary->claims = job->ledger.n;
    summary->changed = 0;
    for (size_t i = 0; i < job->ledger.n; i++) {
        mlpaper_line *l = &job->lines[i];
        compare_line(l);
        summary->changed += l->verdict_changed || l->value_changed;
        write_line(out, l);
    }
}

bool
mlpaper_run(mlpaper_summary *summary, struct mlio_writer *out, mlpaper_job *job,
            mlio_error *err)
{
    const mlpaper_options *o = &job->options;
    mlpaper_walks walks;
    mlpaper_context context = {&walks, job->record, o->seed};
    work w = {job->lines, &context};
    bool ok;

    mlpaper_walks_run(&walks, WALKERS, o->seed, o->threads);
    mlio_parallel_for(job->ledger.n, o->threads, compute_line, &w);
    write_lines(summary, out, job);
    ok = !o->report
         || mlpaper_report(o->report, job->lines, job->ledger.n, &context, err);
    mlpaper_walks_clear(&walks);
    return ok;
}
