/* simulate/walk.c - an ensemble: options, blocks to threads, means.
 *
 * The size of a block depends on the number of walkers alone, blocks are added
 * in index order, so the bytes do not depend on who computed them.
 */
#include "simulate/impl.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

#define WAVE 128 /* blocks whose sums are kept at a time */

enum { MAX_BINS = 2000 };

static size_t
count_bins(const mlsim_walk_options *o)
{
    double decades;

    if (o->bins_per_decade <= 0)
        return 0;
    decades = mlsim_log(o->bins_hi / o->bins_lo) / mlsim_log(10.0);
    /* 1e-9: a range of whole bins must not lose or gain one to rounding */
    return (size_t)ceil(decades * o->bins_per_decade - 1e-9);
}

static bool
valid_lists(const mlsim_walk_options *o)
{
    double before = 0.0;

    if (!o->times || o->ntimes == 0 || o->ntimes > SIZE_MAX / 4096)
        return false;
    for (size_t i = 0; i < o->ntimes; i++) {
        if (!(o->times[i] > before) || !isfinite(o->age + o->times[i]))
            return false;
        if (o->age + o->times[i] == o->age + before)
            return false; /* the age swallows the lag */
        before = o->times[i];
    }
    for (size_t j = 0; j < o->nq; j++)
        /* 1e4: q x / (2 pi) must stay far below 2^51 for every walk */
        if (!(o->q[j] >= 0.0) || !(o->q[j] * o->jump_sigma <= 1e4))
            return false;
    return true;
}

static bool
valid_bins(const mlsim_walk_options *o)
{
    if (o->bins_per_decade == 0)
        return true;
    return o->bins_per_decade > 0 && o->bins_per_decade <= MAX_BINS
           && o->bins_lo > 0.0 && o->bins_hi > o->bins_lo
           && isfinite(o->bins_hi) && isfinite(o->bins_hi / o->bins_lo)
           && count_bins(o) >= 1 && count_bins(o) <= MAX_BINS;
}

static bool
valid(const mlsim_walk_options *o)
{
    return o->law && o->beta > 0.0 && o->beta <= o->law->beta_max
           && !(o->law->beta_max_open && o->beta == o->law->beta_max)
           && o->tau > 0.0 && isfinite(o->tau) && o->dim >= 1 && o->dim <= 3
           && (o->jump == MLSIM_JUMP_GAUSS || o->jump == MLSIM_JUMP_FIXED)
           && o->jump_sigma >= 0.0 && isfinite(o->jump_sigma) && o->walkers >= 2
           && o->walkers <= UINT64_C(1) << 53 && o->age >= 0.0
           && isfinite(o->age) && valid_lists(o) && valid_bins(o);
}

/* ---------------------------------------------------------------- the plan */

static ml_status
plan_scattering(mlsim_plan *p)
{
    const mlsim_walk_options *o = p->o;
    ml_status status = ML_OK;
    arb_t lambda, sigma, q;

    arb_init(lambda);
    arb_init(sigma);
    arb_init(q);
    arb_set_d(sigma, o->jump_sigma);
    for (size_t j = 0; j < o->nq; j++) {
        arb_set_d(q, o->q[j]);
        status |= mlsim_lambda(lambda, o->jump, o->dim, sigma, q, 128);
        p->negative[j] = arb_is_negative(lambda);
        arb_abs(lambda, lambda);
        arb_log(lambda, lambda, 128);
        p->ln_lambda[j] = arb_is_finite(lambda)
                              ? arf_get_d(arb_midref(lambda), ARF_RND_NEAR)
                              : -(double)INFINITY;
        arb_const_pi(lambda, 128);
        arb_div(q, q, lambda, 128);
        p->q_turns[j] = 0.5 * arf_get_d(arb_midref(q), ARF_RND_NEAR);
    }
    arb_clear(q);
    arb_clear(sigma);
    arb_clear(lambda);
    return status;
}

static void
plan_clear(mlsim_plan *p)
{
    free(p->obs);
    free(p->q_turns);
    free(p->negative);
}

