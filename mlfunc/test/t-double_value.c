/* mlfunc/test/t-double_value.c - values with errors to doubles, against MPFR.
 * [mlfunc D2]
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include <mpfr.h>

#include "mlfunc/double/impl.h"
#include "validation/tap/tap.h"

enum { PREC = 12000 };

typedef struct {
    mpfr_t end[2], size;
} exact;

/* end[0], end[1] = (hi + lo -+ err) 2^exponent, exactly. */
static void
ends(exact *x, const ml_value *v)
{
    for (int side = 0; side < 2; side++) {
        mpfr_set_d(x->end[side], v->hi, MPFR_RNDN);
        mpfr_add_d(x->end[side], x->end[side], v->lo, MPFR_RNDN);
        mpfr_add_d(x->end[side], x->end[side], side ? v->err : -v->err,
                   MPFR_RNDN);
        mpfr_mul_2si(x->end[side], x->end[side], v->exponent, MPFR_RNDN);
    }
}

static bool
same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* The larger distance of y from the two ends, rounded up to double. */
static double
largest_distance(exact *x, double y)
{
    double d[2];

    for (int side = 0; side < 2; side++) {
        mpfr_sub_d(x->size, x->end[side], y, MPFR_RNDN);
        mpfr_abs(x->size, x->size, MPFR_RNDN);
        d[side] = mpfr_get_d(x->size, MPFR_RNDU);
    }
    return fmax(d[0], d[1]);
}

/* Whether both ends still round to one double when err is larger by 2^-50. */
static bool
agree_when_wider(exact *x, const ml_value *v)
{
    ml_value wider = *v;

    wider.err *= 1 + 0x1p-50;
    ends(x, &wider);
    bool agree = same(mpfr_get_d(x->end[0], MPFR_RNDN),
                      mpfr_get_d(x->end[1], MPFR_RNDN));
    ends(x, v);
    return agree;
}

typedef struct {
    long wrong, flags, bounds, wide, timid, decided, cases;
} tally;

static void
judge(tally *t, exact *x, const ml_value *v)
{
    double y, bound, want[2];
    ml_status status = ml_value_round(&y, &bound, v);
    int expect = 0;
    bool agree;

    ends(x, v);
    for (int side = 0; side < 2; side++)
        want[side] = mpfr_get_d(x->end[side], MPFR_RNDN);
    for (int side = 0; side < 2; side++) /* an end at 0 has the other's sign */
        if (mpfr_zero_p(x->end[side]))
            want[side] = copysign(
                0, mpfr_zero_p(x->end[!side]) ? 1 : mpfr_sgn(x->end[!side]));
    agree = same(want[0], want[1]);
    t->cases++;
    t->decided += !(status & ML_UNDECIDED);
    if (!(status & ML_UNDECIDED)) {
        t->wrong += !agree || !same(y, want[0]);
        if (isinf(want[0]))
            expect = ML_OVERFLOW;
        else if (fabs(want[0]) < DBL_MIN && largest_distance(x, want[0]) > 0)
            expect = ML_UNDERFLOW;
        t->flags += (int)status != expect;
    } else {
        t->timid += agree_when_wider(x, v);
        /* an end of the interval, or between the two */
        t->wrong += !(y >= want[0] && y <= want[1]);
    }
    if (isinf(y)) {
        t->bounds += bound != (double)INFINITY || !(status & ML_OVERFLOW);
    } else {
        double d = largest_distance(x, y);

        t->bounds += !(bound >= d);
        t->wide += !(bound <= d * (1 + 0x1p-48) + 0x1p-1073) && d > 0;
        t->wide += d == 0 && bound != 0;
    }
}

