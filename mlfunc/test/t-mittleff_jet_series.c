/* mlfunc/test/t-mittleff_jet_series.c - the power series with derivatives. */
#include "mlfunc/test/points.h"

/* The terms n <= k < n + 400 of all coefficients, to many bits: the tail, what
 * is left being below 1e-60 of it. */
static void
true_tail(ml_jet *sum, const ml_mlpoint *p, slong n)
{
    ml_jet_zero(sum);
    ml_mlpoint_jet_terms(sum, p, n + 399, n, 200, -1e6, 1);
}

typedef struct {
    shares a, b; /* x >= 3/2, and x < 3/2 */
} two_shares;

static void
compare_tail(two_shares *s, const ml_mlpoint *p, const ml_jet *t, slong n,
             const double *radius, bool tight)
{
    mag_ptr bounds = _mag_vec_init(t->len);
    acb_t zero;

    acb_init(zero);
    if (ml_mlpoint_jet_series_tail(bounds, p, t, n, radius))
        for (slong m = 0; m < t->len; m++) {
            slong l = m % (t->nb + 1), j = m / (t->nb + 1) % (t->na + 1);
            double x =
                ml_mlpoint_index_d(p, n) - (j + l > 0 ? radius[j + l] : 0);
            double bound = mag_get_d(bounds + m);
            double low = distance(t->c + m, zero, false);
            bool show = tight && j + l > 0; /* j = l = 0 is S1 */
            double high = show ? distance(t->c + m, zero, true) : 0;
            if (bound > 1e-200)
                share_add(x >= 1.5 ? &s->a : &s->b, low, high, bound);
        }
    _mag_vec_clear(bounds, t->len);
    acb_clear(zero);
}

/* [mlfunc J1] Few terms: the rest of each coefficient, and its bound for the
 * circles of the plan and for any others. */
static void
tail_dominates(tap_random *r)
{
    two_shares s = {.a = {.most = 0}, .b = {.most = 0}};
    double radius[9] = {0};
    ml_mlpoint p;
    ml_jet t;
    long count = tap_effort(60);

    ml_mlpoint_init(&p);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.3, 3);
        double beta = tap_random_range(r, -3, 4);
        double m =
            i % 2 ? tap_random_log(r, 1e-3, 0.9) : tap_random_log(r, 0.1, 6);
        double phi = i % 3 ? 0 : tap_random_range(r, -3.14, 3.14);
        slong n = tap_random_int(r, 1, i % 2 ? 5 : 20);
        if (i % 5 == 0)
            beta = (double)tap_random_int(r, -3, 1);
        if (set_point(&p, alpha, beta, m * cos(phi), m * sin(phi)) != ML_OK)
            continue;
        ml_jet_init(&t, tap_random_int(r, 0, 2), tap_random_int(r, 0, 2),
                    tap_random_int(r, 0, 2));
        true_tail(&t, &p, n);
        ml_plan_jet_radii(radius, &p, 8, n);
        compare_tail(&s, &p, &t, n, radius, true);
        for (int k = 0; k < 3; k++) {
            for (int q = 1; q <= 8; q++)
                radius[q] = tap_random_log(r, 0.05, 5);
            compare_tail(&s, &p, &t, n, radius, false);
        }
        ml_jet_clear(&t);
    }
    share_claim(&s.a, "J1 right of 3/2");
    share_claim(&s.b, "J1 anywhere");
    ml_mlpoint_clear(&p);
}

