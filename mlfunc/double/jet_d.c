/* mlfunc/double/jet_d.c - values with their first derivatives, in doubles.
 *
 * Here are the domains and the arguments that are no finite numbers; the rest is
 * computed by the kernels of the processor.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

/* Points at a time when bounds are not wanted. */
enum { CHUNK = 64 };

/* The largest c of kww, and 1/c: D58. */
#define C_MOST 0x1p500

/* NaN, and no bound, for `n` results of `each` doubles. */
static ml_status
nothing(double *value, double *bound, size_t n, size_t each, ml_status status)
{
    for (size_t i = 0; i < n * each; i++)
        value[i] = (double)NAN;
    for (size_t i = 0; bound && i < n * 4; i++)
        bound[i] = (double)INFINITY;
    return status;
}

/* What the bounds of one point say; a value without one becomes NaN or, where
 * it is beyond the doubles, infinite. */
static ml_status
judge(double *value, const double *bound, size_t each)
{
    ml_status s = ML_OK;

    for (size_t k = 0; k < 4; k++) {
        double *v = value + k * each / 4;

        if (bound[k] < INFINITY) {
            if (fabs(*v) < 0x1p-1022 && bound[k] > 0)
                s |= ML_UNDERFLOW;
        } else if (isinf(*v)) {
            s |= ML_OVERFLOW;
        } else {
            *v = (double)NAN;
            s |= ML_UNABLE;
        }
        if (each == 8 && !(fabs(v[0]) < INFINITY))
            v[1] = 0;
    }
    return s;
}

/* Parts so small that products underflowed on their way are not the same with
 * and without an FMA, 0 with one of them: 0, within the bound. */
static void
tidy(double *value, double *bound, double *condition, size_t each)
{
    for (size_t k = 0; k < 4; k++) {
        double *v = value + k * each / 4, size = fabs(v[0]);

        if (size < 0x1p-1000 && bound[k] < INFINITY) {
            if (v[0] != 0 || bound[k] != 0)
                bound[k] = (bound[k] + 0x1p-1000) * (1 + 0x1p-50);
            v[0] = 0;
            if (each == 8)
                v[1] = 0;
            if (condition)
                condition[k] = (double)INFINITY;
        } else if (each == 8 && fabs(v[1]) < 0x1p-960
                   && (v[1] != 0 || size < 0x1p-800)) {
            v[1] = 0;
            bound[k] = (bound[k] + 0x1p-960) * (1 + 0x1p-50);
        }
    }
}

ml_status
ml_jet_settle(const ml_jet_ask *a, size_t i)
{
    size_t each = a->pairs ? 8 : 4;
    double *value = a->value + each * i, *bound = a->bound + 4 * i;
    double *condition = a->condition ? a->condition + 4 * i : NULL;

    if (fabs(a->x[i]) < ML_JET_FAR) {
        tidy(value, bound, condition, each);
        return judge(value, bound, each);
    }
    for (size_t k = 0; condition && k < 4; k++)
        condition[k] = (double)NAN;
    return nothing(value, bound, 1, each,
                   isnan(a->x[i]) ? ML_DOMAIN : ML_UNABLE);
}

/* One call of the kernel with room for the bounds. */
static ml_status
jet_chunk(const ml_jet_ask *ask, double *bound)
{
    ml_status s = ML_OK;
    ml_jet_ask a = *ask;

    a.bound = bound;
    a.status = &s;
    ml_kernels_now()->jet(&a);
    return s;
}

static ml_status
jet(const ml_jet_ask *ask)
{
    size_t each = ask->pairs ? 8 : 4;
    double room[4 * CHUNK];
    ml_status s = ML_OK;

    bool domain = ask->alpha > 0 && !isnan(ask->beta);

    if (!domain || isinf(ask->alpha) || fabs(ask->beta) >= ML_JET_FAR) {
        for (size_t i = 0; ask->condition && i < 4 * ask->n; i++)
            ask->condition[i] = (double)NAN;
        return nothing(ask->value, ask->bound, ask->n, each,
                       domain ? ML_UNABLE : ML_DOMAIN);
    }
    if (ask->bound)
        return jet_chunk(ask, ask->bound);
    for (size_t i = 0; i < ask->n; i += CHUNK) {
        ml_jet_ask a = *ask;

        a.n = ask->n - i < CHUNK ? ask->n - i : CHUNK;
        a.x += i;
        a.value += each * i;
        if (a.condition)
            a.condition += 4 * i;
        s |= jet_chunk(&a, room);
    }
    return s;
}

