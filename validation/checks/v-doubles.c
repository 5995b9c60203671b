/* validation/checks/v-doubles.c - the functions in doubles against balls.
 *
 * At every point of the frozen sampler (validation/sampler_double.c) a ball of
 * 128 bits or more judges what ml_mittleff_bound_d says (validation/verdict.h):
 *
 * - the error is within the bound, both of the value returned and of the sum
 *   hi + lo before rounding;
 * - a value with ML_OK is the double nearest to E, in at least 99.5 % it is with
 *   ML_OK, and in 99.99 % the error is at most 0.501 ulp: in all, for each
 *   quarter of a decade of x_t = |x|^(1/alpha), and for each method;
 * - where the result overflows or underflows, value, sign and status are right;
 * - ml_mittleff_round_d of libmlref gives the nearest double always;
 * - all kernels that this processor runs give the same bits, lo and err too, and
 *   the public functions what the kernel gives.
 *
 * Then points at edges (a tenth as many): no bound is exceeded there, and what is
 * said to be right is.  Then eight threads against one.
 *
 *     v-doubles [--threads N] [--seed S] [--state FILE] [--h1] [--edges N]
 *               [--calls N] [NUMBER]
 *
 * NUMBER points (--h1: of the mix on which speed is measured), N at edges, N
 * calls for each of eight threads.  With --state what is done is kept in FILE, and a run that
 * was cut off goes on from there (FILE knows seed and sampler, not the code
 * under test).
 *
 * Every failure is one line with hexfloats and the mlref command; the tables
 * after the points have a row for each range of x_t and each method:
 *
 *     n       points in the normal range
 *     decided in percent
 *     wrong   ML_OK, but not the nearest double (must be 0)
 *     >.501   ulp
 *     broken  bounds that are exceeded (must be 0)
 *     other   status, paths, bits of another processor (must be 0)
 *     error   log2 of the greatest relative error before rounding
 *     width   the same of the bound
 *     share   the greatest error / bound
 *
 * followed by the points where the error and the bound were greatest.
 *
 *     v-doubles --at ALPHA BETA X      one point, in full
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/parallel.h"
#include "validation/verdict.h"

enum {
    BINS = 18,
    KINDS = 12,
    OF_A_KIND = 15,
    MAX_NOTES = KINDS * OF_A_KIND,
    LINE = 1100,
    CHUNK = 50,
    BLOCK = 10000
};

/* Numbers only: a state file holds them in order. */
typedef struct {
    long n, undecided, unable, wrong, off, broken, other;
    long error, width, share; /* maxima: 1000 log2, 1000 log2, 10^6 */
} cell;

typedef struct {
    long drawn;
    cell bin[BINS], method[MLVAL_BY];
    long kind[MLVAL_KINDS], kind_wrong[MLVAL_KINDS];
    long unable_over, unable_far, undecided_far, unable_under, misrounded;
    long unrounded;
} tally;

enum {
    CELL = sizeof(cell) / sizeof(long),
    TALLY = sizeof(tally) / sizeof(long)
};

typedef struct {
    tally sum;
    /* The worst point of each method, by error and by width. */
    double worst[MLVAL_BY][2];
    char worst_line[MLVAL_BY][2][LINE];
    char *notes[MAX_NOTES];
    long nnotes, troubles;
    bool hard_only; /* only what must never be is noted */
    struct {
        const char *what;
        int n;
    } told[KINDS];
} record;

typedef struct {
    const char *path;
    uint64_t seed;
    long number, calls, edges;
    int threads;
    const char *sampler;
    mlval_real (*draw)(tap_random *r);
} options;

/* --------------------------------------------------------------- one point */

static const ml_kernels *kernel[3];
static int kernels;

/* The tables of this processor, the one in use first. */
static void
find_kernels(void)
{
    static const ml_kernels *const all[] = {
#if defined(__x86_64__)
        &ml_kernels_avx512,
        &ml_kernels_avx2,
#endif
        &ml_kernels_baseline,
    };
    const ml_kernels *now = ml_kernels_now();

    kernel[kernels++] = now;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != now && ml_cpu_select(all[i]->name) == ML_OK)
            kernel[kernels++] = all[i];
    if (ml_cpu_select(now->name) != ML_OK)
        tap_bail("cannot go back to %s", now->name);
}

