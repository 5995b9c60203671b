/* reference/explain.c - why a value is easy or hard, and how it is found.
 *
 * Values, radii, condition numbers and the bounds of methods are proved.  The
 * sizes of terms of a series that nobody should sum are estimates in doubles,
 * three digits of a logarithm; each is said to be "about".
 */
#define _DEFAULT_SOURCE
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <acb.h>
#include <arb.h>

#include "base/number.h"
#include "reference/impl.h"

enum { BITS = 64, DIGITS = 30, TEXT = 2048 };

/* A point, and what all lines need of it. */
typedef struct {
    const ml_function *function;
    const ml_arg *args;
    mltab_say say;
    void *where;
    bool known;   /* truth holds the value */
    acb_t truth;  /* to BITS bits */
    double log2e; /* log2 |E| about; -inf: 0 */
} subject;

static void say(const subject *s, const char *group, const char *item,
                const char *meaning, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

static void
say(const subject *s, const char *group, const char *item, const char *meaning,
    const char *format, ...)
{
    char value[TEXT];
    va_list list;

    va_start(list, format);
    vsnprintf(value, sizeof value, format, list);
    va_end(list);
    s->say(s->where, group, item, value, meaning);
}

/* log2 |x| of a ball, about: any exponent. */
static double
log2_about(const arb_t x)
{
    fmpz_t e;
    arf_t m;

    if (arf_is_zero(arb_midref(x)) || !arf_is_finite(arb_midref(x)))
        return -(double)INFINITY;
    fmpz_init(e);
    arf_init(m);
    arf_frexp(m, e, arb_midref(x));
    double size = log2(fabs(arf_get_d(m, ARF_RND_NEAR))) + fmpz_get_d(e);
    fmpz_clear(e);
    arf_clear(m);
    return size;
}

static double
log2_modulus(const acb_t x)
{
    arb_t m;

    arb_init(m);
    acb_abs(m, x, BITS);
    double size = log2_about(m);
    arb_clear(m);
    return size;
}

/* ----------------------------------------------------------------- the value */

static ml_status
say_value(subject *s)
{
    const ml_function *f = s->function;
    double re, im;
    char *text[3];
    acb_t v;

    acb_init(v);
    ml_status status = ml_eval_digits(v, f, NULL, s->args, DIGITS + 2, 0);
    if (status == ML_OK) {
        mlio_format_ball(&text[0], &text[1], &text[2], v, DIGITS);
        bool real = strcmp(text[1], "0") == 0;
        say(s, "value", "value", "within the radius, proved", "%s%s%s%s",
            text[0], real || *text[1] == '-' ? "" : "+", real ? "" : text[1],
            real ? "" : "i");
        say(s, "value", "radius", "0: exact", "%s", text[2]);
        for (int i = 0; i < 3; i++)
            free(text[i]);
        acb_set_round(s->truth, v, 2 * BITS);
        s->known = true;
        s->log2e = log2_modulus(v);
    } else {
        say(s, "value", "status", "no ball of 30 digits is given here", "%s",
            ml_status_name(status));
    }
    acb_clear(v);
    ml_status rounded =
        ml_round_d(&re, &im, f, s->args, MPFR_RNDN, ML_PREC_CAP);
    if (!(rounded & (ML_DOMAIN | ML_UNABLE))) {
        if (im == 0)
            say(s, "value", "double", "correctly rounded", "%.17g (%a)", re,
                re);
        else
            say(s, "value", "double", "parts correctly rounded",
                "%.17g%+.17gi (%a %a)", re, im, re, im);
    }
    if (status & (ML_OVERFLOW | ML_UNDERFLOW) && f->log2) {
        arb_t l;
        arb_init(l);
        if (f->log2(l, s->args) == ML_OK)
            say(s, "value", "log2", "log2 of the modulus, about", "%.6g",
                arf_get_d(arb_midref(l), ARF_RND_NEAR));
        arb_clear(l);
    }
    return status;
}

/* ----------------------------------------------------------------- condition */

/* |a dF/da| / |F| for one argument. */
static bool
share(double *kappa, const subject *s, size_t i)
{
    const ml_function *f = s->function;
    slong order[ML_MAX_ARGS] = {0};
    acb_t d, a;
    arb_t m;

    acb_init(d);
    acb_init(a);
    arb_init(m);
    order[i] = 1;
    ml_status st = ml_eval_partial_bits(d, f, s->args, order, 32, 0);
    if (st == ML_OK) {
        ml_arg_get_acb(a, &s->args[i], BITS);
        acb_mul(d, d, a, BITS);
        acb_div(d, d, s->truth, BITS);
        acb_abs(m, d, BITS);
        *kappa = arf_get_d(arb_midref(m), ARF_RND_NEAR);
    }
    acb_clear(d);
    acb_clear(a);
    arb_clear(m);
    return st == ML_OK;
}

static void
say_condition(const subject *s)
{
    const ml_function *f = s->function;
    arb_t kappa;

    if (!s->known || isinf(s->log2e))
        return;
    for (size_t i = 0; i < f->nargs; i++) {
        char item[48];
        double k;
        snprintf(item, sizeof item, "kappa %s", f->args[i].name);
        if (share(&k, s, i))
            say(s, "condition", item,
                "relative change of the value per relative change of it",
                "%.3g", k);
    }
    arb_init(kappa);
    if (mltab_condition(kappa, f, s->args, 32) == ML_OK) {
        double k = arf_get_d(arb_midref(kappa), ARF_RND_NEAR);
        say(s, "condition", "kappa", "their sum", "%.3g", k);
        say(s, "condition", "ulp",
            "what arguments that are right to half an ulp leave open, about",
            "%.3g", k);
    }
    arb_clear(kappa);
}

/* --------------------------------------------------------- this library, here */

static bool
is_double(const fmpq_t x, double *d)
{
    fmpq_t y;

    *d = mlio_fmpq_get_d(x);
    if (isinf(*d))
        return false;
    fmpq_init(y);
    fmpq_set(y, x);
    bool same = mlio_fmpq_round_to_double(y) && fmpq_equal(x, y);
    fmpq_clear(y);
    return same;
}

/* Arguments of mittag-leffler that are doubles. */
static bool
double_arguments(double x[4], const ml_arg *args)
{
    return is_double(args[0].re, &x[0]) && is_double(args[1].re, &x[1])
           && is_double(args[2].re, &x[2]) && is_double(args[2].im, &x[3]);
}

static void
say_doubles(const subject *s)
{
    double x[4], value[2] = {0}, bound[2] = {0};
    mltab_verdict v = {.kind = MLTAB_OK};

    if (strcmp(s->function->name, "mittag-leffler") != 0)
        return;
    if (!double_arguments(x, s->args)) {
        say(s, "doubles", "status", "the arguments are no doubles",
            "not tried");
        return;
    }
    ml_status st = x[3] == 0
                       ? ml_mittleff_bound_d(value, bound, x[0], x[1], x[2])
                       : ml_mittleff_z(value, bound, x[0], x[1], x + 2);
    if (x[3] == 0)
        say(s, "doubles", "method", "of libmlfunc, nothing but doubles", "%s",
            ml_mittleff_method_d(x[0], x[1], x[2]));
    say(s, "doubles", "status",
        st == ML_UNDECIDED ? "near a tie: balls decide the rounding"
        : st == ML_OK      ? "the bound decides the rounding"
                           : "",
        "%s", ml_status_name(st));
    v.re = value[0];
    v.im = value[1];
    if (!isfinite(v.re) || !isfinite(v.im) || !s->known)
        return;
    if (x[3] == 0)
        say(s, "doubles", "value", "", "%.17g", v.re);
    else
        say(s, "doubles", "value", "", "%.17g%+.17gi", v.re, v.im);
    double ulp = ldexp(1, (int)fmax(floor(s->log2e), -1022) - 52);
    say(s, "doubles", "bound", "ulp: proved, rounding to a double included",
        "%.4g", hypot(bound[0], bound[1]) / ulp);
    if (mltab_judge(&v, s->function, s->args, HUGE_VAL) == ML_OK)
        say(s, "doubles", "error", "ulp: what it is", "%.4g", v.ulp);
}

/* What each forced method gives at one precision. */
static void
say_balls(const subject *s)
{
    const ml_function *f = s->function;
    acb_t x;

    if (strcmp(f->name, "mittag-leffler") == 0)
        say(s, "balls", "chosen", "the method for 64 bits", "%s",
            ml_mittleff_chosen(s->args, BITS));
    acb_init(x);
    for (size_t i = 0; i < f->nmethods; i++) {
        const char *name = f->methods[i].name;
        ml_status st = f->methods[i].eval(x, s->args, BITS);
        slong bits = acb_is_finite(x) ? acb_rel_accuracy_bits(x) : 0;
        if (st == ML_OK && acb_is_exact(x))
            say(s, "balls", name, "forced, for 64 bits", "exact");
        else if (bits > 0)
            say(s, "balls", name, "forced, for 64 bits: radius over value",
                "2^-%ld", (long)bits);
        else
            say(s, "balls", name, "forced, for 64 bits", "does not reach");
    }
    acb_clear(x);
}

/* -------------------------------------------------- the point, as others see it */

/* E_{alpha,beta}(z) in doubles, for estimates alone. */
typedef struct {
    double alpha, beta;
    double log2z; /* log2 |z|, any exponent */
    double angle; /* |arg z| */
    double xt;    /* |z|^(1/alpha) */
} terms;

/* The Mittag-Leffler function behind a row, or false. */
static bool
reduce(terms *t, const subject *s)
{
    const char *name = s->function->name;
    const ml_arg *a = s->args;
    arb_t x, y;
    acb_t z;

    arb_init(x);
    arb_init(y);
    acb_init(z);
    bool known = true;
    t->alpha = mlio_fmpq_get_d(a[0].re);
    if (strcmp(name, "mittag-leffler") == 0) {
        t->beta = mlio_fmpq_get_d(a[1].re);
        ml_arg_get_acb(z, &a[2], BITS);
        t->log2z = log2_modulus(z);
        acb_arg(x, z, BITS);
        t->angle = fabs(arf_get_d(arb_midref(x), ARF_RND_NEAR));
    } else if (strcmp(name, "ml-relaxation") == 0
               || strcmp(name, "ml-siegert") == 0) {
        t->beta = 1;
        ml_arg_get_arb(x, &a[2], BITS);
        ml_arg_get_arb(y, &a[1], BITS);
        arb_div(x, x, y, BITS);
        t->log2z = t->alpha * log2_about(x);
        t->angle = acos(-1.0);
    } else {
        known = false;
    }
    if (known)
        t->xt = exp2(t->log2z / t->alpha);
    arb_clear(x);
    arb_clear(y);
    acb_clear(z);
    return known && t->log2z > -(double)INFINITY && isfinite(t->alpha)
           && isfinite(t->beta);
}

static double
log2_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign) / log(2.0);
}

