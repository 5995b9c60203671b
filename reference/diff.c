/* reference/diff.c - what two tables of values say of the same points.
 *
 * Where both have radii, numbers are the exact rationals they are written as;
 * otherwise the doubles nearest to them.  The truth is asked only where they
 * differ.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arb.h>
#include <fmpq.h>

#include "base/number.h"
#include "reference/impl.h"

enum { PREC = 128 };

static const char *const relation_names[MLTAB_NRELATIONS] = {
    "same", "agree", "differ", "only-a", "only-b"};

const char *
mltab_relation_name(mltab_relation r)
{
    return relation_names[r];
}

/* -------------------------------------------------------------------- columns */

/* Where a table keeps what is compared; -1: not there. */
typedef struct {
    const mlio_table *table;
    long re[ML_MAX_ARGS], im[ML_MAX_ARGS]; /* the arguments */
    long value, im_value, rad;
    bool certified; /* a table of certified digits */
    bool doubles;   /* no radius is known: doubles, written as decimals */
} layout;

static long
named(const mlio_table *t, const char *prefix, const char *name)
{
    char column[64];

    snprintf(column, sizeof column, "%s%.40s", prefix, name);
    return mlio_table_find(t, column);
}

static bool
find_layout(layout *l, const ml_function *f, const mlio_table *t,
            mlio_error *err)
{
    size_t column;

    *l = (layout){.table = t, .im_value = -1};
    for (size_t i = 0; i < f->nargs; i++) {
        const char *name = f->args[i].name;
        l->re[i] = named(t, "", name);
        l->im[i] = -1;
        if (l->re[i] < 0 && f->args[i].is_complex) {
            l->re[i] = named(t, "re_", name);
            l->im[i] = named(t, "im_", name);
        }
        if (l->re[i] < 0)
            return mlio_table_need(t, name, &column, err);
    }
    l->rad = mlio_table_find(t, "rad");
    l->certified = mlio_table_find(t, "re_hex") >= 0;
    l->doubles = l->rad < 0 && !l->certified;
    l->value = mlio_table_find(t, "value");
    if (l->value >= 0)
        return true;
    l->im_value = mlio_table_find(t, "im");
    l->value = mlio_table_find(t, "re");
    return l->value >= 0 || mlio_table_need(t, "value", &column, err);
}

/* --------------------------------------------------------------------- points */

typedef struct {
    char *key; /* the arguments as exact numbers: equal for equal points */
    size_t row;
} place;

static bool
read_argument(ml_arg *a, const layout *l, size_t row, size_t i, bool is_complex,
              mlio_error *err)
{
    fmpq_set_si(a->im, 0, 1);
    if (is_complex && l->im[i] < 0) {
        const char *cell = mlio_table_cell(l->table, row, (size_t)l->re[i]);
        mlio_error why;
        return mlio_parse_complex(a->re, a->im, cell, &why)
               || mlio_table_fail(l->table, row, (size_t)l->re[i], err, "%s",
                                  why.text);
    }
    return mlio_table_real(a->re, l->table, row, (size_t)l->re[i], err)
           && (l->im[i] < 0
               || mlio_table_real(a->im, l->table, row, (size_t)l->im[i], err));
}

static bool
read_arguments(ml_arg *args, const layout *l, const ml_function *f, size_t row,
               mlio_error *err)
{
    for (size_t i = 0; i < f->nargs; i++)
        if (!read_argument(&args[i], l, row, i, f->args[i].is_complex, err))
            return false;
    return true;
}

/* "1/2\t1\t-3\t0": malloc'ed. */
static char *
key_of(const ml_arg *args, size_t n)
{
    char *key = strdup("");

    for (size_t i = 0; key && i < 2 * n; i++) {
        const fmpq *part = i % 2 ? args[i / 2].im : args[i / 2].re;
        char *s = mlio_fmpq_str(part);
        size_t used = strlen(key), more = strlen(s);
        char *longer = realloc(key, used + more + 2);
        if (longer) {
            memcpy(longer + used, s, more);
            memcpy(longer + used + more, "\t", 2);
        } else {
            free(key);
        }
        key = longer;
        free(s);
    }
    return key;
}

