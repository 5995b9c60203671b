/* mlfunc/test/generated.h - tables made by a program, and compared with it.
 *
 * A test t-X_table.c prints the table X_table.c with the argument `print`, and
 * without one compares what it prints with the committed file, byte for byte.
 */
#ifndef MLFUNC_TEST_GENERATED_H
#define MLFUNC_TEST_GENERATED_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arb.h>

#include "mlfunc/mlball.h"

static inline char *
generated_text(FILE *f, size_t *size)
{
    char *text = NULL;

    *size = 0;
    if (f && fseek(f, 0, SEEK_END) == 0) {
        size_t n = (size_t)ftell(f);

        text = malloc(n + 1);
        rewind(f);
        *size = text && fread(text, 1, n, f) == n ? n : 0;
    }
    return text;
}

/* What print writes is the whole of the named file; print says true when every
 * number was decided. */
static inline bool
generated_same(const char *name, bool (*print)(FILE *))
{
    size_t m, n;
    FILE *anew = tmpfile(), *old = fopen(name, "rb");
    bool known = anew && print(anew);
    char *a = generated_text(anew, &m), *b = generated_text(old, &n);
    bool same = known && a && b && m == n && n > 0 && memcmp(a, b, n) == 0;

    free(a);
    free(b);
    if (anew)
        fclose(anew);
    if (old)
        fclose(old);
    return same;
}

static inline void
generated_head(FILE *f, const char *name, const char *what, const char *program,
               const char *header)
{
    fprintf(f,
            "/* %s - %s: made by\n"
            " *     %s print > %s\n"
            " * which compares them, too.\n"
            " * SPDX-License-Identifier: MIT */\n"
            "#include \"%s\"\n\n/* clang-format off */\n",
            name, what, program, name, header);
}

/* n numbers, four a line. */
static inline void
generated_doubles(FILE *f, const double *x, int n)
{
    for (int j = 0; j < n; j++)
        fprintf(f, "%s%a,", j % 4 == 0 ? "\n    " : " ", x[j]);
}

/* x = *hi + *lo up to half a unit of lo: hi is the nearest double, lo nearest to
 * the rest.  False when the ball does not decide. */
static inline bool
generated_pair(double *hi, double *lo, const arb_t x)
{
    arb_t rest;
    bool known = ml_round_arb_d(hi, x, MPFR_RNDN);

    *lo = 0;
    if (!known)
        return false;
    arb_init(rest);
    arb_set_d(rest, *hi);
    arb_sub(rest, x, rest, ARF_PREC_EXACT);
    known = ml_round_arb_d(lo, rest, MPFR_RNDN);
    arb_clear(rest);
    return known;
}

#endif
