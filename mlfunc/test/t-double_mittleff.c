/* mlfunc/test/t-double_mittleff.c - E in doubles: every method against balls. */
#include <stdlib.h>
#include <string.h>

#include "mlfunc/test/value_truth.h"
#include "validation/sampler_double.h"

static const char *const method_name[] = {
    NULL,           "series",    "asymptotics", "contour",
    "near alpha=1", "the poles", "exact"};

/* The two ends round alike, or nothing is left to decide. */
static bool
decided(const ml_value *v)
{
    return v->hi + (v->lo - v->err) == v->hi + (v->lo + v->err)
           || abs(v->exponent) >= 1 << 28;
}

typedef struct {
    value_share method[ML_BY_EXACT + 1];
    long n, known;
} tally;

static void
compare(tally *t, const ml_value *v, const mlval_real *p, slong prec)
{
    double z[2] = {p->x, 0};
    acb_t e;

    t->n++;
    t->known += decided(v);
    if (!(v->err < (double)INFINITY) || abs(v->exponent) >= 1 << 28)
        return;
    acb_init(e);
    value_truth(e, p->alpha, p->beta, z, prec);
    t->method[v->method].what = method_name[v->method];
    value_share_add(t->method + v->method, acb_realref(e), v->hi, v->lo, v->err,
                    v->exponent);
    acb_clear(e);
}

/* [mlfunc D16] */
static void
methods(tap_random *r)
{
    tally h1 = {.n = 0}, hard = {.n = 0};
    long unknown = 0;

    for (long i = 0; i < tap_effort(1500); i++) {
        mlval_real p = mlval_sample_h1(r);
        ml_value v;

        ml_mittleff_value(&v, p.alpha, p.beta, p.x);
        compare(&h1, &v, &p, 200);
        p = mlval_sample_real(r);
        ml_mittleff_value(&v, p.alpha, p.beta, p.x);
        compare(&hard, &v, &p, 200);
        unknown += !(v.err < (double)INFINITY);
    }
    for (int m = ML_BY_SERIES; m <= ML_BY_POLES; m++) {
        value_share *s = hard.method + m, *t = h1.method + m;

        s->n += t->n;
        s->broken += t->broken;
        s->unknown += t->unknown;
        s->most = fmax(s->most, t->most);
        s->what = method_name[m];
        value_share_claim(s, "D16");
    }
    tap_ok((double)h1.known >= 0.998 * (double)h1.n,
           "%ld of %ld points of the mix are decided", h1.known, h1.n);
    tap_ok((double)(hard.known + unknown) >= 0.995 * (double)hard.n
               && unknown <= hard.n / 50,
           "%ld of %ld hard points are decided, %ld not known", hard.known,
           hard.n, unknown);
}

/* Far out beside alpha = 1, where the asymptotic series is too coarse.
 * [mlfunc D15] [mlfunc D16] */
static void
far_near_one(tap_random *r)
{
    tally t = {.n = 0};

    for (long i = 0; i < tap_effort(60); i++) {
        double d = tap_random_log(r, 0x1p-52, 0x1p-30) * (i % 2 ? 1 : -1);
        mlval_real p = {.alpha = 1 + d,
                        .beta = i % 3 ? 1 : 1 + d,
                        .x = -tap_random_log(r, 300, 4e5)};
        ml_value v;

        ml_mittleff_value(&v, p.alpha, p.beta, p.x);
        compare(&t, &v, &p, 300);
    }
    value_share *s = t.method + ML_BY_CONTOUR_NEAR_ONE;
    tap_ok(s->broken == 0 && s->n > 20 && t.known == t.n,
           "[mlfunc D16] near alpha = 1 all %ld values down to x = -4e5 are "
           "decided, %ld by the contour",
           t.n, s->n);
}

/* Some term of the series exceeds 2^(10^8).                     [mlfunc D17] */
static bool
some_term_is_large(double alpha, double beta, double x)
{
    double t = pow(x, 1 / alpha);
    arb_t a, y, s;

    arb_init(a);
    arb_init(y);
    arb_init(s);
    arb_set_d(a, floor((t - beta) / alpha));
    arb_set_d(y, alpha);
    arb_mul(y, y, a, 128);
    arb_set_d(s, beta);
    arb_add(y, y, s, 128);
    arb_lgamma(y, y, 128);
    arb_set_d(s, x);
    arb_log(s, s, 128);
    arb_mul(s, s, a, 128);
    arb_sub(s, s, y, 128);
    arb_set_d(a, 1e8 * 0.69314718055994531);
    bool large = arb_gt(s, a);
    arb_clear(a);
    arb_clear(y);
    arb_clear(s);
    return large;
}

static void
overflow(tap_random *r)
{
    bool large = true, said = true, least = true;

    for (long i = 0; i < tap_effort(200); i++) {
        double alpha = i % 2 ? tap_random_range(r, 0.05, 5.7)
                             : tap_random_log(r, 1e-3, 5.7);
        double beta = tap_random_range(r, -10, 10);
        double x = exp(alpha * tap_random_range(r, 19.5, 30));
        ml_value v;

        ml_mittleff_value(&v, alpha, beta, x);
        large = large && some_term_is_large(alpha, beta, x);
        said = said && v.hi == 1 && v.err < 1 && v.exponent == 1 << 30
               && v.method == ML_BY_POLES;
        x = exp(alpha * tap_random_range(r, 18, 18.9));
        ml_mittleff_value(&v, alpha, beta, x);
        least =
            least && v.hi > 0 && v.exponent > 1 << 20 && v.exponent < 1 << 30;
    }
    tap_ok(large && said,
           "[mlfunc D17] x^(1/alpha) > e^19.5: overflow, and one "
           "term of the series is as large");
    tap_ok(least, "below that the exponent is computed");
}

