/* mlfunc/test/lanes_dd.h - the operations of dd.h in each instruction set. */
#ifndef MLFUNC_TEST_LANES_DD_H
#define MLFUNC_TEST_LANES_DD_H

#include <stdbool.h>
#include <stddef.h>

/* two_sum, quick_two_sum, two_prod, add_d and mul_d ignore what they do not
 * take. */
enum {
    DD_TWO_SUM,
    DD_QUICK,
    DD_TWO_PROD,
    DD_ADD,
    DD_SUB,
    DD_ADD_D,
    DD_MUL,
    DD_MUL_D,
    DD_DIV,
    DD_OPS
};

typedef struct {
    int lanes;
    bool fma;
    /* h + l = op(ah + al, bh + bl), n numbers, a multiple of 8: by ldd_X, and
     * one by one by dd_X. */
    void (*by_lanes)(double *h, double *l, int op, size_t n, const double *ah,
                     const double *al, const double *bh, const double *bl);
    void (*one_by_one)(double *h, double *l, int op, size_t n, const double *ah,
                       const double *al, const double *bh, const double *bl);
    /* rint and sqrt of lane.h */
    void (*roots)(double *rint, double *sqrt, size_t n, const double *x);
} dd_tests;

extern const dd_tests dd_tests_baseline;
#if defined(__x86_64__)
extern const dd_tests dd_tests_avx2, dd_tests_avx512;
#endif

#endif