/* [mlfunc J1] Each condition of the bound, just not met, and just met. */
static void
conditions(void)
{
    double radius[3] = {0, 0.25, 0.25};
    mag_ptr b = _mag_vec_init(27);
    ml_mlpoint p;
    ml_jet t;
    bool ok;

    ml_mlpoint_init(&p);
    ml_jet_init(&t, 2, 0, 0);
    ok = set_point(&p, 1, 1, 0.25, 0) == ML_OK;
    ok = ok && !ml_mlpoint_jet_series_tail(b, &p, &t, 1, radius)
         && ml_mlpoint_jet_series_tail(b, &p, &t, 2, radius);
    tap_ok(ok, "n >= i");
    ml_jet_clear(&t);
    ml_jet_init(&t, 0, 0, 0);
    ok = !ml_mlpoint_jet_series_tail(b, &p, &t, 0, radius);
    tap_ok(ok, "n >= 1");
    /* The terms 3^k / k! fall from k = 3 on: q = 3 / (n + 1). */
    ok = set_point(&p, 1, 1, 3, 0) == ML_OK
         && !ml_mlpoint_jet_series_tail(b, &p, &t, 2, radius)
         && ml_mlpoint_jet_series_tail(b, &p, &t, 3, radius);
    tap_ok(ok, "q < 1");
    ml_jet_clear(&t);
    /* (n+1)/n |z| < 1 where the gammas do not help. */
    ml_jet_init(&t, 0, 1, 0);
    ok = set_point(&p, 0.0009765625, 0.5, 0.75, 0) == ML_OK
         && !ml_mlpoint_jet_series_tail(b, &p, &t, 3, radius)
         && ml_mlpoint_jet_series_tail(b, &p, &t, 4, radius);
    tap_ok(ok, "the weights k^j are part of q");
    radius[1] = 0;
    ok = !ml_mlpoint_jet_series_tail(b, &p, &t, 4, radius);
    radius[1] = -1;
    ok = ok && !ml_mlpoint_jet_series_tail(b, &p, &t, 4, radius);
    tap_ok(ok, "no circle of radius 0 or -1");
    ok = set_point(&p, 0.5, -2000.25, 0.25, 0) == ML_OK
         && !ml_mlpoint_jet_series_tail(b, &p, &t, 4, radius);
    tap_ok(ok, "too far left: refused");
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 27);
}

/* [mlfunc J1] in doubles, as it is stated. */
static double
stated(double alpha, double beta, double z, long n, int i, int j, int l,
       double r)
{
    int m = j + l;
    double x = alpha * (double)n + beta - (m ? r : 0), b = 1.2, c = 1,
           N = (double)n;
    double f = m ? pow(r, -m) * sqrt(cosh(3.14159265358979324 * r)) : 1;

    if (x >= 1.5) {
        b = 1 / tgamma(x);
        c = tgamma(x) / tgamma(x + alpha);
    } else if (x < 0.5) {
        double H = ceil(0.5 - x);
        b = 1.2 * pow(H + (m ? r : 0), H);
    }
    double q = z * c * (N + 1) / (N + 1 - i) * pow((N + 1) / N, j);
    for (int k = 0; k < i; k++)
        f *= (N - k) / (k + 1);
    for (int k = 0; k < j; k++)
        f *= (double)(m - k) / (k + 1);
    return q < 1 ? f * pow(N, j) * pow(z, N - i) * b / (1 - q) : -1;
}

static void
as_stated(tap_random *r)
{
    long bad = 0, served = 0, n = 0, count = tap_effort(200);
    double radius[5] = {0};
    mag_ptr b = _mag_vec_init(27);
    ml_mlpoint p;
    ml_jet t;

    ml_mlpoint_init(&p);
    ml_jet_init(&t, 2, 2, 2);
    for (long k = 0; k < count; k++) {
        double alpha = tap_random_range(r, 0.1, 3);
        double beta = tap_random_range(r, -6, 6);
        double z = tap_random_range(r, 0.01, k % 2 ? 0.6 : 4);
        slong terms = tap_random_int(r, 2, 12);
        for (int m = 1; m <= 4; m++)
            radius[m] = tap_random_log(r, 0.1, 3);
        if (set_point(&p, alpha, beta, k % 3 ? z : 0, k % 3 ? 0 : -z) != ML_OK)
            bad++;
        bool got = ml_mlpoint_jet_series_tail(b, &p, &t, terms, radius);
        bool want = true;
        served += got;
        for (int at = 0; at < 27; at++) {
            int i = at / 9, j = at / 3 % 3, l = at % 3;
            double v = stated(alpha, beta, z, terms, i, j, l, radius[j + l]);
            want = want && v >= 0;
            if (got && v > 0) {
                bad += !(fabs(mag_get_d(b + at) / v - 1) < 1e-5);
                n++;
            }
        }
        bad += got != want;
    }
    tap_ok(bad == 0 && served > count / 3 && served < count,
           "J1 is the bound that is stated, %ld times", n);
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 27);
}

