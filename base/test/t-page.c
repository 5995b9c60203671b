/* base/test/t-page.c - one self-contained page, with or without gnuplot. */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <flint.h>

#include "base/file.h"
#include "base/page.h"
#include "validation/tap/tap.h"

static char dir[] = "/tmp/t-page-XXXXXX";
static char path[64];

static const double x[] = {0.0, 1e-2, 1.0, 100.0, NAN, 1e4};
static const double y[] = {1.0, 0.99, 0.5, 0.01, 0.5, 1e-4};
static const double e[] = {0.1, 0.1, 0.1, 0.02, 0.1, INFINITY};

/* Every kind of curve, labels that would be commands or markup elsewhere. */
static void
put_figure(mlio_page *p, bool log)
{
    const mlio_curve curves[] = {
        {"E_a(x) 'b' <c> \"d\" `e`", x, y, NULL, 6, "lines", 0},
        {NULL, x, y, NULL, 6, "dashed", 1},
        {"dots {x}", x, y, NULL, 6, "dotted", 2},
        {"walk", x, y, e, 6, "points", 13},
        {"points", x, y, NULL, 6, "points", -1},
        {"bars", x, y, e, 6, "lines", 4},
    };
    const mlio_figure f = {"A figure <1>",
                           "t_x / 's'",
                           "R & more",
                           "Said <once>.",
                           log,
                           log,
                           0.0,
                           0.0,
                           0.0,
                           0.0,
                           curves,
                           6};

    mlio_page_figure(p, &f);
}

static void
put_page(mlio_page *p)
{
    static const char *const names[] = {"claim", "value", "a<b"};
    static const char *const rows[][3] = {{"E1", "-1.5e-3", "\1good"},
                                          {"<E2>", "1/3+2i", "\2bad & \"so\""},
                                          {"12 walkers", "nan", "\003-"}};

    mlio_page_heading(p, 2, "First <%d>", 1);
    mlio_page_text(p, "a < b && c > %s\001", "\"d\"");
    mlio_page_heading(p, 3, "Below");
    mlio_page_code(p, "mlref eval <x>\n  --digits %d", 30);
    mlio_page_heading(p, 2, "Second");
    mlio_page_table(p, 3, names);
    for (int i = 0; i < 3; i++)
        mlio_page_row(p, rows[i]);
    mlio_page_table_end(p);
    mlio_page_style(p, ".x{color:red}\n");
    FILE *out = mlio_page_markup(p);
    fputs("<p class=\"x\">", out);
    mlio_page_escape(out, "<&>\"\001");
    fputs("</p>\n", out);
    mlio_page_heading(p, 2, "Third");
    mlio_page_heading(p, 2, "Fourth");
    put_figure(p, true);
    put_figure(p, false);
    mlio_page_table(p, 3, names); /* closed by the page, without a row */
}

static char *
make_page(mlio_error *err)
{
    unlink(path);
    mlio_page *p = mlio_page_open(path, "Title & <more>", err);
    size_t n;

    if (!p)
        return NULL;
    put_page(p);
    bool early = access(path, F_OK) == 0;
    return mlio_page_close(p, err) && !early ? mlio_file_read(path, &n, err)
                                             : NULL;
}

static int
count(const char *s, const char *what)
{
    int n = 0;

    for (; (s = strstr(s, what)); s += strlen(what))
        n++;
    return n;
}

static void
has(const char *page, const char *what, const char *claim)
{
    if (!tap_ok(strstr(page, what) != NULL, "%s", claim))
        tap_yaml("want", "%s", what);
}

/* Tags open and close in order; only void ones stay open. */
static bool
is_balanced(const char *s)
{
    char stack[64][16];
    int depth = 0;

    while ((s = strchr(s, '<'))) {
        size_t n = strcspn(s + 1, " \t\n/>");
        const char *end = strchr(s, '>');

        if (!end)
            return false;
        if (s[1] == '/') {
            n = strcspn(s + 2, ">");
            if (depth == 0 || strlen(stack[depth - 1]) != n
                || strncmp(stack[depth - 1], s + 2, n) != 0)
                return false;
            depth--;
        } else if (s[1] != '!' && strncmp(s, "<meta", 5) != 0
                   && end[-1] != '/') {
            if (depth == 64 || n > 15)
                return false;
            memcpy(stack[depth], s + 1, n);
            stack[depth++][n] = 0;
        }
        s = end;
    }
    return depth == 0;
}

/* No two elements have one id. */
static bool
ids_differ(const char *page)
{
    for (const char *a = page; (a = strstr(a, " id=")); a++) {
        size_t n = 5 + strcspn(a + 5, "'\"");

        for (const char *b = a + 1; (b = strstr(b, " id=")); b++)
            if (strncmp(a + 5, b + 5, n - 4) == 0)
                return false;
    }
    return true;
}

