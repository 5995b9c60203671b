/* mlfunc/double/mittleff_z.c - E_{alpha,beta}(z) for complex z.
 *
 * Real z is the real function.  For the others the kernel takes Im z > 0, and
 * Im E changes its sign with Im z, so that conjugate arguments have conjugate
 * values to the last bit.  What is no finite number is decided here.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>

#include "mlfunc/double/impl.h"

#include "mlfunc/double/complex.h"
#include "mlfunc/double/scaled.h"

static ml_status
no_value(double value[2], double bound[2])
{
    value[0] = value[1] = (double)NAN;
    bound[0] = bound[1] = (double)INFINITY;
    return ML_DOMAIN;
}

/*
 * The limit for |z| -> infinity in the direction of z, where it is 0: an
 * algebraic decay for |arg z| > pi alpha/2.  All other directions have none, or
 * an infinity without a direction.  Where both parts are infinite the direction
 * is not known.
 */
static ml_status
far_away(double value[2], double bound[2], double alpha, double beta,
         const double z[2])
{
    bool left = isinf(z[0]) && z[0] < 0 && !isinf(z[1]);
    bool across = isinf(z[1]) && !isinf(z[0]);

    if (isinf(beta) || !((left && alpha < 2) || (across && alpha < 1)))
        return no_value(value, bound);
    value[0] = ml_mittleff_d(alpha, beta, -(double)INFINITY);
    value[1] = copysign(0, z[1]);
    bound[0] = bound[1] = 0;
    return ML_OK;
}

/* A real value. */
static ml_status
on_the_axis(double value[2], double bound[2], double alpha, double beta,
            const double z[2])
{
    double im = copysign(0, z[1]);
    ml_status status = ml_mittleff_bound_d(value, bound, alpha, beta, z[0]);

    value[1] = isnan(value[0]) ? (double)NAN : im;
    bound[1] = isnan(value[0]) ? (double)INFINITY : 0;
    return status;
}

/* Where a few terms of the power series give both parts, however small. */
#define FEW_TERMS 0x1p-9

/* Is nothing known of a part, or for small z a part not to its last bit, or the
 * whole only to 2^-16 of the larger part?  An exponent of 2^28 or more in size
 * leaves nothing to decide. */
static bool
is_poor(const ml_value v[2], const double z[2])
{
    double most = fmax(v[0].err, v[1].err);
    int e = v[0].exponent;

    if (!(most < (double)INFINITY))
        return true;
    if (fmax(fabs(z[0]), z[1]) <= FEW_TERMS
        && !(v[0].err <= 0x1p-52 * fabs(v[0].hi)
             && v[1].err <= 0x1p-52 * fabs(v[1].hi)))
        return true;
    return e == v[1].exponent && e < 1 << 28 && e > -(1 << 28)
           && !(most <= 0x1p-16 * fmax(fabs(v[0].hi), fabs(v[1].hi)));
}

/* The better of two for each part: both bounds are proved. */
static __attribute__((noinline, cold)) void
by_numbers_with_exponents(ml_value v[2], double alpha, double beta,
                          const double z[2])
{
    ml_value w[2];

    ml_mittleff_scaled_complex(w, alpha, beta, z);
    for (int i = 0; i < 2; i++) {
        long long up = (long long)v[i].exponent - w[i].exponent;

        if (!(double_ldexp(v[i].err, up) <= w[i].err))
            v[i] = w[i];
    }
}

/*
 * Far from 0, where the first exponential grows: |t_0| > 2^30, of which the
 * kernel knows nothing.  Above 2^101/theta_0 nothing does.  What this decides is
 * how long it takes, and what is not worth trying.
 */
typedef enum { NEAR, FAR, LOST } reach;

static reach
reach_of(double alpha, double beta, const double z[2])
{
    int k = complex_exponent(z[0], z[1]);
    double theta;

    if (!(k > 30 * alpha && fabs(beta) < 0x1p10))
        return NEAR;
    theta = dd_arg(double_ldexp(z[0], -k), double_ldexp(z[1], -k)).h / alpha;
    if (!(theta < 1.57))
        return NEAR;
    return k > (101 - complex_exponent(theta, 0)) * alpha ? LOST : FAR;
}

static ml_status
off_the_axis(double value[2], double bound[2], double alpha, double beta,
             const double z[2])
{
    const double up[2] = {z[0], fabs(z[1])};
    ml_status status = ML_OK;
    ml_value v[2];
    double sign = copysign(1, z[1]);

    v[0] = v[1] = (ml_value){.err = (double)INFINITY};
    reach at = reach_of(alpha, beta, up);
    if (at == NEAR)
        ml_kernels_now()->mittleff_complex(v, alpha, beta, up);
    if (at != LOST && is_poor(v, up))
        by_numbers_with_exponents(v, alpha, beta, up);
    for (int i = 0; i < 2; i++)
        status |= ml_value_round(&value[i], &bound[i], &v[i]);
    value[1] *= sign;
    return status;
}

ml_status
ml_mittleff_z(double value[2], double bound[2], double alpha, double beta,
              const double z[2])
{
    const double at[2] = {z[0], z[1]};
    double unwanted[2];

    if (!bound)
        bound = unwanted;
    if (isnan(at[0]) || isnan(at[1]) || isnan(beta) || !(alpha > 0))
        return no_value(value, bound);
    if (at[1] == 0)
        return on_the_axis(value, bound, alpha, beta, at);
    if (isinf(at[0]) || isinf(at[1]))
        return isinf(alpha) ? no_value(value, bound)
                            : far_away(value, bound, alpha, beta, at);
    if (isinf(alpha) || isinf(beta)) {
        /* only 1/Gamma(beta) is left, or nothing */
        const double zero[2] = {0, at[1] < 0 ? -0.0 : 0.0};

        return on_the_axis(value, bound, alpha, beta, zero);
    }
    return off_the_axis(value, bound, alpha, beta, at);
}
