/* simulate/bench/p-walk.c - jumps per second and core, against scalar exp().
 *
 * Thread CPU time, one thread, best of three.  `normalised` is the rate on a
 * machine whose exp() takes 5.0 ns.
 */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "simulate/impl.h"

enum { TIMES = 41, WALKERS = 60000, REPEAT = 3 };

#define EXP_REFERENCE 5.0e-9

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds of one exp(): a chain, so that nothing is vectorised away. */
static double
yardstick(void)
{
    enum { N = 4000000 };
    double best = (double)INFINITY;

    for (int r = 0; r < REPEAT; r++) {
        volatile double sink;
        double start = now(), sum = 0.0;

        for (int i = 0; i < N; i++)
            sum += exp(-1e-6 * i);
        best = fmin(best, (now() - start) / N);
        sink = sum;
        (void)sink;
    }
    return best;
}

/* Jumps per second; 0 when the walk failed. */
static double
rate(const mlsim_walk_options *o)
{
    double best = 0.0;

    for (int r = 0; r < REPEAT; r++) {
        mlsim_walk_result result;
        double start = now();
        ml_status status = mlsim_walk(&result, o);
        double seconds = now() - start;

        if (status != ML_OK)
            return 0.0;
        best = fmax(best, (double)result.jumps / seconds);
        mlsim_walk_clear(&result);
    }
    return best;
}

/* Seconds per lane of one batch function. */
static double
batch(int which)
{
    enum { N = 100000 };
    static double u[MLSIM_LANES], v[MLSIM_LANES], w[MLSIM_LANES];
    uint64_t index[MLSIM_LANES], walker[MLSIM_LANES];
    double best = (double)INFINITY;

    for (uint64_t i = 0; i < MLSIM_LANES; i++) {
        index[i] = 0;
        walker[i] = i;
    }
    mlsim_uniforms(u, v, index, walker, MLSIM_LANES, 1, 0);
    for (int r = 0; r < REPEAT; r++) {
        double start = now();

        for (int i = 0; i < N; i++) {
            index[i % MLSIM_LANES]++;
            if (which == 0)
                mlsim_uniforms(u, v, index, walker, MLSIM_LANES, 1, 0);
            else if (which == 1)
                mlsim_fill_ml(w, u, v, MLSIM_LANES, 0.45, 1.0);
            else
                mlsim_fill_pareto(w, u, v, MLSIM_LANES, 0.45, 1.0);
        }
        best = fmin(best, (now() - start) / N / MLSIM_LANES);
    }
    return best;
}

int
main(void)
{
    static const char *const laws[] = {"ml", "pareto"};
    static const char *const parts[] = {"philox", "ml wait", "pareto wait"};
    static const double q[] = {0.5, 1.0, 2.0};
    double times[TIMES], one = yardstick();

    mlsim_log_times(times, TIMES, 1.0, 1e4);
    printf("# exp(): %.2f ns\n", 1e9 * one);
    printf("what\tjumps_per_s\tnormalised\texp_per_jump\n");
    for (int l = 0; l < 2; l++)
        for (int k = 0; k < 4; k++) {
            mlsim_walk_options o = {.law = mlsim_law_find(laws[l]),
                                    .beta = 0.45,
                                    .tau = 1.0,
                                    .dim = 3,
                                    .jump = k == 3 ? MLSIM_JUMP_FIXED
                                                   : MLSIM_JUMP_GAUSS,
                                    .jump_sigma = 1.0,
                                    .walkers = WALKERS,
                                    .times = k == 0 ? times + TIMES - 1 : times,
                                    .ntimes = k == 0 ? 1 : TIMES,
                                    .q = q,
                                    .nq = k == 2 ? 3 : 0,
                                    .seed = 1,
                                    .threads = 1};
            static const char *const what[] = {
                "1 time", "41 times", "41 times, 3 q", "41 times, fixed jumps"};
            double f = rate(&o);

            if (f == 0.0) {
                fprintf(stderr, "p-walk: the walk failed\n");
                return EXIT_FAILURE;
            }
            printf("%s, %s\t%.3g\t%.3g\t%.2f\n", laws[l], what[k], f,
                   f * one / EXP_REFERENCE, 1 / (f * one));
        }
    for (int k = 0; k < 3; k++) {
        double s = batch(k);

        printf("%s alone\t%.3g\t%.3g\t%.2f\n", parts[k], 1 / s,
               one / s / EXP_REFERENCE, s / one);
    }
    return EXIT_SUCCESS;
}
