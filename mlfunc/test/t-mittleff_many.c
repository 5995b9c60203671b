/* mlfunc/test/t-mittleff_many.c - values by a plan against one-off values. */
#define _DEFAULT_SOURCE

#include <pthread.h>

#include "mlfunc/test/points.h"

/* --------------------------------------------------------------------- helpers */

static void
set_ratio(fmpq_t x, slong p, ulong q)
{
    fmpq_set_si(x, p, q);
    fmpq_canonicalise(x);
}

/* The double next to x. */
static void
set_double(fmpq_t x, double d)
{
    ml_arg t;

    ml_args_init(&t, 1);
    ml_arg_set_d(&t, d);
    fmpq_set(x, t.re);
    ml_args_clear(&t, 1);
}

/* NULL, with a failed claim, where there is none. */
static ml_mittleff_plan *
new_plan(double alpha, double beta, slong prec)
{
    ml_mittleff_plan *f;
    fmpq_t a, b;

    fmpq_init(a);
    fmpq_init(b);
    set_double(a, alpha);
    set_double(b, beta);
    ml_status st = ml_mittleff_plan_alloc(&f, a, b, prec);
    fmpq_clear(a);
    fmpq_clear(b);
    if (st != ML_OK)
        tap_bail("no plan for alpha = %a, beta = %a", alpha, beta);
    return f;
}

static ml_status
one_off(acb_t res, const ml_mittleff_plan *f, const acb_t z, slong prec)
{
    ml_mlpoint p;

    ml_mlpoint_init(&p);
    ml_status st = ml_mlpoint_set_mixed(&p, f->alpha, f->beta, z);
    if (st == ML_OK)
        st = ml_mlpoint_mittleff(res, &p, prec);
    ml_mlpoint_clear(&p);
    return st;
}

/* x encloses what a finer ball encloses: more bits until that is decided. */
static bool
holds(const acb_t x, const ml_mittleff_plan *f, const acb_t z)
{
    bool in = false;
    acb_t y;

    acb_init(y);
    for (slong more = 64; more <= 256 && !in; more *= 2) {
        if (one_off(y, f, z, f->prec + more) != ML_OK || !acb_overlaps(x, y))
            break;
        in = acb_contains(x, y);
    }
    acb_clear(y);
    return in;
}

/* ---------------------------------------------------------------------- values */

typedef struct {
    double alpha, beta;
} pair;

static const pair pairs[] = {{0.05, 1},  {0.1, 0.1}, {0.3, 0.3},  {0.5, 1},
                             {0.7, 1},   {0.99, 1},  {0.99, .99}, {1, 1},
                             {1.3, 0.5}, {1.8, 1},   {2, 3},      {0.6, -1.5},
                             {0.75, 0},  {2.5, 1},   {0.4, 6.25}};

enum { PAIRS = sizeof pairs / sizeof *pairs };

/* Every third near |z| = 1, the others from tiny to large; half of them real. */
static void
random_z(acb_t z, tap_random *r, long i)
{
    double m = i % 3 ? tap_random_log(r, 1e-5, 1e5) : tap_random_log(r, 0.5, 2);
    double phi = tap_random_range(r, -3.14159, 3.14159);

    if (i % 2)
        acb_set_d_d(z, m * cos(phi), m * sin(phi));
    else
        acb_set_d(z, i % 4 ? -m : fmin(m, 20));
}

typedef struct {
    long n, missed, wide, refused, unreal;
} tally;

static void
compare(tally *t, const ml_mittleff_plan *f, const acb_t z)
{
    acb_t x, y;

    acb_init(x);
    acb_init(y);
    ml_status st = ml_mittleff_plan_eval(x, f, z);
    t->n++;
    if (st == ML_OVERFLOW) {
        t->refused += one_off(y, f, z, f->prec) != ML_OVERFLOW;
    } else {
        t->refused += st != ML_OK;
        t->missed += !holds(x, f, z);
        t->wide += !is_accurate(x, f->prec);
        t->unreal +=
            arb_is_zero(acb_imagref(z)) && !arb_is_zero(acb_imagref(x));
    }
    acb_clear(x);
    acb_clear(y);
}

