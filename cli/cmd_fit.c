/* cli/cmd_fit.c - `mlref fit`: relaxation models to a table. */
#define _POSIX_C_SOURCE 200809L

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/fit.h"

static const char help[] =
    "usage: mlref fit DATA --model NAME [options]\n"
    "\n"
    "Least squares of R(t) = A f(t) + B to a table; one row per fit, and one\n"
    "fit per value of the column `group` if there is one.  Columns of DATA\n"
    "(- is standard input): t; R, else g2; sigma, else err, else R_err (none:\n"
    "unweighted).  Equal t are separate observations.\n"
    "\n"
    "models\n"
    "  exp1         exp(-t/tau)               exp2  exp(-2 t/tau)\n"
    "  kww1         exp(-(t/tau)^beta)        kww2  exp(-2 (t/tau)^beta)\n"
    "  ml-direct    E_beta(-(t/tau)^beta)\n"
    "  ml-siegert   E_beta(-(t/tau)^beta)^2\n"
    "  power        (1 + t/tau)^-beta\n"
    "\n"
    "  --model NAME       one of the above\n"
    "  --columns t=X,R=Y,sigma=Z,group=G   other names of columns\n"
    "  --free amplitude,baseline           fit A, B too (else A = 1, B = 0)\n"
    "  --fix p=v          hold tau, beta, amplitude or baseline at v\n"
    "  --start p=v        start there instead of at quantiles of the data\n"
    "  --cov absolute     sigma is known: normal quantile (default with "
    "sigma)\n"
    "  --cov scaled       scaled by rss/dof: Student's quantile (default\n"
    "                     without)\n"
    "  --level P          of the intervals p_lo, p_hi; default 0.95\n"
    "  --versus NAME      a second model: its row, and h1 = t_max -\n"
    "                     t_a(R_b(t_max)), h2 = t_b(R_a(t_max)) - t_max, a "
    "the\n"
    "                     first model, b the second; names no winner\n"
    "  --residuals FILE   a table of data, fit, data - fit, (data - fit)/fit\n"
    "  --report F.html    a page with figures\n"
    "  --format F         tsv (default), csv or json\n"
    "  --output FILE      instead of standard output\n"
    "\n"
    "status: ok; at_bound (a minimum with beta on its bound); not_identified\n"
    "(singular, or an interval as wide as the range searched, or tau at the\n"
    "end of it: 7 e-folds beyond the data); not_converged.\n"
    "\n"
    "exit: 0 ok or at_bound, 1 not_identified or not_converged, 2 usage,\n"
    "      3 bad data in DATA, 5 a file failed\n"
    "\n"
    "examples:\n"
    "  printf 't\\tR\\n1\\t0.9\\n3\\t0.74\\n9\\t0.41\\n27\\t0.07\\n' | "
    "mlref fit - --model kww2\n"
    "  printf 't,R\\n1,0.9\\n4,0.7\\n9,0.5\\n30,0.3\\n90,0.2\\n' | "
    "mlref fit - --model kww2 --versus ml-direct --format csv\n";

typedef struct {
    const char *model, *versus, *columns, *free, *cov, *residuals, *report,
        *format, *output;
    opt_list fix, start;
    double level;
} options;

/* ------------------------------------------------------------------ options */

static const mlfit_model *
find_model(const char *option, const char *name)
{
    const mlfit_model *m = mlfit_model_find(name), *all;
    char names[256] = "";
    size_t n;

    if (m)
        return m;
    if (strcmp(name, "kww") == 0)
        cli_usage("fit",
                  "%s kww: which one?  kww1 is exp(-(t/tau)^beta), kww2 is "
                  "exp(-2 (t/tau)^beta)",
                  option);
    else if (strcmp(name, "ml") == 0)
        cli_usage("fit",
                  "%s ml: which one?  ml-direct is E_beta(-(t/tau)^beta), "
                  "ml-siegert is its square",
                  option);
    else {
        all = mlfit_models(&n);
        for (size_t i = 0; i < n; i++) {
            size_t k = strlen(names);
            snprintf(names + k, sizeof names - k, "%s%s", i ? ", " : "",
                     all[i].name);
        }
        if (*name)
            cli_usage("fit", "%s: no model \"%s\"; the models are %s", option,
                      name, names);
        else
            cli_usage("fit", "%s is needed; the models are %s", option, names);
    }
    return NULL;
}

