/* mlfunc/test/t-double_jet_table.c - the numbers of the jets, made anew.
 *
 *     t-double_jet_table print > mlfunc/double/jet_table.c
 *
 * Without an argument: the same text, compared byte for byte.
 */
#include <acb.h>

#include "mlfunc/double/jet_table.h"
#include "mlfunc/test/generated.h"
#include "validation/tap/tap.h"

#define FILE_NAME "mlfunc/double/jet_table.c"
#define PREC      400

static const slong step[ML_JET_STEPS] = {18, 13}; /* in 1/128 */

static bool
print_logs(FILE *f, int which)
{
    double part[4][ML_JET_NODES];
    bool known = true;
    acb_t w;

    acb_init(w);
    for (int j = 0; j < ML_JET_NODES; j++) {
        arb_one(acb_realref(w));
        arb_set_si(acb_imagref(w), (2 * j + 1) * step[which]);
        arb_mul_2exp_si(acb_imagref(w), acb_imagref(w), -8);
        acb_log(w, w, PREC);
        known = generated_pair(&part[0][j], &part[1][j], acb_realref(w))
                && generated_pair(&part[2][j], &part[3][j], acb_imagref(w))
                && known;
    }
    acb_clear(w);
    fprintf(f, "static const double log%d[] ALIGNED = {", which);
    for (int i = 0; i < 4; i++)
        generated_doubles(f, part[i], ML_JET_NODES);
    fprintf(f, "\n};\n\n");
    return known;
}

/* The two numbers of a rule besides its logarithms. */
static bool
print_rule(FILE *f, int which)
{
    double turns[2], weight[2];
    bool known;
    arb_t a;

    arb_init(a);
    arb_const_pi(a, PREC);
    arb_mul_2exp_si(a, a, 8);
    arb_div_si(a, a, step[which], PREC);
    known = generated_pair(turns, turns + 1, a);
    arb_inv(a, a, PREC);
    arb_mul_2exp_si(a, a, 2);
    known = generated_pair(weight, weight + 1, a) && known;
    fprintf(f, "    {%a, %a, %a, %a, %a, log%d},\n", (double)step[which] / 128,
            turns[0], turns[1], weight[0], weight[1], which);
    arb_clear(a);
    return known;
}

/* Two parts of 32 bits, cut, and the rest. */
static bool
print_parts(FILE *f, const char *name, const arb_t x)
{
    double part[3];
    bool known = true;
    arb_t rest;
    arf_t cut;

    arb_init(rest);
    arf_init(cut);
    arb_set(rest, x);
    for (int i = 0; i < 2; i++) {
        arf_set_round(cut, arb_midref(rest), 32, ARF_RND_DOWN);
        part[i] = arf_get_d(cut, ARF_RND_NEAR);
        arb_sub_arf(rest, rest, cut, PREC);
    }
    known = ml_round_arb_d(&part[2], rest, MPFR_RNDN);
    fprintf(f, "\nconst double %s[3] = {%a, %a, %a};\n", name, part[0], part[1],
            part[2]);
    arb_clear(rest);
    arf_clear(cut);
    return known;
}

static bool
print_table(FILE *f)
{
    double pair[2 * ML_JET_TERMS];
    bool known = true;
    arb_t a;

    generated_head(f, FILE_NAME, "numbers for the derivatives",
                   "t-double_jet_table", "mlfunc/double/jet_table.h");
    fprintf(f, "#define ALIGNED __attribute__((aligned(64)))\n\n");
    for (int i = 0; i < ML_JET_STEPS; i++)
        known = print_logs(f, i) && known;
    fprintf(f, "const ml_jet_rule ml_jet_rules[ML_JET_STEPS] = {\n");
    for (int i = 0; i < ML_JET_STEPS; i++)
        known = print_rule(f, i) && known;
    fprintf(f, "};\n\nconst double ml_jet_factorial[2 * ML_JET_TERMS] = {");
    arb_init(a);
    for (int n = 0; n < ML_JET_TERMS; n++) {
        arb_fac_ui(a, (ulong)n, PREC);
        arb_inv(a, a, PREC);
        known = generated_pair(pair + 2 * n, pair + 2 * n + 1, a) && known;
    }
    generated_doubles(f, pair, 2 * ML_JET_TERMS);
    fprintf(f, "\n};\n");
    arb_const_log2(a, PREC);
    known = print_parts(f, "ml_jet_ln2", a) && known;
    arb_const_pi(a, PREC);
    arb_mul_2exp_si(a, a, -1);
    known = print_parts(f, "ml_jet_half_pi", a) && known;
    arb_clear(a);
    return known;
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "print") == 0)
        return print_table(stdout) ? 0 : 1;

    tap_plan(1);
    tap_ok(generated_same(FILE_NAME, print_table),
           "the numbers of the jets are the committed ones");
    return tap_done();
}
