/* mlfunc/test/t-mittleff_many_tables.c - the tables of a plan, number by
 * number. */
#include "mlfunc/test/points.h"

static const struct {
    double alpha, beta;
} pairs[] = {{0.05, 1},  {0.3, 0.3},  {0.7, 1},  {0.99, .99}, {1, 1},
             {1.3, 0.5}, {0.6, -1.5}, {0.75, 0}, {2.5, 1},    {0.4, 6.25}};

enum { PAIRS = sizeof pairs / sizeof *pairs };

static void
set_double(fmpq_t x, double d)
{
    ml_arg t;

    ml_args_init(&t, 1);
    ml_arg_set_d(&t, d);
    fmpq_set(x, t.re);
    ml_args_clear(&t, 1);
}

/* An upper bound of the ball x > 0, above by 2^-24 of it at most; in *least
 * how close it came. */
static bool
bounds(const mag_t bound, const arb_t x, double *least)
{
    arb_t b;

    arb_init(b);
    arf_set_mag(arb_midref(b), bound);
    arb_div(b, b, x, 200);
    arb_sub_ui(b, b, 1, 200);
    bool good =
        arb_is_nonnegative(b) && arf_cmp_2exp_si(arb_midref(b), -24) <= 0;
    *least = fmin(*least, arf_get_d(arb_midref(b), ARF_RND_NEAR));
    arb_clear(b);
    return good;
}

static bool
narrow(const arb_t x, const arb_t truth)
{
    return arb_contains(x, truth) && mag_cmp_2exp_si(arb_radref(x), -52) <= 0;
}

typedef struct {
    long rays, angles, gammas, row, n;
    double least;
} tally;

static void
one_ray(tally *t, const ml_ray *ray, const arb_t alpha, const arb_t beta,
        slong q)
{
    arb_t c, e, f;

    arb_init(c);
    arb_init(e);
    arb_init(f);
    arb_set_si(f, q);
    arb_mul_2exp_si(f, f, -6);
    arb_cos_pi(c, f, 250);
    arb_neg(c, c);
    arb_sub_ui(e, beta, 1, 250);
    arb_pow(e, c, e, 250);
    bool good = bounds(ray->base, e, &t->least);
    arb_neg(e, alpha);
    arb_pow(e, c, e, 250);
    good = bounds(ray->step, e, &t->least) && good;
    t->rays += !good;
    arb_mul(f, f, alpha, 250);
    arb_sin_cos_pi(e, c, f, 250);
    t->angles += !narrow(ray->sin, e) || !narrow(ray->cos, c);
    t->n++;
    arb_clear(c);
    arb_clear(e);
    arb_clear(f);
}

/* Gamma(alpha (n+1) - beta + 1)/(2 pi), and 1/Gamma at index k. */
static void
numbers(tally *t, const ml_mittleff_plan *f, const arb_t alpha,
        const arb_t beta)
{
    arb_t x, y, pi;

    arb_init(x);
    arb_init(y);
    arb_init(pi);
    arb_const_pi(pi, 250);
    for (slong n = 0; n < f->down.n; n += 1 + n / 16) {
        arb_mul_si(x, alpha, n + 1, 250);
        arb_sub(x, x, beta, 250);
        arb_add_ui(x, x, 1, 250);
        if (!arb_is_positive(x)) {
            t->gammas += !mag_is_inf(f->gamma + n);
            continue;
        }
        arb_gamma(x, x, 250);
        arb_div(x, x, pi, 250);
        arb_mul_2exp_si(x, x, -1);
        t->gammas += !bounds(f->gamma + n, x, &t->least);
    }
    for (int side = 1; side >= -1; side -= 2) {
        const ml_row *row = side > 0 ? &f->up : &f->down;
        for (slong k = side > 0 ? 0 : 1; k < row->n; k += 1 + k / 16) {
            arb_mul_si(x, alpha, side * k, 400);
            arb_add(x, x, beta, 400);
            arb_rgamma(y, x, 400);
            t->row += !arb_overlaps(row->c + k, y);
        }
        t->row += side < 0 && row->n > 0 && !arb_is_zero(row->c);
    }
    arb_clear(x);
    arb_clear(y);
    arb_clear(pi);
}

/* [mlfunc A2]  What the remainder is made of, for many z: each number is an
 * upper bound, and none has slack beyond its rounding. */
static void
tables(void)
{
    tally t = {.least = INFINITY};
    long made = 0;
    fmpq_t a, b;
    arb_t alpha, beta;

    fmpq_init(a);
    fmpq_init(b);
    arb_init(alpha);
    arb_init(beta);
    for (int i = 0; i < PAIRS; i++) {
        ml_mittleff_plan *f;
        set_double(a, pairs[i].alpha);
        set_double(b, pairs[i].beta);
        arb_set_d(alpha, pairs[i].alpha);
        arb_set_d(beta, pairs[i].beta);
        if (ml_mittleff_plan_alloc(&f, a, b, 53) != ML_OK)
            continue;
        made++;
        for (slong j = 0; j < ML_RAYS; j++)
            one_ray(&t, f->ray + j, alpha, beta, ML_RAY_FIRST + j);
        numbers(&t, f, alpha, beta);
        ml_mittleff_plan_free(f);
    }
    tap_ok(made == PAIRS, "%ld plans", made);
    tap_ok(t.rays == 0,
           "powers of the cosine are bounded, the closest 1 + %.1e", t.least);
    tap_ok(t.angles == 0, "cosines and sines of %ld rays", t.n);
    tap_ok(t.gammas == 0, "Gamma(nu)/2 pi is bounded, or infinite for nu <= 0");
    tap_ok(t.row == 0, "the rows hold 1/Gamma");
    tap_ok(t.least < 0x1p-28, "some bounds are within 2^-28");
    fmpq_clear(a);
    fmpq_clear(b);
    arb_clear(alpha);
    arb_clear(beta);
}

static void
refused(void)
{
    static const struct {
        double alpha, beta;
        ml_status st;
    } at[] = {{0, 1, ML_DOMAIN},
              {-0.5, 1, ML_DOMAIN},
              {0x1p41, 1, ML_UNABLE},
              {0x1p-41, 1, ML_UNABLE},
              {0.5, 0x1p41, ML_UNABLE}};
    long bad = 0;
    fmpq_t a, b;

    fmpq_init(a);
    fmpq_init(b);
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        ml_mittleff_plan *f;
        set_double(a, at[i].alpha);
        set_double(b, at[i].beta);
        ml_status st = ml_mittleff_plan_alloc(&f, a, b, 53);
        bad += st != at[i].st || f != NULL;
        ml_mittleff_plan_free(f);
    }
    tap_ok(bad == 0, "plans outside the domain and out of reach are refused");
    fmpq_clear(a);
    fmpq_clear(b);
}

int
main(void)
{
    tap_plan(7);
    tables();
    refused();
    return tap_done();
}