static void
values(tap_random *r)
{
    static const slong prec[3] = {53, 113, 350};
    acb_t z;

    acb_init(z);
    for (int k = 0; k < 3; k++) {
        tally t = {0};
        long count = tap_effort(k == 2 ? 4 : 24);
        for (int i = 0; i < PAIRS; i++) {
            ml_mittleff_plan *f =
                new_plan(pairs[i].alpha, pairs[i].beta, prec[k]);
            for (long j = 0; j < count; j++) {
                random_z(z, r, j);
                compare(&t, f, z);
            }
            ml_mittleff_plan_free(f);
        }
        tap_ok(t.missed == 0, "%ld bits: a finer ball is inside, %ld points",
               (long)prec[k], t.n);
        tap_ok(t.wide == 0 && t.refused == 0 && t.unreal == 0,
               "and each is as narrow as promised, real where z is");
    }
    acb_clear(z);
}

/* alpha = 3/10 is no double, and the gammas come by their recurrence. */
static void
rational(tap_random *r)
{
    ml_mittleff_plan *f;
    tally t = {0};
    fmpq_t a, b;
    acb_t z;

    fmpq_init(a);
    fmpq_init(b);
    acb_init(z);
    set_ratio(a, 3, 10);
    set_ratio(b, -2, 3);
    ml_status st = ml_mittleff_plan_alloc(&f, a, b, 200);
    for (long i = 0; st == ML_OK && i < 30; i++) {
        random_z(z, r, i);
        compare(&t, f, z);
    }
    tap_ok(st == ML_OK && t.missed + t.wide + t.refused == 0,
           "alpha = 3/10, beta = -2/3");
    ml_mittleff_plan_free(f);
    fmpq_clear(a);
    fmpq_clear(b);
    acb_clear(z);
}

/* ------------------------------------------------------------------ the bounds */

/* Where the bound is all of the error: others are about 1e-38. */
static void
add_share(shares *s, const acb_t truth, const acb_t part, double bound)
{
    double low = distance(truth, part, false);
    double high = distance(truth, part, true);

    if (bound > 1e-27 && high - low < 1e-6 * bound)
        share_add(s, low, high, bound);
}

/* [mlfunc S1] from the table: the same number as by fresh gammas, and the error
 * of too few terms stays below it. */
static void
tail_dominates(tap_random *r)
{
    long off = 0;
    shares s = {0};
    acb_t z, part, truth;
    mag_t bound, fresh;

    acb_init(z);
    acb_init(part);
    acb_init(truth);
    mag_init(bound);
    mag_init(fresh);
    for (int i = 0; i < PAIRS; i++) {
        ml_mittleff_plan *f = new_plan(pairs[i].alpha, pairs[i].beta, 130);
        for (int j = 0; j < 12; j++) {
            ml_mlpoint p = f->at;
            slong n = tap_random_int(r, 1, 14);
            double m = tap_random_log(r, 0.02, 3);
            double phi = j % 3 ? tap_random_range(r, -3.14, 3.14) : 0;
            acb_set_d_d(z, m * cos(phi), m * sin(phi));
            bool set = ml_many_set_z(&p, z);
            bool ok = ml_many_series_tail(bound, f, z, n);
            off += !set || ok != ml_mlpoint_series_tail(fresh, &p, n);
            if (!ok)
                continue;
            off += fabs(mag_get_d(bound) / mag_get_d(fresh) - 1) > 1e-6;
            off += !ml_many_series(part, f, &p, n, -120);
            if (one_off(truth, f, z, 130) != ML_OK)
                off++;
            centre(part, part);
            add_share(&s, truth, part, mag_get_d(bound));
        }
        ml_mittleff_plan_free(f);
    }
    tap_ok(off == 0, "S1 from a table is S1 from fresh gammas");
    share_claim(&s, "S1 from a table");
    acb_clear(z);
    acb_clear(part);
    acb_clear(truth);
    mag_clear(bound);
    mag_clear(fresh);
}

/* The formula of [mlfunc A2] as it is written; infinite where a pole is on a
 * ray, so that s is a rounding error, or nu <= 0. */
static double
rest_formula(const ml_mlpoint *p, const ml_many_choice *c)
{
    double nu = p->a * (double)(c->n + 1) - p->b + 1, sum = 0;

    for (int side = -1; side <= 1; side += 2) {
        double q = (double)(side > 0 ? c->up : c->down) / 64;
        double d = M_PI * (side * p->a * q - p->turn);
        double s = cos(d) > 0 ? fabs(sin(d)) : 1;
        sum += pow(fabs(cos(M_PI * q)), -nu) / s;
    }
    if (nu <= 0 || sum > 1e15)
        return INFINITY;
    return exp(-(double)(c->n + 1) * p->lnr + lgamma(nu)) * sum / (2 * M_PI);
}