static bool
same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool
same_value(const ml_value *a, const ml_value *b)
{
    return same_bits(a->hi, b->hi) && same_bits(a->lo, b->lo)
           && same_bits(a->err, b->err) && a->exponent == b->exponent
           && a->method == b->method;
}

/* The answers of the library at one point, not yet judged. */
static void
ask(mlval_verdict *v)
{
    double alpha = v->at.alpha, beta = v->at.beta, x = v->at.x;
    double value, bound;
    ml_status s;

    v->wrong = 0;
    kernel[0]->mittleff(&v->inner, alpha, beta, x);
    for (int k = 1; k < kernels; k++) {
        ml_value other;

        kernel[k]->mittleff(&other, alpha, beta, x);
        if (!same_value(&other, &v->inner))
            v->wrong |= MLVAL_BAD_PATH;
    }
    v->status = ml_mittleff_bound_d(&v->value, &v->bound, alpha, beta, x);
    s = ml_value_round(&value, &bound, &v->inner);
    if (s != v->status || !same_bits(value, v->value)
        || !same_bits(bound, v->bound)
        || !same_bits(ml_mittleff_d(alpha, beta, x), value))
        v->wrong |= MLVAL_BAD_PATH;
}

/* libmlref's correct rounding against the nearest double just found. */
static void
ask_rounded(mlval_verdict *v, bool *unable)
{
    double value;

    *unable = false;
    if (v->kind == MLVAL_UNKNOWN)
        return;
    ml_status s = ml_mittleff_round_d(&value, v->at.alpha, v->at.beta, v->at.x);

    *unable = s == ML_UNABLE && isnan(value);
    if (!*unable
        && (!same_bits(value, v->want)
            || (s != v->want_status && fabs(value) != DBL_MIN)))
        v->wrong |= MLVAL_BAD_ROUND;
}

typedef struct {
    const options *o;
    long first;
    mlval_verdict *v;
    bool *unable; /* libmlref gives no rounded value */
} batch;

static void
one(size_t i, void *context)
{
    batch *b = context;

    for (size_t k = i * CHUNK; k < (i + 1) * CHUNK; k++) {
        uint64_t index = (uint64_t)b->first + k + 1;
        tap_random r = tap_random_start(b->o->seed + 0x51ed2701u * index);

        b->v[k].at = b->o->draw(&r);
        ask(&b->v[k]);
        mlval_judge(&b->v[k], NULL);
        ask_rounded(&b->v[k], &b->unable[k]);
    }
}

/* --------------------------------------------------------------- the tally */

/* 0: below 0.1, then quarters of a decade up to 10^(15/4), the last: above. */
static int
bin_of(const mlval_real *at)
{
    double q = floor(4 * (mlval_decades(at) + 1));

    return q < 0 ? 0 : q >= BINS - 2 ? BINS - 1 : 1 + (int)q;
}

static void
bin_name(char *text, size_t size, int bin)
{
    if (bin == 0)
        snprintf(text, size, "x_t < 0.1");
    else if (bin == BINS - 1)
        snprintf(text, size, "x_t > %.3g", pow(10.0, 0.25 * (BINS - 2) - 1));
    else
        snprintf(text, size, "%.3g..%.3g", pow(10.0, 0.25 * (bin - 1) - 1),
                 pow(10.0, 0.25 * bin - 1));
}

static void
raise_to(long *most, double x)
{
    if (x > (double)*most)
        *most = x < 1e12 ? (long)x : 1000000000000;
}

/* No error so far: log2 of anything. */
#define NOTHING (-10000000)

static void
clear_tally(tally *t)
{
    memset(t, 0, sizeof *t);
    for (int i = 0; i < BINS; i++)
        t->bin[i].error = t->bin[i].width = NOTHING;
    for (int i = 0; i < MLVAL_BY; i++)
        t->method[i].error = t->method[i].width = NOTHING;
}

static void
count_in(cell *c, const mlval_verdict *v)
{
    c->n++;
    c->undecided += (v->status & ML_UNDECIDED) != 0;
    c->unable += (v->status & ML_UNABLE) != 0;
    c->wrong += (v->wrong & MLVAL_BAD_VALUE) != 0;
    c->off += !(v->ulps <= 0.501) && !(v->status & ML_UNABLE);
    c->broken += (v->wrong & (MLVAL_BAD_ERR | MLVAL_BAD_BOUND)) != 0;
    c->other += (v->wrong & (MLVAL_BAD_STATUS | MLVAL_BAD_PATH)) != 0;
    if (!(v->status & ML_UNABLE)) {
        raise_to(&c->error, 1000 * v->relative);
        raise_to(&c->width, 1000 * v->width);
        raise_to(&c->share, 1e6 * v->share);
    }
}

