/* validation/second.c - the Mittag-Leffler function by one integral.
 *
 * With t = exp(u) nothing has a branch cut: exp(exp(u) + c u)/(exp(alpha u) - z)
 * is meromorphic in the plane of u.
 */
#include "validation/second.h"

#include <float.h>
#include <math.h>

#include <acb_calc.h>

const char *const mlval_way_name[MLVAL_WAYS] = {
    "integral", "integral + residues", "roots", "imaginary axis", "nothing"};

enum { MAX_BITS = 20000 };

/* The integrand: its real-symmetric part, or the one divided by i. */
typedef struct {
    mlval_kind2 kind;
    bool imaginary;
    const arb_struct *alpha, *x, *y;
    arb_t power; /* of t, the 1 of dt = t du included */
} integrand;

/* ------------------------------------------------------------------- steering */

double
mlval_log(const arb_t x)
{
    mag_t m;
    double res;

    mag_init(m);
    arb_get_mag(m, x);
    if (mag_is_zero(m) || mag_is_inf(m)) {
        res = mag_is_zero(m) ? -HUGE_VAL : HUGE_VAL;
    } else {
        fmpz_t e;

        fmpz_init(e);
        fmpz_set(e, MAG_EXPREF(m));
        fmpz_neg(e, e);
        mag_mul_2exp_fmpz(m, m, e);
        res = log(mag_get_d(m)) - fmpz_get_d(e) * log(2);
        fmpz_clear(e);
    }
    mag_clear(m);
    return res;
}

