/* reference/answer.c - one line of an implementation, as a number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Fortran leaves out the letter of an exponent of three digits: 1.5-100. */
static size_t
insert_exponent(char *text, size_t n)
{
    size_t at = n < 6 ? 0 : n - 4;
    bool digits = at > 0 && (text[at] == '+' || text[at] == '-')
                  && strspn(text + at + 1, "0123456789") == 3
                  && strspn(text, "+-.0123456789") == n
                  && strchr("+-", text[at - 1]) == NULL
                  && strchr(text, '.') != NULL;
    if (digits) {
        memmove(text + at + 1, text + at, n - at + 1);
        text[at] = 'e';
    }
    return n + digits;
}

/* One real number in n bytes: whatever the C library reads, and Fortran's
 * exponents.  inf and nan are numbers here, and so is R's NA. */
static bool
parse_real(double *x, const char *s, size_t n)
{
    char text[MLTAB_LINE + 2];
    while (n > 0 && is_blank(s[0])) {
        s++;
        n--;
    }
    while (n > 0 && is_blank(s[n - 1])) {
        n--;
    }
    if (n == 0 || n > MLTAB_LINE) {
        return false;
    }
    memcpy(text, s, n);
    text[n] = '\0';
    if (strcmp(text, "NA") == 0) {
        *x = (double)NAN;
        return true;
    }
    n = insert_exponent(text, n);
    bool hex = strpbrk(text, "xX") != NULL;
    for (size_t i = 1; i < n && !hex; i++) {
        if (text[i] == 'd' || text[i] == 'D') {
            text[i] = 'e';
        }
    }
    char *rest;
    *x = strtod(text, &rest);
    return rest == text + n;
}

static bool
is_word(const char *line, size_t n, const char *word)
{
    return n == strlen(word) && memcmp(line, word, n) == 0;
}

void
mltab_parse_answer(mltab_verdict *v, const char *line, size_t n)
{
    while (n > 0 && is_blank(line[n - 1])) {
        n--;
    }
    v->re = v->im = 0;
    v->kind = MLTAB_GARBAGE;
    if (n > MLTAB_LINE || memchr(line, '\0', n) != NULL) {
        return;
    }
    if (is_word(line, n, "refuse")) {
        v->kind = MLTAB_REFUSED;
        return;
    }
    const char *tab = memchr(line, '\t', n);
    size_t first = tab == NULL ? n : (size_t)(tab - line);
    bool good = parse_real(&v->re, line, first)
                && (tab == NULL || parse_real(&v->im, tab + 1, n - first - 1));
    if (!good) {
        v->re = v->im = 0;
        return;
    }
    if (isnan(v->re) || isnan(v->im)) {
        v->kind = MLTAB_NAN;
    } else if (isinf(v->re) || isinf(v->im)) {
        v->kind = MLTAB_INF;
    } else {
        v->kind = MLTAB_OK;
    }
}
