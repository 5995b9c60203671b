/* paper/test/t-ledger.c - the ledger and the registry belong together. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "paper/impl.h"
#include "validation/tap/tap.h"

/* Reads a ledger with that text; false: err says why. */
static bool
read_text(const char *text, mlio_error *err)
{
    char path[] = "/tmp/ledger-XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    mlpaper_ledger l;

    if (!f) {
        tap_bail("no temporary file");
        return false;
    }
    fputs(text, f);
    fclose(f);
    bool ok = mlpaper_ledger_read(&l, path, err);
    if (ok) {
        mlpaper_ledger_clear(&l);
    }
    unlink(path);
    return ok;
}

#define HEAD "id\tplace\tclaim\tprinted\tverdict\tcomputed\tremark\n"

static void
test_reader(void)
{
    mlio_error err;

    tap_ok(read_text(HEAD "a\tp\tc\t1\tnone\t-\tr\n", &err),
           "a ledger of one row is read");
    bool ok = read_text(HEAD "a\tp\tc\t1\tplausible\t-\tr\n", &err);
    tap_ok(!ok && err.code == MLIO_DATA && strstr(err.text, "plausible")
               && strstr(err.text, ":2:"),
           "an unknown verdict is named with its place");
    ok = read_text(HEAD "a\tp\tc\t1\tnone\t-\tr\na\tp\tc\t1\tnone\t-\tr\n",
                   &err);
    tap_ok(!ok && err.code == MLIO_DATA && strstr(err.text, "twice"),
           "an id that occurs twice is refused");
    ok = read_text("id\tplace\nx\ty\n", &err);
    tap_ok(!ok && err.code == MLIO_DATA && strstr(err.text, "claim"),
           "a missing column is named");
    mlpaper_ledger l;
    ok = mlpaper_ledger_read(&l, "/nonexistent/ledger.tsv", &err);
    tap_ok(!ok && err.code == MLIO_FILE, "a missing file is an error of files");
}

static bool
has_computation(const char *id)
{
    return mlpaper_claim_find(id) != NULL;
}

static void
test_registry(const mlpaper_ledger *l)
{
    size_t ngroups, claims = 0, missing = 0, wrong = 0, twice = 0, unread = 0;
    const mlpaper_group *const *groups = mlpaper_groups(&ngroups);

    for (size_t g = 0; g < ngroups; g++) {
        for (size_t i = 0; i < groups[g]->n; i++) {
            const mlpaper_claim *c = &groups[g]->claims[i];
            bool found = false;
            for (size_t k = 0; k < l->n; k++) {
                found = found || strcmp(l->rows[k].id, c->id) == 0;
            }
            missing += !found;
            twice += mlpaper_claim_find(c->id) != c;
            unread += !c->compute && !c->on_data;
            claims++;
        }
    }
    for (size_t k = 0; k < l->n; k++) {
        bool none = strcmp(l->rows[k].verdict, "none") == 0;
        wrong += none == has_computation(l->rows[k].id);
    }
    tap_ok(l->n >= 80, "the ledger has %zu rows", l->n);
    tap_ok(missing == 0, "each of %zu computations has a row", claims);
    tap_ok(twice == 0, "no id stands twice in the registry");
    tap_ok(wrong == 0, "verdict none, and only that, has no computation");
    tap_ok(unread == 0, "a claim without computation reads data");
}

static void
test_remarks(const mlpaper_ledger *l)
{
    size_t silent = 0, undecidable = 0;

    for (size_t k = 0; k < l->n; k++) {
        const mlpaper_row *r = &l->rows[k];
        const mlpaper_claim *c = mlpaper_claim_find(r->id);
        silent += strcmp(r->verdict, "none") == 0 && strlen(r->remark) < 10;
        undecidable +=
            strcmp(r->verdict, "needs-data") == 0 && (!c || !c->on_data);
    }
    tap_ok(silent == 0, "every verdict none has its reason");
    tap_ok(undecidable == 0, "every needs-data claim can be run on data");
}

int
main(void)
{
    mlpaper_ledger l;
    mlio_error err;

    tap_plan(13);
    test_reader();
    bool ok = mlpaper_ledger_read(&l, "paper/ledger.tsv", &err);
    tap_ok(ok, "paper/ledger.tsv is read");
    if (!ok) {
        tap_bail("%s", err.text);
    }
    test_registry(&l);
    test_remarks(&l);
    mlpaper_ledger_clear(&l);
    return tap_done();
}