static int
by_key(const void *a, const void *b)
{
    const place *p = a, *q = b;
    int order = strcmp(p->key, q->key);

    return order ? order : (p->row > q->row) - (p->row < q->row);
}

static void
free_places(place *p, size_t n)
{
    for (size_t i = 0; p && i < n; i++)
        free(p[i].key);
    free(p);
}

/* The rows sorted by their points; NULL with err set. */
static place *
sorted_places(const layout *l, const ml_function *f, mlio_error *err)
{
    size_t n = mlio_table_rows(l->table);
    place *places = calloc(n + 1, sizeof *places);
    ml_arg args[ML_MAX_ARGS];
    bool good = true;

    if (!places) {
        mlio_fail(err, MLIO_FILE, "memory is out");
        return NULL;
    }
    ml_args_init(args, f->nargs);
    for (size_t row = 0; row < n && good; row++) {
        good = read_arguments(args, l, f, row, err);
        if (good) {
            places[row] = (place){key_of(args, f->nargs), row};
            good = places[row].key != NULL
                   || mlio_fail(err, MLIO_FILE, "memory is out");
        }
    }
    ml_args_clear(args, f->nargs);
    if (!good) {
        free_places(places, n);
        return NULL;
    }
    qsort(places, n, sizeof *places, by_key);
    return places;
}

/* --------------------------------------------------------------------- values */

typedef struct {
    const char *text; /* as it stands there */
    bool number;
    fmpq_t re, im, rad;
} value;

static void
value_init(value *v)
{
    v->text = "";
    fmpq_init(v->re);
    fmpq_init(v->im);
    fmpq_init(v->rad);
}

static void
value_clear(value *v)
{
    fmpq_clear(v->re);
    fmpq_clear(v->im);
    fmpq_clear(v->rad);
}

/* Half a unit of the last digit of a decimal. */
static void
half_unit(fmpq_t h, const char *decimal)
{
    const char *e = strpbrk(decimal, "eE");
    const char *end = e ? e : decimal + strlen(decimal);
    const char *point = memchr(decimal, '.', (size_t)(end - decimal));
    long places = point ? (long)(end - point) - 1 : 0;
    fmpz_t ten;

    fmpz_init_set_ui(ten, 10);
    fmpq_set_si(h, 1, 1);
    fmpq_mul_fmpz(h, h, ten);
    fmpq_pow_si(h, h, (e ? strtol(e + 1, NULL, 10) : 0) - places);
    fmpq_div_2exp(h, h, 1);
    fmpz_clear(ten);
}

/* A part with its share of the radius; "=" after a certified decimal says that
 * it is the value itself. */
static bool
read_part(fmpq_t x, fmpq_t rad, const char *cell, bool certified)
{
    char digits[512];
    size_t n = strlen(cell);
    bool exact = n > 0 && cell[n - 1] == '=';
    fmpq_t h;

    if (n >= sizeof digits)
        return mlio_parse_real(x, cell, NULL);
    memcpy(digits, cell, n + 1);
    if (certified && exact)
        digits[n - 1] = 0;
    if (!mlio_parse_real(x, digits, NULL))
        return false;
    if (certified && !exact && !strpbrk(digits, "xX/")) {
        fmpq_init(h);
        half_unit(h, digits);
        fmpq_add(rad, rad, h);
        fmpq_clear(h);
    }
    return true;
}

/* The double that a value stands for.  An infinite one is a word,
 * as it is when a program has written it. */
static void
as_doubles(value *v)
{
    if (!v->number)
        return;
    v->number =
        mlio_fmpq_round_to_double(v->re) && mlio_fmpq_round_to_double(v->im);
    if (!v->number)
        v->text = fmpq_sgn(v->re) < 0 ? "-inf" : "inf";
    fmpq_set_si(v->rad, 0, 1);
}

