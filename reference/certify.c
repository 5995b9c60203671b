/* reference/certify.c - the certified table: only what mathematics determines.
 *
 * A row is written when one ball decides the 40 decimals and the double of
 * every part; the accuracy asked for doubles until it does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

#include "base/number.h"
#include "base/parallel.h"
#include "reference/impl.h"

/* A part that is 10^-1500 of the other one stays undecided. */
enum { DECIMALS = 40, FIRST_DIGITS = 50, LAST_DIGITS = 1600 };

typedef struct {
    char *text[2]; /* re, im: decimals, with "=" when exact; NULL: undecided */
    double d[2];
    slong digits; /* asked for when everything was decided */
    ml_status status;
} row;

typedef struct {
    const mltab_points *set;
    row *rows;
} job;

/* "x" or "x=" */
static char *
mark_exact(char *text, bool exact)
{
    if (text == NULL || !exact) {
        return text;
    }
    size_t n = strlen(text);
    char *marked = realloc(text, n + 2);
    if (marked == NULL) {
        free(text);
        return NULL;
    }
    memcpy(marked + n, "=", 2);
    return marked;
}

static void
decide_exact(row *r, int part, const fmpq_t x)
{
    bool exact;
    char *text = mlio_format_decided_fmpq(&exact, x, DECIMALS);
    r->text[part] = mark_exact(text, exact);
    r->d[part] = mlio_fmpq_get_d(x);
}

/* True when the ball decides part. */
static bool
decide_ball(row *r, int part, const arb_t x)
{
    bool exact;
    if (!ml_round_arb_d(&r->d[part], x, MPFR_RNDN)) {
        return false;
    }
    char *text = mlio_format_decided(&exact, x, DECIMALS);
    r->text[part] = mark_exact(text, exact);
    return r->text[part] != NULL;
}

static void
forget(row *r)
{
    free(r->text[0]);
    free(r->text[1]);
    r->text[0] = r->text[1] = NULL;
}

static bool
certify_exact(row *r, const ml_function *f, const ml_arg *args)
{
    fmpq_t re, im;
    fmpq_init(re);
    fmpq_init(im);
    bool known = f->exact != NULL && f->exact(re, im, args);
    if (known) {
        decide_exact(r, 0, re);
        decide_exact(r, 1, im);
    }
    fmpq_clear(re);
    fmpq_clear(im);
    return known;
}

static void
certify(row *r, const ml_function *f, const ml_arg *args)
{
    if (certify_exact(r, f, args)) {
        return;
    }
    acb_t v;
    acb_init(v);
    for (r->digits = FIRST_DIGITS; r->digits <= LAST_DIGITS; r->digits *= 2) {
        r->status = ml_eval_digits(v, f, NULL, args, r->digits, ML_PREC_CAP);
        if (r->status != ML_OK) {
            break;
        }
        if (decide_ball(r, 0, acb_realref(v))
            && decide_ball(r, 1, acb_imagref(v))) {
            acb_clear(v);
            return;
        }
        forget(r);
    }
    if (r->status == ML_OK) {
        r->status = ML_UNABLE;
    }
    acb_clear(v);
}

static void
certify_one(size_t i, void *context)
{
    job *j = context;
    ml_arg args[ML_MAX_ARGS];
    ml_args_init(args, j->set->function->nargs);
    mltab_point_args(args, j->set, i);
    certify(&j->rows[i], j->set->function, args);
    ml_args_clear(args, j->set->function->nargs);
}

/* ------------------------------------------------------------------ writing */

static void
columns(const mltab_points *set, mlio_writer *w, size_t nbefore,
        const char *const *before, size_t nafter, const char *const *after)
{
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + 12];
    size_t n = 0;
    for (size_t k = 0; k < nbefore; k++) {
        names[n++] = before[k];
    }
    for (size_t k = 0; k < set->nfields; k++) {
        names[n++] = mltab_field(buf[k], set, k);
    }
    for (size_t k = 0; k < nafter; k++) {
        names[n++] = after[k];
    }
    mlio_writer_columns(w, n, names);
}

static void
write_fields(const mltab_points *set, mlio_writer *w, size_t i)
{
    for (size_t k = 0; k < set->nfields; k++) {
        mlio_writer_cell(w, "%a", set->points[i].args[k]);
    }
}

static void
write_heads(const mltab_points *set, mlio_writer *table, mlio_writer *undecided,
            mlio_writer *prov)
{
    static const char *const id[] = {"id", "function"};
    static const char *const complex[] = {"re", "im", "re_hex", "im_hex",
                                          "region"};
    static const char *const real[] = {"re", "re_hex", "region"};
    static const char *const open[] = {"region", "status"};
    mlio_writer_meta(table, "function", "%s", set->function->name);
    mlio_writer_meta(table, "definition", "%s", set->function->definition);
    mlio_writer_meta(table, "digits", "%d, rounded to nearest even; = exact",
                     DECIMALS);
    if (set->has_im) {
        columns(set, table, 1, id, 5, complex);
    } else {
        columns(set, table, 1, id, 3, real);
    }
    columns(set, undecided, 2, id, 2, open);
    if (prov != NULL) {
        static const char *const names[] = {"id", "status", "digits_asked"};
        mlio_writer_meta(prov, "flint", "%s", FLINT_VERSION);
        mlio_writer_meta(prov, "mpfr", "%s", mpfr_get_version());
        mlio_writer_meta(prov, "gmp", "%s", gmp_version);
        mlio_writer_columns(prov, 3, names);
    }
}

static void
write_row(const mltab_points *set, size_t i, const row *r, mlio_writer *table,
          mlio_writer *undecided)
{
    const mltab_point *p = &set->points[i];
    if (r->text[0] == NULL || r->text[1] == NULL) {
        mlio_writer_cell(undecided, "%s", p->id);
        mlio_writer_cell(undecided, "%s", set->function->name);
        write_fields(set, undecided, i);
        mlio_writer_cell(undecided, "%s", p->region);
        mlio_writer_cell(undecided, "%s", ml_status_name(r->status));
        return;
    }
    mlio_writer_cell(table, "%s", p->id);
    write_fields(set, table, i);
    mlio_writer_cell(table, "%s", r->text[0]);
    if (set->has_im) {
        mlio_writer_cell(table, "%s", r->text[1]);
    }
    mlio_writer_cell(table, "%a", r->d[0]);
    if (set->has_im) {
        mlio_writer_cell(table, "%a", r->d[1]);
    }
    mlio_writer_cell(table, "%s", p->region);
}

bool
mltab_write(const mltab_points *set, mlio_writer *table, mlio_writer *undecided,
            mlio_writer *prov, size_t *nundecided, int threads, mlio_error *err)
{
    row *rows = calloc(set->n + 1, sizeof *rows);
    if (rows == NULL) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    job j = {set, rows};
    mlio_parallel_for(set->n, threads, certify_one, &j);
    write_heads(set, table, undecided, prov);
    size_t open = 0;
    for (size_t i = 0; i < set->n; i++) {
        write_row(set, i, &rows[i], table, undecided);
        if (prov != NULL) {
            mlio_writer_cell(prov, "%s", set->points[i].id);
            mlio_writer_cell(prov, "%s", ml_status_name(rows[i].status));
            mlio_writer_cell(prov, "%ld", (long)rows[i].digits);
        }
        open += rows[i].text[0] == NULL || rows[i].text[1] == NULL;
        forget(&rows[i]);
    }
    free(rows);
    if (nundecided != NULL) {
        *nundecided = open;
    }
    return true;
}
