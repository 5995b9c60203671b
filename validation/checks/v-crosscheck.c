/* validation/checks/v-crosscheck.c - independent methods against each other.
 *
 * A cross-check is an ordered pair of two different forced methods at one
 * point: A at p bits, B at p + 64.  It counts when rad_B <= 2^-32 rad_A (or A
 * is exact); B inside A is a pass, B disjoint from A a miss, otherwise B's
 * precision is raised until one of the two holds.  Two balls that merely
 * overlap prove nothing: one of them may be too small.
 *
 * The automatic choice is held against the same B: its ball must contain it,
 * and its radius keeps rad <= 2^(8-p) |E| or comes with a status.  The ball of
 * a method that refused must enclose the value too.
 *
 * A pair that does not count, or is still undecided at the cap, is reported,
 * and another pair is drawn for the point.  A shortfall is a point where the
 * automatic ball is wider than 2^(8-p) |E|, or where no pair came to a verdict;
 * each is printed, with its cause.
 *
 *     v-crosscheck [--state FILE] [--threads N] [BITS:COUNT ... | NUMBER]
 *
 * until COUNT cross-checks at BITS bits have counted, level by level; NUMBER
 * is shared out over the levels of a short run.  With --state what is done is
 * kept in FILE, and a run that was cut off goes on from there.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/parallel.h"
#include "mlfunc/mlball.h"
#include "validation/pairs.h"
#include "validation/sampler.h"
#include "validation/tap/tap.h"

#define UNDECIDED 4

enum { PASS, MISS, WIDE, AT_CAP, REFUSED, COSTLY, OUTCOMES };
enum { AUTO_OK, AUTO_SHORT, AUTO_WRONG, AUTO_LIE, AUTO_UNCHECKED, AUTOMATICS };

static const char *const outcome_name[OUTCOMES] = {
    "pass",
    "miss",
    "no verdict, B not narrow enough",
    "no verdict, B still across the edge of A at the cap",
    "no pair, methods refused",
    "no pair that can be paid for",
};

typedef struct {
    mlval_point point;
    int a, b; /* indices of the methods */
    int outcome, automatic;
    struct {
        int a, b;
    } undecided[UNDECIDED]; /* the pairs before, which came to no verdict */
    int nundecided;
    int liar; /* the method whose refused ball is wrong, or -1 */
    ml_status status;
    long bits; /* relative accuracy of the automatic ball */
    bool finite, holds_zero;
    double seconds;
} check;

typedef struct {
    long bits, want;
} level;

/* Numbers only: a state file holds them in order. */
typedef struct {
    long pair[MLVAL_METHODS][MLVAL_METHODS][MLVAL_REGIONS][3];
    long outcome[OUTCOMES], automatic[AUTOMATICS], without[MLVAL_REGIONS];
    long drawn, undecided, liars, slowest_us, cpu_us;
} tally;

#define TALLY_LONGS (sizeof(tally) / sizeof(long))

typedef struct {
    const ml_function *f;
    uint64_t seed;
    long bits, first;
    check *checks;
} batch;

/* ------------------------------------------------------------------ one check */

