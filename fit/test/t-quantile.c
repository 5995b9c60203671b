/* fit/test/t-quantile.c - two-sided quantiles against an independent
 * computation, closed forms and each other. */
#include "fit/fit.h"

#include <math.h>

#include "validation/tap/tap.h"

static bool
near(double got, double want, double rel)
{
    return fabs(got - want) <= rel * fabs(want);
}

/* by mpmath at 30 digits from the incomplete beta function */
static void
check_table(void)
{
    static const struct {
        double level;
        size_t dof; /* 0: normal */
        double want;
    } rows[] = {
        {0.95, 0, 1.959963984540054},
        {0.99, 0, 2.5758293035489004},
        {0.6826894921370859, 0, 1.0},
        {0.9544997361036416, 0, 2.0},
        {0.1, 0, 0.12566134685507402},
        {0.95, 1, 12.706204736174704646},
        {0.95, 2, 4.3026527297494638523},
        {0.95, 3, 3.1824463052837095927},
        {0.95, 10, 2.2281388519862747484},
        {0.95, 30, 2.04227245630123831},
        {0.95, 100, 1.9839715185235522866},
        {0.99, 5, 4.0321429835552280784},
        {0.95, 2001, 1.9611502326224414373},
        {0.9999, 2001, 3.8984497273517585065},
        {0.9999, 5000, 3.8937332089269191914},
        {0.5, 3000, 0.67457153733683735585},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double got = rows[i].dof
                         ? mlfit_quantile_student(rows[i].level, rows[i].dof)
                         : mlfit_quantile_normal(rows[i].level);
        if (!tap_ok(near(got, rows[i].want, 2e-14),
                    "level %.10g, dof %zu (0: normal) is %.12g", rows[i].level,
                    rows[i].dof, rows[i].want))
            tap_yaml("got", "%.17g", got);
    }
}

/* dof = 1 and 2 have closed forms; the normal law inverts erf. */
static void
check_closed(void)
{
    double w1 = 0, w2 = 0, wn = 0;

    for (int i = 1; i < 200; i++) {
        double p = i / 200.0;
        double one = tan(1.57079632679489661923 * p);
        double two = p * sqrt(2 / ((1 - p) * (1 + p)));
        w1 = fmax(w1, fabs(mlfit_quantile_student(p, 1) / one - 1));
        w2 = fmax(w2, fabs(mlfit_quantile_student(p, 2) / two - 1));
        wn = fmax(wn, fabs(erf(mlfit_quantile_normal(p) / sqrt(2.0)) / p - 1));
    }
    tap_ok(w1 < 1e-13, "dof 1 is tan(pi p/2): worst %.1e", w1);
    tap_ok(w2 < 2e-12, "dof 2 is p sqrt(2/(1-p^2)): worst %.1e", w2);
    tap_ok(wn < 1e-14, "erf inverts the normal quantile: worst %.1e", wn);
}

/* [fit F4] the expansion above dof 2000 joins the exact sums: the difference
 * of neighbours is z(z^2+1)/4 (1/dof - 1/(dof+1)) to second order */
static void
check_join(void)
{
    bool good = true, falls = true;
    static const double levels[] = {0.5, 0.9, 0.95, 0.99, 0.9999};

    for (int i = 0; i < 5; i++) {
        double z = mlfit_quantile_normal(levels[i]);
        double a = mlfit_quantile_student(levels[i], 2000);
        double b = mlfit_quantile_student(levels[i], 2001);
        double want = z * (z * z + 1) / 4 * (1 / 2000.0 - 1 / 2001.0);
        if (!(fabs(a - b - want) <= 0.02 * want + 3e-12))
            good = false;
        falls &= b > z && mlfit_quantile_student(levels[i], 100000) > z
                 && mlfit_quantile_student(levels[i], 100000) < b;
    }
    tap_ok(good, "dof 2000 (sums) and 2001 (expansion) join smoothly");
    tap_ok(falls, "Student's quantile falls to the normal one");
}

int
main(void)
{
    tap_plan(16 + 3 + 2 + 2);
    check_table();
    check_closed();
    check_join();

    double z[] = {mlfit_quantile_normal(0), mlfit_quantile_normal(1),
                  mlfit_quantile_normal(NAN)};
    double s[] = {mlfit_quantile_student(0, 3), mlfit_quantile_student(1, 3),
                  mlfit_quantile_student(0.5, 0)};
    tap_ok(isnan(z[0]) && isnan(z[1]) && isnan(z[2]),
           "a level outside (0, 1) has no normal quantile");
    tap_ok(isnan(s[0]) && isnan(s[1]) && isnan(s[2]),
           "a level outside (0, 1) or dof 0 has no Student quantile");
    return tap_done();
}
