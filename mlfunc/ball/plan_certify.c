/* mlfunc/ball/plan_certify.c - the error of a plan of doubles, proved by balls.
 *
 * Each piece's polynomial is held against the Taylor polynomial of E at the
 * middle of the piece and an enclosure of the next derivative on all of it; the
 * rounding errors of the evaluation are D70.  [mlfunc D71]
 */
#include <math.h>

#include "mlfunc/mlball.h"

#include "mlfunc/double/plan.h"
#include "mlfunc/impl.h"

#define ORDER 10 /* the derivative in the remainder */
#define TERMS 8  /* of the piece's polynomial */
#define PREC  96 /* for the coefficients */
#define LOW   8  /* for the derivative on a whole piece */

/* What does not change from piece to piece. */
typedef struct {
    arb_t alpha, beta;
    acb_struct jet[ORDER + 1];
    acb_t z;
    arb_struct d[ORDER]; /* the difference of the polynomials */
} scratch;

/* The sum of the moduli of the Chebyshev coefficients of sum_k d_k t^k, which
 * bounds it on -1 <= t <= 1:  t^k = 2^(1-k) sum_i C(k, i) T_(k-2i), the term with
 * k = 2 i halved. */
static void
chebyshev_bound(mag_t bound, const arb_struct *d, int n)
{
    arb_t c, t;
    mag_t m;

    arb_init(c);
    arb_init(t);
    mag_init(m);
    mag_zero(bound);
    for (int j = 0; j < n; j++) {
        arb_zero(c);
        for (int k = j; k < n; k += 2) {
            arb_bin_uiui(t, (ulong)k, (ulong)(k - j) / 2, PREC);
            arb_mul(t, t, d + k, PREC);
            arb_mul_2exp_si(t, t, j == 0 ? -k : 1 - k);
            arb_add(c, c, t, PREC);
        }
        arb_get_mag(m, c);
        mag_add(bound, bound, m);
    }
    arb_clear(c);
    arb_clear(t);
    mag_clear(m);
}

/* a[k] h^k, exactly. */
static void
coefficient(arb_t c, const ml_piece *p, int k, slong log2_half)
{
    arb_set_d(c, p->a[k]);
    if (k == 0) {
        arb_t low;

        arb_init(low);
        arb_set_d(low, ml_piece_low(p));
        arb_add(c, c, low, ARF_PREC_EXACT);
        arb_clear(low);
    }
    arb_mul_2exp_si(c, c, k * log2_half);
}

/* No derivative of E decreases on this half of the axis: for x > 0 if no
 * coefficient is negative, for x < 0 if E(-x) is completely monotone, which it is
 * for 0 < alpha <= 1, beta >= alpha.  [mlfunc D71] */
static bool
increasing(const scratch *w, bool negative)
{
    return negative ? arf_cmp_si(arb_midref(w->alpha), 1) <= 0
                          && arb_le(w->alpha, w->beta)
                    : arb_is_nonnegative(w->beta);
}

/* |polynomial - E| on the piece of half length h = 2^log2_half. */
static void
distance(mag_t error, scratch *w, const ml_piece *p, const arb_t middle,
         slong log2_half)
{
    bool negative = arb_is_negative(middle);
    arb_t t;
    mag_t rest;
    ml_status s;

    arb_init(t);
    mag_init(rest);
    /* the remainder: where no derivative falls, that of the right end */
    arb_set(acb_realref(w->z), middle);
    if (increasing(w, negative)) {
        arb_one(t);
        arb_mul_2exp_si(t, t, log2_half);
        arb_add(acb_realref(w->z), middle, t, ARF_PREC_EXACT);
    } else {
        mag_set_ui_2exp_si(arb_radref(acb_realref(w->z)), 1, log2_half);
    }
    s = ml_mittleff_jet(w->jet, w->alpha, w->beta, w->z, ORDER, 0, 0, LOW);
    arb_fac_ui(t, ORDER, PREC);
    arb_div(t, acb_realref(w->jet + ORDER), t, PREC);
    arb_mul_2exp_si(t, t, ORDER * log2_half);
    arb_get_mag(rest, t);
    /* the polynomials, at the middle */
    arb_set(acb_realref(w->z), middle);
    s |=
        ml_mittleff_jet(w->jet, w->alpha, w->beta, w->z, ORDER - 1, 0, 0, PREC);
    (void)s; /* the balls are true whatever the status */
    for (int k = 0; k < ORDER; k++) {
        arb_fac_ui(t, (ulong)k, PREC);
        arb_div(t, acb_realref(w->jet + k), t, PREC);
        arb_mul_2exp_si(t, t, k * log2_half);
        arb_neg(w->d + k, t);
        if (k < TERMS) {
            coefficient(t, p, k, log2_half);
            arb_add(w->d + k, w->d + k, t, PREC);
        }
    }
    chebyshev_bound(error, w->d, ORDER);
    mag_add(error, error, rest);
    arb_clear(t);
    mag_clear(rest);
}