/* An upper bound of the radius of either part. */
static void
radius(mag_t m, const acb_t x)
{
    mag_max(m, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
}

/* B inside A, or disjoint from it, or not decided. */
static int
compare(const acb_t a, const acb_t b)
{
    if (acb_contains(a, b))
        return PASS;
    if (!acb_overlaps(a, b))
        return MISS;
    return AT_CAP;
}

/* A, given, against B at ever more bits; best is B where it counts. */
static int
against(acb_t best, const acb_t a, const ml_method *mb, const ml_arg *args,
        long prec)
{
    int outcome = REFUSED;
    acb_t b;
    mag_t ra, rb;

    acb_init(b);
    mag_init(ra);
    mag_init(rb);
    radius(ra, a);
    for (long extra = 64; extra <= 1024; extra *= 2) {
        ml_status s = mb->eval(b, args, prec + extra);

        if (s != ML_OK)
            break; /* at once: B does not serve here, and this is no pair */
        radius(rb, b);
        mag_mul_2exp_si(rb, rb, 32);
        outcome = compare(a, b);
        /* An exact A needs only that B contains it. */
        if (mag_is_zero(ra))
            outcome = acb_contains(b, a) ? PASS : MISS;
        else if (outcome != MISS && mag_cmp(rb, ra) > 0)
            outcome = WIDE;
        if (outcome != WIDE)
            acb_set(best, b);
        if (outcome == PASS || outcome == MISS)
            break;
    }
    acb_clear(b);
    mag_clear(ra);
    mag_clear(rb);
    return outcome;
}

/* Is rad <= 2^(8-prec) |value| for every value of the ball? */
static bool
accurate(const acb_t x, long prec)
{
    bool ok;
    mag_t r, m;

    mag_init(r);
    mag_init(m);
    mag_hypot(r, arb_radref(acb_realref(x)), arb_radref(acb_imagref(x)));
    acb_get_mag_lower(m, x);
    mag_mul_2exp_si(m, m, 8 - prec);
    ok = mag_cmp(r, m) <= 0;
    mag_clear(r);
    mag_clear(m);
    return ok;
}

static void
judge_automatic(check *c, const ml_function *f, const ml_arg *args, long prec,
                const acb_t truth)
{
    acb_t v;

    acb_init(v);
    c->status = f->eval(v, args, prec);
    c->finite = acb_is_finite(v);
    c->holds_zero = acb_contains_zero(v);
    c->bits = acb_rel_accuracy_bits(v);
    if (acb_is_finite(truth) && !acb_overlaps(v, truth))
        c->automatic = AUTO_WRONG;
    else if (c->status == ML_OK && !accurate(v, prec))
        c->automatic = AUTO_LIE;
    else if (c->status != ML_OK)
        c->automatic = AUTO_SHORT;
    else
        c->automatic = acb_is_finite(truth) ? AUTO_OK : AUTO_UNCHECKED;
    acb_clear(v);
}

/* The drawn pairs until one serves; tried[m] is method m's ball at prec. */
static void
cross(check *c, const ml_function *f, const ml_arg *args, long prec,
      tap_random *r, acb_t truth)
{
    mlval_pair pairs[MLVAL_METHODS * MLVAL_METHODS];
    acb_t tried[MLVAL_METHODS];
    ml_status status[MLVAL_METHODS];
    bool have[MLVAL_METHODS] = {false}, refuses[MLVAL_METHODS] = {false};

    for (int m = 0; m < MLVAL_METHODS; m++)
        acb_init(tried[m]);
    c->outcome = COSTLY;
    for (int stage = 0; stage < 2 && c->outcome > MISS; stage++) {
        int n = mlval_pairs(pairs, f, &c->point, prec, stage == 1, r);

        for (; n > 0 && c->outcome > MISS; n--) {
            mlval_pair k = mlval_draw_pair(pairs, n, r);

            if (c->outcome == COSTLY)
                c->outcome = REFUSED;
            if (!have[k.a])
                status[k.a] = f->methods[k.a].eval(tried[k.a], args, prec);
            have[k.a] = true;
            if (status[k.a] != ML_OK || refuses[k.b])
                continue;
            int outcome =
                against(truth, tried[k.a], &f->methods[k.b], args, prec);

            refuses[k.b] = outcome == REFUSED;
            if (outcome == REFUSED)
                continue;
            c->a = k.a;
            c->b = k.b;
            c->outcome = outcome;
            if (outcome > MISS && c->nundecided < UNDECIDED) {
                c->undecided[c->nundecided].a = k.a;
                c->undecided[c->nundecided++].b = k.b;
            }
        }
    }
    for (int m = 0; m < MLVAL_METHODS; m++) {
        if (have[m] && acb_is_finite(tried[m]) && acb_is_finite(truth)
            && !acb_overlaps(tried[m], truth) && c->outcome != MISS)
            c->liar = m;
        acb_clear(tried[m]);
    }
}

static double
cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void
one(size_t i, void *context)
{
    batch *b = context;
    check *c = b->checks + i;
    uint64_t index = (uint64_t)(b->first + (long)i) + 1;
    uint64_t stream = (index << 16) + (uint64_t)b->bits;
    tap_random r = tap_random_start(b->seed + 0x51ed2701u * stream);
    ml_arg args[3], imaginary;
    acb_t truth;

    ml_args_init(args, 3);
    ml_args_init(&imaginary, 1);
    acb_init(truth);
    acb_indeterminate(truth);
    c->liar = -1;
    c->a = c->b = c->nundecided = 0;
    c->point = mlval_sample(&r, b->bits);
    ml_arg_set_d(&args[0], c->point.alpha);
    ml_arg_set_d(&args[1], c->point.beta);
    ml_arg_set_d(&imaginary, c->point.im);
    ml_arg_set_d(&args[2], c->point.re);
    fmpq_set(args[2].im, imaginary.re);
    double start = cpu_seconds();
    cross(c, b->f, args, b->bits, &r, truth);
    judge_automatic(c, b->f, args, b->bits, truth);
    c->seconds = cpu_seconds() - start;
    acb_clear(truth);
    ml_args_clear(args, 3);
    ml_args_clear(&imaginary, 1);
}

/* ------------------------------------------------------- what is worth a line */

static void
tell(char *text, size_t size, const check *c, const ml_function *f, long prec,
     const char *what)
{
    const mlval_point *p = &c->point;
    bool paired = c->outcome < REFUSED;
    const char *a = paired ? f->methods[c->a].name : "-";

    snprintf(text, size,
             "%s: %ld bits, %s against %s, automatic %s (%ld bits%s); %s, %s "
             "%s %s, x=%.3g\tmlref eval mittag-leffler alpha=%a beta=%a "
             "z=%a%+ai --digits %ld%s%s",
             what, prec, a, paired ? f->methods[c->b].name : "-",
             ml_status_name(c->status), c->finite ? c->bits : 0,
             c->holds_zero ? ", 0 inside" : "", mlval_region[p->region],
             p->alpha_kind, p->beta_kind, p->z_kind,
             exp(log(hypot(p->re, p->im)) / p->alpha), p->alpha, p->beta, p->re,
             p->im, prec * 301 / 1000, paired ? " --method " : "",
             paired ? a : "");
}

/* What is wrong with a point, or NULL; a miss first. */
static const char *
trouble(const check *c, const ml_function *f, char *buffer, size_t size)
{
    if (c->outcome == MISS)
        return "MISS";
    if (c->automatic == AUTO_WRONG)
        return "MISS of the automatic choice";
    if (c->automatic == AUTO_LIE)
        return "BROKEN PROMISE of the automatic choice";
    if (c->liar >= 0) {
        snprintf(buffer, size, "MISS of %s, which refused",
                 f->methods[c->liar].name);
        return buffer;
    }
    if (c->automatic == AUTO_SHORT)
        return !c->finite      ? "shortfall, no ball"
               : c->holds_zero ? "shortfall, 0 not excluded"
                               : "shortfall, too wide";
    if (c->outcome != PASS)
        return outcome_name[c->outcome];
    return NULL;
}

static void
count(tally *t, const check *c)
{
    long us = (long)(1e6 * c->seconds);

    t->drawn++;
    t->cpu_us += us;
    t->outcome[c->outcome]++;
    t->automatic[c->automatic]++;
    t->liars += c->liar >= 0;
    t->slowest_us = us > t->slowest_us ? us : t->slowest_us;
    for (int i = 0; i < c->nundecided; i++)
        t->pair[c->undecided[i].a][c->undecided[i].b][c->point.region][2]++;
    t->undecided += c->nundecided;
    if (c->outcome >= REFUSED)
        t->without[c->point.region]++;
    else if (c->outcome <= MISS)
        t->pair[c->a][c->b][c->point.region][c->outcome]++;
}

/* ------------------------------------------------------------- the state file
 *
 * A header that says what was drawn; for each block "block BITS FIRST" with
 * "INDEX VALUE" for each number of the tally that changed, "note TEXT" lines,
 * and "end".  A block without its end does not count. */
typedef struct {
    long bits;
    tally sum;
    char slowest[1024];
    char **notes;
    size_t nnotes;
} record;

static void
add_note(record *rec, const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    char **more = realloc(rec->notes, (rec->nnotes + 1) * sizeof *more);

    if (!copy || !more)
        tap_bail("no memory");
    strcpy(copy, text);
    rec->notes = more;
    rec->notes[rec->nnotes++] = copy;
}

static void
add_tally(tally *sum, const tally *t)
{
    long *a = (long *)sum;
    const long *b = (const long *)t;
    long slowest =
        sum->slowest_us > t->slowest_us ? sum->slowest_us : t->slowest_us;

    for (size_t i = 0; i < TALLY_LONGS; i++)
        a[i] += b[i];
    sum->slowest_us = slowest;
}

static void
clear_notes(record *rec)
{
    for (size_t i = 0; i < rec->nnotes; i++)
        free(rec->notes[i]);
    free(rec->notes);
    rec->notes = NULL;
    rec->nnotes = 0;
}

/* Moves what block holds into the level of the same bits. */
static void
commit(record *levels, size_t n, record *block)
{
    for (size_t k = 0; k < n; k++) {
        if (levels[k].bits != block->bits)
            continue;
        if (block->sum.slowest_us > levels[k].sum.slowest_us)
            memcpy(levels[k].slowest, block->slowest, sizeof block->slowest);
        add_tally(&levels[k].sum, &block->sum);
        for (size_t i = 0; i < block->nnotes; i++)
            add_note(&levels[k], block->notes[i]);
    }
}

static void
header(char *text, size_t size, const ml_function *f, uint64_t seed)
{
    size_t at = (size_t)snprintf(
        text, size, "cross-checks seed %llu sampler %s methods",
        (unsigned long long)seed, mlval_sampler_sha256);

    for (size_t m = 0; m < f->nmethods && at < size; m++)
        at += (size_t)snprintf(text + at, size - at, " %s", f->methods[m].name);
}

/* What FILE holds, and the file open to go on; a new file gets the header. */
static FILE *
open_state(const char *path, const char *head, record *levels, size_t n)
{
    FILE *in = fopen(path, "r"), *out;
    char line[2048];
    record block = {0};

    if (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, head) != 0)
            tap_bail("%s is of another run: %s", path, line);
    }
    while (in && fgets(line, sizeof line, in)) {
        long index, value;

        line[strcspn(line, "\n")] = '\0';
        if (sscanf(line, "block %ld", &index) == 1) {
            clear_notes(&block);
            memset(&block, 0, sizeof block);
            block.bits = index;
        } else if (strncmp(line, "note ", 5) == 0) {
            add_note(&block, line + 5);
        } else if (strncmp(line, "slowest ", 8) == 0) {
            snprintf(block.slowest, sizeof block.slowest, "%.1000s", line + 8);
        } else if (strcmp(line, "end") == 0) {
            commit(levels, n, &block);
            clear_notes(&block);
            memset(&block, 0, sizeof block);
        } else if (sscanf(line, "%ld %ld", &index, &value) == 2 && index >= 0
                   && index < (long)TALLY_LONGS) {
            ((long *)&block.sum)[index] = value;
        }
    }
    clear_notes(&block);
    out = fopen(path, in ? "a" : "w");
    if (!out)
        tap_bail("cannot write %s", path);
    fprintf(out, "%s%s", in ? "\n" : head, in ? "" : "\n");
    if (in)
        fclose(in);
    return out;
}

