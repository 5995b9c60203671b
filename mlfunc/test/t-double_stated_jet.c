/* mlfunc/test/t-double_stated_jet.c - bounds of derivatives are those stated.
 *
 * As t-double_stated: each bound made anew from its formula.  The file under test
 * is included, so that its parts can be called.
 *
 * [mlfunc D51] [mlfunc D52] [mlfunc D53] [mlfunc D54] [mlfunc D55] [mlfunc D58]
 */
#include <complex.h>
#include <math.h>

#define ML_VARIANT stated
#include "mlfunc/double/lanes_jet.c"

#include "validation/tap/tap.h"

typedef struct {
    const char *what;
    long n, other;
    double least, most; /* of bound over statement */
} tally;

/* A bound may exceed its formula by what its constants are rounded up. */
static void
compare(tally *t, double got, double stated, double room)
{
    double q = got == stated ? 1 : got / stated;

    if (t->n++ == 0)
        t->least = t->most = q;
    t->least = fmin(t->least, q);
    t->most = fmax(t->most, q);
    if (!(q >= 1 - 1e-9 && q <= 1 + room) && t->other++ < 3)
        tap_note("%s: %g, stated %g", t->what, got, stated);
}

static void
claim(const tally *t, const char *tag)
{
    tap_ok(t->other == 0 && t->n >= 100,
           "[mlfunc %s] %s is what is stated, %ld times (+%.2g)", tag, t->what,
           t->n, t->most - 1);
}

static const double pi = 3.14159265358979323846;

/* ------------------------------------------------------------- the integrals */

/* I_0(c) of [mlfunc D53] on Re w = s. */
static double
line_integral(double mu, double c, double s)
{
    double b = c + 0.5, q = 1 / (2 + fmax(b, 0));
    double v = fmax(s * s, b / ((1 - q) * mu));

    return exp((1 + c) * log(mu) - 0.5 * log(pi * q * mu) + 2 * mu * s * s
               + b * log(v) - (1 - q) * mu * v - q * mu * s * s);
}

/* The sum over the nodes from number n on, both sides: C4. */
static double
end_sum(double step, double mu, double c, int n)
{
    double b = c + 0.5, u = (n + 0.5) * step, v = 1 + u * u;
    double fall = mu - fmax(b, 0) / v;

    return fall > 0.01
               ? 2 / pi * (step + 1 / (2 * u * fall))
                     * exp((1 + c) * log(mu) + 2 * mu + b * log(v) - mu * v)
               : HUGE_VAL;
}

/* ----------------------------------------------------------------- the angles */

/* Poles by their angles: pairs on the sheet, pairs to look at, and kappa where
 * angles alone keep them away. */
static void
angles(tap_random *r)
{
    tally theta = {.what = "the angle of a pole"},
          beyond = {.what = "how far it is beyond pi"},
          kappa = {.what = "kappa by the angles"};
    long wrong = 0, place = 0, n = 0;
    static jet_common c;

    for (long i = tap_effort(1000); i > 0; i--) {
        double alpha =
            i % 3 ? tap_random_range(r, 0.05, 6) : tap_random_log(r, 0.01, 1);
        int sign = i % 2 ? -1 : 1, on = 0, near_by = 0;

        memset(&c, 0, sizeof c);
        c.alpha = alpha;
        c.inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        jet_angles(&c, sign);
        for (int m = 0; m < JET_POLES; m++) {
            double odd = 2 * m + (sign < 0);

            on += odd < alpha;
            near_by += odd - alpha < 1.0 / 3;
        }
        wrong += c.on_sheet != on || c.near_by != near_by || c.sign != sign;
        for (int m = 0; m < near_by; m++) {
            const jet_angle *a = c.angle + m;
            double t = pi * (2 * m + (sign < 0)) / alpha;

            compare(&theta, 1 + a->theta.h, 1 + t, 1e-9);
            compare(&beyond, 100 + a->beyond, 100 + t - pi, 1e-9);
            wrong += a->beyond > t - pi;
            wrong += a->count != (t == 0 ? 1 : 2);
            n++;
            place += !(fabs(a->cos_half.h - cos(t / 2)) < 1e-12
                       && fabs(a->sin_half.h - sin(t / 2)) < 1e-12
                       && fabs(a->cos.h - cos(t)) < 1e-12
                       && fabs(a->sin.h - sin(t)) < 1e-12)
                     || !(a->place
                          == (t < pi || t > 2 * pi ? a->cos_half.h
                                                   : fmin(a->cos_half.h, 0)));
        }
        double close = i % 2 ? 3.1415 * (1 - alpha) : 0.44 * alpha;
        if (close > 0)
            compare(&kappa, jet_kappa(alpha, i % 2), 2 / fmin(1, close), 1e-9);
    }
    claim(&theta, "D54");
    claim(&beyond, "D54");
    claim(&kappa, "D54");
    tap_ok(wrong == 0,
           "[mlfunc D54] so many poles are on the sheet, or near it");
    tap_ok(n > 100 && place == 0, "[mlfunc D54] and there");
}