static bool
parse_free(mlfit_options *o, const char *list)
{
    const char *s = list;

    for (;;) {
        size_t n = strcspn(s, ",");
        if (n == 9 && strncmp(s, "amplitude", n) == 0)
            o->free_amplitude = true;
        else if (n == 8 && strncmp(s, "baseline", n) == 0)
            o->free_baseline = true;
        else {
            cli_usage("fit",
                      "--free: expected amplitude, baseline or both with a "
                      "comma, got \"%s\"",
                      list);
            return false;
        }
        if (s[n] == '\0')
            return true;
        s += n + 1;
    }
}

/* "beta=0.5" of --fix or --start, as it applies to this model. */
static bool
parse_value(mlfit_options *o, const mlfit_model *m, const char *option,
            const char *text, bool fix)
{
    const char *equals = strchr(text, '=');
    size_t n = equals ? (size_t)(equals - text) : strlen(text), i = 0;
    double v;
    mlio_error err;

    while (i < MLFIT_NPAR
           && (strlen(fit_parameter_name(m, i)) != n
               || strncmp(fit_parameter_name(m, i), text, n) != 0))
        i++;
    if (!equals || i == MLFIT_NPAR) {
        cli_usage("fit",
                  "%s: expected tau=, %s=, amplitude= or baseline= with a "
                  "value, got \"%s\"",
                  option, m->shape_name, text);
        return false;
    }
    if (!mlio_parse_double(&v, equals + 1, &err)) {
        cli_usage("fit", "%s %.*s: %s", option, (int)n, text, err.text);
        return false;
    }
    if (o->fixed[i] || o->has_start[i]) {
        cli_usage("fit", "%.*s is given twice by --fix or --start", (int)n,
                  text);
        return false;
    }
    if (i == MLFIT_TAU && !(v > 0)) {
        cli_usage("fit", "%s: tau must be positive, got %s", option,
                  equals + 1);
        return false;
    }
    if (i == MLFIT_SHAPE && !(v >= m->shape_min && v <= m->shape_max)) {
        cli_usage("fit", "%s: %s of %s lies in %g .. %g, got %s", option,
                  m->shape_name, m->name, m->shape_min, m->shape_max,
                  equals + 1);
        return false;
    }
    if (fix
        && ((i == MLFIT_AMPLITUDE && o->free_amplitude)
            || (i == MLFIT_BASELINE && o->free_baseline))) {
        cli_usage("fit", "%.*s is both in --free and in --fix", (int)n, text);
        return false;
    }
    o->start[i] = v;
    (fix ? o->fixed : o->has_start)[i] = true;
    return true;
}

static bool
parse_cov(mlfit_options *f, const char *cov)
{
    f->has_cov = cov != NULL;
    if (!cov)
        return true;
    f->cov = strcmp(cov, "scaled") == 0 ? MLFIT_COV_SCALED : MLFIT_COV_ABSOLUTE;
    if (f->cov == MLFIT_COV_SCALED || strcmp(cov, "absolute") == 0)
        return true;
    cli_usage("fit", "--cov: expected absolute or scaled, got \"%s\"", cov);
    return false;
}

/* The options of one model: beta bounds differ from model to model. */
static bool
model_options(mlfit_options *f, const mlfit_model *m, const options *o)
{
    memset(f, 0, sizeof *f);
    f->level = o->level;
    if (!parse_cov(f, o->cov) || (o->free && !parse_free(f, o->free)))
        return false;
    for (size_t i = 0; i < o->fix.n; i++)
        if (!parse_value(f, m, "--fix", o->fix.values[i], true))
            return false;
    for (size_t i = 0; i < o->start.n; i++)
        if (!parse_value(f, m, "--start", o->start.values[i], false))
            return false;
    return true;
}

