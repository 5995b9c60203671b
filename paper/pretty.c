/* paper/pretty.c - Greek letters, signs and powers for the report.
 *
 * The ledger and all tables are plain ASCII; only the page is written like a
 * paper.  One pass, longest match first.
 */
#include "paper/impl.h"

#include <ctype.h>
#include <string.h>

static const struct {
    const char *from, *to;
    bool word; /* not inside a longer word */
} signs[] = {
    {"E_b", "E_\u03b2\u2032", true}, {"beta'", "\u03b2\u2032", true},
    {"beta", "\u03b2", true},        {"b'", "\u03b2\u2032", true},
    {"tauK2", "\u03c4K2", true},     {"tauK", "\u03c4K", true},
    {"tau0", "\u03c4\u2080", true},  {"t0", "t\u2080", true},
    {"tau", "\u03c4", true},         {"theta", "\u03b8", true},
    {"lambda", "\u03bb", true},      {"rho0", "\u03c1\u2080", true},
    {"rho", "\u03c1", true},         {"Gamma", "\u0393", true},
    {"pi", "\u03c0", true},          {"inf", "\u221e", true},
    {"int", "\u222b", true},         {"um", "\u00b5m", true},
    {"t_a", "t\u2090", true},        {"g2", "g\u2082", true},
    {"1/A", "1/\u00c5", true},       {"^2", "\u00b2", false},
    {"^3", "\u00b3", false},         {"<=", "\u2264", false},
    {">=", "\u2265", false},         {"<<", "\u226a", false},
    {">>", "\u226b", false},         {"+-", "\u00b1", false},
    {"->", "\u2192", false},
};

static bool
letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* "<...>" without blanks inside is an average: its length, or 0. */
static size_t
average(const char *s)
{
    size_t n = strcspn(s + 1, "<> ");

    return n > 0 && n < 12 && s[1 + n] == '>' && s[1] != '=' ? n + 2 : 0;
}

typedef struct {
    char *text;
    size_t used, size;
} sink;

static void
put(sink *o, const char *s, size_t n)
{
    if (o->used + n < o->size) {
        memcpy(o->text + o->used, s, n);
        o->used += n;
        o->text[o->used] = '\0';
    }
}

/* The sign that s begins with, or -1. */
static int
sign_at(const char *start, const char *s)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].from);
        if (strncmp(s, signs[i].from, n) != 0) {
            continue;
        }
        if (signs[i].word && ((s > start && letter(s[-1])) || letter(s[n]))) {
            continue;
        }
        return (int)i;
    }
    return -1;
}

static void
put_all(sink *o, const char *s, const char *end)
{
    const char *start = s;

    while (s < end) {
        int i = sign_at(start, s);
        size_t mean = *s == '<' ? average(s) : 0;
        bool unit = *s == 'A' && s > start + 1 && s[-1] == ' '
                    && isdigit((unsigned char)s[-2]) && !letter(s[1]);
        if (mean) {
            put(o, "\u27e8", strlen("\u27e8"));
            put_all(o, s + 1, s + mean - 1);
            put(o, "\u27e9", strlen("\u27e9"));
            s += mean;
        } else if (i >= 0) {
            put(o, signs[i].to, strlen(signs[i].to));
            s += strlen(signs[i].from);
        } else if (unit) {
            put(o, "\u00c5", strlen("\u00c5"));
            s++;
        } else {
            put(o, s++, 1);
        }
    }
}

void
mlpaper_pretty(char *out, size_t size, const char *s)
{
    sink o = {out, 0, size};

    out[0] = '\0';
    put_all(&o, s, s + strlen(s));
}
