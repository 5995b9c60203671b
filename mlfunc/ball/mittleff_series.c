/* mlfunc/ball/mittleff_series.c - the power series, with a proved tail. */
#include <math.h>

#include "mlfunc/ball/series.h"

#define LN2 0.69314718055994531

/* c = 1/Gamma(alpha n + beta), d the next; few bits. */
static void
two_gammas(arb_t c, arb_t d, const ml_mlpoint *p, slong n)
{
    ml_rgamma_walk walk;
    ml_rgamma_arg y;

    if (p->ab_exact
        && ml_rgamma_walk_init(&walk, p->num_a, p->num_b, p->den, n + 1)) {
        ml_rgamma_walk_arg(&y, &walk);
        ml_rgamma_arb(d, &y, ml_plan_log2_rgamma(p, n + 1), 32);
        ml_rgamma_walk_down(&walk);
        ml_rgamma_walk_arg(&y, &walk);
        ml_rgamma_arb(c, &y, ml_plan_log2_rgamma(p, n), 32);
    } else {
        ml_mlpoint_index(c, p, n, 80);
        arb_rgamma(c, c, 60);
        ml_mlpoint_index(d, p, n + 1, 80);
        arb_rgamma(d, d, 60);
    }
}

/*
 * [mlfunc S1]  a_k = z^k / Gamma(alpha k + beta).  Where alpha n + beta > 0,
 * |a_{k+1} / a_k| falls from k = n on, so that with q = |a_{n+1} / a_n| < 1
 * the tail is at most |a_n| / (1 - q).  q is the upper bound of |z| times the
 * upper bound of the quotient of gammas over the box.
 */
bool
ml_mlpoint_series_tail(mag_t bound, const ml_mlpoint *p, slong n)
{
    arb_t c, d;
    acb_t z;
    mag_t r, q, one;

    arb_init(c);
    arb_init(d);
    acb_init(z);
    mag_init(r);
    mag_init(q);
    mag_init(one);
    ml_mlpoint_z(z, p, 40);
    acb_get_mag(r, z);
    ml_mlpoint_index(c, p, n, 80);
    bool ok = arb_is_positive(c);
    if (ok) {
        two_gammas(c, d, p, n);
        arb_get_mag_lower(bound, c);
        arb_get_mag(q, d);
        mag_div(q, q, bound);
        mag_mul(q, q, r);
        mag_one(one);
        ok = mag_cmp(q, one) < 0;
    }
    if (ok) {
        arb_get_mag(bound, c);
        mag_pow_ui(r, r, (ulong)n);
        mag_mul(bound, bound, r);
        mag_sub_lower(one, one, q);
        mag_div(bound, bound, one);
        ok = !mag_is_inf(bound) && !mag_is_zero(one);
    }
    arb_clear(c);
    arb_clear(d);
    acb_clear(z);
    mag_clear(r);
    mag_clear(q);
    mag_clear(one);
    return ok;
}

static slong
guard_bits(const ml_series_plan *s)
{
    return 8 + 2 * FLINT_BIT_COUNT(s->n);
}

/* The bits that a term of size e^t deserves. */
static slong
own_bits(double t, slong goal)
{
    return (slong)fmax(t / LN2 - (double)goal, 0);
}

/* sum_{k<n}, z real, by Horner's rule from the last term, each step with the
 * bits that the terms from there on deserve. */
static void
sum_real(arb_t sum, const ml_mlpoint *p, const ml_series_plan *s, slong goal)
{
    acb_t z;
    arb_t c, zk;
    ml_rgammas g;

    acb_init(z);
    arb_init(zk);
    arb_init(c);
    slong guard = guard_bits(s);
    slong full = FLINT_MAX(32, own_bits(s->peak, goal)) + guard;
    ml_mlpoint_z(z, p, full);
    ml_rgammas_init(&g, p, s->n - 1, s->n, full);
    arb_zero(sum);
    double seen = -INFINITY;
    for (slong k = s->n - 1; k >= 0; k--) {
        double t = ml_mlpoint_term_d(p, k);
        seen = fmax(seen, t);
        slong prec = FLINT_MAX(own_bits(seen, goal), 24) + guard;
        slong own = own_bits(t, goal) + guard;
        ml_rgammas_next(c, &g, FLINT_MIN(own, full));
        arb_set_round(zk, acb_realref(z), prec);
        arb_mul(sum, sum, zk, prec);
        arb_add(sum, sum, c, prec);
    }
    ml_rgammas_clear(&g);
    acb_clear(z);
    arb_clear(zk);
    arb_clear(c);
}

/* sum_{k<n} block by block, each term with its own bits. */
static void
sum_complex(acb_t sum, const ml_mlpoint *p, const ml_series_plan *s, slong goal)
{
    acb_t z, block;
    arb_t c, t;
    ml_rgammas g;
    ml_powers w;

    acb_init(z);
    acb_init(block);
    arb_init(c);
    arb_init(t);
    slong guard = guard_bits(s);
    slong full = FLINT_MAX(32, own_bits(s->peak, goal)) + guard;
    ml_mlpoint_z(z, p, full);
    ml_rgammas_init(&g, p, s->n - 1, s->n, full);
    ml_powers_init(&w, z, s->n, full);
    acb_zero(sum);
    for (slong k = s->n - 1; k >= 0; k--) {
        slong own = own_bits(ml_mlpoint_term_d(p, k), goal) + guard;
        acb_srcptr b = w.baby + k % w.m;
        own = FLINT_MIN(own, full);
        ml_rgammas_next(c, &g, own);
        arb_mul(t, c, acb_realref(b), own);
        arb_add(acb_realref(block), acb_realref(block), t, full);
        arb_mul(t, c, acb_imagref(b), own);
        arb_add(acb_imagref(block), acb_imagref(block), t, full);
        if (k % w.m == 0) {
            acb_addmul(sum, block, w.giant + k / w.m, full);
            acb_zero(block);
        }
    }
    ml_rgammas_clear(&g);
    ml_powers_clear(&w);
    acb_clear(z);
    acb_clear(block);
    arb_clear(c);
    arb_clear(t);
}

ml_status
ml_mlpoint_series(acb_t res, const ml_mlpoint *p, slong n, slong goal)
{
    ml_series_plan s;
    mag_t tail;

    if (!ml_plan_series(&s, p, n, goal)) {
        acb_indeterminate(res);
        return ML_UNABLE;
    }
    mag_init(tail);
    ml_status st = ML_OK;
    if (ml_mlpoint_series_tail(tail, p, s.n)) {
        acb_zero(res);
        if (ml_mlpoint_series_sum(res, p, &s, goal))
            st = ML_OK;
        else if (p->real)
            sum_real(acb_realref(res), p, &s, goal);
        else
            sum_complex(res, p, &s, goal);
        arb_add_error_mag(acb_realref(res), tail);
        if (!p->real)
            arb_add_error_mag(acb_imagref(res), tail);
    } else {
        acb_indeterminate(res);
        st = ML_UNABLE;
    }
    mag_clear(tail);
    return st;
}
