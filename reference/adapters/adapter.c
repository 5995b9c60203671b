/* reference/adapters/adapter.c - serves a Mittag-Leffler function in C.
 *
 *     cc -O2 -o my_adapter reference/adapters/adapter.c my_ml.c -lm
 *     mlref verify --function mittag-leffler --cmd ./my_adapter
 *
 * my_ml.c defines
 *
 *     double complex my_ml(double alpha, double beta, double complex z);
 *
 * or, with -DREAL, double my_ml(double alpha, double beta, double z), and z off
 * the real axis is refused.  -DREAL serves ml-relaxation and ml-siegert too:
 * their arguments are alpha, tau, t.  What else it does not serve is for
 * -DSERVES='alpha < 2 && beta == 1' to say.
 *
 * With ADAPTER_REPEAT=N in the environment the points are read first, then
 * evaluated N times, and only the nanoseconds for one value are printed.
 */
#define _POSIX_C_SOURCE 199309L

#include <complex.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifndef SERVES
#    define SERVES alpha > 0
#endif

#ifdef REAL
typedef double number;
#else
typedef double complex number;
#endif

number my_ml(double alpha, double beta, number z);

/* 0, or why there is no value. */
static const char *
evaluate(double complex *e, double alpha, double beta, double complex z)
{
    if (!(SERVES)) {
        return "outside the domain";
    }
#ifdef REAL
    if (cimag(z) != 0) {
        return "z is not real";
    }
    *e = my_ml(alpha, beta, creal(z));
#else
    *e = my_ml(alpha, beta, z);
#endif
    return NULL;
}

/* alpha, beta, z from a line of three or four numbers; their count. */
static int
parse(const char *line, double *alpha, double *beta, double complex *z)
{
    double re, im = 0;
    int n = sscanf(line, "%lf %lf %lf %lf", alpha, beta, &re, &im);
    if (n >= 3) {
        *z = CMPLX(re, im);
    }
    return n;
}

static void
answer(const char *line)
{
    double alpha, beta;
    double complex z, e;
    int n = parse(line, &alpha, &beta, &z);
    const char *why = n < 3 ? "not a point" : evaluate(&e, alpha, beta, z);
    if (why != NULL) {
        printf("# %s\nrefuse\n", why);
    } else if (n == 3) {
        printf("%.17g\n", creal(e));
    } else {
        printf("%.17g\t%.17g\n", creal(e), cimag(e));
    }
}

/* ------------------------------------------------------------------- timing */

enum { MAX_TIMED = 4096 };

static int
measure(long repeats)
{
    static double alpha[MAX_TIMED], beta[MAX_TIMED];
    static double complex z[MAX_TIMED];
    char line[4096];
    int n = 0;
    while (n < MAX_TIMED && fgets(line, sizeof line, stdin) != NULL) {
        n += parse(line, &alpha[n], &beta[n], &z[n]) >= 3;
    }
    struct timespec start, stop;
    double complex e = 0;
    volatile double sum = 0; /* the values are used: nothing is left out */
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (long r = 0; r < repeats; r++) {
        for (int i = 0; i < n; i++) {
            evaluate(&e, alpha[i], beta[i], z[i]);
            sum = sum + creal(e);
        }
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &stop);
    double seconds = (double)(stop.tv_sec - start.tv_sec)
                     + 1e-9 * (double)(stop.tv_nsec - start.tv_nsec);
    printf("%.6g\n", 1e9 * seconds / ((double)repeats * n));
    return n == 0;
}

int
main(void)
{
    char line[4096];
    const char *repeats = getenv("ADAPTER_REPEAT");
    if (repeats != NULL) {
        return measure(atol(repeats));
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        answer(line);
        fflush(stdout); /* or every batch waits for the time limit */
    }
    return 0;
}
