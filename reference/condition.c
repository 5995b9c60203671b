/* reference/condition.c - the condition number of a function at a point.
 *
 * How much a relative change of the arguments is magnified: what no
 * implementation that takes doubles as they come can be blamed for.  An argument
 * that is 0 has no relative change, and no part in the sum.
 */
#include <math.h>
#include <string.h>

#include <acb.h>
#include <arb.h>

#include "base/number.h"
#include "reference/impl.h"

/* Re z from where e^z is taken for small. */
enum { DECAYS_FROM = -200 };

/* |v| */
static void
modulus(arb_t res, const acb_t v, slong prec)
{
    acb_abs(res, v, prec);
    arb_abs(res, res);
}

static void
size_of_arg(arb_t res, const ml_arg *a, slong prec)
{
    acb_t v;
    acb_init(v);
    ml_arg_get_acb(v, a, prec);
    modulus(res, v, prec);
    acb_clear(v);
}

static bool
is_zero(const ml_arg *a)
{
    return fmpq_is_zero(a->re) && fmpq_is_zero(a->im);
}

/*
 * |z dE/dz| from alpha z dE/dz = E_{alpha,beta-1}(z) - (beta - 1) E.
 *
 * Two values, each to 2^-bits of itself, where the derivative to 2^-bits of
 * itself may take thousands of bits: E_{1,-1}(-5000) = 5000^2 e^-5000, beside
 * derivatives by alpha and beta that decay like 1/z.
 */
static ml_status
by_values(arb_t res, const ml_function *f, const ml_arg *args, slong bits)
{
    ml_arg lower[3];
    acb_t v, w;
    arb_t x;
    ml_args_init(lower, 3);
    acb_init(v);
    acb_init(w);
    arb_init(x);
    for (size_t i = 0; i < 3; i++) {
        fmpq_set(lower[i].re, args[i].re);
        fmpq_set(lower[i].im, args[i].im);
    }
    fmpq_sub_si(lower[1].re, args[1].re, 1);
    ml_status status = ml_eval_bits(v, f, NULL, lower, bits, 0);
    if (status == ML_OK) {
        status = ml_eval_bits(w, f, NULL, args, bits, 0);
    }
    ml_arg_get_arb(x, &lower[1], bits + 64);
    acb_submul_arb(v, w, x, bits + 64);
    modulus(res, v, bits + 64);
    ml_arg_get_arb(x, &args[0], bits + 64);
    arb_div(res, res, x, bits + 64);
    ml_args_clear(lower, 3);
    acb_clear(v);
    acb_clear(w);
    arb_clear(x);
    return status;
}

static bool
is_mittleff(const ml_function *f)
{
    return strcmp(f->name, "mittag-leffler") == 0;
}

/* sum += |z dE/dz|, to 2^-bits of the new sum, which has a term already. */
static ml_status
add_z(arb_t sum, const ml_function *f, const ml_arg *args, slong bits)
{
    enum { MOST = 4096 };
    arb_t t;
    ml_status status = ML_OK;
    bool done = false;
    arb_init(t);
    for (slong more = bits + 40; !done && status == ML_OK; more *= 2) {
        status = by_values(t, f, args, more);
        arb_add(t, t, sum, bits + 64);
        done = arb_rel_accuracy_bits(t) >= bits + 3;
        if (!done && more > MOST) {
            status = ML_UNABLE;
        }
    }
    arb_swap(sum, t);
    arb_clear(t);
    return status;
}

/* E may be exponentially small beside its derivatives by alpha and beta. */
static bool
may_decay(const ml_function *f, const ml_arg *args)
{
    return is_mittleff(f) && fmpq_is_one(args[0].re)
           && fmpz_is_one(fmpq_denref(args[1].re))
           && fmpq_cmp_si(args[2].re, DECAYS_FROM) <= 0;
}

/*
 * The derivative by alpha (which = 0) or beta where it decays like a power of z
 * and E exponentially: a few terms of the asymptotic series, whose enclosure
 * does not ask for E to be known to any relative accuracy.
 */
