/* cli/eval.c - one row of `mlref eval`: a point and what is known there. */
#define _POSIX_C_SOURCE 200809L

#include "cli/eval.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/cli.h"

/* Significant digits of the bound in column log2. */
#define LOG2_DIGITS 12

bool
eval_is_complex(const ml_function *f)
{
    for (size_t i = 0; i < f->nargs; i++) {
        if (f->args[i].is_complex)
            return true;
    }
    return false;
}

void
eval_part_name(char name[64], const char *part, const char *argument)
{
    snprintf(name, 64, "%s_%s", part, argument);
}

/* ------------------------------------------------------------------- fields */

static size_t
first_field(const ml_function *f, size_t argument)
{
    size_t k = 0;

    for (size_t i = 0; i < argument; i++)
        k += f->args[i].is_complex ? 2 : 1;
    return k;
}

static bool
is_real(const char *s)
{
    fmpq_t x;

    fmpq_init(x);
    bool good = mlio_parse_real(x, s, NULL);
    fmpq_clear(x);
    return good;
}

/* The two parts of a well-formed COMPLEX, verbatim: the sign of +REALi is
 * dropped, an absent part is 0. */
static bool
split_complex(char **re, char **im, const char *text)
{
    size_t n = strlen(text);

    *re = *im = NULL;
    if (n == 0 || text[n - 1] != 'i') {
        *re = strdup(text);
        *im = strdup("0");
        return *re && *im;
    }
    char *whole = strndup(text, n - 1);
    if (!whole)
        return false;
    if (is_real(whole)) {
        *re = strdup("0");
        *im = whole;
        return *re != NULL;
    }
    for (size_t k = 1; k < n - 1 && !*re; k++) {
        if (whole[k] != '+' && whole[k] != '-')
            continue;
        char *left = strndup(whole, k);
        const char *right = whole + k + (whole[k] == '+');
        if (left && is_real(left) && is_real(right)) {
            *re = left;
            *im = strdup(right);
        } else {
            free(left);
        }
    }
    free(whole);
    return *re && *im;
}

static bool
no_memory(mlio_error *err)
{
    return mlio_fail(err, MLIO_FILE, "memory is out");
}

bool
eval_set_argument(eval_row *row, const ml_function *f, size_t i, const char *re,
                  const char *im, bool as_double, mlio_error *err)
{
    const ml_argdef *def = &f->args[i];
    char **field = row->fields + first_field(f, i);

    if (!im) {
        if (!cli_parse_argument(&row->args[i], def, re, as_double, err))
            return false;
        if (def->is_complex)
            return split_complex(&field[0], &field[1], re) || no_memory(err);
        field[0] = strdup(re);
        return field[0] || no_memory(err);
    }
    ml_argdef real = {def->name, def->domain, false};
    ml_arg part;
    ml_args_init(&part, 1);
    bool good = cli_parse_argument(&part, &real, im, as_double, err)
                && cli_parse_argument(&row->args[i], &real, re, as_double, err);
    if (good)
        fmpq_set(row->args[i].im, part.re);
    ml_args_clear(&part, 1);
    if (!good)
        return false;
    field[0] = strdup(re);
    field[1] = strdup(im);
    return (field[0] && field[1]) || no_memory(err);
}

/* ------------------------------------------------------------------- values */

/* An exact value whose decimals end within the digits asked for: radius 0. */
static bool
format_exact(eval_row *row, const eval_task *task)
{
    const ml_function *f = task->function;
    bool exact_re = false, exact_im = false;
    fmpq_t re, im;

    if (task->method || task->derivative || !f->exact)
        return false;
    fmpq_init(re);
    fmpq_init(im);
    if (f->exact(re, im, row->args)) {
        row->re = mlio_format_decided_fmpq(&exact_re, re, task->digits + 2);
        row->im = mlio_format_decided_fmpq(&exact_im, im, task->digits + 2);
    }
    fmpq_clear(re);
    fmpq_clear(im);
    if (exact_re && exact_im && row->re && row->im) {
        row->rad = strdup("0");
        return true;
    }
    free(row->re);
    free(row->im);
    row->re = row->im = NULL;
    return false;
}

