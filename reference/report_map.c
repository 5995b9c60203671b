/* reference/report_map.c - where the errors are, as pictures in SVG.
 *
 * Points fall into the cells of a grid; a cell has the colour of its worst
 * error, and the mark of the gravest answer that is no number.  The axes cover
 * all but the outermost fiftieth of the points at either end; what is beyond
 * goes to the cells at the border.  Doubles here only place cells.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/page.h"
#include "reference/report_impl.h"

enum { CELL = 8 };

typedef struct {
    int bin;         /* -1: nothing measured */
    mltab_kind kind; /* gravest of those that are no number; OK: none */
    size_t point;    /* the worst */
    double ulp;
    size_t n, missed;
} cell;

typedef struct {
    int columns, rows;
    cell *cells;
    int *of_point; /* index of its cell, or -1 */
} grid;

/* ----------------------------------------------------------------------- axes */

typedef struct {
    int low, high; /* whole powers of the base */
} range;

static int
compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The powers between which all but a fiftieth at either end of x[n] lies;
 * sorts x. */
static range
covered(double *x, size_t n)
{
    range r = {0, 1};
    qsort(x, n, sizeof *x, compare_doubles);
    while (n > 0 && isinf(x[0])) { /* log 0 */
        x++;
        n--;
    }
    if (n > 0) {
        r.low = (int)floor(x[n / 50]);
        r.high = (int)ceil(x[n - 1 - n / 50]);
    }
    r.high += r.high == r.low;
    return r;
}

/* Where the powers of ten are: the small ones are wide apart. */
static double
warped(double power, range r)
{
    double low = asinh(r.low), high = asinh(r.high);
    return (asinh(power) - low) / (high - low);
}

static double
linear(double power, range r)
{
    return (power - r.low) / (r.high - r.low);
}

/* 0 below the range, cells - 1 above it, between them as scale says. */
static int
place(double x, range r, int cells, double (*scale)(double, range))
{
    double part = scale(x, r) * (cells - 2);
    if (!(part >= 0)) {
        return 0;
    }
    return part >= cells - 2 ? cells - 1 - (x <= r.high) : 1 + (int)part;
}

/* The size of the last argument, a time in units of tau where there is one. */
static double
log_size(const mltab_report *r, size_t i)
{
    const mltab_points *set = r->set;
    const double *x = set->points[i].args;
    size_t last = set->nfields - 1;
    double size = set->has_im ? hypot(x[last - 1], x[last]) : fabs(x[last]);
    double unit = 0;
    if (isinf(size)) {
        return 308.5; /* the modulus of two large parts */
    }
    for (size_t k = 0; k < last; k++) {
        char buf[32];
        if (strcmp(mltab_field(buf, set, k), "tau") == 0) {
            unit = log10(x[k]);
        }
    }
    return log10(size) - unit;
}

static double
log_first(const mltab_report *r, size_t i)
{
    return log2(r->set->points[i].args[0]);
}

static double *
all_of(const mltab_report *r, double (*of)(const mltab_report *, size_t))
{
    double *x = malloc((r->set->n + 1) * sizeof *x);
    for (size_t i = 0; i < r->set->n && x != NULL; i++) {
        x[i] = of(r, i);
    }
    return x;
}

static range
range_of(const mltab_report *r, double (*of)(const mltab_report *, size_t))
{
    range found = {0, 1};
    double *x = all_of(r, of);
    if (x != NULL) {
        found = covered(x, r->set->n);
    }
    free(x);
    return found;
}

/* ---------------------------------------------------------------------- cells */

static bool
grid_alloc(grid *g, const mltab_report *r, int columns, int rows)
{
    size_t n = (size_t)columns * (size_t)rows;
    g->columns = columns;
    g->rows = rows;
    g->cells = calloc(n, sizeof *g->cells);
    g->of_point = calloc(r->set->n + 1, sizeof *g->of_point);
    for (size_t c = 0; c < n && g->cells != NULL; c++) {
        g->cells[c].bin = -1;
    }
    return g->cells != NULL && g->of_point != NULL;
}