static ml_status
plan_init(mlsim_plan *p, const mlsim_walk_options *o)
{
    size_t base = o->age > 0.0;

    memset(p, 0, sizeof *p);
    p->o = o;
    p->nobs = o->ntimes + base;
    p->obs = calloc(p->nobs, sizeof *p->obs);
    p->q_turns = calloc(2 * o->nq + 1, sizeof *p->q_turns);
    p->negative = calloc(o->nq + 1, sizeof *p->negative);
    if (!p->obs || !p->q_turns || !p->negative)
        return ML_NOMEM;
    p->ln_lambda = p->q_turns + o->nq;
    p->obs[0] = o->age;
    for (size_t i = 0; i < o->ntimes; i++)
        p->obs[base + i] = o->age + o->times[i];
    p->nbins = count_bins(o);
    if (p->nbins) {
        p->ln_tau = mlsim_log(o->tau);
        p->ln_lo = mlsim_log(o->bins_lo);
        p->per_bin = o->bins_per_decade / mlsim_log(10.0);
    }
    return plan_scattering(p);
}

/* ------------------------------------------------------------------ the run */

typedef struct {
    const mlsim_plan *plan;
    mlsim_tally *tallies; /* WAVE */
    uint64_t first_block, block_size;
    atomic_uint_fast64_t done;
    atomic_int status;
} run;

static void
run_block(size_t i, void *context)
{
    run *r = context;
    const mlsim_walk_options *o = r->plan->o;
    uint64_t first = (r->first_block + i) * r->block_size;
    uint64_t count =
        o->walkers - first < r->block_size ? o->walkers - first : r->block_size;

    mlsim_tally_zero(&r->tallies[i]);
    atomic_fetch_or(&r->status,
                    (int)mlsim_block(&r->tallies[i], r->plan, first, count));
    count += atomic_fetch_add(&r->done, count);
    if (o->progress)
        o->progress(count);
}

/* Some 64 blocks and more, none above 8192 walkers, whole batches. */
static uint64_t
block_size(uint64_t walkers)
{
    uint64_t batches = walkers / 64 / MLSIM_LANES + 1;

    return MLSIM_LANES * (batches < 128 ? batches : 128);
}

static ml_status
run_all(mlsim_tally *total, run *r)
{
    const mlsim_walk_options *o = r->plan->o;
    uint64_t blocks = (o->walkers + r->block_size - 1) / r->block_size;

    while (r->first_block < blocks) {
        uint64_t left = blocks - r->first_block;
        size_t wave = left < WAVE ? (size_t)left : WAVE;

        mlio_parallel_for(wave, o->threads, run_block, r);
        for (size_t i = 0; i < wave; i++)
            mlsim_tally_merge(total, &r->tallies[i]);
        r->first_block += wave;
        if (atomic_load(&r->status) != ML_OK)
            break;
    }
    return (ml_status)atomic_load(&r->status);
}

/* ---------------------------------------------------------------- the means */

/* Standard error of a mean from the sums of m values and of their squares. */
static double
standard_error(double sum, double sum2, double m)
{
    double spread = (sum2 - sum * (sum / m)) / (m - 1.0);

    return spread > 0.0 ? sqrt(spread / m) : 0.0;
}

static void
fill_rows(mlsim_walk_result *res, const mlsim_tally *t,
          const mlsim_walk_options *o)
{
    double m = (double)o->walkers;

    for (size_t i = 0; i < o->ntimes; i++) {
        mlsim_walk_row *row = &res->rows[i];
        double n = mlsim_count_get(&t->n, i);
        double n2 = mlsim_count_get(&t->n2, i);
        double r2 = mlsim_sum_get(&t->r2, i);
        double r4 = mlsim_sum_get(&t->r4, i);

        row->t = o->times[i];
        row->n = n / m;
        row->n_se = standard_error(n, n2, m);
        row->n2 = n2 / m;
        row->msd = r2 / m;
        row->msd_se = standard_error(r2, r4, m);
        row->msd2 = r4 / m;
    }
    for (size_t k = 0; k < o->ntimes * o->nq; k++) {
        mlsim_isf_row *row = &res->isf[k];
        size_t at = k % o->nq * t->padded + k / o->nq;
        double c = mlsim_sum_get(&t->c, at), c2 = mlsim_sum_get(&t->c2, at);
        double l = mlsim_sum_get(&t->l, at), l2 = mlsim_sum_get(&t->l2, at);

        row->t = o->times[k / o->nq];
        row->q = o->q[k % o->nq];
        row->isf = 1.0 - c / m;
        row->isf_se = standard_error(c, c2, m);
        row->isf_rb = 1.0 - l / m;
        row->isf_rb_se = standard_error(l, l2, m);
    }
}

