/* mlfunc/ball/round_double.c - correct rounding in two phases: doubles, balls.
 *
 * The first phase decides nearly always, for its bound is proved and its status
 * says when that suffices.  [mlfunc D2]
 */
#include <float.h>
#include <math.h>

#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

/* Whether the status leaves nothing to the balls. */
static bool
decides(ml_status s)
{
    return !(s & (ML_UNABLE | ML_UNDECIDED));
}

/* *x = q where q is a double. */
static bool
get_double(double *x, const fmpq_t q)
{
    const fmpz *num = fmpq_numref(q), *den = fmpq_denref(q);
    slong down = (slong)fmpz_bits(den) - 1, low = (slong)fmpz_val2(num);
    slong bits = (slong)fmpz_bits(num);

    if ((slong)fmpz_val2(den) != down || bits - low > DBL_MANT_DIG
        || bits - down > DBL_MAX_EXP || low - down < DBL_MIN_EXP - DBL_MANT_DIG)
        return false;
    /* num is odd unless down = 0: both steps are exact */
    *x = ldexp(fmpz_get_d(num), (int)-down);
    return true;
}

bool
ml_round_by_doubles(double *re, ml_status *s, const ml_arg *args)
{
    double x[3];

    for (int i = 0; i < 3; i++) {
        if (!fmpq_is_zero(args[i].im) || !get_double(&x[i], args[i].re))
            return false;
    }
    *s = ml_mittleff_bound_d(re, NULL, x[0], x[1], x[2]);
    return decides(*s);
}

static ml_status
round_by_balls(double *value, double alpha, double beta, double x)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    ml_arg args[3];
    ml_status s;

    ml_args_init(args, 3);
    /* for alpha -> infinity only 1/Gamma(beta) is left */
    ml_arg_set_d(&args[0], isinf(alpha) ? 1 : alpha);
    ml_arg_set_d(&args[1], beta);
    ml_arg_set_d(&args[2], isinf(alpha) ? 0 : x);
    s = ml_round_ball_d(value, NULL, f, args, NULL, MPFR_RNDN, ML_PREC_CAP);
    ml_args_clear(args, 3);
    return s;
}

ml_status
ml_mittleff_round_d(double *value, double alpha, double beta, double x)
{
    ml_status s = ml_mittleff_bound_d(value, NULL, alpha, beta, x);

    return decides(s) ? s : round_by_balls(value, alpha, beta, x);
}
