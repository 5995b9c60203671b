/* reference/points_mittleff_hard.c - zeros, ends of the doubles, drawn points.
 */
#include "reference/impl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Doubles beside zeros: real ones and their neighbours, complex ones. */
static void
zeros(mltab_builder *b)
{
    static const double list[][4] = {
#include "reference/more_zeros.inc"
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        double z[4] = {list[i][0], list[i][1], list[i][2], list[i][3]};
        mltab_add(b, "zeros", z);
        z[3] = -z[3];
        mltab_add(b, "zeros", z);
        if (z[3] == 0) {
            z[2] = mltab_step(list[i][2], 1);
            mltab_add(b, "zeros", z);
            z[2] = mltab_step(list[i][2], -1);
            mltab_add(b, "zeros", z);
        }
    }
}

/* Neighbours between which |E| passes the largest double, the smallest normal
 * one, the smallest one. */
static void
ends(mltab_builder *b)
{
    static const double list[][3] = {
#include "reference/ends.inc"
    };
    for (size_t i = 0; i < COUNT(list); i++) {
        double z[4] = {list[i][0], list[i][1], list[i][2], 0};
        mltab_add(b, "range", z);
        z[2] = mltab_step(list[i][2], 1);
        mltab_add(b, "range", z);
    }
}

static void
drawn(mltab_builder *b)
{
    mltab_random r = {1903};
    for (int i = 0; i < 2400; i++) {
        double z[4];
        mltab_random_mittleff(&r, z, i % 2 == 1);
        if (i % 2 == 0) {
            z[3] = 0;
        }
        mltab_add(b, "random", z);
    }
}

void
mltab_mittleff_hard(mltab_builder *b)
{
    zeros(b);
    ends(b);
    drawn(b);
}
