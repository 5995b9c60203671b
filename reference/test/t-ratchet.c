/* reference/test/t-ratchet.c - a ratchet fails when something is worse, only. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "reference/ratchet.h"
#include "validation/tap/tap.h"

enum { N = 6 };
static char path[] = "/tmp/t-ratchet-XXXXXX";
static mltab_point points[N];
static mltab_points set = {.points = points, .n = N};

/* Two regions: a (0 to 3), b (4, 5); 1 is wrong by 100 ulp, 2 hangs. */
static void
start(mltab_verdict *v)
{
    static const double ulps[N] = {0.25, 100, 0, 2.5, 0.5, 1};
    for (size_t i = 0; i < N; i++) {
        v[i] = (mltab_verdict){.kind = i == 1   ? MLTAB_WRONG
                                       : i == 2 ? MLTAB_HANG
                                                : MLTAB_OK,
                               .ulp = ulps[i],
                               .true_re = 1,
                               .relative = ulps[i] * 1e-16,
                               .absolute = ulps[i] * 5e-17,
                               .scaled = (double)NAN};
        snprintf(points[i].id, sizeof points[i].id, "p%zu", i);
        snprintf(points[i].region, sizeof points[i].region, "%s",
                 i < 4 ? "a" : "b");
        for (size_t k = 0; k < set.nfields; k++) {
            points[i].args[k] = k == 0 ? 0.5 : (double)i;
        }
    }
}

static void
set_error(mltab_verdict *v, double ulp)
{
    v->kind = ulp <= 4 ? MLTAB_OK : MLTAB_WRONG;
    v->ulp = ulp;
    v->relative = ulp * 1e-16;
    v->absolute = ulp * 5e-17;
}

/* How many are worse than the file says; -1: an error. */
static long
compare(mltab_changes *c, const mltab_verdict *v, mlio_error *err)
{
    mltab_changes_clear(c);
    bool ok = mltab_ratchet_compare(c, path, &set, v, 4, err);
    return ok ? (long)c->nworse : -1;
}

static bool
first_says(const mltab_changes *c, const char *text)
{
    bool yes = c->nworse > 0 && strcmp(c->worse[0].text, text) == 0;
    if (!yes && c->nworse > 0) {
        tap_note("it says: %s", c->worse[0].text);
    }
    return yes;
}

static void
check_points(mltab_changes *c, mlio_error *err)
{
    mltab_verdict v[N];
    start(v);
    long n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 0 && c->known == 2,
           "the same again: nothing is worse, two failures are known");
    set_error(&v[0], 12);
    n = compare(c, v, err);
    tap_ok(n == 1 && first_says(c, "p0 a: ok -> wrong by 12 ulp")
               && c->worse[0].point == 0,
           "a new failure is worse, and named");
    v[0].kind = MLTAB_UNKNOWN;
    n = compare(c, v, err);
    tap_ok(n == 0, "a point whose truth is not known is not");
    start(v);
    set_error(&v[1], 101);
    n = compare(c, v, err);
    tap_ok(n == 1
               && first_says(c, "p1 a: wrong by 100 ulp -> wrong by 101 ulp"),
           "a wrong answer that is further off is worse");
    set_error(&v[1], 99.9);
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1, "... nearer: better");
    v[1].kind = MLTAB_REFUSED;
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1, "... refused: better");
    v[1].kind = MLTAB_CRASH;
    n = compare(c, v, err);
    tap_ok(n == 1 && first_says(c, "p1 a: wrong by 100 ulp -> crash"),
           "... a crash: worse");
    start(v);
    set_error(&v[2], 1e15);
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1 && c->known == 1,
           "a hang that becomes a wrong answer is better");
    set_error(&v[2], 3.9);
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1,
           "... or a right one, though above the worst of its region before");
}

