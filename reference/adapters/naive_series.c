/* reference/adapters/naive_series.c - what one would write first.
 *
 * The defining power series summed in doubles until its terms vanish: right
 * for small |z|, wrong by cancellation elsewhere.  An example of an adapter in
 * C, and the implementation that the tests demand to see caught.  Build:
 *
 *     cc -O2 -o naive_series reference/adapters/naive_series.c -lm
 */
#include <complex.h>
#include <math.h>
#include <stdio.h>

static double complex
mittag_leffler(double alpha, double beta, double complex z)
{
    double complex sum = 0, power = 1;
    for (int k = 0; k < 2000; k++) {
        double x = alpha * k + beta;
        double complex term = x <= 0 && x == floor(x) ? 0 : power / tgamma(x);
        if (k > 10 && cabs(term) <= 1e-18 * cabs(sum)) {
            break;
        }
        sum += term;
        power *= z;
    }
    return sum;
}

int
main(void)
{
    char line[1024];
    while (fgets(line, sizeof line, stdin) != NULL) {
        double alpha, beta, re, im = 0;
        int n = sscanf(line, "%lf %lf %lf %lf", &alpha, &beta, &re, &im);
        if (n < 3) {
            puts("refuse");
        } else if (n == 3) { /* real z: one number */
            printf("%.17g\n", creal(mittag_leffler(alpha, beta, re)));
        } else {
            double complex e = mittag_leffler(alpha, beta, re + im * I);
            printf("%.17g\t%.17g\n", creal(e), cimag(e));
        }
        fflush(stdout); /* or every batch waits for the time limit */
    }
    return 0;
}
