/* reference/adapters/mlfunc.c - libmlfunc, for adapter.c to serve.
 *
 *     cc -O2 -I. -o mlfunc reference/adapters/adapter.c \
 *         reference/adapters/mlfunc.c build/lib/libmlfunc.a -lm
 */
#include <complex.h>
#include <math.h>

#include "mlfunc/mlfunc.h"

double complex my_ml(double alpha, double beta, double complex z);

double complex
my_ml(double alpha, double beta, double complex z)
{
    const double parts[2] = {creal(z), cimag(z)};
    double value[2];
    if (parts[1] == 0) {
        return ml_mittleff_d(alpha, beta, parts[0]);
    }
    ml_status status = ml_mittleff_z(value, NULL, alpha, beta, parts);
    return status & ML_UNABLE ? NAN : CMPLX(value[0], value[1]);
}
