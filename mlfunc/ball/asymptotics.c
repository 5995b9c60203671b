/* mlfunc/ball/asymptotics.c - where E_alpha(-x) is near its two limits.
 *
 *     q(x) = exp(-x/Gamma(1+alpha)) / E_alpha(-x),   short error 1 - q
 *     h(x) = x Gamma(1-alpha) E_alpha(-x),           long error |1/h - 1|
 *
 * q falls from 1 to 0 [mlfunc T1]; h rises to 1 for alpha <= 1/2 and else rises
 * above 1 and falls back to it [mlfunc T2]: each abscissa asked for is the one
 * sign change of a function, and is enclosed by signs proved in balls.
 */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

/* Signs are decided below this precision, covers below this many pieces. */
#define MAX_PREC   8192
#define MAX_PIECES 20000

typedef struct curve {
    const fmpq *alpha;
    const fmpq *level; /* eps, or the level of h */
    /* Encloses the function whose sign is asked for, at x. */
    void (*value)(arb_t res, const struct curve *c, const arf_t x, slong prec);
} curve;

/* ------------------------------------------------------------- the functions */

/* e = E_alpha(-x) */
static void
relaxation_at(arb_t e, const fmpq_t alpha, const arf_t x, slong prec)
{
    ml_arg args[3];
    acb_t res;

    ml_args_init(args, 3);
    acb_init(res);
    fmpq_set(args[0].re, alpha);
    fmpq_one(args[1].re);
    arf_get_fmpq(args[2].re, x);
    fmpq_neg(args[2].re, args[2].re);
    /* Whatever the status, the ball encloses. */
    if (ml_mittleff_point(res, args, prec) & ML_DOMAIN)
        acb_indeterminate(res);
    arb_set(e, acb_realref(res));
    ml_args_clear(args, 3);
    acb_clear(res);
}

/* g = Gamma(1 + alpha) or Gamma(1 - alpha) */
static void
gamma_at(arb_t g, const fmpq_t alpha, int sign, slong prec)
{
    fmpq_t y;

    fmpq_init(y);
    fmpq_one(y);
    if (sign > 0)
        fmpq_add(y, y, alpha);
    else
        fmpq_sub(y, y, alpha);
    arb_gamma_fmpq(g, y, prec);
    fmpq_clear(y);
}

/* s = exp(-x/Gamma(1+alpha)) */
static void
short_form(arb_t s, const fmpq_t alpha, const arf_t x, slong prec)
{
    arb_t t;

    arb_init(t);
    gamma_at(t, alpha, 1, prec);
    arb_set_arf(s, x);
    arb_div(s, s, t, prec);
    arb_neg(s, s);
    arb_exp(s, s, prec);
    arb_clear(t);
}

/* exp(-x/Gamma(1+alpha)) - (1 - eps) E: positive before X, negative beyond. */
static void
short_value(arb_t res, const curve *c, const arf_t x, slong prec)
{
    arb_t e, t;
    fmpq_t one;

    arb_init(e);
    arb_init(t);
    fmpq_init(one);
    fmpq_one(one);
    fmpq_sub(one, one, c->level);
    relaxation_at(e, c->alpha, x, prec);
    arb_set_fmpq(t, one, prec);
    arb_mul(e, e, t, prec);
    short_form(res, c->alpha, x, prec);
    arb_sub(res, res, e, prec);
    arb_clear(e);
    arb_clear(t);
    fmpq_clear(one);
}

/* h(x) - level */
static void
long_value(arb_t res, const curve *c, const arf_t x, slong prec)
{
    arb_t t;

    arb_init(t);
    relaxation_at(res, c->alpha, x, prec);
    gamma_at(t, c->alpha, -1, prec);
    arb_mul(res, res, t, prec);
    arb_mul_arf(res, res, x, prec);
    arb_set_fmpq(t, c->level, prec);
    arb_sub(res, res, t, prec);
    arb_clear(t);
}

/* (q + 1/h - 2) E: positive where the long form is the worse one.  [mlfunc T3] */
static void
balance_value(arb_t res, const curve *c, const arf_t x, slong prec)
{
    arb_t t;

    arb_init(t);
    relaxation_at(res, c->alpha, x, prec);
    arb_mul_2exp_si(res, res, 1);
    arb_neg(res, res);
    short_form(t, c->alpha, x, prec);
    arb_add(res, res, t, prec);
    gamma_at(t, c->alpha, -1, prec);
    arb_mul_arf(t, t, x, prec);
    arb_inv(t, t, prec);
    arb_add(res, res, t, prec);
    arb_clear(t);
}

