/* validation/verdict.h - a value in doubles held against a ball.
 *
 * The reference is the library's own ball of 128 bits or more, of which the
 * functions in doubles share no code; where it does not decide, it is made
 * narrower until it does.
 */
#ifndef ML_VALIDATION_VERDICT_H
#define ML_VALIDATION_VERDICT_H

#include <arb.h>

#include "mlfunc/double/impl.h"
#include "mlfunc/mlball.h"
#include "validation/sampler_double.h"

/* What the exact value asks of the answer. */
typedef enum {
    MLVAL_NORMAL,
    MLVAL_OVER,    /* beyond the largest double */
    MLVAL_UNDER,   /* below the normal range */
    MLVAL_UNKNOWN, /* not even the ball tells the sign of what overflows */
    MLVAL_KINDS
} mlval_kind;

/* What is wrong with an answer, flags. */
enum {
    MLVAL_BAD_ERR = 1,    /* |E - (hi + lo) 2^exponent| > err 2^exponent */
    MLVAL_BAD_BOUND = 2,  /* |E - value| > bound */
    MLVAL_BAD_VALUE = 4,  /* not the nearest double, and said to be */
    MLVAL_BAD_STATUS = 8, /* flags that do not describe the answer */
    MLVAL_BAD_PATH = 16,  /* another answer of another function or processor */
    MLVAL_BAD_ROUND = 32  /* libmlref's correct rounding is wrong */
};

typedef struct {
    mlval_real at;
    ml_value inner;      /* before rounding */
    double value, bound; /* as the public function gave them */
    ml_status status;
    /* The rest is what mlval_judge finds out. */
    double want; /* the nearest double */
    ml_status want_status;
    mlval_kind kind;
    int wrong;       /* flags */
    double ulps;     /* |value - E| in units in the last place */
    double relative; /* log2 of |E - (hi + lo)| / |E| */
    double width;    /* log2 of err / |E| */
    double share;    /* |E - (hi + lo)| / err */
} mlval_verdict;

/* ln |x| / alpha / ln 10, where |x|^(1/alpha) is in decades. */
double mlval_decades(const mlval_real *at);

/*
 * mlval_reference - E and the double nearest to it.
 *
 * e encloses E, relative radius 2^(8 - prec) or less where *status is ML_OK.
 * *status: ML_OK, ML_OVERFLOW, ML_UNDERFLOW, or ML_UNABLE without a value.
 */
void mlval_reference(arb_t e, double *want, ml_status *status, double alpha,
                     double beta, double x, slong prec);

/* Holds what v says against E; plan (NULL: none) gives it more quickly. */
void mlval_judge(mlval_verdict *v, const ml_mittleff_plan *plan);

/* The same with the value before rounding left out of account. */
void mlval_judge_value(mlval_verdict *v, const ml_mittleff_plan *plan);

/* One line: hexfloats, got, want, bound, and the mlref command. */
void mlval_tell(char *text, size_t size, const mlval_verdict *v,
                const char *what);

/* "series", "asymptotics", ... ; methods are 0 to MLVAL_BY - 1. */
enum { MLVAL_BY = ML_BY_EXACT + 1 };
const char *mlval_by(int method);

#endif
