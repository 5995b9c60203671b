/* mlfunc/test/t-rgamma.c - 1/Gamma in fixed point against Arb's. */
#include "mlfunc/ball/rgamma.h"
#include "mlfunc/test/points.h"

/* y = b/den, in one of the forms: one limb, two limbs, another denominator;
 * near 0, -1, -2, ... every fifth time. */
static void
random_number(fmpz_t b, fmpz_t den, tap_random *r, long i)
{
    fmpz_t t;

    fmpz_init(t);
    fmpz_one(den);
    if (i % 6 < 2)
        fmpz_mul_2exp(den, den, (ulong)tap_random_int(r, 0, 64));
    else if (i % 6 == 2)
        fmpz_mul_2exp(den, den, (ulong)tap_random_int(r, 65, 128));
    else
        fmpz_set_ui(den, (tap_random_u64(r) >> tap_random_int(r, 0, 62)) | 1);
    double y = tap_random_range(r, -30, 60);
    if (i % 7 == 0)
        y = tap_random_range(r, -300, 400);
    fmpz_set_d(t, ldexp(i % 5 == 0 ? floor(y) : y, 40));
    fmpz_mul(b, den, t);
    fmpz_fdiv_q_2exp(b, b, 40);
    if (i % 5 == 0)
        fmpz_add_si(b, b, tap_random_int(r, -2, 2));
    fmpz_clear(t);
}

/* |g - 2^-unit / Gamma(b/den)|, from below and from above. */
static void
error_of(double *low, double *high, const mpz_t g, const fmpz_t b,
         const fmpz_t den, slong unit, slong prec)
{
    arb_t y;
    fmpz_t v;
    mag_t m;
    arf_t x;

    arb_init(y);
    fmpz_init(v);
    mag_init(m);
    arf_init(x);
    fmpz_set_mpz(v, g);
    if (fmpz_sgn(b) <= 0 && fmpz_divisible(b, den)) {
        arb_zero(y);
    } else {
        arb_set_fmpz(y, b);
        arb_div_fmpz(y, y, den, prec);
        arb_rgamma(y, y, prec);
    }
    arb_mul_2exp_si(y, y, -unit);
    arb_sub_fmpz(y, y, v, prec);
    /* mag_get_d would be infinite from 2^1000 on */
    arb_get_mag_lower(m, y);
    arf_set_mag(x, m);
    *low = arf_get_d(x, ARF_RND_DOWN);
    arb_get_mag(m, y);
    arf_set_mag(x, m);
    *high = arf_get_d(x, ARF_RND_UP);
    arb_clear(y);
    fmpz_clear(v);
    mag_clear(m);
    arf_clear(x);
}

/* [mlfunc S3] at random arguments; few units are lost. */
static void
fixed(tap_random *r)
{
    long broken = 0, loose = 0, zero = 0, poles = 0;
    long count = tap_effort(4000);
    double most = 0;
    fmpz_t a, b, den;
    mpz_t g;

    fmpz_init(a);
    fmpz_init(b);
    fmpz_init(den);
    mpz_init(g);
    for (long i = 0; i < count; i++) {
        ml_rgamma_walk w;
        ml_rgamma_arg y;
        double low, high;
        slong bits = (slong)tap_random_log(r, 4, i % 20 ? 300 : 4000);
        random_number(b, den, r, i);
        bool ok = ml_rgamma_walk_init(&w, a, b, den, 0);
        ml_rgamma_walk_arg(&y, &w);
        double size =
            ml_lrgamma_d(fmpz_get_d(b) / fmpz_get_d(den)) / 0.69314718056;
        /* A poor guess of the size: too few limbs and terms, whose error is
         * then far more than a unit. */
        slong unit = (slong)size - bits;
        size += i % 3 == 0 ? tap_random_range(r, -200, 40) : 0;
        double e = ml_rgamma_fixed(g, &y, unit, size);
        error_of(&low, &high, g, b, den, unit, bits + 900);
        bool pole = fmpz_sgn(b) <= 0 && fmpz_divisible(b, den);
        poles += pole;
        zero += pole && e == 0 && mpz_sgn(g) == 0;
        broken += !ok || !(low <= e * 1.0000001);
        /* each factor of Gamma is rounded */
        double factors = fabs(fmpz_get_d(b) / fmpz_get_d(den));
        loose += !(i % 3 == 0 || e <= fmax(4, factors / 24));
        if (e > 2.5 && high / e > most)
            most = high / e;
    }
    tap_ok(broken == 0, "[mlfunc S3] the error is as said, %ld arguments",
           count);
    tap_ok(most >= 1e-3, "[mlfunc S3] it is reached to a factor %.3g", most);
    tap_ok(loose == 0, "and is a few units where the size was known");
    tap_ok(poles > 10 && zero == poles, "0, -1, -2, ... give exactly 0");
    fmpz_clear(a);
    fmpz_clear(b);
    fmpz_clear(den);
    mpz_clear(g);
}