/* --------------------------------------------------------------------- fits */

static size_t
count_free(const mlfit_model *m, const mlfit_options *f)
{
    return (size_t)!f->fixed[MLFIT_TAU]
           + (!f->fixed[MLFIT_SHAPE] && m->shape_min < m->shape_max)
           + f->free_amplitude + f->free_baseline;
}

/* Why mlfit_run refused a group. */
static bool
explain(const fit_input *in, const fit_group *g, const mlfit_model *m,
        const mlfit_options *f, ml_status st, mlio_error *err)
{
    size_t p = count_free(m, f);
    double lo, hi;

    if (st & ML_NOMEM)
        return mlio_fail(err, MLIO_FILE, "memory is out");
    if (st & ML_UNABLE)
        return mlio_fail(err, EXIT_CHECK,
                         "%s cannot be fitted: this build has no solver, or "
                         "the model has no value",
                         m->name);
    if (g->data.n < p + 1)
        return mlio_table_fail(in->table, g->row[0], in->t, err,
                               "%zu points are too few for %zu free "
                               "parameters: expected at least %zu",
                               g->data.n, p, p + 1);
    if (mlfit_tau_window(&lo, &hi, &g->data) != ML_OK)
        return mlio_table_fail(in->table, g->row[0], in->t, err,
                               "no usable time: expected some t > 0");
    if (f->has_start[MLFIT_TAU]
        && !(f->start[MLFIT_TAU] >= lo && f->start[MLFIT_TAU] <= hi))
        return mlio_fail(err, MLIO_USAGE,
                         "--start tau=%g lies outside %.4g .. %.4g, where tau "
                         "is sought for these data",
                         f->start[MLFIT_TAU], lo, hi);
    return mlio_table_fail(in->table, g->row[0], in->R, err,
                           "the ratio of R to sigma is out of range");
}

static bool
fit_group_run(fit_outcome *out, const fit_input *in, const fit_group *g,
              const mlfit_model *const models[2], const mlfit_options f[2],
              mlio_error *err)
{
    out->t_max = 0;
    out->h1 = out->h2 = NAN;
    for (size_t i = 0; i < g->data.n; i++)
        out->t_max = fmax(out->t_max, g->t[i]);
    for (int m = 0; m < 2 && models[m]; m++) {
        ml_status st = mlfit_run(&out->fit[m], models[m], &g->data, &f[m]);
        if (st != ML_OK)
            return explain(in, g, models[m], &f[m], st, err);
    }
    if (models[1]) {
        ml_status st = mlfit_horizontal(&out->h1, &out->h2, &out->fit[0],
                                        &out->fit[1], out->t_max);
        (void)st; /* a curve that never takes the value: nan */
    }
    return true;
}

/* ------------------------------------------------------------------- output */

static void
number(mlio_writer *w, double x)
{
    if (isnan(x))
        mlio_writer_cell(w, "nan");
    else
        mlio_writer_cell(w, "%.12g", x);
}

static void
write_row(mlio_writer *w, const char *group, const mlfit_result *r)
{
    mlio_writer_cell(w, "%s", group);
    mlio_writer_cell(w, "%s", r->model->name);
    for (size_t i = 0; i < MLFIT_NPAR; i++) {
        number(w, r->p[i]);
        number(w, r->se[i]);
        number(w, r->lo[i]);
        number(w, r->hi[i]);
        mlio_writer_cell(w, "%d", r->at_bound[i]);
    }
    mlio_writer_cell(w, "%zu", r->n);
    mlio_writer_cell(w, "%zu", r->dof);
    number(w, r->rss);
    mlio_writer_cell(w, "%s",
                     r->cov_kind == MLFIT_COV_SCALED ? "scaled" : "absolute");
    for (int k = 0; k < 3; k++)
        number(w, r->moments[k]);
    mlio_writer_cell(w, "%s", r->stop_text);
}