static double
mid_d(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* ------------------------------------------------------------------ integrand */

/* 1/(q - z)^m = (c + iy)^m / D^m, c = q - x, D = c^2 + y^2: the part that is real
 * for real q, or the one divided by i.  [validation V1] */
static void
kernel(acb_t f, const integrand *g, const acb_t q, slong prec)
{
    bool squared = g->kind == MLVAL_DZ || g->kind == MLVAL_DALPHA;
    acb_t c, d;

    acb_init(c);
    acb_init(d);
    acb_sub_arb(c, q, g->x, prec);
    if (arb_is_zero(g->y)) {
        acb_inv(f, c, prec);
        if (squared)
            acb_mul(f, f, f, prec);
    } else {
        acb_mul(d, c, c, prec);
        acb_set_arb(f, g->y);
        acb_mul(f, f, f, prec);
        if (squared && !g->imaginary)
            acb_sub(c, d, f, prec);
        acb_add(d, d, f, prec);
        if (squared)
            acb_mul(d, d, d, prec);
        if (g->imaginary && squared) {
            acb_mul_arb(c, c, g->y, prec);
            acb_mul_2exp_si(c, c, 1);
        } else if (g->imaginary) {
            acb_set_arb(c, g->y);
        }
        acb_div(f, c, d, prec);
    }
    acb_clear(c);
    acb_clear(d);
}

static int
evaluate(acb_ptr out, const acb_t u, void *context, slong order, slong prec)
{
    const integrand *g = context;
    acb_t q, e;

    (void)order; /* a box with a pole has no finite quotient */
    acb_init(q);
    acb_init(e);
    acb_mul_arb(q, u, g->alpha, prec);
    acb_exp(q, q, prec);
    kernel(out, g, q, prec);
    acb_exp(e, u, prec);
    acb_addmul_arb(e, u, g->power, prec);
    acb_exp(e, e, prec);
    acb_mul(out, out, e, prec);
    if (g->kind == MLVAL_DALPHA || g->kind == MLVAL_DBETA)
        acb_mul(out, out, u, prec);
    acb_clear(q);
    acb_clear(e);
    return 0;
}

/* Lower bound of |t^alpha - z| and |t^alpha - conj z| on the ray beyond S.
 * [validation V2] */
static void
distance_on_ray(arb_t delta, const arb_t alpha, const acb_t z, const arb_t s,
                const arb_t phi, slong prec)
{
    arb_t r, d, angle, theta, sine, cosine;

    arb_init(r);
    arb_init(d);
    arb_init(angle);
    arb_init(theta);
    arb_init(sine);
    arb_init(cosine);
    acb_abs(r, z, prec);
    arb_pow(d, s, alpha, prec);
    arb_sub(d, d, r, prec);
    acb_arg(theta, z, prec);
    arb_mul(angle, alpha, phi, prec);
    arb_pos_inf(delta);
    for (int sign = -1; sign <= 1; sign += 2) {
        if (sign < 0)
            arb_sub(sine, angle, theta, prec);
        else
            arb_add(sine, angle, theta, prec);
        arb_sin_cos(sine, cosine, sine, prec);
        arb_abs(sine, sine);
        if (arb_is_nonpositive(cosine))
            arb_set(sine, r);
        else
            arb_mul(sine, sine, r, prec);
        arb_min(delta, delta, sine, prec);
    }
    arb_max(delta, delta, d, prec);
    arb_clear(r);
    arb_clear(d);
    arb_clear(angle);
    arb_clear(theta);
    arb_clear(sine);
    arb_clear(cosine);
}

void
mlval_second_tail(mag_t tail, mlval_kind2 kind, bool imaginary,
                  const arb_t alpha, const arb_t beta, const acb_t z,
                  long shift, const mlval_path *path, slong prec)
{
    arb_t s, phi, p, kappa, delta, e;

    arb_init(s);
    arb_init(phi);
    arb_init(p);
    arb_init(kappa);
    arb_init(delta);
    arb_init(e);
    arb_set_d(s, path->end);
    arb_exp(s, s, prec);
    arb_set_d(phi, path->phi);
    distance_on_ray(delta, alpha, z, s, phi, prec);
    arb_cos(kappa, phi, prec);
    arb_neg(kappa, kappa);

    /* the power of t */
    arb_mul_si(p, alpha, 1 - shift, prec);
    arb_sub(p, p, beta, prec);
    if (kind == MLVAL_DALPHA || kind == MLVAL_DBETA)
        arb_add_ui(p, p, 1, prec);

    /* S^p exp(-kappa S) / (kappa - max(p,0)/S) / pi */
    arb_mul(e, kappa, s, prec);
    arb_neg(e, e);
    arb_exp(e, e, prec);
    if (!arb_is_nonpositive(p)) {
        arb_t t;

        arb_init(t);
        arb_max(t, p, t, prec);
        arb_div(t, t, s, prec);
        arb_sub(kappa, kappa, t, prec);
        arb_clear(t);
    }
    arb_pow(p, s, p, prec);
    arb_mul(e, e, p, prec);
    arb_const_pi(p, prec);
    arb_div(e, e, p, prec);
    arb_div(e, e, kappa, prec);
    if (kind == MLVAL_DALPHA || kind == MLVAL_DBETA) {
        arb_add_ui(phi, phi, 1, prec);
        arb_mul(e, e, phi, prec);
    }
    arb_div(e, e, delta, prec);
    if (kind == MLVAL_DZ || kind == MLVAL_DALPHA)
        arb_div(e, e, delta, prec);
    if (kind == MLVAL_VALUE && imaginary) {
        arb_abs(p, acb_imagref(z));
        arb_div(p, p, delta, prec);
        arb_mul(e, e, p, prec);
    }
    if (path->end < 0 || !arb_is_positive(kappa) || !arb_is_positive(delta)
        || !arb_is_finite(e))
        mag_inf(tail);
    else
        arb_get_mag(tail, e);
    arb_clear(s);
    arb_clear(phi);
    arb_clear(p);
    arb_clear(kappa);
    arb_clear(delta);
    arb_clear(e);
}

void
mlval_second_half(arb_t res, mlval_kind2 kind, bool imaginary,
                  const arb_t alpha, const arb_t beta, const acb_t z,
                  long shift, const mlval_path *path, double log_tol,
                  slong prec)
{
    acb_calc_integrate_opt_t options;
    integrand g = {.kind = kind,
                   .imaginary = imaginary,
                   .alpha = alpha,
                   .x = acb_realref(z),
                   .y = acb_imagref(z)};
    acb_t from, to, sum, part;
    arb_t pi;
    mag_t tol;

    acb_init(from);
    acb_init(to);
    acb_init(sum);
    acb_init(part);
    arb_init(pi);
    mag_init(tol);
    arb_init(g.power);
    arb_mul_si(g.power, alpha, 1 - shift, MAX_BITS);
    arb_sub(g.power, g.power, beta, MAX_BITS);
    arb_add_ui(g.power, g.power, 1, MAX_BITS);
    mag_one(tol);
    if (log_tol < -1e15)
        log_tol = -1e15;
    mag_mul_2exp_si(tol, tol, (slong)(log_tol / log(2)));
    acb_calc_integrate_opt_init(options);
    options->eval_limit = 400000;
    acb_set_d(from, path->x);
    acb_set_d_d(to, path->x, path->phi);
    acb_calc_integrate(sum, evaluate, &g, from, to, prec, tol, options, prec);
    acb_set_d_d(from, path->end, path->phi);
    acb_calc_integrate(part, evaluate, &g, to, from, prec, tol, options, prec);
    acb_add(sum, sum, part, prec);
    arb_const_pi(pi, prec);
    arb_div(res, acb_imagref(sum), pi, prec);
    arb_clear(g.power);
    acb_clear(from);
    acb_clear(to);
    acb_clear(sum);
    acb_clear(part);
    arb_clear(pi);
    mag_clear(tol);
}

/* ------------------------------------------------------------------- residues */

/* The residue at u, or its derivative: exp(exp(u) + (1 - beta) u) / alpha. */
static void
residue(acb_t res, mlval_kind2 kind, const acb_t u, const arb_t alpha,
        const arb_t beta, const acb_t z, slong prec)
{
    acb_t e, v;

    acb_init(e);
    acb_init(v);
    acb_exp(e, u, prec);
    acb_sub_arb(v, e, beta, prec);
    acb_add_ui(v, v, 1, prec); /* d/du of the exponent */
    acb_submul_arb(e, u, beta, prec);
    acb_add(e, e, u, prec);
    acb_exp(res, e, prec);
    acb_div_arb(res, res, alpha, prec);
    if (kind == MLVAL_DBETA) {
        acb_mul(res, res, u, prec);
        acb_neg(res, res);
    } else if (kind == MLVAL_DZ) {
        acb_mul(res, res, v, prec);
        acb_div(res, res, z, prec);
        acb_div_arb(res, res, alpha, prec);
    } else if (kind == MLVAL_DALPHA) {
        acb_mul(v, v, u, prec);
        acb_add_ui(v, v, 1, prec);
        acb_mul(res, res, v, prec);
        acb_div_arb(res, res, alpha, prec);
        acb_neg(res, res);
    }
    acb_clear(e);
    acb_clear(v);
}

/* log z on the principal sheet, pi i exactly for the negative axis. */
static void
log_of(acb_t res, const acb_t z, slong prec)
{
    if (arb_is_zero(acb_imagref(z)) && arb_is_negative(acb_realref(z))) {
        arb_neg(acb_realref(res), acb_realref(z));
        arb_log(acb_realref(res), acb_realref(res), prec);
        arb_const_pi(acb_imagref(res), prec);
    } else {
        acb_log(res, z, prec);
    }
}

/* The residues with |Im u| < phi; without a path those of all the roots, each
 * once.  False when a pole is not told from the path. */
static bool
sum_residues(acb_t res, mlval_kind2 kind, const arb_t alpha, const arb_t beta,
             const acb_t z, const mlval_path *path, slong prec)
{
    acb_t u, lz, r;
    arb_t phi, v;
    bool ok = true;
    double a = mid_d(alpha), th, reach = a * (path ? path->phi : 7);

    acb_init(u);
    acb_init(lz);
    acb_init(r);
    arb_init(phi);
    arb_init(v);
    log_of(lz, z, prec);
    th = mid_d(acb_imagref(lz));
    if (path)
        arb_set_d(phi, path->phi);
    acb_zero(res);
    for (long k = (long)floor((-reach - th) / 6.28) - 1;
         ok && k <= (long)ceil((reach - th) / 6.28) + 1; k++) {
        bool inside = k >= 0 && k < (long)a;

        acb_set(u, lz);
        arb_const_pi(v, prec);
        arb_addmul_si(acb_imagref(u), v, 2 * k, prec);
        acb_div_arb(u, u, alpha, prec);
        if (path) {
            arb_abs(v, acb_imagref(u));
            inside = arb_lt(v, phi);
            ok = inside || arb_gt(v, phi);
        }
        if (ok && inside) {
            residue(r, kind, u, alpha, beta, z, prec);
            acb_add(res, res, r, prec);
        }
    }
    if (arb_is_zero(acb_imagref(z)))
        arb_zero(acb_imagref(res));
    acb_clear(u);
    acb_clear(lz);
    acb_clear(r);
    arb_clear(phi);
    arb_clear(v);
    return ok;
}

/* How many bits are missing until both radii are below what is wished for. */
static double
bits_missing(const acb_t res, const double log_tol[2])
{
    double most = -HUGE_VAL;
    arb_t r;

    arb_init(r);
    for (int i = 0; i < 2; i++) {
        arb_get_rad_arb(r, i ? acb_imagref(res) : acb_realref(res));
        most = fmax(most, (mlval_log(r) - log_tol[i]) / log(2) + 4);
    }
    arb_clear(r);
    return most;
}

/* As precise as wished for, if MAX_BITS allow it. */
static bool
residues(acb_t res, mlval_kind2 kind, const arb_t alpha, const arb_t beta,
         const acb_t z, const mlval_path *path, const double log_tol[2])
{
    double missing;
    slong prec = 192;

    for (;;) {
        if (!sum_residues(res, kind, alpha, beta, z, path, prec))
            return false;
        missing = bits_missing(res, log_tol);
        if (!(missing > 0) || prec >= MAX_BITS)
            return true;
        prec += 16 + (slong)fmin(missing, MAX_BITS);
        if (prec > MAX_BITS)
            prec = MAX_BITS;
    }
}

/* ---------------------------------------------------------------- the function */

/* S_M of V1, as precise as wished for. */
static void
shifted_terms(acb_t sum, const arb_t alpha, const arb_t beta, const acb_t z,
              long shift, const double log_tol[2])
{
    acb_t t;
    arb_t g;
    slong prec = 192;
    double missing;

    acb_init(t);
    arb_init(g);
    for (;;) {
        acb_zero(sum);
        for (long k = shift < 0 ? shift : 0; k < (shift < 0 ? 0 : shift); k++) {
            arb_mul_si(g, alpha, k, prec);
            arb_add(g, g, beta, prec);
            arb_rgamma(g, g, prec);
            acb_pow_si(t, z, k, prec);
            acb_mul_arb(t, t, g, prec);
            if (shift < 0)
                acb_sub(sum, sum, t, prec);
            else
                acb_add(sum, sum, t, prec);
        }
        missing = bits_missing(sum, log_tol);
        if (!(missing > 0) || prec >= MAX_BITS)
            break;
        prec += 16 + (slong)fmin(missing, (double)(MAX_BITS - prec));
    }
    acb_clear(t);
    arb_clear(g);
}

/* Integer alpha and beta, M <= 1 - beta/alpha: the integral is over a closed
 * path around no singularity, and is 0.  [validation V1] */
static bool
by_roots(acb_t res, const mlval_goal *g, const arb_t alpha, const arb_t beta,
         const acb_t z, const double log_tol[2])
{
    acb_t s;
    long shift;

    if (g->kind != MLVAL_VALUE || !arb_is_int(alpha) || !arb_is_int(beta)
        || g->alpha > 40 || fabs(g->beta) > 200 || g->log_z < 2.3 * g->alpha)
        return false;
    shift = (long)floor((g->alpha - g->beta) / g->alpha);
    if (shift > 0)
        shift = 0;
    acb_init(s);
    shifted_terms(s, alpha, beta, z, shift, log_tol);
    residues(res, g->kind, alpha, beta, z, NULL, log_tol);
    acb_add(res, res, s, MAX_BITS);
    acb_clear(s);
    return true;
}

/* 1: the poles lie to the right of x, 0: to the left, -1: not told. */
static int
poles_right_of(double x, const arb_t alpha, const acb_t z, slong prec)
{
    arb_t at, u0;
    int res = 0;

    if (acb_is_zero(z))
        return 0;
    arb_init(at);
    arb_init(u0);
    arb_set_d(at, x);
    acb_abs(u0, z, prec);
    arb_log(u0, u0, prec);
    arb_div(u0, u0, alpha, prec);
    if (!arb_gt(at, u0))
        res = arb_lt(at, u0) ? 1 : -1;
    arb_clear(at);
    arb_clear(u0);
    return res;
}

/* What stands before the integral: z^M, or -z, -1 for derivatives. */
static void
factor_before(acb_t t, mlval_kind2 kind, long shift, const acb_t z, slong prec)
{
    acb_one(t);
    if (kind == MLVAL_VALUE && shift)
        acb_pow_si(t, z, shift, prec);
    else if (kind == MLVAL_DALPHA)
        acb_neg(t, z);
    else if (kind == MLVAL_DBETA)
        acb_neg(t, t);
}

/* One part of J_M plus the residues that its path leaves out, over the factor
 * before the integral: the paths of the two parts may leave out different ones. */
static bool
one_part(arb_t j, const mlval_goal *goal, const arb_t alpha, const arb_t beta,
         const acb_t z, bool imaginary, const double log_res[2], mlval_way *way)
{
    mlval_path path;
    slong prec = 64;
    int right;
    bool ok;
    mag_t tail;

    if (!mlval_plan_path(&path, goal))
        return false;
    if (path.peak > goal->log_tol)
        prec += (slong)fmin(1e6, (path.peak - goal->log_tol) / log(2));
    if (prec > MAX_BITS)
        return false;
    right = poles_right_of(path.x, alpha, z, prec + 64);
    if (right < 0)
        return false;
    mag_init(tail);
    mlval_second_tail(tail, goal->kind, imaginary, alpha, beta, z, goal->shift,
                      &path, 64);
    mlval_second_half(j, goal->kind, imaginary, alpha, beta, z, goal->shift,
                      &path, goal->log_tol - 2, prec);
    arb_add_error_mag(j, tail);
    ok = true;
    if (right) {
        acb_t r, t;

        acb_init(r);
        acb_init(t);
        ok = residues(r, goal->kind, alpha, beta, z, &path, log_res);
        factor_before(t, goal->kind, goal->shift, z, MAX_BITS);
        acb_div(r, r, t, MAX_BITS);
        arb_add(j, j, imaginary ? acb_imagref(r) : acb_realref(r), MAX_BITS);
        acb_clear(r);
        acb_clear(t);
        *way = MLVAL_BY_RESIDUES;
    }
    mag_clear(tail);
    return ok;
}

static mlval_way
by_integral(acb_t res, const mlval_goal *goal, const arb_t alpha,
            const arb_t beta, const acb_t z, const double log_tol[2])
{
    mlval_way way = MLVAL_BY_INTEGRAL;
    mlval_goal g = *goal;
    bool real = arb_is_zero(acb_imagref(z)), ok = true;
    double factor = 0;
    acb_t j, s;

    if (g.kind == MLVAL_VALUE && g.shift)
        factor = (double)g.shift * g.log_z;
    else if (g.kind == MLVAL_DALPHA && g.log_z > -DBL_MAX)
        factor = g.log_z;
    acb_init(j);
    acb_init(s);
    for (int i = 0; i < (real ? 1 : 2) && ok; i++) {
        double both[2] = {log_tol[0], log_tol[real ? 0 : 1]};

        g.log_tol = log_tol[i] - factor;
        g.log_y = i ? mlval_log(acb_imagref(z)) : HUGE_VAL;
        ok = one_part(i ? acb_imagref(j) : acb_realref(j), &g, alpha, beta, z,
                      i == 1, both, &way);
    }
    if (ok) {
        factor_before(s, g.kind, g.shift, z, MAX_BITS);
        acb_mul(res, j, s, MAX_BITS);
        if (g.kind == MLVAL_VALUE && g.shift) {
            shifted_terms(s, alpha, beta, z, g.shift, log_tol);
            acb_add(res, res, s, MAX_BITS);
        }
    } else {
        acb_indeterminate(res);
        way = MLVAL_BY_NOTHING;
    }
    acb_clear(j);
    acb_clear(s);
    return way;
}

/* E_{a,b}(iy) = E_{2a,b}(-y^2) + iy E_{2a,a+b}(-y^2).  [validation V1] */
static void
on_axis(acb_t res, const arb_t alpha, const arb_t beta, const acb_t z,
        double log_re, double log_im)
{
    arb_t a, b;
    acb_t w, part;

    arb_init(a);
    arb_init(b);
    acb_init(w);
    acb_init(part);
    arb_mul_2exp_si(a, alpha, 1);
    arb_add(b, alpha, beta, MAX_BITS);
    arb_mul(acb_realref(w), acb_imagref(z), acb_imagref(z), MAX_BITS);
    arb_neg(acb_realref(w), acb_realref(w));
    mlval_second(part, MLVAL_VALUE, a, beta, w, log_re, 0);
    arb_set(acb_realref(res), acb_realref(part));
    mlval_second(part, MLVAL_VALUE, a, b, w, log_im - mlval_log(acb_imagref(z)),
                 0);
    arb_mul(acb_imagref(res), acb_realref(part), acb_imagref(z),
            arb_rel_accuracy_bits(acb_realref(part)) > 0
                ? 2 * arb_rel_accuracy_bits(acb_realref(part)) + 100
                : 100);
    arb_clear(a);
    arb_clear(b);
    acb_clear(w);
    acb_clear(part);
}

mlval_way
mlval_second(acb_t res, mlval_kind2 kind, const arb_t alpha, const arb_t beta,
             const acb_t z, double log_re, double log_im)
{
    mlval_goal g = {.alpha = mid_d(alpha), .beta = mid_d(beta), .kind = kind};
    double log_tol[2] = {log_re, log_im};
    arb_t t;

    if (kind == MLVAL_VALUE && arb_is_zero(acb_realref(z))
        && !arb_is_zero(acb_imagref(z))) {
        on_axis(res, alpha, beta, z, log_re, log_im);
        return MLVAL_BY_AXIS;
    }
    arb_init(t);
    acb_abs(t, z, 64);
    g.log_z = mlval_log(t);
    acb_arg(t, z, 64);
    g.arg_z = fabs(mid_d(t));
    arb_clear(t);
    if (by_roots(res, &g, alpha, beta, z, log_tol))
        return MLVAL_BY_ROOTS;
    if (kind == MLVAL_VALUE && !acb_is_zero(z))
        g.shift = mlval_plan_shift(&g);
    return by_integral(res, &g, alpha, beta, z, log_tol);
}

/* --------------------------------------------------------------------- series */

bool
mlval_second_series(acb_t res, const arb_t alpha, const arb_t beta,
                    const acb_t z, double log_tol, long terms, slong prec)
{
    arb_t x, g, next, q, one;
    acb_t power, t;
    bool done = false;

    arb_init(x);
    arb_init(g);
    arb_init(next);
    arb_init(q);
    arb_init(one);
    acb_init(power);
    acb_init(t);
    arb_one(one);
    acb_one(power);
    acb_zero(res);
    arb_set(x, beta);
    arb_rgamma(g, x, prec);
    for (long k = 0; k < terms && !done; k++) {
        acb_mul_arb(t, power, g, prec);
        acb_add(res, res, t, prec);
        acb_mul(power, power, z, prec);
        arb_add(x, x, alpha, prec);
        arb_rgamma(next, x, prec);
        /* x = alpha k + beta > 0 here: the ratio of moduli falls.  [validation V3] */
        arb_sub(q, x, alpha, prec);
        if (arb_is_positive(q)) {
            arb_div(q, next, g, prec);
            acb_abs(g, z, prec);
            arb_mul(q, q, g, prec);
            arb_sub(q, one, q, prec);
            if (arb_is_positive(q)) {
                acb_abs(g, power, prec);
                arb_mul(g, g, next, prec);
                arb_div(g, g, q, prec);
                done = mlval_log(g) < log_tol;
            }
        }
        if (done) {
            arb_add_error(acb_realref(res), g);
            if (!arb_is_zero(acb_imagref(z)))
                arb_add_error(acb_imagref(res), g);
        }
        arb_set(g, next);
    }
    arb_clear(x);
    arb_clear(g);
    arb_clear(next);
    arb_clear(q);
    arb_clear(one);
    acb_clear(power);
    acb_clear(t);
    return done;
}

/* What the terms from number k on add up to, at most: size is the modulus of
 * term k, ratio the quotient of the next one and it.  False while the ratio is
 * too large.  [validation V5] */
static bool
slopes_rest(arb_t rest, const arb_t size, const arb_t ratio, const arb_t alpha,
            const arb_t beta, const arb_t x, long k, slong prec)
{
    arb_t t;

    arb_init(t);
    arb_mul_2exp_si(t, ratio, 2);
    arb_sub_ui(t, t, 1, prec);
    arb_neg(t, t);
    bool falls = arb_is_positive(t);
    arb_div(rest, size, t, prec);
    arb_mul_ui(t, alpha, (ulong)k, prec);
    arb_add(t, t, beta, prec);
    arb_add_ui(t, t, 1, prec);
    arb_mul(rest, rest, t, prec);
    arb_log(t, x, prec);
    arb_mul(rest, rest, t, prec);
    arb_clear(t);
    return falls;
}

bool
mlval_second_slopes(acb_t d[3], const arb_t alpha, const arb_t beta,
                    const acb_t z, double log_tol, long terms, slong prec)
{
    arb_t x, g, next, size, ratio, modulus;
    acb_t power, t, psi;
    bool done = false;

    arb_init(x);
    arb_init(g);
    arb_init(next);
    arb_init(size);
    arb_init(ratio);
    arb_init(modulus);
    acb_init(power);
    acb_init(t);
    acb_init(psi);
    for (int i = 0; i < 3; i++)
        acb_zero(d[i]);
    acb_abs(modulus, z, prec);
    acb_one(power);
    arb_set(x, beta);
    arb_rgamma(g, x, prec);
    for (long k = 0; k < terms && !done; k++) {
        acb_mul_arb(t, power, g, prec);
        acb_addmul_ui(d[0], t, (ulong)k, prec);
        arb_digamma(acb_realref(psi), x, prec);
        acb_mul(t, t, psi, prec);
        acb_mul_arb(psi, t, beta, prec);
        acb_sub(d[2], d[2], psi, prec);
        acb_zero(psi);
        acb_mul_arb(t, t, alpha, prec);
        acb_submul_ui(d[1], t, (ulong)k, prec);
        arb_add(x, x, alpha, prec);
        arb_rgamma(next, x, prec);
        arb_div(ratio, next, g, prec);
        arb_mul(ratio, ratio, modulus, prec);
        acb_mul(power, power, z, prec);
        acb_abs(size, power, prec);
        arb_mul(size, size, next, prec);
        done = slopes_rest(size, size, ratio, alpha, beta, x, k + 1, prec)
               && mlval_log(size) < log_tol;
        arb_set(g, next);
    }
    for (int i = 0; i < 3 && done; i++)
        acb_add_error_arb(d[i], size);
    arb_clear(x);
    arb_clear(g);
    arb_clear(next);
    arb_clear(size);
    arb_clear(ratio);
    arb_clear(modulus);
    acb_clear(power);
    acb_clear(t);
    acb_clear(psi);
    return done;
}
