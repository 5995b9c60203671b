/* mlfunc/test/t-mittleff_box.c - E over boxes by the mean value form. */
#include "mlfunc/test/points.h"

enum { ALPHA, BETA, Z_RE, Z_IM, VARIABLES };
static const char *const names[VARIABLES] = {"alpha", "beta", "Re z", "Im z"};

typedef struct {
    arb_t alpha, beta;
    acb_t z;
} box;

static void
box_init(box *b)
{
    arb_init(b->alpha);
    arb_init(b->beta);
    acb_init(b->z);
}

static void
box_clear(box *b)
{
    arb_clear(b->alpha);
    arb_clear(b->beta);
    acb_clear(b->z);
}

static arb_ptr
variable(box *b, int v)
{
    return v == ALPHA  ? b->alpha
           : v == BETA ? b->beta
           : v == Z_RE ? acb_realref(b->z)
                       : acb_imagref(b->z);
}

static void
random_point(box *b, tap_random *r, bool real)
{
    double alpha = tap_random_range(r, 0.2, 1.9);
    double m = pow(tap_random_log(r, 0.1, 60), alpha);
    double phi = real ? 0 : tap_random_range(r, -3, 3);

    arb_set_d(b->alpha, alpha);
    arb_set_d(b->beta, tap_random_range(r, -2, 3));
    acb_set_d_d(b->z, real ? -m : m * cos(phi), m * sin(phi));
}

/* |E(one end) - E(mid)| over the radius of the ball; negative: outside. */
static double
share(const acb_t ball, box *b, int v, int sign, const arf_t radius,
      const acb_t mid)
{
    arb_ptr x = variable(b, v);
    arf_t save;
    acb_t e;
    mag_t m;

    arf_init(save);
    acb_init(e);
    mag_init(m);
    arf_set(save, arb_midref(x));
    if (sign > 0)
        arf_add(arb_midref(x), save, radius, ARF_PREC_EXACT, ARF_RND_DOWN);
    else
        arf_sub(arb_midref(x), save, radius, ARF_PREC_EXACT, ARF_RND_DOWN);
    bool inside = ml_mittleff(e, b->alpha, b->beta, b->z, 140) == ML_OK
                  && acb_contains(ball, e);
    acb_sub(e, e, mid, 140);
    acb_get_mag_lower(m, e);
    double moved = mag_get_d(m);
    mag_hypot(m, arb_radref(acb_realref(ball)), arb_radref(acb_imagref(ball)));
    arf_swap(arb_midref(x), save);
    arf_clear(save);
    acb_clear(e);
    double ratio = moved / mag_get_d(m);
    mag_clear(m);
    return inside ? ratio : -1;
}

/* [mlfunc B1] A box that is wide in one variable only: the ball is as wide as
 * that slope makes it, and no narrower. */
static void
one_variable(tap_random *r, int v)
{
    long bad = 0, none = 0, n = tap_effort(30);
    double worst = 0;
    acb_t ball, mid;
    arf_t radius;
    box b;

    box_init(&b);
    acb_init(ball);
    acb_init(mid);
    arf_init(radius);
    for (long i = 0; i < n; i++) {
        slong e = tap_random_int(r, -50, -16);
        random_point(&b, r, v < Z_IM && i % 2);
        arf_one(radius);
        arf_mul_2exp_si(radius, radius, e);
        none += ml_mittleff(mid, b.alpha, b.beta, b.z, 140) != ML_OK;
        mag_one(arb_radref(variable(&b, v)));
        mag_mul_2exp_si(arb_radref(variable(&b, v)),
                        arb_radref(variable(&b, v)), e);
        none += !ml_mittleff_mean_value(ball, b.alpha, b.beta, b.z, 80);
        bad += acb_is_real(ball) != acb_is_real(b.z);
        mag_zero(arb_radref(variable(&b, v)));
        for (int sign = -1; sign <= 1; sign += 2) {
            double s = share(ball, &b, v, sign, radius, mid);
            bad += s < 0;
            worst = fmax(worst, s);
        }
    }
    tap_ok(bad == 0 && none == 0 && worst > 0.3 && worst <= 1,
           "B1: %s alone: the ends are inside, at up to %.3f of the radius",
           names[v], worst);
    box_clear(&b);
    acb_clear(ball);
    acb_clear(mid);
    arf_clear(radius);
}

/* All variables at once: the corners, and what the automatic choice returns. */
static void
corners(tap_random *r)
{
    long bad = 0, unable = 0, n = tap_effort(20);
    acb_t ball, v;
    box b, c;

    box_init(&b);
    box_init(&c);
    acb_init(ball);
    acb_init(v);
    for (long i = 0; i < n; i++) {
        slong e = i % 2 ? -61 : -40;
        random_point(&b, r, false);
        for (int k = 0; k < VARIABLES; k++)
            mag_set_ui_2exp_si(arb_radref(variable(&b, k)), 1, e);
        ml_status st = ml_mittleff(ball, b.alpha, b.beta, b.z, i % 2 ? 24 : 16);
        unable += st != ML_OK;
        for (int k = 0; k < 16; k++) {
            for (int q = 0; q < VARIABLES; q++) {
                arb_srcptr x = variable(&b, q);
                arb_ptr y = variable(&c, q);
                arb_zero(y);
                if (k >> q & 1)
                    arb_get_lbound_arf(arb_midref(y), x, 200);
                else
                    arb_get_ubound_arf(arb_midref(y), x, 200);
            }
            st = ml_mittleff(v, c.alpha, c.beta, c.z, 100);
            bad += st != ML_OK || !acb_contains(ball, v);
        }
    }
    tap_ok(bad == 0, "the corners of %ld boxes are inside", n);
    tap_ok(unable <= n / 10, "%ld of them too wide", unable);
    box_clear(&b);
    box_clear(&c);
    acb_clear(ball);
    acb_clear(v);
}

/* What the methods over the box cannot reach. */
static void
tighter(tap_random *r)
{
    long n = tap_effort(20), better = 0, bad = 0;
    acb_t x, y;
    box b;

    box_init(&b);
    acb_init(x);
    acb_init(y);
    for (long i = 0; i < n; i++) {
        random_point(&b, r, true);
        for (int k = 0; k < Z_IM; k++)
            mag_set_ui_2exp_si(arb_radref(variable(&b, k)), 1, -40);
        ml_status st = ml_mittleff(x, b.alpha, b.beta, b.z, 53);
        bad += st == ML_OK; /* 40 bits in, 45 bits out: no */
        st = ml_mittleff_series(y, b.alpha, b.beta, b.z, 0, 53);
        bad += st == ML_OK || !acb_overlaps(x, y);
        better +=
            mag_cmp(arb_radref(acb_realref(x)), arb_radref(acb_realref(y)))
            <= 0;
    }
    tap_ok(bad == 0, "a box that is too wide says so");
    tap_ok(better == n, "narrower than the series over the box: %ld of %ld",
           better, n);
    box_clear(&b);
    acb_clear(x);
    acb_clear(y);
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(VARIABLES + 2 + 2);
    for (int v = 0; v < VARIABLES; v++)
        one_variable(&r, v);
    corners(&r);
    tighter(&r);
    return tap_done();
}
