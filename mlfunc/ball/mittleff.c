/* mlfunc/ball/mittleff.c - the Mittag-Leffler function: choice of method. */
#include <math.h>

#include "mlfunc/impl.h"

/* Quadrature is asked for by name only: it is the others' oracle. */
enum { SERIES = 1, ASYMP = 2, CONTOUR = 4, QUAD = 8, AUTOMATIC = 7 };

#define STEPS 9

/* ------------------------------------------------------------- one attempt */

/* One method, in the order of ML_BY_...; cost is never below least. */
typedef struct {
    int bit;
    double (*least)(const ml_mlpoint *p, slong goal);
    double (*cost)(const ml_mlpoint *p, slong goal);
} candidate;

static const candidate candidates[] = {
    {SERIES, ml_mlpoint_series_least, ml_mlpoint_series_cost},
    {ASYMP, ml_mlpoint_asymp_least, ml_mlpoint_asymp_cost},
    {CONTOUR, ml_mlpoint_contour_least, ml_mlpoint_contour_cost},
};

enum { METHODS = sizeof candidates / sizeof *candidates };

/* The methods still to try: lower limits of their costs, or the costs. */
typedef struct {
    double cost[METHODS];
    bool known[METHODS];
} menu;

static void
menu_init(menu *m, const ml_mlpoint *p, int methods, slong goal)
{
    for (int i = 0; i < METHODS; i++) {
        const candidate *c = &candidates[i];
        m->known[i] = !(methods & c->bit);
        m->cost[i] = m->known[i] ? INFINITY : c->least(p, goal);
    }
}

/* The cheapest method, or -1; costs are estimated as far as they decide. */
static int
menu_next(menu *m, const ml_mlpoint *p, slong goal)
{
    for (;;) {
        int best = 0;
        for (int i = 1; i < METHODS; i++)
            if (m->cost[i] < m->cost[best])
                best = i;
        if (isinf(m->cost[best]))
            return -1;
        if (m->known[best])
            return best;
        m->cost[best] = candidates[best].cost(p, goal);
        m->known[best] = true;
    }
}

static ml_status
run_method(acb_t res, const ml_mlpoint *p, int method, slong n, slong goal)
{
    if (method == SERIES)
        return ml_mlpoint_series(res, p, n, goal);
    if (method == ASYMP)
        return ml_mlpoint_asymp(res, p, n, goal);
    if (method == CONTOUR)
        return ml_mlpoint_contour(res, p, goal);
    return ml_mlpoint_quad(res, p, goal);
}

static bool
is_forced(int methods)
{
    return (methods & (methods - 1)) == 0;
}

/* The allowed methods in the order of their estimated cost; a refusal falls
 * through to the next. */
static ml_status
attempt(acb_t res, int *used, const ml_mlpoint *p, int methods, slong n,
        slong goal, ml_choice *choice)
{
    menu m;
    ml_status st = ML_UNABLE;

    *used = methods;
    if (is_forced(methods))
        return run_method(res, p, methods, n, goal);
    menu_init(&m, p, methods, goal);
    for (int i; st == ML_UNABLE && (i = menu_next(&m, p, goal)) >= 0;) {
        *used = candidates[i].bit;
        st = run_method(res, p, *used, n, goal);
        if (st == ML_OK && !acb_is_finite(res))
            st = ML_UNABLE;
        m.cost[i] = INFINITY;
        choice->method = *used == CONTOUR ? ML_BY_CONTOUR : *used;
        choice->attempts++;
        choice->refused += st == ML_UNABLE;
    }
    if (st == ML_UNABLE)
        acb_indeterminate(res);
    return st;
}

/* ---------------------------------------------------------------- accuracy */

/* log2 of m, rounded up to an integer. */
static slong
exponent(const mag_t m)
{
    return mag_is_special(m) ? -WORD_MAX / 4 : fmpz_get_si(MAG_EXPREF(m));
}

static void
radius(mag_t r, const acb_t x)
{
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
}

