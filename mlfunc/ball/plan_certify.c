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
    arb_set_d(c, k < 7 ? p->a[k] : (double)p->a7);
    if (k == 0) {
        arb_t low;

        arb_init(low);
        arb_set_d(low, (double)p->low);
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

/* |polynomial - E| on the piece. */
static void
distance(mag_t error, scratch *w, const ml_piece *p, const arb_t middle,
         slong log2_half, slong e, bool negative)
{
    arb_t t;
    mag_t rest;
    ml_status s;

    arb_init(t);
    mag_init(rest);
    /* the remainder: where no derivative falls, that of the right end */
    arb_set(acb_realref(w->z), middle);
    if (increasing(w, negative)) {
        arb_set_si(t, 1);
        arb_mul_2exp_si(t, t, log2_half + e);
        arb_add(acb_realref(w->z), middle, t, ARF_PREC_EXACT);
    } else {
        mag_set_ui_2exp_si(arb_radref(acb_realref(w->z)), 1, log2_half + e);
    }
    s = ml_mittleff_jet(w->jet, w->alpha, w->beta, w->z, ORDER, 0, 0, LOW);
    arb_fac_ui(t, ORDER, PREC);
    arb_div(t, acb_realref(w->jet + ORDER), t, PREC);
    arb_mul_2exp_si(t, t, ORDER * (log2_half + e));
    arb_get_mag(rest, t);
    /* the polynomials, at the middle */
    arb_set(acb_realref(w->z), middle);
    s |=
        ml_mittleff_jet(w->jet, w->alpha, w->beta, w->z, ORDER - 1, 0, 0, PREC);
    (void)s; /* the balls are true whatever the status */
    for (int k = 0; k < ORDER; k++) {
        arb_fac_ui(t, (ulong)k, PREC);
        arb_div(t, acb_realref(w->jet + k), t, PREC);
        arb_mul_2exp_si(t, t, k * (log2_half + e));
        if (negative && k % 2 == 1)
            arb_neg(t, t);
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

/* The rounding errors but for the last.  [mlfunc D70] */
static void
rounding(mag_t error, const ml_piece *p, slong log2_half)
{
    arb_t c;
    mag_t m;

    arb_init(c);
    mag_init(m);
    mag_zero(error);
    for (int k = 1; k < TERMS; k++) {
        coefficient(c, p, k, log2_half);
        arb_get_mag(m, c);
        mag_mul_ui(m, m, k == 1 ? 1 : 17);
        mag_add(error, error, m);
    }
    arb_set_d(c, (double)p->low);
    arb_get_mag(m, c);
    mag_mul_ui(m, m, 2);
    mag_add(error, error, m);
    mag_set_ui_2exp_si(m, 1025, -10 - 53);
    mag_mul(error, error, m);
    arb_clear(c);
    mag_clear(m);
}

/* The error of the piece in units of the last place of E, in *ulps if larger.
 * False when the balls do not tell. */
static bool
certify(double *ulps, scratch *w, const ml_piece *p, slong k, size_t at,
        slong e, bool negative)
{
    slong log2_half = -k - 1;
    arb_t middle, least;
    mag_t error, m, slope;
    bool known;

    arb_init(middle);
    arb_init(least);
    mag_init(error);
    mag_init(m);
    mag_init(slope);
    arb_set_ui(middle, 2 * at + 1);
    arb_mul_2exp_si(middle, middle, log2_half);
    arb_add_ui(middle, middle, 1, ARF_PREC_EXACT);
    arb_mul_2exp_si(middle, middle, e);
    if (negative)
        arb_neg(middle, middle);
    distance(error, w, p, middle, log2_half, e, negative);
    rounding(m, p, log2_half);
    mag_add(error, error, m);

    /* |E| >= |a_0| - |low| - sum |a_k| h^k - error */
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
        fmpz_t x;

        fmpz_init(x);
        fmpz_sub_ui(x, MAG_EXPREF(m), 53);
        fmpz_neg(x, x);
        mag_mul_2exp_fmpz(error, error, x);
        fmpz_clear(x);
        *ulps = fmax(*ulps, (0.5 + mag_get_d(error)) * (1 + 0x1p-50));
    }
    arb_clear(middle);
    arb_clear(least);
    mag_clear(error);
    mag_clear(m);
    mag_clear(slope);
    return known;
}

ml_status
ml_plan_certify(double *ulps, const ml_plan *plan)
{
    scratch w;
    bool known = true;

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
    for (int s = 0; s < 2; s++) {
        const ml_piece *piece = plan->piece + plan->start[s];
        size_t n = 0;

        for (int e = ML_PLAN_MIN; e <= ML_PLAN_MAX; e++) {
            int k = ml_plan_octave(plan, s, e);

            for (size_t i = 0; k >= 0 && i < (size_t)1 << k; i++, n++)
                if (!isnan(piece[n].a[0]))
                    known =
                        certify(ulps, &w, piece + n, k, i, e, s == 1) && known;
        }
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