/* error += half the last place of doubles of size m. */
static void
add_half_ulp(mag_t error, const mag_t m)
{
    mag_t half;
    fmpz_t e;

    if (mag_is_special(m))
        return;
    mag_init(half);
    fmpz_init(e);
    fmpz_sub_ui(e, MAG_EXPREF(m), 1 + 53); /* m < 2^exponent */
    mag_one(half);
    mag_mul_2exp_fmpz(half, half, e);
    mag_add(error, error, half);
    fmpz_clear(e);
    mag_clear(half);
}

/* The rounding errors but for the last.  [mlfunc D70] */
static void
rounding(mag_t error, const ml_piece *p, slong log2_half)
{
    arb_t c;
    mag_t m, sum, half_ulps;

    arb_init(c);
    mag_init(m);
    mag_init(sum);
    mag_init(half_ulps);
    mag_zero(error);
    arb_set_d(c, ml_piece_low(p));
    arb_get_mag(sum, c);
    mag_set(error, sum);
    for (int k = 1; k < TERMS; k++) {
        coefficient(c, p, k, log2_half);
        arb_get_mag(m, c);
        mag_add(sum, sum, m);
        if (k == 1) {
            add_half_ulp(half_ulps, m);
        } else {
            mag_mul_ui(m, m, 2 * (ulong)k + 1);
            mag_add(error, error, m);
        }
    }
    mag_set_ui_2exp_si(m, 1025, -10);
    mag_mul(error, error, m);
    mag_mul_2exp_si(error, error, -53);
    mag_mul(sum, sum, m);
    add_half_ulp(half_ulps, sum);
    mag_add(error, error, half_ulps);
    mag_set_ui_2exp_si(m, 1, -700);
    mag_add(error, error, m);
    arb_clear(c);
    mag_clear(m);
    mag_clear(sum);
    mag_clear(half_ulps);
}

/* The error of the piece in units of the last place of E, in *ulps if larger.
 * False when the balls do not tell. */
static bool
certify(double *ulps, scratch *w, const ml_piece *p, double x, slong log2_half)
{
    arb_t middle, least;
    mag_t error, m, slope;
    bool known;

    arb_init(middle);
    arb_init(least);
    mag_init(error);
    mag_init(m);
    mag_init(slope);
    arb_set_d(middle, x);
    distance(error, w, p, middle, log2_half);
    rounding(m, p, log2_half);
    mag_add(error, error, m);

    /* |E| >= |a_0 + low| - sum |a_k| h^k - error */
    for (int i = 1; i < TERMS; i++) {
        coefficient(least, p, i, log2_half);
        arb_get_mag(m, least);
        mag_add(slope, slope, m);
    }
    coefficient(least, p, 0, log2_half);
    mag_add(slope, slope, error);
    arb_get_mag_lower(m, least);
    mag_sub_lower(m, m, slope);
    known = !mag_is_special(m) && mag_is_finite(error);
    if (known) {
        /* m = f 2^x, 1/2 <= f < 1: ulp(E) >= 2^(x - 53) */
        fmpz_t e;

        fmpz_init(e);
        fmpz_sub_ui(e, MAG_EXPREF(m), 53);
        fmpz_neg(e, e);
        mag_mul_2exp_fmpz(error, error, e);
        fmpz_clear(e);
        /* from half a unit on the last rounding may cost more: D70 */
        known = mag_cmp_2exp_si(error, -1) < 0;
    }
    if (known)
        *ulps = fmax(*ulps, (0.5 + mag_get_d(error)) * (1 + 0x1p-50));
    arb_clear(middle);
    arb_clear(least);
    mag_clear(error);
    mag_clear(m);
    mag_clear(slope);
    return known;
}

