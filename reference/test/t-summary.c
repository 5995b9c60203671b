/* reference/test/t-summary.c - counting and ranking verdicts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reference/impl.h"
#include "validation/tap/tap.h"

static void
check_histogram(void)
{
    static const struct {
        double ulp;
        int bin;
    } cases[] = {{0, 0},    {0.5, 0},   {0.51, 1},  {1, 1},
                 {2, 2},    {4, 3},     {4.1, 4},   {10, 4},
                 {99, 5},   {1e4, 6},   {1e6, 7},   {1e8, 8},
                 {1e10, 9}, {1e12, 10}, {1e15, 11}, {2e15, 12}};
    mltab_verdict v = {.kind = MLTAB_WRONG};
    bool ok = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        v.ulp = cases[i].ulp;
        ok = ok && mltab_bin(&v) == cases[i].bin;
    }
    v.ulp = HUGE_VAL;
    tap_ok(ok && mltab_bin(&v) == 12, "errors fall into the bins stated");
    v.kind = MLTAB_CRASH;
    bool crash = mltab_bin(&v) == 13;
    v.kind = MLTAB_UNKNOWN;
    tap_ok(crash && mltab_bin(&v) == -1,
           "no number has its own, no truth none");
    v = (mltab_verdict){.kind = MLTAB_OK,
                        .true_re = 1,
                        .ulp = 1,
                        .relative = 2,
                        .absolute = 3,
                        .scaled = 4};
    bool all = true;
    static const char *const names[] = {"ulp", "relative", "absolute",
                                        "scaled"};
    for (int m = 0; m < MLTAB_NMEASURES; m++) {
        double x = mltab_measure_of(&v, (mltab_measure)m);
        const char *name = mltab_measure_name((mltab_measure)m);
        all = all && x == m + 1 && strcmp(name, names[m]) == 0;
    }
    v.true_re = 0x1p-1023;
    all = all && mltab_measure_of(&v, MLTAB_ULP) == 1
          && isnan(mltab_measure_of(&v, MLTAB_SCALED));
    v.kind = MLTAB_NAN;
    tap_ok(all && isnan(mltab_measure_of(&v, MLTAB_ULP)),
           "the measures by name; none of a nan, none relative to the tiny");
    static const size_t shares[MLTAB_NBINS] = {64, 32, 31, 16, 15, 8, 4,
                                               2,  1,  0,  0,  0,  0, 0};
    char spark[MLTAB_SPARK];
    mltab_spark(spark, shares); /* of 173 */
    tap_ok(strcmp(spark, "\xe2\x96\x87\xe2\x96\x86\xe2\x96\x86\xe2\x96\x85"
                         "\xe2\x96\x85\xe2\x96\x84\xe2\x96\x83\xe2\x96\x82"
                         "\xe2\x96\x81\xc2\xb7\xc2\xb7\xc2\xb7\xc2\xb7"
                         "\xc2\xb7")
               == 0,
           "each step of height is twice the share, a dot is none");
    static const size_t half[MLTAB_NBINS] = {2, 1, 1};
    mltab_spark(spark, half);
    tap_ok(strncmp(spark, "\xe2\x96\x88\xe2\x96\x87\xe2\x96\x87\xc2\xb7", 11)
               == 0,
           "a full block is a half or more, exactly");
}

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
         .absolute = 3e-17,
         .scaled = 5},
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
         .absolute = 0,
         .scaled = 9},
    };
    mltab_points set = {.points = points, .n = 7};
    mltab_region *rows;
    size_t nrows, order[10];
    mlio_error err = {0};
    tap_plan(18);
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
    tap_ok(rows[0].worst[MLTAB_RELATIVE] == 1e-15
               && rows[0].worst[MLTAB_ABSOLUTE] == 3e-17,
           "each measure has its own worst point, relative above 2^-1022");
    tap_ok(rows[1].n == 2 && isnan(rows[1].median[MLTAB_ULP])
               && isnan(rows[1].worst[MLTAB_ULP]),
           "no finite answer: no measure");
    tap_ok(rows[0].witness[MLTAB_ULP] == 2
               && rows[0].witness[MLTAB_ABSOLUTE] == 0
               && rows[2].witness[MLTAB_RELATIVE] == 2,
           "the worst of each measure has its point");
    tap_ok(rows[0].median[MLTAB_RELATIVE] == (1e-17 + 1e-15) / 2
               && rows[0].worst[MLTAB_SCALED] == 5
               && rows[0].witness[MLTAB_SCALED] == 0,
           "median relative and worst scaled, where |truth| >= 2^-1022");
    tap_ok(rows[0].histogram[0] == 2 && rows[0].histogram[4] == 1
               && rows[0].histogram[1] == 1 && rows[0].histogram[13] == 1
               && rows[1].histogram[13] == 2,
           "the histogram counts every point with a truth once");
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
    check_histogram();
    n = mltab_worst(order, 10, v, 0);
    tap_ok(n == 0, "of nothing, nothing");
    return tap_done();
}
