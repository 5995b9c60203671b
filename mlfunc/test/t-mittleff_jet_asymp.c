/* mlfunc/test/t-mittleff_jet_asymp.c - the asymptotic series, differentiated. */
#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

/* [mlfunc J2] n terms are too few, or too many: the remainder, by the power
 * series, against its bound. */
static void
remainder_dominates(tap_random *r)
{
    shares s = {.most = 0};
    ml_mlpoint p;
    long refused = 0, count = tap_effort(40);

    ml_mlpoint_init(&p);
    for (long i = 0; i < count; i++) {
        double x = tap_random_log(r, 1.5, 20);
        slong n = tap_random_int(r, 1, 12);
        slong nz = i / 6 % 3, na = i / 18 % 3, nb = (i + i / 6) % 2;
        ml_jet part, truth;
        ml_jet_init(&part, nz, na, nb);
        ml_jet_init(&truth, nz, na, nb);
        if (delicate_point(&p, r, i, 0.3, x) == ML_OK
            && ml_mlpoint_jet_series(&truth, &p, 0, 200) == ML_OK
            && ml_mlpoint_jet_asymp(&part, &p, n, 200) == ML_OK) {
            for (slong m = 0; m < truth.len; m++) {
                mag_t bound;
                mag_init(bound);
                mag_max(bound, arb_radref(acb_realref(part.c + m)),
                        arb_radref(acb_imagref(part.c + m)));
                centre(part.c + m, part.c + m);
                bool show = m > 0 && m == truth.len - 1;
                double high = distance(truth.c + m, part.c + m, true);
                share_add(&s, distance(truth.c + m, part.c + m, false),
                          show ? high : 0, mag_get_d(bound));
                mag_clear(bound);
            }
        } else {
            refused++;
        }
        ml_jet_clear(&part);
        ml_jet_clear(&truth);
    }
    share_claim(&s, "J2 at the highest derivatives");
    tap_ok(refused < count / 3, "served at %ld of %ld points", count - refused,
           count);
    ml_mlpoint_clear(&p);
}

/* The truth less n algebraic terms, no pole being there. */
static bool
true_remainder(ml_jet *rest, const ml_mlpoint *p, slong n)
{
    ml_jet sum;

    ml_jet_init(&sum, rest->nz, rest->na, rest->nb);
    bool ok = ml_mlpoint_jet_series(rest, p, 0, 200) == ML_OK;
    ml_mlpoint_jet_terms(&sum, p, -1, -n, 300, -1e6, 1);
    ml_jet_add(rest, rest, &sum, 400);
    ml_jet_clear(&sum);
    return ok;
}

/* [mlfunc J2] Without poles near: any two rays, any circles and exponents. */
static void
every_ray(tap_random *r)
{
    shares s = {.most = 0};
    mag_ptr bounds = _mag_vec_init(64);
    ml_jet rest;
    ml_mlpoint p;
    acb_t zero;
    long count = tap_effort(24);

    ml_mlpoint_init(&p);
    acb_init(zero);
    for (long i = 0; i < count; i++) {
        /* The poles are at |arg t| >= pi / 0.6 > 3 pi / 2. */
        double alpha = tap_random_range(r, 0.3, 0.6);
        double m = pow(tap_random_log(r, 2, 20), alpha);
        slong n = tap_random_int(r, 2, 6);
        ml_jet_init(&rest, i % 3, i / 3 % 3, i % 2);
        if (set_point(&p, alpha, tap_random_range(r, -1, 2), -m,
                      i % 2 ? 0.05 * m : 0)
                == ML_OK
            && true_remainder(&rest, &p, n))
            for (slong up = 34; up <= 90; up += 6) {
                ml_jet_rays y = {.up = up, .down = tap_random_int(r, 34, 90)};
                bool planned = up % 4 == 0;
                ml_plan_jet_rays(&y, &p, &rest, n);
                for (int k = 1; k <= 4 && !planned; k++) {
                    y.rup[k] = tap_random_log(r, 0.05, 1);
                    y.rdown[k] = tap_random_log(r, 0.05, 1);
                    y.eps[k] = tap_random_log(r, 0.05, 2);
                }
                if (!ml_mlpoint_jet_asymp_rest(bounds, &p, &rest, n, &y))
                    continue;
                for (slong k = 0; k < rest.len; k++)
                    share_add(
                        &s, distance(rest.c + k, zero, false),
                        k < rest.len - 1 ? 0 : distance(rest.c + k, zero, true),
                        mag_get_d(bounds + k));
            }
        ml_jet_clear(&rest);
    }
    share_claim(&s, "J2 on any pair of rays");
    ml_mlpoint_clear(&p);
    acb_clear(zero);
    _mag_vec_clear(bounds, 64);
}

