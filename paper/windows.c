/* paper/windows.c - age windows: does the text agree with itself? */
#include "paper/impl.h"

typedef struct {
    const char *first, *second; /* printed in two places */
    const char *what;
} twice;

/* One quantity printed twice: the numbers that round to one and to the other. */
static void
printed_twice(mlpaper_outcome *o, const mlpaper_context *c, const void *args)
{
    const twice *a = args;
    arb_t x, y, d;

    (void)c;
    arb_init(x);
    arb_init(y);
    arb_init(d);
    mlpaper_printed(x, a->first, false);
    mlpaper_printed(y, a->second, false);
    arb_sub(d, y, x, PREC);
    o->verdict = !arb_overlaps(x, y) ? MLPAPER_INCONSISTENT
                 : arb_equal(x, y)   ? MLPAPER_REPRODUCED
                                     : MLPAPER_CONSISTENT;
    mlpaper_computed(o, "%.6g s apart", mlpaper_mid(d));
    mlpaper_detail(o,
                   "%s: %.6g s and %.6g s; the numbers that round to them %s.",
                   a->what, mlpaper_mid(x), mlpaper_mid(y),
                   arb_overlaps(x, y) ? "meet" : "do not meet");
    arb_clear(x);
    arb_clear(y);
    arb_clear(d);
}

static void
same(arb_t y, arb_srcptr x)
{
    arb_set(y, x);
}

static const mlpaper_claim claims[] = {
    {"win-monotonic-1", printed_twice,
     &(const twice){"25e3", "40e3", "end of the first monotonic window"}, NULL},
    {"win-monotonic-2", printed_twice,
     &(const twice){"132e3", "130e3", "start of the second window"}, NULL},
    {"win-monotonic-2-end", printed_twice,
     &(const twice){"145e3", "145e3", "end of the second window"}, NULL},
    {"win-monotonic-3", printed_twice,
     &(const twice){"224e3", "220e3", "start of the third window"}, NULL},
    {"win-monotonic-3-end", printed_twice,
     &(const twice){"250e3", "250e3", "end of the third window"}, NULL},
    {"win-event", printed_twice,
     &(const twice){"205e3", "2025e2", "time of the intermittent event"}, NULL},
    {"win-anticorrelation", mlpaper_arithmetic,
     &(const mlpaper_sum){same, {"2025e2"}, "2e5", 6, "s"}, NULL},
};

const mlpaper_group mlpaper_windows = {claims, sizeof claims / sizeof *claims};