/* log2 of term k of the power series; -inf at poles of Gamma. */
static double
log2_term(const terms *t, double k)
{
    double y = t->alpha * k + t->beta;

    if (y <= 0 && y == floor(y))
        return -(double)INFINITY;
    return k * t->log2z - log2_gamma(y);
}

/* log2 of term k of the series in 1/z, its sine left out. */
static double
log2_inverse_term(const terms *t, double k)
{
    return log2_gamma(fmax(t->alpha * k + 1 - t->beta, 0.5)) - log2(acos(-1.0))
           - k * t->log2z;
}

typedef double (*term_fn)(const terms *t, double k);

/* The k in [lo, hi] where sign * f is largest; f is unimodal there. */
static double
turning_point(term_fn f, double sign, const terms *t, double lo, double hi)
{
    for (int i = 0; i < 200 && hi - lo > 2; i++) {
        double a = floor(lo + (hi - lo) / 3), b = ceil(hi - (hi - lo) / 3);
        if (sign * f(t, a) < sign * f(t, b))
            lo = a;
        else
            hi = b;
    }
    double best = lo;
    for (int i = 1; i <= hi - lo; i++)
        if (sign * f(t, lo + i) > sign * f(t, best))
            best = lo + i;
    return best;
}

/* The first k from `from` on where term k is below 2^level. */
static double
first_below(const terms *t, double from, double level)
{
    double lo = from, hi = from + 1;

    while (log2_term(t, hi) > level && hi < 0x1p52)
        hi = 2 * hi;
    while (hi - lo > 1) {
        double mid = floor((lo + hi) / 2);
        if (log2_term(t, mid) > level)
            lo = mid;
        else
            hi = mid;
    }
    return hi;
}

