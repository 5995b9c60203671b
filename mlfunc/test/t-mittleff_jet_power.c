/* mlfunc/test/t-mittleff_jet_power.c - power series in three variables. */
#include "mlfunc/test/points.h"

#define PREC 200

static void
random_acb(acb_t x, tap_random *r)
{
    acb_set_d_d(x, tap_random_range(r, -2, 2), tap_random_range(r, -2, 2));
}

static void
random_jet(ml_jet *f, tap_random *r)
{
    for (slong m = 0; m < f->len; m++)
        random_acb(f->c + m, r);
}

/* f with its variables replaced by the numbers of e[3]. */
static void
value(acb_t res, const ml_jet *f, acb_srcptr e)
{
    acb_t t, w;

    acb_init(t);
    acb_init(w);
    acb_zero(res);
    for (slong i = 0; i <= f->nz; i++)
        for (slong j = 0; j <= f->na; j++)
            for (slong l = 0; l <= f->nb; l++) {
                acb_pow_ui(w, e, (ulong)i, 1000);
                acb_pow_ui(t, e + 1, (ulong)j, 1000);
                acb_mul(w, w, t, 1000);
                acb_pow_ui(t, e + 2, (ulong)l, 1000);
                acb_mul(w, w, t, 1000);
                acb_addmul(res, w, ml_jet_at(f, i, j, l), 1000);
            }
    acb_clear(t);
    acb_clear(w);
}

static bool
narrow_overlap(const ml_jet *f, const ml_jet *g)
{
    bool ok = true;

    for (slong m = 0; m < f->len; m++)
        ok = ok && acb_overlaps(f->c + m, g->c + m)
             && acb_rel_accuracy_bits(f->c + m) > PREC / 2
             && acb_rel_accuracy_bits(g->c + m) > PREC / 2;
    return ok;
}

/* Products by the definition; sums and multiples by their values at a point.
 */
static void
products(tap_random *r)
{
    long bad = 0, order = 0, count = tap_effort(20);
    acb_ptr e = _acb_vec_init(3);
    acb_t x, y;
    ml_jet f, g, h;

    acb_init(x);
    acb_init(y);
    for (long n = 0; n < count; n++) {
        slong nz = tap_random_int(r, 0, 3), na = tap_random_int(r, 0, 3);
        slong nb = tap_random_int(r, 0, 3);
        ml_jet_init(&f, nz, na, nb);
        ml_jet_init(&g, nz, na, nb);
        ml_jet_init(&h, nz, na, nb);
        random_jet(&f, r);
        random_jet(&g, r);
        ml_jet_mul(&h, &f, &g, PREC);
        /* Against the definition, in another order of the sums. */
        for (slong m = 0; m < f.len; m++) {
            slong l = m % (nb + 1), j = m / (nb + 1) % (na + 1);
            slong i = m / (nb + 1) / (na + 1);
            acb_zero(x);
            for (slong k = 0; k < f.len; k++) {
                slong c = l - k % (nb + 1);
                slong b = j - k / (nb + 1) % (na + 1);
                slong a = i - k / (nb + 1) / (na + 1);
                if (a >= 0 && b >= 0 && c >= 0)
                    acb_addmul(x, f.c + k, ml_jet_at(&g, a, b, c), 2 * PREC);
            }
            bad += !acb_contains(h.c + m, x);
        }

        acb_set_d(e, 0.5);
        acb_set_d(e + 1, -0.25);
        acb_set_d_d(e + 2, 0.125, 1);
        ml_jet_set(&h, &f);
        ml_jet_add(&h, &h, &g, PREC);
        ml_jet_sub(&h, &h, &f, PREC);
        value(x, &h, e);
        value(y, &g, e);
        order += !acb_overlaps(x, y);
        random_acb(x, r);
        ml_jet_scale(&h, &f, x, PREC);
        value(y, &f, e);
        acb_mul(x, x, y, 1000);
        value(y, &h, e);
        order += !acb_overlaps(x, y) || acb_rel_accuracy_bits(y) < PREC / 2;
        ml_jet_clear(&f);
        ml_jet_clear(&g);
        ml_jet_clear(&h);
    }
    tap_ok(bad == 0, "products of %ld pairs, coefficient by coefficient",
           count);
    tap_ok(order == 0, "sums, differences and multiples keep values");
    _acb_vec_clear(e, 3);
    acb_clear(x);
    acb_clear(y);
}

