/* mlfunc/double/elementary_table.h - tables and constants of elementary.h.
 *
 * elementary_table.c is made by mlfunc/test/t-double_elementary_table.c.  Pairs
 * are hi, lo with a relative error of 2^-105 of the number.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_ELEMENTARY_TABLE_H
#define MLFUNC_DOUBLE_ELEMENTARY_TABLE_H

#define ML_EXP_STEPS  128 /* e^x: steps of ln 2/128, and of ln 2/128^2 */
#define ML_SIN_STEPS  512 /* of a full turn */
#define ML_LOG_STEPS  128 /* of an octave, from ML_LOG_FIRST on */
#define ML_LOG_FIRST  0x3fe6900000000000 /* the bits of 0.705... */
#define ML_LOG_FINE   32768              /* second steps of 1/32768 ... */
#define ML_LOG_WITHIN 132                /* ... up to 132 of them */

typedef struct {
    double exp_step[2], exp_rate; /* ln 2/128^2, its inverse */
    double sin_step[2], sin_rate; /* pi/256, its inverse */
    double ln2[2];
    double third[2], sixth[2], fifth[2], part_24[2];
    double exp[ML_EXP_STEPS][2];      /* 2^(i/128) */
    double exp_fine[ML_EXP_STEPS][2]; /* 2^(i/128^2) */
    double sin[ML_SIN_STEPS][2];      /* sin(pi i/256) */
    /* c, next to 1/m in the middle of interval i; -ln c, exactly that of c */
    double log[ML_LOG_STEPS][3];
    /* c next to 1/(1 + (i - ML_LOG_WITHIN)/ML_LOG_FINE), -ln c */
    double log_fine[2 * ML_LOG_WITHIN + 1][3];
} ml_elementary_table;

extern const ml_elementary_table ml_elementary;

#endif
