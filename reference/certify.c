/* reference/certify.c - certified rows: only what mathematics determines.
 *
 * A row is written when one ball decides the 40 decimals and the double of
 * every part; the accuracy asked for doubles until it does.  So it does for the
 * three digits of the condition number, which may stay open.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>

#include "base/number.h"
#include "base/parallel.h"
#include "reference/impl.h"
#include "reference/sha256.h"
#include "reference/table.h"

/* A part that is 10^-1500 of the other one stays undecided. */
enum { DECIMALS = 40, FIRST_DIGITS = 50, LAST_DIGITS = 1600 };
enum { KAPPA_DIGITS = 3, KAPPA_PREC = 640 };

typedef struct {
    char *text[2]; /* re, im: decimals, with "=" when exact; NULL: undecided */
    double d[2];
    char *kappa;  /* three digits, or NULL */
    char *line;   /* the row of the table */
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
    free(r->kappa);
    r->text[0] = r->text[1] = r->kappa = NULL;
}

/* ------------------------------------------------------------------- kappa */

/* x (1 - 2^-64), rounded up to three digits, when the ball decides that: x may
 * be a decimal of three digits, which no ball tells from what is above it. */
static char *
decide_up(const arb_t x)
{
    arb_t slack;
    arf_t lo, hi;
    arb_init(slack);
    arf_init(lo);
    arf_init(hi);
    arb_one(slack);
    arb_mul_2exp_si(slack, slack, -64);
    arb_sub_ui(slack, slack, 1, 128);
    arb_mul(slack, slack, x, KAPPA_PREC);
    arb_neg(slack, slack);
    arb_get_lbound_arf(lo, slack, KAPPA_PREC);
    arb_get_ubound_arf(hi, slack, KAPPA_PREC);
    char *low = mlio_format_directed(lo, KAPPA_DIGITS, true);
    char *high = mlio_format_directed(hi, KAPPA_DIGITS, true);
    bool decided = low != NULL && high != NULL && arb_is_finite(x)
                   && strcmp(low, high) == 0;
    free(low);
    if (!decided) {
        free(high);
        high = NULL;
    }
    arb_clear(slack);
    arf_clear(lo);
    arf_clear(hi);
    return high;
}

static char *
certify_kappa(const ml_function *f, const ml_arg *args)
{
    static const slong bits[] = {24, 120, 480};
    char *text = NULL;
    arb_t x;
    arb_init(x);
    for (size_t i = 0; i < sizeof bits / sizeof *bits && text == NULL; i++) {
        if (mltab_condition(x, f, args, bits[i]) != ML_OK) {
            break;
        }
        text = decide_up(x);
    }
    arb_clear(x);
    return text;
}

/* ------------------------------------------------------------------- values */

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

/* -------------------------------------------------------------------- lines */

/* A text that grows; text is NULL when memory is out. */
typedef struct {
    char *text;
    size_t n, capacity;
} line;

static void
put(line *l, const char *text, char after)
{
    size_t n = strlen(text);
    if (l->text == NULL) {
        return;
    }
    if (l->n + n + 2 > l->capacity) {
        l->capacity = 2 * (l->n + n + 2);
        char *more = realloc(l->text, l->capacity);
        if (more == NULL) {
            free(l->text);
        }
        l->text = more;
        if (more == NULL) {
            return;
        }
    }
    memcpy(l->text + l->n, text, n);
    l->n += n;
    l->text[l->n++] = after;
    l->text[l->n] = '\0';
}

static void
put_double(line *l, double x)
{
    char text[32];
    snprintf(text, sizeof text, "%a", x);
    put(l, text, '\t');
}

static line
new_line(void)
{
    enum { USUAL = 256 };
    return (line){malloc(USUAL), 0, USUAL};
}

/* Without the tab at the end. */
static char *
finish_line(line *l)
{
    if (l->text != NULL) {
        l->text[l->n - 1] = '\0';
    }
    return l->text;
}

static char *
make_line(const mltab_points *set, size_t i, const row *r)
{
    int parts = set->has_im ? 2 : 1;
    line l = new_line();
    put(&l, set->points[i].id, '\t');
    for (size_t k = 0; k < set->nfields; k++) {
        put_double(&l, set->points[i].args[k]);
    }
    for (int part = 0; part < parts; part++) {
        put(&l, r->text[part], '\t');
    }
    for (int part = 0; part < parts; part++) {
        put_double(&l, r->d[part]);
    }
    put(&l, r->kappa != NULL ? r->kappa : "-", '\t');
    put(&l, set->points[i].region, '\t');
    return finish_line(&l);
}

