/* reference/test/t-summary.c - counting and ranking verdicts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

int
main(void)
{
    static mltab_point points[] = {
        {.region = "b"}, {.region = "a"}, {.region = "b"}, {.region = "b"},
        {.region = "a"}, {.region = "b"}, {.region = "b"}};
    double none = (double)NAN;
    mltab_verdict v[] = {
        {.kind = MLTAB_OK,
         .ulp = 0.25,
         .true_re = 1,
         .relative = 1e-17,
         .absolute = 3e-17},
        {.kind = MLTAB_HANG, .ulp = none},
        {.kind = MLTAB_WRONG,
         .ulp = 9,
         .true_re = 1,
         .relative = 1e-15,
         .absolute = 1e-18},
        {.kind = MLTAB_OK, .ulp = 0.75, .relative = 2e-17, .absolute = 0},
        {.kind = MLTAB_REFUSED, .ulp = none},
        {.kind = MLTAB_NAN, .ulp = none},
        {.kind = MLTAB_OK,
         .ulp = 0.5,
         .true_re = 0x1p-1070,
         .relative = 1,
         .absolute = 0},
    };
    mltab_points set = {.points = points, .n = 7};
    mltab_region *rows;
    size_t nrows, order[10];
    mlio_error err = {0};
    tap_plan(10);
    bool ok = mltab_summarize(&rows, &nrows, &set, v, &err);
    tap_ok(ok && nrows == 3, "one row per region and one for all");
    tap_ok(strcmp(rows[0].region, "b") == 0 && strcmp(rows[1].region, "a") == 0
               && strcmp(rows[2].region, "all") == 0,
           "regions come in the order of the set, \"all\" last");
    tap_ok(rows[0].n == 5 && rows[0].count[MLTAB_OK] == 3
               && rows[0].count[MLTAB_WRONG] == 1
               && rows[0].count[MLTAB_NAN] == 1,
           "kinds are counted");
    tap_ok(rows[0].median[MLTAB_ULP] == 0.625 && rows[0].worst[MLTAB_ULP] == 9,
           "median and worst are over the finite answers");
    tap_ok(rows[0].worst[MLTAB_RELATIVE] == 1e-15 && rows[0].worst[MLTAB_ABSOLUTE] == 3e-17,
           "each measure has its own worst point, relative above 2^-1022");
    tap_ok(rows[1].n == 2 && isnan(rows[1].median[MLTAB_ULP])
               && isnan(rows[1].worst[MLTAB_ULP]),
           "no finite answer: no measure");
    free(rows);
    size_t n = mltab_worst(order, 10, v, 7);
    static const size_t want[] = {1, 5, 2, 4, 3, 6, 0};
    tap_ok(n == 7 && memcmp(order, want, sizeof want) == 0,
           "hang, nan, wrong, refused, then by ulp");
    n = mltab_worst(order, 3, v, 7);
    tap_ok(n == 3 && memcmp(order, want, 3 * sizeof *want) == 0,
           "only the worst three");
    mltab_verdict many[12];
    for (size_t i = 0; i < 12; i++) {
        many[i] = v[i < 9 ? 5 : 2];
    }
    n = mltab_worst(order, 5, many, 12);
    static const size_t mixed[] = {0, 1, 9, 10, 11};
    tap_ok(n == 5 && memcmp(order, mixed, sizeof mixed) == 0,
           "nine NaNs do not hide three wrong answers");
    n = mltab_worst(order, 10, v, 0);
    tap_ok(n == 0, "of nothing, nothing");
    return tap_done();
}
