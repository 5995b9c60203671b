/* validation/verdict.c - a value in doubles held against a ball. */
#include "validation/verdict.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

/* Where balls stop: a value this near to a boundary is the rounding's matter. */
enum { FIRST = 128, LAST = 1024 };

double
mlval_decades(const mlval_real *at)
{
    return log10(fabs(at->x)) / at->alpha;
}

const char *
mlval_by(int method)
{
    static const char *const name[MLVAL_BY] = {
        "none",     "series", "asymptotics", "contour",
        "near one", "poles",  "exact"};

    return method >= 0 && method < MLVAL_BY ? name[method] : "?";
}

/* The status that belongs to a nearest double. */
static ml_status
status_of(double want, const arb_t e)
{
    if (isinf(want))
        return ML_OVERFLOW;
    if (fabs(want) >= DBL_MIN)
        return ML_OK;
    return arb_is_exact(e) && arf_cmp_d(arb_midref(e), want) == 0
               ? ML_OK
               : ML_UNDERFLOW;
}

static void
set_args(ml_arg *args, double alpha, double beta, double x)
{
    ml_args_init(args, 3);
    ml_arg_set_d(&args[0], alpha);
    ml_arg_set_d(&args[1], beta);
    ml_arg_set_d(&args[2], x);
}

/*
 * The series from its definition, for |x| <= 0.9 where the evaluator refuses,
 * as for tiny alpha.  For y >= -m, |1/Gamma(y)| <= 1.13 (m + 1)!: it is
 * y (y+1) ... (y+m) / Gamma(y+m+1), and 1/Gamma <= 1.13 on (0, inf).
 */
static bool
series(arb_t e, double alpha, double beta, double x, slong prec)
{
    if (!(fabs(x) <= 0.9) || !(beta > -100) || !(beta < 1e6))
        return false;
    slong n = 2 + (slong)((double)(prec + 64) / -log2(fabs(x)));
    arb_t term, power, y;
    mag_t tail, most;

    arb_init(term);
    arb_init(power);
    arb_init(y);
    mag_init(tail);
    mag_init(most);
    arb_zero(e);
    arb_one(power);
    for (slong k = 0; k < n; k++) {
        arb_set_d(y, alpha);
        arb_mul_si(y, y, k, 3000);
        arb_set_d(term, beta);
        arb_add(y, y, term, 3000);
        arb_rgamma(term, y, 2 * prec);
        arb_addmul(e, term, power, 2 * prec);
        arb_set_d(term, x);
        arb_mul(power, power, term, 2 * prec);
    }
    /* |x|^n times that, over 1 - |x| >= 1/10 */
    arb_get_mag(tail, power);
    mag_fac_ui(most, beta < 0 ? (ulong)-floor(beta) + 1 : 1);
    mag_mul(tail, tail, most);
    mag_mul_ui(tail, tail, 12);
    arb_add_error_mag(e, tail);
    arb_clear(term);
    arb_clear(power);
    arb_clear(y);
    mag_clear(tail);
    mag_clear(most);
    return true;
}

void
mlval_reference(arb_t e, double *want, ml_status *status, double alpha,
                double beta, double x, slong prec)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    bool decided = false;
    ml_arg args[3];
    acb_t v;

    set_args(args, alpha, beta, x);
    acb_init(v);
    for (slong p = prec; p <= LAST && !decided; p *= 2) {
        ml_status s = f->eval(v, args, p);

        arb_set(e, acb_realref(v));
        if (s & ML_UNABLE && !arb_is_finite(e) && series(e, alpha, beta, x, p))
            s = ML_OK;
        decided = ml_round_arb_d(want, e, MPFR_RNDN);
        if (s != ML_OK)
            break;
    }
    if (decided) {
        *status = status_of(*want, e);
    } else {
        *status =
            ml_round_ball_d(want, NULL, f, args, NULL, MPFR_RNDN, 4 * LAST);
        if (isnan(*want))
            *status = ML_UNABLE;
    }
    acb_clear(v);
    ml_args_clear(args, 3);
}

/* The same by a plan where that decides. */
static void
reference(arb_t e, mlval_verdict *v, const ml_mittleff_plan *plan, slong prec)
{
    const mlval_real *at = &v->at;

    if (plan && prec == FIRST) {
        acb_t z;

        acb_init(z);
        acb_set_d(z, at->x);
        ml_status s = ml_mittleff_plan_eval(z, plan, z);

        arb_set(e, acb_realref(z));
        bool decided = s == ML_OK && ml_round_arb_d(&v->want, e, MPFR_RNDN);

        acb_clear(z);
        v->want_status = decided ? status_of(v->want, e) : ML_UNABLE;
        if (decided)
            return;
    }
    mlval_reference(e, &v->want, &v->want_status, at->alpha, at->beta, at->x,
                    prec);
}