static int
method_of(const mlval_verdict *v)
{
    int m = (int)v->inner.method;

    return m > 0 && m < MLVAL_BY ? m : 0;
}

/* The leading term is the cosine of a multiple of x_t: its sign, and for
 * alpha = 2 its value, hang on more digits of x_t than arithmetic has. */
static bool
phase_is_lost(const mlval_verdict *v)
{
    return v->at.x < 0 && v->at.alpha >= 2
           && mlval_decades(&v->at) > 30 * log10(2.0);
}

static void
count(tally *t, const mlval_verdict *v)
{
    t->drawn++;
    t->kind[v->kind]++;
    t->kind_wrong[v->kind] += (v->wrong & ~MLVAL_BAD_ROUND) != 0;
    t->misrounded += (v->wrong & MLVAL_BAD_ROUND) != 0;
    if (v->status & (ML_UNABLE | ML_UNDECIDED) && phase_is_lost(v)) {
        t->unable_far += (v->status & ML_UNABLE) != 0;
        t->undecided_far += (v->status & ML_UNABLE) == 0;
    } else if (v->kind == MLVAL_NORMAL) {
        count_in(&t->bin[bin_of(&v->at)], v);
        count_in(&t->method[method_of(v)], v);
    } else if (v->status & (ML_UNABLE | ML_UNDECIDED)) {
        t->unable_over += v->kind == MLVAL_OVER;
        t->unable_under += v->kind == MLVAL_UNDER;
    }
}

static void
add_note(record *rec, const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    if (!copy)
        tap_bail("no memory");
    strcpy(copy, text);
    if (rec->nnotes < MAX_NOTES)
        rec->notes[rec->nnotes++] = copy;
    else
        free(copy);
}

/* What is wrong, or NULL. */
static const char *
trouble(const mlval_verdict *v)
{
    if (v->wrong & MLVAL_BAD_VALUE)
        return v->kind == MLVAL_NORMAL  ? "WRONG ROUNDING"
               : v->kind == MLVAL_OVER  ? "WRONG OVERFLOW"
               : v->kind == MLVAL_UNDER ? "WRONG UNDERFLOW"
                                        : "WRONG";
    if (v->wrong & MLVAL_BAD_ERR)
        return "BROKEN BOUND before rounding";
    if (v->wrong & MLVAL_BAD_BOUND)
        return "BROKEN BOUND";
    if (v->wrong & MLVAL_BAD_PATH)
        return "OTHER BITS on another path";
    if (v->wrong & MLVAL_BAD_STATUS)
        return "BAD STATUS";
    if (v->wrong & MLVAL_BAD_ROUND)
        return "WRONG, correctly rounded";
    if (v->status & (ML_UNABLE | ML_UNDECIDED) && phase_is_lost(v))
        return NULL;
    if (v->kind != MLVAL_NORMAL && v->kind != MLVAL_UNKNOWN
        && v->status & (ML_UNABLE | ML_UNDECIDED))
        return v->kind == MLVAL_OVER ? "overflow not told"
                                     : "underflow not told";
    if (v->kind == MLVAL_NORMAL && v->status & ML_UNABLE)
        return "no value";
    if (v->kind == MLVAL_NORMAL && !(v->ulps <= 0.501))
        return "over 0.501 ulp";
    if (v->kind == MLVAL_NORMAL && v->status & ML_UNDECIDED)
        return "undecided";
    return NULL;
}

static void
keep_worst(record *rec, const mlval_verdict *v)
{
    int m = method_of(v);
    const double size[2] = {v->relative, v->width};

    if (v->kind != MLVAL_NORMAL || v->status & ML_UNABLE)
        return;
    for (int k = 0; k < 2; k++) {
        if (size[k] <= rec->worst[m][k])
            continue;
        rec->worst[m][k] = size[k];
        mlval_tell(rec->worst_line[m][k], LINE, v,
                   k == 0 ? "greatest error" : "widest bound");
    }
}