static void
grid_free(grid *g)
{
    free(g->cells);
    free(g->of_point);
}

/* Point i is seen in that cell; rows count from the top. */
static void
grid_add(grid *g, const mltab_report *r, size_t i, int column, int row)
{
    const mltab_verdict *v = &r->verdicts[i];
    int bin = mltab_bin(v), at = row * g->columns + column;
    cell *c = &g->cells[at];
    g->of_point[i] = at;
    if (bin < 0) {
        return;
    }
    bool number = bin < MLTAB_NBINS - 1;
    bool worse =
        c->n == 0
        || mltab_severity(v->kind) > mltab_severity(r->verdicts[c->point].kind)
        || (number && v->ulp > c->ulp);
    c->n++;
    c->missed += mltab_missed(v);
    if (number) {
        c->bin = bin > c->bin ? bin : c->bin;
    } else if (c->kind == MLTAB_OK
               || mltab_severity(v->kind) > mltab_severity(c->kind)) {
        c->kind = v->kind;
    }
    if (worse) {
        c->point = i;
        c->ulp = number ? v->ulp : HUGE_VAL;
    }
}

/* -------------------------------------------------------------------- drawing */

/* A mark of 6 by 6 around x, y. */
static void
put_mark(FILE *out, mltab_kind kind, double x, double y)
{
    static const char *const marks[MLTAB_NKINDS] = {
        [MLTAB_NAN] = "m2.5 0a2.5 2.5 0 1 1-5 0a2.5 2.5 0 1 1 5 0",
        [MLTAB_INF] = "m-2.7 2.2l2.7-4.8 2.7 4.8z",
        [MLTAB_HANG] = "m-2.4-2.4h4.8v4.8h-4.8z",
        [MLTAB_CRASH] = "m-2.5-2.5l5 5m0-5l-5 5",
        [MLTAB_GARBAGE] = "m-3 0h6m-3-3v6",
        [MLTAB_REFUSED] = "m-2.5 0h5"};
    if (marks[kind] != NULL) {
        fprintf(out, "M%g %g%s", x, y, marks[kind]);
    }
}

void
mltab_map_mark(FILE *out, mltab_kind kind)
{
    fprintf(out, "<svg class=\"key\" viewBox=\"0 0 10 10\">"
                 "<path class=\"k\" d=\"");
    put_mark(out, kind, 5, 5);
    fprintf(out, "\"/></svg>");
}

static int
row_of(const grid *g, int k)
{
    return k / g->columns;
}

/* Cells without a failure: one path for each colour. */
static void
put_good(FILE *out, const grid *g, double x0, double y0)
{
    for (int b = 0; b < MLTAB_NBINS - 1; b++) {
        bool any = false;
        for (int k = 0; k < g->columns * g->rows; k++) {
            const cell *c = &g->cells[k];
            if (c->missed > 0 || c->bin != b) {
                continue;
            }
            if (!any) {
                fprintf(out, "<path class=\"e%d\" d=\"", b);
                any = true;
            }
            fprintf(out, "M%g %gh7v7h-7z", x0 + CELL * (k % g->columns),
                    y0 + CELL * row_of(g, k));
        }
        fputs(any ? "\"/>\n" : "", out);
    }
}

/* A cell with failures tells which point is its worst. */
static void
put_bad(FILE *out, const mltab_report *r, const grid *g, double x0, double y0)
{
    for (int k = 0; k < g->columns * g->rows; k++) {
        const cell *c = &g->cells[k];
        if (c->missed == 0) {
            continue;
        }
        const mltab_verdict *v = &r->verdicts[c->point];
        char ulp[32];
        fprintf(out,
                "<rect class=\"e%d\" x=\"%g\" y=\"%g\" width=\"7\" "
                "height=\"7\"><title>%zu of %zu missed; ",
                c->bin < 0 ? MLTAB_NBINS - 1 : c->bin,
                x0 + CELL * (k % g->columns), y0 + CELL * row_of(g, k),
                c->missed, c->n);
        mlio_page_escape(out, r->set->points[c->point].id);
        if (v->kind == MLTAB_WRONG) {
            fprintf(out, ": %s ulp", mltab_error_text(ulp, v->ulp));
        } else {
            fprintf(out, ": %s", mltab_kind_name(v->kind));
        }
        fputs("</title></rect>\n", out);
    }
}

