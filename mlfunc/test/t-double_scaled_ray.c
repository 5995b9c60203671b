/* mlfunc/test/t-double_scaled_ray.c - the rays of E with exponents: what is said
 * of a ray is true of one that D35 allows.  [mlfunc D35]
 */
#include <math.h>

#include "mlfunc/double/scaled_far.c"
#include "validation/tap/tap.h"

static const double pi = 3.141592653589793;

/* Is all of r true at arg t = +-pi q?  s is at most that of A2, r.log at least
 * -ln |cos pi q|, last the number of the last pole inside. */
static bool
true_at(const ray *r, double alpha, double offset, double q)
{
    double y = alpha * q + offset, v = fabs(y - 2 * rint(y / 2));
    double s = v < 0.5 ? sin(pi * v) : 1;

    return r->s <= s * (1 + 1e-12) && r->log >= -log(fabs(cos(pi * q))) - 1e-15
           && fabs(y - 2 * (r->last + 1)) + fabs(y - 2 * r->last) <= 2 + 1e-12
           && r->falls == (q <= 1);
}

static void
rays(double offset)
{
    long chosen = 0, wrong = 0, steps = 5120;

    for (long i = 1; i <= 2 * steps; i++) {
        double alpha = (double)i * 5 / (double)steps;
        ray r = choose_ray(alpha, offset);
        bool found = r.s == 0;

        for (int j = 0; alpha <= 5 && j < ML_SECANTS; j++)
            found = found || true_at(&r, alpha, offset, 1 - j / 16.0)
                    || true_at(&r, alpha, offset, 1 + j / 16.0);
        if (alpha > 5)
            found = found || true_at(&r, alpha, offset, 1)
                    || true_at(&r, alpha, offset, 1 - 0.5 / alpha);
        chosen += r.s > 0 && r.log > 0;
        if (!found && wrong++ < 3)
            tap_note("alpha %g: s = %g, -ln cos = %g, last %d", alpha, r.s,
                     r.log, r.last);
    }
    tap_ok(wrong == 0 && chosen > 100,
           "[mlfunc D35] arg z = %g pi: the ray that is described is there"
           " (%ld not at pi)",
           -offset, chosen);
}

int
main(void)
{
    const double offset[] = {0, -1, -0.25, -0.6875, 0.25, 0.6875};

    tap_plan(6);
    for (int i = 0; i < 6; i++)
        rays(offset[i]);
    return tap_done();
}