static void
write_block(FILE *state, const record *block)
{
    const long *v = (const long *)&block->sum;

    fprintf(state, "block %ld\n", block->bits);
    for (size_t i = 0; i < TALLY_LONGS; i++)
        if (v[i])
            fprintf(state, "%zu %ld\n", i, v[i]);
    for (size_t i = 0; i < block->nnotes; i++)
        fprintf(state, "note %s\n", block->notes[i]);
    fprintf(state, "slowest %s\nend\n", block->slowest);
    fflush(state);
}

/* ------------------------------------------------------------------ one level */

static long
counted(const tally *t)
{
    return t->outcome[PASS] + t->outcome[MISS];
}

/* Adds what the block found; notes are one line each, a tab for the break. */
static void
take_block(record *block, const batch *b, size_t n)
{
    char text[1024], buffer[64];

    for (size_t i = 0; i < n; i++) {
        const check *c = b->checks + i;
        const char *what = trouble(c, b->f, buffer, sizeof buffer);

        if ((long)(1e6 * c->seconds) >= block->sum.slowest_us)
            tell(block->slowest, sizeof block->slowest, c, b->f, b->bits,
                 "slowest");
        count(&block->sum, c);
        if (!what)
            continue;
        tell(text, sizeof text, c, b->f, b->bits, what);
        add_note(block, text);
    }
}