static void
put_marks(FILE *out, const grid *g, double x0, double y0)
{
    bool any = false;
    for (int k = 0; k < g->columns * g->rows; k++) {
        if (g->cells[k].kind != MLTAB_OK) {
            fputs(any ? "" : "<path class=\"k\" d=\"", out);
            any = true;
            put_mark(out, g->cells[k].kind, x0 + CELL * (k % g->columns) + 3.5,
                     y0 + CELL * row_of(g, k) + 3.5);
        }
    }
    fputs(any ? "\"/>\n" : "", out);
}

/* The numbers of the worst points beside their cells. */
static void
put_numbers(FILE *out, const mltab_report *r, const grid *g, double x0,
            double y0)
{
    for (size_t k = 0; k < r->nworst; k++) {
        int at = g->of_point[r->worst[k]];
        bool first = mltab_missed(&r->verdicts[r->worst[k]]) && at >= 0;
        for (size_t j = 0; j < k; j++) {
            first = first && g->of_point[r->worst[j]] != at;
        }
        if (!first) {
            continue;
        }
        bool right = at % g->columns > g->columns - 8;
        fprintf(out, "<text class=\"w\" x=\"%g\" y=\"%g\"%s>",
                x0 + CELL * (at % g->columns) + (right ? -2 : CELL + 1),
                y0 + CELL * row_of(g, at) + CELL - 1,
                right ? " text-anchor=\"end\"" : "");
        for (size_t j = k; j < r->nworst; j++) {
            if (g->of_point[r->worst[j]] == at) {
                fprintf(out, "%s%zu", j > k ? "," : "", j + 1);
            }
        }
        fputs("</text>\n", out);
    }
}

static void
put_cells(FILE *out, const mltab_report *r, const grid *g, double x0, double y0)
{
    put_good(out, g, x0, y0);
    put_bad(out, r, g, x0, y0);
    put_marks(out, g, x0, y0);
    put_numbers(out, r, g, x0, y0);
}

/* 10 to a power: 1, 10, 0.1, or with an exponent. */
static void
put_power(FILE *out, int k)
{
    static const char *const plain[] = {"0.01", "0.1", "1", "10", "100"};
    if (k >= -2 && k <= 2) {
        fputs(plain[k + 2], out);
    } else {
        fprintf(out, "10<tspan dy=\"-4\" font-size=\"9\">%s%d</tspan>",
                k < 0 ? "\xe2\x88\x92" : "", abs(k));
    }
}

/* Powers of ten to be labelled, at least that part of the axis apart. */
enum { NPOWERS = 19 };
static int
shown_powers(int powers[NPOWERS], range r, double apart)
{
    static const int wanted[] = {0, 1, 2, 3, 5, 10, 30, 100, 300};
    int n = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
        double last = HUGE_VAL;
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
            int power = sign * wanted[k];
            double at = warped(power, r);
            if (power < r.low || power > r.high || fabs(at - last) < apart) {
                continue;
            }
            last = at;
            if (sign > 0 || power != 0) {
                powers[n++] = power;
            }
        }
    }
    return n;
}

static void
put_power_of_two(FILE *out, int k)
{
    if (k >= 0 && k <= 12) {
        fprintf(out, "%d", 1 << k);
    } else if (k < 0 && k >= -12) {
        fprintf(out, "1/%d", 1 << -k);
    } else {
        fprintf(out, "2<tspan dy=\"-4\" font-size=\"9\">%s%d</tspan>",
                k < 0 ? "\xe2\x88\x92" : "", abs(k));
    }
}

/* --------------------------------------------------------- size and first argument */

enum { SIZE_COLUMNS = 104, SIZE_ROWS = 46, LEFT = 58, TOP = 8 };

