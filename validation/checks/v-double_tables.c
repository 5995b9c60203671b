/* validation/checks/v-double_tables.c - libmlfunc at every certified row.
 *
 * What the doubles of libmlfunc say of a row of reference/tables is held
 * against its 40 digits: no bound is exceeded, and a value that is said to be
 * the nearest double is that of the table.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/table.h"
#include "mlfunc/mlfunc.h"
#include "validation/tap/tap.h"

#define TABLE "reference/tables/mittag-leffler.tsv"

typedef struct {
    long rows, decided, undecided, unable, wrong, exceeded;
    char first[64]; /* the id of the first fault */
} tally;

/* One row: its arguments and both parts, as digits and as doubles. */
typedef struct {
    const char *id, *digits[2];
    double alpha, beta, z[2], nearest[2];
} row;

static const char *
cell(const mlio_table *t, size_t i, const char *name)
{
    long c = mlio_table_find(t, name);

    if (c < 0)
        tap_bail("%s: no column %s", TABLE, name);
    return mlio_table_cell(t, i, (size_t)c);
}

static void
read_row(row *r, const mlio_table *t, size_t i)
{
    r->id = cell(t, i, "id");
    r->alpha = strtod(cell(t, i, "alpha"), NULL);
    r->beta = strtod(cell(t, i, "beta"), NULL);
    r->z[0] = strtod(cell(t, i, "re_z"), NULL);
    r->z[1] = strtod(cell(t, i, "im_z"), NULL);
    r->digits[0] = cell(t, i, "re");
    r->digits[1] = cell(t, i, "im");
    r->nearest[0] = strtod(cell(t, i, "re_hex"), NULL);
    r->nearest[1] = strtod(cell(t, i, "im_hex"), NULL);
}

/* The 40 digits as a rational; "=" says that they are all.  What is below
 * 10^-90000, no rational that fits, is 0 beside any bound. */
static void
read_digits(fmpq_t x, const char *digits)
{
    char text[256];
    mlio_error err;

    snprintf(text, sizeof text, "%s", digits);
    text[strcspn(text, "=")] = 0;
    const char *e = strchr(text, 'e');
    if (e && strtol(e + 1, NULL, 10) < -90000) {
        fmpq_zero(x);
        return;
    }
    if (!mlio_parse_real(x, text, &err))
        tap_bail("%s: %s", TABLE, err.text);
}

/* |value - digits| <= bound + 10^-39 |digits|, exactly. */
static bool
within(double value, double bound, const char *digits)
{
    fmpq_t t, d, b;
    fmpz_t ten;
    arf_t a;

    if (!isfinite(value) || !isfinite(bound))
        return true;
    fmpq_init(t);
    fmpq_init(d);
    fmpq_init(b);
    fmpz_init(ten);
    arf_init(a);
    read_digits(t, digits);
    arf_set_d(a, value);
    arf_get_fmpq(d, a);
    arf_set_d(a, bound);
    arf_get_fmpq(b, a);
    fmpq_sub(d, d, t);
    fmpq_abs(d, d);
    fmpq_abs(t, t);
    fmpz_ui_pow_ui(ten, 10, 39);
    fmpq_div_fmpz(t, t, ten);
    fmpq_add(b, b, t);
    bool good = fmpq_cmp(d, b) <= 0;
    fmpq_clear(t);
    fmpq_clear(d);
    fmpq_clear(b);
    fmpz_clear(ten);
    arf_clear(a);
    return good;
}

static void
fault(tally *n, long *kind, const char *id)
{
    if (n->wrong + n->exceeded == 0)
        snprintf(n->first, sizeof n->first, "%s", id);
    ++*kind;
}

static void
judge(tally *n, const row *r)
{
    double value[2] = {0, 0}, bound[2] = {0, 0};
    ml_status s;

    if (r->z[1] == 0)
        s = ml_mittleff_bound_d(value, bound, r->alpha, r->beta, r->z[0]);
    else
        s = ml_mittleff_z(value, bound, r->alpha, r->beta, r->z);
    n->rows++;
    if (s & ML_UNABLE) {
        n->unable++;
        return;
    }
    n->decided += !(s & ML_UNDECIDED);
    n->undecided += (s & ML_UNDECIDED) != 0;
    for (int i = 0; i < 2; i++) {
        if (!(s & ML_UNDECIDED) && value[i] != r->nearest[i])
            fault(n, &n->wrong, r->id);
        if (!within(value[i], bound[i], r->digits[i]))
            fault(n, &n->exceeded, r->id);
    }
}

int
main(void)
{
    tally n = {0};
    mlio_error err;
    row r;

    tap_plan(4);
    mlio_table *t = mlio_table_read(TABLE, &err);
    if (!t)
        tap_bail("%s", err.text);
    for (size_t i = 0; i < mlio_table_rows(t); i++) {
        read_row(&r, t, i);
        judge(&n, &r);
    }
    mlio_table_free(t);
    tap_ok(n.rows >= 20000, "libmlfunc at %ld certified rows", n.rows);
    tap_ok(n.exceeded == 0, "bounds exceeded: %ld%s%s", n.exceeded,
           *n.first ? ", first fault at " : "", n.first);
    tap_ok(n.wrong == 0, "decided, and not the table's double: %ld", n.wrong);
    /* beside zeros of E nothing of double precision decides; the phase of a row
     * with |z|^(1/alpha) > 2^88 is lost */
    tap_ok(n.decided >= n.rows * 15 / 16 && n.unable <= 5,
           "decided %ld, undecided %ld, without a value %ld", n.decided,
           n.undecided, n.unable);
    return tap_done();
}
