/* base/number.h - exact numbers in, decimals with proved radius out.
 *
 *     REAL    = [+-]digits[.digits][e[+-]digits] | integer/integer | hexfloat
 *     COMPLEX = REAL | REAL±REALi | REALi
 *
 * Decimals and fractions are exact rationals; a hexfloat is that double.
 * inf and nan are refused.  Every returned string is malloc'ed (through FLINT,
 * so that its out-of-memory handler is the only one): release it with free.
 * base/README.md decides the corner cases of the grammar.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

#include <acb.h>
#include <arb.h>
#include <fmpq.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Errors are MLIO_DATA, "expected a number, got \"1e\"": callers on the command
 * line change the code to MLIO_USAGE, table readers add file:line:column. */
bool mlio_parse_real(fmpq_t x, const char *s, mlio_error *err);
bool mlio_parse_complex(fmpq_t re, fmpq_t im, const char *s, mlio_error *err);

/* The nearest double (ties to even) of an exact decimal; false on overflow. */
bool mlio_parse_double(double *x, const char *s, mlio_error *err);

/* The nearest double of x, ties to even; subnormals right, +-HUGE_VAL beyond. */
double mlio_fmpq_get_d(const fmpq_t x);

/* The nearest double in place (`--as double`); false, and x as it was, when
 * that is infinite. */
bool mlio_fmpq_round_to_double(fmpq_t x);

/* "a/b", or "a" for an integer. */
char *mlio_fmpq_str(const fmpq_t x);

/*
 * mlio_format_ball - v as decimals re, im and radius, rad proved.
 *
 * |true - (re + i im)| <= rad; re and im go to the decimal place of digit
 * digits+2 of the larger part; rad has two digits, rounded up, and is "0" iff
 * the printed value is exact.  An exactly zero part is printed "0", one that
 * is only below that place "0e-18".  Not finite: nan, nan, inf.
 *
 * Error    rounding to decimals is in rad.                         [base B1]
 */
void mlio_format_ball(char **re, char **im, char **rad, const acb_t v,
                      slong digits);

/*
 * mlio_format_decided - x correctly rounded to nearest-even at `digits`
 * significant decimals; NULL when the ball does not decide it.  *exact: x is
 * exact and equal to the decimal ("=" is not appended).
 *
 * Error    none: both ends of the ball round to this decimal.      [base B3]
 */
char *mlio_format_decided(bool *exact, const arb_t x, slong digits);

/* The same for an exact rational (always decided). */
char *mlio_format_decided_fmpq(bool *exact, const fmpq_t x, slong digits);

/* x rounded up (upper = true) or down to `digits` significant decimals. */
char *mlio_format_directed(const arf_t x, slong digits, bool upper);

#ifdef __cplusplus
}
#endif

#endif
