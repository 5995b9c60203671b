/* simulate/block.c - one block of walkers, MLSIM_LANES at a time.
 *
 * Each lane holds one walker.  A step draws one waiting time per lane, notes
 * the state at every observation time that the jump passes, and gives the lane
 * to the next walker once the last one is passed.  A walker's numbers depend
 * on its index only, so lanes and blocks leave no trace in them.  Those who
 * have finished wait in a queue, so that their normals are drawn in batches,
 * and are added to the sums in the order in which they finished.
 */
#include "simulate/impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mlfunc/batch.h"

typedef struct {
    const mlsim_plan *plan;
    const mlsim_walk_options *o;
    const mlsim_kernels *kernels;
    mlsim_tally *tally;
    uint64_t next, end; /* walkers not yet begun */
    int active;

    double clock[MLSIM_LANES]; /* time of the last jump */
    double due[MLSIM_LANES];   /* next observation; infinite: idle lane */
    uint64_t walker[MLSIM_LANES], jump[MLSIM_LANES];
    size_t seen[MLSIM_LANES];    /* observations made */
    double x[3][MLSIM_LANES];    /* position in jump lengths (fixed jumps) */
    double step[3][MLSIM_LANES]; /* the jump about to be made */
    double u[MLSIM_LANES], v[MLSIM_LANES], w[MLSIM_LANES], ln_w[MLSIM_LANES];

    uint64_t *n_at; /* [lane][nobs] */
    double *x_at;   /* [dim][lane][nobs], fixed jumps only */

    /* Finished walkers, Gaussian jumps only. */
    size_t slots, queued;
    uint64_t *late;    /* [slots] their indices */
    uint64_t *late_at; /* [slots][nobs] */

    /* Their intervals with jumps: 2 interval, walker, and three normals, a
     * fourth one unused. */
    size_t room;
    uint64_t *index, *who;
    double *normal[4];

    /* One finished walker, over times padded to a multiple of MLSIM_CHUNK. */
    size_t padded;
    double *pos;            /* [dim][padded] displacement since the age */
    double *n;              /* [padded] jumps since the age */
    uint64_t *count;        /* the same */
    double *a, *b, *square; /* [padded] scratch */
} block;

static void
begin(block *s, int lane)
{
    bool idle = s->next == s->end;

    s->walker[lane] = idle ? 0 : s->next++;
    s->due[lane] = idle ? (double)INFINITY : s->plan->obs[0];
    s->clock[lane] = 0.0;
    s->jump[lane] = 0;
    s->seen[lane] = 0;
    for (int d = 0; d < 3; d++)
        s->x[d][lane] = 0.0;
    s->active += !idle;
}

/* Notes the state at all observation times before the lane's clock; it is that
 * before the jump which has been counted already.  A jump at an observation
 * time has happened by then. */
static void
observe(block *s, int lane)
{
    size_t nobs = s->plan->nobs, k = s->seen[lane];
    size_t at = (size_t)lane * nobs, all = (size_t)MLSIM_LANES * nobs;
    const double *obs = s->plan->obs;
    double then = s->clock[lane];
    uint64_t jumps = s->jump[lane] - 1;

    for (; k < nobs && obs[k] < then; k++) {
        s->n_at[at + k] = jumps;
        for (int d = 0; s->x_at && d < s->o->dim; d++)
            s->x_at[(size_t)d * all + at + k] = s->x[d][lane];
    }
    s->seen[lane] = k;
    if (k < nobs)
        s->due[lane] = obs[k];
}

/* ------------------------------------------------- what a walker leaves behind */

static void
count_jumps(block *s, const uint64_t *at)
{
    size_t nt = s->o->ntimes;
    size_t base = s->plan->nobs - nt;
    uint64_t start = base ? at[0] : 0;

    for (size_t i = 0; i < nt; i++) {
        s->count[i] = at[base + i] - start;
        s->n[i] = (double)s->count[i];
    }
    s->kernels->count(&s->tally->n, &s->tally->n2, s->count, s->padded);
    s->tally->jumps += at[s->plan->nobs - 1];
}

