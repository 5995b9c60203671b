/* base/plot.c - figures as SVG, drawn by gnuplot.
 *
 * gnuplot reads its commands and data from one unnamed temporary file and
 * writes to another: no name to clean up, no pipe to block on.
 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/impl.h"

extern char **environ;

/* After Okabe and Ito: told apart with any colour vision; of a lightness that
 * shows on white and on black. */
static const char *const palette[] = {"#0079c4", "#d55e00", "#009e73",
                                      "#b65fa0", "#c98a00", "#3aa0d8",
                                      "#7a7f87", "#8c564b"};
#define COLORS (int)(sizeof palette / sizeof palette[0])

/* ---------------------------------------------------------------- the script */

/* s between single quotes, as gnuplot reads it. */
static void
put_string(FILE *out, const char *s)
{
    putc('\'', out);
    for (; s && *s; s++) {
        if (*s == '\'')
            putc('\'', out);
        putc((unsigned char)*s < 0x20 || *s == 0x7f ? ' ' : *s, out);
    }
    putc('\'', out);
}

static bool
drawable(const mlio_figure *f, const mlio_curve *c, size_t i)
{
    return isfinite(c->x[i]) && isfinite(c->y[i]) && (!f->logx || c->x[i] > 0.0)
           && (!f->logy || c->y[i] > 0.0);
}

static void
put_data(FILE *out, const mlio_figure *f, size_t k)
{
    const mlio_curve *c = &f->curves[k];

    fprintf(out, "$d%zu << EOD\n", k);
    for (size_t i = 0; i < c->n; i++) {
        if (!drawable(f, c, i)) {
            putc('\n', out); /* a gap in a line */
            continue;
        }
        double e = c->err && isfinite(c->err[i]) ? c->err[i] : 0.0;
        double low = c->y[i] - e;

        if (f->logy && low <= 0.0)
            low = f->ymin > 0.0 ? f->ymin : 1e-3 * c->y[i];
        fprintf(out, "%.9g %.9g %.9g %.9g\n", c->x[i], c->y[i], low,
                c->y[i] + e);
    }
    fputs("EOD\n", out);
}

static bool
style_is(const mlio_curve *c, const char *name)
{
    return c->style && strcmp(c->style, name) == 0;
}

static void
put_curve(FILE *out, const mlio_curve *c, size_t k)
{
    const char *color = palette[(c->color < 0 ? 0 : c->color) % COLORS];
    const char *dash = style_is(c, "dashed")   ? "dt (9,5)"
                       : style_is(c, "dotted") ? "dt (2,4)"
                                               : "";

    fputs(k ? ", \\\n  " : "plot ", out);
    if (style_is(c, "points") && c->err)
        fprintf(out, "$d%zu using 1:2:3:4 with yerrorbars pt 7 ps 0.55", k);
    else if (style_is(c, "points"))
        fprintf(out, "$d%zu using 1:2 with points pt 7 ps 0.55", k);
    else
        fprintf(out, "$d%zu using 1:2 with lines %s lw 2", k, dash);
    fprintf(out, " lc rgb '%s' ", color);
    if (c->title) {
        fputs("title ", out);
        put_string(out, c->title);
        fputs(" noenhanced", out);
    } else {
        fputs("notitle", out);
    }
    if (c->err && !style_is(c, "points"))
        fprintf(out,
                ", \\\n  $d%zu using 1:2:3:4 with yerrorbars pt 7 ps 0 "
                "lc rgb '%s' notitle",
                k, color);
}

static void
put_axis(FILE *out, char axis, const char *label, bool log, double lo,
         double hi)
{
    if (label) {
        fprintf(out, "set %clabel ", axis);
        put_string(out, label);
        fprintf(out, " noenhanced%s\n", axis == 'x' ? " offset 0,0.3" : "");
    }
    if (log)
        fprintf(out, "set logscale %c\nset format %c '10^{%%L}'\n", axis, axis);
    if (lo < hi)
        fprintf(out, "set %crange [%.9g:%.9g]\n", axis, lo, hi);
}

static void
put_script(FILE *out, const mlio_figure *f)
{
    fputs("set terminal svg size 760,430 dynamic enhanced font "
          "'sans-serif,13' name 'FIG'\n"
          "unset mouse\n"
          "set encoding utf8\n"
          "set border 3 lw 1\n"
          "set tics nomirror out scale 0.6\n"
          "set grid lc rgb '#808080' lw 0.25 dt solid\n"
          "set key below center horizontal Left reverse samplen 2.2 spacing "
          "1.35\n"
          "set errorbars 0\n"
          "set samples 2\n",
          out);
    put_axis(out, 'x', f->xlabel, f->logx, f->xmin, f->xmax);
    put_axis(out, 'y', f->ylabel, f->logy, f->ymin, f->ymax);
    for (size_t k = 0; k < f->ncurves; k++)
        put_data(out, f, k);
    for (size_t k = 0; k < f->ncurves; k++)
        put_curve(out, &f->curves[k], k);
    putc('\n', out);
}