/* kappa of the ends, |arg w| >= arg w_n, from the angles of all poles: where they
 * are nearer than the angle that was asked for, |w_n| is beyond them. */
static void
ends(tap_random *r)
{
    tally apart = {.what = "the ends' distance by angles"};
    long near = 0, wrong = 0, by_angle = 0;
    static jet_common c;

    for (long i = tap_effort(2000); i > 0; i--) {
        const ml_jet_rule *rule = ml_jet_rules + i % 2;
        double mu = 3, reach = tap_random_log(r, 1, 82), d = INFINITY, u, k;
        int sign = i % 3 ? -1 : 1, n;

        c.alpha = tap_random_range(r, 0.3, 4);
        c.inverse = dd_div((dd){1, 0}, (dd){c.alpha, 0});
        c.sign = 0;
        jet_angles(&c, sign);
        n = jet_count(&c, rule, mu, c.alpha, 34, reach);
        u = (n + 0.5) * rule->step;
        if (n == ML_JET_NODES)
            u -= rule->step;
        for (int odd = sign < 0; odd < 12; odd += 2) {
            double theta = pi * odd / c.alpha;

            d = fmin(d, theta < pi ? 2 * atan(u) - theta : theta - pi);
        }
        compare(&apart, 2 - fmin(1, fmax(0, jet_apart(&c, rule, n))),
                2 - fmin(1, fmax(0, d)), 1.1e-3);
        k = jet_ends_kappa(&c, rule, mu, n, reach);
        u = (n + 0.5) * rule->step;
        if (mu * (1 + u * u) >= 1.5625 * reach)
            d = fmax(d, 0.44);
        else
            by_angle++;
        near += d < 0.44;
        wrong += !(k >= 2 / fmin(1, c.alpha * d) * (1 - 1e-12));
    }
    claim(&apart, "D54");
    tap_ok(wrong == 0 && near > 10 && by_angle > 100,
           "[mlfunc D54] kappa of the ends: %ld by angles, %ld near", by_angle,
           near);
}

/* ------------------------------------------------------------------- the group */

/* How many nodes weigh `part` of the heaviest, or stand before one that does. */
static int
heavy(const jet_common *c, int n, double part)
{
    double most = 0;
    int last = 0;

    for (int j = 0; j < n; j++)
        most = fmax(most, fabs(c->weight[0][j]) + fabs(c->weight[2][j]));
    for (int j = 0; j < n; j++)
        if (fabs(c->weight[0][j]) + fabs(c->weight[2][j]) >= most * part)
            last = j + 1;
    return last;
}

/* Weights of the lines and the ends, [mlfunc D53]: 1/(e^(turns (1-s)) - 1), and
 * the line right of all poles on the sheet.  With |log t|: pi times the integrals
 * of the exponents by 1/pi larger and smaller. */
