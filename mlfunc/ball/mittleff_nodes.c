/* mlfunc/ball/mittleff_nodes.c - the nodes of the contour, made once. */
#include "mlfunc/impl.h"

/* What all nodes share, and e^t of the next one: t = mu (1 - u^2) + 2 i mu u is
 * quadratic in j.  The real factor and its quotient are carried along; their
 * relative errors grow like j^2, so extra bits are spent.  The phase is a power
 * of one number, never a long chain of complex products.  */
typedef struct {
    arb_t alpha, c, mu, scale; /* c = alpha (N+1) - beta, scale = h mu / pi */
    bool powers;               /* t^c = p^k t^m, and then: */
    slong k, m, extra;
    arb_t factor, quotient,
        drop;        /* |e^t| scale mu^m, to the next, to its next */
    ml_powers phase; /* e^(2 i mu u_j) */
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

/* Of the first node, and what leads to the others. */
static void
start_exponentials(shared *s, const ml_contour_plan *plan, slong prec)
{
    arb_t h, t;
    acb_t e, first;

    arb_init(h);
    arb_init(t);
    acb_init(e);
    acb_init(first);
    s->extra = 8 + 2 * (slong)FLINT_BIT_COUNT((ulong)plan->J);
    prec += s->extra;
    arb_set_d(h, plan->h);
    /* u_0 = half h / 2:  mu (1 - u_0^2), then -mu (u_1^2 - u_0^2) = -mu h^2 (1 +
     * half), then -2 mu h^2 */
    arb_mul(t, h, h, ARF_PREC_EXACT);
    arb_mul(t, t, s->mu, ARF_PREC_EXACT);
    arb_mul_si(s->factor, t, -plan->half, ARF_PREC_EXACT);
    arb_mul_2exp_si(s->factor, s->factor, -2);
    arb_add(s->factor, s->factor, s->mu, ARF_PREC_EXACT);
    arb_exp(s->factor, s->factor, prec);
    arb_mul_si(s->quotient, t, -1 - plan->half, ARF_PREC_EXACT);
    arb_exp(s->quotient, s->quotient, prec);
    arb_mul_si(s->drop, t, -2, ARF_PREC_EXACT);
    arb_exp(s->drop, s->drop, prec);
    arb_pow_ui(t, s->mu, (ulong)FLINT_ABS(s->m), prec);
    arb_mul(s->factor, s->factor, s->scale, prec);
    if (s->m < 0)
        arb_div(s->factor, s->factor, t, prec);
    else
        arb_mul(s->factor, s->factor, t, prec);
    /* The phase: 2 mu h, and half of that where half = 1. */
    arb_mul(t, h, s->mu, ARF_PREC_EXACT);
    arb_sin_cos(acb_imagref(first), acb_realref(first), t, prec);
    acb_mul(e, first, first, prec);
    ml_powers_init(&s->phase, e, plan->J, prec);
    if (plan->half) {
        for (slong i = 0; i < s->phase.blocks; i++)
            acb_mul(s->phase.giant + i, s->phase.giant + i, first, prec);
    }
    acb_clear(first);
    arb_clear(h);
    arb_clear(t);
    acb_clear(e);
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
    arb_init(s->factor);
    arb_init(s->quotient);
    arb_init(s->drop);
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
    if (s->powers)
        start_exponentials(s, plan, prec);
}

static void
shared_clear(shared *s)
{
    if (s->powers)
        ml_powers_clear(&s->phase);
    arb_clear(s->alpha);
    arb_clear(s->c);
    arb_clear(s->mu);
    arb_clear(s->scale);
    arb_clear(s->factor);
    arb_clear(s->quotient);
    arb_clear(s->drop);
}

/* w = scale (1 + iu) e^t t^c by exponentials. */
static void
weight(acb_t w, const shared *s, const arb_t u, const arb_t v, const acb_t log,
       slong prec)
{
    acb_t l;

    acb_init(l);
    /* t = mu (1 - u^2) + 2 i mu u, exactly */
    arb_sub_ui(acb_realref(w), v, 2, ARF_PREC_EXACT);
    arb_neg(acb_realref(w), acb_realref(w));
    arb_mul(acb_realref(w), acb_realref(w), s->mu, ARF_PREC_EXACT);
    arb_mul(acb_imagref(w), u, s->mu, ARF_PREC_EXACT);
    arb_mul_2exp_si(acb_imagref(w), acb_imagref(w), 1);
    acb_mul_arb(l, log, s->c, prec + 10);
    acb_add(l, l, w, prec + 10);
    acb_exp(l, l, prec);
    arb_one(acb_realref(w));
    arb_set(acb_imagref(w), u);
    acb_mul(w, w, l, prec);
    acb_mul_arb(w, w, s->scale, prec);
    acb_clear(l);
}

/* The same by t^c = p^k t^m = p^k mu^m (1+iu)^(2m), a power of 1 - iu over one of
 * v where 2m + 1 < 0. */
static void
weight_by_powers(acb_t w, const shared *s, const arb_t u, const arb_t v,
                 const acb_t p, slong j, slong prec)
{
    const ml_powers *f = &s->phase;
    slong n = FLINT_ABS(2 * s->m + 1);
    acb_t e;
    arb_t d;

    acb_init(e);
    arb_init(d);
    acb_mul(w, f->baby + j % f->m, f->giant + j / f->m, prec);
    if (s->k == 1) {
        acb_mul(w, w, p, prec);
    } else if (s->k > 1) {
        acb_pow_ui(e, p, (ulong)s->k, prec);
        acb_mul(w, w, e, prec);
    }
    arb_one(acb_realref(e));
    arb_set(acb_imagref(e), u);
    if (s->m < 0)
        arb_neg(acb_imagref(e), u);
    for (slong i = 0; i < n; i++)
        acb_mul(w, w, e, prec);
    if (s->m < 0) {
        arb_pow_ui(d, v, (ulong)n, prec);
        arb_div(d, s->factor, d, prec);
        acb_mul_arb(w, w, d, prec);
    } else {
        acb_mul_arb(w, w, s->factor, prec);
    }
    acb_clear(e);
    arb_clear(d);
}

/* |e^t| of the next node, at prec bits. */
static void
step_exponentials(shared *s, slong prec)
{
    prec += s->extra;
    arb_mul(s->factor, s->factor, s->quotient, prec);
    arb_mul(s->quotient, s->quotient, s->drop, prec);
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
    if (s->powers)
        weight_by_powers(w, s, u, v, p, j, prec);
    else
        weight(w, s, u, v, log, prec);
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
    for (slong j = 0; j < J; j++) {
        set_node(c, &s, j, c->bits[j] + 4);
        if (s.powers)
            step_exponentials(&s, c->prec);
    }
    shared_clear(&s);
    if (N > 0) {
        ml_rgammas_init(&g, p, -1, N, plan->algebraic);
        for (slong k = 0; k < N; k++)
            ml_rgammas_next(c->rgamma + k, &g, plan->algebraic);
        ml_rgammas_clear(&g);
    }
    return ML_OK;
}