static void
report(const tally *t, const char *what)
{
    tap_ok(t->wrong == 0, "%s: what is decided is the nearest double", what);
    tap_ok(t->flags == 0, "%s: the flags are those of the value", what);
    tap_ok(t->bounds == 0, "%s: the bound holds for the whole interval", what);
    tap_ok(t->wide == 0, "%s: the bound is no wider than needed", what);
    tap_ok(t->timid == 0 && t->decided > 0 && t->decided < t->cases,
           "%s: undecided only where two doubles are possible", what);
    tap_note("%s: %ld of %ld decided", what, t->decided, t->cases);
    if (t->wrong || t->flags || t->bounds || t->wide || t->timid)
        tap_yaml("wrong, flags, bounds, wide, timid", "%ld %ld %ld %ld %ld",
                 t->wrong, t->flags, t->bounds, t->wide, t->timid);
}

static double
with_sign(tap_random *r, double x)
{
    return tap_random_u64(r) & 1 ? -x : x;
}

/* A random hi; lo near a half, a quarter of an ulp or anywhere; err between
 * 2^-70 hi and hi; now and then exactly 0. */
static ml_value
draw(tap_random *r, int exponent)
{
    ml_value v = {.exponent = exponent};
    double ulp;
    long kind = tap_random_int(r, 0, 7);

    v.hi = ldexp(1 + tap_random_unit(r), (int)tap_random_int(r, -60, 60));
    if (kind & 1)
        v.hi = ldexp(1, ilogb(v.hi));
    v.hi = with_sign(r, v.hi);
    ulp = ldexp(1, ilogb(v.hi) - 52);
    v.lo = with_sign(r, ulp * tap_random_unit(r));
    if (kind < 3)
        v.lo = with_sign(r, ulp / (kind == 2 ? 4 : 2));
    if (kind == 3)
        v.lo *= tap_random_log(r, 0x1p-80, 1);
    v.err = ulp * tap_random_log(r, 0x1p-20, 1);
    if (kind == 4)
        v.err = fabs(v.hi) * tap_random_log(r, 0x1p-70, 4);
    if (kind == 5 || tap_random_int(r, 0, 9) == 0)
        v.err = 0;
    if (kind == 6) /* the ends are ties, or next to them */
        v.err = nextafter(fabs(ulp / 2 - fabs(v.lo)),
                          ulp * (double)tap_random_int(r, 0, 1));
    return v;
}

static void
random_values(exact *x, tap_random *r, long n)
{
    static const struct {
        const char *what;
        int from, to;
    } ranges[] = {
        {"normal", 0, 0},
        {"scaled", -900, 900},
        {"subnormal", -1140, -1010},
        {"near overflow", 970, 1090},
        {"far away", -3900, 3900},
        {"far below", -2300, -1900},
    };

    for (size_t k = 0; k < sizeof ranges / sizeof *ranges; k++) {
        tally t = {0};

        for (long i = 0; i < n; i++) {
            ml_value v =
                draw(r, (int)tap_random_int(r, ranges[k].from, ranges[k].to));

            judge(&t, x, &v);
        }
        report(&t, ranges[k].what);
    }
}

/* Half a quantum around `at`, in units of 2^exponent: every combination of
 * halves, of a little more or less, and of errors below, at and above it. */
static void
around(tally *t, exact *x, double at, double quantum, int exponent)
{
    static const double more[] = {0, 0x1p-50, -0x1p-50, 0x1p-30, -0x1p-30};
    static const double errors[] = {0,    0x1p-51, 0x1p-50, 0x1p-20,
                                    0.25, 0.5,     1,       5};

    for (int half = -4; half <= 4; half++)
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)
            for (size_t k = 0; k < sizeof errors / sizeof *errors; k++) {
                double add = (half / 2.0 + more[i]) * quantum;
                ml_value v = {.exponent = exponent};

                v.hi = at + add;
                v.lo = add - (v.hi - at);
                v.err = errors[k] * quantum;
                judge(t, x, &v);
                v.hi = -v.hi;
                v.lo = -v.lo;
                judge(t, x, &v);
            }
}