/* [low, high] encloses |e - m|. */
static void
distance(arf_t low, arf_t high, const arb_t e, const arf_t m)
{
    arb_t d;

    arb_init(d);
    arb_sub_arf(d, e, m, 2 * LAST);
    arb_get_abs_lbound_arf(low, d, 64);
    arb_get_abs_ubound_arf(high, d, 64);
    arb_clear(d);
}

/* log2 of a / b, a bound from above where a is one; -inf for 0. */
static double
log2_ratio(const arf_t a, const arf_t b)
{
    if (arf_is_zero(a))
        return -INFINITY;
    if (arf_is_zero(b) || !arf_is_finite(a))
        return INFINITY;
    arf_t q;
    arb_t l;

    arf_init(q);
    arb_init(l);
    arf_div(q, a, b, 64, ARF_RND_UP);
    arb_set_arf(l, q);
    arb_log_base_ui(l, l, 2, 64);
    double x = fmax(-1e5, fmin(arf_get_d(arb_midref(l), ARF_RND_NEAR), 1e5));

    arf_clear(q);
    arb_clear(l);
    return x;
}

/* Exponents beyond this say no more than sign and "too large" or "too small"
 * for any double. */
enum { SATURATED = 1 << 28 };

static bool
judge_saturated(mlval_verdict *v, const arb_t e)
{
    const ml_value *i = &v->inner;
    bool up = i->exponent > 0, wrong, right;
    arf_t low, high;

    arf_init(low);
    arf_init(high);
    arb_get_abs_lbound_arf(low, e, 64);
    arb_get_abs_ubound_arf(high, e, 64);
    wrong = (up ? arf_cmpabs_2exp_si(high, 65536) < 0
                : arf_cmpabs_2exp_si(low, -65536) > 0)
            || (i->hi < 0 ? arb_is_positive(e) : arb_is_negative(e));
    right = up ? arf_cmpabs_2exp_si(low, 65536) > 0
               : arf_cmpabs_2exp_si(high, -65536) < 0;
    if (wrong)
        v->wrong |= MLVAL_BAD_ERR;
    arf_clear(low);
    arf_clear(high);
    return wrong || right;
}

