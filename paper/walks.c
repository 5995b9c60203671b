/* paper/walks.c - the walks that several claims and the figures share. */
#include "paper/impl.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

/* 3-D, jumps of length 1 in any direction. */
static mlsim_walk_options
options_of(const char *law, double beta, const double *times, size_t n,
           uint64_t seed, int threads)
{
    mlsim_walk_options o;

    memset(&o, 0, sizeof o);
    o.law = mlsim_law_find(law);
    o.beta = beta;
    o.tau = 1;
    o.dim = 3;
    o.jump = MLSIM_JUMP_FIXED;
    o.jump_sigma = 1 / sqrt(3);
    o.times = times;
    o.ntimes = n;
    o.seed = seed;
    o.threads = threads;
    return o;
}

static void
run(mlpaper_walks *w, mlsim_walk_result *r, mlsim_walk_options *o,
    uint64_t walkers)
{
    o->walkers = walkers;
    w->status |= o->law ? mlsim_walk(r, o) : ML_UNABLE;
}

void
mlpaper_walks_run(mlpaper_walks *w, uint64_t walkers, uint64_t seed,
                  int threads)
{
    static const double pareto_beta[2] = {.45, .7};
    const double q[WALK_Q] = {WALK_SMALL_Q, PI, 2.5 * PI};
    mlsim_walk_options o;

    memset(w, 0, sizeof *w);
    memcpy(w->q, q, sizeof q);
    mlsim_log_times(w->times, WALK_TIMES, 0.1, 1e4);
    w->pareto_times[0] = 1e3;
    w->pareto_times[1] = 1e5;
    w->age = 1e4;
    mlsim_log_times(w->aged_times, AGED_TIMES, 0.01 * w->age, 10 * w->age);

    o = options_of("ml", .45, w->times, WALK_TIMES, seed, threads);
    o.q = w->q;
    o.nq = WALK_Q;
    run(w, &w->ml, &o, w->walkers = walkers);

    for (int i = 0; i < 2; i++) {
        size_t n = i == 0 ? 2 : 1;
        o = options_of("pareto", pareto_beta[i], w->pareto_times, n,
                       seed + 1 + (uint64_t)i, threads);
        o.bins_per_decade = 4;
        o.bins_lo = 1;
        o.bins_hi = 1e3;
        run(w, &w->pareto[i], &o, walkers / 2);
    }
    o = options_of("ml", .45, w->aged_times, AGED_TIMES, seed + 3, threads);
    o.age = w->age;
    o.q = w->q;
    o.nq = WALK_Q;
    run(w, &w->aged, &o, walkers / 4);
}

void
mlpaper_walks_clear(mlpaper_walks *w)
{
    mlsim_walk_clear(&w->ml);
    mlsim_walk_clear(&w->pareto[0]);
    mlsim_walk_clear(&w->pareto[1]);
    mlsim_walk_clear(&w->aged);
}
