/* mlfunc/test/t-contour_table.c - the nodes of the contours, made anew.
 *
 *     t-contour_table print > mlfunc/double/contour_table.c
 *
 * Without an argument: the same text, compared byte for byte.
 */
#include <acb.h>

#include "mlfunc/double/contour_table.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/double/contour_table.c"
#define PREC      400

static const struct {
    int nodes, mu, step, whole_min, halved; /* step in 1/1024 */
} shape[ML_CONTOURS] = {{32, 6, 111, -5, 0}, {40, 10, 69, -16, 1}};

/* What one contour's rows are made of. */
typedef struct {
    acb_struct w[ML_NODES_MAX], t[ML_NODES_MAX], log[ML_NODES_MAX],
        weight[ML_NODES_MAX];
    int n, whole_min;
    int fractions; /* rows of part before those of turn */
} nodes;

static void
nodes_init(nodes *x, int which)
{
    arb_t pi;

    arb_init(pi);
    arb_const_pi(pi, PREC);
    x->n = shape[which].nodes;
    x->whole_min = shape[which].whole_min;
    x->fractions = ML_FRACTIONS >> shape[which].halved;
    for (int j = 0; j < x->n; j++) {
        acb_init(x->w + j);
        acb_init(x->t + j);
        acb_init(x->log + j);
        acb_init(x->weight + j);
        arb_one(acb_realref(x->w + j));
        arb_set_si(acb_imagref(x->w + j), (2 * j + 1) * shape[which].step);
        arb_mul_2exp_si(acb_imagref(x->w + j), acb_imagref(x->w + j), -11);
        acb_mul(x->t + j, x->w + j, x->w + j, PREC);
        acb_mul_si(x->t + j, x->t + j, shape[which].mu, PREC);
        acb_log(x->log + j, x->t + j, PREC);
        acb_exp(x->weight + j, x->t + j, PREC);
        acb_mul(x->weight + j, x->weight + j, x->w + j, PREC);
        acb_mul_si(x->weight + j, x->weight + j,
                   2 * shape[which].mu * shape[which].step, PREC);
        acb_div_arb(x->weight + j, x->weight + j, pi, PREC);
        acb_mul_2exp_si(x->weight + j, x->weight + j, -10);
    }
    arb_clear(pi);
}

static void
nodes_clear(nodes *x)
{
    for (int j = 0; j < x->n; j++) {
        acb_clear(x->w + j);
        acb_clear(x->t + j);
        acb_clear(x->log + j);
        acb_clear(x->weight + j);
    }
}

/* The high parts, and the low ones of all but the last nodes if they are wanted. */
static bool
print_row(FILE *f, acb_srcptr x, int n, bool low)
{
    bool known = true;
    double hi[2][ML_NODES_MAX] = {{0}}, lo[2][ML_NODES_MAX] = {{0}};

    for (int part = 0; part < 2; part++) {
        for (int j = 0; j < n; j++)
            known =
                generated_pair(hi[part] + j, lo[part] + j,
                               part ? acb_imagref(x + j) : acb_realref(x + j))
                && known;
        generated_doubles(f, hi[part], n);
    }
    for (int part = 0; part < 2 && low; part++)
        generated_doubles(f, lo[part], n - ML_NODES_LAST);
    return known;
}

/* The arrays; t^n of `turn` and the row `odd` are the end of `part`. */
enum { LOG, POWER, PART, WHOLE, KINDS };

static const char *const names[KINDS] = {"log", "power", "part", "whole"};

static int
rows_of(const nodes *x, int kind)
{
    return kind == LOG     ? ML_LOG_PAIRS
           : kind == POWER ? ML_LOG_POWERS - ML_LOG_PAIRS
           : kind == PART
               ? x->fractions + ML_TURN_MAX + (x->fractions < ML_FRACTIONS)
               : ML_WHOLE_MAX + 1 - x->whole_min;
}

/* n of t^(n/64) in row r of part. */
static int
part_of(const nodes *x, int r)
{
    if (r < x->fractions)
        return r * (ML_FRACTIONS / x->fractions);
    return r < x->fractions + ML_TURN_MAX
               ? (r - x->fractions + 1) * ML_FRACTIONS
               : 1;
}

