/* simulate/test/t-walk.c - ensembles: options, sums, threads, frozen bytes. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "simulate/impl.h"
#include "validation/tap/tap.h"

static const double times[] = {0.5, 2.0, 10.0, 100.0};
static const double qs[] = {0.0, 1.0, 3.0};

static mlsim_walk_options
plain(void)
{
    return (mlsim_walk_options){.law = mlsim_law_find("ml"),
                                .beta = 0.6,
                                .tau = 1.0,
                                .dim = 3,
                                .jump = MLSIM_JUMP_GAUSS,
                                .jump_sigma = 1.0,
                                .walkers = 5000,
                                .times = times,
                                .ntimes = 4,
                                .q = qs,
                                .nq = 3,
                                .seed = 1,
                                .bins_per_decade = 4,
                                .bins_lo = 0.1,
                                .bins_hi = 1e4};
}

/* ML_DOMAIN and an empty result. */
static bool
refused(const mlsim_walk_options *o)
{
    mlsim_walk_result r;
    ml_status status = mlsim_walk(&r, o);
    bool empty = !r.rows && !r.isf && !r.bins && r.ntimes == 0;

    mlsim_walk_clear(&r);
    return status == ML_DOMAIN && empty;
}

#define REFUSED(change, text)            \
    do {                                 \
        mlsim_walk_options o = plain();  \
        change;                          \
        bool is = refused(&o);           \
        tap_ok(is, "refused: %s", text); \
    } while (0)

static void
refusals(void)
{
    static const double twice[] = {1.0, 1.0}, down[] = {2.0, 1.0};
    static const double zero[] = {0.0}, nan[] = {NAN}, inf[] = {INFINITY};
    static const double minus[] = {-1.0};

    REFUSED(o.law = NULL, "no law");
    REFUSED(o.beta = 0.0, "beta 0");
    REFUSED(o.beta = 1.1, "beta above 1");
    REFUSED(o.beta = NAN, "beta no number");
    REFUSED((o.law = mlsim_law_find("pareto"), o.beta = 1.0),
            "pareto with beta 1");
    REFUSED(o.tau = 0.0, "tau 0");
    REFUSED(o.tau = INFINITY, "tau infinite");
    REFUSED(o.dim = 0, "dim 0");
    REFUSED(o.dim = 4, "dim 4");
    REFUSED(o.jump = (mlsim_jump)7, "an unknown jump");
    REFUSED(o.jump_sigma = -1.0, "a negative jump_sigma");
    REFUSED(o.walkers = 1, "one walker");
    REFUSED(o.walkers = UINT64_MAX, "more walkers than doubles can count");
    REFUSED(o.ntimes = 0, "no times");
    REFUSED((o.times = twice, o.ntimes = 2), "equal times");
    REFUSED((o.times = down, o.ntimes = 2), "falling times");
    REFUSED((o.times = zero, o.ntimes = 1), "time 0");
    REFUSED((o.times = nan, o.ntimes = 1), "a time that is no number");
    REFUSED((o.times = inf, o.ntimes = 1), "an infinite time");
    REFUSED(o.age = -1.0, "a negative age");
    REFUSED(o.age = 1e30, "an age that swallows the times");
    REFUSED((o.q = minus, o.nq = 1), "a negative q");
    REFUSED(o.jump_sigma = 1e5, "q jump_sigma above 1e4");
    REFUSED(o.bins_per_decade = -1, "negative bins per decade");
    REFUSED(o.bins_lo = 0.0, "a histogram from 0");
    REFUSED(o.bins_hi = 0.01, "an empty range of bins");
    REFUSED(o.bins_per_decade = 1900, "more than 2000 bins");
}

static bool
same(const mlsim_walk_result *a, const mlsim_walk_result *b)
{
    return memcmp(a->rows, b->rows, a->ntimes * sizeof *a->rows) == 0
           && memcmp(a->isf, b->isf, a->ntimes * a->nq * sizeof *a->isf) == 0
           && memcmp(a->bins, b->bins, a->nbins * sizeof *a->bins) == 0
           && a->waits == b->waits;
}

/* Same bytes as the plain run after `change`; -1 when a walk failed. */
static int
compare(mlsim_walk_options o, const mlsim_walk_result *with)
{
    mlsim_walk_result r;
    int equal = -1;

    if (mlsim_walk(&r, &o) == ML_OK)
        equal = same(&r, with);
    mlsim_walk_clear(&r);
    return equal;
}

static void
threads(void)
{
    for (int jump = 0; jump < 2; jump++) {
        mlsim_walk_options o = plain();
        mlsim_walk_result one;
        int same7, other;

        o.jump = (mlsim_jump)jump;
        o.age = jump ? 3.0 : 0.0;
        o.threads = 1;
        ml_status status = mlsim_walk(&one, &o);
        o.threads = 7;
        same7 = compare(o, &one);
        o.seed = 2;
        other = compare(o, &one);
        mlsim_walk_clear(&one);
        tap_ok(status == ML_OK && same7 == 1,
               "%s jumps: 7 threads give the bytes of 1",
               jump ? "fixed" : "Gaussian");
        tap_ok(other == 0, "%s jumps: another seed gives other bytes",
               jump ? "fixed" : "Gaussian");
    }
}

