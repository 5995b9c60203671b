/* mlfunc/double/elementary_ops.h - the arithmetic of exp, cos and sin, for one
 * type of number.
 *
 * Included by elementary.h for one number and for two side by side, with DD_REAL,
 * DD_PAIR, DD_COMPLEX and DD_NAME set as for dd_ops.h; no include guard.
 *
 * SPDX-License-Identifier: MIT
 */
#define DD_SET(x) ((x) - (DD_REAL){0})

/* x - k step for the integer k next to x/step, |x - k step| < 0.63 step: at most
 * 8 u^2 |x| off.                                                [mlfunc D20] */
LANE_ALWAYS DD_PAIR
DD_NAME(less_steps)(DD_PAIR x, DD_REAL k, const double step[2])
{
    DD_PAIR p = DD_NAME(two_prod)(k, DD_SET(step[0]));

    return DD_NAME(quick_two_sum)(x.h - p.h, (x.l - p.l) - k * step[1]);
}

/* t e^r, |r| < 2^-15.5.                                         [mlfunc D20] */
LANE_ALWAYS DD_PAIR
DD_NAME(times_exp)(DD_PAIR t, DD_PAIR r)
{
    /* e^r - 1 = r + (r^2/2) (1 + tail) */
    DD_REAL h = r.h, square = h * h;
    DD_REAL tail = h * (1 / 3.0 + h * (1 / 12.0))
                   + h * square * (1 / 60.0 + h * (1 / 360.0));
    DD_PAIR q = DD_NAME(two_prod)(h, 0.5 * h);
    DD_PAIR v = DD_NAME(quick_two_sum)(h, q.h);

    v.l += (r.l + q.l) + (h * r.l + q.h * tail);
    /* t + t (e^r - 1) */
    DD_PAIR p = DD_NAME(two_prod)(t.h, v.h);
    DD_PAIR s = DD_NAME(quick_two_sum)(t.h, p.h);
    p.l += t.h * v.l + t.l * v.h;
    return DD_NAME(quick_two_sum)(s.h, s.l + (p.l + t.l));
}

/* a + b c + d e, |b c| and |d e| below 2^-6. */
LANE_ALWAYS DD_PAIR
DD_NAME(turned)(DD_PAIR a, DD_PAIR b, DD_PAIR c, DD_PAIR d, DD_PAIR e)
{
    DD_PAIR p = DD_NAME(two_prod)(b.h, c.h), q = DD_NAME(two_prod)(d.h, e.h);
    DD_PAIR s = DD_NAME(two_sum)(a.h, q.h), t = DD_NAME(two_sum)(s.h, p.h);

    p.l += b.h * c.l + b.l * c.h;
    q.l += d.h * e.l + d.l * e.h;
    return DD_NAME(quick_two_sum)(t.h, (s.l + t.l) + ((p.l + q.l) + a.l));
}

/* (cosine + i sine) e^{ir}, |r| < 2^-7.                         [mlfunc D22] */
LANE_ALWAYS DD_COMPLEX
DD_NAME(turn_by)(DD_PAIR cosine, DD_PAIR sine, DD_PAIR r)
{
    const ml_elementary_table *m = &ml_elementary;
    DD_PAIR sixth = {DD_SET(m->sixth[0]), DD_SET(m->sixth[1])};
    DD_PAIR part_24 = {DD_SET(m->part_24[0]), DD_SET(m->part_24[1])};
    DD_PAIR q = DD_NAME(two_prod)(r.h, r.h);

    q.l += 2 * r.h * r.l;
    /* sin r = r - (r^3/6) (1 - tail) */
    DD_REAL tail = q.h * (1 / 20.0 - q.h * (1 / 840.0 - q.h * (1 / 60480.0)));
    DD_PAIR c = DD_NAME(mul)(DD_NAME(mul)(r, sixth), q);
    DD_PAIR s = DD_NAME(quick_two_sum)(r.h, -c.h);
    s.l += r.l - (c.l - c.h * tail);
    /* cos r - 1 = -r^2/2 + (r^4/24) (1 - tail) */
    tail = q.h * (1 / 30.0 - q.h * (1 / 1680.0 - q.h * (1 / 151200.0)));
    DD_PAIR f = DD_NAME(mul)(DD_NAME(mul)(q, part_24), q);
    DD_PAIR d = DD_NAME(quick_two_sum)(-0.5 * q.h, f.h);
    d.l += (f.l - f.h * tail) - 0.5 * q.l;

    return (DD_COMPLEX){
        DD_NAME(turned)(cosine, cosine, d, DD_NAME(neg)(sine), s),
        DD_NAME(turned)(sine, sine, d, cosine, s)};
}

#undef DD_SET
#undef DD_PAIR
#undef DD_REAL
#undef DD_COMPLEX
#undef DD_NAME
