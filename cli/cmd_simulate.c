/* cli/cmd_simulate.c - `mlref simulate walk`: ensembles of random walks. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/parallel.h"
#include "cli/cli.h"
#include "cli/simulate.h"

static const char help[] =
    "usage: mlref simulate walk --law LAW --beta B --times LIST [options]\n"
    "\n"
    "Independent random walkers with waiting times of law LAW; one row per\n"
    "time (and q): t, the mean number of jumps n and mean squared\n"
    "displacement msd since the age, with standard errors; with --q the\n"
    "self-intermediate scattering function, isf = mean of cos(q x) and isf_rb\n"
    "= mean of lambda(q)^n (the same expectation, less noise).\n"
    "\n"
    "laws\n"
    "  ml        psi(s) = 1/(1 + (s tau)^beta), 0 < beta <= 1\n"
    "  pareto    density beta tau^beta / t^(1+beta) for t > tau, 0 < beta < "
    "1\n"
    "\n"
    "  --law LAW, --beta B    needed\n"
    "  --times LIST           needed; log:A:B:N or a,b,c, ascending\n"
    "  --tau T                scale of the law; default 1\n"
    "  --dim 1|2|3            default 3\n"
    "  --jump gauss|fixed     default gauss; fixed: length jump-sigma "
    "sqrt(dim)\n"
    "  --jump-sigma S         standard deviation per component; default 1\n"
    "  --q LIST               wave numbers; default none\n"
    "  --walkers N            default 100000\n"
    "  --age A                walks begin at -A, observation at 0; default 0\n"
    "  --seed S               default 1\n"
    "  --threads N            default all processors; changes no byte\n"
    "  --theory               adds exact values and z = (mean - exact)/se\n"
    "  --waits                instead the histogram of waiting times: lo, hi,\n"
    "                         count, density, with the slopes of both\n"
    "  --bins LO:HI:N         its range in units of tau, N bins per decade;\n"
    "                         default 1:1e4:5\n"
    "  --format F             tsv (default), csv or json\n"
    "  --output FILE          instead of standard output\n"
    "\n"
    "exit: 0 ok, 2 usage, 4 some theory is not known (pareto, isf, age > 0),\n"
    "      5 a file failed or memory is out\n"
    "\n"
    "examples:\n"
    "  mlref simulate walk --law ml --beta 0.45 --times log:1:1e4:9 --walkers "
    "2000 --q 0.5,2 --theory\n"
    "  mlref simulate walk --law pareto --beta 0.45 --times 1e4 --walkers "
    "2000 --waits\n";

typedef struct {
    const char *law, *jump, *times, *q, *bins, *format, *output;
    double beta, tau, jump_sigma, age;
    int64_t dim, walkers, seed, threads;
    bool beta_given, bins_given, theory, waits;
    mlio_format how;
    mlsim_walk_options walk;
    double *time_list, *q_list;
} options;

/* ------------------------------------------------------------------ options */

static bool
usage(const char *option, const char *expected, const char *got)
{
    cli_usage("simulate", "%s: expected %s, got \"%s\"", option, expected, got);
    return false;
}

static bool
usage_d(const char *option, const char *expected, double got)
{
    char text[40];

    snprintf(text, sizeof text, "%.15g", got);
    return usage(option, expected, text);
}

static bool
usage_i(const char *option, const char *expected, int64_t got)
{
    char text[40];

    snprintf(text, sizeof text, "%lld", (long long)got);
    return usage(option, expected, text);
}

static bool
needed(const char *option)
{
    cli_usage("simulate", "%s is needed", option);
    return false;
}

static bool
check_law(options *o)
{
    char names[120] = "";
    size_t n;
    const mlsim_law *all = mlsim_laws(&n);

    if (!o->law)
        return needed("--law");
    o->walk.law = mlsim_law_find(o->law);
    if (!o->walk.law) {
        for (size_t i = 0; i < n; i++) {
            size_t k = strlen(names);
            snprintf(names + k, sizeof names - k, "%s%s", i ? ", " : "",
                     all[i].name);
        }
        return usage("--law", names, o->law);
    }
    if (!o->beta_given)
        return needed("--beta");
    if (!(o->beta > 0.0) || o->beta > o->walk.law->beta_max
        || (o->beta == o->walk.law->beta_max && o->walk.law->beta_max_open))
        return usage_d("--beta",
                       o->walk.law->beta_max_open ? "0 < beta < 1"
                                                  : "0 < beta <= 1",
                       o->beta);
    return o->tau > 0.0 || usage_d("--tau", "a positive number", o->tau);
}

