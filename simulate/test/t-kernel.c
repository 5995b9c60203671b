/* simulate/test/t-kernel.c - waits, normals, directions and clocks in lanes. */
#include <math.h>
#include <string.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

static const char *const names[] = {"baseline", "avx2", "avx512"};
enum { VARIANTS = 3, N = MLSIM_LANES };

/* Everything that a table has, from the same inputs. */
typedef struct {
    double u[N], v[N], ml[N], pareto[N], g[N], h[N];
    double one[N], two[2][N], three[3][N], clock[N];
    uint64_t jumps[N], passed;
} outputs;

static void
compute(outputs *o, uint64_t seed, double beta)
{
    const mlsim_kernels *k = mlsim_kernels_now();
    uint64_t index[N], walker[N];
    double clock[N], due[N], none[3][N];

    memset(o, 0, sizeof *o);
    for (uint64_t i = 0; i < N; i++) {
        index[i] = seed * i;
        walker[i] = i << (seed % 60);
    }
    k->uniforms(o->u, o->v, index, walker, N, seed, seed % 3);
    k->fill_ml(o->ml, o->u, o->v, N, beta, 3.0);
    k->fill_pareto(o->pareto, o->u, o->v, N, beta, 3.0);
    k->normals(o->g, o->h, o->u, o->v, N);
    k->directions(none, 1, o->u, o->v);
    memcpy(o->one, none, sizeof o->one);
    k->directions(o->two, 2, o->u, o->v);
    k->directions(o->three, 3, o->u, o->v);
    for (int i = 0; i < N; i++) {
        clock[i] = o->clock[i] = o->u[i];
        o->jumps[i] = (uint64_t)i;
        due[i] = i % 7 == 0   ? (double)INFINITY
                 : i % 5 == 0 ? o->u[i] + o->ml[i]
                              : 10 * o->v[i];
    }
    o->passed = k->jump(o->clock, o->jumps, o->ml, due);
    for (int i = 0; i < N; i++)
        if ((o->passed >> i & 1) != (due[i] < clock[i] + o->ml[i])
            || o->clock[i] != clock[i] + o->ml[i]
            || o->jumps[i] != (uint64_t)i + 1)
            o->passed = 0;
}

/* All variants that run here: the same bytes, and those of single waits. */
static void
variants(void)
{
    static outputs first, next;
    const char *before = ml_cpu();
    bool good = true, waits = true, sometimes = true;
    int count = 0;

    for (uint64_t seed = 1; seed <= 50; seed++) {
        double beta = seed == 50 ? 1.0 : 0.02 * (double)seed;

        count = 0;
        for (int k = 0; k < VARIANTS; k++) {
            if (ml_cpu_select(names[k]) != ML_OK)
                continue;
            compute(count ? &next : &first, seed, beta);
            good &= !count || memcmp(&first, &next, sizeof first) == 0;
            count++;
        }
        for (int i = 0; i < N; i++) {
            double ml =
                mlsim_law_find("ml")->wait(first.u[i], first.v[i], beta, 3.0);
            double pareto = mlsim_law_find("pareto")->wait(
                first.u[i], first.v[i], beta, 3.0);

            waits &= ml == first.ml[i] && pareto == first.pareto[i];
        }
        sometimes &= first.passed != 0 && first.passed != UINT64_MAX;
    }
    ml_status back = ml_cpu_select(before);
    tap_ok(good && back == ML_OK && count >= 1,
           "%d instruction sets give the same bytes", count);
    tap_ok(waits, "batches of waiting times have the bits of single ones");
    tap_ok(sometimes, "clocks: exactly those lanes that pass are named");
}

/* Means and second moments of normals and directions. */
static double
worst_moment(int dim)
{
    enum { REPEAT = 1000 };
    const mlsim_kernels *kernels = mlsim_kernels_now();
    double x[3][N], sum[12] = {0}, worst = 0.0;
    double m = REPEAT * N;

    for (uint64_t k = 0; k < REPEAT; k++) {
        uint64_t i[N], w[N];
        double u[N], v[N];

        for (int j = 0; j < N; j++) {
            i[j] = k;
            w[j] = (uint64_t)j;
        }
        mlsim_uniforms(u, v, i, w, N, 5, 3);
        if (dim == 0)
            kernels->normals(x[0], x[1], u, v, N);
        else
            kernels->directions(x, dim, u, v);
        for (int j = 0; j < N; j++) {
            double norm = 0.0;

            for (int d = 0; d < (dim ? dim : 2); d++) {
                double variance = dim ? 1.0 / dim : 1.0;

                sum[d] += x[d][j] / sqrt(variance);
                sum[d + 3] += (x[d][j] * x[d][j] / variance - 1) / sqrt(2.0);
                sum[d + 6] += x[d][j] * x[(d + 1) % (dim ? dim : 2)][j]
                              / variance * (dim != 1);
                norm += x[d][j] * x[d][j];
            }
            if (dim && fabs(norm - 1.0) > 1e-14)
                return (double)INFINITY;
        }
    }
    for (int k = 0; k < 9; k++)
        worst = fmax(worst, fabs(sum[k]) / sqrt(m));
    return worst;
}

/* One normal pair from known uniforms, and the parts of a batch. */
static void
partial(void)
{
    const mlsim_kernels *k = mlsim_kernels_now();
    double u[N], v[N], g[N], h[N], a[N] = {0}, b[N] = {0};

    for (int i = 0; i < N; i++) {
        u[i] = (i + 0.5) / N;
        v[i] = (i * 37 % N + 0.25) / N;
    }
    k->normals(g, h, u, v, N);
    k->normals(a, b, u, v, MLSIM_CHUNK);
    bool good = memcmp(a, g, MLSIM_CHUNK * sizeof *a) == 0
                && memcmp(b, h, MLSIM_CHUNK * sizeof *b) == 0
                && a[MLSIM_CHUNK] == 0 && b[MLSIM_CHUNK] == 0;
    tap_ok(good, "a part of a batch of normals, and no more");
}

int
main(void)
{
    tap_plan(4 + 4);
#if !defined(ML_WITH_RANDOM123)
    tap_skip(8, "built without Random123");
    return tap_done();
#endif
    variants();
    partial();
    for (int dim = 0; dim <= 3; dim++) {
        double worst = worst_moment(dim);

        tap_ok(worst < 5.0,
               dim ? "directions in %d-D: unit length, first and second "
                     "moments within 5 sd"
                   : "normals: first and second moments within 5 sd",
               dim);
    }
    return tap_done();
}