static double
factorial(int n)
{
    return n > 1 ? n * factorial(n - 1) : 1;
}

/* Of the second kind, i <= 2. */
static double
stirling(int i, int m)
{
    return m == i || (i == 2 && m == 1);
}

/* [mlfunc J4] nu of either sign, z anywhere that leaves the sheet without
 * poles: the remainder, by the power series, against the planned bound. */
static void
keyhole(tap_random *r)
{
    shares s = {.most = 0};
    mag_ptr bounds = _mag_vec_init(64);
    long count = tap_effort(120), below = 0, refused = 0;
    ml_jet rest;
    ml_mlpoint p;
    acb_t zero;

    ml_mlpoint_init(&p);
    acb_init(zero);
    for (long i = 0; i < count; i++) {
        double alpha = tap_random_range(r, 0.15, 0.7);
        double beta = tap_random_range(r, -1, 9);
        double m = pow(tap_random_log(r, 1.5, 20), alpha);
        double arg = PI * tap_random_range(r, alpha + 0.02, 1);
        slong n = tap_random_int(r, 0, 6);
        ml_jet_rays y = {.up = 64, .down = 64, .keyhole = true};
        ml_jet_init(&rest, i % 3, i / 3 % 3, i % 2);
        below += alpha * (double)(n + 1) - beta + 1 <= 0;
        ml_status st = set_point(&p, alpha, beta, i % 2 ? -m : m * cos(arg),
                                 i % 2 ? 0 : m * sin(i % 4 ? arg : -arg));
        bool ok = st == ML_OK && true_remainder(&rest, &p, n);
        ml_plan_jet_rays(&y, &p, &rest, n);
        ok = ok && ml_mlpoint_jet_asymp_rest(bounds, &p, &rest, n, &y);
        refused += !ok;
        for (slong k = 0; k < rest.len && ok; k++)
            share_add(&s, distance(rest.c + k, zero, false),
                      k < rest.len - 1 ? 0 : distance(rest.c + k, zero, true),
                      mag_get_d(bounds + k));
        ml_jet_clear(&rest);
    }
    share_claim(&s, "J4");
    tap_ok(refused == 0 && below > count / 10,
           "J4 at all of %ld points, %ld with nu <= 0", count, below);
    ml_mlpoint_clear(&p);
    acb_clear(zero);
    _mag_vec_clear(bounds, 64);
}

/* A of [mlfunc J2] for delta = room; -1 where it does not hold. */
static double
stated_angular(double room, long n, int i, int j, double radius)
{
    double r = i + j > 0 ? radius : 0, a = 0;

    for (int m = 0; m <= i; m++)
        a += stirling(i, m) * factorial(m + j)
             * (m + j > 0 ? pow(r, -m - j) : 1);
    return room > r ? a * exp((double)(n + 1) * r) / sin(fmin(room - r, PI / 2))
                    : -1;
}

/* [mlfunc J4] in doubles, as it is stated, without |z|^.. / 2 pi. */
static double
stated_keyhole(double alpha, double nu, double turn, long n, int i, int j,
               int l, double radius, double eps)
{
    double a = stated_angular(PI * (fabs(turn) - alpha), n, i, j, radius);
    int q = j + l;

    if (a < 0)
        return -1;
    double e = q > 0 ? eps : 0, g = nu + e <= 1 ? exp(-1) : tgamma(nu + e);
    double b = 2 * exp(1) * pow(PI, q + 1) / (q + 1)
               + 2 * factorial(q) * (q > 0 ? pow(e, -q) : 1) * exp(e * PI) * g;
    return a * b / (factorial(i) * factorial(j) * factorial(l));
}

