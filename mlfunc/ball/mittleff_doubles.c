/* mlfunc/ball/mittleff_doubles.c - elementary functions with + - * / sqrt.
 *
 * IEEE binary64, no libm but the exact frexp, floor and sqrt.  [mlfunc C5]
 */
#include <math.h>

#include "mlfunc/impl.h"

#define LN2   0x1.62e42fefa39efp-1
#define SQRT2 1.4142135623730951

/* 1/k, correctly rounded; no division in the loops below. */
static const double inverse[] = {
    0,        1.0,      1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,
    1.0 / 6,  1.0 / 7,  1.0 / 8,  1.0 / 9,  1.0 / 10, 1.0 / 11,
    1.0 / 12, 1.0 / 13, 1.0 / 14, 1.0 / 15, 1.0 / 16, 1.0 / 17,
    1.0 / 18, 1.0 / 19, 1.0 / 20, 1.0 / 21, 1.0 / 22, 1.0 / 23,
    1.0 / 24, 1.0 / 25, 1.0 / 26, 1.0 / 27, 1.0 / 28, 1.0 / 29,
};

/* ln v = e ln 2 + 2 artanh s, |s| <= 0.1716. */
double
ml_double_log(double v)
{
    int e;
    double m = frexp(v, &e);

    if (m < SQRT2 / 2) {
        m *= 2;
        e--;
    }
    double s = (m - 1) / (m + 1), w = s * s, sum = 0;
    for (int k = 25; k >= 1; k -= 2)
        sum = sum * w + inverse[k];
    return e * LN2 + 2 * s * sum;
}

/* Three times atan v = 2 atan(v / (1 + sqrt(1 + v^2))). */
double
ml_double_atan(double v)
{
    for (int i = 0; i < 3; i++)
        v = v / (1 + sqrt(1 + v * v));
    double w = v * v, sum = 0;
    for (int k = 29; k >= 1; k -= 2)
        sum = inverse[k] - sum * w;
    return 8 * v * sum;
}

/* ln 2 and pi/2 in parts whose products with the integers met are exact. */
#define LN2_A  0x1.62e42ffp-1
#define LN2_B  (-0x1.718432a1b0e26p-35)
#define HALF_A 0x1.921fb54440000p+0
#define HALF_B 0x1.68c234c4c0000p-39
#define HALF_C 0x1.98a2e03707345p-77

void
ml_double_exp(double *m, slong *e, double y)
{
    double n = floor(y / LN2 + 0.5), r = (y - n * LN2_A) - n * LN2_B;
    double sum = 1;

    for (int k = 14; k >= 1; k--)
        sum = 1 + sum * (r * inverse[k]);
    *m = sum;
    *e = (slong)n;
}

void
ml_double_cis(double *c, double *s, double y)
{
    double n = floor(y / HALF_A + 0.5);
    double r = ((y - n * HALF_A) - n * HALF_B) - n * HALF_C;
    double w = r * r, re = 1, im = 1;

    for (int k = 18; k >= 2; k -= 2) {
        re = 1 - re * (w * inverse[k] * inverse[k - 1]);
        im = 1 - im * (w * inverse[k] * inverse[k + 1]);
    }
    im *= r;
    switch ((slong)n & 3) {
    case 0:
        *c = re;
        *s = im;
        break;
    case 1:
        *c = -im;
        *s = re;
        break;
    case 2:
        *c = -re;
        *s = -im;
        break;
    default:
        *c = im;
        *s = -re;
    }
}
