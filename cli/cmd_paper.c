/* cli/cmd_paper.c - every claim of the paper, checked; with a report. */
#include <stdio.h>

#include "cli/cli.h"
#include "paper/paper.h"

static const char help[] =
    "usage: mlref paper [--data DIR] [--report DIR] [--ledger FILE]\n"
    "                   [--seed S] [--threads N] [--format tsv|csv|json]\n"
    "\n"
    "Recomputes every number, formula and claim of Riechers et al., Nat.\n"
    "Commun. 15 (2024), doi 10.1038/s41467-024-50758-3, that is in the "
    "ledger,\n"
    "derives a verdict from the computation, and compares both with the\n"
    "ledger.  One row per claim: id, place, claim, printed, computed, "
    "verdict,\n"
    "expected (verdict of the ledger), changed (no, verdict, value), detail,\n"
    "remark.  Verdicts: reproduced, consistent, inconsistent, convention,\n"
    "damaged, needs-data, none.\n"
    "\n"
    "  --report DIR   also DIR/index.html and the figures' data\n"
    "  --data DIR     decide the needs-data claims on a measurement: g2.tsv\n"
    "                 with columns t, t_a, g2, err, or c2.npy (the two-time\n"
    "                 correlation) with times.tsv (column t); two columns "
    "more,\n"
    "                 data_verdict and data_computed, which are not compared\n"
    "  --ledger FILE  default paper/ledger.tsv (installed: "
    "share/mlref/ledger.tsv)\n"
    "  --seed S       of the walks, default 20240803\n"
    "  --threads N    default: all processors; changes no byte\n"
    "  --format F     tsv (default), csv or json\n"
    "\n"
    "exit: 0 nothing changed, 1 a verdict or a value differs from the ledger,\n"
    "      2 usage, 3 bad data in a file, 5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref paper --report report --format csv\n";

/* Rows to stdout, the summary on stderr; the exit code. */
static int
run(mlpaper_job *job, mlio_writer *out, const char *report)
{
    mlpaper_summary s = {0, 0};
    mlio_error err;

    if (!mlpaper_run(&s, out, job, &err)) {
        mlio_writer_abandon(out);
        return cli_error(&err);
    }
    if (!mlio_writer_close(out, &err)) {
        return cli_error(&err);
    }
    fprintf(stderr, "mlref paper: %zu claims, %zu changed%s%s\n", s.claims,
            s.changed, report ? ", report in " : "", report ? report : "");
    return s.changed ? EXIT_CHECK : EXIT_OK;
}

int
cmd_paper(int argc, char **argv)
{
    const char *format = "tsv";
    mlpaper_options options = {NULL, NULL, NULL, 0, 0};
    int64_t seed = 20240803, threads = 0;
    const opt_spec specs[] = {
        {"--data", OPT_STRING, &options.data, NULL},
        {"--report", OPT_STRING, &options.report, NULL},
        {"--ledger", OPT_STRING, &options.ledger, NULL},
        {"--seed", OPT_INT, &seed, NULL},
        {"--threads", OPT_INT, &threads, NULL},
        {"--format", OPT_STRING, &format, NULL},
    };
    cli_positionals rest = {.n = 0};
    mlio_format f;
    mlio_error err;
    bool done = false;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof *specs, &rest,
                     help, &done)) {
        return EXIT_USAGE;
    }
    if (done) {
        return EXIT_OK;
    }
    if (rest.n) {
        return cli_usage("paper", "unexpected argument \"%s\"", rest.values[0]);
    }
    if (seed < 0) {
        return cli_usage("paper", "--seed: expected a number >= 0");
    }
    if (threads < 0 || threads > 4096) {
        return cli_usage("paper", "--threads: expected 1 to 4096, or 0");
    }
    if (!mlio_format_parse(&f, format, &err)) {
        return cli_error(&err);
    }
    options.seed = (uint64_t)seed;
    options.threads = (int)threads;
    mlpaper_job *job = mlpaper_prepare(&options, &err);
    if (!job) {
        return cli_error(&err);
    }
    mlio_writer *out = mlio_writer_open(NULL, f, &err);
    if (!out) {
        mlpaper_free(job);
        return cli_error(&err);
    }
    cli_provenance(out, "paper", argc, argv);
    int code = run(job, out, options.report);
    mlpaper_free(job);
    return code;
}