static void
write_columns(mlio_writer *w, const mlfit_model *m, bool versus)
{
    static const char *const suffix[] = {"", "_se", "_lo", "_hi", "_at_bound"};
    static const char *const last[] = {
        "n",           "dof",    "rss",   "cov", "t_integral", "t_first_moment",
        "t_amplitude", "status", "t_max", "h1",  "h2"};
    char text[MLFIT_NPAR * 5][32];
    const char *names[2 + MLFIT_NPAR * 5 + 11] = {"group", "model"};
    size_t n = 2;

    for (size_t i = 0; i < MLFIT_NPAR; i++)
        for (int k = 0; k < 5; k++) {
            char *s = text[n - 2];
            snprintf(s, sizeof text[0], "%s%s", fit_parameter_name(m, i),
                     suffix[k]);
            names[n++] = s;
        }
    for (int k = 0; k < (versus ? 11 : 8); k++)
        names[n++] = last[k];
    mlio_writer_columns(w, n, names);
}

static void
write_meta(mlio_writer *w, const fit_output *o)
{
    const fit_input *in = o->in;

    cli_provenance(w, "fit", o->argc, o->argv);
    for (size_t m = 0; m < o->models; m++) {
        const mlfit_model *model = o->model[m];
        mlio_writer_meta(w, m ? "versus" : "model", "%s: %s", model->name,
                         model->formula);
    }
    mlio_writer_meta(
        w, "columns", "t=%s R=%s sigma=%s group=%s",
        mlio_table_name(in->table, in->t), mlio_table_name(in->table, in->R),
        in->sigma < 0 ? "(none)"
                      : mlio_table_name(in->table, (size_t)in->sigma),
        in->group < 0 ? "(none)"
                      : mlio_table_name(in->table, (size_t)in->group));
    mlio_writer_meta(w, "interval",
                     "Wald at level %g, clipped at the bounds; tau: exp of the "
                     "interval of ln tau",
                     o->level);
    mlio_writer_meta(w, "relative_residual", "(data - fit)/fit");
    if (o->models == 2) {
        mlio_writer_meta(w, "horizontal",
                         "h1 = t_max - t_a(R_b(t_max)), h2 = t_b(R_a(t_max)) - "
                         "t_max, a = %s, b = %s",
                         o->model[0]->name, o->model[1]->name);
        mlio_writer_meta(w, "comparison", "%s", fit_no_winner);
    }
}

static bool
write_rows(const fit_output *o, const char *path, mlio_format format,
           mlio_error *err)
{
    mlio_writer *w = mlio_writer_open(path, format, err);

    if (!w)
        return false;
    write_meta(w, o);
    write_columns(w, o->model[0], o->models == 2);
    for (size_t k = 0; k < o->in->n; k++)
        for (size_t m = 0; m < o->models; m++) {
            const fit_outcome *out = &o->outcomes[k];
            write_row(w, o->in->groups[k].name, &out->fit[m]);
            if (o->models == 2) {
                number(w, out->t_max);
                number(w, out->h1);
                number(w, out->h2);
            }
        }
    return mlio_writer_close(w, err);
}

/* One line for the fits without an answer; the exit code. */
static int
conclude(const fit_output *o)
{
    const mlfit_result *bad = NULL;
    size_t count = 0, group = 0;

    for (size_t k = 0; k < o->in->n; k++)
        for (size_t m = 0; m < o->models; m++) {
            const mlfit_result *r = &o->outcomes[k].fit[m];
            if (r->stop == MLFIT_CONVERGED || r->stop == MLFIT_AT_BOUND)
                continue;
            if (count++ == 0) {
                bad = r;
                group = k;
            }
        }
    if (count == 0)
        return EXIT_OK;
    fprintf(stderr, "mlref fit: ");
    if (o->in->group >= 0)
        fprintf(stderr, "group %s, ", o->in->groups[group].name);
    fprintf(stderr, "%s: %s", bad->model->name,
            bad->stop == MLFIT_NOT_IDENTIFIED
                ? "not identified: the data do not fix the parameters"
                : "not converged");
    if (count > 1)
        fprintf(stderr, "; %zu more without an answer", count - 1);
    fputc('\n', stderr);
    return EXIT_CHECK;
}