static void
groups(tap_random *r)
{
    tally left[2] = {{.what = "the left lines' share"},
                     {.what = "the same with a logarithm"}};
    tally others[2] = {{.what = "the share of the right line and the ends"},
                       {.what = "the same with a logarithm"}};
    tally alone[2] = {{.what = "a line without nodes"},
                      {.what = "the same with a logarithm"}};
    long shares[2] = {0, 0}, pairs[20] = {0}, least = 1;
    static jet_common c;
    static jet_group p;

    for (long i = tap_effort(1500); i > 0; i--) {
        double alpha = tap_random_range(r, 0.1, 2);
        /* beyond 18 the lines are as far right as they go */
        double beta = i % 3 ? tap_random_range(r, -2, i % 7 ? 7 : 40) : 1;

        memset(&c, 0, sizeof c);
        memset(&p, 0, sizeof p);
        c.alpha = alpha;
        c.beta = beta;
        c.pairs = i % 2 != 0;
        c.inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        p.sign = -1;
        p.terms = (int)tap_random_int(r, 0, 3);
        p.nodes = i % 5 != 0;
        p.open = i % 4 == 0;
        p.reach = tap_random_log(r, 0.1, 60);
        jet_group_make(&p, &c);

        const ml_jet_rule *rule = ml_jet_rules + c.rule;
        double turns = 2 * pi / rule->step;
        if (p.nodes > 0)
            for (int k = 20; k < 40; k++)
                pairs[k - 20] +=
                    p.pairs != (c.pairs ? heavy(&c, p.nodes, ldexp(1, -k)) : 0);
        double S = fmax(3, p.open ? 0 : 1.25 * sqrt(p.reach / c.mu));
        for (int at = 0; at < 2; at++) /* |t|^g, |t|^(g - alpha) */
            for (int log = 0; log < 2; log++) {
                double g = alpha * (p.terms + 1 - at) - beta, end = 0, line = 0;

                for (int k = 0; k < 2; k++) {
                    double s = p.line[k], sum = 0;

                    for (int side = -log; side <= log; side += 2)
                        sum += (log ? pi : 1)
                               * line_integral(c.mu, g + side / pi, s);
                    if (p.nodes == 0)
                        compare(alone + log, p.left[k].at[at][log], sum, 6e-3);
                    else
                        compare(left + log, p.left[k].at[at][log],
                                sum / expm1(turns * (1 - s)), 8e-3);
                }
                if (p.nodes == 0)
                    continue;
                for (int side = -log; side <= log; side += 2) {
                    double f = (log ? pi : 1), e = g + side / pi;

                    line +=
                        f * line_integral(c.mu, e, S) / expm1(turns * (S - 1));
                    end += f * end_sum(rule->step, c.mu, e, p.nodes);
                }
                compare(others + log, p.others.at[at][log], line + end, 12e-3);
                shares[0] += line > end;
                shares[1] += end > line;
            }
    }
    for (int log = 0; log < 2; log++) {
        claim(alone + log, "D53");
        claim(left + log, "D53");
        claim(others + log, "D53");
    }
    for (int k = 0; k < 20; k++)
        least = pairs[k] == 0 ? 0 : least;
    tap_ok(least == 0,
           "[mlfunc D51] the nodes summed in pairs are those of some "
           "share of the heaviest");
    tap_ok(shares[0] > 0 && shares[1] > 0,
           "the ends are the larger %ld times, the line %ld", shares[1],
           shares[0]);
}

/* [mlfunc D53]  Of integrals beyond all exponents there is an upper bound, too. */
static void
beyond_exponents(tap_random *r)
{
    long wrong = 0;
    static jet_common c;
    static jet_group p;

    for (long i = tap_effort(200); i > 0; i--) {
        bool large = i % 2;

        memset(&c, 0, sizeof c);
        memset(&p, 0, sizeof p);
        c.alpha = tap_random_range(r, 0.1, 2);
        c.beta = (large ? -1 : 1) * tap_random_range(r, 1500, 5000);
        c.inverse = dd_div((dd){1, 0}, (dd){c.alpha, 0});
        p.sign = -1;
        p.nodes = 1;
        p.reach = 10;
        jet_group_make(&p, &c);
        for (int at = 0; at < 4; at++) {
            double b = p.left[0].at[at / 2][at % 2];

            wrong += large ? b != INFINITY : !(b >= 1e-305 && b < 1e-200);
        }
    }
    tap_ok(wrong == 0, "[mlfunc D53] where exp does not reach");
}

