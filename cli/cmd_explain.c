/* cli/cmd_explain.c - `mlref explain`: why a value is hard, how it is found. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "reference/reference.h"

static const char help[] =
    "usage: mlref explain FUNCTION name=value... [options]\n"
    "\n"
    "The value with its proved radius; the condition number and the share of\n"
    "each argument in it; which method of this library answers and how wide\n"
    "each one's bound is; where the point lies among the Stokes rays; and\n"
    "what a power series, an asymptotic series or doubles would lose there.\n"
    "Sizes that are called \"about\" are estimates; the rest is proved.\n"
    "\n"
    "  --as double   round decimals to the nearest double first\n"
    "  --output FILE instead of standard output\n"
    "  --format F    tsv (default), csv or json\n"
    "\n"
    "exit: 0 ok, 2 usage, 4 there is no value of 30 digits, 5 a file failed\n"
    "\n"
    "examples:\n"
    "  mlref explain mittag-leffler alpha=0.5 beta=1 z=-8\n"
    "  mlref explain mittag-leffler alpha=0x1.0000000000001p+0 beta=1 z=-40\n"
    "  mlref explain ml-relaxation alpha=0.7 tau=1 t=100\n";

static void
write_line(void *where, const char *group, const char *item, const char *value,
           const char *meaning)
{
    const char *cells[] = {group, item, value, meaning};

    mlio_writer_row(where, cells);
}

static int
explain(const ml_function *f, const ml_arg *args, mlio_writer *w)
{
    static const char *const names[] = {"about", "item", "value", "meaning"};
    mlio_error err;

    mlio_writer_meta(w, "function", "%s: %s", f->name, f->definition);
    mlio_writer_columns(w, 4, names);
    ml_status status = mltab_explain(f, args, write_line, w);
    if (!mlio_writer_close(w, &err))
        return cli_error(&err);
    if (status == ML_DOMAIN)
        fprintf(stderr, "mlref explain: outside the domain of %s\n", f->name);
    return status == ML_OK ? EXIT_OK : EXIT_NOT_OK;
}

int
cmd_explain(int argc, char **argv)
{
    const char *format_name = "tsv", *output = NULL, *as = NULL;
    const opt_spec specs[] = {
        {"--as", OPT_STRING, &as, NULL},
        {"--output", OPT_STRING, &output, NULL},
        {"--format", OPT_STRING, &format_name, NULL},
    };
    cli_positionals p;
    mlio_format format;
    mlio_error err;
    ml_arg args[ML_MAX_ARGS];
    const char *text[ML_MAX_ARGS];
    bool done;

    if (!cli_options(argc, argv, specs, sizeof specs / sizeof *specs, &p, help,
                     &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (p.n < 1)
        return cli_usage("explain", "expected FUNCTION name=value...");
    const ml_function *f = ml_function_find(p.values[0]);
    if (!f)
        return cli_usage("explain",
                         "unknown function \"%s\"; see mlref eval --list",
                         p.values[0]);
    if (as && strcmp(as, "double") != 0)
        return cli_usage("explain", "--as: expected double, got \"%s\"", as);
    if (!mlio_format_parse(&format, format_name, &err))
        return cli_usage("explain", "--format: %s", err.text);
    ml_args_init(args, f->nargs);
    int code = EXIT_OK;
    if (!cli_arguments(args, text, f, p.values + 1, p.n - 1, as != NULL, &err))
        code = cli_error(&err);
    mlio_writer *w = NULL;
    if (code == EXIT_OK) {
        w = mlio_writer_open(output, format, &err);
        code = w ? EXIT_OK : cli_error(&err);
    }
    if (code == EXIT_OK) {
        cli_provenance(w, "explain", argc, argv);
        code = explain(f, args, w);
    }
    ml_args_clear(args, f->nargs);
    return code;
}