/* An index beyond which the terms of both series have turned. */
static double
far_index(const terms *t)
{
    return ceil((2 * t->xt + fabs(t->beta) + 4) / t->alpha) + 4;
}

static void
say_series(const subject *s, const terms *t)
{
    double far = far_index(t);

    if (!(far < 0x1p52)) {
        say(s, "elsewhere", "power series", "largest term", "out of reach");
        return;
    }
    double first = fmax(ceil((2 - t->beta) / t->alpha), 0);
    double k = turning_point(log2_term, 1, t, first, fmax(far, first + 2));
    double top = log2_term(t, k);
    for (double j = 0; j < first && j < 1000; j++)
        top = fmax(top, log2_term(t, j));
    double lost = fmax(top - s->log2e, 0);
    say(s, "elsewhere", "power series",
        "bits that cancel when its terms are summed, about", "%.4g", lost);
    say(s, "elsewhere", "... terms", "for 53 bits, about", "%.3g",
        first_below(t, k, s->log2e - 54));
    if (lost < 53)
        say(s, "elsewhere", "... in doubles", "ulp lost, about", "%.2g",
            exp2(lost));
    else
        say(s, "elsewhere", "... in doubles", "", "no digit is left");
}

static void
say_inverse_series(const subject *s, const terms *t)
{
    double far = far_index(t);

    if (!(far < 0x1p52) || t->log2z <= 0)
        return;
    double first = fmax(ceil((t->beta - 0.5) / t->alpha), 1);
    double k =
        turning_point(log2_inverse_term, -1, t, first, fmax(far, first + 2));
    double best = log2_inverse_term(t, k) - s->log2e;
    if (best < 0)
        say(s, "elsewhere", "asymptotic series",
            "bits that its smallest term leaves, about", "%.4g", -best);
    else
        say(s, "elsewhere", "asymptotic series", "", "of no use");
}