/* The piece about 0, |x| < 2^c, if there is one, for either sign. */
static bool
certify_centre(double *ulps, scratch *w, const ml_plan *plan, int c)
{
    bool known = true;

    for (int s = 0; s < 2; s++) {
        double r;
        const ml_piece *p =
            plan->piece + ml_plan_piece(plan, s ? -0.0 : 0.0, &r);

        if (!isnan(p->a[0]))
            known = certify(ulps, w, p, 0, c) && known;
    }
    return known;
}

/* The octave e of a sign. */
static bool
certify_octave(double *ulps, scratch *w, const ml_plan *plan, int sign, int e)
{
    int k = ml_plan_octave(plan, sign, e);
    size_t n = k < 0 ? 0 : (size_t)1 << k;
    double unit = ldexp(sign ? -1 : 1, e), r;
    bool known = true;

    for (size_t i = 0; i < n; i++) {
        double x = unit * (1 + ldexp((double)(2 * i + 1), -k - 1));
        const ml_piece *p = plan->piece + ml_plan_piece(plan, x, &r);

        if (!isnan(p->a[0]))
            known = certify(ulps, w, p, x, e - k - 1) && known;
    }
    return known;
}

/* E is beyond the doubles from constant[sign] on.  [mlfunc D71] */
static bool
certify_constant(scratch *w, const ml_plan *plan, int sign)
{
    mag_t m;
    bool known;

    if (isnan(plan->constant[sign]))
        return true;
    mag_init(m);
    arb_set_d(acb_realref(w->z), plan->constant[sign]);

    ml_status s = ml_mittleff(w->jet, w->alpha, w->beta, w->z, PREC);

    (void)s;
    if (sign) {
        arb_get_mag(m, acb_realref(w->jet));
        known = mag_cmp_2exp_si(m, -1075) < 0;
    } else {
        arb_get_mag_lower(m, acb_realref(w->jet));
        known = mag_cmp_2exp_si(m, 1024) >= 0
                && arb_is_positive(acb_realref(w->jet));
    }
    mag_clear(m);
    return known && increasing(w, sign);
}

ml_status
ml_plan_certify(double *ulps, const ml_plan *plan)
{
    scratch w;
    bool known;

    arb_init(w.alpha);
    arb_init(w.beta);
    acb_init(w.z);
    for (int i = 0; i <= ORDER; i++)
        acb_init(w.jet + i);
    for (int i = 0; i < ORDER; i++)
        arb_init(w.d + i);
    arb_set_d(w.alpha, plan->alpha);
    arb_set_d(w.beta, plan->beta);
    *ulps = 0.5;
    known = certify_centre(ulps, &w, plan, plan->first - 1022);
    for (int s = 0; s < 2; s++) {
        for (int e = ML_PLAN_MIN; e <= ML_PLAN_MAX; e++)
            known = certify_octave(ulps, &w, plan, s, e) && known;
        known = certify_constant(&w, plan, s) && known;
    }
    for (int i = 0; i < ORDER; i++)
        arb_clear(w.d + i);
    for (int i = 0; i <= ORDER; i++)
        acb_clear(w.jet + i);
    acb_clear(w.z);
    arb_clear(w.beta);
    arb_clear(w.alpha);
    if (!known)
        *ulps = INFINITY;
    return known ? ML_OK : ML_UNABLE;
}