static void
keyhole_as_stated(tap_random *r)
{
    long bad = 0, served = 0, n = 0, count = tap_effort(200);
    mag_ptr b = _mag_vec_init(27);
    ml_mlpoint p;
    ml_jet t;

    ml_mlpoint_init(&p);
    ml_jet_init(&t, 2, 2, 2);
    for (long k = 0; k < count; k++) {
        double alpha = tap_random_range(r, 0.02, 1.1);
        double beta = tap_random_range(r, -2, 8), z = tap_random_range(r, 1, 9);
        double turn = k % 3 == 0 ? 1 : k % 3 == 1 ? -0.5 : 0.75;
        double re = turn == 1 ? -z : turn == 0.75 ? -z : 0;
        double im = turn == 1 ? 0 : turn == 0.75 ? z : -z;
        slong terms = tap_random_int(r, 0, 9);
        double nu = alpha * (double)(terms + 1) - beta + 1;
        ml_jet_rays y = {.up = 64, .down = 64, .keyhole = true};
        /* Those of order 0 are not used. */
        for (int m = 0; m <= 4; m++) {
            y.rup[m] = tap_random_range(r, 0.01, 0.3);
            y.eps[m] = tap_random_range(r, 0.1, 1);
        }
        bad += set_point(&p, alpha, beta, re, im) != ML_OK;
        bool got = ml_mlpoint_jet_asymp_rest(b, &p, &t, terms, &y);
        bool want = true;
        served += got;
        for (int at = 0; at < 27; at++) {
            int i = at / 9, j = at / 3 % 3, l = at % 3;
            double v = stated_keyhole(alpha, nu, turn, terms, i, j, l,
                                      y.rup[i + j], y.eps[j + l]);
            want = want && v > 0;
            v *= pow(hypot(re, im), -(double)terms - 1 - i) / (2 * PI);
            if (got) {
                bad += !(fabs(mag_get_d(b + at) / v - 1) < 1e-5);
                n++;
            }
        }
        bad += got != want;
    }
    tap_ok(bad == 0 && served > count / 3 && served < count,
           "J4 is the bound that is stated, %ld times", n);
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 27);
}

/* [mlfunc J4] Its conditions; a box across the negative axis has the room of
 * its worst point. */
static void
keyhole_conditions(void)
{
    mag_ptr b = _mag_vec_init(8), c = _mag_vec_init(8);
    ml_jet_rays y = {.up = 64, .down = 64, .keyhole = true};
    arb_t alpha, beta;
    ml_mlpoint p;
    acb_t z;
    ml_jet t;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    ml_mlpoint_init(&p);
    ml_jet_init(&t, 1, 1, 1);
    for (int k = 1; k <= 2; k++)
        y.rup[k] = y.eps[k] = 0.0625;
    bool on = set_point(&p, 0.5, 7, 0, 3) == ML_OK
              && ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    bool right = set_point(&p, 0.5, 7, 3, 3) == ML_OK
                 && ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    bool off = set_point(&p, 0.4375, 7, 0, 3) == ML_OK
               && ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(!on && !right && off, "no keyhole around a pole on the sheet");
    /* 0.0625 pi of room */
    y.rup[2] = 0.2;
    bool meets = ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[2] = 0.19;
    bool fits = ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[2] = 0;
    bool none = ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[2] = 0.1;
    y.eps[1] = 0;
    none = none || ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.eps[1] = -0.25;
    none = none || ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(fits && !meets && !none, "nor with a circle that meets it, or of 0");
    y.eps[1] = 0.0625;
    arb_set_d(alpha, 0.4375);
    arb_set_d(beta, 7);
    /* below the axis by atan 11, and above it */
    acb_set_d_d(z, -1, -5);
    mag_set_ui(arb_radref(acb_imagref(z)), 6);
    bool ok = ml_mlpoint_set_balls(&p, alpha, beta, z) == ML_OK
              && ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(!ok, "a box whose arguments reach a pole has none");
    arb_set_d(alpha, 0.875);
    arb_set_d(acb_realref(z), -9);
    arb_set_d(acb_imagref(z), -1);
    mag_set_d(arb_radref(acb_imagref(z)), 1.25);
    ok = ml_mlpoint_set_balls(&p, alpha, beta, z) == ML_OK
         && ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    for (int im = -2; im <= 0; im++) {
        ok = ok && set_point(&p, 0.875, 7, -9, im) == ML_OK
             && ml_mlpoint_jet_asymp_rest(c, &p, &t, 3, &y);
        for (int k = 0; k < 8; k++)
            ok = ok && mag_cmp(c + k, b + k) <= 0;
    }
    tap_ok(ok, "that of a box is a bound at its points");
    ok = set_point(&p, 0.5, 7, 0, 0) == ML_OK
         && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(ok, "z = 0: no keyhole");
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 8);
    _mag_vec_clear(c, 8);
}

