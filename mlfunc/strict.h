/* mlfunc/strict.h - refuses to be compiled for arithmetic that is not IEEE's.
 *
 * Included wherever bits are promised or a bound is proved for doubles: such a
 * file built with -ffast-math would give wrong results and claim that they are
 * right.  clang tells of the whole option only, gcc of its parts too.
 * SPDX-License-Identifier: MIT
 */
#ifndef MLFUNC_STRICT_H
#define MLFUNC_STRICT_H

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__)         \
    || defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__) \
    || defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ > 0
#    error "the bounds are proved for IEEE arithmetic: no -ffast-math"
#endif

#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0
#    error "the bounds need doubles evaluated as doubles (x86: -mfpmath=sse)"
#endif

#endif