static void
say_progress(const level *l, const tally *t, time_t *last, bool always)
{
    time_t now = time(NULL);

    if (!always && now - *last < 30)
        return;
    *last = now;
    fprintf(stderr,
            "# %ld bits: %ld of %ld counted, %ld misses, %ld short or without "
            "verdict, %ld without a pair\n",
            l->bits, counted(t), l->want, t->outcome[MISS],
            t->automatic[AUTO_SHORT] + t->outcome[WIDE] + t->outcome[AT_CAP],
            t->outcome[REFUSED] + t->outcome[COSTLY]);
}

static void
run_level(record *rec, const level *l, const ml_function *f, uint64_t seed,
          int threads, FILE *state)
{
    long size = l->want / 50 < 8      ? 8
                : l->want / 50 > 2000 ? 2000
                                      : l->want / 50;
    check *checks = calloc((size_t)size, sizeof *checks);
    time_t last = time(NULL);

    if (!checks)
        tap_bail("no memory");
    while (counted(&rec->sum) < l->want && rec->sum.drawn < 2 * l->want + 100) {
        batch b = {f, seed, l->bits, rec->sum.drawn, checks};
        record block = {.bits = l->bits};

        mlio_parallel_for((size_t)size, threads, one, &b);
        take_block(&block, &b, (size_t)size);
        if (state)
            write_block(state, &block);
        commit(rec, 1, &block);
        for (size_t i = 0; i < block.nnotes; i++)
            if (strstr(block.notes[i], "MISS") || strstr(block.notes[i], "BRO"))
                fprintf(stderr, "# %s\n", block.notes[i]);
        clear_notes(&block);
        say_progress(l, &rec->sum, &last, false);
    }
    free(checks);
}

