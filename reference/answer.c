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

/* One real number in [s, end): whatever the C library reads, and Fortran's
 * exponent letter d.  inf and nan are numbers here. */
static bool
parse_real(double *x, const char *s, const char *end)
{
    char text[128];
    while (s < end && is_blank(*s)) {
        s++;
    }
    while (end > s && is_blank(end[-1])) {
        end--;
    }
    size_t n = (size_t)(end - s);
    if (n == 0 || n >= sizeof text) {
        return false;
    }
    memcpy(text, s, n);
    text[n] = '\0';
    bool hex = strpbrk(text, "xX") != NULL;
    for (size_t i = 0; i < n && !hex; i++) {
        if ((text[i] == 'd' || text[i] == 'D') && i > 0) {
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
    bool good = tab == NULL ? parse_real(&v->re, line, line + n)
                            : parse_real(&v->re, line, tab)
                                  && parse_real(&v->im, tab + 1, line + n);
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