ml_status
ml_mittleff_jet_d(double *value, double *bound, double alpha, double beta,
                  size_t n, const double *x)
{
    ml_jet_ask a = {.alpha = alpha,
                    .beta = beta,
                    .n = n,
                    .x = x,
                    .value = value,
                    .bound = bound};

    return jet(&a);
}

ml_status
ml_mittleff_jet_dd(double *value, double *bound, double *condition,
                   double alpha, double beta, size_t n, const double *x)
{
    ml_jet_ask a = {.alpha = alpha,
                    .beta = beta,
                    .n = n,
                    .x = x,
                    .pairs = true,
                    .value = value,
                    .bound = bound,
                    .condition = condition};

    return jet(&a);
}

/* ---------------------------------------------------------- functions of t/tau */

static ml_status
relaxation_chunk(const ml_relaxation_ask *ask, double *bound,
                 void (*kernel)(const ml_relaxation_ask *))
{
    ml_status s = ML_OK;
    ml_relaxation_ask a = *ask;

    a.bound = bound;
    kernel(&a);
    for (size_t i = 0; i < a.n; i++) {
        if (!(a.t[i] >= 0))
            s |= nothing(a.value + 4 * i, bound + 4 * i, 1, 4, ML_DOMAIN);
        else if (isinf(a.t[i]))
            s |= nothing(a.value + 4 * i, bound + 4 * i, 1, 4, ML_UNABLE);
        else
            s |= judge(a.value + 4 * i, bound + 4 * i, 4);
    }
    return s;
}

static ml_status
relaxation(const ml_relaxation_ask *ask,
           void (*kernel)(const ml_relaxation_ask *))
{
    double room[4 * CHUNK];
    ml_status s = ML_OK;

    if (!(ask->shape > 0) || !(ask->tau > 0) || !(ask->c > 0))
        return nothing(ask->value, ask->bound, ask->n, 4, ML_DOMAIN);
    if (isinf(ask->shape) || isinf(ask->tau) || !(ask->c <= C_MOST)
        || !(ask->c >= 1 / C_MOST))
        return nothing(ask->value, ask->bound, ask->n, 4, ML_UNABLE);
    if (ask->bound)
        return relaxation_chunk(ask, ask->bound, kernel);
    for (size_t i = 0; i < ask->n; i += CHUNK) {
        ml_relaxation_ask a = *ask;

        a.n = ask->n - i < CHUNK ? ask->n - i : CHUNK;
        a.t += i;
        a.value += 4 * i;
        s |= relaxation_chunk(&a, room, kernel);
    }
    return s;
}

/* The rows: which kernel, and whether its square is wanted. */
enum { RELAXATION, SIEGERT, KWW };

static ml_status
row(int which, double *value, double *bound, double shape, double tau, double c,
    size_t n, const double *t)
{
    const ml_kernels *k = ml_kernels_now();
    const ml_relaxation_ask a = {.shape = shape,
                                 .tau = tau,
                                 .c = c,
                                 .square = which == SIEGERT,
                                 .n = n,
                                 .t = t,
                                 .value = value,
                                 .bound = bound};

    return relaxation(&a, which == KWW ? k->kww_jet : k->relaxation_jet);
}

ml_status
ml_relaxation_jet_d(double *value, double *bound, double alpha, double tau,
                    size_t n, const double *t)
{
    return row(RELAXATION, value, bound, alpha, tau, 1, n, t);
}

ml_status
ml_siegert_jet_d(double *value, double *bound, double alpha, double tau,
                 size_t n, const double *t)
{
    return row(SIEGERT, value, bound, alpha, tau, 1, n, t);
}

ml_status
ml_kww_jet_d(double *value, double *bound, double beta, double tau, double c,
             size_t n, const double *t)
{
    return row(KWW, value, bound, beta, tau, c, n, t);
}
