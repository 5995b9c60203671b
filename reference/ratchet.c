/* reference/ratchet.c - has an implementation become worse?
 *
 * Points are recognized by their arguments, so that new ids do no harm.  What
 * is recorded is rounded up to three digits, and so is what is compared.
 */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "reference/ratchet.h"

double
mltab_round_up(double x)
{
    char text[32];
    int mantissa, tail, exponent;
    if (!isfinite(x) || x <= 0) {
        return x;
    }
    snprintf(text, sizeof text, "%.2e", x);
    double y = strtod(text, NULL);
    if (y < x && sscanf(text, "%d.%2de%d", &mantissa, &tail, &exponent) == 3) {
        snprintf(text, sizeof text, "%de%d", 100 * mantissa + tail + 1,
                 exponent - 2);
        y = strtod(text, NULL);
    }
    return y;
}

static const char *
error_text(char buf[32], double x)
{
    if (isnan(x)) {
        return "-";
    }
    snprintf(buf, 32, "%.3g", mltab_round_up(x));
    return buf;
}

/* FNV-1a of the points and their regions: enough to notice another set. */
static uint64_t
digest(const mltab_points *set)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < set->n; i++) {
        char text[40];
        for (size_t k = 0; k <= set->nfields; k++) {
            if (k < set->nfields) {
                snprintf(text, sizeof text, "%a ", set->points[i].args[k]);
            } else {
                snprintf(text, sizeof text, "%s\n", set->points[i].region);
            }
            for (const char *c = text; *c != '\0'; c++) {
                h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
            }
        }
    }
    return h;
}

static bool
missed(const mltab_verdict *v)
{
    return v->kind != MLTAB_OK && v->kind != MLTAB_UNKNOWN;
}

/* The worst errors of the points of a region that are ok and not excepted. */
static void
worst_of_ok(double worst[MLTAB_NMEASURES], size_t at[MLTAB_NMEASURES],
            const char *region, const mltab_points *set,
            const mltab_verdict *verdicts, const bool *excepted)
{
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        worst[m] = (double)NAN;
        at[m] = 0;
    }
    for (size_t i = 0; i < set->n; i++) {
        if (verdicts[i].kind != MLTAB_OK || (excepted != NULL && excepted[i])
            || strcmp(set->points[i].region, region) != 0) {
            continue;
        }
        for (int m = 0; m < MLTAB_NMEASURES; m++) {
            double x = mltab_measure_of(&verdicts[i], (mltab_measure)m);
            if (!isnan(x) && !(x <= worst[m])) {
                worst[m] = x;
                at[m] = i;
            }
        }
    }
}

/* -------------------------------------------------------------------- writing */

static const char *const columns_after[] = {"n",        "missed",   "ulp",
                                            "relative", "absolute", "scaled"};
enum { NAFTER = sizeof columns_after / sizeof *columns_after };

static void
put_region(mlio_writer *w, const mltab_points *set,
           const mltab_verdict *verdicts, const mltab_region *row)
{
    double worst[MLTAB_NMEASURES];
    size_t at[MLTAB_NMEASURES];
    char buf[32];
    size_t good = row->count[MLTAB_OK] + row->count[MLTAB_UNKNOWN];
    worst_of_ok(worst, at, row->region, set, verdicts, NULL);
    mlio_writer_cell(w, "-");
    mlio_writer_cell(w, "%s", row->region);
    mlio_writer_cell(w, "-");
    for (size_t k = 0; k < set->nfields; k++) {
        mlio_writer_cell(w, "-");
    }
    mlio_writer_cell(w, "%zu", row->n);
    mlio_writer_cell(w, "%zu", row->n - good);
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        mlio_writer_cell(w, "%s", error_text(buf, worst[m]));
    }
}

static void
put_point(mlio_writer *w, const mltab_points *set, const mltab_verdict *v,
          size_t i)
{
    char buf[32];
    mlio_writer_cell(w, "%s", set->points[i].id);
    mlio_writer_cell(w, "%s", set->points[i].region);
    mlio_writer_cell(w, "%s", mltab_kind_name(v->kind));
    for (size_t k = 0; k < set->nfields; k++) {
        mlio_writer_cell(w, "%a", set->points[i].args[k]);
    }
    mlio_writer_cell(w, "1");
    mlio_writer_cell(w, "1");
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        mlio_writer_cell(
            w, "%s", error_text(buf, mltab_measure_of(v, (mltab_measure)m)));
    }
}