/* E_{1,n}(x) = x^(1-n) e^x, n <= 1. */
static void
exponentials(tap_random *r)
{
    tally t = {.n = 0};
    bool tiny = true;

    for (long i = 0; i < tap_effort(80); i++) {
        int m = (int)(i % 16);
        mlval_real p = {
            .alpha = 1, .beta = 1 - m, .x = -tap_random_log(r, 0.01, 3e4)};
        ml_value v;

        ml_mittleff_value(&v, p.alpha, p.beta, p.x);
        compare(&t, &v, &p, 200);
        ml_mittleff_value(&v, 1, 1 - m, -tap_random_log(r, 1e9, 1e300));
        tiny = tiny && v.exponent <= -(1 << 28)
               && (m % 2 ? v.hi + v.err <= 0 : v.hi - v.err >= 0);
    }
    value_share_claim(t.method + ML_BY_POLES, "D16");
    tap_ok(t.known == t.n && tiny,
           "[mlfunc D16] x^m e^x is decided, with its sign where it is tiny");
}

/* Arrays against single values. */
static void
arrays(tap_random *r)
{
    enum { N = 300 };
    double x[N], y[N], bound[N];
    bool close = true, same_status = true, in_place = true;

    for (int k = 0; k < MLVAL_FIXED; k++) {
        double alpha = mlval_fixed[k][0], beta = mlval_fixed[k][1];
        ml_status joined = ML_OK, got;

        for (int i = 0; i < N; i++)
            x[i] = mlval_sample_x(r, alpha);
        x[0] = 0;
        x[1] = (double)INFINITY;
        x[2] = -(double)INFINITY;
        x[3] = 1e300;
        x[4] = -1e300;
        x[5] = -1e-300;
        got = ml_mittleff_array_d(y, bound, alpha, beta, N, x);
        for (int i = 0; i < N; i++) {
            double one, one_bound;
            ml_status s =
                ml_mittleff_bound_d(&one, &one_bound, alpha, beta, x[i]);

            joined |= s;
            close = close
                    && (y[i] == one || (isnan(y[i]) && isnan(one))
                        || fabs(y[i] - one) <= bound[i] + one_bound)
                    && (bound[i] <= 1e3 * one_bound || s & ML_UNDECIDED
                        || s & ML_UNDERFLOW);
        }
        same_status =
            same_status && ((got ^ joined) & ~(unsigned)ML_UNDECIDED) == 0;
        got = ml_mittleff_array_d(x, NULL, alpha, beta, N, x);
        in_place = in_place && memcmp(x, y, sizeof x) == 0
                   && (got ^ joined) <= ML_UNDECIDED;
    }
    tap_ok(close, "arrays: the values, within the bounds of both");
    tap_ok(same_status, "arrays: the status joins those of all values");
    tap_ok(in_place, "arrays: in place, without bounds, the same");
}

/* Eight terms in 1/x and the nodes know these to 2^-52, more terms do better. */
static void
many_terms(void)
{
    static const double at[][3] = {
        {0x1.cp+0, -4.5, -8000},
        {1.7942684723144762, -4.296028864904458, -10885.377999104358},
        {1.7058449827810582, -4.5367887903483828, -7422.2858378358105},
        {1.7578480882507455, -4.9948600149848019, -8050.0454979197448}};
    double worst = 0;

    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        double y, bound;
        ml_status s =
            ml_mittleff_bound_d(&y, &bound, at[i][0], at[i][1], at[i][2]);

        worst = s == ML_OK ? fmax(worst, bound / fabs(y)) : INFINITY;
    }
    tap_ok(worst <= 0x1.1p-53, "many terms where eight do not suffice");
}

/* [mlfunc D16]  Sums without a low part, or nearly. */
static void
next_to_nothing(void)
{
    bool ok = true;

    for (int beta = 2; beta <= 3; beta++)
        for (int k = 0; k < 4; k++) {
            ml_value v;

            ml_mittleff_value(&v, 0.5 + k, beta, k % 2 ? 0x1p-900 : -0x1p-900);
            ok = ok && v.exponent == 0 && v.err < 1e-20
                 && fabs(v.hi - 1.0 / (beta - 1) + v.lo) <= v.err;
        }
    tap_ok(ok, "[mlfunc D16] E(x) = 1/Gamma(beta) for tiny x");
}

/* No more than n values are written, where they go one by one, too. */
static void
no_more(void)
{
    double x[] = {-1, -2, -3}, y[3], bound[3];
    bool ok = true;

    for (size_t n = 0; n < 3; n++) {
        y[n] = bound[n] = 77;
        ok = ok && ml_mittleff_array_d(y, bound, 0.5, 1, n, x) == ML_OK
             && y[n] == 77 && bound[n] == 77;
    }
    tap_ok(ok, "arrays of 0, 1 and 2: nothing beyond");
}

int
main(void)
{
    tap_random r = {tap_seed()};

    tap_plan(24);
    methods(&r);
    far_near_one(&r);
    overflow(&r);
    exponentials(&r);
    arrays(&r);
    many_terms();
    next_to_nothing();
    no_more();
    return tap_done();
}