/* [mlfunc A2] likewise, on rays at and off the negative axis. */
static void
rest_dominates(tap_random *r)
{
    long off = 0, refused = 0;
    shares s = {0};
    acb_t z, part, truth;
    mag_t bound;

    acb_init(z);
    acb_init(part);
    acb_init(truth);
    mag_init(bound);
    for (int i = 0; i < PAIRS; i++) {
        ml_mittleff_plan *f = new_plan(pairs[i].alpha, pairs[i].beta, 130);
        for (int j = 0; j < 16 && !f->at.integers; j++) {
            ml_mlpoint p = f->at;
            ml_many_choice c = {ML_BY_ASYMP, tap_random_int(r, 0, 12), 64, 64};
            double m = pow(tap_random_log(r, 3, 60), p.a);
            double phi = tap_random_range(r, 0, 3.14);
            if (j % 2)
                c.up = tap_random_int(r, 52, 76);
            c.down = c.up;
            if (j % 3)
                c.down = tap_random_int(r, 52, 76);
            acb_set_d_d(z, m * cos(phi), m * sin(phi));
            if (j % 3 == 0)
                acb_set_d(z, j % 2 ? m : -m);
            if (c.n >= f->down.n || !ml_many_set_z(&p, z))
                continue;
            ml_many_asymp_rest(bound, f, &p, &c);
            double want = rest_formula(&p, &c);
            if (isinf(want)) {
                off += mag_is_finite(bound);
                continue;
            }
            off += fabs(mag_get_d(bound) / want - 1) > 1e-6;
            if (!ml_many_asymp(part, f, &p, &c, -120)) {
                refused++;
                continue;
            }
            if (one_off(truth, f, z, 130) != ML_OK)
                off++;
            centre(part, part);
            add_share(&s, truth, part, mag_get_d(bound));
        }
        ml_mittleff_plan_free(f);
    }
    tap_ok(off == 0, "A2 from a table is the formula of A2");
    share_claim(&s, "A2 from a table");
    ml_mittleff_plan *f = new_plan(0.3, 1, 53);
    ml_mlpoint p = f->at;
    long wrong = 0;
    acb_set_d(z, -100);
    wrong += !ml_many_set_z(&p, z);
    for (slong q = ML_RAY_FIRST - 1; q <= ML_RAY_FIRST + ML_RAYS; q++) {
        bool in = q >= ML_RAY_FIRST && q < ML_RAY_FIRST + ML_RAYS;
        ml_many_choice up = {ML_BY_ASYMP, 5, q, 64};
        ml_many_choice down = {ML_BY_ASYMP, 5, 64, q};
        wrong += ml_many_asymp(part, f, &p, &up, -20) != in;
        wrong += ml_many_asymp(part, f, &p, &down, -20) != in;
    }
    ml_many_choice most = {ML_BY_ASYMP, f->down.n, 64, 64};
    wrong += ml_many_asymp(part, f, &p, &most, -20);
    most.n--;
    wrong += !ml_many_asymp(part, f, &p, &most, -20);
    acb_set_d(z, 0.25);
    wrong += ml_many_series_tail(bound, f, z, f->up.n - 1);
    wrong += !ml_many_series_tail(bound, f, z, f->up.n - 2);
    tap_ok(wrong == 0, "no ray and no term beyond the tables");
    ml_mittleff_plan_free(f);
    tap_ok(refused < 10 && s.n > 60, "few of %ld refused: %ld", s.n, refused);
    acb_clear(z);
    acb_clear(part);
    acb_clear(truth);
    mag_clear(bound);
}

