/* mlfunc/test/t-chosen.c - the methods that are said to find a value do so. */
#include <math.h>
#include <string.h>

#include "mlfunc/mlball.h"
#include "mlfunc/mlfunc.h"
#include "validation/tap/tap.h"

typedef struct {
    double alpha, beta, x;
    const char *balls, *doubles;
} example;

/* Where the theory leaves no choice. */
static const example examples[] = {
    {0.5, 1, 0, "formula", "series"},
    {0.5, 1, -0x1p-20, "series", "series"},
    {0.5, 1, 3e9, "leading term", "poles"},
    {0.7, 1, -1e6, "asymptotic", "asymptotic"},
    {1 + 0x1p-30, 1, -40, NULL, "contour near 1"},
    {0.3, 1, -3, NULL, "contour"},
    {0.5, 1, 20, NULL, "poles"},
    {40, 1, -5, "series", "series"},
};

enum { EXAMPLES = sizeof examples / sizeof *examples };

static void
set_args(ml_arg *args, double alpha, double beta, double x)
{
    ml_arg_set_d(&args[0], alpha);
    ml_arg_set_d(&args[1], beta);
    ml_arg_set_d(&args[2], x);
}

static void
named(const example *e)
{
    ml_arg args[3];

    ml_args_init(args, 3);
    set_args(args, e->alpha, e->beta, e->x);
    const char *balls = ml_mittleff_chosen(args, 64);
    const char *doubles = ml_mittleff_method_d(e->alpha, e->beta, e->x);
    ml_args_clear(args, 3);
    tap_ok(strcmp(doubles, e->doubles) == 0
               && (!e->balls || strcmp(balls, e->balls) == 0),
           "E_{%g,%g}(%g): %s, and %s in doubles", e->alpha, e->beta, e->x,
           balls, doubles);
}

/* The method that is named serves when it is forced. */
static void
forced(void)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    const double alphas[] = {0.125, 0.5, 0.75, 1.25, 2, 3.5};
    int served = 0, asked = 0;
    ml_arg args[3];
    acb_t x;

    ml_args_init(args, 3);
    acb_init(x);
    for (int i = 0; i < 6; i++)
        for (int k = -12; k <= 12; k++) {
            set_args(args, alphas[i], 0.75, -ldexp(1.25, k));
            const ml_method *m =
                ml_method_find(f, ml_mittleff_chosen(args, 64));
            if (!m)
                continue;
            asked++;
            served += m->eval(x, args, 64) == ML_OK;
        }
    acb_clear(x);
    ml_args_clear(args, 3);
    tap_ok(asked >= 100 && served == asked,
           "the method named serves when it is forced: %d of %d", served,
           asked);
}

int
main(void)
{
    tap_plan(EXAMPLES + 2);
    for (int i = 0; i < EXAMPLES; i++)
        named(&examples[i]);
    forced();
    const char *none = "none";
    tap_ok(strcmp(ml_mittleff_method_d(-1, 1, 1), none) == 0
               && strcmp(ml_mittleff_method_d(NAN, 1, 1), none) == 0
               && strcmp(ml_mittleff_method_d(1, INFINITY, 1), none) == 0
               && strcmp(ml_mittleff_method_d(1, 1, -INFINITY), none) == 0,
           "no method outside the domain and at infinity");
    return tap_done();
}