static char *
make_columns(const mltab_points *set)
{
    line l = new_line();
    put(&l, "id", '\t');
    for (size_t k = 0; k < set->nfields; k++) {
        char name[32];
        put(&l, mltab_field(name, set, k), '\t');
    }
    put(&l, set->has_im ? "re\tim\tre_hex\tim_hex" : "re\tre_hex", '\t');
    put(&l, "kappa\tregion", '\t');
    return finish_line(&l);
}

static void
certify_one(size_t i, void *context)
{
    job *j = context;
    ml_arg args[ML_MAX_ARGS];
    ml_args_init(args, j->set->function->nargs);
    mltab_point_args(args, j->set, i);
    row *r = &j->rows[i];
    certify(r, j->set->function, args);
    if (r->text[0] != NULL && r->text[1] != NULL) {
        r->kappa = certify_kappa(j->set->function, args);
        r->line = make_line(j->set, i, r);
    }
    ml_args_clear(args, j->set->function->nargs);
}

/* ------------------------------------------------------------ what is not in it */

static void
write_heads(const mltab_points *set, mlio_writer *undecided, mlio_writer *prov)
{
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + 4] = {"id", "function"};
    size_t n = 2;
    for (size_t k = 0; k < set->nfields; k++) {
        names[n++] = mltab_field(buf[k], set, k);
    }
    names[n++] = "region";
    names[n++] = "status";
    if (undecided != NULL) {
        mlio_writer_columns(undecided, n, names);
    }
    if (prov != NULL) {
        static const char *const head[] = {"id", "status", "digits_asked"};
        mlio_writer_meta(prov, "flint", "%s", FLINT_VERSION);
        mlio_writer_meta(prov, "mpfr", "%s", mpfr_get_version());
        mlio_writer_meta(prov, "gmp", "%s", gmp_version);
        mlio_writer_columns(prov, 3, head);
    }
}

static void
write_undecided(const mltab_points *set, size_t i, const row *r, mlio_writer *w)
{
    const mltab_point *p = &set->points[i];
    mlio_writer_cell(w, "%s", p->id);
    mlio_writer_cell(w, "%s", set->function->name);
    for (size_t k = 0; k < set->nfields; k++) {
        mlio_writer_cell(w, "%a", p->args[k]);
    }
    mlio_writer_cell(w, "%s", p->region);
    mlio_writer_cell(w, "%s", ml_status_name(r->status));
}

/* Moves the lines to t. */
static bool
collect(mltab_table *t, const mltab_points *set, row *rows,
        mlio_writer *undecided, mlio_writer *prov, size_t *nundecided)
{
    bool ok = true;
    for (size_t i = 0; i < set->n; i++) {
        row *r = &rows[i];
        bool decided = r->text[0] != NULL && r->text[1] != NULL;
        ok = ok && (!decided || r->line != NULL);
        if (decided) {
            t->rows[t->n++] = r->line;
        } else if (undecided != NULL) {
            write_undecided(set, i, r, undecided);
        }
        if (prov != NULL) {
            mlio_writer_cell(prov, "%s", set->points[i].id);
            mlio_writer_cell(prov, "%s", ml_status_name(r->status));
            mlio_writer_cell(prov, "%ld", (long)r->digits);
        }
        forget(r);
    }
    if (nundecided != NULL) {
        *nundecided = set->n - t->n;
    }
    return ok;
}

bool
mltab_table_certify(mltab_table *t, const mltab_points *set,
                    mlio_writer *undecided, mlio_writer *prov,
                    size_t *nundecided, int threads, mlio_error *err)
{
    row *rows = calloc(set->n + 1, sizeof *rows);
    memset(t, 0, sizeof *t);
    t->rows = calloc(set->n + 1, sizeof *t->rows);
    t->function = strdup(set->function->name);
    t->definition = strdup(set->function->definition);
    t->columns = make_columns(set);
    bool ok = rows != NULL && t->rows != NULL && t->function != NULL
              && t->definition != NULL && t->columns != NULL;
    if (ok) {
        job j = {set, rows};
        mlio_parallel_for(set->n, threads, certify_one, &j);
        write_heads(set, undecided, prov);
        ok = collect(t, set, rows, undecided, prov, nundecided);
    }
    free(rows);
    if (!ok) {
        mltab_table_clear(t);
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    mltab_table_hash(t->sha256, t);
    return true;
}

bool
mltab_write(const mltab_points *set, mlio_writer *table, mlio_writer *undecided,
            mlio_writer *prov, size_t *nundecided, int threads, mlio_error *err)
{
    mltab_table t;
    if (!mltab_table_certify(&t, set, undecided, prov, nundecided, threads,
                             err)) {
        return false;
    }
    mltab_table_write(&t, -1, table);
    mltab_table_clear(&t);
    return true;
}