static void
put_columns(mlio_writer *w, const mltab_points *set)
{
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + NAFTER + 3];
    size_t n = 0;
    names[n++] = "id";
    names[n++] = "region";
    names[n++] = "kind";
    for (size_t k = 0; k < set->nfields; k++) {
        names[n++] = mltab_field(buf[k], set, k);
    }
    for (size_t k = 0; k < NAFTER; k++) {
        names[n++] = columns_after[k];
    }
    mlio_writer_columns(w, n, names);
}

bool
mltab_ratchet_write(const char *path, const mltab_points *set,
                    const mltab_verdict *verdicts, double max_ulp,
                    mlio_error *err)
{
    mltab_region *rows;
    size_t nrows;
    if (!mltab_summarize(&rows, &nrows, set, verdicts, err)) {
        return false;
    }
    mlio_writer *w = mlio_writer_open(path, MLIO_TSV, err);
    if (w == NULL) {
        free(rows);
        return false;
    }
    mlio_writer_meta(w, "ratchet", "1");
    mlio_writer_meta(w, "function", "%s", set->function->name);
    mlio_writer_meta(w, "max-ulp", "%.17g", max_ulp);
    mlio_writer_meta(w, "points", "%zu", set->n);
    mlio_writer_meta(w, "digest", "%016" PRIx64, digest(set));
    put_columns(w, set);
    for (size_t k = 0; k + 1 < nrows; k++) {
        put_region(w, set, verdicts, &rows[k]);
        for (size_t i = 0; i < set->n; i++) {
            if (missed(&verdicts[i])
                && strcmp(set->points[i].region, rows[k].region) == 0) {
                put_point(w, set, &verdicts[i], i);
            }
        }
    }
    free(rows);
    return mlio_writer_close(w, err);
}

/* -------------------------------------------------------------------- reading */

/* What the file says of each point, and of each region. */
typedef struct {
    const mlio_table *table;
    const mltab_points *set;
    size_t id, region, kind, args[2 * ML_MAX_ARGS], errors[MLTAB_NMEASURES];
    bool *listed;      /* by point */
    mltab_kind *kinds; /* of the listed ones */
    double *ulps;
} record;

static bool
same_text(const mlio_table *t, const char *key, const char *want,
          mlio_error *err)
{
    const char *got = mlio_table_meta(t, key);
    if (got != NULL && strcmp(got, want) == 0) {
        return true;
    }
    return mlio_fail(err, MLIO_DATA,
                     "%s: recorded with %s %s, not %s; record it anew with "
                     "--ratchet-update",
                     mlio_table_path(t), key, got == NULL ? "(none)" : got,
                     want);
}

/* Is the file about this function, these points, this limit? */
static bool
same_question(const mlio_table *t, const mltab_points *set, double max_ulp,
              mlio_error *err)
{
    char ulp[32], n[32], hash[32];
    snprintf(ulp, sizeof ulp, "%.17g", max_ulp);
    snprintf(n, sizeof n, "%zu", set->n);
    snprintf(hash, sizeof hash, "%016" PRIx64, digest(set));
    return same_text(t, "ratchet", "1", err)
           && same_text(t, "function", set->function->name, err)
           && same_text(t, "max-ulp", ulp, err)
           && same_text(t, "points", n, err)
           && same_text(t, "digest", hash, err);
}

static bool
find_columns(record *rec, mlio_error *err)
{
    const mlio_table *t = rec->table;
    bool ok = mlio_table_need(t, "id", &rec->id, err)
              && mlio_table_need(t, "region", &rec->region, err)
              && mlio_table_need(t, "kind", &rec->kind, err);
    for (size_t k = 0; k < rec->set->nfields && ok; k++) {
        char buf[32];
        ok = mlio_table_need(t, mltab_field(buf, rec->set, k), &rec->args[k],
                             err);
    }
    for (int m = 0; m < MLTAB_NMEASURES && ok; m++) {
        ok = mlio_table_need(t, mltab_measure_name((mltab_measure)m),
                             &rec->errors[m], err);
    }
    return ok;
}

typedef struct {
    double args[2 * ML_MAX_ARGS];
    size_t n, point;
} key;