/* log2|v| as it is bounded by the ball, which has one end or the other only
 * where it is finite. */
static ml_status
log2_of_ball(arb_t res, const acb_t v, bool upper)
{
    bool known;
    mag_t m;
    arf_t a;

    mag_init(m);
    arf_init(a);
    if (upper)
        acb_get_mag(m, v);
    else
        acb_get_mag_lower(m, v);
    arf_set_mag(a, m);
    arb_set_arf(res, a);
    arb_log_base_ui(res, res, 2, 256);
    known = arb_is_finite(res);
    mag_clear(m);
    arf_clear(a);
    return known ? ML_OK : ML_UNABLE;
}

/* A proved bound on log2|value|; what cannot be bounded is ML_UNABLE.  v is a
 * ball of a derivative. */
static void
bound_log2(eval_row *row, const acb_t v, const eval_task *task)
{
    const ml_function *f = task->function;
    bool upper = (row->status & ML_UNDERFLOW) != 0;
    ml_status known = ML_UNABLE;
    arb_t x;
    arf_t end;

    row->status = upper ? ML_UNDERFLOW : ML_OVERFLOW;
    arb_init(x);
    arf_init(end);
    if (task->derivative)
        known = log2_of_ball(x, v, upper);
    else if (f->log2)
        known = f->log2(x, row->args);
    if (known == ML_OK) {
        if (upper)
            arb_get_ubound_arf(end, x, 128);
        else
            arb_get_lbound_arf(end, x, 128);
        if (arf_is_finite(end))
            row->log2 = mlio_format_directed(end, LOG2_DIGITS, upper);
    }
    if (!row->log2)
        row->status = ML_UNABLE;
    arb_clear(x);
    arf_clear(end);
}

/* Two digits are kept for the conversion to decimals: radius 10^-(N+2) and
 * half a unit of digit N+2 in each part stay below 10^-N. */
static void
compute_ball(eval_row *row, const eval_task *task)
{
    slong digits = task->digits + 2;
    acb_t v;

    if (format_exact(row, task)) {
        row->status = ML_OK;
        return;
    }
    acb_init(v);
    if (task->derivative)
        row->status = ml_eval_partial_digits(v, task->function, row->args,
                                             task->order, digits, 0);
    else
        row->status = ml_eval_digits(v, task->function, task->method, row->args,
                                     digits, 0);
    if (row->status == ML_OK)
        mlio_format_ball(&row->re, &row->im, &row->rad, v, task->digits);
    else if (row->status == ML_DOMAIN)
        row->bad = task->function->nargs;
    if (row->status & (ML_OVERFLOW | ML_UNDERFLOW))
        bound_log2(row, v, task);
    acb_clear(v);
}

void
eval_compute(eval_row *row, const eval_task *task)
{
    const ml_function *f = task->function;

    row->re_double = row->im_double = NAN;
    row->rounding = ML_OK;
    row->status = f->domain(row->args, &row->bad);
    if (row->status == ML_OK)
        compute_ball(row, task);
    if (task->round && row->status != ML_DOMAIN)
        row->rounding = ml_round_partial_d(
            &row->re_double, &row->im_double, f, row->args,
            task->derivative ? task->order : NULL, task->rnd, ML_PREC_CAP);
}

/* --------------------------------------------------------------------- rows */

eval_row *
eval_rows_new(size_t n, const ml_function *f, mlio_error *err)
{
    eval_row *rows = calloc(n, sizeof *rows);

    if (!rows) {
        no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        ml_args_init(rows[i].args, f->nargs);
    return rows;
}

void
eval_rows_free(eval_row *rows, size_t n, const ml_function *f)
{
    if (!rows)
        return;
    for (size_t i = 0; i < n; i++) {
        ml_args_clear(rows[i].args, f->nargs);
        for (size_t k = 0; k < 2 * ML_MAX_ARGS; k++)
            free(rows[i].fields[k]);
        free(rows[i].re);
        free(rows[i].im);
        free(rows[i].rad);
        free(rows[i].log2);
    }
    free(rows);
}