/* The grid of subnormals, 2^-1022, powers of 2, 2^1024. */
static void
edges(exact *x)
{
    static const double small[] = {0,      1,          2,          3,
                                   0x1p20, 0x1p51,     0x1p51 + 1, 0x1p52 - 1,
                                   0x1p52, 0x1p52 + 1, 0x1p53 - 1, 0x1p53};
    tally t = {0};

    for (size_t k = 0; k < sizeof small / sizeof *small; k++)
        for (int lift = 0; lift <= 900; lift += 450)
            around(&t, x, ldexp(small[k], lift), ldexp(1, lift), -1074 - lift);
    around(&t, x, 1, 0x1p-52, 0);
    around(&t, x, 1, 0x1p-53, 0);
    around(&t, x, DBL_MIN, 0x1p-1074, 0);
    around(&t, x, 0x1p1023, 0x1p971, 0);
    around(&t, x, 0x1p1023, 0x1p971, 1);
    for (int lift = 0; lift <= 900; lift += 300) {
        around(&t, x, ldexp(1, 52 + lift), ldexp(1, lift), 1024 - 52 - lift);
        around(&t, x, ldexp(1, 52 + lift), ldexp(1, lift - 1),
               1024 - 52 - lift);
        around(&t, x, ldexp(0x1.fffffffffffffp0, 52 + lift), ldexp(1, lift),
               1023 - 52 - lift);
    }
    report(&t, "edges");
}

static void
special(void)
{
    ml_value v = {.err = INFINITY};
    double y = 1, bound = 1;
    ml_status s = ml_value_round(&y, &bound, &v);

    tap_ok(s == ML_UNABLE && isnan(y) && isinf(bound),
           "an infinite error: NaN and ML_UNABLE");
    v = (ml_value){.hi = NAN, .err = 1};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNABLE && isnan(y) && isinf(bound),
           "a value that is no number: NaN and ML_UNABLE");
    v = (ml_value){.hi = 1, .err = NAN};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNABLE && isnan(y) && isinf(bound),
           "an error that is no number: NaN and ML_UNABLE");
    v = (ml_value){.hi = 0, .exponent = -7};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_OK && same(y, 0.0) && bound == 0, "an exact 0 is +0");
    v = (ml_value){.hi = 0, .err = 0x1p-80, .exponent = 3};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNDECIDED && y == 0 && bound == 0x1p-77,
           "0 within an error: undecided");
    v = (ml_value){.hi = -1, .err = 0.5, .exponent = -3000};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNDERFLOW && same(y, -0.0) && bound == 0x1p-1074,
           "a tiny negative value: -0, and a bound above 0");
    v = (ml_value){.hi = -1, .err = 0.5, .exponent = INT32_MIN};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNDERFLOW && same(y, -0.0) && bound == 0x1p-1074,
           "the least exponent of all");
    v.exponent = INT32_MAX;
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_OVERFLOW && y == -(double)INFINITY && isinf(bound),
           "the largest exponent of all");
    v = (ml_value){.hi = 0x1p950, .err = 1, .exponent = -2100};
    s = ml_value_round(&y, &bound, &v);
    tap_ok(s == ML_UNABLE, "too large for its exponent: ML_UNABLE");
    v = (ml_value){.hi = 3, .lo = 0x1p-60, .err = 0x1p-70, .exponent = 2};
    s = ml_value_round(&y, NULL, &v);
    tap_ok(s == ML_OK && y == 12, "the bound need not be asked for");
}

int
main(void)
{
    exact x;
    tap_random random = tap_random_start(tap_seed());

    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    mpfr_inits2(PREC, x.end[0], x.end[1], x.size, (mpfr_ptr)NULL);
    tap_plan(7 * 5 + 10);
    random_values(&x, &random, tap_effort(4000));
    edges(&x);
    special();
    mpfr_clears(x.end[0], x.end[1], x.size, (mpfr_ptr)NULL);
    mpfr_free_cache();
    return tap_done();
}