/* Small alpha: the keyhole is taken, with few terms, where nu > 0 would need
 * beta / alpha of them; an exponential beyond all balls is found at once. */
static void
small_alpha(tap_random *r)
{
    long bad = 0, terms = 0, count = tap_effort(40);
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    ml_jet_asymp_plan s;
    arb_t alpha, beta;
    ml_mlpoint p;
    acb_t z;
    ml_jet t;

    arb_init(alpha);
    arb_init(beta);
    acb_init(z);
    ml_mlpoint_init(&p);
    ml_jet_init(&t, 1, 1, 1);
    bool ok = set_point(&p, 2.5e-4, 2.3, -79, 0) == ML_OK
              && ml_plan_jet_asymp(&s, &p, &t, 0, 164) && s.n < 50;
    for (long i = 0; i < count; i++) {
        double a = tap_random_log(r, 1e-6, 1e-2);
        double b = tap_random_range(r, 1.5, 30);
        double x = -tap_random_log(r, 2, 1e4);
        arb_set_d(alpha, a);
        arb_set_d(beta, b);
        acb_set_d(z, x);
        ml_status st = ml_mittleff_jet(v, alpha, beta, z, 1, 1, 1, 64);
        ml_status su = ml_mittleff_jet(w, alpha, beta, z, 1, 1, 1, 160);
        bad += st != ML_OK || su != ML_OK;
        for (int m = 0; m < 8; m++)
            bad += !acb_contains(v + m, w + m) || !is_accurate(w + m, 160)
                   || !is_accurate(v + m, 64);
        if (set_point(&p, a, b, x, 0) == ML_OK
            && ml_plan_jet_asymp(&s, &p, &t, 0, 160))
            terms = FLINT_MAX(terms, s.n);
        else
            bad++;
    }
    tap_ok(ok && bad == 0 && terms < 1000,
           "alpha to 1e-6, beta to 30 with %ld terms at most", terms);
    arb_set_d(alpha, 1e-6);
    arb_set_d(beta, 8);
    acb_set_d(z, 170);
    ml_status st = ml_mittleff_jet(v, alpha, beta, z, 1, 1, 1, 64);
    tap_ok(st == ML_OVERFLOW && !acb_is_finite(v), "170^(10^6) overflows");
    acb_set_d_d(z, 0, 170);
    st = ml_mittleff_jet(v, alpha, beta, z, 1, 1, 1, 64);
    tap_ok(st == ML_OK, "(170 i)^(10^6) is on no sheet");
    arb_clear(alpha);
    arb_clear(beta);
    acb_clear(z);
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
}

/* One ray of [mlfunc J2] in doubles, as it is stated, without |z|^.. / 2 pi;
 * turn = arg z / pi. */
static double
stated(double alpha, double nu, double turn, long n, int i, int j, int l,
       double ray, double side, double radius, double eps)
{
    double d = side * alpha * ray / 64 - turn, c = fabs(cos(PI * ray / 64));
    double room = PI * fabs(d - 2 * rint(d / 2)), b;
    double a = stated_angular(room, n, i, j, radius);
    int q = j + l;

    if (a < 0 || !(nu > 0) || (q > 0 && !(nu > eps)))
        return -1;
    b = tgamma(nu) * pow(c, -nu);
    if (q > 0)
        b = factorial(q) * pow(eps, -q) * exp(eps * PI * ray / 64)
            * (tgamma(nu + eps) * pow(c, -nu - eps)
               + tgamma(nu - eps) * pow(c, -nu + eps));
    return a * b / (factorial(i) * factorial(j) * factorial(l));
}