static void
take(record *rec, const mlval_verdict *v)
{
    const char *what = trouble(v);
    char text[LINE];

    count(&rec->sum, v);
    keep_worst(rec, v);
    if (!what || (rec->hard_only && !v->wrong))
        return;
    mlval_tell(text, sizeof text, v, what);
    rec->troubles++;
    /* So many of each kind. */
    for (int i = 0; i < KINDS; i++) {
        if (rec->told[i].what && rec->told[i].what != what)
            continue;
        rec->told[i].what = what;
        if (rec->told[i].n++ < OF_A_KIND)
            add_note(rec, text);
        break;
    }
}

/* ----------------------------------------------------------- the state file */

static void
header(char *text, size_t size, const options *o)
{
    snprintf(text, size, "doubles seed %llu sampler %.16s %s",
             (unsigned long long)o->seed, mlval_sampler_double_sha256,
             o->sampler);
}

static void
clear_record(record *rec)
{
    memset(rec, 0, sizeof *rec);
    clear_tally(&rec->sum);
    for (int m = 0; m < MLVAL_BY; m++)
        rec->worst[m][0] = rec->worst[m][1] = -INFINITY;
}

/* "METHOD WHICH SIZE LINE" */
static void
read_worst(record *rec, char *text)
{
    long m = strtol(text, &text, 10), k = strtol(text, &text, 10);
    double size = strtod(text, &text);

    if (m < 0 || m >= MLVAL_BY || (k != 0 && k != 1) || *text != ' ')
        return;
    rec->worst[m][k] = size;
    snprintf(rec->worst_line[m][k], LINE, "%s", text + 1);
}

static void
read_state(record *rec, const options *o)
{
    FILE *in = fopen(o->path, "r");
    char line[LINE + 100], head[200];
    long i, value;

    if (!in)
        return;
    header(head, sizeof head, o);
    if (!fgets(line, sizeof line, in) || strncmp(line, head, strlen(head)) != 0)
        tap_bail("%s is of another run: %s", o->path, line);
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "note ", 5) == 0)
            add_note(rec, line + 5);
        else if (strncmp(line, "worst ", 6) == 0)
            read_worst(rec, line + 6);
        else if (sscanf(line, "%ld %ld", &i, &value) == 2 && i >= 0
                 && i < TALLY)
            ((long *)&rec->sum)[i] = value;
        else if (sscanf(line, "notes %ld", &value) == 1)
            rec->troubles = value;
    }
    fclose(in);
}

static void
write_state(const record *rec, const options *o)
{
    char next[4096], head[200];
    const long *v = (const long *)&rec->sum;

    snprintf(next, sizeof next, "%s.next", o->path);
    FILE *out = fopen(next, "w");

    if (!out)
        tap_bail("cannot write %s", next);
    header(head, sizeof head, o);
    fprintf(out, "%s\n", head);
    for (int i = 0; i < TALLY; i++)
        fprintf(out, "%d %ld\n", i, v[i]);
    for (int m = 0; m < MLVAL_BY; m++)
        for (int k = 0; k < 2; k++)
            if (rec->worst_line[m][k][0])
                fprintf(out, "worst %d %d %a %s\n", m, k, rec->worst[m][k],
                        rec->worst_line[m][k]);
    for (long i = 0; i < rec->nnotes; i++)
        fprintf(out, "note %s\n", rec->notes[i]);
    fprintf(out, "notes %ld\n", rec->troubles);
    if (fclose(out) != 0 || rename(next, o->path) != 0)
        tap_bail("cannot write %s", o->path);
}

/* -------------------------------------------------------------- the points */

static void
run_points(record *rec, const options *o)
{
    mlval_verdict *v = calloc(BLOCK, sizeof *v);
    static bool unable[BLOCK];
    time_t last = time(NULL);

    if (!v)
        tap_bail("no memory");
    while (rec->sum.drawn < o->number) {
        long left = o->number - rec->sum.drawn;
        size_t n = left < BLOCK ? (size_t)left : BLOCK;
        batch b = {o, rec->sum.drawn, v, unable};

        /* Chunks may go beyond n: those are drawn again, or never counted. */
        mlio_parallel_for((n + CHUNK - 1) / CHUNK, o->threads, one, &b);
        for (size_t i = 0; i < n; i++) {
            take(rec, &v[i]);
            rec->sum.unrounded += unable[i];
        }
        if (o->path)
            write_state(rec, o);
        if (time(NULL) - last >= 30) {
            last = time(NULL);
            fprintf(stderr, "# %ld of %ld points, %ld lines of trouble\n",
                    rec->sum.drawn, o->number, rec->troubles);
        }
    }
    free(v);
}

