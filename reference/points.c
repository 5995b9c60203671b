/* reference/points.c - point sets: built-in ones, tables, random ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"

/* The functions that have built-in points: one row each. */
static const struct {
    const char *name, *prefix;
    void (*build)(mltab_builder *b);
    void (*draw)(mltab_random *r, double *fields, bool complex);
} builtin[] = {
    {"mittag-leffler", "ml", mltab_builtin_mittleff, mltab_random_mittleff},
    {"ml-relaxation", "mr", mltab_builtin_relaxation, mltab_random_relaxation},
    {"ml-siegert", "ms", mltab_builtin_relaxation, mltab_random_relaxation},
    {"kww", "kww", mltab_builtin_kww, mltab_random_kww},
};

/* The named sets: which regions they take (all when the list is empty). */
static const struct {
    const char *name;
    const char *regions[8];
    bool real_only, thin;
} sets[] = {
    {"all", {NULL}, false, false},
    {"real", {NULL}, true, false},
    {"small", {NULL}, true, true},
    {"small-complex", {NULL}, false, true},
    {"switch", {"switch", "unit", "contour"}, false, false},
    {"double", {"range", "extreme"}, false, false},
    {"stokes", {"stokes", "anti-stokes"}, false, false},
    {"near1", {"near-1", "near-2", "near-half"}, false, false},
    {"zeros", {"zeros"}, false, false},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ------------------------------------------------------------------- fields */

static size_t
count_fields(const ml_function *f, bool has_im)
{
    size_t n = 0;
    for (size_t i = 0; i < f->nargs; i++) {
        n += f->args[i].is_complex && has_im ? 2 : 1;
    }
    return n;
}

static bool
takes_complex(const ml_function *f)
{
    return count_fields(f, true) > f->nargs;
}

static void
start_set(mltab_points *set, const ml_function *f, bool has_im)
{
    *set = (mltab_points){
        .function = f, .has_im = has_im, .nfields = count_fields(f, has_im)};
}

/* Field k is the real (or imaginary) part of argument *arg. */
static bool
field_is_im(size_t *arg, const mltab_points *set, size_t k)
{
    *arg = 0;
    for (size_t i = 0; i < set->function->nargs; i++) {
        bool two = set->has_im && set->function->args[i].is_complex;
        *arg = i;
        if (k == 0) {
            return false;
        }
        if (two && k == 1) {
            return true;
        }
        k -= two ? 2 : 1;
    }
    return false;
}

const char *
mltab_field(char buf[32], const mltab_points *set, size_t k)
{
    size_t arg;
    bool im = field_is_im(&arg, set, k);
    const char *name = set->function->args[arg].name;
    if (!set->has_im || !set->function->args[arg].is_complex) {
        return name;
    }
    snprintf(buf, 32, "%s_%.24s", im ? "im" : "re", name);
    return buf;
}

void
mltab_point_args(ml_arg *args, const mltab_points *set, size_t i)
{
    ml_arg part;
    ml_args_init(&part, 1);
    for (size_t k = 0; k < set->nfields; k++) {
        size_t arg;
        bool im = field_is_im(&arg, set, k);
        ml_arg_set_d(&part, set->points[i].args[k]);
        if (im) {
            fmpq_set(args[arg].im, part.re);
        } else {
            ml_arg_set_d(&args[arg], set->points[i].args[k]);
        }
    }
    ml_args_clear(&part, 1);
}

char *
mltab_eval_command(const mltab_points *set, size_t i)
{
    size_t size = 64 + strlen(set->function->name) + 64 * set->nfields;
    char *text = malloc(size);
    if (text == NULL) {
        return NULL;
    }
    char *s = text + sprintf(text, "mlref eval %s", set->function->name);
    for (size_t k = 0; k < set->nfields; k++) {
        size_t arg;
        double x = set->points[i].args[k];
        if (!field_is_im(&arg, set, k)) {
            s += sprintf(s, " %s=%a", set->function->args[arg].name, x);
        } else if (x != 0) {
            s += sprintf(s, "%+ai", x);
        }
    }
    sprintf(s, " --digits 20");
    return text;
}

/* ---------------------------------------------------------------- named sets */

/* Index of the field that holds an imaginary part, or nfields. */
static size_t
im_field(const mltab_points *set)
{
    for (size_t k = 0; k < set->nfields; k++) {
        size_t arg;
        if (field_is_im(&arg, set, k)) {
            return k;
        }
    }
    return set->nfields;
}

static bool
in_regions(const char *const *regions, const char *region)
{
    for (size_t i = 0; regions[i] != NULL; i++) {
        if (strcmp(regions[i], region) == 0) {
            return true;
        }
    }
    return regions[0] == NULL;
}

/* Points of a region: in the set, seen so far. */
typedef struct {
    char name[24];
    size_t n, seen;
} tally;

enum { MAX_REGIONS = 32, THIN = 24 };

static tally *
tally_of(tally *tallies, const char *region)
{
    size_t i = 0;
    while (i + 1 < MAX_REGIONS && tallies[i].n > 0
           && strcmp(tallies[i].name, region) != 0) {
        i++;
    }
    snprintf(tallies[i].name, sizeof tallies->name, "%s", region);
    return &tallies[i];
}

static bool
belongs(const mltab_points *set, const mltab_point *p, size_t s, size_t im)
{
    bool real = im == set->nfields || p->args[im] == 0;
    return in_regions(sets[s].regions, p->region)
           && (!sets[s].real_only || real);
}

/* Keeps what belongs to named set s; "thin" keeps at most THIN points of a
 * region: the first, and others evenly. */
static void
select_points(mltab_points *set, size_t s)
{
    tally tallies[MAX_REGIONS] = {{{0}, 0, 0}};
    size_t im = im_field(set), kept = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (belongs(set, &set->points[i], s, im)) {
            tally_of(tallies, set->points[i].region)->n++;
        }
    }
    for (size_t i = 0; i < set->n; i++) {
        mltab_point *p = &set->points[i];
        if (!belongs(set, p, s, im)) {
            continue;
        }
        tally *t = tally_of(tallies, p->region);
        size_t every = sets[s].thin ? (t->n + THIN - 1) / THIN : 1;
        if (t->seen++ % every == 0) {
            set->points[kept++] = *p;
        }
    }
    set->n = kept;
}