/* [mlfunc S2] alone: x, limbs and bits of the series at random, so that in
 * half of the cases the terms left out carry the error. */
static void
taylor(tap_random *r)
{
    shares cut = {0}, rounded = {0};
    long count = tap_effort(1500);
    fmpz_t zero, b, den, t;
    mpz_t g;

    fmpz_init(zero);
    fmpz_init(b);
    fmpz_init(den);
    fmpz_init(t);
    mpz_init(g);
    for (long i = 0; i < count; i++) {
        ml_rgamma_walk w;
        ml_rgamma_arg y;
        double low, high;
        slong n = tap_random_int(r, 1, i % 20 ? 8 : ML_RGAMMA_LIMBS);
        slong bits = i % 2 ? 64 * n : tap_random_int(r, 1, 64 * n);
        random_number(b, den, r, i);
        fmpz_fdiv_r(b, b, den);
        if (i % 8 == 0) {
            /* x = 1/2, where the terms count most. */
            fmpz_set_ui(den, 2);
            fmpz_set_ui(b, 3);
        }
        if (!ml_rgamma_walk_init(&w, zero, b, den, 0))
            continue;
        ml_rgamma_walk_arg(&y, &w);
        fmpz_mul_si(t, den, y.m);
        fmpz_sub(b, b, t);
        mp_limb_t *s = mpz_limbs_write(g, n);
        double e = ml_rgamma_taylor(s, &y, n, bits);
        mpz_limbs_finish(g, n);
        error_of(&low, &high, g, b, den, 2 - 64 * n, 64 * n + 100);
        share_add(i % 2 ? &rounded : &cut, low, high, e);
    }
    share_claim(&cut, "S2");
    share_claim(&rounded, "S2");
    fmpz_clear(zero);
    fmpz_clear(b);
    fmpz_clear(den);
    fmpz_clear(t);
    mpz_clear(g);
}

/* The walk: exactly (b + k a) / den at every step. */
static void
walks(tap_random *r)
{
    long bad = 0;
    fmpz_t a, b, den, t, u, twice;

    fmpz_init(a);
    fmpz_init(b);
    fmpz_init(den);
    fmpz_init(t);
    fmpz_init(u);
    fmpz_init(twice);
    for (long i = 0; i < 60; i++) {
        ml_rgamma_walk w;
        ml_rgamma_arg y;
        random_number(b, den, r, i);
        fmpz_set(a, den);
        fmpz_mul_ui(a, a, (ulong)tap_random_int(r, 1, 99999));
        fmpz_fdiv_q_2exp(a, a, 13);
        slong k = tap_random_int(r, -20, 60);
        bad += !ml_rgamma_walk_init(&w, a, b, den, k);
        for (int step = 0; step < 40; step++, k--) {
            ml_rgamma_walk_arg(&y, &w);
            /* (y - 1 - m) D = +-u for den or D = 2^64, 2^128. */
            fmpz_set_ui(t, y.wide ? y.u[1] : 0);
            fmpz_mul_2exp(t, t, 64);
            fmpz_add_ui(t, t, y.u[0]);
            if (y.neg)
                fmpz_neg(t, t);
            fmpz_mul(t, t, den);
            fmpz_mul_si(u, a, k);
            fmpz_add(u, u, b);
            fmpz_mul_si(twice, den, y.m + 1);
            fmpz_sub(u, u, twice);
            fmpz_mul_2exp(twice, u, 1);
            fmpz_abs(twice, twice);
            bad += fmpz_cmp(twice, den) > 0;
            if (y.den)
                fmpz_mul_ui(u, u, y.den);
            else
                fmpz_mul_2exp(u, u, y.wide ? 128 : 64);
            bad += !fmpz_equal(t, u);
            ml_rgamma_walk_down(&w);
        }
    }
    tap_ok(bad == 0, "a walk over alpha k + beta is exact");
    fmpz_set_ui(den, 3);
    fmpz_mul_2exp(den, den, 70);
    ml_rgamma_walk w;
    bool long_den = ml_rgamma_walk_init(&w, a, b, den, 0);
    fmpz_one(den);
    fmpz_mul_2exp(den, den, 129);
    bool long_power = ml_rgamma_walk_init(&w, a, b, den, 0);
    tap_ok(!long_den && !long_power, "long denominators are refused");
    fmpz_clear(a);
    fmpz_clear(b);
    fmpz_clear(den);
    fmpz_clear(t);
    fmpz_clear(u);
    fmpz_clear(twice);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(10);
    fixed(&r);
    taylor(&r);
    walks(&r);
    return tap_done();
}