/* What the bounds become for the four values. */
static void
shares(tap_random *r)
{
    tally t[JET_VALUES] = {{.what = "what E lacks"},
                           {.what = "what z dE/dz lacks"},
                           {.what = "what dE/dalpha lacks"},
                           {.what = "what dE/dbeta lacks"}};

    for (long i = tap_effort(500); i > 0; i--) {
        double M[2][2],
            kappa[2] = {tap_random_log(r, 2, 1e3), tap_random_log(r, 2, 1e3)};
        double inverse = tap_random_log(r, 1e-3, 1e3);
        double scale = tap_random_log(r, 1e-3, 1);
        int second = (int)(i % 2);
        jet_group p = {.terms = (int)tap_random_int(r, 0, 4),
                       .kappa = kappa[1]};
        jet_path path = {.kappa = lane_set(kappa[0]),
                         .chosen = lane_set(second)};
        jet_block b;

        memset(&b, 0, sizeof b);
        for (int at = 0; at < 2; at++)
            for (int l = 0; l < 2; l++) {
                p.left[0].at[at][l] = tap_random_log(r, 1e-9, 1e-3);
                p.left[1].at[at][l] = tap_random_log(r, 1e-9, 1e-3);
                p.others.at[at][l] = tap_random_log(r, 1e-9, 1e-3);
            }
        for (int l = 0; l < 2; l++) {
            const jet_bounds *q = p.left + second;

            M[0][l] = scale * fmin(q->at[0][l] * inverse, q->at[1][l]);
            M[1][l] =
                scale * fmin(p.others.at[0][l] * inverse, p.others.at[1][l]);
        }
        jet_add_truncation(&b, &path, &p, lane_set(inverse), lane_set(scale));
        for (int v = 0; v < JET_VALUES; v++) {
            double sum = 0;

            for (int k = 0; k < 2; k++)
                sum += kappa[k] * M[k][v >= 2]
                       * (v == 1 || v == 2 ? p.terms + kappa[k] : 1);
            compare(t + v, b.error[v][0], sum, 2e-3);
        }
    }
    for (int v = 0; v < JET_VALUES; v++)
        claim(t + v, "D53");
}

/* The errors of the (1/Gamma)' go through Horner's rule as the terms do: weight
 * k for the derivative by alpha, from k = 1 or 0 on. */
static void
gamma_errors(tap_random *r)
{
    tally e[2] = {{.what = "the sum of the errors of (1/Gamma)'"},
                  {.what = "the same times k"}};
    double error[JET_TERMS];

    for (long i = tap_effort(500); i > 0; i--) {
        int n = (int)tap_random_int(r, 1, 16), first = (int)(i % 2);
        double q = tap_random_log(r, 1e-3, 3), sum[2] = {0, 0};
        lane out[2];

        for (int k = 0; k < n; k++) {
            error[k] = tap_random_log(r, 1e-20, 1e-16);
            sum[0] += error[k] * pow(q, k);
            sum[1] += (first + k) * error[k] * pow(q, k);
        }
        jet_horner_errors(out, error, first, n, lane_set(q));
        for (int k = 0; k < 2; k++)
            compare(e + k, out[k][0], sum[k], 2e-3);
    }
    claim(e, "D55");
    claim(e + 1, "D55");
}

/* One pole by its formulas: moduli |Re| + |Im|, K with the modulus of t in double
 * and its two parts in pairs. */
static void
pole_sizes(double size[JET_VALUES], double *eps, const jet_common *c,
           const jet_angle *a, const ml_jet_rule *rule, double log, double off,
           bool pairs)
{
    double X = exp(log), W = sqrt(X / 3), near = 0, spin = 0, b = 1 - c->beta;
    double complex turn = cos(a->theta.h) + I * sin(a->theta.h), t = X * turn;
    double complex w = W * (cos(a->theta.h / 2) + I * sin(a->theta.h / 2));
    double complex lambda = log + I * a->theta.h;
    double complex T = cexp(t + b * lambda) / c->alpha;
    double K = (pairs ? fabs(creal(t)) + fabs(cimag(t)) : X) + fabs(b);
    double L = fabs(log) + fabs(a->theta.h);

    if (rule) {
        double turns = 2 * pi / rule->step;
        double complex g = turns * (1 - w), e = cexp(creal(g) > 0 ? -g : g);
        double complex small = 1 / (1 + e);
        double complex psi = creal(g) > 0 ? small : e * small;

        T *= creal(g) > 0 ? e * small : small;
        w *= psi * turns / 2;
        K += fabs(creal(w)) + fabs(cimag(w));
        near = fabs(creal(small)) + fabs(cimag(small));
        spin = 2 * turns * (1 + W) * (1 + near);
    }
    size[0] = (fabs(creal(T)) + fabs(cimag(T))) * a->count;
    size[1] = size[0] * K / c->alpha;
    size[2] = size[0] / c->alpha + size[1] * L;
    size[3] = size[0] * (L + 0x1p-4);
    *eps = 1.5 * (off + (pairs ? 0x1p-98 : 0x1p-54)) * (X + fabs(b) + spin)
           + (96 + 32 * near) * (pairs ? 0x1p-102 : JET_U);
}

