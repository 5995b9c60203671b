/* example/ball.c - a proved ball and a correctly rounded double, with libmlref.
 *
 *     cc ball.c $(pkg-config --cflags --libs libmlref) -o ball && ./ball
 */
#include <stdio.h>

#include <mlfunc/mlball.h>

int
main(void)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    ml_arg args[3];
    acb_t ball;
    double x;

    ml_args_init(args, 3);
    acb_init(ball);

    /* alpha = 3/10, exactly; beta = 1; z = -5. */
    fmpq_set_si(args[0].re, 3, 10);
    fmpq_set_si(args[1].re, 1, 1);
    fmpq_set_si(args[2].re, -5, 1);
    if (ml_eval_digits(ball, f, NULL, args, 50, 0) != ML_OK)
        return 1;
    printf("ball ");
    arb_printn(acb_realref(ball), 50, ARB_STR_NO_RADIUS);
    printf("\n");

    if (ml_round_d(&x, NULL, f, args, MPFR_RNDN, ML_PREC_CAP) != ML_OK)
        return 1;
    printf("double %.17g\n", x);

    acb_clear(ball);
    ml_args_clear(args, 3);
    flint_cleanup();
    return 0;
}