static void
read_value(value *v, const layout *l, size_t row)
{
    fmpq_t r;

    v->text = mlio_table_cell(l->table, row, (size_t)l->value);
    fmpq_set_si(v->im, 0, 1);
    fmpq_set_si(v->rad, 0, 1);
    v->number = read_part(v->re, v->rad, v->text, l->certified);
    if (v->number && l->im_value >= 0) {
        const char *im = mlio_table_cell(l->table, row, (size_t)l->im_value);
        v->number = read_part(v->im, v->rad, im, l->certified);
    }
    if (v->number && l->rad >= 0) {
        const char *rad = mlio_table_cell(l->table, row, (size_t)l->rad);
        fmpq_init(r);
        if (mlio_parse_real(r, rad, NULL))
            fmpq_add(v->rad, v->rad, r);
        fmpq_clear(r);
    }
}

/* ----------------------------------------------------------------- comparison */

static void
modulus(arb_t m, const fmpq_t re, const fmpq_t im)
{
    arb_t t;

    arb_init(t);
    arb_set_fmpq(m, re, PREC);
    arb_set_fmpq(t, im, PREC);
    arb_hypot(m, m, t, PREC);
    arb_clear(t);
}

/* |a - b|, and whether it is at most the sum of the radii. */
static bool
distance(arb_t d, const value *a, const value *b)
{
    fmpq_t re, im, r;

    fmpq_init(re);
    fmpq_init(im);
    fmpq_init(r);
    fmpq_sub(re, a->re, b->re);
    fmpq_sub(im, a->im, b->im);
    modulus(d, re, im);
    fmpq_mul(re, re, re);
    fmpq_mul(im, im, im);
    fmpq_add(re, re, im);
    fmpq_add(r, a->rad, b->rad);
    fmpq_mul(r, r, r);
    bool near = fmpq_cmp(re, r) <= 0;
    fmpq_clear(re);
    fmpq_clear(im);
    fmpq_clear(r);
    return near;
}

/* d in ulp of the larger of |a|, |b|. */
static double
in_ulps(const arb_t d, const value *a, const value *b)
{
    arb_t m, n;
    fmpz_t e;
    double ulp;

    arb_init(m);
    arb_init(n);
    fmpz_init(e);
    modulus(m, a->re, a->im);
    modulus(n, b->re, b->im);
    arb_max(m, m, n, PREC);
    /* the smallest e with |m| < 2^e: 2^(e-1) <= |m| */
    arf_abs_bound_lt_2exp_fmpz(e, arb_midref(m));
    fmpz_sub_ui(e, e, 1);
    if (arf_is_zero(arb_midref(m)) || fmpz_cmp_si(e, -1022) < 0)
        fmpz_set_si(e, -1022);
    fmpz_neg(e, e);
    fmpz_add_ui(e, e, 52);
    arb_mul_2exp_fmpz(n, d, e);
    ulp = arf_get_d(arb_midref(n), ARF_RND_NEAR);
    arb_clear(m);
    arb_clear(n);
    fmpz_clear(e);
    return ulp;
}

static double
error_of(const value *v, const ml_function *f, const ml_arg *args)
{
    mltab_verdict verdict = {.kind = MLTAB_OK};

    if (!v->number)
        return (double)NAN;
    verdict.re = mlio_fmpq_get_d(v->re);
    verdict.im = mlio_fmpq_get_d(v->im);
    if (isinf(verdict.re) || isinf(verdict.im))
        verdict.kind = MLTAB_INF;
    if (mltab_judge(&verdict, f, args, HUGE_VAL) != ML_OK)
        return (double)NAN;
    return verdict.ulp;
}