/* --------------------------------------------------------------------- verb */

static int
run(const char *path, const options *o, const mlfit_model *const models[2],
    const mlfit_options f[2], mlio_format format, int argc, char **argv)
{
    fit_input in;
    fit_outcome *outcomes = NULL;
    mlio_error err = {MLIO_OK, ""};
    fit_output out = {&in,      NULL, models, models[1] ? 2 : 1,
                      o->level, argc, argv};
    bool good = fit_input_read(&in, path, o->columns, &err);
    int code;

    if (good && in.sigma < 0 && f[0].has_cov && f[0].cov == MLFIT_COV_ABSOLUTE)
        good =
            mlio_fail(&err, MLIO_USAGE,
                      "--cov absolute needs a column sigma; %s has none", path);
    if (good) {
        out.outcomes = outcomes = calloc(in.n, sizeof *outcomes);
        if (!outcomes)
            good = mlio_fail(&err, MLIO_FILE, "memory is out");
    }
    for (size_t k = 0; k < in.n && good; k++)
        good = fit_group_run(&outcomes[k], &in, &in.groups[k], models, f, &err);
    good = good
           && (!o->residuals
               || fit_write_residuals(&out, o->residuals, format, &err));
    good = good && (!o->report || fit_write_report(&out, o->report, &err));
    good = good && write_rows(&out, o->output, format, &err);
    code = good ? conclude(&out) : cli_error(&err);
    free(outcomes);
    fit_input_free(&in);
    return code;
}

int
cmd_fit(int argc, char **argv)
{
    options o = {.format = "tsv", .level = 0.95};
    const opt_spec specs[] = {
        {"--model", OPT_STRING, &o.model, NULL},
        {"--versus", OPT_STRING, &o.versus, NULL},
        {"--columns", OPT_STRING, &o.columns, NULL},
        {"--free", OPT_STRING, &o.free, NULL},
        {"--fix", OPT_LIST, &o.fix, NULL},
        {"--start", OPT_LIST, &o.start, NULL},
        {"--cov", OPT_STRING, &o.cov, NULL},
        {"--level", OPT_REAL, &o.level, NULL},
        {"--residuals", OPT_STRING, &o.residuals, NULL},
        {"--report", OPT_STRING, &o.report, NULL},
        {"--format", OPT_STRING, &o.format, NULL},
        {"--output", OPT_STRING, &o.output, NULL},
    };
    const mlfit_model *models[2] = {NULL, NULL};
    mlfit_options f[2];
    cli_positionals p;
    mlio_format format;
    mlio_error err;
    bool done;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof specs[0], &p,
                     help, &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (!mlio_format_parse(&format, o.format, &err))
        return cli_usage("fit", "--format: %s", err.text);
    if (p.n != 1)
        return cli_usage("fit", "expected one table, got %zu", p.n);
    if (!o.model)
        o.model = "";
    if (!(models[0] = find_model("--model", o.model)))
        return EXIT_USAGE;
    if (o.versus && !(models[1] = find_model("--versus", o.versus)))
        return EXIT_USAGE;
    if (!(o.level > 0 && o.level < 1))
        return cli_usage("fit", "--level: expected 0 < level < 1, got %g",
                         o.level);
    for (int m = 0; m < 2 && models[m]; m++)
        if (!model_options(&f[m], models[m], &o))
            return EXIT_USAGE;
    return run(p.values[0], &o, models, f, format, argc, argv);
}
