/* mlfunc/double/jet_table.h - numbers for the derivatives in doubles.
 *
 * jet_table.c is made by mlfunc/test/t-double_jet_table.c.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_JET_TABLE_H
#define MLFUNC_DOUBLE_JET_TABLE_H

#define ML_JET_NODES 64
#define ML_JET_STEPS 2
#define ML_JET_TERMS 28

typedef struct {
    double step;  /* of the trapezoidal rule */
    double turns; /* 2 pi/step, and the rest of it */
    double turns_low;
    double weight; /* 2 step/pi, and the rest of it */
    double weight_low;
    /* log w_j, w_j = 1 + i (j + 1/2) step, in four parts one after the other,
     * each of ML_JET_NODES doubles: re hi, re lo, im hi, im lo. */
    const double *log;
} ml_jet_rule;

/* 0: step 9/64, for doubles.  1: step 13/128. */
extern const ml_jet_rule ml_jet_rules[ML_JET_STEPS];

/* 1/n! as a pair, n < ML_JET_TERMS. */
extern const double ml_jet_factorial[2 * ML_JET_TERMS];

/* ln 2 and pi/2: two parts of 32 bits, the double nearest to the rest. */
extern const double ml_jet_ln2[3], ml_jet_half_pi[3];

#endif