static bool
by_asymptotics(acb_t d, const ml_arg *args, size_t which, slong bits)
{
    enum { MOST = 64, BY_BETA = 1, BY_ALPHA = 2 };
    acb_ptr jet = _acb_vec_init(4);
    acb_t z;
    arb_t alpha, beta;
    bool done = false;
    acb_init(z);
    arb_init(alpha);
    arb_init(beta);
    ml_arg_get_arb(alpha, &args[0], bits + 64);
    ml_arg_get_arb(beta, &args[1], bits + 64);
    /* a box is not taken to e^z relative accuracy */
    arb_add_error_2exp_si(alpha, -bits - 64);
    ml_arg_get_acb(z, &args[2], bits + 1100); /* exact where it is a double */
    for (slong n = 8; n <= MOST && !done; n *= 2) {
        ml_status s =
            ml_mittleff_jet_asymp(jet, alpha, beta, z, 0, 1, 1, n, bits + 64);
        acb_set(d, jet + (which == 0 ? BY_ALPHA : BY_BETA));
        done = (s & (ML_DOMAIN | ML_OVERFLOW)) == 0
               && acb_rel_accuracy_bits(d) >= bits;
    }
    _acb_vec_clear(jet, 4);
    acb_clear(z);
    arb_clear(alpha);
    arb_clear(beta);
    return done;
}

/* sum of |a dF/da|, to 2^-(bits + 3). */
static ml_status
add_terms(arb_t sum, const ml_function *f, const ml_arg *args, slong bits)
{
    acb_t d;
    arb_t t, size;
    ml_status status = ML_OK;
    acb_init(d);
    arb_init(t);
    arb_init(size);
    arb_zero(sum);
    for (size_t i = 0; i < f->nargs && status == ML_OK; i++) {
        slong order[ML_MAX_ARGS] = {0};
        order[i] = 1;
        if (is_zero(&args[i])) {
            continue;
        }
        if (i == 2 && is_mittleff(f)) {
            status = add_z(sum, f, args, bits);
            continue;
        }
        if (!may_decay(f, args) || !by_asymptotics(d, args, i, bits + 4)) {
            status = ml_eval_partial_bits(d, f, args, order, bits + 4, 0);
        }
        modulus(t, d, bits + 16);
        size_of_arg(size, &args[i], bits + 16);
        arb_mul(t, t, size, bits + 16);
        arb_add(sum, sum, t, bits + 16);
    }
    acb_clear(d);
    arb_clear(t);
    arb_clear(size);
    return status;
}

/*
 * ml-relaxation at alpha = 1, r = t/tau far out: F = E_1(-r) = e^-r, and
 *
 *     t F_t = -tau F_tau = -r e^-r,   F_alpha = dE/dalpha - r ln r e^-r
 *
 * of which dE/dalpha is not small.  ml-siegert, its square: twice the kappa.
 */
static bool
relaxation_decays(const ml_function *f, const ml_arg *args)
{
    bool is = strcmp(f->name, "ml-relaxation") == 0
              || strcmp(f->name, "ml-siegert") == 0;
    if (!is || !fmpq_is_one(args[0].re)) {
        return false;
    }
    fmpq_t r;
    fmpq_init(r);
    fmpq_div(r, args[2].re, args[1].re);
    is = fmpq_cmp_si(r, -DECAYS_FROM) >= 0;
    fmpq_clear(r);
    return is;
}

static bool
decaying_relaxation(arb_t kappa, const ml_function *f, const ml_arg *args,
                    slong bits)
{
    slong prec = bits + 128;
    ml_arg at[3]; /* 1, 1, -r */
    acb_t d;
    arb_t r, x;
    ml_args_init(at, 3);
    acb_init(d);
    arb_init(r);
    arb_init(x);
    ml_arg_set_d(&at[0], 1);
    ml_arg_set_d(&at[1], 1);
    fmpq_div(at[2].re, args[2].re, args[1].re);
    fmpq_neg(at[2].re, at[2].re);
    bool ok = by_asymptotics(d, at, 0, bits + 4);
    ml_arg_get_arb(r, &at[2], prec);
    arb_neg(r, r);
    /* dE/dalpha e^r - r ln r */
    arb_exp(x, r, prec);
    arb_mul(kappa, acb_realref(d), x, prec);
    arb_log(x, r, prec);
    arb_submul(kappa, x, r, prec);
    arb_abs(kappa, kappa);
    arb_addmul_ui(kappa, r, 2, prec);
    if (strcmp(f->name, "ml-siegert") == 0) {
        arb_mul_2exp_si(kappa, kappa, 1);
    }
    ml_args_clear(at, 3);
    acb_clear(d);
    arb_clear(r);
    arb_clear(x);
    return ok && arb_rel_accuracy_bits(kappa) >= bits;
}

