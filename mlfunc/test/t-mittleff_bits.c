/* mlfunc/test/t-mittleff_bits.c - many bits: the cap that grows with them, and
 * the methods that refuse rather than run for an hour. */
#include "mlfunc/test/points.h"

static void
caps(void)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    const slong digits = 350000;
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    set_args(args, 1, 1, 1, 0);
    ml_status s = ml_eval_digits(v, f, NULL, args, digits, 0);
    arb_const_e(acb_realref(w), 3322 * (digits / 1000) + 100);
    tap_ok(s == ML_OK && acb_contains(v, w)
               && ml_ball_accurate(v, 3321 * (digits / 1000)),
           "e to %ld digits, by the default cap", (long)digits);
    s = ml_eval_digits(v, f, NULL, args, digits, ML_PREC_CAP);
    tap_ok(s == ML_UNABLE && acb_contains(v, w),
           "a cap that was given is kept, the ball encloses");
    s = ml_eval_bits(v, f, NULL, args, 100, 0);
    tap_ok(s == ML_OK && ml_ball_accurate(v, 100), "few bits by default");
    /* log2 x alone is more than 4 * 100. */
    set_args(args, 1, 1, 0, 0x1p1000);
    s = ml_eval_bits(v, f, NULL, args, 100, 0);
    tap_ok(s == ML_OK && ml_ball_accurate(v, 100),
           "few bits of exp(2^1000 i) have the cap of all");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

static void
refusals(void)
{
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    set_args(args, 0.75, 1, -5, 0);
    ml_status s = ml_mittleff_point_quadrature(v, args, ML_QUAD_BITS + 200);
    tap_ok(s == ML_UNABLE && !acb_is_finite(v),
           "quadrature refuses beyond %d bits", ML_QUAD_BITS);
    s = ml_mittleff_point(v, args, ML_QUAD_BITS + 200);
    ml_status t = ml_mittleff_point_series(w, args, ML_QUAD_BITS + 400);
    tap_ok(s == ML_OK && t == ML_OK && acb_contains(v, w)
               && is_accurate(v, ML_QUAD_BITS + 200),
           "the automatic choice answers there");
    set_args(args, 0.75, 1, -1e6, 0);
    s = ml_mittleff_point(v, args, ML_QUAD_BITS + 200);
    t = ml_mittleff_point_series(w, args, ML_QUAD_BITS + 200);
    ml_status u = ml_mittleff_point_quadrature(w, args, ML_QUAD_BITS + 200);
    tap_ok(s == ML_OK && t == ML_UNABLE && u == ML_UNABLE
               && is_accurate(v, ML_QUAD_BITS + 200),
           "also where only the asymptotic series serves");
    /* A million reciprocal gammas of 100 000 digits each. */
    set_args(args, 0.61803398874989484, 1.1, -5, 0);
    s = ml_mittleff_point_series(v, args, 332000);
    tap_ok(s == ML_UNABLE && !acb_is_finite(v), "a series of hours is refused");
    s = ml_mittleff_point(v, args, 332000);
    tap_ok(s == ML_UNABLE, "and then there is no answer");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

int
main(void)
{
    tap_plan(9);
    caps();
    refusals();
    flint_cleanup();
    return tap_done();
}
