/* validation/tap/tap.c - a producer of TAP 13 for the test programs. */
#include "validation/tap/tap.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static int planned, made, failed;
static bool in_yaml;

static void
close_yaml(void)
{
    if (in_yaml)
        puts("  ...");
    in_yaml = false;
}

void
tap_plan(int n)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    planned = n;
    printf("TAP version 13\n1..%d\n", n);
}

bool
tap_ok(bool ok, const char *format, ...)
{
    va_list ap;

    close_yaml();
    made++;
    failed += !ok;
    printf("%sok %d - ", ok ? "" : "not ", made);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
    return ok;
}

void
tap_skip(int n, const char *format, ...)
{
    va_list ap;

    close_yaml();
    for (int i = 0; i < n; i++) {
        made++;
        printf("ok %d # SKIP ", made);
        va_start(ap, format);
        vprintf(format, ap);
        va_end(ap);
        putchar('\n');
    }
}

void
tap_yaml(const char *key, const char *format, ...)
{
    va_list ap;

    if (!in_yaml)
        puts("  ---");
    in_yaml = true;
    printf("  %s: '", key);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    puts("'");
}

void
tap_note(const char *format, ...)
{
    va_list ap;

    close_yaml();
    fputs("# ", stdout);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
}

void
tap_bail(const char *format, ...)
{
    va_list ap;

    close_yaml();
    fputs("Bail out! ", stdout);
    va_start(ap, format);
    vprintf(format, ap);
    va_end(ap);
    putchar('\n');
    exit(1);
}

int
tap_done(void)
{
    close_yaml();
    if (made != planned)
        printf("# planned %d claims, made %d\n", planned, made);
    return failed != 0 || made != planned;
}

uint64_t
tap_seed(void)
{
    static bool told;
    const char *s = getenv("ML_SEED");
    uint64_t seed = s ? strtoull(s, NULL, 10) : 20240803;

    if (!told)
        tap_note("ML_SEED=%llu", (unsigned long long)seed);
    told = true;
    return seed;
}

long
tap_effort(long base)
{
    const char *s = getenv("ML_EFFORT");
    double effort = s ? strtod(s, NULL) : 1.0;
    double n = (double)base * effort;

    return n < 1.0 ? 1 : (long)n;
}

tap_random
tap_random_start(uint64_t seed)
{
    return (tap_random){seed};
}

uint64_t
tap_random_u64(tap_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

double
tap_random_unit(tap_random *r)
{
    return (double)(tap_random_u64(r) >> 11) * 0x1p-53;
}

double
tap_random_range(tap_random *r, double lo, double hi)
{
    return lo + (hi - lo) * tap_random_unit(r);
}

double
tap_random_log(tap_random *r, double lo, double hi)
{
    return exp(tap_random_range(r, log(lo), log(hi)));
}

long
tap_random_int(tap_random *r, long lo, long hi)
{
    return lo + (long)(tap_random_u64(r) % (uint64_t)(hi - lo + 1));
}
