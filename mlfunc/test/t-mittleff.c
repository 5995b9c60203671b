/* mlfunc/test/t-mittleff.c - the automatic choice, closed forms, overlaps. */
#include <acb_hypgeom.h>

#include "mlfunc/test/points.h"

#define PI 3.14159265358979323846

enum { METHODS = 4 };
static const ml_ball_fn methods[METHODS] = {
    ml_mittleff_point_series, ml_mittleff_point_asymptotic,
    ml_mittleff_point_contour, ml_mittleff_point_quadrature};
static const char *const names[METHODS] = {"series", "asymptotic", "contour",
                                           "quadrature"};

/* ----------------------------------------------------------- closed forms */

enum { EXP, COSH, COS, EXPM1, ERFC, GEOMETRIC, FORMS };

static void
closed_form(acb_t res, int form, const acb_t z, slong prec)
{
    acb_t t, u;

    acb_init(t);
    acb_init(u);
    if (form == EXP) {
        acb_exp(res, z, prec);
    } else if (form == COSH || form == COS) {
        acb_neg(t, z);
        acb_sqrt(t, form == COS ? t : z, prec);
        if (form == COS)
            acb_cos(res, t, prec);
        else
            acb_cosh(res, t, prec);
    } else if (form == EXPM1) {
        acb_expm1(t, z, prec);
        acb_div(res, t, z, prec);
    } else if (form == ERFC) {
        acb_neg(t, z);
        acb_hypgeom_erfc(t, t, prec);
        acb_sqr(u, z, prec);
        acb_exp(u, u, prec);
        acb_mul(res, t, u, prec);
    } else {
        /* E_{1,0}(z) = z e^z */
        acb_exp(t, z, prec);
        acb_mul(res, t, z, prec);
    }
    acb_clear(t);
    acb_clear(u);
}

static void
closed_forms(tap_random *r)
{
    static const double alpha[FORMS] = {1, 2, 2, 1, 0.5, 1};
    static const double beta[FORMS] = {1, 1, 1, 2, 1, 0};
    static const char *const what[FORMS] = {"E_{1,1} = exp(z)",
                                            "E_{2,1} = cosh(sqrt z)",
                                            "E_{2,1} = cos(sqrt -z)",
                                            "E_{1,2} = (exp(z) - 1)/z",
                                            "E_{1/2,1} = exp(z^2) erfc(-z)",
                                            "E_{1,0} = z exp(z)"};
    ml_arg args[3];
    acb_t v, w, z;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    acb_init(z);
    for (int f = 0; f < FORMS; f++) {
        long bad = 0, n = tap_effort(40);
        for (long i = 0; i < n; i++) {
            double m = tap_random_log(r, 1e-6, f == ERFC ? 12 : 200);
            double phi = i % 3 == 0   ? 0
                         : i % 3 == 1 ? PI
                                      : tap_random_range(r, -PI, PI);
            double re = i % 3 == 1 ? -m : m * cos(phi);
            double im = i % 3 == 2 ? m * sin(phi) : 0;
            set_args(args, alpha[f], beta[f], re, im);
            acb_set_d_d(z, re, im);
            slong prec = i % 2 ? 53 : 160;
            ml_status st = ml_mittleff_point(v, args, prec);
            closed_form(w, f, z, 800);
            if (im == 0)
                arb_zero(acb_imagref(w));
            bad += st != ML_OK || !acb_contains(v, w) || !is_accurate(v, prec);
        }
        tap_ok(bad == 0, "%s at %ld points", what[f], n);
    }
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
    acb_clear(z);
}

/* ------------------------------------------------------------ all methods */

static void
random_args(ml_arg *args, tap_random *r, long i)
{
    static const double special[] = {0.5, 0.25, 1, 2, 1.5, 0.1, 3, 0.75};
    double alpha = i % 4 == 0   ? special[tap_random_int(r, 0, 7)]
                   : i % 4 == 1 ? tap_random_range(r, 0.05, 1)
                   : i % 4 == 2 ? 1
                                      + ldexp(1, -(int)tap_random_int(r, 2, 40))
                                            * tap_random_range(r, -1, 1)
                                : tap_random_range(r, 0.3, 5);
    double beta = i % 5 == 0   ? alpha
                  : i % 5 == 1 ? (double)tap_random_int(r, -3, 0)
                  : i % 5 == 2 ? 1
                               : tap_random_range(r, -3, 6);
    double m = pow(tap_random_log(r, 0.05, 150), alpha);
    long place = tap_random_int(r, 0, 5);
    double phi = place == 0   ? PI * fmin(alpha, 1)
                 : place == 1 ? PI / 2 * fmin(alpha, 2)
                              : tap_random_range(r, -PI, PI);

    if (place >= 4)
        set_args(args, alpha, beta, place == 4 ? -m : m, 0);
    else
        set_args(args, alpha, beta, m * cos(phi), m * sin(phi));
}