/* Every number kept for a bound is one. */
static void
upper_bounds(void)
{
    long bad = 0, n = 0;
    arb_t x, y, c;

    arb_init(x);
    arb_init(y);
    arb_init(c);
    for (int i = 0; i < PAIRS; i++) {
        ml_mittleff_plan *f = new_plan(pairs[i].alpha, pairs[i].beta, 53);
        for (slong k = 0; k < 3 * ML_RAYS; k++) {
            const ml_ray *ray = f->ray + k / 3;
            arb_set_si(c, ML_RAY_FIRST + k / 3);
            arb_mul_2exp_si(c, c, -6);
            arb_cos_pi(c, c, 300);
            arb_neg(c, c);
            ml_mlpoint_index(y, &f->at, 0, 300);
            arb_sub_ui(y, y, 1, 300);
            if (k % 3 == 1) {
                ml_mlpoint_alpha(y, &f->at, 300);
                arb_neg(y, y);
            }
            arb_pow(y, c, y, 300);
            arf_set_mag(arb_midref(x), k % 3 == 1 ? ray->step : ray->base);
            if (k % 3 == 2) {
                if (k / 3 >= f->down.n)
                    continue;
                ml_mlpoint_index(y, &f->at, -(k / 3 + 1), 300);
                arb_sub_ui(y, y, 1, 300);
                arb_neg(y, y);
                if (!arb_is_positive(y)) {
                    bad += mag_is_finite(f->gamma + k / 3);
                    continue;
                }
                arb_gamma(y, y, 300);
                arb_const_pi(c, 300);
                arb_div(y, y, c, 300);
                arb_mul_2exp_si(y, y, -1);
                arf_set_mag(arb_midref(x), f->gamma + k / 3);
            }
            bad += arb_lt(x, y);
            n++;
        }
        ml_mittleff_plan_free(f);
    }
    tap_ok(bad == 0, "%ld numbers kept for the bounds are upper bounds", n);
    arb_clear(x);
    arb_clear(y);
    arb_clear(c);
}

/* Sums of integers times powers of a short or a long z: exactly n terms. */
static void
sums(tap_random *r)
{
    enum { LENGTH = 40 };
    long bad = 0;
    double ln[LENGTH];
    ml_row row = {LENGTH, _arb_vec_init(LENGTH), ln};
    acb_t z, w, sum, want;

    acb_init(z);
    acb_init(w);
    acb_init(sum);
    acb_init(want);
    for (slong k = 0; k < LENGTH; k++) {
        arb_set_si(row.c + k, tap_random_int(r, 1, 1000));
        ln[k] = 7;
    }
    for (int i = 0; i < 48; i++) {
        bool inverse = i & 1;
        slong n = tap_random_int(r, 1, LENGTH);
        slong goal = i & 2 ? -60 : -900;
        acb_set_d(z, i & 16 ? 0.75 : -1.5);
        if (i & 4)
            arb_set_d(acb_imagref(z), -0.25);
        if (i & 8)
            acb_div_ui(z, z, 3, 900);
        acb_get_mid(z, z);
        acb_set(w, z);
        if (inverse)
            acb_inv(w, z, 2000);
        acb_zero(want);
        for (slong k = n - 1; k >= 0; k--) {
            acb_mul(want, want, w, 2000);
            acb_add_arb(want, want, row.c + k, 2000);
        }
        ml_row_sum(
            sum, &row, z, inverse, n,
            log(hypot(arf_get_d(arb_midref(acb_realref(z)), ARF_RND_UP),
                      arf_get_d(arb_midref(acb_imagref(z)), ARF_RND_UP))),
            goal);
        /* both are balls, and the sum may be exact */
        bad += !acb_overlaps(sum, want);
        bad += distance(sum, want, true) > ldexp(1, (int)goal);
    }
    tap_ok(bad == 0, "sums have the terms, and the error, that was asked for");
    _arb_vec_clear(row.c, LENGTH);
    acb_clear(z);
    acb_clear(w);
    acb_clear(sum);
    acb_clear(want);
}

/* Around the radius of z where the accuracy is lost, ML_OK keeps its word. */
static void
promise(void)
{
    ml_mittleff_plan *f = new_plan(0.6, 1, 53);
    long ok = 0, refused = 0, broken = 0;
    acb_t z, x;
    mag_t e;

    acb_init(z);
    acb_init(x);
    mag_init(e);
    for (int i = 0; i < 60; i++) {
        acb_set_d(z, -0.75);
        mag_set_d(e, ldexp(pow(1.15, i), -52));
        arb_add_error_mag(acb_realref(z), e);
        ml_status st = ml_mittleff_plan_eval(x, f, z);
        ok += st == ML_OK;
        refused += st == ML_UNABLE;
        broken += st == ML_OK && !is_accurate(x, 53);
    }
    tap_ok(broken == 0 && ok > 10 && refused > 10 && ok + refused == 60,
           "wider and wider z: %ld as promised, %ld refused", ok, refused);
    ml_mittleff_plan_free(f);
    acb_clear(z);
    acb_clear(x);
    mag_clear(e);
}