static void
compare(mltab_difference *d, const ml_function *f, const layout *a,
        const layout *b, double max_ulp)
{
    value x, y;
    arb_t gap;

    value_init(&x);
    value_init(&y);
    arb_init(gap);
    d->ulp = d->a_ulp = d->b_ulp = (double)NAN;
    read_value(&x, a, (size_t)d->row_a);
    read_value(&y, b, (size_t)d->row_b);
    if (a->doubles || b->doubles) {
        as_doubles(&x);
        as_doubles(&y);
    }
    d->relation = MLTAB_DIFFER;
    if (x.number && y.number) {
        bool near = distance(gap, &x, &y);
        d->ulp = in_ulps(gap, &x, &y);
        if (arb_is_zero(gap))
            d->relation = MLTAB_SAME;
        else if (near || d->ulp <= max_ulp)
            d->relation = MLTAB_AGREE;
    } else if (!x.number && !y.number && strcmp(x.text, y.text) == 0) {
        d->relation = MLTAB_SAME;
    }
    if (d->relation == MLTAB_DIFFER) {
        ml_arg args[ML_MAX_ARGS];
        size_t bad;
        ml_args_init(args, f->nargs);
        if (read_arguments(args, a, f, (size_t)d->row_a, NULL)
            && f->domain(args, &bad) == ML_OK) {
            d->a_ulp = error_of(&x, f, args);
            d->b_ulp = error_of(&y, f, args);
        }
        ml_args_clear(args, f->nargs);
    }
    value_clear(&x);
    value_clear(&y);
    arb_clear(gap);
}

/* ---------------------------------------------------------------------- join */

static int
by_row(const void *a, const void *b)
{
    const mltab_difference *p = a, *q = b;

    if ((p->row_a < 0) != (q->row_a < 0))
        return p->row_a < 0 ? 1 : -1;
    if (p->row_a >= 0)
        return (p->row_a > q->row_a) - (p->row_a < q->row_a);
    return (p->row_b > q->row_b) - (p->row_b < q->row_b);
}

/* Both lists are sorted by point: a point's rows meet in their order. */
static size_t
join(mltab_difference *rows, const place *a, size_t na, const place *b,
     size_t nb)
{
    double none = (double)NAN;
    size_t n = 0, i = 0, j = 0;

    while (i < na || j < nb) {
        int order = i == na ? 1 : j == nb ? -1 : strcmp(a[i].key, b[j].key);
        mltab_difference *d = &rows[n++];
        *d = (mltab_difference){.row_a = -1, .row_b = -1};
        d->ulp = d->a_ulp = d->b_ulp = none;
        d->relation = order < 0   ? MLTAB_ONLY_A
                      : order > 0 ? MLTAB_ONLY_B
                                  : MLTAB_DIFFER;
        if (order <= 0)
            d->row_a = (long)a[i++].row;
        if (order >= 0)
            d->row_b = (long)b[j++].row;
    }
    return n;
}

bool
mltab_diff(mltab_difference **rows, size_t *nrows, const ml_function *f,
           const mlio_table *a, const mlio_table *b, double max_ulp,
           mlio_error *err)
{
    layout la, lb;
    size_t na = mlio_table_rows(a), nb = mlio_table_rows(b);
    place *pa = NULL, *pb = NULL;

    *rows = NULL;
    *nrows = 0;
    if (!find_layout(&la, f, a, err) || !find_layout(&lb, f, b, err))
        return false;
    pa = sorted_places(&la, f, err);
    if (pa)
        pb = sorted_places(&lb, f, err);
    bool good = pa && pb;
    if (good) {
        *rows = calloc(na + nb + 1, sizeof **rows);
        good = *rows != NULL;
        if (!good)
            mlio_fail(err, MLIO_FILE, "memory is out");
    }
    if (good) {
        *nrows = join(*rows, pa, na, pb, nb);
        qsort(*rows, *nrows, sizeof **rows, by_row);
        for (size_t i = 0; i < *nrows; i++)
            if ((*rows)[i].relation == MLTAB_DIFFER)
                compare(&(*rows)[i], f, &la, &lb, max_ulp);
    }
    free_places(pa, na);
    free_places(pb, nb);
    return good;
}