/* Row r of an array. */
static void
row(acb_ptr y, const nodes *x, int kind, int r)
{
    arb_t c;

    arb_init(c);
    for (int j = 0; j < x->n; j++) {
        if (kind == LOG || kind == POWER) {
            ulong m = (ulong)(kind == LOG ? r + 1 : r + ML_LOG_PAIRS + 1);

            acb_pow_ui(y + j, x->log + j, m, PREC);
            arb_fac_ui(c, m, PREC);
            acb_div_arb(y + j, y + j, c, PREC);
        } else if (kind == WHOLE) {
            acb_pow_si(y + j, x->t + j, r + x->whole_min, PREC);
            acb_mul(y + j, y + j, x->weight + j, PREC);
        } else if (part_of(x, r) % ML_FRACTIONS == 0) { /* 1 exactly */
            acb_pow_ui(y + j, x->t + j, (ulong)part_of(x, r) / ML_FRACTIONS,
                       PREC);
        } else {
            acb_mul_si(y + j, x->log + j, part_of(x, r), PREC);
            acb_div_si(y + j, y + j, ML_FRACTIONS, PREC);
            acb_exp(y + j, y + j, PREC);
        }
    }
    arb_clear(c);
}

static bool
print_contour(FILE *f, int which)
{
    nodes x;
    acb_struct y[ML_NODES_MAX];
    double u[ML_NODES_MAX], size[ML_NODES_MAX];
    bool known = true;
    arb_t a;
    arf_t up;
    int n = shape[which].nodes;

    arb_init(a);
    arf_init(up);
    nodes_init(&x, which);
    for (int j = 0; j < n; j++) {
        acb_init(y + j);
        u[j] = (2 * j + 1) * (double)shape[which].step / 2048;
        acb_abs(a, x.log + j, PREC);
        arb_get_ubound_arf(up, a, 60);
        size[j] = arf_get_d(up, ARF_RND_UP);
    }
    fprintf(f, "static const double u%d[] ALIGNED = {", which);
    generated_doubles(f, u, n);
    fprintf(f, "\n};\n\nstatic const double size%d[] ALIGNED = {", which);
    generated_doubles(f, size, n);
    fprintf(f, "\n};\n");
    for (int k = 0; k < KINDS; k++) {
        fprintf(f, "\nstatic const double %s%d[] ALIGNED = {", names[k], which);
        for (int r = 0; r < rows_of(&x, k); r++) {
            row(y, &x, k, r);
            known = print_row(f, y, n, k != POWER) && known;
        }
        fprintf(f, "\n};\n");
    }
    fprintf(f, "\n");
    for (int j = 0; j < n; j++)
        acb_clear(y + j);
    nodes_clear(&x);
    arf_clear(up);
    arb_clear(a);
    return known;
}

static bool
print_struct(FILE *f, int which)
{
    const int halved = shape[which].halved, row = ML_ROW(shape[which].nodes);
    const int turn = row * (ML_FRACTIONS >> halved);
    double turns[2], root[2];
    bool known;
    arb_t a;

    arb_init(a);
    arb_const_pi(a, PREC);
    arb_mul_2exp_si(a, a, 11);
    arb_div_si(a, a, shape[which].step, PREC);
    known = generated_pair(turns, turns + 1, a);
    arb_sqrt_ui(a, (ulong)shape[which].mu, PREC);
    arb_inv(a, a, PREC);
    known = generated_pair(root, root + 1, a) && known;
    fprintf(f,
            "    {.nodes = %d, .dd_nodes = %d, .whole_min = %d, .halved = %d,\n"
            "     .mu = %d, .step = %a,\n"
            "     .turns = {%a, %a},\n     .root = {%a, %a},\n"
            "     .u = u%d, .size = size%d, .log = log%d, .power = power%d,\n"
            "     .part = part%d, .turn = part%d + %d,"
            " .odd = part%d + %d,\n     .whole = whole%d},\n",
            shape[which].nodes, shape[which].nodes - ML_NODES_LAST,
            shape[which].whole_min, halved, shape[which].mu,
            shape[which].step / 1024.0, turns[0], turns[1], root[0], root[1],
            which, which, which, which, which, which, turn, which,
            halved ? turn + row * ML_TURN_MAX : row, which);
    arb_clear(a);
    return known;
}

static bool
print_table(FILE *f)
{
    bool known = true;

    generated_head(f, FILE_NAME, "nodes of the contours, and powers",
                   "t-contour_table", "mlfunc/double/contour_table.h");
    fprintf(f, "#define ALIGNED __attribute__((aligned(64)))\n\n");
    for (int i = 0; i < ML_CONTOURS; i++)
        known = print_contour(f, i) && known;
    fprintf(f, "const ml_contour ml_contours[ML_CONTOURS] = {\n");
    for (int i = 0; i < ML_CONTOURS; i++)
        known = print_struct(f, i) && known;
    fprintf(f, "};\n");
    return known;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    tap_plan(1);
    tap_ok(generated_same(FILE_NAME, print_table),
           "the nodes and powers are the committed ones");
    return tap_done();
}
