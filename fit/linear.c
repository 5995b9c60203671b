/* fit/linear.c - thin QR of a few columns. */
#include "fit/impl.h"

#include <math.h>
#include <string.h>

double
fit_dot(size_t n, const double *a, const double *b)
{
    double s = 0;

    for (size_t i = 0; i < n; i++)
        s += a[i] * b[i];
    return s;
}

size_t
fit_qr(size_t n, size_t p, double *a, double *R, double tol)
{
    size_t rank = 0;

    memset(R, 0, p * p * sizeof *R);
    for (size_t k = 0; k < p; k++) {
        double *v = a + k * n, before = sqrt(fit_dot(n, v, v)), after;

        /* twice is enough: Q is orthogonal to rounding */
        for (int pass = 0; pass < 2; pass++)
            for (size_t j = 0; j < k; j++) {
                const double *u = a + j * n;
                double c = fit_dot(n, u, v);
                R[j * p + k] += c;
                for (size_t i = 0; i < n; i++)
                    v[i] -= c * u[i];
            }
        after = sqrt(fit_dot(n, v, v));
        if (!(after > tol * before)) {
            memset(v, 0, n * sizeof *v);
            continue;
        }
        R[k * p + k] = after;
        for (size_t i = 0; i < n; i++)
            v[i] /= after;
        rank++;
    }
    return rank;
}

void
fit_back(size_t p, const double *R, const double *c, double *x)
{
    for (size_t k = p; k-- > 0;) {
        double s = c[k];
        for (size_t j = k + 1; j < p; j++)
            s -= R[k * p + j] * x[j];
        x[k] = R[k * p + k] > 0 ? s / R[k * p + k] : 0.0;
    }
}
