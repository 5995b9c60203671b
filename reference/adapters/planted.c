/* reference/adapters/planted.c - answers from a file, faults and all, for tests.
 *
 *   planted FILE          a program: points on standard input, --wire hex
 *   PLANTED=FILE          planted@zz of the shared object made with -DSHARED
 *
 * A line of FILE is a point as hexfloats, separated by tabs, then "\t=\t" and
 * what becomes of it: an answer, or hang, crash, exit.
 */
#define _POSIX_C_SOURCE 200809L

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *point, *fate;
} line;

static line *lines;
static size_t n;

static int
by_point(const void *a, const void *b)
{
    return strcmp(((const line *)a)->point, ((const line *)b)->point);
}

static void
load(const char *name)
{
    char text[1024];
    FILE *f = name ? fopen(name, "r") : NULL;

    if (!f)
        _exit(127);
    while (fgets(text, sizeof text, f)) {
        char *mark = strstr(text, "\t=\t");
        if (!mark)
            _exit(127);
        *mark = 0;
        mark[3 + strcspn(mark + 3, "\n")] = 0;
        line *more = realloc(lines, (n + 1) * sizeof *lines);
        if (!more)
            _exit(127);
        lines = more;
        lines[n++] = (line){strdup(text), strdup(mark + 3)};
    }
    fclose(f);
    qsort(lines, n, sizeof *lines, by_point);
}

/* What is answered; does not return where nothing is. */
static const char *
fate(char *point)
{
    line key = {point, NULL};
    const line *l = bsearch(&key, lines, n, sizeof *lines, by_point);

    if (!l)
        _exit(126);
    if (strcmp(l->fate, "hang") == 0)
        for (;;)
            pause();
    if (strcmp(l->fate, "crash") == 0)
        raise(SIGKILL);
    if (strcmp(l->fate, "exit") == 0)
        _exit(0);
    return l->fate;
}

#ifdef SHARED

void planted(const double *args, double out[2]);

void
planted(const double *args, double out[2])
{
    char point[256];

    if (!lines)
        load(getenv("PLANTED"));
    snprintf(point, sizeof point, "%a\t%a\t%a\t%a", args[0], args[1], args[2],
             args[3]);
    char *end;
    const char *answer = fate(point);
    out[0] = strtod(answer, &end);
    out[1] = *end ? strtod(end, NULL) : 0;
}

#else

int
main(int argc, char **argv)
{
    char point[1024];

    if (argc != 2)
        return 127;
    load(argv[1]);
    while (fgets(point, sizeof point, stdin)) {
        point[strcspn(point, "\n")] = 0;
        printf("%s\n", fate(point));
        fflush(stdout);
    }
}

#endif