static void
print_cell(const char *name, const cell *c)
{
    if (c->n == 0)
        return;
    printf("# %-14s %9ld %8.4f %6ld %6ld %6ld %6ld %6ld", name, c->n,
           100.0 * (double)(c->n - c->undecided - c->unable) / (double)c->n,
           c->unable, c->wrong, c->off, c->broken, c->other);
    printf(" %8.1f %8.1f %9.3g\n", 1e-3 * (double)c->error,
           1e-3 * (double)c->width, 1e-6 * (double)c->share);
}

static void
print_head(const char *what)
{
    printf("# %-14s %9s %8s %6s %6s %6s %6s %6s %8s %8s %9s\n", what, "n",
           "decided%", "unable", "wrong", ">.501", "broken", "other", "error",
           "width", "share");
}

static void
print_tables(const record *rec)
{
    const tally *t = &rec->sum;
    char name[40];

    print_head("x_t");
    for (int i = 0; i < BINS; i++) {
        bin_name(name, sizeof name, i);
        print_cell(name, &t->bin[i]);
    }
    print_head("method");
    for (int i = 0; i < MLVAL_BY; i++)
        print_cell(mlval_by(i), &t->method[i]);
    tap_note("%ld points: %ld in the normal range, %ld overflow (%ld of them "
             "not told), %ld underflow (%ld not told), %ld where no ball tells "
             "the sign; of those of a phase that is lost (alpha >= 2, x < 0, "
             "x_t > 2^30) %ld without a value, %ld undecided",
             t->drawn, t->kind[MLVAL_NORMAL], t->kind[MLVAL_OVER],
             t->unable_over, t->kind[MLVAL_UNDER], t->unable_under,
             t->kind[MLVAL_UNKNOWN], t->unable_far, t->undecided_far);
    for (int m = 0; m < MLVAL_BY; m++)
        for (int k = 0; k < 2; k++)
            if (rec->worst_line[m][k][0])
                tap_note("%s", rec->worst_line[m][k]);
    for (long i = 0; i < rec->nnotes; i++)
        tap_note("%s", rec->notes[i]);
    if (rec->troubles > rec->nnotes)
        tap_note("... and %ld more", rec->troubles - rec->nnotes);
}

/* ------------------------------------------------------------- the claims */

/* At most 0.5 %; by chance a cell of a short run holds more: three standard
 * deviations and, as few of few are not normally distributed, one. */
static bool
decided_enough(const cell *c)
{
    double without = (double)(c->undecided + c->unable);
    double most = 0.005 * (double)c->n;

    return without <= most + (c->n < 20000 ? 3 * sqrt(most) + 1 : 0);
}

static bool
near_enough(const cell *c)
{
    return 10000 * c->off <= c->n || (c->n < 10000 && c->off <= 1);
}

static void
add_cell(cell *sum, const cell *c)
{
    sum->n += c->n;
    sum->undecided += c->undecided;
    sum->unable += c->unable;
    sum->wrong += c->wrong;
    sum->off += c->off;
    sum->broken += c->broken;
    sum->other += c->other;
}

/* Names of the cells for which a claim fails. */
static bool
all_cells(char *text, size_t size, const tally *t, bool (*claim)(const cell *c))
{
    size_t at = 0;
    char name[40];

    text[0] = '\0';
    for (int i = 0; i < BINS + MLVAL_BY; i++) {
        const cell *c = i < BINS ? &t->bin[i] : &t->method[i - BINS];

        if (claim(c))
            continue;
        if (i < BINS)
            bin_name(name, sizeof name, i);
        if (at < size)
            at += (size_t)snprintf(text + at, size - at, " [%s]",
                                   i < BINS ? name : mlval_by(i - BINS));
    }
    return at == 0;
}

enum { POINT_CLAIMS = 8, EDGE_CLAIMS = 3 };