/* ------------------------------------------------------------------- the edges */

static void
edges(void)
{
    ml_mittleff_plan *f = new_plan(0.7, 1, 64), *g = new_plan(0.7, 0, 64);
    tally t = {0};
    acb_t z, x;

    acb_init(z);
    acb_init(x);
    ml_status st = ml_mittleff_plan_eval(x, f, z);
    tap_ok(st == ML_OK && acb_is_one(x), "z = 0: 1/Gamma(beta)");
    st = ml_mittleff_plan_eval(x, g, z);
    tap_ok(st == ML_OK && acb_is_zero(x), "z = 0, beta = 0: exactly 0");
    for (int i = 0; i < 8; i++) {
        acb_set_si(z, i & 1 ? -3 : 5);
        arb_set_si(acb_imagref(z), i & 2 ? 1 : 0);
        acb_mul_2exp_si(z, z, i & 4 ? 1500 : -1500);
        if (i == 4)
            continue;
        if (i == 6)
            arb_mul_2exp_si(acb_imagref(z), acb_imagref(z), 20);
        compare(&t, i & 1 ? f : g, z);
    }
    tap_ok(t.missed + t.wide + t.refused + t.unreal == 0,
           "|z| about 2^1500 and 2^-1500");
    acb_set_d(z, 1e300);
    st = ml_mittleff_plan_eval(x, f, z);
    tap_ok(st == ML_OVERFLOW, "beyond all balls: overflow");
    acb_indeterminate(z);
    st = ml_mittleff_plan_eval(x, f, z);
    tap_ok(st == ML_DOMAIN && !acb_is_finite(x), "no number: no value");
    acb_set_d_d(z, -3, 0.5);
    st = ml_mittleff_plan_eval(x, f, z);
    ml_status su = ml_mittleff_plan_eval(z, f, z);
    tap_ok(st == ML_OK && su == ML_OK && acb_equal(x, z), "res may be z");
    ml_mittleff_plan_free(f);
    ml_mittleff_plan_free(g);
    acb_clear(z);
    acb_clear(x);
}

static void
refusals(void)
{
    ml_mittleff_plan *f;
    fmpq_t a, b;

    fmpq_init(a);
    fmpq_init(b);
    ml_status zero = ml_mittleff_plan_alloc(&f, a, b, 53);
    bool none = f == NULL;
    fmpq_set_si(a, -1, 2);
    ml_status negative = ml_mittleff_plan_alloc(&f, a, b, 53);
    tap_ok(zero == ML_DOMAIN && none && negative == ML_DOMAIN && !f,
           "alpha <= 0 is no plan");
    fmpq_one(a);
    fmpz_mul_2exp(fmpq_denref(a), fmpq_denref(a), 50);
    ml_status small = ml_mittleff_plan_alloc(&f, a, b, 53);
    tap_ok(small == ML_UNABLE && !f, "nor is alpha = 2^-50");
    ml_mittleff_plan_free(NULL);
    fmpq_clear(a);
    fmpq_clear(b);
}

/* A box of z: the value holds those at the corners, across the axes too. */
static void
boxes(tap_random *r)
{
    static const double centre_re[] = {-3, -3, -40, 0.5, 0, 7, -0.9, -200};
    static const double centre_im[] = {0, 1e-8, -1e-9, 0, 0, 3, 0.7, -1e-7};
    long bad = 0, n = 0, narrow = 0;
    acb_t z, c, x, y;

    acb_init(z);
    acb_init(c);
    acb_init(x);
    acb_init(y);
    for (int i = 0; i < PAIRS; i++) {
        ml_mittleff_plan *f = new_plan(pairs[i].alpha, pairs[i].beta, 53);
        for (int j = 0; j < 8; j++) {
            double h = ldexp(1, -(int)tap_random_int(r, 10, 30));
            mag_t e;
            mag_init(e);
            mag_set_d(e, h);
            acb_set_d_d(z, centre_re[j], centre_im[j]);
            acb_set(c, z);
            arb_add_error_mag(acb_realref(z), e);
            arb_add_error_mag(acb_imagref(z), e);
            mag_clear(e);
            ml_status st = ml_mittleff_plan_eval(x, f, z);
            if (st == ML_OVERFLOW)
                continue;
            narrow += acb_is_finite(x) && acb_rel_accuracy_bits(x) > 0;
            for (int k = 0; k < 5; k++) {
                acb_set_d_d(y, k & 1 ? h : -h, k & 2 ? h : -h);
                if (k < 4)
                    acb_add(y, y, c, ARF_PREC_EXACT);
                else
                    acb_set(y, c);
                st = one_off(y, f, y, 100);
                bad += st != ML_OK || !acb_contains(x, y);
                n++;
            }
        }
        ml_mittleff_plan_free(f);
    }
    tap_ok(bad == 0, "a box holds the values at its corners, %ld values", n);
    tap_ok(narrow > n / 5 / 2, "most of the boxes are of use: %ld of %ld",
           narrow, n / 5);
    acb_clear(z);
    acb_clear(c);
    acb_clear(x);
    acb_clear(y);
}

