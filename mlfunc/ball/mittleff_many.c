/* mlfunc/ball/mittleff_many.c - E_{alpha,beta} at many z, from tables. */
#include "mlfunc/impl.h"

/* ---------------------------------------------------------------- sums of a row */

/* Horner's rule, each step with the bits that the terms from there on deserve.
 * One factor, or divisor, is short. */
static void
sum_horner(arb_t sum, const ml_row *row, const arb_t z, bool inverse, slong n,
           double lnw, slong goal)
{
    slong prec = 0;

    arb_zero(sum);
    for (slong k = n - 1; k >= 0; k--) {
        prec = FLINT_MAX(prec, ml_row_bits(row, k, k + 1, n, lnw, goal));
        if (inverse)
            arb_div(sum, sum, z, prec);
        else
            arb_mul(sum, sum, z, prec);
        arb_add(sum, sum, row->c + k, prec);
    }
}

/* A dot product for each block of powers, and one of the blocks. */
static void
sum_blocks(acb_t sum, const ml_row *row, const acb_t w, slong n, double lnw,
           slong goal, slong full)
{
    const bool real = arb_is_zero(acb_imagref(w));
    ml_powers v;
    acb_ptr block;

    ml_powers_init(&v, w, n, full);
    slong count = (n + v.m - 1) / v.m;
    block = _acb_vec_init(count);
    for (slong j = 0; j < count; j++) {
        slong from = j * v.m, to = FLINT_MIN(n, from + v.m);
        slong own = ml_row_bits(row, from, to, n, lnw, goal);
        arb_dot(acb_realref(block + j), NULL, 0, row->c + from, 1,
                acb_realref(v.baby), 2, to - from, own);
        if (!real)
            arb_dot(acb_imagref(block + j), NULL, 0, row->c + from, 1,
                    acb_imagref(v.baby), 2, to - from, own);
    }
    if (real)
        arb_dot(acb_realref(sum), NULL, 0, acb_realref(block), 2,
                acb_realref(v.giant), 2, count, full);
    else
        acb_dot(sum, NULL, 0, block, 1, v.giant, 1, count, full);
    _acb_vec_clear(block, count);
    ml_powers_clear(&v);
}

void
ml_row_sum(acb_t sum, const ml_row *row, const acb_t z, bool inverse, slong n,
           double lnr, slong goal)
{
    double lnw = inverse ? -lnr : lnr;
    slong full = ml_row_bits(row, 0, n, n, lnw, goal);
    acb_t w;

    acb_zero(sum);
    if (ml_plan_horner(z, full)) {
        sum_horner(acb_realref(sum), row, acb_realref(z), inverse, n, lnw,
                   goal);
        return;
    }
    acb_init(w);
    if (!inverse) {
        acb_set_round(w, z, full);
    } else if (arb_is_zero(acb_imagref(z))) {
        arb_inv(acb_realref(w), acb_realref(z), full);
    } else {
        acb_inv(w, z, full);
    }
    sum_blocks(sum, row, w, n, lnw, goal, full);
    acb_clear(w);
}

/* ------------------------------------------------------------------ the series */

/* [mlfunc S1]  From the table: c_n, c_{n+1} > 0 as alpha n + beta > 0. */
bool
ml_many_series_tail(mag_t bound, const ml_mittleff_plan *f, const acb_t z,
                    slong n)
{
    arb_srcptr c = f->up.c + n;
    mag_t r, q, one;

    if (n < f->positive || n + 1 >= f->up.n)
        return false;
    mag_init(r);
    mag_init(q);
    mag_init(one);
    acb_get_mag(r, z);
    arb_get_mag_lower(one, c);
    arb_get_mag(q, c + 1);
    mag_div(q, q, one);
    mag_mul(q, q, r);
    mag_one(one);
    mag_sub_lower(one, one, q);
    bool ok = !mag_is_zero(one);
    mag_pow_ui(r, r, (ulong)n);
    arb_get_mag(bound, c);
    mag_mul(bound, bound, r);
    mag_div(bound, bound, one);
    mag_clear(r);
    mag_clear(q);
    mag_clear(one);
    return ok;
}

