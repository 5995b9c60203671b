/* mlfunc/ball/mittleff_jet_pure.c - jets where E is z^k e^z. */
#include <acb_poly.h>

#include "mlfunc/impl.h"

/* beta = 1 - k */
static bool
power_of(slong *k, const ml_mlpoint *p)
{
    if (!p->integers || !fmpz_is_one(p->num_a) || fmpz_cmp_si(p->num_b, 1) > 0
        || fmpz_cmp_si(p->num_b, -ML_JET_PURE_POWER) < 0)
        return false;
    *k = 1 - fmpz_get_si(p->num_b);
    return true;
}

bool
ml_mlpoint_jet_is_pure(const ml_mlpoint *p)
{
    slong k;
    return power_of(&k, p);
}

/* The coefficients of z^k. */
static void
power_series(acb_ptr v, slong n, const acb_t z, slong k, slong prec)
{
    fmpz_t c;

    fmpz_init_set_ui(c, 1);
    for (slong i = 0; i < n && i <= k; i++) {
        acb_pow_ui(v + i, z, (ulong)(k - i), prec);
        acb_mul_fmpz(v + i, v + i, c, prec);
        fmpz_mul_si(c, c, k - i);
        fmpz_divexact_ui(c, c, (ulong)i + 1);
    }
    fmpz_clear(c);
}

/* [mlfunc J5] */
void
ml_mlpoint_jet_pure(ml_jet *res, const ml_mlpoint *p, slong bits)
{
    const slong n = res->nz + 1, prec = ml_plan_jet_pure(p, bits);
    acb_ptr e = _acb_vec_init(n), v = _acb_vec_init(n), t = _acb_vec_init(n);
    acb_t z;
    slong k;

    acb_init(z);
    if (power_of(&k, p)) {
        ml_mlpoint_z(z, p, prec);
        power_series(v, n, z, k, prec);
        acb_exp(e, z, prec);
        for (slong i = 1; i < n; i++)
            acb_div_si(e + i, e + i - 1, i, prec);
        _acb_poly_mullow(t, v, n, e, n, n, prec);
        for (slong i = 0; i < n; i++)
            acb_swap(ml_jet_at(res, i, 0, 0), t + i);
    }
    _acb_vec_clear(e, n);
    _acb_vec_clear(v, n);
    _acb_vec_clear(t, n);
    acb_clear(z);
}