/* exp, inverse and logarithm by their recurrences, and by composition. */
static void
functions(tap_random *r)
{
    long inverse = 0, log = 0, composed = 0, count = tap_effort(20);
    ml_jet f, g, h;
    acb_t x;

    acb_init(x);
    for (long n = 0; n < count; n++) {
        slong nz = tap_random_int(r, 0, 3), na = tap_random_int(r, 0, 3);
        slong nb = tap_random_int(r, 0, 3), total = nz + na + nb + 1;
        ml_jet_init(&f, nz, na, nb);
        ml_jet_init(&g, nz, na, nb);
        ml_jet_init(&h, nz, na, nb);
        random_jet(&f, r);
        acb_ptr a = _acb_vec_init(total);
        acb_exp(a, f.c, 2 * PREC);
        for (slong k = 1; k < total; k++)
            acb_div_ui(a + k, a + k - 1, (ulong)k, 2 * PREC);
        ml_jet_exp(&g, &f, PREC);
        ml_jet_compose(&h, a, total, &f, PREC);
        composed += !narrow_overlap(&g, &h);
        acb_inv(a, f.c, 2 * PREC);
        acb_neg(x, a);
        for (slong k = 1; k < total; k++)
            acb_mul(a + k, a + k - 1, x, 2 * PREC);
        ml_jet_set(&g, &f);
        ml_jet_inv(&g, &g, PREC); /* in place */
        ml_jet_compose(&h, a, total, &f, PREC);
        composed += !narrow_overlap(&g, &h);
        ml_jet_mul(&h, &g, &f, PREC);
        for (slong m = 0; m < h.len; m++) {
            acb_set_si(x, m == 0);
            inverse += !acb_contains(h.c + m, x);
        }
        ml_jet_exp(&g, &f, PREC);
        ml_jet_log(&g, &g, f.c, PREC);
        log += !narrow_overlap(&g, &f);
        _acb_vec_clear(a, total);
        ml_jet_clear(&f);
        ml_jet_clear(&g);
        ml_jet_clear(&h);
    }
    tap_ok(composed == 0, "exp and inverse are compositions with their series");
    tap_ok(inverse == 0, "f times its inverse is 1");
    tap_ok(log == 0, "the logarithm of the exponential is f");
    acb_clear(x);
}

static void
variables(void)
{
    static const char name[] = "zab";
    long bad = 0;
    ml_jet f;
    acb_t x;

    acb_init(x);
    acb_set_d_d(x, 3, -1);
    for (int v = 0; v < 3; v++)
        for (int flat = 0; flat < 2; flat++) {
            slong n[3] = {2, 3, 1};
            if (flat)
                n[v] = 0;
            ml_jet_init(&f, n[0], n[1], n[2]);
            ml_jet_variable(&f, name[v], x);
            acb_ptr one = ml_jet_at(&f, v == 0 && !flat, v == 1 && !flat,
                                    v == 2 && !flat);
            bad += !acb_equal(f.c, x) || (!flat && !acb_is_one(one));
            long others = 0;
            for (slong m = 0; m < f.len; m++)
                others += !acb_is_zero(f.c + m);
            bad += others != 2 - flat;
            bad += f.len != (n[0] + 1) * (n[1] + 1) * (n[2] + 1);
            ml_jet_zero(&f);
            bad += !_acb_vec_is_zero(f.c, f.len);
            ml_jet_clear(&f);
        }
    tap_ok(bad == 0, "a variable is its value and one coefficient 1");
    acb_clear(x);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(6);
    products(&r);
    functions(&r);
    variables();
    return tap_done();
}