static bool
check_jump(options *o)
{
    if (o->dim < 1 || o->dim > 3)
        return usage_i("--dim", "1, 2 or 3", o->dim);
    if (strcmp(o->jump, "gauss") != 0 && strcmp(o->jump, "fixed") != 0)
        return usage("--jump", "gauss or fixed", o->jump);
    o->walk.jump =
        strcmp(o->jump, "gauss") == 0 ? MLSIM_JUMP_GAUSS : MLSIM_JUMP_FIXED;
    return o->jump_sigma > 0.0
           || usage_d("--jump-sigma", "a positive number", o->jump_sigma);
}

static bool
check_lists(options *o)
{
    mlio_error err;
    const mlsim_walk_options *w = &o->walk;

    if (!o->times)
        return needed("--times");
    if (!cli_number_list(&o->time_list, &o->walk.ntimes, o->times, &err)) {
        cli_usage("simulate", "--times: %s", err.text);
        return false;
    }
    if (!(o->time_list[0] > 0.0) || !cli_ascending(o->time_list, w->ntimes))
        return usage("--times", "positive times, ascending, none twice",
                     o->times);
    for (size_t i = 0; i < w->ntimes; i++)
        if (!isfinite(o->age + o->time_list[i])
            || o->age + o->time_list[i]
                   == o->age + (i ? o->time_list[i - 1] : 0.0))
            return usage_d("--times", "times that differ when --age is added",
                           o->time_list[i]);
    if (o->q && !cli_number_list(&o->q_list, &o->walk.nq, o->q, &err)) {
        cli_usage("simulate", "--q: %s", err.text);
        return false;
    }
    for (size_t j = 0; j < w->nq; j++)
        if (!(o->q_list[j] >= 0.0) || !(o->q_list[j] * o->jump_sigma <= 1e4))
            return usage_d("--q", "0 <= q <= 10000/jump-sigma", o->q_list[j]);
    return true;
}

static bool
check_bins(options *o)
{
    char rest;
    double lo, hi;
    int n;

    if (o->bins_given && !o->waits) {
        cli_usage("simulate", "--bins belongs to --waits");
        return false;
    }
    if (o->waits && o->theory) {
        cli_usage("simulate", "--theory and --waits exclude each other");
        return false;
    }
    if (!o->waits)
        return true;
    if (sscanf(o->bins, "%lf:%lf:%d%c", &lo, &hi, &n, &rest) != 3
        || !isfinite(lo) || !isfinite(hi) || !(lo > 0.0) || !(hi > lo) || n < 1
        || log10(hi / lo) * n > 2000.0)
        return usage("--bins",
                     "LO:HI:N with 0 < LO < HI, N >= 1, at most "
                     "2000 bins",
                     o->bins);
    o->walk.bins_lo = lo;
    o->walk.bins_hi = hi;
    o->walk.bins_per_decade = n;
    return true;
}

static bool
check(options *o)
{
    mlio_error err;

    if (!check_law(o) || !check_jump(o))
        return false;
    if (!(o->age >= 0.0))
        return usage_d("--age", "a number that is not negative", o->age);
    if (o->walkers < 2 || o->walkers > INT64_C(1) << 53)
        return usage_i("--walkers", "an integer of 2 or more", o->walkers);
    if (o->seed < 0)
        return usage_i("--seed", "an integer that is not negative", o->seed);
    if (o->threads < 0 || o->threads > 4096)
        return usage_i("--threads", "0 (all processors) to 4096", o->threads);
    if (!mlio_format_parse(&o->how, o->format, &err)) {
        cli_usage("simulate", "--format: %s", err.text);
        return false;
    }
    return check_lists(o) && check_bins(o);
}

