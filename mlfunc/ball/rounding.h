/* mlfunc/ball/rounding.h - the loop that ends when a ball is accurate. */
#ifndef MLFUNC_ROUNDING_H
#define MLFUNC_ROUNDING_H

#include <stdbool.h>

#include "mlfunc/mlball.h"

/* ============================================================ rounding (eval.c)
 *
 * The one Ziv loop: the precision rises from first until done accepts the
 * ball (ML_OK), or until the evaluator refuses for good or cap is reached
 * (ML_UNABLE).  ML_OVERFLOW and ML_UNDERFLOW of the evaluator are passed on,
 * alone, whether the ball was accepted or not.
 */
typedef bool (*ml_ziv_done)(void *context, const acb_t ball);
ml_status ml_ziv(acb_t res, ml_ball_fn eval, const ml_arg *args, slong first,
                 slong cap, ml_ziv_done done, void *context) ML_MUST_CHECK;

/* The same loop for a partial derivative of a row that has a member partial. */
ml_status ml_ziv_partial(acb_t res, const ml_function *f, const ml_arg *args,
                         const slong *order, slong first, slong cap,
                         ml_ziv_done done, void *context) ML_MUST_CHECK;

/* The first phase of rounding to nearest: real arguments that are doubles, by
 * ml_mittleff_bound_d.  True where that decides; *s is the status. */
bool ml_round_by_doubles(double *re, ml_status *s, const ml_arg *args);

/* Whether order has a differentiation at all. */
bool ml_order_any(const ml_function *f, const slong *order);

/* rad <= 2^-bits |value| for every value of the ball, normwise. */
bool ml_ball_accurate(const acb_t ball, slong bits);

/* [2^lo, 2^hi] around 2^[exponent] as a ball with sign known; false, and the
 * whole line, where the exponent is not known to a few units or is beyond
 * 2^65536. */
bool ml_ball_from_log2(arb_t res, const arb_t exponent);

/* How precise an exponent must be computed: 64 bits after the point, 65536 in
 * all; magnitude bounds log2|exponent|.  0: give up. */
slong ml_exponent_prec(slong magnitude);

#endif