/* rad <= 2^(8-prec) |x| for every number x of the ball. */
static bool
accurate(const acb_t x, slong prec)
{
    mag_t r, m;

    if (!acb_is_finite(x))
        return false;
    mag_init(r);
    mag_init(m);
    radius(r, x);
    acb_get_mag_lower(m, x);
    mag_mul_2exp_si(r, r, prec - 8);
    bool ok = mag_cmp(r, m) <= 0 && (!mag_is_zero(m) || acb_is_zero(x));
    mag_clear(r);
    mag_clear(m);
    return ok;
}

/* The absolute error to ask for next, once the ball x missed prec bits. */
static slong
next_goal(const acb_t x, slong goal, slong prec, int step)
{
    mag_t r, m;
    slong next;

    mag_init(r);
    mag_init(m);
    radius(r, x);
    acb_get_mag_lower(m, x);
    slong wide = exponent(r);
    if (mag_is_zero(m)) {
        next = FLINT_MIN(goal, wide) - ((prec + 32) << FLINT_MAX(0, step - 2));
    } else {
        slong want = exponent(m) - prec;
        next = FLINT_MIN(want, goal - 8);
        /* Rounding errors ate more than was planned for. */
        next = FLINT_MIN(next, goal - FLINT_MAX(0, wide - want));
    }
    mag_clear(r);
    mag_clear(m);
    return next;
}

/* Keeps the tighter of two enclosures of the same number. */
static void
keep_best(acb_t best, const acb_t x)
{
    mag_t r, s;

    mag_init(r);
    mag_init(s);
    radius(r, best);
    radius(s, x);
    if (!acb_is_finite(best) || mag_cmp(s, r) < 0)
        acb_set(best, x);
    mag_clear(r);
    mag_clear(s);
}

static ml_status
drive(acb_t res, const ml_mlpoint *p, int methods, slong n, slong prec,
      ml_choice *choice)
{
    acb_t x;
    mag_t r, old;

    if (n == 0 && (methods & ASYMP) && ml_mlpoint_dominated(p))
        return ml_mlpoint_dominant(res, p, prec);
    acb_init(x);
    mag_init(r);
    mag_init(old);
    acb_indeterminate(res);
    mag_inf(old);
    double e = ml_mlpoint_log2_d(p);
    slong goal = (slong)e - prec + 2;
    ml_status st = ML_UNABLE;
    for (int step = 0; step < STEPS; step++) {
        int used;
        ml_status got = attempt(x, &used, p, methods, n, goal, choice);
        if (got == ML_OVERFLOW || got == ML_UNDERFLOW) {
            acb_set(res, x);
            st = got;
            break;
        }
        if (got != ML_OK || !acb_is_finite(x))
            break;
        acb_set_round(x, x, prec + 10);
        keep_best(res, x);
        if (accurate(res, prec)) {
            st = ML_OK;
            break;
        }
        /* A box of inputs sets a limit that no precision lowers. */
        radius(r, x);
        mag_mul_2exp_si(r, r, 2);
        if (n > 0 || (mag_cmp(r, old) > 0 && step > 1))
            break;
        if (exponent(r) > goal + 40 && (methods & ~used))
            methods &= ~used;
        mag_mul_2exp_si(old, r, -2);
        goal = next_goal(x, goal, prec, step);
    }
    acb_clear(x);
    mag_clear(r);
    mag_clear(old);
    return st;
}

/* ------------------------------------------------------------ special cases */

static bool
is_zero(const ml_mlpoint *p)
{
    return p->z_exact ? fmpq_is_zero(p->z_re) && fmpq_is_zero(p->z_im)
                      : acb_is_zero(p->z);
}

