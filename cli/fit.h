/* cli/fit.h - what the files of `mlref fit` share. */
#ifndef CLI_FIT_H
#define CLI_FIT_H

#include "cli/cli.h"
#include "fit/fit.h"

/* --------------------------------------------------------------------- data */

/* The rows of one value of the group column, in file order. */
typedef struct {
    const char *name;
    size_t *row; /* of the table */
    double *t, *R, *sigma;
    mlfit_data data;
} fit_group;

typedef struct {
    mlio_table *table;
    size_t t, R;       /* columns */
    long sigma, group; /* -1: none */
    fit_group *groups;
    size_t n;
} fit_input;

/* columns: "t=lag,R=g2,sigma=err,group=age" or NULL.  false: err set. */
bool fit_input_read(fit_input *in, const char *path, const char *columns,
                    mlio_error *err);
void fit_input_free(fit_input *in);

/* ------------------------------------------------------------------ results */

/* One group: the fit of --model, and that of --versus when there is one. */
typedef struct {
    mlfit_result fit[2];
    double t_max, h1, h2;
} fit_outcome;

typedef struct {
    const fit_input *in;
    const fit_outcome *outcomes;
    const mlfit_model *const *model;
    size_t models; /* 1 or 2 */
    double level;
    int argc;
    char **argv;
} fit_output;

/* "tau", "beta", "amplitude" or "baseline". */
const char *fit_parameter_name(const mlfit_model *m, size_t i);

/* What is said wherever two models stand side by side. */
extern const char fit_no_winner[];

/* The table of --residuals, the page of --report. */
bool fit_write_residuals(const fit_output *o, const char *path,
                         mlio_format format, mlio_error *err);
bool fit_write_report(const fit_output *o, const char *path, mlio_error *err);

#endif
