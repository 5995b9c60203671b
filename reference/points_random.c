/* reference/points_random.c - points drawn by seed, the same everywhere.
 *
 * Magnitudes are (1 + u) 2^e with u in [0, 1) and e an integer, both from
 * integers: no library function has a say in the bits.
 */
#include <math.h>

#include "reference/impl.h"

static uint64_t
draw(mltab_random *r)
{
    uint64_t x = r->state += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static double
unit(mltab_random *r)
{
    return (double)(draw(r) >> 11) * 0x1p-53;
}

static int
integer(mltab_random *r, int lo, int hi)
{
    return lo + (int)(draw(r) % (uint64_t)(hi - lo + 1));
}

/* 2^lo <= x < 2^(hi+1) */
static double
magnitude(mltab_random *r, int lo, int hi)
{
    int e = integer(r, lo, hi);
    return ldexp(1 + unit(r), e);
}

static double
signed_magnitude(mltab_random *r, int lo, int hi)
{
    double x = magnitude(r, lo, hi);
    return integer(r, 0, 1) == 0 ? x : -x;
}

/* alpha in [1/32, 4); beta one of 1, alpha, or in [-3, 5); |z| in
 * [2^-26, 2^27), but where z is not on the negative axis small enough that
 * |z|^(1/alpha) stays below 2^11. */
void
mltab_random_mittleff(mltab_random *r, double *fields, bool complex)
{
    double alpha = magnitude(r, -5, 1);
    int kind = integer(r, 0, 3);
    double beta = kind == 0 ? 1 : kind == 1 ? alpha : -3 + 8 * unit(r);
    int top = (int)floor(10 * alpha);
    top = top > 26 ? 26 : top;
    fields[0] = alpha;
    fields[1] = beta;
    kind = integer(r, 0, complex ? 3 : 1);
    if (kind == 0) {
        fields[2] = -magnitude(r, -26, 26);
    } else {
        fields[2] = signed_magnitude(r, -26, top - 1);
    }
    if (complex) {
        double im = signed_magnitude(r, -26, top - 1);
        fields[3] = kind >= 2 ? im : 0;
    }
}

void
mltab_random_kww(mltab_random *r, double *fields, bool complex)
{
    (void)complex;
    fields[0] = magnitude(r, -4, 0); /* beta */
    fields[1] = magnitude(r, -10, 10);
    fields[2] = integer(r, 1, 2);
    fields[3] = fields[1] * magnitude(r, -20, 6);
}

void
mltab_random_relaxation(mltab_random *r, double *fields, bool complex)
{
    (void)complex;
    fields[0] = magnitude(r, -5, -1); /* alpha < 1 */
    fields[1] = magnitude(r, -10, 10);
    fields[2] = fields[1] * magnitude(r, -20, 20);
}