/* 1/Gamma(beta) at z = 0, an exact ball where it is dyadic. */
static ml_status
at_zero(acb_t res, const ml_mlpoint *p, slong prec)
{
    arb_t y;

    acb_zero(res);
    if (ml_mlpoint_vanishes(p, 0))
        return ML_OK;
    arb_init(y);
    if (p->ab_exact && fmpz_divisible(p->num_b, p->den) && p->b < 200) {
        arb_fac_ui(y, (ulong)(p->b + 0.5) - 1, prec + 1300);
        arb_inv(acb_realref(res), y, prec + 8);
    } else {
        ml_mlpoint_index(y, p, 0, prec + 60);
        arb_rgamma(acb_realref(res), y, prec + 40);
        arb_set_round(acb_realref(res), acb_realref(res), prec + 8);
    }
    arb_clear(y);
    return accurate(res, prec) ? ML_OK : ML_UNABLE;
}

/* How many leading terms vanish identically: alpha k + beta a pole of Gamma
 * for all k below.  [mlfunc M1] */
static slong
leading_zeros(const ml_mlpoint *p)
{
    if (!ml_mlpoint_vanishes(p, 0))
        return 0;
    if (!ml_mlpoint_vanishes(p, 1))
        return 1;
    /* alpha is an integer, or a later index leaves the poles again. */
    if (fmpz_divisible(p->num_a, p->den)) {
        fmpz_t k;
        fmpz_init(k);
        fmpz_neg(k, p->num_b);
        fmpz_fdiv_q(k, k, p->num_a);
        slong n = fmpz_get_si(k) + 1;
        fmpz_clear(k);
        return n;
    }
    return 1;
}

static ml_status
evaluate(acb_t res, ml_mlpoint *p, int methods, slong n, slong prec,
         ml_choice *choice)
{
    acb_t x, z;

    prec = FLINT_MAX(prec, 2);
    acb_init(x);
    acb_init(z);
    slong k = n > 0 ? 0 : leading_zeros(p);
    ml_status st;
    if (is_zero(p)) {
        st = at_zero(x, p, prec);
    } else if (k > 0) {
        ml_mlpoint_shift_beta(p, k);
        st = drive(x, p, methods, 0, prec + 2, choice);
        ml_mlpoint_z(z, p, prec + 80);
        acb_pow_ui(z, z, (ulong)k, prec + 70);
        if (p->real)
            arb_zero(acb_imagref(z));
        acb_mul(x, x, z, prec + 10);
        if (st == ML_OK && !accurate(x, prec))
            st = ML_UNABLE;
    } else {
        st = drive(x, p, methods, n, prec, choice);
    }
    if (st == ML_OVERFLOW || !acb_is_finite(x))
        acb_indeterminate(x);
    acb_swap(res, x);
    acb_clear(x);
    acb_clear(z);
    return st;
}

/* -------------------------------------------------------------- entry points */

static ml_status
by_balls(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
         int methods, slong n, slong prec)
{
    ml_choice choice = {0};
    ml_mlpoint p;

    ml_mlpoint_init(&p);
    ml_status st = ml_mlpoint_set_balls(&p, alpha, beta, z);
    if (st == ML_OK)
        st = evaluate(res, &p, methods, n, prec, &choice);
    else
        acb_indeterminate(res);
    ml_mlpoint_clear(&p);
    return st;
}

/* Relative bits of the widest input, negative for a wide beta near 0. */
static slong
input_bits(const arb_t alpha, const arb_t beta, const acb_t z)
{
    slong bits =
        FLINT_MIN(arb_rel_accuracy_bits(alpha), acb_rel_accuracy_bits(z));

    if (!arb_is_exact(beta))
        bits = FLINT_MIN(bits, -exponent(arb_radref(beta)));
    return bits;
}

/* The methods take a box that is much narrower than the accuracy asked for as
 * they take a point; another one is better served by the mean value form.  The
 * narrower of two enclosures is kept.  [mlfunc B1] */
