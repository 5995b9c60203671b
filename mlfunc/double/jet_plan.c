/* mlfunc/double/jet_plan.c - which points of a call form a group: steering.
 * SPDX-License-Identifier: MIT */
#include "mlfunc/double/jet_plan.h"

#include <math.h>

/* Where the power series serves for every alpha. */
#define JET_SMALL 0x1p-5
/* Up to this alpha the poles are at some distance for z < 0. */
#define JET_OPEN 0.9
/* Up to that x_t it serves for alpha > JET_WIDE. */
#define JET_SERIES_REACH 40.0

/* alpha about 1, where more terms of the power series pay. */
static bool
is_middle(double alpha)
{
    return alpha > JET_OPEN && alpha < 1.3;
}

int
ml_jet_series_terms(double alpha, double beta, bool near)
{
    if (alpha > JET_WIDE || (near && beta < 0.5))
        return 32;
    return is_middle(alpha) || (beta < 0 && alpha < 3) ? 24 : 16;
}

/* Unless open, the edge is at x_t = reach: ladder_edges. */
static void
rung(jet_ladder *l, double edge, int sign, int terms, int nodes, bool open,
     double reach)
{
    jet_class *c = l->at + l->n++;

    c->edge = edge;
    c->series = false;
    c->group.sign = sign;
    c->group.terms = terms;
    c->group.nodes = nodes;
    c->group.open = open;
    c->group.reach = reach;
}

/* Up to which |z|, or else x_t, the terms at hand leave less than 2^-50, or
 * nearly; the tail is known by its quotients, which `falls`, or up to 0.2. */
static void
series_edge(double *edge, double *reach, double a, double b, bool near)
{
    const double n = ml_jet_series_terms(a, b, near);
    const double less = b < 0 ? 0.7 : b < 1 ? 0.7 + 0.3 * b : 1;
    const bool falls =
        a * (n - 2) + b > 2.1 && a * (n - 1) + b <= JET_GAMMAS - 1;

    *edge = JET_SMALL;
    *reach = 0;
    if (a > JET_WIDE)
        *reach = JET_SERIES_REACH;
    else if (!falls && a * n + b > 0 && a < 1)
        *edge = b < 0 ? 0.15 : 0.09;
    else if (!falls)
        return;
    else if (near)
        *edge = 2;
    else if (a <= JET_OPEN)
        *edge = b < 0 ? 0.15 + 0.6 * a * a : less * (0.09 + 0.4 * a * a);
    else if (is_middle(a))
        *reach = less * (1.45 + 4 * (a - JET_OPEN));
    else if (n > 16)
        *reach = a < 2 && a > 1.46 ? 3.5 : 5 * a - 3.8;
    else
        *reach = less * (2.9 * a - 2.31 + (a > 2 ? 1.8 * (a - 2) : 0));
}

/* z < 0, 0.9 < alpha < 2.  Next to E = z^(1-beta) e^z, E is far below the
 * integrand unless alpha N is near x_t.  The more terms without nodes, the
 * smaller may E be. */
static void
ladder_middle(jet_ladder *l, double alpha, bool near, int terms)
{
    static const double near_edge[] = {10, 26, JET_REACH};
    static const int near_terms[] = {4, 16, 32};

    if (!near) {
        rung(l, 0, -1, terms, 1, false, JET_REACH);
        rung(l, INFINITY, -1, (int)(17 / alpha) + 1, 0, false, INFINITY);
        return;
    }
    for (int i = 0; i < 3; i++)
        rung(l, 0, -1, near_terms[i], 1, false, near_edge[i]);
    rung(l, 0, -1, 48, 0, false, 1000);
    rung(l, INFINITY, -1, 14, 0, false, INFINITY);
}

/* alpha > 6: of the terms in 1/z those that are not small because beta is large,
 * as far as jet_falling has them. */
static int
wide_terms(double alpha, double beta)
{
    double n = beta > 0 ? __builtin_floor(beta / alpha) + 1 : 0;
    int most = 8 / jet_falling_step(alpha);

    return alpha > 60 ? 0 : n < most ? (int)n : most;
}

void
ml_jet_ladder(jet_ladder *l, double alpha, double beta, bool near, int sign)
{
    const bool open = sign < 0 && alpha <= JET_OPEN;
    double edge, reach;
    int terms;

    l->n = 0;
    series_edge(&edge, &reach, alpha, beta, near);
    /* alike for both signs, so that they share the weights of the nodes; more than
     * one for |z| > 1 only: D57 */
    terms = alpha >= 2                                    ? 0
            : alpha > JET_OPEN && (edge > 1 || reach > 1) ? 2
                                                          : 1;
    rung(l, edge, sign, 0, 0, false, reach);
    l->at[0].series = true;
    if (alpha > JET_WIDE) {
        rung(l, INFINITY, sign, wide_terms(alpha, beta), 0, false, INFINITY);
        return;
    }
    /* 1/z and 1/Gamma(beta - alpha) are large, or E is small */
    if (terms > 0 && (beta < -2 || alpha < 0.03))
        rung(l, alpha < 0.5 ? 1 : 0, sign, 0, 1, open, alpha < 0.5 ? 0 : 1.5);
    if (open) {
        rung(l, 1e60, sign, terms, 1, true, 0);
        rung(l, INFINITY, sign, 3, 0, true, 0);
    } else if (sign < 0 && alpha < 2) {
        ladder_middle(l, alpha, near, terms);
    } else {
        rung(l, 0, sign, terms, 1, false, JET_REACH);
        rung(l, INFINITY, sign, sign < 0 ? (int)(24 / alpha) + 1 : 0, 0, false,
             INFINITY);
    }
}
