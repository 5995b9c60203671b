/* mlfunc/double/truncation_table.h - integrals along the path beside a contour.
 *
 * Upper bounds, made on balls by mlfunc/test/t-double_truncation_table.c; what
 * they bound is in README.md, D26.  Entry i belongs to the power g = i/2 +
 * ML_PATH_MIN of t.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_DOUBLE_TRUNCATION_TABLE_H
#define MLFUNC_DOUBLE_TRUNCATION_TABLE_H

#define ML_PATH_MIN   (-18)
#define ML_PATH_COUNT 85 /* g up to 24 */
#define ML_EDGES      8

typedef struct {
    double left[ML_EDGES];     /* Re w of the left edges, ascending */
    double log_left[ML_EDGES]; /* at most ln(mu left^2), by 2^-40 at most */
    double gain[ML_EDGES];     /* at least e^{turns (1 - left)} */
    double end; /* nodes * step: |Im w| half a step beyond the last */
    double edge[ML_EDGES][ML_PATH_COUNT];
    double far[2][ML_PATH_COUNT]; /* the rest: 0 for side = end, tail = 1 */
    unsigned char best[ML_PATH_COUNT]; /* the edge with the least bound */
} ml_path;

extern const ml_path ml_paths[2]; /* of ml_contours */

#endif