static void
check_regions(mltab_changes *c, mlio_error *err)
{
    mltab_verdict v[N];
    start(v);
    set_error(&v[0], 2.5);
    long n = compare(c, v, err);
    tap_ok(n == 0, "an error within the worst of its region is no change");
    set_error(&v[0], 3);
    n = compare(c, v, err);
    tap_ok(n == 1
               && first_says(c, "a: worst 2.5 -> 3 ulp (p0), 2.5e-16 -> 3e-16 "
                                "relative (p0), 1.25e-16 -> 1.5e-16 absolute "
                                "(p0)"),
           "above it is worse, though still right");
    start(v);
    v[5].scaled = 7;
    n = compare(c, v, err);
    tap_ok(n == 0, "a measure that had not been known is no change");
    set_error(&v[5], 0.75);
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1, "a smaller worst error is better");
    set_error(&v[5], 0.98765);
    n = compare(c, v, err);
    tap_ok(n == 0 && c->better == 1, "... seen to three digits");
    set_error(&v[5], 1.0000001);
    n = compare(c, v, err);
    tap_ok(n == 1, "what is above by less than a digit shown is above");
}

static void
check_questions(mltab_changes *c, mlio_error *err)
{
    mltab_verdict v[N];
    start(v);
    snprintf(points[0].id, sizeof points[0].id, "renamed");
    long n = compare(c, v, err);
    tap_ok(n == 0, "a new id is no change");
    points[0].args[1] = 17;
    n = compare(c, v, err);
    tap_ok(n == -1 && err->code == MLIO_DATA
               && strstr(err->text, "digest") != NULL
               && strstr(err->text, "--ratchet-update") != NULL,
           "other points: an error that says what to do");
    start(v);
    bool ok = mltab_ratchet_compare(c, path, &set, v, 3, err);
    tap_ok(!ok && err->code == MLIO_DATA
               && strstr(err->text, "max-ulp") != NULL,
           "another limit: an error");
    ok = mltab_ratchet_compare(c, "/tmp/no/such/file", &set, v, 4, err);
    tap_ok(!ok && err->code == MLIO_FILE, "no file: an error");
}

static void
check_file(mltab_changes *c, mlio_error *err)
{
    size_t size;
    mltab_verdict v[N];
    start(v);
    char *first = mlio_file_read(path, &size, err);
    tap_ok(first != NULL && strstr(first, "\na\t") == NULL
               && strstr(first, "\n-\ta\t-\t-\t-\t4\t2\t2.5\t2.5e-16\t") != NULL
               && strstr(first, "\np2\ta\thang\t0x1p-1\t0x1p+1\t1\t1\t-\t")
                      != NULL
               && strstr(first, "\n-\tb\t-\t-\t-\t2\t0\t1\t") != NULL,
           "a row for each region and each point missed");
    bool ok = mltab_ratchet_write(path, &set, v, 4, err);
    char *second = mlio_file_read(path, &size, err);
    tap_ok(ok && first && second && strcmp(first, second) == 0,
           "the same bytes again");
    FILE *f = fopen(path, "a");
    if (f != NULL) {
        fputs("p9\ta\twrong\t0x1p-1\t0x1p+9\t1\t1\t9\t1\t1\t-\n", f);
        fclose(f);
    }
    long n = compare(c, v, err);
    tap_ok(n == -1 && err->code == MLIO_DATA
               && strstr(err->text, "expected a point of the set") != NULL,
           "a row of no point is told from its place");
    free(first);
    free(second);
}

int
main(void)
{
    mltab_changes c = {0};
    mlio_error err = {0};
    mltab_verdict v[N];
    set.function = ml_function_find("ml-relaxation");
    set.nfields = 2;
    tap_plan(2 + 9 + 6 + 4 + 3);
    tap_ok(mltab_round_up(1) == 1 && mltab_round_up(1.001) == 1.01
               && mltab_round_up(9.991e-7) == 1e-6 && mltab_round_up(0) == 0
               && isinf(mltab_round_up(HUGE_VAL))
               && mltab_round_up(0.1234) == 0.124,
           "errors are rounded up to three digits");
    start(v);
    int fd = mkstemp(path);
    bool ok = fd >= 0 && mltab_ratchet_write(path, &set, v, 4, &err);
    tap_ok(ok, "a file is written");
    check_points(&c, &err);
    check_regions(&c, &err);
    check_questions(&c, &err);
    check_file(&c, &err);
    mltab_changes_clear(&c);
    unlink(path);
    close(fd);
    flint_cleanup();
    return tap_done();
}
