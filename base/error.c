/* base/error.c - what went wrong, in one line for a person. */
#define _POSIX_C_SOURCE 200809L

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/impl.h"

/* The text may quote a file: nothing in it may move a terminal's cursor, and
 * a cut must not split a UTF-8 character. */
static void
clean(char *s, size_t size, int wanted)
{
    if (wanted >= (int)size) {
        size_t n = size - 4;

        while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
            n--;
        memcpy(s + n, "...", 4);
    }
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f)
            *s = '?';
}

bool
mlio_fail(mlio_error *err, int code, const char *format, ...)
{
    va_list ap;

    if (err) {
        char text[sizeof err->text]; /* an argument may be err->text itself */

        va_start(ap, format);
        int n = vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        clean(text, sizeof text, n);
        memcpy(err->text, text, sizeof text);
        err->code = code;
    }
    return false;
}

bool
mlio_prefix(mlio_error *err, const char *format, ...)
{
    va_list ap;

    if (err) {
        char prefix[sizeof err->text];

        va_start(ap, format);
        vsnprintf(prefix, sizeof prefix, format, ap);
        va_end(ap);
        mlio_fail(err, err->code, "%s%s", prefix, err->text);
    }
    return false;
}

mlio_quoted
mlio_quote(const char *s)
{
    mlio_quoted q;
    size_t n = strnlen(s, 49);
    const char *more = "";

    if (n > 48) {
        n = 48;
        more = "...";
        while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
            n--;
    }
    snprintf(q.text, sizeof q.text, "\"%.*s\"%s", (int)n, s, more);
    clean(q.text, sizeof q.text, 0);
    return q;
}