/* One field less when nothing is off the real axis. */
static void
drop_im(mltab_points *set)
{
    size_t im = im_field(set);
    if (im == set->nfields) {
        return;
    }
    for (size_t i = 0; i < set->n; i++) {
        if (set->points[i].args[im] != 0) {
            return;
        }
    }
    for (size_t i = 0; i < set->n; i++) {
        double *a = set->points[i].args;
        memmove(a + im, a + im + 1, (set->nfields - im - 1) * sizeof *a);
    }
    set->has_im = false;
    set->nfields--;
}

static bool
load_builtin(mltab_points *set, const ml_function *f, size_t s, mlio_error *err)
{
    for (size_t i = 0; i < COUNT(builtin); i++) {
        if (strcmp(builtin[i].name, f->name) != 0) {
            continue;
        }
        start_set(set, f, takes_complex(f));
        mltab_builder b = {.set = set, .prefix = builtin[i].prefix};
        builtin[i].build(&b);
        mltab_builder_clear(&b);
        if (b.failed) {
            mltab_points_clear(set);
            return mlio_fail(err, MLIO_FILE, "out of memory");
        }
        select_points(set, s);
        drop_im(set);
        if (set->n == 0) {
            mltab_points_clear(set);
            return mlio_fail(err, MLIO_USAGE,
                             "%s has no built-in points in the set \"%s\"",
                             f->name, sets[s].name);
        }
        return true;
    }
    return mlio_fail(err, MLIO_USAGE,
                     "%s has no built-in points: give a file of points",
                     f->name);
}

/* ------------------------------------------------------------------ reading */

/* The column of field k: a complex argument may be re_z im_z, or z alone. */
static bool
find_column(size_t *column, const mltab_points *set, const mlio_table *t,
            size_t k, mlio_error *err)
{
    char buf[32];
    const char *name = mltab_field(buf, set, k);
    size_t arg;
    field_is_im(&arg, set, k);
    if (mlio_table_find(t, name) < 0 && set->function->args[arg].is_complex) {
        char re[32];
        snprintf(re, sizeof re, "re_%.24s", set->function->args[arg].name);
        long c = mlio_table_find(t, re);
        if (c >= 0 && !set->has_im) {
            *column = (size_t)c;
            return true;
        }
    }
    return mlio_table_need(t, name, column, err);
}

static bool
table_has_im(const ml_function *f, const mlio_table *t)
{
    for (size_t i = 0; i < f->nargs; i++) {
        char name[32];
        snprintf(name, sizeof name, "im_%.24s", f->args[i].name);
        if (f->args[i].is_complex && mlio_table_find(t, name) >= 0) {
            return true;
        }
    }
    return false;
}

static void
copy_name(char out[24], const mlio_table *t, size_t row, const char *column,
          const char *otherwise)
{
    long c = mlio_table_find(t, column);
    const char *s = c < 0 ? otherwise : mlio_table_cell(t, row, (size_t)c);
    snprintf(out, 24, "%.23s", s);
}

static bool
in_domain(const mltab_points *set, size_t i, size_t *bad)
{
    ml_arg args[ML_MAX_ARGS];
    ml_args_init(args, set->function->nargs);
    mltab_point_args(args, set, i);
    ml_status status = set->function->domain(args, bad);
    ml_args_clear(args, set->function->nargs);
    return status == ML_OK;
}