/* The exponential terms (1/alpha) t^(1-beta) exp(t), t = |z|^(1/alpha)
 * exp(i (arg z + 2 pi h)/alpha), on the principal sheet. */
static void
say_exponentials(const subject *s, const terms *t)
{
    double pi = acos(-1.0), sheet = pi * t->alpha;
    double up = floor((sheet - t->angle) / (2 * pi));
    double down = ceil((sheet + t->angle) / (2 * pi)) - 1;
    double n = fmax(up + down + 1, 0);

    say(s, "place", "exponential terms", "on the principal sheet", "%.0f", n);
    if (n < 1 || isinf(s->log2e))
        return;
    /* the angle nearest to 0 makes the largest one */
    double phase = t->angle / t->alpha;
    double log2rho = (1 - t->beta) * t->log2z / t->alpha
                     + t->xt * cos(phase) / log(2.0) - log2(t->alpha);
    if (isfinite(log2rho))
        say(s, "place", "largest of them",
            "log2 of its share of the value, about", "%.3g",
            log2rho - s->log2e);
}

static void
say_place(const subject *s, const terms *t)
{
    double ratio = t->angle / (acos(-1.0) * t->alpha);
    const char *where =
        fabs(ratio - 0.5) < 1e-12 ? "on the anti-Stokes ray: neither grows nor "
                                    "decays"
        : ratio < 0.5             ? "grows like an exponential"
        : fabs(ratio - 1) < 1e-12 ? "on the Stokes ray: an exponential term is "
                                    "switched on"
        : ratio < 1               ? "decays, exponential terms present"
                                  : "decays, no exponential term";

    say(s, "place", "|z|^(1/alpha)", "the size that decides the method", "%.3g",
        t->xt);
    say(s, "place", "|arg z|/(pi alpha)", where, "%.6g", ratio);
    say_exponentials(s, t);
}

ml_status
mltab_explain(const ml_function *f, const ml_arg *args, mltab_say sink,
              void *where)
{
    subject s = {.function = f, .args = args, .say = sink, .where = where};
    terms t;
    size_t bad;

    acb_init(s.truth);
    s.log2e = -(double)INFINITY;
    ml_status status = f->domain(args, &bad);
    if (status == ML_OK) {
        status = say_value(&s);
        say_condition(&s);
        say_doubles(&s);
        say_balls(&s);
        if (reduce(&t, &s)) {
            say_place(&s, &t);
            if (s.known && isfinite(s.log2e)) {
                say_series(&s, &t);
                say_inverse_series(&s, &t);
            }
        }
    }
    acb_clear(s.truth);
    return status;
}
