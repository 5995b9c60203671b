/* mlfunc/ball/relaxation.c - E_alpha(-(t/tau)^alpha). */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

enum { ALPHA, TAU, T, NARGS };

typedef enum { AUTO, SERIES, ASYMPTOTIC, CONTOUR, QUADRATURE } choice;

static const ml_ball_fn at_point[] = {
    ml_mittleff_row,
    ml_mittleff_point_series,
    ml_mittleff_point_asymptotic,
    ml_mittleff_point_contour,
    ml_mittleff_point_quadrature,
};

ml_status
ml_relaxation_domain(const ml_arg *args, size_t *bad)
{
    for (size_t i = 0; i < NARGS; i++) {
        *bad = i;
        if (!fmpq_is_zero(args[i].im)
            || fmpq_sgn(args[i].re) < (i == T ? 0 : 1))
            return ML_DOMAIN;
    }
    return ML_OK;
}

/* ------------------------------------------------------ x = (t/tau)^alpha */

/* n = m^q for some integer m >= 1? */
static bool
exact_root(fmpz_t m, const fmpz_t n, ulong q)
{
    fmpz_t power;
    bool exact;

    fmpz_init(power);
    fmpz_root(m, n, (slong)q);
    fmpz_pow_ui(power, m, q);
    exact = fmpz_equal(power, n);
    fmpz_clear(power);
    return exact;
}

bool
ml_rational_power(fmpq_t x, const fmpq_t r, const fmpq_t a)
{
    ulong p, q;

    if (fmpq_is_one(r)) {
        fmpq_one(x);
        return true;
    }
    if (fmpz_cmp_ui(fmpq_denref(a), 4096) > 0
        || fmpz_cmp_ui(fmpq_numref(a), 4096) > 0)
        return false;
    p = fmpz_get_ui(fmpq_numref(a));
    q = fmpz_get_ui(fmpq_denref(a));
    if (fmpq_height_bits(r) * p > 100000 * q
        || !exact_root(fmpq_numref(x), fmpq_numref(r), q)
        || !exact_root(fmpq_denref(x), fmpq_denref(r), q))
        return false;
    fmpz_pow_ui(fmpq_numref(x), fmpq_numref(x), p);
    fmpz_pow_ui(fmpq_denref(x), fmpq_denref(x), p);
    return true;
}

void
ml_relaxation_z(acb_t z, const ml_arg *args, slong prec)
{
    fmpq_t r;

    fmpq_init(r);
    fmpq_div(r, args[T].re, args[TAU].re);
    arb_set_fmpq(acb_realref(z), r, prec);
    arb_pow_fmpq(acb_realref(z), acb_realref(z), args[ALPHA].re, prec);
    arb_neg(acb_realref(z), acb_realref(z));
    arb_zero(acb_imagref(z));
    fmpq_clear(r);
}

/* ------------------------------------------------------------- at a ball z */

/* To an absolute error of about 2^goal, or prec bits.  A ball that is only too
 * wide is no refusal: z is made more precise. */
static ml_status
at_z(acb_t res, ml_mlpoint *p, choice how, slong goal, slong prec)
{
    ml_status s;

    if (how == AUTO)
        s = ml_mlpoint_mittleff(res, p, prec);
    else if (how == ASYMPTOTIC && ml_mlpoint_dominated(p))
        s = ml_mlpoint_dominant(res, p, prec);
    else if (how == SERIES)
        s = ml_mlpoint_series(res, p, 0, goal);
    else if (how == ASYMPTOTIC)
        s = ml_mlpoint_asymp(res, p, 0, goal);
    else if (how == CONTOUR)
        s = ml_mlpoint_contour(res, p, goal);
    else
        s = ml_mlpoint_quad(res, p, goal);
    return s == ML_UNABLE && acb_is_finite(res) ? ML_OK : s;
}