static int
by_args(const void *a, const void *b)
{
    const key *p = a, *q = b;
    for (size_t k = 0; k < p->n; k++) {
        if (p->args[k] != q->args[k]) {
            return p->args[k] < q->args[k] ? -1 : 1;
        }
    }
    return 0;
}

static key *
sorted_keys(const mltab_points *set)
{
    key *keys = calloc(set->n + 1, sizeof *keys);
    for (size_t i = 0; i < set->n && keys != NULL; i++) {
        memcpy(keys[i].args, set->points[i].args, sizeof keys[i].args);
        keys[i].n = set->nfields;
        keys[i].point = i;
    }
    if (keys != NULL) {
        qsort(keys, set->n, sizeof *keys, by_args);
    }
    return keys;
}

/* An error as recorded; "-" is nan. */
static bool
read_error(double *x, const record *rec, size_t row, int m, mlio_error *err)
{
    size_t column = rec->errors[m];
    const char *cell = mlio_table_cell(rec->table, row, column);
    *x = (double)NAN;
    if (strcmp(cell, "-") == 0) {
        return true;
    }
    char *end;
    *x = strtod(cell, &end);
    return (end != cell && *end == '\0' && *x >= 0)
           || mlio_table_fail(rec->table, row, column, err,
                              "expected an error or -");
}

static bool
read_kind(mltab_kind *kind, const record *rec, size_t row, mlio_error *err)
{
    const char *cell = mlio_table_cell(rec->table, row, rec->kind);
    for (int k = 0; k < MLTAB_NKINDS; k++) {
        if (k != MLTAB_OK && k != MLTAB_UNKNOWN
            && strcmp(cell, mltab_kind_name((mltab_kind)k)) == 0) {
            *kind = (mltab_kind)k;
            return true;
        }
    }
    return mlio_table_fail(rec->table, row, rec->kind, err,
                           "expected a kind of failure");
}

/* A point that was missed: every point of the set with these arguments. */
static bool
read_point(record *rec, const key *keys, size_t row, mlio_error *err)
{
    key wanted = {.n = rec->set->nfields};
    mltab_kind kind = MLTAB_OK;
    double ulp = 0;
    bool ok = read_kind(&kind, rec, row, err)
              && read_error(&ulp, rec, row, MLTAB_ULP, err);
    for (size_t k = 0; k < wanted.n && ok; k++) {
        ok = mlio_table_double(&wanted.args[k], rec->table, row, rec->args[k],
                               err);
    }
    if (!ok) {
        return false;
    }
    const key *found =
        bsearch(&wanted, keys, rec->set->n, sizeof *keys, by_args);
    if (found == NULL) {
        return mlio_table_fail(rec->table, row, rec->id, err,
                               "expected a point of the set");
    }
    while (found > keys && by_args(found - 1, &wanted) == 0) {
        found--;
    }
    for (; found < keys + rec->set->n && by_args(found, &wanted) == 0;
         found++) {
        rec->listed[found->point] = true;
        rec->kinds[found->point] = kind;
        rec->ulps[found->point] = ulp;
    }
    return true;
}

static bool
read_points(record *rec, mlio_error *err)
{
    size_t n = rec->set->n;
    key *keys = sorted_keys(rec->set);
    rec->listed = calloc(n + 1, sizeof *rec->listed);
    rec->kinds = calloc(n + 1, sizeof *rec->kinds);
    rec->ulps = calloc(n + 1, sizeof *rec->ulps);
    bool ok = keys != NULL && rec->listed != NULL && rec->kinds != NULL
              && rec->ulps != NULL;
    if (!ok) {
        mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t row = 0; ok && row < mlio_table_rows(rec->table); row++) {
        if (strcmp(mlio_table_cell(rec->table, row, rec->kind), "-") != 0) {
            ok = read_point(rec, keys, row, err);
        }
    }
    free(keys);
    return ok;
}

/* ------------------------------------------------------------------ comparing */

static bool
add_change(mltab_changes *c, size_t point, const char *region, const char *text)
{
    if (c->nworse % 64 == 0) {
        mltab_change *more = realloc(c->worse, (c->nworse + 64) * sizeof *more);
        if (more == NULL) {
            return false;
        }
        c->worse = more;
    }
    mltab_change *change = &c->worse[c->nworse++];
    change->point = point;
    snprintf(change->region, sizeof change->region, "%s", region);
    snprintf(change->text, sizeof change->text, "%s", text);
    return true;
}