/* A at p bits holds B at p + 64, for every ordered pair that serves. */
static void
every_pair(tap_random *r)
{
    long served[METHODS][METHODS] = {{0}}, bad = 0, lies = 0,
         count = tap_effort(50);
    ml_arg args[3];
    acb_t low[METHODS], high[METHODS];
    ml_status st[METHODS], su[METHODS];

    ml_args_init(args, 3);
    for (int k = 0; k < METHODS; k++) {
        acb_init(low[k]);
        acb_init(high[k]);
    }
    for (long i = 0; i < count; i++) {
        random_args(args, r, i);
        for (int k = 0; k < METHODS; k++) {
            st[k] = methods[k](low[k], args, 53);
            su[k] = methods[k](high[k], args, 117);
            lies += st[k] == ML_OK && !is_accurate(low[k], 53);
        }
        for (int a = 0; a < METHODS; a++)
            for (int b = 0; b < METHODS; b++) {
                if (a == b || st[a] != ML_OK || su[b] != ML_OK)
                    continue;
                served[a][b]++;
                bad += !acb_contains(low[a], high[b]);
            }
    }
    for (int a = 0; a < METHODS; a++)
        for (int b = 0; b < METHODS; b++)
            if (a != b)
                tap_ok(served[a][b] > 3, "%s against %s: %ld pairs", names[a],
                       names[b], served[a][b]);
    tap_ok(bad == 0, "no ball of one method misses another's");
    tap_ok(lies == 0, "a method that says ok has the accuracy");
    ml_args_clear(args, 3);
    for (int k = 0; k < METHODS; k++) {
        acb_clear(low[k]);
        acb_clear(high[k]);
    }
}