/* -1: too many. */
static slong
cancellation(const ml_arg *args, choice how, slong prec)
{
    const slong most = how == SERIES ? 20000 : 2 * prec;
    slong bits = most;
    arb_t x;
    fmpq_t r;

    arb_init(x);
    fmpq_init(r);
    fmpq_div(r, args[T].re, args[TAU].re);
    arb_set_fmpq(x, r, 30);
    if (arf_cmpabs_2exp_si(arb_midref(x), 20) < 0)
        bits = (slong)(1.5 * arf_get_d(arb_midref(x), ARF_RND_UP));
    arb_clear(x);
    fmpq_clear(r);
    if (bits < most)
        return bits;
    return how == SERIES ? -1 : most;
}

slong
ml_relaxation_loss(const ml_arg *args, slong prec)
{
    return cancellation(args, AUTO, prec);
}

/* Raises the precision of z, and the goal, until the promise is met. */
static ml_status
at_ball(acb_t res, const ml_arg *args, choice how, slong prec)
{
    ml_mlpoint p;
    acb_t z;
    fmpq_t one;
    ml_status s = ML_UNABLE;
    slong extra = 12, loss = cancellation(args, how, prec);

    if (loss < 0)
        return s;
    ml_mlpoint_init(&p);
    acb_init(z);
    fmpq_init(one);
    fmpq_one(one);
    for (int tries = 0; tries < 5; tries++) {
        ml_relaxation_z(z, args, prec + extra + loss + 16);
        s = ml_mlpoint_set_mixed(&p, args[ALPHA].re, one, z);
        if (s != ML_OK)
            break;
        slong goal = (slong)ml_mlpoint_log2_d(&p) - prec - extra;
        s = at_z(res, &p, how, goal, prec);
        arb_zero(acb_imagref(res));
        if (s != ML_OK || ml_ball_accurate(res, prec - 4))
            break;
        extra += 32 << tries;
    }
    if (s == ML_OK && !ml_ball_accurate(res, prec - 8))
        s = ML_UNABLE;
    ml_mlpoint_clear(&p);
    acb_clear(z);
    fmpq_clear(one);
    return s;
}

/* ------------------------------------------------- far out, for alpha >= 2 */

static void
set_polar(ml_polar *p, const ml_arg *args, slong prec)
{
    fmpq_t r;

    fmpq_init(r);
    fmpq_div(r, args[T].re, args[TAU].re);
    ml_arg_get_arb(p->alpha, &args[ALPHA], prec);
    arb_one(p->beta);
    arb_set_fmpq(p->x, r, prec);
    arb_log(p->ln_x, p->x, prec);
    arb_const_pi(p->theta, prec);
    p->axis = -1;
    fmpq_clear(r);
}

/* The precision that resolves the phase t/tau sin(pi/alpha), or 0. */
static slong
polar_prec(const ml_arg *args)
{
    return ml_exponent_prec((slong)fmpz_bits(fmpq_numref(args[T].re))
                            + (slong)fmpz_bits(fmpq_denref(args[TAU].re)));
}

/* A better ball, if there is one, where res is out of range. */
static void
beyond(acb_t res, const ml_arg *args, slong prec)
{
    slong wp = polar_prec(args);
    acb_t better;
    ml_polar p;

    if (wp == 0)
        return;
    acb_init(better);
    ml_polar_init(&p);
    set_polar(&p, args, wp + prec);
    ml_polar_ball(better, &p, wp + prec);
    if (acb_is_finite(better))
        acb_swap(res, better);
    acb_clear(better);
    ml_polar_clear(&p);
}

/* ------------------------------------------------------------------- rows */

/* alpha = 1: exp(-t/tau), a KWW with beta = c = 1. */
static void
as_kww(ml_arg *k, const ml_arg *args)
{
    ml_args_init(k, ML_MAX_ARGS);
    fmpq_one(k[0].re);
    fmpq_set(k[1].re, args[TAU].re);
    fmpq_one(k[2].re);
    fmpq_set(k[3].re, args[T].re);
}