/* ---------------------------------------------------------------- running it */

static bool
run_gnuplot(FILE *in, FILE *out)
{
    static const char *const args[] = {"gnuplot", "-d", "-", NULL};
    posix_spawn_file_actions_t files;
    pid_t pid;
    int status;

    if (posix_spawn_file_actions_init(&files) != 0)
        return false;
    posix_spawn_file_actions_adddup2(&files, fileno(in), 0);
    posix_spawn_file_actions_adddup2(&files, fileno(out), 1);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", 1, 0);
    int failed = posix_spawnp(&pid, "gnuplot", &files, NULL,
                              (char *const *)args, environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed)
        return false;
    pid_t got;
    do
        got = waitpid(pid, &status, 0);
    while (got < 0 && errno == EINTR);
    return got == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *
contents(FILE *in)
{
    long n = fseek(in, 0, SEEK_END) == 0 ? ftell(in) : -1;
    char *s = n > 0 ? malloc((size_t)n + 1) : NULL;

    if (!s)
        return NULL;
    rewind(in);
    size_t got = fread(s, 1, (size_t)n, in);
    s[got] = 0;
    return s;
}

/* ----------------------------------------------------------- the SVG, inlined */

/* Ink takes the colour of the page's text and the page's font; ids are unique
 * in the page; the size is the column's. */
static const struct {
    const char *from, *to; /* "%" in to: the number of the figure */
} rewrites[] = {
    {"'black'", "'currentColor'"},
    {"\"black\"", "\"currentColor\""},
    {" font-family=\"sans-serif\" ", " "},
    {"color='white'", "visibility='hidden'"}, /* halos of points */
    {"gpPt", "f%pt"},
    {"gpDot", "f%dot"},
    {"'textbox'", "'f%tb'"},
    {"'greybox'", "'f%gb'"},
    {"\"gnuplot_canvas\"", "\"f%\""},
    {"FIG_plot_", "f%plot"},
};

/* <title> makes tooltips of internal names, <desc> tells gnuplot's version. */
static const char *
skip_element(const char *s)
{
    static const char *const ends[] = {"</title>", "</desc>"};

    if (strncmp(s, "<title>", 7) != 0 && strncmp(s, "<desc>", 6) != 0)
        return NULL;
    const char *end = strstr(s, ends[s[1] == 'd']);
    return end ? end + strlen(ends[s[1] == 'd']) : NULL;
}

static const char *
rewrite(FILE *out, const char *s, int number)
{
    for (size_t i = 0; i < sizeof rewrites / sizeof rewrites[0]; i++) {
        size_t n = strlen(rewrites[i].from);

        if (strncmp(s, rewrites[i].from, n) != 0)
            continue;
        for (const char *t = rewrites[i].to; *t; t++) {
            if (*t == '%')
                fprintf(out, "%d", number);
            else
                putc(*t, out);
        }
        return s + n;
    }
    return NULL;
}

static char *
inlined(const char *svg, int number)
{
    char *res = NULL;
    size_t size;
    FILE *out = open_memstream(&res, &size);

    if (!out)
        return NULL;
    for (const char *s = svg, *next; *s; s = next) {
        next = *s == '<' ? skip_element(s) : NULL;
        if (!next)
            next = rewrite(out, s, number);
        if (!next) {
            putc(*s, out);
            next = s + 1;
        }
    }
    if (fclose(out) != 0) {
        free(res);
        return NULL;
    }
    return res;
}

static bool
has_points(const mlio_figure *f)
{
    for (size_t k = 0; k < f->ncurves; k++)
        for (size_t i = 0; i < f->curves[k].n; i++)
            if (drawable(f, &f->curves[k], i))
                return true;
    return false;
}

char *
mlio_plot_svg(const mlio_figure *f, int number)
{
    FILE *in = has_points(f) ? tmpfile() : NULL;
    FILE *out = in ? tmpfile() : NULL;
    char *raw = NULL, *svg = NULL;

    if (out) {
        put_script(in, f);
        if (fflush(in) == 0 && lseek(fileno(in), 0, SEEK_SET) == 0
            && run_gnuplot(in, out))
            raw = contents(out);
    }
    const char *start = raw ? strstr(raw, "<svg") : NULL;
    if (start && strstr(start, "</svg>"))
        svg = inlined(start, number);
    free(raw);
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return svg;
}