static void
put_size_axes(FILE *out, const mltab_report *r, range x, range y)
{
    const double width = CELL * SIZE_COLUMNS, height = CELL * SIZE_ROWS;
    int step_y = (y.high - y.low + 9) / 10;
    fprintf(out,
            "<rect class=\"p\" x=\"%d\" y=\"%d\" width=\"%g\" "
            "height=\"%g\"/>\n",
            LEFT, TOP, width, height);
    int powers[NPOWERS];
    int n = shown_powers(powers, x, 42 / width);
    for (int k = 0; k < n; k++) {
        double at = LEFT + CELL + (width - 2 * CELL) * warped(powers[k], x);
        fprintf(out,
                "<path class=\"g\" d=\"M%.1f %dv%g\"/>"
                "<text x=\"%.1f\" y=\"%g\" text-anchor=\"middle\">",
                at, TOP, height, at, TOP + height + 16);
        put_power(out, powers[k]);
        fputs("</text>\n", out);
    }
    for (int k = y.low; k <= y.high; k += step_y) {
        double at = TOP + height - CELL
                    - (height - 2 * CELL) * (k - y.low) / (y.high - y.low);
        fprintf(out,
                "<path class=\"g\" d=\"M%d %.1fh%g\"/>"
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">",
                LEFT, at, width, LEFT - 6, at + 4);
        put_power_of_two(out, k);
        fputs("</text>\n", out);
    }
    const mltab_points *set = r->set;
    const ml_function *f = set->function;
    const char *last = f->args[f->nargs - 1].name;
    bool unit = false;
    for (size_t k = 0; k < f->nargs; k++) {
        unit = unit || strcmp(f->args[k].name, "tau") == 0;
    }
    fprintf(out,
            "<text class=\"a\" x=\"%g\" y=\"%g\" "
            "text-anchor=\"middle\">%s%s%s%s</text>\n",
            LEFT + width / 2, TOP + height + 38, unit ? "" : "|", last,
            unit ? "/" : "|", unit ? "tau" : "");
    fprintf(out,
            "<text class=\"a\" transform=\"translate(14 %g) rotate(-90)\" "
            "text-anchor=\"middle\">%s</text>\n",
            TOP + height / 2, f->args[0].name);
}

static bool
size_map(FILE *out, const mltab_report *r)
{
    grid g;
    bool ok = grid_alloc(&g, r, SIZE_COLUMNS, SIZE_ROWS);
    range x = range_of(r, log_size), y = range_of(r, log_first);
    for (size_t i = 0; i < r->set->n && ok; i++) {
        grid_add(&g, r, i, place(log_size(r, i), x, SIZE_COLUMNS, warped),
                 SIZE_ROWS - 1 - place(log_first(r, i), y, SIZE_ROWS, linear));
    }
    fprintf(out,
            "<svg class=\"map\" viewBox=\"0 0 %d %d\" role=\"img\" "
            "aria-label=\"Errors by size and %s\">\n",
            LEFT + CELL * SIZE_COLUMNS + 10, TOP + CELL * SIZE_ROWS + 46,
            r->set->function->args[0].name);
    put_size_axes(out, r, x, y);
    if (ok) {
        put_cells(out, r, &g, LEFT, TOP);
    }
    fputs("</svg>\n", out);
    grid_free(&g);
    return ok;
}

/* -------------------------------------------------------------- the complex plane */

/* The origin is the middle of the middle cell. */
enum { PLANE_COLUMNS = 113, INNER = 36, OUTER = 424, MIDDLE = 456 };

/* The distance from the middle at which a size is drawn. */
static double
radius(double log10_size, range r)
{
    double part = warped(log10_size, r);
    part = !(part >= -0.04) ? -0.04 : part > 1.04 ? 1.04 : part;
    return INNER + (OUTER - INNER) * part;
}

static bool
lower_half(const mltab_report *r)
{
    for (size_t i = 0; i < r->set->n; i++) {
        if (r->set->points[i].args[r->set->nfields - 1] < 0) {
            return true;
        }
    }
    return false;
}