/* A law without a batch function walks the same walk. */
static void
without_batch(void)
{
    mlsim_walk_options o = plain();
    mlsim_law law = *o.law;
    mlsim_walk_result r;
    ml_status status = mlsim_walk(&r, &o);
    int equal;

    law.fill = NULL;
    o.law = &law;
    equal = compare(o, &r);
    mlsim_walk_clear(&r);
    tap_ok(status == ML_OK && equal == 1,
           "a law with single variates only gives the same bytes");
}

/* One walker by hand from mlsim_waits: the number of jumps by time t. */
static uint64_t
jumps_by(uint64_t walker, double t)
{
    static double w[4096];
    double clock = 0.0;
    uint64_t n = 0;

    mlsim_waits(w, 4096, mlsim_law_find("ml"), 0.6, 1.0, 1, walker);
    while (n < 4096 && (clock += w[n]) <= t)
        n++;
    return n;
}

static void
sums(void)
{
    mlsim_walk_options o = plain();
    mlsim_walk_result r;
    double sum[4] = {0}, sum2[4] = {0};
    bool counts = true, still = true, standard = true;
    uint64_t in_bins = 0;

    o.walkers = 300;
    ml_status status = mlsim_walk(&r, &o);
    tap_ok(status == ML_OK && r.ntimes == 4 && r.nq == 3 && r.nbins == 20,
           "a walk of 300: 4 times, 3 q, 20 bins");
    if (status != ML_OK)
        tap_bail("no walk");
    for (uint64_t k = 0; k < 300; k++)
        for (int i = 0; i < 4; i++) {
            double n = (double)jumps_by(k, times[i]);

            sum[i] += n;
            sum2[i] += n * n;
        }
    for (int i = 0; i < 4; i++) {
        double se = sqrt((sum2[i] / 300 - pow(sum[i] / 300, 2)) / 299);

        counts &= r.rows[i].n == sum[i] / 300 && r.rows[i].n2 == sum2[i] / 300;
        standard &= fabs(r.rows[i].n_se / se - 1) < 1e-9;
    }
    tap_ok(counts, "mean and mean square of N are those of walkers by hand");
    tap_ok(standard, "n_se is the standard error of the mean");
    tap_ok((double)r.jumps == sum[3] && r.waits == r.jumps + 300,
           "waits: one for each jump and one more for each walker");
    for (size_t k = 0; k < r.nbins; k++)
        in_bins += r.bins[k].count;
    tap_ok(in_bins > 0 && in_bins < r.waits && fabs(r.bins[0].lo - 0.1) < 1e-15
               && fabs(r.bins[19].hi - 1e4) < 1e-10,
           "the histogram spans its range");
    for (int i = 0; i < 4; i++)
        still &= r.isf[i * 3].isf == 1.0 && r.isf[i * 3].isf_rb == 1.0
                 && r.isf[i * 3].isf_se == 0.0 && r.isf[i * 3 + 1].isf < 1.0;
    tap_ok(still, "q = 0 scatters 1 exactly, without error");
    mlsim_walk_clear(&r);
    mlsim_walk_clear(&r);
    tap_ok(!r.rows && !r.ntimes, "clearing twice is allowed");
}

/* Squared displacements: fixed jumps of 1-D lie on the lattice, one jump of
 * any dimension has length a; N = 0 does not move. */
static void
lengths(void)
{
    for (int dim = 1; dim <= 3; dim++) {
        mlsim_walk_options o = plain();
        mlsim_walk_result r;
        double early = 1e-4;
        bool good;

        o.dim = dim;
        o.jump = MLSIM_JUMP_FIXED;
        o.jump_sigma = 2.0;
        o.times = &early;
        o.ntimes = 1;
        o.q = NULL;
        o.nq = 0;
        o.walkers = 20000;
        ml_status status = mlsim_walk(&r, &o);
        /* N is 0 or 1 nearly always: r^4 = a^2 r^2 then */
        double a2 = 4.0 * dim, one = r.rows ? r.rows[0].n : 0.0;
        good = status == ML_OK && r.rows && one > 0.0
               && fabs(r.rows[0].msd2 / (a2 * r.rows[0].msd) - 1) < 0.1
               && fabs(r.rows[0].msd / (a2 * one) - 1) < 0.1;
        mlsim_walk_clear(&r);
        tap_ok(good, "%d-D: a fixed jump has length sigma sqrt(dim)", dim);
    }
}

/* Walks from age 3 on, 1-D, jumps of length 1, q = pi: cos(q x) and lambda^n
 * are (-1)^n, n the jumps since the age, of walkers by hand. */
