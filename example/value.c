/* example/value.c - the Mittag-Leffler function in doubles, with libmlfunc.
 *
 *     cc value.c $(pkg-config --cflags --libs libmlfunc) -o value && ./value
 */
#include <stdio.h>

#include <mlfunc/mlfunc.h>

int
main(void)
{
    static const double x[] = {-0.5, -1, -2, -4, -8};
    enum { N = sizeof x / sizeof *x };
    double value[N], bound[N], z[2] = {0, 2}, e[2], b[2];
    ml_status status;

    printf("libmlfunc %s\n", ml_version());

    /* One value, nothing kept: exp(1) erfc(1). */
    status = ml_mittleff_bound_d(&value[0], &bound[0], 0.5, 1, -1);
    printf("one %.17g %d\n", value[0], (int)status);
    if (!(bound[0] <= 0x1p-53 * value[0]))
        return 1;

    /* Complex: E_{1,1}(2i) = cos 2 + i sin 2. */
    status = ml_mittleff_z(e, b, 1, 1, z);
    printf("complex %.16g %.16g %d\n", e[0], e[1], (int)status);

    /* Many x at one alpha and beta. */
    status = ml_mittleff_array_d(value, bound, 0.7, 1, N, x);
    for (int i = 0; i < N; i++)
        printf("array %g %.16g\n", x[i], value[i]);
    if (status & ~ML_UNDECIDED)
        return 1;

    /* Very many: a plan. */
    ml_plan *plan;
    status = ml_plan_alloc(&plan, 0.7, 1);
    if (status != ML_OK) {
        fprintf(stderr, "no plan: %s\n", ml_status_name(status));
        return 1;
    }
    ml_plan_eval(plan, N, x, value);
    for (int i = 0; i < N; i++)
        printf("plan %g %.15g\n", x[i], value[i]);
    ml_plan_free(plan);

    /* Failure is a status: no value exists for alpha = -1. */
    status = ml_mittleff_bound_d(&value[0], &bound[0], -1, 1, 1);
    printf("status %s\n", ml_status_name(status));
    return 0;
}