static void
put_plane_axes(FILE *out, range x, bool whole)
{
    static const double rays[][2] = {
        {1, 0},
        {0.70710678118654752, 0.70710678118654752},
        {0, 1},
        {-0.70710678118654752, 0.70710678118654752},
        {-1, 0}};
    int powers[NPOWERS];
    int n = shown_powers(powers, x, 0.1);
    for (int k = 0; k < 5; k++) {
        for (int sign = 1; sign >= (whole ? -1 : 1); sign -= 2) {
            fprintf(out, "<path class=\"g\" d=\"M%d %dL%.1f %.1f\"/>\n", MIDDLE,
                    MIDDLE, MIDDLE + 440 * rays[k][0],
                    MIDDLE - 440 * sign * rays[k][1]);
        }
    }
    for (int k = 0; k < n; k++) {
        double rad = radius(powers[k], x);
        fprintf(out,
                "<path class=\"g\" fill=\"none\" "
                "d=\"M%.1f %da%.1f %.1f 0 0 1 %.1f 0",
                MIDDLE - rad, MIDDLE, rad, rad, 2 * rad);
        if (whole) {
            fprintf(out, "a%.1f %.1f 0 0 1 %.1f 0", rad, rad, -2 * rad);
        }
        fputs("\"/>\n", out);
    }
}

static void
put_plane_labels(FILE *out, range x)
{
    int powers[NPOWERS];
    int n = shown_powers(powers, x, 0.1);
    for (int k = 0; k < n; k++) {
        fprintf(out,
                "<text class=\"h\" x=\"%.1f\" y=\"%d\" "
                "text-anchor=\"middle\">",
                MIDDLE + radius(powers[k], x), MIDDLE + 20);
        put_power(out, powers[k]);
        fputs("</text>\n", out);
    }
}

static bool
plane_map(FILE *out, const mltab_report *r)
{
    bool whole = lower_half(r);
    const int middle = PLANE_COLUMNS / 2;
    int rows = whole ? PLANE_COLUMNS : middle + 1;
    size_t last = r->set->nfields - 1;
    const double corner = MIDDLE - CELL * middle - 3.5;
    grid g;
    bool ok = grid_alloc(&g, r, PLANE_COLUMNS, rows);
    range x = range_of(r, log_size);
    for (size_t i = 0; i < r->set->n && ok; i++) {
        const double *args = r->set->points[i].args;
        double rad = radius(log_size(r, i), x) / CELL;
        double arg = atan2(args[last], args[last - 1]);
        grid_add(&g, r, i, middle + (int)lrint(rad * cos(arg)),
                 middle - (int)lrint(rad * sin(arg)));
    }
    fprintf(out,
            "<svg class=\"map\" viewBox=\"0 0 912 %d\" role=\"img\" "
            "aria-label=\"Errors over the complex plane\">\n",
            whole ? 2 * MIDDLE : MIDDLE + 30);
    put_plane_axes(out, x, whole);
    if (ok) {
        put_cells(out, r, &g, corner, corner);
    }
    put_plane_labels(out, x);
    fputs("</svg>\n", out);
    grid_free(&g);
    return ok;
}

/* ---------------------------------------------------------------------- either */

bool
mltab_map_applies(const mltab_report *r, mltab_map map)
{
    if (map == MLTAB_MAP_SIZE) {
        for (size_t i = 0; i < r->set->n; i++) {
            if (!(r->set->points[i].args[0] > 0)) {
                return false;
            }
        }
        return r->set->nfields >= 2 && r->set->n > 0;
    }
    bool off_axis = false;
    for (size_t i = 0; i < r->set->n && r->set->has_im; i++) {
        off_axis = off_axis || r->set->points[i].args[r->set->nfields - 1] != 0;
    }
    return off_axis;
}

bool
mltab_map_svg(FILE *out, const mltab_report *r, mltab_map map)
{
    return map == MLTAB_MAP_SIZE ? size_map(out, r) : plane_map(out, r);
}