static bool
parse(options *o, int argc, char **argv, bool *done)
{
    const opt_spec specs[] = {
        {"--law", OPT_STRING, &o->law, NULL},
        {"--beta", OPT_REAL, &o->beta, &o->beta_given},
        {"--tau", OPT_REAL, &o->tau, NULL},
        {"--dim", OPT_INT, &o->dim, NULL},
        {"--jump", OPT_STRING, &o->jump, NULL},
        {"--jump-sigma", OPT_REAL, &o->jump_sigma, NULL},
        {"--q", OPT_STRING, &o->q, NULL},
        {"--walkers", OPT_INT, &o->walkers, NULL},
        {"--times", OPT_STRING, &o->times, NULL},
        {"--age", OPT_REAL, &o->age, NULL},
        {"--seed", OPT_INT, &o->seed, NULL},
        {"--threads", OPT_INT, &o->threads, NULL},
        {"--theory", OPT_FLAG, &o->theory, NULL},
        {"--waits", OPT_FLAG, &o->waits, NULL},
        {"--bins", OPT_STRING, &o->bins, &o->bins_given},
        {"--format", OPT_STRING, &o->format, NULL},
        {"--output", OPT_STRING, &o->output, NULL},
    };
    cli_positionals what;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof specs[0], &what,
                     help, done))
        return false;
    if (*done)
        return true;
    if (what.n != 1 || strcmp(what.values[0], "walk") != 0) {
        cli_usage("simulate", "expected \"walk\", got \"%s\"",
                  what.n ? what.values[what.n > 1] : "");
        return false;
    }
    return check(o);
}

/* ------------------------------------------------------------------- output */

static double
middle(const arb_t x)
{
    return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* The shortest decimal of 15 digits or more that is this double again. */
static void
put_exact(mlio_writer *w, double x)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    mlio_writer_cell(w, "%s", text);
}

static void
put(mlio_writer *w, double x)
{
    mlio_writer_cell(w, isnan(x) ? "nan" : "%.12g", x);
}

/* An error of 0 (nobody has jumped, or q = 0) makes no statement: 0 when the
 * values agree to rounding. */
static void
put_z(mlio_writer *w, double mean, double se, double exact)
{
    double z = (mean - exact) / se;

    if (se == 0.0)
        z = fabs(mean - exact) <= 1e-12 * (1.0 + fabs(exact)) ? 0.0
                                                              : (double)NAN;
    mlio_writer_cell(w, isnan(z) ? "nan" : "%.3f", z);
}

static void
put_lambdas(mlio_writer *w, simulate_theory *x)
{
    const mlsim_walk_options *o = x->w;
    char key[64];

    for (size_t j = 0; j < o->nq; j++) {
        ml_status status = simulate_theory_lambda(x, o->q[j]);

        snprintf(key, sizeof key, "lambda(q=%.15g)", o->q[j]);
        if (status == ML_OK)
            mlio_writer_meta(w, key, "%.15g", middle(x->lambda));
    }
}

static void
put_provenance(mlio_writer *w, simulate_theory *x, int argc, char **argv)
{
    const mlsim_walk_options *o = x->w;
    ml_status status =
        mlsim_theory_k(x->value, x->t, o->law, x->beta, x->tau, x->sigma, 96);

    x->incomplete |= status != ML_OK;
    cli_provenance(w, "simulate", argc, argv);
    mlio_writer_meta(w, "law", "%s: %s", o->law->name, o->law->definition);
    mlio_writer_meta(w, "tau_W", "%.15g", middle(x->t));
    mlio_writer_meta(w, "K", "%.15g", middle(x->value));
    put_lambdas(w, x);
}

static void
put_columns(mlio_writer *w, const options *o)
{
    const char *names[17];
    size_t n = 0;

    names[n++] = "t";
    names[n++] = "n";
    names[n++] = "n_se";
    names[n++] = "msd";
    names[n++] = "msd_se";
    if (o->walk.nq) {
        names[n++] = "q";
        names[n++] = "isf";
        names[n++] = "isf_se";
        names[n++] = "isf_rb";
        names[n++] = "isf_rb_se";
    }
    if (o->theory) {
        names[n++] = "n_theory";
        names[n++] = "n_z";
        names[n++] = "msd_theory";
        names[n++] = "msd_z";
    }
    if (o->theory && o->walk.nq) {
        names[n++] = "isf_theory";
        names[n++] = "isf_z";
        names[n++] = "isf_rb_z";
    }
    mlio_writer_columns(w, n, names);
}

static void
put_row(mlio_writer *w, const options *o, simulate_theory *x,
        const mlsim_walk_row *r, const mlsim_isf_row *f, double n_exact)
{
    double msd = o->walk.dim * o->jump_sigma * o->jump_sigma * n_exact;

    put_exact(w, r->t);
    put(w, r->n);
    put(w, r->n_se);
    put(w, r->msd);
    put(w, r->msd_se);
    if (f) {
        put_exact(w, f->q);
        put(w, f->isf);
        put(w, f->isf_se);
        put(w, f->isf_rb);
        put(w, f->isf_rb_se);
    }
    if (!o->theory)
        return;
    put(w, n_exact);
    put_z(w, r->n, r->n_se, n_exact);
    put(w, msd);
    put_z(w, r->msd, r->msd_se, msd);
    if (f) {
        double isf = simulate_theory_isf(x, f->t, f->q);

        put(w, isf);
        put_z(w, f->isf, f->isf_se, isf);
        put_z(w, f->isf_rb, f->isf_rb_se, isf);
    }
}