static void
poles(tap_random *r)
{
    tally size[JET_VALUES] = {{.what = "the size of a pole"},
                              {.what = "that of its z d/dz"},
                              {.what = "that of its d/dalpha"},
                              {.what = "that of its d/dbeta"}};
    tally error = {.what = "the relative error of a pole"};
    static jet_common c;

    for (long i = tap_effort(800); i > 0; i--) {
        bool pairs = i % 2;
        const ml_jet_rule *rule = i % 3 ? ml_jet_rules + i / 2 % 2 : NULL;
        double alpha = tap_random_range(r, 0.4, 3);
        double off = tap_random_log(r, 0x1p-100, 0x1p-50);
        double log = tap_random_range(r, -3, 4), eps, want[JET_VALUES];
        jet_pole p;

        memset(&p, 0, sizeof p);
        memset(&c, 0, sizeof c);
        c.alpha = alpha;
        c.beta = tap_random_range(r, -2, 4);
        c.one_minus_beta = dd_two_sum(1, -c.beta);
        c.inverse = dd_div((dd){1, 0}, (dd){alpha, 0});
        jet_angles(&c, i % 5 < 2 ? -1 : 1);

        const jet_angle *a = c.angle;
        if (a->theta.h >= pi)
            continue;
        ldd l = {lane_set(log), lane_set(0)}, X = {lane_set(exp(log)), l.l};
        ldd W = {lane_set(sqrt(exp(log) / 3)), l.l};
        (pairs ? jet_pole_pairs : jet_pole_double)(&p, &c, a, rule, l,
                                                   lane_set(off), X, W);
        pole_sizes(want, &eps, &c, a, rule, log, off, pairs);
        compare(&error, p.eps[0] * (1 + 1e-9), eps, 1e-6);
        for (int v = 0; v < JET_VALUES; v++)
            if (want[v] > 1e-280)
                compare(size + v, ldexp(p.size[v][0], (int)p.k[0]) * (1 + 1e-9),
                        want[v], 1e-6);
    }
    claim(&error, "D52");
    for (int v = 0; v < JET_VALUES; v++)
        claim(size + v, "D52");
}

/* z^m e^z and z times its derivative, (z + m) z^m e^z, where alpha = 1 and 1 - beta
 * = m: the values, and 4u with twice |z| times what ln |z| may be off. */
static void
exponential(tap_random *r)
{
    tally t = {.what = "the error of an exponential"};
    long wrong = 0;
    static jet_common c;

    for (long i = tap_effort(300); i > 0; i--) {
        int m = (int)(i % 4);
        double z = -tap_random_range(r, 60, 600), off = i % 3 ? 0 : 0x1p-50;
        double e = exp(z) * pow(z, m);
        jet_block x;

        memset(&c, 0, sizeof c);
        memset(&x, 0, sizeof x);
        c.alpha = 1;
        c.beta = 1 - m;
        c.one_minus_beta = (dd){m, 0};
        x.z = (ldd){lane_set(z), lane_set(0)};
        x.off = lane_set(off);
        block_exponential(&x, &c);
        for (int k = 0; k < 2; k++) {
            double v = k ? (z + m) * e : e;

            wrong += !(fabs(x.value[k].h[0] / v - 1) < 1e-12);
            wrong += !(x.size[k][0] >= fabs(v) * (1 - 1e-12)
                       && x.size[k][0] <= 1.01 * fabs(v));
            compare(&t, x.error[k][0], fabs(v) * (4 * JET_U - 2 * z * off),
                    5e-3);
        }
    }
    claim(&t, "D52");
    tap_ok(wrong == 0, "z^m e^z and (z + m) z^m e^z");
}

/* From dE/dz to z dE/dz and back. */
static void
slopes(tap_random *r)
{
    long wrong = 0;

    for (long i = tap_effort(300); i > 0; i--) {
        bool by_z = i % 2, is = i / 2 % 2;
        double z = tap_random_log(r, 1e-3, 1e3), f = by_z ? 1 / z : z;
        double v = tap_random_log(r, 1e-3, 1e3),
               e = v * tap_random_log(r, 1e-16, 1);
        jet_block x;

        memset(&x, 0, sizeof x);
        f = by_z == is ? 1 : f;
        x.z = (ldd){lane_set(z), lane_set(0)};
        x.value[1] = (ldd){lane_set(v), lane_set(0)};
        x.size[1] = lane_set(v);
        x.error[1] = lane_set(e);
        block_slope(&x, by_z, is);
        wrong += !(fabs(x.value[1].h[0] / (v * f) - 1) < 1e-14);
        wrong += x.value[0].h[0] != 0 || x.value[2].h[0] != 0;
        wrong += !(x.error[1][0] >= e * f * (1 - 1e-9)
                   && x.error[1][0] <= 1.01 * e * f + 1e-20 * v * f);
        wrong += !(x.size[1][0] >= v * f * (1 - 1e-9)
                   && x.size[1][0] <= 1.01 * v * f);
    }
    tap_ok(wrong == 0, "dE/dz and z dE/dz from each other, with their errors");
}