static void
add_error(acb_t x, const ml_mlpoint *p, const mag_t error)
{
    arb_add_error_mag(acb_realref(x), error);
    if (!p->real)
        arb_add_error_mag(acb_imagref(x), error);
}

bool
ml_many_series(acb_t res, const ml_mittleff_plan *f, const ml_mlpoint *p,
               slong n, slong goal)
{
    mag_t tail;

    mag_init(tail);
    bool ok = ml_many_series_tail(tail, f, p->z, n);
    if (ok) {
        ml_row_sum(res, &f->up, p->z, false, n, p->lnr, goal);
        add_error(res, p, tail);
    }
    mag_clear(tail);
    return ok;
}

/* ------------------------------------------------------- the asymptotic series */

/*
 * One ray's part of [mlfunc A2], |z|^-(n+1) / (|cos phi|^nu s), where
 * e^(id) |z| = e^(i side alpha phi) times the conjugate of z, so that
 * 1/|sin d| is |z| over the size of its imaginary part.
 */
static void
ray_share(mag_t share, const ml_ray *ray, int side, const acb_t z, slong n)
{
    arb_t t;
    mag_t m, s;

    arb_init(t);
    mag_init(m);
    mag_init(s);
    arb_mul(t, acb_imagref(z), ray->sin, 64);
    if (side < 0)
        arb_neg(t, t);
    arb_addmul(t, acb_realref(z), ray->cos, 64);
    if (arb_is_negative(t)) {
        mag_one(s);
    } else {
        arb_mul(t, acb_realref(z), ray->sin, 64);
        if (side < 0)
            arb_neg(t, t);
        arb_submul(t, acb_imagref(z), ray->cos, 64);
        arb_get_mag_lower(m, t);
        acb_get_mag(s, z);
        mag_div(s, s, m);
    }
    acb_get_mag_lower(m, z);
    mag_div(share, ray->step, m);
    mag_pow_ui(share, share, (ulong)n + 1);
    mag_mul(share, share, ray->base);
    mag_mul(share, share, s);
    arb_clear(t);
    mag_clear(m);
    mag_clear(s);
}

void
ml_many_asymp_rest(mag_t bound, const ml_mittleff_plan *f, const ml_mlpoint *p,
                   const ml_many_choice *s)
{
    const ml_ray *up = f->ray + s->up - ML_RAY_FIRST;
    const ml_ray *down = f->ray + s->down - ML_RAY_FIRST;
    mag_t other;
    acb_t z;

    mag_init(other);
    acb_init(z);
    acb_set_round(z, p->z, 64);
    ray_share(bound, up, 1, z, s->n);
    if (p->real && up == down)
        mag_mul_2exp_si(bound, bound, 1);
    else
        ray_share(other, down, -1, z, s->n);
    mag_add(bound, bound, other);
    mag_mul(bound, bound, f->gamma + s->n);
    mag_clear(other);
    acb_clear(z);
}

/*
 * Adds the poles with -alpha down/64 < arg z/pi + 2 h < alpha up/64; those of
 * real z are pairs, visited once.  From h = 0 up and from h = -1 down, until
 * one is past the end of the sector: so are all that follow.
 */
static bool
add_poles(acb_t sum, const ml_mittleff_plan *f, const ml_mlpoint *p,
          const ml_many_choice *s, slong goal)
{
    bool ok = true;
    arb_t turn, t, above, below;
    ml_poles poles;

    arb_init(turn);
    arb_init(t);
    arb_init(above);
    arb_init(below);
    ml_poles_init(&poles, p);
    ml_mlpoint_turn(turn, p, 64);
    arb_mul_si(above, f->alpha_64, s->up, 64);
    arb_mul_2exp_si(above, above, -6);
    arb_mul_si(below, f->alpha_64, -s->down, 64);
    arb_mul_2exp_si(below, below, -6);
    for (int side = 1; side >= (p->real ? 1 : -1) && ok; side -= 2) {
        for (slong h = side > 0 ? 0 : -1; ok; h += side) {
            arb_add_si(t, turn, 2 * h, 64);
            bool high = arb_gt(t, above), low = arb_lt(t, below);
            bool in = arb_lt(t, above) && arb_gt(t, below);
            bool pair = p->real && (h > 0 || p->turn > 0.5);
            if (side > 0 ? high : low)
                break;
            ok = in || high || low;
            if (in)
                ok = ml_poles_add(sum, &poles, h, pair, goal - 4) == ML_OK;
        }
    }
    ml_poles_clear(&poles);
    arb_clear(turn);
    arb_clear(t);
    arb_clear(above);
    arb_clear(below);
    return ok;
}

