/* mlfunc/double/jet_sums.h - the power series, and the terms in 1/z.
 *
 * For the files lanes_*.c.
 */
#ifndef MLFUNC_DOUBLE_JET_SUMS_H
#define MLFUNC_DOUBLE_JET_SUMS_H

#include "mlfunc/double/jet.h"

/* sum a_k, sum k a_k, sum k b_k, sum b_k with a_k = g_k q^k, b_k = d_k q^k, and
 * the sums of their moduli. */
typedef struct {
    ldd sum[JET_VALUES];
    lane size[JET_VALUES];
} jet_powers_of;

/*
 * jet_horner - these sums for first <= k < first + n, times q^-first.
 *
 * g, d are octets; in doubles or, as pairs says, double-double.
 *
 * Error    (3 n + 8) u size, or n 2^-88 size.                   [mlfunc D55]
 */
LANE_INLINE void
jet_horner(jet_powers_of *s, const octet *g, const octet *d, int first, int n,
           ldd q, bool pairs)
{
    const lane none = lane_set(0), size_q = lane_abs(q.h);
    ldd sum[4] = {{none, none}, {none, none}, {none, none}, {none, none}};
    lane size[4] = {none, none, none, none};

    for (int i = n - 1; i >= 0; i--) {
        double gh = g[i / 8].h[i % 8], gl = g[i / 8].l[i % 8];
        double dh = d[i / 8].h[i % 8], dl = d[i / 8].l[i % 8], k = first + i;
        lane ag = lane_set(__builtin_fabs(gh)),
             ad = lane_set(__builtin_fabs(dh));

        if (pairs) {
            ldd vg = ldd_set(gh, gl), vd = ldd_set(dh, dl), w = ldd_set(k, 0);

            sum[0] = ldd_add(ldd_mul(sum[0], q), vg);
            sum[1] = ldd_add(ldd_mul(sum[1], q), ldd_mul(vg, w));
            sum[2] = ldd_add(ldd_mul(sum[2], q), ldd_mul(vd, w));
            sum[3] = ldd_add(ldd_mul(sum[3], q), vd);
        } else {
            sum[0].h = sum[0].h * q.h + gh;
            sum[1].h = sum[1].h * q.h + gh * k;
            sum[2].h = sum[2].h * q.h + dh * k;
            sum[3].h = sum[3].h * q.h + dh;
        }
        size[0] = size[0] * size_q + ag;
        size[1] = size[1] * size_q + ag * k;
        size[2] = size[2] * size_q + ad * k;
        size[3] = size[3] * size_q + ad;
    }
    for (int k = 0; k < JET_VALUES; k++) {
        s->sum[k] = sum[k];
        s->size[k] = size[k];
    }
}

/* sum error[k] |q|^k and sum k error[k] |q|^k, from k = first on, times
 * q^-first. */
LANE_INLINE void
jet_horner_errors(lane out[2], const double *error, int first, int n, lane q)
{
    lane a = lane_set(0), b = lane_set(0);

    for (int i = n - 1; i >= 0; i--) {
        a = a * q + error[i];
        b = b * q + error[i] * (first + i);
    }
    out[0] = a * 1.001;
    out[1] = b * 1.001;
}

/* Adds -sum_{1<=k<=N} z^-k/Gamma(beta - alpha k) and what belongs to it. */
LANE_CALL void
jet_add_falling(jet_block *x, const jet_common *c, int n)
{
    const lane q_size = lane_abs(1.0 / x->z.h) * 1.001;
    const ldd q = ldd_inverse(x->z);
    const lane unit =
        lane_set(c->pairs ? n * JET_UU + 2 * c->falling_error
                          : (3 * n + 8) * JET_U + 2 * c->falling_error);
    jet_powers_of s;
    lane e[2];

    jet_horner(&s, c->falling, c->falling_slope, 1, n, q, c->pairs);
    jet_horner_errors(e, c->falling_slope_error, 1, n, q_size);
    /* -a, +k a, +k b, -b: d/dz q^k = -k q^(k+1), d/dalpha of beta - alpha k */
    s.sum[0] = ldd_neg(s.sum[0]);
    s.sum[3] = ldd_neg(s.sum[3]);
    for (int k = 0; k < JET_VALUES; k++) {
        lane size = s.size[k] * q_size;

        x->value[k] = ldd_add(x->value[k], ldd_mul(s.sum[k], q));
        x->size[k] += size;
        x->error[k] += unit * size;
    }
    x->error[2] += e[1] * q_size;
    x->error[3] += e[0] * q_size;
}

/*
 * jet_series - the power series, n terms; value 1 is dE/dz.
 *
 * tail[k], at least the sums of the moduli beyond: D56.
 */
LANE_CALL void
jet_series(jet_block *x, const jet_common *c, int n,
           const lane tail[JET_VALUES])
{
    const lane unit =
        lane_set(c->pairs ? n * JET_UU + 2 * c->rising_error
                          : (3 * n + 8) * JET_U + 2 * c->rising_error);
    const lane q = lane_abs(x->z.h);
    octet next[4];
    jet_powers_of s, t;
    lane e[2];

    jet_horner(&s, c->rising, c->rising_slope, 0, n, x->z, c->pairs);
    /* sum k g_k z^(k-1): the same terms moved by one */
    for (int i = 0; i < 8 * ((n + 7) / 8); i++) {
        bool has = i + 1 < n;

        next[i / 8].h[i % 8] = has ? c->rising[(i + 1) / 8].h[(i + 1) % 8] : 0;
        next[i / 8].l[i % 8] = has ? c->rising[(i + 1) / 8].l[(i + 1) % 8] : 0;
    }
    jet_horner(&t, next, c->rising_slope, 1, n, x->z, c->pairs);
    s.sum[1] = t.sum[1];
    s.size[1] = t.size[1];
    jet_horner_errors(e, c->rising_slope_error, 0, n, q);
    for (int k = 0; k < JET_VALUES; k++) {
        x->value[k] = s.sum[k];
        x->size[k] = s.size[k];
        x->error[k] = unit * s.size[k] + tail[k];
    }
    x->error[2] += e[1];
    x->error[3] += e[0];
}

#endif