/* ------------------------------------------------------------------ the report */

static void
print_pairs(const ml_function *f, const tally *t)
{
    int n = (int)f->nmethods;

    for (int k = 0; k < n * n; k++) {
        long sum = 0;

        for (int g = 0; g < MLVAL_REGIONS; g++)
            for (int o = 0; o < 3; o++)
                sum += t->pair[k / n][k % n][g][o];
        if (!sum)
            continue;
        printf("# %10s > %-10s", f->methods[k / n].name,
               f->methods[k % n].name);
        for (int g = 0; g < MLVAL_REGIONS; g++) {
            const long *v = t->pair[k / n][k % n][g];

            printf("\t%ld", v[0]);
            if (v[1] || v[2])
                printf("/%ld/%ld", v[1], v[2]);
        }
        putchar('\n');
    }
    printf("# %23s", "no pair");
    for (int g = 0; g < MLVAL_REGIONS; g++)
        printf("\t%ld", t->without[g]);
    putchar('\n');
}

static void
print_level(const ml_function *f, const record *rec)
{
    enum { SHOWN = 500 };
    const tally *t = &rec->sum;

    tap_note("%ld bits: %ld points, %ld counted, %ld misses, %ld not narrow "
             "enough, %ld at the cap, %ld refused by all but one, %ld with no "
             "pair that can be paid for",
             rec->bits, t->drawn, counted(t), t->outcome[MISS],
             t->outcome[WIDE], t->outcome[AT_CAP], t->outcome[REFUSED],
             t->outcome[COSTLY]);
    tap_note("%ld bits: automatic choice short %ld times; %.1f s of CPU time, "
             "the slowest point %.1f ms",
             rec->bits, t->automatic[AUTO_SHORT], 1e-6 * (double)t->cpu_us,
             1e-3 * (double)t->slowest_us);
    tap_note("%s", rec->slowest);
    printf("# %23s", "pass[/miss/uncounted]");
    for (int g = 0; g < MLVAL_REGIONS; g++)
        printf("\t%s", mlval_region[g]);
    putchar('\n');
    print_pairs(f, t);
    for (size_t i = 0; i < rec->nnotes && i < SHOWN; i++)
        tap_note("%s", rec->notes[i]);
    if (rec->nnotes > SHOWN)
        tap_note("... and %zu more", rec->nnotes - SHOWN);
}

