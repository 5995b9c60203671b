/* mlfunc/ball/relaxation_partial.c - derivatives of E_alpha(-(t/tau)^alpha) and
 * of its square. */
#include "mlfunc/mlball.h"

#include "mlfunc/impl.h"

/* c_k = (-1)^k / n_t! */
static void
relaxation_coefficient(fmpq_t res, const ml_partial *p, slong k)
{
    (void)p;
    fmpq_set_si(res, k % 2 ? -1 : 1, 1);
}

/* The coefficients of the square; shape is an integer. */
static void
siegert_coefficient(fmpq_t res, const ml_partial *p, slong k)
{
    fmpz_t b;

    fmpz_init(b);
    fmpq_zero(res);
    for (slong i = 0; i <= k; i++) {
        fmpz_bin_uiui(b, (ulong)p->n_t, (ulong)(p->n_t / k * i));
        fmpq_add_fmpz(res, res, b);
    }
    if (k % 2)
        fmpq_neg(res, res);
    fmpz_clear(b);
}

/* The derivatives of E in z (to n) and alpha (to na) at z = -(t/tau)^alpha. */
static ml_status
at_point(acb_ptr e, acb_t z, const ml_arg *args, slong n, slong na, slong prec)
{
    slong wp = ml_plan_partial_z(args, prec);
    ml_mlpoint m;
    ml_arg k[3];
    fmpq_t r;
    ml_status s;

    fmpq_init(r);
    ml_args_init(k, 3);
    ml_mlpoint_init(&m);
    fmpq_set(k[0].re, args[0].re);
    fmpq_one(k[1].re);
    fmpq_div(r, args[2].re, args[1].re);
    if (ml_rational_power(k[2].re, r, args[0].re)) {
        fmpq_neg(k[2].re, k[2].re);
        ml_arg_get_acb(z, &k[2], wp);
        s = ml_mlpoint_set_args(&m, k);
    } else {
        ml_relaxation_z(z, args, wp);
        s = ml_mlpoint_set_mixed(&m, k[0].re, k[1].re, z);
    }
    if (s == ML_OK)
        s = ml_mlpoint_jet_drive(e, &m, n, na, 0, 7, 0, prec);
    fmpq_clear(r);
    ml_args_clear(k, 3);
    ml_mlpoint_clear(&m);
    return s;
}

/* f = E(alpha + a, 1, z + e_z) at the series x of z. */
static void
compose(ml_jet *f, acb_srcptr e, const ml_jet *x, slong n, slong prec)
{
    ml_jet d;

    ml_jet_init(&d, x->nz, x->na, x->nb);
    ml_jet_set(&d, x);
    acb_zero(ml_jet_at(&d, 0, 0, 0));
    ml_jet_zero(f);
    for (slong i = n; i >= 0; i--) {
        fmpq_t c;

        fmpq_init(c);
        ml_jet_mul(f, f, &d, prec);
        for (slong j = 0; j <= f->na; j++) {
            acb_ptr at = ml_jet_at(f, 0, j, 0);
            acb_t y;

            acb_init(y);
            fmpq_one(c);
            ml_times_factorial(c, i);
            ml_times_factorial(c, j);
            fmpq_inv(c, c);
            acb_set(y, e + i * (f->na + 1) + j);
            ml_times_fmpq(y, c, prec);
            acb_add(at, at, y, prec);
            acb_clear(y);
        }
        fmpq_clear(c);
    }
    ml_jet_clear(&d);
}

/* One attempt, at about prec bits. */
static ml_status
attempt(acb_t res, const ml_partial *p, const ml_arg *args, bool squared,
        slong prec)
{
    const slong n = p->n_shape + p->n_tau + p->n_t;
    const slong wp = ml_plan_partial_sum(prec);
    acb_ptr e = _acb_vec_init((n + 1) * (p->n_shape + 1));
    ml_jet f, x;
    acb_t z;
    ml_status s;

    acb_init(z);
    ml_jet_init(&f, p->n_t, p->n_shape, p->n_tau);
    ml_jet_init(&x, p->n_t, p->n_shape, p->n_tau);
    s = at_point(e, z, args, n, p->n_shape, prec);
    ml_partial_power(&x, p, z, wp);
    compose(&f, e, &x, n, wp);
    if (squared)
        ml_jet_mul(&f, &f, &f, wp);
    ml_partial_derivative(res, &f, p, wp);
    arb_zero(acb_imagref(res));
    _acb_vec_clear(e, (n + 1) * (p->n_shape + 1));
    acb_clear(z);
    ml_jet_clear(&f);
    ml_jet_clear(&x);
    return s;
}

