/* mlfunc/test/t-double_series.c - the power series in doubles against balls.
 *
 * [mlfunc D32]
 */
#include "mlfunc/double/series.h"
#include "mlfunc/test/value_truth.h"

#define PREC 400

static const double pi = 3.14159265358979323846;

/* alpha, beta and z of modulus r. */
static void
random_point(double *alpha, double *beta, double z[2], tap_random *r, long i,
             double modulus, bool real)
{
    double phi = tap_random_range(r, -pi, pi);

    *alpha = tap_random_log(r, 0.01, 12);
    *beta = tap_random_range(r, -6, 12);
    if (i % 4 == 0)
        *beta = rint(*beta);
    if (i % 7 == 0)
        *alpha = rint(8 * *alpha + 1) / 8;
    if (i % 11 == 5)
        *alpha = tap_random_log(r, 0x1p-400, 0.01);
    if (i % 5 == 0)
        phi = ldexp(1, -(int)tap_random_int(r, 1, 90));
    z[0] = real ? (tap_random_u64(r) & 1 ? modulus : -modulus)
                : modulus * cos(phi);
    z[1] = real ? 0 : modulus * sin(phi);
}

/* What the last term and the tail decide: 2^-10 < |z|; rounding: below. */
static void
points(tap_random *r, bool real, bool small)
{
    static const char *const names[2][2][2] = {
        {{"complex, real part", "complex, imaginary part"},
         {"complex, real part, rounding", "complex, imaginary part, rounding"}},
        {{"real", ""}, {"real, rounding", ""}}};
    value_share s[2] = {{.what = names[real][small][0]},
                        {.what = names[real][small][1]}};
    acb_t e;

    acb_init(e);
    for (long i = 0; i < tap_effort(400); i++) {
        double alpha, beta, z[2];
        double modulus = small ? tap_random_log(r, 0x1p-150, 0x1p-20)
                               : tap_random_log(r, 0x1p-10, 8);
        ml_value v[2];
        random_point(&alpha, &beta, z, r, i, modulus, real);
        bool ok = real ? series_real(v, alpha, beta, z[0])
                       : series_complex(v, alpha, beta, z);
        if (!ok)
            continue;
        if (alpha < 0.01)
            value_truth_series(e, alpha, beta, z, PREC);
        else
            value_truth(e, alpha, beta, z, PREC);
        value_share_add(s, acb_realref(e), v[0].hi, v[0].lo, v[0].err,
                        v[0].exponent);
        if (!real)
            value_share_add(s + 1, acb_imagref(e), v[1].hi, v[1].lo, v[1].err,
                            v[1].exponent);
    }
    value_share_claim(s, "D32");
    if (!real)
        value_share_claim(s + 1, "D32");
    acb_clear(e);
}

/* One octet is enough, and good, for |x| <= 2^-9. */
static void
small_arguments(tap_random *r)
{
    long refused = 0, poor = 0, bad = 0, n = tap_effort(2000);

    for (long i = 0; i < n; i++) {
        double alpha, beta, z[2], im[2];
        ml_value v, w[2];
        random_point(&alpha, &beta, z, r, i, tap_random_log(r, 1e-300, 0x1p-9),
                     true);
        beta = i % 4 ? beta : fabs(beta) + 1;
        if (!series_real(&v, alpha, beta, z[0])) {
            refused++;
            continue;
        }
        poor += v.err > 0x1p-69 * fabs(v.hi);
        im[0] = z[0];
        im[1] = 0;
        bad += !series_complex(w, alpha, beta, im);
        bad += fabs((w[0].hi - v.hi) + (w[0].lo - v.lo)) > w[0].err + v.err;
        bad += w[1].hi != 0 || w[1].err != 0;
    }
    tap_ok(refused == 0, "no small x is refused");
    tap_ok(poor * 50 <= n, "err <= 2^-69 |E| but for %ld of %ld", poor, n);
    tap_ok(bad == 0, "on the real axis the complex sum agrees, im exactly 0");
}

static void
special(void)
{
    ml_value v, w[2];
    double zero[2] = {0, 0};
    bool ok = series_real(&v, 0.7, -2, 0), third, many, far, wild;

    ok = ok && v.hi == 0 && v.lo == 0 && v.err == 0;
    ok = ok && series_complex(w, 0.7, -2, zero) && w[0].err == 0 && w[0].hi == 0
         && w[1].hi == 0 && w[1].err == 0;
    tap_ok(ok, "E(0) = 1/Gamma(-2) is 0 exactly");
    third = series_real(&v, 0.3, 4, 0) && fabs(v.hi - 1 / 6.0) < 1e-16
            && v.err < 0x1p-79 && v.method == ML_BY_SERIES && v.exponent == 0;
    tap_ok(third, "E(0) = 1/Gamma(4)");
    many = series_real(&v, 0.01, 1, 0.5) && v.err < 0x1p-66;
    tap_ok(many, "as many octets as are needed");
    far = !series_real(&v, 0.01, 1, 1.01) && !series_real(&v, 40, 1, 0.1)
          && !series_real(&v, 1, 1, 1e300);
    tap_ok(far, "refused where they do not suffice");
    wild = !series_real(&v, 1, 1, (double)NAN)
           && !series_real(&v, 0x1p-300, 0, 0.01)
           && !series_real(&v, 0.5, 0, 0x1p-1010);
    tap_ok(wild, "refused where numbers leave the range");
}

/* sum |g_k| r^k, its derivative by r, and r^7. */
static void
sizes(tap_random *r)
{
    long bad = 0;

    for (long i = 0; i < tap_effort(300); i++) {
        double x = tap_random_range(r, 0, 2), sum = 0, slope = 0;
        octet g;

        for (int k = 0; k < 8; k++) {
            g.h[k] = tap_random_range(r, -1, 1);
            g.l[k] = 0;
            sum += fabs(g.h[k]) * pow(x, k);
            slope += k ? k * fabs(g.h[k]) * pow(x, k - 1) : 0;
        }
        series_sizes s = series_size(&g, x);
        bad +=
            !(fabs(s.sum / sum - 1) < 1e-12 && fabs(s.slope / slope - 1) < 1e-12
              && fabs(s.last / pow(x, 7) - 1) < 1e-12);
    }
    tap_ok(bad == 0, "[mlfunc D32] moduli and their derivative, summed");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(21);
    for (int real = 0; real < 2; real++) {
        points(&r, real, false);
        points(&r, real, true);
    }
    small_arguments(&r);
    special();
    sizes(&r);
    flint_cleanup();
    return tap_done();
}
