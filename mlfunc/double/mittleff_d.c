/* mlfunc/double/mittleff_d.c - one value of E_{alpha,beta}(x) as a double.
 *
 * Here are the arguments that are no finite numbers; the rest is computed by
 * the kernel of the processor.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/dd.h"

void
ml_mittleff_value(ml_value *v, double alpha, double beta, double x)
{
    ml_kernels_now()->mittleff(v, alpha, beta, x);
}

/* The sign of 1/Gamma(y). */
static int
sign_rgamma(dd y)
{
    double h = floor(y.h);

    /* the floor of the sum, for a fraction below a whole y.h */
    if (h == y.h && y.l < 0)
        h -= 1;
    if (h >= 0)
        return h == 0 && y.h == 0 && y.l == 0 ? 0 : 1;
    if (h == y.h && y.l == 0)
        return 0;
    return fmod(h, 2) == 0 ? 1 : -1;
}

/*
 * The sign of E_{alpha,beta}(x) for x -> -infinity, 0 < alpha < 2: that of
 * -x^-1/Gamma(beta - alpha) - x^-2/Gamma(beta - 2 alpha).  Both vanish only
 * for alpha = 1 and a whole beta <= 1, where E = x^(1 - beta) e^x.
 */
static int
sign_far_left(double alpha, double beta)
{
    dd y = dd_two_sum(beta, -alpha), y2 = dd_two_sum(beta, -2 * alpha);
    int first = sign_rgamma(y), second = sign_rgamma(y2);

    if (first == 0 && second == 0)
        return fmod(beta, 2) == 0 ? -1 : 1;
    return first ? first : -second;
}

/* The limit at an infinite argument; NaN: there is none. */
static double
limit(double alpha, double beta, double x)
{
    bool far = isinf(x);

    if (beta == -(double)INFINITY || (far && (isinf(alpha) || isinf(beta))))
        return (double)NAN;
    if (!far)
        return 0; /* beta is infinite */
    if (x > 0)
        return (double)INFINITY;
    if (alpha < 2)
        return copysign(0, sign_far_left(alpha, beta));
    /* alpha = 2: |x|^((1 - beta)/2) cos(...) and terms that vanish */
    return alpha == 2 && beta > 1 ? 0 : (double)NAN;
}

ml_status
ml_mittleff_bound_d(double *value, double *bound, double alpha, double beta,
                    double x)
{
    ml_value v;

    if (isnan(beta) || isnan(x) || !(alpha > 0)) {
        *value = (double)NAN;
    } else if (isinf(x) || isinf(beta)) {
        *value = limit(alpha, beta, x);
    } else {
        /* for alpha -> infinity only 1/Gamma(beta) is left */
        if (isinf(alpha))
            ml_mittleff_value(&v, 1, beta, 0);
        else
            ml_mittleff_value(&v, alpha, beta, x);
        return ml_value_round(value, bound, &v);
    }
    if (bound)
        *bound = isnan(*value) ? (double)INFINITY : 0;
    return isnan(*value) ? ML_DOMAIN : ML_OK;
}

double
ml_mittleff_d(double alpha, double beta, double x)
{
    double value;
    ml_status status = ml_mittleff_bound_d(&value, NULL, alpha, beta, x);

    (void)status; /* the value says it: NaN, infinite, 0 */
    return value;
}

const char *
ml_mittleff_method_d(double alpha, double beta, double x)
{
    static const char *const names[] = {
        [0] = "none",
        [ML_BY_SERIES] = "series",
        [ML_BY_ASYMPTOTICS] = "asymptotic",
        [ML_BY_CONTOUR] = "contour",
        [ML_BY_CONTOUR_NEAR_ONE] = "contour near 1",
        [ML_BY_POLES] = "poles",
        [ML_BY_EXACT] = "exact",
    };
    ml_value v = {0};

    if (!(alpha > 0) || !isfinite(alpha) || !isfinite(beta) || !isfinite(x))
        return names[0];
    ml_mittleff_value(&v, alpha, beta, x);
    return isfinite(v.err) ? names[v.method] : names[0];
}