/* alpha = 1 and not differentiated: exp(-c t/tau), a KWW. */
static ml_status
as_kww(acb_t res, const ml_arg *args, const slong *order, ulong c, slong prec)
{
    const slong k_order[] = {0, order[1], 0, order[2]};
    ml_arg k[4];
    ml_status s;

    ml_args_init(k, 4);
    fmpq_one(k[0].re);
    fmpq_set(k[1].re, args[1].re);
    fmpq_set_ui(k[2].re, c, 1);
    fmpq_set(k[3].re, args[2].re);
    s = ml_kww_partial(res, k, k_order, prec);
    ml_args_clear(k, 4);
    return s;
}

static ml_status
relaxation(acb_t res, const ml_arg *args, const slong *order, bool squared,
           slong prec)
{
    size_t bad;
    ml_status s = ml_relaxation_domain(args, &bad);
    slong wp;
    const ml_partial p = {.shape = args[0].re,
                          .tau = args[1].re,
                          .t = args[2].re,
                          .n_shape = order[0],
                          .n_tau = order[1],
                          .n_t = order[2]};

    acb_indeterminate(res);
    arb_zero(acb_imagref(res));
    s = s == ML_OK ? ml_partial_order(order, 3) : s;
    if (s != ML_OK)
        return s;
    if (fmpq_is_zero(p.t))
        return ml_partial_at_zero(
            res, &p, squared ? siegert_coefficient : relaxation_coefficient,
            prec);
    if (fmpq_is_one(p.shape) && p.n_shape == 0)
        return as_kww(res, args, order, squared ? 2 : 1, prec);
    for (int i = 0; (wp = ml_plan_partial(prec, i)) > 0; i++) {
        s = attempt(res, &p, args, squared, wp);
        if ((s & ~ML_UNABLE) || ml_ball_accurate(res, prec))
            break;
    }
    if (s & ~ML_UNABLE)
        return s;
    return ml_ball_accurate(res, prec - 8) ? ML_OK : ML_UNABLE;
}

ml_status
ml_relaxation_partial(acb_t res, const ml_arg *args, const slong *order,
                      slong prec)
{
    return relaxation(res, args, order, false, prec);
}

ml_status
ml_siegert_partial(acb_t res, const ml_arg *args, const slong *order,
                   slong prec)
{
    return relaxation(res, args, order, true, prec);
}

/* ------------------------------------------------------------ mittag-leffler */

ml_status
ml_mittleff_partial(acb_t res, const ml_arg *args, const slong *order,
                    slong prec)
{
    const slong na = order[0], nb = order[1], nz = order[2];
    ml_status s = ml_partial_order(order, 3);
    ml_mlpoint p;
    acb_ptr e;

    acb_indeterminate(res);
    if (fmpq_is_zero(args[2].im))
        arb_zero(acb_imagref(res));
    if (s != ML_OK)
        return s;
    ml_mlpoint_init(&p);
    s = ml_mlpoint_set_args(&p, args);
    if (s == ML_OK) {
        const slong len = (na + 1) * (nb + 1) * (nz + 1);

        e = _acb_vec_init(len);
        s = ml_mlpoint_jet_drive(e, &p, nz, na, nb, 7, 0, prec);
        acb_swap(res, e + len - 1);
        _acb_vec_clear(e, len);
    }
    ml_mlpoint_clear(&p);
    if (s == ML_UNABLE && ml_ball_accurate(res, prec - 8))
        s = ML_OK;
    return s;
}