/* u e^-u - sin(pi alpha)/(pi alpha), u = x/Gamma(1+alpha): zero where the two
 * limits are equal. */
static void
crossing_value(arb_t res, const curve *c, const arf_t x, slong prec)
{
    arb_t t;

    arb_init(t);
    short_form(res, c->alpha, x, prec);
    arb_mul_arf(res, res, x, prec);
    gamma_at(t, c->alpha, 1, prec);
    arb_div(res, res, t, prec);
    arb_set_fmpq(t, c->alpha, prec);
    arb_sinc_pi(t, t, prec);
    arb_sub(res, res, t, prec);
    arb_clear(t);
}

/* ------------------------------------------------------------ signs and roots */

static int
sign_at(const curve *c, const arf_t x)
{
    int sign = 0;
    arb_t v;

    arb_init(v);
    for (slong prec = 64; prec <= MAX_PREC && sign == 0; prec *= 2) {
        c->value(v, c, x, prec);
        sign = arb_is_positive(v) ? 1 : arb_is_negative(v) ? -1 : 0;
    }
    arb_clear(v);
    return sign;
}

/* The middle of [lo, hi], geometric while the interval is wide. */
static void
middle(arf_t m, const arf_t lo, const arf_t hi)
{
    arf_t t;

    arf_init(t);
    arf_mul_2exp_si(t, lo, 1);
    if (arf_cmp(t, hi) < 0) {
        arf_mul(m, lo, hi, 64, ARF_RND_NEAR);
        arf_sqrt(m, m, 32, ARF_RND_NEAR);
    } else {
        arf_add(m, lo, hi, ARF_PREC_EXACT, ARF_RND_NEAR);
        arf_mul_2exp_si(m, m, -1);
        arf_set_round(m, m, 53, ARF_RND_NEAR);
    }
    arf_clear(t);
}

/* hi - lo <= 2^-24 lo */
static bool
narrow(const arf_t lo, const arf_t hi)
{
    arf_t d;
    bool ok;

    arf_init(d);
    arf_sub(d, hi, lo, ARF_PREC_EXACT, ARF_RND_NEAR);
    arf_mul_2exp_si(d, d, 24);
    ok = arf_cmp(d, lo) <= 0;
    arf_clear(d);
    return ok;
}

/* The sign change of c within [lo, hi], where it is known to have one: the
 * sign at lo is `first`. */
static ml_status
bisect(arb_t x, const curve *c, const arf_t from, const arf_t to, int first)
{
    arf_t lo, hi, m;
    int sign = first;

    arf_init(lo);
    arf_init(hi);
    arf_init(m);
    arf_set(lo, from);
    arf_set(hi, to);
    while (sign != 0 && !narrow(lo, hi)) {
        middle(m, lo, hi);
        sign = sign_at(c, m);
        arf_swap(sign == first ? lo : hi, m);
    }
    if (sign != 0)
        arb_set_interval_arf(x, lo, hi, 96);
    else
        arb_zero_pm_inf(x);
    arf_clear(lo);
    arf_clear(hi);
    arf_clear(m);
    return sign != 0 ? ML_OK : ML_UNABLE;
}

/* The same on the whole half-line; `first` is the sign near 0. */
static ml_status
find(arb_t x, const curve *c, int first)
{
    ml_status s = ML_UNABLE;
    arf_t lo, hi;
    int a, b, steps = 0;

    arf_init(lo);
    arf_init(hi);
    arf_one(lo);
    arf_one(hi);
    a = b = sign_at(c, lo);
    for (slong k = 2; a == -first && steps < 40; k *= 2, steps++) {
        arf_mul_2exp_si(lo, lo, -k);
        a = sign_at(c, lo);
    }
    for (slong k = 2; b == first && steps < 40; k *= 2, steps++) {
        arf_mul_2exp_si(hi, hi, k);
        b = sign_at(c, hi);
    }
    if (a == first && b == -first)
        s = bisect(x, c, lo, hi, first);
    else
        arb_zero_pm_inf(x);
    arf_clear(lo);
    arf_clear(hi);
    return s;
}

/* ------------------------------------------------------------------ contracts */

static bool
in_unit(const fmpq_t x)
{
    return fmpq_sgn(x) > 0 && fmpz_cmp(fmpq_numref(x), fmpq_denref(x)) < 0;
}