static bool
read_row(mltab_points *set, const mlio_table *t, size_t row,
         const size_t *columns, mlio_error *err)
{
    mltab_point *p = &set->points[row];
    char id[32];
    snprintf(id, sizeof id, "row-%zu", row + 1);
    copy_name(p->id, t, row, "id", id);
    copy_name(p->region, t, row, "region", "points");
    for (size_t k = 0; k < set->nfields; k++) {
        if (!mlio_table_double(&p->args[k], t, row, columns[k], err)) {
            return false;
        }
    }
    size_t bad = 0;
    if (!in_domain(set, row, &bad)) {
        const ml_argdef *a = &set->function->args[bad];
        size_t k = 0, arg;
        while (field_is_im(&arg, set, k), arg != bad) {
            k++;
        }
        return mlio_table_fail(t, row, columns[k], err, "expected %s",
                               a->domain);
    }
    return true;
}

bool
mltab_points_from_table(mltab_points *set, const ml_function *f,
                        const mlio_table *t, mlio_error *err)
{
    start_set(set, f, table_has_im(f, t));
    size_t columns[2 * ML_MAX_ARGS] = {0}, n = mlio_table_rows(t);
    bool ok = true;
    for (size_t k = 0; k < set->nfields && ok; k++) {
        ok = find_column(&columns[k], set, t, k, err);
    }
    if (ok && n == 0) {
        ok = mlio_fail(err, MLIO_DATA, "%s: no points", mlio_table_path(t));
    }
    if (ok) {
        set->points = calloc(n > 0 ? n : 1, sizeof *set->points);
        ok = set->points != NULL || mlio_fail(err, MLIO_FILE, "out of memory");
    }
    for (size_t row = 0; row < n && ok; row++) {
        set->n = row + 1;
        ok = read_row(set, t, row, columns, err);
    }
    if (!ok) {
        mltab_points_clear(set);
    }
    return ok;
}

static bool
load_file(mltab_points *set, const ml_function *f, const char *path,
          mlio_error *err)
{
    mlio_table *t = mlio_table_read(path, err);
    bool ok = t != NULL && mltab_points_from_table(set, f, t, err);
    mlio_table_free(t);
    return ok;
}

bool
mltab_points_load(mltab_points *set, const ml_function *f,
                  const char *name_or_file, mlio_error *err)
{
    memset(set, 0, sizeof *set);
    for (size_t s = 0; s < COUNT(sets); s++) {
        if (strcmp(sets[s].name, name_or_file) == 0) {
            return load_builtin(set, f, s, err);
        }
    }
    return load_file(set, f, name_or_file, err);
}

/* ------------------------------------------------------- random and the rest */

bool
mltab_points_random(mltab_points *set, const ml_function *f, size_t n,
                    uint64_t seed, bool complex, mlio_error *err)
{
    memset(set, 0, sizeof *set);
    for (size_t i = 0; i < COUNT(builtin); i++) {
        if (strcmp(builtin[i].name, f->name) != 0) {
            continue;
        }
        start_set(set, f, complex && takes_complex(f));
        set->points = calloc(n > 0 ? n : 1, sizeof *set->points);
        if (set->points == NULL) {
            return mlio_fail(err, MLIO_FILE, "out of memory");
        }
        mltab_random r = {seed};
        for (; set->n < n; set->n++) {
            mltab_point *p = &set->points[set->n];
            snprintf(p->id, sizeof p->id, "random-%lu",
                     (unsigned long)(set->n + 1) % 10000000000u);
            snprintf(p->region, sizeof p->region, "random");
            builtin[i].draw(&r, p->args, set->has_im);
        }
        return true;
    }
    return mlio_fail(err, MLIO_USAGE, "no random points for %s: give a file",
                     f->name);
}

bool
mltab_points_append(mltab_points *set, const mltab_points *more,
                    mlio_error *err)
{
    if (set->has_im != more->has_im || set->function != more->function) {
        return mlio_fail(err, MLIO_USAGE, "points of two kinds");
    }
    size_t n = set->n + more->n;
    mltab_point *points =
        realloc(set->points, (n > 0 ? n : 1) * sizeof *points);
    if (points == NULL) {
        return mlio_fail(err, MLIO_FILE, "out of memory");
    }
    memcpy(points + set->n, more->points, more->n * sizeof *points);
    set->points = points;
    set->n = n;
    return true;
}

void
mltab_points_clear(mltab_points *set)
{
    free(set->points);
    memset(set, 0, sizeof *set);
}

void
mltab_points_write(const mltab_points *set, mlio_writer *w)
{
    char buf[2 * ML_MAX_ARGS][32];
    const char *names[2 * ML_MAX_ARGS + 2];
    size_t n = 0;
    names[n++] = "id";
    for (size_t k = 0; k < set->nfields; k++) {
        names[n++] = mltab_field(buf[k], set, k);
    }
    names[n++] = "region";
    mlio_writer_columns(w, n, names);
    for (size_t i = 0; i < set->n; i++) {
        const mltab_point *p = &set->points[i];
        mlio_writer_cell(w, "%s", p->id);
        for (size_t k = 0; k < set->nfields; k++) {
            mlio_writer_cell(w, "%a", p->args[k]);
        }
        mlio_writer_cell(w, "%s", p->region);
    }
}