/* ------------------------------------------------------------------ one for all */

enum { SHARED = 400 };

typedef struct {
    const ml_mittleff_plan *f;
    acb_ptr z, x;
    long failed;
} job;

static void *
run_job(void *argument)
{
    job *j = argument;

    for (int i = 0; i < SHARED; i++)
        j->failed += ml_mittleff_plan_eval(j->x + i, j->f, j->z + i) != ML_OK;
    flint_cleanup();
    return NULL;
}

static bool
same(const acb_t x, const acb_t y)
{
    return acb_equal(x, y) || (!acb_is_finite(x) && !acb_is_finite(y));
}

static void
threads(tap_random *r)
{
    ml_mittleff_plan *f = new_plan(0.4, 0.4, 80);
    pthread_t id[2];
    job j[2];
    long differ = 0, failed = 0, alone = 0;
    acb_ptr z = _acb_vec_init(SHARED);
    acb_t x;

    acb_init(x);
    for (int i = 0; i < SHARED; i++)
        random_z(z + i, r, i);
    for (int k = 0; k < 2; k++) {
        j[k] = (job){f, z, _acb_vec_init(SHARED), 0};
        failed += pthread_create(&id[k], NULL, run_job, &j[k]) != 0;
    }
    for (int k = 0; k < 2 && failed == 0; k++) {
        failed += pthread_join(id[k], NULL) != 0;
        differ += j[k].failed - j[0].failed;
    }
    for (int i = 0; i < SHARED; i++) {
        alone += ml_mittleff_plan_eval(x, f, z + i) != ML_OK;
        differ += !same(x, j[0].x + i) || !same(x, j[1].x + i);
    }
    tap_ok(failed == 0 && differ == 0 && alone == j[0].failed,
           "two threads share a plan and find the same %d balls", SHARED);
    for (int k = 0; k < 2; k++)
        _acb_vec_clear(j[k].x, SHARED);
    _acb_vec_clear(z, SHARED);
    acb_clear(x);
    ml_mittleff_plan_free(f);
}

/* ----------------------------------------------------- the test notices a fault */

/* How many of some z are missed once c has moved by 2^-40 of itself. */
static long
missed_with(const ml_mittleff_plan *f, arb_t c, double lo, double hi)
{
    tap_random r = tap_random_start(9);
    tally t = {0};
    arb_t kept;
    acb_t z;

    arb_init(kept);
    acb_init(z);
    arb_set(kept, c);
    arb_mul_2exp_si(c, c, -40);
    arb_add(c, c, kept, 300);
    for (int i = 0; i < 10; i++) {
        acb_set_d(z, -tap_random_log(&r, lo, hi));
        compare(&t, f, z);
    }
    arb_set(c, kept);
    arb_clear(kept);
    acb_clear(z);
    return t.missed;
}

static void
planted(void)
{
    ml_mittleff_plan *f = new_plan(0.6, 1, 80);

    long up = missed_with(f, f->up.c + 3, 0.5, 2);
    tap_ok(up == 10, "a number of the series' table is wrong: %ld missed", up);
    long down = missed_with(f, f->down.c + 2, 1e3, 1e5);
    tap_ok(down == 10, "one of the other table is: %ld missed", down);
    ml_mittleff_plan_free(f);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(31);
    values(&r);
    rational(&r);
    tail_dominates(&r);
    rest_dominates(&r);
    upper_bounds();
    sums(&r);
    promise();
    edges();
    refusals();
    boxes(&r);
    threads(&r);
    planted();
    return tap_done();
}