static void
automatic(tap_random *r)
{
    long bad = 0, complex_value = 0, mirrored = 0, count = tap_effort(250);
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    for (long i = 0; i < count; i++) {
        random_args(args, r, i);
        slong prec = i % 3 == 0 ? 24 : i % 3 == 1 ? 53 : 113;
        ml_status st = ml_mittleff_point(v, args, prec);
        bad += st != ML_OK || !is_accurate(v, prec);
        complex_value += fmpq_is_zero(args[2].im) && !acb_is_real(v);
        fmpq_neg(args[2].im, args[2].im);
        st = ml_mittleff_point(w, args, prec + 64);
        acb_conj(w, w);
        mirrored += st == ML_OK && acb_contains(v, w);
    }
    tap_ok(bad == 0, "rad <= 2^(8-p) |E| at %ld points", count);
    tap_ok(complex_value == 0, "real for real z, exactly");
    tap_ok(mirrored >= count - count / 50,
           "E(conj z) = conj E(z): %ld of %ld inside", mirrored, count);
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

/* The automatic choice: every method has its points, no refusals to speak of,
 * one run as a rule, and never the oracle. */
static void
choice(tap_random *r)
{
    long count = tap_effort(400), by[ML_BY_COUNT] = {0}, refused = 0, again = 0;
    ml_arg args[3];
    acb_t v;

    ml_args_init(args, 3);
    acb_init(v);
    for (long i = 0; i < count; i++) {
        ml_choice c = {0};
        random_args(args, r, i);
        ml_status st = ml_mittleff_traced(v, &c, args, 53);
        by[st == ML_OK ? c.method : ML_BY_NONE]++;
        refused += c.refused;
        again += c.attempts - c.refused > 1;
    }
    tap_ok(by[ML_BY_SERIES] > count / 20 && by[ML_BY_ASYMP] > count / 20
               && by[ML_BY_CONTOUR] > count / 100,
           "series %ld, asymptotic %ld, contour %ld", by[ML_BY_SERIES],
           by[ML_BY_ASYMP], by[ML_BY_CONTOUR]);
    tap_ok(by[ML_BY_NONE] == 0 && by[ML_BY_QUAD] == 0,
           "quadrature is not among them");
    tap_ok(refused <= count / 50 && again <= count / 10,
           "%ld of %ld refused, %ld asked again", refused, count, again);
    ml_args_clear(args, 3);
    acb_clear(v);
}

/* ------------------------------------------------------------ single points */

/* Decimals are rationals here: 3/10 is not the double 0.3. */
static void
named_points(void)
{
    static const struct {
        slong a, aq, b, bq;
        double re, im;
        slong prec;
    } at[] = {
        {3, 4, 7, 4, -1e8, 0, 110},      {1, 20, 1, 1, -5, 0, 53},
        {1, 2, 1, 1, 0, 20, 53},         {1, 1000, 1, 1, -1, 0, 53},
        {3, 10, 3, 10, -1e8, 0, 53},     {3, 10, 1, 1, -2.5, 0, 1100},
        {99, 100, 99, 100, -1e8, 0, 53},
    };
    ml_arg args[3];
    acb_t v, w;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    long bad = 0, second = 0;
    size_t n = sizeof at / sizeof *at;
    for (size_t i = 0; i < n; i++) {
        set_args(args, 1, 1, at[i].re, at[i].im);
        fmpq_set_si(args[0].re, at[i].a, (ulong)at[i].aq);
        fmpq_set_si(args[1].re, at[i].b, (ulong)at[i].bq);
        ml_status st = ml_mittleff_point(v, args, at[i].prec);
        bad += st != ML_OK || !is_accurate(v, at[i].prec);
        if (at[i].prec > 200)
            continue;
        st = ml_mittleff_point_quadrature(w, args, at[i].prec + 40);
        second += st == ML_OK && acb_contains(v, w);
    }
    tap_ok(bad == 0, "the points that any evaluator must reach");
    tap_ok(second == (long)n - 1, "and quadrature says the same");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

/* [mlfunc M1] Leading terms that vanish. */
static void
leading_zeros(void)
{
    ml_arg args[3];
    acb_t v, w, z;
    arb_t g;
    long bad = 0;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    acb_init(z);
    arb_init(g);
    for (int n = 0; n <= 6; n++)
        for (int d = 1; d <= 4; d++) {
            /* E_{3/d,-n}(z), z = 2^-300: the first term that is not 0. */
            set_args(args, 1, -n, ldexp(1, -300), 0);
            fmpq_set_si(args[0].re, 3, (ulong)d);
            ml_status st = ml_mittleff_point(v, args, 60);
            fmpq_t y;
            fmpq_init(y);
            int k = 0;
            do {
                k++;
                fmpq_mul_si(y, args[0].re, k);
                fmpq_sub_si(y, y, n);
            } while (fmpq_sgn(y) <= 0 && fmpz_is_one(fmpq_denref(y)));
            arb_set_fmpq(g, y, 200);
            arb_rgamma(g, g, 200);
            arb_mul_2exp_si(g, g, -300 * k);
            fmpq_clear(y);
            acb_set_arb(w, g);
            acb_sub(z, v, w, 200);
            mag_t m, e;
            mag_init(m);
            mag_init(e);
            acb_get_mag(m, z);
            acb_get_mag_lower(e, w);
            mag_mul_2exp_si(m, m, 50);
            bad += st != ML_OK || mag_cmp(m, e) > 0;
            mag_clear(m);
            mag_clear(e);
        }
    tap_ok(bad == 0, "M1: small z keeps its relative accuracy at beta <= 0");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
    acb_clear(z);
    arb_clear(g);
}

static void
at_zero(void)
{
    ml_arg args[3];
    acb_t v;
    arb_t g;

    ml_args_init(args, 3);
    acb_init(v);
    arb_init(g);
    set_args(args, 0.3, -2, 0, 0);
    ml_status st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_OK && acb_is_zero(v), "E_{a,-2}(0) = 0, exactly");
    set_args(args, 0.3, 3, 0, 0);
    st = ml_mittleff_point(v, args, 53);
    arb_set_d(g, 0.5);
    tap_ok(st == ML_OK && acb_is_exact(v) && acb_is_real(v)
               && arb_equal(acb_realref(v), g),
           "E_{a,3}(0) = 1/2, exactly");
    set_args(args, 0.3, -0.5, 0, 0);
    st = ml_mittleff_point(v, args, 53);
    arb_const_sqrt_pi(g, 200);
    arb_inv(g, g, 200);
    arb_mul_2exp_si(g, g, -1);
    arb_neg(g, g);
    tap_ok(st == ML_OK && is_accurate(v, 53) && arb_contains(acb_realref(v), g),
           "E_{a,-1/2}(0) = -1/(2 sqrt(pi))");
    ml_args_clear(args, 3);
    acb_clear(v);
    arb_clear(g);
}

/* A zero of E: cos(pi/2 + tiny) with all its bits. */
static void
near_a_zero(void)
{
    ml_arg args[3];
    acb_t v, w;
    double half_pi = 1.5707963267948966;

    ml_args_init(args, 3);
    acb_init(v);
    acb_init(w);
    set_args(args, 2, 1, 0, 0);
    ml_arg_set_d(&args[2], half_pi);
    fmpq_mul(args[2].re, args[2].re, args[2].re);
    fmpq_neg(args[2].re, args[2].re);
    arb_set_d(acb_realref(w), half_pi);
    arb_cos(acb_realref(w), acb_realref(w), 400);
    ml_status st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_OK && is_accurate(v, 53) && acb_contains(v, w),
           "6e-17 near a zero, with 45 good bits");
    st = ml_mittleff_point_series(v, args, 53);
    tap_ok(st == ML_OK && is_accurate(v, 53) && acb_contains(v, w),
           "the same by the series alone");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(w);
}