static void
aged(void)
{
    const double pi = 3.14159265358979324;
    mlsim_walk_options o = plain();
    mlsim_walk_result r;
    double sum[4] = {0}, parity[4] = {0};
    bool counts = true, signs = true;

    o.dim = 1;
    o.jump = MLSIM_JUMP_FIXED;
    o.age = 3.0;
    o.q = &pi;
    o.nq = 1;
    o.walkers = 301;
    for (uint64_t k = 0; k < o.walkers; k++)
        for (int i = 0; i < 4; i++) {
            uint64_t n = jumps_by(k, 3.0 + times[i]) - jumps_by(k, 3.0);

            sum[i] += (double)n;
            parity[i] += n % 2 ? -1.0 : 1.0;
        }
    ml_status status = mlsim_walk(&r, &o);
    for (int i = 0; i < 4 && status == ML_OK; i++) {
        counts &= r.rows[i].n == sum[i] / 301;
        signs &= fabs(r.isf[i].isf - parity[i] / 301) < 1e-9
                 && fabs(r.isf[i].isf_rb - parity[i] / 301) < 1e-9;
    }
    mlsim_walk_clear(&r);
    tap_ok(status == ML_OK && counts, "jumps are counted from the age on");
    tap_ok(status == ML_OK && signs,
           "scattering sees displacements from the age on, lambda < 0");
}

static void
carries(void)
{
    mlsim_tally a, b;
    uint64_t x[MLSIM_CHUNK] = {UINT64_C(1) << 63, UINT64_MAX, 1};
    bool good = mlsim_tally_init(&a, 3, 0, 0) && mlsim_tally_init(&b, 3, 0, 0);

    if (!good)
        tap_bail("memory is out");
    for (int i = 0; i < 2; i++)
        mlsim_kernels_now()->count(&a.n, &a.n2, x, MLSIM_CHUNK);
    mlsim_kernels_now()->count(&b.n, &b.n2, x, MLSIM_CHUNK);
    mlsim_tally_merge(&a, &b);
    good = a.n.hi[0] == 1 && a.n.lo[0] == x[0] && a.n.hi[1] == 2
           && a.n.lo[1] == UINT64_MAX - 2 && mlsim_count_get(&a.n, 2) == 3
           && mlsim_count_get(&a.n2, 2) == 3
           && mlsim_count_get(&a.n, 1) == 0x3p64;
    mlsim_tally_clear(&b);
    mlsim_tally_clear(&a);
    tap_ok(good, "integer sums carry beyond 64 bits");
}

static atomic_uint_fast64_t most;

static void
progress(uint64_t done)
{
    uint_fast64_t before = atomic_load(&most);

    while (before < done && !atomic_compare_exchange_weak(&most, &before, done))
        ;
}

static void
reports(void)
{
    mlsim_walk_options o = plain();
    mlsim_walk_result r;

    o.progress = progress;
    ml_status status = mlsim_walk(&r, &o);
    mlsim_walk_clear(&r);
    tap_ok(status == ML_OK && atomic_load(&most) == o.walkers,
           "progress ends at the number of walkers");
}

/* Numbers that every processor and every number of threads must give. */
static void
frozen(void)
{
    mlsim_walk_options o = plain();
    mlsim_walk_result r;
    bool good;

    ml_status status = mlsim_walk(&r, &o);
    good = status == ML_OK && r.rows[3].n == 17.748
           && r.rows[3].msd == 0x1.aef0c9b5cac9p+5
           && r.isf[7].isf == 0x1.32f5a9e2508aap-2
           && r.isf[7].isf_rb == 0x1.322848b0489dep-2
           && r.bins[7].count == 4577;
    if (!tap_ok(good, "the bytes of a walk are those of every processor")
        && status == ML_OK)
        tap_yaml("got", "%.17g %a %a %a %llu", r.rows[3].n, r.rows[3].msd,
                 r.isf[7].isf, r.isf[7].isf_rb,
                 (unsigned long long)r.bins[7].count);
    mlsim_walk_clear(&r);
}

int
main(void)
{
    double t[5];

    tap_plan(49);
#if !defined(ML_WITH_RANDOM123)
    mlsim_walk_options o = plain();
    mlsim_walk_result r;
    ml_status status = mlsim_walk(&r, &o);
    tap_ok(status == ML_UNABLE, "built without Random123: ML_UNABLE");
    tap_skip(48, "built without Random123");
    return tap_done();
#endif
    refusals();
    threads();
    without_batch();
    sums();
    lengths();
    aged();
    carries();
    reports();
    frozen();
    mlsim_log_times(t, 5, 1.0, 1e4);
    tap_ok(t[0] == 1.0 && t[4] == 1e4 && fabs(t[2] - 100.0) < 1e-12
               && fabs(t[1] - 10.0) < 1e-13,
           "log-spaced times hit their ends");
    mlsim_log_times(t, 1, 3.0, 9.0);
    tap_ok(t[0] == 3.0, "one log-spaced time is the first");
    flint_cleanup();
    return tap_done();
}