static void
as_stated(tap_random *r)
{
    long bad = 0, served = 0, n = 0, count = tap_effort(200);
    mag_ptr b = _mag_vec_init(27);
    ml_mlpoint p;
    ml_jet t;

    ml_mlpoint_init(&p);
    ml_jet_init(&t, 2, 2, 2);
    for (long k = 0; k < count; k++) {
        double alpha = tap_random_range(r, 0.2, 3);
        double beta = tap_random_range(r, -2, 4), z = tap_random_range(r, 1, 9);
        double turn = k % 3 == 0 ? 1 : k % 3 == 1 ? -0.5 : 0;
        slong terms = tap_random_int(r, 1, 9);
        double nu = alpha * (double)(terms + 1) - beta + 1;
        ml_jet_rays y = {.up = tap_random_int(r, 40, 90)};
        y.down = k % 2 ? y.up : tap_random_int(r, 40, 90);
        for (int m = 1; m <= 4; m++) {
            y.rup[m] = tap_random_range(r, 0.01, 0.3);
            y.rdown[m] =
                y.up == y.down ? y.rup[m] : tap_random_range(r, 0.01, 0.3);
            y.eps[m] = tap_random_range(r, 0.1, 1);
        }
        if (set_point(&p, alpha, beta,
                      turn == 1   ? -z
                      : turn == 0 ? z
                                  : 0,
                      turn < 0 ? -z : 0)
            != ML_OK)
            bad++;
        bool got = ml_mlpoint_jet_asymp_rest(b, &p, &t, terms, &y);
        bool want = true;
        served += got;
        for (int at = 0; at < 27; at++) {
            int i = at / 9, j = at / 3 % 3, l = at % 3;
            double v = stated(alpha, nu, turn, terms, i, j, l, (double)y.up, 1,
                              y.rup[i + j], y.eps[j + l]);
            double w = stated(alpha, nu, turn, terms, i, j, l, (double)y.down,
                              -1, y.rdown[i + j], y.eps[j + l]);
            want = want && v > 0 && w > 0;
            v = (v + w) * pow(z, -(double)terms - 1 - i) / (2 * PI);
            if (got) {
                bad += !(fabs(mag_get_d(b + at) / v - 1) < 1e-5);
                n++;
            }
        }
        bad += got != want;
    }
    tap_ok(bad == 0 && served > count / 3 && served < count,
           "J2 is the bound that is stated, %ld times", n);
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 27);
}

/* [mlfunc J2] Each condition of the bound, not met and met. */
static void
conditions(void)
{
    mag_ptr b = _mag_vec_init(8);
    ml_mlpoint p;
    ml_jet t;
    ml_jet_rays y = {.up = 64, .down = 64};
    bool ok;

    ml_mlpoint_init(&p);
    ml_jet_init(&t, 1, 1, 1);
    for (int k = 1; k <= 2; k++)
        y.rup[k] = y.rdown[k] = y.eps[k] = 0.0625;
    ok = set_point(&p, 1, 0.5, -9, 0) == ML_OK
         && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(ok, "a pole on the ray: no bound");
    /* The angle of v on the ray is (0.9375 - 1) pi: 0.196 of room. */
    ok = set_point(&p, 0.9375, 0.5, -9, 0) == ML_OK;
    y.rup[2] = y.rdown[2] = 0.19;
    bool fits = ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[2] = y.rdown[2] = 0.2;
    bool meets = ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(ok && fits && !meets, "a circle may not meet the pole");
    y.rup[2] = y.rdown[2] = 0;
    ok = !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[2] = y.rdown[2] = 0.1;
    y.rup[1] = -0.0625;
    ok = ok && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.rup[1] = 0.0625;
    y.eps[1] = 0;
    ok = ok && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    y.eps[1] = -0.25;
    ok = ok && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 3, &y);
    tap_ok(ok, "no circle of radius 0, no exponent 0");
    /* nu = 0.5 (n + 1) - 3 is 0 for n = 5, 1/2 for n = 6. */
    y.eps[1] = y.eps[2] = 0.25;
    ok = set_point(&p, 0.5, 4, -9, 0) == ML_OK
         && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 4, &y)
         && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 5, &y)
         && ml_mlpoint_jet_asymp_rest(b, &p, &t, 6, &y);
    y.eps[2] = 0.5;
    ok = ok && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 6, &y);
    tap_ok(ok, "0 < eps < nu");
    ok = set_point(&p, 0.5, 1, 0, 0) == ML_OK
         && !ml_mlpoint_jet_asymp_rest(b, &p, &t, 6, &y);
    tap_ok(ok, "z = 0: no bound");
    ml_jet_clear(&t);
    ml_mlpoint_clear(&p);
    _mag_vec_clear(b, 8);
}