static void
assert_all(const tally *t)
{
    long n = counted(t), paired = n + t->undecided;
    long none = t->outcome[REFUSED] + t->outcome[COSTLY];
    long missed = t->outcome[MISS] + t->liars;
    long shortfalls =
        t->automatic[AUTO_SHORT] + t->outcome[WIDE] + t->outcome[AT_CAP];
    /* A short run may hold one or two of what is rare. */
    long allowed = t->drawn / 10000 + (t->drawn < 20000 ? 2 : 0);

    tap_ok(missed == 0, "%ld misses in %ld cross-checks", missed, n);
    tap_ok(100 * t->undecided <= paired && 100 * none <= t->drawn,
           "at most 1 %% of the pairs end without a verdict (%ld of %ld), at "
           "most 1 %% of the points are without a pair (%ld of %ld)",
           t->undecided, paired, none, t->drawn);
    tap_ok(t->automatic[AUTO_WRONG] == 0 && t->automatic[AUTO_LIE] == 0,
           "automatic choice: %ld wrong balls, %ld promises of accuracy broken",
           t->automatic[AUTO_WRONG], t->automatic[AUTO_LIE]);
    tap_ok(shortfalls <= allowed,
           "%ld shortfalls among %ld points, at most 10^-4 (or 2)", shortfalls,
           t->drawn);
}

/* ---------------------------------------------------------------- the levels */

#define MAX_LEVELS 16

/* Shares of a short run, in thousandths. */
static const level usual[] = {{53, 400},  {64, 120},  {113, 200},
                              {128, 120}, {212, 120}, {333, 40}};

static size_t
usual_levels(level *levels, long number)
{
    size_t n = sizeof usual / sizeof *usual;

    for (size_t i = 0; i < n; i++) {
        long want = number * usual[i].want / 1000;

        levels[i] = (level){usual[i].bits, want < 1 ? 1 : want};
    }
    return n;
}

static const char *const usage =
    "usage: v-crosscheck [--state FILE] [--threads N] [BITS:COUNT ... | "
    "NUMBER]";

int
main(int argc, char **argv)
{
    const ml_function *f = ml_function_find("mittag-leffler");
    const char *path = NULL;
    level levels[MAX_LEVELS];
    record recs[MAX_LEVELS] = {0};
    size_t n = 0;
    int threads = 0;
    char head[512];
    FILE *state = NULL;

    tap_plan(4);
    for (int i = 1; i < argc; i++) {
        level l;

        if (strcmp(argv[i], "--state") == 0 && i + 1 < argc)
            path = argv[++i];
        else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc)
            threads = atoi(argv[++i]);
        else if (sscanf(argv[i], "%ld:%ld", &l.bits, &l.want) == 2
                 && l.bits >= 8 && l.want >= 1 && n < MAX_LEVELS)
            levels[n++] = l;
        else if (n == 0 && atol(argv[i]) > 0)
            n = usual_levels(levels, atol(argv[i]));
        else
            tap_bail("%s", usage);
    }
    if (!f || f->nmethods < 2 || f->nmethods > MLVAL_METHODS)
        tap_bail("v-crosscheck needs 2 to %d methods", MLVAL_METHODS);
    if (n == 0)
        n = usual_levels(levels, tap_effort(5000));
    for (size_t i = 0; i < n; i++)
        recs[i].bits = levels[i].bits;

    uint64_t seed = tap_seed();
    tally all = {0};

    header(head, sizeof head, f, seed);
    tap_note("%s", head);
    if (path)
        state = open_state(path, head, recs, n);
    for (size_t i = 0; i < n; i++) {
        run_level(&recs[i], &levels[i], f, seed, threads, state);
        print_level(f, &recs[i]);
        add_tally(&all, &recs[i].sum);
        clear_notes(&recs[i]);
    }
    assert_all(&all);
    if (state)
        fclose(state);
    return tap_done();
}
