/* cli/cmd_version.c - `mlref version`: what this program is made of. */
#include <stdio.h>

#include <gmp.h>
#include <mpfr.h>

#include <arb.h>
#include <flint.h>

#include "cli/cli.h"

static const char help[] =
    "usage: mlref version [--format F]\n"
    "\n"
    "The versions of the libraries this program was built with, which\n"
    "optional parts are in (- where not), and the instruction set in use.\n"
    "\n"
    "  --format F    tsv (default), csv or json\n"
    "\n"
    "examples:\n"
    "  mlref version\n"
    "  mlref version --format json\n";

/* FLINT 3 contains Arb; before, Arb had its own version. */
#ifdef ARB_VERSION
#    define ARB_IS ARB_VERSION
#else
#    define ARB_IS "in FLINT"
#endif

#ifdef ML_WITH_CMINPACK
#    define CMINPACK_IS "yes"
#else
#    define CMINPACK_IS "-"
#endif

#ifdef ML_WITH_RANDOM123
#    define RANDOM123_IS "yes"
#else
#    define RANDOM123_IS "-"
#endif

#ifdef ML_WITH_JANSSON
#    define JANSSON_IS "yes"
#else
#    define JANSSON_IS "-"
#endif

static void
part(mlio_writer *w, const char *name, const char *version, const char *use)
{
    const char *cells[] = {name, version, use};

    mlio_writer_row(w, cells);
}

static void
parts(mlio_writer *w)
{
    char openmp[24] = "-";

#ifdef _OPENMP
    snprintf(openmp, sizeof openmp, "%d", _OPENMP);
#endif
    part(w, "mlref", ml_version(), "this program");
    part(w, "FLINT", FLINT_VERSION, "exact arithmetic");
    part(w, "Arb", ARB_IS, "balls");
    part(w, "MPFR", mpfr_get_version(), "correct rounding");
    part(w, "GMP", gmp_version, "integers");
    part(w, "cminpack", CMINPACK_IS, "fits");
    part(w, "Random123", RANDOM123_IS, "walks");
    part(w, "jansson", JANSSON_IS, "JSON");
    part(w, "OpenMP", openmp, "threads");
    part(w, "processor", ml_cpu(), "functions in doubles");
}

int
cmd_version(int argc, char **argv)
{
    static const char *const names[] = {"part", "version", "for"};
    const char *format_name = "tsv";
    const opt_spec specs[] = {{"--format", OPT_STRING, &format_name, NULL}};
    mlio_format format;
    mlio_error err;
    bool done;

    if (!cli_options(argc, argv, specs, 1, NULL, help, &done))
        return EXIT_USAGE;
    if (done)
        return EXIT_OK;
    if (!mlio_format_parse(&format, format_name, &err))
        return cli_usage("version", "--format: %s", err.text);
    mlio_writer *w = mlio_writer_open(NULL, format, &err);
    if (!w)
        return cli_error(&err);
    cli_provenance(w, "version", argc, argv);
    mlio_writer_columns(w, sizeof names / sizeof names[0], names);
    parts(w);
    return mlio_writer_close(w, &err) ? EXIT_OK : cli_error(&err);
}
