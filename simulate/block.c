/* simulate/block.c - one block of walkers, MLSIM_LANES at a time.
 *
 * Each lane holds one walker.  A step draws one waiting time per lane, notes
 * the state at every observation time that the jump passes, and gives the lane
 * to the next walker once the last one is passed.  A walker's numbers depend
 * on its index only, so lanes and blocks leave no trace in them.
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
    double then[MLSIM_LANES]; /* clock + w */

    uint64_t *n_at; /* [lane][nobs] */
    double *x_at;   /* [dim][lane][nobs], fixed jumps only */

    /* One finished walker, over times padded to a multiple of MLSIM_CHUNK. */
    size_t padded;
    double *pos;   /* [dim][padded] displacement since the age */
    double *n;     /* [padded] jumps since the age */
    double *a, *b; /* [padded] scratch */
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

static void
observe(block *s, int lane)
{
    size_t k = (size_t)lane * s->plan->nobs + s->seen[lane];
    size_t all = (size_t)MLSIM_LANES * s->plan->nobs;

    s->n_at[k] = s->jump[lane];
    if (s->x_at)
        for (int d = 0; d < s->o->dim; d++)
            s->x_at[(size_t)d * all + k] = s->x[d][lane];
    s->seen[lane]++;
    if (s->seen[lane] < s->plan->nobs)
        s->due[lane] = s->plan->obs[s->seen[lane]];
}

/* ------------------------------------------------- what a walker leaves behind */

static void
count_jumps(block *s, int lane)
{
    size_t nt = s->o->ntimes;
    size_t base = s->plan->nobs - nt;
    const uint64_t *at = s->n_at + (size_t)lane * s->plan->nobs;
    uint64_t start = base ? at[0] : 0;

    for (size_t i = 0; i < nt; i++) {
        uint64_t n = at[base + i] - start;

        s->n[i] = (double)n;
        mlsim_count_add(&s->tally->n[i], n);
        mlsim_count_add(&s->tally->n2[i], n * n);
    }
    s->tally->jumps += at[s->plan->nobs - 1];
}

/* Normals g[2 pair], g[2 pair + 1] for the n intervals of that list. */
static void
draw_normals(block *s, int lane, double (*g)[MLSIM_LANES],
             const size_t *interval, size_t n)
{
    uint64_t index[MLSIM_LANES], who[MLSIM_LANES];
    size_t m = (n + MLSIM_CHUNK - 1) / MLSIM_CHUNK * MLSIM_CHUNK;

    for (int pair = 0; 2 * pair < s->o->dim; pair++) {
        for (size_t k = 0; k < m; k++) {
            index[k] = 2 * interval[k < n ? k : 0] + (uint64_t)pair;
            who[k] = s->walker[lane];
        }
        s->kernels->uniforms(s->u, s->v, index, who, m, s->o->seed,
                             MLSIM_STREAM_GAUSS);
        s->kernels->normals(g[2 * pair], g[2 * pair + 1], s->u, s->v, m);
    }
}

/*
 * The sum of m independent Gaussian jumps is one Gaussian of variance m.  Only
 * intervals with jumps draw; their numbers are named by the interval.
 */
static void
move_gauss(block *s, int lane)
{
    size_t nt = s->o->ntimes, interval[MLSIM_LANES], done = 0;
    /* four, though dim <= 3: normals come in pairs */
    double g[4][MLSIM_LANES], sum[4] = {0.0};

    while (done < nt) {
        size_t n = 0, from = done, k = 0;

        for (; done < nt && n < MLSIM_LANES; done++)
            if (s->n[done] > (done ? s->n[done - 1] : 0.0))
                interval[n++] = done;
        if (n > 0)
            draw_normals(s, lane, g, interval, n);
        for (size_t i = from; i < done; i++) {
            bool moves = k < n && interval[k] == i;
            double before = i ? s->n[i - 1] : 0.0;
            double scale = s->o->jump_sigma * sqrt(s->n[i] - before);

            for (int d = 0; d < s->o->dim; d++) {
                if (moves)
                    sum[d] += scale * g[d][k];
                s->pos[(size_t)d * s->padded + i] = sum[d];
            }
            k += moves;
        }
    }
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
    for (size_t i = 0; i < s->o->ntimes; i++) {
        double r2 = 0.0;

        for (int d = 0; d < s->o->dim; d++) {
            double x = s->pos[(size_t)d * s->padded + i];

            r2 += x * x;
        }
        mlsim_sum_add(&s->tally->r2[i], r2);
        mlsim_sum_add(&s->tally->r4[i], r2 * r2);
    }
}

