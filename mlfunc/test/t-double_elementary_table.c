/* mlfunc/test/t-double_elementary_table.c - the tables of elementary.h, made
 * anew.
 *
 *     t-double_elementary_table print > mlfunc/double/elementary_table.c
 *
 * Without an argument: the same text, compared byte for byte.
 */
#include "mlfunc/double/elementary_table.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/double/elementary_table.c"
#define PREC      400

static bool
print_pair(FILE *f, const arb_t x)
{
    double hi, lo;
    bool known = generated_pair(&hi, &lo, x);

    fprintf(f, "{%a, %a}", hi, lo);
    return known;
}

/* .name = {p/q}, and its inverse as a double if inverse is given. */
static bool
print_constant(FILE *f, const char *name, const char *inverse, const arb_t x)
{
    bool known;

    fprintf(f, "    .%s = ", name);
    known = print_pair(f, x);
    fprintf(f, ",\n");
    if (inverse) {
        double d;
        arb_t y;

        arb_init(y);
        arb_inv(y, x, PREC);
        known = ml_round_arb_d(&d, y, MPFR_RNDN) && known;
        fprintf(f, "    .%s = %a,\n", inverse, d);
        arb_clear(y);
    }
    return known;
}

static bool
print_constants(FILE *f)
{
    static const struct {
        const char *name;
        int p, q;
    } fraction[] = {
        {"third", 1, 3}, {"sixth", 1, 6}, {"fifth", 1, 5}, {"part_24", 1, 24}};
    bool known = true;
    arb_t x;

    arb_init(x);
    arb_const_log2(x, PREC);
    arb_div_si(x, x, ML_EXP_STEPS * ML_EXP_STEPS, PREC);
    known = print_constant(f, "exp_step", "exp_rate", x) && known;
    arb_const_pi(x, PREC);
    arb_mul_2exp_si(x, x, 1);
    arb_div_si(x, x, ML_SIN_STEPS, PREC);
    known = print_constant(f, "sin_step", "sin_rate", x) && known;
    arb_const_log2(x, PREC);
    known = print_constant(f, "ln2", NULL, x) && known;
    for (size_t i = 0; i < sizeof fraction / sizeof *fraction; i++) {
        arb_set_si(x, fraction[i].p);
        arb_div_si(x, x, fraction[i].q, PREC);
        known = print_constant(f, fraction[i].name, NULL, x) && known;
    }
    arb_clear(x);
    return known;
}

static bool
print_circular(FILE *f)
{
    bool known = true;
    arb_t x;

    arb_init(x);
    for (int fine = 0; fine < 2; fine++) {
        fprintf(f, fine ? "},\n    .exp_fine = {" : "    .exp = {");
        for (int i = 0; i < ML_EXP_STEPS; i++) {
            arb_const_log2(x, PREC);
            arb_mul_si(x, x, i, PREC);
            arb_div_si(x, x, fine ? ML_EXP_STEPS * ML_EXP_STEPS : ML_EXP_STEPS,
                       PREC);
            arb_exp(x, x, PREC);
            fprintf(f, "\n        ");
            known = print_pair(f, x) && known;
            fprintf(f, ",");
        }
    }
    fprintf(f, "},\n    .sin = {");
    for (int i = 0; i < ML_SIN_STEPS; i++) {
        arb_set_si(x, 2 * i);
        arb_div_si(x, x, ML_SIN_STEPS, PREC);
        arb_sin_pi(x, x, PREC);
        if (i % (ML_SIN_STEPS / 2) == 0)
            arb_zero(x);
        fprintf(f, "\n        ");
        known = print_pair(f, x) && known;
        fprintf(f, ",");
    }
    fprintf(f, "},\n");
    arb_clear(x);
    return known;
}

/* {c, -ln c} for c the double nearest to 1/m. */
static bool
print_log(FILE *f, const arb_t m)
{
    double c;
    bool known;
    arb_t x;

    arb_init(x);
    arb_inv(x, m, PREC);
    known = ml_round_arb_d(&c, x, MPFR_RNDN);
    arb_set_d(x, c);
    arb_log(x, x, PREC);
    arb_neg(x, x);
    double hi, lo;
    known = generated_pair(&hi, &lo, x) && known;
    fprintf(f, "\n        {%a, %a, %a},", c, hi, lo);
    arb_clear(x);
    return known;
}

static bool
print_logs(FILE *f)
{
    bool known = true;
    arb_t m;

    arb_init(m);
    fprintf(f, "    .log = {");
    for (int i = 0; i < ML_LOG_STEPS; i++) {
        double ends[2];

        for (int j = 0; j < 2; j++) {
            int64_t bits =
                ML_LOG_FIRST + ((int64_t)(i + j) << 52) / ML_LOG_STEPS;
            memcpy(ends + j, &bits, sizeof bits);
        }
        arb_set_d(m, ends[0]);
        arb_t e;
        arb_init(e);
        arb_set_d(e, ends[1]);
        arb_add(m, m, e, PREC);
        arb_mul_2exp_si(m, m, -1);
        arb_clear(e);
        if (ends[0] < 1 && ends[1] > 1)
            arb_one(m);
        known = print_log(f, m) && known;
    }
    fprintf(f, "},\n    .log_fine = {");
    for (int i = -ML_LOG_WITHIN; i <= ML_LOG_WITHIN; i++) {
        arb_set_si(m, ML_LOG_FINE + i);
        arb_div_si(m, m, ML_LOG_FINE, PREC);
        known = print_log(f, m) && known;
    }
    fprintf(f, "},\n");
    arb_clear(m);
    return known;
}

static bool
print_table(FILE *f)
{
    bool known;

    generated_head(f, FILE_NAME, "tables of exp, sin and log",
                   "t-double_elementary_table",
                   "mlfunc/double/elementary_table.h");
    fprintf(f, "const ml_elementary_table ml_elementary = {\n");
    known = print_constants(f);
    known = print_circular(f) && known;
    known = print_logs(f) && known;
    fprintf(f, "};\n");
    return known;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    bool same = generated_same(FILE_NAME, print_table);
    tap_plan(1);
    tap_ok(same, "the tables of exp, sin and log are the committed ones");
    return tap_done();
}
