/* mlfunc/ball/mittleff_nodes.c - the nodes of the contour, made once. */
#include "mlfunc/impl.h"

/* What all nodes share. */
typedef struct {
    arb_t alpha, c, mu, scale; /* c = alpha (N+1) - beta, scale = h mu / pi */
    bool powers;               /* t^c = p^k t^m */
    slong k, m;
} shared;

/* Integers k >= 0 and m with t^c = p^k t^m, p = t^alpha: c = k alpha + m.  It
 * saves an exponential. */
static void
find_powers(shared *s, const ml_mlpoint *p, slong N)
{
    static const slong try[] = {0, -1, 1, -2, 2};
    fmpz_t q, r;

    s->powers = false;
    if (!p->ab_exact || N > 40)
        return;
    fmpz_init(q);
    fmpz_init(r);
    for (size_t i = 0; i < sizeof try / sizeof *try && !s->powers; i++) {
        /* m den = -num_b - (k - N - 1) num_a */
        s->k = N + 1 + try[i];
        fmpz_mul_si(q, p->num_a, try[i]);
        fmpz_add(q, q, p->num_b);
        fmpz_neg(q, q);
        fmpz_fdiv_qr(q, r, q, p->den);
        if (s->k >= 0 && fmpz_is_zero(r) && fmpz_bits(q) <= 3) {
            s->m = fmpz_get_si(q);
            s->powers = true;
        }
    }
    fmpz_clear(q);
    fmpz_clear(r);
}

static void
shared_init(shared *s, const ml_contour_plan *plan, const ml_mlpoint *p,
            slong prec)
{
    arb_t t;

    arb_init(s->alpha);
    arb_init(s->c);
    arb_init(s->mu);
    arb_init(s->scale);
    arb_init(t);
    ml_mlpoint_alpha(s->alpha, p, prec);
    ml_mlpoint_index(s->c, p, -(plan->N + 1), prec);
    arb_neg(s->c, s->c);
    arb_set_d(s->mu, plan->mu);
    arb_set_d(s->scale, plan->h);
    arb_mul(s->scale, s->scale, s->mu, prec);
    arb_const_pi(t, prec);
    arb_div(s->scale, s->scale, t, prec);
    arb_clear(t);
    find_powers(s, p, plan->N);
}

static void
shared_clear(shared *s)
{
    arb_clear(s->alpha);
    arb_clear(s->c);
    arb_clear(s->mu);
    arb_clear(s->scale);
}

/* x (1+iu)^n; v = 1 + u^2. */
static void
times_power(acb_t x, const arb_t u, const arb_t v, slong n, slong prec)
{
    acb_t s;
    arb_t d;

    acb_init(s);
    arb_init(d);
    arb_one(acb_realref(s));
    arb_set(acb_imagref(s), u);
    if (n < 0) {
        arb_neg(acb_imagref(s), u);
        arb_pow_ui(d, v, (ulong)-n, prec);
        acb_div_arb(x, x, d, prec);
        n = -n;
    }
    for (slong i = 0; i < n; i++)
        acb_mul(x, x, s, prec);
    acb_clear(s);
    arb_clear(d);
}

/* w = scale (1 + iu) e^t t^c; u, v = 1 + u^2 and t are exact. */
static void
weight(acb_t w, const shared *s, const arb_t u, const arb_t v, const acb_t p,
       const acb_t log, slong prec)
{
    acb_t e;

    acb_init(e);
    /* t = mu (1 - u^2) + 2 i mu u */
    arb_sub_ui(acb_realref(e), v, 2, ARF_PREC_EXACT);
    arb_neg(acb_realref(e), acb_realref(e));
    arb_mul(acb_realref(e), acb_realref(e), s->mu, ARF_PREC_EXACT);
    arb_mul(acb_imagref(e), u, s->mu, ARF_PREC_EXACT);
    arb_mul_2exp_si(acb_imagref(e), acb_imagref(e), 1);
    if (s->powers) {
        arb_t m;
        acb_exp(w, e, prec);
        if (s->k == 1) {
            acb_mul(w, w, p, prec);
        } else if (s->k > 1) {
            acb_pow_ui(e, p, (ulong)s->k, prec);
            acb_mul(w, w, e, prec);
        }
        times_power(w, u, v, 2 * s->m + 1, prec);
        arb_init(m);
        arb_pow_ui(m, s->mu, (ulong)FLINT_ABS(s->m), prec);
        if (s->m < 0)
            acb_div_arb(w, w, m, prec);
        else
            acb_mul_arb(w, w, m, prec);
        arb_clear(m);
    } else {
        acb_t l;
        acb_init(l);
        acb_mul_arb(l, log, s->c, prec + 10);
        acb_add(e, e, l, prec + 10);
        acb_exp(w, e, prec);
        times_power(w, u, v, 1, prec);
        acb_clear(l);
    }
    acb_mul_arb(w, w, s->scale, prec);
    acb_clear(e);
}

static void
set_node(ml_contour *c, const shared *s, slong j, slong prec)
{
    arb_t u, v;
    acb_ptr p = c->p + j, w = c->w + j, log = c->log + j;

    arb_init(u);
    arb_init(v);
    arb_set_d(u, c->plan.h);
    arb_mul_2exp_si(u, u, -1);
    arb_mul_si(u, u, 2 * j + c->plan.half, ARF_PREC_EXACT);
    arb_mul(v, u, u, ARF_PREC_EXACT);
    arb_add_ui(v, v, 1, ARF_PREC_EXACT);
    /* log t = ln(mu v) + 2 i atan u */
    arb_mul(acb_realref(log), v, s->mu, ARF_PREC_EXACT);
    arb_log(acb_realref(log), acb_realref(log), prec + 10);
    arb_atan(acb_imagref(log), u, prec + 10);
    arb_mul_2exp_si(acb_imagref(log), acb_imagref(log), 1);
    acb_mul_arb(p, log, s->alpha, prec + 10);
    acb_exp(p, p, prec);
    weight(w, s, u, v, p, log, prec);
    if (arb_is_zero(u))
        acb_mul_2exp_si(w, w, -1);
    arb_mul(c->k + j, acb_imagref(w), acb_imagref(p), prec);
    arb_mul(c->q + j, acb_imagref(p), acb_imagref(p), prec);
    arb_clear(u);
    arb_clear(v);
}