static void
state_text(char out[64], mltab_kind kind, double ulp)
{
    char buf[32];
    if (kind == MLTAB_WRONG) {
        snprintf(out, 64, "wrong by %s ulp", error_text(buf, ulp));
    } else {
        snprintf(out, 64, "%s", mltab_kind_name(kind));
    }
}

static bool
compare_point(mltab_changes *c, const record *rec, const mltab_verdict *v,
              size_t i)
{
    mltab_kind before = rec->listed[i] ? rec->kinds[i] : MLTAB_OK;
    int change = mltab_severity(v->kind) - mltab_severity(before);
    if (v->kind == MLTAB_UNKNOWN || (!rec->listed[i] && !missed(v))) {
        return true;
    }
    if (change == 0 && v->kind == MLTAB_WRONG) {
        double now = mltab_round_up(v->ulp);
        change = (now > rec->ulps[i]) - (now < rec->ulps[i]);
    }
    c->known += change == 0;
    c->better += change < 0;
    if (change <= 0) {
        return true;
    }
    char was[64], is[64], text[192];
    const mltab_point *p = &rec->set->points[i];
    state_text(was, before, rec->ulps[i]);
    state_text(is, v->kind, v->ulp);
    snprintf(text, sizeof text, "%s %s: %s -> %s", p->id, p->region, was, is);
    return add_change(c, i, p->region, text);
}

/* The points of a region that the file does not list, and that are still
 * right. */
static bool
compare_region(mltab_changes *c, const record *rec,
               const mltab_verdict *verdicts, size_t row, mlio_error *err)
{
    const char *region = mlio_table_cell(rec->table, row, rec->region);
    double worst[MLTAB_NMEASURES], before;
    size_t at[MLTAB_NMEASURES];
    char text[192], a[32], b[32];
    bool worse = false, better = false;
    worst_of_ok(worst, at, region, rec->set, verdicts, rec->listed);
    size_t used = (size_t)snprintf(text, sizeof text, "%.24s: worst", region);
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        if (!read_error(&before, rec, row, m, err)) {
            return false;
        }
        double now = mltab_round_up(worst[m]);
        better = better || now < before;
        if (now > before && used < sizeof text) {
            used += (size_t)snprintf(text + used, sizeof text - used,
                                     "%s %s -> %s %s (%.23s)", worse ? "," : "",
                                     error_text(a, before), error_text(b, now),
                                     mltab_measure_name((mltab_measure)m),
                                     rec->set->points[at[m]].id);
            worse = true;
        }
    }
    c->better += better && !worse;
    if (worse && !add_change(c, SIZE_MAX, region, text)) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    return true;
}

static bool
compare(mltab_changes *c, record *rec, const mltab_verdict *verdicts,
        mlio_error *err)
{
    if (!find_columns(rec, err) || !read_points(rec, err)) {
        return false;
    }
    for (size_t i = 0; i < rec->set->n; i++) {
        if (!compare_point(c, rec, &verdicts[i], i)) {
            return mlio_fail(err, MLIO_FILE, "out of memory");
        }
    }
    for (size_t row = 0; row < mlio_table_rows(rec->table); row++) {
        if (strcmp(mlio_table_cell(rec->table, row, rec->kind), "-") == 0
            && !compare_region(c, rec, verdicts, row, err)) {
            return false;
        }
    }
    return true;
}

bool
mltab_ratchet_compare(mltab_changes *changes, const char *path,
                      const mltab_points *set, const mltab_verdict *verdicts,
                      double max_ulp, mlio_error *err)
{
    memset(changes, 0, sizeof *changes);
    mlio_table *t = mlio_table_read(path, err);
    record rec = {.table = t, .set = set};
    bool ok = t != NULL && same_question(t, set, max_ulp, err)
              && compare(changes, &rec, verdicts, err);
    free(rec.listed);
    free(rec.kinds);
    free(rec.ulps);
    mlio_table_free(t);
    if (!ok) {
        mltab_changes_clear(changes);
    }
    return ok;
}

void
mltab_changes_clear(mltab_changes *changes)
{
    free(changes->worse);
    memset(changes, 0, sizeof *changes);
}