static ml_status
by_any(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
       slong prec)
{
    slong bits = input_bits(alpha, beta, z);
    acb_t x, y;

    if (!ml_plan_slopes(bits, prec))
        return by_balls(res, alpha, beta, z, AUTOMATIC, 0, prec);
    acb_init(x);
    acb_init(y);
    ml_status st = ML_UNABLE;
    if (ml_mittleff_mean_value(x, alpha, beta, z, prec) && accurate(x, prec)) {
        st = ML_OK;
    } else {
        st = by_balls(y, alpha, beta, z, AUTOMATIC, 0, prec);
        keep_best(x, y);
    }
    acb_swap(res, x);
    acb_clear(x);
    acb_clear(y);
    return st;
}

static ml_status
by_point(acb_t res, ml_choice *choice, const ml_arg *args, int methods,
         slong prec)
{
    ml_mlpoint p;

    ml_mlpoint_init(&p);
    ml_status st = ml_mlpoint_set_args(&p, args);
    if (st == ML_OK)
        st = evaluate(res, &p, methods, 0, prec, choice);
    else
        acb_indeterminate(res);
    ml_mlpoint_clear(&p);
    return st;
}

ml_status
ml_mlpoint_mittleff(acb_t res, ml_mlpoint *p, slong prec)
{
    ml_choice choice = {0};
    return evaluate(res, p, AUTOMATIC, 0, prec, &choice);
}

ml_status
ml_mittleff(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
            slong prec)
{
    return by_any(res, alpha, beta, z, prec);
}

ml_status
ml_mittleff_series(acb_t res, const arb_t alpha, const arb_t beta,
                   const acb_t z, slong n, slong prec)
{
    return by_balls(res, alpha, beta, z, SERIES, n, prec);
}

ml_status
ml_mittleff_asymp(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
                  slong n, slong prec)
{
    return by_balls(res, alpha, beta, z, ASYMP, n, prec);
}

ml_status
ml_mittleff_contour(acb_t res, const arb_t alpha, const arb_t beta,
                    const acb_t z, slong prec)
{
    return by_balls(res, alpha, beta, z, CONTOUR, 0, prec);
}

ml_status
ml_mittleff_quad(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
                 slong prec)
{
    return by_balls(res, alpha, beta, z, QUAD, 0, prec);
}

ml_status
ml_mittleff_point(acb_t res, const ml_arg *args, slong prec)
{
    ml_choice choice = {0};
    return by_point(res, &choice, args, AUTOMATIC, prec);
}

ml_status
ml_mittleff_traced(acb_t res, ml_choice *choice, const ml_arg *args, slong prec)
{
    return by_point(res, choice, args, AUTOMATIC, prec);
}

const char *
ml_mittleff_chosen(const ml_arg *args, slong prec)
{
    static const char *const names[ML_BY_COUNT] = {
        [ML_BY_NONE] = "leading term", [ML_BY_SERIES] = "series",
        [ML_BY_ASYMP] = "asymptotic",  [ML_BY_CONTOUR] = "contour",
        [ML_BY_QUAD] = "quadrature",   [ML_BY_FORMULA] = "formula"};
    bool at_zero = fmpq_is_zero(args[2].re) && fmpq_is_zero(args[2].im);
    ml_choice choice = {0};
    acb_t x;

    acb_init(x);
    ml_status st = by_point(x, &choice, args, AUTOMATIC, prec);
    acb_clear(x);
    if (st != ML_OK)
        return "none";
    return at_zero ? "formula" : names[choice.method];
}

ml_status
ml_mittleff_point_series(acb_t res, const ml_arg *args, slong prec)
{
    ml_choice choice = {0};
    return by_point(res, &choice, args, SERIES, prec);
}

ml_status
ml_mittleff_point_asymptotic(acb_t res, const ml_arg *args, slong prec)
{
    ml_choice choice = {0};
    return by_point(res, &choice, args, ASYMP, prec);
}

ml_status
ml_mittleff_point_contour(acb_t res, const ml_arg *args, slong prec)
{
    ml_choice choice = {0};
    return by_point(res, &choice, args, CONTOUR, prec);
}

ml_status
ml_mittleff_point_quadrature(acb_t res, const ml_arg *args, slong prec)
{
    ml_choice choice = {0};
    return by_point(res, &choice, args, QUAD, prec);
}
