/* simulate/impl.h - what the files of this room share. */
#ifndef SIMULATE_IMPL_H
#define SIMULATE_IMPL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <acb.h>
#include <arb.h>

#include "mlfunc/strict.h"
#include "simulate/simulate.h"

/* --------------------------------------------------- batches of fixed length */

/* Batches have MLSIM_LANES numbers, or n, a multiple of MLSIM_CHUNK; no result
 * depends on the chunk. */
#define MLSIM_LANES 64
#define MLSIM_CHUNK 16

/* ------------------------------------------------------------------- sums */

/* Sums with a running compensation (Neumaier), side by side. */
typedef struct {
    double *sum, *rest;
} mlsim_sums;

double mlsim_sum_get(const mlsim_sums *s, size_t i);

/* Exact sums of integers, 128 bits. */
typedef struct {
    uint64_t *lo, *hi;
} mlsim_counts;

double mlsim_count_get(const mlsim_counts *c, size_t i);

/*
 * The sums over one block of walkers, and over a run.  Each has a place for
 * every time, padded to a multiple of MLSIM_CHUNK; sums for a time t and a q
 * are at q padded + t.
 */
typedef struct {
    size_t padded, nq, nbins;
    mlsim_counts n, n2;
    mlsim_sums r2, r4;
    mlsim_sums c, c2; /* 1 - cos(q x) and its square */
    mlsim_sums l, l2; /* 1 - lambda^n and its square */
    uint64_t *bins;   /* nbins */
    uint64_t waits, jumps;
} mlsim_tally;

bool mlsim_tally_init(mlsim_tally *t, size_t ntimes, size_t nq, size_t nbins);
void mlsim_tally_zero(mlsim_tally *t);
void mlsim_tally_merge(mlsim_tally *t, const mlsim_tally *add);
void mlsim_tally_clear(mlsim_tally *t);

/* ---------------------------------------------------------- random numbers */

/* Streams of one seed: they occupy the top byte of the jump word. */
enum {
    MLSIM_STREAM_WAIT = 0,     /* waiting times: index = jump */
    MLSIM_STREAM_GAUSS = 1,    /* displacements: index = 2 interval + pair */
    MLSIM_STREAM_DIRECTION = 2 /* directions of fixed jumps: index = jump */
};

/*
 * mlsim_uniforms - two uniforms in (0,1) for each pair (index, walker).
 *
 * Philox4x32-10, counter words (index lo, index hi + 2^24 stream, walker lo,
 * walker hi), key = seed (lo, hi).  Domain: index < 2^56.
 */
void mlsim_uniforms(double *restrict u, double *restrict v,
                    const uint64_t *restrict index,
                    const uint64_t *restrict walker, size_t n, uint64_t seed,
                    uint64_t stream);

/* Four words of one block, for the known-answer tests. */
void mlsim_philox(uint32_t out[4], const uint32_t counter[4],
                  const uint32_t key[2]);

/* (k + 1/2) 2^-52 for the upper 52 bits k of w: open interval, exact. */
#define MLSIM_ONE_BITS UINT64_C(0x3ff0000000000000)
#define MLSIM_ONE_LESS (1.0 - 0x1p-53)

static inline double
mlsim_uniform(uint64_t w)
{
    union {
        uint64_t bits;
        double x;
    } u = {MLSIM_ONE_BITS | (w >> 12)};

    return u.x - MLSIM_ONE_LESS;
}

/* w[i] = law->wait(u[i], v[i], beta, tau), i < n <= MLSIM_LANES, the same
 * bits. */
void mlsim_fill_ml(double *restrict w, const double *restrict u,
                   const double *restrict v, size_t n, double beta, double tau);
void mlsim_fill_pareto(double *restrict w, const double *restrict u,
                       const double *restrict v, size_t n, double beta,
                       double tau);

/* The same for any law. */
void mlsim_fill(double *restrict w, const mlsim_law *law,
                const double *restrict u, const double *restrict v, size_t n,
                double beta, double tau);