/* What must never be, at the edges as elsewhere. */
static void
claim_edges(const record *rec)
{
    const tally *t = &rec->sum;
    long wrong = t->kind_wrong[MLVAL_OVER] + t->kind_wrong[MLVAL_UNDER]
                 + t->kind_wrong[MLVAL_UNKNOWN];
    cell all = {0};

    for (int i = 0; i < BINS; i++)
        add_cell(&all, &t->bin[i]);
    tap_ok(all.broken == 0, "edges: no bound is exceeded (%ld of %ld points)",
           all.broken, all.n);
    tap_ok(all.wrong == 0 && all.other == 0 && wrong == 0,
           "edges: no value or status is wrong, no bits differ (%ld, %ld, %ld)",
           all.wrong, all.other, wrong);
    tap_ok(
        t->misrounded == 0,
        "edges: ml_mittleff_round_d gives the nearest double (%ld wrong; %ld "
        "without a value)",
        t->misrounded, t->unrounded);
    tap_note("edges: %.3f %% decided, %ld without a value; overflow not told "
             "%ld times, underflow %ld times",
             100.0
                 - 100.0 * (double)(all.undecided + all.unable)
                       / (double)(all.n + (all.n == 0)),
             all.unable, t->unable_over, t->unable_under);
}

static void
claim_points(const record *rec)
{
    const tally *t = &rec->sum;
    cell all = {0};
    char where[1000];
    long apart = t->kind[MLVAL_OVER] + t->kind[MLVAL_UNDER];
    long apart_wrong = t->kind_wrong[MLVAL_OVER] + t->kind_wrong[MLVAL_UNDER]
                       + t->kind_wrong[MLVAL_UNKNOWN];

    for (int i = 0; i < BINS; i++)
        add_cell(&all, &t->bin[i]);
    tap_ok(all.n > 0 && all.broken == 0,
           "no bound is exceeded (%ld of %ld points)", all.broken, all.n);
    tap_ok(all.wrong == 0, "no value with ML_OK is wrongly rounded (%ld)",
           all.wrong);
    tap_ok(all.other == 0,
           "all of %d kernels and the public functions agree bit for bit, no "
           "status is odd (%ld)",
           kernels, all.other);
    bool cells = all_cells(where, sizeof where, t, decided_enough);
    tap_ok(cells && decided_enough(&all),
           "the rounding is decided in at least 99.5 %% (%.4f %%), for all x_t "
           "and methods%s%s",
           100 - 100.0 * (double)(all.undecided + all.unable) / (double)all.n,
           cells ? "" : ", not in", where);
    cells = all_cells(where, sizeof where, t, near_enough);
    tap_ok(cells && near_enough(&all),
           "the error is at most 0.501 ulp in at least 99.99 %% (all but %ld), "
           "for all x_t and methods%s%s",
           all.off, cells ? "" : ", not in", where);
    tap_ok(apart_wrong == 0,
           "no value, sign or status is wrong where the result overflows or "
           "underflows (%ld of %ld points)",
           apart_wrong, apart);
    tap_ok(t->unable_over == 0 && t->unable_under == 0,
           "overflow and underflow are always told, but where the phase is "
           "lost (%ld and %ld not)",
           t->unable_over, t->unable_under);
    tap_ok(
        t->misrounded == 0 && t->unrounded == 0,
        "ml_mittleff_round_d gives the nearest double everywhere (%ld wrong, "
        "%ld without a value)",
        t->misrounded, t->unrounded);
}

/* --------------------------------------------------------------- threads */

enum { THREADS = 8, POOL = 20000 };

typedef struct {
    const mlval_real *at;
    const double *value, *bound;
    long calls, wrong[THREADS];
} crowd;

static void
one_thread(size_t i, void *context)
{
    crowd *c = context;

    for (long k = 0; k < c->calls; k++) {
        /* Each in another order. */
        size_t j = (size_t)((k * 7919 + (long)i * 2503) % POOL);
        const mlval_real *p = &c->at[j];
        double value, bound;
        ml_status s =
            ml_mittleff_bound_d(&value, &bound, p->alpha, p->beta, p->x);

        if (s & ML_DOMAIN || !same_bits(value, c->value[j])
            || !same_bits(bound, c->bound[j]))
            c->wrong[i]++;
    }
}

