/* mlfunc/ball/mittleff_jet.c - derivatives of Mittag-Leffler: choice, accuracy.*/
#include "mlfunc/impl.h"

#define STEPS    10
#define MOST_LEN 4096

/* ---------------------------------------------------------------- accuracy */

static void
radius(mag_t r, const acb_t x)
{
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
}

static bool
accurate(const acb_t x, slong prec)
{
    return acb_is_zero(x) || ml_ball_accurate(x, prec - 8);
}

/* Keeps the tighter of two enclosures of the same number; true when that is
 * narrower to a quarter. */
static bool
keep_best(acb_t best, const acb_t x)
{
    mag_t r, s;

    mag_init(r);
    mag_init(s);
    radius(r, best);
    radius(s, x);
    bool first = !acb_is_finite(best);
    if (first || mag_cmp(s, r) < 0)
        acb_set(best, x);
    mag_mul_2exp_si(s, s, 2);
    bool gain = first || mag_cmp(s, r) <= 0;
    mag_clear(r);
    mag_clear(s);
    return gain;
}

enum { DONE, GAINED, STUCK };

/* Keeps the best of each entry.  DONE: all have prec bits; otherwise bits is
 * what the worst lacks.  STUCK: no entry that lacks any has gained. */
static int
compare(ml_jet *best, slong *bits, const ml_jet *x, slong prec, int step)
{
    bool gain = false, done = true;

    *bits = 0;
    for (slong m = 0; m < best->len; m++) {
        bool better = keep_best(best->c + m, x->c + m);
        if (accurate(best->c + m, prec))
            continue;
        done = false;
        gain = gain || better;
        slong lack = ml_plan_jet_missing(best->c + m, prec, step);
        *bits = FLINT_MAX(*bits, lack);
    }
    return done ? DONE : gain ? GAINED : STUCK;
}

/* ------------------------------------------------------------- one attempt */

static ml_status
run_method(ml_jet *res, const ml_mlpoint *p, int method, slong n, slong bits)
{
    if (method == ML_JET_SERIES)
        return ml_mlpoint_jet_series(res, p, n, bits);
    if (method == ML_JET_ASYMP)
        return ml_mlpoint_jet_asymp(res, p, n, bits);
    return ml_mlpoint_jet_contour(res, p, bits);
}

/* The allowed methods in the order of their estimated cost; a refusal falls
 * through to the next.  Where all are allowed, the derivatives by z alone of
 * z^k e^z are its own. */
static ml_status
attempt(ml_jet *res, int *used, const ml_mlpoint *p, int methods, slong n,
        slong bits)
{
    bool pure = methods == ML_JET_ALL && ml_mlpoint_jet_is_pure(p);
    ml_status st = ML_UNABLE;
    int order[3];

    if (pure && res->na + res->nb == 0) {
        ml_mlpoint_jet_pure(res, p, bits);
        return ML_OK;
    }

    ml_plan_jet_order(order, p, res, methods, bits);
    for (int i = 0; i < 3 && st == ML_UNABLE && order[i] != 0; i++) {
        *used = order[i];
        st = run_method(res, p, order[i], n, bits);
    }
    if (pure && st == ML_OK)
        ml_mlpoint_jet_pure(res, p, bits);
    return st;
}

/* A method that twice gained nothing is done with: a box of inputs sets each a
 * limit that no precision lowers. */
static ml_status
improve(ml_jet *best, const ml_mlpoint *p, int methods, slong n, slong prec)
{
    ml_jet x;
    slong bits = prec + 4, more;
    ml_status st = ML_UNABLE;
    bool stuck = false;

    ml_jet_init(&x, best->nz, best->na, best->nb);
    for (int step = 0; step < STEPS && methods != 0; step++) {
        int used = methods;
        ml_status got = attempt(&x, &used, p, methods, n, bits);
        if (got == ML_OVERFLOW)
            st = got;
        if (got != ML_OK)
            break;
        int now = compare(best, &more, &x, prec, step);
        if (now == DONE)
            st = ML_OK;
        if (now == DONE || n > 0)
            break;
        if (now == STUCK && stuck)
            methods &= ~used;
        stuck = now == STUCK && !stuck;
        bits += more;
    }
    ml_jet_clear(&x);
    return st;
}

