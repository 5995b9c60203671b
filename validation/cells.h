/* validation/cells.h - what a cell of a certified table says, held against a
 * ball: the second reader of the format. */
#ifndef ML_VALIDATION_CELLS_H
#define ML_VALIDATION_CELLS_H

#include <stdbool.h>

#include <arb.h>

typedef enum {
    MLVAL_RIGHT,
    MLVAL_OPEN, /* the ball does not decide */
    MLVAL_MISS,
    MLVAL_MALFORMED
} mlval_mark;

/* A decimal: digits 10^exponent, digits an integer of `count` digits. */
typedef struct {
    fmpz_t digits;
    long exponent;
    int count;
    bool exact; /* = at the end */
} mlval_decimal;

void mlval_decimal_init(mlval_decimal *d);
void mlval_decimal_clear(mlval_decimal *d);

/* [-]D.DDD[e[+-]N][=]; false when it is anything else. */
bool mlval_decimal_read(mlval_decimal *d, const char *text);

/* log|d|, a double that steers; -inf for 0. */
double mlval_decimal_log(const mlval_decimal *d);

/*
 * mlval_cell_digits - is the cell the value rounded to 40 decimals?
 *
 * known: the value is the exact number in `ball`, and a decimal that is it
 * needs its =.  Otherwise a cell that claims to be exact is never right.
 */
mlval_mark mlval_cell_digits(const char *cell, const arb_t ball, bool known,
                             slong prec);

/* Is the cell the double nearest to the value, ties to even? */
mlval_mark mlval_cell_double(const char *cell, const arb_t ball);

/* Is the cell the value (not negative) times 1 - 2^-64 rounded up to 3 digits? */
mlval_mark mlval_cell_up(const char *cell, const arb_t ball, slong prec);

/* A hexfloat that is a finite double, to the last bit. */
bool mlval_cell_argument(double *value, const char *cell);

#endif