/* Nothing cancels: a quotient of a sum of positive terms, each known to
 * 2^-(bits + 3), is known to 2^-(bits + 1), rounding included. */
ml_status
mltab_condition(arb_t kappa, const ml_function *f, const ml_arg *args,
                slong bits)
{
    size_t bad;
    acb_t v;
    arb_t size;
    arb_indeterminate(kappa);
    if (f->domain(args, &bad) != ML_OK) {
        return ML_DOMAIN;
    }
    if (f->partial == NULL) {
        return ML_UNABLE;
    }
    if (relaxation_decays(f, args)
        && decaying_relaxation(kappa, f, args, bits)) {
        return ML_OK;
    }
    acb_init(v);
    arb_init(size);
    ml_status status = ml_eval_bits(v, f, NULL, args, bits + 4, 0);
    if (status == ML_OK && acb_is_zero(v)) {
        status = ML_UNABLE;
    }
    if (status == ML_OK) {
        status = add_terms(kappa, f, args, bits);
    }
    if (status == ML_OK) {
        modulus(size, v, bits + 16);
        arb_div(kappa, kappa, size, bits + 16);
    } else {
        arb_indeterminate(kappa);
    }
    acb_clear(v);
    arb_clear(size);
    return status;
}

/* --------------------------------------------------------------- in doubles
 *
 * libmlfunc gives values and first derivatives with proved bounds; where these
 * are not good enough, and for complex arguments, there are balls of few bits.
 * Either way the result is right to 2^-20.  [reference R4] */

/* The double that a is. */
static bool
as_double(double *x, const ml_arg *a)
{
    ml_arg back;
    ml_args_init(&back, 1);
    *x = mlio_fmpq_get_d(a->re);
    bool is = isfinite(*x) && fmpq_is_zero(a->im);
    if (is) {
        ml_arg_set_d(&back, *x);
        is = fmpq_equal(back.re, a->re);
    }
    ml_args_clear(&back, 1);
    return is;
}

/* One point of a function of libmlfunc: F and its derivatives by the arguments
 * in the order of the registry, each with its bound. */
typedef ml_status (*jet_fn)(double v[5], double bound[5], const double *x);

static void
reorder(double to[5], const double *from, const size_t *order)
{
    for (size_t k = 0; k < 4; k++) {
        to[order[k]] = from[k];
    }
}

static ml_status
jet_mittleff(double v[5], double bound[5], const double *x)
{
    static const size_t order[] = {0, 3, 1, 2}; /* E, z, alpha, beta */
    double w[4], b[4];
    ml_status s = ml_mittleff_jet_d(w, b, x[0], x[1], 1, &x[2]);
    reorder(v, w, order);
    reorder(bound, b, order);
    return s;
}

typedef ml_status (*jet_of_t)(double *value, double *bound, double alpha,
                              double tau, size_t n, const double *t);

static ml_status
jet_by(jet_of_t jet, double v[5], double bound[5], const double *x)
{
    static const size_t by_t_tau_alpha[] = {0, 3, 2, 1};
    double w[4], b[4];
    ml_status s = jet(w, b, x[0], x[1], 1, &x[2]);
    reorder(v, w, by_t_tau_alpha);
    reorder(bound, b, by_t_tau_alpha);
    return s;
}

static ml_status
jet_relaxation(double v[5], double bound[5], const double *x)
{
    return jet_by(ml_relaxation_jet_d, v, bound, x);
}

static ml_status
jet_siegert(double v[5], double bound[5], const double *x)
{
    return jet_by(ml_siegert_jet_d, v, bound, x);
}

/* c dF/dc = t/beta dF/dt */
static ml_status
jet_kww(double v[5], double bound[5], const double *x)
{
    static const size_t order[] = {0, 4, 2, 1}; /* F, t, tau, beta */
    double w[4], b[4];
    ml_status s = ml_kww_jet_d(w, b, x[0], x[1], x[2], 1, &x[3]);
    reorder(v, w, order);
    reorder(bound, b, order);
    double ratio = x[3] / x[0] / x[2];
    v[3] = x[3] == 0 ? 0 : ratio * v[4];
    bound[3] = x[3] == 0 ? 0 : ratio * bound[4];
    return s;
}