/* Lists the intervals in which queued walkers jump; returns their number. */
static size_t
list_intervals(block *s)
{
    size_t nt = s->o->ntimes, nobs = s->plan->nobs, base = nobs - nt, n = 0;

    for (size_t q = 0; q < s->queued; q++) {
        const uint64_t *at = s->late_at + q * nobs;
        uint64_t before = base ? at[0] : 0;

        for (size_t i = 0; i < nt; i++) {
            s->index[n] = 2 * i;
            s->who[n] = s->late[q];
            n += at[base + i] > before;
            before = at[base + i];
        }
    }
    return n;
}

/* Normals for the n intervals of the list.  Their numbers are named by the
 * interval. */
static void
draw_normals(block *s, size_t n)
{
    for (size_t k = 0; k < n; k += MLSIM_LANES) {
        size_t left = n - k < MLSIM_LANES ? n - k : MLSIM_LANES;
        size_t m = (left + MLSIM_CHUNK - 1) / MLSIM_CHUNK * MLSIM_CHUNK;

        for (int pair = 0; 2 * pair < s->o->dim; pair++) {
            s->kernels->uniforms(s->u, s->v, s->index + k, s->who + k, m,
                                 s->o->seed, MLSIM_STREAM_GAUSS);
            s->kernels->normals(s->normal[2 * pair] + k,
                                s->normal[2 * pair + 1] + k, s->u, s->v, m);
            for (size_t i = 0; i < m; i++)
                s->index[k + i]++;
        }
    }
}

/*
 * The sum of m independent Gaussian jumps is one Gaussian of variance m.  Only
 * intervals with jumps have one: the next of the list, from k on.  Returns what
 * follows.
 */
static size_t
move_gauss(block *s, size_t k)
{
    double sum[3] = {0.0};
    uint64_t before = 0;

    for (size_t i = 0; i < s->o->ntimes; i++) {
        if (s->count[i] > before) {
            double scale =
                s->o->jump_sigma * sqrt((double)(s->count[i] - before));

            for (int d = 0; d < 3; d++)
                sum[d] += scale * s->normal[d][k];
            before = s->count[i];
            k++;
        }
        for (int d = 0; d < s->o->dim; d++)
            s->pos[(size_t)d * s->padded + i] = sum[d];
    }
    return k;
}

static void
move_fixed(block *s, int lane)
{
    size_t nt = s->o->ntimes, nobs = s->plan->nobs;
    size_t base = nobs - nt;
    double a = s->o->jump_sigma * sqrt((double)s->o->dim);

    for (int d = 0; d < s->o->dim; d++) {
        const double *at = s->x_at + ((size_t)d * MLSIM_LANES + lane) * nobs;
        double start = base ? at[0] : 0.0;

        for (size_t i = 0; i < nt; i++)
            s->pos[(size_t)d * s->padded + i] = a * (at[base + i] - start);
    }
}

static void
add_displacements(block *s)
{
    size_t n = s->padded;

    s->kernels->lengths(s->a, s->b, s->pos, s->o->dim, n);
    s->kernels->add(&s->tally->r2, 0, s->a, n);
    s->kernels->add(&s->tally->r4, 0, s->b, n);
}

/* Adds 1 - x and its square: distances from 1, the squares of which do not
 * cancel at short times, and 0 beyond the last time.  x is lost. */
static void
add_distance(block *s, const mlsim_sums *sums, const mlsim_sums *squares,
             size_t at, double *x)
{
    size_t n = s->padded;

    s->kernels->distances(x, s->square, n);
    s->kernels->add(sums, at, x, n);
    s->kernels->add(squares, at, s->square, n);
}