/* With the number of terms forced, the ball is as wide as the bound and holds
 * the coefficients. */
static void
forced(tap_random *r)
{
    long bad = 0, wide = 0, count = tap_effort(30);
    ml_mlpoint p;
    ml_jet few, all;

    ml_mlpoint_init(&p);
    ml_jet_init(&few, 1, 2, 1);
    ml_jet_init(&all, 1, 2, 1);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.5, 2.5);
        double m = tap_random_range(r, 0.1, 1), phi = 1.5708 * (double)(i % 3);
        if (set_point(&p, alpha, tap_random_range(r, 0, 3), m * cos(phi),
                      i % 3 == 1 ? m : 0)
                != ML_OK
            || ml_mlpoint_jet_series(&few, &p, 6, 100) != ML_OK
            || ml_mlpoint_jet_series(&all, &p, 0, 200) != ML_OK) {
            bad++;
            continue;
        }
        for (slong k = 0; k < all.len; k++) {
            bad += !acb_contains(few.c + k, all.c + k);
            wide += acb_rel_accuracy_bits(few.c + k) < 60;
            bad += acb_rel_accuracy_bits(all.c + k) < 150;
        }
    }
    tap_ok(bad == 0, "six terms and all: contained at %ld points", count);
    tap_ok(wide > count, "six terms are too few");
    ml_mlpoint_clear(&p);
    ml_jet_clear(&few);
    ml_jet_clear(&all);
}

/* alpha = P/Q, whose gammas come from a recurrence, against a tiny box around
 * the same numbers, where each is computed. */
static void
rational_alpha(tap_random *r)
{
    static const slong ratios[][2] = {{1, 3}, {1, 2},  {2, 3},  {3, 2},
                                      {2, 1}, {7, 10}, {3, 10}, {5, 4}};
    long bad = 0, narrow = 0;
    ml_mlpoint p, q;
    ml_jet exact, box;
    ml_arg args[3];
    arb_t a, b;
    acb_t z;
    mag_t e;

    ml_args_init(args, 3);
    arb_init(a);
    arb_init(b);
    acb_init(z);
    mag_init(e);
    ml_jet_init(&exact, 1, 2, 2);
    ml_jet_init(&box, 1, 2, 2);
    for (int i = 0; i < 8; i++) {
        ml_mlpoint_init(&p);
        ml_mlpoint_init(&q);
        set_args(args, 1, 1, tap_random_range(r, -2, 2), i % 2 ? 0.7 : 0);
        fmpq_set_si(args[0].re, ratios[i][0], (ulong)ratios[i][1]);
        fmpq_set_si(args[1].re, tap_random_int(r, -9, 9), 6);
        arb_set_fmpq(a, args[0].re, 500);
        arb_set_fmpq(b, args[1].re, 500);
        mag_set_ui_2exp_si(e, 1, -480);
        arb_add_error_mag(a, e);
        arb_add_error_mag(b, e);
        ml_arg_get_acb(z, &args[2], 500);
        if (ml_mlpoint_set_args(&p, args) != ML_OK
            || ml_mlpoint_set_balls(&q, a, b, z) != ML_OK
            || ml_mlpoint_jet_series(&exact, &p, 0, 200) != ML_OK
            || ml_mlpoint_jet_series(&box, &q, 0, 350) != ML_OK)
            bad++;
        for (slong m = 0; m < box.len; m++) {
            bad += !acb_contains(exact.c + m, box.c + m);
            narrow += acb_rel_accuracy_bits(exact.c + m) < 180;
        }
        ml_mlpoint_clear(&p);
        ml_mlpoint_clear(&q);
    }
    tap_ok(bad == 0, "the recurrence over P/Q agrees with gammas one by one");
    tap_ok(narrow == 0, "and keeps the accuracy");
    ml_args_clear(args, 3);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
    mag_clear(e);
    ml_jet_clear(&exact);
    ml_jet_clear(&box);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(15);
    tail_dominates(&r);
    conditions();
    as_stated(&r);
    forced(&r);
    rational_alpha(&r);
    return tap_done();
}
