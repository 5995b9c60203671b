/* mlfunc/test/t-eval.c - balls of given accuracy, by the Ziv loop. */
#include "mlfunc/impl.h"
#include "mlfunc/test/made_up.h"

static void
evaluation(void)
{
    const slong digits[] = {1, 10, 17, 100, 20000};
    const ml_function *const f[] = {&plain, &half_lazy, &half_lazy, &half_lazy,
                                    &plain};
    bool ok = true;
    ml_arg args[2];
    acb_t x;
    arb_t tol, v;
    ml_status s;

    ml_args_init(args, 2);
    acb_init(x);
    arb_init(tol);
    arb_init(v);
    fmpq_set_si(args[0].re, 5, 7);
    fmpq_set_si(args[1].re, 1, 1);
    for (int i = 0; i < 5; i++) {
        s = ml_eval_digits(x, f[i], NULL, args, digits[i], 70000);
        arb_set_ui(tol, 10);
        arb_pow_ui(tol, tol, (ulong)digits[i], 64);
        arb_get_rad_arb(v, acb_realref(x));
        arb_mul(tol, tol, v, 64); /* rad 10^digits <= |value| */
        arb_const_log2(v, 70000);
        arb_mul_ui(v, v, 7, 70000);
        arb_add_ui(v, v, 5, 70000);
        arb_div_ui(v, v, 7, 70000);
        ok = ok && s == ML_OK && arb_lt(tol, v)
             && arb_contains(acb_realref(x), v);
    }
    tap_ok(ok, "ml_eval_digits: 1 to 20000 digits, radius and containment");
    s = ml_eval_digits(x, &plain, NULL, args, 300, 200);
    part(v, args[0].re, args[1].re, 2000);
    tap_ok(s == ML_UNABLE && arb_overlaps(acb_realref(x), v),
           "a cap of 200 bits for 300 digits: unable, and still an enclosure");
    fmpq_zero(args[1].re);
    fmpq_set_si(args[0].re, 3, 8);
    s = ml_eval_bits(x, &with_exact, NULL, args, 53, 200);
    tap_ok(s == ML_OK && acb_is_exact(x), "an exact 3/8 is an exact ball");
    fmpq_zero(args[0].re);
    s = ml_eval_bits(x, &with_exact, NULL, args, 53, 200);
    tap_ok(s == ML_OK && acb_is_zero(x), "an exact 0 is an exact ball");
    ml_args_clear(args, 2);
    acb_clear(x);
    arb_clear(tol);
    arb_clear(v);
}

static int calls;

static ml_status
counted(acb_t res, const ml_arg *args, slong prec)
{
    calls++;
    return made_up(res, args, prec);
}

static ml_status
counted_partial(acb_t res, const ml_arg *args, const slong *order, slong prec)
{
    (void)order;
    return counted(res, args, prec);
}

/* The first precision is enough where a function keeps its promise. */
static void
one_call(void)
{
    const ml_function f = {.name = "counted",
                           .nargs = 2,
                           .domain = any_point,
                           .eval = counted,
                           .exact = made_up_exact,
                           .partial = counted_partial};
    const slong order[] = {1, 0};
    long bad = 0;
    ml_arg args[2];
    acb_t x;

    ml_args_init(args, 2);
    acb_init(x);
    fmpq_set_si(args[0].re, 5, 7);
    fmpq_set_si(args[1].re, 1, 1);
    for (slong bits = 0; bits < 300; bits += 1 + bits / 8) {
        calls = 0;
        ml_status s = ml_eval_bits(x, &f, NULL, args, bits, 0);
        bad += s != ML_OK || calls != 1 || !ml_ball_accurate(x, bits);
        calls = 0;
        s = ml_eval_partial_bits(x, &f, args, order, bits, 0);
        bad += s != ML_OK || calls != 1 || !ml_ball_accurate(x, bits);
    }
    tap_ok(bad == 0, "one call gives the bits, for values and derivatives");
    ml_args_clear(args, 2);
    acb_clear(x);
}

int
main(void)
{
    tap_plan(5);
    evaluation();
    one_call();
    flint_cleanup();
    return tap_done();
}