static void
statuses(void)
{
    acb_t v, z;
    arb_t a, b;
    ml_arg args[3];

    acb_init(v);
    acb_init(z);
    arb_init(a);
    arb_init(b);
    ml_args_init(args, 3);
    acb_one(z);
    arb_one(b);
    arb_set_d(a, 0);
    ml_status st = ml_mittleff(v, a, b, z, 53);
    tap_ok(st == ML_DOMAIN && !acb_is_finite(v), "alpha = 0 has no value");
    arb_set_d(a, -0.5);
    st = ml_mittleff(v, a, b, z, 53);
    tap_ok(st == ML_DOMAIN, "alpha < 0");
    arb_set_d(a, 1);
    acb_indeterminate(z);
    st = ml_mittleff(v, a, b, z, 53);
    tap_ok(st == ML_DOMAIN && !acb_is_finite(v), "z is not a number");
    set_args(args, -1, 1, 1, 0);
    st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_DOMAIN && !acb_is_finite(v), "alpha = -1, exact point");
    set_args(args, 0.5, 1, 1e10, 0);
    st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_OVERFLOW && !acb_is_finite(v), "2 exp(1e20) overflows");
    set_args(args, 1, 1, -1e300, 0);
    st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_UNDERFLOW && acb_contains_zero(v), "exp(-1e300)");
    set_args(args, 1, 1, -1e15, 0);
    st = ml_mittleff_point(v, args, 53);
    tap_ok(st == ML_OK && is_accurate(v, 53), "exp(-1e15) is a ball");
    ml_args_clear(args, 3);
    acb_clear(v);
    acb_clear(z);
    arb_clear(a);
    arb_clear(b);
}

/* 2^-40 <= alpha <= 2^40, |beta| <= 2^40, the limits included. */
static void
reach(void)
{
    static const struct {
        double alpha, beta;
        bool inside;
    } at[] = {
        {0x1p40, 1, true},     {0x1.8p40, 1, false}, {0x1p-40, 1, true},
        {0x1.8p-41, 1, false}, {1, 0x1p40, true},    {1, 0x1.8p40, false},
        {1, -0x1.8p40, false},
    };
    ml_mlpoint p;
    long bad = 0;

    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        ml_mlpoint_init(&p);
        ml_status st = set_point(&p, at[i].alpha, at[i].beta, 0.5, 0);
        bad += st != (at[i].inside ? ML_OK : ML_UNABLE);
        ml_mlpoint_clear(&p);
    }
    tap_ok(bad == 0, "alpha and beta out of reach are refused, no others");
}

static void
aliasing(void)
{
    acb_t want, v, x;
    arb_t a, b;
    ml_status st[6];

    acb_init(want);
    acb_init(v);
    acb_init(x);
    arb_init(a);
    arb_init(b);
    arb_set_d(a, 0.75);
    arb_set_d(b, 1.25);
    acb_set_d_d(x, -2, 1);
    st[0] = ml_mittleff(want, a, b, x, 64);
    acb_set(v, x);
    st[1] = ml_mittleff(v, a, b, v, 64);
    bool same = acb_equal(v, want);
    arb_set(acb_realref(v), a);
    st[2] = ml_mittleff(v, acb_realref(v), b, x, 64);
    same = same && acb_equal(v, want);
    arb_set(acb_imagref(v), b);
    st[3] = ml_mittleff(v, a, acb_imagref(v), x, 64);
    same = same && acb_equal(v, want);
    st[4] = ml_mittleff_series(want, a, b, x, 0, 64);
    acb_set(v, x);
    st[5] = ml_mittleff_series(v, a, b, v, 0, 64);
    same = same && acb_equal(v, want);
    for (int i = 0; i < 6; i++)
        same = same && st[i] == ML_OK;
    tap_ok(same, "the result may be any of the inputs");
    st[0] = ml_mittleff_quad(want, a, b, x, 100);
    tap_ok(st[0] == ML_OK && acb_contains(v, want), "ball form of quadrature");
    st[1] = ml_mittleff_contour(v, a, b, x, 60);
    tap_ok(st[1] == ML_OK && acb_contains(v, want)
               && mag_cmp_2exp_si(arb_radref(acb_realref(v)), -48) < 0,
           "ball form of the contour");
    acb_set_d(x, -500);
    st[0] = ml_mittleff_quad(want, a, b, x, 100);
    st[1] = ml_mittleff_asymp(v, a, b, x, 0, 60);
    tap_ok(st[0] == ML_OK && st[1] == ML_OK && acb_contains(v, want),
           "ball form of the asymptotic series");
    st[1] = ml_mittleff_asymp(v, a, b, x, 2, 60);
    tap_ok(st[1] == ML_UNABLE && acb_contains(v, want),
           "two terms only: a wide ball, and it says so");
    acb_clear(want);
    acb_clear(v);
    acb_clear(x);
    arb_clear(a);
    arb_clear(b);
}