static void
add_scattering(block *s, size_t j)
{
    size_t n = s->padded, at = j * n;
    mlsim_tally *t = s->tally;

    for (size_t i = 0; i < n; i++) {
        s->a[i] = s->pos[i] * s->plan->q_turns[j];
        /* 0 * -inf would be no number: lambda = 0, n = 0 gives 1 */
        s->b[i] = s->n[i] > 0.0 ? s->n[i] * s->plan->ln_lambda[j] : 0.0;
    }
    ml_batch_cos2pi(s->a, s->a, n);
    ml_batch_exp(s->b, s->b, n);
    if (s->plan->negative[j])
        for (size_t i = 0; i < n; i++)
            s->b[i] = s->count[i] % 2 == 1 ? -s->b[i] : s->b[i];
    add_distance(s, &t->c, &t->c2, at, s->a);
    add_distance(s, &t->l, &t->l2, at, s->b);
}

/* Adds the walker of s->count, s->n and s->pos. */
static void
add_walker(block *s)
{
    add_displacements(s);
    for (size_t j = 0; j < s->o->nq; j++)
        add_scattering(s, j);
}

static void
empty_queue(block *s)
{
    size_t k = 0;

    draw_normals(s, list_intervals(s));
    for (size_t q = 0; q < s->queued; q++) {
        count_jumps(s, s->late_at + q * s->plan->nobs);
        k = move_gauss(s, k);
        add_walker(s);
    }
    s->queued = 0;
}

static void
finish(block *s, int lane)
{
    size_t nobs = s->plan->nobs;
    const uint64_t *at = s->n_at + (size_t)lane * nobs;

    s->active--;
    if (s->o->jump == MLSIM_JUMP_FIXED) {
        count_jumps(s, at);
        move_fixed(s, lane);
        add_walker(s);
        return;
    }
    s->late[s->queued] = s->walker[lane];
    memcpy(s->late_at + s->queued * nobs, at, nobs * sizeof *at);
    if (++s->queued == s->slots)
        empty_queue(s);
}

/* --------------------------------------------------------------------- steps */

/* Waits, and jumps of fixed length, for n walkers. */
static void
draw_for(block *s, const uint64_t *jump, const uint64_t *walker, size_t n)
{
    const mlsim_walk_options *o = s->o;
    size_t m = (n + MLSIM_CHUNK - 1) / MLSIM_CHUNK * MLSIM_CHUNK;

    s->kernels->uniforms(s->u, s->v, jump, walker, m, o->seed,
                         MLSIM_STREAM_WAIT);
    mlsim_fill(s->w, o->law, s->u, s->v, n, o->beta, o->tau);
    if (o->jump == MLSIM_JUMP_FIXED) {
        s->kernels->uniforms(s->u, s->v, jump, walker, m, o->seed,
                             MLSIM_STREAM_DIRECTION);
        s->kernels->directions(s->step, o->dim, s->u, s->v);
    }
}

/* Near the end of a block most lanes are idle: the others move up to draw. */
static void
draw(block *s)
{
    uint64_t jump[MLSIM_LANES] = {0}, walker[MLSIM_LANES] = {0};
    int from[MLSIM_LANES], n = 0;

    if (s->active > MLSIM_LANES - MLSIM_CHUNK) {
        draw_for(s, s->jump, s->walker, MLSIM_LANES);
        return;
    }
    for (int i = 0; i < MLSIM_LANES; i++) {
        if (s->due[i] == (double)INFINITY)
            continue;
        from[n] = i;
        jump[n] = s->jump[i];
        walker[n++] = s->walker[i];
    }
    draw_for(s, jump, walker, (size_t)n);
    /* from[k] >= k: what is read has not been overwritten */
    for (int k = n - 1; k >= 0; k--) {
        s->w[from[k]] = s->w[k];
        for (int d = 0; d < 3; d++)
            s->step[d][from[k]] = s->step[d][k];
    }
}

