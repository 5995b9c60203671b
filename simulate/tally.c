/* simulate/tally.c - the sums of a run: exact integers, compensated doubles. */
#include "simulate/impl.h"

#include <stdlib.h>
#include <string.h>

double
mlsim_sum_get(const mlsim_sum *s)
{
    return s->sum + s->rest;
}

void
mlsim_count_merge(mlsim_count *c, const mlsim_count *d)
{
    mlsim_count_add(c, d->lo);
    c->hi += d->hi;
}

double
mlsim_count_get(const mlsim_count *c)
{
    return (double)c->hi * 0x1p64 + (double)c->lo;
}

bool
mlsim_tally_init(mlsim_tally *t, size_t ntimes, size_t nq, size_t nbins)
{
    size_t m = ntimes * nq;

    memset(t, 0, sizeof *t);
    t->ntimes = ntimes;
    t->nq = nq;
    t->nbins = nbins;
    t->n = calloc(2 * ntimes, sizeof *t->n);
    t->r2 = calloc(2 * ntimes, sizeof *t->r2);
    t->c = calloc(4 * m + 1, sizeof *t->c);
    t->bins = calloc(nbins + 1, sizeof *t->bins);
    if (!t->n || !t->r2 || !t->c || !t->bins) {
        mlsim_tally_clear(t);
        return false;
    }
    t->n2 = t->n + ntimes;
    t->r4 = t->r2 + ntimes;
    t->c2 = t->c + m;
    t->l = t->c + 2 * m;
    t->l2 = t->c + 3 * m;
    return true;
}

void
mlsim_tally_zero(mlsim_tally *t)
{
    memset(t->n, 0, 2 * t->ntimes * sizeof *t->n);
    memset(t->r2, 0, 2 * t->ntimes * sizeof *t->r2);
    memset(t->c, 0, 4 * t->ntimes * t->nq * sizeof *t->c);
    memset(t->bins, 0, t->nbins * sizeof *t->bins);
    t->waits = t->jumps = 0;
}

static void
merge_sums(mlsim_sum *to, const mlsim_sum *from, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        mlsim_sum_add(&to[i], from[i].sum);
        to[i].rest += from[i].rest;
    }
}

void
mlsim_tally_merge(mlsim_tally *t, const mlsim_tally *add)
{
    for (size_t i = 0; i < 2 * t->ntimes; i++)
        mlsim_count_merge(&t->n[i], &add->n[i]);
    merge_sums(t->r2, add->r2, 2 * t->ntimes);
    merge_sums(t->c, add->c, 4 * t->ntimes * t->nq);
    for (size_t i = 0; i < t->nbins; i++)
        t->bins[i] += add->bins[i];
    t->waits += add->waits;
    t->jumps += add->jumps;
}

void
mlsim_tally_clear(mlsim_tally *t)
{
    free(t->n);
    free(t->r2);
    free(t->c);
    free(t->bins);
    memset(t, 0, sizeof *t);
}