static void
fill_bins(mlsim_walk_result *res, const mlsim_tally *t, const mlsim_plan *p)
{
    for (size_t k = 0; k < p->nbins; k++) {
        double at = p->ln_tau + p->ln_lo;

        res->bins[k].lo = mlsim_exp(at + (double)k / p->per_bin);
        res->bins[k].hi = mlsim_exp(at + (double)(k + 1) / p->per_bin);
        res->bins[k].count = t->bins[k];
    }
    res->waits = t->waits;
    res->jumps = t->jumps;
    mlsim_slopes(res);
}

static ml_status
result_init(mlsim_walk_result *res, const mlsim_plan *p)
{
    const mlsim_walk_options *o = p->o;

    res->rows = calloc(o->ntimes, sizeof *res->rows);
    res->isf = calloc(o->ntimes * o->nq + 1, sizeof *res->isf);
    res->bins = calloc(p->nbins + 1, sizeof *res->bins);
    if (!res->rows || !res->isf || !res->bins)
        return ML_NOMEM;
    res->ntimes = o->ntimes;
    res->nq = o->nq;
    res->nbins = p->nbins;
    return ML_OK;
}

static ml_status
walk(mlsim_walk_result *res, const mlsim_plan *p)
{
    const mlsim_walk_options *o = p->o;
    mlsim_tally total = {0};
    run r = {.plan = p, .block_size = block_size(o->walkers)};
    ml_status status = result_init(res, p);

    r.tallies = calloc(WAVE, sizeof *r.tallies);
    if (!r.tallies || !mlsim_tally_init(&total, o->ntimes, o->nq, p->nbins))
        status |= ML_NOMEM;
    for (size_t i = 0; i < WAVE && status == ML_OK; i++)
        if (!mlsim_tally_init(&r.tallies[i], o->ntimes, o->nq, p->nbins))
            status = ML_NOMEM;
    if (status == ML_OK)
        status = run_all(&total, &r);
    if (status == ML_OK) {
        fill_rows(res, &total, o);
        fill_bins(res, &total, p);
    }
    for (size_t i = 0; i < WAVE && r.tallies; i++)
        mlsim_tally_clear(&r.tallies[i]);
    free(r.tallies);
    mlsim_tally_clear(&total);
    return status;
}

ml_status
mlsim_walk(mlsim_walk_result *result, const mlsim_walk_options *options)
{
    mlsim_plan plan;
    ml_status status;

    memset(result, 0, sizeof *result);
#if !defined(ML_WITH_RANDOM123)
    return ML_UNABLE;
#endif
    if (!valid(options))
        return ML_DOMAIN;
    status = plan_init(&plan, options);
    if (status == ML_OK)
        status = walk(result, &plan);
    plan_clear(&plan);
    if (status != ML_OK)
        mlsim_walk_clear(result);
    return status;
}

void
mlsim_walk_clear(mlsim_walk_result *result)
{
    free(result->rows);
    free(result->isf);
    free(result->bins);
    memset(result, 0, sizeof *result);
}

void
mlsim_log_times(double *times, size_t n, double lo, double hi)
{
    for (size_t i = 0; i < n; i++)
        times[i] = lo
                   * mlsim_exp(mlsim_log(hi / lo) * (double)i
                               / (double)(n > 1 ? n - 1 : 1));
    if (n > 0)
        times[0] = lo;
    if (n > 1)
        times[n - 1] = hi;
}
