/* reference/adapters/so_template.c - two symbols for verify --so.
 *
 *     cc -O2 -shared -fPIC -o my_ml.so reference/adapters/so_template.c my_ml.c -lm
 *     mlref verify --function mittag-leffler --points real --so ./my_ml.so:my_ml_real
 *     mlref verify --function mittag-leffler --so ./my_ml.so:my_ml_complex@zz
 *
 * my_ml.c defines double complex my_ml(double alpha, double beta, double complex z).
 * A function of your library that has one of the two signatures below needs no
 * wrapper: name it after the colon.  There is no way to refuse; a NaN says so.
 */
#include <complex.h>
#include <math.h>

double complex my_ml(double alpha, double beta, double complex z);
double my_ml_real(double alpha, double beta, double x);
void my_ml_complex(const double *args, double out[2]);

/* Arguments in registry order, all of them real: LIB.so:SYMBOL. */
double
my_ml_real(double alpha, double beta, double x)
{
    return alpha > 0 ? creal(my_ml(alpha, beta, x)) : NAN;
}

/* The fields as in MLREF_ARGS, a complex argument being two: LIB.so:SYMBOL@zz. */
void
my_ml_complex(const double *args, double out[2])
{
    double complex e = my_ml(args[0], args[1], CMPLX(args[2], args[3]));
    out[0] = args[0] > 0 ? creal(e) : NAN;
    out[1] = args[0] > 0 ? cimag(e) : NAN;
}