/* 1 / (e^(2 pi width / h) - 1) */
static void
set_decay(mag_t res, double width, double h)
{
    arb_t x, y;

    arb_init(x);
    arb_init(y);
    arb_set_d(x, width);
    arb_set_d(y, h);
    arb_div(x, x, y, 64);
    arb_mul_2exp_si(x, x, 1);
    arb_const_pi(y, 64);
    arb_mul(x, x, y, 64);
    arb_expm1(x, x, 64);
    arb_inv(x, x, 64);
    arb_get_mag(res, x);
    arb_clear(x);
    arb_clear(y);
}

/* The bound at z, or at -1 where the plan is for any z. */
static bool
line_bound(mag_t m, const ml_strip *s, const ml_contour_plan *plan,
           const ml_mlpoint *p)
{
    acb_t z;

    acb_init(z);
    acb_set_si(z, -1);
    if (plan->one)
        ml_mlpoint_z(z, p, 64);
    bool ok = ml_strip_bound(m, s, z);
    acb_clear(z);
    return ok;
}

/* The nodes left out; more are taken in until the bound is below level. */
static bool
set_rest(ml_contour *c, const ml_mlpoint *p, bool forced)
{
    ml_contour_plan *s = &c->plan;
    mag_t m;
    bool ok, enough;

    mag_init(m);
    do {
        double from = s->h * ((double)s->J + 0.5 * s->half);
        ok = ml_strip_set(&c->rest, p, s->mu, 1, from, s->h, s->N, 0, 0);
        enough = forced || !ok || !line_bound(m, &c->rest, s, p)
                 || ml_plan_contour_enough(s, m);
    } while (!enough);
    mag_clear(m);
    return ok;
}

static bool
set_strips(ml_contour *c, const ml_mlpoint *p)
{
    ml_contour_plan *s = &c->plan;
    bool forced = s->h > 0;

    if (!ml_strip_set(&c->left, p, s->mu, 1 - s->B, 0, 0, s->N, 0, 0)
        || !ml_strip_set(&c->right, p, s->mu, 1 + s->A, 0, 0, s->N, 0, 0))
        return false;
    if (!forced) {
        if (!line_bound(c->left_decay, &c->left, s, p)
            || !line_bound(c->right_decay, &c->right, s, p))
            return false;
        ml_plan_contour_step(s, p, c->left_decay, c->right_decay);
    }
    set_decay(c->left_decay, s->B, s->h);
    set_decay(c->right_decay, s->A, s->h);
    return set_rest(c, p, forced);
}

void
ml_contour_init(ml_contour *c)
{
    c->p = c->w = c->log = NULL;
    c->k = c->q = c->rgamma = NULL;
    c->bits = NULL;
    c->plan.J = c->plan.N = 0;
    ml_strip_init(&c->left);
    ml_strip_init(&c->right);
    ml_strip_init(&c->rest);
    mag_init(c->left_decay);
    mag_init(c->right_decay);
}

static void
release(ml_contour *c)
{
    if (c->p) {
        _acb_vec_clear(c->p, c->plan.J);
        _acb_vec_clear(c->w, c->plan.J);
        _acb_vec_clear(c->log, c->plan.J);
        _arb_vec_clear(c->k, c->plan.J);
        _arb_vec_clear(c->q, c->plan.J);
        _arb_vec_clear(c->rgamma, c->plan.N);
        flint_free(c->bits);
        c->p = NULL;
    }
}

void
ml_contour_clear(ml_contour *c)
{
    release(c);
    ml_strip_clear(&c->left);
    ml_strip_clear(&c->right);
    ml_strip_clear(&c->rest);
    mag_clear(c->left_decay);
    mag_clear(c->right_decay);
}

ml_status
ml_contour_set(ml_contour *c, const ml_contour_plan *plan, const ml_mlpoint *p)
{
    shared s;
    ml_rgammas g;

    release(c);
    c->plan = *plan;
    plan = &c->plan;
    if (!set_strips(c, p))
        return ML_UNABLE;
    slong J = plan->J, N = plan->N;
    c->p = _acb_vec_init(J);
    c->w = _acb_vec_init(J);
    c->log = _acb_vec_init(J);
    c->k = _arb_vec_init(J);
    c->q = _arb_vec_init(J);
    c->rgamma = _arb_vec_init(N);
    c->bits = flint_malloc((size_t)FLINT_MAX(J, 1) * sizeof *c->bits);
    c->prec = 2;
    for (slong j = 0; j < J; j++) {
        c->bits[j] = ml_contour_bits(plan, p, j);
        c->prec = FLINT_MAX(c->prec, c->bits[j]);
    }
    shared_init(&s, plan, p, c->prec + 30);
    for (slong j = 0; j < J; j++)
        set_node(c, &s, j, c->bits[j] + 4);
    shared_clear(&s);
    if (N > 0) {
        ml_rgammas_init(&g, p, -1, N, plan->algebraic);
        for (slong k = 0; k < N; k++)
            ml_rgammas_next(c->rgamma + k, &g, plan->algebraic);
        ml_rgammas_clear(&g);
    }
    return ML_OK;
}