/* The residue against differences of that of the scalar code. */
static void
poles(tap_random *r)
{
    static const char *const name[] = {"z", "alpha", "beta"};
    long bad[3] = {0}, count = tap_effort(20);
    ml_jet f;
    ml_mlpoint p;
    acb_t up, down;

    ml_jet_init(&f, 1, 1, 1);
    ml_mlpoint_init(&p);
    acb_init(up);
    acb_init(down);
    for (long i = 0; i < count; i++) {
        double at[4] = {tap_random_range(r, 0.8, 2.5),
                        tap_random_range(r, -2, 3), tap_random_range(r, -9, 9),
                        tap_random_range(r, 1, 9)};
        static const int which[3] = {2, 0, 1};
        slong h = tap_random_int(r, -1, 1);
        double e = ldexp(1, -25);
        for (int v = 0; v < 3; v++) {
            double q[4] = {at[0], at[1], at[2], at[3]};
            acb_zero(up);
            acb_zero(down);
            q[which[v]] = at[which[v]] + e;
            ml_status st = set_point(&p, q[0], q[1], q[2], q[3]);
            if (st == ML_OK)
                st = ml_mlpoint_add_pole(up, &p, h, false, -100);
            q[which[v]] = at[which[v]] - e;
            if (st == ML_OK)
                st = set_point(&p, q[0], q[1], q[2], q[3]);
            if (st == ML_OK)
                st = ml_mlpoint_add_pole(down, &p, h, false, -100);
            acb_sub(up, up, down, 200);
            acb_mul_2exp_si(up, up, 24);
            if (st == ML_OK)
                st = set_point(&p, at[0], at[1], at[2], at[3]);
            ml_mlpoint_jet_pole(&f, &p, h, 100);
            acb_ptr d = ml_jet_at(&f, v == 0, v == 1, v == 2);
            double size = distance(d, up, true);
            acb_zero(down);
            /* The third derivative is below 1e6 times the value here. */
            bad[v] += st != ML_OK || !acb_is_finite(d)
                      || !(size <= 1e-6 * distance(f.c, down, true) + 1e-20);
        }
    }
    for (int v = 0; v < 3; v++)
        tap_ok(bad[v] == 0, "the residue by %s, at %ld points", name[v], count);
    ml_jet_clear(&f);
    ml_mlpoint_clear(&p);
    acb_clear(up);
    acb_clear(down);
}

/* Large |z|, where no other method serves. */
static void
far_away(void)
{
    /* The last: 1 + alpha is 2 in doubles, as if a pole were on the ray. */
    static const double alphas[] = {1e-4,     0.05, 0.3, 0.75,
                                    0.999999, 1.5,  1.9, 0x1.fffffffffffffp-1};
    acb_ptr v = _acb_vec_init(8), w = _acb_vec_init(8);
    long bad = 0;
    arb_t a, b;
    acb_t z;

    arb_init(a);
    arb_init(b);
    acb_init(z);
    arb_one(b);
    for (int i = 0; i < 8; i++)
        for (int e = 8; e <= 300; e += 73) {
            arb_set_d(a, alphas[i]);
            acb_set_d(z, -pow(10, e));
            ml_status st = ml_mittleff_jet_asymp(v, a, b, z, 1, 1, 1, 0, 64);
            ml_status su = ml_mittleff_jet_asymp(w, a, b, z, 1, 1, 1, 0, 200);
            bad += st != ML_OK || su != ML_OK;
            for (int m = 0; m < 8; m++)
                bad += !acb_contains(v + m, w + m) || !is_accurate(w + m, 200)
                       || !is_accurate(v + m, 64);
        }
    tap_ok(bad == 0, "E_alpha(-10^8 .. -10^300) for alpha in 1e-4 .. 1.9");
    arb_set_d(a, 0.5);
    acb_set_d(z, 1e10);
    ml_status st = ml_mittleff_jet_asymp(v, a, b, z, 1, 1, 1, 0, 64);
    tap_ok(st == ML_OVERFLOW && !acb_is_finite(v),
           "an exponential of 1e20 is an overflow");
    acb_set_d(z, 0);
    st = ml_mittleff_jet_asymp(v, a, b, z, 1, 1, 1, 0, 64);
    tap_ok(st == ML_UNABLE && !acb_is_finite(v), "z = 0 is refused");
    _acb_vec_clear(v, 8);
    _acb_vec_clear(w, 8);
    arb_clear(a);
    arb_clear(b);
    acb_clear(z);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(29);
    remainder_dominates(&r);
    every_ray(&r);
    conditions();
    as_stated(&r);
    keyhole(&r);
    keyhole_as_stated(&r);
    keyhole_conditions();
    small_alpha(&r);
    poles(&r);
    far_away();
    return tap_done();
}
