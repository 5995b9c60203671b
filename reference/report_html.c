/* reference/report_html.c - the verdicts as a page of their own. */
#include <stdio.h>
#include <stdlib.h>

#include "base/page.h"
#include "reference/report.h"

static void
put_regions(mlio_page *page, const mltab_report *r)
{
    static const char *const names[] = {"region", "points", "missed", "median",
                                        "worst",  "scaled", "errors"};
    mlio_page_heading(page, 2, "By region");
    mlio_page_table(page, 7, names);
    for (size_t i = 0; i < r->nregions; i++) {
        const mltab_region *row = &r->regions[i];
        char n[32], bad[32], a[32], b[32], c[32], spark[MLTAB_SPARK];
        size_t good = row->count[MLTAB_OK] + row->count[MLTAB_UNKNOWN];
        snprintf(n, sizeof n, "%zu", row->n);
        snprintf(bad, sizeof bad, "%s%zu", row->n > good ? "\2" : "",
                 row->n - good);
        mltab_spark(spark, row->histogram);
        const char *const cells[] = {
            row->region,
            n,
            bad,
            mltab_error_text(a, row->median[MLTAB_ULP]),
            mltab_error_text(b, row->worst[MLTAB_ULP]),
            mltab_error_text(c, row->worst[MLTAB_SCALED]),
            spark};
        mlio_page_row(page, cells);
    }
    mlio_page_table_end(page);
}

static void
put_worst(mlio_page *page, const mltab_report *r)
{
    mlio_page_heading(page, 2, "The worst points");
    for (size_t k = 0; k < r->nworst; k++) {
        size_t i = r->worst[k];
        char got[MLTAB_NUMBER_TEXT], want[MLTAB_NUMBER_TEXT], ulp[32];
        char *truth = mltab_eval_command(r->set, i);
        char *ask = mltab_ask_command(r, i);
        mltab_answer_text(got, r, i);
        mltab_truth_text(want, r, i);
        mlio_page_text(page, "%s, %s: %s, %s ulp; got %s, want %s",
                       r->set->points[i].id, r->set->points[i].region,
                       mltab_kind_name(r->verdicts[i].kind),
                       mltab_error_text(ulp, r->verdicts[i].ulp), got, want);
        mlio_page_code(page, "%s%s%s", truth == NULL ? "" : truth,
                       ask == NULL ? "" : "\n", ask == NULL ? "" : ask);
        free(truth);
        free(ask);
    }
}

bool
mltab_report_html(const mltab_report *r, const char *path, mlio_error *err)
{
    char *words = mltab_report_words(r);
    mlio_page *page = mlio_page_open(path, r->set->function->name, err);
    if (page == NULL || words == NULL) {
        mlio_page_abandon(page);
        free(words);
        return page == NULL ? false
                            : mlio_fail(err, MLIO_FILE, "out of memory");
    }
    mlio_page_text(page, "%s", words);
    put_regions(page, r);
    put_worst(page, r);
    free(words);
    return mlio_page_close(page, err);
}