bool
ml_many_asymp(acb_t res, const ml_mittleff_plan *f, const ml_mlpoint *p,
              const ml_many_choice *s, slong goal)
{
    if (f->at.integers)
        return ml_mlpoint_asymp(res, p, 0, goal) == ML_OK;
    if (s->n >= f->down.n || s->up < ML_RAY_FIRST || s->down < ML_RAY_FIRST
        || s->up >= ML_RAY_FIRST + ML_RAYS || s->down >= ML_RAY_FIRST + ML_RAYS)
        return false;

    acb_t sum;
    mag_t rest;

    acb_init(sum);
    mag_init(rest);
    acb_zero(res);
    bool ok = add_poles(res, f, p, s, goal);
    if (ok) {
        ml_row_sum(sum, &f->down, p->z, true, s->n + 1, p->lnr, goal);
        acb_neg(sum, sum);
        ml_mlpoint_add(res, sum, goal);
        ml_many_asymp_rest(rest, f, p, s);
        add_error(res, p, rest);
    }
    acb_clear(sum);
    mag_clear(rest);
    return ok;
}

/* --------------------------------------------------------------------- a value */

static bool
from_tables(acb_t res, const ml_mittleff_plan *f, const ml_mlpoint *p,
            const ml_many_choice *s, slong goal)
{
    switch (s->by) {
    case ML_BY_SERIES:
        return ml_many_series(res, f, p, s->n, goal);
    case ML_BY_ASYMP:
        return ml_many_asymp(res, f, p, s, goal);
    case ML_BY_CONTOUR:
        return ml_contour_eval(res, &f->contour, p, goal) == ML_OK;
    default:
        return false;
    }
}

static ml_status
one_off(acb_t res, const ml_mittleff_plan *f, const acb_t z)
{
    ml_mlpoint p;

    ml_mlpoint_init(&p);
    ml_status st = ml_mlpoint_set_mixed(&p, f->alpha, f->beta, z);
    if (st == ML_OK)
        st = ml_mlpoint_mittleff(res, &p, f->prec);
    else
        acb_indeterminate(res);
    ml_mlpoint_clear(&p);
    return st;
}

/* How often a table is asked before the one-off evaluator is. */
#define TRIES 3

ml_status
ml_mittleff_plan_eval(acb_t res, const ml_mittleff_plan *f, const acb_t z)
{
    ml_mlpoint p = f->at;
    ml_many_choice s = {.by = ML_BY_NONE};
    acb_t x;
    bool done = false;

    acb_init(x);
    if (ml_many_set_z(&p, z)) {
        slong goal = (slong)ml_mlpoint_log2_d(&p) - f->prec + 2;
        for (int i = 0; i < TRIES && !done; i++) {
            /* A contour knows but one precision. */
            if (s.by == ML_BY_CONTOUR)
                break;
            ml_plan_many(&s, f, &p, goal);
            if (!from_tables(x, f, &p, &s, goal))
                break;
            done = ml_ball_accurate(x, f->prec - 8);
            goal = ml_many_goal(x, goal, f->prec);
        }
    }
    ml_status st = ML_OK;
    if (done)
        acb_set_round(x, x, f->prec + 10);
    else
        st = one_off(x, f, z);
    acb_swap(res, x);
    acb_clear(x);
    return st;
}
