/* cli/eval.h - one row of `mlref eval`: a point and what is known there. */
#ifndef CLI_EVAL_H
#define CLI_EVAL_H

#include <stdbool.h>
#include <stddef.h>

#include <mpfr.h>

#include "base/error.h"
#include "mlfunc/mlball.h"

/* Every text is malloc'ed and belongs to the row. */
typedef struct {
    ml_arg args[ML_MAX_ARGS];
    char *fields[2 * ML_MAX_ARGS]; /* as given; a complex argument is two */
    ml_status status;
    size_t bad; /* for ML_DOMAIN: index of the offending argument, nargs
                   where the derivative asked for does not exist */
    char *re, *im, *rad, *log2;
    ml_status rounding; /* of the two doubles */
    double re_double, im_double;
} eval_row;

/* How every row is evaluated. */
typedef struct {
    const ml_function *function;
    const ml_method *method; /* NULL: automatic */
    slong digits;
    bool round;
    mpfr_rnd_t rnd;
    bool derivative; /* of that order in each argument */
    slong order[ML_MAX_ARGS];
} eval_task;

/* True when a result has two parts: some argument is complex. */
bool eval_is_complex(const ml_function *f);

/* "re_z": the name of a column of a complex argument; part "re" or "im". */
void eval_part_name(char name[64], const char *part, const char *argument);

/* One argument from its text (complex: re, or re and im when im is not NULL)
 * into args[i] and fields.  Errors are MLIO_USAGE. */
bool eval_set_argument(eval_row *row, const ml_function *f, size_t i,
                       const char *re, const char *im, bool as_double,
                       mlio_error *err);

/* Fills status, re, im, rad, log2 and the doubles. */
void eval_compute(eval_row *row, const eval_task *task);

eval_row *eval_rows_new(size_t n, const ml_function *f, mlio_error *err);
void eval_rows_free(eval_row *rows, size_t n, const ml_function *f);

#endif