static void
claim_threads(const options *o)
{
    mlval_real *at = calloc(POOL, sizeof *at);
    double *value = calloc(2 * POOL, sizeof *value);
    tap_random r = tap_random_start(o->seed + 1);
    long wrong = 0;

    if (!at || !value)
        tap_bail("no memory");
    double *bound = value + POOL;
    crowd c = {at, value, bound, o->calls, {0}};
    for (size_t i = 0; i < POOL; i++) {
        at[i] = mlval_sample_real(&r);
        if (ml_mittleff_bound_d(&value[i], &bound[i], at[i].alpha, at[i].beta,
                                at[i].x)
            & ML_DOMAIN)
            wrong++;
    }
    mlio_parallel_for(THREADS, THREADS, one_thread, &c);
    for (int i = 0; i < THREADS; i++)
        wrong += c.wrong[i];
    tap_ok(wrong == 0,
           "%d threads of %ld calls get the bits of one (%ld do not)", THREADS,
           o->calls, wrong);
    free(at);
    free(value);
}

/* -------------------------------------------------------------------- main */

static int
at_one(char **argv)
{
    mlval_verdict v = {.at = {strtod(argv[0], NULL), strtod(argv[1], NULL),
                              strtod(argv[2], NULL), "-", "-", "-"}};
    char text[LINE];
    bool unable;
    arb_t e;

    ask(&v);
    mlval_judge(&v, NULL);
    ask_rounded(&v, &unable);
    const char *what = trouble(&v);

    mlval_tell(text, sizeof text, &v, what ? what : "right");
    puts(text);
    arb_init(e);
    mlval_reference(e, &v.want, &v.want_status, v.at.alpha, v.at.beta, v.at.x,
                    128);
    printf("E = ");
    arb_printn(e, 45, 0);
    putchar('\n');
    arb_clear(e);
    return what != NULL;
}

static const char *const usage =
    "usage: v-doubles [--threads N] [--seed S] [--state FILE] [--h1] [--edges "
    "N] [--calls N] [NUMBER] | --at ALPHA BETA X";

static void
read_options(options *o, int argc, char **argv)
{
    long edges = -1;

    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;

        if (more && strcmp(argv[i], "--calls") == 0)
            o->calls = atol(argv[++i]);
        else if (more && strcmp(argv[i], "--threads") == 0)
            o->threads = atoi(argv[++i]);
        else if (more && strcmp(argv[i], "--seed") == 0)
            o->seed = strtoull(argv[++i], NULL, 10);
        else if (more && strcmp(argv[i], "--state") == 0)
            o->path = argv[++i];
        else if (more && strcmp(argv[i], "--edges") == 0)
            edges = atol(argv[++i]);
        else if (strcmp(argv[i], "--h1") == 0) {
            o->sampler = "h1";
            o->draw = mlval_sample_h1;
        } else if (atol(argv[i]) > 0)
            o->number = atol(argv[i]);
        else
            tap_bail("%s", usage);
    }
    o->edges = edges >= 0 ? edges : o->number / 10;
}

int
main(int argc, char **argv)
{
    static record rec, edges;
    char head[200];

    find_kernels();
    if (argc == 5 && strcmp(argv[1], "--at") == 0)
        return at_one(argv + 2);
    tap_plan(1 + POINT_CLAIMS + EDGE_CLAIMS + 1);

    options o = {.seed = tap_seed(),
                 .number = tap_effort(100000),
                 .calls = tap_effort(100000),
                 .sampler = "acceptance",
                 .draw = mlval_sample_real};
    read_options(&o, argc, argv);
    header(head, sizeof head, &o);
    tap_note("%s", head);
    tap_ok(ml_arithmetic_ok(), "doubles round to nearest, tiny ones are kept");
    clear_record(&rec);
    if (o.path)
        read_state(&rec, &o);
    run_points(&rec, &o);
    print_tables(&rec);
    claim_points(&rec);
    if (o.edges > 0) {
        options e = o;

        e.number = o.edges;
        e.path = NULL;
        e.draw = mlval_sample_edge;
        clear_record(&edges);
        edges.hard_only = true;
        tap_note("edges");
        run_points(&edges, &e);
        print_tables(&edges);
        claim_edges(&edges);
    } else {
        tap_skip(EDGE_CLAIMS, "no edges are asked for");
    }
    claim_threads(&o);
    for (long i = 0; i < MAX_NOTES; i++) {
        free(rec.notes[i]);
        free(edges.notes[i]);
    }
    return tap_done();
}