static bool
above_half(const fmpq_t x)
{
    return fmpq_cmp_ui(x, 1) < 0
           && fmpz_cmp2abs(fmpq_denref(x), fmpq_numref(x)) < 0;
}

ml_status
ml_asymptotics_short(arb_t x, const fmpq_t alpha, const fmpq_t eps)
{
    const curve c = {alpha, eps, short_value};

    if (!in_unit(alpha) || !in_unit(eps)) {
        arb_indeterminate(x);
        return ML_DOMAIN;
    }
    return find(x, &c, 1);
}

/* B with |h(x) - 1| <= B/x, for alpha > 1/2.  [mlfunc T4] */
static void
remainder_constant(arb_t b, const fmpq_t alpha)
{
    arb_t t;
    fmpq_t y;

    arb_init(t);
    fmpq_init(y);
    fmpq_add(y, alpha, alpha);
    arb_gamma_fmpq(b, y, 64);
    gamma_at(t, alpha, -1, 64);
    arb_mul(b, b, t, 64);
    arb_set_fmpq(t, alpha, 64);
    arb_sin_pi(t, t, 64);
    arb_div(b, b, t, 64);
    arb_const_pi(t, 64);
    arb_div(b, b, t, 64);
    arb_clear(t);
    fmpq_clear(y);
}

/* h < level beyond hi, and before lo.  [mlfunc T4] */
static void
outer_bounds(arf_t lo, arf_t hi, const curve *c)
{
    arb_t b, t;
    fmpq_t y;

    arb_init(b);
    arb_init(t);
    fmpq_init(y);
    remainder_constant(b, c->alpha);
    fmpq_sub_ui(y, c->level, 1);
    arb_set_fmpq(t, y, 64);
    arb_div(b, b, t, 64);
    arb_get_ubound_arf(hi, b, 32);
    gamma_at(b, c->alpha, -1, 64);
    arb_inv(b, b, 64); /* h(x) <= x Gamma(1-alpha) <= 1 < level */
    arb_get_lbound_arf(lo, b, 32);
    arf_max(hi, hi, lo);
    arb_clear(b);
    arb_clear(t);
    fmpq_clear(y);
}

/* Is b Gamma(1-alpha) E(-a) < level?  Then h < level on [a, b], since E
 * falls. */
static bool
below_on(const curve *c, const arf_t a, const arf_t b)
{
    arb_t v, t;
    bool ok;

    arb_init(v);
    arb_init(t);
    relaxation_at(v, c->alpha, a, 64);
    gamma_at(t, c->alpha, -1, 64);
    arb_mul(v, v, t, 64);
    arb_mul_arf(v, v, b, 64);
    arb_set_fmpq(t, c->level, 64);
    ok = arb_lt(v, t);
    arb_clear(v);
    arb_clear(t);
    return ok;
}

/* 1: h(peak) > level is proved for the point found; -1: h < level on [a, b];
 * 0: neither.  Halves the interval, left part first, while there are pieces. */
static int
exceeds(arf_t peak, const curve *c, const arf_t a, const arf_t b, int *pieces)
{
    arf_t m;
    int result;

    if (below_on(c, a, b))
        return -1;
    if (--*pieces < 0)
        return 0;
    arf_init(m);
    middle(m, a, b);
    if (sign_at(c, m) > 0) {
        arf_set(peak, m);
        result = 1;
    } else if (arf_cmp(a, m) >= 0 || arf_cmp(m, b) >= 0) {
        result = 0;
    } else {
        result = exceeds(peak, c, a, m, pieces);
        if (result < 0)
            result = exceeds(peak, c, m, b, pieces);
    }
    arf_clear(m);
    return result;
}

ml_status
ml_asymptotics_long(arb_t x, const fmpq_t alpha, const fmpq_t eps)
{
    ml_status s = ML_UNABLE;
    fmpq_t level;
    arf_t lo, hi, peak;
    int found = -1, pieces = MAX_PIECES;

    if (!in_unit(alpha) || !in_unit(eps)) {
        arb_indeterminate(x);
        return ML_DOMAIN;
    }
    fmpq_init(level);
    arf_init(lo);
    arf_init(hi);
    arf_init(peak);
    arb_zero_pm_inf(x);
    curve c = {alpha, level, long_value};
    if (above_half(alpha)) {
        fmpq_one(level);
        fmpq_sub(level, level, eps);
        fmpq_inv(level, level);
        outer_bounds(lo, hi, &c);
        found = exceeds(peak, &c, lo, hi, &pieces);
        if (found > 0)
            s = bisect(x, &c, peak, hi, 1);
    }
    if (found < 0) {
        fmpq_one(level);
        fmpq_add(level, level, eps);
        fmpq_inv(level, level);
        s = find(x, &c, -1);
    }
    fmpq_clear(level);
    arf_clear(lo);
    arf_clear(hi);
    arf_clear(peak);
    return s;
}

