/* mlfunc/double/lanes_table.c - the kernels of one instruction set.
 * SPDX-License-Identifier: MIT */
#include "mlfunc/double/impl.h"

#include "mlfunc/double/lane.h"

#define TEXT_(name) #name
#define TEXT(name)  TEXT_(name)

void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);
void ML_LANES_OF(ml_mittleff_values)(double alpha, double beta, size_t n,
                                     const double *x, ml_take_values *take,
                                     void *data);
void ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                      const double z[2]);

void ML_LANES_OF(ml_batch_log)(double *y, const double *x, size_t n);
void ML_LANES_OF(ml_batch_exp)(double *y, const double *x, size_t n);
void ML_LANES_OF(ml_batch_sinpi)(double *y, const double *x, size_t n);
void ML_LANES_OF(ml_batch_cos2pi)(double *y, const double *x, size_t n);

void ML_LANES_OF(ml_jet)(const ml_jet_ask *a);
void ML_LANES_OF(ml_relaxation_jet)(const ml_relaxation_ask *a);
void ML_LANES_OF(ml_kww_jet)(const ml_relaxation_ask *a);
bool ML_LANES_OF(ml_plan_block)(double *y, const ml_plan *plan, size_t n,
                                const double *x);
void ML_LANES_OF(ml_newton_set)(ml_newton *f, const ml_value *v);
void ML_LANES_OF(ml_newton_values)(double *high, double *low,
                                   const ml_newton *f, const double *s,
                                   size_t n);

const ml_kernels ML_LANES_OF(ml_kernels) = {
    .name = TEXT(ML_VARIANT),
    .lanes = LANES,
    .mittleff = ML_LANES_OF(ml_mittleff_value),
    .mittleff_values = ML_LANES_OF(ml_mittleff_values),
    .mittleff_complex = ML_LANES_OF(ml_mittleff_complex),
    .log = ML_LANES_OF(ml_batch_log),
    .exp = ML_LANES_OF(ml_batch_exp),
    .sinpi = ML_LANES_OF(ml_batch_sinpi),
    .cos2pi = ML_LANES_OF(ml_batch_cos2pi),
    .jet = ML_LANES_OF(ml_jet),
    .relaxation_jet = ML_LANES_OF(ml_relaxation_jet),
    .kww_jet = ML_LANES_OF(ml_kww_jet),
    .plan = ML_LANES_OF(ml_plan_block),
    .newton = ML_LANES_OF(ml_newton_set),
    .newton_values = ML_LANES_OF(ml_newton_values),
};
