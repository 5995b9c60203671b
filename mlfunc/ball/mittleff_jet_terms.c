/* mlfunc/ball/mittleff_jet_terms.c - z^k/Gamma(alpha k + beta), as series.
 *
 * The coefficient of e_z^i e_alpha^j e_beta^l is
 *
 *     C(k,i) z^(k-i) k^j C(j+l,j) g_(j+l),
 *
 * g_m those of 1/Gamma(y + e), y = alpha k + beta; k of either sign.
 */
#include <stdlib.h>

#include "mlfunc/impl.h"

/* w[i] = C(k,i) z^(k-i) for 0 <= i <= nz, from the powers of z or 1/z. */
static void
z_weights(acb_ptr w, const ml_powers *pow, slong k, slong nz, slong prec)
{
    fmpz_t c;

    fmpz_init_set_ui(c, 1);
    for (slong i = 0; i <= nz; i++) {
        slong e = k >= 0 ? k - i : i - k;
        if (fmpz_is_zero(c)) {
            acb_zero(w + i);
        } else {
            acb_mul(w + i, pow->baby + e % pow->m, pow->giant + e / pow->m,
                    prec);
            acb_mul_fmpz(w + i, w + i, c, prec);
        }
        fmpz_mul_si(c, c, k - i);
        fmpz_divexact_ui(c, c, (ulong)i + 1);
    }
    fmpz_clear(c);
}

/* v[j (nb+1) + l] = k^j C(j+l,j) g[j+l]. */
static void
gamma_weights(arb_ptr v, arb_srcptr g, slong k, const ml_jet *shape, slong prec)
{
    fmpz_t c, kj;

    fmpz_init(c);
    fmpz_init_set_ui(kj, 1);
    for (slong j = 0; j <= shape->na; j++) {
        for (slong l = 0; l <= shape->nb; l++) {
            fmpz_bin_uiui(c, (ulong)(j + l), (ulong)j);
            fmpz_mul(c, c, kj);
            arb_mul_fmpz(v + j * (shape->nb + 1) + l, g + j + l, c, prec);
        }
        fmpz_mul_si(kj, kj, k);
    }
    fmpz_clear(c);
    fmpz_clear(kj);
}

void
ml_mlpoint_jet_terms(ml_jet *sum, const ml_mlpoint *p, slong first, slong last,
                     slong full, double level, slong near)
{
    slong nv = (sum->na + 1) * (sum->nb + 1), len = sum->na + sum->nb + 1;
    slong guard = ml_plan_jet_guard(first - last + 1);
    slong most = FLINT_MAX(labs(first), labs(last)) + sum->nz + 1;
    ml_powers pow;
    ml_jet_gammas gs;
    acb_t base;

    acb_init(base);
    ml_mlpoint_z(base, p, full + guard);
    if (last < 0)
        acb_inv(base, base, full + guard);
    if (p->real)
        arb_zero(acb_imagref(base));
    ml_powers_init(&pow, base, most, full + guard);
    ml_jet_gammas_init(&gs, p, first, first - last + 1, full + guard, len);
    acb_ptr w = _acb_vec_init(sum->nz + 1);
    arb_ptr g = _arb_vec_init(len), v = _arb_vec_init(nv);
    for (slong k = first; k >= last; k--) {
        slong own =
            FLINT_MIN(ml_plan_jet_term(p, sum, k, level, near), full) + guard;
        ml_jet_gammas_next(g, &gs, own);
        z_weights(w, &pow, k, sum->nz, own);
        gamma_weights(v, g, k, sum, own);
        for (slong i = 0; i <= sum->nz; i++)
            for (slong jl = 0; jl < nv; jl++) {
                acb_ptr c = sum->c + i * nv + jl;
                arb_addmul(acb_realref(c), acb_realref(w + i), v + jl,
                           full + guard);
                if (!p->real)
                    arb_addmul(acb_imagref(c), acb_imagref(w + i), v + jl,
                               full + guard);
            }
    }
    _acb_vec_clear(w, sum->nz + 1);
    _arb_vec_clear(g, len);
    _arb_vec_clear(v, nv);
    ml_jet_gammas_clear(&gs);
    ml_powers_clear(&pow);
    acb_clear(base);
}