static const struct {
    const char *name;
    jet_fn jet;
} jets[] = {
    {"mittag-leffler", jet_mittleff},
    {"ml-relaxation", jet_relaxation},
    {"ml-siegert", jet_siegert},
    {"kww", jet_kww},
};

/* Decided when sum and |F| are known to 2^-22 each, and neither they nor what
 * is lost below the normal range matters. */
static bool
decided(double *kappa, const double *v, const double *bound, const double *x,
        size_t n)
{
    double sum = 0, off = 0, size = fabs(v[0]);
    for (size_t i = 0; i < n; i++) {
        if (x[i] != 0) {
            sum += fabs(x[i]) * fabs(v[i + 1]);
            off += fabs(x[i]) * bound[i + 1];
        }
    }
    *kappa = sum / size;
    return sum >= 0x1p-900 && sum <= 0x1p1000 && size >= 0x1p-900
           && size <= 0x1p1000 && off <= 0x1p-22 * sum
           && bound[0] <= 0x1p-22 * size && *kappa >= 0x1p-900
           && *kappa <= 0x1p1000;
}

static bool
by_doubles(double *kappa, const ml_function *f, const ml_arg *args)
{
    double x[ML_MAX_ARGS], v[5], bound[5];
    for (size_t i = 0; i < f->nargs; i++) {
        if (!as_double(&x[i], &args[i])) {
            return false;
        }
    }
    for (size_t k = 0; k < sizeof jets / sizeof *jets; k++) {
        if (strcmp(jets[k].name, f->name) == 0) {
            ml_status s = jets[k].jet(v, bound, x);
            return (s & (ML_DOMAIN | ML_UNABLE | ML_OVERFLOW)) == 0
                   && decided(kappa, v, bound, x, f->nargs);
        }
    }
    return false;
}

/* A ball that is known to 2^-21. */
static bool
ball_decided(double *kappa, const arb_t x)
{
    *kappa = arf_get_d(arb_midref(x), ARF_RND_NEAR);
    return arb_is_zero(x) || arb_rel_accuracy_bits(x) >= 22;
}

/* The three derivatives of E at once: cheaper than one by one. */
static bool
by_balls(double *kappa, const ml_function *f, const ml_arg *args)
{
    enum { PREC = 44, E = 0, BY_BETA = 1, BY_ALPHA = 2, BY_Z = 4 };
    if (!is_mittleff(f) || may_decay(f, args)) {
        return false;
    }
    static const int entry[] = {BY_ALPHA, BY_BETA, BY_Z};
    acb_ptr jet = _acb_vec_init(8);
    acb_t z;
    arb_t alpha, beta, sum, t;
    acb_init(z);
    arb_init(alpha);
    arb_init(beta);
    arb_init(sum);
    arb_init(t);
    ml_arg_get_arb(alpha, &args[0], 2 * PREC);
    ml_arg_get_arb(beta, &args[1], 2 * PREC);
    ml_arg_get_acb(z, &args[2], 2 * PREC);
    /* the balls are enclosures whatever the status: their radius decides */
    ml_status s = ml_mittleff_jet(jet, alpha, beta, z, 1, 1, 1, PREC);
    bool ok = (s & (ML_DOMAIN | ML_OVERFLOW | ML_UNDERFLOW)) == 0;
    for (int i = 0; i < 3 && ok; i++) {
        if (!is_zero(&args[i])) {
            size_of_arg(t, &args[i], PREC);
            modulus(alpha, jet + entry[i], PREC);
            arb_addmul(sum, t, alpha, PREC);
        }
    }
    if (ok) {
        modulus(t, jet + E, PREC);
        arb_div(sum, sum, t, PREC);
        ok = ball_decided(kappa, sum);
    }
    _acb_vec_clear(jet, 8);
    acb_clear(z);
    arb_clear(alpha);
    arb_clear(beta);
    arb_clear(sum);
    arb_clear(t);
    return ok;
}

double
mltab_condition_d(const ml_function *f, const ml_arg *args)
{
    double kappa = (double)NAN;
    size_t bad;
    if (f->domain(args, &bad) != ML_OK) {
        return (double)NAN;
    }
    if (by_doubles(&kappa, f, args) || by_balls(&kappa, f, args)) {
        return kappa;
    }
    arb_t ball;
    arb_init(ball);
    bool ok = mltab_condition(ball, f, args, 24) == ML_OK
              && ball_decided(&kappa, ball);
    arb_clear(ball);
    return ok ? kappa : (double)NAN;
}
