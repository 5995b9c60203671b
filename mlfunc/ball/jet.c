/* mlfunc/ball/jet.c - E_alpha(-x) and its first derivatives in plain doubles.
 *
 * For any N >= 0, with p running along the parabola mu (1 + iu)^2,
 *
 *     E = sum_{k=1}^N (-1)^(k-1) x^-k / Gamma(1 - alpha k)
 *         + (-x)^-N (1/2 pi i) int e^p p^(alpha(N+1)-1) / (p^alpha + x) dp,
 *
 * by the trapezoidal rule.  Near alpha = 1 and for large x the value is far
 * smaller than the integrand at N = 0; N near x^(1/alpha)/alpha makes them
 * alike.  No bound is claimed: README, section J, has the measured errors.
 */
#include <math.h>

#include "mlfunc/mlball.h"

#define PI 3.14159265358979323846

/* Beyond this x^(1/alpha) the sum alone reaches the last bit. */
#define FAR 80.0
/* Below this alpha the integrand at N = 0 is never much larger than E. */
#define NEAR_ONE 0.9
/* Step of the trapezoidal rule; nodes end where the weight is e^-CUT. */
#define STEP 0.15
#define CUT  42.0

/* psi(y), y > 0. */
static double
digamma(double y)
{
    static const double c[] = {1.0 / 12,   -1.0 / 120, 1.0 / 252,
                               -1.0 / 240, 1.0 / 132,  -691.0 / 32760};
    double s = 0, r, series = 0;

    while (y < 10)
        s -= 1 / y++;
    r = 1 / (y * y);
    for (int i = 5; i >= 0; i--)
        series = r * (c[i] + series);
    return s + log(y) - 0.5 / y - series;
}

/* The first n terms of the sum, fewer when the rest no longer counts. */
static void
add_terms(double out[3], double alpha, double x, int n)
{
    double power = 1;

    for (int k = 1; k <= n; k++) {
        /* (-1)^(k-1)/Gamma(1-y) = Gamma(y) sin(theta)/pi, y = alpha k. */
        double y = alpha * k, theta = PI * k * (1 - alpha);
        double s = sin(theta) / PI, c = cos(theta), size;

        power /= x;
        size = tgamma(y) * power;
        out[0] += size * s;
        out[1] -= size * s * (k / x);
        out[2] += size * k * (digamma(y) * s - c);
        if (size * k * k < 1e-18 * fabs(out[2])
            && size * k < 1e-18 * fabs(out[0]))
            break;
    }
}

/* The integral over (-x)^N, and its derivatives. */
static void
add_integral(double out[3], double alpha, double x, int n)
{
    double mu = n > 0 ? 1 : 1.5, nu = alpha * (n + 1) - 0.5;
    double peak = nu > mu ? nu : mu, lx = log(x), sum[3] = {0, 0, 0};
    double scale = (n % 2 ? -2 : 2) * STEP * sqrt(mu) / PI;

    peak = nu * log(peak) - peak;
    for (double u = STEP / 2;; u += STEP) {
        double rho = mu * (1 + u * u), lr = log(rho), li = 2 * atan(u);
        double w = nu * lr - rho, a = exp(alpha * lr);
        double m = a > x ? a : x, d_re, d_im, d2, r_re, r_im, q_re, q_im, f;
        double g;

        if (rho > nu && w < peak - CUT)
            break;
        /* d = 1/(p^alpha + x), scaled against overflow; r = e^p p^nu x^-n d */
        w = exp(w + 2 * mu - (n > 0 ? n * lx : 0));
        d_re = a / m * cos(alpha * li) + x / m;
        d_im = a / m * sin(alpha * li);
        d2 = (d_re * d_re + d_im * d_im) * m;
        d_re /= d2;
        d_im /= -d2;
        f = 2 * mu * u + nu * li;
        r_re = w * (cos(f) * d_re - sin(f) * d_im);
        r_im = w * (sin(f) * d_re + cos(f) * d_im);
        sum[0] += r_re;
        /* d/dx: -r d;  d/dalpha: r log(p) (n + x d) */
        sum[1] -= r_re * d_re - r_im * d_im;
        q_re = n + x * d_re;
        q_im = x * d_im;
        g = lr * q_re - li * q_im;
        q_im = lr * q_im + li * q_re;
        sum[2] += r_re * g - r_im * q_im;
    }
    if (n > 0)
        sum[1] -= n / x * sum[0];
    for (int i = 0; i < 3; i++)
        out[i] += scale * sum[i];
}

ml_status
ml_relaxation_jet(double out[3], double alpha, double x)
{
    double far;

    out[0] = out[1] = out[2] = NAN;
    if (!(alpha > 0 && alpha <= 1 && x >= 0) || isinf(x))
        return ML_DOMAIN;
    out[0] = out[1] = out[2] = 0;
    if (x == 0) {
        out[0] = 1;
        out[1] = -1 / tgamma(1 + alpha);
        return ML_OK;
    }
    far = alpha > NEAR_ONE ? pow(x, 1 / alpha) : 0;
    if (far > FAR) {
        add_terms(out, alpha, x, 60);
    } else {
        int n = (int)(far / alpha);

        add_terms(out, alpha, x, n);
        add_integral(out, alpha, x, n);
    }
    if (alpha == 1) {
        out[0] = exp(-x);
        out[1] = -out[0];
    }
    return ML_OK;
}
