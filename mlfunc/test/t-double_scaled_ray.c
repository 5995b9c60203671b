/* mlfunc/test/t-double_scaled_ray.c - the rays of E with exponents: what is said
 * of a ray is true of one that D35 allows.  [mlfunc D35]
 */
#include <math.h>

#include "mlfunc/double/scaled_mittleff.c"
#include "validation/tap/tap.h"

static const double pi = 3.141592653589793;

/* Is all of r true at arg t = +-pi q?  s is at most that of A2, r.log at least
 * -ln |cos pi q|, last the number of the last pole inside. */
static bool
true_at(const ray *r, const problem *p, double q)
{
    double y = p->alpha * q - p->around, v = fabs(y - 2 * rint(y / 2));
    double s = v < 0.5 ? sin(pi * v) : 1;

    return r->s <= s * (1 + 1e-12) && r->log >= -log(fabs(cos(pi * q))) - 1e-15
           && fabs(y - 2 * (r->last + 1)) + fabs(y - 2 * r->last) <= 2 + 1e-12
           && r->falls == (q <= 1);
}

static void
rays(int around)
{
    long chosen = 0, wrong = 0, steps = 5120;

    for (long i = 1; i <= 2 * steps; i++) {
        double alpha = (double)i * 5 / (double)steps;
        problem p = {.alpha = alpha, .around = around};
        ray r = choose_ray(&p);
        bool found = r.s == 0;

        for (int j = 0; alpha <= 5 && j < ML_SECANTS; j++)
            found = found || true_at(&r, &p, 1 - j / 16.0)
                    || true_at(&r, &p, 1 + j / 16.0);
        if (alpha > 5)
            found =
                found || true_at(&r, &p, 1) || true_at(&r, &p, 1 - 0.5 / alpha);
        chosen += r.s > 0 && r.log > 0;
        if (!found && wrong++ < 3)
            tap_note("alpha %g: s = %g, -ln cos = %g, last %d", alpha, r.s,
                     r.log, r.last);
    }
    tap_ok(wrong == 0 && chosen > 100,
           "[mlfunc D35] arg z = %d pi: the ray that is described is there"
           " (%ld not at pi)",
           around, chosen);
}

int
main(void)
{
    tap_plan(2);
    rays(0);
    rays(1);
    return tap_done();
}
