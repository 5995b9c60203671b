/* mlfunc/double/lanes_table.c - the kernels of one instruction set. */
#include "mlfunc/double/impl.h"

#include "mlfunc/double/lane.h"

#define TEXT_(name) #name
#define TEXT(name)  TEXT_(name)

void ML_LANES_OF(ml_mittleff_value)(ml_value *v, double alpha, double beta,
                                    double x);
void ML_LANES_OF(ml_mittleff_complex)(ml_value v[2], double alpha, double beta,
                                      const double z[2]);

const ml_kernels ML_LANES_OF(ml_kernels) = {
    .name = TEXT(ML_VARIANT),
    .mittleff = ML_LANES_OF(ml_mittleff_value),
    .mittleff_complex = ML_LANES_OF(ml_mittleff_complex),
};
