/* simulate/tally.c - the sums of a run: exact integers, compensated doubles. */
#include "simulate/impl.h"

#include <stdlib.h>
#include <string.h>

/* Arrays of numbers: two of n and n2 each, two of r2, r4, c, c2, l, l2 each. */
enum { COUNTS = 4, SUMS = 4, SUMS_Q = 8 };

double
mlsim_sum_get(const mlsim_sums *s, size_t i)
{
    return s->sum[i] + s->rest[i];
}

double
mlsim_count_get(const mlsim_counts *c, size_t i)
{
    return (double)c->hi[i] * 0x1p64 + (double)c->lo[i];
}

static mlsim_sums
take(double **from, size_t n)
{
    mlsim_sums s = {*from, *from + n};

    *from += 2 * n;
    return s;
}

bool
mlsim_tally_init(mlsim_tally *t, size_t ntimes, size_t nq, size_t nbins)
{
    size_t p = (ntimes + MLSIM_CHUNK - 1) / MLSIM_CHUNK * MLSIM_CHUNK;
    double *doubles;

    memset(t, 0, sizeof *t);
    t->padded = p;
    t->nq = nq;
    t->nbins = nbins;
    t->n.lo = calloc(COUNTS * p, sizeof *t->n.lo);
    doubles = calloc(SUMS * p + SUMS_Q * p * nq, sizeof *doubles);
    t->bins = calloc(nbins + 1, sizeof *t->bins);
    t->r2.sum = doubles;
    if (!t->n.lo || !doubles || !t->bins) {
        mlsim_tally_clear(t);
        return false;
    }
    t->n.hi = t->n.lo + p;
    t->n2 = (mlsim_counts){t->n.lo + 2 * p, t->n.lo + 3 * p};
    t->r2 = take(&doubles, p);
    t->r4 = take(&doubles, p);
    t->c = take(&doubles, p * nq);
    t->c2 = take(&doubles, p * nq);
    t->l = take(&doubles, p * nq);
    t->l2 = take(&doubles, p * nq);
    return true;
}

void
mlsim_tally_zero(mlsim_tally *t)
{
    size_t p = t->padded;

    memset(t->n.lo, 0, COUNTS * p * sizeof *t->n.lo);
    memset(t->r2.sum, 0, (SUMS * p + SUMS_Q * p * t->nq) * sizeof(double));
    memset(t->bins, 0, t->nbins * sizeof *t->bins);
    t->waits = t->jumps = 0;
}

static void
merge_counts(const mlsim_counts *to, const mlsim_counts *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        to->lo[i] += from->lo[i];
        to->hi[i] += from->hi[i] + (to->lo[i] < from->lo[i]);
    }
}

static void
merge_sums(const mlsim_sums *to, const mlsim_sums *from, size_t n)
{
    mlsim_kernels_now()->add(to, 0, from->sum, n);
    for (size_t i = 0; i < n; i++)
        to->rest[i] += from->rest[i];
}

void
mlsim_tally_merge(mlsim_tally *t, const mlsim_tally *add)
{
    size_t p = t->padded, m = p * t->nq;

    merge_counts(&t->n, &add->n, p);
    merge_counts(&t->n2, &add->n2, p);
    merge_sums(&t->r2, &add->r2, p);
    merge_sums(&t->r4, &add->r4, p);
    merge_sums(&t->c, &add->c, m);
    merge_sums(&t->c2, &add->c2, m);
    merge_sums(&t->l, &add->l, m);
    merge_sums(&t->l2, &add->l2, m);
    for (size_t i = 0; i < t->nbins; i++)
        t->bins[i] += add->bins[i];
    t->waits += add->waits;
    t->jumps += add->jumps;
}

void
mlsim_tally_clear(mlsim_tally *t)
{
    free(t->n.lo);
    free(t->r2.sum);
    free(t->bins);
    memset(t, 0, sizeof *t);
}
