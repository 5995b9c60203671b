/* mlfunc/test/t-mittleff_jet_gammas.c - series of reciprocal gammas in a row. */
#include <arb_poly.h>

#include "mlfunc/ball/rgamma.h"
#include "mlfunc/test/points.h"

/* [mlfunc J3] J terms at x = +-1/2 or less: the rest of each coefficient. */
static void
rest_dominates(tap_random *r)
{
    enum { LEN = 5 };
    shares s = {.most = 0};
    slong count = tap_effort(60);
    arb_ptr c = _arb_vec_init(200), t = _arb_vec_init(LEN);
    arb_struct y[2];
    mag_t bound, d;

    arb_init(y);
    arb_init(y + 1);
    mag_init(bound);
    mag_init(d);
    arb_one(y);
    arb_one(y + 1);
    _arb_poly_rgamma_series(c, y, 2, 200, 3000);
    for (slong k = 0; k < count; k++) {
        slong J = tap_random_int(r, 3 * LEN, 200);
        /* 1 + x is exact. */
        double x = ldexp((double)tap_random_int(r, -512, 512), -10);
        x = k % 3 == 0 ? 0.5 : k % 3 == 1 ? -0.5 : x;
        arb_set_d(y, 1 + x);
        _arb_poly_rgamma_series(t, y, 2, LEN, 3000);
        for (slong m = 0; m < LEN; m++) {
            /* t_m - sum_{m <= i < J} C(i,m) c_i x^(i-m) */
            arb_t sum, f;
            arb_init(sum);
            arb_init(f);
            for (slong i = m; i < J; i++) {
                fmpz_t b;
                fmpz_init(b);
                arb_set_d(f, x);
                arb_pow_ui(f, f, (ulong)(i - m), 3000);
                arb_mul(f, f, c + i, 3000);
                fmpz_bin_uiui(b, (ulong)i, (ulong)m);
                arb_addmul_fmpz(sum, f, b, 3000);
                fmpz_clear(b);
            }
            arb_sub(sum, sum, t + m, 3000);
            ml_jet_taylor_rest(bound, J, m);
            arb_get_mag_lower(d, sum);
            /* Either may be below the range of doubles. */
            mag_mul_2exp_si(d, d, ml_rgamma_coeffs[J].below);
            mag_mul_2exp_si(bound, bound, ml_rgamma_coeffs[J].below);
            share_add(&s, mag_get_d(d), mag_get_d(d), mag_get_d(bound));
            arb_clear(sum);
            arb_clear(f);
        }
    }
    share_claim(&s, "J3");
    _arb_vec_clear(c, 200);
    _arb_vec_clear(t, LEN);
    arb_clear(y);
    arb_clear(y + 1);
    mag_clear(bound);
    mag_clear(d);
}

/* Against Arb's, at many bits, on both sides of 0 and with or without the
 * recurrence. */
static void
against_arb(tap_random *r)
{
    long bad = 0, wide = 0, table = 0, count = tap_effort(40);
    ml_mlpoint p;
    ml_jet_gammas g;
    arb_struct y[2];

    ml_mlpoint_init(&p);
    arb_init(y);
    arb_init(y + 1);
    for (long k = 0; k < count; k++) {
        double alpha = k % 4 ? tap_random_range(r, 0.1, 2) : 0.625;
        double beta = k % 5 ? tap_random_range(r, -9, 9)
                            : (double)tap_random_int(r, -9, 9);
        slong bits = (slong)tap_random_log(r, 40, k % 8 ? 400 : 3000);
        slong len = tap_random_int(r, 2, 9), n = tap_random_int(r, 3, 24);
        arb_ptr v = _arb_vec_init(len), w = _arb_vec_init(len);
        slong first = tap_random_int(r, -5, n);
        bad += set_point(&p, alpha, beta, 1, 0) != ML_OK;
        ml_jet_gammas_init(&g, &p, first, n, bits, len);
        table += g.J > 0;
        for (slong i = 0; i < n; i++) {
            ml_mlpoint_index(y, &p, first - i, 4 * bits);
            arb_one(y + 1);
            ml_jet_gammas_next(v, &g, bits);
            _arb_poly_rgamma_series(w, y, 2, len, 2 * bits + 100);
            for (slong m = 0; m < len; m++) {
                bad += !arb_contains(v + m, w + m);
                /* Not where a coefficient is near a zero of itself. */
                wide += arb_rel_accuracy_bits(v + m) < bits - 40
                        && !arb_is_zero(v + m);
            }
            bad += ml_mlpoint_vanishes(&p, first - i) && !arb_is_zero(v);
        }
        ml_jet_gammas_clear(&g);
        _arb_vec_clear(v, len);
        _arb_vec_clear(w, len);
    }
    tap_ok(bad == 0, "the rows hold the series of Arb");
    tap_ok(wide < count, "and their accuracy; %ld entries near zeros", wide);
    tap_ok(table > count / 2, "by the table in %ld of %ld rows", table, count);
    ml_mlpoint_clear(&p);
    arb_clear(y);
    arb_clear(y + 1);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(5);
    rest_dominates(&r);
    against_arb(&r);
    return tap_done();
}