/* sin(pi alpha)/(pi alpha) against 1/e: -1, 1, or 0 where it is not decided. */
static int
crossing_exists(const fmpq_t alpha)
{
    arb_t s, e;
    int sign = 0;

    arb_init(s);
    arb_init(e);
    for (slong prec = 64; prec <= MAX_PREC && sign == 0; prec *= 2) {
        arb_set_fmpq(s, alpha, prec);
        arb_sinc_pi(s, s, prec);
        arb_set_si(e, -1);
        arb_exp(e, e, prec);
        sign = arb_lt(s, e) ? 1 : arb_gt(s, e) ? -1 : 0;
    }
    arb_clear(s);
    arb_clear(e);
    return sign;
}

ml_status
ml_asymptotics_equal(arb_struct *x, size_t *n, size_t max, bool *proved,
                     const fmpq_t alpha)
{
    const curve balance = {alpha, NULL, balance_value};
    const curve crossing = {alpha, NULL, crossing_value};
    ml_status s;
    arf_t lo, hi;
    arb_t g, all[3];
    int two, sign;
    size_t found = 1;

    *n = 0;
    *proved = false;
    if (!in_unit(alpha))
        return ML_DOMAIN;
    arf_init(lo);
    arf_init(hi);
    arb_init(g);
    for (int i = 0; i < 3; i++)
        arb_init(all[i]);
    s = find(all[0], &balance, 1);
    two = s == ML_OK ? crossing_exists(alpha) : 0;
    if (two > 0) {
        /* u e^-u rises up to u = 1, and falls from there. */
        gamma_at(g, alpha, 1, 64);
        arf_set_round(hi, arb_midref(g), 32, ARF_RND_NEAR);
        sign = sign_at(&crossing, hi);
        arf_mul_2exp_si(lo, hi, -1);
        while (sign > 0 && sign_at(&crossing, lo) > 0)
            arf_mul_2exp_si(lo, lo, -1);
        s = sign > 0 ? bisect(all[1], &crossing, lo, hi, -1) : ML_UNABLE;
        arf_mul_2exp_si(lo, hi, 1);
        while (sign > 0 && sign_at(&crossing, lo) > 0)
            arf_mul_2exp_si(lo, lo, 1);
        if (s == ML_OK)
            s = bisect(all[2], &crossing, hi, lo, 1);
        found = s == ML_OK ? 3 : 1;
    }
    *proved = s == ML_OK && two != 0 && found <= max;
    for (; s == ML_OK && *n < found && *n < max; ++*n)
        arb_swap(&x[*n], all[*n]);
    for (int i = 0; i < 3; i++)
        arb_clear(all[i]);
    arf_clear(lo);
    arf_clear(hi);
    arb_clear(g);
    return s;
}

ml_status
ml_asymptotics_slope(arb_t slope, const fmpq_t alpha, const fmpq_t x,
                     slong prec)
{
    ml_arg args[3];
    acb_t e, d;
    ml_status s;

    arb_indeterminate(slope);
    if (!in_unit(alpha) || fmpq_sgn(x) < 0)
        return ML_DOMAIN;
    ml_args_init(args, 3);
    acb_init(e);
    acb_init(d);
    fmpq_set(args[0].re, alpha);
    fmpq_set(args[1].re, alpha);
    fmpq_neg(args[2].re, x);
    /* x d/dx E_alpha(-x) = -x E_{alpha,alpha}(-x)/alpha, and x = t^alpha. */
    s = ml_mittleff_point(d, args, prec + 12);
    fmpq_one(args[1].re);
    s |= ml_mittleff_point(e, args, prec + 12);
    arb_div(slope, acb_realref(d), acb_realref(e), prec + 12);
    arb_set_fmpq(acb_imagref(d), x, prec + 12);
    arb_mul(slope, slope, acb_imagref(d), prec);
    ml_args_clear(args, 3);
    acb_clear(e);
    acb_clear(d);
    return s;
}