/* Boxes, those across the negative axis first: the corners are inside. */
static void
boxes(tap_random *r)
{
    static const double at[][2] = {{-60, 0}, {-60, 3e-13}, {40, 0}, {0, 70}};
    acb_t box, v, z, w;
    arb_t a, b, ac, bc;
    arf_t e;
    long bad[2] = {0}, loose[2] = {0};

    acb_init(box);
    acb_init(v);
    acb_init(z);
    acb_init(w);
    arb_init(a);
    arb_init(b);
    arb_init(ac);
    arb_init(bc);
    arf_init(e);
    for (int i = 0; i < 16; i++) {
        double h = ldexp(1, -40);
        arb_set_d(a, tap_random_range(r, 0.5, 0.9));
        arb_set_d(b, tap_random_range(r, 0, 2));
        acb_set_d_d(z, at[i / 4][0], at[i / 4][1]);
        arf_set_d(e, h);
        for (int q = 0; q < 2; q++) {
            arb_set(ac, a);
            arb_set(bc, b);
            acb_set(w, z);
            arb_add_error_arf(ac, e);
            arb_add_error_arf(bc, e);
            arb_add_error_arf(acb_realref(w), e);
            arb_add_error_arf(acb_imagref(w), e);
            ml_status st = q ? ml_mittleff_quad(box, ac, bc, w, 24)
                             : ml_mittleff_asymp(box, ac, bc, w, 0, 24);
            loose[q] += st != ML_OK;
            for (int c = 0; c < 16; c++) {
                arf_t d;
                arf_init_set_ui(d, 0);
                arb_set(ac, a);
                arb_set(bc, b);
                acb_set(w, z);
                arf_set_d(d, c & 1 ? h : -h);
                arb_add_arf(ac, ac, d, ARF_PREC_EXACT);
                arf_set_d(d, c & 2 ? h : -h);
                arb_add_arf(bc, bc, d, ARF_PREC_EXACT);
                arf_set_d(d, c & 4 ? h : -h);
                arb_add_arf(acb_realref(w), acb_realref(w), d, ARF_PREC_EXACT);
                arf_set_d(d, c & 8 ? h : -h);
                arb_add_arf(acb_imagref(w), acb_imagref(w), d, ARF_PREC_EXACT);
                st = ml_mittleff(v, ac, bc, w, 80);
                bad[q] += st != ML_OK || !acb_contains(box, v);
                arf_clear(d);
            }
        }
    }
    tap_ok(bad[0] == 0 && loose[0] == 0,
           "asymptotic series of a box: its corners are inside");
    tap_ok(bad[1] == 0 && loose[1] == 0,
           "quadrature of a box: its corners are inside");
    tap_note("%ld, %ld corners out; %ld, %ld boxes too wide", bad[0], bad[1],
             loose[0], loose[1]);
    acb_clear(box);
    acb_clear(v);
    acb_clear(z);
    acb_clear(w);
    arb_clear(a);
    arb_clear(b);
    arb_clear(ac);
    arb_clear(bc);
    arf_clear(e);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(FORMS + METHODS * (METHODS - 1) + 2 + 3 + 4 + 2 + 1 + 3 + 2 + 7 + 1
             + 4 + 2);
    closed_forms(&r);
    every_pair(&r);
    automatic(&r);
    choice(&r);
    named_points();
    leading_zeros();
    at_zero();
    near_a_zero();
    statuses();
    reach();
    aliasing();
    boxes(&r);
    return tap_done();
}