static void
add_scattering(block *s, size_t j)
{
    size_t nt = s->o->ntimes, nq = s->o->nq;
    mlsim_tally *t = s->tally;

    for (size_t i = 0; i < s->padded; i++) {
        s->a[i] = i < nt ? s->pos[i] * s->plan->q_turns[j] : 0.0;
        /* 0 * -inf would be no number: lambda = 0, n = 0 gives 1 */
        s->b[i] = s->n[i] > 0.0 ? s->n[i] * s->plan->ln_lambda[j] : 0.0;
    }
    for (size_t k = 0; k < s->padded; k += MLSIM_CHUNK) {
        double c[MLSIM_CHUNK], l[MLSIM_CHUNK];

        ml_batch_cos2pi(c, s->a + k, MLSIM_CHUNK);
        ml_batch_exp(l, s->b + k, MLSIM_CHUNK);
        for (size_t i = 0; k + i < nt && i < MLSIM_CHUNK; i++) {
            size_t m = (k + i) * nq + j;
            bool odd = (uint64_t)s->n[k + i] % 2 == 1;
            double p = s->plan->negative[j] && odd ? -l[i] : l[i];
            /* distances from 1: their squares do not cancel at short times */
            double dc = 1.0 - c[i], dl = 1.0 - p;

            mlsim_sum_add(&t->c[m], dc);
            mlsim_sum_add(&t->c2[m], dc * dc);
            mlsim_sum_add(&t->l[m], dl);
            mlsim_sum_add(&t->l2[m], dl * dl);
        }
    }
}

static void
finish(block *s, int lane)
{
    count_jumps(s, lane);
    if (s->o->jump == MLSIM_JUMP_FIXED)
        move_fixed(s, lane);
    else
        move_gauss(s, lane);
    add_displacements(s);
    for (size_t j = 0; j < s->o->nq; j++)
        add_scattering(s, j);
    s->active--;
}

/* --------------------------------------------------------------------- steps */

static void
draw(block *s)
{
    const mlsim_walk_options *o = s->o;

    s->kernels->uniforms(s->u, s->v, s->jump, s->walker, MLSIM_LANES, o->seed,
                         MLSIM_STREAM_WAIT);
    mlsim_fill(s->w, o->law, s->u, s->v, o->beta, o->tau);
    if (o->jump == MLSIM_JUMP_FIXED) {
        s->kernels->uniforms(s->u, s->v, s->jump, s->walker, MLSIM_LANES,
                             o->seed, MLSIM_STREAM_DIRECTION);
        s->kernels->directions(s->step, o->dim, s->u, s->v);
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

/* All lanes jump, idle ones too: nobody looks. */
static void
jump(block *s)
{
    memcpy(s->clock, s->then, sizeof s->clock);
    for (int i = 0; i < MLSIM_LANES; i++)
        s->jump[i]++;
    if (s->o->jump == MLSIM_JUMP_FIXED)
        for (int d = 0; d < s->o->dim; d++)
            for (int i = 0; i < MLSIM_LANES; i++)
                s->x[d][i] += s->step[d][i];
}

/* The lowest bit that is set. */
static int
lowest(uint64_t bits)
{
    int i = 0;

    while (!(bits >> i & 1))
        i++;
    return i;
}

static void
step(block *s)
{
    uint64_t passed, finished = 0;

    draw(s);
    s->tally->waits += (uint64_t)s->active;
    if (s->plan->nbins)
        bin(s);
    passed = s->kernels->passed(s->then, s->clock, s->w, s->due);
    for (; passed; passed &= passed - 1) {
        int i = lowest(passed);

        /* a jump at an observation time has happened by then */
        while (s->due[i] < s->then[i] && s->seen[i] < s->plan->nobs)
            observe(s, i);
        if (s->seen[i] == s->plan->nobs) {
            finish(s, i);
            finished |= passed & -passed;
        }
    }
    jump(s);
    for (; finished; finished &= finished - 1)
        begin(s, lowest(finished));
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
    s->pos = calloc((dim + 3) * s->padded, sizeof *s->pos);
    if (!s->n_at || !s->pos || (s->o->jump == MLSIM_JUMP_FIXED && !s->x_at))
        return false;
    s->n = s->pos + dim * s->padded;
    s->a = s->n + s->padded;
    s->b = s->a + s->padded;
    return true;
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
        status = ML_OK;
    }
    free(s->n_at);
    free(s->x_at);
    free(s->pos);
    free(s);
    return status;
}
