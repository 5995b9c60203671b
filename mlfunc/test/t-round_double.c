/* mlfunc/test/t-round_double.c - correct rounding by doubles first, balls behind.
 *
 * Held against the road of balls alone, which shares nothing with the first
 * phase: values, signs of zeros and status.
 */
#include <math.h>

#include "mlfunc/impl.h"
#include "validation/tap/tap.h"

static const ml_function *ml;

typedef struct {
    double alpha, beta, x;
} point;

static void
set_args(ml_arg *args, const point *p)
{
    ml_arg_set_d(&args[0], p->alpha);
    ml_arg_set_d(&args[1], p->beta);
    ml_arg_set_d(&args[2], p->x);
}

static bool
same(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a == b && !signbit(a) == !signbit(b));
}

/* Both entries against the balls; *first counts what the doubles decided. */
static bool
agrees(const point *p, long *first)
{
    double ball, direct, by_row, im, quick;
    ml_status s, t, u, q;
    ml_arg args[3];

    ml_args_init(args, 3);
    set_args(args, p);
    s = ml_round_ball_d(&ball, NULL, ml, args, NULL, MPFR_RNDN, 0);
    t = ml_mittleff_round_d(&direct, p->alpha, p->beta, p->x);
    u = ml_round_d(&by_row, &im, ml, args, MPFR_RNDN, 0);
    q = ml_mittleff_bound_d(&quick, NULL, p->alpha, p->beta, p->x);
    ml_args_clear(args, 3);
    *first += !(q & (ML_UNABLE | ML_UNDECIDED));
    /* doubles may know what lies beyond the range of balls */
    bool good = (s & ML_UNABLE) || (same(direct, ball) && t == s);
    good = good && same(by_row, direct) && u == t;
    good = good && !(t & ML_UNDECIDED) && same(im, isnan(direct) ? NAN : 0);
    if (!good)
        tap_note("E_{%a,%a}(%a): balls %a (%d), direct %a (%d), row %a (%d)",
                 p->alpha, p->beta, p->x, ball, (int)s, direct, (int)t, by_row,
                 (int)u);
    return good;
}

static double
nearby(tap_random *g, double to)
{
    double by = ldexp(1, -(int)tap_random_int(g, 1, 52));

    return to * (tap_random_int(g, 0, 1) ? 1 + by : 1 - by);
}

static point
sample(tap_random *g)
{
    static const double betas[] = {1, 0.5, 2, -0.5, 0, -1, 3};
    point p;

    switch (tap_random_int(g, 0, 3)) {
    case 0:
        p.alpha = nearby(g, 1);
        break;
    case 1:
        p.alpha = tap_random_log(g, 1e-3, 1);
        break;
    default:
        p.alpha = tap_random_range(g, 0.02, 3);
    }
    switch (tap_random_int(g, 0, 4)) {
    case 0:
        p.beta = p.alpha;
        break;
    case 1:
        p.beta = nearby(g, betas[tap_random_int(g, 0, 6)]);
        break;
    case 2:
        p.beta = tap_random_range(g, -5, 6);
        break;
    default:
        p.beta = betas[tap_random_int(g, 0, 6)];
    }
    p.x = exp(p.alpha * log(tap_random_log(g, 0.1, 200)));
    if (tap_random_int(g, 0, 3) == 0)
        p.x = tap_random_log(g, 1e-300, 1e300);
    if (tap_random_int(g, 0, 3) != 0)
        p.x = -p.x;
    return p;
}

/* E oscillates with a phase that a double-double does not hold: 2^28 and more. */
static bool
phase_is_lost(const point *p)
{
    return p->alpha >= 2 && p->x < 0 && log(-p->x) > 19.3 * p->alpha;
}

static void
random_points(void)
{
    tap_random g = tap_random_start(tap_seed());
    long n = tap_effort(1500), bad = 0, first = 0, lost = 0;

    for (long i = 0; i < n; i++) {
        point p = sample(&g);

        lost += phase_is_lost(&p);
        bad += !agrees(&p, &first);
    }
    tap_ok(bad == 0,
           "%ld random points: the double that balls give, the status", n);
    tap_ok(first >= n - lost - n / 200,
           "%ld of them are decided by doubles, in %ld the phase is lost",
           first, lost);
}

/* E = 1 + x/Gamma(1 + alpha) + ... beside a midpoint of two doubles. */
static void
midpoints(void)
{
    long bad = 0, first = 0, n = 0;

    for (int k = -8; k <= 8; k++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            double half = sign > 0 ? 0x1p-53 : 0x1p-54;
            point p = {1, 1, sign * half * (1 + k * 0x1p-52)};
            point q = {2, 1, 2 * sign * half * (1 + k * 0x1p-52)};

            bad += !agrees(&p, &first) + !agrees(&q, &first);
            n += 2;
        }
    }
    tap_ok(bad == 0, "%ld points within 2^-100 of a midpoint", n);
    tap_ok(first < n, "%ld of them need balls", n - first);
}

static void
exact_values(void)
{
    static const point at[] = {
        {0.3, 1, 0}, {0.3, 2, 0},  {0.3, 3, -0.0}, {0.7, 4, 0},
        {0.3, 0, 0}, {0.3, -3, 0}, {1, 1, 0},      {0.3, 0.5, 0},
        {1, 0, -1},  {1, -1, -1},  {2, 1, -2.25},  {1, -1, -2},
    };
    long bad = 0, first = 0;

    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        bad += !agrees(&at[i], &first);
    tap_ok(bad == 0, "known values, among them zeros");
}

