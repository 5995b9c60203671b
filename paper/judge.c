/* paper/judge.c - printed precision, and the verdict that follows from it. */
#include "paper/impl.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const verdict_names[] = {
    "none",       "reproduced", "consistent", "inconsistent",
    "convention", "damaged",    "needs-data"};

const char *
mlpaper_verdict_name(mlpaper_verdict v)
{
    size_t n = sizeof verdict_names / sizeof *verdict_names;

    return (size_t)v < n ? verdict_names[v] : "none";
}

bool
mlpaper_verdict_parse(mlpaper_verdict *v, const char *name)
{
    for (size_t i = 0; i < sizeof verdict_names / sizeof *verdict_names; i++) {
        if (strcmp(name, verdict_names[i]) == 0) {
            *v = (mlpaper_verdict)i;
            return true;
        }
    }
    return false;
}

void
mlpaper_computed(mlpaper_outcome *o, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(o->computed, sizeof o->computed, format, ap);
    va_end(ap);
}

void
mlpaper_detail(mlpaper_outcome *o, const char *format, ...)
{
    va_list ap;
    size_t used = strlen(o->detail);

    va_start(ap, format);
    vsnprintf(o->detail + used, sizeof o->detail - used, format, ap);
    va_end(ap);
}

void
mlpaper_failed(mlpaper_outcome *o, const char *what)
{
    o->verdict = MLPAPER_NONE;
    o->failed = true;
    mlpaper_computed(o, "failed");
    mlpaper_detail(o, "the computation failed: %s", what);
}

double
mlpaper_mid(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

void
mlpaper_printed(arb_t x, const char *printed, bool nominal)
{
    bool exact = printed[0] == '=';
    const char *s = exact ? printed + 1 : printed;
    const char *e = strpbrk(s, "eE");
    const char *dot = strchr(s, '.');
    const char *end = e ? e : s + strlen(s);
    long decimals = dot && dot < end ? (long)(end - dot) - 1 : 0;
    long place = (e ? strtol(e + 1, NULL, 10) : 0) - decimals;
    char half[40];
    arb_t h;

    arb_set_str(x, s, PREC);
    if (exact || nominal) {
        return;
    }
    snprintf(half, sizeof half, "5e%ld", place - 1);
    arb_init(h);
    arb_set_str(h, half, PREC);
    arb_add_error(x, h);
    arb_clear(h);
}

mlpaper_verdict
mlpaper_judge(const arb_t nominal, const arb_t range, const char *printed)
{
    mlpaper_verdict v = MLPAPER_INCONSISTENT;
    arb_t p;

    arb_init(p);
    mlpaper_printed(p, printed, false);
    if (arb_contains(p, nominal)) {
        v = MLPAPER_REPRODUCED;
    } else if (arb_overlaps(p, range)) {
        v = MLPAPER_CONSISTENT;
    }
    arb_clear(p);
    return v;
}

void
mlpaper_arithmetic(mlpaper_outcome *o, const mlpaper_context *c,
                   const void *args)
{
    const mlpaper_sum *s = args;
    size_t n = 0;
    arb_ptr in = _arb_vec_init(6);
    arb_t nominal, range;

    (void)c;
    arb_init(nominal);
    arb_init(range);
    while (n < 6 && s->in[n]) {
        n++;
    }
    for (size_t i = 0; i < n; i++) {
        mlpaper_printed(in + i, s->in[i], true);
    }
    s->f(nominal, in);
    for (size_t i = 0; i < n; i++) {
        mlpaper_printed(in + i, s->in[i], false);
    }
    s->f(range, in);
    o->verdict = mlpaper_judge(nominal, range, s->printed);
    mlpaper_computed(o, "%.*g%s%s", s->digits, mlpaper_mid(nominal),
                     s->unit[0] ? " " : "", s->unit);
    double mid = mlpaper_mid(range), rad = mag_get_d(arb_radref(range));
    if (rad > 1e-9 * fabs(mid)) {
        mlpaper_detail(o,
                       "%.*g to %.*g for all inputs that round to those "
                       "printed.",
                       s->digits, mid - rad, s->digits, mid + rad);
    }
    arb_clear(nominal);
    arb_clear(range);
    _arb_vec_clear(in, 6);
}
