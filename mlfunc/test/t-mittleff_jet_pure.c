/* mlfunc/test/t-mittleff_jet_pure.c - the derivatives of z^k e^z.  [mlfunc J5] */
#include "mlfunc/test/points.h"

#define BITS 90

/* Each coefficient against that of the power series, 64 bits more. */
static void
against_series(tap_random *r)
{
    long bad = 0, wide = 0, contained = 0, n = 0, count = tap_effort(60);
    ml_jet f, g;
    ml_mlpoint p;

    ml_jet_init(&f, 5, 1, 1);
    ml_jet_init(&g, 5, 0, 0);
    ml_mlpoint_init(&p);
    for (long i = 0; i < count; i++) {
        double m = tap_random_log(r, 1e-3, 30), arg = tap_random_range(r, 0, 6);
        bool real = i % 3 == 0;
        double re = i % 7 == 0 ? 0 : real ? -m : m * cos(arg);
        ml_status st = set_point(&p, 1, 1 - (double)(i % 8), re,
                                 real || i % 7 == 0 ? 0 : m * sin(arg));
        _acb_vec_indeterminate(f.c, f.len);
        ml_mlpoint_jet_pure(&f, &p, BITS);
        if (st == ML_OK)
            st = ml_mlpoint_jet_series(&g, &p, 0, BITS + 64);
        bad += st != ML_OK || !ml_mlpoint_jet_is_pure(&p);
        for (slong k = 0; k <= 5; k++) {
            acb_srcptr x = ml_jet_at(&f, k, 0, 0);
            /* what cancels in a coefficient is below 2^24 of it mostly */
            wide += !acb_is_zero(x) && !is_accurate(x, BITS - 16);
            /* both may be wider: of z = 0 only the series is */
            bad += !acb_overlaps(x, ml_jet_at(&g, k, 0, 0));
            contained += acb_contains(x, ml_jet_at(&g, k, 0, 0));
            bad += acb_is_finite(ml_jet_at(&f, k, 1, 0))
                   || acb_is_finite(ml_jet_at(&f, k, 0, 1));
            n++;
        }
    }
    tap_ok(bad == 0 && contained > n / 2,
           "J5: the coefficients in z, and no other, at %ld places", n);
    tap_ok(wide <= n / 20, "to the bits asked: %ld of %ld are wider", wide, n);
    ml_jet_clear(&f);
    ml_jet_clear(&g);
    ml_mlpoint_clear(&p);
}

static void
where(void)
{
    static const struct {
        double alpha, beta;
        bool pure;
    } at[] = {{1, 1, true},    {1, 0, true},         {1, -7, true},
              {1, 2, false},   {2, 1, false},        {2, 0, false},
              {1, 0.5, false}, {0.5, 1, false},      {1, -999999, true},
              {1, -1e6, true}, {1, -1000001, false}, {1, -0x1p35, false}};
    bool ok = true;
    arb_t alpha, beta;
    ml_mlpoint p;
    acb_t z;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    ml_mlpoint_init(&p);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        ml_status st = set_point(&p, at[i].alpha, at[i].beta, -3, 0);
        ok = ok && st == ML_OK && ml_mlpoint_jet_is_pure(&p) == at[i].pure;
    }
    arb_one(alpha);
    arb_one(beta);
    acb_set_si(z, -3);
    mag_set_d(arb_radref(alpha), 0x1p-60);
    ok = ok && ml_mlpoint_set_balls(&p, alpha, beta, z) == ML_OK
         && !ml_mlpoint_jet_is_pure(&p);
    tap_ok(ok, "J5 for alpha = 1, beta = 1, 0, -1, ... down to -10^6");
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    ml_mlpoint_clear(&p);
}

/* z E_{1,2} = E_{1,1} - 1/Gamma(1) and its derivative by beta, at once where e^z
 * is far below it. */
static void
far_below(void)
{
    static const double at[] = {-800, -3825.7183776231523, -17379.024403948311,
                                -1e6, -1e9};
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    acb_t t, e;
    arb_t alpha, beta;
    long bad = 0;
    acb_t z;

    acb_init(t);
    acb_init(e);
    acb_init(z);
    arb_init(alpha);
    arb_init(beta);
    arb_one(alpha);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        acb_set_d(z, at[i]);
        arb_set_ui(beta, 1);
        bad += ml_mittleff_jet(v, alpha, beta, z, 1, 1, 1, 160) != ML_OK;
        arb_set_ui(beta, 2);
        bad += ml_mittleff_jet(w, alpha, beta, z, 1, 1, 1, 300) != ML_OK;
        acb_exp(e, z, 300);
        bad += !acb_contains(v, e) || !acb_contains(v + 4, e);
        acb_mul(t, w + 1, z, 300);
        arb_const_euler(acb_realref(e), 300);
        acb_add(t, t, e, 300);
        bad += !acb_contains(v + 1, t);
        for (int k = 0; k < 8; k++)
            bad += !is_accurate(v + k, 160);
        /* E_{1,-1} = z^2 e^z */
        arb_set_si(beta, -1);
        bad += ml_mittleff_jet(v, alpha, beta, z, 1, 0, 0, 160) != ML_OK;
        acb_exp(e, z, 300);
        acb_mul(e, e, z, 300);
        acb_mul(t, e, z, 300);
        bad += !acb_contains(v, t) || !is_accurate(v, 160);
        acb_mul_2exp_si(e, e, 1);
        acb_add(t, t, e, 300);
        bad += !acb_contains(v + 1, t) || !is_accurate(v + 1, 160);
    }
    tap_ok(bad == 0, "alpha = 1 to z = -10^9, with the derivatives of alpha");
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
    acb_clear(t);
    acb_clear(e);
    acb_clear(z);
    arb_clear(alpha);
    arb_clear(beta);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(4);
    against_series(&r);
    where();
    far_below();
    return tap_done();
}