static ml_status
relaxation(acb_t res, const ml_arg *args, choice how, slong prec)
{
    size_t bad;
    ml_status s = ml_relaxation_domain(args, &bad);
    ml_arg k[ML_MAX_ARGS];
    fmpq_t r;

    acb_indeterminate(res);
    arb_zero(acb_imagref(res));
    if (s != ML_OK)
        return s;
    if (how == AUTO && fmpq_is_one(args[ALPHA].re)) {
        as_kww(k, args);
        s = ml_kww_point(res, k, prec);
        ml_args_clear(k, ML_MAX_ARGS);
        return s;
    }
    ml_args_init(k, 3);
    fmpq_init(r);
    fmpq_set(k[0].re, args[ALPHA].re);
    fmpq_one(k[1].re);
    fmpq_div(r, args[T].re, args[TAU].re);
    if (fmpq_is_zero(r) || ml_rational_power(k[2].re, r, args[ALPHA].re)) {
        fmpq_neg(k[2].re, k[2].re);
        s = at_point[how](res, k, prec);
    } else {
        s = at_ball(res, args, how, prec);
    }
    if (how == AUTO && (s & (ML_OVERFLOW | ML_UNDERFLOW)))
        beyond(res, args, prec);
    ml_args_clear(k, 3);
    fmpq_clear(r);
    return s;
}

ml_status
ml_relaxation_point(acb_t res, const ml_arg *args, slong prec)
{
    return relaxation(res, args, AUTO, prec);
}

ml_status
ml_relaxation_series(acb_t res, const ml_arg *args, slong prec)
{
    return relaxation(res, args, SERIES, prec);
}

ml_status
ml_relaxation_asymptotic(acb_t res, const ml_arg *args, slong prec)
{
    return relaxation(res, args, ASYMPTOTIC, prec);
}

ml_status
ml_relaxation_contour(acb_t res, const ml_arg *args, slong prec)
{
    return relaxation(res, args, CONTOUR, prec);
}

ml_status
ml_relaxation_quadrature(acb_t res, const ml_arg *args, slong prec)
{
    return relaxation(res, args, QUADRATURE, prec);
}

bool
ml_relaxation_exact(fmpq_t re, fmpq_t im, const ml_arg *args)
{
    return ml_one_at_zero(re, im, &args[T]);
}

/* E_alpha(-x) = 1 + delta: the first term, -x/Gamma(1+alpha), is larger than
 * all that follow, so that delta < 0. */
bool
ml_relaxation_nearly(fmpq_t re, fmpq_t im, acb_t delta, int sign[2],
                     const ml_arg *args, slong prec)
{
    arb_t alpha, one;
    acb_t z;
    mag_t size;
    bool small;

    if (fmpq_is_zero(args[T].re))
        return false;
    arb_init(alpha);
    arb_init(one);
    acb_init(z);
    mag_init(size);
    fmpq_one(re);
    fmpq_zero(im);
    sign[0] = -1;
    sign[1] = 0;
    arb_one(one);
    ml_arg_get_arb(alpha, &args[ALPHA], prec);
    ml_relaxation_z(z, args, prec);
    small = ml_near_zero(delta, alpha, one, z, prec);
    acb_get_mag(size, delta);
    small = small && mag_cmp_2exp_si(size, -32) < 0;
    arb_clear(alpha);
    arb_clear(one);
    acb_clear(z);
    mag_clear(size);
    return small;
}

ml_status
ml_relaxation_log2(arb_t res, const ml_arg *args)
{
    slong prec = polar_prec(args);
    ml_status s = ML_UNABLE;
    ml_arg k[ML_MAX_ARGS];
    ml_polar p;

    if (fmpq_is_one(args[ALPHA].re)) {
        as_kww(k, args);
        s = ml_kww_log2(res, k);
        ml_args_clear(k, ML_MAX_ARGS);
        return s;
    }
    arb_zero_pm_inf(res);
    if (prec == 0 || fmpq_is_zero(args[T].re))
        return s;
    ml_polar_init(&p);
    set_polar(&p, args, prec + 64);
    s = ml_polar_log2(res, &p, prec + 64);
    ml_polar_clear(&p);
    return s;
}

/* Completely monotone for alpha <= 1; beyond it oscillates. */
int
ml_relaxation_sign(const ml_arg *args)
{
    return fmpz_cmp(fmpq_numref(args[0].re), fmpq_denref(args[0].re)) <= 0;
}