static void
put_walk(mlio_writer *w, const options *o, simulate_theory *x,
         const mlsim_walk_result *r)
{
    put_columns(w, o);
    for (size_t i = 0; i < r->ntimes; i++) {
        double n = o->theory ? simulate_theory_n(x, r->rows[i].t) : 0.0;

        for (size_t j = 0; j < r->nq; j++)
            put_row(w, o, x, &r->rows[i], &r->isf[i * r->nq + j], n);
        if (r->nq == 0)
            put_row(w, o, x, &r->rows[i], NULL, n);
    }
}

static void
put_waits(mlio_writer *w, const mlsim_walk_result *r)
{
    static const char *const names[] = {"lo", "hi", "count", "density"};

    mlio_writer_meta(w, "waits", "%llu", (unsigned long long)r->waits);
    mlio_writer_meta(w, "density_slope", "%.6g +- %.2g: tends to -(1+beta)",
                     r->density_slope, r->density_slope_se);
    mlio_writer_meta(w, "logbin_slope", "%.6g +- %.2g: tends to -beta",
                     r->logbin_slope, r->logbin_slope_se);
    mlio_writer_columns(w, 4, names);
    for (size_t k = 0; k < r->nbins; k++) {
        const mlsim_bin *b = &r->bins[k];

        put(w, b->lo);
        put(w, b->hi);
        mlio_writer_cell(w, "%llu", (unsigned long long)b->count);
        put(w, (double)b->count / (double)r->waits / (b->hi - b->lo));
    }
}

/* ---------------------------------------------------------------------- run */

static void
progress(uint64_t done)
{
    mlio_progress_step((size_t)done);
}

static int
write_result(const options *o, const mlsim_walk_result *r, int argc,
             char **argv)
{
    mlio_error err;
    simulate_theory x;
    int code = EXIT_OK;
    mlio_writer *w = mlio_writer_open(o->output, o->how, &err);

    if (!w)
        return cli_error(&err);
    simulate_theory_init(&x, &o->walk);
    put_provenance(w, &x, argc, argv);
    if (o->waits)
        put_waits(w, r);
    else
        put_walk(w, o, &x, r);
    if (x.incomplete) {
        fprintf(stderr, "mlref simulate: --theory: not known for this law, "
                        "age and time: nan\n");
        code = EXIT_NOT_OK;
    }
    simulate_theory_clear(&x);
    if (!mlio_writer_close(w, &err))
        return cli_error(&err);
    return code;
}

static int
simulate(options *o, int argc, char **argv)
{
    mlsim_walk_options *w = &o->walk;
    mlsim_walk_result r;
    ml_status status;
    int code;

    w->beta = o->beta;
    w->tau = o->tau;
    w->dim = (int)o->dim;
    w->jump_sigma = o->jump_sigma;
    w->walkers = (uint64_t)o->walkers;
    w->times = o->time_list;
    w->age = o->age;
    w->q = o->q_list;
    w->seed = (uint64_t)o->seed;
    w->threads = (int)o->threads;
    w->progress = progress;
    mlio_progress_start("walkers", (size_t)w->walkers);
    status = mlsim_walk(&r, w);
    mlio_progress_end();
    if (status & ML_NOMEM) {
        mlio_error err;

        mlio_fail(&err, MLIO_FILE, "simulate: memory is out");
        return cli_error(&err);
    }
    if (status & ML_UNABLE) {
        fprintf(stderr, "mlref simulate: this build has no Random123\n");
        return EXIT_NOT_OK;
    }
    if (status != ML_OK)
        return cli_usage("simulate", "an option is out of range");
    code = write_result(o, &r, argc, argv);
    mlsim_walk_clear(&r);
    return code;
}

int
cmd_simulate(int argc, char **argv)
{
    options o = {.jump = "gauss",
                 .bins = "1:1e4:5",
                 .format = "tsv",
                 .tau = 1.0,
                 .jump_sigma = 1.0,
                 .dim = 3,
                 .walkers = 100000,
                 .seed = 1};
    bool done;
    int code = EXIT_USAGE;

    if (parse(&o, argc, argv, &done))
        code = done ? EXIT_OK : simulate(&o, argc, argv);
    free(o.time_list);
    free(o.q_list);
    return code;
}
