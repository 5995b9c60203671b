/* mlfunc/double/contour_table.h - the nodes of the two contours, and powers.
 *
 * t_j = mu w_j^2, w_j = 1 + i u_j, u_j = (j + 1/2) step, L_j = log t_j.
 * contour_table.c is made by mlfunc/test/t-contour_table.c.
 *
 * A row holds one complex number for each node, in four parts one after the
 * other: re hi and im hi, each of `nodes` doubles, re lo and im lo, each of
 * `dd_nodes`; hi + lo has a relative error of at most 2^-105 of the part, hi
 * alone of 2^-53.  Row r starts at r ML_ROW(nodes).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_CONTOUR_TABLE_H
#define MLFUNC_DOUBLE_CONTOUR_TABLE_H

#define ML_FRACTIONS  64 /* exponents i/64, 0 <= i <= 64 */
#define ML_LOG_PAIRS  4  /* L^m/m!, 1 <= m <= 4, in double-double */
#define ML_LOG_POWERS 11 /* and up to this in double */
#define ML_WHOLE_MAX  17
#define ML_TURN_MAX   5
#define ML_CONTOURS   2
#define ML_NODES_MAX  40
#define ML_NODES_LAST 8 /* of each contour, in double */
#define ML_ROW(nodes) (-2 * ML_NODES_LAST + 4 * (nodes))

typedef struct {
    int nodes;     /* all of them: a multiple of 8 */
    int dd_nodes;  /* of which in double-double: all but ML_NODES_LAST, which
                     weigh too little */
    int whole_min; /* the first n of `whole`; the last is ML_WHOLE_MAX */
    int halved;    /* 0, or 1: t^(i/64) for odd i is a product of two rows */
    double mu, step;
    double turns[2];     /* 2 pi/step, as hi and lo */
    double root[2];      /* 1/sqrt(mu) */
    const double *u;     /* u_j */
    const double *size;  /* an upper bound of |L_j| */
    const double *log;   /* rows m - 1: L^m/m!, m <= ML_LOG_PAIRS */
    const double *power; /* re hi, im hi of it for the other m, in turn */
    const double *part;  /* rows i: t^(i/64), halved: t^(i/32) */
    const double *turn;  /* rows n - 1: t^n, 1 <= n <= ML_TURN_MAX; they follow
                            those of part */
    const double *odd;   /* t^(1/64) */
    const double *whole; /* rows n - whole_min: W t^n,
                            W = 2 step mu w e^t/pi */
} ml_contour;

/* 0: mu = 6, 32 nodes; t^-6 and beyond would be too large beside t = 0 for it to
 * be of use.  1: mu = 10, 40 nodes, for large beta; halved, as it is rare. */
extern const ml_contour ml_contours[ML_CONTOURS];

#endif