/* The square of f +- e, and its derivatives: the farthest corner. */
static void
squares(tap_random *r)
{
    tally t[2] = {{.what = "the error of a square"},
                  {.what = "that of its derivatives"}};

    for (long i = tap_effort(500); i > 0; i--) {
        quartet q, s;

        for (int v = 0; v < 4; v++) {
            q.value[v] = (i >> v & 1 ? 1 : -1) * tap_random_log(r, 1e-3, 1e3);
            q.error[v] = fabs(q.value[v]) * tap_random_log(r, 1e-4, 2);
        }
        s = squared(&q);

        double f = fabs(q.value[0]), e = q.error[0];
        compare(t, s.error[0], (f + e) * (f + e) - f * f, 1e-6);
        for (int v = 1; v < 4; v++) {
            double d = fabs(q.value[v]);

            compare(t + 1, s.error[v], 2 * ((f + e) * (d + q.error[v]) - f * d),
                    1e-6);
        }
    }
    claim(t, "D58");
    claim(t + 1, "D58");
}

/* The functions of t/tau: the errors of E, z dE/dz and dE/dalpha, times a shape above
 * 3; where x was cut, twice size and error; and nothing where that is no bound. */
static void
quartets(tap_random *r)
{
    tally t[3] = {{.what = "the error of a function of t/tau"},
                  {.what = "that of its derivatives by t and tau"},
                  {.what = "that by the shape"}};
    static jet_points p;
    long wrong = 0, none = 0;

    for (long i = tap_effort(1000); i > 0; i--) {
        ml_relaxation_ask a = {.shape = tap_random_range(r, 0.1, i % 2 ? 3 : 9),
                               .tau = tap_random_log(r, 0.1, 10)};
        double wide = i % 4 ? 1e-3 : 2000;
        double log = tap_random_range(r, -wide, wide) / a.shape, e[3];
        double s = tap_random_range(r, -2, 2), d = tap_random_range(r, -2, 2);
        double by = a.shape > 3 ? a.shape : 1;
        bool cut = fabs(a.shape * log) >= 689.9;
        quartet q;

        p.value[0][0] = 1;
        p.value[2][0] = s;
        p.value[4][0] = d;
        for (int v = 0; v < 3; v++) {
            p.error[v][0] = tap_random_log(r, 1e-16, 1e-3);
            p.size[v][0] = tap_random_log(r, 1e-3, 1);
            e[v] =
                cut ? 2 * (p.size[v][0] + p.error[v][0]) : by * p.error[v][0];
        }
        q = relaxation(&a, &p, 0, 2, log);
        if (cut && (log < 0 || a.shape > 1)) {
            none++;
            wrong += q.error[0] != (log < 0 ? 0x1p-990 : INFINITY)
                     || q.error[1] != INFINITY || q.error[2] != INFINITY;
            continue;
        }
        compare(t, q.error[0], e[0], 1e-9);
        compare(t + 1, q.error[1], e[1] * a.shape / 2, 1e-9);
        compare(t + 1, q.error[2], e[1] * a.shape / a.tau, 1e-9);
        compare(t + 2, q.error[3],
                e[2] + fabs(log) * e[1] + fabs(s) * 0x1p-55
                    + (fabs(d) + fabs(log * s)) * 0x1p-51,
                1e-9);
    }
    for (int k = 0; k < 3; k++)
        claim(t + k, "D58");
    tap_ok(wrong == 0 && none > 20,
           "[mlfunc D58] infinite where nothing is said");
}

int
main(void)
{
    tap_random r = tap_random_start(tap_seed());

    tap_plan(36);
    angles(&r);
    ends(&r);
    groups(&r);
    beyond_exponents(&r);
    shares(&r);
    gamma_errors(&r);
    squares(&r);
    quartets(&r);
    poles(&r);
    exponential(&r);
    slopes(&r);
    return tap_done();
}