static void
ends_of_the_range(void)
{
    tap_random g = tap_random_start(tap_seed() + 9);
    long bad = 0, first = 0;

    for (long i = tap_effort(60); i > 0; i--) {
        /* e^x, and E_{2,1}(x^2) near half of it, around both ends */
        double x[] = {tap_random_range(&g, 709.5, 711),
                      -tap_random_range(&g, 707, 746)};
        point p = {1, 1, x[0]}, q = {1, 1, x[1]}, r = {2, 1, x[0] * x[0]};
        point s = {1, 2, x[0]}, t = {0.5, 1, -tap_random_log(&g, 1e300, 1e308)};

        bad += !agrees(&p, &first) + !agrees(&q, &first) + !agrees(&r, &first);
        bad += !agrees(&s, &first) + !agrees(&t, &first);
    }
    tap_ok(bad == 0, "overflow, subnormals and their status");
}

static void
not_finite(void)
{
    static const double special[] = {0,    -0.0, 1,        -1,        0.5,
                                     -2.5, 3,    INFINITY, -INFINITY, NAN};
    enum { N = sizeof special / sizeof *special };
    long bad = 0, n = 0, pending = 0;

    for (int i = 0; i < N * N * N; i++) {
        double a = special[i / N / N], b = special[i / N % N];
        double x = special[i % N], value, quick;
        ml_status s, q;

        if (isfinite(a) && isfinite(b) && isfinite(x))
            continue;
        n++;
        s = ml_mittleff_round_d(&value, a, b, x);
        q = ml_mittleff_bound_d(&quick, NULL, a, b, x);
        if (q & (ML_UNABLE | ML_UNDECIDED)) {
            pending++;
            bad += (s & (ML_UNABLE | ML_UNDECIDED)) != 0;
        } else {
            bad += !same(value, quick) || s != q;
        }
        bad += isnan(value) && !(s & ML_DOMAIN) && !isnan(a + b + x);
    }
    tap_ok(bad == 0,
           "%ld points with an infinity or NaN, as ml_mittleff_bound_d", n);
    /* 1/Gamma(beta) where alpha is infinite */
    double value, want;
    ml_status s = ml_mittleff_round_d(&value, INFINITY, 0x1.23456789p-1, -7);
    ml_status t = ml_mittleff_round_d(&want, 1, 0x1.23456789p-1, 0);
    tap_ok(value == want && s == ML_OK && t == ML_OK,
           "at alpha = infinity 1/Gamma(beta)");
}

/* What is no double, or no rounding to nearest, goes to the balls. */
static void
other_requests(void)
{
    static const mpfr_rnd_t modes[] = {MPFR_RNDU, MPFR_RNDD, MPFR_RNDZ,
                                       MPFR_RNDA, MPFR_RNDF};
    point p = {0.75, 1, -2.5};
    double want, got, im, next;
    long bad = 0;
    ml_arg args[3];
    ml_status s, t;

    ml_args_init(args, 3);
    set_args(args, &p);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        s = ml_round_d(&got, NULL, ml, args, modes[i], 0);
        t = ml_round_ball_d(&want, NULL, ml, args, NULL, modes[i], 0);
        bad += got != want || s != t;
    }
    tap_ok(bad == 0, "directed roundings are those of balls");

    /* one third differs from the double next to it by more than an ulp here */
    p.x = -1e6 / 3;
    set_args(args, &p);
    s = ml_round_d(&next, NULL, ml, args, MPFR_RNDN, 0);
    fmpq_set_si(args[2].re, -1000000, 3);
    t = ml_round_d(&got, NULL, ml, args, MPFR_RNDN, 0);
    s |= ml_round_ball_d(&want, NULL, ml, args, NULL, MPFR_RNDN, 0);
    tap_ok(got == want && s == ML_OK && t == ML_OK,
           "a third is not taken for a double");
    bad = 0;
    for (int i = 0; i < 3; i++) {
        set_args(args, &p);
        /* 2^-1075 and 1 + 2^-53 are not doubles, 2^53 + 1 is not one either */
        fmpq_set_si(args[i].re, 1, 1);
        if (i == 0)
            fmpq_mul_2exp(args[i].re, args[i].re, 53);
        if (i != 1)
            fmpq_add_si(args[i].re, args[i].re, 1);
        else
            fmpq_div_2exp(args[i].re, args[i].re, 1075);
        if (i == 2)
            fmpq_div_2exp(args[i].re, args[i].re, 1100);
        bad += ml_round_by_doubles(&got, &s, args);
    }
    tap_ok(bad == 0, "nor are 2^53 + 1, 2^-1075 and 2^-1099");
    set_args(args, &p);
    fmpq_set_si(args[2].im, 1, 2);
    t = ml_round_d(&got, &im, ml, args, MPFR_RNDN, 0);
    s = ml_round_ball_d(&want, &next, ml, args, NULL, MPFR_RNDN, 0);
    tap_ok(got == want && im == next && im != 0 && s == t,
           "complex arguments are rounded as before");
    ml_args_clear(args, 3);
}

int
main(void)
{
    tap_plan(12);
    ml = ml_function_find("mittag-leffler");
    random_points();
    midpoints();
    exact_values();
    ends_of_the_range();
    not_finite();
    other_requests();
    flint_cleanup();
    return tap_done();
}