/* Counts the waits of all lanes that are not idle. */
static void
bin(block *s)
{
    const mlsim_plan *p = s->plan;

    ml_batch_log(s->ln_w, s->w, MLSIM_LANES);
    for (int i = 0; i < MLSIM_LANES; i++) {
        double at = (s->ln_w[i] - p->ln_tau - p->ln_lo) * p->per_bin;

        if (at >= 0.0 && at < (double)p->nbins && s->due[i] != (double)INFINITY)
            s->tally->bins[(size_t)at]++;
    }
}

/* Lanes that are idle jump too: nobody looks. */
static void
step(block *s)
{
    uint64_t passed, finished = 0;

    draw(s);
    s->tally->waits += (uint64_t)s->active;
    if (s->plan->nbins)
        bin(s);
    passed = s->kernels->jump(s->clock, s->jump, s->w, s->due);
    for (; passed; passed &= passed - 1) {
        int i = __builtin_ctzll(passed);

        observe(s, i);
        if (s->seen[i] == s->plan->nobs) {
            finish(s, i);
            finished |= passed & -passed;
        }
    }
    if (s->o->jump == MLSIM_JUMP_FIXED)
        for (int d = 0; d < s->o->dim; d++)
            for (int i = 0; i < MLSIM_LANES; i++)
                s->x[d][i] += s->step[d][i];
    for (; finished; finished &= finished - 1)
        begin(s, __builtin_ctzll(finished));
}

static bool
allocate_queue(block *s)
{
    size_t nt = s->o->ntimes;

    s->slots = nt < MLSIM_LANES ? MLSIM_LANES / nt : 1;
    s->room = s->slots * nt + MLSIM_LANES; /* lists are read in whole chunks */
    s->late = calloc(s->slots * (s->plan->nobs + 1), sizeof *s->late);
    s->index = calloc(2 * s->room, sizeof *s->index);
    s->normal[0] = calloc(4 * s->room, sizeof *s->normal[0]);
    if (!s->late || !s->index || !s->normal[0])
        return false;
    s->late_at = s->late + s->slots;
    s->who = s->index + s->room;
    for (int d = 1; d < 4; d++)
        s->normal[d] = s->normal[d - 1] + s->room;
    return true;
}

static bool
allocate(block *s)
{
    size_t lanes_obs = (size_t)MLSIM_LANES * s->plan->nobs;
    size_t dim = (size_t)s->o->dim;

    s->padded = (s->o->ntimes + MLSIM_CHUNK - 1) / MLSIM_CHUNK * MLSIM_CHUNK;
    s->n_at = calloc(lanes_obs, sizeof *s->n_at);
    if (s->o->jump == MLSIM_JUMP_FIXED)
        s->x_at = calloc(dim * lanes_obs, sizeof *s->x_at);
    s->pos = calloc((dim + 4) * s->padded, sizeof *s->pos);
    s->count = calloc(s->padded, sizeof *s->count);
    if (!s->n_at || !s->pos || !s->count
        || (s->o->jump == MLSIM_JUMP_FIXED && !s->x_at))
        return false;
    s->n = s->pos + dim * s->padded;
    s->a = s->n + s->padded;
    s->b = s->a + s->padded;
    s->square = s->b + s->padded;
    return s->o->jump == MLSIM_JUMP_FIXED || allocate_queue(s);
}

ml_status
mlsim_block(mlsim_tally *tally, const mlsim_plan *plan, uint64_t first,
            uint64_t count)
{
    ml_status status = ML_NOMEM;
    block *s = calloc(1, sizeof *s);

    if (!s)
        return ML_NOMEM;
    s->plan = plan;
    s->o = plan->o;
    s->kernels = mlsim_kernels_now();
    s->tally = tally;
    s->next = first;
    s->end = first + count;
    if (allocate(s)) {
        for (int i = 0; i < MLSIM_LANES; i++)
            begin(s, i);
        while (s->active > 0)
            step(s);
        if (s->queued > 0)
            empty_queue(s);
        status = ML_OK;
    }
    free(s->n_at);
    free(s->x_at);
    free(s->pos);
    free(s->count);
    free(s->late);
    free(s->index);
    free(s->normal[0]);
    free(s);
    return status;
}
