/* mlfunc/test/complex_points.h - random complex points for tests in doubles.
 *
 * alpha 1e-3 to 5, a good part of it 1 +- 2^-k and quarters; beta the usual
 * values, integers and their neighbourhoods, random; a quarter of the |z|
 * log-uniform in 1e-300 to 1e300, the rest with |z|^(1/alpha) log-uniform in 0.1
 * to 200; z in any direction, on the axes, on Stokes rays (a t_h on the negative
 * axis) and anti-Stokes rays (on the imaginary axis), and 2^-k beside them.
 */
#ifndef MLFUNC_TEST_COMPLEX_POINTS_H
#define MLFUNC_TEST_COMPLEX_POINTS_H

#include <math.h>

#include "validation/tap/tap.h"

enum {
    PLACE_ANY,
    PLACE_REAL,
    PLACE_IMAGINARY,
    PLACE_STOKES,
    PLACE_ANTI,
    PLACE_NEAR_REAL,
    PLACE_NEAR_IMAGINARY,
    PLACE_NEAR_STOKES,
    PLACE_NEAR_ANTI,
    PLACE_EXACT_RAY, /* multiples of pi/4, which doubles represent */
    PLACES
};

static const char *const place_name[PLACES] = {
    "any direction",       "real axis",   "imaginary axis",
    "Stokes ray",          "anti-Stokes", "near the real axis",
    "near the imag. axis", "near Stokes", "near anti-Stokes",
    "rays of pi/4",
};

typedef struct {
    double alpha, beta, z[2];
    int place;
    bool extreme; /* |z| in 1e-300 .. 1e300 */
} complex_point;

static inline double
complex_point_beside(tap_random *r, double x)
{
    double e = ldexp(1.0, -(int)tap_random_int(r, 1, 52));

    return tap_random_int(r, 0, 1) ? x + e : x - e;
}

static inline double
complex_point_alpha(tap_random *r)
{
    switch (tap_random_int(r, 0, 7)) {
    case 0:
    case 1:
        return complex_point_beside(r, 1);
    case 2:
        return tap_random_log(r, 1e-3, 5);
    case 3:
        return (double)tap_random_int(r, 1, 20) / 4;
    case 4:
        return tap_random_range(r, 2, 5);
    default:
        return tap_random_range(r, 1e-3, 2);
    }
}

static inline double
complex_point_beta(tap_random *r, double alpha)
{
    switch (tap_random_int(r, 0, 9)) {
    case 0:
    case 1:
        return 1;
    case 2:
        return alpha;
    case 3:
        return alpha + 1;
    case 4:
        return 0.5;
    case 5:
        return tap_random_int(r, 0, 1) ? 2 : -0.5;
    case 6:
        return (double)tap_random_int(r, -2, 3);
    case 7:
        return complex_point_beside(r, (double)tap_random_int(r, -2, 3));
    default:
        return tap_random_range(r, -5, 6);
    }
}

/* arg z in units of pi, for a ray of multiples of alpha/2. */
static inline double
complex_point_ray(tap_random *r, double alpha, double multiple)
{
    double a = remainder(multiple * alpha, 2);

    return tap_random_int(r, 0, 1) ? a : -a;
}

static inline complex_point
complex_point_draw(tap_random *r)
{
    const double pi = 3.14159265358979323846;
    complex_point p = {.place = (int)tap_random_int(r, 0, PLACES + 1)};
    double m, turn;

    p.alpha = complex_point_alpha(r);
    if (p.place >= PLACES)
        p.place = PLACE_ANY;
    if (p.place == PLACE_EXACT_RAY)
        p.alpha = (double)tap_random_int(r, 1, 20) / 4;
    p.beta = complex_point_beta(r, p.alpha);
    p.extreme = tap_random_int(r, 0, 3) == 0;
    m = p.extreme ? pow(10, tap_random_range(r, -300, 300))
                  : pow(tap_random_log(r, 0.1, 200), p.alpha);
    switch (p.place) {
    case PLACE_STOKES:
    case PLACE_NEAR_STOKES:
        turn = complex_point_ray(r, p.alpha, 1);
        break;
    case PLACE_ANTI:
    case PLACE_NEAR_ANTI:
        turn = complex_point_ray(r, p.alpha, 0.5);
        break;
    case PLACE_REAL:
    case PLACE_NEAR_REAL:
        turn = (double)tap_random_int(r, 0, 1);
        break;
    case PLACE_IMAGINARY:
    case PLACE_NEAR_IMAGINARY:
        turn = tap_random_int(r, 0, 1) ? 0.5 : -0.5;
        break;
    case PLACE_EXACT_RAY:
        turn = (double)tap_random_int(r, -3, 3) / 4;
        break;
    default:
        turn = tap_random_range(r, -1, 1);
    }
    if (p.place >= PLACE_NEAR_REAL && p.place <= PLACE_NEAR_ANTI)
        turn = complex_point_beside(r, turn);
    p.z[0] = m * cos(pi * turn);
    p.z[1] = m * sin(pi * turn);
    if (p.place == PLACE_REAL)
        p.z[1] = tap_random_int(r, 0, 1) ? 0.0 : -0.0;
    if (p.place == PLACE_IMAGINARY)
        p.z[0] = tap_random_int(r, 0, 1) ? 0.0 : -0.0;
    if (p.place == PLACE_EXACT_RAY) {
        double s = m * sqrt(0.5);

        if (turn == 0.5 || turn == -0.5 || turn == 0) {
            p.z[0] = turn == 0 ? m : 0;
            p.z[1] = turn == 0 ? 0 : copysign(m, turn);
        } else {
            p.z[0] = fabs(turn) < 0.5 ? s : -s;
            p.z[1] = copysign(s, turn);
        }
    }
    if (p.place == PLACE_NEAR_REAL && fabs(turn) < 1) /* sin(pi) is not 0 */
        p.z[1] = copysign(m * sin(pi * fmin(fabs(turn), 1 - fabs(turn))), turn);
    return p;
}

#endif
