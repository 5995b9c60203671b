/* validation/second.h - a second program for the Mittag-Leffler function.
 *
 * It shares nothing with the room mlfunc: one integral over a Hankel path in
 * the plane of u = log t, by Arb's integrator, and residues.  Slow, and meant
 * to disagree.  The numbered statements are in validation/README.md.
 */
#ifndef ML_VALIDATION_SECOND_H
#define ML_VALIDATION_SECOND_H

#include <stdbool.h>

#include <acb.h>

/* What is integrated: the function or a derivative. */
typedef enum { MLVAL_VALUE, MLVAL_DZ, MLVAL_DALPHA, MLVAL_DBETA } mlval_kind2;

/* Doubles that steer; nothing of them enters a bound. */
typedef struct {
    double alpha, beta;
    double log_z, arg_z; /* log|z| (-inf at 0) and |arg z| in [0, pi] */
    double log_y;        /* log|Im z| for the imaginary part, else HUGE_VAL */
    double log_tol;      /* logarithm of the absolute error wished for */
    long shift;          /* the integer M of V1 */
    mlval_kind2 kind;
} mlval_goal;

/* A path: up from x to x + i phi, right to end + i phi; its mirror image. */
typedef struct {
    double x, phi, end;
    double peak; /* logarithm of the largest integrand on it */
    double cost;
} mlval_path;

/* The cheapest path found; false when none reaches the tolerance. */
bool mlval_plan_path(mlval_path *path, const mlval_goal *goal);

/* The integer M of V1 for a function, doubles that steer. */
long mlval_plan_shift(const mlval_goal *goal);

/* Where a value came from. */
typedef enum {
    MLVAL_BY_INTEGRAL,
    MLVAL_BY_RESIDUES, /* integral and residues */
    MLVAL_BY_ROOTS,    /* integer alpha and beta: residues alone */
    MLVAL_BY_AXIS,     /* imaginary z: two functions of 2 alpha */
    MLVAL_BY_NOTHING,
    MLVAL_WAYS
} mlval_way;

extern const char *const mlval_way_name[MLVAL_WAYS];

/*
 * mlval_second - E_{alpha,beta}(z), or a derivative, by the integral of V1.
 *
 * Domain   alpha > 0, real beta; the real and imaginary part of z exact, or
 *          narrow balls.
 * Result   res encloses the value; log_re, log_im are the logarithms of the
 *          absolute errors wished for, and only steer.
 * Error    the path beyond its end by V2; Arb's integrator gives its own.
 *                                              [validation V1] [validation V2]
 */
mlval_way mlval_second(acb_t res, mlval_kind2 kind, const arb_t alpha,
                       const arb_t beta, const acb_t z, double log_re,
                       double log_im);

/* One part of the integral of V1 over the path as far as its end: that of
 * (1/2 pi i) times it, from its upper half alone. */
void mlval_second_half(arb_t res, mlval_kind2 kind, bool imaginary,
                       const arb_t alpha, const arb_t beta, const acb_t z,
                       long shift, const mlval_path *path, double log_tol,
                       slong prec);

/* The bound V2 of what the path leaves out, real or imaginary part. */
void mlval_second_tail(mag_t tail, mlval_kind2 kind, bool imaginary,
                       const arb_t alpha, const arb_t beta, const acb_t z,
                       long shift, const mlval_path *path, slong prec);

/*
 * mlval_second_series - E_{alpha,beta}(z) by at most `terms` terms of its
 * definition; false when the tail (V3) is not below the error wished for.
 */
bool mlval_second_series(acb_t res, const arb_t alpha, const arb_t beta,
                         const acb_t z, double log_tol, long terms, slong prec);

/*
 * mlval_second_slopes - z dE/dz, alpha dE/dalpha, beta dE/dbeta by at most
 * `terms` terms of the definition, for large alpha.
 *
 * Domain   alpha >= 2, beta >= 2.
 * Result   false when what is left out is not below the error wished for.
 * Error    it is in the balls.                              [validation V5]
 */
bool mlval_second_slopes(acb_t d[3], const arb_t alpha, const arb_t beta,
                         const acb_t z, double log_tol, long terms, slong prec);

/* log|x| as a double that steers; -inf for 0. */
double mlval_log(const arb_t x);

#endif