/* Is err an upper bound of the error?  false: the ball is too wide to tell. */
static bool
judge_inner(mlval_verdict *v, const arb_t e)
{
    const ml_value *i = &v->inner;
    arf_t m, low, high, err, size;
    bool told;

    if (!isfinite(i->hi) || !isfinite(i->lo) || !arb_is_finite(e)) {
        bool nothing = !isfinite(i->hi) || !isfinite(i->lo);

        if (nothing && !(isinf(i->err) && i->err > 0))
            v->wrong |= MLVAL_BAD_ERR;
        return true;
    }
    if (isfinite(i->err)
        && (i->exponent > SATURATED || i->exponent < -SATURATED))
        return judge_saturated(v, e);
    arf_init(m);
    arf_init(low);
    arf_init(high);
    arf_init(err);
    arf_init(size);
    arf_set_d(m, i->hi);
    arf_set_d(low, i->lo);
    arf_add(m, m, low, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_mul_2exp_si(m, m, i->exponent);
    arf_set_d(err, i->err);
    arf_mul_2exp_si(err, err, i->exponent);
    distance(low, high, e, m);
    arb_get_abs_ubound_arf(size, e, 64);
    if (!(i->err >= 0) || arf_cmp(low, err) > 0)
        v->wrong |= MLVAL_BAD_ERR;
    told = arf_cmp(high, err) <= 0 || arf_cmp(low, err) > 0;
    v->relative = log2_ratio(high, size);
    v->width = isinf(i->err) ? INFINITY : log2_ratio(err, size);
    v->share =
        isinf(i->err) || arf_is_zero(low) ? 0 : exp2(log2_ratio(high, err));
    arf_clear(m);
    arf_clear(low);
    arf_clear(high);
    arf_clear(err);
    arf_clear(size);
    return told;
}

/* The value and its bound; false: the ball is too wide to tell. */
static bool
judge_bound(mlval_verdict *v, const arb_t e)
{
    arf_t m, low, high, b;
    bool told = true;

    if (!isfinite(v->value) && !(isinf(v->bound) && v->bound > 0))
        v->wrong |= MLVAL_BAD_BOUND;
    if (!isfinite(v->value) || !arb_is_finite(e))
        return true;
    arf_init(m);
    arf_init(low);
    arf_init(high);
    arf_init(b);
    arf_set_d(m, v->value);
    arf_set_d(b, v->bound);
    distance(low, high, e, m);
    if (!(v->bound >= 0) || arf_cmp(low, b) > 0)
        v->wrong |= MLVAL_BAD_BOUND;
    else
        told = arf_cmp(high, b) <= 0;
    if (isfinite(v->want) && v->want != 0) {
        int k;

        frexp(v->want, &k);
        arf_mul_2exp_si(high, high, 53 - (k < -1021 ? -1021 : k));
        v->ulps = arf_get_d(high, ARF_RND_UP);
    }
    arf_clear(m);
    arf_clear(low);
    arf_clear(high);
    arf_clear(b);
    return told;
}

static bool
same(double a, double b)
{
    return a == b && signbit(a) == signbit(b);
}

static mlval_kind
kind_of(double want, ml_status s)
{
    if (s & ML_UNABLE)
        return MLVAL_UNKNOWN;
    if (s & ML_OVERFLOW)
        return MLVAL_OVER;
    return s & ML_UNDERFLOW || (want != 0 && fabs(want) < DBL_MIN)
               ? MLVAL_UNDER
               : MLVAL_NORMAL;
}

/* Value and status against the nearest double and its own. */
static void
judge_rounding(mlval_verdict *v)
{
    const int known = ML_OVERFLOW | ML_UNDERFLOW | ML_UNDECIDED | ML_UNABLE;
    int s = v->status;

    if (s & ~known)
        v->wrong |= MLVAL_BAD_STATUS;
    if (s & ML_UNABLE) {
        /* Nothing is claimed, and that is said. */
        if (!isnan(v->value) || !isinf(v->bound))
            v->wrong |= MLVAL_BAD_STATUS;
        return;
    }
    if (isnan(v->value))
        v->wrong |= MLVAL_BAD_STATUS;
    if (v->kind == MLVAL_UNKNOWN)
        return;
    /* Just below the normal range tininess may be seen before rounding. */
    if (s & ML_UNDECIDED)
        return;
    if (!same(v->value, v->want))
        v->wrong |= MLVAL_BAD_VALUE;
    if (s != (int)v->want_status && fabs(v->want) != DBL_MIN)
        v->wrong |= MLVAL_BAD_STATUS;
}

static void
judge(mlval_verdict *v, const ml_mittleff_plan *plan, bool inner)
{
    bool told = false;
    arb_t e;

    arb_init(e);
    for (slong prec = FIRST; prec <= LAST && !told; prec *= 2) {
        reference(e, v, plan, prec);
        v->wrong &= MLVAL_BAD_PATH | MLVAL_BAD_ROUND;
        v->ulps = v->share = 0;
        v->relative = v->width = -INFINITY;
        told = inner ? judge_inner(v, e) : true;
        told = judge_bound(v, e) && told;
        if (v->want_status & (ML_OVERFLOW | ML_UNABLE))
            break; /* a ball of huge exponent does not get narrower */
    }
    v->kind = kind_of(v->want, v->want_status);
    judge_rounding(v);
    arb_clear(e);
}

void
mlval_judge(mlval_verdict *v, const ml_mittleff_plan *plan)
{
    judge(v, plan, true);
}

void
mlval_judge_value(mlval_verdict *v, const ml_mittleff_plan *plan)
{
    judge(v, plan, false);
}

void
mlval_tell(char *text, size_t size, const mlval_verdict *v, const char *what)
{
    const mlval_real *p = &v->at;
    const ml_value *i = &v->inner;

    snprintf(text, size,
             "%s: %s, status %d for %d; got %a want %a bound %.3g, %.4g ulp; "
             "before rounding %a %a err %.3g exponent %d, relative 2^%.1f, "
             "width 2^%.1f, share %.3g; alpha %s beta %s x %s, x_t=%.4g; "
             "alpha=%.17g beta=%.17g x=%.17g\tmlref eval mittag-leffler "
             "alpha=%a beta=%a z=%a --digits 40",
             what, mlval_by((int)i->method), (int)v->status,
             (int)v->want_status, v->value, v->want, v->bound, v->ulps, i->hi,
             i->lo, i->err, i->exponent, v->relative, v->width, v->share,
             p->alpha_kind, p->beta_kind, p->x_kind,
             pow(10.0, mlval_decades(p)), p->alpha, p->beta, p->x, p->alpha,
             p->beta, p->x);
}