/* ---------------------------------------------------------------- derivatives */

/* i! j! l! times the coefficients, rounded. */
static void
derivatives(acb_ptr res, const ml_jet *f, slong prec)
{
    fmpz_t c, t;

    fmpz_init(c);
    fmpz_init(t);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = 0; l <= f->nb; l++) {
                acb_srcptr x = ml_jet_at(f, i, j, l);
                fmpz_fac_ui(c, (ulong)i);
                fmpz_fac_ui(t, (ulong)j);
                fmpz_mul(c, c, t);
                fmpz_fac_ui(t, (ulong)l);
                fmpz_mul(c, c, t);
                acb_mul_fmpz(res + (x - f->c), x, c, prec);
            }
    fmpz_clear(c);
    fmpz_clear(t);
}

static bool
all_accurate(acb_srcptr v, slong len, slong prec)
{
    for (slong m = 0; m < len; m++)
        if (!accurate(v + m, prec))
            return false;
    return true;
}

ml_status
ml_mlpoint_jet_drive(acb_ptr res, const ml_mlpoint *p, slong nz, slong na,
                     slong nb, int methods, slong n, slong prec)
{
    ml_jet best;

    prec = FLINT_MAX(prec, 2);
    ml_jet_init(&best, nz, na, nb);
    _acb_vec_indeterminate(best.c, best.len);
    ml_status st =
        n == 0 && (methods & ML_JET_ASYMP) ? ml_plan_jet_beyond(p) : ML_OK;
    if (st == ML_OK)
        st = improve(&best, p, methods, n, prec + 2);
    if (p->real)
        for (slong m = 0; m < best.len; m++)
            arb_zero(acb_imagref(best.c + m));
    derivatives(res, &best, prec + 16);
    /* improve() asked for more. */
    if (st == ML_OK || st == ML_UNABLE)
        st = all_accurate(res, best.len, prec) ? ML_OK : ML_UNABLE;
    ml_jet_clear(&best);
    return st;
}

/* -------------------------------------------------------------- entry points */

static ml_status
by_balls(acb_ptr res, const arb_t alpha, const arb_t beta, const acb_t z,
         slong nz, slong na, slong nb, int methods, slong n, slong prec)
{
    ml_mlpoint p;

    if (nz < 0 || na < 0 || nb < 0)
        return ML_DOMAIN;
    if (nz > MOST_LEN || na > MOST_LEN || nb > MOST_LEN
        || (nz + 1) * (na + 1) > MOST_LEN / (nb + 1))
        return ML_DOMAIN;
    ml_mlpoint_init(&p);
    ml_status st = ml_mlpoint_set_balls(&p, alpha, beta, z);
    if (st == ML_OK)
        st = ml_mlpoint_jet_drive(res, &p, nz, na, nb, methods, n, prec);
    else
        _acb_vec_indeterminate(res, (nz + 1) * (na + 1) * (nb + 1));
    ml_mlpoint_clear(&p);
    return st;
}

ml_status
ml_mittleff_jet(acb_ptr res, const arb_t alpha, const arb_t beta, const acb_t z,
                slong nz, slong na, slong nb, slong prec)
{
    return by_balls(res, alpha, beta, z, nz, na, nb, ML_JET_ALL, 0, prec);
}

ml_status
ml_mittleff_jet_series(acb_ptr res, const arb_t alpha, const arb_t beta,
                       const acb_t z, slong nz, slong na, slong nb, slong n,
                       slong prec)
{
    return by_balls(res, alpha, beta, z, nz, na, nb, ML_JET_SERIES, n, prec);
}

ml_status
ml_mittleff_jet_asymp(acb_ptr res, const arb_t alpha, const arb_t beta,
                      const acb_t z, slong nz, slong na, slong nb, slong n,
                      slong prec)
{
    return by_balls(res, alpha, beta, z, nz, na, nb, ML_JET_ASYMP, n, prec);
}

ml_status
ml_mittleff_jet_contour(acb_ptr res, const arb_t alpha, const arb_t beta,
                        const acb_t z, slong nz, slong na, slong nb, slong prec)
{
    return by_balls(res, alpha, beta, z, nz, na, nb, ML_JET_CONTOUR, 0, prec);
}