static void
test_text(const char *page)
{
    has(page, "<p class=\"x\">&lt;&amp;&gt;&quot;</p>\n",
        "markup goes in as it is, text in it escaped");
    has(page, ".x{color:red}\n</style>", "rules of the caller come last");
    has(page, "<title>Title &amp; &lt;more&gt;</title>",
        "the title is escaped");
    has(page, "<h1>Title &amp; &lt;more&gt;</h1>", "and heads the page");
    has(page, "<h2 id=\"s1\">First &lt;1&gt;</h2>", "headings are escaped");
    has(page, "<li><a href=\"#s1\">First &lt;1&gt;</a></li>",
        "four chapters make a list of contents");
    tap_ok(count(page, "<li>") == 4, "of chapters only");
    has(page, "<p>a &lt; b &amp;&amp; c &gt; &quot;d&quot;</p>",
        "text is escaped, control bytes left out");
    has(page, "<pre>mlref eval &lt;x&gt;\n  --digits 30</pre>",
        "code keeps its lines");
    has(page, "<th>claim</th><th class=\"n\">value</th><th>a&lt;b</th>",
        "a header is aligned as its column is");
    has(page,
        "<tr><td>E1</td><td class=\"n\">-1.5e-3</td>"
        "<td><span class=\"good\">good</span></td></tr>",
        "numbers are set right, good cells marked");
    has(page,
        "<tr><td>&lt;E2&gt;</td><td class=\"n\">1/3+2i</td>"
        "<td><span class=\"bad\">bad &amp; &quot;so&quot;</span></td></tr>",
        "cells are escaped");
    has(page,
        "<tr><td>12 walkers</td><td class=\"n\">nan</td>"
        "<td class=\"n\"><span class=\"muted\">-</span></td></tr>",
        "a number among words is no number");
    has(page,
        "<figcaption><b>Figure 1. A figure &lt;1&gt;.</b> Said &lt;once&gt;.",
        "a figure has number, title and caption");
    tap_ok(is_balanced(page), "every tag is closed in order");
    tap_ok(ids_differ(page), "no two elements have one id");
    bool alone = !strstr(page, "src=") && !strstr(page, "<script")
                 && !strstr(page, "@import") && !strstr(page, "url(h")
                 && !strstr(page, "<link");
    tap_ok(alone, "the page asks nothing of the network and runs no script");
}

static bool
have_gnuplot(void)
{
    return system("gnuplot --version > /dev/null 2>&1") == 0;
}

static void
test_figures(const char *page)
{
    if (!have_gnuplot()) {
        tap_skip(5, "no gnuplot here");
        return;
    }
    tap_ok(count(page, "<svg") == 2 && count(page, "</svg>") == 2,
           "two figures are inlined");
    tap_ok(!strstr(page, "<?xml") && !strstr(page, "<desc>")
               && !strstr(page, "GNUPLOT"),
           "without prolog and without the version of gnuplot");
    tap_ok(!strstr(page, "\"black\"") && !strstr(page, "'black'")
               && strstr(page, "currentColor"),
           "ink takes the colour of the text");
    tap_ok(strstr(page, "E_a(x) 'b' &lt;c> \"d\" `e`</text>")
               && strstr(page, "R &amp; more"),
           "labels are taken literally");
    has(page, "rgb(  0, 121, 196)", "curves have the house colours");
}

/* Without gnuplot on the path the same page has tables instead. */
static void
test_without_gnuplot(void)
{
    mlio_error err;
    const char *now = getenv("PATH");
    char *old = now ? strdup(now) : NULL;

    setenv("PATH", dir, 1);
    char *page = make_page(&err);
    if (old)
        setenv("PATH", old, 1);
    free(old);
    if (!page)
        tap_bail("%s", err.text);
    has(page, "The figure was not drawn (this takes gnuplot)",
        "without gnuplot a line says so");
    has(page,
        "<tr><td>walk</td><td class=\"n\">100</td><td class=\"n\">0.01</td>"
        "<td class=\"n\">0.02</td></tr>",
        "and a table has the data");
    tap_ok(!strstr(page, "<svg") && is_balanced(page), "well-formed");
    free(page);
}

static void
test_long_curve(void)
{
    static double many[1000];
    mlio_error err;
    size_t n;
    const mlio_curve c = {"long", many, many, NULL, 1000, "lines", 0};
    const mlio_figure f = {"t", "x", "y", "", true, true, 0, 0, 0, 0, &c, 1};

    /* no positive point on logarithmic axes: nothing that can be drawn */
    for (int i = 0; i < 1000; i++)
        many[i] = -i;
    mlio_page *p = mlio_page_open(path, "t", &err);
    mlio_page_figure(p, &f);
    mlio_page_close(p, &err);
    char *page = mlio_file_read(path, &n, &err);
    tap_ok(page && count(page, "<tr>") == 13
               && strstr(page, "<td class=\"n\">-999</td>"),
           "a figure that cannot be drawn: 12 rows of a curve, ends included");
    free(page);
}

static void
test_errors(void)
{
    mlio_error err = {0};
    mlio_page *p = mlio_page_open("/nowhere/p.html", "t", &err);

    tap_ok(!p && err.code == MLIO_FILE
               && strcmp(err.text, "cannot write /nowhere/p.html: No such file "
                                   "or directory")
                      == 0,
           "a page that cannot be made");
    unlink(path);
    p = mlio_page_open(path, "t", &err);
    put_page(p);
    mlio_page_abandon(p);
    tap_ok(access(path, F_OK) != 0, "an abandoned page does not appear");
    if (access("/dev/full", W_OK) != 0) {
        tap_skip(1, "no /dev/full here");
        return;
    }
    p = mlio_page_open("/dev/full", "t", &err);
    bool ok = mlio_page_close(p, &err);
    tap_ok(!ok
               && strcmp(err.text, "cannot write /dev/full: No space left on "
                                   "device")
                      == 0,
           "a full disk: %s", err.text);
}

int
main(void)
{
    mlio_error err = {0};

    tap_plan(17 + 5 + 1 + 3 + 1 + 3);
    if (!mkdtemp(dir))
        tap_bail("no temporary directory: %s", strerror(errno));
    snprintf(path, sizeof path, "%s/page.html", dir);
    char *page = make_page(&err);
    if (!page)
        tap_bail("no page: %s", err.text);
    test_text(page);
    test_figures(page);
    char *again = make_page(&err);
    tap_ok(again && strcmp(page, again) == 0, "the same page twice");
    test_without_gnuplot();
    test_long_curve();
    test_errors();
    free(page);
    free(again);
    unlink(path);
    rmdir(dir);
    flint_cleanup();
    return tap_done();
}