/* What lanes_walk.c has for one instruction set. */
typedef struct {
    void (*uniforms)(double *restrict u, double *restrict v,
                     const uint64_t *restrict index,
                     const uint64_t *restrict walker, size_t n, uint64_t seed,
                     uint64_t stream);
    void (*fill_ml)(double *restrict w, const double *restrict u,
                    const double *restrict v, size_t n, double beta,
                    double tau);
    void (*fill_pareto)(double *restrict w, const double *restrict u,
                        const double *restrict v, size_t n, double beta,
                        double tau);
    /* Box-Muller: two independent standard normals from two uniforms. */
    void (*normals)(double *restrict g, double *restrict h,
                    const double *restrict u, const double *restrict v,
                    size_t n);
    /* Unit vectors, x[d][i], d < dim, uniform over directions. */
    void (*directions)(double (*x)[MLSIM_LANES], int dim,
                       const double *restrict u, const double *restrict v);
    /* Squared lengths, and their squares. */
    void (*lengths)(double *restrict r2, double *restrict r4,
                    const double *restrict pos, int dim, size_t n);
    /* x = 1 - x, and its square. */
    void (*distances)(double *restrict x, double *restrict squares, size_t n);
    /* What a walker adds to the sums; n is a multiple of MLSIM_CHUNK. */
    void (*count)(const mlsim_counts *c, const mlsim_counts *squares,
                  const uint64_t *restrict x, size_t n);
    void (*add)(const mlsim_sums *s, size_t at, const double *restrict x,
                size_t n);
    /* clock += w, one more jump; bit i of the result: due[i] < clock[i]. */
    uint64_t (*jump)(double *restrict clock, uint64_t *restrict jumps,
                     const double *restrict w, const double *restrict due);
} mlsim_kernels;

extern const mlsim_kernels mlsim_kernels_baseline;
#if defined(__x86_64__)
extern const mlsim_kernels mlsim_kernels_avx2;
extern const mlsim_kernels mlsim_kernels_avx512;
#endif

/* Those of ml_cpu(). */
const mlsim_kernels *mlsim_kernels_now(void);

/* The functions of mlfunc/batch.h for one number. */
double mlsim_log(double x);
double mlsim_exp(double x);
double mlsim_sinpi(double x);

/* ------------------------------------------------------------------ a block */

/* What all blocks of a run share; derived once from the options. */
typedef struct {
    const mlsim_walk_options *o;
    size_t nobs;       /* ntimes, + 1 when age > 0: the age itself first */
    double *obs;       /* nobs ascending clock times */
    double *q_turns;   /* q / (2 pi) */
    double *ln_lambda; /* ln |lambda(q)|, -inf for lambda = 0 */
    bool *negative;    /* lambda(q) < 0 */
    size_t nbins;
    double ln_tau, ln_lo, per_bin; /* bin = (ln w - ln_tau - ln_lo) per_bin */
} mlsim_plan;

/* Walks walkers first .. first + count - 1 and adds them to the tally. */
ml_status mlsim_block(mlsim_tally *tally, const mlsim_plan *plan,
                      uint64_t first, uint64_t count);

/* Straight lines through the histogram; weights = counts. */
void mlsim_slopes(mlsim_walk_result *r);

/* ------------------------------------------------------------------- theory */

/*
 * H_lambda(x) = sum_{n>=1} lambda^(n-1) P(T_n <= x tau), Pareto waits: so
 * <N> = H_1 and F = 1 - (1 - lambda) H_lambda.  Its transform is
 * psi / (s (1 - lambda psi)).
 *
 * The methods; each gives a value whose radius covers rounding only.
 *   renewal   the renewal equation interval by interval, 1 <= x <= 64
 *   poles     integral along the cut and residues at the zeros of 1 - lambda
 *             psi, x >= 6, lambda != 0
 *   euler     Fourier series on a vertical line with Euler summation, x >= 16
 */
ml_status mlsim_pareto_renewal(arb_t res, const arb_t beta, const arb_t lambda,
                               const arb_t x, slong nodes, slong prec);
ml_status mlsim_pareto_poles(arb_t res, const arb_t beta, const arb_t lambda,
                             const arb_t x, slong prec);
ml_status mlsim_pareto_euler(arb_t res, const arb_t beta, const arb_t lambda,
                             const arb_t x, slong m, slong prec);

/* E_b(-w), Re w >= 0: encloses it for every point of w [simulate A1]; 0 < b <=
 * 1.  ML_UNABLE where w reaches into the left half plane. */
ml_status mlsim_relaxation(acb_t res, const arb_t beta, const acb_t w,
                           slong prec);

/* psi(s) = b E_{1+b}(s), the transform of the Pareto density with tau = 1. */
void mlsim_pareto_psi(acb_t res, const arb_t beta, const acb_t s, slong prec);

/* H_lambda with the radius that the agreement of two methods suggests. */
ml_status mlsim_pareto_h(arb_t res, const arb_t beta, const arb_t lambda,
                         const arb_t x, slong prec);

#endif
